#include "fair_leximin.h"

#include <stdlib.h>
#include <string.h>

#include "bound.h"
#include "fair_tier.h"

/* How often all is begun again because a later question has found something better for an earlier level. */
enum { LEXIMIN_AGAIN = 3 };

static int by_score(const void *a, const void *b)
{
    int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;
    return (one > other) - (one < other);
}

uint32_t leximin_sort(const struct fair *fair, const uint32_t *place, int32_t *sorted)
{
    uint32_t n = 0;
    for (uint32_t h = 0; h < fair->problem->n_households; h++) {
        if (place[h] != PLACE_NONE && fair->lock[h] == UINT64_MAX) {
            sorted[n++] = fair->problem->score[place_pair(fair->problem, h, place[h])];
        }
    }
    qsort(sorted, n, sizeof *sorted, by_score);
    return n;
}

uint32_t leximin_levels(const int32_t *sorted, uint32_t n, uint32_t most, struct fair_level *level)
{
    uint32_t n_levels = 0;
    for (uint32_t i = 0; i < n && n_levels < most; n_levels++) {
        uint32_t from = i;
        while (i < n && sorted[i] == sorted[from]) {
            i++;
        }
        level[n_levels] = (struct fair_level){sorted[from], i - from};
    }
    return n_levels;
}

/* More are placed, or as many and the first that differs, from the lowest, is higher. */
static bool leximin_better(const int32_t *a, uint32_t n_a, const int32_t *b, uint32_t n_b)
{
    uint32_t i = 0;
    if (n_a != n_b) {
        return n_a > n_b;
    }
    while (i < n_a && a[i] == b[i]) {
        i++;
    }
    return i < n_a && a[i] > b[i];
}

/* The trial becomes the plan where it is better. */
static bool leximin_take(struct leximin *lex)
{
    uint32_t n = leximin_sort(lex->fair, lex->trial, lex->trial_sorted);
    if (!leximin_better(lex->trial_sorted, n, lex->sorted, lex->n_sorted)) {
        return false;
    }
    memcpy(lex->sorted, lex->trial_sorted, n * sizeof *lex->sorted);
    memcpy(lex->place, lex->trial, lex->fair->problem->n_households * sizeof *lex->place);
    lex->n_sorted = n;
    return true;
}

/* What the plan is worth in the values of the question. */
static int64_t leximin_worth(const struct leximin *lex, const struct fair_tiers *tiers)
{
    int64_t sum = lex->fair->side->n_locks * tiers->full;
    for (uint32_t i = 0; i < lex->n_sorted; i++) {
        for (uint32_t t = 0; t < tiers->n && lex->sorted[i] >= tiers->at[t]; t++) {
            sum += tiers->weight[t];
        }
    }
    return sum;
}

static int leximin_ask(struct leximin *lex, struct fair_tiers *tiers, int64_t want,
                       struct fair_answer *answer, struct ajar_err *err)
{
    struct fair_ask ask = {.value = lex->value,
                           .start_place = lex->place,
                           .start_price = lex->price_tiers == tiers->n ? lex->price : NULL,
                           .unit = tiers->unit,
                           .want = want,
                           .light = want != INT64_MIN};
    fair_tiers_value(lex->fair, tiers, lex->value);
    TRY(fair_ask(lex->fair, &ask, lex->trial, lex->price, answer, err));
    lex->price_tiers = tiers->n;
    leximin_take(lex);
    return 0;
}

/* The tiers of the levels before `level`, and one more from `at` on. */
static struct fair_tiers leximin_tiers(const struct leximin *lex, uint32_t level, int32_t at)
{
    struct fair_tiers tiers = {.n = level + 1};
    for (uint32_t k = 0; k < level; k++) {
        tiers.at[k] = lex->level[k].score_micro;
    }
    tiers.at[level] = at;
    fair_tiers_weigh(&tiers, lex->fair->problem->n_households);
    return tiers;
}

/* Asks for the most households from `at` on, those before as they are; *proven: no plan has more. */
static int leximin_most(struct leximin *lex, uint32_t level, int32_t at, bool *proven,
                        struct ajar_err *err)
{
    struct fair_tiers tiers = leximin_tiers(lex, level, at);
    struct fair_answer answer;
    TRY(leximin_ask(lex, &tiers, INT64_MIN, &answer, err));
    *proven =
        fair_floor(answer.bound, tiers.unit) <= fair_floor(leximin_worth(lex, &tiers), tiers.unit);
    return 0;
}

