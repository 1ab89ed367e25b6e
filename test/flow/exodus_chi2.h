/* Chi-square of counts. */
#ifndef TEST_FLOW_EXODUS_CHI2_H
#define TEST_FLOW_EXODUS_CHI2_H

#include <stddef.h>
#include <stdint.h>

#include "dist.h"

/* Chi-square of counts against chances; cells that expect few are added up. */
static inline double chi2_chance(const int64_t *count, const double *chance, size_t n,
                                 int64_t draws)
{
    const double few = 10;
    double sum = 0, expected = 0, seen = 0, left = 1;
    int cells = -1;
    for (size_t i = 0; i < n; i++) {
        expected += chance[i] * (double)draws;
        left -= chance[i];
        seen += (double)count[i];
        if ((expected >= few && left * (double)draws >= few) || i + 1 == n) {
            sum += expected > 0 ? (seen - expected) * (seen - expected) / expected : seen;
            cells++;
            expected = seen = 0;
        }
    }
    return cells > 0 ? dist_chi2_sf(sum, cells) : 1;
}

#endif
