#include <string.h>

#include "bound.h"
#include "fair_kind.h"
#include "fair_leximin.h"

/* A bonus for being placed, in times the largest score, that mostly does and leaves the search its eye for scores. */
enum { WORST_BONUS = 4 };

struct worst {
    struct leximin *lex;
    int32_t *floor;  /* [n_households] */
    uint32_t placed; /* in the plan, locked ones too */
    int64_t total, bound;
    int64_t least, most; /* scores of pairs */
};

static int worst_floors(struct worst *worst, struct ajar_err *err)
{
    const struct leximin *lex = worst->lex;
    const struct place_problem *problem = lex->fair->problem;
    int32_t last = lex->n_levels == 0 ? INT32_MIN + 1 : lex->level[lex->n_levels - 1].score_micro;
    TRY_NEW(worst->floor, lex->fair->arena, problem->n_households, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t pair =
            lex->place[h] == PLACE_NONE ? UINT64_MAX : place_pair(problem, h, lex->place[h]);
        worst->floor[h] = last + (lex->n_levels > 0);
        if (pair != UINT64_MAX) {
            int32_t score = problem->score[pair];
            worst->floor[h] = score <= last ? score : worst->floor[h];
            worst->placed++;
        }
    }
    worst->total = fair_total(problem, lex->place);
    for (uint64_t pair = 0; pair < problem->first[problem->n_households]; pair++) {
        int32_t score = problem->score[pair];
        worst->least = score < worst->least ? score : worst->least;
        worst->most = score > worst->most ? score : worst->most;
    }
    return 0;
}

static void worst_value(const struct worst *worst, int64_t bonus, int32_t *value)
{
    const struct fair *fair = worst->lex->fair;
    const struct place_problem *problem = fair->problem;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        uint64_t lock = fair->lock[h];
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            bool kept = lock == UINT64_MAX ? problem->score[pair] >= worst->floor[h] : pair == lock;
            value[pair] = kept ? (int32_t)(problem->score[pair] + bonus) : FAIR_STRUCK;
        }
    }
}

static uint32_t worst_placed(const struct place_problem *problem, const uint32_t *place)
{
    uint32_t placed = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        placed += place[h] != PLACE_NONE;
    }
    return placed;
}

/* Where as many are placed the bonus is the same, so the largest sum has the largest total. */
static int worst_try(struct worst *worst, int64_t bonus, bool *enough, struct ajar_err *err)
{
    struct leximin *lex = worst->lex;
    const struct place_problem *problem = lex->fair->problem;
    struct fair_ask ask = {
        .value = lex->value, .start_place = lex->place, .unit = 1, .want = INT64_MIN, .last = true};
    struct fair_answer answer;
    worst_value(worst, bonus, lex->value);
    TRY(fair_ask(lex->fair, &ask, lex->trial, NULL, &answer, err));
    uint32_t placed = worst_placed(problem, lex->trial);
    int64_t total = fair_total(problem, lex->trial);
    *enough = placed >= worst->placed;
    if (placed > worst->placed || (placed == worst->placed && total > worst->total)) {
        lex->certified = lex->certified && placed == worst->placed;
        worst->bound = placed > worst->placed ? INT64_MAX : worst->bound;
        worst->placed = placed;
        worst->total = total;
        memcpy(lex->place, lex->trial, problem->n_households * sizeof *lex->place);
    }
    int64_t bound = answer.bound - bonus * worst->placed;
    worst->bound = bound < worst->bound ? bound : worst->bound;
    return 0;
}

/* Whoever is placed changes with those of equal needs; then larger and larger bonuses, until as many are placed.
 * A bonus hides what the scores say, so the smallest that does is best. */
static int worst_last(struct worst *worst, struct ajar_err *err)
{
    const struct leximin *lex = worst->lex;
    int64_t most = PLACE_SCORE_MOST - worst->most, span = worst->most - worst->least;
    int64_t bonus = WORST_BONUS * (span > 0 ? span : 1);
    bool enough = lex->fair->stopped;
    worst->bound = INT64_MAX;
    bonus = bonus < most ? bonus : most;
    if (!enough) {
        worst_value(worst, bonus, lex->value);
        TRY(fair_kinds(lex->fair, lex->value, lex->place, err));
        worst->total = fair_total(lex->fair->problem, lex->place);
    }
    while (!enough) {
        TRY(worst_try(worst, bonus, &enough, err));
        enough = enough || lex->fair->stopped || bonus == most;
        bonus = bonus < most / WORST_BONUS ? bonus * WORST_BONUS : most;
    }
    return 0;
}

int fair_leximin(struct arena *arena, const struct place_problem *problem,
                 const struct place_side *side, const struct fair_options *options,
                 struct pool *pool, const struct watch *watch, struct fair_leximin *out,
                 struct ajar_err *err)
{
    struct fair fair = {.arena = arena,
                        .problem = problem,
                        .side = side,
                        .options = options,
                        .pool = pool,
                        .watch = watch};
    struct fair_leximin result = {0};
    struct leximin lex;
    TRY(fair_begin(&fair, err));
    TRY(leximin_new(&fair, &lex, err));
    TRY(leximin_search(&lex, err));
    struct worst worst = {.lex = &lex};
    TRY(worst_floors(&worst, err));
    TRY(worst_last(&worst, err));
    TRY(fair_result(&fair, lex.place, &result.plan, err));
    result.total_micro = fair_most(&fair, worst.total);
    result.bound_micro =
        fair.plain.plan.bound_micro < worst.bound ? fair.plain.plan.bound_micro : worst.bound;
    result.placed_most = worst.placed;
    result.certified = lex.certified;
    TRY_NEW(result.levels, arena, lex.levels, err);
    lex.n_sorted = leximin_sort(&fair, lex.place, lex.sorted);
    result.n_levels = leximin_levels(lex.sorted, lex.n_sorted, lex.levels, result.levels);
    *out = result;
    return 0;
}
