#include "exodus_observed.h"

#include <math.h>
#include <string.h>

#include "exodus_read.h"
#include "rng.h"
#include "steady.h"

#define OBSERVED_STREAM  46 /* of the errors of counting */
#define OBSERVED_LN10    2.30258509299404568402
#define OBSERVED_OUTSIDE 10 /* 2 / alpha of the interval score */

static double observed_log(double people)
{
    return steady_log1p(fmax(people, 0)) / OBSERVED_LN10;
}

/* What would be counted of an answer. */
static double observed_counted(double answer, double scale, uint64_t seed, size_t row, uint32_t m)
{
    struct rng rng = rng_at(seed, OBSERVED_STREAM, (uint32_t)row, m);
    double normal = rng_normal(&rng);
    double t4 = normal / sqrt(rng_gamma(&rng, 2) * 2 / 4);
    return fmax((answer + 0.5) * steady_exp(scale * t4) - 0.5, 0);
}

static void observed_compare(const struct exodus_seen *seen, struct exodus_observed *observed)
{
    double value = seen->row.value, at = observed_log(value);
    double low = observed_log(observed->expected.p10), high = observed_log(observed->expected.p90);
    bool below = value < observed->expected.p10 && !seen->at_least;
    bool above = value > observed->expected.p90;
    observed->inside = !below && !above;
    observed->score = high - low +
                      (below   ? OBSERVED_OUTSIDE * (low - at)
                       : above ? OBSERVED_OUTSIDE * (at - high)
                               : 0);
    observed->error = observed_log(observed->model.p50) - at;
    observed->error_last_week = observed_log(observed->baselines.last_week) - at;
    observed->error_before = observed_log(observed->baselines.before) - at;
    if (isnan(observed->baselines.last_week)) {
        observed->error_last_week = NAN;
    }
    if (isnan(observed->baselines.before)) {
        observed->error_before = NAN;
    }
}

int exodus_observe(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_seen *seen, size_t n_seen, const double *answers,
                   const char *const *why, uint32_t n_members, date_days as_known, uint64_t seed,
                   struct exodus_observed **out, size_t *n, struct ajar_err *err)
{
    struct exodus_observed *made;
    double *members;
    size_t n_made = 0;
    TRY_NEW(made, arena, n_seen, err);
    TRY_NEW(members, arena, n_members, err);
    for (size_t row = 0; row < n_seen; row++) {
        struct exodus_observed *observed = &made[n_made];
        if (seen[row].use == EXODUS_LEFT || !isfinite(seen[row].row.value)) {
            continue;
        }
        n_made++;
        observed->seen = row;
        observed->why = why[row];
        observed->was_known = exodus_was_known(&seen[row], as_known);
        if (why[row] != NULL) {
            continue;
        }
        const double *of_row = answers + row * n_members;
        memcpy(members, of_row, n_members * sizeof *members);
        observed->model = exodus_spread_of(members, n_members);
        for (uint32_t m = 0; m < n_members; m++) {
            members[m] = observed_counted(of_row[m], seen[row].scale, seed, row, m);
        }
        observed->expected = exodus_spread_of(members, n_members);
        exodus_baselines_of(model, &seen[row].row, seen, n_seen, as_known, &observed->baselines);
        observed_compare(&seen[row], observed);
    }
    *out = made;
    *n = n_made;
    return 0;
}
