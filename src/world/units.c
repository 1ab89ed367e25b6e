#include "units.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *word, *help;
} unit_rows[UNIT_COUNT] = {
    [UNIT_NONE] = {"", "no unit"},
    [UNIT_PERSONS] = {"persons", "people, each counted once"},
    [UNIT_CROSSINGS] = {"crossings", "border crossings; a commuter counts each time"},
    [UNIT_CROSSINGS_PER_DAY] = {"crossings_per_day", "border crossings a day, a rate"},
    [UNIT_APPLICATIONS] = {"applications", "requests filed with an authority"},
    [UNIT_PERMITS] = {"permits", "permits issued"},
    [UNIT_VISAS] = {"visas", "visas issued"},
    [UNIT_DECISIONS] = {"decisions", "decisions taken by an authority"},
    [UNIT_USD] = {"USD", "US dollars, current"},
    [UNIT_EUR] = {"EUR", "euros, current"},
    [UNIT_USD_PER_MONTH] = {"USD_per_month", "US dollars a month"},
    [UNIT_EUR_PER_YEAR] = {"EUR_per_year", "euros a year"},
    [UNIT_INTL_USD] = {"intl_USD", "international dollars (purchasing power parity)"},
    [UNIT_PERCENT] = {"percent", "parts of a hundred"},
    [UNIT_SHARE] = {"share", "part of one, from 0 to 1"},
    [UNIT_RATIO] = {"ratio", "one quantity over another of its kind; times"},
    [UNIT_KM] = {"km", "kilometres"},
    [UNIT_DAYS] = {"days", "days"},
    [UNIT_MONTHS] = {"months", "months"},
    [UNIT_YEARS] = {"years", "years"},
};

const char *unit_word(enum unit unit)
{
    return unit_rows[unit].word;
}

const char *unit_help(enum unit unit)
{
    return unit_rows[unit].help;
}

enum unit unit_find(struct text word)
{
    for (enum unit unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        if (text_is(word, unit_rows[unit].word)) {
            return unit;
        }
    }
    return UNIT_NONE;
}

/* Equal but for the case of ASCII letters. */
static bool unit_alike(struct text word, const char *other)
{
    struct text b = text_of(other);
    bool alike = word.n == b.n;
    for (size_t i = 0; alike && i < b.n; i++) {
        char x = word.at[i], y = b.at[i];
        x = (char)(x >= 'A' && x <= 'Z' ? x + ('a' - 'A') : x);
        y = (char)(y >= 'A' && y <= 'Z' ? y + ('a' - 'A') : y);
        alike = x == y;
    }
    return alike;
}

const char *unit_guess(struct text word)
{
    static const struct {
        const char *word;
        enum unit unit;
    } meant[] = {
        {"%", UNIT_PERCENT},
        {"percentage", UNIT_PERCENT},
        {"people", UNIT_PERSONS},
        {"individuals", UNIT_PERSONS},
        {"entries", UNIT_CROSSINGS},
        {"exits", UNIT_CROSSINGS},
        {"trips", UNIT_CROSSINGS},
        {"$", UNIT_USD},
        {"dollars", UNIT_USD},
        {"euro", UNIT_EUR},
        {"euros", UNIT_EUR},
        {"times", UNIT_RATIO},
        {"crossings per day", UNIT_CROSSINGS_PER_DAY},
        {"USD per month", UNIT_USD_PER_MONTH},
        {"EUR per year", UNIT_EUR_PER_YEAR},
        {"international USD", UNIT_INTL_USD},
    };
    for (size_t i = 0; i < COUNT_OF(meant); i++) {
        if (unit_alike(word, meant[i].word)) {
            return unit_word(meant[i].unit);
        }
    }
    const char *words[UNIT_COUNT];
    for (enum unit unit = UNIT_NONE + 1; unit < UNIT_COUNT; unit++) {
        if (unit_alike(word, unit_rows[unit].word)) {
            return unit_rows[unit].word;
        }
        words[unit - 1] = unit_rows[unit].word;
    }
    return text_nearest(word, words, UNIT_COUNT - 1);
}
