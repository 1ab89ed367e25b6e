/* Inside agents: what is done for many people at once, once for each instruction set.  All
 * paths give the same words. */
#ifndef FLOW_AGENTS_LANES_H
#define FLOW_AGENTS_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AGENTS_GROUP 64 /* people whose idle draws are made together: 16 blocks of four words */

/* Who draws which word of which block: person 64 g + 16 w + l has word w of entity 16 g + l. */
#define AGENTS_ENTITY(agent) ((agent) >> 6 << 4 | ((agent)&15))
#define AGENTS_WORD(agent)   ((agent) >> 4 & 3)

struct agents_key {
    uint64_t seed;
    uint32_t day;
};

/* Bit i of out[g]: person 64 (first + g) + i leaves: its word, without the lowest bit, is below go[place].
 * `place` starts at the first group; go has n_go entries, each at most 2^31. */
typedef void agents_idle_fn(const struct agents_key *key, uint32_t stream, uint32_t first,
                            size_t groups, const uint16_t *place, const uint32_t *go, size_t n_go,
                            uint64_t *out);

/* Words `pair` and `pair + 1` of block `block` of each person's own stream.  n may be read up to the next
 * multiple of 16, and is written up to there. */
typedef void agents_words_fn(const struct agents_key *key, uint32_t stream, uint32_t block,
                             unsigned pair, const uint32_t *agent, size_t n, uint32_t *first,
                             uint32_t *second);

/* How many of the thresholds[at[i] .. at[i] + n[i] - 1) are <= word[i]; rows of up to 16 are read whole. */
typedef void agents_pick_fn(const uint32_t *thresholds, const uint32_t *at, const uint32_t *n,
                            const uint32_t *word, size_t count, uint32_t *out);

enum agents_path_name { AGENTS_PLAIN, AGENTS_AVX2, AGENTS_AVX512, AGENTS_PATHS };
struct agents_path {
    const char *name;
    agents_idle_fn *idle;
    agents_words_fn *words;
    agents_pick_fn *pick;
};
extern const struct agents_path agents_plain, agents_avx2, agents_avx512;

/* NULL: not on this machine. */
const struct agents_path *agents_path(enum agents_path_name name);
const struct agents_path *agents_path_best(void);

#endif
