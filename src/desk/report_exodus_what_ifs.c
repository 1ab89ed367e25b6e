/* What a changed door does: in sentences, and by door and class in tables. */
#include <math.h>
#include <stdio.h>

#include "report_exodus_parts.h"

static void put_change(struct report_page *page, const struct exodus_change *change)
{
    exodus_part_number(page, change->as_is, 0);
    exodus_part_number(page, change->changed, 0);
    exodus_part_change(page, change->mean);
    exodus_part_range(page, change->p5, change->p95, true);
}

/* The difference with its range, and no more. */
static void put_difference(struct report_page *page, const struct exodus_change *change)
{
    exodus_part_change(page, change->mean);
    exodus_part_range(page, change->p5, change->p95, true);
}

static void put_row(struct report_page *page, struct text title)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, title);
    buf_str(page->out, "</th>");
}

/* The caption names the what-if, so that no two tables have the same. */
static void open_table(struct report_page *page, const struct exodus_effect *effect,
                       const char *name, const char *what, const char *const *heads)
{
    struct text title = exodus_part_model(page)->what_ifs[effect->world - 1].title;
    char id[REPORT_HEAD], caption[512];
    snprintf(id, sizeof id, "exodus-what-if-%u-%s", effect->world, name);
    snprintf(caption, sizeof caption, "%.*s: %s, computed", (int)text_fit(title, 200), title.at,
             what);
    report_table_open(page, id, caption, heads);
}

static void put_doors(struct report_page *page, const struct exodus_effect *effect)
{
    static const char *const heads[] = {"Door",       "#Admitted as it was",
                                        "#Changed",   "#Difference",
                                        "#p5 to p95", "#Refused: difference",
                                        "#p5 to p95", "#Traffic: difference",
                                        "#p5 to p95", NULL};
    const struct exodus_model *model = exodus_part_model(page);
    open_table(page, effect, "doors",
               "people in flight who are admitted, those refused, and travellers who come and go, "
               "from the order to the last day",
               heads);
    for (size_t d = 0; d < model->n_doors; d++) {
        put_row(page, model->doors[d].title);
        put_change(page, &effect->entries[d]);
        put_difference(page, &effect->refused[d]);
        put_difference(page, &effect->traffic[d]);
        buf_str(page->out, "</tr>\n");
    }
    put_row(page, TEXT_LIT("All doors"));
    put_change(page, &effect->entries_all);
    buf_str(page->out, "<td></td><td></td><td></td><td></td></tr>\n");
    report_table_close(page);
}

static void put_class(struct report_page *page, struct text title,
                      const struct exodus_change *stranded, const struct exodus_change *stopped)
{
    put_row(page, title);
    put_change(page, stranded);
    put_change(page, stopped);
    buf_str(page->out, "</tr>\n");
}

static void put_classes(struct report_page *page, const struct exodus_effect *effect)
{
    static const char *const heads[] = {"Papers",      "#Stranded as it was", "#Changed",
                                        "#Difference", "#p5 to p95",          "#Stopped as it was",
                                        "#Changed",    "#Difference",         "#p5 to p95",
                                        NULL};
    const struct exodus_model *model = exodus_part_model(page);
    open_table(page, effect, "classes",
               "people stranded on the last day, and those who gave up for good, by papers", heads);
    for (size_t c = 0; c < model->n_classes; c++) {
        put_class(page, model->classes[c].title, &effect->stranded[c], &effect->stopped[c]);
    }
    put_class(page, TEXT_LIT("All"), &effect->stranded_all, &effect->stopped_all);
    report_table_close(page);
}

static void put_pairs(struct report_page *page, const struct exodus_effect *effect)
{
    struct buf *out = page->out;
    buf_str(out, "<p class=\"note\">Each run is played twice, with the same people, chance and "
                 "parameters: a range is that of the differences of ");
    buf_printf(out, "%u pairs. ", page->exodus->chain->n_members);
    if (isinf(effect->narrower)) {
        buf_str(out, "All pairs are alike.");
    } else {
        buf_str(out, "Over the doors, runs that share nothing would spread ");
        html_number(out, effect->narrower, 1);
        buf_str(out, " times as widely.");
    }
    buf_str(out, "</p>\n");
}

static void put_what_if(struct report_page *page, size_t i)
{
    const struct exodus_effect *effect = &page->exodus->chain->effects[i];
    const struct exodus_what_if *what_if = &exodus_part_model(page)->what_ifs[effect->world - 1];
    struct buf *out = page->out;
    buf_str(out, "<div class=\"what-if\" id=\"exodus-what-if-");
    html_id(out, what_if->id);
    buf_str(out, "\">\n<h4>");
    html_text(out, what_if->title);
    buf_str(out, "</h4>\n<ul>\n");
    for (size_t s = 0; s < page->exodus->n_said[i]; s++) {
        buf_str(out, "<li>");
        html_text(out, page->exodus->said[i][s]);
        buf_str(out, "</li>\n");
    }
    buf_str(out, "</ul>\n");
    put_pairs(page, effect);
    report_fold_open(page, "Data tables: by door, by class of papers");
    put_doors(page, effect);
    put_classes(page, effect);
    report_fold_close(page);
    buf_str(out, "</div>\n");
}

void exodus_part_what_ifs(struct report_page *page)
{
    struct buf *out = page->out;
    if (page->exodus->chain->n_effects == 0) {
        return;
    }
    buf_str(out, "<h3>What if a door were another</h3>\n<p>The same flight, with a door changed. A "
                 "model's answer and no count: nobody can see both. It takes for granted that as "
                 "many people set out, and that they choose among the doors by the same pull.</p>"
                 "\n");
    for (size_t i = 0; i < page->exodus->chain->n_effects; i++) {
        put_what_if(page, i);
    }
    buf_str(out, "<p class=\"note\">Stranded: as under <a href=\"#exodus-stranded\">stranded</a> "
                 "below. Stopped: gave up for good. Traffic: travellers who come, stay some days "
                 "and go back. All figures: <a href=\"flow_what_if.csv\">flow_what_if.csv</a>.</p>"
                 "\n");
}
