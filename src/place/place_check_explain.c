#include "place_check_explain.h"

#include <string.h>

#include "place_check_parts.h"

/* One explanation under the eye. */
struct reading {
    struct check *check;
    char who[WHO];
};

static void read_number(struct reading *reading, const char *part, const char *field,
                        int64_t claimed, int64_t is)
{
    if (claimed != is) {
        err_set(check_fault(reading->check), E_PLACE_PLAN_EXPLAIN,
                "The explanation of %s says %s%s %lld; it is %lld.", reading->who, part, field,
                (long long)claimed, (long long)is);
    }
}

enum read_kind { READ_LOCALITY, READ_RESOURCE, READ_QUOTA };

static const char *read_name(const struct check *check, enum read_kind kind, uint32_t i,
                             char to[WHO])
{
    const struct place_names *names = check->claim->names;
    const struct place_problem *problem = check->problem;
    if (i == PLACE_NONE) {
        return "none";
    }
    if (kind == READ_LOCALITY && i < problem->n_localities) {
        return check_locality(names, i, to);
    }
    if (kind == READ_RESOURCE && i < problem->n_resources) {
        return check_resource(names, i, to);
    }
    return check_who(NULL, i, kind == READ_QUOTA ? "quota" : "number", to);
}

static void read_index(struct reading *reading, const char *part, const char *field,
                       enum read_kind kind, uint32_t claimed, uint32_t is)
{
    char says[WHO], truth[WHO];
    if (claimed != is) {
        err_set(check_fault(reading->check), E_PLACE_PLAN_EXPLAIN,
                "The explanation of %s says %s%s %s; it is %s.", reading->who, part, field,
                read_name(reading->check, kind, claimed, says),
                read_name(reading->check, kind, is, truth));
    }
}

/* A household's choice worked out: pair CHECK_NOWHERE is no place. */
static int64_t true_charge(const struct check *check, uint32_t h, uint64_t pair)
{
    const struct place_problem *problem = check->problem;
    const wide most = INT64_MAX / 4;
    wide sum = 0;
    if (pair == CHECK_NOWHERE) {
        return 0;
    }
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        sum += place_need(problem, h, r) *
               check->cost[(size_t)problem->locality[pair] * problem->n_resources + r];
    }
    return (int64_t)(sum < most ? sum : most);
}

static int64_t true_left(const struct check *check, uint32_t h, uint64_t pair)
{
    return pair == CHECK_NOWHERE
               ? 0
               : (int64_t)check->problem->score[pair] * PLACE_CHECK_PRICES_A_MICRO -
                     true_charge(check, h, pair);
}

/* How far a sum passes what it may be when a household comes to `to`; it leaves its place, if that counts too. */
static int64_t true_over(int64_t used, int64_t most, bool counted, int32_t need)
{
    int64_t over = used - (counted ? need : 0) + need - most;
    return need == 0 || over < 0 ? 0 : over;
}

static int64_t true_lacks(const struct check *check, uint32_t h, uint32_t to, uint32_t r)
{
    size_t k = (size_t)to * check->problem->n_resources + r;
    return true_over(check->used[k], check->problem->capacity[k], check->claim->place[h] == to,
                     place_need(check->problem, h, r));
}

static int64_t true_quota_lacks(const struct check *check, uint32_t h, uint32_t to, uint32_t r)
{
    size_t m = check->problem->n_resources;
    uint32_t q = check->quota_of[to * m + r], at = check->claim->place[h];
    if (q == PLACE_NONE) {
        return 0;
    }
    bool counted = at < check->problem->n_localities && check->quota_of[at * m + r] == q;
    return true_over(check->quota_used[q], check->side->quotas[q].most, counted,
                     place_need(check->problem, h, r));
}

