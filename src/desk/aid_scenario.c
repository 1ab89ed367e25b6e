/* The inputs of the split from a scenario: documented stocks, indicators of the hosts, assumptions
 * for what no source gives, and stocks that FLOW lends. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "aid_parts.h"
#include "num.h"

enum { AID_PATH = 256 };

struct aid_reader {
    struct arena *arena;
    const struct scenario *scenario;
    const struct aid_run_options *options;
    struct aid_job *job;
    size_t host;
    name_id country;
    name_id unit; /* of all money */
};

static int aid_word(const struct aid_reader *reader, name_id id, const char **out,
                    struct ajar_err *err)
{
    return text_copy(reader->arena, scenario_name(reader->scenario, id), out, err);
}

static int aid_date(const struct aid_reader *reader, struct date_partial date, const char **out,
                    struct ajar_err *err)
{
    char text[DATE_TEXT] = "";
    if (date.first != DATE_NONE) {
        date_format_partial(date, text);
    }
    return text_copy(reader->arena, text_of(text), out, err);
}

/* A figure that the split cannot use, with its place. */
static int aid_scenario_refuse(const struct aid_reader *reader, enum err_code code,
                               const char *table, long line, const char *column, double value,
                               const char *what, const char *rule, struct ajar_err *err)
{
    char path[AID_PATH], number[NUM_TEXT];
    snprintf(path, sizeof path, "%.200s/%s", reader->scenario->dir, table);
    num_format(value, number);
    return err_at(err, code, path, line, column, text_of(number),
                  "The %s of %s is %s; it must be %s.", what, reader->job->code[reader->host],
                  number, rule);
}

static const struct {
    enum aid_figure figure;
    const char *quantity;
    enum err_code code;
    bool zero; /* allowed */
    bool money;
} aid_assumed[] = {
    {AID_FIGURE_STOCK, "stock", E_AID_STOCK, false, false},
    {AID_FIGURE_UNIT_COST, "unit_cost", E_AID_NEED, false, true},
    {AID_FIGURE_FUNDED, "funded", E_AID_FUNDED, true, true},
    {AID_FIGURE_CAP, "absorption_cap", E_AID_CAP, false, true},
};

/* The host's own row, else the one for ALL. */
static uint32_t aid_assumption(const struct aid_reader *reader, const char *quantity)
{
    const struct assumptions *rows = &reader->scenario->assumptions;
    name_id wanted = scenario_word(reader->scenario, quantity);
    name_id all = scenario_word(reader->scenario, "ALL");
    uint32_t found = SCENARIO_NO_ROW;
    for (uint32_t i = 0; i < rows->n; i++) {
        if (rows->quantity[i] != wanted) {
            continue;
        }
        if (rows->country[i] == reader->country) {
            return i;
        }
        if (rows->country[i] == all) {
            found = i;
        }
    }
    return found;
}

static int aid_assume(const struct aid_reader *reader, size_t which, struct ajar_err *err)
{
    const struct assumptions *rows = &reader->scenario->assumptions;
    const char *quantity = aid_assumed[which].quantity;
    const char *code = reader->job->code[reader->host];
    uint32_t row = aid_assumption(reader, quantity);
    if (row == SCENARIO_NO_ROW) {
        err_set(err, E_AID_INPUT_MISSING, "assumptions.csv has no %s for %s.", quantity, code);
        return err_hint(err, "Add a row with quantity %s for %s, or one for ALL.", quantity, code);
    }
    double central = rows->central[row];
    if (!(aid_assumed[which].zero ? central >= 0 : central > 0)) {
        return aid_scenario_refuse(reader, aid_assumed[which].code, "assumptions.csv",
                                   (long)rows->line[row], "central", central,
                                   aid_figure_word(aid_assumed[which].figure),
                                   aid_assumed[which].zero ? "zero or positive" : "positive", err);
    }
    if (aid_assumed[which].money && rows->unit[row] != reader->unit) {
        char path[AID_PATH];
        struct text id = scenario_name(reader->scenario, rows->id[row]);
        struct text have = scenario_name(reader->scenario, rows->unit[row]);
        snprintf(path, sizeof path, "%.200s/assumptions.csv", reader->scenario->dir);
        err_at(err, E_AID_UNITS, path, (long)rows->line[row], "unit", have,
               "The assumption %.*s is in %.*s, but the split is in %s.", (int)id.n, id.at,
               (int)have.n, have.at, reader->job->unit);
        return err_hint(err, "Convert the three values to %s, and say the rate in the reason.",
                        reader->job->unit);
    }
    struct aid_input *input = &reader->job->input[aid_assumed[which].figure][reader->host];
    input->value = central;
    input->low = rows->low[row];
    input->high = rows->high[row];
    input->row = row;
    input->quality = AID_ASSUMED;
    TRY(aid_word(reader, rows->unit[row], &input->unit, err));
    TRY(aid_word(reader, rows->id[row], &input->origin, err));
    TRY(aid_date(reader, rows->date[row], &input->date, err));
    return text_copy(reader->arena, rows->reason[row], &input->note, err);
}

