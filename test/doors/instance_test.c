/* Doors as they stand: which version holds, what classes facts fall into, what the diagram answers
 * for a complete person, how it is said, when it may change. */
#include "rules_oracle.h"

#define ROUNDS 1500

static const char *held(struct made *it, const char *on, const char *known)
{
    struct instance instance = made_instance(it, on, known);
    assert_int_equal(instance.n_arms, 1);
    return instance.arms[0].version == NULL ? "-" : instance.arms[0].version->id.at;
}

static void versions_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    made_version(&made, "base", "2022-01-01", "2021-12-01");
    struct version *fall = made_version(&made, "fall", "2022-10-01", "2022-09-20");
    made_end(fall, "2023-01-01", "2022-09-20");
    made_end(fall, "2023-03-01", "2022-12-15");
    struct version *after = made_version(&made, "after", NULL, "2022-10-15");
    after->after_other = true;
    after->after = 1;
    struct version *inside = made_version(&made, "inside", "2022-11-01", "2022-10-20");
    inside->replaces = 1;
    made_end(inside, "2022-11-10", "2022-10-20");
    assert_string_equal(held(&made, "2021-12-31", "2024-01-01"), "-");
    assert_string_equal(held(&made, "2022-01-01", "2024-01-01"), "base");
    assert_string_equal(held(&made, "2022-01-01", "2021-11-30"), "-");
    assert_string_equal(held(&made, "2022-09-30", "2022-12-01"), "base");
    assert_string_equal(held(&made, "2022-10-01", "2022-12-01"), "fall");
    /* Before it was known, nobody could know better. */
    assert_string_equal(held(&made, "2022-10-01", "2022-09-19"), "base");
    assert_string_equal(held(&made, "2022-10-31", "2022-10-31"), "fall");
    assert_string_equal(held(&made, "2022-11-01", "2022-10-19"), "fall");
    assert_string_equal(held(&made, "2022-11-01", "2022-10-20"), "inside");
    assert_string_equal(held(&made, "2022-11-09", "2022-10-20"), "inside");
    /* What was replaced does not come back. */
    assert_string_equal(held(&made, "2022-11-10", "2022-10-20"), "-");
    /* The announced end, and the end as it was moved. */
    assert_string_equal(held(&made, "2023-01-01", "2022-12-14"), "after");
    assert_string_equal(held(&made, "2023-01-01", "2022-10-14"), "-");
    assert_string_equal(held(&made, "2023-01-01", "2022-12-15"), "-");
    assert_string_equal(held(&made, "2023-03-01", "2022-12-15"), "after");
    made_close(&made);
}

/* A version with an open end gives way to what was known later, and to that alone. */
static void replaced_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    made_version(&made, "june", "2022-06-01", "2022-01-01");
    struct version *march = made_version(&made, "march", "2022-03-01", "2022-02-01");
    made_end(march, "2022-05-01", "2022-02-01");
    assert_string_equal(held(&made, "2022-04-30", "2023-01-01"), "march");
    assert_string_equal(held(&made, "2022-05-01", "2023-01-01"), "-");
    assert_string_equal(held(&made, "2022-06-01", "2023-01-01"), "june");
    march->n_ends = 0;
    assert_string_equal(held(&made, "2022-06-01", "2023-01-01"), "march");
    assert_string_equal(held(&made, "2022-06-01", "2022-01-15"), "june");
    /* What was called off before it started takes nobody's place. */
    made_end(march, "2022-03-01", "2022-02-20");
    assert_string_equal(held(&made, "2022-06-01", "2022-02-19"), "march");
    assert_string_equal(held(&made, "2022-06-01", "2022-02-20"), "june");
    march->n_ends = 0;
    /* Two steps that one act announces. */
    made_version(&made, "step", "2022-09-01", "2022-02-01");
    assert_string_equal(held(&made, "2022-08-31", "2023-01-01"), "march");
    assert_string_equal(held(&made, "2022-09-01", "2023-01-01"), "step");
    made_close(&made);
}

static void hours_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    made_version(&made, "base", "2022-01-01", "2021-12-01");
    made_version(&made, "closed", NULL, "2023-12-14")->start_at[0] = at("2023-12-15") + 20 * 60;
    struct instance before, then;
    assert_int_equal(instance_build(&made.arena, &made.scratch, &made.rules, 0,
                                    at("2023-12-15") + 20 * 60 - 1, day("2023-12-15"), &before,
                                    NULL),
                     0);
    assert_int_equal(instance_build(&made.arena, &made.scratch, &made.rules, 0,
                                    at("2023-12-15") + 20 * 60, day("2023-12-15"), &then, NULL),
                     0);
    assert_string_equal(before.arms[0].version->id.at, "base");
    assert_string_equal(then.arms[0].version->id.at, "closed");
    made_close(&made);
}

