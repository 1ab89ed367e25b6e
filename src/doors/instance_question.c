/* Conditions with classes of their own: quantifiers and practice. */
#include "instance_parts.h"

static int question_diagram(struct arena *arena, struct question *question, struct ajar_err *err)
{
    uint8_t classes[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < question->n_vars; v++) {
        classes[v] = (uint8_t)question->vars[v].n_classes;
    }
    TRY(diagram_open(&question->diagram, arena, question->n_vars, classes, err));
    return form_diagram(question->diagram, question->form, &question->ref, err);
}

int question_make(struct arena *arena, struct arena *scratch, const struct rules *rules,
                  const struct expr *expr, date_days on, const struct question **out,
                  struct ajar_err *err)
{
    struct cutter cutter = {
        .arena = arena, .scratch = scratch, .rules = rules, .on = on, .today = on};
    struct question *question;
    TRY_NEW(question, arena, 1, err);
    TRY(cutter_collect(&cutter, expr, err));
    TRY(cutter_vars(&cutter, err));
    TRY(cutter_form(&cutter, expr, &question->form, err));
    question->n_vars = cutter.n_vars;
    question->vars = cutter.vars;
    TRY(instance_inner(arena, scratch, rules, on, question->n_vars, question->vars, err));
    TRY(question_diagram(arena, question, err));
    *out = question;
    return 0;
}

int instance_inner(struct arena *arena, struct arena *scratch, const struct rules *rules,
                   date_days on, size_t n_vars, struct var vars[], struct ajar_err *err)
{
    for (size_t v = 0; v < n_vars; v++) {
        if (vars[v].kind == VAR_QUANT) {
            TRY(question_make(arena, scratch, rules, vars[v].quant->kids[0], on, &vars[v].inner,
                              err));
        }
    }
    return 0;
}
