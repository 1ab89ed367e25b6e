/* Between people and classes: what is known of a person as a cube, and classes said as words. */
#include "rules_oracle.h"

#define ROUNDS 1500

static void said(struct made *it, const struct instance *instance, size_t var, uint64_t mask,
                 const char *want)
{
    struct buf buf;
    (void)it;
    buf_init(&buf, 4096);
    instance_say(&buf, instance, var, mask);
    buf_char(&buf, '\0');
    assert_int_equal(buf_ok(&buf, NULL), 0);
    assert_string_equal(buf.at, want);
    buf_free(&buf);
}

static void say_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(
        &made, version, "a", EFFECT_OPEN,
        "salary >= 58400 and kin = NONE and visa in {C_list(SCHENGEN)} and citizenship has RUS");
    made_rule(&made, version, "b", EFFECT_OPEN, "salary > 60000.50 and kin in {SPOUSE, PARENT}");
    made_rule(&made, version, "c", EFFECT_OPEN, "visa in {C_*} and stay_days(KAZ, 180d) <= 90");
    made_rule(&made, version, "d", EFFECT_OPEN, "any(child: age < 18) and years < 3");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    said(&made, &it, 0, 1, "salary < 58,400");
    said(&made, &it, 0, 2 | 4, "salary >= 58,400");
    said(&made, &it, 0, 2, "salary >= 58,400 and salary < 60,000.51");
    said(&made, &it, 0, 1 | 4, "salary < 58,400 or salary >= 60,000.51");
    said(&made, &it, 0, 8, "salary = NONE");
    said(&made, &it, 0, 4 | 8, "salary >= 60,000.51 or salary = NONE");
    said(&made, &it, 0, 7, "salary != NONE");
    said(&made, &it, 0, 15, "not asked");
    said(&made, &it, 1, 1, "kin = NONE");
    said(&made, &it, 1, 2, "kin in {SPOUSE, PARENT}");
    said(&made, &it, 1, 2 | 4, "kin != NONE");
    said(&made, &it, 2, 2, "visa in {C_list(SCHENGEN)}");
    said(&made, &it, 2, 2 | 4, "visa in {C_*}");
    said(&made, &it, 3, 2, "citizenship has RUS");
    said(&made, &it, 3, 1, "not citizenship has RUS");
    said(&made, &it, 4, 1, "stay_days(KAZ, 180d) <= 90");
    said(&made, &it, 4, 2, "stay_days(KAZ, 180d) >= 91");
    said(&made, &it, 5, 1, "not any(child: age < 18)");
    said(&made, &it, 6, 1, "years < 3");
    made_close(&made);
}

static void say_back_test(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made made;
        made_open(&made, round);
        struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
        random_version(&made, version, ATOMS_RANDOM);
        struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
        struct person person = random_person(&made, it.on, 0);
        struct asked_of of = {&made, person.values, &person, it.on};
        uint8_t vector[DIAGRAM_VARS_MAX];
        vector_of(&made, &it, &person, vector);
        for (size_t v = 0; v < it.n_vars; v++) {
            uint64_t all = UINT64_MAX >> (64 - it.vars[v].n_classes);
            uint64_t mask = rng_u64(&made.rng) & all;
            struct buf buf;
            if (mask == 0 || mask == all) {
                continue;
            }
            buf_init(&buf, 4096);
            instance_say(&buf, &it, v, mask);
            buf_char(&buf, '\0');
            assert_int_equal(buf_ok(&buf, NULL), 0);
            if (oracle(&of, made_expr(&made, buf.at)) != (mask >> vector[v] & 1)) {
                fail_msg("round %u: '%s'", round, buf.at);
            }
            buf_free(&buf);
        }
        made_close(&made);
    }
}

static uint64_t birth_mask(struct made *it, const struct instance *instance, uint8_t *asked,
                           const struct person *person)
{
    uint64_t mask[4];
    assert_int_equal(instance_cube(&it->scratch, instance, person, mask, asked, NULL), 0);
    return mask[0];
}

