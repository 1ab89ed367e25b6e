/* Conditions as written, of one complete person. */
#include "brute.h"

#include <string.h>

#include "unit.h"

/* One whose facts are read: the person, or a member of the household. */
struct whose {
    const struct rules *rules;
    const struct fact_value *values;
    const struct person *person;
    date_days on;
};

/* ---- the calendar ---- */

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    return month == 2                                              ? (leap(year) ? 29 : 28)
           : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                   : 31;
}

date_days brute_date(int year, int month, int day)
{
    date_days out = day - 1;
    for (int y = 1970; y < year; y++) {
        out += leap(y) ? 366 : 365;
    }
    for (int y = year; y < 1970; y++) {
        out -= leap(y) ? 366 : 365;
    }
    for (int m = 1; m < month; m++) {
        out += month_days(year, m);
    }
    return out;
}

void brute_civil(date_days date, int *year, int *month, int *day)
{
    int left = date;
    *year = 1970;
    *month = 1;
    while (left < 0) {
        left += leap(--*year) ? 366 : 365;
    }
    while (left >= (leap(*year) ? 366 : 365)) {
        left -= leap((*year)++) ? 366 : 365;
    }
    while (left >= month_days(*year, *month)) {
        left -= month_days(*year, (*month)++);
    }
    *day = left + 1;
}

/* The calendar has the years 1 to 9999. */
static date_days moved(date_days date, int32_t n, enum expr_window unit)
{
    const int64_t first = -719162, last = 2932896;
    int y, m, d;
    if (unit == EXPR_DAYS) {
        int64_t day = (int64_t)date + n;
        return (date_days)(day < first ? first : day > last ? last : day);
    }
    brute_civil(date, &y, &m, &d);
    for (int64_t left = (int64_t)n * (unit == EXPR_YEARS ? 12 : 1); left != 0;
         left += left < 0 ? 1 : -1) {
        m += left < 0 ? -1 : 1;
        if (m == 0) {
            m = 12;
            y--;
        } else if (m == 13) {
            m = 1;
            y++;
        }
        if (y < 1 || y > 9999) {
            return (date_days)(y < 1 ? first : last);
        }
    }
    return brute_date(y, m, d < month_days(y, m) ? d : month_days(y, m));
}

static date_days day_meant(const struct expr_date *date, date_days on)
{
    date_days from = date->on ? on : date->date;
    return date->shift == 0 ? from : moved(from, date->shift, date->unit);
}

static int64_t full_years(date_days born, date_days on)
{
    int by, bm, bd, y, m, d;
    brute_civil(born, &by, &bm, &bd);
    brute_civil(on, &y, &m, &d);
    bool had = m > bm || (m == bm && d >= bd);
    return had ? y - by : y - by - 1;
}

/* ---- stays, day by day ---- */

static bool stay_holds(const struct stay *stay, date_days day)
{
    return stay->from <= day && (stay->to == DATE_NONE || day <= stay->to);
}

date_days brute_stay_since(struct text country, const struct rules *rules,
                           const struct person *person, date_days on)
{
    name_id where = names_find(rules->names, country);
    date_days since = on;
    bool found = false;
    for (size_t i = 0; i < person->n_stays; i++) {
        const struct stay *stay = &person->stays[i];
        if (stay->country == where && stay_holds(stay, on) && (!found || stay->from > since)) {
            since = stay->from;
            found = true;
        }
    }
    return since;
}

int64_t brute_stay_days(struct text country, const struct rules *rules, const struct person *person,
                        enum expr_window window, int32_t length, date_days on)
{
    int year, month, of_month;
    name_id where = names_find(rules->names, country);
    date_days first = on;
    int64_t n = 0;
    brute_civil(on, &year, &month, &of_month);
    if (window == EXPR_ENTRY) {
        first = brute_stay_since(country, rules, person, on);
    } else if (window == EXPR_YEAR) {
        first = brute_date(year, 1, 1);
    } else {
        first = moved(on, -length, window) + 1;
    }
    for (date_days day = first; day <= on; day++) {
        bool inside = day == on || window == EXPR_ENTRY;
        for (size_t i = 0; !inside && i < person->n_stays; i++) {
            inside = person->stays[i].country == where && stay_holds(&person->stays[i], day);
        }
        n += inside;
    }
    return n;
}

