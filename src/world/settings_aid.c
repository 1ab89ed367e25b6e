#include <math.h>
#include <stdio.h>

#include "file.h"
#include "number_guess.h"
#include "settings.h"

#define BUDGET_MOST 1e15 /* a slip of many digits is told at once */

/* What a forecast of people needs; whoever forecasts reads and checks them. */
#define EXODUS_FILE   "exodus/model.yaml"
#define DOORS_FOLDER  "doors"
#define CONFLICT_FILE "flow/flow.yaml"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool settings_aid_number(const struct yaml_node *node, double *out)
{
    return num_parse(node->text, out);
}

static void settings_aid_amounts(const struct settings *settings, const struct yaml_node *aid)
{
    struct aid_settings *out = &settings->checker->scenario->aid;
    const struct yaml_node *node =
        settings_get(settings, aid, "budget", "aid.budget", YAML_SCALAR, false);
    if (node != NULL && !(settings_aid_number(node, &out->budget) && out->budget > 0 &&
                          out->budget <= BUDGET_MOST && !number_two_ways(node->text))) {
        struct ajar_err *fault = settings_fault(settings, E_SCENARIO_BUDGET, node, "aid.budget",
                                                "this is not a positive amount in plain digits");
        number_guess_hint(fault, node->text);
        out->budget = 0;
    }
    node = settings_get(settings, aid, "alpha", "aid.alpha", YAML_SCALAR, false);
    if (node != NULL && text_is(node->text, "inf")) {
        out->alpha = INFINITY;
    } else if (node != NULL && !(settings_aid_number(node, &out->alpha) && out->alpha > 0)) {
        settings_fault(settings, E_SCENARIO_ALPHA, node, "aid.alpha",
                       "this is not a positive number or inf");
    }
    node = settings_get(settings, aid, "tranche", "aid.tranche", YAML_SCALAR, false);
    if (node != NULL && !(settings_aid_number(node, &out->tranche) && out->tranche >= 0 &&
                          (out->budget == 0 || out->tranche <= out->budget))) {
        settings_fault(settings, E_SCENARIO_TRANCHE, node, "aid.tranche",
                       "this is not zero or a positive amount up to the budget");
    }
    node = settings_get(settings, aid, "unit", "aid.unit", YAML_SCALAR, false);
    if (node != NULL) {
        enum unit unit = unit_find(node->text);
        if (unit != UNIT_USD && unit != UNIT_EUR) {
            settings_fault(settings, E_SCENARIO_AID_UNIT, node, "aid.unit",
                           "this is not USD or EUR");
        } else {
            out->unit = (name_id)unit;
        }
    }
}

/* The key of the row of arrivals that a host's stock is. */
struct stock_key {
    name_id country, route, source;
    uint32_t measure;
    date_days from, to;
};

/* A row counts only when its source was out on the as-known day; a date in part counts as its last
 * day, no date as always known. */
static bool settings_aid_known(const struct checker *checker, uint32_t row)
{
    const struct scenario *scenario = checker->scenario;
    uint32_t source = word_row(&checker->sources, scenario->arrivals.source[row]);
    return scenario->as_known == DATE_NONE || source == SCENARIO_NO_ROW ||
           scenario->sources.date[source].first == DATE_NONE ||
           scenario->sources.date[source].last <= scenario->as_known;
}

static void settings_aid_find_row(const struct settings *settings, const struct stock_key *key,
                                  const struct yaml_node *stock, const char *path,
                                  struct aid_host_setting *host)
{
    const struct scenario *scenario = settings->checker->scenario;
    uint32_t series =
        arrivals_index_series(settings->index, key->country, key->route, key->measure);
    size_t first = 0, n = 0, found = 0, late = 0;
    if (series != SCENARIO_NO_ROW) {
        n = arrivals_index_find(settings->index, series, key->from, key->to, &first);
    }
    for (size_t i = first; i < first + n; i++) {
        uint32_t row = settings->index->at[i].row;
        if (key->source != 0 && scenario->arrivals.source[row] != key->source) {
            continue;
        }
        if (!settings_aid_known(settings->checker, row)) {
            late++;
        } else if (found++ == 0) {
            host->arrivals_row = row;
        }
    }
    bool unsure =
        late == 0 && settings->checker->bad[SCHEMA_ARRIVALS].n > 0; /* it may be one of those */
    if (found == 0 && !unsure) {
        settings_fault(settings, E_SCENARIO_HOST_STOCK, stock, path,
                       late > 0 ? "the row's source is dated after as_known"
                                : "arrivals.csv has no such row");
    } else if (found > 1) {
        settings_fault(settings, E_SCENARIO_HOST_AMBIGUOUS, stock, path,
                       "arrivals.csv has more than one such row, from different sources");
    }
}

