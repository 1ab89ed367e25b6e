#include <stdlib.h>

#include "series_tables.h"

#include "known.h"

/* A report while they are put in order. */
struct known_report {
    struct series_point point;
    uint32_t part;
    date_days known;
};

/* By part, day, then the one that counts first: known last, else the smaller. */
static int known_order(const void *left, const void *right)
{
    const struct known_report *a = left, *b = right;
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    if (a->point.day != b->point.day) {
        return a->point.day < b->point.day ? -1 : 1;
    }
    if (a->known != b->known) {
        return a->known > b->known ? -1 : 1;
    }
    return (a->point.value > b->point.value) - (a->point.value < b->point.value);
}

static int known_gather(struct arena *scratch, const struct flow_world *world,
                        const struct series_rows *rows, struct known_report **out, size_t *n,
                        struct ajar_err *err)
{
    struct known_report *list;
    size_t one = 0;
    TRY_NEW(list, scratch, rows->n, err);
    for (size_t i = 0; i < rows->n; i++) {
        const struct flow_report *at = &rows->at[i];
        struct series_point point = {(double)((int64_t)at->date - world->start), (double)at->count};
        list[i] = (struct known_report){point, at->part, at->known};
    }
    qsort(list, rows->n, sizeof *list, known_order);
    for (size_t i = 0; i < rows->n; i++) {
        if (i == 0 || list[i].part != list[i - 1].part ||
            list[i].point.day != list[i - 1].point.day) {
            list[one++] = list[i];
        }
    }
    *out = list;
    *n = one;
    return 0;
}

static double known_between(const struct series_point *a, const struct series_point *b, double day)
{
    return a->value + (day - a->day) / (b->day - a->day) * (b->value - a->value);
}

/* One table more into the sum: at all days of both, each on its own line, 0 before its first row. */
static int known_add(struct arena *scratch, const struct series_table *one,
                     const struct series_table *two, struct series_table *out, struct ajar_err *err)
{
    const struct series_table *const tables[2] = {one, two};
    struct series_table sum = {0};
    size_t at[2] = {0, 0};
    TRY_NEW(sum.at, scratch, one->n + two->n, err);
    while (at[0] < one->n || at[1] < two->n) {
        double day = at[0] < one->n ? one->at[at[0]].day : two->at[at[1]].day;
        day = at[1] < two->n && two->at[at[1]].day < day ? two->at[at[1]].day : day;
        double value = 0;
        for (size_t k = 0; k < 2; k++) {
            const struct series_point *rows = tables[k]->at;
            size_t n = tables[k]->n;
            if (at[k] < n && rows[at[k]].day == day) {
                value += rows[at[k]++].value;
            } else if (at[k] > 0) {
                value += at[k] == n ? rows[n - 1].value
                                    : known_between(&rows[at[k] - 1], &rows[at[k]], day);
            }
        }
        sum.at[sum.n++] = (struct series_point){day, value};
    }
    *out = sum;
    return 0;
}

static int known_parts(struct arena *scratch, const struct known_report *list, size_t n,
                       struct series_table *out, struct ajar_err *err)
{
    size_t from = 0;
    while (from < n) {
        struct series_table part = {0};
        size_t to = from;
        TRY_NEW(part.at, scratch, n - from, err);
        while (to < n && list[to].part == list[from].part) {
            part.at[part.n++] = list[to++].point;
        }
        if (from == 0) {
            *out = part;
        } else {
            TRY(known_add(scratch, out, &part, out, err));
        }
        from = to;
    }
    return 0;
}

static int known_correct(const struct flow_world *world, const struct series_rows *rows,
                         const struct series_table *table, struct ajar_err *err)
{
    for (size_t i = 1; i < table->n; i++) {
        for (size_t k = 0; k < world->n_corrections; k++) {
            const struct flow_correction *at = &world->corrections[k];
            bool good;
            if (at->place == rows->place && at->of_uncounted == rows->uncounted &&
                at->date >= world->start &&
                table->at[i].day == (double)((int64_t)at->date - world->start)) {
                TRY(series_scale(table, i, &good, err));
                break;
            }
        }
    }
    return 0;
}

static int known_read(struct arena *scratch, const struct flow_world *world,
                      const struct series_rows *rows, const void *how, struct series_table *out,
                      struct ajar_err *err)
{
    struct known_report *list = NULL;
    size_t n = 0;
    (void)how;
    TRY(known_gather(scratch, world, rows, &list, &n, err));
    TRY(known_parts(scratch, list, n, out, err));
    return known_correct(world, rows, out, err);
}

int flow_series_dated(struct arena *arena, const struct flow_world *world, struct flow_series *out,
                      struct ajar_err *err)
{
    return series_make(arena, world, known_read, NULL, out, err);
}

int flow_series_known(struct arena *arena, const struct flow_world *world, date_days as_known,
                      struct flow_series *out, struct ajar_err *err)
{
    struct flow_world known = *world;
    if (as_known != DATE_NONE) {
        TRY(flow_known(arena, world, as_known, 0, &known, err));
    }
    return flow_series_dated(arena, &known, out, err);
}
