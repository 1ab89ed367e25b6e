/* DOORS' part of a run, on the shipped scenario: the table, the states, the comparisons, the files. */
#include "../base/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/scratch.h"
#include "csv.h"
#include "doors_chain.h"
#include "doors_days.h"
#include "file.h"

#define SHIPPED "scenarios/exodus2022"

struct shipped {
    struct arena arena;
    struct scenario scenario;
    struct faults faults;
    struct doors_chain chain;
    struct ajar_err err;
};

static int load(void **state)
{
    static struct shipped shipped;
    arena_init(&shipped.arena, "the shipped doors", (size_t)4 << 30);
    assert_int_equal(faults_init(&shipped.faults, &shipped.arena, 10, NULL), 0);
    assert_int_equal(scenario_load(&shipped.arena, SHIPPED, NULL, NULL, &shipped.scenario,
                                   &shipped.faults, &shipped.err),
                     0);
    int code = doors_chain_run(&shipped.arena, &shipped.scenario, NULL, &shipped.faults,
                               &shipped.chain, &shipped.err);
    assert_string_equal(shipped.err.text, "");
    assert_int_equal(code, 0);
    *state = &shipped;
    return 0;
}

static int unload(void **state)
{
    struct shipped *shipped = *state;
    arena_free(&shipped->arena);
    return 0;
}

static date_days day_of(const char *text)
{
    date_days day;
    assert_true(date_parse(text_of(text), &day));
    return day;
}

static void every_day_is_judged_by_its_own_knowledge_and_none_later(void **state)
{
    struct shipped *shipped = *state;
    const struct doors_chain *chain = &shipped->chain;
    static const char *const days[] = {"2022-09-12", "2022-09-21", "2022-09-29", "2022-09-30",
                                       "2022-11-05", "2022-11-06", "2022-12-31"};
    size_t row = chain->gates.n_crossings * chain->gates.n_profiles;
    assert_true(chain->stands);
    assert_int_equal(chain->gates.from, shipped->scenario.from);
    assert_int_equal(chain->gates.n_days, shipped->scenario.to - shipped->scenario.from + 1);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct gates one;
        date_days day = day_of(days[i]);
        size_t at = (size_t)(day - chain->gates.from) * row;
        assert_int_equal(doors_gates(&shipped->arena, &chain->folder->rules, &chain->profiles, day,
                                     day, doors_known(day, shipped->scenario.as_known), &one,
                                     &shipped->err),
                         0);
        assert_memory_equal(one.at, chain->gates.at + at, row);
        assert_memory_equal(one.practice, chain->gates.practice + at, row);
    }
}

static const struct doors_diff *diff_of(const struct doors_chain *chain, const char *door,
                                        const char *day)
{
    for (size_t i = 0; i < chain->n_diffs; i++) {
        if (text_is(chain->folder->rules.doors[chain->diffs[i].door].id, door) &&
            chain->diffs[i].after == day_of(day)) {
            return &chain->diffs[i];
        }
    }
    return NULL;
}

/* By the list of groups of 29 September 2022: a tourist and who flees the call-up are in none; the border
 * guard considers humanitarian reasons. */
static void the_finnish_door_closes_for_tourists_and_for_those_who_flee(void **state)
{
    struct shipped *shipped = *state;
    const struct doors_chain *chain = &shipped->chain;
    const struct doors_diff *diff = diff_of(chain, "fi.entry", "2022-09-30");
    static const struct {
        const char *id;
        enum gate after;
    } losers[] = {{"tourist_esp", GATE_CLOSED},
                  {"reservist_esp", GATE_CLOSED},
                  {"called_up", GATE_CLOSED},
                  {"journalist", GATE_DISCRETION}};
    size_t n = 0;
    assert_non_null(diff);
    assert_int_equal(diff->before, day_of("2022-09-29"));
    assert_true(diff->marks.partial);
    assert_false(diff->marks.stale || diff->marks.counterfactual);
    for (size_t i = 0; i < diff->n_turns; i++) {
        const struct doors_turn *turn = &diff->turns[i];
        struct text id = chain->profiles.profiles[turn->profile].id;
        assert_int_equal(doors_gate_of(turn->before), GATE_OPEN);
        for (size_t l = 0; l < 4; l++) {
            if (text_is(id, losers[l].id)) {
                assert_int_equal(doors_gate_of(turn->after), losers[l].after);
                n++;
            }
        }
    }
    assert_int_equal(n, diff->n_turns);
    assert_int_equal(n, 8); /* by road and by air */
    for (size_t c = 0; c < diff->comparison.n; c++) {
        assert_int_equal(diff->comparison.changes[c].before, OUTCOME_OPEN);
    }
}

static bool arms_differ(const struct instance *a, const struct instance *b)
{
    bool same = a->n_arms == b->n_arms;
    for (size_t i = 0; same && i < a->n_arms; i++) {
        same = a->arms[i].version == b->arms[i].version;
    }
    return !same;
}