static bool settings_aid_measure(const struct settings *settings, const struct yaml_node *node,
                                 const char *path, uint32_t *out)
{
    const struct checker *checker = settings->checker;
    if (node == NULL || !checker->read[SCHEMA_MEASURES]) {
        return false;
    }
    uint32_t row = word_row(&checker->arrival_measures, names_find(checker->names, node->text));
    if (row == SCENARIO_NO_ROW) {
        struct ajar_err *fault = settings_fault(settings, E_SCENARIO_MEASURE, node, path,
                                                "this is not in measures.csv for table arrivals");
        const char *meant = checker_meant(&checker->arrival_measures, node->text);
        if (meant != NULL) {
            err_hint(fault, "Did you mean '%s'?", meant);
        }
        return false;
    }
    enum measure_kind kind = checker->scenario->measures.kind[row];
    if (kind != KIND_STOCK && kind != KIND_NET) {
        char sentence[160];
        snprintf(sentence, sizeof sentence, "this measure is of kind %s", measure_kind_word(kind));
        settings_fault(settings, E_SCENARIO_HOST_KIND, node, path, sentence);
        return false;
    }
    *out = row;
    return true;
}

static bool settings_aid_source(const struct settings *settings, const struct yaml_node *node,
                                const char *path, name_id *out)
{
    const struct checker *checker = settings->checker;
    if (node == NULL) {
        return true;
    }
    *out = names_find(checker->names, node->text);
    if (!checker->read[SCHEMA_SOURCES] || word_row(&checker->sources, *out) != SCENARIO_NO_ROW) {
        return true;
    }
    struct ajar_err *fault =
        settings_fault(settings, E_SCENARIO_SOURCE, node, path, "this is not in sources.csv");
    const char *meant = checker_meant(&checker->sources, node->text);
    if (meant != NULL) {
        err_hint(fault, "Did you mean '%s'?", meant);
    }
    return false;
}

static int settings_aid_stock(const struct settings *settings, const struct yaml_node *stock,
                              const char *path, struct aid_host_setting *host, struct ajar_err *err)
{
    static const char *const known[] = {"route", "measure", "from", "to", "source"};
    char part[COUNT_OF(known)][96];
    const struct yaml_node *node[COUNT_OF(known)];
    TRY(settings_only(settings, stock, path, known, COUNT_OF(known), err));
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        snprintf(part[i], sizeof part[i], "%s.%s", path, known[i]);
        node[i] = settings_get(settings, stock, known[i], part[i], YAML_SCALAR, i == 4);
    }
    struct stock_key key = {.country = host->country};
    bool whole = settings_aid_measure(settings, node[1], part[1], &key.measure);
    whole = settings_date(settings, node[2], part[2], &key.from) && whole;
    whole = settings_date(settings, node[3], part[3], &key.to) && whole;
    whole = settings_aid_source(settings, node[4], part[4], &key.source) && whole;
    if (!whole || node[0] == NULL || host->country == 0 ||
        !settings->checker->read[SCHEMA_ARRIVALS]) {
        return 0;
    }
    key.route = names_find(settings->checker->names, node[0]->text);
    settings_aid_find_row(settings, &key, stock, path, host);
    return 0;
}

static bool settings_aid_assumed(const struct scenario *scenario, name_id country,
                                 const char *quantity)
{
    const struct assumptions *assumptions = &scenario->assumptions;
    name_id all = scenario_word(scenario, "ALL"), word = scenario_word(scenario, quantity);
    for (size_t i = 0; i < assumptions->n; i++) {
        if ((assumptions->quantity[i] == word || assumptions->quantity[i] == 0) &&
            (assumptions->country[i] == country || assumptions->country[i] == all)) {
            return true;
        }
    }
    return false;
}

static bool settings_aid_indicated(const struct scenario *scenario, name_id country,
                                   const char *indicator)
{
    const struct hosts *hosts = &scenario->hosts;
    uint32_t measure = scenario_measure(scenario, "hosts", indicator);
    for (size_t i = 0; measure != SCENARIO_NO_ROW && i < hosts->n; i++) {
        if (hosts->country[i] == country && hosts->indicator[i] == measure) {
            return true;
        }
    }
    return false;
}

/* What the aid split will ask the tables for. */
static void settings_aid_needs(const struct settings *settings, const struct yaml_node *node,
                               const char *path, const struct aid_host_setting *host)
{
    static const char *const quantities[] = {"unit_cost", "funded", "absorption_cap", "stock"};
    static const char *const indicators[] = {"population", "gdp_per_capita_current_usd"};
    const struct checker *checker = settings->checker;
    char sentence[160];
    size_t n = host->stock == AID_STOCK_ASSUMED ? 4 : 3;
    for (size_t i = 0; checker->read[SCHEMA_ASSUMPTIONS] && i < n; i++) {
        if (!settings_aid_assumed(checker->scenario, host->country, quantities[i])) {
            snprintf(sentence, sizeof sentence, "assumptions.csv has no %s for this host",
                     quantities[i]);
            settings_fault(settings, E_SCENARIO_HOST_ASSUMPTION, node, path, sentence);
        }
    }
    for (size_t i = 0;
         checker->read[SCHEMA_HOSTS] && checker->read[SCHEMA_MEASURES] && i < COUNT_OF(indicators);
         i++) {
        if (!settings_aid_indicated(checker->scenario, host->country, indicators[i])) {
            snprintf(sentence, sizeof sentence, "hosts.csv has no %s of this host", indicators[i]);
            settings_fault(settings, E_SCENARIO_HOST_FIGURES, node, path, sentence);
        }
    }
}

