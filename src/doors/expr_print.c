#include "expr.h"

static void print_date(struct buf *buf, struct expr_date date)
{
    char shown[DATE_TEXT];
    buf_str(buf, date.on ? "on" : date_format(date.date, shown));
    if (date.shift != 0) {
        char unit = date.unit == EXPR_DAYS ? 'd' : date.unit == EXPR_MONTHS ? 'm' : 'y';
        buf_printf(buf, " %c %d%c", date.shift < 0 ? '-' : '+',
                   date.shift < 0 ? -date.shift : date.shift, unit);
    }
}

static void print_window(struct buf *buf, const struct expr_fact *fact)
{
    switch (fact->window) {
    case EXPR_ENTRY:
        buf_str(buf, "entry");
        return;
    case EXPR_YEAR:
        buf_str(buf, "year");
        return;
    case EXPR_DAYS:
    case EXPR_MONTHS:
    case EXPR_YEARS:
        buf_printf(buf, "%d%c", fact->length,
                   fact->window == EXPR_DAYS     ? 'd'
                   : fact->window == EXPR_MONTHS ? 'm'
                                                 : 'y');
    }
}

static void print_fact(struct buf *buf, const struct expr_fact *fact)
{
    switch (fact->kind) {
    case EXPR_FACT:
        buf_text(buf, fact->name);
        return;
    case EXPR_AGE_ON:
        buf_str(buf, "age_on(");
        print_date(buf, fact->date);
        break;
    case EXPR_STAY_DAYS:
        buf_str(buf, "stay_days(");
        buf_text(buf, fact->name);
        buf_str(buf, ", ");
        print_window(buf, fact);
        break;
    case EXPR_STAY_SINCE:
        buf_str(buf, "stay_since(");
        buf_text(buf, fact->name);
        break;
    }
    buf_char(buf, ')');
}

static void print_term(struct buf *buf, const struct expr_term *term)
{
    if (term->kind == EXPR_DATE_TERM) {
        print_date(buf, term->date);
    } else if (term->kind == EXPR_PARAM) {
        buf_str(buf, "param(");
        buf_text(buf, term->text);
        buf_str(buf, ", ");
        buf_text(buf, term->key);
        buf_char(buf, ')');
    } else {
        buf_text(buf, term->text);
    }
}

static void print_items(struct buf *buf, const struct expr *expr)
{
    buf_str(buf, expr->braces ? "{" : "");
    for (size_t i = 0; i < expr->n_items; i++) {
        const struct expr_item *item = &expr->items[i];
        buf_str(buf, i > 0 ? ", " : "");
        buf_text(buf, item->prefix);
        buf_str(buf, item->every ? "*" : item->list ? "list(" : "");
        buf_text(buf, item->name);
        buf_str(buf, item->list ? ")" : "");
    }
    buf_str(buf, expr->braces ? "}" : "");
}

/* Kids with a word between them; an `or` within an `and` takes brackets. */
static void print_series(struct buf *buf, const struct expr *expr, const char *word)
{
    for (size_t i = 0; i < expr->n; i++) {
        bool brackets = expr->kind == EXPR_AND && expr->kids[i]->kind == EXPR_OR;
        buf_str(buf, i > 0 ? word : "");
        buf_str(buf, brackets ? "(" : "");
        expr_print(buf, expr->kids[i]);
        buf_str(buf, brackets ? ")" : "");
    }
}

static void print_not(struct buf *buf, const struct expr *kid)
{
    bool brackets = kid->kind == EXPR_AND || kid->kind == EXPR_OR;
    buf_str(buf, brackets ? "not (" : "not ");
    expr_print(buf, kid);
    buf_str(buf, brackets ? ")" : "");
}

static void print_quant(struct buf *buf, const struct expr *expr)
{
    if (expr->quant == EXPR_COUNT) {
        buf_printf(buf, "count >= %d (", expr->at_least);
    } else {
        buf_str(buf, expr->quant == EXPR_ANY ? "any(" : "all(");
    }
    buf_text(buf, expr->role);
    buf_str(buf, ": ");
    expr_print(buf, expr->kids[0]);
    buf_char(buf, ')');
}

void expr_print(struct buf *buf, const struct expr *expr)
{
    static const char *const ops[] = {
        [EXPR_LESS] = " < ",       [EXPR_LESS_EQUAL] = " <= ",    [EXPR_EQUAL] = " = ",
        [EXPR_NOT_EQUAL] = " != ", [EXPR_GREATER_EQUAL] = " >= ", [EXPR_GREATER] = " > "};
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        print_series(buf, expr, expr->kind == EXPR_AND ? " and " : " or ");
        return;
    case EXPR_NOT:
        print_not(buf, expr->kids[0]);
        return;
    case EXPR_QUANT:
        print_quant(buf, expr);
        return;
    case EXPR_COMPARE:
        print_fact(buf, &expr->fact);
        buf_str(buf, ops[expr->op]);
        print_term(buf, &expr->term);
        return;
    case EXPR_IN:
        print_fact(buf, &expr->fact);
        buf_str(buf, expr->negated ? (expr->braces ? " not in " : " != ")
                                   : (expr->braces ? " in " : " = "));
        print_items(buf, expr);
        return;
    case EXPR_HAS:
        print_fact(buf, &expr->fact);
        buf_str(buf, " has ");
        print_items(buf, expr);
    }
}
