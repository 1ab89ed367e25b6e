/* A small folder of doors made in memory, people written as YAML, and what the tests of the jobs ask. */
#ifndef TEST_DESK_DOORS_MADE_H
#define TEST_DESK_DOORS_MADE_H

#include "../base/unit.h"

#include "doors_facts.h"
#include "doors_folder.h"
#include "doors_job.h"
#include "rules_read.h"

#define MADE_CEILING ((size_t)512 << 20)
#define MADE_FAULTS  50
#define MADE_FILES   16

static const char made_facts[] =
    "facts:\n"
    "  age: {type: int, unit: years, min: 0, max: 120, ask: {en: a, ru: b, de: c}}\n"
    "  asylum_pending: {type: bool, ask: {en: a, ru: b, de: c}}\n"
    "  birth_date: {type: date, none: yes, ask: {en: a, ru: b, de: c}}\n"
    "  citizenship: {type: set, values: [\"*\"], ask: {en: a, ru: b, de: c}}\n"
    "  crossing: {type: enum, values: [ROAD, AIR], ask: {en: a, ru: b, de: c}}\n"
    "  debts: {type: money, unit: EUR, none: yes, min: -500, max: 1000, sensitive: yes, ask: {en: "
    "a, ru: b, de: c}}\n"
    "  diagnosed: {type: date, none: yes, sensitive: yes, ask: {en: a, ru: b, de: c}}\n"
    "  health: {type: enum, values: [NONE, HEARTBEAT, DIABETES], sensitive: yes, ask: {en: a, ru: "
    "b, de: c}}\n"
    "  kin: {type: enum, values: [NONE, SPOUSE, PARENT, CHILD], ask: {en: a, ru: b, de: c}}\n"
    "  origin: {type: set, values: [\"*\"], sensitive: yes, ask: {en: a, ru: b, de: c}}\n"
    "  refuses: {type: bool, sensitive: yes, ask: {en: a, ru: b, de: c}}\n"
    "  salary: {type: money, unit: EUR/year, none: yes, min: 0, actionable: yes, ask: {en: a, ru: "
    "b, de: c}}\n"
    "  visa: {type: enum, values: [NONE, \"C_*\", D_FIN], actionable: yes, ask: {en: a, ru: b, de: "
    "c}}\n"
    "  wounds: {type: int, unit: wounds, none: yes, min: 0, max: 9, sensitive: yes, ask: {en: a, "
    "ru: b, de: "
    "c}}\n";

static const char made_lists[] = "list,item,from,to,cite,source_id\n"
                                 "EU,DEU,,,Treaty,\n"
                                 "EU,FIN,,,Treaty,\n"
                                 "EU,GBR,,2020-02-01,Treaty,\n"
                                 "SCHENGEN,FIN,,,Treaty,\n"
                                 "SCHENGEN,HRV,2023-01-01,,Decision,\n";

static const char made_params[] = "param,key,value,unit,from,to,cite,source_id\n"
                                  "card,pay,40000,EUR/year,2022-01-01,2023-01-01,Notice,\n"
                                  "card,pay,45000,EUR/year,2023-01-01,,Notice,\n";

/* The dull parts of a door: behind its id, country and kind; behind a version's id, from, known; behind
 * a rule's id, effect, when. */
#define MADE_ACT "title: {en: a, ru: b, de: c}\nact: Act\ndefault: CLOSED\nversions:\n"
#define MADE_LAW "  law: Law\n  mark: K\n  transcription: full\n  rules:\n"
#define MADE_SAY ", cite: c, quote: q, say: {en: a, ru: b, de: c}}\n"

/* Law that reaches back, an end that is moved twice, what follows it, an hour, ways of crossing, ages, stays,
 * lists and parameters. */
#define MADE_HISTORIES 4
static const char *const made_histories[MADE_HISTORIES] = {
    "door: t.back\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: a\n  from: 2022-01-10\n  known: 2022-01-05\n" MADE_LAW
    "  - {id: r, effect: OPEN, when: kin = SPOUSE" MADE_SAY
    "- id: d\n  from: 2022-04-01\n  known: 2022-03-02\n" MADE_LAW
    "  - {id: r, effect: DISCRETION, when: kin = SPOUSE" MADE_SAY
    "- id: e\n  from: 2022-03-01\n  known: 2022-05-01\n" MADE_LAW
    "  - {id: r, effect: BAR, when: kin = SPOUSE" MADE_SAY,

    "door: t.moved\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: a\n  from: 2022-01-10\n  known: 2022-01-05\n  to: [{until: 2022-12-31, known: "
    "2022-01-05}, {until: 2022-03-31, known: 2022-03-15}, {until: 2022-06-30, known: "
    "2022-05-01}]\n" MADE_LAW "  - {id: r, effect: OPEN, when: kin = SPOUSE" MADE_SAY
    "- id: b\n  from: {after: a}\n  known: 2022-02-01\n" MADE_LAW
    "  - {id: r, effect: BAR, when: kin = SPOUSE" MADE_SAY,

    "door: t.hour\nutc_offset: \"+02:00\"\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: a\n  from: 2022-01-10\n  known: 2022-01-05\n" MADE_LAW
    "  - {id: r, effect: OPEN, when: kin = SPOUSE" MADE_SAY
    "- id: b\n  from: \"2022-05-05T20:00\"\n  known: 2022-05-05\n" MADE_LAW
    "  - {id: r, effect: BAR, when: kin = SPOUSE" MADE_SAY
    "- id: c\n  from: {road: 2022-06-01, air: 2022-07-01}\n  known: 2022-05-20\n" MADE_LAW
    "  - {id: r, effect: DISCRETION, when: kin = SPOUSE" MADE_SAY,

    "door: t.moves\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: a\n  from: 2022-01-10\n  known: 2022-01-05\n" MADE_LAW
    "  - {id: age, effect: OPEN, when: \"age_on(on) < 18\"" MADE_SAY
    "  - {id: stay, effect: BAR, when: \"stay_days(FIN, 90d) > 30\"" MADE_SAY
    "  - {id: pay, effect: DISCRETION, when: \"salary >= param(card, pay)\"" MADE_SAY
    "- id: b\n  from: 2022-09-01\n  known: 2022-08-20\n" MADE_LAW
    "  - {id: age, effect: OPEN, when: \"age_on(on) < 18\"" MADE_SAY,
};

