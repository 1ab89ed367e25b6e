#include "doors_made.h"

#include <stdio.h>
#include <stdlib.h>

#include "rng.h"

static const char yaml[] = "citizenship: [RUS, ISR]\n"
                           "kin: SPOUSE\n"
                           "salary: {value: 50000.50, evidence: documented}\n"
                           "visa: uncertain\n"
                           "birth_date: 1990-02-28   # a remark\n"
                           "refuses: yes\n"
                           "stays:\n"
                           "- {country: KAZ, from: 2022-10-01, to: 2022-12-29}\n"
                           "- {country: GEO, from: 2022-12-30}\n"
                           "household:\n"
                           "- {role: child, birth_date: 2015-03-01}\n"
                           "- {role: spouse, age: 30, refuses: no}\n";

static const char json[] =
    "{\"household\": [{\"role\": \"child\", \"birth_date\": \"2015-03-01\"},\n"
    "  {\"age\": 30, \"role\": \"spouse\", \"refuses\": false}],\n"
    " \"stays\": [{\"country\": \"GEO\", \"from\": \"2022-12-30\"},\n"
    "  {\"to\": \"2022-12-29\", \"country\": \"KAZ\", \"from\": \"2022-10-01\"}],\n"
    " \"refuses\": true, \"birth_date\": \"1990-02-28\", \"visa\": \"uncertain\",\n"
    " \"salary\": {\"evidence\": \"documented\", \"value\": 50000.50},\n"
    " \"kin\": \"SPOUSE\", \"citizenship\": [\"RUS\", \"ISR\"], \"age\": null}\n";

static void yaml_and_json_give_the_same_person(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    struct person a = made_person(&made, yaml), b = made_person(&made, json);
    assert_true(made_same_person(made.rules, &a, &b));
    assert_int_equal(a.n_stays, 2);
    assert_int_equal(a.n_members, 2);
    struct person other = made_person(&made, "kin: SPOUSE\n");
    assert_false(made_same_person(made.rules, &a, &other));
    made_end(&made);
}

static void what_is_written_is_what_is_known(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    struct person person = made_person(&made, yaml);
    const struct fact_value *values = person.values;
    const struct fact_value *salary = &values[made_fact(&made, "salary")];
    assert_int_equal(salary->number, 5000050);
    assert_int_equal(salary->evidence, EVIDENCE_DOCUMENTED);
    assert_int_equal(values[made_fact(&made, "kin")].literal, made_word(&made, "SPOUSE"));
    assert_int_equal(values[made_fact(&made, "kin")].evidence, EVIDENCE_ASSERTED);
    assert_int_equal(values[made_fact(&made, "visa")].known, KNOWN_UNCERTAIN);
    assert_int_equal(values[made_fact(&made, "health")].known, KNOWN_NOT);
    const struct fact_value *born = &values[made_fact(&made, "birth_date")];
    assert_int_equal(born->number, made_day("1990-02-28"));
    const struct fact_value *citizen = &values[made_fact(&made, "citizenship")];
    assert_int_equal(citizen->n_set, 2);
    assert_int_equal(citizen->set[0], made_word(&made, "RUS"));
    assert_int_equal(citizen->set[1], made_word(&made, "ISR"));
    assert_int_equal(person.stays[0].from, made_day("2022-10-01"));
    assert_int_equal(person.stays[1].to, DATE_NONE);
    assert_true(text_is(person.members[1].role, "spouse"));
    const struct fact_value *of_spouse = person.members[1].values;
    assert_int_equal(of_spouse[made_fact(&made, "age")].number, 30);
    assert_int_equal(of_spouse[made_fact(&made, "kin")].known, KNOWN_NOT);
    made_end(&made);
}

static void evidence_has_three_levels(void **state)
{
    (void)state;
    static const char *const words[] = {"asserted", "documented", "verified"};
    struct made made;
    made_plain(&made);
    for (uint8_t i = 0; i < 3; i++) {
        char text[64];
        snprintf(text, sizeof text, "age: {value: 3, evidence: %s}\n", words[i]);
        struct person person = made_person(&made, text);
        assert_int_equal(person.values[made_fact(&made, "age")].evidence, i);
    }
    made_end(&made);
}

