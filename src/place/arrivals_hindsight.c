#include <math.h>

#include "arrivals.h"
#include "arrivals_faults.h"
#include "bound.h"
#include "price.h"

/* Those who arrive, as a placement of their own. */
static int hindsight_problem(struct arena *arena, const struct arrivals_input *input,
                             struct place_problem *out, struct ajar_err *err)
{
    const struct place_problem *problem = input->problem;
    struct place_problem made = *problem;
    size_t n = problem->n_resources, pairs = 0;
    uint64_t *first;
    uint32_t *locality;
    int32_t *need, *score;
    for (uint32_t i = 0; i < input->n_arriving; i++) {
        uint32_t h = input->arriving[i];
        pairs += problem->first[h + 1] - problem->first[h];
    }
    TRY_NEW(first, arena, (size_t)input->n_arriving + 1, err);
    TRY_NEW(need, arena, input->n_arriving * n, err);
    TRY_NEW(locality, arena, pairs, err);
    TRY_NEW(score, arena, pairs, err);
    for (uint32_t i = 0; i < input->n_arriving; i++) {
        uint32_t h = input->arriving[i];
        uint64_t at = first[i];
        for (size_t r = 0; r < n; r++) {
            need[i * n + r] = problem->need[h * n + r];
        }
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            locality[at] = problem->locality[pair];
            score[at++] = problem->score[pair];
        }
        first[i + 1] = at;
    }
    made.n_households = input->n_arriving;
    made.need = need;
    made.first = first;
    made.locality = locality;
    made.score = score;
    *out = made;
    return 0;
}

static int hindsight_bound(struct arena *scratch, const struct arrivals_input *input,
                           struct pool *pool, const struct watch *watch, int64_t *bound_micro,
                           struct ajar_err *err)
{
    const struct arrivals_options options = {.method = ARRIVALS_GREEDY, .gamma = NAN};
    const struct price_options looks = {0};
    struct place_problem arriving;
    int64_t *price;
    TRY(arrivals_faults(scratch, input, &options, err));
    TRY(hindsight_problem(scratch, input, &arriving, err));
    TRY_NEW(price, scratch, (size_t)arriving.n_localities * arriving.n_resources, err);
    TRY(price_find(scratch, &arriving, &looks, pool, watch, price, err));
    return place_bound(scratch, &arriving, price, pool, bound_micro, err);
}

/* The bound of one group alone, a household of it. */
static int reach_of(struct arena *scratch, const struct arrivals_input *input, uint32_t group,
                    struct pool *pool, const struct watch *watch, int64_t *average_micro,
                    struct ajar_err *err)
{
    struct arrivals_input alone = *input;
    uint32_t *who, n = 0;
    int64_t bound = 0;
    TRY_NEW(who, scratch, input->n_arriving, err);
    for (uint32_t i = 0; i < input->n_arriving; i++) {
        if (input->group[input->arriving[i]] == group) {
            who[n++] = input->arriving[i];
        }
    }
    *average_micro = 0;
    if (n == 0) {
        return 0;
    }
    alone.arriving = who;
    alone.n_arriving = n;
    alone.n_batches = 1;
    alone.batch_end = &n;
    TRY(hindsight_bound(scratch, &alone, pool, watch, &bound, err));
    *average_micro = bound / n;
    return 0;
}

int arrivals_reach(struct arena *arena, const struct arrivals_input *input, struct pool *pool,
                   const struct watch *watch, int64_t *out, struct ajar_err *err)
{
    int code = 0;
    for (uint32_t g = 0; code == 0 && g < input->n_groups; g++) {
        struct arena scratch;
        arena_init(&scratch, arena->name, arena->ceiling - arena->used);
        code = reach_of(&scratch, input, g, pool, watch, &out[g], err);
        arena_free(&scratch);
    }
    return code;
}

int arrivals_hindsight(struct arena *arena, const struct arrivals_input *input, struct pool *pool,
                       const struct watch *watch, int64_t *bound_micro, struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    int code = hindsight_bound(&scratch, input, pool, watch, bound_micro, err);
    arena_free(&scratch);
    return code;
}
