/* DOORS behind ajar.h. */
#include "library_made.h"

#define SCENARIO "scenarios/exodus2022"

/* Reading the rules is what costs: all tests ask the same ones. */
static ajar_doors *doors;

static int open_doors(void **state)
{
    (void)state;
    return ajar_doors_open(&doors, SCENARIO, NULL, NULL, NULL);
}

static int close_doors(void **state)
{
    (void)state;
    ajar_doors_free(doors);
    return 0;
}

static const char tourist[] =
    "citizenship: [RUS]\nage: 30\npassport: FOREIGN\nvisa: C_ESP\nvisa_purpose: TOURISM\n"
    "purpose: TOURISM\nonward: NONE\nexternal_border: yes\ncrossing: ROAD\n"
    "residence_in: RUS\neu_free_movement: no\n";

static const struct ajar_answer *asked(ajar_answers **out, const char *facts,
                                       const struct ajar_ask_options *options)
{
    struct seen seen = {0};
    struct ajar_err err = {0};
    *out = NULL;
    int code = ajar_doors_ask(out, doors, facts, options, seen_fault, &seen, &err);
    assert_string_equal(code == 0 ? "" : err.text, "");
    assert_int_equal(seen.n, 0);
    return ajar_answers_at(*out, 0);
}

static void the_doors_are_listed(void **state)
{
    (void)state;
    size_t n = ajar_doors_count(doors);
    assert_true(n > 50);
    bool finland = false;
    for (size_t i = 0; i < n; i++) {
        const struct ajar_door *door = ajar_doors_at(doors, i);
        assert_true(i == 0 || strcmp(ajar_doors_at(doors, i - 1)->id, door->id) < 0);
        assert_true(door->title[0] != 0 && door->kind[0] != 0 && door->country[0] != 0);
        if (strcmp(door->id, "fi.entry") == 0) {
            assert_string_equal(door->country, "FIN");
            assert_string_equal(door->kind, "entry");
            assert_int_equal(door->counterfactual, 0);
            finland = true;
        }
    }
    assert_true(finland);
    assert_null(ajar_doors_at(doors, n));
}

static void a_door_answers_with_its_law(void **state)
{
    (void)state;
    ajar_answers *answers;
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    options.on = "2022-10-05";
    options.door = "fi.entry";
    const struct ajar_answer *answer = asked(&answers, tourist, &options);
    assert_int_equal(ajar_answers_count(answers), 1);
    assert_string_equal(answer->status, "NEEDS_FACTS"); /* nobody asked about kin */
    assert_string_equal(answer->door, "fi.entry");
    assert_true(answer->rules > 1 && answer->ways > 1 && answer->questions > 1);
    assert_string_equal(ajar_answers_rule(answers, 0, 0)->effect, "OPEN");
    assert_int_equal(ajar_answers_rule(answers, 0, 0)->certain, 0);
    assert_non_null(strstr(ajar_answers_way(answers, 0, 0)->needs, "kin"));
    assert_true(ajar_answers_question(answers, 0, 0)[0] != 0);
    assert_null(ajar_answers_rule(answers, 0, answer->rules));
    assert_null(ajar_answers_way(answers, 0, answer->ways));
    assert_null(ajar_answers_question(answers, 0, answer->questions));
    assert_null(ajar_answers_rule(answers, 1, 0));
    assert_non_null(strstr(ajar_answers_advice(answers), "Not legal advice"));
    ajar_answers_free(answers);
}

static void what_is_stated_as_no_closes_it(void **state)
{
    (void)state;
    ajar_answers *answers;
    char facts[1024];
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    snprintf(facts, sizeof facts, "%sunstated: no\n", tourist);
    options.on = "2022-10-05";
    options.door = "fi.entry";
    const struct ajar_answer *answer = asked(&answers, facts, &options);
    assert_int_equal(strncmp(answer->status, "CLOSED", 6), 0);
    assert_int_equal(answer->questions, 0);
    ajar_answers_free(answers);
    options.on = "2022-09-28"; /* two days before the act, which is known */
    options.as_known = "2022-09-29";
    answer = asked(&answers, facts, &options);
    assert_string_equal(answer->status, "OPEN");
    assert_string_equal(answer->said, "The law lets you pass.");
    assert_string_equal(answer->until, "2022-09-30");
    assert_int_equal(answer->ways, 0);
    ajar_answers_free(answers);
}

static void a_country_has_its_groups_doors_too(void **state)
{
    (void)state;
    ajar_answers *answers;
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    options.on = "2022-10-05T12:00+03:00";
    options.country = "FIN";
    options.lang = "de";
    options.as_known = "2022-10-04";
    asked(&answers, tourist, &options);
    size_t of_union = 0;
    for (size_t i = 0; i < ajar_answers_count(answers); i++) {
        const char *country = ajar_answers_at(answers, i)->country;
        of_union += strcmp(country, "FIN") != 0;
    }
    assert_true(of_union > 0 && of_union < ajar_answers_count(answers));
    assert_non_null(strstr(ajar_answers_advice(answers), "Rechts"));
    ajar_answers_free(answers);
}

static void what_asylum_would_bar_is_told(void **state)
{
    (void)state;
    ajar_answers *answers;
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    options.on = "2022-10-10";
    options.door = "de.bluecard";
    asked(&answers,
          "{citizenship: [RUS], job_offer: yes, job_matches_degree: yes, asylum_pending: no}",
          &options);
    bool card = false;
    size_t n = 0;
    for (; ajar_answers_closes(answers, n) != NULL; n++) {
        card |= strcmp(ajar_answers_closes(answers, n), "de.bluecard") == 0;
    }
    assert_true(card);
    ajar_answers_free(answers);
}

