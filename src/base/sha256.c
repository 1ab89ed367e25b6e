#include "sha256.h"

#include <string.h>

#define BLOCK SHA256_BLOCK

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t sha256_k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t sha256_turn(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

static inline uint32_t sha256_load(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The word of round i: from 16 on made in the place of word i - 16. */
static inline uint32_t sha256_word(uint32_t w[16], unsigned i)
{
    uint32_t a = w[(i + 1) & 15], b = w[(i + 14) & 15];
    if (i >= 16) {
        w[i & 15] += (sha256_turn(a, 7) ^ sha256_turn(a, 18) ^ (a >> 3)) + w[(i + 9) & 15] +
                     (sha256_turn(b, 17) ^ sha256_turn(b, 19) ^ (b >> 10));
    }
    return w[i & 15] + sha256_k[i];
}

/* One round: the eight words change their names, a = s[-i], instead of their places. */
static inline void sha256_round(uint32_t s[8], uint32_t w[16], unsigned i)
{
    uint32_t a = s[-i & 7], b = s[(1 - i) & 7], c = s[(2 - i) & 7];
    uint32_t e = s[(4 - i) & 7], f = s[(5 - i) & 7], g = s[(6 - i) & 7], *h = &s[(7 - i) & 7];
    uint32_t most = (a & b) | (c & (a | b)), choose = g ^ (e & (f ^ g));
    uint32_t first = *h + choose + sha256_word(w, i) +
                     (sha256_turn(e, 6) ^ sha256_turn(e, 11) ^ sha256_turn(e, 25));
    s[(3 - i) & 7] += first;
    *h = first + most + (sha256_turn(a, 2) ^ sha256_turn(a, 13) ^ sha256_turn(a, 22));
}

static void sha256_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[16], s[8];
    for (int i = 0; i < 16; i++) {
        w[i] = sha256_load(block + 4 * i);
    }
    memcpy(s, state, sizeof s);
    for (unsigned i = 0; i < 64; i += 8) {
        sha256_round(s, w, i);
        sha256_round(s, w, i + 1);
        sha256_round(s, w, i + 2);
        sha256_round(s, w, i + 3);
        sha256_round(s, w, i + 4);
        sha256_round(s, w, i + 5);
        sha256_round(s, w, i + 6);
        sha256_round(s, w, i + 7);
    }
    for (int i = 0; i < 8; i++) {
        state[i] += s[i];
    }
}

/* The rest of the bytes, a one bit, zeros, and the length in bits. */
static void sha256_last(uint32_t state[8], const unsigned char *rest, size_t n, uint64_t bytes)
{
    unsigned char last[2 * BLOCK] = {0};
    size_t end = n + 9 > BLOCK ? 2 * BLOCK : BLOCK;
    memcpy(last, rest, n);
    last[n] = 0x80;
    for (int i = 0; i < 8; i++) {
        last[end - 1 - (size_t)i] = (unsigned char)(bytes * 8 >> 8 * i);
    }
    for (size_t i = 0; i < end; i += BLOCK) {
        sha256_block(state, last + i);
    }
}

void sha256_begin(struct sha256 *out)
{
    *out = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                     0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *hash, struct text bytes)
{
    const unsigned char *at = (const unsigned char *)(bytes.n == 0 ? "" : bytes.at);
    size_t rest = (size_t)(hash->bytes % BLOCK), n = bytes.n;
    hash->bytes += n;
    if (rest > 0) {
        size_t more = n < BLOCK - rest ? n : BLOCK - rest;
        memcpy(hash->rest + rest, at, more);
        at += more;
        n -= more;
        if (rest + more < BLOCK) {
            return;
        }
        sha256_block(hash->state, hash->rest);
    }
    for (; n >= BLOCK; at += BLOCK, n -= BLOCK) {
        sha256_block(hash->state, at);
    }
    memcpy(hash->rest, at, n);
}

void sha256_end(struct sha256 *hash, char to[static SHA256_HEX])
{
    static const char digits[] = "0123456789abcdef";
    sha256_last(hash->state, hash->rest, (size_t)(hash->bytes % BLOCK), hash->bytes);
    for (int i = 0; i < SHA256_HEX - 1; i++) {
        to[i] = digits[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    }
    to[SHA256_HEX - 1] = '\0';
}

void sha256_hex(struct text bytes, char to[static SHA256_HEX])
{
    struct sha256 hash;
    sha256_begin(&hash);
    sha256_add(&hash, bytes);
    sha256_end(&hash, to);
}
