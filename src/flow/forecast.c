#include "forecast.h"

#include <math.h>

#include "steady.h"

const struct forecast_horizon forecast_horizons[FORECAST_HORIZONS] = {
    {7, 4, 11}, {30, 15, 45}, {90, 75, 105}};

static double rise(const struct flow_register *one, double from, double days)
{
    double now = flow_register_at(one, from), before = flow_register_at(one, from - days);
    return (now - before) / days;
}

/* Rise of a sum, in proportion to `part` of it. */
static double rise_of_sum(double now, double before, double days, double part)
{
    return now > 0 ? (now - before) / days / now * part : 0;
}

static double total_at(const struct flow_registers *known, double day)
{
    double sum = 0;
    for (size_t i = known->n; i < known->n + known->n_total; i++) {
        sum += flow_register_at(&known->at[i], day);
    }
    return sum;
}

static double rise_last(const struct flow_register *one)
{
    if (one->n < 2) {
        return 0;
    }
    const struct flow_point *a = &one->at[one->n - 2], *b = &one->at[one->n - 1];
    return (b->count - a->count) / ((double)b->day - a->day);
}

/* Sums over all registers today and some days before. */
struct forecast_sums {
    double camps[3], total[3]; /* today, 30 and 90 days ago */
};

static void fill_state(const struct flow_register *one, const struct forecast_sums *sums,
                       int32_t today, struct forecast_state *out)
{
    double last = one->at[one->n - 1].count, day = one->at[one->n - 1].day;
    *out = (struct forecast_state){.camp = one->camp,
                                   .part = one->part,
                                   .last_day = one->at[one->n - 1].day,
                                   .last = last,
                                   .sum = sums->camps[0]};
    out->rises[RISE_OWN14] = rise(one, day, 14);
    out->rises[RISE_OWN30] = rise(one, day, 30);
    out->rises[RISE_OWN90] = rise(one, day, 90);
    out->rises[RISE_LAST] = rise_last(one);
    out->rises[RISE_CAMPS30] = rise_of_sum(sums->camps[0], sums->camps[1], 30, last);
    out->rises[RISE_CAMPS90] = rise_of_sum(sums->camps[0], sums->camps[2], 90, last);
    out->rises[RISE_TOTAL30] = rise_of_sum(sums->total[0], sums->total[1], 30, last);
    out->rises[RISE_TOTAL90] = rise_of_sum(sums->total[0], sums->total[2], 90, last);
    out->rises[RISE_AGE] = today > -30 ? last / (today + 30.0) : 0;
}

int forecast_states(struct arena *arena, const struct flow_registers *known, int32_t today,
                    struct forecast_state **out, size_t *n, struct ajar_err *err)
{
    static const double ago[3] = {0, 30, 90};
    struct forecast_sums sums;
    struct forecast_state *made;
    TRY_NEW(made, arena, known->n, err);
    for (int i = 0; i < 3; i++) {
        sums.camps[i] = flow_registers_sum(known, today - ago[i]);
        sums.total[i] = total_at(known, today - ago[i]);
    }
    for (size_t i = 0; i < known->n; i++) {
        fill_state(&known->at[i], &sums, today, &made[i]);
    }
    *out = made;
    *n = known->n;
    return 0;
}

/* The smallest of rises that all point one way; else 0. */
static double agreement(const struct forecast_trend *trend, const struct forecast_state *state)
{
    double least = trend->n > 0 ? state->rises[trend->rises[0]] : 0;
    for (int i = 1; i < trend->n; i++) {
        double next = state->rises[trend->rises[i]];
        if (least * next <= 0) {
            return 0;
        }
        least = fabs(next) < fabs(least) ? next : least;
    }
    return least;
}

/* A report dated ahead of its time is not carried on. */
static double lead_of(const struct forecast_state *state, int32_t day)
{
    return day > state->last_day ? (double)day - state->last_day : 0;
}

double forecast_count(const struct forecast_rule *rule, const struct forecast_state *state,
                      int32_t day)
{
    double a_day = 0, most = FORECAST_MOVE_MOST * state->last;
    for (int i = 0; i < rule->n_trends; i++) {
        a_day += rule->trends[i].weight * agreement(&rule->trends[i], state);
    }
    double lead = lead_of(state, day);
    double move = a_day * rule->memory * (1 - steady_exp(-lead / rule->memory));
    move = move > most ? most : move < -most ? -most : move;
    return state->last + move;
}

double forecast_unit(const struct forecast_band *band, const struct forecast_state *state,
                     int32_t day)
{
    double lead = lead_of(state, day);
    double unit = state->last + band->of_sum * state->sum +
                  band->of_move * (fabs(state->rises[RISE_OWN30]) * lead);
    return unit > 1 ? unit : 1;
}

static int horizon_of(int32_t lead)
{
    int best = 0;
    for (int h = 1; h < FORECAST_HORIZONS; h++) {
        double ratio = (double)lead / forecast_horizons[h].days,
               before = (double)lead / forecast_horizons[h - 1].days;
        best = ratio * before > 1 ? h : best;
    }
    return best;
}

struct forecast_value forecast_day(const struct forecast_model *model,
                                   const struct forecast_state *state, int32_t today, int32_t day)
{
    int h = horizon_of(day - today);
    const struct forecast_band *band = &model->bands[h];
    double value = forecast_count(&model->rules[h], state, day);
    double unit = forecast_unit(band, state, day);
    double low = value + band->low * unit, high = value + band->high * unit;
    return (struct forecast_value){value, low > 0 ? low : 0, high > 0 ? high : 0};
}
