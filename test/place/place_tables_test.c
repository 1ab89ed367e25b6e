/* Tables of a placement: what is read, in any order and form, and what is written reads back. */
#include "place_read.h"

#include <stdlib.h>

#include "generate.h"
#include "place_ids.h"

static const char small_households[] =
    "id,need_seats,need_school\nf10,2,1\nf2,5,0\nf1,1,1\nf9,9,0\nf11,1,0\n";
static const char small_localities[] = "id,capacity_seats,capacity_school\nnorth,4,1\neast,6,0\n";
static const char small_scores[] = "household,locality,score_micro\nf2,east,500000\nf10,north,-3\n"
                                   "f1,north,1\nf2,north,7\nf9,north,1\nf9,east,2\nf10,east,1\n";

static void read_small(struct read_back *back, const char *households, const char *localities,
                       const char *scores)
{
    read_tables(back, text_of(households), text_of(localities), text_of(scores), NULL);
    if (back->code != 0) {
        fail_msg("%s", back->said);
    }
}

/* f1, f2, f9, f10, f11 and east, north. */
static void small_problem(const struct place_tables *tables)
{
    static const int32_t need[] = {1, 1, 5, 0, 9, 0, 2, 1, 1, 0}, capacity[] = {6, 0, 4, 1};
    static const uint64_t first[] = {0, 1, 2, 2, 3, 3};
    static const uint32_t locality[] = {1, 0, 1};
    static const int32_t score[] = {1, 500000, -3};
    const struct place_problem expected = {5, 2, 2, need, capacity, first, locality, score};
    read_same(&tables->problem, &expected);
    assert_string_equal(tables->names.household[0].at, "f1");
    assert_string_equal(tables->names.household[3].at, "f10");
    assert_string_equal(tables->names.locality[0].at, "east");
    assert_string_equal(tables->names.resource[1].at, "school");
    assert_int_equal(tables->names.resource[1].n, 6);
    assert_int_equal(tables->n_rows, 7);
    assert_int_equal(tables->n_unfit, 4);
}

static void small(void **state)
{
    (void)state;
    struct read_back back;
    read_small(&back, small_households, small_localities, small_scores);
    small_problem(&back.tables);
    arena_free(&back.arena);
}

/* Nobody is dropped in silence: who fits nowhere is listed with what blocks it. */
static void nowhere(void **state)
{
    (void)state;
    struct read_back back;
    read_small(&back, small_households, small_localities, small_scores);
    const struct place_nowhere *list = back.tables.nowhere;
    assert_int_equal(back.tables.n_nowhere, 2);
    assert_int_equal(list[0].household, 2);
    assert_int_equal(list[0].pairs, 2);
    assert_int_equal(list[0].resource, 0);
    assert_int_equal(list[0].short_of, 2);
    assert_int_equal(list[0].need, 9);
    assert_int_equal(list[0].most, 6);
    assert_int_equal(list[1].household, 4);
    assert_int_equal(list[1].pairs, 0);
    assert_int_equal(list[1].resource, PLACE_NONE);
    arena_free(&back.arena);
    /* one locality lacks the first resource, two the second */
    read_small(&back, "id,need_a,need_b\nx,2,3\n",
               "id,capacity_a,capacity_b\nk,1,2\nl,5,1\nm,9,9\n",
               "household,locality,score_micro\nx,k,1\nx,l,1\n");
    assert_int_equal(back.tables.n_nowhere, 1);
    assert_int_equal(back.tables.nowhere[0].resource, 1);
    assert_int_equal(back.tables.nowhere[0].short_of, 2);
    assert_int_equal(back.tables.nowhere[0].need, 3);
    assert_int_equal(back.tables.nowhere[0].most, 2);
    arena_free(&back.arena);
    /* of two that lack as often, the first */
    read_small(&back, "id,need_a,need_b\nx,2,3\n", "id,capacity_a,capacity_b\nk,1,2\n",
               "household,locality,score_micro\nx,k,1\n");
    assert_int_equal(back.tables.nowhere[0].resource, 0);
    arena_free(&back.arena);
}

/* Other order of rows and columns, separators, quotes, line ends, blanks, a byte-order mark. */
static void other_forms(void **state)
{
    (void)state;
    struct read_back back;
    read_small(&back,
               "\xef\xbb\xbfneed_seats;id;need_school\r\n1;f11;0\r\n 9 ;f9;0\r\n+1; f1 ;1\r\n"
               "5;\"f2\";0\r\n2;f10;1\r\n",
               "capacity_school\tcapacity_seats\tid\n0\t6\teast\n1\t4\tnorth",
               "locality,score_micro,household\nnorth,7,f2\neast,1,f10\neast,2,f9\nnorth,1,f9\n"
               "north,1,f1\n\nnorth,-3,f10\n\"east\",500000,f2\n");
    small_problem(&back.tables);
    arena_free(&back.arena);
}

