#include "aggregate_parts.h"

/* ---- A batch on its way ---- */

static void stop(struct aggregate *all, const struct cell *people)
{
    struct cell at = *people;
    bool fresh;
    all->in_place[at.where] += at.n;
    at.way = 0;
    at.count = 0;
    at.recent /= 2;
    at.mark = aggregate_recent_mark(all, at.recent);
    bag_put(&all->tonight, &at, &fresh);
}

static void go_on(struct aggregate *all, const struct cell *people)
{
    uint32_t step = people->mark >> MARK_WAY;
    bool fresh;
    if (step == WAY_UP) {
        stop(all, people);
        return;
    }
    uint32_t cell = bag_put(&all->going, people, &fresh);
    if (!fresh) {
        return;
    }
    if (all->head[step] == BAG_NONE) {
        all->head[step] = cell;
    } else {
        all->going.at[all->tail[step]].next = cell;
    }
    all->tail[step] = cell;
}

static void take(struct aggregate *all, struct weights_choice choice, struct cell people)
{
    people.trail = choice.trail;
    if (choice.link == WEIGHTS_STAY) {
        stop(all, &people);
    } else if (aggregate_hop(all, choice.link, all->rules.speed, &people)) {
        go_on(all, &people);
    }
}

static int decide(struct aggregate *all, struct cell people, struct ajar_err *err)
{
    const struct flow_weights *weights = &all->weights;
    struct weights_row row = weights->rows[people.where];
    TRY(bag_reserve(&all->tonight, row.n + 2, err));
    TRY(bag_reserve(&all->going, row.n + 1, err));
    TRY(bag_reserve(&all->leaving, row.n + 1, err));
    if (people.trail != 0) {
        take(all, flow_weights_follow(weights, 0, people.where, people.trail), people);
        return 0;
    }
    struct cell part = people;
    int64_t n = aggregate_choose(all, &people, move_on(&all->rules, people.recent, 0));
    part.n = people.n - n;
    if (part.n > 0) {
        stop(all, &part);
    }
    for (uint32_t i = 0; i < row.n && n > 0; i++) {
        part.n = all->counts[i];
        n -= part.n;
        if (part.n > 0) {
            take(all, weights->choices[row.at + i], part);
        }
    }
    return 0;
}

/* By step of the way, so that those who meet in a step are one cell. */
static int run_batch(struct aggregate *all, struct ajar_err *err)
{
    for (uint32_t step = 0; step < WAY_STEPS; step++) {
        for (uint32_t i = all->head[step]; i != BAG_NONE; i = all->going.at[i].next) {
            struct cell people = all->going.at[i];
            bag_close(&all->going, i);
            TRY(decide(all, people, err));
        }
        all->head[step] = BAG_NONE;
    }
    bag_clear(&all->going);
    return 0;
}

/* ---- All batches ---- */

/* Those whose day of arrival is today. */
static int take_from_links(struct aggregate *all, struct ajar_err *err)
{
    uint32_t *list = &all->arrival[all->day - all->options->from], last = BAG_NONE;
    for (uint32_t i = *list; i != BAG_NONE; i = all->on_way[i].next) {
        TRY(bag_reserve(&all->arriving, 1, err));
        aggregate_arrive(all, &all->on_way[i]);
        last = i;
    }
    if (last != BAG_NONE) {
        all->on_way[last].next = all->free_on_way;
        all->free_on_way = *list;
        *list = BAG_NONE;
    }
    return 0;
}

static double count_arriving(struct aggregate *all)
{
    for (uint32_t i = 0; i < all->arriving.n; i++) {
        all->moving[all->arriving.at[i].age] += (double)all->arriving.at[i].n;
    }
    return aggregate_ages_spread(all);
}

/* A place gets its late share of those who travel, unless it refuses them now. */
static void expect(struct aggregate *all, double travelling)
{
    for (uint32_t i = 0; i < all->weights.n_limited; i++) {
        uint32_t p = all->weights.limited[i];
        all->rate[p] = aggregate_takes(all, p) ? all->share[p] * travelling : 0;
        all->before[p] = all->in_place[p];
    }
}

/* What was known before counts as much as 1/64 of those who travel on a day. */
static void learn(struct aggregate *all, double travelling, double done)
{
    const double trust = 0x1p-6;
    for (uint32_t i = 0; i < all->weights.n_limited; i++) {
        uint32_t p = all->weights.limited[i];
        double came = (double)(all->in_place[p] - all->before[p]);
        if (travelling > 0 && (double)all->seen[p] < aggregate_refused(all, p)) {
            all->share[p] = (all->share[p] * trust + came / travelling) / (trust + done);
        }
    }
}

/* The first batch of a day is small when all who travel might change what is chosen: nobody knows yet where
 * they go. */
static double first_batch(const struct aggregate *all, double travelling)
{
    const double least = 0.125;
    double step = 1;
    for (uint32_t i = 0; i < all->weights.n_limited; i++) {
        uint32_t p = all->weights.limited[i];
        double days = aggregate_takes(all, p) ? aggregate_stretch(all, p, travelling, 1) : 1;
        step = days < step ? days : step;
    }
    return step < least ? least : step;
}

static int set_out(struct aggregate *all, struct cell *people, struct ajar_err *err)
{
    TRY(bag_reserve(&all->tonight, 1, err));
    TRY(bag_reserve(&all->going, 1, err));
    go_on(all, people);
    return 0;
}

int aggregate_travel(struct aggregate *all, struct ajar_err *err)
{
    uint32_t blocks = (uint32_t)all->params->blocks;
    TRY(take_from_links(all, err));
    aggregate_draws(all, AGGREGATE_TRAVEL);
    aggregate_ages_chain(all, &all->arriving);
    double travelling = count_arriving(all), most = first_batch(all, travelling);
    for (uint32_t block = 0, next; block < blocks; block = next) {
        expect(all, travelling);
        next = aggregate_batch(all, block, most);
        most = 1;
        all->batches++;
        flow_weights_fill(&all->weights, all->seen);
        TRY(aggregate_ages_each(all, &all->arriving, block, next, set_out, err));
        TRY(run_batch(all, err));
        learn(all, travelling, all->gone[next] - all->gone[block]);
    }
    return 0;
}
