#include <string.h>

#include "fair_dual.h"
#include "steady.h"

/* Logarithms of the multipliers: the first step and the largest; how far they go; and how near, in parts of the
 * bound, is near enough. */
#define SHARE_STEP_FIRST 0.25
#define SHARE_STEP_MOST  2.0
#define SHARE_REACH      12.0
enum { SHARE_NEAR = 2000 };

struct share {
    struct dual *dual;
    const struct share_ask *ask;
    double *turn, *step; /* [n_groups] logarithm of the multiplier */
    int8_t *sign;        /* [n_groups] of the latest step */
    uint32_t *place;
    int64_t best, most, best_sum;
};

/* The lowest share of a group in the latest plan. */
static int64_t share_of(const struct share *share)
{
    const struct dual *dual = share->dual;
    int64_t least = share->ask->most;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        if (share->ask->reference[g] > 0) {
            int64_t one = dual_fit(dual_floor((fair_wide)dual->total[g] * share->ask->scale,
                                              share->ask->reference[g]));
            least = one < least ? one : least;
        }
    }
    return least;
}

static void share_note(struct share *share)
{
    const struct dual *dual = share->dual;
    int64_t least = share_of(share);
    if (least > share->best || (least == share->best && dual->sum > share->best_sum)) {
        share->best = least;
        share->best_sum = dual->sum;
        memcpy(share->place, dual->place, dual->fair->problem->n_households * sizeof *share->place);
    }
}

/* Weak duality: the weighted mean of the shares is at least the lowest. */
static void share_prove(struct share *share)
{
    const struct dual *dual = share->dual;
    fair_wide sum = 0;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        sum += (fair_wide)dual->multiple[g] * share->ask->reference[g];
    }
    int64_t most = dual_fit(dual_floor(dual->bound * share->ask->scale, sum));
    share->most = most < share->most ? most : share->most;
}

static void share_multiply(struct share *share)
{
    struct dual *dual = share->dual;
    double sum = 0, all = 0;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        bool counts = share->ask->reference[g] > 0;
        sum += counts ? (double)dual->households[g] * steady_exp(share->turn[g]) : 0;
        all += counts ? (double)dual->households[g] : 0;
    }
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        double one = steady_exp(share->turn[g]) * all / sum * (double)DUAL_ONE;
        dual->multiple[g] = share->ask->reference[g] > 0 ? 1 + (int64_t)one : 0;
    }
}

/* Those below the weighted mean count more, the others less. */
static void share_step(struct share *share)
{
    const struct dual *dual = share->dual;
    fair_wide total = 0, reference = 0;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        total += (fair_wide)dual->multiple[g] * dual->total[g];
        reference += (fair_wide)dual->multiple[g] * share->ask->reference[g];
    }
    int64_t mean = dual_fit(dual_floor(total * share->ask->scale, reference));
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        fair_wide behind = (fair_wide)mean * share->ask->reference[g] -
                           (fair_wide)dual->total[g] * share->ask->scale;
        int8_t sign = behind > 0 ? 1 : -1;
        if (share->sign[g] != 0) {
            double step = share->step[g] * (sign == share->sign[g] ? 1.5 : 0.5);
            share->step[g] = step < SHARE_STEP_MOST ? step : SHARE_STEP_MOST;
        }
        double to = share->turn[g] + sign * share->step[g];
        share->turn[g] = to > SHARE_REACH ? SHARE_REACH : to < -SHARE_REACH ? -SHARE_REACH : to;
        share->sign[g] = sign;
    }
}

static bool share_near(const struct share *share)
{
    return share->best >= share->ask->most ||
           (fair_wide)(share->most - share->best) * SHARE_NEAR <= share->most;
}

static int share_new(struct dual *dual, const struct share_ask *ask, uint32_t *place,
                     struct share *out, struct ajar_err *err)
{
    struct share share = {
        .dual = dual, .ask = ask, .place = place, .best = INT64_MIN, .most = ask->most};
    TRY_NEW(share.turn, dual->fair->arena, dual->n_groups, err);
    TRY_NEW(share.step, dual->fair->arena, dual->n_groups, err);
    TRY_NEW(share.sign, dual->fair->arena, dual->n_groups, err);
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        share.step[g] = SHARE_STEP_FIRST;
        dual->multiple[g] = DUAL_ONE;
    }
    *out = share;
    return 0;
}

int share_find(struct dual *dual, const struct share_ask *ask, uint32_t *place, int64_t *share,
               int64_t *share_most, struct ajar_err *err)
{
    struct share find;
    TRY(share_new(dual, ask, place, &find, err));
    share_note(&find); /* the plan that stands */
    for (uint32_t i = 0, idle = 0;
         i < DUAL_STEPS && idle < DUAL_IDLE && !dual->fair->stopped && !share_near(&find); i++) {
        int64_t best = find.best, most = find.most;
        share_step(&find);
        share_multiply(&find);
        TRY(dual_ask(dual, dual->place, false, err));
        share_prove(&find);
        share_note(&find);
        idle = find.best > best || find.most < most ? 0 : idle + 1;
    }
    *share = find.best;
    *share_most = find.most;
    return 0;
}
