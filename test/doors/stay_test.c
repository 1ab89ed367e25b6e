/* Stays and the calendar against counting day by day; silence filled in. */
#include "rules_made.h"

#define ROUNDS 3000

/* The day is inside for somebody who is inside on every day of [inside, on]. */
static bool present(const struct person *person, name_id country, date_days at_day,
                    date_days inside, date_days on)
{
    bool out = at_day >= inside && at_day <= on;
    for (size_t i = 0; i < person->n_stays; i++) {
        const struct stay *stay = &person->stays[i];
        out |= stay->country == country && at_day >= stay->from &&
               (stay->to == DATE_NONE || at_day <= stay->to);
    }
    return out;
}

static void random_stays(struct rng *rng, date_days around, struct person *out)
{
    date_days next = around - 400;
    out->stays_known = true;
    out->n_stays = rng_below(rng, 6);
    for (size_t i = 0; i < out->n_stays; i++) {
        next += 1 + (date_days)rng_below(rng, 120);
        out->stays[i] = (struct stay){.country = 7 + rng_below(rng, 2), .from = next};
        next += (date_days)rng_below(rng, 60);
        out->stays[i].to = next;
    }
    if (out->n_stays > 0 && rng_below(rng, 3) == 0) {
        out->stays[out->n_stays - 1].to = DATE_NONE;
    }
}

static void windows_test(void **state)
{
    (void)state;
    struct stay stays[8];
    struct person person = {.stays = stays};
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct rng rng = rng_at(3, 1, round, 0);
        date_days inside = day("2023-02-20") + (date_days)rng_below(&rng, 30);
        date_days on = inside + (round % 2 == 0 ? 0 : (date_days)rng_below(&rng, 90));
        random_stays(&rng, inside, &person);
        enum expr_window window = (enum expr_window)(EXPR_YEAR + rng_below(&rng, 4));
        int32_t length = 1 + (int32_t)rng_below(&rng, window == EXPR_DAYS ? 200 : 2);
        date_days first = stay_window(window, length, on);
        int32_t want = 0;
        for (date_days d = first; d <= on; d++) {
            want += present(&person, 7, d, inside, on);
        }
        assert_int_equal(stay_days_from(&person, 7, window, length, inside, on), want);
        if (inside == on) {
            assert_int_equal(stay_days(&person, 7, window, length, on), want);
        }
    }
}

static void window_starts_test(void **state)
{
    (void)state;
    assert_int_equal(stay_window(EXPR_DAYS, 180, day("2022-12-31")), day("2022-07-05"));
    assert_int_equal(stay_window(EXPR_DAYS, 1, day("2022-12-31")), day("2022-12-31"));
    assert_int_equal(stay_window(EXPR_YEAR, 0, day("2022-12-31")), day("2022-01-01"));
    assert_int_equal(stay_window(EXPR_MONTHS, 6, day("2022-12-31")), day("2022-07-01"));
    assert_int_equal(stay_window(EXPR_YEARS, 1, day("2024-02-29")), day("2023-03-01"));
}

static void present_stay_test(void **state)
{
    (void)state;
    struct stay stays[] = {{7, day("2022-10-01"), day("2022-12-29")},
                           {7, day("2022-12-30"), DATE_NONE},
                           {8, day("2022-01-01"), day("2022-01-31")}};
    struct person person = {.stays_known = true, .n_stays = 3, .stays = stays};
    /* Out and in again is a new stay, also from one day to the next. */
    assert_int_equal(stay_days(&person, 7, EXPR_ENTRY, 0, day("2022-12-29")), 90);
    assert_int_equal(stay_days(&person, 7, EXPR_ENTRY, 0, day("2022-12-30")), 1);
    assert_int_equal(stay_days(&person, 7, EXPR_ENTRY, 0, day("2023-01-03")), 5);
    assert_int_equal(stay_since(&person, 7, day("2023-01-03")), day("2022-12-30"));
    /* Who is outside enters on the day. */
    assert_int_equal(stay_days(&person, 8, EXPR_ENTRY, 0, day("2022-06-01")), 1);
    assert_int_equal(stay_since(&person, 8, day("2022-06-01")), day("2022-06-01"));
    assert_int_equal(stay_days(&person, 8, EXPR_YEAR, 0, day("2022-06-01")), 32);
    /* Out and in on one day is one day. */
    struct stay same_day[] = {{7, day("2022-10-01"), day("2022-10-10")},
                              {7, day("2022-10-10"), day("2022-10-12")}};
    struct person twice = {.stays_known = true, .n_stays = 2, .stays = same_day};
    assert_int_equal(stay_days(&twice, 7, EXPR_DAYS, 180, day("2022-12-01")), 13);
    /* And remains: counted from the day of entry, or from the stay that covers it. */
    assert_int_equal(
        stay_days_from(&person, 8, EXPR_ENTRY, 0, day("2022-06-01"), day("2022-06-10")), 10);
    assert_int_equal(
        stay_days_from(&person, 8, EXPR_ENTRY, 0, day("2022-01-31"), day("2022-02-01")), 32);
    assert_int_equal(stay_since_from(&person, 8, day("2022-01-31"), day("2022-02-01")),
                     day("2022-01-01"));
}