/* A stock that FLOW cannot lend, with the place of the setting that asks for it. */
static int aid_lent_refuse(const struct aid_reader *reader, enum err_code code, const char *words,
                           struct ajar_err *err)
{
    char path[AID_PATH];
    snprintf(path, sizeof path, "%.200s/scenario.yaml", reader->scenario->dir);
    return err_at(err, code, path, reader->scenario->aid.hosts[reader->host].line, "stock",
                  TEXT_LIT("flow"), "The stock of %s is to come from the flow, but %s.",
                  reader->job->code[reader->host], words);
}

static int aid_lent_check(const struct aid_reader *reader, const struct aid_lent *lent,
                          struct ajar_err *err)
{
    const struct scenario *scenario = reader->scenario;
    char words[AID_PATH], number[NUM_TEXT], late[DATE_TEXT], known[DATE_TEXT];
    if (lent == NULL) {
        return aid_lent_refuse(
            reader, E_AID_STOCK_FLOW,
            reader->options->n_lent > 0
                ? "no door of the exodus leads there, and no camp of a conflict is there"
                : "nothing was forecast: no exodus was played, and no conflict",
            err);
    }
    if (scenario->as_known != DATE_NONE && lent->known > scenario->as_known) {
        snprintf(words, sizeof words,
                 "the flow rests on what was known on %s, and the split on what was on %s",
                 date_format(lent->known, late), date_format(scenario->as_known, known));
        return aid_lent_refuse(reader, E_AID_STOCK_LATE, words, err);
    }
    if (!(lent->value > 0 && lent->value < INFINITY)) {
        num_format(lent->value, number);
        snprintf(words, sizeof words, "the forecast is of %s people: there is nobody to support",
                 number);
        return aid_lent_refuse(reader, E_AID_STOCK_FLOW, words, err);
    }
    return 0;
}

static int aid_lent_stock(const struct aid_reader *reader, struct ajar_err *err)
{
    struct aid_input *input = &reader->job->input[AID_FIGURE_STOCK][reader->host];
    const struct aid_lent *lent = NULL;
    for (size_t i = 0; i < reader->options->n_lent; i++) {
        if (strcmp(reader->options->lent[i].code, reader->job->code[reader->host]) == 0) {
            lent = &reader->options->lent[i];
        }
    }
    TRY(aid_lent_check(reader, lent, err));
    input->value = lent->value;
    input->low = fmax(lent->low, 0); /* a net flow can be below none, people present cannot */
    input->high = lent->high;
    input->quality = AID_DERIVED;
    input->unit = "persons";
    input->origin = lent->origin;
    input->date = lent->date;
    input->note = lent->note;
    return 0;
}

static int aid_counted_stock(const struct aid_reader *reader, uint32_t row, struct ajar_err *err)
{
    const struct arrivals *rows = &reader->scenario->arrivals;
    struct aid_input *input = &reader->job->input[AID_FIGURE_STOCK][reader->host];
    char day[DATE_TEXT];
    if (!(rows->value[row] > 0)) {
        return aid_scenario_refuse(reader, E_AID_STOCK, "arrivals.csv", (long)rows->line[row],
                                   "value", rows->value[row], "stock", "positive", err);
    }
    input->value = rows->value[row];
    input->quality = AID_SOURCED;
    TRY(aid_word(reader, rows->unit[row], &input->unit, err));
    TRY(aid_word(reader, rows->source[row], &input->origin, err));
    TRY(text_copy(reader->arena, text_of(date_format(rows->to[row], day)), &input->date, err));
    return text_copy(reader->arena, rows->note[row], &input->note, err);
}

date_days aid_scenario_year_end(const struct scenario *scenario)
{
    int year, month, day;
    date_to_civil(scenario->to, &year, &month, &day);
    return date_from_civil(year, 12, 31);
}

uint32_t aid_scenario_indicator(const struct scenario *scenario, name_id country,
                                const char *indicator, date_days limit, bool later)
{
    const struct hosts *rows = &scenario->hosts;
    uint32_t measure = scenario_measure(scenario, "hosts", indicator);
    uint32_t before = SCENARIO_NO_ROW, after = SCENARIO_NO_ROW;
    for (uint32_t i = 0; i < rows->n; i++) {
        if (rows->country[i] != country || rows->indicator[i] != measure) {
            continue;
        }
        date_days day = rows->date[i].last;
        if (day <= limit && (before == SCENARIO_NO_ROW || day > rows->date[before].last)) {
            before = i;
        } else if (day > limit && (after == SCENARIO_NO_ROW || day < rows->date[after].last)) {
            after = i;
        }
    }
    return before != SCENARIO_NO_ROW || !later ? before : after;
}

