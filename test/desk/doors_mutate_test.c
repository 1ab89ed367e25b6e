#include "doors_made.h"

#include <stdio.h>

#include "../base/scratch.h"
#include "doors_check.h"
#include "file.h"

#define EXAMPLE "docs/door"

/* The example of the docs with its tests, or less of them. */
struct check {
    struct arena arena;
    struct doors_folder folder;
    struct doors_cases cases;
    struct faults faults, findings;
    struct ajar_err err;
};

static void open_arena(struct check *it)
{
    *it = (struct check){0};
    arena_init(&it->arena, "a test", MADE_CEILING);
    assert_int_equal(faults_init(&it->faults, &it->arena, MADE_FAULTS, NULL), 0);
    assert_int_equal(faults_init(&it->findings, &it->arena, MADE_FAULTS, NULL), 0);
}

static void read_cases(struct check *it)
{
    if (doors_cases_read(&it->arena, &it->folder, &it->cases, &it->faults, &it->err) != 0) {
        fail_msg("%s", it->faults.at[0].text);
    }
}

/* Without the rows whose name is `but`, and with `more`. */
static void open_example(struct check *it, const char *but, const char *more)
{
    struct buf buf;
    const char *copy;
    open_arena(it);
    assert_int_equal(doors_folder_read(&it->arena, EXAMPLE, &it->folder, &it->faults, &it->err), 0);
    assert_int_equal(it->folder.n_tests, 1);
    buf_init(&buf, 1 << 20);
    for (struct text rest = it->folder.tests[0].bytes; rest.n > 0;) {
        struct text line = text_split(rest, '\n', &rest), tail;
        struct text name = text_split(line, ',', &tail);
        if (but == NULL || !text_is(name, but)) {
            buf_text(&buf, line);
            buf_char(&buf, '\n');
        }
    }
    buf_str(&buf, more == NULL ? "" : more);
    assert_int_equal(text_copy(&it->arena, buf_view(&buf), &copy, NULL), 0);
    it->folder.tests[0].bytes = text_of(copy);
    buf_free(&buf);
    read_cases(it);
}

static void end(struct check *it)
{
    arena_free(&it->arena);
}

static struct doors_mutation mutated(struct check *it, unsigned threads)
{
    struct doors_mutation mutation;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, threads, NULL), 0);
    int code = doors_mutate(&it->arena, &it->folder, &it->cases, pool, NULL, &mutation, &it->err);
    pool_close(pool);
    if (code != 0) {
        fail_msg("%s", it->err.text);
    }
    return mutation;
}

static size_t survivors(const struct doors_mutation *mutation)
{
    size_t n = 0;
    for (size_t i = 0; i < mutation->n; i++) {
        n += mutation->mutants[i].fate == MUTANT_SURVIVED;
    }
    return n;
}

static bool survives(const struct doors_mutation *mutation, enum mutant_kind kind, const char *was)
{
    for (size_t i = 0; i < mutation->n; i++) {
        const struct doors_mutant *mutant = &mutation->mutants[i];
        if (mutant->kind == kind && text_is(mutant->was, was)) {
            return mutant->fate == MUTANT_SURVIVED;
        }
    }
    fail_msg("there is no such slip: %s", was);
    return false;
}

static void the_tests_of_the_example_notice_every_slip(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, NULL, NULL);
    struct doors_mutation mutation = mutated(&it, 1);
    size_t sum = 0;
    assert_int_equal(survivors(&mutation), 0);
    assert_true(mutation.n >= 8);
    for (int kind = 0; kind < MUTANT_KINDS; kind++) {
        for (int fate = 0; fate < 3; fate++) {
            sum += mutation.counts[kind][fate];
        }
    }
    assert_int_equal(sum, mutation.n);
    for (size_t i = 0; i < mutation.n; i++) {
        const struct doors_mutant *mutant = &mutation.mutants[i];
        assert_int_equal(mutant->killer != NULL, mutant->fate == MUTANT_KILLED);
        if (mutant->killer != NULL) {
            assert_int_equal(mutant->before, mutant->killer->expect);
        }
        assert_true(mutant->at.row > 0);
    }
    end(&it);
}

struct missing {
    const char *rows[2]; /* of the tests, taken out */
    enum mutant_kind kind;
    const char *was; /* the slip that nobody notices then */
};

/* Read off the rows: these alone tell the slip.  With the amount unknown, savings decide whether the door
 * is open, and 2,000 is what opens it. */
static const struct missing missing[] = {
    {{"one_cent_short", "money_unknown"}, MUTANT_DROP_TERM, "savings >= param(example, savings)"},
    {{"invited", "money_unknown"}, MUTANT_FLIP, "savings >= param(example, savings)"},
    {{"not_invited", NULL}, MUTANT_DROP_TERM, "invitation = yes"},
};

/* Takes the case out, whose row others may be like. */
static void take_out(struct check *it, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < it->cases.n; i++) {
        if (!text_is(it->cases.cases[i].name, name)) {
            it->cases.cases[n++] = it->cases.cases[i];
        }
    }
    assert_int_equal(n, it->cases.n - 1);
    it->cases.n = n;
}

