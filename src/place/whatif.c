#include "whatif.h"

#include <stdlib.h>
#include <string.h>

#include "price.h"
#include "whatif_work.h"

enum {
    WHATIF_ROUNDS = 32,
    WHATIF_SLACK = 4,
    WHATIF_KEPT = 1024,
    WHATIF_SCARCE = 64,
    WHATIF_ALL = 4000,
    WHATIF_NODES = 500,
    WHATIF_NODES_SOME = 20,
    WHATIF_SOME = 400
};

struct whatif {
    struct arena *arena, *scratch;
    const struct place_problem *problem;
    const struct place_side *side;
    struct whatif_options options;
    struct pool *pool;
    const struct watch *watch;
    struct whatif_work work;
    uint64_t *best;            /* [n_households] the best plan within the moves, as pairs */
    int64_t best_micro;        /* INT64_MIN: there is none yet */
    uint64_t *fewest;          /* [n_households] the plan of fewest moves where none is within */
    uint32_t n_fewest;         /* UINT32_MAX: there is none */
    struct whatif_found *kept; /* [WHATIF_KEPT] chains for later */
    uint32_t n_kept;
    struct whatif_result out;
};

static int whatif_prices(struct whatif *whatif, struct ajar_err *err)
{
    size_t n = (size_t)whatif->problem->n_localities * whatif->problem->n_resources;
    uint32_t n_quotas = whatif->side->n_quotas;
    struct side_result *plan = &whatif->out.plan;
    const struct price_options fresh = {0};
    TRY_NEW(plan->plan.price, whatif->arena, n, err);
    TRY_NEW(plan->quota_price, whatif->arena, n_quotas, err);
    if (whatif->options.quota_price != NULL && n_quotas > 0) {
        memcpy(plan->quota_price, whatif->options.quota_price,
               n_quotas * sizeof *plan->quota_price);
    }
    if (whatif->options.price == NULL) {
        return price_find(whatif->scratch, whatif->problem, &fresh, whatif->pool, whatif->watch,
                          plan->plan.price, err);
    }
    memcpy(plan->plan.price, whatif->options.price, n * sizeof *plan->plan.price);
    return 0;
}

/* Where the capacities that cost most stand empty: what was given back to them may draw somebody. */
static void whatif_slack(struct whatif_work *work)
{
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources;
    double most[WHATIF_SLACK] = {0};
    uint32_t where[WHATIF_SLACK] = {0}, count = 0;
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        double worth = 0;
        for (size_t k = l * n; k < (l + 1) * n; k++) {
            worth += (double)work->at.cost[k] * (double)(problem->capacity[k] - work->at.used[k]);
        }
        uint32_t at = count;
        for (; at > 0 && most[at - 1] < worth; at--) {
            if (at < WHATIF_SLACK) {
                most[at] = most[at - 1];
                where[at] = where[at - 1];
            }
        }
        if (worth > 0 && at < WHATIF_SLACK) {
            most[at] = worth;
            where[at] = l;
            count += count < WHATIF_SLACK;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        work->dirty[where[i]] = true;
    }
}

static void whatif_state(struct whatif_work *work, const uint64_t *pair)
{
    for (uint32_t h = 0; h < work->problem->n_households; h++) {
        if (work->at.pair[h] != pair[h]) {
            whatif_put(work, h, pair[h]);
            whatif_settle(work, h);
        }
    }
}

/* The state is legal: keeps it if it is the best within the moves, or the one of fewest. */
static void whatif_note(struct whatif *whatif)
{
    const struct whatif_work *work = &whatif->work;
    size_t bytes = whatif->problem->n_households * sizeof *whatif->best;
    if (work->moved <= whatif->options.moves_most && work->at.micro > whatif->best_micro) {
        memcpy(whatif->best, work->at.pair, bytes);
        whatif->best_micro = work->at.micro;
    }
    if (work->moved < whatif->n_fewest) {
        memcpy(whatif->fewest, work->at.pair, bytes);
        whatif->n_fewest = work->moved;
    }
}

/* What is out of order, as far as one chain could mend it: false when it is more. */
static bool whatif_sites(struct whatif_work *work, struct whatif_sites *sites)
{
    bool few = true;
    for (uint32_t l = 0; l < work->problem->n_localities; l++) {
        struct whatif_defect defect = whatif_defect_at(work, l);
        work->dirty[l] = work->dirty[l] || defect.fault == WHATIF_OVER;
        if (defect.fault != WHATIF_FINE && sites->n_localities < WHATIF_SITES) {
            sites->locality[sites->n_localities++] = l;
        } else if (defect.fault == WHATIF_OVER || defect.fault == WHATIF_LEAST) {
            few = false;
        }
    }
    for (uint32_t i = 0; i < work->side->n_links; i++) {
        if (!standing_link_kept(&work->at, i) && sites->n_households < WHATIF_SITES) {
            sites->household[sites->n_households++] = work->side->links[i].a;
        } else if (!standing_link_kept(&work->at, i)) {
            few = false;
        }
    }
    return few;
}

