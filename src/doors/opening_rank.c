#include "opening_rank.h"

#include <stdlib.h>

/* The classes of the variable in which the proof's literals stand.  That a set does not hold a
 * literal is shown by a proof of the whole fact alone. */
static uint64_t mask_of_proof(const struct var *var, const struct fact *fact,
                              const struct proof *proof)
{
    if (proof->n_for == 0) {
        return UINT64_MAX;
    }
    uint64_t mask = 0;
    for (size_t i = 0; var->class_of != NULL && i < proof->n_for; i++) {
        for (size_t k = 0; k < fact->n_values; k++) {
            if (fact->values[k] == proof->for_values[i]) {
                mask |= (uint64_t)1 << var->class_of[k];
                break;
            }
        }
    }
    return var->kind == VAR_HAS ? mask & 2 : mask;
}

/* Proofs of the variables that some set has a step on. */
static int find_proofs(struct arena *scratch, struct opening_search *it, struct ajar_err *err)
{
    const struct instance *instance = it->instance;
    uint64_t steps[OPENING_WORDS] = {0};
    for (size_t i = 0; i < it->n; i++) {
        for (size_t w = 0; w < it->words; w++) {
            steps[w] |= it->sets[i].steps[w];
        }
    }
    uint32_t n = 0;
    TRY_NEW(it->first_proof, scratch, instance->n_vars, err);
    for (size_t v = 0; v < instance->n_vars; v++) {
        const struct fact *fact = opening_fact(instance, v);
        it->first_proof[v] = n;
        if (fact != NULL && (steps[v / 64] >> (v % 64) & 1) != 0) {
            n += (uint32_t)fact->n_proofs;
        }
    }
    TRY_NEW(it->proof_mask, scratch, n, err);
    for (size_t v = 0; v < instance->n_vars; v++) {
        const struct fact *fact = opening_fact(instance, v);
        if (fact != NULL && (steps[v / 64] >> (v % 64) & 1) != 0) {
            for (size_t p = 0; p < fact->n_proofs; p++) {
                it->proof_mask[it->first_proof[v] + p] =
                    mask_of_proof(&instance->vars[v], fact, &fact->proofs[p]);
            }
        }
    }
    return 0;
}

static bool safer(const struct proof *a, const struct proof *b)
{
    if (a->contacts_origin != b->contacts_origin) {
        return b->contacts_origin;
    }
    return a->days != b->days ? a->days < b->days : a->cents < b->cents;
}

/* The safest, then fastest, then cheapest that proves a value of the mask; the first of equals. */
static const struct proof *best_proof(const struct opening_search *it, size_t var, uint64_t mask)
{
    const struct fact *fact = opening_fact(it->instance, var);
    const struct proof *best = NULL;
    for (size_t p = 0; fact != NULL && p < fact->n_proofs; p++) {
        if ((it->proof_mask[it->first_proof[var] + p] & mask) != 0 &&
            (best == NULL || safer(&fact->proofs[p], best))) {
            best = &fact->proofs[p];
        }
    }
    return best;
}

static int64_t sum_cents(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? (b < 0 ? INT64_MIN : INT64_MAX) : sum;
}

static void cost_set(const struct opening_search *it, struct opening_set *set)
{
    for (size_t w = 0; w < it->words; w++) {
        for (uint64_t left = set->steps[w]; left != 0; left &= left - 1) {
            size_t v = w * 64 + (unsigned)__builtin_ctzll(left);
            const struct proof *proof = best_proof(it, v, set->prime[v] & it->domain[v]);
            if (proof != NULL) {
                set->contacts_origin += proof->contacts_origin;
                set->days = proof->days > set->days ? proof->days : set->days;
                set->cents = sum_cents(set->cents, proof->cents);
            }
        }
    }
}

/* By the variables with a step, the lowest that only one has first; then by the masks. */
static int order_of_steps(const struct opening_search *it, const struct opening_set *a,
                          const struct opening_set *b)
{
    for (size_t w = 0; w < it->words; w++) {
        uint64_t apart = a->steps[w] ^ b->steps[w];
        if (apart != 0) {
            return (a->steps[w] & apart & -apart) != 0 ? -1 : 1;
        }
    }
    for (size_t v = 0; v < it->instance->n_vars; v++) {
        if ((a->steps[v / 64] >> (v % 64) & 1) != 0) {
            uint64_t x = a->prime[v] & it->domain[v], y = b->prime[v] & it->domain[v];
            if (x != y) {
                return x < y ? -1 : 1;
            }
        }
    }
    return 0;
}

static int by_rank(const void *left, const void *right, void *search)
{
    const struct opening_set *a = left, *b = right;
    if (a->contacts_origin != b->contacts_origin) {
        return a->contacts_origin < b->contacts_origin ? -1 : 1;
    }
    if (a->days != b->days) {
        return a->days < b->days ? -1 : 1;
    }
    if (a->cents != b->cents) {
        return a->cents < b->cents ? -1 : 1;
    }
    if (a->n_steps != b->n_steps) {
        return a->n_steps < b->n_steps ? -1 : 1;
    }
    return order_of_steps(search, a, b);
}

int opening_rank(struct arena *scratch, struct opening_search *it, struct ajar_err *err)
{
    TRY(find_proofs(scratch, it, err));
    for (size_t i = 0; i < it->n; i++) {
        cost_set(it, &it->sets[i]);
    }
    qsort_r(it->sets, it->n, sizeof *it->sets, by_rank, it);
    return 0;
}

static void spell_steps(const struct opening_search *it, const struct opening_set *set,
                        struct opening_step *step)
{
    for (size_t w = 0; w < it->words; w++) {
        for (uint64_t left = set->steps[w]; left != 0; left &= left - 1, step++) {
            size_t v = w * 64 + (unsigned)__builtin_ctzll(left);
            uint64_t mask = set->prime[v] & it->domain[v];
            *step = (struct opening_step){
                .var = (uint32_t)v,
                .mask = mask,
                .known = it->asked[v] == 0 || (mask & it->mask[v]) == 0,
                .uncertain = it->asked[v] == 2,
                .proof = best_proof(it, v, mask),
            };
        }
    }
}

int opening_spell(struct arena *arena, const struct opening_search *it, size_t n,
                  struct opening **out, struct ajar_err *err)
{
    struct opening *openings;
    struct opening_step *steps;
    size_t n_steps = 0;
    for (size_t i = 0; i < n; i++) {
        n_steps += it->sets[i].n_steps;
    }
    TRY_NEW(openings, arena, n, err);
    TRY_NEW(steps, arena, n_steps, err);
    for (size_t i = 0; i < n; i++) {
        const struct opening_set *set = &it->sets[i];
        openings[i] = (struct opening){.n = set->n_steps,
                                       .steps = steps,
                                       .contacts_origin = set->contacts_origin,
                                       .days = set->days,
                                       .cents = set->cents};
        spell_steps(it, set, steps);
        steps += set->n_steps;
    }
    *out = openings;
    return 0;
}
