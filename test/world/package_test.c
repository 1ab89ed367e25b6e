/* datapackage.json: one change, one fault. */
#include "small.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void what_a_package_says(void **state)
{
    (void)state;
    static const struct small_case cases[] = {
        {"datapackage.json", "\"resources\"", "\"tables\"", "scenario.package.form", NULL, 0,
         "resources"},
        {"datapackage.json", "\"path\": \"places.csv\"", "\"path\": 3", "scenario.package.form",
         NULL, 0, "resources[2]"},
        {"datapackage.json", "\"name\": \"places\"", "\"name\": \"towns\"",
         "scenario.package.resource_missing", NULL, 0, "resources"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"places\", \"path\": \"places.csv\"}]}",
         "scenario.package.resource_twice", NULL, 0, "resources[14].name"},
        {"datapackage.json", "\"path\": \"places.csv\"", "\"path\": \"towns.csv\"",
         "scenario.package.path", NULL, 0, "resources[2].path"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"other\", \"path\": \"../other.csv\"}]}",
         "scenario.package.path", NULL, 0, "resources[14].path"},
        {"datapackage.json", "\n]}",
         ",\n{\"name\": \"other\", \"path\": \"flow/../../other.csv\"}]}", "scenario.package.path",
         NULL, 0, "resources[14].path"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"other\", \"path\": \"/etc/passwd\"}]}",
         "scenario.package.path", NULL, 0, "resources[14].path"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"other\", \"path\": \"flow//other.csv\"}]}",
         "scenario.package.path", NULL, 0, "resources[14].path"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"other\", \"path\": \"flow/\"}]}",
         "scenario.package.path", NULL, 0, "resources[14].path"},
        /* A path into a folder of the scenario is good; its file must be there. */
        {"datapackage.json", "\n]}",
         ",\n{\"name\": \"flow-roads\", \"path\": \"flow/roads.csv\"}]}", "scenario.file.missing",
         NULL, 0, "resources[14].path"},
        {"datapackage.json", "\n]}", ",\n{\"name\": \"other\", \"path\": \"other.csv\"}]}",
         "scenario.file.missing", NULL, 0, "resources[14].path"},
        {"datapackage.json", "\"km\"", "\"length\"", "scenario.package.fields", NULL, 0,
         "resources[3].schema.fields[2]"},
        {"datapackage.json", "{\"name\": \"km\", \"type\": \"number\"}, ", "",
         "scenario.package.fields", NULL, 0, "resources[3].schema.fields"},
        {"datapackage.json", "{\"name\": \"km\", \"type\": \"number\"}",
         "{\"name\": \"km\", \"type\": \"string\"}", "scenario.package.type", NULL, 0,
         "resources[3].schema.fields[2]"},
        {"datapackage.json", "{\"name\": \"small\"", "{\"name\": \"small\", \"name\": \"s\"",
         "json.key.duplicate", NULL, 1, ""},
    };
    small_expect(cases, COUNT_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_a_package_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
