#include "place_sheet.h"

#include <stdio.h>
#include <string.h>

#include "num.h"
#include "place_trait.h"

#define COLUMNS_MOST 256
#define FIELD_MOST   4096
#define COLUMN_SHOWN 64
#define SENTENCE     300

static const struct text no_text = {"", 0};

/* A problem of the input becomes a fault; one of the machine ends the reading. */
static int sheet_absorb(struct place_sheet *sheet, int code, struct ajar_err *err)
{
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", sheet->problem.text);
    }
    *faults_add(sheet->faults) = sheet->problem;
    sheet->stopped = sheet->stopped || (code != E_CSV_SHORT && code != E_CSV_LONG);
    return 0;
}

static void sheet_traits(struct place_sheet *sheet)
{
    for (size_t c = 0; c < sheet->csv.n_columns; c++) {
        struct text column = text_trim(sheet->csv.header[c]);
        if (place_trait(column)) {
            struct ajar_err *fault = place_sheet_header(
                sheet, E_PLACE_SENSITIVE, column,
                "this column speaks of nationality, sex, religion, ethnicity or race: such a trait "
                "is never part of a need or a score");
            err_hint(fault, "Remove the column. Where the law asks for such a trait it may be a "
                            "condition of an offer, with its legal basis.");
        }
    }
}

int place_sheet_open(struct place_sheet *out, struct arena *scratch, const char *file,
                     struct text bytes, uint64_t records, bool traits, struct faults *faults,
                     bool *open, struct ajar_err *err)
{
    const struct csv_limits limits = {COLUMNS_MOST, FIELD_MOST, records};
    *out = (struct place_sheet){.file = file, .faults = faults};
    *open = false;
    int code = csv_open(&out->csv, scratch, file, bytes, 0, &limits, &out->problem);
    if (code != 0) {
        return sheet_absorb(out, code, err);
    }
    if (!traits) {
        sheet_traits(out);
    }
    *open = true;
    return 0;
}

int place_sheet_next(struct place_sheet *sheet, bool *more, struct ajar_err *err)
{
    int code = csv_next(&sheet->csv, more, &sheet->problem);
    sheet->ragged = code != 0;
    if (code != 0) {
        TRY(sheet_absorb(sheet, code, err));
        *more = !sheet->stopped;
    }
    return 0;
}

static struct ajar_err *sheet_say(struct place_sheet *sheet, enum err_code code, long row,
                                  struct text column, struct text value, const char *format,
                                  va_list args)
{
    struct ajar_err *fault = faults_add(sheet->faults);
    char name[COLUMN_SHOWN], sentence[SENTENCE];
    snprintf(name, sizeof name, "%.*s", (int)text_fit(column, sizeof name - 1), column.at);
    vsnprintf(sentence, sizeof sentence, format, args);
    err_at(fault, code, sheet->file, row, name, value, "%s", sentence);
    return fault;
}

struct ajar_err *place_sheet_header(struct place_sheet *sheet, enum err_code code,
                                    struct text column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct ajar_err *fault = sheet_say(sheet, code, 1, column, no_text, format, args);
    va_end(args);
    return fault;
}

struct ajar_err *place_sheet_fault(struct place_sheet *sheet, enum err_code code, int column,
                                   const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct ajar_err *fault =
        sheet_say(sheet, code, sheet->csv.row, text_trim(sheet->csv.header[column]),
                  place_sheet_cell(sheet, column), format, args);
    va_end(args);
    return fault;
}

static int sheet_find(struct place_sheet *sheet, const char *name, bool needed)
{
    int found = -1;
    for (size_t c = 0; c < sheet->csv.n_columns; c++) {
        if (!text_is(text_trim(sheet->csv.header[c]), name)) {
            continue;
        }
        if (found >= 0) {
            place_sheet_header(sheet, E_PLACE_COLUMN, text_of(name),
                               "this column stands here a second time");
            return -1;
        }
        found = (int)c;
    }
    if (found < 0 && needed) {
        place_sheet_header(sheet, E_PLACE_COLUMN, text_of(name), "this column is missing");
    }
    return found;
}

