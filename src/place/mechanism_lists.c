#include "mechanism_parts.h"

#include <stdlib.h>
#include <string.h>

#include "bound.h"

/* The lists while they are written. */
struct lists_new {
    const struct place_problem *problem;
    size_t n_pairs;
    uint64_t *wish_first, *rank_first;
    uint32_t *wish, *wish_place, *ranked, *ranked_pair, *rank;
};

static int by_key(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* Sorts by falling score; of equal scores the lower index comes first. */
static uint64_t lists_key(int32_t score, uint32_t index)
{
    return (uint64_t)((int64_t)INT32_MAX - score) << 32 | index;
}

static int lists_wish_fault(uint32_t household, uint32_t locality, const char *why,
                            struct ajar_err *err)
{
    return err_set(err, E_PLACE_WISH, "The wishes of household %lu name locality %lu %s.",
                   (unsigned long)household + 1, (unsigned long)locality + 1, why);
}

static int lists_wishes_said(const struct mechanism_said *said, const struct lists_new *new,
                             struct ajar_err *err)
{
    const struct place_problem *problem = new->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t from = said->wish_first[h], to = said->wish_first[h + 1];
        new->wish_first[h] = from;
        for (uint64_t i = from; i < to; i++) {
            uint64_t pair = place_pair(problem, h, said->wish[i]);
            if (pair == UINT64_MAX) {
                return lists_wish_fault(h, said->wish[i], "where it may not go", err);
            }
            if (new->wish_place[pair] != PLACE_NONE) {
                return lists_wish_fault(h, said->wish[i], "twice", err);
            }
            new->wish[i] = (uint32_t)pair;
            new->wish_place[pair] = (uint32_t)(i - from);
        }
    }
    new->wish_first[problem->n_households] = said->wish_first[problem->n_households];
    return 0;
}

static void lists_wishes_scored(const int32_t *score, uint64_t *keys, const struct lists_new *new)
{
    const struct place_problem *problem = new->problem;
    memcpy(new->wish_first, problem->first,
           ((size_t)problem->n_households + 1) * sizeof *new->wish_first);
    for (size_t h = 0; h < problem->n_households; h++) {
        uint64_t from = problem->first[h];
        size_t n = (size_t)(problem->first[h + 1] - from);
        for (size_t i = 0; i < n; i++) {
            keys[i] = lists_key(score[from + i], (uint32_t)(from + i));
        }
        qsort(keys, n, sizeof *keys, by_key);
        for (size_t i = 0; i < n; i++) {
            uint32_t pair = (uint32_t)keys[i];
            new->wish[from + i] = pair;
            new->wish_place[pair] = (uint32_t)i;
        }
    }
}

/* A rank, never the permutation that sorts: the two are confused easily and agree on no list. */
static void lists_ranks_scored(const int32_t *score, uint64_t *keys, uint32_t *other,
                               const struct lists_new *new)
{
    for (size_t l = 0; l < new->problem->n_localities; l++) {
        uint64_t from = new->rank_first[l];
        size_t n = (size_t)(new->rank_first[l + 1] - from);
        for (size_t i = 0; i < n; i++) {
            keys[i] = lists_key(score[new->ranked_pair[from + i]], (uint32_t)i);
            other[i] = new->ranked_pair[from + i];
        }
        qsort(keys, n, sizeof *keys, by_key);
        /* The households move last, through the keys: their old order is still whole in `ranked`. */
        for (size_t i = 0; i < n; i++) {
            uint32_t old = (uint32_t)keys[i];
            new->ranked_pair[from + i] = other[old];
            new->rank[other[old]] = (uint32_t)i;
            keys[i] = new->ranked[from + old];
        }
        for (size_t i = 0; i < n; i++) {
            new->ranked[from + i] = (uint32_t)keys[i];
        }
    }
}

static int lists_rank_fault(uint32_t locality, uint32_t household, const char *why,
                            struct ajar_err *err)
{
    return err_set(err, E_PLACE_PRIORITY, "The priorities of locality %lu name household %lu %s.",
                   (unsigned long)locality + 1, (unsigned long)household + 1, why);
}

