#include "exact.h"

#include <string.h>

#include "bound.h"

/* Steps of price at the root and below it; a strike every so many; and when to give up a node's prices. */
enum {
    EXACT_PAIRS_MOST = 6000,
    EXACT_FIRST = 400,
    EXACT_STEPS = 12,
    EXACT_STRIKE = 8,
    EXACT_IDLE = 40,
    EXACT_WORTH = 1000000 /* a step that lowers the bound by less than this part of it is idle */
};
#define EXACT_NEAR 0.02 /* of what a household pays: choices so close are as good as tied */

/* An open choice: a pair, or going nowhere. */
struct exact_choice {
    uint32_t locality; /* PLACE_NONE: nowhere */
    int32_t score;
};

/* What is still open below a node. */
struct exact_node {
    uint32_t *first;             /* [n_households + 1] into choice; one choice: settled */
    struct exact_choice *choice; /* never empty for a household of a live node */
    int64_t *price;              /* [n_localities * n_resources] */
};

struct exact {
    const struct place_problem *problem;
    const struct exact_options *options;
    struct exact_node *node; /* [n_households + 1] by depth */
    size_t n_prices;
    int32_t *room;          /* [n_prices] capacity, or what all need where that is less */
    int64_t *slope, *trial; /* [n_prices] */
    int64_t *top;           /* [n_households] what the best choice leaves */
    uint32_t *pick;         /* [n_households] the best choice's locality */
    uint32_t *place;
    int64_t best;
    uint64_t nodes;
    bool stopped;
};

/* What all households need of a resource: nobody can use more of it. */
static int64_t exact_asked(const struct place_problem *problem, size_t resource)
{
    int64_t sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        sum += problem->need[h * (size_t)problem->n_resources + resource];
    }
    return sum;
}

/* No sum of prices times what there is may pass 64 bits. */
bool exact_suits(const struct place_problem *problem)
{
    int64_t asked = 0;
    if (problem->first[problem->n_households] > EXACT_PAIRS_MOST || problem->n_localities > 256) {
        return false;
    }
    for (size_t r = 0; r < problem->n_resources; r++) {
        int64_t sum = exact_asked(problem, r);
        asked = sum > asked ? sum : asked;
    }
    return asked <= INT64_MAX / PLACE_PRICE_MOST / 4 /
                        (1 + problem->n_localities * (int64_t)problem->n_resources);
}

static inline int64_t exact_left(const struct exact *exact, const int64_t *price,
                                 uint32_t household, const struct exact_choice *choice)
{
    size_t n = exact->problem->n_resources;
    int64_t left = (int64_t)choice->score * PLACE_PRICES_A_MICRO;
    if (choice->locality == PLACE_NONE) {
        return left;
    }
    for (size_t r = 0; r < n; r++) {
        left -= price[choice->locality * n + r] * exact->problem->need[household * n + r];
    }
    return left;
}

/* The bound of a node at `price`, in thousandths of micro-units; top, pick and slope come with it. */
static int64_t exact_bound(struct exact *exact, const struct exact_node *node, const int64_t *price)
{
    const struct place_problem *problem = exact->problem;
    size_t n = problem->n_resources;
    int64_t sum = 0;
    for (size_t k = 0; k < exact->n_prices; k++) {
        exact->slope[k] = exact->room[k];
        sum += price[k] * exact->room[k];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        exact->top[h] = INT64_MIN;
        for (uint32_t c = node->first[h]; c < node->first[h + 1]; c++) {
            int64_t left = exact_left(exact, price, h, &node->choice[c]);
            if (left > exact->top[h]) {
                exact->top[h] = left;
                exact->pick[h] = node->choice[c].locality;
            }
        }
        sum += exact->top[h];
        for (size_t r = 0; exact->pick[h] != PLACE_NONE && r < n; r++) {
            exact->slope[exact->pick[h] * n + r] -= problem->need[h * n + r];
        }
    }
    return sum;
}

/* What the households' free choice is worth when no capacity is passed. */
static void exact_note(struct exact *exact, const struct exact_node *node)
{
    const struct place_problem *problem = exact->problem;
    int64_t sum = 0;
    for (size_t k = 0; k < exact->n_prices; k++) {
        if (exact->slope[k] < 0) {
            return;
        }
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint32_t c = node->first[h]; c < node->first[h + 1]; c++) {
            sum += node->choice[c].locality == exact->pick[h] ? node->choice[c].score : 0;
        }
    }
    if (sum > exact->best) {
        exact->best = sum;
        memcpy(exact->place, exact->pick, problem->n_households * sizeof *exact->place);
    }
}

/* False when the bound says that nothing below can beat the best plan. */
static bool exact_open(const struct exact *exact, int64_t bound)
{
    return bound >= (exact->best + 1) * PLACE_PRICES_A_MICRO;
}

