/* A door is not asked again on days on which nothing can have changed: the table is the same as that of
 * each day asked alone. */
#include "doors_made.h"

#include <stdio.h>

#include "doors_days.h"
#include "rng.h"

#define ROUNDS 400
#define DAYS   48
#define PEOPLE 6
#define WINDOW "2022-12-10" /* lists and parameters of doors_made.h change on 1 January 2023 */
#define WORDS  4096
#define AFTER  60 /* days behind the first on which versions and practice begin */

#define ASK ", ask: {en: a, ru: b, de: c}}\n"

/* A day of birth cannot be NONE here: who states an age has one. */
static const char facts[] =
    "facts:\n"
    "  age: {type: int, unit: years, min: 0, max: 120" ASK "  birth_date: {type: date" ASK
    "  citizenship: {type: set, values: [\"*\"]" ASK
    "  crossing: {type: enum, values: [ROAD, AIR]" ASK "  diagnosed: {type: date, none: yes" ASK
    "  kin: {type: enum, values: [NONE, SPOUSE]" ASK
    "  salary: {type: money, unit: EUR/year, none: yes, min: 0" ASK
    "  visa: {type: enum, values: [NONE, \"C_*\"]" ASK;

static void days_open(struct made *made)
{
    made_open(made);
    assert_int_equal(made->files[0].kind, RULES_FACTS);
    made->files[0].bytes = text_of(facts);
}

/* Of the first, none moves for the calm among the people. */
#define CALM_CONDITIONS 13
static const char *const conditions[] = {
    "age_on(on) < 18",
    "age >= 21",
    "diagnosed >= on - 1m",
    "diagnosed < 2022-12-20",
    "stay_days(FIN, 180d) > 20",
    "stay_days(FIN, year) <= 9",
    "stay_since(FIN) > on - 1m",
    "salary >= param(card, pay)",
    "citizenship has {list(SCHENGEN)}",
    "visa in {C_list(SCHENGEN)}",
    "crossing = ROAD",
    "kin = SPOUSE",
    "any(child: age_on(on) < 3)",
    "birth_date > on - 18y",
    "birth_date < 2004-12-28",
    "age_on(2023-01-05) >= 18",
    "age_on(on - 10d) < 30",
    "stay_days(FIN, entry) <= 14",
    "stay_since(FIN) < 2022-12-29",
    "all(member: birth_date < 2004-12-30)",
    "age >= 21 and birth_date >= 2001-12-20",
};

/* The first have nothing that moves by itself. */
#define CALM_PEOPLE 3
static const char *const people[] = {
    "unstated: no\n",
    "unstated: no\nage: 30\nvisa: C_HRV\nsalary: 42000\ncitizenship: [HRV]\n",
    "unstated: no\nage: 17\nkin: SPOUSE\n",
    "unstated: no\nbirth_date: 2004-12-24\nvisa: C_FIN\nsalary: 46000\n",
    "unstated: no\nbirth_date: 2001-12-31\ndiagnosed: 2022-11-30\n",
    "unstated: no\nage: 44\nstays:\n- {country: FIN, from: 2022-12-05}\n",
    "unstated: no\nage: 52\nstays:\n- {country: FIN, from: 2022-11-20, to: 2022-12-24}\n",
    "unstated: no\nage: 40\nhousehold:\n- {role: child, birth_date: 2020-01-02}\n",
    "visa: C_HRV\n",
    "age: 17\nsalary: 41000\nkin: NONE\n",
};

static size_t pick(struct rng *rng, size_t n)
{
    return (size_t)rng_below(rng, (uint32_t)n);
}

#define PICK(rng, list) ((list)[pick((rng), sizeof(list) / sizeof *(list))])

static const char *condition(struct rng *rng, bool calm)
{
    return conditions[pick(rng, calm ? CALM_CONDITIONS : sizeof conditions / sizeof *conditions)];
}

static void day_word(struct rng *rng, char to[static DATE_TEXT])
{
    date_format(made_day(WINDOW) + (date_days)pick(rng, AFTER) - 10, to);
}

