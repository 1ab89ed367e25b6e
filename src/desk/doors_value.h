/* One stated value of one fact, from text. */
#ifndef DESK_DOORS_VALUE_H
#define DESK_DOORS_VALUE_H

#include "person.h"

/* Where the value stands, for messages. */
struct doors_place {
    const char *file;
    long row, at;
};

/* "unknown" and "?" leave the fact unknown, "uncertain" and "??" mark it as one that the person cannot
 * say; else a value of the fact's type: yes, no, true, false; a literal; a whole number; an amount with at most two
 * decimals; a date; NONE where the fact takes it; for a set the literals joined with '+' ("" and NONE: the empty
 * set).  Errors: doors.facts.value, .type, .range with the place, the fact as column and what to do.  *out untouched then. */
int doors_value_read(struct arena *arena, const struct rules *rules, uint32_t fact,
                     struct text word, const struct doors_place *place, struct fact_value *out,
                     struct ajar_err *err);

/* The same into values[fact] of a person whose silence was filled with no (person_fill_no) before: a birth
 * date that is NONE by silence is unknown again where an age is stated, and the other way round. */
int doors_value_state(struct arena *arena, const struct rules *rules, uint32_t fact,
                      struct text word, const struct doors_place *place, struct fact_value values[],
                      struct ajar_err *err);

/* What another part reported becomes a fault, and *sound false (NULL: nobody asks); memory and the like
 * come back as they are. */
int doors_absorb(struct faults *faults, int code, const struct ajar_err *problem, bool *sound,
                 struct ajar_err *err);

/* The fact of that name, or doors.facts.name with the nearest one as the suggestion. */
int doors_fact_find(const struct rules *rules, struct text name, const struct doors_place *place,
                    struct arena *scratch, uint32_t *out, struct ajar_err *err);

/* A role of the household: spouse, child, parent, guardian. */
bool doors_is_role(struct text word);

/* Adds the stay FROM..TO (TO empty: still there) to the person's, in order.  doors.facts.contradict
 * when it overlaps one in the same country. */
int doors_stay_add(struct arena *arena, const struct rules *rules, struct person *person,
                   struct text country, date_days from, date_days to,
                   const struct doors_place *place, struct ajar_err *err);

/* Puts the value back as text: "57,000 EUR/year", "2022-09-01", "DEU", "not known". */
void doors_value_say(struct buf *buf, const struct rules *rules, uint32_t fact,
                     const struct fact_value *value);

#endif
