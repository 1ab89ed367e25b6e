#include <math.h>

#include "agents_parts.h"

/* ---- Parts ---- */

static uint32_t slots_of(const struct pool *pool)
{
    unsigned threads = pool_threads(pool);
    return threads < SLOTS_MOST ? threads : SLOTS_MOST;
}

/* How large the next part of what is left of a share is.  Where threads work together each takes half of it, so that
 * the last parts are small and nobody waits long for another; small parts make small batches, so alone a thread has
 * few. */
static uint32_t part_size(uint32_t left, uint32_t slots)
{
    uint32_t half = (left / 2 + AGENTS_GROUP - 1) / AGENTS_GROUP * AGENTS_GROUP;
    return slots == 1 || half > PART_AGENTS ? PART_AGENTS : half < PART_LEAST ? PART_LEAST : half;
}

/* A share cut into parts at whole groups; the movers of yesterday are looked up by part. */
static uint32_t cut_share(struct flow_agents *agents, uint32_t n, uint32_t begin, uint32_t end,
                          uint32_t slots, struct chunk **old)
{
    while (begin < end) {
        uint32_t size = part_size(end - begin, slots);
        uint32_t next = (begin / AGENTS_GROUP + size / AGENTS_GROUP) * AGENTS_GROUP;
        next = next < end && next >= begin ? next : end;
        while (*old != NULL && (*old)->end <= begin) {
            *old = (*old)->next;
        }
        agents->parts[n++] = (struct part){.begin = begin, .end = next, .old = *old};
        begin = next;
    }
    return n;
}

/* Blocks by number of people, each dealt to the slots in runs of neighbours at whole groups. */
static void cut_parts(struct flow_agents *agents, uint32_t slots)
{
    int32_t blocks = agents->params->blocks;
    struct chunk *old = agents->movers.head;
    uint32_t n = 0;
    agents->slots = slots;
    for (int32_t b = 0; b < blocks; b++) {
        uint32_t begin = deal_count(agents->deal, move_block(agents->people, blocks, b));
        uint32_t end = deal_count(agents->deal, move_block(agents->people, blocks, b + 1));
        for (uint32_t slot = 0; slot < slots; slot++) {
            uint32_t last = begin + (end - begin) / (slots - slot);
            last = slot + 1 == slots ? end : last / AGENTS_GROUP * AGENTS_GROUP;
            last = last < begin ? begin : last;
            agents->slot_part[(uint32_t)b * slots + slot] = n;
            n = cut_share(agents, n, begin, last, slots, &old);
            begin = last;
        }
    }
    agents->slot_part[(uint32_t)blocks * slots] = n;
}

/* The first part of a block; of the last one's successor, the number of parts. */
static uint32_t block_part(const struct flow_agents *agents, int32_t block)
{
    return agents->slot_part[(uint32_t)block * agents->slots];
}

/* Gives back the chunks of yesterday that only parts before `part` could need. */
static void drop_old(struct flow_agents *agents, uint32_t part)
{
    uint32_t n = block_part(agents, agents->params->blocks);
    uint32_t begin = part < n ? agents->parts[part].begin : UINT32_MAX;
    struct chunk *first = agents->movers.head, *last = NULL;
    for (struct chunk *chunk = first; chunk != NULL && chunk->end <= begin; chunk = chunk->next) {
        last = chunk;
    }
    if (last != NULL) {
        agents->movers.head = last->next;
        last->next = NULL;
        chunk_give(first, NULL);
    }
}

/* ---- Work on several parts ---- */

/* Of the parts of a block each slot has a run of neighbours, the same in every phase, so that it goes through memory
 * in one stream and mostly through what its processor has worked on before; when it is through with its own, it
 * helps the others. */
struct crew {
    struct flow_agents *agents;
    part_work *work;
    int32_t from, to; /* blocks */
    uint32_t slots;
};

/* How many parts a slot has in the crew's blocks before `block`. */
struct share {
    int32_t block;
    uint32_t slot, before;
};

/* The next part of a slot's share, or false when all are taken.  *at is where this thread last looked. */
static bool take_part(const struct crew *crew, struct share *at, uint32_t *part)
{
    const struct flow_agents *agents = crew->agents;
    uint32_t turn = atomic_fetch_add(&crew->agents->turns[at->slot].taken, 1);
    for (; at->block < crew->to; at->block++) {
        const uint32_t *slot_part =
            &agents->slot_part[(uint32_t)at->block * crew->slots + at->slot];
        uint32_t first = slot_part[0], n = slot_part[1] - first;
        if (turn < at->before + n) {
            *part = first + (turn - at->before);
            __builtin_prefetch(&agents->parts[*part + PARTS_AHEAD], 1); /* cut by another thread */
            return true;
        }
        at->before += n;
    }
    return false;
}

