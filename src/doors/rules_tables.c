/* lists*.csv and params*.csv: words and figures with the days on which they hold. */
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "rules_reader.h"

#define COLUMNS_MAX 8

/* A table being read: cells by the number of the column asked for. */
struct table {
    struct reader *reader;
    struct csv csv;
    const char *const *columns;
    int place[COLUMNS_MAX];
};

static struct ajar_err *table_fault(struct table *it, enum err_code code, int column,
                                    const char *sentence)
{
    struct ajar_err *fault = faults_add(it->reader->faults);
    err_at(fault, code, it->reader->file, it->csv.row, it->columns[column],
           it->csv.cells[it->place[column]], "%s", sentence);
    return fault;
}

static int table_text(struct table *it, int column, struct text *out)
{
    struct text cell = text_trim(it->csv.cells[it->place[column]]);
    TRY(text_copy(it->reader->arena, cell, &out->at, it->reader->err));
    out->n = cell.n;
    return 0;
}

/* A word of the vocabulary, kept among the names; 0 with a fault when it has no such form. */
static int table_name(struct table *it, int column, name_id *out)
{
    struct text cell = text_trim(it->csv.cells[it->place[column]]);
    if (!expr_is_name(cell) || cell.n > 63) {
        *out = 0;
        table_fault(it, cell.n == 0 ? E_DOORS_KEY_MISSING : E_DOORS_FORM, column,
                    "a name of letters, digits, _ . and - belongs here");
        return 0;
    }
    return names_put(it->reader->rules->names, cell, out, it->reader->err);
}

static date_days table_date(struct table *it, int column)
{
    struct text cell = text_trim(it->csv.cells[it->place[column]]);
    date_days out = DATE_NONE, guess;
    char shown[DATE_TEXT];
    if (cell.n > 0 && !date_parse(cell, &out)) {
        struct ajar_err *fault = table_fault(it, E_DATE, column, "this is not a date");
        if (date_guess(cell, &guess)) {
            err_hint(fault, "Did you mean %s?", date_format(guess, shown));
        }
    }
    return out;
}

static void table_span(struct table *it, int column, date_days from, date_days to)
{
    if (from != DATE_NONE && to != DATE_NONE && to <= from) {
        table_fault(it, E_DOORS_SPAN, column, "this row ends before it starts, or as it starts");
    }
}

static void table_sources(struct table *it, int column)
{
    struct text rest = it->csv.cells[it->place[column]];
    struct reader *reader = it->reader;
    while (rest.n > 0) {
        struct text id = text_trim(text_split(rest, ';', &rest));
        if (id.n > 0 && reader->known_source != NULL && !reader->known_source(reader->arg, id)) {
            table_fault(it, E_DOORS_SOURCE, column, "this source is not in sources.csv");
        }
    }
}

static int table_cite(struct table *it, int column, struct text *out)
{
    TRY(table_text(it, column, out));
    if (out->n == 0) {
        table_fault(it, E_DOORS_KEY_MISSING, column, "what says so is missing");
    }
    return 0;
}

/* The columns of a header; false when one is missing. */
static bool table_columns(struct table *it, size_t n)
{
    bool all = true;
    for (size_t i = 0; i < n; i++) {
        it->place[i] = csv_column(&it->csv, it->columns[i]);
        if (it->place[i] < 0) {
            err_at(faults_add(it->reader->faults), E_DOORS_KEY_MISSING, it->reader->file, 1,
                   it->columns[i], (struct text){"", 0}, "the column %s is missing",
                   it->columns[i]);
            all = false;
        }
    }
    return all;
}

/* Opens one file; *open is false when it cannot be read. */
static int table_open(struct table *it, const struct rules_file *file, struct arena *scratch,
                      size_t n_columns, bool *open)
{
    struct csv_limits limits = CSV_LIMITS_DEFAULT;
    struct ajar_err problem = {0};
    struct reader *reader = it->reader;
    reader->file = file->name;
    *open = false;
    if (file->bytes.n > RULES_FILE_CEILING) {
        err_at(faults_add(reader->faults), E_DOORS_TOO_LARGE, file->name, 0, NULL,
               (struct text){"", 0}, "a file has at most %zu bytes", RULES_FILE_CEILING);
        reader->blind = true;
        return 0;
    }
    int code = csv_open(&it->csv, scratch, file->name, file->bytes, ',', &limits, &problem);
    if (code != 0) {
        reader->blind = true;
        return reader_absorb(reader, code, &problem);
    }
    *open = table_columns(it, n_columns);
    reader->blind = reader->blind || !*open;
    return 0;
}

/* The next record that is whole. */
static int table_next(struct table *it, bool *more)
{
    struct ajar_err problem = {0};
    int code;
    while ((code = csv_next(&it->csv, more, &problem)) == E_CSV_SHORT || code == E_CSV_LONG) {
        *faults_add(it->reader->faults) = problem;
    }
    if (code != 0) {
        *more = false;
        it->reader->blind = true;
    }
    return reader_absorb(it->reader, code, &problem);
}

static uint64_t tables_rows(size_t n, const struct rules_part parts[])
{
    uint64_t rows = 0;
    for (size_t i = 0; i < n; i++) {
        struct text bytes = parts[i].file->bytes;
        rows += 2;
        for (size_t at = 0; at < bytes.n && bytes.n <= RULES_FILE_CEILING; at++) {
            rows += bytes.at[at] == '\n';
        }
    }
    return rows;
}

