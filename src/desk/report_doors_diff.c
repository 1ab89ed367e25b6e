/* A door before and after a change of its rules: who loses, who gains, by which rules. */
#include <stdio.h>

#include "doors_words.h"
#include "report_doors.h"
#include "report_parts.h"

#define DIFF_GROUPS 12 /* of one change that stand in the page; doors_diff.csv has all */

/* Which way an answer goes. */
enum turn { TURN_LOSES, TURN_GAINS, TURN_OTHER, TURNS };

static enum turn turn_of(int before, int after)
{
    return before == 0 || after == 0 || before == after ? TURN_OTHER
           : after > before                             ? TURN_LOSES
                                                        : TURN_GAINS;
}

static enum turn turn_status(const struct doors_turn *turn)
{
    return turn_of(report_status_rank(turn->before), report_status_rank(turn->after));
}

static enum status status_of(enum outcome outcome)
{
    static const enum status statuses[OUTCOME_COUNT] = {
        [OUTCOME_NO_RULE] = STATUS_NO_RULE,   [OUTCOME_NOT_APPLICABLE] = STATUS_NOT_APPLICABLE,
        [OUTCOME_CLOSED] = STATUS_CLOSED,     [OUTCOME_DISCRETION] = STATUS_DISCRETION,
        [OUTCOME_OPEN] = STATUS_OPEN,         [OUTCOME_BARRED] = STATUS_BARRED,
        [OUTCOME_CONFLICT] = STATUS_CONFLICT,
    };
    return statuses[outcome];
}

static enum turn turn_change(const struct change *change)
{
    return turn_of(report_status_rank(status_of(change->before)),
                   report_status_rank(status_of(change->after)));
}

static void put_arrow(struct report_page *page, enum status before, enum status after)
{
    html_str(page->out, doors_status_short(before, LANG_EN));
    buf_str(page->out, " \xE2\x86\x92 ");
    html_str(page->out, doors_status_short(after, LANG_EN));
}

static bool turn_same(const struct doors_turn *a, const struct doors_turn *b)
{
    return a->profile == b->profile && a->before == b->before && a->after == b->after;
}

static bool turn_seen(const struct doors_diff *diff, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (turn_same(&diff->turns[i], &diff->turns[j])) {
            return true;
        }
    }
    return false;
}

/* One example with all crossings at which it fares alike. */
static void put_turn(struct report_page *page, const struct doors_diff *diff, size_t i)
{
    const struct doors_profiles *profiles = &page->doors->chain->profiles;
    const struct doors_turn *turn = &diff->turns[i];
    bool first = true;
    buf_str(page->out, "<li><strong>");
    html_text(page->out, said_in(&profiles->profiles[turn->profile].title, LANG_EN));
    buf_str(page->out, "</strong>: ");
    put_arrow(page, turn->before, turn->after);
    buf_str(page->out, " <span class=\"what\">(");
    for (size_t j = i; j < diff->n_turns; j++) {
        if (turn_same(turn, &diff->turns[j])) {
            buf_str(page->out, first ? "" : "; ");
            report_crossing(&page->words, &profiles->crossings[diff->turns[j].crossing]);
            report_say(page);
            first = false;
        }
    }
    buf_str(page->out, ")</span></li>\n");
}

static void put_turns(struct report_page *page, const struct doors_diff *diff, enum turn way)
{
    static const char *const heads[TURNS] = {"Who loses", "Who gains", "Changed otherwise"};
    struct buf *out = page->out;
    size_t shown = 0, groups = 0;
    for (size_t i = 0; i < diff->n_turns; i++) {
        shown += turn_status(&diff->turns[i]) == way;
    }
    for (size_t c = 0; c < diff->comparison.n; c++) {
        groups += turn_change(&diff->comparison.changes[c]) == way;
    }
    if (way == TURN_OTHER && shown + groups == 0) {
        return;
    }
    buf_printf(out, "<div><h4>%s</h4>\n", heads[way]);
    if (shown > 0) {
        buf_str(out, "<ul>\n");
        for (size_t i = 0; i < diff->n_turns; i++) {
            if (turn_status(&diff->turns[i]) == way && !turn_seen(diff, i)) {
                put_turn(page, diff, i);
            }
        }
        buf_str(out, "</ul>\n");
    } else if (groups > 0) {
        buf_printf(out, "<p>None of the examples; people in %zu group%s do, see below.</p>\n",
                   groups, groups == 1 ? "" : "s");
    } else {
        buf_str(out, "<p>Nobody.</p>\n");
    }
    buf_str(out, "</div>\n");
}

