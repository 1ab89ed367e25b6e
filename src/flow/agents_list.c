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

static struct chunk *chunk_get(struct chunk_pool *pool, struct ajar_err *err)
{
    lock(pool);
    struct chunk *chunk = pool->free;
    if (chunk != NULL) {
        pool->free = chunk->next;
    } else {
        chunk = arena_new(pool->arena, struct chunk, 1, err);
        pool->made += chunk != NULL;
    }
    unlock(pool);
    if (chunk != NULL) {
        chunk->next = NULL;
        chunk->n = chunk->waiting = 0;
    }
    return chunk;
}

void chunk_give(struct chunk_pool *pool, struct chunk *chunk)
{
    if (chunk == NULL) {
        return;
    }
    struct chunk *last = chunk;
    while (last->next != NULL) {
        last = last->next;
    }
    lock(pool);
    last->next = pool->free;
    pool->free = chunk;
    unlock(pool);
}

static int add_chunk(struct chunk_pool *pool, struct chunk_list *list, const struct part *part,
                     struct ajar_err *err)
{
    struct chunk *chunk = chunk_get(pool, err);
    if (chunk == NULL) {
        return arena_code(err);
    }
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

int mover_put(struct chunk_pool *pool, struct chunk_list *list, const struct part *part,
              const struct mover *mover, struct ajar_err *err)
{
    if (list->head == NULL || list->last->n == CHUNK_MOVERS) {
        TRY(add_chunk(pool, list, part, err));
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
