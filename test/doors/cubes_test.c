/* Prime cubes and covers against their definitions, by trying every cube. */
#include "../base/sampled.h"
#include "table_random.h"

struct bench {
    struct arena arena, scratch;
    struct rng rng;
    struct shape shape;
    struct diagram *diagram;
    uint8_t table[TABLE_MOST];
    diagram_ref f;
};

/* Functions of few values; some random through and through, some made of cubes as doors are. */
static void bench_open(struct bench *bench, uint32_t stream, uint32_t round, uint32_t most_vars)
{
    bench->rng = rng_at(3, stream, round, 0);
    bench->shape = shape_random(&bench->rng, most_vars, 4);
    arena_init(&bench->arena, "a test", CEILING);
    arena_init(&bench->scratch, "a test's scratch", CEILING);
    uint32_t n_values = 2 + rng_below(&bench->rng, 2), n_cubes = rng_below(&bench->rng, 9);
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        bench->table[i] = n_cubes < 3 ? (uint8_t)rng_below(&bench->rng, n_values) : 0;
    }
    for (; n_cubes > 0; n_cubes--) {
        uint64_t mask[TABLE_VARS];
        uint8_t value = (uint8_t)rng_below(&bench->rng, n_values), vector[TABLE_VARS];
        for (size_t v = 0; v < bench->shape.n_vars; v++) {
            mask[v] = rng_below(&bench->rng, 3) == 0
                          ? 0xF
                          : mask_random(&bench->rng, bench->shape.classes[v]);
        }
        for (size_t i = 0; i < bench->shape.n_vectors; i++) {
            shape_vector(&bench->shape, i, vector);
            bench->table[i] = cube_holds(&bench->shape, mask, vector) ? value : bench->table[i];
        }
    }
    assert_int_equal(diagram_open(&bench->diagram, &bench->arena, bench->shape.n_vars,
                                  bench->shape.classes, NULL),
                     0);
    bench->f = table_diagram(bench->diagram, &bench->shape, bench->table);
}

static void bench_close(struct bench *bench)
{
    arena_free(&bench->arena);
    arena_free(&bench->scratch);
}

/* Whether every vector of the cube has the value, from the table alone. */
static bool cube_inside(const struct bench *bench, const uint64_t mask[], unsigned value)
{
    const struct shape *shape = &bench->shape;
    size_t at[TABLE_VARS + 1] = {0};
    uint8_t digit[TABLE_VARS] = {0};
    size_t v = 0;
    for (;;) {
        if (v == shape->n_vars) {
            if (bench->table[at[v]] != value) {
                return false;
            }
        } else {
            while (digit[v] < shape->classes[v] && (mask[v] >> digit[v] & 1) == 0) {
                digit[v]++;
            }
            if (digit[v] < shape->classes[v]) {
                at[v + 1] = at[v] * shape->classes[v] + digit[v]++;
                v++;
                if (v < shape->n_vars) {
                    digit[v] = 0;
                }
                continue;
            }
        }
        if (v-- == 0) {
            return true;
        }
    }
}

/* Inside, and not with any one class more.  (A larger cube inside would hold one that is larger by
 * a single class.) */
static bool cube_prime(const struct bench *bench, uint64_t mask[], unsigned value)
{
    if (!cube_inside(bench, mask, value)) {
        return false;
    }
    for (size_t v = 0; v < bench->shape.n_vars; v++) {
        for (unsigned c = 0; c < bench->shape.classes[v]; c++) {
            uint64_t bit = (uint64_t)1 << c;
            if ((mask[v] & bit) == 0) {
                mask[v] |= bit;
                bool inside = cube_inside(bench, mask, value);
                mask[v] &= ~bit;
                if (inside) {
                    return false;
                }
            }
        }
    }
    return true;
}

/* The next cube in the order of the masks; false past the last. */
static bool cube_next(const struct shape *shape, uint64_t mask[])
{
    for (size_t v = shape->n_vars; v-- > 0;) {
        if (++mask[v] < (uint64_t)1 << shape->classes[v]) {
            return true;
        }
        mask[v] = 1;
    }
    return false;
}

/* Every cube is tried in the order in which the primes are promised, so one merge finds both a
 * prime that is missing and a cube that is none. */
static void check_primes(struct bench *bench, unsigned value, size_t *n_seen)
{
    struct cubes primes;
    assert_int_equal(cubes_primes(&bench->arena, &bench->scratch, bench->diagram, bench->f, value,
                                  TABLE_MOST, &primes, NULL),
                     0);
    size_t n_vars = bench->shape.n_vars, next = 0;
    assert_int_equal(primes.n_vars, n_vars);
    uint64_t mask[TABLE_VARS] = {1, 1, 1, 1, 1, 1};
    do {
        if (cube_prime(bench, mask, value)) {
            assert_true(next < primes.n);
            if (n_vars > 0) {
                assert_memory_equal(&primes.mask[next * n_vars], mask, n_vars * sizeof *mask);
            }
            next++;
        }
    } while (cube_next(&bench->shape, mask));
    assert_int_equal(next, primes.n);
    *n_seen += next;
}