struct made {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct doors_folder folder;
    const struct rules *rules;
    size_t n;
    struct rules_file files[MADE_FILES];
};

static inline void made_add(struct made *made, enum rules_file_kind kind, const char *name,
                            const char *bytes)
{
    assert_true(made->n < MADE_FILES);
    made->files[made->n++] =
        (struct rules_file){.kind = kind, .name = name, .bytes = text_of(bytes)};
}

static inline void made_open(struct made *made)
{
    *made = (struct made){0};
    arena_init(&made->arena, "a test", MADE_CEILING);
    assert_int_equal(faults_init(&made->faults, &made->arena, MADE_FAULTS, NULL), 0);
    made_add(made, RULES_FACTS, "facts.yaml", made_facts);
    made_add(made, RULES_LISTS, "lists.csv", made_lists);
    made_add(made, RULES_PARAMS, "params.csv", made_params);
}

static inline void made_door(struct made *made, const char *bytes)
{
    made_add(made, RULES_DOOR, "door.yaml", bytes);
}

static inline void made_read(struct made *made)
{
    int code = rules_read(&made->arena, made->n, made->files, NULL, NULL, &made->folder.rules,
                          &made->faults, &made->err);
    if (code != 0) {
        fail_msg("%s; %s %ld: %s (%s)", made->err.text, made->faults.at[0].file,
                 made->faults.at[0].row, made->faults.at[0].text, made->faults.at[0].value);
    }
    made->folder.dir = "folder";
    made->rules = &made->folder.rules;
}

/* A rule set with one door, for those who only need its vocabulary. */
static inline void made_plain(struct made *made)
{
    made_open(made);
    made_door(made, "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
                    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
                    "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY);
    made_read(made);
}

static inline void made_end(struct made *made)
{
    arena_free(&made->arena);
}

static inline date_days made_day(const char *text)
{
    date_days day;
    assert_true(date_parse(text_of(text), &day));
    return day;
}

static inline moment made_moment(const char *text)
{
    moment at;
    bool has;
    int minutes;
    assert_true(moment_parse(text_of(text), &at, &has, &minutes));
    return at;
}

static inline uint32_t made_fact(const struct made *made, const char *name)
{
    uint32_t fact = rules_fact(made->rules, text_of(name));
    assert_int_not_equal(fact, RULES_NONE);
    return fact;
}

static inline uint32_t made_id(const struct made *made, const char *id)
{
    uint32_t door = rules_door(made->rules, text_of(id));
    assert_int_not_equal(door, RULES_NONE);
    return door;
}

static inline name_id made_word(const struct made *made, const char *word)
{
    name_id id = names_find(made->rules->names, text_of(word));
    assert_int_not_equal(id, 0);
    return id;
}

static inline struct person made_person(struct made *made, const char *yaml)
{
    struct person person;
    int code = doors_facts_parse(&made->arena, made->rules, "person.yaml", text_of(yaml), &person,
                                 &made->faults, &made->err);
    if (code != 0) {
        fail_msg("%s: %s", made->err.text, made->faults.at[0].text);
    }
    return person;
}

static inline bool made_same_value(const struct fact_value *a, const struct fact_value *b)
{
    bool same = a->known == b->known && a->evidence == b->evidence && a->none == b->none &&
                a->literal == b->literal && a->number == b->number && a->n_set == b->n_set;
    for (size_t i = 0; same && i < a->n_set; i++) {
        same = a->set[i] == b->set[i];
    }
    return same;
}

static inline bool made_same_values(const struct rules *rules, const struct fact_value *a,
                                    const struct fact_value *b)
{
    bool same = true;
    for (size_t i = 0; i < rules->n_facts; i++) {
        same = same && made_same_value(&a[i], &b[i]);
    }
    return same;
}

static inline bool made_same_person(const struct rules *rules, const struct person *a,
                                    const struct person *b)
{
    bool same = made_same_values(rules, a->values, b->values) && a->stays_known == b->stays_known &&
                a->n_stays == b->n_stays && a->household_known == b->household_known &&
                a->n_members == b->n_members;
    for (size_t i = 0; same && i < a->n_stays; i++) {
        same = a->stays[i].country == b->stays[i].country && a->stays[i].from == b->stays[i].from &&
               a->stays[i].to == b->stays[i].to;
    }
    for (size_t i = 0; same && i < a->n_members; i++) {
        same = text_eq(a->members[i].role, b->members[i].role) &&
               made_same_values(rules, a->members[i].values, b->members[i].values);
    }
    return same;
}

/* Whether a word stands anywhere in a message. */
static inline bool made_tells(const struct ajar_err *err, const char *word)
{
    return strstr(err->text, word) != NULL || strstr(err->value, word) != NULL ||
           strstr(err->hint, word) != NULL || strstr(err->column, word) != NULL ||
           strstr(err->file, word) != NULL;
}

#endif
