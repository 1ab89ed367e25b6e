/* Where does the rise come from?  The doors of one measure on the days of an alarm.
 *
 * Series of one measure and unit stand together in an index, and prefix sums give a door's mean over any
 * baseline at once, so that alarms on one day cost one pass over the doors together. */
#include <math.h>
#include <stdlib.h>

#include "watch_inside.h"

#define PARTS_CEILING ((size_t)8 << 30)
enum { PARTS_DAYS = 56 }; /* longest baseline that says what is usual now */

struct parts_entry {
    name_id measure, unit;
    uint32_t series;
};

/* Counts of a series on one grid, summed up to each period. */
struct parts_sums {
    double *sum;    /* [n + 1] */
    uint32_t *held; /* [n + 1] */
};

struct parts_known {
    struct watch_known known;
    struct parts_sums sums[2]; /* of days, of weeks */
};

/* What decides the doors of an alarm and their counts. */
struct parts_key {
    name_id measure, unit;
    bool weekly;
    date_days from, base_from, base_to;
    uint32_t alarm; /* of the scan; not part of the key */
};

struct parts_door {
    uint32_t series;
    name_id place;
    double before, after;
    uint32_t held; /* counts in the baseline */
    bool thin;
};

struct parts_maker {
    struct arena *arena, scratch;
    const struct watch_scan *scan;
    struct parts_entry *index;  /* [book.n] by measure, unit, series */
    struct parts_known **known; /* [book.n] NULL until asked for */
    struct parts_door *doors;   /* [n_doors] of the key under way */
    size_t n_doors;
};

static int parts_entry_order(const void *a, const void *b)
{
    const struct parts_entry *x = a, *y = b;
    if (x->measure != y->measure) {
        return x->measure < y->measure ? -1 : 1;
    }
    if (x->unit != y->unit) {
        return x->unit < y->unit ? -1 : 1;
    }
    return x->series < y->series ? -1 : x->series > y->series;
}