/* Whether one of the versions of the instance has a rule that says the same to the same effect. */
static bool says_same(const struct instance *instance, const struct rule *rule)
{
    for (size_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        for (size_t r = 0; version != NULL && r < version->n_rules; r++) {
            if (version->rules[r].effect == rule->effect &&
                text_eq(said_in(&version->rules[r].say, LANG_EN), said_in(&rule->say, LANG_EN))) {
                return true;
            }
        }
    }
    return false;
}

static void put_rule(struct report_page *page, const struct rule *rule)
{
    static const char *const effects[] = {[EFFECT_CLOSED] = "closed",
                                          [EFFECT_DISCRETION] = "official decides",
                                          [EFFECT_OPEN] = "open",
                                          [EFFECT_BAR] = "barred"};
    struct buf *out = page->out;
    buf_printf(out, "<li data-plain=\"law\"><strong>%s</strong>: ", effects[rule->effect]);
    html_text(out, said_in(&rule->say, LANG_EN));
    buf_str(out, " <span class=\"what\">");
    html_text(out, rule->cite);
    buf_str(out, rule->mark == 'K' ? "; unverified" : "");
    buf_str(out, rule->transcription == TRANSCRIPTION_UNREAD ? "; unread" : "");
    buf_str(out, "</span>");
    if (rule->contested.n > 0) {
        buf_str(out, " <em>Contested:</em> ");
        html_text(out, rule->contested);
    }
    buf_str(out, "</li>\n");
}

static void put_rules(struct report_page *page, const struct instance *of,
                      const struct instance *other)
{
    static const char *const others[] = {[EFFECT_CLOSED] = "closed",
                                         [EFFECT_DISCRETION] = "an official decides",
                                         [EFFECT_OPEN] = "open",
                                         [EFFECT_BAR] = "barred"};
    struct buf *out = page->out;
    size_t same = 0;
    buf_str(out, "<ul>\n");
    for (size_t a = 0; a < of->n_arms; a++) {
        const struct version *version = of->arms[a].version;
        for (size_t r = 0; version != NULL && r < version->n_rules; r++) {
            bool known = says_same(other, &version->rules[r]);
            same += known;
            if (!known) {
                put_rule(page, &version->rules[r]);
            }
        }
    }
    if (same > 0) {
        buf_printf(out, "<li class=\"what\">%zu rule%s the same before and after.</li>\n", same,
                   same == 1 ? " is" : "s are");
    }
    if (of->arms[0].version == NULL) {
        buf_str(out, "<li>No rule.</li>\n");
    } else {
        buf_printf(out, "<li>Everybody else: <strong>%s</strong>.</li>\n",
                   others[of->arms[0].version->otherwise]);
    }
    buf_str(out, "</ul>\n");
}

static void put_words(struct report_page *page, const struct doors_diff *diff)
{
    struct buf *out = page->out;
    report_fold_open(page, "The rules in plain words, before and after");
    buf_str(out, "<div class=\"halves\">\n<div><h5>");
    html_date(out, diff->before);
    buf_str(out, "</h5>\n");
    put_rules(page, &diff->comparison.before, &diff->comparison.after);
    buf_str(out, "</div>\n<div><h5>");
    html_date(out, diff->after);
    buf_str(out, "</h5>\n");
    put_rules(page, &diff->comparison.after, &diff->comparison.before);
    buf_str(out, "</div>\n</div>\n");
    report_fold_close(page);
}

/* A count of combinations: grouped while that can be read. */
static void put_kinds(struct buf *out, double kinds)
{
    if (kinds < 1e12) {
        html_number(out, kinds, 0);
    } else {
        buf_printf(out, "%.1e", kinds);
    }
}

/* The rule by which the better of both answers was given. */
static void put_ground(struct report_page *page, const struct rule *rule)
{
    buf_str(page->out, "</td><td>");
    if (rule == NULL) {
        buf_str(page->out, "what holds where no rule speaks");
        return;
    }
    html_text(page->out, said_in(&rule->say, LANG_EN));
    buf_str(page->out, " <span class=\"what\">");
    html_text(page->out, rule->cite);
    buf_str(page->out, "</span>");
}

