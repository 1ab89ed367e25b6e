#include "plan_parts.h"

#define CONFLICT_LEAST 1e-6 /* the reference's: less is none */

/* A place while the days go by. */
struct plan_state {
    enum flow_type type, base; /* base: what it is without conflict */
    double intensity;
    int32_t since;
    size_t row, rows_end; /* conflict rows of the place that are still to come */
    double now, before;   /* what the rows say of today and of yesterday */
    bool has_rows;
    uint32_t held; /* closures that make a town of it (rules of Ajar) */
};

static bool is_camp(enum flow_type type)
{
    return type == FLOW_CAMP || type == FLOW_IDPCAMP;
}

static void start_conflict(struct plan_state *state, double intensity, int32_t day)
{
    state->type = FLOW_CONFLICT;
    state->intensity = intensity;
    state->since = day;
}

static void end_conflict(struct plan_state *state, enum flow_type after)
{
    state->type = after;
    state->intensity = -1;
}

static void read_day(const struct plan_job *job, struct plan_state *state, int32_t day)
{
    const struct flow_conflict *rows = job->world->conflicts;
    state->before = state->now;
    for (; state->row < state->rows_end && rows[state->row].day <= day; state->row++) {
        state->now = rows[state->row].intensity;
    }
}

/* The reference looks at edges alone: what changes in between is not seen, and a place that starts in
 * conflict stays so until its rows have risen and fallen. */
static void flee_conflict(struct plan_state *state, int32_t day)
{
    if (state->now > CONFLICT_LEAST && (day == 0 || state->before < CONFLICT_LEAST)) {
        start_conflict(state, state->now, day);
    }
    if (state->now < CONFLICT_LEAST && day > 0 && state->before >= CONFLICT_LEAST) {
        end_conflict(state, FLOW_TOWN);
    }
}

static void own_conflict(struct plan_state *state, int32_t day)
{
    bool now = state->now > CONFLICT_LEAST;
    if (now && state->type == FLOW_CONFLICT) {
        state->intensity = state->now;
    } else if (now) {
        start_conflict(state, state->now, day);
    } else if (state->type == FLOW_CONFLICT) {
        end_conflict(state, state->base);
    }
}

/* A camp that is shut is a town until the last closure ends.  Another place becomes a camp then. */
static void own_camps(const struct plan_job *job, struct plan_state *states, int32_t day)
{
    for (size_t i = 0; i < job->world->n_closures; i++) {
        const struct flow_closure *closure = &job->world->closures[i];
        bool camp = closure->type == FLOW_CLOSE_CAMP, idp = closure->type == FLOW_CLOSE_IDPCAMP;
        if ((camp || idp) && closure->place1 < job->plan.n_places) {
            struct plan_state *state = &states[closure->place1];
            bool ends = plan_ends(job, closure, day);
            bool opens = ends && !is_camp(job->world->places[closure->place1].type);
            state->held += plan_begins(closure, day);
            state->held -= ends;
            if (opens && state->base != FLOW_CAMP) {
                state->base = camp ? FLOW_CAMP : FLOW_IDPCAMP;
            }
        }
    }
}

/* The same in the reference, where the row that acts last counts. */
static void flee_camps(const struct plan_job *job, struct plan_state *states, int32_t day)
{
    for (size_t i = 0; i < job->world->n_closures; i++) {
        const struct flow_closure *closure = &job->world->closures[i];
        bool camp = closure->type == FLOW_CLOSE_CAMP, idp = closure->type == FLOW_CLOSE_IDPCAMP;
        if (!(camp || idp) || closure->place1 >= job->plan.n_places) {
            continue;
        }
        if (closure->from == day) {
            states[closure->place1].type = FLOW_TOWN;
        }
        if (closure->to == day) {
            states[closure->place1].type = camp ? FLOW_CAMP : FLOW_IDPCAMP;
        }
    }
}

