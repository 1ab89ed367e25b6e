#include "bulk_train.h"

#include <math.h>
#include <string.h>

#include "steady.h"

#define MEAN_LEAST       0.0625 /* the range of cusum_table_threshold */
#define DISPERSION_LEAST 0.0625
#define MOST             1e9
enum { NODES_KEPT = 4096, LOOKUPS = 4096 };

/* What a block's first counts come to. */
struct moments {
    double n, first, sum, squares, last;
};

struct training {
    const struct bulk_job *job;
    struct moments *moments; /* [n_series] */
};

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

int bulk_train_table(struct cusum_table **table, struct cusum_table *own, struct arena *arena,
                     const struct bulk_options *options, struct ajar_err *err)
{
    const struct cusum_table *shared = options->thresholds;
    if (shared != NULL && !(same_number(shared->k, options->k) && shared->seed == options->seed &&
                            shared->run_length == options->run_length)) {
        return err_set(
            err, E_WATCH_OPTION,
            "The thresholds handed over are for another shift, run length or seed than the scan.");
    }
    *table = shared != NULL ? options->thresholds : own;
    return shared != NULL ? 0
                          : cusum_table_init(own, arena, NODES_KEPT, options->k,
                                             options->run_length, options->seed, err);
}

void bulk_train_tune(double n, double first, double sum, double squares, struct cusum_table *table,
                     struct bulk_cusum *out)
{
    double mean = first + sum / n, variance = (squares - sum * sum / n) / (n - 1);
    mean = mean > MEAN_LEAST ? mean : MEAN_LEAST;
    double size = variance > mean ? mean * (mean / (variance - mean)) : (double)INFINITY;
    double k = isnan(table->k) ? cusum_shift(mean, size) : table->k;
    if (isinf(size)) {
        out->gain = steady_log(k);
        out->cost = (k - 1) * mean;
    } else {
        /* ln K - ln((r + K mu) / (r + mu)), without the difference */
        out->gain = steady_log1p((k - 1) * size / (size + k * mean));
        out->cost = size * steady_log1p((k - 1) * mean / (size + mean));
    }
    double dispersion = variance / mean;
    dispersion = dispersion > DISPERSION_LEAST ? dispersion : DISPERSION_LEAST;
    out->threshold = cusum_table_threshold(table, mean < MOST ? mean : MOST,
                                           dispersion < MOST ? dispersion : MOST, n - 1);
}

static int train_block(void *arg, size_t turn, struct ajar_err *err)
{
    (void)err;
    const struct training *it = arg;
    const struct bulk_job *job = it->job;
    double most = (double)job->options->train_days;
    struct bulk_part part;
    struct bulk_training training;
    memset(&training, 0, sizeof training);
    bulk_part_init(&part, job, bulk_block(job, turn));
    for (size_t i = 0; i < BULK_LANES; i++) {
        training.first[i] = (double)NAN;
        /* lanes behind the last series wait for nothing */
        training.n[i] = i < part.n ? 0 : most;
    }
    bool left = true;
    for (size_t day = 0; left && day < job->n_days; day++) {
        struct bulk_day today = bulk_part_day(&part, job, day);
        left = job->path->train(&training, &today, most);
    }
    for (size_t i = 0; i < part.n; i++) {
        it->moments[part.from + i] =
            (struct moments){training.n[i], training.first[i], training.sum[i], training.squares[i],
                             training.last[i]};
    }
    return 0;
}

int bulk_train(struct arena *arena, struct bulk_job *job, struct pool *pool,
               const struct watch *watch, struct ajar_err *err)
{
    struct training it = {.job = job};
    struct cusum_table own, *table;
    job->stretches = pool_threads(pool);
    TRY_NEW(job->cusum, arena, job->n_series, err);
    TRY_NEW(it.moments, arena, job->n_series, err);
    TRY(bulk_train_table(&table, &own, arena, job->options, err));
    TRY(pool_run(pool, bulk_blocks(job), train_block, &it, watch, "training", err));
    for (size_t i = 0; i < job->n_series; i++) {
        const struct moments *m = &it.moments[i];
        if (i % LOOKUPS == 0) {
            TRY(watch_tick(watch, "thresholds", i, job->n_series, "series", err));
        }
        job->cusum[i].start = BULK_NEVER;
        if (m->n == (double)job->options->train_days) {
            bulk_train_tune(m->n, m->first, m->sum, m->squares, table, &job->cusum[i]);
            job->cusum[i].start = (uint32_t)m->last + 1;
        }
    }
    return 0;
}
