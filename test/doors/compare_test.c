/* Comparisons against every class vector and against random people; both ways round; words. */
#include "../base/sampled.h"
#include "rules_oracle.h"

#include "compare.h"

#define ROUNDS  2000
#define VECTORS 2000 /* rounds with more are left out */
#define STILL   25   /* of atoms_random: those that do not move with the day */
#define BEFORE  "2022-11-15"
#define AFTER   "2023-01-10"

struct vectors {
    size_t n, n_vars;
    uint8_t at[VECTORS][DIAGRAM_VARS_MAX];
    enum outcome before[VECTORS], after[VECTORS];
};

static struct vectors all; /* too large for a stack */

static bool vectors_list(const struct comparison *of)
{
    const struct instance *it = &of->before;
    all.n = 1;
    all.n_vars = it->n_vars;
    for (size_t v = 0; v < it->n_vars; v++) {
        all.n *= it->vars[v].n_classes;
        if (all.n > VECTORS) {
            return false;
        }
    }
    for (size_t i = 0; i < all.n; i++) {
        size_t left = i;
        for (size_t v = it->n_vars; v-- > 0;) {
            all.at[i][v] = (uint8_t)(left % it->vars[v].n_classes);
            left /= it->vars[v].n_classes;
        }
        all.before[i] = instance_walk(&of->before, all.at[i]);
        all.after[i] = instance_walk(&of->after, all.at[i]);
    }
    return true;
}

static bool in_cube(const uint64_t mask[], const uint8_t vector[], size_t n_vars, size_t spared)
{
    for (size_t v = 0; v < n_vars; v++) {
        if (v != spared && (mask[v] >> vector[v] & 1) == 0) {
            return false;
        }
    }
    return true;
}

static int rank_of(enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_OPEN:
        return 5;
    case OUTCOME_DISCRETION:
        return 4;
    case OUTCOME_CONFLICT:
        return 3;
    case OUTCOME_CLOSED:
        return 2;
    case OUTCOME_BARRED:
        return 1;
    default:
        return 0;
    }
}

/* Whether somebody of these two answers may be in the cube though they do not go so: they keep the
 * better answer, or have a still better one where the better one was. */
static bool spared(const struct change *change, enum outcome before, enum outcome after)
{
    int x = rank_of(change->before), y = rank_of(change->after);
    enum outcome better = x > y ? change->before : change->after;
    if (x == 0 || y == 0) {
        return false;
    }
    return (before == better && after == better) ||
           rank_of(x > y ? before : after) > rank_of(better);
}

static bool goes_so(const struct change *change, size_t vector)
{
    return all.before[vector] == change->before && all.after[vector] == change->after;
}

static bool in_change(const struct change *change, const uint8_t vector[], size_t n_vars)
{
    return in_cube(change->mask, vector, n_vars, SIZE_MAX);
}

static void check_covers(const struct comparison *of)
{
    double changed = 0;
    for (size_t i = 0; i < all.n; i++) {
        size_t holds = 0;
        for (size_t c = 0; c < of->n; c++) {
            if (in_change(&of->changes[c], all.at[i], all.n_vars)) {
                bool so = goes_so(&of->changes[c], i);
                assert_true(so || spared(&of->changes[c], all.before[i], all.after[i]));
                holds += so;
            }
        }
        assert_int_equal(holds > 0, all.before[i] != all.after[i]);
        changed += all.before[i] != all.after[i];
    }
    assert_near(of->vectors, (double)all.n, 0);
    assert_near(of->changed, changed, 0);
}

static bool same_ground(const struct change *a, const struct change *b)
{
    return a->before == b->before && a->after == b->after && a->rule == b->rule;
}

/* Of one ground no cube is superfluous, and each tells of as many as it says. */
static void check_needed(const struct comparison *of, size_t c)
{
    const struct change *change = &of->changes[c];
    bool needed = false;
    double vectors = 0;
    for (size_t i = 0; i < all.n; i++) {
        bool alone = in_change(change, all.at[i], all.n_vars) && goes_so(change, i);
        vectors += alone;
        for (size_t o = 0; alone && o < of->n; o++) {
            alone = o == c || !same_ground(change, &of->changes[o]) ||
                    !in_change(&of->changes[o], all.at[i], all.n_vars);
        }
        needed |= alone;
    }
    assert_true(needed);
    assert_true(change->vectors > 0 && change->vectors <= vectors);
}

