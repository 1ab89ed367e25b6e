#include "table.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "fill.h"
#include "num.h"

#define GAP 2 /* blanks between columns */

struct table_row {
    struct table_row *next;
    struct text *cells;
};

void table_init(struct table *table, struct arena *arena, const struct table_column *columns,
                size_t n_columns)
{
    *table = (struct table){.arena = arena, .columns = columns, .n_columns = n_columns};
}

void table_begin_row(struct table *table)
{
    struct ajar_err *err = &table->failed;
    if (err->code != 0) {
        return;
    }
    struct table_row *row = arena_new(table->arena, struct table_row, 1, err);
    if (row == NULL) {
        return;
    }
    row->cells = arena_new(table->arena, struct text, table->n_columns, err);
    if (row->cells == NULL) {
        return;
    }
    if (table->last == NULL) {
        table->first = row;
    } else {
        table->last->next = row;
    }
    table->last = row;
    table->at = 0;
}

void table_text(struct table *table, struct text cell)
{
    if (table->failed.code != 0) {
        return;
    }
    assert(table->last != NULL && table->at < table->n_columns);
    char *copy = arena_new(table->arena, char, cell.n, &table->failed);
    if (copy == NULL) {
        return;
    }
    for (size_t i = 0; i < cell.n; i++) {
        unsigned char c = (unsigned char)cell.at[i];
        copy[i] = c < 0x20 || c == 0x7f ? ' ' : (char)c;
    }
    table->last->cells[table->at++] = (struct text){copy, cell.n};
}

void table_str(struct table *table, const char *cell)
{
    table_text(table, text_of(cell));
}

void table_number(struct table *table, double value, int decimals)
{
    char to[NUM_TEXT];
    if (isnan(value)) {
        table_str(table, NULL);
    } else if (isinf(value)) {
        table_str(table, value > 0 ? "inf" : "-inf");
    } else {
        num_format_grouped(value, decimals, to);
        table_str(table, to);
    }
}

void table_int(struct table *table, int64_t value)
{
    assert(value < INT64_C(9007199254740992) && value > -INT64_C(9007199254740992));
    table_number(table, (double)value, 0);
}

/* Line `k` of a head; empty past its last. */
static struct text table_head_line(const struct table_column *column, size_t k)
{
    struct text rest = text_of(column->head), line = {"", 0};
    for (size_t i = 0; i <= k; i++) {
        line = text_split(rest, '\n', &rest);
    }
    return line;
}

static size_t table_head_lines(const struct table_column *column)
{
    size_t n = 1;
    while (table_head_line(column, n).n > 0) {
        n++;
    }
    return n;
}

static void table_measure(const struct table *table, size_t *widths)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        widths[i] = 0;
        for (size_t k = 0; k < table_head_lines(&table->columns[i]); k++) {
            size_t width = text_width(table_head_line(&table->columns[i], k));
            widths[i] = width > widths[i] ? width : widths[i];
        }
        for (const struct table_row *row = table->first; row != NULL; row = row->next) {
            size_t width = text_width(row->cells[i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
}

/* Takes what is too wide from the widest text column, one column of the screen at a time, so that
 * long columns give and short ones stay whole. */
static void table_squeeze(const struct table *table, size_t *widths, size_t width)
{
    size_t total = GAP * (table->n_columns - 1);
    for (size_t i = 0; i < table->n_columns; i++) {
        total += widths[i];
    }
    while (total > width) {
        size_t widest = table->n_columns;
        for (size_t i = 0; i < table->n_columns; i++) {
            bool gives = table->columns[i].kind == TABLE_TEXT && widths[i] > 12;
            if (gives && (widest == table->n_columns || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        if (widest == table->n_columns) {
            return;
        }
        widths[widest]--;
        total--;
    }
}

static void table_pad(FILE *to, size_t n)
{
    while (n-- > 0) {
        fputc(' ', to);
    }
}

/* One row, on as many lines as its longest cell needs; `rest` is used up. */
static void table_print_cells(const struct table *table, const size_t *widths, struct text *rest,
                              FILE *to)
{
    bool more = true;
    while (more) {
        more = false;
        size_t blanks = 0; /* owed before the next cell, so that no line ends in blanks */
        for (size_t i = 0; i < table->n_columns; i++) {
            struct text part = fill_line(&rest[i], widths[i]);
            size_t pad = widths[i] - text_width(part);
            bool right = table->columns[i].kind == TABLE_NUMBER;
            blanks += right ? pad : 0;
            if (part.n > 0) {
                table_pad(to, blanks);
                fwrite(part.at, 1, part.n, to);
                blanks = 0;
            } else {
                blanks += right ? 0 : pad;
                blanks += GAP;
                continue;
            }
            blanks += (right ? 0 : pad) + GAP;
            more = more || rest[i].n > 0;
        }
        fputc('\n', to);
    }
}

/* The heads, the shorter ones set at the bottom; `rest` is scratch. */
static void table_print_heads(const struct table *table, const size_t *widths, struct text *rest,
                              FILE *to)
{
    size_t n = 1;
    for (size_t i = 0; i < table->n_columns; i++) {
        size_t lines = table_head_lines(&table->columns[i]);
        n = lines > n ? lines : n;
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < table->n_columns; i++) {
            size_t above = n - table_head_lines(&table->columns[i]);
            rest[i] = k < above ? text_of(NULL) : table_head_line(&table->columns[i], k - above);
        }
        table_print_cells(table, widths, rest, to);
    }
}

static void table_print_rule(const struct table *table, const size_t *widths, FILE *to)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        table_pad(to, i == 0 ? 0 : GAP);
        for (size_t k = 0; k < widths[i]; k++) {
            fputc('-', to);
        }
    }
    fputc('\n', to);
}

int table_print(const struct table *table, FILE *to, size_t width, bool bold, struct ajar_err *err)
{
    if (table->failed.code != 0) {
        if (err != NULL) {
            *err = table->failed;
        }
        return table->failed.code;
    }
    size_t *widths;
    struct text *rest;
    TRY_NEW(widths, table->arena, table->n_columns, err);
    TRY_NEW(rest, table->arena, table->n_columns, err);
    table_measure(table, widths);
    table_squeeze(table, widths, width);
    fputs(bold ? "\033[1m" : "", to);
    table_print_heads(table, widths, rest, to);
    fputs(bold ? "\033[0m" : "", to);
    if (!bold) {
        table_print_rule(table, widths, to);
    }
    for (const struct table_row *row = table->first; row != NULL; row = row->next) {
        memcpy(rest, row->cells, table->n_columns * sizeof *rest);
        table_print_cells(table, widths, rest, to);
    }
    return 0;
}
