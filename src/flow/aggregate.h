/* The aggregate engine: people at a place with the same memory of late ways are alike, so a day is a few
 * binomial and multinomial draws a place, whatever the number of people. */
#ifndef FLOW_AGGREGATE_H
#define FLOW_AGGREGATE_H

#include "agents.h"

/* The same plan, parameters, options and kind of result as the agent engine (flow_agents_run); both rules,
 * any awareness, people on foot.  Equal to it in law, but for three things:
 *   - people who differ by less than a step (a quarter of a day's way done today or remembered; wider past one
 *     day's way) go on with the mean of both;
 *   - the agent engine lets the oldest go first.  So do groups by age here, up to 16, as wide as a block of
 *     people or as all who are younger; within a group, and in runs of fewer than 2,000,000 people, all go alike;
 *   - full places are looked at again when that may matter, from once a half-day to params->blocks times.
 *
 * Draws are keyed (seed, place, day, half of the day) through rng.h: the same bytes always.  One thread.
 * All memory is the arena's: O(days * (places + links) + known ways + cells), where cells are kinds of
 * people there are at once, not people; the cost of a day is a few draws a cell.
 *
 * E_FLOW_OPTION (days; gates, queues, removals; more than one rank), E_FLOW_TOO_LARGE (more than 2^32 - 1
 * people; too many known ways), E_CANCELLED, E_CEILING, E_MEMORY. */
int flow_aggregate_run(struct arena *arena, const struct flow_plan *plan,
                       const struct flow_params *params, const struct flow_run_options *options,
                       const struct watch *watch, struct flow_result *result, struct ajar_err *err);

#endif
