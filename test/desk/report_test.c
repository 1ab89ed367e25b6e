#include "aid_made.h"
#include "page_check.h"
#include "page_read.h"

/* The shipped scenario with its aid job, made once; and a place for pages. */
struct shipped {
    struct arena arena;
    struct scenario scenario;
    struct aid_job job;
    struct buf page;
};

static int load(void **state)
{
    static struct shipped shipped;
    struct faults faults;
    struct ajar_err err = {0};
    struct aid_run_options options = aid_run_default();
    options.draws = 100;
    arena_init(&shipped.arena, "the shipped scenario", (size_t)1 << 30);
    assert_int_equal(faults_init(&faults, &shipped.arena, 10, &err), 0);
    assert_int_equal(scenario_load(&shipped.arena, "scenarios/exodus2022", NULL, NULL,
                                   &shipped.scenario, &faults, &err),
                     0);
    assume_stocks(&shipped.scenario);
    assert_int_equal(
        aid_job_run(&shipped.arena, &shipped.scenario, &options, NULL, NULL, &shipped.job, &err),
        0);
    buf_init(&shipped.page, 16 << 20);
    write_page(&shipped.page, &shipped.scenario, &shipped.job);
    *state = &shipped;
    return 0;
}

static int unload(void **state)
{
    struct shipped *shipped = *state;
    buf_free(&shipped->page);
    arena_free(&shipped->arena);
    return 0;
}

static void the_page_is_well_formed(void **state)
{
    struct shipped *shipped = *state;
    page_is_well_formed(shipped->page.at);
}

static void the_same_inputs_give_the_same_bytes(void **state)
{
    struct shipped *shipped = *state;
    struct buf again;
    buf_init(&again, 16 << 20);
    write_page(&again, &shipped->scenario, &shipped->job);
    assert_int_equal(again.n, shipped->page.n);
    assert_memory_equal(again.at, shipped->page.at, again.n);
    buf_free(&again);
}

static void the_first_screen_says_what_happened_and_what_to_do(void **state)
{
    struct shipped *shipped = *state;
    struct text answer = between(shipped->page.at, "<section id=\"answer\"", "</section>");
    assert_true(holds(answer, "50,655 entries"));
    assert_true(holds(answer, "91\xC2\xA0% more"));
    assert_true(holds(answer, "(26,506)"));
    assert_true(holds(answer, "net +22,000"));
    assert_true(holds(answer, "net +16,622"));
    assert_true(holds(answer, "net +27,099"));
    assert_true(holds(answer, "80\xC2\xA0million\xC2\xA0USD"));
    assert_true(holds(answer, "Kyrgyzstan"));
    assert_true(holds(answer, "Armenia 40,000 (stay, "));
    assert_true(holds(answer, "contradictions"));
}

static void every_picture_has_a_table(void **state)
{
    struct shipped *shipped = *state;
    static const char *const pairs[][2] = {{"series", "<table id=\"series-table\">"},
                                           {"others", "<table id=\"others-table\">"},
                                           {"map", "<table id=\"map-table\">"},
                                           {"aid", "<table id=\"aid-table\">"},
                                           {"sensitivity", "<table id=\"sensitivity-table\">"}};
    size_t n = 0;
    for (const char *at = shipped->page.at; (at = strstr(at, "data-picture=\"")) != NULL; n++) {
        at += strlen("data-picture=\"");
        bool known = false;
        for (size_t i = 0; i < 5; i++) {
            size_t length = strlen(pairs[i][0]);
            known = known || (strncmp(at, pairs[i][0], length) == 0 && at[length] == '"' &&
                              strstr(shipped->page.at, pairs[i][1]) != NULL);
        }
        if (n < 5) { /* what follows is the script's own text */
            assert_true(known);
        }
        at++;
    }
    assert_true(n >= 5);
}

/* The next text of an element of this name, from *at on; n 0: none. */
static struct text next_text(const char **at, const char *open, const char *close)
{
    const char *from = strstr(*at, open);
    if (from == NULL) {
        return (struct text){NULL, 0};
    }
    from = strchr(from, '>') + 1;
    *at = strstr(from, close);
    assert_non_null(*at);
    return (struct text){from, (size_t)(*at - from)};
}

