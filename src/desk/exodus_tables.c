/* Tables of the exodus that calibrate writes and a run reads. */
#include <math.h>
#include <string.h>

#include "exodus_parts.h"
#include "num.h"

int exodus_table_file(struct arena *arena, struct buf *buf, const char *name,
                      struct exodus_chain_file *out, struct ajar_err *err)
{
    const char *copy = NULL;
    struct text bytes = buf_view(buf);
    int code = buf_ok(buf, err);
    code = code != 0 ? code : text_copy(arena, bytes, &copy, err);
    if (code == 0) {
        *out = (struct exodus_chain_file){.name = name, .bytes = {copy, bytes.n}};
    }
    buf_free(buf);
    return code;
}

void exodus_table_heads(struct csv_out *csv, const char *const *heads)
{
    for (size_t i = 0; heads[i] != NULL; i++) {
        csv_put_str(csv, heads[i]);
    }
    csv_end_row(csv);
}

void exodus_table_date(struct csv_out *csv, date_days day)
{
    char date[DATE_TEXT];
    csv_put_str(csv, date_format(day, date));
}

/* ---- Forecasts from earlier origins ---- */

enum { ROLLING_NUMBERS = 10 };
static const char *const rolling_heads[] = {"origin",
                                            "rows",
                                            "inside_80",
                                            "mean_abs_log10",
                                            "interval_score",
                                            "rows_with_last_week",
                                            "last_week_mean_abs_log10",
                                            "model_there",
                                            "rows_with_before",
                                            "before_mean_abs_log10",
                                            "model_there_too",
                                            NULL};

void exodus_rolling_put(struct csv_out *csv, const struct exodus_rolling *rolling, size_t n)
{
    exodus_table_heads(csv, rolling_heads);
    for (size_t i = 0; i < n; i++) {
        const struct exodus_rolling *one = &rolling[i];
        exodus_table_date(csv, one->origin);
        csv_put_int(csv, (int64_t)one->n);
        csv_put_int(csv, (int64_t)one->n_inside);
        csv_put_fixed(csv, one->error, 4);
        csv_put_fixed(csv, one->score, 4);
        csv_put_int(csv, (int64_t)one->n_last_week);
        csv_put_fixed(csv, one->error_last_week, 4);
        csv_put_fixed(csv, one->model_last_week, 4);
        csv_put_int(csv, (int64_t)one->n_before);
        csv_put_fixed(csv, one->error_before, 4);
        csv_put_fixed(csv, one->model_before, 4);
        csv_end_row(csv);
    }
}

static void rolling_fault(struct faults *faults, long row, const char *column, struct text value,
                          const char *what)
{
    struct ajar_err *fault = faults_add(faults);
    err_at(fault, E_EXODUS_DRAWS, EXODUS_ROLLING_FILE, row, column, value, "%s", what);
    err_hint(fault, "ajar flow calibrate writes this file.");
}

/* An empty number is one that there is not: a mean of no rows. */
static bool rolling_row(const struct csv *csv, struct faults *faults, struct exodus_rolling *out)
{
    double number[ROLLING_NUMBERS];
    if (!date_parse(csv->cells[0], &out->origin)) {
        rolling_fault(faults, csv->row, rolling_heads[0], csv->cells[0], "this is no date");
        return false;
    }
    for (int i = 0; i < ROLLING_NUMBERS; i++) {
        struct text cell = csv->cells[i + 1];
        number[i] = NAN;
        if (cell.n > 0 && !(num_parse(cell, &number[i]) && number[i] >= 0 && number[i] < 1e9)) {
            rolling_fault(faults, csv->row, rolling_heads[i + 1], cell,
                          "this is no number from 0 on");
            return false;
        }
        if ((i == 0 || i == 1 || i == 4 || i == 7) && isnan(number[i])) {
            rolling_fault(faults, csv->row, rolling_heads[i + 1], cell, "a number is missing");
            return false;
        }
    }
    out->n = (size_t)number[0];
    out->n_inside = (size_t)number[1];
    out->error = number[2];
    out->score = number[3];
    out->n_last_week = (size_t)number[4];
    out->error_last_week = number[5];
    out->model_last_week = number[6];
    out->n_before = (size_t)number[7];
    out->error_before = number[8];
    out->model_before = number[9];
    return true;
}

