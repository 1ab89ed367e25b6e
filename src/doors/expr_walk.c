#include "expr_walk.h"

int expr_walk(const struct expr *expr, struct text role, expr_visit *visit, void *arg,
              struct ajar_err *err)
{
    bool leaf = expr->kind == EXPR_COMPARE || expr->kind == EXPR_IN || expr->kind == EXPR_HAS;
    if (leaf) {
        return visit(arg, expr, role, err);
    }
    for (size_t i = 0; i < expr->n; i++) {
        TRY(expr_walk(expr->kids[i], expr->kind == EXPR_QUANT ? expr->role : role, visit, arg,
                      err));
    }
    return 0;
}

static int rules_walk(size_t n, const struct rule rules[], expr_visit *visit, void *arg,
                      struct ajar_err *err)
{
    for (size_t r = 0; r < n; r++) {
        TRY(expr_walk(rules[r].when, (struct text){"", 0}, visit, arg, err));
    }
    return 0;
}

int version_walk(const struct version *version, expr_visit *visit, void *arg, struct ajar_err *err)
{
    if (version->scope != NULL) {
        TRY(expr_walk(version->scope, (struct text){"", 0}, visit, arg, err));
    }
    TRY(rules_walk(version->n_rules, version->rules, visit, arg, err));
    return rules_walk(version->n_superior, version->superior, visit, arg, err);
}
