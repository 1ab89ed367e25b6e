/* What the files of prove.h share: claims against the rules, which every state tries to refute.  */
#ifndef DOORS_PROVE_PARTS_H
#define DOORS_PROVE_PARTS_H

#include "instance_parts.h"
#include "prove.h"

/* "This part can be left out", of one place in the file.  */
struct part_claim {
    const struct expr_source *source;
    uint32_t at, end;
    const struct expr *node;      /* the part; of a member: the comparison */
    const struct expr_item *item; /* NULL: no member */
    bool branch;                  /* of an `or` */
    bool refuted;
};

struct part_claims {
    struct arena *arena;
    size_t n, cap;
    struct part_claim *at;
};

/* The parts of one condition, in the order of the walk.  */
struct part_list {
    size_t n, cap;
    uint32_t *claim;
};

/* What a condition's form is over: an instance, or the question that a quantifier asks.  */
struct part_ground {
    const struct rules *rules;
    date_days on;
    struct arena *scratch;
    struct diagram *diagram;
    size_t n_vars;
    const struct var *vars;
};

/* prove_claim.c: adds the parts of a condition; the same place is the same claim, and what is
 * somewhere a whole condition can be left out nowhere.  */
int parts_of(struct part_claims *claims, const struct expr *root, struct part_list *out,
             struct ajar_err *err);
size_t parts_count(const struct expr *expr);
void parts_refute_all(struct part_claims *claims, const struct part_list *list);
void parts_report(const struct part_claims *claims, struct faults *faults);

/* prove_part.c: refutes the parts that somebody of `care` (a function with values 0 and 1) needs.
 */
int parts_refute(struct part_claims *claims, const struct part_list *list,
                 const struct part_ground *ground, const struct expr *root, const struct form *form,
                 diagram_ref care, struct ajar_err *err);

/* prove_member.c: 1 where a member of a set decides whether the comparison is true, else 0.  */
int member_matters(const struct part_ground *ground, const struct expr *expr, size_t item,
                   diagram_ref *out, struct ajar_err *err);

/* "This rule holds for nobody", "never decides", "says nothing that another does not say", of a
 * rule that a version writes itself.  */
struct rule_claim {
    const struct version *version;
    uint32_t rule;
    bool superior;
    bool seen, holds, fires, decides;
    bool *covered; /* [version->n_rules] it fires only where that one does, which is not weaker */
};

struct rule_claims {
    size_t n;
    struct rule_claim *at;
};

/* prove_rule.c */
int rule_claims_of(struct arena *arena, const struct door *door, struct rule_claims *out,
                   struct ajar_err *err);
/* `region`: see version_days.h.  */
int rules_refute(struct rule_claims *claims, const struct instance *instance, diagram_ref region,
                 struct ajar_err *err);
void rules_report(const struct rule_claims *claims, struct faults *faults);

/* prove_conflict.c: pairs of rules that have been told of already.  */
struct conflicts {
    struct arena *arena;
    size_t n, cap;
    struct rules_at (*told)[2];
};
int conflicts_find(struct conflicts *conflicts, const struct instance *instance, diagram_ref region,
                   struct faults *faults, struct ajar_err *err);

/* prove_gap.c */
int gaps_find(struct arena *scratch, const struct rules *rules, uint32_t door,
              struct faults *faults, struct ajar_err *err);

#endif
