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

static int leave_cell(struct aggregate *all, struct cell people, struct ajar_err *err)
{
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

/* As if all leave by their chances. */
static void expect(struct aggregate *all)
{
    for (uint32_t p = 0; p < all->plan->n_places; p++) {
        double chance = (double)all->weights.go[0][p] / WEIGHTS_SURE;
        all->rate[p] = -(double)all->in_place[p] * chance;
    }
}

int aggregate_leave(struct aggregate *all, struct ajar_err *err)
{
    aggregate_draws(all, AGGREGATE_LEAVE);
    flow_weights_day(&all->weights, all->day, all->in_place);
    expect(all);
    for (double done = 0; done < 1;) {
        double to = aggregate_batch(all, done, 1);
        flow_weights_fill(&all->weights, all->seen);
        for (uint32_t i = 0; i < all->here.n; i++) {
            struct cell people = all->here.at[i];
            people.n = aggregate_share(all, people.n, done, to, i);
            if (people.n > 0) {
                TRY(leave_cell(all, people, err));
            }
        }
        done = to;
    }
    return 0;
}
