#include "agents_hash.h"

#include <endian.h>
#include <string.h>

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    const uint64_t prime = UINT64_C(0x100000001b3);
    const uint8_t *at = bytes;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ at[i]) * prime;
    }
    return hash;
}

static uint64_t hash_u64(uint64_t hash, uint64_t value)
{
    value = htole64(value);
    return hash_bytes(hash, &value, sizeof value);
}

static uint64_t hash_double(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return hash_u64(hash, bits);
}

static uint64_t hash_doubles(uint64_t hash, const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = hash_double(hash, values[i]);
    }
    return hash;
}

static uint64_t hash_counts(uint64_t hash, const int64_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = hash_u64(hash, (uint64_t)values[i]);
    }
    return hash;
}

static uint64_t hash_days(uint64_t hash, const int32_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = hash_u64(hash, (uint64_t)(int64_t)values[i]);
    }
    return hash;
}

static uint64_t hash_indices(uint64_t hash, const uint32_t *values, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = hash_u64(hash, values[i]);
    }
    return hash;
}

static uint64_t hash_plan(uint64_t hash, const struct flow_plan *plan)
{
    size_t days = (size_t)plan->n_days, places = plan->n_places, links = plan->n_links;
    hash = hash_u64(hash_u64(hash_u64(hash, days), places), links);
    hash = hash_indices(hash, plan->first, places + 1);
    hash = hash_indices(hash, plan->from, links);
    hash = hash_indices(hash, plan->to, links);
    hash = hash_indices(hash, plan->order, places);
    hash = hash_doubles(hash, plan->km, links);
    hash = hash_bytes(hash, plan->open, days * links);
    hash = plan->forced == NULL ? hash : hash_bytes(hash, plan->forced, days * links);
    hash = hash_days(hash, plan->last_closed, days * links);
    hash = hash_bytes(hash, plan->type, days * places);
    hash = hash_doubles(hash, plan->intensity, days * places);
    hash = hash_days(hash, plan->since, days * places);
    hash = hash_doubles(hash, plan->movechance, days * places);
    hash = hash_doubles(hash, plan->spawn_weight, days * places);
    hash = hash_counts(hash, plan->spawn, days);
    hash = hash_counts(hash, plan->day0, places);
    hash = hash_doubles(hash, plan->capacity, places);
    for (size_t p = 0; p < places; p++) {
        hash = hash_u64(hash, (plan->foreign[p] ? 1u : 0u) | (plan->marker[p] ? 2u : 0u));
    }
    return hash;
}

/* What of the parameters is not in the plan already. */
static uint64_t hash_params(uint64_t hash, const struct flow_params *params)
{
    const double values[] = {params->max_move_speed,    params->max_walk_speed,
                             params->softening,         params->distance_power,
                             params->weight_power,      params->weight_softening,
                             params->pruning_threshold, params->camp_weight,
                             params->conflict_weight,   params->foreign_weight,
                             params->capacity_buffer,   (double)params->rules,
                             params->start_on_foot,     params->avoid_short_stints,
                             params->awareness,         params->blocks,
                             params->n_spawn_decay,     params->spawn_decay_interval};
    hash = hash_doubles(hash, values, sizeof values / sizeof values[0]);
    return hash_doubles(hash, params->spawn_decay, (size_t)params->n_spawn_decay);
}

/* Nothing where there is nothing, so that other runs keep their hash. */
static uint64_t hash_doors(uint64_t hash, const struct flow_plan *plan,
                           const struct flow_run_options *options)
{
    const struct flow_queues *queues = options->queues;
    const struct flow_removals *removals = options->removals;
    size_t days = (size_t)plan->n_days,
           classes = options->gates == NULL ? 1 : options->gates->n_classes;
    if (queues != NULL) {
        hash = hash_counts(hash_u64(hash, 'q'), queues->admits, days * plan->n_links);
        hash =
            queues->gives_up == NULL ? hash : hash_doubles(hash, queues->gives_up, plan->n_links);
    }
    const double *const chances[] = {removals == NULL ? NULL : removals->leaves,
                                     removals == NULL ? NULL : removals->returns};
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        if (chances[i] != NULL) {
            hash =
                hash_doubles(hash_u64(hash, 'l' + i), chances[i], days * plan->n_places * classes);
        }
    }
    return removals == NULL || removals->returned == NULL
               ? hash
               : hash_bytes(hash_u64(hash, 'r'), removals->returned, classes);
}

uint64_t hash_inputs(const struct flow_plan *plan, const struct flow_params *params,
                     const struct flow_run_options *options)
{
    const struct flow_gates *gates = options->gates;
    uint64_t hash = hash_params(hash_plan(HASH_START, plan), params);
    hash = hash_u64(hash, (uint64_t)options->from);
    if (gates != NULL) {
        hash = hash_u64(hash, gates->n_classes);
        hash =
            hash_bytes(hash, gates->open, (size_t)plan->n_days * plan->n_links * gates->n_classes);
    }
    if (options->class_of_place != NULL) {
        hash = hash_bytes(hash, options->class_of_place, plan->n_places);
    }
    return hash_doors(hash, plan, options);
}
