/* Arenas: memory that is given bit by bit and taken back at once.
 *
 * A function that allocates takes an arena; a function without one cannot allocate.  Who passes the
 * arena owns the result.  Each arena has a ceiling, so that an input can never take the machine
 * down: what would pass the ceiling is E_CEILING, an ordinary error of the input. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "err.h"

struct arena_block;
struct arena {
    struct arena_block *blocks;
    size_t used, ceiling; /* bytes handed out or reserved; the most allowed */
    const char *name;     /* for messages; static */
};

void arena_init(struct arena *arena, const char *name, size_t ceiling_bytes);
void arena_free(struct arena *arena); /* accepts a zeroed arena; leaves it empty and usable */

/* count * size bytes, zeroed, aligned to 16; never NULL for count 0.  NULL on failure, err filled
 * (E_CEILING or E_MEMORY).  Blocks of 1 MiB or more come from the system on their own. */
void *arena_get(struct arena *arena, size_t count, size_t size, struct ajar_err *err);

/* `type *out = arena_new(arena, type, count, err)`; TRY_NEW returns the error for you. */
#define arena_new(arena, type, count, err)                                                         \
    ((type *)arena_get((arena), (count), sizeof(type), (err)))
#define TRY_NEW(pointer, arena, count, err)                                                        \
    do {                                                                                           \
        (pointer) = arena_get((arena), (count), sizeof *(pointer), (err));                         \
        if ((pointer) == NULL) {                                                                   \
            return arena_code(err);                                                                \
        }                                                                                          \
    } while (0)

/* The code of the failure just reported by arena_get (E_MEMORY when err is NULL). */
int arena_code(const struct ajar_err *err);

#endif
