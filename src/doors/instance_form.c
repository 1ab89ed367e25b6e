/* From expressions to conditions over classes. */
#include <string.h>

#include "instance_parts.h"

#define ATOMS_FIRST 32

static int atom_add(struct cutter *cutter, const struct atom *atom, struct ajar_err *err)
{
    if (cutter->n_atoms == cutter->cap_atoms) {
        struct atom *wider;
        size_t cap = cutter->cap_atoms == 0 ? ATOMS_FIRST : cutter->cap_atoms * 2;
        TRY_NEW(wider, cutter->scratch, cap, err);
        if (cutter->n_atoms > 0) {
            memcpy(wider, cutter->atoms, cutter->n_atoms * sizeof *wider);
        }
        cutter->atoms = wider;
        cutter->cap_atoms = cap;
    }
    cutter->atoms[cutter->n_atoms++] = *atom;
    return 0;
}

/* A quantifier over the applicant alone is its inner condition. */
static bool quant_of_one(const struct expr *expr)
{
    return expr->kind == EXPR_QUANT && text_is(expr->role, "applicant");
}

static bool quant_past_one(const struct expr *expr)
{
    return expr->quant == EXPR_COUNT && expr->at_least > 1;
}

int cutter_collect(struct cutter *cutter, const struct expr *expr, struct ajar_err *err)
{
    bool leaf = expr->kind == EXPR_COMPARE || expr->kind == EXPR_IN || expr->kind == EXPR_HAS ||
                (expr->kind == EXPR_QUANT && !quant_of_one(expr));
    if (leaf) {
        struct atom atom;
        TRY(atom_read(cutter, expr, &atom, err));
        return atom_add(cutter, &atom, err);
    }
    for (size_t i = 0; i < expr->n; i++) {
        TRY(cutter_collect(cutter, expr->kids[i], err));
    }
    return 0;
}

int cutter_collect_literals(struct cutter *cutter, uint32_t fact, const uint8_t values[],
                            struct ajar_err *err)
{
    struct subject like = {.kind = VAR_FACT,
                           .fact = fact,
                           .n_values = cutter->rules->facts[fact].n_values,
                           .min = INT64_MIN,
                           .max = INT64_MAX};
    struct atom atom = {.kind = ATOM_LITERALS, .values = values};
    TRY(subject_at(cutter, &like, NULL, &atom.subject, err));
    return atom_add(cutter, &atom, err);
}

static int form_new(struct cutter *cutter, enum form_kind kind, size_t n, const struct expr *from,
                    struct form **out, struct ajar_err *err)
{
    struct form *form;
    TRY_NEW(form, cutter->arena, 1, err);
    *form = (struct form){.kind = kind, .n = n, .from = from};
    if (n > 0) {
        TRY_NEW(form->kids, cutter->arena, n, err);
    }
    *out = form;
    return 0;
}

/* Any value of the class: an atom is true for all of a class or for none of it. */
static int64_t class_value(const struct subject *subject, unsigned class)
{
    if (class > 0) {
        return subject->cuts[class - 1];
    }
    if (subject->n_cuts > 0) {
        return subject->cuts[0] - 1;
    }
    return subject->min != INT64_MIN ? subject->min : subject->max != INT64_MAX ? subject->max : 0;
}

static bool class_is_none(const struct subject *subject, unsigned class)
{
    return subject->none && class == subject->n_cuts + 1;
}

static bool class_in_range(const struct atom *atom, const struct subject *subject, unsigned class)
{
    if (class_is_none(subject, class)) {
        return false;
    }
    int64_t value = class_value(subject, class);
    return (value >= atom->low && value <= atom->high) != atom->negated;
}

/* The classes for which the atom is true; *n_classes of them there are. */
static uint64_t atom_mask(const struct atom *atom, const struct subject *subject,
                          unsigned *n_classes)
{
    uint64_t mask = 0;
    *n_classes = 2;
    if (atom->kind == ATOM_QUANT) {
        return 2;
    }
    if (atom->kind == ATOM_LITERALS) {
        *n_classes = (unsigned)subject->n_parts;
        for (size_t i = 0; i < subject->n_values; i++) {
            mask |= (uint64_t)((atom->values[i] != 0) != atom->negated) << subject->part[i];
        }
        return mask;
    }
    *n_classes = (unsigned)(subject->n_cuts + 1 + subject->none);
    for (unsigned c = 0; c < *n_classes; c++) {
        bool in = atom->kind == ATOM_NONE ? class_is_none(subject, c) != atom->negated
                                          : class_in_range(atom, subject, c);
        mask |= (uint64_t)in << c;
    }
    return mask;
}

