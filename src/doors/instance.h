/* A door on one day as known on one day: the versions that hold, lists and parameters looked up,
 * facts cut into the classes that its rules tell apart, and the whole as one decision diagram. */
#ifndef DOORS_INSTANCE_H
#define DOORS_INSTANCE_H

#include "diagram.h"
#include "person.h"

/* What a door answers when all facts are known: the values of the diagram. */
enum outcome {
    OUTCOME_NO_RULE,
    OUTCOME_NOT_APPLICABLE,
    OUTCOME_CLOSED,
    OUTCOME_DISCRETION,
    OUTCOME_OPEN,
    OUTCOME_BARRED,
    OUTCOME_CONFLICT,
    OUTCOME_COUNT
};
extern const char *const outcome_words[]; /* "NO_RULE" ... */

enum var_kind {
    VAR_FACT,       /* a fact: classes of literals, or intervals of numbers or dates */
    VAR_HAS,        /* of a set fact: does it hold one of these literals?  Class 0 no, 1 yes */
    VAR_STAY_DAYS,  /* intervals */
    VAR_STAY_SINCE, /* intervals */
    VAR_QUANT       /* a quantifier over the household: class 0 no, 1 yes */
};

struct question;

struct var {
    enum var_kind kind;
    uint32_t fact; /* VAR_FACT, VAR_HAS */
    unsigned n_classes;
    /* literals: class_of[i] for fact->values[i] (VAR_HAS: 1 for its literals) */
    uint8_t *class_of;
    /* numbers: class of x is the number of cuts <= x; cuts rise; with NONE possible, its class is the last */
    size_t n_cuts;
    int64_t *cuts;
    bool none;
    /* VAR_STAY_*: */
    name_id country;
    enum expr_window window;
    int32_t length;
    /* VAR_QUANT: */
    const struct expr *quant;
    const struct question *inner; /* what is asked of each member */
};

/* A condition over classes. */
enum form_kind { FORM_FALSE, FORM_TRUE, FORM_ATOM, FORM_NOT, FORM_AND, FORM_OR };
struct form {
    enum form_kind kind;
    uint32_t var;  /* FORM_ATOM */
    uint64_t mask; /* classes in which it is true */
    size_t n;
    struct form **kids;
    const struct expr *from; /* what it was made of; NULL: nothing written */
};

/* A condition with classes of its own, apart from the door's: what a quantifier asks of a member of the
 * household, and what a practice asks of a person. */
struct question {
    size_t n_vars;
    struct var *vars;
    const struct form *form;
    struct diagram *diagram;
    diagram_ref ref;
};

/* A version that holds, with the ways of crossing for which it does. */
struct arm {
    const struct version *version; /* NULL: none holds (NO_RULE) */
    const struct form *gate;       /* over fact `crossing`; FORM_TRUE when it holds for all */
    const struct form *scope;
    const struct form **rules;    /* [version->n_rules] their `when` */
    const struct form **superior; /* [version->n_superior] */
    const struct question *
        *practice;   /* [n_practice] its `when`; NULL: everybody, or not in force on the day */
    uint32_t *order; /* [n_rules] every rule behind those that override it */
    diagram_ref scope_ref;     /* gate and scope */
    diagram_ref *fires;        /* [n_rules] gate, scope, when, and not overridden */
    diagram_ref *superior_ref; /* [n_superior] gate, scope and when */
};

struct instance {
    const struct rules *rules;
    uint32_t door;
    date_days on, as_known, today; /* today: see instance_ask */
    moment at;
    size_t n_vars;
    struct var *vars;
    size_t n_arms;
    struct arm *arms;
    struct diagram *diagram;
    diagram_ref outcome;
    /* Cubes that open: primes of {outcome = OPEN}; made at once, see opening.h. */
    struct cubes open;
    struct cubes may; /* primes of {outcome = OPEN or DISCRETION} */
};

/* Builds the door as it stands at the moment `at` (wall clock of the door) as known on `as_known`.
 * The result and all it holds live in `arena`.  Errors: doors.* for what a rule set that passed
 * rules_read can still meet (a parameter without a row on the day; a diagram past its ceiling). */
int instance_build(struct arena *arena, struct arena *scratch, const struct rules *rules,
                   uint32_t door, moment at, date_days as_known, struct instance *out,
                   struct ajar_err *err);

/* The same from one version alone, all ways of crossing, for checks and mutants: `version` need not
 * belong to the rule set, only speak its words. */
int instance_of_version(struct arena *arena, struct arena *scratch, const struct rules *rules,
                        uint32_t door, const struct version *version, date_days on,
                        struct instance *out, struct ajar_err *err);

/* One state of a door: of the door as it stands, or of one version of it (as instance_of_version). */
struct instance_ask {
    uint32_t door;
    const struct version *version; /* NULL: those that hold */
    moment at;
    date_days as_known;
    date_days today; /* what `on` means in dates, ages and stays; 0: the day of `at` */
};

/* n states over the same classes (vars and n_vars are equal) and in one shared diagram, so that their
 * answers can be compared.  A name stands for the same variable in each, also where the states have
 * different days: ages and stays are then those of each day. */
int instance_build_many(struct arena *arena, struct arena *scratch, const struct rules *rules,
                        size_t n, const struct instance_ask asks[], struct instance out[],
                        struct ajar_err *err);

/* The classes that the person may be in, mask[n_vars]; asked[v]: 0 known, 1 unknown (also a range that
 * spans several classes), 2 uncertain.  Stated age alone is a range of days of birth.  Each member of
 * the household answers a quantifier by exact completion.  E_DOORS_FACTS_CONTRADICT (nothing written
 * then) when age and day of birth disagree; on want of memory both may be half written. */
int instance_cube(struct arena *scratch, const struct instance *instance,
                  const struct person *person, uint64_t mask[], uint8_t asked[],
                  struct ajar_err *err);

/* The outcome for one class of each variable by walking the forms, without the diagram: the simple
 * version, kept as the oracle of all others. */
enum outcome instance_walk(const struct instance *instance, const uint8_t vector[]);

/* Kleene's strong three values of a form within a cube: -1 unknown, 0, 1. */
int form_kleene(const struct form *form, const uint64_t mask[]);
bool form_holds(const struct form *form, const uint8_t vector[]);

/* Appends what a class mask of a variable says: "onward = NONE", "degree in {DEU, H_PLUS}", "salary >=
 * 58,400", "not asked".  Reads as an expression of the language. */
void instance_say(struct buf *buf, const struct instance *instance, size_t var, uint64_t mask);

/* The classes in which a condition of one fact (a comparison, in, has) can be true, and their
 * variable; *var is RULES_NONE when the door does not read the fact. */
int instance_mask(struct arena *scratch, const struct instance *instance, const struct expr *expr,
                  uint32_t *var, uint64_t *mask, struct ajar_err *err);

/* Every day or moment in (after, limit] on which the door may change for anybody: starts and ends of versions as
 * known, changes of the lists and parameters that it reads.  Rising, no doubles. */
int instance_changes(struct arena *arena, const struct rules *rules, uint32_t door, moment after,
                     moment limit, date_days as_known, size_t *n, moment **out,
                     struct ajar_err *err);

#endif
