/* Arrivals over time: legal plans, nobody moved, nothing seen ahead, and what each method is known to do. */
#include "../base/unit.h"
#include "arrivals_case.h"
#include "brute.h"
#include "random_instances.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, "the test", (size_t)1 << 28);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct arrivals_result run(const struct arrivals_input *input, enum arrivals_method method,
                                  uint32_t futures, struct pool *pool)
{
    const struct arrivals_options options = {
        .method = method, .seed = 3, .futures = futures, .gamma = NAN};
    struct arrivals_result result;
    assert_int_equal(arrivals_run(&arena, input, &options, pool, NULL, &result, NULL), 0);
    return result;
}

static void plans_are_legal(void **state)
{
    (void)state;
    static const uint32_t batches[] = {1, 8, CASE_ARRIVING};
    for (size_t b = 0; b < 3; b++) {
        struct arrivals_case made;
        int64_t bound = 0;
        assert_int_equal(arrivals_case_make(&arena, 1 + b, &made, NULL), 0);
        arrivals_case_batches(&made, batches[b]);
        assert_int_equal(arrivals_hindsight(&arena, &made.input, NULL, NULL, &bound, NULL), 0);
        for (int m = 0; m < ARRIVALS_METHODS; m++) {
            struct arrivals_result result = run(&made.input, (enum arrivals_method)m, 3, NULL);
            int64_t load[64], sum[CASE_GROUPS] = {0};
            bool legal = false;
            assert_int_equal(place_objective(&made.problem, result.place, load, &legal),
                             result.objective_micro);
            assert_true(legal);
            assert_true(result.objective_micro <= bound);
            assert_true((double)result.objective_micro > 0.7 * (double)bound);
            for (uint32_t h = 0; h < CASE_PAST; h++) {
                assert_int_equal(result.place[h], PLACE_NONE);
            }
            for (uint32_t h = CASE_PAST; h < CASE_ALL; h++) {
                sum[made.group[h]] +=
                    result.place[h] == PLACE_NONE
                        ? 0
                        : made.problem.score[place_pair(&made.problem, h, result.place[h])];
            }
            for (uint32_t g = 0; g < CASE_GROUPS; g++) {
                assert_int_equal(result.group_micro[g], (sum[g] + 10) / 20);
            }
            assert_int_equal(result.price == NULL, m == ARRIVALS_GREEDY);
        }
    }
}

/* With all places to itself a group has at least what any method gives it, and where there is room for all just the
 * mean of the best. */
static void no_method_passes_the_reach(void **state)
{
    (void)state;
    struct arrivals_case made;
    int64_t reach[CASE_GROUPS], best[CASE_GROUPS] = {0};
    assert_int_equal(arrivals_case_make(&arena, 3, &made, NULL), 0);
    assert_int_equal(arrivals_reach(&arena, &made.input, NULL, NULL, reach, NULL), 0);
    for (int m = 0; m < ARRIVALS_METHODS; m++) {
        struct arrivals_result result = run(&made.input, (enum arrivals_method)m, 3, NULL);
        for (uint32_t g = 0; g < CASE_GROUPS; g++) {
            assert_true(result.group_micro[g] <= reach[g] + 1); /* rounded to the nearest */
        }
    }
    for (size_t k = 0; k < 8 * GENERATE_RESOURCES; k++) {
        made.capacity[k] = 10000;
    }
    for (uint32_t i = 0; i < CASE_ARRIVING; i++) {
        uint32_t h = made.arriving[i];
        int32_t most = 0;
        for (uint64_t pair = made.problem.first[h]; pair < made.problem.first[h + 1]; pair++) {
            most = made.problem.score[pair] > most ? made.problem.score[pair] : most;
        }
        best[made.group[h]] += most;
    }
    assert_int_equal(arrivals_reach(&arena, &made.input, NULL, NULL, reach, NULL), 0);
    for (uint32_t g = 0; g < CASE_GROUPS; g++) {
        assert_int_equal(reach[g], best[g] / (CASE_ARRIVING / CASE_GROUPS));
    }
}

