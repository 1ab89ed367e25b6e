/* All conflicts under test/flow/data, read once for a group of tests. */
#ifndef TEST_FLEE_WORLDS_H
#define TEST_FLEE_WORLDS_H

#include "flee_folder.h"

static struct arena arena;
static struct flow_world worlds[FLEE_CONFLICTS];

static inline int open_all(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)2 << 30);
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        worlds[i] = flee_world(&arena, flee_names[i], NULL);
    }
    return 0;
}

static inline int close_all(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#endif
