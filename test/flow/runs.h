/* Runs in pieces, and gates, for the tests of the engine. */
#ifndef TEST_FLOW_RUNS_H
#define TEST_FLOW_RUNS_H

#include "small.h"

static inline struct flow_run_options all_days(uint64_t seed)
{
    return (struct flow_run_options){.seed = seed, .to = SMALL_DAYS};
}

/* Gates of two classes that open and shut at random, and the class of each place. */
static inline void random_gates(uint64_t seed, struct flow_gates *gates,
                                struct flow_run_options *options)
{
    struct rng rng = rng_at(seed, 11, 0, 0);
    size_t cells = (size_t)small.plan.n_days * small.plan.n_links * 2;
    uint8_t *open = arena_new(&small.arena, uint8_t, cells, NULL);
    uint8_t *class = arena_new(&small.arena, uint8_t, small.plan.n_places, NULL);
    for (size_t i = 0; i < cells; i++) {
        open[i] = rng_below(&rng, 6) != 0;
    }
    for (uint32_t p = 0; p < small.plan.n_places; p++) {
        class[p] = rng_below(&rng, 2) != 0;
    }
    *gates = (struct flow_gates){2, open};
    options->gates = gates;
    options->class_of_place = class;
}

static inline struct flow_agents *open_agents(const struct flow_run_options *options)
{
    struct flow_agents *agents;
    struct ajar_err err = {0};
    if (flow_agents_open(&agents, &small.arena, &small.plan, &small.params, options, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return agents;
}

static inline struct flow_result run_to(struct flow_agents *agents, int32_t to)
{
    struct flow_result result;
    struct ajar_err err = {0};
    if (flow_agents_run(agents, to, NULL, NULL, &result, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return result;
}

/* The days of `whole` from part->from on. */
static inline void same_days(const struct flow_result *whole, const struct flow_result *part)
{
    size_t from = (size_t)(part->from - whole->from), n = (size_t)part->n_days;
    size_t places = small.plan.n_places, links = small.plan.n_links;
    assert_memory_equal(whole->in_place + from * places, part->in_place,
                        n * places * sizeof(int64_t));
    assert_memory_equal(whole->link_flow + from * links, part->link_flow,
                        n * links * sizeof(int64_t));
    assert_memory_equal(whole->on_links + from, part->on_links, n * sizeof(int64_t));
}

#endif
