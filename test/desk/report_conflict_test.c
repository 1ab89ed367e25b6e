/* The page of a conflict: is it a page, is what comes from data escaped, does its data say what was run. */
#include "conflict_made.h"
#include "page_check.h"

#include <math.h>

#include "json.h"
#include "report_conflict.h"

static const char *page_of(struct conflict *conflict, const struct flow_chain **flow)
{
    assert_int_equal(conflict_run(conflict, conflict->out, NULL, NULL), 0);
    *flow = conflict->chain.flow;
    return conflict_bytes(conflict, conflict->out, "report.html").at;
}

/* Without the style, the script and the data. */
static struct text body_of(const char *page)
{
    const char *from = strstr(page, "<body>"), *to = strstr(page, "<script type=");
    assert_true(from != NULL && to != NULL && from < to);
    return (struct text){from, (size_t)(to - from)};
}

static bool holds(struct text text, const char *word)
{
    return memmem(text.at, text.n, word, strlen(word)) != NULL;
}

static json_t *data_of(const char *page)
{
    json_t *data;
    const char *from = strstr(page, "id=\"ajar-data\">");
    assert_non_null(from);
    from += strlen("id=\"ajar-data\">");
    const char *to = strstr(from, "</script>");
    assert_non_null(to);
    struct text bytes = {from, (size_t)(to - from)};
    assert_false(holds(bytes, "<"));
    assert_int_equal(json_read("data", bytes, (size_t)64 << 20, &data, NULL), 0);
    return data;
}

static void the_page_is_well_formed_and_escapes_what_comes_from_data(void **state)
{
    const struct flow_chain *flow;
    const char *page = page_of(*state, &flow);
    struct text body = body_of(page);
    page_is_well_formed(page);
    assert_true(holds(body, "The &lt;Aber&gt; fire"));
    assert_true(holds(body, "&lt;Dun&gt;&amp;"));
    assert_true(holds(body, "Bel Town"));
    assert_true(holds(body, "a &lt;b&gt;map&lt;/b&gt;"));
    assert_false(holds(body, "<Dun>"));
    assert_false(holds(body, "<i>first"));
    assert_false(holds(body, "http:"));
}

static void what_is_computed_says_so_and_what_the_runs_knew_is_said(void **state)
{
    const struct flow_chain *flow;
    struct text body = body_of(page_of(*state, &flow));
    static const char *const words[] = {
        "What the runs knew:",
        "no forecast",
        "<th scope=\"row\">WATCH</th><td>the folder has no arrivals.csv",
        "Limit:",
        "Error of the last known count",
        "Hindsight, computed",
        "in each camp on the first"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!holds(body, words[i])) {
            fail_msg("the page does not say \"%s\"", words[i]);
        }
    }
    char runs[100];
    snprintf(runs, sizeof runs, ">%u</a> runs of all people", flow->options.n_members);
    assert_true(holds(body, runs));
}

/* ---- The data, read as the page reads it ---- */

static size_t read_digits(const char *row, uint64_t *out, size_t most)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = 0;
    uint64_t value = 0;
    unsigned shift = 0;
    for (; *row != 0; row++) {
        const char *found = strchr(digits, *row);
        assert_non_null(found);
        uint64_t digit = (uint64_t)(found - digits);
        value |= (digit & 31) << shift;
        shift += 5;
        if (digit < 32) {
            assert_true(n < most);
            out[n++] = value;
            value = 0;
            shift = 0;
        }
    }
    assert_int_equal(shift, 0);
    return n;
}

static void same_flow(const json_t *way, const char *key, const struct flow_chain *flow,
                      const double *people, size_t w)
{
    uint64_t read[2 * CONFLICT_DAYS];
    const char *row = json_string_value(json_object_get(way, key));
    size_t n = read_digits(row, read, 2 * CONFLICT_DAYS), day = 0;
    for (size_t i = 0; i < n; i++) {
        size_t days = read[i] == 0 ? read[i + 1] + 1 : 1;
        for (size_t k = 0; k < days; k++, day++) {
            assert_int_equal(read[i], llround(people[day * flow->n_ways + w]));
        }
        i += read[i] == 0;
    }
    assert_int_equal(day, CONFLICT_DAYS);
}

static void same_fan(const json_t *camp, const char *key, const struct flow_chain *flow,
                     const double *people, uint32_t c)
{
    uint64_t read[CONFLICT_DAYS];
    const char *row = json_string_value(json_object_get(camp, key));
    int64_t at = 0;
    assert_int_equal(read_digits(row, read, CONFLICT_DAYS), CONFLICT_DAYS);
    for (size_t day = 0; day < CONFLICT_DAYS; day++) {
        at += read[day] % 2 == 1 ? -(int64_t)((read[day] + 1) / 2) : (int64_t)(read[day] / 2);
        assert_int_equal(at, llround(people[c * (size_t)flow->camps.n_days + day]));
    }
}

