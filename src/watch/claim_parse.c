#include <math.h>
#include <string.h>

#include "claim.h"

#define SPOKEN      0.05 /* most that unwritten rounding may allow: 5 % of a total, 5 points */
#define DIGITS_MOST 15
#define HINT        "Write it like: entries_rus EU27 2022-09-19..2022-09-25 +30%%"

struct claim_reader {
    struct text text;
    size_t at;
    struct ajar_err *err;
};

/* Characters before byte `at`, plus one. */
static long reader_place(const struct claim_reader *it, size_t at)
{
    long place = 1;
    for (size_t i = 0; i < at && i < it->text.n; i++) {
        place += ((unsigned char)it->text.at[i] & 0xC0) != 0x80;
    }
    return place;
}

static int reader_stop(const struct claim_reader *it, size_t at, struct text value,
                       const char *what)
{
    err_at(it->err, E_WATCH_CLAIM, NULL, 0, NULL, value, "%s", what);
    if (it->err != NULL) {
        it->err->at = reader_place(it, at);
    }
    err_hint(it->err, HINT);
    return E_WATCH_CLAIM;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void reader_blanks(struct claim_reader *it)
{
    while (it->at < it->text.n && is_blank(it->text.at[it->at])) {
        it->at++;
    }
}

static struct text reader_cut(const struct claim_reader *it, size_t from, size_t to)
{
    return (struct text){it->text.at + from, to - from};
}

static bool reader_take(struct claim_reader *it, const char *mark)
{
    if (!text_starts(reader_cut(it, it->at, it->text.n), mark)) {
        return false;
    }
    it->at += strlen(mark);
    return true;
}

/* What stands up to the next blank or `end`. */
static struct text reader_word(struct claim_reader *it, char end)
{
    size_t from = it->at;
    while (it->at < it->text.n && !is_blank(it->text.at[it->at]) && it->text.at[it->at] != end) {
        it->at++;
    }
    return reader_cut(it, from, it->at);
}

static int read_measure(struct claim_reader *it, struct claim *out)
{
    reader_blanks(it);
    size_t from = it->at;
    out->measure = reader_word(it, ' ');
    if (out->measure.n == 0) {
        return reader_stop(it, from, out->measure, "A claim begins with a measure.");
    }
    return 0;
}

/* Whether a period may begin here: four digits at the start of a word. */
static bool period_begins(const struct claim_reader *it, size_t at)
{
    if (at + 4 > it->text.n || (at > 0 && !is_blank(it->text.at[at - 1]))) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        if (!is_digit(it->text.at[at + i])) {
            return false;
        }
    }
    return at + 4 == it->text.n || !is_digit(it->text.at[at + 4]);
}

/* A route may hold blanks: it ends where a period begins. */
static int read_route(struct claim_reader *it, struct claim *out)
{
    size_t from = it->at;
    while (it->at < it->text.n && !period_begins(it, it->at)) {
        it->at++;
    }
    out->route = text_trim(reader_cut(it, from, it->at));
    if (out->route.n == 0) {
        return reader_stop(it, from, out->route, "A route follows the sign @.");
    }
    return 0;
}

static int read_place(struct claim_reader *it, struct claim *out)
{
    reader_blanks(it);
    size_t from = it->at;
    struct text word = reader_word(it, '@');
    const char *slash = word.n > 0 ? memchr(word.at, '/', word.n) : NULL;
    out->place = word;
    if (slash != NULL) {
        size_t n = (size_t)(slash - word.at);
        out->place.n = n;
        out->whole = (struct text){slash + 1, word.n - n - 1};
        if (out->whole.n == 0 || memchr(out->whole.at, '/', out->whole.n) != NULL) {
            return reader_stop(it, from + n + 1, word, "One larger place follows the sign /.");
        }
    }
    if (out->place.n == 0) {
        return reader_stop(it, from, word, "A place follows the measure.");
    }
    return reader_take(it, "@") ? read_route(it, out) : 0;
}

