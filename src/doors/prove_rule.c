/* Which rules hold for somebody, and which decide for somebody? */
#include "prove_parts.h"

#define NO ((diagram_ref)0)

static int claims_add(struct arena *arena, const struct version *version, bool superior,
                      struct rule_claims *out, struct ajar_err *err)
{
    size_t n = superior ? version->n_superior : version->n_rules;
    const struct rule *rules = superior ? version->superior : version->rules;
    for (uint32_t r = 0; r < n; r++) {
        if (!rules[r].own) {
            continue;
        }
        struct rule_claim *claim = &out->at[out->n++];
        *claim = (struct rule_claim){.version = version, .rule = r, .superior = superior};
        TRY_NEW(claim->covered, arena, version->n_rules, err);
        for (size_t s = 0; s < version->n_rules; s++) {
            claim->covered[s] = !superior && s != r;
        }
    }
    return 0;
}

int rule_claims_of(struct arena *arena, const struct door *door, struct rule_claims *out,
                   struct ajar_err *err)
{
    size_t n = 0;
    for (size_t v = 0; v < door->n_versions; v++) {
        n += door->versions[v].n_rules + door->versions[v].n_superior;
    }
    TRY_NEW(out->at, arena, n, err);
    out->n = 0;
    for (size_t v = 0; v < door->n_versions; v++) {
        TRY(claims_add(arena, &door->versions[v], false, out, err));
        TRY(claims_add(arena, &door->versions[v], true, out, err));
    }
    return 0;
}

static const struct rule *claim_rule(const struct rule_claim *claim)
{
    return claim->superior ? &claim->version->superior[claim->rule]
                           : &claim->version->rules[claim->rule];
}

/* The same rule in this version: itself, or taken over unchanged.  RULES_NONE: it is not there.  */
static uint32_t claim_in(const struct rule_claim *claim, const struct version *version)
{
    const struct rule *of = claim_rule(claim);
    size_t n = claim->superior ? version->n_superior : version->n_rules;
    const struct rule *rules = claim->superior ? version->superior : version->rules;
    if (version == claim->version) {
        return claim->rule;
    }
    for (uint32_t r = 0; r < n; r++) {
        if (!rules[r].own && rules[r].at.row == of->at.row && rules[r].at.at == of->at.at &&
            text_eq(rules[r].id, of->id)) {
            return r;
        }
    }
    return RULES_NONE;
}

/* One arm, in the region in which its version can hold.  */
struct rule_state {
    struct diagram *diagram;
    const struct arm *arm;
    diagram_ref region;                    /* with the scope */
    diagram_ref by_effect[EFFECT_BAR + 1]; /* some rule of the effect fires */
};

static int both(struct diagram *diagram, diagram_ref a, diagram_ref b, diagram_ref *out,
                struct ajar_err *err)
{
    return diagram_choose(diagram, a, b, NO, out, err);
}

/* Nobody is in a who is not in b.  */
static int lies_in(struct diagram *diagram, diagram_ref a, diagram_ref b, bool *out,
                   struct ajar_err *err)
{
    diagram_ref left;
    TRY(diagram_choose(diagram, b, NO, a, &left, err));
    *out = left == NO;
    return 0;
}

/* An OPEN rule is not stronger than a CLOSED one: the two are a conflict.  */
static bool effect_beats(enum effect strong, enum effect weak)
{
    return strong > weak && !(strong == EFFECT_OPEN && weak == EFFECT_CLOSED);
}

/* Whether the rule keeps some rule from firing that would fire for somebody.  */
static int rule_keeps_off(const struct rule_state *state, uint32_t r, bool *out,
                          struct ajar_err *err)
{
    const struct version *version = state->arm->version;
    const struct rule *rule = &version->rules[r];
    *out = false;
    for (uint32_t t = 0;
         (rule->overrides_all || rule->n_overrides > 0) && !*out && t < version->n_rules; t++) {
        diagram_ref meets;
        if (!rule_overrides(version, r, t)) {
            continue;
        }
        TRY(form_diagram(state->diagram, state->arm->rules[t], &meets, err));
        TRY(both(state->diagram, meets, state->arm->fires[r], &meets, err));
        TRY(both(state->diagram, meets, state->region, &meets, err));
        *out = meets != NO;
    }
    return 0;
}

static int refute_decides(struct rule_claim *claim, const struct rule_state *state, uint32_t r,
                          diagram_ref fires, struct ajar_err *err)
{
    diagram_ref stronger = NO;
    bool within;
    enum effect effect = state->arm->version->rules[r].effect;
    for (unsigned e = EFFECT_CLOSED; e <= EFFECT_BAR; e++) {
        if (effect_beats((enum effect)e, effect)) {
            TRY(diagram_choose(state->diagram, stronger, 1, state->by_effect[e], &stronger, err));
        }
    }
    TRY(lies_in(state->diagram, fires, stronger, &within, err));
    claim->decides |= !within;
    return 0;
}

static uint32_t rule_by_id(const struct version *version, struct text id)
{
    for (uint32_t r = 0; r < version->n_rules; r++) {
        if (text_eq(version->rules[r].id, id)) {
            return r;
        }
    }
    return RULES_NONE;
}

static int refute_covered(struct rule_claim *claim, const struct rule_state *state, uint32_t r,
                          diagram_ref fires, struct ajar_err *err)
{
    const struct version *here = state->arm->version;
    for (size_t i = 0; i < claim->version->n_rules; i++) {
        uint32_t s = !claim->covered[i]       ? RULES_NONE
                     : here == claim->version ? (uint32_t)i
                                              : rule_by_id(here, claim->version->rules[i].id);
        if (s == RULES_NONE) {
            claim->covered[i] = false;
            continue;
        }
        enum effect effect = here->rules[s].effect, own = here->rules[r].effect;
        if (effect != own && !effect_beats(effect, own)) {
            claim->covered[i] = false;
            continue;
        }
        TRY(lies_in(state->diagram, fires, state->arm->fires[s], &claim->covered[i], err));
    }
    return 0;
}

