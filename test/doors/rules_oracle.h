/* Conditions, persons and rules by chance, and the plain reading of them for a complete person. */
#ifndef TEST_DOORS_RULES_ORACLE_H
#define TEST_DOORS_RULES_ORACLE_H

#include <stdio.h>

#include "rules_made.h"

struct asked_of {
    struct made *made;
    const struct fact_value *values;
    const struct person *person;
    date_days on;
};

static inline date_days oracle_shift(date_days date, int32_t n, enum expr_window unit)
{
    int y, m, d;
    if (unit == EXPR_DAYS) {
        return date + n;
    }
    date_to_civil(date, &y, &m, &d);
    for (int i = 0; i < (n < 0 ? -n : n) * (unit == EXPR_YEARS ? 12 : 1); i++) {
        m += n < 0 ? -1 : 1;
        y += m > 12 ? 1 : m < 1 ? -1 : 0;
        m = m > 12 ? 1 : m < 1 ? 12 : m;
    }
    while (!date_exists(y, m, d)) {
        d--;
    }
    return date_from_civil(y, m, d);
}

static inline date_days oracle_day(const struct expr_date *date, date_days on)
{
    return oracle_shift(date->on ? on : date->date, date->shift, date->unit);
}

static inline bool oracle_item(const struct asked_of *of, const struct expr_item *item,
                               struct text literal)
{
    char joined[64];
    if (item->every) {
        return literal.n > item->prefix.n &&
               memcmp(literal.at, item->prefix.at, item->prefix.n) == 0;
    }
    for (size_t i = 0; item->list && i < of->made->rules.n_lists; i++) {
        const struct list_row *row = &of->made->rules.lists[i];
        struct text of_row = names_word(&of->made->names, row->item);
        bool now = row->from <= of->on && (row->to == DATE_NONE || of->on < row->to);
        int n = snprintf(joined, sizeof joined, "%.*s%.*s", (int)item->prefix.n, item->prefix.at,
                         (int)of_row.n, of_row.at);
        if (now && text_eq(names_word(&of->made->names, row->list), item->name) &&
            text_eq((struct text){joined, (size_t)n}, literal)) {
            return true;
        }
    }
    return !item->list && text_eq(item->name, literal);
}

static inline bool oracle_items(const struct asked_of *of, const struct expr *expr, name_id literal)
{
    for (size_t i = 0; i < expr->n_items; i++) {
        if (oracle_item(of, &expr->items[i], names_word(&of->made->names, literal))) {
            return true;
        }
    }
    return false;
}

static inline bool oracle_inside(const struct asked_of *of, struct text country, date_days when)
{
    bool inside = when == of->on;
    for (size_t i = 0; i < of->person->n_stays; i++) {
        const struct stay *stay = &of->person->stays[i];
        inside |= text_eq(names_word(&of->made->names, stay->country), country) &&
                  when >= stay->from && (stay->to == DATE_NONE || when <= stay->to);
    }
    return inside;
}

static inline date_days oracle_since(const struct asked_of *of, struct text country)
{
    date_days from = of->on;
    for (size_t i = 0; i < of->person->n_stays; i++) {
        const struct stay *stay = &of->person->stays[i];
        bool now = stay->from <= of->on && (stay->to == DATE_NONE || stay->to >= of->on);
        if (now && text_eq(names_word(&of->made->names, stay->country), country)) {
            from = stay->from;
        }
    }
    return from;
}

static inline int64_t oracle_stay_days(const struct asked_of *of, const struct expr_fact *fact)
{
    int y, m, d;
    date_days first;
    int64_t n = 0;
    date_to_civil(of->on, &y, &m, &d);
    if (fact->window == EXPR_ENTRY) {
        return of->on - oracle_since(of, fact->name) + 1;
    }
    first = fact->window == EXPR_YEAR ? date_from_civil(y, 1, 1)
                                      : oracle_shift(of->on, -fact->length, fact->window) + 1;
    for (date_days when = first; when <= of->on; when++) {
        n += oracle_inside(of, fact->name, when);
    }
    return n;
}

static inline int64_t oracle_age(date_days born, date_days on)
{
    int by, bm, bd, y, m, d;
    date_to_civil(born, &by, &bm, &bd);
    date_to_civil(on, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd));
}

