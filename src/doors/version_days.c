/* Spans of a version under every state of knowledge, and the days at which its conditions change.
 */
#include <stdlib.h>
#include <string.h>

#include "version_days.h"
#include "version_order.h"

#define DAYS_FIRST 32
#define DAY_LAST   2932896 /* 9999-12-31 */

struct days {
    struct arena *arena;
    size_t n, cap;
    date_days *at;
};

static int days_add(struct days *days, date_days day, struct ajar_err *err)
{
    if (days->n == days->cap) {
        date_days *wider;
        size_t cap = days->cap == 0 ? DAYS_FIRST : days->cap * 2;
        TRY_NEW(wider, days->arena, cap, err);
        if (days->n > 0) {
            memcpy(wider, days->at, days->n * sizeof *wider);
        }
        days->at = wider;
        days->cap = cap;
    }
    days->at[days->n++] = day;
    return 0;
}

static int day_order(const void *a, const void *b)
{
    date_days x = *(const date_days *)a, y = *(const date_days *)b;
    return (x > y) - (x < y);
}

static void days_settle(struct days *days)
{
    size_t kept = 0;
    if (days->n > 1) {
        qsort(days->at, days->n, sizeof *days->at, day_order);
    }
    for (size_t i = 0; i < days->n; i++) {
        if (kept == 0 || days->at[kept - 1] != days->at[i]) {
            days->at[kept++] = days->at[i];
        }
    }
    days->n = kept;
}

/* Days on which something of the door became known, and one past all.  */
static int known_days(const struct door *door, struct days *out, struct ajar_err *err)
{
    for (size_t v = 0; v < door->n_versions; v++) {
        const struct version *version = &door->versions[v];
        TRY(days_add(out, version->known, err));
        for (size_t i = 0; i < version->n_ends; i++) {
            TRY(days_add(out, version->ends[i].known, err));
        }
    }
    TRY(days_add(out, INT32_MAX, err));
    days_settle(out);
    return 0;
}

struct spans {
    struct arena *scratch;
    const struct rules *rules;
    uint32_t door;
    const struct version *version;
    date_days last;     /* past which nobody vouches for the door */
    struct days starts; /* of spans, and changes within them */
    struct days ends;   /* the last day of the span that starts[i] belongs to */
};

static bool door_by_crossing(const struct door *door)
{
    for (size_t v = 0; v < door->n_versions; v++) {
        if (door->versions[v].by_crossing) {
            return true;
        }
    }
    return false;
}

static int spans_hold(const struct spans *it, moment at, date_days as_known, bool *out,
                      struct ajar_err *err)
{
    const struct door *door = &it->rules->doors[it->door];
    size_t ways = door_by_crossing(door) ? version_ways(it->rules) : 1;
    *out = false;
    for (size_t way = 0; !*out && way < ways; way++) {
        const struct version *holds;
        TRY(version_at(it->scratch, it->rules, door, way, at, as_known, &holds, err));
        *out = holds == it->version;
    }
    return 0;
}

static int spans_known(struct spans *it, date_days as_known, struct ajar_err *err)
{
    moment *at;
    size_t n;
    TRY(instance_changes(it->scratch, it->rules, it->door, MOMENT_NONE, MOMENT_NEVER, as_known, &n,
                         &at, err));
    for (size_t i = 0; i < n; i++) {
        date_days first = moment_day(at[i]);
        date_days last = i + 1 < n ? moment_day(at[i + 1] - 1) : DAY_LAST;
        bool holds;
        TRY(spans_hold(it, at[i], as_known, &holds, err));
        last = last > it->last ? it->last : last;
        if (holds && (first <= last || it->starts.n == 0)) {
            TRY(days_add(&it->starts, first, err));
            TRY(days_add(&it->ends, last > first ? last : first, err));
        }
    }
    return 0;
}

/* Each day of [first, last] on which the order is another than the day before.  */
static int watch_order(struct version_order *order, date_days first, date_days last,
                       struct days *out, struct ajar_err *err)
{
    version_order_next(order, first);
    for (date_days day = first + 1; day <= last; day++) {
        if (version_order_next(order, day)) {
            TRY(days_add(out, day, err));
        }
    }
    return 0;
}

/* Over the hull of the spans: a day between them does no harm.  */
static int spans_order(struct spans *it, const struct version *also, struct days *out,
                       struct ajar_err *err)
{
    struct version_order order;
    TRY(version_order_open(&order, it->scratch, it->rules, it->version, also, err));
    if (!order.moves || it->starts.n == 0) {
        return 0;
    }
    date_days first = it->starts.at[0], last = it->ends.at[0];
    for (size_t i = 0; i < it->starts.n; i++) {
        first = it->starts.at[i] < first ? it->starts.at[i] : first;
        last = it->ends.at[i] > last ? it->ends.at[i] : last;
    }
    if (last - first > VERSION_DAYS_WATCHED) {
        last = first + VERSION_DAYS_WATCHED;
    }
    return watch_order(&order, first, last, out, err);
}

int version_days(struct arena *arena, struct arena *scratch, const struct rules *rules,
                 uint32_t door, uint32_t version, const struct version *also, size_t *n,
                 date_days **out, struct ajar_err *err)
{
    const struct door *of = &rules->doors[door];
    struct days known = {.arena = scratch}, days = {.arena = arena};
    struct spans it = {.scratch = scratch,
                       .rules = rules,
                       .door = door,
                       .version = &of->versions[version],
                       .last = of->review_by == DATE_NONE ? DAY_LAST : of->review_by,
                       .starts = {.arena = scratch},
                       .ends = {.arena = scratch}};
    TRY(known_days(of, &known, err));
    for (size_t i = 0; i < known.n; i++) {
        TRY(spans_known(&it, known.at[i], err));
    }
    for (size_t i = 0; i < it.starts.n; i++) {
        TRY(days_add(&days, it.starts.at[i], err));
    }
    TRY(spans_order(&it, also, &days, err));
    days_settle(&days);
    *n = days.n;
    *out = days.at;
    return 0;
}

static bool version_starts_by(const struct version *version, name_id crossing)
{
    for (size_t i = 0; i < version->n_starts; i++) {
        if (version->crossing[i] == crossing) {
            return true;
        }
    }
    return false;
}

int version_region(const struct instance *instance, const struct version *version, diagram_ref *out,
                   struct ajar_err *err)
{
    const struct rules *rules = instance->rules;
    uint32_t crossing = rules->fact_crossing;
    *out = 1;
    for (size_t v = 0; version->by_crossing && v < instance->n_vars; v++) {
        const struct var *var = &instance->vars[v];
        uint64_t mask = 0;
        if (var->kind != VAR_FACT || var->fact != crossing) {
            continue;
        }
        for (size_t i = 0; i < rules->facts[crossing].n_values; i++) {
            uint64_t here = version_starts_by(version, rules->facts[crossing].values[i]);
            mask |= here << var->class_of[i];
        }
        return diagram_atom(instance->diagram, v, mask, out, err);
    }
    return 0;
}
