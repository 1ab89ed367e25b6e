/* Three households told in words, what the lots hold and are worth, and who fits nowhere. */
#include "bound.h"
#include "place_say.h"
#include "report_place_parts.h"

void place_part_said(struct report_page *page)
{
    const struct place_chain *chain = page->place->chain;
    const struct programme *programme = place_part_programme(page);
    struct buf *out = page->out;
    buf_str(out, "<h3 id=\"placement-said\">Three households in words</h3>\n<p>Every household has "
                 "such reasons: <code>ajar place explain</code>. They can be checked by a program "
                 "that shares no code with the one that made them.</p>\n");
    for (size_t i = 0; i < PLACE_CHAIN_SAMPLES; i++) {
        if (chain->n_said[i] == 0) {
            continue;
        }
        buf_str(out, "<div class=\"told\"><h4>");
        html_text(out, programme->names.household[chain->sample[i]]);
        buf_str(out, "</h4>\n<ul>\n");
        for (size_t k = 0; k < chain->n_said[i]; k++) {
            buf_str(out, "<li>");
            html_text(out, chain->said[i][k]);
            buf_str(out, "</li>\n");
        }
        buf_str(out, "</ul></div>\n");
    }
}

/* "12 of 14", with its price where it has one. */
static void put_resource(struct report_page *page, const struct explain_resource *resource)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, (double)resource->used, 0);
    buf_str(page->out, " of ");
    html_number(page->out, (double)resource->capacity, 0);
    if (resource->price > 0) {
        buf_str(page->out, "<div class=\"what\">worth ");
        html_number(page->out, (double)resource->price / PLACE_PRICES_A_MICRO / 1e6, 3);
        buf_str(page->out, "</div>");
    }
    buf_str(page->out, "</td>");
}

static void put_lot(struct report_page *page, uint32_t l)
{
    const struct programme *programme = place_part_programme(page);
    const struct explain_locality *lot = &page->place->chain->localities[l];
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_text(page->out, programme->names.locality[l]);
    buf_str(page->out, "</th>");
    place_part_cell(page, programme->place[l]);
    place_part_cell(page, page->place->states[page->place->state_of[l]].name);
    place_part_count(page, lot->placed);
    for (uint32_t r = 0; r < programme->problem.n_resources; r++) {
        put_resource(page, &lot->resources[r]);
    }
    place_part_count(page, lot->wanted);
    buf_str(page->out, "</tr>\n");
}

void place_part_lots(struct report_page *page)
{
    const struct programme *programme = place_part_programme(page);
    struct buf *out = page->out;
    buf_str(out, "<h3 id=\"placement-lots\">What each lot holds</h3>\n<p>Worth: what one more unit "
                 "would add to the total, if households could be divided; as they cannot, it may "
                 "stand beside room that is left.</p>\n");
    report_fold_open(page, "Data table: lots");
    buf_str(out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"placement-lots-caption\" "
                 "tabindex=\"0\">\n<table id=\"placement-lots-table\">\n<caption "
                 "id=\"placement-lots-caption\">Lots: taken of what they hold; assumed offers, "
                 "computed</caption>\n<thead><tr><th scope=\"col\">Lot</th><th scope=\"col\">Place"
                 "</th><th scope=\"col\">State</th><th scope=\"col\" class=\"number\">Households"
                 "</th>");
    for (uint32_t r = 0; r < programme->problem.n_resources; r++) {
        buf_str(out, "<th scope=\"col\" class=\"number\">");
        html_text(out, programme->names.resource[r]);
        buf_str(out, "</th>");
    }
    buf_str(out, "<th scope=\"col\" class=\"number\">Others who would rather be there</th></tr>"
                 "</thead>\n<tbody>\n");
    for (uint32_t l = 0; l < programme->problem.n_localities; l++) {
        put_lot(page, l);
    }
    report_table_close(page);
    report_fold_close(page);
}

static bool reason_same(const struct programme_reason *a, const struct programme_reason *b)
{
    bool named = a->why == PROGRAMME_FEATURE || a->why == PROGRAMME_SMALL;
    return a->why == b->why && (!named || text_eq(a->what, b->what));
}

/* All whom the reason of household `first` of the list blocks; nothing where an earlier one has it. */
static void put_blocked(struct report_page *page, uint32_t first)
{
    const struct programme *programme = place_part_programme(page);
    const struct programme_reason *reason = &programme->nowhere_reason[first];
    uint32_t n = 0;
    for (uint32_t i = 0; i < first; i++) {
        if (reason_same(&programme->nowhere_reason[i], reason)) {
            return;
        }
    }
    place_say_reason(&page->words, reason);
    buf_str(page->out, "<tr><th scope=\"row\">");
    report_say(page);
    buf_str(page->out, "</th>");
    for (uint32_t i = first; i < programme->n_nowhere; i++) {
        n += reason_same(&programme->nowhere_reason[i], reason);
    }
    place_part_count(page, n);
    buf_str(page->out, "<td>");
    for (uint32_t i = first, told = 0; i < programme->n_nowhere; i++) {
        if (reason_same(&programme->nowhere_reason[i], reason)) {
            buf_str(page->out, told++ == 0 ? "" : ", ");
            html_text(page->out, programme->names.household[programme->nowhere[i].household]);
        }
    }
    buf_str(page->out, "</td></tr>\n");
}

void place_part_nowhere(struct report_page *page)
{
    static const char *const heads[] = {"At most lots", "#Households", "Who", NULL};
    const struct programme *programme = place_part_programme(page);
    buf_str(page->out, "<h3 id=\"placement-nowhere\">Whom no lot can take</h3>\n");
    if (programme->n_nowhere == 0) {
        buf_str(page->out, "<p>Nobody: each household could be taken by at least one lot, alone."
                           "</p>\n");
        return;
    }
    report_table_open(page, "placement-nowhere-table", "Households that fit nowhere, and why",
                      heads);
    for (uint32_t i = 0; i < programme->n_nowhere; i++) {
        put_blocked(page, i);
    }
    report_table_close(page);
}