static int crew_slot(void *arg, size_t at, struct ajar_err *err)
{
    const struct crew *crew = arg;
    struct flow_agents *agents = crew->agents;
    struct tally *tally = at == 0 ? &agents->now : &agents->tallies[at];
    for (uint32_t k = 0; k < crew->slots; k++) {
        struct share share = {.block = crew->from, .slot = ((uint32_t)at + k) % crew->slots};
        uint32_t i;
        while (take_part(crew, &share, &i)) {
            TRY(crew->work(agents, &agents->parts[i], tally, err));
        }
    }
    return 0;
}

static int work_alone(const struct crew *crew, struct ajar_err *err)
{
    struct flow_agents *agents = crew->agents;
    uint32_t to = block_part(agents, crew->to);
    for (uint32_t i = block_part(agents, crew->from); i < to; i++) {
        TRY(crew->work(agents, &agents->parts[i], &agents->now, err));
    }
    return 0;
}

/* Of the other slots; what they count of links can wait for the end of the day. */
static void add_places(struct flow_agents *agents, uint32_t slots)
{
    for (uint32_t slot = 1; slot < slots; slot++) {
        int64_t *in_place = agents->tallies[slot].in_place;
        for (uint32_t p = 0; p < agents->plan->n_places; p++) {
            agents->now.in_place[p] += in_place[p];
            in_place[p] = 0;
        }
    }
}

static void add_links(struct flow_agents *agents)
{
    for (uint32_t slot = 1; slot < SLOTS_MOST; slot++) {
        struct tally *tally = &agents->tallies[slot];
        for (size_t i = 0; i < agents->n_counts; i++) {
            agents->now.counts[i] += tally->counts[i];
            tally->counts[i] = 0;
        }
        if (tally->hops == 0) {
            continue;
        }
        for (uint32_t link = 0; link < agents->plan->n_links; link++) {
            agents->now.link_flow[link] += tally->link_flow[link];
            tally->link_flow[link] = 0;
        }
        agents->now.hops += tally->hops;
        tally->hops = 0;
    }
}

/* People who may move, or are looked at, for whom another thread pays. */
static uint64_t worth_threads(part_work *work)
{
    enum { SCANNED = 8192, DEPARTING = 256, TRAVELLING = 48 };
    return work == agents_scan || work == agents_remove ? SCANNED
           : work == agents_depart                      ? DEPARTING
                                                        : TRAVELLING;
}

static int run_crew(struct crew *crew, uint64_t people, struct pool *pool, struct ajar_err *err)
{
    uint32_t parts = block_part(crew->agents, crew->to) - block_part(crew->agents, crew->from);
    if (crew->agents->slots == 1 || parts < 2 || people < worth_threads(crew->work)) {
        return work_alone(crew, err);
    }
    crew->slots = crew->agents->slots;
    for (uint32_t slot = 0; slot < crew->slots; slot++) {
        atomic_store(&crew->agents->turns[slot].taken, 0);
    }
    TRY(pool_run(pool, crew->slots, crew_slot, crew, NULL, "moving", err));
    add_places(crew->agents, crew->slots);
    return 0;
}

/* ---- Stretches ---- */

/* By how many people places may change before any choice does: rooms are 1 up to a limit and 0 from another
 * one.  While they stay so, blocks need not wait for each other. */
static int64_t margin(const struct flow_agents *agents)
{
    const struct flow_weights *weights = &agents->weights;
    double least = 0x1p50;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double people = (double)agents->now.in_place[p], capacity = agents->plan->capacity[p];
        double room = weights->room[p], draws = floor(agents->params->capacity_buffer * capacity);
        double gap = room >= 1   ? draws - people
                     : room <= 0 ? people - fmax(ceil(capacity), draws + 1)
                                 : 0;
        least = gap < least ? gap : least;
    }
    return least > 0 ? (int64_t)least : 0;
}

/* The block behind those that can be worked on together from `block`. */
static int32_t stretch_end(const struct flow_agents *agents, const int64_t *block_active,
                           int32_t block)
{
    int64_t most = margin(agents), sum = block_active[block];
    int32_t end = block + 1;
    for (; end < agents->params->blocks && sum <= most; end++) {
        sum += block_active[end];
    }
    return end;
}

