/* One look at every pair under given prices: what each household would take, and what that adds up to. */
#ifndef PLACE_PRICE_LOOK_H
#define PLACE_PRICE_LOOK_H

#include "price.h"

enum { PRICE_BLOCK = 4096, PRICE_PARTS_MOST = 32 };

struct price_near {
    uint32_t locality;
    int32_t score;
};

/* Pairs that may become a household's choice soon stand together, so that most looks pass over few. */
struct price_look {
    const struct place_problem *problem;
    struct price_kinds kinds;
    bool by_kind;        /* charges in a table; else reckoned for each pair */
    const double *price; /* [n_localities * n_resources] micro-units */
    double *reach;       /* [kinds] how far under the best a pair counts as near, micro-units */
    int32_t *charge;     /* [kinds * n_localities] micro-units */
    struct price_near *near;
    uint32_t *
        n_near; /* [n_households]; of block b from first[] of its first household on, without holes */
    size_t n_parts;    /* of blocks */
    uint32_t a_part;   /* households */
    int64_t *load;     /* [n_parts * n_localities * n_resources], the first part's is the sum */
    int64_t *gain;     /* [n_parts] micro-units */
    bool gather, full; /* full: over all pairs, and gathers the near ones where `gather` says so */
};

int price_look_new(struct arena *arena, const struct place_problem *problem, struct price_look *out,
                   struct ajar_err *err);

/* Fills load[0 ..] with what is taken and *gain with what households keep, at `price`. */
int price_look_run(struct price_look *look, bool full, bool gather, struct pool *pool,
                   int64_t *gain, struct ajar_err *err);

#endif
