/* The rows that a fit compares, and how well a run answers them. */
#include <math.h>

#include "exodus_fit.h"
#include "exodus_read.h"
#include "steady.h"

static bool data_takes(const struct exodus_seen *seen, date_days as_known, bool by_period)
{
    return seen->use == EXODUS_FIT &&
           (by_period ? seen->row.to <= as_known : exodus_was_known(seen, as_known));
}

static int data_add(const struct exodus_model *model, const struct exodus_seen *seen,
                    struct exodus_data *data, struct ajar_err *err)
{
    const char *why;
    if (!exodus_probe_make(model, &seen->row, &data->probes[data->n], &why)) {
        return err_set(err, E_EXODUS_ROW, "%.*s, %.*s, %.*s cannot be fitted: %s",
                       (int)seen->row.country.n, seen->row.country.at, (int)seen->row.route.n,
                       seen->row.route.at, (int)seen->row.measure.n, seen->row.measure.at, why);
    }
    if (data->probes[data->n].last >= data->n_days) {
        data->n_days = data->probes[data->n].last + 1;
    }
    data->seen[data->n++] = seen;
    return 0;
}

/* Alternatives are brought together behind the first of them. */
int exodus_data_make(struct arena *arena, const struct exodus_model *model,
                     const struct exodus_seen *seen, size_t n_seen, date_days as_known,
                     bool by_period, struct exodus_data *out, struct ajar_err *err)
{
    struct exodus_data data = {0};
    bool *done;
    TRY_NEW(data.seen, arena, n_seen, err);
    TRY_NEW(data.probes, arena, n_seen, err);
    TRY_NEW(done, arena, n_seen, err);
    for (size_t i = 0; i < n_seen; i++) {
        for (size_t j = i; j < n_seen; j++) {
            bool same = j == i || (seen[i].either != 0 && seen[j].either == seen[i].either);
            if (same && !done[j] && data_takes(&seen[j], as_known, by_period)) {
                done[j] = true;
                TRY(data_add(model, &seen[j], &data, err));
            }
        }
    }
    *out = data;
    return 0;
}

int exodus_fit_work_new(struct arena *arena, const struct exodus_model *model,
                        const struct exodus_gates *gates, const struct exodus_data *data,
                        struct exodus_fit_work *out, struct ajar_err *err)
{
    struct exodus_fit_work work = {.model = model, .gates = gates, .data = data};
    double params[EXODUS_PARAMS_MOST];
    for (uint32_t p = 0; p < model->n_params; p++) {
        params[p] = exodus_prior_quantile(&model->params[p], 0.5);
    }
    TRY(exodus_setting_make(arena, model, params, &work.setting, err));
    TRY(exodus_result_new(arena, model, &work.result, err));
    TRY(exodus_totals_new(arena, model, &work.totals, err));
    *out = work;
    return 0;
}

/* Student's t with 4 degrees, up to a constant that depends on no parameter. */
static double data_row(const struct exodus_seen *seen, double answer)
{
    double off = steady_log(answer + 0.5) - steady_log(seen->row.value + 0.5);
    off = seen->at_least && off > 0 ? 0 : off / seen->scale;
    return -2.5 * steady_log1p(off * off / 4);
}

double exodus_fit_density(struct exodus_fit_work *work, const double *params)
{
    const struct exodus_data *data = work->data;
    double sum = 0;
    exodus_setting_fill(work->model, params, &work->setting);
    exodus_run(work->model, &work->setting, work->gates, data->n_days, &work->result);
    exodus_totals_of(work->model, &work->setting, &work->result, data->n_days, &work->totals);
    for (size_t i = 0, n; i < data->n; i += n) {
        double likely = 0;
        for (n = 0;
             i + n < data->n && (n == 0 || (data->seen[i]->either != 0 &&
                                            data->seen[i + n]->either == data->seen[i]->either));
             n++) {
            likely += steady_exp(
                data_row(data->seen[i + n], exodus_probe_value(work->model, &work->totals,
                                                               &data->probes[i + n], NULL)));
        }
        sum += steady_log(likely / (double)n);
    }
    return sum;
}
