#include "doors_made.h"

#include <stdio.h>

#include "rng.h"

static const char *const doors[] = {
    "door: ru.exit\ncountry: RUS\nkind: exit\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: rus, effect: OPEN, when: \"citizenship has RUS\"" MADE_SAY,

    "door: fi.entry\nutc_offset: \"+02:00\"\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: visa, effect: OPEN, when: visa = D_FIN" MADE_SAY
    "- id: two\n  from: \"2022-09-30T20:00\"\n  known: 2022-09-29\n" MADE_LAW
    "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY,

    "door: sc.entry\ncountry: SCHENGEN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: visa, effect: OPEN, when: visa = C_DEU" MADE_SAY,

    "door: fi.work\ncountry: FIN\nkind: pathway\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: asylum, effect: BAR, when: asylum_pending = yes" MADE_SAY
    "  - {id: pay, effect: OPEN, when: salary >= 10" MADE_SAY,

    "door: eu.card\ncountry: EU27\nkind: pathway\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: asylum, effect: BAR, when: asylum_pending = yes" MADE_SAY
    "  - {id: pay, effect: OPEN, when: \"salary >= param(card, pay)\"" MADE_SAY
    "  - {id: kin, effect: DISCRETION, when: kin = PARENT" MADE_SAY,

    "door: eu.plain\ncountry: EU27\nkind: pathway\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: asylum, effect: CLOSED, when: asylum_pending = yes" MADE_SAY,

    "door: de.visa\ncountry: DEU\nkind: visa\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: kin, effect: DISCRETION, when: kin = SPOUSE" MADE_SAY,

    "door: fi.stay\ncountry: FIN\nkind: stay\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: days, effect: OPEN, when: \"stay_days(FIN, 180d) <= 90\"" MADE_SAY,

    "door: eu.refuge\ncountry: EU27\nkind: protection\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: refuses, effect: OPEN, when: refuses = yes" MADE_SAY
    "  - {id: asylum, effect: BAR, when: asylum_pending = yes" MADE_SAY,

    "door: fi.if\ncounterfactual: yes\ncountry: FIN\nkind: entry\n" MADE_ACT
    "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
    "  - {id: asylum, effect: BAR, when: asylum_pending = yes" MADE_SAY
    "  - {id: refuses, effect: OPEN, when: refuses = yes" MADE_SAY,
};

static void open_doors(struct made *made)
{
    made_open(made);
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        made_door(made, doors[i]);
    }
    made_read(made);
}

static struct doors_question ask(const char *on)
{
    struct doors_question question = {.as_known = DATE_NONE, .door = RULES_NONE};
    assert_true(doors_when_parse(text_of(on), &question.on));
    return question;
}

static void answered(struct made *made, const struct doors_question *question, const char *person,
                     struct doors_answers *out)
{
    struct person who = made_person(made, person);
    int code = doors_evaluate(&made->arena, made->rules, &who, question, out, &made->err);
    if (code != 0) {
        fail_msg("%s", made->err.text);
    }
}

/* The ids of the doors that are answered, in order. */
static void demand_ids(struct made *made, const struct doors_question *question, const char *want)
{
    struct doors_answers answers;
    struct buf buf;
    answered(made, question, "{}", &answers);
    buf_init(&buf, 4096);
    for (size_t i = 0; i < answers.n; i++) {
        buf_str(&buf, i == 0 ? "" : " ");
        buf_text(&buf, made->rules->doors[answers.answers[i].door].id);
    }
    buf_char(&buf, '\0');
    assert_string_equal(buf.at, want);
    buf_free(&buf);
}

static void doors_stand_in_the_order_of_a_way(void **state)
{
    (void)state;
    struct made made;
    open_doors(&made);
    struct doors_question question = ask("2022-05-01");
    demand_ids(&made, &question,
               "ru.exit fi.entry sc.entry fi.stay de.visa eu.card eu.plain fi.work eu.refuge");
    question.counterfactual = true;
    demand_ids(
        &made, &question,
        "ru.exit fi.entry fi.if sc.entry fi.stay de.visa eu.card eu.plain fi.work eu.refuge");
    question.kinds = 1u << DOOR_ENTRY | 1u << DOOR_VISA;
    demand_ids(&made, &question, "fi.entry fi.if sc.entry de.visa");
    question.counterfactual = false;
    demand_ids(&made, &question, "fi.entry sc.entry de.visa");
    made_end(&made);
}

