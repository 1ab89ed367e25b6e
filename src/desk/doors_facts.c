#include "doors_facts.h"

#include <string.h>

#define FACTS_MEMBERS_MAX 100
#define FACTS_SET_TEXT    ((size_t)1 << 16)

struct facts_reading {
    struct arena *arena;
    const struct rules *rules;
    const char *file;
    struct person *person;
    struct faults *faults;
    bool no; /* what is not stated is no */
};

static struct doors_place facts_place(const struct facts_reading *reading,
                                      const struct yaml_node *node)
{
    return (struct doors_place){.file = reading->file, .row = node->row, .at = node->at};
}

static void facts_fault(struct facts_reading *reading, enum err_code code,
                        const struct yaml_node *node, const char *column, const char *what,
                        const char *hint)
{
    struct ajar_err *fault = faults_add(reading->faults);
    err_at(fault, code, reading->file, node->row, column, (struct text){"", 0}, "%s", what);
    fault->at = node->at;
    err_hint(fault, "%s", hint);
}

/* A list of a set's literals as the one text that doors_value_read takes. */
static int facts_list(struct facts_reading *reading, const struct yaml_node *list, struct text *out,
                      struct ajar_err *err)
{
    struct buf buf;
    const char *copy = "";
    buf_init(&buf, FACTS_SET_TEXT);
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0) {
            buf_char(&buf, '+');
        }
        buf_text(&buf, list->items[i].text);
    }
    int code = buf_ok(&buf, err);
    size_t n = buf.n;
    code = code != 0 || n == 0 ? code : text_copy(reading->arena, buf_view(&buf), &copy, err);
    buf_free(&buf);
    *out = (struct text){copy, n};
    return code;
}

static bool facts_evidence(struct facts_reading *reading, const struct yaml_node *node,
                           uint8_t *out)
{
    static const char *const words[] = {"asserted", "documented", "verified"};
    for (uint8_t i = 0; node->kind == YAML_SCALAR && i < 3; i++) {
        if (text_is(node->text, words[i])) {
            *out = i;
            return true;
        }
    }
    facts_fault(reading, E_DOORS_FACTS_TYPE, node, "evidence", "this is no level of evidence",
                "Write asserted, documented or verified.");
    return false;
}

/* {value: ..., evidence: ...}: *value is then the inner node.  Who writes {X: yes} may mean X for the
 * value, so that of a sensitive fact it is not shown. */
static int facts_open(struct facts_reading *reading, bool sensitive, const struct yaml_node **value,
                      uint8_t *evidence, struct ajar_err *err)
{
    static const char *const keys[] = {"value", "evidence"};
    const struct yaml_node *map = *value;
    struct ajar_err problem = {0};
    int code = yaml_only(map, reading->file, "fact", keys, 2, &problem);
    if (sensitive) {
        problem.value[0] = '\0';
        problem.hint[0] = '\0';
    }
    TRY(doors_absorb(reading->faults, code, &problem, NULL, err));
    if (yaml_get(map, "evidence") != NULL) {
        facts_evidence(reading, yaml_get(map, "evidence"), evidence);
    }
    *value = yaml_get(map, "value");
    if (*value == NULL) {
        facts_fault(reading, E_DOORS_FACTS_TYPE, map, "value", "the value is missing",
                    "Write {value: 50000, evidence: documented}.");
    }
    return 0;
}

/* A name without a value may be a value that lost its name, {wounds, 3}: it is not shown. */
static void facts_hush(const struct yaml_node *node, struct ajar_err *problem)
{
    if (node->kind == YAML_SCALAR && !node->quoted && node->text.n == 0) {
        problem->value[0] = '\0';
        problem->hint[0] = '\0';
    }
}

