#include "decide_parts.h"

#define OPENINGS_MOST 12

int before_make(struct arena *arena, struct arena *scratch, const struct instance *instance,
                const struct person *person, date_days since, struct before *out,
                struct ajar_err *err)
{
    char *room;
    out->arena = arena;
    out->scratch = scratch;
    out->instance = instance;
    out->person = person;
    out->since = since;
    TRY(instance_cube_since(scratch, instance, person, since, out->mask, out->asked, err));
    TRY_NEW(room, scratch, diagram_scratch(instance->diagram), err);
    out->room = room;
    return 0;
}

/* Whether the door opens, or an official may open it, for some choice of the facts that the person could
 * change: then there is a smallest one, which is an opening set. */
static bool could_open(const struct before *before)
{
    const struct instance *instance = before->instance;
    uint64_t mask[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < instance->n_vars; v++) {
        const struct var *var = &instance->vars[v];
        bool fact = var->kind == VAR_FACT || var->kind == VAR_HAS;
        bool free = fact && instance->rules->facts[var->fact].actionable;
        mask[v] = free ? mask_all(var->n_classes) : before->mask[v];
    }
    uint64_t reach = diagram_reach(instance->diagram, instance->outcome, mask, before->room);
    return ((reach >> OUTCOME_OPEN | reach >> OUTCOME_DISCRETION) & 1) != 0;
}

enum status before_status(const struct before *before, uint32_t *outcomes)
{
    static const enum status of[OUTCOME_COUNT] = {
        [OUTCOME_NO_RULE] = STATUS_NO_RULE,   [OUTCOME_NOT_APPLICABLE] = STATUS_NOT_APPLICABLE,
        [OUTCOME_CLOSED] = STATUS_CLOSED,     [OUTCOME_DISCRETION] = STATUS_DISCRETION,
        [OUTCOME_OPEN] = STATUS_OPEN,         [OUTCOME_BARRED] = STATUS_BARRED,
        [OUTCOME_CONFLICT] = STATUS_CONFLICT,
    };
    const struct instance *instance = before->instance;
    uint64_t reach =
        diagram_reach(instance->diagram, instance->outcome, before->mask, before->room);
    *outcomes = (uint32_t)reach;
    if ((reach & (reach - 1)) != 0) {
        return STATUS_NEEDS_FACTS;
    }
    enum status status = of[__builtin_ctzll(reach)];
    return status == STATUS_CLOSED && could_open(before) ? STATUS_CLOSED_ACTIONABLE : status;
}

static int decide_openings(const struct before *before, const struct decide_options *options,
                           struct decision *out, struct ajar_err *err)
{
    size_t most = options->openings_most == 0 ? OPENINGS_MOST : options->openings_most;
    return opening_sets(before->arena, before->scratch, before->instance, before->mask,
                        before->asked, most, &out->n_openings, &out->openings, &out->n_openings_all,
                        err);
}

int decide(struct arena *arena, struct arena *scratch, const struct instance *instance,
           const struct person *person, const struct decide_options *options, struct decision *out,
           struct ajar_err *err)
{
    struct before before;
    const struct door *door = &instance->rules->doors[instance->door];
    struct decision decision = {.valid_until = MOMENT_NEVER,
                                .counterfactual = door->counterfactual};
    TRY(before_make(arena, scratch, instance, person, instance->on, &before, err));
    decision.status = before_status(&before, &decision.outcomes);
    decision.stale = door->review_by != DATE_NONE && instance->as_known > door->review_by;
    TRY(decide_fired(&before, &decision, err));
    TRY(decide_practice(&before, &decision, err));
    if (decision.status == STATUS_NEEDS_FACTS) {
        TRY(decide_missing(&before, &decision, err));
    }
    if (options->openings) {
        TRY(decide_openings(&before, options, &decision, err));
    }
    if (options->until) {
        TRY(decide_until(&before, &decision, err));
    }
    *out = decision;
    return 0;
}
