#include "num.h"
#include "row_rules.h"

/* Where the figures of a table stand. */
struct figures {
    enum schema_name table;
    const uint32_t *line;
    const double *value;
    const name_id *unit;
};

static void rules_negative(struct checker *checker, const struct figures *of, size_t i)
{
    char number[NUM_TEXT];
    num_format(of->value[i], number);
    checker_fault(checker, E_SCENARIO_NEGATIVE, of->table, of->line[i], "value", text_of(number),
                  "%s %s is below zero", number, unit_word((enum unit)of->unit[i]));
}

static void rules_share(struct checker *checker, const struct figures *of, size_t i)
{
    char number[NUM_TEXT];
    num_format(of->value[i], number);
    checker_fault(checker, E_SCENARIO_SHARE_RANGE, of->table, of->line[i], "value", text_of(number),
                  "a share of %s is not between 0 and 1", number);
}

/* More than the money and the people of the world in any currency; sums of it stay exact. */
#define FIGURE_MOST 1e15

static void rules_size(struct checker *checker, const struct figures *of, size_t i)
{
    char number[NUM_TEXT];
    num_format(of->value[i], number);
    checker_fault(checker, E_NUMBER_RANGE, of->table, of->line[i], "value", text_of(number),
                  "no figure here is above 1,000,000,000,000,000 in size");
}

/* `balance`: the figure may be negative, as a net flow or a change may. */
static inline void rules_value(struct checker *checker, const struct figures *of, size_t i,
                               bool balance)
{
    name_id unit = of->unit[i];
    double value = of->value[i];
    if (value > FIGURE_MOST || value < -FIGURE_MOST) {
        rules_size(checker, of, i);
    } else if (unit == UNIT_SHARE) {
        if (value < 0 || value > 1) {
            rules_share(checker, of, i);
        }
    } else if (value < 0 && !balance && unit != UNIT_PERCENT && unit != UNIT_RATIO &&
               unit != UNIT_NONE) {
        rules_negative(checker, of, i);
    }
}

static void rules_unit(struct checker *checker, const struct figures *of, size_t i,
                       uint32_t measure)
{
    const struct measures *measures = &checker->scenario->measures;
    struct ajar_err *fault =
        checker_fault(checker, E_SCENARIO_UNIT_MISMATCH, of->table, of->line[i], "unit",
                      text_of(unit_word((enum unit)of->unit[i])), "%s is counted in %s",
                      names_word(checker->names, measures->id[measure]).at,
                      unit_word((enum unit)measures->unit[measure]));
    err_hint(fault, "Write '%s', or give the figure a measure of its own.",
             unit_word((enum unit)measures->unit[measure]));
}

/* A figure of a measure. */
static inline void rules_measured(struct checker *checker, const struct figures *of, size_t i,
                                  uint32_t measure)
{
    const struct measures *measures = &checker->scenario->measures;
    bool balance = false;
    if (measure != SCENARIO_NO_ROW) {
        name_id unit = measures->unit[measure];
        balance = measures->kind[measure] == KIND_NET;
        if (unit != of->unit[i] && unit != UNIT_NONE && of->unit[i] != UNIT_NONE) {
            rules_unit(checker, of, i, measure);
            return;
        }
    }
    rules_value(checker, of, i, balance);
}

static void rules_arrivals(struct checker *checker)
{
    const struct arrivals *arrivals = &checker->scenario->arrivals;
    struct figures figures = {SCHEMA_ARRIVALS, arrivals->line, arrivals->value, arrivals->unit};
    for (size_t i = 0; i < arrivals->n; i++) {
        rules_measured(checker, &figures, i, arrivals->measure[i]);
        if (arrivals->to[i] < arrivals->from[i] && arrivals->to[i] != DATE_NONE) {
            char from[DATE_TEXT], to[DATE_TEXT];
            date_format(arrivals->from[i], from);
            checker_fault(checker, E_SCENARIO_SPAN_REVERSED, SCHEMA_ARRIVALS, arrivals->line[i],
                          "date_to", text_of(date_format(arrivals->to[i], to)),
                          "the span from %s ends before it starts", from);
        }
    }
}

static void rules_trade(struct checker *checker)
{
    const struct trade *trade = &checker->scenario->trade;
    struct figures figures = {SCHEMA_TRADE, trade->line, trade->value, trade->unit};
    name_id change = scenario_word(checker->scenario, "export_change");
    name_id increase = scenario_word(checker->scenario, "export_increase");
    for (size_t i = 0; i < trade->n; i++) {
        rules_value(checker, &figures, i, trade->flow[i] == change || trade->flow[i] == increase);
    }
}

void rules_figures(struct checker *checker)
{
    const struct hosts *hosts = &checker->scenario->hosts;
    struct figures figures = {SCHEMA_HOSTS, hosts->line, hosts->value, hosts->unit};
    rules_arrivals(checker);
    for (size_t i = 0; i < hosts->n; i++) {
        rules_measured(checker, &figures, i, hosts->indicator[i]);
    }
    rules_trade(checker);
}
