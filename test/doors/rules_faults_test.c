/* What the reader of rules says of faults: one change of a good set each, with code, place and
 * suggestion; then bytes changed by chance. */
#include "../base/sampled.h"
#include "rules_text.h"

#include "rng.h"

#define MUTANTS 10000

enum { FACTS, LISTS, PARAMS, DOOR, SHIELD };

/* One change, and the fault that must be among those found (of few: it does not drag others along). */
struct slip {
    int file;
    const char *from, *to;
    int code;
    long row;
    const char *column, *value, *hint; /* NULL: not compared; hint: a part of it */
    size_t most;                       /* faults in all */
};

static const struct slip slips[] = {
    /* facts */
    {FACTS, "type: bool", "type: boole", E_DOORS_FORM, 11, "facts[refuses].type", "boole", "bool?",
     1},
    {FACTS, "  refuses:", "  Refuses:", E_DOORS_FORM, 11, "facts[Refuses]", "Refuses", NULL, 9},
    {FACTS, "  refuses:", "  stay_days:", E_DOORS_FORM, 11, "facts[stay_days]", NULL, NULL, 9},
    {FACTS, "actionable: yes", "actionable: maybe", E_DOORS_FORM, 6, "facts[visa].actionable",
     "maybe", NULL, 1},
    {FACTS, "actionable: yes", "actionabel: yes", E_YAML_KEY_UNKNOWN, 6, "facts[visa]",
     "actionabel", "actionable", 1},
    {FACTS, "SPOUSE, CHILD]", "SPOUSE, CHILD, SPOUSE]", E_DOORS_TWICE, 9, "facts[kin].values", NULL,
     NULL, 1},
    {FACTS, "D_FIN]\n", "d_fin]\n", E_DOORS_FORM, 4, "facts[visa].values[2]", "d_fin", NULL, 2},
    {FACTS, "\"C_*\"", "\"C*\"", E_DOORS_FORM, 4, "facts[visa].values[1]", "C*", NULL, 9},
    {FACTS, "unit: EUR/year", "unit: euros", E_DOORS_FORM, 15, "facts[salary]", NULL, NULL, 4},
    {FACTS, "unit: years", "unit: EUR", E_DOORS_FORM, 12, "facts[age]", NULL, NULL, 2},
    {FACTS, "min: 0, max: 120", "min: 130, max: 120", E_DOORS_FORM, 12, "facts[age]", NULL, NULL,
     1},
    {FACTS, "max: 120", "max: 12.5", E_NUMBER, 12, "facts[age].max", "12.5", NULL, 1},
    {FACTS, "type: bool,", "type: bool, none: yes,", E_DOORS_FORM, 11, "facts[refuses].none", NULL,
     NULL, 1},
    {FACTS, "{type: bool, ask: {en: Refuses, ru: Refuses, de: Refuses}}", "{type: bool}",
     E_DOORS_KEY_MISSING, 11, "facts[refuses].ask", NULL, NULL, 1},
    {FACTS, ", ru: Age", "", E_DOORS_KEY_MISSING, 12, "facts[age].ask.ru", NULL, NULL, 1},
    {FACTS, "for: [D_FIN]", "for: [D_EST]", E_DOORS_EXPR_LITERAL, 8, "facts[visa].proofs[0]", NULL,
     NULL, 1},
    {FACTS, "illustrative: yes", "illustrative: no", E_DOORS_SOURCE, 8, "facts[visa].proofs[0]",
     NULL, "source", 1},
    {FACTS, "birth_date: {type: date", "birth_date: {type: bool", E_DOORS_FORM, 13, "facts",
     "birth_date", NULL, 1},
    {FACTS, "  kin: {", "  visa2: {type: bool, ask: {en: a, ru: b, de: c}}\n  kin: [",
     E_YAML_SYNTAX, 0, NULL, NULL, NULL, 1},
    {FACTS, "currency: EUR", "currency: euro", E_DOORS_FORM, 8, "facts[visa].proofs[0]", NULL, NULL,
     1},
    {FACTS, "days: 45", "days: -1", E_DOORS_FORM, 8, "facts[visa].proofs[0]", NULL, NULL, 1},
    {FACTS, "- {doc:", "- {dco:", E_YAML_KEY_UNKNOWN, 8, "facts[visa].proofs[0]", "dco", "doc", 2},
    {FACTS, "[NONE, SPOUSE, CHILD]", "[]", E_DOORS_FORM, 9, "facts[kin].values", NULL, NULL, 9},
    {FACTS, "[NONE, SPOUSE, CHILD]", "NONE", E_YAML_KIND, 9, "facts[kin].values", "NONE", NULL, 9},
    {FACTS, "issuer: consulate", "issuer: \" \"", E_DOORS_FORM, 8, "facts[visa].proofs[0].issuer",
     " ", NULL, 1},
    /* lists and parameters */
    {LISTS, "EU,EST,2022-06-01", "EU,FIN,2022-06-01", E_DOORS_LIST_OVERLAP, 3, "item", "FIN", NULL,
     1},
    {LISTS, "2022-06-01,2023-01-01", "2023-01-01,2022-06-01", E_DOORS_SPAN, 4, "to", "2022-06-01",
     NULL, 1},
    {LISTS, "LATE,FIN,2022-06-01", "LATE,FIN,2022-6-1", E_DATE, 4, "from", "2022-6-1", "2022-06-01",
     1},
    {LISTS, "Treaty,src_a", "Treaty,src_x", E_DOORS_SOURCE, 2, "source_id", "src_x", NULL, 1},
    {LISTS, "EU,EST,2022-06-01,,Treaty,", "EU,EST,2022-06-01,,,", E_DOORS_KEY_MISSING, 3, "cite",
     "", NULL, 1},
    {LISTS, "item,", "itme,", E_DOORS_KEY_MISSING, 1, "item", NULL, NULL, 1},
    {LISTS, "EU,EST,2022-06-01,,Treaty,", "EU,EST,2022-06-01,,Treaty", E_CSV_SHORT, 3, NULL, NULL,
     NULL, 1},
    {PARAMS, "56400", "56.400", E_NUMBER, 2, "value", "56.400", NULL, 1},
    {PARAMS, ",90,", ",90.5,", E_NUMBER, 4, "value", "90.5", NULL, 1},
    {PARAMS, "2022-01-01,2023-01-01", "2022-01-01,2023-02-01", E_DOORS_PARAM_OVERLAP, 3, "key",
     "general", NULL, 1},
    {PARAMS, "2022-01-01,2023-01-01", "2022-01-01,2022-09-30", 0, 0, NULL, NULL, NULL, 0},
    {PARAMS, "2022-01-01,2023-01-01", "2022-01-01,2022-09-29", E_DOORS_PARAM_GAP, 30,
     "versions[0].rules[pay].when", "card", NULL, 0},
    {PARAMS, "58,400.50\",EUR/year", "58,400.50\",USD/year", E_DOORS_FORM, 3, "unit", "USD/year",
     NULL, 1},
    /* the head of a door */
    {DOOR, "door: fi.entry", "door: fi-entry", E_DOORS_FORM, 1, "door", "fi-entry", NULL, 1},
    {DOOR, "door: fi.entry", "door: eu.shield", E_DOORS_TWICE, 1, "door", "eu.shield", NULL, 2},
    {DOOR, "country: FIN", "country: Finland", E_SCENARIO_COUNTRY, 3, "country", "Finland", "FIN?",
     1},
    {DOOR, "kind: entry", "kind: entrance", E_DOORS_FORM, 4, "kind", "entrance", NULL, 1},
    {DOOR, "act: Act\n", "", E_DOORS_KEY_MISSING, 1, "act", NULL, NULL, 1},
    {DOOR, "review_by: 2024-12-31", "review_by: 2024-12", E_DATE_PARTIAL, 6, "review_by", "2024-12",
     NULL, 1},
    {DOOR, "\"+02:00\"", "\"2\"", E_DOORS_FORM, 7, "utc_offset", "2", "+02:00", 1},
    {DOOR, "[eu.shield]", "[eu.sheild]", E_DOORS_REFERENCE, 1, "protection", "eu.sheild",
     "eu.shield?", 1},
    {DOOR, "citizenship has RUS", "citizenship has RUSS", E_DOORS_EXPR_LITERAL, 9, "scope", "RUSS",
     "RUS?", 1},
    {DOOR, "default: CLOSED", "default: BAR", E_DOORS_FORM, 10, "default", "BAR", NULL, 1},
    {DOOR, "default: CLOSED\n", "", E_DOORS_KEY_MISSING, 11, "versions[0].default", NULL, NULL, 2},
    {SHIELD, "from: 2020-01-01", "from: 2020-01-01T10:00", E_DOORS_KEY_MISSING, 8,
     "versions[0].from", "2020-01-01T10:00", "utc_offset", 1},
    {SHIELD, "from: 2020-01-01", "from: \"2020-01-01T10:00+01:00\"", 0, 0, NULL, NULL, NULL, 0},
    {SHIELD, "from: 2020-01-01", "from: [2020-01-01]", E_YAML_KIND, 8, "versions[0].from", NULL,
     NULL, 1},
    {SHIELD, "from: 2020-01-01", "from: 1.2.2020", E_DATE, 8, "versions[0].from", "1.2.2020",
     "2020-02-01", 1},
    {SHIELD, "from: 2020-01-01", "from: {}", E_DOORS_FORM, 8, "versions[0].from", NULL, NULL, 1},
    {SHIELD, "from: 2020-01-01", "from: {after: x, road: 2020-01-01}", E_DOORS_FORM, 8,
     "versions[0].from", NULL, NULL, 2},
    {SHIELD, "versions:\n", "versions: []\nold:\n", E_DOORS_FORM, 6, "versions", NULL, NULL, 2},
    {SHIELD, "- id: only\n", "- only\n- id: only\n", E_YAML_KIND, 7, "versions[0]", "only", NULL,
     9},
    {SHIELD, "country: EU27\n", "", E_DOORS_KEY_MISSING, 1, "country", NULL, NULL, 1},
    {SHIELD, "kind: protection", "kind: pathway", E_DOORS_REFERENCE, 1, "protection", "eu.shield",
     NULL, 1},
    /* versions */
    {DOOR, "- id: second", "- id: first", E_DOORS_TWICE, 49, "versions[1].id", "first", NULL, 3},
    {DOOR, "- id: second", "- id: Second", E_DOORS_FORM, 49, "versions[1].id", "Second", NULL, 1},
    {DOOR, "  known: 2022-09-29\n", "", E_DOORS_KEY_MISSING, 49, "versions[1].known", NULL, NULL,
     1},
    {DOOR, "from: 2022-09-30", "from: 2022-31-09", E_DATE, 50, "versions[1].from", "2022-31-09",
     NULL, 1},
    {DOOR, "utc_offset: \"+02:00\"\n", "", 0, 0, NULL, NULL, NULL, 0},
    {DOOR, "from: 2022-09-30", "from: {boat: 2022-09-30}", E_DOORS_EXPR_LITERAL, 50,
     "versions[1].from", "boat", NULL, 1},
    {DOOR, "from: 2022-09-30", "from: {after: frist}", E_DOORS_REFERENCE, 50,
     "versions[1].from.after", "frist", "first?", 1},
    {DOOR, "from: 2022-09-30", "from: {after: second}", E_DOORS_REFERENCE, 50,
     "versions[1].from.after", "second", NULL, 1},
    {DOOR, "known: 2022-09-29", "known: 2022-09-29\n  to: 2022-09-30", E_DOORS_SPAN, 50,
     "versions[1].from", "2022-09-30", NULL, 1},
    {DOOR, "known: 2022-09-29", "known: 2022-09-29\n  to: 2023-01-01\n  until: 2023-01-01",
     E_DOORS_FORM, 49, "versions[1]", NULL, NULL, 1},
    {DOOR, "known: 2022-09-29",
     "known: 2022-09-29\n  to: [{until: 2023-01-01, known: 2022-10-01}, {until: 2023-02-01, known: "
     "2022-10-01}]",
     E_DOORS_FORM, 52, "versions[1].to[1]", NULL, NULL, 1},
    {DOOR, "known: 2021-12-01", "known: 2021-12-01\n  to: 2022-10-01", E_DOORS_OVERLAP, 50,
     "versions", "second", "replaces", 1},
    {DOOR, "known: 2022-09-29", "known: 2022-09-29\n  replaces: frist", E_DOORS_REFERENCE, 52,
     "versions[1].replaces", "frist", "first?", 1},
    {DOOR, "same_as: first", "same_as: frist", E_DOORS_REFERENCE, 57, "versions[1].same_as",
     "frist", "first?", 3},
    {DOOR, "  premises: {", "  same_as: second\n  premises: {", E_DOORS_REFERENCE, 58,
     "versions[1].same_as", "first", NULL, 9},
    {DOOR, "remove: [pay]", "remove: [pya]", E_DOORS_REFERENCE, 58, "versions[1].remove", "pya",
     "pay?", 1},
    {DOOR, "mark: S", "mark: X", E_DOORS_FORM, 54, "versions[1].mark", "X", NULL, 1},
    {DOOR, "  read: the summary\n", "", E_DOORS_KEY_MISSING, 49, "versions[1].read", NULL, NULL, 1},
    {DOOR, "  source: [src_a]\n", "", E_DOORS_SOURCE, 12, "versions[0]", NULL, NULL, 4},
    {DOOR, "source: [src_b]", "source: [src_c]", E_DOORS_SOURCE, 53, "versions[1].source", "src_c",
     NULL, 1},
    /* rules */
    {DOOR, "effect: OPEN", "effect: OPENED", E_DOORS_FORM, 22, "versions[0].rules[kin].effect",
     "OPENED", "OPEN?", 1},
    {DOOR, "    effect: OPEN\n", "", E_DOORS_KEY_MISSING, 21, "versions[0].rules[kin].effect", NULL,
     NULL, 1},
    {DOOR, "premise: short", "premise: shrot", E_DOORS_REFERENCE, 23,
     "versions[0].rules[kin].premise", "shrot", "short?", 1},
    {DOOR, "kin in {SPOUSE", "kin in {SPOUZE", E_DOORS_EXPR_LITERAL, 24,
     "versions[0].rules[kin].when", "SPOUZE", "SPOUSE?", 1},
    {DOOR, "or refuses = yes", "or refuses = yes)", E_DOORS_EXPR_SYNTAX, 24,
     "versions[0].rules[kin].when", ")", NULL, 1},
    {DOOR, "    cite: art 1\n", "", E_DOORS_KEY_MISSING, 21, "versions[0].rules[kin].cite", NULL,
     NULL, 1},
    {DOOR, "    quote: words\n", "", E_DOORS_KEY_MISSING, 21, "versions[0].rules[kin].quote", NULL,
     NULL, 1},
    {DOOR, "say: {en: Kin, ru: Kin, de: Kin}", "say: {en: Kin, ru: Kin}", E_DOORS_KEY_MISSING, 27,
     "versions[0].rules[kin].say.de", NULL, NULL, 1},
    {DOOR, "- id: pay", "- id: kin", E_DOORS_TWICE, 28, "versions[0].rules[kin]", NULL, NULL, 2},
    {DOOR, "- id: pay", "- id: all", E_DOORS_FORM, 28, "versions[0].rules[all]", NULL, NULL, 2},
    {DOOR, "overrides: [kin]", "overrides: [kim]", E_DOORS_REFERENCE, 38,
     "versions[0].rules[ban].overrides", "kim", "kin?", 1},
    {DOOR, "overrides: [kin]", "overrides: [free]", E_DOORS_REFERENCE, 38,
     "versions[0].rules[ban].overrides", "free", NULL, 1},
    {DOOR, "    premise: short\n", "    premise: short\n    overrides: [ban]\n", E_DOORS_REFERENCE,
     25, "overrides", "kin", NULL, 2},
    {DOOR, "{id: free,", "{id: kin,", E_DOORS_TWICE, 46, "versions[0].superior_law[kin]", NULL,
     NULL, 1},
    {DOOR, "{id: kin, also:", "{id: king, also:", E_DOORS_REFERENCE, 60,
     "versions[1].rules[king].id", "king", "kin?", 1},
    {DOOR, "also: \"age >= 18\"", "also: \"age >= 18\", when: \"age > 3\"", E_DOORS_FORM, 60,
     "versions[1].rules[kin].when", NULL, NULL, 1},
    {DOOR, "note: refused", "nota: refused", E_YAML_KEY_UNKNOWN, 48, "versions[0].practice[0]",
     "nota", "note", 2},
    {DOOR, "until: 2022-11-30", "until: 2022-11-30, to: 2022-12-01", E_DOORS_FORM, 48,
     "versions[0].practice[0].until", NULL, NULL, 1},
    {DOOR, "  - {id: late", "  - late\n  - {id: late", E_YAML_KIND, 61, "versions[1].rules[1]",
     "late", NULL, 1},
    {DOOR, "{id: late", "{id: free", E_DOORS_TWICE, 61, "versions[1].rules[free]", NULL, NULL, 1},
    {DOOR, "until: 2022-11-30", "to: 2022-09-26", E_DOORS_SPAN, 48, "versions[0].practice[0]", NULL,
     NULL, 1},
    {DOOR, "visa in {C_list(EU)}", "visa in {C_list(LATE)}", E_DOORS_PARAM_GAP, 19,
     "versions[0].premises.short", "LATE", NULL, 2},
};

