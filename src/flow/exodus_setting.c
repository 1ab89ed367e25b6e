/* From a model and its parameters to what the engines use. */
#include <math.h>
#include <string.h>

#include "exodus.h"
#include "steady.h"

#define SETTING_LN2     0.69314718055994530942
#define SETTING_HORIZON 400 /* days of departures that sum to the whole flight */

static double part_of(double value)
{
    return !(value > 0) ? 0 : value < 1 ? value : 1;
}

/* Shares of the classes, the rest to one of them. */
static void setting_shares(const struct exodus_model *model, const struct exodus_value *const *of,
                           uint32_t rest, const double *params, double *shares)
{
    double sum = 0;
    for (uint32_t c = 0; c < model->n_classes; c++) {
        shares[c] = c == rest ? 0 : part_of(exodus_value_of(of[c], params));
        sum += shares[c];
    }
    for (uint32_t c = 0; sum > 1 && c < model->n_classes; c++) {
        shares[c] /= sum;
    }
    shares[rest] = sum < 1 ? 1 - sum : 0;
}

/* Weights of whole days at x = day + 1/2: x^(k - 1) e^(-x / theta), whose mode is (k - 1) theta and whose tail
 * halves in theta ln 2 days. */
static void setting_departs(const struct exodus_model *model, const double *params,
                            struct exodus_setting *out)
{
    double theta = fmax(exodus_value_of(&model->half_life_days, params), 0.1) / SETTING_LN2;
    double power = fmax(exodus_value_of(&model->peak_days, params), 0) / theta;
    double sum = 0, top = power > 0 ? power * steady_log(power * theta) - power : 0;
    date_days first = model->order - model->from;
    memset(out->departs, 0, model->n_days * sizeof *out->departs);
    for (date_days day = 0; day < SETTING_HORIZON; day++) {
        double x = (double)day + 0.5;
        double weight = steady_exp(power * steady_log(x) - x / theta - top);
        sum += weight;
        if (first + day >= 0 && first + day < (date_days)model->n_days) {
            out->departs[first + day] = weight;
        }
    }
    for (uint32_t day = 0; day < model->n_days; day++) {
        out->departs[day] *= out->flight / sum;
    }
}

static void setting_door(const struct exodus_model *model, uint32_t d, const double *params,
                         struct exodus_setting *out)
{
    const struct exodus_door *door = &model->doors[d];
    const struct exodus_value *of[EXODUS_CLASSES_MOST];
    double shares[EXODUS_CLASSES_MOST];
    double a_day = fmax(exodus_value_of(&door->traffic, params), 0) / 7;
    double capacity = exodus_value_of(&door->capacity, params);
    double pull = exodus_value_of(&door->pull, params);
    for (uint32_t c = 0; c < model->n_classes; c++) {
        of[c] = &door->traffic_class[c];
    }
    setting_shares(model, of, door->traffic_rest, params, shares);
    for (uint32_t day = 0; day < model->n_days; day++) {
        double lift = door->weekday[date_weekday(model->from + (date_days)day) - 1];
        double *row = &out->traffic[((size_t)day * model->n_doors + d) * model->n_classes];
        for (uint32_t c = 0; c < model->n_classes; c++) {
            row[c] = a_day * lift * shares[c];
        }
    }
    for (uint32_t r = 0; r < model->n_regions; r++) {
        double km = fmax(door->km[r], 1);
        out->weight[r * model->n_doors + d] =
            isfinite(km) ? steady_exp(pull - out->distance * steady_log(km)) : 0;
    }
    out->capacity[d] = capacity > 0 ? capacity : INFINITY;
    out->stock[d] = a_day / out->traffic_goes;
}

/* A chance a day whose mean wait is `days`. */
static double chance_of_days(double days)
{
    return 1 / fmax(days, 1);
}

