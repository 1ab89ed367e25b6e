#include "table_read.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "file.h"
#include "table_part.h"

/* Parts are of this size or more, and no more than so many: they depend on the file alone. */
#define TABLE_PART  ((size_t)8 << 20)
#define TABLE_PARTS ((size_t)64)

static const struct text no_text = {"", 0};

struct table_reader {
    struct checker *checker;
    enum schema_name name;
    const struct schema_table *table;
    struct csv csv;
    struct cell_column columns[TABLE_COLUMNS];
    uint32_t *line;
    size_t n;
};

/* A header word that is no column: most often a slip in one that is missing. */
static void table_unknown_column(struct table_reader *reader, long at)
{
    const struct schema_table *table = reader->table;
    const char *missing[TABLE_COLUMNS];
    size_t of[TABLE_COLUMNS], n = 0;
    for (size_t c = 0; c < table->n; c++) {
        if (reader->columns[c].csv < 0) {
            missing[n] = table->columns[c].name;
            of[n++] = c;
        }
    }
    struct text word = reader->csv.header[at];
    char column[64];
    snprintf(column, sizeof column, "%.*s", TEXT_SHOW(word));
    const char *meant = text_nearest(word, missing, n);
    struct ajar_err *fault =
        checker_fault(reader->checker, E_SCENARIO_COLUMN_UNKNOWN, reader->name, 1, column, word,
                      "'%.*s' is not a column of this table", TEXT_SHOW(word));
    for (size_t i = 0; meant != NULL && i < n; i++) {
        if (missing[i] == meant) {
            reader->columns[of[i]].csv = at;
            err_hint(fault, "Did you mean '%s'?", meant);
        }
    }
}

static void table_find_columns(struct table_reader *reader)
{
    for (size_t h = 0; h < reader->csv.n_columns; h++) {
        struct text word = reader->csv.header[h];
        int c = schema_column(reader->table, word);
        if (c >= 0 && reader->columns[c].csv >= 0) {
            checker_fault(reader->checker, E_SCENARIO_COLUMN_TWICE, reader->name, 1,
                          reader->table->columns[c].name, word,
                          "the column stands here a second time");
        } else if (c >= 0) {
            reader->columns[c].csv = (long)h;
        }
    }
    for (size_t h = 0; h < reader->csv.n_columns; h++) {
        if (schema_column(reader->table, reader->csv.header[h]) < 0) {
            table_unknown_column(reader, (long)h);
        }
    }
}

/* The order is of the columns that are there: each missing one is a fault of its own. */
static bool table_check_columns(struct table_reader *reader)
{
    const struct schema_table *table = reader->table;
    bool whole = true, ordered = true;
    long last = -1;
    const char *before = "the start";
    for (size_t c = 0; c < table->n; c++) {
        const char *name = table->columns[c].name;
        long at = reader->columns[c].csv;
        if (at < 0) {
            whole = false;
            checker_fault(reader->checker, E_SCENARIO_COLUMN_MISSING, reader->name, 1, name,
                          no_text, "the column '%s' is missing", name);
        } else if (at < last && ordered) {
            ordered = false;
            struct ajar_err *fault =
                checker_fault(reader->checker, E_SCENARIO_COLUMN_ORDER, reader->name, 1, name,
                              text_of(name), "the column '%s' is not in its place", name);
            err_hint(fault, "Put it after '%s'.", before);
        } else {
            last = at;
            before = name;
        }
    }
    return whole;
}

/* All columns side by side in one block, which is filled front to back in each of them. */
static int table_room(struct table_reader *reader, size_t rows, struct ajar_err *err)
{
    const size_t align = sizeof(struct text);
    size_t bytes = 0, at = 0;
    char *block;
    for (size_t c = 0; c < reader->table->n; c++) {
        bytes += (rows * reader->columns[c].size + align - 1) / align * align;
    }
    TRY_ARRAY(reader->line, reader->checker->arena, rows, err);
    TRY_ARRAY(block, reader->checker->arena, bytes, err);
    for (size_t c = 0; c < reader->table->n; c++) {
        reader->columns[c].at = block + at;
        at += (rows * reader->columns[c].size + align - 1) / align * align;
    }
    return 0;
}

