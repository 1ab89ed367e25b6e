/* The oracles of the optimiser against each other, and against worked examples. */
#include "oracle_cbc.h"

#include "../base/unit.h"
#include "brute.h"
#include "random_instances.h"

#define NONE INT32_MIN /* not allowed */

/* Rows of scores as published, in whole units. */
struct worked {
    uint32_t households, localities, resources;
    int32_t need[24], capacity[12], score[24];
    int64_t best;
    int32_t place[8]; /* -1: not placed; each of these optima is the only one */
};

static const struct worked worked_list[] = {
    {6,
     3,
     2,
     {3, 1, 1, 3, 3, 1, 1, 3, 2, 1, 1, 0},
     {6, 5, 5, 6, 3, 6},
     {NONE, 8, NONE, 77, NONE, 57, 26, 82, 1, 59, 53, 11, 41, 66, 9, 14, 38, 3},
     291,
     {-1, 0, 1, 1, 0, 1}},
    {7,
     2,
     1,
     {1, 1, 2, 2, 3, 2, 2},
     {2, 6},
     {87, 12, 2, 98, 18, 13, NONE, 63, 72, 66, 94, 54, 15, 28},
     321,
     {-1, 1, -1, 1, 1, 0, -1}},
    {5,
     3,
     3,
     {2, 0, 1, 1, 3, 0, 1, 1, 1, 2, 2, 0, 3, 2, 2},
     {5, 2, 2, 2, 3, 6, 3, 2, 6},
     {80, 76, 74, NONE, 81, 30, 32, 21, 71, 50, 78, NONE, NONE, NONE, 33},
     282,
     {0, 1, 2, 0, -1}},
    {5,
     3,
     2,
     {2, 3, 2, 1, 3, 0, 1, 1, 2, 0},
     {4, 3, 3, 2, 2, 4},
     {32, NONE, 48, 17, NONE, NONE, 43, 89, 18, 3, 46, 5, NONE, 62, NONE},
     199,
     {2, -1, 0, 1, 1}},
    {6,
     3,
     1,
     {1, 1, 2, 3, 2, 3},
     {2, 3, 4},
     {88, 10, 54, 4, 74, NONE, 49, 78, NONE, NONE, NONE, 54, 50, 89, 57, 70, NONE, 4},
     320,
     {2, 1, 0, 2, 1, -1}},
    {6,
     2,
     2,
     {1, 1, 3, 0, 2, 3, 2, 0, 2, 2, 1, 1},
     {6, 3, 4, 5},
     {31, 86, 82, 97, 28, 75, 27, NONE, 6, 36, 15, 36},
     306,
     {1, 0, 1, 0, -1, 1}},
};
#define WORKED (sizeof worked_list / sizeof *worked_list)

struct worked_room {
    uint64_t first[9];
    uint32_t locality[24];
    int32_t score[24];
};

/* A pair that is allowed but does not fit alone is left out, as in every problem. */
static struct place_problem worked_problem(const struct worked *worked, struct worked_room *room)
{
    struct place_problem problem = {worked->households, worked->localities, worked->resources,
                                    worked->need,       worked->capacity,   room->first,
                                    room->locality,     room->score};
    uint64_t n = 0;
    room->first[0] = 0;
    for (uint32_t h = 0; h < worked->households; h++) {
        for (uint32_t l = 0; l < worked->localities; l++) {
            int32_t score = worked->score[h * worked->localities + l];
            if (score != NONE && random_fits(&problem, worked->need, worked->capacity, h, l)) {
                room->locality[n] = l;
                room->score[n++] = score;
            }
        }
        room->first[h + 1] = n;
    }
    return problem;
}

static void worked_place(const struct worked *worked, const uint32_t *place)
{
    for (uint32_t h = 0; h < worked->households; h++) {
        assert_int_equal((int32_t)place[h], worked->place[h]);
    }
}

static void brute_worked(void **state)
{
    (void)state;
    for (size_t i = 0; i < WORKED; i++) {
        struct worked_room room;
        struct place_problem problem = worked_problem(&worked_list[i], &room);
        uint32_t place[BRUTE_MOST];
        int64_t best;
        uint64_t optima;
        brute_solve(&problem, place, &best, &optima);
        assert_int_equal(best, worked_list[i].best);
        assert_int_equal(optima, 1);
        worked_place(&worked_list[i], place);
    }
}

static void cbc_worked(void **state)
{
    (void)state;
    for (size_t i = 0; i < WORKED; i++) {
        struct worked_room room;
        struct place_problem problem = worked_problem(&worked_list[i], &room);
        uint32_t place[BRUTE_MOST];
        int64_t best;
        assert_int_equal(oracle_cbc(&problem, place, &best), ORACLE_OK);
        assert_int_equal(best, worked_list[i].best);
        worked_place(&worked_list[i], place);
    }
}

static void cbc_against_brute(void **state)
{
    (void)state;
    for (uint32_t seed = 0; seed < 60; seed++) {
        struct arena arena;
        struct place_problem problem;
        uint32_t one[BRUTE_MOST], other[BRUTE_MOST];
        int64_t best, found;
        uint64_t optima;
        arena_init(&arena, "the test", (size_t)1 << 22);
        assert_int_equal(random_instance(&arena, RANDOM_SMALL, seed, &problem, NULL), 0);
        brute_solve(&problem, one, &best, &optima);
        assert_int_equal(oracle_cbc(&problem, other, &found), ORACLE_OK);
        assert_int_equal(found, best);
        if (optima == 1) {
            assert_memory_equal(one, other, problem.n_households * sizeof *one);
        }
        arena_free(&arena);
    }
}

/* What a test of the optimiser relies on: shapes in range, and each kind of problem among them. */
static void random_kinds(void **state)
{
    (void)state;
    uint32_t resources[5] = {0}, negative = 0, unplaceable = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct arena arena;
        struct place_problem problem = {0};
        enum random_size size = (enum random_size)(i % RANDOM_SIZES);
        arena_init(&arena, "the test", (size_t)1 << 22);
        assert_int_equal(random_instance(&arena, size, i, &problem, NULL), 0);
        assert_in_range(problem.n_households, random_ranges[size].households.least,
                        random_ranges[size].households.most);
        assert_in_range(problem.n_localities, random_ranges[size].localities.least,
                        random_ranges[size].localities.most);
        assert_in_range(problem.n_resources, 2, 4);
        resources[problem.n_resources]++;
        for (uint32_t h = 0; h < problem.n_households; h++) {
            unplaceable += problem.first[h] == problem.first[h + 1];
        }
        for (uint64_t k = 0; k < problem.first[problem.n_households]; k++) {
            negative += problem.score[k] < 0;
        }
        arena_free(&arena);
    }
    assert_true(resources[2] > 5 && resources[3] > 5 && resources[4] > 5);
    assert_true(negative > 0 && unplaceable > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brute_worked),
        cmocka_unit_test(cbc_worked),
        cmocka_unit_test(cbc_against_brute),
        cmocka_unit_test(random_kinds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