static void age_test(void **state)
{
    (void)state;
    struct made made;
    uint8_t asked[4];
    uint64_t mask[4];
    struct ajar_err err = {0};
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "age_on(2022-09-21) >= 18 and age < 27");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    assert_int_equal(it.n_vars, 1); /* both on birth_date: 27 or more, of age, younger */
    struct person person = made_person(&made);
    assert_int_equal(birth_mask(&made, &it, asked, &person), 7);
    assert_int_equal(asked[0], 1);
    state_number(person.values, AGE, 20);
    assert_int_equal(birth_mask(&made, &it, asked, &person), 2);
    assert_int_equal(asked[0], 0);
    state_number(person.values, AGE, 18); /* was 18 or 17 two weeks ago */
    assert_int_equal(birth_mask(&made, &it, asked, &person), 6);
    assert_int_equal(asked[0], 1);
    state_number(person.values, AGE, 27);
    assert_int_equal(birth_mask(&made, &it, asked, &person), 1);
    person.values[AGE].known = KNOWN_UNCERTAIN;
    assert_int_equal(birth_mask(&made, &it, asked, &person), 7);
    assert_int_equal(asked[0], 2);
    state_number(person.values, AGE, 18);
    state_number(person.values, BIRTH, day("2004-10-05"));
    assert_int_equal(birth_mask(&made, &it, asked, &person), 4);
    state_number(person.values, BIRTH, day("2004-10-06"));
    assert_int_equal(instance_cube(&made.scratch, &it, &person, mask, asked, &err),
                     E_DOORS_FACTS_CONTRADICT);
    assert_null(strstr(err.text, "2004"));
    made.rules.facts[BIRTH].none = true;
    it = made_instance(&made, "2022-10-05", "2022-10-05");
    person.values[AGE].known = KNOWN_NOT;
    state_none(person.values, BIRTH);
    assert_int_equal(birth_mask(&made, &it, asked, &person), 8);
    assert_int_equal(asked[0], 0);
    made_close(&made);
}

/* any, all, count over yes, no and unknown members against all ways to fill in the unknown. */
static void quant_test(void **state)
{
    (void)state;
    static const char *const texts[] = {"any(child: job = yes)", "all(child: job = yes)",
                                        "count >= 2 (child: job = yes)",
                                        "any(child: job = yes or job = no and kin = NONE)"};
    struct made made;
    made_open(&made, 0);
    for (size_t q = 0; q < 4; q++) {
        struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
        made.rules.doors[0].n_versions = 1;
        version = &made.rules.doors[0].versions[0];
        version->n_rules = 0;
        made_rule(&made, version, "a", EFFECT_OPEN, texts[q]);
        struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
        assert_int_equal(it.n_vars, 1);
        for (unsigned code = 0; code < 81; code++) {
            struct member members[4];
            struct person person = made_person(&made);
            unsigned n = 0, yes = 0, unknown = 0, rest = code;
            uint64_t mask;
            uint8_t asked;
            for (; n < 3; n++, rest /= 3) {
                members[n] = (struct member){TEXT_LIT("child"), made_person(&made).values};
                state_literal(&made, members[n].values, KIN, "SPOUSE");
                if (rest % 3 < 2) {
                    state_literal(&made, members[n].values, JOB, rest % 3 == 0 ? "no" : "yes");
                }
                yes += rest % 3 == 1;
                unknown += rest % 3 == 2;
            }
            n = rest % 3 == 0 ? 3 : 2; /* the last child stays at home */
            yes = unknown = 0;
            for (unsigned i = 0; i < n; i++) {
                yes += members[i].values[JOB].known == KNOWN_YES &&
                       members[i].values[JOB].literal == word(&made, "yes");
                unknown += members[i].values[JOB].known != KNOWN_YES;
            }
            members[n] = (struct member){TEXT_LIT("spouse"), made_person(&made).values};
            person.household_known = true;
            person.members = members;
            person.n_members = n + 1;
            unsigned least = q == 1 ? n : q == 2 ? 2 : 1;
            uint64_t want = (yes + unknown >= least ? 2 : 0) | (yes < least ? 1 : 0);
            assert_int_equal(instance_cube(&made.scratch, &it, &person, &mask, &asked, NULL), 0);
            assert_int_equal(mask, want);
            assert_int_equal(asked, want == 3);
            person.household_known = false;
            assert_int_equal(instance_cube(&made.scratch, &it, &person, &mask, &asked, NULL), 0);
            assert_int_equal(mask, 3);
        }
    }
    made_close(&made);
}

/* What holds for every value of an unknown fact holds for a member of whom it is not known. */
static void quant_exact_test(void **state)
{
    (void)state;
    struct made made;
    uint64_t mask;
    uint8_t asked;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN,
              "any(child: job = yes and kin = NONE or job = no and kin = NONE)");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    struct member child = {TEXT_LIT("child"), made_person(&made).values};
    state_literal(&made, child.values, KIN, "NONE");
    person.household_known = true;
    person.members = &child;
    person.n_members = 1;
    assert_int_equal(instance_cube(&made.scratch, &it, &person, &mask, &asked, NULL), 0);
    assert_int_equal(mask, 2);
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(say_test),         cmocka_unit_test(say_back_test),
        cmocka_unit_test(age_test),         cmocka_unit_test(quant_test),
        cmocka_unit_test(quant_exact_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
