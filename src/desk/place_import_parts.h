/* The files of the importer of an officer's table.  Internal to desk/place_import*.c. */
#ifndef DESK_PLACE_IMPORT_PARTS_H
#define DESK_PLACE_IMPORT_PARTS_H

#include "csv.h"
#include "names.h"
#include "place_import.h"

#define PLACE_IMPORT_CEILING   ((size_t)256 << 20) /* bytes of a table that is written */
#define PLACE_IMPORT_SAID_MOST 64
#define PLACE_IMPORT_ROW_MOST  32 /* faults kept of one row */

/* What a column of numbers came to, against a row of totals. */
struct place_import_sum {
    int64_t sum;
    uint64_t empty; /* cells that were read as 0 */
    bool whole;     /* every row could be read */
};

struct place_import_reader {
    const char *file;
    const struct place_import_options *options;
    struct arena *arena, *scratch;
    struct csv csv;
    struct place_import_column *columns; /* [csv.n_columns] */
    struct place_import_sum *sums;       /* [csv.n_columns] */
    int id;                              /* the column */
    struct names ids, folded;            /* seen: as written, and by what they look like */
    long *id_row, *folded_row;           /* [cap] rows by name_id */
    size_t id_cap, folded_cap;
    struct faults row; /* of the current row */
    struct faults *faults;
    struct place_import *out;
    struct text *said;
};

/* UTF-8 of what may be windows-1251 or UTF-16.  A mark at the beginning is taken off. */
int place_import_decode(struct arena *arena, const char *file, struct text bytes, struct text *out,
                        const char **encoding, struct ajar_err *err);

/* Small letters without brackets, points and colons, '_' for blanks; "" when it is no short word. */
#define PLACE_IMPORT_WORD 96
struct text place_import_fold(struct text heading, char to[static PLACE_IMPORT_WORD]);

/* What a heading stands for; PLACE_IMPORT_UNKNOWN: nothing that is known.  *name is static. */
enum place_import_role place_import_known(enum place_import_kind kind, struct text folded,
                                          struct text *name);
/* A known heading that is a slip away, or NULL. */
const char *place_import_near(enum place_import_kind kind, struct text folded);
/* Whether a column may be personal data that a placement does not need. */
bool place_import_private(struct text folded);

/* "need_beds" to its role and name; false: no such column for this kind. */
bool place_import_role_parse(enum place_import_kind kind, struct text word,
                             enum place_import_role *role, struct text *name);
void place_import_role_put(struct buf *buf, const struct place_import_column *column);

/* The line of the headings and the reader behind it; the columns' roles by the mapping, then by the known words. */
int place_import_columns(struct place_import_reader *it, struct text bytes, struct ajar_err *err);

/* Reads all rows and makes the tables. */
int place_import_rows(struct place_import_reader *it, struct ajar_err *err);

/* Cells.  A fault goes to it->row, and false comes back. */
bool place_import_whole(struct place_import_reader *it, size_t column, int32_t *out, bool *empty);
bool place_import_yes(struct place_import_reader *it, size_t column, bool *out);
bool place_import_date(struct place_import_reader *it, size_t column, struct text *out);
bool place_import_degrees(struct place_import_reader *it, size_t column, double most,
                          struct text *out);
struct text place_import_cell(const struct place_import_reader *it, size_t column);
struct ajar_err *place_import_fault(struct place_import_reader *it, size_t column,
                                    const char *format, ...) __attribute__((format(printf, 3, 4)));

int place_import_say(struct place_import_reader *it, struct ajar_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A cell of the current row, read. */
struct place_import_value {
    int32_t number;
    bool yes;
    struct text text;
};

/* The tables that are written, and where each stands. */
enum place_import_table {
    TABLE_MAIN,
    TABLE_YES,
    TABLE_WISHES,
    TABLE_TRAITS,
    TABLE_MAP,
    TABLE_ERRORS,
    TABLES
};
struct place_import_tables {
    struct buf buf[TABLES];
    struct csv_out out[TABLES];
    uint64_t rows[TABLES];
    struct place_import_value *values; /* [n_columns] */
    bool beds;                         /* need_beds is made of people */
};

/* Whether cells of it are numbers. */
bool place_import_number(enum place_import_role role);

/* The tables, begun with their headings, mapping.csv whole; rows; what is handed over. */
void place_import_heads(struct place_import_reader *it, struct place_import_tables *tables);
void place_import_put_row(struct place_import_reader *it, struct place_import_tables *tables);
void place_import_put_error(struct place_import_reader *it, struct place_import_tables *tables);
int place_import_files(struct place_import_reader *it, struct place_import_tables *tables,
                       struct ajar_err *err);

#endif
