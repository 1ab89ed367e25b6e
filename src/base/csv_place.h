/* Where in a CSV file an offending byte stands, in the words of an error.  Used by csv.c alone. */
#ifndef BASE_CSV_PLACE_H
#define BASE_CSV_PLACE_H

#include "csv.h"

#define CSV_NAME 64

struct csv_place {
    long row;            /* line where the record starts */
    long line;           /* line of the byte itself */
    long at;             /* 1-based character in the line; 0 when that is not the line of the row */
    char name[CSV_NAME]; /* of the column */
    struct text value;   /* the cell around the byte */
};

/* The place of `byte` in the record that starts at `record` on line `row`, or in one behind it.
 * O(bytes between). */
void csv_place_find(struct csv_place *out, const struct csv *csv, const char *record, long row,
                    const char *byte);

/* The name of a column for messages: the header's, or "column N" where there is none. */
void csv_place_name(char to[static CSV_NAME], const struct csv *csv, size_t column);

/* The offset of the first byte that is NUL or not UTF-8; bytes.n when there is none. */
size_t csv_place_bad(struct text bytes);

/* Reports that byte, with what the file probably is. */
int csv_place_refuse(const struct csv_place *place, const char *file, struct text bytes, size_t bad,
                     struct ajar_err *err);

/* E_UTF8 when the bytes start with the mark of UTF-16, else 0. */
int csv_place_utf16(const char *file, struct text bytes, struct ajar_err *err);

#endif
