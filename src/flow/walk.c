#include "move.h"

/* A person in full. */
struct walker {
    uint32_t place; /* or the link, while travelling */
    uint32_t trail;
    int32_t left;    /* the day of leaving onto the link */
    uint16_t budget; /* of that day */
    uint16_t memory;
    int32_t noted; /* the day of which memory was written */
    uint8_t class;
    bool travels, on_foot;
};

struct walk {
    const struct flow_plan *plan;
    const struct flow_run_options *options;
    struct move_rules rules;
    struct flow_weights weights;
    struct walker *walkers;
    uint32_t n;
    int32_t day;
    int64_t *in_place;  /* [n_places] now */
    int64_t *link_flow; /* [n_links] of today */
    uint32_t *thresholds, *origin;
    uint64_t hops;
};

static void words(const struct walk *walk, enum move_stream stream, uint32_t entity, uint32_t block,
                  uint32_t out[4])
{
    const uint32_t counter[4] = {block, (uint32_t)walk->day, entity, stream};
    rng_block(walk->options->seed, counter, out);
}

static void add(struct walk *walk, uint32_t place)
{
    const uint8_t *class = walk->options->class_of_place;
    walk->walkers[walk->n++] = (struct walker){
        .place = place, .memory = MOVE_NEW, .class = class == NULL ? 0 : class[place]};
    walk->in_place[place]++;
}

static void spawn(struct walk *walk)
{
    uint32_t choices = move_origins(walk->plan, walk->day, walk->thresholds, walk->origin);
    for (int64_t i = 0; i < walk->plan->spawn[walk->day]; i++) {
        uint32_t word[4], k = 0;
        words(walk, MOVE_ORIGIN, walk->n, 0, word);
        for (uint32_t j = 0; j + 1 < choices; j++) {
            k += walk->thresholds[j] <= word[0];
        }
        add(walk, walk->origin[k]);
    }
}

/* Takes the way that was chosen, if any. */
static void leave(struct walk *walk, struct walker *walker, struct weights_choice choice,
                  double spent)
{
    walker->trail = 0;
    if (choice.link == WEIGHTS_STAY) {
        return;
    }
    walk->in_place[walker->place]--;
    walk->link_flow[choice.link]++;
    walk->hops++;
    walker->place = choice.link;
    walker->trail = choice.trail;
    walker->travels = true;
    walker->left = walk->day;
    walker->budget = move_budget(spent);
}

static struct weights_choice choose(const struct walk *walk, const struct walker *walker,
                                    uint32_t word)
{
    const struct flow_weights *weights = &walk->weights;
    if (walker->trail != 0) {
        return flow_weights_follow(weights, walker->class, walker->place, walker->trail);
    }
    struct weights_row row =
        weights->rows[(size_t)walker->class * walk->plan->n_places + walker->place];
    return row.n == 0 ? (struct weights_choice){WEIGHTS_STAY, 0}
                      : weights->choices[row.at + move_pick(weights, row, word)];
}

static void depart(struct walk *walk, uint32_t i)
{
    struct walker *walker = &walk->walkers[i];
    uint32_t idle[4], hop[4];
    if (walker->travels) {
        return;
    }
    words(walk, MOVE_IDLE, AGENTS_ENTITY(i), 0, idle);
    words(walk, MOVE_HOP, i, 0, hop);
    if (walker->trail != 0 || idle[AGENTS_WORD(i)] >> 1 < walk->weights.go[0][walker->place]) {
        walker->on_foot = walk->rules.on_foot && walker->memory == MOVE_NEW;
        leave(walk, walker, choose(walk, walker, hop[1]), 0);
    }
}

/* The end of the link, or its start when it is shut. */
static bool arrive(struct walk *walk, struct walker *walker)
{
    const struct flow_plan *plan = walk->plan;
    size_t at = (size_t)walk->day * plan->n_links + walker->place;
    bool shut = walk->rules.own ? plan->open[at] == 0 : plan->last_closed[at] > walker->left;
    walker->trail = shut && walk->rules.own ? 0 : walker->trail;
    walker->place = shut ? plan->from[walker->place] : plan->to[walker->place];
    walker->travels = false;
    walker->on_foot = false;
    walk->in_place[walker->place]++;
    return !shut;
}

/* Another decision in the place reached; false: stays for today. */
static bool go_on(struct walk *walk, uint32_t i, uint32_t hop, double recent,
                  const struct move_today *today)
{
    struct walker *walker = &walk->walkers[i];
    uint32_t word[4];
    words(walk, MOVE_HOP, i, hop / 2, word);
    bool on = move_on(&walk->rules, recent, today->moved);
    if (walker->trail == 0 &&
        word[hop % 2 * 2] >> 1 >= walk->weights.go[on ? 1 : 0][walker->place]) {
        return false;
    }
    leave(walk, walker, choose(walk, walker, word[hop % 2 * 2 + 1]), today->spent);
    return walker->travels;
}

