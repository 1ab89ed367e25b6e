/* Hand-made rules for each kind of finding, with the character that it points at; ceilings. */
#include "crowd.h"

#include "prove.h"
#include "rules_read.h"

#define SAY "say: {en: a, ru: b, de: c}"

static const char hand_facts[] =
    "facts:\n"
    "  age: {type: int, unit: years, min: 0, max: 120, ask: {en: a, ru: b, de: c}}\n"
    "  birth_date: {type: date, ask: {en: a, ru: b, de: c}}\n"
    "  crossing: {type: enum, values: [ROAD, RAIL, AIR], ask: {en: a, ru: b, de: c}}\n"
    "  job: {type: bool, ask: {en: a, ru: b, de: c}}\n"
    "  kin: {type: enum, values: [NONE, SPOUSE, CHILD], ask: {en: a, ru: b, de: c}}\n"
    "  visa: {type: enum, values: [NONE, C_FIN, C_ESP, D_FIN], ask: {en: a, ru: b, de: c}}\n"
    "  held: {type: set, values: [RUS, ISR, KAZ], ask: {en: a, ru: b, de: c}}\n";

static const char hand_lists[] = "list,item,from,to,cite,source_id\n"
                                 "EU,FIN,,,Treaty,\n";

/* Reads one door and proves it; the faults live in the arena. */
static struct faults hand_prove(struct arena *arena, const char *door, struct prove_count *count)
{
    struct rules rules;
    struct faults faults, found;
    struct ajar_err err = {0};
    struct rules_file files[] = {{RULES_FACTS, "facts.yaml", text_of(hand_facts)},
                                 {RULES_LISTS, "lists.csv", text_of(hand_lists)},
                                 {RULES_DOOR, "door.yaml", text_of(door)}};
    assert_int_equal(faults_init(&faults, arena, 50, NULL), 0);
    assert_int_equal(faults_init(&found, arena, 50, NULL), 0);
    if (rules_read(arena, 3, files, NULL, NULL, &rules, &faults, &err) != 0) {
        fail_msg("%s: %ld %s '%s'", err.text, faults.at[0].row, faults.at[0].text,
                 faults.at[0].value);
    }
    assert_int_equal(prove_door(arena, &rules, 0, count, &found, &err), 0);
    return found;
}

static void check_fault(const struct faults *faults, size_t i, int code, long row, long at,
                        const char *value, const char *text)
{
    if (i >= faults->kept) {
        fail_msg("only %zu findings, none '%s'", faults->kept, text);
        return;
    }
    const struct ajar_err *fault = &faults->at[i];
    assert_string_equal(fault->file, "door.yaml");
    assert_string_equal(fault->text, text);
    assert_string_equal(fault->value, value);
    assert_int_equal(fault->code, code);
    assert_int_equal(fault->row, row);
    assert_int_equal(fault->at, at);
}

#define HEAD                                                                                       \
    "door: x\n"                                                                                    \
    "title: {en: a, ru: b, de: c}\n"                                                               \
    "country: FIN\n"                                                                               \
    "kind: entry\n"                                                                                \
    "act: Act\n"                                                                                   \
    "default: CLOSED\n"
#define VERSION(id, more)                                                                          \
    "- id: " id "\n"                                                                               \
    "  law: Law\n"                                                                                 \
    "  mark: K\n"                                                                                  \
    "  transcription: unread\n" more
#define RULE(id, effect, when)                                                                     \
    "  - {id: " id ", effect: " effect ", cite: a, quote: b, " SAY ",\n"                           \
    "     when: \"" when "\"}\n"

/* Rows: the head has 6 lines, `versions:` is the 7th, a version has 4 and what `more` adds, a rule 2. */
static void rules_are_told(void **state)
{
    static const char door[] = HEAD
        "scope: \"held has RUS\"\n"
        "versions:\n" VERSION("one", "  from: 2022-01-01\n"
                                     "  known: 2021-12-01\n"
                                     "  rules:\n")
            RULE("dead", "DISCRETION", "kin = SPOUSE and kin = CHILD")
                RULE("ban", "BAR", "visa = NONE") RULE("weak", "OPEN", "visa = NONE and job = yes")
                    RULE("wide", "OPEN", "visa in {C_FIN, D_FIN}")
                        RULE("same", "OPEN", "visa = D_FIN")
                            RULE("again", "OPEN", "visa in {D_FIN, C_FIN}")
                                RULE("closed", "CLOSED", "visa in {C_FIN, C_ESP} and kin = CHILD");
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    check_fault(
        &faults, 0, E_DOORS_CONFLICT, 29, 12, "closed",
        "on 2022-01-01 this CLOSED rule and the OPEN rule wide both hold for: held has RUS; "
        "kin = CHILD; visa = C_FIN");
    check_fault(&faults, 1, E_DOORS_CONFLICT, 29, 12, "closed",
                "on 2022-01-01 this CLOSED rule and the OPEN rule again both hold for: held has "
                "RUS; kin = CHILD; visa = C_FIN");
    check_fault(&faults, 2, E_DOORS_DEAD, 17, 12, "dead",
                "this rule holds for nobody within the scope, on any day of its version");
    check_fault(&faults, 3, E_DOORS_SHADOWED, 21, 12, "weak",
                "this rule never decides: wherever it fires, so does the stronger rule ban");
    check_fault(
        &faults, 4, E_DOORS_SHADOWED, 25, 12, "same",
        "this rule says nothing that the rule wide of the same effect does not say already");
    check_fault(
        &faults, 5, E_DOORS_SHADOWED, 27, 12, "again",
        "this rule says nothing that the rule wide of the same effect does not say already");
    assert_int_equal(faults.total, 6);
    assert_int_equal(count.states, 1);
    assert_int_equal(count.rules, 7);
    /* visa NONE, C_FIN, C_ESP, D_FIN; kin NONE, SPOUSE, CHILD; job; held RUS or not */
    assert_near(count.vectors, 4 * 3 * 2 * 2, 0);
    arena_free(&arena);
}