static int lists_ranks_said(const struct mechanism_said *said, const struct lists_new *new,
                            struct ajar_err *err)
{
    const struct place_problem *problem = new->problem;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        uint64_t from = said->rank_first[l];
        size_t n = (size_t)(said->rank_first[l + 1] - from);
        uint64_t to = new->rank_first[l];
        for (size_t i = 0; i < n; i++) {
            uint32_t h = said->ranked[from + i];
            uint64_t pair = h < problem->n_households ? place_pair(problem, h, l) : UINT64_MAX;
            if (pair == UINT64_MAX) {
                return lists_rank_fault(l, h, "who may not go there", err);
            }
            if (new->rank[pair] != PLACE_NONE) {
                return lists_rank_fault(l, h, "twice", err);
            }
            new->rank[pair] = (uint32_t)i;
            new->ranked[to + i] = h;
            new->ranked_pair[to + i] = (uint32_t)pair;
        }
        if (n != new->rank_first[l + 1] - to) {
            return err_set(err, E_PLACE_PRIORITY,
                           "The priorities of locality %lu name %zu of the %zu households that may "
                           "go there.",
                           (unsigned long)l + 1, n, (size_t)(new->rank_first[l + 1] - to));
        }
    }
    return 0;
}

static int lists_room(struct arena *arena, size_t n_wishes, struct lists_new *new,
                      struct ajar_err *err)
{
    TRY_NEW(new->wish_first, arena, (size_t) new->problem->n_households + 1, err);
    TRY_NEW(new->rank_first, arena, (size_t) new->problem->n_localities + 1, err);
    TRY_NEW(new->wish, arena, n_wishes, err);
    TRY_NEW(new->wish_place, arena, new->n_pairs, err);
    TRY_NEW(new->rank, arena, new->n_pairs, err);
    for (size_t pair = 0; pair < new->n_pairs; pair++) {
        new->wish_place[pair] = PLACE_NONE;
        new->rank[pair] = PLACE_NONE;
    }
    return 0;
}

/* The longest list of either side. */
static size_t lists_longest(const struct lists_new *new)
{
    uint64_t longest = 0;
    for (size_t h = 0; h < new->problem->n_households; h++) {
        uint64_t n = new->problem->first[h + 1] - new->problem->first[h];
        longest = n > longest ? n : longest;
    }
    for (size_t l = 0; l < new->problem->n_localities; l++) {
        uint64_t n = new->rank_first[l + 1] - new->rank_first[l];
        longest = n > longest ? n : longest;
    }
    return (size_t)longest;
}

int mechanism_lists_make(struct arena *arena, const struct place_problem *problem,
                         const struct mechanism_said *said, struct mechanism_lists *out,
                         struct ajar_err *err)
{
    struct lists_new new = {
        problem, (size_t)problem->first[problem->n_households], NULL, NULL, NULL, NULL, NULL, NULL,
        NULL};
    uint64_t *keys;
    uint32_t *other;
    if (new.n_pairs >= UINT32_MAX) {
        return err_set(err, E_PLACE_TOO_LARGE, "A mechanism takes fewer than %lu pairs, not %zu.",
                       (unsigned long)UINT32_MAX, new.n_pairs);
    }
    TRY(lists_room(
        arena, said->wish == NULL ? new.n_pairs : (size_t)said->wish_first[problem->n_households],
        &new, err));
    TRY(mechanism_turn(arena, problem, &new.rank_first, &new.ranked, &new.ranked_pair, err));
    TRY_NEW(keys, arena, lists_longest(&new), err);
    TRY_NEW(other, arena, lists_longest(&new), err);
    if (said->wish != NULL) {
        TRY(lists_wishes_said(said, &new, err));
    } else {
        lists_wishes_scored(said->wish_score == NULL ? problem->score : said->wish_score, keys,
                            &new);
    }
    if (said->ranked != NULL) {
        TRY(lists_ranks_said(said, &new, err));
    } else {
        lists_ranks_scored(said->rank_score == NULL ? problem->score : said->rank_score, keys,
                           other, &new);
    }
    *out = (struct mechanism_lists){problem,        new.wish_first, new.wish,        new.wish_place,
                                    new.rank_first, new.ranked,     new.ranked_pair, new.rank};
    return 0;
}
