/* A comparison, read on a day: lists and parameters looked up, dates counted. */
#include <string.h>

#include "instance_parts.h"

#define AGE_MOST 20000 /* years; past the calendar */

date_days expr_day(const struct expr_date *date, date_days on)
{
    return date_shift(date->on ? on : date->date, date->shift, date->unit);
}

void range_of(enum expr_op op, int64_t n, int64_t *low, int64_t *high)
{
    *low = INT64_MIN;
    *high = INT64_MAX;
    switch (op) {
    case EXPR_LESS:
        *high = n == INT64_MIN ? n : n - 1;
        break;
    case EXPR_LESS_EQUAL:
        *high = n;
        break;
    case EXPR_EQUAL:
    case EXPR_NOT_EQUAL:
        *low = *high = n;
        break;
    case EXPR_GREATER_EQUAL:
        *low = n;
        break;
    case EXPR_GREATER:
        *low = n == INT64_MAX ? n : n + 1;
        break;
    }
}

/* N full years on a day has who was born N years before it or earlier. */
static int64_t birth_last(int64_t age, date_days day)
{
    int64_t n = age > AGE_MOST ? AGE_MOST : age < -AGE_MOST ? -AGE_MOST : age;
    return date_shift(day, (int32_t)-n, EXPR_YEARS);
}

void range_of_age(enum expr_op op, int64_t n, date_days day, int64_t *low, int64_t *high)
{
    *low = INT64_MIN;
    *high = INT64_MAX;
    switch (op) {
    case EXPR_LESS:
        *low = birth_last(n, day) + 1;
        break;
    case EXPR_LESS_EQUAL:
        *low = birth_last(n + 1, day) + 1;
        break;
    case EXPR_EQUAL:
    case EXPR_NOT_EQUAL:
        *low = birth_last(n + 1, day) + 1;
        *high = birth_last(n, day);
        break;
    case EXPR_GREATER_EQUAL:
        *high = birth_last(n, day);
        break;
    case EXPR_GREATER:
        *high = birth_last(n + 1, day);
        break;
    }
}

static int term_param(const struct rules *rules, const struct expr *expr, date_days on,
                      int64_t *out, struct ajar_err *err)
{
    const struct expr_term *term = &expr->term;
    char day[DATE_TEXT];
    name_id param = names_find(rules->names, term->text), key = names_find(rules->names, term->key);
    const struct param_row *row = rules_param(rules, param, key, on);
    if (row == NULL) {
        return expr_err(err, E_DOORS_PARAM_GAP, expr->source, term->at, term->key,
                        "the parameter %.*s has no value on %s", (int)term->text.n, term->text.at,
                        date_format(on, day));
    }
    *out = row->value;
    return 0;
}

int term_read(const struct rules *rules, const struct expr *expr, bool cents, date_days on,
              date_days today, int64_t *out, struct ajar_err *err)
{
    const struct expr_term *term = &expr->term;
    switch (term->kind) {
    case EXPR_NUMBER:
        if (expr_number(term->text, cents, out)) {
            return 0;
        }
        break;
    case EXPR_DATE_TERM:
        *out = expr_day(&term->date, today);
        return 0;
    case EXPR_PARAM:
        return term_param(rules, expr, on, out, err);
    case EXPR_LITERAL_TERM:
        break;
    }
    return expr_err(err, E_DOORS_EXPR_TYPE, expr->source, term->at, term->text,
                    "this is no number that the fact can be compared with");
}

bool fact_is_age(const struct rules *rules, const struct expr_fact *fact)
{
    if (fact->kind == EXPR_AGE_ON) {
        return true;
    }
    return fact->kind == EXPR_FACT && rules->fact_birth_date != RULES_NONE &&
           rules->fact_age != RULES_NONE && rules_fact(rules, fact->name) == rules->fact_age;
}

/* What a comparison speaks of, without its classes. */
static int subject_read(const struct cutter *cutter, const struct expr *expr, struct subject *out,
                        struct ajar_err *err)
{
    const struct rules *rules = cutter->rules;
    *out = (struct subject){.kind = VAR_FACT, .min = INT64_MIN, .max = INT64_MAX};
    if (expr->fact.kind == EXPR_STAY_DAYS || expr->fact.kind == EXPR_STAY_SINCE) {
        bool days = expr->fact.kind == EXPR_STAY_DAYS;
        date_days first = stay_window(expr->fact.window, expr->fact.length, cutter->today);
        out->kind = days ? VAR_STAY_DAYS : VAR_STAY_SINCE;
        out->country = names_find(rules->names, expr->fact.name);
        out->window = days ? expr->fact.window : EXPR_ENTRY;
        out->length = days ? expr->fact.length : 0;
        out->min = days ? 1 : INT64_MIN;
        out->max = !days                ? cutter->today
                   : first == DATE_NONE ? INT64_MAX
                                        : (int64_t)cutter->today - first + 1;
        return 0;
    }
    out->fact = fact_is_age(rules, &expr->fact) ? rules->fact_birth_date
                                                : rules_fact(rules, expr->fact.name);
    if (out->fact == RULES_NONE) {
        return expr_err(err, E_DOORS_EXPR_FACT, expr->source, expr->at, expr->fact.name,
                        "no such fact is declared");
    }
    const struct fact *fact = &rules->facts[out->fact];
    out->kind = fact->type == FACT_SET ? VAR_HAS : VAR_FACT;
    out->n_values = fact->n_values;
    out->none = fact->none;
    if (fact->type == FACT_INT || fact->type == FACT_MONEY) {
        out->min = fact->min;
        out->max = fact->max;
    }
    return 0;
}

