/* The next question against every answer to every question, worked out vector by vector. */
#include "rules_oracle.h"

#include "ask.h"

#define ROUNDS  2000
#define DOORS   3
#define VECTORS 4000
#define TOPICS  (MADE_FACTS + 2)

struct scene {
    struct made made;
    size_t n_doors;
    struct instance instances[DOORS];
    uint64_t mask[DOORS][DIAGRAM_VARS_MAX];
    uint8_t asked[DOORS][DIAGRAM_VARS_MAX];
    struct ask_door doors[DOORS];
};

static struct scene scene;

static void scene_open(uint32_t round)
{
    struct made *it = &scene.made;
    made_open(it, round);
    scene.n_doors = 1 + rng_below(&it->rng, DOORS);
    it->rules.n_doors = scene.n_doors;
    for (size_t f = 0; f < MADE_FACTS; f++) {
        it->rules.facts[f].sensitive = rng_below(&it->rng, 3) == 0;
    }
    struct person person = random_person(it, day("2022-11-15"), 2);
    for (uint32_t d = 0; d < scene.n_doors; d++) {
        struct ajar_err err = {0};
        struct door first = it->rules.doors[0];
        it->rules.doors[0] = (struct door){.id = TEXT_LIT("test"), .review_by = DATE_NONE};
        it->rules.doors[0].versions = made_new(it, 16, sizeof(struct version));
        random_version(it, made_version(it, "one", "2022-01-01", "2022-01-01"), ATOMS_RANDOM);
        it->rules.doors[d] = it->rules.doors[0];
        it->rules.doors[0] = d == 0 ? it->rules.doors[0] : first;
        assert_int_equal(instance_build(&it->arena, &it->scratch, &it->rules, d, at("2022-11-15"),
                                        day("2022-11-15"), &scene.instances[d], &err),
                         0);
        assert_int_equal(instance_cube(&it->scratch, &scene.instances[d], &person, scene.mask[d],
                                       scene.asked[d], NULL),
                         0);
        scene.doors[d] = (struct ask_door){&scene.instances[d], scene.mask[d], scene.asked[d]};
    }
}

/* The outcomes of all vectors in the cube, in order; false when there are too many. */
struct table {
    size_t n, n_vars;
    uint8_t at[VECTORS][64];
    enum outcome outcome[VECTORS];
};

static bool table_of(size_t d, struct table *out)
{
    const struct instance *it = &scene.instances[d];
    out->n = 1;
    out->n_vars = it->n_vars;
    for (size_t v = 0; v < it->n_vars; v++) {
        out->n *= (size_t)__builtin_popcountll(scene.mask[d][v]);
        if (out->n > VECTORS || it->n_vars > 64) {
            return false;
        }
    }
    for (size_t i = 0; i < out->n; i++) {
        size_t left = i;
        for (size_t v = it->n_vars; v-- > 0;) {
            size_t n = (size_t)__builtin_popcountll(scene.mask[d][v]), which = left % n;
            uint64_t classes = scene.mask[d][v];
            left /= n;
            for (; which > 0; which--) {
                classes &= classes - 1;
            }
            out->at[i][v] = (uint8_t)__builtin_ctzll(classes);
        }
        out->outcome[i] = instance_walk(it, out->at[i]);
    }
    return true;
}

/* Whether two vectors that differ in `var` alone have different outcomes: they stand a fixed number
 * of places apart. */
static bool depends_on(const struct table *table, size_t d, size_t var)
{
    size_t stride = 1, n = (size_t)__builtin_popcountll(scene.mask[d][var]);
    for (size_t v = var + 1; v < table->n_vars; v++) {
        stride *= (size_t)__builtin_popcountll(scene.mask[d][v]);
    }
    for (size_t i = 0; n > 1 && i + stride < table->n; i++) {
        if (i / stride % n + 1 < n && table->outcome[i] != table->outcome[i + stride]) {
            return true;
        }
    }
    return false;
}

static size_t topic_of_var(const struct var *var)
{
    return var->kind == VAR_QUANT                          ? MADE_FACTS
           : var->kind == VAR_FACT || var->kind == VAR_HAS ? var->fact
                                                           : MADE_FACTS + 1;
}

static size_t outcomes_of(const struct table *table, size_t n, const size_t vars[],
                          const uint8_t answer[])
{
    uint32_t seen = 0;
    for (size_t i = 0; i < table->n; i++) {
        bool fits = true;
        for (size_t k = 0; fits && k < n; k++) {
            fits = table->at[i][vars[k]] == answer[k];
        }
        seen |= fits ? 1U << table->outcome[i] : 0;
    }
    return (size_t)__builtin_popcount(seen);
}

