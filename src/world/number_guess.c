#include "number_guess.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What groups digits, or stands between a number and its unit. */
static const char *const number_gaps[] = {
    " ", "\t", "'", "_", "\u00a0", "\u2009", "\u202f", "\u2019",
};
static const char *const number_money[] = {"$", "US$", "\u20ac", "\u00a3", "\u20bd"};

struct number_suffix {
    const char *word;
    double times;
};
static const struct number_suffix number_suffixes[] = {
    {"k", 1e3},
    {"K", 1e3},
    {"thousand", 1e3},
    {"m", 1e6},
    {"M", 1e6},
    {"mn", 1e6},
    {"mln", 1e6},
    {"mio", 1e6},
    {"Mio", 1e6},
    {"million", 1e6},
    {"bn", 1e9},
    {"billion", 1e9},
    {"\u0442\u044b\u0441", 1e3},
    {"\u043c\u043b\u043d", 1e6},
    {"\u043c\u043b\u0440\u0434", 1e9},
};

static struct text number_skip(struct text a, size_t n)
{
    return (struct text){a.at + n, a.n - n};
}

/* Bytes of the gap that the text begins with; 0: none. */
static size_t number_gap(struct text a)
{
    for (size_t i = 0; i < COUNT_OF(number_gaps); i++) {
        if (text_starts(a, number_gaps[i])) {
            return strlen(number_gaps[i]);
        }
    }
    return 0;
}

static struct text number_trim(struct text a)
{
    for (size_t n = number_gap(a); n > 0; n = number_gap(a)) {
        a = number_skip(a, n);
    }
    for (size_t i = 0; i < COUNT_OF(number_gaps); i++) {
        size_t n = strlen(number_gaps[i]);
        if (a.n >= n && memcmp(a.at + a.n - n, number_gaps[i], n) == 0) {
            a.n -= n;
            i = (size_t)-1; /* from the first again */
        }
    }
    return a;
}

static bool number_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool number_is_currency(struct text a)
{
    for (size_t i = 0; i < COUNT_OF(number_money); i++) {
        if (text_is(a, number_money[i])) {
            return true;
        }
    }
    bool capitals = a.n == 3;
    for (size_t i = 0; i < a.n; i++) {
        capitals = capitals && a.at[i] >= 'A' && a.at[i] <= 'Z';
    }
    return a.n == 0 || capitals;
}

/* What stands before the digits: a sign, a currency, an accountant's bracket. */
static bool number_before(struct text a, bool *negative)
{
    a = number_trim(a);
    *negative = false;
    if (text_starts(a, "-") || text_starts(a, "(")) {
        *negative = true;
        a = number_trim(number_skip(a, 1));
    } else if (text_starts(a, "\u2212")) {
        *negative = true;
        a = number_trim(number_skip(a, strlen("\u2212")));
    } else if (text_starts(a, "+")) {
        a = number_trim(number_skip(a, 1));
    }
    return number_is_currency(a);
}

/* What stands behind them: a closing bracket, a currency, "million", a percent sign. */
static bool number_behind(struct text a, double *times, bool *percent)
{
    a = number_trim(a);
    *times = 1;
    *percent = text_is(a, "%");
    if (*percent || text_is(a, ")")) {
        return true;
    }
    struct text money = {"", 0}, word = text_split(a, ' ', &money);
    for (size_t i = 0; i < COUNT_OF(number_suffixes); i++) {
        if (text_is(word, number_suffixes[i].word)) {
            *times = number_suffixes[i].times;
            return number_is_currency(number_trim(money));
        }
    }
    return number_is_currency(a);
}

/* The digits with `decimal` as the decimal sign; the other signs group. */
static bool number_value(const char *body, char decimal, double times, char to[NUM_TEXT])
{
    char digits[NUM_TEXT];
    size_t n = 0;
    double value;
    for (const char *c = body; *c != '\0'; c++) {
        if (number_is_digit(*c) || *c == '-') {
            digits[n++] = *c;
        } else if (*c == decimal) {
            digits[n++] = '.';
        }
    }
    if (!num_parse((struct text){digits, n}, &value)) {
        return false;
    }
    size_t length = num_format(value * times, to);
    if (number_two_ways((struct text){to, length})) {
        memcpy(to + length, "0", 2); /* a fourth decimal leaves one reading */
    }
    return true;
}

