/* The words of a file of counts that have a meaning: names of columns, directions, totals.
 *
 * In English, German and Russian.  Capitals, outer blanks, and blanks or hyphens for the underscore make no
 * difference. */
#ifndef DESK_SERIES_WORDS_H
#define DESK_SERIES_WORDS_H

#include "scenario.h"

/* Bytes of a folded word with its zero; longer texts are no word of the lists. */
#define SERIES_WORD 64

/* What a column holds. */
enum series_role {
    SERIES_DATE,
    SERIES_FROM,
    SERIES_TO,
    SERIES_WEEK,
    SERIES_KNOWN,
    SERIES_COUNT,
    SERIES_PLACE,
    SERIES_ROUTE,
    SERIES_MEASURE,
    SERIES_DIRECTION,
    SERIES_UNIT,
    SERIES_ROLES,
    SERIES_UNUSED = SERIES_ROLES, /* known, and of no use here: a note, a source */
    SERIES_OTHER
};

const char *series_role_word(enum series_role role); /* "date": the first word of its list */

/* Small letters, '_' for blanks and hyphens.  A text that does not fit gives "". */
struct text series_fold(struct text word, char out[static SERIES_WORD]);

enum series_role series_role_of(struct text folded);

/* A known word of a role that is a slip away from this one; NULL: none is. */
const char *series_role_near(struct text folded, enum series_role role);

/* The kind that a word stands for: "in", "Einreise". */
bool series_kind_of(struct text folded, enum measure_kind *out);

/* The same by the first of its parts between '_': "entries_rus". */
bool series_kind_of_measure(struct text folded, enum measure_kind *out);

/* "in", "out", "net": one word for each kind that has some. */
const char *series_kind_word(enum measure_kind kind);
const char *series_kind_near(struct text folded);

/* A word for a sum of the other rows. */
bool series_is_total(struct text folded);

#endif
