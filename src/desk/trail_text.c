#include "trail_text.h"

#include <string.h>

#include "country.h"

#define TEXT_CEILING ((size_t)1 << 20) /* of one block of the page */

struct text trail_attr(struct text tag, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i + n + 2 < tag.n; i++) {
        if (tag.at[i] == ' ' && memcmp(tag.at + i + 1, name, n) == 0 && tag.at[i + n + 1] == '=' &&
            tag.at[i + n + 2] == '"') {
            struct text rest, value = {tag.at + i + n + 3, tag.n - i - n - 3};
            return text_split(value, '"', &rest);
        }
    }
    return (struct text){"", 0};
}

/* The five references that html_text writes. */
static size_t put_reference(struct buf *out, struct text at)
{
    static const struct {
        const char *name;
        char is;
    } rows[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (text_starts(at, rows[i].name)) {
            buf_char(out, rows[i].is);
            return strlen(rows[i].name);
        }
    }
    buf_char(out, '&');
    return 1;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static size_t tag_length(struct text at)
{
    const char *end = memchr(at.at, '>', at.n);
    return end == NULL ? at.n : (size_t)(end - at.at) + 1;
}

/* `iso`: dates by their attribute instead of their words. */
static void put_plain(struct buf *out, struct text html, bool iso)
{
    for (size_t i = 0; i < html.n;) {
        struct text at = {html.at + i, html.n - i};
        if (*at.at == '<') {
            struct text tag = {at.at, tag_length(at)};
            i += tag.n;
            if (iso && text_starts(tag, "<time")) {
                buf_text(out, trail_attr(tag, "datetime"));
                const char *end = memmem(html.at + i, html.n - i, "</time>", 7);
                i = end == NULL ? html.n : (size_t)(end - html.at) + 7;
            }
        } else if (*at.at == '&') {
            i += put_reference(out, at);
        } else if (is_blank(*at.at)) {
            if (out->n > 0 && out->at[out->n - 1] != ' ') {
                buf_char(out, ' ');
            }
            i++;
        } else {
            buf_char(out, *at.at);
            i++;
        }
    }
    while (out->n > 0 && out->at[out->n - 1] == ' ') {
        out->n--;
    }
}

static int keep(struct arena *arena, struct buf *buf, struct text *out, struct ajar_err *err)
{
    const char *copy = NULL;
    size_t n = buf->n;
    int code = buf_ok(buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(buf), &copy, err);
    buf_free(buf);
    if (code == 0) {
        *out = (struct text){copy, n};
    }
    return code;
}

int trail_plain(struct arena *arena, struct text html, struct text *out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, TEXT_CEILING);
    put_plain(&buf, html, false);
    return keep(arena, &buf, out, err);
}

static const char *country_code(struct text name)
{
    for (size_t i = 0; i < country_count(); i++) {
        if (text_is(name, country_at(i)->name)) {
            return country_at(i)->alpha3;
        }
    }
    return NULL;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Codes ("KAZ", "syn-KAZ-057") keep their case; a sentence's first letter does not. */
static char slug_char(struct text text, size_t i)
{
    char c = text.at[i];
    bool upper = c >= 'A' && c <= 'Z';
    bool beside = (i > 0 && text.at[i - 1] >= 'A' && text.at[i - 1] <= 'Z') ||
                  (i + 1 < text.n && text.at[i + 1] >= 'A' && text.at[i + 1] <= 'Z');
    return upper && !beside ? (char)(c + 32) : c;
}

static void put_slug(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.n && out->n < TRAIL_SLUG; i++) {
        if (is_word(text.at[i])) {
            buf_char(out, slug_char(text, i));
        } else if (text.at[i] == '%') {
            buf_str(out, "percent");
        } else if (out->n > 0 && out->at[out->n - 1] != '-') {
            buf_char(out, '-');
        }
    }
    while (out->n > 0 && out->at[out->n - 1] == '-') {
        out->n--;
    }
}

