#include "exodus_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exodus_kept.h"
#include "exodus_parts.h"
#include "file.h"
#include "flow_parts.h"

static const char *const chain_measures[] = {"entries_rus", "exits_rus",   "net_rus",
                                             "refused_rus", "waiting_rus", "gave_up_rus"};
enum { CHAIN_MEASURES = 6, CHAIN_QUEUED = 4 /* from here on only at doors with a queue */ };

struct chain_place { /* a country and route that is forecast */
    struct text country, route;
    bool queued;
};

struct chain_making {
    struct arena *arena;
    struct exodus_chain *out;
    struct pool *pool;
    const struct watch *watch;
    size_t n_places, n_seen, n_rows, n_countries;
    struct chain_place *places;
    struct text *countries;
    struct exodus_row *rows; /* seen, then the forecast's, then the stocks' */
};

/* ---- Places ---- */

static void place_add(struct chain_making *making, struct text country, struct text route,
                      bool queued)
{
    for (size_t i = 0; i < making->n_places; i++) {
        struct chain_place *place = &making->places[i];
        if (text_eq(place->country, country) && text_eq(place->route, route)) {
            place->queued = place->queued || queued;
            return;
        }
    }
    making->places[making->n_places++] = (struct chain_place){country, route, queued};
}

static void country_add(struct chain_making *making, struct text country)
{
    for (size_t i = 0; i < making->n_countries; i++) {
        if (text_eq(making->countries[i], country)) {
            return;
        }
    }
    if (!text_is(country, "ALL") && !text_is(country, "EU27")) {
        making->countries[making->n_countries++] = country;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct chain_place *x = a, *y = b;
    int order = text_cmp(x->country, y->country);
    return order != 0 ? order : text_cmp(x->route, y->route);
}

static int by_text(const void *a, const void *b)
{
    return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

/* Every route of the doors, and each country as a whole. */
static int chain_places(struct chain_making *making, struct ajar_err *err)
{
    const struct exodus_model *model = making->out->input->model;
    size_t most = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        most += model->doors[d].n_routes + 2;
    }
    TRY_NEW(making->places, making->arena, most, err);
    TRY_NEW(making->countries, making->arena, most, err);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *door = &model->doors[d];
        bool queued = door->capacity.param != EXODUS_FIXED || door->capacity.fixed > 0;
        if (!text_is(door->country, "ALL")) {
            place_add(making, door->country, TEXT_LIT("all"), queued);
            country_add(making, door->country);
        }
        for (size_t i = 0; i < door->n_routes; i++) {
            place_add(making, door->routes[i].country, door->routes[i].route, queued);
            country_add(making, door->routes[i].country);
        }
    }
    qsort(making->places, making->n_places, sizeof *making->places, by_place);
    qsort(making->countries, making->n_countries, sizeof *making->countries, by_text);
    return 0;
}

/* ---- Rows ---- */

static struct exodus_row chain_row(struct text country, struct text route, const char *measure,
                                   date_days from, date_days to)
{
    return (struct exodus_row){.from = from,
                               .to = to,
                               .country = country,
                               .route = route,
                               .measure = text_of(measure),
                               .first_part = 1,
                               .last_part = 1,
                               .value = NAN};
}

static size_t chain_place_rows(struct chain_making *making, size_t at)
{
    const struct exodus_model *model = making->out->input->model;
    for (size_t p = 0; p < making->n_places; p++) {
        const struct chain_place *place = &making->places[p];
        for (int m = 0; m < (place->queued ? CHAIN_MEASURES : CHAIN_QUEUED); m++) {
            for (date_days day = model->shown; day <= model->to; day++) {
                making->rows[at++] =
                    chain_row(place->country, place->route, chain_measures[m], day, day);
            }
        }
    }
    return at;
}

static int chain_rows(struct chain_making *making, struct ajar_err *err)
{
    const struct exodus_input *input = making->out->input;
    const struct exodus_model *model = input->model;
    size_t days = (size_t)(model->to - model->shown) + 1;
    size_t most = input->n_seen + making->n_places * CHAIN_MEASURES * days + making->n_countries;
    making->n_seen = input->n_seen;
    TRY_NEW(making->rows, making->arena, most, err);
    for (size_t i = 0; i < input->n_seen; i++) {
        making->rows[i] = input->seen[i].row;
    }
    making->n_rows = chain_place_rows(making, input->n_seen);
    making->out->forecast.n = making->n_rows - input->n_seen;
    making->out->forecast.rows = making->rows + input->n_seen;
    for (size_t i = 0; i < making->n_countries; i++) {
        making->rows[making->n_rows++] = chain_row(making->countries[i], TEXT_LIT("all"),
                                                   "stay_flight_rus", model->order, model->to);
    }
    return 0;
}

