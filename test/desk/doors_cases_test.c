#include "doors_made.h"

#include <stdio.h>

#include "doors_cases.h"
#include "rng.h"

#define HEAD                                                                                       \
    "case,on,as_known,door,like,facts,unstated,expect,opens_with,rules,flags,until,origin,"        \
    "changed\n"

static const char door[] =
    "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2021-12-01\n" MADE_LAW
    "  - {id: kin, effect: OPEN, when: \"kin in {SPOUSE, CHILD}\"" MADE_SAY
    "  - {id: young, effect: OPEN, when: \"any(child: age < 18)\"" MADE_SAY
    "  - {id: long, effect: BAR, when: \"stay_days(FIN, 180d) > 90\"" MADE_SAY
    "  - {id: pay, effect: DISCRETION, when: \"salary >= param(card, pay)\"" MADE_SAY
    "- id: two\n  from: 2023-01-01\n  known: 2022-06-01\n" MADE_LAW
    "  - {id: rus, effect: OPEN, when: citizenship has RUS" MADE_SAY;

static void open_door(struct made *made)
{
    made_open(made);
    made_door(made, door);
    made_read(made);
}

static int read_rows(struct made *made, const char *rows, struct doors_cases *out)
{
    struct doors_bytes *file = arena_new(&made->arena, struct doors_bytes, 1, NULL);
    assert_non_null(file);
    *file = (struct doors_bytes){"tests.csv", text_of(rows)};
    made->folder.tests = file;
    made->folder.n_tests = 1;
    assert_int_equal(faults_init(&made->faults, &made->arena, MADE_FAULTS, NULL), 0);
    return doors_cases_read(&made->arena, &made->folder, out, &made->faults, &made->err);
}

static struct doors_cases good_rows(struct made *made, const char *rows)
{
    struct doors_cases cases;
    if (read_rows(made, rows, &cases) != 0) {
        fail_msg("%s: %s", made->faults.at[0].column, made->faults.at[0].text);
    }
    return cases;
}

static const struct fact_value *stated(const struct made *made, const struct doors_case *test,
                                       const char *fact)
{
    return &test->person.values[made_fact(made, fact)];
}

static void each_cell_becomes_its_part(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    struct doors_cases cases =
        good_rows(&made, HEAD "one,2022-10-05,2022-09-28,fi.entry,,kin=SPOUSE  citizenship=RUS+ISR "
                              "salary=12.50 visa=? birth_date=?"
                              "?,unknown,OPEN,{kin = CHILD},"
                              "kin; !long,contested;stale,2022-12-24,\"the, clause\",because\n");
    assert_int_equal(cases.n, 1);
    assert_int_equal(cases.n_rows, 1);
    const struct doors_case *test = &cases.cases[0];
    assert_true(text_is(test->name, "one"));
    assert_string_equal(test->at.file, "tests.csv");
    assert_int_equal(test->at.row, 2);
    assert_int_equal(test->on, made_moment("2022-10-05"));
    assert_int_equal(test->as_known, made_day("2022-09-28"));
    assert_int_equal(test->expect, STATUS_OPEN);
    assert_true(text_is(test->opens_with, "{kin = CHILD}"));
    assert_true(text_is(test->rules, "kin; !long"));
    assert_true(text_is(test->flags, "contested;stale"));
    assert_true(text_is(test->origin, "the, clause"));
    assert_true(text_is(test->changed, "because"));
    assert_true(test->has_until);
    assert_int_equal(test->until, made_moment("2022-12-24"));
    struct person same = made_person(&made, "kin: SPOUSE\ncitizenship: [RUS, ISR]\nsalary: 12.5\n"
                                            "birth_date: uncertain\n");
    assert_true(made_same_person(made.rules, &test->person, &same));
    made_end(&made);
}

static void what_is_not_stated_is_no_or_unknown(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    struct doors_cases cases =
        good_rows(&made, HEAD "a,2022-10-05,,fi.entry,,kin=? child.1.age=3,no,OPEN,,,,,x,\n"
                              "b,2022-10-05,,fi.entry,,kin=SPOUSE,unknown,OPEN,,,,,x,\n");
    struct person no =
        made_person(&made, "unstated: no\nkin: unknown\nhousehold: [{role: child, age: 3}]\n");
    struct person unknown = made_person(&made, "kin: SPOUSE\n");
    assert_true(made_same_person(made.rules, &cases.cases[0].person, &no));
    assert_true(made_same_person(made.rules, &cases.cases[1].person, &unknown));
    assert_int_equal(cases.cases[0].as_known, made_day("2022-10-05"));
    assert_false(cases.cases[0].has_until);
    made_end(&made);
}

