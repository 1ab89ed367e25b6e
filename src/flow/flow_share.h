/* One large run on several ranks: each keeps and moves its share of the people. */
#ifndef FLOW_SHARE_H
#define FLOW_SHARE_H

#include "err.h"

/* Groups of FLOW_SHARE_GROUP people in order of their numbers go to the ranks in turn.  `sum` adds the n
 * whole numbers of all ranks and gives each the sums; all ranks call it in the same order with the same n,
 * from the thread that runs the agents.  NULL in the options, or one rank: it is never called.  Ranks must be
 * at most FLOW_SHARE_RANKS_MOST.
 *
 * All ranks call the same functions of the agents, with the same plan, parameters, options and days; what they
 * are given is the same bytes on each, for any number of ranks.  A failure on one rank (its ceiling, a wish to
 * stop) is an error on all: its own there, elsewhere the same code with how many ranks stopped.  On opening
 * one sum of 5 numbers, two on loading; a day has one such sum, and one of about as many numbers as places
 * after the scan and after each stretch of blocks between which places can fill: 3 while no camp is nearly
 * full, up to twice params->blocks; in the last also all links.  Queues add two,
 * and where more wait than are admitted up to 9 more of 64 numbers for each link that has a limit. */
#define FLOW_SHARE_GROUP      1024
#define FLOW_SHARE_RANKS_MOST 65536
struct flow_share {
    uint32_t rank, ranks;
    int (*sum)(void *arg, int64_t *values, size_t n, struct ajar_err *err);
    void *arg;
};

#endif
