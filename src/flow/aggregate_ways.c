#include "aggregate_parts.h"

enum { HALVINGS = 64 }; /* after so many what is remembered no longer changes */

/* ---- Choices ---- */

int64_t aggregate_choose(struct aggregate *all, const struct cell *people, bool on)
{
    const struct flow_weights *weights = &all->weights;
    struct weights_row row = weights->rows[people->where];
    struct draws *draws = &all->draws[people->where];
    double chance = (double)weights->go[on ? 1 : 0][people->where] / WEIGHTS_SURE;
    int64_t n = row.n == 0 ? 0 : draws_binomial(draws, people->n, chance);
    if (n > 0) {
        draws_split(draws, n, weights->thresholds + row.at, row.n, all->counts);
    }
    return n;
}

/* ---- Along one link ---- */

/* Days until people arrive who have `done` km behind them tonight, at least 1; past `most`: later. */
static int32_t days_to_arrival(const struct aggregate *all, double done, double speed,
                               double length, int32_t most)
{
    double about = (length - done) / speed;
    if (about > (double)most + 2) {
        return most + 1;
    }
    int32_t days = about > 2 ? (int32_t)about - 1 : 1;
    while (days <= most &&
           !move_arrives(&all->rules, done + speed * (double)(days - 1) + speed, length)) {
        days++;
    }
    return days;
}

/* Keeps them as they will be at the start of the day on which they arrive. */
static void keep_on_link(struct aggregate *all, uint32_t link, double speed, double range,
                         const struct cell *at)
{
    int32_t most = all->options->to - 1 - all->day;
    int32_t days = days_to_arrival(all, range, speed, all->plan->km[link], most);
    if (days > most) {
        return;
    }
    double recent = (at->recent + range) / 2;
    for (int32_t i = 1; i < days && i < HALVINGS; i++) {
        recent = (recent + speed) / 2;
    }
    recent = all->rules.stints ? recent : 0;
    bool on_foot = speed != all->rules.speed;
    uint32_t mark = (uint32_t)days << MARK_DAYS | (on_foot ? MARK_FOOT : 0) |
                    aggregate_recent_mark(all, recent);
    const struct cell people = {.n = at->n,
                                .way = range + speed * (double)(days - 1),
                                .recent = recent,
                                .where = link,
                                .trail = at->trail,
                                .age = at->age,
                                .mark = mark,
                                .count = (uint32_t)all->day};
    bool fresh;
    bag_put(&all->leaving, &people, &fresh);
}

/* Where people stand who have reached a place: those whose day is used up get WAY_UP. */
static void mark_arrival(const struct aggregate *all, double speed, bool there, struct cell *at)
{
    const struct move_rules *rules = &all->rules;
    const struct move_today today = {.moved = at->way, .spent = at->way};
    bool on = there && at->count < MOVE_HOPS_MOST && move_again(rules, speed, &today);
    double day = rules->own ? 1 : rules->speed;
    uint32_t step = on ? (uint32_t)(at->way / day * WAY_STEPS) : WAY_UP;
    step = on && step >= WAY_STEPS ? WAY_STEPS - 1 : step;
    at->recent = rules->stints ? at->recent : 0;
    at->mark = step << MARK_WAY | aggregate_recent_mark(all, at->recent);
}

bool aggregate_hop(struct aggregate *all, uint32_t link, double speed, struct cell *at)
{
    const struct move_rules *rules = &all->rules;
    double length = all->plan->km[link];
    double range = move_range(rules, speed, rules->own ? at->way : 0);
    all->link_flow[link] += at->n;
    all->hops += (uint64_t)at->n;
    if (!move_arrives(rules, range, length)) {
        keep_on_link(all, link, speed, range, at);
        return false;
    }
    at->way += rules->own ? length / speed : length;
    at->recent += length;
    at->where = all->plan->to[link];
    at->count++;
    mark_arrival(all, speed, true, at);
    return true;
}

void aggregate_arrive(struct aggregate *all, const struct cell *on_link)
{
    const struct move_rules *rules = &all->rules;
    const struct flow_plan *plan = all->plan;
    uint32_t link = on_link->where;
    size_t today = (size_t)all->day * plan->n_links + link;
    double speed = (on_link->mark & MARK_FOOT) != 0 ? rules->walk : rules->speed;
    double km = plan->km[link] - on_link->way;
    bool shut =
        rules->own ? plan->open[today] == 0 : plan->last_closed[today] > (int32_t)on_link->count;
    struct cell at = {.n = on_link->n,
                      .way = rules->own ? km / speed : km,
                      .recent = on_link->recent + km,
                      .age = on_link->age,
                      .where = shut ? plan->from[link] : plan->to[link],
                      .trail = shut && rules->own ? 0 : on_link->trail,
                      .count = 1};
    bool fresh;
    mark_arrival(all, speed, !shut, &at);
    bag_put(&all->arriving, &at, &fresh);
}
