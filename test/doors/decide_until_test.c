/* How long an answer holds, against asking again on every day. */
#include "rules_oracle.h"

#define DAYS_AHEAD 150

/* The person as they stand on a later day: still inside, wherever that is asked. */
static struct person remained(struct made *made, const struct person *person, date_days on)
{
    static const char *const countries[] = {"KAZ", "RUS"};
    struct person out = *person;
    out.stays = arena_get(&made->scratch, out.n_stays + 2, sizeof(struct stay), NULL);
    assert_non_null(out.stays);
    memcpy(out.stays, person->stays, person->n_stays * sizeof *out.stays);
    for (size_t c = 0; person->stays_known && c < 2; c++) {
        name_id country = word(made, countries[c]);
        bool inside = false;
        for (size_t i = 0; i < out.n_stays; i++) {
            struct stay *stay = &out.stays[i];
            if (stay->country == country && stay->from <= on &&
                (stay->to == DATE_NONE || stay->to >= on)) {
                stay->to = DATE_NONE;
                inside = true;
            }
        }
        if (!inside) {
            out.stays[out.n_stays++] = (struct stay){country, on, DATE_NONE};
        }
    }
    return out;
}

static bool fired_alike(const struct instance *a, const struct decision *x,
                        const struct instance *b, const struct decision *y)
{
    bool alike = x->n_fired == y->n_fired;
    for (size_t i = 0; alike && i < x->n_fired; i++) {
        const struct fired *f = &x->fired[i], *g = &y->fired[i];
        const struct version *of_f = a->arms[f->arm].version, *of_g = b->arms[g->arm].version;
        alike = f->superior == g->superior && f->certain == g->certain &&
                (f->superior || text_eq(of_f->rules[f->rule].id, of_g->rules[g->rule].id));
    }
    return alike;
}

/* Asked again day by day, through instance_build and decide alone. */
static moment until_by_days(struct made *made, const struct instance *it,
                            const struct person *person)
{
    const struct decide_options options = {0};
    struct decision now, then;
    struct person there = remained(made, person, it->on);
    assert_int_equal(decide(&made->scratch, &made->scratch, it, &there, &options, &now, NULL), 0);
    for (date_days d = it->on + 1; d <= it->on + DAYS_AHEAD; d++) {
        struct arena arena;
        struct instance later;
        arena_init(&arena, "a day", MADE_CEILING);
        assert_int_equal(instance_build(&arena, &arena, &made->rules, 0, moment_of_day(d),
                                        it->as_known, &later, NULL),
                         0);
        assert_int_equal(decide(&arena, &arena, &later, &there, &options, &then, NULL), 0);
        bool same = then.status == now.status && fired_alike(it, &now, &later, &then);
        arena_free(&arena);
        if (!same) {
            return moment_of_day(d);
        }
    }
    return MOMENT_NEVER;
}

static void check_until(uint32_t round, size_t *found)
{
    struct made made;
    struct decision got;
    const struct decide_options options = {.until = true};
    made_open(&made, round);
    struct version *first = made_version(&made, "v", "2022-01-01", "2022-01-01");
    random_version(&made, first, ATOMS_RANDOM);
    if (round % 4 == 0) {
        made_end(first, "2022-11-20", "2022-01-01");
        struct version *next = made_version(&made, "w", "2022-11-20", "2022-09-01");
        random_version(&made, next, ATOMS_RANDOM);
    }
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = random_person(&made, it.on, round % 2 == 0 ? 0 : 4);
    for (size_t i = 0; i < person.n_stays; i++) { /* ahead nothing is planned */
        if (person.stays[i].from > it.on) {
            person.n_stays = i;
        } else if (person.stays[i].to != DATE_NONE && person.stays[i].to > it.on) {
            person.stays[i].to = DATE_NONE;
        }
    }
    moment want = until_by_days(&made, &it, &person);
    assert_int_equal(decide(&made.arena, &made.scratch, &it, &person, &options, &got, NULL), 0);
    moment last = moment_of_day(it.on + DAYS_AHEAD);
    if (want != MOMENT_NEVER || got.valid_until <= last) {
        if (got.valid_until != want) {
            char a[MOMENT_TEXT], b[MOMENT_TEXT];
            fail_msg("round %u: until %s, not %s", round, moment_format(got.valid_until, a),
                     moment_format(want, b));
        }
        (*found)++;
    }
    made_close(&made);
}

