/* The optimiser, exhaustive search where it can, and Cbc agree on 300 random instances of three sizes, every other one under
 * side constraints.  Without --all each size has a part of its instances: compiled for sanitizers or coverage the
 * larger ones take minutes; `test/place/highs.sh` asks for all of them. */
#include "side.h"

#include <string.h>

#include "../base/sampled.h"
#include "../base/unit.h"
#include "brute_side.h"
#include "random_side.h"
#include "side_oracle.h"

enum { AGREE_EACH = 100, AGREE_HOUSEHOLDS = 128 };

/* A problem, every other one with the kinds of side constraints that its number names. */
static void agree_make(struct arena *arena, enum random_size size, uint32_t seed,
                       struct place_problem *problem, struct place_side *side)
{
    uint32_t bits = 1 + (seed / 2) % 15;
    assert_int_equal(random_instance(arena, size, seed, problem, NULL), 0);
    *side = (struct place_side){0};
    if (seed % 2 == 1) {
        struct random_side_kinds kinds = {bits & 1, bits & 2, bits & 4, bits & 8};
        assert_int_equal(random_side(arena, seed, kinds, problem, side, NULL), 0);
    }
}

static void agree_brute(const struct place_problem *problem, const struct place_side *side,
                        bool plan, int64_t best)
{
    uint32_t place[BRUTE_MOST];
    int64_t found;
    assert_int_equal(brute_side_solve(problem, side, place, &found), plan);
    if (plan) {
        assert_int_equal(found, best);
    }
}

static void agree_one(enum random_size size, uint32_t seed)
{
    struct place_options options = {.seed = seed};
    struct arena arena;
    struct place_problem problem;
    struct place_side side;
    struct side_result result;
    struct ajar_err err = {0};
    uint32_t place[AGREE_HOUSEHOLDS];
    int64_t best = 0;
    arena_init(&arena, "the test", (size_t)1 << 28);
    agree_make(&arena, size, seed, &problem, &side);
    int cbc = side_oracle_cbc(&problem, &side, place, &best);
    int code = side_solve(&arena, &problem, &side, &options, NULL, NULL, &result, &err);
    assert_int_not_equal(cbc, ORACLE_FAILED);
    assert_int_equal(code, cbc == ORACLE_OK ? 0 : E_PLACE_LOCKS);
    if (code == 0) {
        assert_int_equal(result.plan.objective_micro, best);
        assert_true(result.plan.proven);
        assert_int_equal(result.plan.bound_micro, best);
        assert_true(brute_keeps(&problem, &side, result.plan.place));
    }
    if (size == RANDOM_SMALL) {
        agree_brute(&problem, &side, code == 0, best);
    }
    arena_free(&arena);
}

/* Every so many of the instances of a size. */
struct agree_part {
    enum random_size size;
    uint32_t step;
};

static void agree_size(void **state)
{
    const struct agree_part *part = *state;
    for (uint32_t seed = 0; seed < AGREE_EACH; seed += part->step) {
        agree_one(part->size, seed);
    }
}

/* `side_agree_test FOLDER`: the models and the optimiser's answers, for highs.mjs. */
static int agree_write(const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/expected.tsv", folder);
    FILE *list = fopen(path, "w");
    for (uint32_t i = 0; list != NULL && i < AGREE_EACH * RANDOM_SIZES; i++) {
        struct place_options options = {.seed = i};
        struct arena arena;
        struct place_problem problem;
        struct place_side side;
        struct side_result result;
        arena_init(&arena, "the test", (size_t)1 << 28);
        agree_make(&arena, (enum random_size)(i % RANDOM_SIZES), i / RANDOM_SIZES, &problem, &side);
        int code = side_solve(&arena, &problem, &side, &options, NULL, NULL, &result, NULL);
        snprintf(path, sizeof path, "%s/%u.lp", folder, i);
        FILE *file = fopen(path, "w");
        if (file == NULL || (code != 0 && code != E_PLACE_LOCKS)) {
            return 1;
        }
        side_oracle_write(&problem, &side, file);
        fclose(file);
        if (code == 0) {
            fprintf(list, "%u.lp\t%lld\n", i, (long long)result.plan.objective_micro);
        } else {
            fprintf(list, "%u.lp\tnone\n", i);
        }
        arena_free(&arena);
    }
    return list == NULL || fclose(list) != 0;
}

int main(int argc, char **argv)
{
    bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    struct agree_part small = {RANDOM_SMALL, sampled(9)},
                      middle = {RANDOM_MIDDLE, all ? 1 : 3 * sampled(9)},
                      large = {RANDOM_LARGE, all ? 1 : 7 * sampled(9)};
    const struct CMUnitTest tests[] = {
        {"agree_small", agree_size, NULL, NULL, &small},
        {"agree_middle", agree_size, NULL, NULL, &middle},
        {"agree_large", agree_size, NULL, NULL, &large},
    };
    return argc > 1 && !all ? agree_write(argv[1]) : cmocka_run_group_tests(tests, NULL, NULL);
}
