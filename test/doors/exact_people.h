/* Concrete people for class vectors: for every variable of an instance real values of each of its classes. */
#ifndef TEST_DOORS_EXACT_PEOPLE_H
#define TEST_DOORS_EXACT_PEOPLE_H

#include "unit.h"

#include "brute.h"
#include "rng.h"

#define PEOPLE_KINDS 3 /* values of one class: the first, the last, one by chance */
#ifndef PEOPLE_HOUSES
#define PEOPLE_HOUSES 400
#endif
#define PEOPLE_MEMBERS 3

/* What variables speak of: one fact, the stays in one country, the household.  Its variables need not be
 * free of each other: only what some person has is in the pool. */
struct entity {
    enum var_kind kind;
    uint32_t fact;
    name_id country;
    size_t n_vars;
    uint32_t vars[DIAGRAM_CLASSES_MAX];
    size_t n_keys;             /* class vectors of its variables */
    struct fact_value *values; /* facts: [n_keys * PEOPLE_KINDS], n_set SIZE_MAX: not made yet */
    size_t n_pool;
    struct stay (*stays)[4];
    size_t *n_stays;
    struct member (*members)[PEOPLE_MEMBERS];
    size_t *n_members;
    uint32_t *first, *next, *turn; /* pool entries by key, + 1 */
};

struct people {
    struct arena *arena;
    const struct instance *instance;
    const struct rules *rules;
    struct brute *brute;
    struct rng rng;
    struct person person;
    struct stay *stays;
    size_t n_entities;
    struct entity *entities;
    uint32_t entity_of[DIAGRAM_VARS_MAX];
    bool *can; /* [n_entities] whether somebody has the classes that were set last */
};

static inline void *people_new(struct people *it, size_t n, size_t size)
{
    void *out = arena_get(it->arena, n, size, NULL);
    assert_non_null(out);
    return out;
}

static inline uint32_t people_below(struct people *it, size_t n)
{
    return rng_below(&it->rng, (uint32_t)n);
}

static inline bool is_birth(const struct people *it, uint32_t fact)
{
    return fact == it->rules->fact_birth_date;
}

/* What numbers there are at all. */
static inline void number_bounds(const struct people *it, uint32_t which, size_t n_cuts,
                                 const int64_t cuts[], int64_t *low, int64_t *high)
{
    const struct fact *fact = &it->rules->facts[which];
    int64_t first = n_cuts > 0 ? cuts[0] : 0, last = n_cuts > 0 ? cuts[n_cuts - 1] : 1000;
    if (is_birth(it, which)) {
        *low = it->instance->on - 43830;
        *high = it->instance->on;
    } else if (fact->type == FACT_DATE) {
        *low = first - 1 < -25567 ? first - 1 : -25567;
        *high = last > 47482 ? last : 47482;
    } else {
        *low = fact->min != INT64_MIN ? fact->min : first - 100000;
        *high = fact->max != INT64_MAX ? fact->max : last + 100000;
    }
}

static inline int64_t number_pick(struct people *it, int64_t low, int64_t high, unsigned kind)
{
    return kind == 0   ? low
           : kind == 1 ? high
                       : low + (int64_t)(rng_u64(&it->rng) % (uint64_t)(high - low + 1));
}

/* A value of the class; false when there is none. */
static inline bool value_of_class(struct people *it, const struct var *var, unsigned class,
                                  unsigned kind, struct fact_value *out)
{
    const struct fact *fact = &it->rules->facts[var->fact];
    *out = (struct fact_value){.known = KNOWN_YES};
    if (fact->type == FACT_BOOL || fact->type == FACT_ENUM) {
        size_t n = 0, pick = 0;
        for (size_t i = 0; i < fact->n_values; i++) {
            n += var->class_of[i] == class;
        }
        pick = n == 0 ? 0 : kind == 0 ? 0 : kind == 1 ? n - 1 : people_below(it, n);
        for (size_t i = 0; i < fact->n_values; i++) {
            if (var->class_of[i] == class && pick-- == 0) {
                out->literal = fact->values[i];
            }
        }
        return n > 0;
    }
    if (var->none && class == var->n_classes - 1) {
        out->none = true;
        return true;
    }
    int64_t low, high;
    number_bounds(it, var->fact, var->n_cuts, var->cuts, &low, &high);
    low = class > 0 && var->cuts[class - 1] > low ? var->cuts[class - 1] : low;
    high = class < var->n_cuts && var->cuts[class] - 1 < high ? var->cuts[class] - 1 : high;
    if (low > high) {
        return false;
    }
    out->number = number_pick(it, low, high, kind);
    return true;
}

