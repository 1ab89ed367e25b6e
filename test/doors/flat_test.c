/* People through a door, many at a time: against a walk of the forms, a person at a time, and
 * against the door's decision diagram. */
#include "flat_made.h"

enum { GUARD = 0xA5 };

static const uint8_t *const *columns(const struct people *people)
{
    return (const uint8_t *const *)people->column;
}

/* The answers of one way to ask, each with a guard behind it. */
struct answers {
    uint8_t *outcome;
    uint64_t *fired, *open, *not_open;
};

static struct answers answers_new(size_t n, size_t words)
{
    struct answers it = {malloc(n + 1), malloc((n * words + 1) * 8),
                         malloc(((n + 63) / 64 + 1) * 8), malloc(((n + 63) / 64 + 1) * 8)};
    memset(it.outcome, GUARD, n + 1);
    memset(it.fired, GUARD, (n * words + 1) * 8);
    memset(it.open, GUARD, ((n + 63) / 64 + 1) * 8);
    memset(it.not_open, GUARD, ((n + 63) / 64 + 1) * 8);
    return it;
}

static void answers_equal(const struct answers *a, const struct answers *b, size_t n, size_t words)
{
    assert_memory_equal(a->outcome, b->outcome, n + 1);
    assert_memory_equal(a->fired, b->fired, (n * words + 1) * 8);
    assert_memory_equal(a->open, b->open, ((n + 63) / 64 + 1) * 8);
    assert_memory_equal(a->not_open, b->not_open, ((n + 63) / 64 + 1) * 8);
}

static void answers_free(struct answers *it)
{
    free(it->outcome);
    free(it->fired);
    free(it->open);
    free(it->not_open);
}

static struct answers ask_walk(const struct made *it, const struct people *people)
{
    struct answers out = answers_new(people->n, flat_fired_words(it->flat));
    memset(out.open, 0, (people->n + 63) / 64 * 8);
    memset(out.not_open, 0, (people->n + 63) / 64 * 8);
    flat_walk(it->flat, &it->instance, people->n, columns(people), out.outcome, out.fired);
    for (size_t i = 0; i < people->n; i++) {
        out.open[i / 64] |= (uint64_t)(out.outcome[i] == 1 << OUTCOME_OPEN) << i % 64;
        out.not_open[i / 64] |= (uint64_t)(out.outcome[i] >> OUTCOME_OPEN & 1 ? 0 : 1) << i % 64;
    }
    return out;
}

static struct answers ask_flat(const struct made *it, enum flat_path path,
                               const struct people *people)
{
    struct answers out = answers_new(people->n, flat_fired_words(it->flat));
    flat_answer(it->flat, path, people->n, columns(people), out.outcome, out.fired);
    flat_decide(it->flat, path, people->n, columns(people), out.open, out.not_open);
    return out;
}

/* Nothing is known of people behind the last, up to the end of a vector. */
static void check_behind(const struct made *it, size_t n, const uint64_t *planes)
{
    size_t words = it->flat->words, in_block = n % (words * 64);
    size_t end = (in_block + 511) / 512 * 512;
    const uint64_t *block = planes + n / (words * 64) * words * flat_planes(it->flat);
    for (size_t p = 0; p < flat_planes(it->flat); p++) {
        for (size_t i = in_block; i < end; i++) {
            assert_int_equal(block[p * words + i / 64] >> i % 64 & 1, 0);
        }
    }
}

/* Packed once, then run: the same planes and answers on every path. */
static void check_packed(const struct made *it, const struct people *people,
                         const struct answers *expected)
{
    size_t words = flat_packed(it->flat, people->n), n_words = (people->n + 63) / 64;
    uint64_t *first = calloc(words + 1, 8);
    for (enum flat_path path = FLAT_PLAIN; path < FLAT_PATHS; path++) {
        uint64_t *planes = malloc((words + 1) * 8);
        struct answers got = answers_new(people->n, flat_fired_words(it->flat));
        memset(planes, GUARD, (words + 1) * 8);
        flat_pack(it->flat, path, people->n, columns(people), planes);
        flat_run(it->flat, path, people->n, planes, got.open, got.not_open);
        assert_memory_equal(got.open, expected->open, (n_words + 1) * 8);
        assert_memory_equal(got.not_open, expected->not_open, (n_words + 1) * 8);
        assert_int_equal(planes[words], UINT64_C(0x0101010101010101) * GUARD);
        check_behind(it, people->n, planes);
        if (path == FLAT_PLAIN) {
            memcpy(first, planes, words * 8);
        }
        assert_memory_equal(first, planes, words * 8);
        answers_free(&got);
        free(planes);
    }
    free(first);
}

static void check_paths(struct made *it, size_t n, uint32_t unknown)
{
    struct people people = people_random(it, n, unknown);
    struct answers expected = ask_walk(it, &people);
    for (enum flat_path path = FLAT_PLAIN; path < FLAT_PATHS; path++) {
        struct answers got = ask_flat(it, path, &people);
        answers_equal(&got, &expected, n, flat_fired_words(it->flat));
        answers_free(&got);
    }
    check_packed(it, &people, &expected);
    answers_free(&expected);
    people_free(&people);
}

