#include <string.h>

#include "whatif_work.h"

__extension__ typedef __int128 wide;

enum { EXACT_NODES_MOST = 200000 };

/* Households are decided in their order; the others still count what they could bring at best, by scores, and by
 * what the prices leave them (which counts all capacity as sold).  Both with so many moves and no more. */
struct exact_walk {
    struct whatif_work *work;
    struct whatif_exact *best;
    uint32_t n, columns; /* of moves: 0 .. columns - 1 */
    int64_t *score_rest; /* [(n + 1) * columns] */
    int64_t *left_rest;  /* likewise */
    int64_t left;        /* of the decided ones, and of all capacity: saturates */
    uint64_t nodes;
};

static int64_t exact_sold(const struct whatif_work *work, const int64_t *price)
{
    const struct place_problem *problem = work->problem;
    const int64_t *quota_price = work->options->quota_price;
    size_t n = (size_t)problem->n_localities * problem->n_resources;
    const wide most = INT64_MAX / 4;
    wide sum = 0;
    for (size_t k = 0; price != NULL && k < n; k++) {
        sum += (wide)price[k] * problem->capacity[k];
    }
    for (uint32_t q = 0; quota_price != NULL && q < work->side->n_quotas; q++) {
        sum += (wide)quota_price[q] * work->side->quotas[q].most;
    }
    return (int64_t)(sum < most ? sum : most);
}

/* What a household is worth at home, and at best; the same where it is forced, as it moves for nothing. */
static void exact_ends(const struct whatif_work *work, uint32_t household, bool priced,
                       int64_t *stays, int64_t *goes)
{
    const struct place_problem *problem = work->problem;
    int64_t best = 0;
    for (uint64_t pair = problem->first[household]; pair < problem->first[household + 1]; pair++) {
        int64_t its = priced ? work->left[pair] : problem->score[pair];
        best = its > best ? its : best;
    }
    uint64_t only = work->at.lock[household];
    uint64_t home = only != STANDING_NOWHERE ? only : work->home[household];
    *stays = priced ? whatif_left(work, home) : standing_score(&work->at, home);
    *goes = only != STANDING_NOWHERE || best < *stays ? *stays : best;
    *stays = work->forced[household] ? *goes : *stays;
}

/* rest[h * columns + m]: the most of households from h on with m moves. */
static int exact_rest(struct arena *arena, const struct exact_walk *walk, bool priced,
                      int64_t **out, struct ajar_err *err)
{
    int64_t gains[WHATIF_SMALL], sum = 0, *rest;
    TRY_NEW(rest, arena, (size_t)(walk->n + 1) * walk->columns, err);
    for (uint32_t h = walk->n; h-- > 0;) {
        int64_t stays, goes, total;
        uint32_t n = walk->n - 1 - h, at = n;
        exact_ends(walk->work, h, priced, &stays, &goes);
        sum += stays;
        for (; at > 0 && gains[at - 1] < goes - stays; at--) {
            gains[at] = gains[at - 1];
        }
        gains[at] = goes - stays;
        total = sum;
        for (uint32_t m = 0; m < walk->columns; m++) {
            rest[h * walk->columns + m] = total;
            total += m <= n ? gains[m] : 0;
        }
    }
    *out = rest;
    return 0;
}

static bool exact_hopeless(const struct exact_walk *walk, uint32_t h, uint32_t moves)
{
    uint32_t column = moves < walk->columns ? moves : walk->columns - 1;
    size_t at = (size_t)h * walk->columns + column;
    int64_t plain = walk->work->at.micro + walk->score_rest[at];
    int64_t priced = walk->left + walk->left_rest[at];
    priced = priced / PLACE_PRICES_A_MICRO + (priced > 0);
    return walk->best->micro != INT64_MIN &&
           (plain <= walk->best->micro || priced <= walk->best->micro);
}

/* Links are asked when both are decided. */
static bool exact_links(const struct whatif_work *work, uint32_t h)
{
    const struct standing *at = &work->at;
    for (uint64_t i = at->link_first == NULL ? 0 : at->link_first[h];
         at->link_first != NULL && i < at->link_first[h + 1]; i++) {
        if (work->side->links[at->link[i]].b <= h && !standing_link_kept(at, at->link[i])) {
            return false;
        }
    }
    return true;
}

static void exact_leaf(struct exact_walk *walk)
{
    struct whatif_work *work = walk->work;
    struct whatif_exact *best = walk->best;
    bool kept = true;
    for (uint32_t l = 0; kept && l < work->problem->n_localities; l++) {
        kept = standing_least_kept(&work->at, l);
    }
    if (kept && (best->micro == INT64_MIN || work->at.micro > best->micro)) {
        best->micro = work->at.micro;
        best->found = true;
        memcpy(best->pair, work->at.pair, walk->n * sizeof *best->pair);
    }
}

static void exact_step(struct exact_walk *walk, uint32_t h, uint32_t moves);

static void exact_choose(struct exact_walk *walk, uint32_t h, uint64_t to, uint32_t moves)
{
    struct whatif_work *work = walk->work;
    uint64_t lock = work->at.lock[h];
    bool moves_on = !work->forced[h] && to != work->home[h];
    if ((lock != STANDING_NOWHERE && to != lock) || (moves_on && moves == 0) ||
        (to != STANDING_NOWHERE && !standing_fits(&work->at, h, work->problem->locality[to]))) {
        return;
    }
    int64_t left = whatif_left(work, to);
    standing_put(&work->at, h, to);
    walk->left += left;
    if (exact_links(work, h)) {
        exact_step(walk, h + 1, moves - moves_on);
    }
    walk->left -= left;
    standing_put(&work->at, h, STANDING_NOWHERE);
}

static void exact_step(struct exact_walk *walk, uint32_t h, uint32_t moves)
{
    struct whatif_work *work = walk->work;
    const struct place_problem *problem = work->problem;
    uint64_t home = work->home[h < walk->n ? h : 0];
    walk->nodes++;
    if (walk->nodes > EXACT_NODES_MOST || exact_hopeless(walk, h, moves)) {
        return;
    }
    if (h == walk->n) {
        exact_leaf(walk);
        return;
    }
    if (home != STANDING_NOWHERE) {
        exact_choose(walk, h, home, moves);
    }
    for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
        if (pair != home) {
            exact_choose(walk, h, pair, moves);
        }
    }
    exact_choose(walk, h, STANDING_NOWHERE, moves);
}

int whatif_exact_run(struct arena *arena, struct whatif_work *work, uint32_t most,
                     struct whatif_exact *out, struct ajar_err *err)
{
    struct exact_walk walk = {.work = work, .best = out, .n = work->problem->n_households};
    uint64_t *stood;
    TRY_NEW(stood, arena, walk.n, err);
    memcpy(stood, work->at.pair, walk.n * sizeof *stood);
    walk.columns = (most < walk.n ? most : walk.n) + 1;
    TRY(exact_rest(arena, &walk, false, &walk.score_rest, err));
    TRY(exact_rest(arena, &walk, true, &walk.left_rest, err));
    walk.left = exact_sold(work, work->price);
    for (uint32_t h = 0; h < walk.n; h++) {
        standing_put(&work->at, h, STANDING_NOWHERE);
    }
    out->found = false;
    exact_step(&walk, 0, most);
    for (uint32_t h = 0; h < walk.n; h++) {
        standing_put(&work->at, h, stood[h]);
    }
    out->complete = walk.nodes <= EXACT_NODES_MOST;
    return 0;
}
