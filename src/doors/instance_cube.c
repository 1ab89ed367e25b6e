/* A person as a cube: for each variable the classes that they may be in. */
#include "instance_parts.h"

enum { ASKED_KNOWN, ASKED_UNKNOWN, ASKED_UNCERTAIN };

/* The one whose facts are read: the person, or a member of the household (no stays, no household). */
struct who {
    const struct rules *rules;
    const struct fact_value *values;
    const struct person *person; /* NULL: a member */
    date_days on, since;
};

static uint8_t asked_of(enum known known)
{
    return known == KNOWN_YES         ? ASKED_KNOWN
           : known == KNOWN_UNCERTAIN ? ASKED_UNCERTAIN
                                      : ASKED_UNKNOWN;
}

static unsigned number_class(const struct var *var, int64_t number)
{
    unsigned class = 0;
    while (class < var->n_cuts && var->cuts[class] <= number) {
        class ++;
    }
    return class;
}

static uint64_t number_mask(const struct var *var, int64_t first, int64_t last)
{
    unsigned low = number_class(var, first), high = number_class(var, last);
    return mask_all(high + 1) & ~(low == 0 ? 0 : mask_all(low));
}

/* The mask of a literal; all classes where it is none of the fact's values. */
static uint64_t literal_mask(const struct fact *fact, const struct var *var, name_id literal)
{
    for (size_t i = 0; i < fact->n_values; i++) {
        if (fact->values[i] == literal) {
            return (uint64_t)1 << var->class_of[i];
        }
    }
    return mask_all(var->n_classes);
}

static uint64_t has_mask(const struct fact *fact, const struct var *var,
                         const struct fact_value *value)
{
    for (size_t s = 0; s < value->n_set; s++) {
        for (size_t i = 0; i < fact->n_values; i++) {
            if (fact->values[i] == value->set[s] && var->class_of[i] == 1) {
                return 2;
            }
        }
    }
    return 1;
}

static bool stated_number(const struct fact_value *values, uint32_t fact)
{
    return fact != RULES_NONE && values[fact].known == KNOWN_YES && !values[fact].none;
}

enum known births_of(const struct rules *rules, const struct fact_value *values, date_days since,
                     date_days *first, date_days *last)
{
    uint32_t birth = rules->fact_birth_date, age = rules->fact_age;
    if (stated_number(values, birth)) {
        *first = *last = (date_days)values[birth].number;
        return KNOWN_YES;
    }
    if (stated_number(values, age) && values[age].number >= 0 && values[age].number <= 200) {
        age_births((int32_t)values[age].number, since, first, last);
        return KNOWN_YES;
    }
    bool uncertain = (birth != RULES_NONE && values[birth].known == KNOWN_UNCERTAIN) ||
                     (age != RULES_NONE && values[age].known == KNOWN_UNCERTAIN);
    return uncertain ? KNOWN_UNCERTAIN : KNOWN_NOT;
}

static void cube_birth(const struct who *who, const struct var *var, uint64_t *mask, uint8_t *asked)
{
    date_days first, last;
    const struct fact_value *value = &who->values[var->fact];
    if (value->known == KNOWN_YES && value->none) {
        *mask = (uint64_t)1 << (var->n_classes - 1);
        *asked = ASKED_KNOWN;
        return;
    }
    *asked = asked_of(births_of(who->rules, who->values, who->since, &first, &last));
    if (*asked == ASKED_KNOWN) {
        *mask = number_mask(var, first, last);
        *asked = (*mask & (*mask - 1)) != 0 ? ASKED_UNKNOWN : ASKED_KNOWN;
    }
}

static void cube_fact(const struct who *who, const struct var *var, uint64_t *mask, uint8_t *asked)
{
    const struct fact *fact = &who->rules->facts[var->fact];
    const struct fact_value *value = &who->values[var->fact];
    if (var->fact == who->rules->fact_birth_date) {
        cube_birth(who, var, mask, asked);
        return;
    }
    *asked = asked_of((enum known)value->known);
    if (*asked != ASKED_KNOWN) {
        return;
    }
    if (var->kind == VAR_HAS) {
        *mask = has_mask(fact, var, value);
    } else if (fact->type == FACT_BOOL || fact->type == FACT_ENUM) {
        *mask = literal_mask(fact, var, value->literal);
    } else if (value->none) {
        *mask = var->none ? (uint64_t)1 << (var->n_classes - 1) : *mask;
    } else {
        *mask = (uint64_t)1 << number_class(var, value->number);
    }
}

static void cube_stay(const struct who *who, const struct var *var, uint64_t *mask, uint8_t *asked)
{
    *asked = ASKED_UNKNOWN;
    if (who->person == NULL || !who->person->stays_known) {
        return;
    }
    int64_t number = var->kind == VAR_STAY_DAYS
                         ? stay_days_from(who->person, var->country, var->window, var->length,
                                          who->since, who->on)
                         : stay_since_from(who->person, var->country, who->since, who->on);
    *mask = (uint64_t)1 << number_class(var, number);
    *asked = ASKED_KNOWN;
}

