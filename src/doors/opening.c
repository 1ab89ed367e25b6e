#include "opening_rank.h"

#include <assert.h>
#include <string.h>

static uint64_t all_classes(const struct instance *instance, size_t var)
{
    return UINT64_MAX >> (64 - instance->vars[var].n_classes);
}

/* What is known of the person and what could be changed or found out. */
static int person_masks(struct arena *scratch, const uint64_t mask[], struct opening_search *it,
                        struct ajar_err *err)
{
    TRY_NEW(it->mask, scratch, it->instance->n_vars, err);
    TRY_NEW(it->domain, scratch, it->instance->n_vars, err);
    for (size_t v = 0; v < it->instance->n_vars; v++) {
        const struct fact *fact = opening_fact(it->instance, v);
        it->mask[v] = mask[v] & all_classes(it->instance, v);
        if (fact != NULL && fact->actionable) {
            it->domain[v] = all_classes(it->instance, v);
        } else if (it->asked[v] != 0) {
            it->domain[v] = it->mask[v];
        }
    }
    return 0;
}

/* The steps that lead into the prime; false when what is known keeps it out of reach. */
static bool steps_into(const struct opening_search *it, const uint64_t prime[],
                       struct opening_set *out)
{
    struct opening_set set = {.prime = prime};
    for (size_t v = 0; v < it->instance->n_vars; v++) {
        if ((it->mask[v] & ~prime[v]) != 0) {
            if ((prime[v] & it->domain[v]) == 0) {
                return false;
            }
            set.steps[v / 64] |= (uint64_t)1 << (v % 64);
            set.n_steps++;
        }
    }
    *out = set;
    return true;
}

/* Whether `a` asks for no more than `b`: its steps are among b's and leave at least the same
 * values. The first word of the steps has been looked at. */
static bool asks_no_more(const struct opening_search *it, const struct opening_set *a,
                         const struct opening_set *b)
{
    for (size_t w = 1; w < it->words; w++) {
        if ((a->steps[w] & ~b->steps[w]) != 0) {
            return false;
        }
    }
    for (size_t w = 0; w < it->words; w++) {
        for (uint64_t left = a->steps[w]; left != 0; left &= left - 1) {
            size_t v = w * 64 + (unsigned)__builtin_ctzll(left);
            if ((b->prime[v] & it->domain[v] & ~a->prime[v]) != 0) {
                return false;
            }
        }
    }
    return true;
}

/* Takes the set in unless one that is in asks no more; those that ask for more than it go out.
 * first[i] is sets[i].steps[0], side by side, since this word alone settles most pairs. */
static void take_in(struct opening_search *it, uint64_t first[], const struct opening_set *set)
{
    const uint64_t mine = set->steps[0];
    bool some_more = false;
    for (size_t i = 0; i < it->n; i++) {
        if ((first[i] & ~mine) == 0 && asks_no_more(it, &it->sets[i], set)) {
            return;
        }
        some_more |= (mine & ~first[i]) == 0;
    }
    size_t n = some_more ? 0 : it->n;
    for (size_t i = n; i < it->n; i++) {
        if ((mine & ~first[i]) == 0 && asks_no_more(it, set, &it->sets[i])) {
            continue;
        }
        if (n != i) {
            it->sets[n] = it->sets[i];
            first[n] = first[i];
        }
        n++;
    }
    it->sets[n] = *set;
    first[n] = mine;
    it->n = n + 1;
}

/* Of each prime that can be reached the least that leads into it, less what asks for more.  None
 * is missed: a choice that opens is a cube inside {OPEN}, hence inside a prime, and the steps into
 * that prime ask for no more. */
static int find_sets(struct arena *scratch, struct opening_search *it, struct ajar_err *err)
{
    const struct cubes *open = it->cubes;
    struct opening_set set;
    uint32_t *reached;
    size_t n = 0;
    TRY_NEW(reached, scratch, open->n, err);
    for (size_t i = 0; i < open->n; i++) {
        if (steps_into(it, &open->mask[i * open->n_vars], &set)) {
            if (set.n_steps == 0) {
                return 0;
            }
            reached[n++] = (uint32_t)i;
        }
    }
    uint64_t *first;
    TRY_NEW(it->sets, scratch, n, err);
    TRY_NEW(first, scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        steps_into(it, &open->mask[reached[i] * open->n_vars], &set);
        take_in(it, first, &set);
    }
    return 0;
}

/* What no set that opens asks no more than: the rest is better opened. */
static void drop_opened(struct opening_search *may, const struct opening_search *open)
{
    size_t n = 0;
    for (size_t i = 0; i < may->n; i++) {
        bool opened = false;
        for (size_t j = 0; j < open->n && !opened; j++) {
            opened = (open->sets[j].steps[0] & ~may->sets[i].steps[0]) == 0 &&
                     asks_no_more(may, &open->sets[j], &may->sets[i]);
        }
        if (!opened) {
            may->sets[n++] = may->sets[i];
        }
    }
    may->n = n;
}

/* Appends the first of the ranked sets, as many as there is room for. */
static int keep_sets(struct arena *arena, struct arena *scratch, struct opening_search *it,
                     size_t room, bool discretion, struct opening *openings, size_t *n,
                     struct ajar_err *err)
{
    size_t kept = it->n < room - *n ? it->n : room - *n;
    struct opening *spelt;
    if (kept == 0) {
        return 0;
    }
    TRY(opening_rank(scratch, it, err));
    TRY(opening_spell(arena, it, kept, &spelt, err));
    for (size_t i = 0; i < kept; i++) {
        spelt[i].discretion = discretion;
        openings[(*n)++] = spelt[i];
    }
    return 0;
}

int opening_sets(struct arena *arena, struct arena *scratch, const struct instance *instance,
                 const uint64_t mask[], const uint8_t asked[], size_t limit, size_t *n,
                 struct opening **out, size_t *n_all, struct ajar_err *err)
{
    assert(instance->n_vars <= DIAGRAM_VARS_MAX);
    struct opening_search open = {.instance = instance,
                                  .cubes = &instance->open,
                                  .asked = asked,
                                  .words = (instance->n_vars + 63) / 64};
    struct opening_search may;
    struct opening *openings = NULL;
    size_t kept = 0;
    TRY(person_masks(scratch, mask, &open, err));
    may = open;
    may.cubes = &instance->may;
    TRY(find_sets(scratch, &open, err));
    TRY(find_sets(scratch, &may, err));
    drop_opened(&may, &open);
    size_t all = open.n + may.n, room = all < limit ? all : limit;
    if (room > 0) {
        TRY_NEW(openings, arena, room, err);
        TRY(keep_sets(arena, scratch, &open, room, false, openings, &kept, err));
        TRY(keep_sets(arena, scratch, &may, room, true, openings, &kept, err));
    }
    *n = kept;
    *out = openings;
    *n_all = all;
    return 0;
}
