/* Slips: a list worked out by hand, trees that still parse, and equivalence against everybody. */
#include "../base/sampled.h"
#include "crowd.h"

#include "mutant.h"

#define ROUNDS 250

struct wanted {
    enum mutant_kind kind;
    uint32_t at, end;
    const char *was, *is;
};

static const char text[] = "(visa in {C_FIN, C_list(SCHENGEN)} or not job = yes) and "
                           "salary >= 58,400 and age_on(2022-09-21 + 1m) < 18 and expires > on";

static const struct wanted list[] = {
    {MUTANT_DROP_RULE, 0, 0, "r", ""},
    {MUTANT_DROP_TERM, 2, 52, "visa in {C_FIN, C_list(SCHENGEN)} or not job = yes", ""},
    {MUTANT_DROP_BRANCH, 2, 35, "visa in {C_FIN, C_list(SCHENGEN)}", ""},
    {MUTANT_DROP_MEMBER, 11, 16, "C_FIN", ""},
    {MUTANT_DROP_MEMBER, 18, 34, "C_list(SCHENGEN)", ""},
    {MUTANT_FLIP, 2, 35, "visa in {C_FIN, C_list(SCHENGEN)}",
     "visa not in {C_FIN, C_list(SCHENGEN)}"},
    {MUTANT_DROP_BRANCH, 39, 52, "not job = yes", ""},
    {MUTANT_FLIP, 43, 52, "job = yes", "job != yes"},
    {MUTANT_DROP_TERM, 58, 74, "salary >= 58,400", ""},
    {MUTANT_FLIP, 58, 74, "salary >= 58,400", "salary > 58,400"},
    {MUTANT_SHIFT, 58, 74, "salary >= 58,400", "salary >= 58399.99"},
    {MUTANT_SHIFT, 58, 74, "salary >= 58,400", "salary >= 58400.01"},
    {MUTANT_DROP_TERM, 79, 107, "age_on(2022-09-21 + 1m) < 18", ""},
    {MUTANT_FLIP, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-21 + 1m) <= 18"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-20 + 1m) < 18"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-21) < 18"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-21 + 1m) < 17"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-22 + 1m) < 18"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-21 + 2m) < 18"},
    {MUTANT_SHIFT, 79, 107, "age_on(2022-09-21 + 1m) < 18", "age_on(2022-09-21 + 1m) < 19"},
    {MUTANT_DROP_TERM, 112, 124, "expires > on", ""},
    {MUTANT_FLIP, 112, 124, "expires > on", "expires >= on"},
    {MUTANT_SHIFT, 112, 124, "expires > on", "expires > on - 1d"},
    {MUTANT_SHIFT, 112, 124, "expires > on", "expires > on + 1d"},
    {MUTANT_DROP_RULE, 0, 0, "s", ""},
    {MUTANT_FLIP, 1, 20, "citizenship has FIN", "not citizenship has FIN"},
    {MUTANT_SHIFT, 1, 23, "count >= 1 (child: job = yes)", "count >= 2 (child: job = yes)"},
    {MUTANT_FLIP, 20, 29, "job = yes", "job != yes"},
};

static void check_text(struct text got, const char *want)
{
    if (!text_is(got, want)) {
        fail_msg("'%.*s', not '%s'", (int)got.n, got.at, want);
    }
}

static struct mutant *mutants(struct made *it, uint32_t version, size_t *n)
{
    struct mutant *out = NULL;
    struct ajar_err err = {0};
    assert_int_equal(mutants_of(&it->arena, &it->rules, 0, version, n, &out, &err), 0);
    return out;
}

static void slips_are_all(void **state)
{
    struct made it;
    size_t n, n_want = sizeof list / sizeof *list;
    (void)state;
    made_open(&it, 0);
    struct version *version = made_version(&it, "one", "2022-01-01", "2022-01-01");
    made_rule(&it, version, "r", EFFECT_OPEN, text)->own = true;
    made_rule(&it, version, "taken_over", EFFECT_OPEN, "job = yes");
    made_rule_in(&it, version->superior, &version->n_superior, "s", EFFECT_OPEN,
                 "citizenship has FIN")
        ->own = true;
    version->scope = made_expr(&it, "count >= 1 (child: job = yes)");
    struct mutant *got = mutants(&it, 0, &n);
    assert_int_equal(n, n_want);
    for (size_t i = 0; i < n; i++) {
        const struct mutant *mutant = &got[i];
        bool scope = i >= n_want - 2, superior = i >= n_want - 4 && !scope;
        assert_int_equal(mutant->kind, list[i].kind);
        check_text(mutant->was, list[i].was);
        check_text(mutant->is, list[i].is);
        assert_int_equal(mutant->rule, scope ? RULES_NONE : 0);
        assert_int_equal(mutant->superior, superior);
        assert_int_equal(mutant->at, list[i].at);
        assert_int_equal(mutant->end, scope && list[i].kind == MUTANT_SHIFT ? 30 : list[i].end);
        assert_true((mutant->source == NULL) == (mutant->kind == MUTANT_DROP_RULE));
    }
    made_close(&it);
}

