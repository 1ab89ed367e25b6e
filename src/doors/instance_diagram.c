/* Conditions and rules as one decision diagram, swept of what building it left behind. */
#include "diagram_nodes.h"
#include "instance_parts.h"

#define NO  ((diagram_ref)0)
#define YES ((diagram_ref)1)

static int both(struct diagram *diagram, diagram_ref a, diagram_ref b, diagram_ref *out,
                struct ajar_err *err)
{
    return diagram_choose(diagram, a, b, NO, out, err);
}

static int unless(struct diagram *diagram, diagram_ref a, diagram_ref b, diagram_ref *out,
                  struct ajar_err *err)
{
    return diagram_choose(diagram, b, NO, a, out, err);
}

static int either(struct diagram *diagram, diagram_ref a, diagram_ref b, diagram_ref *out,
                  struct ajar_err *err)
{
    return diagram_choose(diagram, a, YES, b, out, err);
}

int form_diagram(struct diagram *diagram, const struct form *form, diagram_ref *out,
                 struct ajar_err *err)
{
    diagram_ref kid, all = form->kind == FORM_AND ? YES : NO;
    switch (form->kind) {
    case FORM_FALSE:
    case FORM_TRUE:
        *out = form->kind == FORM_TRUE ? YES : NO;
        return 0;
    case FORM_ATOM:
        return diagram_atom(diagram, form->var, form->mask, out, err);
    case FORM_NOT:
        TRY(form_diagram(diagram, form->kids[0], &kid, err));
        return diagram_choose(diagram, kid, NO, YES, out, err);
    case FORM_AND:
    case FORM_OR:
        break;
    }
    for (size_t i = 0; i < form->n; i++) {
        TRY(form_diagram(diagram, form->kids[i], &kid, err));
        TRY((form->kind == FORM_AND ? both : either)(diagram, all, kid, &all, err));
    }
    *out = all;
    return 0;
}

/* fires[r]: gate, scope and `when`, and none of those that override it fires. */
static int arm_fires_diagram(struct diagram *diagram, const struct arm *arm, struct ajar_err *err)
{
    const struct version *version = arm->version;
    for (size_t i = 0; i < version->n_rules; i++) {
        uint32_t r = arm->order[i];
        diagram_ref fires;
        TRY(form_diagram(diagram, arm->rules[r], &fires, err));
        TRY(both(diagram, arm->scope_ref, fires, &fires, err));
        for (size_t j = 0; j < i; j++) {
            if (rule_overrides(version, arm->order[j], r)) {
                TRY(unless(diagram, fires, arm->fires[arm->order[j]], &fires, err));
            }
        }
        arm->fires[r] = fires;
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        diagram_ref holds;
        TRY(form_diagram(diagram, arm->superior[s], &holds, err));
        TRY(both(diagram, arm->scope_ref, holds, &arm->superior_ref[s], err));
    }
    return 0;
}

static int any_with_effect(struct diagram *diagram, size_t n, const struct rule rules[],
                           const diagram_ref fires[], enum effect effect, diagram_ref *out,
                           struct ajar_err *err)
{
    *out = NO;
    for (size_t r = 0; r < n; r++) {
        if (rules[r].effect == effect) {
            TRY(either(diagram, *out, fires[r], out, err));
        }
    }
    return 0;
}

static diagram_ref otherwise_terminal(enum effect otherwise)
{
    static const enum outcome of[] = {[EFFECT_CLOSED] = OUTCOME_CLOSED,
                                      [EFFECT_DISCRETION] = OUTCOME_DISCRETION,
                                      [EFFECT_OPEN] = OUTCOME_OPEN,
                                      [EFFECT_BAR] = OUTCOME_BARRED};
    return (diagram_ref)of[otherwise];
}

/* The answer within gate and scope, from the weakest effect to the strongest. */
static int arm_answer(struct diagram *diagram, const struct arm *arm, diagram_ref *out,
                      struct ajar_err *err)
{
    const struct version *version = arm->version;
    diagram_ref effect[EFFECT_BAR + 1], superior, closed, open, act;
    for (unsigned e = EFFECT_CLOSED; e <= EFFECT_BAR; e++) {
        TRY(any_with_effect(diagram, version->n_rules, version->rules, arm->fires, (enum effect)e,
                            &effect[e], err));
    }
    TRY(any_with_effect(diagram, version->n_superior, version->superior, arm->superior_ref,
                        EFFECT_OPEN, &superior, err));
    TRY(diagram_choose(diagram, superior, OUTCOME_CONFLICT, OUTCOME_CLOSED, &closed, err));
    act = otherwise_terminal(version->otherwise);
    act = act == OUTCOME_CLOSED ? closed : act;
    TRY(diagram_choose(diagram, effect[EFFECT_CLOSED], closed, act, &act, err));
    TRY(diagram_choose(diagram, effect[EFFECT_DISCRETION], OUTCOME_DISCRETION, act, &act, err));
    TRY(diagram_choose(diagram, effect[EFFECT_CLOSED], OUTCOME_CONFLICT, OUTCOME_OPEN, &open, err));
    TRY(diagram_choose(diagram, effect[EFFECT_OPEN], open, act, &act, err));
    return diagram_choose(diagram, effect[EFFECT_BAR], OUTCOME_BARRED, act, out, err);
}

