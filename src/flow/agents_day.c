#include <math.h>

#include "agents_parts.h"

#define WORTH_THREADS 1024 /* people moving in a stretch for which waking threads pays */

/* ---- Parts ---- */

/* Blocks by number of people, cut into parts; the movers of yesterday are looked up by part. */
static void cut_parts(struct flow_agents *agents)
{
    int32_t blocks = agents->params->blocks;
    struct chunk *old = agents->movers.head;
    uint32_t n = 0;
    for (int32_t b = 0; b < blocks; b++) {
        uint32_t begin = move_block(agents->n, blocks, b);
        uint32_t end = move_block(agents->n, blocks, b + 1);
        agents->block_part[b] = n;
        while (begin < end) {
            uint32_t next = end - begin > PART_AGENTS ? begin + PART_AGENTS : end;
            while (old != NULL && old->end <= begin) {
                old = old->next;
            }
            agents->parts[n++] = (struct part){.begin = begin, .end = next, .old = old};
            begin = next;
        }
    }
    agents->block_part[blocks] = n;
}

/* Gives back the chunks of yesterday that only parts before `part` could need. */
static void drop_old(struct flow_agents *agents, uint32_t part)
{
    uint32_t n = agents->block_part[agents->params->blocks];
    uint32_t begin = part < n ? agents->parts[part].begin : UINT32_MAX;
    struct chunk *first = agents->movers.head, *last = NULL;
    for (struct chunk *chunk = first; chunk != NULL && chunk->end <= begin; chunk = chunk->next) {
        last = chunk;
    }
    if (last != NULL) {
        agents->movers.head = last->next;
        last->next = NULL;
        chunk_give(&agents->pool, first);
    }
}

/* ---- Work on several parts ---- */

struct crew {
    struct flow_agents *agents;
    part_work *work;
    uint32_t from, to; /* parts */
    size_t tasks;
    bool direct; /* one task, straight into what counts */
};

static int crew_task(void *arg, size_t task, struct ajar_err *err)
{
    const struct crew *crew = arg;
    struct flow_agents *agents = crew->agents;
    uint64_t n = crew->to - crew->from;
    uint32_t from = crew->from + (uint32_t)(n * task / crew->tasks);
    uint32_t to = crew->from + (uint32_t)(n * (task + 1) / crew->tasks);
    struct tally *tally = crew->direct ? &agents->now : &agents->tallies[task];
    for (uint32_t i = from; i < to; i++) {
        TRY(crew->work(agents, &agents->parts[i], tally, err));
    }
    return 0;
}

static void add_tally(struct flow_agents *agents, struct tally *tally)
{
    for (uint32_t p = 0; p < agents->plan->n_places; p++) {
        agents->now.in_place[p] += tally->in_place[p];
        tally->in_place[p] = 0;
    }
    for (uint32_t link = 0; link <= agents->plan->n_links; link++) {
        agents->now.link_flow[link] += tally->link_flow[link];
        tally->link_flow[link] = 0;
    }
    agents->now.hops += tally->hops;
    tally->hops = 0;
}

static int run_crew(struct crew *crew, uint64_t worth, struct pool *pool, struct ajar_err *err)
{
    size_t parts = crew->to - crew->from;
    bool alone = pool_threads(pool) == 1 || worth < WORTH_THREADS || parts < 2;
    size_t most = 2 * (size_t)pool_threads(pool);
    most = most < TASKS_MOST ? most : TASKS_MOST;
    crew->tasks = alone ? 1 : parts < most ? parts : most;
    crew->direct = alone;
    if (alone) {
        return parts == 0 ? 0 : crew_task(crew, 0, err);
    }
    TRY(pool_run(pool, crew->tasks, crew_task, crew, NULL, "moving", err));
    for (size_t task = 0; task < crew->tasks; task++) {
        add_tally(crew->agents, &crew->agents->tallies[task]);
    }
    return 0;
}