static int refute_rule(struct rule_claim *claim, const struct rule_state *state, uint32_t r,
                       struct ajar_err *err)
{
    diagram_ref holds, fires;
    bool keeps_off;
    claim->seen = true;
    if (!claim->holds) {
        TRY(form_diagram(state->diagram, state->arm->rules[r], &holds, err));
        TRY(both(state->diagram, holds, state->region, &holds, err));
        claim->holds = holds != NO;
    }
    TRY(both(state->diagram, state->arm->fires[r], state->region, &fires, err));
    claim->fires |= fires != NO;
    TRY(rule_keeps_off(state, r, &keeps_off, err));
    for (size_t i = 0; keeps_off && i < claim->version->n_rules; i++) {
        claim->decides = true;
        claim->covered[i] = false;
    }
    if (!claim->decides) {
        TRY(refute_decides(claim, state, r, fires, err));
    }
    return refute_covered(claim, state, r, fires, err);
}

static int state_effects(struct rule_state *state, struct ajar_err *err)
{
    const struct version *version = state->arm->version;
    for (size_t r = 0; r < version->n_rules; r++) {
        diagram_ref *sum = &state->by_effect[version->rules[r].effect];
        TRY(diagram_choose(state->diagram, state->arm->fires[r], 1, *sum, sum, err));
    }
    return 0;
}

int rules_refute(struct rule_claims *claims, const struct instance *instance, diagram_ref region,
                 struct ajar_err *err)
{
    struct rule_state state = {.diagram = instance->diagram, .arm = &instance->arms[0]};
    TRY(both(state.diagram, state.arm->scope_ref, region, &state.region, err));
    TRY(state_effects(&state, err));
    for (size_t i = 0; i < claims->n; i++) {
        struct rule_claim *claim = &claims->at[i];
        uint32_t r = claim_in(claim, state.arm->version);
        if (r == RULES_NONE) {
            continue;
        }
        if (!claim->superior) {
            TRY(refute_rule(claim, &state, r, err));
            continue;
        }
        diagram_ref holds;
        TRY(both(state.diagram, state.arm->superior_ref[r], region, &holds, err));
        claim->seen = claim->fires = claim->decides = true;
        claim->holds |= holds != NO;
    }
    return 0;
}

static void report_rule(struct faults *faults, const struct rule_claim *claim, enum err_code code,
                        const char *before, const struct rule *other, const char *after)
{
    const struct rule *rule = claim_rule(claim);
    struct text id = other == NULL ? (struct text){"", 0} : other->id;
    struct ajar_err *fault = faults_add(faults);
    err_at(fault, code, rule->at.file, rule->at.row, "when", rule->id, "%s%.*s%s", before,
           id.n < 60 ? (int)id.n : 60, id.at, after);
    fault->at = rule->at.at;
}

/* The claim about a rule that a version writes itself; NULL for one that is taken over.  */
static const struct rule_claim *claim_about(const struct rule_claims *claims,
                                            const struct version *version, size_t rule)
{
    for (size_t i = 0; i < claims->n; i++) {
        const struct rule_claim *claim = &claims->at[i];
        if (claim->version == version && claim->rule == rule && !claim->superior) {
            return claim;
        }
    }
    return NULL;
}

/* Of two rules that fire for the same people the later one is told.  */
static bool covers_back(const struct rule_claims *claims, const struct rule_claim *claim, size_t s)
{
    const struct rule_claim *other = claim_about(claims, claim->version, s);
    return s > claim->rule && other != NULL && other->covered[claim->rule];
}

static void report_covered(const struct rule_claims *claims, const struct rule_claim *claim,
                           struct faults *faults)
{
    const struct rule *rules = claim->version->rules;
    for (size_t s = 0; s < claim->version->n_rules; s++) {
        if (claim->covered[s] && rules[s].effect == rules[claim->rule].effect &&
            !covers_back(claims, claim, s)) {
            report_rule(faults, claim, E_DOORS_SHADOWED, "this rule says nothing that the rule ",
                        &rules[s], " of the same effect does not say already");
            return;
        }
    }
}

static void report_shadowed(const struct rule_claim *claim, struct faults *faults)
{
    const struct rule *rules = claim->version->rules;
    if (!claim->fires) {
        report_rule(faults, claim, E_DOORS_SHADOWED,
                    "this rule never fires: rules that override it are true wherever it is", NULL,
                    "");
        return;
    }
    for (size_t s = 0; s < claim->version->n_rules; s++) {
        if (claim->covered[s] && rules[s].effect != rules[claim->rule].effect) {
            report_rule(faults, claim, E_DOORS_SHADOWED,
                        "this rule never decides: wherever it fires, so does the stronger rule ",
                        &rules[s], "");
            return;
        }
    }
    report_rule(faults, claim, E_DOORS_SHADOWED,
                "this rule never decides: wherever it fires, a stronger rule fires as well", NULL,
                "");
}

void rules_report(const struct rule_claims *claims, struct faults *faults)
{
    for (size_t i = 0; i < claims->n; i++) {
        const struct rule_claim *claim = &claims->at[i];
        if (!claim->seen) {
            continue;
        }
        if (!claim->holds) {
            report_rule(faults, claim, E_DOORS_DEAD,
                        "this rule holds for nobody within the scope, on any day of its version",
                        NULL, "");
        } else if (!claim->decides) {
            report_shadowed(claim, faults);
        } else {
            report_covered(claims, claim, faults);
        }
    }
}
