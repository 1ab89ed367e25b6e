#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../base/sampled.h"

#include "bulk.h"
#include "bulk_lanes.h"
#include "cusum.h"
#include "detect.h"
#include "dist.h"
#include "rng.h"

static struct arena arena;

/* Thresholds of all tests, at a shift of 1.2 and at each series' own: most of the time goes to finding them. */
static struct cusum_table found[2];

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 30);
    return cusum_table_init(&found[0], &arena, 4096, 1.2, 365.25, 1, NULL) != 0 ||
           cusum_table_init(&found[1], &arena, 4096, (double)NAN, 365.25, 1, NULL) != 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct bulk_options usual(void)
{
    return (struct bulk_options){.rate_c2 = 1 / 365.25,
                                 .k = 1.2,
                                 .train_days = 56,
                                 .run_length = 365.25,
                                 .seed = 1,
                                 .freeze = true,
                                 .thresholds = &found[0]};
}

/* The usual ones with each series' own shift. */
static struct bulk_options shifted(void)
{
    struct bulk_options out = usual();
    out.k = (double)NAN;
    out.thresholds = &found[1];
    return out;
}

struct field {
    size_t n, days, stride;
    double *y;
    uint8_t *flags;
};

static struct field field_new(size_t n, size_t days, size_t stride)
{
    struct field out = {.n = n, .days = days, .stride = stride};
    out.y = arena_new(&arena, double, days *stride, NULL);
    out.flags = arena_new(&arena, uint8_t, days * stride, NULL);
    assert_non_null(out.y);
    assert_non_null(out.flags);
    return out;
}

static double draw(struct rng *rng, double mu, double r)
{
    return (double)rng_poisson(rng, isinf(r) ? mu : mu * rng_gamma(rng, r) / r);
}

/* Series of every kind, each from its own stream: plain, surging, with gaps, late, zero, constant, huge. */
static void field_fill(struct field *field, uint64_t seed)
{
    const double sizes[] = {3, 30, (double)INFINITY};
    for (size_t i = 0; i < field->stride; i++) {
        struct rng rng = rng_at(seed, 1, (uint32_t)i, 0);
        uint32_t kind = rng_below(&rng, 10);
        double mu = 0.2 * exp(10 * rng_uniform(&rng)), r = sizes[rng_below(&rng, 3)], rise = 1;
        size_t late = rng_below(&rng, 80);
        for (size_t day = 0; day < field->days; day++) {
            double *y = &field->y[day * field->stride + i];
            if (rng_below(&rng, 40) == 0) {
                rise = kind < 5 && rise == 1 ? 1 + 3 * rng_uniform(&rng) : 1;
            }
            *y = draw(&rng, mu * rise, r);
            bool gap = kind == 2   ? rng_below(&rng, 3) == 0
                       : kind == 3 ? (day / 30) % 2 == 1
                       : kind == 4 ? day < late
                                   : false;
            *y = gap ? (double)NAN : *y;
            *y = kind == 6 ? 0 : kind == 7 ? floor(mu) + (day % 50 == 49) : *y;
            *y = kind == 8 ? 1e9 * rng_uniform(&rng) : *y;
            *y = kind == 9 ? (rng_below(&rng, 9) == 0 ? 1e9 : (double)(day > 100) * 7.5) : *y;
        }
    }
}

