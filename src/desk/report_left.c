/* What a run left out, why, and what would turn it on: a part of what is not known. */
#include "chain_skips.h"
#include "report_parts.h"

void report_skips(struct report_page *page)
{
    static const char *const heads[] = {"Part", "Why it is left out", "What would turn it on",
                                        NULL};
    struct buf *out = page->out;
    report_table_open(page, "left-table", "Parts left out of this run", heads);
    for (size_t i = 0; i < page->meta->n_skips; i++) {
        const struct chain_skip *skip = &page->meta->skips[i];
        buf_printf(out, "<tr data-part=\"%s\"><th scope=\"row\">%s</th><td>", skip->part,
                   skip->part);
        html_str(out, skip->why);
        buf_str(out, "</td><td>");
        html_str(out, skip->file);
        buf_str(out, "</td></tr>\n");
    }
    report_table_close(page);
}

/* "DOORS and PLACE" */
static void put_names(struct report_page *page)
{
    size_t n = page->meta->n_skips;
    for (size_t i = 0; i < n; i++) {
        buf_str(page->out, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        buf_printf(page->out, "<strong>%s</strong>", page->meta->skips[i].part);
    }
}

void report_left_caution(struct report_page *page)
{
    if (page->meta->n_skips > 0) {
        buf_str(page->out, "<li>Left out for want of data: ");
        put_names(page);
        buf_str(page->out, ". <a href=\"#left-out\">Why, and what would turn them on</a></li>\n");
    }
}

void report_left(struct report_page *page)
{
    buf_str(page->out, "<section id=\"left-out\" aria-labelledby=\"left-out-title\">\n"
                       "<h2 id=\"left-out-title\">What this run leaves out</h2>\n<p>The chain has "
                       "five parts, WATCH, DOORS, FLOW, PLACE and AID. A part without data says "
                       "nothing; it is not guessed.</p>\n");
    report_skips(page);
    buf_str(page->out, "</section>\n");
}
