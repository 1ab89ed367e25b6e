#include "exodus_kept.h"

/* Of the scenario's own files those that exodus_read looks into. */
static const char *const kept_tables[] = {"scenario.yaml", "arrivals.csv", "measures.csv",
                                          "places.csv",    "routes.csv",   "sources.csv"};

int exodus_kept_key(struct arena *arena, const struct exodus_chain *chain, struct kept_key *key,
                    struct ajar_err *err)
{
    const struct exodus_input *input = chain->input;
    const struct exodus_model *model = input->model;
    const struct exodus_chain_options *options = &chain->options;
    const char *dir = input->scenario->dir;
    size_t gates = (size_t)model->n_days * model->n_doors * model->n_classes;
    kept_key_begin(key, "exodus");
    kept_key_number(key, (uint64_t)options->engine);
    kept_key_number(key, options->seed);
    kept_key_number(key, options->n_members);
    kept_key_number(key, options->what_ifs);
    TRY(kept_key_folder(key, arena, dir, "exodus", err));
    for (size_t i = 0; i < sizeof kept_tables / sizeof *kept_tables; i++) {
        TRY(kept_key_file(key, arena, dir, kept_tables[i], err));
    }
    for (uint32_t world = 0; world < input->worlds.n; world++) {
        kept_key_bytes(key, input->worlds.gates[world].at, gates);
    }
    return 0;
}

static void pass_observed(const struct exodus_input *input, struct exodus_observed *one,
                          struct kept_pass *pass)
{
    struct exodus_probe probe;
    const char *why = NULL;
    KEPT_PASS(pass, &one->seen, 1);
    kept_pass_bool(pass, &one->was_known);
    KEPT_PASS(pass, &one->model, 1);
    KEPT_PASS(pass, &one->expected, 1);
    kept_pass_bool(pass, &one->inside);
    KEPT_PASS(pass, &one->error, 1);
    KEPT_PASS(pass, &one->score, 1);
    KEPT_PASS(pass, &one->baselines, 1);
    KEPT_PASS(pass, &one->error_last_week, 1);
    KEPT_PASS(pass, &one->error_before, 1);
    kept_pass_check(pass, one->seen < input->n_seen);
    if (pass->fits && pass->to == NULL) {
        const struct exodus_row *row = &input->seen[one->seen].row;
        one->why = exodus_probe_make(input->model, row, &probe, &why) ? NULL : why;
    }
}

static void pass_effect(struct exodus_effect *effect, struct kept_pass *pass)
{
    KEPT_PASS(pass, &effect->world, 1);
    KEPT_PASS(pass, effect->entries, EXODUS_DOORS_MOST);
    KEPT_PASS(pass, effect->refused, EXODUS_DOORS_MOST);
    KEPT_PASS(pass, effect->gave_up, EXODUS_DOORS_MOST);
    KEPT_PASS(pass, effect->traffic, EXODUS_DOORS_MOST);
    KEPT_PASS(pass, effect->admitted, EXODUS_CLASSES_MOST);
    KEPT_PASS(pass, effect->stopped, EXODUS_CLASSES_MOST);
    KEPT_PASS(pass, effect->stranded, EXODUS_CLASSES_MOST);
    KEPT_PASS(pass, effect->in_russia, EXODUS_CLASSES_MOST);
    KEPT_PASS(pass, &effect->entries_all, 1);
    KEPT_PASS(pass, &effect->stranded_all, 1);
    KEPT_PASS(pass, &effect->stopped_all, 1);
    KEPT_PASS(pass, &effect->stranded_most, 1);
    KEPT_PASS(pass, &effect->narrower, 1);
}

void exodus_kept_pass(struct exodus_chain *chain, struct kept_pass *pass)
{
    const struct exodus_input *input = chain->input;
    const struct exodus_model *model = input->model;
    KEPT_PASS(pass, chain->forecast.spreads, chain->forecast.n);
    for (size_t i = 0; i < chain->n_stocks; i++) {
        KEPT_PASS(pass, &chain->stocks[i].flight, 1);
    }
    KEPT_PASS(pass, chain->stranded, (size_t)chain->n_worlds * model->n_days);
    KEPT_PASS(pass, chain->class_stranded, (size_t)model->n_classes * model->n_days);
    KEPT_PASS(pass, &chain->n_observed, 1);
    kept_pass_check(pass, chain->n_observed <= input->n_seen);
    for (size_t i = 0; pass->fits && i < chain->n_observed; i++) {
        pass_observed(input, &chain->observed[i], pass);
        pass_observed(input, &chain->prior[i], pass);
    }
    for (size_t i = 0; i < chain->n_effects; i++) {
        pass_effect(&chain->effects[i], pass);
        kept_pass_check(pass, chain->effects[i].world < chain->n_worlds);
    }
}
