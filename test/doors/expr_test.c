/* Expressions: samples as they print, and what is said of wrong ones, with its place. */
#include "unit.h"

#include "expr.h"
#include "expr_lex.h"

#define CEILING ((size_t)64 << 20)

static int read_expr(struct arena *arena, const char *text, const struct expr **out,
                     struct ajar_err *err)
{
    return expr_parse(arena, "door.yaml", 12, 11, "when", text_of(text), out, err);
}

/* Samples that print as they were written. */
static const char *const goods[] = {
    "a = B",
    "a = yes",
    "a != NONE",
    "a in {B, C_*, list(EEA), C_list(SCHENGEN), no}",
    "a not in {B}",
    "citizenship has RUS",
    "citizenship has {RUS, list(EU)}",
    "a < 5",
    "a <= 58,400.50",
    "a = 7",
    "a != -7",
    "a >= param(de.bluecard, general)",
    "a > param(x, 18g.2-b)",
    "degree_date >= on - 3y",
    "a < 2022-09-21 + 90d",
    "a <= on",
    "age_on(2022-09-21) >= 18",
    "age_on(on - 1d) < 27",
    "stay_days(KAZ, entry) > 90",
    "stay_days(KAZ, year) > 90",
    "stay_days(KAZ, 180d) > 90",
    "stay_days(KAZ, 6m) > 90 or stay_days(KAZ, 1y) < 10",
    "stay_since(GEO) > on - 1y",
    "a = B and b = C or c = D and not d = E",
    "(a = B or b = C) and not (c = D or d = E)",
    "not not a = B",
    "any(child: age < 18)",
    "all(member: a = B and b = C)",
    "count >= 2 (parent: a = B or b = C)",
    "not any(spouse: not a = B)",
    "and_then = ORDER and onward = ON",
};

static void prints_what_it_reads(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", CEILING);
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        const struct expr *expr;
        struct ajar_err err = {0};
        struct buf buf;
        if (read_expr(&arena, goods[i], &expr, &err) != 0) {
            fail_msg("%s: %s at %ld", goods[i], err.text, err.at);
        }
        buf_init(&buf, 10000);
        expr_print(&buf, expr);
        buf_char(&buf, '\0');
        assert_string_equal(buf.at, goods[i]);
        buf_free(&buf);
    }
    arena_free(&arena);
}

/* Other spellings of the same. */
static void reads_other_spellings(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {" a=B ", "a = B"},
        {"((a = B))", "a = B"},
        {"a = B\n and\tb = C", "a = B and b = C"},
        {"(a = B and b = C) and c = D", "a = B and b = C and c = D"},
        {"a = B or (b = C or (c = D))", "a = B or b = C or c = D"},
        {"(a = B and b = C) or c = D", "a = B and b = C or c = D"},
        {"not(a = B)", "not a = B"},
        {"a in{B,C_*}", "a in {B, C_*}"},
        {"a>=on-3y", "a >= on - 3y"},
        {"count>=2(child:age<18)", "count >= 2 (child: age < 18)"},
        {"a < 2022-09-21-1d", "a < 2022-09-21 - 1d"},
        {"param_x = LIST and list_x in {LIST}", "param_x = LIST and list_x in {LIST}"},
    };
    struct arena arena;
    arena_init(&arena, "the test", CEILING);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct expr *expr;
        struct ajar_err err = {0};
        struct buf buf;
        if (read_expr(&arena, pairs[i][0], &expr, &err) != 0) {
            fail_msg("%s: %s at %ld", pairs[i][0], err.text, err.at);
        }
        buf_init(&buf, 10000);
        expr_print(&buf, expr);
        buf_char(&buf, '\0');
        assert_string_equal(buf.at, pairs[i][1]);
        buf_free(&buf);
    }
    arena_free(&arena);
}

