#include "aggregate_bag.h"

#include <string.h>

#define CLOSED UINT32_MAX /* instead of a count */
enum { FIRST_ROOM = 256, SLOTS_A_CELL = 4 };

struct slot {
    uint32_t age, cell;
};

static uint32_t slot_of(const struct bag *bag, uint32_t where, uint32_t trail, uint32_t mark,
                        uint32_t age)
{
    uint64_t key = (where * UINT64_C(0x9E3779B97F4A7C15)) ^ (mark * UINT64_C(0xC2B2AE3D27D4EB4F)) ^
                   (trail * UINT64_C(0x165667B19E3779F9)) ^ (age * UINT64_C(0x27D4EB2F165667C5));
    return (uint32_t)(key >> 32 ^ key >> 17) & bag->mask;
}

static bool same(const struct cell *a, const struct cell *b)
{
    return a->where == b->where && a->mark == b->mark && a->trail == b->trail && a->age == b->age;
}

/* The slot of such people, or the free one for them. */
static struct slot *find(const struct bag *bag, const struct cell *people)
{
    uint32_t i = slot_of(bag, people->where, people->trail, people->mark, people->age);
    while (bag->slots[i].age == bag->age && !same(&bag->at[bag->slots[i].cell], people)) {
        i = (i + 1) & bag->mask;
    }
    return &bag->slots[i];
}

static int set_room(struct bag *bag, uint32_t room, struct ajar_err *err)
{
    struct cell *at;
    struct slot *slots;
    TRY_NEW(at, bag->arena, room, err);
    TRY_NEW(slots, bag->arena, (size_t)room * SLOTS_A_CELL, err);
    if (bag->n > 0) {
        memcpy(at, bag->at, bag->n * sizeof *at);
    }
    *bag = (struct bag){.arena = bag->arena,
                        .at = at,
                        .n = bag->n,
                        .room = room,
                        .slots = slots,
                        .mask = room * SLOTS_A_CELL - 1,
                        .age = 1};
    for (uint32_t i = 0; i < bag->n; i++) {
        struct slot *slot = find(bag, &at[i]);
        *slot = (struct slot){bag->age, i}; /* of equal cells the last is the open one */
    }
    return 0;
}

int bag_open(struct bag *bag, struct arena *arena, struct ajar_err *err)
{
    *bag = (struct bag){.arena = arena};
    return set_room(bag, FIRST_ROOM, err);
}

int bag_reserve(struct bag *bag, uint32_t more, struct ajar_err *err)
{
    uint64_t wanted = (uint64_t)bag->n + more, room = bag->room;
    while (room < wanted) {
        room *= 2;
    }
    if (room == bag->room) {
        return 0;
    }
    if (room > UINT32_MAX / SLOTS_A_CELL) {
        return err_set(err, E_FLOW_TOO_LARGE, "%llu kinds of people in different states",
                       (unsigned long long)wanted);
    }
    return set_room(bag, (uint32_t)room, err);
}

void bag_clear(struct bag *bag)
{
    bag->n = 0;
    bag->age++;
    if (bag->age == 0) {
        memset(bag->slots, 0, ((size_t)bag->mask + 1) * sizeof *bag->slots);
        bag->age = 1;
    }
}

/* Equal values stay exactly what they are. */
static double mean(double a, int64_t n, double b, int64_t m)
{
    return a == b ? a : (a * (double)n + b * (double)m) / (double)(n + m);
}

uint32_t bag_put(struct bag *bag, const struct cell *people, bool *fresh)
{
    struct slot *slot = find(bag, people);
    *fresh = slot->age != bag->age || bag->at[slot->cell].count == CLOSED;
    if (*fresh) {
        *slot = (struct slot){bag->age, bag->n};
        bag->at[bag->n] = *people;
        bag->at[bag->n].next = BAG_NONE;
        return bag->n++;
    }
    struct cell *cell = &bag->at[slot->cell];
    cell->way = mean(cell->way, cell->n, people->way, people->n);
    cell->recent = mean(cell->recent, cell->n, people->recent, people->n);
    cell->n += people->n;
    cell->count = people->count > cell->count ? people->count : cell->count;
    return slot->cell;
}

void bag_close(struct bag *bag, uint32_t cell)
{
    bag->at[cell].count = CLOSED;
}
