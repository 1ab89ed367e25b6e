#include "programme_rules.h"

#include "place_pairs.h"

static const struct programme_broken kept = {PROGRAMME_ALLOWED, 0};

static bool rules_expired(const struct programme_rules *rules, uint32_t household, uint32_t lot)
{
    date_days until = rules->until[lot];
    return until != DATE_NONE && (until < rules->on || until < rules->ready[household]);
}

static bool rules_door(const struct programme_rules *rules, uint32_t household, uint32_t lot)
{
    uint64_t state = rules->state_of[lot];
    if (rules->eligible.first == NULL) {
        return false;
    }
    return state == PLACE_NONE || programme_relation_find(&rules->eligible, household, state << 32,
                                                          (state + 1) << 32) == UINT64_MAX;
}

static struct programme_broken rules_feature(const struct programme_rules *rules,
                                             uint32_t household, uint32_t lot)
{
    const struct programme_relation *requires = &rules->requires;
    if (requires->first == NULL) {
        return kept;
    }
    for (uint64_t i = requires->first[household]; i < requires->first[household + 1]; i++) {
        uint64_t feature = requires->key[i];
        if (programme_relation_find(&rules->features, lot, feature, feature + 1) == UINT64_MAX) {
            return (struct programme_broken){PROGRAMME_FEATURE, feature};
        }
    }
    return kept;
}

/* Whether one of the household's values of a trait is among those that the lot takes. */
static bool rules_takes(const struct programme_rules *rules, uint32_t household, uint32_t lot,
                        uint64_t trait)
{
    const struct programme_relation *traits = &rules->traits;
    uint64_t below = (trait + 1) << 32;
    uint64_t at = programme_relation_find(traits, household, trait << 32, below);
    if (at == UINT64_MAX) {
        return false;
    }
    for (; at < traits->first[household + 1] && traits->key[at] < below; at++) {
        uint64_t key = traits->key[at];
        if (programme_relation_find(&rules->conditions, lot, key, key + 1) != UINT64_MAX) {
            return true;
        }
    }
    return false;
}

static struct programme_broken rules_condition(const struct programme_rules *rules,
                                               uint32_t household, uint32_t lot)
{
    const struct programme_relation *conditions = &rules->conditions;
    uint64_t at = programme_relation_find(conditions, lot, 0, UINT64_MAX);
    while (at != UINT64_MAX) {
        uint64_t trait = conditions->key[at] >> 32;
        if (!rules_takes(rules, household, lot, trait)) {
            return (struct programme_broken){PROGRAMME_CONDITION, trait};
        }
        at = programme_relation_find(conditions, lot, (trait + 1) << 32, UINT64_MAX);
    }
    return kept;
}

static struct programme_broken rules_orders(const struct programme_rules *rules, uint32_t household,
                                            uint32_t lot)
{
    uint64_t place = rules->place_of[lot];
    uint64_t at = programme_relation_find(&rules->vetoes, household, place << 1, (place + 1) << 1);
    if (at != UINT64_MAX) {
        return (struct programme_broken){PROGRAMME_VETO, at};
    }
    at = programme_relation_find(&rules->forbids, household, lot, (uint64_t)lot + 1);
    if (at != UINT64_MAX) {
        return (struct programme_broken){PROGRAMME_FORBID, at};
    }
    return kept;
}

static struct programme_broken rules_given(const struct programme_rules *rules, uint32_t household,
                                           uint32_t lot)
{
    if (rules_expired(rules, household, lot)) {
        return (struct programme_broken){PROGRAMME_EXPIRED, lot};
    }
    if (rules_door(rules, household, lot)) {
        return (struct programme_broken){PROGRAMME_DOOR, rules->state_of[lot]};
    }
    struct programme_broken broken = rules_feature(rules, household, lot);
    if (broken.why == PROGRAMME_ALLOWED) {
        broken = rules_condition(rules, household, lot);
    }
    return broken.why == PROGRAMME_ALLOWED ? rules_orders(rules, household, lot) : broken;
}

struct programme_broken programme_rules_look(const struct programme_rules *rules,
                                             const struct place_problem *problem,
                                             uint32_t household, uint32_t locality)
{
    struct programme_broken broken = rules->any ? rules_given(rules, household, locality) : kept;
    if (broken.why != PROGRAMME_ALLOWED || place_pairs_fit(problem, household, locality)) {
        return broken;
    }
    uint32_t r = 0;
    while (place_need(problem, household, r) <= place_capacity(problem, locality, r)) {
        r++;
    }
    return (struct programme_broken){PROGRAMME_SMALL, r};
}

struct programme_reason programme_rules_reason(const struct programme_rules *rules,
                                               const struct place_names *names,
                                               struct programme_broken broken)
{
    struct programme_reason reason = {broken.why, {"", 0}};
    switch (broken.why) {
    case PROGRAMME_EXPIRED:
        reason.what = rules->until_word[broken.what];
        break;
    case PROGRAMME_DOOR:
        if (broken.what != PLACE_NONE) {
            reason.what = rules->state[broken.what];
        }
        break;
    case PROGRAMME_FEATURE:
        reason.what = rules->feature[broken.what];
        break;
    case PROGRAMME_CONDITION:
        reason.what = rules->trait[broken.what];
        break;
    case PROGRAMME_VETO:
        reason.what = rules->veto_reason[rules->vetoes.of[broken.what]];
        break;
    case PROGRAMME_FORBID:
        reason.what = rules->forbid_reason[rules->forbids.of[broken.what]];
        break;
    case PROGRAMME_SMALL:
        reason.what = names->resource[broken.what];
        break;
    case PROGRAMME_ALLOWED:
    case PROGRAMME_NO_SCORE:
        break;
    }
    return reason;
}
