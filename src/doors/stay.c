/* Days inside a country, and the calendar that counts them. */
#include "person.h"

#define YEAR_FIRST 1
#define YEAR_LAST  9999

static date_days shift_days(date_days date, int64_t n)
{
    int64_t first = date_from_civil(YEAR_FIRST, 1, 1), last = date_from_civil(YEAR_LAST, 12, 31);
    int64_t day = date + n;
    return (date_days)(day < first ? first : day > last ? last : day);
}

static date_days shift_months(date_days date, int64_t n)
{
    int year, month, day;
    date_to_civil(date, &year, &month, &day);
    int64_t months = (int64_t)year * 12 + month - 1 + n;
    if (months < (int64_t)YEAR_FIRST * 12) {
        return date_from_civil(YEAR_FIRST, 1, 1);
    }
    if (months > (int64_t)YEAR_LAST * 12 + 11) {
        return date_from_civil(YEAR_LAST, 12, 31);
    }
    year = (int)(months / 12);
    month = (int)(months % 12) + 1;
    while (!date_exists(year, month, day)) {
        day--;
    }
    return date_from_civil(year, month, day);
}

date_days date_shift(date_days date, int32_t n, enum expr_window unit)
{
    switch (unit) {
    case EXPR_DAYS:
        return shift_days(date, n);
    case EXPR_MONTHS:
        return shift_months(date, n);
    case EXPR_YEARS:
        return shift_months(date, (int64_t)n * 12);
    case EXPR_ENTRY:
    case EXPR_YEAR:
        break;
    }
    return date;
}

void age_births(int32_t age, date_days on, date_days *first, date_days *last)
{
    *last = date_shift(on, -age, EXPR_YEARS);
    *first = date_shift(on, -age - 1, EXPR_YEARS) + 1;
}

date_days stay_window(enum expr_window window, int32_t length, date_days on)
{
    int year, month, day;
    switch (window) {
    case EXPR_YEAR:
        date_to_civil(on, &year, &month, &day);
        return date_from_civil(year, 1, 1);
    case EXPR_DAYS:
    case EXPR_MONTHS:
    case EXPR_YEARS:
        return date_shift(on, -length, window) + 1;
    case EXPR_ENTRY:
        break;
    }
    return DATE_NONE;
}

/* First day of the stay that covers the day; DATE_NONE where none does. */
static date_days stay_covering(const struct person *person, name_id country, date_days day)
{
    date_days from = DATE_NONE;
    for (size_t i = 0; i < person->n_stays; i++) {
        const struct stay *stay = &person->stays[i];
        if (stay->country == country && stay->from <= day &&
            (stay->to == DATE_NONE || stay->to >= day) && stay->from > from) {
            from = stay->from;
        }
    }
    return from;
}

date_days stay_since_from(const struct person *person, name_id country, date_days inside,
                          date_days on)
{
    date_days from = stay_covering(person, country, on);
    if (from == DATE_NONE) {
        from = stay_covering(person, country, inside);
    }
    return from == DATE_NONE ? inside : from;
}

/* Days of the union of the stays up to the day before `inside`, from `first` on.  Overlaps, which a
 * person should not have, count once. */
static int32_t stay_union(const struct person *person, name_id country, date_days first,
                          date_days inside)
{
    int32_t days = 0;
    date_days next = first;
    for (size_t i = 0; i < person->n_stays; i++) {
        const struct stay *stay = &person->stays[i];
        if (stay->country != country) {
            continue;
        }
        date_days from = stay->from > next ? stay->from : next;
        date_days to = stay->to == DATE_NONE || stay->to >= inside ? inside - 1 : stay->to;
        if (to >= from) {
            days += to - from + 1;
            next = to + 1;
        }
    }
    return days;
}

int32_t stay_days_from(const struct person *person, name_id country, enum expr_window window,
                       int32_t length, date_days inside, date_days on)
{
    if (window == EXPR_ENTRY) {
        return on - stay_since_from(person, country, inside, on) + 1;
    }
    date_days first = stay_window(window, length, on);
    date_days now = inside > first ? inside : first;
    return stay_union(person, country, first, now) + (on - now + 1);
}

int32_t stay_days(const struct person *person, name_id country, enum expr_window window,
                  int32_t length, date_days on)
{
    return stay_days_from(person, country, window, length, on, on);
}

date_days stay_since(const struct person *person, name_id country, date_days on)
{
    return stay_since_from(person, country, on, on);
}