/* Those who come after batch 3 are others, with other needs and scores: the first four batches are placed alike. */
static void nothing_is_seen_ahead(void **state)
{
    (void)state;
    struct arrivals_case made;
    assert_int_equal(arrivals_case_make(&arena, 4, &made, NULL), 0);
    const struct place_problem *problem = &made.problem;
    size_t n_need = (size_t)CASE_ALL * GENERATE_RESOURCES, n_pairs = problem->first[CASE_ALL];
    int32_t *need = arena_new(&arena, int32_t, n_need, NULL);
    int32_t *score = arena_new(&arena, int32_t, n_pairs, NULL);
    memcpy(need, problem->need, n_need * sizeof *need);
    memcpy(score, problem->score, n_pairs * sizeof *score);
    for (uint32_t i = made.end[3]; i < CASE_ARRIVING; i++) {
        uint32_t h = made.arriving[i];
        need[h * GENERATE_RESOURCES] = 1;
        made.group[h] = 0;
        for (uint64_t pair = problem->first[h]; pair < problem->first[h + 1]; pair++) {
            score[pair] = 1000 * (int32_t)(pair % 7);
        }
    }
    struct place_problem other = *problem;
    other.need = need;
    other.score = score;
    for (int m = 0; m < ARRIVALS_METHODS; m++) {
        made.input.problem = problem;
        struct arrivals_result one = run(&made.input, (enum arrivals_method)m, 3, NULL);
        made.input.problem = &other;
        struct arrivals_result two = run(&made.input, (enum arrivals_method)m, 3, NULL);
        uint32_t differ = 0;
        for (uint32_t i = 0; i < CASE_ARRIVING; i++) {
            uint32_t h = made.arriving[i];
            if (i < made.end[3]) {
                assert_int_equal(one.place[h], two.place[h]);
            }
            differ += one.place[h] != two.place[h];
        }
        assert_true(differ > 0);
    }
}

static void same_bytes_at_any_threads(void **state)
{
    (void)state;
    struct arrivals_case made;
    struct pool *pool;
    assert_int_equal(arrivals_case_make(&arena, 5, &made, NULL), 0);
    assert_int_equal(pool_open(&pool, 3, NULL), 0);
    for (int m = 0; m < ARRIVALS_METHODS; m++) {
        struct arrivals_result one = run(&made.input, (enum arrivals_method)m, 0, NULL);
        struct arrivals_result three = run(&made.input, (enum arrivals_method)m, 0, pool);
        assert_memory_equal(one.place, three.place, CASE_ALL * sizeof *one.place);
        assert_int_equal(one.objective_micro, three.objective_micro);
        if (m != ARRIVALS_GREEDY) {
            assert_memory_equal(one.price, three.price,
                                (size_t)8 * GENERATE_RESOURCES * sizeof *one.price);
        }
    }
    pool_close(pool);
}

/* Everybody in one batch: greedy is the optimum; and so is every charge of a future that is empty. */
static void one_batch_of_all_is_the_optimum(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        struct place_problem problem;
        uint32_t place[BRUTE_MOST], all[BRUTE_MOST];
        int64_t optimum = 0, bound = 0;
        assert_int_equal(random_instance(&arena, RANDOM_SMALL, seed, &problem, NULL), 0);
        brute_solve(&problem, place, &optimum, NULL);
        for (uint32_t h = 0; h < problem.n_households; h++) {
            all[h] = h;
        }
        struct arrivals_input input = {.problem = &problem,
                                       .n_arriving = problem.n_households,
                                       .arriving = all,
                                       .n_batches = 1,
                                       .batch_end = &problem.n_households};
        assert_int_equal(run(&input, ARRIVALS_GREEDY, 0, NULL).objective_micro, optimum);
        assert_int_equal(run(&input, ARRIVALS_POT1, 2, NULL).objective_micro, optimum);
        assert_int_equal(arrivals_hindsight(&arena, &input, NULL, NULL, &bound, NULL), 0);
        assert_true(bound >= optimum);
    }
}

/* Two households, one place at l0 and many at l1.  The first does as well at either; the past says that the
 * place at l0 will be wanted. */
static struct arrivals_input two_comers(void)
{
    static const int32_t need[] = {1, 1, 1, 1}, capacity[] = {1, 5};
    static const uint64_t first[] = {0, 2, 4, 6, 8};
    static const uint32_t locality[] = {0, 1, 0, 1, 0, 1, 0, 1}, past[] = {0, 1},
                          arriving[] = {2, 3}, end[] = {1, 2};
    static const int32_t score[] = {900000, 100000, 900000, 100000, 500000, 490000, 900000, 100000};
    static const struct place_problem problem = {4, 2, 1, need, capacity, first, locality, score};
    return (struct arrivals_input){.problem = &problem,
                                   .n_past = 2,
                                   .n_arriving = 2,
                                   .past = past,
                                   .arriving = arriving,
                                   .n_batches = 2,
                                   .batch_end = end};
}

static void what_is_wanted_is_kept(void **state)
{
    (void)state;
    struct arrivals_input input = two_comers();
    for (int m = 0; m < ARRIVALS_METHODS; m++) {
        struct arrivals_result result = run(&input, (enum arrivals_method)m, 3, NULL);
        uint32_t kept = m != ARRIVALS_GREEDY;
        assert_int_equal(result.place[2], kept ? 1 : 0);
        assert_int_equal(result.place[3], kept ? 0 : 1);
        assert_int_equal(result.objective_micro, kept ? 1390000 : 600000);
        assert_null(result.group_micro);
    }
}

