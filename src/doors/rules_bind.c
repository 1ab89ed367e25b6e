/* An expression against the vocabulary: facts, types, literals, lists, parameters, roles. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "country.h"
#include "rules_reader.h"

struct binder {
    struct arena *arena;
    const struct rules *rules;
    const char *const *fact_names;
    struct faults *faults;
    struct ajar_err *err;
    bool inside; /* a quantifier */
};

/* What a comparison is about. */
struct subject {
    bool known; /* false: the fault is reported, nothing more is checked */
    enum fact_type type;
    const struct fact *fact; /* NULL for age_on and stays */
    struct text unit;
};

static const char *const type_words[] = {"yes or no", "a word", "a number",
                                         "an amount", "a date", "a set"};

static struct ajar_err *bind_fault(const struct binder *it, enum err_code code,
                                   const struct expr *node, uint32_t at, struct text value,
                                   const char *format, ...) __attribute__((format(printf, 6, 7)));
static struct ajar_err *bind_fault(const struct binder *it, enum err_code code,
                                   const struct expr *node, uint32_t at, struct text value,
                                   const char *format, ...)
{
    struct ajar_err *fault = faults_add(it->faults);
    char sentence[sizeof fault->text];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    expr_err(fault, code, node->source, at, value, "%s", sentence);
    return fault;
}

/* Past the limit faults are only counted: looking for what was meant would be in vain. */
static void bind_nearest(const struct binder *it, struct ajar_err *fault, struct text word,
                         const char *const words[], size_t n)
{
    const char *nearest = fault == &it->faults->spill ? NULL : text_nearest(word, words, n);
    if (nearest != NULL) {
        err_hint(fault, "Did you mean %s?", nearest);
    }
}

static void bind_country(const struct binder *it, const struct expr *node)
{
    struct text code = node->fact.name;
    name_id id = names_find(it->rules->names, code);
    if (country_is_name(id) && !country_is_group(id)) {
        return;
    }
    struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_LITERAL, node, node->at, code,
                                        "a stay is in one country, by its alpha-3 code");
    const char *guess = country_guess(code);
    if (guess != NULL && !country_is_name(id)) {
        err_hint(fault, "Did you mean %s?", guess);
    }
}

static struct subject bind_stay(const struct binder *it, const struct expr *node)
{
    bool days = node->fact.kind == EXPR_STAY_DAYS;
    bind_country(it, node);
    if (it->inside) {
        bind_fault(it, E_DOORS_EXPR_TYPE, node, node->at, node->fact.name,
                   "stays are counted for the applicant alone, not for a member of the household");
    }
    return (struct subject){
        .known = true, .type = days ? FACT_INT : FACT_DATE, .unit = text_of(days ? "days" : "")};
}

static struct subject bind_subject(const struct binder *it, const struct expr *node)
{
    const struct rules *rules = it->rules;
    if (node->fact.kind == EXPR_STAY_DAYS || node->fact.kind == EXPR_STAY_SINCE) {
        return bind_stay(it, node);
    }
    if (node->fact.kind == EXPR_AGE_ON) {
        if (rules->fact_birth_date == RULES_NONE) {
            bind_fault(it, E_DOORS_EXPR_FACT, node, node->at, TEXT_LIT("age_on"),
                       "age_on needs the fact birth_date, which is not declared");
        }
        return (struct subject){.known = true, .type = FACT_INT, .unit = TEXT_LIT("years")};
    }
    uint32_t at = rules_fact(rules, node->fact.name);
    if (at == RULES_NONE) {
        struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_FACT, node, node->at, node->fact.name,
                                            "this fact is not declared");
        bind_nearest(it, fault, node->fact.name, it->fact_names, rules->n_facts);
        return (struct subject){.known = false};
    }
    const struct fact *fact = &rules->facts[at];
    return (struct subject){.known = true, .type = fact->type, .fact = fact, .unit = fact->unit};
}