static void order_of_ids(void **state)
{
    (void)state;
    static const char *const rising[] = {"",      "-2",  "0",  "00",  "07", "7",       "8",  "10",
                                         "10a",   "10b", "A2", "A10", "a",  "a-3",     "a1", "a1b2",
                                         "a1b11", "a02", "a2", "a10", "b",  "\xd1\x8f"};
    size_t n = sizeof rising / sizeof *rising;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            int order = place_ids_cmp(text_of(rising[i]), text_of(rising[k]));
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
        }
    }
}

struct written {
    struct buf households, localities, scores;
};

static struct written write_all(const struct place_problem *problem,
                                const struct place_names *names)
{
    struct written written;
    buf_init(&written.households, (size_t)1 << 26);
    buf_init(&written.localities, (size_t)1 << 26);
    buf_init(&written.scores, (size_t)1 << 26);
    place_write_households(&written.households, problem, names);
    place_write_localities(&written.localities, problem, names);
    place_write_scores(&written.scores, problem, names);
    assert_int_equal(buf_ok(&written.scores, NULL), 0);
    return written;
}

static void written_free(struct written *written)
{
    buf_free(&written->households);
    buf_free(&written->localities);
    buf_free(&written->scores);
}

/* All rows but the header, the other way round. */
static void reverse_rows(struct buf *buf)
{
    struct buf other;
    struct text all = buf_view(buf);
    buf_init(&other, buf->ceiling);
    const char *body = memchr(all.at, '\n', all.n), *end = all.at + all.n;
    body++;
    buf_bytes(&other, all.at, (size_t)(body - all.at));
    while (end > body) {
        const char *from = end - 1;
        while (from > body && from[-1] != '\n') {
            from--;
        }
        buf_bytes(&other, from, (size_t)(end - from));
        end = from;
    }
    assert_int_equal(buf_ok(&other, NULL), 0);
    assert_int_equal(other.n, buf->n);
    buf_free(buf);
    *buf = other;
}

static void round_trip(void **state)
{
    (void)state;
    static const struct place_generate options[] = {{200, 40, 8, 12, 7, 100},
                                                    {60, 9, 0, 12, 11, 110}};
    for (size_t i = 0; i < 2; i++) {
        struct arena arena;
        struct place_generated made;
        struct place_names names;
        struct read_back back;
        arena_init(&arena, "the test", (size_t)1 << 26);
        assert_int_equal(place_generate(&arena, &options[i], &made, NULL), 0);
        assert_int_equal(place_generate_names(&arena, &made.problem, &names, NULL), 0);
        struct written written = write_all(&made.problem, &names);
        for (int turn = 0; turn < 2; turn++) {
            read_tables(&back, buf_view(&written.households), buf_view(&written.localities),
                        buf_view(&written.scores), NULL);
            assert_int_equal(back.code, 0);
            read_same(&back.tables.problem, &made.problem);
            assert_int_equal(back.tables.n_unfit, 0);
            arena_free(&back.arena);
            reverse_rows(&written.households);
            reverse_rows(&written.localities);
            reverse_rows(&written.scores);
        }
        written_free(&written);
        arena_free(&arena);
    }
}

/* Longer than one part: the same with threads, and a fault far down is told with its line. */
static void in_parts(void **state)
{
    (void)state;
    static const struct place_generate options = {20000, 100, 10, 20, 1, 100};
    struct arena arena;
    struct place_generated made;
    struct place_names names;
    struct read_back back;
    struct pool *pool;
    arena_init(&arena, "the test", (size_t)1 << 28);
    assert_int_equal(place_generate(&arena, &options, &made, NULL), 0);
    assert_int_equal(place_generate_names(&arena, &made.problem, &names, NULL), 0);
    struct written written = write_all(&made.problem, &names);
    assert_true(written.scores.n > (size_t)5 << 20);
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (int threads = 1; threads <= 3; threads += 2) {
        read_tables(&back, buf_view(&written.households), buf_view(&written.localities),
                    buf_view(&written.scores), threads == 1 ? NULL : pool);
        assert_int_equal(back.code, 0);
        read_same(&back.tables.problem, &made.problem);
        arena_free(&back.arena);
    }
    buf_str(&written.scores, "f1,l1,1,1\r\nf2,l101,1\r\nf20000,");
    buf_text(&written.scores, names.locality[made.problem.locality[made.problem.first[19999]]]);
    buf_str(&written.scores, ",5\r\n");
    long rows = (long)made.problem.first[20000] + 2;
    char expected[400];
    snprintf(expected, sizeof expected,
             "s:%ld column 4 '1' the row has 4 fields, the header 3 | \n"
             "s:%ld locality 'l101' no locality has this id in l | Did you mean 'l10'?\n"
             "s:%ld household 'f20000' the pair with locality '%s' stands already in row %ld | \n",
             rows, rows + 1, rows + 2,
             names.locality[made.problem.locality[made.problem.first[19999]]].at,
             (long)made.problem.first[19999] + 2);
    read_tables(&back, buf_view(&written.households), buf_view(&written.localities),
                buf_view(&written.scores), pool);
    assert_string_equal(back.said, expected);
    arena_free(&back.arena);
    pool_close(pool);
    written_free(&written);
    arena_free(&arena);
}