static int table_columns(struct table_reader *reader, bool *whole, struct ajar_err *err)
{
    for (size_t c = 0; c < reader->table->n; c++) {
        TRY(cell_column_init(&reader->columns[c], reader->checker, &reader->table->columns[c],
                             err));
    }
    table_find_columns(reader);
    *whole = table_check_columns(reader);
    return 0;
}

static int table_parts(struct table_reader *reader, struct table_plan *plan, struct ajar_err *err)
{
    struct checker *checker = reader->checker;
    size_t bytes = (size_t)(reader->csv.end - reader->csv.at);
    struct csv_part parts[TABLE_PARTS];
    size_t n = bytes / TABLE_PART + 1;
    n = n < TABLE_PARTS ? n : TABLE_PARTS;
    csv_split(&reader->csv, n, parts);
    uint64_t records = parts[n - 1].first_record + parts[n - 1].records;
    if (records >= SCENARIO_NO_ROW) {
        return err_set(err, E_CEILING, "%s has more than %u rows", checker->path[reader->name],
                       SCENARIO_NO_ROW - 1);
    }
    if (records == 0 && !reader->table->may_be_empty) {
        checker_fault(checker, E_SCENARIO_TABLE_EMPTY, reader->name, 1, NULL, no_text,
                      "the table has a header and no row");
    }
    TRY(table_room(reader, (size_t)records, err));
    TRY_ARRAY(plan->room, checker->arena, bytes, err);
    TRY_NEW(plan->parts, checker->scratch, n, err);
    plan->n_parts = n;
    plan->line = reader->line;
    for (size_t i = 0; i < n; i++) {
        plan->parts[i].csv = parts[i];
    }
    return 0;
}

static int table_rows(struct table_reader *reader, struct ajar_err *err)
{
    struct table_plan plan = {.checker = reader->checker,
                              .name = reader->name,
                              .table = reader->table,
                              .csv = &reader->csv,
                              .columns = reader->columns};
    char what[80];
    snprintf(what, sizeof what, "reading %s", reader->table->file);
    TRY(table_parts(reader, &plan, err));
    int code = pool_run(reader->checker->pool, plan.n_parts, table_part_read, &plan,
                        reader->checker->watch, what, err);
    if (code == 0) {
        code = table_part_join(&plan, &reader->n, err);
    }
    table_part_free(&plan);
    return code;
}

/* Every table begins with its number of rows and their lines. */
static void table_keep(struct table_reader *reader, bool whole)
{
    struct {
        size_t n;
        uint32_t *line;
    } head = {reader->n, reader->line};
    char *to = (char *)reader->checker->scenario + reader->table->offset;
    memcpy(to, &head, sizeof head);
    for (size_t c = 0; c < reader->table->n; c++) {
        memcpy(to + reader->table->columns[c].field, &reader->columns[c].at, sizeof(void *));
    }
    reader->checker->read[reader->name] = whole;
}

static int table_read_bytes(struct checker *checker, enum schema_name name, struct text bytes,
                            struct ajar_err *err)
{
    struct table_reader reader = {.checker = checker, .name = name, .table = schema_table(name)};
    struct ajar_err problem = {0};
    int code = csv_open(&reader.csv, checker->scratch, checker->path[name], bytes, 0,
                        &CSV_LIMITS_DEFAULT, &problem);
    if (code != 0) {
        return checker_absorb(checker, code, &problem, err);
    }
    bool whole;
    TRY(table_columns(&reader, &whole, err));
    TRY(table_rows(&reader, err));
    table_keep(&reader, whole);
    return 0;
}

int table_read(struct checker *checker, enum schema_name name, struct ajar_err *err)
{
    const struct schema_table *table = schema_table(name);
    const char *path = checker->path[name];
    if (!file_exists(path)) {
        return table->optional ? 0 : checker_missing(checker, path, table->file, err);
    }
    struct file_view view;
    struct ajar_err problem = {0};
    int code = file_open(&view, path, SCENARIO_TABLE_CEILING, &problem);
    if (code != 0) {
        return checker_absorb(checker, code, &problem, err);
    }
    madvise(view.map, view.map_n, MADV_POPULATE_READ); /* one call for what would be many faults */
    code = table_read_bytes(checker, name, view.bytes, err);
    file_close(&view);
    return code;
}
