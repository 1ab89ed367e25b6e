/* All that can be checked of a folder of doors: proofs, tests, mutants. */
#ifndef DESK_DOORS_CHECK_H
#define DESK_DOORS_CHECK_H

#include "doors_cases.h"
#include "mutant.h"
#include "pool.h"
#include "prove.h"

/* One case that does not hold. */
struct doors_failure {
    const struct doors_case *test;
    enum status got;
    const char *differs;
};

struct doors_tested {
    size_t n_rows, n_cases, n_failed;
    struct doors_failure *failed; /* in the order of the files */
    size_t n_rules, n_untested; /* rules that a version writes itself; findings go to the faults */
};

/* Runs every case; rules without a case in which they fire and one in which they do not are findings
 * (doors.rule.untested) in `faults`.  Same answer at any number of threads. */
int doors_test(struct arena *arena, const struct doors_folder *folder,
               const struct doors_cases *cases, struct pool *pool, const struct watch *watch,
               struct doors_tested *out, struct faults *faults, struct ajar_err *err);

/* What became of one mutant. */
enum mutant_fate { MUTANT_KILLED, MUTANT_EQUIVALENT, MUTANT_SURVIVED };
struct doors_mutant {
    enum mutant_kind kind;
    enum mutant_fate fate;
    uint32_t door, version, rule; /* rule RULES_NONE: the scope */
    bool superior;
    struct rules_at at;
    struct text was, is;
    const struct doors_case *killer; /* the first case whose answer changes; NULL */
    enum status before, after;       /* of the killer */
};
struct doors_mutation {
    size_t n, counts[MUTANT_KINDS][3]; /* by kind and fate */
    struct doors_mutant *mutants;      /* in the order of doors, versions, rules, places */
};

/* Makes every mutant of every door and looks for a case that notices.  Those that none notices are
 * either proven equivalent or survive. */
int doors_mutate(struct arena *arena, const struct doors_folder *folder,
                 const struct doors_cases *cases, struct pool *pool, const struct watch *watch,
                 struct doors_mutation *out, struct ajar_err *err);

/* Proves every door (prove.h), in order; findings go to `faults`. */
int doors_prove(const struct doors_folder *folder, struct pool *pool, const struct watch *watch,
                struct prove_count *count, struct faults *faults, struct ajar_err *err);

#endif
