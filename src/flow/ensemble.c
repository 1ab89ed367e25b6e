#include "ensemble_parts.h"
#include "known.h"
#include "rng.h"

uint64_t ensemble_seed(uint64_t seed, enum ensemble_stream stream, uint32_t which)
{
    struct rng rng = rng_at(seed, (uint32_t)stream, which, 0);
    return rng_u64(&rng);
}

double ensemble_part(uint64_t seed, enum ensemble_stream stream, uint32_t which,
                     const struct flow_param *param)
{
    struct rng rng = rng_at(seed, (uint32_t)stream, which, (uint32_t)(param - flow_param_list));
    return rng_uniform(&rng);
}

int ensemble_days_check(const struct flow_world *world, int32_t from, int32_t to,
                        struct ajar_err *err)
{
    if (from < 0 || to <= from || to > world->n_days) {
        return err_set(err, E_FLOW_OPTION, "days %d to %d of a flow of %d days", from, to,
                       world->n_days);
    }
    return 0;
}

int ensemble_options_check(const struct flow_world *world, const struct ensemble_options *options,
                           struct ajar_err *err)
{
    if (options->n_members < 1 || options->n_members > ENSEMBLE_MEMBERS_MOST) {
        return err_set(err, E_FLOW_OPTION, "%u members; there are 1 to %d", options->n_members,
                       ENSEMBLE_MEMBERS_MOST);
    }
    TRY(ensemble_ranges_check(options->ranges, options->n_ranges, err));
    return ensemble_days_check(world, options->from, options->to, err);
}

int ensemble_known(struct arena *arena, const struct flow_world *world, date_days as_known,
                   struct flow_world *out, struct ajar_err *err)
{
    if (as_known == DATE_NONE) {
        *out = *world;
        return 0;
    }
    return flow_known(arena, world, as_known, 0, out, err);
}

int ensemble_member(const struct flow_params *base, const struct ensemble_options *options,
                    uint32_t m, struct flow_params *params, uint64_t *seed, struct ajar_err *err)
{
    struct flow_params made = *base;
    TRY(ensemble_ranges_check(options->ranges, options->n_ranges, err));
    for (size_t i = 0; i < options->n_ranges; i++) {
        const struct ensemble_range *range = &options->ranges[i];
        double part = ensemble_part(options->seed, ENSEMBLE_PARAM, m, range->param);
        TRY(flow_param_set(&made, range->param, ensemble_range_value(range, part), err));
    }
    *params = made;
    *seed = ensemble_seed(options->seed, ENSEMBLE_SEED, m);
    return 0;
}

/* The engine works in agents, each of which stands for `hasten` people. */
static void count_people(const struct ensemble_run *run, const struct flow_result *result,
                         int64_t *camps, int64_t *on_way)
{
    const struct flow_plan *plan = run->plan;
    size_t days = (size_t)(run->to - run->from);
    for (size_t day = 0; day < days; day++) {
        const int64_t *row = &result->in_place[day * plan->n_places];
        int64_t outside = result->on_links[day];
        for (uint32_t p = 0; p < plan->n_places; p++) {
            outside += row[p];
        }
        for (uint32_t c = 0; c < plan->n_camps; c++) {
            int64_t agents = row[plan->camps[c]];
            camps[c * days + day] = agents * run->params->hasten;
            outside -= agents;
        }
        if (on_way != NULL) {
            on_way[day] = outside * run->params->hasten;
        }
    }
}

int ensemble_run_plan(struct arena *arena, const struct ensemble_run *run,
                      const struct watch *watch, int64_t *camps, int64_t *on_way,
                      struct ajar_err *err)
{
    struct flow_result result = {0};
    struct flow_run_options options = {.seed = run->seed, .from = run->from, .to = run->to};
    TRY(flow_engine_run(run->engine, arena, run->plan, run->params, &options, NULL, watch, &result,
                        err));
    count_people(run, &result, camps, on_way);
    return 0;
}

