/* Inside agents: how people are kept and who works on what.
 *
 * Everybody has four bytes: the place, and what is remembered of recent ways (move.h).  Who is on a link at
 * the end of a day, or has a trail left, also has a mover of 16 bytes, in chunks that are used again.
 *
 * A day has two phases, leaving and travelling, and each goes through the people in blocks of fixed order;
 * choices in a block see how full places were before it.  A block is worked on in parts; what parts count
 * are whole numbers, so their order does not matter. */
#ifndef FLOW_AGENTS_PARTS_H
#define FLOW_AGENTS_PARTS_H

#include <stdatomic.h>

#include "agents_lanes.h"
#include "move.h"

#define MOVER_PLACE (UINT32_C(1) << 31) /* in link: waits at this place with a trail */
#define MOVER_FOOT  (UINT32_C(1) << 30) /* in link: on the first way, walking */
#define MOVER_NONE  UINT32_MAX          /* in link: no longer a mover */
#define MOVER_LINK  (MOVER_FOOT - 1)

struct mover {
    uint32_t agent;
    uint32_t link;
    uint32_t trail;
    uint16_t left;   /* day of leaving onto the link */
    uint16_t budget; /* of that day; move_budget */
};

enum { CHUNK_MOVERS = 127, PART_AGENTS = 4096, BATCH = 256, TASKS_MOST = 16 };

/* Movers of one part, in no order. */
struct chunk {
    struct chunk *next;
    uint32_t n;
    uint32_t waiting; /* some have MOVER_PLACE */
    uint32_t end;     /* all agents of the part that made it are below; chunks follow by this */
    uint32_t begin;   /* and from this on */
    struct mover at[CHUNK_MOVERS];
};

struct chunk_list {
    struct chunk *head, *last;
};

/* Chunks for all threads. */
struct chunk_pool {
    struct arena *arena;
    struct chunk *free;
    atomic_flag lock;
    uint64_t made;
};
void chunk_give(struct chunk_pool *pool, struct chunk *chunk); /* one, or a whole chain */

/* A range of agents inside one block. */
struct part {
    uint32_t begin, end;
    struct chunk *old;         /* the first chunk that may hold one of them; NULL: none */
    struct chunk_list leaving; /* who leaves today */
    struct chunk_list staying; /* who is still on the way tonight */
    uint32_t n_leaving;
};

/* What a part adds to, and where it works; several may share one, one after another. */
struct tally {
    struct legs *legs;  /* people between two decisions (agents_travel.c) */
    int64_t *in_place;  /* [n_places] */
    int64_t *link_flow; /* [n_links + 1]; the last is for nobody */
    uint64_t hops;
};

struct flow_agents {
    struct arena *arena;
    const struct flow_plan *plan;
    const struct flow_params *params;
    struct flow_run_options options;
    struct move_rules rules;
    struct flow_weights weights;
    const struct agents_path *path;
    int32_t day;      /* the next to run */
    uint32_t n, room; /* people now, and at the end */
    bool broken;      /* a day was left half done */

    uint16_t
        *place; /* [room, to a multiple of AGENTS_GROUP] n_places: on the way or not yet there */
    uint16_t *memory; /* [room] */
    uint8_t *class;   /* [room] NULL: all 0 */
    struct chunk_pool pool;
    struct chunk_list movers;
    uint64_t hops, agent_days;

    struct tally now;                 /* in_place is kept from day to day */
    struct tally tallies[TASKS_MOST]; /* zero between uses */
    struct part *parts;
    uint32_t *block_part;          /* [blocks + 1] first part of a block */
    uint64_t *block_active;        /* [blocks] at most so many people move in it this phase */
    uint32_t *thresholds, *origin; /* of those who start today */
};

typedef int part_work(struct flow_agents *agents, struct part *part, struct tally *tally,
                      struct ajar_err *err);

/* Adds movers to a list; a chunk more when needed. */
int mover_put(struct chunk_pool *pool, struct chunk_list *list, const struct part *part,
              const struct mover *mover, struct ajar_err *err);

size_t agents_legs_size(void); /* bytes of a struct legs */

part_work agents_scan;   /* fills part->leaving with those who leave by their chance */
part_work agents_depart; /* gives them links */
part_work agents_travel; /* moves them, and those on the way since earlier days */

/* Both phases of today, after spawning. */
int agents_day(struct flow_agents *agents, struct pool *pool, struct ajar_err *err);

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
