#include "registers.h"

#include <stdlib.h>

struct register_row {
    struct flow_point point;
    date_days known;
};

/* By day; of one day the row that counts comes first. */
static int by_day(const void *left, const void *right)
{
    const struct register_row *a = left, *b = right;
    if (a->point.day != b->point.day) {
        return a->point.day < b->point.day ? -1 : 1;
    }
    if (a->known != b->known) {
        return a->known > b->known ? -1 : 1;
    }
    return (a->point.count > b->point.count) - (a->point.count < b->point.count);
}

static void scale_before(struct flow_point *points, size_t n, int32_t day)
{
    for (size_t i = 1; i < n; i++) {
        if (points[i].day == day && points[i - 1].count > 0) {
            double ratio = points[i].count / points[i - 1].count;
            for (size_t k = 0; k < i; k++) {
                points[k].count *= ratio;
            }
            return;
        }
    }
}

/* In the order of their days, like counts that were put right one after another. */
static void correct(const struct flow_world *world, uint32_t place, struct flow_point *points,
                    size_t n)
{
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < world->n_corrections; k++) {
            const struct flow_correction *at = &world->corrections[k];
            if (at->place == place && !at->of_uncounted && at->date >= world->start &&
                (int64_t)at->date - world->start == points[i].day) {
                scale_before(points, n, points[i].day);
                break;
            }
        }
    }
}

static int make_one(struct arena *arena, const struct flow_world *world,
                    const struct flow_report *reports, size_t n, bool corrected,
                    struct register_row *rows, struct flow_register *out, struct ajar_err *err)
{
    struct flow_point *points;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t day = (int64_t)reports[i].date - world->start;
        day = day < INT32_MIN / 2 ? INT32_MIN / 2 : day > INT32_MAX / 2 ? INT32_MAX / 2 : day;
        rows[i] = (struct register_row){{(int32_t)day, (double)reports[i].count}, reports[i].known};
    }
    qsort(rows, n, sizeof *rows, by_day);
    TRY_NEW(points, arena, n, err);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || points[kept - 1].day != rows[i].point.day) {
            points[kept++] = rows[i].point;
        }
    }
    if (corrected) {
        correct(world, reports[0].place, points, kept);
    }
    out->part = reports[0].part;
    out->n = kept;
    out->at = points;
    return 0;
}

/* Camp of each place, or FLOW_NONE. */
static int map_camps(struct arena *arena, const struct flow_world *world, uint32_t **out,
                     struct ajar_err *err)
{
    uint32_t *camp_of;
    TRY_NEW(camp_of, arena, world->n_places, err);
    for (size_t p = 0; p < world->n_places; p++) {
        camp_of[p] = FLOW_NONE;
    }
    for (uint32_t c = 0; c < world->n_camps; c++) {
        camp_of[world->camps[c]] = c;
    }
    *out = camp_of;
    return 0;
}

int flow_registers_make(struct arena *arena, const struct flow_world *world, bool corrected,
                        struct flow_registers *out, struct ajar_err *err)
{
    const struct flow_report *reports = world->reports;
    struct flow_registers made = {0};
    struct register_row *rows;
    uint32_t *camp_of = NULL;
    TRY(map_camps(arena, world, &camp_of, err));
    TRY_NEW(made.at, arena, world->n_reports, err);
    TRY_NEW(rows, arena, world->n_reports, err);
    for (size_t from = 0, to; from < world->n_reports; from = to) {
        bool total = reports[from].place == FLOW_NONE;
        struct flow_register *one = &made.at[made.n + made.n_total];
        to = from;
        while (to < world->n_reports && reports[to].place == reports[from].place &&
               reports[to].part == reports[from].part) {
            to++;
        }
        one->camp = total ? FLOW_NONE : camp_of[reports[from].place];
        if (total || one->camp != FLOW_NONE) {
            TRY(make_one(arena, world, reports + from, to - from, corrected, rows, one, err));
            made.n += !total;
            made.n_total += total;
        }
    }
    *out = made;
    return 0;
}

double flow_register_at(const struct flow_register *one, double day)
{
    size_t from = 0, to = one->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if ((double)one->at[middle].day <= day) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    if (one->n == 0) {
        return 0;
    }
    if (from == 0 || from == one->n) {
        return one->at[from == 0 ? 0 : from - 1].count;
    }
    const struct flow_point *a = &one->at[from - 1], *b = &one->at[from];
    return a->count + (day - a->day) / ((double)b->day - a->day) * (b->count - a->count);
}

double flow_registers_sum(const struct flow_registers *all, double day)
{
    double sum = 0;
    for (size_t i = 0; i < all->n; i++) {
        sum += flow_register_at(&all->at[i], day);
    }
    return sum;
}

const struct flow_register *flow_register_find(const struct flow_registers *all, uint32_t camp,
                                               uint32_t part)
{
    for (size_t i = 0; i < all->n; i++) {
        if (all->at[i].camp == camp && all->at[i].part == part) {
            return &all->at[i];
        }
    }
    return NULL;
}