/* Each entry door on each day, built anew: where versions differ there is a comparison, unless it is
 * empty, and nowhere else. */
static void comparisons_stand_where_an_entry_rule_changes(void **state)
{
    struct shipped *shipped = *state;
    const struct doors_chain *chain = &shipped->chain;
    const struct rules *rules = &chain->folder->rules;
    size_t found = 0;
    for (uint32_t door = 0; door < rules->n_doors; door++) {
        for (date_days day = shipped->scenario.from;
             rules->doors[door].kind == DOOR_ENTRY && day <= shipped->scenario.to; day++) {
            struct arena scratch;
            struct instance at[2];
            char text[DATE_TEXT], id[64];
            arena_init(&scratch, "two days", (size_t)1 << 30);
            for (int i = 0; i < 2; i++) {
                date_days on = day - 1 + i;
                assert_int_equal(instance_build(&scratch, &scratch, rules, door, moment_of_day(on),
                                                doors_known(on, chain->as_known), &at[i], NULL),
                                 0);
            }
            snprintf(id, sizeof id, "%.*s", (int)rules->doors[door].id.n, rules->doors[door].id.at);
            bool there = diff_of(chain, id, date_format(day, text)) != NULL;
            assert_int_equal(there, arms_differ(&at[0], &at[1]));
            found += there;
            arena_free(&scratch);
        }
    }
    assert_int_equal(found, chain->n_diffs);
    assert_true(found >= 5);
    for (size_t i = 1; i < chain->n_diffs; i++) {
        assert_true(chain->diffs[i - 1].after <= chain->diffs[i].after);
    }
}

static struct text file_of(struct shipped *shipped, const char *name)
{
    struct doors_file *files;
    size_t n;
    assert_int_equal(doors_chain_files(&shipped->arena, &shipped->chain, &files, &n, &shipped->err),
                     0);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].name, name) == 0) {
            return files[i].bytes;
        }
    }
    fail_msg("no %s", name);
    return (struct text){NULL, 0};
}

static size_t open_rows(struct shipped *shipped, const char *name, struct csv *csv, bool *more)
{
    assert_int_equal(csv_open(csv, &shipped->arena, name, file_of(shipped, name), ',',
                              &CSV_LIMITS_DEFAULT, &shipped->err),
                     0);
    assert_int_equal(csv_next(csv, more, NULL), 0);
    return csv->n_columns;
}

static size_t place_of(const struct doors_chain *chain, struct text id, bool crossing)
{
    size_t n = crossing ? chain->profiles.n_crossings : chain->profiles.n;
    for (size_t i = 0; i < n; i++) {
        if (text_eq(id,
                    crossing ? chain->profiles.crossings[i].id : chain->profiles.profiles[i].id)) {
            return i;
        }
    }
    fail_msg("no %.*s", (int)id.n, id.at);
    return 0;
}

static uint8_t gate_of(struct text word)
{
    for (uint8_t gate = 0; gate <= GATE_UNKNOWN; gate++) {
        if (text_is(word, gate_words[gate])) {
            return gate;
        }
    }
    return GATE_NO_RULE;
}

/* The first day and the changes of doors_gates.csv give every day's table again. */
static void the_table_of_changes_gives_the_whole_table(void **state)
{
    struct shipped *shipped = *state;
    const struct gates *gates = &shipped->chain.gates;
    size_t row = gates->n_crossings * gates->n_profiles;
    uint8_t *at = arena_get(&shipped->arena, row, 1, NULL);
    uint8_t *practice = arena_get(&shipped->arena, row, 1, NULL);
    struct csv csv;
    bool more;
    assert_int_equal(open_rows(shipped, "doors_gates.csv", &csv, &more), 8);
    for (size_t day = 0; day < gates->n_days; day++) {
        char text[DATE_TEXT];
        date_format(gates->from + (date_days)day, text);
        for (; more && text_is(csv.cells[0], text);
             assert_int_equal(csv_next(&csv, &more, NULL), 0)) {
            size_t cell = place_of(&shipped->chain, csv.cells[1], true) * gates->n_profiles +
                          place_of(&shipped->chain, csv.cells[4], false);
            at[cell] = gate_of(csv.cells[5]);
            practice[cell] = gate_of(csv.cells[6]);
        }
        assert_memory_equal(at, gates->at + day * row, row);
        assert_memory_equal(practice, gates->practice + day * row, row);
    }
    assert_false(more);
}