/* False: NONE, with which every comparison is false. */
static inline bool oracle_left(const struct asked_of *of, const struct expr *expr, int64_t *out)
{
    const struct expr_fact *fact = &expr->fact;
    if (fact->kind == EXPR_STAY_DAYS || fact->kind == EXPR_STAY_SINCE) {
        *out = fact->kind == EXPR_STAY_DAYS ? oracle_stay_days(of, fact)
                                            : oracle_since(of, fact->name);
        return true;
    }
    if (fact->kind == EXPR_AGE_ON || text_is(fact->name, "age")) {
        date_days born = (date_days)of->values[BIRTH].number;
        *out =
            oracle_age(born, fact->kind == EXPR_AGE_ON ? oracle_day(&fact->date, of->on) : of->on);
        return true;
    }
    const struct fact_value *value = &of->values[rules_fact(&of->made->rules, fact->name)];
    *out = value->number;
    return !value->none;
}

static inline bool oracle_compare(const struct asked_of *of, const struct expr *expr)
{
    int64_t left, right = 0;
    bool money = text_is(expr->fact.name, "salary");
    if (!oracle_left(of, expr, &left)) {
        return false;
    }
    if (expr->term.kind == EXPR_PARAM) {
        right = of->on < day("2023-01-01") ? 5640000 : 5840000;
    } else if (expr->term.kind == EXPR_DATE_TERM) {
        right = oracle_day(&expr->term.date, of->on);
    } else {
        assert_true(expr_number(expr->term.text, money, &right));
    }
    switch (expr->op) {
    case EXPR_LESS:
        return left < right;
    case EXPR_LESS_EQUAL:
        return left <= right;
    case EXPR_EQUAL:
        return left == right;
    case EXPR_NOT_EQUAL:
        return left != right;
    case EXPR_GREATER_EQUAL:
        return left >= right;
    case EXPR_GREATER:
        break;
    }
    return left > right;
}

static inline bool oracle(const struct asked_of *of, const struct expr *expr);

static inline bool oracle_quant(const struct asked_of *of, const struct expr *expr)
{
    size_t n = 0, yes = 0;
    if (text_is(expr->role, "applicant")) {
        n = 1;
        yes = oracle(of, expr->kids[0]);
    }
    for (size_t i = 0; i < of->person->n_members; i++) {
        const struct member *member = &of->person->members[i];
        struct asked_of inner = {of->made, member->values, of->person, of->on};
        if (text_is(expr->role, "member") || text_eq(expr->role, member->role)) {
            n++;
            yes += oracle(&inner, expr->kids[0]);
        }
    }
    return expr->quant == EXPR_ANY   ? yes > 0
           : expr->quant == EXPR_ALL ? yes == n
                                     : yes >= (size_t)expr->at_least;
}

static inline bool oracle(const struct asked_of *of, const struct expr *expr)
{
    bool any = false, all = true;
    const struct fact_value *value =
        expr->kind == EXPR_IN || expr->kind == EXPR_HAS
            ? &of->values[rules_fact(&of->made->rules, expr->fact.name)]
            : NULL;
    switch (expr->kind) {
    case EXPR_COMPARE:
        return oracle_compare(of, expr);
    case EXPR_IN:
        any = value->literal == 0 ? value->none : oracle_items(of, expr, value->literal);
        return any != expr->negated;
    case EXPR_HAS:
        for (size_t i = 0; i < value->n_set; i++) {
            any |= oracle_items(of, expr, value->set[i]);
        }
        return any;
    case EXPR_QUANT:
        return oracle_quant(of, expr);
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        break;
    }
    for (size_t i = 0; i < expr->n; i++) {
        bool kid = oracle(of, expr->kids[i]);
        any |= kid;
        all &= kid;
    }
    return expr->kind == EXPR_NOT ? !any : expr->kind == EXPR_AND ? all : any;
}

/* Whether rule r of a version fires: true, and none that fires overrides it. */
static inline bool oracle_fires(const struct asked_of *of, const struct version *version, size_t r)
{
    if (!oracle(of, version->rules[r].when)) {
        return false;
    }
    for (size_t by = 0; by < version->n_rules; by++) {
        const struct rule *rule = &version->rules[by];
        bool over = rule->overrides_all && by != r;
        for (size_t i = 0; i < version->rules[r].n_overrides; i++) {
            over = over && version->rules[r].overrides[i] != by;
        }
        for (size_t i = 0; i < rule->n_overrides; i++) {
            over |= rule->overrides[i] == r;
        }
        if (over && oracle_fires(of, version, by)) {
            return false;
        }
    }
    return true;
}

