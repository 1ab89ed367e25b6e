/* Who waits where, how large their households are, what papers they hold and what they need. */
#include <math.h>
#include <string.h>

#include "doors_facts.h"
#include "file.h"
#include "place_cohort_parts.h"

static double stock_flow(const struct exodus_chain *exodus, struct text country)
{
    for (size_t i = 0; exodus != NULL && exodus->stands && i < exodus->n_stocks; i++) {
        if (text_eq(exodus->stocks[i].country, country)) {
            return floor(exodus->stocks[i].flight.mean * 10 + 0.5) / 10; /* as flow_stocks.csv */
        }
    }
    return (double)NAN;
}

static double stock_assumed(const struct scenario *scenario, struct text country)
{
    const struct assumptions *all = &scenario->assumptions;
    for (size_t i = 0; i < all->n; i++) {
        if (text_is(scenario_name(scenario, all->quantity[i]), "stock") &&
            text_eq(scenario_name(scenario, all->country[i]), country)) {
            return all->central[i];
        }
    }
    return (double)NAN;
}

static bool stock_word(const struct yaml_node *map, const char *key, struct text is)
{
    const struct yaml_node *node = yaml_get(map, key);
    return node != NULL && node->kind == YAML_SCALAR && text_eq(node->text, is);
}

static bool stock_day(const struct yaml_node *map, const char *key, date_days is)
{
    const struct yaml_node *node = yaml_get(map, key);
    date_days day;
    return node != NULL && node->kind == YAML_SCALAR && date_parse(node->text, &day) && day == is;
}

static double stock_counted(const struct scenario *scenario, struct text country,
                            const struct yaml_node *key)
{
    const struct arrivals *all = &scenario->arrivals;
    for (size_t i = 0; i < all->n; i++) {
        struct text measure = scenario_name(scenario, scenario->measures.id[all->measure[i]]);
        enum measure_kind kind = scenario->measures.kind[all->measure[i]];
        if (text_eq(scenario_name(scenario, all->country[i]), country) &&
            stock_word(key, "route", scenario_name(scenario, all->route[i])) &&
            stock_word(key, "measure", measure) && stock_day(key, "from", all->from[i]) &&
            stock_day(key, "to", all->to[i]) && (kind == KIND_STOCK || kind == KIND_NET)) {
            return all->value[i];
        }
    }
    return (double)NAN;
}

static double wait_stock(struct cohort_reading *reading, const struct yaml_node *map,
                         struct text country)
{
    const struct yaml_node *stock = yaml_get(map, "stock");
    double value = (double)NAN;
    if (stock != NULL && stock->kind == YAML_MAP) {
        value = stock_counted(reading->scenario, country, stock);
    } else if (stock != NULL && stock->kind == YAML_SCALAR) {
        value = text_is(stock->text, "flow")      ? stock_flow(reading->exodus, country)
                : text_is(stock->text, "assumed") ? stock_assumed(reading->scenario, country)
                                                  : (double)NAN;
    }
    if (isnan(value) || value < 0) {
        cohort_fault(reading, stock == NULL ? map : stock, "stock",
                     "no stock of people is found for the country",
                     "Write flow where the scenario has an exodus, assumed, or a map with route, "
                     "measure, from, to of a row of arrivals.csv.");
        return 0;
    }
    return value;
}

static int wait_facts(struct cohort_reading *reading, const struct yaml_node *map,
                      struct place_cohort_wait *wait, struct ajar_err *err)
{
    struct person stated;
    struct ajar_err problem = {0};
    const struct yaml_node *facts = yaml_get(map, "facts");
    TRY(person_blank(reading->arena, &reading->folder->rules, &stated, err));
    if (facts != NULL && facts->kind == YAML_MAP) {
        int code = doors_facts_map(reading->arena, &reading->folder->rules, reading->file, facts,
                                   NULL, &stated, reading->faults, &problem);
        if (code != 0 && code != E_DOORS_FACTS) {
            if (err != NULL) {
                *err = problem;
            }
            return code;
        }
    }
    wait->facts = stated.values;
    return 0;
}