/* By road and rail from one day, by air from another, by none else. */
static void crossings_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *base = made_version(&made, "base", "2022-01-01", "2021-12-01");
    made_rule(&made, base, "free", EFFECT_OPEN, "job = yes");
    struct version *ban = made_version(&made, "ban", NULL, "2022-09-08");
    made_rule(&made, ban, "bar", EFFECT_BAR, "kin = NONE");
    ban->by_crossing = true;
    ban->n_starts = 2;
    ban->crossing[0] = word(&made, "ROAD");
    ban->crossing[1] = word(&made, "AIR");
    ban->start_at[0] = at("2022-09-19");
    ban->start_at[1] = at("2022-09-26");
    static const struct {
        const char *on, *road, *rail, *air;
    } rows[] = {{"2022-09-18", "base", "base", "base"},
                {"2022-09-19", "ban", "base", "base"},
                {"2022-09-26", "ban", "base", "ban"}};
    for (size_t i = 0; i < 3; i++) {
        struct instance it = made_instance(&made, rows[i].on, "2022-10-01");
        assert_int_equal(it.n_arms, i == 0 ? 1 : 2);
        assert_string_equal(it.arms[0].version->id.at, "base");
        for (size_t way = 0; i > 0 && way < 3; way++) {
            const char *want = way == 0 ? rows[i].road : way == 1 ? rows[i].rail : rows[i].air;
            uint8_t vector[8] = {0};
            assert_int_equal(it.vars[0].kind, VAR_FACT);
            assert_int_equal(it.vars[0].fact, CROSSING);
            assert_int_equal(it.vars[0].n_classes, 2);
            vector[0] = it.vars[0].class_of[way];
            for (size_t a = 0; a < 2; a++) {
                assert_int_equal(form_holds(it.arms[a].gate, vector),
                                 strcmp(it.arms[a].version->id.at, want) == 0);
            }
        }
    }
    /* A way by which nothing holds has no rule. */
    made.rules.doors[0].versions[0] = *ban;
    made.rules.doors[0].n_versions = 1;
    struct instance it = made_instance(&made, "2022-10-01", "2022-10-01");
    assert_int_equal(it.n_arms, 2);
    assert_null(it.arms[1].version);
    uint8_t vector[8] = {0};
    vector[0] = it.vars[0].class_of[1];
    assert_int_equal(instance_walk(&it, vector), OUTCOME_NO_RULE);
    vector[0] = it.vars[0].class_of[0];
    assert_int_equal(instance_walk(&it, vector), OUTCOME_BARRED);
    made_close(&made);
}

static uint64_t reach(struct made *it, const struct instance *instance, diagram_ref f,
                      const uint8_t vector[])
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < instance->n_vars; v++) {
        mask[v] = (uint64_t)1 << vector[v];
    }
    void *room = arena_get(&it->scratch, diagram_scratch(instance->diagram), 1, NULL);
    assert_non_null(room);
    return diagram_reach(instance->diagram, f, mask, room);
}

static void check_complete(struct made *it, const struct instance *instance)
{
    const struct version *version = instance->arms[0].version;
    for (int i = 0; i < 6; i++) {
        struct person person = random_person(it, instance->on, 0);
        struct asked_of of = {it, person.values, &person, instance->on};
        uint8_t vector[DIAGRAM_VARS_MAX];
        vector_of(it, instance, &person, vector);
        enum outcome want = oracle_version(&of, version);
        assert_int_equal(instance_walk(instance, vector), want);
        assert_int_equal(reach(it, instance, instance->outcome, vector), 1u << want);
        bool scope = want != OUTCOME_NOT_APPLICABLE;
        for (size_t r = 0; r < version->n_rules; r++) {
            bool fires = scope && oracle_fires(&of, version, r);
            assert_int_equal(reach(it, instance, instance->arms[0].fires[r], vector),
                             fires ? 2 : 1);
        }
        for (size_t s = 0; s < version->n_superior; s++) {
            bool holds = scope && oracle(&of, version->superior[s].when);
            assert_int_equal(reach(it, instance, instance->arms[0].superior_ref[s], vector),
                             holds ? 2 : 1);
        }
    }
}

