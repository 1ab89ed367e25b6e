#include "exodus_rows.h"

#include <math.h>

int exodus_totals_new(struct arena *arena, const struct exodus_model *model,
                      struct exodus_totals *out, struct ajar_err *err)
{
    struct exodus_totals made = {0};
    size_t n = (size_t)model->n_days * model->n_doors;
    for (int kind = 0; kind < EXODUS_KINDS; kind++) {
        TRY_NEW(made.entries[kind], arena, n, err);
        TRY_NEW(made.refused[kind], arena, n, err);
        TRY_NEW(made.gave_up[kind], arena, n, err);
        TRY_NEW(made.waiting[kind], arena, n, err);
    }
    *out = made;
    return 0;
}

void exodus_totals_of(const struct exodus_model *model, const struct exodus_setting *setting,
                      const struct exodus_result *result, uint32_t n_days,
                      struct exodus_totals *totals)
{
    size_t n = (size_t)n_days * model->n_doors;
    for (int kind = 0; kind < EXODUS_KINDS; kind++) {
        for (size_t at = 0; at < n; at++) {
            double entries = 0, refused = 0, gave_up = 0, waiting = 0;
            for (size_t c = 0; c < model->n_classes; c++) {
                size_t cell = (at * model->n_classes + c) * EXODUS_KINDS + (size_t)kind;
                entries += result->admitted[cell];
                refused += result->refused[cell];
                gave_up += result->gave_up[cell];
                waiting += result->waiting[cell];
            }
            totals->entries[kind][at] = entries;
            totals->refused[kind][at] = refused;
            totals->gave_up[kind][at] = gave_up;
            totals->waiting[kind][at] = waiting;
        }
        totals->exits[kind] = result->exits[kind];
        totals->present[kind] = result->present[kind];
    }
    totals->onward = result->onward;
    totals->traffic_goes = setting->traffic_goes;
}

/* ---- What a row asks ---- */

struct row_measure {
    const char *word;
    enum exodus_count count;
    bool daily, all; /* a mean a day; of all nationalities */
};

static const struct row_measure row_measures[] = {
    {"entries_rus", EXODUS_ENTRIES, false, false},
    {"entries_all", EXODUS_ENTRIES, false, true},
    {"entries_rus_daily", EXODUS_ENTRIES, true, false},
    {"entries_rus_daily_peak", EXODUS_PEAK, false, false},
    {"exits_rus", EXODUS_EXITS, false, false},
    {"exits_all", EXODUS_EXITS, false, true},
    {"refused_rus", EXODUS_REFUSED, false, false},
    {"refused_all", EXODUS_REFUSED, false, true},
    {"gave_up_rus", EXODUS_GAVE_UP, false, false},
    {"waiting_rus", EXODUS_WAITING, false, false},
    {"crossings_both_rus", EXODUS_BOTH, false, false},
    {"crossings_both", EXODUS_BOTH, false, true},
    {"net_rus", EXODUS_NET, false, false},
    {"stay_rus", EXODUS_PRESENT, false, false},
    {"stay_flight_rus", EXODUS_STAYED, false, false},
};

static const struct row_measure *row_measure_of(struct text word)
{
    for (size_t i = 0; i < sizeof row_measures / sizeof *row_measures; i++) {
        if (text_is(word, row_measures[i].word)) {
            return &row_measures[i];
        }
    }
    return NULL;
}

/* Whether the country has a door at all, or is a sum of doors. */
static bool row_country(const struct exodus_model *model, struct text country)
{
    for (uint32_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *door = &model->doors[d];
        if (text_eq(door->country, country)) {
            return true;
        }
        for (size_t i = 0; i < door->n_routes; i++) {
            if (text_eq(door->routes[i].country, country)) {
                return true;
            }
        }
    }
    return text_is(country, "ALL");
}

static size_t row_route(const struct exodus_door *door, const struct exodus_row *row)
{
    size_t i = 0;
    while (i < door->n_routes && !(text_eq(door->routes[i].country, row->country) &&
                                   text_eq(door->routes[i].route, row->route))) {
        i++;
    }
    return i;
}

static bool row_doors(const struct exodus_model *model, const struct exodus_row *row, bool all,
                      struct exodus_probe *probe)
{
    bool whole = text_is(row->route, "all"), any = false;
    bool everywhere = whole && text_is(row->country, "ALL");
    for (uint32_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *door = &model->doors[d];
        size_t route = row_route(door, row);
        double most = all ? 1 / door->russians : 1;
        if (!everywhere && route < door->n_routes) {
            probe->route[d] = (uint32_t)route + 1;
            probe->share[d][EXODUS_TRAFFIC] = most * door->routes[route].share[EXODUS_TRAFFIC];
            probe->share[d][EXODUS_FLIGHT] = most * door->routes[route].share[EXODUS_FLIGHT];
            any = true;
        } else if (everywhere || (whole && text_eq(door->country, row->country))) {
            probe->share[d][EXODUS_TRAFFIC] = probe->share[d][EXODUS_FLIGHT] = most;
            any = true;
        }
    }
    return any;
}

