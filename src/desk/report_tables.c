/* The CSV tables behind the pictures: rows stand in the order in which the JSON numbers them. */
#include <math.h>

#include "csv.h"
#include "report_page.h"

#define TABLES        3
#define TABLE_CEILING ((size_t)1 << 30)

struct table {
    struct csv_out csv;
    struct buf words;
    const struct report_view *view;
    const struct scenario *scenario;
};

static void put_heads(struct table *table, const char *const *heads)
{
    for (; *heads != NULL; heads++) {
        csv_put_str(&table->csv, *heads);
    }
    csv_end_row(&table->csv);
}

static void put_date(struct table *table, date_days date)
{
    char text[DATE_TEXT];
    csv_put_str(&table->csv, date_format(date, text));
}

static void put_name(struct table *table, name_id name)
{
    csv_put_text(&table->csv, scenario_name(table->scenario, name));
}

/* The words gathered in table->words, which is empty again afterwards. */
static void put_words(struct table *table)
{
    csv_put_text(&table->csv, buf_view(&table->words));
    table->words.n = 0;
}

static void put_source(struct table *table, name_id source)
{
    put_name(table, source);
    report_source_line(&table->words, table->scenario, source);
    put_words(table);
}

static void series(struct table *table)
{
    static const char *const heads[] = {
        "date_from", "date_to", "country_iso3", "route",     "measure", "kind", "value", "unit",
        "per_day",   "hidden",  "disputed",     "source_id", "source",  "note", NULL};
    const struct arrivals *arrivals = &table->scenario->arrivals;
    const struct measures *measures = &table->scenario->measures;
    put_heads(table, heads);
    for (uint32_t i = 0; i < table->view->n_marks; i++) {
        const struct report_mark *mark = &table->view->marks[i];
        uint32_t row = mark->row, measure = arrivals->measure[row];
        bool shown = mark->hiding == REPORT_SHOWN;
        put_date(table, arrivals->from[row]);
        put_date(table, arrivals->to[row]);
        put_name(table, arrivals->country[row]);
        put_name(table, arrivals->route[row]);
        put_name(table, measures->id[measure]);
        csv_put_str(&table->csv, measure_kind_word(measures->kind[measure]));
        csv_put_number(&table->csv, shown ? mark->value : (double)NAN);
        put_name(table, arrivals->unit[row]);
        csv_put_number(&table->csv, shown ? mark->per_day : (double)NAN);
        csv_put_str(&table->csv, report_hiding_word(mark->hiding));
        csv_put_str(&table->csv, mark->disputed ? "yes" : "");
        put_source(table, arrivals->source[row]);
        csv_put_text(&table->csv, shown ? arrivals->note[row] : (struct text){"", 0});
        csv_end_row(&table->csv);
    }
}

static void doors(struct table *table)
{
    static const char *const heads[] = {
        "date_from", "date_to",     "country_iso3", "id",     "title", "border", "refused",
        "exempt",    "legal_basis", "source_id",    "source", "note",  NULL};
    const struct doors *rows = &table->scenario->doors;
    put_heads(table, heads);
    for (uint32_t i = 0; i < table->view->n_doors; i++) {
        uint32_t row = table->view->door_rows[i];
        put_date(table, rows->from[row]);
        put_date(table, rows->to[row]);
        put_name(table, rows->country[row]);
        put_name(table, rows->id[row]);
        report_door_title(&table->words, table->scenario, row);
        put_words(table);
        csv_put_text(&table->csv, rows->border[row]);
        csv_put_text(&table->csv, rows->refused[row]);
        csv_put_text(&table->csv, rows->exempt[row]);
        csv_put_text(&table->csv, rows->legal_basis[row]);
        put_source(table, rows->source[row]);
        csv_put_text(&table->csv, rows->note[row]);
        csv_end_row(&table->csv);
    }
}

static void map(struct table *table)
{
    static const char *const heads[] = {
        "country_iso3", "lat",   "lon",  "position", "date_from", "date_to", "route",
        "measure",      "value", "unit", "per_day",  "source_id", "source",  NULL};
    const struct arrivals *arrivals = &table->scenario->arrivals;
    put_heads(table, heads);
    for (uint32_t i = 0; i < table->view->n_circles; i++) {
        const struct report_circle *circle = &table->view->circles[i];
        const struct report_mark *mark = &table->view->marks[circle->mark];
        put_name(table, arrivals->country[mark->row]);
        csv_put_number(&table->csv, circle->lat);
        csv_put_number(&table->csv, circle->lon);
        csv_put_str(&table->csv, report_position_word(circle->position));
        put_date(table, arrivals->from[mark->row]);
        put_date(table, arrivals->to[mark->row]);
        put_name(table, arrivals->route[mark->row]);
        put_name(table, table->scenario->measures.id[arrivals->measure[mark->row]]);
        csv_put_number(&table->csv, mark->value);
        put_name(table, arrivals->unit[mark->row]);
        csv_put_number(&table->csv, mark->per_day);
        put_source(table, arrivals->source[mark->row]);
        csv_end_row(&table->csv);
    }
}

static int make(struct arena *arena, const struct report_view *view, void (*write)(struct table *),
                struct text *out, struct ajar_err *err)
{
    struct buf buf;
    struct table table = {.view = view, .scenario = view->scenario};
    buf_init(&buf, TABLE_CEILING);
    buf_init(&table.words, REPORT_WORDS);
    csv_out_init(&table.csv, &buf);
    write(&table);
    const char *copy = NULL;
    int code = buf_ok(&table.words, err);
    code = code != 0 ? code : buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &copy, err);
    if (code == 0) {
        *out = (struct text){copy, buf.n};
    }
    buf_free(&table.words);
    buf_free(&buf);
    return code;
}

int report_tables(struct arena *arena, const struct scenario *scenario, struct report_file **out,
                  size_t *n, struct ajar_err *err)
{
    static const struct {
        const char *name;
        void (*write)(struct table *);
    } tables[TABLES] = {
        {"report_series.csv", series}, {"report_doors.csv", doors}, {"report_map.csv", map}};
    struct report_view view;
    struct report_file *files;
    TRY(report_view_make(arena, scenario, scenario->as_known, &view, err));
    TRY_NEW(files, arena, TABLES, err);
    for (size_t i = 0; i < TABLES; i++) {
        files[i].name = tables[i].name;
        TRY(make(arena, &view, tables[i].write, &files[i].bytes, err));
    }
    *out = files;
    *n = TABLES;
    return 0;
}
