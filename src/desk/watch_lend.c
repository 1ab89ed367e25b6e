#include "watch_lend.h"

/* A rate that a step cannot have leaves it without a table: the detectors say so where it is used. */
static int lend_table(struct arena *arena, struct watch_options *options, int step_days,
                      struct cusum_table *table, struct ajar_err *err)
{
    struct ajar_err fault = {0};
    int code = watch_thresholds(arena, options, step_days, table, &fault);
    if (code == 0) {
        options->thresholds = table;
    } else if (code != E_WATCH_OPTION) {
        if (err != NULL) {
            *err = fault;
        }
        return code;
    }
    return 0;
}

int watch_lend_make(struct arena *arena, const struct watch_options *detect, struct pool *pool,
                    struct watch_lend *out, struct ajar_err *err)
{
    struct watch_lend lend = {.n = pool_threads(pool)};
    TRY_NEW(lend.at, arena, lend.n, err);
    for (size_t i = 0; i < lend.n; i++) {
        struct watch_lent *lent = &lend.at[i];
        atomic_flag_clear(&lent->taken);
        lent->daily = lent->weekly = *detect;
        TRY(lend_table(arena, &lent->daily, 1, &lent->day, err));
        TRY(lend_table(arena, &lent->weekly, 7, &lent->week, err));
    }
    *out = lend;
    return 0;
}

struct watch_lent *watch_lend_take(const struct watch_lend *lend)
{
    for (size_t i = 0;; i = (i + 1) % lend->n) {
        if (!atomic_flag_test_and_set_explicit(&lend->at[i].taken, memory_order_acquire)) {
            return &lend->at[i];
        }
    }
}

void watch_lend_give(struct watch_lent *lent)
{
    atomic_flag_clear_explicit(&lent->taken, memory_order_release);
}
