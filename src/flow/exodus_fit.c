#include "exodus_fit.h"

#include <math.h>

#include "exodus_fit_parts.h"
#include "exodus_replay.h"
#include "steady.h"

#define FIT_CHAIN_CEILING ((size_t)64 << 20)

struct fit_making {
    const struct exodus_model *model;
    const struct exodus_gates *gates;
    const struct exodus_fit_options *options;
    struct exodus_data data;
    struct exodus_places places;
    double mode[EXODUS_FITTED_MOST], factor[CHOLESKY_PACKED];
    double *kept;     /* [n_chains * n_kept * places.n] */
    double *accepted; /* [n_chains] */
};

static int fit_mode(struct arena *arena, struct fit_making *making, struct ajar_err *err)
{
    struct exodus_fit_work work;
    TRY(exodus_fit_work_new(arena, making->model, making->gates, &making->data, &work, err));
    for (uint32_t i = 0; i < making->places.n; i++) {
        const struct exodus_param *param = &making->model->params[making->places.of[i]];
        double middle = exodus_prior_quantile(param, 0.5);
        making->mode[i] = param->prior == EXODUS_BETA ? steady_log(middle / (1 - middle)) : 0;
    }
    if (!isfinite(exodus_places_density(&work, &making->places, making->mode))) {
        return err_set(err, E_EXODUS_FIT, "at the medians of the priors the rows have no density");
    }
    exodus_mode(&work, &making->places, making->mode, making->factor);
    return 0;
}

static int fit_chain(void *arg, size_t chain, struct ajar_err *err)
{
    struct fit_making *making = arg;
    struct exodus_fit_work work;
    struct arena scratch;
    arena_init(&scratch, "a chain of the fit", FIT_CHAIN_CEILING);
    int code =
        exodus_fit_work_new(&scratch, making->model, making->gates, &making->data, &work, err);
    if (code == 0) {
        making->accepted[chain] = exodus_chain(
            &work, &making->places, making->mode, making->factor, making->options, (uint32_t)chain,
            making->kept + chain * making->options->n_kept * making->places.n);
    }
    arena_free(&scratch);
    return code;
}

/* Evenly spaced over all chains behind each other; what is not fitted from its prior. */
static void fit_draw(const struct fit_making *making, struct exodus_fit *fit)
{
    size_t all = (size_t)making->options->n_chains * making->options->n_kept;
    for (uint32_t i = 0; i < fit->n_draws; i++) {
        double *params = fit->draws + (size_t)i * making->model->n_params;
        size_t at = (2 * (size_t)i + 1) * all / (2 * (size_t)fit->n_draws);
        exodus_places_params(&making->places, making->kept + at * making->places.n, params);
        for (uint32_t p = 0; p < making->model->n_params; p++) {
            if (!making->model->params[p].fitted) {
                params[p] =
                    exodus_prior_draw(&making->model->params[p], making->options->seed, p, i);
            }
        }
    }
}

int exodus_learn(struct arena *arena, const struct exodus_model *model, const double *draws,
                 uint32_t n_draws, struct exodus_learned **out, struct ajar_err *err)
{
    struct exodus_learned *made;
    double *values;
    TRY_NEW(values, arena, n_draws, err);
    TRY_NEW(made, arena, model->n_params, err);
    for (uint32_t p = 0; p < model->n_params; p++) {
        const struct exodus_param *param = &model->params[p];
        for (uint32_t i = 0; i < n_draws; i++) {
            values[i] = draws[(size_t)i * model->n_params + p];
        }
        struct exodus_spread spread = exodus_spread_of(values, n_draws);
        made[p] = (struct exodus_learned){.prior_p5 = exodus_prior_quantile(param, 0.05),
                                          .prior_p50 = exodus_prior_quantile(param, 0.5),
                                          .prior_p95 = exodus_prior_quantile(param, 0.95),
                                          .best = NAN,
                                          .p5 = spread.p5,
                                          .p50 = spread.p50,
                                          .p95 = spread.p95,
                                          .r_hat = NAN,
                                          .n_effective = NAN};
        made[p].width = (made[p].p95 - made[p].p5) / (made[p].prior_p95 - made[p].prior_p5);
    }
    *out = made;
    return 0;
}

static int fit_learn(struct arena *arena, const struct fit_making *making, struct exodus_fit *fit,
                     struct ajar_err *err)
{
    double best[EXODUS_PARAMS_MOST];
    exodus_places_params(&making->places, making->mode, best);
    TRY(exodus_learn(arena, making->model, fit->draws, fit->n_draws, &fit->params, err));
    for (uint32_t p = 0; p < making->model->n_params; p++) {
        fit->params[p].best = best[p];
    }
    for (uint32_t i = 0; i < making->places.n; i++) {
        struct exodus_learned *learned = &fit->params[making->places.of[i]];
        exodus_chains_judge(making->kept + i, making->options->n_chains, making->options->n_kept,
                            making->places.n, &learned->r_hat, &learned->n_effective);
    }
    return 0;
}

static uint32_t fit_rows(const struct exodus_data *data)
{
    uint32_t n = 0;
    for (size_t i = 0; i < data->n; i++) {
        n += i == 0 || data->seen[i]->either == 0 ||
             data->seen[i]->either != data->seen[i - 1]->either;
    }
    return n;
}

int exodus_fit_run(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_gates *gates, const struct exodus_seen *seen, size_t n_seen,
                   const struct exodus_fit_options *options, struct pool *pool,
                   const struct watch *watch, struct exodus_fit *out, struct ajar_err *err)
{
    struct fit_making *making;
    struct exodus_fit fit = {.n_draws = options->n_draws};
    if (options->n_chains == 0 || options->n_kept == 0 || options->every == 0) {
        return err_set(err, E_EXODUS_FIT, "a fit needs a chain and a step that is kept");
    }
    TRY_NEW(making, arena, 1, err);
    making->model = model;
    making->gates = gates;
    making->options = options;
    exodus_places_of(model, &making->places);
    TRY(exodus_data_make(arena, model, seen, n_seen, options->as_known, options->by_period,
                         &making->data, err));
    size_t kept = (size_t)options->n_chains * options->n_kept;
    TRY_NEW(making->kept, arena, kept * making->places.n, err);
    TRY_NEW(making->accepted, arena, options->n_chains, err);
    TRY_NEW(fit.draws, arena, (size_t)fit.n_draws * model->n_params, err);
    TRY(fit_mode(arena, making, err));
    TRY(pool_run(pool, options->n_chains, fit_chain, making, watch, "fitting", err));
    fit_draw(making, &fit);
    TRY(fit_learn(arena, making, &fit, err));
    fit.n_rows = fit_rows(&making->data);
    for (uint32_t i = 0; i < options->n_chains; i++) {
        fit.accepted += making->accepted[i] / options->n_chains;
    }
    *out = fit;
    return 0;
}
