#include "claim.h"

#include <math.h>
#include <stdlib.h>

#include "claim_parts.h"
#include "country.h"
#include "dist.h"
#include "short.h"

#define SIGMAS 3.0

/* Distinct words of the series that `part` reads from, for "did you mean". */
static int words_of(const struct claim_work *work, name_id (*part)(const struct watch_series *),
                    const char ***out, size_t *n, struct ajar_err *err)
{
    const char **words;
    name_id last = 0;
    *n = 0;
    TRY_NEW(words, work->arena, work->book->n, err);
    for (size_t s = 0; s < work->book->n; s++) {
        name_id word = part(&work->book->series[s]);
        if (word != 0 && word != last) {
            TRY(text_copy(work->arena, names_word(work->book->names, word), &words[(*n)++], err));
        }
        last = word;
    }
    *out = words;
    return 0;
}

static name_id part_place(const struct watch_series *series)
{
    return series->place;
}

static name_id part_measure(const struct watch_series *series)
{
    return series->measure_word;
}

static name_id part_route(const struct watch_series *series)
{
    return series->route;
}

/* The name of a word of the claim, or the error with the word that was likely meant. */
static int resolve(const struct claim_work *work, struct text word,
                   name_id (*part)(const struct watch_series *), enum err_code code,
                   const char *what, name_id *out, struct ajar_err *err)
{
    name_id name = names_find(work->book->names, word);
    for (size_t s = 0; s < work->book->n && name != 0; s++) {
        if (part(&work->book->series[s]) == name) {
            *out = name;
            return 0;
        }
    }
    const char **words = NULL, *near = NULL;
    size_t n = 0;
    TRY(words_of(work, part, &words, &n, err));
    if (part == part_place) {
        near = country_guess(word);
    }
    near = near != NULL && !text_is(word, near) ? near : text_nearest(word, words, n);
    err_at(err, code, NULL, 0, NULL, word, "No series has this %s.", what);
    if (near != NULL) {
        err_hint(err, "Did you mean '%s'?", near);
    }
    return (int)code;
}

static int claim_resolve(struct claim_work *work, struct ajar_err *err)
{
    const struct claim *claim = work->claim;
    TRY(resolve(work, claim->measure, part_measure, E_WATCH_MEASURE, "measure", &work->measure,
                err));
    TRY(resolve(work, claim->place, part_place, E_WATCH_PLACE, "place", &work->place, err));
    if (claim->whole.n > 0) {
        TRY(resolve(work, claim->whole, part_place, E_WATCH_PLACE, "place", &work->whole, err));
    }
    if (claim->route.n > 0) {
        TRY(resolve(work, claim->route, part_route, E_WATCH_ROUTE, "route", &work->route, err));
    }
    work->measure_row = SCENARIO_NO_ROW;
    for (size_t s = 0; s < work->book->n && work->scenario != NULL; s++) {
        if (work->book->series[s].measure_word == work->measure) {
            work->measure_row = work->book->series[s].measure;
        }
    }
    return 0;
}

/* Evidence with its rank, for sorting. */
struct ranked {
    struct claim_evidence of;
    unsigned weakness;
    size_t i; /* as gathered: by route, from, to */
};

static int order_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    int order = (int)a->of.stand - (int)b->of.stand;
    order = order != 0 ? order : (a->weakness > b->weakness) - (a->weakness < b->weakness);
    return order != 0 ? order : (a->i > b->i) - (a->i < b->i);
}

/* The value that the verdict rests on: the strongest; of equals the wider border, which counts more. */
static bool leads(const struct ranked *a, const struct ranked *b)
{
    return a->weakness != b->weakness ? a->weakness < b->weakness : a->of.count > b->of.count;
}

static int evidence_sort(const struct claim_work *work, const struct claim_heap *heap,
                         struct claim_answer *out, struct ajar_err *err)
{
    struct ranked *ranked;
    TRY_NEW(ranked, work->arena, heap->n, err);
    for (size_t i = 0; i < heap->n; i++) {
        ranked[i] = (struct ranked){heap->at[i], heap->weakness[i], i};
    }
    qsort(ranked, heap->n, sizeof *ranked, order_ranked);
    out->n = heap->n;
    out->evidence = heap->at;
    out->lead = SIZE_MAX;
    for (size_t i = 0; i < heap->n; i++) {
        const struct claim_evidence *at = &ranked[i].of;
        out->evidence[i] = *at;
        if (at->stand != CLAIM_OTHER && !at->rejected &&
            (out->lead == SIZE_MAX || leads(&ranked[i], &ranked[out->lead]))) {
            out->lead = i;
        }
    }
    return 0;
}

