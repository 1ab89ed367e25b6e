#include "standing.h"

#include <string.h>

__extension__ typedef __int128 wide;

static const struct place_side standing_bare;

static int standing_quotas(struct standing *standing, struct arena *arena,
                           const int64_t *quota_price, struct ajar_err *err)
{
    const struct place_side *side = standing->side;
    size_t n = standing->problem->n_resources;
    size_t n_prices = standing->problem->n_localities * n;
    TRY_NEW(standing->quota_used, arena, side->n_quotas, err);
    if (side->n_quotas == 0) {
        return 0;
    }
    TRY_NEW(standing->quota_of, arena, n_prices, err);
    memset(standing->quota_of, 0xff, n_prices * sizeof *standing->quota_of);
    for (uint32_t q = 0; q < side->n_quotas; q++) {
        const struct side_quota *quota = &side->quotas[q];
        for (uint32_t i = 0; i < quota->n_localities; i++) {
            size_t k = quota->locality[i] * n + quota->resource;
            standing->quota_of[k] = q;
            standing->cost[k] += quota_price == NULL ? 0 : quota_price[q];
        }
    }
    return 0;
}

static int standing_links(struct standing *standing, struct arena *arena, struct ajar_err *err)
{
    const struct place_side *side = standing->side;
    uint32_t n = standing->problem->n_households;
    if (side->n_links == 0) {
        return 0;
    }
    TRY_NEW(standing->link_first, arena, (size_t)n + 2, err);
    TRY_NEW(standing->link, arena, (size_t)side->n_links * 2, err);
    /* Counted two places on, so that filling leaves the starts where they belong. */
    for (uint32_t i = 0; i < side->n_links; i++) {
        standing->link_first[side->links[i].a + 2]++;
        standing->link_first[side->links[i].b + 2]++;
    }
    for (size_t h = 2; h < (size_t)n + 2; h++) {
        standing->link_first[h] += standing->link_first[h - 1];
    }
    for (uint32_t i = 0; i < side->n_links; i++) {
        standing->link[standing->link_first[side->links[i].a + 1]++] = i;
        standing->link[standing->link_first[side->links[i].b + 1]++] = i;
    }
    return 0;
}

static int standing_sides(struct standing *standing, struct arena *arena,
                          const int64_t *quota_price, struct ajar_err *err)
{
    const struct place_problem *problem = standing->problem;
    const struct place_side *side = standing->side;
    TRY(standing_quotas(standing, arena, quota_price, err));
    TRY(standing_links(standing, arena, err));
    if (side->n_leasts > 0) {
        TRY_NEW(standing->least, arena, (size_t)problem->n_localities * problem->n_resources, err);
    }
    for (uint32_t i = 0; i < side->n_leasts; i++) {
        const struct side_least *least = &side->leasts[i];
        standing->least[(size_t)least->locality * problem->n_resources + least->resource] =
            least->least;
    }
    memset(standing->lock, 0xff, problem->n_households * sizeof *standing->lock);
    for (uint32_t i = 0; i < side->n_locks; i++) {
        standing->lock[side->locks[i].household] = side->locks[i].pair;
    }
    return 0;
}

int standing_new(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const int64_t *price, const int64_t *quota_price,
                 const uint32_t *place, struct standing *out, struct ajar_err *err)
{
    struct standing made = {.problem = problem, .side = side == NULL ? &standing_bare : side};
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    TRY_NEW(made.cost, arena, n_prices, err);
    TRY_NEW(made.used, arena, n_prices, err);
    TRY_NEW(made.n_at, arena, problem->n_localities, err);
    TRY_NEW(made.lock, arena, problem->n_households, err);
    TRY_NEW(made.pair, arena, problem->n_households, err);
    for (size_t k = 0; price != NULL && k < n_prices; k++) {
        made.cost[k] = price[k];
    }
    TRY(standing_sides(&made, arena, quota_price, err));
    memset(made.pair, 0xff, problem->n_households * sizeof *made.pair);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (place[h] != PLACE_NONE) {
            standing_put(&made, h, place_pair(problem, h, place[h]));
        }
    }
    *out = made;
    return 0;
}