static void bind_type(const struct binder *it, const struct expr *node,
                      const struct subject *subject, const char *advice)
{
    struct ajar_err *fault =
        bind_fault(it, E_DOORS_EXPR_TYPE, node, node->at, node->fact.name,
                   "this fact is %s and cannot be compared in this way", type_words[subject->type]);
    err_hint(fault, "%s", advice);
}

/* The words of a column of the parameters or lists, each once, for suggestions.  The rows are sorted. */
static int bind_words(const struct binder *it, size_t n,
                      name_id (*word)(const struct rules *, size_t), const char ***out,
                      size_t *n_out)
{
    const char **words;
    size_t kept = 0;
    TRY_NEW(words, it->arena, n, it->err);
    for (size_t i = 0; i < n; i++) {
        name_id id = word(it->rules, i);
        if (i == 0 || id != word(it->rules, i - 1)) {
            words[kept++] = names_word(it->rules->names, id).at;
        }
    }
    *out = words;
    *n_out = kept;
    return 0;
}

static name_id word_list(const struct rules *rules, size_t i)
{
    return rules->lists[i].list;
}

static name_id word_param(const struct rules *rules, size_t i)
{
    return rules->params[i].param;
}

static name_id word_key(const struct rules *rules, size_t i)
{
    return rules->params[i].key;
}

/* First row of the parameter (key 0) or of its key; n_params when there is none. */
static size_t find_param(const struct rules *rules, name_id param, name_id key)
{
    size_t low = 0, high = rules->n_params;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct param_row *row = &rules->params[middle];
        bool before = row->param != param ? row->param < param : row->key < key;
        *(before ? &low : &high) = before ? middle + 1 : middle;
    }
    bool found = low < rules->n_params && rules->params[low].param == param &&
                 (key == 0 || rules->params[low].key == key);
    return found ? low : rules->n_params;
}

/* First row of the list (item 0) or of its item; n_lists when there is none. */
static size_t find_list(const struct rules *rules, name_id list, name_id item)
{
    size_t low = 0, high = rules->n_lists;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct list_row *row = &rules->lists[middle];
        bool before = row->list != list ? row->list < list : row->item < item;
        *(before ? &low : &high) = before ? middle + 1 : middle;
    }
    bool found = low < rules->n_lists && rules->lists[low].list == list &&
                 (item == 0 || rules->lists[low].item == item);
    return found ? low : rules->n_lists;
}

static int bind_no_param(const struct binder *it, const struct expr *node, bool key)
{
    const struct expr_term *term = &node->term;
    struct text word = key ? term->key : term->text;
    const char **words = NULL;
    size_t n = 0;
    struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_PARAM, node, term->at, word,
                                        key ? "this parameter has no such key"
                                            : "this parameter has no rows in params.csv");
    if (fault == &it->faults->spill) {
        return 0;
    }
    TRY(bind_words(it, it->rules->n_params, key ? word_key : word_param, &words, &n));
    bind_nearest(it, fault, word, words, n);
    return 0;
}

static int bind_param(const struct binder *it, const struct expr *node,
                      const struct subject *subject)
{
    const struct rules *rules = it->rules;
    const struct expr_term *term = &node->term;
    name_id param = names_find(rules->names, term->text), key = names_find(rules->names, term->key);
    if (param == 0 || find_param(rules, param, 0) == rules->n_params) {
        return bind_no_param(it, node, false);
    }
    size_t row = key == 0 ? rules->n_params : find_param(rules, param, key);
    if (row == rules->n_params) {
        return bind_no_param(it, node, true);
    }
    struct text unit = rules->params[row].unit;
    if (!text_eq(unit, subject->unit)) {
        bind_fault(it, E_DOORS_EXPR_PARAM, node, term->at, term->text,
                   "the parameter is in %.*s, and the fact in %.*s", unit.n < 80 ? (int)unit.n : 80,
                   unit.at, subject->unit.n < 80 ? (int)subject->unit.n : 80, subject->unit.at);
    }
    return 0;
}