/* A set that holds some of each group whose bit is 1, none of the others, and any of those that no group has. */
static inline void set_of_groups(struct people *it, uint32_t which, size_t n,
                                 const struct var *const groups[], uint64_t key, unsigned kind,
                                 struct fact_value *out)
{
    const struct fact *fact = &it->rules->facts[which];
    name_id *set = people_new(it, fact->n_values + 1, sizeof *set);
    *out = (struct fact_value){.known = KNOWN_YES, .set = set};
    for (size_t g = 0; g < n; g++) {
        size_t before = out->n_set, last = 0;
        for (size_t i = 0; (key >> g & 1) != 0 && i < fact->n_values; i++) {
            if (groups[g]->class_of[i] == 1) {
                last = i;
                if (kind == 0 ? out->n_set == before : kind == 2 && people_below(it, 2) == 0) {
                    set[out->n_set++] = fact->values[i];
                }
            }
        }
        if ((key >> g & 1) != 0 && out->n_set == before) {
            set[out->n_set++] = fact->values[last];
        }
    }
    for (size_t i = 0; i < fact->n_values; i++) {
        bool grouped = false;
        for (size_t g = 0; g < n; g++) {
            grouped |= groups[g]->class_of[i] == 1;
        }
        if (!grouped && kind > 0 && people_below(it, kind == 1 ? 1 : 8) == 0) {
            set[out->n_set++] = fact->values[i];
        }
    }
}

/* Any value at all. */
static inline void value_any(struct people *it, uint32_t which, struct fact_value *out)
{
    const struct fact *fact = &it->rules->facts[which];
    int64_t low, high;
    *out = (struct fact_value){.known = KNOWN_YES};
    if (fact->type == FACT_BOOL || fact->type == FACT_ENUM) {
        out->literal = fact->values[people_below(it, fact->n_values)];
    } else if (fact->type == FACT_SET) {
        set_of_groups(it, which, 0, NULL, 0, 2, out);
    } else {
        number_bounds(it, which, 0, NULL, &low, &high);
        out->none = fact->none && people_below(it, 3) == 0;
        out->number = out->none ? 0 : number_pick(it, low, high, 2);
    }
}

/* ---- pools ---- */

static inline size_t entity_key(const struct people *it, const struct entity *entity,
                                const uint8_t vector[])
{
    size_t key = 0;
    for (size_t i = entity->n_vars; i-- > 0;) {
        key = key * it->instance->vars[entity->vars[i]].n_classes + vector[entity->vars[i]];
    }
    return key;
}

static inline void pool_take(struct people *it, struct entity *entity, const uint8_t vector[])
{
    size_t key = entity_key(it, entity, vector);
    entity->next[entity->n_pool] = entity->first[key];
    entity->first[key] = (uint32_t)++entity->n_pool;
}

static inline void pool_open(struct people *it, struct entity *entity, size_t cap)
{
    entity->first = people_new(it, entity->n_keys, sizeof *entity->first);
    entity->turn = people_new(it, entity->n_keys, sizeof *entity->turn);
    entity->next = people_new(it, cap, sizeof *entity->next);
}

static inline unsigned number_class_of(const struct var *var, int64_t number)
{
    unsigned class = 0;
    for (size_t i = 0; i < var->n_cuts; i++) {
        class += var->cuts[i] <= number;
    }
    return class;
}

static inline void history_classes(const struct people *it, const struct entity *entity,
                                   const struct person *person, uint8_t vector[])
{
    struct text country = names_word(it->rules->names, entity->country);
    date_days on = it->instance->on;
    for (size_t i = 0; i < entity->n_vars; i++) {
        const struct var *var = &it->instance->vars[entity->vars[i]];
        int64_t number =
            var->kind == VAR_STAY_SINCE
                ? brute_stay_since(country, it->rules, person, on)
                : brute_stay_days(country, it->rules, person, var->window, var->length, on);
        vector[entity->vars[i]] = (uint8_t)number_class_of(var, number);
    }
}

#define POOL_STAYS 4096 /* histories; ids below BRUTE_IDS */
#ifndef POOL_CHANCE
#define POOL_CHANCE 2000
#endif

/* Inside for `present` days with today (0: enters now), before that `gap` days away, and before that
 * `past` days inside, in one stay or two. */
