/* Ceilings of the reader of rules, circles, and what stands in several files. */
#include "rules_text.h"

#define HEAD(id)                                                                                   \
    "door: " id "\ntitle: {en: a, ru: b, de: c}\ncountry: FIN\nkind: entry\nact: Act\n"            \
    "default: CLOSED\nversions:\n"
#define VERSION                                                                                    \
    "  from: 2022-01-01\n  known: 2022-01-01\n  law: Law\n  mark: K\n  transcription: full\n"

struct made {
    struct arena arena;
    struct buf buf;
    struct rules rules;
    struct faults faults;
    struct ajar_err err;
};

static void made_open(struct made *it, const char *start)
{
    *it = (struct made){0};
    arena_init(&it->arena, "the test", RULES_CEILING);
    buf_init(&it->buf, (size_t)16 << 20);
    buf_str(&it->buf, start);
}

static void made_close(struct made *it)
{
    buf_free(&it->buf);
    arena_free(&it->arena);
}

/* Reads the buffer as one more file of the kind. */
static int made_read(struct made *it, enum rules_file_kind kind)
{
    struct rules_file files[] = {{RULES_FACTS, "facts.yaml", text_of(text_facts)},
                                 {RULES_LISTS, "lists.csv", text_of(text_lists)},
                                 {RULES_PARAMS, "params.csv", text_of(text_params)},
                                 {kind, "made", buf_view(&it->buf)}};
    assert_int_equal(buf_ok(&it->buf, NULL), 0);
    assert_int_equal(faults_init(&it->faults, &it->arena, RULES_FAULTS, NULL), 0);
    return rules_read(&it->arena, 4, files, NULL, NULL, &it->rules, &it->faults, &it->err);
}

static void assert_fault(struct made *it, enum rules_file_kind kind, int code, const char *column)
{
    assert_int_equal(made_read(it, kind), E_DOORS_FAULTS);
    for (size_t i = 0; i < it->faults.kept; i++) {
        const struct ajar_err *at = &it->faults.at[i];
        if (at->code == code && strcmp(at->column, column) == 0) {
            return;
        }
    }
    text_faults_show(&it->faults);
    fail_msg("no fault %s in %s", err_row(code)->slug, column);
}

/* One less is read, one more is not. */
static void counts_versions(void **state)
{
    (void)state;
    for (int n = 128; n <= 129; n++) {
        struct made it;
        made_open(&it, HEAD("many"));
        for (int i = 0; i < n; i++) {
            buf_printf(&it.buf, "- id: v%d\n%s  to: 2022-01-02\n", i, VERSION);
            if (i > 0) {
                buf_printf(&it.buf, "  replaces: v%d\n", i - 1);
            }
        }
        if (n == 129) {
            assert_fault(&it, RULES_DOOR, E_DOORS_TOO_LARGE, "");
        } else {
            made_read(&it, RULES_DOOR);
            for (size_t i = 0; i < it.faults.kept; i++) {
                assert_int_equal(it.faults.at[i].code, E_DOORS_OVERLAP);
            }
        }
        made_close(&it);
    }
}

static void counts_rules(void **state)
{
    (void)state;
    for (int n = RULES_RULES_MAX; n <= RULES_RULES_MAX + 1; n++) {
        struct made it;
        made_open(&it, HEAD("many") "- id: one\n" VERSION "  rules:\n");
        for (int i = 0; i < n; i++) {
            buf_printf(
                &it.buf,
                "  - {id: r%d, effect: OPEN, cite: a, quote: b, say: {en: a, ru: b, de: c}}\n", i);
        }
        if (n > RULES_RULES_MAX) {
            assert_fault(&it, RULES_DOOR, E_DOORS_TOO_LARGE, "versions[0].rules[r256]");
        } else {
            assert_int_equal(made_read(&it, RULES_DOOR), 0);
            const struct version *one = &it.rules.doors[0].versions[0];
            assert_int_equal(one->n_rules, RULES_RULES_MAX);
            assert_true(one->rules[7].when->kind == EXPR_AND && one->rules[7].when->n == 0);
        }
        made_close(&it);
    }
}

static void counts_ends_and_ways(void **state)
{
    (void)state;
    for (int n = 8; n <= 9; n++) {
        struct made it;
        made_open(&it, HEAD("many") "- id: one\n" VERSION "  to:\n");
        for (int i = 0; i < n; i++) {
            buf_printf(&it.buf, "  - {to: 2023-01-01, known: 2022-02-%02d}\n", i + 1);
        }
        if (n == 9) {
            assert_fault(&it, RULES_DOOR, E_DOORS_TOO_LARGE, "versions[0].to");
        } else {
            assert_int_equal(made_read(&it, RULES_DOOR), 0);
        }
        made_close(&it);
    }
    /* The vocabulary has three ways; a name that is none is no way, however often. */
    struct made it;
    made_open(&it, HEAD("many") "- id: one\n  from: {");
    for (int i = 0; i < 9; i++) {
        buf_printf(&it.buf, "%s\"%*sroad\": 2022-01-01", i > 0 ? ", " : "", i, "");
    }
    buf_str(&it.buf, "}\n  known: 2022-01-01\n  law: Law\n  mark: K\n  transcription: full\n");
    assert_fault(&it, RULES_DOOR, E_DOORS_EXPR_LITERAL, "versions[0].from");
    made_close(&it);
}

