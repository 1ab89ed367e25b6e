#include <string.h>

#include "move.h"

static bool is_chance(double chance)
{
    return chance >= 0 && chance <= 1;
}

static int check_queues(const struct flow_plan *plan, const struct flow_queues *queues,
                        struct ajar_err *err)
{
    size_t cells = (size_t)plan->n_days * plan->n_links;
    for (size_t i = 0; i < cells; i++) {
        if (queues->admits[i] < -1) {
            return err_set(err, E_FLOW_OPTION, "link %zu admits %lld people on day %zu",
                           i % plan->n_links + 1, (long long)queues->admits[i], i / plan->n_links);
        }
    }
    for (uint32_t link = 0; queues->gives_up != NULL && link < plan->n_links; link++) {
        if (!is_chance(queues->gives_up[link])) {
            return err_set(err, E_FLOW_OPTION, "the chance to give up before link %u is %g",
                           link + 1, queues->gives_up[link]);
        }
    }
    return 0;
}

static int check_removals(const struct flow_plan *plan, const struct flow_run_options *options,
                          struct ajar_err *err)
{
    const struct flow_removals *removals = options->removals;
    const double *const chances[] = {removals->leaves, removals->returns};
    size_t classes = options->gates == NULL ? 1 : options->gates->n_classes;
    size_t cells = (size_t)plan->n_days * plan->n_places * classes;
    for (size_t k = 0; k < sizeof chances / sizeof *chances; k++) {
        for (size_t i = 0; chances[k] != NULL && i < cells; i++) {
            if (!is_chance(chances[k][i])) {
                return err_set(err, E_FLOW_OPTION, "the chance to %s place %zu on day %zu is %g",
                               k == 0 ? "leave the flow from" : "return from",
                               i / classes % plan->n_places + 1, i / classes / plan->n_places,
                               chances[k][i]);
            }
        }
    }
    for (size_t c = 0; removals->returned != NULL && c < classes; c++) {
        if (removals->returned[c] >= classes) {
            return err_set(err, E_FLOW_OPTION, "who returns is of class %u of %zu",
                           removals->returned[c] + 1u, classes);
        }
    }
    return 0;
}

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
    if (options->queues != NULL) {
        TRY(check_queues(plan, options->queues, err));
    }
    if (options->removals != NULL) {
        TRY(check_removals(plan, options, err));
    }
    *people = sum;
    return sum <= UINT32_MAX ? 0
                             : err_set(err, E_FLOW_TOO_LARGE, "%llu agents; a run has at most %llu",
                                       (unsigned long long)sum, (unsigned long long)UINT32_MAX);
}

int move_result(struct arena *arena, const struct flow_plan *plan,
                const struct flow_run_options *options, int32_t from, int32_t to,
                struct flow_result *out, struct ajar_err *err)
{
    size_t days = (size_t)(to - from);
    struct flow_result result = {.from = from, .n_days = to - from};
    TRY_NEW(result.in_place, arena, days * plan->n_places, err);
    TRY_NEW(result.on_links, arena, days, err);
    TRY_NEW(result.link_flow, arena, days * plan->n_links, err);
    TRY_NEW(result.spawned, arena, days, err);
    if (options->queues != NULL) {
        struct flow_queue_days *queues = &result.queues;
        int64_t **const all[] = {&queues->joined, &queues->admitted, &queues->gave_up,
                                 &queues->taken, &queues->waiting};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            TRY_NEW(*all[i], arena, days * plan->n_links, err);
        }
    }
    if (options->removals != NULL) {
        TRY_NEW(result.removed, arena, days * plan->n_places, err);
        TRY_NEW(result.returned, arena, days * plan->n_places, err);
    }
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
