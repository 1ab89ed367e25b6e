#include "fair_kind.h"

#include <string.h>

#include "price.h"

enum { KIND_ROUNDS = 16 };

struct kind {
    struct fair *fair;
    const int32_t *value;
    uint32_t *place;
    const uint32_t *member; /* [n] households of the kind that are not locked, rising */
    uint32_t n, placed;
};

/* The members and where they may go in turn: localities that hold somebody of the kind now, as many as now. */
static int kind_problem(struct arena *arena, struct kind *kind, struct place_problem *out,
                        uint32_t **start, struct ajar_err *err)
{
    const struct place_problem *all = kind->fair->problem;
    struct place_problem problem = {
        .n_households = kind->n, .n_localities = all->n_localities, .n_resources = 1};
    uint64_t most = 0, kept = 0, *first;
    uint32_t *locality;
    int32_t *need, *capacity, *score;
    for (uint32_t i = 0; i < kind->n; i++) {
        most += all->first[kind->member[i] + 1] - all->first[kind->member[i]];
    }
    TRY_NEW(need, arena, kind->n, err);
    TRY_NEW(capacity, arena, all->n_localities, err);
    TRY_NEW(first, arena, (size_t)kind->n + 1, err);
    TRY_NEW(locality, arena, most, err);
    TRY_NEW(score, arena, most, err);
    TRY_NEW(*start, arena, kind->n, err);
    for (uint32_t i = 0; i < kind->n; i++) {
        uint32_t at = kind->place[kind->member[i]];
        (*start)[i] = at;
        need[i] = 1;
        if (at != PLACE_NONE) {
            capacity[at]++;
            kind->placed++;
        }
    }
    for (uint32_t i = 0; i < kind->n; i++) {
        uint32_t h = kind->member[i];
        for (uint64_t pair = all->first[h]; pair < all->first[h + 1]; pair++) {
            if (kind->value[pair] != FAIR_STRUCK && capacity[all->locality[pair]] > 0) {
                locality[kept] = all->locality[pair];
                score[kept++] = kind->value[pair];
            }
        }
        first[i + 1] = kept;
    }
    problem.need = need;
    problem.capacity = capacity;
    problem.first = first;
    problem.locality = locality;
    problem.score = score;
    *out = problem;
    return 0;
}

static int kind_solve(struct arena *arena, struct kind *kind, struct ajar_err *err)
{
    struct place_options options = {.rounds = KIND_ROUNDS, .seed = kind->fair->options->solve.seed};
    struct place_problem problem;
    struct place_result result;
    uint32_t *start, placed = 0;
    TRY(kind_problem(arena, kind, &problem, &start, err));
    if (kind->placed == 0) {
        return 0;
    }
    options.start_place = start;
    TRY(place_solve(arena, &problem, &options, kind->fair->pool, NULL, &result, err));
    for (uint32_t i = 0; i < kind->n; i++) {
        placed += result.place[i] != PLACE_NONE;
    }
    for (uint32_t i = 0; i < kind->n && placed == kind->placed; i++) {
        kind->place[kind->member[i]] = result.place[i];
    }
    return 0;
}

/* Households that are not locked, by kind and rising. */
static int kind_members(struct arena *arena, const struct fair *fair,
                        const struct price_kinds *kinds, uint32_t **member, uint32_t **first,
                        struct ajar_err *err)
{
    uint32_t *fill;
    TRY_NEW(*member, arena, fair->problem->n_households, err);
    TRY_NEW(*first, arena, (size_t)kinds->n + 1, err);
    TRY_NEW(fill, arena, kinds->n, err);
    for (uint32_t h = 0; h < fair->problem->n_households; h++) {
        (*first)[kinds->of[h] + 1] += fair->lock[h] == UINT64_MAX;
    }
    for (uint32_t k = 0; k < kinds->n; k++) {
        (*first)[k + 1] += (*first)[k];
        fill[k] = (*first)[k];
    }
    for (uint32_t h = 0; h < fair->problem->n_households; h++) {
        if (fair->lock[h] == UINT64_MAX) {
            (*member)[fill[kinds->of[h]]++] = h;
        }
    }
    return 0;
}

static int kind_all(struct arena *scratch, struct fair *fair, const int32_t *value, uint32_t *place,
                    struct ajar_err *err)
{
    struct price_kinds kinds;
    uint32_t *member = NULL, *first = NULL;
    TRY(price_kinds_find(scratch, fair->problem, &kinds, err));
    TRY(kind_members(scratch, fair, &kinds, &member, &first, err));
    for (uint32_t k = 0; k < kinds.n && !fair->stopped; k++) {
        struct kind kind = {.fair = fair,
                            .value = value,
                            .place = place,
                            .member = &member[first[k]],
                            .n = first[k + 1] - first[k]};
        struct arena one;
        arena_init(&one, scratch->name, scratch->ceiling - scratch->used);
        int code = kind.n < 2 ? 0 : kind_solve(&one, &kind, err);
        arena_free(&one);
        TRY(code);
    }
    return 0;
}

int fair_kinds(struct fair *fair, const int32_t *value, uint32_t *place, struct ajar_err *err)
{
    struct arena scratch;
    if (fair->side->n_links > 0) {
        return 0;
    }
    arena_init(&scratch, fair->arena->name, fair->arena->ceiling - fair->arena->used);
    int code = kind_all(&scratch, fair, value, place, err);
    arena_free(&scratch);
    return code;
}