static void every_group_and_every_state_has_a_row(void **state)
{
    struct shipped *shipped = *state;
    const struct doors_chain *chain = &shipped->chain;
    size_t groups = 0, versions = 0, rows = 0;
    struct csv csv;
    bool more;
    for (size_t i = 0; i < chain->n_diffs; i++) {
        groups += chain->diffs[i].comparison.n;
    }
    assert_int_equal(open_rows(shipped, "doors_diff.csv", &csv, &more), 11);
    for (; more; rows++) {
        assert_true(csv.cells[5].n > 0);
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
    }
    assert_int_equal(rows, groups);
    for (size_t i = 0; i < chain->n_states; i++) {
        const struct doors_state *one = &chain->states[i];
        versions += one->n_versions > 0 ? one->n_versions : 1;
        if (i > 0) {
            assert_true(one->door > one[-1].door ||
                        (one->door == one[-1].door && one->day > one[-1].day));
        }
    }
    assert_int_equal(open_rows(shipped, "doors_doors.csv", &csv, &more), 13);
    for (rows = 0; more; rows++) {
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
    }
    assert_int_equal(rows, versions);
}

static void marks_are_said_in_one_order(void **state)
{
    (void)state;
    struct doors_marks all = {true, true, true, true, true, true}, none = {0};
    struct buf buf;
    buf_init(&buf, 1 << 10);
    doors_marks_say(&buf, &none);
    assert_int_equal(buf.n, 0);
    doors_marks_say(&buf, &all);
    assert_true(
        text_is(buf_view(&buf), "STALE, counterfactual, contested, partial, unread, unverified"));
    buf_free(&buf);
}

static void a_door_past_its_review_day_is_stale(void **state)
{
    struct shipped *shipped = *state;
    struct scenario late = shipped->scenario;
    struct doors_chain chain;
    size_t fresh = 0, stale = 0;
    late.from = day_of("2024-12-30");
    late.to = day_of("2025-01-02");
    late.as_known = DATE_NONE;
    assert_int_equal(
        doors_chain_run(&shipped->arena, &late, NULL, &shipped->faults, &chain, &shipped->err), 0);
    for (size_t i = 0; i < chain.n_states; i++) {
        date_days review = chain.folder->rules.doors[chain.states[i].door].review_by;
        bool past = review != DATE_NONE && chain.states[i].day > review;
        assert_int_equal(chain.states[i].marks.stale, past);
        fresh += !past;
        stale += past;
    }
    assert_true(fresh > 0 && stale > 0);
    late.as_known = day_of("2024-12-31"); /* nothing is known of what comes later */
    assert_int_equal(
        doors_chain_run(&shipped->arena, &late, NULL, &shipped->faults, &chain, &shipped->err), 0);
    for (size_t i = 0; i < chain.n_states; i++) {
        stale -= chain.states[i].marks.stale;
    }
    assert_true(stale > 0);
}

static void a_scenario_without_doors_has_none(void **state)
{
    struct shipped *shipped = *state;
    char dir[SCRATCH_PATH];
    struct scenario bare = shipped->scenario;
    struct doors_chain chain;
    struct doors_file *files;
    size_t n = 7;
    scratch_make(dir);
    bare.dir = dir;
    assert_int_equal(
        doors_chain_run(&shipped->arena, &bare, NULL, &shipped->faults, &chain, &shipped->err), 0);
    assert_false(chain.stands);
    assert_int_equal(chain.n_diffs + chain.n_states + chain.gates.n_days, 0);
    assert_int_equal(doors_chain_files(&shipped->arena, &chain, &files, &n, &shipped->err), 0);
    assert_int_equal(n, 0);
    scratch_remove(dir);
}

static void faults_of_the_doors_are_told(void **state)
{
    struct shipped *shipped = *state;
    char dir[SCRATCH_PATH], path[SCRATCH_PATH + 32];
    struct scenario broken = shipped->scenario;
    struct doors_chain chain = {.n_diffs = 7};
    struct faults faults;
    scratch_make(dir);
    broken.dir = dir;
    snprintf(path, sizeof path, "%s/doors", dir);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/doors/facts.yaml", dir);
    assert_int_equal(file_write(path, TEXT_LIT("facts:\n  a: {type: none}\n"), NULL), 0);
    snprintf(path, sizeof path, "%s/doors/door.yaml", dir);
    assert_int_equal(file_write(path, TEXT_LIT("door: fi.entry\n"), NULL), 0);
    assert_int_equal(faults_init(&faults, &shipped->arena, 10, NULL), 0);
    assert_int_equal(
        doors_chain_run(&shipped->arena, &broken, NULL, &faults, &chain, &shipped->err),
        E_DOORS_FAULTS);
    assert_true(faults.total > 0);
    assert_int_equal(chain.n_diffs, 7);
    shipped->err = (struct ajar_err){0};
    scratch_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_judged_by_its_own_knowledge_and_none_later),
        cmocka_unit_test(the_finnish_door_closes_for_tourists_and_for_those_who_flee),
        cmocka_unit_test(comparisons_stand_where_an_entry_rule_changes),
        cmocka_unit_test(the_table_of_changes_gives_the_whole_table),
        cmocka_unit_test(every_group_and_every_state_has_a_row),
        cmocka_unit_test(marks_are_said_in_one_order),
        cmocka_unit_test(a_door_past_its_review_day_is_stale),
        cmocka_unit_test(a_scenario_without_doors_has_none),
        cmocka_unit_test(faults_of_the_doors_are_told),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
