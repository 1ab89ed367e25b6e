#include "mechanism_parts.h"

#include <stdlib.h>
#include <string.h>

/* Everybody stays at the endowment until matched for good, so a plan within capacity stands at all times. */
struct mttce {
    const struct mechanism_lists *lists;
    size_t n_resources;
    uint32_t *turn;     /* [n_households] place in the order of refusal */
    uint32_t *own;      /* [n_households] pair of the endowment, or PLACE_NONE */
    uint32_t *at;       /* [n_households] mu: locality, or PLACE_NONE */
    bool *settled;      /* [n_households] matched for good */
    uint64_t *next;     /* [n_households] wish pointed at; past the list: the endowment */
    bool *refused;      /* [pairs] */
    uint64_t *top;      /* [n_localities] index into its list, pointed at */
    int64_t *free_now;  /* [n_localities * n_resources] beside everybody at it */
    int64_t *free_late; /* [n_localities * n_resources] beside those matched for good */
    int32_t *largest;
    bool *shrunk;    /* [n_localities] somebody was matched to it for good */
    uint32_t *seen;  /* [n_localities] walk in which it was met, from 1 */
    uint32_t *ring;  /* localities of the cycles with room */
    uint32_t *comes; /* the household that each of them points at, */
    uint32_t *goes;  /* and where that one goes */
    uint32_t *bare;  /* households without an endowment, not settled */
    uint32_t *aim;   /* [n_localities] whom it points at while nobody has room */
    uint64_t *aimed; /* those, by their turn */
    size_t n_here, n_ring, n_bare;
    uint32_t walk;
};

static int mttce_room(struct arena *arena, struct mttce *mttce, struct ajar_err *err)
{
    const struct place_problem *problem = mttce->lists->problem;
    TRY(mechanism_capacity(arena, problem, &mttce->free_now, err));
    TRY(mechanism_capacity(arena, problem, &mttce->free_late, err));
    TRY(mechanism_largest(arena, mttce->lists, &mttce->largest, err));
    TRY(mechanism_nowhere(arena, problem, &mttce->at, err));
    TRY(mechanism_nowhere(arena, problem, &mttce->own, err));
    TRY_NEW(mttce->settled, arena, problem->n_households, err);
    TRY_NEW(mttce->next, arena, problem->n_households, err);
    TRY_NEW(mttce->refused, arena, (size_t)problem->first[problem->n_households], err);
    TRY_NEW(mttce->top, arena, problem->n_localities, err);
    TRY_NEW(mttce->shrunk, arena, problem->n_localities, err);
    TRY_NEW(mttce->seen, arena, problem->n_localities, err);
    TRY_NEW(mttce->ring, arena, problem->n_localities, err);
    TRY_NEW(mttce->comes, arena, problem->n_localities, err);
    TRY_NEW(mttce->goes, arena, problem->n_localities, err);
    TRY_NEW(mttce->aim, arena, problem->n_localities, err);
    TRY_NEW(mttce->aimed, arena, problem->n_localities, err);
    TRY_NEW(mttce->bare, arena, problem->n_households, err);
    TRY_NEW(mttce->turn, arena, problem->n_households, err);
    return 0;
}

/* The pair that a household points at: its best wish that has not refused it.  The endowment never does, and ends
 * the list, on it or not. */
static uint32_t mttce_wished(struct mttce *mttce, uint32_t household)
{
    while (mttce->next[household] < mttce->lists->wish_first[household + 1]) {
        uint32_t pair = mttce->lists->wish[mttce->next[household]];
        if (!mttce->refused[pair]) {
            return pair;
        }
        mttce->next[household]++;
    }
    return mttce->own[household];
}

/* Whom a locality points at, or PLACE_NONE.  One that it has no room for is refused at once: it could otherwise
 * trade on the claim for as long as no rejection stage has taken it away, and would gain by a false list that
 * brings its trade forward. */
static uint32_t mttce_top(struct mttce *mttce, uint32_t locality)
{
    const struct mechanism_lists *lists = mttce->lists;
    const int64_t *left = &mttce->free_now[locality * mttce->n_resources];
    for (; mttce->top[locality] < lists->rank_first[locality + 1]; mttce->top[locality]++) {
        uint32_t household = lists->ranked[mttce->top[locality]];
        uint32_t pair = lists->ranked_pair[mttce->top[locality]];
        const int32_t *need = mechanism_need(lists->problem, household);
        if (mttce->settled[household] || mttce->refused[pair]) {
            continue;
        }
        if (mttce->at[household] == locality || mechanism_fits(need, left, mttce->n_resources)) {
            return household;
        }
        mttce->refused[pair] = true;
    }
    return PLACE_NONE;
}

