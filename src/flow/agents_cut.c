#include "agents_team.h"

/* ---- Shares ---- */

/* Which share of a block a worker has, and whose a share is: in turn from both ends, so that the last share of a
 * block and the first of the next are one worker's.  A processor that reads on behind the end of a share takes what
 * the next one has written. */
static uint32_t turned(int32_t block, uint32_t i, uint32_t n)
{
    return block % 2 == 0 ? i : n - 1 - i;
}

/* What a share of a block will take, from yesterday: to look at somebody, and to move somebody, in the time of the
 * first. */
static double work_of(const struct flow_agents *agents, int32_t block, uint32_t share)
{
    const double move = 40;
    const struct worker *worker = &agents->workers[turned(block, share, agents->n_workers)];
    uint32_t from = worker->block_part[block], to = worker->block_part[block + 1];
    uint32_t people = from == to ? 0 : worker->parts[to - 1].end - worker->parts[from].begin;
    return people + move * (double)worker->active[agents->params->blocks + block] + 1;
}

/* The newest of a block move most, so equal shares of people are not equal shares of the work.  The bounds move a
 * part of the way to where yesterday's work would have been equal: people who change hands cost time too. */
static void move_bounds(struct flow_agents *agents, int32_t block)
{
    const double part = 1. / 8;
    uint32_t n = agents->n_workers, k = 0;
    double work[WORKERS_MOST], all = 0, before = 0;
    double *bound = agents->bound + (size_t)block * (WORKERS_MOST + 1), old[WORKERS_MOST + 1];
    memcpy(old, bound, sizeof old);
    for (uint32_t i = 0; i < n; i++) {
        work[i] = work_of(agents, block, i);
        all += work[i];
    }
    for (uint32_t i = 1; i < n; i++) {
        double goal = all * i / n;
        for (; before + work[k] < goal; k++) {
            before += work[k];
        }
        double at = old[k] + (old[k + 1] - old[k]) * (goal - before) / work[k];
        bound[i] += part * (at - bound[i]);
    }
}

void cut_shares(struct flow_agents *agents)
{
    uint32_t n = agents->n_workers;
    for (int32_t b = 0; n > 1 && b < agents->params->blocks; b++) {
        double *bound = agents->bound + (size_t)b * (WORKERS_MOST + 1);
        for (uint32_t i = 0; n != agents->n_bound && i <= n; i++) {
            bound[i] = (double)i / n;
        }
        if (n == agents->n_bound && n == agents->n_before) {
            move_bounds(agents, b);
        }
    }
    agents->n_bound = n > 1 ? n : agents->n_bound;
}

/* The person before whom the i-th share of a block begins: at whole groups, but for the ends of blocks. */
static uint32_t share_at(const struct flow_agents *agents, int32_t block, uint32_t i)
{
    uint32_t begin = agents_block(agents, block), end = agents_block(agents, block + 1);
    double bound = agents->bound[(size_t)block * (WORKERS_MOST + 1) + i];
    if (i == 0 || i == agents->n_workers) {
        return i == 0 ? begin : end;
    }
    uint32_t at = (begin + (uint32_t)(bound * (end - begin))) / AGENTS_GROUP * AGENTS_GROUP;
    return at < begin ? begin : at;
}

/* ---- Movers of yesterday ---- */

/* Where one looks for them: shares of a block, and then chunks, by number of people. */
struct look {
    const struct flow_agents *agents;
    uint32_t run; /* block * n_before + share */
    struct chunk *chunk;
};

static const struct run *run_of(const struct flow_agents *agents, int32_t day, uint32_t n_workers,
                                uint32_t run)
{
    int32_t block = (int32_t)(run / n_workers);
    return &agents->workers[turned(block, run % n_workers, n_workers)].run[day & 1][block];
}

/* The first chunk that may hold somebody from `begin` on, or NULL.  Calls come by rising `begin`. */
static struct chunk *find_old(struct look *look, uint32_t begin)
{
    const struct flow_agents *agents = look->agents;
    uint32_t n = (uint32_t)agents->params->blocks * agents->n_before;
    for (; look->run < n; look->run++, look->chunk = NULL) {
        const struct run *run = run_of(agents, agents->day - 1, agents->n_before, look->run);
        if (run->movers.head == NULL || run->end <= begin) {
            continue;
        }
        look->chunk = look->chunk == NULL ? run->movers.head : look->chunk;
        while (look->chunk->end <= begin) {
            look->chunk = look->chunk->next;
        }
        return look->chunk;
    }
    return NULL;
}

static void drop_run(struct run *run, struct chunk_shelf *shelf)
{
    if (run->movers.head != NULL) {
        run->movers.last->next = NULL;
        chunk_give(run->movers.head, shelf);
        run->movers = (struct chunk_list){0};
    }
}