static const struct ajar_err *slip_fault(const struct faults *faults, const struct slip *slip)
{
    for (size_t i = 0; i < faults->kept; i++) {
        const struct ajar_err *at = &faults->at[i];
        if (at->code == slip->code && (slip->row == 0 || at->row == slip->row) &&
            (slip->column == NULL || strcmp(at->column, slip->column) == 0) &&
            (slip->value == NULL || strcmp(at->value, slip->value) == 0) &&
            (slip->hint == NULL || strstr(err_advice(at), slip->hint) != NULL)) {
            return at;
        }
    }
    return NULL;
}

/* Whether the slip is answered as it should be; what is said instead is shown. */
static bool slip_right(size_t number, const struct slip *slip)
{
    struct arena arena;
    struct rules rules = {.n_facts = 77};
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(&arena, "the test", RULES_CEILING);
    struct text_set set = text_set_of();
    text_change(&arena, &set.files[slip->file], slip->from, slip->to);
    int code = text_read(&arena, &set, &rules, &faults, &err);
    const struct ajar_err *fault = slip_fault(&faults, slip);
    bool right = code == slip->code && code == 0;
    if (slip->code != 0) {
        right = fault != NULL && (slip->most == 0 || faults.total <= slip->most) &&
                code == E_DOORS_FAULTS && err.code == code && rules.n_facts == 77;
    }
    if (!right) {
        print_message("slip %zu: %s -> %s: code %d\n", number, slip->from, slip->to, code);
        text_faults_show(&faults);
    }
    arena_free(&arena);
    return right;
}

