/* Any bytes as the facts of a person: a person who keeps to the vocabulary, or faults. */
#include "fuzz.h"

#include "doors_facts.h"
#include "rules_read.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

static const char fuzz_facts[] =
    "facts:\n"
    "  age: {type: int, unit: years, min: 0, max: 120, ask: {en: a, ru: b, de: c}}\n"
    "  birth_date: {type: date, none: yes, ask: {en: a, ru: b, de: c}}\n"
    "  citizenship: {type: set, values: [\"*\"], ask: {en: a, ru: b, de: c}}\n"
    "  debts: {type: money, unit: EUR, none: yes, min: -500, max: 1000, sensitive: yes, ask: {en: "
    "a, ru: b, de: c}}\n"
    "  health: {type: enum, values: [NONE, DIABETES], sensitive: yes, ask: {en: a, ru: b, de: c}}\n"
    "  kin: {type: enum, values: [NONE, SPOUSE, CHILD], ask: {en: a, ru: b, de: c}}\n"
    "  refuses: {type: bool, ask: {en: a, ru: b, de: c}}\n"
    "  salary: {type: money, unit: EUR/year, none: yes, ask: {en: a, ru: b, de: c}}\n";

static const char fuzz_door[] =
    "door: fi.entry\ntitle: {en: a, ru: b, de: c}\ncountry: FIN\nkind: entry\nact: Act\n"
    "default: CLOSED\nversions:\n- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n  law: Law\n"
    "  mark: K\n  transcription: unread\n";

struct fuzz_rules {
    struct arena arena;
    struct rules rules;
};

static void fuzz_rules_read(struct fuzz_rules *out)
{
    struct faults faults;
    struct rules_file files[] = {
        {RULES_FACTS, "facts.yaml", {fuzz_facts, sizeof fuzz_facts - 1}},
        {RULES_DOOR, "door.yaml", {fuzz_door, sizeof fuzz_door - 1}},
    };
    arena_init(&out->arena, "the rules", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &out->arena, FUZZ_FAULTS, NULL) == 0);
    fuzz_demand(rules_read(&out->arena, 2, files, NULL, NULL, &out->rules, &faults, NULL) == 0);
}

static void fuzz_value(const struct fact *fact, const struct fact_value *value)
{
    fuzz_demand(value->known <= KNOWN_YES && value->evidence <= EVIDENCE_VERIFIED);
    if (value->known != KNOWN_YES || value->none) {
        fuzz_demand(value->known != KNOWN_YES || fact->none);
        return;
    }
    switch (fact->type) {
    case FACT_BOOL:
    case FACT_ENUM:
        fuzz_demand(rules_is_value(fact, value->literal));
        break;
    case FACT_INT:
    case FACT_MONEY:
        fuzz_demand(value->number >= fact->min && value->number <= fact->max);
        break;
    case FACT_DATE:
        fuzz_demand(value->number > -800000 && value->number < 3000000);
        break;
    case FACT_SET:
        for (size_t i = 0; i < value->n_set; i++) {
            fuzz_demand(rules_is_value(fact, value->set[i]));
            fuzz_demand(i == 0 || value->set[i] != value->set[0]);
        }
        break;
    }
}

static void fuzz_values(const struct rules *rules, const struct fact_value *values)
{
    for (size_t i = 0; i < rules->n_facts; i++) {
        fuzz_value(&rules->facts[i], &values[i]);
    }
}

static void fuzz_person(const struct rules *rules, const struct person *person)
{
    fuzz_values(rules, person->values);
    fuzz_demand(person->n_stays == 0 || person->stays_known);
    fuzz_demand(person->n_members == 0 || person->household_known);
    for (size_t i = 1; i < person->n_stays; i++) {
        const struct stay *a = &person->stays[i - 1], *b = &person->stays[i];
        fuzz_demand(a->from <= b->from);
        fuzz_demand(a->country != b->country || a->country == 0 ||
                    (a->to != DATE_NONE && a->to < b->from));
    }
    for (size_t i = 0; i < person->n_members; i++) {
        fuzz_demand(doors_is_role(person->members[i].role));
        fuzz_values(rules, person->members[i].values);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct fuzz_rules fuzz;
    struct arena arena;
    struct faults faults;
    struct person person = {.n_stays = 7};
    struct ajar_err err = {0};
    if (fuzz.rules.names == NULL) {
        fuzz_rules_read(&fuzz);
    }
    char *copy = fuzz_copy(data, size);
    arena_init(&arena, "the facts", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    int code = doors_facts_parse(&arena, &fuzz.rules, "facts", (struct text){copy, size}, &person,
                                 &faults, &err);
    if (code == 0) {
        fuzz_demand(faults.total == 0);
        fuzz_person(&fuzz.rules, &person);
    } else {
        fuzz_demand(person.n_stays == 7 && err.code == code);
        fuzz_demand(code == E_DOORS_FACTS ? faults.total > 0 : code == E_CEILING);
        for (size_t i = 0; i < faults.kept; i++) {
            fuzz_demand(faults.at[i].code != 0 && faults.at[i].text[0] != '\0');
        }
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
