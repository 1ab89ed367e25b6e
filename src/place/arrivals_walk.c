#include "arrivals_walk.h"

#include <math.h>
#include <string.h>

#include "price_step.h"

#define FACTOR_MOST 9.0 /* a floor that nothing can reach would drive it without end */
#define REACH_SHARE 0.2 /* of all steps of a walk in one direction */

int arrivals_field_new(struct arena *arena, const struct place_problem *problem,
                       const uint32_t *group, uint32_t n_groups, struct arrivals_field *out,
                       struct ajar_err *err)
{
    struct arrivals_field field = {.problem = problem, .group = group, .n_groups = n_groups};
    field.n_prices = (size_t)problem->n_localities * problem->n_resources;
    if (group == NULL || n_groups == 0) {
        field.group = NULL;
        field.n_groups = 1;
    }
    TRY(price_kinds_find(arena, problem, &field.kinds, err));
    TRY_NEW(field.left, arena, field.n_prices, err);
    TRY_NEW(field.scale, arena, problem->n_resources, err);
    TRY_NEW(field.near_first, arena, problem->n_households, err);
    TRY_NEW(field.n_near, arena, problem->n_households, err);
    TRY_NEW(field.near, arena, problem->first[problem->n_households], err);
    memcpy(field.left, problem->capacity, field.n_prices * sizeof *field.left);
    *out = field;
    return 0;
}

int arrivals_prices_new(struct arena *arena, const struct arrivals_field *field,
                        struct arrivals_prices *out, struct ajar_err *err)
{
    struct arrivals_prices made;
    TRY_NEW(made.price, arena, field->n_prices, err);
    TRY_NEW(made.factor, arena, field->n_groups, err);
    *out = made;
    return 0;
}

int arrivals_demand_new(struct arena *arena, const struct arrivals_field *field,
                        struct arrivals_demand *out, struct ajar_err *err)
{
    const struct place_problem *problem = field->problem;
    struct arrivals_demand made = {0};
    size_t n = problem->n_households, localities = problem->n_localities;
    TRY_NEW(made.household, arena, n, err);
    TRY_NEW(made.count, arena, n, err);
    TRY_NEW(made.owed, arena, field->n_groups, err);
    TRY(arrivals_prices_new(arena, field, &made.at, err));
    TRY(arrivals_prices_new(arena, field, &made.best, err));
    TRY_NEW(made.charge, arena, field->kinds.n * localities, err);
    TRY_NEW(made.load, arena, field->n_prices, err);
    TRY_NEW(made.gain, arena, field->n_groups, err);
    TRY_NEW(made.mean, arena, field->n_prices + field->n_groups, err);
    TRY_NEW(made.square, arena, field->n_prices + field->n_groups, err);
    TRY_NEW(made.edge, arena, n, err);
    TRY_NEW(made.member_first, arena, localities + 1, err);
    TRY_NEW(made.member, arena, (size_t)problem->first[n], err);
    *out = made;
    return 0;
}

double arrivals_charge(const struct arrivals_field *field, const double *price, uint32_t household,
                       uint32_t locality)
{
    size_t n = field->problem->n_resources;
    const int32_t *need = &field->problem->need[household * n];
    double sum = 0;
    for (size_t r = 0; r < n; r++) {
        sum += price[locality * n + r] * need[r];
    }
    return sum;
}

/* As near as a walk can bring a pair: its own charge falls and that of the best rises. */
static double walk_reach(const struct arrivals_field *field, const struct arrivals_step *step,
                         uint32_t household)
{
    const struct place_problem *problem = field->problem;
    double sum = 0;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        sum += place_need(problem, household, r) * field->scale[r];
    }
    return 1 + sum * (step->first + step->last) * step->looks * REACH_SHARE;
}

void arrivals_gather(struct arrivals_field *field, const struct arrivals_prices *at,
                     const struct arrivals_step *step, uint32_t household, uint64_t from)
{
    const struct place_problem *problem = field->problem;
    uint64_t begin = problem->first[household], end = problem->first[household + 1];
    double factor = 1 + at->factor[arrivals_group(field, household)], best = 0;
    uint32_t n = 0;
    for (uint64_t pair = begin; pair < end; pair++) {
        double left = factor * problem->score[pair] -
                      arrivals_charge(field, at->price, household, problem->locality[pair]);
        best = left > best ? left : best;
    }
    best -= walk_reach(field, step, household);
    for (uint64_t pair = begin; pair < end; pair++) {
        double left = factor * problem->score[pair] -
                      arrivals_charge(field, at->price, household, problem->locality[pair]);
        if (left >= best && problem->score[pair] > 0) {
            field->near[from + n++] =
                (struct arrivals_near){problem->locality[pair], problem->score[pair]};
        }
    }
    field->near_first[household] = from;
    field->n_near[household] = n;
}

