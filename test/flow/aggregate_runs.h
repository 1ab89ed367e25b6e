/* Runs of the aggregate engine, for its tests. */
#ifndef TEST_AGGREGATE_RUNS_H
#define TEST_AGGREGATE_RUNS_H

#include "aggregate.h"
#include "runs.h"

static inline struct flow_result run_with(const struct flow_run_options *options)
{
    struct flow_result result = {0};
    struct ajar_err err = {0};
    if (flow_aggregate_run(&small.arena, &small.plan, &small.params, options, NULL, &result,
                           &err) != 0) {
        fail_msg("%s: %s", err.slug, err.text);
    }
    return result;
}

static inline struct flow_result run(int32_t to, uint64_t seed)
{
    const struct flow_run_options options = {.seed = seed, .to = to};
    return run_with(&options);
}

#endif
