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

/* How far the mean one of the batch lags behind its begin: each block sees those before it. */
static double lag(const struct aggregate *all, uint32_t from, uint32_t to)
{
    const double *gone = all->gone;
    double sum = 0, batch = gone[to] - gone[from];
    for (uint32_t b = from + 1; b < to; b++) {
        sum += (gone[b + 1] - gone[b]) * (gone[b] - gone[from]);
    }
    return batch > 0 ? sum / batch : 0;
}

uint32_t aggregate_batch(struct aggregate *all, uint32_t from, double most)
{
    const struct flow_weights *weights = &all->weights;
    uint32_t blocks = (uint32_t)all->params->blocks, to = from + 1;
    double rest = 1 - all->gone[from], step = most < rest ? most : rest;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double days = aggregate_stretch(all, p, all->rate[p], rest);
        step = days < step ? days : step;
    }
    while (to < blocks && all->gone[to + 1] - all->gone[from] <= step) {
        to++;
    }
    double behind = lag(all, from, to);
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        int64_t seen = all->in_place[p] + (int64_t)(all->rate[p] * behind);
        bool over = aggregate_takes(all, p) && (double)seen >= aggregate_refused(all, p);
        all->seen[p] = over ? all->in_place[p] : seen > 0 ? seen : 0;
    }
    return to;
}

void aggregate_draws(struct aggregate *all, enum aggregate_stream stream)
{
    for (uint32_t p = 0; p < all->plan->n_places; p++) {
        all->draws[p] = draws_at(all->options->seed, stream, p, (uint32_t)all->day);
    }
}
