#include "aggregate_parts.h"

/* ---- From a place ---- */

static void rest(struct aggregate *all, const struct cell *people)
{
    struct cell at = *people;
    bool fresh;
    at.trail = 0;
    at.way = 0;
    at.count = 0;
    if (at.mark != RECENT_NEW) {
        at.recent /= 2;
        at.mark = aggregate_recent_mark(all, at.recent);
    }
    bag_put(&all->tonight, &at, &fresh);
}

static void go(struct aggregate *all, struct weights_choice choice, struct cell people)
{
    if (choice.link == WEIGHTS_STAY) {
        rest(all, &people);
        return;
    }
    bool on_foot = all->rules.on_foot && people.mark == RECENT_NEW;
    all->in_place[people.where] -= people.n;
    people.trail = choice.trail;
    people.way = 0;
    people.count = 0;
    double speed = on_foot ? all->rules.walk : all->rules.speed;
    bool fresh;
    if (aggregate_hop(all, choice.link, speed, &people)) {
        bag_put(&all->arriving, &people, &fresh);
    }
}

static int leave_cell(struct aggregate *all, struct cell *cell, struct ajar_err *err)
{
    struct cell people = *cell;
    const struct flow_weights *weights = &all->weights;
    struct weights_row row = weights->rows[people.where];
    TRY(bag_reserve(&all->tonight, row.n + 2, err));
    TRY(bag_reserve(&all->arriving, row.n + 1, err));
    TRY(bag_reserve(&all->leaving, row.n + 1, err));
    if (people.trail != 0) {
        go(all, flow_weights_follow(weights, 0, people.where, people.trail), people);
        return 0;
    }
    struct cell part = people;
    int64_t n = aggregate_choose(all, &people, false);
    part.n = people.n - n;
    if (part.n > 0) {
        rest(all, &part);
    }
    for (uint32_t i = 0; i < row.n && n > 0; i++) {
        part.n = all->counts[i];
        n -= part.n;
        if (part.n > 0) {
            go(all, weights->choices[row.at + i], part);
        }
    }
    return 0;
}

/* ---- All places ---- */

/* As if all leave by their chances.  Only places with a limit matter. */
static void expect(struct aggregate *all)
{
    const uint32_t *go = all->weights.go[0];
    for (uint32_t p = 0; p < all->plan->n_places; p++) {
        all->rate[p] = -(double)all->in_place[p] * go[p] / WEIGHTS_SURE;
    }
    for (uint32_t i = 0; i < all->here.n; i++) {
        const struct cell *people = &all->here.at[i];
        if (all->plan->capacity[people->where] >= 1) {
            all->moving[people->age] += (double)people->n * go[people->where];
        }
    }
    aggregate_ages_spread(all);
}

int aggregate_leave(struct aggregate *all, struct ajar_err *err)
{
    uint32_t blocks = (uint32_t)all->params->blocks;
    aggregate_draws(all, AGGREGATE_LEAVE);
    flow_weights_day(&all->weights, all->day, all->in_place);
    aggregate_ages_chain(all, &all->here);
    expect(all);
    for (uint32_t block = 0, next; block < blocks; block = next) {
        next = aggregate_batch(all, block, 1);
        flow_weights_fill(&all->weights, all->seen);
        TRY(aggregate_ages_each(all, &all->here, block, next, leave_cell, err));
    }
    return 0;
}
