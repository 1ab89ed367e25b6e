/* A user's own file of counts: what is read, what is said, what is refused. */
#include "../base/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "date.h"
#include "net.h"
#include "series_file.h"

#define TEST_CEILING ((size_t)1 << 30)

struct made {
    struct arena arena;
    struct faults faults;
    struct series_file file;
    struct ajar_err err;
    int code;
};

static void made_begin(struct made *made, const char *csv)
{
    *made = (struct made){0};
    arena_init(&made->arena, "a test", TEST_CEILING);
    assert_int_equal(faults_init(&made->faults, &made->arena, 1000, NULL), 0);
    made->code = series_file_parse(&made->arena, "counts.csv", text_of(csv), &made->faults,
                                   &made->file, &made->err);
}

static void made_good(struct made *made, const char *csv)
{
    made_begin(made, csv);
    for (size_t i = 0; i < made->faults.kept; i++) {
        print_error("%s row %ld: %s\n", made->faults.at[i].slug, made->faults.at[i].row,
                    made->faults.at[i].text);
    }
    assert_int_equal(made->code, 0);
}

static date_days day(const char *text)
{
    date_days out = DATE_NONE;
    assert_true(date_parse(text_of(text), &out));
    return out;
}

static const struct watch_series *series_of(const struct made *made, const char *place,
                                            const char *measure)
{
    const struct watch_book *book = &made->file.book;
    for (size_t s = 0; s < book->n; s++) {
        if (text_is(names_word(book->names, book->series[s].place), place) &&
            text_is(names_word(book->names, book->series[s].measure_word), measure)) {
            return &book->series[s];
        }
    }
    fail_msg("no series '%s' '%s'", place, measure);
    return NULL;
}

static void expect_count(const struct watch_series *series, size_t at, const char *from,
                         const char *to, double count, uint32_t line)
{
    assert_true(at < series->n);
    assert_int_equal(series->value[at].from, day(from));
    assert_int_equal(series->value[at].to, day(to));
    assert_true(series->value[at].count == count);
    assert_int_equal(series->value[at].row, line);
}

static void expect_said(const struct made *made, const char *part)
{
    for (size_t i = 0; i < made->file.n_assumed; i++) {
        if (strstr(made->file.assumed[i], part) != NULL) {
            return;
        }
    }
    fail_msg("nothing says '%s'", part);
}

/* These faults and no others: slug, row, column, part of the advice. */
struct want {
    const char *slug;
    long row;
    const char *column, *hint;
};

static void expect_faults(const char *csv, size_t n, const struct want *want)
{
    struct made made;
    made_begin(&made, csv);
    for (size_t w = 0; w < n; w++) {
        size_t found = 0;
        for (size_t i = 0; i < made.faults.kept; i++) {
            const struct ajar_err *fault = &made.faults.at[i];
            found += strcmp(fault->slug, want[w].slug) == 0 && fault->row == want[w].row &&
                     strcmp(fault->column, want[w].column) == 0 &&
                     strstr(err_advice(fault), want[w].hint) != NULL &&
                     strcmp(fault->file, "counts.csv") == 0;
        }
        if (found != 1) {
            for (size_t i = 0; i < made.faults.kept; i++) {
                const struct ajar_err *fault = &made.faults.at[i];
                print_error("%s row %ld column '%s': %s | %s\n", fault->slug, fault->row,
                            fault->column, fault->text, err_advice(fault));
            }
            fail_msg("not once: %s in row %ld, column '%s', '%s'", want[w].slug, want[w].row,
                     want[w].column, want[w].hint);
        }
    }
    assert_int_equal(made.faults.total, n);
    assert_int_equal(made.code, E_WATCH_FILE);
    assert_int_equal(made.err.code, E_WATCH_FILE);
    assert_int_equal(ajar_err_exit(made.code), 3);
    assert_int_equal(made.file.rows, 0); /* untouched */
    assert_int_equal(made.file.book.n, 0);
    arena_free(&made.arena);
}

#define EXPECT(csv, ...)                                                                           \
    do {                                                                                           \
        const struct want want_[] = {__VA_ARGS__};                                                 \
        expect_faults((csv), sizeof want_ / sizeof *want_, want_);                                 \
    } while (0)