/* at: character of the expression, 1-based. */
static const struct {
    const char *text;
    long at;
    const char *value, *says, *hint;
} bads[] = {
    {"", 1, "", "condition should stand", NULL},
    {"   ", 4, "", "condition should stand", NULL},
    {"a", 2, "", "behind a fact", NULL},
    {"a = B b = C", 7, "b", "and, or, or nothing", NULL},
    {"a = B AND b = C", 7, "AND", "and, or, or nothing", "Write and."},
    {"a == B", 4, "=", "capitals", "one ="},
    {"kin = spouse", 7, "spouse", "capitals", "SPOUSE"},
    {"kin = СУПРУГ", 7, "С", "capitals", NULL},
    {"ы = B", 1, "ы", "a fact should", NULL},
    {"a = B и b = C", 7, "и", "and, or, or nothing", NULL},
    {"salary ≥ 5", 8, "≥", "behind a fact", "Write >=."},
    {"Kin = SPOUSE", 1, "Kin", "a fact should", NULL},
    {"in = B", 1, "in", "a fact should", NULL},
    {"a in {}", 7, "}", "capitals", NULL},
    {"a in {B, }", 10, "}", "capitals", NULL},
    {"a in {B C}", 9, "C", "here should stand }", NULL},
    {"a in {*}", 7, "*", "capitals", NULL},
    {"a in {C_ *}", 10, "*", "here should stand }", NULL},
    {"a in {C*}", 8, "*", "here should stand }", NULL},
    {"a in {list()}", 12, ")", "name of a list", NULL},
    {"a in B", 6, "B", "here should stand {", NULL},
    {"a not B", 7, "B", "behind a fact", NULL},
    {"a has 5", 7, "5", "capitals", NULL},
    {"a < B", 5, "B", "a number, a date", NULL},
    {"a < 58.400", 5, "58.400", "two decimals", "58,400"},
    {"a < 5,40", 6, ",", "and, or, or nothing", NULL},
    {"a < 1234,567", 5, "1234,567", "two decimals", NULL},
    {"a < 99999999999999999999", 5, "99999999999999999999", "13 digits", NULL},
    {"a < - 5", 7, "5", "right before", NULL},
    {"a < 2022-02-30", 5, "2022-02-30", "no such day", "2022-02-28"},
    {"a < 1066-10-14", 5, "1066-10-14", "1900 to 2199", NULL},
    {"a < on - 3", 10, "3", "a span", NULL},
    {"a < on - 0y", 10, "0y", "at least one day", NULL},
    {"a < on - 201y", 10, "201y", "200 years", NULL},
    {"a < param(x)", 12, ")", "here should stand ,", NULL},
    {"a < param(x, )", 14, ")", "the key", NULL},
    {"stay_days(KAZ) < 5", 14, ")", "here should stand ,", NULL},
    {"stay_days(KAZ, 180) < 5", 16, "180", "entry, year", NULL},
    {"age_on(5) < 5", 8, "5", "a date or the word on", NULL},
    {"count >= 0 (child: a = B)", 10, "0", "1 to 1000", NULL},
    {"count > 2 (child: a = B)", 7, ">", "here should stand >=", NULL},
    {"any(child a = B)", 11, "a", "here should stand :", NULL},
    {"any(: a = B)", 5, ":", "a role", NULL},
    {"(a = B", 7, "", "here should stand )", NULL},
    {"a = B)", 6, ")", "and, or, or nothing", NULL},
    {"a = B or", 9, "", "a fact should", NULL},
    {"not", 4, "", "a fact should", NULL},
};

static void names_the_place(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, "the test", CEILING);
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        const struct expr *expr = NULL;
        struct ajar_err err = {0};
        int code = read_expr(&arena, bads[i].text, &expr, &err);
        if (code != E_DOORS_EXPR_SYNTAX || err.at != bads[i].at + 10) {
            fail_msg("%s: code %d at %ld: %s", bads[i].text, code, err.at, err.text);
        }
        assert_null(expr);
        assert_int_equal(err.code, code);
        assert_string_equal(err.file, "door.yaml");
        assert_string_equal(err.column, "when");
        assert_int_equal(err.row, 12);
        assert_string_equal(err.value, bads[i].value);
        if (strstr(err.text, bads[i].says) == NULL ||
            (bads[i].hint != NULL && strstr(err.hint, bads[i].hint) == NULL)) {
            fail_msg("%s: %s | %s", bads[i].text, err.text, err.hint);
        }
    }
    arena_free(&arena);
}

static void limits(void **state)
{
    (void)state;
    struct arena arena;
    char text[EXPR_TEXT_MAX + 2];
    const struct expr *expr = NULL;
    struct ajar_err err = {0};
    arena_init(&arena, "the test", CEILING);

    for (size_t deep = EXPR_DEPTH_MAX; deep <= EXPR_DEPTH_MAX + 1; deep++) {
        size_t n = 0;
        for (size_t i = 0; i < deep; i++) {
            text[n++] = '(';
        }
        memcpy(text + n, "a = B", 5);
        n += 5;
        for (size_t i = 0; i < deep; i++) {
            text[n++] = ')';
        }
        text[n] = '\0';
        int code = read_expr(&arena, text, &expr, &err);
        assert_int_equal(code, deep <= EXPR_DEPTH_MAX ? 0 : E_DOORS_EXPR_LIMIT);
    }
    assert_int_equal(err.at, 11 + EXPR_DEPTH_MAX);

    memset(text, ' ', sizeof text);
    memcpy(text, "a = B", 5);
    text[EXPR_TEXT_MAX + 1] = '\0';
    assert_int_equal(read_expr(&arena, text, &expr, &err), E_DOORS_EXPR_LIMIT);
    text[EXPR_TEXT_MAX] = '\0';
    assert_int_equal(read_expr(&arena, text, &expr, &err), 0);
    arena_free(&arena);
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool whole_good, cents_good;
        int64_t whole, cents;
    } cases[] = {
        {"0", true, true, 0, 0},
        {"58400", true, true, 58400, 5840000},
        {"58,400", true, true, 58400, 5840000},
        {"1,234,567", true, true, 1234567, 123456700},
        {"-12", true, true, -12, -1200},
        {"58400.5", false, true, 0, 5840050},
        {"58,400.05", false, true, 0, 5840005},
        {"0.01", false, true, 0, 1},
        {"10000000000000", true, true, 10000000000000, 1000000000000000},
        {"10000000000001", true, false, 10000000000001, 0},
        {"1000000000000001", false, false, 0, 0},
        {"", false, false, 0, 0},
        {"-", false, false, 0, 0},
        {".5", false, false, 0, 0},
        {"5.", false, false, 0, 0},
        {"58.400", false, false, 0, 0},
        {"1.2.3", false, false, 0, 0},
        {"1,23", false, false, 0, 0},
        {",123", false, false, 0, 0},
        {"1234,567", false, false, 0, 0},
        {"1,234567", false, false, 0, 0},
        {"1.23,456", false, false, 0, 0},
        {"12a", false, false, 0, 0},
        {"--1", false, false, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t out = -77;
        bool good = expr_number(text_of(cases[i].text), false, &out);
        if (good != cases[i].whole_good || out != (good ? cases[i].whole : -77)) {
            fail_msg("%s whole", cases[i].text);
        }
        out = -77;
        good = expr_number(text_of(cases[i].text), true, &out);
        if (good != cases[i].cents_good || out != (good ? cases[i].cents : -77)) {
            fail_msg("%s in cents", cases[i].text);
        }
    }
}

