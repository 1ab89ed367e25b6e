#include "agents_parts.h"

/* One person between two decisions of a day. */
struct leg {
    uint32_t agent;
    uint32_t link; /* or the place reached */
    uint32_t trail;
    uint16_t left, budget;
    bool on_foot;
    double done; /* km on the link at the start of the day */
    double recent;
    struct move_today today;
};

/* A batch at work. */
struct legs {
    size_t n;
    struct leg at[BATCH];
    uint32_t number[BATCH];
    uint32_t chance[BATCH], word[BATCH];
    uint32_t row[BATCH], choices[BATCH], chosen[BATCH];
};

struct trip {
    struct flow_agents *agents;
    struct part *part;
    struct worker *worker;
    struct legs *legs;
    const uint8_t *open;        /* [n_links] today */
    const int32_t *last_closed; /* [n_links] today */
};

size_t agents_legs_size(void)
{
    return sizeof(struct legs);
}

static double speed_of(const struct trip *trip, bool on_foot)
{
    return on_foot ? trip->agents->rules.walk : trip->agents->rules.speed;
}

static int put(struct trip *trip, const struct mover *mover, struct ajar_err *err)
{
    return mover_put(&trip->worker->shelf, &trip->part->staying, trip->part, mover, err);
}

static void remember(struct trip *trip, const struct leg *leg)
{
    trip->agents->memory[leg->agent] =
        move_remember((leg->recent + leg->today.moved) / 2, trip->agents->day);
}

/* Night on the road. */
static int stop_on_link(struct trip *trip, struct leg *leg, double range, struct ajar_err *err)
{
    struct mover mover = {leg->agent, leg->link | (leg->on_foot ? MOVER_FOOT : 0), leg->trail,
                          leg->left, leg->budget};
    leg->today.moved += range;
    if (leg->left == trip->agents->day) {
        remember(trip, leg);
    }
    return put(trip, &mover, err);
}

/* Night in a place, perhaps with a trail left. */
static int stop_in_place(struct trip *trip, const struct leg *leg, struct ajar_err *err)
{
    remember(trip, leg);
    trip->worker->in_place[leg->link]++;
    if (leg->trail == 0) {
        trip->agents->place[leg->agent] = (uint16_t)leg->link;
        return 0;
    }
    const struct mover mover = {
        .agent = leg->agent, .link = leg->link | MOVER_PLACE, .trail = leg->trail};
    return put(trip, &mover, err);
}

/* Moves everyone along the link; keeps those who decide again today, in the place reached. */
static int arrive(struct trip *trip, uint32_t hop, struct ajar_err *err)
{
    const struct flow_plan *plan = trip->agents->plan;
    const struct move_rules rules = trip->agents->rules;
    struct legs *legs = trip->legs;
    size_t kept = 0;
    for (size_t i = 0; i < legs->n; i++) {
        struct leg leg = legs->at[i];
        double length = plan->km[leg.link], speed = speed_of(trip, leg.on_foot);
        double range = move_range(&rules, speed, leg.today.spent);
        if (!move_arrives(&rules, leg.done + range, length)) {
            TRY(stop_on_link(trip, &leg, range, err));
            continue;
        }
        leg.today.moved += length - leg.done;
        leg.today.spent += (length - leg.done) / speed;
        bool shut = rules.own ? trip->open[leg.link] == 0 : trip->last_closed[leg.link] > leg.left;
        leg.trail = shut && rules.own ? 0 : leg.trail;
        leg.link = shut ? plan->from[leg.link] : plan->to[leg.link];
        leg.on_foot = false;
        legs->at[kept] = leg;
        if (!shut && hop < MOVE_HOPS_MOST && move_again(&rules, speed, &leg.today)) {
            kept++;
        } else {
            TRY(stop_in_place(trip, &leg, err));
        }
    }
    legs->n = kept;
    return 0;
}

static void draw(struct trip *trip, uint32_t hop)
{
    const struct flow_agents *agents = trip->agents;
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    const struct dealing deal = agents->deal;
    const struct flow_weights *weights = trip->worker->weights;
    struct legs *legs = trip->legs;
    for (size_t i = 0; i < legs->n; i++) {
        const struct leg *leg = &legs->at[i];
        size_t row = (size_t)agents_class(agents, leg->agent) * agents->plan->n_places + leg->link;
        legs->number[i] = deal_number(deal, leg->agent);
        legs->row[i] = weights->rows[row].at;
        legs->choices[i] = weights->rows[row].n;
    }
    agents->path->words(&key, MOVE_HOP, hop / 2, hop % 2 * 2, legs->number, legs->n, legs->chance,
                        legs->word);
    agents->path->pick(weights->thresholds, legs->row, legs->choices, legs->word, legs->n,
                       legs->chosen);
}

/* The way of one with a trail, who goes on for certain or gives it up. */
static struct weights_choice follow(const struct trip *trip, struct leg *leg)
{
    struct weights_choice choice = flow_weights_follow(
        trip->worker->weights, agents_class(trip->agents, leg->agent), leg->link, leg->trail);
    leg->trail = 0;
    return choice;
}