void arrivals_charges(const struct arrivals_field *field, const double *price, double *charge)
{
    for (uint32_t k = 0; k < field->kinds.n; k++) {
        for (uint32_t l = 0; l < field->problem->n_localities; l++) {
            *charge++ = arrivals_charge(field, price, field->kinds.one[k], l);
        }
    }
}

/* What one household of the demand keeps; its choice is added to load and gain. */
static double walk_choose(const struct arrivals_field *field, struct arrivals_demand *demand,
                          uint32_t household)
{
    const struct place_problem *problem = field->problem;
    const double *charge =
        &demand->charge[(size_t)field->kinds.of[household] * problem->n_localities];
    const struct arrivals_near *near = &field->near[field->near_first[household]], *choice = NULL;
    uint32_t group = arrivals_group(field, household), n = field->n_near[household];
    double factor = 1 + demand->at.factor[group], best = 0;
    for (uint32_t i = 0; i < n; i++) {
        double left = factor * near[i].score - charge[near[i].locality];
        if (left > best) {
            best = left;
            choice = &near[i];
        }
    }
    if (choice != NULL) {
        size_t resources = problem->n_resources;
        const int32_t *need = &problem->need[household * resources];
        int64_t *load = &demand->load[choice->locality * resources],
                count = demand->count[household];
        for (size_t r = 0; r < resources; r++) {
            load[r] += count * need[r];
        }
        demand->gain[group] += (double)count * choice->score;
    }
    return best * demand->count[household];
}

/* The dual at demand->at, with load and gain. */
static double walk_look(const struct arrivals_field *field, struct arrivals_demand *demand)
{
    double value = 0;
    arrivals_charges(field, demand->at.price, demand->charge);
    memset(demand->load, 0, field->n_prices * sizeof *demand->load);
    memset(demand->gain, 0, field->n_groups * sizeof *demand->gain);
    for (uint32_t i = 0; i < demand->n; i++) {
        value += walk_choose(field, demand, demand->household[i]);
    }
    for (size_t k = 0; k < field->n_prices; k++) {
        value += demand->at.price[k] * field->left[k];
    }
    for (uint32_t g = 0; field->floors && g < field->n_groups; g++) {
        value -= demand->at.factor[g] * demand->owed[g];
    }
    return value;
}

static void walk_note(const struct arrivals_field *field, struct arrivals_demand *demand)
{
    memcpy(demand->best.price, demand->at.price, field->n_prices * sizeof *demand->best.price);
    memcpy(demand->best.factor, demand->at.factor, field->n_groups * sizeof *demand->best.factor);
}

static void walk_step(const struct arrivals_field *field, struct arrivals_demand *demand,
                      double step, const struct price_fade *fade)
{
    size_t n = field->problem->n_resources;
    for (size_t k = 0; k < field->n_prices; k++) {
        double slope = (double)(field->left[k] - demand->load[k]);
        double to = price_stepped(demand->at.price[k], step * field->scale[k % n], slope,
                                  PLACE_SCORE_MOST, &demand->mean[k], &demand->square[k], fade);
        demand->at.price[k] = field->left[k] > 0 ? to : 0;
    }
    for (uint32_t g = 0; field->floors && g < field->n_groups; g++) {
        size_t k = field->n_prices + g;
        double slope = (demand->gain[g] - demand->owed[g]) / 1e6;
        demand->at.factor[g] = price_stepped(demand->at.factor[g], step, slope, FACTOR_MOST,
                                             &demand->mean[k], &demand->square[k], fade);
    }
}

void arrivals_walk(const struct arrivals_field *field, struct arrivals_demand *demand,
                   const struct arrivals_step *step)
{
    double least = INFINITY, size = step->first;
    double fall = price_fall(step->first, step->last, step->looks);
    struct price_fade fade = {1, 1};
    size_t n = field->n_prices + field->n_groups;
    memset(demand->mean, 0, n * sizeof *demand->mean);
    memset(demand->square, 0, n * sizeof *demand->square);
    for (size_t k = 0; k < field->n_prices; k++) {
        demand->at.price[k] = field->left[k] > 0 ? demand->at.price[k] : 0;
    }
    for (uint32_t i = 0; i <= step->looks; i++) {
        double value = walk_look(field, demand);
        if (value < least) {
            least = value;
            walk_note(field, demand);
        }
        price_fade_on(&fade);
        walk_step(field, demand, size, &fade);
        size *= fall;
    }
}
