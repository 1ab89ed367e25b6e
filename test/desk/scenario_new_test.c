#include "../base/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "csv.h"
#include "file.h"
#include "json.h"
#include "scenario.h"
#include "scenario_new.h"

static struct arena arena;
static char scratch[64];
static struct scenario_new_file *files;
static size_t n_files;

static int make_scratch(void **state)
{
    (void)state;
    arena_init(&arena, "test", (size_t)256 << 20);
    strcpy(scratch, "/tmp/ajar-scenario-new-XXXXXX");
    if (mkdtemp(scratch) == NULL) {
        return -1;
    }
    return scenario_new_files(&arena, &files, &n_files, NULL);
}

static int drop_scratch(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch);
    int code = system(command);
    arena_free(&arena);
    return code;
}

static const char *in_scratch(const char *name)
{
    const char *path;
    assert_int_equal(file_join(&arena, scratch, name, &path, NULL), 0);
    return path;
}

static struct text bytes_of(const char *name)
{
    for (size_t i = 0; i < n_files; i++) {
        if (strcmp(files[i].name, name) == 0) {
            return files[i].bytes;
        }
    }
    fail_msg("there is no file %s", name);
    return (struct text){"", 0};
}

static size_t entries(const char *path)
{
    DIR *folder = opendir(path);
    size_t n = 0;
    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        n++;
    }
    closedir(folder);
    return n - 2;
}

static struct scenario load(const char *path)
{
    struct scenario scenario;
    struct faults faults;
    struct ajar_err err = {0};
    assert_int_equal(faults_init(&faults, &arena, 20, NULL), 0);
    int code = scenario_load(&arena, path, NULL, NULL, &scenario, &faults, &err);
    if (code != 0) {
        const struct ajar_err *first = faults.kept > 0 ? &faults.at[0] : &err;
        fail_msg("%s:%ld %s \"%s\": %s", first->file, first->row, first->column, first->value,
                 first->text);
    }
    return scenario;
}

static void the_new_scenario_has_no_fault(void **state)
{
    (void)state;
    const char *path = in_scratch("good");
    assert_int_equal(scenario_new(&arena, path, NULL), 0);
    load(path);
    assert_int_equal(entries(path), n_files);
    assert_int_equal(entries(scratch), 1); /* no temporary folder is left */
}

static void it_shows_each_thing_that_a_user_will_need(void **state)
{
    (void)state;
    const char *path = in_scratch("shown");
    assert_int_equal(scenario_new(&arena, path, NULL), 0);
    struct scenario scenario = load(path);
    assert_int_equal(scenario.contradictions.n, 1);
    assert_true(scenario.contradictions.row_a[0] != SCENARIO_NO_ROW);
    assert_true(scenario.contradictions.row_b[0] != SCENARIO_NO_ROW);
    assert_true(scenario.doors.n >= 1);
    assert_true(scenario.assumptions.n >= 1);
    assert_int_equal(scenario.aid.n, 2);
    assert_int_not_equal(scenario.aid.hosts[0].stock, scenario.aid.hosts[1].stock);
    assert_true(scenario.aid.budget > 0);
    assert_true(scenario.as_known != DATE_NONE);
}

static void every_table_has_its_columns_and_a_few_rows(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        struct csv csv;
        assert_int_equal(csv_open(&csv, &arena, table->file, bytes_of(table->file), ',',
                                  &CSV_LIMITS_DEFAULT, NULL),
                         0);
        assert_int_equal(csv.n_columns, table->n);
        for (size_t c = 0; c < table->n; c++) {
            assert_true(text_is(csv.header[c], table->columns[c].name));
        }
        size_t rows = 0;
        bool more = true;
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
        for (; more; rows++) {
            assert_int_equal(csv_next(&csv, &more, NULL), 0);
        }
        if (rows < 1 || rows > 5) {
            fail_msg("%s has %zu rows", table->file, rows);
        }
    }
}

/* Of the two rows that the README says to keep, nothing is made up. */
static bool to_keep(const char *row)
{
    return strncmp(row, "population,hosts,", strlen("population,hosts,")) == 0 ||
           strncmp(row, "gdp_per_capita_current_usd,hosts,",
                   strlen("gdp_per_capita_current_usd,hosts,")) == 0;
}

