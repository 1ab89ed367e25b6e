/* Trails: what of a page is a figure, what ids figures get, what is said of them. */
#include "trail.h"

#include "../base/unit.h"

#include "trail_text.h"

#define PAGE_MOST ((size_t)1 << 20)

struct given {
    struct arena arena;
    struct trail trail;
    struct buf page;
    struct ajar_err err;
};

static struct given *given_of(const char *html)
{
    static struct given given; /* one at a time */
    given = (struct given){0};
    arena_init(&given.arena, "trails", PAGE_MOST * 8);
    buf_init(&given.page, PAGE_MOST);
    trail_init(&given.trail, &given.arena);
    buf_str(&given.page, html);
    assert_int_equal(trail_scan(&given.trail, &given.page, 0, &given.err), 0);
    return &given;
}

static void done(struct given *given)
{
    buf_free(&given->page);
    arena_free(&given->arena);
}

static bool page_says(const struct given *given, const char *words)
{
    return memmem(given->page.at, given->page.n, words, strlen(words)) != NULL;
}

static void first_number(const char *text, const char *expected)
{
    struct text number = {"", 0};
    assert_int_equal(trail_number(text_of(text), &number), expected != NULL);
    assert_true(text_is(number, expected == NULL ? "" : expected));
}

static void a_number_in_a_sentence_is_a_figure_and_a_day_is_none(void **state)
{
    (void)state;
    first_number("counted 50,655 entries", "50,655");
    first_number("net \xE2\x88\x92"
                 "1,071.4 a day",
                 "\xE2\x88\x92"
                 "1,071.4");
    first_number("rose by 91\xC2\xA0% in a week", "91\xC2\xA0%");
    first_number("on 21 September 2022", NULL);
    first_number("from 14 to 20 September", NULL);
    first_number("in 2023", NULL);
    first_number("p5 to p95 of syn-KAZ-057 under 2016/399", NULL);
    first_number("between 14 and 20 people", "14");
}

static void a_table_gives_a_figure_a_cell_with_the_row_and_the_column_in_its_id(void **state)
{
    (void)state;
    struct given *given = given_of(
        "<main><section id=\"aid\"><table id=\"aid-table\"><caption>The split</caption><thead><tr>"
        "<th>Host</th><th class=\"number\">Gets</th></tr></thead><tbody><tr "
        "data-host=\"GEO\"><th>Georgia"
        "</th><td class=\"number\">41.5</td></tr><tr><th>Kazakhstan</th><td "
        "class=\"number\">\xE2\x80\x93</td>"
        "</tr></tbody></table></section></main>");
    const struct trail *trail = &given->trail;
    assert_int_equal(trail->n_families, 1);
    assert_int_equal(trail->n_rows, 2);
    assert_int_equal(trail->n_cells, 1); /* a dash is no figure */
    assert_true(text_is(trail->families[0].id, "aid"));
    assert_true(text_is(trail->families[0].columns[1], "gets"));
    assert_true(text_is(trail->rows[0].key, "GEO"));
    assert_true(text_is(trail->rows[1].key, "KAZ")); /* a country's name is its code */
    assert_int_equal(trail->rows[1].number, 2);
    assert_true(text_is(trail->cells[0].shown, "41.5"));
    assert_true(page_says(given, "</table>\n<p class=\"trail-of\"><a href=\"#trail-aid\""));
    assert_true(page_says(given, "<li id=\"trail-aid\">"));
    done(given);
}

static void a_sentence_gives_its_numbers_its_words_and_the_sources_that_it_cites(void **state)
{
    (void)state;
    struct given *given = given_of("<main><section id=\"answer\"><h3>What 3 did</h3><p>In all "
                                   "44,000 &amp; 22,000 <a class=\"cite\" "
                                   "href=\"#source-fi_yle\">Yle, 28 Sept 2022, 7</a></p><p "
                                   "data-plain=\"law\">point 1.3</p></section>"
                                   "</main>");
    const struct trail *trail = &given->trail;
    assert_int_equal(trail->n_cells, 2);
    assert_true(text_is(trail->rows[0].key, "what-3-did-1"));
    assert_true(text_is(trail->cells[1].shown, "22,000"));
    assert_true(text_starts(trail->rows[0].what, "In all 44,000 & 22,000"));
    assert_int_equal(trail->rows[0].n_links, 1);
    assert_true(text_is(trail->links[0].id, "fi_yle"));
    assert_true(page_says(given, "data-figure=\"answer.what-3-did-1.2\">22,000</a>"));
    assert_true(page_says(given, "point 1.3</p>"));
    done(given);
}

static void rows_with_the_same_words_get_ids_of_their_own(void **state)
{
    (void)state;
    struct given *given =
        given_of("<main><section id=\"map\"><table id=\"other\"><caption>c</caption><tr><th>A</th>"
                 "<th>B</th></tr><tr><th>x</th><td class=\"number\">1</td></tr><tr><th>x</th>"
                 "<td class=\"number\">2</td></tr></table></section></main>");
    assert_true(text_is(given->trail.rows[0].key, "x"));
    assert_true(text_is(given->trail.rows[1].key, "x-2"));
    done(given);
    done(given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_in_a_sentence_is_a_figure_and_a_day_is_none),
        cmocka_unit_test(a_table_gives_a_figure_a_cell_with_the_row_and_the_column_in_its_id),
        cmocka_unit_test(a_sentence_gives_its_numbers_its_words_and_the_sources_that_it_cites),
        cmocka_unit_test(rows_with_the_same_words_get_ids_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
