/* What is written of trails: trail.json, what the page carries of it, and the list at the page's end. */
#include <stdio.h>

#include "html.h"
#include "json.h"
#include "trail.h"
#include "trail_page.h"

static void put_key(struct json_out *json, const char *key, struct text value)
{
    if (value.n > 0) {
        json_key(json, key);
        json_put_text(json, value);
    }
}

static void put_links(struct json_out *json, const struct trail *trail, const struct trail_row *row,
                      bool assumption)
{
    json_begin_array(json);
    for (uint32_t i = row->first_link; i < row->first_link + row->n_links; i++) {
        if (trail->links[i].assumption == assumption) {
            json_put_text(json, trail->links[i].id);
        }
    }
    json_end_array(json);
}

static bool links_to(const struct trail *trail, const struct trail_row *row, bool assumption)
{
    for (uint32_t i = row->first_link; i < row->first_link + row->n_links; i++) {
        if (trail->links[i].assumption == assumption) {
            return true;
        }
    }
    return false;
}

static void put_shown(struct json_out *json, const struct trail *trail, const struct trail_row *row)
{
    const struct trail_family *family = &trail->families[row->family];
    json_key(json, "shown");
    json_begin_object(json);
    for (uint32_t i = row->first; i != TRAIL_NONE; i = trail->cells[i].next) {
        const struct trail_cell *cell = &trail->cells[i];
        char number[12];
        if (family->prose) {
            snprintf(number, sizeof number, "%u", cell->column + 1);
            json_key(json, number);
        } else {
            json_key_text(json, family->columns[cell->column]);
        }
        json_put_text(json, cell->shown);
    }
    json_end_object(json);
}

static void put_row(struct json_out *json, const struct trail *trail, const struct trail_row *row)
{
    json_begin_object(json);
    put_key(json, "key", row->key);
    put_key(json, "what", row->what);
    json_key(json, "kind");
    json_put_str(json, trail_kind_word(row->kind));
    if (row->number > 0) {
        json_key(json, "row");
        json_put_int(json, row->number);
    }
    put_key(json, "input", row->input);
    put_key(json, "from", row->from);
    if (links_to(trail, row, false)) {
        json_key(json, "sources");
        put_links(json, trail, row, false);
    }
    if (links_to(trail, row, true)) {
        json_key(json, "assumptions");
        put_links(json, trail, row, true);
    }
    put_shown(json, trail, row);
    json_end_object(json);
}

/* For the page: [key, kind, line, input, sources, assumptions, from], cut behind the last that says something. */
static void put_row_short(struct json_out *json, const struct trail *trail,
                          const struct trail_row *row)
{
    bool from = row->from.n > 0, assumes = links_to(trail, row, true) || from,
         cites = links_to(trail, row, false) || assumes;
    bool input = row->input.n > 0 || cites, line = row->number > 0 || input;
    json_begin_array(json);
    json_put_text(json, row->key);
    json_put_int(json, row->kind);
    if (line) {
        json_put_int(json, row->number);
    }
    if (input) {
        json_put_text(json, row->input);
    }
    if (cites) {
        put_links(json, trail, row, false);
    }
    if (assumes) {
        put_links(json, trail, row, true);
    }
    if (from) {
        json_put_text(json, row->from);
    }
    json_end_array(json);
}

static void put_family(struct json_out *json, const struct trail *trail, uint32_t f, bool page)
{
    const struct trail_family *family = &trail->families[f];
    json_begin_object(json);
    put_key(json, "id", family->id);
    put_key(json, "page", family->page);
    json_key(json, "part");
    json_put_str(json, family->part);
    if (!page || family->prose) {
        put_key(json, "what", family->what);
    }
    if (family->file != NULL) {
        json_key(json, "file");
        json_put_str(json, family->file);
    }
    if (family->where != NULL) {
        json_key(json, "where");
        json_put_str(json, family->where);
    }
    put_key(json, "rule", family->rule);
    if (family->from != NULL) {
        json_key(json, "from");
        json_put_str(json, family->from);
    }
    if (!family->prose) {
        json_key(json, "columns");
        json_begin_array(json);
        for (uint32_t i = 0; i < family->n_columns; i++) {
            json_put_text(json, family->columns[i]);
        }
        json_end_array(json);
    }
    if (!family->prose && !page) {
        json_key(json, "heads");
        json_begin_array(json);
        for (uint32_t i = 0; i < family->n_columns; i++) {
            json_put_text(json, family->heads[i]);
        }
        json_end_array(json);
    }
    json_key(json, "rows");
    json_begin_array(json);
    for (uint32_t i = 0; i < trail->n_rows; i++) {
        if (trail->rows[i].family == f) {
            (page ? put_row_short : put_row)(json, trail, &trail->rows[i]);
        }
    }
    json_end_array(json);
    json_end_object(json);
}