static inline void pool_history(struct people *it, struct entity *entity, int64_t present,
                                int64_t gap, int64_t past)
{
    date_days on = it->instance->on;
    uint8_t vector[DIAGRAM_VARS_MAX];
    if (entity->n_pool == POOL_STAYS || present < 0 || past < 0) {
        return;
    }
    struct stay *stays = entity->stays[entity->n_pool];
    struct person person = {.stays_known = true, .stays = stays};
    date_days end = on - (date_days)(present > 0 ? present : 1) - (date_days)gap;
    date_days half = past > 20 && people_below(it, 3) == 0 ? (date_days)(past / 2) : 0;
    if (half > 0) {
        date_days away = (date_days)people_below(it, 40) + 1;
        stays[person.n_stays++] =
            (struct stay){entity->country, end - (date_days)past - away + 1, end - half - away};
        past = half;
    }
    if (past > 0) {
        stays[person.n_stays++] = (struct stay){entity->country, end - (date_days)past + 1, end};
    }
    if (present > 0) {
        stays[person.n_stays++] = (struct stay){
            entity->country, on - (date_days)present + 1,
            people_below(it, 2) == 0 ? DATE_NONE : on + (date_days)people_below(it, 9)};
    }
    entity->n_stays[entity->n_pool] = person.n_stays;
    history_classes(it, entity, &person, vector);
    pool_take(it, entity, vector);
}

static inline void pool_stays(struct people *it, struct entity *entity)
{
    int64_t lengths[1024] = {0, 1, 2};
    size_t n = 3;
    pool_open(it, entity, POOL_STAYS);
    entity->stays = people_new(it, POOL_STAYS, sizeof *entity->stays);
    entity->n_stays = people_new(it, POOL_STAYS, sizeof *entity->n_stays);
    for (size_t i = 0; i < entity->n_vars; i++) {
        const struct var *var = &it->instance->vars[entity->vars[i]];
        for (size_t c = 0; c < var->n_cuts && n < 16; c++) {
            int64_t cut =
                var->kind == VAR_STAY_SINCE ? it->instance->on - var->cuts[c] + 1 : var->cuts[c];
            lengths[n++] = cut - 1;
            lengths[n++] = cut;
            lengths[n++] = cut + 1 + people_below(it, 40);
        }
    }
    for (size_t p = 0; p < n; p++) {
        for (size_t q = 0; q < n; q++) {
            int64_t rest = lengths[q] - lengths[p];
            pool_history(it, entity, lengths[p], 1 + people_below(it, 2), lengths[q]);
            pool_history(it, entity, lengths[p], 0, lengths[q]);
            pool_history(it, entity, lengths[p], 1 + people_below(it, 40), rest);
            pool_history(it, entity, lengths[p], 1 + people_below(it, 400), rest);
        }
    }
    for (size_t i = 0; i < POOL_CHANCE; i++) {
        pool_history(it, entity, people_below(it, 420), 1 + people_below(it, 320),
                     people_below(it, 400));
    }
}

static inline void member_values(struct people *it, const struct question *question,
                                 struct fact_value values[])
{
    for (size_t v = 0; v < question->n_vars; v++) {
        const struct var *var = &question->vars[v];
        const struct var *groups[DIAGRAM_CLASSES_MAX];
        size_t n = 0;
        if (values[var->fact].known == KNOWN_YES) {
            continue;
        }
        if (var->kind == VAR_FACT) {
            while (!value_of_class(it, var, people_below(it, var->n_classes),
                                   people_below(it, PEOPLE_KINDS), &values[var->fact])) {
            }
            continue;
        }
        for (size_t w = v; w < question->n_vars; w++) {
            if (question->vars[w].kind == VAR_HAS && question->vars[w].fact == var->fact) {
                groups[n++] = &question->vars[w];
            }
        }
        set_of_groups(it, var->fact, n, groups, rng_u64(&it->rng), people_below(it, PEOPLE_KINDS),
                      &values[var->fact]);
    }
}

