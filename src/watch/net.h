/* Gross, net and stock, kept apart and checked against each other.
 *
 *     net = in - out,      stock(end) = stock(start) + in - out
 *
 * Nothing is added across kinds; a side that is not there is not filled in.  What does not fit is a
 * series of its own, the discrepancy.
 *
 * Which measures belong together: of one place and route, about people of one nationality, in one unit,
 * with names that end alike behind their first '_' (entries_persons_rus with exits_persons_rus, never
 * with exits_rus or exits_all).  A net or a stock is compared with all such pairs of its nationality; it
 * may be in persons where they are in crossings, since who crosses in and not out is present.  In a file
 * the end of the name stands for the nationality. */
#ifndef WATCH_NET_H
#define WATCH_NET_H

#include "book.h"

/* One period of one place and route.  Periods with one side alone are there too, where the other side
 * has a series at all. */
struct net_point {
    name_id place, route;
    date_days from, to;
    double in, out, net; /* NaN where not known; net = in - out when both are there */
    double net_low,
        net_high;         /* over the values that contradictions.csv leaves open (disputed); else
                                 both are `net` */
    double published_net; /* NaN: none */
    double discrepancy;   /* published_net - (in - out); NaN when one is missing */
    const struct watch_value *in_value, *out_value, *net_value;     /* NULL: none */
    const struct watch_series *in_series, *out_series, *net_series; /* of the pair; NULL: none */
};

/* One step between two stocks of a place; or from nothing to the stock of those who came since a day
 * (a scenario's stock over more than one day): then start_value is NULL, stock_start 0, start the eve of
 * that day, and the discrepancy counts also those who were there before and left meanwhile. */
struct net_stock {
    name_id place, route;
    date_days start, end; /* days of the two stocks (their `to`) */
    double stock_start, stock_end;
    double in, out;  /* sums over (start, end] when the flows cover it without gap or overlap; else
                             NaN.  Of several ways to cover it, the one with the fewest figures */
    double expected; /* stock_start + in - out */
    double discrepancy;   /* stock_end - expected; NaN when the flows do not cover the step */
    const char *why_not;  /* static clause when it cannot be checked; else NULL */
    int32_t missing_days; /* days of the step without both flows */
    const struct watch_value *start_value, *end_value;
    const struct watch_series *series; /* of the stocks */
};

struct net_table {
    size_t n_points, n_stocks;
    struct net_point *points; /* by place, route, from, to */
    struct net_stock *stocks; /* by place, route, start, end */
};

/* On one clock, as known on a day (DATE_NONE: all).  place 0: all places.  scenario NULL: the book is
 * a file's.  O(values log values). */
int net_table_make(struct arena *arena, const struct watch_book *book,
                   const struct scenario *scenario, enum watch_clock clock, date_days as_known,
                   name_id place, struct net_table *out, struct ajar_err *err);

#endif
