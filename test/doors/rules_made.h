/* A small rule set made by hand, people made by chance, and an evaluator of conditions that shares no
 * code with the one that is tested: it reads the tree and one complete person, day by day. */
#ifndef TEST_DOORS_RULES_MADE_H
#define TEST_DOORS_RULES_MADE_H

#include "unit.h"

#include "decide.h"
#include "rng.h"

#define MADE_CEILING ((size_t)512 << 20)

enum made_fact {
    AGE,
    BIRTH,
    CITIZENSHIP,
    CROSSING,
    EXPIRES,
    HUMANITARIAN,
    JOB,
    KIN,
    SALARY,
    VISA,
    YEARS,
    MADE_FACTS
};

struct made {
    struct arena arena, scratch;
    struct names names;
    struct rules rules;
    struct rng rng;
    const char *door_id;
};

static inline date_days day(const char *text)
{
    date_days out = 0;
    assert_true(date_parse(text_of(text), &out));
    return out;
}

static inline moment at(const char *text)
{
    return moment_of_day(day(text));
}

static inline void *made_new(struct made *it, size_t n, size_t size)
{
    void *out = arena_get(&it->arena, n, size, NULL);
    assert_non_null(out);
    return out;
}

static inline name_id made_name(struct made *it, struct text word)
{
    name_id id = 0;
    assert_int_equal(names_put(&it->names, word, &id, NULL), 0);
    return id;
}

static inline name_id word(struct made *it, const char *text)
{
    return made_name(it, text_of(text));
}

static inline void made_fact(struct made *it, enum made_fact which, const char *name,
                             enum fact_type type, bool none, const char *values)
{
    struct fact *fact = &it->rules.facts[which];
    *fact = (struct fact){.name = text_of(name),
                          .type = type,
                          .none = none,
                          .min = INT64_MIN,
                          .max = INT64_MAX,
                          .values = made_new(it, 32, sizeof(name_id))};
    for (struct text rest = text_of(values), value; rest.n > 0;) {
        value = text_split(rest, ' ', &rest);
        fact->values[fact->n_values++] = made_name(it, value);
    }
}

static inline void made_list(struct made *it, const char *list, const char *item, const char *from,
                             const char *to)
{
    struct list_row *row = &it->rules.lists[it->rules.n_lists++];
    *row = (struct list_row){.list = word(it, list),
                             .item = word(it, item),
                             .from = day(from),
                             .to = to == NULL ? DATE_NONE : day(to)};
    for (size_t i = it->rules.n_lists - 1; i > 0; i--) {
        struct list_row *a = &it->rules.lists[i - 1], *b = &it->rules.lists[i], other = *a;
        bool wrong = a->list != b->list
                         ? a->list > b->list
                         : (a->item != b->item ? a->item > b->item : a->from > b->from);
        if (wrong) {
            *a = *b;
            *b = other;
        }
    }
}

static inline void made_open(struct made *it, uint32_t round)
{
    *it = (struct made){.rng = rng_at(11, 0, round, 0)};
    arena_init(&it->arena, "a test", MADE_CEILING);
    arena_init(&it->scratch, "a test's scratch", MADE_CEILING);
    assert_int_equal(names_init(&it->names, &it->arena, NULL), 0);
    struct rules *rules = &it->rules;
    rules->names = &it->names;
    rules->n_facts = MADE_FACTS;
    rules->facts = made_new(it, MADE_FACTS, sizeof(struct fact));
    made_fact(it, AGE, "age", FACT_INT, false, "");
    rules->facts[AGE].min = 0;
    rules->facts[AGE].max = 120;
    made_fact(it, BIRTH, "birth_date", FACT_DATE, false, "");
    made_fact(it, CITIZENSHIP, "citizenship", FACT_SET, false, "RUS ISR KAZ FIN DEU UKR");
    made_fact(it, CROSSING, "crossing", FACT_ENUM, false, "ROAD RAIL AIR");
    made_fact(it, EXPIRES, "expires", FACT_DATE, true, "");
    made_fact(it, HUMANITARIAN, "humanitarian", FACT_BOOL, false, "no yes");
    made_fact(it, JOB, "job", FACT_BOOL, false, "no yes");
    made_fact(it, KIN, "kin", FACT_ENUM, false, "NONE SPOUSE PARENT CHILD");
    made_fact(it, SALARY, "salary", FACT_MONEY, true, "");
    rules->facts[SALARY].min = 0;
    made_fact(it, VISA, "visa", FACT_ENUM, false, "NONE C_FIN C_ESP C_DEU C_FRA C_KAZ D_FIN D_DEU");
    made_fact(it, YEARS, "years", FACT_INT, true, "");
    rules->facts[JOB].actionable = rules->facts[VISA].actionable = true;
    rules->fact_crossing = CROSSING;
    rules->fact_birth_date = BIRTH;
    rules->fact_age = AGE;
    rules->lists = made_new(it, 16, sizeof(struct list_row));
    made_list(it, "SCHENGEN", "FIN", "2001-03-25", NULL);
    made_list(it, "SCHENGEN", "ESP", "1995-03-26", NULL);
    made_list(it, "SCHENGEN", "DEU", "1995-03-26", NULL);
    made_list(it, "SCHENGEN", "FRA", "1995-03-26", "2022-11-01");
    made_list(it, "LATE", "KAZ", "2022-12-01", "2023-02-01");
    rules->params = made_new(it, 4, sizeof(struct param_row));
    rules->n_params = 2;
    rules->params[0] = (struct param_row){.param = word(it, "bluecard"),
                                          .key = word(it, "general"),
                                          .value = 5640000,
                                          .from = day("2022-01-01"),
                                          .to = day("2023-01-01")};
    rules->params[1] = rules->params[0];
    rules->params[1].value = 5840000;
    rules->params[1].from = day("2023-01-01");
    rules->params[1].to = DATE_NONE;
    rules->doors = made_new(it, 4, sizeof(struct door));
    rules->n_doors = 1;
    rules->doors[0] = (struct door){.id = TEXT_LIT("test"), .review_by = DATE_NONE};
    rules->doors[0].versions = made_new(it, 16, sizeof(struct version));
}

