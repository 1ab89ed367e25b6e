/* From figures to answers: what is derived from the inputs, the splits, the rules to compare
 * with. */
#include <assert.h>
#include <math.h>

#include "aid_parts.h"

static int aid_columns(struct arena *arena, const struct aid_job *job, double *column[AID_FIGURES],
                       struct ajar_err *err)
{
    for (int f = 0; f < AID_FIGURES; f++) {
        TRY_NEW(column[f], arena, job->n, err);
        for (size_t i = 0; i < job->n; i++) {
            column[f][i] = job->input[f][i].value;
        }
    }
    return 0;
}

static void aid_put_derived(struct aid_input *input, double value, const char *unit,
                            const char *origin)
{
    input->value = value;
    input->unit = unit;
    input->origin = origin;
    input->quality = AID_DERIVED;
}

/* Need from the cost per person, or the other way round. */
static void aid_derive_need(struct aid_job *job)
{
    for (size_t i = 0; i < job->n; i++) {
        struct aid_input *need = &job->input[AID_FIGURE_NEED][i];
        struct aid_input *cost = &job->input[AID_FIGURE_UNIT_COST][i];
        double stock = job->input[AID_FIGURE_STOCK][i].value;
        if (need->quality == AID_ABSENT) {
            aid_put_derived(need, stock * cost->value, job->unit, "stock * cost per person");
        } else {
            aid_put_derived(cost, need->value / stock, job->unit, "need / stock");
        }
    }
}

static int aid_derive_severity(struct arena *arena, struct aid_job *job, struct ajar_err *err)
{
    double *column[AID_FIGURES], *severity = NULL;
    bool known = true;
    for (size_t i = 0; i < job->n; i++) {
        known = known && job->input[AID_FIGURE_POPULATION][i].quality != AID_ABSENT &&
                job->input[AID_FIGURE_GDP][i].quality != AID_ABSENT;
    }
    if (!known) {
        assert(job->severity_given);
        return 0;
    }
    TRY(aid_columns(arena, job, column, err));
    TRY_NEW(severity, arena, job->n, err);
    aid_severity(job->n, column[AID_FIGURE_STOCK], column[AID_FIGURE_POPULATION],
                 column[AID_FIGURE_GDP], 0.5, 0.5, job->pressure, job->poverty, severity);
    for (size_t i = 0; i < job->n && !job->severity_given; i++) {
        aid_put_derived(&job->input[AID_FIGURE_SEVERITY][i], severity[i], "ratio",
                        "sqrt(pressure / mean pressure * poverty / mean poverty), geometric means "
                        "over the hosts");
    }
    return 0;
}

static int aid_problem_make(struct arena *arena, struct aid_job *job, struct ajar_err *err)
{
    double *column[AID_FIGURES];
    bool floors = false, ceilings = false;
    TRY(aid_columns(arena, job, column, err));
    for (size_t i = 0; i < job->n; i++) {
        bool floor = job->input[AID_FIGURE_FLOOR][i].quality != AID_ABSENT;
        bool ceiling = job->input[AID_FIGURE_CEILING][i].quality != AID_ABSENT;
        column[AID_FIGURE_FLOOR][i] = floor ? column[AID_FIGURE_FLOOR][i] : 0;
        column[AID_FIGURE_CEILING][i] = ceiling ? column[AID_FIGURE_CEILING][i] : INFINITY;
        floors = floors || floor;
        ceilings = ceilings || ceiling;
    }
    job->problem = (struct aid_problem){.n = job->n,
                                        .need = column[AID_FIGURE_NEED],
                                        .funded = column[AID_FIGURE_FUNDED],
                                        .cap = column[AID_FIGURE_CAP],
                                        .floor = floors ? column[AID_FIGURE_FLOOR] : NULL,
                                        .ceiling = ceilings ? column[AID_FIGURE_CEILING] : NULL,
                                        .severity = column[AID_FIGURE_SEVERITY],
                                        .stock = column[AID_FIGURE_STOCK],
                                        .host = job->code};
    return 0;
}

static void aid_compare(const struct aid_job *job, struct aid_compared *rule)
{
    double spent = 0, worst = 1;
    for (size_t i = 0; i < job->n; i++) {
        spent += rule->x[i];
        worst = fmin(worst, (job->problem.funded[i] + rule->x[i]) / job->problem.need[i]);
    }
    rule->spent = spent;
    rule->worst_coverage = worst;
    rule->people_covered = aid_people_covered(&job->problem, rule->x);
}

static int aid_rules(struct arena *arena, struct aid_job *job, struct ajar_err *err)
{
    double budget = job->options.budget;
    job->rule[AID_RULE_SPLIT].x = job->split.x;
    for (int r = AID_RULE_EQUAL; r < AID_RULES; r++) {
        TRY_NEW(job->rule[r].x, arena, job->n, err);
    }
    aid_equal(&job->problem, budget, job->rule[AID_RULE_EQUAL].x);
    aid_pro_rata(&job->problem, budget, job->rule[AID_RULE_PRO_RATA].x);
    TRY(aid_by_severity(arena, &job->problem, budget, job->rule[AID_RULE_SEVERITY].x, err));
    TRY(aid_cheapest(arena, &job->problem, budget, job->rule[AID_RULE_CHEAPEST].x, err));
    for (int r = 0; r < AID_RULES; r++) {
        aid_compare(job, &job->rule[r]);
    }
    job->price_of_fairness = fmax(0, 1 - job->rule[AID_RULE_SPLIT].people_covered /
                                             job->rule[AID_RULE_CHEAPEST].people_covered);
    return 0;
}

/* A slip of many digits is told before it makes nonsense of every sum.  Severity has no unit, and only
 * ratios of it matter. */
static int aid_amounts(const struct aid_job *job, struct ajar_err *err)
{
    if (job->options.budget > AID_SUM_MOST) {
        err_set(err, E_AID_BUDGET, "The budget is above " AID_SUM_TEXT " %.20s.", job->unit);
        return err_hint(err, "Correct the budget.");
    }
    for (int f = 0; f < AID_FIGURES; f++) {
        double sum = 0;
        for (size_t i = 0; i < job->n && f != AID_FIGURE_SEVERITY; i++) {
            sum += job->input[f][i].quality == AID_ABSENT ? 0 : job->input[f][i].value;
            if (!(sum <= AID_SUM_MOST)) {
                return err_set(err, E_NUMBER_RANGE,
                               "The sum over the hosts of what stands under %s is above "
                               "" AID_SUM_TEXT ", at the latest with %.*s.",
                               aid_figure_word((enum aid_figure)f),
                               (int)text_fit(text_of(job->code[i]), 60), job->code[i]);
            }
        }
    }
    return 0;
}

int aid_job_split(struct arena *arena, struct aid_job *job, struct ajar_err *err)
{
    aid_derive_need(job);
    TRY(aid_amounts(job, err));
    TRY(aid_derive_severity(arena, job, err));
    TRY(aid_problem_make(arena, job, err));
    TRY(aid_solve(arena, &job->problem, &job->options, &job->split, err));
    for (size_t a = 0; a < AID_ALPHAS; a++) {
        struct aid_options options = job->options;
        options.alpha = aid_alphas[a];
        TRY(aid_solve(arena, &job->problem, &options, &job->at_alpha[a], err));
    }
    return aid_rules(arena, job, err);
}
