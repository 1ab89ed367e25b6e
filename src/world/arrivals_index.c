#include "arrivals_index.h"

#include <string.h>

#define INDEX_FIRST_SERIES 1024u

/* While the index is made. */
struct index_maker {
    struct arrivals_index index;
    struct arena *arena;
    uint32_t cap; /* series that fit */
};

static uint32_t index_hash(const uint32_t key[3])
{
    uint64_t mixed = (uint64_t)key[0] * UINT64_C(0x9e3779b97f4a7c15) ^
                     (uint64_t)key[1] * UINT64_C(0xe7037ed1a0b428db) ^
                     (uint64_t)key[2] * UINT64_C(0x8ebc6af09c88c6e3);
    return (uint32_t)(mixed >> 32 ^ mixed);
}

/* The slot of the series, or the free one where it would stand. */
static uint32_t index_slot(const struct arrivals_index *index, const uint32_t key[3])
{
    uint32_t at = index_hash(key) & index->mask;
    while (index->slots[at] != 0) {
        const uint32_t *other = &index->key[3 * (size_t)(index->slots[at] - 1)];
        if (other[0] == key[0] && other[1] == key[1] && other[2] == key[2]) {
            break;
        }
        at = (at + 1) & index->mask;
    }
    return at;
}

static int index_grow(struct index_maker *maker, struct ajar_err *err)
{
    struct arrivals_index *index = &maker->index;
    uint32_t cap = maker->cap == 0 ? INDEX_FIRST_SERIES : maker->cap * 2, *key;
    TRY_NEW(key, maker->arena, (size_t)cap * 3, err);
    TRY_NEW(index->slots, maker->arena, (size_t)cap * 2, err);
    if (maker->cap > 0) {
        memcpy(key, index->key, (size_t)maker->cap * 3 * sizeof *key);
    }
    index->key = key;
    index->mask = cap * 2 - 1;
    maker->cap = cap;
    for (uint32_t s = 0; s < index->n_series; s++) {
        index->slots[index_slot(index, &key[3 * (size_t)s])] = s + 1;
    }
    return 0;
}

static int index_series(struct index_maker *maker, const uint32_t key[3], uint32_t *out,
                        struct ajar_err *err)
{
    struct arrivals_index *index = &maker->index;
    uint32_t slot = index_slot(index, key);
    if (index->slots[slot] == 0) {
        if (index->n_series == maker->cap) {
            TRY(index_grow(maker, err));
            slot = index_slot(index, key);
        }
        memcpy(&index->key[3 * (size_t)index->n_series], key, 3 * sizeof *key);
        index->slots[slot] = ++index->n_series;
    }
    *out = index->slots[slot] - 1;
    return 0;
}

/* Puts every row with a whole key into the index, with its series.  Neighbours in a file mostly
 * share the series, so the last one is tried first. */
static int index_rows(struct index_maker *maker, const struct arrivals *arrivals,
                      struct ajar_err *err)
{
    struct arrivals_index *index = &maker->index;
    uint32_t last[3] = {0, 0, SCENARIO_NO_ROW}, series = 0;
    for (uint32_t row = 0; row < arrivals->n; row++) {
        uint32_t key[3] = {arrivals->country[row], arrivals->route[row], arrivals->measure[row]};
        if (key[0] == 0 || key[1] == 0 || key[2] == SCENARIO_NO_ROW ||
            arrivals->from[row] == DATE_NONE || arrivals->to[row] < arrivals->from[row]) {
            continue;
        }
        if (key[0] != last[0] || key[1] != last[1] || key[2] != last[2]) {
            TRY(index_series(maker, key, &series, err));
            memcpy(last, key, sizeof last);
        }
        index->at[index->n++] = (struct radix_item){.row = row, .series = series};
    }
    return 0;
}

/* The length of a span is turned round in the key, so that of two spans with one first day the longer
 * comes first. */
static uint64_t index_span(const struct arrivals_index *index, date_days from, date_days to)
{
    return (uint64_t)(from - index->first_day) << index->length_bits |
           (uint64_t)(index->longest - (to - from));
}

/* Two stable sorts: by span, then by series. */
static void index_sort(struct arrivals_index *index, const struct arrivals *arrivals,
                       struct radix_item *room)
{
    date_days last_day = INT32_MIN;
    index->first_day = INT32_MAX;
    for (size_t i = 0; i < index->n; i++) {
        uint32_t row = index->at[i].row;
        date_days from = arrivals->from[row], length = arrivals->to[row] - from;
        index->first_day = from < index->first_day ? from : index->first_day;
        last_day = from > last_day ? from : last_day;
        index->longest = length > index->longest ? length : index->longest;
    }
    if (index->n == 0) {
        return;
    }
    index->length_bits = radix_bits((uint64_t)index->longest);
    for (size_t i = 0; i < index->n; i++) {
        uint32_t row = index->at[i].row;
        index->at[i].key = index_span(index, arrivals->from[row], arrivals->to[row]);
    }
    unsigned day_bits = radix_bits((uint64_t)(last_day - index->first_day));
    radix_sort_keys(index->at, room, index->n, day_bits + index->length_bits);
    radix_sort_series(index->at, room, index->n, radix_bits(index->n_series));
}

int arrivals_index_make(struct arrivals_index *out, struct checker *checker, struct ajar_err *err)
{
    const struct arrivals *arrivals = &checker->scenario->arrivals;
    struct index_maker maker = {.arena = checker->scratch};
    struct arrivals_index *index = &maker.index;
    struct radix_item *room;
    TRY_ARRAY(index->at, checker->scratch, arrivals->n, err);
    TRY_ARRAY(room, checker->scratch, arrivals->n, err);
    TRY(index_grow(&maker, err));
    TRY(index_rows(&maker, arrivals, err));
    index_sort(index, arrivals, room);
    TRY_NEW(index->start, checker->scratch, (size_t)index->n_series + 1, err);
    for (size_t i = 0; i < index->n; i++) {
        index->start[index->at[i].series + 1] = (uint32_t)i + 1;
    }
    *out = *index;
    return 0;
}

uint32_t arrivals_index_series(const struct arrivals_index *index, name_id country, name_id route,
                               uint32_t measure)
{
    const uint32_t key[3] = {country, route, measure};
    return index->slots[index_slot(index, key)] - 1;
}

size_t arrivals_index_find(const struct arrivals_index *index, uint32_t series, date_days from,
                           date_days to, size_t *first)
{
    if (from < index->first_day || to < from || to - from > index->longest) {
        return 0;
    }
    uint64_t key = index_span(index, from, to);
    size_t low = index->start[series], end = index->start[series + 1], high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = index->at[middle].key < key;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    *first = low;
    while (low < end && index->at[low].key == key) {
        low++;
    }
    return low - *first;
}
