#include "exodus_read_parts.h"

static const char *const prior_words[] = {
    [EXODUS_NORMAL] = "normal", [EXODUS_LOGNORMAL] = "lognormal", [EXODUS_BETA] = "beta"};

/* The two numbers of a prior; those without a sign are above 0. */
static const struct {
    const char *a, *b;
    bool a_signed;
    double a_most, b_most;
} priors[] = {[EXODUS_NORMAL] = {"mean", "sd", true, 1e12, 1e12},
              [EXODUS_LOGNORMAL] = {"median", "sd", false, 1e12, 10},
              [EXODUS_BETA] = {"alpha", "beta", false, 1e6, 1e6}};

static void param_number(struct exodus_reader *reader, const struct yaml_node *map, const char *key,
                         bool negative, double most, double *out)
{
    const struct yaml_node *node = exodus_need(reader, map, key, YAML_SCALAR);
    if (exodus_number(reader, node, key, negative ? -most : 0, most, out) && !negative &&
        *out <= 0) {
        exodus_fault(reader, E_EXODUS_PRIOR, node, key, "this is above 0");
    }
}

static void param_prior(struct exodus_reader *reader, const struct yaml_node *map,
                        struct exodus_param *param)
{
    size_t prior;
    if (!exodus_choice(reader, exodus_need(reader, map, "prior", YAML_SCALAR), "prior", prior_words,
                       3, &prior)) {
        return;
    }
    param->prior = (enum exodus_prior)prior;
    const char *const known[] = {"id",     "title", "unit",          "prior",        "fitted",
                                 "source", "why",   priors[prior].a, priors[prior].b};
    exodus_only(reader, map, "parameters", known, sizeof known / sizeof *known);
    param_number(reader, map, priors[prior].a, priors[prior].a_signed, priors[prior].a_most,
                 &param->a);
    param_number(reader, map, priors[prior].b, false, priors[prior].b_most, &param->b);
}

/* What was not known by as_known cannot have been the ground of a prior. */
static void param_source(struct exodus_reader *reader, const struct yaml_node *map,
                         struct exodus_param *param)
{
    const struct yaml_node *node = exodus_may(reader, map, "source", YAML_SCALAR);
    uint32_t row;
    char day[DATE_TEXT];
    if (!exodus_find(reader, node, "source", &reader->sources, "source of sources.csv", &row)) {
        return;
    }
    struct date_partial date = reader->scenario->sources.date[row];
    param->source = node->text;
    if (date.first == DATE_NONE) {
        exodus_fault(reader, E_EXODUS_SOURCE, node, "source",
                     "this source has no date, so nothing says that it was known by then");
    } else if (reader->model.as_known != DATE_NONE && date.last > reader->model.as_known) {
        exodus_fault(reader, E_EXODUS_SOURCE, node, "source",
                     "this source is dated %s, which may be later than as_known",
                     date_format_partial(date, day));
    }
}

static void param_read(struct exodus_reader *reader, const struct yaml_node *map,
                       struct exodus_param *param)
{
    exodus_id(reader, map, &reader->params, &param->id);
    if (map->kind != YAML_MAP) {
        exodus_fault(reader, E_YAML_KIND, map, "parameters", "a map (key: value) is expected here");
        return;
    }
    exodus_text(reader, exodus_need(reader, map, "title", YAML_SCALAR), "title", EXODUS_TITLE_MOST,
                &param->title);
    const struct yaml_node *unit = exodus_need(reader, map, "unit", YAML_SCALAR);
    if (unit != NULL && unit->text.n > 0) { /* a pure number has none */
        exodus_text(reader, unit, "unit", EXODUS_TITLE_MOST, &param->unit);
    }
    param_prior(reader, map, param);
    param->fitted = exodus_yes(reader, map, "fitted", true);
    param_source(reader, map, param);
    exodus_text(reader, exodus_need(reader, map, "why", YAML_SCALAR), "why", EXODUS_WHY_MOST,
                &param->why);
}

int exodus_read_params(struct exodus_reader *reader, const struct yaml_node *root,
                       struct ajar_err *err)
{
    const struct yaml_node *list = exodus_list(reader, root, "parameters", EXODUS_PARAMS_MOST);
    size_t fitted = 0;
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(reader->model.params, reader->arena, list->n, err);
    TRY_NEW(reader->params.at, reader->scratch, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        param_read(reader, &list->items[i], &reader->model.params[i]);
        fitted += reader->model.params[i].fitted;
    }
    reader->model.n_params = (uint32_t)list->n;
    if (fitted > EXODUS_FITTED_MOST) {
        exodus_fault(reader, E_EXODUS_MANY, list, "parameters",
                     "%zu parameters are fitted, and the rows bear at most %d", fitted,
                     EXODUS_FITTED_MOST);
    }
    return 0;
}
