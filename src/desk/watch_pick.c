/* Which series are asked about, and by which of its grids one is judged. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "watch_inside.h"

enum { PICK_LEAST = 2 }; /* counts without which nothing can be compared */

/* Days between false alarms of a series, at most: thresholds by simulation reach no further. */
#define PICK_RAREST 5e5

/* One of the words by which series are picked. */
struct pick_word {
    const char *wanted;
    size_t offset; /* of the name_id in struct watch_series */
    enum err_code code;
    const char *what;
};

static name_id pick_id(const struct watch_series *series, const struct pick_word *word)
{
    name_id id;
    memcpy(&id, (const char *)series + word->offset, sizeof id);
    return id;
}

static bool pick_matches(const struct watch_input *input, const struct watch_series *series,
                         const struct pick_word *word)
{
    return word->wanted == NULL ||
           text_is(names_word(input->book.names, pick_id(series, word)), word->wanted);
}

/* A user's "Finland" or "fi" is FIN. */
static const char *pick_country(const struct watch_input *input, const struct pick_word *word)
{
    bool place = word->code == E_WATCH_PLACE && input->scenario != NULL;
    const char *code = place ? country_guess(text_of(word->wanted)) : NULL;
    for (size_t i = 0; code != NULL && i < input->book.n; i++) {
        if (text_is(names_word(input->book.names, input->book.series[i].place), code)) {
            return code;
        }
    }
    return NULL;
}

static int pick_unknown(struct arena *arena, const struct watch_input *input,
                        const struct pick_word *word, struct ajar_err *err)
{
    const char **words;
    size_t n = 0;
    name_id last = 0;
    TRY_NEW(words, arena, input->book.n, err);
    for (size_t i = 0; i < input->book.n; i++) {
        name_id id = pick_id(&input->book.series[i], word);
        if (id != 0 && id != last) {
            TRY(text_copy(arena, names_word(input->book.names, id), &words[n++], err));
            last = id;
        }
    }
    err_set(err, word->code, "No series has the %s '%.60s'.", word->what, word->wanted);
    const char *near = pick_country(input, word);
    near = near != NULL ? near : text_nearest(text_of(word->wanted), words, n);
    for (size_t i = 0; near == NULL && i < n; i++) {
        near = strcasestr(words[i], word->wanted) != NULL ? words[i] : NULL;
    }
    return near != NULL ? err_hint(err, "Did you mean '%.80s'?", near) : (int)word->code;
}

static int pick_check(struct arena *arena, const struct watch_input *input,
                      const struct pick_word *word, struct ajar_err *err)
{
    for (size_t i = 0; i < input->book.n; i++) {
        if (pick_matches(input, &input->book.series[i], word)) {
            return 0;
        }
    }
    return pick_unknown(arena, input, word, err);
}

int watch_pick(struct arena *arena, const struct watch_input *input,
               const struct watch_run_options *options, uint32_t **series, size_t *n,
               struct ajar_err *err)
{
    const struct pick_word words[] = {
        {options->place, offsetof(struct watch_series, place), E_WATCH_PLACE, "place"},
        {options->measure, offsetof(struct watch_series, measure_word), E_WATCH_MEASURE, "measure"},
        {options->route, offsetof(struct watch_series, route), E_WATCH_ROUTE, "route"},
    };
    size_t picked = 0;
    uint32_t *out;
    if (input->book.n == 0) {
        return err_set(err, E_WATCH_NOTHING, "There is no series of counts.");
    }
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        TRY(pick_check(arena, input, &words[w], err));
    }
    TRY_NEW(out, arena, input->book.n, err);
    for (size_t i = 0; i < input->book.n; i++) {
        const struct watch_series *at = &input->book.series[i];
        if (pick_matches(input, at, &words[0]) && pick_matches(input, at, &words[1]) &&
            pick_matches(input, at, &words[2])) {
            out[picked++] = (uint32_t)i;
        }
    }
    if (picked == 0) {
        return err_set(err, E_WATCH_NOTHING,
                       "No series has the place, measure and route together.");
    }
    *series = out;
    *n = picked;
    return 0;
}

