#include <stdio.h>
#include <string.h>

#include "number_guess.h"
#include "place_import_parts.h"
#include "place_sheet.h"
#include "series_cell.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define EXCEL_DAY_ZERO  (-25569) /* 1899-12-30, from which spreadsheets count days */

/* Blanks that spreadsheets put between groups of digits, beside the plain one. */
static const char *const wide_blanks[] = {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};
static const char *const nothing_words[] = {"", "-", "–", "—", "нет", "no", "nein", "kein"};
static const char *const yes_words[] = {"да", "есть", "+",   "1", "x",  "X",  "х",    "Х", "Да",
                                        "ДА", "yes",  "Yes", "y", "ja", "Ja", "true", "✓"};
static const char *const no_words[] = {"",   "-",  "–",    "—",    "нет", "Нет",  "НЕТ",
                                       "no", "No", "nein", "Nein", "0",   "false"};

static bool cell_in(struct text cell, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (text_is(cell, words[i])) {
            return true;
        }
    }
    return false;
}

/* Bytes of a blank that the cell begins with: 0 none. */
static size_t cell_blank(struct text cell)
{
    for (size_t i = 0; i < COUNT_OF(wide_blanks); i++) {
        if (text_starts(cell, wide_blanks[i])) {
            return strlen(wide_blanks[i]);
        }
    }
    return cell.n > 0 && cell.at[0] == ' ' ? 1 : 0;
}

struct text place_import_cell(const struct place_import_reader *it, size_t column)
{
    struct text cell = text_trim(it->csv.cells[column]);
    for (size_t n; (n = cell_blank(cell)) > 0;) {
        cell = text_trim((struct text){cell.at + n, cell.n - n});
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < COUNT_OF(wide_blanks); i++) {
            size_t n = strlen(wide_blanks[i]);
            if (cell.n >= n && memcmp(cell.at + cell.n - n, wide_blanks[i], n) == 0) {
                cell = text_trim((struct text){cell.at, cell.n - n});
                again = true;
            }
        }
    }
    return cell;
}

struct ajar_err *place_import_fault(struct place_import_reader *it, size_t column,
                                    const char *format, ...)
{
    char text[200], heading[64];
    struct text name = it->columns[column].heading;
    size_t n = text_fit(name, sizeof heading - 1);
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    memcpy(heading, name.at, n);
    heading[n] = '\0';
    struct ajar_err *fault = faults_add(&it->row);
    err_at(fault, E_PLACE_IMPORT_CELL, it->file, it->csv.row, heading,
           place_import_cell(it, column), "%s", text);
    return fault;
}

static bool cell_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, in groups of three between blanks or not; then nothing but zeros behind a comma or point. */
static bool cell_digits(struct text cell, int64_t *out, bool *fraction)
{
    size_t i = 0, group = 0;
    bool grouped = false;
    *out = 0;
    *fraction = false;
    while (i < cell.n && *out <= PLACE_AMOUNT_MOST) {
        size_t blank = cell_blank((struct text){cell.at + i, cell.n - i});
        if (cell_digit(cell.at[i])) {
            *out = *out * 10 + (cell.at[i] - '0');
            group++, i++;
        } else if (blank > 0 && group > 0 && (grouped ? group == 3 : group <= 3)) {
            grouped = true;
            group = 0, i += blank;
        } else {
            break;
        }
    }
    bool whole = group > 0 && (!grouped || group == 3);
    if (!whole || i == cell.n) {
        return whole;
    }
    bool point = (cell.at[i] == ',' || cell.at[i] == '.') && i + 1 < cell.n;
    for (size_t k = i + 1; point && k < cell.n; k++) {
        point = cell_digit(cell.at[k]);
        *fraction = *fraction || cell.at[k] != '0';
    }
    return point;
}