static void parts_are_told(void **state)
{
    static const char door[] = HEAD
        "scope: \"held has RUS\"\n"
        "versions:\n" VERSION("one",
                              "  from: 2022-01-01\n"
                              "  known: 2021-12-01\n"
                              "  premises: {paper: \"visa in {D_FIN, C_FIN}\", rus: \"held "
                              "has RUS\"}\n"
                              "  rules:\n") RULE("scoped", "OPEN", "job = yes and held has RUS")
            RULE("branch", "DISCRETION", "kin = CHILD or kin = CHILD and job = no")
                RULE("member", "DISCRETION", "visa in {C_FIN, C_list(EU), C_ESP} and kin = SPOUSE")
                    RULE("inner", "DISCRETION",
                         "any(child: age < 18 and age < 20) and (job = no or visa = C_ESP)");
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    check_fault(&faults, 0, E_DOORS_REDUNDANT, 18, 27, "held has RUS",
                "without this condition the rule is the same");
    check_fault(&faults, 1, E_DOORS_REDUNDANT, 20, 28, "kin = CHILD and job = no",
                "without this side of the `or` the rule is the same");
    check_fault(&faults, 2, E_DOORS_REDUNDANT, 22, 22, "C_FIN",
                "without this member of the set the rule is the same");
    check_fault(&faults, 3, E_DOORS_REDUNDANT, 22, 29, "C_list(EU)",
                "without this member of the set the rule is the same");
    check_fault(&faults, 4, E_DOORS_REDUNDANT, 24, 37, "age < 20",
                "without this condition the rule is the same");
    assert_int_equal(faults.total, 5);
    arena_free(&arena);
}

/* A premise is superfluous only where nothing that uses it needs it. */
static void premises_are_shared(void **state)
{
    static const char door[] = HEAD "versions:\n" VERSION(
        "one",
        "  from: 2022-01-01\n"
        "  known: 2021-12-01\n"
        "  premises:\n"
        "    paper: \"visa in {D_FIN, C_FIN}\"\n"
        "    loose: \"kin in {SPOUSE, CHILD}\"\n"
        "  rules:\n") "  - {id: a, effect: OPEN, cite: a, quote: b, premise: paper, " SAY
                      ", when: \"visa = D_FIN\"}\n"
                      "  - {id: b, effect: DISCRETION, cite: a, quote: b, premise: paper, " SAY
                      ", when: \"job = yes\"}\n"
                      "  - {id: c, effect: DISCRETION, cite: a, quote: b, premise: loose, " SAY
                      ", when: \"kin = SPOUSE\"}\n";
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    check_fault(&faults, 0, E_DOORS_REDUNDANT, 16, 13, "kin in {SPOUSE, CHILD}",
                "without this condition the rule is the same");
    assert_int_equal(faults.total, 1);
    arena_free(&arena);
}

static void gaps_are_told(void **state)
{
    static const char door[] =
        HEAD "utc_offset: \"+02:00\"\n"
             "versions:\n" VERSION("one", "  from: 2022-01-01\n"
                                          "  to: 2022-03-01\n"
                                          "  known: 2021-12-01\n")
                 VERSION("two", "  from: \"2022-03-02T20:00\"\n"
                                "  until: 2022-05-31\n"
                                "  known: 2021-12-01\n")
                     VERSION("three", "  from: {road: 2022-06-01, air: 2022-06-10}\n"
                                      "  known: 2022-05-01\n");
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    check_fault(&faults, 0, E_DOORS_GAP, 16, 3, "two",
                "from 2022-03-01 to 2022-03-02T20:00, where this version starts, no version holds "
                "by ROAD");
    check_fault(&faults, 1, E_DOORS_GAP, 16, 3, "two",
                "from 2022-03-01 to 2022-03-02T20:00, where this version starts, no version holds "
                "by RAIL");
    check_fault(&faults, 2, E_DOORS_GAP, 16, 3, "two",
                "from 2022-03-01 to 2022-03-02T20:00, where this version starts, no version holds "
                "by AIR");
    check_fault(&faults, 3, E_DOORS_GAP, 23, 3, "three",
                "from 2022-06-01 to 2022-06-10, where this version starts, no version holds by "
                "AIR");
    assert_int_equal(faults.total, 4);
    arena_free(&arena);
}

