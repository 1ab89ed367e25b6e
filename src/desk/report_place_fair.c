/* The plan of the largest total beside fairer ones: what each costs, what it means for groups and for the worst-off. */
#include <math.h>

#include "report_place_parts.h"

/* A plan of the table. */
struct fair_row {
    const char *name, *what;
    const struct side_result *plan;
    const struct fair_report *report;
};

static size_t fair_rows(const struct report_page *page, struct fair_row rows[4])
{
    const struct place_chain *chain = page->place->chain;
    size_t n = 0;
    rows[n++] = (struct fair_row){"Largest total", "as many units of score as there can be",
                                  &chain->plan, &chain->report};
    rows[n++] = (struct fair_row){"Worst-off first",
                                  "leximin: raises the lowest score of one placed, then the next",
                                  &chain->leximin.plan, &chain->leximin_report};
    rows[n++] =
        (struct fair_row){"Common floor of groups", "the highest average that every group can have",
                          &chain->maxmin.plan, &chain->maxmin_report};
    rows[n++] = (struct fair_row){"Proportional floors",
                                  "each group the same share of what it would have alone",
                                  &chain->proportional.plan, &chain->proportional_report};
    return n;
}

static double mean_of(const struct fair_group *group)
{
    return group->households == 0 ? (double)NAN
                                  : (double)group->total_micro / (double)group->households;
}

static void put_rule(struct report_page *page, const struct fair_row *row, int64_t best)
{
    const struct fair_group *all = &row->report->all;
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_str(page->out, row->name);
    buf_str(page->out, "<div class=\"what\">");
    html_str(page->out, row->what);
    buf_str(page->out, "</div></th>");
    place_part_score(page, (double)row->plan->plan.objective_micro);
    buf_str(page->out, "<td class=\"number\">");
    html_number(
        page->out,
        best == 0 ? 0 : 100 * (double)(best - row->plan->plan.objective_micro) / (double)best, 2);
    buf_str(page->out, "</td>");
    place_part_count(page, all->placed);
    place_part_score(page, all->placed == 0 ? (double)NAN : (double)all->least_micro);
    for (uint32_t g = 0; g < row->report->n_groups; g++) {
        place_part_score(page, mean_of(&row->report->groups[g]));
    }
    buf_str(page->out, "</tr>\n");
}

static void put_rules(struct report_page *page)
{
    struct fair_row rows[4];
    size_t n = fair_rows(page, rows);
    const struct programme *programme = place_part_programme(page);
    struct buf *out = page->out;
    buf_str(out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"placement-fair-caption\" "
                 "tabindex=\"0\">\n<table id=\"placement-fair-table\">\n<caption "
                 "id=\"placement-fair-caption\">Plans by rule, computed; by group the mean score "
                 "over all of it, not placed counted 0</caption>\n<thead><tr><th scope=\"col\">Rule"
                 "</th><th scope=\"col\" class=\"number\">Total</th><th scope=\"col\" "
                 "class=\"number\">Price, %</th><th scope=\"col\" class=\"number\">Placed</th><th "
                 "scope=\"col\" class=\"number\">Worst placed</th>");
    for (uint32_t g = 0; g < programme->n_groups; g++) {
        buf_str(out, "<th scope=\"col\" class=\"number\">");
        html_text(out, programme->group_name[g]);
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++) {
        if (rows[i].plan->plan.place != NULL) {
            put_rule(page, &rows[i], rows[0].plan->plan.objective_micro);
        }
    }
    report_table_close(page);
}

static void put_groups(struct report_page *page)
{
    static const char *const heads[] = {"Group",       "#Households",         "#Placed",
                                        "#Mean score", "#Best possible mean", "#Worst placed",
                                        NULL};
    const struct fair_report *report = &page->place->chain->report;
    const struct programme *programme = place_part_programme(page);
    report_table_open(page, "placement-groups-table", "The plan by group, computed", heads);
    for (uint32_t g = 0; g < report->n_groups && g < programme->n_groups; g++) {
        const struct fair_group *group = &report->groups[g];
        buf_str(page->out, "<tr><th scope=\"row\">");
        html_text(page->out, programme->group_name[g]);
        buf_str(page->out, "</th>");
        place_part_count(page, group->households);
        place_part_count(page, group->placed);
        place_part_score(page, mean_of(group));
        place_part_score(page, group->households == 0
                                   ? (double)NAN
                                   : (double)group->best_micro / (double)group->households);
        place_part_score(page, group->placed == 0 ? (double)NAN : (double)group->least_micro);
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_worst(struct report_page *page)
{
    const struct fair_report *report = &page->place->chain->report;
    const struct programme *programme = place_part_programme(page);
    if (report->n_worst == 0) {
        return;
    }
    buf_str(page->out, "<p>The worst-off of those placed, lowest score first: ");
    for (uint32_t i = 0; i < report->n_worst; i++) {
        buf_str(page->out, i == 0 ? "" : ", ");
        html_text(page->out, programme->names.household[report->worst[i]]);
    }
    buf_str(page->out, ". The <a href=\"#placement-board\">board</a> has their places.</p>\n");
}

void place_part_fair(struct report_page *page)
{
    buf_str(page->out, "<h3 id=\"placement-fair\">Who fares how, and what fairness costs</h3>\n");
    if (page->place->chain->leximin.plan.plan.place != NULL) {
        buf_str(page->out, "<p>The same households and lots under four rules. The price is what a "
                           "rule takes from the largest total.</p>\n");
        put_rules(page);
    } else {
        buf_str(page->out, "<p>This is the plan of the largest total. <code>ajar run --fair</code> "
                           "puts three others beside it, with their price: the worst-off first, "
                           "and floors for groups.</p>\n");
    }
    put_groups(page);
    put_worst(page);
}