static double movechance(const struct flow_params *params, enum flow_type type)
{
    switch (type) {
    case FLOW_CONFLICT:
        return params->conflict_movechance;
    case FLOW_CAMP:
        return params->camp_movechance;
    case FLOW_IDPCAMP:
        return params->idpcamp_movechance;
    case FLOW_TOWN:
        return params->default_movechance;
    case FLOW_FORWARD:
    case FLOW_MARKER:
    default:
        return 1;
    }
}

/* By the list of places, at the start or later. */
static bool fights_once(const struct flow_place *place)
{
    return place->type == FLOW_CONFLICT ||
           (place->type == FLOW_TOWN && place->conflict_day != INT32_MIN);
}

static void begin(const struct plan_job *job, struct plan_state *states)
{
    const struct flow_world *world = job->world;
    bool flee = job->params->rules == FLOW_RULES_FLEE;
    for (uint32_t p = 0; p < job->plan.n_places; p++) {
        const struct flow_place *place = &world->places[p];
        struct plan_state *state = &states[p];
        bool fights = place->type == FLOW_CONFLICT && flee && place->conflict_day <= 0;
        state->base = place->type == FLOW_CONFLICT ? FLOW_TOWN : place->type;
        state->type = fights ? FLOW_CONFLICT : state->base;
        state->intensity = fights ? 1 : -1;
        state->since = -1;
    }
    for (size_t i = 0; i < world->n_conflicts; i++) {
        uint32_t p = world->conflicts[i].place;
        if (!states[p].has_rows) {
            states[p].has_rows = true;
            states[p].row = i;
        }
        states[p].rows_end = i + 1;
    }
}

static void flee_day(const struct plan_job *job, struct plan_state *states, int32_t day)
{
    for (uint32_t p = 0; p < job->plan.n_places; p++) {
        read_day(job, &states[p], day);
        flee_conflict(&states[p], day);
    }
    flee_camps(job, states, day);
}

static void own_day(const struct plan_job *job, struct plan_state *states, int32_t day)
{
    own_camps(job, states, day);
    for (uint32_t p = 0; p < job->plan.n_places; p++) {
        struct plan_state *state = &states[p];
        const struct flow_place *place = &job->world->places[p];
        read_day(job, state, day);
        if (!state->has_rows && fights_once(place)) {
            state->now = day >= place->conflict_day ? 1 : 0;
        }
        own_conflict(state, day);
        if (state->type != FLOW_CONFLICT) {
            state->type = state->held > 0 ? FLOW_TOWN : state->base;
        }
    }
}

static void pass_day(const struct plan_job *job, struct plan_state *states, int32_t day)
{
    if (job->params->rules == FLOW_RULES_FLEE) {
        flee_day(job, states, day);
    } else {
        own_day(job, states, day);
    }
}

int plan_events(struct plan_job *job, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    struct plan_state *states;
    size_t cells = (size_t)plan->n_days * plan->n_places;
    TRY_NEW(states, job->arena, plan->n_places, err);
    TRY_NEW(plan->type, job->arena, cells, err);
    TRY_NEW(plan->intensity, job->arena, cells, err);
    TRY_NEW(plan->since, job->arena, cells, err);
    TRY_NEW(plan->movechance, job->arena, cells, err);
    TRY_NEW(plan->day0, job->arena, plan->n_places, err);
    begin(job, states);
    for (uint32_t p = 0; p < plan->n_places; p++) {
        plan->day0[p] = is_camp(states[p].type) ? 0 : -1; /* -1: no camp at the start */
    }
    for (int32_t day = 0; day < plan->n_days; day++) {
        pass_day(job, states, day);
        for (uint32_t p = 0; p < plan->n_places; p++) {
            size_t at = (size_t)day * plan->n_places + p;
            plan->type[at] = (uint8_t)states[p].type;
            plan->intensity[at] = states[p].intensity;
            plan->since[at] = states[p].intensity > 0 ? states[p].since : -1;
            plan->movechance[at] = movechance(job->params, states[p].type);
        }
    }
    return 0;
}