static bool rolling_header(const struct csv *csv, struct faults *faults)
{
    for (size_t i = 0; rolling_heads[i] != NULL; i++) {
        if (i >= csv->n_columns || !text_is(csv->header[i], rolling_heads[i])) {
            rolling_fault(faults, 1, rolling_heads[i],
                          i < csv->n_columns ? csv->header[i] : TEXT_LIT(""),
                          "another column is expected here");
            return false;
        }
    }
    return true;
}

int exodus_rolling_read(struct arena *arena, struct text bytes, struct exodus_rolling **out,
                        size_t *n, struct faults *faults, struct ajar_err *err)
{
    static const struct csv_limits limits = {16, 64, EXODUS_ROLLING_MOST};
    struct ajar_err problem = {0};
    struct exodus_rolling *made;
    struct csv csv;
    size_t count = 0;
    bool more = true;
    uint64_t before = faults->total;
    TRY_NEW(made, arena, EXODUS_ROLLING_MOST, err);
    int code = csv_open(&csv, arena, EXODUS_ROLLING_FILE, bytes, 0, &limits, &problem);
    more = code == 0 && rolling_header(&csv, faults);
    while (code == 0 && more) {
        code = csv_next(&csv, &more, &problem);
        if (code == 0 && more) {
            more = rolling_row(&csv, faults, &made[count]);
            count += more;
        }
    }
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(faults) = problem;
    }
    if (faults->total > before) {
        return err_set(err, E_EXODUS_FAULTS, "%s has faults", EXODUS_ROLLING_FILE);
    }
    *out = made;
    *n = count;
    return 0;
}

/* ---- Parameters ---- */

static const char *prior_words(enum exodus_prior prior)
{
    static const char *const words[] = {
        [EXODUS_NORMAL] = "normal", [EXODUS_LOGNORMAL] = "lognormal", [EXODUS_BETA] = "beta"};
    return words[prior];
}

/* Five digits that count: a sample has no more. */
static void put_short(struct csv_out *csv, double value)
{
    double size = fabs(value);
    csv_put_fixed(csv, value, size >= 1000 ? 0 : size >= 10 ? 2 : size >= 0.1 ? 4 : 6);
}

void exodus_parameters_put(struct csv_out *csv, const struct exodus_model *model,
                           const struct exodus_learned *learned)
{
    static const char *const heads[] = {
        "id",        "title",       "unit",      "fitted", "prior", "prior_p5",
        "prior_p50", "prior_p95",   "p5",        "p50",    "p95",   "width",
        "r_hat",     "n_effective", "source_id", "why",    NULL};
    exodus_table_heads(csv, heads);
    for (uint32_t p = 0; p < model->n_params; p++) {
        const struct exodus_param *param = &model->params[p];
        const struct exodus_learned *one = &learned[p];
        csv_put_text(csv, param->id);
        csv_put_text(csv, param->title);
        csv_put_text(csv, param->unit);
        csv_put_str(csv, param->fitted ? "yes" : "no");
        csv_put_str(csv, prior_words(param->prior));
        put_short(csv, one->prior_p5);
        put_short(csv, one->prior_p50);
        put_short(csv, one->prior_p95);
        put_short(csv, one->p5);
        put_short(csv, one->p50);
        put_short(csv, one->p95);
        csv_put_fixed(csv, one->width, 2);
        csv_put_fixed(csv, one->r_hat, 3);
        csv_put_fixed(csv, one->n_effective, 0);
        csv_put_text(csv, param->source);
        csv_put_text(csv, param->why);
        csv_end_row(csv);
    }
}

/* ---- Rows and draws ---- */

int exodus_seen_rows(struct arena *arena, const struct exodus_input *input, struct exodus_row **out,
                     struct ajar_err *err)
{
    TRY_NEW(*out, arena, input->n_seen, err);
    for (size_t i = 0; i < input->n_seen; i++) {
        (*out)[i] = input->seen[i].row;
    }
    return 0;
}

int exodus_prior_draws(struct arena *arena, const struct exodus_model *model, uint64_t seed,
                       uint32_t n, double **out, struct ajar_err *err)
{
    TRY_NEW(*out, arena, (size_t)n * model->n_params, err);
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t p = 0; p < model->n_params; p++) {
            (*out)[(size_t)i * model->n_params + p] =
                exodus_prior_draw(&model->params[p], seed, p, i);
        }
    }
    return 0;
}
