/* What a run executes: everything that happens on each day, worked out before anybody moves.
 *
 * FLOW_RULES_FLEE keeps the reference's faults: a reopening undoes other closures too, closures of single
 * links do nothing, only the first day of a conflict counts for its intensity, the people of day 0 are cut
 * from a camp's capacity although they stand in it, forced roads are ignored but lie there twice.
 *
 * FLOW_RULES_AJAR has none of these.  What several closures hold shut opens when the last of them ends; one
 * that would end before it begins has no end.  Home is every country with a place of conflict, not that of
 * the first row.  Counts are read by date.  Nothing depends on the order of rows, nor on names but between
 * places alike in position, type and size.  All faults: docs/flow_faults.md. */
#ifndef FLOW_PLAN_H
#define FLOW_PLAN_H

#include "series.h"

/* Links are directed; those out of place p are [first[p], first[p + 1]), in the order in which the reference
 * adds them (rules of Ajar: by the position of their ends, then length).  Arrays by day are
 * [day * n + index]. */
struct flow_plan {
    int32_t n_days;
    uint32_t n_places, n_links, n_camps;
    uint32_t *first;       /* [n_places + 1] */
    uint32_t *from, *to;   /* [n_links] */
    double *km;            /* [n_links] */
    uint32_t *order;       /* [n_places] in which origins are drawn and the first people made */
    const uint32_t *camps; /* of the world */
    uint8_t *open;         /* [n_days * n_links] after that day's closures */
    uint8_t *forced;       /* [n_days * n_links] who stands before it must take it; NULL: none */
    int32_t
        *last_closed; /* [n_days * n_links] the last day up to this one on which it was shut or shut
                              anew; -1: never */
    uint8_t *type;    /* [n_days * n_places] enum flow_type after that day's events */
    double *intensity;    /* [n_days * n_places] of conflict; -1: none */
    int32_t *since;       /* [n_days * n_places] first day of the present conflict; -1 */
    double *movechance;   /* [n_days * n_places] before floods and food */
    double *spawn_weight; /* [n_days * n_places] */
    int64_t *spawn;       /* [n_days] agents that start on that day */
    int64_t *day0;        /* [n_places] agents that stand in camps at the start */
    double *capacity;     /* [n_places] after scaling and the day-0 cut; < 1: no limit */
    bool *foreign;        /* [n_places] */
    bool *marker;         /* [n_places] not a goal of its own */
};

/* Of what flow_known leaves on `as_known` (DATE_NONE: of the whole world; also for a world that flow_known
 * made): the plan itself leaves nothing out.  Counts are read as the reference reads them, under the rules of
 * Ajar by date.
 *
 * Who would start on a day without a place of conflict starts on the next day that has one.  All memory is
 * the arena's; `out` points into the world too.  E_FLOW_SETTING for a parameter out of range, E_FLOW_PLACE,
 * E_FLOW_DISTANCE for a world that no reader makes, E_FLOW_TOO_LARGE, and what the series say.
 * O(days * (places + links) + days * closures * links of those that act). */
int flow_plan_make(struct arena *arena, const struct flow_world *world,
                   const struct flow_params *params, date_days as_known, struct flow_plan *out,
                   struct ajar_err *err);

/* What is left of a conflict's weight `day - since` days after it began: the reference's list. */
double flow_plan_decay(const struct flow_params *params, int32_t day, int32_t since);

#endif
