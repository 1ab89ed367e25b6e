#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "pool.h"

#define PARTS 1000

static const unsigned thread_counts[] = {1, 2, 3, 8};
#define COUNTS (sizeof thread_counts / sizeof *thread_counts)

struct work {
    uint64_t out[PARTS];
    atomic_uint runs[PARTS];
    size_t fails_from, fails_every; /* parts fails_from, fails_from + fails_every, ... fail */
    atomic_size_t stop_after;       /* parts until the watch asks to stop */
    atomic_size_t done;
    pthread_t caller;
    atomic_bool told_elsewhere;
};

/* Uneven work, so that threads overtake each other. */
static int square(void *arg, size_t i, struct ajar_err *err)
{
    struct work *work = arg;
    atomic_fetch_add(&work->runs[i], 1);
    uint64_t x = i;
    for (size_t k = 0; k < (i * 7919) % 5000; k++) {
        x = x * UINT64_C(6364136223846793005) + 1442695040888963407u;
    }
    work->out[i] = x;
    atomic_fetch_add(&work->done, 1);
    if (work->fails_every > 0 && i >= work->fails_from &&
        (i - work->fails_from) % work->fails_every == 0) {
        return err_set(err, E_NUMBER, "part %zu failed", i);
    }
    return 0;
}

static void the_results_are_the_same_with_any_number_of_threads(void **state)
{
    (void)state;
    static struct work alone, work;
    assert_int_equal(pool_run(NULL, PARTS, square, &alone, NULL, "squaring", NULL), 0);
    for (size_t c = 0; c < COUNTS; c++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
        assert_int_equal(pool_threads(pool), thread_counts[c]);
        for (int round = 0; round < 3; round++) {
            work = (struct work){0};
            assert_int_equal(pool_run(pool, PARTS, square, &work, NULL, "squaring", NULL), 0);
            assert_memory_equal(work.out, alone.out, sizeof alone.out);
            for (size_t i = 0; i < PARTS; i++) {
                assert_int_equal(work.runs[i], 1);
            }
        }
        assert_int_equal(pool_run(pool, 0, square, &work, NULL, "squaring", NULL), 0);
        pool_close(pool);
    }
    assert_int_equal(pool_threads(NULL), 1);
    pool_close(NULL);
}

static void the_error_is_that_of_the_lowest_failing_part(void **state)
{
    (void)state;
    static const struct {
        size_t from, every;
        const char *text;
    } cases[] = {{0, 1, "part 0 failed"},
                 {1, 1, "part 1 failed"},
                 {313, 1, "part 313 failed"},
                 {500, 7, "part 500 failed"},
                 {PARTS - 1, 1, "part 999 failed"}};
    static struct work work;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        for (size_t c = 0; c < COUNTS; c++) {
            struct pool *pool;
            struct ajar_err err = {0};
            assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
            work = (struct work){.fails_from = cases[k].from, .fails_every = cases[k].every};
            assert_int_equal(pool_run(pool, PARTS, square, &work, NULL, "squaring", &err),
                             E_NUMBER);
            assert_string_equal(err.text, cases[k].text);
            for (size_t i = 0; i < cases[k].from; i++) {
                assert_int_equal(work.runs[i], 1); /* all that come before it did run */
            }
            work = (struct work){.fails_from = cases[k].from, .fails_every = cases[k].every};
            assert_int_equal(pool_run(pool, PARTS, square, &work, NULL, "squaring", NULL),
                             E_NUMBER);
            work = (struct work){0}; /* and the pool is as good as new */
            assert_int_equal(pool_run(pool, PARTS, square, &work, NULL, "squaring", &err), 0);
            pool_close(pool);
        }
    }
}

static void hear(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    struct work *work = arg;
    (void)unit;
    if (!pthread_equal(pthread_self(), work->caller) || strcmp(what, "squaring") != 0 ||
        total != PARTS || done > total) {
        work->told_elsewhere = true;
    }
}

static bool enough(void *arg)
{
    struct work *work = arg;
    return work->done >= work->stop_after;
}

