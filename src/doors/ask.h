/* Which question settles most? */
#ifndef DOORS_ASK_H
#define DOORS_ASK_H

#include "decide.h"

/* One door still in play, with the person's cube.  */
struct ask_door {
    const struct instance *instance;
    const uint64_t *mask;
    const uint8_t *asked;
};

#define ASK_STAYS     (RULES_NONE - 1)
#define ASK_HOUSEHOLD (RULES_NONE - 2)

/* The fact (or stays, or household) to ask next, over several doors at once: for each fact that
 * some undecided door still depends on, the expected number of outcomes left, with every class of
 * answer equally likely, summed over the doors; the smallest wins; ties: facts that are not
 * sensitive first, then by name, household and stays last.  Only what is unknown (asked 1) is asked:
 * what the person cannot say (asked 2) is not asked again.
 *
 * A set, the stays and the household are answered at once: every way in which they may be is one
 * class of answer, up to ASK_ANSWERS_MAX, past which their further parts are taken to stay unknown.
 *
 * *fact is RULES_NONE when nothing is left to ask; ASK_STAYS and ASK_HOUSEHOLD stand for those two.
 * *n_settles is the number of doors that some answer to it would decide; 0 without a fact.  Errors:
 * what the arena says; outputs are then untouched.  Cost: answers x doors walks of a diagram.  */
#define ASK_ANSWERS_MAX 256
int ask_next(struct arena *scratch, const struct rules *rules, size_t n_doors,
             const struct ask_door doors[], uint32_t *fact, size_t *n_settles,
             struct ajar_err *err);

#endif
