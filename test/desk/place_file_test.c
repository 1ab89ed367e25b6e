/* Plan files: what is written reads back as it was, and every fault is found with its path. */
#include "placed_made.h"

#include "place_tables.h"

static struct text written(struct placed *it)
{
    struct buf buf;
    const char *copy = NULL;
    buf_init(&buf, 1 << 20);
    place_file_write(&buf, &it->programme, &it->file);
    assert_int_equal(buf_ok(&buf, &it->err), 0);
    assert_int_equal(text_copy(&it->arena, buf_view(&buf), &copy, NULL), 0);
    struct text out = {copy, buf.n};
    buf_free(&buf);
    return out;
}

/* The bytes with the first `from` made `to`; of the same test, so `from` has to be there. */
static struct text changed(struct placed *it, struct text bytes, const char *from, const char *to)
{
    const char *at = memmem(bytes.at, bytes.n, from, strlen(from));
    struct buf buf;
    const char *copy = NULL;
    assert_non_null(at);
    buf_init(&buf, 1 << 20);
    buf_bytes(&buf, bytes.at, (size_t)(at - bytes.at));
    buf_str(&buf, to);
    at += strlen(from);
    buf_bytes(&buf, at, bytes.n - (size_t)(at - bytes.at));
    assert_int_equal(text_copy(&it->arena, buf_view(&buf), &copy, NULL), 0);
    struct text out = {copy, buf.n};
    buf_free(&buf);
    return out;
}

static int read_file(struct placed *it, struct text bytes, struct place_file *out)
{
    assert_int_equal(faults_init(&it->faults, &it->arena, 50, NULL), 0);
    return place_file_read(&it->arena, "plan.json", bytes, &it->programme, &it->faults, out,
                           &it->err);
}

static void a_plan_reads_back_as_it_was(void **state)
{
    struct placed *it = placed_open();
    struct place_file back;
    (void)state;
    placed_file(it);
    struct text bytes = written(it);
    assert_true(place_file_is_json(bytes));
    assert_true(place_file_is_ours(bytes));
    assert_int_equal(read_file(it, bytes, &back), 0);
    assert_int_equal(back.result.plan.objective_micro, 1800000);
    assert_memory_equal(back.result.plan.place, it->result.plan.place, 5 * sizeof(uint32_t));
    assert_memory_equal(back.result.plan.price, it->result.plan.price, 6 * sizeof(int64_t));
    assert_int_equal(back.result.quota_price[0], it->result.quota_price[0]);
    assert_int_equal(back.on, date_from_civil(2022, 11, 1));
    assert_string_equal(back.inputs[0].sha256, it->file.inputs[0].sha256);
    it->file = back;
    struct text again = written(it);
    assert_true(text_eq(bytes, again));
    arena_free(&it->arena);
}

static void a_plan_without_reasons_reads_back(void **state)
{
    struct placed *it = placed_open();
    struct place_file back;
    (void)state;
    placed_file(it);
    it->file.households = NULL;
    it->file.floors = "old=0.5";
    it->file.on = DATE_NONE;
    struct text bytes = written(it);
    assert_int_equal(read_file(it, bytes, &back), 0);
    assert_null(back.households);
    assert_null(back.localities);
    assert_string_equal(back.floors, "old=0.5");
    assert_int_equal(back.on, DATE_NONE);
    assert_int_equal(place_file_day("plan.json", bytes), DATE_NONE);
    arena_free(&it->arena);
}

struct slip {
    const char *from, *to;
    int code;           /* of the fault */
    const char *column; /* where it is said to be */
};