static int read_date(struct claim_reader *it, size_t at, struct text word, bool last,
                     date_days *out)
{
    struct date_partial date;
    date_days guess;
    char shown[DATE_TEXT];
    if (date_parse_partial(word, &date)) {
        *out = last ? date.last : date.first;
        return 0;
    }
    int code = reader_stop(it, at, word, "This is no day, month or year.");
    if (date_guess(word, &guess)) {
        err_hint(it->err, "Did you mean %s?", date_format(guess, shown));
    }
    return code;
}

static int read_period(struct claim_reader *it, struct claim *out)
{
    reader_blanks(it);
    size_t from = it->at;
    struct text word = reader_word(it, ' ');
    if (word.n == 0) {
        return reader_stop(it, from, word, "A period follows the place.");
    }
    const char *dots = memmem(word.at, word.n, "..", 2);
    if (dots == NULL) {
        TRY(read_date(it, from, word, false, &out->from));
        return read_date(it, from, word, true, &out->to);
    }
    size_t n = (size_t)(dots - word.at);
    TRY(read_date(it, from, (struct text){word.at, n}, false, &out->from));
    struct text second = {dots + 2, word.n - n - 2};
    TRY(read_date(it, from + n + 2, second, true, &out->to));
    if (out->to < out->from) {
        return reader_stop(it, from + n + 2, word, "The period ends before it begins.");
    }
    return 0;
}

/* A number as it was written. */
struct written {
    double value;
    double half; /* half a unit of the last digit that is not zero or follows the point */
};

static double ten_to(int power)
{
    double out = 1;
    for (int i = 0; i < power; i++) {
        out *= 10;
    }
    return out;
}

/* Whether the comma at the reader groups thousands: three digits follow, no fourth. */
static bool comma_groups(const struct claim_reader *it, size_t digits)
{
    size_t n = 0;
    while (it->at + 1 + n < it->text.n && is_digit(it->text.at[it->at + 1 + n])) {
        n++;
    }
    return n == 3 && digits > 0;
}

/* Digits up to what is none, into `plain`; zeros: how many stand last. */
static int read_digits(struct claim_reader *it, bool commas, char *plain, size_t *n, size_t *zeros)
{
    size_t digits = 0;
    bool grouped = false;
    for (; it->at < it->text.n; it->at++) {
        char c = it->text.at[it->at];
        if (commas && c == ',') {
            if (!comma_groups(it, digits) || (!grouped && digits > 3)) {
                return reader_stop(it, it->at, reader_cut(it, it->at, it->text.n),
                                   "A comma parts thousands: three digits follow it.");
            }
            grouped = true;
            continue;
        }
        if (!is_digit(c)) {
            break;
        }
        if (*n >= DIGITS_MOST) {
            return reader_stop(it, it->at, reader_cut(it, it->at, it->text.n),
                               "A figure has at most 15 digits.");
        }
        plain[(*n)++] = c;
        digits++;
        *zeros = c == '0' ? *zeros + 1 : 0;
    }
    return 0;
}

static int read_number(struct claim_reader *it, struct written *out)
{
    char plain[DIGITS_MOST + 2];
    size_t from = it->at, n = 0, zeros = 0;
    TRY(read_digits(it, true, plain, &n, &zeros));
    if (n == 0) {
        return reader_stop(it, from, reader_cut(it, from, it->text.n), "A figure is expected.");
    }
    out->half = zeros == n ? 0.5 : 0.5 * ten_to((int)zeros);
    size_t whole = n, none = 0;
    double scale = 1;
    if (reader_take(it, ".")) {
        TRY(read_digits(it, false, plain, &n, &none));
        if (n == whole) {
            return reader_stop(it, it->at, reader_cut(it, from, it->text.n),
                               "Digits follow the decimal point.");
        }
        scale = ten_to((int)(n - whole));
        out->half = 0.5 / scale;
    }
    double value = 0;
    for (size_t i = 0; i < n; i++) {
        value = value * 10 + (plain[i] - '0');
    }
    /* At most 15 digits are a whole number below 2^53, and the power is exact: one rounding. */
    out->value = value / scale;
    return 0;
}

