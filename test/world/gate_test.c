#include "../base/unit.h"
#include "gate.h"

#define DAYS      3
#define CROSSINGS 2
#define PROFILES  4

static void a_cell_is_found_by_day_crossing_and_profile(void **state)
{
    (void)state;
    uint8_t at[DAYS * CROSSINGS * PROFILES];
    struct gates gates = {
        .from = 19200, .n_days = DAYS, .n_crossings = CROSSINGS, .n_profiles = PROFILES, .at = at};
    size_t n = 0;
    for (size_t i = 0; i < sizeof at; i++) {
        at[i] = (uint8_t)(i * 7 % 6);
    }
    for (date_days day = 0; day < DAYS; day++) {
        for (size_t crossing = 0; crossing < CROSSINGS; crossing++) {
            for (size_t profile = 0; profile < PROFILES; profile++) {
                assert_int_equal(gate_at(&gates, 19200 + day, crossing, profile), at[n++]);
            }
        }
    }
}

static void outside_the_days_nothing_is_said(void **state)
{
    (void)state;
    uint8_t at[1] = {GATE_BARRED};
    struct gates gates = {.from = 100, .n_days = 1, .n_crossings = 1, .n_profiles = 1, .at = at};
    assert_int_equal(gate_at(&gates, 100, 0, 0), GATE_BARRED);
    assert_int_equal(gate_at(&gates, 99, 0, 0), GATE_NO_RULE);
    assert_int_equal(gate_at(&gates, 101, 0, 0), GATE_NO_RULE);
    assert_int_equal(gate_at(&gates, INT32_MIN, 0, 0), GATE_NO_RULE);
    assert_int_equal(gate_at(&gates, INT32_MAX, 0, 0), GATE_NO_RULE);
    gates.n_days = 0;
    assert_int_equal(gate_at(&gates, 100, 0, 0), GATE_NO_RULE);
}

static void each_gate_has_its_word(void **state)
{
    (void)state;
    assert_string_equal(gate_words[GATE_NO_RULE], "NO_RULE");
    assert_string_equal(gate_words[GATE_OPEN], "OPEN");
    assert_string_equal(gate_words[GATE_DISCRETION], "DISCRETION");
    assert_string_equal(gate_words[GATE_CLOSED], "CLOSED");
    assert_string_equal(gate_words[GATE_BARRED], "BARRED");
    assert_string_equal(gate_words[GATE_UNKNOWN], "UNKNOWN");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_found_by_day_crossing_and_profile),
        cmocka_unit_test(outside_the_days_nothing_is_said),
        cmocka_unit_test(each_gate_has_its_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
