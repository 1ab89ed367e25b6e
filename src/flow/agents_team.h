/* Inside agents: several workers at one day.
 *
 * Each thread does the work of one worker, on its share of every block, and all do the same steps in the same
 * order; where a choice may depend on what others did, they meet.  A meeting takes some hundreds of nanoseconds
 * while each thread has a processor.  Where it has not, all would wait for the one that has none: then the first
 * thread does the rest of the day for all workers, and the next days alone.  Who does what changes no byte. */
#ifndef FLOW_AGENTS_TEAM_H
#define FLOW_AGENTS_TEAM_H

#include "agents_parts.h"

/* How many workers a pool makes. */
static inline uint32_t agents_team(const struct pool *pool)
{
    unsigned threads = pool_threads(pool);
    return threads < WORKERS_MOST ? threads : WORKERS_MOST;
}

/* Memory for the first n workers, from agents->arena; E_CEILING, E_MEMORY. */
int team_open(struct flow_agents *agents, uint32_t n, struct ajar_err *err);

/* A day in progress. */
struct team {
    struct flow_agents *agents;
    struct pool *pool;
    bool stop;      /* of several ranks one has failed, and all know */
    bool dismissed; /* the first thread works on alone */
};

/* What a thread does of it: the work of workers first .. end-1.  That is one, as long as threads are not in each
 * other's way. */
struct shift {
    struct team *team;
    uint32_t first, end;
    int code; /* of the first failure, after which it does nothing more */
    bool late;
    struct ajar_err *err;
};

/* What the ranks tell each other at a meeting. */
typedef int share_fn(struct flow_agents *agents, int code, struct ajar_err *err);

void team_begin(struct shift *shift); /* before the first meeting of a day */
void team_wait(struct shift *shift);  /* for all */

/* A meeting: all workers learn how many people are where; `share` says it to the other ranks.  False: the
 * thread is to go home, as somebody has failed, or as the first one works on alone. */
bool team_meet(struct shift *shift, share_fn *share);

/* What all have counted of places goes to agents->in_place, and of the rest to the first. */
void team_add_places(struct flow_agents *agents);
void team_add_links(struct flow_agents *agents);

/* ---- Who works on whom (agents_cut.c) ---- */

/* Where in its blocks the shares of each worker begin today: before the workers do. */
void cut_shares(struct flow_agents *agents);

/* Cuts the shares of a worker into parts, and finds their movers of yesterday. */
void cut_parts(struct flow_agents *agents, uint32_t i);

/* Fills the worker's `active` from its parts: those who leave, and of yesterday's movers the ones who wait in a
 * place, in the first phase, and all in the second. */
void cut_active(const struct flow_agents *agents, struct worker *worker);

/* Gives back the movers of yesterday in blocks before this one, when nobody needs them. */
void cut_drop(struct flow_agents *agents, uint32_t i, int32_t block);

/* Those still on the way are the movers of tomorrow: in two steps, with a meeting between them. */
void cut_keep(const struct flow_agents *agents, struct worker *worker);
void cut_link(struct flow_agents *agents, uint32_t i, int32_t day);
void cut_head(struct flow_agents *agents,
              int32_t day); /* and agents->movers, when all are linked */

/* One more of the movers of yesterday, by number, before the first day. */
int cut_put(struct flow_agents *agents, int32_t block, const struct mover *mover,
            struct ajar_err *err);

/* Both phases of today, after spawning, by all workers (agents_day.c). */
int agents_day(struct flow_agents *agents, struct pool *pool, struct ajar_err *err);

#endif
