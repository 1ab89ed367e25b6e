/* Steps 3 and 4 of the day: the flight chooses. */
#include "exodus_people_parts.h"

/* Weights of the doors that count; above[0] is their sum. */
static void people_weights(const struct people *people, uint32_t c, uint32_t r, bool known_shut,
                           double weights[EXODUS_DOORS_MOST], double above[EXODUS_DOORS_MOST])
{
    const struct exodus_model *model = people->model;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        bool counts = people_open(people, d, c) ||
                      (!known_shut && exodus_passes(people->first_gates[d * model->n_classes + c]));
        weights[d] =
            counts ? people->setting->weight[r * model->n_doors + d] * people->dislike[d] : 0;
    }
    exodus_draw_above(weights, model->n_doors, above);
}

/* Takes them out of every age alike. */
static int64_t people_leave_pool(struct people *people, uint32_t c, uint32_t r, double chance)
{
    struct draws draws = people_draws(people, PEOPLE_DECIDE, people_entity(0, c, r));
    int64_t *ages = people->pool[c][r], all = 0;
    for (int age = 0; age < EXODUS_AGES; age++) {
        int64_t some = draws_binomial(&draws, ages[age], chance);
        ages[age] -= some;
        all += some;
    }
    return all;
}

void people_decide(struct people *people, uint32_t c, uint32_t r)
{
    const struct exodus_setting *setting = people->setting;
    double weights[EXODUS_DOORS_MOST], above[EXODUS_DOORS_MOST];
    int64_t choose[EXODUS_DOORS_MOST], all = 0;
    for (int age = 0; age < EXODUS_AGES; age++) {
        all += people->pool[c][r][age];
    }
    if (all == 0) {
        return;
    }
    people_weights(people, c, r, true, weights, above);
    bool open = above[0] > 0;
    int64_t leave = people_leave_pool(
        people, c, r, open ? setting->decides : setting->decides * setting->gives_up);
    int64_t stop =
        open ? people_part(people, PEOPLE_STOP, people_entity(0, c, r), leave, setting->gives_up)
             : leave;
    people->out->stopped[people->day * people->model->n_classes + c] += (double)stop;
    if (leave == stop) {
        return;
    }
    struct draws draws = people_draws(people, PEOPLE_CHOOSE_ANEW, people_entity(0, c, r));
    exodus_draw_choices(&draws, leave - stop, weights, above, people->model->n_doors, choose);
    for (uint32_t d = 0; d < people->model->n_doors; d++) {
        people_ask(people, d, c, r, choose[d]);
    }
}

/* Those who chose; returns who hears that the door is shut. */
static int64_t people_arrive(struct people *people, uint32_t d, uint32_t c, uint32_t r, int64_t n)
{
    if (n == 0 || people_open(people, d, c)) {
        people_ask(people, d, c, r, n);
        return 0;
    }
    int64_t asks =
        people_part(people, PEOPLE_TRY, people_entity(d, c, r), n, people->setting->tries_shut);
    people_ask_shut(people, d, c, r, asks);
    return n - asks;
}

void people_set_out(struct people *people, uint32_t c, uint32_t r)
{
    const struct exodus_setting *setting = people->setting;
    const struct exodus_model *model = people->model;
    size_t by_class = people->day * model->n_classes + c;
    double weights[EXODUS_DOORS_MOST], above[EXODUS_DOORS_MOST];
    int64_t choose[EXODUS_DOORS_MOST];
    int64_t n = people_number(people, PEOPLE_SET_OUT, people_entity(0, c, r),
                              setting->departs[people->day] * model->regions[r].weight *
                                  setting->class_of[c]);
    if (n == 0) {
        return;
    }
    people_weights(people, c, r, false, weights, above);
    int64_t deterred = above[0] > 0 ? 0 : n;
    if (above[0] > 0) {
        struct draws draws = people_draws(people, PEOPLE_CHOOSE, people_entity(0, c, r));
        exodus_draw_choices(&draws, n, weights, above, model->n_doors, choose);
        for (uint32_t d = 0; d < model->n_doors; d++) {
            deterred += people_arrive(people, d, c, r, choose[d]);
        }
    }
    people_to_pool(people, c, r, deterred);
    people->out->set_out[by_class] += (double)n;
    people->out->deterred[by_class] += (double)deterred;
}
