/* In, out and net of one period side by side. */
#include <math.h>

#include "net_parts.h"

/* The value at place i of what is known; NULL behind the end. */
static const struct watch_value *net_at(const struct net_side *side, size_t i)
{
    return i < side->known.n ? &side->series->value[side->known.value[i]] : NULL;
}

/* By first day, then last; what is not there comes last. */
static int net_period(const struct watch_value *a, const struct watch_value *b)
{
    if (a == NULL || b == NULL) {
        return (a == NULL) - (b == NULL);
    }
    if (a->from != b->from) {
        return a->from < b->from ? -1 : 1;
    }
    return (a->to > b->to) - (a->to < b->to);
}

/* The least and the most that the open readings of a period give; the value in force where none is. */
static void net_range(const struct net_side *side, const struct watch_value *value, double *low,
                      double *high)
{
    const struct watch_value *first = side->series->value, *end = first + side->series->n;
    *low = *high = value->count;
    if (!value->disputed) {
        return;
    }
    const struct watch_value *at = value;
    while (at > first && net_period(at - 1, value) == 0) {
        at--;
    }
    for (; at < end && net_period(at, value) == 0; at++) {
        if (at->disputed && book_is_known(at, side->known.clock, side->known.as_known)) {
            *low = at->count < *low ? at->count : *low;
            *high = at->count > *high ? at->count : *high;
        }
    }
}

static void net_compare(struct net_point *point)
{
    point->discrepancy = point->published_net - point->net;
}

static void net_flows(const struct net_pair *pair, const struct watch_value *in,
                      const struct watch_value *out, struct net_point *point)
{
    const struct watch_value *period = in != NULL ? in : out;
    *point = (struct net_point){.place = pair->in->series->place,
                                .route = pair->in->series->route,
                                .from = period->from,
                                .to = period->to,
                                .in = in != NULL ? in->count : (double)NAN,
                                .out = out != NULL ? out->count : (double)NAN,
                                .net_low = NAN,
                                .net_high = NAN,
                                .published_net = NAN,
                                .in_value = in,
                                .out_value = out,
                                .in_series = pair->in->series,
                                .out_series = pair->out->series};
    point->net = point->in - point->out;
    if (in != NULL && out != NULL) {
        double low[2], high[2];
        net_range(pair->in, in, &low[0], &high[0]);
        net_range(pair->out, out, &low[1], &high[1]);
        point->net_low = low[0] - high[1];
        point->net_high = high[0] - low[1];
    }
    net_compare(point);
}

/* Both sides of a pair, merged. */
static size_t net_pair_points(const struct net_pair *pair, struct net_point *out)
{
    size_t n = 0;
    for (size_t i = 0, o = 0; i < pair->in->known.n || o < pair->out->known.n;) {
        const struct watch_value *in = net_at(pair->in, i), *other = net_at(pair->out, o);
        int order = net_period(in, other);
        bool has_in = order <= 0, has_out = order >= 0;
        if ((has_in && has_out) || (has_in ? !pair->told_in : !pair->told_out)) {
            net_flows(pair, has_in ? in : NULL, has_out ? other : NULL, &out[n++]);
        }
        i += has_in;
        o += has_out;
    }
    return n;
}

/* Hands the published nets to the points of their period; marks those that found one. */
static void net_publish(const struct net_side *side, struct net_point *points, size_t n,
                        bool *found)
{
    size_t at = 0;
    for (size_t i = 0; i < side->known.n; i++) {
        const struct watch_value *value = net_at(side, i);
        while (at < n && (points[at].from < value->from ||
                          (points[at].from == value->from && points[at].to < value->to))) {
            at++;
        }
        bool here = at < n && points[at].from == value->from && points[at].to == value->to;
        if (here && points[at].net_value == NULL) {
            points[at].published_net = value->count;
            points[at].net_value = value;
            points[at].net_series = side->series;
            net_compare(&points[at]);
            found[i] = true;
        }
    }
}

static void net_lone(struct net_maker *it, const struct net_side *side, const bool *found)
{
    for (size_t i = 0; i < side->known.n; i++) {
        const struct watch_value *value = net_at(side, i);
        if (!found[i]) {
            it->points[it->n_points++] = (struct net_point){.place = side->series->place,
                                                            .route = side->series->route,
                                                            .from = value->from,
                                                            .to = value->to,
                                                            .in = NAN,
                                                            .out = NAN,
                                                            .net = NAN,
                                                            .net_low = NAN,
                                                            .net_high = NAN,
                                                            .published_net = value->count,
                                                            .discrepancy = NAN,
                                                            .net_value = value,
                                                            .net_series = side->series};
        }
    }
}

int net_points_make(struct net_maker *it, const struct net_group *group, struct ajar_err *err)
{
    size_t *first;
    TRY_NEW(first, it->scratch, group->n_pairs + 1, err);
    for (size_t p = 0; p < group->n_pairs; p++) {
        first[p] = it->n_points;
        it->n_points += net_pair_points(&group->pairs[p], &it->points[it->n_points]);
    }
    first[group->n_pairs] = it->n_points;
    for (size_t s = 0; s < group->n; s++) {
        const struct net_side *side = &group->sides[s];
        bool *found;
        if (side->series->kind != KIND_NET) {
            continue;
        }
        TRY_NEW(found, it->scratch, side->known.n, err);
        for (size_t p = 0; p < group->n_pairs; p++) {
            if (net_units_fit(it->names, side->series->unit, group->pairs[p].in->series->unit)) {
                net_publish(side, &it->points[first[p]], first[p + 1] - first[p], found);
            }
        }
        net_lone(it, side, found);
    }
    return 0;
}
