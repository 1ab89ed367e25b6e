/* The arrivals in order of their series and span, so that equal and crossing spans stand together
 * and a row is found by its key.  A series is a country, route and measure.  Internal to world/. */
#ifndef WORLD_ARRIVALS_INDEX_H
#define WORLD_ARRIVALS_INDEX_H

#include "checker.h"
#include "radix.h"

struct arrivals_index {
    size_t n;              /* rows whose key has no empty cell */
    struct radix_item *at; /* [n] by series, first day, last day falling, place in the file */
    uint32_t n_series;
    uint32_t *start; /* [n_series + 1] where each series starts in `at` */
    uint32_t *key;   /* [3 * n_series] country, route and measure of each */
    uint32_t *slots; /* [mask + 1] series + 1, or 0 */
    uint32_t mask;
    date_days first_day, longest; /* how a span is packed into radix_item.key */
    unsigned length_bits;
};

/* The span of an item.  Equal keys of one series are equal spans. */
static inline date_days arrivals_index_from(const struct arrivals_index *index,
                                            const struct radix_item *item)
{
    return index->first_day + (date_days)(item->key >> index->length_bits);
}

static inline date_days arrivals_index_to(const struct arrivals_index *index,
                                          const struct radix_item *item)
{
    uint64_t mask = (UINT64_C(1) << index->length_bits) - 1;
    return arrivals_index_from(index, item) + index->longest - (date_days)(item->key & mask);
}

/* Built in checker->scratch.  O(rows). */
int arrivals_index_make(struct arrivals_index *out, struct checker *checker, struct ajar_err *err);

/* The series, or SCENARIO_NO_ROW. */
uint32_t arrivals_index_series(const struct arrivals_index *index, name_id country, name_id route,
                               uint32_t measure);

/* The rows of a series with exactly this span: index->at[*first .. *first + count - 1]. */
size_t arrivals_index_find(const struct arrivals_index *index, uint32_t series, date_days from,
                           date_days to, size_t *first);

#endif
