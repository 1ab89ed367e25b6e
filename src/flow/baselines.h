/* What a model of choice must beat: rules that know next to nothing, on the same arrivals. */
#ifndef FLOW_BASELINES_H
#define FLOW_BASELINES_H

#include "choice.h"

enum flow_baseline {
    BASELINE_NEAREST,  /* all to the nearest camp over open roads */
    BASELINE_EQUAL,    /* the same to each camp */
    BASELINE_CAPACITY, /* by what is left of capacities after day 0; equally without them */
    BASELINE_GRAVITY,  /* capacity^a (km + 50)^-g over open roads */
    BASELINES
};

/* a is 0 for gravity by distance alone; both are read by BASELINE_GRAVITY only. */
struct flow_gravity {
    double of_capacity, power;
};
/* The grid that the exponents are taken from: of_capacity 0 .25 .5 .75 1, power 0 .5 1 1.5 2 3 4 6. */
#define GRAVITY_GRID 40
struct flow_gravity flow_gravity_grid(int i);

/* People in the camps, as choice_run.  Who is cut off from all camps is split equally.  O(days * origins *
 * camps). */
void flow_baseline(struct choice_case *at, enum flow_baseline which, struct flow_gravity gravity,
                   double simulated[]);

/* The counts of `age` days ago as a prediction, on days from `age` on: normal ARD (the last observation) and
 * rescaled ARD (the persistence of shares).  Interpolated counts lean towards the next report, so this is
 * no forecast.  NaN when there is no such day.  O(camps * days). */
void flow_baseline_old(const struct flow_series *observed, int32_t age, double *normal,
                       double *rescaled);

/* Exponents with the least mean rescaled ARD on the other shared conflicts; on all eight for any other
 * title. */
struct flow_gravity flow_gravity_fitted(struct text title, bool capacities);

#endif
