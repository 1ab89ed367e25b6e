/* The tables of the exodus in an output folder. */
#include <math.h>

#include "exodus_parts.h"

static void put_spread(struct csv_out *csv, const struct exodus_spread *spread)
{
    csv_put_fixed(csv, spread->mean, 1);
    csv_put_fixed(csv, spread->p5, 1);
    csv_put_fixed(csv, spread->p50, 1);
    csv_put_fixed(csv, spread->p95, 1);
}

static void put_row(struct csv_out *csv, const struct exodus_row *row)
{
    exodus_table_date(csv, row->from);
    exodus_table_date(csv, row->to);
    csv_put_text(csv, row->country);
    csv_put_text(csv, row->route);
    csv_put_text(csv, row->measure);
}

static const char *basis_word(bool scored)
{
    return scored ? "fitted" : "priors alone";
}

static void put_forecast(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {"date_from", "date_to", "country_iso3", "route", "measure",
                                        "mean",      "p5",      "p50",          "p95",   "basis",
                                        NULL};
    exodus_table_heads(csv, heads);
    for (size_t i = 0; i < chain->forecast.n; i++) {
        put_row(csv, &chain->forecast.rows[i]);
        put_spread(csv, &chain->forecast.spreads[i]);
        csv_put_str(csv, basis_word(chain->forecast.scored[i]));
        csv_end_row(csv);
    }
}

static const char *use_word(enum exodus_use use)
{
    return use == EXODUS_FIT ? "fit" : use == EXODUS_CHECK ? "check" : "left";
}

static void put_observed(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {"date_from",
                                        "date_to",
                                        "country_iso3",
                                        "route",
                                        "measure",
                                        "value",
                                        "source_id",
                                        "known_by",
                                        "use",
                                        "was_known",
                                        "mean",
                                        "p5",
                                        "p50",
                                        "p95",
                                        "expected_p10",
                                        "expected_p90",
                                        "inside",
                                        "log10_error",
                                        "interval_score",
                                        "last_week",
                                        "last_week_log10_error",
                                        "before",
                                        "before_log10_error",
                                        "prior_inside",
                                        "why_not",
                                        NULL};
    exodus_table_heads(csv, heads);
    for (size_t i = 0; i < chain->n_observed; i++) {
        const struct exodus_observed *one = &chain->observed[i];
        const struct exodus_seen *seen = &chain->input->seen[one->seen];
        bool answered = one->why == NULL;
        put_row(csv, &seen->row);
        csv_put_number(csv, seen->row.value);
        csv_put_text(csv, seen->source);
        exodus_table_date(csv, seen->known);
        csv_put_str(csv, use_word(seen->use));
        csv_put_str(csv, one->was_known ? "yes" : "no");
        put_spread(csv, &one->model);
        csv_put_fixed(csv, one->expected.p10, 1);
        csv_put_fixed(csv, one->expected.p90, 1);
        csv_put_str(csv, !answered ? "" : one->inside ? "yes" : "no");
        csv_put_fixed(csv, one->error, 4);
        csv_put_fixed(csv, one->score, 4);
        csv_put_fixed(csv, one->baselines.last_week, 1);
        csv_put_fixed(csv, one->error_last_week, 4);
        csv_put_fixed(csv, one->baselines.before, 1);
        csv_put_fixed(csv, one->error_before, 4);
        csv_put_str(csv, !answered ? "" : chain->prior[i].inside ? "yes" : "no");
        csv_put_str(csv, answered ? "" : one->why);
        csv_end_row(csv);
    }
}

/* ---- What-ifs ---- */

struct effect_put {
    struct csv_out *csv;
    struct text what_if;
};

static void put_change(const struct effect_put *put, const char *of, struct text id,
                       const char *quantity, const struct exodus_change *change)
{
    csv_put_text(put->csv, put->what_if);
    csv_put_str(put->csv, of);
    csv_put_text(put->csv, id);
    csv_put_str(put->csv, quantity);
    csv_put_fixed(put->csv, change->as_is, 1);
    csv_put_fixed(put->csv, change->changed, 1);
    csv_put_fixed(put->csv, change->mean, 1);
    csv_put_fixed(put->csv, change->p5, 1);
    csv_put_fixed(put->csv, change->p50, 1);
    csv_put_fixed(put->csv, change->p95, 1);
    csv_end_row(put->csv);
}

static void put_effect(struct csv_out *csv, const struct exodus_model *model,
                       const struct exodus_effect *effect)
{
    struct effect_put put = {csv, model->what_ifs[effect->world - 1].id};
    for (uint32_t d = 0; d < model->n_doors; d++) {
        struct text id = model->doors[d].id;
        put_change(&put, "door", id, "flight_entries", &effect->entries[d]);
        put_change(&put, "door", id, "flight_refused", &effect->refused[d]);
        put_change(&put, "door", id, "flight_gave_up", &effect->gave_up[d]);
        put_change(&put, "door", id, "traffic_entries", &effect->traffic[d]);
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        struct text id = model->classes[c].id;
        put_change(&put, "class", id, "admitted", &effect->admitted[c]);
        put_change(&put, "class", id, "stopped", &effect->stopped[c]);
        put_change(&put, "class", id, "stranded", &effect->stranded[c]);
        put_change(&put, "class", id, "in_russia", &effect->in_russia[c]);
    }
    put_change(&put, "all", TEXT_LIT(""), "flight_entries", &effect->entries_all);
    put_change(&put, "all", TEXT_LIT(""), "stopped", &effect->stopped_all);
    put_change(&put, "all", TEXT_LIT(""), "stranded", &effect->stranded_all);
    put_change(&put, "all", TEXT_LIT(""), "stranded_most", &effect->stranded_most);
}