static const size_t odd[] = {0, 1, 2, 7, 8, 63, 64, 65, 127, 128, 129, 511, 512, 513, 1000};

static void test_paths_agree_with_the_walk(void **state)
{
    (void)state;
    const struct size most = {VARS, ARMS, RULES, 20, 3};
    for (uint32_t round = 0; round < 3000; round++) {
        struct made it;
        make(&it, round, most);
        check_paths(&it, odd[round % 12], rng_below(&it.rng, 17));
        unmake(&it);
    }
}

static void test_many_people(void **state)
{
    (void)state;
    const struct size most = {VARS, ARMS, RULES, 64, 3};
    static const size_t many[] = {1000, 2049, 4095, 4096, 4097, 6200, 8192};
    for (uint32_t round = 0; round < 28; round++) {
        struct made it;
        make(&it, 10000 + round, most);
        check_paths(&it, many[round % 7], 4);
        unmake(&it);
    }
}

/* More conditions of a variable than a table holds, more rules than a word has bits, and more
 * planes than fit a block of full size. */
static void test_large_doors(void **state)
{
    (void)state;
    bool full = false, wide = false, halved = false, least = false;
    for (uint32_t round = 0; round < 40; round++) {
        struct made it;
        make(&it, 20000 + round,
             (struct size){round % 2 == 0 ? 3 : 120, ARMS, round % 2 == 0 ? 60 : 220, 64, 3});
        check_paths(&it, odd[round % 15], 3);
        for (size_t t = 0; t < it.flat->n_tables; t++) {
            full |= it.flat->tables[t].n_atoms == FLAT_ATOMS;
        }
        wide |= flat_fired_words(it.flat) > 1;
        halved |= it.flat->words == FLAT_WORDS / 2;
        least |= it.flat->words == FLAT_WORDS_LEAST;
        unmake(&it);
    }
    assert_true(full);
    assert_true(wide);
    assert_true(halved);
    assert_true(least);
}

/* With everything known there is one outcome, the walk's of instance.h. */
static void test_known_people(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 400; round++) {
        struct made it;
        make(&it, 30000 + round, (struct size){VARS, ARMS, RULES, 20, 3});
        struct people people = people_random(&it, 70, 0);
        struct answers got = ask_flat(&it, flat_best(), &people);
        for (size_t i = 0; i < people.n; i++) {
            uint8_t vector[DIAGRAM_VARS_MAX] = {0};
            for (size_t c = 0; c < people.n_columns; c++) {
                vector[flat_column_var(it.flat, c)] = people.column[c][i];
            }
            assert_int_equal(got.outcome[i], 1 << instance_walk(&it.instance, vector));
        }
        answers_free(&got);
        people_free(&people);
        unmake(&it);
    }
}

/* What completions give is among the outcomes; a rule that fires, fires for every completion. */
static void check_person(const struct made *it, const struct people *people,
                         const struct answers *got, size_t i, void *room)
{
    uint64_t mask[DIAGRAM_VARS_MAX];
    for (size_t v = 0; v < it->instance.n_vars; v++) {
        mask[v] = all_of(it->instance.vars[v].n_classes);
    }
    for (size_t c = 0; c < people->n_columns; c++) {
        uint32_t v = flat_column_var(it->flat, c);
        uint8_t code = people->column[c][i];
        mask[v] = code < it->instance.vars[v].n_classes ? (uint64_t)1 << code : mask[v];
    }
    uint64_t reach = diagram_reach(it->instance.diagram, it->instance.outcome, mask, room);
    assert_int_equal(reach & ~(uint64_t)got->outcome[i], 0);
    for (size_t r = 0; r < flat_rules(it->flat); r++) {
        struct flat_rule rule = flat_rule(it->flat, r);
        const struct arm *arm = &it->instance.arms[rule.arm];
        diagram_ref ref = rule.superior ? arm->superior_ref[rule.rule] : arm->fires[rule.rule];
        if (got->fired[i * flat_fired_words(it->flat) + r / 64] >> r % 64 & 1) {
            assert_int_equal(diagram_reach(it->instance.diagram, ref, mask, room), 2);
        }
    }
}

static void test_never_against_the_diagram(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 400; round++) {
        struct made it;
        make(&it, 40000 + round, (struct size){6, ARMS, 6, 6, 2});
        assert_int_equal(instance_diagram(&it.arena, &it.scratch, 1, &it.instance, NULL), 0);
        void *room = get(&it, 1, diagram_scratch(it.instance.diagram) + 1);
        struct people people = people_random(&it, 40, rng_below(&it.rng, 17));
        struct answers got = ask_flat(&it, flat_best(), &people);
        for (size_t i = 0; i < people.n; i++) {
            check_person(&it, &people, &got, i, room);
        }
        answers_free(&got);
        people_free(&people);
        unmake(&it);
    }
}

