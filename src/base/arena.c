#include "arena.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

#define ARENA_ALIGN 16
#define ARENA_BLOCK ((size_t)64 * 1024)
#define ARENA_LARGE ((size_t)1024 * 1024)

/* The bytes handed out stand behind the header, which is a multiple of the alignment. */
struct arena_block {
    struct arena_block *next;
    size_t size, used;
    size_t pad;
};
static_assert(sizeof(struct arena_block) % ARENA_ALIGN == 0, "blocks start aligned");

void arena_init(struct arena *arena, const char *name, size_t ceiling_bytes)
{
    *arena = (struct arena){.name = name, .ceiling = ceiling_bytes};
}

void arena_free(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
}

int arena_code(const struct ajar_err *err)
{
    return err != NULL && err->code != 0 ? err->code : E_MEMORY;
}

/* A block of its own for `size` bytes.  Room for later requests is left in small blocks only; they
 * go to the head of the list, where arena_get looks. */
static struct arena_block *arena_block_add(struct arena *arena, size_t size)
{
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (block == NULL) {
        return NULL;
    }
    block->size = size;
    if (size >= ARENA_LARGE && arena->blocks != NULL) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    arena->used += size;
    return block;
}

void *arena_get(struct arena *arena, size_t count, size_t size, struct ajar_err *err)
{
    assert(size > 0);
    if (fault_strikes(FAULT_ARENA)) {
        err_set(err, E_MEMORY, "no memory is left for %s", arena->name);
        return NULL;
    }
    if (count > (SIZE_MAX - ARENA_ALIGN) / size) {
        err_set(err, E_CEILING, "%s would need more memory than a machine can address",
                arena->name);
        return NULL;
    }
    size_t bytes = (count * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (bytes == 0) {
        bytes = ARENA_ALIGN;
    }
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->size - block->used < bytes) {
        size_t room = bytes >= ARENA_BLOCK ? bytes : ARENA_BLOCK;
        if (arena->ceiling - arena->used < room) {
            room = bytes;
        }
        if (arena->ceiling < arena->used || arena->ceiling - arena->used < room) {
            err_set(err, E_CEILING, "%s would need more than its ceiling of %zu bytes", arena->name,
                    arena->ceiling);
            return NULL;
        }
        block = arena_block_add(arena, room);
        if (block == NULL) {
            err_set(err, E_MEMORY, "the system has no %zu bytes left for %s", room, arena->name);
            return NULL;
        }
    }
    void *out = (char *)(block + 1) + block->used;
    block->used += bytes;
    return out;
}
