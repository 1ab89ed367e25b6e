#include "aid_made.h"

#include "json.h"

struct written {
    struct aid_made made;
    struct scenario scenario;
    struct aid_file *file;
    size_t n;
};

static void files(struct written *it)
{
    assert_int_equal(
        aid_job_files(&it->made.arena, &it->made.job, &it->file, &it->n, &it->made.err), 0);
}

static void from_csv(struct written *it, const char *csv, double budget, double tranche)
{
    aid_made_begin(&it->made, csv);
    it->made.options.budget = budget;
    it->made.options.tranche = tranche;
    aid_made_good(&it->made);
    files(it);
}

static void from_example(struct written *it, double alpha)
{
    static char csv[2048];
    struct arena arena;
    arena_init(&arena, "oracle", (size_t)1 << 20);
    oracle_csv(&arena, true, csv);
    arena_free(&arena);
    aid_made_begin(&it->made, csv);
    it->made.options.alpha = alpha;
    it->made.options.tranche = 0.5;
    it->made.options.draws = 100;
    aid_made_good(&it->made);
    files(it);
}

static void from_scenario(struct written *it)
{
    aid_made_begin(&it->made, "");
    it->made.options = aid_run_default();
    it->made.options.draws = 200;
    assert_int_equal(scenario_load(&it->made.arena, "scenarios/exodus2022", NULL, NULL,
                                   &it->scenario, &it->made.faults, &it->made.err),
                     0);
    assume_stocks(&it->scenario);
    assert_int_equal(aid_job_run(&it->made.arena, &it->scenario, &it->made.options, NULL, NULL,
                                 &it->made.job, &it->made.err),
                     0);
    files(it);
}

static void drop(struct written *it)
{
    aid_made_drop(&it->made);
}

static struct text bytes(const struct written *it, const char *name)
{
    for (size_t i = 0; i < it->n; i++) {
        if (strcmp(it->file[i].name, name) == 0) {
            return it->file[i].bytes;
        }
    }
    return text_of("");
}

static bool holds(struct text text, const char *words)
{
    return memmem(text.at, text.n, words, strlen(words)) != NULL;
}

static void expect_words(struct text text, const char *words)
{
    if (!holds(text, words)) {
        fail_msg("\"%s\" is not in:\n%.*s", words, (int)text.n, text.at);
    }
}

static const char *const all_files[] = {
    "aid.csv",          "aid_inputs.csv",      "aid_next_dollar.csv",
    "aid_alpha.csv",    "aid_sensitivity.csv", "aid_keys.csv",
    "certificate.json", "methodology.md"};

static void a_scenario_gives_every_file(void **state)
{
    (void)state;
    struct written it;
    from_scenario(&it);
    assert_int_equal(it.n, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_string_equal(it.file[i].name, all_files[i]);
        assert_true(it.file[i].bytes.n > 100);
        assert_false(holds(it.file[i].bytes, ",nan") || holds(it.file[i].bytes, " nan"));
        assert_true(text_utf8(it.file[i].bytes, NULL));
    }
    drop(&it);
}

static void a_table_gives_no_keys_and_without_draws_no_sensitivity(void **state)
{
    (void)state;
    struct written it;
    from_csv(&it, "host,stock_persons,need,funded,cap,severity\nA,9,50,0,50,1\n", 20, 0);
    assert_int_equal(it.n, 6);
    assert_int_equal(bytes(&it, "aid_keys.csv").n, 0);
    assert_int_equal(bytes(&it, "aid_sensitivity.csv").n, 0);
    drop(&it);
}

/* Rows behind the header; each has as many cells as the header, or the reader fails. */
static size_t rows(struct written *it, const char *name)
{
    struct csv csv;
    bool more = true;
    size_t n = 0;
    assert_int_equal(csv_open(&csv, &it->made.arena, name, bytes(it, name), ',',
                              &CSV_LIMITS_DEFAULT, &it->made.err),
                     0);
    while (csv_next(&csv, &more, &it->made.err) == 0 && more) {
        n++;
    }
    assert_int_equal(it->made.err.code, 0);
    return n;
}

static void the_tables_have_a_row_for_each_thing_they_tell_of(void **state)
{
    (void)state;
    struct written it;
    from_scenario(&it);
    assert_int_equal(rows(&it, "aid.csv"), 8);
    assert_int_equal(rows(&it, "aid_inputs.csv"), 8 * 8); /* no floors, no ceilings */
    assert_int_equal(rows(&it, "aid_next_dollar.csv"), 8);
    assert_int_equal(rows(&it, "aid_alpha.csv"), 4 * 8);
    assert_int_equal(rows(&it, "aid_sensitivity.csv"), 6 * 8);
    assert_int_equal(rows(&it, "aid_keys.csv"), 27 + 16);
    drop(&it);
}

