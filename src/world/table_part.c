#include "table_part.h"

#include <string.h>

/* Faults, words and unescaped cells of one part. */
#define PART_CEILING ((size_t)4 << 30)

/* A row of separators, as spreadsheets leave them below a table. */
static bool part_row_blank(const struct csv *csv)
{
    for (size_t c = 0; c < csv->n_columns; c++) {
        if (text_trim(csv->cells[c]).n > 0) {
            return false;
        }
    }
    return true;
}

static int part_row(struct table_part *part, const struct csv *csv, struct cell_column *columns,
                    struct cell_room *room, struct ajar_err *err)
{
    const struct table_plan *plan = part->plan;
    const struct cell_words words = {plan->checker->names, &part->fresh};
    size_t row = (size_t)part->csv.first_record + part->n;
    uint64_t bad;
    TRY(cell_read_row(columns, plan->table->n, &words, room, csv->cells, row, &bad, err));
    if (bad != 0) {
        TRY(checker_add_bad(&part->checker, plan->name, (uint32_t)row, err));
    }
    if (bad != 0 && part_row_blank(csv)) {
        struct ajar_err *fault =
            checker_fault(&part->checker, E_SCENARIO_CELL_EMPTY, plan->name, (uint32_t)csv->row,
                          NULL, (struct text){"", 0}, "the row is empty");
        err_hint(fault, "Remove the row.");
        bad = 0;
    }
    for (; bad != 0; bad &= bad - 1) {
        const struct cell_column *column = &columns[__builtin_ctzll(bad)];
        cell_fault(&part->checker, plan->name, (uint32_t)csv->row, column, csv->cells[column->csv]);
    }
    plan->line[row] = (uint32_t)csv->row;
    part->n++;
    return 0;
}

static int part_rows(struct table_part *part, struct csv *csv, struct ajar_err *err)
{
    const struct table_plan *plan = part->plan;
    struct cell_column columns[TABLE_COLUMNS];
    struct cell_room room = {plan->room + (part->csv.bytes.at - plan->csv->at)};
    struct ajar_err problem = {0}; /* once: it is a kilobyte, and rows are many */
    memcpy(columns, plan->columns, plan->table->n * sizeof *columns);
    for (bool more = true; more && !part->stopped;) {
        int code = csv_next(csv, &more, &problem);
        if (code != 0) {
            TRY(checker_absorb(&part->checker, code, &problem, err));
            part->stopped = code != E_CSV_SHORT && code != E_CSV_LONG;
        } else if (more) {
            TRY(part_row(part, csv, columns, &room, err));
        }
    }
    return 0;
}

int table_part_read(void *arg, size_t i, struct ajar_err *err)
{
    const struct table_plan *plan = arg;
    struct table_part *part = &plan->parts[i];
    struct csv csv;
    part->plan = plan;
    arena_init(&part->arena, "a part of a table", PART_CEILING);
    TRY(faults_init(&part->faults, &part->arena, plan->checker->faults->limit, err));
    TRY(names_init(&part->fresh, &part->arena, err));
    part->checker = *plan->checker;
    part->checker.scratch = &part->arena;
    part->checker.faults = &part->faults;
    TRY(csv_part_open(&csv, &part->arena, plan->csv, &part->csv, err));
    return part_rows(part, &csv, err);
}

static void part_join_faults(const struct table_part *part, struct faults *faults)
{
    for (size_t i = 0; i < part->faults.kept; i++) {
        *faults_add(faults) = part->faults.at[i];
    }
    faults->total += part->faults.total - part->faults.kept;
}

static bool part_adds_words(enum cell_type type)
{
    return type == CELL_ID || type == CELL_WORD || type == CELL_CURRENCY || type == CELL_HS6 ||
           type == CELL_HS || type == CELL_LAND || type == CELL_SOURCE;
}

/* Gives the part's new words their ids in the scenario, in the order of their first sight. */
static int part_join_words(struct table_part *part, struct ajar_err *err)
{
    const struct table_plan *plan = part->plan;
    name_id *ids;
    if (part->fresh.n == 1) {
        return 0;
    }
    TRY_NEW(ids, &part->arena, part->fresh.n, err);
    for (name_id id = 1; id < part->fresh.n; id++) {
        TRY(names_put(plan->checker->names, names_word(&part->fresh, id), &ids[id], err));
    }
    for (size_t c = 0; c < plan->table->n; c++) {
        if (!part_adds_words(plan->columns[c].type)) {
            continue;
        }
        name_id *cell = (name_id *)(void *)plan->columns[c].at + part->csv.first_record;
        for (size_t i = 0; i < part->n; i++) {
            if ((cell[i] & CELL_FRESH) != 0) {
                cell[i] = ids[cell[i] & ~CELL_FRESH];
            }
        }
    }
    return 0;
}

/* Closes the gap that records without a row left before this part. */
static int part_join_rows(struct table_part *part, size_t to, struct ajar_err *err)
{
    const struct table_plan *plan = part->plan;
    size_t from = (size_t)part->csv.first_record;
    const struct bad_rows *bad = &part->checker.bad[plan->name];
    for (size_t i = 0; i < bad->n; i++) {
        uint32_t row = (uint32_t)(bad->at[i] - from + to);
        TRY(checker_add_bad(plan->checker, plan->name, row, err));
    }
    if (from == to) {
        return 0;
    }
    memmove(plan->line + to, plan->line + from, part->n * sizeof *plan->line);
    for (size_t c = 0; c < plan->table->n; c++) {
        size_t size = plan->columns[c].size;
        memmove(plan->columns[c].at + to * size, plan->columns[c].at + from * size, part->n * size);
    }
    return 0;
}

int table_part_join(struct table_plan *plan, size_t *rows, struct ajar_err *err)
{
    size_t n = 0;
    bool stopped = false;
    for (size_t i = 0; i < plan->n_parts && !stopped; i++) {
        struct table_part *part = &plan->parts[i];
        part_join_faults(part, plan->checker->faults);
        TRY(part_join_words(part, err));
        TRY(part_join_rows(part, n, err));
        n += part->n;
        stopped = part->stopped;
    }
    *rows = n;
    return 0;
}

void table_part_free(struct table_plan *plan)
{
    for (size_t i = 0; i < plan->n_parts; i++) {
        arena_free(&plan->parts[i].arena);
    }
}