static void alternatives_are_cases_of_all_combinations(void **state)
{
    (void)state;
    static const char *const names[] = {"a/SPOUSE/10", "a/SPOUSE/11", "a/SPOUSE/",
                                        "a/CHILD/10",  "a/CHILD/11",  "a/CHILD/"};
    struct made made;
    open_door(&made);
    struct doors_cases cases = good_rows(
        &made,
        HEAD "a,2022-10-05,,fi.entry,,kin=SPOUSE|CHILD age=30 salary=10|11|?,no,OPEN,,,,,x,\n");
    assert_int_equal(cases.n_rows, 1);
    assert_int_equal(cases.n, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct doors_case *test = &cases.cases[i];
        assert_int_equal(text_starts(test->name, names[i]), true);
        assert_int_equal(stated(&made, test, "kin")->literal,
                         made_word(&made, i < 3 ? "SPOUSE" : "CHILD"));
        assert_int_equal(stated(&made, test, "salary")->number,
                         i % 3 == 2 ? 0 : 1000 + 100 * (int64_t)(i % 3));
        assert_int_equal(stated(&made, test, "salary")->known, i % 3 == 2 ? KNOWN_NOT : KNOWN_YES);
        assert_int_equal(stated(&made, test, "age")->number, 30);
        assert_int_equal(test->at.row, 2);
    }
    made_end(&made);
}

static void a_row_takes_over_the_facts_of_an_earlier_one(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    struct doors_cases cases = good_rows(
        &made, HEAD
        "a,2022-10-05,,fi.entry,,kin=SPOUSE|CHILD age=30 stays=FIN:2022-01-01..,no,OPEN,,,,,x,\n"
        "b,2022-10-05,,fi.entry,a,kin=PARENT salary=5,no,OPEN,,,,,x,\n"
        "c,2022-10-05,,fi.entry,b,salary=6|7 stays=none,no,OPEN,,,,,x,\n");
    assert_int_equal(cases.n, 5);
    assert_int_equal(cases.n_rows, 3);
    const struct doors_case *b = &cases.cases[2], *c = &cases.cases[4];
    assert_int_equal(stated(&made, b, "kin")->literal, made_word(&made, "PARENT"));
    assert_int_equal(stated(&made, b, "age")->number, 30);
    assert_int_equal(b->person.n_stays, 1);
    assert_true(text_is(c->name, "c/7"));
    assert_int_equal(stated(&made, c, "kin")->literal, made_word(&made, "PARENT"));
    assert_int_equal(stated(&made, c, "salary")->number, 700);
    assert_int_equal(c->person.n_stays, 0);
    made_end(&made);
}

static void stays_and_household_are_those_of_a_facts_file(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    struct doors_cases cases = good_rows(
        &made, HEAD "a,2022-10-05,,fi.entry,,stays=FIN:2022-10-01..+DEU:2022-01-01..2022-03-04 "
                    "spouse.1.kin=NONE child.2.age=3 child.1.age=5 child.2.refuses=no,unknown,OPEN,"
                    ",,,,x,\n"
                    "b,2022-10-05,,fi.entry,,stays=? household=?,no,OPEN,,,,,x,\n"
                    "c,2022-10-05,,fi.entry,,stays=none household=none,unknown,OPEN,,,,,x,\n");
    struct person a = made_person(
        &made,
        "stays: [{country: FIN, from: 2022-10-01}, {country: DEU, from: 2022-01-01, to: "
        "2022-03-04}]\nhousehold: [{role: spouse, kin: NONE}, {role: child, age: 3, refuses: "
        "no}, {role: child, age: 5}]\n");
    struct person c = made_person(&made, "stays: none\nhousehold: none\n");
    assert_true(made_same_person(made.rules, &cases.cases[0].person, &a));
    assert_false(cases.cases[1].person.stays_known || cases.cases[1].person.household_known);
    assert_true(made_same_person(made.rules, &cases.cases[2].person, &c));
    made_end(&made);
}

struct form_fault {
    const char *row, *slug, *column, *told;
};