static void days_and_counts_are_enough(void **state)
{
    (void)state;
    struct made made;
    made_good(&made, "date,count\n2022-09-14,2794\n2022-09-15,2874\n2022-09-19,2804\n"
                     "2022-09-20,3099\n2022-09-21,4443\n");
    assert_int_equal(made.file.book.n, 1);
    assert_int_equal(made.file.rows, 5);
    const struct watch_series *series = series_of(&made, "", "count");
    assert_int_equal(series->n, 5);
    assert_int_equal(series->kind, KIND_GROSS_IN);
    assert_int_equal(series->measure, BOOK_NONE);
    expect_count(series, 4, "2022-09-21", "2022-09-21", 4443, 6);
    assert_int_equal(series->value[0].published, DATE_NONE);
    expect_said(&made, "taken to be entries");
    expect_said(&made, "dates are YYYY-MM-DD");
    expect_said(&made, "separated by a comma");
    expect_said(&made, "since when a count was known");
    expect_said(&made, "1 series, 5 counts, 2022-09-14 to 2022-09-21");
    expect_said(&made, "3 days are missing and not filled in: 2022-09-16, 2022-09-17, 2022-09-18.");
    arena_free(&made.arena);
}

static void the_three_languages_are_read(void **state)
{
    (void)state;
    struct made made;
    made_good(&made, "\xef\xbb\xbf"
                     "Datum;Land;Richtung;Anzahl\r\n14.09.2022;Finnland;Einreise;2794\r\n"
                     "14.9.2022;Finnland;AUSREISE;1500\r\n15.9.2022;Finnland;Einreise;2 874\r\n");
    assert_int_equal(made.file.book.n, 2);
    expect_count(series_of(&made, "Finnland", "in"), 1, "2022-09-15", "2022-09-15", 2874, 4);
    assert_int_equal(series_of(&made, "Finnland", "out")->kind, KIND_GROSS_OUT);
    expect_said(&made, "day.month.year");
    expect_said(&made, "semicolon");
    expect_said(&made, "2 874 is read as 2874");
    expect_said(&made, "'Land' holds the place");
    arena_free(&made.arena);
    made_good(&made, "Дата\tПУНКТ\tНаправление\tКоличество\n2022-09-14\tВерхний Ларс\tВъезд\t5000\n"
                     "2022-09-14\tВерхний Ларс\tвыезд\t3000\n");
    expect_count(series_of(&made, "Верхний Ларс", "in"), 0, "2022-09-14", "2022-09-14", 5000, 2);
    expect_count(series_of(&made, "Верхний Ларс", "out"), 0, "2022-09-14", "2022-09-14", 3000, 3);
    arena_free(&made.arena);
}

static void wide_files_have_a_series_a_column(void **state)
{
    (void)state;
    struct made made;
    made_good(&made, "date,in,out,stock\n2022-09-14,10,5,100\n2022-09-15,7,,102\n");
    assert_int_equal(made.file.book.n, 3);
    assert_int_equal(series_of(&made, "", "in")->kind, KIND_GROSS_IN);
    assert_int_equal(series_of(&made, "", "out")->n, 1);
    assert_int_equal(series_of(&made, "", "stock")->kind, KIND_STOCK);
    expect_said(&made, "1 cell is without a count: it is not known, not 0.");
    arena_free(&made.arena);
    made_good(&made, "date,Vaalimaa,Nuijamaa\n2022-09-14,1000,900\n2022-09-15,1001,901\n");
    expect_count(series_of(&made, "Nuijamaa", "count"), 1, "2022-09-15", "2022-09-15", 901, 3);
    expect_said(&made, "read as the place Nuijamaa");
    arena_free(&made.arena);
    made_good(&made, "date,Vaalimaa in,Vaalimaa\u00a0out,travellers_all in\n2022-09-14,1,2,3\n");
    assert_int_equal(series_of(&made, "Vaalimaa", "out")->kind, KIND_GROSS_OUT);
    arena_free(&made.arena);
    made_good(&made, "day,crossing,entries_rus,exits_rus\n2022-09-14,A,1,2\n2022-09-14,B,3,4\n");
    assert_int_equal(made.file.book.n, 4);
    expect_count(series_of(&made, "B", "exits_rus"), 0, "2022-09-14", "2022-09-14", 4, 3);
    arena_free(&made.arena);
    made_good(&made, "date,travellers\n2022-09-14,1\n");
    assert_int_equal(series_of(&made, "", "travellers")->n, 1);
    expect_said(&made, "The measure 'travellers' is taken to count entries");
    arena_free(&made.arena);
}

