#include "scenario_show.h"

#include "fill.h"
#include "num.h"
#include "table.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define SHOW_CEILING ((size_t)16 << 20)

/* Prints what is in `buf` and frees it.  Control characters of the data would speak to the terminal. */
static int show_flush(const struct verb_call *call, struct buf *buf, struct ajar_err *err)
{
    int code = buf_ok(buf, err);
    for (size_t i = 0; i < buf->n; i++) {
        unsigned char c = (unsigned char)buf->at[i];
        buf->at[i] = (c < 0x20 && c != '\n') || c == 0x7f ? ' ' : buf->at[i];
    }
    if (code == 0) {
        fwrite(buf->n == 0 ? "" : buf->at, 1, buf->n, call->to);
    }
    buf_free(buf);
    return code;
}

static void show_heading(const struct verb_call *call, const char *heading)
{
    fprintf(call->to, "\n%s%s%s\n", call->color ? "\033[1m" : "", heading,
            call->color ? "\033[0m" : "");
}

static int show_head(const struct verb_call *call, const struct scenario *scenario,
                     struct ajar_err *err)
{
    struct buf buf;
    char from[DATE_TEXT], to[DATE_TEXT], known[DATE_TEXT];
    struct text subject = scenario_name(scenario, scenario->subject);
    buf_init(&buf, SHOW_CEILING);
    fill_text(&buf, scenario->title, 0, 0, call->width);
    buf_char(&buf, '\n');
    fill_text(&buf, scenario->summary, 0, 0, call->width);
    buf_printf(&buf, "\npeople    citizens of %s (%.*s)\n", country_name(scenario->subject),
               (int)subject.n, subject.at);
    buf_printf(&buf, "days      %s to %s\n", date_format(scenario->from, from),
               date_format(scenario->to, to));
    buf_printf(&buf, "as known  %s\n",
               scenario->as_known == DATE_NONE ? "all that is in the tables"
                                               : date_format(scenario->as_known, known));
    return show_flush(call, &buf, err);
}

static int show_tables(const struct verb_call *call, const struct scenario_sum *sum,
                       struct ajar_err *err)
{
    static const struct table_column columns[] = {{"table", TABLE_WORD},
                                                  {"rows", TABLE_NUMBER},
                                                  {"from", TABLE_WORD},
                                                  {"to", TABLE_WORD},
                                                  {"sources", TABLE_NUMBER}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        const struct scenario_sum_table *row = &sum->table[i];
        char from[DATE_TEXT], to[DATE_TEXT];
        table_begin_row(&table);
        table_str(&table, schema_table((enum schema_name)i)->name);
        table_int(&table, (int64_t)row->n);
        table_str(&table, date_format(row->days.first, from));
        table_str(&table, date_format(row->days.last, to));
        if (row->n_sources > 0) {
            table_int(&table, (int64_t)row->n_sources);
        }
    }
    show_heading(call, "Tables");
    return table_print(&table, call->to, call->width, call->color, err);
}

/* "stay_rus 30, trips_out_fsb 4": the measures of one kind, in the order of measures.csv. */
static void show_measures_of(struct buf *buf, const struct scenario *scenario,
                             const struct scenario_sum *sum, enum measure_kind kind, name_id table)
{
    const struct measures *measures = &scenario->measures;
    for (size_t i = 0; i < measures->n; i++) {
        if (measures->kind[i] == kind && measures->table[i] == table) {
            struct text word = scenario_name(scenario, measures->id[i]);
            buf_printf(buf, "%s%.*s %zu", buf->n == 0 ? "" : ", ", (int)word.n, word.at,
                       sum->measure_rows[i]);
        }
    }
}

static int show_kinds_of(struct table *table, const struct scenario *scenario,
                         const struct scenario_sum *sum, const char *of, struct ajar_err *err)
{
    const struct measures *measures = &scenario->measures;
    name_id id = scenario_word(scenario, of);
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        struct buf buf;
        size_t rows = 0;
        buf_init(&buf, SHOW_CEILING);
        show_measures_of(&buf, scenario, sum, (enum measure_kind)kind, id);
        for (size_t i = 0; i < measures->n; i++) {
            bool here = (int)measures->kind[i] == kind && measures->table[i] == id;
            rows += here ? sum->measure_rows[i] : 0;
        }
        if (buf.n > 0) {
            table_begin_row(table);
            table_str(table, measure_kind_word((enum measure_kind)kind));
            table_str(table, of);
            table_int(table, (int64_t)rows);
            table_text(table, buf_view(&buf));
        }
        int code = buf_ok(&buf, err);
        buf_free(&buf);
        TRY(code);
    }
    return 0;
}

static int show_kinds(const struct verb_call *call, const struct scenario *scenario,
                      const struct scenario_sum *sum, struct ajar_err *err)
{
    static const struct table_column columns[] = {{"kind", TABLE_WORD},
                                                  {"table", TABLE_WORD},
                                                  {"rows", TABLE_NUMBER},
                                                  {"measures and their rows", TABLE_TEXT}};
    struct table table;
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    TRY(show_kinds_of(&table, scenario, sum, "arrivals", err));
    TRY(show_kinds_of(&table, scenario, sum, "hosts", err));
    show_heading(call, "What is counted (figures of different measures are never added)");
    return table_print(&table, call->to, call->width, call->color, err);
}

