/* Expressions: random trees printed and read back, each node alone too; words in any order. */
#include "unit.h"

#include "expr.h"
#include "rng.h"

#define CEILING  ((size_t)64 << 20)
#define TREES    3000
#define TEXTS    10000
#define TEXT_MAX 400

/* Random trees. */
struct maker {
    struct rng rng;
    struct arena *arena;
};

static uint32_t pick(struct maker *it, uint32_t n)
{
    return rng_below(&it->rng, n);
}

static struct text word(struct maker *it, const char *const words[], uint32_t n)
{
    return text_of(words[pick(it, n)]);
}

static const char *const facts[] = {"a", "kin_status", "x9", "anding", "on_register"};
static const char *const literals[] = {"NONE", "RUS", "H_PLUS", "yes", "no", "A1_2"};
static const char *const prefixes[] = {"C_", "TEMP_", "A_B_"};
static const char *const names[] = {"EU", "de.bluecard", "general", "18g", "x-y_z"};
static const char *const numbers_of[] = {"0", "7", "-3", "58,400", "1,234,567.89", "58400.5"};
static const char *const countries[] = {"KAZ", "GEO"};
static const char *const roles[] = {"member", "child", "applicant"};

static struct expr_date make_date(struct maker *it)
{
    static const enum expr_window units[] = {EXPR_DAYS, EXPR_MONTHS, EXPR_YEARS};
    struct expr_date out = {.on = pick(it, 2) == 0, .unit = EXPR_DAYS};
    out.date = out.on ? 0 : date_from_civil(1900 + (int)pick(it, 300), 1 + (int)pick(it, 12), 5);
    if (pick(it, 2) == 0) {
        out.unit = units[pick(it, 3)];
        out.shift = (int32_t)pick(it, 400) - 200;
        out.shift += out.shift == 0;
    }
    return out;
}

static struct expr_fact make_fact(struct maker *it)
{
    struct expr_fact out = {.kind = pick(it, 3) > 0 ? EXPR_FACT : pick(it, 4)};
    switch (out.kind) {
    case EXPR_FACT:
        out.name = word(it, facts, 5);
        break;
    case EXPR_AGE_ON:
        out.date = make_date(it);
        break;
    case EXPR_STAY_DAYS:
        out.name = word(it, countries, 2);
        out.window = pick(it, 5);
        out.length = out.window >= EXPR_DAYS ? 1 + (int32_t)pick(it, 200) : 0;
        break;
    case EXPR_STAY_SINCE:
        out.name = word(it, countries, 2);
    }
    return out;
}

static struct expr_term make_term(struct maker *it)
{
    struct expr_term out = {.kind = pick(it, 3)};
    switch (out.kind) {
    case EXPR_NUMBER:
        out.text = word(it, numbers_of, 6);
        break;
    case EXPR_DATE_TERM:
        out.date = make_date(it);
        break;
    default:
        out.text = word(it, names, 5);
        out.key = word(it, names, 5);
    }
    return out;
}

static void make_items(struct maker *it, struct expr *out)
{
    out->n_items = out->braces ? 1 + pick(it, 7) : 1;
    out->items = arena_new(it->arena, struct expr_item, out->n_items, NULL);
    for (size_t i = 0; i < out->n_items; i++) {
        struct expr_item *item = &out->items[i];
        uint32_t kind = out->braces ? pick(it, 4) : 0;
        item->every = kind == 1;
        item->list = kind >= 2;
        item->prefix = kind == 1 || kind == 3 ? word(it, prefixes, 3) : (struct text){"", 0};
        item->name = kind == 0   ? word(it, literals, 6)
                     : kind == 1 ? (struct text){"", 0}
                                 : word(it, names, 5);
    }
}

static struct expr *make_tree(struct maker *it, int depth);

/* An `and` in an `and` would be dissolved, so none is made. */
static void make_kids(struct maker *it, struct expr *out, int depth)
{
    out->kids = arena_new(it->arena, struct expr *, out->n, NULL);
    for (size_t i = 0; i < out->n; i++) {
        do {
            out->kids[i] = make_tree(it, depth - 1);
        } while (out->n > 1 && out->kids[i]->kind == out->kind);
    }
}

