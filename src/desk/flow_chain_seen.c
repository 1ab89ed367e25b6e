/* What a conflict's page sets its runs beside: the counts of each camp, and the ways of the map. */
#include <math.h>
#include <stdlib.h>

#include "flow_chain_parts.h"

/* ---- Counts ---- */

struct seen_sources {
    const struct flow_world *world;
    struct flow_registers last, first; /* as corrected later, as first counted */
};

static int by_day(const void *left, const void *right)
{
    const struct flow_point_seen *a = left, *b = right;
    return (a->day > b->day) - (a->day < b->day);
}

/* The source of a camp's count of a day; of several the last row. */
static struct text source_on(const struct flow_world *world, uint32_t place, int32_t day)
{
    struct text found = {"", 0};
    for (size_t i = 0; i < world->n_reports; i++) {
        if (world->reports[i].place == place && world->reports[i].date == world->start + day) {
            found = world->reports[i].source;
        }
    }
    return found;
}

/* Sums over the registers of the camp; computed when one of them has no report that day. */
static void fill_point(const struct seen_sources *from, uint32_t camp,
                       struct flow_point_seen *point)
{
    size_t registers = 0, reports = 0;
    for (size_t r = 0; r < from->last.n; r++) {
        const struct flow_register *last = &from->last.at[r];
        if (last->camp == camp) {
            registers++;
            point->count += flow_register_at(last, point->day);
            point->first += flow_register_at(&from->first.at[r], point->day);
            for (size_t i = 0; i < last->n; i++) {
                reports += last->at[i].day == point->day;
            }
        }
    }
    point->computed = reports < registers;
    point->hidden = (point->count > 0 && point->count < FLOW_CHAIN_SMALL) ||
                    (point->first > 0 && point->first < FLOW_CHAIN_SMALL);
    point->source = source_on(from->world, from->world->camps[camp], point->day);
}

/* Days of the run on which any register of the camp reports. */
static int camp_days(struct arena *arena, const struct seen_sources *from, uint32_t camp,
                     struct flow_camp_seen *out, struct ajar_err *err)
{
    size_t most = 0, kept = 0;
    for (size_t r = 0; r < from->last.n; r++) {
        most += from->last.at[r].camp == camp ? from->last.at[r].n : 0;
    }
    TRY_NEW(out->at, arena, most, err);
    for (size_t r = 0; r < from->last.n; r++) {
        const struct flow_register *one = &from->last.at[r];
        for (size_t i = 0; one->camp == camp && i < one->n; i++) {
            if (one->at[i].day >= 0 && one->at[i].day < from->world->n_days) {
                out->at[out->n++].day = one->at[i].day;
            }
        }
    }
    qsort(out->at, out->n, sizeof *out->at, by_day);
    for (size_t i = 0; i < out->n; i++) {
        if (kept == 0 || out->at[kept - 1].day != out->at[i].day) {
            out->at[kept++] = out->at[i];
        }
    }
    out->n = kept;
    return 0;
}

int flow_chain_seen(struct arena *arena, struct flow_chain *chain, struct ajar_err *err)
{
    struct seen_sources from = {.world = &chain->input.world};
    uint32_t n = (uint32_t)from.world->n_camps;
    TRY(flow_registers_make(arena, from.world, true, &from.last, err));
    TRY(flow_registers_make(arena, from.world, false, &from.first, err));
    TRY_NEW(chain->seen, arena, n, err);
    TRY_NEW(chain->by_size, arena, n, err);
    for (uint32_t c = 0; c < n; c++) {
        struct flow_camp_seen *seen = &chain->seen[c];
        seen->place = from.world->camps[c];
        TRY(camp_days(arena, &from, c, seen, err));
        for (size_t i = 0; i < seen->n; i++) {
            fill_point(&from, c, &seen->at[i]);
            seen->highest = fmax(seen->highest, seen->at[i].count);
        }
        uint32_t at = c;
        for (; at > 0 && chain->seen[chain->by_size[at - 1]].highest < seen->highest; at--) {
            chain->by_size[at] = chain->by_size[at - 1];
        }
        chain->by_size[at] = c;
    }
    return 0;
}

/* ---- Ways ---- */

static int by_ends(const void *left, const void *right)
{
    const struct flow_way_seen *a = left, *b = right;
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    if (a->b != b->b) {
        return a->b < b->b ? -1 : 1;
    }
    return (a->km > b->km) - (a->km < b->km);
}

static struct flow_way_seen way_of(uint32_t from, uint32_t to)
{
    return (struct flow_way_seen){.a = from < to ? from : to, .b = from < to ? to : from};
}

static int make_ways(struct arena *arena, struct flow_chain *chain, struct ajar_err *err)
{
    const struct flow_world *world = &chain->input.world;
    TRY_NEW(chain->ways, arena, world->n_roads, err);
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_road *road = &world->roads[i];
        chain->ways[i] = way_of(road->a, road->b);
        chain->ways[i].km = road->km;
        chain->ways[i].source = road->source;
    }
    qsort(chain->ways, world->n_roads, sizeof *chain->ways, by_ends);
    for (size_t i = 0; i < world->n_roads; i++) {
        const struct flow_way_seen *last = &chain->ways[chain->n_ways - (chain->n_ways > 0)];
        if (chain->n_ways == 0 || last->a != chain->ways[i].a || last->b != chain->ways[i].b) {
            chain->ways[chain->n_ways++] = chain->ways[i];
        }
    }
    return 0;
}

/* The way of a link; every link of a plan is made of a road. */
static size_t find_way(const struct flow_chain *chain, uint32_t link)
{
    struct flow_way_seen want = way_of(chain->plan.from[link], chain->plan.to[link]);
    size_t low = 0, high = chain->n_ways;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct flow_way_seen *at = &chain->ways[middle];
        bool after = at->a != want.a ? at->a > want.a : at->b > want.b;
        low = after ? low : middle;
        high = after ? middle : high;
    }
    return low;
}

/* People a day on one link, mean of the members; of whole numbers, so that no order of adding shows. */
static double mean_flow(const struct flow_chain *chain, const uint64_t *flows, size_t day,
                        uint32_t link)
{
    uint64_t sum = flows[day * chain->plan.n_links + link];
    return (double)sum * chain->input.params.hasten / chain->options.n_members;
}

int flow_chain_ways(struct arena *arena, struct flow_chain *chain, const uint64_t *flows,
                    struct ajar_err *err)
{
    const struct flow_plan *plan = &chain->plan;
    size_t n_days = (size_t)plan->n_days;
    TRY(make_ways(arena, chain, err));
    TRY_NEW(chain->there, arena, n_days * chain->n_ways, err);
    TRY_NEW(chain->back, arena, n_days * chain->n_ways, err);
    TRY_NEW(chain->way_open, arena, n_days * chain->n_ways, err);
    for (uint32_t link = 0; link < plan->n_links; link++) {
        size_t way = find_way(chain, link);
        double *to = plan->from[link] == chain->ways[way].a ? chain->there : chain->back;
        for (size_t day = 0; day < n_days; day++) {
            to[day * chain->n_ways + way] += mean_flow(chain, flows, day, link);
            chain->way_open[day * chain->n_ways + way] |= plan->open[day * plan->n_links + link];
        }
    }
    return 0;
}
