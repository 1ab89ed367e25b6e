/* All slips of a version, each as a version of its own.  */
#include <string.h>

#include "mutant_slip.h"

#define MUTANTS_FIRST 64

const char *const mutant_words[] = {"drop rule",   "drop branch", "drop term",
                                    "drop member", "flip",        "shift"};

struct mutants {
    struct arena *arena;
    const struct rules *rules;
    uint32_t door, version;
    const struct version *of;
    size_t n, cap;
    struct mutant *at;
};

/* The next mutant, the version as it stands.  */
static int mutant_next(struct mutants *it, enum mutant_kind kind, uint32_t rule, bool superior,
                       struct mutant **out, struct ajar_err *err)
{
    if (it->n == it->cap) {
        struct mutant *wider;
        size_t cap = it->cap == 0 ? MUTANTS_FIRST : it->cap * 2;
        TRY_NEW(wider, it->arena, cap, err);
        if (it->n > 0) {
            memcpy(wider, it->at, it->n * sizeof *wider);
        }
        it->at = wider;
        it->cap = cap;
    }
    *out = &it->at[it->n++];
    **out = (struct mutant){.kind = kind,
                            .door = it->door,
                            .version = it->version,
                            .rule = rule,
                            .superior = superior,
                            .made = *it->of};
    return 0;
}

static int rules_copy(struct arena *arena, size_t n, const struct rule rules[], struct rule **out,
                      struct ajar_err *err)
{
    TRY_NEW(*out, arena, n, err);
    memcpy(*out, rules, n * sizeof **out);
    return 0;
}

/* Rules behind the one that is gone move up, and those that override them follow.  */
static int overrides_without(struct arena *arena, uint32_t gone, struct rule *rule,
                             struct ajar_err *err)
{
    const uint32_t *from = rule->overrides;
    size_t n = 0;
    TRY_NEW(rule->overrides, arena, rule->n_overrides, err);
    for (size_t i = 0; i < rule->n_overrides; i++) {
        if (from[i] != gone) {
            rule->overrides[n++] = from[i] - (from[i] > gone);
        }
    }
    rule->n_overrides = n;
    return 0;
}

static int mutant_drop(struct mutants *it, uint32_t rule, bool superior, struct ajar_err *err)
{
    struct mutant *mutant;
    TRY(mutant_next(it, MUTANT_DROP_RULE, rule, superior, &mutant, err));
    struct version *made = &mutant->made;
    struct rule **rules = superior ? &made->superior : &made->rules;
    size_t *n = superior ? &made->n_superior : &made->n_rules;
    TRY(rules_copy(it->arena, *n, *rules, rules, err));
    mutant->was = (*rules)[rule].id;
    memmove(*rules + rule, *rules + rule + 1, (*n - rule - 1) * sizeof **rules);
    --*n;
    for (size_t r = 0; !superior && r < *n; r++) {
        TRY(overrides_without(it->arena, rule, &(*rules)[r], err));
    }
    return 0;
}

static int mutant_slips(struct mutants *it, uint32_t rule, bool superior, const struct expr *when,
                        struct ajar_err *err)
{
    struct slips slips = {.arena = it->arena, .rules = it->rules};
    TRY(slips_of(&slips, when, err));
    for (size_t i = 0; i < slips.n; i++) {
        const struct slip *slip = &slips.at[i];
        struct mutant *mutant = NULL;
        TRY(mutant_next(it, slip->kind, rule, superior, &mutant, err));
        mutant->source = slip->source;
        mutant->at = slip->at;
        mutant->end = slip->end;
        mutant->was = slip->was;
        mutant->is = slip->is;
        if (rule == RULES_NONE) {
            mutant->made.scope = slip->root;
            continue;
        }
        struct rule **rules = superior ? &mutant->made.superior : &mutant->made.rules;
        TRY(rules_copy(it->arena, superior ? it->of->n_superior : it->of->n_rules, *rules, rules,
                       err));
        (*rules)[rule].when = slip->root;
    }
    return 0;
}

static int mutants_rules(struct mutants *it, bool superior, struct ajar_err *err)
{
    size_t n = superior ? it->of->n_superior : it->of->n_rules;
    const struct rule *rules = superior ? it->of->superior : it->of->rules;
    for (uint32_t r = 0; r < n; r++) {
        if (rules[r].own) {
            TRY(mutant_drop(it, r, superior, err));
            TRY(mutant_slips(it, r, superior, rules[r].when, err));
        }
    }
    return 0;
}

/* The door's own scope, and what same_as takes over, stand once in the file.  */
static bool scope_is_new(const struct door *door, uint32_t version)
{
    const struct rules_at *at = &door->versions[version].scope_at;
    for (uint32_t v = 0; v < version; v++) {
        const struct version *old = &door->versions[v];
        bool same_place = at->row > 0 && old->scope_at.row == at->row && old->scope_at.at == at->at;
        if (old->scope != NULL && (old->scope == door->versions[version].scope || same_place)) {
            return false;
        }
    }
    return door->versions[version].scope != NULL;
}

int mutants_of(struct arena *arena, const struct rules *rules, uint32_t door, uint32_t version,
               size_t *n, struct mutant **out, struct ajar_err *err)
{
    struct mutants it = {.arena = arena,
                         .rules = rules,
                         .door = door,
                         .version = version,
                         .of = &rules->doors[door].versions[version]};
    TRY(mutants_rules(&it, false, err));
    TRY(mutants_rules(&it, true, err));
    if (scope_is_new(&rules->doors[door], version)) {
        TRY(mutant_slips(&it, RULES_NONE, false, it.of->scope, err));
    }
    *n = it.n;
    *out = it.at;
    return 0;
}
