#include "flow_read.h"

#include <stdio.h>

#include "flow_check.h"
#include "flow_sheet.h"
#include "yaml.h"

#define SCRATCH       ((size_t)1 << 31)
#define SETTINGS_MOST ((size_t)1 << 20)

const char *flow_table_file(enum flow_table table)
{
    static const char *const files[FLOW_TABLES] = {[FLOW_SETTINGS] = "flow/flow.yaml",
                                                   [FLOW_PLACES] = "flow/places.csv",
                                                   [FLOW_ROADS] = "flow/roads.csv",
                                                   [FLOW_CLOSURES] = "flow/closures.csv",
                                                   [FLOW_CONFLICTS] = "flow/conflicts.csv",
                                                   [FLOW_REPORTS] = "flow/reports.csv",
                                                   [FLOW_CORRECTIONS] = "flow/corrections.csv"};
    return files[table];
}

static void yaml_fault(struct flow_reader *reader, enum err_code code, const struct yaml_node *node,
                       const char *path, const char *what)
{
    err_at(faults_add(reader->faults), code, flow_table_file(FLOW_SETTINGS), node->row, path,
           node->text, "%s", what);
}

/* A scalar that must be there; NULL after a fault. */
static const struct yaml_node *yaml_need(struct flow_reader *reader, const struct yaml_node *root,
                                         const char *key)
{
    const struct yaml_node *node = yaml_get(root, key);
    if (node == NULL) {
        err_at(faults_add(reader->faults), E_FLOW_SETTING, flow_table_file(FLOW_SETTINGS),
               root->row, key, (struct text){"", 0}, "this key is missing");
    } else if (node->kind != YAML_SCALAR) {
        yaml_fault(reader, E_FLOW_SETTING, node, key, "a single value belongs here");
        node = NULL;
    }
    return node;
}

static int read_title(struct flow_reader *reader, const struct yaml_node *root,
                      struct ajar_err *err)
{
    const struct yaml_node *node = yaml_need(reader, root, "title");
    const char *copy;
    struct ajar_err problem = {0};
    if (node == NULL) {
        return 0;
    }
    if (flow_check_title(node->text, &problem) != 0) {
        yaml_fault(reader, E_FLOW_SETTING, node, "title", problem.text);
        return 0;
    }
    TRY(text_copy(reader->arena, node->text, &copy, err));
    reader->world.title = (struct text){copy, node->text.n};
    return 0;
}

static void read_days(struct flow_reader *reader, const struct yaml_node *root)
{
    const struct yaml_node *start = yaml_need(reader, root, "start");
    const struct yaml_node *days = yaml_need(reader, root, "days");
    struct ajar_err problem = {0};
    int64_t n = 0;
    bool good = start != NULL && days != NULL;
    if (start != NULL && yaml_date(start, flow_table_file(FLOW_SETTINGS), "start",
                                   &reader->world.start, &problem) != 0) {
        *faults_add(reader->faults) = problem;
        good = false;
    } else if (start != NULL && !flow_check_start(reader->world.start)) {
        yaml_fault(reader, E_FLOW_DAY, start, "start", FLOW_START_RULE);
        good = false;
    }
    if (days != NULL && (yaml_int(days, flow_table_file(FLOW_SETTINGS), "days", &n, NULL) != 0 ||
                         n < 1 || n > FLOW_DAYS_MOST)) {
        yaml_fault(reader, E_FLOW_DAY, days, "days", "this is no number of days up to a century");
        good = false;
    }
    reader->world.n_days = (int32_t)n;
    reader->dated = good;
}

static void read_decay(struct flow_reader *reader, const struct yaml_node *list,
                       struct flow_params *params)
{
    struct text words[FLOW_DECAY_MOST] = {0};
    struct ajar_err problem = {0};
    if (list->kind != YAML_LIST) {
        yaml_fault(reader, E_FLOW_SETTING, list, "parameters.spawn_decay", "a list belongs here");
        return;
    }
    for (size_t i = 0; i < list->n && i < FLOW_DECAY_MOST; i++) {
        words[i] = list->items[i].text;
    }
    if (flow_param_decay(params, words, list->n, &problem) != 0) {
        yaml_fault(reader, E_FLOW_SETTING, list, "parameters.spawn_decay", problem.text);
    }
}

static void read_param(struct flow_reader *reader, const struct yaml_node *key,
                       const struct yaml_node *value, struct flow_params *params)
{
    char path[64];
    struct ajar_err problem = {0};
    snprintf(path, sizeof path, "parameters.%.*s", (int)text_fit(key->text, 40), key->text.at);
    if (text_is(key->text, "spawn_decay")) {
        read_decay(reader, value, params);
        return;
    }
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        if (!text_is(key->text, at->name)) {
            continue;
        }
        if (value->kind != YAML_SCALAR) {
            yaml_fault(reader, E_FLOW_SETTING, value, path, "a single value belongs here");
        } else if (flow_param_parse(params, at, value->text, &problem) != 0) {
            yaml_fault(reader, E_FLOW_SETTING, value, path, problem.text);
        }
        return;
    }
    yaml_fault(reader, E_FLOW_SETTING, key, path, "this is no parameter");
}

