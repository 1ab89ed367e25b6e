/* The checker of explanations: every figure is worked out again from the problem, the plan and its prices. */
#ifndef PLACE_CHECK_EXPLAIN_H
#define PLACE_CHECK_EXPLAIN_H

#include "explain.h"
#include "place_check.h"

/* Explanations of any n households and any n_localities localities, in any order.  Of `claim` plan, prices (NULL: 0)
 * and names are used; side and quota_price are those given here.  Each figure that is not as explain.h says is a
 * fault, E_PLACE_PLAN_EXPLAIN, and *n_faults of them are told; whether the plan is legal is place_check_plan's
 * question.  No code of the engine.  E_PLACE_PROBLEM, E_CEILING, E_MEMORY.  O(pairs * resources). */
int place_check_explain(struct arena *scratch, const struct place_problem *problem,
                        const struct place_side *side, const struct place_claim *claim,
                        const int64_t *quota_price, const struct explain_household *households,
                        size_t n, const struct explain_locality *localities, size_t n_localities,
                        struct faults *faults, uint64_t *n_faults, struct ajar_err *err);

#endif