static void exact_step(struct exact *exact, int64_t bound, double share)
{
    double square = 0, over = (double)(bound - exact->best * PLACE_PRICES_A_MICRO);
    for (size_t k = 0; k < exact->n_prices; k++) {
        double slope = exact->slope[k] > 0 && exact->trial[k] == 0 ? 0 : (double)exact->slope[k];
        square += slope * slope;
    }
    for (size_t k = 0; square > 0 && k < exact->n_prices; k++) {
        double to = (double)exact->trial[k] - share * over / square * (double)exact->slope[k];
        to = to < 0 ? 0 : to;
        exact->trial[k] = to > (double)PLACE_PRICE_MOST ? PLACE_PRICE_MOST : (int64_t)to;
    }
}

/* Strikes out choices too far behind to be part of a better plan. */
static void exact_strike(const struct exact *exact, struct exact_node *node, int64_t bound)
{
    uint32_t kept = 0, from = node->first[0];
    for (uint32_t h = 0; h < exact->problem->n_households; h++) {
        uint32_t to = node->first[h + 1];
        node->first[h] = kept;
        for (uint32_t c = from; c < to; c++) {
            int64_t behind = exact->top[h] - exact_left(exact, node->price, h, &node->choice[c]);
            if (behind == 0 || exact_open(exact, bound - behind)) {
                node->choice[kept++] = node->choice[c];
            }
        }
        from = to;
    }
    node->first[exact->problem->n_households] = kept;
}

/* Betters the prices of a node and strikes out what they allow; returns its bound, with top and pick of the prices. */
static int64_t exact_price(struct exact *exact, struct exact_node *node, uint32_t steps)
{
    int64_t least = INT64_MAX;
    double share = 1;
    uint32_t idle = 0, strike = 0;
    memcpy(exact->trial, node->price, exact->n_prices * sizeof *node->price);
    for (uint32_t i = 0; i < steps && idle < EXACT_IDLE; i++) {
        int64_t bound = exact_bound(exact, node, exact->trial);
        exact_note(exact, node);
        idle = bound < least - least / EXACT_WORTH ? 0 : idle + 1;
        if (!exact_open(exact, bound)) {
            return bound;
        }
        if (bound < least) {
            least = bound;
            memcpy(node->price, exact->trial, exact->n_prices * sizeof *node->price);
            if (i >= strike) {
                exact_strike(exact, node, bound);
                strike = i + EXACT_STRIKE;
            }
        }
        share = idle % 4 == 3 ? share / 2 : share;
        exact_step(exact, bound, share);
    }
    return exact_bound(exact, node, node->price);
}

/* The household whose choice says most: it pays much and its choices are close. */
static uint32_t exact_branch(const struct exact *exact, const struct exact_node *node)
{
    uint32_t best = PLACE_NONE;
    double most = -1;
    for (uint32_t h = 0; h < exact->problem->n_households; h++) {
        int64_t next = INT64_MIN, paid = 0;
        if (node->first[h + 1] - node->first[h] < 2) {
            continue;
        }
        for (uint32_t c = node->first[h]; c < node->first[h + 1]; c++) {
            int64_t left = exact_left(exact, node->price, h, &node->choice[c]);
            if (node->choice[c].locality == exact->pick[h]) {
                paid = (int64_t)node->choice[c].score * PLACE_PRICES_A_MICRO - left;
            } else if (left > next) {
                next = left;
            }
        }
        double worth =
            ((double)paid + 1) / ((double)(exact->top[h] - next) + EXACT_NEAR * (double)paid + 1);
        if (worth > most) {
            most = worth;
            best = h;
        }
    }
    return best;
}

static bool exact_settled(const struct exact_node *node, uint32_t household)
{
    return node->first[household + 1] - node->first[household] == 1;
}

/* What is free beside the settled households and the one that is to be, in slope; false when they do not fit. */
static bool exact_free(struct exact *exact, const struct exact_node *node, uint32_t household,
                       uint32_t locality)
{
    const struct place_problem *problem = exact->problem;
    size_t n = problem->n_resources;
    int64_t *free = exact->slope;
    for (size_t k = 0; k < exact->n_prices; k++) {
        free[k] = exact->room[k];
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint32_t l = h == household ? locality : node->choice[node->first[h]].locality;
        if (l == PLACE_NONE || (h != household && !exact_settled(node, h))) {
            continue;
        }
        for (size_t r = 0; r < n; r++) {
            free[l * n + r] -= problem->need[h * n + r];
            if (free[l * n + r] < 0) {
                return false;
            }
        }
    }
    return true;
}

static bool exact_fits(const struct exact *exact, uint32_t household, uint32_t locality)
{
    size_t n = exact->problem->n_resources;
    for (size_t r = 0; locality != PLACE_NONE && r < n; r++) {
        if (exact->problem->need[household * n + r] > exact->slope[locality * n + r]) {
            return false;
        }
    }
    return true;
}