static inline void pool_households(struct people *it, struct entity *entity)
{
    static const char *const roles[] = {"spouse", "child", "parent", "guardian"};
    pool_open(it, entity, PEOPLE_HOUSES);
    entity->members = people_new(it, PEOPLE_HOUSES, sizeof *entity->members);
    entity->n_members = people_new(it, PEOPLE_HOUSES, sizeof *entity->n_members);
    while (entity->n_pool < PEOPLE_HOUSES) {
        uint8_t vector[DIAGRAM_VARS_MAX];
        struct member *members = entity->members[entity->n_pool];
        size_t n = people_below(it, PEOPLE_MEMBERS + 1);
        struct person person = it->person;
        for (size_t m = 0; m < n; m++) {
            members[m].role = text_of(roles[people_below(it, 4)]);
            members[m].values = people_new(it, it->rules->n_facts, sizeof *members[m].values);
            /* What a member's facts have to do with each other is of interest, so each quantifier in its
             * turn comes first. */
            size_t from = people_below(it, entity->n_vars);
            for (size_t i = 0; i < entity->n_vars; i++) {
                size_t v = entity->vars[(from + i) % entity->n_vars];
                member_values(it, it->instance->vars[v].inner, members[m].values);
            }
            for (uint32_t f = 0; f < it->rules->n_facts; f++) {
                if (members[m].values[f].known != KNOWN_YES &&
                    (f != it->rules->fact_age || it->rules->fact_birth_date == RULES_NONE)) {
                    value_any(it, f, &members[m].values[f]);
                }
            }
        }
        person.members = members;
        person.n_members = n;
        for (size_t i = 0; i < entity->n_vars; i++) {
            const struct var *var = &it->instance->vars[entity->vars[i]];
            vector[entity->vars[i]] =
                brute_condition(it->rules, &person, it->instance->on, var->quant);
        }
        entity->n_members[entity->n_pool] = n;
        pool_take(it, entity, vector);
    }
}

/* ---- setting ---- */

static inline bool set_fact(struct people *it, struct entity *entity, size_t key)
{
    unsigned kind = people_below(it, PEOPLE_KINDS);
    size_t id = key * PEOPLE_KINDS + kind;
    struct fact_value *to = &it->person.values[entity->fact];
    const struct var *groups[DIAGRAM_CLASSES_MAX];
    bool keep = entity->values != NULL, can = true;
    if (keep && entity->values[id].known == KNOWN_YES) {
        *to = entity->values[id];
    } else if (entity->kind == VAR_FACT) {
        can = value_of_class(it, &it->instance->vars[entity->vars[0]], (unsigned)key, kind, to);
    } else {
        for (size_t i = 0; i < entity->n_vars; i++) {
            groups[i] = &it->instance->vars[entity->vars[i]];
        }
        set_of_groups(it, entity->fact, entity->n_vars, groups, key, kind, to);
    }
    if (!can) {
        *to = (struct fact_value){.known = KNOWN_YES};
        return false;
    }
    if (keep) {
        entity->values[id] = *to;
    }
    brute_touch_fact(it->brute, entity->fact, keep ? id : BRUTE_NO_ID);
    return true;
}

static inline void stays_join(struct people *it)
{
    struct person *person = &it->person;
    person->n_stays = 0;
    for (size_t e = 0; e < it->n_entities; e++) {
        const struct entity *entity = &it->entities[e];
        size_t at = entity->stays == NULL ? 0 : entity->turn[0];
        if (entity->stays != NULL && at > 0) {
            for (size_t s = 0; s < entity->n_stays[at - 1]; s++) {
                person->stays[person->n_stays++] = entity->stays[at - 1][s];
            }
        }
    }
    for (size_t i = 1; i < person->n_stays; i++) { /* by rising from */
        struct stay stay = person->stays[i];
        size_t at = i;
        while (at > 0 && person->stays[at - 1].from > stay.from) {
            person->stays[at] = person->stays[at - 1];
            at--;
        }
        person->stays[at] = stay;
    }
}

/* The next of those that have the key, in turn. */
static inline bool set_pooled(struct people *it, struct entity *entity, size_t key)
{
    uint32_t at = entity->first[key];
    if (at == 0) {
        return false;
    }
    for (uint32_t skip = people_below(it, 4); skip > 0; skip--) {
        at = entity->next[at - 1] != 0 ? entity->next[at - 1] : entity->first[key];
    }
    if (entity->next[at - 1] != 0 && people_below(it, 8) == 0) {
        entity->first[key] = entity->next[at - 1]; /* never back: the rest gets its turn */
        at = entity->first[key];
    }
    entity->turn[0] = at;
    if (entity->stays != NULL) {
        stays_join(it);
        brute_touch_stays(it->brute, names_word(it->rules->names, entity->country), at);
    } else {
        it->person.members = entity->members[at - 1];
        it->person.n_members = entity->n_members[at - 1];
        brute_touch_household(it->brute, at);
    }
    return true;
}

