/* Everything that is worked out from what was known on a day, as bytes to be compared: plans by both rules,
 * series, registers, forecasts.  An error is its text. */
#ifndef TEST_FLOW_KNOWN_BYTES_H
#define TEST_FLOW_KNOWN_BYTES_H

#include "forecast_table.h"
#include "known.h"
#include "plan.h"
#include "unit.h"

static inline struct flow_world known_on(struct arena *at, const struct flow_world *world,
                                         date_days on, int32_t lag)
{
    struct flow_world known;
    struct ajar_err err = {0};
    if (flow_known(at, world, on, lag, &known, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return known;
}

#define PUT(buf, list, n) buf_bytes((buf), (list), (size_t)(n) * sizeof *(list))

static inline void put_plan(struct buf *buf, const struct flow_plan *plan)
{
    size_t links = (size_t)plan->n_days * plan->n_links,
           places = (size_t)plan->n_days * plan->n_places;
    PUT(buf, &plan->n_links, 1);
    PUT(buf, plan->first, plan->n_places + 1);
    PUT(buf, plan->from, plan->n_links);
    PUT(buf, plan->to, plan->n_links);
    PUT(buf, plan->km, plan->n_links);
    PUT(buf, plan->order, plan->n_places);
    PUT(buf, plan->open, links);
    if (plan->forced != NULL) {
        PUT(buf, plan->forced, links);
    }
    PUT(buf, plan->last_closed, links);
    PUT(buf, plan->type, places);
    PUT(buf, plan->intensity, places);
    PUT(buf, plan->since, places);
    PUT(buf, plan->movechance, places);
    PUT(buf, plan->spawn_weight, places);
    PUT(buf, plan->spawn, plan->n_days);
    PUT(buf, plan->day0, plan->n_places);
    PUT(buf, plan->capacity, plan->n_places);
    PUT(buf, plan->foreign, plan->n_places);
    PUT(buf, plan->marker, plan->n_places);
}

static inline void put_plans(struct arena *at, struct buf *buf, const struct flow_world *known)
{
    for (int own = 0; own < 2; own++) {
        struct flow_params params = flow_params_validation();
        struct flow_plan plan;
        struct ajar_err err = {0};
        params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        int code = flow_plan_make(at, known, &params, DATE_NONE, &plan, &err);
        buf_printf(buf, "%s\n", err.text);
        if (code == 0) {
            put_plan(buf, &plan);
        }
    }
}

/* The camps of which anything was known, by place: their numbers are given by all reports. */
static inline void put_camps(struct buf *buf, const struct flow_world *known,
                             const struct flow_series *series)
{
    for (uint32_t p = 0; p < known->n_places; p++) {
        for (size_t c = 0; c < known->n_camps; c++) {
            if (known->camps[c] == p && flow_counted(known, p)) {
                PUT(buf, &p, 1);
                PUT(buf, series->at + c * (size_t)series->n_days, series->n_days);
            }
        }
    }
}

static inline void put_series(struct arena *at, struct buf *buf, const struct flow_world *known)
{
    for (int i = 0; i < 2; i++) {
        struct flow_series series;
        struct ajar_err err = {0};
        int code = i == 0 ? flow_series_flee(at, known, 7, &series, &err)
                          : flow_series_dated(at, known, &series, &err);
        buf_printf(buf, "%s\n", err.text);
        if (code == 0) {
            put_camps(buf, known, &series);
            PUT(buf, series.total, series.n_days);
            PUT(buf, series.reported, series.n_days);
        }
    }
}

static inline size_t put_forecast(struct arena *at, struct buf *buf, const struct flow_world *known,
                                  int32_t today)
{
    size_t n = 0;
    for (int corrected = 0; corrected < 2; corrected++) {
        struct flow_registers registers;
        struct forecast_state *states;
        assert_int_equal(flow_registers_make(at, known, corrected != 0, &registers, NULL), 0);
        for (size_t i = 0; i < registers.n + registers.n_total; i++) {
            uint32_t camp = registers.at[i].camp;
            uint32_t place = camp == FLOW_NONE ? FLOW_NONE : known->camps[camp];
            PUT(buf, &place, 1);
            PUT(buf, &registers.at[i].part, 1);
            PUT(buf, registers.at[i].at, registers.at[i].n);
        }
        assert_int_equal(forecast_states(at, &registers, today, &states, &n, NULL), 0);
        for (size_t i = 0; i < n * FORECAST_HORIZONS; i++) {
            int32_t day = today + forecast_horizons[i % FORECAST_HORIZONS].days;
            struct forecast_value value = forecast_day(forecast_fitted(known->title),
                                                       &states[i / FORECAST_HORIZONS], today, day);
            PUT(buf, &value, 1);
        }
    }
    return n;
}

/* How many registers are forecast. */
static inline size_t put_all(struct buf *buf, const struct flow_world *world, date_days on,
                             int32_t lag)
{
    struct arena scratch;
    arena_init(&scratch, "scratch", (size_t)1 << 30);
    struct flow_world known = known_on(&scratch, world, on, lag);
    buf_init(buf, (size_t)1 << 30);
    put_plans(&scratch, buf, &known);
    put_series(&scratch, buf, &known);
    size_t n = put_forecast(&scratch, buf, &known, on - world->start);
    assert_int_equal(buf_ok(buf, NULL), 0);
    arena_free(&scratch);
    return n;
}

static inline bool same_all(const struct flow_world *one, const struct flow_world *two,
                            date_days on, int32_t lag)
{
    struct buf a, b;
    size_t n = put_all(&a, one, on, lag);
    bool same = put_all(&b, two, on, lag) == n && text_eq(buf_view(&a), buf_view(&b));
    buf_free(&a);
    buf_free(&b);
    return same;
}

#endif
