/* The first screen's second half: the split of the budget in sentences. */
#include <math.h>
#include <string.h>

#include "flow_chain.h"
#include "report_parts.h"

#define AMOUNTS 12 /* hosts named with their amounts; the table has all */
#define ACROSS  8  /* of them in one row at most */
#define LARGEST 3  /* of them in the headline */

static double amount(const struct aid_job *aid, size_t i)
{
    return aid->split.rounded != NULL ? aid->split.rounded[i] : aid->split.x[i];
}

/* Decimals that show whole tranches without zeros at the end: "41.5". */
static void put_amount(struct report_page *page, size_t i)
{
    const struct aid_job *aid = page->aid;
    double tranche = aid->split.rounded != NULL ? aid->options.tranche : 0;
    if (tranche > 0 && aid->options.budget >= 1e6 && fmod(tranche, 1e5) == 0) {
        html_number(page->out, amount(aid, i) / 1e6, fmod(tranche, 1e6) == 0 ? 0 : 1);
    } else {
        report_money(page, amount(aid, i));
    }
}

static void put_rule(struct report_page *page)
{
    char number[NUM_TEXT];
    if (isinf(page->aid->options.alpha)) {
        buf_str(page->out, "the least covered host is raised first");
        return;
    }
    num_format(page->aid->options.alpha, number);
    buf_printf(page->out, "severity tilts coverage with alpha %s", number);
}

/* How many hosts come before host i by amount, ties in host order. */
static size_t place_of(const struct aid_job *aid, size_t i)
{
    size_t place = 0;
    for (size_t j = 0; j < aid->n; j++) {
        double a = amount(aid, i), b = amount(aid, j);
        place += b > a || (b == a && j < i);
    }
    return place;
}

static size_t host_at(const struct aid_job *aid, size_t place)
{
    size_t i = 0;
    while (place_of(aid, i) != place) {
        i++;
    }
    return i;
}

void report_advice_headline(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    size_t shown = aid->n < LARGEST ? aid->n : LARGEST;
    buf_str(out, "<p class=\"headline\">Split <strong>");
    report_money_words(page, aid->options.budget);
    buf_str(out, "</strong>: ");
    for (size_t place = 0; place < shown; place++) {
        size_t i = host_at(aid, place);
        buf_str(out, place == 0 ? "" : ", ");
        html_str(out, aid->name[i]);
        buf_str(out, "\xC2\xA0");
        put_amount(page, i);
    }
    if (shown < aid->n) {
        buf_printf(out, " and %zu more", aid->n - shown);
    }
    buf_str(out, "; the lowest coverage of need rises to ");
    report_percent(out, aid->rule[AID_RULE_SPLIT].worst_coverage, 0);
    buf_str(out, " (<span class=\"computed\">computed</span>). <a class=\"cite\" href=\"#aid\">"
                 "Table</a></p>\n");
}

void report_advice_amounts(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    char head[REPORT_HEAD];
    size_t shown = aid->n < AMOUNTS ? aid->n : AMOUNTS;
    size_t columns = shown <= ACROSS ? shown : (shown + 1) / 2; /* rows of equal length */
    buf_printf(out, "<p class=\"amounts-head\">Between %zu hosts, so that ", aid->n);
    put_rule(page);
    buf_str(out, " (<span class=\"computed\">computed</span>");
    if (aid->split.rounded != NULL) {
        buf_str(out, ", in tranches of ");
        report_money_words(page, aid->options.tranche);
    }
    buf_str(out, "). <strong>");
    html_str(out, report_money_head(page, "Amounts", head));
    buf_printf(out, "</strong>:</p>\n<ul class=\"amounts\" style=\"--all:%zu;--half:%zu\">\n",
               columns, (columns + 1) / 2);
    for (size_t place = 0; place < shown; place++) {
        size_t i = host_at(aid, place);
        buf_str(out, "<li>");
        html_str(out, aid->name[i]);
        buf_str(out, " <strong>");
        put_amount(page, i);
        buf_str(out, "</strong></li>\n");
    }
    buf_str(out, "</ul>\n");
}

/* "Armenia, Georgia and Kazakhstan" of the hosts with this limit; returns how many. */
static size_t put_hosts(struct report_page *page, enum aid_binding binding, bool count_only)
{
    const struct aid_job *aid = page->aid;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < aid->n; i++) {
        n += aid->split.binding[i] == binding;
    }
    for (size_t i = 0; !count_only && i < aid->n; i++) {
        if (aid->split.binding[i] == binding) {
            buf_str(page->out, at == 0 ? "" : at + 1 == n ? " and " : ", ");
            html_str(page->out, aid->name[i]);
            at++;
        }
    }
    return n;
}

