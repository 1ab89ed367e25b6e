#include "exodus_ask.h"

#include <math.h>
#include <string.h>

#include "exodus_parts.h"
#include "steady.h"

#define ASK_SCALE 0.1 /* of the error of counting where no row is fitted */
#define ASK_LN10  2.30258509299404568402

static bool ask_same(const struct exodus_row *a, const struct exodus_row *b)
{
    return a->from == b->from && a->to == b->to && text_eq(a->country, b->country) &&
           text_eq(a->route, b->route) && text_eq(a->measure, b->measure);
}

/* The observation that row i of the file is; NULL: none. */
static const struct exodus_seen *ask_seen(const struct exodus_input *input,
                                          const struct exodus_file *file, size_t i)
{
    for (size_t k = 0; k < input->n_seen; k++) {
        const struct exodus_seen *seen = &input->seen[k];
        if (ask_same(&seen->row, &file->rows[i]) &&
            (file->source[i].n == 0 || text_eq(file->source[i], seen->source))) {
            return seen;
        }
    }
    return NULL;
}

static int ask_rows(struct arena *arena, const struct exodus_input *input,
                    const struct exodus_file *file, struct exodus_row **out, struct ajar_err *err)
{
    struct exodus_row *rows;
    TRY_NEW(rows, arena, file->n, err);
    for (size_t i = 0; i < file->n; i++) {
        const struct exodus_seen *seen = ask_seen(input, file, i);
        rows[i] = file->rows[i];
        if (seen != NULL) {
            rows[i].first_part = seen->row.first_part;
            rows[i].last_part = seen->row.last_part;
        }
    }
    *out = rows;
    return 0;
}

static int ask_spreads(struct arena *arena, struct exodus_ask *ask, struct ajar_err *err)
{
    uint32_t n_members = ask->options.n_members;
    double *members;
    TRY_NEW(ask->spreads, arena, ask->file->n, err);
    TRY_NEW(members, arena, n_members, err);
    for (size_t i = 0; i < ask->file->n; i++) {
        bool answered = ask->why[i] == NULL;
        memcpy(members, &ask->answers[i * n_members], n_members * sizeof *members);
        ask->spreads[i] = exodus_spread_of(members, answered ? n_members : 0);
        ask->n_answered += answered;
    }
    return 0;
}

int exodus_ask_play(struct arena *arena, const struct exodus_input *input,
                    const struct exodus_file *file, const struct exodus_replay_options *options,
                    struct pool *pool, const struct watch *watch, struct exodus_ask *out,
                    struct ajar_err *err)
{
    struct exodus_ask ask = {.file = file, .options = *options};
    struct exodus_worlds worlds = {.n = 1, .gates = input->worlds.gates};
    struct exodus_replay replay;
    TRY(ask_rows(arena, input, file, &ask.rows, err));
    TRY(exodus_replay_run(arena, input->model, &worlds, input->draws, input->n_draws, ask.rows,
                          file->n, options, pool, watch, &replay, err));
    ask.answers = replay.rows;
    ask.why = replay.why;
    TRY(ask_spreads(arena, &ask, err));
    *out = ask;
    return 0;
}

/* ---- Scores ---- */

static int ask_scale(struct arena *arena, const struct exodus_input *input, double *out,
                     struct ajar_err *err)
{
    double *scales;
    size_t n = 0;
    TRY_NEW(scales, arena, input->n_seen, err);
    for (size_t i = 0; i < input->n_seen; i++) {
        if (input->seen[i].use == EXODUS_FIT) {
            scales[n++] = input->seen[i].scale;
        }
    }
    *out = n == 0 ? ASK_SCALE : exodus_spread_of(scales, (uint32_t)n).p50;
    return 0;
}

/* A row of the file as one that was seen: checked, never fitted, and known to no baseline. */
static struct exodus_seen ask_check(const struct exodus_input *input, const struct exodus_ask *ask,
                                    size_t i, double scale)
{
    const struct exodus_seen *seen = ask_seen(input, ask->file, i);
    struct exodus_seen check = {
        .row = ask->rows[i], .known = INT32_MAX, .use = EXODUS_CHECK, .scale = scale};
    if (seen != NULL && seen->scale > 0) {
        check.scale = seen->scale;
        check.at_least = seen->at_least;
    }
    return check;
}

