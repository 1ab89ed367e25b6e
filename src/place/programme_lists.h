/* The small tables of a programme: a few columns, a row a fact; and their cells.  Used by programme alone. */
#ifndef PROGRAMME_LISTS_H
#define PROGRAMME_LISTS_H

#include "programme_reader.h"

#define PROGRAMME_COLUMNS_MOST 4

struct programme_column {
    const char *name;
    bool optional;
};

struct programme_sheet {
    struct place_sheet sheet;
    struct programme_reader *reader;
    int at[PROGRAMME_COLUMNS_MOST]; /* -1: an optional column that is missing */
};

/* Calls `row` for every row with all its cells.  `start`, if any, comes first, with the most rows that there can be.
 * An absent table has no rows: start is not called either. */
struct programme_list {
    enum programme_table table;
    struct programme_column columns[PROGRAMME_COLUMNS_MOST]; /* ends with a NULL name */
    int (*start)(void *arg, struct programme_sheet *sheet, size_t rows, struct ajar_err *err);
    int (*row)(void *arg, struct programme_sheet *sheet, struct ajar_err *err);
};
int programme_lists_read(struct programme_reader *reader, const struct programme_list *list,
                         void *arg, struct ajar_err *err);

/* Ids that stand in another table; PLACE_NONE behind a fault, or where that table could not be read. */
int programme_lists_household(struct programme_sheet *sheet, int i, uint32_t *out,
                              struct ajar_err *err);
int programme_lists_lot(struct programme_sheet *sheet, int i, uint32_t *out, struct ajar_err *err);
int programme_lists_place(struct programme_sheet *sheet, int i, uint32_t *out,
                          struct ajar_err *err);
int programme_lists_state(struct programme_sheet *sheet, int i, uint32_t *out,
                          struct ajar_err *err);

/* A word, added to `words`; 0 behind a fault.  `what`: "language". */
int programme_lists_word(struct programme_sheet *sheet, int i, struct place_ids *words,
                         const char *what, name_id *out, struct ajar_err *err);

/* A number of the choices; n behind a fault. */
uint32_t programme_lists_choice(struct programme_sheet *sheet, int i, const char *const *choices,
                                uint32_t n);

/* Free text, kept in the arena; empty where the column is missing. */
int programme_lists_text(struct programme_sheet *sheet, int i, struct text *out,
                         struct ajar_err *err);

/* Whether every lot has a position; else a fault at the cell that asks for it, which names some of those without.
 * `asks`: "this criterion". */
bool programme_lists_positions(struct programme_sheet *sheet, int i, const char *asks);

/* Cells of any sheet.  A date or DATE_NONE for an empty cell; false behind a fault. */
bool programme_lists_date(struct place_sheet *sheet, int column, date_days *out);
/* A distance from 0 km. */
bool programme_lists_km(struct place_sheet *sheet, int column, double *out);
/* A latitude or longitude of -most .. most degrees. */
bool programme_lists_degrees(struct place_sheet *sheet, int column, double most, double *out);

#endif
