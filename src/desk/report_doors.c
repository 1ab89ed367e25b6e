/* Doors: who could pass where on which day, and what changed. */
#include <stdio.h>

#include "doors_words.h"
#include "report_doors.h"
#include "report_parts.h"

/* Classes of the page's style by enum gate. */
static const char *const gate_classes[] = {
    [GATE_NO_RULE] = "none",  [GATE_OPEN] = "open",     [GATE_DISCRETION] = "decides",
    [GATE_CLOSED] = "closed", [GATE_BARRED] = "barred", [GATE_UNKNOWN] = "depends"};

static const struct doors_chain *chain_of(const struct report_page *page)
{
    return page->doors->chain;
}

static void say_crossing(struct report_page *page, size_t crossing)
{
    report_crossing(&page->words, &chain_of(page)->profiles.crossings[crossing]);
    report_say(page);
}

static void say_profile(struct report_page *page, size_t profile)
{
    html_text(page->out, said_in(&chain_of(page)->profiles.profiles[profile].title, LANG_EN));
}

/* The word of the law, and below it what was seen where that differs. */
static void put_gate(struct report_page *page, struct report_gate gate)
{
    buf_printf(page->out, "<td class=\"gate gate-%s\">%s", gate_classes[gate.law],
               report_gate_word(gate.law));
    if (gate.practice != GATE_NO_RULE) {
        buf_printf(page->out, "<span class=\"seen\">in practice %s</span>",
                   report_gate_word(gate.practice));
    }
    buf_str(page->out, "</td>");
}

static void put_marks(struct report_page *page, const struct doors_marks *marks, const char *class)
{
    doors_marks_say(&page->words, marks);
    if (page->words.n > 0) {
        buf_printf(page->out, "<span class=\"%s\">", class);
        report_say(page);
        buf_str(page->out, "</span>");
    }
}

/* What stands for the picture without a script: the first day; the changes follow below. */
static void put_first_day(struct report_page *page)
{
    const struct doors_chain *chain = chain_of(page);
    struct buf *out = page->out;
    buf_str(out,
            "<div class=\"scroll\" role=\"region\" aria-labelledby=\"gates-first-caption\" "
            "tabindex=\"0\">\n<table class=\"gates\">\n<caption id=\"gates-first-caption\">Who "
            "could pass on ");
    html_date(out, chain->gates.from);
    buf_str(out, ", the first day</caption>\n<thead><tr><th scope=\"col\">Crossing</th>");
    for (size_t p = 0; p < chain->gates.n_profiles; p++) {
        buf_str(out, "<th scope=\"col\">");
        say_profile(page, p);
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
    for (size_t c = 0; c < chain->gates.n_crossings; c++) {
        struct doors_marks marks = report_crossing_marks(chain, c, chain->gates.from);
        buf_str(out, "<tr><th scope=\"row\">");
        say_crossing(page, c);
        put_marks(page, &marks, "marks");
        buf_str(out, "</th>");
        for (size_t p = 0; p < chain->gates.n_profiles; p++) {
            put_gate(page, report_gate_at(chain, chain->gates.from, c, p));
        }
        buf_str(out, "</tr>\n");
    }
    buf_str(out, "</tbody>\n</table>\n</div>\n");
}

static void put_list(struct report_page *page, const uint32_t *rows, size_t n,
                     void (*say)(struct report_page *, size_t))
{
    buf_str(page->out, "<td>");
    for (size_t i = 0; i < n; i++) {
        buf_str(page->out, i == 0 ? "" : "; ");
        say(page, rows[i]);
    }
    buf_str(page->out, "</td>");
}

static void put_group(struct report_page *page, date_days day,
                      const struct report_gate_group *group)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_date(page->out, day);
    buf_str(page->out, "</th>");
    put_list(page, group->profiles, group->n_profiles, say_profile);
    put_gate(page, group->before);
    put_gate(page, group->after);
    put_list(page, group->crossings, group->n_crossings, say_crossing);
    buf_str(page->out, "</tr>\n");
}

static void put_sources(struct report_page *page, const struct text *sources, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(page->out, i == 0 ? " " : "; ");
        report_cite_words(page, sources[i]);
    }
}

/* What of the rules changed that day, in a row of its own. */
static void put_reasons(struct report_page *page, const struct report_gate_day *day)
{
    struct buf *out = page->out;
    if (day->n_states + day->n_practices == 0) {
        return;
    }
    buf_str(out, "<tr class=\"reason\"><th scope=\"row\">");
    html_date(out, day->day);
    buf_str(out, "</th><td colspan=\"4\">");
    for (size_t i = 0; i < day->n_states; i++) {
        buf_str(out, "<div>");
        report_state_say(&page->words, chain_of(page), day->states[i]);
        report_say(page);
        for (size_t v = 0; v < day->states[i]->n_versions; v++) {
            const struct version *version = day->states[i]->versions[v];
            put_sources(page, version->sources, version->n_sources);
        }
        buf_char(out, ' ');
        put_marks(page, &day->states[i]->marks, "what");
        buf_str(out, "</div>");
    }
    for (size_t i = 0; i < day->n_practices; i++) {
        buf_str(out, "<div>");
        report_practice_say(&page->words, chain_of(page), &day->practices[i]);
        report_say(page);
        put_sources(page, day->practices[i].practice->sources,
                    day->practices[i].practice->n_sources);
        buf_str(out, "</div>");
    }
    buf_str(out,
            day->n_cells == 0 ? "<div class=\"what\">No cell of the table changes.</div>" : "");
    buf_str(out, "</td></tr>\n");
}