/* ---- words and numbers ---- */

static bool row_holds(date_days from, date_days to, date_days on)
{
    return (from == DATE_NONE || from <= on) && (to == DATE_NONE || on < to);
}

/* Whether `word` is `prefix` and `rest` put together. */
static bool word_is(struct text word, struct text prefix, struct text rest)
{
    return word.n == prefix.n + rest.n && memcmp(word.at, prefix.at, prefix.n) == 0 &&
           memcmp(word.at + prefix.n, rest.at, rest.n) == 0;
}

static bool item_means(const struct whose *of, const struct expr_item *item, struct text word)
{
    if (item->every) {
        return word.n > item->prefix.n && memcmp(word.at, item->prefix.at, item->prefix.n) == 0;
    }
    if (!item->list) {
        return text_eq(item->name, word);
    }
    for (size_t i = 0; i < of->rules->n_lists; i++) {
        const struct list_row *row = &of->rules->lists[i];
        if (text_eq(names_word(of->rules->names, row->list), item->name) &&
            row_holds(row->from, row->to, of->on) &&
            word_is(word, item->prefix, names_word(of->rules->names, row->item))) {
            return true;
        }
    }
    return false;
}

static bool set_holds(const struct whose *of, const struct expr *expr, struct text word)
{
    for (size_t i = 0; i < expr->n_items; i++) {
        if (item_means(of, &expr->items[i], word)) {
            return true;
        }
    }
    return false;
}

/* "58,400.5" is 58400.50: in cents 5840050, whole (without a point) 58400. */
static int64_t number_meant(struct text written, bool cents)
{
    int64_t out = 0;
    int decimals = -1;
    for (size_t i = 0; i < written.n; i++) {
        if (written.at[i] == '.') {
            decimals = 0;
        } else if (written.at[i] >= '0' && written.at[i] <= '9') {
            out = out * 10 + (written.at[i] - '0');
            decimals += decimals >= 0;
        } else if (written.at[i] == '-') {
            return -number_meant((struct text){written.at + 1, written.n - 1}, cents);
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; cents && i < 2; i++) {
        out *= 10;
    }
    return out;
}

static int64_t term_meant(const struct whose *of, const struct expr *expr, bool cents)
{
    const struct expr_term *term = &expr->term;
    if (term->kind == EXPR_DATE_TERM) {
        return day_meant(&term->date, of->on);
    }
    if (term->kind == EXPR_NUMBER) {
        return number_meant(term->text, cents);
    }
    assert_int_equal(term->kind, EXPR_PARAM);
    for (size_t i = 0; i < of->rules->n_params; i++) {
        const struct param_row *row = &of->rules->params[i];
        if (text_eq(names_word(of->rules->names, row->param), term->text) &&
            text_eq(names_word(of->rules->names, row->key), term->key) &&
            row_holds(row->from, row->to, of->on)) {
            return number_meant(row->written, cents);
        }
    }
    fail_msg("a parameter without a row on the day");
    return 0;
}

/* ---- one comparison ---- */

uint32_t brute_fact(const struct rules *rules, struct text name)
{
    for (uint32_t f = 0; f < rules->n_facts; f++) {
        if (text_eq(rules->facts[f].name, name)) {
            return f;
        }
    }
    return RULES_NONE;
}

/* Age is counted from the day of birth, where the vocabulary has one. */
bool brute_asks_age(const struct rules *rules, const struct expr_fact *fact)
{
    return fact->kind == EXPR_AGE_ON ||
           (fact->kind == EXPR_FACT && text_is(fact->name, "age") &&
            rules->fact_birth_date != RULES_NONE && rules->fact_age != RULES_NONE);
}

/* False: NONE, with which every comparison is false. */
static bool left_meant(const struct whose *of, const struct expr_fact *fact, int64_t *out,
                       bool *cents)
{
    *cents = false;
    if (fact->kind == EXPR_STAY_DAYS) {
        *out =
            brute_stay_days(fact->name, of->rules, of->person, fact->window, fact->length, of->on);
        return true;
    }
    if (fact->kind == EXPR_STAY_SINCE) {
        *out = brute_stay_since(fact->name, of->rules, of->person, of->on);
        return true;
    }
    bool age = brute_asks_age(of->rules, fact);
    uint32_t f = brute_fact(of->rules, age ? TEXT_LIT("birth_date") : fact->name);
    *cents = of->rules->facts[f].type == FACT_MONEY;
    *out = of->values[f].number;
    if (age) {
        date_days day = fact->kind == EXPR_AGE_ON ? day_meant(&fact->date, of->on) : of->on;
        *out = full_years((date_days)*out, day);
    }
    return !of->values[f].none;
}

static bool compare_holds(const struct whose *of, const struct expr *expr)
{
    int64_t left, right;
    bool cents;
    if (!left_meant(of, &expr->fact, &left, &cents)) {
        return false;
    }
    right = term_meant(of, expr, cents);
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
        return left > right;
    }
    return false;
}

