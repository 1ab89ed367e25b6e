/* The inside of whatif.h: where everybody stands, who has moved, and what is out of order. */
#ifndef PLACE_WHATIF_WORK_H
#define PLACE_WHATIF_WORK_H

#include "standing.h"
#include "whatif.h"

enum { WHATIF_DEPTH = 5, WHATIF_SITES = 8, WHATIF_ROOTS = 64, WHATIF_SMALL = 64 };

/* Members of a locality are a ring of households: only a made move changes it, one that is tried does not. */
struct whatif_work {
    const struct place_problem *problem;
    const struct place_side *side;
    const struct whatif_options *options;
    const int64_t *price;
    struct standing at;
    uint64_t *home;     /* [n_households] the pair of the plan that stands, or STANDING_NOWHERE */
    bool *forced;       /* [n_households] */
    uint32_t n_forced;  /* of them */
    uint32_t moved;     /* others that are not at home */
    int64_t *left;      /* [pairs] what the prices leave of each */
    uint64_t *by_first; /* [n_localities + 2] into by_pair */
    uint64_t *by_pair;  /* [pairs] by locality */
    uint32_t *by_household;
    uint32_t *head;        /* [n_localities] */
    uint32_t *next, *prev; /* [n_households] */
    uint64_t *stand;       /* [n_households] where the rings have it */
    bool *dirty;           /* [n_localities] touched by the change */
    bool *shut;            /* [n_localities] lots that repair has begun to empty */
    bool *tried;           /* [pairs] as the first of a chain, in vain */
};

enum whatif_fault {
    WHATIF_FINE,
    WHATIF_OVER,  /* index: locality */
    WHATIF_QUOTA, /* quota */
    WHATIF_LEAST, /* locality */
    WHATIF_LINK   /* link */
};
struct whatif_defect {
    enum whatif_fault fault;
    uint32_t index;
};

/* The state at the plan that stands, forced ones moved: to their lock, or nowhere. */
int whatif_work_new(struct arena *arena, const struct place_problem *problem,
                    const struct place_side *side, const int64_t *price,
                    const struct whatif_options *options, struct whatif_work *out,
                    struct ajar_err *err);

static inline bool whatif_free(const struct whatif_work *work, uint32_t household)
{
    return work->at.lock[household] == STANDING_NOWHERE;
}

/* 1, 0 or -1: by how much a move changes `moved`. */
static inline int whatif_cost(const struct whatif_work *work, uint32_t household, uint64_t to)
{
    return work->forced[household] ? 0
                                   : (to != work->home[household]) -
                                         (work->at.pair[household] != work->home[household]);
}

static inline int64_t whatif_left(const struct whatif_work *work, uint64_t pair)
{
    return pair == STANDING_NOWHERE ? 0 : work->left[pair];
}

/* Moves a household, counting moves; rings follow with whatif_settle. */
void whatif_put(struct whatif_work *work, uint32_t household, uint64_t to);
void whatif_settle(struct whatif_work *work, uint32_t household);

/* What is out of order at a locality, or with the links of a household; else WHATIF_FINE. */
struct whatif_defect whatif_defect_at(const struct whatif_work *work, uint32_t locality);
struct whatif_defect whatif_defect_of(const struct whatif_work *work, uint32_t household);
/* Anything at all. */
struct whatif_defect whatif_defect_any(const struct whatif_work *work);

struct whatif_step {
    uint32_t household;
    uint64_t to;
};

/* Moves to begin chains with, those first after which the prices leave most; none that was tried in vain. */
struct whatif_roots {
    uint32_t n, used;
    struct whatif_step step[WHATIF_ROOTS];
    int64_t key[WHATIF_ROOTS];
};
/* `near`: only to what the change has touched, or of whom it has driven out. */
void whatif_roots_find(const struct whatif_work *work, bool near, struct whatif_roots *out);

/* Opens the pairs that the prices leave most, so many of all and so many of those near the change. */
int whatif_open(struct arena *arena, const struct whatif_work *work, uint32_t most, bool *open,
                struct ajar_err *err);

/* Moves that gain together, and by how much they change `moved`. */
struct whatif_found {
    int64_t gain;
    int cost;
    uint32_t n;
    struct whatif_step step[WHATIF_DEPTH];
};
/* Of the chains that begin with one of the next roots, the best of each cost above those of a lower one;
 * out[WHATIF_ROOTS_A_ROUND * WHATIF_COSTS]; the count.  Costs: from below 1 to WHATIF_DEPTH. */
enum { WHATIF_ROOTS_A_ROUND = 4, WHATIF_COSTS = WHATIF_DEPTH + 1 };
uint32_t whatif_chains(struct whatif_work *work, struct whatif_roots *roots,
                       struct whatif_found *out);

/* Makes the moves of a chain, if it still gains and nothing is out of order after it. */
bool whatif_take(struct whatif_work *work, const struct whatif_found *found);

/* Sets right what is out of order at these localities and households with one chain, the best; false: it cannot. */
struct whatif_sites {
    uint32_t n_localities, n_households;
    uint32_t locality[WHATIF_SITES], household[WHATIF_SITES];
};
bool whatif_chain_mend(struct whatif_work *work, const struct whatif_sites *sites);

/* A legal plan by sending away whom it costs least; `fewest`: who relieves most.  False: stuck. */
bool whatif_repair(struct whatif_work *work, bool fewest);

/* The best plan within so many moves of others by weighing all of them. */
struct whatif_exact {
    uint64_t *pair; /* [n_households] the best so far */
    int64_t micro;  /* what it is worth; INT64_MIN: there is none yet */
    bool found;     /* both are new */
    bool complete;  /* all were weighed; false: there are too many */
};
/* For at most WHATIF_SMALL households.  The state is left as it was. */
int whatif_exact_run(struct arena *arena, struct whatif_work *work, uint32_t most,
                     struct whatif_exact *out, struct ajar_err *err);

/* The best plan within the moves where only households with open pairs (NULL: all) may go, and those only there,
 * home, or nowhere; linked households stay unless all are open.  By branch and cut of at most so many nodes: `started`
 * from the state, which is legal and within the moves; else `open` is NULL.  What is better becomes the state.
 * *ended: nothing else is better, or, not started, nothing was found and nothing is there. */
struct whatif_cut {
    const bool *open; /* [pairs] */
    bool started, found, ended;
    uint64_t nodes;
};
int whatif_model(struct arena *arena, struct whatif_work *work, struct whatif_cut *cut,
                 struct ajar_err *err);

#endif