/* Each row has one fault; above it stands a good row of name g. */
static const struct form_fault form_faults[] = {
    {",2022-10-05,,fi.entry,,,no,OPEN,,,,,x,", "doors.test.form", "case", "another name"},
    {"g,2022-10-05,,fi.entry,,,no,OPEN,,,,,x,", "doors.test.form", "case", "another name"},
    {"a,05.10.2022,,fi.entry,,,no,OPEN,,,,,x,", "doors.test.form", "on", "2022-09-30"},
    {"a,,,fi.entry,,,no,OPEN,,,,,x,", "doors.test.form", "on", "2022-09-30"},
    {"a,2022-10-05,yesterday,fi.entry,,,no,OPEN,,,,,x,", "doors.test.form", "as_known", "empty"},
    {"a,2022-10-05,,fi.entri,,,no,OPEN,,,,,x,", "doors.test.form", "door", "doors list"},
    {"a,2022-10-05,,fi.entry,h,,no,OPEN,,,,,x,", "doors.test.form", "like", "stands above"},
    {"a,2022-10-05,,fi.entry,a,,no,OPEN,,,,,x,", "doors.test.form", "like", "stands above"},
    {"a,2022-10-05,,fi.entry,,kin,no,OPEN,,,,,x,", "doors.test.form", "facts", "fact=value"},
    {"a,2022-10-05,,fi.entry,,=SPOUSE,no,OPEN,,,,,x,", "doors.test.form", "facts", "fact=value"},
    {"a,2022-10-05,,fi.entry,,kni=SPOUSE,no,OPEN,,,,,x,", "doors.facts.name", "", "kin"},
    {"a,2022-10-05,,fi.entry,,kin=SPOUSS,no,OPEN,,,,,x,", "doors.facts.value", "kin", "SPOUSE"},
    {"a,2022-10-05,,fi.entry,,kin=SPOUSE|,no,OPEN,,,,,x,", "doors.facts.value", "kin", ""},
    {"a,2022-10-05,,fi.entry,,age=x,no,OPEN,,,,,x,", "doors.facts.type", "age", ""},
    {"a,2022-10-05,,fi.entry,,stays=FIN,no,OPEN,,,,,x,", "doors.test.form", "stays", "joined"},
    {"a,2022-10-05,,fi.entry,,stays=FIN:2022-10-01,no,OPEN,,,,,x,", "doors.test.form", "stays", ""},
    {"a,2022-10-05,,fi.entry,,stays=FIN:2022-10-01..x,no,OPEN,,,,,x,", "doors.test.form", "stays",
     ""},
    {"a,2022-10-05,,fi.entry,,stays=FIN:2022-10-01...2022-10-02,no,OPEN,,,,,x,", "doors.test.form",
     "stays", ""},
    {"a,2022-10-05,,fi.entry,,stays=XXX:2022-10-01..,no,OPEN,,,,,x,", "doors.facts.value", "stays",
     ""},
    {"a,2022-10-05,,fi.entry,,stays=FIN:2022-10-01..+FIN:2022-10-02..,no,OPEN,,,,,x,",
     "doors.facts.contradict", "stays", ""},
    {"a,2022-10-05,,fi.entry,,household=SPOUSE,no,OPEN,,,,,x,", "doors.test.form", "facts",
     "child.1"},
    {"a,2022-10-05,,fi.entry,,son.1.age=3,no,OPEN,,,,,x,", "doors.test.form", "facts", "guardian"},
    {"a,2022-10-05,,fi.entry,,child.1=3,no,OPEN,,,,,x,", "doors.test.form", "facts", "child.1"},
    {"a,2022-10-05,,fi.entry,,child.age=3,no,OPEN,,,,,x,", "doors.test.form", "facts", "child.1"},
    {"a,2022-10-05,,fi.entry,,child.1.ages=3,no,OPEN,,,,,x,", "doors.facts.name", "", ""},
    {"a,2022-10-05,,fi.entry,,,maybe,OPEN,,,,,x,", "doors.test.form", "unstated", "no or unknown"},
    {"a,2022-10-05,,fi.entry,,,,OPEN,,,,,x,", "doors.test.form", "unstated", "no or unknown"},
    {"a,2022-10-05,,fi.entry,,,no,OPENED,,,,,x,", "doors.test.form", "expect", "DISCRETION"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,kin = CHILD,,,,x,", "doors.test.form", "opens_with",
     "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin = CHILD,,,,x,", "doors.test.form", "opens_with",
     "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin = CHILD} {kin = SPOUSE},,,,x,", "doors.test.form",
     "opens_with", "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{}x,,,,x,", "doors.test.form", "opens_with", "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin = CHILD} | },,,,x,", "doors.test.form", "opens_with",
     "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin SPOUSE},,,,x,", "doors.", "opens_with", "{onward"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kni = CHILD},,,,x,", "doors.", "opens_with", "kin"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin = },,,,x,", "doors.", "opens_with", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,{kin = CHILD} | {kin = SPOUSE},,,,x,", "", "", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,kinn,,,x,", "doors.test.form", "rules", "ids"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,!kinn,,,x,", "doors.test.form", "rules", "ids"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,kin;,,,x,", "", "", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,rus;!young,,,x,", "", "", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,,,soon,x,", "doors.test.form", "until", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,,,,,", "doors.test.form", "origin", "Quote"},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,,,,x", "csv.", "", ""},
    {"a,2022-10-05,,fi.entry,,,no,OPEN,,,,,x,,", "csv.", "", ""},
};

