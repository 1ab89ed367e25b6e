/* What is known beforehand of the tables and sections of the page: one row each. */
#include "trail.h"

#define OBSERVED  TRAIL_OBSERVED
#define COMPUTED  TRAIL_COMPUTED
#define PREDICTED TRAIL_PREDICTED
#define ASSUMED   TRAIL_ASSUMED

static const struct trail_rule tables[] = {
    {"alarms-table", "alarms", "WATCH", COMPUTED, "watch_alarms.csv", 's', "10", "by-door", NULL},
    {"by-door-table", "by-door", "WATCH", OBSERVED, "arrivals.csv", 'i', "01", NULL, NULL},
    {"silent-table", "silent", "WATCH", COMPUTED, "watch_series.csv", 0, "0", NULL,
     "the series of the row: place, route, measure"},
    {"replay-published-table", "replay.published", "WATCH", COMPUTED, "watch_replay.csv", 0, "01",
     "by-door", "clock published, morning and series of the row"},
    {"replay-next-day-table", "replay.next-day", "WATCH", COMPUTED, "watch_replay.csv", 0, "01",
     "by-door", "clock next day, morning and series of the row"},
    {"series-table", "series", "WATCH", OBSERVED, "report_series.csv", 'd', "1023", NULL, NULL},
    {"others-table", "series.others", "WATCH", OBSERVED, "report_series.csv", 'd', "1023", NULL,
     NULL},
    {"map-table", "map", "WATCH", OBSERVED, "report_map.csv", 'd', "0", "series", NULL},
    {"net-table", "net", "WATCH", COMPUTED, "arrivals.csv", 0, "012", NULL,
     "the two counts, in and out, of the row's country, days and route"},
    {"refused-table", "refused", "WATCH", OBSERVED, "arrivals.csv", 'i', "012", NULL, NULL},
    {"gates-table", "gates.changes", "DOORS", COMPUTED, "doors_gates.csv", 0, "#", NULL, NULL},
    {"gates-doors-table", "gates.law", "DOORS", OBSERVED, "doors_doors.csv", 0, "01", NULL, NULL},
    {"diff-*", NULL, "DOORS", COMPUTED, "doors_diff.csv", 'd', "#", NULL, NULL},
    {"exodus-days-table-*", "flow.days", "FLOW", PREDICTED, "flow_forecast.csv", 0, "0",
     "flow.parameters",
     "date_to is the day, country and route those of the door; p50 of each measure"},
    {"exodus-fans-table-*", "flow.entries", "FLOW", PREDICTED, "flow_forecast.csv", 0, "0",
     "flow.parameters", "date_to is the day, country and route those of the column; p50 (p5-p95)"},
    {"exodus-doors-table", "flow.doors", "FLOW", COMPUTED, "flow_doors.csv", 0, "#", "gates",
     "door, class and days of the row"},
    {"exodus-what-if-*", NULL, "FLOW", PREDICTED, "flow_what_if.csv", 0, "0", "flow.parameters",
     "what_if, id and quantity are those of table, row and column"},
    {"exodus-observed-table", "flow.observed", "FLOW", COMPUTED, "flow_observed.csv", 0, "012",
     "flow.parameters", "days, country, route and measure of the row"},
    {"exodus-rolling-table", "flow.rolling", "FLOW", COMPUTED, "flow_rolling.csv", 0, "0",
     "flow.observed", "origin is the row's day"},
    {"exodus-params-table", "flow.parameters", "FLOW", COMPUTED, "flow_parameters.csv", 's', "0",
     NULL, NULL},
    {"exodus-stranded-table", "flow.stranded", "FLOW", PREDICTED, "flow_stranded.csv", 0, "0",
     "flow.parameters", "date is the row's day, class the column's; p50 (p5-p95)"},
    {"exodus-stocks-table", "flow.stocks", "FLOW", PREDICTED, "flow_stocks.csv", 's', "0",
     "flow.parameters", NULL},
    {"flows-table", "flows", "WATCH", COMPUTED, "watch_net.csv", 'd', "021", NULL, NULL},
    {"stocks-table", "stocks", "WATCH", COMPUTED, "watch_stock.csv", 'd', "021", NULL, NULL},
    {"trade-table", "trade", "WATCH", COMPUTED, "watch_trade.csv", 'd', "01", NULL, NULL},
    {"tiers-table", "trade.tiers", "WATCH", OBSERVED, NULL, 0, "0", NULL, NULL},
    {"placement-moves-table", "place.moves", "PLACE", COMPUTED, "place_moves.csv", 's', "01",
     "place.board", NULL},
    {"placement-froms-table", "place.from", "PLACE", COMPUTED, "place_plan.csv", 0, "0",
     "place.board", "all households that wait in the row's country, counted"},
    {"placement-states-table", "place.states", "PLACE", COMPUTED, "place_plan.csv", 0, "0",
     "place.board", "all households whose state is the row's, counted"},
    {"placement-groups-table", "place.groups", "PLACE", COMPUTED, "place_groups.csv", 0, "0",
     "place.board", "from is the row's country"},
    {"placement-plans-table", "place.plans", "PLACE", COMPUTED, "place_plans.csv", 0, "0",
     "place.board", "plan is the row's"},
    {"placement-board-table", "place.board", "PLACE", COMPUTED, "place_plan.csv", 0, "0", NULL,
     "household is the row's; prices from place_prices.csv"},
    {"placement-lots-table", "place.lots", "PLACE", COMPUTED, "place_prices.csv", 0, "0",
     "place.board", "id is the row's lot, resource the column's"},
    {"placement-nowhere-table", "place.nowhere", "PLACE", COMPUTED, "place_plan.csv", 0, "0",
     "place.board", "all households with the row's why_not, counted"},
    {"aid-table", "aid", "AID", COMPUTED, "aid.csv", 's', "0", "inputs.{key}", false},
    {"aid-next", "aid.next", "AID", COMPUTED, "aid_next_dollar.csv", 's', "0", "aid.{key}", false},
    {"aid-rules", "aid.rules", "AID", COMPUTED, "aid.csv", 0, "0", "inputs.{key}", false},
    {"aid-alpha", "aid.alpha", "AID", COMPUTED, "aid_alpha.csv", 0, "0", "inputs.{key}", false},
    {"sensitivity-table", "aid.range", "AID", COMPUTED, "aid_sensitivity.csv", 0, "0",
     "inputs.{key}", false},
    {"sensitivity-groups", "aid.alone", "AID", COMPUTED, "aid_sensitivity.csv", 0, "0",
     "inputs.{key}", false},
    {"aid-keys", "aid.keys", "AID", COMPUTED, "aid_keys.csv", 0, "0", NULL,
     "level member, name is the row's"},
    {"aid-lands", "aid.lands", "AID", OBSERVED, "aid_keys.csv", 0, "0", NULL,
     "level land, name is the row's"},
    {"aid-inputs", "inputs", "AID", OBSERVED, "aid_inputs.csv", 's', "01", NULL, NULL},
    {"assumptions-table", "assumptions", "SCENARIO", ASSUMED, "assumptions.csv", 's', "0", NULL,
     NULL},
    {"contradictions-table", "contradictions", "SCENARIO", OBSERVED, "contradictions.csv", 's', "0",
     NULL, NULL},
    {"months-table", "flow.months", "FLOW", COMPUTED, "flow_camps.csv", 0, "0", NULL,
     "all camps on the last day of the month, the mean of the runs; flow_links.csv for the ways"},
    {"ways-table", "flow.ways", "FLOW", COMPUTED, "flow_links.csv", 0, "0", NULL,
     "from and to are the row's, summed over the days"},
    {"camps-table", "flow.camps", "FLOW", COMPUTED, "flow_camps.csv", 0, "0", NULL,
     "camp is the row's, date that of its last count"},
    {"fans-table", "flow.fans", "FLOW", COMPUTED, "flow_camps.csv", 0, "01", NULL,
     "camp and date are the row's"},
    {"hindsight-table", "flow.hindsight", "FLOW", COMPUTED, "flow_scores.csv", 0, "0", "flow.fans",
     "table hindsight, rule is the row's"},
    {"allocation-table", "flow.allocation", "FLOW", COMPUTED, "flow_scores.csv", 0, "0",
     "flow.fans", "table allocation, horizon_days is the row's"},
    {"forecast-table", "flow.forecast", "FLOW", PREDICTED, "flow_scores.csv", 0, "0", "flow.fans",
     "table forecast, horizon_days is the row's"},
    {"bands-table", "flow.bands", "FLOW", PREDICTED, "flow_scores.csv", 0, "0", "flow.fans",
     "table forecast, horizon_days is the row's, measures of the bands"},
    {"params-table", "flow.settings", "FLOW", ASSUMED, NULL, 0, "0", NULL, NULL},
};

