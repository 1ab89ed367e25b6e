/* Trade flows that look rerouted, and the cautions that belong beside each ratio. */
#include <math.h>

#include "table.h"
#include "tell.h"
#include "units.h"
#include "watch_show.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define MILLION         1e6

static int show_years(const struct verb_call *call, const struct mirror_partner *partner,
                      struct ajar_err *err)
{
    static const struct table_column columns[] = {{"year", TABLE_WORD},
                                                  {"months", TABLE_NUMBER},
                                                  {"exports\nmillion", TABLE_NUMBER},
                                                  {"over\nbaseline", TABLE_NUMBER},
                                                  {"imports\nmillion", TABLE_NUMBER},
                                                  {"mirror\nratio", TABLE_NUMBER}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < partner->n_years; i++) {
        const struct mirror_year *year = &partner->years[i];
        char word[16];
        snprintf(word, sizeof word, "%d", (int)year->year);
        table_begin_row(&table);
        table_str(&table, word);
        table_int(&table, year->months);
        table_number(&table, year->exports / MILLION, 1);
        table_number(&table, year->jump, 2);
        table_number(&table, year->imports / MILLION, 1);
        table_number(&table, year->ratio, 2);
    }
    return table_print(&table, call->to, call->width, call->color, err);
}

static int show_partner(const struct verb_call *call, const struct scenario *scenario,
                        const struct mirror_partner *partner, struct ajar_err *err)
{
    struct text reporter = scenario_name(scenario, partner->reporter);
    struct text code = scenario_name(scenario, partner->partner);
    struct text hs = scenario_name(scenario, partner->hs);
    struct text tier = scenario_name(scenario, partner->tier);
    struct text unit = scenario_name(scenario, partner->unit);
    char goods[64];
    if (partner->tier != 0) {
        snprintf(goods, sizeof goods, "tier %.*s, %zu codes", (int)tier.n, tier.at,
                 partner->n_codes);
    } else if (text_is(hs, "TOTAL")) {
        snprintf(goods, sizeof goods, "all goods");
    } else {
        snprintf(goods, sizeof goods, "HS %.*s", (int)hs.n, hs.at);
    }
    tell_heading(call, "%.*s to %s (%.*s), %s, in %.*s: %s", (int)reporter.n, reporter.at,
                 country_name(partner->partner), (int)code.n, code.at, goods, (int)unit.n, unit.at,
                 partner->flagged ? "FLAGGED" : "not flagged");
    if (partner->since != DATE_NONE) {
        char day[DATE_TEXT];
        tell_say(call, "Monthly exports ring; the rise began in %.7s.",
                 date_format(partner->since, day));
    }
    return show_years(call, partner, err);
}

int watch_show_trade(const struct verb_call *call, const struct scenario *scenario,
                     const struct mirror_options *options, const struct mirror_table *mirror,
                     struct ajar_err *err)
{
    tell_say(call,
             "Exports that reporters declare to a partner, against their mean of %d to %d and "
             "against the imports that the partner declares from them. Flows between countries, "
             "never firms; a flag is a question, not a charge.",
             (int)options->baseline_from, (int)options->baseline_to);
    if (mirror->n == 0) {
        tell_say(call, "No trade rows for that choice.");
        return 0;
    }
    for (size_t i = 0; i < mirror->n; i++) {
        TRY(show_partner(call, scenario, &mirror->partners[i], err));
    }
    tell_heading(call, "Read with care");
    for (const char *const *caution = mirror_cautions(); *caution != NULL; caution++) {
        fputs("- ", call->to);
        tell_text(call, text_of(*caution), 2);
    }
    return 0;
}