static void the_table_of_the_split_has_its_figures(void **state)
{
    (void)state;
    struct written it;
    from_example(&it, (double)INFINITY);
    expect_words(bytes(&it, "aid.csv"),
                 "\r\nKAZ,Kazakhstan,100000,72.000000,12.000000,45.000000,,,0.575197,24.688919,50,"
                 "25.000000,0.166667,0.509568,budget,");
    expect_words(bytes(&it, "aid.csv"), ",0.388889,absorption cap,");
    expect_words(bytes(&it, "aid_inputs.csv"),
                 "\r\nKGZ,Kyrgyzstan,absorption cap,6,million USD,,,given,line 5,,");
    expect_words(bytes(&it, "aid_next_dollar.csv"),
                 "\r\nKAZ,Kazakhstan,budget,0.320427,1,0.320427,0.445038,million USD");
    expect_words(bytes(&it, "aid_alpha.csv"),
                 "\r\ninf,MNG,Mongolia,1.181575,1.000000,0.509568,budget");
    drop(&it);
}

static void words_from_a_file_start_no_formula(void **state)
{
    (void)state;
    struct written it;
    from_csv(&it,
             "host,name,stock_persons,need,funded,cap,severity,note\n"
             "A,=1+1,9,50,0,50,1,@evil\n",
             20, 0);
    expect_words(bytes(&it, "aid.csv"), "A,'=1+1,");
    expect_words(bytes(&it, "aid_inputs.csv"), ",'@evil");
    assert_false(holds(bytes(&it, "aid.csv"), ",=1"));
    drop(&it);
}

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* The residuals once more, from the certificate alone. */
static void recompute(const json_t *root, double alpha)
{
    const json_t *hosts = json_object_get(root, "hosts");
    double spent = 0, worst = 0;
    assert_int_equal(json_array_size(hosts), 5);
    for (size_t i = 0; i < 5; i++) {
        const json_t *host = json_array_get(hosts, i);
        double n = number(host, "n"), b = number(host, "b"), u = number(host, "u");
        double lo = fmin(1, b / n), hi = fmin(1, (b + u) / n);
        double r = isinf(alpha) ? number(root, "theta")
                                : pow(number(host, "s") / number(root, "L"), 1 / alpha);
        r = fmin(fmax(r, lo), hi);
        worst = fmax(worst, fabs(r - (b + number(host, "x")) / n));
        assert_near(number(host, "r_by_formula"), r, 1e-12);
        spent += number(host, "x");
    }
    assert_true(worst < 1e-9);
    assert_near(spent, number(root, "budget"), 1e-9);
    assert_true(number(json_object_get(root, "residuals"), "coverage") < 1e-9);
}

static void the_certificate_can_be_recomputed_from_itself(void **state)
{
    (void)state;
    static const double alphas[] = {1, 2, 7.5, (double)INFINITY};
    for (size_t a = 0; a < 4; a++) {
        struct written it;
        json_t *root;
        from_example(&it, alphas[a]);
        assert_int_equal(json_read("certificate.json", bytes(&it, "certificate.json"), 1 << 20,
                                   &root, &it.made.err),
                         0);
        recompute(root, alphas[a]);
        json_decref(root);
        drop(&it);
    }
}

static void the_certificate_proves_the_tranches(void **state)
{
    (void)state;
    struct written it;
    json_t *root;
    from_example(&it, (double)INFINITY);
    assert_int_equal(
        json_read("certificate.json", bytes(&it, "certificate.json"), 1 << 20, &root, &it.made.err),
        0);
    const json_t *tranches = json_object_get(root, "tranches");
    const json_t *hosts = json_object_get(tranches, "hosts");
    double waits = 0, served = (double)INFINITY, size = number(tranches, "tranche");
    for (size_t i = 0; i < 5; i++) {
        const json_t *host = json_array_get(hosts, i);
        double t = number(host, "tranches"), x = it.made.job.split.x[i];
        if ((t + 1) * size <= number(host, "most") + 1e-9) {
            waits = fmax(waits, number(host, "waiting_quotient"));
        }
        served = t > 0 ? fmin(served, x / (2 * t - 1)) : served;
    }
    assert_true(waits <= served);
    assert_true(number(tranches, "total") == 160);
    json_decref(root);
    drop(&it);
}

