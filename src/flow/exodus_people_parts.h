/* Inside exodus_people: its state, and what its files share. */
#ifndef FLOW_EXODUS_PEOPLE_PARTS_H
#define FLOW_EXODUS_PEOPLE_PARTS_H

#include "exodus.h"
#include "exodus_draw.h"

/* What a draw is for; each has its own numbers, so that one that falls away shifts no other. */
enum people_stream {
    PEOPLE_STOCK = 0x65780000,
    PEOPLE_TRAFFIC_BACK,
    PEOPLE_FLIGHT_BACK,
    PEOPLE_ONWARD,
    PEOPLE_LEAVE,
    PEOPLE_DECIDE,
    PEOPLE_STOP,
    PEOPLE_CHOOSE_ANEW,
    PEOPLE_SET_OUT,
    PEOPLE_CHOOSE,
    PEOPLE_TRY,
    PEOPLE_TRAFFIC,
    PEOPLE_TRAFFIC_TRY,
    PEOPLE_SERVE,
    PEOPLE_ADMIT,
    PEOPLE_RETURN
};

/* Who waits for a door in one class: a group is a region of the flight, and behind them traffic. */
enum { PEOPLE_TRAFFIC_GROUP = EXODUS_REGIONS_MOST, PEOPLE_GROUPS };

struct people {
    const struct exodus_model *model;
    const struct exodus_setting *setting;
    const uint8_t *first_gates, *gates; /* [door * n_classes + class] of the first day, of today */
    struct exodus_result *out;
    uint64_t seed;
    uint32_t day;
    int64_t traffic[EXODUS_DOORS_MOST], goes_back[EXODUS_DOORS_MOST], stays[EXODUS_DOORS_MOST];
    int64_t waits[EXODUS_DOORS_MOST][EXODUS_CLASSES_MOST][PEOPLE_GROUPS];
    int64_t n_waits[EXODUS_DOORS_MOST];
    double dislike[EXODUS_DOORS_MOST]; /* factor of today's waiting on a door's weight */
    int64_t pool[EXODUS_CLASSES_MOST][EXODUS_REGIONS_MOST][EXODUS_AGES];
    int64_t fresh[EXODUS_CLASSES_MOST][EXODUS_REGIONS_MOST]; /* comes into the pool today */
};

static inline struct draws people_draws(const struct people *people, enum people_stream stream,
                                        uint32_t entity)
{
    return draws_at(people->seed, (uint32_t)stream, entity, people->day);
}

static inline int64_t people_part(const struct people *people, enum people_stream stream,
                                  uint32_t entity, int64_t n, double p)
{
    if (n == 0) {
        return 0;
    }
    struct draws draws = people_draws(people, stream, entity);
    return draws_binomial(&draws, n, p);
}

static inline int64_t people_number(const struct people *people, enum people_stream stream,
                                    uint32_t entity, double mean)
{
    if (!(mean > 0)) {
        return 0;
    }
    struct draws draws = people_draws(people, stream, entity);
    return rng_poisson(&draws.rng, mean);
}

static inline uint32_t people_entity(uint32_t door, uint32_t class, uint32_t group)
{
    return (door * EXODUS_CLASSES_MOST + class) * PEOPLE_GROUPS + group;
}

static inline uint8_t people_gate(const struct people *people, uint32_t door, uint32_t class)
{
    return people->gates[door * people->model->n_classes + class];
}

static inline bool people_open(const struct people *people, uint32_t door, uint32_t class)
{
    return exodus_passes(people_gate(people, door, class));
}

static inline size_t people_cell(const struct people *people, uint32_t door, uint32_t class,
                                 uint32_t group)
{
    return exodus_cell(people->model, people->day, door, class,
                       group == PEOPLE_TRAFFIC_GROUP ? EXODUS_TRAFFIC : EXODUS_FLIGHT);
}

/* Refused or given up: flight goes into the pool, traffic home. */
static inline void people_to_pool(struct people *people, uint32_t class, uint32_t group, int64_t n)
{
    if (group != PEOPLE_TRAFFIC_GROUP) {
        people->fresh[class][group] += n;
    }
}

static inline void people_ask(struct people *people, uint32_t d, uint32_t c, uint32_t g, int64_t n)
{
    people->waits[d][c][g] += n;
    people->n_waits[d] += n;
    people->out->asked[people_cell(people, d, c, g)] += (double)n;
}

static inline void people_ask_shut(struct people *people, uint32_t d, uint32_t c, uint32_t g,
                                   int64_t n)
{
    size_t cell = people_cell(people, d, c, g);
    people->out->asked[cell] += (double)n;
    people->out->refused[cell] += (double)n;
    people_to_pool(people, c, g, n);
}

/* Of the pool, and of who sets out today, of one class and region: who asks where (steps 3 and 4). */
void people_decide(struct people *people, uint32_t c, uint32_t r);
void people_set_out(struct people *people, uint32_t c, uint32_t r);

#endif