static void counts_facts_and_values(void **state)
{
    (void)state;
    struct made it;
    made_open(&it, "facts:\n");
    for (int i = 0; i <= RULES_FACTS_MAX; i++) {
        buf_printf(&it.buf, "  f%d: {type: bool, ask: {en: a, ru: b, de: c}}\n", i);
    }
    /* nine stand in the other file */
    assert_fault(&it, RULES_FACTS, E_DOORS_TOO_LARGE, "facts[f4087]");
    made_close(&it);

    made_open(&it, "facts:\n  f: {type: enum, ask: {en: a, ru: b, de: c}, values: [");
    for (int i = 0; i < 20; i++) {
        buf_printf(&it.buf, "%s\"P%d_*\"", i > 0 ? ", " : "", i);
    }
    buf_str(&it.buf, "]}\n");
    assert_fault(&it, RULES_FACTS, E_DOORS_TOO_LARGE, "facts[f].values");
    made_close(&it);

    made_open(&it, "facts:\n");
    for (int i = 0; i < 75; i++) {
        buf_printf(&it.buf, "  f%d: {type: enum, ask: {en: a, ru: b, de: c}, values: [", i);
        for (int k = 0; k < 15; k++) {
            buf_printf(&it.buf, "%s\"P%d_*\"", k > 0 ? ", " : "", k);
        }
        buf_str(&it.buf, "]}\n");
    }
    assert_fault(&it, RULES_FACTS, E_DOORS_TOO_LARGE, "facts[f69].values");
    made_close(&it);

    made_open(&it, "facts:\n  f: {type: enum, ask: {en: a, ru: b, de: c}, values: [A");
    for (int i = 0; i < 63; i++) {
        buf_char(&it.buf, 'B');
    }
    buf_str(&it.buf, "]}\n");
    assert_fault(&it, RULES_FACTS, E_DOORS_FORM, "facts[f].values[0]");
    made_close(&it);
}

static void counts_bytes_and_files(void **state)
{
    (void)state;
    struct made it;
    made_open(&it, "list,item,from,to,cite,source_id\n");
    buf_pad(&it.buf, '\n', RULES_FILE_CEILING);
    assert_fault(&it, RULES_LISTS, E_DOORS_TOO_LARGE, "");
    assert_fault(&it, RULES_DOOR, E_YAML_SIZE, "");
    made_close(&it);

    static struct rules_file files[RULES_FILES_MAX + 1];
    made_open(&it, "");
    assert_int_equal(rules_read(&it.arena, RULES_FILES_MAX + 1, files, NULL, NULL, &it.rules,
                                &it.faults, &it.err),
                     E_DOORS_TOO_LARGE);
    made_close(&it);
}

static void counts_text(void **state)
{
    (void)state;
    struct made it;
    made_open(&it, HEAD("long") "- id: one\n" VERSION "  read: ");
    buf_pad(&it.buf, 'x', 4001);
    buf_str(&it.buf, "\n");
    assert_fault(&it, RULES_DOOR, E_DOORS_FORM, "versions[0].read");
    made_close(&it);
}

/* The caller's memory may end: that is no fault of the rules. */
static void passes_on_ceilings(void **state)
{
    (void)state;
    size_t refused = 0;
    for (size_t ceiling = 1 << 16; ceiling < (3 << 20); ceiling += 60000) {
        struct arena arena;
        struct rules rules = {.n_facts = 77};
        struct faults faults;
        struct ajar_err err = {0};
        arena_init(&arena, "the test", ceiling);
        struct text_set set = text_set_of();
        if (faults_init(&faults, &arena, 5, &err) == 0) {
            int code = rules_read(&arena, set.n, set.files, NULL, NULL, &rules, &faults, &err);
            assert_true(code == 0 || code == E_CEILING);
            assert_int_equal(err.code, code);
            assert_int_equal(faults.total, 0);
            assert_int_equal(rules.n_facts, code == 0 ? 9 : 77);
            refused += code != 0;
        }
        arena_free(&arena);
    }
    assert_true(refused > 5);
}