static void silence_is_unknown_unless_it_is_said_to_be_no(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    struct person said = made_person(&made, "unstated: unknown\n"),
                  silent = made_person(&made, "{}");
    assert_true(made_same_person(made.rules, &said, &silent));
    for (size_t i = 0; i < made.rules->n_facts; i++) {
        assert_int_equal(silent.values[i].known, KNOWN_NOT);
    }
    assert_false(silent.stays_known || silent.household_known);

    struct person no = made_person(&made, "kin: unknown\nvisa: uncertain\nunstated: no\n"
                                          "household: [{role: child, kin: unknown}]\n");
    const struct fact_value *refuses = &no.values[made_fact(&made, "refuses")];
    assert_int_equal(refuses->known, KNOWN_YES);
    assert_int_equal(refuses->literal, made_word(&made, "no"));
    assert_true(no.values[made_fact(&made, "salary")].none);
    assert_int_equal(no.values[made_fact(&made, "citizenship")].known, KNOWN_YES);
    assert_int_equal(no.values[made_fact(&made, "citizenship")].n_set, 0);
    assert_int_equal(no.values[made_fact(&made, "kin")].known, KNOWN_NOT);
    assert_int_equal(no.values[made_fact(&made, "visa")].known, KNOWN_UNCERTAIN);
    /* There is no "none" of these, so that silence stays silence. */
    assert_int_equal(no.values[made_fact(&made, "age")].known, KNOWN_NOT);
    assert_int_equal(no.values[made_fact(&made, "crossing")].known, KNOWN_NOT);
    assert_true(no.stays_known && no.n_stays == 0);
    assert_int_equal(no.n_members, 1);
    const struct fact_value *of_child = no.members[0].values;
    assert_int_equal(of_child[made_fact(&made, "kin")].known, KNOWN_NOT);
    assert_int_equal(of_child[made_fact(&made, "refuses")].known, KNOWN_YES);
    made_end(&made);
}

static void who_states_an_age_is_not_without_a_birth_date(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    uint32_t birth = made_fact(&made, "birth_date"), age = made_fact(&made, "age");
    struct person person = made_person(
        &made, "unstated: no\nage: 17\nhousehold: [{role: child, age: 3}, {role: child}]\n");
    assert_int_equal(person.values[birth].known, KNOWN_NOT);
    assert_int_equal(person.values[age].number, 17);
    assert_int_equal(person.members[0].values[birth].known, KNOWN_NOT);
    assert_int_equal(person.members[0].values[age].number, 3);
    assert_true(person.members[1].values[birth].none);
    struct person born = made_person(&made, "unstated: no\nbirth_date: 2000-01-01\n");
    assert_int_equal(born.values[age].known, KNOWN_NOT);
    assert_int_equal(born.values[birth].known, KNOWN_YES);
    struct person silent = made_person(&made, "unstated: no\nage: unknown\n");
    assert_true(silent.values[birth].none);
    made_end(&made);
}

static void stays_and_household_may_be_none_or_unknown(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    struct person none = made_person(&made, "stays: none\nhousehold: none\n");
    assert_true(none.stays_known && none.household_known);
    assert_int_equal(none.n_stays + none.n_members, 0);
    struct person empty = made_person(&made, "stays: []\nhousehold: []\n");
    assert_true(made_same_person(made.rules, &none, &empty));
    struct person unknown =
        made_person(&made, "unstated: no\nstays: unknown\nhousehold: unknown\n");
    assert_false(unknown.stays_known || unknown.household_known);
    made_end(&made);
}

struct fault_row {
    const char *text, *slug;
    long row;
    const char *told; /* stands in the message or what to do */
};

