/* Small worlds by hand, and runs of them. */
#ifndef TEST_FLOW_SMALL_H
#define TEST_FLOW_SMALL_H

#include <math.h>
#include <stdio.h>

#include "agents_parts.h"
#include "unit.h"

enum { SMALL_MOST = 64, SMALL_DAYS = 40 };

struct small {
    struct arena arena;
    struct flow_world world;
    struct flow_place places[SMALL_MOST];
    struct flow_road roads[4 * SMALL_MOST];
    struct flow_closure closures[SMALL_MOST];
    struct flow_conflict conflicts[SMALL_MOST];
    struct flow_report reports[SMALL_MOST];
    uint32_t camps[SMALL_MOST];
    char names[SMALL_MOST][12];
    struct flow_params params;
    struct flow_plan plan;
};

static struct small small;

static inline int small_setup(void **state)
{
    (void)state;
    memset(&small, 0, sizeof small);
    arena_init(&small.arena, "test", (size_t)1 << 32);
    small.world = (struct flow_world){.places = small.places,
                                      .roads = small.roads,
                                      .closures = small.closures,
                                      .conflicts = small.conflicts,
                                      .reports = small.reports,
                                      .camps = small.camps,
                                      .n_days = SMALL_DAYS};
    small.params = flow_params_default();
    return 0;
}

static inline int small_teardown(void **state)
{
    (void)state;
    arena_free(&small.arena);
    return 0;
}

/* A camp's number is its capacity (-1: none), another place's its population. */
static inline uint32_t small_place(enum flow_type type, int64_t number)
{
    uint32_t p = (uint32_t)small.world.n_places++;
    bool camp = type == FLOW_CAMP || type == FLOW_IDPCAMP;
    snprintf(small.names[p], sizeof small.names[p], "P%u", p);
    small.places[p] = (struct flow_place){.name = text_of(small.names[p]),
                                          .country = TEXT_LIT("X"),
                                          .lat = p,
                                          .type = type,
                                          .conflict_day = type == FLOW_CONFLICT ? 0 : INT32_MIN,
                                          .population = camp ? 0 : number,
                                          .capacity = camp ? number : -1,
                                          .capacity_known = DATE_NONE};
    if (camp) {
        small.camps[small.world.n_camps++] = p;
        small.reports[small.world.n_reports++] = (struct flow_report){.place = p};
    }
    return p;
}

static inline void small_road(uint32_t a, uint32_t b, double km)
{
    small.roads[small.world.n_roads++] =
        (struct flow_road){.a = a, .b = b, .km = km, .known = DATE_NONE};
}

static inline struct flow_closure *small_closure(enum flow_closure_type type, uint32_t place,
                                                 int32_t from, int32_t to)
{
    struct flow_closure *closure = &small.closures[small.world.n_closures++];
    *closure = (struct flow_closure){
        .type = type, .place1 = place, .place2 = FLOW_NONE, .from = from, .to = to};
    return closure;
}

static inline void small_conflict(uint32_t place, int32_t day, double intensity)
{
    small.conflicts[small.world.n_conflicts++] =
        (struct flow_conflict){.place = place, .day = day, .intensity = intensity};
}

