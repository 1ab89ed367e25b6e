#include "made.h"

#include "report_view.h"

static struct report_view view_of(struct made *made)
{
    struct report_view view;
    struct ajar_err err;
    assert_int_equal(report_view_make(&made->arena, &made->s, made->s.as_known, &view, &err), 0);
    return view;
}

static int begin(void **state)
{
    static struct made made;
    made_begin(&made);
    *state = &made;
    return 0;
}

static int end(void **state)
{
    made_end(*state);
    return 0;
}

/* Two weeks of single days in FIN: 100 a day, then 200, with 290 on the 24th. */
static void two_weeks(struct made *made)
{
    static const char *const days[] = {"2022-09-14", "2022-09-16", "2022-09-20",
                                       "2022-09-21", "2022-09-24", "2022-09-27"};
    static const double values[] = {100, 110, 120, 200, 290, 210};
    for (size_t i = 0; i < 6; i++) {
        made_day(made, "FIN", days[i], values[i]);
    }
}

static void an_empty_scenario_gives_an_empty_view(void **state)
{
    struct report_view view = view_of(*state);
    assert_int_equal(view.n_marks, 0);
    assert_int_equal(view.n_panels, 0);
    assert_int_equal(view.n_focus, 0);
    assert_int_equal(view.n_circles, 0);
    assert_true(view.from > view.to);
    assert_true(view.peak == REPORT_NONE);
}

static void the_focus_is_the_country_with_most_single_days(void **state)
{
    struct made *made = *state;
    made_day(made, "EST", "2022-09-20", 5000);
    made_day(made, "EST", "2022-09-21", 6000);
    two_weeks(made);
    struct report_view view = view_of(made);
    assert_int_equal(view.n_panels, 2);
    assert_int_equal(view.n_focus, 1);
    assert_true(view.panels[0].country == made_word(made, "FIN"));
    assert_int_equal(view.panels[0].n, 6);
    assert_near(view.marks[view.peak].value, 290, 0);
}

static void fewer_than_three_days_make_no_focus(void **state)
{
    struct made *made = *state;
    made_day(made, "EST", "2022-09-20", 5000);
    made_day(made, "EST", "2022-09-21", 6000);
    struct report_view view = view_of(made);
    assert_int_equal(view.n_panels, 1);
    assert_int_equal(view.n_focus, 0);
    assert_true(view.peak == REPORT_NONE);
}

static void marks_lie_panel_after_panel(void **state)
{
    struct made *made = *state;
    made_count(made, "2022-09-19", "2022-09-25", "EST", "land", "entries_rus", 7500, "guard");
    two_weeks(made);
    made_count(made, "2022-09-21", "2022-09-22", "FIN", "land:Narva", "entries_rus", 90, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "EU27", "land", "entries_rus", 66000, "guard");
    struct report_view view = view_of(made);
    uint32_t next = 0;
    assert_int_equal(view.n_panels, 4);
    assert_int_equal(view.n_focus, 2);
    for (uint32_t p = 0; p < view.n_panels; p++) {
        assert_int_equal(view.panels[p].first, next);
        for (uint32_t i = next; i < next + view.panels[p].n; i++) {
            assert_true(made->s.arrivals.country[view.marks[i].row] == view.panels[p].country);
            assert_true(made->s.arrivals.route[view.marks[i].row] == view.panels[p].route);
        }
        next += view.panels[p].n;
    }
    assert_int_equal(next, view.n_marks);
    assert_true(country_is_group(view.panels[2].country));
}

static void the_rise_is_the_largest_between_adjacent_spans_of_equal_length(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    uint32_t before =
        made_count(made, "2022-09-14", "2022-09-20", "FIN", "land", "entries_rus", 26506, "guard");
    uint32_t after =
        made_count(made, "2022-09-21", "2022-09-27", "FIN", "land", "entries_rus", 50655, "guard");
    made_count(made, "2022-09-21", "2022-09-26", "FIN", "land", "entries_rus", 90000, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.marks[view.before].row, before);
    assert_int_equal(view.marks[view.after].row, after);
}