static const struct slip slips[] = {
    {"\"format\": \"ajar plan\"", "\"format\": \"a plan\"", E_PLACE_FILE, "format"},
    {"\"format\": \"ajar plan\",", "", E_PLACE_FILE, "format"},
    {"\"version\": 1", "\"version\": 2", E_PLACE_FILE, "version"},
    {"\"version\": 1", "\"version\": \"1\"", E_PLACE_FILE, "version"},
    {"\"seed\": 7", "\"seed\": -7", E_PLACE_FILE, "seed"},
    {"\"seed\": 7", "\"sead\": 7", E_PLACE_FILE, "sead"},
    {"\"floors\": null", "\"floors\": 3", E_PLACE_FILE, "floors"},
    {"\"2022-11-01\"", "\"2022-11-31\"", E_PLACE_FILE, "on"},
    {"\"sha256\":\"0", "\"sha256\":\"G", E_PLACE_FILE, "inputs[0].sha256"},
    {"\"sha256\":\"0", "\"sha256\":\"", E_PLACE_FILE, "inputs[0].sha256"},
    {"\"objective_micro\": 1800000", "\"objective_micro\": 1.8", E_PLACE_FILE, "objective_micro"},
    {"\"proven\": true", "\"proven\": 1", E_PLACE_FILE, "proven"},
    {"\"rounds\": ", "\"rounds\": -1", E_PLACE_FILE, "rounds"},
    {"\"gap\": 0", "\"gap\": null", E_PLACE_FILE, "gap"},
    {"[\"beds\",\"school\"]", "[\"school\",\"beds\"]", E_PLACE_FILE, "resources"},
    {"{\"locality\":\"x2\",\"price\":[", "{\"locality\":\"x1\",\"price\":[", E_PLACE_TWICE,
     "prices[1].locality"},
    {"{\"locality\":\"x2\",\"price\":[", "{\"locality\":\"x9\",\"price\":[", E_PLACE_UNKNOWN,
     "prices[1].locality"},
    {"{\"locality\":\"x2\",\"price\":[", "{\"locality\":\"x2\",\"price\":[1,", E_PLACE_FILE,
     "prices[1].price"},
    {"\"state\":\"north\"", "\"state\":\"south\"", E_PLACE_FILE, "quotas[0]"},
    {"\"most\":5", "\"most\":6", E_PLACE_FILE, "quotas[0]"},
    {"{\"household\":\"a\",\"locality\":\"x2\"}", "{\"household\":\"b\",\"locality\":\"x2\"}",
     E_PLACE_TWICE, "plan[1].household"},
    {"{\"household\":\"a\",\"locality\":\"x2\"}", "{\"household\":\"f\",\"locality\":\"x2\"}",
     E_PLACE_UNKNOWN, "plan[0].household"},
    {"{\"household\":\"a\",\"locality\":\"x2\"},", "", E_PLACE_FILE, "plan"},
    {"{\"household\":\"a\",\"locality\":\"x2\"}", "17", E_PLACE_FILE, "plan[0]"},
    {"{\"household\":\"a\",\"locked\":false", "{\"household\":\"a\",\"locked\":0", E_PLACE_FILE,
     "explanations.households[0].locked"},
    {"{\"household\":\"a\",\"locked\":false", "{\"household\":\"b\",\"locked\":false",
     E_PLACE_TWICE, "explanations.households[1].household"},
    {"\"score_micro\":600000", "\"score_micro\":6000000000", E_PLACE_FILE,
     "explanations.households[0].score_micro"},
    {"\"resource\":\"beds\",\"capacity\"", "\"resource\":\"bads\",\"capacity\"", E_PLACE_UNKNOWN,
     "explanations.localities[0].resources[0].resource"},
    {"\"wanted\":", "\"want\":", E_PLACE_FILE, "explanations.localities[0].want"},
};

static void every_slip_is_a_fault_with_its_path(void **state)
{
    struct placed *it = placed_open();
    (void)state;
    placed_file(it);
    struct text bytes = written(it);
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct place_file back = {.seed = 99};
        bool found = false;
        struct text bad = changed(it, bytes, slips[i].from, slips[i].to);
        assert_int_equal(read_file(it, bad, &back), E_PLACE_FILE);
        assert_int_equal(back.seed, 99);
        for (size_t f = 0; f < it->faults.kept; f++) {
            found = found || (it->faults.at[f].code == slips[i].code &&
                              strcmp(it->faults.at[f].column, slips[i].column) == 0);
        }
        if (!found) {
            fail_msg("%s: %s expected, found %s", slips[i].to, slips[i].column,
                     it->faults.at[0].column);
        }
    }
    arena_free(&it->arena);
}

static void what_is_no_json_is_said_with_its_line(void **state)
{
    struct placed *it = placed_open();
    struct place_file back;
    (void)state;
    assert_int_equal(read_file(it, text_of("{\n  \"format\": }"), &back), E_JSON_SYNTAX);
    assert_int_equal(it->err.row, 2);
    assert_int_equal(read_file(it, text_of("[1, 2]"), &back), E_PLACE_FILE);
    arena_free(&it->arena);
}

static void a_plan_is_told_from_a_csv(void **state)
{
    (void)state;
    assert_false(place_file_is_json(text_of("household,locality\na,x1\n")));
    assert_false(place_file_is_json(text_of("")));
    assert_true(place_file_is_json(text_of("\xef\xbb\xbf \n{}")));
    assert_false(place_file_is_ours(text_of("{}")));
}

static void rows_come_from_either_form(void **state)
{
    struct placed *it = placed_open();
    struct place_file_rows rows;
    (void)state;
    placed_file(it);
    assert_int_equal(
        place_file_rows(&it->arena, "plan.json", written(it), &it->faults, &rows, &it->err), 0);
    assert_int_equal(rows.n, 5);
    assert_true(text_is(rows.household[0], "a"));
    assert_true(text_is(rows.locality[0], "x2"));
    assert_int_equal(rows.locality[3].n, 0);
    assert_int_equal(place_file_rows(&it->arena, "plan.csv",
                                     text_of("locality;household\nx1;a\n;b\n"), &it->faults, &rows,
                                     &it->err),
                     0);
    assert_int_equal(rows.n, 2);
    assert_true(text_is(rows.locality[0], "x1"));
    assert_int_equal(rows.locality[1].n, 0);
    assert_int_equal(
        place_file_rows(&it->arena, "plan.csv", text_of("a,b\n"), &it->faults, &rows, &it->err),
        E_PLACE_FILE);
    arena_free(&it->arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_reads_back_as_it_was),
        cmocka_unit_test(a_plan_without_reasons_reads_back),
        cmocka_unit_test(every_slip_is_a_fault_with_its_path),
        cmocka_unit_test(what_is_no_json_is_said_with_its_line),
        cmocka_unit_test(a_plan_is_told_from_a_csv),
        cmocka_unit_test(rows_come_from_either_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
