/* A conflict out of the reference's folder, into a scenario, and back. */
#include "../base/scratch.h"
#include "made.h"

#include <sys/stat.h>

#include "file.h"
#include "flow_load.h"
#include "json.h"

#define FLEE "docs/flee"

struct made_flow {
    char dir[SCRATCH_PATH], out[SCRATCH_PATH + 32];
    struct arena arena;
    struct faults faults;
    struct flow_said said;
    struct flow_input input;
    struct ajar_err err;
    bool settings;
};

static int begin(void **state)
{
    static struct made_flow made;
    made = (struct made_flow){0};
    scratch_make(made.dir);
    snprintf(made.out, sizeof made.out, "%s/scenario", made.dir);
    arena_init(&made.arena, "a conflict", (size_t)1 << 28);
    assert_int_equal(faults_init(&made.faults, &made.arena, 100, &made.err), 0);
    assert_int_equal(flow_said_init(&made.said, &made.arena, 100, &made.err), 0);
    *state = &made;
    return 0;
}

static int end(void **state)
{
    struct made_flow *made = *state;
    arena_free(&made->arena);
    scratch_remove(made->dir);
    return 0;
}

static int import_from(struct made_flow *made, const char *dir, const char *title)
{
    return flow_import(&made->arena, dir, title, made->out, &made->said, &made->faults,
                       &made->input, &made->settings, &made->err);
}

static void put(const struct made_flow *made, const char *name, const char *bytes)
{
    char path[SCRATCH_PATH + 100];
    snprintf(path, sizeof path, "%s/%s", made->dir, name);
    assert_int_equal(file_write(path, text_of(bytes), NULL), 0);
}

/* A copy of the shipped folder, to be spoiled. */
static const char *copied(struct made_flow *made)
{
    static char dir[SCRATCH_PATH + 32];
    char command[3 * SCRATCH_PATH];
    snprintf(dir, sizeof dir, "%s/flee", made->dir);
    snprintf(command, sizeof command, "cp -r " FLEE " %s", dir);
    assert_int_equal(system(command), 0);
    return dir;
}

static void an_import_reads_back_as_the_same_conflict(void **state)
{
    struct made_flow *made = *state;
    struct flow_input back;
    assert_int_equal(import_from(made, FLEE, NULL), 0);
    assert_true(made->settings);
    assert_true(text_is(made->input.world.title, "flee"));
    assert_int_equal(flow_load(&made->arena, made->out, NULL, &made->faults, &back, &made->err), 0);
    const struct flow_world *a = &made->input.world, *b = &back.world;
    assert_int_equal(a->n_places, b->n_places);
    assert_int_equal(a->n_roads, b->n_roads);
    assert_int_equal(a->n_reports, b->n_reports);
    assert_int_equal(a->n_camps, b->n_camps);
    assert_int_equal(a->start, b->start);
    for (size_t i = 0; i < a->n_reports; i++) {
        assert_int_equal(a->reports[i].count, b->reports[i].count);
        assert_int_equal(a->reports[i].date, b->reports[i].date);
        assert_int_equal(a->reports[i].place, b->reports[i].place);
    }
    assert_int_equal(back.params.hasten, 10);
    assert_memory_equal(&back.params, &made->input.params, sizeof back.params);
}

/* A scenario belongs to its author: no later run may replace it. */
static void the_package_of_an_import_lets_nobody_replace_it(void **state)
{
    struct made_flow *made = *state;
    struct file_view view;
    char path[SCRATCH_PATH + 64];
    json_t *json = NULL;
    assert_int_equal(import_from(made, FLEE, "Title of my own"), 0);
    snprintf(path, sizeof path, "%s/datapackage.json", made->out);
    assert_int_equal(file_open(&view, path, 1 << 20, &made->err), 0);
    assert_int_equal(json_read(path, view.bytes, 1 << 20, &json, &made->err), 0);
    assert_null(json_object_get(json, "created_by"));
    assert_string_equal(json_string_value(json_object_get(json, "title")), "Title of my own");
    assert_int_equal(json_array_size(json_object_get(json, "resources")), 8);
    json_decref(json);
    file_close(&view);
    assert_int_equal(import_from(made, FLEE, NULL), E_FILE_EXISTS);
    assert_int_equal(scratch_count(made->dir), 1);
}