struct told {
    struct text table[2]; /* households, scores */
    size_t whole[2], parts;
};

static void told_of(const void *arg, struct text bytes)
{
    struct told *told;
    memcpy(&told, arg, sizeof told);
    bool inside = false;
    for (size_t i = 0; i < 2; i++) {
        const struct text *table = &told->table[i];
        inside = inside || (bytes.at >= table->at && bytes.at + bytes.n <= table->at + table->n);
        told->whole[i] += bytes.at == table->at && bytes.n == table->n;
    }
    told->parts++;
    assert_true(inside);
}

/* Whoever holds the bytes is told of all that were read, and of no others. */
static void passed(void **state)
{
    (void)state;
    struct told told = {.table = {text_of(small_households), text_of(small_scores)}};
    struct told *const at = &told;
    const struct place_input input = {.households = {"h", told.table[0]},
                                      .localities = {"l", text_of(small_localities)},
                                      .scores = {"s", told.table[1]},
                                      .passed = {told_of, &at}};
    struct read_back back;
    read_init(&back);
    assert_int_equal(
        place_tables_read(&back.arena, &input, NULL, NULL, &back.faults, &back.tables, &back.err),
        0);
    small_problem(&back.tables);
    assert_int_equal(told.whole[0], 1);
    assert_int_equal(told.whole[1], 2); /* behind its check, and behind its cutting */
    assert_int_equal(told.parts, 4);
    arena_free(&back.arena);
}

/* More than 20 faults: 20 are told, all are counted, and which ones does not depend on threads. */
static void many_faults(void **state)
{
    (void)state;
    struct buf scores;
    struct read_back back;
    buf_init(&scores, (size_t)1 << 20);
    buf_str(&scores, "household,locality,score_micro\n");
    for (int i = 0; i < 50; i++) {
        buf_printf(&scores, "g%d,north,0.5\n", i);
    }
    read_tables(&back, text_of(small_households), text_of(small_localities), buf_view(&scores),
                NULL);
    assert_int_equal(back.faults.total, 100);
    assert_int_equal(back.faults.kept, 20);
    assert_string_equal(back.err.text, "100 faults in the tables of the placement");
    arena_free(&back.arena);
    buf_free(&scores);
}

static void plans(void **state)
{
    (void)state;
    static const uint32_t place[] = {0, PLACE_NONE, 1, 1, PLACE_NONE};
    struct read_back back;
    struct buf buf;
    uint32_t other[5];
    read_small(&back, small_households, small_localities, small_scores);
    buf_init(&buf, (size_t)1 << 20);
    place_write_plan(&buf, &back.tables.problem, &back.tables.names, place);
    assert_int_equal(buf_ok(&buf, NULL), 0);
    struct text written = buf_view(&buf);
    assert_true(text_eq(written, text_of("household,locality\r\nf1,east\r\nf2,\r\nf9,north\r\n"
                                         "f10,north\r\nf11,\r\n")));
    struct place_table table = {"p", written};
    assert_int_equal(place_plan_read(&back.tables.problem, &back.tables.names, &table, &back.faults,
                                     other, NULL),
                     0);
    assert_memory_equal(place, other, sizeof place);
    /* other columns are passed over, and who is left out is not placed */
    table.bytes = text_of("note;locality;household\nwidow;north;f9\n;east;f1\n;north;f10\n");
    assert_int_equal(place_plan_read(&back.tables.problem, &back.tables.names, &table, &back.faults,
                                     other, NULL),
                     0);
    assert_memory_equal(place, other, sizeof place);
    buf_free(&buf);
    arena_free(&back.arena);
}