/* What all have in common whom the rules concern on both sides. */
static void check_common(const struct comparison *of)
{
    uint64_t met[DIAGRAM_VARS_MAX] = {0};
    for (size_t i = 0; i < all.n; i++) {
        bool concerned =
            all.before[i] != OUTCOME_NOT_APPLICABLE && all.after[i] != OUTCOME_NOT_APPLICABLE;
        for (size_t v = 0; concerned && v < all.n_vars; v++) {
            met[v] |= (uint64_t)1 << all.at[i][v];
        }
    }
    assert_memory_equal(met, of->common, all.n_vars * sizeof *met);
}

static void check_order(const struct comparison *of)
{
    for (size_t c = 1; c < of->n; c++) {
        const struct change *a = &of->changes[c - 1], *b = &of->changes[c];
        bool same = same_ground(a, b);
        assert_true(a->before <= b->before);
        assert_true(a->before < b->before || a->after <= b->after);
        assert_true(!same || a->vectors >= b->vectors);
    }
}

static struct comparison compared(struct made *it, const char *before, const char *after)
{
    struct comparison out;
    struct ajar_err err = {0};
    if (compare_doors(&it->arena, &it->scratch, &it->rules, 0, at(before), day(before), 0,
                      at(after), day(after), &out, &err) != 0) {
        fail_msg("%s", err.text);
    }
    return out;
}

static void check_other_way(struct made *it, const struct comparison *of)
{
    struct comparison back = compared(it, AFTER, BEFORE);
    assert_int_equal(back.n, of->n);
    assert_int_equal(back.before.n_vars, of->before.n_vars);
    for (size_t c = 0; c < of->n; c++) {
        size_t found = 0;
        for (size_t o = 0; o < back.n; o++) {
            found += back.changes[o].before == of->changes[c].after &&
                     back.changes[o].after == of->changes[c].before &&
                     back.changes[o].rule == of->changes[c].rule &&
                     memcmp(back.changes[o].mask, of->changes[c].mask,
                            of->before.n_vars * sizeof(uint64_t)) == 0;
        }
        assert_int_equal(found, 1);
    }
}

static enum outcome oracle_on(struct made *it, const struct person *person, const char *on,
                              const struct version *version)
{
    struct asked_of of = {it, person->values, person, day(on)};
    return oracle_version(&of, version);
}

/* People, not classes: what the rules say of them on both days. */
static void check_people(struct made *it, const struct comparison *of,
                         const struct version versions[2])
{
    for (size_t i = 0; i < 12; i++) {
        struct person person = random_person(it, day(BEFORE), 0);
        uint64_t mask[DIAGRAM_VARS_MAX];
        uint8_t asked[DIAGRAM_VARS_MAX], vector[DIAGRAM_VARS_MAX];
        enum outcome before = oracle_on(it, &person, BEFORE, &versions[0]),
                     after = oracle_on(it, &person, AFTER, &versions[1]);
        bool found = false;
        assert_int_equal(instance_cube(&it->scratch, &of->before, &person, mask, asked, NULL), 0);
        for (size_t v = 0; v < of->before.n_vars; v++) {
            assert_int_equal(__builtin_popcountll(mask[v]), 1);
            vector[v] = (uint8_t)__builtin_ctzll(mask[v]);
        }
        for (size_t c = 0; c < of->n; c++) {
            const struct change *change = &of->changes[c];
            if (in_change(change, vector, of->before.n_vars)) {
                bool so = change->before == before && change->after == after;
                assert_true(so || spared(change, before, after));
                found |= so;
            }
        }
        assert_int_equal(found, before != after);
    }
}