/* Keeps those who leave again.  Written without branches, as half of them may. */
static void decide(struct trip *trip)
{
    struct flow_agents *agents = trip->agents;
    struct legs *legs = trip->legs;
    struct worker *worker = trip->worker;
    const struct flow_weights *weights = worker->weights;
    uint32_t away = agents->plan->n_places, nobody = agents->plan->n_links;
    size_t kept = 0;
    for (size_t i = 0; i < legs->n; i++) {
        struct leg leg = legs->at[i];
        uint32_t place = leg.link;
        bool on = move_on(&agents->rules, leg.recent, leg.today.moved);
        bool goes = legs->chance[i] >> 1 < weights->go[on ? 1 : 0][place] && legs->choices[i] > 0;
        struct weights_choice choice = weights->choices[legs->row[i] + legs->chosen[i]];
        if (__builtin_expect(leg.trail != 0, 0)) {
            choice = follow(trip, &leg);
            goes = true;
        }
        goes = goes && choice.link != WEIGHTS_STAY;
        agents->place[leg.agent] = (uint16_t)(goes ? away : place);
        remember(trip, &leg);
        worker->in_place[place] += !goes;
        worker->link_flow[goes ? choice.link : nobody]++;
        leg.link = choice.link;
        leg.trail = choice.trail;
        leg.left = (uint16_t)agents->day;
        leg.budget = move_budget(leg.today.spent);
        leg.done = 0;
        legs->at[kept] = leg;
        kept += goes;
    }
    legs->n = kept;
    worker->hops += kept;
}

/* Those whose way has a queue wait in it overnight. */
static int hold(struct trip *trip, struct ajar_err *err)
{
    struct flow_agents *agents = trip->agents;
    struct legs *legs = trip->legs;
    struct worker *worker = trip->worker;
    size_t kept = 0;
    for (size_t i = 0; i < legs->n; i++) {
        const struct leg *leg = &legs->at[i];
        if (!queue_holds(agents, leg->link)) {
            legs->at[kept++] = *leg;
            continue;
        }
        struct mover mover = {.agent = leg->agent};
        worker->in_place[agents->plan->from[leg->link]]++;
        worker->link_flow[leg->link]--;
        queue_join(agents, worker, (struct weights_choice){leg->link, leg->trail}, &mover);
        TRY(put(trip, &mover, err));
    }
    worker->hops -= legs->n - kept;
    legs->n = kept;
    return 0;
}

static int run_batch(struct trip *trip, struct ajar_err *err)
{
    for (uint32_t hop = 1; trip->legs->n > 0; hop++) {
        TRY(arrive(trip, hop, err));
        draw(trip, hop);
        decide(trip);
        if (trip->agents->queues.admits != NULL) {
            TRY(hold(trip, err));
        }
    }
    return 0;
}

static int add_leg(struct trip *trip, const struct mover *mover, struct ajar_err *err)
{
    const struct flow_agents *agents = trip->agents;
    if ((mover->link & MOVER_QUEUE) != 0) {
        return put(trip, mover, err);
    }
    struct legs *legs = trip->legs;
    bool on_foot = (mover->link & MOVER_FOOT) != 0;
    int32_t days = agents->day - mover->left;
    double speed = speed_of(trip, on_foot);
    struct leg *leg = &legs->at[legs->n++];
    *leg = (struct leg){.agent = mover->agent,
                        .link = mover->link & MOVER_LINK,
                        .trail = mover->trail,
                        .left = mover->left,
                        .budget = mover->budget,
                        .on_foot = on_foot,
                        .done = move_done(&agents->rules, speed, days, mover->budget)};
    uint16_t memory = agents->memory[mover->agent];
    leg->recent = days == 0 ? move_recall(memory, agents->day - 1)
                            : move_recent(memory, speed, agents->day, days);
    return legs->n == BATCH ? run_batch(trip, err) : 0;
}

int agents_travel(struct flow_agents *agents, struct part *part, struct worker *worker,
                  struct ajar_err *err)
{
    size_t today = (size_t)agents->day * agents->plan->n_links;
    struct trip trip = {.agents = agents,
                        .part = part,
                        .worker = worker,
                        .legs = worker->legs,
                        .open = agents->plan->open + today,
                        .last_closed = agents->plan->last_closed + today};
    for (struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
         chunk = chunk->next) {
        for (uint32_t i = 0; i < chunk->n; i++) {
            const struct mover *mover = &chunk->at[i];
            if (mover->agent >= part->begin && mover->agent < part->end &&
                mover->link != MOVER_NONE) {
                TRY(add_leg(&trip, mover, err));
            }
        }
    }
    for (struct chunk *chunk = part->leaving.head; chunk != NULL; chunk = chunk->next) {
        for (uint32_t i = 0; i < chunk->n; i++) {
            if (chunk->at[i].link != MOVER_NONE) {
                TRY(add_leg(&trip, &chunk->at[i], err));
            }
        }
    }
    TRY(run_batch(&trip, err));
    chunk_give(part->leaving.head, &worker->shelf);
    part->leaving = (struct chunk_list){0};
    return 0;
}
