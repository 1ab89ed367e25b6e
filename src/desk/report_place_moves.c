/* Who goes from where to where: on the map, and in tables by country and by receiving state. */
#include "report_place_parts.h"

static void put_picture(struct report_page *page)
{
    buf_str(page->out,
            "<div id=\"placement-map-controls\" hidden></div>\n<figure "
            "id=\"figure-placement-map\">\n<div class=\"plot\" data-picture=\"placement-map\" "
            "role=\"img\" aria-label=\"Moves from the countries where households wait to the "
            "receiving states. The tables below have every move.\"></div>\n<figcaption>Lines: "
            "people placed, from the country where they wait to the receiving state; the wider, "
            "the more. Made-up households; <span class=\"computed\">computed</span>."
            "</figcaption>\n");
}

static struct text name_of(const struct report_place_side *sides, size_t n, struct text code)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq(sides[i].code, code)) {
            return sides[i].name;
        }
    }
    return code;
}

static void put_move(struct report_page *page, const struct place_move *move)
{
    const struct report_place *place = page->place;
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, name_of(place->froms, place->n_froms, move->from));
    buf_str(page->out, "</th>");
    place_part_cell(page, name_of(place->states, place->n_states, move->state));
    place_part_count(page, move->households);
    place_part_count(page, move->people);
    buf_str(page->out, "</tr>\n");
}

static void put_moves(struct report_page *page)
{
    static const char *const heads[] = {"Waits in", "Goes to", "#Households", "#People", NULL};
    const struct place_chain *chain = page->place->chain;
    report_fold_open(page, "Data table: the moves on the map");
    report_table_open(page, "placement-moves-table", "Moves from country to state, computed",
                      heads);
    for (size_t i = 0; i < chain->n_moves; i++) {
        put_move(page, &chain->moves[i]);
    }
    report_table_close(page);
    report_fold_close(page);
    buf_str(page->out, "</figure>\n");
}

static void put_froms(struct report_page *page)
{
    static const char *const heads[] = {"Waits in", "#Households", "#People",
                                        "#Placed",  "#Not placed", NULL};
    const struct report_place *place = page->place;
    report_table_open(page, "placement-froms-table", "Where the made-up households wait", heads);
    for (size_t i = 0; i < place->n_froms; i++) {
        const struct report_place_side *from = &place->froms[i];
        buf_str(page->out, "<tr><th scope=\"row\">");
        html_text(page->out, from->name);
        buf_str(page->out, "</th>");
        place_part_count(page, from->households);
        place_part_count(page, from->people);
        place_part_count(page, from->placed);
        place_part_count(page, from->households - from->placed);
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_state(struct report_page *page, const struct report_place_side *state)
{
    const struct programme *programme = place_part_programme(page);
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, state->name);
    buf_str(page->out, "</th>");
    place_part_count(page, state->households);
    place_part_count(page, state->people);
    if (state->quota == PLACE_NONE) {
        buf_str(page->out, "<td class=\"number\">none</td><td class=\"number\">\xE2\x80\x93</td>"
                           "<td class=\"number\">\xE2\x80\x93</td></tr>\n");
        return;
    }
    const struct side_quota *quota = &programme->side.quotas[state->quota];
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, (double)quota->most, 0);
    buf_char(page->out, ' ');
    html_text(page->out, programme->names.resource[quota->resource]);
    buf_str(page->out, "</td>");
    place_part_count(page, state->quota_used);
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out,
                quota->most == 0 ? 0 : 100 * (double)state->quota_used / (double)quota->most, 0);
    buf_str(page->out, "</td></tr>\n");
}

static void put_states(struct report_page *page)
{
    static const char *const heads[] = {"Receiving state", "#Households", "#People", "#Quota",
                                        "#Taken of it",    "#%",          NULL};
    report_table_open(page, "placement-states-table", "Receiving states and their quotas, computed",
                      heads);
    for (size_t i = 0; i < page->place->n_states; i++) {
        put_state(page, &page->place->states[i]);
    }
    report_table_close(page);
}

void place_part_moves(struct report_page *page)
{
    put_picture(page);
    put_moves(page);
    put_froms(page);
    put_states(page);
}