/* Rules that override others keep doing so when one of the others is gone. */
static void overrides_follow(void **state)
{
    struct made it;
    size_t n;
    (void)state;
    made_open(&it, 0);
    struct version *version = made_version(&it, "one", "2022-01-01", "2022-01-01");
    made_rule(&it, version, "a", EFFECT_OPEN, "job = yes")->own = true;
    made_rule(&it, version, "b", EFFECT_OPEN, "job = yes");
    struct rule *c = made_rule(&it, version, "c", EFFECT_BAR, "job = no");
    c->overrides[c->n_overrides++] = 1;
    c->overrides[c->n_overrides++] = 0;
    struct mutant *got = mutants(&it, 0, &n);
    assert_int_equal(n, 2);
    const struct version *made = &got[0].made;
    assert_int_equal(made->n_rules, 2);
    check_text(made->rules[0].id, "b");
    assert_int_equal(made->rules[1].n_overrides, 1);
    assert_int_equal(made->rules[1].overrides[0], 0);
    assert_int_equal(version->n_rules, 3);
    assert_int_equal(version->rules[2].n_overrides, 2);
    made_close(&it);
}

static size_t slips_in(const struct expr *expr)
{
    bool series = expr->kind == EXPR_AND || expr->kind == EXPR_OR;
    size_t n = series ? expr->n : 0;
    if (expr->kind == EXPR_IN || expr->kind == EXPR_HAS) {
        return 1 + (expr->braces && expr->n_items > 1 ? expr->n_items : 0);
    }
    for (size_t i = 0; i < expr->n; i++) {
        n += slips_in(expr->kids[i]);
    }
    return n;
}

/* No `and` within an `and`, no `or` within an `or`, none of one side. */
static void check_shape(const struct expr *expr)
{
    bool series = expr->kind == EXPR_AND || expr->kind == EXPR_OR;
    assert_true(!series || expr->n > 1);
    for (size_t i = 0; (series || expr->kind == EXPR_NOT) && i < expr->n; i++) {
        assert_true(!series || expr->kids[i]->kind != expr->kind);
        check_shape(expr->kids[i]);
    }
}

/* The made condition reads back as itself, and reads otherwise than the original. */
static void check_reads(struct made *it, const struct mutant *mutant, const struct version *of)
{
    struct buf made, back, old;
    const struct expr *when = mutant->rule == RULES_NONE ? mutant->made.scope
                              : mutant->superior         ? mutant->made.superior[mutant->rule].when
                                                         : mutant->made.rules[mutant->rule].when;
    const struct expr *was = mutant->rule == RULES_NONE ? of->scope
                             : mutant->superior         ? of->superior[mutant->rule].when
                                                        : of->rules[mutant->rule].when;
    struct buf *bufs[] = {&made, &back, &old};
    for (size_t i = 0; i < 3; i++) {
        buf_init(bufs[i], 1 << 16);
    }
    check_shape(when);
    expr_print(&made, when);
    buf_char(&made, '\0');
    expr_print(&back, row_expr(it, 1, made.at));
    expr_print(&old, was);
    assert_true(text_eq((struct text){made.at, made.n - 1}, buf_view(&back)));
    assert_false(text_eq(buf_view(&old), buf_view(&back)));
    for (size_t i = 0; i < 3; i++) {
        buf_free(bufs[i]);
    }
}

static enum outcome outcome_of(struct bits *fires, const struct version *version, size_t person,
                               bool scope, bool superior)
{
    static const enum outcome of_effect[] = {OUTCOME_CLOSED, OUTCOME_DISCRETION, OUTCOME_OPEN,
                                             OUTCOME_BARRED};
    int best = -1;
    bool closed = false;
    for (size_t r = 0; r < version->n_rules; r++) {
        int effect = (int)version->rules[r].effect;
        if (fires[r].at[person / 64] >> (person % 64) & 1) {
            best = effect > best ? effect : best;
            closed |= effect == EFFECT_CLOSED;
        }
    }
    enum outcome out = of_effect[best < 0 ? (int)version->otherwise : best];
    bool conflict = (out == OUTCOME_CLOSED && superior) || (best == EFFECT_OPEN && closed);
    return !scope ? OUTCOME_NOT_APPLICABLE : conflict ? OUTCOME_CONFLICT : out;
}

/* For each person: the outcome, and which rules fire, those above the act included. */
struct answers {
    struct bits fires[8], superior[4], scope;
};

static void answers_of(const struct version *version, date_days on, struct answers *out)
{
    out->scope = crowd_scope(version, on);
    for (size_t r = 0; r < version->n_rules; r++) {
        out->fires[r] = crowd_fires(version, r, on);
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        out->superior[s] = crowd_holds(version->superior[s].when, on, NULL);
        out->superior[s] = bits_and(&out->superior[s], &out->scope);
    }
}

static bool bit(const struct bits *bits, size_t i)
{
    return bits->at[i / 64] >> (i % 64) & 1;
}