static void put_limit(struct report_page *page, enum aid_binding binding, const char *one,
                      const char *many)
{
    size_t n = put_hosts(page, binding, true);
    if (n > 0) {
        buf_str(page->out, "<li>");
        put_hosts(page, binding, false);
        buf_str(page->out, n == 1 ? one : many);
        buf_str(page->out, "</li>\n");
    }
}

static void put_worst(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    size_t before = 0, after = 0;
    for (size_t i = 1; i < aid->n; i++) {
        const struct aid_problem *p = &aid->problem;
        before = p->funded[i] / p->need[i] < p->funded[before] / p->need[before] ? i : before;
        after = aid->split.coverage[i] < aid->split.coverage[after] ? i : after;
    }
    buf_str(out, "<li>The lowest coverage of need rises from ");
    report_percent(out, aid->problem.funded[before] / aid->problem.need[before], 1);
    buf_str(out, " (");
    html_str(out, aid->name[before]);
    buf_str(out, ") to ");
    report_percent(out, aid->split.coverage[after], 1);
    buf_str(out, " (");
    html_str(out, aid->name[after]);
    buf_str(out, ").</li>\n");
}

static void put_next(struct report_page *page)
{
    const struct aid_split *split = &page->aid->split;
    struct buf *out = page->out;
    size_t n = put_hosts(page, AID_NONE, true);
    double step = page->aid->options.budget >= 1e6 ? 1e6 : page->aid->options.budget / 100;
    if (n == 0) {
        buf_str(out, "<li>No host can take more: ");
        report_money_words(page, split->unspent);
        buf_str(out, " stays unspent.</li>\n");
        return;
    }
    buf_str(out, "<li>The next ");
    report_money_words(page, step);
    buf_printf(out, " would raise coverage in %zu host%s by ", n, n == 1 ? "" : "s");
    html_number(out, 100 * split->next_dollar * step, 2);
    buf_str(out, isinf(page->aid->options.alpha) ? " percentage points each: "
                                                 : " percentage points on average: ");
    put_hosts(page, AID_NONE, false);
    buf_str(out, ".</li>\n");
}

static void put_price(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    buf_str(out, "<li>With what hosts have already it meets the need of ");
    html_number(out, aid->rule[AID_RULE_SPLIT].people_covered, 0);
    buf_str(out, " people. Filling the cheapest hosts first would meet that of ");
    html_number(out, aid->rule[AID_RULE_CHEAPEST].people_covered, 0);
    buf_str(out, " and leave one host at ");
    report_percent(out, aid->rule[AID_RULE_CHEAPEST].worst_coverage, 1);
    buf_str(out, ": the price of fairness is ");
    report_percent(out, aid->price_of_fairness, 1);
    buf_str(out, ".</li>\n");
}

/* What is not known, in the same breath as what is advised. */
static void put_doubt(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    const struct aid_band *band = &aid->sensitivity.band[AID_GROUP_ALL];
    struct buf *out = page->out;
    size_t stocks = 0, costs = 0, largest = host_at(aid, 0);
    for (size_t i = 0; i < aid->n; i++) {
        stocks += aid->input[AID_FIGURE_STOCK][i].quality == AID_ASSUMED;
        costs += aid->input[AID_FIGURE_UNIT_COST][i].quality == AID_ASSUMED;
    }
    if (stocks == 0 && costs > 0) {
        buf_printf(out,
                   "<li>What one person costs is an <span class=\"assumed\">assumption</span> for "
                   "%zu of %zu hosts.",
                   costs, aid->n);
    } else if (stocks + costs > 0) {
        buf_printf(out,
                   "<li>How many people are present is an <span class=\"assumed\">assumption"
                   "</span> for %zu of %zu hosts, what one person costs for %zu of %zu.",
                   stocks, aid->n, costs, aid->n);
    } else if (band->present) {
        buf_str(out, "<li>Inputs are uncertain.");
    }
    if (band->present) {
        buf_str(out, " With all uncertain inputs drawn together, nine draws in ten give ");
        html_str(out, aid->name[largest]);
        buf_str(out, " between ");
        report_money(page, band->p5[largest]);
        buf_str(out, " and ");
        report_money_words(page, band->p95[largest]);
        buf_str(out, ".");
    }
    if (stocks + costs > 0 || band->present) {
        buf_str(out, " <a href=\"#figure-sensitivity\">How far</a></li>\n");
    }
}

