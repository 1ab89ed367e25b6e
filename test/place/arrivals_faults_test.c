#include "arrivals_case.h"

#include "../base/unit.h"

static void refuse(const struct arrivals_input *input, const struct arrivals_options *options,
                   const char *says)
{
    struct arena arena;
    struct ajar_err err = {0};
    struct arrivals_result result = {.objective_micro = -7};
    arena_init(&arena, "the test", (size_t)1 << 26);
    assert_int_equal(arrivals_run(&arena, input, options, NULL, NULL, &result, &err),
                     E_PLACE_ARRIVALS);
    assert_non_null(strstr(err.text, says));
    assert_int_equal(result.objective_micro, -7);
    arena_free(&arena);
}

static void refused(void **state)
{
    (void)state;
    struct arena arena;
    struct arrivals_case made;
    const struct arrivals_options plain = {.method = ARRIVALS_POT2, .gamma = NAN};
    struct arrivals_options options = plain;
    int64_t bound = -7;
    arena_init(&arena, "the test", (size_t)1 << 26);
    assert_int_equal(arrivals_case_make(&arena, 1, &made, NULL), 0);

    made.arriving[7] = made.arriving[3];
    refuse(&made.input, &plain, "Household 116 stands twice");
    assert_int_equal(arrivals_hindsight(&arena, &made.input, NULL, NULL, &bound, NULL),
                     E_PLACE_ARRIVALS);
    assert_int_equal(bound, -7);
    made.arriving[7] = made.past[5];
    refuse(&made.input, &plain, "Household 5 stands twice");
    made.arriving[7] = CASE_ALL;
    refuse(&made.input, &plain, "household 120; there are 120");
    made.arriving[7] = CASE_ALL - 8;

    made.end[2] = made.end[1] - 1;
    refuse(&made.input, &plain, "Batch 2 ends at arrival 14");
    arrivals_case_batches(&made, 8);
    made.end[7] = CASE_ARRIVING - 1;
    refuse(&made.input, &plain, "at arrival 59; 60 households arrive");
    made.end[7] = CASE_ARRIVING + 1;
    refuse(&made.input, &plain, "at arrival 61; 60 households arrive");
    arrivals_case_batches(&made, 0);
    refuse(&made.input, &plain, "There is no batch");
    arrivals_case_batches(&made, 8);

    made.group[4] = CASE_GROUPS;
    refuse(&made.input, &plain, "Household 4 is of group 3");
    made.group[4] = 0;
    made.floor[1] = PLACE_SCORE_MOST + 1;
    refuse(&made.input, &plain, "floor of group 1");
    made.floor[1] = 0;
    options.method = ARRIVALS_METHODS;
    refuse(&made.input, &options, "no method");
    options = plain;
    options.gamma = -1;
    refuse(&made.input, &options, "backlog");
    options.gamma = INFINITY;
    refuse(&made.input, &options, "backlog");
    options = plain;
    options.futures = ARRIVALS_FUTURES_MOST + 1;
    refuse(&made.input, &options, "futures");
    arena_free(&arena);
}

/* Whatever the ceiling, the answer is whole or there is none. */
static void short_of_memory(void **state)
{
    (void)state;
    struct arena arena;
    struct arrivals_case made;
    const struct arrivals_options options = {.method = ARRIVALS_POT2, .futures = 2, .gamma = NAN};
    size_t refusals = 0, answers = 0;
    arena_init(&arena, "the test", (size_t)1 << 26);
    assert_int_equal(arrivals_case_make(&arena, 1, &made, NULL), 0);
    for (size_t ceiling = 0; ceiling < 200000; ceiling += 10000) {
        struct arena own;
        struct arrivals_result result = {.objective_micro = -7};
        arena_init(&own, "the test", ceiling);
        int code = arrivals_run(&own, &made.input, &options, NULL, NULL, &result, NULL);
        assert_true(code == 0 || code == E_CEILING || code == E_MEMORY);
        assert_int_equal(code == 0, result.objective_micro != -7);
        refusals += code != 0;
        answers += code == 0;
        arena_free(&own);
    }
    assert_true(refusals > 0 && answers > 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refused),
        cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
