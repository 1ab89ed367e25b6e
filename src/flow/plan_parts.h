/* Inside plan: its parts, in the order in which they are worked out. */
#ifndef FLOW_PLAN_PARTS_H
#define FLOW_PLAN_PARTS_H

#include "plan.h"

struct plan_job {
    struct arena *arena;
    const struct flow_world *world;
    const struct flow_params *params;
    struct flow_plan plan;
};

/* E_FLOW_SETTING with the name of the parameter. */
int plan_check_params(const struct flow_params *params, struct ajar_err *err);

/* Whether a closure acts on that day.  Under the rules of Ajar one that would end before it begins has no
 * end; one that ends on its first day has no effect. */
bool plan_begins(const struct flow_closure *closure, int32_t day);
bool plan_ends(const struct plan_job *job, const struct flow_closure *closure, int32_t day);

/* order, first, from, to, km; roads must have been checked. */
int plan_links(struct plan_job *job, struct ajar_err *err);
/* open, forced, last_closed. */
int plan_closures(struct plan_job *job, struct ajar_err *err);
/* type, intensity, since: conflicts and camps that open and shut. */
int plan_events(struct plan_job *job, struct ajar_err *err);

#endif