static inline void small_plan(void)
{
    struct ajar_err err = {0};
    if (flow_plan_make(&small.arena, &small.world, &small.params, DATE_NONE, &small.plan, &err) !=
        0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
}

/* Puts n people on the road from `place` on a day, whatever the camps' counts say. */
static inline void small_start(int32_t day, uint32_t place, int64_t n)
{
    small.plan.spawn[day] = n;
    for (uint32_t p = 0; p < small.plan.n_places; p++) {
        small.plan.spawn_weight[(size_t)day * small.plan.n_places + p] = p == place;
    }
}

static inline struct flow_result small_run_on(const struct agents_path *path, struct pool *pool,
                                              const struct flow_run_options *options)
{
    struct flow_agents *agents;
    struct flow_result result = {0};
    struct ajar_err err = {0};
    if (agents_open_on(path, &agents, &small.arena, &small.plan, &small.params, options, &err) !=
            0 ||
        flow_agents_run(agents, options->to, pool, NULL, &result, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return result;
}

static inline struct flow_result small_run(int32_t to, uint64_t seed)
{
    struct flow_run_options options = {.seed = seed, .to = to};
    return small_run_on(agents_path_best(), NULL, &options);
}

static inline struct flow_result small_walk(const struct flow_run_options *options)
{
    struct flow_result result = {0};
    struct ajar_err err = {0};
    if (flow_walk(&small.arena, &small.plan, &small.params, options, &result, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return result;
}

static inline int64_t small_at(const struct flow_result *result, int32_t day, uint32_t place)
{
    return result->in_place[(size_t)(day - result->from) * small.plan.n_places + place];
}

static inline void small_same(const struct flow_result *a, const struct flow_result *b)
{
    size_t days = (size_t)a->n_days;
    assert_int_equal(a->from, b->from);
    assert_int_equal(a->n_days, b->n_days);
    assert_memory_equal(a->in_place, b->in_place, days * small.plan.n_places * sizeof(int64_t));
    assert_memory_equal(a->link_flow, b->link_flow, days * small.plan.n_links * sizeof(int64_t));
    assert_memory_equal(a->on_links, b->on_links, days * sizeof(int64_t));
    assert_memory_equal(a->spawned, b->spawned, days * sizeof(int64_t));
    assert_int_equal(a->hops, b->hops);
    assert_int_equal(a->agent_days, b->agent_days);
}

/* A random world with closures, camps that fill and open late, conflicts that begin and end, a marker. */
static inline void small_random(uint64_t seed)
{
    struct rng rng = rng_at(seed, 9, 0, 0);
    enum { PLACES = 14, ROADS = 24, CLOSURES = 10 };
    for (uint32_t p = 0; p < PLACES; p++) {
        static const enum flow_type types[] = {FLOW_CONFLICT, FLOW_TOWN, FLOW_CAMP,   FLOW_FORWARD,
                                               FLOW_MARKER,   FLOW_TOWN, FLOW_IDPCAMP};
        enum flow_type type = types[p % 7];
        small_place(type, type == FLOW_CAMP ? 40 + rng_below(&rng, 400) : 1000 + p);
        small.places[p].country = p % 3 == 0 ? TEXT_LIT("X") : TEXT_LIT("Y");
        small.places[p].lon = rng_uniform(&rng);
    }
    for (uint32_t i = 0; i < ROADS; i++) {
        uint32_t a = i % PLACES, b = (a + 1 + rng_below(&rng, PLACES - 1)) % PLACES;
        small_road(a, b, 5 + floor(600 * rng_uniform(&rng) * rng_uniform(&rng)));
        small.roads[i].forced = rng_below(&rng, 12) == 0 ? 1 : 0;
    }
    for (uint32_t i = 0; i < CLOSURES; i++) {
        int32_t from = (int32_t)rng_below(&rng, SMALL_DAYS);
        struct flow_closure *closure =
            small_closure((enum flow_closure_type)(i % 6), rng_below(&rng, PLACES), from,
                          from + (int32_t)rng_below(&rng, 9));
        closure->place2 = rng_below(&rng, PLACES);
        closure->name1 = TEXT_LIT("X");
        closure->name2 = TEXT_LIT("Y");
        if (closure->type == FLOW_CLOSE_CAMP || closure->type == FLOW_CLOSE_IDPCAMP) {
            closure->place1 = closure->type == FLOW_CLOSE_CAMP ? 2 : 6;
        }
    }
    for (uint32_t p = 0; p < PLACES; p += 7) {
        small_conflict(p, 0, 1);
        small_conflict(p, 9 + (int32_t)p, p == 0 ? 0.5 : 0);
        small_conflict(p, 25, 2);
    }
    small.params = flow_params_validation();
    small.params.blocks = 1 + (int32_t)rng_below(&rng, 40);
    small.params.awareness = 1 + (int)rng_below(&rng, 3);
    small.params.start_on_foot = rng_below(&rng, 2) == 0;
    small.params.avoid_short_stints = rng_below(&rng, 4) != 0;
    small.params.rules = rng_below(&rng, 2) == 0 ? FLOW_RULES_FLEE : FLOW_RULES_AJAR;
    small.params.max_move_speed = 60 + rng_below(&rng, 400);
    small.params.default_movechance = rng_uniform(&rng);
    small.params.camp_movechance = 0.1 * rng_uniform(&rng);
    small_plan();
    for (int32_t day = 0; day < SMALL_DAYS; day++) {
        small.plan.spawn[day] = rng_below(&rng, 120);
    }
    for (uint32_t c = 0; c < small.world.n_camps; c++) {
        small.plan.day0[small.camps[c]] = rng_below(&rng, 50);
    }
}

#endif
