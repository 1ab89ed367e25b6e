/* CSV, read in place and written safely (RFC 4180, and what spreadsheets make of it).
 *
 * The reader takes bytes, not a file: UTF-8 with or without a byte-order mark; records end in LF or
 * CRLF; the separator is ',', ';' or tab, found from the header line when not given; a quoted field
 * may hold separators, quotes ("") and line ends.  Every ceiling is named in struct csv_limits. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "arena.h"

struct csv_limits {
    size_t columns; /* fields in the header */
    size_t field_n; /* bytes in a field, as they stand in the file, without the enclosing quotes */
    uint64_t records; /* behind the header */
};
#define CSV_LIMITS_DEFAULT ((struct csv_limits){256, 1u << 20, UINT64_C(1) << 40})

struct csv {
    const char *file;     /* name for messages; not owned */
    const char *at, *end; /* where the next record starts; end of the bytes */
    long line;            /* line where the next record starts, 1-based */
    long row;             /* line where the current record started */
    char separator;
    size_t n_columns; /* of the header */
    const struct text *header;
    struct text *cells; /* the current record: [n_columns]; valid until the next csv_next */
    struct csv_limits limits;
    struct arena *arena; /* cells with "" inside are unescaped here */
    char *scratch;
    size_t scratch_n, scratch_used;
    uint64_t records; /* read so far */
    /* private: the current record's first byte; what is known of the 64 bytes around `at` */
    const char *record, *block;
    uint64_t hits;
};

/* Reads the header.  separator 0: found out (the most frequent of the three in the header line; on
 * a tie tab before ';' before ',').  bytes and arena must outlive *out.  Column names may be empty
 * or repeat: that is the caller's rule.  Errors: csv.*, text.utf8 and NUL (checked over all bytes),
 * E_CEILING.  An error brings the line where its record starts, the column's name ("column 3" in
 * the header and behind its last), the value, and `at` when the place is on that line.
 * O(bytes). */
int csv_open(struct csv *out, struct arena *arena, const char *file, struct text bytes,
             char separator, const struct csv_limits *limits, struct ajar_err *err);

/* The next record into csv->cells.  *more is false at the end.  Blank lines are passed over.  A
 * record with too few or too many fields (E_CSV_SHORT, E_CSV_LONG) is an error of that record
 * alone: reading can go on (the error is returned, the reader stands behind the record, the cells
 * that there are stand in `cells`, missing ones are empty).  After any other error the reader
 * stands at the end.  *more is untouched by an error.  O(bytes of the record). */
int csv_next(struct csv *csv, bool *more, struct ajar_err *err);

/* Index of the header column, or -1. */
int csv_column(const struct csv *csv, const char *name);

/* Upper bound of the records still to come (line ends ahead + 1).  One fast pass over the bytes. */
uint64_t csv_count_bound(const struct csv *csv);

/* Reading with several threads: what is still to be read, cut at ends of records, right also with
 * quoted line ends. */
struct csv_part {
    struct text bytes;
    long line;             /* of the file, where the part starts */
    uint64_t first_record; /* records of the parts before this one */
    uint64_t records;      /* in this part: room for that many is enough, see below */
};

/* Cuts into n_parts >= 1 parts of nearly equal size, in the order of the file; some may be empty.
 * Counts depend on the bytes alone; `records` counts ragged records too.  Reading the parts in
 * order gives the same records, rows and errors as reading on with csv_next, for any n_parts, when
 * the caller drops everything behind the first error that is not E_CSV_SHORT or E_CSV_LONG.  Up to
 * that error `first_record` and `records` are exact; no part ever yields more than its `records`.
 * One pass over the bytes, at several GB/s. */
void csv_split(const struct csv *csv, size_t n_parts, struct csv_part parts[]);

/* A reader of one part, with the header of `whole`, which must stand where csv_split found it and
 * is only read; the bytes are not checked again.  Parts read at the same time need an arena each.
 * The ceiling on records counts over the whole file. */
int csv_part_open(struct csv *out, struct arena *arena, const struct csv *whole,
                  const struct csv_part *part, struct ajar_err *err);

/* Writing.  A cell is quoted when it holds the separator, a quote, CR or LF.  csv_put_text and
 * csv_put_str are for words: a cell that a spreadsheet would take for a formula (first character =
 * + - @, tab or CR) is written with a leading apostrophe.  csv_put_number and csv_put_int write
 * negative numbers as they are, whole ones below 1e15 without exponent.  Records end in CRLF.  What
 * is written reads back as it is, but for those apostrophes.  Failures stay in the buffer: buf_ok
 * tells at the end. */
struct csv_out {
    struct buf *buf;
    char separator; /* ',' unless changed after csv_out_init */
    bool started;   /* a cell of this record stands already */
    size_t row_at;  /* private: where this record starts in the buffer */
};
void csv_out_init(struct csv_out *out, struct buf *buf);
void csv_put_text(struct csv_out *out, struct text cell);
void csv_put_str(struct csv_out *out, const char *cell);             /* NULL: an empty cell */
void csv_put_number(struct csv_out *out, double value);              /* NaN: an empty cell */
void csv_put_fixed(struct csv_out *out, double value, int decimals); /* the same */
void csv_put_int(struct csv_out *out, int64_t value);
void csv_end_row(struct csv_out *out); /* at least one cell must stand */

#endif