/* Whether rows that were fitted speak of the country, and with `measure` of the same thing. */
static bool chain_scored(const struct exodus_input *input, struct text country,
                         const struct text *measure)
{
    for (size_t i = 0; i < input->n_seen; i++) {
        const struct exodus_seen *seen = &input->seen[i];
        struct text word = seen->row.measure;
        size_t same = measure == NULL ? 0 : measure->n < 5 ? measure->n : 5; /* "entri", "exits" */
        if (seen->use == EXODUS_FIT && seen->known <= input->model->as_known &&
            text_eq(seen->row.country, country) && word.n >= same &&
            (measure == NULL || memcmp(word.at, measure->at, same) == 0)) {
            return true;
        }
    }
    return false;
}

/* What stands before anything is played: whose figures there will be. */
static int chain_frame(struct chain_making *making, struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    struct exodus_forecast *forecast = &out->forecast;
    const struct exodus_model *model = out->input->model;
    uint32_t n_worlds = out->options.what_ifs ? out->input->worlds.n : 1;
    TRY_NEW(forecast->spreads, making->arena, forecast->n, err);
    TRY_NEW(forecast->scored, making->arena, forecast->n, err);
    for (size_t i = 0; i < forecast->n; i++) {
        const struct exodus_row *row = &forecast->rows[i];
        forecast->scored[i] = chain_scored(out->input, row->country, &row->measure);
    }
    TRY_NEW(out->stocks, making->arena, making->n_countries, err);
    out->n_stocks = making->n_countries;
    for (size_t i = 0; i < making->n_countries; i++) {
        out->stocks[i] =
            (struct exodus_stock){.country = making->countries[i],
                                  .scored = chain_scored(out->input, making->countries[i], NULL)};
    }
    TRY_NEW(out->stranded, making->arena, (size_t)n_worlds * model->n_days, err);
    TRY_NEW(out->class_stranded, making->arena, (size_t)model->n_classes * model->n_days, err);
    TRY_NEW(out->effects, making->arena, n_worlds - 1, err);
    TRY_NEW(out->observed, making->arena, making->n_seen, err);
    TRY_NEW(out->prior, making->arena, making->n_seen, err);
    out->n_effects = n_worlds - 1;
    out->n_members = out->options.n_members;
    out->n_worlds = n_worlds;
    return 0;
}

static void chain_spreads(struct chain_making *making, const struct exodus_replay *replay)
{
    struct exodus_chain *out = making->out;
    uint32_t n = replay->n_members;
    const struct exodus_forecast *forecast = &out->forecast;
    double *rows = replay->rows + making->n_seen * n;
    for (size_t i = 0; i < forecast->n; i++) {
        forecast->spreads[i] = exodus_spread_of(&rows[i * n], n);
    }
    for (size_t i = 0; i < out->n_stocks; i++) {
        out->stocks[i].flight = exodus_spread_of(&rows[(forecast->n + i) * n], n);
    }
}

/* ---- What was counted ---- */

static int chain_observe(struct chain_making *making, const struct exodus_replay *replay,
                         struct exodus_observed **out, size_t *n, struct ajar_err *err)
{
    const struct exodus_input *input = making->out->input;
    return exodus_observe(making->arena, input->model, input->seen, input->n_seen, replay->rows,
                          replay->why, replay->n_members, input->model->as_known,
                          making->out->options.seed, out, n, err);
}

/* The same rows by the priors alone: what the fit had to learn. */
static int chain_prior(struct chain_making *making, struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    const struct exodus_input *input = out->input;
    struct exodus_worlds worlds = {.n = 1, .gates = input->worlds.gates};
    struct exodus_replay_options options = {.engine = EXODUS_EXPECTED,
                                            .seed = out->options.seed,
                                            .n_members = out->options.n_members,
                                            .unknowns = true};
    struct exodus_replay replay;
    double *draws;
    size_t n;
    TRY(exodus_prior_draws(making->arena, input->model, out->options.seed, out->options.n_members,
                           &draws, err));
    TRY(exodus_replay_run(making->arena, input->model, &worlds, draws, out->options.n_members,
                          making->rows, input->n_seen, &options, making->pool, making->watch,
                          &replay, err));
    return chain_observe(making, &replay, &out->prior, &n, err);
}

static void chain_count(struct exodus_chain *out)
{
    const struct exodus_input *input = out->input;
    for (size_t i = 0; i < out->n_observed; i++) {
        const struct exodus_observed *one = &out->observed[i];
        if (input->seen[one->seen].row.to <= input->model->as_known) {
            out->n_counted += one->why == NULL;
            out->n_inside += one->why == NULL && one->inside;
            out->n_prior_inside += out->prior[i].why == NULL && out->prior[i].inside;
        }
    }
}

/* ---- Stranded ---- */

static int chain_stranded(struct chain_making *making, const struct exodus_replay *replay,
                          struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    const struct exodus_model *model = out->input->model;
    uint32_t n = replay->n_members;
    double *values;
    TRY_NEW(values, making->arena, n, err);
    for (size_t day = 0; day < model->n_days; day++) {
        for (size_t world = 0; world < replay->n_worlds; world++) {
            for (size_t m = 0; m < n; m++) {
                values[m] = replay->stranded[(world * n + m) * model->n_days + day];
            }
            out->stranded[world * model->n_days + day] = exodus_spread_of(values, n);
        }
        for (size_t c = 0; c < model->n_classes; c++) {
            for (size_t m = 0; m < n; m++) {
                values[m] =
                    replay->class_stranded[(m * model->n_classes + c) * model->n_days + day];
            }
            out->class_stranded[c * model->n_days + day] = exodus_spread_of(values, n);
        }
    }
    return 0;
}