/* The plan that stands made legal, in one chain or household by household. */
static int whatif_mend(struct whatif *whatif, struct ajar_err *err)
{
    struct whatif_work *work = &whatif->work;
    struct whatif_sites sites = {0};
    uint64_t *stood;
    bool few = whatif_sites(work, &sites);
    if (few && sites.n_localities + sites.n_households == 0) {
        whatif_note(whatif);
        return 0;
    }
    TRY_NEW(stood, whatif->scratch, whatif->problem->n_households, err);
    memcpy(stood, work->at.pair, whatif->problem->n_households * sizeof *stood);
    if (few && whatif_chain_mend(work, &sites)) {
        whatif_note(whatif);
        whatif_state(work, stood);
    }
    if (whatif_repair(work, false)) {
        whatif_note(whatif);
    }
    if (whatif->best_micro == INT64_MIN) {
        memset(work->shut, 0, whatif->problem->n_localities * sizeof *work->shut);
        whatif_state(work, stood);
        if (whatif_repair(work, true)) {
            whatif_note(whatif);
        }
    }
    if (whatif->n_fewest != UINT32_MAX) {
        whatif_state(work, whatif->best_micro == INT64_MIN ? whatif->fewest : whatif->best);
    }
    return 0;
}

static bool whatif_stops(struct whatif *whatif, uint64_t round)
{
    whatif->out.plan.plan.cancelled =
        watch_tick(whatif->watch, "re-placing", round, whatif->options.rounds, "rounds", NULL) != 0;
    return whatif->out.plan.plan.cancelled;
}

/* Of what was found, that which gains most for its moves. */
static int by_yield(const void *a, const void *b)
{
    const struct whatif_found *x = a, *y = b;
    double of_x = (double)x->gain / (x->cost > 0 ? x->cost : 0.01);
    double of_y = (double)y->gain / (y->cost > 0 ? y->cost : 0.01);
    if (of_x != of_y) {
        return of_x > of_y ? -1 : 1;
    }
    return (x->step[0].household > y->step[0].household) -
           (x->step[0].household < y->step[0].household);
}

/* One round of the search; `patient`: what costs moves is kept for later. */
static bool whatif_round(struct whatif *whatif, struct whatif_roots *roots, bool patient)
{
    struct whatif_found found[WHATIF_ROOTS_A_ROUND * WHATIF_COSTS];
    uint32_t n = whatif_chains(&whatif->work, roots, found), best = n;
    for (uint32_t i = 0; i < n; i++) {
        bool now = !patient || found[i].cost <= 0;
        best = now && (best == n || found[i].gain > found[best].gain) ? i : best;
        if (!now && whatif->n_kept < WHATIF_KEPT) {
            whatif->kept[whatif->n_kept++] = found[i];
        }
    }
    return best < n && whatif_take(&whatif->work, &found[best]);
}

/* Near the change and everywhere in turn, until neither has a move left that was not tried in vain, or the rounds
 * are up. */
static void whatif_rounds(struct whatif *whatif, struct whatif_roots *roots, uint64_t until,
                          bool patient)
{
    struct whatif_work *work = &whatif->work;
    uint64_t *round = &whatif->out.plan.plan.rounds;
    bool dry[2] = {false, false};
    for (; *round < until && !(dry[0] && dry[1]) && !whatif_stops(whatif, *round); (*round)++) {
        size_t which = *round % 2;
        if (roots[which].used >= roots[which].n) {
            whatif_roots_find(work, which == 0, &roots[which]);
        }
        dry[which] = roots[which].n == 0;
        if (whatif_round(whatif, &roots[which], patient)) {
            whatif_note(whatif);
            dry[0] = dry[1] = false;
            roots[0].used = roots[0].n;
        }
    }
}

/* Looks at many chains before any is made, and makes those that gain most a move; then whatever gains. */
static void whatif_patient(struct whatif *whatif, struct whatif_roots *roots)
{
    uint64_t rounds = whatif->options.rounds;
    whatif_rounds(whatif, roots, rounds / 2, true);
    qsort(whatif->kept, whatif->n_kept, sizeof *whatif->kept, by_yield);
    for (uint32_t i = 0; i < whatif->n_kept; i++) {
        if (whatif_take(&whatif->work, &whatif->kept[i])) {
            whatif_note(whatif);
        }
    }
    roots[0].used = roots[0].n;
    whatif_rounds(whatif, roots, rounds / 2 + rounds / 8, false);
}

