#include "side_core.h"

#include <string.h>

#include "bound.h"

struct core_work {
    struct arena *arena;
    const struct place_problem *whole;
    const struct place_side *side;
    struct side_core core;
    uint64_t *lock;    /* [whole n_households] the locked pair, or UINT64_MAX */
    int32_t *capacity; /* [n_localities * n_resources] */
    int64_t *used;     /* [n_localities * n_resources] by the locked */
    bool *seat;        /* [n_localities] somebody is locked there */
};

static int core_locks(struct core_work *work, struct ajar_err *err)
{
    const struct place_problem *whole = work->whole;
    size_t n = whole->n_resources, n_cells = whole->n_localities * n;
    TRY_NEW(work->lock, work->arena, whole->n_households, err);
    TRY_NEW(work->capacity, work->arena, n_cells, err);
    TRY_NEW(work->used, work->arena, n_cells, err);
    TRY_NEW(work->seat, work->arena, whole->n_localities, err);
    memset(work->lock, 0xff, whole->n_households * sizeof *work->lock);
    for (uint32_t k = 0; k < work->side->n_locks; k++) {
        uint32_t h = work->side->locks[k].household;
        uint64_t pair = work->side->locks[k].pair;
        uint32_t l = whole->locality[pair];
        work->lock[h] = pair;
        work->seat[l] = true;
        work->core.micro += whole->score[pair];
        for (size_t r = 0; r < n; r++) {
            work->used[l * n + r] += whole->need[h * n + r];
        }
    }
    for (size_t k = 0; k < n_cells; k++) {
        work->capacity[k] = (int32_t)(whole->capacity[k] - work->used[k]);
    }
    return 0;
}

/* What minimums leave to ask, and of which lots. */
static int core_lots(struct core_work *work, struct ajar_err *err)
{
    size_t n = work->whole->n_resources, n_localities = work->whole->n_localities;
    struct side_core *core = &work->core;
    TRY_NEW(core->least, work->arena, n_localities * n, err);
    TRY_NEW(core->lot, work->arena, n_localities, err);
    for (uint32_t k = 0; k < work->side->n_leasts; k++) {
        const struct side_least *least = &work->side->leasts[k];
        size_t at = least->locality * n + least->resource;
        int64_t left = least->least - work->used[at];
        if (left > 0) {
            core->least[at] = (int32_t)left;
            core->lot[least->locality] = work->seat[least->locality] ? LOT_OPEN : LOT_EITHER;
        }
    }
    return 0;
}

static int core_quotas(struct core_work *work, struct ajar_err *err)
{
    size_t n = work->whole->n_resources, n_cells = work->whole->n_localities * n;
    struct side_quota *quotas;
    TRY_NEW(work->core.quota_of, work->arena, n_cells, err);
    TRY_NEW(quotas, work->arena, work->side->n_quotas, err);
    memset(work->core.quota_of, 0xff, n_cells * sizeof *work->core.quota_of);
    for (uint32_t q = 0; q < work->side->n_quotas; q++) {
        quotas[q] = work->side->quotas[q];
        for (uint32_t k = 0; k < quotas[q].n_localities; k++) {
            size_t at = quotas[q].locality[k] * n + quotas[q].resource;
            work->core.quota_of[at] = q;
            quotas[q].most -= work->used[at];
        }
    }
    work->core.side.quotas = quotas;
    work->core.side.n_quotas = work->side->n_quotas;
    return 0;
}

/* Numbers for the free, their needs, and who must be placed because a chain of links ends at a locked one. */
static int core_households(struct core_work *work, struct ajar_err *err)
{
    const struct place_problem *whole = work->whole;
    const struct place_side *side = work->side;
    struct side_core *core = &work->core;
    size_t n = whole->n_resources;
    uint32_t count = whole->n_households - side->n_locks;
    int32_t *need;
    TRY_NEW(core->household, work->arena, count, err);
    TRY_NEW(core->number, work->arena, whole->n_households, err);
    TRY_NEW(core->must, work->arena, count, err);
    TRY_NEW(need, work->arena, count * n, err);
    uint32_t at = 0;
    for (uint32_t h = 0; h < whole->n_households; h++) {
        core->number[h] = work->lock[h] == UINT64_MAX ? at : PLACE_NONE;
        if (work->lock[h] == UINT64_MAX) {
            core->household[at] = h;
            memcpy(&need[at * n], &whole->need[h * n], n * sizeof *need);
            at++;
        }
    }
    for (bool more = true; more;) {
        more = false;
        for (uint32_t k = 0; k < side->n_links; k++) {
            uint32_t a = core->number[side->links[k].a], b = core->number[side->links[k].b];
            bool one = a == PLACE_NONE || core->must[a], other = b == PLACE_NONE || core->must[b];
            if (one != other) {
                core->must[one ? b : a] = true;
                more = true;
            }
        }
    }
    core->problem = (struct place_problem){.n_households = count,
                                           .n_localities = whole->n_localities,
                                           .n_resources = whole->n_resources,
                                           .need = need,
                                           .capacity = work->capacity};
    return 0;
}

