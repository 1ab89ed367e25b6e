/* Random doors made of forms over classes, and people before them. */
#ifndef TEST_DOORS_FLAT_MADE_H
#define TEST_DOORS_FLAT_MADE_H

#include "../base/unit.h"

#include <stdlib.h>

#include "flat_lanes.h"
#include "instance_parts.h"
#include "rng.h"

enum { VARS = 12, ARMS = 3, RULES = 9 };
#define ARENA ((size_t)256 << 20)

struct made {
    struct arena arena, scratch;
    struct rng rng;
    struct instance instance;
    struct version versions[ARMS];
    struct flat *flat;
};

static inline void *get(struct made *it, size_t n, size_t size)
{
    void *out = arena_get(&it->arena, n, size, NULL);
    assert_non_null(out);
    return out;
}

static inline uint64_t all_of(unsigned n_classes)
{
    return UINT64_MAX >> (64 - n_classes);
}

static inline struct form *form_random(struct made *it, unsigned depth)
{
    struct form *form = get(it, 1, sizeof *form);
    uint32_t what = rng_below(&it->rng, 20);
    if (what == 0) {
        form->kind = rng_below(&it->rng, 2) == 0 ? FORM_TRUE : FORM_FALSE;
    } else if (depth == 0 || what < 6) {
        form->kind = FORM_ATOM;
        form->var = rng_below(&it->rng, (uint32_t)it->instance.n_vars);
        /* any mask, also none, all, and bits that are no class */
        form->mask = rng_u64(&it->rng) &
                     (rng_below(&it->rng, 8) == 0 ? UINT64_MAX
                                                  : all_of(it->instance.vars[form->var].n_classes));
    } else {
        form->kind = what < 9 ? FORM_NOT : what < 15 ? FORM_AND : FORM_OR;
        form->n = form->kind == FORM_NOT ? 1 : rng_below(&it->rng, 5);
        form->kids = get(it, form->n, sizeof *form->kids);
        for (size_t i = 0; i < form->n; i++) {
            form->kids[i] = form_random(it, depth - 1);
        }
    }
    return form;
}

/* Half the rules of a version share a premise. */
static inline struct form *form_with_premise(struct made *it, struct form *premise, unsigned depth)
{
    struct form *form = form_random(it, depth);
    if (rng_below(&it->rng, 2) == 0) {
        struct form *both = get(it, 1, sizeof *both);
        *both = (struct form){.kind = FORM_AND, .n = 2, .kids = get(it, 2, sizeof *both->kids)};
        both->kids[0] = premise;
        both->kids[1] = form;
        form = both;
    }
    return form;
}

/* A rule overrides only later ones, so that there is no circle. */
static inline void overrides_random(struct made *it, struct version *version, uint32_t r)
{
    struct rule *rule = &version->rules[r];
    rule->overrides_all = r == 0 && rng_below(&it->rng, 4) == 0;
    rule->overrides = get(it, version->n_rules, sizeof *rule->overrides);
    for (uint32_t other = r + 1; other < version->n_rules; other++) {
        if (rng_below(&it->rng, 6) == 0) {
            rule->overrides[rule->n_overrides++] = other;
        }
    }
}

static inline void version_random(struct made *it, struct version *version, size_t n_rules)
{
    version->otherwise = (enum effect)rng_below(&it->rng, 4);
    version->n_rules = n_rules;
    version->rules = get(it, n_rules, sizeof *version->rules);
    version->n_superior = rng_below(&it->rng, 3);
    version->superior = get(it, version->n_superior, sizeof *version->superior);
    for (uint32_t r = 0; r < n_rules; r++) {
        version->rules[r].effect = (enum effect)rng_below(&it->rng, 4);
        overrides_random(it, version, r);
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        version->superior[s].effect = rng_below(&it->rng, 4) == 0 ? EFFECT_CLOSED : EFFECT_OPEN;
    }
}