static void changes_are_all_and_only(void **state)
{
    size_t rounds = 0, changes = 0, grounds = 0;
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round += sampled(4)) {
        struct made it;
        made_open(&it, round);
        it.rules.doors[0].versions = made_new(&it, 2, sizeof(struct version));
        random_version(&it, made_version(&it, "one", "2022-01-01", "2022-01-01"), STILL);
        random_version(&it, made_version(&it, "two", "2022-12-01", "2022-11-20"), STILL);
        struct comparison of = compared(&it, BEFORE, AFTER);
        if (vectors_list(&of)) {
            check_covers(&of);
            check_order(&of);
            check_common(&of);
            for (size_t c = 0; c < of.n; c++) {
                check_needed(&of, c);
                grounds += of.changes[c].rule != NULL;
            }
            rounds++;
            changes += of.n;
        }
        check_other_way(&it, &of);
        check_people(&it, &of, it.rules.doors[0].versions);
        made_close(&it);
    }
    assert_true(rounds > ROUNDS / 2 / sampled(4) && changes > rounds && grounds > 100 / sampled(4));
}

static void check_said(const struct comparison *of, size_t c, enum outcome before,
                       enum outcome after, const char *words)
{
    struct buf buf;
    assert_true(c < of->n);
    buf_init(&buf, 1 << 16);
    compare_say(&buf, of, &of->changes[c]);
    buf_char(&buf, '\0');
    assert_int_equal(buf_ok(&buf, NULL), 0);
    assert_int_equal(of->changes[c].before, before);
    assert_int_equal(of->changes[c].after, after);
    assert_string_equal(buf.at, words);
    buf_free(&buf);
}

static void changes_are_said(void **state)
{
    struct made it;
    (void)state;
    made_open(&it, 0);
    struct version *one = made_version(&it, "one", "2022-01-01", "2022-01-01");
    made_rule(&it, one, "a", EFFECT_OPEN, "job = yes");
    made_rule(&it, one, "b", EFFECT_DISCRETION, "humanitarian = yes");
    struct version *two = made_version(&it, "two", "2022-12-01", "2022-11-20");
    two->scope = made_expr(&it, "crossing != AIR");
    made_rule(&it, two, "a", EFFECT_OPEN, "job = yes and salary >= 58,400 and age >= 18");
    made_rule(&it, two, "b", EFFECT_DISCRETION, "humanitarian = yes");
    struct comparison of = compared(&it, BEFORE, AFTER);
    assert_int_equal(of.n, 7);
    check_said(&of, 0, OUTCOME_CLOSED, OUTCOME_NOT_APPLICABLE,
               "job = no; humanitarian = no; crossing = AIR");
    check_said(&of, 1, OUTCOME_DISCRETION, OUTCOME_NOT_APPLICABLE,
               "job = no; humanitarian = yes; crossing = AIR");
    check_said(&of, 2, OUTCOME_OPEN, OUTCOME_NOT_APPLICABLE, "job = yes; crossing = AIR");
    check_said(&of, 3, OUTCOME_OPEN, OUTCOME_CLOSED,
               "job = yes; humanitarian = no; salary < 58,400 or salary = "
               "NONE");
    check_said(&of, 4, OUTCOME_OPEN, OUTCOME_CLOSED,
               "job = yes; humanitarian = no; birth_date >= 2005-01-11");
    check_said(&of, 5, OUTCOME_OPEN, OUTCOME_DISCRETION,
               "job = yes; humanitarian = yes; salary < 58,400 or salary = "
               "NONE");
    check_said(&of, 6, OUTCOME_OPEN, OUTCOME_DISCRETION,
               "job = yes; humanitarian = yes; birth_date >= 2005-01-11");
    made_close(&it);
}

