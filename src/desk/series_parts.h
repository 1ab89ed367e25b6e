/* The files of the reader of a user's counts.  Internal to desk/series_*.c. */
#ifndef DESK_SERIES_PARTS_H
#define DESK_SERIES_PARTS_H

#include "book_rows.h"
#include "csv.h"
#include "series_cell.h"
#include "series_file.h"
#include "series_words.h"

#define SERIES_COUNT_MOST 1e15
#define SERIES_NO_MEASURE "count" /* the measure where none is named */
#define SERIES_SAID_MOST  64      /* sentences about what was assumed */

/* A column of the file. */
struct series_column {
    struct text name; /* of the header, trimmed */
    enum series_role role;
    bool counts;            /* it holds counts */
    bool seen;              /* a filled cell of it was read */
    name_id place, measure; /* of a wide file: of its counts */
    name_id last[3];        /* place, route, measure of the last count, and its series */
    uint32_t last_series;
};

/* A word of the last row: most rows repeat it. */
struct series_memo {
    name_id raw; /* as in the file, in `raw` */
    name_id id;  /* as it stands in the book */
};

/* What a row says of all its counts, and a count: kept small, in blocks, until the lists are made. */
struct series_row {
    date_days from, to, published;
    uint32_t line;
};
struct series_cell {
    double count;
    uint32_t series, row; /* row: of the blocks of rows */
};
#define SERIES_BLOCK ((size_t)1 << 12) /* rows or counts in a block */
struct series_blocks {
    void **at; /* [cap] the blocks */
    size_t n, cap;
};
struct series_store {
    struct series_blocks rows, cells;
};

struct series_reader {
    struct csv csv;
    struct arena *arena, *scratch;
    struct faults *faults;
    struct names *names;           /* of the book */
    struct names keys;             /* of series: book_rows_series */
    struct names raw;              /* words as they stand in the file */
    int at[SERIES_ROLES];          /* column of each role; -1: none */
    struct series_column *columns; /* [csv.n_columns] */
    struct series_memo place, route, measure, direction, unit;
    enum measure_kind kind; /* of the direction of the row */
    enum series_form form;  /* of the first date */
    long form_row;
    struct series_store store;
    size_t n_series, series_cap;
    struct watch_series *series; /* n: counts read */
    date_days *series_last;      /* [series_cap] first day of the last value of each */
    uint64_t rows;
    size_t n_empty; /* cells without a count */
    char grouped[40],
        as_number[40]; /* the first number with grouped digits, and what it was read as */
    bool unsorted;     /* the rows of a series, that is */
    const char **said;
    size_t n_said;
};

/* A fault in the row that was read last; `word` fills the %s of the format, if it has one. */
struct ajar_err *series_fault(const struct series_reader *it, enum err_code code,
                              const char *column, struct text value, const char *format,
                              const char *word);

/* Says what was assumed; beyond SERIES_SAID_MOST sentences nothing more. */
int series_say(struct series_reader *it, struct ajar_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The name of a column for messages, cut to fit. */
const char *series_column_name(const struct series_reader *it, int column, char to[static 64]);

/* Finds out what each column holds; faults tell what is missing or twice. */
int series_columns(struct series_reader *it, struct ajar_err *err);

/* Reads all rows into the store and the list of series. */
int series_rows(struct series_reader *it, struct ajar_err *err);

/* Takes a count of the row that was stored last. */
int series_count(struct series_reader *it, struct series_column *column, struct text cell,
                 struct ajar_err *err);

/* Rows and counts in the order of the file; a count belongs to the row that was stored last. */
int series_store_row(struct series_store *store, struct arena *arena, const struct series_row *row,
                     struct ajar_err *err);
int series_store_cell(struct series_store *store, struct arena *arena, double count,
                      uint32_t series, struct ajar_err *err);
const struct series_row *series_store_last(const struct series_store *store);

/* Puts all counts into the series of a book that has room for them. */
void series_store_put(const struct series_store *store, struct watch_book *book);

/* Duplicates and overlaps of the series in order. */
void series_check(const struct series_reader *it, const struct watch_book *book);

/* What was assumed, as sentences, when all is read. */
int series_sentences(struct series_reader *it, const struct watch_book *book, struct ajar_err *err);

#endif
