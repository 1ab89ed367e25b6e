/* PLACE: which household goes to which willing locality.
 *
 * The problem in its bare form: households need so much of each resource, all of it in the one locality that
 * takes them; localities hold so much; a pair that is allowed has a score.  Links, lots, locks and quotas are
 * brought into this form, or laid over it, by what is built on it. */
#ifndef PLACE_PLACE_H
#define PLACE_PLACE_H

#include "arena.h"

#define PLACE_NONE           UINT32_MAX /* not placed */
#define PLACE_RESOURCES_MOST 32
#define PLACE_SCORE_MOST     1000000000 /* micro-units, either side of 0 */

/* Numbers are whole; a score of 1 unit is 1,000,000.  Pairs of household h are [first[h], first[h + 1]), by
 * rising locality, each allowed and fitting alone.  Not placed counts 0, so a pair of a negative score is taken
 * by no optimum; the order of households and localities is that of their ids and decides ties. */
struct place_problem {
    uint32_t n_households, n_localities, n_resources;
    const int32_t *need;      /* [n_households * n_resources] from 0 */
    const int32_t *capacity;  /* [n_localities * n_resources] from 0 */
    const uint64_t *first;    /* [n_households + 1] */
    const uint32_t *locality; /* [first[n_households]] */
    const int32_t *score;     /* [first[n_households]] micro-units */
};

static inline int32_t place_need(const struct place_problem *problem, uint32_t household,
                                 uint32_t resource)
{
    return problem->need[(size_t)household * problem->n_resources + resource];
}

static inline int32_t place_capacity(const struct place_problem *problem, uint32_t locality,
                                     uint32_t resource)
{
    return problem->capacity[(size_t)locality * problem->n_resources + resource];
}

#endif
