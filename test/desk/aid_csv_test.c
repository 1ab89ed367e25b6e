#include "aid_made.h"

#define HEADER "host,stock_persons,need,funded,cap,severity\n"

/* The fault of this slug in this row and column, or a failed test. */
static void expect_fault(const struct aid_made *made, const char *slug, long row,
                         const char *column, const char *hint)
{
    for (size_t i = 0; i < made->faults.kept; i++) {
        const struct ajar_err *fault = &made->faults.at[i];
        if (strcmp(fault->slug, slug) == 0 && fault->row == row &&
            strcmp(fault->column, column) == 0) {
            assert_string_equal(fault->file, made->path);
            assert_non_null(strstr(err_advice(fault), hint));
            return;
        }
    }
    for (size_t i = 0; i < made->faults.kept; i++) {
        print_error("%s row %ld column '%s': %s\n", made->faults.at[i].slug, made->faults.at[i].row,
                    made->faults.at[i].column, made->faults.at[i].text);
    }
    fail_msg("no %s in row %ld, column '%s'", slug, row, column);
}

/* One bad row gives this one fault and exit code 3. */
static void expect_one(const char *csv, const char *slug, long row, const char *column,
                       const char *hint)
{
    struct aid_made made;
    aid_made_begin(&made, csv);
    int code = aid_made_run(&made, NULL);
    expect_fault(&made, slug, row, column, hint);
    assert_int_equal(made.faults.total, 1);
    assert_int_equal(code, made.err.code);
    assert_string_equal(made.err.slug, slug);
    assert_int_equal(ajar_err_exit(code), 3);
    assert_int_equal(made.job.n, 0); /* untouched */
    aid_made_drop(&made);
}

static void a_table_becomes_a_split(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, "host;name;stock_persons;unit_cost;funded;cap;severity;note\r\n"
                          "KGZ;;10;5;1;20;2;\"counted; by hand\"\r\n"
                          "Town A;The town;20;2.5;0;30;1;\r\n");
    made.options.budget = 30;
    aid_made_good(&made);
    assert_int_equal(made.job.n, 2);
    assert_string_equal(made.job.name[0], "Kyrgyzstan");
    assert_string_equal(made.job.name[1], "The town");
    assert_true(made.job.problem.need[0] == 50 && made.job.problem.need[1] == 50);
    assert_string_equal(made.job.unit, "USD");
    assert_true(isinf(made.job.options.alpha));
    assert_null(made.job.problem.floor);
    assert_near(made.job.split.x[0] + made.job.split.x[1], 30, 1e-12);
    const struct aid_input *stock = &made.job.input[AID_FIGURE_STOCK][0];
    assert_int_equal(stock->quality, AID_GIVEN);
    assert_string_equal(stock->origin, "line 2");
    assert_string_equal(stock->note, "counted; by hand");
    assert_int_equal(made.job.input[AID_FIGURE_NEED][0].quality, AID_DERIVED);
    aid_made_drop(&made);
}

static void severity_is_computed_where_only_its_parts_are_given(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, "host,stock_persons,need,funded,cap,population,gdp_per_capita\n"
                          "A,100,50,0,50,1000,4000\n"
                          "B,100,50,0,50,4000,1000\n"
                          "C,200,50,0,50,1000,1000\n");
    aid_made_good(&made);
    const double *severity = made.job.problem.severity;
    assert_false(made.job.severity_given);
    assert_near(made.job.pressure[0], 100, 1e-12);
    assert_near(made.job.poverty[1], 0.001, 1e-15);
    /* pressures 100, 25, 200 and poverties 1, 4, 4 thousandths: ratios of the roots */
    assert_near(severity[0] / severity[1], 1, 1e-12);
    assert_near(severity[2] / severity[1], sqrt(8), 1e-12);
    assert_near(severity[0] * severity[1] * severity[2], 1, 1e-12);
    aid_made_drop(&made);
}