static void one_door_is_asked_whatever_it_is(void **state)
{
    (void)state;
    struct made made;
    open_doors(&made);
    struct doors_question question = ask("2022-05-01");
    question.door = made_id(&made, "fi.if");
    question.kinds = 1u << DOOR_VISA;
    question.country = made_word(&made, "DEU");
    demand_ids(&made, &question, "fi.if");
    made_end(&made);
}

static void doors_of_a_country_are_its_own_and_those_of_its_groups_on_the_day(void **state)
{
    (void)state;
    struct made made;
    open_doors(&made);
    struct doors_question question = ask("2022-12-31");
    question.country = made_word(&made, "FIN");
    demand_ids(&made, &question, "fi.entry sc.entry fi.stay eu.card eu.plain fi.work eu.refuge");
    question.country = made_word(&made, "DEU");
    demand_ids(&made, &question, "de.visa eu.card eu.plain eu.refuge");
    question.country = made_word(&made, "RUS");
    demand_ids(&made, &question, "ru.exit");
    question.country = made_word(&made, "HRV");
    struct person nobody = made_person(&made, "{}");
    struct doors_answers answers = {.n = 77};
    assert_int_equal(
        doors_evaluate(&made.arena, made.rules, &nobody, &question, &answers, &made.err),
        E_DOORS_DOOR);
    assert_int_equal(answers.n, 77);
    question.on.at += MOMENT_DAY;
    demand_ids(&made, &question, "sc.entry");
    question.country = made_word(&made, "GBR");
    assert_int_equal(
        doors_evaluate(&made.arena, made.rules, &nobody, &question, &answers, &made.err),
        E_DOORS_DOOR);
    question = ask("2020-01-31");
    question.country = made_word(&made, "GBR");
    demand_ids(&made, &question, "eu.card eu.plain eu.refuge");
    made_end(&made);
}

static void each_answer_is_that_of_the_door_alone(void **state)
{
    (void)state;
    static const char *const people[] = {
        "unstated: no\ncitizenship: [RUS]\nvisa: D_FIN\nsalary: 40000\nrefuses: yes\n",
        "unstated: no\nkin: SPOUSE\n", "{}", "unstated: no\nasylum_pending: yes\n"};
    struct made made;
    open_doors(&made);
    for (size_t p = 0; p < 4; p++) {
        struct doors_answers answers;
        struct doors_question question = ask("2022-10-05");
        question.decide.until = true;
        answered(&made, &question, people[p], &answers);
        struct person who = made_person(&made, people[p]);
        for (size_t i = 0; i < answers.n; i++) {
            struct instance instance;
            struct decision decision;
            const struct doors_answer *answer = &answers.answers[i];
            assert_int_equal(instance_build(&made.arena, &made.arena, made.rules, answer->door,
                                            question.on.at, made_day("2022-10-05"), &instance,
                                            NULL),
                             0);
            assert_int_equal(decide(&made.arena, &made.arena, &instance, &who, &question.decide,
                                    &decision, NULL),
                             0);
            assert_int_equal(answer->decision.status, decision.status);
            assert_int_equal(answer->decision.n_fired, decision.n_fired);
            assert_int_equal(answer->decision.valid_until, decision.valid_until);
        }
    }
    made_end(&made);
}

static void demand_closes(struct made *made, const char *on, const char *person, const char *want)
{
    struct doors_answers answers;
    struct buf buf;
    struct doors_question question = ask(on);
    question.country = made_word(made, "RUS");
    answered(made, &question, person, &answers);
    buf_init(&buf, 4096);
    for (size_t i = 0; i < answers.n_closes; i++) {
        buf_str(&buf, i == 0 ? "" : " ");
        buf_text(&buf, made->rules->doors[answers.closes[i]].id);
    }
    buf_char(&buf, '\0');
    assert_string_equal(buf.at, want);
    buf_free(&buf);
}

/* Whatever doors are asked for: those that are barred by an application and are not shut without one. */
static void an_application_for_asylum_closes_what_was_not_shut(void **state)
{
    (void)state;
    struct made made;
    open_doors(&made);
    demand_closes(&made, "2022-05-01", "unstated: no\nsalary: 50000\n", "eu.card fi.work");
    demand_closes(&made, "2022-05-01", "unstated: no\nsalary: 20\nkin: PARENT\n",
                  "eu.card fi.work");
    demand_closes(&made, "2022-05-01", "unstated: no\nsalary: 5\n", "eu.card fi.work");
    demand_closes(&made, "2022-05-01", "{}", "eu.card fi.work");
    demand_closes(&made, "2022-05-01", "unstated: no\nasylum_pending: yes\nsalary: 50000\n", "");
    demand_closes(&made, "2021-05-01", "unstated: no\nsalary: 50000\n", "");
    made_end(&made);
}

