/* The page's DOORS section, on the shipped scenario: what stands in it is what the chain found. */
#include "page_check.h"
#include "page_read.h"

#include <stdio.h>

#include "../base/sampled.h"
#include "report_doors.h"

struct shipped {
    struct arena arena;
    struct scenario scenario;
    struct faults faults;
    struct doors_chain chain;
    struct report_doors doors;
    struct buf page;
    struct ajar_err err;
};

static void write_doors(struct shipped *shipped, struct buf *page, const struct doors_chain *chain)
{
    page->n = 0;
    assert_int_equal(report_write(page, &shipped->scenario, NULL, NULL, chain, NULL, NULL,
                                  &page_meta, &shipped->err),
                     0);
    buf_char(page, 0);
    assert_int_equal(page->failed, 0);
}

static int load(void **state)
{
    static struct shipped shipped;
    arena_init(&shipped.arena, "the shipped doors", (size_t)4 << 30);
    assert_int_equal(faults_init(&shipped.faults, &shipped.arena, 10, NULL), 0);
    assert_int_equal(scenario_load(&shipped.arena, "scenarios/exodus2022", NULL, NULL,
                                   &shipped.scenario, &shipped.faults, &shipped.err),
                     0);
    assert_int_equal(doors_chain_run(&shipped.arena, &shipped.scenario, NULL, &shipped.faults,
                                     &shipped.chain, &shipped.err),
                     0);
    assert_int_equal(report_doors_make(&shipped.arena, &shipped.chain, &shipped.doors, NULL), 0);
    buf_init(&shipped.page, 64 << 20);
    write_doors(&shipped, &shipped.page, &shipped.chain);
    *state = &shipped;
    return 0;
}

static int unload(void **state)
{
    struct shipped *shipped = *state;
    buf_free(&shipped->page);
    arena_free(&shipped->arena);
    return 0;
}

static struct text section_of(const char *page)
{
    return between(page, "<section id=\"doors\"", "</section>");
}

static size_t count(struct text text, const char *word)
{
    size_t n = 0;
    for (const char *at = text.at;
         (at = memmem(at, (size_t)(text.at + text.n - at), word, strlen(word))) != NULL; n++) {
        at += strlen(word);
    }
    return n;
}

static void the_page_is_well_formed(void **state)
{
    struct shipped *shipped = *state;
    page_is_well_formed(shipped->page.at);
}

static void it_is_no_advice_above_the_table_and_at_each_change(void **state)
{
    struct shipped *shipped = *state;
    struct text section = section_of(shipped->page.at);
    assert_true(shipped->chain.n_diffs > 0);
    assert_int_equal(count(section, "Not legal advice. The border guard decides."), 1);
    assert_int_equal(count(section, "Not legal advice; the border guard decides."),
                     shipped->chain.n_diffs);
}

static bool same_cell(struct report_gate a, struct report_gate b)
{
    return a.law == b.law && a.practice == b.practice;
}

/* Carried out day by day, the changes of the table by date lead from the first day to every other. */
static void the_changes_by_date_give_every_day(void **state)
{
    struct shipped *shipped = *state;
    const struct gates *gates = &shipped->chain.gates;
    struct report_gate now[64][64];
    size_t next = 0;
    assert_true(gates->n_crossings <= 64 && gates->n_profiles <= 64);
    for (size_t i = 0; i < gates->n_days; i++) {
        date_days day = gates->from + (date_days)i;
        for (size_t c = 0; i == 0 && c < gates->n_crossings; c++) {
            for (size_t p = 0; p < gates->n_profiles; p++) {
                now[c][p] = report_gate_at(&shipped->chain, day, c, p);
            }
        }
        const struct report_gate_day *turn =
            next < shipped->doors.n_days && shipped->doors.days[next].day == day
                ? &shipped->doors.days[next++]
                : NULL;
        size_t cells = 0;
        for (size_t g = 0; turn != NULL && g < turn->n_groups; g++) {
            const struct report_gate_group *group = &turn->groups[g];
            for (size_t c = 0; c < group->n_crossings; c++) {
                for (size_t p = 0; p < group->n_profiles; p++) {
                    struct report_gate *cell = &now[group->crossings[c]][group->profiles[p]];
                    assert_true(same_cell(*cell, group->before));
                    *cell = group->after;
                    cells++;
                }
            }
        }
        assert_int_equal(cells, turn == NULL ? 0 : turn->n_cells);
        for (size_t c = 0; c < gates->n_crossings; c++) {
            for (size_t p = 0; p < gates->n_profiles; p++) {
                assert_true(same_cell(now[c][p], report_gate_at(&shipped->chain, day, c, p)));
            }
        }
    }
    assert_int_equal(next, shipped->doors.n_days);
}