static void a_disputed_count_is_neither_peak_nor_rise(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_count(made, "2022-09-14", "2022-09-20", "FIN", "land", "entries_rus", 700, "guard");
    uint32_t week =
        made_count(made, "2022-09-21", "2022-09-27", "FIN", "land", "entries_rus", 1400, "guard");
    uint32_t day = made_day(made, "FIN", "2022-09-25", 9000);
    made_pair(made, "week", week, SCENARIO_NO_ROW, "b");
    made_pair(made, "day", SCENARIO_NO_ROW, day, "neither");
    struct report_view view = view_of(made);
    assert_near(view.marks[view.peak].value, 290, 0);
    assert_true(view.before == REPORT_NONE && view.after == REPORT_NONE);
    for (uint32_t i = 0; i < view.n_marks; i++) {
        bool disputed = view.marks[i].row == week || view.marks[i].row == day;
        assert_int_equal(view.marks[i].disputed, disputed);
    }
}

static void a_pair_whose_both_sides_are_read_disputes_neither(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_pair(made, "both", 0, 1, "both");
    made_pair(made, "first", 2, 3, "a");
    struct report_view view = view_of(made);
    for (uint32_t i = 0; i < view.n_marks; i++) {
        assert_int_equal(view.marks[i].disputed, view.marks[i].row == 3);
    }
}

static void what_was_not_yet_known_is_left_out(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_count(made, "2022-09-22", "2022-09-22", "FIN", "land", "entries_rus", 999, "late");
    made_source(made, "month", "Monthly", "2022-11", "");
    made_count(made, "2022-09-23", "2022-09-23", "FIN", "land", "entries_rus", 500, "month");
    assert_int_equal(view_of(made).n_marks, 8);
    made->s.as_known = made_date("2022-11-29");
    assert_int_equal(view_of(made).n_marks, 6);
    made->s.as_known = made_date("2022-11-30"); /* the last day that "2022-11" may mean */
    assert_int_equal(view_of(made).n_marks, 7);
    made->s.as_known = made_date("2022-12-01");
    assert_int_equal(view_of(made).n_marks, 8);
}

static void only_short_spans_about_the_subject_are_marks(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_count(made, "2022-09-14", "2022-09-28", "FIN", "land", "entries_rus", 99, "guard");
    made_count(made, "2022-08-30", "2022-09-02", "FIN", "land", "entries_rus", 99, "guard");
    made_count(made, "2022-09-21", "2022-09-21", "FIN", "land", "stay_rus", 99, "guard");
    made_measure(made, "entries_all", KIND_GROSS_IN, UNIT_CROSSINGS);
    made->s.measures.nationality[made->s.measures.n - 1] = made_word(made, "ALL");
    made_count(made, "2022-09-21", "2022-09-21", "FIN", "land", "entries_all", 99, "guard");
    assert_int_equal(view_of(made).n_marks, 6);
}

static void a_rate_is_not_divided_by_its_days(void **state)
{
    struct made *made = *state;
    made_measure(made, "entries_rus_daily", KIND_RATE, UNIT_CROSSINGS_PER_DAY);
    made_count(made, "2022-09-19", "2022-09-25", "LTU", "land", "entries_rus_daily", 1260, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "EST", "land", "entries_rus", 7000, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_marks, 2);
    assert_near(view.marks[0].per_day, 1000, 1e-12);
    assert_near(view.marks[1].per_day, 1260, 1e-12);
}

static void only_doors_that_refuse_and_begin_in_the_span_are_marked(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_door(made, "late", "POL", "2022-09-26", "tourism");
    made_door(made, "early", "LTU", "2022-09-19", "tourism;business");
    made_door(made, "open", "KAZ", "2022-09-20", "");
    made_door(made, "before", "EST", "2022-09-13", "tourism");
    made_door(made, "after", "FIN", "2022-09-28", "tourism");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_doors, 2);
    assert_int_equal(view.door_rows[0], 1);
    assert_int_equal(view.door_rows[1], 0);
}