/* What the README promises: one search finds all that is made up. */
static void every_row_says_that_it_is_an_example(void **state)
{
    (void)state;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const char *file = schema_table((enum schema_name)i)->file;
        struct text line, rest = bytes_of(file);
        line = text_split(rest, '\n', &rest); /* the header */
        while (rest.n > 0) {
            const char *copy;
            line = text_split(rest, '\n', &rest);
            assert_int_equal(text_copy(&arena, line, &copy, NULL), 0);
            if (strcasestr(copy, "example") == NULL && !to_keep(copy)) {
                fail_msg("%s: %s", file, copy);
            }
        }
    }
}

/* The text of the YAML line that holds the key, or NULL. */
static const char *line_of(const char *yaml, const char *key)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%s:", key);
    for (const char *line = yaml; line != NULL;
         line = strchr(line, '\n') == NULL ? NULL : strchr(line, '\n') + 1) {
        const char *word = line + strspn(line, " -");
        if (strncmp(word, wanted, strlen(wanted)) == 0) {
            return line;
        }
    }
    return NULL;
}

static void every_setting_is_there(void **state)
{
    (void)state;
    const char *yaml;
    assert_int_equal(text_copy(&arena, bytes_of("scenario.yaml"), &yaml, NULL), 0);
    for (size_t i = 0; i < schema_n_settings; i++) {
        const char *dot = strrchr(schema_settings[i].path, '.');
        const char *key = dot == NULL ? schema_settings[i].path : dot + 1;
        if (line_of(yaml, key) == NULL) {
            fail_msg("scenario.yaml has no %s", schema_settings[i].path);
        }
    }
}

static void no_file_is_empty(void **state)
{
    (void)state;
    assert_int_equal(n_files, SCHEMA_COUNT + 3);
    for (size_t i = 0; i < n_files; i++) {
        assert_true(files[i].bytes.n > 50);
        assert_true(text_utf8(files[i].bytes, NULL));
    }
}

static void a_folder_that_exists_is_never_touched(void **state)
{
    (void)state;
    struct ajar_err err;
    const char *path = in_scratch("mine");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(file_write(in_scratch("mine/arrivals.csv"), TEXT_LIT("my work"), NULL), 0);
    assert_int_equal(scenario_new(&arena, path, &err), E_FILE_EXISTS);
    assert_int_equal(ajar_err_exit(err.code), 5);
    assert_int_equal(entries(path), 1);
    struct file_view view;
    assert_int_equal(file_open(&view, in_scratch("mine/arrivals.csv"), 100, NULL), 0);
    assert_true(text_is(view.bytes, "my work"));
    file_close(&view);
}

/* Not even one that this command made: the user's own rows stand in it by now. */
static void a_new_scenario_is_not_replaced_either(void **state)
{
    (void)state;
    const char *path = in_scratch("twice");
    assert_int_equal(scenario_new(&arena, path, NULL), 0);
    assert_int_equal(scenario_new(&arena, path, NULL), E_FILE_EXISTS);
    struct file_folder folder;
    assert_int_equal(file_folder_begin(&folder, &arena, path, true, NULL), E_FILE_EXISTS);
}

static void the_output_of_a_run_is_not_replaced_either(void **state)
{
    (void)state;
    const char *path = in_scratch("run");
    assert_int_equal(mkdir(path, 0777), 0);
    assert_int_equal(file_write(in_scratch("run/datapackage.json"),
                                TEXT_LIT("{\"created_by\": \"ajar\"}"), NULL),
                     0);
    assert_int_equal(scenario_new(&arena, path, NULL), E_FILE_EXISTS);
}

static void nothing_is_left_when_it_cannot_be_written(void **state)
{
    (void)state;
    size_t before = entries(scratch);
    assert_int_equal(scenario_new(&arena, in_scratch("no/such/folder"), NULL), E_FILE_PLACE);
    assert_int_equal(entries(scratch), before);
}

static json_t *package(void)
{
    json_t *root = NULL;
    assert_int_equal(
        json_read("datapackage.json", bytes_of("datapackage.json"), 1 << 20, &root, NULL), 0);
    return root;
}

static json_t *resource(json_t *root, const char *name)
{
    size_t i;
    json_t *each;
    json_array_foreach(json_object_get(root, "resources"), i, each)
    {
        if (strcmp(json_string_value(json_object_get(each, "name")), name) == 0) {
            return each;
        }
    }
    fail_msg("there is no resource %s", name);
    return NULL;
}

