/* The calibrated baseline of a year or more: log mu = level (a weekday's, for days) + trend + two yearly
 * harmonics, fitted by nbfit.h. */
#ifndef WATCH_SEASON_H
#define WATCH_SEASON_H

#include "glm.h"

/* Periods from .. to-1 are the baseline; t is the period asked about. */
struct season_plan {
    size_t from, to, t;
    double threshold; /* scores above it are weighed down; INFINITY: none */
    bool trend;
};

/* E_MEMORY, E_CEILING; a model that cannot be made has why_not. */
int season_model_make(struct arena *arena, const struct watch_grid *grid,
                      const struct season_plan *plan, struct season_model *out,
                      struct ajar_err *err);

/* End of the baseline (exclusive): the latest `skip` periods before t are left out when counts reach two
 * years back, none else.  With less, what they tell of the year is worth more than what they hide:
 * half a year cannot be carried half a year on. */
size_t season_to(const struct watch_grid *grid, size_t t, size_t skip);

#endif
