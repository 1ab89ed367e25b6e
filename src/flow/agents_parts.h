/* Inside agents: how people are kept and who works on what.
 *
 * Everybody has four bytes: the place, and what is remembered of recent ways (move.h).  Who is on a link at
 * the end of a day, waits in a queue, or has a trail left, also has a mover of 16 bytes, in chunks that are
 * used again.
 *
 * A day has two phases, leaving and travelling (queues admit between the two), and each goes through the
 * people in blocks of fixed order; choices in a block see how full places were before it.  Several workers do a
 * day together: each has a share of every block, the same in all phases, and memory of its own for what it
 * does, so that what it has written stays with its processor; between blocks they tell each other how full the
 * places are that can fill up.  A share is worked on in parts; what is counted are whole numbers, so it does
 * not matter who counts them. */
#ifndef FLOW_AGENTS_PARTS_H
#define FLOW_AGENTS_PARTS_H

#include <stdatomic.h>

#include "agents_lanes.h"
#include "move.h"

#define MOVER_PLACE (UINT32_C(1) << 31) /* in link: waits at this place with a trail */
#define MOVER_FOOT  (UINT32_C(1) << 30) /* in link: on the first way, walking */
#define MOVER_QUEUE (UINT32_C(1) << 29) /* in link: waits in the queue of this link */
#define MOVER_NONE  UINT32_MAX          /* in link: no longer a mover */
#define MOVER_LINK  (MOVER_QUEUE - 1)

struct mover {
    uint32_t agent;
    uint32_t link;
    uint32_t trail;
    uint16_t left;   /* day of leaving onto the link, or of joining its queue */
    uint16_t budget; /* of that day; move_budget */
};

enum { CHUNK_MOVERS = 127, BATCH = 256, WORKERS_MOST = 16 };
enum { PART_AGENTS = 4096 }; /* at most; less only at the ends of a share */
enum { LINE = 64 };          /* bytes that processors fight about together */

/* Movers of one part, in no order. */
struct chunk {
    struct chunk *next;
    uint32_t n;
    uint32_t waiting; /* some have MOVER_PLACE or MOVER_QUEUE */
    uint32_t end;     /* all agents of the part that made it are below; chunks follow by this */
    uint32_t begin;   /* and from this on */
    struct mover at[CHUNK_MOVERS];
};

struct chunk_list {
    struct chunk *head, *last;
};

/* Chunks for all workers. */
struct chunk_pool {
    struct arena *arena;
    char apart[LINE]; /* what many write from what many read */
    atomic_flag lock;
    uint64_t made;
    char apart_too[LINE];
};

/* Chunks that a worker may use again. */
struct chunk_shelf {
    struct chunk_pool *pool;
    struct chunk *free;
};
void chunk_give(struct chunk *chunk, struct chunk_shelf *shelf); /* a whole chain */

/* A range of agents of a share, so inside one block. */
struct part {
    uint32_t begin, end;
    struct chunk *old;         /* the first chunk that may hold one of them; NULL: none */
    struct chunk_list leaving; /* who leaves today */
    struct chunk_list staying; /* who is still on the way tonight */
    uint32_t n_leaving;
};

/* The movers of a share of a block at the end of a day: neighbours in the list of all. */
struct run {
    struct chunk_list movers;
    uint32_t end; /* of the last chunk */
};

/* What one works with and counts.  Others read what it is said of, between meetings; the pointers themselves never
 * change, and lie apart from what does. */
struct worker {
    struct legs *legs;            /* people between two decisions (agents_travel.c) */
    struct flow_weights *weights; /* its own, in the same state as those of all others */
    struct part *parts;           /* of today */
    uint32_t *block_part;         /* [blocks + 1] the first of a block */
    int64_t *in_place;            /* [n_places] what changed since agents->in_place; others read */
    int64_t *people;    /* [n_places] how many are where a capacity is, at the last meeting */
    int64_t *link_flow; /* [n_links + 1]; the last is for nobody; others read, as counts and hops */
    int64_t *counts;    /* [n_counts] what queues and removals count, by enum count */
    int64_t *active; /* [phase * blocks + block] at most so many of its people move; others read */
    struct run *run[2]; /* [blocks] of even days and odd ones; others read */
    int64_t *board[2];  /* for meetings in turn, by agents_team.c; others read */
    char apart[LINE];
    struct chunk_shelf shelf;
    uint64_t hops;
    int32_t dropped;   /* so many runs of yesterday are given back */
    unsigned meetings; /* today */
    char apart_too[LINE];
};

/* In worker->counts: rows of all links when there are queues, then rows of all places when there are
 * removals. */