static void put_rules(struct rng *rng, bool calm, struct buf *buf)
{
    static const char *const effects[] = {"OPEN", "DISCRETION", "BAR"};
    size_t n = 1 + pick(rng, 2);
    for (size_t i = 0; i < n; i++) {
        buf_printf(buf, "  - {id: r%zu, effect: %s, when: \"%s", i, PICK(rng, effects),
                   condition(rng, calm));
        if (pick(rng, 2) == 0) {
            buf_printf(buf, " %s %s%s", pick(rng, 2) == 0 ? "and" : "or",
                       pick(rng, 3) == 0 ? "not " : "", condition(rng, calm));
        }
        buf_str(buf, "\"" MADE_SAY);
    }
}

static void put_practice(struct rng *rng, bool calm, struct buf *buf)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    day_word(rng, from);
    date_format(made_day(from) + 1 + (date_days)pick(rng, 20), to);
    buf_printf(buf, "  practice:\n  - {from: %s, to: %s, effect: CLOSED, when: \"%s\", note: n}\n",
               from, to, condition(rng, calm));
}

/* A first version, and a later one that may become known late, begin at an hour, or by one way alone. */
static void put_door(struct rng *rng, bool calm, struct buf *buf)
{
    char from[DATE_TEXT], known[DATE_TEXT];
    buf_str(buf, "door: fi.entry\nutc_offset: \"+02:00\"\ncountry: FIN\nkind: entry\n" MADE_ACT
                 "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW);
    put_rules(rng, calm, buf);
    if (pick(rng, 2) == 0) {
        put_practice(rng, calm, buf);
    }
    day_word(rng, from);
    date_format(made_day(from) + (date_days)pick(rng, 12) - 8, known);
    switch (pick(rng, 4)) {
    case 0:
        buf_printf(buf, "- id: two\n  from: \"%sT20:00\"\n  known: %s\n" MADE_LAW, from, known);
        break;
    case 1:
        buf_printf(buf, "- id: two\n  from: {AIR: %s}\n  known: %s\n" MADE_LAW, from, known);
        break;
    default:
        buf_printf(buf, "- id: two\n  from: %s\n  known: %s\n" MADE_LAW, from, known);
    }
    put_rules(rng, calm, buf);
    buf_char(buf, '\0');
}

static void make_people(struct made *made, struct rng *rng, bool calm, struct doors_profiles *out)
{
    size_t n = calm ? CALM_PEOPLE : sizeof people / sizeof *people;
    static const char *const ways[] = {"ROAD", "AIR"};
    *out = (struct doors_profiles){.n = PEOPLE, .n_crossings = 2};
    out->profiles = arena_get(&made->arena, PEOPLE, sizeof *out->profiles, NULL);
    out->crossings = arena_get(&made->arena, 2, sizeof *out->crossings, NULL);
    for (size_t i = 0; i < PEOPLE; i++) {
        out->profiles[i].id = text_of("somebody");
        out->profiles[i].person = made_person(made, people[pick(rng, n)]);
    }
    for (size_t i = 0; i < 2; i++) {
        struct doors_crossing *crossing = &out->crossings[i];
        *crossing = (struct doors_crossing){.id = text_of(ways[i]),
                                            .country = text_of("FIN"),
                                            .way = text_of(ways[i]),
                                            .n_doors = 1,
                                            .n_facts = 1};
        crossing->doors = arena_get(&made->arena, 1, sizeof *crossing->doors, NULL);
        crossing->facts = arena_get(&made->arena, 1, sizeof *crossing->facts, NULL);
        crossing->values = arena_get(&made->arena, 1, sizeof *crossing->values, NULL);
        crossing->doors[0] = made_id(made, "fi.entry");
        crossing->facts[0] = made_fact(made, "crossing");
        crossing->values[0] =
            (struct fact_value){.known = KNOWN_YES, .literal = made_word(made, ways[i])};
    }
}

/* Each day as a table of its own, whose first day is always asked.  Returns how many days differ from the
 * day before. */
static size_t same_day_by_day(struct made *made, const struct doors_profiles *profiles,
                              date_days from, size_t n_days, date_days as_known)
{
    struct gates all, one;
    size_t row = profiles->n * profiles->n_crossings, changes = 0;
    assert_int_equal(doors_gates(&made->arena, made->rules, profiles, from,
                                 from + (date_days)n_days - 1, as_known, &all, &made->err),
                     0);
    assert_int_equal(all.n_days, n_days);
    for (size_t day = 0; day < n_days; day++) {
        date_days on = from + (date_days)day;
        assert_int_equal(
            doors_gates(&made->arena, made->rules, profiles, on, on, as_known, &one, &made->err),
            0);
        assert_memory_equal(one.at, all.at + day * row, row);
        assert_memory_equal(one.practice, all.practice + day * row, row);
        changes += day > 0 && (memcmp(one.at, all.at + (day - 1) * row, row) != 0 ||
                               memcmp(one.practice, all.practice + (day - 1) * row, row) != 0);
    }
    return changes;
}

static void the_table_is_that_of_each_day_alone(void **state)
{
    (void)state;
    struct rng rng;
    size_t changes = 0, quiet = 0, moving = 0;
    rng = rng_at(7, 0, 0, 0);
    for (size_t round = 0; round < ROUNDS; round++) {
        struct made made;
        struct doors_profiles profiles;
        struct buf door;
        bool moves, calm = round % 2 == 0;
        date_days from = made_day(WINDOW);
        date_days as_known = pick(&rng, 3) == 0 ? from + 15 : DATE_NONE;
        buf_init(&door, WORDS);
        put_door(&rng, calm, &door);
        assert_int_equal(door.failed, 0);
        days_open(&made);
        made_door(&made, door.at);
        made_read(&made);
        make_people(&made, &rng, calm, &profiles);
        changes += same_day_by_day(&made, &profiles, from, DAYS, as_known);
        assert_int_equal(doors_days_move(made.rules, &profiles, made_id(&made, "fi.entry"),
                                         from + DAYS, &moves, &made.err),
                         0);
        quiet += !moves;
        moving += moves;
        made_end(&made);
        buf_free(&door);
    }
    /* Else nothing was tried. */
    assert_true(changes > ROUNDS);
    assert_true(quiet > ROUNDS / 10);
    assert_true(moving > ROUNDS / 10);
}

/* Where there is no other reason to look. */
static void one_rule_or_practice_and_one_person(const char *condition_word, const char *person)
{
    for (size_t i = 0; i < 2; i++) {
        struct made made;
        struct doors_profiles profiles;
        struct rng rng = rng_at(1, 0, 0, 0);
        char door[WORDS];
        int n = snprintf(door, sizeof door,
                         "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
                         "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW);
        if (i == 0) {
            snprintf(door + n, sizeof door - (size_t)n,
                     "  - {id: r, effect: OPEN, when: \"%s\"" MADE_SAY, condition_word);
        } else {
            snprintf(door + n, sizeof door - (size_t)n,
                     "  - {id: r, effect: OPEN, when: kin = SPOUSE" MADE_SAY
                     "  practice:\n  - {from: 2022-01-01, effect: CLOSED, when: \"%s\", note: n}\n",
                     condition_word);
        }
        days_open(&made);
        made_door(&made, door);
        made_read(&made);
        make_people(&made, &rng, true, &profiles);
        profiles.n = 1;
        profiles.profiles[0].person = made_person(&made, person);
        same_day_by_day(&made, &profiles, made_day(WINDOW), DAYS, DATE_NONE);
        made_end(&made);
    }
}

static void every_condition_with_every_person_alone(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof conditions / sizeof *conditions; c++) {
        for (size_t p = 0; p < sizeof people / sizeof *people; p++) {
            one_rule_or_practice_and_one_person(conditions[c], people[p]);
        }
    }
}

static void the_shipped_table_is_that_of_each_day_alone(void **state)
{
    (void)state;
    struct made made = {0};
    struct doors_profiles profiles;
    size_t quiet = 0;
    arena_init(&made.arena, "the shipped doors", (size_t)2 << 30);
    assert_int_equal(faults_init(&made.faults, &made.arena, MADE_FAULTS, NULL), 0);
    assert_int_equal(doors_folder_read(&made.arena, "scenarios/exodus2022", &made.folder,
                                       &made.faults, &made.err),
                     0);
    made.rules = &made.folder.rules;
    assert_int_equal(
        doors_profiles_read(&made.arena, &made.folder, &profiles, &made.faults, &made.err), 0);
    assert_true(profiles.n > 0 && profiles.n_crossings > 0);
    size_t changes = same_day_by_day(&made, &profiles, made_day("2022-09-15"), 18, DATE_NONE);
    assert_in_range(changes, 4, 16);
    for (uint32_t door = 0; door < made.rules->n_doors; door++) {
        bool moves;
        assert_int_equal(
            doors_days_move(made.rules, &profiles, door, made_day("2022-12-31"), &moves, &made.err),
            0);
        quiet += !moves;
    }
    assert_true(quiet > made.rules->n_doors / 2); /* or nothing is saved */
    made_end(&made);
}

static void knowledge_stops_where_it_is_told_to(void **state)
{
    (void)state;
    assert_int_equal(doors_known(made_day("2022-09-30"), DATE_NONE), made_day("2022-09-30"));
    assert_int_equal(doors_known(made_day("2022-09-30"), made_day("2022-11-05")),
                     made_day("2022-09-30"));
    assert_int_equal(doors_known(made_day("2022-12-30"), made_day("2022-11-05")),
                     made_day("2022-11-05"));
}

/* Where one door's practice is noted and the other's is not, the law of the other is what is seen. */
static void practice_of_a_crossing_is_the_strictest_that_is_seen(void **state)
{
    (void)state;
    static const char *const doors[] = {
        "door: ru.exit\ncountry: RUS\nkind: exit\n" MADE_ACT
        "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
        "  - {id: bar, effect: BAR, when: age >= 18" MADE_SAY
        "  practice:\n  - {from: 2022-12-12, effect: OPEN, note: let out}\n",
        "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
        "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
        "  - {id: visa, effect: OPEN, when: visa = C_FIN" MADE_SAY,
    };
    struct made made;
    struct doors_profiles profiles;
    struct gates gates;
    struct rng rng;
    date_days from = made_day(WINDOW);
    days_open(&made);
    made_door(&made, doors[0]);
    made_add(&made, RULES_DOOR, "door2.yaml", doors[1]);
    made_read(&made);
    rng = rng_at(1, 0, 0, 0);
    make_people(&made, &rng, true, &profiles);
    profiles.n = 2;
    profiles.profiles[0].person = made_person(&made, "unstated: no\nage: 30\nvisa: C_FIN\n");
    profiles.profiles[1].person = made_person(&made, "unstated: no\nage: 30\n");
    profiles.n_crossings = 1;
    profiles.crossings[0].n_doors = 2;
    profiles.crossings[0].doors = arena_get(&made.arena, 2, sizeof(uint32_t), NULL);
    profiles.crossings[0].doors[0] = made_id(&made, "ru.exit");
    profiles.crossings[0].doors[1] = made_id(&made, "fi.entry");
    assert_int_equal(doors_gates(&made.arena, made.rules, &profiles, from, from + 4, DATE_NONE,
                                 &gates, &made.err),
                     0);
    for (size_t p = 0; p < 2; p++) {
        assert_int_equal(gate_at(&gates, from, 0, p), GATE_BARRED);
        assert_int_equal(gate_at(&gates, from + 4, 0, p), GATE_BARRED);
        assert_int_equal(gates.practice[p], GATE_NO_RULE);
    }
    assert_int_equal(gates.practice[2 * 4], GATE_OPEN);
    assert_int_equal(gates.practice[2 * 4 + 1], GATE_CLOSED);
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_that_of_each_day_alone),
        cmocka_unit_test(every_condition_with_every_person_alone),
        cmocka_unit_test(the_shipped_table_is_that_of_each_day_alone),
        cmocka_unit_test(knowledge_stops_where_it_is_told_to),
        cmocka_unit_test(practice_of_a_crossing_is_the_strictest_that_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
