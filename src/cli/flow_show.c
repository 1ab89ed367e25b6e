#include "flow_show.h"

#include <math.h>

#include "num.h"
#include "table.h"
#include "tell.h"

#define SHOW_SAID 20 /* statements of an import that are shown */

/* ---- Shared ---- */

int32_t flow_show_last(const double *reported, int32_t n_days)
{
    int32_t last = n_days - 1;
    while (last >= 0 && isnan(reported[last])) {
        last--;
    }
    return last;
}

static void show_opening(const struct verb_call *call, const struct flow_call *at, const char *how)
{
    const struct flow_world *world = &at->input.world;
    char from[DATE_TEXT], to[DATE_TEXT];
    tell_say(call, "%.*s, %s to %s (%s)", (int)world->title.n, world->title.at,
             date_format(world->start + at->from, from), date_format(world->start + at->to - 1, to),
             how);
    fputc('\n', call->to);
}

static const struct flow_place *show_camp(const struct flow_call *at, size_t camp)
{
    return &at->input.world.places[at->input.world.camps[camp]];
}

static void show_day(struct table *table, const struct flow_call *at, int32_t row)
{
    char day[DATE_TEXT];
    table_str(table, row < 0 ? "" : date_format(at->input.world.start + at->from + row, day));
}

/* ---- import ---- */

int flow_show_import(const struct verb_call *call, const struct flow_input *input,
                     const struct flow_said *said, struct ajar_err *err)
{
    const struct flow_world *world = &input->world;
    char start[DATE_TEXT], reports[NUM_TEXT];
    (void)err;
    num_format_grouped((double)world->n_reports, 0, reports);
    tell_say(
        call,
        "%.*s: %zu places, %zu roads, %zu closures, %zu camps that are counted, %s reports; %d "
        "days from %s.",
        (int)world->title.n, world->title.at, world->n_places, world->n_roads, world->n_closures,
        world->n_camps, reports, world->n_days, date_format(world->start, start));
    if (said->total > 0) {
        tell_say(call, "The files say some things otherwise than one may think:");
    }
    size_t most = call_flag(call, "all") ? said->n : SHOW_SAID;
    for (size_t i = 0; i < said->n && i < most; i++) {
        fputs("  ", call->to);
        tell_text(call, said->at[i], 2);
    }
    if (said->total > most) {
        tell_say(call, "and %llu more; --all shows them.",
                 (unsigned long long)(said->total - most));
    }
    fprintf(call->to, "Scenario: %s\n", call->out);
    return 0;
}

/* ---- run ---- */

int flow_show_run(const struct verb_call *call, const struct flow_run_answer *answer,
                  struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"camp", TABLE_TEXT},
        {"last report", TABLE_WORD},
        {"reported", TABLE_NUMBER},
        {"computed\nthen", TABLE_NUMBER},
        {"computed\nat the end", TABLE_NUMBER},
    };
    const struct flow_result *result = answer->result;
    const struct flow_world *world = &answer->at->input.world;
    double hasten = answer->at->input.params.hasten, all = 0, camps = 0;
    size_t days = (size_t)result->n_days;
    struct table table;
    show_opening(call, answer->at, answer->how);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    const int64_t *end = &result->in_place[(days - 1) * answer->plan->n_places];
    for (size_t c = 0; c < world->n_camps; c++) {
        int32_t last = flow_show_last(&answer->reported[c * days], result->n_days);
        uint32_t place = world->camps[c];
        table_begin_row(&table);
        table_text(&table, show_camp(answer->at, c)->name);
        show_day(&table, answer->at, last);
        table_number(&table, last < 0 ? (double)NAN : answer->reported[c * days + (size_t)last], 0);
        table_number(
            &table,
            last < 0
                ? (double)NAN
                : hasten * (double)result->in_place[(size_t)last * answer->plan->n_places + place],
            0);
        table_number(&table, hasten * (double)end[place], 0);
        camps += hasten * (double)end[place];
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    for (uint32_t place = 0; place < answer->plan->n_places; place++) {
        all += hasten * (double)end[place];
    }
    char in_camps[NUM_TEXT], elsewhere[NUM_TEXT], roads[NUM_TEXT];
    num_format_grouped(camps, 0, in_camps);
    num_format_grouped(all - camps, 0, elsewhere);
    num_format_grouped(hasten * (double)result->on_links[days - 1], 0, roads);
    tell_say(call, "At the end %s in camps, %s in other places, %s on the roads.", in_camps,
             elsewhere, roads);
    if (!isnan(answer->scores.ard_rescaled)) {
        tell_say(call,
                 "Rescaled ARD %.3f, normal %.3f: hindsight, who starts and the capacities are "
                 "taken from the same reports. ajar flow score shows it beside its baselines.",
                 answer->scores.ard_rescaled, answer->scores.ard_normal);
    }
    if (call->out != NULL) {
        fprintf(call->to, "Tables: %s\n", call->out);
    }
    return 0;
}