static void complete_test(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made made;
        made_open(&made, round);
        struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
        random_version(&made, version, ATOMS_RANDOM);
        char on[DATE_TEXT];
        date_days when = day("2022-08-01") + (date_days)rng_below(&made.rng, 300);
        when = round % 10 == 0 ? day("2024-02-29") : when;
        struct instance instance = made_instance(&made, date_format(when, on), "2024-03-01");
        check_complete(&made, &instance);
        made_close(&made);
    }
}

/* Two values share a class just when no condition tells them apart. */
static void coarsest_test(void **state)
{
    (void)state;
    static const enum made_fact facts[] = {VISA, KIN, SALARY, YEARS, EXPIRES};
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made made;
        made_open(&made, round);
        struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
        for (size_t r = 0; r < 5; r++) {
            made_rule(&made, version, "r", EFFECT_OPEN,
                      atoms_random[rng_below(&made.rng, ATOMS_RANDOM - 8)]);
        }
        struct instance it = made_instance(&made, "2022-10-05", "2023-01-01");
        struct person a = random_person(&made, it.on, 0), b = a;
        b.values = made_person(&made).values;
        memcpy(b.values, a.values, MADE_FACTS * sizeof *b.values);
        enum made_fact fact = facts[rng_below(&made.rng, 5)];
        random_value(&made, fact, it.on, &b.values[fact]);
        bool same = true, told = false;
        uint8_t of_a[DIAGRAM_VARS_MAX], of_b[DIAGRAM_VARS_MAX];
        vector_of(&made, &it, &a, of_a);
        vector_of(&made, &it, &b, of_b);
        for (size_t v = 0; v < it.n_vars; v++) {
            same &= of_a[v] == of_b[v];
        }
        for (size_t r = 0; r < 5; r++) {
            struct asked_of as_a = {&made, a.values, &a, it.on},
                            as_b = {&made, b.values, &b, it.on};
            told |= oracle(&as_a, version->rules[r].when) != oracle(&as_b, version->rules[r].when);
        }
        /* Intervals are runs: values with others between them may be apart without being told. */
        bool runs = fact == SALARY || fact == YEARS || fact == EXPIRES;
        assert_true(runs ? !told || !same : told == !same);
        made_close(&made);
    }
}

static void cuts_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "salary >= 58400 and visa in {C_list(SCHENGEN)}");
    made_rule(&made, version, "b", EFFECT_OPEN, "citizenship has {RUS, ISR} and years > 5");
    made_rule(&made, version, "c", EFFECT_OPEN, "citizenship has {RUS, FIN} and age >= 18");
    made_rule(&made, version, "d", EFFECT_OPEN, "stay_days(KAZ, 90d) > 90 or salary < -1");
    made_rule(&made, version, "e", EFFECT_OPEN, "stay_days(KAZ, entry) >= 1");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    /* salary, visa, citizenship in three groups, years, birth_date; the fourth rule cannot be true, the last not false. */
    assert_int_equal(it.n_vars, 7);
    assert_int_equal(it.vars[0].fact, SALARY);
    assert_int_equal(it.vars[0].n_cuts, 1);
    assert_int_equal(it.vars[0].cuts[0], 5840000);
    assert_int_equal(it.vars[0].n_classes, 3);
    assert_int_equal(it.vars[1].fact, VISA);
    assert_int_equal(it.vars[1].n_classes, 2);
    for (size_t v = 2; v < 5; v++) {
        assert_int_equal(it.vars[v].kind, VAR_HAS);
    }
    assert_int_equal(it.vars[5].cuts[0], 6);
    assert_int_equal(it.vars[6].fact, BIRTH);
    assert_int_equal(it.vars[6].cuts[0], day("2004-10-05") + 1);
    assert_int_equal(it.arms[0].rules[3]->kids[0]->kind, FORM_FALSE);
    assert_int_equal(it.arms[0].rules[3]->kids[1]->kind, FORM_FALSE);
    assert_int_equal(it.arms[0].rules[4]->kind, FORM_TRUE);
    made_close(&made);
}