/* Columns on which OPEN does not depend are left alone, even where there are none. */
static void test_columns_that_do_not_decide(void **state)
{
    (void)state;
    size_t spared = 0;
    for (uint32_t round = 0; round < 200; round++) {
        struct made it;
        make(&it, 50000 + round, (struct size){VARS, 1, RULES, 20, 2});
        struct people people = people_random(&it, 65, 4);
        struct answers before = ask_flat(&it, flat_best(), &people);
        struct answers after = answers_new(people.n, 1);
        const uint8_t *some[DIAGRAM_VARS_MAX];
        for (size_t c = 0; c < people.n_columns; c++) {
            some[c] = flat_decides(it.flat, c) ? people.column[c] : NULL;
            spared += some[c] == NULL;
        }
        flat_decide(it.flat, flat_best(), people.n, some, after.open, after.not_open);
        assert_memory_equal(before.open, after.open, 3 * 8);
        assert_memory_equal(before.not_open, after.not_open, 3 * 8);
        answers_free(&before);
        answers_free(&after);
        people_free(&people);
        unmake(&it);
    }
    assert_true(spared > 20);
}

/* x or not x, of an unknown x, is unknown to Kleene's logic, though not to the diagram. */
static void test_kleene_stays_kleene(void **state)
{
    (void)state;
    struct made it = {.rng = rng_at(1, 0, 0, 0)};
    arena_init(&it.arena, "a test", ARENA);
    arena_init(&it.scratch, "a test's scratch", ARENA);
    struct var var = {.n_classes = 2};
    struct form atom = {.kind = FORM_ATOM, .mask = 2}, always = {.kind = FORM_TRUE};
    struct form no = {.kind = FORM_NOT, .n = 1, .kids = (struct form *[]){&atom}};
    struct form either = {.kind = FORM_OR, .n = 2, .kids = (struct form *[]){&atom, &no}};
    struct rule rule = {.effect = EFFECT_OPEN};
    struct version version = {.n_rules = 1, .rules = &rule, .otherwise = EFFECT_DISCRETION};
    const struct form *when = &either;
    uint32_t order = 0;
    struct arm arm = {
        .version = &version, .gate = &always, .scope = &always, .rules = &when, .order = &order};
    it.instance = (struct instance){.n_vars = 1, .vars = &var, .n_arms = 1, .arms = &arm};
    assert_int_equal(flat_compile(&it.arena, &it.scratch, &it.instance, &it.flat, NULL), 0);
    assert_int_equal(flat_columns(it.flat), 1);
    static const uint8_t codes[3] = {0, 1, FLAT_UNKNOWN};
    const uint8_t *column[1] = {codes};
    uint8_t outcome[3];
    uint64_t fired[3], open, not_open;
    flat_answer(it.flat, FLAT_PLAIN, 3, column, outcome, fired);
    flat_decide(it.flat, FLAT_PLAIN, 3, column, &open, &not_open);
    assert_int_equal(outcome[0], 1 << OUTCOME_OPEN);
    assert_int_equal(outcome[1], 1 << OUTCOME_OPEN);
    assert_int_equal(outcome[2], 1 << OUTCOME_OPEN | 1 << OUTCOME_DISCRETION);
    assert_int_equal(fired[0] | fired[1] << 1 | fired[2] << 2, 3);
    assert_int_equal(open, 3);
    assert_int_equal(not_open, 0);
    unmake(&it);
}

/* A door that needs more planes than there is room for is an error, not a crash. */
static void test_too_large(void **state)
{
    (void)state;
    struct made it = {.rng = rng_at(2, 0, 0, 0)};
    arena_init(&it.arena, "a test", ARENA);
    arena_init(&it.scratch, "a test's scratch", ARENA);
    it.instance.n_vars = DIAGRAM_VARS_MAX;
    it.instance.vars = get(&it, DIAGRAM_VARS_MAX, sizeof *it.instance.vars);
    for (size_t v = 0; v < DIAGRAM_VARS_MAX; v++) {
        it.instance.vars[v].n_classes = 64;
    }
    it.instance.n_arms = 1;
    it.instance.arms = get(&it, 1, sizeof *it.instance.arms);
    arm_random(&it, it.instance.arms, it.versions, 200, 4);
    struct flat *before = it.flat;
    struct ajar_err err;
    assert_int_equal(flat_compile(&it.arena, &it.scratch, &it.instance, &it.flat, &err),
                     E_DOORS_TOO_LARGE);
    assert_ptr_equal(it.flat, before);
    unmake(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths_agree_with_the_walk),
        cmocka_unit_test(test_many_people),
        cmocka_unit_test(test_large_doors),
        cmocka_unit_test(test_known_people),
        cmocka_unit_test(test_never_against_the_diagram),
        cmocka_unit_test(test_columns_that_do_not_decide),
        cmocka_unit_test(test_kleene_stays_kleene),
        cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