static struct expr *make_tree(struct maker *it, int depth)
{
    struct expr *out = arena_new(it->arena, struct expr, 1, NULL);
    out->kind = depth == 0 ? EXPR_COMPARE + pick(it, 3) : pick(it, 7);
    switch (out->kind) {
    case EXPR_AND:
    case EXPR_OR:
        out->n = 2 + pick(it, 3);
        make_kids(it, out, depth);
        break;
    case EXPR_QUANT:
        out->quant = pick(it, 3);
        out->at_least = out->quant == EXPR_COUNT ? 1 + (int32_t)pick(it, 1000) : 0;
        out->role = word(it, roles, 3);
        out->n = 1;
        make_kids(it, out, depth);
        break;
    case EXPR_NOT:
        out->n = 1;
        make_kids(it, out, depth);
        break;
    case EXPR_COMPARE:
        out->fact = make_fact(it);
        out->op = pick(it, 6);
        out->term = make_term(it);
        break;
    case EXPR_IN:
    case EXPR_HAS:
        out->fact = make_fact(it);
        out->negated = out->kind == EXPR_IN && pick(it, 2) == 0;
        out->braces = pick(it, 2) == 0;
        make_items(it, out);
    }
    return out;
}

static bool same_date(const struct expr_date *a, const struct expr_date *b)
{
    return a->on == b->on && a->date == b->date && a->shift == b->shift && a->unit == b->unit;
}

static bool same_fact(const struct expr_fact *a, const struct expr_fact *b)
{
    return a->kind == b->kind && text_eq(a->name, b->name) && a->window == b->window &&
           a->length == b->length && (a->kind != EXPR_AGE_ON || same_date(&a->date, &b->date));
}

static bool same_term(const struct expr_term *a, const struct expr_term *b)
{
    return a->kind == b->kind &&
           (a->kind == EXPR_DATE_TERM ? same_date(&a->date, &b->date)
                                      : text_eq(a->text, b->text) && text_eq(a->key, b->key));
}

static bool same_items(const struct expr *a, const struct expr *b)
{
    bool same = a->n_items == b->n_items && a->braces == b->braces && a->negated == b->negated;
    for (size_t i = 0; same && i < a->n_items; i++) {
        const struct expr_item *x = &a->items[i], *y = &b->items[i];
        same = x->every == y->every && x->list == y->list && text_eq(x->prefix, y->prefix) &&
               text_eq(x->name, y->name);
    }
    return same;
}

static bool same_tree(const struct expr *a, const struct expr *b)
{
    bool same = a->kind == b->kind && a->n == b->n;
    if (same && a->kind == EXPR_QUANT) {
        same = a->quant == b->quant && a->at_least == b->at_least && text_eq(a->role, b->role);
    }
    if (same && a->kind >= EXPR_COMPARE) {
        same = same_fact(&a->fact, &b->fact) &&
               (a->kind == EXPR_COMPARE ? a->op == b->op && same_term(&a->term, &b->term)
                                        : same_items(a, b));
    }
    for (size_t i = 0; same && i < a->n; i++) {
        same = same_tree(a->kids[i], b->kids[i]);
    }
    return same;
}

/* Every node's own characters, read alone, are that node.  All texts here are ASCII. */
static void check_places(struct arena *arena, const struct expr *node, struct text whole)
{
    assert_true(node->at >= 1 && node->at < node->end && node->end <= whole.n + 1);
    struct text own = {whole.at + node->at - 1, node->end - node->at};
    const struct expr *alone;
    struct ajar_err err = {0};
    if (expr_parse(arena, NULL, 0, 1, NULL, own, &alone, &err) != 0 || !same_tree(node, alone)) {
        fail_msg("%.*s in %.*s", (int)own.n, own.at, (int)whole.n, whole.at);
    }
    for (size_t i = 0; i < node->n_items; i++) {
        const struct expr_item *item = &node->items[i];
        assert_true(item->at >= node->at && item->at < item->end && item->end <= node->end);
        char first = whole.at[item->at - 1];
        assert_int_equal(first, item->prefix.n > 0 ? item->prefix.at[0]
                                : item->list       ? 'l'
                                                   : item->name.at[0]);
    }
    for (size_t i = 0; i < node->n; i++) {
        check_places(arena, node->kids[i], whole);
    }
}

