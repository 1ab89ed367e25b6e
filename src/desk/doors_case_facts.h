/* The facts of a case, word by word: kin=SPOUSE, stays=KAZ:2022-10-01.., child.1.age=5. */
#ifndef DESK_DOORS_CASE_FACTS_H
#define DESK_DOORS_CASE_FACTS_H

#include "doors_value.h"

#define CASE_MEMBERS_MAX 20 /* persons of a household */

struct case_facts {
    struct arena *arena;
    const struct rules *rules;
    struct doors_place place;
    bool no; /* what is not stated is no */
    struct person person;
    struct text tags[CASE_MEMBERS_MAX]; /* "child.1" */
};

/* A person of whom nothing is stated yet; all lives in `arena`. */
int case_facts_open(struct case_facts *out, struct arena *arena, const struct rules *rules,
                    const char *file, long row, bool no, struct ajar_err *err);

/* States one.  Errors: doors.test.form, doors.facts.*. */
int case_facts_put(struct case_facts *facts, struct text key, struct text value,
                   struct ajar_err *err);

#endif
