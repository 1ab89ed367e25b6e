#include "exodus_chi2.h"
#include "exodus_small.h"
#include "steady.h"

/* Fixed seeds: good engines fail such a bound once in some thousand numbers of seeds. */
#define CHANCE 1e-6
#define FAR    4.5

/* ---- Statistics of many runs ---- */

enum { STAT_MOST = 40, STAT_DAY = 14 };

struct stats {
    size_t n, runs;
    const char *name[STAT_MOST];
    double *at[STAT_MOST]; /* [runs] */
};

static double sum_of(const double *days, size_t width, size_t at)
{
    double sum = 0;
    for (uint32_t day = 0; day < tiny.model.n_days; day++) {
        sum += days[day * width + at];
    }
    return sum;
}

static double sum_cells(const double *cells, uint32_t door, enum exodus_kind kind)
{
    size_t width = (size_t)tiny.model.n_doors * tiny.model.n_classes * EXODUS_KINDS;
    double sum = 0;
    for (uint32_t c = 0; c < tiny.model.n_classes; c++) {
        sum += sum_of(cells, width, exodus_cell(&tiny.model, 0, door, c, kind));
    }
    return sum;
}

static void note(struct stats *stats, size_t run, const char *name, double value)
{
    stats->name[stats->n] = name;
    stats->at[stats->n++][run] = value;
}

static void note_door(struct stats *stats, size_t run, uint32_t d)
{
    static const char *const names[][8] = {
        {"traffic admitted 0", "flight admitted 0", "traffic refused 0", "flight refused 0",
         "exits of flight 0", "onward 0", "flight present 0", "traffic present 0"},
        {"traffic admitted 1", "flight admitted 1", "traffic refused 1", "flight refused 1",
         "exits of flight 1", "onward 1", "flight present 1", "traffic present 1"},
        {"traffic admitted 2", "flight admitted 2", "traffic refused 2", "flight refused 2",
         "exits of flight 2", "onward 2", "flight present 2", "traffic present 2"}};
    const struct exodus_result *out = &tiny.out;
    size_t doors = tiny.model.n_doors;
    note(stats, run, names[d][0], sum_cells(out->admitted, d, EXODUS_TRAFFIC));
    note(stats, run, names[d][1], sum_cells(out->admitted, d, EXODUS_FLIGHT));
    note(stats, run, names[d][2], sum_cells(out->refused, d, EXODUS_TRAFFIC));
    note(stats, run, names[d][3], sum_cells(out->refused, d, EXODUS_FLIGHT));
    note(stats, run, names[d][4], sum_of(out->exits[EXODUS_FLIGHT], doors, d));
    note(stats, run, names[d][5], sum_of(out->onward, doors, d));
    note(stats, run, names[d][6], tiny_door(out->present[EXODUS_FLIGHT], STAT_DAY, d));
    note(stats, run, names[d][7], tiny_door(out->present[EXODUS_TRAFFIC], STAT_DAY, d));
}

static void note_run(struct stats *stats, size_t run)
{
    const struct exodus_result *out = &tiny.out;
    const uint32_t last = TINY_FULL_DAYS - 1;
    size_t classes = tiny.model.n_classes;
    stats->n = 0;
    for (uint32_t d = 0; d < 3; d++) {
        note_door(stats, run, d);
    }
    double traffic = tiny_cell(out->waiting, STAT_DAY, 0, 0, EXODUS_TRAFFIC);
    double flight = tiny_cell(out->waiting, STAT_DAY, 0, 0, EXODUS_FLIGHT);
    double at_end = tiny_cell(out->waiting, last, 0, 0, EXODUS_FLIGHT);
    note(stats, run, "traffic waiting", traffic);
    note(stats, run, "flight waiting", flight);
    note(stats, run, "both waiting", traffic + flight);
    note(stats, run, "waiting at the end", at_end);
    note(stats, run, "traffic gave up", sum_cells(out->gave_up, 0, EXODUS_TRAFFIC));
    note(stats, run, "flight gave up", sum_cells(out->gave_up, 0, EXODUS_FLIGHT));
    note(stats, run, "set out", sum_of(out->set_out, classes, 1));
    note(stats, run, "deterred", sum_of(out->deterred, classes, 0));
    note(stats, run, "stopped 0", sum_of(out->stopped, classes, 0));
    note(stats, run, "stopped 1", sum_of(out->stopped, classes, 1));
    note(stats, run, "pool", tiny_class(out->pool, last, 1));
    note(stats, run, "stranded", tiny_class(out->stranded, last, 1));
    note(stats, run, "traffic at first", tiny_door(out->present[EXODUS_TRAFFIC], 1, 0));
    note(stats, run, "traffic exits 1", sum_of(out->exits[EXODUS_TRAFFIC], 3, 1));
    /* Doors have chances of their own. */
    note(stats, run, "traffic of both",
         sum_cells(out->asked, 0, EXODUS_TRAFFIC) + sum_cells(out->asked, 1, EXODUS_TRAFFIC));
}

static void note_runs(struct stats *stats, enum tiny_engine engine, uint64_t seed, size_t runs)
{
    stats->runs = runs;
    for (size_t i = 0; i < STAT_MOST; i++) {
        stats->at[i] = tiny_doubles(runs, 0);
    }
    for (size_t run = 0; run < runs; run++) {
        tiny_run(engine, seed + run);
        note_run(stats, run);
    }
}

struct moments {
    double mean, variance, fourth; /* the latter about the mean */
};

