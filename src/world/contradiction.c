#include "contradiction.h"

#include <stdio.h>
#include <stdlib.h>

#include "num.h"
#include "row_key.h"

static const struct text no_text = {"", 0};

static int side_compare(struct contradiction_side a, struct contradiction_side b)
{
    if (a.table != b.table) {
        return a.table < b.table ? -1 : 1;
    }
    return (a.row > b.row) - (a.row < b.row);
}

static int pair_compare(const void *a, const void *b)
{
    const struct contradiction_pair *x = a, *y = b;
    int order = side_compare(x->low, y->low);
    if (order == 0) {
        order = side_compare(x->high, y->high);
    }
    return order != 0 ? order : (x->of > y->of) - (x->of < y->of);
}

static int named_compare(const void *a, const void *b)
{
    return side_compare(*(const struct contradiction_side *)a,
                        *(const struct contradiction_side *)b);
}

/* One side of a declaration, as the columns of the table give it. */
struct contradiction_cells {
    name_id table, source;
    struct text key;
    const char *table_column, *key_column, *source_column;
};

static struct contradiction_cells contradiction_cells(const struct contradictions *all, size_t i,
                                                      bool second)
{
    if (second) {
        return (struct contradiction_cells){all->table_b[i], all->source_b[i], all->rows_b[i],
                                            "table_b",       "key_b",          "source_b"};
    }
    return (struct contradiction_cells){all->table_a[i], all->source_a[i], all->rows_a[i],
                                        "table_a",       "key_a",          "source_a"};
}

static void contradiction_fault_form(struct checker *checker, uint32_t line,
                                     const struct contradiction_cells *cells,
                                     enum schema_name table)
{
    const struct row_key_form *form = row_key_form(table);
    char names[200] = "";
    size_t used = 0;
    for (size_t i = 0; i < form->n && used < sizeof names; i++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i == 0 ? "" : "|",
                                 schema_table(table)->columns[form->columns[i]].name);
    }
    struct ajar_err *fault =
        checker_fault(checker, E_SCENARIO_PAIR_KEY, SCHEMA_CONTRADICTIONS, line, cells->key_column,
                      cells->key, "this is not a key of %s", schema_table(table)->name);
    err_hint(fault, "Write it as %s.", names);
}

/* SCENARIO_NO_ROW: there is no such row, or its table could not be read. */
static int contradiction_find(struct checker *checker, const struct arrivals_index *index,
                              uint32_t line, const struct contradiction_cells *cells,
                              struct contradiction_side *out, struct ajar_err *err)
{
    int table = schema_find(names_word(checker->names, cells->table));
    *out = (struct contradiction_side){(uint32_t)table, SCENARIO_NO_ROW};
    bool measured = table == SCHEMA_ARRIVALS || table == SCHEMA_HOSTS;
    if (!checker->read[table] || (measured && !checker->read[SCHEMA_MEASURES])) {
        return 0;
    }
    enum row_key_found found = ROW_KEY_NONE;
    uint32_t row = SCENARIO_NO_ROW;
    TRY(row_key_find(checker, index, (enum schema_name)table, cells->key, cells->source, &row,
                     &found, err));
    if (found == ROW_KEY_FOUND) {
        out->row = row;
    } else if (found == ROW_KEY_FORM) {
        contradiction_fault_form(checker, line, cells, (enum schema_name)table);
    } else if (found == ROW_KEY_NONE && checker->bad[table].n > 0) {
        return 0; /* it may be one of those that could not be read */
    } else if (found == ROW_KEY_NONE) {
        checker_fault(checker, E_SCENARIO_ROW_MISSING, SCHEMA_CONTRADICTIONS, line,
                      cells->key_column, cells->key, "%s.csv has no row with this key",
                      schema_table((enum schema_name)table)->name);
    } else {
        char source[128];
        row_key_cell(checker, schema_table((enum schema_name)table),
                     row_key_form((enum schema_name)table)->source, row, source, sizeof source);
        struct ajar_err *fault =
            checker_fault(checker, E_SCENARIO_ROW_MISSING, SCHEMA_CONTRADICTIONS, line,
                          cells->source_column, names_word(checker->names, cells->source),
                          "%s.csv has the key, but not from this source",
                          schema_table((enum schema_name)table)->name);
        err_hint(fault, "Did you mean '%s'?", source);
    }
    return 0;
}

/* How many of a side's three cells hold something. */
static int contradiction_given(const struct contradiction_cells *side)
{
    return (side->table != 0) + (side->key.n > 0) + (side->source != 0);
}