static struct bulk_summary scan(const struct bulk_path *path, struct field *field,
                                const struct bulk_options *options, struct pool *pool)
{
    struct ajar_err err = {0};
    struct bulk_summary out;
    memset(field->flags, 0x55, field->days * field->stride);
    if (bulk_scan_on(path, &arena, field->n, field->days, field->stride, field->y, options, pool,
                     NULL, &out, field->flags, &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return out;
}

static void check_summary(const struct field *field, const struct bulk_summary *out)
{
    for (size_t i = 0; i < field->n; i++) {
        uint32_t alarms[2] = {0};
        int32_t first[2] = {-1, -1}, last[2] = {-1, -1};
        for (size_t day = 0; day < field->days; day++) {
            for (int bit = 0; bit < 2; bit++) {
                if ((field->flags[day * field->stride + i] >> bit & 1) != 0) {
                    alarms[bit]++;
                    first[bit] = first[bit] < 0 ? (int32_t)day : first[bit];
                    last[bit] = (int32_t)day;
                }
            }
        }
        assert_int_equal(out->c2_alarms[i], alarms[0]);
        assert_int_equal(out->cusum_alarms[i], alarms[1]);
        assert_int_equal(out->c2_first[i], first[0]);
        assert_int_equal(out->cusum_first[i], first[1]);
        assert_int_equal(out->c2_last[i], last[0]);
        assert_int_equal(out->cusum_last[i], last[1]);
    }
}

/* What the plain reading gives; 0x55, as it was, behind the last series. */
static uint8_t *read_plainly(const struct field *field, const struct bulk_options *options,
                             size_t *alarms)
{
    uint8_t *out = arena_new(&arena, uint8_t, field->days * field->stride, NULL);
    uint8_t *one = arena_new(&arena, uint8_t, field->days, NULL);
    assert_non_null(out);
    assert_non_null(one);
    memset(out, 0x55, field->days * field->stride);
    for (size_t i = 0; i < field->n; i++) {
        assert_int_equal(
            bulk_scan_one(&arena, field->days, field->y + i, field->stride, options, one, NULL), 0);
        for (size_t day = 0; day < field->days; day++) {
            out[day * field->stride + i] = one[day];
            alarms[0] += (one[day] & 1) != 0;
            alarms[1] += (one[day] & 2) != 0;
        }
    }
    return out;
}

static void check_flags(const struct field *field, const uint8_t *expected, const char *path)
{
    for (size_t at = 0; at < field->days * field->stride; at++) {
        if (field->flags[at] != expected[at]) {
            fail_msg("%s, series %zu of %zu, day %zu of %zu: %d, not %d", path, at % field->stride,
                     field->n, at / field->stride, field->days, field->flags[at], expected[at]);
        }
    }
}

static void every_path_gives_what_the_plain_reading_gives(void **state)
{
    (void)state;
    const size_t shapes[][3] = {{1, 400, 1},     {7, 333, 9},  {8, 200, 8},  {255, 150, 300},
                                {257, 120, 257}, {30, 0, 30},  {30, 1, 30},  {30, 9, 31},
                                {30, 10, 30},    {64, 57, 64}, {40, 58, 40}, {0, 20, 4}};
    size_t alarms[2] = {0};
    for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
        if (SANITIZED && shapes[s][0] > 60) {
            continue; /* many, each read alone */
        }
        struct field field = field_new(shapes[s][0], shapes[s][1], shapes[s][2]);
        struct bulk_options options = s % 2 == 0 ? usual() : shifted();
        field_fill(&field, 100 + s);
        options.freeze = s % 3 != 2;
        options.train_days = s % 4 == 3 ? 28 : 56;
        options.rate_c2 = s == 1 ? 0.1 : s == 4 ? 1e-5 : options.rate_c2;
        uint8_t *expected = read_plainly(&field, &options, alarms);
        for (int name = 0; name < BULK_PATHS; name++) {
            const struct bulk_path *path = bulk_path((enum bulk_path_name)name);
            if (path != NULL) {
                struct bulk_summary out = scan(path, &field, &options, NULL);
                check_summary(&field, &out);
                check_flags(&field, expected, path->name);
            }
        }
    }
    assert_true(SANITIZED || (alarms[0] > 500 && alarms[1] > 500));
}

static void threads_change_nothing(void **state)
{
    (void)state;
    const size_t n = 1500 / sampled(3);
    struct field field = field_new(n, 200, n + 1);
    struct bulk_options options = usual();
    field_fill(&field, 3);
    struct bulk_summary alone = scan(bulk_path_best(), &field, &options, NULL);
    uint8_t *flags = arena_new(&arena, uint8_t, field.days * field.stride, NULL);
    assert_non_null(flags);
    memcpy(flags, field.flags, field.days * field.stride);
    for (unsigned threads = 2; threads < 5; threads += sampled(2)) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, threads, NULL), 0);
        struct bulk_summary out = scan(bulk_path_best(), &field, &options, pool);
        pool_close(pool);
        assert_memory_equal(flags, field.flags, field.days * field.stride);
        assert_memory_equal(alone.c2_alarms, out.c2_alarms, field.n * sizeof *out.c2_alarms);
        assert_memory_equal(alone.cusum_last, out.cusum_last, field.n * sizeof *out.cusum_last);
    }
}

