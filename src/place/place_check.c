#include "place_check.h"

#include <stdio.h>

#define WHO 80 /* bytes of a household, locality or resource in a message */

__extension__ typedef __int128 wide;

struct check {
    const struct place_problem *problem;
    const struct place_claim *claim;
    struct faults *faults;
    struct place_found found;
};

/* "household 'f12'", or "household 12" where there are no names. */
static const char *check_who(const struct text *names, size_t i, const char *what, char to[WHO])
{
    if (names == NULL) {
        snprintf(to, WHO, "%s %zu", what, i + 1);
    } else {
        snprintf(to, WHO, "%s '%.*s'", what, (int)text_fit(names[i], WHO - 20), names[i].at);
    }
    return to;
}

static const struct text *check_households(const struct place_names *names)
{
    return names == NULL ? NULL : names->household;
}

static const struct text *check_localities(const struct place_names *names)
{
    return names == NULL ? NULL : names->locality;
}

static const struct text *check_resources(const struct place_names *names)
{
    return names == NULL ? NULL : names->resource;
}

static int check_amounts(const struct place_problem *problem, const struct place_names *names,
                         struct ajar_err *err)
{
    char who[WHO], what[WHO];
    size_t m = problem->n_resources;
    for (size_t i = 0; i < (size_t)problem->n_households * m; i++) {
        if (problem->need[i] < 0) {
            return err_set(err, E_PLACE_PROBLEM, "The need of %s for %s is negative: %d.",
                           check_who(check_households(names), i / m, "household", who),
                           check_who(check_resources(names), i % m, "resource", what),
                           (int)problem->need[i]);
        }
    }
    for (size_t i = 0; i < (size_t)problem->n_localities * m; i++) {
        if (problem->capacity[i] < 0) {
            return err_set(err, E_PLACE_PROBLEM, "The capacity of %s for %s is negative: %d.",
                           check_who(check_localities(names), i / m, "locality", who),
                           check_who(check_resources(names), i % m, "resource", what),
                           (int)problem->capacity[i]);
        }
    }
    return 0;
}

static const char *check_pair(const struct place_problem *problem, uint32_t h, uint64_t i)
{
    uint32_t l = problem->locality[i];
    if (l >= problem->n_localities) {
        return "names a locality that is not there";
    }
    if (i > problem->first[h] && l <= problem->locality[i - 1]) {
        return "does not stand by rising locality";
    }
    if (problem->score[i] < -PLACE_SCORE_MOST || problem->score[i] > PLACE_SCORE_MOST) {
        return "has a score out of range";
    }
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (place_need(problem, h, r) > place_capacity(problem, l, r)) {
            return "does not fit alone";
        }
    }
    return NULL;
}

int place_check_problem(const struct place_problem *problem, const struct place_names *names,
                        struct ajar_err *err)
{
    char who[WHO];
    if (problem->n_resources > PLACE_RESOURCES_MOST) {
        return err_set(err, E_PLACE_PROBLEM, "There are %u resources; at most %d are taken.",
                       (unsigned)problem->n_resources, PLACE_RESOURCES_MOST);
    }
    TRY(check_amounts(problem, names, err));
    if (problem->first[0] != 0) {
        return err_set(err, E_PLACE_PROBLEM, "The pairs do not begin at 0.");
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        const char *wrong =
            problem->first[h + 1] < problem->first[h] ? "ends before it begins" : NULL;
        for (uint64_t i = problem->first[h]; wrong == NULL && i < problem->first[h + 1]; i++) {
            wrong = check_pair(problem, h, i);
        }
        if (wrong != NULL) {
            return err_set(err, E_PLACE_PROBLEM, "Among the pairs of %s one %s.",
                           check_who(check_households(names), h, "household", who), wrong);
        }
    }
    return 0;
}

static struct ajar_err *check_fault(struct check *check)
{
    check->found.faults++;
    return faults_add(check->faults);
}

/* The pair of a household with a locality; false: it is not allowed. */
static bool check_find(const struct place_problem *problem, uint32_t h, uint32_t l, uint64_t *out)
{
    for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
        if (problem->locality[i] == l) {
            *out = i;
            return true;
        }
    }
    return false;
}

static void check_not_allowed(struct check *check, uint32_t h, uint32_t l)
{
    const struct place_problem *problem = check->problem;
    const struct place_names *names = check->claim->names;
    char who[WHO], where[WHO], what[WHO];
    check_who(check_households(names), h, "household", who);
    if (l >= problem->n_localities) {
        err_set(check_fault(check), E_PLACE_PLAN_PAIR,
                "The plan takes %s to locality %llu; there are %u.", who, (unsigned long long)l + 1,
                (unsigned)problem->n_localities);
        return;
    }
    check_who(check_localities(names), l, "locality", where);
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (place_need(problem, h, r) > place_capacity(problem, l, r)) {
            err_set(check_fault(check), E_PLACE_PLAN_PAIR,
                    "The plan takes %s to %s, which has %d of %s for a need of %d.", who, where,
                    (int)place_capacity(problem, l, r),
                    check_who(check_resources(names), r, "resource", what),
                    (int)place_need(problem, h, r));
            return;
        }
    }
    err_set(check_fault(check), E_PLACE_PLAN_PAIR,
            "The plan takes %s to %s; this pair is not allowed.", who, where);
}

