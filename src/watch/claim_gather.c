#include <math.h>

#include "claim_parts.h"

static struct claim_clauses total_clauses(const struct claim_total *total)
{
    struct claim_clauses out = {0};
    const char *kind = claim_kind_clause(total->series);
    claim_clause(&out, total->rejected, "contradictions.csv does not use this value");
    claim_clause(&out, total->disputed, "another value stands beside it and neither is withdrawn");
    claim_clause(&out, !total->in_force && !total->disputed && !total->rejected,
                 "another value of the period counts");
    claim_clause(&out, total->computed, "worked out by the data set, not published");
    claim_clause(&out, kind != NULL, kind);
    return out;
}

/* Two ranges touch. */
static bool touches(double low, double high, double at, double slack)
{
    double most = 1e-12 * fmax(fabs(at), 1);
    return low <= at + slack + most && high >= at - slack - most;
}

static void stand_on(const struct claim_work *work, double low, double high,
                     struct claim_evidence *to)
{
    bool agrees = touches(low, high, work->claim->figure, work->claim->tolerance);
    to->stand = agrees ? CLAIM_AGREES : CLAIM_CONTRADICTS;
}

static date_days later_known(date_days a, date_days b)
{
    if (a == DATE_NONE || b == DATE_NONE) {
        return DATE_NONE;
    }
    return a > b ? a : b;
}

/* Lowest and highest ratio of two totals, each off by its rounding. */
static void ratio_range(const struct claim_total *over, const struct claim_total *under,
                        double range[2])
{
    range[0] = (over->count - over->slack) / (under->count + under->slack);
    range[1] = (over->count + over->slack) / (under->count - under->slack);
}

static int fill_change(const struct claim_work *work, const struct watch_known *known,
                       const struct claim_total *total, struct claim_evidence *to,
                       struct claim_clauses *clauses, struct ajar_err *err)
{
    struct claim_total before;
    date_days length = total->to - total->from + 1;
    double range[2];
    TRY(claim_total_at(work, known, total->from - length, total->from - 1, &before, err));
    if (before.values == NULL || !(before.count > before.slack)) {
        to->stand = CLAIM_OTHER;
        claim_clause(clauses, true, "the total of the period before is not there");
        return 0;
    }
    to->before = before.count;
    to->change = total->count / before.count - 1;
    to->known = later_known(to->known, before.known);
    ratio_range(total, &before, range);
    stand_on(work, range[0] - 1, range[1] - 1, to);
    /* A measured total hits a round change to this closeness once in some hundred times. */
    bool circular = before.computed && fabs(to->change - work->claim->figure) < 0.0005;
    claim_clause(clauses, circular,
                 "the total before was worked out by the data set from the change itself: no "
                 "independent evidence");
    claim_clause(clauses, before.computed && !circular,
                 "the total before was worked out by the data set, not published");
    claim_clause(clauses, before.rejected, "contradictions.csv does not use the total before");
    claim_clause(clauses, length % 7 != 0, "the periods are no whole weeks: their weekdays differ");
    to->circular = circular;
    to->computed = to->computed || before.computed;
    to->rejected = to->rejected || before.rejected;
    return 0;
}

static bool same_mode(const struct claim_work *work, name_id a, name_id b)
{
    struct text rest, one = names_word(work->book->names, a),
                      two = names_word(work->book->names, b);
    one = text_split(one, ':', &rest);
    two = text_split(two, ':', &rest);
    return text_eq(one, two);
}

static void fill_share(const struct claim_work *work, const struct claim_total *whole,
                       const struct claim_total *total, struct claim_evidence *to,
                       struct claim_clauses *clauses)
{
    double range[2];
    if (whole->values == NULL || !(whole->count > whole->slack)) {
        to->stand = CLAIM_OTHER;
        claim_clause(clauses, true, "the total of the larger place is not there");
        return;
    }
    to->whole = whole->count;
    to->share = total->count / whole->count;
    to->known = later_known(to->known, whole->known);
    to->computed = to->computed || whole->computed;
    to->rejected = to->rejected || whole->rejected;
    ratio_range(total, whole, range);
    stand_on(work, range[0], range[1], to);
    claim_clause(clauses, whole->rejected,
                 "contradictions.csv does not use the total of the whole");
    claim_clause(clauses, !same_mode(work, total->series->route, whole->series->route),
                 "the part and the whole are counted on different routes");
}