static int facts_one(struct facts_reading *reading, struct fact_value *values,
                     const struct yaml_node *key, const struct yaml_node *node,
                     struct ajar_err *err)
{
    struct doors_place place = facts_place(reading, key);
    struct ajar_err problem = {0};
    struct text word;
    uint32_t fact;
    uint8_t evidence = EVIDENCE_ASSERTED;
    int code = doors_fact_find(reading->rules, key->text, &place, reading->arena, &fact, &problem);
    if (code != 0) {
        facts_hush(node, &problem);
        return doors_absorb(reading->faults, code, &problem, NULL, err);
    }
    if (node->kind == YAML_MAP) {
        TRY(facts_open(reading, reading->rules->facts[fact].sensitive, &node, &evidence, err));
    }
    if (node == NULL) {
        return 0;
    }
    word = node->text;
    place = facts_place(reading, node);
    if (node->kind == YAML_LIST) {
        TRY(facts_list(reading, node, &word, err));
    } else if (node->kind == YAML_SCALAR && !node->quoted && text_is(word, "null")) {
        word = TEXT_LIT("unknown");
    }
    code = doors_value_state(reading->arena, reading->rules, fact, word, &place, values, &problem);
    values[fact].evidence = code == 0 ? evidence : values[fact].evidence;
    return doors_absorb(reading->faults, code, &problem, NULL, err);
}

static bool facts_day(struct facts_reading *reading, const struct yaml_node *map, const char *key,
                      bool optional, date_days *out)
{
    const struct yaml_node *node = yaml_get(map, key);
    *out = DATE_NONE;
    if (node == NULL && optional) {
        return true;
    }
    if (node == NULL || node->kind != YAML_SCALAR || !date_parse(node->text, out)) {
        facts_fault(reading, E_DOORS_FACTS_TYPE, node == NULL ? map : node, key,
                    node == NULL ? "a stay has its first day" : "this is no date",
                    "Write it like 2022-09-21.");
        return false;
    }
    return true;
}

static int facts_stays(struct facts_reading *reading, const struct yaml_node *list,
                       struct ajar_err *err)
{
    static const char *const keys[] = {"country", "from", "to"};
    struct person *person = reading->person;
    person->stays_known = true;
    if (list->kind != YAML_LIST) {
        person->stays_known = !(list->kind == YAML_SCALAR && text_is(list->text, "unknown"));
        if (person->stays_known && !(list->kind == YAML_SCALAR && text_is(list->text, "none"))) {
            facts_fault(
                reading, E_DOORS_FACTS_TYPE, list, "stays", "stays are a list",
                "Write - {country: KAZ, from: 2022-10-01, to: 2022-12-29}; none or unknown.");
        }
        return 0;
    }
    for (size_t i = 0; i < list->n; i++) {
        const struct yaml_node *map = &list->items[i];
        const struct yaml_node *country = map->kind == YAML_MAP ? yaml_get(map, "country") : NULL;
        struct doors_place place = facts_place(reading, map);
        struct ajar_err problem = {0};
        date_days from, to;
        if (country == NULL || country->kind != YAML_SCALAR) {
            facts_fault(reading, E_DOORS_FACTS_TYPE, map, "stays", "a stay names its country",
                        "Write - {country: KAZ, from: 2022-10-01, to: 2022-12-29}.");
            continue;
        }
        int code = yaml_only(map, reading->file, "stays", keys, 3, &problem);
        if (code == 0 && facts_day(reading, map, "from", false, &from) &&
            facts_day(reading, map, "to", true, &to)) {
            code = doors_stay_add(reading->arena, reading->rules, person, country->text, from, to,
                                  &place, &problem);
        }
        TRY(doors_absorb(reading->faults, code, &problem, NULL, err));
    }
    return 0;
}

static int facts_member(struct facts_reading *reading, const struct yaml_node *map,
                        struct ajar_err *err)
{
    struct person *person = reading->person;
    const struct yaml_node *role = map->kind == YAML_MAP ? yaml_get(map, "role") : NULL;
    struct member *member = &person->members[person->n_members];
    if (role == NULL || role->kind != YAML_SCALAR || !doors_is_role(role->text)) {
        facts_fault(reading, E_DOORS_FACTS_TYPE, role == NULL ? map : role, "role",
                    "a person of the household has a role",
                    "Write - {role: child, birth_date: 2015-03-01}; roles: spouse, child, parent, "
                    "guardian.");
        return 0;
    }
    member->role = role->text;
    struct person blank;
    TRY(person_blank(reading->arena, reading->rules, &blank, err));
    if (reading->no) {
        person_fill_no(reading->rules, &blank);
    }
    member->values = blank.values;
    for (size_t i = 0; i < map->n; i++) {
        if (!text_is(map->keys[i].text, "role")) {
            TRY(facts_one(reading, member->values, &map->keys[i], &map->items[i], err));
        }
    }
    person->n_members++;
    return 0;
}

