#include <math.h>
#include <string.h>

#include "claim_parts.h"

#define SPOKEN 0.05

enum weakness {
    WEAK_PART = 1, /* one part of a border, where others are counted too */
    WEAK_SUM = 2,
    WEAK_COMPUTED = 4,
    WEAK_BESIDE = 8, /* stands beside the value in force */
    WEAK_REPLACED = 16,
    WEAK_REJECTED = 32
};

bool claim_adds(enum measure_kind kind)
{
    switch (kind) {
    case KIND_GROSS_IN:
    case KIND_GROSS_OUT:
    case KIND_BOTH_WAYS:
    case KIND_NET:
    case KIND_REFUSED:
    case KIND_REGISTRATIONS:
    case KIND_PERMITS:
    case KIND_APPLICATIONS:
    case KIND_DECISIONS:
    case KIND_TRIPS:
        return true;
    case KIND_STOCK:
    case KIND_RATE:
    case KIND_INDICATOR:
    case KIND_COUNT:
        break;
    }
    return false;
}

double claim_slack(double count)
{
    double size = fabs(count), unit = 1;
    if (!(size >= 1 && size < 1e15) || size != floor(size)) {
        return 0;
    }
    while (fmod(size, 10 * unit) == 0) {
        unit *= 10;
    }
    return fmin(unit / 2, SPOKEN * size);
}

bool claim_known(const struct claim_work *work, const struct watch_value *value)
{
    date_days from = book_known_from(value, work->options->clock);
    if (work->options->as_known == DATE_NONE) {
        return true;
    }
    return from != DATE_NONE && from <= work->options->as_known;
}

/* Whether the other side of a pair was known on the day that is asked about.  A side outside the tables
 * is a statement about the row itself. */
static bool side_known(const struct claim_work *work, name_id table, uint32_t row)
{
    const struct scenario *scenario = work->scenario;
    date_days as_known = work->options->as_known;
    if (as_known == DATE_NONE || table != scenario_word(scenario, "arrivals") ||
        row >= scenario->arrivals.n) {
        return true;
    }
    if (work->options->clock == WATCH_NEXT_DAY) {
        return scenario->arrivals.to[row] < as_known;
    }
    uint32_t source = scenario_source(scenario, scenario->arrivals.source[row]);
    if (source == SCENARIO_NO_ROW) {
        return false;
    }
    struct date_partial date = scenario->sources.date[source];
    return date.first != DATE_NONE && date.last <= as_known;
}

static bool same_period(const struct claim_work *work, uint32_t row,
                        const struct watch_value *value)
{
    const struct arrivals *arrivals = &work->scenario->arrivals;
    return row < arrivals->n && arrivals->from[row] == value->from &&
           arrivals->to[row] == value->to;
}

bool claim_rejected(const struct claim_work *work, const struct watch_value *value)
{
    if (!value->rejected || work->scenario == NULL) {
        return value->rejected;
    }
    const struct contradictions *pairs = &work->scenario->contradictions;
    name_id arrivals = scenario_word(work->scenario, "arrivals");
    bool against = false;
    for (size_t i = 0; i < pairs->n; i++) {
        struct text reading = scenario_name(work->scenario, pairs->reading[i]);
        bool a = pairs->table_a[i] == arrivals && pairs->row_a[i] == value->row;
        bool b = pairs->table_b[i] == arrivals && pairs->row_b[i] == value->row;
        bool neither = text_is(reading, "neither");
        if (!a && !b) {
            continue;
        }
        if (text_is(reading, "both") || text_is(reading, a ? "a" : "b")) {
            return false;
        }
        /* Where neither side is used, the first is the row in question. */
        bool in_question = neither && (a || same_period(work, pairs->row_a[i], value));
        against = against || in_question ||
                  (!neither && (a ? side_known(work, pairs->table_b[i], pairs->row_b[i])
                                  : side_known(work, pairs->table_a[i], pairs->row_a[i])));
    }
    return against;
}

static void total_add(const struct claim_work *work, struct claim_total *to, uint32_t index)
{
    const struct watch_value *value = &to->series->value[index];
    date_days known = book_known_from(value, work->options->clock);
    to->count += value->count;
    to->slack += claim_slack(value->count);
    to->rejected = to->rejected || claim_rejected(work, value);
    to->disputed = to->disputed || value->disputed;
    to->computed = to->computed || value->computed;
    if (to->n == 0 || known == DATE_NONE || (to->known != DATE_NONE && known > to->known)) {
        to->known = known;
    }
    to->values[to->n++] = index;
}

int claim_total_of(const struct claim_work *work, const struct watch_known *known, uint32_t value,
                   struct claim_total *out, struct ajar_err *err)
{
    const struct watch_value *at = &known->series->value[value];
    struct claim_total total = {.series = known->series, .from = at->from, .to = at->to};
    TRY_NEW(total.values, work->arena, 1, err);
    total_add(work, &total, value);
    total.in_force = book_value_at(known, at->from, at->to) == value;
    *out = total;
    return 0;
}

