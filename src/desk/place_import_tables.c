#include "place_import_parts.h"

/* The order of columns in the main table. */
static const enum place_import_role main_order[] = {
    PLACE_IMPORT_NEED,  PLACE_IMPORT_CAPACITY, PLACE_IMPORT_PEOPLE, PLACE_IMPORT_GROUP,
    PLACE_IMPORT_READY, PLACE_IMPORT_PLACE,    PLACE_IMPORT_STATE,  PLACE_IMPORT_UNTIL,
    PLACE_IMPORT_LAT,   PLACE_IMPORT_LON,      PLACE_IMPORT_LEAST};
#define MAIN_ORDER (sizeof main_order / sizeof *main_order)

/* Whether a column of errors.csv: what identifies people stays in the officer's own file. */
static bool tables_shown(const struct place_import_column *column)
{
    char word[PLACE_IMPORT_WORD];
    return column->role < PLACE_IMPORT_LEAVE && column->role != PLACE_IMPORT_TRAIT &&
           !place_import_private(place_import_fold(column->heading, word));
}

/* Calls nothing for columns of other roles; in the order of main_order. */
static void tables_main_head(struct place_import_reader *it, struct place_import_tables *tables)
{
    struct csv_out *out = &tables->out[TABLE_MAIN];
    csv_put_str(out, "id");
    for (size_t k = 0; k < MAIN_ORDER; k++) {
        if (tables->beds && main_order[k] == PLACE_IMPORT_NEED) {
            csv_put_str(out, "need_beds");
        }
        for (size_t i = 0; i < it->csv.n_columns; i++) {
            if (it->columns[i].role == main_order[k]) {
                struct buf word;
                buf_init(&word, PLACE_IMPORT_CEILING);
                place_import_role_put(&word, &it->columns[i]);
                csv_put_text(out, buf_view(&word));
                buf_free(&word);
            }
        }
    }
    csv_end_row(out);
}

static void tables_map(struct place_import_reader *it, struct place_import_tables *tables)
{
    struct csv_out *out = &tables->out[TABLE_MAP];
    csv_put_str(out, "heading");
    csv_put_str(out, "column");
    csv_end_row(out);
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        struct buf word;
        buf_init(&word, PLACE_IMPORT_CEILING);
        place_import_role_put(&word, &it->columns[i]);
        csv_put_text(out, it->columns[i].heading);
        csv_put_text(out, buf_view(&word));
        csv_end_row(out);
        buf_free(&word);
    }
}

void place_import_heads(struct place_import_reader *it, struct place_import_tables *tables)
{
    bool households = it->options->kind == PLACE_IMPORT_HOUSEHOLDS;
    tables_main_head(it, tables);
    csv_put_str(&tables->out[TABLE_YES], households ? "household" : "locality");
    csv_put_str(&tables->out[TABLE_YES], "feature");
    csv_end_row(&tables->out[TABLE_YES]);
    csv_put_str(&tables->out[TABLE_WISHES], "household");
    csv_put_str(&tables->out[TABLE_WISHES], "place");
    csv_put_str(&tables->out[TABLE_WISHES], "rank");
    csv_end_row(&tables->out[TABLE_WISHES]);
    csv_put_str(&tables->out[TABLE_TRAITS], "household");
    csv_put_str(&tables->out[TABLE_TRAITS], "trait");
    csv_put_str(&tables->out[TABLE_TRAITS], "value");
    csv_end_row(&tables->out[TABLE_TRAITS]);
    /* With the mark, or a spreadsheet takes it for an older encoding. */
    buf_str(&tables->buf[TABLE_ERRORS], "\xef\xbb\xbf");
    tables->out[TABLE_ERRORS].separator = it->csv.separator;
    csv_put_str(&tables->out[TABLE_ERRORS], "row");
    csv_put_str(&tables->out[TABLE_ERRORS], "error");
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        if (tables_shown(&it->columns[i])) {
            csv_put_text(&tables->out[TABLE_ERRORS], it->columns[i].heading);
        }
    }
    csv_end_row(&tables->out[TABLE_ERRORS]);
    tables_map(it, tables);
}

static void tables_main(struct place_import_reader *it, struct place_import_tables *tables)
{
    struct csv_out *out = &tables->out[TABLE_MAIN];
    csv_put_text(out, tables->values[it->id].text);
    for (size_t k = 0; k < MAIN_ORDER; k++) {
        for (size_t i = 0; i < it->csv.n_columns && tables->beds; i++) {
            if (main_order[k] == PLACE_IMPORT_NEED && it->columns[i].role == PLACE_IMPORT_PEOPLE) {
                csv_put_int(out, tables->values[i].number);
            }
        }
        for (size_t i = 0; i < it->csv.n_columns; i++) {
            if (it->columns[i].role != main_order[k]) {
                continue;
            }
            if (place_import_number(main_order[k])) {
                csv_put_int(out, tables->values[i].number);
            } else {
                csv_put_text(out, tables->values[i].text);
            }
        }
    }
    csv_end_row(out);
    tables->rows[TABLE_MAIN]++;
}

