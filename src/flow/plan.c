#include "known.h"
#include "names.h"
#include "plan_parts.h"
#include "steady.h"

#define PLACES_MOST 65534      /* a place is two bytes of an agent, and one code is taken */
#define AGENTS_MOST UINT32_MAX /* an agent's number is a word of the counter of its draws */
#define COUNT_MOST  (INT64_C(1) << 50)

double flow_plan_decay(const struct flow_params *params, int32_t day, int32_t since)
{
    if (params->n_spawn_decay < 1) {
        return 1;
    }
    int at = (day - since) / params->spawn_decay_interval;
    return params->spawn_decay[at < params->n_spawn_decay ? at : params->n_spawn_decay - 1];
}

static int check_world(const struct flow_world *world, struct ajar_err *err)
{
    if (world->n_places == 0 || world->n_places > PLACES_MOST || world->n_roads > FLOW_ROADS_MOST ||
        world->n_days < 1 || world->n_days > FLOW_DAYS_MOST) {
        return err_set(err, E_FLOW_TOO_LARGE,
                       "%zu places, %zu roads and %d days; a flow has 1 to %d places, at most %d "
                       "roads and 1 to %d days",
                       world->n_places, world->n_roads, world->n_days, PLACES_MOST, FLOW_ROADS_MOST,
                       FLOW_DAYS_MOST);
    }
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_road *road = &world->roads[i];
        if (road->a >= world->n_places || road->b >= world->n_places) {
            return err_set(err, E_FLOW_PLACE, "road %zu has an end that is no place", i + 1);
        }
        if (!(road->km > 0 && road->km < 1e6) || road->a == road->b) {
            return err_set(err, E_FLOW_DISTANCE, "road %zu has no good length or goes nowhere",
                           i + 1);
        }
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        if (world->conflicts[i].place >= world->n_places) {
            return err_set(err, E_FLOW_PLACE, "conflict row %zu is of no place", i + 1);
        }
    }
    for (size_t i = 0; i < world->n_camps; i++) {
        if (world->camps[i] >= world->n_places) {
            return err_set(err, E_FLOW_PLACE, "camp %zu is no place", i + 1);
        }
    }
    return 0;
}

/* Home to the reference is the country of the first row; to Ajar every country where there is conflict. */
static int set_foreign(struct plan_job *job, struct ajar_err *err)
{
    const struct flow_world *world = job->world;
    struct names countries;
    name_id *id;
    bool *home;
    TRY_NEW(job->plan.foreign, job->arena, world->n_places, err);
    TRY_NEW(id, job->arena, world->n_places, err);
    TRY_NEW(home, job->arena, world->n_places + 1, err);
    TRY(names_init(&countries, job->arena, err));
    for (size_t p = 0; p < world->n_places; p++) {
        TRY(names_put(&countries, world->places[p].country, &id[p], err));
        bool fights = world->places[p].conflict_day != INT32_MIN;
        home[id[p]] = home[id[p]] || fights;
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        home[id[world->conflicts[i].place]] = true;
    }
    for (size_t p = 0; p < world->n_places; p++) {
        bool own = job->params->rules == FLOW_RULES_AJAR;
        job->plan.foreign[p] = own ? !home[id[p]] : world->places[p].foreign;
    }
    return 0;
}

/* Limits of camps; day0 of a place is -1 so far when it is no camp. */
static int set_capacities(struct plan_job *job, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    const struct flow_params *params = job->params;
    bool own = params->rules == FLOW_RULES_AJAR;
    TRY_NEW(plan->capacity, job->arena, plan->n_places, err);
    TRY_NEW(plan->marker, job->arena, plan->n_places, err);
    for (uint32_t p = 0; p < plan->n_places; p++) {
        const struct flow_place *place = &job->world->places[p];
        plan->marker[p] = place->type == FLOW_MARKER;
        if (!params->use_capacity || place->capacity < 0) {
            continue;
        }
        int64_t people = place->capacity / params->hasten;
        int64_t cut = own || plan->day0[p] < 0 ? 0 : plan->day0[p];
        double scaled = (double)(people - cut) * params->capacity_scaling;
        plan->capacity[p] = own && scaled < 1 ? 1 : scaled;
    }
    return 0;
}

/* Chances of leaving grow with a place's people where the settings say so. */
static void scale_movechances(struct plan_job *job)
{
    struct flow_plan *plan = &job->plan;
    const struct flow_params *params = job->params;
    if (params->movechance_pop_scale == 0) {
        return;
    }
    for (uint32_t p = 0; p < plan->n_places; p++) {
        double people = (double)(job->world->places[p].population / params->hasten);
        double room = plan->capacity[p] / params->capacity_scaling;
        double ratio = (people > room ? people : room) / params->movechance_pop_base;
        double scale = ratio > 0 ? steady_exp(params->movechance_pop_scale * steady_log(ratio)) : 0;
        for (int32_t day = 0; day < plan->n_days; day++) {
            double *chance = &plan->movechance[(size_t)day * plan->n_places + p];
            *chance = *chance * scale < 1 ? *chance * scale : 1;
        }
    }
}

/* Returns the sum of the day's weights. */
static double weigh_day(struct plan_job *job, int32_t day)
{
    struct flow_plan *plan = &job->plan;
    double sum = 0;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        size_t at = (size_t)day * plan->n_places + p;
        double intensity = plan->intensity[at];
        if (intensity > 0) {
            double people = (double)(job->world->places[p].population / job->params->hasten);
            plan->spawn_weight[at] =
                people * (intensity * flow_plan_decay(job->params, day, plan->since[at]));
            sum += plan->spawn_weight[at];
        }
    }
    return sum;
}

