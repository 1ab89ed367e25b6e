#include <string.h>

#include "fair_dual.h"

/* The first step of a weight, the largest and how far weights go; how near the bound, in parts of it, is near enough;
 * and how often the last plan may try. */
#define GROUPS_STEP_FIRST (DUAL_ONE / 16)
#define GROUPS_STEP_MOST  (DUAL_ONE * 16)
#define GROUPS_REACH      (DUAL_ONE * 1024)
enum { GROUPS_NEAR = 10000, GROUPS_LAST = 2 };

/* A plan, and the weights at which it was found. */
struct groups_pick {
    uint32_t *place;
    int64_t *extra; /* [n_groups] */
    bool weighed;   /* false: at other ones */
    int64_t sum;
    fair_wide lacking; /* all groups together, to what the floors make of their households */
};

struct groups {
    struct dual *dual;
    int64_t *floor;        /* [n_groups] average a household */
    int64_t *extra, *step; /* [n_groups] the weight, in parts of DUAL_ONE */
    int8_t *sign;          /* [n_groups] of the latest step */
    int64_t *least_extra;  /* [n_groups] the weights of the bound */
    int64_t bound;
    struct groups_pick pick;
};

static fair_wide groups_lack(const struct groups *groups, uint32_t group)
{
    const struct dual *dual = groups->dual;
    return (fair_wide)groups->floor[group] * dual->households[group] - dual->total[group];
}

static bool groups_note(struct groups *groups)
{
    const struct dual *dual = groups->dual;
    struct groups_pick *pick = &groups->pick;
    fair_wide lacking = 0;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        fair_wide lack = groups_lack(groups, g);
        lacking += lack > 0 ? lack : 0;
    }
    if (lacking < pick->lacking || (lacking == pick->lacking && dual->sum > pick->sum)) {
        pick->lacking = lacking;
        pick->sum = dual->sum;
        pick->weighed = true;
        memcpy(pick->place, dual->place, dual->fair->problem->n_households * sizeof *pick->place);
        memcpy(pick->extra, groups->extra, dual->n_groups * sizeof *pick->extra);
    }
    return lacking == 0;
}

/* A plan that keeps the floors has sum of (1 + weight) * total at least its total and weight * floor. */
static void groups_prove(struct groups *groups)
{
    const struct dual *dual = groups->dual;
    fair_wide left = dual->bound;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        left -= (fair_wide)groups->extra[g] * groups->floor[g] * dual->households[g];
    }
    int64_t bound = dual_fit(dual_floor(left, DUAL_ONE));
    if (bound < groups->bound) {
        groups->bound = bound;
        memcpy(groups->least_extra, groups->extra, dual->n_groups * sizeof *groups->extra);
    }
}

static void groups_step(struct groups *groups)
{
    for (uint32_t g = 0; g < groups->dual->n_groups; g++) {
        int8_t sign = groups_lack(groups, g) > 0 ? 1 : -1;
        if (groups->sign[g] == sign) {
            groups->step[g] += groups->step[g] / 2;
        } else if (groups->sign[g] != 0) {
            groups->step[g] /= 2;
        }
        groups->step[g] = groups->step[g] > GROUPS_STEP_MOST ? GROUPS_STEP_MOST : groups->step[g];
        groups->step[g] = groups->step[g] < 1 ? 1 : groups->step[g];
        int64_t to = groups->extra[g] + sign * groups->step[g];
        /* A weight that rests at 0 has taken no step. */
        groups->sign[g] = to > 0 ? sign : 0;
        groups->step[g] = to > 0 ? groups->step[g] : GROUPS_STEP_FIRST;
        groups->extra[g] = to < 0 ? 0 : to > GROUPS_REACH ? GROUPS_REACH : to;
    }
}

static int groups_ask(struct groups *groups, const uint32_t *place, bool last, struct ajar_err *err)
{
    struct dual *dual = groups->dual;
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        dual->multiple[g] = DUAL_ONE + groups->extra[g];
    }
    TRY(dual_ask(dual, place, last, err));
    groups_prove(groups);
    return 0;
}

static bool groups_near(const struct groups *groups)
{
    return groups->pick.lacking == 0 &&
           (fair_wide)(groups->bound - groups->pick.sum) * GROUPS_NEAR <= groups->bound;
}

static int groups_search(struct groups *groups, struct ajar_err *err)
{
    struct fair *fair = groups->dual->fair;
    for (uint32_t i = 0, idle = 0;
         i < DUAL_STEPS && idle < DUAL_IDLE && !fair->stopped && !groups_near(groups); i++) {
        struct groups_pick pick = groups->pick;
        int64_t bound = groups->bound;
        groups_step(groups);
        TRY(groups_ask(groups, groups->dual->place, false, err));
        groups_note(groups);
        bool moved = groups->bound < bound || groups->pick.lacking < pick.lacking ||
                     groups->pick.sum > pick.sum;
        idle = moved ? 0 : idle + 1;
    }
    /* The best weights again, with all rounds, and a little more of them where that falls short. */
    bool met = fair->stopped || groups->pick.sum == groups->bound;
    memcpy(groups->extra, groups->pick.weighed ? groups->pick.extra : groups->least_extra,
           groups->dual->n_groups * sizeof *groups->extra);
    for (uint32_t i = 0; i < GROUPS_LAST && !met && !fair->stopped; i++) {
        TRY(groups_ask(groups, groups->pick.place, true, err));
        met = groups_note(groups);
        for (uint32_t g = 0; g < groups->dual->n_groups; g++) {
            groups->extra[g] +=
                groups_lack(groups, g) > 0 ? groups->extra[g] / 32 + DUAL_ONE / 256 : 0;
        }
    }
    return 0;
}

