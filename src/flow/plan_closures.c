#include "plan_parts.h"

/* How links stand while the days go by. */
struct plan_gate {
    uint32_t *holders; /* [n_links] closures that hold it shut; the reference knows 0 and 1 alone */
    uint8_t *flagged;  /* [n_links] forced in the file; NULL: none ever */
    uint32_t *lifted;  /* [n_links] closures that lift the flag */
    int32_t *last;     /* [n_links] last_closed so far */
};

bool plan_begins(const struct flow_closure *closure, int32_t day)
{
    return closure->from == day;
}

bool plan_ends(const struct plan_job *job, const struct flow_closure *closure, int32_t day)
{
    bool own = job->params->rules == FLOW_RULES_AJAR;
    bool never = own && (closure->from < 0 || closure->to < closure->from);
    return closure->to == day && !never;
}

static bool joins(const struct plan_job *job, uint32_t link, const struct flow_closure *closure)
{
    const struct flow_plan *plan = &job->plan;
    uint32_t a = plan->from[link], b = plan->to[link];
    const struct flow_place *places = job->world->places;
    switch (closure->type) {
    case FLOW_CLOSE_COUNTRY:
        return (text_eq(places[a].country, closure->name1) &&
                text_eq(places[b].country, closure->name2)) ||
               (text_eq(places[b].country, closure->name1) &&
                text_eq(places[a].country, closure->name2));
    case FLOW_CLOSE_LOCATION:
        return a == closure->place1 || b == closure->place1;
    case FLOW_CLOSE_LINK: /* the reference compares names by identity, so none ever matches */
        return job->params->rules == FLOW_RULES_AJAR &&
               ((a == closure->place1 && b == closure->place2) ||
                (b == closure->place1 && a == closure->place2));
    case FLOW_CLOSE_FORCED:
        return (a == closure->place1 && b == closure->place2) ||
               (b == closure->place1 && a == closure->place2);
    case FLOW_CLOSE_CAMP:
    case FLOW_CLOSE_IDPCAMP:
    default:
        return false;
    }
}

static void shut(const struct plan_job *job, struct plan_gate *gate, uint32_t link, int32_t day)
{
    bool own = job->params->rules == FLOW_RULES_AJAR;
    gate->holders[link] = own ? gate->holders[link] + 1 : 1;
    gate->last[link] = day;
}

static void reopen(const struct plan_job *job, struct plan_gate *gate, uint32_t link)
{
    bool own = job->params->rules == FLOW_RULES_AJAR && gate->holders[link] > 0;
    gate->holders[link] = own ? gate->holders[link] - 1 : 0;
}

static void act(const struct plan_job *job, struct plan_gate *gate,
                const struct flow_closure *closure, int32_t day)
{
    bool begins = plan_begins(closure, day), ends = plan_ends(job, closure, day);
    for (uint32_t link = 0; (begins || ends) && link < job->plan.n_links; link++) {
        if (!joins(job, link, closure)) {
            continue;
        }
        if (closure->type == FLOW_CLOSE_FORCED) {
            if (gate->flagged != NULL) {
                gate->lifted[link] += begins;
                gate->lifted[link] -= ends;
            }
            continue;
        }
        if (begins) {
            shut(job, gate, link, day);
        }
        if (ends) {
            reopen(job, gate, link);
        }
    }
}

static void close_day(struct plan_job *job, struct plan_gate *gate, int32_t day)
{
    struct flow_plan *plan = &job->plan;
    size_t row = (size_t)day * plan->n_links;
    for (uint32_t link = 0; link < plan->n_links; link++) {
        bool is_open = gate->holders[link] == 0;
        gate->last[link] = is_open ? gate->last[link] : day;
        plan->open[row + link] = is_open;
        plan->last_closed[row + link] = gate->last[link];
        if (gate->flagged != NULL) {
            plan->forced[row + link] = gate->flagged[link] != 0 && gate->lifted[link] == 0;
        }
    }
}

int plan_closures(struct plan_job *job, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    const struct flow_world *world = job->world;
    struct plan_gate gate = {0};
    size_t cells = (size_t)plan->n_days * plan->n_links;
    TRY_NEW(plan->open, job->arena, cells, err);
    TRY_NEW(plan->last_closed, job->arena, cells, err);
    TRY_NEW(gate.holders, job->arena, plan->n_links, err);
    TRY_NEW(gate.last, job->arena, plan->n_links, err);
    if (plan->forced != NULL) {
        TRY_NEW(gate.lifted, job->arena, plan->n_links, err);
        TRY_NEW(gate.flagged, job->arena, plan->n_links, err);
    }
    for (uint32_t link = 0; link < plan->n_links; link++) {
        gate.last[link] = -1;
        if (gate.flagged != NULL) {
            gate.flagged[link] = plan->forced[link];
        }
    }
    for (int32_t day = 0; day < plan->n_days; day++) {
        for (size_t i = 0; i < world->n_closures; i++) {
            act(job, &gate, &world->closures[i], day);
        }
        close_day(job, &gate, day);
    }
    return 0;
}
