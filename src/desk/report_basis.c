/* What the split rests on: fair-share keys beside it, every input, the certificate, the files. */
#include <math.h>

#include "report_parts.h"

static void put_cell(struct report_page *page, double value, int decimals)
{
    buf_str(page->out, "<td class=\"number\">");
    html_number(page->out, value, decimals);
    buf_str(page->out, "</td>");
}

static void put_share(struct report_page *page, double share)
{
    buf_str(page->out, "<td class=\"number\">");
    report_percent(page->out, share, 2);
    buf_str(page->out, "</td>");
}

static void put_row_head(struct report_page *page, const char *name)
{
    buf_str(page->out, "<tr><th scope=\"row\">");
    html_str(page->out, name);
    buf_str(page->out, "</th>");
}

/* Whether one of the rows before `at` names the same source: members share most of theirs. */
static bool named_before(const struct aid_keys *keys, size_t at, struct text word)
{
    for (size_t i = 0; i < at; i++) {
        for (struct text rest = text_of(keys->row[i].source); rest.n > 0;) {
            if (text_eq(text_trim(text_split(rest, ';', &rest)), word)) {
                return true;
            }
        }
    }
    return false;
}

static void put_key_sources(struct report_page *page)
{
    const struct aid_keys *keys = &page->aid->keys;
    bool first = true;
    buf_str(page->out, "<p>Sources of the members\xE2\x80\x99 figures: ");
    for (size_t i = 0; i < keys->n; i++) {
        for (struct text rest = text_of(keys->row[i].source); rest.n > 0;) {
            struct text word = text_trim(text_split(rest, ';', &rest));
            if (!named_before(keys, i, word)) {
                buf_str(page->out, first ? "" : "; ");
                report_cite_words(page, word);
                first = false;
            }
        }
    }
    buf_str(page->out, ". Row by row in <a href=\"aid_keys.csv\">aid_keys.csv</a>.</p>\n");
}

static void put_members(struct report_page *page)
{
    static const char *const heads[] = {"Member",           "#Population",       "#GDP, USD",
                                        "#Unemployment, %", "#Refugees",         "#Share, 50/50",
                                        "#Share, 2015 key", "#Pledged, persons", NULL};
    const struct aid_keys *keys = &page->aid->keys;
    report_table_open(page, "aid-keys",
                      "Fair shares of the EU members by two published keys, computed", heads);
    for (size_t i = 0; i < keys->n; i++) {
        const struct aid_key_row *row = &keys->row[i];
        put_row_head(page, row->name);
        put_cell(page, row->population, 0);
        put_cell(page, row->gdp_usd, 0);
        put_cell(page, row->unemployment_percent, 1);
        put_cell(page, row->refugees, 0);
        put_share(page, row->share_50_50);
        put_share(page, row->share_2015);
        put_cell(page, row->pledge_persons, 0);
        buf_str(page->out, "</tr>\n");
    }
    report_table_close(page);
}

static void put_lands(struct report_page *page)
{
    static const char *const heads[] = {
        "Land", "#Koenigstein key, %", "#Of all, by the 50/50 key", "#Year of the key", "Source",
        NULL};
    const struct aid_keys *keys = &page->aid->keys;
    if (keys->n_lands == 0) {
        return;
    }
    report_table_open(page, "aid-lands", "Shares of the German Laender by the Koenigstein key",
                      heads);
    for (size_t i = 0; i < keys->n_lands; i++) {
        const struct aid_land_row *row = &keys->land[i];
        put_row_head(page, row->name);
        put_cell(page, row->percent, 5);
        put_share(page, row->of_all);
        buf_printf(page->out, "<td class=\"number\">%d</td>", (int)row->key_year);
        buf_str(page->out, "<td>");
        report_cite_words(page, text_of(row->source));
        buf_str(page->out, "</td></tr>\n");
    }
    report_table_close(page);
}

static void put_keys(struct report_page *page)
{
    const struct aid_keys *keys = &page->aid->keys;
    struct buf *out = page->out;
    if (keys->n == 0) {
        return;
    }
    buf_str(
        out,
        "<h3>Fair-share keys</h3>\n<p>Who would pay or receive by published keys. A comparison, "
        "never enforced.</p>\n<ul>\n<li>50/50: ");
    html_str(out, keys->note_50_50);
    buf_str(out, "</li>\n<li>2015 key: ");
    html_str(out, keys->note_2015);
    buf_str(out, "</li>\n</ul>\n");
    report_fold_open(page, "Data tables: the keys");
    put_key_sources(page);
    put_members(page);
    put_lands(page);
    report_fold_close(page);
}

/* Money and counts are whole; ratios and rates are not. */
static int decimals_of(double value)
{
    return fabs(value) >= 1000 || value == floor(value) ? 0 : 3;
}

static void put_range(struct report_page *page, const struct aid_input *input, bool whole)
{
    buf_str(page->out, "<td class=\"number\">");
    if (isfinite(input->low) && isfinite(input->high)) {
        html_number(page->out, input->low, whole ? 0 : decimals_of(input->low));
        buf_str(page->out, " to ");
        html_number(page->out, input->high, whole ? 0 : decimals_of(input->high));
    }
    buf_str(page->out, "</td>");
}

static void put_quality(struct report_page *page, const struct aid_input *input)
{
    bool assumed = input->quality == AID_ASSUMED;
    buf_str(page->out, assumed ? "<span class=\"assumed\">" : "<span class=\"computed\">");
    html_str(page->out, aid_quality_word(input->quality));
    buf_str(page->out, "</span> ");
}