static void every_fault_of_form_is_told(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    for (size_t i = 0; i < sizeof form_faults / sizeof *form_faults; i++) {
        const struct form_fault *row = &form_faults[i];
        struct doors_cases cases = {.n = 77};
        char text[1024];
        snprintf(text, sizeof text, HEAD "g,2022-10-05,,fi.entry,,,no,OPEN,,,,,x,\n%s\n", row->row);
        int code = read_rows(&made, text, &cases);
        if (row->slug[0] == '\0') {
            assert_int_equal(code, 0);
            continue;
        }
        if (code != E_DOORS_FAULTS || made.faults.total != 1) {
            fail_msg("%s: %d, %d faults", row->row, code, (int)made.faults.total);
        }
        const struct ajar_err *fault = &made.faults.at[0];
        if (strncmp(fault->slug, row->slug, strlen(row->slug)) != 0 || fault->row != 3 ||
            (fault->slug[0] == 'd' && strcmp(fault->column, row->column) != 0) ||
            strstr(err_advice(fault), row->told) == NULL) {
            fail_msg("%s: %s in %s of line %ld: %s %s", row->row, fault->slug, fault->column,
                     fault->row, fault->text, err_advice(fault));
        }
        assert_int_equal(cases.n, 77);
    }
    made_end(&made);
}

static void faults_of_all_rows_are_listed_and_good_rows_between_them_read(void **state)
{
    (void)state;
    struct made made;
    struct doors_cases cases;
    open_door(&made);
    assert_int_equal(read_rows(&made,
                               HEAD "a,x,,fi.entry,,kin=SPOUSS,maybe,OPEN,,,,,,\nshort,row\n"
                                    "b,2022-10-05,,fi.entry,a,,no,OPEN,,,,,x,\n"
                                    "c,2022-10-05,,fi.entry,nobody,,no,SHUT,,,,,x,\n",
                               &cases),
                     E_DOORS_FAULTS);
    /* on, unstated, origin of a; the short row; kin is looked at only in rows that are sound, so that b,
     * which is like a, says it; like and expect of c. */
    assert_int_equal(made.faults.total, 7);
    made_end(&made);
}

static void the_head_of_the_table_is_demanded(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "", "case\n",
        ("case,on,as_known,door,like,facts,unstated,expect,opens_with,rules,flags,"
         "until,origin\n")};
    struct made made;
    struct doors_cases cases;
    open_door(&made);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(read_rows(&made, heads[i], &cases), E_DOORS_FAULTS);
        assert_int_equal(made.faults.total, 1);
    }
    /* In any order, with others between them. */
    cases = good_rows(&made, "note,changed,origin,until,flags,rules,opens_with,expect,unstated,"
                             "facts,like,door,as_known,on,case\n"
                             "hm,,x,,,,,OPEN,no,kin=SPOUSE,,fi.entry,,2022-10-05,a\n");
    assert_int_equal(cases.n, 1);
    assert_true(text_is(cases.cases[0].name, "a"));
    assert_int_equal(good_rows(&made, HEAD).n, 0);
    made_end(&made);
}

