/* A version's rules while they are read: parts that may still be replaced, narrowed or removed. */
#ifndef DOORS_RULES_DRAFT_H
#define DOORS_RULES_DRAFT_H

#include "rules_reader.h"

struct draft_rule {
    struct rule rule; /* all but `when` and `overrides` */
    bool superior;
    struct text premise; /* n 0: none */
    const struct expr *when;
    size_t n_also;
    const struct expr **also;
    size_t n_overrides;
    struct text *overrides;
    struct spot spot; /* where it was written last */
};

struct draft_premise {
    struct text name;
    const struct expr *expr; /* NULL: faulty */
    bool own;
};

struct draft {
    bool waiting, done;
    struct spot spot;
    struct version *version;
    int32_t base; /* version of same_as, or -1 */
    bool orphan;  /* same_as names no version: what it lacks is no second fault */
    size_t n_rules, cap_rules;
    struct draft_rule *rules;
    size_t n_premises;
    struct draft_premise *premises;
};

/* What the door says for all its versions. */
struct frame {
    const struct expr *scope; /* NULL: everybody */
    struct rules_at scope_at;
    bool has_default;
    enum effect otherwise;
    size_t n_practice;
    struct practice *practice;
};

/* Reads the rules of a version whose base, if any, is done, into the draft; and makes of it the
 * version's rules. */
int draft_read(struct reader *reader, const struct frame *frame, struct draft *draft,
               const struct draft *base);
int draft_finish(struct reader *reader, struct draft *draft);

/* Scope and default of a door or version, where they stand. */
int frame_read(struct reader *reader, const struct spot *spot, struct frame *frame);

/* The head of a version: all but what it takes from other versions. */
int version_read(struct reader *reader, const struct spot *spot, const struct door *door,
                 struct version *out);
/* The number of the other version that the spot's value names, or -1 with a fault. */
int version_named(struct reader *reader, const struct spot *spot, const struct door *door,
                  const struct version *self, int32_t *out);
/* Names of other versions in a head: after, replaces. */
int version_bind(struct reader *reader, const struct spot *spot, const struct door *door,
                 struct version *out);

/* One entry of `rules` or `superior_law` into *into, which is blank or, with `also`, holds the rule that is
 * narrowed. */
int draft_rule_read(struct reader *reader, const struct spot *spot, const struct version *version,
                    struct draft_rule *into);
int practice_read(struct reader *reader, const struct spot *spot, size_t n_before,
                  const struct practice *before, size_t *n, struct practice **out);

#endif