static void periods_are_days_spans_or_weeks(void **state)
{
    (void)state;
    struct made made;
    /* ISO 8601: 2022-W38 begins on Monday 19 September; 2020 has a week 53, which ends on 3 January 2021 */
    made_good(&made, "week,count\n2022-W38,66000\n2020-W53,5\n");
    const struct watch_series *series = series_of(&made, "", "count");
    expect_count(series, 0, "2020-12-28", "2021-01-03", 5, 3);
    expect_count(series, 1, "2022-09-19", "2022-09-25", 66000, 2);
    expect_said(&made, "Monday to Sunday");
    arena_free(&made.arena);
    made_good(&made, "from,to,country,measure,value,unit\n"
                     "2022-09-17,2022-09-26,GEO,entries_rus,78742,crossings\n"
                     "2022-09-17,2022-09-26,GEO,exits_rus,62120,crossings\n");
    struct net_table net;
    assert_int_equal(net_table_make(&made.arena, &made.file.book, NULL, WATCH_NEXT_DAY, DATE_NONE,
                                    0, &net, NULL),
                     0);
    assert_int_equal(net.n_points, 1);
    assert_true(net.points[0].net == 16622);
    arena_free(&made.arena);
    EXPECT("week,count\n2021-W53,5\n", {"watch.file.date", 2, "week", ""});
    EXPECT("week,count\n2022-09-19,5\n", {"watch.file.date", 2, "week", "2022-W38"});
    EXPECT("from,to,count\n2022-09-19,2022-09-18,5\n", {"watch.file.span", 2, "to", "swap"});
    EXPECT("from,count\n2022-09-19,5\n", {"watch.file.column", 1, "", "Add it"});
    EXPECT("date,from,to,count\n2022-09-19,2022-09-19,2022-09-20,5\n",
           {"watch.file.column", 1, "", "known"});
}

static void revisions_have_their_days(void **state)
{
    (void)state;
    struct made made;
    made_good(&made,
              "date,count,published\n2022-09-14,2800,2022-09-20\n2022-09-14,2794,2022-09-15\n");
    const struct watch_series *series = series_of(&made, "", "count");
    expect_count(series, 0, "2022-09-14", "2022-09-14", 2794, 3);
    expect_count(series, 1, "2022-09-14", "2022-09-14", 2800, 2);
    assert_true(!series->value[0].revision && series->value[1].revision);
    assert_int_equal(book_known_from(&series->value[1], WATCH_NEXT_DAY), day("2022-09-20"));
    arena_free(&made.arena);
    EXPECT("date,count,known\n2022-09-14,1,\n2022-09-14,2,2022-09-20\n",
           {"watch.file.revision", 2, "date", "known"});
    EXPECT("date,count,known\n2022-09-14,1,2022-09-20\n2022-09-14,2,2022-09-20\n",
           {"watch.file.duplicate", 3, "date", "since when"});
    EXPECT("date,count,known\n2022-09-14,1,2022-09-13\n", {"watch.file.known", 2, "known", ""});
}

static void dates_that_may_be_others_are_refused(void **state)
{
    (void)state;
    EXPECT("date,count\n03/04/2022,1\n25/04/2022,1\n3.4.22,1\n2022-09,1\n2022-02-30,1\n"
           "0022-09-14,1\n2022-09-14 00:00:00,1\n,1\nyesterday,1\n",
           {"watch.file.date_two_ways", 2, "date", "2022-04-03 or 2022-03-04"},
           {"watch.file.date", 3, "date", "2022-04-25"},
           {"watch.file.date", 4, "date", "four digits, such as 03.04.2022"},
           {"watch.file.date", 5, "date", "first and last day"},
           {"watch.file.date", 6, "date", "2022-02-28"}, {"watch.file.date", 7, "date", ""},
           {"watch.file.date", 8, "date", "2022-09-14."},
           {"watch.file.date", 9, "date", "Fill it in"},
           {"watch.file.date", 10, "date", "2022-09-21"});
    EXPECT("date,count\n2022-03-04,1\n3.4.2022,2\n", {"watch.file.date_form", 3, "date", "line 2"});
}

static void numbers_that_may_be_others_are_refused(void **state)
{
    (void)state;
    struct made made;
    made_good(&made, "date;count\n2022-09-14;1,234,567\n2022-09-15;1 234\n2022-09-16;1\u202f234\n"
                     "2022-09-17;1\u2019234\n2022-09-18;1.234.567\n2022-09-19;2794.0\n"
                     "2022-09-20;1000000000000000\n");
    static const double counts[] = {1234567, 1234, 1234, 1234, 1234567, 2794, 1e15};
    for (size_t i = 0; i < 7; i++) {
        assert_true(series_of(&made, "", "count")->value[i].count == counts[i]);
    }
    arena_free(&made.arena);
    EXPECT("date;count\n2022-09-14;5.000\n2022-09-15;1,234\n2022-09-16;12 34\n2022-09-17;1,5\n"
           "2022-09-18;many\n2022-09-19;n/a\n2022-09-20;12 345 67\n",
           {"number.ambiguous", 2, "count", "5000 or 5"},
           {"number.ambiguous", 3, "count", "1234 or"}, {"number.invalid", 4, "count", "1234"},
           {"number.invalid", 5, "count", "1.5"}, {"number.invalid", 6, "count", "digits"},
           {"number.invalid", 7, "count", "empty"}, {"number.invalid", 8, "count", ""});
}