static void missing_tests_leave_their_slip_unnoticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        struct check it;
        open_example(&it, NULL, NULL);
        for (size_t r = 0; r < 2 && missing[i].rows[r] != NULL; r++) {
            struct doors_mutation before = mutated(&it, 1);
            assert_false(survives(&before, missing[i].kind, missing[i].was));
            take_out(&it, missing[i].rows[r]);
        }
        struct doors_mutation after = mutated(&it, 1);
        if (!survives(&after, missing[i].kind, missing[i].was)) {
            fail_msg("without %s somebody still notices \"%s\"", missing[i].rows[0],
                     missing[i].was);
        }
        end(&it);
    }
}

static void without_tests_only_what_changes_nothing_is_no_survivor(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, NULL, NULL);
    it.cases.n = 0;
    struct doors_mutation mutation = mutated(&it, 1);
    assert_int_equal(survivors(&mutation), mutation.n);
    end(&it);
}

static void same_bytes(struct text a, struct text b)
{
    assert_true(text_eq(a, b));
}

static void threads_change_no_fate(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, "one_cent_short", NULL);
    struct doors_mutation one = mutated(&it, 1), three = mutated(&it, 3);
    assert_int_equal(one.n, three.n);
    assert_memory_equal(one.counts, three.counts, sizeof one.counts);
    for (size_t i = 0; i < one.n; i++) {
        const struct doors_mutant *a = &one.mutants[i], *b = &three.mutants[i];
        assert_int_equal(a->kind, b->kind);
        assert_int_equal(a->fate, b->fate);
        assert_int_equal(a->version, b->version);
        assert_int_equal(a->rule, b->rule);
        assert_int_equal(a->superior, b->superior);
        assert_ptr_equal(a->killer, b->killer);
        assert_int_equal(a->after, b->after);
        same_bytes(a->was, b->was);
        same_bytes(a->is, b->is);
    }
    end(&it);
}

static bool never(void *arg)
{
    (void)arg;
    return true;
}

static void who_asks_to_stop_is_obeyed(void **state)
{
    (void)state;
    struct check it;
    struct doors_mutation mutation = {.n = 77};
    struct doors_tested tested = {.n_cases = 77};
    struct prove_count count = {.states = 77};
    struct watch watch = {.cancelled = never};
    open_example(&it, NULL, NULL);
    assert_int_equal(
        doors_mutate(&it.arena, &it.folder, &it.cases, NULL, &watch, &mutation, &it.err),
        E_CANCELLED);
    assert_int_equal(
        doors_test(&it.arena, &it.folder, &it.cases, NULL, &watch, &tested, &it.findings, &it.err),
        E_CANCELLED);
    assert_int_equal(doors_prove(&it.folder, NULL, &watch, &count, &it.findings, &it.err),
                     E_CANCELLED);
    assert_int_equal(mutation.n + tested.n_cases + count.states, 3 * 77);
    assert_int_equal(it.findings.total, 0);
    end(&it);
}

/* ---- tests ---- */

static struct doors_tested tested(struct check *it, unsigned threads)
{
    struct doors_tested out;
    struct pool *pool;
    assert_int_equal(pool_open(&pool, threads, NULL), 0);
    assert_int_equal(faults_init(&it->findings, &it->arena, MADE_FAULTS, NULL), 0);
    int code =
        doors_test(&it->arena, &it->folder, &it->cases, pool, NULL, &out, &it->findings, &it->err);
    pool_close(pool);
    if (code != 0) {
        fail_msg("%s", it->err.text);
    }
    return out;
}

static void the_example_passes_its_tests(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, NULL, NULL);
    struct doors_tested out = tested(&it, 1);
    assert_int_equal(out.n_rows, it.cases.n_rows);
    assert_int_equal(out.n_cases, it.cases.n);
    assert_int_equal(out.n_failed, 0);
    assert_int_equal(out.n_rules, 2);
    assert_int_equal(out.n_untested, 0);
    assert_int_equal(it.findings.total, 0);
    end(&it);
}

static void a_rule_needs_a_test_in_which_it_fires_and_one_in_which_not(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, NULL, NULL);
    size_t n = it.cases.n;
    it.cases.n = 3; /* before, other_state, invited: 1a and 1b fire, and do not for another state */
    struct doors_tested out = tested(&it, 2);
    assert_int_equal(out.n_untested, 0);
    it.cases.n = 1; /* another version */
    out = tested(&it, 2);
    assert_int_equal(out.n_untested, 2);
    assert_int_equal(it.findings.total, 2);
    assert_string_equal(it.findings.at[0].slug, "doors.rule.untested");
    assert_non_null(strstr(it.findings.at[0].text, "no test lets this rule fire"));
    it.cases.cases[0] = it.cases.cases[2];
    out = tested(&it, 2);
    assert_int_equal(out.n_untested, 2);
    assert_non_null(strstr(it.findings.at[1].text, "in every test"));
    it.cases.n = n;
    end(&it);
}

