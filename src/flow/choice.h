/* Which camp do people choose?  Shares by distance over the roads that are open, and what else draws people
 * or keeps them out: the own model, beside which the baselines (baselines.h) stand.
 *
 * The share of camp c among those who start at place o is proportional to
 *     capacity^of_capacity * (day-0 people + day0_floor)^of_day0
 *     * (km + softening)^-power * ((km + 10) / (near + 10))^-near_power
 *     * exp(-fade * (km - near) / 100) * room, near being the km of the nearest camp,
 * mixed with an equal split over the camps within reach; room falls from 1 to 0 while the camp fills from
 * room_from to room_to of its capacity.  Arrival is at once and final.  Who starts, where and when is as in
 * the plan, so the total is given and a score of it is one of hindsight.  The form is that of spatial
 * interaction models (Wilson 1971). */
#ifndef FLOW_CHOICE_H
#define FLOW_CHOICE_H

#include "ways.h"

struct choice_rule {
    double power, softening;    /* of distance; km */
    double near_power;          /* of (km + 10) / (km of the nearest camp + 10) */
    double fade;                /* a 100 km */
    double even;                /* part that is split equally, 0 to 1 */
    double of_capacity;         /* of what the plan leaves of it after day 0 */
    double of_day0, day0_floor; /* people; the floor > 0 */
    double room_from, room_to;  /* parts of capacity; room_to <= 0: camps have no limit */
    bool shut_camps;            /* camps that are no camps that day take nobody */
    bool detour;      /* cut off from all camps: as if all roads were open; else equally */
    double of_people; /* origins weigh by population^(1 + of_people) */
    bool no_decay;    /* a conflict weighs the same however old it is */
};

/* One conflict made ready for many runs. */
struct choice_case {
    int32_t n_days;
    uint32_t n_camps, n_origins, n_states;
    uint32_t *state;             /* [n_days] of roads and camps */
    double *km;                  /* [(state * n_origins + origin) * n_camps + camp] */
    double *free_km;             /* [origin * n_camps + camp] with all roads open */
    uint8_t *open;               /* [state * n_camps + camp] is a camp */
    double *spawn;               /* [n_days] who starts */
    double *weight;              /* [day * n_origins + origin] by population, intensity and decay */
    double *steady;              /* the same without decay */
    double *day0;                /* [n_camps] */
    double *capacity;            /* [n_camps] as stated; < 1: no limit */
    double *left;                /* [n_camps] what of it the plan leaves after day 0 */
    struct flow_series observed; /* one person an agent */
    double *people;              /* [n_origins] population */
    double *shares;              /* scratch: [(state * n_origins + origin) * n_camps + camp] */
    double *day;                 /* scratch: [4 * n_camps + n_origins] */
};

/* With the rules of the reference and its validation set, one agent a person.  `capacities` false: they
 * are not read.  The case lives in the arena and points into `world`.  Not for two threads at once.
 * Errors of flow_plan_make, flow_series_flee, flow_ways_make. */
int choice_case_make(struct arena *arena, const struct flow_world *world, bool capacities,
                     struct choice_case *out, struct ajar_err *err);

/* People in the camps at the end of each day, simulated [camp * n_days + day], as flow_score takes them.
 * E_FLOW_OPTION for a rule outside its ranges.  O(states * origins * camps logarithms + days * origins *
 * camps). */
int choice_run(struct choice_case *at, const struct choice_rule *rule, double simulated[],
               struct ajar_err *err);

/* Spreads who starts by the shares in at->shares (each row sums to 1), camps without limit when room_to
 * <= 0. */
void choice_spread(const struct choice_case *at, const struct choice_rule *rule,
                   double simulated[]);

/* Several rules whose runs are averaged: one picked alone is a bet, and the pick is noisy. */
struct choice_mix {
    size_t n;
    const struct choice_rule *rules;
};

/* The mean over the runs of the rules, as choice_run. */
int choice_run_mix(struct choice_case *at, const struct choice_mix *mix, double simulated[],
                   struct ajar_err *err);

/* The rules fitted on all shared conflicts but the one of that title; on all eight for any other title.
 * How they were fitted stands in choice_fits.c. */
struct choice_mix choice_fitted(struct text title, bool capacities);

/* Whether a conflict of that title is one of those that the fits were made on. */
bool choice_fitted_on(struct text title);

#endif