/* The gone rule fires for nobody, the others for the same people. */
static bool same_rules(const struct bits before[], size_t n, const struct bits after[],
                       uint32_t gone)
{
    static const struct bits none;
    for (size_t r = 0; r < n; r++) {
        const struct bits *other = r == gone ? &none : &after[r - (r > gone)];
        if (memcmp(&before[r], other, sizeof *other) != 0) {
            return false;
        }
    }
    return true;
}

static bool equal_on(const struct version *before, const struct mutant *mutant, date_days on)
{
    static struct answers a, b;
    const struct version *after = &mutant->made;
    uint32_t gone = mutant->kind == MUTANT_DROP_RULE ? mutant->rule : RULES_NONE;
    answers_of(before, on, &a);
    answers_of(after, on, &b);
    if (!same_rules(a.fires, before->n_rules, b.fires, mutant->superior ? RULES_NONE : gone) ||
        !same_rules(a.superior, before->n_superior, b.superior,
                    mutant->superior ? gone : RULES_NONE)) {
        return false;
    }
    for (size_t p = 0; p < CROWD; p++) {
        bool above_a = before->n_superior > 0 && bit(&a.superior[0], p);
        bool above_b = after->n_superior > 0 && bit(&b.superior[0], p);
        if (outcome_of(a.fires, before, p, bit(&a.scope, p), above_a) !=
            outcome_of(b.fires, after, p, bit(&b.scope, p), above_b)) {
            return false;
        }
    }
    return true;
}

static bool equal_always(const struct version *before, const struct mutant *mutant)
{
    const char *const days[] = {"2022-09-01", "2022-11-01", "2022-12-01", "2023-02-01"};
    for (size_t d = 0; d < 4; d++) {
        if (!equal_on(before, mutant, day(days[d]))) {
            return false;
        }
    }
    return true;
}

static bool equivalent(struct made *it, const struct mutant *mutant)
{
    struct arena scratch;
    struct ajar_err err = {0};
    bool out = false;
    arena_init(&scratch, "a test's scratch", MADE_CEILING);
    if (mutant_is_equivalent(&scratch, &it->rules, mutant, &out, &err) != 0) {
        fail_msg("%s", err.text);
    }
    arena_free(&scratch);
    return out;
}

static void equivalence_is_everybodys(void **state)
{
    size_t counts[2] = {0};
    (void)state;
    crowd_open();
    for (uint32_t round = 0; round < ROUNDS; round += sampled(3)) {
        struct made it;
        size_t n, want = 0;
        made_open(&it, round);
        struct version *version = made_version(&it, "one", "2022-09-01", "2022-08-01");
        crowd_version(&it, version, 1);
        struct mutant *got = mutants(&it, 0, &n);
        for (size_t r = 0; r < version->n_rules; r++) {
            want += 1 + slips_in(version->rules[r].when);
        }
        for (size_t s = 0; s < version->n_superior; s++) {
            want += 1 + slips_in(version->superior[s].when);
        }
        want += version->scope == NULL ? 0 : slips_in(version->scope);
        assert_int_equal(n, want);
        for (size_t i = 0; i < n; i++) {
            bool equal = equal_always(version, &got[i]);
            if (got[i].kind != MUTANT_DROP_RULE) {
                check_reads(&it, &got[i], version);
            }
            assert_int_equal(equivalent(&it, &got[i]), equal);
            counts[equal]++;
        }
        made_close(&it);
    }
    crowd_close();
    assert_true(counts[0] > 1000 / sampled(3) && counts[1] > 300 / sampled(3));
}

/* A slip that shows on one day of the year only; one that shows on none; one of the scope that is the
 * door's and stands once. */
static void days_are_watched(void **state)
{
    struct made it;
    size_t n, equal = 0;
    (void)state;
    made_open(&it, 0);
    struct version *version = made_version(&it, "one", "2022-01-01", "2022-01-01");
    version->scope = made_expr(&it, "job = yes");
    made_rule(&it, version, "r", EFFECT_OPEN, "expires > on + 1m and expires < 2022-09-21")->own =
        true;
    made_end(version, "2022-08-21", "2022-01-01");
    struct mutant *got = mutants(&it, 0, &n);
    for (size_t i = 0; i < n; i++) {
        if (equivalent(&it, &got[i])) {
            fail_msg("'%.*s' for '%.*s'", (int)got[i].is.n, got[i].is.at, (int)got[i].was.n,
                     got[i].was.at);
        }
    }
    /* On the last day nobody is left between the two: to drop the rule or to narrow it is the same. */
    version->start_at[0] = at("2022-08-20");
    got = mutants(&it, 0, &n);
    for (size_t i = 0; i < n; i++) {
        equal += equivalent(&it, &got[i]);
    }
    assert_int_equal(equal, 3);
    struct version *next = made_version(&it, "two", "2022-08-21", "2022-08-21");
    next->scope = version->scope;
    mutants(&it, 1, &n);
    assert_int_equal(n, 0);
    made_close(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_all),
        cmocka_unit_test(overrides_follow),
        cmocka_unit_test(equivalence_is_everybodys),
        cmocka_unit_test(days_are_watched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
