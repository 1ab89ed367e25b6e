/* Every comparison of a condition, quantifiers included. */
#ifndef DOORS_EXPR_WALK_H
#define DOORS_EXPR_WALK_H

#include "rules.h"

/* `role` is that of the quantifier around it; empty outside of all. */
typedef int expr_visit(void *arg, const struct expr *leaf, struct text role, struct ajar_err *err);

int expr_walk(const struct expr *expr, struct text role, expr_visit *visit, void *arg,
              struct ajar_err *err);

/* All conditions of a version that decide: scope, rules, superior law; not practice. */
int version_walk(const struct version *version, expr_visit *visit, void *arg, struct ajar_err *err);

#endif
