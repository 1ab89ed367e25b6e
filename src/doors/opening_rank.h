/* Between opening.c, which finds the sets, and opening_rank.c, which puts the safest first. */
#ifndef DOORS_OPENING_RANK_H
#define DOORS_OPENING_RANK_H

#include "opening.h"

#define OPENING_WORDS (DIAGRAM_VARS_MAX / 64)

/* A set as its prime; the mask of step v is prime[v] & domain[v]. */
struct opening_set {
    const uint64_t *prime;
    uint64_t steps[OPENING_WORDS]; /* variables with a step */
    uint32_t n_steps;
    int contacts_origin;
    int32_t days;
    int64_t cents;
};

struct opening_search {
    const struct instance *instance;
    const struct cubes *cubes; /* what the sets lead into */
    const uint8_t *asked;
    uint64_t *mask; /* [n_vars] the classes that the person may be in */
    uint64_t
        *domain;  /* [n_vars] what a step on the variable may choose from; 0: no step is possible */
    size_t words; /* of opening_set.steps that are in use */
    size_t n;
    struct opening_set *sets;
    uint32_t *first_proof; /* [n_vars] of the fact's proofs, where in proof_mask */
    uint64_t *proof_mask;  /* classes that a proof proves */
};

/* Costs each set by its best proofs and sorts all. */
int opening_rank(struct arena *scratch, struct opening_search *it, struct ajar_err *err);

/* The first n sets, ranked already, spelt out in the arena. */
int opening_spell(struct arena *arena, const struct opening_search *it, size_t n,
                  struct opening **out, struct ajar_err *err);

static inline const struct fact *opening_fact(const struct instance *instance, size_t var)
{
    const struct var *at = &instance->vars[var];
    return at->kind == VAR_FACT || at->kind == VAR_HAS ? &instance->rules->facts[at->fact] : NULL;
}

#endif