static void names_each_fault(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        wrong += !slip_right(i, &slips[i]);
    }
    assert_int_equal(wrong, 0);
}

/* The fault of an expression points at its character in the file, quoted or not. */
static void points_at_the_character(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
        long at;
    } cases[] = {
        {"kin in {SPOUSE", "kin in {SPOUZE", 20},             /* `    when: "kin in {` */
        {"\"visa = NONE\"", "visa = NINE", 18},               /* `    when: visa = ` */
        {"\"visa = NONE\"", "'visa = NINE'", 19},             /* `    when: 'visa = ` */
        {"visa in {C_list(EU)}", "visa in {C_list(EV)}", 31}, /* `  premises: {short: "visa in {` */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena;
        struct rules rules;
        struct faults faults;
        struct ajar_err err = {0};
        arena_init(&arena, "the test", RULES_CEILING);
        struct text_set set = text_set_of();
        text_change(&arena, &set.files[DOOR], cases[i].from, cases[i].to);
        assert_int_equal(text_read(&arena, &set, &rules, &faults, &err), E_DOORS_FAULTS);
        assert_int_equal(faults.kept, 1);
        assert_int_equal(faults.at[0].at, cases[i].at);
        arena_free(&arena);
    }
}

/* Many faults are all counted, and the first are kept. */
static void counts_all(void **state)
{
    (void)state;
    struct arena arena;
    struct rules rules;
    struct faults faults;
    struct ajar_err err = {0};
    arena_init(&arena, "the test", RULES_CEILING);
    struct buf buf;
    buf_init(&buf, RULES_FILE_CEILING);
    buf_str(&buf, "list,item,from,to,cite,source_id\n");
    for (int i = 0; i < 3000; i++) {
        buf_str(&buf, "A B,X,,,,\n");
    }
    struct text_set set = text_set_of();
    set.files[LISTS].bytes = buf_view(&buf);
    assert_int_equal(text_read(&arena, &set, &rules, &faults, &err), E_DOORS_FAULTS);
    assert_int_equal(faults.kept, RULES_FAULTS);
    assert_true(faults.total >= 6000);
    buf_free(&buf);
    arena_free(&arena);
}

