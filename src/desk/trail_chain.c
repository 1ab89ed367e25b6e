#include "trail_chain.h"

#include <math.h>
#include <stdio.h>

#include "ajar.h"
#include "html.h"

#define VALUE 512 /* bytes of a parameter as text */

static int put_number(struct trail *trail, const char *part, const char *name, double value,
                      struct ajar_err *err)
{
    char text[NUM_TEXT];
    num_format(value, text);
    return trail_add_param(trail, part, name, text_of(isinf(value) ? "inf" : text), err);
}

static int put_day(struct trail *trail, const char *part, const char *name, date_days day,
                   struct ajar_err *err)
{
    char text[DATE_TEXT];
    return day == DATE_NONE
               ? 0
               : trail_add_param(trail, part, name, text_of(date_format(day, text)), err);
}

static int put_aid(struct trail *trail, const struct aid_job *aid, struct ajar_err *err)
{
    char budget[VALUE], number[NUM_TEXT];
    num_format(aid->options.budget, number);
    snprintf(budget, sizeof budget, "%s %s", number, aid->unit);
    TRY(trail_add_param(trail, "AID", "budget", text_of(budget), err));
    TRY(put_number(trail, "AID", "alpha", aid->options.alpha, err));
    TRY(put_number(trail, "AID", "tranche", aid->options.tranche, err));
    TRY(put_number(trail, "AID", "draws", (double)aid->sensitivity.draws, err));
    return put_number(trail, "AID", "seed", (double)trail->seed, err);
}

/* A part without parameters has its method all the same. */
static int put_part(struct trail *trail, const char *part, date_days as_known, struct ajar_err *err)
{
    return as_known == DATE_NONE ? trail_add_param(trail, part, "", text_of(""), err)
                                 : put_day(trail, part, "as known on", as_known, err);
}

static int put_scenario(struct trail *trail, const struct chain *chain, struct ajar_err *err)
{
    date_days day = chain->scenario.as_known;
    TRY(put_part(trail, "SCENARIO", DATE_NONE, err));
    TRY(put_part(trail, "WATCH", day, err));
    TRY(put_number(trail, "WATCH", "seed", (double)trail->seed, err));
    TRY(put_part(trail, "DOORS", day, err));
    if (chain->exodus.stands) {
        const struct exodus_chain *exodus = &chain->exodus;
        TRY(put_number(trail, "FLOW", "runs", (double)exodus->options.n_members, err));
        TRY(put_number(trail, "FLOW", "seed", (double)exodus->options.seed, err));
        TRY(put_number(trail, "FLOW", "draws of the fit", (double)exodus->input->n_draws, err));
    }
    if (chain->place.stands) {
        TRY(put_number(trail, "PLACE", "seed", (double)trail->seed, err));
        TRY(trail_add_param(trail, "PLACE", "cohort", text_of("synthetic, nobody in it is real"),
                            err));
    }
    return put_aid(trail, &chain->aid, err);
}

int trail_chain_params(struct trail *trail, const struct chain *chain,
                       const struct chain_options *options, struct ajar_err *err)
{
    char day[DATE_TEXT];
    const char *copy;
    trail->version = text_of(ajar_version());
    trail->command = text_of(options->command);
    trail->seed = options->aid.seed;
    TRY(put_part(trail, "REPORT", DATE_NONE, err));
    if (chain->flow != NULL) {
        TRY(trail_add_param(trail, "FLOW", "runs", text_of(chain->flow->made), err));
        TRY(put_number(trail, "FLOW", "seed", (double)chain->flow->options.seed, err));
    }
    if (chain->alone) {
        return 0;
    }
    if (chain->scenario.as_known != DATE_NONE) {
        TRY(text_copy(trail->arena, text_of(date_format(chain->scenario.as_known, day)), &copy,
                      err));
        trail->as_known = text_of(copy);
    }
    return put_scenario(trail, chain, err);
}

static bool is_linked(const struct trail *trail, bool assumption, struct text id)
{
    for (uint32_t i = 0; i < trail->n_links; i++) {
        if (trail->links[i].assumption == assumption && text_eq(trail->links[i].id, id)) {
            return true;
        }
    }
    return false;
}

static int keep_words(struct trail *trail, struct buf *words, struct text *out,
                      struct ajar_err *err)
{
    const char *copy = NULL;
    int code = buf_ok(words, err);
    code = code != 0 ? code : text_copy(trail->arena, buf_view(words), &copy, err);
    words->n = 0;
    *out = text_of(copy);
    return code;
}

/* Ids as the page's links have them. */
static int keep_id(struct trail *trail, struct buf *words, struct text id, struct text *out,
                   struct ajar_err *err)
{
    html_id(words, id);
    return keep_words(trail, words, out, err);
}

static int put_source(struct trail *trail, struct buf *words, const struct scenario *scenario,
                      size_t i, struct ajar_err *err)
{
    const struct sources *sources = &scenario->sources;
    struct trail_note note = {
        .words = {sources->publisher[i], sources->title[i], {"", 0}, sources->url[i]}};
    char day[DATE_TEXT];
    TRY(keep_id(trail, words, scenario_name(scenario, sources->id[i]), &note.id, err));
    if (!is_linked(trail, false, note.id)) {
        return 0;
    }
    if (sources->date[i].first != DATE_NONE) {
        buf_str(words, date_format_partial(sources->date[i], day));
        TRY(keep_words(trail, words, &note.words[2], err));
    }
    trail->sources[trail->n_sources++] = note;
    return 0;
}

static int put_assumption(struct trail *trail, struct buf *words, const struct scenario *scenario,
                          size_t i, struct ajar_err *err)
{
    const struct assumptions *rows = &scenario->assumptions;
    struct trail_note note = {0};
    char low[NUM_TEXT], central[NUM_TEXT], high[NUM_TEXT], day[DATE_TEXT];
    TRY(keep_id(trail, words, scenario_name(scenario, rows->id[i]), &note.id, err));
    if (!is_linked(trail, true, note.id)) {
        return 0;
    }
    buf_text(words, scenario_name(scenario, rows->quantity[i]));
    buf_str(words, ", ");
    buf_text(words, scenario_name(scenario, rows->country[i]));
    TRY(keep_words(trail, words, &note.words[0], err));
    num_format(rows->low[i], low);
    num_format(rows->central[i], central);
    num_format(rows->high[i], high);
    buf_printf(words, "%s, from %s to %s ", central, low, high);
    buf_text(words, scenario_name(scenario, rows->unit[i]));
    TRY(keep_words(trail, words, &note.words[1], err));
    if (rows->date[i].first != DATE_NONE) {
        buf_str(words, date_format_partial(rows->date[i], day));
        TRY(keep_words(trail, words, &note.words[2], err));
    }
    note.words[3] = rows->reason[i];
    trail->assumptions[trail->n_assumptions++] = note;
    return 0;
}

int trail_chain_notes(struct trail *trail, const struct scenario *scenario, struct ajar_err *err)
{
    struct buf words;
    int code = 0;
    TRY_NEW(trail->sources, trail->arena, scenario->sources.n, err);
    TRY_NEW(trail->assumptions, trail->arena, scenario->assumptions.n, err);
    buf_init(&words, 1 << 20);
    for (size_t i = 0; i < scenario->sources.n && code == 0; i++) {
        code = put_source(trail, &words, scenario, i, err);
    }
    for (size_t i = 0; i < scenario->assumptions.n && code == 0; i++) {
        code = put_assumption(trail, &words, scenario, i, err);
    }
    buf_free(&words);
    return code;
}
