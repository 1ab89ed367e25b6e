/* Best 0/1 choices under linear rows in whole numbers: Cbc's branch and cut (Forrest, Lougee-Heimer 2005, "CBC user
 * guide") behind a narrow door.
 *
 * Cbc computes in doubles.  Every plan that it finds is added up again here in whole numbers, and one that breaks a
 * row is not taken.  A proof is taken for one where the worth of all columns together is at most MIP_SURE: a double
 * then tells two worths apart by far more than the solver's tolerances.  Above it only the plan is given.
 *
 * No signal handler is set, nothing is printed, no exception comes out; what it does depends on the model, the
 * start and the numbers of nodes alone, never on a clock. */
#ifndef PLACE_MIP_H
#define PLACE_MIP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MIP_FREE INT64_MAX            /* no upper end of a row; -MIP_FREE: no lower one */
#define MIP_SURE INT64_C(10000000000) /* of worth */

struct mip {
    uint32_t n_columns, n_rows;
    const int64_t *worth;   /* [n_columns] to be maximised */
    const uint64_t *first;  /* [n_rows + 1] into column and value */
    const uint32_t *column; /* of a row, each once */
    const int64_t *value;
    const int64_t *least, *most; /* [n_rows] */
};

struct mip_options {
    bool started;              /* chosen holds a plan, and only a better one is asked for */
    uint64_t nodes;            /* at most; 0: any number */
    bool (*enough)(void *arg); /* asked at every node; true stops; may be NULL */
    void *arg;
};

struct mip_result {
    bool found; /* chosen is a plan, worth so much: the start or a better one */
    bool ended; /* the search is over: the plan found is the best, or there is none */
    int64_t worth;
    uint64_t nodes;
};

/* chosen[n_columns] in and out.  False: no memory, and nothing was written. */
bool mip_solve(const struct mip *mip, const struct mip_options *options, bool *chosen,
               struct mip_result *out);

#ifdef __cplusplus
}
#endif

#endif