static int groups_new(struct dual *dual, struct groups *out, struct ajar_err *err)
{
    struct arena *arena = dual->fair->arena;
    struct groups groups = {.dual = dual, .bound = dual->fair->plain.plan.bound_micro};
    TRY_NEW(groups.floor, arena, dual->n_groups, err);
    TRY_NEW(groups.extra, arena, dual->n_groups, err);
    TRY_NEW(groups.step, arena, dual->n_groups, err);
    TRY_NEW(groups.sign, arena, dual->n_groups, err);
    TRY_NEW(groups.least_extra, arena, dual->n_groups, err);
    TRY_NEW(groups.pick.place, arena, dual->fair->problem->n_households, err);
    TRY_NEW(groups.pick.extra, arena, dual->n_groups, err);
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        groups.step[g] = GROUPS_STEP_FIRST;
    }
    groups.pick.lacking = (fair_wide)INT64_MAX * INT64_MAX;
    *out = groups;
    return 0;
}

static int64_t groups_average(const struct groups *groups, uint32_t group, fair_wide total,
                              int64_t scale)
{
    int64_t households = groups->dual->households[group];
    return households == 0 ? 0 : dual_fit(dual_floor(total, (fair_wide)scale * households));
}

/* The floors of a rule by what was found that all can have, and the plan that was found. */
static int groups_share(struct groups *groups, enum fair_rule rule, int64_t *reference,
                        struct fair_groups *out, struct ajar_err *err)
{
    struct dual *dual = groups->dual;
    bool common = rule == FAIR_MAXMIN;
    struct share_ask ask = {.reference = reference,
                            .scale = common ? 1 : 1000000,
                            .most = common ? PLACE_SCORE_MOST : 1000000};
    uint32_t *place;
    TRY_NEW(place, dual->fair->arena, dual->fair->problem->n_households, err);
    TRY(share_find(dual, &ask, place, &out->share_micro, &out->share_most_micro, err));
    int64_t share = out->share_micro - (out->share_micro > 0 ? out->share_micro / FAIR_SLACK : 0);
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        if (reference[g] > 0) {
            groups->floor[g] =
                groups_average(groups, g, (fair_wide)share * reference[g], ask.scale);
        }
    }
    dual_set(dual, place);
    groups_note(groups);
    groups->pick.weighed = false;
    return 0;
}

static int groups_floors(struct groups *groups, enum fair_rule rule, struct fair_groups *out,
                         struct ajar_err *err)
{
    struct dual *dual = groups->dual;
    int64_t *reference, any = 0;
    TRY_NEW(reference, dual->fair->arena, dual->n_groups, err);
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        int64_t alone;
        TRY(dual_alone(dual, g, &alone, err));
        groups->floor[g] = alone < 0 ? groups_average(groups, g, alone, 1) : 0;
        reference[g] = alone <= 0 ? 0 : rule == FAIR_MAXMIN ? dual->households[g] : alone;
        any += reference[g] > 0;
    }
    dual_set(dual, dual->fair->plain.plan.place);
    return any == 0 ? 0 : groups_share(groups, rule, reference, out, err);
}

static int groups_result(struct groups *groups, struct fair_groups *out, struct ajar_err *err)
{
    struct dual *dual = groups->dual;
    struct fair *fair = dual->fair;
    dual_set(dual, groups->pick.place);
    TRY(fair_result(fair, groups->pick.place, &out->plan, err));
    TRY_NEW(out->average_micro, fair->arena, dual->n_groups, err);
    TRY_NEW(out->weight, fair->arena, dual->n_groups, err);
    for (uint32_t g = 0; g < dual->n_groups; g++) {
        out->average_micro[g] = groups_average(groups, g, dual->total[g], 1);
        out->weight[g] = (double)groups->least_extra[g] / (double)DUAL_ONE;
    }
    out->floor_micro = groups->floor;
    out->total_micro = fair_most(fair, groups->pick.sum);
    out->bound_micro = groups->bound;
    out->met = groups->pick.lacking == 0;
    return 0;
}

int fair_groups(struct arena *arena, const struct place_problem *problem,
                const struct place_side *side, const uint32_t *group, uint32_t n_groups,
                enum fair_rule rule, const int64_t *given, const struct fair_options *options,
                struct pool *pool, const struct watch *watch, struct fair_groups *out,
                struct ajar_err *err)
{
    struct fair fair = {.arena = arena,
                        .problem = problem,
                        .side = side,
                        .options = options,
                        .pool = pool,
                        .watch = watch};
    struct fair_groups result = {0};
    struct dual dual;
    struct groups groups;
    TRY(fair_begin(&fair, err));
    TRY(dual_new(&fair, group, n_groups, &dual, err));
    TRY(groups_new(&dual, &groups, err));
    if (rule == FAIR_GIVEN) {
        memcpy(groups.floor, given, dual.n_groups * sizeof *given);
    } else {
        TRY(groups_floors(&groups, rule, &result, err));
    }
    dual_set(&dual, fair.plain.plan.place);
    groups_note(&groups);
    TRY(groups_search(&groups, err));
    TRY(groups_result(&groups, &result, err));
    *out = result;
    return 0;
}
