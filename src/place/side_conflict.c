#include "side.h"

#include <stdlib.h>
#include <string.h>

struct conflict_work {
    struct arena *arena;
    const struct place_problem *problem;
    const struct place_side *side;
    uint64_t *lock; /* [n_households] the locked pair, or UINT64_MAX */
    uint32_t *of;   /* [n_households] the lock */
    struct side_conflict best;
    struct conflict_part *part; /* [n_locks + 1] */
    uint32_t n_parts;
};

struct conflict_part {
    int64_t need;
    uint32_t lock;
};

static int by_need(const void *a, const void *b)
{
    const struct conflict_part *x = a, *y = b;
    if (x->need != y->need) {
        return x->need > y->need ? -1 : 1;
    }
    return (x->lock > y->lock) - (x->lock < y->lock);
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The fewest of `part` whose needs pass `over`: the largest first.  Kept when there were none so few before. */
static void conflict_take(struct conflict_work *work, int64_t over, struct side_conflict found)
{
    int64_t sum = 0;
    uint32_t n = 0;
    qsort(work->part, work->n_parts, sizeof *work->part, by_need);
    while (n < work->n_parts && sum <= over) {
        sum += work->part[n++].need;
    }
    if (sum <= over || (work->best.n_locks > 0 && work->best.n_locks <= n)) {
        return;
    }
    found.n_locks = n;
    found.locks = work->best.locks;
    found.need = found.rule == SIDE_LEAST ? found.need : sum;
    for (uint32_t k = 0; k < n; k++) {
        found.locks[k] = work->part[k].lock;
    }
    qsort(found.locks, n, sizeof *found.locks, by_number);
    work->best = found;
}

static void conflict_part(struct conflict_work *work, uint32_t lock, uint32_t resource)
{
    int64_t need = place_need(work->problem, work->side->locks[lock].household, resource);
    if (need > 0) {
        work->part[work->n_parts++] = (struct conflict_part){need, lock};
    }
}

static uint32_t conflict_locality(const struct conflict_work *work, uint32_t lock)
{
    return work->problem->locality[work->side->locks[lock].pair];
}

static int conflict_capacities(struct conflict_work *work, struct ajar_err *err)
{
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources, n_cells = problem->n_localities * n;
    int64_t *used;
    TRY_NEW(used, work->arena, n_cells, err);
    for (uint32_t k = 0; k < work->side->n_locks; k++) {
        for (size_t r = 0; r < n; r++) {
            used[conflict_locality(work, k) * n + r] +=
                problem->need[work->side->locks[k].household * n + r];
        }
    }
    for (size_t cell = 0; cell < n_cells; cell++) {
        uint32_t l = (uint32_t)(cell / n), r = (uint32_t)(cell % n);
        if (used[cell] <= problem->capacity[cell]) {
            continue;
        }
        work->n_parts = 0;
        for (uint32_t k = 0; k < work->side->n_locks; k++) {
            if (conflict_locality(work, k) == l) {
                conflict_part(work, k, r);
            }
        }
        conflict_take(
            work, problem->capacity[cell],
            (struct side_conflict){
                .rule = SIDE_CAPACITY, .index = l, .resource = r, .most = problem->capacity[cell]});
    }
    return 0;
}

static int conflict_quotas(struct conflict_work *work, struct ajar_err *err)
{
    bool *in;
    TRY_NEW(in, work->arena, work->problem->n_localities, err);
    for (uint32_t q = 0; q < work->side->n_quotas; q++) {
        const struct side_quota *quota = &work->side->quotas[q];
        memset(in, 0, work->problem->n_localities * sizeof *in);
        for (uint32_t k = 0; k < quota->n_localities; k++) {
            in[quota->locality[k]] = true;
        }
        work->n_parts = 0;
        for (uint32_t k = 0; k < work->side->n_locks; k++) {
            if (in[conflict_locality(work, k)]) {
                conflict_part(work, k, quota->resource);
            }
        }
        conflict_take(
            work, quota->most,
            (struct side_conflict){
                .rule = SIDE_QUOTA, .index = q, .resource = quota->resource, .most = quota->most});
    }
    return 0;
}

/* Whether one household of a link, locked or free, can stand near the other, locked. */
static bool conflict_near(const struct conflict_work *work, const struct side_link *link,
                          uint32_t locked, uint32_t other)
{
    const struct place_problem *problem = work->problem;
    uint32_t at = problem->locality[work->lock[locked]];
    if (work->lock[other] != UINT64_MAX) {
        return side_near(work->side, link, at, problem->locality[work->lock[other]]);
    }
    for (uint64_t pair = problem->first[other]; pair < problem->first[other + 1]; pair++) {
        if (side_near(work->side, link, at, problem->locality[pair])) {
            return true;
        }
    }
    return false;
}

static void conflict_links(struct conflict_work *work)
{
    for (uint32_t k = 0; k < work->side->n_links; k++) {
        const struct side_link *link = &work->side->links[k];
        bool a = work->lock[link->a] != UINT64_MAX, b = work->lock[link->b] != UINT64_MAX;
        if ((!a && !b) || conflict_near(work, link, a ? link->a : link->b, a ? link->b : link->a)) {
            continue;
        }
        work->n_parts = 0;
        if (a) {
            work->part[work->n_parts++] = (struct conflict_part){1, work->of[link->a]};
        }
        if (b) {
            work->part[work->n_parts++] = (struct conflict_part){1, work->of[link->b]};
        }
        conflict_take(work, a && b ? 1 : 0, (struct side_conflict){.rule = SIDE_LINK, .index = k});
    }
}

/* One lock opens the lot; with it stand the locks elsewhere of those whose needs would be missed most. */
static void conflict_least(struct conflict_work *work, uint32_t index)
{
    const struct place_problem *problem = work->problem;
    const struct side_least *least = &work->side->leasts[index];
    int64_t reach = 0, all = 0;
    uint32_t opener = PLACE_NONE;
    work->n_parts = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool may = false, here = false;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            may = may || problem->locality[pair] == least->locality;
            here = here || (problem->locality[pair] == least->locality && pair == work->lock[h]);
        }
        int64_t need = place_need(problem, h, least->resource);
        bool free = work->lock[h] == UINT64_MAX;
        opener = here && opener == PLACE_NONE ? work->of[h] : opener;
        all += may ? need : 0;
        reach += may && (free || here) ? need : 0;
        if (may && !free && !here) {
            conflict_part(work, work->of[h], least->resource);
        }
    }
    if (opener == PLACE_NONE || reach >= least->least) {
        return;
    }
    /* The opener stands first in any order. */
    work->part[work->n_parts++] = (struct conflict_part){INT64_MAX / 4, opener};
    conflict_take(work, INT64_MAX / 4 - 1 + (all < least->least ? 0 : all - least->least + 1),
                  (struct side_conflict){.rule = SIDE_LEAST,
                                         .index = index,
                                         .resource = least->resource,
                                         .need = reach,
                                         .most = least->least});
}

int side_conflict(struct arena *arena, const struct place_problem *problem,
                  const struct place_side *side, struct side_conflict *out, struct ajar_err *err)
{
    struct conflict_work work = {.arena = arena, .problem = problem, .side = side};
    TRY_NEW(work.lock, arena, problem->n_households, err);
    TRY_NEW(work.of, arena, problem->n_households, err);
    TRY_NEW(work.part, arena, (size_t)side->n_locks + 2, err);
    TRY_NEW(work.best.locks, arena, (size_t)side->n_locks + 2, err);
    memset(work.lock, 0xff, problem->n_households * sizeof *work.lock);
    for (uint32_t k = 0; k < side->n_locks; k++) {
        work.lock[side->locks[k].household] = side->locks[k].pair;
        work.of[side->locks[k].household] = k;
    }
    TRY(conflict_capacities(&work, err));
    TRY(conflict_quotas(&work, err));
    conflict_links(&work);
    for (uint32_t k = 0; k < side->n_leasts; k++) {
        conflict_least(&work, k);
    }
    *out = work.best;
    return 0;
}