int place_sheet_column(struct place_sheet *sheet, const char *name)
{
    return sheet_find(sheet, name, true);
}

int place_sheet_optional(struct place_sheet *sheet, const char *name)
{
    return sheet_find(sheet, name, false);
}

void place_sheet_known(struct place_sheet *sheet, const char *const *names, size_t n)
{
    for (size_t c = 0; c < sheet->csv.n_columns; c++) {
        struct text column = text_trim(sheet->csv.header[c]);
        bool known = false;
        for (size_t i = 0; i < n; i++) {
            known = known || text_is(column, names[i]);
        }
        known = known || place_trait(column); /* a fault already */
        if (!known) {
            struct ajar_err *fault = place_sheet_header(sheet, E_PLACE_COLUMN, column,
                                                        "this is no column of this table");
            const char *near = text_nearest(column, names, n);
            if (near != NULL) {
                err_hint(fault, "Did you mean '%s'?", near);
            }
        }
    }
}

struct text place_sheet_cell(const struct place_sheet *sheet, int column)
{
    struct text cell = text_trim(sheet->csv.cells[column]);
    if (cell.n > 1 && cell.at[0] == '\'' && strchr("=+-@", cell.at[1]) != NULL) {
        return (struct text){cell.at + 1, cell.n - 1};
    }
    return cell;
}

bool place_sheet_id(struct place_sheet *sheet, int column, const char *what, struct text *out)
{
    struct text id = place_sheet_cell(sheet, column);
    if (id.n == 0) {
        place_sheet_fault(sheet, E_PLACE_ID, column, "this row names no %s", what);
        return false;
    }
    if (id.n > PLACE_ID_MOST) {
        place_sheet_fault(sheet, E_PLACE_ID, column, "this id has %zu bytes; at most %d are taken",
                          id.n, PLACE_ID_MOST);
        return false;
    }
    for (size_t i = 0; i < id.n; i++) {
        if ((unsigned char)id.at[i] < 0x20 || id.at[i] == 0x7f) {
            place_sheet_fault(sheet, E_PLACE_ID, column, "a control character stands in this id");
            return false;
        }
    }
    *out = id;
    return true;
}

static const char *sheet_why(struct text cell, bool large)
{
    double value;
    if (cell.n == 0) {
        return "this cell is empty";
    }
    if (large) {
        return "this number is out of range";
    }
    if (!num_parse(cell, &value)) {
        return "this is not a number";
    }
    bool plain = true;
    for (size_t i = 0; i < cell.n; i++) {
        plain = plain && ((cell.at[i] >= '0' && cell.at[i] <= '9') || (i == 0 && cell.at[0] < '0'));
    }
    return plain ? "this number is out of range" : "this is not a whole number";
}

bool place_sheet_whole(struct place_sheet *sheet, int column, int32_t least, int32_t most,
                       int32_t *out)
{
    int64_t value = 0;
    struct text cell = place_sheet_cell(sheet, column);
    bool whole = num_parse_int(cell, &value);
    if (whole && value >= least && value <= most) {
        *out = (int32_t)value;
        return true;
    }
    bool negative = whole && value < 0 && least == 0;
    struct ajar_err *fault =
        place_sheet_fault(sheet, E_PLACE_NUMBER, column, "%s",
                          negative ? "this number is negative" : sheet_why(cell, whole));
    if (least < 0) {
        err_hint(fault, "Write a whole number of micro-units from %d to %d; 0.5 is written 500000.",
                 (int)least, (int)most);
    } else {
        err_hint(fault, "Write a whole number from %d to %d%s", (int)least, (int)most,
                 least == 0 ? "; 0 for none." : ".");
    }
    return false;
}
