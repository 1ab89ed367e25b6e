#include <math.h>

#include "agents_team.h"

/* ---- Stretches ---- */

/* By how many people places may change before any choice does: rooms are 1 up to a limit and 0 from another
 * one.  While they stay so, blocks need not wait for each other. */
static int64_t margin(const struct flow_agents *agents, const struct worker *worker)
{
    const struct flow_weights *weights = worker->weights;
    double least = 0x1p50;
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double people = (double)worker->people[p], capacity = agents->plan->capacity[p];
        double room = weights->room[p], draws = floor(agents->params->capacity_buffer * capacity);
        double gap = room >= 1   ? draws - people
                     : room <= 0 ? people - fmax(ceil(capacity), draws + 1)
                                 : 0;
        least = gap < least ? gap : least;
    }
    return least > 0 ? (int64_t)least : 0;
}

/* The block behind those that can be worked on without a meeting from `block`. */
static int32_t stretch_end(const struct flow_agents *agents, const struct worker *worker,
                           const int64_t *block_active, int32_t block)
{
    int64_t most = margin(agents, worker), sum = block_active[block];
    int32_t end = block + 1;
    for (; end < agents->params->blocks && sum <= most; end++) {
        sum += block_active[end];
    }
    return end;
}

static void run_parts(struct shift *shift, part_work *work, int32_t from, int32_t to)
{
    struct flow_agents *agents = shift->team->agents;
    for (uint32_t i = shift->first; i < shift->end; i++) {
        struct worker *worker = &agents->workers[i];
        uint32_t end = worker->block_part[to];
        for (uint32_t k = worker->block_part[from]; shift->code == 0 && k < end; k++) {
            shift->code = work(agents, &worker->parts[k], worker, shift->err);
        }
    }
}

static void drop(const struct shift *shift, int32_t block)
{
    for (uint32_t i = shift->first; i < shift->end; i++) {
        cut_drop(shift->team->agents, i, block);
    }
}

/* In several goes, so that the movers of yesterday make room for those of today.  Who has failed comes to
 * the meetings all the same. */
static void run_stretch(struct shift *shift, part_work *work, int32_t from, int32_t to)
{
    enum { GOES = 8 };
    bool last = work == agents_travel;
    int32_t most = last ? shift->team->agents->params->blocks / GOES + 1 : to - from;
    for (int32_t block = from; block < to;) {
        int32_t end = to - block > most ? block + most : to;
        run_parts(shift, work, block, end);
        if (end < to) {
            team_wait(shift);
            drop(shift, end);
        }
        block = end;
    }
}

/* ---- Phases ---- */

/* The block behind the next stretch, with choices as full places make them. */
static int32_t begin_stretch(struct shift *shift, const int64_t *block_active, int32_t block)
{
    const struct flow_agents *agents = shift->team->agents;
    for (uint32_t i = shift->first; i < shift->end; i++) {
        flow_weights_fill(agents->workers[i].weights, agents->workers[i].people);
    }
    return stretch_end(agents, &agents->workers[shift->first], block_active, block);
}

/* Phases return false when this thread is to go home. */
static bool depart(struct shift *shift)
{
    struct flow_agents *agents = shift->team->agents;
    for (int32_t block = 0, end; block < agents->params->blocks; block = end) {
        end = begin_stretch(shift, agents->block_active, block);
        run_stretch(shift, agents_depart, block, end);
        if (!team_meet(shift, share_stretch)) {
            return false;
        }
    }
    if (agents->queues.n == 0) {
        return true;
    }
    shift->code = shift->first == 0 ? queue_admit(agents, shift->err) : 0;
    return team_meet(shift, share_stretch);
}

/* After the last stretch nobody needs to know who is where. */
static bool travel(struct shift *shift)
{
    struct flow_agents *agents = shift->team->agents;
    int32_t blocks = agents->params->blocks;
    for (int32_t block = 0, end; block < blocks; block = end) {
        end = begin_stretch(shift, agents->block_active + blocks, block);
        run_stretch(shift, agents_travel, block, end);
        if (end < blocks) {
            if (!team_meet(shift, share_stretch)) {
                return false;
            }
            drop(shift, end);
        }
    }
    for (uint32_t i = shift->first; i < shift->end; i++) {
        cut_keep(agents, &agents->workers[i]);
    }
    team_wait(shift);
    drop(shift, blocks);
    for (uint32_t i = shift->first; i < shift->end; i++) {
        cut_link(agents, i, agents->day);
    }
    return shift->code == 0;
}

static void add_active(struct flow_agents *agents)
{
    size_t n = 2 * (size_t)agents->params->blocks;
    memset(agents->block_active, 0, n * sizeof *agents->block_active);
    for (uint32_t w = 0; w < agents->n_workers; w++) {
        for (size_t k = 0; k < n; k++) {
            agents->block_active[k] += agents->workers[w].active[k];
        }
    }
}

/* Who leaves by chance.  Whole groups are looked at, in which others may remove somebody, or send somebody on the
 * way: both wait. */
static bool scan(struct shift *shift)
{
    struct flow_agents *agents = shift->team->agents;
    struct worker *worker = &agents->workers[shift->first];
    team_begin(shift);
    flow_weights_day(worker->weights, agents->day, worker->people);
    cut_parts(agents, shift->first);
    if (agents->removing) {
        run_parts(shift, agents_remove, 0, agents->params->blocks);
        team_wait(shift);
    }
    run_parts(shift, agents_scan, 0, agents->params->blocks);
    cut_active(agents, worker);
    team_wait(shift);
    if (shift->first == 0) {
        add_active(agents);
    }
    return team_meet(shift, share_begin);
}

static int work_day(void *arg, size_t i, struct ajar_err *err)
{
    struct shift shift = {.team = arg, .first = (uint32_t)i, .end = (uint32_t)i + 1, .err = err};
    return scan(&shift) && depart(&shift) && travel(&shift) ? 0 : shift.code;
}

/* Where threads are in each other's way, one does the next days alone; more of them each time, until a day goes
 * well. */
static uint32_t call_workers(struct flow_agents *agents, const struct pool *pool)
{
    if (agents->days_alone > 0) {
        agents->days_alone--;
        return 1;
    }
    return agents_team(pool);
}

static void learn(struct flow_agents *agents, const struct team *team)
{
    enum { DAYS_MOST = 63 };
    if (team->dismissed) {
        agents->caution = agents->caution < DAYS_MOST ? 2 * agents->caution + 1 : DAYS_MOST;
        agents->days_alone = agents->caution;
    } else if (agents->n_workers > 1) {
        agents->caution = 0;
    }
}

int agents_day(struct flow_agents *agents, struct pool *pool, struct ajar_err *err)
{
    struct team team = {.agents = agents, .pool = pool};
    agents->n_before = agents->n_workers;
    agents->n_workers = call_workers(agents, pool);
    agents->removing = removal_day(agents);
    queue_day(agents);
    cut_shares(agents);
    int code = pool_together(pool, agents->n_workers, work_day, &team, err);
    if (team.stop) {
        return code;
    }
    learn(agents, &team);
    team_add_places(agents);
    team_add_links(agents);
    cut_head(agents, agents->day);
    return share_end(agents, code, err);
}