/* Its row in doors_diff.csv, and on the first the door with its version, for the trail. */
static void put_group_row(struct report_page *page, const struct doors_diff *diff, size_t c)
{
    const struct doors_chain *chain = page->doors->chain;
    size_t before = 0;
    char day[DATE_TEXT];
    for (const struct doors_diff *at = chain->diffs; at < diff; at++) {
        before += at->comparison.n;
    }
    buf_printf(page->out, "<tr data-row=\"%zu\"", before + c + 1);
    if (c == 0) {
        buf_str(page->out, " data-rule=\"");
        html_text(page->out, chain->folder->rules.doors[diff->door].id);
        buf_printf(page->out, ", version of %s\"", date_format(diff->after, day));
    }
    buf_str(page->out, "><th scope=\"row\">");
}

static void put_group(struct report_page *page, const struct doors_diff *diff, size_t c)
{
    const struct change *change = &diff->comparison.changes[c];
    struct buf *out = page->out;
    put_group_row(page, diff, c);
    put_arrow(page, status_of(change->before), status_of(change->after));
    buf_str(out, "</th><td class=\"rule\">");
    compare_say(&page->words, &diff->comparison, change);
    report_say(page);
    put_ground(page, change->rule);
    buf_str(out, "</td><td class=\"number\">");
    put_kinds(out, change->vectors);
    buf_str(out, "</td></tr>\n");
}

static void put_common(struct report_page *page, const struct doors_diff *diff)
{
    compare_say_common(&page->words, &diff->comparison);
    if (page->words.n > 0) {
        buf_str(page->out, "<p>All of them: <span class=\"rule\">");
        report_say(page);
        buf_str(page->out, "</span>.</p>\n");
    }
}

/* Opens the table of groups, whose caption has no double. */
static void open_groups(struct report_page *page, const struct doors_diff *diff, size_t row)
{
    static const char *const heads[] = {"Change", "Who", "Ground for the better answer",
                                        "#Kinds of person", NULL};
    char id[REPORT_HEAD], day[DATE_TEXT];
    struct buf caption;
    snprintf(id, sizeof id, "diff-%zu-table", row + 1);
    buf_init(&caption, REPORT_WORDS);
    buf_text(&caption, said_in(&diff->comparison.after.rules->doors[diff->door].title, LANG_EN));
    buf_printf(&caption, ", %s: groups of people whose answer changes",
               date_format(diff->after, day));
    buf_char(&caption, '\0');
    report_table_open(page, id, caption.failed == 0 ? caption.at : "Groups", heads);
    buf_free(&caption);
}

/* Changes stand by pair of answers and ground; of a pair some stand in the page. */
static void put_groups(struct report_page *page, const struct doors_diff *diff, size_t row)
{
    const struct comparison *of = &diff->comparison;
    size_t shown = 0;
    report_fold_open(page, "Exactly who, in the language of the rules");
    put_common(page, diff);
    open_groups(page, diff, row);
    for (size_t c = 0, of_pair = 0; c < of->n; c++) {
        bool same = c > 0 && of->changes[c].before == of->changes[c - 1].before &&
                    of->changes[c].after == of->changes[c - 1].after;
        of_pair = same ? of_pair + 1 : 0;
        if (of_pair < DIFF_GROUPS) {
            put_group(page, diff, c);
            shown++;
        }
    }
    report_table_close(page);
    buf_printf(page->out,
               "<p class=\"note\">%zu of %zu groups. Groups may overlap, and somebody in a group "
               "may have another ground for the better answer. A kind of person is one combination "
               "of the facts that the rules tell apart, no count of people. "
               "<a href=\"doors_diff.csv\">doors_diff.csv</a> has all.</p>\n",
               shown, of->n);
    report_fold_close(page);
}

static void put_law(struct report_page *page, const char *head, const struct instance *instance)
{
    struct buf *out = page->out;
    buf_str(out, head);
    for (size_t a = 0, n = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        if (version == NULL) {
            continue;
        }
        buf_str(out, n++ == 0 ? "" : "; and ");
        html_text(out, version->law);
        for (size_t s = 0; s < version->n_sources; s++) {
            buf_str(out, s == 0 ? " " : "; ");
            report_cite_words(page, version->sources[s]);
        }
    }
    if (instance->n_arms == 1 && instance->arms[0].version == NULL) {
        buf_str(out, "no rule");
    }
    buf_str(out, ".");
}

