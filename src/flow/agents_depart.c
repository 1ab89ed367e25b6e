#include "agents_parts.h"

/* People of a chunk who choose at the same time. */
struct choosers {
    uint32_t n;
    uint32_t word[CHUNK_MOVERS];
    uint32_t at[CHUNK_MOVERS], choices[CHUNK_MOVERS], chosen[CHUNK_MOVERS];
};

/* What was remembered long ago must be forgotten before its code means something else. */
static void sweep(struct flow_agents *agents, const struct part *part)
{
    for (uint32_t i = part->begin; i < part->end; i++) {
        uint16_t memory = agents->memory[i];
        if (memory > MOVE_NEW && move_recall(memory, agents->day - 1) <= 0 &&
            agents->place[i] != agents->plan->n_places) {
            agents->memory[i] = MOVE_STILL;
        }
    }
}

/* ---- Who leaves by chance ---- */

static int note_leaving(struct worker *worker, struct part *part, uint32_t first, uint64_t bits,
                        struct ajar_err *err)
{
    for (; bits != 0; bits &= bits - 1) {
        const struct mover mover = {.agent = first + (uint32_t)__builtin_ctzll(bits)};
        TRY(mover_put(&worker->shelf, &part->leaving, part, &mover, err));
        part->n_leaving++;
    }
    return 0;
}

void agents_draw(const struct flow_agents *agents, uint32_t stream, const uint32_t *chance,
                 const uint16_t *place, uint32_t first, size_t groups, uint64_t *bits)
{
    enum { TOGETHER = FLOW_SHARE_GROUP / AGENTS_GROUP };
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    size_t g = 0;
    do {
        uint32_t group = first + (uint32_t)g;
        size_t n = groups - g, whole = TOGETHER - group % TOGETHER;
        n = agents->deal.ranks > 1 && n > whole ? whole : n;
        agents->path->idle(
            &key, stream, deal_number(agents->deal, group * AGENTS_GROUP) / AGENTS_GROUP, n,
            place + g * AGENTS_GROUP, chance, (size_t)agents->plan->n_places + 1, bits + g);
        g += n;
    } while (g < groups);
}

/* Which way each of a chunk will want is drawn ahead of the choice, in its trail: here all threads help. */
static void draw_ways(const struct flow_agents *agents, struct chunk *chunk)
{
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    const struct dealing deal = agents->deal;
    uint32_t number[CHUNK_MOVERS + 1], chance[CHUNK_MOVERS + 1], word[CHUNK_MOVERS + 1];
    for (uint32_t i = 0; i < chunk->n; i++) {
        number[i] = deal_number(deal, chunk->at[i].agent);
    }
    number[chunk->n] = 0; /* words are drawn by several */
    agents->path->words(&key, MOVE_HOP, 0, 0, number, chunk->n, chance, word);
    for (uint32_t i = 0; i < chunk->n; i++) {
        chunk->at[i].trail = word[i];
    }
}

int agents_scan(struct flow_agents *agents, struct part *part, struct worker *worker,
                struct ajar_err *err)
{
    enum { GROUPS = PART_AGENTS / AGENTS_GROUP + 2 };
    uint64_t bits[GROUPS];
    if (part->begin == part->end) {
        return 0;
    }
    uint32_t first = part->begin / AGENTS_GROUP, last = (part->end - 1) / AGENTS_GROUP;
    size_t groups = last - first + 1;
    agents_draw(agents, MOVE_IDLE, worker->weights->go[0],
                agents->place + (size_t)first * AGENTS_GROUP, first, groups, bits);
    bits[0] &= UINT64_MAX << part->begin % AGENTS_GROUP;
    bits[groups - 1] &= UINT64_MAX >> (AGENTS_GROUP - 1 - (part->end - 1) % AGENTS_GROUP);
    for (size_t g = 0; g < groups; g++) {
        TRY(note_leaving(worker, part, (first + (uint32_t)g) * AGENTS_GROUP, bits[g], err));
    }
    for (struct chunk *chunk = part->leaving.head; chunk != NULL; chunk = chunk->next) {
        draw_ways(agents, chunk);
    }
    if (agents->day % MOVE_SWEEP == 0) {
        sweep(agents, part);
    }
    return 0;
}

/* ---- Where they go ---- */

bool agents_set_out(struct flow_agents *agents, struct worker *worker, uint32_t place,
                    struct weights_choice choice, struct mover *mover)
{
    agents->place[mover->agent] = (uint16_t)agents->plan->n_places;
    if (queue_holds(agents, choice.link)) {
        queue_join(agents, worker, choice, mover);
        return true;
    }
    bool on_foot = agents->rules.on_foot && agents->memory[mover->agent] == MOVE_NEW;
    mover->link = choice.link | (on_foot ? MOVER_FOOT : 0);
    mover->trail = choice.trail;
    mover->left = (uint16_t)agents->day;
    mover->budget = move_budget(0);
    worker->in_place[place]--;
    worker->link_flow[choice.link]++;
    worker->hops++;
    return false;
}

static void send_chunk(struct flow_agents *agents, struct worker *worker, struct chunk *chunk)
{
    const struct flow_weights *weights = worker->weights;
    struct choosers who;
    who.n = chunk->n;
    for (uint32_t i = 0; i < who.n; i++) {
        uint32_t agent = chunk->at[i].agent;
        struct weights_row row =
            weights->rows[(size_t)agents_class(agents, agent) * agents->plan->n_places +
                          agents->place[agent]];
        who.word[i] = chunk->at[i].trail;
        who.at[i] = row.at;
        who.choices[i] = row.n;
    }
    agents->path->pick(weights->thresholds, who.at, who.choices, who.word, who.n, who.chosen);
    for (uint32_t i = 0; i < who.n; i++) {
        struct mover *mover = &chunk->at[i];
        struct weights_choice choice = {WEIGHTS_STAY, 0};
        if (who.choices[i] > 0) {
            choice = weights->choices[who.at[i] + who.chosen[i]];
        }
        if (choice.link == WEIGHTS_STAY) {
            mover->link = MOVER_NONE;
        } else {
            chunk->waiting |=
                agents_set_out(agents, worker, agents->place[mover->agent], choice, mover);
        }
    }
}

/* Those who wait somewhere with a trail leave for certain, or give it up. */
static void send_waiting(struct flow_agents *agents, struct part *part, struct worker *worker,
                         struct chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->n; i++) {
        struct mover *mover = &chunk->at[i];
        if (mover->agent < part->begin || mover->agent >= part->end || mover->link == MOVER_NONE ||
            (mover->link & MOVER_PLACE) == 0) {
            continue;
        }
        uint32_t place = mover->link & MOVER_LINK;
        struct weights_choice choice = flow_weights_follow(
            worker->weights, agents_class(agents, mover->agent), place, mover->trail);
        if (choice.link == WEIGHTS_STAY) {
            mover->link = MOVER_NONE;
            agents->place[mover->agent] = (uint16_t)place;
        } else {
            agents_set_out(agents, worker, place, choice, mover);
        }
    }
}

int agents_depart(struct flow_agents *agents, struct part *part, struct worker *worker,
                  struct ajar_err *err)
{
    (void)err;
    for (struct chunk *chunk = part->leaving.head; chunk != NULL; chunk = chunk->next) {
        send_chunk(agents, worker, chunk);
    }
    for (struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
         chunk = chunk->next) {
        if (chunk->waiting != 0) {
            send_waiting(agents, part, worker, chunk);
            queue_morning(agents, part, worker, chunk);
        }
    }
    return 0;
}
