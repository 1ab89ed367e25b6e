#include <string.h>

#include "choice.h"

struct case_job {
    struct arena *arena;
    const struct flow_world *world;
    struct flow_plan plan;
    struct flow_ways ways;
    struct choice_case out;
};

static bool is_camp(const struct flow_plan *plan, int32_t day, uint32_t camp)
{
    uint8_t type = plan->type[(size_t)day * plan->n_places + plan->camps[camp]];
    return type == FLOW_CAMP || type == FLOW_IDPCAMP;
}

static bool same_camps(const struct flow_plan *plan, int32_t day)
{
    for (uint32_t c = 0; c < plan->n_camps; c++) {
        if (is_camp(plan, day, c) != is_camp(plan, day - 1, c)) {
            return false;
        }
    }
    return true;
}

/* States of the roads, split again where a camp opens or shuts. */
static int make_states(struct case_job *job, struct ajar_err *err)
{
    const struct flow_plan *plan = &job->plan;
    const struct flow_ways *ways = &job->ways;
    struct choice_case *out = &job->out;
    TRY_NEW(out->state, job->arena, (size_t)plan->n_days, err);
    for (int32_t day = 1; day < plan->n_days; day++) {
        bool same = ways->state[day] == ways->state[day - 1] && same_camps(plan, day);
        out->state[day] = out->state[day - 1] + !same;
    }
    out->n_states = out->state[plan->n_days - 1] + 1;
    size_t row = (size_t)out->n_origins * out->n_camps, cells = out->n_states * row;
    if (cells > FLOW_WAYS_MOST) {
        return err_set(err, E_FLOW_TOO_LARGE, "more than %zu distances", FLOW_WAYS_MOST);
    }
    TRY_NEW(out->km, job->arena, cells, err);
    TRY_NEW(out->shares, job->arena, cells, err);
    TRY_NEW(out->open, job->arena, (size_t)out->n_states * out->n_camps, err);
    for (int32_t day = 0; day < plan->n_days; day++) {
        if (day > 0 && out->state[day] == out->state[day - 1]) {
            continue;
        }
        memcpy(out->km + out->state[day] * row, ways->km + ways->state[day] * row,
               row * sizeof *out->km);
        for (uint32_t c = 0; c < out->n_camps; c++) {
            out->open[(size_t)out->state[day] * out->n_camps + c] = is_camp(plan, day, c);
        }
    }
    return 0;
}

/* Distances as if nothing was ever shut. */
static int make_free(struct case_job *job, struct ajar_err *err)
{
    struct flow_plan free = job->plan;
    struct flow_ways ways;
    size_t cells = (size_t)free.n_days * free.n_links;
    TRY_NEW(free.open, job->arena, cells, err);
    memset(free.open, 1, cells);
    TRY(flow_ways_make(job->arena, &free, &ways, err));
    job->out.free_km = ways.km;
    return 0;
}

static int make_starts(struct case_job *job, struct ajar_err *err)
{
    const struct flow_plan *plan = &job->plan;
    struct choice_case *out = &job->out;
    size_t cells = (size_t)out->n_days * out->n_origins;
    TRY_NEW(out->people, job->arena, out->n_origins, err);
    for (uint32_t o = 0; o < out->n_origins; o++) {
        out->people[o] = (double)job->world->places[job->ways.origins[o]].population;
    }
    TRY_NEW(out->spawn, job->arena, (size_t)out->n_days, err);
    TRY_NEW(out->weight, job->arena, cells, err);
    TRY_NEW(out->steady, job->arena, cells, err);
    for (int32_t day = 0; day < out->n_days; day++) {
        out->spawn[day] = (double)plan->spawn[day];
        for (uint32_t o = 0; o < out->n_origins; o++) {
            uint32_t place = job->ways.origins[o];
            size_t from = (size_t)day * plan->n_places + place,
                   to = (size_t)day * out->n_origins + o;
            double intensity = plan->intensity[from];
            out->weight[to] = plan->spawn_weight[from];
            out->steady[to] =
                intensity > 0 ? intensity * (double)job->world->places[place].population : 0;
        }
    }
    return 0;
}

static int make_camps(struct case_job *job, bool capacities, struct ajar_err *err)
{
    struct choice_case *out = &job->out;
    TRY_NEW(out->day0, job->arena, out->n_camps, err);
    TRY_NEW(out->capacity, job->arena, out->n_camps, err);
    TRY_NEW(out->left, job->arena, out->n_camps, err);
    TRY_NEW(out->day, job->arena, 4 * (size_t)out->n_camps + out->n_origins, err);
    for (uint32_t c = 0; c < out->n_camps; c++) {
        uint32_t place = job->world->camps[c];
        out->day0[c] = (double)out->observed.at[c * (size_t)out->n_days];
        if (capacities) {
            double left = job->plan.capacity[place];
            out->capacity[c] = (double)job->world->places[place].capacity;
            out->left[c] = left > 0 ? left : 0;
        }
    }
    return 0;
}

int choice_case_make(struct arena *arena, const struct flow_world *world, bool capacities,
                     struct choice_case *out, struct ajar_err *err)
{
    struct case_job job = {.arena = arena, .world = world};
    struct flow_params params = flow_params_validation();
    params.hasten = 1;
    params.use_capacity = capacities;
    TRY(flow_plan_make(arena, world, &params, DATE_NONE, &job.plan, err));
    TRY(flow_series_flee(arena, world, 1, &job.out.observed, err));
    TRY(flow_ways_make(arena, &job.plan, &job.ways, err));
    job.out.n_days = world->n_days;
    job.out.n_camps = (uint32_t)world->n_camps;
    job.out.n_origins = job.ways.n_origins;
    TRY(make_states(&job, err));
    TRY(make_free(&job, err));
    TRY(make_starts(&job, err));
    TRY(make_camps(&job, capacities, err));
    *out = job.out;
    return 0;
}
