#include <string.h>

#include "move.h"

int move_check(const struct flow_plan *plan, const struct flow_run_options *options,
               uint64_t *people, struct ajar_err *err)
{
    if (options->from < 0 || options->to < options->from || options->to > plan->n_days) {
        return err_set(err, E_FLOW_OPTION, "days %d to %d of a flow of %d days", options->from,
                       options->to, plan->n_days);
    }
    if (options->gates != NULL &&
        (options->gates->n_classes < 1 || options->gates->n_classes > 255)) {
        return err_set(err, E_FLOW_OPTION, "%u classes of people; there are 1 to 255",
                       options->gates->n_classes);
    }
    uint64_t sum = 0;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        sum += (uint64_t)plan->day0[p];
        uint8_t class = options->class_of_place == NULL ? 0 : options->class_of_place[p];
        if (options->gates != NULL && class >= options->gates->n_classes) {
            return err_set(err, E_FLOW_OPTION, "place %u starts class %u of %u", p + 1, class + 1u,
                           options->gates->n_classes);
        }
    }
    for (int32_t day = options->from; day < options->to; day++) {
        sum += (uint64_t)plan->spawn[day];
    }
    *people = sum;
    return sum <= UINT32_MAX ? 0
                             : err_set(err, E_FLOW_TOO_LARGE, "%llu agents; a run has at most %llu",
                                       (unsigned long long)sum, (unsigned long long)UINT32_MAX);
}

int move_result(struct arena *arena, const struct flow_plan *plan, int32_t from, int32_t to,
                struct flow_result *out, struct ajar_err *err)
{
    size_t days = (size_t)(to - from);
    struct flow_result result = {.from = from, .n_days = to - from};
    TRY_NEW(result.in_place, arena, days * plan->n_places, err);
    TRY_NEW(result.on_links, arena, days, err);
    TRY_NEW(result.link_flow, arena, days * plan->n_links, err);
    TRY_NEW(result.spawned, arena, days, err);
    *out = result;
    return 0;
}

uint32_t move_origins(const struct flow_plan *plan, int32_t day, uint32_t *thresholds,
                      uint32_t *origin)
{
    const double *weight = &plan->spawn_weight[(size_t)day * plan->n_places];
    double sum = 0, reached = 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_places; i++) {
        sum += weight[plan->order[i]];
    }
    for (uint32_t i = 0; i < plan->n_places; i++) {
        uint32_t p = plan->order[i];
        if (weight[p] > 0) {
            reached += weight[p];
            double scaled = reached / sum * 0x1p32;
            thresholds[n] = scaled >= (double)UINT32_MAX ? UINT32_MAX : (uint32_t)scaled;
            origin[n++] = p;
        }
    }
    return n;
}