static void practice_that_is_the_law_is_not_said_twice(void **state)
{
    struct shipped *shipped = *state;
    const struct gates *gates = &shipped->chain.gates;
    size_t same = 0, other = 0;
    for (size_t i = 0; i < gates->n_days * gates->n_crossings * gates->n_profiles; i++) {
        size_t cell = i % (gates->n_crossings * gates->n_profiles);
        struct report_gate shown =
            report_gate_at(&shipped->chain,
                           gates->from + (date_days)(i / (gates->n_crossings * gates->n_profiles)),
                           cell / gates->n_profiles, cell % gates->n_profiles);
        assert_int_equal(shown.law, gates->at[i]);
        if (gates->practice[i] == gates->at[i]) {
            assert_int_equal(shown.practice, GATE_NO_RULE);
            same += gates->at[i] != GATE_NO_RULE;
        } else {
            assert_int_equal(shown.practice, gates->practice[i]);
            other += shown.practice != GATE_NO_RULE;
        }
    }
    assert_true(same > 0 && other > 0);
}

/* What the script draws on a day is what the chain found, by the state that the data last gave. */
static void the_data_holds_every_cell(void **state)
{
    struct shipped *shipped = *state;
    const struct gates *gates = &shipped->chain.gates;
    json_t *data = data_of(shipped->page.at);
    const json_t *doors = json_object_get(data, "doors"), *days = json_object_get(doors, "days");
    const json_t *now = json_object_get(doors, "start");
    size_t next = 0;
    assert_int_equal(json_array_size(json_object_get(doors, "profiles")), gates->n_profiles);
    assert_int_equal(json_array_size(json_object_get(doors, "crossings")), gates->n_crossings);
    for (size_t i = 0; i < gates->n_days; i++) {
        char text[DATE_TEXT];
        date_days day = gates->from + (date_days)i;
        const json_t *turn = json_array_get(days, next);
        if (turn != NULL &&
            strcmp(json_string_value(json_object_get(turn, "day")), date_format(day, text)) == 0) {
            now = turn;
            next++;
        }
        const char *law = json_string_value(json_object_get(now, "law"));
        const char *practice = json_string_value(json_object_get(now, "practice"));
        assert_int_equal(strlen(law), gates->n_crossings * gates->n_profiles);
        for (size_t c = 0; c < gates->n_crossings; c++) {
            for (size_t p = 0; p < gates->n_profiles; p++) {
                struct report_gate cell = report_gate_at(&shipped->chain, day, c, p);
                assert_int_equal(law[c * gates->n_profiles + p] - '0', cell.law);
                assert_int_equal(practice[c * gates->n_profiles + p] - '0', cell.practice);
            }
        }
    }
    assert_int_equal(next, json_array_size(days));
    json_decref(data);
}

/* That of the country of the first picture stands open and first, with who loses. */
static void the_finnish_change_says_who_loses(void **state)
{
    struct shipped *shipped = *state;
    struct text first =
        between(shipped->page.at, "<div class=\"diff\"", "<details class=\"data diff\"");
    assert_true(holds(first, "<time datetime=\"2022-09-29\">29"));
    assert_true(holds(first, "<time datetime=\"2022-09-30\">30"));
    assert_true(holds(first, "Finland: entry of Russian citizens"));
    assert_true(holds(first, "4 of 13 examples lose, 0 gain"));
    assert_true(holds(first, "<strong>Tourist with a Spanish visa</strong>: open"));
    assert_true(holds(first, "<strong>Opposition journalist in danger, Latvian visa</strong>: open "
                             "\xE2\x86\x92 an official decides"));
    assert_false(holds(first, "<strong>Lorry driver"));
    assert_true(holds(first, "Close family of Finnish citizens"));
    assert_true(holds(first, "href=\"#source-fi_vn_0929\""));
    assert_true(holds(first, ">partial</span>"));
    assert_true(holds(section_of(shipped->page.at), "; counterfactual</span>"));
}

