/* How wrong is a run?  The reference's measures, each under its own name (research: section 1.11). */
#ifndef FLOW_SCORES_H
#define FLOW_SCORES_H

#include "series.h"

struct flow_scores {
    double ard_normal;   /* mean over days of sum |s - o| / max(1, sum o) */
    double ard_rescaled; /* the same with s scaled to the observed total: the headline, 0 .. 2 */
    double mase7,
        mase30; /* as the reference computes them: days of numerator and denominator differ */
    double
        runpy_total; /* its "Total error" column, with the day-0 double count: under this name alone */
};

/* simulated [n_camps * n_days] (camp * n_days + day), in the units of the series, each 0 to 1e15.
 *
 * As the reference's post-processing does it: a day on which the run has nobody in camps is scaled to 0,
 * each |s - o| is rounded to four digits, so is the MASE of a camp; camps are weighted by the sum of o.  A
 * camp whose count never changes after day k has no MASE and is left out (the reference divides by 0);
 * with none left, or no more than k + 1 days, MASE is NaN.  E_FLOW_OPTION, E_CEILING, E_MEMORY.
 * O(camps * days). */
int flow_score(const struct flow_series *observed, const double simulated[],
               struct flow_scores *out, struct ajar_err *err);

#endif
