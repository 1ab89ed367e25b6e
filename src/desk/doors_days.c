#include "doors_days.h"

#include "expr_walk.h"
#include "instance.h"

date_days doors_known(date_days day, date_days as_known)
{
    return as_known == DATE_NONE || day < as_known ? day : as_known;
}

/* The days under way, and which of them are to be looked at. */
struct days_marking {
    struct arena *scratch;
    const struct rules *rules;
    uint32_t door;
    date_days from;
    size_t n;
    date_days known, latest;
    uint8_t *look;
};

static void mark_day(struct days_marking *it, date_days day)
{
    if (day != DATE_NONE && day >= it->from && (size_t)(day - it->from) < it->n) {
        it->look[day - it->from] = 1;
    }
}

/* A day counts from its midnight on. */
static void mark_moment(struct days_marking *it, moment at)
{
    date_days day = moment_day(at);
    mark_day(it, moment_of_day(day) < at ? day + 1 : day);
}

static date_days known_on(const struct days_marking *it, size_t i)
{
    return it->known == DATE_NONE ? doors_known(it->from + (date_days)i, it->latest) : it->known;
}

/* What becomes known on a day is a reason to look. */
static void mark_knowledge(struct days_marking *it)
{
    const struct door *door = &it->rules->doors[it->door];
    for (size_t v = 0; it->known == DATE_NONE && v < door->n_versions; v++) {
        mark_day(it, door->versions[v].known);
        for (size_t e = 0; e < door->versions[v].n_ends; e++) {
            mark_day(it, door->versions[v].ends[e].known);
        }
    }
}

/* Practice, with the lists and parameters that its conditions may read: all of them, which costs a few
 * looks too many. */
static void mark_practice(struct days_marking *it)
{
    const struct door *door = &it->rules->doors[it->door];
    bool asks = false;
    for (size_t v = 0; v < door->n_versions; v++) {
        for (size_t p = 0; p < door->versions[v].n_practice; p++) {
            const struct practice *practice = &door->versions[v].practice[p];
            asks = asks || practice->when != NULL;
            mark_day(it, practice->from);
            mark_day(it, practice->to);
        }
    }
    for (size_t i = 0; asks && i < it->rules->n_lists; i++) {
        mark_day(it, it->rules->lists[i].from);
        mark_day(it, it->rules->lists[i].to);
    }
    for (size_t i = 0; asks && i < it->rules->n_params; i++) {
        mark_day(it, it->rules->params[i].from);
        mark_day(it, it->rules->params[i].to);
    }
}

/* Changes of the stretch of days [first, last], which share a state of knowledge. */
static int mark_changes(struct days_marking *it, size_t first, size_t last, struct ajar_err *err)
{
    moment *at;
    size_t n;
    date_days day = it->from + (date_days)first, end = it->from + (date_days)last;
    TRY(instance_changes(it->scratch, it->rules, it->door, moment_of_day(day - 1),
                         moment_of_day(end), known_on(it, first), &n, &at, err));
    for (size_t i = 0; i < n; i++) {
        mark_moment(it, at[i]);
    }
    return 0;
}

static bool knows_more(const struct days_marking *it, date_days a, date_days b)
{
    const struct door *door = &it->rules->doors[it->door];
    for (size_t v = 0; v < door->n_versions; v++) {
        const struct version *version = &door->versions[v];
        if (version->known > a && version->known <= b) {
            return true;
        }
        for (size_t e = 0; e < version->n_ends; e++) {
            if (version->ends[e].known > a && version->ends[e].known <= b) {
                return true;
            }
        }
    }
    return false;
}

int doors_days_changed(struct arena *scratch, const struct rules *rules, uint32_t door,
                       date_days from, size_t n_days, date_days known, date_days latest,
                       bool practice, uint8_t look[], struct ajar_err *err)
{
    struct days_marking it = {.scratch = scratch,
                              .rules = rules,
                              .door = door,
                              .from = from,
                              .n = n_days,
                              .known = known,
                              .latest = latest,
                              .look = look};
    mark_knowledge(&it);
    if (practice) {
        mark_practice(&it);
    }
    for (size_t first = 0, last = 0; first < n_days; first = last + 1) {
        last = first;
        while (last + 1 < n_days &&
               !knows_more(&it, known_on(&it, first), known_on(&it, last + 1))) {
            last++;
        }
        TRY(mark_changes(&it, first, last, err));
    }
    return 0;
}

/* What the people's facts allow to be said of a comparison. */
struct days_moving {
    const struct rules *rules;
    const struct doors_profiles *profiles;
    bool ages, births; /* some condition counts full years on the day; asks a birthday otherwise */
    bool moves;
};

static bool crossing_states(const struct doors_crossing *crossing, uint32_t fact,
                            const struct fact_value **value)
{
    for (size_t i = 0; i < crossing->n_facts; i++) {
        if (crossing->facts[i] == fact) {
            *value = &crossing->values[i];
            return true;
        }
    }
    return false;
}

/* Whether all values of the fact, of profiles and of crossings, are known to be NONE. */
static bool all_none(const struct days_moving *it, uint32_t fact)
{
    bool none = true;
    for (size_t i = 0; i < it->profiles->n; i++) {
        const struct fact_value *value = &it->profiles->profiles[i].person.values[fact];
        none = none && value->known == KNOWN_YES && value->none;
    }
    for (size_t i = 0; i < it->profiles->n_crossings; i++) {
        const struct fact_value *value;
        if (crossing_states(&it->profiles->crossings[i], fact, &value)) {
            none = none && value->known == KNOWN_YES && value->none;
        }
    }
    return none;
}