/* Gives the person values of the classes that the vector has for the entity. */
static inline void people_set(struct people *it, size_t which, const uint8_t vector[])
{
    struct entity *entity = &it->entities[which];
    size_t key = entity_key(it, entity, vector);
    bool fact = entity->kind == VAR_FACT || entity->kind == VAR_HAS;
    it->can[which] = fact ? set_fact(it, entity, key) : set_pooled(it, entity, key);
}

/* All of them; false when nobody has these classes. */
static inline bool people_set_all(struct people *it, const uint8_t vector[])
{
    bool can = true;
    for (size_t e = 0; e < it->n_entities; e++) {
        people_set(it, e, vector);
        can &= it->can[e];
    }
    return can;
}

static inline bool people_can(const struct people *it)
{
    bool can = true;
    for (size_t e = 0; e < it->n_entities; e++) {
        can &= it->can[e];
    }
    return can;
}

static inline void people_hide(struct people *it, size_t which)
{
    const struct entity *entity = &it->entities[which];
    it->can[which] = true;
    if (entity->kind == VAR_QUANT) {
        brute_hide_household(it->brute);
    } else if (entity->kind == VAR_FACT || entity->kind == VAR_HAS) {
        brute_hide_fact(it->brute, entity->fact);
    } else {
        brute_hide_stays(it->brute, names_word(it->rules->names, entity->country));
    }
}

/* New values for all that no variable speaks of. */
static inline void people_noise(struct people *it)
{
    for (uint32_t f = 0; f < it->rules->n_facts; f++) {
        bool taken = f == it->rules->fact_age && it->rules->fact_birth_date != RULES_NONE;
        for (size_t e = 0; e < it->n_entities; e++) {
            const struct entity *entity = &it->entities[e];
            taken |= (entity->kind == VAR_FACT || entity->kind == VAR_HAS) && entity->fact == f;
        }
        if (!taken) {
            value_any(it, f, &it->person.values[f]);
            brute_touch_fact(it->brute, f, BRUTE_NO_ID);
        }
    }
}

static inline size_t people_entity(struct people *it, const struct var *var)
{
    for (size_t e = 0; e < it->n_entities; e++) {
        const struct entity *entity = &it->entities[e];
        bool stay = var->kind == VAR_STAY_DAYS || var->kind == VAR_STAY_SINCE;
        bool of_stay = entity->kind == VAR_STAY_DAYS || entity->kind == VAR_STAY_SINCE;
        bool fact = var->kind == VAR_FACT || var->kind == VAR_HAS;
        if (fact   ? entity->kind == var->kind && entity->fact == var->fact
            : stay ? of_stay && entity->country == var->country
                   : entity->kind == VAR_QUANT) {
            return e;
        }
    }
    it->entities[it->n_entities] =
        (struct entity){.kind = var->kind, .fact = var->fact, .country = var->country, .n_keys = 1};
    return it->n_entities++;
}

static inline void people_open(struct people *it, struct arena *arena,
                               const struct instance *instance, struct brute *brute, uint32_t seed)
{
    *it = (struct people){.arena = arena,
                          .instance = instance,
                          .rules = instance->rules,
                          .brute = brute,
                          .rng = rng_at(77, seed, 0, 0)};
    it->entities = people_new(it, instance->n_vars, sizeof *it->entities);
    it->can = people_new(it, instance->n_vars, sizeof *it->can);
    assert_int_equal(person_blank(arena, it->rules, &it->person, NULL), 0);
    it->person.stays_known = it->person.household_known = true;
    it->person.stays = people_new(it, 4 * (instance->n_vars + 1), sizeof *it->person.stays);
    for (uint32_t v = 0; v < instance->n_vars; v++) {
        size_t e = people_entity(it, &instance->vars[v]);
        struct entity *entity = &it->entities[e];
        assert_true(entity->n_vars < DIAGRAM_CLASSES_MAX);
        entity->vars[entity->n_vars++] = v;
        entity->n_keys *= instance->vars[v].n_classes;
        it->entity_of[v] = (uint32_t)e;
    }
    for (size_t e = 0; e < it->n_entities; e++) {
        struct entity *entity = &it->entities[e];
        if (entity->kind == VAR_QUANT) {
            pool_households(it, entity);
        } else if (entity->kind == VAR_STAY_DAYS || entity->kind == VAR_STAY_SINCE) {
            pool_stays(it, entity);
        } else if (entity->n_keys * PEOPLE_KINDS <= BRUTE_IDS) {
            entity->values = people_new(it, entity->n_keys * PEOPLE_KINDS, sizeof *entity->values);
        }
    }
    people_noise(it);
    brute_person(brute, &it->person);
}

#endif
