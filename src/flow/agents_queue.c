#include "agents_parts.h"

#define NO_SLOT UINT32_MAX

/* ---- Opening, and the day ---- */

static int list_links(struct queues *queues, const struct flow_plan *plan, const int64_t *admits,
                      struct arena *arena, struct ajar_err *err)
{
    TRY_NEW(queues->slot, arena, plan->n_links, err);
    TRY_NEW(queues->link, arena, plan->n_links, err);
    for (uint32_t link = 0; link < plan->n_links; link++) {
        bool limited = false;
        for (int32_t day = 0; !limited && day < plan->n_days; day++) {
            limited = admits[(size_t)day * plan->n_links + link] >= 0;
        }
        queues->slot[link] = limited ? queues->n : NO_SLOT;
        queues->link[queues->n] = link;
        queues->n += limited;
    }
    return 0;
}

int queue_open(struct flow_agents *agents, struct ajar_err *err)
{
    const struct flow_queues *given = agents->options.queues;
    const struct flow_plan *plan = agents->plan;
    struct queues *queues = &agents->queues;
    struct arena *arena = agents->arena;
    if (given == NULL) {
        return 0;
    }
    TRY(list_links(queues, plan, given->admits, arena, err));
    TRY_NEW(queues->gives_up, arena, plan->n_links, err);
    TRY_NEW(queues->waiting, arena, plan->n_links, err);
    TRY_NEW(queues->here, arena, queues->n, err);
    TRY_NEW(queues->room, arena, queues->n, err);
    TRY_NEW(queues->cut, arena, queues->n, err);
    TRY_NEW(queues->digits, arena, (size_t)queues->n * QUEUE_DIGITS, err);
    for (uint32_t link = 0; given->gives_up != NULL && link < plan->n_links; link++) {
        queues->gives_up[link] = weights_chance(given->gives_up[link]);
    }
    return 0;
}

void queue_day(struct flow_agents *agents)
{
    const struct flow_queues *given = agents->options.queues;
    if (given != NULL) {
        agents->queues.admits = given->admits + (size_t)agents->day * agents->plan->n_links;
    }
}

void queue_join(struct flow_agents *agents, struct worker *worker, struct weights_choice choice,
                struct mover *mover)
{
    mover->link = choice.link | MOVER_QUEUE;
    mover->trail = choice.trail;
    mover->left = (uint16_t)agents->day;
    mover->budget = 0;
    agents_by_link(agents, worker, COUNT_JOINED)[choice.link]++;
}

static bool waits(const struct mover *mover)
{
    return mover->link != MOVER_NONE && (mover->link & MOVER_QUEUE) != 0;
}

/* ---- Giving up ---- */

static void give_up(struct flow_agents *agents, struct worker *worker, struct mover *mover,
                    uint32_t word)
{
    const struct flow_weights *weights = worker->weights;
    uint32_t link = mover->link & MOVER_LINK, place = agents->plan->from[link];
    struct weights_row row =
        weights->rows[(size_t)agents_class(agents, mover->agent) * agents->plan->n_places + place];
    struct weights_choice choice = move_pick_other(weights, row, word, link);
    agents_by_link(agents, worker, COUNT_GAVE_UP)[link]++;
    if (choice.link == WEIGHTS_STAY) {
        mover->link = MOVER_NONE;
        agents->place[mover->agent] = (uint16_t)place;
    } else {
        agents_set_out(agents, worker, place, choice, mover);
    }
}

/* As agents_scan does for those without a mover. */
static void forget(struct flow_agents *agents, uint32_t agent)
{
    uint16_t *memory = &agents->memory[agent];
    if (*memory > MOVE_NEW && move_recall(*memory, agents->day - 1) <= 0) {
        *memory = MOVE_STILL;
    }
}

void queue_morning(struct flow_agents *agents, const struct part *part, struct worker *worker,
                   struct chunk *chunk)
{
    for (uint32_t i = 0; agents->queues.n > 0 && i < chunk->n; i++) {
        struct mover *mover = &chunk->at[i];
        if (mover->agent < part->begin || mover->agent >= part->end || !waits(mover) ||
            mover->left == agents->day) {
            continue;
        }
        if (agents->day % MOVE_SWEEP == 0) {
            forget(agents, mover->agent);
        }
        uint32_t chance = agents->queues.gives_up[mover->link & MOVER_LINK], word[4];
        if (chance > 0) {
            const uint32_t counter[4] = {0, (uint32_t)agents->day,
                                         deal_number(agents->deal, mover->agent), MOVE_GIVE_UP};
            rng_block(agents->options.seed, counter, word);
            if (word[0] >> 1 < chance) {
                give_up(agents, worker, mover, word[1]);
            }
        }
    }
}

/* ---- Who is admitted ----
 *
 * The place in a queue is a number: the day of joining and then the person.  Where more wait than are
 * admitted, the number before which exactly so many come is found digit by digit, from counts of the next
 * digit: whole numbers, which may be summed over ranks. */

static unsigned bits_of(uint32_t most)
{
    return most == 0 ? 0 : 32 - (unsigned)__builtin_clz(most);
}

