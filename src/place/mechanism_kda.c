#include "mechanism_parts.h"

/* On the list of a locality the needs of those who ever proposed add up, from the highest priority down.  For each
 * resource there is a cut: whoever proposed at or behind it, and needs the resource, is refused.  The sum never
 * falls, so cuts only move up, and all moves together cost one pass over the list. */
struct kda {
    const struct mechanism_lists *lists;
    size_t n_resources;
    bool *ever;     /* [pairs] on the lists of the localities */
    uint64_t *cut;  /* [n_localities * n_resources] index into the lists */
    int64_t *sum;   /* [n_localities * n_resources] needs before the cut */
    uint64_t *next; /* [n_households] next wish */
    uint32_t *at;   /* [n_households] proposes to */
    uint32_t *waits, *refused;
    size_t n_waits, n_refused;
};

static int kda_start(struct arena *arena, struct kda *kda, struct ajar_err *err)
{
    const struct place_problem *problem = kda->lists->problem;
    size_t n = problem->n_localities * kda->n_resources;
    TRY_NEW(kda->ever, arena, (size_t)problem->first[problem->n_households], err);
    TRY_NEW(kda->cut, arena, n, err);
    TRY_NEW(kda->sum, arena, n, err);
    TRY_NEW(kda->next, arena, problem->n_households, err);
    TRY(mechanism_nowhere(arena, problem, &kda->at, err));
    TRY_NEW(kda->waits, arena, problem->n_households, err);
    TRY_NEW(kda->refused, arena, problem->n_households, err);
    for (size_t k = 0; k < n; k++) {
        kda->cut[k] = kda->lists->rank_first[k / kda->n_resources + 1];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        kda->next[h] = kda->lists->wish_first[h];
        kda->waits[h] = h;
    }
    kda->n_waits = problem->n_households;
    return 0;
}

static void kda_refuse(struct kda *kda, uint32_t household)
{
    kda->at[household] = PLACE_NONE;
    kda->refused[kda->n_refused++] = household;
}

/* Those whom the cut passes are refused; they stay in `ever`: forgetting them would let envy in. */
static void kda_move_cut(struct kda *kda, uint32_t locality, size_t r)
{
    size_t k = locality * kda->n_resources + r;
    const struct place_problem *problem = kda->lists->problem;
    while (kda->sum[k] > problem->capacity[k]) {
        uint64_t at = --kda->cut[k];
        uint32_t h = kda->lists->ranked[at];
        int32_t need = mechanism_need(problem, h)[r];
        if (kda->ever[at] && need > 0) {
            kda->sum[k] -= need;
            if (kda->at[h] == locality) {
                kda_refuse(kda, h);
            }
        }
    }
}

static void kda_propose(struct kda *kda, uint32_t household)
{
    const struct mechanism_lists *lists = kda->lists;
    uint32_t pair = lists->wish[kda->next[household]++];
    uint32_t locality = lists->problem->locality[pair];
    uint64_t at = lists->rank_first[locality] + lists->rank[pair];
    const int32_t *need = mechanism_need(lists->problem, household);
    kda->ever[at] = true;
    kda->at[household] = locality;
    for (size_t r = 0; r < kda->n_resources; r++) {
        size_t k = locality * kda->n_resources + r;
        if (need[r] > 0 && at < kda->cut[k]) {
            kda->sum[k] += need[r];
            kda_move_cut(kda, locality, r);
        } else if (need[r] > 0 && kda->at[household] == locality) {
            kda_refuse(kda, household);
        }
    }
}

int mechanism_kda(struct arena *arena, const struct mechanism_lists *lists,
                  struct mechanism_match *out, struct ajar_err *err)
{
    struct kda kda = {.lists = lists, .n_resources = lists->problem->n_resources};
    uint32_t rounds = 0;
    TRY(kda_start(arena, &kda, err));
    do {
        rounds++;
        kda.n_refused = 0;
        for (size_t i = 0; i < kda.n_waits; i++) {
            uint32_t h = kda.waits[i];
            if (kda.next[h] < lists->wish_first[h + 1]) {
                kda_propose(&kda, h);
            }
        }
        uint32_t *free_again = kda.waits;
        kda.waits = kda.refused;
        kda.n_waits = kda.n_refused;
        kda.refused = free_again;
    } while (kda.n_waits > 0);
    *out = (struct mechanism_match){kda.at, rounds};
    return 0;
}
