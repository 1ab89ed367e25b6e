#include "place_check_parts.h"

static int check_amounts(const struct place_problem *problem, const struct place_names *names,
                         struct ajar_err *err)
{
    char who[WHO], what[WHO];
    size_t m = problem->n_resources;
    for (size_t i = 0; i < (size_t)problem->n_households * m; i++) {
        if (problem->need[i] < 0) {
            return err_set(err, E_PLACE_PROBLEM, "The need of %s for %s is negative: %d.",
                           check_household(names, i / m, who), check_resource(names, i % m, what),
                           (int)problem->need[i]);
        }
    }
    for (size_t i = 0; i < (size_t)problem->n_localities * m; i++) {
        if (problem->capacity[i] < 0) {
            return err_set(err, E_PLACE_PROBLEM, "The capacity of %s for %s is negative: %d.",
                           check_locality(names, i / m, who), check_resource(names, i % m, what),
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
                           check_household(names, h, who), wrong);
        }
    }
    return 0;
}

static void check_capacities(struct check *check)
{
    const struct place_problem *problem = check->problem;
    const struct place_names *names = check->claim->names;
    const int64_t *used = check->used;
    size_t m = problem->n_resources;
    for (size_t i = 0; i < (size_t)problem->n_localities * m; i++) {
        char where[WHO], what[WHO];
        if (used[i] <= problem->capacity[i]) {
            continue;
        }
        err_set(check_fault(check), E_PLACE_PLAN_CAPACITY,
                "The plan takes %lld of %s at %s; the capacity is %d.", (long long)used[i],
                check_resource(names, i % m, what), check_locality(names, i / m, where),
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
                check_resource(names, i % m, what), check_locality(names, i / m, where),
                (long long)check->claim->price[i]);
    }
    for (uint32_t q = 0; check->claim->quota_price != NULL && q < check->side->n_quotas; q++) {
        if (check->claim->quota_price[q] < 0) {
            good = false;
            err_set(check_fault(check), E_PLACE_PLAN_PRICE,
                    "The price of quota %u is negative: %lld.", (unsigned)q + 1,
                    (long long)check->claim->quota_price[q]);
        }
    }
    return good;
}

/* In units of a price. */
static wide check_gain(const struct check *check, uint32_t h, uint64_t i)
{
    const struct place_problem *problem = check->problem;
    const wide *cost = check->cost + (size_t)problem->locality[i] * problem->n_resources;
    wide gain = (wide)problem->score[i] * PLACE_CHECK_PRICES_A_MICRO;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        gain -= place_need(problem, h, r) * cost[r];
    }
    return gain;
}

/* A locked household has no choice, even of less than nothing; what is cut off there only raises the bound. */
static wide check_most(const struct check *check, uint32_t h)
{
    const struct place_problem *problem = check->problem;
    const wide lowest = -((wide)1 << 80);
    wide best = 0;
    if (check->lock[h] != CHECK_NOWHERE) {
        wide gain = check_gain(check, h, check->lock[h]);
        return gain > lowest ? gain : lowest;
    }
    for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
        wide gain = check_gain(check, h, i);
        best = gain > best ? gain : best;
    }
    return best;
}

/* Sums of any prices stay within 128 bits: beyond this they prove nothing that the best scores do not. */
static wide check_capped(wide sum)
{
    const wide most = (wide)1 << 120;
    return sum < most ? sum : most;
}

/* The lower of what prices prove, rounded down, and the sum of best scores, which fits. */
static int64_t check_by_prices(const struct check *check, int64_t best_sum)
{
    const struct place_problem *problem = check->problem;
    const struct place_claim *claim = check->claim;
    wide sum = 0;
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    for (size_t i = 0; i < n; i++) {
        sum = check_capped(sum + (wide)claim->price[i] * problem->capacity[i]);
    }
    for (uint32_t q = 0; claim->quota_price != NULL && q < check->side->n_quotas; q++) {
        sum = check_capped(sum + (wide)claim->quota_price[q] * check->side->quotas[q].most);
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        sum += check_most(check, h);
    }
    wide down = sum / PLACE_CHECK_PRICES_A_MICRO;
    down -= sum < 0 && sum % PLACE_CHECK_PRICES_A_MICRO != 0;
    return down < best_sum ? (int64_t)down : best_sum;
}

static int64_t check_best_scores(const struct check *check)
{
    const struct place_problem *problem = check->problem;
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        bool locked = check->lock[h] != CHECK_NOWHERE;
        int32_t best = locked ? problem->score[check->lock[h]] : 0;
        for (uint64_t i = problem->first[h]; !locked && i < problem->first[h + 1]; i++) {
            best = problem->score[i] > best ? problem->score[i] : best;
        }
        sum += best;
    }
    return sum;
}

static void check_totals(struct check *check)
{
    const struct place_claim *claim = check->claim;
    int64_t best_sum = check_best_scores(check);
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
    struct check check;
    TRY(place_check_problem(problem, claim->names, err));
    TRY(check_side_problem(scratch, problem, claim, err));
    TRY(check_new(scratch, problem, claim, faults, &check, err));
    check_capacities(&check);
    check_sides(&check);
    check_totals(&check);
    *out = check.found;
    return 0;
}
