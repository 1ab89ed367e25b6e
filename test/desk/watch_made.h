/* Inputs for the tests of WATCH: the shipped scenario, and books made by hand. */
#ifndef TEST_DESK_WATCH_MADE_H
#define TEST_DESK_WATCH_MADE_H

#include "../base/unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "watch_job.h"

struct watch_made {
    struct arena arena;
    struct scenario scenario;
    struct names names;
    struct watch_input input;
    struct watch_run_options options;
    struct watch_scan scan;
    struct watch_replay replay;
    struct ajar_err err;
};

static inline void watch_made_begin(struct watch_made *made)
{
    *made = (struct watch_made){.options = watch_run_default()};
    arena_init(&made->arena, "test", (size_t)2 << 30);
}

static inline void watch_made_end(struct watch_made *made)
{
    arena_free(&made->arena);
}

static inline date_days watch_made_day(const char *text)
{
    date_days day = DATE_NONE;
    assert_true(date_parse(text_of(text), &day));
    return day;
}

static inline void watch_made_shipped(struct watch_made *made)
{
    struct faults faults;
    watch_made_begin(made);
    assert_int_equal(faults_init(&faults, &made->arena, 20, NULL), 0);
    if (scenario_load(&made->arena, "scenarios/exodus2022", NULL, NULL, &made->scenario, &faults,
                      &made->err) != 0 ||
        book_scenario(&made->arena, &made->scenario, &made->input.book, &made->err) != 0) {
        fail_msg("%s: %s", made->err.slug, made->err.text);
    }
    made->input.scenario = &made->scenario;
    made->input.name = "scenarios/exodus2022";
}

/* A book of `n` empty series of a user's file. */
static inline void watch_made_file(struct watch_made *made, size_t n)
{
    watch_made_begin(made);
    assert_int_equal(names_init(&made->names, &made->arena, NULL), 0);
    made->input.name = "counts.csv";
    made->input.book.names = &made->names;
    made->input.book.n = n;
    made->input.book.series = arena_get(&made->arena, n, sizeof *made->input.book.series, NULL);
    assert_non_null(made->input.book.series);
}

static inline name_id watch_made_word(struct watch_made *made, const char *word)
{
    name_id id = 0;
    if (*word != 0) {
        assert_int_equal(names_put(&made->names, text_of(word), &id, NULL), 0);
    }
    return id;
}

/* Counts of n periods of `step` days each from `first` on; NaN: missing. */
static inline void watch_made_series(struct watch_made *made, size_t at, const char *place,
                                     const char *measure, date_days first, int step, size_t n,
                                     const double *count)
{
    struct watch_series *series = &made->input.book.series[at];
    *series = (struct watch_series){.place = watch_made_word(made, place),
                                    .measure = BOOK_NONE,
                                    .measure_word = watch_made_word(made, measure),
                                    .kind = KIND_GROSS_IN};
    series->value = arena_get(&made->arena, n, sizeof *series->value, NULL);
    assert_non_null(series->value);
    for (size_t i = 0; i < n; i++) {
        date_days from = first + (date_days)i * step;
        if (!isnan(count[i])) {
            series->value[series->n++] = (struct watch_value){.from = from,
                                                              .to = from + step - 1,
                                                              .count = count[i],
                                                              .published = DATE_NONE,
                                                              .row = (uint32_t)i + 2};
        }
    }
}

static inline void watch_made_scan(struct watch_made *made, struct pool *pool)
{
    if (watch_scan(&made->arena, &made->input, &made->options, pool, NULL, &made->scan,
                   &made->err) != 0) {
        fail_msg("%s: %s", made->err.slug, made->err.text);
    }
}

static inline bool watch_made_holds(struct text text, const char *part)
{
    return memmem(text.at, text.n, part, strlen(part)) != NULL;
}

#define assert_holds(text, part)                                                                   \
    do {                                                                                           \
        if (!watch_made_holds((text), (part))) {                                                   \
            fail_msg("'%s' is not in '%.*s'", (part), (int)(text).n, (text).at);                   \
        }                                                                                          \
    } while (0)

/* The alarm of a route whose period ends on a day; NULL: none. */
static inline const struct watch_alarm *watch_made_alarm(const struct watch_made *made,
                                                         const char *route, const char *to)
{
    for (size_t i = 0; i < made->scan.n_alarms; i++) {
        const struct watch_alarm *alarm = &made->scan.alarms[i];
        const struct watch_series *series = &made->input.book.series[alarm->series];
        if (text_is(names_word(made->input.book.names, series->route), route) &&
            alarm->to == watch_made_day(to)) {
            return alarm;
        }
    }
    return NULL;
}

#endif
