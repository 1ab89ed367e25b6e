/* Sampled futures and what they say capacity is worth. */
#ifndef PLACE_ARRIVALS_FUTURES_H
#define PLACE_ARRIVALS_FUTURES_H

#include "arrivals.h"
#include "arrivals_walk.h"

struct arrivals_futures {
    const struct arrivals_input *input;
    struct arrivals_field field;
    enum arrivals_method method;
    uint64_t seed;
    uint32_t n;
    struct arrivals_demand *demand; /* [n] */
    struct arrivals_prices mean;    /* over the futures */
    double *reached;                /* [n_groups] scores of those placed, micro-units */
    uint64_t *came;                 /* [n_groups] households of the batches placed */
    bool priced;
    uint32_t batch, from, to; /* the batch, and its households in input->arriving */
    struct arrivals_step step;
};

int arrivals_futures_new(struct arena *arena, const struct arrivals_input *input,
                         const struct arrivals_options *options, struct arrivals_futures *out,
                         struct ajar_err *err);

/* Prices for the batch [from, to): futures are drawn anew from the past and those who came before it, as many
 * households as are still to come after it. */
int arrivals_futures_price(struct arrivals_futures *futures, struct pool *pool,
                           struct ajar_err *err);

#endif
