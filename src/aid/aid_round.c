#include <assert.h>
#include <math.h>
#include <string.h>

#include "aid.h"

/* Each seat in line has a rank, votes / (2 seats + 1), which never rises with the seats.  All seats
 * with a rank of at least p go to their hosts whatever comes after, so a p with few enough such seats
 * settles nearly all at once; a heap hands out the rest one by one. */
struct webster {
    size_t n;
    const double *votes;
    const int64_t *least, *most;
    int64_t seats;
};

static double webster_rank(double votes, int64_t seats)
{
    return votes / (double)(2 * seats + 1);
}

/* Seats of host i when every seat of at least this rank is handed out. */
static int64_t webster_count(const struct webster *w, size_t i, double rank)
{
    int64_t least = w->least[i], most = w->most[i];
    double votes = w->votes[i];
    if (!(votes > 0) || least >= most) {
        return least;
    }
    double guess = ceil((votes / rank - 1) / 2);
    int64_t seats = guess >= (double)most ? most : guess > (double)least ? (int64_t)guess : least;
    while (seats > least && webster_rank(votes, seats - 1) < rank) {
        seats--;
    }
    while (seats < most && webster_rank(votes, seats) >= rank) {
        seats++;
    }
    return seats;
}

static int64_t webster_total(const struct webster *w, double rank, int64_t *out)
{
    int64_t total = 0;
    for (size_t i = 0; i < w->n; i++) {
        out[i] = webster_count(w, i, rank);
        total += out[i];
    }
    return total;
}

/* All seats that the bounds allow; past w->seats, which is all that matters, no longer counted up. */
static int64_t webster_reachable(const struct webster *w, int64_t *out)
{
    int64_t total = 0;
    for (size_t i = 0; i < w->n; i++) {
        out[i] = w->votes[i] > 0 && w->most[i] > w->least[i] ? w->most[i] : w->least[i];
        total += total > w->seats ? 0 : out[i];
    }
    return total;
}

/* Finds a rank at which at most `seats` are handed out and not many are left; out gets the seats.
 * Regula falsi on q = 1/rank, in which the count is nearly linear, kept off the ends of its bracket. */
static int64_t webster_start(const struct webster *w, double votes_sum, int64_t *out)
{
    double slack = fmax(1024, (double)w->n / 8);
    double target = (double)w->seats - slack / 2;
    double low = 0, high = INFINITY, low_count = 0, high_count = 0;
    double q = 2 * (double)w->seats / votes_sum;
    for (int round = 0; round < 100 && q > low && q < high; round++) {
        int64_t total = webster_total(w, 1 / q, out);
        if (total > w->seats) {
            high = q;
            high_count = (double)total;
        } else {
            low = q;
            low_count = (double)total;
            if ((double)(w->seats - total) <= slack) {
                break;
            }
        }
        if (isinf(high)) {
            q = low * 2;
        } else {
            double part = (target - low_count) / (high_count - low_count);
            part = round % 3 == 2 ? 0.5 : fmin(fmax(part, 0.01), 0.99);
            q = low + (high - low) * part;
        }
    }
    if (low > 0) {
        return webster_total(w, 1 / low, out);
    }
    int64_t total = 0;
    for (size_t i = 0; i < w->n; i++) {
        out[i] = w->least[i];
        total += out[i];
    }
    return total;
}

struct webster_heap {
    size_t n;
    double *rank;
    uint32_t *host;
};

static bool webster_before(const struct webster_heap *heap, size_t a, size_t b)
{
    return heap->rank[a] > heap->rank[b] ||
           (heap->rank[a] == heap->rank[b] && heap->host[a] < heap->host[b]);
}

static void webster_sink(struct webster_heap *heap, size_t at)
{
    for (;;) {
        size_t best = at, left = 2 * at + 1;
        if (left < heap->n && webster_before(heap, left, best)) {
            best = left;
        }
        if (left + 1 < heap->n && webster_before(heap, left + 1, best)) {
            best = left + 1;
        }
        if (best == at) {
            return;
        }
        double rank = heap->rank[at];
        uint32_t host = heap->host[at];
        heap->rank[at] = heap->rank[best];
        heap->host[at] = heap->host[best];
        heap->rank[best] = rank;
        heap->host[best] = host;
        at = best;
    }
}

static int webster_rest(const struct webster *w, struct arena *arena, int64_t left, int64_t *out,
                        struct ajar_err *err)
{
    struct webster_heap heap = {0};
    TRY_NEW(heap.rank, arena, w->n, err);
    TRY_NEW(heap.host, arena, w->n, err);
    for (size_t i = 0; i < w->n; i++) {
        if (w->votes[i] > 0 && out[i] < w->most[i]) {
            heap.rank[heap.n] = webster_rank(w->votes[i], out[i]);
            heap.host[heap.n++] = (uint32_t)i;
        }
    }
    for (size_t at = heap.n / 2; at-- > 0;) {
        webster_sink(&heap, at);
    }
    for (; left > 0 && heap.n > 0; left--) {
        uint32_t i = heap.host[0];
        out[i]++;
        if (out[i] < w->most[i]) {
            heap.rank[0] = webster_rank(w->votes[i], out[i]);
        } else {
            heap.n--;
            heap.rank[0] = heap.rank[heap.n];
            heap.host[0] = heap.host[heap.n];
        }
        webster_sink(&heap, 0);
    }
    return 0;
}

int aid_webster(struct arena *arena, size_t n, const double *votes, const int64_t *least,
                const int64_t *most, int64_t seats, int64_t *out, int64_t *given,
                struct ajar_err *err)
{
    struct webster w = {n, votes, least, most, seats};
    int64_t *seat = NULL;
    TRY_NEW(seat, arena, n, err);
    int64_t total = webster_reachable(&w, seat);
    if (total > seats) {
        double votes_sum = 0;
        for (size_t i = 0; i < n; i++) {
            votes_sum += votes[i] > 0 ? votes[i] : 0;
        }
        total = webster_start(&w, votes_sum, seat);
        assert(total <= seats);
        TRY(webster_rest(&w, arena, seats - total, seat, err));
        total = seats;
    }
    memcpy(out, seat, n * sizeof *out);
    if (given != NULL) {
        *given = total;
    }
    return 0;
}
