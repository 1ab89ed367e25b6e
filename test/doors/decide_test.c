/* One person at one door: the answer against every way to fill in what is unknown, and what is said
 * beside it. */
#include "rules_oracle.h"

#define ROUNDS      1500
#define COMPLETIONS 20000 /* cubes with more are left out */

/* Every vector of a cube, in turn; false past the last. */
static bool vector_next(const uint64_t mask[], size_t n, uint8_t vector[])
{
    for (size_t v = 0; v < n; v++) {
        uint64_t above = mask[v] & ~((UINT64_C(2) << vector[v]) - 1);
        if (above != 0) {
            vector[v] = (uint8_t)__builtin_ctzll(above);
            return true;
        }
        vector[v] = (uint8_t)__builtin_ctzll(mask[v]);
    }
    return false;
}

static void vector_first(const uint64_t mask[], size_t n, uint8_t vector[])
{
    for (size_t v = 0; v < n; v++) {
        vector[v] = (uint8_t)__builtin_ctzll(mask[v]);
    }
}

static double cube_size(const uint64_t mask[], size_t n)
{
    double size = 1;
    for (size_t v = 0; v < n; v++) {
        size *= __builtin_popcountll(mask[v]);
    }
    return size;
}

static bool depends(const struct instance *it, const uint8_t vector[], size_t v, uint64_t mask)
{
    uint8_t other[DIAGRAM_VARS_MAX];
    enum outcome here = instance_walk(it, vector);
    memcpy(other, vector, it->n_vars);
    for (; mask != 0; mask &= mask - 1) {
        other[v] = (uint8_t)__builtin_ctzll(mask);
        if (instance_walk(it, other) != here) {
            return true;
        }
    }
    return false;
}

/* Forms alone: gate, scope, `when`, overrides by recursion. */
static bool walk_fires(const struct arm *arm, const uint8_t vector[], size_t r)
{
    const struct version *version = arm->version;
    if (!form_holds(arm->gate, vector) || !form_holds(arm->scope, vector) ||
        !form_holds(arm->rules[r], vector)) {
        return false;
    }
    for (size_t by = 0; by < version->n_rules; by++) {
        bool over = version->rules[by].overrides_all && by != r;
        for (size_t i = 0; i < version->rules[by].n_overrides; i++) {
            over |= version->rules[by].overrides[i] == r;
        }
        if (over && walk_fires(arm, vector, by)) {
            return false;
        }
    }
    return true;
}

struct brute {
    uint32_t outcomes;
    bool depends[DIAGRAM_VARS_MAX];
    uint32_t fires[2][8], quiet[2][8]; /* by arm and rule: completions in which it does, does not */
};

static void brute_force(const struct instance *it, const uint64_t mask[], struct brute *out)
{
    uint8_t vector[DIAGRAM_VARS_MAX];
    memset(out, 0, sizeof *out);
    vector_first(mask, it->n_vars, vector);
    do {
        out->outcomes |= 1u << instance_walk(it, vector);
        for (size_t v = 0; v < it->n_vars; v++) {
            out->depends[v] = out->depends[v] || depends(it, vector, v, mask[v]);
        }
        for (size_t a = 0; a < it->n_arms; a++) {
            size_t n = it->arms[a].version == NULL ? 0 : it->arms[a].version->n_rules;
            for (size_t r = 0; r < n; r++) {
                (*(walk_fires(&it->arms[a], vector, r) ? &out->fires : &out->quiet))[a][r]++;
            }
        }
    } while (vector_next(mask, it->n_vars, vector));
}

static enum status status_of(uint32_t outcomes)
{
    switch (outcomes) {
    case 1u << OUTCOME_NO_RULE:
        return STATUS_NO_RULE;
    case 1u << OUTCOME_NOT_APPLICABLE:
        return STATUS_NOT_APPLICABLE;
    case 1u << OUTCOME_CLOSED:
        return STATUS_CLOSED;
    case 1u << OUTCOME_DISCRETION:
        return STATUS_DISCRETION;
    case 1u << OUTCOME_OPEN:
        return STATUS_OPEN;
    case 1u << OUTCOME_BARRED:
        return STATUS_BARRED;
    case 1u << OUTCOME_CONFLICT:
        return STATUS_CONFLICT;
    default:
        return STATUS_NEEDS_FACTS;
    }
}

static void check_fired(const struct instance *it, const struct brute *brute,
                        const struct decision *got)
{
    size_t n = 0;
    for (size_t i = 0; i < got->n_fired; i++) {
        const struct fired *fired = &got->fired[i];
        if (fired->superior) {
            continue;
        }
        uint32_t fires = brute->fires[fired->arm][fired->rule];
        uint32_t quiet = brute->quiet[fired->arm][fired->rule];
        assert_true(fires > 0);
        assert_int_equal(fired->certain, quiet == 0);
        n++;
    }
    for (size_t a = 0; a < it->n_arms; a++) {
        for (size_t r = 0; it->arms[a].version != NULL && r < it->arms[a].version->n_rules; r++) {
            n -= brute->fires[a][r] > 0;
        }
    }
    assert_int_equal(n, 0);
}