static struct claim_evidence evidence_of(const struct claim_work *work,
                                         const struct claim_total *total)
{
    return (struct claim_evidence){.series = total->series,
                                   .stand = CLAIM_OTHER,
                                   .from = total->from,
                                   .to = total->to,
                                   .count = total->count,
                                   .before = NAN,
                                   .change = NAN,
                                   .whole = NAN,
                                   .share = NAN,
                                   .summed = total->summed,
                                   .covers = total->from == work->claim->from &&
                                             total->to == work->claim->to,
                                   .in_force = total->in_force,
                                   .rejected = total->rejected,
                                   .computed = total->computed,
                                   .n_values = total->n,
                                   .value = total->values,
                                   .known = total->known};
}

/* Evidence of one series. */
struct gather {
    const struct claim_work *work;
    const struct watch_known *known;
    const struct claim_total *whole;
    struct claim_heap *heap;
};

static int gather_put(struct gather *it, const struct claim_total *total,
                      const struct claim_evidence *evidence, const struct claim_clauses *clauses,
                      struct ajar_err *err)
{
    struct claim_heap *heap = it->heap;
    if (heap->n == heap->most) {
        return err_set(err, E_INTERNAL, "More evidence than was counted.");
    }
    heap->weakness[heap->n] = claim_weakness(it->work, total);
    heap->at[heap->n] = *evidence;
    return claim_clauses_join(it->work->arena, clauses, &heap->at[heap->n++].caution, err);
}

/* A total of exactly the claim's period. */
static int gather_covering(struct gather *it, const struct claim_total *total, struct ajar_err *err)
{
    const struct claim_work *work = it->work;
    struct claim_evidence evidence = evidence_of(work, total);
    struct claim_clauses clauses = total_clauses(total);
    switch (work->claim->form) {
    case CLAIM_TOTAL:
        stand_on(work, total->count - total->slack, total->count + total->slack, &evidence);
        break;
    case CLAIM_CHANGE:
        TRY(fill_change(work, it->known, total, &evidence, &clauses, err));
        break;
    case CLAIM_SHARE:
        fill_share(work, it->whole, total, &evidence, &clauses);
        break;
    }
    return gather_put(it, total, &evidence, &clauses, err);
}

/* A value of another window: shown with the share that the claim may have taken from it. */
static int gather_window(struct gather *it, const struct claim_total *total, struct ajar_err *err)
{
    const struct claim *claim = it->work->claim;
    struct claim_evidence evidence = evidence_of(it->work, total);
    struct claim_clauses clauses = total_clauses(total);
    if (claim->form == CLAIM_SHARE && it->whole->values != NULL) {
        fill_share(it->work, it->whole, total, &evidence, &clauses);
        evidence.stand = CLAIM_OTHER;
    }
    bool inside = total->from >= claim->from && total->to <= claim->to;
    bool around = total->from <= claim->from && total->to >= claim->to;
    claim_clause(&clauses, inside, "the windows differ: it counts a part of the period");
    claim_clause(&clauses, around, "the windows differ: it counts days outside the period too");
    claim_clause(&clauses, !inside && !around, "the windows differ: they cross");
    return gather_put(it, total, &evidence, &clauses, err);
}

/* Days of the period where some are missing: what they sum to is not the total. */
static int gather_days_there(struct gather *it, struct ajar_err *err)
{
    const struct claim *claim = it->work->claim;
    struct claim_total total;
    TRY(claim_total_some(it->work, it->known, claim->from, claim->to, &total, err));
    if (total.values == NULL) {
        return 0;
    }
    struct claim_evidence evidence = evidence_of(it->work, &total);
    struct claim_clauses clauses = total_clauses(&total);
    evidence.covers = false;
    claim_clause(&clauses, evidence.summed,
                 "days of the period are missing: a sum of those that are there");
    claim_clause(&clauses, !evidence.summed, "the windows differ: it counts a part of the period");
    return gather_put(it, &total, &evidence, &clauses, err);
}

static int gather_series(struct gather *it, struct ajar_err *err)
{
    const struct claim *claim = it->work->claim;
    const struct watch_series *series = it->known->series;
    struct claim_total total;
    TRY(claim_total_days(it->work, it->known, claim->from, claim->to, &total, err));
    bool days = claim->to > claim->from && claim_adds(series->kind);
    if (total.values != NULL && total.summed) {
        TRY(gather_covering(it, &total, err));
    } else if (days) {
        TRY(gather_days_there(it, err));
    }
    for (uint32_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        bool covers = value->from == claim->from && value->to == claim->to;
        if (!covers || !claim_known(it->work, value)) {
            continue;
        }
        TRY(claim_total_of(it->work, it->known, i, &total, err));
        TRY(gather_covering(it, &total, err));
    }
    for (size_t i = 0; i < it->known->n; i++) {
        const struct watch_value *value = &series->value[it->known->value[i]];
        bool covers = value->from == claim->from && value->to == claim->to;
        bool apart = value->to < claim->from || value->from > claim->to;
        if (covers || apart || (days && value->from == value->to)) {
            continue;
        }
        TRY(claim_total_of(it->work, it->known, it->known->value[i], &total, err));
        TRY(gather_window(it, &total, err));
    }
    return 0;
}

