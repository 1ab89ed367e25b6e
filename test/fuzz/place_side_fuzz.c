/* Any bytes as a small problem under locks, quotas, minimums and links: the plan keeps all of them, no plan passes the
 * bound, and every plan there is tried to see that none is better. */
#include <limits.h>

#include "bound.h"
#include "fuzz.h"
#include "side.h"

enum { HOUSEHOLDS = 6, LOCALITIES = 3, RESOURCES = 2, PAIRS = HOUSEHOLDS * LOCALITIES };

/* Bytes come one by one; after the last there are zeros. */
struct bytes {
    const uint8_t *data;
    size_t size, at;
};
static uint32_t next(struct bytes *bytes, uint32_t below)
{
    return bytes->at < bytes->size ? bytes->data[bytes->at++] % below : 0;
}

struct made {
    struct place_problem problem;
    struct place_side side;
    int32_t need[HOUSEHOLDS * RESOURCES], capacity[LOCALITIES * RESOURCES], score[PAIRS];
    uint64_t first[HOUSEHOLDS + 1];
    uint32_t locality[PAIRS], place_of[LOCALITIES], member[LOCALITIES];
    int32_t position[3 * LOCALITIES];
    struct side_lock lock[HOUSEHOLDS];
    struct side_quota quota[RESOURCES];
    struct side_least least[LOCALITIES * RESOURCES];
    struct side_link link[HOUSEHOLDS * HOUSEHOLDS];
};

static void make_problem(struct made *made, struct bytes *bytes)
{
    uint32_t n = 1 + next(bytes, HOUSEHOLDS), localities = 1 + next(bytes, LOCALITIES);
    uint64_t pairs = 0;
    for (uint32_t k = 0; k < localities * RESOURCES; k++) {
        made->capacity[k] = (int32_t)next(bytes, 9);
    }
    for (uint32_t h = 0; h < n; h++) {
        for (uint32_t r = 0; r < RESOURCES; r++) {
            made->need[h * RESOURCES + r] = (int32_t)next(bytes, 4);
        }
        for (uint32_t l = 0; l < localities; l++) {
            uint32_t worth = next(bytes, 256);
            if (worth % 8 != 0) {
                made->locality[pairs] = l;
                made->score[pairs++] = ((int32_t)worth - 40) * 4567;
            }
        }
        made->first[h + 1] = pairs;
    }
    made->problem =
        (struct place_problem){n,           localities,     RESOURCES,  made->need, made->capacity,
                               made->first, made->locality, made->score};
}

/* Locks, a quota a resource over the first localities, minimums within capacities, links by place and by distance. */
static void make_side(struct made *made, struct bytes *bytes)
{
    const struct place_problem *problem = &made->problem;
    struct place_side *side = &made->side;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        made->member[l] = l;
        made->place_of[l] = l > 0 && next(bytes, 3) == 0 ? made->place_of[l - 1] : l;
        made->position[3 * (size_t)l] = (int32_t)next(bytes, 256) * 1000;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t n = (uint32_t)(problem->first[h + 1] - problem->first[h]);
        if (n > 0 && next(bytes, 5) == 1) {
            made->lock[side->n_locks++] = (struct side_lock){h, problem->first[h] + next(bytes, n)};
        }
        for (uint32_t other = h + 1; other < problem->n_households; other++) {
            if (next(bytes, 6) == 1) {
                made->link[side->n_links++] = (struct side_link){
                    h, other, next(bytes, 2) == 0 ? SIDE_SAME : (int64_t)next(bytes, 200) * 1000};
            }
        }
    }
    for (uint32_t r = 0; r < RESOURCES; r++) {
        if (next(bytes, 2) == 1) {
            made->quota[side->n_quotas++] = (struct side_quota){
                r, next(bytes, 12), 1 + next(bytes, problem->n_localities), made->member};
        }
    }
    for (uint32_t k = 0; k < problem->n_localities * RESOURCES; k++) {
        if (made->capacity[k] > 0 && next(bytes, 4) == 1) {
            made->least[side->n_leasts++] =
                (struct side_least){k / RESOURCES, k % RESOURCES,
                                    1 + (int32_t)next(bytes, (uint32_t)made->capacity[k])};
        }
    }
    side->locks = made->lock;
    side->quotas = made->quota;
    side->leasts = made->least;
    side->links = made->link;
    side->place_of = made->place_of;
    side->position_m = made->position;
}

/* ---- What a plan is, said once more ---- */

static int64_t load_at(const struct made *made, const uint32_t *place, uint32_t l, uint32_t r)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < made->problem.n_households; h++) {
        sum += place[h] == l ? made->need[h * RESOURCES + r] : 0;
    }
    return sum;
}