/* What a household takes counts against the locality even where the pair is not allowed. */
static void check_pairs(struct check *check, int64_t *used)
{
    const struct place_problem *problem = check->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = check->claim->place[h];
        uint64_t pair;
        if (l == PLACE_NONE) {
            continue;
        }
        check->found.placed++;
        if (check_find(problem, h, l, &pair)) {
            check->found.objective += problem->score[pair];
        } else {
            check_not_allowed(check, h, l);
        }
        for (uint32_t r = 0; l < problem->n_localities && r < problem->n_resources; r++) {
            used[(size_t)l * problem->n_resources + r] += place_need(problem, h, r);
        }
    }
}

static void check_capacities(struct check *check, const int64_t *used)
{
    const struct place_problem *problem = check->problem;
    const struct place_names *names = check->claim->names;
    size_t m = problem->n_resources;
    for (size_t i = 0; i < (size_t)problem->n_localities * m; i++) {
        char where[WHO], what[WHO];
        if (used[i] <= problem->capacity[i]) {
            continue;
        }
        err_set(check_fault(check), E_PLACE_PLAN_CAPACITY,
                "The plan takes %lld of %s at %s; the capacity is %d.", (long long)used[i],
                check_who(check_resources(names), i % m, "resource", what),
                check_who(check_localities(names), i / m, "locality", where),
                (int)problem->capacity[i]);
    }
}

/* False: the prices prove nothing. */
static bool check_prices(struct check *check)
{
    const struct place_problem *problem = check->problem;
    const struct place_names *names = check->claim->names;
    size_t m = problem->n_resources;
    bool good = true;
    for (size_t i = 0; i < (size_t)problem->n_localities * m; i++) {
        char where[WHO], what[WHO];
        if (check->claim->price[i] >= 0) {
            continue;
        }
        good = false;
        err_set(check_fault(check), E_PLACE_PLAN_PRICE, "The price of %s at %s is negative: %lld.",
                check_who(check_resources(names), i % m, "resource", what),
                check_who(check_localities(names), i / m, "locality", where),
                (long long)check->claim->price[i]);
    }
    return good;
}

/* In units of a price. */
static wide check_gain(const struct check *check, uint32_t h, uint64_t i)
{
    const struct place_problem *problem = check->problem;
    const int64_t *price =
        check->claim->price + (size_t)problem->locality[i] * problem->n_resources;
    wide gain = (wide)problem->score[i] * PLACE_CHECK_PRICES_A_MICRO;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        gain -= (wide)place_need(problem, h, r) * price[r];
    }
    return gain;
}

/* Below the sum of best scores, which fits: that is where the bound is used. */
static int64_t check_by_prices(const struct check *check, int64_t best_sum)
{
    const struct place_problem *problem = check->problem;
    wide sum = 0, most = (wide)best_sum * PLACE_CHECK_PRICES_A_MICRO;
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    for (size_t i = 0; i < n && sum < most; i++) {
        sum += (wide)check->claim->price[i] * problem->capacity[i];
    }
    for (uint32_t h = 0; h < problem->n_households && sum < most; h++) {
        wide best = 0;
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            wide gain = check_gain(check, h, i);
            best = gain > best ? gain : best;
        }
        sum += best;
    }
    return sum < most ? (int64_t)(sum / PLACE_CHECK_PRICES_A_MICRO) : best_sum;
}

static int64_t check_best_scores(const struct place_problem *problem)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        int32_t best = 0;
        for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
            best = problem->score[i] > best ? problem->score[i] : best;
        }
        sum += best;
    }
    return sum;
}

static void check_totals(struct check *check)
{
    const struct place_claim *claim = check->claim;
    int64_t best_sum = check_best_scores(check->problem);
    bool priced = claim->price != NULL && check_prices(check);
    check->found.bound = priced ? check_by_prices(check, best_sum) : best_sum;
    if (claim->objective != NULL && *claim->objective != check->found.objective) {
        err_set(check_fault(check), E_PLACE_PLAN_OBJECTIVE,
                "The total of the plan is claimed as %lld micro-units; its scores add up to %lld.",
                (long long)*claim->objective, (long long)check->found.objective);
    }
    if (claim->bound != NULL && *claim->bound < check->found.bound) {
        err_set(check_fault(check), E_PLACE_PLAN_BOUND,
                "The bound is claimed as %lld micro-units; %s prove no less than %lld.",
                (long long)*claim->bound, priced ? "the prices" : "the best scores",
                (long long)check->found.bound);
    } else if (claim->bound != NULL && *claim->bound < check->found.objective) {
        err_set(check_fault(check), E_PLACE_PLAN_BOUND,
                "The bound of %lld micro-units is below the total of the plan, %lld.",
                (long long)*claim->bound, (long long)check->found.objective);
    }
}

int place_check_plan(struct arena *scratch, const struct place_problem *problem,
                     const struct place_claim *claim, struct faults *faults,
                     struct place_found *out, struct ajar_err *err)
{
    struct check check = {.problem = problem, .claim = claim, .faults = faults};
    int64_t *used;
    TRY(place_check_problem(problem, claim->names, err));
    TRY_NEW(used, scratch, (size_t)problem->n_localities * problem->n_resources, err);
    check_pairs(&check, used);
    check_capacities(&check, used);
    check_totals(&check);
    *out = check.found;
    return 0;
}
