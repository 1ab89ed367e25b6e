/* Diagrams against plain tables: every operation, canonical form, ceilings, failures of memory. */
#include "table_random.h"

#define POOL 40

struct pool_item {
    diagram_ref ref;
    uint8_t table[TABLE_MOST];
};

struct bench {
    struct arena arena;
    struct rng rng;
    struct shape shape;
    struct diagram *diagram;
    size_t n;
    struct pool_item items[POOL];
};

static void bench_open(struct bench *bench, uint32_t round)
{
    bench->n = 0;
    bench->rng = rng_at(1, 0, round, 0);
    bench->shape = shape_random(&bench->rng, TABLE_VARS, 4);
    arena_init(&bench->arena, "a test", CEILING);
    assert_int_equal(diagram_open(&bench->diagram, &bench->arena, bench->shape.n_vars,
                                  bench->shape.classes, NULL),
                     0);
}

static struct pool_item *bench_item(struct bench *bench)
{
    return &bench->items[bench->n];
}

static void add_terminal(struct bench *bench, uint8_t value)
{
    struct pool_item *item = bench_item(bench);
    item->ref = value;
    memset(item->table, value, sizeof item->table);
    bench->n++;
}

static void add_atom(struct bench *bench)
{
    if (bench->shape.n_vars == 0) {
        add_terminal(bench, 1);
        return;
    }
    struct pool_item *item = bench_item(bench);
    size_t var = rng_below(&bench->rng, (uint32_t)bench->shape.n_vars);
    uint64_t mask = rng_u64(&bench->rng);
    assert_int_equal(diagram_atom(bench->diagram, var, mask, &item->ref, NULL), 0);
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        uint8_t vector[TABLE_VARS];
        shape_vector(&bench->shape, i, vector);
        item->table[i] = mask >> vector[var] & 1;
    }
    bench->n++;
}

static const struct pool_item *any_item(struct bench *bench)
{
    return &bench->items[rng_below(&bench->rng, (uint32_t)bench->n)];
}

static void add_values(struct bench *bench)
{
    struct pool_item *item = bench_item(bench);
    const struct pool_item *f = any_item(bench);
    uint64_t values = rng_u64(&bench->rng);
    assert_int_equal(diagram_values(bench->diagram, f->ref, values, &item->ref, NULL), 0);
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        item->table[i] = values >> f->table[i] & 1;
    }
    bench->n++;
}

static void add_choose(struct bench *bench)
{
    add_values(bench);
    const struct pool_item *condition = &bench->items[bench->n - 1], *then = any_item(bench),
                           *otherwise = any_item(bench);
    struct pool_item *item = bench_item(bench);
    assert_int_equal(
        diagram_choose(bench->diagram, condition->ref, then->ref, otherwise->ref, &item->ref, NULL),
        0);
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        item->table[i] = condition->table[i] ? then->table[i] : otherwise->table[i];
    }
    bench->n++;
}

static void add_pair(struct bench *bench)
{
    static uint8_t table[4096];
    uint32_t most = 1 + rng_below(&bench->rng, 63);
    for (size_t i = 0; i < 4096; i++) {
        table[i] = (uint8_t)rng_below(&bench->rng, most);
    }
    const struct pool_item *f = any_item(bench), *g = any_item(bench);
    struct pool_item *item = bench_item(bench);
    assert_int_equal(diagram_pair(bench->diagram, f->ref, g->ref, table, &item->ref, NULL), 0);
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        item->table[i] = table[f->table[i] * 64 + g->table[i]];
    }
    bench->n++;
}

static void fill(struct bench *bench)
{
    add_terminal(bench, 0);
    add_terminal(bench, 63);
    while (bench->n + 2 <= POOL) {
        uint32_t what = bench->n < 8 ? 0 : rng_below(&bench->rng, 6);
        if (what < 2) {
            add_atom(bench);
        } else if (what == 2) {
            add_values(bench);
        } else if (what == 3) {
            add_pair(bench);
        } else {
            add_choose(bench);
        }
    }
}

