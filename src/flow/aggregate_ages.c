#include "aggregate_parts.h"

/* A group has at most this part of all people, or of those who are younger. */
#define AGES_OF_ALL     0x1p-5
#define AGES_OF_YOUNGER 1.0

enum {
    AGES_MOST = 16, /* groups; joined they are 13 at most, as two neighbours do not fit into one */
    AGES_PEOPLE = 2000000 /* of a run; among fewer, more cells would cost what the engine gains */
};

int aggregate_ages_open(struct aggregate *all, uint64_t people, struct ajar_err *err)
{
    all->by_age = people >= AGES_PEOPLE && all->weights.n_limited > 0;
    TRY_NEW(all->born, all->arena, AGES_MOST + 1, err);
    TRY_NEW(all->of_age, all->arena, AGES_MOST, err);
    TRY_NEW(all->moving, all->arena, AGES_MOST, err);
    TRY_NEW(all->gone, all->arena, (size_t)all->params->blocks + 1, err);
    return 0;
}

/* ---- Groups ---- */

static bool fits(int64_t begin, int64_t end, int64_t people)
{
    double of_all = AGES_OF_ALL * (double)people;
    double of_younger = AGES_OF_YOUNGER * (double)(people - end);
    return (double)(end - begin) <= (of_all > of_younger ? of_all : of_younger);
}

/* Joins neighbours, oldest first; joined[i] becomes the new number of group i. */
static void join(struct aggregate *all, uint32_t *joined)
{
    int64_t *born = all->born, people = born[all->n_ages];
    uint32_t n = 0;
    for (uint32_t i = 0; i < all->n_ages; i++) {
        if (n == 0 || !fits(born[n - 1], born[i + 1], people)) {
            born[n++] = born[i];
        }
        joined[i] = n - 1;
    }
    born[n] = people;
    all->n_ages = n;
}

static int make_room(struct aggregate *all, struct ajar_err *err)
{
    uint32_t joined[AGES_MOST];
    bool fresh;
    join(all, joined);
    TRY(bag_reserve(&all->tonight, all->here.n, err));
    for (uint32_t i = 0; i < all->here.n; i++) {
        struct cell people = all->here.at[i];
        people.age = joined[people.age];
        bag_put(&all->tonight, &people, &fresh);
    }
    aggregate_night(all);
    for (uint32_t i = 0; i < all->n_on_way; i++) {
        all->on_way[i].age = joined[all->on_way[i].age];
    }
    return 0;
}

int aggregate_ages_add(struct aggregate *all, int64_t n, struct ajar_err *err)
{
    if (n <= 0) {
        return 0;
    }
    if (all->n_ages == AGES_MOST) {
        TRY(make_room(all, err));
    }
    if (all->by_age || all->n_ages == 0) {
        all->born[all->n_ages + 1] = all->born[all->n_ages];
        all->n_ages++;
    }
    all->born[all->n_ages] += n;
    return 0;
}

void aggregate_ages_chain(struct aggregate *all, struct bag *bag)
{
    for (uint32_t i = 0; i < all->n_ages; i++) {
        all->of_age[i] = BAG_NONE;
        all->moving[i] = 0;
    }
    for (uint32_t i = bag->n; i-- > 0;) {
        struct cell *people = &bag->at[i];
        people->next = all->of_age[people->age];
        all->of_age[people->age] = i;
    }
}

/* ---- Blocks ---- */

/* Number of the first person of a block. */
static int64_t block_begin(const struct aggregate *all, uint32_t block)
{
    return (int64_t)move_block((uint32_t)all->people, all->params->blocks, (int32_t)block);
}

/* The part of a group that is older than a person. */
static double older(const struct aggregate *all, uint32_t age, int64_t person)
{
    int64_t from = all->born[age], to = all->born[age + 1];
    return person <= from ? 0 : person >= to ? 1 : (double)(person - from) / (double)(to - from);
}

double aggregate_ages_spread(struct aggregate *all)
{
    uint32_t blocks = (uint32_t)all->params->blocks, age = 0;
    double sum = 0, before = 0;
    for (uint32_t i = 0; i < all->n_ages; i++) {
        sum += all->moving[i];
    }
    for (uint32_t b = 0; b < blocks; b++) {
        int64_t person = block_begin(all, b);
        while (age < all->n_ages && all->born[age + 1] <= person) {
            before += all->moving[age++];
        }
        double part = age < all->n_ages ? all->moving[age] * older(all, age, person) : 0;
        all->gone[b] = sum > 0 ? (before + part) / sum : (double)b / blocks;
    }
    all->gone[blocks] = 1;
    return sum;
}

/* People of cell number `cell` who go between two shares; over all shares they are all.  Single people are
 * spread evenly, other ones first on other days. */
static int64_t people_between(const struct aggregate *all, int64_t n, double from, double to,
                              uint32_t cell)
{
    const uint32_t golden = 0x9E3779B9, other = 0x85EBCA6B;
    if (from <= 0 && to >= 1) {
        return n;
    }
    double shift = (double)((cell * golden + (uint32_t)all->day * other) >> 12) * 0x1p-20;
    return (int64_t)((double)n * to + shift) - (int64_t)((double)n * from + shift);
}

int aggregate_ages_each(struct aggregate *all, const struct bag *bag, uint32_t from, uint32_t to,
                        aggregate_step *step, struct ajar_err *err)
{
    int64_t begin = block_begin(all, from), end = block_begin(all, to);
    for (uint32_t age = 0; age < all->n_ages && all->born[age] < end; age++) {
        double since = older(all, age, begin), until = older(all, age, end);
        for (uint32_t i = since < until ? all->of_age[age] : BAG_NONE; i != BAG_NONE;
             i = bag->at[i].next) {
            struct cell people = bag->at[i];
            people.n = people_between(all, people.n, since, until, i);
            if (people.n > 0) {
                TRY(step(all, &people, err));
            }
        }
    }
    return 0;
}