/* Links between the free, by household. */
static int core_links(struct core_work *work, struct ajar_err *err)
{
    const struct place_side *side = work->side;
    struct side_core *core = &work->core;
    uint32_t n = core->problem.n_households, count = 0;
    struct side_link *links;
    TRY_NEW(links, work->arena, side->n_links, err);
    TRY_NEW(core->link_first, work->arena, (size_t)n + 2, err);
    TRY_NEW(core->link_at, work->arena, 2 * (size_t)side->n_links, err);
    for (uint32_t k = 0; k < side->n_links; k++) {
        uint32_t a = core->number[side->links[k].a], b = core->number[side->links[k].b];
        if (a != PLACE_NONE && b != PLACE_NONE) {
            links[count++] = (struct side_link){a, b, side->links[k].chord_m};
            core->link_first[a + 2]++;
            core->link_first[b + 2]++;
        }
    }
    for (uint32_t h = 0; h < n; h++) {
        core->link_first[h + 2] += core->link_first[h + 1];
    }
    for (uint32_t k = 0; k < count; k++) {
        core->link_at[core->link_first[links[k].a + 1]++] = k;
        core->link_at[core->link_first[links[k].b + 1]++] = k;
    }
    core->side.links = links;
    core->side.n_links = count;
    core->side.place_of = side->place_of;
    core->side.position_m = side->position_m;
    return 0;
}

/* Whether a free household could still go there, beside the locked alone. */
static bool core_fits(const struct core_work *work, uint32_t household, uint32_t locality)
{
    const struct side_core *core = &work->core;
    size_t n = core->problem.n_resources;
    for (size_t r = 0; r < n; r++) {
        size_t at = locality * n + r;
        int32_t need = work->whole->need[household * n + r];
        uint32_t q = core->quota_of[at];
        if (need > work->capacity[at] ||
            (q != PLACE_NONE && need > 0 && need > core->side.quotas[q].most)) {
            return false;
        }
    }
    return true;
}

/* barred[pair of the whole]: a link to a locked household rules it out. */
static int core_barred(struct core_work *work, bool **out, struct ajar_err *err)
{
    const struct place_problem *whole = work->whole;
    bool *barred = NULL;
    TRY_NEW(barred, work->arena, whole->first[whole->n_households], err);
    for (uint32_t k = 0; k < work->side->n_links; k++) {
        const struct side_link *link = &work->side->links[k];
        uint64_t a = work->lock[link->a], b = work->lock[link->b];
        if ((a == UINT64_MAX) == (b == UINT64_MAX)) {
            continue;
        }
        uint32_t at = whole->locality[a == UINT64_MAX ? b : a];
        uint32_t h = a == UINT64_MAX ? link->a : link->b;
        for (uint64_t pair = whole->first[h]; pair < whole->first[h + 1]; pair++) {
            barred[pair] = barred[pair] || !side_near(work->side, link, at, whole->locality[pair]);
        }
    }
    *out = barred;
    return 0;
}

static int core_pairs(struct core_work *work, struct ajar_err *err)
{
    const struct place_problem *whole = work->whole;
    struct place_problem *problem = &work->core.problem;
    uint64_t *first, n = 0, most = whole->first[whole->n_households];
    uint32_t *locality;
    int32_t *score;
    bool *barred = NULL;
    TRY(core_barred(work, &barred, err));
    TRY_NEW(first, work->arena, (size_t)problem->n_households + 1, err);
    TRY_NEW(locality, work->arena, most, err);
    TRY_NEW(score, work->arena, most, err);
    for (uint32_t k = 0; k < problem->n_households; k++) {
        uint32_t h = work->core.household[k];
        for (uint64_t pair = whole->first[h]; pair < whole->first[h + 1]; pair++) {
            if (!barred[pair] && core_fits(work, h, whole->locality[pair])) {
                locality[n] = whole->locality[pair];
                score[n++] = whole->score[pair];
            }
        }
        first[k + 1] = n;
    }
    problem->first = first;
    problem->locality = locality;
    problem->score = score;
    return 0;
}

int side_core_new(struct arena *arena, const struct place_problem *problem,
                  const struct place_side *side, struct side_core *out, struct ajar_err *err)
{
    struct core_work work = {.arena = arena, .whole = problem, .side = side};
    TRY(core_locks(&work, err));
    TRY(core_lots(&work, err));
    TRY(core_quotas(&work, err));
    TRY(core_households(&work, err));
    TRY(core_links(&work, err));
    TRY(core_pairs(&work, err));
    *out = work.core;
    return 0;
}
