/* Who could be placed where: the plan, how near the best it is, what is made up in it. */
#include "report_place_parts.h"

const struct programme *place_part_programme(const struct report_page *page)
{
    return page->place->chain->programme;
}

void place_part_score(struct report_page *page, double micro)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, micro / 1e6, 3);
    buf_str(page->out, "</td>");
}

void place_part_count(struct report_page *page, int64_t count)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, (double)count, 0);
    buf_str(page->out, "</td>");
}

void place_part_cell(struct report_page *page, struct text text)
{
    buf_str(page->out, "<td>");
    html_text(page->out, text);
    buf_str(page->out, "</td>");
}

static void put_intro(struct report_page *page)
{
    const struct report_place *place = page->place;
    const struct place_result *plan = &place->chain->plan.plan;
    const struct place_problem *problem = &place_part_programme(page)->problem;
    struct buf *out = page->out;
    buf_str(out, "<p class=\"caution\">");
    html_str(out, place->chain->synthetic);
    buf_str(out, "</p>\n<p>On ");
    html_date(out, place->chain->on);
    buf_printf(out,
               ", <strong>%u of %u households</strong> find a place in %zu receiving states. "
               "The total of their scores is <span class=\"computed\">",
               place->placed, problem->n_households, place->n_states);
    html_number(out, (double)plan->objective_micro / 1e6, 3);
    buf_str(out, "</span>; no plan that keeps the capacities and the quotas can reach more than ");
    html_number(out, (double)plan->bound_micro / 1e6, 3);
    if (plan->proven) {
        buf_str(out, ": none is better, which is proven");
    } else {
        buf_str(out, ", so this one is within ");
        html_number(out, 100 * plan->gap, 3);
        buf_str(out, "\xC2\xA0% of the best");
    }
    buf_printf(out,
               " (%llu rounds of search). A household is never split, and goes only to states "
               "where <a href=\"#doors\">a pathway is open</a> to it on that day.</p>\n",
               (unsigned long long)plan->rounds);
    buf_str(out, "<p class=\"note\">The plan is a proposal. People decide: officers by locking and "
                 "forbidding, households by saying no. Nationality, sex, religion and ethnicity "
                 "are no part of a score. Check it with <code>ajar place check</code>; tables: "
                 "<a href=\"place_plan.csv\">place_plan.csv</a>, <a href=\"place_moves.csv\">"
                 "place_moves.csv</a>, <a href=\"place_groups.csv\">place_groups.csv</a>, <a "
                 "href=\"place_explanations.csv\">place_explanations.csv</a>.</p>\n");
}

void report_place(struct report_page *page)
{
    buf_str(page->out, "<section id=\"placement\" aria-labelledby=\"placement-title\">\n"
                       "<h2 id=\"placement-title\">Who could be placed where</h2>\n");
    put_intro(page);
    place_part_moves(page);
    place_part_fair(page);
    place_part_board(page);
    place_part_said(page);
    place_part_lots(page);
    place_part_nowhere(page);
    buf_str(page->out, "</section>\n");
}
