#include <math.h>

#include "bulk_train.h"
#include "detect.h"

struct series {
    size_t n_days, stride;
    const double *y;
    const struct bulk_options *options;
    struct bulk_rule rule;
    uint8_t *left_out; /* [n_days] */
    size_t row;        /* counted days in a row that rang C2 */
};

static double count(const struct series *it, size_t day)
{
    return it->y[day * it->stride];
}

static double root(double y)
{
    return sqrt(y + 0.375) + BULK_ROUND - BULK_ROUND;
}

static bool c2_rings(const struct series *it, size_t day)
{
    double x = root(count(it, day)), sum = 0, squares = 0;
    int n = 0;
    for (size_t ago = BULK_GUARD + 1; ago <= day && n < BULK_M; ago++) {
        if (!isnan(count(it, day - ago)) && it->left_out[day - ago] == 0) {
            double earlier = root(count(it, day - ago));
            sum += earlier;
            squares += earlier * earlier;
            n++;
        }
    }
    double d = BULK_M * x - sum, spread = BULK_M * squares - sum * sum;
    return n == BULK_M && d > it->rule.edge && d * d > it->rule.c * spread;
}

/* What rang is left out; after a long row of it what was before is left out instead. */
static void freeze(struct series *it, size_t day, bool rings)
{
    if (!it->options->freeze || isnan(count(it, day))) {
        return;
    }
    it->left_out[day] = rings;
    it->row = rings ? it->row + 1 : 0;
    if (it->row == WATCH_FREEZE_MOST) {
        for (size_t back = 0; it->row > 0; back++) {
            it->left_out[day - back] = 0;
            it->row -= isnan(count(it, day - back)) ? 0 : 1;
        }
    }
}

static struct bulk_cusum train(const struct series *it, struct cusum_table *table)
{
    struct bulk_cusum out = {.start = BULK_NEVER};
    double first = 0, sum = 0, squares = 0;
    size_t n = 0;
    for (size_t day = 0; day < it->n_days && n < it->options->train_days; day++) {
        double y = count(it, day);
        if (!isnan(y)) {
            first = n == 0 ? y : first;
            sum += y - first;
            squares += (y - first) * (y - first);
            out.start = ++n == it->options->train_days ? (uint32_t)day + 1 : BULK_NEVER;
        }
    }
    if (out.start != BULK_NEVER) {
        bulk_train_tune((double)n, first, sum, squares, table, &out);
    }
    return out;
}

int bulk_scan_one(struct arena *arena, size_t n_days, const double *y, size_t stride,
                  const struct bulk_options *options, uint8_t *flags, struct ajar_err *err)
{
    struct series it = {.n_days = n_days, .stride = stride, .y = y, .options = options};
    struct cusum_table own, *table;
    TRY(bulk_rule(options, &it.rule, err));
    TRY(bulk_train_table(&table, &own, arena, options, err));
    TRY_NEW(it.left_out, arena, n_days, err);
    for (size_t day = 0; day < n_days; day++) {
        TRY(bulk_check_count(0, day, count(&it, day), err));
    }
    struct bulk_cusum cusum = train(&it, table);
    double s = 0;
    for (size_t day = 0; day < n_days; day++) {
        bool c2 = c2_rings(&it, day), sustained = false;
        freeze(&it, day, c2);
        if (day >= cusum.start && !isnan(count(&it, day))) {
            s = s + (count(&it, day) * cusum.gain - cusum.cost);
            s = s > 0 ? s : 0;
            sustained = s > cusum.threshold;
            s = sustained ? 0 : s;
        }
        flags[day] = (uint8_t)((c2 ? BULK_C2_RINGS : 0) | (sustained ? BULK_CUSUM_RINGS : 0));
    }
    return 0;
}
