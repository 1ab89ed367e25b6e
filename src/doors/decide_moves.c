/* Birthdays, papers that run out, stays that grow: the days on which one person's facts pass a limit
 * that moves with the day asked about. */
#include <string.h>

#include "decide_parts.h"
#include "expr_walk.h"

#define STAY_DAYS_AHEAD 800 /* stays are followed so far */
#define YEARS_AHEAD     200
#define MOVES_FIRST     64

struct moves {
    struct arena *arena;
    const struct rules *rules;
    const struct person *person;
    date_days since, last;
    size_t n, cap;
    moment *at;
};

static int moves_add(struct moves *it, date_days day, struct ajar_err *err)
{
    if (it->n == it->cap) {
        size_t cap = it->cap == 0 ? MOVES_FIRST : it->cap * 2;
        moment *wider;
        TRY_NEW(wider, it->arena, cap, err);
        if (it->n > 0) {
            memcpy(wider, it->at, it->n * sizeof *wider);
        }
        it->at = wider;
        it->cap = cap;
    }
    it->at[it->n++] = moment_of_day(day);
    return 0;
}

/* A limit on `day`: `age` years before the day that an expression means; never falls as days pass. */
struct limit {
    const struct expr_date *date; /* NULL: the day itself */
    int32_t years;
};

static date_days limit_on(const struct limit *limit, date_days day)
{
    date_days at = limit->date == NULL ? day : expr_day(limit->date, day);
    return date_shift(at, -limit->years, EXPR_YEARS);
}

/* The first day on which the limit is `mark` or later, if that is still to come. */
static int moves_reach(struct moves *it, const struct limit *limit, date_days mark,
                       struct ajar_err *err)
{
    date_days low = it->since, high = it->last;
    if (limit_on(limit, low) >= mark || limit_on(limit, high) < mark) {
        return 0;
    }
    while (high - low > 1) {
        date_days middle = low + (high - low) / 2;
        *(limit_on(limit, middle) >= mark ? &high : &low) = middle;
    }
    return moves_add(it, high, err);
}

static int moves_age(struct moves *it, const struct expr *leaf, int64_t age,
                     const struct fact_value *values, struct ajar_err *err)
{
    date_days first, last;
    bool sane = age >= -YEARS_AHEAD && age <= YEARS_AHEAD;
    if (!sane || births_of(it->rules, values, it->since, &first, &last) != KNOWN_YES) {
        return 0;
    }
    for (int32_t more = 0; more < 2; more++) {
        struct limit limit = {leaf->fact.kind == EXPR_AGE_ON ? &leaf->fact.date : NULL,
                              (int32_t)age + more};
        TRY(moves_reach(it, &limit, first, err));
        TRY(moves_reach(it, &limit, last, err));
    }
    return 0;
}

/* The numbers that a term has at any time. */
static int moves_ages(struct moves *it, const struct expr *leaf, const struct fact_value *values,
                      struct ajar_err *err)
{
    int64_t age;
    const struct names *names = it->rules->names;
    if (leaf->term.kind == EXPR_NUMBER) {
        return expr_number(leaf->term.text, false, &age) ? moves_age(it, leaf, age, values, err)
                                                         : 0;
    }
    name_id param = names_find(names, leaf->term.text), key = names_find(names, leaf->term.key);
    for (size_t i = 0; leaf->term.kind == EXPR_PARAM && i < it->rules->n_params; i++) {
        const struct param_row *row = &it->rules->params[i];
        if (row->param == param && row->key == key) {
            TRY(moves_age(it, leaf, row->value, values, err));
        }
    }
    return 0;
}

static int moves_date(struct moves *it, const struct expr *leaf, date_days date,
                      struct ajar_err *err)
{
    struct limit limit = {&leaf->term.date, 0};
    if (leaf->term.kind != EXPR_DATE_TERM || !leaf->term.date.on) {
        return 0;
    }
    TRY(moves_reach(it, &limit, date, err));
    return moves_reach(it, &limit, date + 1, err);
}