/* Open, or an official's to open, for some choice of what is unknown or can be changed. */
static bool brute_could_open(const struct instance *it, const uint64_t mask[])
{
    uint64_t free[DIAGRAM_VARS_MAX];
    uint8_t vector[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < it->n_vars; v++) {
        const struct var *var = &it->vars[v];
        bool fact = (var->kind == VAR_FACT || var->kind == VAR_HAS) &&
                    (var->fact == JOB || var->fact == VISA);
        free[v] = fact ? UINT64_MAX >> (64 - var->n_classes) : mask[v];
    }
    vector_first(free, it->n_vars, vector);
    do {
        enum outcome outcome = instance_walk(it, vector);
        if (outcome == OUTCOME_OPEN || outcome == OUTCOME_DISCRETION) {
            return true;
        }
    } while (vector_next(free, it->n_vars, vector));
    return false;
}

static bool check_person(struct made *made, const struct instance *it)
{
    struct person person = random_person(made, it->on, 3);
    const struct decide_options options = {.openings = true, .openings_most = 1000};
    uint64_t mask[DIAGRAM_VARS_MAX];
    uint8_t asked[DIAGRAM_VARS_MAX];
    struct decision got;
    static struct brute brute;
    struct ajar_err err = {0};
    assert_int_equal(instance_cube(&made->scratch, it, &person, mask, asked, NULL), 0);
    if (cube_size(mask, it->n_vars) > COMPLETIONS) {
        return false;
    }
    if (decide(&made->arena, &made->scratch, it, &person, &options, &got, &err) != 0) {
        fail_msg("%s", err.text);
    }
    brute_force(it, mask, &brute);
    assert_int_equal(got.outcomes, brute.outcomes);
    enum status want = status_of(brute.outcomes);
    if (want == STATUS_CLOSED && brute_could_open(it, mask)) {
        want = STATUS_CLOSED_ACTIONABLE;
        assert_true(got.n_openings > 0);
    }
    assert_true(want != STATUS_CLOSED || got.n_openings == 0);
    assert_int_equal(got.status, want);
    check_fired(it, &brute, &got);
    size_t missing = 0;
    for (uint32_t v = 0; v < it->n_vars; v++) {
        if (brute.depends[v]) {
            assert_true(missing < got.n_missing);
            assert_int_equal(got.missing[missing++], v);
            assert_int_not_equal(asked[v], 0);
        }
    }
    assert_int_equal(got.n_missing, missing);
    return true;
}

static void brute_test(void **state)
{
    (void)state;
    size_t checked = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made made;
        made_open(&made, round);
        struct version *base = made_version(&made, "v", "2022-01-01", "2022-01-01");
        random_version(&made, base, ATOMS_RANDOM);
        if (round % 3 == 0) {
            struct version *air = made_version(&made, "w", NULL, "2022-02-01");
            random_version(&made, air, ATOMS_RANDOM);
            air->by_crossing = true;
            air->n_starts = 1;
            air->crossing[0] = word(&made, "AIR");
            air->start_at[0] = at("2022-09-19");
            base->ends->to = at("2022-09-25");
            base->n_ends = round % 2;
        }
        struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
        for (int i = 0; i < 4; i++) {
            checked += check_person(&made, &it);
        }
        made_close(&made);
    }
    assert_true(checked > ROUNDS * 2);
}

static void conflict_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule_in(&made, version->superior, &version->n_superior, "higher", EFFECT_OPEN,
                 "humanitarian = yes");
    made_rule(&made, version, "shut", EFFECT_CLOSED, "kin = NONE");
    made_rule(&made, version, "maybe", EFFECT_DISCRETION, "kin = SPOUSE");
    made_rule(&made, version, "bar", EFFECT_BAR, "kin = CHILD");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    static const struct {
        const char *kin, *humanitarian;
        enum status status;
    } rows[] = {{"NONE", "yes", STATUS_CONFLICT},     {"NONE", "no", STATUS_CLOSED},
                {"PARENT", "yes", STATUS_CONFLICT},   {"PARENT", "no", STATUS_CLOSED},
                {"SPOUSE", "yes", STATUS_DISCRETION}, {"CHILD", "yes", STATUS_BARRED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        state_literal(&made, person.values, KIN, rows[i].kin);
        state_literal(&made, person.values, HUMANITARIAN, rows[i].humanitarian);
        struct decision got = decided(&made, &it, &person);
        assert_int_equal(got.status, rows[i].status);
        if (i == 0) {
            assert_int_equal(got.n_fired, 2);
            assert_true(got.fired[0].decides && got.fired[1].decides && got.fired[1].superior);
        }
    }
    made_close(&made);
}

