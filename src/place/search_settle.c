#include <string.h>

#include "bound.h"
#include "search.h"

/* At members who may make room; beyond, only room that is there is used. */
enum { SETTLE_LOOKS = 30000000 };

static bool settle_over(const struct search *search, uint32_t locality)
{
    const struct place_problem *problem = search->problem;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (search->load[(size_t)locality * problem->n_resources + r] >
            place_capacity(problem, locality, r)) {
            return true;
        }
    }
    return false;
}

static void settle_add(struct search *search, uint32_t household, uint32_t locality, int64_t sign)
{
    const struct place_problem *problem = search->problem;
    int64_t *load = &search->load[(size_t)locality * problem->n_resources];
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        load[r] += sign * place_need(problem, household, r);
    }
}

static bool settle_fits(const struct search *search, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = search->problem;
    const int64_t *load = &search->load[(size_t)locality * problem->n_resources];
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (load[r] + place_need(problem, household, r) > place_capacity(problem, locality, r)) {
            return false;
        }
    }
    return true;
}

/* What of its overload a locality loses with a household. */
static double settle_relief(const struct search *search, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = search->problem;
    int64_t relief = 0;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        int64_t over = search->load[(size_t)locality * problem->n_resources + r] -
                       place_capacity(problem, locality, r);
        int64_t need = place_need(problem, household, r);
        relief += over <= 0 ? 0 : need < over ? need : over;
    }
    return (double)relief;
}

/* The best near option of a household, other than `locality`, that has room; else nowhere. */
static struct search_option settle_refuge(const struct search *search, uint32_t household,
                                          uint32_t locality)
{
    struct search_option best = {PLACE_NONE, 0};
    for (uint64_t k = search->first[household]; k < search->first[household + 1]; k++) {
        const struct search_option *to = &search->option[k];
        if (to->locality < search->problem->n_localities && to->locality != locality &&
            to->score > best.score && settle_fits(search, household, to->locality)) {
            best = *to;
        }
    }
    return best;
}

static void settle_send(struct search *search, uint32_t household, uint32_t to)
{
    if (search->trial[household] != PLACE_NONE) {
        settle_add(search, household, search->trial[household], -1);
    }
    if (to != PLACE_NONE) {
        settle_add(search, household, to, 1);
    }
    search->trial[household] = to;
}

/* Sends away the household that relieves most for the least loss, until nothing is over. */
static void settle_relieve(struct search *search, uint32_t locality)
{
    const uint32_t *seat = &search->seat[search->seat_first[locality]];
    while (settle_over(search, locality)) {
        uint32_t best = PLACE_NONE, refuge = PLACE_NONE;
        double least = 0;
        for (uint32_t k = 0; k < search->n_at[locality]; k++) {
            double relief = settle_relief(search, seat[k], locality);
            if (search->trial[seat[k]] != locality || relief <= 0) {
                continue;
            }
            struct search_option to = settle_refuge(search, seat[k], locality);
            double cost = (search->score[seat[k]] - to.score + 1.0) / relief;
            if (best == PLACE_NONE || cost < least) {
                best = seat[k];
                refuge = to.locality;
                least = cost;
            }
        }
        settle_send(search, best, refuge);
    }
}

/* The best way to place one more: where there is room, or where somebody makes room by going elsewhere. */
struct way {
    int32_t gain;
    uint32_t to, other, refuge;
};

/* Whether a household fits where another leaves. */
static bool settle_swaps(const struct search *search, uint32_t household, uint32_t other,
                         uint32_t locality)
{
    const struct place_problem *problem = search->problem;
    const int64_t *load = &search->load[(size_t)locality * problem->n_resources];
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (load[r] + place_need(problem, household, r) - place_need(problem, other, r) >
            place_capacity(problem, locality, r)) {
            return false;
        }
    }
    return true;
}

static void settle_eject(const struct search *search, uint32_t household, uint64_t pair,
                         struct way *best)
{
    uint32_t l = search->problem->locality[pair];
    int32_t score = search->problem->score[pair];
    const uint32_t *seat = &search->seat[search->seat_first[l]];
    for (uint32_t k = 0; k < search->n_at[l]; k++) {
        uint32_t other = seat[k];
        if (search->trial[other] == l && settle_swaps(search, household, other, l)) {
            struct search_option to = settle_refuge(search, other, l);
            int32_t gain = score + to.score - search->score[other];
            if (gain > best->gain) {
                *best = (struct way){gain, l, other, to.locality};
            }
        }
    }
}

/* Who is not placed goes to the best locality that still has room or can make it. */
static void settle_insert(struct search *search)
{
    const struct place_problem *problem = search->problem;
    uint64_t looks = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        struct way best = {0, PLACE_NONE, PLACE_NONE, PLACE_NONE};
        if (search->trial[h] != PLACE_NONE) {
            continue;
        }
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            if (problem->score[pair] > best.gain &&
                settle_fits(search, h, problem->locality[pair])) {
                best = (struct way){problem->score[pair], problem->locality[pair], PLACE_NONE,
                                    PLACE_NONE};
            } else if (problem->score[pair] > best.gain && looks < SETTLE_LOOKS) {
                looks += search->n_at[problem->locality[pair]];
                settle_eject(search, h, pair, &best);
            }
        }
        if (best.other != PLACE_NONE) {
            settle_send(search, best.other, best.refuge);
        }
        if (best.to != PLACE_NONE) {
            settle_send(search, h, best.to);
        }
    }
}

void search_settle(struct search *search)
{
    const struct place_problem *problem = search->problem;
    bool legal;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        search->trial[h] = search->at[h] == problem->n_localities ? PLACE_NONE : search->at[h];
    }
    place_objective(problem, search->trial, search->load, &legal);
    for (uint32_t l = 0; l < problem->n_localities; l++) {
        settle_relieve(search, l);
    }
    settle_insert(search);
    int64_t micro = place_objective(problem, search->trial, search->load, &legal);
    search->last_micro = micro;
    if (legal && micro > search->best_micro) {
        search->best_micro = micro;
        memcpy(search->best, search->trial, problem->n_households * sizeof *search->best);
    }
}
