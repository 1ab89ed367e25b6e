/* `ajar scenario show --json`. */
#include "json.h"
#include "scenario_show.h"

#define SHOW_JSON_CEILING ((size_t)256 << 20)

static void show_put_word(struct json_out *json, const char *key, const struct scenario *scenario,
                          name_id id)
{
    json_key(json, key);
    if (id == 0) {
        json_put_null(json);
    } else {
        json_put_text(json, scenario_name(scenario, id));
    }
}

static void show_put_text(struct json_out *json, const char *key, struct text text)
{
    json_key(json, key);
    if (text.n == 0) {
        json_put_null(json);
    } else {
        json_put_text(json, text);
    }
}

static void show_put_date(struct json_out *json, const char *key, date_days date)
{
    char text[DATE_TEXT];
    show_put_text(json, key, text_of(date_format(date, text)));
}

static void show_put_partial(struct json_out *json, struct date_partial date)
{
    char text[DATE_TEXT];
    show_put_text(json, "date", text_of(date_format_partial(date, text)));
}

static void show_put_count(struct json_out *json, const char *key, size_t n)
{
    json_key(json, key);
    json_put_int(json, (int64_t)n);
}

static void show_put_number(struct json_out *json, const char *key, double value)
{
    json_key(json, key);
    json_put_number(json, value);
}

static void show_put_tables(struct json_out *json, const struct scenario_sum *sum)
{
    json_key(json, "tables");
    json_begin_array(json);
    for (int i = 0; i < SCHEMA_COUNT; i++) {
        json_begin_object(json);
        json_key(json, "table");
        json_put_str(json, schema_table((enum schema_name)i)->name);
        show_put_count(json, "rows", sum->table[i].n);
        show_put_date(json, "from", sum->table[i].days.first);
        show_put_date(json, "to", sum->table[i].days.last);
        show_put_count(json, "sources", sum->table[i].n_sources);
        json_end_object(json);
    }
    json_end_array(json);
}

static void show_put_measures(struct json_out *json, const struct scenario *scenario,
                              const struct scenario_sum *sum)
{
    const struct measures *measures = &scenario->measures;
    json_key(json, "measures");
    json_begin_array(json);
    for (size_t i = 0; i < measures->n; i++) {
        json_begin_object(json);
        show_put_word(json, "measure", scenario, measures->id[i]);
        show_put_word(json, "table", scenario, measures->table[i]);
        json_key(json, "kind");
        json_put_str(json, measure_kind_word(measures->kind[i]));
        show_put_word(json, "nationality", scenario, measures->nationality[i]);
        show_put_word(json, "unit", scenario, measures->unit[i]);
        show_put_count(json, "rows", sum->measure_rows[i]);
        show_put_date(json, "from", sum->measure_days[i].first);
        show_put_date(json, "to", sum->measure_days[i].last);
        show_put_text(json, "definition", measures->definition[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void show_put_sources(struct json_out *json, const struct scenario *scenario,
                             const struct scenario_sum *sum)
{
    const struct sources *sources = &scenario->sources;
    json_key(json, "sources");
    json_begin_array(json);
    for (size_t i = 0; i < sources->n; i++) {
        uint32_t row = sum->source_rank[i];
        json_begin_object(json);
        show_put_word(json, "source", scenario, sources->id[row]);
        show_put_count(json, "rows", sum->source_rows[row]);
        show_put_text(json, "publisher", sources->publisher[row]);
        show_put_text(json, "title", sources->title[row]);
        show_put_partial(json, sources->date[row]);
        show_put_text(json, "url", sources->url[row]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void show_put_assumptions(struct json_out *json, const struct scenario *scenario)
{
    const struct assumptions *rows = &scenario->assumptions;
    json_key(json, "assumptions");
    json_begin_array(json);
    for (size_t i = 0; i < rows->n; i++) {
        json_begin_object(json);
        show_put_word(json, "id", scenario, rows->id[i]);
        show_put_word(json, "country", scenario, rows->country[i]);
        show_put_word(json, "quantity", scenario, rows->quantity[i]);
        show_put_number(json, "low", rows->low[i]);
        show_put_number(json, "central", rows->central[i]);
        show_put_number(json, "high", rows->high[i]);
        show_put_word(json, "unit", scenario, rows->unit[i]);
        show_put_partial(json, rows->date[i]);
        show_put_text(json, "reason", rows->reason[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

static void show_put_side(struct json_out *json, const char *key, const struct scenario *scenario,
                          name_id table, struct text rows, name_id source)
{
    json_key(json, key);
    if (table == 0) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    show_put_word(json, "table", scenario, table);
    show_put_text(json, "key", rows);
    show_put_word(json, "source", scenario, source);
    json_end_object(json);
}

static void show_put_contradictions(struct json_out *json, const struct scenario *scenario)
{
    const struct contradictions *pairs = &scenario->contradictions;
    json_key(json, "contradictions");
    json_begin_array(json);
    for (size_t i = 0; i < pairs->n; i++) {
        json_begin_object(json);
        show_put_word(json, "id", scenario, pairs->id[i]);
        show_put_text(json, "topic", pairs->topic[i]);
        show_put_side(json, "a", scenario, pairs->table_a[i], pairs->rows_a[i], pairs->source_a[i]);
        show_put_side(json, "b", scenario, pairs->table_b[i], pairs->rows_b[i], pairs->source_b[i]);
        show_put_text(json, "difference", pairs->difference[i]);
        show_put_word(json, "reading", scenario, pairs->reading[i]);
        show_put_text(json, "used_in", pairs->used_in[i]);
        show_put_text(json, "why", pairs->why[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

int scenario_show_json(const struct verb_call *call, const struct scenario *scenario,
                       const struct scenario_sum *sum, struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, SHOW_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    show_put_text(&json, "title", scenario->title);
    show_put_text(&json, "summary", scenario->summary);
    show_put_word(&json, "subject", scenario, scenario->subject);
    show_put_date(&json, "from", scenario->from);
    show_put_date(&json, "to", scenario->to);
    show_put_date(&json, "as_known", scenario->as_known);
    show_put_tables(&json, sum);
    show_put_measures(&json, scenario, sum);
    show_put_sources(&json, scenario, sum);
    show_put_assumptions(&json, scenario);
    show_put_contradictions(&json, scenario);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}