static void faults_of_facts_are_listed_and_sensitive_ones_not_shown(void **state)
{
    (void)state;
    ajar_answers *answers = NULL;
    struct seen seen = {0};
    struct ajar_err err = {0};
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    options.on = "2022-10-05";
    assert_fails(ajar_doors_ask(&answers, doors, "vsa: C_ESP\nage: many\n", &options, seen_fault,
                                &seen, &err),
                 err, "doors.facts");
    assert_null(answers);
    assert_int_equal(seen.n, 2);
    assert_int_equal(seen.first.row, 1);
    assert_string_equal(seen.first.file, "facts");
    seen = (struct seen){0};
    assert_fails(ajar_doors_ask(&answers, doors, "refuses_service: Ivanov\n", &options, seen_fault,
                                &seen, &err),
                 err, "doors.facts");
    assert_int_equal(seen.n, 1);
    assert_null(strstr(seen.first.value, "Ivanov"));
    assert_null(strstr(seen.first.text, "Ivanov"));
    assert_fails(ajar_doors_ask(&answers, doors, "[", &options, NULL, NULL, &err), err,
                 "doors.facts");
    assert_fails(ajar_doors_ask(&answers, doors, "", &options, NULL, NULL, &err), err,
                 "doors.facts");
    char *large = malloc((1 << 20) + 2);
    memset(large, '#', (1 << 20) + 1);
    large[(1 << 20) + 1] = '\0';
    assert_fails(ajar_doors_ask(&answers, doors, large, &options, NULL, NULL, &err), err,
                 "file.too_big");
    free(large);
}

static void what_cannot_be_asked_is_an_error(void **state)
{
    (void)state;
    ajar_answers *answers = NULL;
    struct ajar_err err = {0};
    struct ajar_ask_options options = AJAR_ASK_OPTIONS_INIT;
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "library.null");
    assert_string_equal(err.column, "on");
    options.on = "5 October";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "usage.option.type");
    options.on = "2022-10-05";
    options.door = "fi.entri";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "doors.door.unknown");
    assert_non_null(strstr(ajar_err_advice(&err), "fi.entry"));
    options.door = NULL;
    options.country = "Finland";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "usage.option.type");
    assert_non_null(strstr(err.hint, "FIN"));
    options.country = "BRA";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "doors.door.unknown");
    options.country = NULL;
    options.lang = "fi";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "library.value");
    options.lang = "en";
    options.as_known = "x";
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "usage.option.type");
    options.size = 3;
    assert_fails(ajar_doors_ask(&answers, doors, tourist, &options, NULL, NULL, &err), err,
                 "library.options");
    assert_fails(ajar_doors_ask(&answers, doors, NULL, &options, NULL, NULL, &err), err,
                 "library.null");
    assert_fails(ajar_doors_ask(&answers, NULL, tourist, &options, NULL, NULL, &err), err,
                 "library.null");
    assert_fails(ajar_doors_ask(NULL, doors, tourist, &options, NULL, NULL, &err), err,
                 "library.null");
    assert_null(answers);
}

static void a_folder_without_doors_is_an_error(void **state)
{
    (void)state;
    ajar_doors *none = NULL;
    struct seen seen = {0};
    struct ajar_err err = {0};
    assert_int_not_equal(ajar_doors_open(&none, "no/such/folder", seen_fault, &seen, &err), 0);
    assert_int_equal(ajar_err_exit(err.code), 3);
    assert_fails(ajar_doors_open(&none, "docs/door-draft", seen_fault, &seen, &err), err,
                 "doors.faults");
    assert_true(seen.n > 0);
    assert_true(seen.first.row > 0);
    assert_fails(ajar_doors_open(&none, NULL, NULL, NULL, &err), err, "library.null");
    assert_fails(ajar_doors_open(NULL, SCENARIO, NULL, NULL, &err), err, "library.null");
    assert_null(none);
}

static void getters_of_nothing_give_nothing(void **state)
{
    (void)state;
    assert_int_equal(ajar_doors_count(NULL), 0);
    assert_null(ajar_doors_at(NULL, 0));
    assert_int_equal(ajar_answers_count(NULL), 0);
    assert_null(ajar_answers_at(NULL, 0));
    assert_null(ajar_answers_rule(NULL, 0, 0));
    assert_null(ajar_answers_way(NULL, 0, 0));
    assert_null(ajar_answers_question(NULL, 0, 0));
    assert_null(ajar_answers_closes(NULL, 0));
    assert_null(ajar_answers_advice(NULL));
    ajar_answers_free(NULL);
    ajar_doors_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_doors_are_listed),
        cmocka_unit_test(a_door_answers_with_its_law),
        cmocka_unit_test(what_is_stated_as_no_closes_it),
        cmocka_unit_test(a_country_has_its_groups_doors_too),
        cmocka_unit_test(what_asylum_would_bar_is_told),
        cmocka_unit_test(faults_of_facts_are_listed_and_sensitive_ones_not_shown),
        cmocka_unit_test(what_cannot_be_asked_is_an_error),
        cmocka_unit_test(a_folder_without_doors_is_an_error),
        cmocka_unit_test(getters_of_nothing_give_nothing),
    };
    return cmocka_run_group_tests(tests, open_doors, close_doors);
}