static bool linked(const struct made *made, const uint32_t *place)
{
    for (uint32_t k = 0; k < made->side.n_links; k++) {
        const struct side_link *link = &made->link[k];
        uint32_t a = place[link->a], b = place[link->b];
        if (a == PLACE_NONE && b == PLACE_NONE) {
            continue;
        }
        if (a == PLACE_NONE || b == PLACE_NONE) {
            return false;
        }
        bool near = link->chord_m == SIDE_SAME
                        ? made->place_of[a] == made->place_of[b]
                        : labs(made->position[3 * (size_t)a] - made->position[3 * (size_t)b]) <=
                              link->chord_m;
        if (!near) {
            return false;
        }
    }
    return true;
}

static bool lots_hold(const struct made *made, const uint32_t *place)
{
    for (uint32_t l = 0; l < made->problem.n_localities; l++) {
        for (uint32_t r = 0; r < RESOURCES; r++) {
            if (load_at(made, place, l, r) > made->capacity[l * RESOURCES + r]) {
                return false;
            }
        }
    }
    for (uint32_t k = 0; k < made->side.n_leasts; k++) {
        const struct side_least *least = &made->least[k];
        bool any = false;
        for (uint32_t h = 0; h < made->problem.n_households; h++) {
            any = any || place[h] == least->locality;
        }
        if (any && load_at(made, place, least->locality, least->resource) < least->least) {
            return false;
        }
    }
    return true;
}

static bool holds(const struct made *made, const uint32_t *place)
{
    for (uint32_t k = 0; k < made->side.n_locks; k++) {
        if (place[made->lock[k].household] != made->locality[made->lock[k].pair]) {
            return false;
        }
    }
    for (uint32_t q = 0; q < made->side.n_quotas; q++) {
        int64_t sum = 0;
        for (uint32_t k = 0; k < made->quota[q].n_localities; k++) {
            sum += load_at(made, place, made->member[k], made->quota[q].resource);
        }
        if (sum > made->quota[q].most) {
            return false;
        }
    }
    return linked(made, place) && lots_hold(made, place);
}

/* Every choice of pairs in turn, the last household's first; INT64_MIN: no plan. */
static int64_t best_of(const struct made *made)
{
    uint64_t at[HOUSEHOLDS], n = made->problem.n_households;
    uint32_t place[HOUSEHOLDS];
    int64_t best = INT64_MIN;
    for (uint32_t h = 0; h < n; h++) {
        at[h] = made->first[h];
    }
    while (true) {
        int64_t sum = 0;
        for (uint32_t h = 0; h < n; h++) {
            bool nowhere = at[h] == made->first[h + 1];
            place[h] = nowhere ? PLACE_NONE : made->locality[at[h]];
            sum += nowhere ? 0 : made->score[at[h]];
        }
        best = sum > best && holds(made, place) ? sum : best;
        uint64_t h = n;
        while (h > 0 && at[h - 1] == made->first[h]) {
            at[h - 1] = made->first[h - 1];
            h--;
        }
        if (h == 0) {
            return best;
        }
        at[h - 1]++;
    }
}

static void check(const struct made *made, const struct side_result *got, int64_t best)
{
    const struct place_result *plan = &got->plan;
    int64_t load[LOCALITIES * RESOURCES];
    bool legal;
    fuzz_demand(place_objective(&made->problem, plan->place, load, &legal) ==
                plan->objective_micro);
    fuzz_demand(legal && holds(made, plan->place));
    fuzz_demand(plan->objective_micro <= best && best <= plan->bound_micro);
    fuzz_demand(best <= got->linked_bound_micro);
    fuzz_demand(plan->bound_micro <= plan->price_bound_micro);
    fuzz_demand(!plan->proven || plan->objective_micro == best);
}

static void try_all(struct arena *arena, const struct made *made)
{
    int64_t best = best_of(made);
    for (int light = 0; light < 2; light++) {
        struct place_options options = {
            .seed = 1, .light = light == 1, .rounds = light == 1 ? 6 : 0};
        struct side_conflict conflict;
        struct side_result got;
        int code = side_solve(arena, &made->problem, &made->side, &options, NULL, NULL, &got, NULL);
        fuzz_demand(code == (best == INT64_MIN ? E_PLACE_LOCKS : 0));
        fuzz_demand(side_conflict(arena, &made->problem, &made->side, &conflict, NULL) == 0);
        fuzz_demand(conflict.n_locks == 0 || code != 0);
        if (code == 0) {
            check(made, &got, best);
            fuzz_demand(light == 1 || got.plan.proven);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes bytes = {data, size, 0};
    struct made made = {0};
    struct arena arena;
    make_problem(&made, &bytes);
    make_side(&made, &bytes);
    arena_init(&arena, "the problem", (size_t)1 << 28);
    try_all(&arena, &made);
    arena_free(&arena);
    return 0;
}
