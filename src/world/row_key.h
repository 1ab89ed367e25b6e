/* Rows named by their key, as contradictions.csv does: "GEO|all|exits_rus|2022-09-17|2022-09-26".
 * Internal to world/. */
#ifndef WORLD_ROW_KEY_H
#define WORLD_ROW_KEY_H

#include "arrivals_index.h"

/* Columns of the longest key. */
#define ROW_KEY_COLUMNS 5
#define ROW_KEY_TEXT    256

/* The columns of a table's key in their order in the text, and the column of its source.  Only for
 * the tables that contradictions.csv may name. */
struct row_key_form {
    size_t columns[ROW_KEY_COLUMNS], n;
    size_t source;
};
const struct row_key_form *row_key_form(enum schema_name table);

/* Any cell that is not free text, as it would stand in the file. */
void row_key_cell(const struct checker *checker, const struct schema_table *table, size_t column,
                  size_t row, char *to, size_t size);

/* The key of a row without its source, cut when longer than the room.  Returns `to`. */
char *row_key_text(const struct checker *checker, enum schema_name table, size_t row,
                   char to[static ROW_KEY_TEXT]);

/* "C_A|C_B" of the columns whose bits are set in schema_table.key. */
char *row_key_full(const struct checker *checker, enum schema_name table, size_t row,
                   char to[static ROW_KEY_TEXT]);

enum row_key_found { ROW_KEY_FOUND, ROW_KEY_FORM, ROW_KEY_NONE, ROW_KEY_OTHER_SOURCE };

/* The row with this key and source.  *row is that row, or for ROW_KEY_OTHER_SOURCE one with the same
 * key.  *found tells; ROW_KEY_FORM: the text is no key of the table.  O(rows) for the first key of a table, then
 * O(1); in arrivals O(log rows + rows of that series and span). */
int row_key_find(struct checker *checker, const struct arrivals_index *index,
                 enum schema_name table, struct text key, name_id source, uint32_t *row,
                 enum row_key_found *found, struct ajar_err *err);

#endif