static void without_settings_the_reference_s_defaults_hold_and_that_is_said(void **state)
{
    struct made_flow *made = *state;
    const char *dir = copied(made);
    char path[SCRATCH_PATH + 64];
    snprintf(path, sizeof path, "%s/simsetting.yml", dir);
    assert_int_equal(remove(path), 0);
    assert_int_equal(import_from(made, dir, NULL), 0);
    assert_false(made->settings);
    struct flow_params params = flow_params_default();
    assert_memory_equal(&made->input.params, &params, sizeof params);
    assert_true(made->said.total >= 1);
}

/* Every fault of every file, each with the path as the user wrote it, and no folder. */
static void a_folder_with_faults_leaves_nothing_behind(void **state)
{
    struct made_flow *made = *state;
    const char *dir = copied(made);
    char road[SCRATCH_PATH + 64], settings[SCRATCH_PATH + 64];
    put(made, "flee/input_csv/routes.csv", "#a,b,km,f\nAral,Bakal,-5,0\nAral,Nowhere,10,0\n");
    put(made, "flee/simsetting.yml", "move_rules:\n  max_move_speed: fast\n");
    assert_int_equal(import_from(made, dir, NULL), E_FLOW_FAULTS);
    snprintf(road, sizeof road, "%s/input_csv/routes.csv", dir);
    snprintf(settings, sizeof settings, "%s/simsetting.yml", dir);
    bool distance = false, place = false, speed = false;
    for (size_t i = 0; i < made->faults.kept; i++) {
        const struct ajar_err *fault = &made->faults.at[i];
        bool in_roads = strcmp(fault->file, road) == 0;
        distance |= in_roads && fault->code == E_FLOW_DISTANCE && fault->row == 2;
        place |= in_roads && fault->code == E_FLOW_PLACE && fault->row == 3;
        speed |= strcmp(fault->file, settings) == 0 && fault->row == 2;
    }
    assert_true(distance && place && speed);
    assert_int_equal(scratch_count(made->dir), 1); /* the copy alone */
}

static void what_is_no_conflict_is_refused_with_the_way_on(void **state)
{
    struct made_flow *made = *state;
    struct flow_input input;
    int code = flow_load(&made->arena, FLEE, NULL, &made->faults, &input, &made->err);
    assert_int_equal(code, E_FLOW_FILE);
    assert_non_null(strstr(made->err.hint, "ajar flow import"));
    code = flow_load(&made->arena, made->dir, NULL, &made->faults, &input, &made->err);
    assert_int_equal(code, E_FLOW_FILE);
    code = flow_load(&made->arena, "no/such/folder", NULL, &made->faults, &input, &made->err);
    assert_int_equal(code, E_FILE_NOT_FOLDER);
    assert_true(flow_stands(&made->arena, "scenarios/mali2012"));
    assert_false(flow_stands(&made->arena, "scenarios/exodus2022"));
}

static void a_fault_of_a_scenario_names_its_folder(void **state)
{
    struct made_flow *made = *state;
    struct flow_input input;
    char path[SCRATCH_PATH + 64];
    assert_int_equal(import_from(made, FLEE, NULL), 0);
    put(made, "scenario/flow/roads.csv", "a,b,km\nAral,Bakal,0\n");
    int code = flow_load(&made->arena, made->out, NULL, &made->faults, &input, &made->err);
    assert_int_equal(code, E_FLOW_FAULTS);
    snprintf(path, sizeof path, "%s/flow/roads.csv", made->out);
    assert_string_equal(made->faults.at[0].file, path);
    assert_int_equal(made->faults.at[0].row, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_import_reads_back_as_the_same_conflict, begin, end),
        cmocka_unit_test_setup_teardown(the_package_of_an_import_lets_nobody_replace_it, begin,
                                        end),
        cmocka_unit_test_setup_teardown(
            without_settings_the_reference_s_defaults_hold_and_that_is_said, begin, end),
        cmocka_unit_test_setup_teardown(a_folder_with_faults_leaves_nothing_behind, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_conflict_is_refused_with_the_way_on, begin, end),
        cmocka_unit_test_setup_teardown(a_fault_of_a_scenario_names_its_folder, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
