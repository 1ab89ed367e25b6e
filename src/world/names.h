/* Interned words.  Equal words have equal ids, ids count up from 1 in the order of first sight, and
 * id 0 is the empty word, so a column of words is a column of small integers. */
#ifndef WORLD_NAMES_H
#define WORLD_NAMES_H

#include "arena.h"

typedef uint32_t name_id;

/* Words that one scenario may hold; a table of more is refused with E_CEILING. */
#define NAMES_MAX ((uint32_t)1 << 28)

struct names {
    struct arena *arena;
    struct text *words; /* [cap]; word 0 is "" */
    uint32_t *hashes;   /* [cap] */
    uint32_t *slots;    /* [mask + 1]: id, or 0 for a free slot */
    uint32_t n, cap, mask;
    char *room; /* where the next word's bytes go */
    size_t room_n;
};

/* An empty set (only the word ""), in `arena`, which must outlive it. */
int names_init(struct names *out, struct arena *arena, struct ajar_err *err);

/* Words with one hash that a set takes: chance gives no two dozen, an input made to be slow gives all. */
#define NAMES_PROBES 1000

/* The id of `word`, added with a copy of its bytes when it is seen for the first time.  O(length).
 * E_CEILING past NAMES_MAX words, or NAMES_PROBES steps from where its hash points. */
int names_put(struct names *names, struct text word, name_id *out, struct ajar_err *err);

/* The id of `word`, or 0 when it is empty or was never put.  O(length). */
name_id names_find(const struct names *names, struct text word);

/* The word of an id below names->n.  Lives as long as the arena. */
static inline struct text names_word(const struct names *names, name_id id)
{
    return names->words[id];
}

/* A well-mixed hash of the bytes, the same on every machine of one byte order. */
uint64_t names_hash(struct text word);

#endif
