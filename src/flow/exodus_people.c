/* People by draws of whole cells.  exodus.h has the order of a day, exodus_run.c its mean. */
#include <math.h>
#include <string.h>

#include "exodus_people_parts.h"
#include "steady.h"

#define PEOPLE_MOST 1e12 /* expected in all; sums of them are exact */

/* ---- 1. Exits ---- */

static void people_exits(struct people *people, uint32_t d)
{
    const struct exodus_setting *setting = people->setting;
    size_t at = (size_t)people->day * people->model->n_doors + d;
    int64_t back =
        people_part(people, PEOPLE_TRAFFIC_BACK, d, people->traffic[d], setting->traffic_goes);
    int64_t home =
        people_part(people, PEOPLE_FLIGHT_BACK, d, people->goes_back[d], setting->flight_goes);
    int64_t onward = people_part(people, PEOPLE_ONWARD, d, people->stays[d], setting->onward);
    people->traffic[d] -= back;
    people->goes_back[d] -= home;
    people->stays[d] -= onward;
    people->out->exits[EXODUS_TRAFFIC][at] = (double)back;
    people->out->exits[EXODUS_FLIGHT][at] = (double)home;
    people->out->onward[at] = (double)onward;
}

/* ---- 2. Queues ---- */

static void people_leave(struct people *people, uint32_t d, uint32_t c)
{
    bool open = people_open(people, d, c);
    double *into = open ? people->out->gave_up : people->out->refused;
    for (uint32_t g = 0; g < PEOPLE_GROUPS && people->n_waits[d] > 0; g++) {
        int64_t *waits = &people->waits[d][c][g];
        int64_t gone = open ? people_part(people, PEOPLE_LEAVE, people_entity(d, c, g), *waits,
                                          people->setting->queue_leaves)
                            : *waits;
        *waits -= gone;
        people->n_waits[d] -= gone;
        into[people_cell(people, d, c, g)] += (double)gone;
        people_to_pool(people, c, g, gone);
    }
}

/* ---- 5. Traffic ---- */

static void people_traffic(struct people *people, uint32_t d, uint32_t c)
{
    const struct exodus_model *model = people->model;
    uint32_t entity = people_entity(d, c, PEOPLE_TRAFFIC_GROUP);
    size_t at = ((size_t)people->day * model->n_doors + d) * model->n_classes + c;
    int64_t n = people_number(people, PEOPLE_TRAFFIC, entity, people->setting->traffic[at]);
    if (people_open(people, d, c)) {
        people_ask(people, d, c, PEOPLE_TRAFFIC_GROUP, n);
        return;
    }
    n = people_part(people, PEOPLE_TRAFFIC_TRY, entity, n, people->setting->tries_shut);
    people_ask_shut(people, d, c, PEOPLE_TRAFFIC_GROUP, n);
}

/* ---- 6. The door serves ---- */

/* How many of each group; all where the door can. */
static void people_take(struct people *people, uint32_t d,
                        int64_t served[EXODUS_CLASSES_MOST][PEOPLE_GROUPS])
{
    const double capacity = people->setting->capacity[d];
    size_t groups = (size_t)people->model->n_classes * PEOPLE_GROUPS;
    if ((double)people->n_waits[d] <= capacity) {
        memcpy(served, people->waits[d], groups * sizeof served[0][0]);
        return;
    }
    struct draws draws = people_draws(people, PEOPLE_SERVE, d);
    int64_t taken = exodus_draw_whole(&draws, capacity);
    exodus_draw_taken(&draws, people->waits[d][0], groups, taken, served[0]);
}

/* Returns who is admitted. */
static int64_t people_serve_group(struct people *people, uint32_t d, uint32_t c, uint32_t g,
                                  int64_t served)
{
    size_t cell = people_cell(people, d, c, g);
    int64_t admitted = people_gate(people, d, c) == GATE_DISCRETION
                           ? people_part(people, PEOPLE_ADMIT, people_entity(d, c, g), served,
                                         people->setting->discretion)
                           : served;
    people->waits[d][c][g] -= served;
    people->n_waits[d] -= served;
    people->out->admitted[cell] += (double)admitted;
    people->out->refused[cell] += (double)(served - admitted);
    people->out->waiting[cell] += (double)people->waits[d][c][g];
    people_to_pool(people, c, g, served - admitted);
    return admitted;
}

