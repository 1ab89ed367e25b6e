/* Random small doors with a random person, for opening sets: variables, proofs, rules as forms, the
 * diagram made of them and, apart from it, the list of vectors that are OPEN. */
#ifndef TEST_DOORS_DOOR_MADE_H
#define TEST_DOORS_DOOR_MADE_H

#include "table_random.h"

#include "opening.h"

#define VARS    5
#define CLASSES 4
#define VECTORS 128
#define VALUES  6
#define PROOFS  4
#define SETS    4096

struct bits {
    uint64_t at[2];
};

struct door_made {
    struct arena arena, scratch;
    struct rng rng;
    struct shape shape;
    struct rules rules;
    struct fact facts[VARS];
    struct proof proofs[VARS][PROOFS];
    name_id values[VARS][VALUES], for_values[VARS][PROOFS][VALUES];
    struct var vars[VARS];
    uint8_t class_of[VARS][VALUES];
    struct instance instance;
    struct bits open;                   /* by the forms, vector by vector */
    struct bits in[VARS][1 << CLASSES]; /* vectors whose variable is in the mask */
    uint64_t mask[VARS];
    uint8_t asked[VARS];
};

static inline void make_shape(struct door_made *it)
{
    size_t least = rng_below(&it->rng, 10) == 0 ? 1 : 12;
    do {
        it->shape = shape_random(&it->rng, VARS, CLASSES);
    } while (it->shape.n_vectors > VECTORS || it->shape.n_vectors < least);
}

static inline void make_proofs(struct door_made *it, size_t v)
{
    struct fact *fact = &it->facts[v];
    fact->n_proofs = rng_below(&it->rng, PROOFS + 1);
    fact->proofs = it->proofs[v];
    for (size_t p = 0; p < fact->n_proofs; p++) {
        struct proof *proof = &it->proofs[v][p];
        *proof = (struct proof){.days = (int32_t)rng_below(&it->rng, 3) * 10,
                                .cents = rng_below(&it->rng, 3) * 500,
                                .contacts_origin = rng_below(&it->rng, 3) == 0,
                                .for_values = it->for_values[v][p]};
        for (size_t k = 0; rng_below(&it->rng, 2) == 0 && k < fact->n_values; k++) {
            if (rng_below(&it->rng, 2) == 0) {
                proof->for_values[proof->n_for++] = it->values[v][k];
            }
        }
    }
}

/* Half of the variables are facts of literals, the others numbers, sets, stays and households. */
static inline void make_var(struct door_made *it, size_t v)
{
    struct fact *fact = &it->facts[v];
    struct var *var = &it->vars[v];
    uint32_t what = rng_below(&it->rng, 8);
    *fact = (struct fact){.type = FACT_ENUM, .actionable = rng_below(&it->rng, 2) == 0};
    *var = (struct var){.kind = VAR_FACT, .fact = (uint32_t)v, .n_classes = it->shape.classes[v]};
    if (what == 0) {
        var->kind = rng_below(&it->rng, 2) == 0 ? VAR_STAY_DAYS : VAR_STAY_SINCE;
    } else if (what == 1) {
        var->kind = VAR_QUANT;
    } else if (what == 2) {
        fact->type = FACT_INT;
    } else {
        bool has = var->n_classes == 2 && rng_below(&it->rng, 2) == 0;
        var->kind = has ? VAR_HAS : VAR_FACT;
        fact->type = has ? FACT_SET : FACT_ENUM;
        fact->n_values = VALUES;
        fact->values = it->values[v];
        var->class_of = it->class_of[v];
        for (size_t k = 0; k < VALUES; k++) {
            it->values[v][k] = (name_id)(100 * v + 10 + k);
            it->class_of[v][k] = (uint8_t)rng_below(&it->rng, var->n_classes);
        }
    }
    make_proofs(it, v);
}