/* In several goes, so that the movers of yesterday make room for those of today. */
static int run_stretch(struct flow_agents *agents, part_work *work, int32_t from, int32_t to,
                       const int64_t *block_active, struct pool *pool, struct ajar_err *err)
{
    enum { GOES = 8 };
    bool last = work == agents_travel;
    uint32_t most = block_part(agents, agents->params->blocks) / GOES + 1;
    for (int32_t block = from; block < to;) {
        int64_t active = block_active[block];
        int32_t end = block + 1;
        for (;
             end < to && !(last && block_part(agents, end + 1) - block_part(agents, block) > most);
             end++) {
            active += block_active[end];
        }
        struct crew crew = {.agents = agents, .work = work, .from = block, .to = end};
        TRY(run_crew(&crew, (uint64_t)active / agents->deal.ranks, pool, err));
        if (last) {
            drop_old(agents, block_part(agents, end));
        }
        block = end;
    }
    return 0;
}

static int run_phase(struct flow_agents *agents, part_work *work, struct pool *pool,
                     struct ajar_err *err)
{
    int32_t blocks = agents->params->blocks;
    bool last = work == agents_travel;
    const int64_t *block_active = agents->block_active + (last ? blocks : 0);
    for (int32_t block = 0; block < blocks;) {
        flow_weights_fill(&agents->weights, agents->now.in_place);
        int32_t end = stretch_end(agents, block_active, block);
        int code = run_stretch(agents, work, block, end, block_active, pool, err);
        if (last && end == blocks) {
            add_links(agents);
        }
        TRY(last && end == blocks ? share_end(agents, code, err)
                                  : share_stretch(agents, code, err));
        block = end;
    }
    return 0;
}

/* At most so many move in each block: those who leave, and of yesterday's the ones who wait in a place, in
 * the first phase, and all in the second. */
static void count_active(struct flow_agents *agents)
{
    int32_t blocks = agents->params->blocks;
    for (int32_t b = 0; b < blocks; b++) {
        int64_t depart = 0, travel = 0;
        for (uint32_t i = block_part(agents, b); i < block_part(agents, b + 1); i++) {
            const struct part *part = &agents->parts[i];
            depart += part->n_leaving;
            travel += part->n_leaving;
            for (const struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
                 chunk = chunk->next) {
                depart += chunk->waiting != 0 ? chunk->n : 0;
                travel += chunk->n;
            }
        }
        agents->block_active[b] = depart;
        agents->block_active[blocks + b] = travel;
    }
}

/* Those still on the way are the movers of tomorrow. */
static void join_movers(struct flow_agents *agents)
{
    agents->movers = (struct chunk_list){0};
    for (uint32_t i = 0; i < block_part(agents, agents->params->blocks); i++) {
        struct chunk_list list = agents->parts[i].staying;
        if (list.head == NULL) {
            continue;
        }
        if (agents->movers.head == NULL) {
            agents->movers.head = list.head;
        } else {
            agents->movers.last->next = list.head;
        }
        agents->movers.last = list.last;
    }
}

/* Each slot begins the day with as many free chunks as the others, so that none asks for new ones while another has
 * them. */
static void even_shelves(struct flow_agents *agents)
{
    struct chunk_shelf *shelf[SLOTS_MOST];
    uint64_t sum = 0;
    uint32_t most, low = 0;
    for (uint32_t slot = 0; slot < agents->slots; slot++) {
        shelf[slot] = slot == 0 ? &agents->now.shelf : &agents->tallies[slot].shelf;
        sum += shelf[slot]->n;
    }
    most = (uint32_t)(sum / agents->slots) + 1;
    for (uint32_t slot = 0; slot < agents->slots; slot++) {
        for (; shelf[slot]->n > most && low < agents->slots; low++) {
            chunk_even(shelf[slot], shelf[low], most);
            if (shelf[low]->n < most) {
                break;
            }
        }
    }
}

int agents_day(struct flow_agents *agents, struct pool *pool, struct ajar_err *err)
{
    flow_weights_day(&agents->weights, agents->day, agents->now.in_place);
    cut_parts(agents, slots_of(pool));
    int32_t blocks = agents->params->blocks;
    struct crew remove = {.agents = agents, .work = agents_remove, .to = blocks};
    struct crew scan = {.agents = agents, .work = agents_scan, .to = blocks};
    int code = removal_day(agents) ? run_crew(&remove, agents->n, pool, err) : 0;
    code = code == 0 ? run_crew(&scan, agents->n, pool, err) : code;
    count_active(agents);
    TRY(share_begin(agents, code, err));
    queue_day(agents);
    TRY(run_phase(agents, agents_depart, pool, err));
    TRY(queue_admit(agents, err));
    TRY(run_phase(agents, agents_travel, pool, err));
    join_movers(agents);
    even_shelves(agents);
    return 0;
}
