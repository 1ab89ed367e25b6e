#include "bulk.h"

#include <math.h>

#include "bulk_lanes.h"
#include "bulk_train.h"
#include "dist.h"

int bulk_rule(const struct bulk_options *options, struct bulk_rule *out, struct ajar_err *err)
{
    double rate = options->rate_c2;
    if (!(rate >= 1e-9 && rate <= 0.4)) {
        return err_set(err, E_WATCH_OPTION,
                       "C2 cannot ring at a rate of %g; give one between 1e-9 and 0.4.", rate);
    }
    if (options->train_days < BULK_TRAIN_LEAST) {
        return err_set(err, E_WATCH_OPTION,
                       "The CUSUM cannot learn from %zu counts; give it %d or more.",
                       options->train_days, BULK_TRAIN_LEAST);
    }
    const double m = BULK_M;
    double q = -dist_t_quantile(rate, m - 1);
    out->edge = q * sqrt(m * (m + 1) * BULK_FLOOR);
    out->c = q * q * (1 + 1 / m) * m / (m - 1);
    return 0;
}

static int check_shape(const struct bulk_job *job, struct ajar_err *err)
{
    if (job->n_days > INT32_MAX) {
        return err_set(err, E_WATCH_OPTION, "%zu days are more than 2^31; scan them in parts.",
                       job->n_days);
    }
    if (job->stride < job->n_series) {
        return err_set(err, E_WATCH_OPTION,
                       "A day's row of %zu counts is too short for %zu series; give a stride of "
                       "that many or more.",
                       job->stride, job->n_series);
    }
    size_t bytes;
    if (__builtin_mul_overflow(job->n_days, job->stride, &bytes) ||
        __builtin_mul_overflow(bytes, sizeof *job->y, &bytes) || bytes > PTRDIFF_MAX) {
        return err_set(err, E_WATCH_OPTION,
                       "%zu days of %zu counts are more than memory holds; scan them in parts.",
                       job->n_days, job->stride);
    }
    return 0;
}

static int new_summary(struct arena *arena, size_t n, struct bulk_summary *out,
                       struct ajar_err *err)
{
    TRY_NEW(out->c2_alarms, arena, n, err);
    TRY_NEW(out->cusum_alarms, arena, n, err);
    TRY_NEW(out->c2_first, arena, n, err);
    TRY_NEW(out->cusum_first, arena, n, err);
    TRY_NEW(out->c2_last, arena, n, err);
    TRY_NEW(out->cusum_last, arena, n, err);
    return 0;
}

int bulk_scan_on(const struct bulk_path *path, struct arena *arena, size_t n_series, size_t n_days,
                 size_t stride, const double *y, const struct bulk_options *options,
                 struct pool *pool, const struct watch *watch, struct bulk_summary *out,
                 uint8_t *flags, struct ajar_err *err)
{
    struct bulk_job job = {.n_series = n_series,
                           .n_days = n_days,
                           .stride = stride,
                           .y = y,
                           .options = options,
                           .path = path,
                           .flags = flags};
    TRY(bulk_rule(options, &job.rule, err));
    TRY(check_shape(&job, err));
    TRY(new_summary(arena, n_series, &job.out, err));
    TRY(bulk_train(arena, &job, pool, watch, err));
    TRY(bulk_lanes_scan(&job, pool, watch, err));
    *out = job.out;
    return 0;
}

int bulk_scan(struct arena *arena, size_t n_series, size_t n_days, size_t stride, const double *y,
              const struct bulk_options *options, struct pool *pool, const struct watch *watch,
              struct bulk_summary *out, uint8_t *flags, struct ajar_err *err)
{
    return bulk_scan_on(bulk_path_best(), arena, n_series, n_days, stride, y, options, pool, watch,
                        out, flags, err);
}