static void beside_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    made.rules.doors[0].review_by = day("2022-12-31");
    made.rules.doors[0].counterfactual = true;
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    struct rule *open = made_rule(&made, version, "a", EFFECT_OPEN, "job = yes and kin = SPOUSE");
    struct rule *maybe = made_rule(&made, version, "b", EFFECT_DISCRETION, "job = yes");
    open->mark = 'K';
    open->contested = TEXT_LIT("read in two ways");
    maybe->transcription = TRANSCRIPTION_PARTIAL;
    version->n_practice = 4;
    const struct practice rows[] = {
        {{"f", 1, 0}, day("2022-09-26"), day("2022-12-01"), .when = made_expr(&made, "kin = NONE")},
        {{"f", 2, 0},
         day("2022-09-26"),
         day("2022-12-01"),
         .when = made_expr(&made, "visa = NONE")},
        {{"f", 3, 0}, day("2022-09-26"), DATE_NONE, .when = NULL},
        {{"f", 3, 0}, day("2022-09-26"), DATE_NONE, .when = NULL}};
    memcpy(version->practice, rows, sizeof rows);
    struct person person = made_person(&made);
    state_literal(&made, person.values, JOB, "yes");
    state_literal(&made, person.values, KIN, "SPOUSE");
    person.values[JOB].evidence = EVIDENCE_VERIFIED;
    person.values[KIN].evidence = EVIDENCE_DOCUMENTED;
    struct instance it = made_instance(&made, "2022-10-05", "2022-12-31");
    struct decision got = decided(&made, &it, &person);
    assert_int_equal(got.status, STATUS_OPEN);
    assert_true(got.contested && got.unverified && !got.partial && !got.unread);
    assert_true(!got.stale && got.counterfactual);
    assert_int_equal(got.n_fired, 2);
    assert_int_equal(got.fired[0].evidence, EVIDENCE_DOCUMENTED);
    assert_int_equal(got.fired[1].evidence, EVIDENCE_VERIFIED);
    assert_true(got.fired[0].decides && !got.fired[1].decides);
    assert_int_equal(got.n_practice, 2); /* the visa is not known; the third stands twice */
    assert_int_equal(got.practice[0]->at.row, 2);
    assert_int_equal(got.practice[1]->at.row, 3);
    state_literal(&made, person.values, KIN, "NONE");
    version->transcription = TRANSCRIPTION_UNREAD;
    it = made_instance(&made, "2022-12-01", "2023-01-01");
    got = decided(&made, &it, &person);
    assert_int_equal(got.status, STATUS_DISCRETION);
    assert_true(!got.contested && !got.unverified && got.partial && got.unread && got.stale);
    assert_int_equal(got.n_practice, 1);
    made_close(&made);
}

/* A closed door that a person can open by an act says so, and a shut one does not. */
static void actionable_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "job = yes and kin = SPOUSE");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    const struct decide_options plain = {0};
    struct decision got;
    state_literal(&made, person.values, JOB, "no");
    state_literal(&made, person.values, KIN, "SPOUSE");
    assert_int_equal(decide(&made.arena, &made.scratch, &it, &person, &plain, &got, NULL), 0);
    assert_int_equal(got.status, STATUS_CLOSED_ACTIONABLE);
    assert_int_equal(got.n_openings, 0);
    assert_int_equal(decided(&made, &it, &person).n_openings, 1);
    state_literal(&made, person.values, KIN, "NONE");
    assert_int_equal(decided(&made, &it, &person).status, STATUS_CLOSED);
    made_rule(&made, version, "b", EFFECT_DISCRETION, "visa != NONE");
    state_literal(&made, person.values, VISA, "NONE");
    it = made_instance(&made, "2022-10-05", "2022-10-05");
    got = decided(&made, &it, &person);
    assert_int_equal(got.status, STATUS_CLOSED_ACTIONABLE);
    assert_int_equal(got.n_openings, 1);
    assert_true(got.openings[0].discretion);
    made_close(&made);
}

static void contradiction_test(void **state)
{
    (void)state;
    struct made made;
    made_open(&made, 0);
    struct version *version = made_version(&made, "v", "2022-01-01", "2022-01-01");
    made_rule(&made, version, "a", EFFECT_OPEN, "age >= 18");
    struct instance it = made_instance(&made, "2022-10-05", "2022-10-05");
    struct person person = made_person(&made);
    const struct decide_options plain = {0};
    struct decision got = {.n_fired = 77};
    state_number(person.values, AGE, 30);
    state_number(person.values, BIRTH, day("1990-01-01"));
    assert_int_equal(decide(&made.arena, &made.scratch, &it, &person, &plain, &got, NULL),
                     E_DOORS_FACTS_CONTRADICT);
    assert_int_equal(got.n_fired, 77);
    made_close(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brute_test),         cmocka_unit_test(conflict_test),
        cmocka_unit_test(beside_test),        cmocka_unit_test(actionable_test),
        cmocka_unit_test(contradiction_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
