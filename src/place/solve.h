/* The certified optimiser: a plan, a bound that no plan can pass, and the prices that prove it.
 *
 * Prices (price.h), their bound (bound.h), a first plan by prices (round.h), then rounds of work until told to
 * stop: annealing (search.h), exact answers to parts of the whole (neighbour.h), after PLACE_ROUNDS branch and cut
 * over larger parts or all of it (kernel.h), and, where the instance is small, branch and bound to a proof
 * (exact.h).  A round is a fixed piece of work, of milliseconds but for the roots of branch and cut, which can take
 * seconds in which nobody is asked; what it does depends on
 * the problem, the options below other than those that stop it, and its number alone: a run that was stopped
 * after n rounds and a run of n rounds give the same bytes, at any number of threads. */
#ifndef PLACE_SOLVE_H
#define PLACE_SOLVE_H

#include "place.h"
#include "pool.h"

#define PLACE_ROUNDS 2000 /* unless told otherwise */

struct place_options {
    uint64_t rounds; /* at most; 0: PLACE_ROUNDS; UINT64_MAX: until stopped */
    uint64_t seed;
    double gap;                /* stop at (bound - objective) / bound; 0: at the proven optimum */
    bool (*enough)(void *arg); /* between rounds: true stops, say at a time limit; may be NULL */
    void *arg;                 /* of enough and tell */
    void (*tell)(void *arg, uint64_t rounds, int64_t objective_micro, int64_t bound_micro);
    const uint32_t
        *start_place; /* [n_households] a plan to start from, or NULL; what is illegal is let go */
    const int64_t *start_price; /* [n_localities * n_resources] prices to start from, or NULL */
    bool keep_price;            /* start_price is not to be bettered */
    uint32_t looks;             /* at prices, as in price.h; 0: by size */
    bool light; /* of side_solve: annealing alone, no branch and cut: for a question among many */
    uint32_t nodes; /* of side_solve: in branch and cut of a part; 0: 200 */
};

struct place_result {
    uint32_t *place; /* [n_households] locality, or PLACE_NONE */
    int64_t *price;  /* [n_localities * n_resources], bound.h's unit */
    int64_t objective_micro;
    int64_t price_bound_micro; /* what the prices prove */
    int64_t bound_micro;       /* the same, or the optimum where branch and bound has proved it */
    double gap;                /* (bound - objective) / bound; 0 where the bound is 0 */
    uint64_t rounds;
    bool proven;    /* objective and bound are equal */
    bool cancelled; /* the watch said so; the best so far is kept */
};

/* Results are the arena's.  Errors: memory only.  The watch is told of rounds and asked between them. */
int place_solve(struct arena *arena, const struct place_problem *problem,
                const struct place_options *options, struct pool *pool, const struct watch *watch,
                struct place_result *out, struct ajar_err *err);

#endif
