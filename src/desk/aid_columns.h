/* The columns of a CSV of hosts, found by the words of its header.
 *
 * The file comes from a spreadsheet: capitals, outer blanks, and blanks or hyphens for the underscore
 * make no difference. */
#ifndef DESK_AID_COLUMNS_H
#define DESK_AID_COLUMNS_H

#include "aid_job.h"
#include "csv.h"

/* A column that holds one figure. */
enum {
    AID_COLUMN_STOCK,
    AID_COLUMN_NEED,
    AID_COLUMN_COST,
    AID_COLUMN_FUNDED,
    AID_COLUMN_CAP,
    AID_COLUMN_SEVERITY,
    AID_COLUMN_FLOOR,
    AID_COLUMN_CEILING,
    AID_COLUMN_POPULATION,
    AID_COLUMN_GDP,
    AID_COLUMNS
};
struct aid_column {
    const char *name;
    enum aid_figure figure;
    enum err_code code; /* of a value outside the range */
    bool zero;          /* allowed */
    const char *unit;   /* NULL: money */
    const char *empty;  /* what to do about an empty cell */
};
const struct aid_column *aid_column(int column);

/* A column that holds words. */
enum { AID_WORD_HOST, AID_WORD_NAME, AID_WORD_UNIT, AID_WORD_NOTE, AID_WORDS };

struct aid_columns {
    int number[AID_COLUMNS], word[AID_WORDS]; /* where each stands in the file; -1: nowhere */
};

/* Finds them; what is missing, mistyped or there twice goes to `faults`. */
void aid_columns_find(const struct csv *csv, struct faults *faults, struct aid_columns *out);

#endif
