/* Who would take them: states by a key, Germany's Laender by theirs, places and flats. */
#include <math.h>
#include <string.h>

#include "csv.h"
#include "file.h"
#include "flow_parts.h"
#include "num.h"
#include "place_cohort_parts.h"

#define OFFER_GERMANY "DEU"
#define OFFER_CODES   64 /* states and Laender */
#define OFFER_ID      64 /* bytes of a place's id */

/* One country that takes part, and its part of the key. */
struct offer_country {
    struct text code;
    double key, people;
};

struct offer {
    size_t n;
    struct offer_country *countries;
};

static int read_countries(struct cohort_reading *reading, const struct yaml_node *root,
                          struct offer *offer, struct ajar_err *err)
{
    const struct yaml_node *states = cohort_under(reading, root, "states", YAML_MAP);
    const struct yaml_node *key =
        states == NULL ? NULL : cohort_under(reading, states, "key", YAML_SCALAR);
    const struct yaml_node *of =
        states == NULL ? NULL : cohort_under(reading, states, "of", YAML_LIST);
    double sum = 0;
    if (key == NULL || of == NULL) {
        return 0;
    }
    TRY_NEW(offer->countries, reading->arena, of->n, err);
    for (size_t i = 0; i < of->n; i++) {
        struct text code = of->items[i].text;
        double part = cohort_indicator(reading->scenario, code, key->text);
        if (isnan(part) || part < 0) {
            cohort_fault(reading, &of->items[i], "states", "hosts.csv has no such key of the state",
                         "Name an indicator that every state of the list has.");
            continue;
        }
        offer->countries[offer->n++] = (struct offer_country){.code = code, .key = part};
        sum += part;
    }
    for (size_t i = 0; i < offer->n && sum > 0; i++) {
        offer->countries[i].people = reading->out->offer * offer->countries[i].key / sum;
    }
    return 0;
}

static void read_open(struct cohort_reading *reading, const struct yaml_node *root)
{
    const struct yaml_node *list = cohort_under(reading, root, "open", YAML_LIST);
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        unsigned bit = 0;
        for (unsigned s = 0; s < STATUS_COUNT; s++) {
            bit |= text_is(list->items[i].text, status_words[s]) ? 1U << s : 0;
        }
        if ((bit & (1U << STATUS_OPEN | 1U << STATUS_DISCRETION)) == 0) {
            cohort_fault(reading, &list->items[i], "open", "no door is open by this word",
                         "Write OPEN, or OPEN and DISCRETION.");
        }
        reading->out->open |= bit;
    }
}

static int read_units(struct cohort_reading *reading, const struct yaml_node *root,
                      struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *list = cohort_under(reading, root, "units", YAML_LIST);
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(out->units, reading->arena, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml_node *map = &list->items[i];
        struct place_cohort_unit *unit = &out->units[out->n_units];
        if (map->kind != YAML_MAP || yaml_get(map, "share") == NULL) {
            cohort_fault(reading, map, "units", "a kind of flat has beds and a share",
                         "Write - {beds: 2, share: ID}.");
            continue;
        }
        unit->beds = (uint32_t)cohort_number(reading, map, "beds", 1, 100);
        unit->share = cohort_figure(reading, yaml_get(map, "share"), "share");
        unit->least = yaml_get(map, "least") == NULL
                          ? 0
                          : (uint32_t)cohort_number(reading, map, "least", 1, 1000);
        const struct yaml_node *families = yaml_get(map, "families");
        unit->families =
            families != NULL && families->kind == YAML_SCALAR && text_is(families->text, "yes");
        if (out->n_units > 0 && unit->beds <= out->units[out->n_units - 1].beds) {
            cohort_fault(reading, map, "beds", "flats stand by rising beds", "Sort them.");
        }
        out->n_units++;
    }
    return 0;
}