static void each_figure_without_meaning_is_told_with_its_place(void **state)
{
    (void)state;
    expect_one(HEADER "A,0,50,0,50,1\n", "aid.stock", 2, "stock_persons", "");
    expect_one(HEADER "A,9,-1,0,50,1\n", "aid.need", 2, "need", "");
    expect_one(HEADER "A,9,50,-3,50,1\n", "aid.funded", 2, "funded", "Write 0");
    expect_one(HEADER "A,9,50,0,50,1\nB,9,50,0,0,1\n", "aid.cap", 3, "cap", "");
    expect_one(HEADER "A,9,50,0,50,0\n", "aid.severity", 2, "severity", "");
    expect_one("host,stock_persons,unit_cost,funded,cap,severity\nA,9,0,0,50,1\n", "aid.need", 2,
               "unit_cost", "");
    expect_one("host,stock_persons,need,funded,cap,severity,floor\nA,9,50,0,50,1,-1\n", "aid.floor",
               2, "floor", "");
    expect_one("host,stock_persons,need,funded,cap,severity,ceiling\nA,9,50,0,50,1,0\n",
               "aid.ceiling", 2, "ceiling", "empty");
    expect_one("host,stock_persons,need,funded,cap,population,gdp_per_capita\nA,9,50,0,50,0,1\n",
               "number.range", 2, "population", "");
}

static void a_number_in_the_wrong_dress_brings_a_suggestion(void **state)
{
    (void)state;
    expect_one(HEADER "A,\"100,000\",50,0,50,1\n", "number.invalid", 2, "stock_persons",
               "Did you mean 100000 or 100?");
    expect_one("host;stock_persons;need;funded;cap;severity\nA;9;50,5;0;50;1\n", "number.invalid",
               2, "need", "Did you mean 50.5?");
    expect_one(HEADER "A,9,50 USD,0,50,1\n", "number.invalid", 2, "need", "Did you mean 50?");
    expect_one(HEADER "A,many,50,0,50,1\n", "number.invalid", 2, "stock_persons", "Write it like");
    expect_one(HEADER "A,#REF!,50,0,50,1\n", "number.invalid", 2, "stock_persons", "spreadsheet");
}

static void a_number_that_reads_two_ways_is_not_guessed(void **state)
{
    (void)state;
    expect_one(HEADER "A,100.000,50,0,50,1\n", "number.ambiguous", 2, "stock_persons",
               "Write 100000 or 100,");
    expect_one(HEADER "A,100,1.250,0,50,1\n", "number.ambiguous", 2, "need", "Write 1250 or 1.25,");
    struct aid_made made;
    aid_made_begin(&made, HEADER "A,0.125,1.2500,0,5000.125,1.357\n");
    aid_made_good(&made); /* none of these has two readings, and severity is a ratio */
    aid_made_drop(&made);
}

static void a_slip_of_many_digits_is_told(void **state)
{
    (void)state;
    expect_one(HEADER "A,1e308,50,0,50,1\n", "number.range", 2, "stock_persons", "");
    expect_one(HEADER "A,9,50,0,50,1\nB,9,1e16,0,50,1\n", "number.range", 3, "need", "");
    struct aid_made made;
    aid_made_begin(&made, HEADER "A,9,6e14,0,50,1\nB,9,6e14,0,50,1\n");
    assert_int_equal(aid_made_run(&made, NULL), E_NUMBER_RANGE);
    assert_non_null(strstr(made.err.text, "need"));
    aid_made_drop(&made);
    aid_made_begin(&made, HEADER "A,1e-300,50,0,50,1\n");
    assert_int_equal(aid_made_run(&made, NULL), E_NUMBER_RANGE);
    aid_made_drop(&made);
    aid_made_begin(&made, HEADER "A,9,50,0,50,1\n");
    made.options.budget = 1e18;
    assert_int_equal(aid_made_run(&made, NULL), E_AID_BUDGET);
    aid_made_drop(&made);
}

static void what_a_spreadsheet_leaves_around_a_table_does_no_harm(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, "\xef\xbb\xbfHost,Stock persons,NEED , funded,Cap,severity,,\r\n"
                          "A,9,50,0,50,1,,\r\n,,,,,,,\r\nB,9,50,0,50,1,,\r\n , ,,,,,,\r\n");
    aid_made_good(&made);
    assert_int_equal(made.job.n, 2);
    aid_made_drop(&made);
    expect_one(HEADER "A,9,50,0,50,1\nTotal:,9,50,0,50,\n", "aid.host.total", 3, "host",
               "Remove the row");
}