static int aid_indicator(const struct aid_reader *reader, enum aid_figure figure,
                         const char *indicator, struct ajar_err *err)
{
    const struct hosts *rows = &reader->scenario->hosts;
    const char *code = reader->job->code[reader->host];
    uint32_t row = aid_scenario_indicator(reader->scenario, reader->country, indicator,
                                          aid_scenario_year_end(reader->scenario), true);
    if (row == SCENARIO_NO_ROW) {
        err_set(err, E_AID_INPUT_MISSING, "hosts.csv has no %s for %s.", indicator, code);
        return err_hint(err, "Add a row with indicator %s for %s, with its source.", indicator,
                        code);
    }
    if (!(rows->value[row] > 0)) {
        return aid_scenario_refuse(reader, E_AID_SEVERITY, "hosts.csv", (long)rows->line[row],
                                   "value", rows->value[row], aid_figure_word(figure),
                                   "positive, because severity is made of it", err);
    }
    struct aid_input *input = &reader->job->input[figure][reader->host];
    input->value = rows->value[row];
    input->quality = AID_SOURCED;
    TRY(aid_word(reader, rows->unit[row], &input->unit, err));
    TRY(aid_word(reader, rows->source[row], &input->origin, err));
    TRY(aid_date(reader, rows->date[row], &input->date, err));
    return text_copy(reader->arena, rows->note[row], &input->note, err);
}

static int aid_scenario_host(const struct aid_reader *reader, const char **code, const char **name,
                             struct ajar_err *err)
{
    const struct aid_host_setting *setting = &reader->scenario->aid.hosts[reader->host];
    TRY(aid_word(reader, setting->country, &code[reader->host], err));
    name[reader->host] =
        country_is_name(setting->country) ? country_name(setting->country) : code[reader->host];
    if (setting->stock == AID_STOCK_ASSUMED) {
        TRY(aid_assume(reader, 0, err));
    } else if (setting->stock == AID_STOCK_FLOW) {
        TRY(aid_lent_stock(reader, err));
    } else {
        TRY(aid_counted_stock(reader, setting->arrivals_row, err));
    }
    for (size_t k = 1; k < sizeof aid_assumed / sizeof *aid_assumed; k++) {
        TRY(aid_assume(reader, k, err));
    }
    TRY(aid_indicator(reader, AID_FIGURE_POPULATION, "population", err));
    return aid_indicator(reader, AID_FIGURE_GDP, "gdp_per_capita_current_usd", err);
}

int aid_scenario_inputs(struct arena *arena, const struct scenario *scenario,
                        const struct aid_run_options *options, struct aid_job *out,
                        struct ajar_err *err)
{
    const struct aid_settings *aid = &scenario->aid;
    struct aid_job job;
    if (aid->n == 0) {
        err_set(err, E_AID_HOSTS, "The scenario %.200s names no hosts to split between.",
                scenario->dir);
        return err_hint(err, "Name them in scenario.yaml under aid: hosts.");
    }
    TRY(aid_job_new(arena, aid->n, &job, err));
    job.scenario = scenario;
    job.lent_conflict = options->lent_conflict;
    struct aid_reader reader = {
        .arena = arena, .scenario = scenario, .options = options, .job = &job};
    TRY(text_copy(arena, scenario->title, &job.title, err));
    job.from = scenario->dir;
    if (options->unit == NULL) {
        reader.unit = aid->unit;
        TRY(aid_word(&reader, aid->unit, &job.unit, err));
    } else {
        reader.unit = scenario_word(scenario, options->unit);
        job.unit = options->unit;
    }
    job.options.budget = isnan(options->budget) ? aid->budget : options->budget;
    job.options.alpha = isnan(options->alpha) ? aid->alpha : options->alpha;
    job.options.tranche = isnan(options->tranche) ? aid->tranche : options->tranche;
    const char **code = NULL, **name = NULL;
    TRY_NEW(code, arena, aid->n, err);
    TRY_NEW(name, arena, aid->n, err);
    job.code = code;
    job.name = name;
    for (reader.host = 0; reader.host < aid->n; reader.host++) {
        reader.country = aid->hosts[reader.host].country;
        TRY(aid_scenario_host(&reader, code, name, err));
    }
    *out = job;
    return 0;
}
