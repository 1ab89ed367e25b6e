/* A stable sort of rows by a 64-bit key or by the number of their series: O(n) a pass of 11 bits. */
#ifndef WORLD_RADIX_H
#define WORLD_RADIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct radix_item {
    uint64_t key;
    uint32_t row, series;
};

/* Sorts items[0..n-1] by the low `bits` bits of their keys, or of their series, above which all must
 * be 0.  Equal items keep their order.  `other` is room for n more. */
void radix_sort_keys(struct radix_item *items, struct radix_item *other, size_t n, unsigned bits);
void radix_sort_series(struct radix_item *items, struct radix_item *other, size_t n, unsigned bits);

/* Bits that the largest of the values 0 .. most takes. */
unsigned radix_bits(uint64_t most);

#endif
