#include "neighbour_part.h"

#include <string.h>

#include "bound.h"
#include "exact.h"

/* A part has so many households placed; a search of it is given up after so many questions; parts without and with
 * noise take turns, after so many in vain and so many at all for each locality. */
enum { PART_LEAST = 60, PART_MOST = 130, PART_QUESTIONS = 2, COLD_IDLE = 4, WARM_ROUNDS = 200 };

/* Of the mean score: scores are blurred by half of this either way, and losses taken of this on average (the
 * noising method, Charon and Hudry 1993), so that the search leaves a plan that no part can better. */
#define NOISE 0.02
#define HEAT  0.03

int neighbour_new(struct arena *arena, const struct search *search, uint64_t seed,
                  struct neighbour *out, struct ajar_err *err)
{
    const struct place_problem *problem = search->problem;
    struct neighbour neighbour = {.search = search, .seed = seed};
    TRY_NEW(neighbour.member_first, arena, (size_t)problem->n_localities + 3, err);
    TRY_NEW(neighbour.member, arena, problem->n_households, err);
    TRY_NEW(neighbour.links, arena, (size_t)problem->n_localities + 1, err);
    TRY_NEW(neighbour.chosen, arena, problem->n_localities, err);
    TRY_NEW(neighbour.number, arena, problem->n_localities, err);
    TRY_NEW(neighbour.place, arena, problem->n_households, err);
    neighbour.micro = -1;
    *out = neighbour;
    return 0;
}

static void neighbour_members(struct neighbour *neighbour, const uint32_t *place)
{
    const struct place_problem *problem = neighbour->search->problem;
    uint32_t n = problem->n_localities;
    uint64_t *first = neighbour->member_first;
    memset(first, 0, (n + (size_t)3) * sizeof *first);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        first[(place[h] == PLACE_NONE ? n : place[h]) + 2]++;
    }
    for (uint32_t l = 0; l <= n; l++) {
        first[l + 2] += first[l + 1];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        neighbour->member[first[(place[h] == PLACE_NONE ? n : place[h]) + 1]++] = h;
    }
}

static void neighbour_link(struct neighbour *neighbour, uint32_t locality)
{
    const struct search *search = neighbour->search;
    for (uint64_t k = neighbour->member_first[locality]; k < neighbour->member_first[locality + 1];
         k++) {
        uint32_t h = neighbour->member[k];
        for (uint64_t o = search->first[h]; o < search->first[h + 1]; o++) {
            neighbour->links[search->option[o].locality]++;
        }
    }
}

static void neighbour_choose(struct neighbour *neighbour, uint32_t locality)
{
    neighbour->number[locality] = neighbour->n_chosen;
    neighbour->chosen[neighbour->n_chosen++] = locality;
    neighbour_link(neighbour, locality);
}

/* A first locality by chance, the others by chance in proportion to the near pairs that lead there. */
void neighbour_pick(struct neighbour *neighbour, const uint32_t *place, uint64_t most,
                    struct rng *rng)
{
    uint32_t n = neighbour->search->problem->n_localities;
    uint64_t members = 0;
    neighbour_members(neighbour, place);
    memset(neighbour->links, 0, (n + (size_t)1) * sizeof *neighbour->links);
    memset(neighbour->number, 0xff, n * sizeof *neighbour->number);
    neighbour->n_chosen = 0;
    neighbour_choose(neighbour, rng_below(rng, n));
    for (;;) {
        uint32_t last = neighbour->chosen[neighbour->n_chosen - 1];
        members += neighbour->member_first[last + 1] - neighbour->member_first[last];
        if (neighbour->n_chosen == n || (neighbour->n_chosen > 1 && members >= most)) {
            return;
        }
        uint64_t sum = 0;
        for (uint32_t l = 0; l < n; l++) {
            sum += neighbour->number[l] == PLACE_NONE ? neighbour->links[l] : 0;
        }
        if (sum == 0) {
            return;
        }
        uint64_t at = rng_u64(rng) % sum;
        uint32_t l = 0;
        for (;; l++) {
            uint64_t links = neighbour->number[l] == PLACE_NONE ? neighbour->links[l] : 0;
            if (at < links) {
                break;
            }
            at -= links;
        }
        neighbour_choose(neighbour, l);
    }
}

static bool neighbour_enough(void *arg)
{
    uint32_t *left = arg;
    return --*left == 0;
}

