#include "report.h"

#include "report_conflict.h"
#include "report_data.h"
#include "report_doors.h"
#include "report_exodus.h"
#include "report_frame.h"
#include "report_parts.h"
#include "report_place.h"
#include "report_watch.h"
#include "trail.h"

#define REPORT_CEILING ((size_t)4 << 30)

static bool has_trade(const struct report_page *page)
{
    return page->watch != NULL && page->watch->chain->mirror.n > 0;
}

/* A conflict has its own pictures: where its scenario counts nobody at a border, theirs would be empty. */
static bool has_counts(const struct report_page *page)
{
    return page->meta->flow == NULL || page->view->n_marks > 0;
}

static bool has_map(const struct report_page *page)
{
    return page->meta->flow == NULL || page->view->n_circles > 0;
}

static bool has_net(const struct report_page *page)
{
    return page->meta->flow == NULL || page->view->n_nets > 0 || page->view->n_refused > 0;
}

static bool has_stocks(const struct report_page *page)
{
    return page->watch != NULL && (page->meta->flow == NULL || report_has_flows(page));
}

static void put_contents(struct report_page *page)
{
    const struct {
        const char *id, *word;
        bool there;
    } rows[] = {
        {"answer", "Answer", true},
        {"alarms", "Alarms", page->watch != NULL},
        {"replay", "Replay", page->watch != NULL},
        {"arrivals", "Arrivals", has_counts(page)},
        {"map", "Map", has_map(page)},
        {"net", "Net and refusals", has_net(page)},
        {"doors", "Doors", page->doors != NULL},
        {"exodus", "Where people go", page->exodus != NULL},
        {"conflict-answer", "Where people go", page->meta->flow != NULL},
        {"conflict-map", "Map by day", page->meta->flow != NULL},
        {"conflict-camps", "Camps", page->meta->flow != NULL},
        {"conflict-hosts", "Host countries",
         page->meta->flow != NULL && page->meta->flow->n_stocks > 0},
        {"conflict-scores", "Scores", page->meta->flow != NULL},
        {"flows", "Stocks", has_stocks(page)},
        {"trade", "Trade", has_trade(page)},
        {"placement", "Placing", page->place != NULL},
        {"aid", "Aid split", page->aid != NULL},
        {"left-out", "Left out", page->meta->n_skips > 0},
        {"contradictions", "Contradictions", true},
        {"assumptions", "Assumptions", true},
        {"sources", "Sources", true},
        {"terms", "Terms and limits", true},
        {"trails", "Trails", page->meta->trail != NULL},
    };
    buf_str(page->out, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].there) {
            buf_printf(page->out, "<li><a href=\"#%s\">%s</a></li>\n", rows[i].id, rows[i].word);
        }
    }
    buf_str(page->out, "</ul></nav>\n");
}

static void put_header(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>");
    html_text(out, page->scenario->title);
    buf_str(out, "</h1>\n<p class=\"summary\">");
    html_text(out, page->scenario->summary);
    buf_str(out, "</p>\n<p class=\"as-known\">");
    if (page->scenario->as_known != DATE_NONE) {
        buf_str(out, "As known on ");
        html_date(out, page->scenario->as_known);
        buf_str(out, ": counts from sources dated later are left out of the pictures and their "
                     "tables");
        buf_str(out, page->exodus != NULL ? ", but for those that stand beside the forecast of "
                                            "where people go."
                                          : ".");
    } else {
        buf_str(out, "All sources of the scenario, whatever their date.");
    }
    buf_str(out, "</p>\n");
    put_contents(page);
    buf_str(out, "</header>\n");
}

static void put_counts(struct report_page *page)
{
    if (has_counts(page)) {
        report_arrivals(page);
    }
    if (has_map(page)) {
        report_map(page);
    }
    if (has_net(page)) {
        report_net(page);
    }
}

static int put_main(struct report_page *page, struct ajar_err *err)
{
    buf_str(page->out, "<main id=\"main\">\n");
    report_answer(page);
    if (page->watch != NULL) {
        report_alarms(page);
        report_replay(page);
    }
    put_counts(page);
    if (page->doors != NULL) {
        report_doors(page);
    }
    if (page->exodus != NULL) {
        report_exodus(page);
    }
    if (page->meta->flow != NULL) {
        TRY(report_conflict_sections(page, page->meta->flow, err));
    }
    if (has_stocks(page)) {
        report_flows(page);
    }
    if (has_trade(page)) {
        report_trade(page);
    }
    if (page->place != NULL) {
        report_place(page);
    }
    if (page->aid != NULL) {
        buf_str(page->out, "<section id=\"aid\" aria-labelledby=\"aid-title\">\n");
        report_aid(page);
        report_compared(page);
        report_basis(page);
        buf_str(page->out, "</section>\n");
    }
    if (page->meta->n_skips > 0) {
        report_left(page);
    }
    report_back(page);
    buf_str(page->out, "</main>\n");
    return 0;
}

static int put_page(struct report_page *page, struct ajar_err *err)
{
    struct buf *out = page->out;
    report_frame_head(out, page->scenario->title, page->meta->version);
    size_t body = out->n;
    put_header(page);
    TRY(put_main(page, err));
    TRY(page->meta->trail == NULL ? 0 : trail_scan(page->meta->trail, out, body, err));
    report_frame_data(out, page->meta->version);
    TRY(report_data_write(out, page->view, page->aid, page->watch, page->doors, page->exodus,
                          page->meta->flow, page->place, err));
    TRY(report_frame_trail(out, page->meta->trail, err));
    report_frame_end(out);
    TRY(buf_ok(&page->words, err));
    return buf_ok(out, err);
}

int report_write(struct buf *out, const struct scenario *scenario, const struct aid_job *aid,
                 const struct watch_chain *watch, const struct doors_chain *doors,
                 const struct exodus_chain *exodus, const struct place_chain *place,
                 const struct report_meta *meta, struct ajar_err *err)
{
    struct arena arena;
    struct report_view view;
    struct report_watch shown;
    struct report_doors gates;
    struct report_exodus people;
    struct report_place placed;
    struct report_page page = {
        .out = out, .scenario = scenario, .view = &view, .aid = aid, .meta = meta};
    arena_init(&arena, "the report", REPORT_CEILING);
    buf_init(&page.words, REPORT_WORDS);
    int code = report_view_make(&arena, scenario, scenario->as_known, &view, err);
    if (code == 0 && watch != NULL) {
        code = report_watch_make(&arena, &view, watch, &shown, err);
        page.watch = &shown;
    }
    if (code == 0 && doors != NULL && doors->stands) {
        code = report_doors_make(&arena, doors, &gates, err);
        page.doors = &gates;
    }
    if (code == 0 && exodus != NULL && exodus->stands) {
        code = report_exodus_make(&arena, &view, exodus, &people, err);
        page.exodus = &people;
    }
    if (code == 0 && place != NULL && place->stands) {
        code = report_place_make(&arena, scenario, place, &placed, err);
        page.place = &placed;
    }
    if (code == 0) {
        page.cited = arena_new(&arena, bool, scenario->sources.n, err);
        code = page.cited == NULL ? arena_code(err) : put_page(&page, err);
    }
    buf_free(&page.words);
    arena_free(&arena);
    return code;
}
