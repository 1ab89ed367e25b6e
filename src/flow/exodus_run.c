/* The mean field: expected numbers, day by day.  exodus.h has the order of a day. */
#include <math.h>
#include <string.h>

#include "exodus.h"
#include "steady.h"

struct run_state {
    const struct exodus_model *model;
    const struct exodus_setting *setting;
    const uint8_t *first_gates, *gates; /* [door * n_classes + class] of the first day, of today */
    struct exodus_result *out;
    uint32_t day;
    double traffic[EXODUS_DOORS_MOST], goes_back[EXODUS_DOORS_MOST], stays[EXODUS_DOORS_MOST];
    double wait_traffic[EXODUS_DOORS_MOST][EXODUS_CLASSES_MOST];
    double wait_flight[EXODUS_DOORS_MOST][EXODUS_CLASSES_MOST][EXODUS_REGIONS_MOST];
    double dislike[EXODUS_DOORS_MOST]; /* factor of today's waiting on a door's weight */
    double pool[EXODUS_CLASSES_MOST][EXODUS_REGIONS_MOST][EXODUS_AGES];
    double fresh[EXODUS_CLASSES_MOST][EXODUS_REGIONS_MOST]; /* comes into the pool today */
};

static uint8_t gate_of(const struct run_state *state, uint32_t door, uint32_t class)
{
    return state->gates[door * state->model->n_classes + class];
}

static bool is_open(const struct run_state *state, uint32_t door, uint32_t class)
{
    return exodus_passes(gate_of(state, door, class));
}

static size_t cell_of(const struct run_state *state, uint32_t door, uint32_t class,
                      enum exodus_kind kind)
{
    return exodus_cell(state->model, state->day, door, class, kind);
}

/* ---- 1. Exits ---- */

static void run_exits(struct run_state *state, uint32_t d)
{
    const struct exodus_setting *setting = state->setting;
    size_t at = (size_t)state->day * state->model->n_doors + d;
    double back = state->traffic[d] * setting->traffic_goes;
    double home = state->goes_back[d] * setting->flight_goes;
    double onward = state->stays[d] * setting->onward;
    state->traffic[d] -= back;
    state->goes_back[d] -= home;
    state->stays[d] -= onward;
    state->out->exits[EXODUS_TRAFFIC][at] = back;
    state->out->exits[EXODUS_FLIGHT][at] = home;
    state->out->onward[at] = onward;
}

/* ---- 2. Queues ---- */

/* Who waits for a shut door is refused; of the others a part gives up. */
static void run_leave(struct run_state *state, uint32_t d, uint32_t c)
{
    bool open = is_open(state, d, c);
    double part = open ? state->setting->queue_leaves : 1;
    double *into = open ? state->out->gave_up : state->out->refused;
    double gone = state->wait_traffic[d][c] * part;
    state->wait_traffic[d][c] -= gone;
    into[cell_of(state, d, c, EXODUS_TRAFFIC)] += gone;
    gone = 0;
    for (uint32_t r = 0; r < state->model->n_regions; r++) {
        double leaves = state->wait_flight[d][c][r] * part;
        state->wait_flight[d][c][r] -= leaves;
        state->fresh[c][r] += leaves;
        gone += leaves;
    }
    into[cell_of(state, d, c, EXODUS_FLIGHT)] += gone;
}

/* ---- 3. and 4. Flight chooses ---- */

static void run_ask(struct run_state *state, uint32_t d, uint32_t c, uint32_t r, double people)
{
    state->wait_flight[d][c][r] += people;
    state->out->asked[cell_of(state, d, c, EXODUS_FLIGHT)] += people;
}

/* Weights of the doors that count; their sum. */
static double run_weights(const struct run_state *state, uint32_t c, uint32_t r, bool known_shut,
                          double weights[EXODUS_DOORS_MOST])
{
    const struct exodus_model *model = state->model;
    double sum = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        bool counts = is_open(state, d, c) ||
                      (!known_shut && exodus_passes(state->first_gates[d * model->n_classes + c]));
        weights[d] =
            counts ? state->setting->weight[r * model->n_doors + d] * state->dislike[d] : 0;
        sum += weights[d];
    }
    return sum;
}

