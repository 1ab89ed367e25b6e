/* WATCH on a scenario or a file: scan what is known, replay how it became known, and say it in words.
 *
 * One job holds the book of series and the options; scan and replay fill answers from it.  Each alarm
 * stands with its plain sentence, so that whoever shows it (terminal, JSON, CSV, report) says the same. */
#ifndef DESK_WATCH_JOB_H
#define DESK_WATCH_JOB_H

#include "book.h"
#include "change.h"
#include "detect.h"
#include "pool.h"
#include "scenario.h"
#include "share.h"

struct watch_run_options {
    const char *place, *route, *measure; /* NULL: all */
    enum watch_clock clock;
    date_days as_known; /* DATE_NONE: all that there is */
    date_days
        since; /* list alarms of periods that end on this day or later; DATE_NONE: only those of
                           the last period that a series has, and the run of alarms that it ends */
    double
        false_alarms_a_year; /* over all series judged; NaN: detect.alarm_every_days holds for each */
    struct watch_options detect;
};
struct watch_run_options watch_run_default(void);

/* Where a job's series come from.  scenario NULL: a user's file, and no doors table. */
struct watch_input {
    const struct scenario *scenario;
    struct watch_book book;
    const char *name; /* "scenarios/exodus2022", "counts.csv", as the user named it */
    size_t n_assumed; /* of a file: what was assumed in reading it */
    const char *const *assumed;
};

/* The earliest day on the clock on which a period could have rung. */
struct watch_earliest {
    date_days day;                /* DATE_NONE: on no day */
    struct watch_verdict verdict; /* as it was then */
    uint32_t count_value,
        base_value;    /* of series->value: the period's and, for WATCH_TOTALS, the earlier
                                         one; else BOOK_NONE */
    double noise_most; /* of WATCH_TOTALS: the noise below which it rings; else NaN */
};

/* What one door (the alarm's own series, or another of the same measure, unit and step) adds to the rise.
 * Another series is a door when it has a count for the period and at least half as many counts in the
 * baseline as the fullest one; of a scenario's place only one series is, the one with most of them, and
 * groups of countries are none.  A baseline of more than nine weeks gives way to the eight weeks before
 * run_from. */
#define WATCH_PARTS_MOST 50 /* largest changes; the rest is tested as one and not listed */
struct watch_part {
    uint32_t series;
    double before,
        after; /* mean of its own counts over the alarm's baseline; count of the period */
    double
        contribution; /* share of the rise of all doors together; NaN when the total stood still */
    double p, q;      /* of its share's shift; Benjamini-Hochberg */
};

struct watch_alarm {
    uint32_t series;        /* of input->book.series */
    bool weekly, sustained; /* sustained: the CUSUM rings and the point detector does not */
    bool accepted;          /* the level was taken as the new normal here */
    size_t period;          /* of the grid */
    date_days from, to;     /* of the period */
    date_days run_from; /* first day of the unbroken run of ringing periods that it belongs to */
    struct watch_verdict verdict;
    struct change_point change; /* of the series up to this period */
    uint32_t value;             /* of series->value */
    date_days known;            /* day from which the count was known on the clock */
    int32_t age_days; /* as_known (or the last day known) minus the last day of the period */
    struct watch_earliest earliest;
    size_t n_doors;  /* doors whose `from` or `to` lies within 3 days of run_from: of the series'
                                   place first, then of the scenario's subject (exit rules), then of
                                   other countries, whose closed door sends people to this one */
    uint32_t *doors; /* rows of scenario->doors */
    size_t n_parts;
    struct watch_part *parts; /* by rise, largest first; 0 when no other door has both */
    struct text sentence;     /* the whole, several plain sentences */
};

#define WATCH_POINTS_MOST ((size_t)1 << 21) /* periods whose verdicts a scan keeps: 0.5 GB */

/* One series as it was judged. */
struct watch_judged {
    uint32_t series;
    struct watch_known known;
    bool weekly; /* which grid was judged: days when there are at least 2, else weeks */
    const struct watch_grid *grid; /* of `known`; n 0: nothing can be judged */
    const uint32_t *value;         /* day_value or week_value */
    struct watch_point
        *points; /* [grid->n]; NULL when it was not judged, or when all series together
                                   have more than WATCH_POINTS_MOST periods */
    struct watch_point at_last; /* of `last`; zeroed when it was not judged */
    size_t last;                /* the last period with a count */
    const char
        *why_not; /* when it was not judged: a clause, "no two counts of equal length"; else NULL */
};

struct watch_scan {
    const struct watch_input *input;
    struct watch_run_options options; /* with alarm_every_days as it was used */
    size_t n_judged, n_not_judged;
    struct watch_judged *judged; /* [n_judged + n_not_judged] in order of the book, filtered */
    size_t n_alarms;
    struct watch_alarm *alarms; /* by place, measure, route, period */
    double false_alarms_a_year; /* nominal, over all series judged */
    struct text summary;        /* one or two sentences, also when nothing rings */
};

/* E_WATCH_PLACE, _MEASURE, _ROUTE (with "did you mean"), E_WATCH_OPTION, E_WATCH_NOTHING (no series has a count on the clock
 * by then).  Series are judged in parallel; same bytes for any number of threads. */
int watch_scan(struct arena *arena, const struct watch_input *input,
               const struct watch_run_options *options, struct pool *pool,
               const struct watch *watch, struct watch_scan *out, struct ajar_err *err);

/* One day of a replay of one series: what was known that morning and what it would have said. */
struct watch_replay_day {
    date_days day;
    uint32_t series;
    size_t n_known, n_new;        /* counts known; new since the replay day before */
    date_days last_to;            /* last day that the known counts cover; DATE_NONE */
    bool judged, rings, first;    /* of the last period known; first: quiet the replay day before */
    bool revised;                 /* a count known before was replaced */
    struct watch_verdict verdict; /* main or sustained, whichever rang; else main */
    struct text sentence;         /* "" when nothing rings */
};

struct watch_replay {
    const struct watch_input *input;
    struct watch_run_options options; /* as_known: ignored */
    size_t n;
    struct watch_replay_day
        *days; /* by series as in the book, then day; days on which something became known */
    struct text summary;
};

/* Day by day from `from` to `to` (DATE_NONE: the first and last day on which anything became known), each seen with what
 * was known that morning alone. */
int watch_replay(struct arena *arena, const struct watch_input *input,
                 const struct watch_run_options *options, date_days from, date_days to,
                 struct pool *pool, const struct watch *watch, struct watch_replay *out,
                 struct ajar_err *err);

/* Words shared by all who show: "Finland, entries of Russians, land: eastern border"; "once in 52 weeks"; "C2 on
 * weekday-adjusted counts"; "t = 9.76 with 3 degrees of freedom".  Append to buf. */
void watch_say_series(struct buf *buf, const struct watch_input *input, uint32_t series);
void watch_say_rate(struct buf *buf, double p, int step_days);
const char *watch_detector_word(enum watch_detector detector);  /* "weekday": the option's word */
const char *watch_detector_title(enum watch_detector detector); /* for people */
void watch_say_statistic(struct buf *buf, const struct watch_verdict *verdict);

/* CSV tables of a scan (watch_alarms.csv, watch_series.csv), for --out and the chain. */
struct watch_file {
    const char *name;
    struct text bytes;
};
int watch_scan_files(struct arena *arena, const struct watch_scan *scan, struct watch_file **out,
                     size_t *n, struct ajar_err *err);

#endif
