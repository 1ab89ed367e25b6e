/* The opening sets that a case names: {onward = NONE} | {visa = D_DEU; purpose = WORK}. */
#ifndef DESK_DOORS_CASE_SETS_H
#define DESK_DOORS_CASE_SETS_H

#include "rules.h"

/* Takes the next set off `rest`: `set` is what stands between its { }.  False: nothing is left, or, where `rest` is
 * not empty, what is left is no set. */
bool doors_case_set(struct text *rest, struct text *set);

struct doors_case_cell {
    const char *file;
    long row;
    const char *column;
    struct text value;
};

/* Whether a cell is sets, and each of their conditions one of the rules' language about facts of these rules; what is
 * not goes to `faults` (doors.test.form, doors.expr.*) and makes `sound` false.  E_MEMORY, E_CEILING. */
int doors_case_sets_check(struct arena *arena, const struct rules *rules,
                          struct doors_case_cell cell, struct faults *faults, bool *sound,
                          struct ajar_err *err);

#endif