static void run_decide(struct run_state *state, uint32_t c, uint32_t r)
{
    const struct exodus_setting *setting = state->setting;
    double weights[EXODUS_DOORS_MOST], people = 0;
    for (int age = 0; age < EXODUS_AGES; age++) {
        people += state->pool[c][r][age];
    }
    if (people <= 0) {
        return;
    }
    double sum = run_weights(state, c, r, true, weights);
    double deciding = people * setting->decides, stops = deciding * setting->gives_up;
    double leaves = sum > 0 ? deciding : stops;
    for (int age = 0; age < EXODUS_AGES; age++) {
        state->pool[c][r][age] *= 1 - leaves / people;
    }
    state->out->stopped[state->day * state->model->n_classes + c] += stops;
    for (uint32_t d = 0; sum > 0 && d < state->model->n_doors; d++) {
        if (weights[d] > 0) {
            run_ask(state, d, c, r, (deciding - stops) * weights[d] / sum);
        }
    }
}

static void run_set_out(struct run_state *state, uint32_t c, uint32_t r)
{
    const struct exodus_setting *setting = state->setting;
    const struct exodus_model *model = state->model;
    size_t by_class = state->day * model->n_classes + c;
    double people = setting->departs[state->day] * model->regions[r].weight * setting->class_of[c];
    double weights[EXODUS_DOORS_MOST];
    if (people <= 0) {
        return;
    }
    double sum = run_weights(state, c, r, false, weights), deterred = sum > 0 ? 0 : people;
    state->out->set_out[by_class] += people;
    for (uint32_t d = 0; sum > 0 && d < model->n_doors; d++) {
        double choose = people * weights[d] / sum;
        if (choose <= 0) {
            continue;
        }
        if (is_open(state, d, c)) {
            run_ask(state, d, c, r, choose);
            continue;
        }
        double asks = choose * setting->tries_shut;
        state->out->asked[cell_of(state, d, c, EXODUS_FLIGHT)] += asks;
        state->out->refused[cell_of(state, d, c, EXODUS_FLIGHT)] += asks;
        state->fresh[c][r] += asks;
        deterred += choose - asks;
    }
    state->fresh[c][r] += deterred;
    state->out->deterred[by_class] += deterred;
}

/* ---- 5. Traffic ---- */

static void run_traffic(struct run_state *state, uint32_t d, uint32_t c)
{
    const struct exodus_model *model = state->model;
    size_t cell = cell_of(state, d, c, EXODUS_TRAFFIC);
    double people =
        state->setting->traffic[((size_t)state->day * model->n_doors + d) * model->n_classes + c];
    if (is_open(state, d, c)) {
        state->wait_traffic[d][c] += people;
        state->out->asked[cell] += people;
        return;
    }
    people *= state->setting->tries_shut;
    state->out->asked[cell] += people;
    state->out->refused[cell] += people;
}

/* ---- 6. The door serves ---- */

static double run_waiting(const struct run_state *state, uint32_t d)
{
    double sum = 0;
    for (uint32_t c = 0; c < state->model->n_classes; c++) {
        sum += state->wait_traffic[d][c];
        for (uint32_t r = 0; r < state->model->n_regions; r++) {
            sum += state->wait_flight[d][c][r];
        }
    }
    return sum;
}

static void run_serve_flight(struct run_state *state, uint32_t d, uint32_t c, double part,
                             double admitted)
{
    size_t cell = cell_of(state, d, c, EXODUS_FLIGHT);
    double served = 0, waits = 0;
    for (uint32_t r = 0; r < state->model->n_regions; r++) {
        double some = state->wait_flight[d][c][r] * part;
        state->wait_flight[d][c][r] -= some;
        state->fresh[c][r] += some * (1 - admitted);
        served += some;
        waits += state->wait_flight[d][c][r];
    }
    state->out->admitted[cell] = served * admitted;
    state->out->refused[cell] += served * (1 - admitted);
    state->out->waiting[cell] = waits;
    state->goes_back[d] += served * admitted * state->setting->returns;
    state->stays[d] += served * admitted * (1 - state->setting->returns);
}

