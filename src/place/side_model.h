/* A part of a core as a model of 0/1 choices: some households free, all others where a plan has them. */
#ifndef PLACE_SIDE_MODEL_H
#define PLACE_SIDE_MODEL_H

#include "mip.h"
#include "side_core.h"
#include "side_state.h"

struct side_model {
    struct mip mip;
    uint32_t n_pairs;    /* columns of pairs come first, then one a lot that is open or not */
    uint32_t *household; /* [n_pairs] of the core */
    uint64_t *pair;      /* [n_pairs] of the core */
    bool *chosen;        /* [n_columns] where the plan has them, in; the answer, out */
};

/* The households free[n_free], rising, of the state are free; their columns are the pairs with open[pair] (NULL: all
 * of them).  The plan itself must be among them. */
int side_model_new(struct arena *arena, const struct side_state *state, const uint32_t *free,
                   uint32_t n_free, const bool *open, struct side_model *out, struct ajar_err *err);

/* Answers it: chosen is the best found.  E_MEMORY. */
int side_model_solve(struct side_model *model, const struct mip_options *options,
                     struct mip_result *out, struct ajar_err *err);

#endif
