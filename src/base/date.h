/* Civil dates: the proleptic Gregorian calendar, years 1 to 9999, no clock and no time zone. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "err.h"

/* Days since 1970-01-01. */
typedef int32_t date_days;
#define DATE_NONE INT32_MIN /* an absent date */

#define DATE_TEXT 11 /* bytes for "2022-09-21" with its zero */

/* A date known to the day, the month or the year, as a source prints it: "2022-09-21", "2022-09",
 * "2022".  first and last are the days that it may mean. */
enum date_precision { DATE_YEAR = 4, DATE_MONTH = 7, DATE_DAY = 10 };
struct date_partial {
    date_days first, last;
    enum date_precision precision;
};

date_days date_from_civil(int year, int month, int day); /* the date must exist */
void date_to_civil(date_days date, int *year, int *month, int *day);
bool date_exists(int year, int month, int day);
int date_weekday(date_days date); /* 1 Monday .. 7 Sunday (ISO 8601) */

/* Exactly YYYY-MM-DD.  False when the text is not that or no such day exists; *out untouched. */
bool date_parse(struct text a, date_days *out);

/* YYYY, YYYY-MM or YYYY-MM-DD. */
bool date_parse_partial(struct text a, struct date_partial *out);

/* Writes YYYY-MM-DD and a zero; "" for DATE_NONE.  Returns `to`. */
char *date_format(date_days date, char to[static DATE_TEXT]);
char *date_format_partial(struct date_partial date, char to[static DATE_TEXT]);

/* What may have been meant by a text that is no date ("31.02.1990", "2022-9-5", "2022/09/21"):
 * true and *out when there is one likely reading.  For suggestions only; never used silently. */
bool date_guess(struct text a, date_days *out);

#endif