static bool words_hold(const struct whose *of, const struct expr *expr)
{
    const struct fact *fact = &of->rules->facts[brute_fact(of->rules, expr->fact.name)];
    const struct fact_value *value = &of->values[fact - of->rules->facts];
    bool in = false;
    if (expr->kind == EXPR_HAS) {
        for (size_t i = 0; i < value->n_set; i++) {
            in = in || set_holds(of, expr, names_word(of->rules->names, value->set[i]));
        }
        return in;
    }
    bool number = fact->type == FACT_INT || fact->type == FACT_MONEY || fact->type == FACT_DATE;
    if (!number) {
        in = set_holds(of, expr, names_word(of->rules->names, value->literal));
    } else {
        in = value->none && set_holds(of, expr, TEXT_LIT("NONE"));
    }
    return expr->negated ? !in : in;
}

static bool holds(const struct whose *of, const struct expr *expr);

static bool quant_holds(const struct whose *of, const struct expr *expr)
{
    int64_t n = 0, yes = 0;
    if (text_is(expr->role, "applicant")) {
        n = 1;
        yes = holds(of, expr->kids[0]);
    }
    for (size_t i = 0; i < of->person->n_members; i++) {
        const struct member *member = &of->person->members[i];
        struct whose inner = {of->rules, member->values, of->person, of->on};
        if (text_is(expr->role, "member") || text_eq(expr->role, member->role)) {
            n++;
            yes += holds(&inner, expr->kids[0]);
        }
    }
    return expr->quant == EXPR_ANY   ? yes > 0
           : expr->quant == EXPR_ALL ? yes == n
                                     : yes >= expr->at_least;
}

static bool holds(const struct whose *of, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_AND:
        for (size_t i = 0; i < expr->n; i++) {
            if (!holds(of, expr->kids[i])) {
                return false;
            }
        }
        return true;
    case EXPR_OR:
        for (size_t i = 0; i < expr->n; i++) {
            if (holds(of, expr->kids[i])) {
                return true;
            }
        }
        return false;
    case EXPR_NOT:
        return !holds(of, expr->kids[0]);
    case EXPR_QUANT:
        return quant_holds(of, expr);
    case EXPR_COMPARE:
        return compare_holds(of, expr);
    case EXPR_IN:
    case EXPR_HAS:
        return words_hold(of, expr);
    }
    return false;
}

bool brute_condition(const struct rules *rules, const struct person *person, date_days on,
                     const struct expr *expr)
{
    return holds(&(struct whose){rules, person->values, person, on}, expr);
}
