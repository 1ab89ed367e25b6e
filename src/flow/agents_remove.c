#include "agents_parts.h"

static const uint32_t streams[REMOVALS] = {[REMOVED] = MOVE_REMOVE, [RETURNED] = MOVE_RETURN};

static const double *chances_of(const struct flow_agents *agents, enum removal removal)
{
    const struct flow_removals *given = agents->options.removals;
    return given == NULL ? NULL : removal == REMOVED ? given->leaves : given->returns;
}

int removal_open(struct flow_agents *agents, struct ajar_err *err)
{
    size_t cells = ((size_t)agents->plan->n_places + 1) * agents->weights.n_classes;
    for (int i = 0; i < REMOVALS; i++) {
        if (chances_of(agents, (enum removal)i) != NULL) {
            TRY_NEW(agents->removal[i], agents->arena, cells, err);
        }
    }
    if (agents->removal[RETURNED] != NULL) {
        TRY_NEW(agents->home, agents->arena, agents->room, err);
    }
    return 0;
}

bool removal_day(struct flow_agents *agents)
{
    uint32_t places = agents->plan->n_places, classes = agents->weights.n_classes;
    bool any = false;
    for (int i = 0; i < REMOVALS; i++) {
        if (agents->removal[i] == NULL) {
            continue;
        }
        const double *chance =
            chances_of(agents, (enum removal)i) + (size_t)agents->day * places * classes;
        for (uint32_t class = 0; class < classes; class ++) {
            uint32_t *row = agents->removal[i] + (size_t) class * (places + 1);
            for (uint32_t p = 0; p < places; p++) {
                row[p] = weights_chance(chance[(size_t)p * classes + class]);
                any = any || row[p] > 0;
            }
        }
    }
    return any;
}

/* Of one who stands at a place; false: is at home already. */
static bool take(struct flow_agents *agents, struct worker *worker, enum removal removal,
                 uint32_t agent, uint32_t place)
{
    const uint8_t *class = agents->options.removals->returned;
    if (removal == RETURNED && agents->home[agent] == place) {
        return false;
    }
    agents_by_place(agents, worker, removal)[place]++;
    worker->in_place[place]--;
    agents->place[agent] = (uint16_t)agents->plan->n_places;
    if (removal == REMOVED) {
        return true;
    }
    agents->place[agent] = agents->home[agent];
    worker->in_place[agents->home[agent]]++;
    agents->memory[agent] = MOVE_NEW;
    if (agents->class != NULL && class != NULL) {
        agents->class[agent] = class[agents->class[agent]];
    }
    return true;
}

/* ---- Who rests in a place ---- */

/* Places of whole groups; neighbours of other parts are left out, as others work on them. */
struct resting {
    uint32_t first; /* group */
    size_t groups;
    uint16_t place[PART_AGENTS + 2 * AGENTS_GROUP];
};

static void look(const struct flow_agents *agents, const struct part *part, struct resting *rest)
{
    rest->first = part->begin / AGENTS_GROUP;
    rest->groups = (part->end - 1) / AGENTS_GROUP - rest->first + 1;
    uint32_t base = rest->first * AGENTS_GROUP;
    for (uint32_t i = 0; i < rest->groups * AGENTS_GROUP; i++) {
        bool ours = base + i >= part->begin && base + i < part->end;
        rest->place[i] = ours ? agents->place[base + i] : (uint16_t)agents->plan->n_places;
    }
}

static void take_class(struct flow_agents *agents, struct worker *worker, struct resting *rest,
                       enum removal removal, uint32_t class)
{
    enum { GROUPS = PART_AGENTS / AGENTS_GROUP + 2 };
    uint64_t bits[GROUPS];
    size_t places = agents->plan->n_places;
    agents_draw(agents, streams[removal], agents->removal[removal] + class * (places + 1),
                rest->place, rest->first, rest->groups, bits);
    for (uint32_t g = 0; g < rest->groups; g++) {
        for (; bits[g] != 0; bits[g] &= bits[g] - 1) {
            uint32_t i = g * AGENTS_GROUP + (uint32_t)__builtin_ctzll(bits[g]);
            uint32_t agent = rest->first * AGENTS_GROUP + i;
            if (agents_class(agents, agent) == class &&
                take(agents, worker, removal, agent, rest->place[i])) {
                rest->place[i] = (uint16_t)places; /* once a day */
            }
        }
    }
}

/* ---- Who waits, in a queue or with a trail left ---- */

static bool comes_true(const struct flow_agents *agents, enum removal removal, uint32_t agent,
                       uint32_t place)
{
    const uint32_t *chance = agents->removal[removal];
    uint32_t number = deal_number(agents->deal, agent), word[4];
    const uint32_t counter[4] = {0, (uint32_t)agents->day, AGENTS_ENTITY(number), streams[removal]};
    if (chance == NULL) {
        return false;
    }
    rng_block(agents->options.seed, counter, word);
    size_t row = (size_t)agents_class(agents, agent) * (agents->plan->n_places + 1);
    return word[AGENTS_WORD(number)] >> 1 < chance[row + place];
}

static void take_waiting(struct flow_agents *agents, struct worker *worker, struct mover *mover)
{
    bool queues = (mover->link & MOVER_PLACE) == 0;
    uint32_t at = mover->link & MOVER_LINK, place = queues ? agents->plan->from[at] : at;
    for (int i = 0; i < REMOVALS; i++) {
        if (comes_true(agents, (enum removal)i, mover->agent, place) &&
            take(agents, worker, (enum removal)i, mover->agent, place)) {
            mover->link = MOVER_NONE;
            if (queues) {
                agents_by_link(agents, worker, COUNT_TAKEN)[at]++;
            }
            return;
        }
    }
}

int agents_remove(struct flow_agents *agents, struct part *part, struct worker *worker,
                  struct ajar_err *err)
{
    struct resting rest;
    (void)err;
    if (part->begin == part->end) {
        return 0;
    }
    look(agents, part, &rest);
    for (struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
         chunk = chunk->next) {
        for (uint32_t i = 0; chunk->waiting != 0 && i < chunk->n; i++) {
            struct mover *mover = &chunk->at[i];
            if (mover->agent >= part->begin && mover->agent < part->end &&
                (mover->link & (MOVER_PLACE | MOVER_QUEUE)) != 0) {
                take_waiting(agents, worker, mover);
            }
        }
    }
    for (int i = 0; i < REMOVALS; i++) {
        for (uint32_t class = 0; agents->removal[i] != NULL && class < agents->weights.n_classes;
             class ++) {
            take_class(agents, worker, &rest, (enum removal)i, class);
        }
    }
    return 0;
}
