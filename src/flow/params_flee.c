#include <stddef.h>
#include <stdio.h>

#include "params.h"
#include "yaml.h"

#define SETTINGS_MOST ((size_t)1 << 20)

/* Keys that are read and change nothing here.  `why` is a sentence. */
struct setting_idle {
    const char *section, *key, *why;
};
static const struct setting_idle setting_idles[] = {
    {"spawn_rules", "camps_are_sinks", "the reference looks for camps_are_sicks instead"},
    {"move_rules", "max_crossing_speed", "no road is a crossing"},
    {"move_rules", "home_distance_power", "stay_close_to_home is no rule of FLOW"},
    {"move_rules", "pop_power_for_loc_weight", "use_pop_for_loc_weight is no rule of FLOW"},
    {"move_rules", "two_system_decision_making", "the reference never acts on it from a file"},
    {"move_rules", "conflict_threshold", "it belongs to two_system_decision_making"},
    {"", "number_of_steps", "the period says how many days there are"},
    {"", "conflict_input_file", "conflicts.csv is read"},
    {"", "flood_level_input_file", "FLOW has no rules for floods"},
};

/* Rules that FLOW does not have: a fault unless they are off. */
struct setting_absent {
    const char *section, *key;
    bool when; /* the value at which the reference acts as FLOW does */
};
static const struct setting_absent setting_absents[] = {
    {"spawn_rules", "take_from_population", false},
    {"spawn_rules", "conflict_zone_spawning_only", true},
    {"spawn_rules", "flood_zone_spawning_only", false},
    {"spawn_rules", "camps_are_sicks", false},
    {"spawn_rules", "read_from_agents_csv_file", false},
    {"spawn_rules", "empty_camps_on_day0", false},
    {"spawn_rules", "starvation_driven", false},
    {"move_rules", "stay_close_to_home", false},
    {"move_rules", "use_pop_for_loc_weight", false},
    {"move_rules", "use_economic_pull", false},
    {"move_rules", "avoid_food_deprived", false},
    {"move_rules", "flee_when_starving", false},
    {"move_rules", "fixed_routes", false},
    {"move_rules", "ChildrenAvoidHazards", false},
    {"move_rules", "BoysTakeRisk", false},
    {"move_rules", "children_avoid_hazards", false},
    {"move_rules", "boys_take_risk", false},
    {"move_rules", "MatchCampEthnicity", false},
    {"move_rules", "MatchTownEthnicity", false},
    {"move_rules", "MatchConflictEthnicity", false},
    {"move_rules", "match_camp_ethnicity", false},
    {"move_rules", "match_town_ethnicity", false},
    {"move_rules", "match_conflict_ethnicity", false},
    {"move_rules", "match_camp_religion", false},
    {"move_rules", "match_town_religion", false},
    {"move_rules", "match_conflict_religion", false},
};

/* Whole parts of rules. */
static const char *const setting_parts[][2] = {
    {"spawn_rules", "conflict_driven_spawning"},
    {"spawn_rules", "flood_driven_spawning"},
    {"move_rules", "flood_rules"},
    {"move_rules", "harvest_months"},
};

struct setting_reader {
    const char *file;
    struct flow_params params;
    bool v1;
    struct flow_said *said;
    struct faults *faults;
};

/* A key with what stands behind it. */
struct setting {
    const char *section;
    const struct yaml_node *key, *value;
};

static void setting_fault(struct setting_reader *reader, const struct setting *at,
                          enum err_code code, const char *what)
{
    char path[64];
    bool top = *at->section == '\0';
    snprintf(path, sizeof path, "%s%s%.*s", at->section, top ? "" : ".",
             (int)(at->key->text.n < 40 ? at->key->text.n : 40), at->key->text.at);
    err_at(faults_add(reader->faults), code, reader->file, at->value->row, path, at->value->text,
           "%s", what);
}

static bool setting_is(const struct setting *at, const char *section, const char *key)
{
    return text_is(text_of(section), at->section) && text_is(at->key->text, key);
}

static bool setting_off(const struct yaml_node *value)
{
    static const char *const none[] = {"", "~", "null", "Null", "NULL", "None"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        if (value->kind == YAML_SCALAR && text_is(value->text, none[i])) {
            return true;
        }
    }
    return false;
}

static void setting_field(struct setting_reader *reader, const struct setting *at,
                          const struct flow_param *field)
{
    struct ajar_err problem = {0};
    if (at->value->kind != YAML_SCALAR) {
        setting_fault(reader, at, E_FLOW_SETTING, "a single value belongs here");
    } else if (flow_param_parse(&reader->params, field, at->value->text, &problem) != 0) {
        setting_fault(reader, at, E_FLOW_SETTING, problem.text);
    }
}

static bool setting_bool(struct setting_reader *reader, const struct setting *at, bool *out)
{
    *out = false;
    if (setting_off(at->value) ||
        (at->value->kind == YAML_SCALAR && flow_param_bool(at->value->text, out))) {
        return true;
    }
    setting_fault(reader, at, E_FLOW_SETTING, "this is True or False");
    return false;
}