static void thresholds_handed_over_change_nothing(void **state)
{
    (void)state;
    struct field field = field_new(40, 120, 40);
    field_fill(&field, 9);
    struct bulk_options shared = usual(), alone = shared;
    struct cusum_table few;
    assert_int_equal(
        cusum_table_init(&few, &arena, 3, shared.k, shared.run_length, shared.seed, NULL), 0);
    alone.thresholds = NULL;
    scan(bulk_path_best(), &field, &alone, NULL);
    uint8_t *flags = arena_new(&arena, uint8_t, field.days * field.stride, NULL);
    assert_non_null(flags);
    memcpy(flags, field.flags, field.days * field.stride);
    for (int turn = 0; turn < 2; turn++) {
        shared.thresholds = turn == 0 ? &found[0] : &few;
        scan(bulk_path_best(), &field, &shared, NULL);
        assert_memory_equal(flags, field.flags, field.days * field.stride);
    }
    assert_int_equal(few.n, 3);
    assert_true(found[0].n > 3);
}

static void a_verdict_knows_nothing_of_later_days(void **state)
{
    (void)state;
    struct field whole = field_new(300 / sampled(3), 240, 300);
    struct bulk_options options = usual();
    field_fill(&whole, 4);
    scan(bulk_path_best(), &whole, &options, NULL);
    for (size_t days = 1; days < whole.days; days += 13 * sampled(8)) {
        struct field part = whole;
        part.days = days;
        part.flags = arena_new(&arena, uint8_t, days * part.stride, NULL);
        assert_non_null(part.flags);
        scan(bulk_path_best(), &part, &options, NULL);
        assert_memory_equal(part.flags, whole.flags, days * part.stride);
    }
}

/* p of the predictive t by its textbook formula, on unrounded roots. */
static double textbook_p(const double *y, size_t day)
{
    long double x[7], mean = 0, squares = 0;
    for (size_t i = 0; i < 7; i++) {
        x[i] = sqrtl((long double)y[day - 3 - i] + 0.375L);
        mean += x[i] / 7;
    }
    for (size_t i = 0; i < 7; i++) {
        squares += (x[i] - mean) * (x[i] - mean);
    }
    long double s = sqrtl(fmaxl(squares / 6, BULK_FLOOR));
    long double t = (sqrtl((long double)y[day] + 0.375L) - mean) / (s * sqrtl(8.0L / 7));
    return dist_t_sf((double)t, 6);
}

static void c2_rings_where_the_predictive_t_says_so(void **state)
{
    (void)state;
    size_t rings = 0, near = 0;
    struct bulk_options options = usual();
    options.freeze = false;
    options.rate_c2 = 0.02;
    for (uint32_t i = 0; i < 60; i++) {
        struct field field = field_new(1, 300, 1);
        struct rng rng = rng_at(5, 1, i, 0);
        double mu = 0.5 * pow(10, i % 10 * 0.8);
        for (size_t day = 0; day < field.days; day++) {
            field.y[day] = draw(&rng, mu, i % 2 == 0 ? 20 : (double)INFINITY);
        }
        scan(bulk_path_best(), &field, &options, NULL);
        for (size_t day = 9; day < field.days; day++) {
            double p = textbook_p(field.y, day);
            if (fabs(p / options.rate_c2 - 1) < 0.02) {
                near++; /* the rounding of x decides */
                continue;
            }
            assert_int_equal(field.flags[day] & 1, p < options.rate_c2);
            rings += field.flags[day] & 1;
        }
    }
    assert_true(rings > 100 && near < 100);
}

static void seven_equal_days_ring_only_past_the_floor(void **state)
{
    (void)state;
    struct bulk_options options = usual();
    double q = dist_t_quantile(1 - options.rate_c2, 6), level = 144;
    double x = sqrt(level + 0.375) + q * sqrt(BULK_FLOOR * 8 / 7);
    double bound = x * x - 0.375; /* about 164 */
    for (int above = 0; above < 2; above++) {
        struct field field = field_new(1, 20, 1);
        for (size_t day = 0; day < field.days; day++) {
            field.y[day] = day == 15 ? floor(bound) + above : level;
        }
        scan(bulk_path_best(), &field, &options, NULL);
        for (size_t day = 0; day < field.days; day++) {
            assert_int_equal(field.flags[day], day == 15 && above == 1);
        }
    }
}

