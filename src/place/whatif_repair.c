#include "whatif_work.h"

/* A move that sets something right without putting anything else out of order. */
struct repair {
    struct whatif_work *work;
    bool fewest;
    uint32_t household; /* PLACE_NONE: none found */
    uint64_t to;
    double cost;
};

static bool repair_fine(const struct whatif_work *work, uint32_t household)
{
    uint32_t at = standing_at(&work->at, household);
    return whatif_defect_of(work, household).fault == WHATIF_FINE &&
           (at == PLACE_NONE || whatif_defect_at(work, at).fault == WHATIF_FINE);
}

/* The best place of a household, other than at its own, where nothing is in its way; nowhere is always open.  The
 * one that it leaves is not asked: there it is that something is to be set right. */
static uint64_t repair_refuge(struct whatif_work *work, uint32_t household)
{
    const struct place_problem *problem = work->problem;
    uint64_t own = work->at.pair[household], best = STANDING_NOWHERE;
    uint32_t here = standing_at(&work->at, household);
    int32_t score = 0;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        bool better = problem->score[pair] > score && problem->locality[pair] != here;
        if (better && standing_fits(&work->at, household, problem->locality[pair])) {
            whatif_put(work, household, pair);
            if (repair_fine(work, household)) {
                best = pair;
                score = problem->score[pair];
            }
            whatif_put(work, household, own);
        }
    }
    return best;
}

static void repair_weigh(struct repair *repair, uint32_t household, uint64_t to, double relief)
{
    const struct whatif_work *work = repair->work;
    double loss =
        standing_score(&work->at, work->at.pair[household]) - standing_score(&work->at, to);
    /* Whoever has moved already moves on for nothing. */
    double moves = repair->fewest ? 1e12 * whatif_cost(work, household, to) : 0;
    double cost = (loss + 1 + moves) / relief;
    if (repair->household == PLACE_NONE || cost < repair->cost) {
        repair->household = household;
        repair->to = to;
        repair->cost = cost;
    }
}

/* Units over the capacity that go with a household. */
static double repair_relief(const struct whatif_work *work, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources;
    int64_t relief = 0;
    for (uint32_t r = 0; r < n; r++) {
        int64_t over = work->at.used[locality * n + r] - place_capacity(problem, locality, r);
        int64_t need = place_need(problem, household, r);
        relief += over <= 0 ? 0 : need < over ? need : over;
    }
    return (double)relief;
}

static void repair_over(struct repair *repair, uint32_t locality)
{
    struct whatif_work *work = repair->work;
    for (uint32_t h = work->head[locality]; h != PLACE_NONE; h = work->next[h]) {
        double relief = repair_relief(work, h, locality);
        if (whatif_free(work, h) && relief > 0) {
            repair_weigh(repair, h, repair_refuge(work, h), relief);
        }
    }
}

static void repair_quota(struct repair *repair, uint32_t q)
{
    struct whatif_work *work = repair->work;
    const struct side_quota *quota = &work->side->quotas[q];
    int64_t over = work->at.quota_used[q] - quota->most;
    for (uint32_t i = 0; i < quota->n_localities; i++) {
        for (uint32_t h = work->head[quota->locality[i]]; h != PLACE_NONE; h = work->next[h]) {
            int64_t need = place_need(work->problem, h, quota->resource);
            if (whatif_free(work, h) && need > 0) {
                repair_weigh(repair, h, repair_refuge(work, h),
                             (double)(need < over ? need : over));
            }
        }
    }
}

/* Units that a lot lacks of its minimums and that a household would bring. */
static double repair_fills(const struct whatif_work *work, uint32_t household, uint32_t locality)
{
    size_t n = work->problem->n_resources;
    int64_t fills = 0;
    for (uint32_t r = 0; r < n; r++) {
        int64_t lacks = work->at.least[locality * n + r] - work->at.used[locality * n + r];
        int64_t need = place_need(work->problem, household, r);
        fills += lacks <= 0 ? 0 : need < lacks ? need : lacks;
    }
    return (double)fills;
}

/* Whether a household may come and leaves nothing else out of order. */
static bool repair_comes(struct whatif_work *work, uint32_t household, uint64_t to)
{
    const struct place_problem *problem = work->problem;
    uint64_t own = work->at.pair[household];
    if (!whatif_free(work, household) || own == to ||
        !standing_fits(&work->at, household, problem->locality[to])) {
        return false;
    }
    whatif_put(work, household, to);
    bool fine = whatif_defect_of(work, household).fault == WHATIF_FINE &&
                (own == STANDING_NOWHERE ||
                 whatif_defect_at(work, problem->locality[own]).fault == WHATIF_FINE);
    whatif_put(work, household, own);
    return fine;
}

/* Fills a lot up; where nobody can come all leave, one after another, and nobody comes any more. */
static void repair_least(struct repair *repair, uint32_t locality)
{
    struct whatif_work *work = repair->work;
    for (uint64_t i = work->by_first[locality];
         !work->shut[locality] && i < work->by_first[locality + 1]; i++) {
        uint32_t h = work->by_household[i];
        double fills = repair_fills(work, h, locality);
        if (fills > 0 && repair_comes(work, h, work->by_pair[i])) {
            repair_weigh(repair, h, work->by_pair[i], fills);
        }
    }
    if (repair->household != PLACE_NONE) {
        return;
    }
    work->shut[locality] = true;
    for (uint32_t h = work->head[locality]; h != PLACE_NONE; h = work->next[h]) {
        if (whatif_free(work, h)) {
            repair_weigh(repair, h, repair_refuge(work, h), 1);
        }
    }
}

static void repair_link(struct repair *repair, uint32_t link)
{
    struct whatif_work *work = repair->work;
    const struct side_link *kept = &work->side->links[link];
    const uint32_t two[] = {kept->a, kept->b};
    for (size_t i = 0; i < 2; i++) {
        uint64_t refuge =
            whatif_free(work, two[i]) ? repair_refuge(work, two[i]) : STANDING_NOWHERE;
        if (refuge != STANDING_NOWHERE) {
            repair_weigh(repair, two[i], refuge, 1);
        }
    }
    for (size_t i = 0; repair->household == PLACE_NONE && i < 2; i++) {
        if (whatif_free(work, two[i]) && work->at.pair[two[i]] != STANDING_NOWHERE) {
            repair_weigh(repair, two[i], STANDING_NOWHERE, 1);
        }
    }
}

bool whatif_repair(struct whatif_work *work, bool fewest)
{
    /* Every step takes something out of order away or unplaces somebody; filling up a lot is the exception, so
       steps are counted. */
    uint64_t steps = 4 * (uint64_t)work->problem->n_households + 64;
    struct whatif_defect defect;
    while ((defect = whatif_defect_any(work)).fault != WHATIF_FINE) {
        struct repair repair = {.work = work, .fewest = fewest, .household = PLACE_NONE};
        if (defect.fault == WHATIF_OVER) {
            repair_over(&repair, defect.index);
        } else if (defect.fault == WHATIF_QUOTA) {
            repair_quota(&repair, defect.index);
        } else if (defect.fault == WHATIF_LEAST) {
            repair_least(&repair, defect.index);
        } else {
            repair_link(&repair, defect.index);
        }
        if (repair.household == PLACE_NONE || steps-- == 0) {
            return false;
        }
        uint64_t from = work->at.pair[repair.household];
        whatif_put(work, repair.household, repair.to);
        whatif_settle(work, repair.household);
        if (from != STANDING_NOWHERE) {
            work->dirty[work->problem->locality[from]] = true;
        }
    }
    return true;
}
