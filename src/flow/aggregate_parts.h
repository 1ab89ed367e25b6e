/* Inside aggregate: who is where, and the halves of a day.
 *
 * Overnight people are in places or on links, there in a chain for each day of arrival.  In the first half
 * of a day people leave; whoever reaches the end of a link today then waits in `arriving`.  In the second
 * half those go on until the day is used up.  In each half the oldest go first, as in the agent engine, which
 * cuts all people by number into params->blocks blocks and looks at full places again before each.  Here a
 * batch is as many blocks, one after another, as rooms allow, and sees the people whom its mean one would
 * see, as far as they can be foreseen; a batch of one block sees what the agents of that block see.
 *
 * Draws are named by place and day, one after another within a half. */
#ifndef FLOW_AGGREGATE_PARTS_H
#define FLOW_AGGREGATE_PARTS_H

#include "aggregate.h"
#include "aggregate_bag.h"
#include "aggregate_draw.h"
#include "move.h"

enum aggregate_stream { AGGREGATE_ORIGIN = 16, AGGREGATE_LEAVE, AGGREGATE_TRAVEL };

/* Cells tell people apart by steps of a day's way: what is used up of it today (at WAY_UP all is), what is
 * remembered of late.  Coarse steps do, as cells keep means and both limits of the rules, a day's way used up
 * or remembered, lie between two steps.  RECENT_NEW: never travelled, so on foot. */
enum { WAY_STEPS = 4, WAY_UP = WAY_STEPS, RECENT_STEPS = 4, RECENT_NEW = 255 };

struct aggregate {
    struct arena *arena;
    const struct flow_plan *plan;
    const struct flow_params *params;
    const struct flow_run_options *options;
    struct move_rules rules;
    struct flow_weights weights;
    int32_t day;
    int64_t people;
    int64_t *in_place;   /* [n_places] */
    int64_t *seen;       /* [n_places] what choices are made by; of places with a limit */
    int64_t *link_flow;  /* [n_links] of today */
    int64_t *counts;     /* [longest row] scratch */
    struct draws *draws; /* [n_places] of today and this half */
    struct bag here, tonight;
    struct bag arriving;                       /* in the places that they reach today */
    struct bag going;                          /* of one batch, on the way */
    uint32_t head[WAY_STEPS], tail[WAY_STEPS]; /* of `going` by step of way */
    struct bag leaving;                        /* those of today who will be on links tonight */
    struct cell *on_way;                       /* people on links, chained by day of arrival */
    uint32_t n_on_way, room_on_way, free_on_way;
    uint32_t *arrival; /* [days of the run] chains */
    double *rate;      /* [n_places] people more a day, as far as is known before a batch */
    double *share;     /* [n_places] of those who travel, while the place takes people */
    int64_t *before;   /* [n_places] people before a batch */
    uint32_t *thresholds, *origin;
    bool by_age;      /* else all are one group */
    uint32_t n_ages;  /* groups of people, oldest first */
    int64_t *born;    /* [n_ages + 1] number of the first person of a group; then: all people */
    uint32_t *of_age; /* [n_ages] chains of cells */
    double *moving;   /* [n_ages] who move in this half, in any unit */
    double *gone;     /* [blocks + 1] the share of them in the blocks before */
    uint64_t hops;
    uint64_t batches; /* of the second half */
};

/* The first half of a day: leaving.  E_CEILING, E_MEMORY. */
int aggregate_leave(struct aggregate *all, struct ajar_err *err);
/* The second: arriving and going on. */
int aggregate_travel(struct aggregate *all, struct ajar_err *err);

/* flow_aggregate_run that leaves its state behind, which is of use as long as the arena. */
int aggregate_run(struct aggregate *all, struct arena *arena, const struct flow_plan *plan,
                  const struct flow_params *params, const struct flow_run_options *options,
                  const struct watch *watch, struct flow_result *result, struct ajar_err *err);

/* New draws for each place. */
void aggregate_draws(struct aggregate *all, enum aggregate_stream stream);

/* How many of the people leave, all->counts for each choice of the row; `on`: urged on (weights.h, go[1]). */
int64_t aggregate_choose(struct aggregate *all, const struct cell *people, bool on);

/* Sends the people onto a link.  True: they arrive today, and *people is what they are then, in the place
 * reached.  False: they are kept for their day; all->leaving has room. */
bool aggregate_hop(struct aggregate *all, uint32_t link, double speed, struct cell *people);

/* Lets people who were on a link reach its end, or its start when it is shut: into all->arriving, which has
 * room. */
void aggregate_arrive(struct aggregate *all, const struct cell *on_link);

/* ---- Marks ----
 *
 * In a place at night: the step of what is remembered.  In `arriving` and `going`: that, and the step of the
 * way << 8.  On a link: that, MARK_FOOT, and the days to arrival << MARK_DAYS. */
enum { MARK_WAY = 8, MARK_FOOT = 256, MARK_DAYS = 9 };

/* Steps are twice as wide from one day's way on, and four times from two: as much after halving. */
static inline uint32_t aggregate_recent_mark(const struct aggregate *all, double recent)
{
    const double days = recent / all->rules.speed;
    double step = days < 1   ? days * RECENT_STEPS
                  : days < 2 ? RECENT_STEPS + (days - 1) * (RECENT_STEPS / 2)
                             : RECENT_STEPS + RECENT_STEPS / 2 + (days < 3 ? 0 : 1);
    return (uint32_t)step;
}

/* ---- Batches ---- */

/* The block behind the batch that begins with block `from`, by all->rate and at most a share `most` of those
 * who move unless one block has more; fills all->seen with what the batch sees. */
uint32_t aggregate_batch(struct aggregate *all, uint32_t from, double most);

/* Days (at most `rest`) for which choices may be frozen on behalf of a place that gets so many people more a
 * day. */
double aggregate_stretch(const struct aggregate *all, uint32_t place, double rate, double rest);

/* People in a place from which on it is no choice. */
double aggregate_refused(const struct aggregate *all, uint32_t place);
bool aggregate_takes(const struct aggregate *all, uint32_t place); /* it has fewer */

/* ---- Ages ----
 *
 * People are numbered as they start, so an age group is a range of numbers.  The youngest, who travel most,
 * are told apart best: a group is at most as wide as a block or as all who are younger.  Within a group
 * people are mixed. */

/* Groups of nobody, for a run of so many people in all; one group alone for a run of few.  E_CEILING,
 * E_MEMORY. */
int aggregate_ages_open(struct aggregate *all, uint64_t people, struct ajar_err *err);

/* A group of n people who start now.  May join older ones.  E_CEILING, E_MEMORY, E_FLOW_TOO_LARGE. */
int aggregate_ages_add(struct aggregate *all, int64_t n, struct ajar_err *err);

/* Chains the cells of a bag by age, and sets all->moving to 0. */
void aggregate_ages_chain(struct aggregate *all, struct bag *bag);

/* all->gone by all->moving, whose sum is returned; people move alike when that is 0. */
double aggregate_ages_spread(struct aggregate *all);

/* Calls `step` for each cell of the chains that has people in blocks [from, to), with those. */
typedef int aggregate_step(struct aggregate *all, struct cell *people, struct ajar_err *err);
int aggregate_ages_each(struct aggregate *all, const struct bag *bag, uint32_t from, uint32_t to,
                        aggregate_step *step, struct ajar_err *err);

/* Tonight becomes here. */
void aggregate_night(struct aggregate *all);

#endif
