#include "exodus_fit_job.h"

#include <math.h>

#include "exodus_parts.h"
#include "exodus_posterior.h"

#define JOB_MEMBERS 400 /* of a trial's forecast */

struct fit_job {
    struct arena *arena;
    const struct exodus_input *input;
    const struct exodus_fit_job_options *options;
    struct pool *pool;
    const struct watch *watch;
    struct faults *faults;
    struct exodus_row *rows; /* of the observations */
};

static struct exodus_fit_options job_options(const struct fit_job *job, date_days as_known,
                                             bool by_period)
{
    uint32_t shorter = job->options->quick ? 40 : 1;
    return (struct exodus_fit_options){.seed = job->options->seed,
                                       .as_known = as_known,
                                       .by_period = by_period,
                                       .n_chains = EXODUS_FIT_CHAINS,
                                       .n_warm = EXODUS_FIT_WARM / shorter,
                                       .n_kept = EXODUS_FIT_KEPT / shorter,
                                       .every = EXODUS_FIT_EVERY,
                                       .n_draws = EXODUS_FIT_DRAWS / shorter};
}

/* What an earlier day would have forecast, beside what came up to the day of the fit. */
static int job_origin(const struct fit_job *job, date_days origin, struct exodus_rolling *out,
                      struct ajar_err *err)
{
    const struct exodus_input *input = job->input;
    struct exodus_model model = *input->model;
    struct exodus_gates gates;
    struct exodus_worlds worlds = {.n = 1, .gates = &gates};
    struct exodus_fit_options options = job_options(job, origin, false);
    struct exodus_replay_options play = {.engine = EXODUS_BY_NUMBERS,
                                         .seed = job->options->seed,
                                         .n_members = JOB_MEMBERS,
                                         .unknowns = true};
    struct exodus_fit fit;
    struct exodus_replay replay;
    struct exodus_observed *observed;
    size_t n;
    model.as_known = origin;
    TRY(exodus_load_gates(job->arena, input, origin, &gates, job->faults, err));
    TRY(exodus_fit_run(job->arena, &model, &gates, input->seen, input->n_seen, &options, job->pool,
                       job->watch, &fit, err));
    TRY(exodus_replay_run(job->arena, &model, &worlds, fit.draws, fit.n_draws, job->rows,
                          input->n_seen, &play, job->pool, job->watch, &replay, err));
    TRY(exodus_observe(job->arena, &model, input->seen, input->n_seen, replay.rows, replay.why,
                       replay.n_members, origin, job->options->seed, &observed, &n, err));
    exodus_rolling_of(input->seen, observed, n, origin, input->model->as_known, out);
    return 0;
}

/* ---- Files ---- */

static int job_draws(const struct fit_job *job, const struct exodus_fit *fit, struct buf *buf,
                     struct ajar_err *err)
{
    uint32_t n_params = job->input->model->n_params;
    uint32_t n = fit->n_draws < EXODUS_SHIPPED_DRAWS ? fit->n_draws : EXODUS_SHIPPED_DRAWS;
    double *draws;
    TRY_NEW(draws, job->arena, (size_t)n * n_params, err);
    for (uint32_t i = 0; i < n; i++) {
        size_t at = (2 * (size_t)i + 1) * fit->n_draws / (2 * (size_t)n);
        for (uint32_t p = 0; p < n_params; p++) {
            draws[(size_t)i * n_params + p] = fit->draws[at * n_params + p];
        }
    }
    return exodus_posterior_write(buf, job->input->model, job->input->fingerprint, draws, n, err);
}

static void job_yaml(const struct fit_job *job, const struct exodus_fit *fit, struct buf *buf)
{
    struct exodus_fit_options options =
        job_options(job, job->input->model->as_known, job->options->by_period);
    char day[DATE_TEXT];
    double most = 0, least = INFINITY;
    for (uint32_t p = 0; p < job->input->model->n_params; p++) {
        most = fmax(most, fit->params[p].r_hat);
        least = fmin(least, fit->params[p].n_effective);
    }
    buf_str(buf,
            "# Written by ajar flow calibrate: how posterior.csv and rolling.csv came to be.\n");
    buf_printf(buf, "fit: \"%016llx\"\n", (unsigned long long)job->input->fingerprint);
    buf_printf(buf, "as_known: %s\n", date_format(job->input->model->as_known, day));
    buf_printf(buf, "rows: %s\n",
               job->options->by_period ? "of days up to as_known, whenever published"
                                       : "published on or before as_known");
    buf_printf(buf, "rows_fitted: %u\n", fit->n_rows);
    buf_printf(buf, "seed: %llu\n", (unsigned long long)job->options->seed);
    buf_printf(buf, "chains: %u\nwarm_up: %u\nsteps: %u\n", options.n_chains, options.n_warm,
               options.n_kept * options.every);
    buf_printf(buf, "accepted: %.2f\nr_hat_most: %.3f\nn_effective_least: %.0f\n", fit->accepted,
               most, least);
}

static int job_files(const struct fit_job *job, struct exodus_fit_made *made, struct ajar_err *err)
{
    struct csv_out csv;
    struct buf buf;
    TRY_NEW(made->files, job->arena, 4, err);
    buf_init(&buf, EXODUS_TABLE_CEILING);
    TRY(job_draws(job, &made->fit, &buf, err));
    TRY(exodus_table_file(job->arena, &buf, "posterior.csv", &made->files[0], err));
    buf_init(&buf, EXODUS_TABLE_CEILING);
    csv_out_init(&csv, &buf);
    exodus_rolling_put(&csv, made->rolling, made->n_rolling);
    TRY(exodus_table_file(job->arena, &buf, "rolling.csv", &made->files[1], err));
    buf_init(&buf, EXODUS_TABLE_CEILING);
    csv_out_init(&csv, &buf);
    exodus_parameters_put(&csv, job->input->model, made->fit.params);
    TRY(exodus_table_file(job->arena, &buf, "parameters.csv", &made->files[2], err));
    buf_init(&buf, EXODUS_TABLE_CEILING);
    job_yaml(job, &made->fit, &buf);
    TRY(exodus_table_file(job->arena, &buf, "fit.yaml", &made->files[3], err));
    made->n_files = 4;
    return 0;
}

int exodus_fit_job(struct arena *arena, const struct exodus_input *input,
                   const struct exodus_fit_job_options *options, struct pool *pool,
                   const struct watch *watch, struct exodus_fit_made *out, struct faults *faults,
                   struct ajar_err *err)
{
    struct fit_job job = {.arena = arena,
                          .input = input,
                          .options = options,
                          .pool = pool,
                          .watch = watch,
                          .faults = faults};
    const struct exodus_model *model = input->model;
    struct exodus_fit_made made = {.n_rolling = options->quick ? 0 : model->n_origins};
    struct exodus_fit_options fit = job_options(&job, model->as_known, options->by_period);
    TRY(exodus_seen_rows(arena, input, &job.rows, err));
    TRY(exodus_fit_run(arena, model, &input->worlds.gates[0], input->seen, input->n_seen, &fit,
                       pool, watch, &made.fit, err));
    TRY_NEW(made.rolling, arena, model->n_origins, err);
    for (size_t i = 0; i < made.n_rolling; i++) {
        TRY(job_origin(&job, model->origins[i], &made.rolling[i], err));
    }
    TRY(job_files(&job, &made, err));
    *out = made;
    return 0;
}