static void without_the_fact_nothing_is_said_of_asylum(void **state)
{
    (void)state;
    static const char facts[] =
        "facts:\n  kin: {type: enum, values: [NONE, SPOUSE], ask: {en: a, ru: b, de: c}}\n"
        "  citizenship: {type: set, values: [\"*\"], ask: {en: a, ru: b, de: c}}\n";
    struct made made;
    made_open(&made);
    made.files[0].bytes = text_of(facts);
    made_door(&made, "door: fi.visa\ncountry: FIN\nkind: visa\n" MADE_ACT
                     "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
                     "  - {id: kin, effect: BAR, when: kin = SPOUSE" MADE_SAY);
    made_read(&made);
    struct doors_answers answers;
    struct doors_question question = ask("2022-05-01");
    answered(&made, &question, "kin: NONE\n", &answers);
    assert_int_equal(answers.n_closes, 0);
    made_end(&made);
}

/* 20:00 at Helsinki is 18:00 UTC and 19:00 +01:00; a door without a clock takes what is written. */
static void an_offset_means_the_same_instant_at_each_door(void **state)
{
    (void)state;
    static const struct {
        const char *on;
        enum status status;
    } rows[] = {
        {"2022-09-30T19:59", STATUS_CLOSED_ACTIONABLE},
        {"2022-09-30T20:00", STATUS_OPEN},
        {"2022-09-30T17:59Z", STATUS_CLOSED_ACTIONABLE},
        {"2022-09-30T18:00Z", STATUS_OPEN},
        {"2022-09-30T18:59+01:00", STATUS_CLOSED_ACTIONABLE},
        {"2022-09-30T19:00+01:00", STATUS_OPEN},
        {"2022-10-01T05:00+11:00", STATUS_OPEN},
        {"2022-10-01T04:59+11:00", STATUS_CLOSED_ACTIONABLE},
        {"2022-09-30", STATUS_CLOSED_ACTIONABLE},
        {"2022-10-01", STATUS_OPEN},
    };
    struct made made;
    open_doors(&made);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct doors_answers answers;
        struct doors_question question = ask(rows[i].on);
        question.door = made_id(&made, "fi.entry");
        answered(&made, &question, "unstated: no\nkin: SPOUSE\n", &answers);
        if (answers.answers[0].decision.status != rows[i].status) {
            fail_msg("%s: %s", rows[i].on, status_words[answers.answers[0].decision.status]);
        }
    }
    struct doors_when when;
    const struct door *plain = &made.rules->doors[made_id(&made, "de.visa")];
    assert_true(doors_when_parse(TEXT_LIT("2022-09-30T17:59Z"), &when));
    assert_int_equal(doors_when_at(&when, plain), made_moment("2022-09-30T17:59"));
    made_end(&made);
}

static void who_finds_only_experiments_is_told_how_to_ask_them(void **state)
{
    (void)state;
    struct made made;
    struct doors_answers answers;
    made_open(&made);
    made_door(&made, doors[9]);
    made_read(&made);
    struct person nobody = made_person(&made, "{}");
    struct doors_question question = ask("2022-05-01");
    assert_int_equal(
        doors_evaluate(&made.arena, made.rules, &nobody, &question, &answers, &made.err),
        E_DOORS_DOOR);
    assert_non_null(strstr(made.err.hint, "--counterfactual"));
    question.kinds = 1u << DOOR_VISA;
    assert_int_equal(
        doors_evaluate(&made.arena, made.rules, &nobody, &question, &answers, &made.err),
        E_DOORS_DOOR);
    assert_string_equal(made.err.hint, "");
    made_end(&made);
}

static void demand_since(struct made *made, uint32_t door, const char *on, const char *since)
{
    struct instance instance;
    moment at = made_moment(on);
    assert_int_equal(instance_build(&made->arena, &made->arena, made->rules, door, at,
                                    moment_day(at), &instance, NULL),
                     0);
    assert_int_equal(doors_since(&instance), since == NULL ? MOMENT_NEVER : made_moment(since));
}

