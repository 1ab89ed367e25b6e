/* Versions, rules that fire, outcomes. */
#include "brute.h"

#include "unit.h"

#define NONE_HOLDS MOMENT_NEVER

/* ---- which version holds ---- */

struct held {
    moment from, to;
    bool exists, open;
};

static moment end_announced(const struct version *version, date_days known)
{
    moment to = MOMENT_NEVER;
    date_days newest = DATE_NONE;
    for (size_t i = 0; i < version->n_ends; i++) {
        if (version->ends[i].known <= known && version->ends[i].known >= newest) {
            newest = version->ends[i].known;
            to = version->ends[i].to;
        }
    }
    return to;
}

static struct held held_alone(const struct brute *it, size_t v, struct text way)
{
    const struct version *version = &it->door->versions[v];
    struct held out = {NONE_HOLDS, end_announced(version, it->known), version->known <= it->known,
                       false};
    out.open = out.to == MOMENT_NEVER;
    if (version->after_other) {
        const struct version *other = &it->door->versions[version->after];
        out.from = other->known <= it->known ? end_announced(other, it->known) : NONE_HOLDS;
    } else if (!version->by_crossing) {
        out.from = version->start_at[0];
    }
    for (size_t i = 0; version->by_crossing && i < version->n_starts; i++) {
        if (text_eq(names_word(it->rules->names, version->crossing[i]), way)) {
            out.from = version->start_at[i];
        }
    }
    out.exists = out.exists && out.from < out.to && out.from != NONE_HOLDS;
    return out;
}

/* Its span after those that replace it by name, and those known later (of one day's: that start later)
 * where it has no end of its own. */
static struct held held_among(const struct brute *it, size_t v, size_t n, const struct held alone[])
{
    const struct door *door = it->door;
    struct held out = alone[v];
    for (size_t by = 0; by < n; by++) {
        bool later =
            door->versions[by].known > door->versions[v].known ||
            (door->versions[by].known == door->versions[v].known && alone[by].from > alone[v].from);
        bool named = door->versions[by].replaces == (int32_t)v;
        if (by == v || !alone[by].exists || !(named || (alone[v].open && later))) {
            continue;
        }
        if (named || alone[by].from >= alone[v].from) {
            out.to = alone[by].from < out.to ? alone[by].from : out.to;
        } else {
            out.from = alone[by].to > out.from ? alone[by].to : out.from;
        }
    }
    return out;
}

static size_t version_of_way(const struct brute *it, struct text way, bool *twice)
{
    struct held alone[128];
    size_t found = it->door->n_versions;
    for (size_t v = 0; v < it->door->n_versions; v++) {
        alone[v] = held_alone(it, v, way);
    }
    for (size_t v = 0; v < it->door->n_versions; v++) {
        struct held held = held_among(it, v, it->door->n_versions, alone);
        if (held.exists && held.from <= it->at && it->at < held.to) {
            *twice = *twice || found != it->door->n_versions;
            found = v;
        }
    }
    return found;
}

/* ---- conditions as trees that remember ---- */

static void *got(struct brute *it, size_t n, size_t size)
{
    void *out = arena_get(it->arena, n, size, NULL);
    assert_non_null(out);
    return out;
}

static size_t slot_of_stays(const struct brute *it, struct text country)
{
    for (size_t i = 0; i < it->n_stays; i++) {
        if (text_eq(it->stays[i], country)) {
            return it->rules->n_facts + i;
        }
    }
    return SIZE_MAX;
}

static size_t slot_of_household(const struct brute *it)
{
    return it->n_slots - 1;
}

static size_t slot_of(struct brute *it, const struct expr *expr)
{
    if (expr->kind == EXPR_QUANT) {
        return slot_of_household(it);
    }
    if (expr->fact.kind == EXPR_STAY_DAYS || expr->fact.kind == EXPR_STAY_SINCE) {
        size_t slot = slot_of_stays(it, expr->fact.name);
        if (slot == SIZE_MAX) {
            assert_true(it->n_stays < BRUTE_CHILDS);
            it->stays[it->n_stays] = expr->fact.name;
            slot = it->rules->n_facts + it->n_stays++;
        }
        return slot;
    }
    return brute_fact(it->rules, brute_asks_age(it->rules, &expr->fact) ? TEXT_LIT("birth_date")
                                                                        : expr->fact.name);
}