/* With one future all votes are its own: discord takes what bid prices of that future take. */
static void one_vote_is_the_choice(void **state)
{
    (void)state;
    struct arrivals_case made;
    assert_int_equal(arrivals_case_make(&arena, 6, &made, NULL), 0);
    made.input.floor_micro = NULL;
    for (size_t k = 0; k < 8 * GENERATE_RESOURCES; k++) {
        made.capacity[k] *= 3; /* so that a choice always fits in the first batches */
    }
    struct arrivals_result bid = run(&made.input, ARRIVALS_BID, 1, NULL);
    struct arrivals_result discord = run(&made.input, ARRIVALS_DISCORD, 1, NULL);
    for (uint32_t i = 0; i < made.end[1]; i++) {
        uint32_t h = made.arriving[i];
        assert_int_equal(bid.place[h], discord.place[h]);
    }
}

/* One place; a group of scores 0.4 and one of 0.6, in turn, half of them can be placed.  Without a floor all
 * places go to the second; with a floor of 0.1 a quarter of them goes to the first. */
static void floors_are_met(void **state)
{
    (void)state;
    enum { N = 160 };
    int32_t need[2 * N], capacity = N / 2, score[2 * N];
    uint64_t first[2 * N + 1];
    uint32_t locality[2 * N], past[N], arriving[N], group[2 * N], end[20];
    for (uint32_t h = 0; h < 2 * N; h++) {
        need[h] = 1;
        group[h] = h % 2;
        score[h] = h % 2 == 0 ? 400000 : 600000;
        locality[h] = 0;
        first[h] = h;
        past[h % N] = h % N;
        arriving[h % N] = N + h % N;
    }
    first[2 * N] = 2 * N;
    for (uint32_t b = 0; b < 20; b++) {
        end[b] = N / 20 * (b + 1);
    }
    struct place_problem problem = {2 * N, 1, 1, need, &capacity, first, locality, score};
    int64_t floors[2] = {100000, 0};
    struct arrivals_input input = {&problem, N, N, past, arriving, 20, end, group, 2, NULL};
    struct arrivals_result without = run(&input, ARRIVALS_BID, 5, NULL);
    input.floor_micro = floors;
    struct arrivals_result with = run(&input, ARRIVALS_BID, 5, NULL);
    assert_true(without.group_micro[0] < 60000);
    assert_true(with.group_micro[0] >= 99000);
    assert_true(with.group_micro[0] <= 200000);
    assert_true((double)with.objective_micro > 0.85 * (double)without.objective_micro);
}

/* A charge for backlog spreads what comes over the year. */
static void balance_spreads(void **state)
{
    (void)state;
    struct arrivals_case made;
    assert_int_equal(arrivals_case_make(&arena, 7, &made, NULL), 0);
    double ahead[2] = {0};
    for (int i = 0; i < 2; i++) {
        const struct arrivals_options options = {
            .method = ARRIVALS_BALANCE, .seed = 3, .gamma = i == 0 ? 0 : 5e6};
        struct arrivals_result result;
        int32_t used[8] = {0};
        assert_int_equal(arrivals_run(&arena, &made.input, &options, NULL, NULL, &result, NULL), 0);
        for (uint32_t k = 0; k < CASE_ARRIVING; k++) {
            uint32_t h = made.arriving[k], l = result.place[h];
            if (l != PLACE_NONE) {
                used[l] += place_need(&made.problem, h, 0);
            }
            for (l = 0; l < 8; l++) {
                double over = (double)used[l] / place_capacity(&made.problem, l, 0) -
                              (double)(k + 1) / CASE_ARRIVING;
                ahead[i] += over > 0 ? over : 0;
            }
        }
    }
    assert_true(ahead[1] < ahead[0]);
}

static void words(void **state)
{
    (void)state;
    assert_string_equal(arrivals_word(ARRIVALS_GREEDY), "greedy");
    assert_string_equal(arrivals_word(ARRIVALS_BID), "bid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plans_are_legal, setup, teardown),
        cmocka_unit_test_setup_teardown(no_method_passes_the_reach, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_seen_ahead, setup, teardown),
        cmocka_unit_test_setup_teardown(same_bytes_at_any_threads, setup, teardown),
        cmocka_unit_test_setup_teardown(one_batch_of_all_is_the_optimum, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_wanted_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(one_vote_is_the_choice, setup, teardown),
        cmocka_unit_test_setup_teardown(floors_are_met, setup, teardown),
        cmocka_unit_test_setup_teardown(balance_spreads, setup, teardown),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