/* An id that a spreadsheet takes for a formula is written with an apostrophe and read without. */
static void formulas(void **state)
{
    (void)state;
    struct read_back back, again;
    read_small(&back, "id,need_seats\n-7,1\n=A1,1\n", "id,capacity_seats\n@home,4\n",
               "household,locality,score_micro\n-7,@home,-5\n=A1,@home,6\n");
    struct written written = write_all(&back.tables.problem, &back.tables.names);
    assert_true(text_eq(buf_view(&written.scores),
                        text_of("household,locality,score_micro\r\n'-7,'@home,-5\r\n"
                                "'=A1,'@home,6\r\n")));
    read_tables(&again, buf_view(&written.households), buf_view(&written.localities),
                buf_view(&written.scores), NULL);
    assert_int_equal(again.code, 0);
    read_same(&again.tables.problem, &back.tables.problem);
    assert_string_equal(again.tables.names.household[0].at, "-7");
    written_free(&written);
    arena_free(&back.arena);
    arena_free(&again.arena);
}

/* Cells with doubled quotes, which live only until the next row. */
static void doubled_quotes(void **state)
{
    (void)state;
    static const uint32_t locality[] = {0, 1, 0};
    static const int32_t score[] = {1, 2, 3};
    struct read_back back;
    read_small(&back, "id,need_a\n\"x\"\"1\",1\n\"x\"\"2\",1\n",
               "id,capacity_a\n\"k\"\"\",2\nl,2\n",
               "household,locality,score_micro\n\"x\"\"1\",\"k\"\"\",1\n\"x\"\"2\",\"k\"\"\",3\n"
               "\"x\"\"1\",l,2\n");
    assert_string_equal(back.tables.names.household[1].at, "x\"2");
    assert_int_equal(back.tables.problem.first[1], 2);
    assert_int_equal(back.tables.problem.first[2], 3);
    assert_memory_equal(back.tables.problem.locality, locality, sizeof locality);
    assert_memory_equal(back.tables.problem.score, score, sizeof score);
    arena_free(&back.arena);
}

/* The largest numbers that are read, and no scores at all. */
static void edges(void **state)
{
    (void)state;
    struct read_back back;
    read_small(&back, "id,need_a\nx,1000000000\ny,0\n", "id,capacity_a\nk,1000000000\n",
               "household,locality,score_micro\nx,k,1000000000\ny,k,-1000000000\n");
    assert_int_equal(back.tables.problem.need[0], 1000000000);
    assert_int_equal(back.tables.problem.score[0], PLACE_SCORE_MOST);
    assert_int_equal(back.tables.problem.score[1], -PLACE_SCORE_MOST);
    arena_free(&back.arena);
    read_small(&back, "id,need_a\nx,1\n", "id,capacity_a\nk,1\n",
               "household,locality,score_micro\n");
    assert_int_equal(back.tables.problem.first[1], 0);
    assert_int_equal(back.tables.n_nowhere, 1);
    arena_free(&back.arena);
}

/* Many pairs of one household, in no order: the way with a spare list. */
static void many_pairs(void **state)
{
    (void)state;
    struct buf localities, scores;
    struct read_back back;
    buf_init(&localities, (size_t)1 << 20);
    buf_init(&scores, (size_t)1 << 20);
    buf_str(&localities, "id,capacity_a\n");
    buf_str(&scores, "household,locality,score_micro\n");
    for (int i = 0; i < 199; i++) {
        buf_printf(&localities, "l%d,1\n", i);
        buf_printf(&scores, "x,l%d,%d\n", i * 60 % 199, i * 60 % 199);
    }
    read_tables(&back, text_of("id,need_a\nx,1\n"), buf_view(&localities), buf_view(&scores), NULL);
    assert_int_equal(back.code, 0);
    for (int i = 0; i < 199; i++) {
        assert_int_equal(back.tables.problem.locality[i], i);
        assert_int_equal(back.tables.problem.score[i], i);
    }
    arena_free(&back.arena);
    buf_free(&localities);
    buf_free(&scores);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small),       cmocka_unit_test(nowhere),
        cmocka_unit_test(other_forms), cmocka_unit_test(order_of_ids),
        cmocka_unit_test(round_trip),  cmocka_unit_test(in_parts),
        cmocka_unit_test(many_faults), cmocka_unit_test(plans),
        cmocka_unit_test(formulas),    cmocka_unit_test(doubled_quotes),
        cmocka_unit_test(edges),       cmocka_unit_test(many_pairs),
        cmocka_unit_test(passed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