static inline enum outcome oracle_version(const struct asked_of *of, const struct version *version)
{
    static const enum outcome of_effect[] = {OUTCOME_CLOSED, OUTCOME_DISCRETION, OUTCOME_OPEN,
                                             OUTCOME_BARRED};
    int best = -1;
    bool closed = false, superior = false;
    if (version == NULL) {
        return OUTCOME_NO_RULE;
    }
    if (version->scope != NULL && !oracle(of, version->scope)) {
        return OUTCOME_NOT_APPLICABLE;
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        int effect = (int)version->rules[r].effect;
        if (oracle_fires(of, version, r)) {
            best = effect > best ? effect : best;
            closed |= effect == EFFECT_CLOSED;
        }
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        superior |= oracle(of, version->superior[s].when);
    }
    enum outcome out = of_effect[best < 0 ? (int)version->otherwise : best];
    return (out == OUTCOME_CLOSED && superior) || (best == EFFECT_OPEN && closed) ? OUTCOME_CONFLICT
                                                                                  : out;
}

static const char *const atoms_random[] = {
    "visa = C_FIN",
    "visa in {C_*}",
    "visa in {C_list(SCHENGEN), D_DEU}",
    "visa not in {NONE, D_*}",
    "visa != NONE",
    "kin in {SPOUSE, PARENT}",
    "kin = NONE",
    "kin != CHILD",
    "job = yes",
    "humanitarian = no",
    "humanitarian != no",
    "citizenship has RUS",
    "citizenship has {RUS, list(SCHENGEN)}",
    "citizenship has {ISR, KAZ}",
    "citizenship has {list(LATE)}",
    "salary >= param(bluecard, general)",
    "salary >= 58,400.01",
    "salary < 40000",
    "salary = NONE",
    "salary != NONE",
    "salary != 40000",
    "years >= 3",
    "years = 3",
    "years = NONE",
    "years > 5",
    "expires >= on + 3m",
    "expires < 2022-12-31",
    "expires = NONE",
    "expires > on",
    "age >= 18",
    "age_on(on) < 35",
    "age_on(2022-09-21) <= 27",
    "age_on(on - 1y) = 20",
    "birth_date < 1990-01-01",
    "age != 18",
    "stay_days(KAZ, 180d) <= 90",
    "stay_days(KAZ, entry) > 30",
    "stay_days(KAZ, year) < 60",
    "stay_days(RUS, 6m) >= 10",
    "stay_since(KAZ) > on - 2m",
    "stay_since(KAZ) <= 2022-10-01",
    "crossing = AIR",
    "crossing in {ROAD, RAIL}",
    "age >= 0",
    "stay_days(KAZ, 90d) > 90",
    "any(child: age_on(on) < 18)",
    "all(member: job = yes or job = no and kin = NONE)",
    "count >= 2 (child: age < 18 and citizenship has FIN)",
    "any(spouse: visa in {D_*})",
    "any(applicant: kin = SPOUSE)",
    "count >= 2 (applicant: kin != SPOUSE)",
    "all(member: age >= 18)",
};
#define ATOMS_RANDOM ((uint32_t)(sizeof atoms_random / sizeof *atoms_random))

/* A condition of a few atoms among the first `n`. */
static inline void random_text(struct rng *rng, int depth, uint32_t n, struct buf *to)
{
    uint32_t what = depth == 0 ? 0 : rng_below(rng, 6);
    if (what < 2) {
        buf_str(to, atoms_random[rng_below(rng, n)]);
        return;
    }
    buf_str(to, what == 2 ? "not (" : "(");
    random_text(rng, depth - 1, n, to);
    if (what > 2) {
        buf_str(to, what < 5 ? ") and (" : ") or (");
        random_text(rng, depth - 1, n, to);
    }
    buf_str(to, ")");
}

static inline const char *random_when(struct made *it, int depth, uint32_t n)
{
    struct buf buf;
    const char *out = NULL;
    buf_init(&buf, 4096);
    random_text(&it->rng, depth, n, &buf);
    assert_int_equal(text_copy(&it->arena, buf_view(&buf), &out, NULL), 0);
    buf_free(&buf);
    return out;
}

static inline void random_version(struct made *it, struct version *version, uint32_t n_atoms)
{
    static const char *const ids[] = {"r0", "r1", "r2", "r3", "r4", "r5"};
    size_t n = 1 + rng_below(&it->rng, 6);
    version->otherwise = (enum effect)rng_below(&it->rng, 3);
    if (rng_below(&it->rng, 3) == 0) {
        version->scope = made_expr(it, random_when(it, 1, n_atoms));
    }
    for (size_t r = 0; r < n; r++) {
        /* one draw a statement: the order of draws is the same with any compiler */
        const char *when = random_when(it, 2, n_atoms);
        struct rule *rule =
            made_rule(it, version, ids[r], (enum effect)rng_below(&it->rng, 4), when);
        for (uint32_t over = 0; over < r; over++) { /* earlier ones alone: no circle */
            if (rng_below(&it->rng, 5) == 0) {
                rule->overrides[rule->n_overrides++] = over;
            }
        }
        rule->contested = rng_below(&it->rng, 8) == 0 ? TEXT_LIT("contested") : (struct text){0};
    }
    if (rng_below(&it->rng, 6) == 0) {
        version->rules[n - 1].overrides_all = true;
    }
    for (size_t s = rng_below(&it->rng, 2); s > 0; s--) {
        made_rule_in(it, version->superior, &version->n_superior, "s", EFFECT_OPEN,
                     random_when(it, 1, n_atoms));
    }
}

