#include "arrivals_faults.h"

#include <math.h>

/* Each at most once among all lists; `seen` [n_households]. */
static int check_list(const struct arrivals_input *input, const char *what, const uint32_t *list,
                      uint32_t n, bool *seen, struct ajar_err *err)
{
    for (uint32_t i = 0; i < n; i++) {
        if (list[i] >= input->problem->n_households) {
            return err_set(err, E_PLACE_ARRIVALS,
                           "Number %u of the %s is household %u; there are %u, from 0.", i, what,
                           list[i], input->problem->n_households);
        }
        if (seen[list[i]]) {
            return err_set(err, E_PLACE_ARRIVALS,
                           "Household %u stands twice in the past and the arrivals, the second "
                           "time as number %u of the %s.",
                           list[i], i, what);
        }
        seen[list[i]] = true;
    }
    return 0;
}

static int check_batches(const struct arrivals_input *input, struct ajar_err *err)
{
    uint32_t from = 0;
    if (input->n_batches == 0) {
        return err_set(err, E_PLACE_ARRIVALS, "There is no batch.");
    }
    for (uint32_t b = 0; b < input->n_batches; b++) {
        if (input->batch_end[b] < from) {
            return err_set(err, E_PLACE_ARRIVALS,
                           "Batch %u ends at arrival %u, before the one ahead of it, at %u.", b,
                           input->batch_end[b], from);
        }
        from = input->batch_end[b];
    }
    if (from != input->n_arriving) {
        return err_set(err, E_PLACE_ARRIVALS,
                       "The last batch ends at arrival %u; %u households arrive.", from,
                       input->n_arriving);
    }
    return 0;
}

static int check_groups(const struct arrivals_input *input, struct ajar_err *err)
{
    for (uint32_t h = 0; input->group != NULL && h < input->problem->n_households; h++) {
        if (input->group[h] >= input->n_groups) {
            return err_set(err, E_PLACE_ARRIVALS,
                           "Household %u is of group %u; there are %u, from 0.", h, input->group[h],
                           input->n_groups);
        }
    }
    for (uint32_t g = 0; input->floor_micro != NULL && g < input->n_groups; g++) {
        int64_t floor = input->floor_micro[g];
        if (floor < -PLACE_SCORE_MOST || floor > PLACE_SCORE_MOST) {
            return err_set(err, E_PLACE_ARRIVALS,
                           "The floor of group %u is %lld micro-units; the most is %d, either side "
                           "of 0.",
                           g, (long long)floor, PLACE_SCORE_MOST);
        }
    }
    return 0;
}

static int check_options(const struct arrivals_options *options, struct ajar_err *err)
{
    if (options->method >= ARRIVALS_METHODS) {
        return err_set(err, E_PLACE_ARRIVALS, "There is no method %d.", (int)options->method);
    }
    if (options->futures > ARRIVALS_FUTURES_MOST) {
        return err_set(err, E_PLACE_ARRIVALS, "%u futures are asked for; the most is %d.",
                       options->futures, ARRIVALS_FUTURES_MOST);
    }
    if (!isnan(options->gamma) && !(options->gamma >= 0 && options->gamma <= PLACE_SCORE_MOST)) {
        return err_set(err, E_PLACE_ARRIVALS,
                       "A backlog costs %g micro-units; it must be from 0 to %d.", options->gamma,
                       PLACE_SCORE_MOST);
    }
    return 0;
}

int arrivals_faults(struct arena *arena, const struct arrivals_input *input,
                    const struct arrivals_options *options, struct ajar_err *err)
{
    bool *seen;
    TRY_NEW(seen, arena, input->problem->n_households, err);
    TRY(check_list(input, "past", input->past, input->n_past, seen, err));
    TRY(check_list(input, "arrivals", input->arriving, input->n_arriving, seen, err));
    TRY(check_batches(input, err));
    TRY(check_groups(input, err));
    return check_options(options, err);
}
