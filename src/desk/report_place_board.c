/* The plan board: every household with its place and what the cheapest other place would cost.  The page's script
 * sorts it, filters it, and shows the price of a lock. */
#include <string.h>

#include "report_place_parts.h"

static void put_door(struct report_page *page, uint32_t household, struct text state)
{
    const struct place_chain *chain = page->place->chain;
    for (size_t i = 0; i < chain->n_doors; i++) {
        const struct place_door *door = &chain->doors[i];
        if (door->household == household && text_eq(door->state, state)) {
            place_part_cell(page, door->door);
            return;
        }
    }
    buf_str(page->out, "<td>\xE2\x80\x93</td>");
}

/* "Kassel, P02"; the lot alone where its name holds that of its place. */
static void put_lot(struct report_page *page, uint32_t locality)
{
    const struct programme *programme = place_part_programme(page);
    struct text place = programme->place[locality], lot = programme->names.locality[locality];
    if (memmem(lot.at, lot.n, place.at, place.n) == NULL) {
        html_text(page->out, place);
        buf_str(page->out, ", ");
    }
    html_text(page->out, lot);
}

static void put_place(struct report_page *page, uint32_t household, uint32_t locality)
{
    const struct programme *programme = place_part_programme(page);
    if (locality == PLACE_NONE) {
        buf_str(page->out, "<td>no place</td><td>\xE2\x80\x93</td><td class=\"number\">"
                           "\xE2\x80\x93</td>");
        return;
    }
    buf_str(page->out, "<td>");
    put_lot(page, locality);
    buf_str(page->out, "</td>");
    put_door(page, household, programme->state[locality]);
    place_part_score(page, page->place->chain->households[household].chosen.score_micro);
}

static void put_other(struct report_page *page, uint32_t household)
{
    const struct report_place *place = page->place;
    uint32_t first = place->option_first[household];
    if (first == place->option_first[household + 1]) {
        buf_str(page->out, "<td>none</td><td class=\"number\">\xE2\x80\x93</td>");
        return;
    }
    buf_str(page->out, "<td>");
    put_lot(page, place->options[first].locality);
    buf_str(page->out, "</td>");
    place_part_score(page, (double)place->options[first].price_micro);
}

static void put_household(struct report_page *page, uint32_t h)
{
    const struct report_place *place = page->place;
    const struct programme *programme = place_part_programme(page);
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, programme->names.household[h]);
    buf_str(page->out, "</th>");
    place_part_cell(page, place->froms[place->from_of[h]].name);
    place_part_count(page, programme->people[h]);
    place_part_cell(page, programme->group == NULL ? TEXT_LIT("")
                                                   : programme->group_name[programme->group[h]]);
    put_place(page, h, place->chain->plan.plan.place[h]);
    put_other(page, h);
    buf_str(page->out, "</tr>\n");
}

void place_part_board(struct report_page *page)
{
    static const char *const heads[] = {"Household",      "Waits in",
                                        "#People",        "Group",
                                        "Place",          "By the pathway",
                                        "#Score",         "Cheapest other place",
                                        "#It would cost", NULL};
    buf_str(page->out,
            "<h3 id=\"placement-board\">The plan, household by household</h3>\n<p>What another "
            "place would cost is worked out from the prices of capacity: what the household "
            "loses, and what it takes from others there less what it gives back here. It is a "
            "first estimate; <code>ajar place whatif</code> works the change out and says who "
            "else would move.</p>\n<div id=\"placement-board-controls\" hidden></div>\n<div "
            "id=\"placement-board-said\" role=\"status\" hidden></div>\n");
    report_table_open(page, "placement-board-table",
                      "Households, their places and scores; made-up households, computed", heads);
    for (uint32_t h = 0; h < place_part_programme(page)->problem.n_households; h++) {
        put_household(page, h);
    }
    report_table_close(page);
}