/* Sections are named by their title and tables by their caption; a screen reader lists both. */
static void no_two_regions_have_one_name(void **state)
{
    struct shipped *shipped = *state;
    struct text names[100], name;
    size_t n = 0;
    const char *at = shipped->page.at;
    while ((name = next_text(&at, "<h2 ", "</h2>")).n > 0 && n < 100) {
        names[n++] = name;
    }
    at = shipped->page.at;
    while ((name = next_text(&at, "<caption ", "</caption>")).n > 0 && n < 100) {
        names[n++] = name;
    }
    assert_in_range(n, 15, 99);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (text_eq(names[i], names[j])) {
                fail_msg("%.*s twice", (int)names[i].n, names[i].at);
            }
        }
    }
}

/* The data-value of the cell of this host and field. */
static double cell_of(const char *page, const char *host, const char *field)
{
    char open[64];
    double value = NAN;
    snprintf(open, sizeof open, "<tr data-host=\"%s\">", host);
    struct text row = between(page, open, "</tr>");
    snprintf(open, sizeof open, "data-field=\"%s\" data-value=\"", field);
    const char *at = memmem(row.at, row.n, open, strlen(open));
    assert_non_null(at);
    at += strlen(open);
    assert_true(num_parse((struct text){at, strcspn(at, "\"")}, &value));
    return value;
}

static void the_aid_table_holds_the_numbers_of_the_job(void **state)
{
    struct shipped *shipped = *state;
    const struct aid_job *job = &shipped->job;
    assert_int_equal(job->n, 8);
    for (size_t i = 0; i < job->n; i++) {
        const char *page = shipped->page.at, *host = job->code[i];
        assert_near(cell_of(page, host, "stock"), job->input[AID_FIGURE_STOCK][i].value, 0);
        assert_near(cell_of(page, host, "need"), job->problem.need[i], 0);
        assert_near(cell_of(page, host, "funded"), job->problem.funded[i], 0);
        assert_near(cell_of(page, host, "most"), job->split.most[i], 0);
        assert_near(cell_of(page, host, "x"), job->split.x[i], 0);
        assert_near(cell_of(page, host, "rounded"), job->split.rounded[i], 0);
        assert_near(cell_of(page, host, "coverage"), job->split.coverage[i], 0);
        assert_near(cell_of(page, host, "share-of-next"), job->split.share_of_next[i], 0);
    }
}