/* `to` becomes `from` with one household settled; false when somebody has no choice left. */
static bool exact_settle(struct exact *exact, const struct exact_node *from, struct exact_node *to,
                         uint32_t household, uint32_t locality)
{
    uint32_t kept = 0;
    if (!exact_free(exact, from, household, locality)) {
        return false;
    }
    for (uint32_t h = 0; h < exact->problem->n_households; h++) {
        bool settled = exact_settled(from, h);
        to->first[h] = kept;
        for (uint32_t c = from->first[h]; c < from->first[h + 1]; c++) {
            uint32_t l = from->choice[c].locality;
            if (h == household ? l == locality : settled || exact_fits(exact, h, l)) {
                to->choice[kept++] = from->choice[c];
            }
        }
        if (kept == to->first[h]) {
            return false;
        }
    }
    to->first[exact->problem->n_households] = kept;
    memcpy(to->price, from->price, exact->n_prices * sizeof *to->price);
    return true;
}

/* A household's choices, the best first. */
static void exact_sort(const struct exact *exact, const struct exact_node *node, uint32_t household)
{
    struct exact_choice *choice = &node->choice[node->first[household]];
    uint32_t n = node->first[household + 1] - node->first[household];
    for (uint32_t i = 1; i < n; i++) {
        struct exact_choice one = choice[i];
        int64_t left = exact_left(exact, node->price, household, &one);
        uint32_t hole = i;
        while (hole > 0 && exact_left(exact, node->price, household, &choice[hole - 1]) < left) {
            choice[hole] = choice[hole - 1];
            hole--;
        }
        choice[hole] = one;
    }
}

static void exact_visit(struct exact *exact, uint32_t depth)
{
    struct exact_node *node = &exact->node[depth];
    int64_t bound = exact_price(exact, node, depth == 0 ? EXACT_FIRST : EXACT_STEPS);
    if (++exact->nodes % EXACT_NODES == 0 && exact->options->enough != NULL &&
        exact->options->enough(exact->options->arg)) {
        exact->stopped = true;
    }
    if (exact->stopped || !exact_open(exact, bound)) {
        return;
    }
    exact_strike(exact, node, bound);
    uint32_t h = exact_branch(exact, node);
    if (h == PLACE_NONE) {
        return; /* all settled: exact_note has seen it */
    }
    uint32_t n = node->first[h + 1] - node->first[h];
    struct exact_choice *choice = &node->choice[node->first[h]];
    exact_sort(exact, node, h);
    int64_t top = exact_left(exact, node->price, h, &choice[0]);
    for (uint32_t i = 0; i < n && !exact->stopped; i++) {
        int64_t behind = top - exact_left(exact, node->price, h, &choice[i]);
        if (exact_open(exact, bound - behind) &&
            exact_settle(exact, node, &exact->node[depth + 1], h, choice[i].locality)) {
            exact_visit(exact, depth + 1);
        }
    }
}

static int exact_new(struct arena *arena, struct exact *exact, struct ajar_err *err)
{
    const struct place_problem *problem = exact->problem;
    uint32_t n = problem->n_households;
    size_t n_choices = (size_t)problem->first[n] + n;
    TRY_NEW(exact->node, arena, (size_t)n + 2, err);
    for (uint32_t d = 0; d <= n + 1; d++) {
        TRY_NEW(exact->node[d].first, arena, (size_t)n + 1, err);
        TRY_NEW(exact->node[d].choice, arena, n_choices, err);
        TRY_NEW(exact->node[d].price, arena, exact->n_prices, err);
    }
    TRY_NEW(exact->room, arena, exact->n_prices, err);
    for (size_t k = 0; k < exact->n_prices; k++) {
        int64_t asked = exact_asked(problem, k % problem->n_resources);
        exact->room[k] = asked < problem->capacity[k] ? (int32_t)asked : problem->capacity[k];
    }
    TRY_NEW(exact->slope, arena, exact->n_prices, err);
    TRY_NEW(exact->trial, arena, exact->n_prices, err);
    TRY_NEW(exact->top, arena, n, err);
    TRY_NEW(exact->pick, arena, n, err);
    struct exact_node *root = &exact->node[0];
    uint32_t kept = 0;
    for (uint32_t h = 0; h < n; h++) {
        root->first[h] = kept;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            root->choice[kept++] =
                (struct exact_choice){problem->locality[pair], problem->score[pair]};
        }
        root->choice[kept++] = (struct exact_choice){PLACE_NONE, 0};
    }
    root->first[n] = kept;
    memcpy(root->price, exact->options->price, exact->n_prices * sizeof *root->price);
    return 0;
}

int exact_solve(struct arena *arena, const struct place_problem *problem,
                const struct exact_options *options, uint32_t *place, int64_t *micro, bool *proven,
                struct ajar_err *err)
{
    struct exact exact = {.problem = problem,
                          .options = options,
                          .place = place,
                          .best = *micro,
                          .n_prices = (size_t)problem->n_localities * problem->n_resources};
    TRY(exact_new(arena, &exact, err));
    exact_visit(&exact, 0);
    *micro = exact.best;
    *proven = !exact.stopped;
    return 0;
}