struct ensemble_job {
    const struct flow_world *world; /* as it was known */
    const struct flow_params *base;
    const struct ensemble_options *options;
    const struct flow_plan *plan; /* of all members; NULL: each has its own */
    int64_t *camps;
};

static int run_one(struct arena *scratch, const struct ensemble_job *job, uint32_t m,
                   const struct watch *watch, int64_t *camps, struct ajar_err *err)
{
    const struct ensemble_options *options = job->options;
    struct flow_params params;
    struct flow_plan plan;
    struct ensemble_run run = {.engine = options->engine,
                               .plan = job->plan,
                               .params = &params,
                               .from = options->from,
                               .to = options->to};
    TRY(ensemble_member(job->base, options, m, &params, &run.seed, err));
    if (run.plan == NULL) {
        TRY(flow_plan_make(scratch, job->world, &params, options->as_known, &plan, err));
        run.plan = &plan;
    }
    return ensemble_run_plan(scratch, &run, watch, camps, NULL, err);
}

static int run_alone(struct arena *scratch, const struct flow_world *world,
                     struct ensemble_job *job, uint32_t m, const struct watch *watch,
                     int64_t *camps, struct ajar_err *err)
{
    struct flow_world known = {0};
    TRY(ensemble_known(scratch, world, job->options->as_known, &known, err));
    job->world = &known;
    return run_one(scratch, job, m, watch, camps, err);
}

int ensemble_run_member(const struct flow_world *world, const struct flow_params *base,
                        const struct ensemble_options *options, uint32_t m, size_t ceiling,
                        const struct watch *watch, int64_t *camps, struct ajar_err *err)
{
    struct ensemble_job job = {.base = base, .options = options};
    struct arena scratch;
    TRY(ensemble_options_check(world, options, err));
    if (m >= options->n_members) {
        return err_set(err, E_FLOW_OPTION, "member %u of %u", m, options->n_members);
    }
    arena_init(&scratch, "a member of the ensemble", ceiling);
    int code = run_alone(&scratch, world, &job, m, watch, camps, err);
    arena_free(&scratch);
    return code;
}

static int run_part(void *arg, size_t m, struct ajar_err *err)
{
    const struct ensemble_job *job = arg;
    size_t cells = job->world->n_camps * (size_t)(job->options->to - job->options->from);
    struct arena scratch;
    arena_init(&scratch, "a member of the ensemble", ENSEMBLE_RUN_CEILING);
    int code = run_one(&scratch, job, (uint32_t)m, NULL, job->camps + m * cells, err);
    arena_free(&scratch);
    return code;
}

static int run_all(struct arena *scratch, const struct flow_world *world, struct ensemble_job *job,
                   struct pool *pool, const struct watch *watch, struct ajar_err *err)
{
    struct flow_world known = {0};
    struct flow_plan plan;
    TRY(ensemble_known(scratch, world, job->options->as_known, &known, err));
    job->world = &known;
    if (job->options->n_ranges == 0) {
        TRY(flow_plan_make(scratch, &known, job->base, job->options->as_known, &plan, err));
        job->plan = &plan;
    }
    return pool_run(pool, job->options->n_members, run_part, job, watch, "running members", err);
}

int ensemble_run(struct arena *arena, const struct flow_world *world,
                 const struct flow_params *base, const struct ensemble_options *options,
                 struct pool *pool, const struct watch *watch, int64_t **camps,
                 struct ajar_err *err)
{
    struct ensemble_job job = {.base = base, .options = options};
    struct arena scratch;
    TRY(ensemble_options_check(world, options, err));
    size_t cells = world->n_camps * (size_t)(options->to - options->from);
    TRY_NEW(job.camps, arena, options->n_members * cells, err);
    arena_init(&scratch, "what the members share", ENSEMBLE_RUN_CEILING);
    int code = run_all(&scratch, world, &job, pool, watch, err);
    arena_free(&scratch);
    if (code == 0) {
        *camps = job.camps;
    }
    return code;
}