static void settings_aid_form(const struct settings *settings, const struct yaml_node *how,
                              const char *path)
{
    settings_fault(settings, E_SCENARIO_SETTING_FORM, how, path,
                   "the word assumed or flow, or a map with route, measure, from and to, belongs "
                   "here");
}

/* The word under `stock`. */
static int settings_aid_word(const struct settings *settings, const struct yaml_node *how,
                             const char *path, struct aid_host_setting *host, struct ajar_err *err)
{
    const struct checker *checker = settings->checker;
    const char *model, *doors, *conflict, *dir = checker->scenario->dir;
    if (text_is(how->text, "assumed")) {
        host->stock = AID_STOCK_ASSUMED;
        return 0;
    }
    if (!text_is(how->text, "flow")) {
        settings_aid_form(settings, how, path);
        return 0;
    }
    host->stock = AID_STOCK_FLOW;
    TRY(file_join(checker->scratch, dir, EXODUS_FILE, &model, err));
    TRY(file_join(checker->scratch, dir, DOORS_FOLDER, &doors, err));
    TRY(file_join(checker->scratch, dir, CONFLICT_FILE, &conflict, err));
    if (!file_exists(model) && file_exists(conflict)) {
        return 0;
    }
    if (!file_exists(model)) {
        settings_fault(settings, E_SCENARIO_HOST_FLOW, how, path,
                       "the scenario has no exodus and no conflict that could forecast it: "
                       "neither " EXODUS_FILE " nor " CONFLICT_FILE " is there");
    } else if (!file_is_folder(doors)) {
        settings_fault(settings, E_SCENARIO_HOST_FLOW, how, path,
                       "the exodus of the scenario has no doors to ask: the folder " DOORS_FOLDER
                       " is not there");
    }
    return 0;
}

static int settings_aid_host(const struct settings *settings, const struct yaml_node *node,
                             size_t i, struct ajar_err *err)
{
    static const char *const known[] = {"country", "stock"};
    struct aid_settings *aid = &settings->checker->scenario->aid;
    struct aid_host_setting *host = &aid->hosts[i];
    char path[64], country[80], stock[80];
    snprintf(path, sizeof path, "aid.hosts[%zu]", i);
    snprintf(country, sizeof country, "%s.country", path);
    snprintf(stock, sizeof stock, "%s.stock", path);
    *host = (struct aid_host_setting){.arrivals_row = SCENARIO_NO_ROW, .line = node->row};
    if (node->kind != YAML_MAP) {
        settings_fault(settings, E_SCENARIO_SETTING_FORM, node, path,
                       "a map with country and stock belongs here");
        return 0;
    }
    TRY(settings_only(settings, node, path, known, COUNT_OF(known), err));
    const struct yaml_node *of =
        settings_get(settings, node, "country", country, YAML_SCALAR, false);
    bool is_country = settings_country(settings, of, country, &host->country);
    for (size_t other = 0; is_country && other < i; other++) {
        if (aid->hosts[other].country == host->country) {
            settings_fault(settings, E_SCENARIO_HOST_TWICE, of, country,
                           "this host stands in the list already");
            is_country = false; /* what it needs is asked for once */
        }
    }
    const struct yaml_node *how = yaml_get(node, "stock");
    if (how == NULL) {
        settings_get(settings, node, "stock", stock, YAML_SCALAR, false);
    } else if (how->kind == YAML_MAP) {
        TRY(settings_aid_stock(settings, how, stock, host, err));
    } else if (how->kind == YAML_SCALAR) {
        TRY(settings_aid_word(settings, how, stock, host, err));
    } else {
        settings_aid_form(settings, how, stock);
    }
    if (is_country) {
        settings_aid_needs(settings, of, country, host);
    }
    return 0;
}

int settings_aid_read(const struct settings *settings, const struct yaml_node *aid,
                      struct ajar_err *err)
{
    static const char *const known[] = {"budget", "unit", "alpha", "tranche", "hosts"};
    struct aid_settings *out = &settings->checker->scenario->aid;
    TRY(settings_only(settings, aid, "aid", known, COUNT_OF(known), err));
    settings_aid_amounts(settings, aid);
    const struct yaml_node *hosts =
        settings_get(settings, aid, "hosts", "aid.hosts", YAML_LIST, false);
    if (hosts == NULL) {
        return 0;
    }
    TRY_NEW(out->hosts, settings->checker->arena, hosts->n, err);
    out->n = hosts->n;
    for (size_t i = 0; i < hosts->n; i++) {
        TRY(settings_aid_host(settings, &hosts->items[i], i, err));
    }
    return 0;
}
