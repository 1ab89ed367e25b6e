#include <math.h>
#include <string.h>

#include "report_conflict_parts.h"
#include "report_frame.h"
#include "trail.h"

#define CONFLICT_CEILING ((size_t)1 << 30)

void conflict_open(struct conflict_page *page, const char *id, const char *title)
{
    const char *front = page->inside ? "conflict-" : "";
    buf_printf(page->page.out,
               "<section id=\"%s%s\" aria-labelledby=\"%s%s-title\">\n<h2 id=\"%s%s-title\">%s"
               "</h2>\n",
               front, id, front, id, front, id, title);
}

void conflict_name(struct conflict_page *page, struct text name)
{
    while (name.n > 0) {
        bool more = memchr(name.at, '_', name.n) != NULL;
        html_text(page->page.out, text_split(name, '_', &name));
        buf_str(page->page.out, more ? " " : "");
    }
}

void conflict_day(struct conflict_page *page, int32_t day)
{
    html_date(page->page.out, page->chain->input.world.start + day);
}

void conflict_number(struct conflict_page *page, double value, int decimals)
{
    buf_str(page->page.out, "<td class=\"number\">");
    html_number(page->page.out, value, decimals);
    buf_str(page->page.out, "</td>");
}

void conflict_say_runs(struct conflict_page *page)
{
    const struct flow_chain *chain = page->chain;
    buf_printf(
        page->page.out,
        "%u runs of all people with different chance and parameters, by the %s engine, seed %llu",
        chain->options.n_members, flow_engine_word(chain->options.engine),
        (unsigned long long)chain->options.seed);
}

bool conflict_capacities(const struct flow_chain *chain)
{
    bool any = false;
    for (uint32_t c = 0; c < chain->plan.n_camps; c++) {
        any |= chain->input.world.places[chain->seen[c].place].capacity >= 1;
    }
    return any && chain->input.params.use_capacity;
}

static bool is_first(date_days date)
{
    char text[DATE_TEXT];
    return strcmp(date_format(date, text) + 8, "01") == 0;
}

int32_t *conflict_months(struct conflict_page *page, size_t *n)
{
    const struct flow_world *world = &page->chain->input.world;
    int32_t *days = arena_new(page->arena, int32_t, (size_t)world->n_days / 28 + 3, NULL);
    *n = 0;
    for (int32_t day = 0; days != NULL && day < world->n_days; day++) {
        if (is_first(world->start + day) || day == world->n_days - 1) {
            days[(*n)++] = day;
        }
    }
    return days;
}

static void put_header(struct conflict_page *page)
{
    const struct flow_chain *chain = page->chain;
    const struct flow_world *world = &chain->input.world;
    struct buf *out = page->page.out;
    static const char *const rows[][2] = {
        {"answer", "Answer"},          {"map", "Map"},       {"camps", "Camps"},
        {"hosts", "Host countries"},   {"scores", "Scores"}, {"basis", "What was run"},
        {"terms", "Terms and limits"}, {"trails", "Trails"}};
    buf_str(out, "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<h1>");
    html_text(out, world->title);
    buf_printf(
        out,
        "</h1>\n<p class=\"summary\">People on the move over %zu places and %zu ways, to %zu "
        "camp%s, ",
        world->n_places, chain->n_ways, world->n_camps, world->n_camps == 1 ? "" : "s");
    html_days(out, world->start, world->start + world->n_days - 1, true);
    buf_printf(out,
               ": %d days.</p>\n<p class=\"as-known\">Map and camps use all rows of the folder, "
               "whatever the day on which they were known: they are hindsight. Only the "
               "forecast in the scores uses what was known on its day.</p>\n",
               world->n_days);
    buf_str(out, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows - (page->page.meta->trail == NULL); i++) {
        buf_printf(out, "<li><a href=\"#%s\">%s</a></li>\n", rows[i][0], rows[i][1]);
    }
    buf_str(out, "</ul></nav>\n</header>\n");
}

static int put_page(struct conflict_page *page, struct ajar_err *err)
{
    struct buf *out = page->page.out;
    report_frame_head(out, page->chain->input.world.title, page->page.meta->version);
    size_t body = out->n;
    put_header(page);
    buf_str(out, "<main id=\"main\">\n");
    conflict_answer(page);
    conflict_map(page);
    conflict_camps(page);
    conflict_hosts(page);
    conflict_scores(page);
    conflict_basis(page);
    buf_str(out, "</main>\n");
    TRY(buf_ok(out, err));
    TRY(page->page.meta->trail == NULL ? 0 : trail_scan(page->page.meta->trail, out, body, err));
    report_frame_data(out, page->page.meta->version);
    TRY(report_conflict_data(out, page->chain, err));
    TRY(report_frame_trail(out, page->page.meta->trail, err));
    report_frame_end(out);
    TRY(buf_ok(&page->page.words, err));
    return buf_ok(out, err);
}

int report_conflict_sections(struct report_page *page, const struct flow_chain *chain,
                             struct ajar_err *err)
{
    struct arena arena;
    struct conflict_page inside = {.page = {.out = page->out, .meta = page->meta},
                                   .chain = chain,
                                   .inside = true,
                                   .arena = &arena};
    arena_init(&arena, "the sections of a conflict", CONFLICT_CEILING);
    buf_init(&inside.page.words, REPORT_WORDS);
    conflict_answer(&inside);
    conflict_map(&inside);
    conflict_camps(&inside);
    conflict_hosts(&inside);
    conflict_scores(&inside);
    conflict_basis(&inside);
    int code = buf_ok(&inside.page.words, err);
    buf_free(&inside.page.words);
    arena_free(&arena);
    return code != 0 ? code : buf_ok(page->out, err);
}

int report_conflict_write(struct buf *out, const struct flow_chain *chain,
                          const struct report_meta *meta, struct ajar_err *err)
{
    struct arena arena;
    struct conflict_page page = {
        .page = {.out = out, .meta = meta}, .chain = chain, .arena = &arena};
    arena_init(&arena, "the report of a conflict", CONFLICT_CEILING);
    buf_init(&page.page.words, REPORT_WORDS);
    int code = put_page(&page, err);
    buf_free(&page.page.words);
    arena_free(&arena);
    return code;
}
