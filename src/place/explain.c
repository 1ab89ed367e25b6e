#include "explain.h"

#include <string.h>

#include "standing.h"

static void explain_binding(const struct standing *standing, uint32_t household, uint64_t pair,
                            struct explain_choice *choice)
{
    const struct place_problem *problem = standing->problem;
    size_t n = problem->n_resources;
    int64_t dearest = 0, over = 0;
    uint32_t dear = PLACE_NONE, tight = PLACE_NONE;
    for (uint32_t r = 0; r < n; r++) {
        int64_t lacks = standing_lacks(standing, household, choice->locality, r);
        int64_t quota = standing_quota_lacks(standing, household, choice->locality, r);
        int32_t need = place_need(problem, household, r);
        int64_t cost = standing->cost[problem->locality[pair] * n + r];
        /* Only the order counts, so what would overflow may as well be the dearest. */
        int64_t charge = need > 0 && cost > INT64_MAX / need ? INT64_MAX : cost * need;
        if (lacks > choice->lacks) {
            choice->lacks = lacks;
            choice->binding = r;
        }
        if (quota > over) {
            over = quota;
            tight = r;
        }
        if (charge > dearest) {
            dearest = charge;
            dear = r;
        }
    }
    if (choice->lacks == 0 && tight != PLACE_NONE) {
        choice->lacks = over;
        choice->binding = tight;
        choice->binding_quota = standing->quota_of[choice->locality * n + tight];
    }
    choice->room = choice->lacks == 0;
    choice->binding = choice->room ? dear : choice->binding;
}

static struct explain_choice explain_choice(const struct standing *standing, uint32_t household,
                                            uint64_t pair)
{
    struct explain_choice choice = {
        .locality = pair == STANDING_NOWHERE ? PLACE_NONE : standing->problem->locality[pair],
        .score_micro = standing_score(standing, pair),
        .charge = standing_charge(standing, household, pair),
        .left = standing_left(standing, household, pair),
        .room = true,
        .binding = PLACE_NONE,
        .binding_quota = PLACE_NONE};
    if (pair != STANDING_NOWHERE) {
        explain_binding(standing, household, pair, &choice);
    }
    return choice;
}

/* Keeps the best of what is left; pairs come by locality, so that an equal one stays behind. */
static void explain_rank(uint64_t *best, int64_t *left, uint32_t *n, uint64_t pair, int64_t its)
{
    uint32_t at = *n;
    while (at > 0 && left[at - 1] < its) {
        at--;
    }
    if (at == EXPLAIN_OTHERS) {
        return;
    }
    *n += *n < EXPLAIN_OTHERS;
    for (uint32_t i = *n - 1; i > at; i--) {
        best[i] = best[i - 1];
        left[i] = left[i - 1];
    }
    best[at] = pair;
    left[at] = its;
}

static void explain_others(const struct standing *standing, uint32_t household,
                           struct explain_household *out)
{
    const struct place_problem *problem = standing->problem;
    uint64_t own = standing->pair[household], best[EXPLAIN_OTHERS];
    int64_t left[EXPLAIN_OTHERS];
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        if (pair != own) {
            explain_rank(best, left, &out->n_others, pair,
                         standing_left(standing, household, pair));
        }
    }
    if (own != STANDING_NOWHERE) {
        explain_rank(best, left, &out->n_others, STANDING_NOWHERE, 0);
    }
    for (uint32_t i = 0; i < out->n_others; i++) {
        out->others[i] = explain_choice(standing, household, best[i]);
    }
    int64_t over = out->n_others > 0 ? out->others[0].left - out->chosen.left : 0;
    out->regret = over > 0 ? over : 0;
}

/* The one resource that lacks room at a pair, nothing else being in the way; PLACE_NONE. */
static uint32_t explain_blocker(struct standing *standing, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = standing->problem;
    uint32_t there = problem->locality[pair], blocker = PLACE_NONE, count = 0;
    uint32_t here = standing_at(standing, household);
    uint64_t own = standing->pair[household];
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (standing_lacks(standing, household, there, r) > 0) {
            blocker = r;
            count++;
        }
        count += standing_quota_lacks(standing, household, there, r) > 0 ? 2U : 0U;
    }
    if (count != 1) {
        return PLACE_NONE;
    }
    standing_put(standing, household, pair);
    bool kept = standing_links_kept(standing, household) && standing_least_kept(standing, there) &&
                (here == PLACE_NONE || standing_least_kept(standing, here));
    standing_put(standing, household, own);
    return kept ? blocker : PLACE_NONE;
}

static void explain_change(struct standing *standing, uint32_t household,
                           struct explain_household *out)
{
    const struct place_problem *problem = standing->problem;
    out->change_locality = out->change_resource = PLACE_NONE;
    for (uint64_t pair = problem->first[household];
         !out->locked && pair < problem->first[household + 1]; pair++) {
        int64_t gain = (int64_t)problem->score[pair] - out->chosen.score_micro;
        if (gain <= 0 || pair == standing->pair[household]) {
            continue;
        }
        uint32_t r = explain_blocker(standing, household, pair);
        int64_t units =
            r == PLACE_NONE ? 0 : standing_lacks(standing, household, problem->locality[pair], r);
        if (units > 0 && (out->change_locality == PLACE_NONE || units < out->change_units ||
                          (units == out->change_units && (int32_t)gain > out->change_gain_micro))) {
            out->change_locality = problem->locality[pair];
            out->change_resource = r;
            out->change_units = units;
            out->change_gain_micro = (int32_t)gain;
        }
    }
}

