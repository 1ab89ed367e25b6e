#include "whatif_work.h"

/* Looks at moves below one root, and how many moves go on at each step of a chain. */
enum { CHAIN_LOOKS = 30000, CHAIN_WIDE = 8 };

static uint32_t chain_width(uint32_t step)
{
    static const uint32_t width[WHATIF_DEPTH] = {CHAIN_WIDE, 5, 3, 2, 0};
    return width[step];
}

struct chain {
    struct whatif_work *work;
    const struct whatif_sites *sites;
    int64_t from_micro;
    uint32_t from_moved, most; /* moves so far, and in all */
    uint32_t n;
    struct whatif_step made[WHATIF_DEPTH];
    struct whatif_found best[WHATIF_COSTS]; /* by cost: the gain to pass, and who passed it last */
    uint64_t from[WHATIF_DEPTH];
    uint64_t looks;
};

struct chain_list {
    uint32_t n, most;
    struct whatif_step step[CHAIN_WIDE];
    int64_t key[CHAIN_WIDE];
};

static void chain_rank(struct chain_list *list, uint32_t household, uint64_t to, int64_t key)
{
    uint32_t at = list->n;
    if (at == list->most && (at == 0 || list->key[at - 1] >= key)) {
        return;
    }
    list->n += list->n < list->most;
    at = at < list->most ? at : list->most - 1;
    for (; at > 0 && list->key[at - 1] < key; at--) {
        list->key[at] = list->key[at - 1];
        list->step[at] = list->step[at - 1];
    }
    list->key[at] = key;
    list->step[at] = (struct whatif_step){household, to};
}

static void chain_make(struct chain *chain, struct whatif_step step)
{
    chain->from[chain->n] = chain->work->at.pair[step.household];
    chain->made[chain->n++] = step;
    whatif_put(chain->work, step.household, step.to);
}

static void chain_unmake(struct chain *chain)
{
    chain->n--;
    whatif_put(chain->work, chain->made[chain->n].household, chain->from[chain->n]);
}

static struct whatif_defect chain_defect(const struct chain *chain)
{
    const struct whatif_work *work = chain->work;
    const struct whatif_sites *sites = chain->sites;
    struct whatif_defect defect = {WHATIF_FINE, 0};
    for (uint32_t i = 0; defect.fault == WHATIF_FINE && i < sites->n_localities; i++) {
        defect = whatif_defect_at(work, sites->locality[i]);
    }
    for (uint32_t i = 0; defect.fault == WHATIF_FINE && i < sites->n_households; i++) {
        defect = whatif_defect_of(work, sites->household[i]);
    }
    for (uint32_t i = 0; defect.fault == WHATIF_FINE && i < chain->n; i++) {
        uint64_t to = chain->made[i].to, from = chain->from[i];
        if (to != STANDING_NOWHERE) {
            defect = whatif_defect_at(work, work->problem->locality[to]);
        }
        if (defect.fault == WHATIF_FINE && from != STANDING_NOWHERE && work->at.least != NULL) {
            defect = whatif_defect_at(work, work->problem->locality[from]);
        }
        if (defect.fault == WHATIF_FINE) {
            defect = whatif_defect_of(work, chain->made[i].household);
        }
    }
    return defect;
}

/* Whether a chain may move a household: it is free, and this chain has not moved it. */
static bool chain_free(const struct chain *chain, uint32_t household)
{
    const struct whatif_work *work = chain->work;
    return whatif_free(work, household) && work->at.pair[household] == work->stand[household];
}

static bool chain_has_room(const struct chain *chain, uint32_t household, uint64_t to)
{
    const struct whatif_work *work = chain->work;
    return to == STANDING_NOWHERE ||
           standing_fits(&work->at, household, work->problem->locality[to]);
}

/* The best of its cost; whoever costs more must gain more. */
static void chain_note(struct chain *chain, int64_t gain, int cost)
{
    struct whatif_found found = {.gain = gain, .cost = cost, .n = chain->n};
    for (uint32_t i = 0; i < chain->n; i++) {
        found.step[i] = chain->made[i];
    }
    chain->best[cost < 0 ? 0 : cost] = found;
    for (int more = (cost < 0 ? 0 : cost) + 1; more < WHATIF_COSTS; more++) {
        if (chain->best[more].gain <= gain) {
            chain->best[more] = (struct whatif_found){.gain = gain};
        }
    }
}

