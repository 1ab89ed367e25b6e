/* What the report shows, chosen from a scenario by rules that name no country: no words, no markup.
 *
 * Terms.  A mark is one row of arrivals, shown as a rate per day.  A panel is the marks of one
 * country, route and measure; values of different panels are never added.  The focus is the country
 * with the longest run of single days. */
#ifndef DESK_REPORT_VIEW_H
#define DESK_REPORT_VIEW_H

#include "scenario.h"

#define REPORT_NONE UINT32_MAX

/* Longest span that the pictures show, days. */
#define REPORT_SPAN_DAYS 14

/* Counts of people below this (and above 0) are not shown. */
#define REPORT_SMALL 5.0

/* What may be shown of a count. */
enum report_hiding {
    REPORT_SHOWN,
    REPORT_UNDER,   /* a small count */
    REPORT_WITHHELD /* its span less its other parts would give a small count away */
};

struct report_mark {
    uint32_t row;   /* of arrivals */
    int32_t days;   /* of the span */
    double value;   /* as in the table */
    double per_day; /* value / days; a rate as it is */
    enum report_hiding hiding;
    bool disputed; /* contradictions.csv reads the other side, or neither */
};

struct report_panel {
    name_id country, route;
    uint32_t measure;  /* row of measures */
    uint32_t first, n; /* of marks, by date, longer spans first */
};

/* One country's entries and exits over the same days on the same route. */
struct report_net {
    uint32_t in, out; /* rows of arrivals */
    double net;       /* in - out */
    bool lead;        /* the country's longest, earliest pair and those that contradict it */
    bool hidden;
};

enum report_position { REPORT_AT_CROSSING, REPORT_AT_CROSSINGS, REPORT_AT_TOWNS };

struct report_circle {
    uint32_t mark; /* of marks */
    double lat, lon;
    enum report_position position;
    uint32_t place; /* row of places for REPORT_AT_CROSSING with one place; else REPORT_NONE */
};

struct report_view {
    const struct scenario *scenario;
    uint8_t *hiding;           /* [arrivals.n] enum report_hiding; all rows, chosen or not */
    date_days from, to;        /* days that the pictures span; from > to: there is no series */
    struct report_mark *marks; /* [n_marks] panel after panel */
    uint32_t n_marks;
    struct report_panel *panels; /* the focus country's first, its main panel at 0; then by code */
    uint32_t n_panels, n_focus;
    uint32_t before, after; /* marks: two adjacent spans of the main panel with the largest rise */
    uint32_t peak;          /* mark: highest single day of the main panel */
    uint32_t *door_rows; /* [n_doors] doors that begin in those days and refuse somebody, by day */
    uint32_t n_doors;
    struct report_net *nets;
    uint32_t n_nets;
    uint32_t *refused; /* rows of arrivals: people turned back */
    uint32_t n_refused;
    date_days week_from, week_to;  /* of the map */
    struct report_circle *circles; /* largest rate first */
    uint32_t n_circles;
};

/* Chooses.  Only rows about scenario->subject and, unless `as_known` is DATE_NONE, from sources that
 * had spoken by then.  Everything lives in `arena`; the scenario must outlive it.
 * O(rows of arrivals * log + chosen rows squared). */
int report_view_make(struct arena *arena, const struct scenario *scenario, date_days as_known,
                     struct report_view *out, struct ajar_err *err);

/* "", "under 5", "withheld"; static. */
const char *report_hiding_word(enum report_hiding hiding);

/* Two marks of a panel: adjacent spans of equal length, at least five days, shown and undisputed, with
 * the largest rise.  False (outputs untouched): there are none. */
bool report_rise(const struct report_view *view, uint32_t panel, uint32_t *before, uint32_t *after);

/* Whether a value counts people or crossings and is too small to show. */
bool report_small(name_id unit, double value);

/* What may be shown of each row of arrivals: *out [arrivals.n], enum report_hiding, in the arena.  A
 * span with one small part keeps back its smallest other part too.
 * O(n log n + rows of a series with small counts * its small counts). */
int report_hide(struct arena *arena, const struct scenario *scenario, uint8_t **out,
                struct ajar_err *err);

#endif
