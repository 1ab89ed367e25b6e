#include "doors_made.h"

#include <stdio.h>

#include "rng.h"

static const struct doors_place place = {.file = "person.yaml", .row = 7, .at = 9};

static int read_word(struct made *made, const char *fact, const char *word, struct fact_value *out)
{
    made->err = (struct ajar_err){0};
    return doors_value_read(&made->arena, made->rules, made_fact(made, fact), text_of(word), &place,
                            out, &made->err);
}

/* What the word reads as, put back as text. */
static void reads(struct made *made, const char *fact, const char *word, const char *want)
{
    struct fact_value value;
    struct buf buf;
    buf_init(&buf, 4096);
    if (read_word(made, fact, word, &value) != 0) {
        fail_msg("%s=%s: %s", fact, word, made->err.text);
    }
    doors_value_say(&buf, made->rules, made_fact(made, fact), &value);
    buf_char(&buf, '\0');
    assert_int_equal(buf_ok(&buf, NULL), 0);
    assert_string_equal(buf.at, want);
    buf_free(&buf);
}

static void each_type_reads_its_words(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"asylum_pending", "yes", "yes"},
        {"asylum_pending", "true", "yes"},
        {"asylum_pending", "no", "no"},
        {"asylum_pending", "false", "no"},
        {"kin", "SPOUSE", "SPOUSE"},
        {"kin", "NONE", "NONE"},
        {"visa", "C_FIN", "C_FIN"},
        {"age", "0", "0 years"},
        {"age", "120", "120 years"},
        {"age", "007", "7 years"},
        {"salary", "39682.80", "39682.8 EUR/year"},
        {"salary", "39682.8", "39682.8 EUR/year"},
        {"salary", "0.05", "0.05 EUR/year"},
        {"salary", "NONE", "NONE"},
        {"debts", "-0.50", "-0.5 EUR"},
        {"debts", "-1.25", "-1.25 EUR"},
        {"debts", "-500.00", "-500 EUR"},
        {"birth_date", "2004-02-29", "2004-02-29"},
        {"birth_date", "NONE", "NONE"},
        {"citizenship", "RUS", "RUS"},
        {"citizenship", "RUS+ISR", "RUS and ISR"},
        {"citizenship", "", "none"},
        {"citizenship", "NONE", "none"},
        {"visa", "unknown", "not known"},
        {"salary", "?", "not known"},
        {"birth_date", "uncertain", "uncertain"},
        {"citizenship",
         "?"
         "?",
         "uncertain"},
    };
    struct made made;
    made_plain(&made);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reads(&made, rows[i][0], rows[i][1], rows[i][2]);
    }
    made_end(&made);
}

static void every_amount_to_the_cent_is_that_many_cents(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    for (int64_t cents = -50000; cents <= 100000; cents += 37) {
        char word[32];
        struct fact_value value;
        int64_t most = cents < 0 ? -cents : cents;
        snprintf(word, sizeof word, "%s%lld.%02lld", cents < 0 ? "-" : "", (long long)(most / 100),
                 (long long)(most % 100));
        assert_int_equal(read_word(&made, "debts", word, &value), 0);
        assert_int_equal(value.number, cents);
        assert_int_equal(value.known, KNOWN_YES);
        assert_int_equal(value.evidence, EVIDENCE_ASSERTED);
    }
    made_end(&made);
}

struct refusal {
    const char *fact, *word, *slug;
    const char *hint; /* a part of it */
};

static const struct refusal refusals[] = {
    {"asylum_pending", "maybe", "doors.facts.type", "yes, no, unknown"},
    {"asylum_pending", "YES", "doors.facts.type", "Write yes"},
    {"kin", "SPOUS", "doors.facts.value", "Perhaps SPOUSE is meant"},
    {"kin", "spouse", "doors.facts.value", ""},
    {"kin", "", "doors.facts.value", ""},
    {"visa", "C_XXX", "doors.facts.value", "Perhaps C_"},
    {"visa", "something else", "doors.facts.value", "doors list --facts"},
    {"citizenship", "RU", "doors.facts.value", "Write RUS"},
    {"citizenship", "Russia", "doors.facts.value", "Write RUS"},
    {"citizenship", "RUS+RUS", "doors.facts.contradict", "Remove one"},
    {"citizenship", "RUS+", "doors.facts.value", ""},
    {"citizenship", "+RUS", "doors.facts.value", ""},
    {"citizenship", "RUS ISR", "doors.facts.value", ""},
    {"age", "ten", "doors.facts.type", "like 30"},
    {"age", "3.5", "doors.facts.type", "like 30"},
    {"age", "1e3", "doors.facts.type", ""},
    {"age", "", "doors.facts.type", ""},
    {"age", " 3", "doors.facts.type", ""},
    {"age", "NONE", "doors.facts.type", ""},
    {"age", "-1", "doors.facts.range", "between 0 and 120"},
    {"age", "121", "doors.facts.range", "between 0 and 120"},
    {"age", "99999999999999999999", "doors.facts.type", ""},
    {"salary", "39.682,80", "doors.facts.type", "39682.80"},
    {"salary", "39,682", "doors.facts.type", ""},
    {"salary", "1.", "doors.facts.type", ""},
    {"salary", ".5", "doors.facts.type", ""},
    {"salary", "1.234", "doors.facts.type", "39682.80"},
    {"salary", "1.-5", "doors.facts.type", ""},
    {"salary", "1.+5", "doors.facts.type", ""},
    {"salary", "-0.01", "doors.facts.range", "between 0 and infinity"},
    {"salary", "1000000000001", "doors.facts.type", ""},
    {"debts", "1000.01", "doors.facts.range", "between -500 and 1000"},
    {"debts", "-500.01", "doors.facts.range", "between -500 and 1000"},
    {"birth_date", "2023-02-29", "doors.facts.type", ""},
    {"birth_date", "31.12.1990", "doors.facts.type", "Perhaps 1990-12-31"},
    {"birth_date", "yesterday", "doors.facts.type", "like 2022-09-21"},
    {"birth_date", "", "doors.facts.type", ""},
};