static struct explain_household explain_one(struct standing *standing, uint32_t household)
{
    struct explain_household out = {.household = household,
                                    .locked = standing->lock[household] != STANDING_NOWHERE};
    struct explain_choice blank = {
        .locality = PLACE_NONE, .binding = PLACE_NONE, .binding_quota = PLACE_NONE};
    for (uint32_t i = 0; i < EXPLAIN_OTHERS; i++) {
        out.others[i] = blank;
    }
    out.chosen = explain_choice(standing, household, standing->pair[household]);
    explain_others(standing, household, &out);
    explain_change(standing, household, &out);
    return out;
}

/* Where a household would rather be by the prices, or PLACE_NONE. */
static uint32_t explain_wish(const struct standing *standing, uint32_t household)
{
    const struct place_problem *problem = standing->problem;
    int64_t most = standing_left(standing, household, standing->pair[household]);
    uint32_t wish = PLACE_NONE;
    most = most > 0 ? most : 0;
    for (uint64_t pair = problem->first[household];
         standing->lock[household] == STANDING_NOWHERE && pair < problem->first[household + 1];
         pair++) {
        int64_t left = standing_left(standing, household, pair);
        if (left > most) {
            most = left;
            wish = problem->locality[pair];
        }
    }
    return wish;
}

/* What does not need the households: the resources. */
static int explain_blank(struct arena *arena, const struct standing *standing, const int64_t *price,
                         uint32_t locality, struct explain_locality *out, struct ajar_err *err)
{
    const struct place_problem *problem = standing->problem;
    size_t n = problem->n_resources;
    *out = (struct explain_locality){.locality = locality, .placed = standing->n_at[locality]};
    TRY_NEW(out->resources, arena, n, err);
    for (size_t r = 0; r < n; r++) {
        out->resources[r] =
            (struct explain_resource){.capacity = problem->capacity[locality * n + r],
                                      .used = standing->used[locality * n + r],
                                      .price = price[locality * n + r]};
    }
    return 0;
}

/* Tells each household to where it stands and where it wishes to be: out[n_localities]. */
static void explain_tell(const struct standing *standing, struct explain_locality *out)
{
    for (uint32_t h = 0; h < standing->problem->n_households; h++) {
        uint32_t at = standing_at(standing, h), wish = explain_wish(standing, h);
        if (at != PLACE_NONE) {
            out[at].score_micro += standing_score(standing, standing->pair[h]);
        }
        if (wish != PLACE_NONE) {
            out[wish].wanted++;
        }
    }
}

static int explain_standing(struct arena *arena, const struct place_problem *problem,
                            const struct place_side *side, const struct side_result *plan,
                            struct standing *out, struct ajar_err *err)
{
    return standing_new(arena, problem, side, plan->plan.price, plan->quota_price, plan->plan.place,
                        out, err);
}

/* A scratch of its own within what the arena may still take. */
static struct arena explain_scratch(const struct arena *arena)
{
    struct arena scratch;
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    return scratch;
}

int explain_household(struct arena *arena, const struct place_problem *problem,
                      const struct place_side *side, const struct side_result *plan,
                      uint32_t household, struct explain_household *out, struct ajar_err *err)
{
    struct arena scratch = explain_scratch(arena);
    struct standing standing;
    int code = explain_standing(&scratch, problem, side, plan, &standing, err);
    if (code == 0) {
        *out = explain_one(&standing, household);
    }
    arena_free(&scratch);
    return code;
}

static int explain_places(struct arena *arena, struct standing *standing,
                          const struct side_result *plan, struct explain_locality *out,
                          struct ajar_err *err)
{
    for (uint32_t l = 0; l < standing->problem->n_localities; l++) {
        TRY(explain_blank(arena, standing, plan->plan.price, l, &out[l], err));
    }
    explain_tell(standing, out);
    return 0;
}

int explain_locality(struct arena *arena, const struct place_problem *problem,
                     const struct place_side *side, const struct side_result *plan,
                     uint32_t locality, struct explain_locality *out, struct ajar_err *err)
{
    struct arena scratch = explain_scratch(arena);
    struct standing standing;
    struct explain_locality *all =
        arena_new(&scratch, struct explain_locality, problem->n_localities, err);
    int code = all == NULL ? arena_code(err)
                           : explain_standing(&scratch, problem, side, plan, &standing, err);
    code = code != 0 ? code : explain_places(&scratch, &standing, plan, all, err);
    struct explain_locality one = code == 0 ? all[locality] : (struct explain_locality){0};
    struct explain_resource *resources =
        code != 0 ? NULL : arena_new(arena, struct explain_resource, problem->n_resources, err);
    if (code == 0 && resources == NULL) {
        code = arena_code(err);
    }
    if (code == 0) {
        memcpy(resources, one.resources, problem->n_resources * sizeof *resources);
        one.resources = resources;
        *out = one;
    }
    arena_free(&scratch);
    return code;
}

int explain_all(struct arena *arena, const struct place_problem *problem,
                const struct place_side *side, const struct side_result *plan,
                struct explain_household **households, struct explain_locality **localities,
                struct ajar_err *err)
{
    struct explain_household *who;
    struct explain_locality *where;
    struct standing standing;
    struct arena scratch;
    TRY_NEW(who, arena, problem->n_households, err);
    TRY_NEW(where, arena, problem->n_localities, err);
    scratch = explain_scratch(arena);
    int code = explain_standing(&scratch, problem, side, plan, &standing, err);
    for (uint32_t h = 0; code == 0 && h < problem->n_households; h++) {
        who[h] = explain_one(&standing, h);
    }
    code = code != 0 ? code : explain_places(arena, &standing, plan, where, err);
    arena_free(&scratch);
    if (code == 0) {
        *households = who;
        *localities = where;
    }
    return code;
}
