#include <string.h>

#include "country.h"
#include "doors_facts.h"
#include "doors_gates.h"
#include "file.h"

#define PROFILES_CEILING ((size_t)1 << 20)

struct profiles_reading {
    struct arena *arena;
    const struct rules *rules;
    const char *file;
    struct faults *faults;
    struct doors_profiles *out;
};

static void profiles_refuse(struct profiles_reading *reading, enum err_code code,
                            const struct yaml_node *node, const char *column, const char *what,
                            const char *hint)
{
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, code, reading->file, node->row, column,
           node->kind == YAML_SCALAR ? node->text : (struct text){"", 0}, "%s", what);
    fault->at = node->at;
    err_hint(fault, "%s", hint);
}

static void profiles_fault(struct profiles_reading *reading, const struct yaml_node *node,
                           const char *column, const char *what, const char *hint)
{
    profiles_refuse(reading, E_DOORS_FORM, node, column, what, hint);
}

static void profiles_twice(struct profiles_reading *reading, const struct yaml_node *map,
                           const char *what)
{
    profiles_refuse(reading, E_DOORS_TWICE, yaml_get(map, "id"), "id", what,
                    "Rename one of the two.");
}

static bool profiles_word(struct profiles_reading *reading, const struct yaml_node *map,
                          const char *key, struct text *out)
{
    const struct yaml_node *node = yaml_get(map, key);
    if (node == NULL || node->kind != YAML_SCALAR || node->text.n == 0) {
        profiles_fault(reading, node == NULL ? map : node, key, "a word is missing",
                       "See profiles.yaml in docs/rules.md.");
        return false;
    }
    *out = node->text;
    return true;
}

static void profiles_title(struct profiles_reading *reading, const struct yaml_node *map,
                           struct said *out)
{
    static const char *const langs[LANG_COUNT] = {"en", "ru", "de"};
    const struct yaml_node *title = yaml_get(map, "title");
    for (int i = 0; i < LANG_COUNT; i++) {
        const struct yaml_node *said =
            title != NULL && title->kind == YAML_MAP ? yaml_get(title, langs[i]) : NULL;
        if (said != NULL && said->kind == YAML_SCALAR) {
            out->in[i] = said->text;
        }
    }
    if (out->in[LANG_EN].n == 0) {
        profiles_fault(reading, title == NULL ? map : title, "title", "a profile has a title",
                       "Write title: {en: \"...\", ru: \"...\", de: \"...\"}.");
    }
}

/* One map of facts; its faults are those of the file. */
static int profiles_facts(struct profiles_reading *reading, const struct yaml_node *map,
                          const char *const *skip, struct person *out, struct ajar_err *err)
{
    struct ajar_err problem = {0};
    int code = doors_facts_map(reading->arena, reading->rules, reading->file, map, skip, out,
                               reading->faults, &problem);
    if (code != 0 && code != E_DOORS_FACTS && err != NULL) {
        *err = problem;
    }
    return code == E_DOORS_FACTS ? 0 : code;
}

static int profiles_one(struct profiles_reading *reading, const struct yaml_node *map,
                        struct ajar_err *err)
{
    static const char *const own[] = {"id", "title", NULL};
    struct doors_profile *profile = &reading->out->profiles[reading->out->n];
    if (map->kind != YAML_MAP) {
        profiles_fault(reading, map, "profiles", "a profile is a map",
                       "See profiles.yaml in docs/rules.md.");
        return 0;
    }
    if (profiles_word(reading, map, "id", &profile->id)) {
        for (size_t i = 0; i < reading->out->n; i++) {
            if (text_eq(reading->out->profiles[i].id, profile->id)) {
                profiles_twice(reading, map, "two profiles have this id");
            }
        }
        profiles_title(reading, map, &profile->title);
        TRY(profiles_facts(reading, map, own, &profile->person, err));
        reading->out->n++;
    }
    return 0;
}

static int profiles_crossing_doors(struct profiles_reading *reading, const struct yaml_node *map,
                                   struct doors_crossing *crossing, struct ajar_err *err)
{
    const struct yaml_node *doors = yaml_get(map, "doors");
    if (doors == NULL || doors->kind != YAML_LIST || doors->n == 0) {
        profiles_fault(reading, doors == NULL ? map : doors, "doors", "a crossing names its doors",
                       "Write doors: [fi.entry].");
        return 0;
    }
    TRY_NEW(crossing->doors, reading->arena, doors->n, err);
    for (size_t i = 0; i < doors->n; i++) {
        uint32_t door = rules_door(reading->rules, doors->items[i].text);
        if (door == RULES_NONE) {
            profiles_fault(reading, &doors->items[i], "doors", "no door has this id",
                           "`ajar doors list` shows the ids.");
        } else {
            crossing->doors[crossing->n_doors++] = door;
        }
    }
    return 0;
}

/* What everybody's facts cannot say: `unstated: no` would be said of all the profiles. */
static void profiles_crossing_keys(struct profiles_reading *reading, const struct yaml_node *map)
{
    static const char *const others[] = {"unstated", "stays", "household"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (yaml_get(map, others[i]) != NULL) {
            profiles_fault(reading, yaml_get(map, others[i]), others[i],
                           "a crossing states facts alone", "Say it in the profiles.");
        }
    }
}