/* What the day's total is above the one before.  On day 0 the reference counts the total series beside the
 * camps that it is the sum of. */
static int64_t rise_of(const struct plan_job *job, const struct flow_series *series, int32_t day)
{
    bool camps = job->params->sum_from_camps;
    const int64_t *total = camps ? series->total : series->reported;
    bool twice = camps && job->params->rules == FLOW_RULES_FLEE;
    if (day > 0) {
        return total[day] - total[day - 1];
    }
    return job->params->insert_day0 ? 0 : total[0] + (twice ? series->reported[0] : 0);
}

/* New people are what the total rises by; what it falls by is a debt that later rises pay first. */
static int spawn_days(struct plan_job *job, const struct flow_series *series, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    int64_t debt = 0, waiting = 0;
    TRY_NEW(plan->spawn, job->arena, (size_t)plan->n_days, err);
    TRY_NEW(plan->spawn_weight, job->arena, (size_t)plan->n_days * plan->n_places, err);
    for (int32_t day = 0; day < plan->n_days; day++) {
        int64_t rise = rise_of(job, series, day) - debt;
        debt = rise < 0 ? -rise : 0;
        waiting += rise < 0 ? 0 : rise;
        if (weigh_day(job, day) > 0) {
            plan->spawn[day] = waiting;
            waiting = 0;
        }
    }
    return 0;
}

static int count_people(struct plan_job *job, const struct flow_series *series,
                        struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    int64_t sum = 0;
    for (size_t i = 0; job->params->insert_day0 && i < series->n_camps; i++) {
        uint32_t p = job->world->camps[i];
        if (plan->day0[p] >= 0) {
            plan->day0[p] += series->at[i * (size_t)series->n_days];
        }
    }
    TRY(set_foreign(job, err));
    TRY(set_capacities(job, err));
    for (uint32_t p = 0; p < plan->n_places; p++) {
        plan->day0[p] = plan->day0[p] < 0 ? 0 : plan->day0[p];
        sum += plan->day0[p];
    }
    TRY(spawn_days(job, series, err));
    for (int32_t day = 0; day < plan->n_days; day++) {
        sum += plan->spawn[day];
    }
    if (sum > (int64_t)AGENTS_MOST) {
        err_set(err, E_FLOW_TOO_LARGE, "%lld agents; a run has at most %lld", (long long)sum,
                (long long)AGENTS_MOST);
        return err_hint(err, "Let one agent stand for more people (hasten).");
    }
    return 0;
}

/* Series of the world's days and camps with sane counts, whoever made them. */
static int check_series(const struct plan_job *job, const struct flow_series *series,
                        struct ajar_err *err)
{
    bool good = series->n_days >= job->plan.n_days && series->n_camps == job->world->n_camps;
    for (int32_t day = 0; good && day < job->plan.n_days; day++) {
        good = series->total[day] >= 0 && series->total[day] < COUNT_MOST &&
               series->reported[day] >= 0 && series->reported[day] < COUNT_MOST;
    }
    for (size_t i = 0; good && i < series->n_camps; i++) {
        int64_t first = series->at[i * (size_t)series->n_days];
        good = first >= 0 && first < COUNT_MOST;
    }
    return good ? 0 : err_set(err, E_FLOW_COUNT, "the counts of the camps make no series");
}

/* People to agents. */
static void thin_series(struct flow_series *series, int32_t hasten)
{
    for (size_t i = 0; i < series->n_camps * (size_t)series->n_days; i++) {
        series->at[i] /= hasten;
    }
    for (int32_t day = 0; day < series->n_days; day++) {
        series->total[day] /= hasten;
        series->reported[day] /= hasten;
    }
}

/* The reference reads rows in the order of the file; so does a run by its rules. */
static int read_series(const struct plan_job *job, struct flow_series *series, struct ajar_err *err)
{
    int32_t hasten = job->params->hasten;
    if (job->params->rules == FLOW_RULES_FLEE) {
        return flow_series_flee(job->arena, job->world, hasten, series, err);
    }
    TRY(flow_series_dated(job->arena, job->world, series, err));
    thin_series(series, hasten);
    return 0;
}

static int make_plan(struct plan_job *job, struct ajar_err *err)
{
    const struct flow_world *world = job->world;
    struct flow_series series;
    job->plan.n_days = world->n_days;
    job->plan.n_places = (uint32_t)world->n_places;
    job->plan.n_camps = (uint32_t)world->n_camps;
    job->plan.camps = world->camps;
    TRY(read_series(job, &series, err));
    TRY(check_series(job, &series, err));
    TRY(plan_links(job, err));
    TRY(plan_closures(job, err));
    TRY(plan_events(job, err));
    TRY(count_people(job, &series, err));
    scale_movechances(job);
    return 0;
}

int flow_plan_make(struct arena *arena, const struct flow_world *world,
                   const struct flow_params *params, date_days as_known, struct flow_plan *out,
                   struct ajar_err *err)
{
    struct flow_world known = *world;
    struct plan_job job = {arena, &known, params, {0}};
    TRY(plan_check_params(params, err));
    TRY(check_world(world, err));
    if (as_known != DATE_NONE) {
        TRY(flow_known(arena, world, as_known, 0, &known, err));
    }
    TRY(make_plan(&job, err));
    *out = job.plan;
    return 0;
}
