#include "report_page.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void report_say(struct report_page *page)
{
    html_text(page->out, buf_view(&page->words));
    page->words.n = 0;
}

struct text report_country(const struct scenario *scenario, name_id country)
{
    if (text_is(scenario_name(scenario, country), "ALL")) {
        return TEXT_LIT("All countries");
    }
    return country_is_name(country) ? text_of(country_name(country))
                                    : scenario_name(scenario, country);
}

static bool is_source(const struct scenario *scenario, name_id source, uint32_t *row)
{
    *row = source == 0 ? SCENARIO_NO_ROW : scenario_source(scenario, source);
    return *row != SCENARIO_NO_ROW;
}

void report_cite(struct report_page *page, name_id source)
{
    uint32_t row;
    if (!is_source(page->scenario, source, &row)) {
        html_text(page->out, scenario_name(page->scenario, source));
        return;
    }
    const struct sources *sources = &page->scenario->sources;
    page->cited[row] = true;
    buf_str(page->out, "<a class=\"cite\" href=\"#source-");
    html_id(page->out, scenario_name(page->scenario, source));
    buf_str(page->out, "\">");
    html_text(page->out, sources->publisher[row]);
    if (sources->date[row].first != DATE_NONE) {
        buf_str(page->out, ", ");
        html_date_partial(page->out, sources->date[row]);
    }
    buf_str(page->out, "</a>");
}

void report_cite_words(struct report_page *page, struct text words)
{
    for (bool first = true; words.n > 0; first = false) {
        uint32_t row;
        struct text word = text_trim(text_split(words, ';', &words));
        name_id source = names_find(page->scenario->names, word);
        buf_str(page->out, first ? "" : "; ");
        if (is_source(page->scenario, source, &row)) {
            report_cite(page, source);
        } else {
            html_text(page->out, word);
        }
    }
}

static void put_replaced(struct buf *plain, struct text word, char from, const char *to)
{
    while (word.n > 0) {
        bool more = memchr(word.at, from, word.n) != NULL;
        buf_text(plain, text_split(word, from, &word));
        buf_str(plain, more ? to : "");
    }
}

void report_route(struct buf *plain, const struct scenario *scenario, name_id route)
{
    struct text rest, word = scenario_name(scenario, route);
    struct text mode = text_split(word, ':', &rest);
    if (text_is(word, "all")) {
        buf_str(plain, "all routes");
        return;
    }
    buf_text(plain, mode);
    if (rest.n > 0) {
        buf_str(plain, ": ");
        put_replaced(plain, rest, '+', ", ");
    } else if (text_is(mode, "land") || text_is(mode, "air") || text_is(mode, "rail")) {
        buf_str(plain, ", all points");
    }
}

static bool is_nationality(const struct scenario *scenario, uint32_t measure, struct text word)
{
    struct text code = scenario_name(scenario, scenario->measures.nationality[measure]);
    if (word.n != code.n) {
        return false;
    }
    for (size_t i = 0; i < word.n; i++) {
        if ((word.at[i] & ~0x20) != code.at[i]) {
            return false;
        }
    }
    return word.n > 0;
}

void report_measure(struct buf *plain, const struct scenario *scenario, uint32_t measure)
{
    struct text rest = scenario_name(scenario, scenario->measures.id[measure]);
    for (bool first = true; rest.n > 0;) {
        struct text word = text_split(rest, '_', &rest);
        if (!is_nationality(scenario, measure, word)) {
            buf_str(plain, first ? "" : " ");
            buf_str(plain, text_is(word, "persons") ? "in " : "");
            buf_text(plain, word);
            first = false;
        }
    }
}

void report_label(struct buf *plain, const struct scenario *scenario, uint32_t row)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    buf_text(plain, report_country(scenario, arrivals->country[row]));
    buf_str(plain, ", ");
    report_measure(plain, scenario, arrivals->measure[row]);
    buf_str(plain, ", ");
    report_route(plain, scenario, arrivals->route[row]);
}

static void put_words(struct buf *plain, struct text word)
{
    put_replaced(plain, word, '_', " ");
}

static size_t words_of(struct text list)
{
    size_t n = 0;
    for (; list.n > 0; n++) {
        text_split(list, ';', &list);
    }
    return n;
}

/* The first `shown` words of a list of n, and how many more there are. */
static void put_list(struct buf *plain, struct text list, size_t shown, size_t n)
{
    static const char *const numbers[] = {"",     "one", "two",   "three", "four",
                                          "five", "six", "seven", "eight", "nine"};
    size_t left = n - shown;
    for (size_t i = 0; i < shown; i++) {
        bool last = i + 1 == shown && left == 0;
        buf_str(plain, i == 0 ? "" : last ? " and " : ", ");
        put_words(plain, text_trim(text_split(list, ';', &list)));
    }
    if (left > 0 && left < sizeof numbers / sizeof *numbers) {
        buf_printf(plain, " and %s more", numbers[left]);
    } else if (left > 0) {
        buf_printf(plain, " and %zu more", left);
    }
}