static void nets_pair_equal_days_of_one_country_and_route(void **state)
{
    struct made *made = *state;
    uint32_t in =
        made_count(made, "2022-09-17", "2022-09-26", "GEO", "all", "entries_rus", 78742, "guard");
    uint32_t out =
        made_count(made, "2022-09-17", "2022-09-26", "GEO", "all", "exits_rus", 62120, "guard");
    uint32_t other =
        made_count(made, "2022-09-17", "2022-09-26", "GEO", "all", "exits_rus", 51643, "late");
    made_count(made, "2022-09-23", "2022-09-26", "GEO", "all", "exits_rus", 22929, "guard");
    made_count(made, "2022-09-17", "2022-09-26", "KAZ", "all", "exits_rus", 9000, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_nets, 2);
    assert_int_equal(view.nets[0].in, in);
    assert_int_equal(view.nets[0].out, out);
    assert_near(view.nets[0].net, 16622, 0);
    assert_int_equal(view.nets[1].out, other);
    assert_near(view.nets[1].net, 27099, 0);
    assert_true(view.nets[0].lead && view.nets[1].lead && !view.nets[0].hidden);
}

static void the_longest_pair_of_a_country_leads(void **state)
{
    struct made *made = *state;
    made_count(made, "2022-09-23", "2022-09-23", "FIN", "land", "entries_rus", 7667, "guard");
    made_count(made, "2022-09-23", "2022-09-23", "FIN", "land", "exits_rus", 3545, "guard");
    made_count(made, "2022-09-21", "2022-09-26", "FIN", "land", "entries_rus", 44000, "guard");
    made_count(made, "2022-09-21", "2022-09-26", "FIN", "land", "exits_rus", 22000, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_nets, 2);
    for (uint32_t i = 0; i < view.n_nets; i++) {
        assert_int_equal(view.nets[i].lead, view.nets[i].net > 20000);
    }
}

static void small_counts_are_hidden_and_zero_is_not(void **state)
{
    struct made *made = *state;
    double values[] = {0, 1, 4, 5, 100, 4.5};
    for (size_t i = 0; i < 6; i++) {
        made_count(made, "2022-09-21", "2022-09-21", i % 2 == 0 ? "NOR" : "SWE",
                   i < 2   ? "land"
                   : i < 4 ? "air"
                           : "rail",
                   "entries_rus", values[i], "guard");
    }
    struct report_view view = view_of(made);
    assert_int_equal(view.n_marks, 6);
    for (uint32_t i = 0; i < view.n_marks; i++) {
        double value = view.marks[i].value;
        assert_int_equal(view.marks[i].hiding,
                         value > 0 && value < 5 ? REPORT_UNDER : REPORT_SHOWN);
    }
}

static void a_part_that_would_give_a_small_one_away_is_withheld(void **state)
{
    struct made *made = *state;
    uint32_t span =
        made_count(made, "2022-09-21", "2022-09-23", "NOR", "land", "entries_rus", 153, "guard");
    uint32_t small = made_day(made, "NOR", "2022-09-21", 3);
    uint32_t least = made_day(made, "NOR", "2022-09-22", 50);
    uint32_t most = made_day(made, "NOR", "2022-09-23", 100);
    uint32_t other = made_day(made, "SWE", "2022-09-22", 40);
    struct report_view view = view_of(made);
    assert_int_equal(view.hiding[small], REPORT_UNDER);
    assert_int_equal(view.hiding[least], REPORT_WITHHELD);
    assert_int_equal(view.hiding[most], REPORT_SHOWN);
    assert_int_equal(view.hiding[span], REPORT_SHOWN);
    assert_int_equal(view.hiding[other], REPORT_SHOWN);
}

static void a_span_without_a_part_large_enough_is_withheld_itself(void **state)
{
    struct made *made = *state;
    uint32_t span =
        made_count(made, "2022-09-21", "2022-09-22", "NOR", "land", "entries_rus", 9, "guard");
    uint32_t small = made_day(made, "NOR", "2022-09-21", 3);
    uint32_t part = made_day(made, "NOR", "2022-09-22", 6); /* 9 less 6 would be one small count */
    struct report_view view = view_of(made);
    assert_int_equal(view.hiding[small], REPORT_UNDER);
    assert_int_equal(view.hiding[part], REPORT_SHOWN);
    assert_int_equal(view.hiding[span], REPORT_WITHHELD);
}