/* At depth 3, the rule itself, a conjunction: as acts are written. */
static inline struct form *make_form(struct door_made *it, int depth)
{
    struct form *form = arena_new(&it->arena, struct form, 1, NULL);
    assert_non_null(form);
    uint32_t what = depth == 3 ? 4 : rng_below(&it->rng, 12);
    if (it->shape.n_vars == 0) {
        form->kind = rng_below(&it->rng, 2) == 0 ? FORM_TRUE : FORM_FALSE;
    } else if (depth == 0 || what < 3) {
        form->kind = FORM_ATOM;
        form->var = rng_below(&it->rng, (uint32_t)it->shape.n_vars);
        uint64_t mask = mask_random(&it->rng, it->shape.classes[form->var]);
        form->mask = mask & mask_random(&it->rng, it->shape.classes[form->var]);
        form->mask = form->mask != 0 ? form->mask : mask;
    } else {
        form->kind = what == 3 ? FORM_NOT : what < 9 ? FORM_AND : FORM_OR;
        form->n = what == 3 ? 1 : 2 + rng_below(&it->rng, 3);
        form->kids = arena_new(&it->arena, struct form *, form->n, NULL);
        assert_non_null(form->kids);
        for (size_t i = 0; i < form->n; i++) {
            form->kids[i] = make_form(it, depth - 1);
        }
    }
    return form;
}

static inline bool holds(const struct form *form, const uint8_t vector[])
{
    switch (form->kind) {
    case FORM_FALSE:
        return false;
    case FORM_TRUE:
        return true;
    case FORM_ATOM:
        return form->mask >> vector[form->var] & 1;
    case FORM_NOT:
        return !holds(form->kids[0], vector);
    case FORM_AND:
    case FORM_OR:
        for (size_t i = 0; i < form->n; i++) {
            if (holds(form->kids[i], vector) == (form->kind == FORM_OR)) {
                return form->kind == FORM_OR;
            }
        }
        return form->kind == FORM_AND;
    }
    return false;
}

static inline diagram_ref form_ref(struct diagram *diagram, const struct form *form)
{
    diagram_ref out = form->kind == FORM_TRUE || form->kind == FORM_AND, kid;
    if (form->kind == FORM_ATOM) {
        assert_int_equal(diagram_atom(diagram, form->var, form->mask, &out, NULL), 0);
    }
    for (size_t i = 0; i < form->n; i++) {
        kid = form_ref(diagram, form->kids[i]);
        if (form->kind == FORM_NOT) {
            assert_int_equal(diagram_choose(diagram, kid, 0, 1, &out, NULL), 0);
        } else if (form->kind == FORM_AND) {
            assert_int_equal(diagram_choose(diagram, kid, out, 0, &out, NULL), 0);
        } else {
            assert_int_equal(diagram_choose(diagram, kid, 1, out, &out, NULL), 0);
        }
    }
    return out;
}

/* Rules in any order of effects; outcome by BAR > OPEN > DISCRETION > CLOSED. */
static inline void make_outcome(struct door_made *it)
{
    static const enum outcome rising[] = {OUTCOME_CLOSED, OUTCOME_DISCRETION, OUTCOME_OPEN,
                                          OUTCOME_BARRED};
    const struct form *rules[4][8];
    size_t n_rules[4];
    struct instance *instance = &it->instance;
    assert_int_equal(
        diagram_open(&instance->diagram, &it->arena, it->shape.n_vars, it->shape.classes, NULL), 0);
    instance->outcome = OUTCOME_CLOSED;
    for (size_t e = 0; e < 4; e++) {
        n_rules[e] = e == 2 ? 2 + rng_below(&it->rng, 7) : rng_below(&it->rng, 4);
        for (size_t r = 0; r < n_rules[e]; r++) {
            rules[e][r] = make_form(it, 3);
            assert_int_equal(diagram_choose(instance->diagram,
                                            form_ref(instance->diagram, rules[e][r]), rising[e],
                                            instance->outcome, &instance->outcome, NULL),
                             0);
        }
    }
    it->open = (struct bits){{0}};
    for (size_t i = 0; i < it->shape.n_vectors; i++) {
        uint8_t vector[TABLE_VARS];
        enum outcome outcome = OUTCOME_CLOSED;
        shape_vector(&it->shape, i, vector);
        for (size_t e = 0; e < 4; e++) {
            for (size_t r = 0; r < n_rules[e]; r++) {
                outcome = holds(rules[e][r], vector) ? rising[e] : outcome;
            }
        }
        it->open.at[i / 64] |= (uint64_t)(outcome == OUTCOME_OPEN) << (i % 64);
    }
}

