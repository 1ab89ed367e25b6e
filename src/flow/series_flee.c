#include "series_tables.h"

static int flee_table(struct arena *scratch, const struct flow_world *world,
                      const struct flow_report *rows, size_t n, int32_t hasten,
                      struct series_table *out, struct ajar_err *err)
{
    TRY_NEW(out->at, scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        out->at[i] = (struct series_point){(double)((int64_t)rows[i].date - world->start),
                                           (double)rows[i].count / (double)hasten};
    }
    out->n = n;
    return 0;
}

static void table_put(struct series_table *table, double day, double value)
{
    table->at[table->n++] = (struct series_point){day, value};
}

/* AddCSVTables, step by step: a row of the second is added to the next row of the first, rows of the first
 * behind the last of the second are dropped, and rows of the second behind the last of the first repeat
 * that one.  Where it stops, because the first begins earlier, the second counts 0. */
static int flee_add(struct arena *scratch, const struct series_table *first,
                    const struct series_table *second, struct series_table *out,
                    struct ajar_err *err)
{
    const struct series_point *one = first->at;
    double last = 0;
    size_t offset = 0;
    struct series_table sum = {0};
    TRY_NEW(sum.at, scratch, first->n + 2 * second->n, err);
    for (size_t i = 0; i < second->n; i++) {
        struct series_point two = second->at[i];
        while (two.day > one[offset].day) {
            table_put(&sum, one[offset].day, last + one[offset].value);
            if (offset + 1 == first->n) {
                break;
            }
            offset++;
        }
        if (two.day <= one[offset].day) {
            bool same = two.day == one[offset].day;
            table_put(&sum, two.day, two.value + one[offset].value);
            offset += same && offset + 1 < first->n;
            last = two.value;
        }
    }
    *out = sum;
    return 0;
}

static int flee_correct(const struct flow_world *world, const struct series_rows *rows,
                        const struct series_table *table, struct ajar_err *err)
{
    for (size_t k = 0; k < world->n_corrections; k++) {
        const struct flow_correction *at = &world->corrections[k];
        bool good = true;
        if (at->place != rows->place || at->of_uncounted != rows->uncounted ||
            at->date < world->start) {
            continue;
        }
        double day = (double)((int64_t)at->date - world->start);
        for (size_t i = 1; i < table->n; i++) {
            if (table->at[i].day == day) {
                TRY(series_scale(table, i, &good, err));
            }
            if (!good) {
                char shown[DATE_TEXT];
                return err_at(err, E_FLOW_COUNT, NULL, at->line, "date",
                              text_of(date_format(at->date, shown)),
                              "the count before that of this correction is 0 and cannot be scaled");
            }
        }
    }
    return 0;
}

static int flee_read_series(struct arena *scratch, const struct flow_world *world,
                            const struct series_rows *rows, const void *how,
                            struct series_table *out, struct ajar_err *err)
{
    int32_t hasten = *(const int32_t *)how;
    size_t from = 0;
    while (from < rows->n) {
        struct series_table part;
        size_t to = from;
        while (to < rows->n && rows->at[to].part == rows->at[from].part) {
            to++;
        }
        TRY(flee_table(scratch, world, rows->at + from, to - from, hasten, &part, err));
        if (from == 0) {
            *out = part;
        } else {
            TRY(flee_add(scratch, out, &part, out, err));
        }
        from = to;
    }
    return flee_correct(world, rows, out, err);
}

int flow_series_flee(struct arena *arena, const struct flow_world *world, int32_t hasten,
                     struct flow_series *out, struct ajar_err *err)
{
    if (hasten < 1) {
        return err_set(err, E_FLOW_OPTION, "one agent stands for at least one person");
    }
    return series_make(arena, world, flee_read_series, &hasten, out, err);
}
