/* Which parts of a condition does somebody need?
 *
 * From the root down, every part gets its care: the people for whom the whole condition is what
 * this part is (or its opposite).  A conjunct's care is its parent's where all its siblings are
 * true, a branch's where all are false.  A conjunct that is true for all of its care can be left
 * out, a branch that is false for all of it, a member that makes no difference to any of it.  */
#include "prove_parts.h"

#define NO  ((diagram_ref)0)
#define YES ((diagram_ref)1)

/* One walk, in the order of parts_of.  */
struct parts_walk {
    struct part_claims *claims;
    const struct part_list *list;
    size_t next;
};

static int part_walk(struct parts_walk *it, const struct part_ground *ground,
                     const struct expr *expr, const struct form *form, diagram_ref care,
                     struct ajar_err *err);

/* Whether any of the next n claims still stands.  */
static bool parts_stand(const struct parts_walk *it, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!it->claims->at[it->list->claim[it->next + i]].refuted) {
            return true;
        }
    }
    return false;
}

static void part_settle(struct parts_walk *it, bool refuted)
{
    it->claims->at[it->list->claim[it->next++]].refuted |= refuted;
}

static int members_walk(struct parts_walk *it, const struct part_ground *ground,
                        const struct expr *expr, diagram_ref care, struct ajar_err *err)
{
    for (size_t i = 0; i < expr->n_items; i++) {
        diagram_ref matters = NO;
        if (parts_stand(it, 1)) {
            TRY(member_matters(ground, expr, i, &matters, err));
            TRY(diagram_choose(ground->diagram, care, matters, NO, &matters, err));
        }
        part_settle(it, matters != NO);
    }
    return 0;
}

/* a and b; or, as the neutral way to add up branches, a or b.  */
static int fold(struct diagram *diagram, bool branches, diagram_ref a, diagram_ref b,
                diagram_ref *out, struct ajar_err *err)
{
    return branches ? diagram_choose(diagram, a, YES, b, out, err)
                    : diagram_choose(diagram, a, b, NO, out, err);
}

/* One kid, with what its siblings come to.  */
static int kid_walk(struct parts_walk *it, const struct part_ground *ground,
                    const struct expr *expr, const struct form *kid, diagram_ref value,
                    diagram_ref siblings, diagram_ref care, const struct expr *kid_expr,
                    struct ajar_err *err)
{
    bool branches = expr->kind == EXPR_OR;
    diagram_ref needed;
    TRY(diagram_choose(ground->diagram, siblings, branches ? NO : care, branches ? care : NO, &care,
                       err));
    TRY(diagram_choose(ground->diagram, value, branches ? care : NO, branches ? NO : care, &needed,
                       err));
    part_settle(it, needed != NO);
    return part_walk(it, ground, kid_expr, kid, care, err);
}

static int series_walk(struct parts_walk *it, const struct part_ground *ground,
                       const struct expr *expr, const struct form *form, diagram_ref care,
                       struct ajar_err *err)
{
    bool branches = expr->kind == EXPR_OR;
    diagram_ref *value, *behind, before = branches ? NO : YES;
    TRY_NEW(value, ground->scratch, expr->n, err);
    TRY_NEW(behind, ground->scratch, expr->n + 1, err);
    behind[expr->n] = before;
    for (size_t i = expr->n; i-- > 0;) {
        TRY(form_diagram(ground->diagram, form->kids[i], &value[i], err));
        TRY(fold(ground->diagram, branches, value[i], behind[i + 1], &behind[i], err));
    }
    for (size_t i = 0; i < expr->n; i++) {
        diagram_ref siblings;
        TRY(fold(ground->diagram, branches, before, behind[i + 1], &siblings, err));
        TRY(kid_walk(it, ground, expr, form->kids[i], value[i], siblings, care, expr->kids[i],
                     err));
        TRY(fold(ground->diagram, branches, before, value[i], &before, err));
    }
    return 0;
}

/* What is asked of a member of the household is a condition of its own, all of which is cared for.
 */
static int quant_walk(struct parts_walk *it, const struct part_ground *ground,
                      const struct expr *expr, const struct form *form, diagram_ref care,
                      struct ajar_err *err)
{
    if (text_is(expr->role, "applicant") && form->kind != FORM_FALSE) {
        return part_walk(it, ground, expr->kids[0], form, care, err);
    }
    const struct question *inner = form->kind == FORM_ATOM ? ground->vars[form->var].inner : NULL;
    if (inner == NULL) {
        it->next += parts_count(expr);
        return 0;
    }
    uint8_t classes[DIAGRAM_VARS_MAX];
    struct part_ground within = *ground;
    within.n_vars = inner->n_vars;
    within.vars = inner->vars;
    for (size_t v = 0; v < inner->n_vars; v++) {
        classes[v] = (uint8_t)inner->vars[v].n_classes;
    }
    TRY(diagram_open(&within.diagram, ground->scratch, inner->n_vars, classes, err));
    return part_walk(it, &within, expr->kids[0], inner->form, YES, err);
}

static int part_walk(struct parts_walk *it, const struct part_ground *ground,
                     const struct expr *expr, const struct form *form, diagram_ref care,
                     struct ajar_err *err)
{
    size_t n = parts_count(expr);
    if (care == NO || !parts_stand(it, n)) {
        it->next += n;
        return 0;
    }
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        return series_walk(it, ground, expr, form, care, err);
    case EXPR_NOT:
        return part_walk(it, ground, expr->kids[0], form->kids[0], care, err);
    case EXPR_QUANT:
        return quant_walk(it, ground, expr, form, care, err);
    case EXPR_IN:
    case EXPR_HAS:
        return members_walk(it, ground, expr, care, err);
    case EXPR_COMPARE:
        break;
    }
    return 0;
}

int parts_refute(struct part_claims *claims, const struct part_list *list,
                 const struct part_ground *ground, const struct expr *root, const struct form *form,
                 diagram_ref care, struct ajar_err *err)
{
    struct parts_walk it = {claims, list, 0};
    return part_walk(&it, ground, root, form, care, err);
}