/* Where the household that a locality points at wants to be, or PLACE_NONE. */
static uint32_t mttce_follow(struct mttce *mttce, uint32_t locality)
{
    uint32_t household = mttce_top(mttce, locality);
    uint32_t pair = household == PLACE_NONE ? PLACE_NONE : mttce_wished(mttce, household);
    return pair == PLACE_NONE ? PLACE_NONE : mttce->lists->problem->locality[pair];
}

/* Whether a locality holds a household beside those at it, less the one that it points at. */
static bool mttce_holds(const struct mttce *mttce, uint32_t locality, uint32_t household,
                        uint32_t less)
{
    const struct place_problem *problem = mttce->lists->problem;
    const int64_t *left = &mttce->free_now[locality * mttce->n_resources];
    const int32_t *need = mechanism_need(problem, household);
    if (mttce->at[household] == locality) {
        return true;
    }
    bool leaves = less != PLACE_NONE && mttce->at[less] == locality;
    for (size_t r = 0; r < mttce->n_resources; r++) {
        int64_t more = leaves ? mechanism_need(problem, less)[r] : 0;
        if (need[r] > left[r] + more) {
            return false;
        }
    }
    return true;
}

static void mttce_settle(struct mttce *mttce, uint32_t household, uint32_t locality)
{
    size_t n = mttce->n_resources;
    const int32_t *need = mechanism_need(mttce->lists->problem, household);
    if (mttce->at[household] != PLACE_NONE) {
        mechanism_add(&mttce->free_now[mttce->at[household] * n], need, n);
    }
    mttce->at[household] = locality;
    mttce->settled[household] = true;
    mttce->n_here--;
    if (locality != PLACE_NONE) {
        mechanism_take(&mttce->free_now[locality * n], need, n);
        mechanism_take(&mttce->free_late[locality * n], need, n);
        mttce->shrunk[locality] = true;
    }
}

/* From a locality of a cycle: each of them holds the household that comes to it. */
static bool mttce_cycle_fits(struct mttce *mttce, uint32_t first)
{
    uint32_t from = first;
    do {
        uint32_t to = mttce_follow(mttce, from);
        if (!mttce_holds(mttce, to, mttce_top(mttce, from), mttce_top(mttce, to))) {
            return false;
        }
        from = to;
    } while (from != first);
    return true;
}

/* The localities of the cycles that have room, each once. */
static void mttce_find_cycles(struct mttce *mttce)
{
    uint32_t n = mttce->lists->problem->n_localities, before = mttce->walk;
    mttce->n_ring = 0;
    for (uint32_t from = 0; from < n; from++) {
        uint32_t l = from, walk = ++mttce->walk;
        while (l != PLACE_NONE && mttce->seen[l] <= before) {
            mttce->seen[l] = walk;
            l = mttce_follow(mttce, l);
        }
        if (l != PLACE_NONE && mttce->seen[l] == walk && mttce_cycle_fits(mttce, l)) {
            uint32_t first = l;
            do {
                mttce->ring[mttce->n_ring++] = l;
                l = mttce_follow(mttce, l);
            } while (l != first);
        }
    }
}

/* Everybody in a cycle with room, and those who have nowhere left, are matched for good. */
static bool mttce_close_cycles(struct mttce *mttce)
{
    size_t before = mttce->n_here, kept = 0;
    /* Where each of them goes is read before anybody is settled, as that moves the pointers. */
    for (size_t i = 0; i < mttce->n_ring; i++) {
        mttce->comes[i] = mttce_top(mttce, mttce->ring[i]);
        mttce->goes[i] = mttce_follow(mttce, mttce->ring[i]);
    }
    for (size_t i = 0; i < mttce->n_ring; i++) {
        mttce_settle(mttce, mttce->comes[i], mttce->goes[i]);
    }
    for (size_t i = 0; i < mttce->n_bare; i++) {
        uint32_t h = mttce->bare[i];
        if (!mttce->settled[h] && mttce_wished(mttce, h) == PLACE_NONE) {
            mttce_settle(mttce, h, PLACE_NONE);
        } else if (!mttce->settled[h]) {
            mttce->bare[kept++] = h;
        }
    }
    mttce->n_bare = kept;
    return mttce->n_here < before;
}