static size_t pick_counted(const struct watch_grid *grid, size_t *last, bool *negative)
{
    size_t n = 0;
    for (size_t i = 0; i < grid->n; i++) {
        if (!isnan(grid->y[i])) {
            *negative = *negative || grid->y[i] < 0;
            *last = i;
            n++;
        }
    }
    return n;
}

static const char *pick_no_grid(const struct watch_known *known)
{
    if (known->n == 0) {
        return "nothing of it was known by then";
    }
    return known->n == 1 ? "it has a single count"
                         : "it has no two counts of single days, nor of weeks from one weekday";
}

int watch_pick_known(struct arena *arena, const struct watch_input *input, uint32_t series,
                     enum watch_clock clock, date_days as_known, struct watch_judged *out,
                     struct ajar_err *err)
{
    *out = (struct watch_judged){.series = series};
    struct watch_known *known = &out->known;
    TRY(book_known(arena, &input->book.series[series], clock, as_known, known, err));
    size_t last_day = 0, last_week = 0;
    bool below_day = false, below_week = false;
    size_t days = pick_counted(&known->day, &last_day, &below_day);
    size_t weeks = pick_counted(&known->week, &last_week, &below_week);
    out->weekly = days < PICK_LEAST && (weeks >= PICK_LEAST || weeks > days);
    out->grid = out->weekly ? &known->week : &known->day;
    out->value = out->weekly ? known->week_value : known->day_value;
    out->last = out->weekly ? last_week : last_day;
    if (input->book.series[series].kind == KIND_RATE) {
        out->why_not = "its values are daily averages over a period, not counts";
    } else if (days < PICK_LEAST && weeks < PICK_LEAST) {
        out->why_not = pick_no_grid(known);
    } else if (out->weekly ? below_week : below_day) {
        out->why_not = "it has values below 0, which are no counts";
    }
    return 0;
}

int watch_pick_rate(const struct watch_run_options *options, size_t n_judged,
                    struct watch_options *out, struct ajar_err *err)
{
    *out = options->detect;
    if (isnan(options->false_alarms_a_year) || n_judged == 0) {
        return 0;
    }
    if (!(options->false_alarms_a_year > 0) || isinf(options->false_alarms_a_year)) {
        return err_set(err, E_WATCH_OPTION, "A budget of %g false alarms a year is not possible.",
                       options->false_alarms_a_year);
    }
    out->alarm_every_days = 365.25 * (double)n_judged / options->false_alarms_a_year;
    if (out->alarm_every_days > PICK_RAREST) {
        err_set(err, E_WATCH_OPTION,
                "%g false alarms a year over %zu series is one in %.0f years for each of them.",
                options->false_alarms_a_year, n_judged, out->alarm_every_days / 365.25);
        return err_hint(err, "Ask for at least %.3g.",
                        365.25 * (double)n_judged / PICK_RAREST * 1.001);
    }
    return 0;
}

bool watch_pick_same(const struct watch_grid *a, const struct watch_grid *b, size_t n)
{
    if (a->n < n || b->n < n || a->step_days != b->step_days || a->first != b->first) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (a->y[i] != b->y[i] && !(isnan(a->y[i]) && isnan(b->y[i]))) {
            return false;
        }
    }
    return true;
}

size_t watch_run_start(const struct watch_grid *grid, const struct watch_point *points,
                       size_t period)
{
    size_t start = period, most = grid->step_days == 7 ? 4 : 7;
    for (size_t i = period; i-- > 0 && start - i <= most + 1;) {
        if (!isnan(grid->y[i])) {
            if (!points[i].rings) {
                break;
            }
            start = i;
        }
    }
    return start;
}