static void sees_circles_of_versions(void **state)
{
    (void)state;
    struct made it;
    made_open(
        &it,
        HEAD(
            "round") "- id: one\n  from: {after: two}\n  known: 2022-01-01\n  law: L\n  mark: K\n"
                     "  transcription: full\n"
                     "- id: two\n  from: {after: three}\n  known: 2022-01-01\n  law: L\n  mark: K\n"
                     "  transcription: full\n"
                     "- id: three\n  from: {after: two}\n  known: 2022-01-01\n  law: L\n  mark: K\n"
                     "  transcription: full\n");
    assert_fault(&it, RULES_DOOR, E_DOORS_REFERENCE, "versions[0].from");
    made_close(&it);
}

/* Facts of several files are one vocabulary: nothing is declared twice, everything is seen. */
static void joins_files(void **state)
{
    (void)state;
    struct made it;
    made_open(&it, "facts:\n  lonely: {type: bool, ask: {en: a, ru: b, de: c}}\n"
                   "  kin: {type: bool, ask: {en: a, ru: b, de: c}}\n");
    assert_fault(&it, RULES_FACTS, E_DOORS_TWICE, "facts");
    assert_string_equal(it.faults.at[0].file, "made");
    assert_int_equal(it.faults.at[0].row, 3);
    made_close(&it);

    made_open(&it, "list,item,from,to,cite,source_id\nEU,LVA,2022-01-01,,Treaty,\n");
    assert_int_equal(made_read(&it, RULES_LISTS), 0);
    assert_int_equal(it.rules.n_lists, 4);
    made_close(&it);

    made_open(&it, "list,item,from,to,cite,source_id\nEU,FIN,2022-01-01,,Treaty,\n");
    assert_fault(&it, RULES_LISTS, E_DOORS_LIST_OVERLAP, "item");
    made_close(&it);
}

/* A part of the vocabulary that cannot be read does not make every name in the doors a fault. */
static void stays_silent_when_blind(void **state)
{
    (void)state;
    static const enum rules_file_kind kinds[] = {RULES_FACTS, RULES_LISTS, RULES_PARAMS};
    for (size_t i = 0; i < 3; i++) {
        struct arena arena;
        struct rules rules;
        struct faults faults;
        struct ajar_err err = {0};
        arena_init(&arena, "the test", RULES_CEILING);
        struct text_set set = text_set_of();
        for (size_t k = 0; k < set.n; k++) {
            if (set.files[k].kind == kinds[i]) {
                set.files[k].bytes = TEXT_LIT("\"[\xff");
            }
        }
        assert_int_equal(text_read(&arena, &set, &rules, &faults, &err), E_DOORS_FAULTS);
        assert_int_equal(faults.total, 1);
        arena_free(&arena);
    }
}

/* Two narrowings of one rule, and practice of the door and of the version. */
static void narrows_twice(void **state)
{
    (void)state;
    struct made it;
    struct buf shown;
    made_open(
        &it,
        "practice:\n- {from: 2022-01-01, effect: OPEN, note: n}\n" HEAD(
            "twice") "- id: one\n" VERSION "  rules:\n"
                     "  - {id: r, effect: OPEN, when: \"kin = SPOUSE\", cite: a, quote: b, say: "
                     "{en: a, "
                     "ru: b, de: c}}\n"
                     "- id: two\n  from: 2022-02-01\n  known: 2022-02-01\n  law: L\n  mark: K\n"
                     "  transcription: full\n  same_as: one\n  rules: [{id: r, also: \"age > "
                     "3\"}]\n"
                     "- id: three\n  from: 2022-03-01\n  known: 2022-03-01\n  law: L\n  mark: K\n"
                     "  transcription: full\n  same_as: two\n  rules: [{id: r, also: \"age < "
                     "9\"}]\n"
                     "  practice: [{from: 2022-05-01, to: 2022-06-01, effect: CLOSED, note: m}]\n");
    if (made_read(&it, RULES_DOOR) != 0) {
        text_faults_show(&it.faults);
        fail();
    }
    const struct version *three = &it.rules.doors[0].versions[2];
    buf_init(&shown, 1000);
    expr_print(&shown, three->rules[0].when);
    buf_char(&shown, '\0');
    assert_string_equal(shown.at, "kin = SPOUSE and age > 3 and age < 9");
    assert_int_equal(three->rules[0].when->kids[2]->source->row, three->rules[0].at.row);
    buf_free(&shown);
    assert_int_equal(three->n_practice, 2);
    assert_int_equal(three->practice[0].to, DATE_NONE);
    assert_int_equal(it.rules.doors[0].versions[0].n_practice, 1);
    made_close(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_versions),
        cmocka_unit_test(counts_rules),
        cmocka_unit_test(counts_ends_and_ways),
        cmocka_unit_test(counts_facts_and_values),
        cmocka_unit_test(counts_bytes_and_files),
        cmocka_unit_test(counts_text),
        cmocka_unit_test(passes_on_ceilings),
        cmocka_unit_test(sees_circles_of_versions),
        cmocka_unit_test(joins_files),
        cmocka_unit_test(stays_silent_when_blind),
        cmocka_unit_test(narrows_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
