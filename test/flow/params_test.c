#include <math.h>

#include "flee_folder.h"
#include "flee_small.h"
#include "params.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

struct settings_read {
    int code;
    struct flow_params params;
    struct flow_said said;
    struct faults faults;
};

static struct settings_read settings(struct text bytes)
{
    struct settings_read out = {.params = {.hasten = -7}};
    assert_int_equal(faults_init(&out.faults, &arena, 20, NULL), 0);
    assert_int_equal(flow_said_init(&out.said, &arena, 20, NULL), 0);
    out.code = flow_params_flee(&arena, "s.yml", bytes, &out.params, &out.said, &out.faults, NULL);
    return out;
}

static void same_params(const struct flow_params *a, const struct flow_params *b)
{
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        double left = flow_param_get(a, at), right = flow_param_get(b, at);
        if (!(left <= right && left >= right)) {
            fail_msg("%s: %g and %g", at->name, left, right);
        }
    }
    assert_int_equal(a->rules, b->rules);
    assert_int_equal(a->n_spawn_decay, b->n_spawn_decay);
    for (int32_t i = 0; i < a->n_spawn_decay; i++) {
        assert_near(a->spawn_decay[i], b->spawn_decay[i], 0);
    }
}

/* The settings of all eight conflicts are the validation set. */
static void test_validation(void **state)
{
    (void)state;
    struct flow_params ours = flow_params_validation();
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s/simsetting.yml", FLEE_DATA, flee_names[i]);
        struct settings_read read = settings(flee_bytes(&arena, path));
        assert_int_equal(read.code, 0);
        assert_int_equal(read.said.total, 0);
        same_params(&read.params, &ours);
    }
    assert_near(ours.max_move_speed, 400, 0);
    assert_near(ours.spawn_decay[4], 0.1, 0);
}

static void test_awareness2(void **state)
{
    (void)state;
    struct settings_read read =
        settings(flee_bytes(&arena, FLEE_DATA "/mali2012/simsetting_awareness2.yml"));
    assert_int_equal(read.code, 0);
    assert_int_equal(read.params.awareness, 2);
    assert_true(read.params.start_on_foot);
    assert_near(read.params.softening, 36, 0);
    assert_near(read.params.default_movechance, 0.75, 0);
    assert_near(read.params.camp_movechance, 0.0005, 0);
    assert_near(read.params.conflict_weight, 0.316227766017, 1e-12);
    assert_int_equal(read.params.n_spawn_decay, 5);
}

/* Nothing set: section 1.7's column of code defaults. */
static void test_default(void **state)
{
    (void)state;
    struct flow_params ours = flow_params_default();
    struct settings_read read = settings(TEXT_LIT("log_levels:\n  agent: 0\nmove_rules:\n"));
    assert_int_equal(read.code, 0);
    same_params(&read.params, &ours);
    assert_near(ours.max_move_speed, 360, 0);
    assert_near(ours.max_walk_speed, 35, 0);
    assert_near(ours.softening, 10, 0);
    assert_near(ours.distance_power, 1, 0);
    assert_near(ours.default_movechance, 0.3, 0);
    assert_near(ours.capacity_buffer, 0.9, 0);
    assert_near(ours.capacity_scaling, 1, 0);
    assert_int_equal(ours.n_spawn_decay, 0);
    assert_false(ours.avoid_short_stints);
}

/* Each parameter by its name there; a value other than the default shows that it arrives. */
static void test_every_key(void **state)
{
    (void)state;
    struct flow_params defaults = flow_params_default();
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        char bytes[200];
        if (at->flee == NULL) {
            continue;
        }
        double value = at->most < 5 ? 1 - flow_param_get(&defaults, at) : 5;
        value = value < at->least ? at->least : value;
        int n = snprintf(bytes, sizeof bytes, "%s:\n  %s: %.17g\n", at->section, at->flee, value);
        struct settings_read read = settings((struct text){bytes, (size_t)n});
        assert_int_equal(read.code, 0);
        assert_near(flow_param_get(&read.params, at), value, 0);
        assert_true(flow_param_get(&defaults, at) < value || flow_param_get(&defaults, at) > value);
    }
}

static void test_words(void **state)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"True", true},   {"yes", true}, {"ON", true},   {"1", true}, {"1.0", true},
                 {"False", false}, {"no", false}, {"off", false}, {"0", false}};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char bytes[100];
        int n = snprintf(bytes, sizeof bytes, "move_rules: {start_on_foot: %s}", words[i].word);
        struct settings_read read = settings((struct text){bytes, (size_t)n});
        assert_int_equal(read.code, 0);
        assert_int_equal(read.params.start_on_foot, words[i].value);
    }
}

static void test_v1(void **state)
{
    (void)state;
    struct settings_read read = settings(
        TEXT_LIT("move_rules:\n  use_v1_rules: True\n  max_move_speed: 500\n  start_on_foot: yes\n"
                 "  softening: 7\n"));
    assert_int_equal(read.code, 0);
    assert_near(read.params.max_move_speed, 200, 0);
    assert_near(read.params.camp_weight, 2, 0);
    assert_near(read.params.conflict_weight, 0.25, 0);
    assert_near(read.params.softening, 7, 0);
    assert_false(read.params.start_on_foot);
    assert_true(small_said(&read.said, "use_v1_rules sets"));
}

