/* The agent engine: one person, or `hasten` people, at a time. */
#ifndef FLOW_AGENTS_H
#define FLOW_AGENTS_H

#include "flow_share.h"
#include "plan.h"
#include "pool.h"

/* What a gate does to an agent of a class on a link on a day; NULL: all links are free for all.  The seam
 * for doors: 0 shut and known to be so, 1 open; later: queues, refusals. */
struct flow_gates {
    uint32_t n_classes;
    const uint8_t *open; /* [(day * n_links + link) * n_classes + class] */
};

struct flow_run_options {
    uint64_t seed;
    int32_t from, to;               /* days [from, to) of the plan */
    const struct flow_gates *gates; /* NULL */
    const uint8_t *class_of_place;  /* [n_places] class of those who start there; NULL: 0 */
    const struct flow_share *share; /* NULL: all people are here (flow_share.h) */
};

struct flow_result {
    int32_t from, n_days; /* day `from` of the plan is the first row */
    int64_t *in_place;    /* [n_days * n_places] at the end of the day */
    int64_t *on_links;    /* [n_days] */
    int64_t *link_flow;   /* [n_days * n_links] who left onto it that day */
    int64_t *spawned;     /* [n_days] */
    uint64_t hops, agent_days;
};

/* All agents and what they carry; opaque. */
struct flow_agents;

/* People of the day 0 stand in their camps on day options->from; others start as the plan says.  The plan,
 * the parameters and what the options point to must outlive *out, as must `arena`, which gives all memory:
 * 4 bytes a person here (5 with gates, for the class), 16 more while on the way or with a trail left
 * overnight (in pieces of 2 KiB, of which several threads leave more half empty), and O(places + links +
 * known ways).  E_FLOW_OPTION (days, classes, share), E_FLOW_TOO_LARGE (more than 2^32 - 1 people on all ranks;
 * too many known ways), E_CEILING, E_MEMORY. */
int flow_agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                     const struct flow_params *params, const struct flow_run_options *options,
                     struct ajar_err *err);

/* Runs day after day up to `to` (at most options->to) and gives those days, in memory of the agents' arena;
 * hops and agent_days count from the first day of all.  May be called again to go on.  Same bytes for any
 * number of threads and any processor.  E_CANCELLED comes between two days: a later call goes on from
 * there.  After E_CEILING or E_MEMORY in the middle of a day every call is E_FLOW_OPTION.
 *
 * The rules are those of the reference (Suleimenova, Bell, Groen 2017, and its later versions) or Ajar's
 * own (plan.h; a day's way is not exceeded, a full camp is no choice, a road counts as it is on arrival).
 * Full places are looked at again after each of params->blocks blocks of people in each half of a day.
 * O(people / 64) vector steps a day and O(1) a hop. */
int flow_agents_run(struct flow_agents *agents, int32_t to, struct pool *pool,
                    const struct watch *watch, struct flow_result *result, struct ajar_err *err);

/* The whole state as bytes, little-endian, with a header that names version, plan, parameters and seed by
 * hash, and rank and ranks; and back.  With a share it holds this rank's part, and all ranks must load theirs,
 * of one day.  A run resumed from it gives the same bytes as an unbroken one; options->to may differ.
 * Saving leaves the buffer marked when its ceiling is too low (E_CEILING).  Loading reads bytes of any
 * origin: E_FLOW_SNAPSHOT when they are damaged, of other inputs, or hold what cannot be.  O(people). */
int flow_agents_save(const struct flow_agents *agents, struct buf *buf, struct ajar_err *err);
int flow_agents_load(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                     const struct flow_params *params, const struct flow_run_options *options,
                     struct text bytes, struct ajar_err *err);

/* The same rules for one agent after another, in the plainest way: the oracle.  The same results to the
 * byte, several times slower; 48 bytes a person.  It knows no share: all people are here. */
int flow_walk(struct arena *arena, const struct flow_plan *plan, const struct flow_params *params,
              const struct flow_run_options *options, struct flow_result *result,
              struct ajar_err *err);

#endif