/* Examples to whom the change is a loss (a gain). */
static size_t count_turns(const struct doors_diff *diff, enum turn way)
{
    size_t n = 0;
    for (size_t i = 0; i < diff->n_turns; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = diff->turns[j].profile == diff->turns[i].profile &&
                   turn_status(&diff->turns[j]) == way;
        }
        n += !seen && turn_status(&diff->turns[i]) == way;
    }
    return n;
}

/* "29-30 Sept 2022: Finland: entry of Russian citizens", as a heading. */
static void put_title(struct report_page *page, const struct doors_diff *diff)
{
    const struct door *door = &page->doors->chain->folder->rules.doors[diff->door];
    struct buf *out = page->out;
    buf_str(out, "<h3>");
    html_days(out, diff->before, diff->after, true);
    buf_str(out, ": ");
    html_text(out, said_in(&door->title, LANG_EN));
    buf_str(out, "</h3>");
}

static void put_tally(struct report_page *page, const struct doors_diff *diff)
{
    size_t loses = count_turns(diff, TURN_LOSES), gains = count_turns(diff, TURN_GAINS);
    buf_printf(page->out, " <span class=\"what\">%zu of %zu examples lose, %zu gain%s%s</span>",
               loses, page->doors->chain->profiles.n, gains,
               diff->marks.counterfactual ? "; counterfactual" : "",
               diff->marks.stale ? "; STALE" : "");
}

static void put_diff(struct report_page *page, size_t row)
{
    const struct doors_diff *diff = &page->doors->chain->diffs[row];
    struct buf *out = page->out;
    buf_str(out, "<p class=\"note\"><strong>Not legal advice; the border guard decides.</strong> ");
    doors_marks_say(&page->words, &diff->marks);
    if (page->words.n > 0) {
        buf_str(out, "<span class=\"assumed\">");
        report_say(page);
        buf_str(out, "</span>");
    }
    buf_str(out, "</p>\n<p data-plain=\"law\">");
    put_law(page, "<strong>Before</strong>: ", &diff->comparison.before);
    buf_str(out, "</p>\n<p data-plain=\"law\">");
    put_law(page, "<strong>After</strong>: ", &diff->comparison.after);
    buf_str(out, "</p>\n<div class=\"halves\">\n");
    put_turns(page, diff, TURN_LOSES);
    put_turns(page, diff, TURN_GAINS);
    put_turns(page, diff, TURN_OTHER);
    buf_str(out, "</div>\n");
    put_words(page, diff);
    put_groups(page, diff, row);
}

/* Whether the door is of the country that the page's first picture is about. */
static bool is_focus(const struct report_page *page, const struct doors_diff *diff)
{
    const struct rules *rules = &page->doors->chain->folder->rules;
    return page->view->n_focus > 0 &&
           text_eq(scenario_name(page->scenario, page->view->panels[0].country),
                   names_word(rules->names, rules->doors[diff->door].country));
}

/* Those of the focus country stand open, the others wait folded. */
static void put_diffs(struct report_page *page, bool focus)
{
    const struct doors_chain *chain = page->doors->chain;
    struct buf *out = page->out;
    for (size_t i = 0; i < chain->n_diffs; i++) {
        if (is_focus(page, &chain->diffs[i]) != focus) {
            continue;
        }
        buf_printf(out, "<%s id=\"diff-%zu\"%s\n",
                   focus ? "div class=\"diff\"" : "details class=\"data diff\"", i + 1,
                   focus ? ">" : " open><summary>");
        put_title(page, &chain->diffs[i]);
        put_tally(page, &chain->diffs[i]);
        buf_str(out, focus ? "\n" : "</summary>\n");
        put_diff(page, i);
        buf_str(out, focus ? "</div>\n" : "</details>\n");
    }
}

void report_door_diffs(struct report_page *page)
{
    const struct doors_chain *chain = page->doors->chain;
    struct buf *out = page->out;
    if (chain->n_diffs == 0) {
        buf_str(out, "<p>No entry rule changes within these days.</p>\n");
        return;
    }
    buf_printf(out,
               "<p>The rules of an entry door change %zu time%s within these days. Each change is "
               "compared over all people whom its rules can tell apart, the day before with the "
               "day itself; the examples are those of the table.</p>\n",
               chain->n_diffs, chain->n_diffs == 1 ? "" : "s");
    put_diffs(page, true);
    put_diffs(page, false);
}