/* Follows the table's vectors through diagram_reach with cubes of one vector. */
static void check_vectors(struct bench *bench, const struct pool_item *item, uint64_t *scratch)
{
    for (size_t i = 0; i < bench->shape.n_vectors; i++) {
        uint8_t vector[TABLE_VARS];
        uint64_t mask[TABLE_VARS];
        shape_vector(&bench->shape, i, vector);
        for (size_t v = 0; v < bench->shape.n_vars; v++) {
            mask[v] = (uint64_t)1 << vector[v];
        }
        assert_true(diagram_reach(bench->diagram, item->ref, mask, scratch) ==
                    (uint64_t)1 << item->table[i]);
    }
}

static void check_reach(struct bench *bench, const struct pool_item *item, uint64_t *scratch)
{
    for (int round = 0; round < 6; round++) {
        uint64_t mask[TABLE_VARS], reach = 0;
        for (size_t v = 0; v < bench->shape.n_vars; v++) {
            mask[v] = mask_random(&bench->rng, bench->shape.classes[v]);
        }
        for (size_t i = 0; i < bench->shape.n_vectors; i++) {
            uint8_t vector[TABLE_VARS];
            shape_vector(&bench->shape, i, vector);
            if (cube_holds(&bench->shape, mask, vector)) {
                reach |= (uint64_t)1 << item->table[i];
            }
        }
        for (size_t v = 0; v < bench->shape.n_vars; v++) {
            mask[v] |= ~(uint64_t)0 << bench->shape.classes[v];
        }
        assert_true(diagram_reach(bench->diagram, item->ref, mask, scratch) == reach);
    }
    for (size_t i = 0; i < (diagram_scratch(bench->diagram) + 7) / 8; i++) {
        assert_true(scratch[i] == 0);
    }
}

static void check_count_and_find(struct bench *bench, const struct pool_item *item)
{
    size_t count[64] = {0}, first[64] = {0};
    for (size_t i = bench->shape.n_vectors; i-- > 0;) {
        count[item->table[i]]++;
        first[item->table[i]] = i;
    }
    for (unsigned value = 0; value < 64; value++) {
        uint8_t found[TABLE_VARS] = {9, 9, 9, 9, 9, 9}, vector[TABLE_VARS] = {9, 9, 9, 9, 9, 9};
        assert_true(diagram_count(bench->diagram, item->ref, value) == (double)count[value]);
        assert_int_equal(diagram_find(bench->diagram, item->ref, value, found), count[value] > 0);
        if (count[value] > 0) {
            shape_vector(&bench->shape, first[value], vector);
        }
        assert_memory_equal(found, vector, sizeof vector);
    }
}

static void check_depends(struct bench *bench, const struct pool_item *item)
{
    size_t step = 1;
    for (size_t v = bench->shape.n_vars; v-- > 0;) {
        size_t classes = bench->shape.classes[v];
        bool depends = false;
        for (size_t i = 0; i + step < bench->shape.n_vectors; i++) {
            depends |= i / step % classes + 1 < classes && item->table[i] != item->table[i + step];
        }
        assert_int_equal(diagram_depends(bench->diagram, item->ref, v), depends);
        step *= classes;
    }
    assert_false(diagram_depends(bench->diagram, item->ref, bench->shape.n_vars));
}

static size_t compare_columns(const struct bench *bench, const struct pool_item *item, size_t var)
{
    /* Different functions left of `var` that depend on it: the nodes of that variable. */
    size_t below = 1, found = 0;
    for (size_t v = var; v < bench->shape.n_vars; v++) {
        below *= bench->shape.classes[v];
    }
    size_t step = below / bench->shape.classes[var];
    for (size_t at = 0; at < bench->shape.n_vectors; at += below) {
        bool fresh = false;
        for (size_t i = step; i < below; i++) {
            fresh |= item->table[at + i] != item->table[at + i - step];
        }
        for (size_t old = 0; fresh && old < at; old += below) {
            fresh = memcmp(&item->table[at], &item->table[old], below) != 0;
        }
        found += fresh;
    }
    return found;
}

static void check_size(struct bench *bench, const struct pool_item *item)
{
    size_t size = 0;
    for (size_t v = 0; v < bench->shape.n_vars; v++) {
        size += compare_columns(bench, item, v);
    }
    assert_int_equal(diagram_size(bench->diagram, item->ref), size);
}

