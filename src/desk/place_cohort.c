#include "place_cohort.h"

#include <math.h>

#include "file.h"
#include "flow_parts.h"
#include "num.h"
#include "place_cohort_parts.h"

#define COHORT_CEILING ((size_t)1 << 20)

const char *const place_need_words[PLACE_NEED_KEYS] = {
    "one_parent", "school_age", "course", "support", "step_free", "clinic", "kin",
    "wish_1",     "wish_2",     "veto",   "link",    "link_same", "late",   "late_days"};

void cohort_fault(struct cohort_reading *reading, const struct yaml_node *node, const char *column,
                  const char *what, const char *hint)
{
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, E_PLACE_COHORT, reading->file, node->row, column,
           node->kind == YAML_SCALAR ? node->text : (struct text){"", 0}, "%s", what);
    fault->at = node->at;
    err_hint(fault, "%s", hint);
}

double cohort_indicator(const struct scenario *scenario, struct text country, struct text indicator)
{
    const struct hosts *hosts = &scenario->hosts;
    double value = (double)NAN;
    date_days last = DATE_NONE;
    for (size_t i = 0; i < hosts->n; i++) {
        name_id word = scenario->measures.id[hosts->indicator[i]];
        if (text_eq(scenario_name(scenario, hosts->country[i]), country) &&
            text_eq(scenario_name(scenario, word), indicator) &&
            (last == DATE_NONE || hosts->date[i].first > last)) {
            last = hosts->date[i].first;
            value = hosts->unit[i] == UNIT_PERCENT ? hosts->value[i] / 100 : hosts->value[i];
        }
    }
    return value;
}

static double cohort_assumed(const struct scenario *scenario, struct text id)
{
    const struct assumptions *all = &scenario->assumptions;
    for (size_t i = 0; i < all->n; i++) {
        if (text_eq(scenario_name(scenario, all->id[i]), id)) {
            return all->central[i];
        }
    }
    return (double)NAN;
}

double cohort_figure(struct cohort_reading *reading, const struct yaml_node *node,
                     const char *column)
{
    const struct yaml_node *indicator = node->kind == YAML_MAP ? yaml_get(node, "indicator") : NULL;
    double value = (double)NAN;
    if (node->kind == YAML_SCALAR) {
        value = cohort_assumed(reading->scenario, node->text);
    } else if (indicator != NULL && indicator->kind == YAML_SCALAR) {
        value = cohort_indicator(reading->scenario, TEXT_LIT("ALL"), indicator->text);
    }
    if (isnan(value)) {
        cohort_fault(reading, node, column, "no figure is found by this name",
                     "Write the id of a row of assumptions.csv, or {indicator: ...} of a row of "
                     "hosts.csv about ALL.");
        return 0;
    }
    return value;
}

const struct yaml_node *cohort_under(struct cohort_reading *reading, const struct yaml_node *map,
                                     const char *key, enum yaml_kind kind)
{
    const struct yaml_node *node = yaml_get(map, key);
    if (node == NULL || node->kind != kind) {
        cohort_fault(reading, node == NULL ? map : node, key,
                     kind == YAML_SCALAR ? "a word is missing"
                     : kind == YAML_LIST ? "a list is missing"
                                         : "a map is missing",
                     "docs/cohort.md has an example of the file.");
        return NULL;
    }
    return node;
}

double cohort_number(struct cohort_reading *reading, const struct yaml_node *map, const char *key,
                     double least, double most)
{
    const struct yaml_node *node = yaml_get(map, key);
    double value = 0;
    if (node == NULL || node->kind != YAML_SCALAR || !num_parse(node->text, &value) ||
        !(value >= least) || !(value <= most)) {
        cohort_fault(reading, node == NULL ? map : node, key,
                     "a number is missing, or out of its range",
                     "docs/cohort.md has an example of the file.");
        return least;
    }
    return value;
}