static void a_surge_rings_until_it_is_the_new_normal(void **state)
{
    (void)state;
    enum { FROM = 60, DAYS = 120 };
    struct bulk_options options = usual();
    for (int gaps = 0; gaps < 2; gaps++) {
        struct field field = field_new(1, DAYS, 1);
        for (size_t day = 0; day < DAYS; day++) {
            field.y[day] = (day < FROM ? 100 : 300) + (double)(day % 5);
            if (gaps != 0 && day > FROM && day % 4 == 0) {
                field.y[day] = (double)NAN;
            }
        }
        options.freeze = true;
        scan(bulk_path_best(), &field, &options, NULL);
        size_t rang = 0;
        for (size_t day = 0; day < DAYS; day++) {
            bool rings = day >= FROM && !isnan(field.y[day]) && rang < WATCH_FREEZE_MOST;
            assert_int_equal(field.flags[day] & 1, rings);
            rang += rings;
        }
        assert_int_equal(rang, WATCH_FREEZE_MOST);
        /* without the freeze the surge is its own baseline once the guard is past */
        options.freeze = false;
        struct bulk_summary out = scan(bulk_path_best(), &field, &options, NULL);
        assert_in_range(out.c2_alarms[0], 3, 4);
    }
}

static void after_a_new_normal_the_next_surge_rings_at_once(void **state)
{
    (void)state;
    struct field field = field_new(1, 90, 1);
    struct bulk_options options = usual();
    for (size_t day = 0; day < 90; day++) {
        field.y[day] = (day < 40 ? 100 : day < 68 ? 300 : 900) + (double)(day % 5);
    }
    scan(bulk_path_best(), &field, &options, NULL);
    for (size_t day = 0; day < 90; day++) {
        assert_int_equal(field.flags[day] & 1, day >= 40);
    }
}

static void the_cusum_is_the_one_of_cusum_step(void **state)
{
    (void)state;
    enum { TRAIN = 112, DAYS = 500 };
    size_t rings = 0;
    struct bulk_options options = usual();
    options.train_days = TRAIN;
    for (uint32_t i = 0; i < 24; i++) {
        struct field field = field_new(1, DAYS, 1);
        struct rng rng = rng_at(6, 1, i, 0);
        double mu = 3 * pow(10, i % 5 * 0.7), sum = 0, squares = 0, s = 0;
        for (size_t day = 0; day < DAYS; day++) {
            field.y[day] =
                draw(&rng, day < 300 ? mu : 1.1 * mu, i % 3 == 0 ? (double)INFINITY : 25);
        }
        scan(bulk_path_best(), &field, &options, NULL);
        for (size_t day = 0; day < TRAIN; day++) {
            sum += field.y[day] / TRAIN;
        }
        for (size_t day = 0; day < TRAIN; day++) {
            squares += (field.y[day] - sum) * (field.y[day] - sum) / (TRAIN - 1);
        }
        struct cusum_table table;
        assert_int_equal(
            cusum_table_init(&table, &arena, 64, options.k, options.run_length, options.seed, NULL),
            0);
        double r = cusum_size(TRAIN, field.y);
        double h = cusum_table_threshold(&table, sum, squares / sum, TRAIN - 1);
        for (size_t day = 0; day < DAYS; day++) {
            bool expected = false;
            if (day >= TRAIN) {
                s = cusum_step(s, field.y[day], sum, r, options.k);
                expected = s > h;
                s = expected ? 0 : s;
            }
            assert_int_equal(field.flags[day] >> 1, expected);
            rings += expected;
        }
    }
    assert_true(rings > 50);
}

static void in_control_both_ring_about_as_often_as_stated(void **state)
{
    (void)state;
    enum { N = 600, DAYS = 800, TRAIN = 365 };
    const double mus[] = {5, 60, 2000}, sizes[] = {(double)INFINITY, 30};
    struct bulk_options options = shifted();
    options.train_days = TRAIN;
    for (uint32_t c = 0; c < 6; c++) {
        struct arena own;
        struct bulk_summary out;
        double c2 = 0, cusum = 0;
        arena_init(&own, "one case", (size_t)1 << 28);
        double *y = arena_new(&own, double, N *DAYS, NULL);
        assert_non_null(y);
        for (uint32_t day = 0; day < DAYS; day++) {
            struct rng rng = rng_at(7, c, day, 0);
            for (size_t i = 0; i < N; i++) {
                y[day * N + i] = draw(&rng, mus[c / 2], sizes[c % 2]);
            }
        }
        assert_int_equal(bulk_scan(&own, N, DAYS, N, y, &options, NULL, NULL, &out, NULL, NULL), 0);
        for (size_t i = 0; i < N; i++) {
            c2 += out.c2_alarms[i] * options.run_length / (N * (DAYS - 9.0));
            cusum += out.cusum_alarms[i] * options.run_length / (N * (double)(DAYS - TRAIN));
        }
        arena_free(&own);
        if (!(c2 > 0.5 && c2 < 1.5 && cusum > 0.75 && cusum < 1.35)) {
            fail_msg("mean %g, size %g: C2 rings %.2f, CUSUM %.2f times as often as stated",
                     mus[c / 2], sizes[c % 2], c2, cusum);
        }
    }
}