static void operations_agree_with_tables(void **state)
{
    (void)state;
    static struct bench bench;
    for (uint32_t round = 0; round < 40; round++) {
        bench_open(&bench, round);
        fill(&bench);
        uint64_t *scratch =
            arena_new(&bench.arena, uint64_t, diagram_scratch(bench.diagram) / 8 + 1, NULL);
        assert_non_null(scratch);
        for (size_t i = 0; i < bench.n; i++) {
            check_vectors(&bench, &bench.items[i], scratch);
            check_reach(&bench, &bench.items[i], scratch);
            check_count_and_find(&bench, &bench.items[i]);
            check_depends(&bench, &bench.items[i]);
            check_size(&bench, &bench.items[i]);
        }
        arena_free(&bench.arena);
    }
}

/* Equal functions are one reference, however they were made. */
static void form_is_canonical(void **state)
{
    (void)state;
    static struct bench bench;
    for (uint32_t round = 100; round < 220; round++) {
        bench_open(&bench, round);
        fill(&bench);
        for (size_t i = 0; i < bench.n; i++) {
            for (size_t k = 0; k < i; k++) {
                bool equal =
                    memcmp(bench.items[i].table, bench.items[k].table, bench.shape.n_vectors) == 0;
                assert_int_equal(bench.items[i].ref == bench.items[k].ref, equal);
            }
            assert_int_equal(table_diagram(bench.diagram, &bench.shape, bench.items[i].table),
                             bench.items[i].ref);
        }
        arena_free(&bench.arena);
    }
}

static void shapes_are_told(void **state)
{
    (void)state;
    struct arena arena;
    struct ajar_err err;
    struct diagram *diagram = NULL;
    uint8_t classes[DIAGRAM_VARS_MAX + 1];
    arena_init(&arena, "a test", CEILING);
    memset(classes, 64, sizeof classes);
    assert_int_equal(diagram_open(&diagram, &arena, DIAGRAM_VARS_MAX + 1, classes, &err),
                     E_DOORS_TOO_LARGE);
    classes[3] = 65;
    assert_int_equal(diagram_open(&diagram, &arena, 4, classes, &err), E_DOORS_TOO_LARGE);
    classes[3] = 0;
    assert_int_equal(diagram_open(&diagram, &arena, 4, classes, &err), E_DOORS_TOO_LARGE);
    assert_null(diagram);
    classes[3] = 7;
    assert_int_equal(diagram_open(&diagram, &arena, DIAGRAM_VARS_MAX, classes, &err), 0);
    assert_int_equal(diagram_vars(diagram), DIAGRAM_VARS_MAX);
    assert_int_equal(diagram_classes(diagram, 3), 7);
    assert_int_equal(diagram_classes(diagram, 4), 64);
    arena_free(&arena);
}

/* All 64 classes and all 256 variables: the last atom of a conjunction decides. */
static void largest_shape_works(void **state)
{
    (void)state;
    struct arena arena;
    struct diagram *diagram;
    uint8_t classes[DIAGRAM_VARS_MAX], vector[DIAGRAM_VARS_MAX];
    diagram_ref f = 1, atom;
    arena_init(&arena, "a test", CEILING);
    memset(classes, 64, sizeof classes);
    assert_int_equal(diagram_open(&diagram, &arena, DIAGRAM_VARS_MAX, classes, NULL), 0);
    for (size_t v = 0; v < DIAGRAM_VARS_MAX; v++) {
        assert_int_equal(diagram_atom(diagram, v, (uint64_t)1 << 63, &atom, NULL), 0);
        assert_int_equal(diagram_choose(diagram, atom, f, 0, &f, NULL), 0);
    }
    assert_int_equal(diagram_size(diagram, f), DIAGRAM_VARS_MAX);
    assert_true(diagram_count(diagram, f, 1) == 1);
    assert_true(diagram_find(diagram, f, 1, vector));
    for (size_t v = 0; v < DIAGRAM_VARS_MAX; v++) {
        assert_int_equal(vector[v], 63);
        assert_true(diagram_depends(diagram, f, v));
    }
    arena_free(&arena);
}

