/* One person at one door on one day. */
#ifndef DOORS_DECIDE_H
#define DOORS_DECIDE_H

#include "opening.h"

enum status {
    STATUS_OPEN,
    STATUS_DISCRETION,
    STATUS_NEEDS_FACTS,
    STATUS_CLOSED_ACTIONABLE,
    STATUS_CLOSED,
    STATUS_BARRED,
    STATUS_NOT_APPLICABLE,
    STATUS_NO_RULE,
    STATUS_CONFLICT,
    STATUS_COUNT
};
extern const char *const status_words[]; /* "OPEN" ... */

/* A rule that fires for sure, or may. */
struct fired {
    uint32_t arm, rule;
    bool superior;    /* one of the law above the act */
    bool certain;     /* for every completion of what is unknown */
    bool decides;     /* its effect is the outcome's */
    uint8_t evidence; /* enum evidence: the weakest of the known facts that it reads */
};

struct decision {
    enum status status;
    uint32_t outcomes; /* bit per enum outcome that completions of the unknown facts can give */
    bool stale, counterfactual;
    bool contested, partial, unread, unverified; /* of the rules that decide, and of the version */
    size_t n_fired;
    struct fired *fired;
    size_t n_openings, n_openings_all;
    struct opening *openings;
    size_t n_missing;
    uint32_t *missing; /* variables, unknown, on which the outcome depends */
    size_t n_practice;
    const struct practice **practice; /* those in force that concern the person */
    moment valid_until; /* first moment at which the answer can change; MOMENT_NEVER */
};

struct decide_options {
    bool openings;        /* look for opening sets */
    size_t openings_most; /* kept; 0: 12 */
    bool until;           /* look for valid_until */
};

/* *out and all it holds live in `arena`.  Exact: a status other than NEEDS_FACTS is what every
 * completion of the unknown facts gives.  CLOSED becomes CLOSED_ACTIONABLE when an opening set
 * exists (looked for even when options->openings is false, not kept then).  valid_until: the door is built
 * again at each moment at which law, lists, parameters or this person's own dates may change the answer; it
 * is the first at which the status or the rules that fire (by id) differ, or a parameter has no row.
 * Stays are followed for 800 days, the person staying inside.  Errors: instance_cube's, and what the arenas
 * say; *out is then untouched.  Cost: one pass over the diagram for each rule that may fire, without
 * openings and until a few microseconds. */
int decide(struct arena *arena, struct arena *scratch, const struct instance *instance,
           const struct person *person, const struct decide_options *options, struct decision *out,
           struct ajar_err *err);

#endif