/* Whether two of the hosts' counted stocks are of another measure or over other days. */
static bool stocks_differ(const struct scenario *scenario)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    uint32_t first = SCENARIO_NO_ROW;
    for (size_t i = 0; i < scenario->aid.n; i++) {
        uint32_t row = scenario->aid.hosts[i].arrivals_row;
        if (scenario->aid.hosts[i].stock != AID_STOCK_COUNTED) {
            continue;
        }
        first = first == SCENARIO_NO_ROW ? row : first;
        if (arrivals->measure[row] != arrivals->measure[first] ||
            arrivals->from[row] != arrivals->from[first] ||
            arrivals->to[row] != arrivals->to[first]) {
            return true;
        }
    }
    return false;
}

/* What each counted stock counts, for they are added to nothing but stand side by side in the split. */
static void put_stocks(struct report_page *page)
{
    const struct scenario *scenario = page->scenario;
    const struct arrivals *arrivals = &scenario->arrivals;
    struct buf *out = page->out;
    bool first = true;
    for (size_t i = 0; stocks_differ(scenario) && i < scenario->aid.n; i++) {
        uint32_t row = scenario->aid.hosts[i].arrivals_row;
        if (scenario->aid.hosts[i].stock != AID_STOCK_COUNTED) {
            continue;
        }
        buf_str(out, first ? "<li>The counted stocks do not count the same people: " : "; ");
        html_text(out, report_country(scenario, arrivals->country[row]));
        buf_char(out, ' ');
        report_count(out, (enum report_hiding)page->view->hiding[row], arrivals->value[row], 0);
        buf_str(out, " (");
        report_measure(&page->words, scenario, arrivals->measure[row]);
        report_say(page);
        buf_str(out, ", ");
        html_days(out, arrivals->from[row], arrivals->to[row], true);
        buf_str(out, ") ");
        report_cite(page, arrivals->source[row]);
        first = false;
    }
    buf_str(out, first ? "" : ".</li>\n");
}

/* What was last counted in the host, beside what the runs of a conflict put there. */
static void put_counted(struct report_page *page, size_t host)
{
    const struct flow_chain *flow = page->meta->flow;
    for (size_t s = 0; page->aid->lent_conflict && flow != NULL && s < flow->n_stocks; s++) {
        const struct flow_stock *stock = &flow->stocks[s];
        if (stock->code != NULL && strcmp(stock->code, page->aid->code[host]) == 0 &&
            stock->n_seen > 0 && !stock->hidden) {
            buf_str(page->out, ", last counted: ");
            html_number(page->out, stock->counted, 0);
        }
    }
}

/* Stocks that a forecast gave: of the flight alone, so not what a counted stock beside them counts. */
static void put_lent(struct report_page *page)
{
    const struct aid_job *aid = page->aid;
    struct buf *out = page->out;
    bool first = true;
    for (size_t i = 0; i < aid->n; i++) {
        const struct aid_input *input = &aid->input[AID_FIGURE_STOCK][i];
        if (!aid_job_lent(aid, i)) {
            continue;
        }
        if (first) {
            buf_printf(out,
                       "<li>How many people are present is <span class=\"computed\">computed"
                       "</span> by %s, for ",
                       aid->lent_conflict
                           ? "the runs of the <a href=\"#conflict-hosts\">conflict</a>, which say "
                             "who stands in the camps of a country on the last day"
                           : "the forecast of the <a href=\"#exodus\">exodus</a>, which counts who "
                             "came with the flight and stayed");
        } else {
            buf_str(out, "; ");
        }
        html_str(out, aid->name[i]);
        buf_str(out, ": ");
        html_number(out, input->value, 0);
        buf_str(out, " (p5 to p95: ");
        html_number(out, input->low, 0);
        buf_str(out, " to ");
        html_number(out, input->high, 0);
        put_counted(page, i);
        buf_char(out, ')');
        first = false;
    }
    buf_str(out, first ? "" : ".</li>\n");
}

void report_advice(struct report_page *page)
{
    buf_str(page->out, "<h3>Why, and how sure</h3>\n<ul>\n");
    put_worst(page);
    put_limit(
        page, AID_CAP,
        " is limited by what it can absorb, not by the budget: raise its cap, not its share.",
        " are limited by what they can absorb, not by the budget: raise their caps, not their "
        "shares.");
    put_limit(page, AID_CEILING, " is held at its ceiling by decision.",
              " are held at their ceilings by decision.");
    put_limit(page, AID_FLOOR, " is held up by its floor.", " are held up by their floors.");
    put_limit(page, AID_NEED, " has its need fully covered.", " have their need fully covered.");
    put_limit(page, AID_FUNDED, " is covered above the others by what it has already.",
              " are covered above the others by what they have already.");
    put_next(page);
    put_price(page);
    put_doubt(page);
    put_stocks(page);
    put_lent(page);
    buf_str(page->out, "</ul>\n");
}