/* What the part's plan is worth in true scores. */
static int64_t part_worth(const struct part *part, const int32_t *score)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < part->problem.n_households; h++) {
        for (uint64_t k = part->first[h]; k < part->first[h + 1]; k++) {
            sum += part->locality[k] == part->place[h] ? score[k] : 0;
        }
    }
    return sum;
}

static void neighbour_blur(const struct neighbour *neighbour, struct part *part, struct rng *rng)
{
    uint64_t pairs = part->first[part->problem.n_households];
    for (uint64_t k = 0; k < pairs; k++) {
        double noise = (rng_uniform(rng) - 0.5) * NOISE * neighbour->search->scale;
        double score = part->score[k] + noise;
        part->score[k] = score > PLACE_SCORE_MOST    ? PLACE_SCORE_MOST
                         : score < -PLACE_SCORE_MOST ? -PLACE_SCORE_MOST
                                                     : (int32_t)score;
    }
}

static void neighbour_take(struct neighbour *neighbour, const struct part *part, int64_t gain)
{
    neighbour->micro += gain;
    for (uint32_t k = 0; k < part->problem.n_households; k++) {
        neighbour->place[part->household[k]] =
            part->place[k] == PLACE_NONE ? PLACE_NONE : neighbour->chosen[part->place[k]];
    }
}

static int neighbour_solve(struct arena *arena, struct neighbour *neighbour, struct rng *rng,
                           struct ajar_err *err)
{
    struct part part;
    uint32_t left = PART_QUESTIONS;
    struct exact_options options = {.enough = neighbour_enough, .arg = &left};
    bool proven;
    int32_t *score;
    double slack = 0;
    TRY(part_new(arena, neighbour, &part, err));
    if (!exact_suits(&part.problem)) {
        neighbour->idle++;
        return 0;
    }
    uint64_t pairs = part.first[part.problem.n_households];
    TRY_NEW(score, arena, pairs, err);
    memcpy(score, part.score, pairs * sizeof *score);
    if (neighbour->warm) {
        neighbour_blur(neighbour, &part, rng);
        double left_to_cool =
            1 - (double)neighbour->count /
                    (WARM_ROUNDS * (double)neighbour->search->problem->n_localities + 1);
        slack = rng_exponential(rng) * HEAT * left_to_cool * neighbour->search->scale;
    }
    int64_t blurred = part_worth(&part, part.score), before = part_worth(&part, score);
    options.price = part.price;
    TRY(exact_solve(arena, &part.problem, &options, part.place, &blurred, &proven, err));
    int64_t gain = part_worth(&part, score) - before;
    neighbour->idle = gain > 0 ? 0 : neighbour->idle + 1;
    if ((double)gain + slack > 0) {
        neighbour_take(neighbour, &part, gain);
    }
    return 0;
}

/* Parts with noise and parts without take turns. */
static void neighbour_turn(struct neighbour *neighbour)
{
    uint64_t n = neighbour->search->problem->n_localities;
    neighbour->round++;
    neighbour->count++;
    if (!neighbour->warm && neighbour->idle > COLD_IDLE * n) {
        neighbour->warm = true;
        neighbour->count = 0;
    } else if (neighbour->warm && neighbour->count > WARM_ROUNDS * n) {
        neighbour->warm = false;
        neighbour->idle = 0;
    }
}

void neighbour_restart(struct neighbour *neighbour)
{
    neighbour->micro = -1;
    neighbour->warm = false;
    neighbour->idle = 0;
}

int neighbour_round(struct neighbour *neighbour, uint32_t *place, int64_t *micro,
                    struct ajar_err *err)
{
    const struct place_problem *problem = neighbour->search->problem;
    struct arena scratch;
    struct rng rng =
        rng_at(neighbour->seed, 2, (uint32_t)neighbour->round, (uint32_t)(neighbour->round >> 32));
    if (neighbour->micro < 0) {
        neighbour->micro = *micro;
        memcpy(neighbour->place, place, problem->n_households * sizeof *place);
    }
    neighbour_turn(neighbour);
    neighbour_pick(neighbour, neighbour->place,
                   PART_LEAST + rng_below(&rng, PART_MOST - PART_LEAST + 1), &rng);
    arena_init(&scratch, "part", (size_t)1 << 28);
    int code = neighbour_solve(&scratch, neighbour, &rng, err);
    arena_free(&scratch);
    if (neighbour->micro > *micro) {
        *micro = neighbour->micro;
        memcpy(place, neighbour->place, problem->n_households * sizeof *place);
    }
    return code;
}
