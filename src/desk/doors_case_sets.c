#include "doors_case_sets.h"

#include <stdio.h>

#include "doors_value.h"
#include "rules_read.h"

#define SETS_LIKE "Write {onward = NONE} | {visa = D_DEU; purpose = WORK}."

bool doors_case_set(struct text *rest, struct text *set)
{
    size_t depth = 0;
    for (size_t i = 0; i < rest->n && (i == 0 ? rest->at[0] == '{' : depth > 0); i++) {
        depth += rest->at[i] == '{';
        depth -= rest->at[i] == '}';
        if (depth == 0) {
            struct text behind = text_trim((struct text){rest->at + i + 1, rest->n - i - 1});
            bool more = behind.n > 0 && behind.at[0] == '|';
            if (behind.n > 0 && !more) {
                return false;
            }
            *set = (struct text){rest->at + 1, i - 1};
            *rest = more ? text_trim((struct text){behind.at + 1, behind.n - 1}) : behind;
            return true;
        }
    }
    return false;
}

static int set_check(struct arena *arena, const struct rules *rules,
                     const struct doors_case_cell *cell, struct text set, struct faults *faults,
                     bool *sound, struct ajar_err *err)
{
    while (set.n > 0) {
        const struct expr *expr;
        struct ajar_err problem = {0};
        struct text word = text_trim(text_split(set, ';', &set));
        int code = rules_expr(arena, rules, cell->file, word, &expr, &problem);
        if (problem.hint[0] == '\0') {
            err_hint(&problem, SETS_LIKE);
        }
        problem.row = cell->row;
        problem.at = 0; /* counted in the condition alone */
        snprintf(problem.column, sizeof problem.column, "%s", cell->column);
        TRY(doors_absorb(faults, code, &problem, sound, err));
    }
    return 0;
}

int doors_case_sets_check(struct arena *arena, const struct rules *rules,
                          struct doors_case_cell cell, struct faults *faults, bool *sound,
                          struct ajar_err *err)
{
    struct text rest = cell.value, set;
    while (doors_case_set(&rest, &set)) {
        TRY(set_check(arena, rules, &cell, set, faults, sound, err));
    }
    if (rest.n > 0) {
        struct ajar_err *fault = faults_add(faults);
        err_at(fault, E_DOORS_TEST_FORM, cell.file, cell.row, cell.column, rest,
               "an opening set stands in { }");
        err_hint(fault, SETS_LIKE);
        *sound = false;
    }
    return 0;
}