static void counts_are_whole_and_not_negative(void **state)
{
    (void)state;
    struct made made;
    EXPECT("date,count\n2022-09-14,-3\n2022-09-15,1.5\n2022-09-16,1000000000000001\n",
           {"watch.file.negative", 2, "count", "net"},
           {"watch.file.fraction", 3, "count", "_per_day"}, {"watch.file.large", 4, "count", ""});
    made_good(&made, "date,net,entries_per_day\n2022-09-14,-3,1.5\n");
    assert_true(series_of(&made, "", "net")->value[0].count == -3);
    assert_int_equal(series_of(&made, "", "entries_per_day")->kind, KIND_RATE);
    arena_free(&made.arena);
    made_good(&made, "date,count,unit\n2022-09-14,1.5,crossings per day\n");
    assert_int_equal(series_of(&made, "", "count")->kind, KIND_RATE);
    arena_free(&made.arena);
}

static void a_period_counts_once(void **state)
{
    (void)state;
    EXPECT("date,count\n2022-09-14,1\n2022-09-15,2\n2022-09-14,1\n",
           {"watch.file.duplicate", 4, "date", "known"});
    EXPECT("date,count,sex\n2022-09-14,1,m\n2022-09-14,2,f\n",
           {"watch.file.duplicate", 3, "date", "If the column sex"});
    /* a week and a day inside it; two weeks that cross */
    EXPECT("from,to,count\n2022-09-19,2022-09-25,66000\n2022-09-20,2022-09-20,9000\n"
           "2022-09-24,2022-09-30,1\n",
           {"watch.file.overlap", 3, "from", "two names in a column measure"},
           {"watch.file.overlap", 4, "from", "Correct the dates"});
    EXPECT("date,count,unit\n2022-09-14,1,persons\n2022-09-15,2,crossings\n2022-09-16,3,\n",
           {"watch.file.units", 3, "unit", "Convert"}, {"watch.file.units", 4, "unit", "Fill in"});
}

static void sums_are_not_counted(void **state)
{
    (void)state;
    EXPECT("crossing,date,count\nA,2022-09-14,1\nTotal,2022-09-14,3\nA,Summe,3\n,Итого:,6\n"
           "B,ВСЕГО,6\n",
           {"watch.file.total", 3, "crossing", "Remove"}, {"watch.file.total", 4, "date", ""},
           {"watch.file.total", 5, "date", ""}, {"watch.file.total", 6, "date", ""});
    EXPECT("date,A,B,total\n2022-09-14,1,2,3\n", {"watch.file.total", 1, "", "Remove the column"});
}

static void columns_without_meaning_are_refused(void **state)
{
    (void)state;
    EXPECT("when,count\n2022-09-14,1\n", {"watch.file.no_date", 1, "", "Name the column date"});
    EXPECT("datee,count\n2022-09-14,1\n", {"watch.file.no_date", 1, "", "Is 'datee' meant?"});
    EXPECT("2022-09-14,2794\n2022-09-15,1\n", {"watch.file.no_date", 1, "", "Put a line above"});
    EXPECT("place,2022-09-14,2022-09-15\nA,1,2\n", {"watch.file.no_date", 1, "", "Turn the table"});
    EXPECT("sep=;\ndate;count\n2022-09-14;1\n", {"watch.file.no_date", 1, "", "spreadsheet"});
    EXPECT("date,note\n2022-09-14,1\n", {"watch.file.no_count", 1, "", "count"});
    EXPECT("date,measure,figures\n2022-09-14,in,1\n", {"watch.file.no_count", 1, "", "count"});
    EXPECT("date,in,weather\n2022-09-14,1,rain\n2022-09-15,2,sun\n",
           {"watch.file.column", 2, "weather", "remove"});
    EXPECT("date,in,\n2022-09-14,1,5\n", {"watch.file.column", 2, "", "Rename"});
    EXPECT("date,in,IN\n2022-09-14,1,1\n", {"watch.file.column", 1, "", "Rename"});
    EXPECT("date,day,in\n2022-09-14,2022-09-14,1\n", {"watch.file.column", 1, "", "'date'"});
    EXPECT("date,count,in\n2022-09-14,1,1\n", {"watch.file.column", 1, "", "series"});
    EXPECT("date,direction,count\n2022-09-14,up,1\n2022-09-15,,2\n2022-09-16,exti,2\n",
           {"watch.file.direction", 2, "direction", "in for entries"},
           {"watch.file.direction", 3, "direction", ""},
           {"watch.file.direction", 4, "direction", "Did you mean exit?"});
}