static void a_first_line_that_is_no_header_is_one_fault(void **state)
{
    (void)state;
    expect_one("Hosts of the appeal,,\n" HEADER "A,9,50,0,50,1\n", "aid.column", 1, "",
               "begin with the names");
    expect_one("sep=;\r\nhost;need\r\n", "aid.column", 1, "", "Remove this line");
}

static void empty_cells_that_must_be_filled_are_told(void **state)
{
    (void)state;
    expect_one(HEADER ",9,50,0,50,1\n", "aid.host.empty", 2, "host", "");
    expect_one(HEADER "A,,50,0,50,1\n", "aid.input.missing", 2, "stock_persons", "Fill in");
    expect_one(HEADER "A,9,,0,50,1\n", "aid.input.missing", 2, "need", "");
    expect_one(HEADER "A,9,50,,50,1\n", "aid.input.missing", 2, "funded", "");
    expect_one(HEADER "A,9,50,0,50,1\nB,9,50,0,50,\n", "aid.input.missing", 3, "severity", "");
    expect_one("host,stock_persons,need,funded,cap,population,gdp_per_capita\nA,9,50,0,50,7,\n",
               "aid.input.missing", 2, "gdp_per_capita", "");
    expect_one("host,stock_persons,need,unit_cost,funded,cap,severity\nA,9,50,5,0,50,1\n",
               "aid.column", 2, "unit_cost", "Empty one");
}

static void hosts_stand_once(void **state)
{
    (void)state;
    expect_one(HEADER "A,9,50,0,50,1\nB,9,50,0,50,1\nA,8,40,0,40,1\n", "aid.host.twice", 4, "host",
               "");
    expect_one(HEADER "kgz,9,50,0,50,1\nKGZ,8,40,0,40,1\n", "aid.host.twice", 3, "host", "");
}

static void money_is_in_one_unit(void **state)
{
    (void)state;
    expect_one("host,stock_persons,need,funded,cap,severity,unit\nA,9,50,0,50,1,USD\n"
               "B,9,50,0,50,1,EUR\n",
               "aid.units.mixed", 3, "unit", "Convert the row to USD");
    struct aid_made made;
    aid_made_begin(&made, "host,stock_persons,need,funded,cap,severity,unit\n"
                          "A,9,50,0,50,1,EUR\n");
    made.options.unit = "USD";
    assert_int_equal(aid_made_run(&made, NULL), E_AID_UNITS);
    aid_made_drop(&made);
    aid_made_begin(&made, "host,stock_persons,need,funded,cap,severity,unit\n"
                          "A,9,50,0,50,1,eur\nB,9,50,0,50,1,\n");
    aid_made_good(&made);
    assert_string_equal(made.job.unit, "EUR");
    aid_made_drop(&made);
}

static void a_floor_that_its_own_row_makes_impossible_is_told(void **state)
{
    (void)state;
    const char *header = "host,stock_persons,need,funded,cap,severity,floor,ceiling\n";
    char csv[200];
    const char *rows[] = {"A,9,50,0,10,1,11,\n", "A,9,50,0,40,1,11,10\n", "A,9,50,45,40,1,11,\n"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(csv, sizeof csv, "%s%s", header, rows[i]);
        expect_one(csv, "aid.floor.above_limit", 2, "floor", "Lower the floor");
    }
}

static void missing_and_mistyped_columns_are_told(void **state)
{
    (void)state;
    expect_one("host,stock_person,need,funded,cap,severity\nA,9,50,0,50,1\n", "aid.column", 1,
               "stock_persons", "Is 'stock_person' meant?");
    expect_one("country,stock_persons,need,funded,cap,severity\nA,9,50,0,50,1\n", "aid.column", 1,
               "host", "Is 'country' meant?");
    expect_one("host,stock_persons,funded,cap,severity\nA,9,0,50,1\n", "aid.column", 1, "need",
               "Columns: host");
    expect_one("host,stock_persons,need,funded,cap\nA,9,50,0,50\n", "aid.column", 1, "severity",
               "Columns: host");
    expect_one("host,stock_persons,need,funded,cap,severity,cieling\nA,9,50,0,50,1,7\n",
               "aid.column", 1, "ceiling", "Write ceiling");
    expect_one("host,stock_persons,need,funded,cap,cap,severity\nA,9,50,0,50,5,1\n", "aid.column",
               1, "", "Remove or rename");
    struct aid_made made;
    aid_made_begin(&made, "host,stock_persons,need,funded,cap,severity,who said so\n"
                          "A,9,50,0,50,1,me\n");
    aid_made_good(&made); /* a column of the desk's own is left alone */
    aid_made_drop(&made);
}