static void grounds_are_said(void **state)
{
    struct made it;
    (void)state;
    made_open(&it, 0);
    struct version *one = made_version(&it, "one", "2022-01-01", "2022-01-01");
    made_rule(&it, one, "a", EFFECT_OPEN, "visa in {C_*}");
    struct version *two = made_version(&it, "two", "2022-12-01", "2022-11-20");
    made_rule(&it, two, "a", EFFECT_OPEN, "visa in {C_*} and kin in {SPOUSE, CHILD} and job = yes");
    made_rule(&it, two, "b", EFFECT_OPEN, "visa in {C_*} and crossing = AIR and years >= 3");
    made_rule(&it, two, "c", EFFECT_OPEN, "visa in {C_*} and humanitarian = yes and years >= 3");
    made_rule(&it, two, "d", EFFECT_OPEN, "visa in {C_*} and citizenship has ISR");
    made_rule(&it, two, "e", EFFECT_OPEN, "visa = C_ESP and salary >= 58,400");
    struct comparison of = compared(&it, BEFORE, AFTER);
    /* Other grounds are left open: b to e keep some of them in. */
    assert_int_equal(of.n, 2);
    check_said(&of, 0, OUTCOME_OPEN, OUTCOME_CLOSED, "visa in {C_*}; kin in {NONE, PARENT}");
    check_said(&of, 1, OUTCOME_OPEN, OUTCOME_CLOSED, "visa in {C_*}; job = no");
    assert_true(of.changes[0].rule == &it.rules.doors[0].versions[0].rules[0]);
    made_close(&it);
}

/* Two doors, and a door with the time before it. */
static void doors_are_compared(void **state)
{
    struct made it;
    struct comparison of;
    (void)state;
    made_open(&it, 0);
    it.rules.n_doors = 2;
    struct version *one = made_version(&it, "one", "2022-01-01", "2022-01-01");
    made_rule(&it, one, "a", EFFECT_OPEN, "job = yes");
    it.rules.doors[1] = it.rules.doors[0];
    it.rules.doors[1].id = TEXT_LIT("what if");
    it.rules.doors[1].versions = made_new(&it, 1, sizeof(struct version));
    it.rules.doors[1].versions[0] = *one;
    it.rules.doors[1].versions[0].n_rules = 0;
    moment on = at(BEFORE);
    assert_int_equal(compare_doors(&it.arena, &it.scratch, &it.rules, 0, on, day(BEFORE), 1, on,
                                   day(BEFORE), &of, NULL),
                     0);
    assert_int_equal(of.n, 1);
    assert_int_equal(of.before.door, 0);
    assert_int_equal(of.after.door, 1);
    check_said(&of, 0, OUTCOME_OPEN, OUTCOME_CLOSED, "job = yes");
    assert_int_equal(compare_doors(&it.arena, &it.scratch, &it.rules, 0, on, day("2021-12-31"), 0,
                                   on, day(BEFORE), &of, NULL),
                     0);
    assert_int_equal(of.n, 2);
    check_said(&of, 0, OUTCOME_NO_RULE, OUTCOME_CLOSED, "job = no");
    check_said(&of, 1, OUTCOME_NO_RULE, OUTCOME_OPEN, "job = yes");
    assert_int_equal(compare_doors(&it.arena, &it.scratch, &it.rules, 0, on, day("2021-12-31"), 1,
                                   on, day("2021-12-31"), &of, NULL),
                     0);
    assert_int_equal(of.n, 0);
    made_close(&it);
}

static void memory_runs_out(void **state)
{
    size_t failed = 0;
    struct made it;
    (void)state;
    made_open(&it, 5);
    random_version(&it, made_version(&it, "one", "2022-01-01", "2022-01-01"), STILL);
    random_version(&it, made_version(&it, "two", "2022-12-01", "2022-11-20"), STILL);
    for (size_t ceiling = 1000; ceiling < 8000000; ceiling = ceiling * 4 / 3) {
        struct arena scratch;
        struct comparison of = {.n = 77};
        struct ajar_err err = {0};
        arena_init(&scratch, "a test's scratch", ceiling);
        int code = compare_doors(&it.arena, &scratch, &it.rules, 0, at(BEFORE), day(BEFORE), 0,
                                 at(AFTER), day(AFTER), &of, &err);
        assert_true(code == 0 || (code == E_CEILING && of.n == 77));
        failed += code != 0;
        arena_free(&scratch);
    }
    assert_true(failed > 3);
    made_close(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_are_all_and_only), cmocka_unit_test(changes_are_said),
        cmocka_unit_test(grounds_are_said),         cmocka_unit_test(doors_are_compared),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