static const char *word(json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static void the_package_lists_every_column_with_its_type(void **state)
{
    (void)state;
    json_t *root = package();
    assert_int_equal(json_array_size(json_object_get(root, "resources")), SCHEMA_COUNT);
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        json_t *one = resource(root, table->name), *schema = json_object_get(one, "schema");
        json_t *fields = json_object_get(schema, "fields");
        assert_string_equal(word(one, "path"), table->file);
        assert_int_equal(json_array_size(fields), table->n);
        for (size_t c = 0; c < table->n; c++) {
            const struct schema_column *column = &table->columns[c];
            json_t *field = json_array_get(fields, c);
            json_t *limits = json_object_get(field, "constraints");
            assert_string_equal(word(field, "name"), column->name);
            assert_string_equal(word(field, "type"), cell_type_standard(column->type));
            assert_int_equal(json_is_true(json_object_get(limits, "required")), !column->optional);
            assert_int_equal(json_array_size(json_object_get(limits, "enum")),
                             column->type == CELL_UNIT ? UNIT_COUNT - 1 : column->n_choices);
            assert_int_equal(json_object_get(limits, "minimum") != NULL, column->min < column->max);
        }
        const json_t *key = json_object_get(schema, "primaryKey");
        key = key == NULL ? json_array_get(json_object_get(schema, "uniqueKeys"), 0) : key;
        assert_int_equal(json_array_size(key), __builtin_popcount(table->key));
        assert_string_equal(
            json_string_value(json_array_get(json_object_get(schema, "missingValues"), 0)), "");
    }
    json_decref(root);
}

/* The table that a cell of the type refers to, by its first column; NULL: none. */
static const char *referred(enum cell_type type)
{
    return type == CELL_SOURCE                                         ? "sources"
           : type == CELL_PLACE                                        ? "places"
           : type == CELL_ARRIVAL_MEASURE || type == CELL_HOST_MEASURE ? "measures"
                                                                       : NULL;
}

static void what_refers_to_another_table_says_so(void **state)
{
    (void)state;
    json_t *root = package();
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        json_t *schema = json_object_get(resource(root, table->name), "schema");
        json_t *keys = json_object_get(schema, "foreignKeys");
        size_t n = 0;
        for (size_t c = 0; c < table->n; c++) {
            const char *other = referred(table->columns[c].type);
            if (other == NULL) {
                continue;
            }
            json_t *key = json_array_get(keys, n++), *to = json_object_get(key, "reference");
            json_t *fields = json_object_get(to, "fields");
            const struct schema_table *target =
                schema_table((enum schema_name)schema_find(text_of(other)));
            assert_string_equal(
                json_string_value(json_array_get(json_object_get(key, "fields"), 0)),
                table->columns[c].name);
            assert_string_equal(word(to, "resource"), other);
            assert_string_equal(json_string_value(json_array_get(fields, 0)),
                                target->columns[0].name);
        }
        assert_int_equal(json_array_size(keys), n);
    }
    json_decref(root);
}

/* "created_by": "ajar" is what lets a later run replace a folder. */
static void the_package_does_not_claim_the_folder_for_ajar(void **state)
{
    (void)state;
    json_t *root = package();
    assert_null(json_object_get(root, "created_by"));
    json_decref(root);
}

static void cells_of_the_example_are_found_by_column(void **state)
{
    (void)state;
    assert_string_equal(scenario_new_cell(SCHEMA_CONTRADICTIONS, 0, "reading"), "a");
    assert_string_equal(scenario_new_cell(SCHEMA_ROUTES, 1, "mode"), "ferry");
    assert_string_equal(scenario_new_cell(SCHEMA_DOORS, 1, "to"), "");
    assert_null(scenario_new_cell(SCHEMA_CONTRADICTIONS, 1, "reading"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_new_scenario_has_no_fault),
        cmocka_unit_test(it_shows_each_thing_that_a_user_will_need),
        cmocka_unit_test(every_table_has_its_columns_and_a_few_rows),
        cmocka_unit_test(every_row_says_that_it_is_an_example),
        cmocka_unit_test(every_setting_is_there),
        cmocka_unit_test(no_file_is_empty),
        cmocka_unit_test(a_folder_that_exists_is_never_touched),
        cmocka_unit_test(a_new_scenario_is_not_replaced_either),
        cmocka_unit_test(the_output_of_a_run_is_not_replaced_either),
        cmocka_unit_test(nothing_is_left_when_it_cannot_be_written),
        cmocka_unit_test(the_package_lists_every_column_with_its_type),
        cmocka_unit_test(what_refers_to_another_table_says_so),
        cmocka_unit_test(the_package_does_not_claim_the_folder_for_ajar),
        cmocka_unit_test(cells_of_the_example_are_found_by_column),
    };
    return cmocka_run_group_tests(tests, make_scratch, drop_scratch);
}
