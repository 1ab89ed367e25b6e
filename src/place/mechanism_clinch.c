#include "mechanism_parts.h"

#include <string.h>

struct clinch {
    struct mechanism_lists lists; /* with its own priorities, which change */
    size_t n_resources;
    uint32_t *ranked, *ranked_pair, *rank;
    bool *offers;               /* [pairs] the locality has room for it beside all above */
    bool *refused;              /* [pairs] for good */
    uint64_t *next;             /* [n_households] best wish that has not refused */
    uint32_t *pair;             /* [n_households] clinched, or PLACE_NONE */
    uint32_t *at;               /* [n_households] its locality, or PLACE_NONE */
    int64_t *all, *sure;        /* [n_resources] needs of all above; of those above who clinched */
    uint32_t *last, *last_pair; /* households that go to the end of a list */
    bool *changed;              /* [n_localities] */
};

static int clinch_start(struct arena *arena, const struct mechanism_lists *lists,
                        struct clinch *new, struct ajar_err *err)
{
    const struct place_problem *problem = lists->problem;
    size_t n_pairs = (size_t)problem->first[problem->n_households];
    new->lists = *lists;
    TRY_NEW(new->ranked, arena, n_pairs, err);
    TRY_NEW(new->ranked_pair, arena, n_pairs, err);
    TRY_NEW(new->rank, arena, n_pairs, err);
    memcpy(new->ranked, lists->ranked, n_pairs * sizeof *new->ranked);
    memcpy(new->ranked_pair, lists->ranked_pair, n_pairs * sizeof *new->ranked_pair);
    memcpy(new->rank, lists->rank, n_pairs * sizeof *new->rank);
    new->lists.ranked = new->ranked;
    new->lists.ranked_pair = new->ranked_pair;
    new->lists.rank = new->rank;
    TRY_NEW(new->offers, arena, n_pairs, err);
    TRY_NEW(new->refused, arena, n_pairs, err);
    TRY_NEW(new->next, arena, problem->n_households, err);
    TRY(mechanism_nowhere(arena, problem, &new->pair, err));
    TRY(mechanism_nowhere(arena, problem, &new->at, err));
    TRY_NEW(new->all, arena, new->n_resources, err);
    TRY_NEW(new->sure, arena, new->n_resources, err);
    TRY_NEW(new->last, arena, problem->n_households, err);
    TRY_NEW(new->last_pair, arena, problem->n_households, err);
    TRY_NEW(new->changed, arena, problem->n_localities, err);
    memset(new->changed, 1, problem->n_localities * sizeof *new->changed);
    memcpy(new->next, lists->wish_first, problem->n_households * sizeof *new->next);
    return 0;
}

/* Who is refused, and to whom it offers a place, both seen down the list. */
static void clinch_offer(struct clinch *clinch, uint32_t locality)
{
    const struct mechanism_lists *lists = &clinch->lists;
    size_t n = clinch->n_resources;
    const int32_t *capacity = &lists->problem->capacity[locality * n];
    memset(clinch->all, 0, n * sizeof *clinch->all);
    memset(clinch->sure, 0, n * sizeof *clinch->sure);
    for (uint64_t i = lists->rank_first[locality]; i < lists->rank_first[locality + 1]; i++) {
        uint32_t h = lists->ranked[i], pair = lists->ranked_pair[i];
        const int32_t *need = mechanism_need(lists->problem, h);
        clinch->refused[pair] =
            clinch->refused[pair] || !mechanism_weakly_fits(need, clinch->sure, capacity, n);
        clinch->offers[pair] = mechanism_weakly_fits(need, clinch->all, capacity, n);
        mechanism_add(clinch->all, need, n);
        if (clinch->at[h] == locality) {
            mechanism_add(clinch->sure, need, n);
        }
    }
}

/* Only an offer of the best that is left is taken: to take any other would reward false lists. */
static bool clinch_take(struct clinch *clinch, uint32_t household)
{
    const struct mechanism_lists *lists = &clinch->lists;
    uint64_t end = lists->wish_first[household + 1];
    while (clinch->next[household] < end && clinch->refused[lists->wish[clinch->next[household]]]) {
        clinch->next[household]++;
    }
    if (clinch->pair[household] != PLACE_NONE || clinch->next[household] == end) {
        return false;
    }
    uint32_t pair = lists->wish[clinch->next[household]];
    if (!clinch->offers[pair]) {
        return false;
    }
    clinch->pair[household] = pair;
    clinch->at[household] = lists->problem->locality[pair];
    clinch->changed[clinch->at[household]] = true;
    return true;
}

/* Wherever a household would rather not be, now that it has clinched, its list has to be made again. */
static void clinch_leave(struct clinch *clinch, uint32_t household)
{
    const struct mechanism_lists *lists = &clinch->lists;
    uint32_t best = lists->wish_place[clinch->pair[household]];
    for (uint64_t p = lists->problem->first[household]; p < lists->problem->first[household + 1];
         p++) {
        if (lists->wish_place[p] > best) {
            clinch->changed[lists->problem->locality[p]] = true;
        }
    }
}

/* Those who have clinched something better go to the end, in their order. */
static void clinch_reorder(struct clinch *clinch, uint32_t locality)
{
    const struct mechanism_lists *lists = &clinch->lists;
    uint64_t from = lists->rank_first[locality], to = lists->rank_first[locality + 1], kept = from;
    size_t n_last = 0;
    for (uint64_t i = from; i < to; i++) {
        uint32_t h = clinch->ranked[i], pair = clinch->ranked_pair[i], clinched = clinch->pair[h];
        if (clinched != PLACE_NONE && lists->wish_place[clinched] < lists->wish_place[pair]) {
            clinch->last[n_last] = h;
            clinch->last_pair[n_last++] = pair;
        } else {
            clinch->ranked[kept] = h;
            clinch->ranked_pair[kept++] = pair;
        }
    }
    memcpy(&clinch->ranked[kept], clinch->last, n_last * sizeof *clinch->last);
    memcpy(&clinch->ranked_pair[kept], clinch->last_pair, n_last * sizeof *clinch->last_pair);
    for (uint64_t i = from; i < to; i++) {
        clinch->rank[clinch->ranked_pair[i]] = (uint32_t)(i - from);
    }
}

static bool clinch_step(struct clinch *clinch)
{
    const struct place_problem *problem = clinch->lists.problem;
    bool any = false;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        if (clinch->changed[l]) {
            clinch_offer(clinch, l);
            clinch->changed[l] = false;
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (clinch_take(clinch, h)) {
            any = true;
            clinch_leave(clinch, h);
        }
    }
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        if (clinch->changed[l]) {
            clinch_reorder(clinch, l);
        }
    }
    return any;
}

int mechanism_clinch(struct arena *arena, const struct mechanism_lists *lists,
                     struct mechanism_lists *out, uint32_t *steps, struct ajar_err *err)
{
    struct clinch clinch = {.n_resources = lists->problem->n_resources};
    uint32_t n = 0;
    TRY(clinch_start(arena, lists, &clinch, err));
    while (clinch_step(&clinch)) {
        n++;
    }
    *out = clinch.lists;
    *steps = n;
    return 0;
}

int mechanism_tkda_clinching(struct arena *arena, const struct mechanism_lists *lists,
                             const struct mechanism_trace *trace, struct mechanism_match *out,
                             struct ajar_err *err)
{
    struct mechanism_lists after = {0};
    uint32_t steps = 0;
    TRY(mechanism_clinch(arena, lists, &after, &steps, err));
    return mechanism_tkda(arena, &after, trace, out, err);
}
