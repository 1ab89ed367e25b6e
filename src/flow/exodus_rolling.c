/* How well a forecast from a day did on the rows behind it. */
#include <math.h>

#include "exodus_observed.h"

static void rolling_add(const struct exodus_observed *observed, struct exodus_rolling *sums)
{
    sums->n++;
    sums->n_inside += observed->inside;
    sums->error += fabs(observed->error);
    sums->score += observed->score;
    if (!isnan(observed->error_last_week)) {
        sums->n_last_week++;
        sums->error_last_week += fabs(observed->error_last_week);
        sums->model_last_week += fabs(observed->error);
    }
    if (!isnan(observed->error_before)) {
        sums->n_before++;
        sums->error_before += fabs(observed->error_before);
        sums->model_before += fabs(observed->error);
    }
}

static double rolling_mean(double sum, size_t n)
{
    return n > 0 ? sum / (double)n : NAN;
}

void exodus_rolling_of(const struct exodus_seen *seen, const struct exodus_observed *observed,
                       size_t n, date_days origin, date_days last, struct exodus_rolling *out)
{
    struct exodus_rolling sums = {.origin = origin};
    for (size_t i = 0; i < n; i++) {
        const struct exodus_row *row = &seen[observed[i].seen].row;
        if (observed[i].why == NULL && row->from > origin && row->to <= last) {
            rolling_add(&observed[i], &sums);
        }
    }
    sums.error = rolling_mean(sums.error, sums.n);
    sums.score = rolling_mean(sums.score, sums.n);
    sums.error_last_week = rolling_mean(sums.error_last_week, sums.n_last_week);
    sums.model_last_week = rolling_mean(sums.model_last_week, sums.n_last_week);
    sums.error_before = rolling_mean(sums.error_before, sums.n_before);
    sums.model_before = rolling_mean(sums.model_before, sums.n_before);
    *out = sums;
}
