/* The cells of a file of counts: dates in the forms that are read, numbers. */
#ifndef DESK_SERIES_CELL_H
#define DESK_SERIES_CELL_H

#include "date.h"

/* Years that a date of a series may have: others are slips of the pen. */
#define SERIES_YEAR_FIRST 1900
#define SERIES_YEAR_LAST  2199

enum series_form {
    SERIES_NO_FORM,
    SERIES_ISO,     /* 2022-09-21 */
    SERIES_DMY,     /* 21.9.2022 */
    SERIES_ISO_WEEK /* 2022-W38: its Monday */
};
const char *series_form_word(enum series_form form); /* "YYYY-MM-DD" */

/* The date of a cell and how it is written; SERIES_NO_FORM: it is none, *out untouched. */
enum series_form series_date(struct text cell, date_days *out);

/* Fills the fault of a cell that is no date: two readings, a short year, a month alone. */
void series_date_fault(struct ajar_err *fault, const char *file, long row, const char *column,
                       struct text cell);

/* A count; grouped: its digits stand in groups of three that can be read in one way only ("1 234",
 * "1.234.567").  False: it is no number, or can be read in two ways. */
bool series_number(struct text cell, double *out, bool *grouped);

#endif
