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

/* The story that the page tells, step by step; each begins with the first of its sections that is there. */
enum step {
    STEP_SHORT,
    STEP_HAPPENED,
    STEP_DOORS,
    STEP_GO,
    STEP_PLACED,
    STEP_HELP,
    STEP_UNKNOWN,
    STEP_LOOK_UP,
    STEPS
};
static const char *const steps[STEPS] = {
    [STEP_SHORT] = "In short",
    [STEP_HAPPENED] = "What happened",
    [STEP_DOORS] = "Which doors opened and shut",
    [STEP_GO] = "Where people go",
    [STEP_PLACED] = "Who could be placed where",
    [STEP_HELP] = "How help is split",
    [STEP_UNKNOWN] = "What is not known",
    [STEP_LOOK_UP] = "To look up",
};

static void put_step(struct report_page *page, enum step step)
{
    buf_printf(page->out, "<p class=\"step\">%s</p>\n", steps[step]);
}

static void put_contents(struct report_page *page)
{
    const struct report_meta *meta = page->meta;
    bool conflict = meta->flow != NULL;
    const struct {
        enum step step;
        const char *id, *word;
        bool there;
    } rows[] = {
        {STEP_SHORT, "answer", "Answer", true},
        {STEP_HAPPENED, "alarms", "Alarms", page->watch != NULL},
        {STEP_HAPPENED, "replay", "Replay", page->watch != NULL},
        {STEP_HAPPENED, "arrivals", "Arrivals", has_counts(page)},
        {STEP_HAPPENED, "map", "Map", has_map(page)},
        {STEP_HAPPENED, "net", "Net and refusals", has_net(page)},
        {STEP_HAPPENED, "flows", "Stocks", has_stocks(page)},
        {STEP_HAPPENED, "trade", "Trade", has_trade(page)},
        {STEP_DOORS, "doors", "Doors", page->doors != NULL},
        {STEP_GO, "exodus", "Through the doors", page->exodus != NULL},
        {STEP_GO, "conflict-answer", "On the roads", conflict},
        {STEP_GO, "conflict-map", "Map by day", conflict},
        {STEP_GO, "conflict-camps", "Camps", conflict},
        {STEP_GO, "conflict-hosts", "Host countries", conflict && meta->flow->n_stocks > 0},
        {STEP_GO, "conflict-scores", "Scores", conflict},
        {STEP_PLACED, "placement", "Placing", page->place != NULL},
        {STEP_HELP, "aid", "Aid split", page->aid != NULL},
        {STEP_UNKNOWN, "left-out", "Left out", meta->n_skips > 0},
        {STEP_UNKNOWN, "contradictions", "Contradictions", true},
        {STEP_UNKNOWN, "assumptions", "Assumptions", true},
        {STEP_LOOK_UP, "sources", "Sources", true},
        {STEP_LOOK_UP, "terms", "Terms and limits", true},
        {STEP_LOOK_UP, "trails", "Trails", meta->trail != NULL},
    };
    enum step last = STEPS;
    buf_str(page->out, "<nav aria-label=\"Contents\"><ul class=\"steps\">\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!rows[i].there) {
            continue;
        }
        if (rows[i].step != last) {
            buf_str(page->out, last == STEPS ? "" : "</ul></li>\n");
            last = rows[i].step;
            buf_printf(page->out, "<li><span>%s</span><ul>\n", steps[last]);
        }
        buf_printf(page->out, "<li><a href=\"#%s\">%s</a></li>\n", rows[i].id, rows[i].word);
    }
    buf_str(page->out, "</ul></li>\n</ul></nav>\n");
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

static bool has_happened(const struct report_page *page)
{
    return page->watch != NULL || has_counts(page) || has_map(page) || has_net(page);
}

/* What was counted, and what is out of the ordinary in it. */
static void put_happened(struct report_page *page)
{
    if (has_happened(page)) {
        put_step(page, STEP_HAPPENED);
    }
    if (page->watch != NULL) {
        report_alarms(page);
        report_replay(page);
    }
    if (has_counts(page)) {
        report_arrivals(page);
    }
    if (has_map(page)) {
        report_map(page);
    }
    if (has_net(page)) {
        report_net(page);
    }
    if (has_stocks(page)) {
        report_flows(page);
    }
    if (has_trade(page)) {
        report_trade(page);
    }
}

static int put_people(struct report_page *page, struct ajar_err *err)
{
    if (page->exodus != NULL || page->meta->flow != NULL) {
        put_step(page, STEP_GO);
    }
    if (page->exodus != NULL) {
        report_exodus(page);
    }
    return page->meta->flow == NULL ? 0 : report_conflict_sections(page, page->meta->flow, err);
}

static void put_help(struct report_page *page)
{
    if (page->place != NULL) {
        put_step(page, STEP_PLACED);
        report_place(page);
    }
    if (page->aid != NULL) {
        put_step(page, STEP_HELP);
        buf_str(page->out, "<section id=\"aid\" aria-labelledby=\"aid-title\">\n");
        report_aid(page);
        report_compared(page);
        report_basis(page);
        buf_str(page->out, "</section>\n");
    }
}

static int put_main(struct report_page *page, struct ajar_err *err)
{
    buf_str(page->out, "<main id=\"main\">\n");
    report_answer(page);
    put_happened(page);
    if (page->doors != NULL) {
        put_step(page, STEP_DOORS);
        report_doors(page);
    }
    TRY(put_people(page, err));
    put_help(page);
    put_step(page, STEP_UNKNOWN);
    if (page->meta->n_skips > 0) {
        report_left(page);
    }
    report_unknown(page);
    put_step(page, STEP_LOOK_UP);
    report_look_up(page);
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