static void primes_are_all_by_definition(void **state)
{
    (void)state;
    static struct bench bench;
    size_t n_seen = 0;
    for (uint32_t round = 0; round < 3000; round += sampled(4)) {
        bench_open(&bench, 0, round, 3);
        for (unsigned value = 0; value < 4; value++) {
            check_primes(&bench, value, &n_seen);
        }
        bench_close(&bench);
    }
    assert_true(n_seen > 10000 / sampled(4));
}

static void primes_of_more_variables(void **state)
{
    (void)state;
    static struct bench bench;
    size_t n_seen = 0;
    for (uint32_t round = 0; round < 400; round += sampled(4)) {
        bench_open(&bench, 1, round, TABLE_VARS);
        size_t n_cubes = 1;
        for (size_t v = 0; v < bench.shape.n_vars; v++) {
            n_cubes *= ((size_t)1 << bench.shape.classes[v]) - 1;
        }
        if (n_cubes < 60000) {
            check_primes(&bench, rng_below(&bench.rng, 3), &n_seen);
        }
        bench_close(&bench);
    }
    assert_true(n_seen > 1000 / sampled(4));
}

static bool vector_covered(const struct bench *bench, const struct cubes *cover, size_t without,
                           const uint8_t vector[])
{
    for (size_t i = 0; i < cover->n; i++) {
        if (i != without && cube_holds(&bench->shape, &cover->mask[i * cover->n_vars], vector)) {
            return true;
        }
    }
    return false;
}

static void covers_are_primes_and_irredundant(void **state)
{
    (void)state;
    static struct bench bench;
    size_t fewer = 0;
    for (uint32_t round = 0; round < 1500; round += sampled(4)) {
        bench_open(&bench, 2, round, 5);
        unsigned value = rng_below(&bench.rng, 3);
        struct cubes cover, primes;
        assert_int_equal(cubes_cover(&bench.arena, &bench.scratch, bench.diagram, bench.f, value,
                                     TABLE_MOST, &cover, NULL),
                         0);
        assert_int_equal(cubes_primes(&bench.arena, &bench.scratch, bench.diagram, bench.f, value,
                                      TABLE_MOST, &primes, NULL),
                         0);
        fewer += cover.n < primes.n;
        bool needed[TABLE_MOST] = {false};
        for (size_t i = 0; i < bench.shape.n_vectors; i++) {
            uint8_t vector[TABLE_VARS];
            shape_vector(&bench.shape, i, vector);
            assert_int_equal(vector_covered(&bench, &cover, cover.n, vector),
                             bench.table[i] == value);
            for (size_t k = 0; bench.table[i] == value && k < cover.n; k++) {
                needed[k] |= !vector_covered(&bench, &cover, k, vector);
            }
        }
        for (size_t k = 0; k < cover.n; k++) {
            assert_true(needed[k]);
            assert_true(cube_prime(&bench, &cover.mask[k * cover.n_vars], value));
        }
        bench_close(&bench);
    }
    assert_true(fewer > 20);
}

/* The first cube of a cover is a largest prime, of equals the first. */
static void covers_begin_with_the_largest(void **state)
{
    (void)state;
    static struct bench bench;
    size_t checked = 0;
    for (uint32_t round = 0; round < 300; round += sampled(4)) {
        bench_open(&bench, 3, round, 3);
        struct cubes cover, primes;
        assert_int_equal(cubes_cover(&bench.arena, &bench.scratch, bench.diagram, bench.f, 1,
                                     TABLE_MOST, &cover, NULL),
                         0);
        assert_int_equal(cubes_primes(&bench.arena, &bench.scratch, bench.diagram, bench.f, 1,
                                      TABLE_MOST, &primes, NULL),
                         0);
        size_t best = 0, most = 0;
        for (size_t i = 0; i < primes.n; i++) {
            size_t size = 1;
            for (size_t v = 0; v < primes.n_vars; v++) {
                size *= (size_t)__builtin_popcountll(primes.mask[i * primes.n_vars + v]);
            }
            best = size > most ? i : best;
            most = size > most ? size : most;
        }
        /* A first pick that later ones make superfluous is left out, rightly. */
        if (cover.n > 0 && cover.n_vars > 0 && cover.n == primes.n) {
            assert_memory_equal(cover.mask, &primes.mask[best * primes.n_vars],
                                primes.n_vars * sizeof *cover.mask);
            checked++;
        }
        bench_close(&bench);
    }
    assert_true(checked > 50 / sampled(4));
}

