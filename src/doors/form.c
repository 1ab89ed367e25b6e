/* Conditions over classes, evaluated as they stand: no diagram, no cleverness. */
#include "instance_parts.h"

static int kleene_atom(const struct form *form, const uint64_t mask[])
{
    uint64_t in = mask[form->var] & form->mask;
    return in == 0 ? 0 : in == mask[form->var] ? 1 : -1;
}

/* And over the kids; or, where `stop` is 1, by the same table upside down. */
static int kleene_kids(const struct form *form, const uint64_t mask[], int stop)
{
    int out = !stop;
    for (size_t i = 0; i < form->n; i++) {
        int kid = form_kleene(form->kids[i], mask);
        if (kid == stop) {
            return stop;
        }
        out = kid == -1 ? -1 : out;
    }
    return out;
}

int form_kleene(const struct form *form, const uint64_t mask[])
{
    switch (form->kind) {
    case FORM_FALSE:
        return 0;
    case FORM_TRUE:
        return 1;
    case FORM_ATOM:
        return kleene_atom(form, mask);
    case FORM_NOT: {
        int kid = form_kleene(form->kids[0], mask);
        return kid == -1 ? -1 : !kid;
    }
    case FORM_AND:
        return kleene_kids(form, mask, 0);
    case FORM_OR:
        return kleene_kids(form, mask, 1);
    }
    return -1;
}

bool form_holds(const struct form *form, const uint8_t vector[])
{
    switch (form->kind) {
    case FORM_FALSE:
        return false;
    case FORM_TRUE:
        return true;
    case FORM_ATOM:
        return form->mask >> vector[form->var] & 1;
    case FORM_NOT:
        return !form_holds(form->kids[0], vector);
    case FORM_AND:
    case FORM_OR:
        for (size_t i = 0; i < form->n; i++) {
            if (form_holds(form->kids[i], vector) == (form->kind == FORM_OR)) {
                return form->kind == FORM_OR;
            }
        }
        return form->kind == FORM_AND;
    }
    return false;
}

void arm_fires(const struct arm *arm, const uint8_t vector[], bool fires[static RULES_RULES_MAX])
{
    bool overridden[RULES_RULES_MAX] = {false};
    size_t n = arm->version->n_rules;
    for (size_t i = 0; i < n; i++) {
        uint32_t r = arm->order[i];
        fires[r] = !overridden[r] && form_holds(arm->rules[r], vector);
        const struct rule *rule = &arm->version->rules[r];
        if (!fires[r] || (!rule->overrides_all && rule->n_overrides == 0)) {
            continue;
        }
        for (uint32_t other = 0; other < n; other++) {
            overridden[other] |= rule_overrides(arm->version, r, other);
        }
    }
}

static enum outcome outcome_of_effect(enum effect effect)
{
    switch (effect) {
    case EFFECT_BAR:
        return OUTCOME_BARRED;
    case EFFECT_OPEN:
        return OUTCOME_OPEN;
    case EFFECT_DISCRETION:
        return OUTCOME_DISCRETION;
    case EFFECT_CLOSED:
        break;
    }
    return OUTCOME_CLOSED;
}

static enum outcome walk_rules(const struct arm *arm, const uint8_t vector[])
{
    bool fires[RULES_RULES_MAX];
    bool effect[EFFECT_BAR + 1] = {false};
    arm_fires(arm, vector, fires);
    for (size_t r = 0; r < arm->version->n_rules; r++) {
        effect[arm->version->rules[r].effect] |= fires[r];
    }
    enum outcome act = outcome_of_effect(arm->version->otherwise);
    if (effect[EFFECT_BAR]) {
        act = OUTCOME_BARRED;
    } else if (effect[EFFECT_OPEN]) {
        act = effect[EFFECT_CLOSED] ? OUTCOME_CONFLICT : OUTCOME_OPEN;
    } else if (effect[EFFECT_DISCRETION]) {
        act = OUTCOME_DISCRETION;
    } else if (effect[EFFECT_CLOSED]) {
        act = OUTCOME_CLOSED;
    }
    for (size_t s = 0; act == OUTCOME_CLOSED && s < arm->version->n_superior; s++) {
        if (arm->version->superior[s].effect == EFFECT_OPEN &&
            form_holds(arm->superior[s], vector)) {
            return OUTCOME_CONFLICT;
        }
    }
    return act;
}

enum outcome instance_walk(const struct instance *instance, const uint8_t vector[])
{
    for (size_t a = 0; a < instance->n_arms; a++) {
        const struct arm *arm = &instance->arms[a];
        if (!form_holds(arm->gate, vector)) {
            continue;
        }
        if (arm->version == NULL) {
            return OUTCOME_NO_RULE;
        }
        return form_holds(arm->scope, vector) ? walk_rules(arm, vector) : OUTCOME_NOT_APPLICABLE;
    }
    return OUTCOME_NO_RULE;
}
