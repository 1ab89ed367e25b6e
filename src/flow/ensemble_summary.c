#include <math.h>
#include <stdlib.h>

#include "ensemble_parts.h"

#define SCRATCH ((size_t)1 << 30)

const double ensemble_levels[ENSEMBLE_QUANTILES] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

double ensemble_quantile(const double *sorted, size_t n, double p)
{
    double at = (double)(n - 1) * p, below = floor(at);
    size_t k = (size_t)below;
    return k + 1 < n ? sorted[k] + (at - below) * (sorted[k + 1] - sorted[k]) : sorted[n - 1];
}

double ensemble_crps(const double *sorted, size_t n, double observed)
{
    double off = 0, spread = 0;
    for (size_t i = 0; i < n; i++) {
        off += fabs(sorted[i] - observed);
        /* The sum over all pairs of |x - y| / 2, each value by how many stand below and above it. */
        spread += (2 * (double)i - (double)(n - 1)) * sorted[i];
    }
    off /= (double)n;
    return n > 1 ? off - spread / ((double)n * (double)(n - 1)) : off;
}

static int by_number(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

void ensemble_sort(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_number);
}

struct summary_job {
    const struct ensemble_options *options;
    const int64_t *camps;
    double *column; /* [n_members] of one camp and day, in ascending order */
    struct ensemble_summary out;
};

static void fill_column(struct summary_job *job, size_t cell)
{
    size_t cells = job->out.n_camps * (size_t)job->out.n_days, n = job->out.n_members;
    double sum = 0;
    for (size_t m = 0; m < n; m++) {
        job->column[m] = (double)job->camps[m * cells + cell];
        sum += job->column[m];
    }
    ensemble_sort(job->column, n);
    job->out.mean[cell] = sum / (double)n;
    for (int q = 0; q < ENSEMBLE_QUANTILES; q++) {
        job->out.quantile[q][cell] = ensemble_quantile(job->column, n, ensemble_levels[q]);
    }
}

static void score_report(struct summary_job *job, const struct ensemble_report *report, size_t cell)
{
    struct ensemble_summary *out = &job->out;
    uint32_t c = report->camp;
    out->crps[c] += ensemble_crps(job->column, out->n_members, report->count);
    out->crps_one[c] += fabs(out->quantile[ENSEMBLE_P50][cell] - report->count);
    out->covered80[c] += report->count >= out->quantile[ENSEMBLE_P10][cell] &&
                         report->count <= out->quantile[ENSEMBLE_P90][cell];
    out->n_reports[c]++;
}

static void summarise_all(struct summary_job *job, const struct ensemble_report *reports, size_t n)
{
    struct ensemble_summary *out = &job->out;
    size_t days = (size_t)out->n_days, next = 0;
    for (size_t cell = 0; cell < out->n_camps * days; cell++) {
        size_t camp = cell / days;
        int32_t day = job->options->from + (int32_t)(cell % days);
        fill_column(job, cell);
        if (next < n && reports[next].camp == camp && reports[next].day == day) {
            score_report(job, &reports[next++], cell);
        }
    }
    for (size_t c = 0; c < out->n_camps; c++) {
        double days_told = (double)out->n_reports[c];
        out->crps[c] = days_told > 0 ? out->crps[c] / days_told : NAN;
        out->crps_one[c] = days_told > 0 ? out->crps_one[c] / days_told : NAN;
        out->covered80[c] = days_told > 0 ? out->covered80[c] / days_told : NAN;
    }
}

static int open_summary(struct arena *arena, struct ensemble_summary *out, struct ajar_err *err)
{
    size_t cells = out->n_camps * (size_t)out->n_days;
    TRY_NEW(out->mean, arena, cells, err);
    for (int q = 0; q < ENSEMBLE_QUANTILES; q++) {
        TRY_NEW(out->quantile[q], arena, cells, err);
    }
    TRY_NEW(out->crps, arena, out->n_camps, err);
    TRY_NEW(out->crps_one, arena, out->n_camps, err);
    TRY_NEW(out->covered80, arena, out->n_camps, err);
    TRY_NEW(out->n_reports, arena, out->n_camps, err);
    return 0;
}

static int summarise(struct arena *scratch, const struct flow_world *world, struct summary_job *job,
                     struct ajar_err *err)
{
    struct flow_registers registers = {0};
    struct ensemble_report *reports = NULL;
    size_t n = 0;
    TRY_NEW(job->column, scratch, job->out.n_members, err);
    TRY(flow_registers_make(scratch, world, job->options->corrected, &registers, err));
    TRY(ensemble_reports(scratch, &registers, job->options->from, job->options->to, &reports, &n,
                         err));
    summarise_all(job, reports, n);
    return 0;
}

int ensemble_summarise(struct arena *arena, const struct flow_world *world,
                       const struct ensemble_options *options, const int64_t *camps,
                       struct ensemble_summary *out, struct ajar_err *err)
{
    struct summary_job job = {.options = options, .camps = camps};
    struct arena scratch;
    TRY(ensemble_options_check(world, options, err));
    job.out.n_camps = world->n_camps;
    job.out.n_days = options->to - options->from;
    job.out.n_members = options->n_members;
    TRY(open_summary(arena, &job.out, err));
    arena_init(&scratch, "the summary of an ensemble", SCRATCH);
    int code = summarise(&scratch, world, &job, err);
    arena_free(&scratch);
    if (code == 0) {
        *out = job.out;
    }
    return code;
}
