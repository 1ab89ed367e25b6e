/* What can be proven of rules before anybody is asked: nothing dead, nothing shadowed, nothing
 * superfluous, no contradiction, no day without a rule.  */
#ifndef DOORS_PROVE_H
#define DOORS_PROVE_H

#include "instance.h"

struct prove_count {
    size_t states;  /* versions x days proven (version_days.h) */
    double vectors; /* complete fact vectors covered, summed */
    size_t rules;   /* of all versions, with superior law */
};

/* One door over its whole time.  Findings go to `faults` with file, row, column, at, value
 * and what to do:
 *
 * doors.rule.dead       a rule whose condition holds for nobody within the scope, in every state;
 * doors.rule.shadowed   a rule that never decides: where it fires stronger effects fire as well, or
 *                       another rule of the same effect does, or those that override it are true;
 * doors.rule.redundant  a conjunct, branch or member of a set that can be left out without a change
 *                       of the condition (within the scope), wherever its text is used;
 * doors.rule.conflict   a CLOSED and an OPEN rule that both decide for a person, who is described;
 * doors.version.gap     moments between versions at which none holds, for some way of crossing.
 *
 * A rule is reported once, for the version that writes it, a part once for its place in the file.
 * A quantifier over the household is one fact of its own; what it asks is looked at by itself.  Days
 * past the door's review_by are not proven, nor days past the rows of a parameter (rules_read.h tells
 * of those).  *count is added to.  E_DOORS_CONFLICT is bad data; the others are findings.  Errors of
 * the return: doors.too_large; what the arena says.  Cost: one diagram a state and a few operations on
 * it for each rule, pair of rules and part that is not refuted yet.  */
int prove_door(struct arena *scratch, const struct rules *rules, uint32_t door,
               struct prove_count *count, struct faults *faults, struct ajar_err *err);

#endif
