#include <math.h>

#include "num.h"
#include "row_rules.h"

static const struct text no_text = {"", 0};

/* The last day of an open span is DATE_NONE, which is below every date. */
static void rules_span(struct checker *checker, enum schema_name table, uint32_t line,
                       const char *column, date_days from, date_days to)
{
    if (to == DATE_NONE || from == DATE_NONE || to >= from) {
        return;
    }
    char first[DATE_TEXT], last[DATE_TEXT];
    date_format(from, first);
    checker_fault(checker, E_SCENARIO_SPAN_REVERSED, table, line, column,
                  text_of(date_format(to, last)), "the span from %s ends before it starts", first);
}

/* An amount in a row whose currency, or period, is empty. */
static void rules_amount(struct checker *checker, size_t row, double amount, const char *of,
                         name_id word, const char *column)
{
    if (isfinite(amount) && word == 0 && !checker_is_bad(checker, SCHEMA_PATHWAYS, (uint32_t)row)) {
        checker_fault(checker, E_SCENARIO_CURRENCY_MISSING, SCHEMA_PATHWAYS,
                      checker->scenario->pathways.line[row], column, no_text,
                      "%s is given, and %s is empty", of, column);
    }
}

static void rules_pathways(struct checker *checker)
{
    const struct pathways *pathways = &checker->scenario->pathways;
    for (size_t i = 0; i < pathways->n; i++) {
        rules_span(checker, SCHEMA_PATHWAYS, pathways->line[i], "to", pathways->from[i],
                   pathways->to[i]);
        rules_amount(checker, i, pathways->income_min[i], "income_min",
                     pathways->income_currency[i], "income_currency");
        rules_amount(checker, i, pathways->income_min[i], "income_min", pathways->income_period[i],
                     "income_period");
        rules_amount(checker, i, pathways->funds_min[i], "funds_min", pathways->funds_currency[i],
                     "funds_currency");
        rules_amount(checker, i, pathways->fee[i], "fee", pathways->fee_currency[i],
                     "fee_currency");
        if (pathways->age_min[i] > pathways->age_max[i]) {
            char least[NUM_TEXT], most[NUM_TEXT];
            num_format(pathways->age_min[i], least);
            num_format(pathways->age_max[i], most);
            checker_fault(checker, E_SCENARIO_AGE_ORDER, SCHEMA_PATHWAYS, pathways->line[i],
                          "age_max", text_of(most), "%s is below age_min, %s", most, least);
        }
    }
}

static void rules_visa_free_row(struct checker *checker, size_t i, name_id read_in_source)
{
    const struct visa_free *visa = &checker->scenario->visa_free;
    uint32_t line = visa->line[i];
    rules_span(checker, SCHEMA_VISA_FREE, line, "valid_to", visa->from[i], visa->to[i]);
    if (visa->country[i] != 0 && country_is_group(visa->country[i])) {
        checker_fault(checker, E_SCENARIO_COUNTRY_GROUP, SCHEMA_VISA_FREE, line, "country_iso3",
                      names_word(checker->names, visa->country[i]),
                      "each country of a group has its own row");
    }
    if (visa->window_days[i] < visa->max_days[i]) {
        char days[NUM_TEXT], window[NUM_TEXT];
        num_format(visa->max_days[i], days);
        num_format(visa->window_days[i], window);
        checker_fault(checker, E_SCENARIO_VISA_WINDOW, SCHEMA_VISA_FREE, line, "window_days",
                      text_of(window), "%s days do not fit into a window of %s", days, window);
    }
    if (visa->source[i] == 0 && visa->mark[i] == read_in_source &&
        !checker_is_bad(checker, SCHEMA_VISA_FREE, (uint32_t)i)) {
        checker_fault(checker, E_SCENARIO_SOURCE_MISSING, SCHEMA_VISA_FREE, line, "source_id",
                      no_text, "a row marked N names no source");
    }
}

void rules_doors(struct checker *checker)
{
    const struct doors *doors = &checker->scenario->doors;
    for (size_t i = 0; i < doors->n; i++) {
        rules_span(checker, SCHEMA_DOORS, doors->line[i], "to", doors->from[i], doors->to[i]);
    }
    rules_pathways(checker);
    name_id read_in_source = scenario_word(checker->scenario, "N");
    for (size_t i = 0; i < checker->scenario->visa_free.n; i++) {
        rules_visa_free_row(checker, i, read_in_source);
    }
}
