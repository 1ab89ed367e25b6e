#include "aid_words.h"

#include <math.h>
#include <string.h>

#include "aid_parts.h"
#include "num.h"

void aid_words_number(struct buf *buf, double value, int decimals)
{
    char text[NUM_TEXT];
    num_format_grouped(value, decimals, text);
    buf_str(buf, text);
}

void aid_words_percent(struct buf *buf, double share)
{
    aid_words_number(buf, 100 * share, 1);
    buf_str(buf, " %");
}

/* Amounts of a budget of a million or more are told in millions. */
static bool aid_words_millions(const struct aid_job *job)
{
    return job->options.budget >= 1e6;
}

void aid_words_unit(struct buf *buf, const struct aid_job *job)
{
    buf_printf(buf, "%s%s", aid_words_millions(job) ? "million " : "", job->unit);
}

void aid_words_amount(struct buf *buf, const struct aid_job *job, double amount)
{
    aid_words_number(buf, aid_words_millions(job) ? amount / 1e6 : amount, 2);
}

void aid_words_money(struct buf *buf, const struct aid_job *job, double amount)
{
    char text[NUM_TEXT];
    bool millions = aid_words_millions(job) && amount >= 1e6;
    size_t n = num_format_grouped(millions ? amount / 1e6 : amount,
                                  millions || !aid_words_millions(job) ? 2 : 0, text);
    if (memchr(text, '.', n) != NULL) {
        while (text[n - 1] == '0') {
            n--;
        }
        n -= text[n - 1] == '.';
    }
    buf_bytes(buf, text, n);
    buf_printf(buf, " %s%s", millions ? "million " : "", job->unit);
}

void aid_words_text(struct buf *buf, struct text text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.at[i];
        if (memchr("|*`[]<\\", c, 7) != NULL) {
            buf_char(buf, '\\');
        }
        buf_char(buf, c == '\n' || c == '\r' ? ' ' : c);
    }
}

void aid_words_plain(struct buf *buf, const char *text)
{
    aid_words_text(buf, text_of(text));
}

void aid_words_exact(struct buf *buf, double value)
{
    char text[NUM_TEXT];
    if (value == floor(value) && fabs(value) < 1e15) {
        num_format_fixed(value, 0, text);
    } else {
        num_format(value, text);
    }
    buf_str(buf, isinf(value) ? "inf" : text);
}

void aid_words_tiny(struct buf *buf, double value)
{
    char text[NUM_TEXT];
    int exponent = 0;
    if (!(value > 0)) {
        buf_str(buf, "0");
        return;
    }
    for (; value < 0.995; exponent--) {
        value *= 10;
    }
    num_format_fixed(value, 1, text);
    buf_printf(buf, "%se%d", text, exponent);
}

double aid_step(const struct aid_job *job)
{
    double step = 1;
    for (double rest = job->options.budget; rest >= 100; rest /= 10) {
        step *= 10;
    }
    for (double rest = job->options.budget; rest < 10; rest *= 10) {
        step /= 10;
    }
    return step;
}
