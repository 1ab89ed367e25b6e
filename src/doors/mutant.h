/* Rules with one slip each: would a test notice? */
#ifndef DOORS_MUTANT_H
#define DOORS_MUTANT_H

#include "instance.h"

enum mutant_kind {
    MUTANT_DROP_RULE,   /* the rule is gone */
    MUTANT_DROP_BRANCH, /* one side of an `or` */
    MUTANT_DROP_TERM,   /* one side of an `and`, also of a premise */
    MUTANT_DROP_MEMBER, /* one member of a { } of at least two */
    MUTANT_FLIP,        /* < and <=, > and >=, = and !=, in and not in, has and not has */
    MUTANT_SHIFT,       /* a cut-point by one unit (a cent, a day, one), either way */
    MUTANT_KINDS
};
extern const char *const mutant_words[]; /* "drop rule" ... */

struct mutant {
    enum mutant_kind kind;
    uint32_t door, version, rule; /* rule RULES_NONE: the scope */
    bool superior;
    const struct expr_source *source; /* that the slip is in; NULL for MUTANT_DROP_RULE */
    uint32_t at, end;                 /* its characters there, [at, end) */
    struct text was;                  /* what stood there: the rule's id, a part, a comparison */
    struct text is;                   /* what the mutant says instead; n 0: nothing */
    struct version made;              /* the version with the slip */
};

/* All mutants of the rules that a version writes itself (rule.own), its superior law and its scope
 * (where no earlier version of the door has the same), in this order; within a rule in the order of
 * its text.  Parameters and lists are not changed.  The result lives in `arena`: about 300 bytes a
 * mutant and rule of the version.  Errors: what the arena says.  */
int mutants_of(struct arena *arena, const struct rules *rules, uint32_t door, uint32_t version,
               size_t *n, struct mutant **out, struct ajar_err *err);

/* Whether the mutant answers as the original, by the same rules, for everybody at every moment at
 * which its version may hold: then no test could notice.  Equal diagrams on every day of
 * version_days.h are the proof.  Quantifiers over the household that read differently are taken for
 * different, so `false` may also mean that it is not proven.  */
int mutant_is_equivalent(struct arena *scratch, const struct rules *rules,
                         const struct mutant *mutant, bool *out, struct ajar_err *err);

#endif