static bool any_stated(const struct days_moving *it, uint32_t fact)
{
    bool stated = false;
    const struct fact_value *value;
    for (size_t i = 0; fact != RULES_NONE && i < it->profiles->n; i++) {
        stated = stated || it->profiles->profiles[i].person.values[fact].known != KNOWN_NOT;
    }
    for (size_t i = 0; fact != RULES_NONE && i < it->profiles->n_crossings; i++) {
        stated = stated || crossing_states(&it->profiles->crossings[i], fact, &value);
    }
    return stated;
}

static bool nobody_stays(const struct days_moving *it)
{
    bool nobody = true;
    for (size_t i = 0; i < it->profiles->n; i++) {
        const struct person *person = &it->profiles->profiles[i].person;
        nobody = nobody && person->stays_known && person->n_stays == 0;
    }
    return nobody;
}

static bool nobody_else(const struct days_moving *it)
{
    bool nobody = true;
    for (size_t i = 0; i < it->profiles->n; i++) {
        const struct person *person = &it->profiles->profiles[i].person;
        nobody = nobody && person->household_known && person->n_members == 0;
    }
    return nobody;
}

static bool counts_from_day(const struct expr *leaf)
{
    return leaf->kind == EXPR_COMPARE && leaf->term.kind == EXPR_DATE_TERM && leaf->term.date.on;
}

/* Who comes now has been there for one day, since the day itself. */
static bool stay_moves(const struct days_moving *it, const struct expr *leaf)
{
    bool steady = leaf->fact.kind == EXPR_STAY_DAYS
                      ? leaf->kind == EXPR_COMPARE && leaf->term.kind != EXPR_DATE_TERM
                      : counts_from_day(leaf);
    return !steady || !nobody_stays(it);
}

/* Full years on the day asked about, against a number: who states an age has that age on each day. */
static bool is_plain_age(const struct days_moving *it, const struct expr *leaf, uint32_t fact)
{
    bool today = leaf->fact.kind == EXPR_AGE_ON ? leaf->fact.date.on && leaf->fact.date.shift == 0
                                                : fact == it->rules->fact_age;
    return today && leaf->kind == EXPR_COMPARE &&
           (leaf->term.kind == EXPR_NUMBER || leaf->term.kind == EXPR_PARAM);
}

static bool leaf_moves(struct days_moving *it, const struct expr *leaf)
{
    if (leaf->fact.kind == EXPR_STAY_DAYS || leaf->fact.kind == EXPR_STAY_SINCE) {
        return stay_moves(it, leaf);
    }
    uint32_t fact = leaf->fact.kind == EXPR_AGE_ON ? it->rules->fact_birth_date
                                                   : rules_fact(it->rules, leaf->fact.name);
    if (fact == RULES_NONE) {
        return true;
    }
    if (is_plain_age(it, leaf, fact)) {
        it->ages = true;
        return false;
    }
    if (fact == it->rules->fact_birth_date || fact == it->rules->fact_age) {
        it->births = true;
        return counts_from_day(leaf) || leaf->fact.date.on;
    }
    return counts_from_day(leaf) && !all_none(it, fact);
}

/* Whether anybody's answer to it stays, whatever they state. */
static bool is_fixed(const struct days_moving *it, const struct expr *leaf)
{
    uint32_t fact = rules_fact(it->rules, leaf->fact.name);
    return leaf->fact.kind == EXPR_FACT && !counts_from_day(leaf) &&
           fact != it->rules->fact_birth_date && fact != it->rules->fact_age;
}

static int moving_leaf(void *arg, const struct expr *leaf, struct text role, struct ajar_err *err)
{
    struct days_moving *it = arg;
    bool others = role.n > 0 && !is_fixed(it, leaf) && !nobody_else(it);
    (void)err;
    it->moves = leaf_moves(it, leaf) || others || it->moves;
    return 0;
}

static int moving_version(struct days_moving *it, const struct version *version,
                          struct ajar_err *err)
{
    TRY(version_walk(version, moving_leaf, it, err));
    for (size_t p = 0; p < version->n_practice; p++) {
        if (version->practice[p].when != NULL) {
            TRY(expr_walk(version->practice[p].when, (struct text){"", 0}, moving_leaf, it, err));
        }
    }
    return 0;
}

int doors_days_move(const struct rules *rules, const struct doors_profiles *profiles, uint32_t door,
                    date_days latest, bool *moves, struct ajar_err *err)
{
    struct days_moving it = {.rules = rules, .profiles = profiles};
    const struct door *of = &rules->doors[door];
    for (size_t v = 0; v < of->n_versions; v++) {
        if (of->versions[v].known <= latest) {
            TRY(moving_version(&it, &of->versions[v], err));
        }
    }
    bool birthdays = any_stated(&it, rules->fact_birth_date);
    bool years = any_stated(&it, rules->fact_age);
    it.moves = it.moves || (it.ages && it.births) || (it.ages && birthdays) || (it.births && years);
    *moves = it.moves;
    return 0;
}