static void run_serve(struct run_state *state, uint32_t d)
{
    const struct exodus_setting *setting = state->setting;
    double waiting = run_waiting(state, d);
    double part = waiting > setting->capacity[d] ? setting->capacity[d] / waiting : 1;
    for (uint32_t c = 0; c < state->model->n_classes; c++) {
        size_t cell = cell_of(state, d, c, EXODUS_TRAFFIC);
        double admitted = gate_of(state, d, c) == GATE_DISCRETION ? setting->discretion : 1;
        double served = state->wait_traffic[d][c] * part;
        state->wait_traffic[d][c] -= served;
        state->out->admitted[cell] = served * admitted;
        state->out->refused[cell] += served * (1 - admitted);
        state->out->waiting[cell] = state->wait_traffic[d][c];
        state->traffic[d] += served * admitted;
        run_serve_flight(state, d, c, part, admitted);
    }
    state->dislike[d] =
        isfinite(setting->capacity[d])
            ? steady_exp(-setting->wait_dislike * waiting * (1 - part) / setting->capacity[d])
            : 1;
}

/* ---- The evening ---- */

static void run_pool(struct run_state *state, uint32_t c)
{
    size_t by_class = state->day * state->model->n_classes + c;
    double all = 0, late = 0;
    bool open = false;
    for (uint32_t d = 0; d < state->model->n_doors; d++) {
        open = open || is_open(state, d, c);
    }
    for (uint32_t r = 0; r < state->model->n_regions; r++) {
        double *ages = state->pool[c][r];
        ages[EXODUS_AGES - 1] += ages[EXODUS_AGES - 2];
        for (int age = EXODUS_AGES - 2; age > 0; age--) {
            ages[age] = ages[age - 1];
        }
        ages[0] = state->fresh[c][r];
        state->fresh[c][r] = 0;
        for (int age = 0; age < EXODUS_AGES; age++) {
            all += ages[age];
        }
        late += ages[EXODUS_AGES - 1];
    }
    state->out->pool[by_class] = all;
    state->out->stranded[by_class] = open ? 0 : late;
}

/* What is added up in the course of a day begins at 0. */
static void run_clear(const struct run_state *state)
{
    const struct exodus_model *model = state->model;
    size_t cells = (size_t)model->n_doors * model->n_classes * EXODUS_KINDS;
    size_t at = (size_t)state->day * cells, by_class = (size_t)state->day * model->n_classes;
    memset(state->out->asked + at, 0, cells * sizeof(double));
    memset(state->out->refused + at, 0, cells * sizeof(double));
    memset(state->out->gave_up + at, 0, cells * sizeof(double));
    memset(state->out->set_out + by_class, 0, model->n_classes * sizeof(double));
    memset(state->out->deterred + by_class, 0, model->n_classes * sizeof(double));
    memset(state->out->stopped + by_class, 0, model->n_classes * sizeof(double));
}

static void run_day(struct run_state *state)
{
    const struct exodus_model *model = state->model;
    run_clear(state);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        run_exits(state, d);
        for (uint32_t c = 0; c < model->n_classes; c++) {
            run_leave(state, d, c);
        }
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        for (uint32_t r = 0; r < model->n_regions; r++) {
            run_decide(state, c, r);
            run_set_out(state, c, r);
        }
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        size_t at = (size_t)state->day * model->n_doors + d;
        for (uint32_t c = 0; c < model->n_classes; c++) {
            run_traffic(state, d, c);
        }
        run_serve(state, d);
        state->out->present[EXODUS_TRAFFIC][at] = state->traffic[d];
        state->out->present[EXODUS_FLIGHT][at] = state->goes_back[d] + state->stays[d];
    }
    for (uint32_t c = 0; c < model->n_classes; c++) {
        run_pool(state, c);
    }
}

void exodus_run(const struct exodus_model *model, const struct exodus_setting *setting,
                const struct exodus_gates *gates, uint32_t n_days, struct exodus_result *out)
{
    struct run_state state = {
        .model = model, .setting = setting, .first_gates = gates->at, .out = out};
    for (uint32_t d = 0; d < model->n_doors; d++) {
        state.traffic[d] = setting->stock[d];
        state.dislike[d] = 1;
    }
    for (state.day = 0; state.day < n_days && state.day < model->n_days; state.day++) {
        state.gates = gates->at + (size_t)state.day * model->n_doors * model->n_classes;
        run_day(&state);
    }
}
