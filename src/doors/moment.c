/* Points of wall-clock time. */
#include <stdio.h>
#include <string.h>

#include "rules.h"

#define OFFSET_MOST (14 * 60) /* the farthest that a clock on Earth stands from UTC */

moment moment_of_day(date_days day)
{
    return (moment)day * MOMENT_DAY;
}

date_days moment_day(moment at)
{
    moment day = at / MOMENT_DAY;
    return (date_days)(at % MOMENT_DAY < 0 ? day - 1 : day);
}

/* HH:MM, below 24:00. */
static bool moment_clock(const char *at, int *minutes)
{
    for (int i = 0; i < 5; i++) {
        bool good = i == 2 ? at[i] == ':' : at[i] >= '0' && at[i] <= '9';
        if (!good) {
            return false;
        }
    }
    int hour = (at[0] - '0') * 10 + (at[1] - '0'), minute = (at[3] - '0') * 10 + (at[4] - '0');
    *minutes = hour * 60 + minute;
    return hour < 24 && minute < 60;
}

/* "", "Z", "+HH:MM", "-HH:MM". */
static bool moment_offset(struct text a, bool *has, int *minutes)
{
    *has = a.n > 0;
    *minutes = 0;
    if (a.n == 0 || text_is(a, "Z")) {
        return true;
    }
    if (a.n != 6 || (a.at[0] != '+' && a.at[0] != '-') || !moment_clock(a.at + 1, minutes) ||
        *minutes > OFFSET_MOST) {
        return false;
    }
    *minutes = a.at[0] == '-' ? -*minutes : *minutes;
    return true;
}

bool moment_parse(struct text a, moment *out, bool *has_offset, int *offset_minutes)
{
    date_days day;
    int clock = 0, offset = 0;
    bool has = false;
    if (a.n < 10 || !date_parse((struct text){a.at, 10}, &day)) {
        return false;
    }
    if (a.n > 10) {
        if (a.n < 16 || a.at[10] != 'T' || !moment_clock(a.at + 11, &clock) ||
            !moment_offset((struct text){a.at + 16, a.n - 16}, &has, &offset)) {
            return false;
        }
    }
    *out = moment_of_day(day) + clock;
    *has_offset = has;
    *offset_minutes = offset;
    return true;
}

char *moment_format(moment at, char to[static MOMENT_TEXT])
{
    to[0] = '\0';
    if (at == MOMENT_NONE || at == MOMENT_NEVER) {
        return to;
    }
    date_days day = moment_day(at);
    int minutes = (int)(at - moment_of_day(day));
    date_format(day, to);
    if (minutes > 0) {
        size_t n = strlen(to);
        snprintf(to + n, MOMENT_TEXT - n, "T%02d:%02d", minutes / 60, minutes % 60);
    }
    return to;
}
