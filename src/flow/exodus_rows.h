/* Rows in the form of arrivals.csv, answered from a run of the exodus. */
#ifndef FLOW_EXODUS_ROWS_H
#define FLOW_EXODUS_ROWS_H

#include "exodus.h"

/* A row asks for one number: so many crossings (or people refused, or present) of a country by a route, on
 * the days [from, to], both included. */
struct exodus_row {
    date_days from, to;
    struct text country, route, measure;
    double first_part, last_part; /* of the first and last day that the figure covers; 1 */
    double value;                 /* as counted; NaN: none */
};

/* A row of arrivals.csv beside what the fit does with it (exodus/observations.csv). */
enum exodus_use {
    EXODUS_FIT, /* compared in the likelihood */
    EXODUS_CHECK, /* compared afterwards: overlaps a row that is fitted, or is of a wider definition */
    EXODUS_LEFT /* not believed, or not of this model; `why` says so */
};

struct exodus_seen {
    struct exodus_row row;
    uint32_t arrivals; /* row of the scenario's arrivals */
    struct text source;
    date_days known; /* last day on which its source may have come out (a month: its last day) */
    enum exodus_use use;
    double scale;    /* of the error of the logarithm */
    bool at_least;   /* "more than": only a smaller answer counts against the model */
    uint32_t either; /* 0; rows of the same number are statements of which one holds */
    struct text why;
};

/* What a run must hold to answer rows: cells summed over classes, [day * n_doors + door]. */
struct exodus_totals {
    double *entries[EXODUS_KINDS], *refused[EXODUS_KINDS], *gave_up[EXODUS_KINDS],
        *waiting[EXODUS_KINDS], *exits[EXODUS_KINDS], *present[EXODUS_KINDS], *onward;
    double traffic_goes; /* of the setting: chance a day */
};

int exodus_totals_new(struct arena *arena, const struct exodus_model *model,
                      struct exodus_totals *out, struct ajar_err *err);
/* Of the first n_days days.  O(days * doors * classes). */
void exodus_totals_of(const struct exodus_model *model, const struct exodus_setting *setting,
                      const struct exodus_result *result, uint32_t n_days,
                      struct exodus_totals *totals);

enum exodus_count {
    EXODUS_ENTRIES,
    EXODUS_EXITS,
    EXODUS_REFUSED,
    EXODUS_GAVE_UP,
    EXODUS_WAITING, /* on the last day */
    EXODUS_BOTH,    /* entries and exits together */
    EXODUS_NET,     /* entries less exits: the change in persons present, before onward moves */
    EXODUS_PRESENT, /* of those who came on or after the first day, still there on the last */
    EXODUS_STAYED,  /* of the flight, still there on the last day */
    EXODUS_PEAK     /* entries on the day that has most */
};

/* A row made ready: which doors and how much of each. */
struct exodus_probe {
    enum exodus_count count;
    uint32_t first, last; /* days of the model */
    double first_part, last_part;
    double factor; /* on the sum: 1 / days for a rate a day; above 1 for all nationalities */
    double share[EXODUS_DOORS_MOST][EXODUS_KINDS];
    uint32_t route[EXODUS_DOORS_MOST]; /* of the door's routes, + 1; 0: the whole door */
};

/* Country, route and measure as arrivals.csv has them.  A route is found among those of the doors; "all" sums
 * over the country's doors, of the country ALL over all doors.  False and *why (static) when the
 * row cannot be answered: days outside the run, a country without a door, a route of which the model does not
 * know the share, a measure that it does not have. */
bool exodus_probe_make(const struct exodus_model *model, const struct exodus_row *row,
                       struct exodus_probe *out, const char **why);

/* The number.  lift[door * EXODUS_ROUTES_MOST + route] multiplies the share of a route (NULL: 1), for routes of
 * which nobody knows the share.  O(days * doors). */
#define EXODUS_ROUTES_MOST 16
double exodus_probe_value(const struct exodus_model *model, const struct exodus_totals *totals,
                          const struct exodus_probe *probe, const double *lift);

#endif
