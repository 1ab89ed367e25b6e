#include <math.h>

#include "claim_parts.h"
#include "steady.h"

#define RATIOS_LEAST 4

/* Log ratios of consecutive totals, as they come. */
struct noise_sum {
    size_t n;
    double mean, squares; /* Welford 1962 */
    double counting;      /* sum of 1/y1 + 1/y2 */
};

static void noise_add(struct noise_sum *to, double y1, double y2)
{
    if (!(y1 > 0 && y2 > 0)) {
        return;
    }
    double d = steady_log(y2 / y1), off = d - to->mean;
    to->n++;
    to->mean += off / (double)to->n;
    to->squares += off * (d - to->mean);
    to->counting += 1 / y1 + 1 / y2;
}

/* A total without what holds it: NaN when there is none. */
static double noise_total(const struct watch_known *known, date_days from, date_days to)
{
    uint32_t value = book_value_at(known, from, to);
    if (value != BOOK_NONE) {
        return known->series->value[value].count;
    }
    const struct watch_grid *day = &known->day;
    double sum = 0;
    if (day->n == 0 || from < day->first || (int64_t)to - day->first >= (int64_t)day->n) {
        return NAN;
    }
    for (date_days at = from; at <= to; at++) {
        sum += day->y[at - day->first];
    }
    return sum;
}

/* Periods that tile backwards from the claim's. */
static struct noise_sum noise_tiles(const struct watch_known *known, date_days from,
                                    date_days length)
{
    struct noise_sum sum = {0};
    date_days first = known->n > 0 ? known->series->value[known->value[0]].from : from;
    double later = NAN;
    for (int64_t at = (int64_t)from - length; at >= first; at -= length) {
        date_days start = (date_days)at;
        double total = noise_total(known, start, start + length - 1);
        noise_add(&sum, total, later);
        later = total;
    }
    return sum;
}

/* Values of that length that follow one another, on whatever weekday they start. */
static struct noise_sum noise_values(const struct watch_known *known, date_days from,
                                     date_days length)
{
    struct noise_sum sum = {0};
    for (size_t i = 0; i < known->n; i++) {
        const struct watch_value *value = &known->series->value[known->value[i]];
        date_days next = value->to + 1;
        if (value->to - value->from + 1 != length || from - next < length) {
            continue;
        }
        uint32_t after = book_value_at(known, next, next + length - 1);
        if (after != BOOK_NONE) {
            noise_add(&sum, value->count, known->series->value[after].count);
        }
    }
    return sum;
}

int claim_noise(const struct claim_work *work, const struct watch_series *series, double *noise,
                size_t *n, struct ajar_err *err)
{
    struct watch_known known;
    date_days from = work->claim->from, length = work->claim->to - from + 1;
    *noise = NAN;
    *n = 0;
    if (!claim_adds(series->kind)) {
        return 0;
    }
    TRY(book_known(work->arena, series, work->options->clock, work->options->as_known, &known,
                   err));
    struct noise_sum tiles = noise_tiles(&known, from, length);
    struct noise_sum values = noise_values(&known, from, length);
    struct noise_sum sum = values.n > tiles.n ? values : tiles;
    if (sum.n >= RATIOS_LEAST) {
        /* A ratio varies by the noise of two totals and by counting. */
        double of_ratio = sum.squares / (double)(sum.n - 1);
        double beyond = (of_ratio - sum.counting / (double)sum.n) / 2;
        *noise = sqrt(fmax(beyond, 0));
        *n = sum.n;
    }
    return 0;
}