/* At the start of today, of one who rested yesterday. */
static double recent_of(const struct walk *walk, const struct walker *walker)
{
    bool old = walk->day - walker->noted > MOVE_SWEEP;
    return old ? 0 : move_recall(walker->memory, walk->day - 1);
}

static void travel(struct walk *walk, uint32_t i)
{
    struct walker *walker = &walk->walkers[i];
    if (!walker->travels) {
        return;
    }
    struct move_today today = {0};
    double speed = walker->on_foot ? walk->rules.walk : walk->rules.speed;
    int32_t days = walk->day - walker->left;
    double recent =
        days == 0 ? recent_of(walk, walker) : move_recent(walker->memory, speed, walk->day, days);
    double done = move_done(&walk->rules, speed, days, walker->budget);
    for (uint32_t hop = 1;; hop++) {
        double length = walk->plan->km[walker->place];
        double range = move_range(&walk->rules, speed, today.spent);
        if (!move_arrives(&walk->rules, done + range, length)) {
            today.moved += range;
            if (walk->day > walker->left) {
                return;
            }
            break;
        }
        today.moved += length - done;
        today.spent += (length - done) / speed;
        bool there = arrive(walk, walker);
        bool again = there && hop < MOVE_HOPS_MOST && move_again(&walk->rules, speed, &today);
        if (!again || !go_on(walk, i, hop, recent, &today)) {
            break;
        }
        speed = walk->rules.speed;
        done = 0;
    }
    walker->memory = move_remember((recent + today.moved) / 2, walk->day);
    walker->noted = walk->day;
}

static void pass_day(struct walk *walk, int32_t blocks)
{
    spawn(walk);
    flow_weights_day(&walk->weights, walk->day, walk->in_place);
    for (int phase = 0; phase < 2; phase++) {
        for (int32_t b = 0; b < blocks; b++) {
            flow_weights_fill(&walk->weights, walk->in_place);
            for (uint32_t i = move_block(walk->n, blocks, b);
                 i < move_block(walk->n, blocks, b + 1); i++) {
                if (phase == 0) {
                    depart(walk, i);
                } else {
                    travel(walk, i);
                }
            }
        }
    }
}

static void note_day(const struct walk *walk, struct flow_result *result)
{
    size_t row = (size_t)(walk->day - result->from), n = walk->plan->n_places;
    int64_t placed = 0;
    for (size_t p = 0; p < n; p++) {
        result->in_place[row * n + p] = walk->in_place[p];
        placed += walk->in_place[p];
    }
    result->on_links[row] = walk->n - placed;
    result->spawned[row] = walk->plan->spawn[walk->day];
    result->agent_days += walk->n;
}

static int begin(struct walk *walk, struct arena *arena, const struct flow_params *params,
                 struct ajar_err *err)
{
    const struct flow_plan *plan = walk->plan;
    uint64_t people;
    TRY(move_check(plan, walk->options, &people, err));
    TRY(flow_weights_open(&walk->weights, arena, plan, params, walk->options->gates, err));
    TRY_NEW(walk->walkers, arena, people, err);
    TRY_NEW(walk->in_place, arena, plan->n_places, err);
    TRY_NEW(walk->thresholds, arena, plan->n_places, err);
    TRY_NEW(walk->origin, arena, plan->n_places, err);
    for (uint32_t i = 0; i < plan->n_places; i++) {
        uint32_t p = plan->order[i];
        for (int64_t k = 0; k < plan->day0[p]; k++) {
            add(walk, p);
        }
    }
    return 0;
}

int flow_walk(struct arena *arena, const struct flow_plan *plan, const struct flow_params *params,
              const struct flow_run_options *options, struct flow_result *result,
              struct ajar_err *err)
{
    struct walk walk = {.plan = plan, .options = options, .rules = move_rules(params)};
    struct flow_result out;
    TRY(begin(&walk, arena, params, err));
    TRY(move_result(arena, plan, options->from, options->to, &out, err));
    for (walk.day = options->from; walk.day < options->to; walk.day++) {
        walk.link_flow = &out.link_flow[(size_t)(walk.day - out.from) * plan->n_links];
        pass_day(&walk, params->blocks);
        note_day(&walk, &out);
    }
    out.hops = walk.hops;
    *result = out;
    return 0;
}