static int read_waits(struct cohort_reading *reading, const struct yaml_node *root,
                      struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *list = cohort_under(reading, root, "waits", YAML_LIST);
    if (list == NULL) {
        return 0;
    }
    TRY_NEW(out->waits, reading->arena, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml_node *map = &list->items[i];
        const struct yaml_node *country = map->kind == YAML_MAP ? yaml_get(map, "country") : NULL;
        struct place_cohort_wait *wait = &out->waits[out->n_waits];
        if (country == NULL || country->kind != YAML_SCALAR || country_find(country->text) < 0) {
            cohort_fault(reading, map, "country", "a country where people wait is missing",
                         "Write its ISO 3166 alpha-3 code such as FIN.");
            continue;
        }
        wait->country = country->text;
        wait->stock = wait_stock(reading, map, country->text);
        TRY(wait_facts(reading, map, wait, err));
        out->n_waits++;
    }
    return 0;
}

/* The least to everybody, the rest in proportion to the stocks. */
static int share_waits(struct cohort_reading *reading, const struct yaml_node *root,
                       struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    double *stocks;
    uint32_t *more;
    TRY_NEW(stocks, reading->arena, out->n_waits, err);
    TRY_NEW(more, reading->arena, out->n_waits, err);
    if ((uint64_t)out->least * out->n_waits > out->n_households || out->n_waits == 0) {
        cohort_fault(reading, root, "households", "the cohort is too small for its countries",
                     "Raise households, or lower least.");
        return 0;
    }
    for (size_t i = 0; i < out->n_waits; i++) {
        stocks[i] = out->waits[i].stock;
    }
    cohort_apportion(out->n_waits, stocks, out->n_households - out->least * (uint32_t)out->n_waits,
                     more);
    out->n_households = 0;
    for (size_t i = 0; i < out->n_waits; i++) {
        out->waits[i].households = out->least + more[i];
        out->n_households += out->waits[i].households;
    }
    return 0;
}

static void read_sizes(struct cohort_reading *reading, const struct yaml_node *root)
{
    const struct yaml_node *list = cohort_under(reading, root, "sizes", YAML_LIST);
    double sum = 0;
    if (list == NULL) {
        return;
    }
    if (list->n != PLACE_COHORT_SIZES) {
        cohort_fault(reading, list, "sizes", "there are six sizes, from one person to six",
                     "Name six figures.");
        return;
    }
    for (size_t i = 0; i < PLACE_COHORT_SIZES; i++) {
        reading->out->size[i] = cohort_figure(reading, &list->items[i], "sizes");
        sum += reading->out->size[i];
    }
    if (fabs(sum - 1) > 1e-9) {
        cohort_fault(reading, list, "sizes", "the shares of the sizes do not sum to 1",
                     "Correct their rows in assumptions.csv.");
    }
}

static uint32_t profile_of(const struct doors_profiles *people, struct text id)
{
    for (size_t i = 0; i < people->n; i++) {
        if (text_eq(people->profiles[i].id, id)) {
            return (uint32_t)i;
        }
    }
    return PLACE_COHORT_NOBODY;
}

/* A block's members share what the block has in proportion to their figures. */
static int read_block(struct cohort_reading *reading, const struct yaml_node *block, double share,
                      struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *of = cohort_under(reading, block, "of", YAML_MAP);
    struct place_cohort_profile *grown;
    double sum = 0;
    if (of == NULL) {
        return 0;
    }
    TRY_NEW(grown, reading->arena, out->n_profiles + of->n, err);
    memcpy(grown, out->profiles, out->n_profiles * sizeof *grown);
    for (size_t i = 0; i < of->n; i++) {
        struct place_cohort_profile *one = &grown[out->n_profiles + i];
        one->at = profile_of(&out->people, of->keys[i].text);
        one->weight = cohort_figure(reading, &of->items[i], "profiles");
        sum += one->weight;
        if (one->at == PLACE_COHORT_NOBODY) {
            cohort_fault(reading, &of->keys[i], "profiles", "profiles.yaml has no such profile",
                         "Correct the id, or add the profile.");
        }
    }
    for (size_t i = 0; i < of->n && sum > 0; i++) {
        grown[out->n_profiles + i].weight *= share / sum;
    }
    out->profiles = grown;
    out->n_profiles += of->n;
    return 0;
}