static const struct fault_row fault_rows[] = {
    {"", "yaml.empty", 1, "no content"},
    {"{kni}\n", "doors.facts.name", 1, "list --facts"},
    {"- RUS\n", "doors.facts.type", 1, "one fact a line"},
    {"yes\n", "doors.facts.type", 1, "are a map"},
    {"kin: [\n", "yaml.", 0, ""},
    {"kin: SPOUSE\nkin: CHILD\n", "yaml.key.duplicate", 2, "twice"},
    {"kin: &a SPOUSE\n", "yaml.", 1, ""},
    {"kni: SPOUSE\n", "doors.facts.name", 1, "Perhaps kin is meant"},
    {"age: 30\nkin: SPOUS\n", "doors.facts.value", 2, "Perhaps SPOUSE"},
    {"age: old\n", "doors.facts.type", 1, "whole number"},
    {"age: 130\n", "doors.facts.range", 1, "between 0 and 120"},
    {"age:\n", "doors.facts.type", 1, ""},
    {"birth_date: 1990-02-30\n", "doors.facts.type", 1, "no date"},
    {"citizenship: [RUS, RUS]\n", "doors.facts.contradict", 1, "twice"},
    {"citizenship: [RUS, {a: b}]\n", "doors.facts.value", 1, ""},
    {"citizenship: [RUS+ISR, RUS]\n", "doors.facts.contradict", 1, ""},
    {"age: [3]\nkin: [SPOUSE, CHILD]\n", "doors.facts.value", 2, ""},
    {"age: {}\n", "doors.facts.type", 1, "value is missing"},
    {"age: {evidence: verified}\n", "doors.facts.type", 1, "value is missing"},
    {"age: {value: 3, evidence: sworn}\n", "doors.facts.type", 1, "asserted, documented"},
    {"age: {value: 3, evidnce: verified}\n", "yaml.key.unknown", 1, "evidence"},
    {"age: {value: {value: 3}}\n", "doors.facts.type", 1, ""},
    {"unstated: maybe\n", "doors.facts.type", 1, "unknown, or no"},
    {"unstated: [no]\n", "doors.facts.type", 1, "unknown, or no"},
    {"stays: KAZ\n", "doors.facts.type", 1, "none or unknown"},
    {"stays: {country: KAZ}\n", "doors.facts.type", 1, "stays are a list"},
    {"stays: [KAZ]\n", "doors.facts.type", 1, "names its country"},
    {"stays:\n- {from: 2022-01-01}\n", "doors.facts.type", 2, "names its country"},
    {"stays:\n- {country: KAZ}\n", "doors.facts.type", 2, "first day"},
    {"stays:\n- {country: KAZ, from: May}\n", "doors.facts.type", 2, "no date"},
    {"stays:\n- {country: KAZ, from: 2022-01-02, to: 2022-01-01}\n", "doors.facts.contradict", 2,
     "swap"},
    {"stays:\n- {country: KAZ, from: 2022-01-02}\n- {country: KAZ, from: 2022-03-01}\n",
     "doors.facts.contradict", 3, "overlap"},
    {"stays:\n- {country: Kazakhstan, from: 2022-01-02}\n", "doors.facts.value", 2, "alpha-3"},
    {"stays:\n- {country: KAZ, from: 2022-01-02, until: 2022-03-01}\n", "yaml.key.unknown", 2, ""},
    {"household: 3\n", "doors.facts.type", 1, "none or unknown"},
    {"household: [child]\n", "doors.facts.type", 1, "has a role"},
    {"household:\n- {age: 3}\n", "doors.facts.type", 2, "guardian"},
    {"household:\n- {role: son, age: 3}\n", "doors.facts.type", 2, "guardian"},
    {"household:\n- {role: child, age: x}\n", "doors.facts.type", 2, "whole number"},
    {"household:\n- {role: child, stays: none}\n", "doors.facts.name", 2, ""},
};

static void every_fault_is_listed_with_its_place(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    for (size_t i = 0; i < sizeof fault_rows / sizeof *fault_rows; i++) {
        const struct fault_row *row = &fault_rows[i];
        struct person person = {.n_stays = 77};
        struct faults faults;
        struct ajar_err err = {0};
        assert_int_equal(faults_init(&faults, &made.arena, MADE_FAULTS, NULL), 0);
        int code = doors_facts_parse(&made.arena, made.rules, "person.yaml", text_of(row->text),
                                     &person, &faults, &err);
        if (code != E_DOORS_FACTS || faults.total != 1) {
            fail_msg("%s: %d, %d faults (%s)", row->text, code, (int)faults.total,
                     faults.total > 1 ? faults.at[1].text : "");
        }
        const struct ajar_err *fault = &faults.at[0];
        if (strncmp(fault->slug, row->slug, strlen(row->slug)) != 0 ||
            (row->row != 0 && fault->row != row->row)) {
            fail_msg("%s: %s on line %ld: %s", row->text, fault->slug, fault->row, fault->text);
        }
        if (strstr(fault->text, row->told) == NULL &&
            strstr(err_advice(fault), row->told) == NULL) {
            fail_msg("%s: neither \"%s\" nor \"%s\" tells %s", row->text, fault->text,
                     err_advice(fault), row->told);
        }
        assert_string_equal(fault->file, "person.yaml");
        assert_int_equal(person.n_stays, 77);
        assert_int_equal(err.code, E_DOORS_FACTS);
    }
    made_end(&made);
}