static double number_of(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static void the_data_holds_the_numbers_of_the_job(void **state)
{
    struct shipped *shipped = *state;
    const struct aid_job *job = &shipped->job;
    json_t *data = data_of(shipped->page.at);
    const json_t *aid = json_object_get(data, "aid"), *hosts = json_object_get(aid, "hosts");
    assert_string_equal(json_string_value(json_object_get(aid, "alpha")), "inf");
    assert_near(number_of(aid, "budget"), 80e6, 0);
    assert_int_equal(json_array_size(hosts), job->n);
    for (size_t i = 0; i < job->n; i++) {
        const json_t *host = json_array_get(hosts, i);
        assert_string_equal(json_string_value(json_object_get(host, "code")), job->code[i]);
        assert_near(number_of(host, "x"), job->split.x[i], 0);
        assert_near(number_of(host, "cap"), job->split.most[i], 0);
        assert_near(number_of(host, "severity"), job->problem.severity[i], 0);
        assert_near(number_of(host, "p95"), job->sensitivity.band[AID_GROUP_ALL].p95[i], 0);
        assert_near(number_of(host, "alphaHigh"), job->sensitivity.alpha_high[i], 0);
        const json_t *at_alpha = json_object_get(host, "xAtAlpha");
        assert_int_equal(json_array_size(at_alpha), AID_ALPHAS);
        assert_near(json_number_value(json_array_get(at_alpha, 1)), job->at_alpha[1].x[i], 0);
    }
    json_decref(data);
}

static void rows_of_the_series_data_are_rows_of_the_table(void **state)
{
    struct shipped *shipped = *state;
    same_series(&shipped->arena, &shipped->scenario, shipped->page.at);
}

static void rows_of_doors_and_circles_are_rows_of_their_tables(void **state)
{
    struct shipped *shipped = *state;
    json_t *data = data_of(shipped->page.at);
    const json_t *doors = json_object_get(json_object_get(data, "series"), "doors"), *door;
    const json_t *circles = json_object_get(json_object_get(data, "map"), "circles"), *circle;
    struct cells door_cells = cells_of(&shipped->arena, &shipped->scenario, "report_doors.csv");
    struct cells map_cells = cells_of(&shipped->arena, &shipped->scenario, "report_map.csv");
    size_t i;
    assert_int_equal(json_array_size(doors), door_cells.n);
    json_array_foreach(doors, i, door)
    {
        size_t row = (size_t)json_integer_value(json_object_get(door, "row"));
        same_text(door, "id", cell_at(&door_cells, row, "id"));
        same_text(door, "date", cell_at(&door_cells, row, "date_from"));
        same_text(door, "title", cell_at(&door_cells, row, "title"));
        assert_true(strlen(json_string_value(json_object_get(door, "title"))) <= 60);
    }
    assert_true(map_cells.n >= 3);
    assert_int_equal(json_array_size(circles), map_cells.n);
    json_array_foreach(circles, i, circle)
    {
        size_t row = (size_t)json_integer_value(json_object_get(circle, "row"));
        same_text(json_object_get(circle, "country"), "code",
                  cell_at(&map_cells, row, "country_iso3"));
        same_number(circle, "lat", cell_at(&map_cells, row, "lat"));
        same_number(circle, "perDay", cell_at(&map_cells, row, "per_day"));
        same_number(circle, "value", cell_at(&map_cells, row, "value"));
    }
    json_decref(data);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void no_number_is_missing_its_value(void **state)
{
    struct shipped *shipped = *state;
    struct text body = body_of(shipped->page.at);
    for (size_t i = 0; i < body.n;) {
        size_t from = i;
        while (i < body.n && is_letter(body.at[i])) {
            i++;
        }
        struct text word = {body.at + from, i - from};
        bool dial = from >= 6 && strncmp(body.at + from - 2, "= ", 2) == 0; /* "alpha = inf" */
        if (text_is(word, "nan") || text_is(word, "NaN") || text_is(word, "Infinity") ||
            text_is(word, "null") || (text_is(word, "inf") && !dial && from < 6)) {
            fail_msg("%.*s: %.60s", (int)word.n, word.at, body.at + from - 30);
        }
        i += i == from;
    }
}

static void nothing_is_asked_of_the_network(void **state)
{
    struct shipped *shipped = *state;
    const char *page = shipped->page.at;
    struct text style = between(page, "<style>", "</style>");
    struct text body = body_of(page);
    assert_true(holds(between(page, "<head>", "</head>"), "default-src 'none'"));
    assert_false(holds(style, "url(") || holds(style, "@import"));
    assert_false(holds(body, " src=") || holds(body, "<link") || holds(body, "<iframe") ||
                 holds(body, "<img") || holds(body, "<script"));
    for (const char *at = body.at;
         (at = strstr(at, "href=\"http")) != NULL && at < body.at + body.n; at++) {
        assert_memory_equal(at - strlen("rel=\"noopener noreferrer\" "),
                            "rel=\"noopener noreferrer\" ", strlen("rel=\"noopener noreferrer\" "));
    }
}

static void a_page_without_aid_has_no_aid(void **state)
{
    struct shipped *shipped = *state;
    struct buf page;
    buf_init(&page, 16 << 20);
    write_page(&page, &shipped->scenario, NULL);
    page_is_well_formed(page.at);
    assert_false(holds(body_of(page.at), "aid-table"));
    json_t *data = data_of(page.at);
    assert_true(json_is_null(json_object_get(data, "aid")));
    json_decref(data);
    buf_free(&page);
}

static void a_full_buffer_is_an_error_and_no_crash(void **state)
{
    struct shipped *shipped = *state;
    for (size_t ceiling = 1; ceiling < shipped->page.n - 1; ceiling = ceiling * 5 + 3) {
        struct buf page;
        struct ajar_err err = {0};
        buf_init(&page, ceiling);
        assert_int_equal(report_write(&page, &shipped->scenario, &shipped->job, NULL, NULL, NULL,
                                      NULL, &page_meta, &err),
                         E_CEILING);
        buf_free(&page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_well_formed),
        cmocka_unit_test(the_same_inputs_give_the_same_bytes),
        cmocka_unit_test(the_first_screen_says_what_happened_and_what_to_do),
        cmocka_unit_test(every_picture_has_a_table),
        cmocka_unit_test(no_two_regions_have_one_name),
        cmocka_unit_test(the_aid_table_holds_the_numbers_of_the_job),
        cmocka_unit_test(the_data_holds_the_numbers_of_the_job),
        cmocka_unit_test(rows_of_the_series_data_are_rows_of_the_table),
        cmocka_unit_test(rows_of_doors_and_circles_are_rows_of_their_tables),
        cmocka_unit_test(no_number_is_missing_its_value),
        cmocka_unit_test(nothing_is_asked_of_the_network),
        cmocka_unit_test(a_page_without_aid_has_no_aid),
        cmocka_unit_test(a_full_buffer_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