static bool profiles_crossing_head(struct profiles_reading *reading, const struct yaml_node *map,
                                   struct doors_crossing *crossing)
{
    if (map->kind != YAML_MAP) {
        profiles_fault(reading, map, "crossings", "a crossing is a map",
                       "See profiles.yaml in docs/rules.md.");
        return false;
    }
    if (!profiles_word(reading, map, "id", &crossing->id) ||
        !profiles_word(reading, map, "country", &crossing->country) ||
        !profiles_word(reading, map, "way", &crossing->way)) {
        return false;
    }
    for (size_t i = 0; i < reading->out->n_crossings; i++) {
        if (text_eq(reading->out->crossings[i].id, crossing->id)) {
            profiles_twice(reading, map, "two crossings have this id");
        }
    }
    if (country_find(crossing->country) < 0) {
        profiles_fault(reading, yaml_get(map, "country"), "country", "this is no country",
                       "Use an ISO 3166 alpha-3 code such as FIN.");
    }
    profiles_crossing_keys(reading, map);
    return true;
}

static int profiles_crossing(struct profiles_reading *reading, const struct yaml_node *map,
                             struct ajar_err *err)
{
    static const char *const own[] = {"id",       "country", "way",       "doors",
                                      "unstated", "stays",   "household", NULL};
    struct doors_crossing *crossing = &reading->out->crossings[reading->out->n_crossings];
    struct person stated = {0};
    if (!profiles_crossing_head(reading, map, crossing)) {
        return 0;
    }
    TRY(profiles_crossing_doors(reading, map, crossing, err));
    TRY(profiles_facts(reading, map, own, &stated, err));
    TRY_NEW(crossing->facts, reading->arena, reading->rules->n_facts, err);
    TRY_NEW(crossing->values, reading->arena, reading->rules->n_facts, err);
    for (uint32_t i = 0; stated.values != NULL && i < reading->rules->n_facts; i++) {
        if (stated.values[i].known == KNOWN_YES) {
            crossing->facts[crossing->n_facts] = i;
            crossing->values[crossing->n_facts++] = stated.values[i];
        }
    }
    reading->out->n_crossings++;
    return 0;
}

static int profiles_root(struct profiles_reading *reading, const struct yaml_node *root,
                         struct ajar_err *err)
{
    static const struct yaml_node none = {.kind = YAML_LIST};
    const struct yaml_node *profiles = root->kind == YAML_MAP ? yaml_get(root, "profiles") : NULL;
    const struct yaml_node *crossings = root->kind == YAML_MAP ? yaml_get(root, "crossings") : NULL;
    if (profiles == NULL || profiles->kind != YAML_LIST ||
        (crossings != NULL && crossings->kind != YAML_LIST)) {
        profiles_fault(reading, root, "profiles", "the file holds a list of profiles",
                       "See profiles.yaml in docs/rules.md.");
        return 0;
    }
    crossings = crossings == NULL ? &none : crossings;
    TRY_NEW(reading->out->profiles, reading->arena, profiles->n, err);
    TRY_NEW(reading->out->crossings, reading->arena, crossings->n, err);
    for (size_t i = 0; i < profiles->n; i++) {
        TRY(profiles_one(reading, &profiles->items[i], err));
    }
    for (size_t i = 0; i < crossings->n; i++) {
        TRY(profiles_crossing(reading, &crossings->items[i], err));
    }
    return 0;
}

int doors_profiles_file(struct arena *arena, const struct doors_folder *folder, const char *path,
                        struct doors_profiles *out, struct faults *faults, struct ajar_err *err)
{
    struct doors_profiles profiles = {0};
    struct profiles_reading reading = {
        .arena = arena, .rules = &folder->rules, .file = path, .faults = faults, .out = &profiles};
    const struct yaml_node *root;
    struct file_view view;
    const char *copy = NULL;
    uint64_t before = faults->total;
    TRY(file_open(&view, path, PROFILES_CEILING, err));
    int code = text_copy(arena, view.bytes, &copy, err);
    size_t n = view.bytes.n;
    file_close(&view);
    TRY(code);
    TRY(yaml_parse(arena, path, (struct text){copy, n}, PROFILES_CEILING, &root, err));
    TRY(profiles_root(&reading, root, err));
    if (faults->total > before) {
        faults_sort(faults);
        return err_set(err, E_DOORS_FAULTS, "%s has faults", path);
    }
    *out = profiles;
    return 0;
}

int doors_profiles_read(struct arena *arena, const struct doors_folder *folder,
                        struct doors_profiles *out, struct faults *faults, struct ajar_err *err)
{
    const char *path;
    TRY(file_join(arena, folder->dir, "profiles.yaml", &path, err));
    if (!file_exists(path)) {
        *out = (struct doors_profiles){0};
        return 0;
    }
    return doors_profiles_file(arena, folder, path, out, faults, err);
}
