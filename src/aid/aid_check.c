#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "aid.h"
#include "aid_sum.h"
#include "num.h"

enum { AID_NAME = 64 };

static const char *aid_name(const struct aid_problem *problem, size_t i, char to[AID_NAME])
{
    if (problem->host != NULL && problem->host[i] != NULL) {
        struct text name = text_of(problem->host[i]);
        snprintf(to, AID_NAME, "%.*s", (int)text_fit(name, AID_NAME - 4), name.at);
    } else {
        snprintf(to, AID_NAME, "host %zu", i + 1);
    }
    return to;
}

/* An amount for people: "80,000,000", "0.5". */
static void aid_figure(double value, char to[NUM_TEXT])
{
    if (fabs(value) < 1e15 && value == floor(value)) {
        num_format_grouped(value, 0, to);
    } else {
        num_format(value, to);
    }
}

static bool aid_positive(double value)
{
    return value > 0 && value <= AID_LARGEST;
}

static bool aid_zero_or_positive(double value)
{
    return value >= 0 && value <= AID_LARGEST;
}

static int aid_refuse(const struct aid_problem *problem, size_t i, enum err_code code,
                      const char *what, double value, const char *rule, struct ajar_err *err)
{
    char name[AID_NAME], number[NUM_TEXT];
    aid_figure(value, number);
    bool large = isfinite(value) && value > AID_LARGEST;
    return err_set(err, code, "The %s of %s is %s; it must be %s.", what,
                   aid_name(problem, i, name), isfinite(value) ? number : "not a finite number",
                   large ? "at most 1e200" : rule);
}

static int aid_check_amounts(const struct aid_problem *problem, size_t i, struct ajar_err *err)
{
    if (problem->stock != NULL && !aid_positive(problem->stock[i])) {
        return aid_refuse(problem, i, E_AID_STOCK, "stock", problem->stock[i], "positive", err);
    }
    if (!aid_positive(problem->need[i])) {
        return aid_refuse(problem, i, E_AID_NEED, "need", problem->need[i], "positive", err);
    }
    if (!aid_zero_or_positive(problem->funded[i])) {
        return aid_refuse(problem, i, E_AID_FUNDED, "funded amount", problem->funded[i],
                          "zero or positive", err);
    }
    if (!aid_positive(problem->cap[i])) {
        return aid_refuse(problem, i, E_AID_CAP, "absorption cap", problem->cap[i], "positive",
                          err);
    }
    if (!(problem->severity[i] > 0 && isfinite(problem->severity[i]))) {
        return aid_refuse(problem, i, E_AID_SEVERITY, "severity", problem->severity[i], "positive",
                          err);
    }
    return 0;
}

static int aid_check_bounds(const struct aid_problem *problem, size_t i, struct ajar_err *err)
{
    if (problem->ceiling != NULL && !(problem->ceiling[i] > 0)) {
        return aid_refuse(problem, i, E_AID_CEILING, "ceiling", problem->ceiling[i], "positive",
                          err);
    }
    if (problem->floor == NULL) {
        return 0;
    }
    double floor = problem->floor[i];
    if (!aid_zero_or_positive(floor)) {
        return aid_refuse(problem, i, E_AID_FLOOR, "floor", floor, "zero or positive", err);
    }
    if (floor > aid_most(problem, i)) {
        char name[AID_NAME], have[NUM_TEXT], most[NUM_TEXT];
        double open = fmax(problem->need[i] - problem->funded[i], 0);
        const char *limit = problem->ceiling != NULL && floor > problem->ceiling[i] ? "its ceiling"
                            : floor > problem->cap[i] ? "its absorption cap"
                            : open > 0                ? "the need that is still open"
                                       : "the need that is still open (it is fully funded)";
        aid_figure(floor, have);
        aid_figure(aid_most(problem, i), most);
        return err_set(err, E_AID_FLOOR_ABOVE, "The floor of %s is %s, above %s: it can take %s.",
                       aid_name(problem, i, name), have, limit, most);
    }
    return 0;
}

