/* What of a series is known on a day. */
#include <math.h>
#include <stdlib.h>

#include "book.h"

#define BOOK_WEEK 7

static int book_day_order(const void *a, const void *b)
{
    const date_days *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int book_days(struct arena *arena, const struct watch_series *series, enum watch_clock clock,
              date_days **out, size_t *n, struct ajar_err *err)
{
    date_days *day;
    size_t all = 0, kept = 0;
    TRY_NEW(day, arena, series->n, err);
    for (size_t i = 0; i < series->n; i++) {
        date_days known = book_known_from(&series->value[i], clock);
        if (known != DATE_NONE) {
            day[all++] = known;
        }
    }
    qsort(day, all, sizeof *day, book_day_order);
    for (size_t i = 0; i < all; i++) {
        if (i == 0 || day[i] != day[i - 1]) {
            day[kept++] = day[i];
        }
    }
    *out = day;
    *n = kept;
    return 0;
}

bool book_is_known(const struct watch_value *value, enum watch_clock clock, date_days as_known)
{
    if (as_known == DATE_NONE) {
        return true;
    }
    date_days from = book_known_from(value, clock);
    return from != DATE_NONE && from <= as_known;
}

static int32_t book_length(const struct watch_value *value)
{
    return value->to - value->from + 1;
}

/* The values in force.  Values of one period stand together, the latest last. */
static void book_in_force(struct watch_known *known)
{
    const struct watch_value *value = known->series->value;
    size_t n = known->series->n;
    for (size_t i = 0, next = 0; i < n; i = next) {
        uint32_t best = BOOK_NONE;
        next = i;
        do {
            if (book_is_known(&value[next], known->clock, known->as_known) &&
                (best == BOOK_NONE || !value[next].rejected || value[best].rejected)) {
                best = (uint32_t)next;
            }
            next++;
        } while (next < n && value[next].from == value[i].from && value[next].to == value[i].to);
        if (best != BOOK_NONE) {
            known->value[known->n++] = best;
        }
    }
}

/* A figure that the data set worked out, or does not believe, is no count: it could ring, or be the
 * baseline, for what nobody saw. */
static bool book_is_count(const struct watch_value *value)
{
    return !value->computed && !value->rejected;
}

/* The weekday on which most weeks start; 0: there are none. */
static int book_week_start(const struct watch_known *known)
{
    size_t count[BOOK_WEEK + 1] = {0}, seen[BOOK_WEEK + 1] = {0};
    int best = 0;
    for (size_t i = 0; i < known->n; i++) {
        const struct watch_value *value = &known->series->value[known->value[i]];
        if (book_is_count(value) && book_length(value) == BOOK_WEEK) {
            int day = date_weekday(value->from);
            seen[day] = count[day]++ == 0 ? i : seen[day];
        }
    }
    for (int day = 1; day <= BOOK_WEEK; day++) {
        if (count[day] > 0 && (best == 0 || count[day] > count[best] ||
                               (count[day] == count[best] && seen[day] < seen[best]))) {
            best = day;
        }
    }
    return best;
}

static bool book_fits(const struct watch_value *value, int step, int weekday)
{
    return book_is_count(value) && book_length(value) == step &&
           (step == 1 || date_weekday(value->from) == weekday);
}

/* The values of one length on a regular grid; *used counts them. */
static int book_grid(struct arena *arena, const struct watch_known *known, int step, int weekday,
                     struct watch_grid *out, uint32_t **out_value, size_t *used,
                     struct ajar_err *err)
{
    const struct watch_value *value = known->series->value;
    date_days first = DATE_NONE, last = DATE_NONE;
    for (size_t i = 0; i < known->n; i++) {
        const struct watch_value *at = &value[known->value[i]];
        if (book_fits(at, step, weekday)) {
            first = first == DATE_NONE ? at->from : first;
            last = at->from;
            (*used)++;
        }
    }
    *out = (struct watch_grid){.step_days = step, .first = first};
    out->n = first == DATE_NONE ? 0 : (size_t)((last - first) / step) + 1;
    double *y;
    TRY_NEW(y, arena, out->n, err);
    TRY_NEW(*out_value, arena, out->n, err);
    for (size_t i = 0; i < out->n; i++) {
        y[i] = NAN;
        (*out_value)[i] = BOOK_NONE;
    }
    for (size_t i = 0; i < known->n; i++) {
        const struct watch_value *at = &value[known->value[i]];
        if (book_fits(at, step, weekday)) {
            size_t period = (size_t)((at->from - first) / step);
            y[period] = at->count;
            (*out_value)[period] = known->value[i];
        }
    }
    out->y = y;
    return 0;
}

int book_known(struct arena *arena, const struct watch_series *series, enum watch_clock clock,
               date_days as_known, struct watch_known *out, struct ajar_err *err)
{
    struct watch_known known = {.series = series, .clock = clock, .as_known = as_known};
    size_t used = 0;
    TRY_NEW(known.value, arena, series->n, err);
    book_in_force(&known);
    TRY(book_grid(arena, &known, 1, 0, &known.day, &known.day_value, &used, err));
    TRY(book_grid(arena, &known, BOOK_WEEK, book_week_start(&known), &known.week, &known.week_value,
                  &used, err));
    known.n_odd = known.n - used;
    *out = known;
    return 0;
}

uint32_t book_value_at(const struct watch_known *known, date_days from, date_days to)
{
    size_t low = 0, high = known->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct watch_value *value = &known->series->value[known->value[middle]];
        if (value->from == from && value->to == to) {
            return known->value[middle];
        }
        bool before = value->from < from || (value->from == from && value->to < to);
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    return BOOK_NONE;
}
