/* Series as they were known: every value with the day on which it could be known.
 *
 * A series is what one place counted in one direction by one route, in one measure and unit.  Its
 * values keep their own periods (a day, a week, any span) and are never spread or filled: a missing
 * day stays missing.  Several values for one period are revisions; the one in force on a day is the
 * latest that was known by then, unless contradictions.csv reads another one that was known too.
 *
 * Two clocks, never mixed.  PUBLISHED: a value is known from the last day that its source's date may
 * mean.  NEXT_DAY: what the counting agency itself had the morning after, known from `to` + 1, whatever
 * the date of the source; a later value for the same period is a revision, which nobody had before it
 * was published, so it is known from that day on (and not before `to` + 1).  A value worked out by this
 * data set ("computed") is known on the PUBLISHED clock from the data set's own date only. */
#ifndef WATCH_BOOK_H
#define WATCH_BOOK_H

#include "detector.h"
#include "scenario.h"

enum watch_clock { WATCH_PUBLISHED, WATCH_NEXT_DAY };

#define BOOK_NONE UINT32_MAX

struct watch_value {
    date_days from, to; /* inclusive */
    double count;
    date_days
        published;  /* DATE_NONE: not known; then it is in force on the PUBLISHED clock only when
                            nothing is asked "as known on" */
    uint32_t row;   /* row of scenario->arrivals; of a file: its line */
    name_id source; /* of a file: 0 */
    bool rejected;  /* contradictions.csv reads the other side (or neither): in force only while no
                            other reading of the period is known */
    bool disputed;  /* contradictions.csv reads both this value and another one of the period */
    bool computed;  /* worked out by the data set, not published */
    bool revision;  /* the period has an earlier value, one before this in the series */
};

struct watch_series {
    name_id place, route; /* place: a country code, or a user's word; route 0: none named */
    uint32_t measure;     /* row of scenario->measures; of a file: BOOK_NONE */
    name_id measure_word; /* "entries_rus" */
    enum measure_kind kind;
    name_id unit;
    size_t n;
    struct watch_value *value; /* [n] by from, to, published, row */
};

/* All series of a scenario or a file, by place word, measure word, route word.  Owned by the arena. */
struct watch_book {
    const struct names *names; /* resolves every name_id here */
    size_t n;
    struct watch_series *series;
};

/* From the arrivals of a loaded scenario.  Rates per day (KIND_RATE) and measures that are no count
 * of a period (stock) are kept as series too: kind tells.  O(rows log rows). */
int book_scenario(struct arena *arena, const struct scenario *scenario, struct watch_book *out,
                  struct ajar_err *err);

/* The values in force: one a period. */
struct watch_known {
    const struct watch_series *series;
    enum watch_clock clock;
    date_days as_known; /* DATE_NONE: all that there is */
    size_t n;
    uint32_t *value;       /* [n] of series->value, by from, to */
    struct watch_grid day; /* values of single days, from the first to the last; n 0: none */
    uint32_t *day_value;   /* [day.n] of series->value; BOOK_NONE: missing */
    struct watch_grid
        week; /* values of exactly seven days that start on the weekday on which most of
                               them start; on a tie, the weekday of the earliest of them */
    uint32_t *week_value;
    size_t
        n_odd; /* values that no grid has: other periods, weeks off that weekday, and what the data
                     set worked out or does not believe (computed, rejected): for totals */
};

/* The first day on which a value is known on a clock; DATE_NONE: unknown. */
date_days book_known_from(const struct watch_value *value, enum watch_clock clock);

/* Whether it is known on the morning of a day; on DATE_NONE everything is. */
bool book_is_known(const struct watch_value *value, enum watch_clock clock, date_days as_known);

/* The distinct days on which a value of the series becomes known on the clock, rising: for replay.
 * Values whose day is unknown give none.  O(n log n). */
int book_days(struct arena *arena, const struct watch_series *series, enum watch_clock clock,
              date_days **out, size_t *n, struct ajar_err *err);

/* What is known on the morning of `as_known`.  O(n), and O(days) for the grids: E_CEILING when a series
 * is too long for the arena. */
int book_known(struct arena *arena, const struct watch_series *series, enum watch_clock clock,
               date_days as_known, struct watch_known *out, struct ajar_err *err);

/* The value of exactly this period in force; BOOK_NONE. */
uint32_t book_value_at(const struct watch_known *known, date_days from, date_days to);

#endif