static void people_serve(struct people *people, uint32_t d)
{
    const struct exodus_setting *setting = people->setting;
    int64_t served[EXODUS_CLASSES_MOST][PEOPLE_GROUPS], flight = 0;
    people->dislike[d] = 1;
    if (people->n_waits[d] == 0) {
        return;
    }
    people_take(people, d, served);
    for (uint32_t c = 0; c < people->model->n_classes; c++) {
        for (uint32_t r = 0; r < people->model->n_regions; r++) {
            flight += people_serve_group(people, d, c, r, served[c][r]);
        }
        people->traffic[d] +=
            people_serve_group(people, d, c, PEOPLE_TRAFFIC_GROUP, served[c][PEOPLE_TRAFFIC_GROUP]);
    }
    int64_t returns = people_part(people, PEOPLE_RETURN, d, flight, setting->returns);
    people->goes_back[d] += returns;
    people->stays[d] += flight - returns;
    if (people->n_waits[d] > 0) {
        people->dislike[d] =
            steady_exp(-setting->wait_dislike * (double)people->n_waits[d] / setting->capacity[d]);
    }
}

/* ---- The evening ---- */

static void people_pool(struct people *people, uint32_t c)
{
    size_t by_class = people->day * people->model->n_classes + c;
    int64_t all = 0, late = 0;
    bool open = false;
    for (uint32_t d = 0; d < people->model->n_doors; d++) {
        open = open || people_open(people, d, c);
    }
    for (uint32_t r = 0; r < people->model->n_regions; r++) {
        int64_t *ages = people->pool[c][r];
        ages[EXODUS_AGES - 1] += ages[EXODUS_AGES - 2];
        for (int age = EXODUS_AGES - 2; age > 0; age--) {
            ages[age] = ages[age - 1];
        }
        ages[0] = people->fresh[c][r];
        people->fresh[c][r] = 0;
        for (int age = 0; age < EXODUS_AGES; age++) {
            all += ages[age];
        }
        late += ages[EXODUS_AGES - 1];
    }
    people->out->pool[by_class] = (double)all;
    people->out->stranded[by_class] = open ? 0 : (double)late;
}

static void people_day(struct people *people)
{
    const struct exodus_model *model = people->model;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        people_exits(people, d);
        for (uint32_t c = 0; c < model->n_classes; c++) {
            people_leave(people, d, c);
        }
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        for (uint32_t r = 0; r < model->n_regions; r++) {
            people_decide(people, c, r);
            people_set_out(people, c, r);
        }
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        size_t at = (size_t)people->day * model->n_doors + d;
        for (uint32_t c = 0; c < model->n_classes; c++) {
            people_traffic(people, d, c);
        }
        people_serve(people, d);
        people->out->present[EXODUS_TRAFFIC][at] = (double)people->traffic[d];
        people->out->present[EXODUS_FLIGHT][at] = (double)(people->goes_back[d] + people->stays[d]);
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        people_pool(people, c);
    }
}

/* What is added up in the course of a day begins at 0. */
static void people_clear(const struct exodus_model *model, const struct exodus_result *out)
{
    size_t cells = (size_t)model->n_days * model->n_doors * model->n_classes * EXODUS_KINDS;
    size_t by_class = (size_t)model->n_days * model->n_classes;
    double *of_cells[] = {out->asked, out->admitted, out->refused, out->gave_up, out->waiting};
    double *of_classes[] = {out->set_out, out->deterred, out->stopped};
    for (size_t i = 0; i < sizeof of_cells / sizeof of_cells[0]; i++) {
        memset(of_cells[i], 0, cells * sizeof(double));
    }
    for (size_t i = 0; i < sizeof of_classes / sizeof of_classes[0]; i++) {
        memset(of_classes[i], 0, by_class * sizeof(double));
    }
}

static double people_expected(const struct exodus_model *model,
                              const struct exodus_setting *setting)
{
    size_t cells = (size_t)model->n_days * model->n_doors * model->n_classes;
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        sum += setting->traffic[i];
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        sum += setting->stock[d];
    }
    for (uint32_t day = 0; day < model->n_days; day++) {
        sum += setting->departs[day];
    }
    return sum;
}

int exodus_people(struct arena *scratch, const struct exodus_model *model,
                  const struct exodus_setting *setting, const struct exodus_gates *gates,
                  uint64_t seed, struct exodus_result *out, struct ajar_err *err)
{
    struct people *people;
    double expected = people_expected(model, setting);
    if (!(expected <= PEOPLE_MOST)) {
        return err_set(err, E_FLOW_TOO_LARGE, "%.0f people; drawn are at most %.0f", expected,
                       PEOPLE_MOST);
    }
    TRY_NEW(people, scratch, 1, err);
    people_clear(model, out);
    *people = (struct people){
        .model = model, .setting = setting, .first_gates = gates->at, .out = out, .seed = seed};
    for (uint32_t d = 0; d < model->n_doors; d++) {
        people->traffic[d] = people_number(people, PEOPLE_STOCK, d, setting->stock[d]);
        people->dislike[d] = 1;
    }
    for (; people->day < model->n_days; people->day++) {
        people->gates = gates->at + (size_t)people->day * model->n_doors * model->n_classes;
        people_day(people);
    }
    return 0;
}
