/* Which rules speak for the answer, how well proven, and what is to be said beside it. */
#include "decide_parts.h"

static uint8_t weaker(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

static uint8_t value_evidence(const struct fact_value *value)
{
    return value->known == KNOWN_YES ? value->evidence : (uint8_t)EVIDENCE_VERIFIED;
}

/* Of a fact; an age may stand in for the day of birth. */
static uint8_t fact_evidence(const struct rules *rules, const struct fact_value *values,
                             uint32_t fact)
{
    bool birth = fact == rules->fact_birth_date && rules->fact_age != RULES_NONE &&
                 values[fact].known != KNOWN_YES;
    return value_evidence(&values[birth ? rules->fact_age : fact]);
}

static uint8_t members_evidence(const struct rules *rules, const struct person *person,
                                const struct var *var)
{
    uint8_t out = EVIDENCE_VERIFIED;
    for (size_t m = 0; person->household_known && m < person->n_members; m++) {
        bool asked = text_is(var->quant->role, "member") ||
                     text_eq(var->quant->role, person->members[m].role);
        for (size_t v = 0; asked && v < var->inner->n_vars; v++) {
            const struct var *inner = &var->inner->vars[v];
            if (inner->kind == VAR_FACT || inner->kind == VAR_HAS) {
                out = weaker(out, fact_evidence(rules, person->members[m].values, inner->fact));
            }
        }
    }
    return out;
}

/* Stays and the size of a household are as the person says. */
static uint8_t var_evidence(const struct before *before, uint32_t v)
{
    const struct var *var = &before->instance->vars[v];
    const struct rules *rules = before->instance->rules;
    switch (var->kind) {
    case VAR_FACT:
    case VAR_HAS:
        return fact_evidence(rules, before->person->values, var->fact);
    case VAR_STAY_DAYS:
    case VAR_STAY_SINCE:
        return before->person->stays_known ? EVIDENCE_ASSERTED : EVIDENCE_VERIFIED;
    case VAR_QUANT:
        break;
    }
    return members_evidence(rules, before->person, var);
}

static uint8_t form_evidence(const struct before *before, const struct form *form)
{
    if (form->kind == FORM_ATOM) {
        return var_evidence(before, form->var);
    }
    uint8_t out = EVIDENCE_VERIFIED;
    for (size_t i = 0; i < form->n && out > EVIDENCE_ASSERTED; i++) {
        out = weaker(out, form_evidence(before, form->kids[i]));
    }
    return out;
}

/* Whether a rule of this effect speaks for one of the outcomes. */
static bool effect_decides(uint32_t outcomes, enum effect effect, bool superior)
{
    uint32_t conflict = (uint32_t)1 << OUTCOME_CONFLICT;
    if (superior) {
        return effect == EFFECT_OPEN && (outcomes & conflict) != 0;
    }
    switch (effect) {
    case EFFECT_BAR:
        return outcomes >> OUTCOME_BARRED & 1;
    case EFFECT_DISCRETION:
        return outcomes >> OUTCOME_DISCRETION & 1;
    case EFFECT_OPEN:
        return (outcomes & (conflict | (uint32_t)1 << OUTCOME_OPEN)) != 0;
    case EFFECT_CLOSED:
        break;
    }
    return (outcomes & (conflict | (uint32_t)1 << OUTCOME_CLOSED)) != 0;
}

static void marks_take(struct decision *out, char mark, enum transcription transcription)
{
    out->partial |= transcription == TRANSCRIPTION_PARTIAL;
    out->unread |= transcription == TRANSCRIPTION_UNREAD;
    out->unverified |= mark == 'K';
}

/* A rule whose reference takes 1 for the person fires, or may. */
static void fired_take(const struct before *before, uint32_t arm, uint32_t r, bool superior,
                       struct decision *out)
{
    const struct arm *of = &before->instance->arms[arm];
    const struct rule *rule = superior ? &of->version->superior[r] : &of->version->rules[r];
    const struct form *when = superior ? of->superior[r] : of->rules[r];
    diagram_ref ref = superior ? of->superior_ref[r] : of->fires[r];
    if (form_kleene(when, before->mask) == 0) {
        return; /* a no of Kleene's logic is one for sure, and spares most rules the diagram */
    }
    uint64_t reach = diagram_reach(before->instance->diagram, ref, before->mask, before->room);
    if ((reach & 2) == 0) {
        return;
    }
    struct fired *fired = &out->fired[out->n_fired++];
    *fired = (struct fired){
        .arm = arm,
        .rule = r,
        .superior = superior,
        .certain = reach == 2,
        .decides = effect_decides(out->outcomes, rule->effect, superior),
        .evidence = form_evidence(before, when),
    };
    if (fired->decides) {
        out->contested |= rule->contested.n > 0;
        marks_take(out, rule->mark, rule->transcription);
    }
}

/* Whether the arm may be the person's. */
static bool arm_concerns(const struct before *before, const struct arm *arm)
{
    return arm->version != NULL && form_kleene(arm->gate, before->mask) != 0;
}

int decide_fired(const struct before *before, struct decision *out, struct ajar_err *err)
{
    const struct instance *instance = before->instance;
    size_t most = 0;
    for (size_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        most += version == NULL ? 0 : version->n_rules + version->n_superior;
    }
    TRY_NEW(out->fired, before->arena, most, err);
    for (uint32_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        if (!arm_concerns(before, &instance->arms[a])) {
            continue;
        }
        marks_take(out, version->mark, version->transcription);
        for (uint32_t r = 0; r < version->n_rules; r++) {
            fired_take(before, a, r, false, out);
        }
        for (uint32_t s = 0; s < version->n_superior; s++) {
            fired_take(before, a, s, true, out);
        }
    }
    return 0;
}

/* A practice of the door stands in each of its versions: once is enough. */
static bool practice_in(const struct decision *out, const struct practice *practice)
{
    for (size_t i = 0; i < out->n_practice; i++) {
        const struct rules_at *a = &out->practice[i]->at, *b = &practice->at;
        if (a->file == b->file && a->row == b->row && a->at == b->at) {
            return true;
        }
    }
    return false;
}

static int arm_practice(const struct before *before, const struct arm *arm, struct decision *out,
                        struct ajar_err *err)
{
    date_days on = before->instance->on;
    for (size_t p = 0; p < arm->version->n_practice; p++) {
        const struct practice *practice = &arm->version->practice[p];
        bool now = practice->from <= on && (practice->to == DATE_NONE || on < practice->to);
        int concerns = 1;
        if (!now || practice_in(out, practice)) {
            continue;
        }
        if (arm->practice[p] != NULL) {
            TRY(question_answer(before->scratch, before->instance->rules, on, arm->practice[p],
                                before->person, before->since, &concerns, err));
        }
        if (concerns != 0) {
            out->practice[out->n_practice++] = practice;
        }
    }
    return 0;
}

int decide_practice(const struct before *before, struct decision *out, struct ajar_err *err)
{
    const struct instance *instance = before->instance;
    size_t most = 0;
    for (size_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        most += version == NULL ? 0 : version->n_practice;
    }
    TRY_NEW(out->practice, before->arena, most, err);
    for (size_t a = 0; a < instance->n_arms; a++) {
        if (arm_concerns(before, &instance->arms[a])) {
            TRY(arm_practice(before, &instance->arms[a], out, err));
        }
    }
    return 0;
}
