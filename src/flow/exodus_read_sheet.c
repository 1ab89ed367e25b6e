#include "exodus_read_sheet.h"

#include <stdio.h>
#include <string.h>

#include "flow_check.h"
#include "num.h"

static const char *const column_names[SEEN_COLUMNS] = {[SEEN_COUNTRY] = "country_iso3",
                                                       [SEEN_ROUTE] = "route",
                                                       [SEEN_MEASURE] = "measure",
                                                       [SEEN_FROM] = "date_from",
                                                       [SEEN_TO] = "date_to",
                                                       [SEEN_SOURCE] = "source_id",
                                                       [SEEN_USE] = "use",
                                                       [SEEN_SCALE] = "scale",
                                                       [SEEN_LEAST] = "at_least",
                                                       [SEEN_EITHER] = "either",
                                                       [SEEN_FIRST] = "first_part",
                                                       [SEEN_LAST] = "last_part",
                                                       [SEEN_WHY] = "why"};

const char *exodus_column_name(enum exodus_column column)
{
    return column_names[column];
}

static bool column_needed(enum exodus_column column)
{
    return column < SEEN_LEAST || column == SEEN_WHY;
}

static struct ajar_err *header_fault(struct exodus_sheet *sheet, const char *column,
                                     struct text value, const char *what)
{
    struct ajar_err *fault = faults_add(sheet->reader->faults);
    err_at(fault, E_EXODUS_COLUMN, EXODUS_SEEN_FILE, 1, column, value, "%s", what);
    return fault;
}

static void sheet_header(struct exodus_sheet *sheet)
{
    for (size_t c = 0; c < SEEN_COLUMNS; c++) {
        sheet->at[c] = -1;
    }
    for (size_t h = 0; h < sheet->csv.n_columns; h++) {
        struct text word = text_trim(sheet->csv.header[h]);
        size_t c = 0;
        while (c < SEEN_COLUMNS && !text_is(word, column_names[c])) {
            c++;
        }
        if (c == SEEN_COLUMNS) {
            struct ajar_err *fault =
                header_fault(sheet, NULL, word, "this is no column of this table");
            const char *near = text_nearest(word, column_names, SEEN_COLUMNS);
            if (near != NULL) {
                err_hint(fault, "Did you mean %s?", near);
            }
        } else if (sheet->at[c] >= 0) {
            header_fault(sheet, NULL, word, "this column stands already");
        } else {
            sheet->at[c] = (int)h;
        }
    }
    for (size_t c = 0; c < SEEN_COLUMNS; c++) {
        if (column_needed((enum exodus_column)c) && sheet->at[c] < 0) {
            header_fault(sheet, column_names[c], (struct text){"", 0}, "this column is missing");
        }
    }
}

int exodus_sheet_open(struct exodus_sheet *out, struct exodus_reader *reader, struct text bytes,
                      bool *open, struct ajar_err *err)
{
    static const struct csv_limits limits = {64, 4096, EXODUS_SEEN_MOST};
    struct ajar_err problem = {0};
    uint64_t before = reader->faults->total;
    *out = (struct exodus_sheet){.reader = reader};
    *open = false;
    if (bytes.at == NULL || bytes.n > EXODUS_SEEN_FILE_MOST) {
        bool absent = bytes.at == NULL;
        err_at(faults_add(reader->faults), absent ? E_EXODUS_FILE : E_EXODUS_MANY, EXODUS_SEEN_FILE,
               0, NULL, (struct text){"", 0}, "%s",
               absent ? "this file is missing" : "this file is larger than 4 MiB");
        return 0;
    }
    int code = csv_open(&out->csv, reader->scratch, EXODUS_SEEN_FILE, bytes, 0, &limits, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(reader->faults) = problem;
        return 0;
    }
    sheet_header(out);
    *open = reader->faults->total == before;
    return 0;
}

size_t exodus_sheet_bound(const struct exodus_sheet *sheet)
{
    uint64_t bound = csv_count_bound(&sheet->csv);
    return bound < EXODUS_SEEN_MOST ? (size_t)bound : EXODUS_SEEN_MOST;
}

struct ajar_err *exodus_sheet_fault(struct exodus_sheet *sheet, enum exodus_column column,
                                    enum err_code code, const char *sentence)
{
    struct ajar_err *fault = faults_add(sheet->reader->faults);
    err_at(fault, code, EXODUS_SEEN_FILE, sheet->csv.row, column_names[column],
           sheet->cells[column], "%s", sentence);
    return fault;
}

static bool sheet_plain(struct exodus_sheet *sheet)
{
    for (size_t c = 0; c < SEEN_COLUMNS; c++) {
        struct text cell = sheet->cells[c];
        bool plain = cell.n <= EXODUS_WHY_MOST;
        for (size_t i = 0; plain && i < cell.n; i++) {
            plain = (unsigned char)cell.at[i] >= 0x20 && cell.at[i] != 0x7f;
        }
        if (!plain) {
            exodus_sheet_fault(sheet, (enum exodus_column)c, E_EXODUS_TEXT,
                               "a text of at most 1000 bytes on one line is expected here");
            return false;
        }
    }
    return true;
}

bool exodus_sheet_next(struct exodus_sheet *sheet)
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
        for (size_t c = 0; c < SEEN_COLUMNS; c++) {
            sheet->cells[c] =
                sheet->at[c] < 0 ? (struct text){"", 0} : flow_word(sheet->csv.cells[sheet->at[c]]);
        }
        if (sheet_plain(sheet)) {
            return true;
        }
    }
    return false;
}

name_id exodus_sheet_name(const struct exodus_sheet *sheet, enum exodus_column column)
{
    return names_find(sheet->reader->scenario->names, sheet->cells[column]);
}

bool exodus_sheet_date(struct exodus_sheet *sheet, enum exodus_column column, date_days *out)
{
    date_days guess;
    char day[DATE_TEXT];
    if (date_parse(sheet->cells[column], out)) {
        return true;
    }
    struct ajar_err *fault = exodus_sheet_fault(sheet, column, E_DATE, "this is not a date");
    if (date_guess(sheet->cells[column], &guess)) {
        err_hint(fault, "Did you mean %s?", date_format(guess, day));
    }
    return false;
}

bool exodus_sheet_choice(struct exodus_sheet *sheet, enum exodus_column column,
                         const char *const *words, size_t n, size_t *out)
{
    char sentence[120] = "this is none of ";
    for (size_t i = 0; i < n; i++) {
        size_t at = strlen(sentence);
        snprintf(sentence + at, sizeof sentence - at, "%s%s", i == 0 ? "" : ", ", words[i]);
        if (text_is(sheet->cells[column], words[i])) {
            *out = i;
            return true;
        }
    }
    struct ajar_err *fault = exodus_sheet_fault(sheet, column, E_EXODUS_USE, sentence);
    const char *near = text_nearest(sheet->cells[column], words, n);
    if (near != NULL && sheet->cells[column].n > 0) {
        err_hint(fault, "Did you mean %s?", near);
    }
    return false;
}

bool exodus_sheet_above(struct exodus_sheet *sheet, enum exodus_column column, double most,
                        double *out)
{
    char sentence[80];
    double value;
    if (!num_parse(sheet->cells[column], &value)) {
        exodus_sheet_fault(sheet, column, E_NUMBER, "this is not a number");
        return false;
    }
    if (!(value > 0 && value <= most)) {
        snprintf(sentence, sizeof sentence, "this is not above 0 and at most %g", most);
        exodus_sheet_fault(sheet, column, E_NUMBER_RANGE, sentence);
        return false;
    }
    *out = value;
    return true;
}