/* Pairs of variables that lie far apart double the diagram with each pair: 2^20 nodes are soon
 * passed.  The diagram stays whole. */
static void too_large_is_said(void **state)
{
    (void)state;
    struct arena arena;
    struct ajar_err err;
    struct diagram *diagram;
    uint8_t classes[44];
    arena_init(&arena, "a test", (size_t)1 << 30);
    memset(classes, 2, sizeof classes);
    assert_int_equal(diagram_open(&diagram, &arena, 44, classes, NULL), 0);
    diagram_ref f = 0, a, b, was = 0;
    int code = 0;
    for (size_t v = 0; v < 22 && code == 0; v++) {
        assert_int_equal(diagram_atom(diagram, v, 2, &a, NULL), 0);
        assert_int_equal(diagram_atom(diagram, v + 22, 2, &b, NULL), 0);
        assert_int_equal(diagram_choose(diagram, a, b, 0, &a, NULL), 0);
        was = f;
        code = diagram_choose(diagram, a, 1, f, &f, &err);
    }
    assert_int_equal(code, E_DOORS_TOO_LARGE);
    assert_int_equal(f, was);
    assert_int_equal(diagram_choose(diagram, f, 0, 1, &a, &err), E_DOORS_TOO_LARGE);
    arena_free(&arena);
}

/* The table as a diagram, or the first error; what is made so far stays in *f and *done. */
static int grow_until(struct bench *bench, const uint8_t table[], size_t *done, diagram_ref *f)
{
    for (; *done < bench->shape.n_vectors; ++*done) {
        uint8_t vector[TABLE_VARS];
        diagram_ref here = 1, atom;
        shape_vector(&bench->shape, *done, vector);
        for (size_t v = bench->shape.n_vars; v-- > 0;) {
            TRY(diagram_atom(bench->diagram, v, (uint64_t)1 << vector[v], &atom, NULL));
            TRY(diagram_choose(bench->diagram, atom, here, 0, &here, NULL));
        }
        TRY(diagram_choose(bench->diagram, here, table[*done], *f, f, NULL));
    }
    return 0;
}

/* When memory ends, what was made holds, and the same calls succeed once there is more. */
static void memory_may_end(void **state)
{
    (void)state;
    static struct bench bench;
    struct pool_item item = {0};
    size_t failed = 0;
    for (size_t ceiling = 5000; ceiling < 200000; ceiling += 1999) {
        size_t done = 0;
        item.ref = 0;
        memset(item.table, 0, sizeof item.table);
        bench.rng = rng_at(2, 0, (uint32_t)ceiling, 0);
        bench.shape = (struct shape){.n_vars = 6, .n_vectors = 729, .classes = {3, 3, 3, 3, 3, 3}};
        arena_init(&bench.arena, "a test", ceiling);
        if (diagram_open(&bench.diagram, &bench.arena, 6, bench.shape.classes, NULL) != 0) {
            arena_free(&bench.arena);
            continue;
        }
        uint8_t table[729];
        for (size_t i = 0; i < 729; i++) {
            table[i] = (uint8_t)rng_below(&bench.rng, 64);
        }
        failed += grow_until(&bench, table, &done, &item.ref) != 0;
        memcpy(item.table, table, done);
        bench.arena.ceiling = CEILING;
        uint64_t *scratch =
            arena_new(&bench.arena, uint64_t, diagram_scratch(bench.diagram) / 8 + 1, NULL);
        assert_non_null(scratch);
        check_vectors(&bench, &item, scratch);
        check_size(&bench, &item);
        assert_int_equal(grow_until(&bench, table, &done, &item.ref), 0);
        assert_int_equal(table_diagram(bench.diagram, &bench.shape, table), item.ref);
        arena_free(&bench.arena);
    }
    assert_true(failed > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_agree_with_tables),
        cmocka_unit_test(form_is_canonical),
        cmocka_unit_test(shapes_are_told),
        cmocka_unit_test(largest_shape_works),
        cmocka_unit_test(too_large_is_said),
        cmocka_unit_test(memory_may_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
