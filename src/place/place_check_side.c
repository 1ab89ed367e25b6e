#include "place_check_parts.h"

bool check_near(const struct place_side *side, const struct side_link *link, uint32_t a, uint32_t b)
{
    if (link->chord_m == SIDE_SAME) {
        return a == b || (side->place_of != NULL && side->place_of[a] == side->place_of[b]);
    }
    wide far = 0;
    for (size_t i = 0; i < 3; i++) {
        wide apart =
            (wide)side->position_m[(size_t)b * 3 + i] - side->position_m[(size_t)a * 3 + i];
        far += apart * apart;
    }
    return far <= (wide)link->chord_m * link->chord_m;
}

bool check_link_kept(const struct check *check, const struct side_link *link)
{
    uint64_t a = check->pair[link->a], b = check->pair[link->b];
    if (a == CHECK_NOWHERE || b == CHECK_NOWHERE) {
        return a == b;
    }
    return check_near(check->side, link, check->problem->locality[a], check->problem->locality[b]);
}

bool check_least_kept(const struct check *check, const struct side_least *least)
{
    size_t k = (size_t)least->locality * check->problem->n_resources + least->resource;
    return check->n_at[least->locality] == 0 || check->used[k] >= least->least;
}

static const char *check_lock(const struct place_problem *problem, const struct side_lock *lock,
                              const struct side_lock *before)
{
    if (lock->household >= problem->n_households) {
        return "names a household that is not there";
    }
    if (before != NULL && before->household >= lock->household) {
        return "does not stand by household";
    }
    if (lock->pair < problem->first[lock->household] ||
        lock->pair >= problem->first[lock->household + 1]) {
        return "is at a pair of somebody else";
    }
    return NULL;
}

static const char *check_least(const struct place_problem *problem, const struct side_least *least,
                               const struct side_least *before)
{
    if (least->locality >= problem->n_localities || least->resource >= problem->n_resources) {
        return "names a locality or resource that is not there";
    }
    if (before != NULL &&
        (before->locality > least->locality ||
         (before->locality == least->locality && before->resource >= least->resource))) {
        return "does not stand by locality and resource";
    }
    if (least->least < 1 ||
        least->least > place_capacity(problem, least->locality, least->resource)) {
        return "is not from 1 to the capacity";
    }
    return NULL;
}

static const char *check_link(const struct place_problem *problem, const struct place_side *side,
                              const struct side_link *link)
{
    if (link->a >= link->b || link->b >= problem->n_households) {
        return "names households that are not there, or one twice";
    }
    if (link->chord_m < 0 && link->chord_m != SIDE_SAME) {
        return "has a distance below 0";
    }
    return link->chord_m >= 0 && side->position_m == NULL
               ? "is by distance, but there are no positions"
               : NULL;
}

static const char *check_quota(const struct place_problem *problem, const struct side_quota *quota,
                               bool *taken)
{
    if (quota->resource >= problem->n_resources || quota->most < 0) {
        return "is below 0, or of a resource that is not there";
    }
    for (uint32_t i = 0; i < quota->n_localities; i++) {
        uint32_t l = quota->locality[i];
        if (l >= problem->n_localities || (i > 0 && l <= quota->locality[i - 1])) {
            return "names localities that are not there, or not by their order";
        }
        bool *at = &taken[(size_t)l * problem->n_resources + quota->resource];
        if (*at) {
            return "has a locality that stands in another of the same resource";
        }
        *at = true;
    }
    return NULL;
}

static int check_tell(const char *wrong, const char *what, uint32_t i, struct ajar_err *err)
{
    return wrong == NULL
               ? 0
               : err_set(err, E_PLACE_PROBLEM, "The %s %u %s.", what, (unsigned)i + 1, wrong);
}

int check_side_problem(struct arena *scratch, const struct place_problem *problem,
                       const struct place_claim *claim, struct ajar_err *err)
{
    const struct place_side *side = claim->side;
    bool *taken;
    if (side == NULL) {
        return 0;
    }
    TRY_NEW(taken, scratch, (size_t)problem->n_localities * problem->n_resources, err);
    for (uint32_t i = 0; i < side->n_locks; i++) {
        const struct side_lock *before = i == 0 ? NULL : &side->locks[i - 1];
        TRY(check_tell(check_lock(problem, &side->locks[i], before), "lock", i, err));
    }
    for (uint32_t i = 0; i < side->n_quotas; i++) {
        TRY(check_tell(check_quota(problem, &side->quotas[i], taken), "quota", i, err));
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        const struct side_least *before = i == 0 ? NULL : &side->leasts[i - 1];
        TRY(check_tell(check_least(problem, &side->leasts[i], before), "minimum", i, err));
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        TRY(check_tell(check_link(problem, side, &side->links[i]), "link", i, err));
    }
    return 0;
}

static void check_locks(struct check *check)
{
    const struct place_names *names = check->claim->names;
    for (uint32_t i = 0; i < check->side->n_locks; i++) {
        const struct side_lock *lock = &check->side->locks[i];
        uint32_t l = check->problem->locality[lock->pair];
        char who[WHO], where[WHO];
        if (check->claim->place[lock->household] != l) {
            err_set(check_fault(check), E_PLACE_PLAN_LOCK,
                    "The plan does not leave %s where it is locked, at %s.",
                    check_household(names, lock->household, who), check_locality(names, l, where));
        }
    }
}

static void check_quotas(struct check *check)
{
    for (uint32_t q = 0; q < check->side->n_quotas; q++) {
        const struct side_quota *quota = &check->side->quotas[q];
        char what[WHO];
        if (check->quota_used[q] > quota->most) {
            err_set(check_fault(check), E_PLACE_PLAN_QUOTA,
                    "The plan takes %lld of %s over the localities of quota %u; it allows %lld.",
                    (long long)check->quota_used[q],
                    check_resource(check->claim->names, quota->resource, what), (unsigned)q + 1,
                    (long long)quota->most);
        }
    }
}

static void check_leasts(struct check *check)
{
    const struct place_names *names = check->claim->names;
    size_t m = check->problem->n_resources;
    for (uint32_t i = 0; i < check->side->n_leasts; i++) {
        const struct side_least *least = &check->side->leasts[i];
        char where[WHO], what[WHO];
        if (!check_least_kept(check, least)) {
            err_set(check_fault(check), E_PLACE_PLAN_LEAST,
                    "The plan takes %lld of %s at %s, which opens from %d on.",
                    (long long)check->used[least->locality * m + least->resource],
                    check_resource(names, least->resource, what),
                    check_locality(names, least->locality, where), (int)least->least);
        }
    }
}

static void check_links(struct check *check)
{
    const struct place_names *names = check->claim->names;
    for (uint32_t i = 0; i < check->side->n_links; i++) {
        const struct side_link *link = &check->side->links[i];
        bool a = check->pair[link->a] != CHECK_NOWHERE, b = check->pair[link->b] != CHECK_NOWHERE;
        char who[WHO], other[WHO];
        if (!check_link_kept(check, link)) {
            err_set(check_fault(check), E_PLACE_PLAN_LINK,
                    a && b ? "The plan takes %s and %s, who are linked, too far from each other."
                           : "The plan places one of %s and %s, who are linked, without the other.",
                    check_household(names, link->a, who), check_household(names, link->b, other));
        }
    }
}

void check_sides(struct check *check)
{
    check_locks(check);
    check_quotas(check);
    check_leasts(check);
    check_links(check);
}
