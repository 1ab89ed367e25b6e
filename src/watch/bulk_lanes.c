#include "bulk_lanes.h"

#include <endian.h>
#include <math.h>
#include <string.h>

#include "bulk_train.h"
#include "detect.h"

enum { AHEAD = 8 }; /* days fetched before they are needed: rows are too far apart to be foreseen */

struct scan {
    const struct bulk_job *job;
    struct bulk_part part;
    struct bulk_lanes lanes;
    struct bulk_rings rings;
    uint8_t row_length[BULK_LANES]; /* counted days in a row that rang C2 */
    uint32_t first_day[BULK_LANES]; /* the first with a baseline behind it; BULK_NEVER: none */
    uint32_t next_start;            /* the next day on which something begins to judge */
};

size_t bulk_blocks(const struct bulk_job *job)
{
    return job->n_series / BULK_LANES + (job->n_series % BULK_LANES != 0);
}

/* Behind a block's row of a day lies that of the next block, and some of it comes into the caches along
 * the way: blocks side by side take a quarter less time than the same ones here and there.  Two
 * threads in adjacent blocks at the same time would both lose that. */
size_t bulk_block(const struct bulk_job *job, size_t turn)
{
    size_t stretch = turn % job->stretches, blocks = bulk_blocks(job);
    size_t longer = blocks % job->stretches; /* the first ones, by a block */
    return stretch * (blocks / job->stretches) + (stretch < longer ? stretch : longer) +
           turn / job->stretches;
}

void bulk_part_init(struct bulk_part *part, const struct bulk_job *job, size_t block)
{
    part->from = block * BULK_LANES;
    part->n = job->n_series - part->from;
    part->n = part->n < BULK_LANES ? part->n : BULK_LANES;
    part->groups = (part->n + BULK_GROUP - 1) / BULK_GROUP;
    for (size_t i = 0; i < BULK_LANES; i++) {
        part->spare[i] = (double)NAN;
    }
}

struct bulk_day bulk_part_day(struct bulk_part *part, const struct bulk_job *job, size_t day)
{
    size_t later = day + AHEAD < job->n_days ? day + AHEAD : day;
    struct bulk_day out = {.day = day,
                           .groups = part->groups,
                           .row = job->y + day * job->stride + part->from,
                           .ahead = job->y + later * job->stride + part->from,
                           .c = job->rule.c};
    if (part->groups * BULK_GROUP != part->n) {
        memcpy(part->spare, out.row, part->n * sizeof *out.row);
        out.row = part->spare;
    }
    return out;
}

static void fill(double *rows, size_t n, double value)
{
    for (size_t i = 0; i < n; i++) {
        rows[i] = value;
    }
}

static void begin(struct scan *scan, const struct bulk_job *job, size_t block)
{
    struct bulk_lanes *lanes = &scan->lanes;
    const struct bulk_summary *out = &job->out;
    scan->job = job;
    bulk_part_init(&scan->part, job, block);
    memset(lanes->group, 0, sizeof lanes->group);
    for (size_t g = 0; g < BULK_LANES / BULK_GROUP; g++) {
        struct bulk_group *group = &lanes->group[g];
        fill(group->x[BULK_ROWS - 3], 3 * BULK_GROUP, (double)NAN);
        fill(group->edge, BULK_GROUP, (double)INFINITY);
        fill(group->threshold, BULK_GROUP, (double)INFINITY);
    }
    fill(lanes->least, BULK_GROUP, (double)INFINITY);
    fill(lanes->most, BULK_GROUP, -(double)INFINITY);
    memset(scan->row_length, 0, sizeof scan->row_length);
    memset(&scan->rings, 0, sizeof scan->rings);
    scan->next_start = 0;
    for (size_t i = scan->part.from; i < scan->part.from + scan->part.n; i++) {
        out->c2_alarms[i] = out->cusum_alarms[i] = 0;
        out->c2_first[i] = out->c2_last[i] = out->cusum_first[i] = out->cusum_last[i] = -1;
    }
}