/* ---- Stretches ---- */

/* By how many people places may change before any choice does: rooms are 1 up to a limit and 0 from another
 * one.  While they stay so, blocks need not wait for each other. */
static uint64_t margin(const struct flow_agents *agents)
{
    const struct flow_weights *weights = &agents->weights;
    double least = 0x1p50;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double people = (double)agents->now.in_place[p], capacity = agents->plan->capacity[p];
        double room = weights->room[p];
        double gap = room >= 1   ? floor(agents->params->capacity_buffer * capacity) - people
                     : room <= 0 ? people - ceil(capacity)
                                 : 0;
        least = gap < least ? gap : least;
    }
    return least > 0 ? (uint64_t)least : 0;
}

/* The block behind those that can be worked on together from `block`; *active gets their movers. */
static int32_t stretch_end(const struct flow_agents *agents, int32_t block, uint64_t *active)
{
    uint64_t most = margin(agents), sum = agents->block_active[block];
    int32_t end = block + 1;
    for (; end < agents->params->blocks && sum <= most; end++) {
        sum += agents->block_active[end];
    }
    *active = sum;
    return end;
}

/* In several goes, so that the movers of yesterday make room for those of today. */
static int run_stretch(struct flow_agents *agents, part_work *work, uint32_t from, uint32_t to,
                       uint64_t active, struct pool *pool, struct ajar_err *err)
{
    enum { GOES = 8 };
    uint32_t most = agents->block_part[agents->params->blocks] / GOES + 1;
    for (uint32_t part = from; part < to;) {
        uint32_t next = work == agents_travel && to - part > most ? part + most : to;
        struct crew crew = {.agents = agents, .work = work, .from = part, .to = next};
        TRY(run_crew(&crew, active * (next - part) / (to - from), pool, err));
        if (work == agents_travel) {
            drop_old(agents, next);
        }
        part = next;
    }
    return 0;
}

static int run_phase(struct flow_agents *agents, part_work *work, struct pool *pool,
                     struct ajar_err *err)
{
    int32_t blocks = agents->params->blocks;
    for (int32_t block = 0; block < blocks;) {
        uint64_t active;
        flow_weights_fill(&agents->weights, agents->now.in_place);
        int32_t end = stretch_end(agents, block, &active);
        TRY(run_stretch(agents, work, agents->block_part[block], agents->block_part[end], active,
                        pool, err));
        block = end;
    }
    return 0;
}

/* At most so many move in each block; `waiting`: of yesterday's only those who wait in a place. */
static void count_active(struct flow_agents *agents, bool waiting)
{
    for (int32_t b = 0; b < agents->params->blocks; b++) {
        uint64_t sum = 0;
        for (uint32_t i = agents->block_part[b]; i < agents->block_part[b + 1]; i++) {
            const struct part *part = &agents->parts[i];
            sum += part->n_leaving;
            for (const struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
                 chunk = chunk->next) {
                sum += !waiting || chunk->waiting != 0 ? chunk->n : 0;
            }
        }
        agents->block_active[b] = sum;
    }
}

/* Those still on the way are the movers of tomorrow. */
static void join_movers(struct flow_agents *agents)
{
    agents->movers = (struct chunk_list){0};
    for (uint32_t i = 0; i < agents->block_part[agents->params->blocks]; i++) {
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

int agents_day(struct flow_agents *agents, struct pool *pool, struct ajar_err *err)
{
    flow_weights_day(&agents->weights, agents->day, agents->now.in_place);
    cut_parts(agents);
    struct crew scan = {
        .agents = agents, .work = agents_scan, .to = agents->block_part[agents->params->blocks]};
    TRY(run_crew(&scan, agents->n / 8, pool, err));
    count_active(agents, true);
    TRY(run_phase(agents, agents_depart, pool, err));
    count_active(agents, false);
    TRY(run_phase(agents, agents_travel, pool, err));
    join_movers(agents);
    return 0;
}