static void contradiction_half(struct checker *checker, uint32_t line,
                               const struct contradiction_cells *b)
{
    const char *column = b->table == 0   ? b->table_column
                         : b->key.n == 0 ? b->key_column
                                         : b->source_column;
    checker_fault(checker, E_SCENARIO_PAIR_SIDE, SCHEMA_CONTRADICTIONS, line, column, no_text,
                  "the second side has no %s", column);
}

/* Two rows that say the same are not at odds. */
static bool contradiction_agree(const struct scenario *scenario, enum schema_name table, uint32_t a,
                                uint32_t b)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    const struct hosts *hosts = &scenario->hosts;
    const struct trade *trade = &scenario->trade;
    switch (table) {
    case SCHEMA_ARRIVALS:
        return arrivals->measure[a] == arrivals->measure[b] &&
               arrivals->from[a] == arrivals->from[b] && arrivals->to[a] == arrivals->to[b] &&
               arrivals->value[a] == arrivals->value[b];
    case SCHEMA_HOSTS:
        return hosts->indicator[a] == hosts->indicator[b] &&
               hosts->date[a].first == hosts->date[b].first &&
               hosts->date[a].last == hosts->date[b].last && hosts->value[a] == hosts->value[b];
    case SCHEMA_TRADE:
        return trade->flow[a] == trade->flow[b] && trade->hs[a] == trade->hs[b] &&
               trade->period[a].first == trade->period[b].first &&
               trade->period[a].last == trade->period[b].last && trade->value[a] == trade->value[b];
    default:
        return false;
    }
}

/* What two rows that were found must not be. */
static void contradiction_check_sides(struct checker *checker, uint32_t line,
                                      struct contradiction_side a, struct contradiction_side b,
                                      const struct contradiction_cells *cells)
{
    if (a.table != b.table || a.row == SCENARIO_NO_ROW || b.row == SCENARIO_NO_ROW) {
        return;
    }
    if (a.row == b.row) {
        checker_fault(checker, E_SCENARIO_SAME_ROW, SCHEMA_CONTRADICTIONS, line, cells->key_column,
                      cells->key, "both sides name the same row");
    } else if (contradiction_agree(checker->scenario, (enum schema_name)a.table, a.row, b.row)) {
        checker_fault(checker, E_SCENARIO_STALE, SCHEMA_CONTRADICTIONS, line, cells->key_column,
                      cells->key, "the two rows agree in measure, span and value");
    }
}

static int contradiction_row(struct checker *checker, const struct arrivals_index *index, size_t i,
                             struct contradiction_pair *pair, struct ajar_err *err)
{
    struct contradictions *all = &checker->scenario->contradictions;
    uint32_t line = all->line[i];
    struct contradiction_cells a = contradiction_cells(all, i, false),
                               b = contradiction_cells(all, i, true);
    struct contradiction_side low = {0, SCENARIO_NO_ROW}, high = {SCHEMA_COUNT, SCENARIO_NO_ROW};
    bool bad = checker_is_bad(checker, SCHEMA_CONTRADICTIONS, (uint32_t)i);
    if (contradiction_given(&a) == 3) {
        TRY(contradiction_find(checker, index, line, &a, &low, err));
    }
    int given = contradiction_given(&b);
    if (given == 3) {
        TRY(contradiction_find(checker, index, line, &b, &high, err));
        contradiction_check_sides(checker, line, low, high, &b);
    } else if (given > 0 && !bad) {
        contradiction_half(checker, line, &b);
    }
    all->row_a[i] = low.row;
    all->row_b[i] = high.row;
    *pair = (struct contradiction_pair){low, high, (uint32_t)i};
    if (side_compare(high, low) < 0) {
        pair->low = high;
        pair->high = low;
    }
    return 0;
}

static void contradiction_check_twice(struct checker *checker,
                                      const struct contradiction_pairs *pairs)
{
    const struct contradictions *all = &checker->scenario->contradictions;
    for (size_t i = 1; i < pairs->n; i++) {
        const struct contradiction_pair *a = &pairs->at[i - 1], *b = &pairs->at[i];
        if (a->low.row == SCENARIO_NO_ROW || a->high.row == SCENARIO_NO_ROW ||
            side_compare(a->low, b->low) != 0 || side_compare(a->high, b->high) != 0) {
            continue;
        }
        checker_fault(checker, E_SCENARIO_PAIR_TWICE, SCHEMA_CONTRADICTIONS, all->line[b->of], "id",
                      names_word(checker->names, all->id[b->of]),
                      "the same two rows are declared in line %u", all->line[a->of]);
    }
}

