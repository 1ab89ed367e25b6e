#include "series.h"

#include "series_tables.h"

#define SCRATCH ((size_t)1 << 30)

/* The reference's get_interpolated_data.  The first row past a day only moves on with the day, also when
 * rows are out of order, so one walk serves all days. */
static void table_days(const struct series_table *table, int32_t n_days, int64_t *out)
{
    const struct series_point *at = table->at;
    size_t i = 1;
    for (int32_t day = 0; day < n_days; day++) {
        if (table->n == 0) {
            out[day] = 0;
            continue;
        }
        if (day <= at[0].day) {
            out[day] = (int64_t)at[0].value;
            continue;
        }
        while (i < table->n && !(day < at[i].day)) {
            i++;
        }
        if (i == table->n) {
            out[day] = (int64_t)at[table->n - 1].value;
            continue;
        }
        double fraction = (day - at[i - 1].day) / (at[i].day - at[i - 1].day);
        out[day] = (int64_t)(at[i - 1].value + fraction * (at[i].value - at[i - 1].value));
    }
}

int series_scale(const struct series_table *table, size_t i, bool *good, struct ajar_err *err)
{
    double last = table->at[i - 1].value, ratio = table->at[i].value / last;
    *good = last > 0;
    for (size_t k = 0; *good && k < i; k++) {
        double scaled = table->at[k].value * ratio;
        if (!(scaled <= SERIES_MOST)) {
            return err_set(err, E_FLOW_COUNT, "a correction raises a count past %g", SERIES_MOST);
        }
        table->at[k].value = scaled;
    }
    return 0;
}

/* Where the reports of a place stand, in an order by place. */
static struct series_rows rows_of(const struct flow_report *all, size_t n, uint32_t place,
                                  bool uncounted)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (all[middle].place < place) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    while (to < n && all[to].place == place) {
        to++;
    }
    return (struct series_rows){all + from, to - from, place, uncounted};
}

struct series_maker {
    const struct flow_world *world;
    series_read *read;
    const void *how;
};

static int series_one(const struct series_maker *maker, struct series_rows rows, int64_t *out,
                      struct ajar_err *err)
{
    struct arena scratch;
    struct series_table table = {0};
    arena_init(&scratch, "a series of counts", SCRATCH);
    int code = maker->read(&scratch, maker->world, &rows, maker->how, &table, err);
    if (code == 0) {
        table_days(&table, maker->world->n_days, out);
    }
    arena_free(&scratch);
    return code;
}

static void series_add(int64_t *total, const int64_t *one, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        total[i] += one[i];
    }
}

int series_make(struct arena *arena, const struct flow_world *world, series_read *read,
                const void *how, struct flow_series *out, struct ajar_err *err)
{
    struct series_maker maker = {world, read, how};
    struct flow_series made = {.n_camps = world->n_camps, .n_days = world->n_days};
    size_t days = (size_t)world->n_days;
    int64_t *one;
    TRY_NEW(made.at, arena, made.n_camps * days, err);
    TRY_NEW(made.total, arena, days, err);
    TRY_NEW(made.reported, arena, days, err);
    TRY_NEW(one, arena, days, err);
    for (size_t i = 0; i < made.n_camps; i++) {
        int64_t *camp = made.at + i * days;
        TRY(series_one(&maker, rows_of(world->reports, world->n_reports, world->camps[i], false),
                       camp, err));
        series_add(made.total, camp, days);
    }
    for (uint32_t i = 0; i < world->n_uncounted; i++) {
        TRY(series_one(&maker,
                       rows_of(world->uncounted_reports, world->n_uncounted_reports, i, true), one,
                       err));
        series_add(made.total, one, days);
    }
    TRY(series_one(&maker, rows_of(world->reports, world->n_reports, FLOW_NONE, false),
                   made.reported, err));
    *out = made;
    return 0;
}