/* ---- All together ---- */

static int chain_rolling(struct chain_making *making, struct faults *faults, struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    const char *path, *dir = out->input->scenario->dir;
    struct text bytes;
    size_t before = faults->kept;
    TRY(file_join(making->arena, dir, EXODUS_ROLLING_FILE, &path, err));
    if (!file_exists(path)) {
        return 0;
    }
    TRY(flow_load_bytes(making->arena, path, &bytes, err));
    int code =
        exodus_rolling_read(making->arena, bytes, &out->rolling, &out->n_rolling, faults, err);
    flow_load_paths(faults, before, dir);
    return code;
}

static int chain_replay(struct chain_making *making, struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    const struct exodus_input *input = out->input;
    struct exodus_worlds worlds = {.n = out->n_worlds, .gates = input->worlds.gates};
    struct exodus_replay_options options = {.engine = out->options.engine,
                                            .seed = out->options.seed,
                                            .n_members = out->n_members,
                                            .unknowns = true};
    struct exodus_replay replay;
    TRY(exodus_replay_run(making->arena, input->model, &worlds, input->draws, input->n_draws,
                          making->rows, making->n_rows, &options, making->pool, making->watch,
                          &replay, err));
    TRY(chain_observe(making, &replay, &out->observed, &out->n_observed, err));
    chain_spreads(making, &replay);
    TRY(chain_stranded(making, &replay, err));
    out->replay = replay;
    return exodus_effects(making->arena, input->model, &replay, &out->effects, err);
}

static int chain_compute(void *arg, struct ajar_err *err)
{
    struct chain_making *making = arg;
    TRY(chain_replay(making, err));
    return chain_prior(making, err);
}

static void chain_pass(void *arg, struct kept_pass *pass)
{
    const struct chain_making *making = arg;
    exodus_kept_pass(making->out, pass);
}

static int chain_played(struct chain_making *making, struct ajar_err *err)
{
    struct kept_key key;
    struct kept_work work = {.title = "the runs of the exodus",
                             .key = &key,
                             .compute = chain_compute,
                             .pass = chain_pass,
                             .arg = making};
    struct exodus_chain *out = making->out;
    if (out->options.kept != NULL) {
        TRY(exodus_kept_key(making->arena, out, &key, err));
    }
    TRY(chain_frame(making, err));
    TRY(kept_do(out->options.kept, &work, err));
    chain_count(out);
    return 0;
}

static int chain_all(struct chain_making *making, struct faults *faults, struct ajar_err *err)
{
    struct exodus_chain *out = making->out;
    const struct exodus_input *input = out->input;
    TRY(chain_places(making, err));
    TRY(chain_rows(making, err));
    TRY(chain_played(making, err));
    TRY(chain_rolling(making, faults, err));
    TRY(exodus_learn(making->arena, input->model, input->draws, input->n_draws, &out->params, err));
    return exodus_gates_spans(making->arena, input->model, input->worlds.gates[0].at, &out->n_spans,
                              &out->spans, err);
}

int exodus_chain_play(struct arena *arena, const struct exodus_input *input,
                      const struct exodus_chain_options *options, struct pool *pool,
                      const struct watch *watch, struct faults *faults, struct exodus_chain *out,
                      struct ajar_err *err)
{
    struct exodus_chain chain = {.stands = true, .input = input, .options = *options};
    struct chain_making making = {.arena = arena, .out = &chain, .pool = pool, .watch = watch};
    const char *dir = input->scenario->dir;
    if (input->n_draws == 0) {
        err_at(err, E_EXODUS_FIT, dir, 0, NULL, TEXT_LIT(""),
               "the exodus of this scenario was never fitted: exodus/posterior.csv is not there");
        return err_hint(
            err, "ajar flow calibrate %s --out DIR, then copy what it writes into exodus/.", dir);
    }
    TRY(chain_all(&making, faults, err));
    *out = chain;
    return 0;
}

int exodus_chain_run(struct arena *arena, const struct scenario *scenario,
                     const struct doors_folder *folder, const struct exodus_chain_options *options,
                     struct pool *pool, const struct watch *watch, struct faults *faults,
                     struct exodus_chain *out, struct ajar_err *err)
{
    struct exodus_input *input;
    if (folder == NULL || !exodus_stands(arena, scenario->dir)) {
        *out = (struct exodus_chain){.options = *options};
        return 0;
    }
    TRY_NEW(input, arena, 1, err);
    TRY(exodus_load(arena, scenario, folder, faults, input, err));
    return exodus_chain_play(arena, input, options, pool, watch, faults, out, err);
}