static void test_said(void **state)
{
    static const struct {
        const char *bytes, *words;
    } cases[] = {
        {"spawn_rules:\n  camps_are_sinks: True\n", "s.yml, line 2: camps_are_sinks has no effect"},
        {"move_rules:\n  two_system_decision_making: True\n", "two_system_decision_making has no"},
        {"move_rules:\n  max_crossing_speed: 20\n", "max_crossing_speed has no effect"},
        {"number_of_steps: 4\n", "number_of_steps has no effect"},
        {"move_rules:\n  max_move_sped: 400\n",
         "'max_move_sped' is not known and has no effect (did you mean max_move_speed?)"},
        {"colour: red\n", "'colour' is not known"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings_read read = settings(text_of(cases[i].bytes));
        assert_int_equal(read.code, 0);
        assert_true(small_said(&read.said, cases[i].words));
    }
}

static void test_faults(void **state)
{
    static const struct {
        const char *bytes;
        enum err_code code;
        long row;
        const char *column, *value;
    } cases[] = {
        {"move_rules:\n  max_move_speed: 0\n", E_FLOW_SETTING, 2, "move_rules.max_move_speed", "0"},
        {"move_rules:\n  max_move_speed: fast\n", E_FLOW_SETTING, 2, "move_rules.max_move_speed",
         "fast"},
        {"move_rules:\n  softening: -1\n", E_FLOW_SETTING, 2, "move_rules.softening", "-1"},
        {"move_rules:\n  camp_movechance: 1.5\n", E_FLOW_SETTING, 2, "move_rules.camp_movechance",
         "1.5"},
        {"move_rules:\n  awareness_level: 0\n", E_FLOW_SETTING, 2, "move_rules.awareness_level",
         "0"},
        {"move_rules:\n  awareness_level: 1.5\n", E_FLOW_SETTING, 2, "move_rules.awareness_level",
         "1.5"},
        {"move_rules:\n  start_on_foot: perhaps\n", E_FLOW_SETTING, 2, "move_rules.start_on_foot",
         "perhaps"},
        {"move_rules:\n  capacity_buffer: [1]\n", E_FLOW_SETTING, 2, "move_rules.capacity_buffer",
         ""},
        {"spawn_rules:\n  take_from_population: True\n", E_FLOW_SETTING, 2,
         "spawn_rules.take_from_population", "True"},
        {"spawn_rules:\n  conflict_zone_spawning_only: False\n", E_FLOW_SETTING, 2,
         "spawn_rules.conflict_zone_spawning_only", "False"},
        {"spawn_rules:\n  conflict_driven_spawning:\n    spawn_mode: Poisson\n", E_FLOW_SETTING, 3,
         "spawn_rules.conflict_driven_spawning", ""},
        {"move_rules:\n  flood_rules:\n    max_flood_level: 4\n", E_FLOW_SETTING, 3,
         "move_rules.flood_rules", ""},
        {"spawn_rules:\n  conflict_spawn_decay: 4\n", E_FLOW_SETTING, 2,
         "spawn_rules.conflict_spawn_decay", "4"},
        {"spawn_rules:\n  conflict_spawn_decay: [1,-1]\n", E_FLOW_SETTING, 2,
         "spawn_rules.conflict_spawn_decay", ""},
        {"spawn_rules:\n  conflict_spawn_decay: [1,1,1,1,1,1,1,1,1]\n", E_FLOW_SETTING, 2,
         "spawn_rules.conflict_spawn_decay", ""},
        {"optimisations:\n  hasten: 0\n", E_FLOW_SETTING, 2, "optimisations.hasten", "0"},
        {"move_rules: 4\n", E_YAML_KIND, 1, "move_rules", "4"},
        {"[1, 2]\n", E_YAML_KIND, 1, "", ""},
        {"a: [\n", E_YAML_SYNTAX, 2, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct settings_read read = settings(text_of(cases[i].bytes));
        const struct ajar_err *at = &read.faults.at[0];
        if (read.faults.total != 1 || at->code != (int)cases[i].code || at->row != cases[i].row ||
            strcmp(at->column, cases[i].column) != 0 || strcmp(at->value, cases[i].value) != 0) {
            fail_msg("case %zu: %llu faults, %s line %ld '%s' '%s': %s", i,
                     (unsigned long long)read.faults.total, at->slug, at->row, at->column,
                     at->value, at->text);
        }
        assert_string_equal(at->file, "s.yml");
        assert_int_equal(read.code, E_FLOW_FAULTS);
        assert_int_equal(read.params.hasten, -7);
    }
}

static void test_set(void **state)
{
    (void)state;
    struct flow_params params = flow_params_default(), before = params;
    for (size_t i = 0; i < flow_param_count; i++) {
        const struct flow_param *at = &flow_param_list[i];
        struct ajar_err err = {0};
        assert_int_equal(flow_param_set(&params, at, at->most * 2 + 1, &err), E_FLOW_SETTING);
        assert_int_equal(flow_param_set(&params, at, (double)NAN, &err), E_FLOW_SETTING);
        assert_non_null(strstr(err.text, at->name));
        same_params(&params, &before);
        assert_int_equal(flow_param_set(&params, at, at->least, &err), 0);
        assert_near(flow_param_get(&params, at), at->least, 0);
        assert_int_equal(flow_param_set(&params, at, at->most, &err), 0);
        assert_near(flow_param_get(&params, at), at->most, 0);
        params = before;
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_validation), TEST(test_awareness2), TEST(test_default),
        TEST(test_every_key),  TEST(test_words),      TEST(test_v1),
        TEST(test_said),       TEST(test_faults),     TEST(test_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
