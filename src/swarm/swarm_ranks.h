/* The ranks of a job: who they are, how they agree, and what they send each other.
 *
 * All ranks call these in the same order.  A broken connection ends the whole job (MPI's own way): the last
 * checkpoint stands, and a restart goes on from it. */
#ifndef SWARM_RANKS_H
#define SWARM_RANKS_H

#include "err.h"

struct ranks {
    uint32_t rank, n;
};

struct ranks ranks_here(void); /* after MPI_Init */

/* One outcome for all: 0 when `code` is 0 everywhere, else the error of the lowest rank that failed (one that
 * names a file goes first: others may only say that somebody failed), in `err` of every rank.  A barrier
 * too. */
int ranks_agree(const struct ranks *ranks, int code, struct ajar_err *err);

/* The largest of all ranks' values. */
int ranks_most(int value);

/* E_FLOW_FILE unless all ranks have the same value: they read other files. */
int ranks_same(const struct ranks *ranks, uint64_t value, struct ajar_err *err);

/* What ranks_sum was asked to send by this rank. */
struct ranks_load {
    uint64_t messages, values;
};

/* `sum` of struct flow_share: adds up in place over all ranks.  Any n.  arg: a struct ranks_load. */
int ranks_sum(void *arg, int64_t *values, size_t n, struct ajar_err *err);

/* The most memory that any rank has had in use, in bytes. */
uint64_t ranks_memory(void);

/* n values from one rank to all; from one to another. */
void ranks_spread(int64_t *values, size_t n, uint32_t from);
void ranks_send(const int64_t *values, size_t n, uint32_t to);
void ranks_take(int64_t *values, size_t n, uint32_t from);

#endif