static void all_faults_of_a_file_are_listed(void **state)
{
    (void)state;
    struct made made;
    struct person person;
    made_plain(&made);
    assert_int_equal(doors_facts_parse(&made.arena, made.rules, "p",
                                       TEXT_LIT("kni: SPOUSE\nage: old\nvisa: C_XX\n"
                                                "household: [{role: son}, {role: child, age: z}]\n"
                                                "stays: [1, 2]\nunstated: x\n"),
                                       &person, &made.faults, &made.err),
                     E_DOORS_FACTS);
    assert_int_equal(made.faults.total, 8);
    made_end(&made);
}

static void a_hundred_persons_are_a_household_one_more_is_not(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    for (size_t n = 100; n <= 101; n++) {
        struct buf buf;
        struct person person;
        buf_init(&buf, 1 << 20);
        buf_str(&buf, "household:\n");
        for (size_t i = 0; i < n; i++) {
            buf_printf(&buf, "- {role: child, age: %zu}\n", i);
        }
        int code = doors_facts_parse(&made.arena, made.rules, "p", buf_view(&buf), &person,
                                     &made.faults, &made.err);
        assert_int_equal(code, n == 100 ? 0 : E_DOORS_FACTS);
        buf_free(&buf);
    }
    made_end(&made);
}

/* The sensitive values are made of Q and J, which nothing else of the file is, and one byte is changed. */
static const char secret[] = "citizenship: [RUS, ISR]\n"
                             "health: QJQJQ\n"
                             "salary: {value: 50000, evidence: documented}\n"
                             "origin: [QJQJQ, JQJQJ]\n"
                             "kin: \"SPOUSE\"\n"
                             "diagnosed: {value: QJQJQ, evidence: verified}\n"
                             "visa: 'C_FIN'\n"
                             "debts: QJQJQ\n"
                             "stays:\n"
                             "- {country: KAZ, from: 2022-10-01, to: 2022-12-29}\n"
                             "refuses: QJQJQ\n"
                             "household:\n"
                             "- {role: child, birth_date: 2015-03-01, wounds: QJQJQ}\n"
                             "unstated: no\n";

static bool tells_secret(const struct ajar_err *err)
{
    return made_tells(err, "QJ") || made_tells(err, "JQ");
}

/* One byte changed, put in, or left out. */
static size_t slip(struct rng *rng, const char *from, size_t n, char *to)
{
    static const char bytes[] = "\n \"'{}[]:,#&*!|>%@`-?x\t\x01\xc3";
    size_t at = rng_below(rng, (uint32_t)n);
    uint32_t how = rng_below(rng, 3);
    char byte = bytes[rng_below(rng, sizeof bytes - 1)];
    memcpy(to, from, at);
    size_t m = at;
    if (how < 2) {
        to[m++] = byte;
    }
    size_t rest = how == 1 ? at : at + 1;
    memcpy(to + m, from + rest, n - rest);
    return m + n - rest;
}

static void no_slip_of_the_hand_tells_a_sensitive_value(void **state)
{
    (void)state;
    struct rng rng = rng_at(31, 0, 0, 0);
    struct made made;
    made_plain(&made);
    size_t faulty = 0;
    for (int round = 0; round < 4000; round++) {
        char text[sizeof secret + 1];
        size_t n = slip(&rng, secret, sizeof secret - 1, text);
        struct arena arena;
        struct faults faults;
        struct person person = {.n_stays = 77};
        struct ajar_err err = {0};
        arena_init(&arena, "a round", MADE_CEILING);
        assert_int_equal(faults_init(&faults, &arena, MADE_FAULTS, NULL), 0);
        int code = doors_facts_parse(&arena, made.rules, "person.yaml", (struct text){text, n},
                                     &person, &faults, &err);
        assert_int_equal(code, E_DOORS_FACTS);
        assert_int_equal(person.n_stays, 77);
        assert_false(tells_secret(&err));
        for (size_t i = 0; i < faults.kept; i++) {
            if (tells_secret(&faults.at[i])) {
                fail_msg("%.*s\n%s: %s [%s] %s", (int)n, text, faults.at[i].slug, faults.at[i].text,
                         faults.at[i].value, faults.at[i].hint);
            }
        }
        faulty += faults.total > 0;
        arena_free(&arena);
    }
    assert_int_equal(faulty, 4000);
    made_end(&made);
}