/* Weighs a move as the last of the chain, and as one to go on from. */
static void chain_offer(struct chain *chain, struct chain_list *list, uint32_t household,
                        uint64_t to)
{
    struct whatif_work *work = chain->work;
    uint64_t own = work->at.pair[household];
    int cost = whatif_cost(work, household, to);
    if (to == own || (cost > 0 && work->moved >= chain->most)) {
        return;
    }
    chain->looks -= chain->looks > 0;
    int64_t gain = work->at.micro - chain->from_micro + standing_score(&work->at, to) -
                   standing_score(&work->at, own);
    int all = (int)(work->moved - chain->from_moved) + cost;
    if (gain > chain->best[all < 0 ? 0 : all].gain && chain_has_room(chain, household, to)) {
        chain_make(chain, (struct whatif_step){household, to});
        if (chain_defect(chain).fault == WHATIF_FINE) {
            chain_note(chain, gain, all);
        }
        chain_unmake(chain);
    }
    chain_rank(list, household, to, whatif_left(work, to) - whatif_left(work, own));
}

static void chain_offer_all(struct chain *chain, struct chain_list *list, uint32_t household)
{
    const struct place_problem *problem = chain->work->problem;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        chain_offer(chain, list, household, pair);
    }
    chain_offer(chain, list, household, STANDING_NOWHERE);
}

/* Whether it relieves what a locality has too much of. */
static bool chain_relieves(const struct whatif_work *work, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = work->problem;
    size_t n = problem->n_resources;
    for (uint32_t r = 0; r < n; r++) {
        if (place_need(problem, household, r) > 0 &&
            work->at.used[locality * n + r] > place_capacity(problem, locality, r)) {
            return true;
        }
    }
    return false;
}

static void chain_over(struct chain *chain, struct chain_list *list, uint32_t locality)
{
    const struct whatif_work *work = chain->work;
    for (uint32_t h = work->head[locality]; h != PLACE_NONE; h = work->next[h]) {
        if (chain_free(chain, h) && chain_relieves(work, h, locality)) {
            chain_offer_all(chain, list, h);
        }
    }
}

static void chain_quota(struct chain *chain, struct chain_list *list, uint32_t q)
{
    const struct whatif_work *work = chain->work;
    const struct side_quota *quota = &work->side->quotas[q];
    for (uint32_t i = 0; i < quota->n_localities && chain->looks > 0; i++) {
        for (uint32_t h = work->head[quota->locality[i]]; h != PLACE_NONE; h = work->next[h]) {
            if (chain_free(chain, h) && place_need(work->problem, h, quota->resource) > 0) {
                chain_offer_all(chain, list, h);
            }
        }
    }
}

static void chain_fill(struct chain *chain, struct chain_list *list, uint32_t locality)
{
    const struct whatif_work *work = chain->work;
    for (uint64_t i = work->by_first[locality]; i < work->by_first[locality + 1]; i++) {
        if (chain_free(chain, work->by_household[i])) {
            chain_offer(chain, list, work->by_household[i], work->by_pair[i]);
        }
    }
}

static void chain_least(struct chain *chain, struct chain_list *list, uint32_t locality)
{
    const struct whatif_work *work = chain->work;
    chain_fill(chain, list, locality);
    for (uint32_t h = work->head[locality]; h != PLACE_NONE; h = work->next[h]) {
        if (chain_free(chain, h)) {
            chain_offer_all(chain, list, h);
        }
    }
}

static void chain_link(struct chain *chain, struct chain_list *list, uint32_t link)
{
    const struct side_link *kept = &chain->work->side->links[link];
    if (chain_free(chain, kept->a)) {
        chain_offer_all(chain, list, kept->a);
    }
    if (chain_free(chain, kept->b)) {
        chain_offer_all(chain, list, kept->b);
    }
}

static void chain_next(struct chain *chain, struct chain_list *list)
{
    const struct whatif_work *work = chain->work;
    struct whatif_defect defect = chain_defect(chain);
    if (defect.fault == WHATIF_OVER) {
        chain_over(chain, list, defect.index);
    } else if (defect.fault == WHATIF_QUOTA) {
        chain_quota(chain, list, defect.index);
    } else if (defect.fault == WHATIF_LEAST) {
        chain_least(chain, list, defect.index);
    } else if (defect.fault == WHATIF_LINK) {
        chain_link(chain, list, defect.index);
    } else {
        for (uint32_t i = 0; i < chain->n; i++) {
            if (chain->from[i] != STANDING_NOWHERE) {
                chain_fill(chain, list, work->problem->locality[chain->from[i]]);
            }
        }
    }
}

