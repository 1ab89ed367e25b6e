/* Classes: the coarsest cut of every fact that all conditions respect. */
#include <string.h>

#include "instance_parts.h"

#define SUBJECTS_FIRST 16

static bool subject_same(const struct subject *a, const struct subject *b)
{
    if (a->kind != b->kind) {
        return false;
    }
    switch (a->kind) {
    case VAR_FACT:
    case VAR_HAS:
        return a->fact == b->fact;
    case VAR_STAY_DAYS:
    case VAR_STAY_SINCE:
        return a->country == b->country && a->window == b->window && a->length == b->length;
    case VAR_QUANT:
        return text_eq(a->quant_text, b->quant_text);
    }
    return false;
}

/* Quantifiers are the same when they read the same. */
static int subject_quant_text(struct cutter *cutter, struct subject *subject, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 4 * EXPR_TEXT_MAX);
    expr_print(&buf, subject->quant);
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(cutter->scratch, buf_view(&buf), &subject->quant_text.at, err);
        subject->quant_text.n = buf.n;
    }
    buf_free(&buf);
    return code;
}

static int subject_room(struct cutter *cutter, struct ajar_err *err)
{
    if (cutter->n_subjects < cutter->cap_subjects) {
        return 0;
    }
    struct subject *wider;
    size_t cap = cutter->cap_subjects == 0 ? SUBJECTS_FIRST : cutter->cap_subjects * 2;
    TRY_NEW(wider, cutter->scratch, cap, err);
    if (cutter->n_subjects > 0) {
        memcpy(wider, cutter->subjects, cutter->n_subjects * sizeof *wider);
    }
    cutter->subjects = wider;
    cutter->cap_subjects = cap;
    return 0;
}

int subject_at(struct cutter *cutter, const struct subject *like, const struct expr *expr,
               size_t *out, struct ajar_err *err)
{
    struct subject subject = *like;
    if (subject.kind == VAR_QUANT) {
        subject.quant = expr;
        TRY(subject_quant_text(cutter, &subject, err));
    }
    for (size_t i = 0; i < cutter->n_subjects; i++) {
        struct subject *old = &cutter->subjects[i];
        if (subject_same(old, &subject)) {
            old->min = subject.min < old->min ? subject.min : old->min;
            old->max = subject.max > old->max ? subject.max : old->max;
            *out = i;
            return 0;
        }
    }
    TRY(subject_room(cutter, err));
    subject.n_parts = 1;
    TRY_NEW(subject.part, cutter->scratch, subject.n_values, err);
    TRY_NEW(subject.named, cutter->scratch, subject.n_values, err);
    *out = cutter->n_subjects;
    cutter->subjects[cutter->n_subjects++] = subject;
    return 0;
}

static int too_many(const struct cutter *cutter, const struct subject *subject,
                    struct ajar_err *err)
{
    struct text name = subject->kind == VAR_FACT || subject->kind == VAR_HAS
                           ? cutter->rules->facts[subject->fact].name
                           : TEXT_LIT("the days of a stay");
    return err_set(err, E_DOORS_TOO_LARGE,
                   "the rules of one door tell more than %d values of %.*s apart",
                   DIAGRAM_CLASSES_MAX, (int)name.n, name.at);
}

static int split_literals(const struct cutter *cutter, struct subject *subject,
                          const uint8_t values[], struct ajar_err *err)
{
    uint8_t as[DIAGRAM_CLASSES_MAX][2];
    size_t n = 0;
    memset(as, 0xFF, sizeof as);
    for (size_t i = 0; i < subject->n_values; i++) {
        uint8_t in = values[i] != 0;
        uint8_t *to = &as[subject->part[i]][in];
        subject->named[i] |= in;
        if (*to == 0xFF) {
            if (n == DIAGRAM_CLASSES_MAX) {
                return too_many(cutter, subject, err);
            }
            *to = (uint8_t)n++;
        }
        subject->part[i] = *to;
    }
    subject->n_parts = n > 0 ? n : 1;
    return 0;
}

/* `cut` is the first value of the next class. */
static int split_numbers(const struct cutter *cutter, struct subject *subject, int64_t cut,
                         struct ajar_err *err)
{
    size_t at = 0;
    while (at < subject->n_cuts && subject->cuts[at] < cut) {
        at++;
    }
    if (at < subject->n_cuts && subject->cuts[at] == cut) {
        return 0;
    }
    if (subject->n_cuts + 2 > DIAGRAM_CLASSES_MAX) {
        return too_many(cutter, subject, err);
    }
    memmove(&subject->cuts[at + 1], &subject->cuts[at],
            (subject->n_cuts - at) * sizeof *subject->cuts);
    subject->cuts[at] = cut;
    subject->n_cuts++;
    return 0;
}