static const char *advice(const struct ajar_err *err)
{
    return err_advice(err);
}

static void every_refusal_names_the_place_the_fact_and_what_to_do(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const struct refusal *row = &refusals[i];
        struct fact_value value = {.known = 77, .number = -3};
        int code = read_word(&made, row->fact, row->word, &value);
        if (code == 0 || strcmp(made.err.slug, row->slug) != 0) {
            fail_msg("%s=%s: %s, not %s", row->fact, row->word, code == 0 ? "read" : made.err.slug,
                     row->slug);
        }
        assert_int_equal(value.known, 77);
        assert_int_equal(value.number, -3);
        assert_string_equal(made.err.column, row->fact);
        assert_string_equal(made.err.file, "person.yaml");
        assert_int_equal(made.err.row, 7);
        assert_int_equal(made.err.at, 9);
        if (strstr(advice(&made.err), row->hint) == NULL ||
            (row->hint[0] == '\0' && advice(&made.err)[0] == '\0')) {
            fail_msg("%s=%s: \"%s\" does not hold \"%s\"", row->fact, row->word, advice(&made.err),
                     row->hint);
        }
    }
    made_end(&made);
}

/* Only the fact is named; a suggestion near the word would tell it as well. */
static void nothing_of_a_sensitive_value_is_shown(void **state)
{
    (void)state;
    static const char *const rows[][3] = {
        {"health", "HEARTBEAR", "HEARTB"},
        {"health", "DIABETS", "DIAB"},
        {"health", "diabetes", "iab"},
        {"debts", "777,70", "77"},
        {"debts", "7777", "77"},
        {"diagnosed", "31.12.1977", "77"},
        {"diagnosed", "1977-13-13", "77"},
        {"origin", "SYR+SRY", "S"},
        {"origin", "Syria", "SYR"},
        {"origin", "IRQ+IRQ", "IRQ"},
        {"wounds", "77", "77"},
        {"wounds", "seven", "sev"},
        {"refuses", "surely", "sur"},
    };
    struct made made;
    made_plain(&made);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fact_value value;
        assert_int_not_equal(read_word(&made, rows[i][0], rows[i][1], &value), 0);
        assert_string_equal(made.err.value, "");
        assert_string_equal(made.err.column, rows[i][0]);
        if (strstr(made.err.text, rows[i][2]) != NULL ||
            strstr(made.err.hint, rows[i][2]) != NULL) {
            fail_msg("%s: \"%s\" \"%s\"", rows[i][0], made.err.text, made.err.hint);
        }
    }
    made_end(&made);
}

/* A word that swallowed the next line, for want of a quote, ends at the colon. */
static void nothing_behind_a_colon_is_shown(void **state)
{
    (void)state;
    struct made made;
    uint32_t fact;
    struct fact_value value;
    made_plain(&made);
    assert_int_not_equal(read_word(&made, "kin", "SPOUSE health: DIABETES", &value), 0);
    assert_string_equal(made.err.value, "SPOUSE health");
    assert_int_equal(doors_fact_find(made.rules, TEXT_LIT("x health: DIABETES"), &place,
                                     &made.arena, &fact, &made.err),
                     E_DOORS_FACTS_NAME);
    assert_false(made_tells(&made.err, "DIABETES"));
    made_end(&made);
}