static double count_at(const struct scan *scan, size_t lane, size_t day)
{
    return scan->job->y[day * scan->job->stride + scan->part.from + lane];
}

static double x_at(const struct scan *scan, size_t lane, size_t day)
{
    return sqrt(count_at(scan, lane, day) + 0.375) + BULK_ROUND - BULK_ROUND;
}

/* Nothing rings before a lane has BULK_M counts behind the guard, so that nothing is left out of them. */
static void find_first_days(struct scan *scan)
{
    uint8_t n[BULK_LANES] = {0};
    size_t left = scan->part.n;
    for (size_t lane = 0; lane < BULK_LANES; lane++) {
        scan->first_day[lane] = BULK_NEVER;
    }
    for (size_t day = 0; left > 0 && day < scan->job->n_days; day++) {
        for (size_t lane = 0; lane < scan->part.n; lane++) {
            if (n[lane] < BULK_M && !isnan(count_at(scan, lane, day)) && ++n[lane] == BULK_M) {
                scan->first_day[lane] = (uint32_t)(day + 1 + BULK_GUARD);
                left--;
            }
        }
    }
}

static void earlier(uint32_t *next, uint32_t start, uint32_t day)
{
    if (start > day && start < *next) {
        *next = start;
    }
}

/* What judges from this day on. */
static void start(struct scan *scan, uint32_t day)
{
    scan->next_start = BULK_NEVER;
    for (size_t lane = 0; lane < scan->part.n; lane++) {
        const struct bulk_cusum *cusum = &scan->job->cusum[scan->part.from + lane];
        struct bulk_group *group = &scan->lanes.group[lane / BULK_GROUP];
        size_t at = lane % BULK_GROUP;
        if (scan->first_day[lane] == day) {
            group->edge[at] = scan->job->rule.edge;
        }
        if (cusum->start == day) {
            group->gain[at] = cusum->gain;
            group->cost[at] = cusum->cost;
            group->threshold[at] = cusum->threshold;
        }
        earlier(&scan->next_start, scan->first_day[lane], day);
        earlier(&scan->next_start, cusum->start, day);
    }
}

/* The days that rang are the baseline from now on. */
static void accept_level(struct scan *scan, size_t lane, size_t day)
{
    struct bulk_group *group = &scan->lanes.group[lane / BULK_GROUP];
    size_t at = lane % BULK_GROUP, from = day;
    for (size_t i = 0; i <= BULK_GUARD; i++, from--) {
        group->x[from % BULK_ROWS][at] = x_at(scan, lane, from);
    }
    group->sum[at] = group->squares[at] = 0;
    for (size_t i = BULK_GUARD + 1; i < BULK_ROWS; from--) {
        double x = x_at(scan, lane, from);
        if (!isnan(x)) {
            group->x[(day + BULK_ROWS - i) % BULK_ROWS][at] = x;
            group->sum[at] += x;
            group->squares[at] += x * x;
            i++;
        }
    }
}

static void freeze(struct scan *scan, size_t lane, size_t day, int32_t last)
{
    size_t before = day;
    do {
        before--;
    } while (before != SIZE_MAX && isnan(count_at(scan, lane, before)));
    bool again = last >= 0 && before == (size_t)last;
    uint8_t length = (uint8_t)(again ? scan->row_length[lane] + 1 : 1);
    if (length == WATCH_FREEZE_MOST) {
        accept_level(scan, lane, day);
        length = 0;
    } else {
        scan->lanes.group[lane / BULK_GROUP].x[day % BULK_ROWS][lane % BULK_GROUP] = (double)NAN;
    }
    scan->row_length[lane] = length;
}

static void note(uint32_t *alarms, int32_t *first, int32_t *last, size_t day)
{
    *alarms += 1;
    *first = *first < 0 ? (int32_t)day : *first;
    *last = (int32_t)day;
}