/* Whether a value as good as the lead's says otherwise: one beside it, or another that is in force. */
static bool answer_disputed(const struct claim_answer *answer)
{
    const struct claim_evidence *lead = &answer->evidence[answer->lead];
    for (size_t i = 0; i < answer->n; i++) {
        const struct claim_evidence *at = &answer->evidence[i];
        bool beside = at->in_force || at->series->value[at->value[0]].disputed;
        if (at->stand != CLAIM_OTHER && at->stand != lead->stand && !at->rejected && beside) {
            return true;
        }
    }
    return false;
}

static void change_noise(double before, double count, double noise, double df, double down,
                         struct claim_answer *out)
{
    out->z = short_totals_z(before, count, noise);
    out->df = df;
    out->p = dist_t_sf(down * out->z, df);
}

/* z of the change, and how much noise it would bear.  A fall is asked about the other way round. */
static int change_fill(const struct claim_work *work, struct claim_answer *out,
                       struct ajar_err *err)
{
    static const double noises[CLAIM_AT] = {0.03, 0.05, 0.08, 0.12};
    const struct claim_evidence *lead = &out->evidence[out->lead];
    double before = lead->before, count = lead->count, df = INFINITY;
    double down = work->claim->figure < 0 ? -1 : 1;
    double y1 = down < 0 ? count : before, y2 = down < 0 ? before : count;
    out->noise_most = short_totals_noise(y1, y2, work->options->rate);
    out->sigma3_most =
        short_totals_noise(fmin(before, count), fmax(before, count), dist_normal_sf(SIGMAS));
    for (size_t i = 0; i < CLAIM_AT; i++) {
        out->at[i].z = short_totals_z(before, count, noises[i]);
    }
    out->noise = work->options->noise;
    if (isnan(out->noise)) {
        TRY(claim_noise(work, lead->series, &out->noise, &out->noise_n, err));
        /* Measured with 4 to 32 ratios of independent lognormal totals: p below the rates 5 %, 1 % and
         * 0.135 % comes 0.5 to 1.0 times as often as it says. */
        df = (double)out->noise_n - 1;
    }
    if (!isnan(out->noise)) {
        change_noise(before, count, out->noise, df, down, out);
    }
    out->circular = lead->circular;
    return 0;
}

static int answer_verdict(const struct claim_work *work, struct claim_answer *out,
                          struct ajar_err *err)
{
    if (out->lead == SIZE_MAX) {
        out->verdict = CLAIM_NO_DATA;
        return 0;
    }
    const struct claim_evidence *lead = &out->evidence[out->lead];
    bool change = work->claim->form == CLAIM_CHANGE;
    out->count = lead->count;
    out->before = lead->before;
    out->change = lead->change;
    out->share = lead->share;
    out->disputed = answer_disputed(out);
    if (change) {
        TRY(change_fill(work, out, err));
    }
    if (lead->stand == CLAIM_CONTRADICTS) {
        out->verdict = CLAIM_CONTRADICTED;
    } else if (change && isnan(out->noise)) {
        out->verdict = CLAIM_NOT_KNOWN;
    } else if (change && !(out->p < work->options->rate)) {
        out->verdict = CLAIM_WITHIN_NOISE;
    } else {
        out->verdict = CLAIM_CARRIED;
    }
    return 0;
}

static int options_check(const struct claim_options *options, struct ajar_err *err)
{
    if (!(options->rate > 0 && options->rate <= 0.5)) {
        return err_set(err, E_WATCH_OPTION, "The rate is above 0 and at most 0.5.");
    }
    if (!isnan(options->noise) && !(options->noise >= 0 && options->noise <= 10)) {
        return err_set(err, E_WATCH_OPTION, "The noise of a total is 0 to 10 (1,000 percent).");
    }
    return 0;
}

int claim_check(struct arena *arena, const struct watch_book *book, const struct scenario *scenario,
                const struct claim *claim, const struct claim_options *options,
                struct claim_answer *out, struct ajar_err *err)
{
    struct claim_work work = {
        .arena = arena, .book = book, .scenario = scenario, .claim = claim, .options = options};
    struct claim_answer answer = {.count = NAN,
                                  .before = NAN,
                                  .change = NAN,
                                  .share = NAN,
                                  .noise = NAN,
                                  .df = NAN,
                                  .z = NAN,
                                  .p = NAN,
                                  .noise_most = NAN,
                                  .sigma3_most = NAN,
                                  .at = {{0.03, NAN}, {0.05, NAN}, {0.08, NAN}, {0.12, NAN}}};
    struct claim_heap heap;
    TRY(options_check(options, err));
    TRY(claim_resolve(&work, err));
    TRY(claim_gather(&work, &heap, err));
    TRY(evidence_sort(&work, &heap, &answer, err));
    TRY(answer_verdict(&work, &answer, err));
    name_id route = work.route;
    if (route == 0 && answer.lead != SIZE_MAX) {
        route = answer.evidence[answer.lead].series->route;
    }
    TRY(claim_gross(&work, route, &answer, err));
    *out = answer;
    return 0;
}