/* Where moves are scarce both ways are gone, as neither is always the better one. */
static int whatif_improve(struct whatif *whatif, struct ajar_err *err)
{
    const struct place_problem *problem = whatif->problem;
    struct whatif_work *work = &whatif->work;
    struct whatif_roots *roots;
    uint64_t *stood;
    TRY_NEW(roots, whatif->scratch, 4, err);
    TRY_NEW(whatif->kept, whatif->scratch, WHATIF_KEPT, err);
    TRY_NEW(stood, whatif->scratch, problem->n_households, err);
    if (whatif->options.moves_most <= WHATIF_SCARCE) {
        memcpy(stood, work->at.pair, problem->n_households * sizeof *stood);
        whatif_patient(whatif, roots);
        whatif_state(work, stood);
        memset(work->tried, 0, problem->first[problem->n_households] * sizeof *work->tried);
    }
    whatif_rounds(whatif, roots + 2, whatif->options.rounds, false);
    return 0;
}

/* Cases of a middle size with few moves: branch and cut over all plans within them, from the best so far. */
static int whatif_cut_all(struct whatif *whatif, struct ajar_err *err)
{
    const struct place_problem *problem = whatif->problem;
    struct whatif_cut cut = {.started = true, .nodes = WHATIF_NODES};
    if (whatif->best_micro == INT64_MIN || whatif->out.exact || whatif->options.quick ||
        problem->first[problem->n_households] > WHATIF_ALL ||
        whatif->options.moves_most > WHATIF_SCARCE) {
        return 0;
    }
    whatif_state(&whatif->work, whatif->best);
    TRY(whatif_model(whatif->scratch, &whatif->work, &cut, err));
    whatif_note(whatif);
    whatif->out.exact = cut.ended;
    return 0;
}

/* Large cases: branch and cut over the moves that the prices leave most, where more than the usual time is given. */
static int whatif_cut_some(struct whatif *whatif, struct ajar_err *err)
{
    const struct place_problem *problem = whatif->problem;
    uint64_t n = problem->first[problem->n_households];
    struct whatif_cut cut = {.started = true, .nodes = WHATIF_NODES_SOME};
    struct whatif_work *work = &whatif->work;
    bool *open;
    if (whatif->best_micro == INT64_MIN || n <= WHATIF_ALL || whatif->options.quick ||
        whatif->options.moves_most > WHATIF_SCARCE || whatif->options.rounds <= WHATIF_ROUNDS) {
        return 0;
    }
    TRY_NEW(open, whatif->scratch, n, err);
    whatif_state(work, whatif->best);
    memset(work->tried, 0, n * sizeof *work->tried);
    TRY(whatif_open(whatif->scratch, work, WHATIF_SOME, open, err));
    cut.open = open;
    TRY(whatif_model(whatif->scratch, work, &cut, err));
    whatif_note(whatif);
    return 0;
}

/* Small cases: all plans within the moves; and if there is none, within one more, and one more. */
static int whatif_weigh(struct whatif *whatif, struct ajar_err *err)
{
    struct whatif_exact exact = {.micro = whatif->best_micro};
    uint32_t n = whatif->problem->n_households, most = whatif->options.moves_most;
    if (n > WHATIF_SMALL) {
        return 0;
    }
    TRY_NEW(exact.pair, whatif->scratch, n, err);
    TRY(whatif_exact_run(whatif->scratch, &whatif->work, most < n ? most : n, &exact, err));
    whatif->out.exact = exact.complete;
    if (exact.found) {
        whatif_state(&whatif->work, exact.pair);
        whatif_note(whatif);
    }
    uint32_t more = most < n ? most + 1 : n + 1;
    for (;
         exact.complete && whatif->best_micro == INT64_MIN && more <= n && more < whatif->n_fewest;
         more++) {
        exact.micro = INT64_MIN;
        TRY(whatif_exact_run(whatif->scratch, &whatif->work, more, &exact, err));
        if (exact.found) {
            whatif_state(&whatif->work, exact.pair);
            whatif_note(whatif);
        }
    }
    return 0;
}

/* Where sending away does not help, say because a minimum must be filled, all are placed anew. */
static int whatif_anew(struct whatif *whatif, struct ajar_err *err)
{
    const struct place_options options = {.rounds = whatif->options.rounds,
                                          .seed = whatif->options.seed,
                                          .start_place = whatif->options.before,
                                          .start_price = whatif->out.plan.plan.price};
    struct side_result anew;
    TRY(side_solve(whatif->scratch, whatif->problem, whatif->side, &options, whatif->pool,
                   whatif->watch, &anew, err));
    for (uint32_t h = 0; h < whatif->problem->n_households; h++) {
        uint32_t l = anew.plan.place[h];
        whatif_put(&whatif->work, h,
                   l == PLACE_NONE ? STANDING_NOWHERE : place_pair(whatif->problem, h, l));
        whatif_settle(&whatif->work, h);
    }
    whatif_note(whatif);
    return 0;
}

