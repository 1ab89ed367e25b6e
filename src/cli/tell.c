#include "tell.h"

#include "fill.h"

#define TELL_LINE_MOST  100             /* columns; longer lines read badly */
#define TELL_TEXT_BYTES ((size_t)65536) /* of one sentence; names of hosts may be long */

/* Control characters of the data would speak to the terminal. */
static void tell_quiet(struct buf *words)
{
    for (size_t i = 0; i < words->n; i++) {
        unsigned char c = (unsigned char)words->at[i];
        words->at[i] = (c < 0x20 && c != '\n') || c == 0x7f ? ' ' : words->at[i];
    }
}

static void tell_filled(const struct verb_call *call, struct buf *words, size_t indent)
{
    struct buf lines;
    size_t width = call->width < TELL_LINE_MOST ? call->width : TELL_LINE_MOST;
    buf_init(&lines, 4 * TELL_TEXT_BYTES);
    tell_quiet(words);
    fill_text(&lines, buf_view(words), indent, indent, width);
    fwrite(lines.n == 0 ? "" : lines.at, 1, lines.n, call->to);
    buf_free(&lines);
}

static void tell_formatted(const struct verb_call *call, const char *format, va_list args)
{
    struct buf words;
    buf_init(&words, TELL_TEXT_BYTES);
    buf_vprintf(&words, format, args);
    tell_filled(call, &words, 0);
    buf_free(&words);
}

void tell_say(const struct verb_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tell_formatted(call, format, args);
    va_end(args);
}

void tell_heading(const struct verb_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs(call->color ? "\n\033[1m" : "\n", call->to);
    tell_formatted(call, format, args);
    fputs(call->color ? "\033[0m" : "", call->to);
    va_end(args);
}

void tell_text(const struct verb_call *call, struct text text, size_t indent)
{
    struct buf words;
    buf_init(&words, TELL_TEXT_BYTES);
    buf_text(&words, text);
    tell_filled(call, &words, indent);
    buf_free(&words);
}
