/* One cell of a table: from its text to its place in memory.  Internal to world/. */
#ifndef WORLD_CELL_READ_H
#define WORLD_CELL_READ_H

#include <assert.h>

#include "checker.h"

/* Choices that one closed list may have. */
#define CELL_CHOICES 24

/* A column while its table is read.  Neighbouring rows often share a word or a month, so the last
 * one is kept with what it became. */
struct cell_column {
    const struct schema_column *schema;
    enum cell_type type;         /* the schema's, at hand */
    uint32_t size;               /* bytes a cell takes in memory */
    char *at;                    /* the column in memory */
    long csv;                    /* its number in the file; -1: the file has no such column */
    const struct word_rows *map; /* of a reference; NULL: what it refers to could not be read */
    struct text last;            /* a word or text that outlives the row */
    uint32_t last_value;
    char month[8]; /* "2022-09-" */
    date_days month_first;
    unsigned month_days;
    name_id choices[CELL_CHOICES];
};

/* An id of `fresh` instead of `known` in struct cell_words. */
#define CELL_FRESH (UINT32_C(1) << 31)
static_assert(NAMES_MAX <= CELL_FRESH, "ids leave the mark free");

/* The words that a cell may name or add.  Parts of a table are read side by side, so the words of the
 * scenario are only looked up; new ones get an id of the part's own, marked CELL_FRESH. */
struct cell_words {
    const struct names *known;
    struct names *fresh; /* NULL: a new word is CELL_BAD */
};

/* Where the texts of a part are copied to: room for all bytes of the part. */
struct cell_room {
    char *at;
};

/* The cell does not fit its column; cell_fault says why.  Not an error code. */
#define CELL_BAD (-1)

/* Makes a column ready; `at` and `csv` are the caller's to set. */
int cell_column_init(struct cell_column *out, const struct checker *checker,
                     const struct schema_column *schema, struct ajar_err *err);

/* Puts the cell into row `row`.  0, CELL_BAD, or an error (memory). */
int cell_read(struct cell_column *column, const struct cell_words *words, struct cell_room *room,
              struct text cell, size_t row, struct ajar_err *err);

/* Puts a record into row `row`: columns[c] takes cells[columns[c].csv], or its empty value.  *bad gets a
 * bit for each column whose cell is CELL_BAD.  At most 64 columns.  0 or an error. */
int cell_read_row(struct cell_column *columns, size_t n, const struct cell_words *words,
                  struct cell_room *room, const struct text *cells, size_t row, uint64_t *bad,
                  struct ajar_err *err);

/* Reports a cell that cell_read called bad. */
void cell_fault(struct checker *checker, enum schema_name table, uint32_t line,
                const struct cell_column *column, struct text cell);

#endif
