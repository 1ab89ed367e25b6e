#include "../base/unit.h"

#include <stdlib.h>

#include "progress.h"

static double clock_s;
static bool stop;
static char *said;
static size_t said_n;
static FILE *say;
static struct progress progress;

static double now(void)
{
    return clock_s;
}

static bool stopped(void)
{
    return stop;
}

static int fresh(void **state)
{
    (void)state;
    clock_s = 100;
    stop = false;
    say = open_memstream(&said, &said_n);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    fclose(say);
    free(said);
    return 0;
}

static int tick(double at, uint64_t done, uint64_t total)
{
    struct watch watch = progress_watch(&progress);
    clock_s = at;
    return watch_tick(&watch, "drawing", done, total, "draws", NULL);
}

static const char *shown(void)
{
    fflush(say);
    return said;
}

static void a_short_job_shows_nothing(void **state)
{
    (void)state;
    progress_init(&progress, say, PROGRESS_BAR, 80, now, stopped);
    tick(100, 0, 2000);
    tick(100.2, 1000, 2000);
    progress_end(&progress);
    assert_string_equal(shown(), "");
}

static void a_bar_tells_rate_and_time_left_and_goes_away(void **state)
{
    (void)state;
    progress_init(&progress, say, PROGRESS_BAR, 80, now, stopped);
    tick(100, 0, 2000);
    tick(102, 500, 2000);
    assert_non_null(strstr(shown(), "drawing  [####....."));
    assert_non_null(strstr(shown(), " 25 %  500 of 2,000 draws  250 draws/s  6 s left"));
    progress_end(&progress);
    size_t n = strlen(shown());
    assert_true(n > 4 && strcmp(said + n - 4, "\r\033[K") == 0);
}

static void news_of_a_phase_do_not_begin_it_anew(void **state)
{
    struct watch watch;
    (void)state;
    progress_init(&progress, say, PROGRESS_PLAIN, 80, now, stopped);
    watch = progress_watch(&progress);
    watch_tick(&watch, "placing", 0, 100, "rounds", NULL);
    clock_s = 104;
    watch_tick(&watch, "placing: 7.5 of at most 8", 40, 100, "rounds", NULL);
    clock_s = 108;
    watch_tick(&watch, "placing: 7.9 of at most 8", 80, 100, "rounds", NULL);
    assert_string_equal(shown(), "placing: 7.9 of at most 8: 80 %  80 of 100 rounds  10 rounds/s  "
                                 "2 s left\n");
    clock_s = 109;
    watch_tick(&watch, "placing more", 0, 100, "rounds", NULL);
    assert_true(progress.began == 109);
    progress_end(&progress);
}

static void a_bar_never_passes_the_width(void **state)
{
    (void)state;
    progress_init(&progress, say, PROGRESS_BAR, 30, now, stopped);
    tick(100, 0, 2000000);
    tick(130, 500000, 2000000);
    const char *line = shown() + strlen("\r\033[K");
    assert_true(strlen(line) > 0);
    assert_true(strlen(line) < 30);
}

static void plain_lines_come_every_five_seconds_without_control_characters(void **state)
{
    (void)state;
    progress_init(&progress, say, PROGRESS_PLAIN, 80, now, stopped);
    tick(100, 0, 2000);
    tick(104, 500, 2000);
    assert_string_equal(shown(), "");
    tick(105, 1000, 2000);
    assert_string_equal(shown(), "drawing: 50 %  1,000 of 2,000 draws  200 draws/s  5 s left\n");
    tick(106, 1100, 2000);
    assert_string_equal(shown(), "drawing: 50 %  1,000 of 2,000 draws  200 draws/s  5 s left\n");
}

static void silence_is_silent_and_a_stop_is_heard(void **state)
{
    (void)state;
    progress_init(&progress, say, PROGRESS_SILENT, 80, now, stopped);
    assert_int_equal(tick(200, 1, 2), 0);
    stop = true;
    assert_int_equal(tick(300, 2, 2), E_CANCELLED);
    assert_string_equal(shown(), "");
}

int main(void)
{
#define FRESH(test) cmocka_unit_test_setup_teardown(test, fresh, drop)
    const struct CMUnitTest tests[] = {
        FRESH(a_short_job_shows_nothing),
        FRESH(a_bar_tells_rate_and_time_left_and_goes_away),
        FRESH(news_of_a_phase_do_not_begin_it_anew),
        FRESH(a_bar_never_passes_the_width),
        FRESH(plain_lines_come_every_five_seconds_without_control_characters),
        FRESH(silence_is_silent_and_a_stop_is_heard),
    };
    return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