void cohort_apportion(size_t k, const double *weights, uint32_t n, uint32_t *out)
{
    double sum = 0;
    uint32_t given = 0;
    for (size_t i = 0; i < k; i++) {
        sum += weights[i];
    }
    for (size_t i = 0; i < k; i++) {
        out[i] = sum > 0 ? (uint32_t)floor(weights[i] / sum * n) : 0;
        given += out[i];
    }
    while (sum > 0 && given < n) {
        size_t best = 0;
        double most = -1;
        for (size_t i = 0; i < k; i++) {
            double rest = weights[i] / sum * n - out[i];
            best = rest > most ? i : best;
            most = rest > most ? rest : most;
        }
        out[best]++;
        given++;
    }
}

static int cohort_settings(struct cohort_reading *reading, const struct yaml_node *root,
                           struct ajar_err *err)
{
    struct place_cohort *out = reading->out;
    const struct yaml_node *said = cohort_under(reading, root, "synthetic", YAML_SCALAR);
    const struct yaml_node *on = yaml_get(root, "on");
    const struct scenario *scenario = reading->scenario;
    if (said != NULL) {
        TRY(text_copy(reading->arena, said->text, &out->synthetic, err));
    }
    out->on = scenario->as_known == DATE_NONE ? scenario->to : scenario->as_known;
    if (on != NULL && (on->kind != YAML_SCALAR || !date_parse(on->text, &out->on))) {
        cohort_fault(reading, on, "on", "the day of placing is no date", "Write 2022-11-05.");
    }
    out->n_households = (uint32_t)cohort_number(reading, root, "households", 1, PLACE_COHORT_MOST);
    out->least = (uint32_t)cohort_number(reading, root, "least", 0, PLACE_COHORT_MOST);
    out->link_km = cohort_number(reading, root, "link_km", 0, 20000);
    return 0;
}

static int cohort_root(struct cohort_reading *reading, const struct yaml_node *root,
                       struct ajar_err *err)
{
    static const char *const keys[] = {"synthetic", "on",       "households",  "least",     "waits",
                                       "sizes",     "profiles", "occupations", "languages", "needs",
                                       "link_km",   "offer",    "states",      "open",      "slack",
                                       "units",     "lots",     "criteria"};
    if (root->kind != YAML_MAP) {
        cohort_fault(reading, root, NULL, "the settings of a cohort are a map",
                     "docs/cohort.md has an example of the file.");
        return 0;
    }
    struct ajar_err *unknown = NULL;
    struct ajar_err problem = {0};
    if (yaml_only(root, reading->file, "", keys, sizeof keys / sizeof *keys, &problem) != 0) {
        unknown = faults_add(reading->faults);
        *unknown = problem;
    }
    TRY(cohort_settings(reading, root, err));
    TRY(cohort_read_people(reading, root, err));
    return cohort_read_offer(reading, root, err);
}

bool place_cohort_stands(struct arena *arena, const char *dir)
{
    const char *path;
    return file_join(arena, dir, PLACE_COHORT_FILE, &path, NULL) == 0 && file_exists(path);
}

int place_cohort_read(struct arena *arena, const struct scenario *scenario,
                      const struct doors_folder *folder, const struct exodus_chain *exodus,
                      struct faults *faults, struct place_cohort *out, struct ajar_err *err)
{
    struct place_cohort cohort = {0};
    struct cohort_reading reading = {.arena = arena,
                                     .scenario = scenario,
                                     .folder = folder,
                                     .exodus = exodus,
                                     .faults = faults,
                                     .out = &cohort};
    const struct yaml_node *root;
    uint64_t before = faults->total;
    struct text bytes;
    TRY(file_join(arena, scenario->dir, "place", &reading.dir, err));
    TRY(file_join(arena, scenario->dir, PLACE_COHORT_FILE, &reading.file, err));
    TRY(flow_load_bytes(arena, reading.file, &bytes, err));
    TRY(yaml_parse(arena, reading.file, bytes, COHORT_CEILING, &root, err));
    TRY(cohort_root(&reading, root, err));
    if (faults->total > before) {
        faults_sort(faults);
        return err_set(err, E_PLACE_FAULTS, "%s has faults", reading.dir);
    }
    *out = cohort;
    return 0;
}