static int question_of(struct arena *scratch, const struct who *who,
                       const struct question *question, int *out, struct ajar_err *err);

static bool member_has_role(const struct member *member, struct text role)
{
    return text_is(role, "member") || text_eq(member->role, role);
}

/* Members are independent of each other: so many are true for sure, so many may be. */
static int quant_count(struct arena *scratch, const struct who *who, const struct var *var,
                       size_t *n, size_t *sure, size_t *may, struct ajar_err *err)
{
    const struct person *person = who->person;
    *n = *sure = *may = 0;
    for (size_t i = 0; i < person->n_members; i++) {
        struct who member = {who->rules, person->members[i].values, NULL, who->on, who->since};
        int answer;
        if (!member_has_role(&person->members[i], var->quant->role)) {
            continue;
        }
        TRY(question_of(scratch, &member, var->inner, &answer, err));
        *n += 1;
        *sure += answer == 1;
        *may += answer != 0;
    }
    return 0;
}

static int cube_quant(struct arena *scratch, const struct who *who, const struct var *var,
                      uint64_t *mask, uint8_t *asked, struct ajar_err *err)
{
    size_t n, sure, may, least;
    *asked = ASKED_UNKNOWN;
    if (who->person == NULL || !who->person->household_known) {
        return 0;
    }
    TRY(quant_count(scratch, who, var, &n, &sure, &may, err));
    least = var->quant->quant == EXPR_ANY   ? 1
            : var->quant->quant == EXPR_ALL ? n
            : var->quant->at_least < 0      ? 0
                                            : (size_t)var->quant->at_least;
    if (sure >= least || may < least) {
        *mask = sure >= least ? 2 : 1;
        *asked = ASKED_KNOWN;
    }
    return 0;
}

static int cube_var(struct arena *scratch, const struct who *who, const struct var *var,
                    uint64_t *mask, uint8_t *asked, struct ajar_err *err)
{
    *mask = mask_all(var->n_classes);
    switch (var->kind) {
    case VAR_FACT:
    case VAR_HAS:
        cube_fact(who, var, mask, asked);
        return 0;
    case VAR_STAY_DAYS:
    case VAR_STAY_SINCE:
        cube_stay(who, var, mask, asked);
        return 0;
    case VAR_QUANT:
        break;
    }
    return cube_quant(scratch, who, var, mask, asked, err);
}

static int question_of(struct arena *scratch, const struct who *who,
                       const struct question *question, int *out, struct ajar_err *err)
{
    uint64_t mask[DIAGRAM_VARS_MAX], reach;
    uint8_t asked;
    char *room;
    for (size_t v = 0; v < question->n_vars; v++) {
        TRY(cube_var(scratch, who, &question->vars[v], &mask[v], &asked, err));
    }
    *out = form_kleene(question->form, mask);
    if (*out == -1) {
        TRY_NEW(room, scratch, diagram_scratch(question->diagram), err);
        reach = diagram_reach(question->diagram, question->ref, mask, room);
        *out = reach == 1 ? 0 : reach == 2 ? 1 : -1;
    }
    return 0;
}

int question_answer(struct arena *scratch, const struct rules *rules, date_days on,
                    const struct question *question, const struct person *person, date_days since,
                    int *out, struct ajar_err *err)
{
    struct who who = {rules, person->values, person, on, since};
    return question_of(scratch, &who, question, out, err);
}

/* Birth and age, both stated, on the day asked about.  The message keeps the values to itself. */
static int births_agree(const struct rules *rules, const struct fact_value *values, date_days since,
                        struct ajar_err *err)
{
    uint32_t birth = rules->fact_birth_date, age = rules->fact_age;
    if (!stated_number(values, birth) || !stated_number(values, age)) {
        return 0;
    }
    int64_t low, high;
    char day[DATE_TEXT];
    range_of_age(EXPR_EQUAL, values[age].number, since, &low, &high);
    if (values[birth].number >= low && values[birth].number <= high) {
        return 0;
    }
    return err_at(err, E_DOORS_FACTS_CONTRADICT, NULL, 0, "age", (struct text){"", 0},
                  "the stated age and day of birth do not agree on %s", date_format(since, day));
}

int instance_cube_since(struct arena *scratch, const struct instance *instance,
                        const struct person *person, date_days since, uint64_t mask[],
                        uint8_t asked[], struct ajar_err *err)
{
    const struct rules *rules = instance->rules;
    struct who who = {rules, person->values, person, instance->on, since};
    TRY(births_agree(rules, person->values, since, err));
    for (size_t i = 0; i < person->n_members; i++) {
        TRY(births_agree(rules, person->members[i].values, since, err));
    }
    for (size_t v = 0; v < instance->n_vars; v++) {
        TRY(cube_var(scratch, &who, &instance->vars[v], &mask[v], &asked[v], err));
    }
    return 0;
}

int instance_cube(struct arena *scratch, const struct instance *instance,
                  const struct person *person, uint64_t mask[], uint8_t asked[],
                  struct ajar_err *err)
{
    return instance_cube_since(scratch, instance, person, instance->on, mask, asked, err);
}
