#include "../base/unit.h"

#include "json.h"
#include "package_out.h"

struct made {
    struct arena arena;
    struct package_out package;
    struct ajar_err err;
};

static int begin(void **state)
{
    static struct made made;
    made = (struct made){0};
    arena_init(&made.arena, "a package", (size_t)16 << 20);
    assert_int_equal(package_out_init(&made.package, &made.arena, &made.err), 0);
    *state = &made;
    return 0;
}

static int end(void **state)
{
    struct made *made = *state;
    arena_free(&made->arena);
    return 0;
}

/* The package as JSON; the caller lets it go. */
static json_t *json_of(struct made *made)
{
    struct text text;
    json_t *json = NULL;
    assert_int_equal(
        package_out_json(&made->package, TEXT_LIT("A \"title\" <b>"), &text, &made->err), 0);
    assert_int_equal(json_read("datapackage.json", text, 1 << 20, &json, &made->err), 0);
    return json;
}

static const char *word_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const char *type_of(const json_t *json, size_t column)
{
    const json_t *resource = json_array_get(json_object_get(json, "resources"), 0);
    const json_t *fields = json_object_get(json_object_get(resource, "schema"), "fields");
    return word_of(json_array_get(fields, column), "type");
}

static void a_package_says_who_made_it(void **state)
{
    struct made *made = *state;
    json_t *json = json_of(made);
    assert_string_equal(word_of(json, "created_by"), "ajar");
    assert_string_equal(word_of(json, "ajar_version"), ajar_version());
    assert_string_equal(word_of(json, "title"), "A \"title\" <b>");
    assert_int_equal(json_array_size(json_object_get(json, "resources")), 0);
    json_decref(json);
}

static void a_column_has_the_widest_type_that_its_cells_need(void **state)
{
    struct made *made = *state;
    json_t *json;
    assert_int_equal(package_out_add(&made->package, "t.csv",
                                     TEXT_LIT("whole,number,day,word,mixed,empty,part\r\n"
                                              "1,1,2022-09-21,a,1,,2022-09\r\n"
                                              "-2,2.5,2022-09-22,2,2022-09-21,,2022\r\n"
                                              ",,,,,,\r\n"),
                                     &made->err),
                     0);
    json = json_of(made);
    assert_string_equal(type_of(json, 0), "integer");
    assert_string_equal(type_of(json, 1), "number");
    assert_string_equal(type_of(json, 2), "date");
    assert_string_equal(type_of(json, 3), "string");
    assert_string_equal(type_of(json, 4), "string");
    assert_string_equal(type_of(json, 5), "string");
    assert_string_equal(type_of(json, 6), "string");
    json_decref(json);
}

static void every_file_is_listed_with_what_it_is(void **state)
{
    struct made *made = *state;
    static const char *const names[] = {"aid.csv",         "report.html",     "certificate.json",
                                        "methodology.md",  "doors_gates.csv", "doors_diff.csv",
                                        "doors_doors.csv", "later.csv"};
    static const char *const types[] = {"text/csv",      "text/html", "application/json",
                                        "text/markdown", "text/csv",  "text/csv",
                                        "text/csv",      "text/csv"};
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(
            package_out_add(&made->package, names[i], TEXT_LIT("a\r\n1\r\n"), &made->err), 0);
    }
    json_t *json = json_of(made);
    const json_t *resources = json_object_get(json, "resources"), *resource;
    size_t i;
    assert_int_equal(json_array_size(resources), 8);
    json_array_foreach(resources, i, resource)
    {
        assert_string_equal(word_of(resource, "path"), names[i]);
        assert_string_equal(word_of(resource, "mediatype"), types[i]);
        assert_int_equal(json_object_get(resource, "description") != NULL, i < 7);
        assert_int_equal(json_object_get(resource, "schema") != NULL, i == 0 || i >= 4);
        assert_null(strchr(word_of(resource, "name"), '.'));
    }
    json_decref(json);
}

static void a_broken_table_is_an_error(void **state)
{
    struct made *made = *state;
    assert_int_not_equal(
        package_out_add(&made->package, "t.csv", TEXT_LIT("a,b\r\n1\r\n"), &made->err), 0);
    assert_string_equal(made->err.file, "t.csv");
    assert_int_equal(made->package.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_package_says_who_made_it, begin, end),
        cmocka_unit_test_setup_teardown(a_column_has_the_widest_type_that_its_cells_need, begin,
                                        end),
        cmocka_unit_test_setup_teardown(every_file_is_listed_with_what_it_is, begin, end),
        cmocka_unit_test_setup_teardown(a_broken_table_is_an_error, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