struct tried {
    bool wanted;
    double gain;
    size_t settles;
};

/* Every answer is read off the first vector that gives it. */
static void topic_tried(const struct table *table, size_t d, size_t topic, struct tried *out)
{
    size_t n = 0, vars[64], answers = 1, sum = 0;
    bool settles = false;
    for (size_t v = 0; v < table->n_vars; v++) {
        size_t classes = (size_t)__builtin_popcountll(scene.mask[d][v]);
        if (topic_of_var(&scene.instances[d].vars[v]) == topic && scene.asked[d][v] == 1 &&
            depends_on(table, d, v) && answers * classes <= ASK_ANSWERS_MAX) {
            vars[n++] = v;
            answers *= classes;
        }
    }
    size_t now = outcomes_of(table, 0, NULL, NULL), met = 0;
    if (n == 0 || now <= 1) {
        return;
    }
    for (size_t i = 0; i < table->n; i++) {
        uint8_t answer[64];
        bool first = true;
        for (size_t k = 0; k < n; k++) {
            answer[k] = table->at[i][vars[k]];
        }
        for (size_t v = 0; first && v < table->n_vars; v++) {
            bool asked = false;
            for (size_t k = 0; k < n; k++) {
                asked |= vars[k] == v;
            }
            first = asked || table->at[i][v] == __builtin_ctzll(scene.mask[d][v]);
        }
        if (first) {
            size_t left = outcomes_of(table, n, vars, answer);
            settles |= left == 1;
            sum += left;
            met++;
        }
    }
    assert_int_equal(met, answers);
    out->wanted = true;
    out->gain += (double)sum / (double)answers - (double)now;
    out->settles += settles;
}

static bool sensitive(size_t topic)
{
    return topic < MADE_FACTS && scene.made.rules.facts[topic].sensitive;
}

static size_t best_topic(const struct tried tried[TOPICS])
{
    size_t best = TOPICS;
    for (size_t t = 0; t < TOPICS; t++) {
        bool better = tried[t].wanted && best == TOPICS;
        if (tried[t].wanted && best != TOPICS) {
            double less = tried[best].gain - tried[t].gain;
            better = less > 1e-7 || (less > -1e-7 && sensitive(best) && !sensitive(t));
        }
        best = better ? t : best;
    }
    return best;
}

static void next_question_is_best(void **state)
{
    static struct table table;
    size_t looked_at = 0, none = 0, apart = 0;
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct tried tried[TOPICS] = {0};
        bool small = true;
        uint32_t fact = 77;
        size_t settles = 77;
        scene_open(round);
        for (size_t d = 0; small && d < scene.n_doors; d++) {
            small = table_of(d, &table);
            for (size_t t = 0; small && t < TOPICS; t++) {
                topic_tried(&table, d, t, &tried[t]);
            }
        }
        assert_int_equal(ask_next(&scene.made.scratch, &scene.made.rules, scene.n_doors,
                                  scene.doors, &fact, &settles, NULL),
                         0);
        if (small) {
            size_t best = best_topic(tried);
            uint32_t want = best == TOPICS           ? RULES_NONE
                            : best == MADE_FACTS     ? ASK_HOUSEHOLD
                            : best == MADE_FACTS + 1 ? ASK_STAYS
                                                     : (uint32_t)best;
            assert_int_equal(fact, want);
            assert_int_equal(settles, best == TOPICS ? 0 : tried[best].settles);
            looked_at++;
            none += best == TOPICS;
            apart += best >= MADE_FACTS && best != TOPICS;
        }
        made_close(&scene.made);
    }
    assert_true(looked_at > ROUNDS / 2);
    assert_true(none > 20 && none < looked_at / 2 && apart > 20);
}

static void memory_runs_out(void **state)
{
    size_t failed = 0, passed = 0;
    (void)state;
    scene_open(4);
    for (size_t ceiling = 100; ceiling < 2000000; ceiling *= 2) {
        struct arena scratch;
        uint32_t fact = 77;
        size_t settles = 77;
        struct ajar_err err = {0};
        arena_init(&scratch, "a test's scratch", ceiling);
        int code = ask_next(&scratch, &scene.made.rules, scene.n_doors, scene.doors, &fact,
                            &settles, &err);
        assert_true(code == 0 || (code == E_CEILING && fact == 77 && settles == 77));
        *(code == 0 ? &passed : &failed) += 1;
        arena_free(&scratch);
    }
    assert_true(failed > 0 && passed > 0);
    made_close(&scene.made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_question_is_best),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
