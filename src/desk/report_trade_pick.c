#include "report_trade_pick.h"

#include <math.h>
#include <stdlib.h>

struct trade_rank {
    bool flagged;
    double exports; /* the largest of a year; 0: none is known */
    uint32_t at;
};

static int compare_rank(const void *a, const void *b)
{
    const struct trade_rank *x = a, *y = b;
    if (x->flagged != y->flagged) {
        return x->flagged ? -1 : 1;
    }
    if (x->exports != y->exports) {
        return x->exports > y->exports ? -1 : 1;
    }
    return (x->at > y->at) - (x->at < y->at);
}

static int compare_at(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double largest(const struct mirror_partner *partner)
{
    double most = 0.0;
    for (size_t i = 0; i < partner->n_years; i++) {
        double exports = partner->years[i].exports;
        most = isfinite(exports) && exports > most ? exports : most;
    }
    return most;
}

int report_trade_pick(struct arena *arena, const struct mirror_table *table, uint32_t **out,
                      size_t *n, struct ajar_err *err)
{
    struct trade_rank *ranks;
    uint32_t *picked;
    size_t n_picked = table->n < REPORT_TRADE_MOST ? table->n : REPORT_TRADE_MOST;
    TRY_NEW(ranks, arena, table->n, err);
    TRY_NEW(picked, arena, n_picked, err);
    for (size_t i = 0; i < table->n; i++) {
        const struct mirror_partner *partner = &table->partners[i];
        ranks[i] = (struct trade_rank){partner->flagged, largest(partner), (uint32_t)i};
    }
    if (table->n > 0) {
        qsort(ranks, table->n, sizeof *ranks, compare_rank);
    }
    for (size_t i = 0; i < n_picked; i++) {
        picked[i] = ranks[i].at;
    }
    if (n_picked > 0) {
        qsort(picked, n_picked, sizeof *picked, compare_at);
    }
    *out = picked;
    *n = n_picked;
    return 0;
}
