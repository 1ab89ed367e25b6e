/* Any bytes as a rule file beside a small good set: rules that keep their promises, or faults.  The first
 * line says as what the rest is read: facts, lists, params or door. */
#include "fuzz.h"

#include "rules_read.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

static const char *const fuzz_kinds[] = {"facts", "params", "lists", "door"};

/* In the order of enum rules_file_kind. */
static const char *const fuzz_texts[] = {
    "facts:\n"
    "  kin: {type: enum, values: [NONE, SPOUSE, CHILD], ask: {en: a, ru: b, de: c}}\n"
    "  visa: {type: enum, values: [NONE, \"C_*\"], ask: {en: a, ru: b, de: c}}\n"
    "  citizenship: {type: set, values: [\"*\"], ask: {en: a, ru: b, de: c}}\n"
    "  crossing: {type: enum, values: [ROAD, AIR], ask: {en: a, ru: b, de: c}}\n"
    "  birth_date: {type: date, none: yes, ask: {en: a, ru: b, de: c}}\n"
    "  salary: {type: money, unit: EUR/year, none: yes, ask: {en: a, ru: b, de: c}}\n",
    "param,key,value,unit,from,to,cite,source_id\ncard,general,56400,EUR/year,,,Notice,\n",
    "list,item,from,to,cite,source_id\nEU,FIN,,,Treaty,\nEU,EST,2022-06-01,,Treaty,\n",
    "door: fi.entry\ntitle: {en: a, ru: b, de: c}\ncountry: FIN\nkind: entry\nact: Act\n"
    "default: CLOSED\nversions:\n- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n  law: Law\n"
    "  mark: K\n  transcription: unread\n"};

static void fuzz_rule(const struct version *version, const struct rule *rule)
{
    fuzz_demand(rule->id.n > 0 && rule->when != NULL && rule->at.row >= 1);
    fuzz_demand(rule->cite.n > 0 && rule->quote.n > 0 && rule->say.in[LANG_RU].n > 0);
    fuzz_demand(rule->n_sources > 0 || rule->mark == 'K');
    for (size_t i = 0; i < rule->n_overrides; i++) {
        fuzz_demand(rule->overrides[i] < version->n_rules);
    }
}

static void fuzz_version(const struct door *door, const struct version *version)
{
    fuzz_demand(version->id.n > 0 && version->known != DATE_NONE && version->law.n > 0);
    fuzz_demand(version->n_starts > 0 || version->after_other);
    fuzz_demand(!version->after_other || version->after < door->n_versions);
    fuzz_demand(version->replaces < (int32_t)door->n_versions);
    fuzz_demand(version->n_rules + version->n_superior <= RULES_RULES_MAX);
    for (size_t i = 0; i < version->n_rules; i++) {
        fuzz_rule(version, &version->rules[i]);
    }
    for (size_t i = 0; i < version->n_superior; i++) {
        fuzz_rule(version, &version->superior[i]);
    }
}

static void fuzz_good(const struct rules *rules)
{
    for (size_t i = 0; i < rules->n_facts; i++) {
        const struct fact *fact = &rules->facts[i];
        bool words = fact->type == FACT_BOOL || fact->type == FACT_ENUM || fact->type == FACT_SET;
        fuzz_demand(words == (fact->n_values > 0) && fact->min <= fact->max);
        fuzz_demand(rules_fact(rules, fact->name) == i);
    }
    for (size_t i = 0; i < rules->n_doors; i++) {
        const struct door *door = &rules->doors[i];
        fuzz_demand(rules_door(rules, door->id) == i && door->n_versions > 0);
        for (size_t k = 0; k < door->n_versions; k++) {
            fuzz_version(door, &door->versions[k]);
        }
    }
}

/* The kind that the first line names, which is cut off; a door when it names none. */
static enum rules_file_kind fuzz_kind(struct text *text)
{
    struct text rest, line = text_split(*text, '\n', &rest);
    for (size_t i = 0; i < 4; i++) {
        if (text_is(line, fuzz_kinds[i])) {
            *text = rest;
            return (enum rules_file_kind)i;
        }
    }
    return RULES_DOOR;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct faults faults;
    struct rules rules = {.n_facts = 7};
    struct ajar_err err = {0};
    struct rules_file files[4];
    char *copy = fuzz_copy(data, size);
    struct text text = {copy, size};
    enum rules_file_kind kind = fuzz_kind(&text);
    arena_init(&arena, "the rules", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    for (size_t i = 0; i < 4; i++) {
        files[i] =
            (struct rules_file){(enum rules_file_kind)i, fuzz_kinds[i], text_of(fuzz_texts[i])};
    }
    files[kind].bytes = text;
    int code = rules_read(&arena, 4, files, NULL, NULL, &rules, &faults, &err);
    free(copy); /* what is kept must be a copy */
    fuzz_demand(err.code == code && (code == 0) == (faults.total == 0));
    for (size_t i = 0; i < faults.kept; i++) {
        fuzz_demand(faults.at[i].code > 0 && faults.at[i].text[0] != '\0');
        fuzz_demand(faults.at[i].file[0] != '\0');
    }
    if (code == 0) {
        fuzz_good(&rules);
    } else {
        fuzz_demand(code == E_DOORS_FAULTS && rules.n_facts == 7);
    }
    arena_free(&arena);
    return 0;
}
