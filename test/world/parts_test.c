/* A table large enough to be read in parts: the same rows, words and faults with and without threads. */
#include "../base/sampled.h"
#include "small.h"

#define ROWS   300000
#define RAGGED 9001 /* every so many rows one is too short */
#define BAD    7001 /* and one has a value that is no number */

static void write_many(const struct small_folder *folder, bool good)
{
    char path[256];
    snprintf(path, sizeof path, "%s/arrivals.csv", folder->path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "date_from,date_to,country_iso3,route,measure,value,unit,source_id,note\n");
    fprintf(file, "2022-01-01,2022-10-03,GEO,all,stay_rus,112733,persons,s1,\n");
    char day[DATE_TEXT];
    for (int i = 0; i < ROWS; i++) {
        date_format(date_from_civil(2000, 1, 1) + i % 1000, day);
        if (!good && i % RAGGED == RAGGED - 1) {
            fprintf(file, "%s,%s,GEO\n", day, day);
        } else {
            fprintf(file, "%s,%s,GEO,route %d,entries_rus,%d%s,crossings,s1,\"row %d,\n%s\"\n", day,
                    day, i / 1000, i, !good && i % BAD == BAD - 1 ? "x" : "", i,
                    i % 3 == 0 ? "a \"\"longer\"\" note" : "");
        }
    }
    if (!good) { /* the last row again: found only when no row before it is lost */
        fprintf(file, "%s,%s,GEO,route %d,entries_rus,1,crossings,s1,\n", day, day,
                (ROWS - 1) / 1000);
    }
    assert_int_equal(fclose(file), 0);
}

struct loaded {
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    int code;
};

static void load(struct loaded *out, const struct small_folder *folder, unsigned threads,
                 size_t limit)
{
    struct pool *pool = NULL;
    struct ajar_err err = {0};
    *out = (struct loaded){0};
    arena_init(&out->arena, "a test", SMALL_CEILING * 4);
    assert_int_equal(faults_init(&out->faults, &out->arena, limit, &err), 0);
    if (threads > 0) {
        assert_int_equal(pool_open(&pool, threads, &err), 0);
    }
    out->code =
        scenario_load(&out->arena, folder->path, pool, NULL, &out->scenario, &out->faults, &err);
    pool_close(pool);
}

/* Contradictions that name rows of the small table would be faults here. */
static void make(struct small_folder *folder, bool good)
{
    small_make(folder);
    small_write(folder, "contradictions.csv",
                TEXT_LIT("id,topic,table_a,key_a,source_a,table_b,key_b,source_b,difference,"
                         "reading,used_in,why\n"));
    write_many(folder, good);
}

static void every_row_is_in_its_place(void **state)
{
    (void)state;
    struct small_folder folder;
    make(&folder, true);
    for (unsigned threads = 0; threads < 4; threads += 3) {
        struct loaded at;
        load(&at, &folder, threads, 20);
        assert_int_equal(at.code, 0);
        const struct arrivals *arrivals = &at.scenario.arrivals;
        assert_int_equal(arrivals->n, ROWS + 1);
        for (int i = 0; i < ROWS; i++) {
            char route[32], note[64];
            snprintf(route, sizeof route, "route %d", i / 1000);
            snprintf(note, sizeof note, "row %d,\n%s", i, i % 3 == 0 ? "a \"longer\" note" : "");
            name_id id = arrivals->route[i + 1];
            if (!text_is(scenario_name(&at.scenario, id), route) || arrivals->value[i + 1] != i ||
                arrivals->line[i + 1] != (uint32_t)(3 + 2 * i) ||
                !text_is(arrivals->note[i + 1], note) ||
                id != arrivals->route[1] + (name_id)(i / 1000)) {
                fail_msg("row %d", i);
            }
        }
        arena_free(&at.arena);
    }
    small_drop(&folder);
}

static void faults_do_not_depend_on_threads(void **state)
{
    (void)state;
    struct small_folder folder;
    make(&folder, false);
    for (size_t limit = 10; limit <= 100; limit += 90 * sampled(2)) {
        struct loaded one, many;
        load(&one, &folder, 0, limit);
        load(&many, &folder, 3, limit);
        assert_int_equal(one.faults.total, ROWS / RAGGED + ROWS / BAD + 1);
        assert_int_equal(many.faults.total, one.faults.total);
        assert_int_equal(many.faults.kept, one.faults.kept);
        for (size_t i = 0; i < one.faults.kept; i++) {
            assert_string_equal(one.faults.at[i].slug, many.faults.at[i].slug);
            assert_int_equal(one.faults.at[i].row, many.faults.at[i].row);
            assert_string_equal(one.faults.at[i].value, many.faults.at[i].value);
            assert_string_equal(one.faults.at[i].text, many.faults.at[i].text);
        }
        assert_int_equal(one.faults.at[0].row, 3 + 2 * (BAD - 1));
        if (limit == 100) {
            const struct ajar_err *last = &one.faults.at[one.faults.kept - 1];
            assert_string_equal(last->slug, "scenario.key.duplicate");
            assert_int_equal(last->row, 3 + 2 * ROWS - ROWS / RAGGED);
        }
        arena_free(&one.arena);
        arena_free(&many.arena);
    }
    small_drop(&folder);
}

static void an_unclosed_quote_ends_the_table(void **state)
{
    (void)state;
    struct small_folder folder;
    make(&folder, true);
    char path[256];
    snprintf(path, sizeof path, "%s/arrivals.csv", folder.path);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fseek(file, 71 + 58 + 4, SEEK_SET); /* in the second row, so that every part behind is turned */
    fputc('"', file);
    fclose(file);
    struct loaded one, many;
    load(&one, &folder, 0, 20);
    load(&many, &folder, 3, 20);
    assert_int_equal(one.code, E_SCENARIO_FAULTS);
    assert_int_equal(many.code, E_SCENARIO_FAULTS);
    assert_int_equal(one.faults.total, many.faults.total);
    assert_string_equal(one.faults.at[0].slug, many.faults.at[0].slug);
    assert_int_equal(one.faults.at[0].row, many.faults.at[0].row);
    arena_free(&one.arena);
    arena_free(&many.arena);
    small_drop(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_in_its_place),
        cmocka_unit_test(faults_do_not_depend_on_threads),
        cmocka_unit_test(an_unclosed_quote_ends_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
