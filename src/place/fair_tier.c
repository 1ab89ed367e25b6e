#include "fair_tier.h"

/* The unit stays far above the whole micro-units in which prices are looked for. */
enum { TIER_UNIT_LEAST = 100, TIER_UNIT_MOST = 1000000 };

/* 1 + base + base^2 + ..., n terms, or more than `most`. */
static int64_t tier_sum(int64_t base, uint32_t n, int64_t most)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < n && sum <= most; i++) {
        sum = sum * base + 1;
    }
    return sum;
}

void fair_tiers_weigh(struct fair_tiers *tiers, uint32_t n_households)
{
    const int64_t most = PLACE_SCORE_MOST / TIER_UNIT_LEAST;
    int64_t base = 2, over = (int64_t)n_households + 2;
    while (over - base > 1) {
        int64_t middle = base + (over - base) / 2;
        if (tier_sum(middle, tiers->n, most) <= most) {
            base = middle;
        } else {
            over = middle;
        }
    }
    int64_t sum = tier_sum(base, tiers->n, most), power = 1;
    int64_t unit = PLACE_SCORE_MOST / sum;
    tiers->unit = unit < TIER_UNIT_MOST ? unit : TIER_UNIT_MOST;
    tiers->full = sum * tiers->unit;
    for (uint32_t t = tiers->n; t-- > 0; power *= base) {
        tiers->weight[t] = power * tiers->unit;
    }
}

void fair_tiers_value(const struct fair *fair, const struct fair_tiers *tiers, int32_t *value)
{
    const struct place_problem *problem = fair->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            int64_t worth = 0;
            for (uint32_t t = 0; t < tiers->n && problem->score[pair] >= tiers->at[t]; t++) {
                worth += tiers->weight[t];
            }
            worth = worth == 0 ? FAIR_STRUCK : worth;
            if (fair->lock[h] != UINT64_MAX) {
                worth = pair == fair->lock[h] ? tiers->full : FAIR_STRUCK;
            }
            value[pair] = (int32_t)worth;
        }
    }
}
