#include <stdlib.h>

#include "move.h"

/* A person in full. */
struct walker {
    uint32_t place; /* or the link, while travelling */
    uint32_t trail;
    uint32_t queue;  /* the link waited for */
    uint32_t home;   /* the place of the start */
    int32_t left;    /* the day of leaving onto the link, or of joining its queue */
    uint16_t budget; /* of that day */
    uint16_t memory;
    int32_t noted; /* the day of which memory was written */
    uint8_t class;
    bool travels, on_foot, waits, gone;
};

struct walk {
    const struct flow_plan *plan;
    const struct flow_run_options *options;
    struct move_rules rules;
    struct flow_weights weights;
    struct walker *walkers;
    uint32_t n;
    int32_t day;
    int64_t *in_place;             /* [n_places] now */
    int64_t *link_flow;            /* [n_links] of today */
    struct flow_queue_days queues; /* [n_links] of today */
    int64_t *removed, *returned;   /* [n_places] of today */
    uint32_t *line;                /* [n] who stands in one queue */
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
    walk->walkers[walk->n++] = (struct walker){.place = place,
                                               .home = place,
                                               .memory = MOVE_NEW,
                                               .class = class == NULL ? 0 : class[place]};
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

static int64_t limit_of(const struct walk *walk, uint32_t link)
{
    const struct flow_queues *queues = walk->options->queues;
    return queues == NULL ? -1 : queues->admits[(size_t)walk->day * walk->plan->n_links + link];
}

static void go_onto(struct walk *walk, struct walker *walker, uint32_t link, double spent)
{
    walk->in_place[walker->place]--;
    walk->link_flow[link]++;
    walk->hops++;
    walker->place = link;
    walker->travels = true;
    walker->left = walk->day;
    walker->budget = move_budget(spent);
}

/* Takes the way that was chosen, if any, or waits for it. */
static void leave(struct walk *walk, struct walker *walker, struct weights_choice choice,
                  double spent)
{
    walker->trail = 0;
    if (choice.link == WEIGHTS_STAY) {
        return;
    }
    walker->trail = choice.trail;
    if (limit_of(walk, choice.link) < 0) {
        go_onto(walk, walker, choice.link, spent);
        return;
    }
    walker->waits = true;
    walker->queue = choice.link;
    walker->left = walk->day;
    walk->queues.joined[choice.link]++;
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

/* One who waits may give up, and wants anything but this link then. */
static void wait_on(struct walk *walk, uint32_t i)
{
    struct walker *walker = &walk->walkers[i];
    const double *gives_up = walk->options->queues->gives_up;
    struct weights_row row =
        walk->weights.rows[(size_t)walker->class * walk->plan->n_places + walker->place];
    uint32_t word[4];
    words(walk, MOVE_GIVE_UP, i, 0, word);
    if (gives_up != NULL && word[0] >> 1 < weights_chance(gives_up[walker->queue])) {
        walk->queues.gave_up[walker->queue]++;
        walker->waits = false;
        walker->on_foot = walk->rules.on_foot && walker->memory == MOVE_NEW;
        leave(walk, walker, move_pick_other(&walk->weights, row, word[1], walker->queue), 0);
    }
}

static void depart(struct walk *walk, uint32_t i)
{
    struct walker *walker = &walk->walkers[i];
    uint32_t idle[4], hop[4];
    if (walker->travels || walker->gone) {
        return;
    }
    if (walker->waits) {
        wait_on(walk, i);
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

/* ---- Queues, and who leaves or returns ---- */

static int by_turn(const void *a, const void *b, void *arg)
{
    const struct walk *walk = arg;
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    int32_t x = walk->walkers[i].left, y = walk->walkers[k].left;
    return x != y ? (x > y) - (x < y) : (i > k) - (i < k);
}

static void admit(struct walk *walk, uint32_t link)
{
    int64_t most = limit_of(walk, link);
    size_t n = 0;
    for (uint32_t i = 0; i < walk->n; i++) {
        const struct walker *walker = &walk->walkers[i];
        if (walker->waits && walker->queue == link &&
            flow_weights_passable(&walk->weights, walker->class, link)) {
            walk->line[n++] = i;
        }
    }
    qsort_r(walk->line, n, sizeof *walk->line, by_turn, walk);
    for (size_t k = 0; k < n && (most < 0 || (int64_t)k < most); k++) {
        struct walker *walker = &walk->walkers[walk->line[k]];
        walker->waits = false;
        walker->on_foot = walk->rules.on_foot && walker->memory == MOVE_NEW;
        walk->queues.admitted[link]++;
        go_onto(walk, walker, link, 0);
    }
}

static bool comes_true(const struct walk *walk, enum move_stream stream, uint32_t i,
                       const double *chance)
{
    const struct walker *walker = &walk->walkers[i];
    uint32_t word[4];
    if (chance == NULL) {
        return false;
    }
    words(walk, stream, AGENTS_ENTITY(i), 0, word);
    size_t at = (size_t)walk->day * walk->plan->n_places + walker->place;
    return word[AGENTS_WORD(i)] >> 1 <
           weights_chance(chance[at * walk->weights.n_classes + walker->class]);
}

static void end_journey(struct walk *walk, uint32_t i)
{
    const struct flow_removals *removals = walk->options->removals;
    struct walker *walker = &walk->walkers[i];
    if (walker->travels || walker->gone) {
        return;
    }
    bool removed = comes_true(walk, MOVE_REMOVE, i, removals->leaves);
    if (!removed &&
        (walker->home == walker->place || !comes_true(walk, MOVE_RETURN, i, removals->returns))) {
        return;
    }
    if (walker->waits) {
        walk->queues.taken[walker->queue]++;
    }
    (removed ? walk->removed : walk->returned)[walker->place]++;
    walk->in_place[walker->place]--;
    walker->waits = false;
    walker->trail = 0;
    if (removed) {
        walker->gone = true;
        return;
    }
    walker->place = walker->home;
    walk->in_place[walker->home]++;
    walker->memory = MOVE_NEW;
    walker->class = removals->returned == NULL ? walker->class : removals->returned[walker->class];
}

static void pass_day(struct walk *walk, int32_t blocks)
{
    spawn(walk);
    for (uint32_t i = 0; walk->options->removals != NULL && i < walk->n; i++) {
        end_journey(walk, i);
    }
    flow_weights_day(&walk->weights, walk->day, walk->in_place);
    for (int phase = 0; phase < 2; phase++) {
        bool queues = phase == 1 && walk->options->queues != NULL;
        for (uint32_t link = 0; queues && link < walk->plan->n_links; link++) {
            admit(walk, link);
        }
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
    int64_t placed = 0, gone = 0;
    bool asked = walk->options->queues != NULL || walk->options->removals != NULL;
    for (uint32_t i = 0; asked && i < walk->n; i++) {
        const struct walker *walker = &walk->walkers[i];
        gone += walker->gone;
        if (walker->waits) {
            walk->queues.waiting[walker->queue]++;
        }
    }
    for (size_t p = 0; p < n; p++) {
        result->in_place[row * n + p] = walk->in_place[p];
        placed += walk->in_place[p];
    }
    result->on_links[row] = walk->n - gone - placed;
    result->spawned[row] = walk->plan->spawn[walk->day];
    result->agent_days += (uint64_t)(walk->n - gone);
    for (size_t p = 0; walk->removed != NULL && p < n; p++) {
        result->agent_days += (uint64_t)walk->removed[p];
    }
}

/* Where the counts of today go. */
static void begin_day(struct walk *walk, const struct flow_result *out)
{
    size_t row = (size_t)(walk->day - out->from), links = row * walk->plan->n_links;
    size_t places = row * walk->plan->n_places;
    walk->link_flow = out->link_flow + links;
    if (walk->options->queues != NULL) {
        walk->queues = (struct flow_queue_days){
            .joined = out->queues.joined + links,
            .admitted = out->queues.admitted + links,
            .gave_up = out->queues.gave_up + links,
            .taken = out->queues.taken + links,
            .waiting = out->queues.waiting + links,
        };
    }
    if (walk->options->removals != NULL) {
        walk->removed = out->removed + places;
        walk->returned = out->returned + places;
    }
}

static int begin(struct walk *walk, struct arena *arena, const struct flow_params *params,
                 struct ajar_err *err)
{
    const struct flow_plan *plan = walk->plan;
    uint64_t people;
    TRY(move_check(plan, walk->options, &people, err));
    TRY(flow_weights_open(&walk->weights, arena, plan, params, walk->options->gates, err));
    TRY_NEW(walk->walkers, arena, people, err);
    if (walk->options->queues != NULL) {
        TRY_NEW(walk->line, arena, people, err);
    }
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
    TRY(move_result(arena, plan, options, options->from, options->to, &out, err));
    for (walk.day = options->from; walk.day < options->to; walk.day++) {
        begin_day(&walk, &out);
        pass_day(&walk, params->blocks);
        note_day(&walk, &out);
    }
    out.hops = walk.hops;
    *result = out;
    return 0;
}
