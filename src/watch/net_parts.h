/* The files of net: series, pairs of flows, groups.  Internal to watch/. */
#ifndef WATCH_NET_PARTS_H
#define WATCH_NET_PARTS_H

#include "net.h"

/* A series that takes part, and what it must have in common with its like. */
struct net_side {
    const struct watch_series *series;
    struct text place, route, people, ending;
    size_t at; /* place in the book */
    struct watch_known known;
};

struct net_pair {
    const struct net_side *in, *out;
    bool told_in,
        told_out; /* the side stands in an earlier pair too, which gives its lone periods */
};

/* Sides of one place, route and people: flows first, paired, then nets and stocks. */
struct net_group {
    const struct net_side *sides; /* [n] by unit, ending, kind */
    size_t n;
    struct net_pair *pairs; /* [n_pairs] */
    size_t n_pairs;
};

struct net_maker {
    struct arena *scratch;
    const struct names *names;
    bool file; /* of a user, without a scenario */
    struct net_point *points;
    struct net_stock *stocks;
    size_t n_points, n_stocks;
};

/* Whether figures in the two units may be set off against each other. */
bool net_units_fit(const struct names *names, name_id a, name_id b);

/* Append what a group gives; there is room for it. */
int net_points_make(struct net_maker *it, const struct net_group *group, struct ajar_err *err);
int net_stocks_make(struct net_maker *it, const struct net_group *group, struct ajar_err *err);

/* How one flow covers the days of a span. */
struct net_cover {
    double sum; /* NaN: no set of figures covers the span without gap or overlap */
    size_t
        n_spans; /* days with a figure that lies inside the span, as spans apart from each other */
    date_days *span; /* [2 * n_spans] first and last day of each */
};

/* Room for the work on a flow of n figures, to be used again. */
struct net_cover_room {
    struct net_cover_value *value;
    uint32_t *by_end;
    date_days *span;
};
int net_cover_room(struct arena *arena, size_t n, struct net_cover_room *out, struct ajar_err *err);

/* From first to last day.  out->span lies in the room. */
void net_cover(const struct watch_known *known, date_days first, date_days last,
               const struct net_cover_room *room, struct net_cover *out);

/* Days that both cover. */
int32_t net_cover_both(const struct net_cover *a, const struct net_cover *b);

#endif