static int read_criteria(struct cohort_reading *reading, const struct yaml_node *root,
                         struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *map = cohort_under(reading, root, "criteria", YAML_MAP);
    if (map == NULL) {
        return 0;
    }
    TRY_NEW(out->criteria, reading->arena, map->n, err);
    for (size_t i = 0; i < map->n; i++) {
        double weight = 0;
        if (map->items[i].kind != YAML_SCALAR || !num_parse(map->items[i].text, &weight) ||
            weight < 0 || weight > 100) {
            cohort_fault(reading, &map->items[i], "criteria", "a weight is a number from 0 to 100",
                         "Write it in parts of one.");
        }
        out->criteria[out->n_criteria++] = (struct place_cohort_word){map->keys[i].text, weight};
    }
    return 0;
}

/* ---- Places ---- */

static void site_fault(struct cohort_reading *reading, const struct csv *csv, const char *column,
                       const char *what)
{
    int at = csv_column(csv, column);
    err_at(faults_add(reading->faults), E_PLACE_COHORT, csv->file, csv->row, column,
           at < 0 ? (struct text){"", 0} : csv->cells[at], "%s", what);
}

static struct text site_cell(const struct csv *csv, const char *column)
{
    int at = csv_column(csv, column);
    return at < 0 ? (struct text){"", 0} : text_trim(csv->cells[at]);
}

static double site_number(struct cohort_reading *reading, const struct csv *csv, const char *column,
                          double least, double most)
{
    double value = 0;
    if (!num_parse(site_cell(csv, column), &value) || !(value >= least) || !(value <= most)) {
        site_fault(reading, csv, column, "a number is missing, or out of its range");
    }
    return value;
}

static void read_site(struct cohort_reading *reading, const struct csv *csv)
{
    struct place_cohort *out = reading->out;
    struct place_cohort_site *site = &out->sites[out->n_sites++];
    struct text until = site_cell(csv, "until"), source = site_cell(csv, "source_id");
    const struct sources *sources = &reading->scenario->sources;
    bool known = false;
    *site = (struct place_cohort_site){.place = site_cell(csv, "place"),
                                       .name = site_cell(csv, "name"),
                                       .state = site_cell(csv, "state"),
                                       .country = site_cell(csv, "country_iso3"),
                                       .lat = site_number(reading, csv, "lat", -90, 90),
                                       .lon = site_number(reading, csv, "lon", -180, 180),
                                       .share = site_number(reading, csv, "share", 0, 1),
                                       .until = DATE_NONE,
                                       .languages = site_cell(csv, "languages"),
                                       .shortages = site_cell(csv, "shortages"),
                                       .features = site_cell(csv, "features"),
                                       .line = csv->row};
    if (site->place.n == 0 || site->place.n > OFFER_ID || site->state.n == 0 ||
        site->country.n == 0) {
        site_fault(reading, csv, "place",
                   "a place has an id of at most 64 bytes, a state and a country");
    }
    if (until.n > 0 && !date_parse(until, &site->until)) {
        site_fault(reading, csv, "until", "this is no date");
    }
    for (size_t i = 0; i < sources->n; i++) {
        known = known || text_eq(scenario_name(reading->scenario, sources->id[i]), source);
    }
    if (!known) {
        site_fault(reading, csv, "source_id", "sources.csv has no such source");
    }
}

static int read_sites(struct cohort_reading *reading, struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const char *path;
    struct text bytes;
    struct csv csv;
    bool more = true;
    TRY(file_join(reading->arena, reading->dir, "localities.csv", &path, err));
    TRY(flow_load_bytes(reading->arena, path, &bytes, err));
    TRY(csv_open(&csv, reading->arena, path, bytes, 0, &CSV_LIMITS_DEFAULT, err));
    TRY_NEW(out->sites, reading->arena, csv_count_bound(&csv), err);
    TRY(csv_next(&csv, &more, err));
    while (more) {
        for (size_t i = 0; i < csv.n_columns; i++) { /* the reader's cells do not last */
            const char *copy;
            TRY(text_copy(reading->arena, csv.cells[i], &copy, err));
            csv.cells[i].at = copy;
        }
        read_site(reading, &csv);
        TRY(csv_next(&csv, &more, err));
    }
    return 0;
}

