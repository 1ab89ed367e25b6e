/* What a flat program answers, as conditions: rules with their overrides, then the outcome. */
#include "flat_dag.h"
#include "instance_parts.h"

/* A condition: where it is true for sure, and where it is false for sure. */
struct rail {
    flat_ref yes, no;
};

/* The way to an outcome: a leaf, or a question. */
struct fork {
    bool leaf;
    enum outcome outcome;
    struct rail rail;
    const struct fork *then, *otherwise;
};

static const struct fork fork_leaf[OUTCOME_COUNT] = {
    [OUTCOME_NO_RULE] = {.leaf = true, .outcome = OUTCOME_NO_RULE},
    [OUTCOME_NOT_APPLICABLE] = {.leaf = true, .outcome = OUTCOME_NOT_APPLICABLE},
    [OUTCOME_CLOSED] = {.leaf = true, .outcome = OUTCOME_CLOSED},
    [OUTCOME_DISCRETION] = {.leaf = true, .outcome = OUTCOME_DISCRETION},
    [OUTCOME_OPEN] = {.leaf = true, .outcome = OUTCOME_OPEN},
    [OUTCOME_BARRED] = {.leaf = true, .outcome = OUTCOME_BARRED},
    [OUTCOME_CONFLICT] = {.leaf = true, .outcome = OUTCOME_CONFLICT},
};

static int fork_new(struct flat_dag *dag, struct rail rail, const struct fork *then,
                    const struct fork *otherwise, const struct fork **out, struct ajar_err *err)
{
    struct fork *fork;
    if (rail.yes == FLAT_ALWAYS || rail.no == FLAT_ALWAYS || then == otherwise) {
        *out = rail.no == FLAT_ALWAYS ? otherwise : then;
        return 0;
    }
    TRY_NEW(fork, dag->scratch, 1, err);
    *fork = (struct fork){.rail = rail, .then = then, .otherwise = otherwise};
    *out = fork;
    return 0;
}

static int rail_of_form(struct flat_dag *dag, const struct form *form, struct rail *out,
                        struct ajar_err *err)
{
    TRY(flat_form(dag, form, false, &out->yes, err));
    return flat_form(dag, form, true, &out->no, err);
}

/* Any of the rules of one effect. */
static int rail_of_effect(struct flat_dag *dag, size_t n, const struct rule rules[],
                          const struct rail rails[], enum effect effect, struct rail *out,
                          struct ajar_err *err)
{
    size_t some = 0;
    flat_ref *yes, *no;
    TRY_NEW(yes, dag->scratch, n, err);
    TRY_NEW(no, dag->scratch, n, err);
    for (size_t r = 0; r < n; r++) {
        if (rules[r].effect == effect) {
            yes[some] = rails[r].yes;
            no[some++] = rails[r].no;
        }
    }
    TRY(flat_join(dag, true, FLAT_SHARED, some, yes, &out->yes, err));
    return flat_join(dag, false, FLAT_SHARED, some, no, &out->no, err);
}

/* Within gate and scope: true, and none of those that override it fires. */
static int rails_of_rules(struct flat_dag *dag, const struct arm *arm, struct rail rails[],
                          struct ajar_err *err)
{
    size_t n = arm->version->n_rules;
    flat_ref *yes, *no;
    TRY_NEW(yes, dag->scratch, n + 1, err);
    TRY_NEW(no, dag->scratch, n + 1, err);
    for (size_t i = 0; i < n; i++) {
        uint32_t r = arm->order[i];
        struct rail when;
        size_t all = 1;
        TRY(rail_of_form(dag, arm->rules[r], &when, err));
        yes[0] = when.yes;
        no[0] = when.no;
        for (size_t j = 0; j < i; j++) {
            uint32_t by = arm->order[j];
            if (rule_overrides(arm->version, by, r)) {
                yes[all] = rails[by].no;
                no[all++] = rails[by].yes;
            }
        }
        TRY(flat_join(dag, false, FLAT_AS_IS, all, yes, &rails[r].yes, err));
        TRY(flat_join(dag, true, FLAT_AS_IS, all, no, &rails[r].no, err));
    }
    return 0;
}

static const struct fork *fork_of_default(enum effect otherwise, const struct fork *closed)
{
    switch (otherwise) {
    case EFFECT_BAR:
        return &fork_leaf[OUTCOME_BARRED];
    case EFFECT_OPEN:
        return &fork_leaf[OUTCOME_OPEN];
    case EFFECT_DISCRETION:
        return &fork_leaf[OUTCOME_DISCRETION];
    case EFFECT_CLOSED:
        break;
    }
    return closed;
}