/* A rule that only holds as known before an end was moved; a rule for a way of crossing by
 * which its version never starts. */
static void old_knowledge_is_proven(void **state)
{
    static const char door[] = HEAD
        "versions:\n" VERSION("one", "  from: {road: 2022-01-01}\n"
                                     "  to: [{to: 2022-06-01, known: 2022-01-01}, {to: 2022-04-01, "
                                     "known: 2022-03-01}]\n"
                                     "  known: 2022-01-01\n"
                                     "  rules:\n")
            RULE("old", "OPEN", "birth_date >= on - 20y and birth_date < 2002-05-01")
                RULE("young", "CLOSED", "birth_date = 2002-05-10 and age_on(on) >= 20")
                    RULE("flight", "OPEN", "crossing = AIR");
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    check_fault(&faults, 0, E_DOORS_DEAD, 21, 12, "flight",
                "this rule holds for nobody within the scope, on any day of its version");
    assert_int_equal(faults.total, 1);
    assert_true(count.states > 3);
    arena_free(&arena);
}

/* A rule taken over whose premise is written anew is another rule: the old one is still judged. */
static void premises_make_rules_new(void **state)
{
    static const char door[] = HEAD "versions:\n" VERSION(
        "one", "  from: 2022-01-01\n"
               "  known: 2021-12-01\n"
               "  premises: {p: \"kin = SPOUSE\"}\n"
               "  rules:\n") "  - {id: a, effect: OPEN, cite: a, quote: b, premise: p, " SAY
                             ", when: \"kin = CHILD\"}\n" VERSION(
                                 "two", "  from: 2022-02-01\n"
                                        "  known: 2021-12-01\n"
                                        "  same_as: one\n"
                                        "  premises: {p: \"job = yes\"}\n");
    struct arena arena;
    struct prove_count count = {0};
    (void)state;
    arena_init(&arena, "a test", MADE_CEILING);
    struct faults faults = hand_prove(&arena, door, &count);
    assert_int_equal(faults.total, 1);
    assert_int_equal(faults.at[0].code, E_DOORS_DEAD);
    assert_int_equal(faults.at[0].row, 16);
    arena_free(&arena);
}

/* Who does not know of the second version reads a parameter past its rows: no day to prove. */
static void days_past_parameters_are_passed_over(void **state)
{
    struct made it;
    struct faults faults;
    struct ajar_err err = {0};
    struct prove_count count = {0};
    (void)state;
    made_open(&it, 0);
    it.rules.n_params = 1;
    struct version *one = made_version(&it, "one", "2022-11-01", "2022-10-01");
    struct rule *rule = made_rule(&it, one, "a", EFFECT_OPEN, "salary >= param(bluecard, general)");
    rule->own = true;
    made_version(&it, "two", "2022-12-15", "2022-12-10");
    assert_int_equal(faults_init(&faults, &it.arena, 10, NULL), 0);
    assert_int_equal(prove_door(&it.scratch, &it.rules, 0, &count, &faults, &err), 0);
    assert_int_equal(faults.total, 0);
    assert_int_equal(err.code, 0);
    assert_int_equal(count.states, 3); /* the second version is also looked at on 1 January */
    made_close(&it);
}

/* Memory that runs out anywhere is an error, never a crash; *count is then untouched. */
static void ceilings_hold(void **state)
{
    size_t failed = 0;
    (void)state;
    for (size_t ceiling = 1000; ceiling < 4000000; ceiling = ceiling * 3 / 2) {
        struct made it;
        struct arena scratch, kept;
        struct faults faults;
        struct ajar_err err = {0};
        struct prove_count count = {7, 7, 7};
        made_open(&it, 3);
        crowd_version(&it, made_version(&it, "one", "2022-09-01", "2022-08-01"), 1);
        arena_init(&scratch, "a test's scratch", ceiling);
        arena_init(&kept, "a test's findings", MADE_CEILING);
        assert_int_equal(faults_init(&faults, &kept, 50, &err), 0);
        int code = prove_door(&scratch, &it.rules, 0, &count, &faults, &err);
        if (code != 0) {
            failed++;
            assert_int_equal(code, E_CEILING);
            assert_int_equal(count.states, 7);
        }
        arena_free(&scratch);
        arena_free(&kept);
        made_close(&it);
    }
    assert_true(failed > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_told),
        cmocka_unit_test(parts_are_told),
        cmocka_unit_test(premises_are_shared),
        cmocka_unit_test(gaps_are_told),
        cmocka_unit_test(old_knowledge_is_proven),
        cmocka_unit_test(ceilings_hold),
        cmocka_unit_test(premises_make_rules_new),
        cmocka_unit_test(days_past_parameters_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
