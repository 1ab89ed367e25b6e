#include <string.h>

#include "doors_check.h"

#define TEST_SCRATCH_CEILING ((size_t)1 << 30)

/* What the parts share: each door's cases are one part and write only their own places. */
struct test_run {
    struct arena *arenas; /* [n_doors] */
    const struct rules *rules;
    const struct doors_cases *cases;
    const size_t *of_door, *first;  /* cases by door: of_door[first[d] .. first[d + 1] - 1] */
    struct doors_verdict *verdicts; /* [cases->n]; decisions are dropped */
    uint8_t **fired; /* [n_doors][version * RULES_RULES + rule]: bit 1 fires, bit 2 does not */
};

#define TEST_RULES 256 /* rules of a version, superior ones behind the others */

static void test_note(struct test_run *run, uint32_t door, const struct instance *instance,
                      const struct decision *decision)
{
    const struct version *versions = run->rules->doors[door].versions;
    for (size_t a = 0; a < instance->n_arms; a++) {
        const struct version *version = instance->arms[a].version;
        if (version == NULL) {
            continue;
        }
        uint8_t *seen = run->fired[door] + (size_t)(version - versions) * TEST_RULES;
        for (size_t r = 0; r < version->n_rules + version->n_superior && r < TEST_RULES; r++) {
            bool superior = r >= version->n_rules, fires = false, may = false;
            for (size_t i = 0; i < decision->n_fired; i++) {
                const struct fired *fired = &decision->fired[i];
                if (fired->arm == a && fired->superior == superior &&
                    fired->rule == (superior ? r - version->n_rules : r)) {
                    fires = fired->certain;
                    may = true;
                }
            }
            seen[r] |= fires ? 1 : may ? 0 : 2;
        }
    }
}

static int test_case(struct test_run *run, struct arena *scratch, uint32_t door, size_t which,
                     struct ajar_err *err)
{
    const struct doors_case *test = &run->cases->cases[which];
    struct doors_verdict *verdict = &run->verdicts[which];
    struct instance instance;
    TRY(instance_build(scratch, scratch, run->rules, door, test->on, test->as_known, &instance,
                       err));
    TRY(doors_case_run(scratch, scratch, &instance, test, verdict, err));
    test_note(run, door, &instance, &verdict->decision);
    if (verdict->differs != NULL) {
        TRY(text_copy(&run->arenas[door], text_of(verdict->differs), &verdict->differs, err));
    }
    return 0;
}

static int test_door(void *arg, size_t door, struct ajar_err *err)
{
    struct test_run *run = arg;
    for (size_t i = run->first[door]; i < run->first[door + 1]; i++) {
        struct arena scratch;
        arena_init(&scratch, "doors test", TEST_SCRATCH_CEILING);
        int code = test_case(run, &scratch, (uint32_t)door, run->of_door[i], err);
        arena_free(&scratch);
        TRY(code);
    }
    return 0;
}

/* Cases by door, in order. */
static int test_sort(struct arena *arena, size_t n_doors, const struct doors_cases *cases,
                     size_t **of_door, size_t **first, struct ajar_err *err)
{
    size_t *at;
    TRY_NEW(*of_door, arena, cases->n, err);
    TRY_NEW(*first, arena, n_doors + 1, err);
    TRY_NEW(at, arena, n_doors + 1, err);
    for (size_t i = 0; i < cases->n; i++) {
        (*first)[cases->cases[i].door + 1]++;
    }
    for (size_t d = 0; d < n_doors; d++) {
        (*first)[d + 1] += (*first)[d];
        at[d] = (*first)[d];
    }
    for (size_t i = 0; i < cases->n; i++) {
        (*of_door)[at[cases->cases[i].door]++] = i;
    }
    return 0;
}

static void test_untested(const struct rule *rule, uint8_t seen, struct doors_tested *tested,
                          struct faults *faults)
{
    struct ajar_err *fault;
    if (!rule->own) {
        return;
    }
    tested->n_rules++;
    if (seen == 3) {
        return;
    }
    tested->n_untested++;
    fault = faults_add(faults);
    err_at(fault, E_DOORS_UNTESTED, rule->at.file, rule->at.row, NULL, rule->id,
           (seen & 1) == 0 ? "no test lets this rule fire"
                           : "in every test of its version this rule fires");
    fault->at = rule->at.at;
}

static void test_cover(const struct test_run *run, struct doors_tested *tested,
                       struct faults *faults)
{
    for (size_t d = 0; d < run->rules->n_doors; d++) {
        const struct door *door = &run->rules->doors[d];
        for (size_t v = 0; v < door->n_versions; v++) {
            const struct version *version = &door->versions[v];
            const uint8_t *seen = run->fired[d] + v * TEST_RULES;
            for (size_t r = 0; r < version->n_rules && r < TEST_RULES; r++) {
                test_untested(&version->rules[r], seen[r], tested, faults);
            }
            for (size_t r = 0; r < version->n_superior && version->n_rules + r < TEST_RULES; r++) {
                test_untested(&version->superior[r], seen[version->n_rules + r], tested, faults);
            }
        }
    }
}

static int test_gather(struct arena *arena, const struct test_run *run, struct doors_tested *tested,
                       struct ajar_err *err)
{
    for (size_t i = 0; i < run->cases->n; i++) {
        tested->n_failed += !run->verdicts[i].passed;
    }
    TRY_NEW(tested->failed, arena, tested->n_failed, err);
    size_t at = 0;
    for (size_t i = 0; i < run->cases->n; i++) {
        struct doors_failure *failure = &tested->failed[at];
        if (run->verdicts[i].passed) {
            continue;
        }
        *failure = (struct doors_failure){.test = &run->cases->cases[i],
                                          .got = run->verdicts[i].decision.status};
        TRY(text_copy(arena, text_of(run->verdicts[i].differs), &failure->differs, err));
        at++;
    }
    return 0;
}

int doors_test(struct arena *arena, const struct doors_folder *folder,
               const struct doors_cases *cases, struct pool *pool, const struct watch *watch,
               struct doors_tested *out, struct faults *faults, struct ajar_err *err)
{
    const struct rules *rules = &folder->rules;
    struct test_run run = {.rules = rules, .cases = cases};
    struct doors_tested tested = {.n_rows = cases->n_rows, .n_cases = cases->n};
    size_t *of_door = NULL, *first = NULL;
    TRY(test_sort(arena, rules->n_doors, cases, &of_door, &first, err));
    run.of_door = of_door;
    run.first = first;
    TRY_NEW(run.verdicts, arena, cases->n, err);
    TRY_NEW(run.fired, arena, rules->n_doors, err);
    TRY_NEW(run.arenas, arena, rules->n_doors, err);
    for (size_t d = 0; d < rules->n_doors; d++) {
        arena_init(&run.arenas[d], "doors test", TEST_SCRATCH_CEILING);
        TRY_NEW(run.fired[d], arena, rules->doors[d].n_versions * TEST_RULES, err);
    }
    int code = pool_run(pool, rules->n_doors, test_door, &run, watch, "testing", err);
    code = code != 0 ? code : test_gather(arena, &run, &tested, err);
    for (size_t d = 0; d < rules->n_doors; d++) {
        arena_free(&run.arenas[d]);
    }
    TRY(code);
    test_cover(&run, &tested, faults);
    *out = tested;
    return 0;
}
