/* SHA-256 (FIPS 180-4), to say which bytes an answer was made from. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "text.h"

#define SHA256_HEX   65 /* bytes of the digest in lower-case hexadecimal, with its zero */
#define SHA256_BLOCK 64

/* O(bytes), some hundred MB a second. */
void sha256_hex(struct text bytes, char to[static SHA256_HEX]);

/* The same, bit by bit: begin, add as often as need be, end once. */
struct sha256 {
    uint32_t state[8];
    unsigned char rest[SHA256_BLOCK]; /* of a block that is not full yet */
    uint64_t bytes;                   /* added so far */
};
void sha256_begin(struct sha256 *out);
void sha256_add(struct sha256 *hash, struct text bytes);
void sha256_end(struct sha256 *hash, char to[static SHA256_HEX]);

#endif