/* Every heading is followed by words, every table row has as many cells as its heading. */
static void expect_sound(struct text note)
{
    size_t cells = 0;
    bool heading = false;
    while (note.n > 0) {
        struct text line = text_split(note, '\n', &note);
        size_t bars = 0;
        for (size_t i = 0; i < line.n; i++) {
            bars += line.at[i] == '|' && (i == 0 || line.at[i - 1] != '\\');
        }
        if (line.n > 0 && line.at[0] == '|') {
            assert_true(cells == 0 || bars == cells);
            cells = bars;
        } else {
            cells = 0;
        }
        if (line.n > 0) {
            assert_false(heading && line.at[0] == '#');
            heading = line.at[0] == '#';
        }
    }
    assert_false(heading);
}

static void the_note_of_a_scenario_can_be_published_as_it_is(void **state)
{
    (void)state;
    struct written it;
    from_scenario(&it);
    struct text note = bytes(&it, "methodology.md");
    expect_sound(note);
    static const char *const words[] = {
        "# Methodology note: 80 million USD for 8 hosts",
        "Stocks as known on 2022-11-05.",
        "| Georgia | 112,733 | 101.46 | 20.00 | 41.54 | 41.50 | 19.7 % | 60.7 % | budget |",
        "source `ge_ekho_1012`",
        "<https://www.ekhokavkaza.com/a/32101343.html>",
        "- **Kyrgyzstan.** Absorption limits KGZ, not money",
        "Of the next 1 million USD",
        "drawn from a triangular distribution from low to high",
        "The price of fairness is 3.6 %",
        "| Germany | 21.61 |",
        "stand in for it",
        "29 of the 48 figures that go in are assumptions",
        "- **Russians who stayed in Georgia.** 112,733 still present",
        "ajar aid split scenarios/exodus2022 --budget 80000000 --unit USD --alpha inf --tranche "
        "500000 "
        "--draws 200 --stock-sd 0.2 --seed 1 --out DIR",
        "| Decided by | | | |"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        expect_words(note, words[i]);
    }
    assert_false(holds(note, "geo_stay_days"));
    assert_false(holds(note, "Visa-free days")); /* a contradiction that touches no input */
    drop(&it);
}

static void the_note_of_a_table_says_what_it_cannot_know(void **state)
{
    (void)state;
    struct written it;
    from_example(&it, 2);
    struct text note = bytes(&it, "methodology.md");
    expect_sound(note);
    expect_words(note, "Who gave them, and when, is for the desk to add.");
    expect_words(note, "Here alpha = 2 and L = 4.8");
    expect_words(note, "severity is computed anew");
    assert_false(holds(note, "--unit"));
    assert_false(holds(note, "## Assumptions"));
    assert_false(holds(note, "Published keys"));
    drop(&it);
}

static void money_left_over_is_said(void **state)
{
    (void)state;
    struct written it;
    from_csv(&it, "host,stock_persons,need,funded,cap,severity\nA,9,50,0,20,1\nB,9,50,45,50,1\n",
             100, 0);
    struct text note = bytes(&it, "methodology.md");
    expect_sound(note);
    expect_words(note, "75 USD of the budget is left unspent.");
    expect_words(note, "Nowhere: every host is at the most that it can use.");
    expect_words(note, "No draws of uncertain inputs were asked for.");
    expect_words(bytes(&it, "certificate.json"), "every host is at its most");
    drop(&it);
}

static void a_name_with_marks_breaks_no_table_and_a_path_with_blanks_is_quoted(void **state)
{
    (void)state;
    struct written it;
    from_csv(&it,
             "host,name,stock_persons,need,funded,cap,severity\n"
             "A,one | two *three*,9,50,0,20,1\n",
             10, 0);
    expect_sound(bytes(&it, "methodology.md"));
    expect_words(bytes(&it, "methodology.md"), "| one \\| two \\*three\\* |");
    it.made.job.from = "my hosts' table.csv";
    files(&it);
    expect_words(bytes(&it, "methodology.md"), "ajar aid split 'my hosts'\\'' table.csv'");
    drop(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_gives_every_file),
        cmocka_unit_test(a_table_gives_no_keys_and_without_draws_no_sensitivity),
        cmocka_unit_test(the_tables_have_a_row_for_each_thing_they_tell_of),
        cmocka_unit_test(the_table_of_the_split_has_its_figures),
        cmocka_unit_test(words_from_a_file_start_no_formula),
        cmocka_unit_test(the_certificate_can_be_recomputed_from_itself),
        cmocka_unit_test(the_certificate_proves_the_tranches),
        cmocka_unit_test(the_note_of_a_scenario_can_be_published_as_it_is),
        cmocka_unit_test(the_note_of_a_table_says_what_it_cannot_know),
        cmocka_unit_test(money_left_over_is_said),
        cmocka_unit_test(a_name_with_marks_breaks_no_table_and_a_path_with_blanks_is_quoted),
    };
    return cmocka_run_group_tests_name("aid files", tests, NULL, NULL);
}