static int bind_compare(const struct binder *it, const struct expr *node,
                        const struct subject *subject)
{
    const struct expr_term *term = &node->term;
    bool date = subject->type == FACT_DATE, money = subject->type == FACT_MONEY;
    int64_t value;
    if (!date && !money && subject->type != FACT_INT) {
        bind_type(it, node, subject,
                  subject->type == FACT_SET ? "Use has." : "Use =, != or in with its words.");
        return 0;
    }
    if (date != (term->kind == EXPR_DATE_TERM)) {
        struct ajar_err *fault =
            bind_fault(it, E_DOORS_EXPR_TYPE, node, term->at, term->text, "%s stands beside %s",
                       date ? "what is no date" : "a date", type_words[subject->type]);
        err_hint(fault, date ? "Write a date, or on - 3y." : "Write a number or param(NAME, KEY).");
        return 0;
    }
    if (term->kind == EXPR_NUMBER && !expr_number(term->text, money, &value)) {
        bind_fault(it, E_DOORS_EXPR_TYPE, node, term->at, term->text,
                   "a whole number belongs here");
    }
    return term->kind == EXPR_PARAM ? bind_param(it, node, subject) : 0;
}

static int bind_no_literal(const struct binder *it, const struct expr *node,
                           const struct expr_item *item, const struct fact *fact)
{
    const char **words;
    struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_LITERAL, node, item->at, item->name,
                                        "this word is no value of the fact");
    if (fault == &it->faults->spill) {
        return 0;
    }
    TRY_NEW(words, it->arena, fact->n_values, it->err);
    for (size_t i = 0; i < fact->n_values; i++) {
        words[i] = names_word(it->rules->names, fact->values[i]).at;
    }
    bind_nearest(it, fault, item->name, words, fact->n_values);
    return 0;
}