static int show_sources(const struct verb_call *call, const struct scenario *scenario,
                        const struct scenario_sum *sum, size_t most, struct ajar_err *err)
{
    static const struct table_column columns[] = {{"source", TABLE_WORD},
                                                  {"rows", TABLE_NUMBER},
                                                  {"date", TABLE_WORD},
                                                  {"publisher", TABLE_TEXT}};
    const struct sources *sources = &scenario->sources;
    struct table table;
    char heading[128];
    if (most == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < sources->n && i < most; i++) {
        uint32_t row = sum->source_rank[i];
        char date[DATE_TEXT];
        table_begin_row(&table);
        table_text(&table, scenario_name(scenario, sources->id[row]));
        table_int(&table, (int64_t)sum->source_rows[row]);
        table_str(&table, date_format_partial(sources->date[row], date));
        table_text(&table, sources->publisher[row]);
    }
    snprintf(heading, sizeof heading, "Sources: %zu of %zu, those with most rows first",
             most < sources->n ? most : sources->n, sources->n);
    show_heading(call, heading);
    return table_print(&table, call->to, call->width, call->color, err);
}

/* Whole numbers without decimals, others with two. */
static void show_number(struct table *table, double value)
{
    bool whole = value >= -1e15 && value <= 1e15 && value == (double)(int64_t)value;
    table_number(table, value, whole ? 0 : 2);
}

static int show_assumptions(const struct verb_call *call, const struct scenario *scenario,
                            struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"quantity", TABLE_WORD},  {"for", TABLE_WORD},    {"low", TABLE_NUMBER},
        {"central", TABLE_NUMBER}, {"high", TABLE_NUMBER}, {"unit", TABLE_WORD},
        {"date", TABLE_WORD},
    };
    const struct assumptions *rows = &scenario->assumptions;
    struct table table;
    if (rows->n == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, COUNT_OF(columns));
    for (size_t i = 0; i < rows->n; i++) {
        char date[DATE_TEXT];
        table_begin_row(&table);
        table_text(&table, scenario_name(scenario, rows->quantity[i]));
        table_text(&table, scenario_name(scenario, rows->country[i]));
        show_number(&table, rows->low[i]);
        show_number(&table, rows->central[i]);
        show_number(&table, rows->high[i]);
        table_text(&table, scenario_name(scenario, rows->unit[i]));
        table_str(&table, date_format_partial(rows->date[i], date));
    }
    show_heading(call, "Assumptions (no source gives these; the reasons are in assumptions.csv)");
    return table_print(&table, call->to, call->width, call->color, err);
}

/* What the reading means for this pair, in words. */
static void show_reading(struct buf *buf, const struct scenario *scenario, size_t row)
{
    const struct contradictions *pairs = &scenario->contradictions;
    struct text reading = scenario_name(scenario, pairs->reading[row]);
    struct text a = scenario_name(scenario, pairs->source_a[row]);
    struct text b = scenario_name(scenario, pairs->source_b[row]);
    if (text_is(reading, "a")) {
        buf_printf(buf, "a, by %.*s", (int)a.n, a.at);
    } else if (text_is(reading, "b") && b.n > 0) {
        buf_printf(buf, "b, by %.*s", (int)b.n, b.at);
    } else if (text_is(reading, "b")) {
        buf_str(buf, "b, the statement outside the tables");
    } else {
        buf_text(buf, reading);
    }
}

static void show_pair(struct buf *buf, const struct scenario *scenario, size_t row, size_t width)
{
    const struct contradictions *pairs = &scenario->contradictions;
    const struct {
        const char *word;
        struct text text;
    } parts[] = {{"differ  ", pairs->difference[row]},
                 {"used in ", pairs->used_in[row]},
                 {"why     ", pairs->why[row]}};
    struct text id = scenario_name(scenario, pairs->id[row]);
    buf_printf(buf, "\n%.*s: ", (int)id.n, id.at);
    fill_text(buf, pairs->topic[row], text_width(id) + 2, 2, width);
    buf_str(buf, "  reading ");
    show_reading(buf, scenario, row);
    buf_char(buf, '\n');
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        buf_printf(buf, "  %s", parts[i].word);
        fill_text(buf, parts[i].text, 10, 10, width);
    }
}

static int show_contradictions(const struct verb_call *call, const struct scenario *scenario,
                               struct ajar_err *err)
{
    size_t n = scenario->contradictions.n;
    struct buf buf;
    char heading[128];
    snprintf(heading, sizeof heading, "Contradictions: %zu declared%s", n,
             n == 0 ? "" : " (notes, not faults; both sides stay visible)");
    show_heading(call, heading);
    buf_init(&buf, SHOW_CEILING);
    for (size_t i = 0; i < n; i++) {
        show_pair(&buf, scenario, i, call->width);
    }
    return show_flush(call, &buf, err);
}

int scenario_show_text(const struct verb_call *call, const struct scenario *scenario,
                       const struct scenario_sum *sum, size_t most, struct ajar_err *err)
{
    TRY(show_head(call, scenario, err));
    TRY(show_tables(call, sum, err));
    TRY(show_kinds(call, scenario, sum, err));
    TRY(show_sources(call, scenario, sum, most, err));
    TRY(show_assumptions(call, scenario, err));
    return show_contradictions(call, scenario, err);
}
