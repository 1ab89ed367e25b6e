#include "scores.h"

#include <math.h>

#define DIGITS      1e4 /* the reference rounds each difference to four digits */
#define PEOPLE_MOST 1e15
#define SCRATCH     ((size_t)1 << 24)

struct score_job {
    const struct flow_series *observed;
    const double *simulated;
    double *in_sim, *in_obs; /* [n_days] sums over camps */
};

static double round4(double x)
{
    return rint(x * DIGITS) / DIGITS;
}

static double seen(const struct score_job *job, size_t camp, int32_t day)
{
    return (double)job->observed->at[camp * (size_t)job->observed->n_days + (size_t)day];
}

static double ran(const struct score_job *job, size_t camp, int32_t day)
{
    return job->simulated[camp * (size_t)job->observed->n_days + (size_t)day];
}

static double rescaled(const struct score_job *job, size_t camp, int32_t day)
{
    double sum = job->in_sim[day];
    return sum > 0 ? ran(job, camp, day) * job->in_obs[day] / sum : 0;
}

static void score_days(const struct score_job *job, struct flow_scores *out)
{
    const struct flow_series *observed = job->observed;
    double normal = 0, scaled = 0, runpy = 0;
    for (int32_t day = 0; day < observed->n_days; day++) {
        double off = 0, off_scaled = 0;
        for (size_t c = 0; c < observed->n_camps; c++) {
            off += round4(fabs(ran(job, c, day) - seen(job, c, day)));
            off_scaled += round4(fabs(rescaled(job, c, day) - seen(job, c, day)));
        }
        double raw = (double)(observed->reported[0] + observed->total[day]);
        normal += off / fmax(1, job->in_obs[day]);
        scaled += off_scaled / fmax(1, job->in_obs[day]);
        runpy += raw > 0 ? off / raw : 0;
    }
    out->ard_normal = normal / observed->n_days;
    out->ard_rescaled = scaled / observed->n_days;
    out->runpy_total = runpy / observed->n_days;
}

/* Error of the run on all days over the error, after day k, of the count of day k. */
static double mase_camp(const struct score_job *job, size_t camp, int32_t k)
{
    int32_t n = job->observed->n_days;
    double run = 0, naive = 0;
    for (int32_t day = 0; day < n; day++) {
        run += fabs(seen(job, camp, day) - rescaled(job, camp, day));
        naive += day > k ? fabs(seen(job, camp, day) - seen(job, camp, k)) : 0;
    }
    return round4((run / n) / (naive / (n - k - 1)));
}

static double mase(const struct score_job *job, int32_t k)
{
    double sum = 0, weights = 0;
    for (size_t c = 0; c < job->observed->n_camps; c++) {
        double weight = 0;
        for (int32_t day = 0; day < job->observed->n_days; day++) {
            weight += seen(job, c, day);
        }
        double one = mase_camp(job, c, k);
        if (isfinite(one)) {
            sum += one * weight;
            weights += weight;
        }
    }
    return sum / weights;
}

static int check(const struct flow_series *observed, const double *simulated, struct ajar_err *err)
{
    if (observed->n_days < 1 || observed->n_camps < 1) {
        return err_set(err, E_FLOW_OPTION, "a score needs a day and a camp");
    }
    for (size_t i = 0; i < observed->n_camps * (size_t)observed->n_days; i++) {
        if (!(simulated[i] >= 0 && simulated[i] <= PEOPLE_MOST)) {
            return err_set(err, E_FLOW_OPTION, "a number of people to be scored is %g",
                           simulated[i]);
        }
    }
    return 0;
}

static int sum_days(struct score_job *job, struct arena *scratch, struct ajar_err *err)
{
    size_t days = (size_t)job->observed->n_days;
    TRY_NEW(job->in_sim, scratch, days, err);
    TRY_NEW(job->in_obs, scratch, days, err);
    for (size_t c = 0; c < job->observed->n_camps; c++) {
        for (int32_t day = 0; day < job->observed->n_days; day++) {
            job->in_sim[day] += ran(job, c, day);
            job->in_obs[day] += seen(job, c, day);
        }
    }
    return 0;
}

int flow_score(const struct flow_series *observed, const double simulated[],
               struct flow_scores *out, struct ajar_err *err)
{
    struct flow_scores made = {0};
    struct score_job job = {observed, simulated, NULL, NULL};
    struct arena scratch;
    TRY(check(observed, simulated, err));
    arena_init(&scratch, "scores", SCRATCH);
    int code = sum_days(&job, &scratch, err);
    if (code == 0) {
        score_days(&job, &made);
        made.mase7 = mase(&job, 7);
        made.mase30 = mase(&job, 30);
        *out = made;
    }
    arena_free(&scratch);
    return code;
}