static void chain_walk(struct chain *chain)
{
    struct chain_list list = {.most = chain_width(chain->n)};
    if (chain->n >= WHATIF_DEPTH || chain->looks == 0) {
        return;
    }
    chain_next(chain, &list);
    for (uint32_t i = 0; i < list.n; i++) {
        chain_make(chain, list.step[i]);
        chain_walk(chain);
        chain_unmake(chain);
    }
}

/* What was tried in vain there may gain now. */
static void chain_touch(struct whatif_work *work, uint64_t pair)
{
    if (pair == STANDING_NOWHERE) {
        return;
    }
    uint32_t locality = work->problem->locality[pair];
    work->dirty[locality] = true;
    for (uint64_t i = work->by_first[locality]; i < work->by_first[locality + 1]; i++) {
        work->tried[work->by_pair[i]] = false;
    }
    for (uint32_t h = work->head[locality]; h != PLACE_NONE; h = work->next[h]) {
        for (uint64_t p = work->problem->first[h]; p < work->problem->first[h + 1]; p++) {
            work->tried[p] = false;
        }
    }
}

static void chain_apply(struct whatif_work *work, const struct whatif_found *found)
{
    for (uint32_t i = 0; i < found->n; i++) {
        struct whatif_step step = found->step[i];
        uint64_t from = work->at.pair[step.household];
        whatif_put(work, step.household, step.to);
        whatif_settle(work, step.household);
        chain_touch(work, from);
        chain_touch(work, step.to);
    }
}

static const struct whatif_sites chain_nowhere;

static struct chain chain_new(struct whatif_work *work, const struct whatif_sites *sites,
                              int64_t gain)
{
    uint32_t most = work->options->moves_most;
    struct chain chain = {.work = work,
                          .sites = sites,
                          .from_micro = work->at.micro,
                          .from_moved = work->moved,
                          .most = most > work->moved ? most : work->moved};
    for (uint32_t i = 0; i < WHATIF_COSTS; i++) {
        chain.best[i].gain = gain;
    }
    return chain;
}

bool whatif_take(struct whatif_work *work, const struct whatif_found *found)
{
    struct chain chain = chain_new(work, &chain_nowhere, 0);
    bool good = true;
    for (uint32_t i = 0; good && i < found->n; i++) {
        good = chain_free(&chain, found->step[i].household);
        if (good) {
            chain_make(&chain, found->step[i]);
        }
    }
    good = good && work->at.micro > chain.from_micro && work->moved <= chain.most &&
           chain_defect(&chain).fault == WHATIF_FINE;
    while (chain.n > 0) {
        chain_unmake(&chain);
    }
    if (good) {
        chain_apply(work, found);
    }
    return good;
}

uint32_t whatif_chains(struct whatif_work *work, struct whatif_roots *roots,
                       struct whatif_found *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < WHATIF_ROOTS_A_ROUND && roots->used < roots->n; i++) {
        struct chain chain = chain_new(work, &chain_nowhere, 0);
        struct whatif_step step = roots->step[roots->used++];
        struct chain_list unused = {0};
        if (!chain_free(&chain, step.household) || work->at.pair[step.household] == step.to) {
            continue;
        }
        work->tried[step.to] = true;
        chain.looks = CHAIN_LOOKS;
        chain_offer(&chain, &unused, step.household, step.to);
        if (whatif_cost(work, step.household, step.to) + (int64_t)work->moved <= chain.most) {
            chain_make(&chain, step);
            chain_walk(&chain);
            chain_unmake(&chain);
        }
        for (uint32_t c = 0; c < WHATIF_COSTS; c++) {
            if (chain.best[c].n > 0) {
                out[n++] = chain.best[c];
            }
        }
    }
    return n;
}

bool whatif_chain_mend(struct whatif_work *work, const struct whatif_sites *sites)
{
    struct chain chain = chain_new(work, sites, INT64_MIN);
    const struct whatif_found *best = NULL;
    chain.looks = (uint64_t)CHAIN_LOOKS * WHATIF_ROOTS_A_ROUND;
    chain_walk(&chain);
    for (uint32_t c = 0; c < WHATIF_COSTS; c++) {
        best = chain.best[c].n > 0 ? &chain.best[c] : best;
    }
    if (best != NULL) {
        chain_apply(work, best);
    }
    return best != NULL;
}