static void circle_test(void **state)
{
    (void)state;
    struct made made;
    struct instance out;
    struct ajar_err err = {0};
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    struct rule *a = made_rule(&made, version, "a", EFFECT_OPEN, "job = yes");
    struct rule *b = made_rule(&made, version, "b", EFFECT_BAR, "kin = NONE");
    a->overrides_all = true;
    b->overrides[b->n_overrides++] = 0; /* by name beats all */
    made_instance(&made, "2022-10-05", "2022-10-05");
    a->overrides[a->n_overrides++] = 1;
    assert_int_equal(instance_build(&made.arena, &made.scratch, &made.rules, 0, at("2022-10-05"),
                                    day("2022-10-05"), &out, &err),
                     E_DOORS_REFERENCE);
    made_close(&made);
}

static void gap_test(void **state)
{
    (void)state;
    struct made made;
    struct instance out = {.door = 77};
    struct ajar_err err = {0};
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2021-01-01", "2021-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "salary >= param(bluecard, general)");
    assert_int_equal(instance_build(&made.arena, &made.scratch, &made.rules, 0, at("2021-10-05"),
                                    day("2022-10-05"), &out, &err),
                     E_DOORS_PARAM_GAP);
    assert_int_equal(out.door, 77);
    assert_string_equal(err.file, "made");
    made_close(&made);
}

/* What is said of the classes of a person reads back as a condition that is true for the person, and
 * of the others as one that is not. */
/* Two states over one cut answer as each does alone. */
static void many_test(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS / 3; round++) {
        struct made made;
        made_open(&made, round);
        made_end(made_version(&made, "v", "2022-01-01", "2022-01-01"), "2022-12-01", "2022-01-01");
        made_version(&made, "w", "2022-12-01", "2022-01-01");
        random_version(&made, &made.rules.doors[0].versions[0], ATOMS_RANDOM);
        random_version(&made, &made.rules.doors[0].versions[1], ATOMS_RANDOM);
        const struct instance_ask asks[] = {
            {.at = at("2022-10-05") + (moment)rng_below(&made.rng, 50) * MOMENT_DAY,
             .as_known = day("2023-06-01")},
            {.at = at("2022-12-01") + (moment)rng_below(&made.rng, 120) * MOMENT_DAY,
             .as_known = day("2023-06-01")}};
        struct instance both[2];
        assert_int_equal(
            instance_build_many(&made.arena, &made.scratch, &made.rules, 2, asks, both, NULL), 0);
        assert_int_equal(both[0].n_vars, both[1].n_vars);
        assert_ptr_equal(both[0].diagram, both[1].diagram);
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(both[i].on, moment_day(asks[i].at));
            check_complete(&made, &both[i]);
        }
        made_close(&made);
    }
}

static void changes_test(void **state)
{
    (void)state;
    struct made made;
    size_t n;
    moment *got;
    made_open(&made, 0);
    struct version *a = made_version(&made, "a", "2022-01-01", "2021-12-01");
    made_rule(&made, a, "a", EFFECT_OPEN, "visa in {C_list(SCHENGEN)}");
    made_end(a, "2022-12-15", "2021-12-01");
    made_end(a, "2022-12-20", "2022-06-01");
    struct version *b = made_version(&made, "b", NULL, "2022-07-01");
    b->after_other = true;
    made_rule(&made, b, "b", EFFECT_OPEN, "any(child: citizenship has {list(LATE)})");
    made_rule(&made, b, "c", EFFECT_OPEN, "salary >= param(bluecard, general)");
    assert_int_equal(instance_changes(&made.arena, &made.rules, 0, at("2022-01-01"),
                                      at("2023-02-01"), day("2022-08-01"), &n, &got, NULL),
                     0);
    static const char *const want[] = {"2022-11-01", "2022-12-01", "2022-12-20", "2023-01-01",
                                       "2023-02-01"};
    assert_int_equal(n, 5);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(got[i], at(want[i]));
    }
    assert_int_equal(instance_changes(&made.arena, &made.rules, 0, at("2021-01-01"),
                                      at("2023-01-31"), day("2022-05-31"), &n, &got, NULL),
                     0);
    assert_int_equal(n, 3);
    assert_int_equal(got[0], at("2022-01-01"));
    assert_int_equal(got[2], at("2022-12-15"));
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_test), cmocka_unit_test(replaced_test),
        cmocka_unit_test(hours_test),    cmocka_unit_test(crossings_test),
        cmocka_unit_test(complete_test), cmocka_unit_test(coarsest_test),
        cmocka_unit_test(cuts_test),     cmocka_unit_test(circle_test),
        cmocka_unit_test(gap_test),      cmocka_unit_test(many_test),
        cmocka_unit_test(changes_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