/* Refuses for good whoever does not fit beside those matched for good. */
static void mttce_refuse_late(struct mttce *mttce, uint32_t locality)
{
    const struct mechanism_lists *lists = mttce->lists;
    size_t n = mttce->n_resources, k = locality * n;
    mttce->shrunk[locality] = false;
    if (mechanism_fits(&mttce->largest[k], &mttce->free_late[k], n)) {
        return;
    }
    for (uint64_t i = mttce->top[locality]; i < lists->rank_first[locality + 1]; i++) {
        uint32_t h = lists->ranked[i];
        if (!mttce->settled[h] &&
            !mechanism_fits(mechanism_need(lists->problem, h), &mttce->free_late[k], n)) {
            mttce->refused[lists->ranked_pair[i]] = true;
        }
    }
}

/* Every locality that cannot hold it refuses; true when that is the one that it points at. */
static bool mttce_refuse_one(struct mttce *mttce, uint32_t household)
{
    const struct place_problem *problem = mttce->lists->problem;
    uint32_t wished = mttce_wished(mttce, household);
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        uint32_t l = problem->locality[pair];
        if (!mttce->refused[pair] && !mttce_holds(mttce, l, household, mttce->aim[l])) {
            mttce->refused[pair] = true;
        }
    }
    return mttce->refused[wished];
}

static int by_turn(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/* No cycle has room: the households pointed at are taken in the fixed order until one has lost its aim.  At least
 * one does: in each cycle somebody who is pointed at has no room where he points. */
static void mttce_reject(struct mttce *mttce)
{
    uint32_t n = mttce->lists->problem->n_localities;
    size_t n_aimed = 0;
    for (uint32_t l = 0; l < n; l++) {
        mttce->aim[l] = mttce_top(mttce, l);
        if (mttce->aim[l] != PLACE_NONE) {
            mttce->aimed[n_aimed++] = (uint64_t)mttce->turn[mttce->aim[l]] << 32 | mttce->aim[l];
        }
    }
    qsort(mttce->aimed, n_aimed, sizeof *mttce->aimed, by_turn);
    for (size_t i = 0; i < n_aimed; i++) {
        bool again = i > 0 && mttce->aimed[i] == mttce->aimed[i - 1];
        if (!again && mttce_refuse_one(mttce, (uint32_t)mttce->aimed[i])) {
            return;
        }
    }
}

int mechanism_mttce(struct arena *arena, const struct mechanism_lists *lists,
                    const uint32_t *endowment, const uint32_t *order, struct mechanism_match *out,
                    struct ajar_err *err)
{
    const struct place_problem *problem = lists->problem;
    struct mttce mttce = {
        .lists = lists, .n_resources = problem->n_resources, .n_here = problem->n_households};
    const uint32_t *turns = NULL;
    uint32_t rounds = 0;
    TRY(mechanism_order(arena, problem, order, &turns, err));
    TRY(mttce_room(arena, &mttce, err));
    for (uint32_t i = 0; i < problem->n_households; i++) {
        mttce.turn[turns[i]] = i;
    }
    TRY(mechanism_endow(problem, endowment, mttce.free_now, mttce.own, err));
    for (uint32_t h = 0; h < problem->n_households; h++) {
        mttce.at[h] = endowment[h];
        if (endowment[h] == PLACE_NONE) {
            mttce.bare[mttce.n_bare++] = h;
        }
    }
    memcpy(mttce.next, lists->wish_first, problem->n_households * sizeof *mttce.next);
    memcpy(mttce.top, lists->rank_first, problem->n_localities * sizeof *mttce.top);
    for (; mttce.n_here > 0; rounds++) {
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            if (mttce.shrunk[l]) {
                mttce_refuse_late(&mttce, l);
            }
        }
        /* All localities point, and refuse, before any household does. */
        for (uint32_t l = 0; l < problem->n_localities; l++) {
            mttce_top(&mttce, l);
        }
        mttce_find_cycles(&mttce);
        if (!mttce_close_cycles(&mttce)) {
            mttce_reject(&mttce);
        }
    }
    *out = (struct mechanism_match){mttce.at, rounds};
    return 0;
}