static void files_without_counts_are_refused(void **state)
{
    (void)state;
    EXPECT("", {"watch.file.empty", 0, "", ""});
    EXPECT("\xef\xbb\xbf \n\n", {"watch.file.empty", 0, "", ""});
    EXPECT("date,count\n", {"watch.file.no_rows", 0, "", "Add a row"});
    EXPECT("date,count\n2022-09-14,\n,\n", {"watch.file.no_rows", 0, "", ""});
    EXPECT("date,count\n2022-09-14\n2022-09-15,1\n", {"csv.row.short", 2, "count", ""});
    EXPECT("date;\xe4\n2022-09-14;1\n", {"text.utf8", 1, "column 2", "UTF-8"});
}

static void rows_in_any_order_are_sorted_and_it_is_said(void **state)
{
    (void)state;
    struct made made;
    made_good(&made, "date,count\n2022-09-16,3\n2022-09-14,1\n\n2022-09-15,2\n");
    const struct watch_series *series = series_of(&made, "", "count");
    expect_count(series, 0, "2022-09-14", "2022-09-14", 1, 3);
    expect_count(series, 1, "2022-09-15", "2022-09-15", 2, 5);
    expect_count(series, 2, "2022-09-16", "2022-09-16", 3, 2);
    expect_said(&made, "sorted");
    arena_free(&made.arena);
    made_good(&made, "date,place,count\n2022-09-14,A,3\n2022-09-15,A,3\n2022-09-14,B,1\n");
    for (size_t i = 0; i < made.file.n_assumed; i++) {
        assert_null(strstr(made.file.assumed[i], "sorted"));
    }
    arena_free(&made.arena);
}

static void many_faults_are_counted_and_a_thousand_kept(void **state)
{
    (void)state;
    struct made made;
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "date,count\n");
    for (int i = 0; i < 1500; i++) {
        buf_printf(&buf, "2022-09-%02d,x\n", 1 + i % 30);
    }
    buf_char(&buf, '\0');
    made_begin(&made, buf.at);
    assert_int_equal(made.faults.total, 1500);
    assert_int_equal(made.faults.kept, 1000);
    assert_int_equal(made.faults.at[0].row, 2);
    assert_int_equal(made.faults.at[999].row, 1001);
    assert_non_null(strstr(made.err.text, "1500"));
    buf_free(&buf);
    arena_free(&made.arena);
}

static void a_file_is_read_from_its_path(void **state)
{
    (void)state;
    struct made made;
    char path[] = "/tmp/ajar-series-XXXXXX";
    static const char csv[] = "date,count\n2022-09-14,1\n";
    made_begin(&made, csv);
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, csv, sizeof csv - 1), sizeof csv - 1);
    close(file);
    assert_int_equal(series_file_read(&made.arena, path, &made.faults, &made.file, &made.err), 0);
    assert_int_equal(made.file.rows, 1);
    unlink(path);
    assert_int_equal(series_file_read(&made.arena, path, &made.faults, &made.file, &made.err),
                     E_FILE_OPEN);
    assert_int_equal(made.faults.total, 0);
    arena_free(&made.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_counts_are_enough),
        cmocka_unit_test(the_three_languages_are_read),
        cmocka_unit_test(wide_files_have_a_series_a_column),
        cmocka_unit_test(periods_are_days_spans_or_weeks),
        cmocka_unit_test(revisions_have_their_days),
        cmocka_unit_test(dates_that_may_be_others_are_refused),
        cmocka_unit_test(numbers_that_may_be_others_are_refused),
        cmocka_unit_test(counts_are_whole_and_not_negative),
        cmocka_unit_test(a_period_counts_once),
        cmocka_unit_test(sums_are_not_counted),
        cmocka_unit_test(columns_without_meaning_are_refused),
        cmocka_unit_test(files_without_counts_are_refused),
        cmocka_unit_test(rows_in_any_order_are_sorted_and_it_is_said),
        cmocka_unit_test(many_faults_are_counted_and_a_thousand_kept),
        cmocka_unit_test(a_file_is_read_from_its_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
