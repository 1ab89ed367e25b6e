/* Small models of the exodus, made by hand as the engines take them. */
#ifndef TEST_FLOW_EXODUS_SMALL_H
#define TEST_FLOW_EXODUS_SMALL_H

#include <math.h>

#include "exodus.h"
#include "rng.h"
#include "unit.h"

enum tiny_engine { TINY_RUN, TINY_PEOPLE, TINY_WALK, TINY_ENGINES };

struct tiny {
    struct arena arena;
    struct exodus_model model;
    struct exodus_region regions[EXODUS_REGIONS_MOST];
    struct exodus_setting setting;
    struct exodus_gates gates;
    uint8_t *at;
    struct exodus_result out;
};

static struct tiny tiny;

static inline int tiny_teardown(void **state)
{
    (void)state;
    arena_free(&tiny.arena);
    return 0;
}

static inline double *tiny_doubles(size_t n, double value)
{
    double *out = arena_new(&tiny.arena, double, n, NULL);
    assert_non_null(out);
    for (size_t i = 0; i < n; i++) {
        out[i] = value;
    }
    return out;
}

/* Every door open to all and alike, without limit; nobody comes; who waits in Russia decides every day. */
static inline void tiny_make(uint32_t days, uint32_t doors, uint32_t classes, uint32_t regions)
{
    arena_free(&tiny.arena);
    memset(&tiny, 0, sizeof tiny);
    arena_init(&tiny.arena, "test", (size_t)1 << 30);
    tiny.model = (struct exodus_model){.n_days = days,
                                       .n_doors = doors,
                                       .n_classes = classes,
                                       .n_regions = regions,
                                       .regions = tiny.regions};
    for (uint32_t r = 0; r < regions; r++) {
        tiny.regions[r].weight = 1.0 / regions;
    }
    tiny.setting = (struct exodus_setting){
        .decides = 1,
        .departs = tiny_doubles(days, 0),
        .class_of = tiny_doubles(classes, 1.0 / classes),
        .traffic = tiny_doubles((size_t)days * doors * classes, 0),
        .weight = tiny_doubles((size_t)regions * doors, 1),
        .capacity = tiny_doubles(doors, INFINITY),
        .stock = tiny_doubles(doors, 0),
    };
    tiny.at = arena_new(&tiny.arena, uint8_t, (size_t)days * doors * classes, NULL);
    assert_non_null(tiny.at);
    memset(tiny.at, GATE_OPEN, (size_t)days * doors * classes);
    tiny.gates.at = tiny.at;
    assert_int_equal(exodus_result_new(&tiny.arena, &tiny.model, &tiny.out, NULL), 0);
}

/* From that day on. */
static inline void tiny_gate(uint32_t day, uint32_t door, uint32_t class, enum gate gate)
{
    for (; day < tiny.model.n_days; day++) {
        tiny.at[((size_t)day * tiny.model.n_doors + door) * tiny.model.n_classes + class] =
            (uint8_t)gate;
    }
}

static inline void tiny_traffic(uint32_t door, uint32_t class, double a_day)
{
    for (uint32_t day = 0; day < tiny.model.n_days; day++) {
        tiny.setting
            .traffic[((size_t)day * tiny.model.n_doors + door) * tiny.model.n_classes + class] =
            a_day;
    }
}

static inline int tiny_try(enum tiny_engine engine, uint64_t seed, struct exodus_result *out)
{
    struct arena scratch;
    int code = 0;
    arena_init(&scratch, "scratch", (size_t)1 << 28);
    if (engine == TINY_RUN) {
        exodus_run(&tiny.model, &tiny.setting, &tiny.gates, tiny.model.n_days, out);
    } else if (engine == TINY_PEOPLE) {
        code = exodus_people(&scratch, &tiny.model, &tiny.setting, &tiny.gates, seed, out, NULL);
    } else {
        code = exodus_walk(&scratch, &tiny.model, &tiny.setting, &tiny.gates, seed, out, NULL);
    }
    arena_free(&scratch);
    return code;
}

static inline void tiny_run(enum tiny_engine engine, uint64_t seed)
{
    assert_int_equal(tiny_try(engine, seed, &tiny.out), 0);
}

/* Of one cell; of one door; of one class. */
static inline double tiny_cell(const double *cells, uint32_t day, uint32_t door, uint32_t class,
                               enum exodus_kind kind)
{
    return cells[exodus_cell(&tiny.model, day, door, class, kind)];
}

static inline double tiny_door(const double *doors, uint32_t day, uint32_t door)
{
    return doors[(size_t)day * tiny.model.n_doors + door];
}

static inline double tiny_class(const double *classes, uint32_t day, uint32_t class)
{
    return classes[(size_t)day * tiny.model.n_classes + class];
}

enum { TINY_FULL_DAYS = 30 };

/* Two doors bind or shut or leave it to officials, three classes of three fates:
 * door 0 has a capacity below what comes, and shuts for class 0 with a queue before it, for some days; door 1
 * shuts for class 1, which then has none; door 2 is for class 2 alone, by discretion. */
static inline void tiny_full(double scale, bool limits)
{
    tiny_make(TINY_FULL_DAYS, 3, 3, 2);
    struct exodus_setting *setting = &tiny.setting;
    static const double weights[] = {1, 0.5, 0.7, 0.3, 0.9, 0.4}, shares[] = {0.5, 0.2, 0.3};
    setting->tries_shut = 0.3;
    setting->decides = 0.4;
    setting->gives_up = 0.2;
    setting->discretion = 0.6;
    setting->queue_leaves = 0.1;
    setting->wait_dislike = 0.4;
    setting->traffic_goes = 0.3;
    setting->returns = 0.4;
    setting->flight_goes = 0.1;
    setting->onward = 0.05;
    memcpy(setting->weight, weights, sizeof weights);
    memcpy(setting->class_of, shares, sizeof shares);
    tiny.regions[0].weight = 0.7;
    tiny.regions[1].weight = 0.3;
    for (uint32_t day = 0; day < TINY_FULL_DAYS; day++) {
        setting->departs[day] = scale * (day < 2 ? 0 : day < 12 ? 24 : day < 22 ? 6 : 18);
    }
    for (uint32_t d = 0; d < 3; d++) {
        setting->stock[d] = scale * 8;
        tiny_traffic(d, d == 2 ? 2 : 0, scale * 3);
        tiny_traffic(d, 1, scale * 1.5);
    }
    setting->capacity[0] = limits ? scale * 5.5 : INFINITY;
    tiny_gate(0, 0, 1, GATE_CLOSED);
    tiny_gate(0, 2, 0, GATE_CLOSED);
    tiny_gate(0, 2, 1, GATE_BARRED);
    tiny_gate(0, 2, 2, GATE_DISCRETION);
    tiny_gate(8, 1, 1, GATE_CLOSED);
    tiny_gate(16, 0, 0, GATE_CLOSED);
    tiny_gate(21, 0, 0, GATE_NO_RULE);
}

#endif