static int aid_check_options(const struct aid_options *options, struct ajar_err *err)
{
    char number[NUM_TEXT];
    if (!aid_positive(options->budget)) {
        aid_figure(options->budget, number);
        return err_set(err, E_AID_BUDGET, "The budget is %s; it must be a positive amount%s.",
                       isfinite(options->budget) ? number : "not a finite number",
                       options->budget > AID_LARGEST ? " up to 1e200" : "");
    }
    if (!(options->alpha > 0)) {
        aid_figure(options->alpha, number);
        return err_set(err, E_AID_ALPHA, "Alpha is %s; it must be a positive number or inf.",
                       isnan(options->alpha) ? "not a number" : number);
    }
    if (options->alpha < AID_ALPHA_LEAST) {
        aid_figure(options->alpha, number);
        err_set(err, E_AID_ALPHA,
                "Alpha is %s; below 0.000001 the split cannot be told from paying the most severe "
                "first.",
                number);
        err_hint(err, "Use 0.000001 or more.");
        return E_AID_ALPHA;
    }
    double tranche = options->tranche;
    if (tranche == 0) {
        return 0;
    }
    aid_figure(tranche, number);
    if (!aid_positive(tranche)) {
        return err_set(err, E_AID_TRANCHE,
                       "The tranche is %s; it must be zero or a positive amount.",
                       isfinite(tranche) ? number : "not a finite number");
    }
    if (tranche > options->budget) {
        return err_set(err, E_AID_TRANCHE, "The tranche of %s is larger than the budget.", number);
    }
    if (options->budget / tranche > AID_TRANCHES_MOST) {
        return err_set(err, E_AID_TRANCHE,
                       "The tranche of %s cuts the budget into more than a "
                       "million million parts.",
                       number);
    }
    return 0;
}

struct aid_claim {
    double floor;
    uint32_t host;
};

static int aid_claim_cmp(const void *a, const void *b)
{
    const struct aid_claim *p = a, *q = b;
    if (p->floor != q->floor) {
        return p->floor > q->floor ? -1 : 1;
    }
    return (p->host > q->host) - (p->host < q->host);
}

static double aid_floor_sum(const struct aid_problem *problem)
{
    struct aid_sum sum = {0};
    for (size_t i = 0; i < problem->n && problem->floor != NULL; i++) {
        aid_sum_add(&sum, problem->floor[i]);
    }
    return aid_sum_value(&sum);
}

int aid_floor_conflict(struct arena *arena, const struct aid_problem *problem, double budget,
                       uint32_t **out, size_t *count, struct ajar_err *err)
{
    if (aid_floor_sum(problem) <= budget) {
        *out = NULL;
        *count = 0;
        return 0;
    }
    struct aid_claim *claim = NULL;
    uint32_t *host = NULL;
    TRY_NEW(claim, arena, problem->n, err);
    TRY_NEW(host, arena, problem->n, err);
    for (size_t i = 0; i < problem->n; i++) {
        claim[i] = (struct aid_claim){problem->floor[i], (uint32_t)i};
    }
    qsort(claim, problem->n, sizeof *claim, aid_claim_cmp);
    size_t k = 0;
    struct aid_sum sum = {0};
    while (k < problem->n && aid_sum_value(&sum) <= budget) {
        aid_sum_add(&sum, claim[k].floor);
        host[k] = claim[k].host;
        k++;
    }
    *out = host;
    *count = k;
    return 0;
}

static int aid_check_floors(const struct aid_problem *problem, double budget, struct arena *arena,
                            struct ajar_err *err)
{
    uint32_t *host = NULL;
    size_t count = 0;
    TRY(aid_floor_conflict(arena, problem, budget, &host, &count, err));
    if (count == 0) {
        return 0;
    }
    char names[200] = "", name[AID_NAME], have[NUM_TEXT], sum_text[NUM_TEXT];
    size_t used = 0, shown = 0;
    struct aid_sum sum = {0};
    for (size_t k = 0; k < count; k++) {
        aid_sum_add(&sum, problem->floor[host[k]]);
        if (used + AID_NAME + 2 < sizeof names) {
            int n = snprintf(names + used, sizeof names - used, "%s%s", k > 0 ? ", " : "",
                             aid_name(problem, host[k], name));
            used += (size_t)n;
            shown++;
        }
    }
    aid_figure(budget, have);
    aid_figure(aid_sum_value(&sum), sum_text);
    char more[40] = "";
    if (shown < count) {
        snprintf(more, sizeof more, " and %zu more", count - shown);
    }
    return err_set(err, E_AID_FLOORS_INFEASIBLE,
                   "The budget of %s cannot meet the floors of %s%s: together they need %s.", have,
                   names, more, sum_text);
}

int aid_check(const struct aid_problem *problem, const struct aid_options *options,
              struct arena *arena, struct ajar_err *err)
{
    if (problem->n == 0 || problem->n > UINT32_MAX) {
        return err_set(err, E_AID_HOSTS, "There are %zu hosts to split between.", problem->n);
    }
    TRY(aid_check_options(options, err));
    for (size_t i = 0; i < problem->n; i++) {
        TRY(aid_check_amounts(problem, i, err));
        TRY(aid_check_bounds(problem, i, err));
    }
    return problem->floor != NULL ? aid_check_floors(problem, options->budget, arena, err) : 0;
}