static void put_params(struct json_out *json, const struct trail *trail)
{
    json_key(json, "parts");
    json_begin_object(json);
    for (uint32_t i = 0; i < trail->n_params;) {
        const char *part = trail->params[i].part;
        json_key(json, part);
        json_begin_object(json);
        json_key(json, "method");
        json_put_str(json, trail_method(part));
        json_key(json, "parameters");
        json_begin_object(json);
        for (; i < trail->n_params && text_is(text_of(trail->params[i].part), part); i++) {
            if (trail->params[i].name[0] != '\0') {
                json_key(json, trail->params[i].name);
                json_put_text(json, trail->params[i].value);
            }
        }
        json_end_object(json);
        json_end_object(json);
    }
    json_end_object(json);
}

static void put_notes(struct json_out *json, const char *key, const struct trail_note *notes,
                      uint32_t n, const char *const words[4])
{
    json_key(json, key);
    json_begin_array(json);
    for (uint32_t i = 0; i < n; i++) {
        json_begin_object(json);
        put_key(json, "id", notes[i].id);
        for (int w = 0; w < 4; w++) {
            put_key(json, words[w], notes[i].words[w]);
        }
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_whole(struct json_out *json, const struct trail *trail)
{
    static const char *const source[] = {"publisher", "title", "date", "url"};
    static const char *const assumption[] = {"quantity", "value", "date", "reason"};
    put_key(json, "command", trail->command);
    json_key(json, "files");
    json_begin_array(json);
    for (uint32_t i = 0; i < trail->n_files; i++) {
        json_begin_object(json);
        put_key(json, "name", trail->files[i].name);
        put_key(json, "sha256", trail->files[i].sha256);
        json_end_object(json);
    }
    json_end_array(json);
    put_notes(json, "sources", trail->sources, trail->n_sources, source);
    put_notes(json, "assumptions", trail->assumptions, trail->n_assumptions, assumption);
}

int trail_put(struct buf *out, const struct trail *trail, bool page, struct ajar_err *err)
{
    struct json_out json;
    json_out_init(&json, out, !page);
    json_begin_object(&json);
    json_key(&json, "format");
    json_put_int(&json, 1);
    put_key(&json, "version", trail->version);
    json_key(&json, "seed");
    json_put_int(&json, (int64_t)trail->seed);
    put_key(&json, "as_known", trail->as_known);
    if (!page) {
        put_whole(&json, trail);
    }
    put_params(&json, trail);
    json_key(&json, "pictures");
    json_begin_array(&json);
    for (uint32_t i = 0; i < trail->n_pictures; i++) {
        json_begin_object(&json);
        put_key(&json, "picture", trail->pictures[i].name);
        put_key(&json, "family", trail->families[trail->pictures[i].family].id);
        put_key(&json, "page", trail->families[trail->pictures[i].family].page);
        json_end_object(&json);
    }
    json_end_array(&json);
    json_key(&json, "families");
    json_begin_array(&json);
    for (uint32_t f = 0; f < trail->n_families; f++) {
        put_family(&json, trail, f, page);
    }
    json_end_array(&json);
    json_end_object(&json);
    buf_str(out, page ? "" : "\n");
    return buf_ok(out, err);
}

/* Several tables may share a family: it has one entry. */
static bool listed(const struct trail *trail, uint32_t f)
{
    for (uint32_t i = 0; i < f; i++) {
        if (text_eq(trail->families[i].id, trail->families[f].id)) {
            return true;
        }
    }
    return false;
}

static void put_entry(struct buf *out, const struct trail_family *family)
{
    buf_str(out, "<li id=\"trail-");
    buf_text(out, family->id);
    buf_str(out, "\"><code>");
    html_text(out, family->id);
    buf_printf(out, "</code>: %s, by %s", family->prose ? "sentences" : "a table", family->part);
    if (family->file != NULL) {
        buf_printf(out, "; rows in <a href=\"%s\">%s</a>", family->file, family->file);
    }
    if (family->rule.n > 0) {
        buf_str(out, "; rule ");
        html_text(out, family->rule);
    }
    if (family->from != NULL) {
        buf_str(out, "; made from ");
        html_str(out, family->from);
    }
    buf_printf(out, "; method in %s.</li>\n", trail_method(family->part));
}

void trail_put_list(struct buf *out, const struct trail *trail)
{
    buf_str(out,
            "<section id=\"trails\" aria-labelledby=\"trails-title\">\n<h2 id=\"trails-title\">"
            "Trails</h2>\n<p>How each figure came about: press a figure, or ask <code>ajar trace "
            "DIR FIGURE_ID</code>. Here is what the figures of a table, or of the sentences of a "
            "section, have in common; <a href=\"trail.json\">trail.json</a> has every one.</p>\n"
            "<details class=\"data\" open><summary>The trails by table and section</summary>\n"
            "<ul class=\"trails\">\n");
    for (uint32_t f = 0; f < trail->n_families; f++) {
        if (!listed(trail, f)) {
            put_entry(out, &trail->families[f]);
        }
    }
    buf_str(out, "</ul>\n</details>\n</section>\n");
}
