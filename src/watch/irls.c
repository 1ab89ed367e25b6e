#include <math.h>
#include <string.h>

#include "irls.h"

#define STEPS     25
#define TOLERANCE 1e-8

int irls_rows_new(struct arena *arena, size_t n, size_t groups, size_t columns,
                  struct irls_rows *out, struct ajar_err *err)
{
    struct irls_rows rows = {.n = n, .groups = groups, .columns = columns};
    TRY_NEW(rows.group, arena, n, err);
    TRY_NEW(rows.x, arena, n * columns, err);
    TRY_NEW(rows.y, arena, n, err);
    TRY_NEW(rows.weight, arena, n, err);
    *out = rows;
    return 0;
}

int irls_fit_new(struct arena *arena, size_t n, struct irls_fit *out, struct ajar_err *err)
{
    struct irls_fit fit = {0};
    TRY_NEW(fit.eta, arena, n, err);
    TRY_NEW(fit.mu, arena, n, err);
    TRY_NEW(fit.w, arena, n, err);
    TRY_NEW(fit.work, arena, n, err);
    *out = fit;
    return 0;
}

void irls_exp(size_t n, const double *x, double *out)
{
    /* e^x = 2^k e^r, |r| <= ln 2 / 2; adding `whole` leaves k in the low bits of the sum. */
    static const double per_ln2 = 1.44269504088896338700e+00, ln2_high = 6.93147180369123816490e-01,
                        ln2_low = 1.90821492927058770002e-10, whole = 0x1.8p52;
    static const double c[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                               1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                               1.0 / 120,        1.0 / 24,        1.0 / 6,        0.5};
    for (size_t i = 0; i < n; i++) {
        double at = x[i] < -700 ? -700 : x[i] > 700 ? 700 : x[i];
        double sum = at * per_ln2 + whole, k = sum - whole;
        double r = (at - k * ln2_high) - k * ln2_low;
        double value = c[0];
        for (size_t j = 1; j < sizeof c / sizeof c[0]; j++) {
            value = value * r + c[j];
        }
        value = (value * r + 1) * r + 1;
        uint64_t bits, shift;
        memcpy(&shift, &sum, sizeof shift);
        memcpy(&bits, &value, sizeof bits);
        bits += shift << 52;
        memcpy(out + i, &bits, sizeof bits);
    }
}

/* Packed X'WX and X'Wz, groups first: their block is diagonal. */
struct sums {
    double matrix[CHOLESKY_PACKED];
    double right[CHOLESKY_MOST];
};

static void sums_make(const struct irls_rows *rows, const double *w, const double *wz,
                      struct sums *out)
{
    size_t groups = rows->groups, columns = rows->columns;
    double level[CHOLESKY_MOST][2] = {{0}}, cross[CHOLESKY_MOST][IRLS_COLUMNS] = {{0}};
    double square[IRLS_COLUMNS][IRLS_COLUMNS] = {{0}}, right[IRLS_COLUMNS] = {0};
    for (size_t i = 0; i < rows->n; i++) {
        const double *x = rows->x + i * columns;
        size_t group = rows->group[i];
        level[group][0] += w[i];
        level[group][1] += wz[i];
        for (size_t a = 0; a < columns; a++) {
            double wx = w[i] * x[a];
            cross[group][a] += wx;
            right[a] += wz[i] * x[a];
            for (size_t b = 0; b <= a; b++) {
                square[a][b] += wx * x[b];
            }
        }
    }
    size_t p = groups + columns;
    memset(out->matrix, 0, p * (p + 1) / 2 * sizeof out->matrix[0]);
    for (size_t g = 0; g < groups; g++) {
        out->matrix[g * (g + 1) / 2 + g] = level[g][0];
        out->right[g] = level[g][1];
    }
    for (size_t a = 0; a < columns; a++) {
        double *row = out->matrix + (groups + a) * (groups + a + 1) / 2;
        for (size_t g = 0; g < groups; g++) {
            row[g] = cross[g][a];
        }
        for (size_t b = 0; b <= a; b++) {
            row[groups + b] = square[a][b];
        }
        out->right[groups + a] = right[a];
    }
}

double irls_eta(const struct irls_model *model, size_t group, const double *x)
{
    double eta = model->beta[group];
    for (size_t a = 0; a < model->columns; a++) {
        eta += model->beta[model->groups + a] * x[a];
    }
    return eta;
}

bool irls_step(const struct irls_rows *rows, const double *w, const double *wz,
               struct irls_fit *fit)
{
    size_t p = rows->groups + rows->columns;
    struct irls_model *model = &fit->model;
    struct sums sums;
    sums_make(rows, w, wz, &sums);
    if (!cholesky_factor(p, sums.matrix)) {
        return false;
    }
    cholesky_solve(p, sums.matrix, sums.right);
    cholesky_invert(p, sums.matrix, model->inverse);
    memcpy(model->beta, sums.right, p * sizeof model->beta[0]);
    model->groups = rows->groups;
    model->columns = rows->columns;
    for (size_t i = 0; i < rows->n; i++) {
        fit->eta[i] = irls_eta(model, rows->group[i], rows->x + i * rows->columns);
    }
    irls_exp(rows->n, fit->eta, fit->mu);
    return true;
}

bool irls_poisson(const struct irls_rows *rows, const double *log_start, const double *y_log_y,
                  struct irls_fit *fit)
{
    double before = 0;
    for (size_t i = 0; i < rows->n; i++) {
        fit->eta[i] = log_start[i];
        fit->mu[i] = rows->y[i] + 0.1;
        before +=
            rows->weight[i] * (y_log_y[i] - rows->y[i] * fit->eta[i] - rows->y[i] + fit->mu[i]);
    }
    before *= 2;
    fit->converged = false;
    for (int step = 0; step < STEPS && !fit->converged; step++) {
        for (size_t i = 0; i < rows->n; i++) {
            fit->w[i] = rows->weight[i] * fit->mu[i];
            fit->work[i] = fit->w[i] * fit->eta[i] + rows->weight[i] * (rows->y[i] - fit->mu[i]);
        }
        if (!irls_step(rows, fit->w, fit->work, fit)) {
            return false;
        }
        double deviance = 0;
        for (size_t i = 0; i < rows->n; i++) {
            deviance +=
                rows->weight[i] * (y_log_y[i] - rows->y[i] * fit->eta[i] - rows->y[i] + fit->mu[i]);
        }
        deviance *= 2;
        fit->converged = fabs(deviance - before) / (fabs(deviance) + 0.1) < TOLERANCE;
        before = deviance;
    }
    return true;
}

double irls_spread(const struct irls_model *model, size_t group, const double *x)
{
    size_t groups = model->groups;
    double sum = model->inverse[group * (group + 1) / 2 + group];
    for (size_t a = 0; a < model->columns; a++) {
        const double *row = model->inverse + (groups + a) * (groups + a + 1) / 2;
        double part = row[group];
        for (size_t b = 0; b < a; b++) {
            part += x[b] * row[groups + b];
        }
        sum += x[a] * (2 * part + x[a] * row[groups + a]);
    }
    return sum;
}