static void refuse(const struct field *field, const struct bulk_options *options, const char *word)
{
    for (unsigned threads = 1; threads < 4; threads++) {
        struct ajar_err err = {0};
        struct bulk_summary out;
        struct pool *pool;
        assert_int_equal(pool_open(&pool, threads, NULL), 0);
        assert_int_equal(bulk_scan(&arena, field->n, field->days, field->stride, field->y, options,
                                   pool, NULL, &out, NULL, &err),
                         E_WATCH_OPTION);
        pool_close(pool);
        assert_non_null(strstr(err.text, word));
    }
}

static void options_and_counts_out_of_range_are_refused(void **state)
{
    (void)state;
    struct field field = field_new(20, 60, 20);
    field_fill(&field, 8);
    const double rates[] = {0, -1, 0.41, 1e-10, (double)NAN, (double)INFINITY};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct bulk_options options = usual();
        options.rate_c2 = rates[i];
        refuse(&field, &options, "rate");
    }
    struct bulk_options options = usual(), brief = options, level = options, hasty = options;
    brief.train_days = 27;
    refuse(&field, &brief, "27 counts");
    level.k = 1;
    level.thresholds = NULL;
    refuse(&field, &level, "shift");
    hasty.run_length = 1;
    hasty.thresholds = NULL;
    refuse(&field, &hasty, "false alarm");
    struct bulk_options other = options;
    other.k = 1.3;
    refuse(&field, &other, "handed over");
    other = options;
    other.thresholds = &found[1];
    refuse(&field, &other, "handed over");
    struct field bad = field;
    bad.stride = 19;
    refuse(&bad, &options, "stride");
    bad = field;
    bad.days = (size_t)1 << 31;
    refuse(&bad, &options, "parts");
    bad.days = (size_t)1 << 30;
    bad.stride = (size_t)1 << 40;
    refuse(&bad, &options, "parts");
    const double counts[] = {-1, -1e-300, 1.1e9, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        double *y = &field.y[(i * 11 + 3) * field.stride + 19], keep = *y;
        *y = counts[i];
        refuse(&field, &options, "Series 19");
        uint8_t flags[60];
        assert_int_equal(
            bulk_scan_one(&arena, field.days, field.y + 19, field.stride, &options, flags, NULL),
            E_WATCH_OPTION);
        *y = keep;
    }
}

/* Of two faults the first is told, also when the second is in a block that comes up earlier. */
static void of_two_bad_counts_the_first_is_told(void **state)
{
    (void)state;
    const size_t bad = 700 / sampled(10), n = 2 * bad + 100;
    struct field field = field_new(n, 29, n);
    field_fill(&field, 8);
    field.y[bad] = field.y[bad + 100] = -1;
    struct bulk_options options = usual();
    options.train_days = 28;
    refuse(&field, &options, SANITIZED ? "Series 70" : "Series 700");
}

static bool stop(void *arg)
{
    return ++*(int *)arg > 3;
}

static void a_scan_can_be_stopped(void **state)
{
    (void)state;
    struct field field = field_new(2000, 40, 2000);
    struct bulk_options options = usual();
    struct bulk_summary out;
    int asked = 0;
    struct watch watch = {.cancelled = stop, .arg = &asked};
    assert_int_equal(bulk_scan(&arena, field.n, field.days, field.stride, field.y, &options, NULL,
                               &watch, &out, NULL, NULL),
                     E_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_path_gives_what_the_plain_reading_gives),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(thresholds_handed_over_change_nothing),
        cmocka_unit_test(a_verdict_knows_nothing_of_later_days),
        cmocka_unit_test(c2_rings_where_the_predictive_t_says_so),
        cmocka_unit_test(seven_equal_days_ring_only_past_the_floor),
        cmocka_unit_test(a_surge_rings_until_it_is_the_new_normal),
        cmocka_unit_test(after_a_new_normal_the_next_surge_rings_at_once),
        cmocka_unit_test(the_cusum_is_the_one_of_cusum_step),
        cmocka_unit_test(in_control_both_ring_about_as_often_as_stated),
        cmocka_unit_test(options_and_counts_out_of_range_are_refused),
        cmocka_unit_test(of_two_bad_counts_the_first_is_told),
        cmocka_unit_test(a_scan_can_be_stopped),
    };
    return cmocka_run_group_tests_name("bulk", tests, setup, teardown);
}