/* Any slips in a good file: a person, or faults. */
static void slips_never_crash(void **state)
{
    (void)state;
    struct rng rng = rng_at(32, 0, 0, 0);
    struct made made;
    made_plain(&made);
    size_t good = 0;
    for (int round = 0; round < 4000; round++) {
        char *texts[2] = {malloc(sizeof json + 16), malloc(sizeof json + 16)};
        const char *from = round % 2 == 0 ? yaml : json;
        size_t n = strlen(from), slips = 1 + rng_below(&rng, 4);
        assert_true(texts[0] != NULL && texts[1] != NULL);
        memcpy(texts[0], from, n);
        for (size_t i = 0; i < slips; i++) {
            n = slip(&rng, texts[i % 2], n, texts[(i + 1) % 2]);
        }
        struct arena arena;
        struct faults faults;
        struct person person;
        struct ajar_err err = {0};
        arena_init(&arena, "a round", MADE_CEILING);
        assert_int_equal(faults_init(&faults, &arena, MADE_FAULTS, NULL), 0);
        int code = doors_facts_parse(&arena, made.rules, "p", (struct text){texts[slips % 2], n},
                                     &person, &faults, &err);
        assert_true(code == 0 ||
                    (code == E_DOORS_FACTS && faults.total > 0 && err.text[0] != '\0'));
        good += code == 0;
        arena_free(&arena);
        free(texts[0]);
        free(texts[1]);
    }
    if (good < 40 || good > 3900) {
        fail_msg("%zu of 4,000 are good", good);
    }
    made_end(&made);
}

static void keys_of_the_caller_are_passed_over(void **state)
{
    (void)state;
    static const char *const skip[] = {"id", "title", NULL};
    struct made made;
    struct person person;
    const struct yaml_node *root;
    made_plain(&made);
    assert_int_equal(
        yaml_parse(&made.arena, "p", TEXT_LIT("id: x\ntitle: y\nage: 3\n"), 1000, &root, NULL), 0);
    assert_int_equal(
        doors_facts_map(&made.arena, made.rules, "p", root, skip, &person, &made.faults, &made.err),
        0);
    assert_int_equal(person.values[made_fact(&made, "age")].number, 3);
    assert_int_equal(
        doors_facts_map(&made.arena, made.rules, "p", root, NULL, &person, &made.faults, &made.err),
        E_DOORS_FACTS);
    assert_int_equal(made.faults.total, 2);
    made_end(&made);
}

static void a_ceiling_of_memory_is_an_error_not_a_fault(void **state)
{
    (void)state;
    struct made made;
    made_plain(&made);
    for (size_t ceiling = 100000; ceiling < 600000; ceiling += 50000) {
        struct arena arena;
        struct person person = {.n_stays = 77};
        struct ajar_err err = {0};
        uint64_t before = made.faults.total;
        arena_init(&arena, "too small", ceiling);
        int code =
            doors_facts_parse(&arena, made.rules, "p", text_of(yaml), &person, &made.faults, &err);
        assert_true(code == 0 || (code == E_CEILING && err.code == E_CEILING));
        assert_int_equal(made.faults.total, before);
        assert_true(code == 0 || person.n_stays == 77);
        arena_free(&arena);
    }
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_and_json_give_the_same_person),
        cmocka_unit_test(what_is_written_is_what_is_known),
        cmocka_unit_test(evidence_has_three_levels),
        cmocka_unit_test(silence_is_unknown_unless_it_is_said_to_be_no),
        cmocka_unit_test(who_states_an_age_is_not_without_a_birth_date),
        cmocka_unit_test(stays_and_household_may_be_none_or_unknown),
        cmocka_unit_test(every_fault_is_listed_with_its_place),
        cmocka_unit_test(all_faults_of_a_file_are_listed),
        cmocka_unit_test(a_hundred_persons_are_a_household_one_more_is_not),
        cmocka_unit_test(no_slip_of_the_hand_tells_a_sensitive_value),
        cmocka_unit_test(slips_never_crash),
        cmocka_unit_test(keys_of_the_caller_are_passed_over),
        cmocka_unit_test(a_ceiling_of_memory_is_an_error_not_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
