/* Text: a view of UTF-8 bytes, and a growing buffer with a ceiling. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ajar_err;
struct arena;

/* A view: not zero-terminated, not owned. */
struct text {
    const char *at;
    size_t n;
};

#define TEXT_LIT(s) ((struct text){(s), sizeof(s) - 1})
struct text text_of(const char *zero_terminated); /* NULL gives the empty text */
bool text_eq(struct text a, struct text b);
bool text_is(struct text a, const char *zero_terminated);
int text_cmp(struct text a, struct text b); /* by bytes, which is by code point in UTF-8 */
bool text_starts(struct text a, const char *prefix);
struct text text_trim(struct text a); /* without ASCII space, tab, CR, LF at both ends */

/* Splits off what stands before the first `sep`; *rest gets what follows it ("" at the end). */
struct text text_split(struct text a, char sep, struct text *rest);

/* Whether all bytes are well-formed UTF-8 (no surrogates, no overlong forms); on failure *bad gets
 * the offset of the first bad byte.  O(n), a word at a time over ASCII. */
bool text_utf8(struct text a, size_t *bad);

/* Columns that the text takes on a terminal: code points, East Asian wide counted as two and
 * combining marks as none. */
size_t text_width(struct text a);

/* Bytes of the first character, 1 to 4; 0 when it is not well-formed.  a.n > 0. */
size_t text_char(struct text a);

/* The most bytes, up to n, that end with a whole character. */
size_t text_fit(struct text a, size_t n);

/* A zero-terminated copy in the arena. */
int text_copy(struct arena *arena, struct text a, const char **out, struct ajar_err *err);

/* Optimal string alignment distance between two short texts (bytes past 63 are ignored): the
 * number of insertions, deletions, substitutions and swaps of neighbours. */
unsigned text_distance(struct text a, struct text b);

/* "Did you mean": the candidate nearest to `a`, when near enough to be a likely slip (distance at
 * most 1 + n/4); NULL otherwise.  Ties go to the first.  O(candidates) distances, but for those whose
 * length alone says that they are too far. */
const char *text_nearest(struct text a, const char *const *candidates, size_t n);

/* A growing buffer of bytes.  `ceiling` is the largest size it may reach; name it beside its use.
 * A failed append leaves the buffer as it was and marks it: buf_ok tells at the end, so a writer
 * appends freely and checks once. */
struct buf {
    char *at;
    size_t n, cap, ceiling;
    int failed; /* 0, or the first error code */
};
void buf_init(struct buf *buf, size_t ceiling);
void buf_free(struct buf *buf); /* accepts a zeroed buf */
void buf_bytes(struct buf *buf, const void *bytes, size_t n);
void buf_text(struct buf *buf, struct text a);
void buf_str(struct buf *buf, const char *zero_terminated);
void buf_char(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args);
void buf_pad(struct buf *buf, char c, size_t n);

/* 0, or the first failure put into err. */
int buf_ok(const struct buf *buf, struct ajar_err *err);
struct text buf_view(const struct buf *buf);

#endif
