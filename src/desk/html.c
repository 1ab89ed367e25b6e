#include "html.h"

#include <math.h>
#include <string.h>

static const char *reference(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_control(unsigned char c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

/* Writes text that is known to be well-formed UTF-8. */
static void escape(struct buf *out, struct text text)
{
    size_t done = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.at[i];
        const char *instead = is_control(c) ? "\xEF\xBF\xBD" : reference(c);
        if (instead != NULL) {
            buf_bytes(out, text.at + done, i - done);
            buf_str(out, instead);
            done = i + 1;
        }
    }
    buf_bytes(out, text.at + done, text.n - done);
}

void html_text(struct buf *out, struct text text)
{
    size_t bad = 0;
    while (text.n > 0 && !text_utf8(text, &bad)) {
        escape(out, (struct text){text.at, bad});
        buf_str(out, "\xEF\xBF\xBD");
        text = (struct text){text.at + bad + 1, text.n - bad - 1};
    }
    if (text.n > 0) {
        escape(out, text);
    }
}

void html_str(struct buf *out, const char *text)
{
    html_text(out, text_of(text));
}

static bool is_id_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

void html_id(struct buf *out, struct text text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (is_id_byte(text.at[i])) {
            buf_char(out, text.at[i]);
        } else {
            buf_printf(out, "~%02X", (unsigned)(unsigned char)text.at[i]);
        }
    }
}

bool html_href(struct buf *out, struct text url)
{
    if (!text_starts(url, "https://") && !text_starts(url, "http://") &&
        !text_starts(url, "mailto:")) {
        return false;
    }
    html_text(out, url);
    return true;
}

void html_number(struct buf *out, double value, int decimals)
{
    char digits[NUM_TEXT];
    if (!isfinite(value)) {
        buf_str(out, "\xE2\x80\x93");
        return;
    }
    size_t n = num_format_grouped(fabs(value), decimals, digits);
    if (value < 0 && strpbrk(digits, "123456789") != NULL) {
        buf_str(out, "\xE2\x88\x92"); /* the minus sign, as wide as a digit */
    }
    buf_bytes(out, digits, n);
}

const char *html_month(int month)
{
    static const char *const months[] = {"Jan",  "Feb", "March", "April", "May", "June",
                                         "July", "Aug", "Sept",  "Oct",   "Nov", "Dec"};
    return months[month - 1];
}

void html_date(struct buf *out, date_days date)
{
    char iso[DATE_TEXT];
    if (date == DATE_NONE) {
        buf_str(out, "no date");
        return;
    }
    buf_printf(out, "<time datetime=\"%s\">", date_format(date, iso));
    html_span(out, date, date, true);
    buf_str(out, "</time>");
}

void html_date_partial(struct buf *out, struct date_partial date)
{
    char iso[DATE_TEXT];
    int year, month, day;
    if (date.first == DATE_NONE) {
        buf_str(out, "no date");
        return;
    }
    if (date.precision == DATE_DAY) {
        html_date(out, date.first);
        return;
    }
    date_to_civil(date.first, &year, &month, &day);
    buf_printf(out, "<time datetime=\"%s\">", date_format_partial(date, iso));
    if (date.precision == DATE_MONTH) {
        buf_printf(out, "%s ", html_month(month));
    }
    buf_printf(out, "%d</time>", year);
}

/* What stands before the dash of a span: as much of the first day as differs from the last. */
static void span_first(struct buf *out, date_days from, date_days to)
{
    int y1, m1, d1, y2, m2, d2;
    date_to_civil(from, &y1, &m1, &d1);
    date_to_civil(to, &y2, &m2, &d2);
    buf_printf(out, "%d", d1);
    if (m1 != m2 || y1 != y2) {
        buf_printf(out, "\xC2\xA0%s", html_month(m1));
    }
    if (y1 != y2) {
        buf_printf(out, "\xC2\xA0%d", y1);
    }
}

static void span_last(struct buf *out, date_days from, date_days to, bool year)
{
    int y1, y2, month, day;
    date_to_civil(from, &y1, &month, &day);
    date_to_civil(to, &y2, &month, &day);
    buf_printf(out, "%d\xC2\xA0%s", day, html_month(month));
    if (year || y1 != y2) {
        buf_printf(out, "\xC2\xA0%d", y2);
    }
}

void html_span(struct buf *out, date_days from, date_days to, bool year)
{
    if (from != to) {
        span_first(out, from, to);
        buf_str(out, "\xE2\x80\x93");
    }
    span_last(out, from, to, year);
}

void html_days(struct buf *out, date_days from, date_days to, bool year)
{
    char iso[DATE_TEXT];
    if (from != to) {
        buf_printf(out, "<time datetime=\"%s\">", date_format(from, iso));
        span_first(out, from, to);
        buf_str(out, "</time>\xE2\x80\x93\xE2\x81\xA0"); /* a word joiner: no line ends there */
    }
    buf_printf(out, "<time datetime=\"%s\">", date_format(to, iso));
    span_last(out, from, to, year);
    buf_str(out, "</time>");
}
