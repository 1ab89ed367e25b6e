/* Inside bulk: series side by side in lanes, one day after another.
 *
 * A block of BULK_LANES series keeps its state in the first caches while its days go by.  What a day
 * does to every lane is in bulk_day.h, once for each instruction set; what happens to the few lanes
 * that ring is in bulk_lanes.c. */
#ifndef WATCH_BULK_LANES_H
#define WATCH_BULK_LANES_H

#include <stdalign.h>

#include "bulk.h"

enum {
    BULK_M = 7,     /* days of the baseline */
    BULK_GUARD = 2, /* days before the one asked about that are never in it */
    BULK_ROWS = BULK_GUARD + BULK_M + 1,
    BULK_LANES = 256, /* series of a block */
    BULK_GROUP = 8    /* lanes whose rings make a byte */
};

/* x = sqrt(y + 3/8), rounded to a multiple of 1/1024 by adding and taking away this.  Then the sum S of x and
 * the sum Q of x^2 over a baseline are exact in double (x < 2^15), however they are reached. */
#define BULK_ROUND 0x1.8p42

/* t = (x_t - S / m) / (s sqrt(1 + 1 / m)) with s^2 = (Q - S^2 / m) / (m - 1), at least BULK_FLOOR, is above q iff
 *     D > edge and D^2 > c (m Q - S^2),   D = m x_t - S. */
struct bulk_rule {
    double edge; /* q sqrt(m (m + 1) BULK_FLOOR) */
    double c;    /* q^2 (1 + 1 / m) m / (m - 1) */
};

/* What is kept of BULK_GROUP series, together so that a day touches few lines of the cache. */
struct bulk_group {
    /* x by day: row day % BULK_ROWS.  The latest three rows are of these days, NaN for one that is missing
     * or left out; the seven before hold the baseline, whatever days it is of, the oldest first. */
    alignas(64) double x[BULK_ROWS][BULK_GROUP];
    double sum[BULK_GROUP], squares[BULK_GROUP]; /* S and Q of the baseline */
    double edge[BULK_GROUP];                     /* the rule's; INFINITY: no baseline yet */
    double s[BULK_GROUP];                        /* CUSUM: S + gain y - cost */
    double gain[BULK_GROUP], cost[BULK_GROUP], threshold[BULK_GROUP];
};

struct bulk_lanes {
    struct bulk_group group[BULK_LANES / BULK_GROUP];
    alignas(64) double least[BULK_GROUP], most[BULK_GROUP]; /* of all counts seen */
};

/* Lane i of group g rang: bit i of byte g. */
struct bulk_rings {
    alignas(64) uint8_t c2[BULK_LANES / BULK_GROUP], cusum[BULK_LANES / BULK_GROUP];
};

/* The first counts of a series. */
struct bulk_training {
    alignas(64) double n[BULK_LANES], first[BULK_LANES];     /* first: NaN while n is 0 */
    alignas(64) double sum[BULK_LANES], squares[BULK_LANES]; /* of count - first */
    alignas(64) double last[BULK_LANES];                     /* day of the latest one */
};

/* One day of a block. */
struct bulk_day {
    size_t day, groups;
    const double *row;   /* the counts; all lanes of the groups are readable */
    const double *ahead; /* those of a later day, for the cache alone */
    double c;            /* the rule's */
};
typedef void bulk_day_fn(struct bulk_lanes *lanes, const struct bulk_day *day,
                         struct bulk_rings *out);

/* Takes the day's counts into lanes with fewer than `most`; false when there is no such lane left. */
typedef bool bulk_train_fn(struct bulk_training *training, const struct bulk_day *day, double most);

enum bulk_path_name { BULK_PLAIN, BULK_SSE2, BULK_AVX2, BULK_AVX512, BULK_PATHS };
struct bulk_path {
    const char *name;
    bulk_day_fn *day;
    bulk_train_fn *train;
};
extern const struct bulk_path bulk_path_plain, bulk_path_sse2, bulk_path_avx2, bulk_path_avx512;

/* NULL: not on this machine. */
const struct bulk_path *bulk_path(enum bulk_path_name name);
const struct bulk_path *bulk_path_best(void);

/* A job on all series. */
struct bulk_job {
    size_t n_series, n_days, stride;
    const double *y;
    const struct bulk_options *options;
    const struct bulk_path *path;
    struct bulk_rule rule;
    struct bulk_cusum *cusum; /* [n_series] */
    struct bulk_summary out;
    uint8_t *flags;
    unsigned stretches; /* of the order of blocks, at least 1 */
};

/* Groups that cover the block's series.  A day's counts stay in place where all lanes are series, else they
 * are copied to `spare`, with NaN behind. */
struct bulk_part {
    size_t from, n, groups;
    alignas(64) double spare[BULK_LANES];
};
size_t bulk_blocks(const struct bulk_job *job);
/* The block whose turn is the given one.  With several stretches one block of each in turn: threads that
 * take turns then walk far apart, each through blocks side by side. */
size_t bulk_block(const struct bulk_job *job, size_t turn);
void bulk_part_init(struct bulk_part *part, const struct bulk_job *job, size_t block);
struct bulk_day bulk_part_day(struct bulk_part *part, const struct bulk_job *job, size_t day);

/* bulk_scan on a path of one's choice: the answer is the same. */
int bulk_scan_on(const struct bulk_path *path, struct arena *arena, size_t n_series, size_t n_days,
                 size_t stride, const double *y, const struct bulk_options *options,
                 struct pool *pool, const struct watch *watch, struct bulk_summary *out,
                 uint8_t *flags, struct ajar_err *err);

/* E_WATCH_OPTION with the series and day, or 0; NaN is good. */
int bulk_check_count(size_t series, size_t day, double y, struct ajar_err *err);

/* E_WATCH_OPTION, or the rule of C2. */
int bulk_rule(const struct bulk_options *options, struct bulk_rule *out, struct ajar_err *err);

/* Scans all blocks on the threads of the pool; sets job->stretches. */
int bulk_lanes_scan(struct bulk_job *job, struct pool *pool, const struct watch *watch,
                    struct ajar_err *err);

#endif