/* A quantifier over the applicant reads the person's own facts, with those of the household: it stays a
 * tree.  Every other one is a leaf of the household. */
static bool tree_goes_on(const struct expr *expr)
{
    return expr->kind == EXPR_AND || expr->kind == EXPR_OR || expr->kind == EXPR_NOT ||
           (expr->kind == EXPR_QUANT && text_is(expr->role, "applicant"));
}

static struct brute_node *node_of(struct brute *it, const struct expr *expr,
                                  struct brute_node *parent)
{
    struct brute_node *node = got(it, 1, sizeof *node);
    *node = (struct brute_node){.expr = expr, .parent = parent};
    if (tree_goes_on(expr)) {
        node->kids = got(it, expr->n, sizeof *node->kids);
        for (size_t i = 0; i < expr->n; i++) {
            node->kids[i] = node_of(it, expr->kids[i], node);
        }
        return node;
    }
    node->slot = slot_of(it, expr);
    node->next = it->slots[node->slot].leaves;
    it->slots[node->slot].leaves = node;
    return node;
}

static bool named_by(const struct rule *rule, size_t what)
{
    for (size_t i = 0; i < rule->n_overrides; i++) {
        if (rule->overrides[i] == what) {
            return true;
        }
    }
    return false;
}

/* `all` spares those that override it by name. */
static void arm_overrides(struct brute *it, struct brute_arm *arm)
{
    const struct rule *rules = arm->version->rules;
    size_t n = arm->version->n_rules;
    arm->n_over = got(it, n, sizeof *arm->n_over);
    arm->over = got(it, n, sizeof *arm->over);
    for (size_t r = 0; r < n; r++) {
        arm->over[r] = got(it, n, sizeof **arm->over);
        for (uint32_t by = 0; by < n; by++) {
            if (named_by(&rules[by], r) ||
                (rules[by].overrides_all && by != r && !named_by(&rules[r], by))) {
                arm->over[r][arm->n_over[r]++] = by;
            }
        }
    }
}

static const struct brute_arm *arm_of(struct brute *it, const struct version *version)
{
    struct brute_arm *arm = got(it, 1, sizeof *arm);
    arm->version = version;
    arm->scope = version->scope == NULL ? NULL : node_of(it, version->scope, NULL);
    arm->rules = got(it, version->n_rules, sizeof *arm->rules);
    arm->superior = got(it, version->n_superior, sizeof *arm->superior);
    for (size_t r = 0; r < version->n_rules; r++) {
        arm->rules[r] = node_of(it, version->rules[r].when, NULL);
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        arm->superior[s] = node_of(it, version->superior[s].when, NULL);
    }
    arm_overrides(it, arm);
    return arm;
}

bool brute_open(struct brute *out, struct arena *arena, const struct rules *rules, uint32_t door,
                moment at, date_days known)
{
    bool twice = false;
    uint32_t crossing = brute_fact(rules, TEXT_LIT("crossing"));
    *out = (struct brute){.arena = arena,
                          .rules = rules,
                          .door = &rules->doors[door],
                          .at = at,
                          .known = known,
                          .crossing = crossing};
    out->on = (date_days)((at - (at % MOMENT_DAY + MOMENT_DAY) % MOMENT_DAY) / MOMENT_DAY);
    out->n_ways = crossing == RULES_NONE ? 1 : rules->facts[crossing].n_values;
    out->arm_of = got(out, out->n_ways, sizeof *out->arm_of);
    out->stays = got(out, BRUTE_CHILDS, sizeof *out->stays);
    out->n_slots = rules->n_facts + BRUTE_CHILDS + 1;
    out->slots = got(out, out->n_slots, sizeof *out->slots);
    for (size_t s = 0; s < out->n_slots; s++) {
        out->slots[s].id = BRUTE_NO_ID;
    }
    for (size_t w = 0; w < out->n_ways; w++) {
        struct text way = crossing == RULES_NONE
                              ? TEXT_LIT("")
                              : names_word(rules->names, rules->facts[crossing].values[w]);
        size_t v = version_of_way(out, way, &twice);
        for (size_t o = 0; v < out->door->n_versions && o < w && out->arm_of[w] == NULL; o++) {
            bool same =
                out->arm_of[o] != NULL && out->arm_of[o]->version == &out->door->versions[v];
            out->arm_of[w] = same ? out->arm_of[o] : NULL;
        }
        if (v < out->door->n_versions && out->arm_of[w] == NULL) {
            out->arm_of[w] = arm_of(out, &out->door->versions[v]);
        }
    }
    return !twice;
}

