#include "series_cell.h"

#include <string.h>

#include "num.h"
#include "number_guess.h"

#define COUNT_OF(array)    (sizeof(array) / sizeof *(array))
#define SERIES_FAST_DIGITS 15

const char *series_form_word(enum series_form form)
{
    static const char *const words[] = {[SERIES_NO_FORM] = "",
                                        [SERIES_ISO] = "YYYY-MM-DD",
                                        [SERIES_DMY] = "day.month.year",
                                        [SERIES_ISO_WEEK] = "YYYY-Www, ISO weeks"};
    return words[form];
}

static bool series_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The number of `least` to `most` digits that the text begins with; they are taken off. */
static bool series_digits(struct text *a, size_t least, size_t most, int *out)
{
    size_t n = 0;
    *out = 0;
    while (n < a->n && n < most && series_is_digit(a->at[n])) {
        *out = *out * 10 + (a->at[n] - '0');
        n++;
    }
    *a = (struct text){a->at + n, a->n - n};
    return n >= least;
}

static bool series_take(struct text *a, char c)
{
    if (a->n == 0 || a->at[0] != c) {
        return false;
    }
    *a = (struct text){a->at + 1, a->n - 1};
    return true;
}

static bool series_iso(struct text a, date_days *out)
{
    int year, month, day;
    bool whole = series_digits(&a, 4, 4, &year) && series_take(&a, '-') &&
                 series_digits(&a, 2, 2, &month) && series_take(&a, '-') &&
                 series_digits(&a, 2, 2, &day) && a.n == 0;
    if (!whole || !date_exists(year, month, day)) {
        return false;
    }
    *out = date_from_civil(year, month, day);
    return true;
}

static bool series_dmy(struct text a, date_days *out)
{
    int year, month, day;
    bool whole = series_digits(&a, 1, 2, &day) && series_take(&a, '.') &&
                 series_digits(&a, 1, 2, &month) && series_take(&a, '.') &&
                 series_digits(&a, 4, 4, &year) && a.n == 0;
    if (!whole || !date_exists(year, month, day)) {
        return false;
    }
    *out = date_from_civil(year, month, day);
    return true;
}

/* The Monday of week 1 of a year: the week that holds 4 January (ISO 8601). */
static date_days series_week_one(int year)
{
    date_days fourth = date_from_civil(year, 1, 4);
    return fourth - (date_weekday(fourth) - 1);
}

static bool series_week(struct text a, date_days *out)
{
    int year, week;
    bool whole = series_digits(&a, 4, 4, &year) && (series_take(&a, '-') || true) &&
                 (series_take(&a, 'W') || series_take(&a, 'w')) && series_digits(&a, 2, 2, &week) &&
                 a.n == 0;
    if (!whole || year < SERIES_YEAR_FIRST || year > SERIES_YEAR_LAST || week < 1) {
        return false;
    }
    date_days monday = series_week_one(year) + (week - 1) * 7;
    if (monday >= series_week_one(year + 1)) {
        return false;
    }
    *out = monday;
    return true;
}

static bool series_year_fits(date_days date)
{
    return date >= date_from_civil(SERIES_YEAR_FIRST, 1, 1) &&
           date <= date_from_civil(SERIES_YEAR_LAST, 12, 31);
}

enum series_form series_date(struct text cell, date_days *out)
{
    date_days date;
    enum series_form form = series_iso(cell, &date)    ? SERIES_ISO
                            : series_dmy(cell, &date)  ? SERIES_DMY
                            : series_week(cell, &date) ? SERIES_ISO_WEEK
                                                       : SERIES_NO_FORM;
    if (form == SERIES_NO_FORM || !series_year_fits(date)) {
        return SERIES_NO_FORM;
    }
    *out = date;
    return form;
}

/* "3/4/2022", "03-04-2022": the day and the month may be either. */
static bool series_two_ways(struct text a, int *first, int *second, int *year)
{
    if (!series_digits(&a, 1, 2, first) || a.n == 0 || (a.at[0] != '/' && a.at[0] != '-')) {
        return false;
    }
    char sign = a.at[0];
    return series_take(&a, sign) && series_digits(&a, 1, 2, second) && series_take(&a, sign) &&
           series_digits(&a, 4, 4, year) && a.n == 0 && *first <= 12 && *second <= 12 &&
           *first >= 1 && *second >= 1 && *first != *second;
}