/* and-ing keeps where each part was written. */
static void ands_keep_places(void **state)
{
    (void)state;
    struct arena arena;
    const struct expr *parts[4] = {NULL}, *out;
    struct ajar_err err = {0};
    struct buf buf;
    arena_init(&arena, "the test", CEILING);
    assert_int_equal(
        expr_parse(&arena, "one", 3, 5, "premise", text_of("a = B and b = C"), &parts[0], &err), 0);
    assert_int_equal(
        expr_parse(&arena, "two", 7, 9, "when", text_of("c = D or d = E"), &parts[2], &err), 0);
    assert_int_equal(expr_and(&arena, 4, parts, &out, &err), 0);
    buf_init(&buf, 1000);
    expr_print(&buf, out);
    buf_char(&buf, '\0');
    assert_string_equal(buf.at, "a = B and b = C and (c = D or d = E)");
    buf_free(&buf);
    assert_int_equal(out->n, 3);
    assert_string_equal(out->kids[1]->source->file, "one");
    assert_string_equal(out->kids[1]->source->column, "premise");
    assert_int_equal(out->kids[1]->at, 11);
    assert_int_equal(out->kids[2]->source->row, 7);
    assert_string_equal(out->source->file, "two");
    expr_err(&err, E_DOORS_EXPR_FACT, out->kids[1]->source, out->kids[1]->at,
             out->kids[1]->fact.name, "x");
    assert_int_equal(err.at, 15);
    assert_int_equal(err.row, 3);

    parts[0] = NULL;
    assert_int_equal(expr_and(&arena, 4, parts, &out, &err), 0);
    assert_ptr_equal(out, parts[2]);
    assert_int_equal(expr_and(&arena, 2, parts, &out, &err), 0);
    assert_true(out->kind == EXPR_AND && out->n == 0);
    arena_free(&arena);
}

static void words_of_the_language(void **state)
{
    (void)state;
    assert_true(expr_is_fact_word(TEXT_LIT("kin_status")) && expr_is_fact_word(TEXT_LIT("a9")));
    assert_false(expr_is_fact_word(TEXT_LIT("on")) || expr_is_fact_word(TEXT_LIT("stay_days")));
    assert_false(expr_is_fact_word(TEXT_LIT("")) || expr_is_fact_word(TEXT_LIT("9a")) ||
                 expr_is_fact_word(TEXT_LIT("aB")) || expr_is_fact_word(TEXT_LIT("_a")) ||
                 expr_is_fact_word(TEXT_LIT("a-b")));
    assert_true(expr_is_literal_word(TEXT_LIT("H_PLUS")) && expr_is_literal_word(TEXT_LIT("no")));
    assert_false(expr_is_literal_word(TEXT_LIT("")) || expr_is_literal_word(TEXT_LIT("Rus")) ||
                 expr_is_literal_word(TEXT_LIT("9A")) || expr_is_literal_word(TEXT_LIT("maybe")));
    assert_true(expr_is_name(TEXT_LIT("de.bluecard-2_a")));
    assert_false(expr_is_name(TEXT_LIT("")) || expr_is_name(TEXT_LIT("a b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_what_it_reads),
        cmocka_unit_test(reads_other_spellings),
        cmocka_unit_test(names_the_place),
        cmocka_unit_test(limits),
        cmocka_unit_test(numbers),
        cmocka_unit_test(ands_keep_places),
        cmocka_unit_test(words_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
