#include "fair_dual.h"

#include <string.h>

#include "bound.h"

static void dual_count(struct dual *dual)
{
    const struct place_problem *problem = dual->fair->problem;
    memset(dual->total, 0, dual->n_groups * sizeof *dual->total);
    dual->sum = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        if (dual->place[h] != PLACE_NONE) {
            int32_t score = problem->score[place_pair(problem, h, dual->place[h])];
            dual->total[dual->group[h]] += score;
            dual->sum += score;
        }
    }
}

void dual_set(struct dual *dual, const uint32_t *place)
{
    const struct place_problem *problem = dual->fair->problem;
    memcpy(dual->price, dual->fair->plain.plan.price,
           (size_t)problem->n_localities * problem->n_resources * sizeof *dual->price);
    memcpy(dual->place, place, problem->n_households * sizeof *place);
    dual_count(dual);
}

int dual_new(struct fair *fair, const uint32_t *group, uint32_t n_groups, struct dual *out,
             struct ajar_err *err)
{
    const struct place_problem *problem = fair->problem;
    size_t n_prices = (size_t)problem->n_localities * problem->n_resources;
    struct dual dual = {.fair = fair, .group = group, .n_groups = n_groups};
    if (group == NULL) {
        uint32_t *zeros;
        TRY_NEW(zeros, fair->arena, problem->n_households, err);
        dual.group = zeros;
        dual.n_groups = 1;
    }
    TRY_NEW(dual.households, fair->arena, dual.n_groups, err);
    TRY_NEW(dual.multiple, fair->arena, dual.n_groups, err);
    TRY_NEW(dual.total, fair->arena, dual.n_groups, err);
    TRY_NEW(dual.place, fair->arena, problem->n_households, err);
    TRY_NEW(dual.value, fair->arena, problem->first[problem->n_households], err);
    TRY_NEW(dual.price, fair->arena, n_prices, err);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        dual.households[dual.group[h]]++;
    }
    dual_set(&dual, fair->plain.plan.place);
    *out = dual;
    return 0;
}

/* The divisor that brings every multiplied score into range. */
static int64_t dual_divisor(const struct dual *dual)
{
    const struct place_problem *problem = dual->fair->problem;
    fair_wide most = 0;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            fair_wide value = (fair_wide)problem->score[pair] * dual->multiple[dual->group[h]];
            value = value < 0 ? -value : value;
            most = value > most ? value : most;
        }
    }
    int64_t least = dual_fit((most + PLACE_SCORE_MOST - 1) / PLACE_SCORE_MOST);
    return least > DUAL_ONE ? least : DUAL_ONE;
}

int dual_ask(struct dual *dual, const uint32_t *place, bool last, struct ajar_err *err)
{
    const struct place_problem *problem = dual->fair->problem;
    struct fair_ask ask = {.value = dual->value,
                           .start_place = place,
                           .start_price = dual->price,
                           .unit = 1,
                           .want = INT64_MIN,
                           .last = last,
                           .light = !last};
    struct fair_answer answer;
    int64_t divisor = dual_divisor(dual);
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            fair_wide value = (fair_wide)problem->score[pair] * dual->multiple[dual->group[h]];
            dual->value[pair] = (int32_t)-dual_floor(-value, divisor);
        }
    }
    TRY(fair_ask(dual->fair, &ask, dual->place, dual->price, &answer, err));
    dual->bound = (fair_wide)answer.bound * divisor;
    dual_count(dual);
    return 0;
}

int dual_alone(struct dual *dual, uint32_t group, int64_t *micro, struct ajar_err *err)
{
    const struct place_problem *problem = dual->fair->problem;
    struct fair_ask ask = {.value = dual->value, .unit = 1, .want = INT64_MIN, .light = true};
    struct fair_answer answer;
    for (uint32_t h = 0; h < problem->n_households; h++) {
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            bool kept = dual->group[h] == group || dual->fair->lock[h] == pair;
            dual->value[pair] = kept ? problem->score[pair] : FAIR_STRUCK;
        }
    }
    TRY(fair_ask(dual->fair, &ask, dual->place, NULL, &answer, err));
    dual_count(dual);
    *micro = dual->total[group];
    return 0;
}
