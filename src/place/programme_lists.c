#include "programme_lists.h"

#include <math.h>
#include <stdio.h>

#include "num.h"

#define LISTS_ROWS_MOST 1000000000
#define LISTS_SHOWN     3

static bool lists_columns(struct programme_sheet *sheet, const struct programme_list *list)
{
    const char *names[PROGRAMME_COLUMNS_MOST];
    uint64_t before = sheet->sheet.faults->total;
    size_t n = 0;
    for (; n < PROGRAMME_COLUMNS_MOST && list->columns[n].name != NULL; n++) {
        const struct programme_column *column = &list->columns[n];
        names[n] = column->name;
        sheet->at[n] = column->optional ? place_sheet_optional(&sheet->sheet, column->name)
                                        : place_sheet_column(&sheet->sheet, column->name);
    }
    bool found = sheet->sheet.faults->total == before;
    place_sheet_known(&sheet->sheet, names, n);
    return found;
}

int programme_lists_read(struct programme_reader *reader, const struct programme_list *list,
                         void *arg, struct ajar_err *err)
{
    const struct place_table *table = programme_table_of(reader, list->table);
    struct programme_sheet sheet = {.reader = reader};
    bool more;
    if (table->name == NULL) {
        return 0;
    }
    TRY(place_sheet_open(&sheet.sheet, reader->scratch, table->name, table->bytes, LISTS_ROWS_MOST,
                         false, reader->faults, &more, err));
    if (!more || !lists_columns(&sheet, list)) {
        return 0;
    }
    if (list->start != NULL) {
        TRY(list->start(arg, &sheet, (size_t)csv_count_bound(&sheet.sheet.csv), err));
    }
    TRY(place_sheet_next(&sheet.sheet, &more, err));
    while (more) {
        if (!sheet.sheet.ragged) {
            TRY(list->row(arg, &sheet, err));
        }
        TRY(place_sheet_next(&sheet.sheet, &more, err));
    }
    return 0;
}

struct lists_known {
    struct place_ids *ids;
    bool whole;
    const char *what, *file;
};

static int lists_find(struct programme_sheet *sheet, int i, const struct lists_known *known,
                      uint32_t *out, struct ajar_err *err)
{
    struct text id;
    *out = PLACE_NONE;
    if (!place_sheet_id(&sheet->sheet, sheet->at[i], known->what, &id) || !known->whole) {
        return 0;
    }
    *out = place_ids_find(known->ids, id);
    if (*out != PLACE_NONE) {
        return 0;
    }
    struct ajar_err *fault = place_sheet_fault(&sheet->sheet, E_PLACE_UNKNOWN, sheet->at[i],
                                               "no %s has this id in %s", known->what, known->file);
    if (fault == &sheet->sheet.faults->spill) {
        return 0;
    }
    return place_ids_hint(known->ids, sheet->reader->scratch, id, known->what, fault, err);
}

int programme_lists_household(struct programme_sheet *sheet, int i, uint32_t *out,
                              struct ajar_err *err)
{
    struct place_list *list = &sheet->reader->households;
    return lists_find(sheet, i,
                      &(struct lists_known){&list->ids, list->whole, "household", list->file}, out,
                      err);
}

int programme_lists_lot(struct programme_sheet *sheet, int i, uint32_t *out, struct ajar_err *err)
{
    struct place_list *list = &sheet->reader->lots;
    return lists_find(
        sheet, i, &(struct lists_known){&list->ids, list->whole, "locality", list->file}, out, err);
}

int programme_lists_place(struct programme_sheet *sheet, int i, uint32_t *out, struct ajar_err *err)
{
    struct programme_reader *reader = sheet->reader;
    return lists_find(
        sheet, i, &(struct lists_known){&reader->places, reader->sited, "place", reader->lots.file},
        out, err);
}

int programme_lists_state(struct programme_sheet *sheet, int i, uint32_t *out, struct ajar_err *err)
{
    struct programme_reader *reader = sheet->reader;
    return lists_find(
        sheet, i, &(struct lists_known){&reader->states, reader->sited, "state", reader->lots.file},
        out, err);
}

