#include <math.h>
#include <stdlib.h>

#include "mirror_parts.h"
#include "rng.h"
#include "steady.h"

#define REFERENCE     0.5  /* of the CUSUM: tuned for a rise of one standard error */
#define PATHS         4096 /* of the simulation: the rate of false alarms is known within 2 % */
#define STREAM        0x4d495252U
#define DF_LEAST      6.0 /* of the noise: below, no CUSUM */
#define YEARS_MOST    30
#define MONTHS_A_YEAR 12

double mirror_score(double t, double df)
{
    double size = sqrt(df * steady_log1p(t * t / df)) * ((8 * df + 1) / (8 * df + 3));
    return t < 0 ? -size : size;
}

static int order_double(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* The highest S of one flow in control, followed for n months. */
static double threshold_path(struct rng *rng, size_t n, double years, double df)
{
    double off[MONTHS_A_YEAR], s = 0, top = 0;
    for (size_t m = 0; m < MONTHS_A_YEAR; m++) {
        off[m] = rng_normal(rng) / sqrt(years);
    }
    double noise = sqrt(2 * rng_gamma(rng, df / 2) / df);
    double scale = noise * sqrt(1 + 1 / years);
    for (size_t i = 0; i < n; i++) {
        double t = (rng_normal(rng) - off[i % MONTHS_A_YEAR]) / scale;
        s = fmax(0, s + mirror_score(t, df) - REFERENCE);
        top = fmax(top, s);
    }
    return top;
}

int mirror_threshold(struct arena *arena, double run_length, double years, double df, uint64_t seed,
                     double *out, struct ajar_err *err)
{
    double *top;
    size_t n = (size_t)run_length;
    TRY_NEW(top, arena, PATHS, err);
    for (size_t i = 0; i < PATHS; i++) {
        struct rng rng = rng_at(seed, STREAM, (uint32_t)i, 0);
        top[i] = threshold_path(&rng, n, years, df);
    }
    qsort(top, PATHS, sizeof *top, order_double);
    /* The quantile at 1/e of the highest S: the other 63 % of the flows have rung by then. */
    *out = top[(size_t)(PATHS * steady_exp(-1))];
    return 0;
}

struct mirror_thresholds {
    double run_length;
    uint64_t seed;
    double found[YEARS_MOST + 1][MONTHS_A_YEAR * YEARS_MOST + 1]; /* by years, df; 0: not yet */
};

int mirror_thresholds_make(struct arena *arena, const struct mirror_options *options,
                           struct mirror_thresholds **out, struct ajar_err *err)
{
    TRY_NEW(*out, arena, 1, err);
    (*out)->run_length = options->run_length_months;
    (*out)->seed = options->seed;
    return 0;
}

static int thresholds_get(struct arena *arena, struct mirror_thresholds *all, size_t years,
                          double df, double *out, struct ajar_err *err)
{
    double *found = &all->found[years][(size_t)df];
    if (*found <= 0) {
        TRY(mirror_threshold(arena, all->run_length, (double)years, df, all->seed, found, err));
    }
    *out = *found;
    return 0;
}

/* ln(exports) by calendar month over the baseline years. */
struct months_base {
    size_t n[MONTHS_A_YEAR];
    double sum[MONTHS_A_YEAR];
    double noise, df, years;
};

static int month_of(date_days day)
{
    int year, month, of_month;
    date_to_civil(day, &year, &month, &of_month);
    return month - 1;
}

static bool in_base(const struct mirror_partner *of, date_days day)
{
    int32_t year = mirror_year_at(day);
    return year >= of->baseline_from && year <= of->baseline_to;
}

static void base_make(const struct mirror_partner *of, struct months_base *out)
{
    double squares = 0, months = 0;
    *out = (struct months_base){.noise = NAN};
    for (size_t i = 0; i < of->n_months; i++) {
        const struct mirror_month *month = &of->months[i];
        if (in_base(of, month->first) && month->exports > 0) {
            out->n[month_of(month->first)]++;
            out->sum[month_of(month->first)] += steady_log(month->exports);
        }
    }
    for (size_t i = 0; i < of->n_months; i++) {
        const struct mirror_month *month = &of->months[i];
        int m = month_of(month->first);
        if (in_base(of, month->first) && month->exports > 0 && out->n[m] >= 2) {
            double off = steady_log(month->exports) - out->sum[m] / (double)out->n[m];
            squares += off * off;
        }
    }
    for (size_t m = 0; m < MONTHS_A_YEAR; m++) {
        if (out->n[m] >= 2) {
            out->df += (double)(out->n[m] - 1);
            out->years += (double)out->n[m];
            months++;
        }
    }
    /* Leave-one-out residuals, brought to the spread of one month, give this same sum:
     * x - mean of the others = (x - mean) n / (n - 1), with variance n / (n - 1) of a month's. */
    if (out->df > 0) {
        out->noise = sqrt(squares / out->df);
        out->years /= months;
    }
}

/* Expected value and log ratio of a month; the months that it rests on. */
static size_t month_expect(const struct months_base *base, bool inside, struct mirror_month *to)
{
    int m = month_of(to->first);
    size_t n = base->n[m];
    double sum = base->sum[m], value = to->exports > 0 ? steady_log(to->exports) : NAN;
    if (inside && to->exports > 0) {
        n--;
        sum -= value;
    }
    bool known = base->n[m] >= 2 && n > 0;
    to->expected = known ? steady_exp(sum / (double)n) : NAN;
    to->log_ratio = known ? value - sum / (double)n : NAN;
    return n;
}

static const char *months_cannot(const struct months_base *base)
{
    if (base->df < DF_LEAST) {
        return "too few months in the baseline years";
    }
    return base->noise > 0 ? NULL : "the baseline months do not vary";
}

/* S runs over the months after the baseline.  It is held at 2 h, so that a return to normal shows within a
 * year; the baseline is fixed, so no alarm moves it. */
static void months_cusum(const struct months_base *base, struct mirror_partner *to)
{
    double s = 0, h = to->cusum_threshold;
    date_days start = DATE_NONE;
    for (size_t i = 0; i < to->n_months; i++) {
        struct mirror_month *month = &to->months[i];
        bool inside = in_base(to, month->first);
        size_t n = month_expect(base, inside, month);
        if (isnan(h) || inside || mirror_year_at(month->first) < to->break_year) {
            continue;
        }
        if (!isnan(month->log_ratio)) {
            double scale = base->noise * sqrt(1 + 1 / (double)n);
            month->z = mirror_score(month->log_ratio / scale, base->df);
            start = s <= 0 ? month->first : start;
            s = fmin(2 * h, fmax(0, s + month->z - REFERENCE));
        }
        month->cusum = s;
        month->rings = s > h;
        if (month->rings && to->since == DATE_NONE) {
            to->since = start;
        }
    }
}

/* The rows of one month are the codes of a tier. */
static int months_sum(struct arena *arena, const struct mirror_rows *rows,
                      struct mirror_span exports, struct mirror_partner *to, struct ajar_err *err)
{
    TRY_NEW(to->months, arena, exports.n, err);
    for (size_t i = 0; i < exports.n; i++) {
        const struct mirror_item *item = &exports.at[i];
        if (item->whole_year || item->marked) {
            continue;
        }
        if (to->n_months == 0 || to->months[to->n_months - 1].first != item->first) {
            to->months[to->n_months++] = (struct mirror_month){
                .first = item->first, .log_ratio = NAN, .z = NAN, .cusum = NAN};
        }
        to->months[to->n_months - 1].exports += rows->trade->value[item->row];
    }
    return 0;
}

int mirror_months_fill(struct arena *arena, const struct mirror_rows *rows,
                       struct mirror_span exports, struct mirror_thresholds *thresholds,
                       struct mirror_partner *to, struct ajar_err *err)
{
    struct months_base base;
    TRY(months_sum(arena, rows, exports, to, err));
    base_make(to, &base);
    to->noise = base.noise;
    to->df = base.df;
    to->cusum_threshold = NAN;
    to->since = DATE_NONE;
    to->why_not = months_cannot(&base);
    if (to->why_not == NULL) {
        size_t years = (size_t)(base.years + 0.5);
        TRY(thresholds_get(arena, thresholds, years, base.df, &to->cusum_threshold, err));
    }
    months_cusum(&base, to);
    return 0;
}