void cut_drop(struct flow_agents *agents, uint32_t i, int32_t block)
{
    struct worker *worker = &agents->workers[i];
    int which = (agents->day - 1) & 1;
    for (; worker->dropped < block; worker->dropped++) {
        drop_run(&worker->run[which][worker->dropped], &worker->shelf);
        for (uint32_t k = agents->n_workers; i == 0 && k < agents->n_before; k++) {
            drop_run(&agents->workers[k].run[which][worker->dropped], &worker->shelf);
        }
    }
}

/* ---- Parts ---- */

void cut_parts(struct flow_agents *agents, uint32_t i)
{
    struct worker *worker = &agents->workers[i];
    struct look look = {.agents = agents};
    uint32_t n = 0;
    worker->dropped = 0;
    for (int32_t b = 0; b < agents->params->blocks; b++) {
        uint32_t share = turned(b, i, agents->n_workers), next;
        uint32_t begin = share_at(agents, b, share), end = share_at(agents, b, share + 1);
        worker->block_part[b] = n;
        for (; begin < end; begin = next) {
            next = begin / AGENTS_GROUP * AGENTS_GROUP + PART_AGENTS;
            next = next < end && next >= begin ? next : end;
            worker->parts[n++] =
                (struct part){.begin = begin, .end = next, .old = find_old(&look, begin)};
        }
    }
    worker->block_part[agents->params->blocks] = n;
}

void cut_active(const struct flow_agents *agents, struct worker *worker)
{
    int32_t blocks = agents->params->blocks;
    for (int32_t b = 0; b < blocks; b++) {
        int64_t depart = 0, travel = 0;
        for (uint32_t i = worker->block_part[b]; i < worker->block_part[b + 1]; i++) {
            const struct part *part = &worker->parts[i];
            depart += part->n_leaving;
            travel += part->n_leaving;
            for (const struct chunk *chunk = part->old; chunk != NULL && chunk->begin < part->end;
                 chunk = chunk->next) {
                depart += chunk->waiting != 0 ? chunk->n : 0;
                travel += chunk->n;
            }
        }
        worker->active[b] = depart;
        worker->active[blocks + b] = travel;
    }
}

/* ---- Movers of tomorrow ---- */

static void join(struct chunk_list *list, const struct chunk_list *more)
{
    if (more->head == NULL) {
        return;
    }
    if (list->head == NULL) {
        list->head = more->head;
    } else {
        list->last->next = more->head;
    }
    list->last = more->last;
}

void cut_keep(const struct flow_agents *agents, struct worker *worker)
{
    for (int32_t b = 0; b < agents->params->blocks; b++) {
        struct run *run = &worker->run[agents->day & 1][b];
        *run = (struct run){0};
        for (uint32_t i = worker->block_part[b]; i < worker->block_part[b + 1]; i++) {
            join(&run->movers, &worker->parts[i].staying);
        }
        run->end = run->movers.head == NULL ? 0 : run->movers.last->end;
    }
}

/* From each run of a worker to the next one that is not empty, whosever it is. */
void cut_link(struct flow_agents *agents, uint32_t i, int32_t day)
{
    uint32_t n = (uint32_t)agents->params->blocks * agents->n_workers;
    for (int32_t b = 0; b < agents->params->blocks; b++) {
        uint32_t k = (uint32_t)b * agents->n_workers + turned(b, i, agents->n_workers);
        const struct run *run = run_of(agents, day, agents->n_workers, k), *next = NULL;
        for (uint32_t m = k + 1; run->movers.head != NULL && next == NULL && m < n; m++) {
            next = run_of(agents, day, agents->n_workers, m);
            next = next->movers.head == NULL ? NULL : next;
        }
        if (next != NULL) {
            run->movers.last->next = next->movers.head;
        }
    }
}

void cut_head(struct flow_agents *agents, int32_t day)
{
    uint32_t n = (uint32_t)agents->params->blocks * agents->n_workers;
    agents->movers = NULL;
    for (uint32_t k = 0; agents->movers == NULL && k < n; k++) {
        agents->movers = run_of(agents, day, agents->n_workers, k)->movers.head;
    }
}

int cut_put(struct flow_agents *agents, int32_t block, const struct mover *mover,
            struct ajar_err *err)
{
    struct worker *worker = &agents->workers[0];
    struct run *run = &worker->run[(agents->day - 1) & 1][block];
    const struct part part = {.begin = mover->agent};
    TRY(mover_put(&worker->shelf, &run->movers, &part, mover, err));
    run->end = run->movers.last->end = mover->agent + 1;
    return 0;
}