/* ---- one person ---- */

static void slot_set(struct brute_slot *slot, size_t id, bool hidden)
{
    slot->id = id < BRUTE_IDS ? id : BRUTE_NO_ID;
    slot->hidden = hidden;
    for (struct brute_node *leaf = slot->leaves; leaf != NULL; leaf = leaf->next) {
        for (struct brute_node *node = leaf; node != NULL && node->known; node = node->parent) {
            node->known = false;
        }
    }
}

static void slot_touch(struct brute_slot *slot, size_t id)
{
    slot_set(slot, id, false);
}

void brute_forget(struct brute *it)
{
    for (size_t s = 0; s < it->n_slots; s++) {
        slot_set(&it->slots[s], BRUTE_NO_ID, it->slots[s].hidden);
    }
}

void brute_person(struct brute *it, const struct person *person)
{
    it->person = person;
    brute_forget(it);
}

void brute_touch_fact(struct brute *it, uint32_t fact, size_t id)
{
    slot_touch(&it->slots[fact], id);
}

void brute_touch_stays(struct brute *it, struct text country, size_t id)
{
    size_t slot = slot_of_stays(it, country);
    if (slot != SIZE_MAX) {
        slot_touch(&it->slots[slot], id);
    }
}

void brute_touch_household(struct brute *it, size_t id)
{
    slot_touch(&it->slots[slot_of_household(it)], id);
}

void brute_hide_fact(struct brute *it, uint32_t fact)
{
    slot_set(&it->slots[fact], BRUTE_NO_ID, true);
}

void brute_hide_stays(struct brute *it, struct text country)
{
    size_t slot = slot_of_stays(it, country);
    if (slot != SIZE_MAX) {
        slot_set(&it->slots[slot], BRUTE_NO_ID, true);
    }
}

void brute_hide_household(struct brute *it)
{
    slot_set(&it->slots[slot_of_household(it)], BRUTE_NO_ID, true);
}

static bool leaf_holds(struct brute *it, struct brute_node *leaf)
{
    size_t id = it->slots[leaf->slot].id;
    if (id == BRUTE_NO_ID) {
        return brute_condition(it->rules, it->person, it->on, leaf->expr);
    }
    if (leaf->kept == NULL) {
        leaf->kept = got(it, BRUTE_IDS, 1);
    }
    if (leaf->kept[id] == 0) {
        leaf->kept[id] = (uint8_t)(1 + brute_condition(it->rules, it->person, it->on, leaf->expr));
    }
    return leaf->kept[id] == 2;
}

static int8_t three(bool no, bool yes)
{
    return no ? 0 : yes ? 1 : -1;
}

/* All kids are looked at: one that is not would not know that it has to be touched. */
static int8_t node_truth(struct brute *it, struct brute_node *node)
{
    if (node->known) {
        return node->truth;
    }
    if (node->kids == NULL) {
        bool hidden = it->slots[node->slot].hidden;
        node->truth = hidden ? -1 : leaf_holds(it, node);
    } else {
        size_t yes = 0, no = 0, n = node->expr->n;
        for (size_t i = 0; i < n; i++) {
            int8_t kid = node_truth(it, node->kids[i]);
            yes += kid == 1;
            no += kid == 0;
        }
        switch (node->expr->kind) {
        case EXPR_AND:
            node->truth = three(no > 0, yes == n);
            break;
        case EXPR_OR:
            node->truth = three(no == n, yes > 0);
            break;
        case EXPR_NOT:
            node->truth = three(yes == 1, no == 1);
            break;
        default: {
            int64_t least = node->expr->quant == EXPR_COUNT ? node->expr->at_least : 1;
            node->truth = three(1 - (int64_t)no < least, (int64_t)yes >= least);
        }
        }
    }
    node->known = true;
    return node->truth;
}

static const struct brute_arm *arm_now(const struct brute *it)
{
    if (it->crossing == RULES_NONE) {
        return it->arm_of[0];
    }
    for (size_t w = 0; w < it->n_ways; w++) {
        if (it->rules->facts[it->crossing].values[w] == it->person->values[it->crossing].literal) {
            return it->arm_of[w];
        }
    }
    fail_msg("a way of crossing that is none");
    return NULL;
}

