#include <math.h>
#include <string.h>

#include "claim_parts.h"

struct text claim_suffix(struct text measure)
{
    const char *bar = measure.n > 0 ? memchr(measure.at, '_', measure.n) : NULL;
    size_t skip = bar == NULL ? measure.n : (size_t)(bar - measure.at);
    return (struct text){measure.at + skip, measure.n - skip};
}

/* The total of the kind that goes with the claim's measure: same place, route and suffix, and for gross
 * flows the same unit.  Of a scenario's measures only entries_, exits_ and net_ go together: tourists
 * less exits would be no net. */
static int gross_total(const struct claim_work *work, name_id route, enum measure_kind kind,
                       const char *usual, name_id unit, double *out, struct ajar_err *err)
{
    const struct names *names = work->book->names;
    struct text claimed = names_word(names, work->measure), suffix = claim_suffix(claimed);
    bool paired = text_starts(claimed, "entries_") || text_starts(claimed, "exits_") ||
                  text_starts(claimed, "net_");
    bool sure = false;
    *out = NAN;
    for (size_t s = 0; s < work->book->n && !sure; s++) {
        const struct watch_series *series = &work->book->series[s];
        struct text word = names_word(names, series->measure_word);
        struct watch_known known;
        struct claim_total total;
        if (series->place != work->place || series->route != route || series->kind != kind ||
            (unit != 0 && series->unit != unit) || !text_eq(claim_suffix(word), suffix)) {
            continue;
        }
        TRY(book_known(work->arena, series, work->options->clock, work->options->as_known, &known,
                       err));
        TRY(claim_total_at(work, &known, work->claim->from, work->claim->to, &total, err));
        bool own = series->measure_word == work->measure;
        sure = total.values != NULL &&
               (own || work->scenario == NULL || (paired && text_starts(word, usual)));
        *out = sure ? total.count : *out;
    }
    return 0;
}

static const struct watch_series *gross_series(const struct claim_work *work)
{
    for (size_t s = 0; s < work->book->n; s++) {
        if (claim_series_is(work, &work->book->series[s], work->place)) {
            return &work->book->series[s];
        }
    }
    return NULL;
}

int claim_gross(const struct claim_work *work, name_id route, struct claim_answer *out,
                struct ajar_err *err)
{
    const struct watch_series *own = gross_series(work);
    out->gross_in = out->gross_out = out->net = NAN;
    if (own == NULL ||
        (own->kind != KIND_GROSS_IN && own->kind != KIND_GROSS_OUT && own->kind != KIND_NET)) {
        return 0;
    }
    /* Net is in persons where the flows are in crossings: then only the two flows need one unit. */
    name_id unit = own->kind == KIND_NET ? 0 : own->unit;
    TRY(gross_total(work, route, KIND_GROSS_IN, "entries_", unit, &out->gross_in, err));
    TRY(gross_total(work, route, KIND_GROSS_OUT, "exits_", unit, &out->gross_out, err));
    TRY(gross_total(work, route, KIND_NET, "net_", 0, &out->net, err));
    if (isnan(out->net)) {
        out->net = out->gross_in - out->gross_out;
    }
    return 0;
}