static void read_params(struct flow_reader *reader, const struct yaml_node *root,
                        struct flow_params *params)
{
    const struct yaml_node *rules = yaml_need(reader, root, "rules");
    const struct yaml_node *map = yaml_get(root, "parameters");
    if (rules != NULL && text_is(rules->text, "ajar")) {
        params->rules = FLOW_RULES_AJAR;
    } else if (rules != NULL && !text_is(rules->text, "flee")) {
        yaml_fault(reader, E_FLOW_SETTING, rules, "rules", "this is flee or ajar");
    }
    if (map != NULL && map->kind != YAML_MAP) {
        yaml_fault(reader, E_FLOW_SETTING, map, "parameters", "a map of parameters belongs here");
        return;
    }
    for (size_t i = 0; map != NULL && i < map->n; i++) {
        read_param(reader, &map->keys[i], &map->items[i], params);
    }
}

static int read_settings(struct flow_reader *reader, struct text bytes, struct flow_params *params,
                         struct ajar_err *err)
{
    static const char *const known[] = {"title", "start", "days", "rules", "parameters"};
    const char *file = flow_table_file(FLOW_SETTINGS);
    const struct yaml_node *root;
    struct ajar_err problem = {0};
    if (bytes.at == NULL) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, file, 0, NULL, (struct text){"", 0},
               "this file is missing");
        return 0;
    }
    int code = yaml_parse(reader->scratch, file, bytes, SETTINGS_MOST, &root, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        return err_set(err, (enum err_code)code, "%s", problem.text);
    }
    if (code != 0) {
        *faults_add(reader->faults) = problem;
        return 0;
    }
    if (root->kind != YAML_MAP) {
        yaml_fault(reader, E_FLOW_SETTING, root, NULL, "a map of keys and values belongs here");
        return 0;
    }
    for (size_t i = 0; i < root->n; i++) {
        struct yaml_node pair = {
            .kind = YAML_MAP, .n = 1, .keys = &root->keys[i], .items = &root->items[i]};
        if (yaml_only(&pair, file, "", known, sizeof known / sizeof *known, &problem) != 0) {
            *faults_add(reader->faults) = problem;
        }
    }
    TRY(read_title(reader, root, err));
    read_days(reader, root);
    read_params(reader, root, params);
    return 0;
}

static int read_tables(struct flow_reader *reader, const struct text bytes[FLOW_TABLES],
                       struct ajar_err *err)
{
    static const enum flow_table needed[] = {FLOW_PLACES, FLOW_ROADS, FLOW_REPORTS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (bytes[needed[i]].at == NULL) {
            err_at(faults_add(reader->faults), E_FLOW_FILE, flow_table_file(needed[i]), 0, NULL,
                   (struct text){"", 0}, "this file is missing");
        }
    }
    TRY(flow_read_places(reader, bytes[FLOW_PLACES], err));
    if (reader->world.n_places == 0) {
        return 0;
    }
    TRY(flow_read_roads(reader, bytes[FLOW_ROADS], err));
    TRY(flow_read_closures(reader, bytes[FLOW_CLOSURES], err));
    TRY(flow_read_conflicts(reader, bytes[FLOW_CONFLICTS], err));
    TRY(flow_read_reports(reader, bytes[FLOW_REPORTS], err));
    return flow_read_corrections(reader, bytes[FLOW_CORRECTIONS], err);
}

static int read_all(struct flow_reader *reader, const struct text bytes[FLOW_TABLES],
                    struct flow_params *params, struct ajar_err *err)
{
    const struct flow_check_files files = {
        flow_table_file(FLOW_PLACES), flow_table_file(FLOW_ROADS), flow_table_file(FLOW_CLOSURES),
        flow_table_file(FLOW_REPORTS), flow_table_file(FLOW_CORRECTIONS)};
    uint64_t before = reader->faults->total;
    TRY(read_settings(reader, bytes[FLOW_SETTINGS], params, err));
    TRY(read_tables(reader, bytes, err));
    if (reader->faults->total == before) {
        TRY(flow_check(reader->scratch, &reader->world, &files, reader->said, reader->faults, err));
    }
    uint64_t found = reader->faults->total - before;
    return found == 0 ? 0
                      : err_set(err, E_FLOW_FAULTS, "the files of the conflict have %llu fault%s",
                                (unsigned long long)found, found == 1 ? "" : "s");
}

int flow_read(struct arena *arena, const struct text bytes[FLOW_TABLES], struct flow_world *world,
              struct flow_params *params, struct flow_said *said, struct faults *faults,
              struct ajar_err *err)
{
    struct arena scratch;
    struct flow_params read = flow_params_default();
    arena_init(&scratch, "the reading of a conflict", SCRATCH);
    struct flow_reader reader = {
        .arena = arena, .scratch = &scratch, .said = said, .faults = faults};
    int code = read_all(&reader, bytes, &read, err);
    if (code == 0) {
        *world = reader.world;
        *params = read;
    }
    arena_free(&scratch);
    return code;
}
