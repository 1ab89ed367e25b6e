/* Terms of use of what the page holds, how to make it again, and what it cannot tell. */
#include <string.h>

#include "report_parts.h"

/* Data sets that ask to be named, by a word that their publisher's name holds. */
static const struct {
    const char *word, *name, *terms;
} term_rows[] = {
    {"GeoNames", "GeoNames: places", "CC BY 4.0"},
    {"Digitraffic", "Fintraffic / digitraffic.fi: places", "CC BY 4.0"},
    {"World Bank", "World Bank, World Development Indicators", "CC BY 4.0"},
    {"UNHCR", "UNHCR Refugee Data Finder", "CC BY 4.0"},
    {"Eurostat", "Eurostat", "reuse with acknowledgement, CC BY 4.0"},
    {"FabFlee", "FabFlee: conflicts for Flee, copyright (c) 2018 Derek Groen", "BSD 3-Clause"},
    {"passport-index", "passport-index-dataset", "MIT"},
};

static bool holds(struct text text, const char *word)
{
    return text.n > 0 && memmem(text.at, text.n, word, strlen(word)) != NULL;
}

static bool publisher_cited(const struct report_page *page, const char *word)
{
    const struct sources *sources = &page->scenario->sources;
    for (size_t i = 0; i < sources->n; i++) {
        if (page->cited[i] && holds(sources->publisher[i], word)) {
            return true;
        }
    }
    return false;
}

static void put_terms(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(out, "<h3>Terms</h3>\n<ul>\n<li>Country shapes: Natural Earth, public domain.</li>\n");
    for (size_t i = 0; i < sizeof term_rows / sizeof *term_rows; i++) {
        if (publisher_cited(page, term_rows[i].word)) {
            buf_printf(out, "<li>%s: %s.</li>\n", term_rows[i].name, term_rows[i].terms);
        }
    }
    buf_str(
        out,
        "<li>Other figures are facts, named with their source; no text of theirs is copied. What a "
        "source asks for holds for whoever passes it on.</li>\n"
        "<li>The program: Ajar, Apache-2.0. The page draws with Observable Plot, D3 (ISC) and "
        "TopoJSON (ISC).</li>\n</ul>\n");
}

static void put_again(struct report_page *page)
{
    struct buf *out = page->out;
    buf_str(
        out,
        "<h3>How to make this again</h3>\n<p>The same scenario, options, seed and version give the "
        "same bytes, with any number of threads.</p>\n<pre><code>");
    html_str(out, page->meta->command);
    buf_printf(out, "</code></pre>\n<p>Ajar ");
    html_str(out, page->meta->version);
    buf_printf(out, ", seed %llu. Scenario: ", (unsigned long long)page->meta->seed);
    html_str(out, page->scenario->dir);
    buf_str(out, ".</p>\n");
}

static void put_limits(struct report_page *page)
{
    buf_str(page->out,
            "<h3>Limits</h3>\n<ul>\n"
            "<li>Published counts only: a country that published nothing is absent, not empty."
            "</li>\n"
            "<li>Counts of several days are shown as an even rate; the days inside were not "
            "even.</li>\n");
    if (publisher_cited(page, "citing ")) {
        buf_str(page->out, "<li>Many rows rest on news copies of an official statement; the "
                           "publisher column says \xE2\x80\x9CX citing Y\xE2\x80\x9D.</li>\n");
    }
    if (page->aid != NULL) {
        buf_str(page->out,
                "<li>The split is exact for its inputs. The inputs are not: see how far they move "
                "it before you defend a single figure.</li>\n"
                "<li>Severity rests on two indicators; a host may be strained in ways that they "
                "do not see.</li>\n");
    }
    buf_str(page->out,
            "<li>The data is aggregate. It holds no person and must not be joined with anything "
            "that does.</li>\n</ul>\n");
}

void report_terms(struct report_page *page)
{
    buf_str(page->out, "<section id=\"terms\" aria-labelledby=\"terms-title\">\n"
                       "<h2 id=\"terms-title\">Terms, reproduction and limits</h2>\n");
    put_terms(page);
    put_again(page);
    put_limits(page);
    buf_str(page->out, "</section>\n");
}
