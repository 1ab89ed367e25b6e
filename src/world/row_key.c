#include "row_key.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "cell_read.h"
#include "num.h"
#include "row_slots.h"

const struct row_key_form *row_key_form(enum schema_name table)
{
    static const struct row_key_form forms[SCHEMA_COUNT] = {
        [SCHEMA_ARRIVALS] = {{2, 3, 4, 0, 1}, 5, 7},
        [SCHEMA_HOSTS] = {{0, 1, 4}, 3, 5},
        [SCHEMA_TRADE] = {{0, 1, 2, 3, 4}, 5, 7},
        [SCHEMA_DOORS] = {{0}, 1, 8},
        [SCHEMA_PATHWAYS] = {{0}, 1, 27},
    };
    return &forms[table];
}

static const char *row_key_word(const struct checker *checker, name_id id)
{
    return names_word(checker->names, id).at;
}

/* The word of the row that a reference stands for. */
static const char *row_key_referred(const struct checker *checker, enum cell_type type,
                                    uint32_t row)
{
    if (row == SCENARIO_NO_ROW) {
        return "";
    }
    const struct scenario *scenario = checker->scenario;
    return row_key_word(checker,
                        type == CELL_PLACE ? scenario->places.id[row] : scenario->measures.id[row]);
}

void row_key_cell(const struct checker *checker, const struct schema_table *table, size_t column,
                  size_t row, char *to, size_t size)
{
    const void *at = checker_column(checker, table, column);
    enum cell_type type = table->columns[column].type;
    char text[NUM_TEXT] = "";
    const char *word = text;
    switch (type) {
    case CELL_PLACE:
    case CELL_ARRIVAL_MEASURE:
    case CELL_HOST_MEASURE:
        word = row_key_referred(checker, type, ((const uint32_t *)at)[row]);
        break;
    case CELL_DATE:
        date_format(((const date_days *)at)[row], text);
        break;
    case CELL_PARTIAL:
    case CELL_PERIOD:
        if (((const struct date_partial *)at)[row].first != DATE_NONE) {
            date_format_partial(((const struct date_partial *)at)[row], text);
        }
        break;
    case CELL_NUMBER:
        if (((const double *)at)[row] == ((const double *)at)[row]) {
            num_format(((const double *)at)[row], text);
        }
        break;
    default:
        word = row_key_word(checker, ((const name_id *)at)[row]);
    }
    snprintf(to, size, "%s", word);
}

static void row_key_join(const struct checker *checker, enum schema_name name, size_t column,
                         size_t row, char to[static ROW_KEY_TEXT])
{
    size_t used = strlen(to);
    if (used > 0 && used + 1 < ROW_KEY_TEXT) {
        to[used++] = '|';
        to[used] = '\0';
    }
    row_key_cell(checker, schema_table(name), column, row, to + used, ROW_KEY_TEXT - used);
}

char *row_key_text(const struct checker *checker, enum schema_name table, size_t row,
                   char to[static ROW_KEY_TEXT])
{
    const struct row_key_form *form = row_key_form(table);
    to[0] = '\0';
    for (size_t i = 0; i < form->n; i++) {
        row_key_join(checker, table, form->columns[i], row, to);
    }
    return to;
}

char *row_key_full(const struct checker *checker, enum schema_name name, size_t row,
                   char to[static ROW_KEY_TEXT])
{
    const struct schema_table *table = schema_table(name);
    to[0] = '\0';
    for (size_t c = 0; c < table->n; c++) {
        if ((table->key >> c & 1) != 0) {
            row_key_join(checker, name, c, row, to);
        }
    }
    return to;
}

/* The parts of a key as cells of their columns. */
struct row_key_cells {
    _Alignas(struct date_partial) char at[ROW_KEY_COLUMNS][sizeof(struct date_partial)];
};

/* A part that is no date breaks the form; a word that the scenario does not know names no row. */
static int row_key_parse(struct checker *checker, enum schema_name name, struct text key,
                         struct row_key_cells *cells, enum row_key_found *found,
                         struct ajar_err *err)
{
    const struct row_key_form *form = row_key_form(name);
    const struct schema_table *table = schema_table(name);
    struct text rest = key;
    const struct cell_words words = {checker->names, NULL};
    size_t n = 1;
    for (size_t i = 0; i < key.n; i++) {
        n += key.at[i] == '|';
    }
    *found = n == form->n ? ROW_KEY_FOUND : ROW_KEY_FORM;
    for (size_t i = 0; i < form->n && *found != ROW_KEY_FORM; i++) {
        struct cell_column column;
        const struct schema_column *schema = &table->columns[form->columns[i]];
        struct text part = text_split(rest, '|', &rest);
        TRY(cell_column_init(&column, checker, schema, err));
        column.at = cells->at[i];
        int code = cell_read(&column, &words, NULL, part, 0, err);
        if (code > 0) {
            return code;
        }
        if (code == CELL_BAD) {
            bool date = schema->type == CELL_DATE || schema->type == CELL_PARTIAL ||
                        schema->type == CELL_PERIOD;
            *found = date || part.n == 0 ? ROW_KEY_FORM : ROW_KEY_NONE;
        }
    }
    return 0;
}