static void tables_wishes(struct place_import_reader *it, struct place_import_tables *tables,
                          struct text wishes)
{
    struct csv_out *out = &tables->out[TABLE_WISHES];
    int64_t rank = 0;
    while (wishes.n > 0) {
        size_t n = 0;
        while (n < wishes.n && wishes.at[n] != ',' && wishes.at[n] != ';' && wishes.at[n] != '/') {
            n++;
        }
        struct text place = text_trim((struct text){wishes.at, n});
        if (place.n > 0) {
            csv_put_text(out, tables->values[it->id].text);
            csv_put_text(out, place);
            csv_put_int(out, ++rank);
            csv_end_row(out);
            tables->rows[TABLE_WISHES]++;
        }
        n += n < wishes.n;
        wishes = (struct text){wishes.at + n, wishes.n - n};
    }
}

static void tables_lists(struct place_import_reader *it, struct place_import_tables *tables)
{
    struct text id = tables->values[it->id].text;
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        const struct place_import_column *column = &it->columns[i];
        const struct place_import_value *value = &tables->values[i];
        if (value->yes) {
            csv_put_text(&tables->out[TABLE_YES], id);
            csv_put_text(&tables->out[TABLE_YES], column->name);
            csv_end_row(&tables->out[TABLE_YES]);
            tables->rows[TABLE_YES]++;
        } else if (column->role == PLACE_IMPORT_WISH) {
            tables_wishes(it, tables, value->text);
        } else if (column->role == PLACE_IMPORT_TRAIT && value->text.n > 0) {
            csv_put_text(&tables->out[TABLE_TRAITS], id);
            csv_put_text(&tables->out[TABLE_TRAITS], column->name);
            csv_put_text(&tables->out[TABLE_TRAITS], value->text);
            csv_end_row(&tables->out[TABLE_TRAITS]);
            tables->rows[TABLE_TRAITS]++;
        }
    }
}

/* The row as it stands in the file, behind its number and everything that is wrong with it. */
void place_import_put_error(struct place_import_reader *it, struct place_import_tables *tables)
{
    struct csv_out *out = &tables->out[TABLE_ERRORS];
    struct buf text;
    buf_init(&text, PLACE_IMPORT_CEILING);
    for (size_t i = 0; i < it->row.kept; i++) {
        const struct ajar_err *fault = &it->row.at[i];
        buf_printf(&text, "%s%s: %s. %s", i > 0 ? " | " : "", fault->column, fault->text,
                   err_advice(fault));
        *faults_add(it->faults) = *fault;
    }
    csv_put_int(out, it->csv.row);
    csv_put_text(out, buf_view(&text));
    for (size_t i = 0; i < it->csv.n_columns; i++) {
        if (tables_shown(&it->columns[i])) {
            csv_put_text(out, it->csv.cells[i]);
        }
    }
    csv_end_row(out);
    buf_free(&text);
    tables->rows[TABLE_ERRORS]++;
}

int place_import_files(struct place_import_reader *it, struct place_import_tables *tables,
                       struct ajar_err *err)
{
    bool households = it->options->kind == PLACE_IMPORT_HOUSEHOLDS;
    const char *const names[TABLES] = {households ? "households.csv" : "localities.csv",
                                       households ? "requires.csv" : "features.csv",
                                       "wishes.csv",
                                       "traits.csv",
                                       "mapping.csv",
                                       "errors.csv"};
    struct place_import_file *files;
    size_t n = 0;
    TRY_NEW(files, it->arena, TABLES, err);
    for (size_t i = 0; i < TABLES; i++) {
        const char *bytes;
        TRY(buf_ok(&tables->buf[i], err));
        if (i != TABLE_MAIN && i != TABLE_MAP && tables->rows[i] == 0) {
            continue;
        }
        TRY(text_copy(it->arena, buf_view(&tables->buf[i]), &bytes, err));
        files[n++] = (struct place_import_file){names[i], {bytes, tables->buf[i].n}};
    }
    it->out->files = files;
    it->out->n_files = n;
    return 0;
}

void place_import_put_row(struct place_import_reader *it, struct place_import_tables *tables)
{
    tables_main(it, tables);
    tables_lists(it, tables);
}
