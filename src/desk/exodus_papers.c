#include "exodus_papers.h"

#include "file.h"
#include "flow_parts.h"
#include "yaml.h"

#define PAPERS_CEILING ((size_t)1 << 20)

struct papers_reading {
    struct arena *arena;
    struct exodus_papers *papers;
    const char *model_file;
    struct faults *faults;
    size_t n_names; /* of `names`, for "did you mean" */
    const char **names;
};

static bool place_is(const struct yaml_node *node, struct text value)
{
    return node->kind == YAML_SCALAR && text_eq(node->text, value);
}

/* The first scalar that stands under the key, alone or in a list. */
static const struct yaml_node *place_under(const struct yaml_node *node, const char *key,
                                           struct text value)
{
    const struct yaml_node *found = NULL;
    for (size_t i = 0; found == NULL && node->kind != YAML_SCALAR && i < node->n; i++) {
        const struct yaml_node *item = &node->items[i];
        if (node->kind == YAML_MAP && text_is(node->keys[i].text, key)) {
            found = place_is(item, value) ? item : NULL;
            for (size_t k = 0; found == NULL && item->kind == YAML_LIST && k < item->n; k++) {
                found = place_is(&item->items[k], value) ? &item->items[k] : NULL;
            }
        }
        found = found != NULL ? found : place_under(item, key, value);
    }
    return found;
}

long exodus_papers_row(struct arena *arena, const char *file, const char *key, struct text value)
{
    const struct yaml_node *root, *found;
    struct text bytes;
    if (!file_exists(file) || flow_load_bytes(arena, file, &bytes, NULL) != 0 ||
        yaml_parse(arena, file, bytes, PAPERS_CEILING, &root, NULL) != 0) {
        return 0;
    }
    found = place_under(root, key, value);
    return found == NULL ? 0 : found->row;
}

static void papers_lacks(struct papers_reading *reading, enum err_code code, const char *key,
                         struct text name, const char *what)
{
    const char *near = text_nearest(name, reading->names, reading->n_names);
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, code, reading->model_file,
           exodus_papers_row(reading->arena, reading->model_file, key, name), key, name, "%s",
           what);
    if (near != NULL) {
        err_hint(fault, "Did you mean %.60s?", near);
    }
}

static int papers_name(struct papers_reading *reading, struct text name, struct ajar_err *err)
{
    return text_copy(reading->arena, name, &reading->names[reading->n_names++], err);
}

static int papers_profiles(struct papers_reading *reading, struct ajar_err *err)
{
    struct exodus_papers *papers = reading->papers;
    const struct exodus_model *model = papers->model;
    const struct doors_profiles *stated = &papers->profiles;
    reading->n_names = 0;
    TRY_NEW(reading->names, reading->arena, stated->n, err);
    for (size_t i = 0; i < stated->n; i++) {
        TRY(papers_name(reading, stated->profiles[i].id, err));
    }
    TRY_NEW(papers->profile, reading->arena, model->n_classes, err);
    for (uint32_t c = 0; c < model->n_classes; c++) {
        const struct exodus_class *class = &model->classes[c];
        TRY_NEW(papers->profile[c], reading->arena, class->n_profiles, err);
        for (size_t i = 0; i < class->n_profiles; i++) {
            uint32_t at = 0;
            while (at < stated->n && !text_eq(stated->profiles[at].id, class->profiles[i])) {
                at++;
            }
            papers->profile[c][i] = at;
            if (at == stated->n) {
                papers_lacks(reading, E_EXODUS_PROFILE, "profiles", class->profiles[i],
                             "classes.yaml has no such profile");
            }
        }
    }
    return 0;
}

static int papers_crossings(struct papers_reading *reading, struct ajar_err *err)
{
    struct exodus_papers *papers = reading->papers;
    const struct exodus_model *model = papers->model;
    const struct doors_profiles *stated = &papers->profiles;
    reading->n_names = 0;
    TRY_NEW(reading->names, reading->arena, stated->n_crossings, err);
    for (size_t i = 0; i < stated->n_crossings; i++) {
        TRY(papers_name(reading, stated->crossings[i].id, err));
    }
    TRY_NEW(papers->crossing, reading->arena, model->n_doors, err);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        const struct exodus_door *door = &model->doors[d];
        TRY_NEW(papers->crossing[d], reading->arena, door->n_crossings, err);
        for (size_t i = 0; i < door->n_crossings; i++) {
            uint32_t at = 0;
            while (at < stated->n_crossings &&
                   !text_eq(stated->crossings[at].id, door->crossings[i])) {
                at++;
            }
            papers->crossing[d][i] = at;
            if (at == stated->n_crossings) {
                papers_lacks(reading, E_EXODUS_CROSSING, "crossings", door->crossings[i],
                             "classes.yaml has no such crossing");
            }
        }
    }
    return 0;
}

static int papers_laws(struct papers_reading *reading, struct ajar_err *err)
{
    const struct exodus_model *model = reading->papers->model;
    const struct rules *rules = reading->papers->rules;
    reading->n_names = 0;
    TRY_NEW(reading->names, reading->arena, rules->n_doors, err);
    for (uint32_t i = 0; i < rules->n_doors; i++) {
        TRY(papers_name(reading, rules->doors[i].id, err));
    }
    for (size_t i = 0; i < model->n_what_ifs; i++) {
        const struct exodus_what_if *what_if = &model->what_ifs[i];
        for (size_t k = 0; k < what_if->n_edits; k++) {
            struct text law = what_if->edits[k].law;
            if (law.n > 0 && rules_door(rules, law) == RULES_NONE) {
                papers_lacks(reading, E_EXODUS_LAW, "law", law, "no door of the rules has this id");
            }
        }
    }
    return 0;
}

int exodus_gates_read(struct arena *arena, const struct doors_folder *folder, const char *dir,
                      const struct exodus_model *model, struct exodus_papers *out,
                      struct faults *faults, struct ajar_err *err)
{
    struct exodus_papers papers = {.model = model, .rules = &folder->rules, .dir = dir};
    struct papers_reading reading = {.arena = arena, .papers = &papers, .faults = faults};
    uint64_t before = faults->total;
    TRY(file_join(arena, dir, "classes.yaml", &papers.file, err));
    TRY(file_join(arena, dir, "model.yaml", &reading.model_file, err));
    TRY(doors_profiles_file(arena, folder, papers.file, &papers.profiles, faults, err));
    TRY(papers_profiles(&reading, err));
    TRY(papers_crossings(&reading, err));
    TRY(papers_laws(&reading, err));
    if (faults->total > before) {
        faults_sort(faults);
        return err_set(err, E_EXODUS_FAULTS, "%s does not fit its classes and the rules",
                       reading.model_file);
    }
    *out = papers;
    return 0;
}
