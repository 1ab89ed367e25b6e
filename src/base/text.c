#include "text.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

struct text text_of(const char *zero_terminated)
{
    if (zero_terminated == NULL) {
        return (struct text){"", 0};
    }
    return (struct text){zero_terminated, strlen(zero_terminated)};
}

bool text_eq(struct text a, struct text b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n) == 0);
}

bool text_is(struct text a, const char *zero_terminated)
{
    return text_eq(a, text_of(zero_terminated));
}

int text_cmp(struct text a, struct text b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.at, b.at, n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

bool text_starts(struct text a, const char *prefix)
{
    size_t n = strlen(prefix);
    return a.n >= n && memcmp(a.at, prefix, n) == 0;
}

static bool text_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct text text_trim(struct text a)
{
    while (a.n > 0 && text_blank(a.at[0])) {
        a.at++;
        a.n--;
    }
    while (a.n > 0 && text_blank(a.at[a.n - 1])) {
        a.n--;
    }
    return a;
}

struct text text_split(struct text a, char sep, struct text *rest)
{
    const char *hit = a.n == 0 ? NULL : memchr(a.at, sep, a.n);
    if (hit == NULL) {
        *rest = (struct text){"", 0};
        return a;
    }
    size_t n = (size_t)(hit - a.at);
    *rest = (struct text){hit + 1, a.n - n - 1};
    return (struct text){a.at, n};
}

/* Length of the well-formed sequence at `at` (Unicode 15, table 3-7), or 0. */
static size_t text_sequence(const unsigned char *at, size_t n)
{
    unsigned char lead = at[0];
    if (lead < 0x80) {
        return 1;
    }
    unsigned char low = 0x80, high = 0xbf;
    size_t length = 0;
    if (lead >= 0xc2 && lead <= 0xdf) {
        length = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
        length = 3;
        low = lead == 0xe0 ? 0xa0 : 0x80;
        high = lead == 0xed ? 0x9f : 0xbf;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
        length = 4;
        low = lead == 0xf0 ? 0x90 : 0x80;
        high = lead == 0xf4 ? 0x8f : 0xbf;
    }
    if (length == 0 || length > n || at[1] < low || at[1] > high) {
        return 0;
    }
    for (size_t i = 2; i < length; i++) {
        if ((at[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    return length;
}

bool text_utf8(struct text a, size_t *bad)
{
    const unsigned char *at = (const unsigned char *)a.at;
    size_t i = 0;
    while (i < a.n) {
        while (i + 16 <= a.n) {
            uint64_t x, y;
            memcpy(&x, at + i, 8);
            memcpy(&y, at + i + 8, 8);
            if (((x | y) & UINT64_C(0x8080808080808080)) != 0) {
                break;
            }
            i += 16;
        }
        if (i == a.n) {
            break;
        }
        size_t length = text_sequence(at + i, a.n - i);
        if (length == 0) {
            *bad = i;
            return false;
        }
        i += length;
    }
    return true;
}

/* Wide and combining ranges that names in Ajar's data can hold; the exact Unicode table would need
 * a library for a matter of column alignment only. */
static size_t text_char_width(uint32_t c)
{
    if ((c >= 0x300 && c <= 0x36f) || (c >= 0x483 && c <= 0x489) || (c >= 0x591 && c <= 0x5bd) ||
        (c >= 0x610 && c <= 0x61a) || (c >= 0x64b && c <= 0x65f) || (c >= 0x200b && c <= 0x200f) ||
        (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f)) {
        return 0;
    }
    if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
        (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
        (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
        (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd)) {
        return 2;
    }
    return 1;
}

size_t text_width(struct text a)
{
    const unsigned char *at = (const unsigned char *)a.at;
    size_t width = 0;
    for (size_t i = 0; i < a.n;) {
        size_t length = text_sequence(at + i, a.n - i);
        if (length <= 1) {
            width++;
            i++;
            continue;
        }
        uint32_t c = at[i] & (0xffu >> (length + 1));
        for (size_t k = 1; k < length; k++) {
            c = (c << 6) | (at[i + k] & 0x3fu);
        }
        width += text_char_width(c);
        i += length;
    }
    return width;
}

size_t text_char(struct text a)
{
    return text_sequence((const unsigned char *)a.at, a.n);
}

size_t text_fit(struct text a, size_t n)
{
    if (a.n <= n) {
        return a.n;
    }
    while (n > 0 && ((unsigned char)a.at[n] & 0xc0) == 0x80) {
        n--;
    }
    return n;
}

int text_copy(struct arena *arena, struct text a, const char **out, struct ajar_err *err)
{
    char *copy;
    TRY_NEW(copy, arena, a.n + 1, err);
    if (a.n > 0) {
        memcpy(copy, a.at, a.n);
    }
    *out = copy;
    return 0;
}

#define DISTANCE_MAX 63

static unsigned text_min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

/* Damerau-Levenshtein in its "optimal string alignment" form, three rolling rows; O(n m).  Once two
 * rows in a row are nowhere below `most`, no later one is, and `most` is returned. */
static unsigned text_distance_below(struct text a, struct text b, unsigned most)
{
    unsigned rows[3][DISTANCE_MAX + 1], least = 0, least_above = 0;
    size_t n = a.n < DISTANCE_MAX ? a.n : DISTANCE_MAX;
    size_t m = b.n < DISTANCE_MAX ? b.n : DISTANCE_MAX;
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        least_above = least;
        least = row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned change = a.at[i - 1] == b.at[j - 1] ? 0 : 1;
            row[j] = text_min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1] &&
                two_above[j - 2] + 1 < row[j]) {
                row[j] = two_above[j - 2] + 1;
            }
            least = row[j] < least ? row[j] : least;
        }
        if (least >= most && least_above >= most) {
            return most;
        }
    }
    return rows[n % 3][m];
}

unsigned text_distance(struct text a, struct text b)
{
    return text_distance_below(a, b, UINT_MAX);
}

const char *text_nearest(struct text a, const char *const *candidates, size_t n)
{
    const char *best = NULL;
    size_t length = a.n < DISTANCE_MAX ? a.n : DISTANCE_MAX;
    unsigned best_distance = (unsigned)length / 4 + 2;
    for (size_t i = 0; i < n; i++) {
        size_t other = strnlen(candidates[i], DISTANCE_MAX);
        if ((other > length ? other - length : length - other) >= best_distance) {
            continue; /* each surplus byte costs one */
        }
        struct text candidate = {candidates[i], other};
        unsigned distance = text_distance_below(a, candidate, best_distance);
        if (distance < best_distance) {
            best_distance = distance;
            best = candidates[i];
        }
    }
    return best;
}

#define BUF_FIRST ((size_t)256)

void buf_init(struct buf *buf, size_t ceiling)
{
    *buf = (struct buf){.ceiling = ceiling};
}

void buf_free(struct buf *buf)
{
    free(buf->at);
    *buf = (struct buf){.ceiling = buf->ceiling};
}

/* Room for n more bytes and a final zero; false marks the buffer as failed. */
static bool buf_room(struct buf *buf, size_t n)
{
    if (buf->failed != 0) {
        return false;
    }
    if (n > buf->ceiling || buf->n > buf->ceiling - n) {
        buf->failed = E_CEILING;
        return false;
    }
    size_t need = buf->n + n + 1;
    if (need <= buf->cap) {
        return true;
    }
    size_t cap = buf->cap < BUF_FIRST ? BUF_FIRST : buf->cap;
    while (cap < need) {
        cap *= 2;
    }
    char *at = realloc(buf->at, cap);
    if (at == NULL) {
        buf->failed = E_MEMORY;
        return false;
    }
    buf->at = at;
    buf->cap = cap;
    return true;
}

void buf_bytes(struct buf *buf, const void *bytes, size_t n)
{
    if (n > 0 && buf_room(buf, n)) {
        memcpy(buf->at + buf->n, bytes, n);
        buf->n += n;
        buf->at[buf->n] = '\0';
    }
}

void buf_text(struct buf *buf, struct text a)
{
    buf_bytes(buf, a.at, a.n);
}

void buf_str(struct buf *buf, const char *zero_terminated)
{
    buf_text(buf, text_of(zero_terminated));
}

void buf_char(struct buf *buf, char c)
{
    buf_bytes(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0) {
        buf->failed = buf->failed != 0 ? buf->failed : E_INTERNAL;
    } else if (buf_room(buf, (size_t)n)) {
        vsnprintf(buf->at + buf->n, (size_t)n + 1, format, again);
        buf->n += (size_t)n;
    }
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

void buf_pad(struct buf *buf, char c, size_t n)
{
    if (n > 0 && buf_room(buf, n)) {
        memset(buf->at + buf->n, c, n);
        buf->n += n;
        buf->at[buf->n] = '\0';
    }
}

int buf_ok(const struct buf *buf, struct ajar_err *err)
{
    switch (buf->failed) {
    case 0:
        return 0;
    case E_CEILING:
        return err_set(err, E_CEILING, "the text would grow past its ceiling of %zu bytes",
                       buf->ceiling);
    default:
        return err_set(err, (enum err_code)buf->failed, "no memory is left for a text of %zu bytes",
                       buf->n);
    }
}

struct text buf_view(const struct buf *buf)
{
    return (struct text){buf->at == NULL ? "" : buf->at, buf->n};
}
