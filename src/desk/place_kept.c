#include "place_kept.h"

/* ---- The key ---- */

static void key_problem(const struct place_problem *problem, struct kept_key *key)
{
    size_t households = problem->n_households, localities = problem->n_localities;
    size_t resources = problem->n_resources, pairs = problem->first[households];
    kept_key_number(key, households);
    kept_key_number(key, localities);
    kept_key_number(key, resources);
    kept_key_bytes(key, problem->need, households * resources * sizeof *problem->need);
    kept_key_bytes(key, problem->capacity, localities * resources * sizeof *problem->capacity);
    kept_key_bytes(key, problem->first, (households + 1) * sizeof *problem->first);
    kept_key_bytes(key, problem->locality, pairs * sizeof *problem->locality);
    kept_key_bytes(key, problem->score, pairs * sizeof *problem->score);
}

/* Field by field: what pads a struct says nothing. */
static void key_side(const struct place_problem *problem, const struct place_side *side,
                     struct kept_key *key)
{
    size_t localities = problem->n_localities;
    bool far = side->position_m != NULL, places = side->place_of != NULL;
    kept_key_number(key, side->n_locks);
    for (uint32_t i = 0; i < side->n_locks; i++) {
        kept_key_number(key, side->locks[i].household);
        kept_key_number(key, side->locks[i].pair);
    }
    kept_key_number(key, side->n_quotas);
    for (uint32_t i = 0; i < side->n_quotas; i++) {
        const struct side_quota *quota = &side->quotas[i];
        kept_key_number(key, quota->resource);
        kept_key_number(key, (uint64_t)quota->most);
        kept_key_bytes(key, quota->locality, quota->n_localities * sizeof *quota->locality);
    }
    kept_key_number(key, side->n_leasts);
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        kept_key_number(key, side->leasts[i].locality);
        kept_key_number(key, side->leasts[i].resource);
        kept_key_number(key, (uint64_t)side->leasts[i].least);
    }
    kept_key_number(key, side->n_links);
    for (uint32_t i = 0; i < side->n_links; i++) {
        kept_key_number(key, side->links[i].a);
        kept_key_number(key, side->links[i].b);
        kept_key_number(key, (uint64_t)side->links[i].chord_m);
    }
    kept_key_bytes(key, side->place_of, places ? localities * sizeof *side->place_of : 0);
    kept_key_bytes(key, side->position_m, far ? localities * 3 * sizeof *side->position_m : 0);
}

void place_kept_key(const struct programme *programme, const struct place_options *solve, bool fair,
                    struct kept_key *key)
{
    const struct place_problem *problem = &programme->problem;
    kept_key_begin(key, "place");
    kept_key_number(key, solve->rounds);
    kept_key_number(key, solve->seed);
    kept_key_number(key, fair);
    key_problem(problem, key);
    key_side(problem, &programme->side, key);
    if (fair) {
        kept_key_number(key, programme->n_groups);
        kept_key_bytes(key, programme->group, problem->n_households * sizeof *programme->group);
    }
}

/* ---- The plans ---- */

static int frame_plan(struct arena *arena, const struct programme *programme,
                      struct side_result *plan, struct ajar_err *err)
{
    const struct place_problem *problem = &programme->problem;
    TRY_NEW(plan->plan.place, arena, problem->n_households, err);
    TRY_NEW(plan->plan.price, arena, (size_t)problem->n_localities * problem->n_resources, err);
    TRY_NEW(plan->quota_price, arena, programme->side.n_quotas, err);
    return 0;
}

static int frame_groups(struct arena *arena, const struct programme *programme,
                        struct fair_groups *groups, struct ajar_err *err)
{
    TRY_NEW(groups->floor_micro, arena, programme->n_groups, err);
    TRY_NEW(groups->average_micro, arena, programme->n_groups, err);
    TRY_NEW(groups->weight, arena, programme->n_groups, err);
    return frame_plan(arena, programme, &groups->plan, err);
}

int place_kept_frame(struct arena *arena, struct place_chain *chain, bool fair,
                     struct ajar_err *err)
{
    const struct programme *programme = chain->programme;
    TRY(frame_plan(arena, programme, &chain->plan, err));
    if (!fair) {
        return 0;
    }
    TRY_NEW(chain->leximin.levels, arena, FAIR_LEVELS_MOST, err);
    TRY(frame_plan(arena, programme, &chain->leximin.plan, err));
    TRY(frame_groups(arena, programme, &chain->maxmin, err));
    return frame_groups(arena, programme, &chain->proportional, err);
}

static void pass_plan(const struct programme *programme, struct side_result *side,
                      struct kept_pass *pass)
{
    const struct place_problem *problem = &programme->problem;
    struct place_result *plan = &side->plan;
    KEPT_PASS(pass, plan->place, problem->n_households);
    for (uint32_t h = 0; pass->fits && h < problem->n_households; h++) {
        kept_pass_check(pass,
                        plan->place[h] < problem->n_localities || plan->place[h] == PLACE_NONE);
    }
    KEPT_PASS(pass, plan->price, (size_t)problem->n_localities * problem->n_resources);
    KEPT_PASS(pass, &plan->objective_micro, 1);
    KEPT_PASS(pass, &plan->price_bound_micro, 1);
    KEPT_PASS(pass, &plan->bound_micro, 1);
    KEPT_PASS(pass, &plan->gap, 1);
    KEPT_PASS(pass, &plan->rounds, 1);
    kept_pass_bool(pass, &plan->proven);
    kept_pass_bool(pass, &plan->cancelled);
    KEPT_PASS(pass, side->quota_price, programme->side.n_quotas);
    KEPT_PASS(pass, &side->linked_bound_micro, 1);
}

static void pass_leximin(const struct programme *programme, struct fair_leximin *leximin,
                         struct kept_pass *pass)
{
    pass_plan(programme, &leximin->plan, pass);
    KEPT_PASS(pass, &leximin->total_micro, 1);
    KEPT_PASS(pass, &leximin->bound_micro, 1);
    KEPT_PASS(pass, &leximin->placed_most, 1);
    kept_pass_bool(pass, &leximin->certified);
    KEPT_PASS(pass, &leximin->n_levels, 1);
    kept_pass_check(pass, leximin->n_levels <= FAIR_LEVELS_MOST);
    for (uint32_t i = 0; pass->fits && i < leximin->n_levels; i++) {
        KEPT_PASS(pass, &leximin->levels[i], 1);
    }
}

static void pass_groups(const struct programme *programme, struct fair_groups *groups,
                        struct kept_pass *pass)
{
    pass_plan(programme, &groups->plan, pass);
    KEPT_PASS(pass, &groups->total_micro, 1);
    KEPT_PASS(pass, groups->floor_micro, programme->n_groups);
    KEPT_PASS(pass, groups->average_micro, programme->n_groups);
    KEPT_PASS(pass, groups->weight, programme->n_groups);
    KEPT_PASS(pass, &groups->bound_micro, 1);
    KEPT_PASS(pass, &groups->share_micro, 1);
    KEPT_PASS(pass, &groups->share_most_micro, 1);
    kept_pass_bool(pass, &groups->met);
}

void place_kept_pass(struct place_chain *chain, bool fair, struct kept_pass *pass)
{
    pass_plan(chain->programme, &chain->plan, pass);
    if (fair) {
        pass_leximin(chain->programme, &chain->leximin, pass);
        pass_groups(chain->programme, &chain->maxmin, pass);
        pass_groups(chain->programme, &chain->proportional, pass);
    }
}