static int parts_key_compare(const struct parts_key *x, const struct parts_key *y)
{
    const int64_t a[] = {x->measure, x->unit, x->weekly, x->from, x->base_from, x->base_to};
    const int64_t b[] = {y->measure, y->unit, y->weekly, y->from, y->base_from, y->base_to};
    for (size_t i = 0; i < sizeof a / sizeof *a; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

static int parts_key_order(const void *a, const void *b)
{
    const struct parts_key *x = a, *y = b;
    int order = parts_key_compare(x, y);
    return order != 0 ? order : x->alarm < y->alarm ? -1 : x->alarm > y->alarm;
}

static int parts_index(struct parts_maker *it, struct ajar_err *err)
{
    const struct watch_book *book = &it->scan->input->book;
    TRY_NEW(it->index, &it->scratch, book->n, err);
    TRY_NEW(it->known, &it->scratch, book->n, err);
    TRY_NEW(it->doors, &it->scratch, book->n, err);
    for (size_t i = 0; i < book->n; i++) {
        const struct watch_series *series = &book->series[i];
        it->index[i] = (struct parts_entry){series->measure_word, series->unit, (uint32_t)i};
    }
    qsort(it->index, book->n, sizeof *it->index, parts_entry_order);
    return 0;
}

static int parts_sum(struct arena *arena, const struct watch_grid *grid, struct parts_sums *out,
                     struct ajar_err *err)
{
    TRY_NEW(out->sum, arena, grid->n + 1, err);
    TRY_NEW(out->held, arena, grid->n + 1, err);
    for (size_t i = 0; i < grid->n; i++) {
        bool counted = !isnan(grid->y[i]);
        out->sum[i + 1] = out->sum[i] + (counted ? grid->y[i] : 0);
        out->held[i + 1] = out->held[i] + counted;
    }
    return 0;
}

static int parts_learn(struct parts_maker *it, uint32_t series, struct parts_known **out,
                       struct ajar_err *err)
{
    const struct watch_run_options *options = &it->scan->options;
    struct parts_known *known = it->known[series];
    if (known == NULL) {
        TRY_NEW(known, &it->scratch, 1, err);
        TRY(book_known(&it->scratch, &it->scan->input->book.series[series], options->clock,
                       options->as_known, &known->known, err));
        TRY(parts_sum(&it->scratch, &known->known.day, &known->sums[0], err));
        TRY(parts_sum(&it->scratch, &known->known.week, &known->sums[1], err));
        it->known[series] = known;
    }
    *out = known;
    return 0;
}

/* Periods of the grid that start from `from` on and end by `to`: the half-open range. */
static void parts_range(const struct watch_grid *grid, date_days from, date_days to, size_t *begin,
                        size_t *end)
{
    date_days step = grid->step_days;
    int64_t first = from <= grid->first ? 0 : (from - grid->first + step - 1) / step;
    int64_t past = to + 1 < grid->first + step ? 0 : (to + 1 - grid->first) / step;
    int64_t n = (int64_t)grid->n;
    *begin = (size_t)(first < n ? first : n);
    *end = (size_t)(past < n ? past : n);
    *end = *end < *begin ? *begin : *end;
}

/* Whether the series has counts for the period and half of the baseline. */
static bool parts_door(const struct parts_known *known, const struct parts_key *key,
                       struct parts_door *out)
{
    const struct watch_grid *grid = key->weekly ? &known->known.week : &known->known.day;
    const struct parts_sums *sums = &known->sums[key->weekly];
    if (grid->n == 0 || key->from < grid->first ||
        (key->from - grid->first) % grid->step_days != 0) {
        return false;
    }
    size_t begin, end, period = (size_t)((key->from - grid->first) / grid->step_days);
    if (period >= grid->n || isnan(grid->y[period])) {
        return false;
    }
    parts_range(grid, key->base_from, key->base_to, &begin, &end);
    out->held = sums->held[end] - sums->held[begin];
    out->before = (sums->sum[end] - sums->sum[begin]) / out->held;
    out->after = grid->y[period];
    return out->held > 0 && out->before >= 0 && out->after >= 0;
}

static bool parts_is_group(const struct watch_scan *scan, name_id place)
{
    return scan->input->scenario != NULL && country_is_name(place) && country_is_group(place);
}

/* Of a scenario's place the series with most counts stays; the alarm's own stays before all others. */
static void parts_put(struct parts_maker *it, const struct parts_door *door, uint32_t own)
{
    const struct parts_door *last = it->n_doors > 0 ? &it->doors[it->n_doors - 1] : NULL;
    bool again = it->scan->input->scenario != NULL && last != NULL && last->place == door->place;
    if (!again) {
        it->doors[it->n_doors++] = *door;
    } else if (last->series != own && (door->series == own || door->held > last->held)) {
        it->doors[it->n_doors - 1] = *door;
    }
}

static size_t parts_first(const struct parts_maker *it, const struct parts_key *key)
{
    size_t low = 0, high = it->scan->input->book.n;
    const struct parts_entry wanted = {key->measure, key->unit, 0};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (parts_entry_order(&it->index[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Series that lack half of what the fullest door has in the baseline are no doors, but of their own
 * alarm. */
static void parts_mark_thin(struct parts_maker *it)
{
    uint32_t most = 0;
    for (size_t i = 0; i < it->n_doors; i++) {
        most = it->doors[i].held > most ? it->doors[i].held : most;
    }
    for (size_t i = 0; i < it->n_doors; i++) {
        it->doors[i].thin = 2 * it->doors[i].held < most;
    }
}

static int parts_door_order(const void *a, const void *b)
{
    const struct parts_door *x = a, *y = b;
    double rise = fabs(x->after - x->before), other = fabs(y->after - y->before);
    if (rise != other) {
        return rise > other ? -1 : 1;
    }
    return x->series < y->series ? -1 : x->series > y->series;
}

/* The doors of a key, largest change first.  Series of one place stand together in the book. */
static int parts_doors(struct parts_maker *it, const struct parts_key *key, uint32_t own,
                       struct ajar_err *err)
{
    const struct watch_book *book = &it->scan->input->book;
    it->n_doors = 0;
    for (size_t i = parts_first(it, key); i < book->n; i++) {
        const struct parts_entry *entry = &it->index[i];
        struct parts_known *known = NULL;
        if (entry->measure != key->measure || entry->unit != key->unit) {
            break;
        }
        name_id place = book->series[entry->series].place;
        if (parts_is_group(it->scan, place)) {
            continue;
        }
        struct parts_door door = {.series = entry->series, .place = place};
        TRY(parts_learn(it, entry->series, &known, err));
        if (parts_door(known, key, &door)) {
            parts_put(it, &door, own);
        }
    }
    parts_mark_thin(it);
    qsort(it->doors, it->n_doors, sizeof *it->doors, parts_door_order);
    return 0;
}

/* The doors of one alarm: the largest changes one by one, the rest behind them as one. */
struct parts_table {
    size_t listed, n; /* n: with the rest, if there is one */
    uint32_t series[WATCH_PARTS_MOST];
    double before[WATCH_PARTS_MOST + 1], after[WATCH_PARTS_MOST + 1], total;
};

static void parts_add(struct parts_table *table, size_t at, double before, double after)
{
    table->before[at] += before;
    table->after[at] += after;
    table->n = at + 1 > table->n ? at + 1 : table->n;
}

/* The alarm's own door is listed whatever its rank. */
static void parts_table(const struct parts_maker *it, uint32_t own, struct parts_table *out)
{
    const size_t rest = WATCH_PARTS_MOST;
    *out = (struct parts_table){0};
    for (size_t i = 0; i < it->n_doors; i++) {
        const struct parts_door *door = &it->doors[i];
        size_t at = out->listed < rest ? out->listed : rest;
        if (door->thin && door->series != own) {
            continue;
        }
        if (at == rest && door->series == own) {
            at = rest - 1;
            parts_add(out, rest, out->before[at], out->after[at]);
            out->before[at] = out->after[at] = 0;
        }
        if (at < rest) {
            out->series[at] = door->series;
            out->listed = at + 1;
        }
        parts_add(out, at, door->before, door->after);
        out->total += door->before + door->after;
    }
}

static int parts_rise_order(const void *a, const void *b)
{
    const struct watch_part *x = a, *y = b;
    double rise = x->after - x->before, other = y->after - y->before;
    if (rise != other) {
        return rise > other ? -1 : 1;
    }
    return x->series < y->series ? -1 : x->series > y->series;
}

/* Noise beyond counting, as variance over mean at the level of the alarm's series. */
static double parts_phi(const struct watch_alarm *alarm)
{
    double noise = alarm->verdict.noise;
    double phi = noise * noise * alarm->verdict.expected;
    return phi > 1 && isfinite(phi) ? phi : 1;
}

static int parts_test(struct parts_maker *it, struct watch_alarm *alarm, struct ajar_err *err)
{
    struct parts_table table;
    struct share_shift shift;
    parts_table(it, alarm->series, &table);
    if (table.listed < 2 || !(table.total > 0)) {
        return 0;
    }
    TRY(share_shift(&it->scratch, table.n, table.before, table.after, parts_phi(alarm), &shift,
                    NULL, err));
    TRY_NEW(alarm->parts, it->arena, table.listed, err);
    for (size_t i = 0; i < table.listed; i++) {
        alarm->parts[i] = (struct watch_part){.series = table.series[i],
                                              .before = table.before[i],
                                              .after = table.after[i],
                                              .contribution = shift.contribution[i],
                                              .p = shift.p_door[i],
                                              .q = shift.q_door[i]};
    }
    alarm->n_parts = table.listed;
    qsort(alarm->parts, alarm->n_parts, sizeof *alarm->parts, parts_rise_order);
    return 0;
}

static struct parts_key parts_key_of(const struct watch_scan *scan, uint32_t at)
{
    const struct watch_alarm *alarm = &scan->alarms[at];
    const struct watch_series *series = &scan->input->book.series[alarm->series];
    struct parts_key key = {.measure = series->measure_word,
                            .unit = series->unit,
                            .weekly = alarm->weekly,
                            .from = alarm->from,
                            .base_from = alarm->verdict.base_from,
                            .base_to = alarm->verdict.base_to,
                            .alarm = at};
    bool given = key.base_from != DATE_NONE && key.base_to != DATE_NONE;
    if (!given || key.base_to - key.base_from >= PARTS_DAYS + 7) {
        key.base_from = alarm->run_from - PARTS_DAYS;
        key.base_to = alarm->run_from - 1;
    }
    return key;
}

static int parts_all(struct parts_maker *it, struct ajar_err *err)
{
    const struct watch_scan *scan = it->scan;
    struct parts_key *keys;
    TRY(parts_index(it, err));
    TRY_NEW(keys, &it->scratch, scan->n_alarms, err);
    for (uint32_t i = 0; i < scan->n_alarms; i++) {
        keys[i] = parts_key_of(scan, i);
    }
    qsort(keys, scan->n_alarms, sizeof *keys, parts_key_order);
    for (size_t i = 0; i < scan->n_alarms; i++) {
        struct watch_alarm *alarm = &scan->alarms[keys[i].alarm];
        bool same = i > 0 && scan->input->scenario == NULL &&
                    parts_key_compare(&keys[i], &keys[i - 1]) == 0;
        if (!same) {
            TRY(parts_doors(it, &keys[i], alarm->series, err));
        }
        TRY(parts_test(it, alarm, err));
    }
    return 0;
}

int watch_parts_find(struct arena *arena, const struct watch_scan *scan, struct ajar_err *err)
{
    struct parts_maker it = {.arena = arena, .scan = scan};
    if (scan->n_alarms == 0) {
        return 0;
    }
    arena_init(&it.scratch, "the doors of the alarms", PARTS_CEILING);
    int code = parts_all(&it, err);
    arena_free(&it.scratch);
    return code;
}
