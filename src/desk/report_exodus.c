/* Where people go: the forecast of an exodus, what was counted beside it, what a changed door does. */
#include <math.h>

#include "report_exodus_parts.h"

const struct exodus_model *exodus_part_model(const struct report_page *page)
{
    return page->exodus->chain->input->model;
}

struct text exodus_part_country(const struct report_page *page, struct text code)
{
    name_id name = names_find(page->scenario->names, code);
    return name == 0 ? code : report_country(page->scenario, name);
}

void exodus_part_place(struct report_page *page, struct text country, struct text route)
{
    name_id name = names_find(page->scenario->names, route);
    buf_text(&page->words, exodus_part_country(page, country));
    buf_str(&page->words, ", ");
    if (name == 0) {
        buf_text(&page->words, route);
    } else {
        report_route(&page->words, page->scenario, name);
    }
}

void exodus_part_number(struct report_page *page, double value, int decimals)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, value, decimals);
    buf_str(page->out, "</td>");
}

static void put_signed(struct report_page *page, double value)
{
    buf_str(page->out, value >= 0.5 ? "+" : "");
    html_number(page->out, value, 0);
}

void exodus_part_change(struct report_page *page, double value)
{
    buf_str(page->out, "<td class=\"number\">");
    put_signed(page, value);
    buf_str(page->out, "</td>");
}

void exodus_part_range(struct report_page *page, double low, double high, bool signs)
{
    buf_str(page->out, "<td class=\"number\">");
    if (!isfinite(low) || !isfinite(high)) {
        html_number(page->out, (double)NAN, 0);
    } else if (signs) {
        put_signed(page, low);
        buf_str(page->out, " to ");
        put_signed(page, high);
    } else {
        html_number(page->out, low, 0);
        buf_str(page->out, " to ");
        html_number(page->out, high, 0);
    }
    buf_str(page->out, "</td>");
}

static void put_intro(struct report_page *page)
{
    const struct exodus_model *model = exodus_part_model(page);
    const struct report_exodus *exodus = page->exodus;
    struct buf *out = page->out;
    buf_printf(out,
               "<p>A forecast, <span class=\"computed\">computed</span>, of who enters, leaves, is "
               "refused and waits at %u doors, day by day from ",
               model->n_doors);
    html_date(out, exodus->from);
    buf_str(out, " to ");
    html_date(out, exodus->to);
    buf_str(out, ", from what was known on ");
    html_date(out, model->as_known);
    buf_str(out, ": figures published after that day are not in the data that it was fitted to.</p>"
                 "\n<p>The range from p5 to p95 holds nine of ten runs and with them what nobody "
                 "knew: which open doors would shut (gates), how long people would go on setting "
                 "out (the tail), and where those turn whom a door refuses (displacement); entries "
                 "are gross, each crossing by itself, and gross is not net.</p>\n");
}

static void put_runs(struct report_page *page)
{
    const struct exodus_chain *chain = page->exodus->chain;
    buf_printf(page->out,
               "<p class=\"note\">%u runs, each with parameters of its own from %u draws of the "
               "fit, seed %llu. Figures of a run are <span class=\"computed\">computed</span>; "
               "counts are named with their source and day.</p>\n",
               chain->n_members, chain->input->n_draws, (unsigned long long)chain->options.seed);
}

void report_exodus(struct report_page *page)
{
    buf_str(page->out, "<section id=\"exodus\" aria-labelledby=\"exodus-title\">\n"
                       "<h2 id=\"exodus-title\">Where people go</h2>\n");
    put_intro(page);
    put_runs(page);
    exodus_part_map(page);
    exodus_part_fans(page);
    exodus_part_what_ifs(page);
    exodus_part_observed(page);
    exodus_part_rolling(page);
    exodus_part_params(page);
    exodus_part_people(page);
    buf_str(page->out, "</section>\n");
}