static int arm_diagram(struct diagram *diagram, struct arm *arm, diagram_ref *outcome,
                       struct ajar_err *err)
{
    diagram_ref gate, scope, answer;
    TRY(form_diagram(diagram, arm->gate, &gate, err));
    if (arm->version == NULL) {
        arm->scope_ref = NO;
        return diagram_choose(diagram, gate, OUTCOME_NO_RULE, *outcome, outcome, err);
    }
    TRY(form_diagram(diagram, arm->scope, &scope, err));
    TRY(both(diagram, gate, scope, &arm->scope_ref, err));
    TRY(arm_fires_diagram(diagram, arm, err));
    TRY(arm_answer(diagram, arm, &answer, err));
    TRY(diagram_choose(diagram, scope, answer, OUTCOME_NOT_APPLICABLE, &answer, err));
    return diagram_choose(diagram, gate, answer, *outcome, outcome, err);
}

/* Nodes below a reference are marked; children come before their parents. */
static void sweep_mark(bool below[], diagram_ref ref)
{
    if (diagram_is_node(ref)) {
        below[ref - DIAGRAM_TERMINALS_MAX] = true;
    }
}

static void sweep_refs(struct instance *it, bool below[])
{
    sweep_mark(below, it->outcome);
    for (size_t a = 0; a < it->n_arms; a++) {
        const struct arm *arm = &it->arms[a];
        sweep_mark(below, arm->scope_ref);
        for (size_t r = 0; arm->version != NULL && r < arm->version->n_rules; r++) {
            sweep_mark(below, arm->fires[r]);
        }
        for (size_t s = 0; arm->version != NULL && s < arm->version->n_superior; s++) {
            sweep_mark(below, arm->superior_ref[s]);
        }
    }
}

static diagram_ref swept(const diagram_ref as[], diagram_ref ref)
{
    return diagram_is_node(ref) ? as[ref - DIAGRAM_TERMINALS_MAX] : ref;
}

static void sweep_rename(struct instance *it, const diagram_ref as[])
{
    it->outcome = swept(as, it->outcome);
    for (size_t a = 0; a < it->n_arms; a++) {
        struct arm *arm = &it->arms[a];
        arm->scope_ref = swept(as, arm->scope_ref);
        for (size_t r = 0; arm->version != NULL && r < arm->version->n_rules; r++) {
            arm->fires[r] = swept(as, arm->fires[r]);
        }
        for (size_t s = 0; arm->version != NULL && s < arm->version->n_superior; s++) {
            arm->superior_ref[s] = swept(as, arm->superior_ref[s]);
        }
    }
}

/* Copies the nodes that are still needed into a diagram of their own. */
static int sweep(struct arena *scratch, const struct diagram *from, struct diagram *to, size_t n,
                 struct instance out[], struct ajar_err *err)
{
    bool *below;
    diagram_ref *as;
    TRY_NEW(below, scratch, from->n_nodes, err);
    TRY_NEW(as, scratch, from->n_nodes, err);
    for (size_t i = 0; i < n; i++) {
        sweep_refs(&out[i], below);
    }
    for (size_t i = from->n_nodes; i-- > 0;) {
        const struct diagram_node *node = &from->nodes[i];
        for (unsigned c = 0; below[i] && c < from->classes[node->var]; c++) {
            sweep_mark(below, from->kids[node->kids + c]);
        }
    }
    for (size_t i = 0; i < from->n_nodes; i++) {
        const struct diagram_node *node = &from->nodes[i];
        diagram_ref kids[DIAGRAM_CLASSES_MAX];
        for (unsigned c = 0; below[i] && c < from->classes[node->var]; c++) {
            kids[c] = swept(as, from->kids[node->kids + c]);
        }
        if (below[i]) {
            TRY(diagram_make(to, node->var, kids, &as[i], err));
        }
    }
    for (size_t i = 0; i < n; i++) {
        sweep_rename(&out[i], as);
    }
    return 0;
}

int instance_diagram(struct arena *arena, struct arena *scratch, size_t n, struct instance out[],
                     struct ajar_err *err)
{
    uint8_t classes[DIAGRAM_VARS_MAX];
    struct diagram *draft, *kept;
    for (size_t v = 0; v < out[0].n_vars; v++) {
        classes[v] = (uint8_t)out[0].vars[v].n_classes;
    }
    TRY(diagram_open(&draft, scratch, out[0].n_vars, classes, err));
    TRY(diagram_open(&kept, arena, out[0].n_vars, classes, err));
    for (size_t i = 0; i < n; i++) {
        out[i].outcome = OUTCOME_NO_RULE;
        for (size_t a = out[i].n_arms; a-- > 0;) {
            TRY(arm_diagram(draft, &out[i].arms[a], &out[i].outcome, err));
        }
        out[i].diagram = kept;
    }
    return sweep(scratch, draft, kept, n, out, err);
}