static int whatif_moves(struct whatif *whatif, struct ajar_err *err)
{
    struct whatif_result *out = &whatif->out;
    const struct whatif_work *work = &whatif->work;
    uint32_t n = whatif->problem->n_households, count = 0;
    const uint32_t *before = whatif->options.before;
    TRY_NEW(out->plan.plan.place, whatif->arena, n, err);
    for (uint32_t h = 0; h < n; h++) {
        out->plan.plan.place[h] = standing_at(&work->at, h);
        out->n_moves += out->plan.plan.place[h] != before[h];
    }
    TRY_NEW(out->moves, whatif->arena, out->n_moves, err);
    for (int forced = 1; forced >= 0; forced--) {
        for (uint32_t h = 0; h < n; h++) {
            uint32_t to = out->plan.plan.place[h];
            if (work->forced[h] == (forced == 1) && to != before[h]) {
                out->moves[count++] =
                    (struct whatif_move){h, before[h], to,
                                         standing_score(&work->at, work->home[h]) -
                                             standing_score(&work->at, work->at.pair[h])};
                out->n_displaced += to == PLACE_NONE;
            }
        }
    }
    out->n_forced = work->n_forced;
    return 0;
}

static void whatif_totals(struct whatif *whatif)
{
    struct whatif_result *out = &whatif->out;
    struct place_result *plan = &out->plan.plan;
    const struct whatif_work *work = &whatif->work;
    for (uint32_t h = 0; h < whatif->problem->n_households; h++) {
        out->before_micro += standing_score(&work->at, work->home[h]);
    }
    out->possible = whatif->best_micro != INT64_MIN;
    out->exact = out->exact && (out->possible || whatif->n_fewest != UINT32_MAX);
    plan->objective_micro = work->at.micro;
    plan->price_bound_micro =
        side_bound(whatif->problem, whatif->side, plan->price, out->plan.quota_price);
    plan->bound_micro = plan->price_bound_micro;
    if (out->exact && out->possible &&
        whatif->options.moves_most >= whatif->problem->n_households) {
        plan->bound_micro = plan->objective_micro;
    }
    double over = (double)(plan->bound_micro - plan->objective_micro);
    plan->gap = plan->bound_micro > 0 ? over / (double)plan->bound_micro : 0;
    plan->proven = plan->bound_micro == plan->objective_micro;
}

static int whatif_work_through(struct whatif *whatif, struct ajar_err *err)
{
    uint32_t n = whatif->problem->n_households;
    TRY(whatif_prices(whatif, err));
    whatif->options.quota_price = whatif->out.plan.quota_price;
    TRY(whatif_work_new(whatif->scratch, whatif->problem, whatif->side, whatif->out.plan.plan.price,
                        &whatif->options, &whatif->work, err));
    TRY_NEW(whatif->best, whatif->scratch, n, err);
    TRY_NEW(whatif->fewest, whatif->scratch, n, err);
    TRY(whatif_mend(whatif, err));
    whatif_slack(&whatif->work);
    if (whatif->n_fewest != UINT32_MAX) {
        TRY(whatif_improve(whatif, err));
    }
    TRY(whatif_weigh(whatif, err));
    TRY(whatif_cut_all(whatif, err));
    TRY(whatif_cut_some(whatif, err));
    if (whatif->n_fewest == UINT32_MAX) {
        TRY(whatif_anew(whatif, err));
    }
    whatif_state(&whatif->work, whatif->best_micro == INT64_MIN ? whatif->fewest : whatif->best);
    TRY(whatif_moves(whatif, err));
    whatif_totals(whatif);
    return 0;
}

int whatif_run(struct arena *arena, const struct place_problem *problem,
               const struct place_side *side, const struct whatif_options *options,
               struct pool *pool, const struct watch *watch, struct whatif_result *out,
               struct ajar_err *err)
{
    static const struct place_side bare;
    struct arena scratch;
    struct whatif whatif = {.arena = arena,
                            .scratch = &scratch,
                            .problem = problem,
                            .side = side == NULL ? &bare : side,
                            .options = *options,
                            .pool = pool,
                            .watch = watch,
                            .best_micro = INT64_MIN,
                            .n_fewest = UINT32_MAX};
    whatif.options.rounds = options->rounds == 0 ? WHATIF_ROUNDS : options->rounds;
    arena_init(&scratch, arena->name, arena->ceiling - arena->used);
    int code = whatif_work_through(&whatif, err);
    arena_free(&scratch);
    if (code == 0) {
        *out = whatif.out;
    }
    return code;
}
