#include "made.h"
#include "page_check.h"
#include "page_read.h"

static void an_empty_scenario_makes_a_page_that_says_so(void **state)
{
    (void)state;
    struct made made;
    struct buf page;
    made_begin(&made);
    buf_init(&page, 16 << 20);
    write_page(&page, &made.s, NULL);
    page_is_well_formed(page.at);
    assert_true(holds(body_of(page.at), "No counts to show."));
    buf_free(&page);
    made_end(&made);
}

/* A series whose second day may not be shown, nor its third, for the sum of the three is there. */
static void make_hidden(struct made *made)
{
    made_count(made, "2022-09-20", "2022-09-22", "NOR", "land", "entries_rus", 15114.1415, "guard");
    made_day(made, "NOR", "2022-09-20", 7780);
    uint32_t small = made_day(made, "NOR", "2022-09-21", 3.1415);
    made_day(made, "NOR", "2022-09-22", 7331);
    made->s.arrivals.note[small] = text_of("three men in one car");
    made_count(made, "2022-09-19", "2022-09-20", "SWE", "land", "entries_rus", 2.7182, "guard");
    made_count(made, "2022-09-21", "2022-09-21", "NOR", "land", "exits_rus", 1.6180, "guard");
    made_count(made, "2022-09-21", "2022-09-21", "NOR", "land", "refused_rus", 4.6692, "guard");
}

/* Marks in the pages' data without figures, for this reason. */
static size_t hidden_marks(const json_t *data, const char *why)
{
    const json_t *panel, *mark;
    size_t n = 0, i, j;
    json_array_foreach(json_object_get(json_object_get(data, "series"), "panels"), i, panel)
    {
        json_array_foreach(json_object_get(panel, "marks"), j, mark)
        {
            const json_t *hidden = json_object_get(mark, "hidden");
            assert_int_equal(hidden != NULL, json_is_null(json_object_get(mark, "value")));
            n += hidden != NULL && strcmp(json_string_value(hidden), why) == 0;
        }
    }
    return n;
}

static void hidden_counts_appear_nowhere(void **state)
{
    (void)state;
    static const char *const secrets[] = {"3.1415", "7331",  "7,331",  "three men", "2.7182",
                                          "1.3591", "1.618", "4.6692", "7.7182"};
    struct made made;
    struct buf page;
    struct report_file *files;
    size_t n;
    made_begin(&made);
    make_hidden(&made);
    buf_init(&page, 16 << 20);
    write_page(&page, &made.s, NULL);
    page_is_well_formed(page.at);
    const char *end = strstr(page.at, "<script>"); /* the bundle's own numbers are no counts */
    assert_non_null(end);
    assert_int_equal(report_tables(&made.arena, &made.s, &files, &n, NULL), 0);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        assert_false(holds((struct text){page.at, (size_t)(end - page.at)}, secrets[i]));
        for (size_t f = 0; f < n; f++) {
            assert_false(holds(files[f].bytes, secrets[i]));
        }
    }
    assert_true(holds(body_of(page.at), "under 5") && holds(body_of(page.at), "withheld"));
    assert_true(holds(body_of(page.at), "7,780"));
    json_t *data = data_of(page.at);
    assert_int_equal(hidden_marks(data, "under 5"), 3);
    assert_int_equal(hidden_marks(data, "withheld"), 1);
    json_decref(data);
    assert_true(holds(files[0].bytes, "under 5") && holds(files[0].bytes, "withheld"));
    same_series(&made.arena, &made.s, page.at);
    buf_free(&page);
    made_end(&made);
}

#define EVIL "</script><img src=x onerror=\"alert(1)\"><!-- '&amp;"

static void make_evil(struct made *made)
{
    struct text evil = text_of(EVIL);
    made_source(made, EVIL, EVIL, "", "javascript:alert(1)");
    make_hidden(made);
    made_day(made, "NOR", "2022-09-23", 900);
    made_door(made, EVIL, "SWE", "2022-09-21", EVIL ";tourism");
    made_place(made, EVIL, EVIL, "SWE", 69.7, 30.1, "crossing");
    made_count(made, "2022-09-14", "2022-09-20", "SWE", EVIL, "entries_rus", 800, EVIL);
    made_count(made, "2022-09-14", "2022-09-20", "SWE", EVIL, "exits_rus", 300, EVIL);
    made_pair(made, EVIL, 0, 1, EVIL);
    made_assumption(made, EVIL, "SWE", EVIL, 1, 2, 3);
    made->s.title = made->s.summary = evil;
    made->s.measures.definition[0] = evil;
    made->s.arrivals.note[1] = evil;
    made->s.doors.border[0] = made->s.doors.exempt[0] = made->s.doors.legal_basis[0] = evil;
    made->s.doors.note[0] = made->s.places.name[0] = evil;
    made->s.contradictions.topic[0] = made->s.contradictions.difference[0] = evil;
    made->s.contradictions.used_in[0] = made->s.contradictions.why[0] = evil;
    made->s.assumptions.reason[0] = evil;
    made->s.dir = EVIL;
}

static void texts_that_attack_come_out_harmless(void **state)
{
    (void)state;
    struct made made;
    struct buf page;
    made_begin(&made);
    make_evil(&made);
    buf_init(&page, 16 << 20);
    write_page(&page, &made.s, NULL);
    page_is_well_formed(page.at);
    assert_false(holds(body_of(page.at), "<img") || holds(body_of(page.at), "onerror=\""));
    assert_false(holds(body_of(page.at), "href=\"javascript"));
    assert_true(holds(body_of(page.at), "&lt;/script&gt;&lt;img"));
    json_t *data = data_of(page.at);
    const json_t *places = json_object_get(json_object_get(data, "map"), "places");
    assert_int_equal(json_array_size(places), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(places, 0), "name")),
                        EVIL);
    json_decref(data);
    buf_free(&page);
    made_end(&made);
}

static void a_formula_in_a_table_is_text(void **state)
{
    (void)state;
    struct made made;
    struct report_file *files;
    size_t n;
    made_begin(&made);
    made.s.arrivals.note[made_day(&made, "NOR", "2022-09-21", 900)] = text_of("=1+1");
    assert_int_equal(report_tables(&made.arena, &made.s, &files, &n, NULL), 0);
    assert_true(holds(files[0].bytes, ",'=1+1\r\n"));
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_scenario_makes_a_page_that_says_so),
        cmocka_unit_test(hidden_counts_appear_nowhere),
        cmocka_unit_test(texts_that_attack_come_out_harmless),
        cmocka_unit_test(a_formula_in_a_table_is_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