/* ---- ensemble ---- */

int flow_show_ensemble(const struct verb_call *call, const struct flow_call *at,
                       const struct ensemble_summary *summary, const char *how,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"camp", TABLE_TEXT},   {"at the\nend: p5", TABLE_NUMBER}, {"median", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},  {"reports", TABLE_NUMBER},         {"in p10\nto p90", TABLE_NUMBER},
        {"CRPS", TABLE_NUMBER}, {"median's\nerror", TABLE_NUMBER},
    };
    struct table table;
    show_opening(call, at, how);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t c = 0; c < summary->n_camps; c++) {
        size_t end = (c + 1) * (size_t)summary->n_days - 1;
        table_begin_row(&table);
        table_text(&table, show_camp(at, c)->name);
        table_number(&table, summary->quantile[ENSEMBLE_P5][end], 0);
        table_number(&table, summary->quantile[ENSEMBLE_P50][end], 0);
        table_number(&table, summary->quantile[ENSEMBLE_P95][end], 0);
        table_int(&table, (int64_t)summary->n_reports[c]);
        table_number(&table, summary->covered80[c], 2);
        table_number(&table, summary->crps[c], 0);
        table_number(&table, summary->crps_one[c], 0);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(
        call,
        "The spread comes from %s and from nothing else: it is no forecast error, and reports may "
        "well lie outside. CRPS and errors in people, mean over days with a report.",
        at->n_ranges > 0 ? "chance and the parameters that vary" : "chance");
    if (call->out != NULL) {
        fprintf(call->to, "Tables: %s\n", call->out);
    }
    return 0;
}

/* ---- counterfactual ---- */

static void show_effect(struct table *table, struct text name,
                        const struct counterfactual_effect *effect)
{
    table_begin_row(table);
    table_text(table, name);
    table_number(table, effect->open, 0);
    table_number(table, effect->shut, 0);
    table_number(table, effect->mean, 0);
    table_number(table, effect->p5, 0);
    table_number(table, effect->p95, 0);
}

static double show_narrower(double times)
{
    return isfinite(times) ? times : (double)NAN;
}

int flow_show_counterfactual(const struct verb_call *call, const struct flow_call *at,
                             const struct counterfactual *result, const char *how,
                             struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"at the end", TABLE_TEXT},   {"open", TABLE_NUMBER}, {"shut", TABLE_NUMBER},
        {"difference", TABLE_NUMBER}, {"p5", TABLE_NUMBER},   {"p95", TABLE_NUMBER},
    };
    struct table table;
    double chance = show_narrower(result->narrower_chance);
    double both = show_narrower(result->narrower_both);
    show_opening(call, at, how);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t c = 0; c < result->n_camps; c++) {
        show_effect(&table, show_camp(at, c)->name, &result->camps[c]);
    }
    show_effect(&table, text_of("not in a camp"), &result->on_way);
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Pairs share people, chance and parameters. p5 and p95 are those of the paired "
                   "differences.");
    if (!isnan(chance) && !isnan(both)) {
        tell_say(call,
                 "Against runs that share nothing the differences are %.1f times narrower; against "
                 "runs that share parameters and not chance, %.1f times.",
                 both, chance);
    } else {
        tell_say(call, "No pair differs, so nothing can be said of how much sharing narrows.");
    }
    if (call->out != NULL) {
        fprintf(call->to, "Tables: %s\n", call->out);
    }
    return 0;
}

/* ---- calibrate ---- */

int flow_show_calibrate(const struct verb_call *call, const struct flow_call *at,
                        const struct calibrate_result *result, const char *how,
                        struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"parameter", TABLE_TEXT}, {"from", TABLE_NUMBER},        {"to", TABLE_NUMBER},
        {"best", TABLE_NUMBER},    {"p5", TABLE_NUMBER},          {"median", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},     {"narrowed\n%", TABLE_NUMBER},
    };
    struct table table;
    show_opening(call, at, how);
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < at->n_ranges; i++) {
        const struct calibrate_param *param = &result->params[i];
        const double cells[] = {at->ranges[i].low, at->ranges[i].high, param->best,
                                param->p5,         param->p50,         param->p95};
        table_begin_row(&table);
        table_str(&table, at->ranges[i].param->name);
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            char text[NUM_TEXT];
            snprintf(text, sizeof text, "%.4g", cells[k]);
            table_str(&table, text);
        }
        table_number(&table, 100 * param->narrowed, 0);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call,
             "Fitted on %zu reports of %zu camps: rescaled ARD at reports %.3f for the best "
             "proposal, at most %.3f for the %u that were kept, %.3f for a typical one of all. "
             "Narrowed: how much of the range the data took away; near 0 they taught nothing. "
             "Hindsight: the same reports say who starts.",
             result->n_reports, result->n_camps, result->distance_best, result->distance_kept,
             result->n_accepted, result->distance_prior);
    return 0;
}
