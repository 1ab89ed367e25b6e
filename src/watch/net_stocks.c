/* Steps between stocks, and whether entries and exits explain them. */
#include <math.h>
#include <stdlib.h>

#include "net_parts.h"

static const char net_no_flows[] =
    "no entries and exits of the same people by the same route are known";
static const char net_gaps[] = "entries and exits are not known for all days of the step";
static const char net_overlaps[] =
    "entries and exits are known only for periods that overlap or reach beyond each other";

struct net_stepper {
    struct net_maker *it;
    const struct net_group *group;
    struct net_cover_room room[2];
};

/* One step against one pair; false when a step that was checked before says as much or more. */
static void net_step_pair(const struct net_stepper *of, const struct net_pair *pair,
                          struct net_stock *step)
{
    struct net_cover in, out;
    net_cover(&pair->in->known, step->start + 1, step->end, &of->room[0], &in);
    net_cover(&pair->out->known, step->start + 1, step->end, &of->room[1], &out);
    int32_t missing = step->end - step->start - net_cover_both(&in, &out);
    bool whole = !isnan(in.sum) && !isnan(out.sum);
    bool better = step->why_not != NULL && (whole || missing < step->missing_days);
    if (!better && step->why_not != net_no_flows) {
        return;
    }
    step->missing_days = missing;
    step->why_not = whole ? NULL : missing > 0 ? net_gaps : net_overlaps;
    if (whole) {
        step->in = in.sum;
        step->out = out.sum;
        step->expected = step->stock_start + in.sum - out.sum;
        step->discrepancy = step->stock_end - step->expected;
    }
}

static void net_step(const struct net_stepper *of, const struct net_side *side,
                     const struct watch_value *start, const struct watch_value *end)
{
    struct net_stock step = {.place = side->series->place,
                             .route = side->series->route,
                             .start = start != NULL ? start->to : end->from - 1,
                             .end = end->to,
                             .stock_start = start != NULL ? start->count : 0,
                             .stock_end = end->count,
                             .in = NAN,
                             .out = NAN,
                             .expected = NAN,
                             .discrepancy = NAN,
                             .why_not = net_no_flows,
                             .start_value = start,
                             .end_value = end,
                             .series = side->series};
    step.missing_days = step.end - step.start;
    for (size_t p = 0; p < of->group->n_pairs; p++) {
        const struct net_pair *pair = &of->group->pairs[p];
        if (net_units_fit(of->it->names, side->series->unit, pair->in->series->unit)) {
            net_step_pair(of, pair, &step);
        }
    }
    of->it->stocks[of->it->n_stocks++] = step;
}

static int net_by_end(const void *a, const void *b, void *arg)
{
    const struct watch_value *value = arg;
    const uint32_t *x = a, *y = b;
    if (value[*x].to != value[*y].to) {
        return value[*x].to < value[*y].to ? -1 : 1;
    }
    return (*x > *y) - (*x < *y);
}

static int net_series_steps(const struct net_stepper *of, const struct net_side *side,
                            struct ajar_err *err)
{
    struct watch_value *value = side->series->value;
    const struct watch_value *start = NULL;
    uint32_t *order;
    TRY_NEW(order, of->it->scratch, side->known.n, err);
    for (size_t i = 0; i < side->known.n; i++) {
        order[i] = side->known.value[i];
    }
    qsort_r(order, side->known.n, sizeof *order, net_by_end, value);
    for (size_t i = 0; i < side->known.n; i++) {
        const struct watch_value *end = &value[order[i]];
        bool since = !of->it->file && end->from < end->to;
        if (since) {
            if (of->group->n_pairs > 0) {
                net_step(of, side, NULL, end);
            }
            continue;
        }
        if (start != NULL && end->to > start->to) {
            net_step(of, side, start, end);
        }
        start = end;
    }
    return 0;
}

int net_stocks_make(struct net_maker *it, const struct net_group *group, struct ajar_err *err)
{
    struct net_stepper of = {.it = it, .group = group};
    size_t most = 0;
    for (size_t p = 0; p < group->n_pairs; p++) {
        const struct net_pair *pair = &group->pairs[p];
        most = pair->in->known.n > most ? pair->in->known.n : most;
        most = pair->out->known.n > most ? pair->out->known.n : most;
    }
    TRY(net_cover_room(it->scratch, most, &of.room[0], err));
    TRY(net_cover_room(it->scratch, most, &of.room[1], err));
    for (size_t i = 0; i < group->n; i++) {
        if (group->sides[i].series->kind == KIND_STOCK) {
            TRY(net_series_steps(&of, &group->sides[i], err));
        }
    }
    return 0;
}
