#include "mechanism_parts.h"

/* What is left of a locality only shrinks, so a household's pointer only moves down its list, and so does a
 * locality's.  Each locality keeps those who point at it, and asks them again only once less is left than the
 * largest of its households needs. */
struct mttc {
    const struct mechanism_lists *lists;
    size_t n_resources;
    int64_t *left;    /* [n_localities * n_resources] */
    int32_t *largest; /* [n_localities * n_resources] */
    uint64_t *next;   /* [n_households] the wish pointed at */
    uint64_t *top;    /* [n_localities] index into its list, pointed at */
    uint32_t *head;   /* [n_localities] the first who points at it */
    uint32_t *behind; /* [n_households] the next who points at the same */
    bool *gone;       /* [n_households] placed, or has left */
    uint32_t *leaves; /* households that point at no place */
    uint32_t *seen;   /* [n_localities] walk in which it was met, from 1 */
    uint32_t *ring;   /* localities of this round's cycles */
    uint32_t *at;     /* [n_households] */
    size_t n_leaves, n_ring, n_here;
    uint32_t walk;
};

static int mttc_start(struct arena *arena, struct mttc *mttc, struct ajar_err *err)
{
    const struct place_problem *problem = mttc->lists->problem;
    TRY(mechanism_capacity(arena, problem, &mttc->left, err));
    TRY(mechanism_largest(arena, mttc->lists, &mttc->largest, err));
    TRY(mechanism_nowhere(arena, problem, &mttc->at, err));
    TRY_NEW(mttc->next, arena, problem->n_households, err);
    TRY_NEW(mttc->top, arena, problem->n_localities, err);
    TRY_NEW(mttc->head, arena, problem->n_localities, err);
    TRY_NEW(mttc->behind, arena, problem->n_households, err);
    TRY_NEW(mttc->gone, arena, problem->n_households, err);
    TRY_NEW(mttc->leaves, arena, problem->n_households, err);
    TRY_NEW(mttc->seen, arena, problem->n_localities, err);
    TRY_NEW(mttc->ring, arena, problem->n_localities, err);
    for (size_t l = 0; l < problem->n_localities; l++) {
        mttc->top[l] = mttc->lists->rank_first[l];
        mttc->head[l] = PLACE_NONE;
    }
    mttc->n_here = problem->n_households;
    return 0;
}

static uint32_t mttc_wished(const struct mttc *mttc, uint32_t household)
{
    return mttc->lists->problem->locality[mttc->lists->wish[mttc->next[household]]];
}

static bool mttc_room(const struct mttc *mttc, uint32_t household, uint32_t locality)
{
    return mechanism_fits(mechanism_need(mttc->lists->problem, household),
                          &mttc->left[locality * mttc->n_resources], mttc->n_resources);
}

/* To the best wish with room, from the present one on; else it leaves in the round that comes. */
static void mttc_point(struct mttc *mttc, uint32_t household)
{
    uint64_t end = mttc->lists->wish_first[household + 1];
    while (mttc->next[household] < end) {
        uint32_t locality = mttc_wished(mttc, household);
        if (mttc_room(mttc, household, locality)) {
            mttc->behind[household] = mttc->head[locality];
            mttc->head[locality] = household;
            return;
        }
        mttc->next[household]++;
    }
    mttc->leaves[mttc->n_leaves++] = household;
}

/* Whom a locality points at, or PLACE_NONE. */
static uint32_t mttc_top(struct mttc *mttc, uint32_t locality)
{
    const struct mechanism_lists *lists = mttc->lists;
    while (mttc->top[locality] < lists->rank_first[locality + 1]) {
        uint32_t household = lists->ranked[mttc->top[locality]];
        if (!mttc->gone[household] && mttc_room(mttc, household, locality)) {
            return household;
        }
        mttc->top[locality]++;
    }
    return PLACE_NONE;
}

/* Where the household that a locality points at wants to be, or PLACE_NONE. */
static uint32_t mttc_follow(struct mttc *mttc, uint32_t locality)
{
    uint32_t household = mttc_top(mttc, locality);
    if (household == PLACE_NONE ||
        mttc->next[household] == mttc->lists->wish_first[household + 1]) {
        return PLACE_NONE;
    }
    return mttc_wished(mttc, household);
}

/* The localities of all cycles, each once. */
static void mttc_find_cycles(struct mttc *mttc)
{
    uint32_t n = mttc->lists->problem->n_localities, before = mttc->walk;
    mttc->n_ring = 0;
    for (uint32_t from = 0; from < n; from++) {
        uint32_t l = from, walk = ++mttc->walk;
        while (l != PLACE_NONE && mttc->seen[l] <= before) {
            mttc->seen[l] = walk;
            l = mttc_follow(mttc, l);
        }
        if (l != PLACE_NONE && mttc->seen[l] == walk) {
            uint32_t first = l;
            do {
                mttc->ring[mttc->n_ring++] = l;
                l = mttc_follow(mttc, l);
            } while (l != first);
        }
    }
}

/* Places everybody whom a locality of a cycle points at. */
static void mttc_close_cycles(struct mttc *mttc)
{
    const struct place_problem *problem = mttc->lists->problem;
    for (size_t i = 0; i < mttc->n_ring; i++) {
        uint32_t household = mttc->lists->ranked[mttc->top[mttc->ring[i]]];
        mttc->at[household] = mttc_wished(mttc, household);
        mttc->gone[household] = true;
    }
    for (size_t i = 0; i < mttc->n_ring; i++) {
        uint32_t household = mttc->lists->ranked[mttc->top[mttc->ring[i]]];
        mechanism_take(&mttc->left[mttc->at[household] * mttc->n_resources],
                       mechanism_need(problem, household), mttc->n_resources);
    }
    mttc->n_here -= mttc->n_ring;
}

/* Those for whom the room of a locality has become too small point elsewhere. */
static void mttc_ask_again(struct mttc *mttc, uint32_t locality)
{
    size_t k = locality * mttc->n_resources;
    if (mechanism_fits(&mttc->largest[k], &mttc->left[k], mttc->n_resources)) {
        return;
    }
    uint32_t household = mttc->head[locality];
    mttc->head[locality] = PLACE_NONE;
    while (household != PLACE_NONE) {
        uint32_t behind = mttc->behind[household];
        if (!mttc->gone[household]) {
            mttc_point(mttc, household);
        }
        household = behind;
    }
}

static void mttc_round(struct mttc *mttc)
{
    size_t n_leave = mttc->n_leaves;
    mttc_find_cycles(mttc);
    mttc_close_cycles(mttc);
    for (size_t i = 0; i < n_leave; i++) {
        mttc->gone[mttc->leaves[i]] = true;
    }
    mttc->n_here -= n_leave;
    mttc->n_leaves = 0;
    for (size_t i = 0; i < mttc->n_ring; i++) {
        mttc_ask_again(mttc, mttc->ring[i]);
    }
}

int mechanism_mttc(struct arena *arena, const struct mechanism_lists *lists,
                   struct mechanism_match *out, struct ajar_err *err)
{
    struct mttc mttc = {.lists = lists, .n_resources = lists->problem->n_resources};
    uint32_t rounds = 0;
    TRY(mttc_start(arena, &mttc, err));
    for (uint32_t h = 0; h < lists->problem->n_households; h++) {
        mttc.next[h] = lists->wish_first[h];
        mttc_point(&mttc, h);
    }
    for (; mttc.n_here > 0; rounds++) {
        mttc_round(&mttc);
    }
    *out = (struct mechanism_match){mttc.at, rounds};
    return 0;
}