/* The place of a score among the distinct ones. */
static size_t leximin_index(const struct leximin *lex, int32_t score)
{
    size_t from = 0, to = lex->n_distinct;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (lex->distinct[middle] < score) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* Whether the plan still has as many placed and the same levels before `level`. */
static bool leximin_holds(const struct leximin *lex, uint32_t level, uint32_t n_sorted)
{
    struct fair_level now[FAIR_LEVELS_MOST];
    uint32_t n = leximin_levels(lex->sorted, lex->n_sorted, level, now);
    return lex->n_sorted == n_sorted && n == level && memcmp(now, lex->level, n * sizeof *now) == 0;
}

/* What a plan is worth that keeps the levels before and has all others from the last tier on. */
static int64_t leximin_want(const struct leximin *lex, const struct fair_tiers *tiers)
{
    int64_t want = lex->fair->side->n_locks * tiers->full, left = lex->n_sorted;
    for (uint32_t t = 0; t < tiers->n; t++) {
        want += tiers->weight[t] * left;
        left -= t + 1 < tiers->n ? lex->level[t].households : 0;
    }
    return want;
}

/* Raises the lowest score behind the levels before; `done`: the number of households at these. */
static int leximin_raise(struct leximin *lex, uint32_t level, uint32_t done, bool *proven,
                         struct ajar_err *err)
{
    uint32_t n_sorted = lex->n_sorted;
    size_t low = leximin_index(lex, lex->sorted[done]), high = lex->n_distinct;
    *proven = true;
    while (high - low > 1 && !lex->fair->stopped) {
        size_t middle = low + (high - low) / 2;
        struct fair_tiers tiers = leximin_tiers(lex, level, lex->distinct[middle]);
        int64_t want = leximin_want(lex, &tiers);
        struct fair_answer answer;
        TRY(leximin_ask(lex, &tiers, want, &answer, err));
        if (!leximin_holds(lex, level, n_sorted)) {
            return 0;
        }
        low = leximin_index(lex, lex->sorted[done]);
        if (low < middle) {
            high = middle;
            *proven = answer.bound < want;
        }
        low = low < high ? low : high - 1;
    }
    *proven = *proven && !lex->fair->stopped;
    return 0;
}

/* One level after another; true in *again when one before has got better. */
static int leximin_climb(struct leximin *lex, bool *again, struct ajar_err *err)
{
    bool proven;
    TRY(leximin_most(lex, 0, INT32_MIN + 1, &proven, err));
    lex->certified = proven;
    lex->n_levels = 0;
    for (uint32_t done = 0, k = 0; k < lex->levels && done < lex->n_sorted; k++) {
        uint32_t n_sorted = lex->n_sorted;
        TRY(leximin_raise(lex, k, done, &proven, err));
        *again = !leximin_holds(lex, k, n_sorted);
        lex->certified = lex->certified && proven;
        if (*again || lex->fair->stopped) {
            return 0;
        }
        leximin_levels(lex->sorted, lex->n_sorted, k + 1, lex->level);
        TRY(leximin_most(lex, k + 1, lex->level[k].score_micro + 1, &proven, err));
        *again = !leximin_holds(lex, k, n_sorted) || lex->sorted[done] != lex->level[k].score_micro;
        lex->certified = lex->certified && proven;
        if (*again || lex->fair->stopped) {
            return 0;
        }
        lex->n_levels = leximin_levels(lex->sorted, lex->n_sorted, k + 1, lex->level);
        done += lex->level[k].households;
    }
    return 0;
}

int leximin_search(struct leximin *lex, struct ajar_err *err)
{
    bool again = true;
    for (uint32_t i = 0; again && i < LEXIMIN_AGAIN && !lex->fair->stopped; i++) {
        again = false;
        TRY(leximin_climb(lex, &again, err));
    }
    lex->certified = lex->certified && !again && !lex->fair->stopped;
    lex->n_levels = leximin_levels(lex->sorted, lex->n_sorted, lex->levels, lex->level);
    return 0;
}

int leximin_new(struct fair *fair, struct leximin *out, struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    size_t n_pairs = problem->first[problem->n_households];
    struct leximin lex = {.fair = fair, .levels = fair->options->levels};
    lex.levels = lex.levels == 0 ? 5 : lex.levels;
    lex.levels = lex.levels < FAIR_LEVELS_MOST ? lex.levels : FAIR_LEVELS_MOST;
    TRY_NEW(lex.place, fair->arena, problem->n_households, err);
    TRY_NEW(lex.trial, fair->arena, problem->n_households, err);
    TRY_NEW(lex.sorted, fair->arena, problem->n_households, err);
    TRY_NEW(lex.trial_sorted, fair->arena, problem->n_households, err);
    TRY_NEW(lex.value, fair->arena, n_pairs, err);
    TRY_NEW(lex.distinct, fair->arena, n_pairs, err);
    TRY_NEW(lex.price, fair->arena, (size_t)problem->n_localities * problem->n_resources, err);
    memcpy(lex.distinct, problem->score, n_pairs * sizeof *lex.distinct);
    qsort(lex.distinct, n_pairs, sizeof *lex.distinct, by_score);
    for (size_t i = 0; i < n_pairs; i++) {
        if (i == 0 || lex.distinct[i] != lex.distinct[i - 1]) {
            lex.distinct[lex.n_distinct++] = lex.distinct[i];
        }
    }
    memcpy(lex.place, fair->plain.plan.place, problem->n_households * sizeof *lex.place);
    lex.n_sorted = leximin_sort(fair, lex.place, lex.sorted);
    *out = lex;
    return 0;
}
