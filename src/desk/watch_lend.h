/* Thresholds of the CUSUM, lent to one part of the work at a time.
 *
 * They cost 20 to 70 ms when first found and are kept; a table is for one thread, so there are as many as
 * threads, and whoever works takes a free one.  What a table keeps changes no answer, so it does not
 * matter which one it is.  Internal to desk/. */
#ifndef DESK_WATCH_LEND_H
#define DESK_WATCH_LEND_H

#include <stdatomic.h>

#include "watch_inside.h"

struct watch_lent {
    atomic_flag taken;
    struct watch_options daily, weekly; /* the detectors' options, each with its thresholds */
    struct cusum_table day, week;
};

struct watch_lend {
    size_t n;
    struct watch_lent *at; /* [n] */
};

/* One for each thread of the pool.  Errors: memory. */
int watch_lend_make(struct arena *arena, const struct watch_options *detect, struct pool *pool,
                    struct watch_lend *out, struct ajar_err *err);

struct watch_lent *watch_lend_take(const struct watch_lend *lend);
void watch_lend_give(struct watch_lent *lent);

static inline const struct watch_options *watch_lend_options(const struct watch_lent *lent,
                                                             bool weekly)
{
    return weekly ? &lent->weekly : &lent->daily;
}

#endif
