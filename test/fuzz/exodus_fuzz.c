/* Any bytes as the folder exodus/ of the shipped scenario: a model that keeps its promises, or faults that say
 * where. */
#include "exodus_read.h"
#include "flow_fuzz.h"

/* The tables, read once: a run over many inputs only reads the folder anew. */
struct fuzz_tables {
    struct arena arena;
    struct scenario scenario;
};

static void fuzz_tables_read(struct fuzz_tables *out)
{
    struct faults faults;
    arena_init(&out->arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &out->arena, 20, NULL) == 0);
    fuzz_demand(scenario_load(&out->arena, "scenarios/exodus2022", NULL, NULL, &out->scenario,
                              &faults, NULL) == 0);
}

static void fuzz_value(const struct exodus_model *model, const struct exodus_value *value,
                       double least, double most)
{
    bool fixed = value->param == EXODUS_FIXED && value->fixed >= least && value->fixed <= most;
    fuzz_demand(fixed || (value->param >= 0 && (uint32_t)value->param < model->n_params));
}

static void fuzz_params(const struct exodus_model *model)
{
    size_t fitted = 0;
    fuzz_demand(model->n_params > 0 && model->n_params <= EXODUS_PARAMS_MOST);
    for (size_t i = 0; i < model->n_params; i++) {
        const struct exodus_param *at = &model->params[i];
        fuzz_demand(at->id.n > 0 && at->title.n > 0 && at->why.n > 0);
        fuzz_demand(isfinite(at->a) && isfinite(at->b) && at->b > 0);
        fuzz_demand(at->prior == EXODUS_NORMAL || at->a > 0);
        fitted += at->fitted;
    }
    fuzz_demand(fitted <= EXODUS_FITTED_MOST);
    fuzz_value(model, &model->flight, 0, 1e9);
    fuzz_value(model, &model->pool_days, 1, 1e9);
    fuzz_value(model, &model->gives_up, 0, 1);
    fuzz_value(model, &model->onward, 0, 1);
    fuzz_value(model, &model->traffic_stay_days, 1, 1e9);
    fuzz_value(model, &model->flight_stay_days, 1, 1e9);
    fuzz_demand(model->shuts_a_day >= 0 && model->shuts_a_day <= 1);
}

static void fuzz_regions(const struct exodus_model *model)
{
    double sum = 0;
    fuzz_demand(model->n_classes > 0 && model->n_classes <= EXODUS_CLASSES_MOST);
    fuzz_demand(model->flight_rest < model->n_classes);
    for (size_t i = 0; i < model->n_classes; i++) {
        fuzz_value(model, &model->classes[i].flight, 0, 1);
        fuzz_demand(model->classes[i].n_profiles > 0);
        fuzz_demand(model->classes[i].n_profiles <= EXODUS_PROFILES_MOST);
    }
    for (size_t i = 0; i < model->n_regions; i++) {
        fuzz_demand(model->regions[i].weight > 0 && fabs(model->regions[i].lat) <= 90);
        sum += model->regions[i].weight;
    }
    fuzz_demand(model->n_regions <= EXODUS_REGIONS_MOST && fabs(sum - 1) < 1e-9);
}

static void fuzz_doors(const struct exodus_model *model)
{
    fuzz_demand(model->n_doors > 0 && model->n_doors <= EXODUS_DOORS_MOST);
    for (size_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *at = &model->doors[d];
        double week = 0;
        fuzz_demand(at->id.n > 0 && at->country.n > 0 && at->n_crossings > 0);
        fuzz_demand(at->traffic_rest < model->n_classes && at->russians > 0 && at->russians <= 1);
        fuzz_value(model, &at->traffic, 0, 1e9);
        fuzz_value(model, &at->capacity, 0, 1e9);
        for (size_t i = 0; i < 7; i++) {
            week += at->weekday[i];
            fuzz_demand(at->weekday[i] >= 0);
        }
        fuzz_demand(fabs(week - 7) < 1e-9);
        for (size_t i = 0; i < model->n_classes; i++) {
            fuzz_value(model, &at->traffic_class[i], 0, 1);
        }
        for (size_t i = 0; i < model->n_regions; i++) {
            fuzz_demand(at->km[i] >= 1);
        }
        for (size_t i = 0; i < at->n_routes; i++) {
            fuzz_demand(at->routes[i].route.n > 0 && at->routes[i].spread >= 0);
            fuzz_demand(at->routes[i].share[EXODUS_FLIGHT] >= 0);
            fuzz_demand(at->routes[i].share[EXODUS_TRAFFIC] <= 1);
        }
    }
}

