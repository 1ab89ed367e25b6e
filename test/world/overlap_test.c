/* Crossing spans, duplicates and pairs of sources on random arrivals, against comparing every row with
 * every other. */
#include "rng.h"
#include "small.h"

#define ROWS   60
#define ROUNDS 60

struct row {
    int from, to, route, source, value;
};

static void make_rows(struct rng *rng, struct row rows[ROWS])
{
    for (size_t i = 0; i < ROWS; i++) {
        rows[i].from = (int)rng_below(rng, 12);
        rows[i].to = rows[i].from + (int)rng_below(rng, 8);
        rows[i].route = (int)rng_below(rng, 6);
        rows[i].source = 1 + (int)rng_below(rng, 3);
        rows[i].value = (int)rng_below(rng, 3);
    }
}

static void write_rows(const struct small_folder *folder, const struct row rows[ROWS])
{
    struct buf text;
    buf_init(&text, SMALL_CEILING);
    buf_str(&text, "date_from,date_to,country_iso3,route,measure,value,unit,source_id,note\n");
    buf_str(&text, "2022-01-01,2022-10-03,GEO,all,stay_rus,112733,persons,s1,\n");
    for (size_t i = 0; i < ROWS; i++) {
        buf_printf(&text, "2022-05-%02d,2022-05-%02d,GEO,r%d,entries_rus,%d,crossings,s%d,\n",
                   rows[i].from + 1, rows[i].to + 1, rows[i].route, rows[i].value, rows[i].source);
    }
    small_write(folder, "arrivals.csv", buf_view(&text));
    buf_free(&text);
}

struct counts {
    uint64_t duplicate, cross, pair;
};

/* The first row of a key stands for it where sources are compared. */
static bool is_first(const struct row rows[ROWS], size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (rows[j].from == rows[i].from && rows[j].to == rows[i].to &&
            rows[j].route == rows[i].route && rows[j].source == rows[i].source) {
            return false;
        }
    }
    return true;
}

static struct counts count_slowly(const struct row rows[ROWS])
{
    struct counts counts = {0, 0, 0};
    for (size_t i = 0; i < ROWS; i++) {
        counts.duplicate += !is_first(rows, i);
        for (size_t j = 0; j < i; j++) {
            const struct row *a = &rows[i], *b = &rows[j];
            if (a->route != b->route) {
                continue;
            }
            bool same = a->from == b->from && a->to == b->to;
            bool meet = a->from <= b->to && b->from <= a->to;
            bool a_holds = a->from <= b->from && a->to >= b->to;
            bool b_holds = b->from <= a->from && b->to >= a->to;
            counts.cross += meet && !a_holds && !b_holds;
            counts.pair += same && a->source != b->source && a->value != b->value &&
                           is_first(rows, i) && is_first(rows, j);
        }
    }
    return counts;
}

static struct counts count_loaded(const struct small_folder *folder)
{
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct ajar_err err = {0};
    struct counts counts = {0, 0, 0};
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, 4000, &err), 0);
    scenario_load(&arena, folder->path, NULL, NULL, &scenario, &faults, &err);
    for (size_t i = 0; i < faults.kept; i++) {
        counts.duplicate += strcmp(faults.at[i].slug, "scenario.key.duplicate") == 0;
        counts.cross += strcmp(faults.at[i].slug, "scenario.span.overlap") == 0;
        counts.pair += strcmp(faults.at[i].slug, "scenario.contradiction.undeclared") == 0;
    }
    assert_int_equal(counts.duplicate + counts.cross + counts.pair, faults.total);
    arena_free(&arena);
    return counts;
}

static void agrees_with_comparing_all(void **state)
{
    (void)state;
    struct small_folder folder;
    struct rng rng = rng_at(7, 0, 0, 0);
    struct row rows[ROWS];
    small_make(&folder);
    small_write(&folder, "contradictions.csv",
                TEXT_LIT("id,topic,table_a,key_a,source_a,table_b,key_b,source_b,difference,"
                         "reading,used_in,why\n"));
    for (int round = 0; round < ROUNDS; round++) {
        make_rows(&rng, rows);
        write_rows(&folder, rows);
        struct counts fast = count_loaded(&folder), slow = count_slowly(rows);
        assert_int_equal(fast.duplicate, slow.duplicate);
        assert_int_equal(fast.cross, slow.cross);
        assert_int_equal(fast.pair, slow.pair);
        assert_true(slow.cross > 0);
    }
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_comparing_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
