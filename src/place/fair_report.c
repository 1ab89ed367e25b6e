#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "fair.h"

enum { REPORT_WORST = 10 };

/* The best pair counts nothing where it is below 0: nobody need take it. */
static void report_count(const struct place_problem *problem, uint32_t household, uint64_t pair,
                         struct fair_group *group)
{
    int32_t best = 0;
    for (uint64_t k = problem->first[household]; k < problem->first[household + 1]; k++) {
        best = problem->score[k] > best ? problem->score[k] : best;
    }
    group->households++;
    group->best_micro += best;
    if (pair != UINT64_MAX) {
        int32_t score = problem->score[pair];
        group->placed++;
        group->total_micro += score;
        group->least_micro = score < group->least_micro ? score : group->least_micro;
    }
}

struct report_worst {
    uint32_t n, household[REPORT_WORST];
    int32_t score[REPORT_WORST];
};

/* Households come by rising id, so an equal score goes behind. */
static void report_insert(struct report_worst *worst, uint32_t household, int32_t score)
{
    uint32_t hole = worst->n < REPORT_WORST ? worst->n : REPORT_WORST - 1;
    if (worst->n == REPORT_WORST && worst->score[hole] <= score) {
        return;
    }
    worst->n += worst->n < REPORT_WORST;
    while (hole > 0 && worst->score[hole - 1] > score) {
        worst->score[hole] = worst->score[hole - 1];
        worst->household[hole] = worst->household[hole - 1];
        hole--;
    }
    worst->score[hole] = score;
    worst->household[hole] = household;
}

int fair_report(struct arena *arena, const struct place_problem *problem, const uint32_t *place,
                const uint32_t *group, uint32_t n_groups, struct fair_report *out,
                struct ajar_err *err)
{
    struct fair_report report = {.n_groups = group == NULL ? 1 : n_groups,
                                 .all = {.least_micro = INT32_MAX}};
    struct report_worst worst = {0};
    TRY_NEW(report.groups, arena, report.n_groups, err);
    TRY_NEW(report.worst, arena, REPORT_WORST, err);
    for (uint32_t g = 0; g < report.n_groups; g++) {
        report.groups[g].least_micro = INT32_MAX;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pair = place[h] == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, place[h]);
        report_count(problem, h, pair, &report.groups[group == NULL ? 0 : group[h]]);
        report_count(problem, h, pair, &report.all);
        if (pair != UINT64_MAX) {
            report_insert(&worst, h, problem->score[pair]);
        }
    }
    report.n_worst = worst.n;
    memcpy(report.worst, worst.household, worst.n * sizeof *report.worst);
    *out = report;
    return 0;
}