static void fuzz_model(const struct exodus_model *model)
{
    fuzz_demand(model->n_days > 0 && model->n_days <= EXODUS_DAYS_MOST);
    fuzz_demand(model->from <= model->shown && model->shown <= model->to);
    fuzz_demand(model->from <= model->order && model->order <= model->to);
    fuzz_demand(model->from <= model->as_known);
    fuzz_params(model);
    fuzz_regions(model);
    fuzz_doors(model);
    for (size_t i = 0; i < model->n_what_ifs; i++) {
        const struct exodus_what_if *at = &model->what_ifs[i];
        fuzz_demand(at->id.n > 0 && at->n_edits > 0 && at->n_edits <= EXODUS_EDITS_MOST);
        for (size_t e = 0; e < at->n_edits; e++) {
            const struct exodus_edit *edit = &at->edits[e];
            fuzz_demand(edit->doors != 0 && edit->doors >> model->n_doors == 0);
            fuzz_demand(edit->classes != 0 && edit->classes >> model->n_classes == 0);
            fuzz_demand(edit->from >= model->from && edit->from <= edit->to);
            fuzz_demand(edit->to <= model->to);
            fuzz_demand((edit->gate == GATE_NO_RULE) == (edit->law.n > 0));
        }
    }
}

static void fuzz_seen(const struct scenario *scenario, const struct exodus_seen *seen, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fuzz_demand(seen[i].arrivals < scenario->arrivals.n);
        fuzz_demand(seen[i].use <= EXODUS_LEFT && seen[i].row.from <= seen[i].row.to);
        fuzz_demand(seen[i].use == EXODUS_FIT || seen[i].why.n > 0);
        fuzz_demand(seen[i].use != EXODUS_FIT || (seen[i].scale > 0 && seen[i].row.value > 0));
        fuzz_demand(seen[i].use != EXODUS_FIT || seen[i].known != DATE_NONE);
        fuzz_demand(seen[i].row.first_part > 0 && seen[i].row.first_part <= 1);
        fuzz_demand(seen[i].row.last_part > 0 && seen[i].row.last_part <= 1);
        fuzz_demand(seen[i].known == DATE_NONE || !exodus_was_known(&seen[i], seen[i].known - 1));
    }
}

static void fuzz_said(int code, const struct faults *faults)
{
    fuzz_demand(code == E_EXODUS_FAULTS || code == E_MEMORY || code == E_CEILING);
    fuzz_demand(code != E_EXODUS_FAULTS || faults->total > 0);
    for (size_t i = 0; i < faults->kept; i++) {
        fuzz_demand(faults->at[i].code > 0 && faults->at[i].text[0] != '\0');
        fuzz_demand(strncmp(faults->at[i].file, "exodus/", 7) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz_tables tables;
    if (tables.scenario.names == NULL) {
        fuzz_tables_read(&tables);
    }
    struct arena arena;
    struct fuzz_folder folder;
    struct faults faults;
    struct text bytes[2] = {{NULL, 0}, {NULL, 0}};
    struct exodus_model model = {.n_days = 7};
    struct exodus_seen *seen = NULL;
    size_t n = 7;
    char *copy = fuzz_copy(data, size);
    fuzz_folder_split(&folder, (struct text){copy, size});
    for (size_t i = 0; i < folder.n; i++) {
        bool rows = strcmp(folder.files[i].name, EXODUS_SEEN_FILE) == 0;
        if (rows || strcmp(folder.files[i].name, EXODUS_MODEL_FILE) == 0) {
            bytes[rows] = folder.files[i].bytes;
        }
    }
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, 20, NULL) == 0);
    int code =
        exodus_read(&arena, &tables.scenario, bytes[0], bytes[1], &model, &seen, &n, &faults, NULL);
    if (code == 0) {
        fuzz_model(&model);
        fuzz_seen(&tables.scenario, seen, n);
    } else {
        fuzz_said(code, &faults);
        fuzz_demand(model.n_days == 7 && n == 7 && seen == NULL);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