/* Bytes changed, doubled, taken out and moved: never a crash, and always an answer with its faults. */
static void mutate(struct rng *rng, char *bytes, size_t *n, size_t cap)
{
    uint32_t times = 1 + rng_below(rng, 4);
    for (uint32_t i = 0; i<times && * n> 8; i++) {
        size_t at = rng_below(rng, (uint32_t)*n), len = 1 + rng_below(rng, 40);
        len = len < *n - at ? len : *n - at;
        switch (rng_below(rng, 4)) {
        case 0:
            bytes[at] = (char)rng_below(rng, 256);
            break;
        case 1:
            memmove(bytes + at, bytes + at + len, *n - at - len);
            *n -= len;
            break;
        case 2:
            if (*n + len <= cap) {
                memmove(bytes + at + len, bytes + at, *n - at);
                *n += len;
            }
            break;
        default:
            bytes[at] = "{}[]:,\"'\n -#&*!|>%@"[rng_below(rng, 19)];
        }
    }
}

static void survives_changed_bytes(void **state)
{
    (void)state;
    static char bytes[8192];
    size_t good = 0, bad = 0;
    for (uint32_t i = 0; i < MUTANTS; i += sampled(4)) {
        struct arena arena;
        struct rules rules;
        struct faults faults;
        struct ajar_err err = {0};
        struct rng rng = rng_at(13, 1, i, 0);
        arena_init(&arena, "the test", RULES_CEILING);
        struct text_set set = text_set_of();
        struct rules_file *file = &set.files[rng_below(&rng, 3) == 0 ? rng_below(&rng, 5) : DOOR];
        size_t n = file->bytes.n;
        assert_true(n < sizeof bytes);
        memcpy(bytes, file->bytes.at, n);
        mutate(&rng, bytes, &n, sizeof bytes);
        file->bytes = (struct text){bytes, n};
        int code = text_read(&arena, &set, &rules, &faults, &err);
        if (code == 0) {
            good++;
            assert_int_equal(faults.total, 0);
        } else {
            bad++;
            assert_int_equal(code, E_DOORS_FAULTS);
            assert_true(faults.total > 0);
            for (size_t k = 0; k < faults.kept; k++) {
                assert_true(faults.at[k].code != 0 && faults.at[k].text[0] != '\0' &&
                            faults.at[k].file[0] != '\0');
            }
        }
        arena_free(&arena);
    }
    assert_true(good > 0 && bad > MUTANTS / 2 / sampled(4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_each_fault),
        cmocka_unit_test(points_at_the_character),
        cmocka_unit_test(counts_all),
        cmocka_unit_test(survives_changed_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
