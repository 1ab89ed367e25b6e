#include "price_step.h"

#include <math.h>

#include "steady.h"

/* Rates of forgetting, and what keeps a step finite where no slope was seen. */
#define STEP_MEAN   0.9
#define STEP_SQUARE 0.99
#define STEP_TINY   1e-3

void price_fade_on(struct price_fade *fade)
{
    fade->mean *= STEP_MEAN;
    fade->square *= STEP_SQUARE;
}

double price_stepped(double at, double step, double slope, double most, double *mean,
                     double *square, const struct price_fade *fade)
{
    *mean = STEP_MEAN * *mean + 0.1 * slope;
    *square = STEP_SQUARE * *square + 0.01 * slope * slope;
    double to =
        at - step * (*mean / (1 - fade->mean)) / (sqrt(*square / (1 - fade->square)) + STEP_TINY);
    to = to > 0 ? to : 0;
    return to < most ? to : most;
}

double price_fall(double first, double last, uint32_t looks)
{
    return steady_exp(steady_log(last / first) / looks);
}

double price_scale(const struct place_problem *problem, double need[PLACE_RESOURCES_MOST])
{
    size_t n = problem->n_resources;
    double score = 0;
    for (size_t r = 0; r < n; r++) {
        need[r] = 0;
    }
    for (uint32_t h = 0; h < problem->n_households; h++) {
        int32_t top = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            top = problem->score[pair] > top ? problem->score[pair] : top;
        }
        score += top;
        for (size_t r = 0; top > 0 && r < n; r++) {
            need[r] += problem->need[h * n + r];
        }
    }
    return score;
}
