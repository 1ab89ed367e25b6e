/* The shipped scenario and its book of series, for tests of what was really counted. */
#ifndef TEST_WATCH_SHIPPED_H
#define TEST_WATCH_SHIPPED_H

#include "../base/unit.h"
#include "book.h"

#define TEST_CEILING ((size_t)1 << 30)

struct shipped {
    struct arena arena;
    struct scenario scenario;
    struct watch_book book;
};

static inline int shipped_load(void **state)
{
    static struct shipped at;
    struct faults faults;
    arena_init(&at.arena, "a test", TEST_CEILING);
    assert_int_equal(faults_init(&faults, &at.arena, 10, NULL), 0);
    assert_int_equal(
        scenario_load(&at.arena, "scenarios/exodus2022", NULL, NULL, &at.scenario, &faults, NULL),
        0);
    assert_int_equal(book_scenario(&at.arena, &at.scenario, &at.book, NULL), 0);
    *state = &at;
    return 0;
}

static inline int shipped_drop(void **state)
{
    arena_free(&((struct shipped *)*state)->arena);
    return 0;
}

/* A day that the test knows to be one. */
static inline date_days day(const char *text)
{
    date_days out = DATE_NONE;
    assert_true(date_parse(text_of(text), &out));
    return out;
}

#endif