void report_list(struct buf *plain, struct text list)
{
    size_t n = words_of(list);
    put_list(plain, list, n, n);
}

void report_source_line(struct buf *plain, const struct scenario *scenario, name_id source)
{
    uint32_t row;
    if (!is_source(scenario, source, &row)) {
        buf_text(plain, scenario_name(scenario, source));
        return;
    }
    buf_text(plain, scenario->sources.publisher[row]);
    if (scenario->sources.date[row].first != DATE_NONE) {
        char date[DATE_TEXT];
        buf_printf(plain, ", %s", date_format_partial(scenario->sources.date[row], date));
    }
}

const char *report_position_word(enum report_position position)
{
    switch (position) {
    case REPORT_AT_CROSSING:
        return "crossing";
    case REPORT_AT_CROSSINGS:
        return "crossings";
    default:
        return "towns";
    }
}

void report_door_title(struct buf *plain, const struct scenario *scenario, uint32_t door)
{
    const struct doors *doors = &scenario->doors;
    struct text refused = doors->refused[door];
    size_t start = plain->n, n = words_of(refused);
    buf_text(plain, report_country(scenario, doors->country[door]));
    buf_str(plain, text_starts(doors->border[door], "exit") ? " refuses exit to " : " refuses ");
    size_t head = plain->n;
    for (size_t shown = n; shown > 0; shown--) {
        put_list(plain, refused, shown, n);
        if (plain->n - start <= REPORT_TITLE) {
            return;
        }
        plain->n = head;
    }
    buf_str(plain, "some groups");
}

size_t report_computed(const struct scenario *scenario, uint32_t row)
{
    static const char *const words[] = {"computed", "estimated"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (text_starts(scenario->arrivals.note[row], words[i])) {
            return strlen(words[i]);
        }
    }
    return 0;
}

void report_count(struct buf *out, enum report_hiding hiding, double value, int decimals)
{
    if (hiding == REPORT_SHOWN) {
        html_number(out, value, decimals);
    } else {
        buf_str(out, report_hiding_word(hiding));
    }
}

static bool in_millions(const struct report_page *page)
{
    return page->aid->options.budget >= 1e6;
}

void report_money(struct report_page *page, double money)
{
    if (in_millions(page)) {
        html_number(page->out, money / 1e6, 2);
    } else {
        html_number(page->out, money, 0);
    }
}

const char *report_money_head(const struct report_page *page, const char *head,
                              char to[static REPORT_HEAD])
{
    snprintf(to, REPORT_HEAD, "%s, %s%s", head, page->aid->unit,
             in_millions(page) ? " million" : "");
    return to;
}

void report_alpha(struct buf *out, double alpha)
{
    char number[NUM_TEXT];
    if (isinf(alpha)) {
        buf_str(out, "inf");
    } else {
        num_format(alpha, number);
        buf_str(out, number);
    }
}

void report_money_words(struct report_page *page, double money)
{
    bool whole = money == floor(money / 1e6) * 1e6;
    if (in_millions(page) && fabs(money) >= 1e6) {
        html_number(page->out, money / 1e6, whole ? 0 : 2);
        buf_str(page->out, "\xC2\xA0million\xC2\xA0");
    } else {
        html_number(page->out, money, 0);
        buf_str(page->out, "\xC2\xA0");
    }
    html_str(page->out, page->aid->unit);
}

void report_percent(struct buf *out, double share, int decimals)
{
    html_number(out, 100 * share, decimals);
    if (isfinite(share)) {
        buf_str(out, "\xC2\xA0%");
    }
}

void report_table_open(struct report_page *page, const char *id, const char *caption,
                       const char *const *heads)
{
    struct buf *out = page->out;
    buf_printf(out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"%s-caption\" ", id);
    buf_printf(out, "tabindex=\"0\">\n<table id=\"%s\">\n<caption id=\"%s-caption\">", id, id);
    html_str(out, caption);
    buf_str(out, "</caption>\n<thead><tr>");
    for (; *heads != NULL; heads++) {
        bool number = **heads == '#';
        buf_str(out, number ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
        html_str(out, *heads + number);
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
}

void report_from(struct report_page *page, uint32_t row)
{
    if (page->meta != NULL && page->meta->trail != NULL) {
        buf_printf(page->out, " data-in=\"arrivals.csv:%u\" data-count=\"%u\"",
                   page->scenario->arrivals.line[row], row + 1);
    }
}

void report_table_close(struct report_page *page)
{
    buf_str(page->out, "</tbody>\n</table>\n</div>\n");
}

void report_fold_open(struct report_page *page, const char *summary)
{
    buf_str(page->out, "<details class=\"data\" open><summary>");
    html_str(page->out, summary);
    buf_str(page->out, "</summary>\n");
}

void report_fold_close(struct report_page *page)
{
    buf_str(page->out, "</details>\n");
}
