#include "agents_parts.h"

static void lock(struct chunk_pool *pool)
{
    while (atomic_flag_test_and_set_explicit(&pool->lock, memory_order_acquire)) {
    }
}

static void unlock(struct chunk_pool *pool)
{
    atomic_flag_clear_explicit(&pool->lock, memory_order_release);
}

static int chunk_make(struct chunk_shelf *shelf, struct chunk **out, struct ajar_err *err)
{
    struct chunk_pool *pool = shelf->pool;
    lock(pool);
    *out = arena_new(pool->arena, struct chunk, 1, err);
    pool->made += *out != NULL;
    unlock(pool);
    return *out != NULL ? 0 : arena_code(err);
}

static int chunk_get(struct chunk_shelf *shelf, struct chunk **out, struct ajar_err *err)
{
    struct chunk *chunk = shelf->free;
    if (chunk != NULL) {
        shelf->free = chunk->next;
    } else {
        TRY(chunk_make(shelf, &chunk, err));
    }
    chunk->next = NULL;
    chunk->n = chunk->waiting = 0;
    *out = chunk;
    return 0;
}

void chunk_give(struct chunk *chunk, struct chunk_shelf *shelf)
{
    while (chunk != NULL) {
        struct chunk *next = chunk->next;
        chunk->next = shelf->free;
        shelf->free = chunk;
        chunk = next;
    }
}

static int add_chunk(struct chunk_shelf *shelf, struct chunk_list *list, const struct part *part,
                     struct ajar_err *err)
{
    struct chunk *chunk;
    TRY(chunk_get(shelf, &chunk, err));
    chunk->begin = part->begin;
    chunk->end = part->end;
    if (list->head == NULL) {
        list->head = chunk;
    } else {
        list->last->next = chunk;
    }
    list->last = chunk;
    return 0;
}

int mover_put(struct chunk_shelf *shelf, struct chunk_list *list, const struct part *part,
              const struct mover *mover, struct ajar_err *err)
{
    if (list->head == NULL || list->last->n == CHUNK_MOVERS) {
        TRY(add_chunk(shelf, list, part, err));
    }
    struct chunk *chunk = list->last;
    chunk->waiting |= (mover->link & (MOVER_PLACE | MOVER_QUEUE)) != 0;
    chunk->at[chunk->n++] = *mover;
    return 0;
}

uint64_t agents_bytes(const struct flow_agents *agents)
{
    uint64_t each = 2 * sizeof(uint16_t) + (agents->class != NULL ? 1 : 0) +
                    (agents->home != NULL ? sizeof(uint16_t) : 0);
    return agents->room * each + agents->pool.made * sizeof(struct chunk);
}
