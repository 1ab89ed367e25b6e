#include <stdlib.h>

#include "report_view.h"

/* A part that is kept back beside a small one is at least this: their sum then fits every small count. */
#define HIDE_COVER (2 * REPORT_SMALL)

bool report_small(name_id unit, double value)
{
    bool counts = unit == UNIT_PERSONS || unit == UNIT_CROSSINGS || unit == UNIT_CROSSINGS_PER_DAY;
    return counts && value > 0 && value < REPORT_SMALL;
}

const char *report_hiding_word(enum report_hiding hiding)
{
    static const char *const words[] = {
        [REPORT_SHOWN] = "", [REPORT_UNDER] = "under 5", [REPORT_WITHHELD] = "withheld"};
    return words[hiding];
}

static int series_order(const struct arrivals *arrivals, uint32_t a, uint32_t b)
{
    if (arrivals->country[a] != arrivals->country[b]) {
        return arrivals->country[a] < arrivals->country[b] ? -1 : 1;
    }
    if (arrivals->route[a] != arrivals->route[b]) {
        return arrivals->route[a] < arrivals->route[b] ? -1 : 1;
    }
    if (arrivals->measure[a] != arrivals->measure[b]) {
        return arrivals->measure[a] < arrivals->measure[b] ? -1 : 1;
    }
    return 0;
}

static int row_order(const void *left, const void *right, void *arg)
{
    const struct arrivals *arrivals = arg;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    int order = series_order(arrivals, a, b);
    if (order != 0) {
        return order;
    }
    return a < b ? -1 : a > b;
}

/* One series: rows[n] of arrivals. */
struct series {
    const struct arrivals *arrivals;
    const uint32_t *rows;
    size_t n;
    uint8_t *hiding;
};

static bool inside(const struct arrivals *arrivals, uint32_t part, uint32_t span)
{
    int32_t days_part = arrivals->to[part] - arrivals->from[part];
    int32_t days_span = arrivals->to[span] - arrivals->from[span];
    return days_part < days_span && arrivals->from[part] >= arrivals->from[span] &&
           arrivals->to[part] <= arrivals->to[span];
}

static bool apart(const struct arrivals *arrivals, uint32_t a, uint32_t b)
{
    return arrivals->to[a] < arrivals->from[b] || arrivals->to[b] < arrivals->from[a];
}

/* Keeps back one more part of the span, or the span itself when no part is large enough. */
static void cover(struct series *series, uint32_t small, uint32_t span)
{
    const struct arrivals *arrivals = series->arrivals;
    uint32_t best = span;
    for (size_t i = 0; i < series->n; i++) {
        uint32_t part = series->rows[i];
        if (part == small || !inside(arrivals, part, span) || !apart(arrivals, part, small)) {
            continue;
        }
        if (series->hiding[part] == REPORT_WITHHELD) {
            return;
        }
        if (series->hiding[part] == REPORT_SHOWN && arrivals->value[part] >= HIDE_COVER &&
            (best == span || arrivals->value[part] < arrivals->value[best])) {
            best = part;
        }
    }
    if (series->hiding[best] == REPORT_SHOWN) {
        series->hiding[best] = REPORT_WITHHELD;
    }
}

static void hide_series(struct series *series)
{
    const struct arrivals *arrivals = series->arrivals;
    for (size_t i = 0; i < series->n; i++) {
        uint32_t row = series->rows[i];
        if (report_small(arrivals->unit[row], arrivals->value[row])) {
            series->hiding[row] = REPORT_UNDER;
        }
    }
    for (size_t i = 0; i < series->n; i++) {
        uint32_t small = series->rows[i];
        for (size_t s = 0; series->hiding[small] == REPORT_UNDER && s < series->n; s++) {
            if (inside(arrivals, small, series->rows[s])) {
                cover(series, small, series->rows[s]);
            }
        }
    }
}

int report_hide(struct arena *arena, const struct scenario *scenario, uint8_t **out,
                struct ajar_err *err)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    uint32_t *rows;
    uint8_t *hiding;
    TRY_NEW(rows, arena, arrivals->n, err);
    TRY_NEW(hiding, arena, arrivals->n, err);
    for (uint32_t i = 0; i < arrivals->n; i++) {
        rows[i] = i;
    }
    qsort_r(rows, arrivals->n, sizeof *rows, row_order, (void *)arrivals);
    for (size_t first = 0, end; first < arrivals->n; first = end) {
        end = first + 1;
        while (end < arrivals->n && series_order(arrivals, rows[first], rows[end]) == 0) {
            end++;
        }
        struct series series = {arrivals, rows + first, end - first, hiding};
        hide_series(&series);
    }
    *out = hiding;
    return 0;
}
