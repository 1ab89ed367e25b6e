/* A problem in the binary form of instance files, little-endian: "AJPLC001"; households, localities, resources
 * and 0 as int32; pairs as int64; needs, capacities, int64 starts of the households' pairs, localities, scores. */
#ifndef TEST_PLACE_GENERATE_BYTES_H
#define TEST_PLACE_GENERATE_BYTES_H

#include "place.h"

static inline void generate_little(struct buf *buf, uint64_t value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_char(buf, (char)(unsigned char)(value >> (8 * i) & 0xff));
    }
}

static inline void generate_bytes(struct buf *buf, const struct place_problem *problem)
{
    size_t households = problem->n_households, localities = problem->n_localities,
           resources = problem->n_resources;
    buf_str(buf, "AJPLC001");
    generate_little(buf, households, 4);
    generate_little(buf, localities, 4);
    generate_little(buf, resources, 4);
    generate_little(buf, 0, 4);
    generate_little(buf, problem->first[households], 8);
    for (size_t i = 0; i < households * resources; i++) {
        generate_little(buf, (uint32_t)problem->need[i], 4);
    }
    for (size_t i = 0; i < localities * resources; i++) {
        generate_little(buf, (uint32_t)problem->capacity[i], 4);
    }
    for (size_t i = 0; i <= households; i++) {
        generate_little(buf, problem->first[i], 8);
    }
    for (uint64_t i = 0; i < problem->first[households]; i++) {
        generate_little(buf, problem->locality[i], 4);
    }
    for (uint64_t i = 0; i < problem->first[households]; i++) {
        generate_little(buf, (uint32_t)problem->score[i], 4);
    }
}

/* FNV-1a, 64 bits (Fowler, Noll and Vo). */
static inline uint64_t generate_hash(struct text bytes)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < bytes.n; i++) {
        hash = (hash ^ (unsigned char)bytes.at[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

#endif
