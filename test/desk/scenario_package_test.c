/* The datapackage.json of a scenario: what the schema of the program makes of it, and that the one
 * which is shipped agrees with it. */
#include "../base/unit.h"

#include "file.h"
#include "json.h"
#include "scenario_package.h"
#include "schema.h"

#define SHIPPED "scenarios/exodus2022/datapackage.json"
#define CEILING ((size_t)16 << 20)

static struct arena arena;

static int begin(void **state)
{
    (void)state;
    arena_init(&arena, "test", CEILING);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static json_t *made(void)
{
    struct text bytes;
    json_t *root = NULL;
    assert_int_equal(scenario_package_json(&arena,
                                           &(struct scenario_package){.name = "made",
                                                                      .title = "Made",
                                                                      .description = "For a test."},
                                           &bytes, NULL),
                     0);
    assert_int_equal(json_read("made", bytes, CEILING, &root, NULL), 0);
    return root;
}

static json_t *shipped(void)
{
    struct file_view view;
    json_t *root = NULL;
    assert_int_equal(file_open(&view, SHIPPED, CEILING, NULL), 0);
    assert_int_equal(json_read(SHIPPED, view.bytes, CEILING, &root, NULL), 0);
    file_close(&view);
    return root;
}

/* The Table Schema of a resource; NULL when there is no such resource. */
static json_t *schema_of(const json_t *package, const char *name)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(package, "resources"), i, entry)
    {
        if (strcmp(json_string_value(json_object_get(entry, "name")), name) == 0) {
            return json_object_get(entry, "schema");
        }
    }
    return NULL;
}

/* A package may say in its own words what a column means. */
static void drop_words(json_t *schema)
{
    size_t i;
    json_t *field;
    json_array_foreach(json_object_get(schema, "fields"), i, field)
    {
        assert_true(json_is_string(json_object_get(field, "description")));
        json_object_del(field, "description");
    }
}

static void the_shipped_package_agrees_with_the_schema(void **state)
{
    (void)state;
    json_t *ours = made(), *theirs = shipped();
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const char *name = schema_table((enum schema_name)i)->name;
        json_t *right = schema_of(ours, name), *there = schema_of(theirs, name);
        if (there == NULL) {
            fail_msg("%s lacks the table %s", SHIPPED, name);
        }
        drop_words(right);
        drop_words(there);
        size_t c;
        json_t *field, *fields = json_object_get(there, "fields");
        json_array_foreach(json_object_get(right, "fields"), c, field)
        {
            if (!json_equal(field, json_array_get(fields, c))) {
                fail_msg("%s: field %zu of %s differs from the schema", SHIPPED, c + 1, name);
            }
        }
        if (!json_equal(right, there)) {
            fail_msg("%s: keys or references of %s differ from the schema", SHIPPED, name);
        }
    }
    json_decref(ours);
    json_decref(theirs);
}

static void a_key_with_a_column_that_may_be_empty_is_no_primary_key(void **state)
{
    (void)state;
    json_t *package = made();
    const json_t *visa_free = schema_of(package, "visa_free");
    const json_t *arrivals = schema_of(package, "arrivals");
    assert_null(json_object_get(visa_free, "primaryKey"));
    const json_t *key = json_array_get(json_object_get(visa_free, "uniqueKeys"), 0);
    assert_string_equal(json_string_value(json_array_get(key, 2)), "window_days");
    assert_int_equal(json_array_size(json_object_get(arrivals, "primaryKey")), 6);
    assert_null(json_object_get(arrivals, "uniqueKeys"));
    json_decref(package);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_shipped_package_agrees_with_the_schema, begin, end),
        cmocka_unit_test_setup_teardown(a_key_with_a_column_that_may_be_empty_is_no_primary_key,
                                        begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
