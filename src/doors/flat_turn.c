/* From planes, a bit a person, back to a word or a byte for each person. */
#include <string.h>

#include "flat_lanes.h"

/* 8 rows of 8 bits each: bit c of byte r goes to bit r of byte c.  Warren 2013, "Hacker's Delight",
 * 7-3. */
static uint64_t turn_eight(uint64_t x)
{
    uint64_t t = (x ^ x >> 7) & 0x00AA00AA00AA00AA;
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & 0x0000CCCC0000CCCC;
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & 0x00000000F0F0F0F0;
    return x ^ t ^ t << 28;
}

/* 64 rows of 64 bits, by halves: the same book. */
static void turn_64(uint64_t rows[static 64])
{
    uint64_t keep = 0x00000000FFFFFFFF;
    for (unsigned j = 32; j > 0; j /= 2, keep ^= keep << j) {
        for (unsigned high = 0; high < 64; high += 2 * j) {
            for (unsigned r = high; r < high + j; r++) {
                uint64_t t = (rows[r] >> j ^ rows[r + j]) & keep;
                rows[r] ^= t << j;
                rows[r + j] ^= t;
            }
        }
    }
}

void flat_turn_outcomes(const uint64_t *outs, size_t stride, size_t n, uint8_t *outcome)
{
    for (size_t i = 0; i < n; i += 8) {
        uint64_t rows = 0;
        for (unsigned o = 0; o < OUTCOME_COUNT; o++) {
            rows |= (~outs[o * stride + i / 64] >> i % 64 & 0xFF) << (8 * o);
        }
        rows = turn_eight(rows);
        for (size_t j = 0; j < 8 && i + j < n; j++) {
            outcome[i + j] = (uint8_t)(rows >> (8 * j));
        }
    }
}

/* Rules 64 * part and on. */
static void turn_part(const uint64_t *outs, size_t stride, size_t n_rules, size_t n, size_t each,
                      uint64_t *fired)
{
    for (size_t i = 0; i < n; i += 64) {
        uint64_t rows[64] = {0};
        for (size_t r = 0; r < n_rules; r++) {
            rows[r] = outs[r * stride + i / 64];
        }
        turn_64(rows);
        for (size_t j = 0; j < 64 && i + j < n; j++) {
            fired[(i + j) * each] = rows[j];
        }
    }
}

void flat_turn_fired(const uint64_t *outs, size_t stride, size_t n_rules, size_t n, uint64_t *fired)
{
    size_t each = n_rules == 0 ? 1 : (n_rules + 63) / 64;
    for (size_t part = 0; part < each; part++) {
        size_t left = n_rules - part * 64;
        turn_part(outs + part * 64 * stride, stride, left < 64 ? left : 64, n, each, fired + part);
    }
}