int programme_lists_word(struct programme_sheet *sheet, int i, struct place_ids *words,
                         const char *what, name_id *out, struct ajar_err *err)
{
    struct text word;
    bool fresh;
    *out = 0;
    if (!place_sheet_id(&sheet->sheet, sheet->at[i], what, &word)) {
        return 0;
    }
    return place_ids_add(words, word, &fresh, out, err);
}

uint32_t programme_lists_choice(struct programme_sheet *sheet, int i, const char *const *choices,
                                uint32_t n)
{
    struct text cell = place_sheet_cell(&sheet->sheet, sheet->at[i]);
    uint32_t found = 0;
    while (found < n && !text_is(cell, choices[found])) {
        found++;
    }
    if (found == n) {
        struct ajar_err *fault =
            place_sheet_fault(&sheet->sheet, E_PLACE_WORD, sheet->at[i],
                              "this is neither '%s' nor '%s'", choices[0], choices[1]);
        const char *near = text_nearest(cell, choices, n);
        if (near != NULL) {
            err_hint(fault, "Did you mean '%s'?", near);
        }
    }
    return found;
}

int programme_lists_text(struct programme_sheet *sheet, int i, struct text *out,
                         struct ajar_err *err)
{
    *out = (struct text){"", 0};
    if (sheet->at[i] < 0) {
        return 0;
    }
    struct text cell = place_sheet_cell(&sheet->sheet, sheet->at[i]);
    out->n = cell.n;
    return text_copy(sheet->reader->arena, cell, &out->at, err);
}

bool programme_lists_positions(struct programme_sheet *sheet, int i, const char *asks)
{
    const struct programme_reader *reader = sheet->reader;
    char names[200] = "";
    size_t n = 0;
    uint32_t missing = 0;
    for (uint32_t l = 0; reader->lots.whole && l < reader->lots.ids.n; l++) {
        if (!isnan(reader->point[3 * (size_t)l])) {
            continue;
        }
        struct text id = reader->lots.ids.list[l];
        if (missing++ < LISTS_SHOWN) {
            n += (size_t)snprintf(names + n, sizeof names - n, "%s'%.*s'", n == 0 ? "" : ", ",
                                  (int)text_fit(id, 40), id.at);
        }
    }
    if (missing > 0) {
        place_sheet_fault(&sheet->sheet, E_PLACE_POSITION, sheet->at[i],
                          "%s needs lat and lon of every locality; %u %s none: %s%s", asks,
                          (unsigned)missing, missing == 1 ? "has" : "have", names,
                          missing > LISTS_SHOWN ? ", ..." : "");
    }
    return missing == 0;
}

bool programme_lists_date(struct place_sheet *sheet, int column, date_days *out)
{
    struct text cell = place_sheet_cell(sheet, column);
    date_days guess;
    *out = DATE_NONE;
    if (cell.n == 0 || date_parse(cell, out)) {
        return true;
    }
    struct ajar_err *fault = place_sheet_fault(sheet, E_DATE, column, "this is not a date");
    if (date_guess(cell, &guess)) {
        char shown[DATE_TEXT];
        err_hint(fault, "Did you mean %s?", date_format(guess, shown));
    }
    return false;
}

bool programme_lists_degrees(struct place_sheet *sheet, int column, double most, double *out)
{
    struct text cell = place_sheet_cell(sheet, column);
    double value;
    if (!num_parse(cell, &value)) {
        place_sheet_fault(sheet, E_PLACE_POSITION, column, "%s",
                          cell.n == 0 ? "this cell is empty" : "this is not a number");
        return false;
    }
    if (value < -most || value > most) {
        place_sheet_fault(sheet, E_PLACE_POSITION, column, "this is not between -%d and %d degrees",
                          (int)most, (int)most);
        return false;
    }
    *out = value;
    return true;
}

bool programme_lists_km(struct place_sheet *sheet, int column, double *out)
{
    double value = 0.0;
    bool number = num_parse(place_sheet_cell(sheet, column), &value);
    if (!number || value < 0.0) {
        place_sheet_fault(sheet, E_PLACE_LINK, column, "%s",
                          number ? "this distance is negative" : "this is not a number");
        return false;
    }
    *out = value;
    return true;
}