static void put_changes(struct report_page *page)
{
    static const char *const heads[] = {"Day", "Who", "Before", "From that day", "Where", NULL};
    const struct report_doors *doors = page->doors;
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Data table: the changes of %zu day%s", doors->n_days,
             doors->n_days == 1 ? "" : "s");
    report_fold_open(page, summary);
    report_table_open(page, "gates-table", "What changed at the doors, by date", heads);
    for (size_t i = 0; i < doors->n_days; i++) {
        put_reasons(page, &doors->days[i]);
        for (size_t g = 0; g < doors->days[i].n_groups; g++) {
            put_group(page, doors->days[i].day, &doors->days[i].groups[g]);
        }
    }
    report_table_close(page);
    buf_str(page->out,
            "<p class=\"note\"><a href=\"doors_gates.csv\">doors_gates.csv</a> has every "
            "cell of the first day and every change.</p>\n");
    report_fold_close(page);
}

static bool is_used(const struct report_page *page, uint32_t door)
{
    for (size_t i = 0; i < page->doors->n_used; i++) {
        if (page->doors->used[i] == door) {
            return true;
        }
    }
    return false;
}

static void put_state(struct report_page *page, const struct doors_state *state)
{
    const struct rules *rules = &chain_of(page)->folder->rules;
    const struct door *door = &rules->doors[state->door];
    struct buf *out = page->out;
    buf_str(out, "<tr><th scope=\"row\">");
    html_text(out, said_in(&door->title, LANG_EN));
    buf_str(out, "</th><td>");
    html_date(out, state->day);
    buf_str(out, "</td><td>");
    for (size_t v = 0; v < state->n_versions; v++) {
        buf_str(out, v == 0 ? "<div>" : "</div><div>");
        html_text(out, state->versions[v]->law);
        buf_str(out, " <span class=\"what\">known from ");
        html_date(out, state->versions[v]->known);
        buf_str(out, "</span>");
    }
    buf_str(out, state->n_versions == 0 ? "no rule" : "</div>");
    buf_str(out, "</td><td>");
    doors_marks_say(&page->words, &state->marks);
    report_say(page);
    buf_str(out, "</td><td>");
    for (size_t v = 0; v < state->n_versions; v++) {
        put_sources(page, state->versions[v]->sources, state->versions[v]->n_sources);
    }
    buf_str(out, "</td></tr>\n");
}

static void put_states(struct report_page *page)
{
    static const char *const heads[] = {"Door",    "Rules from", "Law", "How well it is known",
                                        "Sources", NULL};
    const struct doors_chain *chain = chain_of(page);
    char summary[REPORT_HEAD];
    snprintf(summary, sizeof summary, "Table: %zu doors with their law", page->doors->n_used);
    report_fold_open(page, summary);
    report_table_open(page, "gates-doors-table", "The doors behind the table, and their law",
                      heads);
    for (size_t i = 0; i < chain->n_states; i++) {
        if (is_used(page, chain->states[i].door)) {
            put_state(page, &chain->states[i]);
        }
    }
    report_table_close(page);
    buf_printf(page->out,
               "<p class=\"note\">Partial: only a part of the act was read. Unread: of some rule "
               "there is a summary only. Unverified: some rule is general knowledge without a "
               "source. Contested: the state itself says that a rule in force is not applied, or "
               "reads it in two ways. STALE: past the day by which the door was to be checked "
               "again. Counterfactual: an experiment, no law. All %zu doors of the scenario are in "
               "<a href=\"doors_doors.csv\">doors_doors.csv</a>.</p>\n",
               chain->folder->rules.n_doors);
    report_fold_close(page);
}

static void put_intro(struct report_page *page)
{
    const struct doors_chain *chain = chain_of(page);
    struct buf *out = page->out;
    buf_str(out, "<p class=\"caution\"><strong>");
    html_str(out, doors_word(WORD_ADVICE, LANG_EN));
    buf_str(out, "</strong></p>\n");
    if (!report_doors_matrix(page->doors)) {
        return;
    }
    buf_printf(out,
               "<p>The law of entry and exit, asked for %zu examples of people at %zu crossings, "
               "day by day. Nobody of them is real. Each day is judged by what could be read on "
               "it",
               chain->profiles.n, chain->profiles.n_crossings);
    if (chain->as_known != DATE_NONE) {
        buf_str(out, ", at the latest on ");
        html_date(out, chain->as_known);
    }
    buf_str(out, ". A crossing has several doors, such as the exit of one state and the entry of "
                 "the next: the strictest of them counts.</p>\n");
}

static void put_matrix(struct report_page *page)
{
    struct buf *out = page->out;
    if (!report_doors_matrix(page->doors)) {
        return;
    }
    buf_str(out, "<figure id=\"figure-gates\">\n<div id=\"gates-controls\" data-control=\"gates\" "
                 "hidden></div>\n<div id=\"gates-said\" aria-live=\"polite\" hidden></div>\n"
                 "<div class=\"plot\" data-picture=\"gates\">\n");
    put_first_day(page);
    buf_str(out,
            "</div>\n<figcaption>Open: the law lets them pass. Official: somebody decides, and "
            "there is no right to it. Closed: refused with these papers. Barred: refused "
            "whatever they show. Depends: facts decide that the example leaves open. No rule: "
            "no law of the scenario speaks of them. Law comes first; what was seen in practice "
            "stands below it where it differs.</figcaption>\n");
    put_changes(page);
    put_states(page);
    buf_str(out, "</figure>\n");
}

void report_doors(struct report_page *page)
{
    buf_str(page->out, "<section id=\"doors\" aria-labelledby=\"doors-title\">\n"
                       "<h2 id=\"doors-title\">Doors: who could pass</h2>\n");
    put_intro(page);
    put_matrix(page);
    report_door_diffs(page);
    buf_str(page->out, "</section>\n");
}