static struct moments moments_of(const double *at, size_t n)
{
    struct moments out = {0};
    double number = (double)n;
    for (size_t i = 0; i < n; i++) {
        out.mean += at[i] / number;
    }
    for (size_t i = 0; i < n; i++) {
        double square = (at[i] - out.mean) * (at[i] - out.mean);
        out.variance += square / (number - 1);
        out.fourth += square * square / number;
    }
    return out;
}

/* A z-test; a number that never varies must be the same. */
static bool is_far(double a, double b, double variance)
{
    return !(fabs(a - b) <= FAR * sqrt(variance) + 1e-9 * fabs(b));
}

/* ---- Both engines of people have one law ---- */

static void compare(const struct stats *a, const struct stats *b)
{
    double m = (double)a->runs, n = (double)b->runs;
    for (size_t i = 0; i < a->n; i++) {
        struct moments x = moments_of(a->at[i], a->runs), y = moments_of(b->at[i], b->runs);
        double variance = (m * x.variance + n * y.variance) / (m + n);
        double fourth = (m * x.fourth + n * y.fourth) / (m + n);
        if (is_far(x.mean, y.mean, variance * (1 / m + 1 / n))) {
            fail_msg("%s: means %g and %g", a->name[i], x.mean, y.mean);
        }
        if (is_far(x.variance, y.variance, (fourth - variance * variance) * (1 / m + 1 / n))) {
            fail_msg("%s: variances %g and %g", a->name[i], x.variance, y.variance);
        }
    }
}

static void test_law(void **state)
{
    (void)state;
    struct stats people, walk;
    tiny_full(1, true);
    note_runs(&people, TINY_PEOPLE, 1000, 480);
    note_runs(&walk, TINY_WALK, 40000, 200);
    compare(&people, &walk);
    /* Every mechanism is at work. */
    for (size_t i = 0; i < walk.n; i++) {
        if (!(moments_of(walk.at[i], walk.runs).mean > 0.5)) {
            fail_msg("%s: almost never", walk.name[i]);
        }
    }
}

/* ---- Beside the mean field ---- */

static void compare_mean(const struct stats *people, const struct stats *mean, double part)
{
    for (size_t i = 0; i < people->n; i++) {
        struct moments x = moments_of(people->at[i], people->runs);
        double off = fabs(x.mean - mean->at[i][0]) - FAR * sqrt(x.variance / (double)people->runs);
        if (!(off <= part * mean->at[i][0] + 1e-9 * fabs(x.mean))) {
            fail_msg("%s: %g, expected %g", people->name[i], x.mean, mean->at[i][0]);
        }
    }
}

/* Without limits all is linear, and expectations are those of the mean field. */
static void test_mean(void **state)
{
    (void)state;
    struct stats people, mean;
    tiny_full(4, false);
    note_runs(&people, TINY_PEOPLE, 3000, 480);
    note_runs(&mean, TINY_RUN, 0, 1);
    compare_mean(&people, &mean, 0);
}

/* With a queue of some hundreds that never gets empty the mean field is right to some parts in a thousand. */
static void test_mean_full(void **state)
{
    (void)state;
    struct stats people, mean;
    tiny_full(100, true);
    note_runs(&people, TINY_PEOPLE, 4000, 150);
    note_runs(&mean, TINY_RUN, 0, 1);
    compare_mean(&people, &mean, 0.003);
}

/* ---- A queue by Lindley's recursion ---- */

enum { LINE_MOST = 200 };

/* law[n]: chance that n wait in the evening; before: in the evening before, of whom nobody leaves. */
static void lindley(const double *before, double comes, double capacity, double *law)
{
    double whole = floor(capacity), part = capacity - whole;
    memset(law, 0, LINE_MOST * sizeof *law);
    for (int64_t n = 0; n < LINE_MOST; n++) {
        for (int64_t more = 0; n + more < LINE_MOST; more++) {
            double p = before[n] * exp(steady_poisson_log_pmf(more, comes));
            int64_t left = n + more - (int64_t)whole;
            law[left > 0 ? left : 0] += p * (1 - part);
            law[left > 1 ? left - 1 : 0] += p * part;
        }
    }
}

static void test_lindley(void **state)
{
    (void)state;
    enum { DAYS = 12, RUNS = 2000 };
    static double law[2][LINE_MOST];
    static int64_t count[LINE_MOST];
    memset(law, 0, sizeof law);
    memset(count, 0, sizeof count);
    law[1][0] = 1;
    tiny_make(DAYS, 1, 1, 1);
    tiny_traffic(0, 0, 5);
    tiny.setting.capacity[0] = 5.25;
    for (int day = 0; day < DAYS; day++) {
        lindley(law[1 - day % 2], 5, 5.25, law[day % 2]);
    }
    for (int run = 0; run < RUNS; run++) {
        tiny_run(TINY_PEOPLE, (uint64_t)run);
        double waits = tiny_cell(tiny.out.waiting, DAYS - 1, 0, 0, EXODUS_TRAFFIC);
        assert_true(waits < LINE_MOST);
        count[(size_t)waits]++;
    }
    assert_true(chi2_chance(count, law[(DAYS - 1) % 2], LINE_MOST, RUNS) > CHANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_law, tiny_teardown),
        cmocka_unit_test_teardown(test_mean, tiny_teardown),
        cmocka_unit_test_teardown(test_mean_full, tiny_teardown),
        cmocka_unit_test_teardown(test_lindley, tiny_teardown),
    };
    return cmocka_run_group_tests_name("exodus_people", tests, NULL, NULL);
}