/* Germany's part by the key of its Laender; of others the whole. */
static double state_people(struct cohort_reading *reading, const struct offer *offer,
                           const struct place_cohort_site *site)
{
    const struct shares *laender = &reading->scenario->koenigstein;
    double part = text_is(site->country, OFFER_GERMANY) ? -1 : 1;
    for (size_t i = 0; i < laender->n && part < 0; i++) {
        if (text_eq(scenario_name(reading->scenario, laender->code[i]), site->state)) {
            part = laender->percent[i] / 100;
        }
    }
    for (size_t i = 0; i < offer->n && part >= 0; i++) {
        if (text_eq(offer->countries[i].code, site->country)) {
            return offer->countries[i].people * part;
        }
    }
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, E_PLACE_COHORT, "place/localities.csv", site->line, "state", site->state, "%s",
           part < 0 ? "koenigstein.csv has no such Land" : "cohort.yaml names no such state");
    return 0;
}

/* Every state that offers has places, and the parts of a state's places are a whole. */
static void check_sites(struct cohort_reading *reading, const struct offer *offer)
{
    const struct place_cohort *out = reading->out;
    for (size_t i = 0; i < offer->n; i++) {
        bool any = false;
        for (size_t k = 0; k < out->n_sites; k++) {
            any = any || text_eq(out->sites[k].country, offer->countries[i].code);
        }
        if (!any) {
            err_at(faults_add(reading->faults), E_PLACE_COHORT, "place/localities.csv", 0,
                   "country_iso3", offer->countries[i].code, "the state has no place");
        }
    }
    for (size_t s = 0; s < out->n_states; s++) {
        double sum = 0;
        long line = 0;
        for (size_t k = 0; k < out->n_sites; k++) {
            bool here = text_eq(out->sites[k].state, out->states[s].state);
            sum += here ? out->sites[k].share : 0;
            line = here ? out->sites[k].line : line;
        }
        if (fabs(sum - 1) > 1e-9) {
            err_at(faults_add(reading->faults), E_PLACE_COHORT, "place/localities.csv", line,
                   "share", out->states[s].state, "the shares of a state do not sum to 1");
        }
    }
}

static int make_states(struct cohort_reading *reading, const struct offer *offer,
                       struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    double weights[OFFER_CODES], sum = 0;
    uint32_t most[OFFER_CODES];
    TRY_NEW(out->states, reading->arena, OFFER_CODES, err);
    for (size_t i = 0; i < out->n_sites; i++) {
        const struct place_cohort_site *site = &out->sites[i];
        size_t at = 0;
        while (at < out->n_states && !text_eq(out->states[at].state, site->state)) {
            at++;
        }
        if (at < out->n_states || at == OFFER_CODES) {
            continue;
        }
        out->states[out->n_states++] =
            (struct place_cohort_state){.state = site->state,
                                        .country = site->country,
                                        .people = state_people(reading, offer, site)};
    }
    for (size_t i = 0; i < out->n_states; i++) {
        weights[i] = out->states[i].people;
        sum += weights[i];
    }
    cohort_apportion(out->n_states, weights, (uint32_t)floor(sum + 0.5), most);
    for (size_t i = 0; i < out->n_states; i++) {
        out->states[i].most = most[i];
    }
    return 0;
}

int cohort_read_offer(struct cohort_reading *reading, const struct yaml_node *root,
                      struct ajar_err *err)
{
    static const char *const ratios[PLACE_LOT_RATIOS] = {"school", "course", "support"};
    struct place_cohort *out = reading->out;
    struct offer offer = {0};
    const struct yaml_node *node = yaml_get(root, "offer"), *slack = yaml_get(root, "slack");
    const struct yaml_node *lots = cohort_under(reading, root, "lots", YAML_MAP);
    out->offer = cohort_figure(reading, node == NULL ? root : node, "offer");
    out->slack = cohort_figure(reading, slack == NULL ? root : slack, "slack");
    for (size_t i = 0; lots != NULL && i < PLACE_LOT_RATIOS; i++) {
        const struct yaml_node *one = yaml_get(lots, ratios[i]);
        out->lot[i] = cohort_figure(reading, one == NULL ? lots : one, ratios[i]);
    }
    TRY(read_countries(reading, root, &offer, err));
    read_open(reading, root);
    TRY(read_units(reading, root, err));
    TRY(read_criteria(reading, root, err));
    TRY(read_sites(reading, err));
    TRY(make_states(reading, &offer, err));
    check_sites(reading, &offer);
    return 0;
}
