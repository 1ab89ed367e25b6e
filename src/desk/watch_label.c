/* The name of a series in words: "Finland, entries of Russians, land: eastern border". */
#include <string.h>

#include "watch_inside.h"

static void label_replaced(struct buf *buf, struct text word, char from, char to)
{
    for (size_t i = 0; i < word.n; i++) {
        buf_char(buf, word.at[i] == from ? to : word.at[i]);
    }
}

/* "Vaalimaa, Nuijamaa and Imatra" of "Vaalimaa+Nuijamaa+Imatra". */
static void label_points(struct buf *buf, struct text points)
{
    for (bool first = true; points.n > 0; first = false) {
        struct text rest, point = text_split(points, '+', &rest);
        buf_str(buf, first ? "" : rest.n == 0 ? " and " : ", ");
        buf_text(buf, point);
        points = rest;
    }
}

static void label_route(struct buf *buf, struct text route)
{
    struct text points, mode = text_split(route, ':', &points);
    if (text_is(route, "all")) {
        buf_str(buf, "all routes");
        return;
    }
    buf_text(buf, mode);
    if (points.n > 0) {
        buf_str(buf, ": ");
        label_points(buf, text_trim(points));
    } else if (text_is(mode, "land") || text_is(mode, "air") || text_is(mode, "rail")) {
        buf_str(buf, ", all points");
    }
}

static void label_of_whom(struct buf *buf, const struct scenario *scenario, name_id nationality)
{
    if (nationality == 0) {
        return;
    }
    struct text code = scenario_name(scenario, nationality);
    if (text_is(code, "ALL")) {
        buf_str(buf, " of all nationalities");
    } else if (text_is(code, "RUS")) {
        buf_str(buf, " of Russians");
    } else {
        buf_str(buf, " of citizens of ");
        buf_text(buf, country_is_name(nationality) ? text_of(country_name(nationality)) : code);
    }
}

static bool label_is_code(struct text word, struct text code)
{
    bool same = word.n == code.n && word.n > 0;
    for (size_t i = 0; same && i < word.n; i++) {
        same = (word.at[i] & ~0x20) == code.at[i];
    }
    return same;
}

/* The id in words; its nationality stands at the end, as people say it. */
static void label_measure(struct buf *buf, const struct scenario *scenario, uint32_t measure)
{
    name_id nationality = scenario->measures.nationality[measure];
    struct text code = scenario_name(scenario, nationality);
    struct text rest = scenario_name(scenario, scenario->measures.id[measure]);
    for (bool first = true; rest.n > 0;) {
        struct text word = text_split(rest, '_', &rest);
        if (label_is_code(word, code)) {
            continue;
        }
        buf_str(buf, first ? "" : " ");
        if (text_is(word, "persons")) {
            buf_str(buf, "in persons");
        } else if (text_is(word, "both")) {
            buf_str(buf, "in both directions");
        } else {
            buf_text(buf, word);
        }
        first = false;
    }
    label_of_whom(buf, scenario, nationality);
}

static void label_country(struct buf *buf, const struct scenario *scenario, name_id place)
{
    struct text code = scenario_name(scenario, place);
    if (text_is(code, "ALL")) {
        buf_str(buf, "All countries");
    } else if (country_is_name(place)) {
        buf_str(buf, country_name(place));
    } else {
        buf_text(buf, code);
    }
}

static void label_word(struct buf *buf, const struct names *names, name_id word, size_t start)
{
    if (word != 0) {
        buf_str(buf, buf->n > start ? ", " : "");
        label_replaced(buf, names_word(names, word), '_', ' ');
    }
}

void watch_say_series(struct buf *buf, const struct watch_input *input, uint32_t series)
{
    const struct watch_series *of = &input->book.series[series];
    const struct scenario *scenario = input->scenario;
    if (scenario != NULL) {
        label_country(buf, scenario, of->place);
        buf_str(buf, ", ");
        label_measure(buf, scenario, of->measure);
        buf_str(buf, ", ");
        label_route(buf, scenario_name(scenario, of->route));
        return;
    }
    size_t start = buf->n;
    label_word(buf, input->book.names, of->place, start);
    label_word(buf, input->book.names, of->measure_word, start);
    label_word(buf, input->book.names, of->route, start);
    if (buf->n == start) {
        buf_str(buf, input->name);
    }
}

void watch_say_place(struct buf *buf, const struct watch_input *input, uint32_t series)
{
    const struct watch_series *of = &input->book.series[series];
    size_t start = buf->n;
    if (input->scenario != NULL) {
        label_country(buf, input->scenario, of->place);
        buf_str(buf, " (");
        label_route(buf, scenario_name(input->scenario, of->route));
        buf_char(buf, ')');
        return;
    }
    label_word(buf, input->book.names, of->place, start);
    label_word(buf, input->book.names, of->route, start);
    if (buf->n == start) {
        label_word(buf, input->book.names, of->measure_word, start);
    }
    if (buf->n == start) {
        buf_str(buf, input->name);
    }
}