/* Full years as everybody counts them. */
static int years_old(date_days born, date_days on)
{
    int by, bm, bd, y, m, d;
    date_to_civil(born, &by, &bm, &bd);
    date_to_civil(on, &y, &m, &d);
    return y - by - (m < bm || (m == bm && d < bd));
}

static void births_test(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct rng rng = rng_at(4, 1, round, 0);
        date_days on = day("2019-06-01") + (date_days)rng_below(&rng, 2000), first, last;
        on = round % 5 == 0 ? day(round % 2 == 0 ? "2024-02-29" : "2023-02-28") : on;
        int32_t age = (int32_t)rng_below(&rng, 100);
        age_births(age, on, &first, &last);
        assert_true(first <= last);
        assert_int_equal(years_old(first, on), age);
        assert_int_equal(years_old(last, on), age);
        assert_int_equal(years_old(first - 1, on), age + 1);
        assert_int_equal(years_old(last + 1, on), age - 1);
    }
}

static void shift_test(void **state)
{
    (void)state;
    assert_int_equal(date_shift(day("2022-03-31"), -1, EXPR_MONTHS), day("2022-02-28"));
    assert_int_equal(date_shift(day("2022-01-31"), 25, EXPR_MONTHS), day("2024-02-29"));
    assert_int_equal(date_shift(day("2024-02-29"), -1, EXPR_YEARS), day("2023-02-28"));
    assert_int_equal(date_shift(day("2022-01-15"), -13, EXPR_MONTHS), day("2020-12-15"));
    assert_int_equal(date_shift(day("2022-12-31"), 1, EXPR_DAYS), day("2023-01-01"));
    assert_int_equal(date_shift(day("2022-12-31"), INT32_MIN, EXPR_YEARS), day("0001-01-01"));
    assert_int_equal(date_shift(day("2022-12-31"), INT32_MAX, EXPR_DAYS), day("9999-12-31"));
    assert_int_equal(date_shift(day("2022-12-31"), INT32_MAX, EXPR_MONTHS), day("9999-12-31"));
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct rng rng = rng_at(5, 1, round, 0);
        date_days from = day("2000-01-01") + (date_days)rng_below(&rng, 9000);
        int n = (int)rng_below(&rng, 60) - 30, y, m, d;
        date_to_civil(from, &y, &m, &d);
        for (int i = 0; i < (n < 0 ? -n : n); i++) { /* a month at a time */
            m += n < 0 ? -1 : 1;
            y += m > 12 ? 1 : m < 1 ? -1 : 0;
            m = m > 12 ? 1 : m < 1 ? 12 : m;
        }
        while (!date_exists(y, m, d)) {
            d--;
        }
        assert_int_equal(date_shift(from, n, EXPR_MONTHS), date_from_civil(y, m, d));
    }
}

static void fill_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct person person = made_person(&made);
    struct member child = {TEXT_LIT("child"), made_person(&made).values};
    person.household_known = true;
    person.n_members = 1;
    person.members = &child;
    state_number(person.values, AGE, 20);
    person.values[JOB].known = KNOWN_UNCERTAIN;
    made.rules.facts[BIRTH].none = true;
    person_fill_no(&made.rules, &person);
    assert_int_equal(person.values[HUMANITARIAN].literal, word(&made, "no"));
    assert_int_equal(person.values[JOB].known, KNOWN_UNCERTAIN);
    assert_int_equal(person.values[KIN].literal, word(&made, "NONE"));
    assert_int_equal(person.values[CROSSING].known, KNOWN_NOT); /* has no NONE */
    assert_true(person.values[SALARY].known == KNOWN_YES && person.values[SALARY].none);
    assert_int_equal(person.values[CITIZENSHIP].known, KNOWN_YES);
    assert_int_equal(person.values[CITIZENSHIP].n_set, 0);
    assert_int_equal(person.values[BIRTH].known, KNOWN_NOT);
    assert_int_equal(person.values[AGE].number, 20);
    assert_true(person.stays_known && person.n_stays == 0);
    assert_int_equal(person.n_members, 1);
    assert_int_equal(child.values[JOB].literal, word(&made, "no"));
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_test),      cmocka_unit_test(window_starts_test),
        cmocka_unit_test(present_stay_test), cmocka_unit_test(births_test),
        cmocka_unit_test(shift_test),        cmocka_unit_test(fill_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