void exodus_setting_fill(const struct exodus_model *model, const double *params,
                         struct exodus_setting *out)
{
    const struct exodus_value *of[EXODUS_CLASSES_MOST];
    out->flight = fmax(exodus_value_of(&model->flight, params), 0);
    out->distance = exodus_value_of(&model->distance, params);
    out->wait_dislike = fmax(exodus_value_of(&model->wait_dislike, params), 0);
    out->tries_shut = part_of(exodus_value_of(&model->tries_shut, params));
    out->decides = chance_of_days(exodus_value_of(&model->pool_days, params));
    out->gives_up = part_of(exodus_value_of(&model->gives_up, params));
    out->discretion = part_of(exodus_value_of(&model->discretion, params));
    out->queue_leaves = part_of(exodus_value_of(&model->queue_leaves, params));
    out->traffic_goes = chance_of_days(exodus_value_of(&model->traffic_stay_days, params));
    out->returns = part_of(exodus_value_of(&model->returns, params));
    out->flight_goes = chance_of_days(exodus_value_of(&model->flight_stay_days, params));
    out->onward = part_of(exodus_value_of(&model->onward, params));
    for (uint32_t c = 0; c < model->n_classes; c++) {
        of[c] = &model->classes[c].flight;
    }
    setting_shares(model, of, model->flight_rest, params, out->class_of);
    setting_departs(model, params, out);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        setting_door(model, d, params, out);
    }
}

int exodus_setting_make(struct arena *arena, const struct exodus_model *model, const double *params,
                        struct exodus_setting *out, struct ajar_err *err)
{
    struct exodus_setting made = {0};
    size_t doors = model->n_doors;
    TRY_NEW(made.departs, arena, model->n_days, err);
    TRY_NEW(made.class_of, arena, model->n_classes, err);
    TRY_NEW(made.traffic, arena, model->n_days * doors * model->n_classes, err);
    TRY_NEW(made.weight, arena, model->n_regions * doors, err);
    TRY_NEW(made.capacity, arena, doors, err);
    TRY_NEW(made.stock, arena, doors, err);
    exodus_setting_fill(model, params, &made);
    *out = made;
    return 0;
}

int exodus_result_new(struct arena *arena, const struct exodus_model *model,
                      struct exodus_result *out, struct ajar_err *err)
{
    struct exodus_result made = {0};
    size_t by_door = (size_t)model->n_days * model->n_doors;
    size_t cells = by_door * model->n_classes * EXODUS_KINDS;
    size_t by_class = (size_t)model->n_days * model->n_classes;
    double **of_cells[] = {&made.asked, &made.admitted, &made.refused, &made.gave_up,
                           &made.waiting};
    double **of_doors[] = {&made.exits[EXODUS_TRAFFIC], &made.exits[EXODUS_FLIGHT], &made.onward,
                           &made.present[EXODUS_TRAFFIC], &made.present[EXODUS_FLIGHT]};
    double **of_classes[] = {&made.set_out, &made.deterred, &made.stopped, &made.pool,
                             &made.stranded};
    for (size_t i = 0; i < 5; i++) {
        TRY_NEW(*of_cells[i], arena, cells, err);
        TRY_NEW(*of_doors[i], arena, by_door, err);
        TRY_NEW(*of_classes[i], arena, by_class, err);
    }
    *out = made;
    return 0;
}

void exodus_gates_edit(const struct exodus_model *model, const struct exodus_what_if *what_if,
                       uint8_t *at)
{
    for (size_t e = 0; e < what_if->n_edits; e++) {
        const struct exodus_edit *edit = &what_if->edits[e];
        for (uint32_t day = 0; edit->law.n == 0 && day < model->n_days; day++) {
            date_days on = model->from + (date_days)day;
            bool holds = on >= edit->from && on <= edit->to;
            for (uint32_t d = 0; holds && d < model->n_doors; d++) {
                for (uint32_t c = 0; (edit->doors >> d & 1) != 0 && c < model->n_classes; c++) {
                    if ((edit->classes >> c & 1) != 0) {
                        at[((size_t)day * model->n_doors + d) * model->n_classes + c] =
                            (uint8_t)edit->gate;
                    }
                }
            }
        }
    }
}
