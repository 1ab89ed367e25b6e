/* What the files of decide.h share. */
#ifndef DOORS_DECIDE_PARTS_H
#define DOORS_DECIDE_PARTS_H

#include "decide.h"
#include "instance_parts.h"

/* One person before one instance. */
struct before {
    struct arena *arena, *scratch;
    const struct instance *instance;
    const struct person *person;
    date_days since; /* the day on which the person's facts were asked */
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX];
    void *room; /* of diagram_reach */
};

/* decide.c: cube, outcomes, status. */
int before_make(struct arena *arena, struct arena *scratch, const struct instance *instance,
                const struct person *person, date_days since, struct before *out,
                struct ajar_err *err);
enum status before_status(const struct before *before, uint32_t *outcomes);

/* decide_fired.c: rules that fire or may, and the marks of those that decide. */
int decide_fired(const struct before *before, struct decision *out, struct ajar_err *err);
int decide_practice(const struct before *before, struct decision *out, struct ajar_err *err);

/* decide_missing.c */
int decide_missing(const struct before *before, struct decision *out, struct ajar_err *err);

/* decide_until.c */
int decide_until(const struct before *before, struct decision *out, struct ajar_err *err);

/* decide_moves.c: every day after the one asked about on which the person's age, dates and stays may carry
 * them across a limit of the door's rules. */
int decide_moves(struct arena *scratch, const struct instance *instance,
                 const struct person *person, size_t *n, moment **out, struct ajar_err *err);

#endif