/* "21.09.22": a year of two digits. */
static bool series_short_year(struct text a, int *day, int *month, int *year)
{
    return series_digits(&a, 1, 2, day) && series_take(&a, '.') && series_digits(&a, 1, 2, month) &&
           series_take(&a, '.') && series_digits(&a, 2, 2, year) && a.n == 0;
}

/* The date before a time of day: "2022-09-21 00:00:00". */
static bool series_timed(struct text a, struct text *date)
{
    *date = (struct text){a.at, 10};
    date_days day;
    return a.n > 10 && (a.at[10] == ' ' || a.at[10] == 'T') && series_iso(*date, &day);
}

static bool series_far(struct text cell, date_days *date)
{
    return series_iso(cell, date) || series_dmy(cell, date);
}

void series_date_fault(struct ajar_err *fault, const char *file, long row, const char *column,
                       struct text cell)
{
    int a, b, year;
    struct date_partial partial;
    struct text timed;
    date_days guess;
    char text[DATE_TEXT];
    if (series_two_ways(cell, &a, &b, &year)) {
        err_at(fault, E_WATCH_FILE_DATE_TWO_WAYS, file, row, column, cell,
               "The date can be read as day/month and as month/day.");
        err_hint(fault, "Write %04d-%02d-%02d or %04d-%02d-%02d, whichever is meant.", year, b, a,
                 year, a, b);
        return;
    }
    err_at(fault, E_WATCH_FILE_DATE, file, row, column, cell, "This is no date.");
    if (cell.n == 0) {
        err_at(fault, E_WATCH_FILE_DATE, file, row, column, cell, "The row has no date.");
        err_hint(fault, "Fill it in, or remove the row.");
    } else if (series_short_year(cell, &a, &b, &year)) {
        err_hint(fault, "Write the year with four digits, such as %02d.%02d.20%02d.", a, b, year);
    } else if (series_far(cell, &guess)) {
        err_at(fault, E_WATCH_FILE_DATE, file, row, column, cell,
               "The year is not between %d and %d.", SERIES_YEAR_FIRST, SERIES_YEAR_LAST);
    } else if (series_timed(cell, &timed)) {
        err_hint(fault, "Write the day alone: %.*s.", (int)timed.n, timed.at);
    } else if (date_parse_partial(cell, &partial)) {
        err_hint(fault, "For a month or a year give its first and last day in the columns from and "
                        "to.");
    } else if (date_guess(cell, &guess)) {
        err_hint(fault, "Did you mean %s?", date_format(guess, text));
    } else {
        err_hint(fault, "Write it like 2022-09-21, 21.09.2022, or 2022-W38 for a week.");
    }
}

/* What may group digits, and how many of it stand in the number at least: a single comma or point may be
 * the decimal one. */
struct series_gap {
    const char *sign;
    size_t least;
};
static const struct series_gap series_gaps[] = {
    {" ", 1},      {"'", 1},      {"\u00a0", 1}, {"\u2009", 1},
    {"\u202f", 1}, {"\u2019", 1}, {",", 2},      {".", 2},
};

static bool series_grouped(struct text a, const struct series_gap *gap, double *out)
{
    char digits[NUM_TEXT];
    size_t n = 0, run = 0, gaps = 0;
    bool negative = series_take(&a, '-');
    while (a.n > 0) {
        if (series_is_digit(a.at[0]) && n < sizeof digits) {
            digits[n++] = a.at[0];
            run++;
            a = (struct text){a.at + 1, a.n - 1};
        } else if (text_starts(a, gap->sign) && (gaps == 0 ? run >= 1 && run <= 3 : run == 3)) {
            a = (struct text){a.at + strlen(gap->sign), a.n - strlen(gap->sign)};
            gaps++;
            run = 0;
        } else {
            return false;
        }
    }
    if (gaps < gap->least || run != 3 || !num_parse((struct text){digits, n}, out)) {
        return false;
    }
    *out = negative ? -*out : *out;
    return true;
}

bool series_number(struct text cell, double *out, bool *grouped)
{
    size_t n = 0;
    int64_t whole = 0;
    *grouped = false;
    while (n < cell.n && n < SERIES_FAST_DIGITS && series_is_digit(cell.at[n])) {
        whole = whole * 10 + (cell.at[n] - '0');
        n++;
    }
    if (n > 0 && n == cell.n) {
        *out = (double)whole;
        return true;
    }
    if (num_parse(cell, out)) {
        return !number_two_ways(cell);
    }
    for (size_t i = 0; i < COUNT_OF(series_gaps); i++) {
        if (series_grouped(cell, &series_gaps[i], out)) {
            *grouped = true;
            return true;
        }
    }
    return false;
}
