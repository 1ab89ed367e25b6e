#include "scenario_new.h"

#include <string.h>

#include "csv.h"
#include "file.h"
#include "num.h"
#include "scenario_new_text.h"
#include "scenario_package.h"

#define SCENARIO_NEW_CEILING ((size_t)1 << 20)

static const char *new_find(const struct scenario_new_row *row, const char *column)
{
    for (size_t i = 0; i + 1 < SCENARIO_NEW_CELLS && row->cells[i] != NULL; i += 2) {
        if (strcmp(row->cells[i], column) == 0) {
            return row->cells[i + 1];
        }
    }
    return "";
}

const char *scenario_new_cell(enum schema_name table, size_t row, const char *column)
{
    for (size_t i = 0; i < scenario_new_n_rows; i++) {
        if (scenario_new_rows[i].table == table && row-- == 0) {
            return new_find(&scenario_new_rows[i], column);
        }
    }
    return NULL;
}

/* A number goes through the number writer: a minus is no formula there. */
static void new_put_cell(struct csv_out *csv, const struct schema_column *column, const char *cell)
{
    double number;
    bool is_number = column->type == CELL_NUMBER && num_parse(text_of(cell), &number);
    if (is_number) {
        csv_put_number(csv, number);
    } else {
        csv_put_str(csv, cell);
    }
}

static void new_put_table(struct buf *buf, const struct schema_table *table, enum schema_name name)
{
    struct csv_out csv;
    csv_out_init(&csv, buf);
    for (size_t c = 0; c < table->n; c++) {
        csv_put_str(&csv, table->columns[c].name);
    }
    csv_end_row(&csv);
    for (size_t i = 0; i < scenario_new_n_rows; i++) {
        const struct scenario_new_row *row = &scenario_new_rows[i];
        for (size_t c = 0; c < table->n && row->table == name; c++) {
            new_put_cell(&csv, &table->columns[c], new_find(row, table->columns[c].name));
        }
        if (row->table == name) {
            csv_end_row(&csv);
        }
    }
}

static void new_put_lines(struct buf *buf, const char *const *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(buf, lines[i]);
        buf_char(buf, '\n');
    }
}

/* Takes what is in `buf` as the file's bytes and empties it for the next one. */
static int new_take(struct arena *arena, struct buf *buf, const char *name,
                    struct scenario_new_file *out, struct ajar_err *err)
{
    const char *copy;
    TRY(buf_ok(buf, err));
    TRY(text_copy(arena, buf_view(buf), &copy, err));
    *out = (struct scenario_new_file){name, {copy, buf->n}};
    buf->n = 0;
    return 0;
}

static int new_fill(struct arena *arena, struct buf *buf, struct scenario_new_file *files,
                    struct ajar_err *err)
{
    new_put_lines(buf, scenario_new_readme, scenario_new_n_readme);
    TRY(new_take(arena, buf, "README.md", files++, err));
    new_put_lines(buf, scenario_new_settings, scenario_new_n_settings);
    TRY(new_take(arena, buf, "scenario.yaml", files++, err));
    files->name = "datapackage.json";
    TRY(scenario_package_json(arena,
                              &(struct scenario_package){.name = "new-scenario",
                                                         .title = SCENARIO_NEW_TITLE,
                                                         .description = SCENARIO_NEW_SUMMARY},
                              &files->bytes, err));
    files++;
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct schema_table *table = schema_table((enum schema_name)i);
        new_put_table(buf, table, (enum schema_name)i);
        TRY(new_take(arena, buf, table->file, files++, err));
    }
    return 0;
}

int scenario_new_files(struct arena *arena, struct scenario_new_file **out, size_t *n,
                       struct ajar_err *err)
{
    struct scenario_new_file *files;
    struct buf buf;
    TRY_NEW(files, arena, SCHEMA_COUNT + 3, err);
    buf_init(&buf, SCENARIO_NEW_CEILING);
    int code = new_fill(arena, &buf, files, err);
    buf_free(&buf);
    TRY(code);
    *out = files;
    *n = SCHEMA_COUNT + 3;
    return 0;
}

int scenario_new(struct arena *arena, const char *dir, struct ajar_err *err)
{
    struct scenario_new_file *files;
    struct file_folder folder;
    size_t n;
    TRY(scenario_new_files(arena, &files, &n, err));
    TRY(file_folder_begin(&folder, arena, dir, false, err));
    int code = 0;
    for (size_t i = 0; i < n && code == 0; i++) {
        code = file_folder_write(&folder, arena, files[i].name, files[i].bytes, err);
    }
    if (code == 0) {
        code = file_folder_commit(&folder, err);
    }
    file_folder_abort(&folder);
    return code;
}
