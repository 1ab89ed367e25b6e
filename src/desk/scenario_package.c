#include "scenario_package.h"

#include "json.h"
#include "schema.h"
#include "units.h"

#define SCENARIO_PACKAGE_CEILING ((size_t)1 << 20)

static void package_put_pair(struct json_out *json, const char *key, const char *value)
{
    json_key(json, key);
    json_put_str(json, value);
}

static bool package_is_key(const struct schema_table *table, size_t column)
{
    return (table->key >> column & 1) != 0;
}

/* Patterns are anchored: the programs in use search a cell for the pattern, where the standard asks
 * for a match of the whole cell. */
static void package_put_pattern(struct json_out *json, enum cell_type type)
{
    const char *pattern = cell_type_pattern(type);
    if (type == CELL_COUNTRY) {
        pattern = "[A-Z]{3}|EU27|SCHENGEN";
    } else if (type == CELL_SOURCE || type == CELL_PLACE || type == CELL_ARRIVAL_MEASURE ||
               type == CELL_HOST_MEASURE) {
        pattern = cell_type_pattern(CELL_ID);
    }
    if (pattern == NULL) {
        return;
    }
    char whole[128];
    snprintf(whole, sizeof whole, "^(%s)$", pattern);
    package_put_pair(json, "pattern", whole);
}

static void package_put_enum(struct json_out *json, const struct schema_column *column)
{
    if (column->type != CELL_UNIT && column->n_choices == 0) {
        return;
    }
    json_key(json, "enum");
    json_begin_array(json);
    for (size_t i = 0; i < column->n_choices; i++) {
        json_put_str(json, column->choices[i]);
    }
    for (int unit = UNIT_NONE + 1; column->type == CELL_UNIT && unit < UNIT_COUNT; unit++) {
        json_put_str(json, unit_word((enum unit)unit));
    }
    json_end_array(json);
}

static void package_put_field(struct json_out *json, const struct schema_table *table, size_t c)
{
    const struct schema_column *column = &table->columns[c];
    json_begin_object(json);
    package_put_pair(json, "name", column->name);
    package_put_pair(json, "type", cell_type_standard(column->type));
    package_put_pair(json, "description", column->help);
    if (column->unit != NULL) {
        package_put_pair(json, "unit", column->unit);
    }
    json_key(json, "constraints");
    json_begin_object(json);
    json_key(json, "required");
    json_put_bool(json, !column->optional);
    if (table->key == UINT32_C(1) << c) {
        json_key(json, "unique");
        json_put_bool(json, true);
    }
    package_put_pattern(json, column->type);
    package_put_enum(json, column);
    if (column->min < column->max) {
        json_key(json, "minimum");
        json_put_number(json, column->min);
        json_key(json, "maximum");
        json_put_number(json, column->max);
    }
    json_end_object(json);
    json_end_object(json);
}

static void package_put_key_columns(struct json_out *json, const struct schema_table *table)
{
    json_begin_array(json);
    for (size_t c = 0; c < table->n; c++) {
        if (package_is_key(table, c)) {
            json_put_str(json, table->columns[c].name);
        }
    }
    json_end_array(json);
}

/* By the standard no column of a primary key may be empty; a key with one that may is a unique key. */
static void package_put_key(struct json_out *json, const struct schema_table *table)
{
    bool may_be_empty = false;
    for (size_t c = 0; c < table->n; c++) {
        may_be_empty = may_be_empty || (package_is_key(table, c) && table->columns[c].optional);
    }
    if (may_be_empty) {
        json_key(json, "uniqueKeys");
        json_begin_array(json);
        package_put_key_columns(json, table);
        json_end_array(json);
    } else {
        json_key(json, "primaryKey");
        package_put_key_columns(json, table);
    }
}

/* What a cell of the type refers to: a table, by its first column.  False: to nothing. */
static bool package_refers(enum cell_type type, enum schema_name *out)
{
    *out = type == CELL_SOURCE  ? SCHEMA_SOURCES
           : type == CELL_PLACE ? SCHEMA_PLACES
                                : SCHEMA_MEASURES;
    return *out != SCHEMA_MEASURES || type == CELL_ARRIVAL_MEASURE || type == CELL_HOST_MEASURE;
}

static void package_put_reference(struct json_out *json, const struct schema_column *column,
                                  const struct schema_table *to)
{
    json_begin_object(json);
    json_key(json, "fields");
    json_begin_array(json);
    json_put_str(json, column->name);
    json_end_array(json);
    json_key(json, "reference");
    json_begin_object(json);
    package_put_pair(json, "resource", to->name);
    json_key(json, "fields");
    json_begin_array(json);
    json_put_str(json, to->columns[0].name);
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

static void package_put_foreign_keys(struct json_out *json, const struct schema_table *table)
{
    enum schema_name to;
    size_t n = 0;
    for (size_t c = 0; c < table->n; c++) {
        n += package_refers(table->columns[c].type, &to) ? 1 : 0;
    }
    if (n == 0) {
        return;
    }
    json_key(json, "foreignKeys");
    json_begin_array(json);
    for (size_t c = 0; c < table->n; c++) {
        if (package_refers(table->columns[c].type, &to)) {
            package_put_reference(json, &table->columns[c], schema_table(to));
        }
    }
    json_end_array(json);
}

static void package_put_table(struct json_out *json, const struct schema_table *table)
{
    json_begin_object(json);
    package_put_pair(json, "name", table->name);
    package_put_pair(json, "path", table->file);
    package_put_pair(json, "type", "table");
    package_put_pair(json, "description", table->help);
    package_put_pair(json, "format", "csv");
    package_put_pair(json, "mediatype", "text/csv");
    package_put_pair(json, "encoding", "utf-8");
    json_key(json, "schema");
    json_begin_object(json);
    package_put_pair(json, "$schema", "https://datapackage.org/profiles/2.0/tableschema.json");
    json_key(json, "fields");
    json_begin_array(json);
    for (size_t c = 0; c < table->n; c++) {
        package_put_field(json, table, c);
    }
    json_end_array(json);
    package_put_key(json, table);
    package_put_foreign_keys(json, table);
    json_key(json, "missingValues");
    json_begin_array(json);
    json_put_str(json, "");
    json_end_array(json);
    json_end_object(json);
    json_end_object(json);
}

static void package_put_all(struct json_out *json, const struct scenario_package *package)
{
    json_begin_object(json);
    package_put_pair(json, "$schema", "https://datapackage.org/profiles/2.0/datapackage.json");
    package_put_pair(json, "name", package->name);
    package_put_pair(json, "title", package->title);
    package_put_pair(json, "description", package->description);
    json_key(json, "resources");
    json_begin_array(json);
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        if (!(package->required_alone && table->optional)) {
            package_put_table(json, table);
        }
    }
    if (package->others != NULL) {
        package_out_resources(json, package->others);
    }
    json_end_array(json);
    json_end_object(json);
}

int scenario_package_json(struct arena *arena, const struct scenario_package *package,
                          struct text *out, struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    const char *copy = NULL;
    buf_init(&buf, SCENARIO_PACKAGE_CEILING);
    json_out_init(&json, &buf, true);
    package_put_all(&json, package);
    buf_char(&buf, '\n');
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(arena, buf_view(&buf), &copy, err);
    }
    size_t n = buf.n;
    buf_free(&buf);
    if (code == 0) {
        *out = (struct text){copy, n};
    }
    return code;
}