/* How often the sign stands there, and how many digits behind the last one. */
static size_t number_count(const char *body, char sign, size_t *behind)
{
    size_t count = 0;
    *behind = 0;
    for (; *body != '\0'; body++) {
        *behind = *body == sign ? 0 : *behind + 1;
        count += *body == sign;
    }
    return count;
}

/* The signs that can be the decimal one, the likelier first; '\0': there are no decimals. */
static size_t number_decimals(const char *body, bool grouped, char decimals[NUMBER_GUESSES])
{
    size_t behind_point, behind_comma;
    size_t points = number_count(body, '.', &behind_point);
    size_t commas = number_count(body, ',', &behind_comma);
    if (points > 0 && commas > 0) {
        decimals[0] = behind_point < behind_comma ? '.' : ',';
        return (decimals[0] == '.' ? points : commas) == 1 ? 1 : 0;
    }
    char sign = points > 0 ? '.' : ',';
    size_t signs = points + commas, behind = points > 0 ? behind_point : behind_comma;
    decimals[0] = signs == 1 ? sign : '\0';
    if (signs > 1) {
        return behind == 3 ? 1 : 0;
    }
    size_t before = strcspn(body, ".,") - (body[0] == '-');
    if (signs == 1 && behind == 3 && !grouped && before <= 3 && strspn(body, "-0") == 0) {
        decimals[0] = '\0';
        decimals[1] = sign;
        return 2;
    }
    return 1;
}

/* Digits, points and commas of the text from its first to its last digit; *rest gets what follows.
 * False: something else stands among them. */
static bool number_body(struct text a, bool negative, char body[NUM_TEXT], bool *grouped,
                        struct text *rest)
{
    size_t last = a.n, n = 0;
    while (last > 0 && !number_is_digit(a.at[last - 1])) {
        last--;
    }
    *rest = number_skip(a, last);
    *grouped = false;
    if (negative) {
        body[n++] = '-';
    }
    for (size_t i = 0; i < last && n + 1 < NUM_TEXT;) {
        size_t gap = number_gap((struct text){a.at + i, last - i});
        if (gap == 0 && !number_is_digit(a.at[i]) && a.at[i] != '.' && a.at[i] != ',') {
            return false;
        }
        if (gap == 0) {
            body[n++] = a.at[i];
        }
        *grouped = *grouped || gap > 0;
        i += gap == 0 ? 1 : gap;
    }
    body[n] = '\0';
    return last > 0 && n + 1 < NUM_TEXT;
}

size_t number_guess(struct text cell, char to[NUMBER_GUESSES][NUM_TEXT])
{
    char body[NUM_TEXT], decimals[NUMBER_GUESSES] = {0};
    bool negative, percent, grouped;
    double times;
    struct text rest;
    size_t first = 0;
    while (first < cell.n && !number_is_digit(cell.at[first])) {
        first++;
    }
    if (!number_before((struct text){cell.at, first}, &negative) ||
        !number_body(number_skip(cell, first), negative, body, &grouped, &rest) ||
        !number_behind(rest, &times, &percent)) {
        return 0;
    }
    size_t n = number_decimals(body, grouped, decimals), good = 0;
    for (size_t i = 0; i < n; i++) {
        good += number_value(body, decimals[i], times, to[good]);
    }
    if (percent && good == 1) {
        good += number_value(body, decimals[0], 0.01, to[1]);
    }
    return good;
}

bool number_two_ways(struct text cell)
{
    if (cell.n > 0 && (cell.at[0] == '-' || cell.at[0] == '+')) {
        cell = number_skip(cell, 1);
    }
    bool two = cell.n >= 5 && cell.n <= 7 && cell.at[0] != '0' && cell.at[cell.n - 4] == '.';
    for (size_t i = 0; i < cell.n; i++) {
        two = two && (i == cell.n - 4 || number_is_digit(cell.at[i]));
    }
    return two;
}

void number_guess_hint(struct ajar_err *fault, struct text cell)
{
    char guess[NUMBER_GUESSES][NUM_TEXT];
    size_t n = number_guess(cell, guess);
    if (n == 1) {
        err_hint(fault, "Did you mean %s?", guess[0]);
    } else if (n == 2) {
        err_hint(fault, "Did you mean %s or %s?", guess[0], guess[1]);
    } else if (cell.n > 0 && (cell.at[0] == '#' || cell.at[0] == '=')) {
        err_hint(fault, "This is a formula or an error of a spreadsheet: write its value.");
    }
}
