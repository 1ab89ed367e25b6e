/* A table of Ajar's own form: CSV with named columns, given row by row in the order of a list of columns.
 * Used by flow_read*.c alone. */
#ifndef FLOW_SHEET_H
#define FLOW_SHEET_H

#include "csv.h"
#include "flow_cells.h"
#include "flow_read.h"

#define FLOW_COLUMNS 12

struct flow_column {
    const char *name;
    bool needed;
};

struct flow_sheet {
    struct flow_reader *reader;
    const char *file;
    const struct flow_column *columns; /* [n] */
    size_t n;
    struct csv csv;
    int at[FLOW_COLUMNS]; /* in the file; -1: left out */
    struct text cells[FLOW_COLUMNS];
    struct flow_row row; /* the current one, cells as `columns` */
};

/* *open false: the file is absent, or its header is a fault. */
int flow_sheet_open(struct flow_sheet *out, struct flow_reader *reader, enum flow_table table,
                    struct text bytes, const struct flow_column *columns, size_t n, bool *open,
                    struct ajar_err *err);

/* The next row that has the right number of fields and no control character; others are faults.  False at
 * the end, also behind a fault that ends the reading. */
bool flow_sheet_next(struct flow_sheet *sheet);

/* Records still to come, at most. */
size_t flow_sheet_bound(const struct flow_sheet *sheet);

struct flow_spot flow_sheet_spot(const struct flow_sheet *sheet, size_t i);

/* A copy in the arena of the world. */
int flow_sheet_word(const struct flow_sheet *sheet, size_t i, struct text *out,
                    struct ajar_err *err);

/* The date of a cell as a day from the start between least and FLOW_DAYS_MOST; false after a fault. */
bool flow_sheet_day(const struct flow_sheet *sheet, size_t i, int32_t least, int32_t *out);

/* The day on which a row was known, by default its own, which it may not precede when `count`. */
bool flow_sheet_known(const struct flow_sheet *sheet, size_t i, date_days own, bool count,
                      date_days *out);

/* The index of a word in a list; else a fault that names the words. */
bool flow_sheet_choice(const struct flow_sheet *sheet, size_t i, enum err_code code,
                       const char *const *words, size_t n, size_t *out);

int flow_read_places(struct flow_reader *reader, struct text bytes, struct ajar_err *err);
int flow_read_roads(struct flow_reader *reader, struct text bytes, struct ajar_err *err);
int flow_read_closures(struct flow_reader *reader, struct text bytes, struct ajar_err *err);
int flow_read_conflicts(struct flow_reader *reader, struct text bytes, struct ajar_err *err);
int flow_read_reports(struct flow_reader *reader, struct text bytes, struct ajar_err *err);
int flow_read_corrections(struct flow_reader *reader, struct text bytes, struct ajar_err *err);

/* Words of the form, shared with the writer; in the order of their enums. */
extern const char *const flow_type_words[FLOW_MARKER + 1];
extern const char *const flow_closure_words[FLOW_CLOSE_FORCED + 1];
enum flow_series_kind { FLOW_SERIES_TOTAL, FLOW_SERIES_PLACE, FLOW_SERIES_OUTSIDE };
extern const char *const flow_series_words[FLOW_SERIES_OUTSIDE + 1];

#endif
