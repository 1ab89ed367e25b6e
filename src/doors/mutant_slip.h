/* One condition with one slip; between mutant.c and the files that make slips.  */
#ifndef DOORS_MUTANT_SLIP_H
#define DOORS_MUTANT_SLIP_H

#include "mutant.h"

struct slip {
    enum mutant_kind kind;
    const struct expr_source *source;
    uint32_t at, end;
    struct text was, is;
    const struct expr *root; /* the whole condition with the slip */
};

/* The way from a node up to the root.  */
struct slip_up {
    const struct slip_up *up;
    const struct expr *node;
    size_t kid; /* of node, on the way */
};

struct slips {
    struct arena *arena;
    const struct rules *rules;
    size_t n, cap;
    struct slip *at;
};

/* Adds all slips of a condition.  Arena and rules are filled in by the caller, the rest is zero.  */
int slips_of(struct slips *slips, const struct expr *root, struct ajar_err *err);

/* Adds one: `instead` stands in the place of `leaf`. */
int slip_leaf(struct slips *slips, const struct slip_up *up, enum mutant_kind kind,
              const struct expr *leaf, const struct expr *instead, struct ajar_err *err);

/* mutant_shift.c: the cut-points of one comparison, or the number of a `count`. */
int slips_shift(struct slips *slips, const struct slip_up *up, const struct expr *leaf,
                struct ajar_err *err);

#endif
