#include "aggregate_parts.h"

/* A batch changes a camp's room by about so much at most. */
#define BATCH_ROOM 0.125

static double edge_of(const struct aggregate *all, uint32_t place)
{
    return all->params->capacity_buffer * all->plan->capacity[place];
}

double aggregate_refused(const struct aggregate *all, uint32_t place)
{
    double capacity = all->plan->capacity[place];
    return all->rules.own ? capacity : (edge_of(all, place) + capacity) / 2;
}

bool aggregate_takes(const struct aggregate *all, uint32_t place)
{
    return (double)all->in_place[place] < aggregate_refused(all, place);
}

/* Until the room begins to change and then for a step of it, but not across the point of refusal. */
double aggregate_stretch(const struct aggregate *all, uint32_t place, double rate, double rest)
{
    double capacity = all->plan->capacity[place], people = (double)all->in_place[place];
    double edge = edge_of(all, place), width = capacity - edge > 1 ? capacity - edge : 1;
    double end = people + rate * rest;
    if ((people <= edge && end <= edge) || (people >= capacity && end >= capacity)) {
        return rest;
    }
    double outside = people < edge ? edge - people : people > capacity ? people - capacity : 0;
    double way = rate < 0 ? -rate : rate;
    double most = outside + BATCH_ROOM * width;
    double gap = (aggregate_refused(all, place) - people) * (rate < 0 ? -1 : 1);
    most = gap > 0 && gap < most ? gap : most;
    return most < rest * way ? most / way : rest;
}

double aggregate_batch(struct aggregate *all, double done, double most)
{
    const struct flow_weights *weights = &all->weights;
    double rest = 1 - done, step = most < rest ? most : rest,
           least = 1 / (double)all->params->blocks;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double days = aggregate_stretch(all, p, all->rate[p], rest);
        step = days < step ? days : step;
    }
    step = step < least ? least : step;
    step = step > rest - least / 2 ? rest : step;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        int64_t seen = all->in_place[p] + (int64_t)(all->rate[p] * step / 2);
        bool over = aggregate_takes(all, p) && (double)seen >= aggregate_refused(all, p);
        all->seen[p] = over ? all->in_place[p] : seen > 0 ? seen : 0;
    }
    return step < rest ? done + step : 1;
}

void aggregate_draws(struct aggregate *all, enum aggregate_stream stream)
{
    for (uint32_t p = 0; p < all->plan->n_places; p++) {
        all->draws[p] = draws_at(all->options->seed, stream, p, (uint32_t)all->day);
    }
}