static void put_origin(struct report_page *page, const struct aid_input *input)
{
    struct buf *out = page->out;
    buf_str(out, "<td>");
    if (input->quality == AID_SOURCED) {
        report_cite_words(page, text_of(input->origin));
    } else if (input->quality == AID_ASSUMED) {
        put_quality(page, input);
        buf_str(out, "<a href=\"#assumption-");
        html_id(out, text_of(input->origin));
        buf_str(out, "\">");
        html_str(out, input->origin);
        buf_str(out, "</a>");
    } else {
        put_quality(page, input);
        html_str(out, input->origin);
    }
    buf_str(out, "</td>");
}

static void put_date(struct report_page *page, const char *text)
{
    struct date_partial date;
    buf_str(page->out, "<td>");
    if (date_parse_partial(text_of(text), &date)) {
        html_date_partial(page->out, date);
    } else {
        html_str(page->out, text);
    }
    buf_str(page->out, "</td>");
}

static void put_input(struct report_page *page, size_t host, enum aid_figure figure)
{
    const struct aid_input *input = &page->aid->input[figure][host];
    struct buf *out = page->out;
    bool lent = figure == AID_FIGURE_STOCK && aid_job_lent(page->aid, host);
    if (lent) { /* the trail goes on in the stocks of FLOW */
        buf_printf(out, "<tr data-from=\"flow.stocks.%s\"><th scope=\"row\">",
                   page->aid->code[host]);
        html_str(out, page->aid->name[host]);
        buf_str(out, "</th>");
    } else {
        put_row_head(page, page->aid->name[host]);
    }
    buf_str(out, "<td>");
    html_str(out, aid_figure_word(figure));
    if (input->unit[0] != 0) {
        buf_str(out, ", ");
        html_str(out, input->unit);
    }
    buf_str(out, "</td>");
    put_cell(page, input->value, lent ? 0 : decimals_of(input->value)); /* people */
    put_range(page, input, lent);
    put_origin(page, input);
    put_date(page, input->date);
    buf_str(out, "<td>");
    if (input->quality != AID_ASSUMED) { /* the reason stands in the table of assumptions */
        html_str(out, input->note);
    }
    buf_str(out, "</td></tr>\n");
}

static void put_inputs(struct report_page *page)
{
    static const char *const heads[] = {"Host", "Figure", "#Value", "#Range",
                                        "From", "Date",   "Note",   NULL};
    const struct aid_job *aid = page->aid;
    buf_str(page->out,
            "<h3>Inputs</h3>\n<p>Every figure that the split rests on, and how good it is. The "
            "reasons of assumptions stand in the <a href=\"#assumptions\">table of "
            "assumptions</a>.</p>\n");
    report_fold_open(page, "Data table: the inputs");
    report_table_open(page, "aid-inputs", "Inputs of the split", heads);
    for (size_t i = 0; i < aid->n; i++) {
        for (int figure = 0; figure < AID_FIGURES; figure++) {
            if (aid->input[figure][i].quality != AID_ABSENT) {
                put_input(page, i, (enum aid_figure)figure);
            }
        }
    }
    report_table_close(page);
    report_fold_close(page);
}

static void put_scientific(struct buf *out, double value)
{
    char number[NUM_TEXT];
    num_format(value, number);
    html_str(out, number);
}

static void put_certificate(struct report_page *page)
{
    const struct aid_split *split = &page->aid->split;
    struct buf *out = page->out;
    buf_str(
        out,
        "<h3>Certificate</h3>\n<p>The split is the optimum of its problem: anyone can recompute "
        "these numbers from <code>aid.csv</code> and <code>certificate.json</code>.</p>\n<dl "
        "class=\"certificate\">\n<dt>Level</dt><dd>");
    if (isfinite(split->level)) {
        put_scientific(out, split->level);
    } else {
        buf_str(out, "past the range of numbers; its logarithm is ");
        put_scientific(out, split->log_level);
    }
    buf_str(out,
            "</dd>\n<dt>Largest error of a coverage against the formula (KKT residual)</dt><dd>");
    put_scientific(out, split->residual_r);
    buf_str(out, "</dd>\n<dt>Error of the sum over the budget</dt><dd>");
    put_scientific(out, split->residual_budget);
    buf_str(out, "</dd>\n<dt>Spent</dt><dd>");
    report_money_words(page, split->spent);
    buf_str(out, "</dd>\n<dt>Unspent</dt><dd>");
    report_money_words(page, split->unspent);
    buf_str(out, "</dd>\n</dl>\n");
}

static void put_file(struct report_page *page, const char *name, const char *what)
{
    buf_printf(page->out, "<li><a href=\"%s\">%s</a>: %s</li>\n", name, name, what);
}

static void put_files(struct report_page *page)
{
    buf_str(page->out, "<h3>Files beside this page</h3>\n<ul class=\"files\">\n");
    put_file(page, "aid.csv", "the split");
    put_file(page, "aid_next_dollar.csv", "who gets the next money");
    put_file(page, "aid_alpha.csv", "the split at other values of alpha");
    if (page->aid->sensitivity.draws > 0) {
        put_file(page, "aid_sensitivity.csv", "ranges over uncertain inputs");
    }
    if (page->aid->keys.n > 0) {
        put_file(page, "aid_keys.csv", "fair-share keys");
    }
    put_file(page, "aid_inputs.csv", "every input with its source or assumption");
    put_file(page, "certificate.json", "the certificate");
    put_file(page, "methodology.md", "the methodology note, to be published as it is");
    buf_str(page->out, "</ul>\n");
}

void report_basis(struct report_page *page)
{
    put_keys(page);
    put_inputs(page);
    put_certificate(page);
    put_files(page);
}
