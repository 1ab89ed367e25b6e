/* Aligned text tables for a terminal.  Columns are measured with text_width; the header has as many
 * lines as its longest head; numbers stand right-aligned.  A table that is wider than the terminal
 * wraps its text columns onto further lines; nothing is ever cut off. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdio.h>

#include "arena.h"

enum table_kind {
    TABLE_TEXT,  /* left-aligned; wraps when the table is too wide */
    TABLE_WORD,  /* left-aligned; never wraps */
    TABLE_NUMBER /* right-aligned; never wraps */
};

struct table_column {
    const char *head; /* as shown; '\n' begins a second line, for the unit: "need\nUSD m" */
    enum table_kind kind;
};

struct table_row;
struct table {
    struct arena *arena;
    const struct table_column *columns; /* [n_columns]; must outlive the table */
    size_t n_columns, at;               /* at: cells of the last row that are filled */
    struct table_row *first, *last;
    struct ajar_err failed; /* code 0: none; the first failure of an append */
};

void table_init(struct table *table, struct arena *arena, const struct table_column *columns,
                size_t n_columns);

/* Begins a row; then its cells from left to right.  Cells that are not filled are empty.  A failed
 * append marks the table, and table_print reports it, so a writer appends freely.  More cells than
 * columns are a mistake of the caller (asserted).  Texts are copied; line ends in them become
 * blanks. */
void table_begin_row(struct table *table);
void table_text(struct table *table, struct text cell);
void table_str(struct table *table, const char *cell);              /* NULL: empty */
void table_int(struct table *table, int64_t value);                 /* 66,000 */
void table_number(struct table *table, double value, int decimals); /* 66,000.5; NaN: empty */

/* Prints at most `width` columns wide where the words allow it.  bold: the header is set in bold
 * (a terminal), else it is underlined with dashes.  O(cells). */
int table_print(const struct table *table, FILE *to, size_t width, bool bold, struct ajar_err *err);

#endif