static int read_profiles(struct cohort_reading *reading, const struct yaml_node *root,
                         struct ajar_err *err)
{
    const struct yaml_node *list = cohort_under(reading, root, "profiles", YAML_LIST);
    struct place_cohort_profile *none;
    double left = 1;
    TRY_NEW(none, reading->arena, 1, err);
    reading->out->profiles = none;
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        const struct yaml_node *block = &list->items[i];
        const struct yaml_node *share = block->kind == YAML_MAP ? yaml_get(block, "share") : NULL;
        if (share == NULL) {
            cohort_fault(reading, block, "share", "a block of profiles has a share",
                         "Write share: and of:; share: rest takes what is left.");
            continue;
        }
        bool rest = share->kind == YAML_SCALAR && text_is(share->text, "rest");
        double part = rest ? left : cohort_figure(reading, share, "share");
        left -= part;
        TRY(read_block(reading, block, part, err));
    }
    if (list != NULL && fabs(left) > 1e-9) {
        cohort_fault(reading, list, "profiles", "the shares of the blocks do not sum to 1",
                     "Write share: rest in the last block.");
    }
    return 0;
}

static void read_occupations(struct cohort_reading *reading, const struct yaml_node *root)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *map = cohort_under(reading, root, "occupations", YAML_MAP);
    for (size_t i = 0; map != NULL && i < map->n; i++) {
        uint32_t at = profile_of(&out->people, map->keys[i].text);
        if (at == PLACE_COHORT_NOBODY || map->items[i].kind != YAML_SCALAR) {
            cohort_fault(reading, &map->keys[i], "occupations", "this is no profile",
                         "Write PROFILE: OCCUPATION.");
        }
        for (size_t k = 0; k < out->n_profiles; k++) {
            if (out->profiles[k].at == at) {
                out->profiles[k].occupation = map->items[i].text;
            }
        }
    }
}

static int read_languages(struct cohort_reading *reading, const struct yaml_node *root,
                          struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *map = cohort_under(reading, root, "languages", YAML_MAP);
    if (map == NULL) {
        return 0;
    }
    TRY_NEW(out->languages, reading->arena, map->n, err);
    for (size_t i = 0; i < map->n && i < 32; i++) {
        out->languages[out->n_languages++] = (struct place_cohort_word){
            map->keys[i].text, cohort_figure(reading, &map->items[i], "languages")};
    }
    return 0;
}

static void read_needs(struct cohort_reading *reading, const struct yaml_node *root)
{
    const struct yaml_node *map = cohort_under(reading, root, "needs", YAML_MAP);
    for (size_t i = 0; map != NULL && i < PLACE_NEED_KEYS; i++) {
        const struct yaml_node *node = yaml_get(map, place_need_words[i]);
        if (node == NULL) {
            cohort_fault(reading, map, place_need_words[i], "a need has no figure",
                         "Name a row of assumptions.csv.");
            continue;
        }
        reading->out->need[i] = cohort_figure(reading, node, place_need_words[i]);
        if (i != PLACE_LATE_DAYS && reading->out->need[i] > 1) {
            cohort_fault(reading, node, place_need_words[i], "a share is more than 1",
                         "Correct the row of assumptions.csv.");
        }
    }
}

int cohort_read_people(struct cohort_reading *reading, const struct yaml_node *root,
                       struct ajar_err *err)
{
    const char *path;
    TRY(file_join(reading->arena, reading->dir, "profiles.yaml", &path, err));
    TRY(doors_profiles_file(reading->arena, reading->folder, path, &reading->out->people,
                            reading->faults, err));
    TRY(read_waits(reading, root, err));
    TRY(share_waits(reading, root, err));
    read_sizes(reading, root);
    TRY(read_profiles(reading, root, err));
    read_occupations(reading, root);
    TRY(read_languages(reading, root, err));
    read_needs(reading, root);
    return 0;
}