static const struct trail_rule sections[] = {
    {"answer", "answer", "REPORT", COMPUTED, NULL, 0, NULL, "series net aid", NULL},
    {"alarms", "alarms.said", "WATCH", COMPUTED, "watch_alarms.csv", 0, NULL, "alarms by-door",
     NULL},
    {"replay", "replay.said", "WATCH", COMPUTED, "watch_replay.csv", 0, NULL, "replay", NULL},
    {"arrivals", "series.said", "WATCH", OBSERVED, "report_series.csv", 0, NULL, "series", NULL},
    {"map", "map.said", "WATCH", OBSERVED, "report_map.csv", 0, NULL, "map", NULL},
    {"net", "net.said", "WATCH", COMPUTED, "arrivals.csv", 0, NULL, "net refused", NULL},
    {"doors", "doors.said", "DOORS", COMPUTED, "doors_diff.csv", 0, NULL, "gates", NULL},
    {"exodus", "flow.said", "FLOW", PREDICTED, "flow_forecast.csv", 0, NULL,
     "flow.entries flow.what-if flow.parameters", NULL},
    {"flows", "flows.said", "WATCH", COMPUTED, "watch_net.csv", 0, NULL, "flows stocks", NULL},
    {"trade", "trade.said", "WATCH", COMPUTED, "watch_trade_months.csv", 0, NULL, "trade", NULL},
    {"placement", "place.said", "PLACE", COMPUTED, "place_plans.csv", 0, NULL, "place.board", NULL},
    {"aid", "aid.said", "AID", COMPUTED, "aid.csv", 0, NULL, "aid inputs", NULL},
    {"contradictions", "contradictions.said", "SCENARIO", OBSERVED, "contradictions.csv", 0, NULL,
     "contradictions", NULL},
    {"assumptions", "assumptions.said", "SCENARIO", ASSUMED, "assumptions.csv", 0, NULL,
     "assumptions", NULL},
    {"camps", "flow.camps.said", "FLOW", COMPUTED, "flow_camps.csv", 0, NULL, "flow.fans", NULL},
    {"scores", "flow.scores.said", "FLOW", COMPUTED, "flow_scores.csv", 0, NULL,
     "flow.hindsight flow.allocation flow.forecast", NULL},
    {"basis", "flow.basis.said", "FLOW", COMPUTED, NULL, 0, NULL, "flow.settings", NULL},
};

