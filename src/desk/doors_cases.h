/* tests.csv: cases that a lawyer edits in a spreadsheet.  A row with alternatives ("kin=SPOUSE|CHILD")
 * is one case for each. */
#ifndef DESK_DOORS_CASES_H
#define DESK_DOORS_CASES_H

#include "decide.h"
#include "doors_folder.h"

#define DOORS_CASES_MAX ((size_t)1 << 20) /* cases, alternatives counted */

struct doors_case {
    struct doors_place_of_case {
        const char *file;
        long row;
    } at;
    struct text name; /* with "/SPOUSE" for an alternative */
    uint32_t door;
    moment on;
    date_days as_known;
    struct person person;
    enum status expect;
    struct text opens_with, rules, flags, origin, changed;
    bool has_until;
    moment until;
};

struct doors_cases {
    size_t n, n_rows;
    struct doors_case *cases; /* in the order of the files */
};

/* Reads the folder's tests.  Faults (doors.test.form and those of facts) go to `faults`; the return is
 * then E_DOORS_FAULTS. */
int doors_cases_read(struct arena *arena, const struct doors_folder *folder,
                     struct doors_cases *out, struct faults *faults, struct ajar_err *err);

/* What a case met: passed, or what differs. */
struct doors_verdict {
    bool passed;
    struct decision decision;
    const char *differs; /* "the status is CLOSED, not OPEN"; NULL when passed */
};

/* Decides one case with the instance of its door and compares all that the row states.  What `out`
 * holds lives in `arena`. */
int doors_case_run(struct arena *arena, struct arena *scratch, const struct instance *instance,
                   const struct doors_case *test, struct doors_verdict *out, struct ajar_err *err);

#endif
