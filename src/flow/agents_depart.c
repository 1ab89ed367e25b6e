#include "agents_parts.h"

/* People of a batch who choose at the same time. */
struct choosers {
    size_t n;
    uint32_t agent[BATCH];
    uint32_t chance[BATCH], word[BATCH];
    uint32_t at[BATCH], choices[BATCH], chosen[BATCH];
};

static uint32_t class_of(const struct flow_agents *agents, uint32_t agent)
{
    return agents->class == NULL ? 0 : agents->class[agent];
}

/* ---- Who leaves by chance ---- */

static int note_leaving(struct flow_agents *agents, struct part *part, uint32_t first,
                        uint64_t bits, struct ajar_err *err)
{
    for (; bits != 0; bits &= bits - 1) {
        const struct mover mover = {.agent = first + (uint32_t)__builtin_ctzll(bits)};
        TRY(mover_put(&agents->pool, &part->leaving, part, &mover, err));
        part->n_leaving++;
    }
    return 0;
}

int agents_scan(struct flow_agents *agents, struct part *part, struct tally *tally,
                struct ajar_err *err)
{
    enum { GROUPS = PART_AGENTS / AGENTS_GROUP + 2 };
    uint64_t bits[GROUPS];
    (void)tally;
    if (part->begin == part->end) {
        return 0;
    }
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    uint32_t first = part->begin / AGENTS_GROUP, last = (part->end - 1) / AGENTS_GROUP;
    size_t groups = last - first + 1;
    agents->path->idle(&key, MOVE_IDLE, first, groups, agents->place + (size_t)first * AGENTS_GROUP,
                       agents->weights.go[0], (size_t)agents->plan->n_places + 1, bits);
    bits[0] &= UINT64_MAX << part->begin % AGENTS_GROUP;
    bits[groups - 1] &= UINT64_MAX >> (AGENTS_GROUP - 1 - (part->end - 1) % AGENTS_GROUP);
    for (size_t g = 0; g < groups; g++) {
        TRY(note_leaving(agents, part, (first + (uint32_t)g) * AGENTS_GROUP, bits[g], err));
    }
    return 0;
}

/* ---- Where they go ---- */

static void leave_from(struct flow_agents *agents, struct tally *tally, uint32_t place,
                       struct weights_choice choice, struct mover *mover)
{
    bool on_foot = agents->rules.on_foot && agents->memory[mover->agent] == MOVE_NEW;
    mover->link = choice.link | (on_foot ? MOVER_FOOT : 0);
    mover->trail = choice.trail;
    mover->left = (uint16_t)agents->day;
    mover->budget = move_budget(0);
    agents->place[mover->agent] = (uint16_t)agents->plan->n_places;
    tally->in_place[place]--;
    tally->link_flow[choice.link]++;
    tally->hops++;
}

static void choose(const struct flow_agents *agents, struct choosers *who)
{
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    const struct flow_weights *weights = &agents->weights;
    for (size_t i = 0; i < who->n; i++) {
        uint32_t agent = who->agent[i];
        struct weights_row row =
            weights->rows[(size_t)class_of(agents, agent) * agents->plan->n_places +
                          agents->place[agent]];
        who->at[i] = row.at;
        who->choices[i] = row.n;
    }
    agents->path->words(&key, MOVE_HOP, 0, 0, who->agent, who->n, who->chance, who->word);
    agents->path->pick(weights->thresholds, who->at, who->choices, who->word, who->n, who->chosen);
}

static void send_batch(struct flow_agents *agents, struct tally *tally, struct mover *movers,
                       struct choosers *who)
{
    choose(agents, who);
    for (size_t i = 0; i < who->n; i++) {
        struct weights_choice choice = {WEIGHTS_STAY, 0};
        if (who->choices[i] > 0) {
            choice = agents->weights.choices[who->at[i] + who->chosen[i]];
        }
        if (choice.link == WEIGHTS_STAY) {
            movers[i].link = MOVER_NONE;
        } else {
            leave_from(agents, tally, agents->place[who->agent[i]], choice, &movers[i]);
        }
    }
}

/* Those who wait somewhere with a trail leave for certain, or give it up. */
static void send_waiting(struct flow_agents *agents, struct part *part, struct tally *tally,
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
            &agents->weights, class_of(agents, mover->agent), place, mover->trail);
        if (choice.link == WEIGHTS_STAY) {
            mover->link = MOVER_NONE;
            agents->place[mover->agent] = (uint16_t)place;
        } else {
            leave_from(agents, tally, place, choice, mover);
        }
    }
}

int agents_depart(struct flow_agents *agents, struct part *part, struct tally *tally,
                  struct ajar_err *err)
{
    struct choosers who;
    (void)err;
    for (struct chunk *chunk = part->leaving.head; chunk != NULL; chunk = chunk->next) {
        for (uint32_t i = 0; i < chunk->n; i++) {
            who.agent[i] = chunk->at[i].agent;
        }
        who.agent[chunk->n] = 0; /* words are drawn by several */
        who.n = chunk->n;
        send_batch(agents, tally, chunk->at, &who);
    }
    for (struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
         chunk = chunk->next) {
        if (chunk->waiting != 0) {
            send_waiting(agents, part, tally, chunk);
        }
    }
    return 0;
}
