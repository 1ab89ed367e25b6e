/* Plans near the best: annealing over the choices that the prices leave open.
 *
 * Kirkpatrick, Gelatt, Vecchi 1983 ("Optimization by simulated annealing") on shifts and ejections of
 * households between localities.  Only pairs that the prices leave near a household's best are tried.  Scores count
 * less the price of what is used, and a capacity that is not met as it is, either way, costs a charge that grows: from
 * almost nothing, so that small differences between households are found first, to what an idle unit is worth and to
 * more than a unit over can bring (a penalty method; prices as in Held, Karp 1970).  Work is counted in
 * rounds of a fixed number of moves and every schedule depends on the round alone, so a number of rounds
 * names one result, byte for byte, whoever stops it and why. */
#ifndef PLACE_SEARCH_H
#define PLACE_SEARCH_H

#include "place.h"

/* A round has 256 moves for each household with a choice, but no more than this. */
enum { SEARCH_MOVES = 1 << 16 };

struct search_option {
    uint32_t locality; /* n_localities: nowhere */
    int32_t score;
};

struct search {
    const struct place_problem *problem;
    const int64_t *price;
    uint64_t seed, round;
    uint32_t moves;                  /* a round */
    size_t lanes;                    /* resources, rounded up to 4 */
    uint64_t *first;                 /* [n_households + 1] into option */
    struct search_option *option;    /* near pairs, by falling reduced score */
    float *need;                     /* [n_households * lanes] */
    uint32_t *active, n_active;      /* households with a choice */
    uint32_t *at;                    /* [n_households] locality, or n_localities */
    int32_t *score;                  /* [n_households] of where it is */
    float *free;                     /* [(n_localities + 1) * lanes] */
    float *charge, *price_micro;     /* [(n_localities + 1) * lanes] micro-units a unit over */
    float *credit;                   /* the same, a unit used: the part of its price that is paid */
    uint64_t *seat_first;            /* [n_localities + 2] into seat */
    uint32_t *seat, *seat_of, *n_at; /* members by locality, place in it, and how many */
    float *toss;                     /* exponential draws of mean 1 */
    double scale;                    /* micro-units: the mean score of a household */
    uint64_t cycle_from, cycle_rounds;
    uint32_t cycle;
    uint32_t *trial; /* [n_households] */
    int64_t *load;   /* [n_localities * n_resources] */
    uint32_t *best;  /* [n_households] PLACE_NONE: not placed */
    int64_t best_micro, last_micro;
};

/* From the plan place[n_households], which must be legal, and prices in bound.h's unit. */
int search_new(struct arena *arena, const struct place_problem *problem, const int64_t *price,
               const uint32_t *place, uint64_t seed, struct search *out, struct ajar_err *err);

/* One more round; then, and at the end of every cycle, best and best_micro are the best plan so far. */
void search_round(struct search *search);

/* Makes a plan of where the search stands, and keeps it if it is the best. */
void search_settle(struct search *search);

/* What a pair leaves after its household has paid, micro-units. */
double search_left(const struct search *search, uint32_t household, uint64_t pair);

#endif
