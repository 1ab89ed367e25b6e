/* The search for the levels of leximin.  Private to fair_*.c. */
#ifndef PLACE_FAIR_LEXIMIN_H
#define PLACE_FAIR_LEXIMIN_H

#include "fair_parts.h"

struct leximin {
    struct fair *fair;
    uint32_t levels;
    uint32_t *place, *trial;        /* [n_households] the best plan so far; the latest answer */
    int32_t *sorted, *trial_sorted; /* scores of those placed and not locked, rising */
    uint32_t n_sorted;              /* of the best plan */
    int32_t *value;                 /* [pairs] of the question */
    int64_t *price;                 /* of the latest question, and how many tiers it had */
    uint32_t price_tiers;
    int32_t *distinct; /* [n_distinct] scores of pairs, rising */
    size_t n_distinct;
    struct fair_level level[FAIR_LEVELS_MOST];
    uint32_t n_levels;
    bool certified;
};

/* The best plan is the one of the largest total. */
int leximin_new(struct fair *fair, struct leximin *out, struct ajar_err *err);

/* Betters it, and sets the levels and whether they are certified. */
int leximin_search(struct leximin *lex, struct ajar_err *err);

/* Scores of the placed that are not locked, rising; how many. */
uint32_t leximin_sort(const struct fair *fair, const uint32_t *place, int32_t *sorted);

/* The lowest distinct scores, at most so many, and how many households stand at each. */
uint32_t leximin_levels(const int32_t *sorted, uint32_t n, uint32_t most, struct fair_level *level);

#endif
