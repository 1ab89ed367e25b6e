#include "whatif_work.h"

#include <string.h>

/* Nobody goes where so little is left; sums of it do not overflow. */
#define WORK_LEAST (-((int64_t)1 << 50))

void whatif_put(struct whatif_work *work, uint32_t household, uint64_t to)
{
    work->moved += (uint32_t)whatif_cost(work, household, to);
    standing_put(&work->at, household, to);
}

static void work_leave(struct whatif_work *work, uint32_t household)
{
    uint32_t at = work->problem->locality[work->stand[household]];
    uint32_t next = work->next[household], prev = work->prev[household];
    if (prev == PLACE_NONE) {
        work->head[at] = next;
    } else {
        work->next[prev] = next;
    }
    if (next != PLACE_NONE) {
        work->prev[next] = prev;
    }
}

static void work_enter(struct whatif_work *work, uint32_t household)
{
    uint32_t at = work->problem->locality[work->at.pair[household]];
    work->prev[household] = PLACE_NONE;
    work->next[household] = work->head[at];
    if (work->head[at] != PLACE_NONE) {
        work->prev[work->head[at]] = household;
    }
    work->head[at] = household;
}

void whatif_settle(struct whatif_work *work, uint32_t household)
{
    if (work->stand[household] == work->at.pair[household]) {
        return;
    }
    if (work->stand[household] != STANDING_NOWHERE) {
        work_leave(work, household);
    }
    work->stand[household] = work->at.pair[household];
    if (work->stand[household] != STANDING_NOWHERE) {
        work_enter(work, household);
    }
}

static int work_index(struct whatif_work *work, struct arena *arena, struct ajar_err *err)
{
    const struct place_problem *problem = work->problem;
    uint64_t n_pairs = problem->first[problem->n_households];
    TRY_NEW(work->left, arena, n_pairs, err);
    TRY_NEW(work->tried, arena, n_pairs, err);
    TRY_NEW(work->by_first, arena, (size_t)problem->n_localities + 2, err);
    TRY_NEW(work->by_pair, arena, n_pairs, err);
    TRY_NEW(work->by_household, arena, n_pairs, err);
    /* Counted two places on, so that filling leaves the starts where they belong. */
    for (uint64_t pair = 0; pair < n_pairs; pair++) {
        work->by_first[problem->locality[pair] + 2]++;
    }
    for (size_t l = 2; l < (size_t)problem->n_localities + 2; l++) {
        work->by_first[l] += work->by_first[l - 1];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            uint64_t at = work->by_first[problem->locality[pair] + 1]++;
            work->by_pair[at] = pair;
            work->by_household[at] = h;
            int64_t left = standing_left(&work->at, h, pair);
            work->left[pair] = left > WORK_LEAST ? left : WORK_LEAST;
        }
    }
    return 0;
}

/* Who has to move, and where to. */
static void work_force(struct whatif_work *work)
{
    const struct place_problem *problem = work->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t before = work->options->before[h];
        uint64_t lock = work->at.lock[h];
        bool gone = before != PLACE_NONE && work->at.pair[h] == STANDING_NOWHERE;
        work->home[h] = work->at.pair[h];
        work->forced[h] = lock != STANDING_NOWHERE ? lock != work->home[h] : gone;
        work->n_forced += work->forced[h];
        if (!work->forced[h]) {
            continue;
        }
        if (before < problem->n_localities) {
            work->dirty[before] = true;
        }
        if (lock != STANDING_NOWHERE) {
            work->dirty[problem->locality[lock]] = true;
            whatif_put(work, h, lock);
        }
    }
}

int whatif_work_new(struct arena *arena, const struct place_problem *problem,
                    const struct place_side *side, const int64_t *price,
                    const struct whatif_options *options, struct whatif_work *out,
                    struct ajar_err *err)
{
    struct whatif_work work = {.problem = problem, .options = options, .price = price};
    uint32_t n = problem->n_households;
    TRY(standing_new(arena, problem, side, price, options->quota_price, options->before, &work.at,
                     err));
    work.side = work.at.side;
    TRY_NEW(work.home, arena, n, err);
    TRY_NEW(work.forced, arena, n, err);
    TRY_NEW(work.dirty, arena, problem->n_localities, err);
    TRY_NEW(work.shut, arena, problem->n_localities, err);
    TRY_NEW(work.head, arena, problem->n_localities, err);
    TRY_NEW(work.next, arena, n, err);
    TRY_NEW(work.prev, arena, n, err);
    TRY_NEW(work.stand, arena, n, err);
    TRY(work_index(&work, arena, err));
    work_force(&work);
    memset(work.head, 0xff, problem->n_localities * sizeof *work.head);
    memset(work.stand, 0xff, n * sizeof *work.stand);
    for (uint32_t h = n; h-- > 0;) {
        whatif_settle(&work, h);
    }
    *out = work;
    return 0;
}

struct whatif_defect whatif_defect_at(const struct whatif_work *work, uint32_t locality)
{
    const struct place_problem *problem = work->problem;
    const struct standing *at = &work->at;
    size_t n = problem->n_resources;
    for (size_t k = locality * n; k < (locality + 1) * n; k++) {
        if (at->used[k] > problem->capacity[k]) {
            return (struct whatif_defect){WHATIF_OVER, locality};
        }
    }
    for (size_t k = locality * n; at->quota_of != NULL && k < (locality + 1) * n; k++) {
        uint32_t q = at->quota_of[k];
        if (q != PLACE_NONE && at->quota_used[q] > work->side->quotas[q].most) {
            return (struct whatif_defect){WHATIF_QUOTA, q};
        }
    }
    if (!standing_least_kept(at, locality)) {
        return (struct whatif_defect){WHATIF_LEAST, locality};
    }
    return (struct whatif_defect){WHATIF_FINE, 0};
}

struct whatif_defect whatif_defect_of(const struct whatif_work *work, uint32_t household)
{
    const struct standing *at = &work->at;
    for (uint64_t i = at->link_first == NULL ? 0 : at->link_first[household];
         at->link_first != NULL && i < at->link_first[household + 1]; i++) {
        if (!standing_link_kept(at, at->link[i])) {
            return (struct whatif_defect){WHATIF_LINK, at->link[i]};
        }
    }
    return (struct whatif_defect){WHATIF_FINE, 0};
}

struct whatif_defect whatif_defect_any(const struct whatif_work *work)
{
    struct whatif_defect defect = {WHATIF_FINE, 0};
    for (uint32_t l = 0; defect.fault == WHATIF_FINE && l < work->problem->n_localities; l++) {
        defect = whatif_defect_at(work, l);
    }
    for (uint32_t i = 0; defect.fault == WHATIF_FINE && i < work->side->n_links; i++) {
        if (!standing_link_kept(&work->at, i)) {
            defect = (struct whatif_defect){WHATIF_LINK, i};
        }
    }
    return defect;
}