static struct explain_choice true_choice(const struct check *check, uint32_t h, uint64_t pair)
{
    const struct place_problem *problem = check->problem;
    size_t m = problem->n_resources;
    struct explain_choice choice = {
        .locality = PLACE_NONE, .room = true, .binding = PLACE_NONE, .binding_quota = PLACE_NONE};
    if (pair == CHECK_NOWHERE) {
        return choice;
    }
    uint32_t l = problem->locality[pair];
    wide dearest = 0;
    choice.locality = l;
    choice.score_micro = problem->score[pair];
    choice.charge = true_charge(check, h, pair);
    choice.left = true_left(check, h, pair);
    for (uint32_t r = 0; r < m; r++) {
        if (true_lacks(check, h, l, r) > choice.lacks) {
            choice.lacks = true_lacks(check, h, l, choice.binding = r);
        }
    }
    for (uint32_t r = 0; choice.binding_quota == PLACE_NONE && choice.lacks == 0 && r < m; r++) {
        bool most = true_quota_lacks(check, h, l, r) > 0;
        for (uint32_t s = 0; s < m; s++) {
            int64_t more = true_quota_lacks(check, h, l, s) - true_quota_lacks(check, h, l, r);
            most = most && (s < r ? more < 0 : more <= 0);
        }
        choice.binding = most ? r : choice.binding;
        choice.binding_quota = most ? check->quota_of[l * m + r] : PLACE_NONE;
    }
    if (choice.binding_quota != PLACE_NONE) {
        choice.lacks = true_quota_lacks(check, h, l, choice.binding);
    }
    choice.room = choice.binding == PLACE_NONE;
    for (uint32_t r = 0; choice.room && r < m; r++) {
        wide charge = place_need(problem, h, r) * check->cost[l * m + r];
        if (charge > dearest) {
            dearest = charge;
            choice.binding = r;
        }
    }
    return choice;
}

static void read_choice(struct reading *reading, const char *part,
                        const struct explain_choice *claimed, const struct explain_choice *is)
{
    read_index(reading, part, "locality", READ_LOCALITY, claimed->locality, is->locality);
    read_number(reading, part, "score", claimed->score_micro, is->score_micro);
    read_number(reading, part, "charge", claimed->charge, is->charge);
    read_number(reading, part, "left", claimed->left, is->left);
    read_number(reading, part, "room", claimed->room, is->room);
    read_index(reading, part, "binding", READ_RESOURCE, claimed->binding, is->binding);
    read_index(reading, part, "binding quota", READ_QUOTA, claimed->binding_quota,
               is->binding_quota);
    read_number(reading, part, "lacking units", claimed->lacks, is->lacks);
}

/* Whether `a` stands before `b` among the alternatives. */
static bool true_before(const struct check *check, uint32_t h, uint64_t a, uint64_t b)
{
    int64_t x = true_left(check, h, a), y = true_left(check, h, b);
    return x != y ? x > y : a < b;
}

/* The best alternative after `after`; false: there is none.  No place is the last of its equals, as the largest
 * number. */
static bool true_next(const struct check *check, uint32_t h, const uint64_t *after, uint64_t *out)
{
    const struct place_problem *problem = check->problem;
    bool found = false;
    for (uint64_t i = problem->first[h]; i <= problem->first[h + 1]; i++) {
        uint64_t pair = i < problem->first[h + 1] ? i : CHECK_NOWHERE;
        if (pair == check->pair[h] || (after != NULL && !true_before(check, h, *after, pair))) {
            continue;
        }
        if (!found || true_before(check, h, pair, *out)) {
            *out = pair;
            found = true;
        }
    }
    return found;
}

