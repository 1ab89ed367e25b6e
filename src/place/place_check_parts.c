#include "place_check_parts.h"

#include <stdio.h>
#include <string.h>

static const struct place_side check_bare;

const char *check_who(const struct text *names, size_t i, const char *what, char to[WHO])
{
    if (names == NULL) {
        snprintf(to, WHO, "%s %zu", what, i + 1);
    } else {
        snprintf(to, WHO, "%s '%.*s'", what, (int)text_fit(names[i], WHO - 20), names[i].at);
    }
    return to;
}

const char *check_household(const struct place_names *names, size_t i, char to[WHO])
{
    return check_who(names == NULL ? NULL : names->household, i, "household", to);
}

const char *check_locality(const struct place_names *names, size_t i, char to[WHO])
{
    return check_who(names == NULL ? NULL : names->locality, i, "locality", to);
}

const char *check_resource(const struct place_names *names, size_t i, char to[WHO])
{
    return check_who(names == NULL ? NULL : names->resource, i, "resource", to);
}

struct ajar_err *check_fault(struct check *check)
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
    check_household(names, h, who);
    if (l >= problem->n_localities) {
        err_set(check_fault(check), E_PLACE_PLAN_PAIR,
                "The plan takes %s to locality %llu; there are %u.", who, (unsigned long long)l + 1,
                (unsigned)problem->n_localities);
        return;
    }
    check_locality(names, l, where);
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (place_need(problem, h, r) > place_capacity(problem, l, r)) {
            err_set(check_fault(check), E_PLACE_PLAN_PAIR,
                    "The plan takes %s to %s, which has %d of %s for a need of %d.", who, where,
                    (int)place_capacity(problem, l, r), check_resource(names, r, what),
                    (int)place_need(problem, h, r));
            return;
        }
    }
    err_set(check_fault(check), E_PLACE_PLAN_PAIR,
            "The plan takes %s to %s; this pair is not allowed.", who, where);
}

/* What a household takes counts against the locality even where the pair is not allowed. */
static void check_pairs(struct check *check)
{
    const struct place_problem *problem = check->problem;
    size_t m = problem->n_resources;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = check->claim->place[h];
        check->pair[h] = CHECK_NOWHERE;
        if (l == PLACE_NONE) {
            continue;
        }
        check->found.placed++;
        if (check_find(problem, h, l, &check->pair[h])) {
            check->found.objective += problem->score[check->pair[h]];
        } else {
            check_not_allowed(check, h, l);
        }
        if (l >= problem->n_localities) {
            continue;
        }
        check->n_at[l]++;
        for (uint32_t r = 0; r < m; r++) {
            check->used[l * m + r] += place_need(problem, h, r);
        }
    }
}

static void check_quota_use(struct check *check)
{
    const struct place_side *side = check->side;
    const int64_t *price = check->claim->quota_price;
    size_t m = check->problem->n_resources;
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        for (uint32_t i = 0; i < quota->n_localities; i++) {
            size_t k = quota->locality[i] * m + quota->resource;
            check->quota_of[k] = q;
            check->quota_used[q] += check->used[k];
            check->cost[k] += price == NULL || price[q] < 0 ? 0 : price[q];
        }
    }
}

int check_new(struct arena *scratch, const struct place_problem *problem,
              const struct place_claim *claim, struct faults *faults, struct check *out,
              struct ajar_err *err)
{
    struct check made = {.problem = problem,
                         .claim = claim,
                         .side = claim->side == NULL ? &check_bare : claim->side,
                         .faults = faults};
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    TRY_NEW(made.pair, scratch, problem->n_households, err);
    TRY_NEW(made.lock, scratch, problem->n_households, err);
    TRY_NEW(made.linked, scratch, problem->n_households, err);
    TRY_NEW(made.has_least, scratch, problem->n_localities, err);
    TRY_NEW(made.n_at, scratch, problem->n_localities, err);
    TRY_NEW(made.used, scratch, n_prices, err);
    TRY_NEW(made.quota_of, scratch, n_prices, err);
    TRY_NEW(made.quota_used, scratch, made.side->n_quotas, err);
    TRY_NEW(made.cost, scratch, n_prices, err);
    memset(made.lock, 0xff, problem->n_households * sizeof *made.lock);
    memset(made.quota_of, 0xff, n_prices * sizeof *made.quota_of);
    for (uint32_t i = 0; i < made.side->n_locks; i++) {
        made.lock[made.side->locks[i].household] = made.side->locks[i].pair;
    }
    for (size_t k = 0; claim->price != NULL && k < n_prices; k++) {
        made.cost[k] = claim->price[k] < 0 ? 0 : claim->price[k];
    }
    for (uint32_t i = 0; i < made.side->n_leasts; i++) {
        made.has_least[made.side->leasts[i].locality] = true;
    }
    for (uint32_t i = 0; i < made.side->n_links; i++) {
        made.linked[made.side->links[i].a] = made.linked[made.side->links[i].b] = true;
    }
    check_pairs(&made);
    check_quota_use(&made);
    *out = made;
    return 0;
}