static bool has_prefix(const struct rules *rules, const struct fact *fact, struct text prefix)
{
    for (size_t i = 0; i < fact->n_values; i++) {
        struct text word = names_word(rules->names, fact->values[i]);
        if (word.n > prefix.n && memcmp(word.at, prefix.at, prefix.n) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether a value of the fact is the prefix and an item of the list.  Over the values, which are fewer
 * than a list may have items. */
static bool has_item(const struct rules *rules, const struct fact *fact, struct text prefix,
                     name_id list)
{
    for (size_t i = 0; i < fact->n_values; i++) {
        struct text word = names_word(rules->names, fact->values[i]);
        if (word.n <= prefix.n || memcmp(word.at, prefix.at, prefix.n) != 0) {
            continue;
        }
        struct text rest = {word.at + prefix.n, word.n - prefix.n};
        name_id item = names_find(rules->names, rest);
        if (item != 0 && find_list(rules, list, item) < rules->n_lists) {
            return true;
        }
    }
    return false;
}

static int bind_list(const struct binder *it, const struct expr *node, const struct expr_item *item,
                     const struct fact *fact)
{
    const struct rules *rules = it->rules;
    name_id list = names_find(rules->names, item->name);
    if (list == 0 || find_list(rules, list, 0) == rules->n_lists) {
        const char **words = NULL;
        size_t n = 0;
        struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_LIST, node, item->at, item->name,
                                            "this list has no rows in lists.csv");
        if (fault == &it->faults->spill) {
            return 0;
        }
        TRY(bind_words(it, rules->n_lists, word_list, &words, &n));
        bind_nearest(it, fault, item->name, words, n);
        return 0;
    }
    if (!has_item(rules, fact, item->prefix, list)) {
        bind_fault(it, E_DOORS_EXPR_LIST, node, item->at, item->name,
                   "no item of this list is a value of the fact");
    }
    return 0;
}

static void bind_twice(const struct binder *it, const struct expr *node, size_t at)
{
    const struct expr_item *item = &node->items[at];
    for (size_t i = 0; i < at; i++) {
        const struct expr_item *other = &node->items[i];
        if (other->every == item->every && other->list == item->list &&
            text_eq(other->prefix, item->prefix) && text_eq(other->name, item->name)) {
            bind_fault(it, E_DOORS_EXPR_LITERAL, node, item->at,
                       item->name.n > 0 ? item->name : item->prefix,
                       "this word stands in the set twice");
            return;
        }
    }
}

static int bind_items(const struct binder *it, const struct expr *node, const struct fact *fact)
{
    for (size_t i = 0; i < node->n_items; i++) {
        const struct expr_item *item = &node->items[i];
        bind_twice(it, node, i);
        if (item->list) {
            TRY(bind_list(it, node, item, fact));
        } else if (item->every) {
            if (!has_prefix(it->rules, fact, item->prefix)) {
                bind_fault(it, E_DOORS_EXPR_LITERAL, node, item->at, item->prefix,
                           "no value of the fact begins so");
            }
        } else {
            name_id id = names_find(it->rules->names, item->name);
            if (id == 0 || !rules_is_value(fact, id)) {
                TRY(bind_no_literal(it, node, item, fact));
            }
        }
    }
    return 0;
}

/* Of numbers and dates only NONE can be asked in this way. */
static void bind_none(const struct binder *it, const struct expr *node,
                      const struct subject *subject)
{
    for (size_t i = 0; i < node->n_items; i++) {
        const struct expr_item *item = &node->items[i];
        if (item->every || item->list || !text_is(item->name, "NONE")) {
            bind_type(it, node, subject, "Use =, <, <=, > and >= with numbers and dates.");
            return;
        }
    }
    if (subject->fact == NULL || !subject->fact->none) {
        bind_fault(it, E_DOORS_EXPR_LITERAL, node, node->items[0].at, node->items[0].name,
                   "NONE is no value of this fact");
    }
}

static int bind_words_of(const struct binder *it, const struct expr *node,
                         const struct subject *subject)
{
    bool set = subject->type == FACT_SET, has = node->kind == EXPR_HAS;
    bool words = set || subject->type == FACT_ENUM || subject->type == FACT_BOOL;
    if (set != has) {
        bind_type(it, node, subject, set ? "Use has." : "Use =, <, in; has is for sets.");
        return 0;
    }
    if (!words) {
        bind_none(it, node, subject);
        return 0;
    }
    return bind_items(it, node, subject->fact);
}

static void bind_role(const struct binder *it, const struct expr *node)
{
    static const char *const roles[] = {"member", "spouse",   "child",
                                        "parent", "guardian", "applicant"};
    const size_t n = sizeof roles / sizeof *roles;
    if (it->inside) {
        bind_fault(it, E_DOORS_EXPR_ROLE, node, node->at, node->role,
                   "a quantifier stands inside another");
    }
    for (size_t i = 0; i < n; i++) {
        if (text_is(node->role, roles[i])) {
            return;
        }
    }
    struct ajar_err *fault = bind_fault(it, E_DOORS_EXPR_ROLE, node, node->role_at, node->role,
                                        "this is no role of the household");
    bind_nearest(it, fault, node->role, roles, n);
}

static int bind_node(struct binder *it, const struct expr *node)
{
    bool inside = it->inside;
    struct subject subject;
    switch (node->kind) {
    case EXPR_QUANT:
        bind_role(it, node);
        it->inside = true;
        TRY(bind_node(it, node->kids[0]));
        it->inside = inside;
        return 0;
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        for (size_t i = 0; i < node->n; i++) {
            TRY(bind_node(it, node->kids[i]));
        }
        return 0;
    case EXPR_COMPARE:
        subject = bind_subject(it, node);
        return subject.known ? bind_compare(it, node, &subject) : 0;
    case EXPR_IN:
    case EXPR_HAS:
        subject = bind_subject(it, node);
        return subject.known ? bind_words_of(it, node, &subject) : 0;
    }
    return 0;
}

int rules_bind(struct arena *arena, const struct rules *rules, const char *const fact_names[],
               const struct expr *expr, struct faults *faults, struct ajar_err *err)
{
    struct binder it = {
        .arena = arena, .rules = rules, .fact_names = fact_names, .faults = faults, .err = err};
    return bind_node(&it, expr);
}