/* n pairs x_i or y_i, all and-ed: 2^n primes.  The limit is met to the cube. */
static void limit_is_exact(void **state)
{
    (void)state;
    struct arena arena;
    struct ajar_err err;
    struct diagram *diagram;
    uint8_t classes[16];
    diagram_ref f = 1, a, b;
    struct cubes cubes = {.n = 77};
    arena_init(&arena, "a test", CEILING);
    memset(classes, 2, sizeof classes);
    assert_int_equal(diagram_open(&diagram, &arena, 16, classes, NULL), 0);
    for (size_t v = 0; v < 16; v += 2) {
        assert_int_equal(diagram_atom(diagram, v, 2, &a, NULL), 0);
        assert_int_equal(diagram_atom(diagram, v + 1, 2, &b, NULL), 0);
        assert_int_equal(diagram_choose(diagram, a, 1, b, &a, NULL), 0);
        assert_int_equal(diagram_choose(diagram, a, f, 0, &f, NULL), 0);
    }
    assert_int_equal(cubes_primes(&arena, &arena, diagram, f, 1, 255, &cubes, &err),
                     E_DOORS_TOO_LARGE);
    assert_int_equal(cubes_cover(&arena, &arena, diagram, f, 1, 255, &cubes, &err),
                     E_DOORS_TOO_LARGE);
    assert_int_equal(cubes_primes(&arena, &arena, diagram, 1, 1, 0, &cubes, &err),
                     E_DOORS_TOO_LARGE);
    assert_int_equal(cubes.n, 77);
    assert_int_equal(cubes_primes(&arena, &arena, diagram, f, 1, 256, &cubes, &err), 0);
    assert_int_equal(cubes.n, 256);
    assert_int_equal(cubes_primes(&arena, &arena, diagram, f, 0, 8, &cubes, &err), 0);
    assert_int_equal(cubes.n, 8);
    assert_int_equal(cubes_cover(&arena, &arena, diagram, f, 0, 8, &cubes, &err), 0);
    assert_int_equal(cubes.n, 8);
    arena_free(&arena);
}

/* A variable of 64 classes whose functions all differ: more meets than any limit. */
static void hostile_variable_ends_soon(void **state)
{
    (void)state;
    struct arena arena;
    struct ajar_err err;
    struct diagram *diagram;
    uint8_t classes[65];
    struct cubes cubes;
    arena_init(&arena, "a test", CEILING);
    memset(classes, 2, sizeof classes);
    classes[0] = 64;
    assert_int_equal(diagram_open(&diagram, &arena, 65, classes, NULL), 0);
    diagram_ref f = 1, at, no;
    for (size_t c = 0; c < 64; c++) {
        assert_int_equal(diagram_atom(diagram, 0, (uint64_t)1 << c, &at, NULL), 0);
        assert_int_equal(diagram_atom(diagram, c + 1, 1, &no, NULL), 0);
        assert_int_equal(diagram_choose(diagram, at, no, f, &f, NULL), 0);
    }
    assert_int_equal(cubes_primes(&arena, &arena, diagram, f, 1, SIZE_MAX, &cubes, &err),
                     E_DOORS_TOO_LARGE);
    assert_true(arena.used < (size_t)32 << 20);
    arena_free(&arena);
}

/* With less and less memory: an error and nothing else, until it is enough. */
static void memory_may_end(void **state)
{
    (void)state;
    static struct bench bench;
    size_t failed = 0;
    bench_open(&bench, 4, 7, 4);
    for (size_t i = 0; i < bench.shape.n_vectors; i++) {
        bench.table[i] = (uint8_t)rng_below(&bench.rng, 2);
    }
    bench.shape = (struct shape){.n_vars = 6, .n_vectors = 4096, .classes = {4, 4, 4, 4, 4, 4}};
    for (size_t i = 0; i < bench.shape.n_vectors; i++) {
        bench.table[i] = rng_below(&bench.rng, 4) != 0;
    }
    assert_int_equal(diagram_open(&bench.diagram, &bench.arena, 6, bench.shape.classes, NULL), 0);
    bench.f = table_diagram(bench.diagram, &bench.shape, bench.table);
    for (size_t ceiling = 1000;; ceiling += ceiling / 4) {
        struct cubes cubes = {.n = 77};
        arena_init(&bench.scratch, "a test's scratch", ceiling);
        int code = cubes_cover(&bench.arena, &bench.scratch, bench.diagram, bench.f, 1, 100000,
                               &cubes, NULL);
        arena_free(&bench.scratch);
        if (code == 0) {
            break;
        }
        assert_int_equal(cubes.n, 77);
        failed++;
    }
    assert_true(failed > 10);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(primes_are_all_by_definition),
        cmocka_unit_test(primes_of_more_variables),
        cmocka_unit_test(covers_are_primes_and_irredundant),
        cmocka_unit_test(covers_begin_with_the_largest),
        cmocka_unit_test(limit_is_exact),
        cmocka_unit_test(hostile_variable_ends_soon),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
