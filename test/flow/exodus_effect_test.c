#include "exodus_effect.h"

#include "exodus_rows_small.h"

#define MEMBERS 5
#define WORLDS  3
#define DAYS    4

static struct exodus_tally tallies[WORLDS * MEMBERS];
static double stranded[WORLDS * MEMBERS * DAYS];
static struct exodus_replay replay;
static struct exodus_effect *effects;

static int effect_setup(void **state)
{
    three_setup(state);
    memset(tallies, 0, sizeof tallies);
    memset(stranded, 0, sizeof stranded);
    replay = (struct exodus_replay){.n_members = MEMBERS,
                                    .n_worlds = WORLDS,
                                    .n_days = DAYS,
                                    .tallies = tallies,
                                    .stranded = stranded};
    return 0;
}

static void effects_make(void)
{
    assert_int_equal(exodus_effects(&three.arena, &three.model, &replay, &effects, NULL), 0);
}

/* as_is = 100 + m, changed = 90 + 3 m: of members 0 .. 4 the change is -10, -8 .. -2. */
static void check_change(const struct exodus_change *change, double times)
{
    assert_near(change->as_is, 102 * times, 1e-9);
    assert_near(change->changed, 96 * times, 1e-9);
    assert_near(change->mean, -6 * times, 1e-9);
    assert_near(change->p5, -9.6 * times, 1e-9);
    assert_near(change->p50, -6 * times, 1e-9);
    assert_near(change->p95, -2.4 * times, 1e-9);
}

static void check_none(const struct exodus_change *change)
{
    assert_near(change->as_is, 0, 0);
    assert_near(change->changed, 0, 0);
    assert_near(change->p95, 0, 0);
}

/* Every number is put at one place of the tallies, and must come out at one place of the effect. */
static void test_places(void **state)
{
    (void)state;
    struct exodus_tally *t = tallies;
    double *doors[] = {&t->entries[EST][EXODUS_FLIGHT],
                       &t->refused[EST][EXODUS_FLIGHT],
                       &t->gave_up[EST][EXODUS_FLIGHT],
                       &t->entries[EST][EXODUS_TRAFFIC],
                       &t->admitted[1],
                       &t->stopped[1],
                       &t->stranded[1],
                       &t->pool[1],
                       &t->waiting[1]};
    size_t apart = sizeof *t / sizeof(double);
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        memset(tallies, 0, sizeof tallies);
        for (int m = 0; m < MEMBERS; m++) {
            doors[i][(size_t)m * apart] = 100 + m;
            doors[i][(size_t)(2 * MEMBERS + m) * apart] = 90 + 3 * m;
        }
        effects_make();
        struct exodus_effect *effect = &effects[1];
        struct exodus_change *of[] = {
            &effect->entries[EST], &effect->refused[EST], &effect->gave_up[EST],
            &effect->traffic[EST], &effect->admitted[1],  &effect->stopped[1],
            &effect->stranded[1],  &effect->in_russia[1], &effect->entries_all,
            &effect->stranded_all, &effect->stopped_all,  &effect->stranded_most,
            &effect->entries[FIN], &effect->admitted[0]};
        bool told[14] = {false};
        told[i < 7 ? i : 7] = true;
        told[7] = told[7] || i == 5; /* who gave up for good is in Russia */
        told[8] = i == 0;
        told[9] = i == 6;
        told[10] = i == 5;
        for (int k = 0; k < 14; k++) {
            if (told[k]) {
                check_change(of[k], 1);
            } else {
                check_none(of[k]);
            }
        }
        assert_int_equal(effect->world, 2);
        assert_int_equal(effects[0].world, 1);
        assert_near(effects[0].entries[EST].changed, 0, 0);
    }
}

/* Sums are taken member by member before they are put in order. */
static void test_sums(void **state)
{
    (void)state;
    for (int m = 0; m < MEMBERS; m++) {
        for (int d = 0; d < THREE; d++) {
            tallies[m].entries[d][EXODUS_FLIGHT] = 100 + m;
            tallies[MEMBERS + m].entries[d][EXODUS_FLIGHT] = 90 + 3 * m;
        }
        tallies[m].stopped[0] = 10 * m;
        tallies[MEMBERS + m].stopped[1] = 10 * m;
        tallies[m].stranded[0] = tallies[m].stranded[1] = 50 + 0.5 * m;
        tallies[MEMBERS + m].stranded[0] = tallies[MEMBERS + m].stranded[1] = 45 + 1.5 * m;
    }
    effects_make();
    check_change(&effects[0].entries_all, 3);
    check_change(&effects[0].stranded_all, 1);
    assert_near(effects[0].stopped_all.as_is, 20, 1e-9);
    assert_near(effects[0].stopped_all.p5, 0, 1e-9);
    assert_near(effects[0].stopped_all.p95, 0, 1e-9);
    assert_near(effects[0].stopped[0].p5, -38, 1e-9);
}

/* The day of most, of each run its own. */
static void test_stranded_most(void **state)
{
    (void)state;
    for (int m = 0; m < MEMBERS; m++) {
        stranded[m * DAYS + m % DAYS] = 100 + m;
        stranded[m * DAYS + (m + 1) % DAYS] = 5;
        stranded[(MEMBERS + m) * DAYS + (m + 2) % DAYS] = 90 + 3 * m;
    }
    effects_make();
    check_change(&effects[0].stranded_most, 1);
    assert_near(effects[0].stranded_all.as_is, 0, 0);
}

/* Of two doors: variances 2.5 and 22.5 of runs, 10 of their differences, and the other door's. */
static void test_narrower(void **state)
{
    (void)state;
    for (int m = 0; m < MEMBERS; m++) {
        tallies[m].entries[FIN][EXODUS_FLIGHT] = 100 + m;
        tallies[MEMBERS + m].entries[FIN][EXODUS_FLIGHT] = 90 + 3 * m;
        tallies[m].entries[GEO][EXODUS_FLIGHT] = 1000 + 20 * m;
        tallies[MEMBERS + m].entries[GEO][EXODUS_FLIGHT] = 1000 + 21 * m;
        tallies[m].entries[GEO][EXODUS_TRAFFIC] = 1000 * m; /* not of the flight */
        tallies[2 * MEMBERS + m].entries[FIN][EXODUS_FLIGHT] = 50 + m;
        tallies[2 * MEMBERS + m].entries[GEO][EXODUS_FLIGHT] = 20 * m;
    }
    effects_make();
    assert_near(effects[0].narrower, sqrt((2.5 + 22.5 + 2.5 * 400 + 2.5 * 441) / (10 + 2.5)), 1e-9);
    assert_true(isinf(effects[1].narrower)); /* each pair differs by the same */
}

static void test_one_world(void **state)
{
    (void)state;
    replay.n_worlds = 1;
    effects = NULL;
    effects_make();
    assert_non_null(effects);
}

#define EFFECT_TEST(f) cmocka_unit_test_setup_teardown(f, effect_setup, three_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EFFECT_TEST(test_places),   EFFECT_TEST(test_sums),      EFFECT_TEST(test_stranded_most),
        EFFECT_TEST(test_narrower), EFFECT_TEST(test_one_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
