/* SHA-256 (FIPS 180-4), to say which bytes an answer was made from. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "text.h"

#define SHA256_HEX 65 /* bytes of the digest in lower-case hexadecimal, with its zero */

/* O(bytes), some hundred MB a second. */
void sha256_hex(struct text bytes, char to[static SHA256_HEX]);

#endif