static int subject_split(struct cutter *cutter, const struct atom *atom, struct ajar_err *err)
{
    struct subject *subject = &cutter->subjects[atom->subject];
    if (atom->kind == ATOM_LITERALS) {
        return split_literals(cutter, subject, atom->values, err);
    }
    if (atom->kind != ATOM_RANGE || atom->low > atom->high) {
        return 0;
    }
    if (atom->low > subject->min && atom->low <= subject->max) {
        TRY(split_numbers(cutter, subject, atom->low, err));
    }
    if (atom->high >= subject->min && atom->high < subject->max) {
        TRY(split_numbers(cutter, subject, atom->high + 1, err));
    }
    return 0;
}

static int var_literals(struct cutter *cutter, const struct subject *subject, struct var *var,
                        struct ajar_err *err)
{
    TRY_NEW(var->class_of, cutter->arena, subject->n_values, err);
    memcpy(var->class_of, subject->part, subject->n_values);
    var->n_classes = (unsigned)subject->n_parts;
    return 0;
}

static int var_numbers(struct cutter *cutter, const struct subject *subject, struct var *var,
                       struct ajar_err *err)
{
    TRY_NEW(var->cuts, cutter->arena, subject->n_cuts, err);
    memcpy(var->cuts, subject->cuts, subject->n_cuts * sizeof *var->cuts);
    var->n_cuts = subject->n_cuts;
    var->none = subject->none;
    var->n_classes = (unsigned)(subject->n_cuts + 1 + subject->none);
    return 0;
}

/* The groups of literals that conditions name, each a variable. */
static int vars_has(struct cutter *cutter, struct subject *subject, struct var vars[],
                    struct ajar_err *err)
{
    bool named[DIAGRAM_CLASSES_MAX] = {false};
    uint8_t as[DIAGRAM_CLASSES_MAX];
    for (size_t i = 0; i < subject->n_values; i++) {
        named[subject->part[i]] |= subject->named[i] != 0;
    }
    for (size_t p = 0; p < subject->n_parts; p++) {
        as[p] = (uint8_t)subject->n_vars;
        if (!named[p]) {
            continue;
        }
        struct var *var = &vars[subject->n_vars++];
        *var = (struct var){.kind = VAR_HAS, .fact = subject->fact, .n_classes = 2};
        TRY_NEW(var->class_of, cutter->arena, subject->n_values, err);
        for (size_t i = 0; i < subject->n_values; i++) {
            var->class_of[i] = subject->part[i] == p;
        }
    }
    for (size_t i = 0; i < subject->n_values; i++) {
        subject->part[i] = as[subject->part[i]];
    }
    return 0;
}

static int vars_of(struct cutter *cutter, struct subject *subject, struct var vars[],
                   struct ajar_err *err)
{
    struct var *var = &vars[0];
    if (subject->kind == VAR_HAS) {
        return vars_has(cutter, subject, vars, err);
    }
    *var = (struct var){.kind = subject->kind,
                        .fact = subject->fact,
                        .n_classes = 2,
                        .country = subject->country,
                        .window = subject->window,
                        .length = subject->length,
                        .quant = subject->quant};
    if (subject->kind != VAR_QUANT) {
        TRY(subject->n_values > 0 ? var_literals(cutter, subject, var, err)
                                  : var_numbers(cutter, subject, var, err));
    }
    subject->n_vars = var->n_classes > 1;
    return 0;
}

/* All atoms are read by now: what a subject can be at all is known only then. */
int cutter_vars(struct cutter *cutter, struct ajar_err *err)
{
    struct var *vars;
    TRY_NEW(vars, cutter->scratch, DIAGRAM_VARS_MAX + DIAGRAM_CLASSES_MAX, err);
    for (size_t i = 0; i < cutter->n_atoms; i++) {
        TRY(subject_split(cutter, &cutter->atoms[i], err));
    }
    for (size_t i = 0; i < cutter->n_subjects; i++) {
        struct subject *subject = &cutter->subjects[i];
        subject->var = (uint32_t)cutter->n_vars;
        TRY(vars_of(cutter, subject, &vars[cutter->n_vars], err));
        cutter->n_vars += subject->n_vars;
        if (cutter->n_vars > DIAGRAM_VARS_MAX) {
            return err_set(err, E_DOORS_TOO_LARGE,
                           "the rules of one door ask for more than %d facts", DIAGRAM_VARS_MAX);
        }
    }
    TRY_NEW(cutter->vars, cutter->arena, cutter->n_vars, err);
    if (cutter->n_vars > 0) {
        memcpy(cutter->vars, vars, cutter->n_vars * sizeof *vars);
    }
    return 0;
}
