/* The exodus: people in classes of papers meet doors that depend on class and day, at borders with queues, in
 * two directions.  docs/exodus.md has the model with formulas; the data of a model come from the folder
 * exodus/ of a scenario (exodus_read.h), the decisions of the doors from whoever knows law (exodus_gates).
 *
 * Two kinds of people ask at a door: traffic (commuters, tourists, who come, stay some days and go back; known
 * from the weeks before the order) and flight (who set out because of it).  Every quantity of a model is a
 * number or one of its parameters.
 *
 * One day, in this order, at every door:
 *   1. exits: of the traffic present, and of the flight present that will return, a part goes back; of the
 *      flight that stays, a part goes onward for good;
 *   2. queues: who waits for a door that is now shut for the class is refused; of the others a part gives up;
 *   3. flight sets out (by region and class), and of those who wait in Russia (the pool) a part decides anew:
 *      gives up for good, or chooses a door that is open for the class; where none is, it stays in the pool;
 *   4. who sets out first chooses among all doors that were open for the class on the first day of the run or
 *      are open now, by exp(pull - distance ln km - wait_dislike days of waiting); whose choice is shut is
 *      refused there (tries_shut) or hears of it and does not ask (deterred); both go into the pool;
 *   5. traffic: who belongs to a class for which the door is shut asks all the same (tries_shut) and is
 *      refused, or cancels;
 *   6. who asks at an open door joins its queue; the door serves up to its capacity, all who wait alike
 *      whatever their class and kind (no capacity: all at once); served at a door under discretion, a part
 *      (discretion) is admitted and the rest refused.
 * Refused or given up, flight goes into the pool, traffic home. */
#ifndef FLOW_EXODUS_H
#define FLOW_EXODUS_H

#include "arena.h"
#include "date.h"
#include "gate.h"
#include "text.h"
#include "watch.h"

#define EXODUS_DOORS_MOST    24
#define EXODUS_CLASSES_MOST  8
#define EXODUS_REGIONS_MOST  16
#define EXODUS_PARAMS_MOST   40
#define EXODUS_FITTED_MOST   25
#define EXODUS_PROFILES_MOST 16
#define EXODUS_ORIGINS_MOST  8
#define EXODUS_EDITS_MOST    16
#define EXODUS_AGES          15 /* days in the pool: 0 .. 13, and 14 or more */
#define EXODUS_FIXED         (-1)

/* A number, or the value of a parameter. */
struct exodus_value {
    int32_t param; /* EXODUS_FIXED: the number */
    double fixed;
};

enum exodus_prior { EXODUS_NORMAL, EXODUS_LOGNORMAL, EXODUS_BETA };

struct exodus_param {
    struct text id, title, unit;
    enum exodus_prior prior;
    bool fitted; /* false: no row speaks of it; forecasts draw it from its prior */
    double a, b; /* normal: mean, sd; log-normal: median, sd of the logarithm; beta: alpha, beta */
    struct text source; /* of sources.csv; empty: an assumption */
    struct text why;
};

/* Rows that count part of a door: "land:Narva" is a part of what enters at Estonia's door. */
struct exodus_route {
    struct text country, route; /* as in arrivals.csv; country EU27 for a sum over doors */
    double share[2];            /* of what crosses at the door, by exodus_kind */
    double spread; /* sd of the logarithm of the share, where nobody knows it; for forecasts only */
};

struct exodus_door {
    struct text id, title, country;
    size_t n_crossings;
    struct text *crossings; /* of the gate table; the door is as open as the most open of them */
    struct exodus_value traffic; /* entries a week before the order */
    struct exodus_value
        traffic_class[EXODUS_CLASSES_MOST]; /* shares; that of traffic_rest is what is left */
    uint32_t traffic_rest;
    double weekday[7];              /* Monday first; mean 1 */
    struct exodus_value pull;       /* in the choice of who flees; 0 where nothing is said */
    struct exodus_value capacity;   /* people a day; 0: no limit */
    double russians;                /* part of all who enter; for rows of all nationalities */
    double km[EXODUS_REGIONS_MOST]; /* on the way from each region; INFINITY: none */
    size_t n_routes;
    struct exodus_route *routes;
    double lat, lon; /* where a map shows it */
};

