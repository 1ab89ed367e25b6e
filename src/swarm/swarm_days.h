/* The days of a run that are done, as rank 0 keeps them. */
#ifndef SWARM_DAYS_H
#define SWARM_DAYS_H

#include "agents.h"
#include "swarm_bytes.h"

/* Room for the days [from, to); none of them done yet: result->n_days is 0. */
int days_open(struct flow_result *result, struct arena *arena, const struct flow_plan *plan,
              int32_t from, int32_t to, struct ajar_err *err);

/* Puts the days of `more` behind those that are there. */
void days_add(struct flow_result *result, const struct flow_plan *plan,
              const struct flow_result *more);

/* As bytes, and back: the days from result->from to `day`, of the run that `inputs` and `seed` name. */
void days_save(const struct flow_result *result, const struct flow_plan *plan, uint64_t inputs,
               uint64_t seed, struct buf *buf);
int days_load(struct flow_result *result, const struct flow_plan *plan, uint64_t inputs,
              uint64_t seed, int32_t day, const char *file, struct text bytes,
              struct ajar_err *err);

#endif
