/* What is known of a person at the start, and what silence means. */
#include "person.h"

int person_blank(struct arena *arena, const struct rules *rules, struct person *out,
                 struct ajar_err *err)
{
    struct fact_value *values;
    TRY_NEW(values, arena, rules->n_facts, err);
    *out = (struct person){.values = values};
    return 0;
}

static bool values_stated(const struct fact_value *values, uint32_t fact)
{
    return fact != RULES_NONE && values[fact].known == KNOWN_YES;
}

static void value_fill_no(const struct rules *rules, const struct fact *fact,
                          struct fact_value *value)
{
    switch (fact->type) {
    case FACT_BOOL:
        *value = (struct fact_value){.known = KNOWN_YES, .literal = fact->values[0]};
        break;
    case FACT_ENUM: {
        name_id none = names_find(rules->names, TEXT_LIT("NONE"));
        if (none != 0 && rules_is_value(fact, none)) {
            *value = (struct fact_value){.known = KNOWN_YES, .literal = none};
        }
        break;
    }
    case FACT_INT:
    case FACT_MONEY:
    case FACT_DATE:
        if (fact->none) {
            *value = (struct fact_value){.known = KNOWN_YES, .none = true};
        }
        break;
    case FACT_SET:
        *value = (struct fact_value){.known = KNOWN_YES};
        break;
    }
}

/* Birth and age are one thing: where one is stated, silence on the other says nothing. */
static void values_fill_no(const struct rules *rules, struct fact_value *values)
{
    bool born =
        values_stated(values, rules->fact_birth_date) || values_stated(values, rules->fact_age);
    for (uint32_t i = 0; i < rules->n_facts; i++) {
        bool birth = i == rules->fact_birth_date || i == rules->fact_age;
        if (values[i].known == KNOWN_NOT && !(birth && born)) {
            value_fill_no(rules, &rules->facts[i], &values[i]);
        }
    }
}

void person_fill_no(const struct rules *rules, struct person *person)
{
    values_fill_no(rules, person->values);
    for (size_t i = 0; i < person->n_members; i++) {
        values_fill_no(rules, person->members[i].values);
    }
    if (!person->stays_known) {
        person->stays_known = true;
        person->n_stays = 0;
    }
    if (!person->household_known) {
        person->household_known = true;
        person->n_members = 0;
    }
}
