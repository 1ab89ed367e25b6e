/* The doors on the map by day, and the same in tables: days, states of the doors. */
#include <math.h>
#include <stdio.h>

#include "report_doors.h"
#include "report_exodus_parts.h"

static void put_count(struct report_page *page, double value)
{
    if (isnan(value)) {
        buf_str(page->out, "\xE2\x80\x93");
    } else {
        html_number(page->out, value, 0);
    }
}

/* "1,204 / 900 / 31 / 0". */
static void put_door_day(struct report_page *page, size_t door, size_t day)
{
    buf_str(page->out, "<td class=\"number\">");
    for (int flow = 0; flow < REPORT_EXODUS_FLOWS; flow++) {
        buf_str(page->out, flow == 0 ? "" : "\xC2\xA0/ ");
        put_count(page, report_exodus_at(page->exodus, (enum report_exodus_flow)flow, door, day));
    }
    buf_str(page->out, "</td>");
}

/* The doors [first, end). */
static void put_days_of(struct report_page *page, size_t first, size_t end)
{
    const struct exodus_model *model = exodus_part_model(page);
    const char *heads[EXODUS_PART_COLUMNS + 2] = {"Day"};
    char titles[EXODUS_PART_COLUMNS][REPORT_HEAD], id[REPORT_HEAD], caption[REPORT_HEAD * 2];
    for (size_t d = first; d < end; d++) {
        snprintf(titles[d - first], sizeof titles[0], "#%.*s",
                 (int)text_fit(model->doors[d].title, 100), model->doors[d].title.at);
        heads[d - first + 1] = titles[d - first];
    }
    snprintf(id, sizeof id, "exodus-days-table-%zu", first / EXODUS_PART_COLUMNS + 1);
    snprintf(caption, sizeof caption,
             "Doors %zu to %zu: in, gross / out, gross / refused / waiting at the end of the day; "
             "mean of the runs, computed",
             first + 1, end);
    report_table_open(page, id, caption, heads);
    for (size_t day = 0; day < page->exodus->n_days; day++) {
        buf_str(page->out, "<tr><th scope=\"row\">");
        html_date(page->out, page->exodus->from + (date_days)day);
        buf_str(page->out, "</th>");
        for (size_t d = first; d < end; d++) {
            put_door_day(page, d, day);
        }
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_days(struct report_page *page)
{
    size_t n = exodus_part_model(page)->n_doors;
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data tables: the map on each of %zu days",
             page->exodus->n_days);
    report_fold_open(page, summary);
    for (size_t first = 0; first < n; first += EXODUS_PART_COLUMNS) {
        size_t end = first + EXODUS_PART_COLUMNS;
        put_days_of(page, first, end < n ? end : n);
    }
    buf_str(page->out,
            "<p class=\"note\">A dash: not forecast; waiting: the door has no queue. By route and "
            "measure with p5, p50 and p95: <a href=\"flow_forecast.csv\">flow_forecast.csv</a>."
            "</p>\n");
    report_fold_close(page);
}

/* Whether the door decides alike for both classes all days. */
static bool same_class(const struct report_exodus *exodus, size_t door, size_t a, size_t b)
{
    for (size_t day = 0; day < exodus->n_days; day++) {
        if (report_exodus_gate(exodus, day, door, a) != report_exodus_gate(exodus, day, door, b)) {
            return false;
        }
    }
    return true;
}

static void put_span(struct report_page *page, size_t door, size_t class, size_t from, size_t to)
{
    const struct exodus_model *model = exodus_part_model(page);
    const struct report_exodus *exodus = page->exodus;
    struct buf *out = page->out;
    buf_str(out, "<tr><th scope=\"row\">");
    html_text(out, model->doors[door].title);
    buf_str(out, "</th><td>");
    for (size_t c = class; c < model->n_classes; c++) {
        if (same_class(exodus, door, class, c)) {
            buf_str(out, c == class ? "" : "; ");
            html_text(out, model->classes[c].title);
        }
    }
    buf_str(out, "</td><td>");
    html_days(out, exodus->from + (date_days)from, exodus->from + (date_days)to, true);
    buf_str(out, "</td><td>");
    buf_str(out, report_gate_word(report_exodus_gate(exodus, from, door, class)));
    buf_str(out, "</td></tr>\n");
}

/* The spans of classes for which the door decides alike stand in one row. */
static void put_door_spans(struct report_page *page, size_t door)
{
    const struct report_exodus *exodus = page->exodus;
    size_t n_classes = exodus_part_model(page)->n_classes;
    for (size_t class = 0; class < n_classes; class ++) {
        bool said = false;
        for (size_t c = 0; c < class; c++) {
            said = said || same_class(exodus, door, c, class);
        }
        for (size_t from = 0, day = 1; !said && from < exodus->n_days; day++) {
            if (day == exodus->n_days || report_exodus_gate(exodus, day, door, class) !=
                                             report_exodus_gate(exodus, from, door, class)) {
                put_span(page, door, class, from, day - 1);
                from = day;
            }
        }
    }
}

static void put_states(struct report_page *page)
{
    static const char *const heads[] = {"Door", "Who", "Days", "The door", NULL};
    report_fold_open(page, "Table: for whom each door is open, and when");
    report_table_open(page, "exodus-doors-table", "The doors of the model, by who asks", heads);
    for (size_t d = 0; d < exodus_part_model(page)->n_doors; d++) {
        put_door_spans(page, d);
    }
    report_table_close(page);
    buf_str(page->out, "<p class=\"note\">Decided by the law and practice ");
    buf_str(page->out, page->doors != NULL ? "under <a href=\"#doors\">Doors</a>" : "of the doors");
    buf_str(page->out, ", as known on ");
    html_date(page->out, exodus_part_model(page)->as_known);
    buf_str(page->out, "; in a run some door may shut later for reasons that nobody knows yet. "
                       "<a href=\"flow_doors.csv\">flow_doors.csv</a>.</p>\n");
    report_fold_close(page);
}

static void put_sums(struct report_page *page)
{
    const struct exodus_model *model = exodus_part_model(page);
    bool any = false;
    for (size_t d = 0; d < model->n_doors; d++) {
        if (page->exodus->parts[d]) {
            buf_str(page->out, any ? "; "
                                   : " The sum of those of its countries that are forecast "
                                     "stands at: ");
            html_text(page->out, model->doors[d].title);
            any = true;
        }
    }
    buf_str(page->out, any ? "." : "");
}

void exodus_part_map(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out,
            "<h3>Map: the doors day by day</h3>\n<figure id=\"figure-exodus\">\n<div "
            "id=\"exodus-controls\" hidden></div>\n<div class=\"plot\" data-picture=\"exodus\" "
            "role=\"img\" aria-label=\"Map of the doors by day: who comes in, who waits, for whom "
            "the door is open. The tables below have every day.\"></div>\n<div id=\"exodus-said\" "
            "aria-live=\"polite\" hidden></div>\n<figcaption>Arrows: people who enter that day, "
            "gross; the wider, the more. They come from the side where most of those live who may "
            "take the door, and are no roads. Discs: people who wait in the queue, by area. Both "
            "are <span class=\"computed\">computed</span>: the mean of the runs. Bars: for whom "
            "the door is open, a bar for each class of papers.");
    put_sums(page);
    buf_str(out, " Country shapes: Natural Earth, public domain.</figcaption>\n");
    put_days(page);
    put_states(page);
    buf_str(out, "</figure>\n");
}
