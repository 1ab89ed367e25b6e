/* What would open this door?  The smallest sets of facts and papers, safest first. */
#ifndef DOORS_OPENING_H
#define DOORS_OPENING_H

#include "instance.h"

/* One change: variable `var` must be in `mask`.  known: the person has another value and would have
 * to change it (the fact is actionable); else it is not known and would have to be so. */
struct opening_step {
    uint32_t var;
    uint64_t mask;
    bool known, uncertain;
    const struct proof
        *proof; /* the safest, fastest, cheapest that proves a value of mask; NULL: none listed */
};

struct opening {
    size_t n;
    struct opening_step *steps; /* by rising var */
    bool discretion;            /* leads to an official's discretion; else the door opens */
    int contacts_origin; /* steps whose best proof means contact with the state that one flees */
    int32_t days;        /* longest */
    int64_t cents;       /* sum */
};

/* All minimal opening sets of the person's cube: a set is a choice of values for facts that are
 * unknown, uncertain or actionable, such that the door is OPEN whatever the other unknown facts
 * are, and that no step can be left out and no value added.  They are the primes of {OPEN} that
 * agree with what is known, less those that ask for more than another (Quine 1952; docs/rules.md
 * has the proof).  Ranked by danger (contacts_origin), days, cost, number of steps, then order of
 * the variables.  At most `limit` are kept, *n_all tells how many there are.  An open door gives
 * none.  Behind them stand, found and ranked alike, the sets that bring the door to OPEN or
 * DISCRETION and ask for less than any that opens; a door at discretion gives none of these.
 *
 * mask[n_vars], asked[n_vars] as instance_cube gives them; instance->open and may must be made.  A step
 * that is not `known` chooses among mask[var] unless its fact is actionable.  *out and its steps
 * live in `arena`, NULL when none.  Cost: one pass over the primes, then sets found times sets
 * kept; about 100 bytes of scratch a set.  Errors: what the arenas say; outputs are then
 * untouched.  Thread-safe with arenas of one's own. */
int opening_sets(struct arena *arena, struct arena *scratch, const struct instance *instance,
                 const uint64_t mask[], const uint8_t asked[], size_t limit, size_t *n,
                 struct opening **out, size_t *n_all, struct ajar_err *err);

#endif
