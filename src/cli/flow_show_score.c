/* The three tables of `ajar flow score`. */
#include <math.h>

#include "flow_show.h"
#include "table.h"
#include "tell.h"

static void score_cells(struct table *table, const struct flow_scores *scores)
{
    table_number(table, scores->ard_rescaled, 3);
    table_number(table, scores->ard_normal, 3);
    table_number(table, scores->mase7, 2);
    table_number(table, scores->mase30, 2);
}

static bool score_empty(const struct flow_scores *scores)
{
    return isnan(scores->ard_rescaled) && isnan(scores->ard_normal);
}

static int score_hindsight(const struct verb_call *call, const struct flow_score_answer *answer,
                           struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"rule", TABLE_TEXT},     {"capacities", TABLE_WORD}, {"ARD,\nrescaled", TABLE_NUMBER},
        {"normal", TABLE_NUMBER}, {"MASE-7", TABLE_NUMBER},   {"MASE-30", TABLE_NUMBER},
    };
    struct table table;
    tell_heading(call, "1. Hindsight: all is known but the camp");
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (int k = 1; k >= 0; k--) {
        for (size_t i = 0; i < answer->n_hindsight; i++) {
            const struct flow_hindsight *row = &answer->hindsight[i];
            bool old = row->rule == SCORE_OLD7 || row->rule == SCORE_OLD30;
            if (!score_empty(&row->scores[k])) {
                table_begin_row(&table);
                table_str(&table, flow_score_title(row->rule));
                table_str(&table, old ? "" : k == 1 ? "read" : "not read");
                score_cells(&table, &row->scores[k]);
            }
        }
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(
        call,
        "Less is better. Who starts is taken from the reports themselves, and stated "
        "capacities often lie close to the answer, so none of this is a forecast. Agents: mean "
        "of %u seed%s%s.",
        answer->options.seeds, answer->options.seeds == 1 ? "" : "s",
        answer->fitted_here ? "; the own model and gravity are fitted on the other conflicts"
                            : "; the own model and gravity are fitted on eight others");
    return 0;
}

static int score_allocation(const struct verb_call *call, const struct flow_score_answer *answer,
                            struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"days\nahead", TABLE_NUMBER},
        {"reports", TABLE_NUMBER},
        {"error of the\nforecast's shares", TABLE_NUMBER},
        {"error of the\nlast known shares", TABLE_NUMBER},
    };
    struct table table;
    tell_heading(call, "2. Allocation: the true total of the day is given");
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        const struct flow_horizon *at = &answer->horizons[h];
        table_begin_row(&table);
        table_int(&table, at->days);
        table_int(&table, (int64_t)at->allocation.n);
        table_number(&table, at->allocation.n == 0 ? (double)NAN : at->allocation.error, 3);
        table_number(&table, at->allocation.n == 0 ? (double)NAN : at->allocation.persistence, 3);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Sum of absolute errors over the sum of reports.");
    return 0;
}

static int score_bands(const struct verb_call *call, const struct flow_score_answer *answer,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"days\nahead", TABLE_NUMBER},     {"inside the\n80 % band", TABLE_NUMBER},
        {"interval\nscore", TABLE_NUMBER}, {"plain quantiles:\ninside", TABLE_NUMBER},
        {"interval\nscore", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        const struct flow_horizon *at = &answer->horizons[h];
        const struct forecast_cover *covers[] = {&at->cover, &at->plain};
        table_begin_row(&table);
        table_int(&table, at->days);
        for (int k = 0; k < 2; k++) {
            bool none = covers[k]->n == 0;
            table_number(&table,
                         none ? (double)NAN : (double)covers[k]->inside / (double)covers[k]->n, 2);
            table_number(&table, none ? (double)NAN : covers[k]->score, 3);
        }
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

static int score_forecast(const struct verb_call *call, const struct flow_score_answer *answer,
                          struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"days\nahead", TABLE_NUMBER},   {"reports", TABLE_NUMBER},
        {"error", TABLE_NUMBER},         {"error of the\nlast count", TABLE_NUMBER},
        {"skill", TABLE_NUMBER},         {"error of\nthe total", TABLE_NUMBER},
        {"last\ncounts'", TABLE_NUMBER},
    };
    struct table table;
    tell_heading(call, "3. Forecast: from what was known at the origin");
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        const struct flow_horizon *at = &answer->horizons[h];
        bool none = at->error.n == 0;
        table_begin_row(&table);
        table_int(&table, at->days);
        table_int(&table, (int64_t)at->error.n);
        table_number(&table, none ? (double)NAN : at->error.error, 3);
        table_number(&table, none ? (double)NAN : at->error.persistence, 3);
        table_number(&table, none ? (double)NAN : at->error.skill, 3);
        table_number(&table, at->total.n == 0 ? (double)NAN : at->total.error, 3);
        table_number(&table, at->total.n == 0 ? (double)NAN : at->total.persistence, 3);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    TRY(score_bands(call, answer, err));
    tell_say(call,
             "An origin every %d days; a report counts at its own date as first counted, %d to %d, "
             "%d to %d and %d to %d days after the origin. Skill is 1 - error / error of the last "
             "known count; below 0 the last count is better. Bands are error quantiles of other "
             "conflicts; the plain ones are those of the last count itself. The less the interval "
             "score, the better. Rows that became known after the "
             "origin are not read, nor undated capacities.",
             FORECAST_EVERY, answer->horizons[0].least, answer->horizons[0].most,
             answer->horizons[1].least, answer->horizons[1].most, answer->horizons[2].least,
             answer->horizons[2].most);
    return 0;
}

int flow_show_score(const struct verb_call *call, const struct flow_score_answer *answer,
                    struct ajar_err *err)
{
    tell_say(call, "%.*s: three tables that must not be mixed", (int)answer->title.n,
             answer->title.at);
    TRY(score_hindsight(call, answer, err));
    TRY(score_allocation(call, answer, err));
    return score_forecast(call, answer, err);
}
