/* Which way a person takes who leaves a place today: one row of choices a place, shared by all who stand
 * there, as nothing in the weights depends on the person (but for the gates of a class).
 *
 * The reference's rule (Suleimenova, Bell, Groen 2017, and its later versions): every place that can be
 * reached over at most `awareness` open links, never through one place twice, is a goal of weight
 *     ((weight_softening + score) / (softening + km)^distance_power * room)^weight_power,
 * where room falls from 1 to 0 while a camp fills.  Markers are no goals and count as no link. */
#ifndef FLOW_WEIGHTS_H
#define FLOW_WEIGHTS_H

#include "agents.h"

#define WEIGHTS_STAY  UINT32_MAX /* instead of a link */
#define WEIGHTS_LAST  (UINT32_C(1) << 31)
#define WEIGHTS_SURE  (UINT32_C(1) << 31) /* a chance of 1, of 31 bits */
#define WEIGHTS_WIDTH 16                  /* thresholds of a row come in so many */

/* Choice k of a row is taken by a word u iff exactly k of its thresholds are <= u; more means the last. */
struct weights_row {
    uint32_t at; /* of its thresholds and choices */
    uint32_t n;  /* choices; 0: nothing can be chosen */
};
struct weights_choice {
    uint32_t link;  /* WEIGHTS_STAY: the goal is full, so who wants there stays */
    uint32_t trail; /* what is left to walk after it; 0: nothing */
};

/* A trail is an index into `steps`: links one after another, the last with WEIGHTS_LAST. */
struct flow_weights {
    const struct flow_plan *plan;
    const struct flow_params *params;
    const struct flow_gates *gates; /* NULL: none */
    uint32_t n_classes;             /* at least 1 */
    int32_t day;

    uint32_t n_paths, n_steps, row_size; /* row_size: thresholds of all places of a class */
    uint32_t *first;                     /* [n_places + 1] paths from a place */
    uint32_t *trail, *goal;              /* [n_paths] */
    double *reach;                       /* [n_paths] (softening + km)^distance_power */
    uint32_t *steps;
    uint32_t *row_at;              /* [n_places] */
    uint32_t *seen_from, *seen_by; /* who has place p among the goals: seen_by[seen_from[p] ..] */

    double *score, *room;         /* [n_places] */
    double *base, *weight;        /* [n_paths] weight without room; scratch */
    uint8_t *stale;               /* [n_places] rows to be made again */
    uint32_t n_limited, *limited; /* places with a capacity */

    uint32_t *go[2]; /* [n_places + 1] chance to leave, of WEIGHTS_SURE; [1]: if forced on */
    struct weights_row *rows; /* [class * n_places + place] */
    uint32_t *thresholds;     /* aligned to 64 bytes; unused ones are UINT32_MAX */
    struct weights_choice *choices;
};

/* All paths over the roads, open or not.  E_FLOW_TOO_LARGE past 2^24 steps, with awareness named. */
int flow_weights_open(struct flow_weights *out, struct arena *arena, const struct flow_plan *plan,
                      const struct flow_params *params, const struct flow_gates *gates,
                      struct ajar_err *err);

/* Another over the same paths, which must live as long, with rows of its own: for a thread beside others.  Its
 * first day makes it the same as the first one of that day. */
int flow_weights_twin(struct flow_weights *out, struct arena *arena,
                      const struct flow_weights *first, struct ajar_err *err);

/* The rows of a day of the plan, with so many people in each place. */
void flow_weights_day(struct flow_weights *weights, int32_t day, const int64_t *in_place);

/* The same day with other people: only rows of goals whose room changed are made again. */
void flow_weights_fill(struct flow_weights *weights, const int64_t *in_place);

/* The next link of someone at `place` who still has a trail, and what is left after it; WEIGHTS_STAY when
 * the way is shut or its goal full. */
struct weights_choice flow_weights_follow(const struct flow_weights *weights, uint32_t class,
                                          uint32_t place, uint32_t trail);

/* Whether the link is open today, and the gate on it for the class. */
bool flow_weights_passable(const struct flow_weights *weights, uint32_t class, uint32_t link);

/* A chance as one of WEIGHTS_SURE: it comes true when a word without its lowest bit is below. */
static inline uint32_t weights_chance(double chance)
{
    return chance >= 1 ? WEIGHTS_SURE : (uint32_t)(chance * (double)WEIGHTS_SURE);
}

/* 1 while a place is no fuller than `buffer` of its capacity, 0 when full, linear between; capacity < 1:
 * always 1. */
double flow_weights_room(double capacity, double buffer, int64_t people);

#endif