static int moves_values(struct moves *it, const struct expr *leaf, const struct fact_value *values,
                        struct ajar_err *err)
{
    if (fact_is_age(it->rules, &leaf->fact)) {
        return moves_ages(it, leaf, values, err);
    }
    uint32_t fact = rules_fact(it->rules, leaf->fact.name);
    date_days first, last;
    if (fact == RULES_NONE || it->rules->facts[fact].type != FACT_DATE) {
        return 0;
    }
    if (fact == it->rules->fact_birth_date) {
        if (births_of(it->rules, values, it->since, &first, &last) != KNOWN_YES) {
            return 0;
        }
        TRY(moves_date(it, leaf, first, err));
        return moves_date(it, leaf, last, err);
    }
    bool stated = values[fact].known == KNOWN_YES && !values[fact].none;
    return stated ? moves_date(it, leaf, (date_days)values[fact].number, err) : 0;
}

/* Whether the comparison of days of stay is true on the day: -1 where it cannot be told. */
static int stay_holds(const struct moves *it, const struct expr *leaf, date_days day)
{
    int64_t limit, low, high;
    const struct expr_fact *fact = &leaf->fact;
    if (term_read(it->rules, leaf, false, day, day, &limit, NULL) != 0) {
        return -1;
    }
    int64_t days = stay_days_from(it->person, names_find(it->rules->names, fact->name),
                                  fact->window, fact->length, it->since, day);
    range_of(leaf->op, limit, &low, &high);
    return (days >= low && days <= high) != (leaf->op == EXPR_NOT_EQUAL);
}

static int moves_stay_days(struct moves *it, const struct expr *leaf, struct ajar_err *err)
{
    int before = stay_holds(it, leaf, it->since);
    for (date_days day = it->since + 1; day <= it->since + STAY_DAYS_AHEAD && day <= it->last;
         day++) {
        int now = stay_holds(it, leaf, day);
        if (now != before) {
            TRY(moves_add(it, day, err));
        }
        before = now;
    }
    return 0;
}

/* The present stay, and any that is to begin. */
static int moves_stay_since(struct moves *it, const struct expr *leaf, struct ajar_err *err)
{
    name_id country = names_find(it->rules->names, leaf->fact.name);
    date_days from = stay_since_from(it->person, country, it->since, it->since);
    TRY(moves_date(it, leaf, from, err));
    for (size_t i = 0; i < it->person->n_stays; i++) {
        const struct stay *stay = &it->person->stays[i];
        if (stay->country != country || stay->from <= it->since || stay->from > it->last) {
            continue;
        }
        TRY(moves_add(it, stay->from, err));
        TRY(moves_date(it, leaf, stay->from, err));
        if (stay->to != DATE_NONE && stay->to < it->last) {
            TRY(moves_add(it, stay->to + 1, err));
        }
    }
    return 0;
}

static int moves_leaf(void *arg, const struct expr *leaf, struct text role, struct ajar_err *err)
{
    struct moves *it = arg;
    bool self = role.n == 0 || text_is(role, "applicant");
    bool stay = leaf->fact.kind == EXPR_STAY_DAYS || leaf->fact.kind == EXPR_STAY_SINCE;
    if (leaf->kind != EXPR_COMPARE) {
        return 0;
    }
    if (stay) {
        if (!self || !it->person->stays_known) {
            return 0;
        }
        return leaf->fact.kind == EXPR_STAY_DAYS ? moves_stay_days(it, leaf, err)
                                                 : moves_stay_since(it, leaf, err);
    }
    if (self) {
        return moves_values(it, leaf, it->person->values, err);
    }
    for (size_t m = 0; it->person->household_known && m < it->person->n_members; m++) {
        const struct member *member = &it->person->members[m];
        if (text_is(role, "member") || text_eq(role, member->role)) {
            TRY(moves_values(it, leaf, member->values, err));
        }
    }
    return 0;
}

int decide_moves(struct arena *scratch, const struct instance *instance,
                 const struct person *person, size_t *n, moment **out, struct ajar_err *err)
{
    const struct door *door = &instance->rules->doors[instance->door];
    struct moves it = {.arena = scratch,
                       .rules = instance->rules,
                       .person = person,
                       .since = instance->on,
                       .last = date_shift(instance->on, YEARS_AHEAD, EXPR_YEARS)};
    for (size_t v = 0; v < door->n_versions; v++) {
        if (door->versions[v].known <= instance->as_known) {
            TRY(version_walk(&door->versions[v], moves_leaf, &it, err));
        }
    }
    *n = moments_settle(it.n, it.at);
    *out = it.at;
    return 0;
}
