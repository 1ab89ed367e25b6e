#include "flow_sheet.h"

#include <stdio.h>
#include <string.h>

#include "flow_check.h"

static void sheet_header_fault(struct flow_sheet *sheet, const char *column, struct text value,
                               const char *what)
{
    err_at(faults_add(sheet->reader->faults), E_FLOW_COLUMN, sheet->file, 1, column, value, "%s",
           what);
}

static void sheet_find(struct flow_sheet *sheet)
{
    const char *names[FLOW_COLUMNS];
    for (size_t c = 0; c < sheet->n; c++) {
        sheet->at[c] = -1;
        names[c] = sheet->columns[c].name;
    }
    for (size_t h = 0; h < sheet->csv.n_columns; h++) {
        struct text word = text_trim(sheet->csv.header[h]);
        size_t c = 0;
        while (c < sheet->n && !text_is(word, names[c])) {
            c++;
        }
        if (c < sheet->n && sheet->at[c] < 0) {
            sheet->at[c] = (int)h;
            continue;
        }
        sheet_header_fault(sheet, NULL, word,
                           c < sheet->n ? "this column stands already"
                                        : "this is no column of this table");
        const char *near = c < sheet->n ? NULL : text_nearest(word, names, sheet->n);
        if (near != NULL && sheet->reader->faults->total <= sheet->reader->faults->limit) {
            err_hint(&sheet->reader->faults->at[sheet->reader->faults->kept - 1],
                     "Did you mean '%s'?", near);
        }
    }
    for (size_t c = 0; c < sheet->n; c++) {
        if (sheet->columns[c].needed && sheet->at[c] < 0) {
            sheet_header_fault(sheet, names[c], (struct text){"", 0}, "this column is missing");
        }
    }
}

/* A problem of the input becomes a fault; one of the machine ends the reading. */
static int sheet_absorb(struct flow_sheet *sheet, int code, const struct ajar_err *problem,
                        struct ajar_err *err)
{
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem->text);
    }
    *faults_add(sheet->reader->faults) = *problem;
    return 0;
}

int flow_sheet_open(struct flow_sheet *out, struct flow_reader *reader, enum flow_table table,
                    struct text bytes, const struct flow_column *columns, size_t n, bool *open,
                    struct ajar_err *err)
{
    struct ajar_err problem = {0};
    const struct csv_limits limits = {64, 4096, FLOW_ROWS_MOST};
    memset(out, 0, sizeof *out);
    out->reader = reader;
    out->file = flow_table_file(table);
    out->columns = columns;
    out->n = n;
    *open = false;
    if (bytes.at == NULL) {
        return 0;
    }
    if (bytes.n > FLOW_FILE_MOST) {
        err_at(faults_add(reader->faults), E_FLOW_TOO_LARGE, out->file, 0, NULL,
               (struct text){"", 0}, "this file is larger than %zu bytes", FLOW_FILE_MOST);
        return 0;
    }
    uint64_t before = reader->faults->total;
    int code = csv_open(&out->csv, reader->scratch, out->file, bytes, 0, &limits, &problem);
    if (code != 0) {
        return sheet_absorb(out, code, &problem, err);
    }
    sheet_find(out);
    *open = reader->faults->total == before;
    return 0;
}

size_t flow_sheet_bound(const struct flow_sheet *sheet)
{
    uint64_t bound = csv_count_bound(&sheet->csv);
    return bound < FLOW_ROWS_MOST ? (size_t)bound : FLOW_ROWS_MOST;
}

static bool sheet_plain(const struct flow_sheet *sheet)
{
    for (size_t c = 0; c < sheet->n; c++) {
        struct text cell = sheet->cells[c];
        if (cell.n > FLOW_WORD_MOST) {
            flow_fault(sheet->reader, flow_sheet_spot(sheet, c), E_CSV_FIELD,
                       "this field has more than %d bytes", FLOW_WORD_MOST);
            return false;
        }
        for (size_t i = 0; i < cell.n; i++) {
            if ((unsigned char)cell.at[i] < 0x20 || cell.at[i] == 0x7f) {
                flow_fault(sheet->reader, flow_sheet_spot(sheet, c), E_UTF8,
                           "a control character stands in this field");
                return false;
            }
        }
    }
    return true;
}

bool flow_sheet_next(struct flow_sheet *sheet)
{
    bool more = true;
    while (more) {
        struct ajar_err problem = {0};
        int code = csv_next(&sheet->csv, &more, &problem);
        if (code != 0) {
            *faults_add(sheet->reader->faults) = problem;
            more = code == E_CSV_SHORT || code == E_CSV_LONG;
            continue;
        }
        if (!more) {
            break;
        }
        for (size_t c = 0; c < sheet->n; c++) {
            sheet->cells[c] =
                sheet->at[c] < 0 ? (struct text){"", 0} : flow_word(sheet->csv.cells[sheet->at[c]]);
        }
        sheet->row =
            (struct flow_row){.line = sheet->csv.row, .n = sheet->n, .cells = sheet->cells};
        if (sheet_plain(sheet)) {
            return true;
        }
    }
    return false;
}

struct flow_spot flow_sheet_spot(const struct flow_sheet *sheet, size_t i)
{
    return (struct flow_spot){sheet->file, &sheet->row, i, sheet->columns[i].name};
}

int flow_sheet_word(const struct flow_sheet *sheet, size_t i, struct text *out,
                    struct ajar_err *err)
{
    const char *copy;
    TRY(text_copy(sheet->reader->arena, sheet->cells[i], &copy, err));
    *out = (struct text){copy, sheet->cells[i].n};
    return 0;
}

bool flow_sheet_day(const struct flow_sheet *sheet, size_t i, int32_t least, int32_t *out)
{
    date_days date;
    if (!flow_date_near(sheet->reader, flow_sheet_spot(sheet, i), &date)) {
        return false;
    }
    int64_t day = (int64_t)date - sheet->reader->world.start;
    if (sheet->reader->dated && day < least) {
        flow_fault(sheet->reader, flow_sheet_spot(sheet, i), E_FLOW_DAY,
                   "this is before the start");
        return false;
    }
    *out = sheet->reader->dated ? (int32_t)day : 0;
    return true;
}

bool flow_sheet_known(const struct flow_sheet *sheet, size_t i, date_days own, bool count,
                      date_days *out)
{
    date_days known = own;
    if (sheet->cells[i].n > 0 && !flow_date(sheet->reader, flow_sheet_spot(sheet, i), &known)) {
        return false;
    }
    if (count && known < own) {
        flow_fault(sheet->reader, flow_sheet_spot(sheet, i), E_FLOW_DAY,
                   "this is before the day that the row is about");
        return false;
    }
    *out = known;
    return true;
}

bool flow_sheet_choice(const struct flow_sheet *sheet, size_t i, enum err_code code,
                       const char *const *words, size_t n, size_t *out)
{
    char list[200] = "";
    for (size_t k = 0; k < n; k++) {
        size_t at = strlen(list);
        snprintf(list + at, sizeof list - at, "%s%s", k == 0 ? "" : ", ", words[k]);
        if (text_is(sheet->cells[i], words[k])) {
            *out = k;
            return true;
        }
    }
    flow_fault(sheet->reader, flow_sheet_spot(sheet, i), code, "this is none of %s", list);
    return false;
}
