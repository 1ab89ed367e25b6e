/* Classes as words of the language. */
#include <string.h>

#include "instance_parts.h"
#include "say_items.h"

#define SAY_MOST ((size_t)64 << 10) /* bytes of one way to say it */

/* What may be said of one variable. */
struct said_of {
    const struct rules *rules;
    const struct fact *fact;
    const struct var *var;
    uint64_t mask;
    date_days on;
};

static bool says_value(const struct said_of *it, size_t value)
{
    return it->mask >> it->var->class_of[value] & 1;
}

/* Which literals are said, or (`said` false) are not. */
static void mark_values(const struct said_of *it, bool said, uint8_t marks[])
{
    for (size_t i = 0; i < it->fact->n_values; i++) {
        marks[i] = says_value(it, i) == said;
    }
}

/* fact = A; fact in {A, B}; where a list is said but for one of it, "and fact != C"; or, from what is not
 * said, fact != A; fact not in {A, B}. */
static void say_literals(struct buf *buf, const struct said_of *it, bool said)
{
    uint8_t marks[RULES_VALUES_MAX], spare[RULES_VALUES_MAX];
    uint8_t *except = said ? spare : NULL;
    bool one, any = false;
    mark_values(it, said, marks);
    say_items(NULL, it->rules, it->fact, marks, it->on, &one, except);
    buf_text(buf, it->fact->name);
    buf_str(buf, one ? (said ? " = " : " != ") : (said ? " in {" : " not in {"));
    say_items(buf, it->rules, it->fact, marks, it->on, &one, except);
    buf_str(buf, one ? "" : "}");
    for (size_t i = 0; said && i < it->fact->n_values; i++) {
        any |= spare[i] != 0;
    }
    if (any) {
        buf_str(buf, " and ");
        buf_text(buf, it->fact->name);
        size_t n = say_items(NULL, it->rules, it->fact, spare, it->on, &one, NULL);
        buf_str(buf, n == 1 && one ? " != " : " not in {");
        say_items(buf, it->rules, it->fact, spare, it->on, &one, NULL);
        buf_str(buf, one ? "" : "}");
    }
}

/* A comparison of some rule that is true in just these classes. */
static const struct expr *form_with(const struct form *form, uint32_t var, uint64_t mask)
{
    if (form->kind == FORM_ATOM) {
        return form->var == var && form->mask == mask ? form->from : NULL;
    }
    const struct expr *found = NULL;
    for (size_t i = 0; found == NULL && i < form->n; i++) {
        found = form_with(form->kids[i], var, mask);
    }
    return found;
}

static const struct expr *written_with(const struct instance *instance, uint32_t var, uint64_t mask)
{
    const struct expr *found = NULL;
    for (size_t a = 0; found == NULL && a < instance->n_arms; a++) {
        const struct arm *arm = &instance->arms[a];
        size_t n = arm->version == NULL ? 0 : arm->version->n_rules;
        size_t n_superior = arm->version == NULL ? 0 : arm->version->n_superior;
        found = form_with(arm->scope, var, mask);
        for (size_t r = 0; found == NULL && r < n; r++) {
            found = form_with(arm->rules[r], var, mask);
        }
        for (size_t s = 0; found == NULL && s < n_superior; s++) {
            found = form_with(arm->superior[s], var, mask);
        }
    }
    return found;
}

/* The best of three: what is said, what is not, and how a rule puts it. */
static void say_words(struct buf *buf, const struct instance *instance, uint32_t var,
                      const struct said_of *it)
{
    struct buf way[3];
    size_t best = 0;
    const struct expr *written = written_with(instance, var, it->mask);
    for (size_t i = 0; i < 3; i++) {
        buf_init(&way[i], SAY_MOST);
    }
    say_literals(&way[0], it, true);
    say_literals(&way[1], it, false);
    if (written != NULL) {
        expr_print(&way[2], written);
    }
    /* A negation is harder to read, and the act's own words are easier. */
    best = way[1].failed == 0 && 2 * way[1].n <= way[0].n ? 1 : 0;
    best = way[2].failed == 0 && way[2].n > 0 && way[2].n <= 2 * way[best].n ? 2 : best;
    buf_text(buf, buf_view(&way[best]));
    for (size_t i = 0; i < 3; i++) {
        buf_free(&way[i]);
    }
}

static void say_has(struct buf *buf, const struct said_of *it)
{
    struct said_of holds = *it;
    uint8_t marks[RULES_VALUES_MAX];
    bool one;
    holds.mask = 2;
    mark_values(&holds, true, marks);
    say_items(NULL, it->rules, it->fact, marks, it->on, &one, NULL);
    buf_str(buf, it->mask == 1 ? "not " : "");
    buf_text(buf, it->fact->name);
    buf_str(buf, one ? " has " : " has {");
    say_items(buf, it->rules, it->fact, marks, it->on, &one, NULL);
    buf_str(buf, one ? "" : "}");
}