/* Another kind for the same period: net beside gross, a rate beside a total.  For ALL the net of every place,
 * since no sum is made. */
static bool other_kind(const struct claim_work *work, const struct watch_series *series)
{
    const struct names *names = work->book->names;
    bool all = text_is(names_word(names, work->place), "ALL") && series->kind == KIND_NET;
    if (series->measure_word == work->measure || (series->place != work->place && !all) ||
        (work->route != 0 && series->route != work->route)) {
        return false;
    }
    if (work->scenario != NULL && series->measure < work->scenario->measures.n) {
        uint32_t own = work->measure_row;
        const name_id *nationality = work->scenario->measures.nationality;
        return own != SCENARIO_NO_ROW && nationality[series->measure] == nationality[own];
    }
    return text_eq(claim_suffix(names_word(names, series->measure_word)),
                   claim_suffix(names_word(names, work->measure)));
}

static int gather_other_kind(struct gather *it, struct ajar_err *err)
{
    const struct claim *claim = it->work->claim;
    uint32_t value = book_value_at(it->known, claim->from, claim->to);
    struct claim_total total;
    if (value == BOOK_NONE) {
        return 0;
    }
    TRY(claim_total_of(it->work, it->known, value, &total, err));
    struct claim_evidence evidence = evidence_of(it->work, &total);
    struct claim_clauses clauses = total_clauses(&total);
    claim_clause(&clauses, total.series->kind == KIND_NET, "in minus out, not a gross count");
    claim_clause(&clauses, true, "another measure");
    return gather_put(it, &total, &evidence, &clauses, err);
}

/* With no route named, one part of a border says nothing against a claim about the whole. */
static int heap_parts(const struct claim_work *work, struct claim_heap *heap, struct ajar_err *err)
{
    double most = 0;
    const struct watch_series *widest = NULL;
    for (size_t i = 0; i < heap->n; i++) {
        const struct claim_evidence *at = &heap->at[i];
        if (at->covers && at->stand != CLAIM_OTHER && !at->rejected && at->count > most) {
            most = at->count;
            widest = at->series;
        }
    }
    for (size_t i = 0; i < heap->n; i++) {
        struct claim_evidence *at = &heap->at[i];
        struct claim_clauses clauses = {0};
        if (at->stand == CLAIM_OTHER || at->series == widest || at->count >= most ||
            at->series->kind == KIND_NET || !claim_adds(at->series->kind) ||
            !claim_part(work, at->series)) {
            continue;
        }
        at->stand = CLAIM_OTHER;
        claim_clause(&clauses, true, "one part of the border, where another series counts more");
        claim_clause(&clauses, at->caution != NULL, at->caution);
        TRY(claim_clauses_join(work->arena, &clauses, &at->caution, err));
    }
    return 0;
}

static int heap_make(const struct claim_work *work, struct claim_heap *heap, struct ajar_err *err)
{
    *heap = (struct claim_heap){0};
    for (size_t s = 0; s < work->book->n; s++) {
        const struct watch_series *series = &work->book->series[s];
        heap->most += claim_series_is(work, series, work->place) ? series->n + 1 : 1;
    }
    TRY_NEW(heap->at, work->arena, heap->most, err);
    TRY_NEW(heap->weakness, work->arena, heap->most, err);
    return 0;
}

int claim_gather(const struct claim_work *work, struct claim_heap *out, struct ajar_err *err)
{
    struct claim_total whole = {0};
    struct claim_heap heap;
    TRY(heap_make(work, &heap, err));
    if (work->whole != 0) {
        TRY(claim_total_place(work, work->whole, &whole, err));
    }
    for (size_t s = 0; s < work->book->n; s++) {
        const struct watch_series *series = &work->book->series[s];
        struct watch_known known;
        struct gather it = {work, &known, &whole, &heap};
        bool own = claim_series_is(work, series, work->place) &&
                   (work->route == 0 || series->route == work->route);
        if (!own && !other_kind(work, series)) {
            continue;
        }
        TRY(book_known(work->arena, series, work->options->clock, work->options->as_known, &known,
                       err));
        TRY(own ? gather_series(&it, err) : gather_other_kind(&it, err));
    }
    TRY(heap_parts(work, &heap, err));
    *out = heap;
    return 0;
}
