/* For whom does one member of a { } decide?
 *
 * Classes are as fine as the conditions are, not as fine as the members: values that are always
 * named together share a class.  What matters for one value of a class can be told on the class,
 * since no condition tells its values apart.  */
#include "prove_parts.h"

#define NO  ((diagram_ref)0)
#define YES ((diagram_ref)1)

/* The values of some members: of one, or of all but one.  */
static int member_values(const struct part_ground *ground, const struct expr *expr, size_t first,
                         size_t n, uint8_t values[], struct ajar_err *err)
{
    struct cutter cutter = {.arena = ground->scratch,
                            .scratch = ground->scratch,
                            .rules = ground->rules,
                            .on = ground->on};
    struct expr part = *expr;
    struct atom atom;
    uint32_t fact = rules_fact(ground->rules, expr->fact.name);
    part.items = expr->items + first;
    part.n_items = n;
    TRY(atom_read(&cutter, &part, &atom, err));
    for (size_t i = 0; i < ground->rules->facts[fact].n_values; i++) {
        values[i] |= atom.values[i];
    }
    return 0;
}

/* `fact in`: the classes of values that only this member names.  */
static int matters_in(const struct part_ground *ground, uint32_t fact, const uint8_t own[],
                      const uint8_t others[], diagram_ref *out, struct ajar_err *err)
{
    size_t n = ground->rules->facts[fact].n_values, v = 0;
    uint64_t mask = 0;
    bool any = false;
    while (v < ground->n_vars &&
           (ground->vars[v].kind != VAR_FACT || ground->vars[v].fact != fact)) {
        v++;
    }
    for (size_t i = 0; i < n; i++) {
        if (own[i] && !others[i]) {
            any = true;
            mask |= v < ground->n_vars ? (uint64_t)1 << ground->vars[v].class_of[i] : 0;
        }
    }
    if (v < ground->n_vars) {
        return diagram_atom(ground->diagram, v, mask, out, err);
    }
    *out = any ? YES : NO;
    return 0;
}

/* `fact has`: some literal that only this member names is held, and no group of the others alone.
 */
static int matters_has(const struct part_ground *ground, uint32_t fact, const uint8_t own[],
                       const uint8_t others[], diagram_ref *out, struct ajar_err *err)
{
    diagram_ref held = NO, rest = NO;
    for (size_t v = 0; v < ground->n_vars; v++) {
        const struct var *var = &ground->vars[v];
        bool here = false, there = false;
        diagram_ref group;
        if (var->kind != VAR_HAS || var->fact != fact) {
            continue;
        }
        for (size_t i = 0; i < ground->rules->facts[fact].n_values; i++) {
            here |= var->class_of[i] && own[i] && !others[i];
            there |= var->class_of[i] && others[i];
        }
        if (here || there) {
            diagram_ref *sum = here ? &held : &rest;
            TRY(diagram_atom(ground->diagram, v, 2, &group, err));
            TRY(diagram_choose(ground->diagram, group, YES, *sum, sum, err));
        }
    }
    return diagram_choose(ground->diagram, rest, NO, held, out, err);
}

int member_matters(const struct part_ground *ground, const struct expr *expr, size_t item,
                   diagram_ref *out, struct ajar_err *err)
{
    uint32_t fact = rules_fact(ground->rules, expr->fact.name);
    uint8_t *own, *others;
    size_t n = ground->rules->facts[fact].n_values;
    TRY_NEW(own, ground->scratch, n, err);
    TRY_NEW(others, ground->scratch, n, err);
    TRY(member_values(ground, expr, item, 1, own, err));
    TRY(member_values(ground, expr, 0, item, others, err));
    TRY(member_values(ground, expr, item + 1, expr->n_items - item - 1, others, err));
    return (expr->kind == EXPR_HAS ? matters_has : matters_in)(ground, fact, own, others, out, err);
}
