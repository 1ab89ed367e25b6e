#include "arrivals_walk.h"

/* The members of every locality: near pairs of the demand. */
static void ends_members(const struct arrivals_field *field, struct arrivals_demand *demand)
{
    uint32_t localities = field->problem->n_localities;
    uint64_t *first = demand->member_first;
    for (uint32_t l = 0; l <= localities; l++) {
        first[l] = 0;
    }
    for (int fill = 0; fill < 2; fill++) {
        for (uint32_t i = 0; i < demand->n; i++) {
            uint32_t h = demand->household[i];
            const struct arrivals_near *near = &field->near[field->near_first[h]];
            for (uint32_t j = 0; j < field->n_near[h]; j++) {
                if (fill == 0) {
                    first[near[j].locality]++;
                } else {
                    demand->member[--first[near[j].locality]].household = h;
                }
            }
        }
        for (uint32_t l = 1; fill == 0 && l <= localities; l++) {
            first[l] += first[l - 1];
        }
    }
}

static double ends_left(const struct arrivals_field *field, const struct arrivals_demand *demand,
                        uint32_t household, const struct arrivals_near *near)
{
    double factor = 1 + demand->best.factor[arrivals_group(field, household)];
    size_t kind = field->kinds.of[household];
    return factor * near->score -
           demand->charge[kind * field->problem->n_localities + near->locality];
}

/* What the household keeps in this locality over what it keeps where it does best outside. */
static double ends_lead(const struct arrivals_field *field, const struct arrivals_demand *demand,
                        uint32_t household, uint32_t locality)
{
    const struct arrivals_near *near = &field->near[field->near_first[household]];
    double best = 0, own = 0;
    for (uint32_t j = 0; j < field->n_near[household]; j++) {
        double left = ends_left(field, demand, household, &near[j]);
        if (near[j].locality == locality) {
            own = left;
        } else {
            best = left > best ? left : best;
        }
    }
    return own - best;
}

static void edge_swap(struct arrivals_edge *a, struct arrivals_edge *b)
{
    struct arrivals_edge keep = *a;
    *a = *b;
    *b = keep;
}

/* The price at which needs, taken from the highest price down, first reach `target`; 0 if they never do. */
static double edge_select(struct arrivals_edge *edge, uint32_t n, int64_t target)
{
    uint32_t from = 0, to = n;
    while (from < to) {
        double pivot = edge[from + (to - from) / 2].price;
        uint32_t above = from, below = to;
        int64_t need_above = 0, need_equal = 0;
        for (uint32_t i = from; i < below;) {
            if (edge[i].price > pivot) {
                need_above += edge[i].need;
                edge_swap(&edge[i++], &edge[above++]);
            } else if (edge[i].price < pivot) {
                edge_swap(&edge[i], &edge[--below]);
            } else {
                need_equal += edge[i++].need;
            }
        }
        if (need_above >= target) {
            to = above;
        } else if (need_above + need_equal >= target) {
            return pivot;
        } else {
            target -= need_above + need_equal;
            from = below;
        }
    }
    return 0;
}

/* Along one price the dual is convex and bends where a household leaves: it is flat between the price at which
 * those who stay fill the capacity and the one at which they would pass it. */
static void ends_move(const struct arrivals_field *field, struct arrivals_demand *demand,
                      uint32_t locality, uint32_t resource, bool highest)
{
    const struct place_problem *problem = field->problem;
    size_t k = (size_t)locality * problem->n_resources + resource;
    double before = demand->best.price[k], to;
    uint64_t end = demand->member_first[locality + 1];
    uint32_t n = 0;
    for (uint64_t i = demand->member_first[locality]; i < end; i++) {
        const struct arrivals_member *member = &demand->member[i];
        int32_t need = place_need(problem, member->household, resource);
        double leaves = need > 0 ? before + member->lead / need : 0;
        if (leaves > 0) {
            demand->edge[n++] =
                (struct arrivals_edge){leaves, (int64_t)need * demand->count[member->household]};
        }
    }
    to = edge_select(demand->edge, n, field->left[k] + (int64_t)!highest);
    for (uint64_t i = demand->member_first[locality]; i < end; i++) {
        struct arrivals_member *member = &demand->member[i];
        member->lead -= (to - before) * place_need(problem, member->household, resource);
    }
    demand->best.price[k] = to;
}

static void ends_locality(const struct arrivals_field *field, struct arrivals_demand *demand,
                          uint32_t locality, bool highest)
{
    const struct place_problem *problem = field->problem;
    uint64_t end = demand->member_first[locality + 1];
    for (uint64_t i = demand->member_first[locality]; i < end; i++) {
        struct arrivals_member *member = &demand->member[i];
        member->lead = ends_lead(field, demand, member->household, locality);
    }
    for (uint32_t r = 0; r < problem->n_resources; r++) {
        if (field->left[(size_t)locality * problem->n_resources + r] > 0) {
            ends_move(field, demand, locality, r, highest);
        }
    }
    for (uint32_t k = 0; k < field->kinds.n; k++) {
        demand->charge[(size_t)k * problem->n_localities + locality] =
            arrivals_charge(field, demand->best.price, field->kinds.one[k], locality);
    }
}

void arrivals_ends(const struct arrivals_field *field, struct arrivals_demand *demand, bool highest,
                   uint32_t passes)
{
    ends_members(field, demand);
    arrivals_charges(field, demand->best.price, demand->charge);
    for (uint32_t pass = 0; pass < passes; pass++) {
        for (uint32_t l = 0; l < field->problem->n_localities; l++) {
            ends_locality(field, demand, l, highest);
        }
    }
}