static void a_wish_to_stop_ends_the_loop_between_parts(void **state)
{
    (void)state;
    static struct work work;
    for (size_t c = 0; c < COUNTS; c++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
        static const size_t stops[] = {0, 1, 400, PARTS};
        for (size_t k = 0; k < sizeof stops / sizeof *stops; k++) {
            struct watch watch = {.tick = hear, .cancelled = enough, .arg = &work};
            struct ajar_err err = {0};
            work = (struct work){.stop_after = stops[k], .caller = pthread_self()};
            assert_int_equal(pool_run(pool, PARTS, square, &work, &watch, "squaring", &err),
                             E_CANCELLED);
            assert_int_equal(err.code, E_CANCELLED);
            assert_true(work.done >= stops[k]);
            assert_false(work.told_elsewhere);
        }
        struct watch watch = {.tick = hear, .cancelled = enough, .arg = &work};
        work = (struct work){.stop_after = PARTS + 1, .caller = pthread_self()};
        assert_int_equal(pool_run(pool, PARTS, square, &work, &watch, "squaring", NULL), 0);
        assert_int_equal(work.done, PARTS);
        pool_close(pool);
    }
}

static int no_work(void *arg, size_t i, struct ajar_err *err)
{
    return arg != NULL && i == 5 ? err_set(err, E_NUMBER, "part 5 failed") : 0;
}

static bool at_once(void *arg)
{
    (void)arg;
    return true;
}

/* A loop of a month, which would not return if anything were begun after the end is known. */
static void nothing_is_begun_after_a_failure_or_a_wish_to_stop(void **state)
{
    (void)state;
    const size_t months = (size_t)1 << 45;
    for (size_t c = 0; c < COUNTS; c++) {
        struct pool *pool;
        struct ajar_err err;
        struct watch watch = {.cancelled = at_once};
        assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
        assert_int_equal(pool_run(pool, months, no_work, NULL, &watch, "idling", &err),
                         E_CANCELLED);
        assert_int_equal(pool_run(pool, months, no_work, &err, NULL, "idling", &err), E_NUMBER);
        assert_string_equal(err.text, "part 5 failed");
        pool_close(pool);
    }
}

/* Parts that wait for each other would hang if the pool had fewer threads than it says. */
static int meet(void *arg, size_t i, struct ajar_err *err)
{
    (void)i;
    (void)err;
    pthread_barrier_wait(arg);
    return 0;
}

static void all_threads_work_at_the_same_time(void **state)
{
    (void)state;
    for (size_t c = 0; c < COUNTS; c++) {
        struct pool *pool;
        pthread_barrier_t barrier;
        assert_int_equal(pthread_barrier_init(&barrier, NULL, thread_counts[c]), 0);
        assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
        assert_int_equal(pool_run(pool, thread_counts[c], meet, &barrier, NULL, "meeting", NULL),
                         0);
        pool_close(pool);
        pthread_barrier_destroy(&barrier);
    }
}

/* Each step of each part needs what all parts wrote in the step before. */
enum { STEPS = 500, TOGETHER_MOST = 8 };
struct steps {
    struct pool *pool;
    unsigned n;
    uint64_t out[2][TOGETHER_MOST];
    pthread_t caller;
    atomic_bool caller_has_another_part;
    size_t fails; /* this part does, at the end; SIZE_MAX: none */
};

static uint64_t next_of(const struct steps *steps, size_t step, size_t i)
{
    uint64_t sum = i;
    for (unsigned k = 0; k < steps->n; k++) {
        sum += steps->out[(step + 1) % 2][k] * (k + 3);
    }
    return sum;
}

static int walk(void *arg, size_t i, struct ajar_err *err)
{
    struct steps *steps = arg;
    if ((i == 0) != (pthread_equal(pthread_self(), steps->caller) != 0)) {
        steps->caller_has_another_part = true;
    }
    for (size_t step = 0; step < STEPS; step++) {
        steps->out[step % 2][i] = next_of(steps, step, i);
        pool_meet(steps->pool, i);
    }
    return i == steps->fails ? err_set(err, E_NUMBER, "part %zu failed", i) : 0;
}