static void a_row_has_at_most_ten_thousand_alternatives(void **state)
{
    (void)state;
    struct made made;
    struct doors_cases cases;
    struct buf buf;
    open_door(&made);
    for (size_t ages = 100; ages <= 101; ages++) {
        buf_init(&buf, 1 << 20);
        buf_str(&buf, HEAD "a,2022-10-05,,fi.entry,,age=0");
        for (size_t i = 1; i < ages; i++) {
            buf_printf(&buf, "|%zu", i);
        }
        buf_str(&buf, " salary=0");
        for (size_t i = 1; i < 100; i++) {
            buf_printf(&buf, "|%zu", i);
        }
        buf_str(&buf, ",no,OPEN,,,,,x,\n");
        buf_char(&buf, '\0');
        if (ages == 100) {
            assert_int_equal(good_rows(&made, buf.at).n, 10000);
        } else {
            assert_int_equal(read_rows(&made, buf.at, &cases), E_DOORS_FAULTS);
            assert_string_equal(made.faults.at[0].column, "facts");
        }
        buf_free(&buf);
    }
    made_end(&made);
}

/* ---- running ---- */

struct run_row {
    const char *row;
    const char *differs; /* a part of it; "": passes */
};

static const struct run_row run_rows[] = {
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,CLOSED,,,,", "the status is OPEN, not CLOSED"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,kin,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,!kin,,", "rule kin fires"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,pay,,", "rule pay does not fire"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,kin;!pay;!rus,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE salary=?,no,OPEN,,pay,,", "rule pay does not fire"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE salary=40000,no,OPEN,,pay;kin,,", ""},
    {"2022-10-05,,fi.entry,,child.1.age=17,no,OPEN,,young,,", ""},
    {"2022-10-05,,fi.entry,,child.1.age=18|19,no,CLOSED_ACTIONABLE,,!young,,", ""},
    {"2022-10-05,,fi.entry,,spouse.1.age=17,no,CLOSED_ACTIONABLE,,!young,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE stays=FIN:2022-07-08..,no,OPEN,,!long,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE stays=FIN:2022-07-07..,no,BARRED,,long,,", ""},
    {"2022-10-05,,fi.entry,,salary=39999.99,no,CLOSED_ACTIONABLE,{salary >= 40000},,,", ""},
    {"2022-10-05,,fi.entry,,salary=39999.99,no,CLOSED_ACTIONABLE,{salary >= 40001},,,",
     "no opening set is"},
    {"2022-10-05,,fi.entry,,salary=39999.99,no,CLOSED_ACTIONABLE,{salary > 40000},,,",
     "no opening set is"},
    {"2022-10-05,,fi.entry,,kin=?,no,NEEDS_FACTS,{kin = SPOUSE} | {kin = CHILD},,,", ""},
    {"2022-10-05,,fi.entry,,kin=?,no,NEEDS_FACTS,\"{kin in {SPOUSE, CHILD}}\",,,", ""},
    {"2022-10-05,,fi.entry,,kin=?,no,NEEDS_FACTS,{kin = SPOUSE} | {kin = PARENT},,,",
     "no opening set is {kin = PARENT}"},
    {"2022-10-05,,fi.entry,,kin=?,no,NEEDS_FACTS,{kin = SPOUSE; salary >= 40000},,,",
     "no opening set is"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,{kin = SPOUSE},,,", "no opening set is"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,,2023-01-01", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,,2023-01-02", "on 2023-01-01, not on 2023-01-02"},
    {"2023-10-05,,fi.entry,,citizenship=RUS,no,OPEN,,rus,,", ""},
    {"2023-10-05,,fi.entry,,citizenship=RUS,no,OPEN,,,,2024-01-01", "no day known"},
    {"2023-10-05,2022-05-31,fi.entry,,citizenship=RUS,no,CLOSED_ACTIONABLE,,!rus,,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,unverified,", ""},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,unverified;contested,", "not marked contested"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,practice:CLOSED,", "not marked practice:CLOSED"},
    {"2022-10-05,,fi.entry,,kin=SPOUSE,no,OPEN,,,unverifyed,", "not marked unverifyed"},
};

static int run_case(struct made *made, const struct doors_case *test, struct doors_verdict *out)
{
    struct instance instance;
    assert_int_equal(instance_build(&made->arena, &made->arena, made->rules, test->door, test->on,
                                    test->as_known, &instance, &made->err),
                     0);
    return doors_case_run(&made->arena, &made->arena, &instance, test, out, &made->err);
}