static void put_what_ifs(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {
        "what_if",         "of", "id",  "quantity", "as_is", "changed",
        "mean_difference", "p5", "p50", "p95",      NULL};
    exodus_table_heads(csv, heads);
    for (size_t i = 0; i < chain->n_effects; i++) {
        put_effect(csv, chain->input->model, &chain->effects[i]);
    }
}

/* ---- Stranded, stocks, doors ---- */

static void put_stranded_days(struct csv_out *csv, const struct exodus_model *model,
                              struct text what_if, struct text class,
                              const struct exodus_spread *days)
{
    for (date_days on = model->shown; on <= model->to; on++) {
        csv_put_text(csv, what_if);
        csv_put_text(csv, class);
        exodus_table_date(csv, on);
        put_spread(csv, &days[on - model->from]);
        csv_end_row(csv);
    }
}

static void put_stranded(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {"what_if", "class", "date", "mean",
                                        "p5",      "p50",   "p95",  NULL};
    const struct exodus_model *model = chain->input->model;
    exodus_table_heads(csv, heads);
    for (uint32_t c = 0; c < model->n_classes; c++) {
        put_stranded_days(csv, model, TEXT_LIT(""), model->classes[c].id,
                          &chain->class_stranded[(size_t)c * model->n_days]);
    }
    for (uint32_t world = 0; world < chain->n_worlds; world++) {
        put_stranded_days(csv, model, world == 0 ? TEXT_LIT("") : model->what_ifs[world - 1].id,
                          TEXT_LIT("all"), &chain->stranded[(size_t)world * model->n_days]);
    }
}

static void put_stocks(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {"country_iso3", "date", "measure", "mean", "p5",
                                        "p50",          "p95",  "basis",   NULL};
    exodus_table_heads(csv, heads);
    for (size_t i = 0; i < chain->n_stocks; i++) {
        csv_put_text(csv, chain->stocks[i].country);
        exodus_table_date(csv, chain->input->model->to);
        csv_put_str(csv, "stay_flight_rus");
        put_spread(csv, &chain->stocks[i].flight);
        csv_put_str(csv, basis_word(chain->stocks[i].scored));
        csv_end_row(csv);
    }
}

static void put_doors(struct csv_out *csv, const struct exodus_chain *chain)
{
    static const char *const heads[] = {"door", "class", "date_from", "date_to", "gate", NULL};
    const struct exodus_model *model = chain->input->model;
    exodus_table_heads(csv, heads);
    for (size_t i = 0; i < chain->n_spans; i++) {
        const struct exodus_span *span = &chain->spans[i];
        csv_put_text(csv, model->doors[span->door].id);
        csv_put_text(csv, model->classes[span->class].id);
        exodus_table_date(csv, span->from);
        exodus_table_date(csv, span->to);
        csv_put_str(csv, gate_words[span->gate]);
        csv_end_row(csv);
    }
}

static void put_parameters(struct csv_out *csv, const struct exodus_chain *chain)
{
    exodus_parameters_put(csv, chain->input->model, chain->params);
}

static void put_rolling(struct csv_out *csv, const struct exodus_chain *chain)
{
    exodus_rolling_put(csv, chain->rolling, chain->n_rolling);
}

int exodus_chain_files(struct arena *arena, const struct exodus_chain *chain,
                       struct exodus_chain_file **out, size_t *n, struct ajar_err *err)
{
    static const struct {
        const char *name;
        void (*put)(struct csv_out *csv, const struct exodus_chain *chain);
    } tables[] = {
        {"flow_forecast.csv", put_forecast},     {"flow_observed.csv", put_observed},
        {"flow_parameters.csv", put_parameters}, {"flow_rolling.csv", put_rolling},
        {"flow_what_if.csv", put_what_ifs},      {"flow_stranded.csv", put_stranded},
        {"flow_stocks.csv", put_stocks},         {"flow_doors.csv", put_doors},
    };
    size_t count = sizeof tables / sizeof *tables;
    struct exodus_chain_file *files;
    TRY_NEW(files, arena, count, err);
    for (size_t i = 0; chain->stands && i < count; i++) {
        struct buf buf;
        struct csv_out csv;
        buf_init(&buf, EXODUS_TABLE_CEILING);
        csv_out_init(&csv, &buf);
        tables[i].put(&csv, chain);
        TRY(exodus_table_file(arena, &buf, tables[i].name, &files[i], err));
    }
    *out = files;
    *n = chain->stands ? count : 0;
    return 0;
}
