/* Inside exodus_people: how many of people who are alike are taken, and what they choose. */
#ifndef FLOW_EXODUS_DRAW_H
#define FLOW_EXODUS_DRAW_H

#include <stddef.h>

#include "aggregate_draw.h"

/* Of marked + others people (below 2^53 in all), `taken` are taken, all alike, none twice: how many of them
 * are marked.  The hypergeometric law, exact but for the rounding of its chances.  Cost grows with the
 * square root of the answer. */
int64_t exodus_draw_marked(struct draws *draws, int64_t marked, int64_t others, int64_t taken);

/* The same from n cells: out[i] of people[i], sum `taken`, at most the sum of people. */
void exodus_draw_taken(struct draws *draws, const int64_t *people, size_t n, int64_t taken,
                       int64_t *out);

/* How many of `people` take each of k choices, by weights >= 0 with a positive, finite sum; above[i] is the
 * sum of weights[i] and all behind it (exodus_draw_above). */
void exodus_draw_choices(struct draws *draws, int64_t people, const double *weights,
                         const double *above, size_t k, int64_t *out);
void exodus_draw_above(const double *weights, size_t k, double *above);

/* floor(x) or one more, so that the mean is x >= 0. */
int64_t exodus_draw_whole(struct draws *draws, double x);

#endif
