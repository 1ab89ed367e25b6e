/* Which figures of a flow fill a span of days exactly. */
#include <math.h>
#include <stdlib.h>

#include "net_parts.h"

struct net_cover_value {
    date_days from, to;
    double count;
    uint32_t pieces; /* fewest figures that fill the span up to this one's end; 0: none do */
    uint32_t before; /* the one before it among them; BOOK_NONE: it is the first */
};

int net_cover_room(struct arena *arena, size_t n, struct net_cover_room *out, struct ajar_err *err)
{
    TRY_NEW(out->value, arena, n, err);
    TRY_NEW(out->by_end, arena, n, err);
    TRY_NEW(out->span, arena, 2 * n, err);
    return 0;
}

/* The figures inside the span, by first day; their number. */
static size_t net_cover_inside(const struct watch_known *known, date_days first, date_days last,
                               struct net_cover_value *out)
{
    const struct watch_value *value = known->series->value;
    size_t low = 0, high = known->n, n = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = value[known->value[middle]].from < first;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    for (size_t i = low; i < known->n && value[known->value[i]].from <= last; i++) {
        const struct watch_value *at = &value[known->value[i]];
        if (at->to <= last) {
            out[n++] = (struct net_cover_value){at->from, at->to, at->count, 0, BOOK_NONE};
        }
    }
    return n;
}

static void net_cover_spans(const struct net_cover_value *value, size_t n, struct net_cover *out)
{
    out->n_spans = 0;
    for (size_t i = 0; i < n; i++) {
        date_days *end = out->n_spans > 0 ? &out->span[2 * out->n_spans - 1] : NULL;
        if (end != NULL && value[i].from <= *end + 1) {
            *end = value[i].to > *end ? value[i].to : *end;
        } else {
            out->span[2 * out->n_spans] = value[i].from;
            out->span[2 * out->n_spans + 1] = value[i].to;
            out->n_spans++;
        }
    }
}

static int net_cover_by_end(const void *a, const void *b, void *arg)
{
    const struct net_cover_value *value = arg;
    const uint32_t *x = a, *y = b;
    if (value[*x].to != value[*y].to) {
        return value[*x].to < value[*y].to ? -1 : 1;
    }
    return (*x > *y) - (*x < *y);
}

/* The one of [from, n) in by_end that ends on `day` with the fewest pieces; BOOK_NONE: none.  *from moves
 * up to the first that does not end before that day. */
static uint32_t net_cover_best(const struct net_cover_value *value, size_t n,
                               const uint32_t *by_end, size_t *from, date_days day)
{
    uint32_t best = BOOK_NONE;
    while (*from < n && value[by_end[*from]].to < day) {
        (*from)++;
    }
    for (size_t k = *from; k < n && value[by_end[k]].to == day; k++) {
        uint32_t i = by_end[k];
        if (value[i].pieces > 0 && (best == BOOK_NONE || value[i].pieces < value[best].pieces)) {
            best = i;
        }
    }
    return best;
}

static double net_cover_sum(struct net_cover_value *value, size_t n, uint32_t *by_end,
                            date_days first, date_days last)
{
    size_t from = 0;
    uint32_t before = BOOK_NONE;
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        by_end[i] = i;
    }
    qsort_r(by_end, n, sizeof *by_end, net_cover_by_end, value);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || value[i].from != value[i - 1].from) {
            before = net_cover_best(value, n, by_end, &from, value[i].from - 1);
        }
        if (value[i].from == first) {
            value[i].pieces = 1;
        } else if (before != BOOK_NONE) {
            value[i].pieces = value[before].pieces + 1;
            value[i].before = before;
        }
    }
    uint32_t end = net_cover_best(value, n, by_end, &from, last);
    if (end == BOOK_NONE) {
        return NAN;
    }
    for (uint32_t i = end; i != BOOK_NONE; i = value[i].before) {
        sum += value[i].count;
    }
    return sum;
}

void net_cover(const struct watch_known *known, date_days first, date_days last,
               const struct net_cover_room *room, struct net_cover *out)
{
    size_t n = net_cover_inside(known, first, last, room->value);
    out->span = room->span;
    net_cover_spans(room->value, n, out);
    out->sum = net_cover_sum(room->value, n, room->by_end, first, last);
}

int32_t net_cover_both(const struct net_cover *a, const struct net_cover *b)
{
    int32_t days = 0;
    for (size_t i = 0, k = 0; i < a->n_spans && k < b->n_spans;) {
        date_days first = a->span[2 * i] > b->span[2 * k] ? a->span[2 * i] : b->span[2 * k];
        date_days end_a = a->span[2 * i + 1], end_b = b->span[2 * k + 1];
        date_days last = end_a < end_b ? end_a : end_b;
        days += last >= first ? last - first + 1 : 0;
        i += end_a <= end_b;
        k += end_b <= end_a;
    }
    return days;
}