static void read_others(struct reading *reading, const struct explain_household *claimed)
{
    static const char *const parts[EXPLAIN_OTHERS] = {
        "of the first alternative ", "of the second alternative ", "of the third alternative "};
    const struct check *check = reading->check;
    uint32_t h = claimed->household, n = 0;
    uint64_t last = 0, next = CHECK_NOWHERE;
    int64_t regret = 0;
    while (n < EXPLAIN_OTHERS && true_next(check, h, n == 0 ? NULL : &last, &next)) {
        struct explain_choice is = true_choice(check, h, next);
        if (n == 0) {
            int64_t over = is.left - true_left(check, h, check->pair[h]);
            regret = over > 0 ? over : 0;
        }
        if (n < claimed->n_others) {
            read_choice(reading, parts[n], &claimed->others[n], &is);
        }
        n++;
        last = next;
    }
    read_number(reading, "", "alternatives", claimed->n_others, n);
    read_number(reading, "", "regret", claimed->regret, regret);
}

/* Whether links and minimums hold once the household is at `pair` instead. */
static bool true_keeps(struct check *check, uint32_t h, uint64_t pair)
{
    const struct place_problem *problem = check->problem;
    uint32_t to = problem->locality[pair], from = check->claim->place[h];
    uint64_t own = check->pair[h];
    size_t m = problem->n_resources;
    bool kept = true, away = own != CHECK_NOWHERE;
    check->pair[h] = pair;
    for (uint32_t i = 0; check->linked[h] && i < check->side->n_links; i++) {
        const struct side_link *link = &check->side->links[i];
        kept = kept && ((link->a != h && link->b != h) || check_link_kept(check, link));
    }
    check->pair[h] = own;
    bool least_matters = check->has_least[to] || (away && check->has_least[from]);
    for (uint32_t i = 0; kept && least_matters && i < check->side->n_leasts; i++) {
        const struct side_least *least = &check->side->leasts[i];
        int64_t need = place_need(problem, h, least->resource);
        int64_t used = check->used[least->locality * m + least->resource];
        if (least->locality == to) {
            kept = used + need >= least->least;
        } else if (away && least->locality == from) {
            kept = check->n_at[from] == 1 || used - need >= least->least;
        }
    }
    return kept;
}

static void read_change(struct reading *reading, const struct explain_household *claimed)
{
    struct check *check = reading->check;
    const struct place_problem *problem = check->problem;
    uint32_t h = claimed->household, where = PLACE_NONE, what = PLACE_NONE;
    int64_t units = 0, gain = 0;
    uint64_t own = check->pair[h];
    int64_t here = own == CHECK_NOWHERE ? 0 : problem->score[own];
    for (uint64_t i = problem->first[h]; i < problem->first[h + 1]; i++) {
        int64_t more = problem->score[i] - here, lacks = 0;
        uint32_t missing = 0, which = PLACE_NONE;
        for (uint32_t r = 0; r < problem->n_resources; r++) {
            int64_t its = true_lacks(check, h, problem->locality[i], r);
            bool quota = true_quota_lacks(check, h, problem->locality[i], r) > 0;
            missing += (its > 0 ? 1U : 0U) + (quota ? 2U : 0U);
            lacks += its;
            which = its > 0 ? r : which;
        }
        bool better = where == PLACE_NONE || lacks < units || (lacks == units && more > gain);
        if (i != own && check->lock[h] == CHECK_NOWHERE && more > 0 && missing == 1 && better &&
            true_keeps(check, h, i)) {
            where = problem->locality[i];
            what = which;
            units = lacks;
            gain = more;
        }
    }
    read_index(reading, "of the change ", "locality", READ_LOCALITY, claimed->change_locality,
               where);
    read_index(reading, "of the change ", "resource", READ_RESOURCE, claimed->change_resource,
               what);
    read_number(reading, "of the change ", "units", claimed->change_units, units);
    read_number(reading, "of the change ", "gain", claimed->change_gain_micro, gain);
}