/* The figure taken apart. */
struct figure {
    size_t from, sign_at;
    bool about, percent, signed_, negative, stated, stated_percent;
    struct written number, tolerance;
};

static int read_tolerance(struct claim_reader *it, struct figure *out)
{
    reader_blanks(it);
    if (!reader_take(it, "±") && !reader_take(it, "+/-") && !reader_take(it, "+-")) {
        return 0;
    }
    out->stated = true;
    reader_blanks(it);
    TRY(read_number(it, &out->tolerance));
    reader_blanks(it);
    out->stated_percent = reader_take(it, "%");
    return 0;
}

static int read_figure(struct claim_reader *it, struct figure *out)
{
    reader_blanks(it);
    out->from = it->at;
    out->about = reader_take(it, "~") || reader_take(it, "≈");
    reader_blanks(it);
    out->sign_at = it->at;
    out->negative = reader_take(it, "-") || reader_take(it, "−");
    out->signed_ = out->negative || reader_take(it, "+");
    TRY(read_number(it, &out->number));
    reader_blanks(it);
    out->percent = reader_take(it, "%");
    TRY(read_tolerance(it, out));
    reader_blanks(it);
    if (it->at < it->text.n) {
        return reader_stop(it, it->at, reader_cut(it, it->at, it->text.n),
                           "Nothing follows the figure.");
    }
    return 0;
}

static int figure_form(const struct claim_reader *it, const struct figure *figure,
                       struct claim *out)
{
    struct text shown = reader_cut(it, figure->from, it->text.n);
    bool whole = out->whole.n > 0;
    if (!figure->percent && whole) {
        return reader_stop(it, figure->from, shown, "A share of a larger place is in percent.");
    }
    if (figure->percent && whole && figure->signed_) {
        return reader_stop(it, figure->sign_at, shown, "A share has no sign.");
    }
    if (figure->percent && !whole && !figure->signed_) {
        int code = reader_stop(it, figure->sign_at, shown,
                               "A change has a sign, and a share a larger place.");
        err_hint(it->err, "Write +30%% for a change, or FIN/EU27 as the place for a share.");
        return code;
    }
    out->form = !figure->percent ? CLAIM_TOTAL : whole ? CLAIM_SHARE : CLAIM_CHANGE;
    double limit = out->form == CLAIM_TOTAL ? INFINITY : 100;
    if ((out->form == CLAIM_SHARE || figure->negative) && figure->number.value > limit) {
        return reader_stop(it, figure->from, shown, "A share or a fall is at most 100 %.");
    }
    return 0;
}

static void figure_fill(const struct figure *figure, struct claim *out)
{
    double unit = figure->percent ? 0.01 : 1;
    double size = figure->percent ? figure->number.value / 100 : figure->number.value;
    double spoken = figure->percent ? SPOKEN : fmax(SPOKEN * size, 0.5);
    out->figure = figure->negative ? -size : size;
    out->tolerance = fmin(figure->number.half * unit, spoken);
    if (figure->about) {
        out->tolerance = spoken;
    }
    if (figure->stated) {
        double stated = figure->tolerance.value;
        /* Of a percentage ± is in points, with or without its sign. */
        bool share = figure->stated_percent && !figure->percent;
        out->tolerance = share ? size * stated / 100 : stated * unit;
        out->tolerance_stated = true;
    }
}

int claim_parse(struct text text, struct claim *out, struct ajar_err *err)
{
    struct claim_reader it = {.text = text, .err = err};
    struct claim claim = {0};
    struct figure figure = {0};
    size_t bad;
    if (!text_utf8(text, &bad)) {
        return reader_stop(&it, bad, (struct text){"", 0}, "A claim is text in UTF-8.");
    }
    TRY(read_measure(&it, &claim));
    TRY(read_place(&it, &claim));
    TRY(read_period(&it, &claim));
    TRY(read_figure(&it, &figure));
    TRY(figure_form(&it, &figure, &claim));
    figure_fill(&figure, &claim);
    *out = claim;
    return 0;
}