static void the_start_of_the_version_in_force_is_told(void **state)
{
    (void)state;
    struct made made;
    made_open(&made);
    made_door(&made, made_histories[1]);
    made_door(&made, made_histories[2]);
    made_read(&made);
    uint32_t moved = made_id(&made, "t.moved"), hour = made_id(&made, "t.hour");
    demand_since(&made, moved, "2022-01-09", NULL);
    demand_since(&made, moved, "2022-03-31", "2022-01-10");
    demand_since(&made, moved, "2022-04-01", "2022-04-01");
    demand_since(&made, moved, "2022-07-01", "2022-07-01");
    demand_since(&made, hour, "2022-05-06", "2022-05-05T20:00");
    demand_since(&made, hour, "2022-08-01", "2022-06-01");
    made_end(&made);
}

static void what_is_no_day_is_no_question(void **state)
{
    (void)state;
    static const char *const words[] = {"",
                                        "today",
                                        "2022-02-30",
                                        "2022-09-30T24:00",
                                        "2022-09-30 20:00",
                                        "2022-09-30T20:00+2",
                                        "30.09.2022"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct doors_when when = {.at = 77};
        assert_false(doors_when_parse(text_of(words[i]), &when));
        assert_int_equal(when.at, 77);
    }
}

static void an_earlier_state_of_knowledge_is_asked(void **state)
{
    (void)state;
    struct made made;
    open_doors(&made);
    struct doors_answers answers;
    struct doors_question question = ask("2022-10-05");
    question.door = made_id(&made, "fi.entry");
    question.as_known = made_day("2022-09-28");
    answered(&made, &question, "unstated: no\nkin: SPOUSE\n", &answers);
    assert_int_equal(answers.answers[0].decision.status, STATUS_CLOSED_ACTIONABLE);
    question.as_known = made_day("2022-09-29");
    answered(&made, &question, "unstated: no\nkin: SPOUSE\n", &answers);
    assert_int_equal(answers.answers[0].decision.status, STATUS_OPEN);
    question.as_known = made_day("2021-12-31");
    answered(&made, &question, "unstated: no\nkin: SPOUSE\n", &answers);
    assert_int_equal(answers.answers[0].decision.status, STATUS_NO_RULE);
    made_end(&made);
}

/* ---- over time ---- */

static const char *const travellers[] = {
    "unstated: no\nkin: SPOUSE\ncrossing: ROAD\n",
    "unstated: no\nkin: SPOUSE\ncrossing: AIR\nsalary: 42000\n",
    "unstated: no\nkin: NONE\nbirth_date: 2004-08-25\n",
    ("unstated: no\nstays: [{country: FIN, from: 2022-02-20, to: 2022-03-10}, {country: FIN, from: "
     "2022-04-20}]\nsalary: 40000\n"),
    "{}",
};

/* The oracle: the question asked anew at the moment. */
static enum status at_moment(struct made *made, uint32_t door, const struct person *person,
                             moment at, date_days as_known, const struct version **version)
{
    struct arena arena;
    struct instance instance;
    struct decision decision;
    struct decide_options options = {0};
    arena_init(&arena, "a moment", MADE_CEILING);
    assert_int_equal(instance_build(&arena, &arena, made->rules, door, at,
                                    as_known == DATE_NONE ? moment_day(at) : as_known, &instance,
                                    NULL),
                     0);
    assert_int_equal(decide(&arena, &arena, &instance, person, &options, &decision, NULL), 0);
    *version = instance.arms[0].version;
    arena_free(&arena);
    return decision.status;
}

static void demand_span(struct made *made, uint32_t door, const struct person *person, moment at,
                        date_days as_known, const struct doors_span *span)
{
    const struct version *version;
    char text[MOMENT_TEXT];
    enum status status = at_moment(made, door, person, at, as_known, &version);
    if (status != span->status || version != span->version) {
        fail_msg("%.*s on %s: %s, not %s", (int)made->rules->doors[door].id.n,
                 made->rules->doors[door].id.at, moment_format(at, text),
                 status_words[span->status], status_words[status]);
    }
}