/* As walk_rules of form.c asks, the weakest effect first here. */
static int fork_of_rules(struct flat_dag *dag, const struct arm *arm, const struct rail rules[],
                         const struct rail superior[], const struct fork **out,
                         struct ajar_err *err)
{
    const struct version *version = arm->version;
    const struct fork *closed = NULL, *open = NULL, *act = NULL;
    struct rail effect[EFFECT_BAR + 1], above;
    for (unsigned e = EFFECT_CLOSED; e <= EFFECT_BAR; e++) {
        TRY(rail_of_effect(dag, version->n_rules, version->rules, rules, (enum effect)e, &effect[e],
                           err));
    }
    TRY(rail_of_effect(dag, version->n_superior, version->superior, superior, EFFECT_OPEN, &above,
                       err));
    TRY(fork_new(dag, above, &fork_leaf[OUTCOME_CONFLICT], &fork_leaf[OUTCOME_CLOSED], &closed,
                 err));
    act = fork_of_default(version->otherwise, closed);
    TRY(fork_new(dag, effect[EFFECT_CLOSED], closed, act, &act, err));
    TRY(fork_new(dag, effect[EFFECT_DISCRETION], &fork_leaf[OUTCOME_DISCRETION], act, &act, err));
    TRY(fork_new(dag, effect[EFFECT_CLOSED], &fork_leaf[OUTCOME_CONFLICT], &fork_leaf[OUTCOME_OPEN],
                 &open, err));
    TRY(fork_new(dag, effect[EFFECT_OPEN], open, act, &act, err));
    return fork_new(dag, effect[EFFECT_BAR], &fork_leaf[OUTCOME_BARRED], act, out, err);
}

/* Its rules that fire go to `fired`, as many as it has; *out is the way in front of it. */
static int fork_of_arm(struct flat_dag *dag, const struct arm *arm, flat_ref fired[],
                       const struct fork **out, struct ajar_err *err)
{
    struct rail gate, scope, *rules, *superior;
    const struct fork *act = NULL;
    const struct version *version = arm->version;
    TRY(rail_of_form(dag, arm->gate, &gate, err));
    if (version == NULL) {
        return fork_new(dag, gate, &fork_leaf[OUTCOME_NO_RULE], *out, out, err);
    }
    TRY(rail_of_form(dag, arm->scope, &scope, err));
    TRY_NEW(rules, dag->scratch, version->n_rules, err);
    TRY_NEW(superior, dag->scratch, version->n_superior, err);
    TRY(rails_of_rules(dag, arm, rules, err));
    for (size_t s = 0; s < version->n_superior; s++) {
        TRY(rail_of_form(dag, arm->superior[s], &superior[s], err));
    }
    for (size_t r = 0; r < version->n_rules + version->n_superior; r++) {
        flat_ref all[3] = {gate.yes, scope.yes,
                           r < version->n_rules ? rules[r].yes
                                                : superior[r - version->n_rules].yes};
        TRY(flat_join(dag, false, FLAT_AS_IS, 3, all, &fired[r], err));
    }
    TRY(fork_of_rules(dag, arm, rules, superior, &act, err));
    TRY(fork_new(dag, scope, act, &fork_leaf[OUTCOME_NOT_APPLICABLE], &act, err));
    return fork_new(dag, gate, act, *out, out, err);
}

/* Where the outcome is for sure one of the set.  A side that cannot be in the set must be ruled out
 * by the question itself; since yes and no exclude each other, the rest of the general case
 *     (no or then in the set) and (yes or otherwise in the set)
 * falls away there, and likewise for a side that is in the set always. */
static int sure_in(struct flat_dag *dag, const struct fork *fork, uint32_t set, flat_ref *out,
                   struct ajar_err *err)
{
    flat_ref then, otherwise;
    if (fork->leaf) {
        *out = set >> fork->outcome & 1 ? FLAT_ALWAYS : FLAT_NEVER;
        return 0;
    }
    TRY(sure_in(dag, fork->then, set, &then, err));
    TRY(sure_in(dag, fork->otherwise, set, &otherwise, err));
    if (then == otherwise) {
        *out = then;
    } else if (then == FLAT_NEVER) {
        TRY(flat_both(dag, fork->rail.no, otherwise, out, err));
    } else if (otherwise == FLAT_NEVER) {
        TRY(flat_both(dag, fork->rail.yes, then, out, err));
    } else {
        TRY(flat_either(dag, fork->rail.no, then, &then, err));
        TRY(flat_either(dag, fork->rail.yes, otherwise, &otherwise, err));
        TRY(flat_both(dag, then, otherwise, out, err));
    }
    return 0;
}

int flat_rails(struct flat_dag *dag, size_t n_rules, struct flat_roots *out, struct ajar_err *err)
{
    const struct instance *instance = dag->instance;
    const struct fork *first = &fork_leaf[OUTCOME_NO_RULE];
    const uint32_t all = ((uint32_t)1 << OUTCOME_COUNT) - 1;
    size_t at = OUTCOME_COUNT + n_rules;
    out->n_answer = at;
    TRY_NEW(out->answer, dag->scratch, at, err);
    for (size_t a = instance->n_arms; a-- > 0;) {
        const struct version *version = instance->arms[a].version;
        at -= version == NULL ? 0 : version->n_rules + version->n_superior;
        TRY(fork_of_arm(dag, &instance->arms[a], &out->answer[at], &first, err));
    }
    for (unsigned o = 0; o < OUTCOME_COUNT; o++) {
        TRY(sure_in(dag, first, all & ~((uint32_t)1 << o), &out->answer[o], err));
    }
    TRY(sure_in(dag, first, (uint32_t)1 << OUTCOME_OPEN, &out->decide[0], err));
    out->decide[1] = out->answer[OUTCOME_OPEN];
    return 0;
}
