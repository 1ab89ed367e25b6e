/* Queues, and people who leave the flow or return, at random; and what is always so with them. */
#ifndef TEST_FLOW_SEAMS_H
#define TEST_FLOW_SEAMS_H

#include "ranks.h"

struct seams {
    struct flow_gates gates;
    struct flow_queues queues;
    struct flow_removals removals;
};

static inline size_t link_days(void)
{
    return (size_t)small.plan.n_days * small.plan.n_links;
}

/* The same limit on all links and days, and one chance to give up. */
static inline void same_queues(struct flow_queues *queues, int64_t limit, double gives_up)
{
    int64_t *admits = arena_new(&small.arena, int64_t, link_days(), NULL);
    double *chance = arena_new(&small.arena, double, small.plan.n_links, NULL);
    for (size_t i = 0; i < link_days(); i++) {
        admits[i] = limit;
    }
    for (uint32_t link = 0; link < small.plan.n_links; link++) {
        chance[link] = gives_up;
    }
    *queues = (struct flow_queues){admits, chance};
}

static inline void random_queues(struct rng *rng, struct flow_queues *queues)
{
    same_queues(queues, -1, 0);
    int64_t *admits = (int64_t *)(uintptr_t)queues->admits;
    double *chance = (double *)(uintptr_t)queues->gives_up;
    for (uint32_t link = 0; link < small.plan.n_links; link++) {
        uint32_t kind = rng_below(rng, 4), most = 1 + rng_below(rng, 60);
        chance[link] = rng_below(rng, 3) == 0 ? 0 : 0.4 * rng_uniform(rng);
        for (int32_t day = 0; day < small.plan.n_days; day++) {
            int64_t *limit = &admits[(size_t)day * small.plan.n_links + link];
            *limit = rng_below(rng, kind == 1 || rng_below(rng, 8) == 0 ? 2 : most);
            *limit = kind == 0 || rng_below(rng, 8) == 0 ? -1 : *limit;
        }
    }
    queues->gives_up = rng_below(rng, 5) == 0 ? NULL : chance;
}

static inline double *random_chances(struct rng *rng, size_t classes)
{
    size_t n = (size_t)small.plan.n_days * small.plan.n_places * classes;
    double *chance = arena_new(&small.arena, double, n, NULL), most = 0.3 * rng_uniform(rng);
    for (size_t i = 0; i < n; i++) {
        chance[i] = rng_below(rng, 3) == 0 ? 0 : most * rng_uniform(rng);
    }
    return chance;
}

/* Classes are those of the gates. */
static inline void random_removals(struct rng *rng, struct flow_removals *removals,
                                   const struct flow_gates *gates)
{
    uint8_t *returned = arena_new(&small.arena, uint8_t, 2, NULL);
    size_t classes = gates == NULL ? 1 : 2;
    uint32_t kind = rng_below(rng, 3);
    *removals = (struct flow_removals){
        .leaves = kind == 0 ? NULL : random_chances(rng, classes),
        .returns = kind == 1 ? NULL : random_chances(rng, classes),
        .returned = returned,
    };
    returned[0] = returned[1] = classes == 2;
}

/* Every kind of each, alone and together. */
static inline struct flow_run_options random_seams(uint64_t seed, struct seams *seams)
{
    struct flow_run_options options = all_days(seed * 77);
    struct rng rng = rng_at(seed, 12, 0, 0);
    if (seed % 3 == 0) {
        random_gates(seed, &seams->gates, &options);
    }
    if (seed % 4 != 1) {
        random_queues(&rng, &seams->queues);
        options.queues = &seams->queues;
    }
    if (seed % 4 != 2) {
        random_removals(&rng, &seams->removals, options.gates);
        options.removals = &seams->removals;
    }
    return options;
}

static inline void same_rows(const int64_t *whole, const int64_t *part, size_t from, size_t n)
{
    assert_int_equal(whole == NULL, part == NULL);
    if (whole != NULL) {
        assert_memory_equal(whole + from, part, n * sizeof *part);
    }
}