static int read_list(struct table *it, struct rules *rules)
{
    bool more;
    TRY(table_next(it, &more));
    while (more) {
        struct list_row row = {.at = {it->reader->file, it->csv.row, 0}};
        TRY(table_name(it, 0, &row.list));
        TRY(table_name(it, 1, &row.item));
        row.from = table_date(it, 2);
        row.to = table_date(it, 3);
        table_span(it, 3, row.from, row.to);
        TRY(table_cite(it, 4, &row.cite));
        table_sources(it, 5);
        if (row.list != 0 && row.item != 0) {
            rules->lists[rules->n_lists++] = row;
        }
        TRY(table_next(it, &more));
    }
    return 0;
}

static int read_param(struct table *it, struct rules *rules)
{
    bool more;
    TRY(table_next(it, &more));
    while (more) {
        struct param_row row = {.at = {it->reader->file, it->csv.row, 0}};
        TRY(table_name(it, 0, &row.param));
        TRY(table_name(it, 1, &row.key));
        TRY(table_text(it, 2, &row.written));
        TRY(table_text(it, 3, &row.unit));
        row.from = table_date(it, 4);
        row.to = table_date(it, 5);
        table_span(it, 5, row.from, row.to);
        TRY(table_cite(it, 6, &row.cite));
        table_sources(it, 7);
        if (!expr_number(row.written, unit_is_money(row.unit), &row.value)) {
            table_fault(it, E_NUMBER, 2,
                        unit_is_money(row.unit)
                            ? "an amount with at most two decimals is expected here"
                            : "a whole number is expected here");
        }
        if (row.param != 0 && row.key != 0) {
            rules->params[rules->n_params++] = row;
        }
        TRY(table_next(it, &more));
    }
    return 0;
}

static int by_place(const struct rules_at *a, const struct rules_at *b)
{
    int order = strcmp(a->file, b->file);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

static int by_list(const void *a, const void *b)
{
    const struct list_row *x = a, *y = b;
    if (x->list != y->list) {
        return x->list < y->list ? -1 : 1;
    }
    if (x->item != y->item) {
        return x->item < y->item ? -1 : 1;
    }
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : by_place(&x->at, &y->at);
}

static int by_param(const void *a, const void *b)
{
    const struct param_row *x = a, *y = b;
    if (x->param != y->param) {
        return x->param < y->param ? -1 : 1;
    }
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : by_place(&x->at, &y->at);
}

static void row_fault(struct reader *reader, enum err_code code, const struct rules_at *at,
                      const char *column, struct text value, const char *what,
                      const struct rules_at *other)
{
    err_at(faults_add(reader->faults), code, at->file, at->row, column, value, "%s %s:%ld", what,
           other->file, other->row);
}

static void lists_sort(struct reader *reader)
{
    struct rules *rules = reader->rules;
    if (rules->n_lists > 0) {
        qsort(rules->lists, rules->n_lists, sizeof *rules->lists, by_list);
    }
    for (size_t i = 1; i < rules->n_lists; i++) {
        const struct list_row *a = &rules->lists[i - 1], *b = &rules->lists[i];
        if (a->list == b->list && a->item == b->item && (a->to == DATE_NONE || a->to > b->from)) {
            row_fault(reader, E_DOORS_LIST_OVERLAP, &b->at, "item",
                      names_word(rules->names, b->item),
                      "this item stands in the list already, on some of these days, in", &a->at);
        }
    }
}

static void params_sort(struct reader *reader)
{
    struct rules *rules = reader->rules;
    if (rules->n_params > 0) {
        qsort(rules->params, rules->n_params, sizeof *rules->params, by_param);
    }
    for (size_t i = 1; i < rules->n_params; i++) {
        const struct param_row *a = &rules->params[i - 1], *b = &rules->params[i];
        if (a->param != b->param || a->key != b->key) {
            continue;
        }
        if (a->to == DATE_NONE || a->to > b->from) {
            row_fault(reader, E_DOORS_PARAM_OVERLAP, &b->at, "key",
                      names_word(rules->names, b->key),
                      "this parameter has another value on some of these days, in", &a->at);
        }
        if (!text_eq(a->unit, b->unit)) {
            row_fault(reader, E_DOORS_FORM, &b->at, "unit", b->unit,
                      "this parameter is in another unit in", &a->at);
        }
    }
}

int read_lists(struct reader *reader, size_t n, const struct rules_part parts[])
{
    static const char *const columns[] = {"list", "item", "from", "to", "cite", "source_id"};
    TRY_NEW(reader->rules->lists, reader->arena, tables_rows(n, parts), reader->err);
    for (size_t i = 0; i < n; i++) {
        struct table it = {.reader = reader, .columns = columns};
        bool open;
        TRY(table_open(&it, parts[i].file, reader->arena, 6, &open));
        if (open) {
            TRY(read_list(&it, reader->rules));
        }
    }
    lists_sort(reader);
    return 0;
}

int read_params(struct reader *reader, size_t n, const struct rules_part parts[])
{
    static const char *const columns[] = {"param", "key", "value", "unit",
                                          "from",  "to",  "cite",  "source_id"};
    TRY_NEW(reader->rules->params, reader->arena, tables_rows(n, parts), reader->err);
    for (size_t i = 0; i < n; i++) {
        struct table it = {.reader = reader, .columns = columns};
        bool open;
        TRY(table_open(&it, parts[i].file, reader->arena, 8, &open));
        if (open) {
            TRY(read_param(&it, reader->rules));
        }
    }
    params_sort(reader);
    return 0;
}