static const char *row_days(const struct exodus_model *model, const struct exodus_row *row,
                            const struct row_measure *measure)
{
    if (row->from > row->to) {
        return "its last day is before its first";
    }
    if (row->from < model->from || row->to >= model->from + (date_days)model->n_days) {
        return "its days are not all inside the run";
    }
    if (measure->count == EXODUS_PRESENT && row->from == row->to) {
        return "all who were present on a day: who came before the run is not known";
    }
    if (measure->count == EXODUS_PRESENT && row->from > model->order) {
        return "who came since a day after the order and is still there is not followed";
    }
    return NULL;
}

bool exodus_probe_make(const struct exodus_model *model, const struct exodus_row *row,
                       struct exodus_probe *out, const char **why)
{
    const struct row_measure *measure = row_measure_of(row->measure);
    struct exodus_probe probe = {0};
    *why = measure == NULL ? "the model has no such measure" : row_days(model, row, measure);
    if (*why == NULL && !row_country(model, row->country)) {
        *why = "no door of the model leads there";
    }
    if (*why == NULL && !row_doors(model, row, measure->all, &probe)) {
        *why = "no door of the model says what part takes this route";
    }
    if (*why != NULL) {
        return false;
    }
    probe.count = measure->count;
    probe.first = (uint32_t)(row->from - model->from);
    probe.last = (uint32_t)(row->to - model->from);
    probe.first_part = row->first_part;
    probe.last_part = row->from == row->to ? 1 : row->last_part;
    probe.factor = measure->daily ? 1 / ((double)(row->to - row->from) + 1) : 1;
    *out = probe;
    return true;
}

/* ---- The answer ---- */

static double probe_share(const struct exodus_probe *probe, uint32_t d, int kind,
                          const double *lift)
{
    double share = probe->share[d][kind];
    if (lift != NULL && probe->route[d] != 0) {
        share *= lift[d * EXODUS_ROUTES_MOST + probe->route[d] - 1];
    }
    return share;
}

/* Of one day and door. */
static double probe_count(const struct exodus_totals *totals, enum exodus_count count, size_t at,
                          int kind)
{
    double in = totals->entries[kind][at], out = totals->exits[kind][at];
    switch (count) {
    case EXODUS_EXITS:
        return out;
    case EXODUS_REFUSED:
        return totals->refused[kind][at];
    case EXODUS_GAVE_UP:
        return totals->gave_up[kind][at];
    case EXODUS_WAITING:
        return totals->waiting[kind][at];
    case EXODUS_BOTH:
        return in + out;
    case EXODUS_NET:
        return in - out;
    case EXODUS_STAYED:
        return kind == EXODUS_FLIGHT ? totals->present[kind][at] : 0;
    case EXODUS_ENTRIES:
    case EXODUS_PEAK:
    case EXODUS_PRESENT:
        break;
    }
    return in;
}

static double probe_day(const struct exodus_model *model, const struct exodus_totals *totals,
                        const struct exodus_probe *probe, const double *lift, uint32_t day)
{
    double sum = 0;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        for (int kind = 0; kind < EXODUS_KINDS; kind++) {
            double share = probe_share(probe, d, kind, lift);
            if (share > 0) {
                size_t at = (size_t)day * model->n_doors + d;
                sum += share * probe_count(totals, probe->count, at, kind);
            }
        }
    }
    return sum;
}

/* Of the traffic present before the first day a part is still there, which did not come since. */
static double probe_present(const struct exodus_model *model, const struct exodus_totals *totals,
                            const struct exodus_probe *probe, const double *lift)
{
    double sum = 0, keeps = 1;
    for (uint32_t day = probe->first; day <= probe->last; day++) {
        keeps *= 1 - totals->traffic_goes;
    }
    for (uint32_t d = 0; d < model->n_doors; d++) {
        size_t at = (size_t)probe->last * model->n_doors + d;
        size_t before = (size_t)probe->first * model->n_doors + d - model->n_doors;
        double traffic = totals->present[EXODUS_TRAFFIC][at];
        if (probe->first > 0) {
            traffic -= keeps * totals->present[EXODUS_TRAFFIC][before];
        }
        sum += probe_share(probe, d, EXODUS_TRAFFIC, lift) * fmax(traffic, 0) +
               probe_share(probe, d, EXODUS_FLIGHT, lift) * totals->present[EXODUS_FLIGHT][at];
    }
    return sum;
}

double exodus_probe_value(const struct exodus_model *model, const struct exodus_totals *totals,
                          const struct exodus_probe *probe, const double *lift)
{
    double sum = 0, most = 0;
    if (probe->count == EXODUS_PRESENT) {
        return probe->factor * probe_present(model, totals, probe, lift);
    }
    bool stock = probe->count == EXODUS_WAITING || probe->count == EXODUS_STAYED;
    for (uint32_t day = stock ? probe->last : probe->first; day <= probe->last; day++) {
        double part = day == probe->first  ? probe->first_part
                      : day == probe->last ? probe->last_part
                                           : 1;
        double some = part * probe_day(model, totals, probe, lift, day);
        sum += some;
        most = fmax(most, some);
    }
    return probe->factor * (probe->count == EXODUS_PEAK ? most : sum);
}