static void settle(struct scan *scan, size_t lane, size_t day, bool c2, bool cusum)
{
    const struct bulk_job *job = scan->job;
    const struct bulk_summary *out = &job->out;
    size_t i = scan->part.from + lane;
    if (c2) {
        if (job->options->freeze) {
            freeze(scan, lane, day, out->c2_last[i]);
        }
        note(&out->c2_alarms[i], &out->c2_first[i], &out->c2_last[i], day);
    }
    if (cusum) {
        note(&out->cusum_alarms[i], &out->cusum_first[i], &out->cusum_last[i], day);
    }
    if (job->flags != NULL) {
        job->flags[day * job->stride + i] =
            (uint8_t)((c2 ? BULK_C2_RINGS : 0) | (cusum ? BULK_CUSUM_RINGS : 0));
    }
}

static uint64_t word_at(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

/* Few lanes ring, so they are looked for by 64. */
static void settle_day(struct scan *scan, size_t day)
{
    enum { WORD = sizeof(uint64_t) };
    if (scan->job->flags != NULL) {
        memset(scan->job->flags + day * scan->job->stride + scan->part.from, 0, scan->part.n);
    }
    for (size_t g = 0; g < scan->part.groups; g += WORD) {
        uint64_t c2 = word_at(&scan->rings.c2[g]), cusum = word_at(&scan->rings.cusum[g]);
        for (uint64_t left = c2 | cusum; left != 0; left &= left - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(left);
            settle(scan, g * BULK_GROUP + bit, day, c2 >> bit & 1, cusum >> bit & 1);
        }
    }
}

int bulk_check_count(size_t series, size_t day, double y, struct ajar_err *err)
{
    if (!(y < 0 || y > BULK_MOST)) {
        return 0;
    }
    return err_set(
        err, E_WATCH_OPTION,
        "Series %zu has the count %g on day %zu; counts lie between 0 and %g. Correct it, "
        "or mark the day as missing.",
        series, y, day, BULK_MOST);
}

/* The search for the bad count is left to the rare block that has one. */
static int check_counts(const struct scan *scan, struct ajar_err *err)
{
    bool good = true;
    for (size_t i = 0; i < BULK_GROUP; i++) {
        good = good && scan->lanes.least[i] >= 0 && scan->lanes.most[i] <= BULK_MOST;
    }
    for (size_t day = 0; !good && day < scan->job->n_days; day++) {
        for (size_t lane = 0; lane < scan->part.n; lane++) {
            TRY(bulk_check_count(scan->part.from + lane, day, count_at(scan, lane, day), err));
        }
    }
    return 0;
}

static int scan_block(void *arg, size_t turn, struct ajar_err *err)
{
    const struct bulk_job *job = arg;
    struct scan scan;
    begin(&scan, job, bulk_block(job, turn));
    find_first_days(&scan);
    start(&scan, 0);
    for (size_t day = 0; day < job->n_days; day++) {
        if (day == scan.next_start) {
            start(&scan, (uint32_t)day);
        }
        struct bulk_day today = bulk_part_day(&scan.part, job, day);
        job->path->day(&scan.lanes, &today, &scan.rings);
        settle_day(&scan, day);
    }
    return check_counts(&scan, err);
}

int bulk_lanes_scan(struct bulk_job *job, struct pool *pool, const struct watch *watch,
                    struct ajar_err *err)
{
    job->stretches = pool_threads(pool);
    int code = pool_run(pool, bulk_blocks(job), scan_block, job, watch, "scanning", err);
    if (code != E_WATCH_OPTION || job->stretches == 1) {
        return code;
    }
    /* Which bad count came first depends on the number of threads: once more, in order. */
    job->stretches = 1;
    return pool_run(NULL, bulk_blocks(job), scan_block, job, watch, "scanning", err);
}