int contradiction_resolve(struct contradiction_pairs *out, struct checker *checker,
                          const struct arrivals_index *index, struct ajar_err *err)
{
    struct contradictions *all = &checker->scenario->contradictions;
    struct contradiction_pairs pairs = {.n = all->n};
    TRY_NEW(pairs.at, checker->scratch, pairs.n, err);
    TRY_NEW(pairs.named, checker->scratch, pairs.n * 2, err);
    TRY_NEW(all->row_a, checker->arena, all->n, err);
    TRY_NEW(all->row_b, checker->arena, all->n, err);
    for (size_t i = 0; i < all->n; i++) {
        TRY(contradiction_row(checker, index, i, &pairs.at[i], err));
        if (pairs.at[i].low.row != SCENARIO_NO_ROW) {
            pairs.named[pairs.n_named++] = pairs.at[i].low;
        }
        if (pairs.at[i].high.row != SCENARIO_NO_ROW) {
            pairs.named[pairs.n_named++] = pairs.at[i].high;
        }
    }
    qsort(pairs.at, pairs.n, sizeof *pairs.at, pair_compare);
    qsort(pairs.named, pairs.n_named, sizeof *pairs.named, named_compare);
    contradiction_check_twice(checker, &pairs);
    *out = pairs;
    return 0;
}

bool contradiction_declared(const struct contradiction_pairs *pairs, enum schema_name table,
                            uint32_t row, uint32_t other)
{
    struct contradiction_side low = {table, row < other ? row : other};
    struct contradiction_side high = {table, row < other ? other : row};
    size_t from = 0, to = pairs->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = side_compare(pairs->at[middle].low, low);
        if (order == 0) {
            order = side_compare(pairs->at[middle].high, high);
        }
        if (order == 0) {
            return true;
        }
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle;
    }
    return false;
}

bool contradiction_names(const struct contradiction_pairs *pairs, enum schema_name table,
                         uint32_t row)
{
    struct contradiction_side side = {table, row};
    return pairs->n_named > 0 &&
           bsearch(&side, pairs->named, pairs->n_named, sizeof side, named_compare) != NULL;
}

/* The values that two rows of one key give, where the table has any. */
static bool contradiction_values(const struct scenario *scenario, enum schema_name table,
                                 uint32_t row, uint32_t other, double value[2])
{
    const double *values = table == SCHEMA_ARRIVALS ? scenario->arrivals.value
                           : table == SCHEMA_HOSTS  ? scenario->hosts.value
                                                    : scenario->trade.value;
    value[0] = values[row];
    value[1] = values[other];
    return value[0] < value[1] || value[0] > value[1];
}

bool contradiction_untold(const struct checker *checker, enum schema_name table, uint32_t row,
                          uint32_t other)
{
    return !checker->read[table] || !checker->read[SCHEMA_CONTRADICTIONS] ||
           checker_is_bad(checker, table, row) || checker_is_bad(checker, table, other);
}

void contradiction_check_pair(struct checker *checker, const struct contradiction_pairs *pairs,
                              enum schema_name table, uint32_t row, uint32_t other)
{
    double value[2];
    uint32_t later = row > other ? row : other, earlier = row > other ? other : row;
    if (!contradiction_values(checker->scenario, table, later, earlier, value) ||
        contradiction_declared(pairs, table, row, other) ||
        contradiction_untold(checker, table, row, other)) {
        return;
    }
    char number[2][NUM_TEXT], source[2][80], key[ROW_KEY_TEXT];
    const struct schema_table *schema = schema_table(table);
    size_t column = row_key_form(table)->source;
    for (size_t i = 0; i < 2; i++) {
        num_format(value[i], number[i]);
        row_key_cell(checker, schema, column, i == 0 ? later : earlier, source[i],
                     sizeof source[i]);
    }
    const uint32_t *lines = checker_lines(checker, schema);
    struct ajar_err *fault = checker_fault(
        checker, E_SCENARIO_UNDECLARED, table, lines[later], "value", text_of(number[0]),
        "%s says %s, and %s in line %u says %s for the same thing", source[0], number[0], source[1],
        lines[earlier], number[1]);
    err_hint(fault, "Declare it: key_a and key_b %s, source_a %s, source_b %s.",
             row_key_text(checker, table, later, key), source[1], source[0]);
}