struct exodus_region {
    struct text id, title;
    double weight;   /* part of those who set out; sums to 1 */
    double lat, lon; /* mean of its places by population */
};

struct exodus_class {
    struct text id, title;
    size_t n_profiles; /* of the gate table; the class passes where the most open of them does */
    struct text profiles[EXODUS_PROFILES_MOST];
    struct exodus_value flight; /* part of those who set out; that of flight_rest is what is left */
    bool kept;                  /* doors that shut for reasons nobody knows yet stay open to it */
};

/* What a counterfactual changes, on days [from, to] (inclusive) of the model. */
struct exodus_edit {
    uint32_t doors, classes; /* bits */
    date_days from, to;
    enum gate gate;  /* GATE_NO_RULE: asked of `law` */
    struct text law; /* a door of the rules that all must pass besides; empty: `gate` holds */
};

struct exodus_what_if {
    struct text id, title, note; /* note: a sentence to be told beside the answer; may be empty */
    size_t n_edits;
    struct exodus_edit edits[EXODUS_EDITS_MOST];
};

struct exodus_model {
    struct text title;
    date_days from, to; /* of the run; starts before the first row that is fitted */
    date_days shown;    /* first day of the forecast's tables */
    date_days order;    /* on which the flight begins */
    date_days as_known; /* rows published later do not reach the fit */
    uint32_t n_days, n_doors, n_classes, n_regions, n_params;
    struct exodus_door *doors;
    struct exodus_class *classes;
    struct exodus_region *regions;
    struct exodus_param *params;
    uint32_t flight_rest; /* class */

    struct exodus_value flight;         /* people who set out in all */
    struct exodus_value peak_days;      /* from the order to the day of most departures */
    struct exodus_value half_life_days; /* in which late departures halve */
    struct exodus_value distance;       /* power of km */
    struct exodus_value wait_dislike;   /* a day of waiting */
    struct exodus_value tries_shut;     /* part of the excluded that asks all the same */
    struct exodus_value pool_days;      /* mean days in the pool before deciding anew; at least 1 */
    struct exodus_value gives_up;       /* part of those who decide anew that gives up for good */
    struct exodus_value discretion;     /* part admitted where an official decides */
    struct exodus_value queue_leaves;   /* part of a queue that gives up in a day */
    struct exodus_value traffic_stay_days; /* mean; at least 1 */
    struct exodus_value returns;           /* part of the flight admitted that will go back */
    struct exodus_value flight_stay_days;  /* mean stay of those; at least 1 */
    struct exodus_value onward;            /* part of the others that goes onward in a day */
    double
        shuts_a_day; /* chance that an open door shuts for good after as_known; for forecasts only */

    size_t n_origins; /* earlier days from which a fit is tried, rising, before as_known */
    date_days origins[EXODUS_ORIGINS_MOST];

    size_t n_what_ifs;
    struct exodus_what_if *what_ifs;
};

/* at[(day * n_doors + door) * n_classes + class], enum gate.  OPEN and NO_RULE pass, DISCRETION in part,
 * CLOSED, BARRED and UNKNOWN do not. */
struct exodus_gates {
    const uint8_t *at;
};

enum exodus_kind { EXODUS_TRAFFIC, EXODUS_FLIGHT, EXODUS_KINDS };

/* People, expected or drawn.  A cell is ((day * n_doors + door) * n_classes + class) * EXODUS_KINDS + kind.
 * Per cell: waiting = waiting of the day before + asked - admitted - refused - gave_up. */
struct exodus_result {
    double *asked, *admitted, *refused, *gave_up, *waiting; /* [cells] */
    /* [day * n_doors + door] */
    double *exits[EXODUS_KINDS];   /* back to Russia */
    double *onward;                /* gone on for good */
    double *present[EXODUS_KINDS]; /* at the end of the day */
    /* [day * n_classes + class], flight alone:
     * all that set_out so far = in queues + pool + stopped so far + admitted so far. */
    double *set_out, *deterred, *stopped; /* on the day; stopped: gave up for good */
    double *pool;                         /* at the end of the day */
    double
        *stranded; /* of the pool: 14 days or more since last refused, given up or deterred, and no
                         door open for the class */
};

