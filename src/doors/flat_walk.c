/* The answers of flat.h, a person at a time, from the forms themselves. */
#include <string.h>

#include "flat.h"
#include "instance_parts.h"

/* What is left of a door for one person: classes that may be, and what is found. */
struct walk {
    const struct instance *instance;
    uint64_t mask[DIAGRAM_VARS_MAX];
    unsigned outcomes;
    uint64_t *fired;
    size_t n_fired; /* rules passed so far */
};

static void walk_to(struct walk *walk, enum outcome outcome)
{
    walk->outcomes |= 1U << outcome;
}

static int walk_not(int a)
{
    return a == -1 ? -1 : !a;
}

static int walk_and(int a, int b)
{
    return a == 0 || b == 0 ? 0 : a == 1 && b == 1 ? 1 : -1;
}

static int walk_any(size_t n, const struct rule rules[], const int fires[], enum effect effect)
{
    int none = 1;
    for (size_t r = 0; r < n; r++) {
        none = rules[r].effect == effect ? walk_and(none, walk_not(fires[r])) : none;
    }
    return walk_not(none);
}

static void walk_closed(struct walk *walk, int superior)
{
    if (superior != 0) {
        walk_to(walk, OUTCOME_CONFLICT);
    }
    if (superior != 1) {
        walk_to(walk, OUTCOME_CLOSED);
    }
}

static void walk_default(struct walk *walk, enum effect otherwise, int superior)
{
    switch (otherwise) {
    case EFFECT_CLOSED:
        walk_closed(walk, superior);
        break;
    case EFFECT_DISCRETION:
        walk_to(walk, OUTCOME_DISCRETION);
        break;
    case EFFECT_OPEN:
        walk_to(walk, OUTCOME_OPEN);
        break;
    case EFFECT_BAR:
        walk_to(walk, OUTCOME_BARRED);
        break;
    }
}

static void walk_effects(struct walk *walk, const struct version *version, const int effect[],
                         int superior)
{
    if (effect[EFFECT_BAR] != 0) {
        walk_to(walk, OUTCOME_BARRED);
    }
    if (effect[EFFECT_BAR] == 1) {
        return;
    }
    if (effect[EFFECT_OPEN] != 0 && effect[EFFECT_CLOSED] != 0) {
        walk_to(walk, OUTCOME_CONFLICT);
    }
    if (effect[EFFECT_OPEN] != 0 && effect[EFFECT_CLOSED] != 1) {
        walk_to(walk, OUTCOME_OPEN);
    }
    if (effect[EFFECT_OPEN] == 1) {
        return;
    }
    if (effect[EFFECT_DISCRETION] != 0) {
        walk_to(walk, OUTCOME_DISCRETION);
    }
    if (effect[EFFECT_DISCRETION] == 1) {
        return;
    }
    if (effect[EFFECT_CLOSED] != 0) {
        walk_closed(walk, superior);
    }
    if (effect[EFFECT_CLOSED] != 1) {
        walk_default(walk, version->otherwise, superior);
    }
}

static void walk_fired(struct walk *walk, size_t n, const int fires[], bool inside)
{
    for (size_t r = 0; r < n; r++, walk->n_fired++) {
        walk->fired[walk->n_fired / 64] |= (uint64_t)(inside && fires[r] == 1)
                                           << walk->n_fired % 64;
    }
}

/* *superior: whether law above the act opens.  `fires` of the version's rules, then of that law. */
static void walk_rules(struct walk *walk, const struct arm *arm, int fires[], int *superior)
{
    size_t n = arm->version->n_rules;
    for (size_t i = 0; i < n; i++) {
        uint32_t r = arm->order[i];
        fires[r] = form_kleene(arm->rules[r], walk->mask);
        for (size_t j = 0; j < i; j++) {
            if (rule_overrides(arm->version, arm->order[j], r)) {
                fires[r] = walk_and(fires[r], walk_not(fires[arm->order[j]]));
            }
        }
    }
    for (size_t s = 0; s < arm->version->n_superior; s++) {
        fires[n + s] = form_kleene(arm->superior[s], walk->mask);
    }
    *superior = walk_any(arm->version->n_superior, arm->version->superior, fires + n, EFFECT_OPEN);
}

/* gate: whether the person is before this arm, 0 also where an earlier one has them. */
static void walk_arm(struct walk *walk, const struct arm *arm, int gate, bool reached)
{
    int fires[2 * RULES_RULES_MAX], effect[EFFECT_BAR + 1], superior, scope;
    const struct version *version = arm->version;
    if (version == NULL) {
        if (reached && gate != 0) {
            walk_to(walk, OUTCOME_NO_RULE);
        }
        return;
    }
    scope = form_kleene(arm->scope, walk->mask);
    walk_rules(walk, arm, fires, &superior);
    walk_fired(walk, version->n_rules + version->n_superior, fires, gate == 1 && scope == 1);
    if (!reached || gate == 0) {
        return;
    }
    if (scope != 1) {
        walk_to(walk, OUTCOME_NOT_APPLICABLE);
    }
    for (unsigned e = EFFECT_CLOSED; e <= EFFECT_BAR; e++) {
        effect[e] = walk_any(version->n_rules, version->rules, fires, (enum effect)e);
    }
    if (scope != 0) {
        walk_effects(walk, version, effect, superior);
    }
}

static void walk_person(struct walk *walk)
{
    bool reached = true;
    for (size_t a = 0; a < walk->instance->n_arms; a++) {
        const struct arm *arm = &walk->instance->arms[a];
        int gate = form_kleene(arm->gate, walk->mask);
        walk_arm(walk, arm, gate, reached);
        reached = reached && gate != 1;
    }
    if (reached) {
        walk_to(walk, OUTCOME_NO_RULE);
    }
}

void flat_walk(const struct flat *flat, const struct instance *instance, size_t n,
               const uint8_t *const column[], uint8_t *outcome, uint64_t *fired)
{
    size_t words = flat_fired_words(flat);
    for (size_t i = 0; i < n; i++) {
        struct walk walk = {.instance = instance, .fired = fired + i * words};
        memset(walk.fired, 0, words * sizeof *walk.fired);
        for (size_t v = 0; v < instance->n_vars; v++) {
            walk.mask[v] = mask_all(instance->vars[v].n_classes);
        }
        for (size_t c = 0; c < flat_columns(flat); c++) {
            uint32_t v = flat_column_var(flat, c);
            uint8_t code = column[c][i];
            walk.mask[v] = code < instance->vars[v].n_classes ? (uint64_t)1 << code : walk.mask[v];
        }
        walk_person(&walk);
        outcome[i] = (uint8_t)walk.outcomes;
    }
}
