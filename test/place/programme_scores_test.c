/* With scores and nothing else that restricts, a programme is what the bulk reader makes of the same tables. */
#include "place_read.h"

#include "generate.h"
#include "programme.h"

struct written {
    struct buf at[3];
};

/* Capacities are cut, so that many pairs and some households do not fit. */
static void write_tables(struct written *out, uint32_t households, uint32_t localities, int cut)
{
    const struct place_generate options = {households, localities, 5, 15, 3, 110};
    struct place_generated made;
    struct place_names names;
    struct arena arena;
    arena_init(&arena, "the test", (size_t)1 << 30);
    assert_int_equal(place_generate(&arena, &options, &made, NULL), 0);
    assert_int_equal(place_generate_names(&arena, &made.problem, &names, NULL), 0);
    size_t n = (size_t)localities * made.problem.n_resources;
    int32_t *capacity = arena_new(&arena, int32_t, n, NULL);
    assert_non_null(capacity);
    for (size_t i = 0; i < n; i++) {
        capacity[i] = made.problem.capacity[i] / cut;
    }
    made.problem.capacity = capacity;
    for (int i = 0; i < 3; i++) {
        buf_init(&out->at[i], (size_t)1 << 28);
    }
    place_write_households(&out->at[0], &made.problem, &names);
    place_write_localities(&out->at[1], &made.problem, &names);
    place_write_scores(&out->at[2], &made.problem, &names);
    arena_free(&arena);
}

static int read_programme(struct read_back *back, const struct text bytes[3], struct pool *pool,
                          struct programme *out)
{
    struct programme_input input = {.on = DATE_NONE};
    input.table[PROGRAMME_HOUSEHOLDS] = (struct place_table){"h", bytes[0]};
    input.table[PROGRAMME_LOCALITIES] = (struct place_table){"l", bytes[1]};
    input.table[PROGRAMME_SCORES] = (struct place_table){"s", bytes[2]};
    back->faults.kept = 0;
    back->faults.total = 0;
    return programme_read(&back->arena, &input, pool, NULL, &back->faults, out, &back->err);
}

static void same(uint32_t households, uint32_t localities, int cut, bool some_nowhere)
{
    struct written written;
    struct read_back back;
    struct programme programme;
    struct text bytes[3];
    struct pool *pool;
    assert_int_equal(pool_open(&pool, 2, NULL), 0);
    write_tables(&written, households, localities, cut);
    for (int i = 0; i < 3; i++) {
        bytes[i] = buf_view(&written.at[i]);
    }
    read_tables(&back, bytes[0], bytes[1], bytes[2], pool);
    assert_int_equal(back.code, 0);
    assert_int_equal(read_programme(&back, bytes, pool, &programme), 0);
    read_same(&back.tables.problem, &programme.problem);
    assert_int_equal(back.tables.n_unfit, programme.n_unfit);
    assert_int_equal(back.tables.n_nowhere, programme.n_nowhere);
    assert_int_equal(programme.n_nowhere > 0, some_nowhere);
    for (uint32_t i = 0; i < programme.n_nowhere; i++) {
        assert_memory_equal(&back.tables.nowhere[i], &programme.nowhere[i],
                            sizeof *programme.nowhere);
    }
    for (int i = 0; i < 3; i++) {
        buf_free(&written.at[i]);
    }
    arena_free(&back.arena);
    pool_close(pool);
}

static void bulk(void **state)
{
    (void)state;
    same(30000, 100, 1, false); /* some megabytes of scores: several parts */
    same(400, 60, 12, true);
}

/* The same faults, too. */
static void bulk_faults(void **state)
{
    (void)state;
    static const char scores[] =
        "household,locality,score_micro\nx,k,1\nx,k,2\nz,k,1\nx,m,1.5\nx,k,3\n";
    const struct text bytes[] = {text_of("id,need_a\nx,1\ny,1\n"),
                                 text_of("id,capacity_a\nk,1\nl,1\n"), text_of(scores)};
    struct read_back back, again;
    struct programme programme;
    read_tables(&back, bytes[0], bytes[1], bytes[2], NULL);
    read_init(&again);
    assert_int_equal(read_programme(&again, bytes, NULL, &programme), E_PLACE_FAULTS);
    read_said(&again);
    assert_string_equal(back.said, again.said);
    assert_int_equal(back.faults.total, again.faults.total);
    arena_free(&back.arena);
    arena_free(&again.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bulk),
        cmocka_unit_test(bulk_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
