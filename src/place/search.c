#include "search.h"

#include <math.h>

#include "bound.h"
#include "rng.h"
#include "search_move.h"
#include "steady.h"

/* Found by trial on the instances of bench/place.c and their like of other sizes.  Heat is in parts of the mean score
 * of a placed household and falls over a cycle.  A unit that is left idle costs so much of its price; one over a
 * capacity costs that so many times, and so many mean scores more.  These charges rise: while they are low,
 * households move for the least differences and the capacities are met on the whole; in the end idle units cost what
 * they are worth, and nothing is over. */
#define HEAT_FIRST   0.002
#define HEAT_LAST    0.0003
#define IDLE_FIRST   0.02
#define IDLE_LAST    1.0
#define TIMES_FIRST  1.5
#define TIMES_LAST   20.0
#define EXTRA_FIRST  0.002
#define EXTRA_LAST   0.2
#define CYCLE_MOVES  250.0 /* of the first cycle for each household with a choice */
#define CYCLE_GROWTH 2.5

/* The change in score and charge when a household goes to an option, as a loss. */
static float shift_loss(const struct search *search, uint32_t household,
                        const struct search_option *to)
{
    size_t lanes = search->lanes;
    const float *need = &search->need[household * lanes];
    size_t from = search->at[household] * lanes, into = to->locality * lanes;
    search_four sum = {0};
    for (size_t r = 0; r < lanes; r += 4) {
        search_four more = search_load(need + r);
        sum += search_change(search_load(&search->charge[into + r]),
                             search_load(&search->free[into + r]), -more);
        sum += search_change(search_load(&search->charge[from + r]),
                             search_load(&search->free[from + r]), more);
        sum += (search_load(&search->credit[into + r]) - search_load(&search->credit[from + r])) *
               more;
    }
    return search_sum(sum) + (float)(search->score[household] - to->score);
}

/* As shift_loss, with `other` leaving the locality for an option of its own. */
static float eject_loss(const struct search *search, uint32_t household,
                        const struct search_option *to, uint32_t other,
                        const struct search_option *away)
{
    size_t lanes = search->lanes, from = search->at[household] * lanes;
    size_t into = to->locality * lanes, out = away->locality * lanes;
    search_four sum = {0}, none = {0};
    for (size_t r = 0; r < lanes; r += 4) {
        search_four a = search_load(&search->need[household * lanes + r]);
        search_four b = search_load(&search->need[other * lanes + r]);
        bool swap = from == out;
        sum += search_change(search_load(&search->charge[into + r]),
                             search_load(&search->free[into + r]), b - a);
        sum += search_change(search_load(&search->charge[from + r]),
                             search_load(&search->free[from + r]), a - (swap ? b : none));
        sum += search_change(search_load(&search->charge[out + r]),
                             search_load(&search->free[out + r]), swap ? none : -b);
        search_four here = search_load(&search->credit[into + r]);
        sum += (here - search_load(&search->credit[from + r])) * a +
               (search_load(&search->credit[out + r]) - here) * b;
    }
    return search_sum(sum) + (float)(search->score[household] - to->score) +
           (float)(search->score[other] - away->score);
}

static void search_try(struct search *search, uint64_t *state, float heat)
{
    uint64_t bits = search_random(state);
    uint32_t h = search->active[search_below(bits, search->n_active)];
    const struct search_option *option = &search->option[search->first[h]];
    uint32_t n = (uint32_t)(search->first[h + 1] - search->first[h]);
    const struct search_option *to = &option[(((bits >> 32) & 0xffff) * n) >> 16];
    if (to->locality == search->at[h]) {
        return;
    }
    float most = heat * search->toss[bits >> 52];
    if (shift_loss(search, h, to) <= most) {
        search_move(search, h, to->locality, to->score);
        return;
    }
    if (search->n_at[to->locality] == 0) {
        return;
    }
    bits = search_random(state);
    uint32_t other = search->seat[search->seat_first[to->locality] +
                                  search_below(bits, search->n_at[to->locality])];
    option = &search->option[search->first[other]];
    n = (uint32_t)(search->first[other + 1] - search->first[other]);
    const struct search_option *away = &option[(((bits >> 32) & 0xffff) * n) >> 16];
    if (away->locality != to->locality && eject_loss(search, h, to, other, away) <= most) {
        search_move(search, other, away->locality, away->score);
        search_move(search, h, to->locality, to->score);
    }
}

static void search_charge(struct search *search, double times, double base, double idle)
{
    size_t n = search->lanes * search->problem->n_localities;
    for (size_t k = 0; k < n; k++) {
        search->charge[k] = (float)(times * idle * search->price_micro[k] + base * search->scale);
        search->credit[k] = (float)((1 - idle) * search->price_micro[k]);
    }
}

static void search_begin_cycle(struct search *search)
{
    double moves = search->n_active * CYCLE_MOVES;
    for (uint32_t i = 0; i < search->cycle; i++) {
        moves *= CYCLE_GROWTH;
    }
    search->cycle_from = search->round;
    search->cycle_rounds = (uint64_t)(moves / (search->moves + 1.0)) + 4;
}

/* Equal factors at equal distances along the cycle. */
static double between(double first, double last, double along)
{
    return first * steady_exp(steady_log(last / first) * along);
}

void search_round(struct search *search)
{
    if (search->cycle_rounds == 0) {
        search_begin_cycle(search);
    }
    double along =
        (double)(search->round - search->cycle_from) / (double)(search->cycle_rounds - 1);
    float heat = (float)(search->scale * between(HEAT_FIRST, HEAT_LAST, along));
    struct rng rng =
        rng_at(search->seed, 1, (uint32_t)search->round, (uint32_t)(search->round >> 32));
    uint64_t state = rng_u64(&rng);
    search_charge(search, between(TIMES_FIRST, TIMES_LAST, along),
                  between(EXTRA_FIRST, EXTRA_LAST, along), between(IDLE_FIRST, IDLE_LAST, along));
    for (uint32_t i = 0; i < search->moves; i++) {
        search_try(search, &state, heat);
    }
    search->round++;
    if (search->round - search->cycle_from == search->cycle_rounds) {
        search_settle(search);
        search->cycle++;
        search->cycle_rounds = 0;
    }
}
