#include "fill.h"

#include <string.h>

static bool fill_blank(char c)
{
    return c == ' ' || c == '\n';
}

static struct text fill_skip(struct text a)
{
    while (a.n > 0 && fill_blank(a.at[0])) {
        a.at++;
        a.n--;
    }
    return a;
}

/* What follows the first `n` bytes; the text of nothing has no address to count from. */
static struct text fill_after(struct text a, size_t n)
{
    return fill_skip(n == 0 ? a : (struct text){a.at + n, a.n - n});
}

/* Bytes of the longest prefix of whole characters that fits; at least one character, so that the
 * caller always moves on. */
static size_t fill_cut(struct text a, size_t width)
{
    size_t n = 0;
    while (n < a.n) {
        size_t next = n + 1;
        while (next < a.n && ((unsigned char)a.at[next] & 0xc0) == 0x80) {
            next++;
        }
        if (n > 0 && text_width((struct text){a.at, next}) > width) {
            break;
        }
        n = next;
    }
    return n;
}

struct text fill_line(struct text *rest, size_t width)
{
    struct text a = fill_skip(*rest);
    size_t end = 0, i = 0;
    while (i < a.n) {
        size_t word = i;
        while (word < a.n && !fill_blank(a.at[word])) {
            word++;
        }
        if (text_width((struct text){a.at, word}) > width) {
            break;
        }
        end = word;
        i = word;
        while (i < a.n && fill_blank(a.at[i])) {
            i++;
        }
    }
    if (end == 0) {
        end = fill_cut(a, width);
    }
    *rest = fill_after(a, end);
    return (struct text){a.at, end};
}

struct text fill_paragraph(struct text *rest)
{
    struct text a = fill_skip(*rest);
    const char *cut = a.n < 2 ? NULL : memmem(a.at, a.n, "\n\n", 2);
    size_t n = cut == NULL ? a.n : (size_t)(cut - a.at);
    *rest = fill_after(a, n);
    return (struct text){a.at, n};
}

static void fill_put(struct buf *buf, struct text line)
{
    for (size_t i = 0; i < line.n; i++) {
        buf_char(buf, line.at[i] == '\n' ? ' ' : line.at[i]);
    }
}

void fill_text(struct buf *buf, struct text paragraphs, size_t at, size_t indent, size_t width)
{
    size_t room = width > indent + 20 ? width - indent : 20;
    size_t first = width > at + 10 ? width - at : 10;
    do {
        struct text rest = fill_paragraph(&paragraphs);
        fill_put(buf, fill_line(&rest, first));
        buf_char(buf, '\n');
        while (rest.n > 0) {
            buf_pad(buf, ' ', indent);
            fill_put(buf, fill_line(&rest, room));
            buf_char(buf, '\n');
        }
        if (paragraphs.n > 0) {
            buf_char(buf, '\n');
            buf_pad(buf, ' ', indent);
            first = room;
        }
    } while (paragraphs.n > 0);
}