static void standing_count(struct standing *standing, uint32_t household, uint64_t pair,
                           int64_t sign)
{
    const struct place_problem *problem = standing->problem;
    size_t n = problem->n_resources, l = problem->locality[pair];
    for (size_t r = 0; r < n; r++) {
        int64_t need = sign * problem->need[household * n + r];
        standing->used[l * n + r] += need;
        if (standing->quota_of != NULL && standing->quota_of[l * n + r] != PLACE_NONE) {
            standing->quota_used[standing->quota_of[l * n + r]] += need;
        }
    }
    standing->n_at[l] += sign > 0 ? 1U : -1U;
    standing->micro += sign * problem->score[pair];
}

void standing_put(struct standing *standing, uint32_t household, uint64_t pair)
{
    if (standing->pair[household] != STANDING_NOWHERE) {
        standing_count(standing, household, standing->pair[household], -1);
    }
    if (pair != STANDING_NOWHERE) {
        standing_count(standing, household, pair, 1);
    }
    standing->pair[household] = pair;
}

int64_t standing_charge(const struct standing *standing, uint32_t household, uint64_t pair)
{
    const struct place_problem *problem = standing->problem;
    size_t n = problem->n_resources;
    wide charge = 0;
    if (pair == STANDING_NOWHERE) {
        return 0;
    }
    for (size_t r = 0; r < n; r++) {
        charge += (wide)standing->cost[problem->locality[pair] * n + r] *
                  problem->need[household * n + r];
    }
    return charge < STANDING_CHARGE_MOST ? (int64_t)charge : STANDING_CHARGE_MOST;
}

int64_t standing_left(const struct standing *standing, uint32_t household, uint64_t pair)
{
    return (int64_t)standing_score(standing, pair) * PLACE_PRICES_A_MICRO -
           standing_charge(standing, household, pair);
}

int64_t standing_lacks(const struct standing *standing, uint32_t household, uint32_t locality,
                       uint32_t resource)
{
    const struct place_problem *problem = standing->problem;
    size_t k = (size_t)locality * problem->n_resources + resource;
    int64_t need = place_need(problem, household, resource);
    int64_t own = standing_at(standing, household) == locality ? 0 : need;
    int64_t lacks = standing->used[k] + own - problem->capacity[k];
    return need > 0 && lacks > 0 ? lacks : 0;
}

int64_t standing_quota_lacks(const struct standing *standing, uint32_t household, uint32_t locality,
                             uint32_t resource)
{
    size_t n = standing->problem->n_resources;
    uint32_t at = standing_at(standing, household);
    uint32_t quota =
        standing->quota_of == NULL ? PLACE_NONE : standing->quota_of[locality * n + resource];
    if (quota == PLACE_NONE) {
        return 0;
    }
    bool within = at != PLACE_NONE && standing->quota_of[at * n + resource] == quota;
    int64_t need = place_need(standing->problem, household, resource);
    int64_t lacks = standing->quota_used[quota] - standing->side->quotas[quota].most;
    lacks += within ? 0 : need;
    return need > 0 && lacks > 0 ? lacks : 0;
}

bool standing_fits(const struct standing *standing, uint32_t household, uint32_t locality)
{
    const struct place_problem *problem = standing->problem;
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (standing_lacks(standing, household, locality, r) > 0 ||
            standing_quota_lacks(standing, household, locality, r) > 0) {
            return false;
        }
    }
    return true;
}

bool standing_link_kept(const struct standing *standing, uint32_t link)
{
    const struct side_link *kept = &standing->side->links[link];
    uint32_t a = standing_at(standing, kept->a), b = standing_at(standing, kept->b);
    if (a == PLACE_NONE || b == PLACE_NONE) {
        return a == b;
    }
    return side_near(standing->side, kept, a, b);
}

bool standing_links_kept(const struct standing *standing, uint32_t household)
{
    if (standing->link_first == NULL) {
        return true;
    }
    for (uint64_t i = standing->link_first[household]; i < standing->link_first[household + 1];
         i++) {
        if (!standing_link_kept(standing, standing->link[i])) {
            return false;
        }
    }
    return true;
}

bool standing_least_kept(const struct standing *standing, uint32_t locality)
{
    size_t n = standing->problem->n_resources;
    if (standing->least == NULL || standing->n_at[locality] == 0) {
        return true;
    }
    for (size_t r = 0; r < n; r++) {
        if (standing->used[locality * n + r] < standing->least[locality * n + r]) {
            return false;
        }
    }
    return true;
}
