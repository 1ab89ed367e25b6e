#include "doors_case_facts.h"

#include <string.h>

int case_facts_open(struct case_facts *out, struct arena *arena, const struct rules *rules,
                    const char *file, long row, bool no, struct ajar_err *err)
{
    *out = (struct case_facts){
        .arena = arena, .rules = rules, .place = {.file = file, .row = row}, .no = no};
    TRY(person_blank(arena, rules, &out->person, err));
    if (no) {
        person_fill_no(rules, &out->person);
    }
    return 0;
}

static int facts_refuse(const struct case_facts *facts, const char *column, struct text value,
                        const char *what, const char *hint, struct ajar_err *err)
{
    err_at(err, E_DOORS_TEST_FORM, facts->place.file, facts->place.row, column, value, "%s", what);
    return err_hint(err, "%s", hint);
}

static int facts_state(struct case_facts *facts, struct fact_value *values, struct text key,
                       struct text value, struct ajar_err *err)
{
    uint32_t fact;
    TRY(doors_fact_find(facts->rules, key, &facts->place, facts->arena, &fact, err));
    return doors_value_state(facts->arena, facts->rules, fact, value, &facts->place, values, err);
}

/* "2022-10-01..2022-12-29", "2022-10-01..". */
static bool facts_span(struct text days, date_days *from, date_days *to)
{
    struct text last = {"", 0}, first = days;
    if (days.n < 12 || memcmp(days.at + 10, "..", 2) != 0) {
        return false;
    }
    first.n = 10;
    last = (struct text){days.at + 12, days.n - 12};
    *to = DATE_NONE;
    return date_parse(first, from) && (last.n == 0 || date_parse(last, to));
}

static int facts_stays(struct case_facts *facts, struct text value, struct ajar_err *err)
{
    struct text rest = value;
    facts->person.stays_known = !text_is(value, "?");
    if (text_is(value, "?") || text_is(value, "none")) {
        return 0;
    }
    while (rest.n > 0) {
        struct text days, stay = text_split(rest, '+', &rest);
        struct text country = text_split(stay, ':', &days);
        date_days from, to;
        if (!facts_span(days, &from, &to)) {
            return facts_refuse(facts, "stays", stay, "this is no stay",
                                "Write KAZ:2022-10-01..2022-12-29, several joined with +; nothing "
                                "behind .. for a stay that goes on.",
                                err);
        }
        TRY(doors_stay_add(facts->arena, facts->rules, &facts->person, country, from, to,
                           &facts->place, err));
    }
    return 0;
}

/* Persons are told apart by role and number; the first fact of one makes it. */
static int facts_member(struct case_facts *facts, struct text tag, struct text role, size_t *out,
                        struct ajar_err *err)
{
    struct person *person = &facts->person, blank;
    size_t at = 0;
    if (person->members == NULL) {
        TRY_NEW(person->members, facts->arena, CASE_MEMBERS_MAX, err);
    }
    while (at < person->n_members && !text_eq(facts->tags[at], tag)) {
        at++;
    }
    if (at == CASE_MEMBERS_MAX) {
        return facts_refuse(facts, "facts", tag, "the household has too many persons",
                            "State at most 20 of them.", err);
    }
    *out = at;
    if (at < person->n_members) {
        return 0;
    }
    TRY(person_blank(facts->arena, facts->rules, &blank, err));
    if (facts->no) {
        person_fill_no(facts->rules, &blank);
    }
    facts->tags[at] = tag;
    person->members[at] = (struct member){.role = role, .values = blank.values};
    person->n_members++;
    return 0;
}

static int facts_of_member(struct case_facts *facts, struct text key, struct text value,
                           struct ajar_err *err)
{
    struct text fact, rest, role = text_split(key, '.', &rest);
    struct text number = text_split(rest, '.', &fact);
    size_t at = 0;
    if (fact.n == 0 || !doors_is_role(role)) {
        return facts_refuse(facts, "facts", key, "this is no fact of a person of the household",
                            "Write child.1.birth_date=2015-03-01; roles: spouse, child, parent, "
                            "guardian.",
                            err);
    }
    TRY(facts_member(facts, (struct text){key.at, role.n + 1 + number.n}, role, &at, err));
    facts->person.household_known = true;
    return facts_state(facts, facts->person.members[at].values, fact, value, err);
}

int case_facts_put(struct case_facts *facts, struct text key, struct text value,
                   struct ajar_err *err)
{
    if (text_is(key, "stays")) {
        return facts_stays(facts, value, err);
    }
    if (text_is(key, "household")) {
        if (!text_is(value, "?") && !text_is(value, "none")) {
            return facts_refuse(facts, "facts", value, "a household is none or ?",
                                "State its persons like child.1.birth_date=2015-03-01.", err);
        }
        facts->person.household_known = !text_is(value, "?");
        return 0;
    }
    if (memchr(key.at, '.', key.n) != NULL) {
        return facts_of_member(facts, key, value, err);
    }
    return facts_state(facts, facts->person.values, key, value, err);
}