int trail_slug(struct arena *arena, struct text html, struct text *out, struct ajar_err *err)
{
    struct buf plain, slug;
    buf_init(&plain, TEXT_CEILING);
    buf_init(&slug, TEXT_CEILING);
    put_plain(&plain, html, true);
    const char *code = country_code(buf_view(&plain));
    if (code != NULL) {
        buf_str(&slug, code);
    } else {
        put_slug(&slug, buf_view(&plain));
    }
    int failed = buf_ok(&plain, err);
    buf_free(&plain);
    if (failed != 0) {
        buf_free(&slug);
        return failed;
    }
    return keep(arena, &slug, out, err);
}

#define NBSP  "\xC2\xA0"
#define MINUS "\xE2\x88\x92"
#define DASH  "\xE2\x80\x93"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Past the digits of a number: "66,000", "1,071.4", "5.2e-05". */
static size_t number_end(struct text text, size_t i)
{
    while (i < text.n && (is_digit(text.at[i]) || ((text.at[i] == ',' || text.at[i] == '.') &&
                                                   i + 1 < text.n && is_digit(text.at[i + 1])))) {
        i++;
    }
    size_t e = i + 1 < text.n && text.at[i] == 'e' ? i + 1 : 0;
    e += e > 0 && (text.at[e] == '-' || text.at[e] == '+');
    if (e > 0 && e < text.n && is_digit(text.at[e])) {
        for (i = e; i < text.n && is_digit(text.at[i]); i++) {
        }
    }
    return i;
}

static struct text after(struct text text, size_t i)
{
    return (struct text){text.at + i, text.n - i};
}

static bool is_month(struct text at)
{
    static const char *const months[] = {"Jan",  "Feb", "March", "April", "May", "June",
                                         "July", "Aug", "Sept",  "Oct",   "Nov", "Dec"};
    at = text_starts(at, NBSP) ? after(at, 2) : text_starts(at, " ") ? after(at, 1) : at;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (text_starts(at, months[i])) {
            return true;
        }
    }
    return false;
}

/* "21 Sept", "14 to 20 September", "14 and 20 September". */
static bool is_day(struct text at)
{
    static const char *const between[] = {" to ", " and ", DASH, "-"};
    if (is_month(at)) {
        return true;
    }
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        if (text_starts(at, between[i])) {
            struct text rest = after(at, strlen(between[i]));
            size_t n = 0;
            while (n < rest.n && n < 3 && is_digit(rest.at[n])) {
                n++;
            }
            return n > 0 && n < 3 && is_month(after(rest, n));
        }
    }
    return false;
}

/* Counts of a thousand and more are grouped, so four digits on their own are a year. */
static bool is_year(struct text number)
{
    return number.n == 4 && (text_starts(number, "19") || text_starts(number, "20")) &&
           memchr(number.at, '.', number.n) == NULL;
}

static bool within_word(struct text text, size_t from, size_t to)
{
    char before = from > 0 ? text.at[from - 1] : ' ', next = to < text.n ? text.at[to] : ' ';
    bool joined =
        from > 1 && (before == '-' || before == '/' || before == '.') && is_word(text.at[from - 2]);
    return is_word(before) || joined || is_word(next) || next == '/' ||
           (next == '-' && to + 1 < text.n && is_word(text.at[to + 1]));
}

bool trail_number(struct text text, struct text *number)
{
    for (size_t i = 0; i < text.n;) {
        if (!is_digit(text.at[i])) {
            i++;
            continue;
        }
        size_t from = i, to = number_end(text, i);
        struct text digits = {text.at + from, to - from};
        if (!within_word(text, from, to) && !is_day(after(text, to)) && !is_year(digits)) {
            bool sign = from > 0 && (text.at[from - 1] == '+' || text.at[from - 1] == '-');
            bool minus = from >= 3 && memcmp(text.at + from - 3, MINUS, 3) == 0;
            from -= minus ? 3 : sign;
            to += text_starts(after(text, to), NBSP "%") ? 3 : 0;
            *number = (struct text){text.at + from, to - from};
            return true;
        }
        i = to;
    }
    return false;
}