enum queue_count { COUNT_JOINED, COUNT_ADMITTED, COUNT_GAVE_UP, COUNT_TAKEN, COUNT_QUEUES };
enum removal { REMOVED, RETURNED, REMOVALS };

/* The queues of a run (agents_queue.c). */
struct queues {
    const int64_t *admits; /* [n_links] today; NULL: there are no queues */
    uint32_t *gives_up;    /* [n_links] chance, of WEIGHTS_SURE */
    int64_t *waiting;      /* [n_links] on all ranks at the end of yesterday */

    /* Scratch.  Slots are the links that have a limit on some day. */
    uint32_t n, *slot, *link; /* [n_links] UINT32_MAX: none; [n] */
    int64_t *here;            /* [n] who wait and may go */
    int64_t *room;            /* [n] how many more are admitted; -1: all are */
    uint64_t *cut;   /* [n] who comes before it is admitted; its first digits, while sought */
    int64_t *digits; /* [n * QUEUE_DIGITS] how many have which next digit */
    unsigned shift;  /* of the digit sought */
};

/* Which people are here: every `ranks`-th group of FLOW_SHARE_GROUP.  They are kept without gaps; where
 * luck depends on who someone is, that is the number among all people. */
struct dealing {
    uint32_t rank, ranks; /* 0, 1: all are here */
};

/* The number among all of the i-th person here. */
static inline uint32_t deal_number(struct dealing deal, uint32_t i)
{
    return deal.ranks == 1 ? i
                           : (i / FLOW_SHARE_GROUP * deal.ranks + deal.rank) * FLOW_SHARE_GROUP +
                                 i % FLOW_SHARE_GROUP;
}

/* How many of the first n of all people are here. */
static inline uint32_t deal_count(struct dealing deal, uint32_t n)
{
    uint32_t groups = n / FLOW_SHARE_GROUP, over = groups % deal.ranks;
    uint32_t count = groups / deal.ranks * FLOW_SHARE_GROUP;
    return count + (over > deal.rank    ? FLOW_SHARE_GROUP
                    : over == deal.rank ? n % FLOW_SHARE_GROUP
                                        : 0);
}

struct flow_agents {
    struct arena *arena;
    const struct flow_plan *plan;
    const struct flow_params *params;
    struct flow_run_options options;
    struct move_rules rules;
    struct flow_weights weights; /* the first worker's */
    const struct agents_path *path;
    int32_t day; /* the next to run */
    struct dealing deal;
    uint32_t n, room; /* people here now, and at the end */
    uint32_t people;  /* on all ranks now, with those who have left the flow */
    uint32_t gone;    /* of them, at the end of yesterday */
    bool broken;      /* a day was left half done */
    bool removing;    /* somebody may leave the flow or return today */

    uint16_t
        *place; /* [room, to a multiple of AGENTS_GROUP] n_places: on the way or not yet there */
    uint16_t *memory; /* [room] */
    uint8_t *class;   /* [room] NULL: all 0 */
    uint16_t *home;   /* [room] where each started; NULL: nobody returns */
    struct queues queues;
    uint32_t *removal[REMOVALS]; /* [class * (n_places + 1) + place] chance today; NULL: nobody */
    size_t n_counts;
    struct chunk_pool pool;
    struct chunk *movers; /* all, by shares */
    uint64_t hops, agent_days;

    int64_t *in_place;     /* [n_places] on all ranks, but for what workers have counted since */
    int64_t *block_active; /* [phase * blocks + block] at most so many people move in it */
    double *bound;      /* [block * (WORKERS_MOST + 1) + worker] where in it a share begins, of 1 */
    uint32_t n_bound;   /* between so many workers; 0: not yet */
    uint32_t n_workers; /* today */
    uint32_t n_before;  /* yesterday */
    uint32_t days_alone; /* so many of the next days are one thread's work */
    uint32_t caution;    /* and so many after the last time that threads were in each other's way */
    uint32_t *thresholds, *origin; /* of those who start today */
    int64_t *agreed;               /* [n_places] in_place when the ranks last spoke */
    int64_t *said;                 /* what is summed over ranks (agents_share.c) */

    char apart[LINE];
    struct worker workers[WORKERS_MOST]; /* zero between days are in_place, and of all but the first
                                          * link_flow, counts and hops */
};

/* Who is here of those before a block. */
static inline uint32_t agents_block(const struct flow_agents *agents, int32_t block)
{
    return deal_count(agents->deal, move_block(agents->people, agents->params->blocks, block));
}

static inline uint32_t agents_class(const struct flow_agents *agents, uint32_t agent)
{
    return agents->class == NULL ? 0 : agents->class[agent];
}

