/* What the files of instance.h share. */
#ifndef DOORS_INSTANCE_PARTS_H
#define DOORS_INSTANCE_PARTS_H

#include "instance.h"
#include "rules_read.h"

/* A comparison as read on a day: what it compares, and for which of its values it is true. */
enum atom_kind {
    ATOM_LITERALS, /* values[i] marks fact->values[i] */
    ATOM_RANGE,    /* numbers and days in [low, high]; false for NONE */
    ATOM_NONE,     /* NONE alone */
    ATOM_QUANT     /* a quantifier is true */
};
struct atom {
    enum atom_kind kind;
    size_t subject;
    bool negated; /* not for NONE of an ATOM_RANGE, which stays false */
    const uint8_t *values;
    int64_t low, high;
};

/* What atoms speak of, and the classes that they tell apart. */
struct subject {
    enum var_kind kind;
    uint32_t fact;
    name_id country;
    enum expr_window window;
    int32_t length;
    const struct expr *quant;
    struct text quant_text;
    size_t n_values, n_parts;
    uint8_t *part;  /* literals: [n_values] the class of each */
    uint8_t *named; /* literals: [n_values] whether any atom names it */
    size_t n_cuts;
    int64_t cuts[DIAGRAM_CLASSES_MAX];
    int64_t min, max; /* of what can be */
    bool none;
    uint32_t var; /* its first variable */
    size_t n_vars;
};

/* Cuts expressions into atoms, in two walks of the same order: the first collects the atoms, the
 * second makes forms of them. */
struct cutter {
    struct arena *arena, *scratch;
    const struct rules *rules;
    date_days on;    /* lists and parameters are of this day */
    date_days today; /* dates, ages and stays are counted from this one */
    size_t n_atoms, cap_atoms, next_atom;
    struct atom *atoms;
    size_t n_subjects, cap_subjects;
    struct subject *subjects;
    size_t n_vars;
    struct var *vars;
};

/* instance_atom.c */
int atom_read(struct cutter *cutter, const struct expr *expr, struct atom *out,
              struct ajar_err *err);
date_days expr_day(const struct expr_date *date, date_days on);
/* The interval of birth days for which `age op n` is true on `day`; of numbers for which x op n is. */
void range_of_age(enum expr_op op, int64_t n, date_days day, int64_t *low, int64_t *high);
void range_of(enum expr_op op, int64_t n, int64_t *low, int64_t *high);
/* Whether the fact is an age that is asked as a day of birth. */
bool fact_is_age(const struct rules *rules, const struct expr_fact *fact);
int term_read(const struct rules *rules, const struct expr *expr, bool cents, date_days on,
              date_days today, int64_t *out, struct ajar_err *err);

/* instance_cut.c */
int subject_at(struct cutter *cutter, const struct subject *like, const struct expr *expr,
               size_t *out, struct ajar_err *err);
int cutter_vars(struct cutter *cutter, struct ajar_err *err);

/* instance_form.c */
int cutter_collect(struct cutter *cutter, const struct expr *expr, struct ajar_err *err);
int cutter_form(struct cutter *cutter, const struct expr *expr, const struct form **out,
                struct ajar_err *err);
/* The same for an atom without an expression: one of these literals. */
int cutter_collect_literals(struct cutter *cutter, uint32_t fact, const uint8_t values[],
                            struct ajar_err *err);
int cutter_form_literals(struct cutter *cutter, const struct form **out, struct ajar_err *err);
int question_make(struct arena *arena, struct arena *scratch, const struct rules *rules,
                  const struct expr *expr, date_days on, const struct question **out,
                  struct ajar_err *err);
int instance_inner(struct arena *arena, struct arena *scratch, const struct rules *rules,
                   date_days on, size_t n_vars, struct var vars[], struct ajar_err *err);

/* instance_version.c: the version that holds for a way of crossing (one of the
 * values of fact `crossing`; a single one where there is no such fact); NULL: none. */
size_t version_ways(const struct rules *rules);
moment version_start(const struct rules *rules, const struct door *door, size_t version, size_t way,
                     date_days as_known);
moment version_stop(const struct version *version, date_days as_known);
int version_at(struct arena *scratch, const struct rules *rules, const struct door *door,
               size_t way, moment at, date_days as_known, const struct version **out,
               struct ajar_err *err);
int version_order(struct arena *arena, const struct version *version, uint32_t **out,
                  struct ajar_err *err);
/* Whether rule `by`, when it fires, keeps rule `what` from firing. */
bool rule_overrides(const struct version *version, uint32_t by, uint32_t what);

/* instance_changes.c: rising, without doubles; the number that stay is returned. */
size_t moments_settle(size_t n, moment at[]);

/* instance_diagram.c */
int form_diagram(struct diagram *diagram, const struct form *form, diagram_ref *out,
                 struct ajar_err *err);
int instance_diagram(struct arena *arena, struct arena *scratch, size_t n, struct instance out[],
                     struct ajar_err *err);

/* instance.c */
int instance_make(struct arena *arena, struct arena *scratch, const struct rules *rules, size_t n,
                  const struct instance_ask asks[], bool primes, struct instance out[],
                  struct ajar_err *err);

/* form.c: which rules fire for one class of each variable, given that gate and scope hold. */
void arm_fires(const struct arm *arm, const uint8_t vector[], bool fires[static RULES_RULES_MAX]);

/* instance_cube.c: the person as asked on the day `since`, who is inside from then on to
 * instance->on and grows older. */
int instance_cube_since(struct arena *scratch, const struct instance *instance,
                        const struct person *person, date_days since, uint64_t mask[],
                        uint8_t asked[], struct ajar_err *err);
/* What the question has for the person: -1 unknown, 0, 1. */
int question_answer(struct arena *scratch, const struct rules *rules, date_days on,
                    const struct question *question, const struct person *person, date_days since,
                    int *out, struct ajar_err *err);
/* Days of birth that a person's birth_date and age leave; how they are known is returned. */
enum known births_of(const struct rules *rules, const struct fact_value *values, date_days since,
                     date_days *first, date_days *last);

static inline uint64_t mask_all(unsigned n_classes)
{
    return UINT64_MAX >> (64 - n_classes);
}

#endif
