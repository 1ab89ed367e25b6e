/* The agent engine: one person, or `hasten` people, at a time. */
#ifndef FLOW_AGENTS_H
#define FLOW_AGENTS_H

#include "flow_share.h"
#include "plan.h"
#include "pool.h"

/* What a gate does to an agent of a class on a link on a day; NULL: all links are free for all.  The seam
 * for doors: 0 shut and known to be so, 1 open; later: refusals. */
struct flow_gates {
    uint32_t n_classes;
    const uint8_t *open; /* [(day * n_links + link) * n_classes + class] */
};

/* How many may go onto a link in a day.  Who chooses a link with a limit that day joins its queue, and
 * stands at its start until admitted.  A queue admits once a day, between the phases of leaving and of
 * travelling: of those who wait, and for whom the link is open and their gate not shut, the first `admits` by
 * the day on which they joined, then by the number of the person; on a day without a limit all of them.  They
 * travel the same day.  So an open queue with room costs no night to who sets out there in the morning;
 * who comes to it on the way stands there until the next day.
 *
 * Who waits since an earlier day may give up, in the phase of leaving: then chooses anew, from where it
 * stands, among all but this link, at once and for certain, or stays where there is nothing else. */
struct flow_queues {
    const int64_t *admits; /* [day * n_links + link] people; -1: any number, and no queue to join */
    const double *gives_up; /* [n_links] chance a day; NULL: nobody does */
};

/* Who ends the journey, at the start of a day: drawn for all who stand in a place then, those who wait in a
 * queue and those who start that day among them, and not for those on links.  First who leaves the flow for
 * good, then, of the others, who returns: is put back to the place where it started (not who stands there),
 * remembers nothing, and may set out again the same day, unless the gates are shut for the class that it has
 * now.  Chances are [(day * n_places + place) * n_classes + class], n_classes that of the gates, or 1. */
struct flow_removals {
    const double *leaves;    /* NULL: nobody */
    const double *returns;   /* NULL: nobody */
    const uint8_t *returned; /* [n_classes] class of who has returned; NULL: as before */
};

struct flow_run_options {
    uint64_t seed;
    int32_t from, to;                     /* days [from, to) of the plan */
    const struct flow_gates *gates;       /* NULL */
    const uint8_t *class_of_place;        /* [n_places] class of those who start there; NULL: 0 */
    const struct flow_share *share;       /* NULL: all people are here (flow_share.h) */
    const struct flow_queues *queues;     /* NULL: no link has a limit */
    const struct flow_removals *removals; /* NULL: nobody leaves the flow or returns */
};

/* Of the queue of each link on each day, [n_days * n_links]; NULL without queues.  People:
 * waiting = waiting of the day before + joined - admitted - gave_up - taken. */
struct flow_queue_days {
    int64_t *joined, *admitted, *gave_up;
    int64_t *taken;   /* removed or returned while they waited */
    int64_t *waiting; /* at the end of the day */
};

struct flow_result {
    int32_t from, n_days; /* day `from` of the plan is the first row */
    int64_t *in_place;    /* [n_days * n_places] at the end of the day; who waits in a queue too */
    int64_t *on_links;    /* [n_days] */
    int64_t *link_flow;   /* [n_days * n_links] who left onto it that day */
    int64_t *spawned;     /* [n_days] */
    struct flow_queue_days queues;
    int64_t *removed, *returned; /* [n_days * n_places] where they stood; NULL without removals */
    uint64_t hops, agent_days;   /* without the days after one has left the flow */
};

/* All agents and what they carry; opaque. */
struct flow_agents;

/* People of the day 0 stand in their camps on day options->from; others start as the plan says.  The plan,
 * the parameters and what the options point to must outlive *out, as must `arena`, which gives all memory:
 * 4 bytes a person here (5 with gates, for the class), 16 more while on the way or with a trail left
 * overnight or waiting in a queue (in pieces of 2 KiB, of which several threads leave more half empty), 2
 * more when people may return, and O(places + links + known ways).  E_FLOW_OPTION (days, classes, share, a
 * limit below -1, a chance outside 0 to 1), E_FLOW_TOO_LARGE (more than 2^32 - 1 people on all ranks;
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
 * O(people / 64) vector steps a day and O(1) a hop; queues: O(waiting) a day, up to 8 times more where
 * more wait than are admitted; removals: O(people / 64) vector steps a class. */
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