static void a_hidden_side_hides_the_net(void **state)
{
    struct made *made = *state;
    made_count(made, "2022-09-21", "2022-09-27", "NOR", "land", "entries_rus", 400, "guard");
    made_count(made, "2022-09-21", "2022-09-27", "NOR", "land", "exits_rus", 2, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_nets, 1);
    assert_true(view.nets[0].hidden);
}

static void the_map_takes_the_week_that_most_countries_counted(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    made_place(made, "vaalimaa", "Vaalimaa", "FIN", 60.6, 27.8, "crossing");
    made_place(made, "narva", "Narva (Ivangorod)", "EST", 59.4, 28.2, "crossing");
    made_place(made, "valga", "Valga", "EST", 57.8, 26.0, "crossing");
    made_place(made, "vilnius", "Vilnius", "LTU", 54.7, 25.3, "destination");
    made_count(made, "2022-09-14", "2022-09-20", "FIN", "land", "entries_rus", 26506, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "FIN", "land", "entries_rus", 42000, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "EST", "land:Narva", "entries_rus", 7000, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "LTU", "land", "entries_rus", 8820, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "EU27", "land", "entries_rus", 66000, "guard");
    made_count(made, "2022-09-19", "2022-09-25", "POL", "land", "entries_rus", 2326, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.week_from, made_date("2022-09-19"));
    assert_int_equal(view.n_circles, 3); /* EU27 is a group, POL has no place */
    assert_true(made->s.arrivals.country[view.marks[view.circles[0].mark].row] ==
                made_word(made, "FIN"));
    assert_int_equal(view.circles[1].position, REPORT_AT_TOWNS);
    assert_int_equal(view.circles[2].position, REPORT_AT_CROSSING);
    assert_near(view.circles[2].lat, 59.4, 1e-12);
    assert_int_equal(view.circles[2].place, 1);
}

static void refusals_within_the_span_are_kept_apart(void **state)
{
    struct made *made = *state;
    two_weeks(made);
    uint32_t row =
        made_count(made, "2022-09-19", "2022-09-25", "EST", "land", "refused_rus", 250, "guard");
    made_count(made, "2022-10-19", "2022-10-25", "EST", "land", "refused_rus", 99, "guard");
    struct report_view view = view_of(made);
    assert_int_equal(view.n_marks, 6);
    assert_int_equal(view.n_refused, 1);
    assert_int_equal(view.refused[0], row);
}

#define SENTENCE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SENTENCE(an_empty_scenario_gives_an_empty_view),
        SENTENCE(the_focus_is_the_country_with_most_single_days),
        SENTENCE(fewer_than_three_days_make_no_focus),
        SENTENCE(marks_lie_panel_after_panel),
        SENTENCE(the_rise_is_the_largest_between_adjacent_spans_of_equal_length),
        SENTENCE(a_disputed_count_is_neither_peak_nor_rise),
        SENTENCE(a_pair_whose_both_sides_are_read_disputes_neither),
        SENTENCE(what_was_not_yet_known_is_left_out),
        SENTENCE(only_short_spans_about_the_subject_are_marks),
        SENTENCE(a_rate_is_not_divided_by_its_days),
        SENTENCE(only_doors_that_refuse_and_begin_in_the_span_are_marked),
        SENTENCE(nets_pair_equal_days_of_one_country_and_route),
        SENTENCE(the_longest_pair_of_a_country_leads),
        SENTENCE(small_counts_are_hidden_and_zero_is_not),
        SENTENCE(a_part_that_would_give_a_small_one_away_is_withheld),
        SENTENCE(a_span_without_a_part_large_enough_is_withheld_itself),
        SENTENCE(a_hidden_side_hides_the_net),
        SENTENCE(the_map_takes_the_week_that_most_countries_counted),
        SENTENCE(refusals_within_the_span_are_kept_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
