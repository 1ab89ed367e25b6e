/* A condition of one fact, over the classes of an instance. */
#include "instance_parts.h"

static uint64_t mask_literals(const struct var *var, const struct atom *atom, size_t n_values)
{
    uint64_t mask = 0;
    for (size_t i = 0; i < n_values; i++) {
        if ((atom->values[i] != 0) != atom->negated) {
            mask |= UINT64_C(1) << var->class_of[i];
        }
    }
    return mask;
}

/* Class c holds the numbers from cut c - 1 up to cut c. */
static uint64_t mask_range(const struct var *var, const struct atom *atom)
{
    uint64_t mask = 0;
    for (size_t c = 0; c <= var->n_cuts; c++) {
        int64_t first = c == 0 ? INT64_MIN : var->cuts[c - 1];
        int64_t last = c == var->n_cuts ? INT64_MAX : var->cuts[c] - 1;
        if (first <= atom->high && last >= atom->low) {
            mask |= UINT64_C(1) << c;
        }
    }
    return atom->negated ? mask_all(var->n_classes) & ~mask : mask;
}

static bool mask_is_of(const struct var *var, const struct subject *subject)
{
    if (var->kind != subject->kind) {
        return false;
    }
    return var->kind == VAR_FACT || var->kind == VAR_HAS
               ? var->fact == subject->fact
               : var->country == subject->country && var->window == subject->window &&
                     var->length == subject->length;
}

static uint64_t mask_of(const struct instance *instance, const struct var *var,
                        const struct atom *atom)
{
    if (atom->kind == ATOM_LITERALS) {
        return mask_literals(var, atom, instance->rules->facts[var->fact].n_values);
    }
    if (atom->kind == ATOM_RANGE) {
        return mask_range(var, atom);
    }
    uint64_t none = var->none ? UINT64_C(1) << (var->n_classes - 1) : 0;
    return atom->negated ? mask_all(var->n_classes) & ~none : none;
}

int instance_mask(struct arena *scratch, const struct instance *instance, const struct expr *expr,
                  uint32_t *var, uint64_t *mask, struct ajar_err *err)
{
    struct cutter cutter = {.arena = scratch,
                            .scratch = scratch,
                            .rules = instance->rules,
                            .on = instance->on,
                            .today = instance->today};
    struct atom atom;
    *var = RULES_NONE;
    *mask = 0;
    TRY(atom_read(&cutter, expr, &atom, err));
    const struct subject *subject = &cutter.subjects[atom.subject];
    for (uint32_t v = 0; v < instance->n_vars; v++) {
        uint64_t found;
        if (!mask_is_of(&instance->vars[v], subject)) {
            continue;
        }
        found = mask_of(instance, &instance->vars[v], &atom);
        /* Of a set fact the variable is meant whose literals are named. */
        if (instance->vars[v].kind != VAR_HAS || (found >> 1 & 1) != 0) {
            *var = v;
            *mask = instance->vars[v].kind == VAR_HAS ? (atom.negated ? 1 : 2) : found;
            return 0;
        }
    }
    return 0;
}
