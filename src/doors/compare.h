/* Who gains and who loses when the rules change: two states of a door, compared over all people.  */
#ifndef DOORS_COMPARE_H
#define DOORS_COMPARE_H

#include "instance.h"

/* One group of people whose answer goes from one outcome to another, because a ground for the better
 * of the two is lost or won: a cube over the variables of the comparison.  Who has another ground for
 * the better answer on both sides, or for a still better one, may be in the cube all the same:
 * "business travel with onward transit: OPEN to CLOSED" is said of those who have no other ground. */
struct change {
    enum outcome before, after;
    const struct rule *
        rule; /* the ground, of the side that has the better answer; NULL: what holds when no rule fires */
    const uint64_t *mask; /* [n_vars] */
    double vectors;       /* class vectors of the cube that go so by this ground */
};

struct comparison {
    struct instance before, after; /* cut into the same classes: vars and n_vars are equal */
    /* Of those whom the rules concern on both sides the least cube around: what all have in common. */
    uint64_t *common; /* [n_vars] */
    size_t n;
    /* By before, after, ground, vectors falling, masks.  The changes of one pair of outcomes hold all that goes
     * so; of one ground none is superfluous. */
    struct change *changes;
    double vectors, changed; /* all class vectors; those whose outcome differs */
};

#define COMPARE_PRIMES_MAX ((size_t)1 << 14) /* of one pair of outcomes */

/* Builds both states over shared classes and covers every pair of outcomes that differ.  A change
 * that opens and a change that closes are both listed, always; so is one that comes into or leaves
 * the scope (NOT_APPLICABLE) or the time of the rules (NO_RULE). (at, as_known) of each side are
 * free, so two dates, two states of knowledge or two doors (door_before may differ from door_after:
 * a counterfactual) can be compared.  The other way round gives the same cubes, before and after
 * swapped.  Birthdays and days of stay do not pass between the sides: both count from the later day.
 *
 * *out and all it holds live in `arena`. `open` of the two instances is not made.  Errors: as
 * instance_build; E_DOORS_TOO_LARGE past COMPARE_PRIMES_MAX prime cubes of a pair.  Cost: both diagrams, their product, the primes of each pair.  */
int compare_doors(struct arena *arena, struct arena *scratch, const struct rules *rules,
                  uint32_t door_before, moment before, date_days known_before, uint32_t door_after,
                  moment after, date_days known_after, struct comparison *out,
                  struct ajar_err *err);

/* What all have in common, as words; "" when nothing. */
void compare_say_common(struct buf *buf, const struct comparison *comparison);

/* The cube as words: "visa in {C_ESP, C_FIN}; onward = NONE"; variables that do not matter, or that say no
 * more than what all have in common, are left out; "everybody" when none is left. */
void compare_say(struct buf *buf, const struct comparison *comparison, const struct change *change);

#endif
