/* Numbers to and from text, the same in every locale. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include "text.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NUM_PLAIN_LEAST 1e-5
#define NUM_PLAIN_MOST  1e15                  /* beyond, num_format writes an exponent */
#define NUM_WHOLE_MOST  9223372036854775808.0 /* 2^63: no int64 holds it */
#define NUM_FIXED_MOST  1e18

#define NUM_TEXT 48 /* bytes that any of the writers below needs, with its zero */

/* [+-]digits, the whole text, no blanks.  False on anything else or out of range. */
bool num_parse_int(struct text a, int64_t *out);

/* Decimal or exponent form, the whole text, no blanks, correctly rounded; no inf, nan or hex. */
bool num_parse(struct text a, double *out);

/* The fewest digits that read back as the same double, without an exponent from 1e-5 up to 1e15 ("0.1",
 * "700000", "1e+30"), and with one from 2^63 on, where a reader of JSON would take the digits for a whole number that
 * no int64 holds; "-0" is written "0".  Returns the length; `to` is zero-terminated. */
size_t num_format(double value, char to[NUM_TEXT]);

/* Fixed decimals (0 to 15), no exponent, rounded to nearest-even on the exact value.  From 1e18 on, and
 * for what is not finite, as num_format: a ratio of odd inputs must not end the program. */
size_t num_format_fixed(double value, int decimals, char to[NUM_TEXT]);

/* As num_format_fixed, with a thin grouping comma every three digits, for people: "66,000.5". */
size_t num_format_grouped(double value, int decimals, char to[NUM_TEXT]);

#ifdef __cplusplus
}
#endif

#endif