bool place_import_whole(struct place_import_reader *it, size_t column, int32_t *out, bool *empty)
{
    struct text cell = place_import_cell(it, column);
    int64_t number;
    bool fraction;
    *empty = cell_in(cell, nothing_words, COUNT_OF(nothing_words));
    *out = 0;
    if (*empty) {
        return true;
    }
    if (!cell_digits(cell, &number, &fraction)) {
        struct text rest = {cell.at + 1, cell.n - 1};
        if (cell.at[0] == '-' && cell_digits(rest, &number, &fraction)) {
            err_hint(place_import_fault(it, column, "a number here is not below 0"),
                     "Write 0 for none, or correct the sign.");
        } else {
            number_guess_hint(place_import_fault(it, column, "this is no whole number"), cell);
        }
        return false;
    }
    if (number_two_ways(cell)) {
        number_guess_hint(place_import_fault(it, column, "this can be read in two ways"), cell);
        return false;
    }
    if (fraction) {
        err_hint(place_import_fault(it, column, "a number here is whole"), "Write %lld or %lld.",
                 (long long)number, (long long)number + 1);
        return false;
    }
    if (number > PLACE_AMOUNT_MOST) {
        place_import_fault(it, column, "a number here is at most %d", PLACE_AMOUNT_MOST);
        return false;
    }
    *out = (int32_t)number;
    return true;
}

bool place_import_yes(struct place_import_reader *it, size_t column, bool *out)
{
    struct text cell = place_import_cell(it, column);
    *out = cell_in(cell, yes_words, COUNT_OF(yes_words));
    if (*out || cell_in(cell, no_words, COUNT_OF(no_words))) {
        return true;
    }
    err_hint(place_import_fault(it, column, "this is neither yes nor no"),
             "Write yes or no (да, нет; ja, nein; +, -).");
    return false;
}

static void cell_date_fault(struct place_import_reader *it, size_t column, struct text cell)
{
    struct ajar_err *fault = place_import_fault(it, column, "this is no date");
    char to[DATE_TEXT];
    date_days guess;
    int64_t day;
    bool fraction;
    if (cell.n == 5 && cell_digits(cell, &day, &fraction)) {
        err_hint(fault,
                 "A spreadsheet's number of a day would be %s: have the column shown as dates, and "
                 "export again.",
                 date_format((date_days)(day + EXCEL_DAY_ZERO), to));
    } else if (date_guess(cell, &guess)) {
        err_hint(fault, "Did you mean %s?", date_format(guess, to));
    } else {
        err_hint(fault, "Write it as YYYY-MM-DD or day.month.year.");
    }
}

bool place_import_date(struct place_import_reader *it, size_t column, struct text *out)
{
    struct text cell = place_import_cell(it, column);
    date_days day;
    enum series_form form = series_date(cell, &day);
    *out = (struct text){"", 0};
    if (cell.n == 0) {
        return true;
    }
    if (form != SERIES_ISO && form != SERIES_DMY) {
        cell_date_fault(it, column, cell);
        return false;
    }
    char to[DATE_TEXT];
    const char *copy;
    if (text_copy(it->scratch, text_of(date_format(day, to)), &copy, NULL) != 0) {
        return place_import_fault(it, column, "there is no memory left"), false;
    }
    *out = text_of(copy);
    return true;
}

bool place_import_degrees(struct place_import_reader *it, size_t column, double most,
                          struct text *out)
{
    struct text cell = place_import_cell(it, column);
    char bytes[NUM_TEXT];
    const char *copy;
    double degrees;
    *out = (struct text){"", 0};
    if (cell.n == 0) {
        return true;
    }
    size_t n = cell.n < sizeof bytes ? cell.n : sizeof bytes - 1;
    for (size_t i = 0; i < n; i++) {
        bytes[i] = cell.at[i] == ',' ? '.' : cell.at[i];
    }
    struct text number = {bytes, n};
    if (n < cell.n || !num_parse(number, &degrees) || !(degrees >= -most && degrees <= most)) {
        err_hint(place_import_fault(it, column, "this is no degree from -%g to %g", most, most),
                 "Write it as 51,31 or 51.31.");
        return false;
    }
    if (text_copy(it->scratch, number, &copy, NULL) != 0) {
        return place_import_fault(it, column, "there is no memory left"), false;
    }
    *out = (struct text){copy, n};
    return true;
}
