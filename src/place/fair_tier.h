/* A count of households at or above each of several scores as one sum.  Private to fair_*.c.
 *
 * A pair is worth the weights of all tiers that its score reaches.  While FAIR_TIERS and the households are few
 * enough, a weight is more than all households can have of the later ones together, so the largest sum is the plan
 * of most households at the first tier, among those of most at the second, and so on.  With smaller weights a
 * sum that is not reached still proves that the counts are not, and a plan's own counts are what is believed. */
#ifndef PLACE_FAIR_TIER_H
#define PLACE_FAIR_TIER_H

#include "fair_parts.h"

enum { FAIR_TIERS = FAIR_LEVELS_MOST + 1 };

struct fair_tiers {
    uint32_t n;
    int32_t at[FAIR_TIERS]; /* rising; a pair below the first is struck */
    int64_t weight[FAIR_TIERS];
    int64_t unit, full; /* of which all weights are multiples; their sum */
};

/* Sets the weights for n tiers. */
void fair_tiers_weigh(struct fair_tiers *tiers, uint32_t n_households);

/* value[pairs]: what each pair is worth; a locked one all of it, so it stands above every tier. */
void fair_tiers_value(const struct fair *fair, const struct fair_tiers *tiers, int32_t *value);

#endif