const struct version *brute_version(const struct brute *it)
{
    const struct brute_arm *arm = arm_now(it);
    return arm == NULL ? NULL : arm->version;
}

/* True, and overridden by none that fires. */
static int8_t fires(struct brute *it, const struct brute_arm *arm, size_t r)
{
    int8_t out = node_truth(it, arm->rules[r]);
    for (size_t i = 0; out != 0 && i < arm->n_over[r]; i++) {
        int8_t over = fires(it, arm, arm->over[r][i]);
        out = over == 1 ? 0 : over == -1 ? -1 : out;
    }
    return out;
}

bool brute_fires(struct brute *it, size_t r)
{
    const struct brute_arm *arm = arm_now(it);
    bool within = arm != NULL && (arm->scope == NULL || node_truth(it, arm->scope) == 1);
    return within && fires(it, arm, r) == 1;
}

#define BIT(outcome) (1u << (outcome))

/* What the version gives those within its scope. */
static unsigned outcomes_of_rules(struct brute *it, const struct brute_arm *arm)
{
    static const unsigned otherwise[] = {[EFFECT_CLOSED] = BIT(OUTCOME_CLOSED),
                                         [EFFECT_DISCRETION] = BIT(OUTCOME_DISCRETION),
                                         [EFFECT_OPEN] = BIT(OUTCOME_OPEN)};
    bool sure[4] = {false}, may[4] = {false}, free = false, may_free = false;
    for (size_t r = 0; r < arm->version->n_rules; r++) {
        int8_t here = fires(it, arm, r);
        sure[arm->version->rules[r].effect] |= here == 1;
        may[arm->version->rules[r].effect] |= here != 0;
    }
    for (size_t s = 0; s < arm->version->n_superior; s++) {
        int8_t here = node_truth(it, arm->superior[s]);
        free |= here == 1;
        may_free |= here != 0;
    }
    unsigned out = may[EFFECT_BAR] ? BIT(OUTCOME_BARRED) : 0;
    if (sure[EFFECT_BAR]) {
        return out;
    }
    if (may[EFFECT_OPEN]) {
        out |= sure[EFFECT_CLOSED] ? 0 : BIT(OUTCOME_OPEN);
        out |= may[EFFECT_CLOSED] ? BIT(OUTCOME_CONFLICT) : 0;
    }
    if (sure[EFFECT_OPEN]) {
        return out;
    }
    out |= may[EFFECT_DISCRETION] ? BIT(OUTCOME_DISCRETION) : 0;
    if (sure[EFFECT_DISCRETION]) {
        return out;
    }
    unsigned rest = may[EFFECT_CLOSED] ? BIT(OUTCOME_CLOSED) : 0;
    rest |= sure[EFFECT_CLOSED] ? 0 : otherwise[arm->version->otherwise];
    if ((rest & BIT(OUTCOME_CLOSED)) != 0) {
        rest |= may_free ? BIT(OUTCOME_CONFLICT) : 0;
        rest &= free ? ~BIT(OUTCOME_CLOSED) : ~0u;
    }
    return out | rest;
}

static unsigned outcomes_of_arm(struct brute *it, const struct brute_arm *arm)
{
    int8_t scope = arm == NULL || arm->scope == NULL ? 1 : node_truth(it, arm->scope);
    if (arm == NULL) {
        return BIT(OUTCOME_NO_RULE);
    }
    return (scope != 1 ? BIT(OUTCOME_NOT_APPLICABLE) : 0) |
           (scope != 0 ? outcomes_of_rules(it, arm) : 0);
}

unsigned brute_outcomes(struct brute *it)
{
    unsigned out = 0;
    if (it->crossing == RULES_NONE || !it->slots[it->crossing].hidden) {
        return outcomes_of_arm(it, arm_now(it));
    }
    for (size_t w = 0; w < it->n_ways; w++) {
        out |= w > 0 && it->arm_of[w] == it->arm_of[w - 1] ? 0 : outcomes_of_arm(it, it->arm_of[w]);
    }
    return out;
}

enum outcome brute_outcome(struct brute *it)
{
    unsigned out = brute_outcomes(it);
    assert_true(out != 0 && (out & (out - 1)) == 0);
    return (enum outcome)__builtin_ctz(out);
}