static void cases_that_fail_are_listed_in_order(void **state)
{
    (void)state;
    struct check it;
    open_example(&it, NULL,
                 "wrong_b,2022-06-01,,example.entry,invited,invitation=no|yes,no,CLOSED_ACTIONABLE,"
                 ",,,,x,\nwrong_c,2022-06-01,,example.entry,invited,,no,OPEN,,!1a,,,x,\n");
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct doors_tested out = tested(&it, threads);
        assert_int_equal(out.n_failed, 2);
        assert_true(text_is(out.failed[0].test->name, "wrong_b/yes"));
        assert_int_equal(out.failed[0].got, STATUS_OPEN);
        assert_string_equal(out.failed[0].differs, "the status is OPEN, not CLOSED_ACTIONABLE");
        assert_true(text_is(out.failed[1].test->name, "wrong_c"));
        assert_string_equal(out.failed[1].differs, "rule 1a fires");
    }
    end(&it);
}

static void law_above_the_act_is_named_as_such(void **state)
{
    (void)state;
    static const char *const door =
        "door: fi.entry\ncountry: FIN\nkind: entry\n" MADE_ACT
        "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
        "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY "  superior_law:\n"
        "  - {id: free, effect: OPEN, when: visa = D_FIN" MADE_SAY;
    struct made made;
    struct doors_mutation mutation;
    struct doors_cases none = {0};
    size_t superior = 0;
    made_open(&made);
    made_door(&made, door);
    made_read(&made);
    assert_int_equal(
        doors_mutate(&made.arena, &made.folder, &none, NULL, NULL, &mutation, &made.err), 0);
    for (size_t i = 0; i < mutation.n; i++) {
        const struct doors_mutant *mutant = &mutation.mutants[i];
        bool above = text_is(mutant->was, "free") || text_is(mutant->was, "visa = D_FIN");
        assert_int_equal(mutant->superior, above);
        superior += above;
    }
    assert_true(superior >= 2);
    made_end(&made);
}

/* ---- proofs ---- */

static void what_is_proven_is_summed_over_the_doors(void **state)
{
    (void)state;
    static const char *const doors[] = {
        "door: a\ncountry: FIN\nkind: entry\n" MADE_ACT
        "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n" MADE_LAW
        "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY
        "  - {id: shadow, effect: CLOSED, when: \"kin = SPOUSE and visa = D_FIN\"" MADE_SAY,
        "door: b\ncountry: FIN\nkind: entry\n" MADE_ACT
        "- id: one\n  from: 2022-01-01\n  known: 2022-01-01\n  to: 2022-02-01\n" MADE_LAW
        "  - {id: kin, effect: OPEN, when: kin = SPOUSE" MADE_SAY
        "- id: two\n  from: 2022-02-03\n  known: 2022-01-01\n" MADE_LAW
        "  - {id: kin, effect: OPEN, when: \"kin = SPOUSE and kin in {SPOUSE, CHILD}\"" MADE_SAY,
    };
    struct made made;
    struct prove_count count[3];
    struct faults findings[3];
    made_open(&made);
    made_door(&made, doors[0]);
    made_door(&made, doors[1]);
    made_read(&made);
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct pool *pool;
        assert_int_equal(pool_open(&pool, threads, NULL), 0);
        assert_int_equal(faults_init(&findings[threads - 1], &made.arena, MADE_FAULTS, NULL), 0);
        assert_int_equal(doors_prove(&made.folder, pool, NULL, &count[threads - 1],
                                     &findings[threads - 1], &made.err),
                         0);
        pool_close(pool);
    }
    assert_int_equal(count[0].rules, 4);
    assert_true(count[0].states >= 3);
    assert_true(count[0].vectors > 0);
    assert_true(findings[0].total >= 3);
    bool conflict = false, gap = false, redundant = false;
    for (size_t i = 0; i < findings[0].kept; i++) {
        conflict = conflict || findings[0].at[i].code == E_DOORS_CONFLICT;
        gap = gap || findings[0].at[i].code == E_DOORS_GAP;
        redundant = redundant || findings[0].at[i].code == E_DOORS_REDUNDANT;
    }
    assert_true(conflict && gap && redundant);
    for (int t = 1; t < 3; t++) {
        assert_int_equal(count[t].states, count[0].states);
        assert_int_equal(findings[t].total, findings[0].total);
        for (size_t i = 0; i < findings[0].kept; i++) {
            assert_memory_equal(&findings[t].at[i], &findings[0].at[i], sizeof *findings[0].at);
        }
    }
    made_end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tests_of_the_example_notice_every_slip),
        cmocka_unit_test(missing_tests_leave_their_slip_unnoticed),
        cmocka_unit_test(without_tests_only_what_changes_nothing_is_no_survivor),
        cmocka_unit_test(threads_change_no_fate),
        cmocka_unit_test(who_asks_to_stop_is_obeyed),
        cmocka_unit_test(the_example_passes_its_tests),
        cmocka_unit_test(a_rule_needs_a_test_in_which_it_fires_and_one_in_which_not),
        cmocka_unit_test(cases_that_fail_are_listed_in_order),
        cmocka_unit_test(law_above_the_act_is_named_as_such),
        cmocka_unit_test(what_is_proven_is_summed_over_the_doors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
