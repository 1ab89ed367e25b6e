/* What a method counts a pair of the batch for. */
#ifndef PLACE_ARRIVALS_NET_H
#define PLACE_ARRIVALS_NET_H

#include "arrivals_futures.h"

struct arrivals_net {
    const struct arrivals_futures *futures;
    double gamma;
    double *backlog;    /* [n_prices] of ARRIVALS_BALANCE: parts of a capacity */
    uint32_t *vote;     /* [futures] of ARRIVALS_DISCORD for `household` */
    uint32_t household; /* PLACE_NONE: nobody's votes are counted */
};

int arrivals_net_new(struct arena *arena, const struct arrivals_futures *futures, double gamma,
                     struct arrivals_net *out, struct ajar_err *err);

/* Net score of a pair, micro-units; `arg` is the struct. */
int32_t arrivals_net(void *arg, uint32_t household, uint64_t pair);

/* A household was placed; n households have come. */
void arrivals_net_placed(struct arrivals_net *net, uint32_t household, uint32_t locality);
void arrivals_net_came(struct arrivals_net *net, uint32_t n);

#endif