/* What queues and removals count, of the days of `whole` from part->from on. */
static inline void same_seams(const struct flow_result *whole, const struct flow_result *part)
{
    size_t from = (size_t)(part->from - whole->from), n = (size_t)part->n_days;
    size_t links = small.plan.n_links, places = small.plan.n_places;
    const struct flow_queue_days *a = &whole->queues, *b = &part->queues;
    same_rows(a->joined, b->joined, from * links, n * links);
    same_rows(a->admitted, b->admitted, from * links, n * links);
    same_rows(a->gave_up, b->gave_up, from * links, n * links);
    same_rows(a->taken, b->taken, from * links, n * links);
    same_rows(a->waiting, b->waiting, from * links, n * links);
    same_rows(whole->removed, part->removed, from * places, n * places);
    same_rows(whole->returned, part->returned, from * places, n * places);
}

static inline void same_in_all(const struct flow_result *a, const struct flow_result *b)
{
    small_same(a, b);
    same_seams(a, b);
}

/* ---- Small worlds ---- */

/* A place of conflict that nobody leaves but by chance, and a camp. */
static inline void two_places(double km, double chance, int64_t people)
{
    small_place(FLOW_CONFLICT, 10);
    small_place(FLOW_CAMP, -1);
    small_road(0, 1, km);
    small.params.conflict_weight = 0;
    small.params.camp_movechance = 0;
    small.params.conflict_movechance = chance;
    small_plan();
    small_start(0, 0, people);
}

/* ---- What is always so ---- */

static inline void check_queue(const struct flow_result *run, const struct flow_queues *queues,
                               int32_t day, uint32_t link)
{
    const struct flow_queue_days *of = &run->queues;
    size_t at = (size_t)day * small.plan.n_links + link;
    int64_t before = day == 0 ? 0 : of->waiting[at - small.plan.n_links];
    assert_true(of->joined[at] >= 0 && of->admitted[at] >= 0 && of->gave_up[at] >= 0);
    assert_true(of->taken[at] >= 0 && of->waiting[at] >= 0);
    assert_int_equal(of->waiting[at],
                     before + of->joined[at] - of->admitted[at] - of->gave_up[at] - of->taken[at]);
    if (queues->admits[at] >= 0) {
        assert_true(of->admitted[at] <= queues->admits[at]);
        assert_int_equal(run->link_flow[at], of->admitted[at]);
    } else {
        assert_true(run->link_flow[at] >= of->admitted[at]);
        assert_int_equal(of->joined[at], 0);
    }
    if (small.plan.open[at] == 0) {
        assert_int_equal(run->link_flow[at], 0);
    }
}

/* Each day everyone who started is somewhere, or has left the flow; those who wait stand in places. */
static inline void check_seams(const struct flow_result *run,
                               const struct flow_run_options *options)
{
    const struct flow_plan *plan = &small.plan;
    int64_t people = 0, waiting[SMALL_MOST];
    for (uint32_t p = 0; p < plan->n_places; p++) {
        people += plan->day0[p];
    }
    for (int32_t day = 0; day < run->n_days; day++) {
        int64_t there = run->on_links[day];
        people += plan->spawn[day];
        memset(waiting, 0, sizeof waiting);
        for (uint32_t link = 0; options->queues != NULL && link < plan->n_links; link++) {
            check_queue(run, options->queues, day, link);
            waiting[plan->from[link]] += run->queues.waiting[(size_t)day * plan->n_links + link];
        }
        for (uint32_t p = 0; p < plan->n_places; p++) {
            size_t at = (size_t)day * plan->n_places + p;
            people -= run->removed == NULL ? 0 : run->removed[at];
            there += run->in_place[at];
            assert_true(run->in_place[at] >= waiting[p]);
        }
        assert_true(run->on_links[day] >= 0);
        assert_int_equal(there, people);
    }
}

static inline int64_t sum_of(const int64_t *counts, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; counts != NULL && i < n; i++) {
        sum += counts[i];
    }
    return sum;
}

#endif