static const struct trail_rule other = {"", NULL, "REPORT", TRAIL_COMPUTED, NULL,
                                        0,  "0",  NULL,     false};

static bool fits(const char *pattern, struct text page)
{
    size_t n = text_of(pattern).n;
    if (n > 0 && pattern[n - 1] == '*') {
        return page.n >= n - 1 &&
               text_eq((struct text){page.at, n - 1}, (struct text){pattern, n - 1});
    }
    return text_is(page, pattern);
}

const struct trail_rule *trail_rule_of(struct text page, bool prose)
{
    const struct trail_rule *rows = prose ? sections : tables;
    size_t n = prose ? sizeof sections / sizeof *sections : sizeof tables / sizeof *tables;
    for (size_t i = 0; i < n; i++) {
        if (fits(rows[i].page, page)) {
            return &rows[i];
        }
    }
    return &other;
}

const char *trail_method(const char *part)
{
    static const char *const rows[][2] = {
        {"WATCH", "docs/watch.md"},
        {"DOORS", "docs/rules.md"},
        {"FLOW", "docs/exodus.md"},
        {"PLACE", "docs/cohort.md"},
        {"AID", "docs/aid.md"},
        {"SCENARIO", "docs/scenario.md"},
        {"REPORT", "docs/decisions/0008-trace.md"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (text_is(text_of(part), rows[i][0])) {
            return rows[i][1];
        }
    }
    return rows[sizeof rows / sizeof *rows - 1][1];
}