static void say_amount(struct buf *buf, int64_t cents)
{
    uint64_t size = cents < 0 ? (uint64_t)0 - (uint64_t)cents : (uint64_t)cents;
    char digits[24];
    int n = 0;
    for (uint64_t whole = size / 100; n == 0 || whole > 0; whole /= 10) {
        digits[n++] = (char)('0' + whole % 10);
    }
    buf_str(buf, cents < 0 ? "-" : "");
    while (n-- > 0) {
        buf_char(buf, digits[n]);
        buf_str(buf, n > 0 && n % 3 == 0 ? "," : "");
    }
    if (size % 100 != 0) {
        buf_printf(buf, ".%02u", (unsigned)(size % 100));
    }
}

static void say_subject(struct buf *buf, const struct said_of *it)
{
    static const char letters[] = {[EXPR_DAYS] = 'd', [EXPR_MONTHS] = 'm', [EXPR_YEARS] = 'y'};
    const struct var *var = it->var;
    if (it->fact != NULL) {
        buf_text(buf, it->fact->name);
        return;
    }
    buf_str(buf, var->kind == VAR_STAY_DAYS ? "stay_days(" : "stay_since(");
    buf_text(buf, names_word(it->rules->names, var->country));
    if (var->kind == VAR_STAY_SINCE) {
        buf_char(buf, ')');
    } else if (var->window == EXPR_ENTRY || var->window == EXPR_YEAR) {
        buf_str(buf, var->window == EXPR_ENTRY ? ", entry)" : ", year)");
    } else {
        buf_printf(buf, ", %d%c)", (int)var->length, letters[var->window]);
    }
}

/* At least `cut`, or (`below`) less than it.  A limit that stands a cent or a day off is said by its
 * other neighbour: <= 90, not < 91; > 58,400, not >= 58,400.01. */
static void say_limit(struct buf *buf, const struct said_of *it, int64_t cut, bool below)
{
    char day[DATE_TEXT];
    bool money = it->fact != NULL && it->fact->type == FACT_MONEY;
    bool date = it->fact != NULL ? it->fact->type == FACT_DATE : it->var->kind == VAR_STAY_SINCE;
    bool other =
        money ? cut % 100 != 0 && (cut - 1) % 100 == 0 : it->fact == NULL && !date && below;
    int64_t limit = other ? cut - 1 : cut;
    say_subject(buf, it);
    buf_str(buf, below ? (other ? " <= " : " < ") : (other ? " > " : " >= "));
    if (money) {
        say_amount(buf, limit);
    } else if (date) {
        buf_str(buf, date_format((date_days)limit, day));
    } else {
        buf_printf(buf, "%lld", (long long)limit);
    }
}

/* Classes [first, last] in a row. */
static void say_run(struct buf *buf, const struct said_of *it, unsigned first, unsigned last)
{
    const struct var *var = it->var;
    if (first > 0) {
        say_limit(buf, it, var->cuts[first - 1], false);
    }
    if (last < var->n_cuts) {
        buf_str(buf, first > 0 ? " and " : "");
        say_limit(buf, it, var->cuts[last], true);
    }
}

static void say_numbers(struct buf *buf, const struct said_of *it)
{
    const struct var *var = it->var;
    unsigned numbers = (unsigned)var->n_cuts + 1;
    bool none = var->none && (it->mask >> numbers & 1), any = false;
    if ((it->mask & mask_all(numbers)) == mask_all(numbers)) {
        say_subject(buf, it);
        buf_str(buf, " != NONE");
        return;
    }
    for (unsigned c = 0; c < numbers; c++) {
        unsigned last = c;
        if ((it->mask >> c & 1) == 0) {
            continue;
        }
        while (last + 1 < numbers && (it->mask >> (last + 1) & 1)) {
            last++;
        }
        buf_str(buf, any ? " or " : "");
        say_run(buf, it, c, last);
        any = true;
        c = last;
    }
    if (none) {
        buf_str(buf, any ? " or " : "");
        say_subject(buf, it);
        buf_str(buf, " = NONE");
    }
}

static void say_quant(struct buf *buf, const struct said_of *it)
{
    buf_str(buf, it->mask == 1 ? "not " : "");
    expr_print(buf, it->var->quant);
}

void instance_say(struct buf *buf, const struct instance *instance, size_t var, uint64_t mask)
{
    const struct var *of = &instance->vars[var];
    bool fact = of->kind == VAR_FACT || of->kind == VAR_HAS;
    struct said_of it = {instance->rules, fact ? &instance->rules->facts[of->fact] : NULL, of,
                         mask & mask_all(of->n_classes), instance->on};
    if (it.mask == mask_all(of->n_classes) || it.mask == 0) {
        buf_str(buf, it.mask == 0 ? "impossible" : "not asked");
    } else if (of->kind == VAR_HAS) {
        say_has(buf, &it);
    } else if (of->kind == VAR_QUANT) {
        say_quant(buf, &it);
    } else if (of->class_of != NULL) {
        say_words(buf, instance, (uint32_t)var, &it);
    } else {
        say_numbers(buf, &it);
    }
}