static void parts_that_work_together_see_what_the_others_wrote_before_they_met(void **state)
{
    (void)state;
    for (size_t c = 0; c < COUNTS; c++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, thread_counts[c], NULL), 0);
        for (unsigned n = 1; n <= thread_counts[c]; n++) {
            struct steps alone = {.n = n},
                         steps = {
                             .pool = pool, .n = n, .caller = pthread_self(), .fails = SIZE_MAX};
            for (size_t step = 0; step < STEPS; step++) {
                for (unsigned i = 0; i < n; i++) {
                    alone.out[step % 2][i] = next_of(&alone, step, i);
                }
            }
            assert_int_equal(pool_together(pool, n, walk, &steps, NULL), 0);
            assert_memory_equal(steps.out, alone.out, sizeof alone.out);
            struct ajar_err err = {0};
            steps.fails = n - 1;
            assert_int_equal(pool_together(pool, n, walk, &steps, &err), E_NUMBER);
            assert_non_null(strstr(err.text, "failed"));
            assert_false(steps.caller_has_another_part);
        }
        assert_int_equal(pool_run(pool, PARTS, no_work, NULL, NULL, "idling", NULL), 0);
        pool_close(pool);
    }
    struct steps steps = {.n = 1, .caller = pthread_self(), .fails = SIZE_MAX};
    assert_int_equal(pool_together(NULL, 1, walk, &steps, NULL), 0);
}

/* The last part comes late to each meeting, and says what it was told; so does the first. */
struct slow {
    struct pool *pool;
    size_t last;
    bool told[2];
};

static int dawdle(void *arg, size_t i, struct ajar_err *err)
{
    struct slow *slow = arg;
    (void)err;
    for (int meeting = 0; meeting < 3; meeting++) {
        if (i == slow->last) {
            nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        }
        bool late = pool_meet(slow->pool, i);
        if (i == 0 || i == slow->last) {
            slow->told[i != 0] = late;
        }
    }
    return 0;
}

static void who_waits_for_most_of_the_time_is_told(void **state)
{
    (void)state;
    for (size_t c = 1; c < COUNTS; c++) {
        struct slow slow = {.last = thread_counts[c] - 1};
        assert_int_equal(pool_open(&slow.pool, thread_counts[c], NULL), 0);
        assert_int_equal(pool_together(slow.pool, thread_counts[c], dawdle, &slow, NULL), 0);
        assert_true(slow.told[0]);
        assert_false(slow.told[1]);
        struct steps steps = {
            .pool = slow.pool, .n = thread_counts[c], .caller = pthread_self(), .fails = SIZE_MAX};
        assert_int_equal(pool_together(slow.pool, steps.n, walk, &steps, NULL), 0);
        pool_close(slow.pool);
    }
    assert_false(pool_meet(NULL, 0));
}

static void a_pool_has_1_to_256_threads(void **state)
{
    (void)state;
    struct pool *pool = NULL;
    struct ajar_err err;
    assert_int_equal(pool_open(&pool, 0, &err), E_THREAD);
    assert_int_equal(pool_open(&pool, 257, &err), E_THREAD);
    assert_non_null(strstr(err.text, "257"));
    assert_null(pool);
    assert_int_equal(pool_open(&pool, 256, &err), 0);
    pool_close(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_results_are_the_same_with_any_number_of_threads),
        cmocka_unit_test(the_error_is_that_of_the_lowest_failing_part),
        cmocka_unit_test(a_wish_to_stop_ends_the_loop_between_parts),
        cmocka_unit_test(nothing_is_begun_after_a_failure_or_a_wish_to_stop),
        cmocka_unit_test(all_threads_work_at_the_same_time),
        cmocka_unit_test(parts_that_work_together_see_what_the_others_wrote_before_they_met),
        cmocka_unit_test(who_waits_for_most_of_the_time_is_told),
        cmocka_unit_test(a_pool_has_1_to_256_threads),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
