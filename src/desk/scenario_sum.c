#include "scenario_sum.h"

#include <stdlib.h>
#include <string.h>

static void sum_widen(struct scenario_sum_days *days, date_days first, date_days last)
{
    if (first == DATE_NONE || last == DATE_NONE) {
        return;
    }
    if (days->first == DATE_NONE || first < days->first) {
        days->first = first;
    }
    if (days->last == DATE_NONE || last > days->last) {
        days->last = last;
    }
}

/* The tables are read by what the schema says of them, so that a column added there is counted. */
static const void *sum_column(const struct scenario *scenario, const struct schema_table *table,
                              size_t c)
{
    const void *column;
    memcpy(&column, (const char *)scenario + table->offset + table->columns[c].field,
           sizeof column);
    return column;
}

static size_t sum_rows(const struct scenario *scenario, const struct schema_table *table)
{
    size_t n;
    memcpy(&n, (const char *)scenario + table->offset, sizeof n);
    return n;
}

static void sum_dates(struct scenario_sum_table *sum, enum cell_type type, const void *column)
{
    const date_days *date = column;
    const struct date_partial *partial = column;
    for (size_t i = 0; i < sum->n && type == CELL_DATE; i++) {
        sum_widen(&sum->days, date[i], date[i]);
    }
    for (size_t i = 0; i < sum->n && (type == CELL_PARTIAL || type == CELL_PERIOD); i++) {
        sum_widen(&sum->days, partial[i].first, partial[i].last);
    }
}

/* What is needed to count sources: which row of sources a word is, and which table named it last. */
struct sum_words {
    uint32_t *row;  /* [names.n] */
    uint32_t *seen; /* [names.n] table + 1 */
};

static void sum_sources(struct scenario_sum *sum, enum schema_name name,
                        const struct sum_words *words, const name_id *column)
{
    struct scenario_sum_table *table = &sum->table[name];
    for (size_t i = 0; i < table->n; i++) {
        name_id id = column[i];
        if (id == 0 || words->row[id] == SCENARIO_NO_ROW) {
            continue;
        }
        sum->source_rows[words->row[id]] += name == SCHEMA_CONTRADICTIONS ? 0 : 1;
        table->n_sources += words->seen[id] == (uint32_t)name + 1 ? 0 : 1;
        words->seen[id] = (uint32_t)name + 1;
    }
}

static void sum_table(struct scenario_sum *sum, const struct scenario *scenario,
                      enum schema_name name, const struct sum_words *words)
{
    const struct schema_table *table = schema_table(name);
    struct scenario_sum_table *out = &sum->table[name];
    out->n = sum_rows(scenario, table);
    out->days = (struct scenario_sum_days){DATE_NONE, DATE_NONE};
    sum->n_rows += out->n;
    for (size_t c = 0; c < table->n; c++) {
        const void *column = sum_column(scenario, table, c);
        sum_dates(out, table->columns[c].type, column);
        if (table->columns[c].type == CELL_SOURCE) {
            sum_sources(sum, name, words, column);
        }
    }
}

static void sum_measures(struct scenario_sum *sum, const struct scenario *scenario)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    const struct hosts *hosts = &scenario->hosts;
    for (size_t i = 0; i < scenario->measures.n; i++) {
        sum->measure_days[i] = (struct scenario_sum_days){DATE_NONE, DATE_NONE};
    }
    for (size_t i = 0; i < arrivals->n; i++) {
        uint32_t m = arrivals->measure[i];
        sum->measure_rows[m]++;
        sum_widen(&sum->measure_days[m], arrivals->from[i], arrivals->to[i]);
    }
    for (size_t i = 0; i < hosts->n; i++) {
        uint32_t m = hosts->indicator[i];
        sum->measure_rows[m]++;
        sum_widen(&sum->measure_days[m], hosts->date[i].first, hosts->date[i].last);
    }
    for (size_t i = 0; i < scenario->measures.n; i++) {
        sum->kind_rows[scenario->measures.kind[i]] += sum->measure_rows[i];
    }
}

static int sum_rank_order(const void *a, const void *b, void *rows)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const size_t *n = rows;
    if (n[left] != n[right]) {
        return n[left] > n[right] ? -1 : 1;
    }
    return left < right ? -1 : 1;
}

static int sum_words_make(struct arena *arena, const struct scenario *scenario,
                          struct sum_words *out, struct ajar_err *err)
{
    struct sum_words words = {0};
    TRY_NEW(words.row, arena, scenario->names->n, err);
    TRY_NEW(words.seen, arena, scenario->names->n, err);
    memset(words.row, 0xff, scenario->names->n * sizeof *words.row); /* SCENARIO_NO_ROW */
    for (uint32_t i = 0; i < scenario->sources.n; i++) {
        words.row[scenario->sources.id[i]] = i;
    }
    *out = words;
    return 0;
}

int scenario_sum_make(struct arena *arena, const struct scenario *scenario,
                      struct scenario_sum *out, struct ajar_err *err)
{
    struct scenario_sum sum = {0};
    struct sum_words words = {0};
    TRY_NEW(sum.measure_rows, arena, scenario->measures.n, err);
    TRY_NEW(sum.measure_days, arena, scenario->measures.n, err);
    TRY_NEW(sum.source_rows, arena, scenario->sources.n, err);
    TRY_NEW(sum.source_rank, arena, scenario->sources.n, err);
    TRY(sum_words_make(arena, scenario, &words, err));
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        sum_table(&sum, scenario, (enum schema_name)i, &words);
    }
    sum_measures(&sum, scenario);
    for (uint32_t i = 0; i < scenario->sources.n; i++) {
        sum.source_rank[i] = i;
    }
    qsort_r(sum.source_rank, scenario->sources.n, sizeof *sum.source_rank, sum_rank_order,
            sum.source_rows);
    *out = sum;
    return 0;
}