static void the_data_holds_what_was_run(void **state)
{
    const struct flow_chain *flow;
    json_t *data = data_of(page_of(*state, &flow));
    const json_t *conflict = json_object_get(data, "conflict");
    const json_t *ways = json_object_get(conflict, "ways");
    const json_t *camps = json_object_get(conflict, "camps");
    assert_true(json_is_null(json_object_get(data, "series")));
    assert_string_equal(json_string_value(json_object_get(conflict, "start")), "2020-01-01");
    assert_int_equal(json_integer_value(json_object_get(conflict, "days")), CONFLICT_DAYS);
    assert_int_equal(json_array_size(json_object_get(conflict, "places")), 4);
    assert_int_equal(json_array_size(ways), flow->n_ways);
    double moved = 0;
    for (size_t w = 0; w < flow->n_ways; w++) {
        same_flow(json_array_get(ways, w), "there", flow, flow->there, w);
        same_flow(json_array_get(ways, w), "back", flow, flow->back, w);
        for (size_t day = 0; day < CONFLICT_DAYS; day++) {
            moved += flow->there[day * flow->n_ways + w];
        }
    }
    assert_true(moved > 100);
    assert_int_equal(json_array_size(camps), flow->plan.n_camps);
    for (uint32_t i = 0; i < flow->plan.n_camps; i++) {
        const json_t *camp = json_array_get(camps, i);
        uint32_t c = flow->by_size[i];
        same_fan(camp, "mean", flow, flow->camps.mean, c);
        same_fan(camp, "p5", flow, flow->camps.quantile[ENSEMBLE_P5], c);
        same_fan(camp, "p95", flow, flow->camps.quantile[ENSEMBLE_P95], c);
        assert_int_equal(json_array_size(json_object_get(camp, "points")), flow->seen[c].n);
    }
    json_decref(data);
}

/* A count under 5 is null, and the word for its source stays. */
static void hidden_counts_are_not_in_the_data(void **state)
{
    const struct flow_chain *flow;
    json_t *data = data_of(page_of(*state, &flow));
    const json_t *camp =
        json_array_get(json_object_get(json_object_get(data, "conflict"), "camps"), 1);
    const json_t *point = json_array_get(json_object_get(camp, "points"), 1);
    assert_int_equal(json_integer_value(json_array_get(point, 0)), 9);
    assert_true(json_is_null(json_array_get(point, 1)));
    assert_true(json_is_null(json_array_get(point, 2)));
    json_decref(data);
}

static void shut_days_are_those_of_the_closure(void **state)
{
    const struct flow_chain *flow;
    json_t *data = data_of(page_of(*state, &flow));
    const json_t *ways = json_object_get(json_object_get(data, "conflict"), "ways");
    size_t shut = 0;
    for (size_t w = 0; w < json_array_size(ways); w++) {
        const json_t *days = json_object_get(json_array_get(ways, w), "shut");
        assert_int_equal(json_array_size(days) % 2, 0);
        for (size_t i = 0; i < json_array_size(days); i += 2) {
            shut += (size_t)(json_integer_value(json_array_get(days, i + 1)) -
                             json_integer_value(json_array_get(days, i)));
        }
    }
    size_t expected = 0;
    for (size_t i = 0; i < flow->n_ways * CONFLICT_DAYS; i++) {
        expected += flow->way_open[i] == 0;
    }
    assert_int_equal(shut, expected);
    assert_true(shut > 0);
    json_decref(data);
}

static void a_buffer_that_is_too_small_is_told(void **state)
{
    const struct flow_chain *flow;
    struct report_meta meta = {.version = "0", .command = "ajar run", .seed = 1};
    page_of(*state, &flow);
    for (size_t ceiling = 100; ceiling < 400000; ceiling = ceiling * 3) {
        struct buf buf;
        struct ajar_err err;
        buf_init(&buf, ceiling);
        assert_int_equal(report_conflict_write(&buf, flow, &meta, &err), E_CEILING);
        buf_free(&buf);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, conflict_begin, conflict_end)
    const struct CMUnitTest tests[] = {
        TEST(the_page_is_well_formed_and_escapes_what_comes_from_data),
        TEST(what_is_computed_says_so_and_what_the_runs_knew_is_said),
        TEST(the_data_holds_what_was_run),
        TEST(hidden_counts_are_not_in_the_data),
        TEST(shut_days_are_those_of_the_closure),
        TEST(a_buffer_that_is_too_small_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