static void a_file_without_rows_and_one_that_is_not_there_are_told(void **state)
{
    (void)state;
    expect_one(HEADER, "aid.hosts.none", 0, "", "");
    struct aid_made made;
    aid_made_begin(&made, HEADER);
    unlink(made.path);
    assert_int_equal(aid_made_run(&made, NULL), E_FILE_OPEN);
    aid_made_drop(&made);
}

static void every_fault_of_a_file_is_listed_in_its_order(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, HEADER "A,0,x,0,50,1\n"
                                 "A,9,50,0\n"
                                 ",9,50,-1,50,1\n");
    int code = aid_made_run(&made, NULL);
    assert_int_equal(made.faults.total, 5);
    expect_fault(&made, "number.invalid", 2, "need", "");
    expect_fault(&made, "aid.stock", 2, "stock_persons", "");
    expect_fault(&made, "aid.host.empty", 4, "host", "");
    expect_fault(&made, "aid.funded", 4, "funded", "");
    for (size_t i = 1; i < made.faults.kept; i++) {
        assert_true(made.faults.at[i - 1].row <= made.faults.at[i].row);
    }
    assert_int_equal(code, made.faults.at[0].code);
    aid_made_drop(&made);
}

static void a_table_has_no_budget_of_its_own(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, HEADER "A,9,50,0,50,1\n");
    made.options.budget = (double)NAN;
    assert_int_equal(aid_made_run(&made, NULL), E_AID_BUDGET);
    assert_int_equal(made.faults.total, 0);
    made.options.budget = -4;
    assert_int_equal(aid_made_run(&made, NULL), E_AID_BUDGET);
    aid_made_drop(&made);
}

static void floors_past_the_budget_name_the_hosts(void **state)
{
    (void)state;
    struct aid_made made;
    aid_made_begin(&made, "host,stock_persons,need,funded,cap,severity,floor\n"
                          "KAZ,9,50,0,50,1,30\nGEO,9,50,0,50,1,20\nARM,9,90,0,90,1,60\n");
    int code = aid_made_run(&made, NULL);
    assert_int_equal(code, E_AID_FLOORS_INFEASIBLE);
    assert_int_equal(ajar_err_exit(code), 4);
    assert_non_null(strstr(made.err.text, "floors of ARM, KAZ: together they need 90"));
    aid_made_drop(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_becomes_a_split),
        cmocka_unit_test(severity_is_computed_where_only_its_parts_are_given),
        cmocka_unit_test(each_figure_without_meaning_is_told_with_its_place),
        cmocka_unit_test(a_number_in_the_wrong_dress_brings_a_suggestion),
        cmocka_unit_test(a_number_that_reads_two_ways_is_not_guessed),
        cmocka_unit_test(a_slip_of_many_digits_is_told),
        cmocka_unit_test(what_a_spreadsheet_leaves_around_a_table_does_no_harm),
        cmocka_unit_test(a_first_line_that_is_no_header_is_one_fault),
        cmocka_unit_test(empty_cells_that_must_be_filled_are_told),
        cmocka_unit_test(hosts_stand_once),
        cmocka_unit_test(money_is_in_one_unit),
        cmocka_unit_test(a_floor_that_its_own_row_makes_impossible_is_told),
        cmocka_unit_test(missing_and_mistyped_columns_are_told),
        cmocka_unit_test(a_file_without_rows_and_one_that_is_not_there_are_told),
        cmocka_unit_test(every_fault_of_a_file_is_listed_in_its_order),
        cmocka_unit_test(a_table_has_no_budget_of_its_own),
        cmocka_unit_test(floors_past_the_budget_name_the_hosts),
    };
    return cmocka_run_group_tests_name("aid: a CSV of hosts", tests, NULL, NULL);
}