static void a_fact_is_found_or_the_nearest_is_named(void **state)
{
    (void)state;
    struct made made;
    uint32_t fact = 77;
    made_plain(&made);
    for (uint32_t i = 0; i < made.rules->n_facts; i++) {
        assert_int_equal(doors_fact_find(made.rules, made.rules->facts[i].name, &place, &made.arena,
                                         &fact, &made.err),
                         0);
        assert_int_equal(fact, i);
    }
    fact = 77;
    assert_int_equal(
        doors_fact_find(made.rules, TEXT_LIT("sallary"), &place, &made.arena, &fact, &made.err),
        E_DOORS_FACTS_NAME);
    assert_int_equal(fact, 77);
    assert_string_equal(made.err.hint, "Perhaps salary is meant.");
    assert_string_equal(made.err.value, "sallary");
    assert_int_equal(
        doors_fact_find(made.rules, TEXT_LIT("q"), &place, &made.arena, &fact, &made.err),
        E_DOORS_FACTS_NAME);
    assert_true(advice(&made.err)[0] != '\0');
    made_end(&made);
}

static int add(struct made *made, struct person *person, const char *country, const char *from,
               const char *to)
{
    made->err = (struct ajar_err){0};
    return doors_stay_add(&made->arena, made->rules, person, text_of(country), made_day(from),
                          *to == '\0' ? DATE_NONE : made_day(to), &place, &made->err);
}

static void stays_stand_in_order_and_do_not_overlap(void **state)
{
    (void)state;
    struct made made;
    struct person person = {0};
    made_plain(&made);
    assert_int_equal(add(&made, &person, "FIN", "2022-05-01", "2022-05-10"), 0);
    assert_int_equal(add(&made, &person, "FIN", "2022-01-01", "2022-01-10"), 0);
    assert_int_equal(add(&made, &person, "DEU", "2022-05-05", ""), 0);
    assert_int_equal(add(&made, &person, "FIN", "2022-05-11", "2022-05-11"), 0);
    assert_int_equal(person.n_stays, 4);
    assert_true(person.stays_known);
    for (size_t i = 1; i < 4; i++) {
        assert_true(person.stays[i - 1].from <= person.stays[i].from);
    }
    static const char *const clash[][2] = {
        {"2022-05-10", "2022-05-10"}, {"2022-04-30", "2022-05-01"}, {"2022-05-02", "2022-05-03"},
        {"2022-04-01", "2022-06-01"}, {"2021-01-01", ""},
    };
    for (size_t i = 0; i < sizeof clash / sizeof *clash; i++) {
        assert_int_equal(add(&made, &person, "FIN", clash[i][0], clash[i][1]),
                         E_DOORS_FACTS_CONTRADICT);
        assert_true(made.err.hint[0] != '\0');
    }
    assert_int_equal(add(&made, &person, "DEU", "2023-01-01", ""), E_DOORS_FACTS_CONTRADICT);
    assert_int_equal(add(&made, &person, "FIN", "2022-12-02", "2022-12-01"),
                     E_DOORS_FACTS_CONTRADICT);
    assert_int_equal(add(&made, &person, "Finland", "2022-12-01", ""), E_DOORS_FACTS_VALUE);
    assert_string_equal(made.err.column, "stays");
    assert_int_equal(person.n_stays, 4);
    made_end(&made);
}

/* Against a calendar of days: a stay is refused exactly when it shares a day with another. */
static void random_stays_share_no_day(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    struct rng rng = rng_at(11, 1, 0, 0);
    for (int round = 0; round < 200; round++) {
        bool taken[64] = {false};
        struct person person = {0};
        size_t n = 0;
        for (int i = 0; i < 12; i++) {
            date_days from = (date_days)rng_below(&rng, 60);
            date_days to = from + (date_days)rng_below(&rng, 4);
            bool clash = false;
            for (date_days d = from; d <= to; d++) {
                clash = clash || taken[d];
            }
            int code = doors_stay_add(&made.arena, made.rules, &person, TEXT_LIT("FIN"), from, to,
                                      &place, &made.err);
            assert_int_equal(code, clash ? E_DOORS_FACTS_CONTRADICT : 0);
            for (date_days d = from; !clash && d <= to; d++) {
                taken[d] = true;
            }
            n += !clash;
        }
        assert_int_equal(person.n_stays, n);
    }
    made_end(&made);
}

static void the_roles_of_a_household_are_four(void **state)
{
    (void)state;
    static const char *const roles[] = {"spouse", "child", "parent", "guardian"};
    static const char *const others[] = {"", "applicant", "member", "Child", "childs"};
    for (size_t i = 0; i < 4; i++) {
        assert_true(doors_is_role(text_of(roles[i])));
    }
    for (size_t i = 0; i < 5; i++) {
        assert_false(doors_is_role(text_of(others[i])));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_reads_its_words),
        cmocka_unit_test(every_amount_to_the_cent_is_that_many_cents),
        cmocka_unit_test(every_refusal_names_the_place_the_fact_and_what_to_do),
        cmocka_unit_test(nothing_of_a_sensitive_value_is_shown),
        cmocka_unit_test(nothing_behind_a_colon_is_shown),
        cmocka_unit_test(a_fact_is_found_or_the_nearest_is_named),
        cmocka_unit_test(stays_stand_in_order_and_do_not_overlap),
        cmocka_unit_test(random_stays_share_no_day),
        cmocka_unit_test(the_roles_of_a_household_are_four),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