static inline void random_value(struct made *it, enum made_fact which, date_days on,
                                struct fact_value *out)
{
    const struct fact *fact = &it->rules.facts[which];
    static const int64_t cents[] = {0, 3999999, 4000000, 4000001, 5640000, 5840000, 5840001};
    *out = (struct fact_value){.known = KNOWN_YES, .evidence = (uint8_t)rng_below(&it->rng, 3)};
    if (fact->type == FACT_BOOL || fact->type == FACT_ENUM) {
        out->literal = fact->values[rng_below(&it->rng, (uint32_t)fact->n_values)];
    } else if (fact->type == FACT_SET) {
        name_id *set = made_new(it, 8, sizeof *set);
        for (size_t i = 0; i < fact->n_values; i++) {
            if (rng_below(&it->rng, 3) == 0) {
                set[out->n_set++] = fact->values[i];
            }
        }
        out->set = set;
    } else if (fact->none && rng_below(&it->rng, 4) == 0) {
        out->none = true;
    } else if (which == SALARY) {
        out->number = cents[rng_below(&it->rng, 7)];
    } else if (which == YEARS) {
        out->number = rng_below(&it->rng, 8);
    } else if (which == EXPIRES) {
        out->number = on - 10 + (int64_t)rng_below(&it->rng, 130);
    } else {
        out->number = on - 365 * (10 + (int64_t)rng_below(&it->rng, 30));
        out->number -= (int64_t)rng_below(&it->rng, 20);
    }
}

/* One fact in `unknown` stays open (0: none). */
static inline void random_values(struct made *it, date_days on, uint32_t unknown,
                                 struct fact_value *values)
{
    for (unsigned f = 0; f < MADE_FACTS; f++) {
        bool open = unknown > 0 && rng_below(&it->rng, unknown) == 0;
        if (f == AGE) {
            continue;
        }
        if (open) {
            values[f].known = rng_below(&it->rng, 3) == 0 ? KNOWN_UNCERTAIN : KNOWN_NOT;
        } else {
            random_value(it, (enum made_fact)f, on, &values[f]);
        }
    }
}

static inline struct person random_person(struct made *it, date_days on, uint32_t unknown)
{
    static const char *const roles[] = {"child", "child", "spouse", "parent"};
    struct person out = made_person(it);
    random_values(it, on, unknown, out.values);
    out.stays_known = unknown == 0 || rng_below(&it->rng, unknown) != 0;
    out.household_known = unknown == 0 || rng_below(&it->rng, unknown) != 0;
    out.stays = made_new(it, 4, sizeof(struct stay));
    out.members = made_new(it, 4, sizeof(struct member));
    date_days next = on - 230;
    for (size_t n = out.stays_known ? rng_below(&it->rng, 4) : 0; n > 0; n--) {
        struct stay *stay = &out.stays[out.n_stays++];
        stay->country = word(it, rng_below(&it->rng, 4) == 0 ? "RUS" : "KAZ");
        stay->from = next + 1 + (date_days)rng_below(&it->rng, 50);
        next = stay->from + (date_days)rng_below(&it->rng, 60);
        stay->to = n == 1 && stay->from <= on && rng_below(&it->rng, 2) == 0 ? DATE_NONE : next;
    }
    for (size_t n = out.household_known ? rng_below(&it->rng, 4) : 0; n > 0; n--) {
        struct member *member = &out.members[out.n_members++];
        member->role = text_of(roles[rng_below(&it->rng, 4)]);
        member->values = made_person(it).values;
        random_values(it, on, unknown, member->values);
    }
    return out;
}

/* The one vector of a complete person. */
static inline void vector_of(struct made *it, const struct instance *instance,
                             const struct person *person, uint8_t vector[])
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX];
    struct ajar_err err = {0};
    if (instance_cube(&it->scratch, instance, person, mask, asked, &err) != 0) {
        fail_msg("%s", err.text);
    }
    for (size_t v = 0; v < instance->n_vars; v++) {
        assert_int_equal(__builtin_popcountll(mask[v]), 1);
        assert_int_equal(asked[v], 0);
        vector[v] = (uint8_t)__builtin_ctzll(mask[v]);
    }
}

#endif