int claim_total_days(const struct claim_work *work, const struct watch_known *known, date_days from,
                     date_days to, struct claim_total *out, struct ajar_err *err)
{
    const struct watch_grid *day = &known->day;
    *out = (struct claim_total){.series = known->series, .from = from, .to = to};
    if (!claim_adds(known->series->kind) || day->n == 0 || from < day->first ||
        (int64_t)to - day->first >= (int64_t)day->n) {
        return 0;
    }
    size_t first = (size_t)(from - day->first), n = (size_t)(to - from) + 1;
    for (size_t i = 0; i < n; i++) {
        if (known->day_value[first + i] == BOOK_NONE) {
            return 0;
        }
    }
    struct claim_total total = *out;
    total.summed = n > 1;
    total.in_force = true;
    TRY_NEW(total.values, work->arena, n, err);
    for (size_t i = 0; i < n; i++) {
        total_add(work, &total, known->day_value[first + i]);
    }
    *out = total;
    return 0;
}

int claim_total_some(const struct claim_work *work, const struct watch_known *known, date_days from,
                     date_days to, struct claim_total *out, struct ajar_err *err)
{
    const struct watch_grid *day = &known->day;
    struct claim_total total = {.series = known->series, .summed = true, .in_force = true};
    *out = total;
    int64_t low = (int64_t)from - day->first, high = (int64_t)to - day->first;
    low = low < 0 ? 0 : low;
    high = high >= (int64_t)day->n ? (int64_t)day->n - 1 : high;
    size_t n = 0;
    for (int64_t i = low; i <= high; i++) {
        n += known->day_value[i] != BOOK_NONE;
    }
    if (n == 0) {
        return 0;
    }
    TRY_NEW(total.values, work->arena, n, err);
    for (int64_t i = low; i <= high; i++) {
        if (known->day_value[i] == BOOK_NONE) {
            continue;
        }
        total.from = total.n == 0 ? day->first + (date_days)i : total.from;
        total.to = day->first + (date_days)i;
        total_add(work, &total, known->day_value[i]);
    }
    total.summed = total.n > 1;
    *out = total;
    return 0;
}

int claim_total_at(const struct claim_work *work, const struct watch_known *known, date_days from,
                   date_days to, struct claim_total *out, struct ajar_err *err)
{
    uint32_t value = book_value_at(known, from, to);
    struct claim_total days;
    TRY(claim_total_days(work, known, from, to, &days, err));
    bool rejected = value != BOOK_NONE && claim_rejected(work, &known->series->value[value]);
    if (value == BOOK_NONE || (rejected && days.values != NULL && !days.rejected)) {
        *out = days;
        return 0;
    }
    return claim_total_of(work, known, value, out, err);
}

bool claim_part(const struct claim_work *work, const struct watch_series *series)
{
    struct text route = names_word(work->book->names, series->route);
    return work->route == 0 && route.n > 0 && memchr(route.at, ':', route.n) != NULL;
}

unsigned claim_weakness(const struct claim_work *work, const struct claim_total *total)
{
    unsigned weakness = claim_part(work, total->series) ? WEAK_PART : 0;
    weakness |= total->summed ? WEAK_SUM : 0U;
    weakness |= total->computed ? WEAK_COMPUTED : 0U;
    weakness |= total->rejected ? WEAK_REJECTED : 0U;
    if (!total->in_force) {
        weakness |= total->disputed ? WEAK_BESIDE : WEAK_REPLACED;
    }
    return weakness;
}

bool claim_series_is(const struct claim_work *work, const struct watch_series *series,
                     name_id place)
{
    return series->place == place && series->measure_word == work->measure;
}

int claim_total_place(const struct claim_work *work, name_id place, struct claim_total *out,
                      struct ajar_err *err)
{
    unsigned least = 0;
    *out = (struct claim_total){0};
    for (size_t s = 0; s < work->book->n; s++) {
        const struct watch_series *series = &work->book->series[s];
        struct watch_known known;
        struct claim_total total;
        if (!claim_series_is(work, series, place)) {
            continue;
        }
        TRY(book_known(work->arena, series, work->options->clock, work->options->as_known, &known,
                       err));
        TRY(claim_total_at(work, &known, work->claim->from, work->claim->to, &total, err));
        if (total.values == NULL) {
            continue;
        }
        unsigned weakness = claim_weakness(work, &total);
        /* Of equals the wider border, which counts more. */
        if (out->values == NULL || weakness < least ||
            (weakness == least && total.count > out->count)) {
            *out = total;
            least = weakness;
        }
    }
    return 0;
}