static inline size_t exodus_cell(const struct exodus_model *model, uint32_t day, uint32_t door,
                                 uint32_t class, enum exodus_kind kind)
{
    return (((size_t)day * model->n_doors + door) * model->n_classes + class) * EXODUS_KINDS +
           (size_t)kind;
}

/* All arrays of *out in the arena, zero. */
int exodus_result_new(struct arena *arena, const struct exodus_model *model,
                      struct exodus_result *out, struct ajar_err *err);

/* The model's quantities for one set of parameters, as both engines use them. */
struct exodus_setting {
    double flight, distance, wait_dislike, tries_shut, decides, gives_up, discretion, queue_leaves,
        traffic_goes, returns, flight_goes, onward; /* decides, *_goes: chances a day */
    double *departs;                                /* [n_days] people who set out */
    double *class_of;                               /* [n_classes] of the flight */
    double *traffic;  /* [(day * n_doors + door) * n_classes + class] people who would come */
    double *weight;   /* [region * n_doors + door] of a door without waiting */
    double *capacity; /* [n_doors] INFINITY: no limit */
    double *stock;    /* [n_doors] traffic present when the run begins */
};

/* params[n_params] in the units of the model; parts and shares are cut to 0 .. 1, and shares that are more
 * than all together made smaller alike.  Departures: a gamma density in whole days from the order, of mode
 * peak_days and tail e^(-t ln 2 / half_life_days), summed to `flight` over 400 days.  The arrays are the
 * arena's; _fill writes other parameters into them. */
int exodus_setting_make(struct arena *arena, const struct exodus_model *model, const double *params,
                        struct exodus_setting *out, struct ajar_err *err);
void exodus_setting_fill(const struct exodus_model *model, const double *params,
                         struct exodus_setting *out);

/* Expected numbers (mean field) of the first n_days days.  *out comes from exodus_result_new; every cell of
 * those days is written.  O(days * regions * classes * doors); same bytes always. */
void exodus_run(const struct exodus_model *model, const struct exodus_setting *setting,
                const struct exodus_gates *gates, uint32_t n_days, struct exodus_result *out);

/* People by draws: integer numbers, of the same law as people one by one, by binomial and multinomial draws
 * of people who are alike.  Draws are keyed (seed, purpose, cell, day), so that two runs with the same seed
 * share their chance where their numbers agree.  Every cell of *out is written; `scratch` gives some 50 KB.
 * E_FLOW_TOO_LARGE (more than 1e12 people expected, or a number that is none), E_CEILING, E_MEMORY. */
int exodus_people(struct arena *scratch, const struct exodus_model *model,
                  const struct exodus_setting *setting, const struct exodus_gates *gates,
                  uint64_t seed, struct exodus_result *out, struct ajar_err *err);

/* The same one person after another, in the plainest way: the oracle of exodus_people in law (not in bytes).
 * O(people * days) at worst; at most 1e8 people.  Errors as exodus_people. */
int exodus_walk(struct arena *scratch, const struct exodus_model *model,
                const struct exodus_setting *setting, const struct exodus_gates *gates,
                uint64_t seed, struct exodus_result *out, struct ajar_err *err);

static inline double exodus_value_of(const struct exodus_value *value, const double *params)
{
    return value->param == EXODUS_FIXED ? value->fixed : params[value->param];
}

static inline bool exodus_passes(uint8_t gate)
{
    return gate == GATE_OPEN || gate == GATE_NO_RULE || gate == GATE_DISCRETION;
}

/* The gates of a counterfactual: out[n_days * n_doors * n_classes] with those edits that have a gate. */
void exodus_gates_edit(const struct exodus_model *model, const struct exodus_what_if *what_if,
                       uint8_t *at);

#endif