static double ask_error(double baseline, double value)
{
    return isnan(baseline)
               ? (double)NAN
               : (steady_log1p(fmax(baseline, 0)) - steady_log1p(fmax(value, 0))) / ASK_LN10;
}

static void ask_baselines(const struct exodus_input *input, const struct exodus_row *row,
                          struct exodus_observed *observed)
{
    exodus_baselines_of(input->model, row, input->seen, input->n_seen, input->model->as_known,
                        &observed->baselines);
    observed->error_last_week = ask_error(observed->baselines.last_week, row->value);
    observed->error_before = ask_error(observed->baselines.before, row->value);
}

int exodus_ask_score(struct arena *arena, const struct exodus_input *input,
                     const struct exodus_ask *ask, struct exodus_scored *out, struct ajar_err *err)
{
    const struct exodus_file *file = ask->file;
    struct exodus_scored scored = {0};
    struct exodus_seen *seen;
    TRY(ask_scale(arena, input, &scored.scale, err));
    TRY_NEW(seen, arena, file->n, err);
    for (size_t i = 0; i < file->n; i++) {
        seen[i] = ask_check(input, ask, i, scored.scale);
    }
    TRY(exodus_observe(arena, input->model, seen, file->n, ask->answers, ask->why,
                       ask->options.n_members, input->model->as_known, ask->options.seed,
                       &scored.observed, &scored.n, err));
    for (size_t i = 0; i < scored.n; i++) {
        struct exodus_observed *observed = &scored.observed[i];
        if (observed->why == NULL) {
            ask_baselines(input, &ask->rows[observed->seen], observed);
            scored.n_ahead += file->rows[observed->seen].from > input->model->as_known;
        }
    }
    exodus_rolling_of(seen, scored.observed, scored.n, DATE_NONE, INT32_MAX, &scored.all);
    exodus_rolling_of(seen, scored.observed, scored.n, input->model->as_known, INT32_MAX,
                      &scored.ahead);
    *out = scored;
    return 0;
}

/* ---- Table ---- */

static void ask_put_scores(struct csv_out *csv, const struct exodus_observed *observed)
{
    bool none = observed->why != NULL;
    const double numbers[] = {observed->model.p5, observed->model.p50, observed->model.p95};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        csv_put_fixed(csv, none ? (double)NAN : numbers[i], 1);
    }
    csv_put_fixed(csv, none ? (double)NAN : observed->error, 4);
    csv_put_fixed(csv, none ? (double)NAN : observed->expected.p10, 1);
    csv_put_fixed(csv, none ? (double)NAN : observed->expected.p90, 1);
    csv_put_str(csv, none ? "" : observed->inside ? "yes" : "no");
    csv_put_fixed(csv, none ? (double)NAN : observed->score, 4);
    csv_put_fixed(csv, none ? (double)NAN : observed->baselines.last_week, 1);
    csv_put_fixed(csv, none ? (double)NAN : observed->error_last_week, 4);
    csv_put_fixed(csv, none ? (double)NAN : observed->baselines.before, 1);
    csv_put_fixed(csv, none ? (double)NAN : observed->error_before, 4);
    csv_put_str(csv, observed->why);
}

int exodus_ask_score_write(struct buf *buf, const struct exodus_ask *ask,
                           const struct exodus_scored *scored, struct ajar_err *err)
{
    static const char *const heads[] = {"line",
                                        "date_from",
                                        "date_to",
                                        "country_iso3",
                                        "route",
                                        "measure",
                                        "value",
                                        "p5",
                                        "p50",
                                        "p95",
                                        "log10_error",
                                        "p10_counted",
                                        "p90_counted",
                                        "inside_80",
                                        "interval_score_80",
                                        "last_week",
                                        "last_week_log10_error",
                                        "before",
                                        "before_log10_error",
                                        "why",
                                        NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    exodus_table_heads(&csv, heads);
    for (size_t i = 0; i < scored->n; i++) {
        const struct exodus_observed *observed = &scored->observed[i];
        const struct exodus_row *row = &ask->file->rows[observed->seen];
        csv_put_int(&csv, ask->file->line[observed->seen]);
        exodus_table_date(&csv, row->from);
        exodus_table_date(&csv, row->to);
        csv_put_text(&csv, row->country);
        csv_put_text(&csv, row->route);
        csv_put_text(&csv, row->measure);
        csv_put_number(&csv, row->value);
        ask_put_scores(&csv, observed);
        csv_end_row(&csv);
    }
    return buf_ok(buf, err);
}