static void setting_decay(struct setting_reader *reader, const struct setting *at)
{
    struct text words[FLOW_DECAY_MOST] = {0};
    struct ajar_err problem = {0};
    bool list = at->value->kind == YAML_LIST;
    if (!list && !setting_off(at->value)) {
        setting_fault(reader, at, E_FLOW_SETTING, "a list belongs here");
        return;
    }
    for (size_t i = 0; list && i < at->value->n && i < FLOW_DECAY_MOST; i++) {
        words[i] = at->value->items[i].text;
    }
    if (flow_param_decay(&reader->params, words, list ? at->value->n : 0, &problem) != 0) {
        setting_fault(reader, at, E_FLOW_SETTING, problem.text);
    }
}

/* Whether the key is one of those that have no field; then it is dealt with. */
static bool setting_other(struct setting_reader *reader, const struct setting *at)
{
    for (size_t i = 0; i < sizeof setting_idles / sizeof *setting_idles; i++) {
        const struct setting_idle *idle = &setting_idles[i];
        if (setting_is(at, idle->section, idle->key)) {
            flow_say(reader->said, reader->file, at->value->row, "%s has no effect: %s.", idle->key,
                     idle->why);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof setting_absents / sizeof *setting_absents; i++) {
        const struct setting_absent *absent = &setting_absents[i];
        bool value;
        if (setting_is(at, absent->section, absent->key)) {
            if (setting_bool(reader, at, &value) && value != absent->when) {
                setting_fault(reader, at, E_FLOW_SETTING, "FLOW does not have this rule");
            }
            return true;
        }
    }
    for (size_t i = 0; i < sizeof setting_parts / sizeof *setting_parts; i++) {
        if (setting_is(at, setting_parts[i][0], setting_parts[i][1])) {
            if (!setting_off(at->value)) {
                setting_fault(reader, at, E_FLOW_SETTING, "FLOW does not have these rules");
            }
            return true;
        }
    }
    return false;
}

static void setting_unknown(struct setting_reader *reader, const struct setting *at)
{
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; i < flow_param_count && n < sizeof names / sizeof *names; i++) {
        if (flow_param_list[i].flee != NULL) {
            names[n++] = flow_param_list[i].flee;
        }
    }
    const char *near = text_nearest(at->key->text, names, n);
    size_t shown = text_fit(at->key->text, 60);
    flow_say(reader->said, reader->file, at->value->row,
             "'%.*s' is not known and has no effect%s%s%s.", (int)shown, at->key->text.at,
             near != NULL ? " (did you mean " : "", near != NULL ? near : "",
             near != NULL ? "?)" : "");
}

static void setting_read(struct setting_reader *reader, const struct setting *at)
{
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *field = &flow_param_list[i];
        if (field->flee != NULL && setting_is(at, field->section, field->flee)) {
            setting_field(reader, at, field);
            return;
        }
    }
    if (setting_is(at, "spawn_rules", "conflict_spawn_decay")) {
        setting_decay(reader, at);
    } else if (setting_is(at, "move_rules", "use_v1_rules")) {
        setting_bool(reader, at, &reader->v1);
    } else if (!setting_other(reader, at)) {
        setting_unknown(reader, at);
    }
}

static void setting_section(struct setting_reader *reader, const char *section,
                            const struct yaml_node *map)
{
    if (setting_off(map)) {
        return;
    }
    if (map->kind != YAML_MAP) {
        err_at(faults_add(reader->faults), E_YAML_KIND, reader->file, map->row, section, map->text,
               "this is a map of keys and values");
        return;
    }
    for (size_t i = 0; i < map->n; i++) {
        struct setting at = {section, &map->keys[i], &map->items[i]};
        setting_read(reader, &at);
    }
}

static void settings_all(struct setting_reader *reader, const struct yaml_node *root)
{
    static const char *const sections[] = {"move_rules", "spawn_rules", "optimisations"};
    if (root->kind != YAML_MAP) {
        setting_section(reader, "", root);
        return;
    }
    for (size_t i = 0; i < root->n; i++) {
        struct setting at = {"", &root->keys[i], &root->items[i]};
        bool known = text_is(at.key->text, "log_levels");
        for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
            if (text_is(at.key->text, sections[k])) {
                setting_section(reader, sections[k], at.value);
                known = true;
            }
        }
        if (!known) {
            setting_read(reader, &at);
        }
    }
    if (reader->v1) {
        reader->params.max_move_speed = 200;
        reader->params.camp_weight = 2;
        reader->params.conflict_weight = 0.25;
        reader->params.start_on_foot = reader->params.avoid_short_stints = false;
        flow_say(
            reader->said, reader->file, 0,
            "use_v1_rules sets max_move_speed, camp_weight, conflict_weight, start_on_foot and "
            "avoid_short_stints, whatever else stands here.");
    }
}

int flow_params_flee(struct arena *arena, const char *file, struct text bytes,
                     struct flow_params *out, struct flow_said *said, struct faults *faults,
                     struct ajar_err *err)
{
    struct setting_reader reader = {
        .file = file, .params = flow_params_default(), .said = said, .faults = faults};
    const struct yaml_node *root;
    struct ajar_err problem = {0};
    uint64_t before = faults->total;
    int code = yaml_parse(arena, file, bytes, SETTINGS_MOST, &root, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(faults) = problem;
    } else {
        settings_all(&reader, root);
    }
    uint64_t found = faults->total - before;
    if (found > 0) {
        return err_set(err, E_FLOW_FAULTS, "the settings have %llu fault%s",
                       (unsigned long long)found, found == 1 ? "" : "s");
    }
    *out = reader.params;
    return 0;
}