static void literals_mark(const struct fact *fact, name_id literal, uint8_t values[])
{
    for (size_t i = 0; literal != 0 && i < fact->n_values; i++) {
        values[i] |= fact->values[i] == literal;
    }
}

/* A word of two parts is looked up without being put together on the heap. */
static name_id joined_find(const struct rules *rules, struct text prefix, struct text word)
{
    char joined[128];
    if (prefix.n + word.n > sizeof joined) {
        return 0;
    }
    memcpy(joined, prefix.at, prefix.n);
    memcpy(joined + prefix.n, word.at, word.n);
    return names_find(rules->names, (struct text){joined, prefix.n + word.n});
}

static void literals_list(const struct cutter *cutter, const struct fact *fact,
                          const struct expr_item *item, uint8_t values[])
{
    const struct rules *rules = cutter->rules;
    name_id list = names_find(rules->names, item->name);
    size_t low = 0, high = rules->n_lists;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        *(rules->lists[middle].list < list ? &low : &high) =
            rules->lists[middle].list < list ? middle + 1 : middle;
    }
    for (; low < rules->n_lists && rules->lists[low].list == list; low++) {
        const struct list_row *row = &rules->lists[low];
        if (row->from > cutter->on || (row->to != DATE_NONE && row->to <= cutter->on)) {
            continue;
        }
        name_id literal = item->prefix.n == 0 ? row->item
                                              : joined_find(rules, item->prefix,
                                                            names_word(rules->names, row->item));
        literals_mark(fact, literal, values);
    }
}

static void literals_prefix(const struct cutter *cutter, const struct fact *fact,
                            struct text prefix, uint8_t values[])
{
    for (size_t i = 0; i < fact->n_values; i++) {
        struct text word = names_word(cutter->rules->names, fact->values[i]);
        values[i] |= word.n > prefix.n && memcmp(word.at, prefix.at, prefix.n) == 0;
    }
}

static int atom_literals(const struct cutter *cutter, const struct expr *expr,
                         const struct fact *fact, struct atom *out, struct ajar_err *err)
{
    uint8_t *values;
    TRY_NEW(values, cutter->scratch, fact->n_values, err);
    for (size_t i = 0; i < expr->n_items; i++) {
        const struct expr_item *item = &expr->items[i];
        if (item->list) {
            literals_list(cutter, fact, item, values);
        } else if (item->every) {
            literals_prefix(cutter, fact, item->prefix, values);
        } else {
            literals_mark(fact, names_find(cutter->rules->names, item->name), values);
        }
    }
    out->kind = ATOM_LITERALS;
    out->negated = expr->kind == EXPR_IN && expr->negated;
    out->values = values;
    return 0;
}

static int type_error(const struct expr *expr, struct ajar_err *err)
{
    return expr_err(err, E_DOORS_EXPR_TYPE, expr->source, expr->at, expr->fact.name,
                    "the fact cannot be compared in this way");
}

static int atom_compare(struct cutter *cutter, const struct expr *expr, const struct fact *fact,
                        struct atom *out, struct ajar_err *err)
{
    int64_t n;
    bool age = fact_is_age(cutter->rules, &expr->fact);
    bool money = fact != NULL && fact->type == FACT_MONEY;
    if (fact != NULL && fact->type != FACT_INT && fact->type != FACT_DATE && !money) {
        return type_error(expr, err);
    }
    TRY(term_read(cutter->rules, expr, money, cutter->on, cutter->today, &n, err));
    out->kind = ATOM_RANGE;
    out->negated = expr->op == EXPR_NOT_EQUAL;
    if (age) {
        date_days day = expr->fact.kind == EXPR_AGE_ON ? expr_day(&expr->fact.date, cutter->today)
                                                       : cutter->today;
        range_of_age(expr->op, n, day, &out->low, &out->high);
    } else {
        range_of(expr->op, n, &out->low, &out->high);
    }
    return 0;
}

int atom_read(struct cutter *cutter, const struct expr *expr, struct atom *out,
              struct ajar_err *err)
{
    struct subject like;
    *out = (struct atom){.kind = ATOM_QUANT};
    if (expr->kind == EXPR_QUANT) {
        like = (struct subject){.kind = VAR_QUANT, .quant = expr};
        return subject_at(cutter, &like, expr, &out->subject, err);
    }
    TRY(subject_read(cutter, expr, &like, err));
    bool stay = like.kind == VAR_STAY_DAYS || like.kind == VAR_STAY_SINCE;
    const struct fact *fact = stay ? NULL : &cutter->rules->facts[like.fact];
    bool literals = fact != NULL && (fact->type == FACT_BOOL || fact->type == FACT_ENUM);
    if (expr->kind == EXPR_COMPARE && expr->term.kind != EXPR_LITERAL_TERM) {
        TRY(atom_compare(cutter, expr, fact, out, err));
    } else if ((expr->kind == EXPR_IN && literals) ||
               (expr->kind == EXPR_HAS && like.kind == VAR_HAS)) {
        TRY(atom_literals(cutter, expr, fact, out, err));
    } else if (expr->kind == EXPR_IN && fact != NULL && like.kind == VAR_FACT && fact->none) {
        out->kind = ATOM_NONE;
        out->negated = expr->negated;
    } else {
        return type_error(expr, err);
    }
    return subject_at(cutter, &like, expr, &out->subject, err);
}
