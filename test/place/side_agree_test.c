/* The optimiser, exhaustive search where it can, and Cbc agree on 300 random instances of three sizes, every other one under
 * side constraints.  Each size has a part of its instances: compiled for sanitizers or coverage the larger ones take minutes.
 * `side_agree_test FOLDER` has all of them, and leaves the models and the answers there for highs.mjs. */
#include "side.h"

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

static const char *agree_folder; /* NULL: nothing is left for others */

/* The model of an instance, and a line for it in expected.tsv. */
static void agree_leave(const struct place_problem *problem, const struct place_side *side,
                        const char *name, bool plan, int64_t best)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", agree_folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    side_oracle_write(problem, side, file);
    assert_int_equal(fclose(file), 0);
    snprintf(path, sizeof path, "%s/expected.tsv", agree_folder);
    FILE *list = fopen(path, "a");
    assert_non_null(list);
    if (plan) {
        fprintf(list, "%s\t%lld\n", name, (long long)best);
    } else {
        fprintf(list, "%s\tnone\n", name);
    }
    assert_int_equal(fclose(list), 0);
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
    if (agree_folder != NULL) {
        char name[64];
        snprintf(name, sizeof name, "%d-%u.lp", (int)size, seed);
        agree_leave(&problem, &side, name, code == 0, best);
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

int main(int argc, char **argv)
{
    bool all = argc > 1;
    struct agree_part small = {RANDOM_SMALL, all ? 1 : sampled(9)},
                      middle = {RANDOM_MIDDLE, all ? 1 : 3 * sampled(9)},
                      large = {RANDOM_LARGE, all ? 1 : 7 * sampled(9)};
    const struct CMUnitTest tests[] = {
        {"agree_small", agree_size, NULL, NULL, &small},
        {"agree_middle", agree_size, NULL, NULL, &middle},
        {"agree_large", agree_size, NULL, NULL, &large},
    };
    agree_folder = all ? argv[1] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