static void demand_timeline(struct made *made, uint32_t door, const struct person *person,
                            moment from, moment to, date_days as_known, struct rng *rng)
{
    struct doors_span *spans;
    size_t n;
    assert_int_equal(doors_timeline(&made->arena, made->rules, door, person, from, to, as_known, &n,
                                    &spans, NULL),
                     0);
    assert_true(n > 0);
    assert_int_equal(spans[0].from, from);
    assert_true(spans[n - 1].to >= to);
    for (size_t i = 0; i < n; i++) {
        assert_true(spans[i].from < spans[i].to && spans[i].from < to);
        assert_true(i == 0 || spans[i].from == spans[i - 1].to);
        assert_true(i == 0 || spans[i].status != spans[i - 1].status ||
                    spans[i].version != spans[i - 1].version);
        demand_span(made, door, person, spans[i].from, as_known, &spans[i]);
        moment last = spans[i].to < to ? spans[i].to : to;
        demand_span(made, door, person, last - 1, as_known, &spans[i]);
        for (moment day = moment_of_day(moment_day(spans[i].from) + 1); day < last;
             day += MOMENT_DAY) {
            moment later = day + (moment)rng_below(rng, MOMENT_DAY);
            demand_span(made, door, person, day, as_known, &spans[i]);
            demand_span(made, door, person, later < last ? later : day, as_known, &spans[i]);
        }
    }
}

static void a_timeline_equals_the_answers_of_every_day(void **state)
{
    (void)state;
    static const char *const known[] = {"2022-01-04", "2022-03-20", "2022-05-05", "2023-01-01"};
    struct rng rng = rng_at(51, 0, 0, 0);
    struct made made;
    made_open(&made);
    for (size_t i = 0; i < MADE_HISTORIES; i++) {
        made_door(&made, made_histories[i]);
    }
    made_read(&made);
    for (uint32_t door = 0; door < made.rules->n_doors; door++) {
        for (size_t p = 0; p < sizeof travellers / sizeof *travellers; p++) {
            struct person person = made_person(&made, travellers[p]);
            demand_timeline(&made, door, &person, made_moment("2022-01-01"),
                            made_moment("2022-10-01"), DATE_NONE, &rng);
            demand_timeline(&made, door, &person, made_moment("2022-01-01"),
                            made_moment("2022-10-01"), made_day(known[(door + p) % 4]), &rng);
        }
    }
    made_end(&made);
}

/* By hand: the end of a is moved to 31 March when that is known, and back when that is. */
static void each_day_is_judged_by_what_was_known_on_it(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        enum status status;
    } want[] = {
        {"2022-01-01", STATUS_NO_RULE}, {"2022-01-10", STATUS_OPEN},
        {"2022-04-01", STATUS_BARRED},  {"2022-05-01", STATUS_OPEN},
        {"2022-07-01", STATUS_BARRED},
    };
    struct made made;
    struct doors_span *spans;
    size_t n;
    made_open(&made);
    made_door(&made, made_histories[1]);
    made_read(&made);
    struct person person = made_person(&made, "unstated: no\nkin: SPOUSE\n");
    assert_int_equal(doors_timeline(&made.arena, made.rules, 0, &person, made_moment("2022-01-01"),
                                    made_moment("2023-01-01"), DATE_NONE, &n, &spans, NULL),
                     0);
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(spans[i].from, made_moment(want[i].from));
        assert_int_equal(spans[i].status, want[i].status);
    }
    assert_int_equal(spans[4].to, MOMENT_NEVER);
    assert_int_equal(doors_timeline(&made.arena, made.rules, 0, &person, made_moment("2022-01-01"),
                                    made_moment("2022-01-01"), DATE_NONE, &n, &spans, NULL),
                     0);
    assert_int_equal(n, 0);
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doors_stand_in_the_order_of_a_way),
        cmocka_unit_test(one_door_is_asked_whatever_it_is),
        cmocka_unit_test(doors_of_a_country_are_its_own_and_those_of_its_groups_on_the_day),
        cmocka_unit_test(each_answer_is_that_of_the_door_alone),
        cmocka_unit_test(an_application_for_asylum_closes_what_was_not_shut),
        cmocka_unit_test(without_the_fact_nothing_is_said_of_asylum),
        cmocka_unit_test(an_offset_means_the_same_instant_at_each_door),
        cmocka_unit_test(who_finds_only_experiments_is_told_how_to_ask_them),
        cmocka_unit_test(the_start_of_the_version_in_force_is_told),
        cmocka_unit_test(what_is_no_day_is_no_question),
        cmocka_unit_test(an_earlier_state_of_knowledge_is_asked),
        cmocka_unit_test(a_timeline_equals_the_answers_of_every_day),
        cmocka_unit_test(each_day_is_judged_by_what_was_known_on_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
