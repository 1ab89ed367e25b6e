/* Households that arrive over time and are placed before the next are known.
 *
 * Greedy takes the best for the batch.  Pot1 and Pot2 (Ahani, Golz, Procaccia, Teytelboym, Trapp 2024, "Dynamic
 * placement in refugee resettlement") charge for capacity what sampled futures say it is worth, here by resource.
 * Minimum discord (Bansak, Paulson 2024, "Outcome-driven dynamic refugee assignment with allocation balancing")
 * takes the place that most sampled futures would take; balancing adds a charge for a backlog.  Amplified bid
 * prices (Freund et al. 2023) raise the scores of groups below their floor.  Beside each: the optimum in hindsight. */
#ifndef PLACE_ARRIVALS_H
#define PLACE_ARRIVALS_H

#include "place.h"
#include "pool.h"

enum { ARRIVALS_FUTURES_MOST = 1000 };

enum arrivals_method {
    ARRIVALS_GREEDY,
    ARRIVALS_POT1, /* highest prices of the future alone */
    ARRIVALS_POT2, /* lowest prices of the future with the batch */
    ARRIVALS_DISCORD,
    ARRIVALS_BALANCE,
    ARRIVALS_BID,
    ARRIVALS_METHODS
};
const char *arrivals_word(enum arrivals_method method); /* "pot2" */

struct arrivals_input {
    const struct place_problem
        *problem; /* past and arriving households; capacities for those who arrive */
    uint32_t n_past, n_arriving;
    const uint32_t *past;     /* [n_past] whom futures are drawn from */
    const uint32_t *arriving; /* [n_arriving] in the order of arrival */
    uint32_t n_batches;
    const uint32_t *batch_end; /* [n_batches] rising, the last n_arriving */
    const uint32_t *group;     /* [n_households] for ARRIVALS_BID, or NULL */
    uint32_t n_groups;
    const int64_t
        *floor_micro; /* [n_groups] least average a household, for ARRIVALS_BID, or NULL */
};
struct arrivals_options {
    enum arrivals_method method;
    uint64_t seed;
    uint32_t futures; /* sampled each time; 0: by method, 8 or 10 */
    double gamma; /* of balancing: micro-units for a backlog of a whole capacity ahead of an even
                      flow; NaN: the mean best score of the past */
};
struct arrivals_result {
    uint32_t *place; /* [n_households] PLACE_NONE for the past and the unplaced */
    int64_t objective_micro;
    int64_t *price; /* [n_localities * n_resources] the last, bound.h's unit; NULL without prices */
    int64_t *group_micro; /* [n_groups] average a household reached; NULL without groups */
};
/* Pure: same bytes at any number of threads.  Nobody is moved once placed; no batch sees what comes after it.
 * Prices are the mean over futures of about as many households as are still to come, drawn with replacement from
 * the past and those who came; they hold until a hundredth of all has come.  The order within a batch is of no
 * account.  Who has no room left, or is charged more than his score everywhere, stays unplaced.
 * E_PLACE_ARRIVALS: a household twice, batches out of order, a number out of range; E_CANCELLED. */
int arrivals_run(struct arena *arena, const struct arrivals_input *input,
                 const struct arrivals_options *options, struct pool *pool,
                 const struct watch *watch, struct arrivals_result *out, struct ajar_err *err);

/* What could have been had, had all been known: an exact bound by prices of the relaxation over those who arrive. */
int arrivals_hindsight(struct arena *arena, const struct arrivals_input *input, struct pool *pool,
                       const struct watch *watch, int64_t *bound_micro, struct ajar_err *err);

/* out[n_groups]: the average a household of the group that arrives could not pass if it had all places to itself and
 * all of it were known, rounded down; 0 where nobody of it arrives.  A floor above it is out of reach, proven; one
 * below it may be too.  input->group must be given.  Cost: a hindsight a group. */
int arrivals_reach(struct arena *arena, const struct arrivals_input *input, struct pool *pool,
                   const struct watch *watch, int64_t *out, struct ajar_err *err);

#endif
