/* Days that stand for others: on every other day the conditions are what they were on the last of
 * them, class by class. */
#include "rules_oracle.h"

#include "instance_parts.h"
#include "version_days.h"

#define ROUNDS 60

static date_days *days_of(struct made *it, uint32_t version, size_t *n)
{
    date_days *out = NULL;
    struct ajar_err err = {0};
    if (version_days(&it->arena, &it->scratch, &it->rules, 0, version, NULL, n, &out, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return out;
}

static void check_days(struct made *it, uint32_t version, size_t n_want, const char *const want[])
{
    size_t n;
    date_days *days = days_of(it, version, &n);
    for (size_t i = 0; i < n && i < n_want; i++) {
        char shown[DATE_TEXT];
        assert_string_equal(date_format(days[i], shown), want[i]);
    }
    assert_int_equal(n, n_want);
}

static struct instance state_on(struct made *it, struct arena *arena, date_days on)
{
    struct instance out;
    struct ajar_err err = {0};
    struct instance_ask ask = {
        .version = &it->rules.doors[0].versions[0], .at = moment_of_day(on), .as_known = on};
    if (instance_make(arena, arena, &it->rules, 1, &ask, false, &out, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return out;
}

/* The same variables, and the same function of their classes. */
static bool states_same(struct made *it, const struct instance *a, const struct instance *b)
{
    bool same = a->n_vars == b->n_vars;
    for (size_t v = 0; same && v < a->n_vars; v++) {
        same = a->vars[v].n_classes == b->vars[v].n_classes && a->vars[v].fact == b->vars[v].fact;
    }
    for (size_t i = 0; same && i < 200; i++) {
        uint8_t vector[DIAGRAM_VARS_MAX];
        for (size_t v = 0; v < a->n_vars; v++) {
            vector[v] = (uint8_t)rng_below(&it->rng, a->vars[v].n_classes);
        }
        same = instance_walk(a, vector) == instance_walk(b, vector);
    }
    return same;
}

static const char *const dated[] = {
    "expires >= on + 3m",
    "expires < 2022-12-31",
    "expires > on - 40d",
    "expires > on",
    "expires < 2022-10-31 + 1m",
    "age >= 18",
    "age_on(2022-09-21) <= 27",
    "age_on(on - 1y) = 20",
    "birth_date < 2004-10-10",
    "birth_date >= 1995-09-30",
    "stay_days(KAZ, year) < 60",
    "stay_days(RUS, 6m) >= 184",
    "stay_since(KAZ) > on - 2m",
    "stay_since(KAZ) <= 2022-10-01",
    "visa in {C_list(SCHENGEN)}",
    "citizenship has {list(LATE)}",
    "salary >= param(bluecard, general)",
    "stay_days(KAZ, year) > 300",
};

static void other_days_are_alike(void **state)
{
    size_t listed = 0, looked_at = 0;
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made it;
        struct arena last_arena, arena;
        struct instance last = {0};
        size_t n, next = 0;
        made_open(&it, round);
        struct version *version = made_version(&it, "one", "2022-08-01", "2022-08-01");
        for (size_t r = 0; r < 4; r++) {
            static const char *const ids[] = {"a", "b", "c", "d"};
            const char *when = dated[rng_below(&it.rng, sizeof dated / sizeof *dated)];
            made_rule(&it, version, ids[r], (enum effect)rng_below(&it.rng, 4), when);
        }
        made_end(version, "2023-03-20", "2022-08-01");
        date_days *days = days_of(&it, 0, &n);
        arena_init(&last_arena, "a test", MADE_CEILING);
        for (date_days on = day("2022-08-01"); on < day("2023-03-20"); on++) {
            arena_init(&arena, "a test", MADE_CEILING);
            struct instance here = state_on(&it, &arena, on);
            if (next < n && days[next] == on) {
                arena_free(&last_arena);
                last_arena = arena;
                last = here;
                next++;
                continue;
            }
            assert_true(next > 0);
            assert_true(states_same(&it, &last, &here));
            arena_free(&arena);
            looked_at++;
        }
        assert_int_equal(next, n);
        listed += n;
        arena_free(&last_arena);
        made_close(&it);
    }
    assert_true(looked_at > 5 * listed);
}

static void spans_are_of_all_knowledge(void **state)
{
    struct made it;
    (void)state;
    made_open(&it, 0);
    struct version *one = made_version(&it, "one", "2022-01-01", "2021-12-01");
    made_rule(&it, one, "a", EFFECT_OPEN, "visa in {C_list(SCHENGEN)}");
    struct version *two = made_version(&it, "two", "2022-09-01", "2022-08-01");
    made_rule(&it, two, "a", EFFECT_OPEN, "job = yes");
    /* FRA leaves the list on 1 November, when only those who do not know of the second version have the
     * first; starts and changes of either are looked at. */
    check_days(&it, 0, 2, (const char *const[]){"2022-01-01", "2022-11-01"});
    check_days(&it, 1, 2, (const char *const[]){"2022-09-01", "2022-11-01"});
    it.rules.doors[0].review_by = day("2022-10-01");
    check_days(&it, 0, 1, (const char *const[]){"2022-01-01"});
    check_days(&it, 1, 1, (const char *const[]){"2022-09-01"});
    it.rules.doors[0].review_by = day("2022-02-01");
    check_days(&it, 1, 1, (const char *const[]){"2022-09-01"});
    made_close(&it);
}

/* on + 1m passes 21 September on 21 August; the cuts are the day itself and the day behind it. */
static void crossings_are_found(void **state)
{
    struct made it;
    (void)state;
    made_open(&it, 0);
    struct version *one = made_version(&it, "one", "2022-01-01", "2021-12-01");
    made_rule(&it, one, "a", EFFECT_OPEN, "expires > on + 1m and expires < 2022-09-21");
    check_days(&it, 0, 3, (const char *const[]){"2022-01-01", "2022-08-20", "2022-08-21"});
    made_end(one, "2022-08-21", "2021-12-01");
    check_days(&it, 0, 2, (const char *const[]){"2022-01-01", "2022-08-20"});
    made_close(&it);
}

static void never_is_no_day(void **state)
{
    struct made it;
    size_t n;
    (void)state;
    made_open(&it, 0);
    struct version *one = made_version(&it, "one", "2022-01-01", "2021-12-01");
    one->by_crossing = true;
    one->n_starts = 0;
    days_of(&it, 0, &n);
    assert_int_equal(n, 0);
    made_close(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_days_are_alike),
        cmocka_unit_test(spans_are_of_all_knowledge),
        cmocka_unit_test(crossings_are_found),
        cmocka_unit_test(never_is_no_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
