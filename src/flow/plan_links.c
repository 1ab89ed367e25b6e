#include <stdlib.h>

#include "plan_parts.h"

/* A place's position among all, by where it lies and what it is: the same for any order of rows and any
 * names.  Of two that are alike in all of it the name decides. */
struct plan_spot {
    const struct flow_place *at;
    uint32_t place;
};

static int by_number(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_count(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_spot(const void *a, const void *b)
{
    const struct plan_spot *x = a, *y = b;
    int sign = by_number(x->at->lat, y->at->lat);
    sign = sign != 0 ? sign : by_number(x->at->lon, y->at->lon);
    sign = sign != 0 ? sign : by_count((int64_t)x->at->type, (int64_t)y->at->type);
    sign = sign != 0 ? sign : by_count(x->at->population, y->at->population);
    sign = sign != 0 ? sign : by_count(x->at->capacity, y->at->capacity);
    sign = sign != 0 ? sign : text_cmp(x->at->name, y->at->name);
    return sign != 0 ? sign : (x->place > y->place) - (x->place < y->place);
}

static int order_places(struct plan_job *job, uint32_t *rank, struct ajar_err *err)
{
    const struct flow_world *world = job->world;
    struct plan_spot *spots;
    TRY_NEW(spots, job->arena, world->n_places, err);
    TRY_NEW(job->plan.order, job->arena, world->n_places, err);
    for (uint32_t i = 0; i < world->n_places; i++) {
        spots[i] = (struct plan_spot){&world->places[i], i};
    }
    if (job->params->rules == FLOW_RULES_AJAR) {
        qsort(spots, world->n_places, sizeof *spots, by_spot);
    }
    for (uint32_t i = 0; i < world->n_places; i++) {
        job->plan.order[i] = spots[i].place;
        rank[spots[i].place] = i;
    }
    return 0;
}

/* One directed link while links are being put in order. */
struct plan_link {
    uint32_t from, to, rank; /* of `to` */
    double km;
    size_t added;
};

static int by_place(const void *a, const void *b)
{
    const struct plan_link *x = a, *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    int sign = by_number(x->km, y->km);
    return sign != 0 ? sign : (x->added > y->added) - (x->added < y->added);
}

/* The reference adds a road with its flag 1, which leads from b to a, twice: an `if` that should be an
 * `elif`. */
static size_t times_added(const struct plan_job *job, const struct flow_road *road)
{
    return job->params->rules == FLOW_RULES_FLEE && road->forced == 2 ? 2 : 1;
}

static size_t count_links(const struct plan_job *job)
{
    size_t n = 0;
    for (size_t i = 0; i < job->world->n_roads; i++) {
        n += 2 * times_added(job, &job->world->roads[i]);
    }
    return n;
}

static void list_links(const struct plan_job *job, const uint32_t *rank, struct plan_link *links)
{
    bool own = job->params->rules == FLOW_RULES_AJAR;
    size_t n = 0;
    for (size_t i = 0; i < job->world->n_roads; i++) {
        const struct flow_road *road = &job->world->roads[i];
        for (size_t k = 0; k < times_added(job, road); k++) {
            links[n] = (struct plan_link){road->a, road->b, own ? rank[road->b] : 0,
                                          own ? road->km : 0, n};
            n++;
            links[n] = (struct plan_link){road->b, road->a, own ? rank[road->a] : 0,
                                          own ? road->km : 0, n};
            n++;
        }
    }
}

/* Length and flag of each link from the road that it came from. */
static void settle_links(struct plan_job *job, const struct plan_link *links, const size_t *road_of,
                         uint8_t *forced)
{
    struct flow_plan *plan = &job->plan;
    for (uint32_t i = 0; i < plan->n_links; i++) {
        const struct flow_road *road = &job->world->roads[road_of[links[i].added / 2]];
        plan->from[i] = links[i].from;
        plan->to[i] = links[i].to;
        plan->km[i] = road->km;
        forced[i] = (road->forced == 1 && links[i].from == road->a) ||
                    (road->forced == 2 && links[i].from == road->b);
        plan->first[links[i].from + 1] = i + 1;
    }
    for (uint32_t p = 0; p < plan->n_places; p++) {
        plan->first[p + 1] =
            plan->first[p + 1] > plan->first[p] ? plan->first[p + 1] : plan->first[p];
    }
}

/* The flags of the first day; closures turn them off and on. */
static int force_links(struct plan_job *job, const uint8_t *forced, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    bool any = false;
    for (uint32_t i = 0; i < plan->n_links; i++) {
        any = any || forced[i] != 0;
    }
    if (!any || job->params->rules == FLOW_RULES_FLEE) {
        return 0;
    }
    TRY_NEW(plan->forced, job->arena, (size_t)plan->n_days * plan->n_links, err);
    for (size_t i = 0; i < (size_t)plan->n_days * plan->n_links; i++) {
        plan->forced[i] = forced[i % plan->n_links];
    }
    return 0;
}

int plan_links(struct plan_job *job, struct ajar_err *err)
{
    struct flow_plan *plan = &job->plan;
    uint32_t *rank;
    struct plan_link *links;
    size_t *road_of, n = count_links(job), pairs = 0;
    uint8_t *forced;
    plan->n_links = (uint32_t)n;
    TRY_NEW(rank, job->arena, plan->n_places, err);
    TRY_NEW(links, job->arena, n, err);
    TRY_NEW(road_of, job->arena, n / 2, err);
    TRY_NEW(forced, job->arena, n, err);
    TRY_NEW(plan->first, job->arena, (size_t)plan->n_places + 1, err);
    TRY_NEW(plan->from, job->arena, n, err);
    TRY_NEW(plan->to, job->arena, n, err);
    TRY_NEW(plan->km, job->arena, n, err);
    TRY(order_places(job, rank, err));
    for (size_t i = 0; i < job->world->n_roads; i++) {
        for (size_t k = 0; k < times_added(job, &job->world->roads[i]); k++) {
            road_of[pairs++] = i;
        }
    }
    list_links(job, rank, links);
    qsort(links, n, sizeof *links, by_place);
    settle_links(job, links, road_of, forced);
    return force_links(job, forced, err);
}