/* Notes the row when it has the source, or as one with another source. */
static bool row_key_note(name_id source, name_id wanted, uint32_t at, uint32_t *row,
                         enum row_key_found *found)
{
    if (source == wanted) {
        *row = at;
        *found = ROW_KEY_FOUND;
        return true;
    }
    if (*found == ROW_KEY_NONE) {
        *row = at;
        *found = ROW_KEY_OTHER_SOURCE;
    }
    return false;
}

static void row_key_find_arrival(const struct checker *checker, const struct arrivals_index *index,
                                 const struct row_key_cells *cells, name_id source, uint32_t *row,
                                 enum row_key_found *found)
{
    uint32_t word[3];
    date_days day[2];
    for (size_t i = 0; i < 3; i++) {
        memcpy(&word[i], cells->at[i], sizeof word[i]);
    }
    memcpy(&day[0], cells->at[3], sizeof day[0]);
    memcpy(&day[1], cells->at[4], sizeof day[1]);
    uint32_t series = arrivals_index_series(index, word[0], word[1], word[2]);
    size_t first = 0;
    size_t n =
        series == SCENARIO_NO_ROW ? 0 : arrivals_index_find(index, series, day[0], day[1], &first);
    for (size_t i = first; i < first + n; i++) {
        uint32_t at = index->at[i].row;
        if (row_key_note(checker->scenario->arrivals.source[at], source, at, row, found)) {
            return;
        }
    }
}

/* The first rows of each key of a table, made when the table is first asked for. */
static int row_key_slots(struct checker *checker, enum schema_name name, uint32_t columns,
                         struct row_slots **out, struct ajar_err *err)
{
    struct row_slots *slots = *out;
    if (slots != NULL) {
        return 0;
    }
    TRY_NEW(slots, checker->scratch, 1, err);
    TRY(row_slots_init(slots, checker, name, columns, err));
    uint32_t n = (uint32_t)checker_rows(checker, slots->table);
    for (uint32_t row = 0; row < n; row++) {
        uint32_t *slot = row_slots_of(slots, row);
        *slot = *slot == 0 ? row + 1 : *slot;
    }
    *out = slots;
    return 0;
}

/* The columns of these forms rise and the source comes after them, so cells in the order of the form are in
 * the order of the columns, as row_slots has them. */
static int row_key_find_slot(struct checker *checker, enum schema_name name,
                             const struct row_key_cells *cells, name_id source, uint32_t *row,
                             enum row_key_found *found, struct ajar_err *err)
{
    const struct row_key_form *form = row_key_form(name);
    char key[ROW_SLOTS_BYTES];
    size_t n = 0;
    uint32_t columns = 0;
    for (size_t i = 0; i < form->n; i++) {
        size_t size = cell_type_size(schema_table(name)->columns[form->columns[i]].type);
        assert(i == 0 || form->columns[i] > form->columns[i - 1]);
        memcpy(key + n, cells->at[i], size);
        n += size;
        columns |= UINT32_C(1) << form->columns[i];
    }
    assert(form->source > form->columns[form->n - 1]);
    TRY(row_key_slots(checker, name, columns, &checker->by_key[name], err));
    TRY(row_key_slots(checker, name, columns | UINT32_C(1) << form->source,
                      &checker->by_key_and_source[name], err));
    uint32_t any = row_slots_find(checker->by_key[name], key, n);
    memcpy(key + n, &source, sizeof source);
    uint32_t exact = row_slots_find(checker->by_key_and_source[name], key, n + sizeof source);
    if (any != SCENARIO_NO_ROW) {
        *row = exact != SCENARIO_NO_ROW ? exact : any;
        *found = exact != SCENARIO_NO_ROW ? ROW_KEY_FOUND : ROW_KEY_OTHER_SOURCE;
    }
    return 0;
}

int row_key_find(struct checker *checker, const struct arrivals_index *index,
                 enum schema_name table, struct text key, name_id source, uint32_t *row,
                 enum row_key_found *found, struct ajar_err *err)
{
    struct row_key_cells cells;
    memset(&cells, 0, sizeof cells);
    TRY(row_key_parse(checker, table, key, &cells, found, err));
    if (*found != ROW_KEY_FOUND) {
        return 0;
    }
    *found = ROW_KEY_NONE;
    if (table == SCHEMA_ARRIVALS) {
        row_key_find_arrival(checker, index, &cells, source, row, found);
        return 0;
    }
    return row_key_find_slot(checker, table, &cells, source, row, found, err);
}