static void until_days_test(void **state)
{
    (void)state;
    size_t found = 0;
    for (uint32_t round = 0; round < 60; round++) {
        check_until(round, &found);
    }
    assert_true(found > 25);
}

static void until_samples_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "minor", EFFECT_OPEN, "age < 18");
    made_rule(&made, version, "papers", EFFECT_DISCRETION, "expires >= on + 3m");
    made_rule(&made, version, "stay", EFFECT_BAR, "stay_days(KAZ, 180d) > 90");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    state_number(person.values, BIRTH, day("2008-03-01"));
    state_none(person.values, EXPIRES);
    /* Of stays nothing is known: what may be does not change before the birthday. */
    assert_int_equal(decided(&made, &it, &person).valid_until, at("2026-03-01"));
    person.stays_known = true; /* enters now, and stays: the 91st day */
    assert_int_equal(decided(&made, &it, &person).valid_until, at("2023-01-03"));
    version->n_rules = 2;
    it = made_instance(&made, "2022-10-05", "2022-10-05");
    assert_int_equal(decided(&made, &it, &person).valid_until, at("2026-03-01"));
    state_number(person.values, BIRTH, day("1990-03-01"));
    assert_int_equal(decided(&made, &it, &person).valid_until, MOMENT_NEVER);
    state_number(person.values, EXPIRES, day("2023-02-28"));
    assert_int_equal(decided(&made, &it, &person).valid_until,
                     at("2022-12-01")); /* no 30 February */
    /* Of age alone it is known that the birthday may be tomorrow. */
    state_none(person.values, EXPIRES);
    person.values[BIRTH].known = KNOWN_NOT;
    state_number(person.values, AGE, 17);
    struct decision got = decided(&made, &it, &person);
    assert_int_equal(got.status, STATUS_OPEN);
    assert_int_equal(got.valid_until, at("2022-10-06"));
    state_number(person.values, AGE, 15);
    assert_int_equal(decided(&made, &it, &person).valid_until, at("2024-10-06"));
    made_close(&made);
}

static void until_age_test(void **state)
{
    (void)state;
    static const struct {
        const char *when, *until;
        int64_t age; /* or 0: born on 1990-03-01 */
    } rows[] = {{"age <= 32", "2023-03-01", 0},
                {"age > 34", "2025-03-01", 0},
                {"age = 32", "2023-03-01", 0},
                {"age_on(on + 1y) >= 34", "2023-03-01", 0},
                {"age_on(2025-01-01) >= 34", NULL, 0},
                /* 18 today: it is not known of last month, and is from next month on. */
                {"age_on(on - 1m) >= 18", "2022-11-05", 18},
                {"birth_date < on - 18y", "2022-10-06", 18}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct made made;
        made_open(&made, 0);
        made_rule(&made, made_version(&made, "v", "2022-01-01", "2022-01-01"), "a", EFFECT_OPEN,
                  rows[i].when);
        struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
        struct person person = made_person(&made);
        state_number(person.values, rows[i].age == 0 ? BIRTH : AGE,
                     rows[i].age == 0 ? day("1990-03-01") : rows[i].age);
        moment want = rows[i].until == NULL ? MOMENT_NEVER : at(rows[i].until);
        assert_int_equal(decided(&made, &it, &person).valid_until, want);
        made_close(&made);
    }
}

/* After the last row of a parameter nothing is known. */
static void until_gap_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    made.rules.n_params = 1;
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "salary >= param(bluecard, general)");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    state_number(person.values, SALARY, 6000000);
    assert_int_equal(decided(&made, &it, &person).valid_until, at("2023-01-01"));
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(until_days_test),
        cmocka_unit_test(until_samples_test),
        cmocka_unit_test(until_age_test),
        cmocka_unit_test(until_gap_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