static inline void made_close(struct made *it)
{
    arena_free(&it->arena);
    arena_free(&it->scratch);
}

static inline const struct expr *made_expr(struct made *it, const char *text)
{
    const struct expr *out = NULL;
    const char *copy;
    struct ajar_err err = {0};
    assert_int_equal(text_copy(&it->arena, text_of(text), &copy, &err), 0);
    if (expr_parse(&it->arena, "made", 1, 1, "when", text_of(copy), &out, &err) != 0) {
        fail_msg("'%s': %s", text, err.text);
    }
    return out;
}

/* A version of door 0 that is known and holds from a day; ended by made_end. */
static inline struct version *made_version(struct made *it, const char *id, const char *from,
                                           const char *known)
{
    struct door *door = &it->rules.doors[0];
    struct version *out = &door->versions[door->n_versions++];
    assert_true(door->n_versions <= 16);
    *out = (struct version){.id = text_of(id),
                            .n_starts = 1,
                            .known = day(known),
                            .replaces = -1,
                            .mark = 'R',
                            .otherwise = EFFECT_CLOSED,
                            .rules = made_new(it, 24, sizeof(struct rule)),
                            .superior = made_new(it, 4, sizeof(struct rule)),
                            .practice = made_new(it, 4, sizeof(struct practice)),
                            .ends = made_new(it, 4, sizeof(struct version_end))};
    out->start_at[0] = from == NULL ? 0 : at(from);
    return out;
}

static inline void made_end(struct version *version, const char *to, const char *known)
{
    version->ends[version->n_ends++] = (struct version_end){at(to), day(known)};
}

static inline struct rule *made_rule_in(struct made *it, struct rule rules[], size_t *n,
                                        const char *id, enum effect effect, const char *when)
{
    struct rule *rule = &rules[(*n)++];
    *rule = (struct rule){.id = text_of(id),
                          .effect = effect,
                          .when = made_expr(it, when),
                          .mark = 'R',
                          .overrides = made_new(it, 24, sizeof(uint32_t))};
    return rule;
}

static inline struct rule *made_rule(struct made *it, struct version *version, const char *id,
                                     enum effect effect, const char *when)
{
    return made_rule_in(it, version->rules, &version->n_rules, id, effect, when);
}

static inline struct instance made_instance(struct made *it, const char *on, const char *known)
{
    struct instance out;
    struct ajar_err err = {0};
    if (instance_build(&it->arena, &it->scratch, &it->rules, 0, at(on), day(known), &out, &err) !=
        0) {
        fail_msg("%s", err.text);
    }
    return out;
}

static inline struct person made_person(struct made *it)
{
    struct person out;
    assert_int_equal(person_blank(&it->arena, &it->rules, &out, NULL), 0);
    return out;
}

static inline void state_literal(struct made *it, struct fact_value *values, enum made_fact fact,
                                 const char *literal)
{
    values[fact] = (struct fact_value){.known = KNOWN_YES, .literal = word(it, literal)};
}

static inline void state_number(struct fact_value *values, enum made_fact fact, int64_t number)
{
    values[fact] = (struct fact_value){.known = KNOWN_YES, .number = number};
}

static inline void state_none(struct fact_value *values, enum made_fact fact)
{
    values[fact] = (struct fact_value){.known = KNOWN_YES, .none = true};
}

static inline void state_set(struct made *it, struct fact_value *values, enum made_fact fact,
                             const char *literals)
{
    name_id *set = made_new(it, 8, sizeof *set);
    values[fact] = (struct fact_value){.known = KNOWN_YES, .set = set};
    for (struct text rest = text_of(literals), value; rest.n > 0;) {
        value = text_split(rest, ' ', &rest);
        set[values[fact].n_set++] = made_name(it, value);
    }
}

/* With all that can be asked for. */
static inline struct decision decided(struct made *it, const struct instance *instance,
                                      const struct person *person)
{
    const struct decide_options options = {.openings = true, .until = true};
    struct decision out;
    struct ajar_err err = {0};
    if (decide(&it->arena, &it->scratch, instance, person, &options, &out, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return out;
}

#endif