static uint64_t turn_of(const struct flow_agents *agents, const struct mover *mover)
{
    uint64_t day = (uint64_t)(mover->left - agents->options.from);
    return day << bits_of(agents->people) | deal_number(agents->deal, mover->agent);
}

typedef void candidate_fn(struct flow_agents *agents, struct mover *mover, uint32_t slot);

static void each_of_chunk(struct flow_agents *agents, struct chunk *chunk, candidate_fn *fn)
{
    for (uint32_t i = 0; chunk->waiting != 0 && i < chunk->n; i++) {
        struct mover *mover = &chunk->at[i];
        uint32_t link = mover->link & MOVER_LINK;
        if (waits(mover) &&
            flow_weights_passable(&agents->weights, agents_class(agents, mover->agent), link)) {
            fn(agents, mover, agents->queues.slot[link]);
        }
    }
}

/* All here who wait before a link that they may go onto today. */
static void each_candidate(struct flow_agents *agents, candidate_fn *fn)
{
    for (struct chunk *chunk = agents->movers; chunk != NULL; chunk = chunk->next) {
        each_of_chunk(agents, chunk, fn);
    }
    for (uint32_t w = 0; w < agents->n_workers; w++) {
        const struct worker *worker = &agents->workers[w];
        for (uint32_t i = 0; i < worker->block_part[agents->params->blocks]; i++) {
            for (struct chunk *chunk = worker->parts[i].leaving.head; chunk != NULL;
                 chunk = chunk->next) {
                each_of_chunk(agents, chunk, fn);
            }
        }
    }
}

static void count_here(struct flow_agents *agents, struct mover *mover, uint32_t slot)
{
    (void)mover;
    agents->queues.here[slot]++;
}

static void count_digit(struct flow_agents *agents, struct mover *mover, uint32_t slot)
{
    struct queues *queues = &agents->queues;
    uint64_t turn = turn_of(agents, mover) >> queues->shift;
    if (queues->room[slot] >= 0 && turn >> QUEUE_BITS == queues->cut[slot]) {
        queues->digits[(size_t)slot * QUEUE_DIGITS + turn % QUEUE_DIGITS]++;
    }
}

static void admit(struct flow_agents *agents, struct mover *mover, uint32_t slot)
{
    const struct queues *queues = &agents->queues;
    uint32_t link = queues->link[slot];
    struct worker *first = &agents->workers[0];
    if (queues->room[slot] >= 0 && turn_of(agents, mover) >= queues->cut[slot]) {
        return;
    }
    bool on_foot = agents->rules.on_foot && agents->memory[mover->agent] == MOVE_NEW;
    mover->link = link | (on_foot ? MOVER_FOOT : 0);
    mover->left = (uint16_t)agents->day;
    mover->budget = move_budget(0);
    first->in_place[agents->plan->from[link]]--;
    first->link_flow[link]++;
    first->hops++;
    agents_by_link(agents, first, COUNT_ADMITTED)[link]++;
}

/* Whether a queue has more than it admits. */
static bool set_rooms(struct queues *queues)
{
    bool crowded = false;
    for (uint32_t slot = 0; slot < queues->n; slot++) {
        int64_t most = queues->admits[queues->link[slot]];
        queues->cut[slot] = 0;
        queues->room[slot] = most >= 0 && queues->here[slot] > most ? most : -1;
        crowded = crowded || queues->room[slot] >= 0;
    }
    return crowded;
}

/* All of the lower digits come before the cut; the last digit belongs to one person only. */
static void next_digit(struct queues *queues)
{
    for (uint32_t slot = 0; slot < queues->n; slot++) {
        const int64_t *count = &queues->digits[(size_t)slot * QUEUE_DIGITS];
        uint64_t digit = 0;
        if (queues->room[slot] >= 0) {
            while (digit + 1 < QUEUE_DIGITS && queues->room[slot] >= count[digit]) {
                queues->room[slot] -= count[digit++];
            }
            queues->cut[slot] = queues->cut[slot] << QUEUE_BITS | digit;
        }
    }
}

static int find_cuts(struct flow_agents *agents, struct ajar_err *err)
{
    struct queues *queues = &agents->queues;
    size_t n = (size_t)queues->n * QUEUE_DIGITS;
    unsigned bits =
        bits_of(agents->people) + bits_of((uint32_t)(agents->day - agents->options.from));
    for (queues->shift = bits / QUEUE_BITS * QUEUE_BITS;; queues->shift -= QUEUE_BITS) {
        memset(queues->digits, 0, n * sizeof *queues->digits);
        each_candidate(agents, count_digit);
        TRY(share_counts(agents, queues->digits, n, err));
        next_digit(queues);
        if (queues->shift == 0) {
            return 0;
        }
    }
}

int queue_admit(struct flow_agents *agents, struct ajar_err *err)
{
    struct queues *queues = &agents->queues;
    if (queues->n == 0) {
        return 0;
    }
    memset(queues->here, 0, queues->n * sizeof *queues->here);
    each_candidate(agents, count_here);
    TRY(share_counts(agents, queues->here, queues->n, err));
    if (set_rooms(queues)) {
        TRY(find_cuts(agents, err));
    }
    each_candidate(agents, admit);
    return 0;
}