static int form_atom(struct cutter *cutter, const struct atom *atom, const struct expr *from,
                     struct form **out, struct ajar_err *err)
{
    const struct subject *subject = &cutter->subjects[atom->subject];
    unsigned n_classes;
    uint64_t mask = atom_mask(atom, subject, &n_classes);
    enum form_kind kind = mask == 0                     ? FORM_FALSE
                          : mask == mask_all(n_classes) ? FORM_TRUE
                                                        : FORM_ATOM;
    TRY(form_new(cutter, kind, 0, from, out, err));
    (*out)->var = kind == FORM_ATOM ? subject->var : 0;
    (*out)->mask = kind == FORM_ATOM ? mask : 0;
    return 0;
}

/* Does the set hold one of the literals: of one group of them, or the next. */
static int form_has(struct cutter *cutter, const struct atom *atom, const struct expr *from,
                    struct form **out, struct ajar_err *err)
{
    const struct subject *subject = &cutter->subjects[atom->subject];
    bool group[DIAGRAM_CLASSES_MAX] = {false};
    size_t n = 0;
    for (size_t i = 0; i < subject->n_values; i++) {
        if (atom->values[i] != 0 && !group[subject->part[i]]) {
            group[subject->part[i]] = true;
            n++;
        }
    }
    if (n != 1) {
        TRY(form_new(cutter, n == 0 ? FORM_FALSE : FORM_OR, n, from, out, err));
    }
    for (size_t g = 0, k = 0; g < subject->n_vars; g++) {
        struct form *kid = NULL;
        if (!group[g]) {
            continue;
        }
        TRY(form_new(cutter, FORM_ATOM, 0, from, &kid, err));
        kid->var = subject->var + (uint32_t)g;
        kid->mask = 2;
        *(n == 1 ? out : &(*out)->kids[k++]) = kid;
    }
    return 0;
}

static int form_next_atom(struct cutter *cutter, const struct expr *from, struct form **out,
                          struct ajar_err *err)
{
    const struct atom *atom = &cutter->atoms[cutter->next_atom++];
    if (cutter->subjects[atom->subject].kind == VAR_HAS) {
        return form_has(cutter, atom, from, out, err);
    }
    return form_atom(cutter, atom, from, out, err);
}

static int form_of(struct cutter *cutter, const struct expr *expr, struct form **out,
                   struct ajar_err *err)
{
    enum form_kind kind = expr->kind == EXPR_OR    ? FORM_OR
                          : expr->kind == EXPR_NOT ? FORM_NOT
                                                   : FORM_AND;
    if (expr->kind == EXPR_COMPARE || expr->kind == EXPR_IN || expr->kind == EXPR_HAS ||
        (expr->kind == EXPR_QUANT && !quant_of_one(expr))) {
        return form_next_atom(cutter, expr, out, err);
    }
    if (expr->kind == EXPR_QUANT) {
        TRY(form_of(cutter, expr->kids[0], out, err));
        return quant_past_one(expr) ? form_new(cutter, FORM_FALSE, 0, expr, out, err) : 0;
    }
    if (expr->n == 0) {
        return form_new(cutter, FORM_TRUE, 0, expr, out, err);
    }
    TRY(form_new(cutter, kind, expr->n, expr, out, err));
    for (size_t i = 0; i < expr->n; i++) {
        TRY(form_of(cutter, expr->kids[i], &(*out)->kids[i], err));
    }
    return 0;
}

int cutter_form(struct cutter *cutter, const struct expr *expr, const struct form **out,
                struct ajar_err *err)
{
    struct form *form;
    TRY(form_of(cutter, expr, &form, err));
    *out = form;
    return 0;
}

int cutter_form_literals(struct cutter *cutter, const struct form **out, struct ajar_err *err)
{
    struct form *form;
    TRY(form_next_atom(cutter, NULL, &form, err));
    *out = form;
    return 0;
}