static void read_household(struct check *check, const struct explain_household *claimed)
{
    struct reading reading = {.check = check};
    if (claimed->household >= check->problem->n_households) {
        err_set(check_fault(check), E_PLACE_PLAN_EXPLAIN,
                "Household %llu is explained; there are %u.",
                (unsigned long long)claimed->household + 1, check->problem->n_households);
        return;
    }
    uint32_t h = claimed->household;
    struct explain_choice chosen = true_choice(check, h, check->pair[h]);
    check_household(check->claim->names, h, reading.who);
    read_number(&reading, "", "locked", claimed->locked, check->lock[h] != CHECK_NOWHERE);
    read_choice(&reading, "of its place ", &claimed->chosen, &chosen);
    read_others(&reading, claimed);
    read_change(&reading, claimed);
}

/* Of all localities at once: the sum of scores there and who wants to be there. */
struct places {
    int64_t *score;
    uint32_t *wanted;
};

static void places_count(const struct check *check, struct places *places)
{
    const struct place_problem *problem = check->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t own = check->pair[h], best = CHECK_NOWHERE;
        if (own != CHECK_NOWHERE) {
            places->score[problem->locality[own]] += problem->score[own];
        }
        if (check->lock[h] == CHECK_NOWHERE && true_next(check, h, NULL, &best) &&
            best != CHECK_NOWHERE && true_left(check, h, best) > true_left(check, h, own) &&
            true_left(check, h, best) > 0) {
            places->wanted[problem->locality[best]]++;
        }
    }
}

static void read_locality(struct check *check, const struct places *places,
                          const struct explain_locality *claimed)
{
    const struct place_problem *problem = check->problem;
    struct reading reading = {.check = check};
    uint32_t l = claimed->locality;
    if (l >= problem->n_localities) {
        err_set(check_fault(check), E_PLACE_PLAN_EXPLAIN,
                "Locality %llu is explained; there are %u.", (unsigned long long)l + 1,
                problem->n_localities);
        return;
    }
    check_locality(check->claim->names, l, reading.who);
    read_number(&reading, "", "placed", claimed->placed, check->n_at[l]);
    read_number(&reading, "", "score", claimed->score_micro, places->score[l]);
    read_number(&reading, "", "wanted", claimed->wanted, places->wanted[l]);
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        const struct explain_resource *its = &claimed->resources[r];
        size_t k = (size_t)l * problem->n_resources + r;
        char part[WHO + 4] = "of ";
        check_resource(check->claim->names, r, part + strlen(part));
        strncat(part, " ", sizeof part - strlen(part) - 1);
        read_number(&reading, part, "capacity", its->capacity, problem->capacity[k]);
        read_number(&reading, part, "used", its->used, check->used[k]);
        read_number(&reading, part, "price", its->price,
                    check->claim->price == NULL ? 0 : check->claim->price[k]);
    }
}

int place_check_explain(struct arena *scratch, const struct place_problem *problem,
                        const struct place_side *side, const struct place_claim *claim,
                        const int64_t *quota_price, const struct explain_household *households,
                        size_t n, const struct explain_locality *localities, size_t n_localities,
                        struct faults *faults, uint64_t *n_faults, struct ajar_err *err)
{
    struct place_claim used = *claim;
    struct faults unheard;
    struct check check;
    struct places places;
    used.side = side;
    used.quota_price = quota_price;
    TRY(place_check_problem(problem, claim->names, err));
    TRY(check_side_problem(scratch, problem, &used, err));
    /* Pairs that are not allowed are told by place_check_plan. */
    TRY(faults_init(&unheard, scratch, 1, err));
    TRY(check_new(scratch, problem, &used, &unheard, &check, err));
    TRY_NEW(places.score, scratch, problem->n_localities, err);
    TRY_NEW(places.wanted, scratch, problem->n_localities, err);
    check.faults = faults;
    check.found.faults = 0;
    for (size_t i = 0; i < n; i++) {
        read_household(&check, &households[i]);
    }
    if (n_localities > 0) {
        places_count(&check, &places);
    }
    for (size_t i = 0; i < n_localities; i++) {
        read_locality(&check, &places, &localities[i]);
    }
    *n_faults = check.found.faults;
    return 0;
}
