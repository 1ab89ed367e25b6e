#include "date.h"

#include <stdio.h>
#include <string.h>

/* Days from civil and back: Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), with
 * years that start in March so that the leap day comes last. */
date_days date_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = y / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + days - 719468;
}

void date_to_civil(date_days date, int *year, int *month, int *day)
{
    int z = date + 719468;
    int era = z / 146097;
    int of_era = z - era * 146097;
    int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * y + y / 4 - y / 100);
    int m = (5 * of_year + 2) / 153;
    *day = of_year - (153 * m + 2) / 5 + 1;
    *month = m < 10 ? m + 3 : m - 9;
    *year = y + era * 400 + (*month <= 2 ? 1 : 0);
}

static int date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_exists(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= date_month_days(year, month);
}

int date_weekday(date_days date)
{
    int day = (date + 3) % 7; /* 1970-01-01 was a Thursday */
    return (day < 0 ? day + 7 : day) + 1;
}

/* n digits at `at`, or -1. */
static int date_digits(const char *at, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned digit = (unsigned)(unsigned char)at[i] - '0';
        if (digit > 9) {
            return -1;
        }
        value = value * 10 + (int)digit;
    }
    return value;
}

bool date_parse(struct text a, date_days *out)
{
    if (a.n != 10 || a.at[4] != '-' || a.at[7] != '-') {
        return false;
    }
    int year = date_digits(a.at, 4), month = date_digits(a.at + 5, 2),
        day = date_digits(a.at + 8, 2);
    if (!date_exists(year, month, day)) {
        return false;
    }
    *out = date_from_civil(year, month, day);
    return true;
}

bool date_parse_partial(struct text a, struct date_partial *out)
{
    if (a.n == DATE_DAY) {
        date_days day;
        if (!date_parse(a, &day)) {
            return false;
        }
        *out = (struct date_partial){day, day, DATE_DAY};
        return true;
    }
    if (a.n != DATE_YEAR && (a.n != DATE_MONTH || a.at[4] != '-')) {
        return false;
    }
    int year = date_digits(a.at, 4);
    if (a.n == DATE_YEAR) {
        if (!date_exists(year, 1, 1)) {
            return false;
        }
        *out = (struct date_partial){date_from_civil(year, 1, 1), date_from_civil(year, 12, 31),
                                     DATE_YEAR};
        return true;
    }
    int month = date_digits(a.at + 5, 2);
    if (!date_exists(year, month, 1)) {
        return false;
    }
    *out = (struct date_partial){date_from_civil(year, month, 1),
                                 date_from_civil(year, month, date_month_days(year, month)),
                                 DATE_MONTH};
    return true;
}

static char *date_put(char *to, int value, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        to[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return to + digits;
}

char *date_format(date_days date, char to[static DATE_TEXT])
{
    if (date == DATE_NONE) {
        to[0] = '\0';
        return to;
    }
    return date_format_partial((struct date_partial){date, date, DATE_DAY}, to);
}

char *date_format_partial(struct date_partial date, char to[static DATE_TEXT])
{
    int year, month, day;
    date_to_civil(date.first, &year, &month, &day);
    char *at = date_put(to, year, 4);
    if (date.precision >= DATE_MONTH) {
        *at++ = '-';
        at = date_put(at, month, 2);
    }
    if (date.precision == DATE_DAY) {
        *at++ = '-';
        at = date_put(at, day, 2);
    }
    *at = '\0';
    return to;
}

/* Up to three numbers parted by one of - . / and the number of digits of each. */
static int date_numbers(struct text a, int numbers[3], size_t digits[3])
{
    int n = 0;
    size_t i = 0;
    while (i < a.n && n < 3) {
        size_t start = i;
        while (i < a.n && a.at[i] >= '0' && a.at[i] <= '9') {
            i++;
        }
        if (i == start || i - start > 4) {
            return 0;
        }
        numbers[n] = date_digits(a.at + start, i - start);
        digits[n++] = i - start;
        if (i < a.n && memchr("-./", a.at[i], 3) != NULL) {
            i++;
        } else {
            break;
        }
    }
    return i == a.n ? n : 0;
}

bool date_guess(struct text a, date_days *out)
{
    int number[3];
    size_t digits[3];
    a = text_trim(a);
    if (date_numbers(a, number, digits) != 3) {
        return false;
    }
    int year, month, day;
    if (digits[0] == 4) {
        year = number[0];
        month = number[1];
        day = number[2];
    } else if (digits[2] == 4) {
        /* 5/9/2022 may be either way round: only a number over 12 tells the day. */
        year = number[2];
        month = number[1] <= 12 ? number[1] : number[0];
        day = number[1] <= 12 ? number[0] : number[1];
        bool dotted = memchr(a.at, '.', a.n) != NULL;
        if (!dotted && number[0] <= 12 && number[1] <= 12 && number[0] != number[1]) {
            return false;
        }
    } else {
        return false;
    }
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    int last = date_month_days(year, month);
    *out = date_from_civil(year, month, day > last ? last : day);
    return true;
}