static inline void arm_random(struct made *it, struct arm *arm, struct version *version,
                              size_t n_rules, unsigned depth)
{
    static const struct form always = {.kind = FORM_TRUE};
    struct form *premise = form_random(it, 1);
    arm->gate = it->instance.n_arms == 1 ? &always : form_random(it, 1);
    arm->scope = rng_below(&it->rng, 2) == 0 ? &always : form_random(it, 2);
    if (it->instance.n_arms > 1 && rng_below(&it->rng, 8) == 0) {
        return; /* no version holds */
    }
    arm->version = version;
    version_random(it, version, n_rules);
    arm->rules = get(it, n_rules, sizeof *arm->rules);
    arm->superior = get(it, version->n_superior, sizeof *arm->superior);
    arm->fires = get(it, n_rules, sizeof *arm->fires);
    arm->superior_ref = get(it, version->n_superior, sizeof *arm->superior_ref);
    assert_int_equal(version_order(&it->arena, version, &arm->order, NULL), 0);
    for (size_t r = 0; r < n_rules; r++) {
        arm->rules[r] = form_with_premise(it, premise, depth);
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        arm->superior[s] = form_random(it, 2);
    }
}

struct size {
    size_t vars, arms, rules;
    unsigned classes, depth;
};

static inline void make(struct made *it, uint32_t round, struct size most)
{
    *it = (struct made){.rng = rng_at(11, 0, round, 0)};
    arena_init(&it->arena, "a test", ARENA);
    arena_init(&it->scratch, "a test's scratch", ARENA);
    it->instance.n_vars = 1 + rng_below(&it->rng, (uint32_t)most.vars);
    it->instance.vars = get(it, it->instance.n_vars, sizeof *it->instance.vars);
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        bool wide = rng_below(&it->rng, 8) == 0;
        it->instance.vars[v].n_classes = 1 + rng_below(&it->rng, wide ? most.classes : 5);
    }
    it->instance.n_arms =
        rng_below(&it->rng, 2) == 0 ? 1 : rng_below(&it->rng, (uint32_t)most.arms + 1);
    it->instance.arms = get(it, it->instance.n_arms, sizeof *it->instance.arms);
    for (size_t a = 0; a < it->instance.n_arms; a++) {
        arm_random(it, &it->instance.arms[a], &it->versions[a],
                   rng_below(&it->rng, (uint32_t)most.rules + 1), most.depth);
    }
    assert_int_equal(flat_compile(&it->arena, &it->scratch, &it->instance, &it->flat, NULL), 0);
}

static inline void unmake(struct made *it)
{
    arena_free(&it->arena);
    arena_free(&it->scratch);
}

/* n people, each column in memory of exactly its size; `unknown` of 16 codes are none of the
 * classes. */
struct people {
    size_t n, n_columns;
    uint8_t *column[DIAGRAM_VARS_MAX];
};

static inline struct people people_random(struct made *it, size_t n, uint32_t unknown)
{
    struct people people = {.n = n, .n_columns = flat_columns(it->flat)};
    for (size_t c = 0; c < people.n_columns; c++) {
        unsigned n_classes = it->instance.vars[flat_column_var(it->flat, c)].n_classes;
        people.column[c] = malloc(n > 0 ? n : 1);
        assert_non_null(people.column[c]);
        for (size_t i = 0; i < n; i++) {
            uint32_t what = rng_below(&it->rng, 16);
            uint32_t none = n_classes + rng_below(&it->rng, 256 - n_classes);
            people.column[c][i] = what >= unknown ? (uint8_t)rng_below(&it->rng, n_classes)
                                  : what % 4 != 0 ? FLAT_UNKNOWN
                                                  : (uint8_t)none;
        }
    }
    return people;
}

static inline void people_free(struct people *people)
{
    for (size_t c = 0; c < people->n_columns; c++) {
        free(people->column[c]);
    }
}

#endif
