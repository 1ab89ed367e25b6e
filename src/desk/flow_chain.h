/* FLOW's part of a run: a conflict moved many times over, beside what was counted. */
#ifndef DESK_FLOW_CHAIN_H
#define DESK_FLOW_CHAIN_H

#include "ensemble.h"
#include "flow_load.h"
#include "flow_score.h"
#include "kept.h"
#include "pool.h"
#include "registers.h"

#define FLOW_CHAIN_MEMBERS 40    /* of the ensemble, each of all people, by the aggregate engine */
#define FLOW_CHAIN_SEEDS   20    /* runs of agents that are scored */
#define FLOW_CHAIN_AGENTS  20000 /* most agents of such a run; each stands for so many more people */
#define FLOW_CHAIN_SAID    200   /* sentences of the reader that are kept */

/* A day on which a camp was counted.  A camp with several registers is counted where all of them report on
 * that day; where only some do, the others are read between their own reports and the sum is computed. */
struct flow_point_seen {
    int32_t day;
    double count; /* with the later corrections of the register */
    double first; /* as first counted */
    bool computed;
    bool hidden; /* a count under 5 is not shown */
    struct text source;
};
#define FLOW_CHAIN_SMALL 5.0

struct flow_camp_seen {
    size_t n;
    struct flow_point_seen *at; /* [n] by day, within the run */
    uint32_t place;
    double highest; /* of the counts; 0 without any */
};

/* Two places with a way between them, however many roads and in whichever direction: as a map shows it. */
struct flow_way_seen {
    uint32_t a, b;      /* places, a < b */
    double km;          /* of the shortest */
    struct text source; /* of its length */
};

/* Who stands in the camps of one country other than the first place's, on the last day. */
struct flow_stock {
    const char
        *code; /* ISO 3166-1 alpha-3; NULL: the data's name for the country is none that is known */
    struct text country;    /* as the data calls it */
    size_t n_camps, n_seen; /* n_seen: camps with a count in the run */
    double counted;         /* sum of the last count of each, 0 without any */
    int32_t from, to;       /* days of the first and the last of these counts */
    bool hidden;            /* one of these counts is under 5: `counted` is not shown */
    double mean, p5, p95;   /* of the members' sums, in whole people */
};

struct flow_chain {
    struct flow_input input;
    struct flow_said said;
    struct ensemble_options options;
    struct flow_plan plan;
    size_t n_ways;
    struct flow_way_seen *ways; /* [n_ways] by a, b */
    /* [day * n_ways + way] people who set out from a to b, and from b to a, that day: mean of the members */
    double *there, *back;
    uint8_t *way_open; /* [day * n_ways + way] in either direction */
    struct ensemble_summary camps;
    struct flow_camp_seen *seen; /* [plan.n_camps] */
    uint32_t *by_size;           /* [plan.n_camps] camps, the largest count first */
    const char *made; /* "aggregate, rules flee, 40 runs, seed 1; assumed: softening 25..100" */
    bool scored;      /* camps have reports in the run; else `score` is empty */
    struct flow_score_answer score;
    int32_t score_hasten; /* people for whom an agent stands in the runs that are scored */
    size_t n_stocks;
    struct flow_stock *stocks; /* [n_stocks] by the data's name of the country */
};

struct flow_chain_options {
    uint64_t seed;
    uint32_t n_members; /* of the ensemble; 0: FLOW_CHAIN_MEMBERS */
    bool score;         /* runs of agents too, for the three tables of scores */
    struct kept *kept;  /* what an earlier run has left; NULL: everything is computed */
};

/* Whether the folder is a conflict and nothing else: it has flow/flow.yaml, and neither scenario.yaml nor a
 * table of a scenario. */
int flow_chain_alone(struct arena *arena, const char *dir, bool *alone, struct ajar_err *err);

/* Reads DIR/flow, runs members that differ by seed and by four parameters between half and twice what the
 * folder says (options.ranges), scores.  All that *out holds lives in `arena`.
 * Same bytes for any number of threads.  Errors: those of flow_load (faults in `faults`), of the engine and of
 * flow_score_run; E_CANCELLED. */
int flow_chain_run(struct arena *arena, const char *dir, const struct flow_chain_options *options,
                   struct pool *pool, const struct watch *watch, struct faults *faults,
                   struct flow_chain *out, struct ajar_err *err);

struct flow_chain_file {
    const char *name;
    struct text bytes;
};

/* flow_camps.csv, flow_links.csv, flow_hosts.csv, flow_scores.csv (of scored runs), in the arena. */
int flow_chain_files(struct arena *arena, const struct flow_chain *chain,
                     struct flow_chain_file **out, size_t *n, struct ajar_err *err);

#endif