/* What a worker counts of the links, or of the places. */
static inline int64_t *agents_by_link(const struct flow_agents *agents, const struct worker *worker,
                                      enum queue_count count)
{
    return worker->counts + (size_t)count * agents->plan->n_links;
}
static inline int64_t *agents_by_place(const struct flow_agents *agents,
                                       const struct worker *worker, enum removal removal)
{
    size_t links =
        agents->options.queues == NULL ? 0 : COUNT_QUEUES * (size_t)agents->plan->n_links;
    return worker->counts + links + (size_t)removal * agents->plan->n_places;
}

typedef int part_work(struct flow_agents *agents, struct part *part, struct worker *worker,
                      struct ajar_err *err);

/* Adds movers to a list; a chunk more when needed. */
int mover_put(struct chunk_shelf *shelf, struct chunk_list *list, const struct part *part,
              const struct mover *mover, struct ajar_err *err);

size_t agents_legs_size(void); /* bytes of a struct legs */

part_work
    agents_scan; /* fills part->leaving with those who leave by their chance; forgets old ways */
part_work agents_depart; /* gives them links */
part_work agents_travel; /* moves them, and those on the way since earlier days */

part_work agents_remove; /* takes those out who leave the flow or return */

/* Bits of groups of AGENTS_GROUP people here from group `first` on: whose word of today is below the chance
 * of the place.  Of the groups as many as are neighbours among all are drawn at once. */
void agents_draw(const struct flow_agents *agents, uint32_t stream, const uint32_t *chance,
                 const uint16_t *place, uint32_t first, size_t groups, uint64_t *bits);

/* One who stands at `place` takes the way chosen, or joins its queue; returns whether it does that. */
bool agents_set_out(struct flow_agents *agents, struct worker *worker, uint32_t place,
                    struct weights_choice choice, struct mover *mover);

/* ---- Queues (agents_queue.c) ---- */

enum { QUEUE_BITS = 6, QUEUE_DIGITS = 1 << QUEUE_BITS };
int queue_open(struct flow_agents *agents, struct ajar_err *err);
void queue_day(struct flow_agents *agents); /* the limits of today */

/* Whether who chooses the link today must join its queue. */
static inline bool queue_holds(const struct flow_agents *agents, uint32_t link)
{
    return agents->queues.admits != NULL && agents->queues.admits[link] >= 0;
}

/* Writes the mover of one who joins; the place where it stands is the caller's to count. */
void queue_join(struct flow_agents *agents, struct worker *worker, struct weights_choice choice,
                struct mover *mover);

/* In the phase of leaving: who gives up chooses anew. */
void queue_morning(struct flow_agents *agents, const struct part *part, struct worker *worker,
                   struct chunk *chunk);

/* Lets the first of each queue go. */
int queue_admit(struct flow_agents *agents, struct ajar_err *err);

/* ---- Removals (agents_remove.c) ---- */

int removal_open(struct flow_agents *agents, struct ajar_err *err);
bool removal_day(struct flow_agents *agents); /* the chances of today; false: all are 0 */

/* What the ranks tell each other (agents_share.c).  Each takes the code of what this rank did just before;
 * with a failure anywhere all ranks return an error, so that none waits for another.  With one rank they
 * return `code` and do nothing. */

/* E_FLOW_OPTION unless the share can be. */
int share_check(const struct flow_share *share, struct ajar_err *err);

/* `what` must be the same on all ranks; else `differ`. */
int share_agree(const struct flow_share *share, int code, int32_t what, enum err_code differ,
                struct ajar_err *err);

int share_open(struct flow_agents *agents, struct ajar_err *err);
int share_load(struct flow_agents *agents, struct ajar_err *err); /* in_place, queues and gone */
int share_begin(struct flow_agents *agents, int code, struct ajar_err *err); /* block_active too */
int share_stretch(struct flow_agents *agents, int code, struct ajar_err *err);
int share_end(struct flow_agents *agents, int code, struct ajar_err *err); /* the last of a day */
int share_counts(struct flow_agents *agents, int64_t *values, size_t n, struct ajar_err *err);

/* Memory and an empty state. */
int agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                const struct flow_params *params, const struct flow_run_options *options,
                const struct agents_path *path, struct ajar_err *err);

/* flow_agents_open on a path of one's choice: the same bytes. */
int agents_open_on(const struct agents_path *path, struct flow_agents **out, struct arena *arena,
                   const struct flow_plan *plan, const struct flow_params *params,
                   const struct flow_run_options *options, struct ajar_err *err);

/* Bytes for people and movers, at their peak. */
uint64_t agents_bytes(const struct flow_agents *agents);

#endif
