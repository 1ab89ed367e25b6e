#include "package_in.h"

#include <stdio.h>
#include <string.h>

#include "file.h"
#include "json.h"

#define PACKAGE_CEILING ((size_t)16 << 20)

struct package {
    struct checker *checker;
    const char *dir, *file; /* file: for messages */
    bool listed[SCHEMA_COUNT];
    json_t *names; /* of the resources so far, as keys */
};

static struct ajar_err *package_fault(const struct package *package, enum err_code code,
                                      const char *where, const char *value, const char *sentence)
{
    return checker_file_fault(package->checker, code, package->file, 0, where, text_of(value), "%s",
                              sentence);
}

/* Jansson knows "integer" and "number" as one; so may a package that declares whole numbers. */
static bool package_type_fits(enum cell_type type, const char *word)
{
    return strcmp(word, cell_type_standard(type)) == 0 ||
           (type == CELL_NUMBER && strcmp(word, "integer") == 0);
}

static void package_check_field(const struct package *package, const struct schema_table *table,
                                size_t resource, size_t at, const json_t *field)
{
    char where[80];
    snprintf(where, sizeof where, "resources[%zu].schema.fields[%zu]", resource, at);
    const char *name = json_string_value(json_object_get(field, "name"));
    const char *type = json_string_value(json_object_get(field, "type"));
    const struct schema_column *column = &table->columns[at];
    if (name == NULL || strcmp(name, column->name) != 0) {
        struct ajar_err *fault = package_fault(package, E_SCENARIO_PACKAGE_FIELDS, where, name,
                                               "this field is not the column of its place");
        err_hint(fault, "Here stands the column '%s'.", column->name);
    } else if (type == NULL || !package_type_fits(column->type, type)) {
        struct ajar_err *fault = package_fault(package, E_SCENARIO_PACKAGE_TYPE, where, type,
                                               "this is not the type of the column");
        err_hint(fault, "The type of '%s' is %s.", column->name, cell_type_standard(column->type));
    }
}

static void package_check_fields(const struct package *package, const struct schema_table *table,
                                 size_t resource, const json_t *entry)
{
    char where[64], sentence[160];
    snprintf(where, sizeof where, "resources[%zu].schema.fields", resource);
    const json_t *fields = json_object_get(json_object_get(entry, "schema"), "fields");
    if (json_array_size(fields) != table->n) {
        snprintf(sentence, sizeof sentence, "%s has %zu columns, and %zu fields are listed",
                 table->name, table->n, json_array_size(fields));
        package_fault(package, E_SCENARIO_PACKAGE_FIELDS, where, table->name, sentence);
        return;
    }
    for (size_t i = 0; i < table->n; i++) {
        package_check_field(package, table, resource, i, json_array_get(fields, i));
    }
}

/* A path inside the folder, by the rules of Data Package: parts between slashes, none of them hidden, empty
 * or a way up. */
static bool package_plain(const char *path)
{
    if (strpbrk(path, "\\:") != NULL) {
        return false;
    }
    for (const char *part = path;; part++) {
        if (*part == '\0' || *part == '/' || *part == '.') {
            return false;
        }
        part = strchr(part, '/');
        if (part == NULL) {
            return true;
        }
    }
}

/* A resource that is no table of a scenario may be there, as long as its file is. */
static int package_check_path(const struct package *package, size_t resource, int table,
                              const char *path, struct ajar_err *err)
{
    char where[64];
    snprintf(where, sizeof where, "resources[%zu].path", resource);
    if (table >= 0 && strcmp(path, schema_table((enum schema_name)table)->file) != 0) {
        struct ajar_err *fault = package_fault(package, E_SCENARIO_PACKAGE_PATH, where, path,
                                               "this is not the file of the table");
        err_hint(fault, "Write '%s'.", schema_table((enum schema_name)table)->file);
        return 0;
    }
    if (!package_plain(path)) {
        package_fault(package, E_SCENARIO_PACKAGE_PATH, where, path,
                      "the path leads out of the folder");
        return 0;
    }
    const char *file;
    TRY(file_join(package->checker->scratch, package->dir, path, &file, err));
    bool told = table >= 0 && !schema_table((enum schema_name)table)->optional;
    if (!told && !file_exists(file)) {
        err_hint(package_fault(package, E_SCENARIO_FILE_MISSING, where, path,
                               "the file of this resource is not there"),
                 "Add the file, or remove the resource.");
    }
    return 0;
}

static int package_check_resource(struct package *package, const json_t *resources, size_t i,
                                  struct ajar_err *err)
{
    char where[64];
    const json_t *entry = json_array_get(resources, i);
    const char *name = json_string_value(json_object_get(entry, "name"));
    const char *path = json_string_value(json_object_get(entry, "path"));
    int table = name == NULL ? -1 : schema_find(text_of(name));
    if (table >= 0) {
        package->listed[table] = true;
    }
    snprintf(where, sizeof where, "resources[%zu]", i);
    if (name == NULL || path == NULL) {
        package_fault(package, E_SCENARIO_PACKAGE_FORM, where, name,
                      "a resource has a name and a path, each one text");
        return 0;
    }
    if (json_object_get(package->names, name) != NULL) {
        snprintf(where, sizeof where, "resources[%zu].name", i);
        package_fault(package, E_SCENARIO_PACKAGE_TWICE, where, name,
                      "an earlier resource has this name");
        return 0;
    }
    if (json_object_set_new(package->names, name, json_true()) != 0) {
        return err_set(err, E_MEMORY, "no memory is left to check %s", package->file);
    }
    TRY(package_check_path(package, i, table, path, err));
    if (table >= 0) {
        package_check_fields(package, schema_table((enum schema_name)table), i, entry);
    }
    return 0;
}

static int package_check_root(struct package *package, const json_t *root, struct ajar_err *err)
{
    const json_t *resources = json_object_get(root, "resources");
    if (!json_is_array(resources)) {
        package_fault(package, E_SCENARIO_PACKAGE_FORM, "resources", NULL,
                      "there is no list of resources");
        return 0;
    }
    for (size_t i = 0; i < json_array_size(resources); i++) {
        TRY(package_check_resource(package, resources, i, err));
    }
    for (enum schema_name name = 0; name < SCHEMA_COUNT; name++) {
        if (!package->listed[name] && file_exists(package->checker->path[name])) {
            char sentence[120];
            snprintf(sentence, sizeof sentence, "the table %s is not listed",
                     schema_table(name)->name);
            package_fault(package, E_SCENARIO_PACKAGE_MISSING, "resources",
                          schema_table(name)->name, sentence);
        }
    }
    return 0;
}

int package_check(struct checker *checker, const char *dir, const char *path, struct ajar_err *err)
{
    struct package package = {.checker = checker, .dir = dir, .file = path};
    if (!file_exists(path)) {
        return checker_missing(checker, path, "datapackage.json", err);
    }
    struct file_view view;
    struct ajar_err problem = {0};
    json_t *root = NULL;
    int code = file_open(&view, path, PACKAGE_CEILING, &problem);
    if (code == 0) {
        code = json_read(path, view.bytes, PACKAGE_CEILING, &root, &problem);
        file_close(&view);
    }
    if (code != 0) {
        return checker_absorb(checker, code, &problem, err);
    }
    package.names = json_object();
    code = package_check_root(&package, root, err);
    json_decref(package.names);
    json_decref(root);
    return code;
}
