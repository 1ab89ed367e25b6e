#include "unit.h"

#include "watch.h"

struct seen {
    unsigned ticks;
    uint64_t done, total;
    const char *what, *unit;
    bool stop;
};

static void see(void *arg, const char *what, uint64_t done, uint64_t total, const char *unit)
{
    struct seen *seen = arg;
    seen->ticks++;
    seen->what = what;
    seen->done = done;
    seen->total = total;
    seen->unit = unit;
}

static bool asked_to_stop(void *arg)
{
    return ((struct seen *)arg)->stop;
}

static void a_tick_reports_and_goes_on(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct watch watch = {.tick = see, .cancelled = asked_to_stop, .arg = &seen};
    struct ajar_err err = {0};
    assert_int_equal(watch_tick(&watch, "reading", 3, 10, "rows", &err), 0);
    assert_int_equal(seen.ticks, 1);
    assert_true(seen.done == 3 && seen.total == 10);
    assert_string_equal(seen.what, "reading");
    assert_string_equal(seen.unit, "rows");
    assert_int_equal(err.code, 0);
}

static void nobody_watching_is_no_fault(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct watch deaf = {.tick = see, .arg = &seen};
    struct watch dumb = {.cancelled = asked_to_stop, .arg = &seen};
    assert_int_equal(watch_tick(NULL, "reading", 3, 10, "rows", NULL), 0);
    assert_int_equal(watch_tick(&deaf, "reading", 3, 10, "rows", NULL), 0);
    assert_int_equal(watch_tick(&dumb, "reading", 3, 10, "rows", NULL), 0);
    assert_int_equal(seen.ticks, 1);
}

static void a_wish_to_stop_is_an_error_that_says_how_far_it_got(void **state)
{
    (void)state;
    struct seen seen = {.stop = true};
    struct watch watch = {.tick = see, .cancelled = asked_to_stop, .arg = &seen};
    struct ajar_err err;
    assert_int_equal(watch_tick(&watch, "reading", 3, 10, "rows", &err), E_CANCELLED);
    assert_int_equal(seen.ticks, 1); /* the last report stands before the end */
    assert_string_equal(err.slug, "base.cancelled");
    assert_string_equal(err.text, "stopped on request while reading, after 3 of 10 rows");
    assert_int_equal(watch_tick(&watch, "reading", 3, 0, "rows", &err), E_CANCELLED);
    assert_string_equal(err.text, "stopped on request while reading, after 3 rows");
    assert_int_equal(watch_tick(&watch, "reading", 3, 10, "rows", NULL), E_CANCELLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tick_reports_and_goes_on),
        cmocka_unit_test(nobody_watching_is_no_fault),
        cmocka_unit_test(a_wish_to_stop_is_an_error_that_says_how_far_it_got),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