static int facts_household(struct facts_reading *reading, const struct yaml_node *list,
                           struct ajar_err *err)
{
    struct person *person = reading->person;
    person->household_known = true;
    if (list->kind != YAML_LIST || list->n > FACTS_MEMBERS_MAX) {
        person->household_known = !(list->kind == YAML_SCALAR && text_is(list->text, "unknown"));
        if (person->household_known &&
            !(list->kind == YAML_SCALAR && text_is(list->text, "none"))) {
            facts_fault(reading, E_DOORS_FACTS_TYPE, list, "household",
                        "a household is a list of at most 100 persons",
                        "Write - {role: child, birth_date: 2015-03-01}; none or unknown.");
        }
        return 0;
    }
    TRY_NEW(person->members, reading->arena, list->n, err);
    for (size_t i = 0; i < list->n; i++) {
        TRY(facts_member(reading, &list->items[i], err));
    }
    return 0;
}

static bool facts_skipped(const char *const *skip, struct text key)
{
    for (; skip != NULL && *skip != NULL; skip++) {
        if (text_is(key, *skip)) {
            return true;
        }
    }
    return false;
}

/* What is not written is unknown, or no: set first, so that what is written as unknown stays so. */
static void facts_unstated(struct facts_reading *reading, const struct yaml_node *node)
{
    reading->no = node->kind == YAML_SCALAR && text_is(node->text, "no");
    if (reading->no) {
        person_fill_no(reading->rules, reading->person);
    } else if (node->kind != YAML_SCALAR || !text_is(node->text, "unknown")) {
        facts_fault(reading, E_DOORS_FACTS_TYPE, node, "unstated",
                    "what is not stated is unknown or no", "Write unstated: unknown, or no.");
    }
}

int doors_facts_map(struct arena *arena, const struct rules *rules, const char *name,
                    const struct yaml_node *map, const char *const *skip, struct person *out,
                    struct faults *faults, struct ajar_err *err)
{
    struct person person;
    struct facts_reading reading = {
        .arena = arena, .rules = rules, .file = name, .person = &person, .faults = faults};
    uint64_t before = faults->total;
    TRY(person_blank(arena, rules, &person, err));
    if (yaml_get(map, "unstated") != NULL) {
        facts_unstated(&reading, yaml_get(map, "unstated"));
    }
    for (size_t i = 0; i < map->n; i++) {
        struct text key = map->keys[i].text;
        if (facts_skipped(skip, key) || text_is(key, "unstated")) {
            continue;
        }
        if (text_is(key, "stays")) {
            TRY(facts_stays(&reading, &map->items[i], err));
        } else if (text_is(key, "household")) {
            TRY(facts_household(&reading, &map->items[i], err));
        } else {
            TRY(facts_one(&reading, person.values, &map->keys[i], &map->items[i], err));
        }
    }
    if (faults->total > before) {
        return err_set(err, E_DOORS_FACTS, "%s: the facts have faults", name);
    }
    *out = person;
    return 0;
}

int doors_facts_parse(struct arena *arena, const struct rules *rules, const char *name,
                      struct text bytes, struct person *out, struct faults *faults,
                      struct ajar_err *err)
{
    const struct yaml_node *root;
    struct ajar_err problem = {0};
    int code = yaml_parse(arena, name, bytes, DOORS_FACTS_CEILING, &root, &problem);
    if (code == E_MEMORY || code == E_CEILING) {
        if (err != NULL) {
            *err = problem;
        }
        return code;
    }
    if (code != 0) {
        *faults_add(faults) = problem;
        return err_set(err, E_DOORS_FACTS, "%s: the facts cannot be read", name);
    }
    if (root->kind != YAML_MAP) {
        struct ajar_err *fault = faults_add(faults);
        err_at(fault, E_DOORS_FACTS_TYPE, name, root->row, NULL, (struct text){"", 0},
               "the facts of a person are a map");
        fault->at = root->at;
        err_hint(fault, "Write one fact a line, like `visa: C_ESP`.");
        return err_set(err, E_DOORS_FACTS, "%s: the facts cannot be read", name);
    }
    return doors_facts_map(arena, rules, name, root, NULL, out, faults, err);
}
