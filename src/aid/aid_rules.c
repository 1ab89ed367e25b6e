#include <math.h>
#include <stdlib.h>

#include "aid.h"
#include "aid_sum.h"
#include "steady.h"

void aid_equal(const struct aid_problem *problem, double budget, double *x)
{
    for (size_t i = 0; i < problem->n; i++) {
        x[i] = fmin(budget / (double)problem->n, aid_most(problem, i));
    }
}

void aid_pro_rata(const struct aid_problem *problem, double budget, double *x)
{
    struct aid_sum persons = {0};
    for (size_t i = 0; i < problem->n; i++) {
        aid_sum_add(&persons, problem->stock[i]);
    }
    double per_person = budget / aid_sum_value(&persons);
    for (size_t i = 0; i < problem->n; i++) {
        x[i] = fmin(per_person * problem->stock[i], aid_most(problem, i));
    }
}

struct aid_turn {
    double key; /* lowest first */
    uint32_t host;
};

static int aid_turn_cmp(const void *a, const void *b)
{
    const struct aid_turn *p = a, *q = b;
    if (p->key != q->key) {
        return p->key < q->key ? -1 : 1;
    }
    return (p->host > q->host) - (p->host < q->host);
}

static void aid_in_turn(struct aid_turn *turn, const struct aid_problem *problem, double budget,
                        double *x)
{
    qsort(turn, problem->n, sizeof *turn, aid_turn_cmp);
    double left = budget;
    for (size_t k = 0; k < problem->n; k++) {
        uint32_t i = turn[k].host;
        x[i] = fmin(left, aid_most(problem, i));
        left = fmax(left - x[i], 0);
    }
}

int aid_by_severity(struct arena *arena, const struct aid_problem *problem, double budget,
                    double *x, struct ajar_err *err)
{
    struct aid_turn *turn = NULL;
    TRY_NEW(turn, arena, problem->n, err);
    for (size_t i = 0; i < problem->n; i++) {
        turn[i] = (struct aid_turn){-problem->severity[i], (uint32_t)i};
    }
    aid_in_turn(turn, problem, budget, x);
    return 0;
}

int aid_cheapest(struct arena *arena, const struct aid_problem *problem, double budget, double *x,
                 struct ajar_err *err)
{
    struct aid_turn *turn = NULL;
    TRY_NEW(turn, arena, problem->n, err);
    for (size_t i = 0; i < problem->n; i++) {
        turn[i] = (struct aid_turn){problem->need[i] / problem->stock[i], (uint32_t)i};
    }
    aid_in_turn(turn, problem, budget, x);
    return 0;
}

double aid_people_covered(const struct aid_problem *problem, const double *x)
{
    struct aid_sum persons = {0};
    for (size_t i = 0; i < problem->n; i++) {
        double coverage = fmin(1, (problem->funded[i] + x[i]) / problem->need[i]);
        aid_sum_add(&persons, coverage * problem->stock[i]);
    }
    return aid_sum_value(&persons);
}

static double aid_log_mean(size_t n, const double *numerator, const double *denominator)
{
    struct aid_sum sum = {0};
    for (size_t i = 0; i < n; i++) {
        aid_sum_add(&sum, (numerator != NULL ? steady_log(numerator[i]) : 0) -
                              steady_log(denominator[i]));
    }
    return aid_sum_value(&sum) / (double)n;
}

void aid_severity(size_t n, const double *stock, const double *population,
                  const double *gdp_per_capita, double w1, double w2, double *pressure,
                  double *poverty, double *severity)
{
    double mean_pressure = aid_log_mean(n, stock, population);
    double mean_poverty = aid_log_mean(n, NULL, gdp_per_capita);
    for (size_t i = 0; i < n; i++) {
        if (severity != NULL) {
            severity[i] = steady_exp(w1 * (steady_log(stock[i] / population[i]) - mean_pressure) +
                                     w2 * (-steady_log(gdp_per_capita[i]) - mean_poverty));
        }
        if (pressure != NULL) {
            pressure[i] = 1000 * stock[i] / population[i];
        }
        if (poverty != NULL) {
            poverty[i] = 1 / gdp_per_capita[i];
        }
    }
}