static void trees_come_back(void **state)
{
    (void)state;
    size_t compounds = 0;
    for (uint32_t i = 0; i < TREES; i++) {
        struct arena arena;
        arena_init(&arena, "the test", CEILING);
        struct maker it = {.rng = rng_at(7, 1, i, 0), .arena = &arena};
        const struct expr *tree = make_tree(&it, (int)(i % 4)), *back;
        struct buf buf;
        struct ajar_err err = {0};
        buf_init(&buf, 100000);
        expr_print(&buf, tree);
        struct text text = buf_view(&buf);
        int code = expr_parse(&arena, NULL, 0, 1, NULL, text, &back, &err);
        if (code == E_DOORS_EXPR_LIMIT) {
            assert_true(text.n > EXPR_TEXT_MAX);
        } else if (code != 0 || !same_tree(tree, back)) {
            fail_msg("%.*s: %s at %ld", (int)text.n, text.at, err.text, err.at);
        } else {
            compounds += back->n > 1;
            check_places(&arena, back, text);
        }
        buf_free(&buf);
        arena_free(&arena);
    }
    assert_true(compounds > TREES / 10);
}

static const char *const starts[] = {
    "a in {B, C_*, list(EEA), C_list(SCHENGEN), no}",
    "citizenship has {RUS, list(EU)} and a <= 58,400.50",
    "a >= param(de.bluecard, general) or a != -7",
    "degree_date >= on - 3y and a < 2022-09-21 + 90d",
    "age_on(2022-09-21) >= 18 or stay_days(KAZ, 180d) > 90",
    "stay_days(KAZ, entry) > 90 and stay_since(GEO) > on - 1y",
    "(a = B or b = C) and not (c = D or d = E)",
    "all(member: a = B and b = C)",
    "count >= 2 (parent: a = B or b = C)",
};

/* Words of the language and scraps, in any order. */
static void soup_never_breaks(void **state)
{
    (void)state;
    static const char *const scraps[] = {
        "and",    "or",        "not",        "in",         "has",    "any",        "all",   "count",
        "age_on", "stay_days", "(",          ")",          "{",      "}",          ",",     ":",
        "*",      "+",         "-",          "=",          "!=",     "<",          "<=",    ">",
        ">=",     "param",     "list",       "on",         "3y",     "180d",       "5",     "5.",
        "é",      "\xff",      "2022-09-21", "fact",       "RUS",    "C_*",        "child", "entry",
        "yes",    "C_list",    "\n",         "stay_since", "58,400", "2022-13-01", "_",     "!"};
    const uint32_t n_scraps = sizeof scraps / sizeof *scraps;
    size_t good = 0;
    for (uint32_t i = 0; i < TEXTS; i++) {
        struct arena arena;
        struct rng rng = rng_at(7, 2, i, 0);
        char text[TEXT_MAX];
        size_t n = 0;
        uint32_t words = 1 + rng_below(&rng, 24);
        /* Half of them start as an expression, so that some stay one. */
        const char *start =
            i % 2 == 0 ? starts[rng_below(&rng, sizeof starts / sizeof *starts)] : "";
        n = strlen(start);
        memcpy(text, start, n);
        if (i % 2 == 0) {
            words = rng_below(&rng, 3);
            text[rng_below(&rng, (uint32_t)n)] = (char)(32 + rng_below(&rng, 96));
        }
        for (uint32_t w = 0; w < words; w++) {
            const char *scrap = scraps[rng_below(&rng, n_scraps)];
            size_t scrap_n = strlen(scrap);
            memcpy(text + n, scrap, scrap_n);
            n += scrap_n;
            if (rng_below(&rng, 3) > 0) {
                text[n++] = ' ';
            }
        }
        arena_init(&arena, "the test", CEILING);
        const struct expr *expr = NULL;
        struct ajar_err err = {0};
        int code = expr_parse(&arena, "f", 1, 1, "when", (struct text){text, n}, &expr, &err);
        if (code == 0) {
            good++;
            check_places(&arena, expr, (struct text){text, n});
        } else {
            assert_null(expr);
            assert_int_equal(err.code, code);
            assert_true(code == E_DOORS_EXPR_SYNTAX || code == E_DOORS_EXPR_LIMIT);
            assert_true(err.at >= 1 && (size_t)err.at <= n + 1 && err.text[0] != '\0');
        }
        arena_free(&arena);
    }
    assert_true(good > TEXTS / 50 && good < TEXTS / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_come_back),
        cmocka_unit_test(soup_never_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