/* No rules, but any function: many ways to open, which no rule wrote down. */
static inline void make_any_outcome(struct door_made *it)
{
    uint8_t table[VECTORS];
    uint32_t of = 2 + rng_below(&it->rng, 4);
    it->open = (struct bits){{0}};
    for (size_t i = 0; i < it->shape.n_vectors; i++) {
        bool open = rng_below(&it->rng, of) != 0;
        table[i] = open ? OUTCOME_OPEN : (uint8_t)(OUTCOME_CLOSED + rng_below(&it->rng, 2));
        it->open.at[i / 64] |= (uint64_t)open << (i % 64);
    }
    assert_int_equal(
        diagram_open(&it->instance.diagram, &it->arena, it->shape.n_vars, it->shape.classes, NULL),
        0);
    it->instance.outcome = table_diagram(it->instance.diagram, &it->shape, table);
}

static inline void make_bits(struct door_made *it)
{
    memset(it->in, 0, sizeof it->in);
    for (size_t i = 0; i < it->shape.n_vectors; i++) {
        uint8_t vector[TABLE_VARS];
        shape_vector(&it->shape, i, vector);
        for (size_t v = 0; v < it->shape.n_vars; v++) {
            for (uint64_t mask = 0; mask < (uint64_t)1 << it->shape.classes[v]; mask++) {
                it->in[v][mask].at[i / 64] |= (mask >> vector[v] & 1) << (i % 64);
            }
        }
    }
}

/* Known to a class, known to some, unknown, unknown but for a range, uncertain. */
static inline void make_person(struct door_made *it)
{
    for (size_t v = 0; v < it->shape.n_vars; v++) {
        unsigned classes = it->shape.classes[v];
        uint32_t what = rng_below(&it->rng, 8);
        it->asked[v] = what < 4 ? 0 : what < 7 ? 1 : 2;
        it->mask[v] = what < 3                 ? (uint64_t)1 << rng_below(&it->rng, classes)
                      : what == 3 || what == 4 ? mask_random(&it->rng, classes)
                                               : ((uint64_t)1 << classes) - 1;
    }
}

static inline void make_door(struct door_made *it, uint32_t round)
{
    it->rng = rng_at(5, 0, round, 0);
    arena_init(&it->arena, "a test", CEILING);
    arena_init(&it->scratch, "a test's scratch", CEILING);
    make_shape(it);
    for (size_t v = 0; v < it->shape.n_vars; v++) {
        make_var(it, v);
    }
    it->rules = (struct rules){.n_facts = it->shape.n_vars, .facts = it->facts};
    it->instance =
        (struct instance){.rules = &it->rules, .n_vars = it->shape.n_vars, .vars = it->vars};
    if (round % 3 == 0) {
        make_any_outcome(it);
    } else {
        make_outcome(it);
    }
    make_bits(it);
    make_person(it);
    assert_int_equal(cubes_primes(&it->arena, &it->scratch, it->instance.diagram,
                                  it->instance.outcome, OUTCOME_OPEN, SETS, &it->instance.open,
                                  NULL),
                     0);
}

static inline void free_door(struct door_made *it)
{
    arena_free(&it->arena);
    arena_free(&it->scratch);
}

#endif