/* The lists of the page must show a mark wherever the chain has set it. */
static void marks_are_shown_where_they_are_set(void **state)
{
    struct shipped *shipped = *state;
    struct doors_chain stale = shipped->chain;
    struct text before = section_of(shipped->page.at);
    struct buf page;
    stale.states = arena_get(&shipped->arena, shipped->chain.n_states, sizeof *stale.states, NULL);
    stale.diffs = arena_get(&shipped->arena, shipped->chain.n_diffs, sizeof *stale.diffs, NULL);
    for (size_t i = 0; i < stale.n_states; i++) {
        stale.states[i] = shipped->chain.states[i];
        stale.states[i].marks.stale = true;
    }
    for (size_t i = 0; i < stale.n_diffs; i++) {
        stale.diffs[i] = shipped->chain.diffs[i];
        stale.diffs[i].marks.stale = true;
    }
    size_t n = count(before, "STALE");
    buf_init(&page, 64 << 20);
    write_doors(shipped, &page, &stale);
    size_t more = count(section_of(page.at), "STALE") - n;
    /* Every crossing on the first day, every change in its heading and its line. */
    assert_true(more >= shipped->chain.gates.n_crossings + 2 * stale.n_diffs);
    json_t *data = data_of(page.at);
    const json_t *marks =
        json_object_get(json_object_get(json_object_get(data, "doors"), "start"), "marks");
    for (size_t c = 0; c < json_array_size(marks); c++) {
        assert_non_null(strstr(json_string_value(json_array_get(marks, c)), "STALE"));
    }
    json_decref(data);
    buf_free(&page);
}

static void without_doors_there_is_no_section(void **state)
{
    struct shipped *shipped = *state;
    struct doors_chain none = {0};
    struct buf page;
    buf_init(&page, 64 << 20);
    write_doors(shipped, &page, &none);
    page_is_well_formed(page.at);
    assert_false(holds(body_of(page.at), "<section id=\"doors\""));
    assert_false(holds(body_of(page.at), "href=\"#doors\""));
    json_t *data = data_of(page.at);
    assert_true(json_is_null(json_object_get(data, "doors")));
    json_decref(data);
    buf_free(&page);
}

static void doors_without_people_have_changes_and_no_table(void **state)
{
    struct shipped *shipped = *state;
    struct doors_chain bare = shipped->chain;
    struct buf page;
    bare.profiles = (struct doors_profiles){0};
    bare.gates = (struct gates){0};
    bare.diffs = arena_get(&shipped->arena, bare.n_diffs, sizeof *bare.diffs, NULL);
    for (size_t i = 0; i < bare.n_diffs; i++) {
        bare.diffs[i] = shipped->chain.diffs[i];
        bare.diffs[i].n_turns = 0;
    }
    buf_init(&page, 64 << 20);
    write_doors(shipped, &page, &bare);
    page_is_well_formed(page.at);
    assert_false(holds(body_of(page.at), "gates-table"));
    assert_int_equal(count(section_of(page.at), "Not legal advice; the border guard decides."),
                     bare.n_diffs);
    buf_free(&page);
}

static void a_full_buffer_is_an_error_and_no_crash(void **state)
{
    struct shipped *shipped = *state;
    for (size_t ceiling = 1000; ceiling < shipped->page.n - 1;
         ceiling = ceiling * (SANITIZED ? 30 : 3) + 1) {
        struct buf page;
        struct ajar_err err = {0};
        buf_init(&page, ceiling);
        assert_int_equal(report_write(&page, &shipped->scenario, NULL, NULL, &shipped->chain, NULL,
                                      NULL, &page_meta, &err),
                         E_CEILING);
        buf_free(&page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_well_formed),
        cmocka_unit_test(it_is_no_advice_above_the_table_and_at_each_change),
        cmocka_unit_test(the_changes_by_date_give_every_day),
        cmocka_unit_test(practice_that_is_the_law_is_not_said_twice),
        cmocka_unit_test(the_data_holds_every_cell),
        cmocka_unit_test(the_finnish_change_says_who_loses),
        cmocka_unit_test(marks_are_shown_where_they_are_set),
        cmocka_unit_test(without_doors_there_is_no_section),
        cmocka_unit_test(doors_without_people_have_changes_and_no_table),
        cmocka_unit_test(a_full_buffer_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
