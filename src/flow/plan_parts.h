/* Inside plan: its parts, in the order in which they are worked out. */
#ifndef FLOW_PLAN_PARTS_H
#define FLOW_PLAN_PARTS_H

#include "plan.h"

struct plan_job {
    struct arena *arena;
    const struct flow_world *world;
    const struct flow_params *params;
    date_days as_known;
    struct flow_plan plan;
};

bool plan_known(const struct plan_job *job, date_days known);

/* E_FLOW_SETTING with the name of the parameter. */
int plan_check_params(const struct flow_params *params, struct ajar_err *err);

/* order, first, from, to, km; roads must have been checked. */
int plan_links(struct plan_job *job, struct ajar_err *err);
/* open, forced, last_closed. */
int plan_closures(struct plan_job *job, struct ajar_err *err);
/* type, intensity, since: conflicts and camps that open and shut. */
int plan_events(struct plan_job *job, struct ajar_err *err);

#endif