static void a_case_passes_when_all_that_it_states_holds(void **state)
{
    (void)state;
    struct made made;
    open_door(&made);
    for (size_t i = 0; i < sizeof run_rows / sizeof *run_rows; i++) {
        const struct run_row *row = &run_rows[i];
        char text[1024];
        snprintf(text, sizeof text, HEAD "r,%s,x,\n", row->row);
        struct doors_cases cases = good_rows(&made, text);
        for (size_t c = 0; c < cases.n; c++) {
            struct doors_verdict verdict;
            if (run_case(&made, &cases.cases[c], &verdict) != 0) {
                fail_msg("%s: %s", row->row, made.err.text);
            }
            const char *differs = verdict.differs == NULL ? "" : verdict.differs;
            if (verdict.passed != (row->differs[0] == '\0') ||
                strstr(differs, row->differs) == NULL) {
                fail_msg("%s: \"%s\"", row->row, differs);
            }
        }
    }
    made_end(&made);
}

static void an_opening_set_of_conditions_that_no_step_has_is_an_error(void **state)
{
    (void)state;
    static const char *const sets[] = {"{kin = SPOUSE or salary >= 40000}",
                                       "{kin = SPOUSE and salary >= 40000}"};
    struct made made;
    open_door(&made);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char text[512];
        struct doors_verdict verdict = {.differs = "untouched"};
        snprintf(text, sizeof text, HEAD "r,2022-10-05,,fi.entry,,kin=?,no,NEEDS_FACTS,%s,,,,x,\n",
                 sets[i]);
        struct doors_cases cases = good_rows(&made, text);
        made.err = (struct ajar_err){0};
        int code = run_case(&made, &cases.cases[0], &verdict);
        assert_int_not_equal(code, 0);
        assert_string_equal(verdict.differs, "untouched");
        assert_true(made.err.text[0] != '\0');
        assert_int_equal(strncmp(made.err.slug, "doors.", 6), 0);
    }
    made_end(&made);
}

/* Any bytes in the cells: faults or cases that can be run. */
static void slips_never_crash(void **state)
{
    (void)state;
    static const char good[] =
        "r,2022-10-05,2022-10-01,fi.entry,,kin=SPOUSE|? child.1.age=17 "
        "stays=FIN:2022-07-08..+DEU:2022-01-01..2022-02-01 citizenship=RUS+ISR,no,OPEN,{kin = "
        "SPOUSE; salary >= 40000} | {kin = CHILD},kin;!pay,unverified,2023-01-01,x,\n";
    static const char bytes[] = "\n,\"'{}|+=;.:? 0Zk!\xc3";
    struct rng rng = rng_at(41, 0, 0, 0);
    for (int round = 0; round < 1500; round++) {
        struct made made;
        struct doors_cases cases;
        char text[sizeof HEAD + sizeof good];
        open_door(&made);
        memcpy(text, HEAD, sizeof HEAD - 1);
        memcpy(text + sizeof HEAD - 1, good, sizeof good);
        for (uint32_t n = 1 + rng_below(&rng, 2); n > 0; n--) {
            text[sizeof HEAD - 1 + rng_below(&rng, sizeof good - 1)] =
                bytes[rng_below(&rng, sizeof bytes - 1)];
        }
        int code = read_rows(&made, text, &cases);
        assert_true(code == 0 || (code == E_DOORS_FAULTS && made.faults.total > 0));
        for (size_t i = 0; code == 0 && i < cases.n; i++) {
            struct doors_verdict verdict;
            code = run_case(&made, &cases.cases[i], &verdict);
            assert_true(code == 0 || made.err.text[0] != '\0');
            assert_true(code != 0 || verdict.passed == (verdict.differs == NULL));
        }
        made_end(&made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_cell_becomes_its_part),
        cmocka_unit_test(what_is_not_stated_is_no_or_unknown),
        cmocka_unit_test(alternatives_are_cases_of_all_combinations),
        cmocka_unit_test(a_row_takes_over_the_facts_of_an_earlier_one),
        cmocka_unit_test(stays_and_household_are_those_of_a_facts_file),
        cmocka_unit_test(every_fault_of_form_is_told),
        cmocka_unit_test(faults_of_all_rows_are_listed_and_good_rows_between_them_read),
        cmocka_unit_test(the_head_of_the_table_is_demanded),
        cmocka_unit_test(a_row_has_at_most_ten_thousand_alternatives),
        cmocka_unit_test(a_case_passes_when_all_that_it_states_holds),
        cmocka_unit_test(an_opening_set_of_conditions_that_no_step_has_is_an_error),
        cmocka_unit_test(slips_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
