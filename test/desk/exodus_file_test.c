/* A user's rows for the exodus: in, out, faults. */
#include "../base/unit.h"

#include <math.h>
#include <string.h>

#include "exodus_file.h"

struct reading {
    struct arena arena;
    struct faults faults;
    struct ajar_err err;
    struct exodus_file file;
    int code;
};

static void read_rows(struct reading *it, const char *bytes)
{
    *it = (struct reading){0};
    arena_init(&it->arena, "rows", (size_t)256 << 20);
    assert_int_equal(faults_init(&it->faults, &it->arena, 20, NULL), 0);
    it->code =
        exodus_file_parse(&it->arena, "mine.csv", text_of(bytes), &it->faults, &it->file, &it->err);
}

static const char *written(struct reading *it, const struct exodus_spread *spreads,
                           const char *const *why)
{
    struct buf buf;
    const char *copy = NULL;
    buf_init(&buf, 1 << 20);
    assert_int_equal(exodus_file_write(&buf, &it->file, spreads, why, NULL), 0);
    assert_int_equal(text_copy(&it->arena, buf_view(&buf), &copy, NULL), 0);
    buf_free(&buf);
    return copy;
}

static void rows_are_read(void **state)
{
    struct reading it;
    (void)state;
    read_rows(&it, "measure,note,date_to,date_from,route,country_iso3,value,source_id\n"
                   "entries_rus,\"a, \"\"b\"\"\",2022-09-25,2022-09-24,land:Narva,EST,12.5,s1\n"
                   "\n"
                   "net_rus,,2022-10-01,2022-10-01,all,KAZ,-3,\n"
                   "entries_rus,,2022-10-01,2022-10-01,all,ALL,,\n");
    assert_int_equal(it.code, 0);
    assert_int_equal(it.file.n, 3);
    assert_int_equal(it.file.line[0], 2);
    assert_int_equal(it.file.line[1], 4);
    const struct exodus_row *row = &it.file.rows[0];
    assert_int_equal(row->from, date_from_civil(2022, 9, 24));
    assert_int_equal(row->to, date_from_civil(2022, 9, 25));
    assert_true(text_is(row->country, "EST"));
    assert_true(text_is(row->route, "land:Narva"));
    assert_true(text_is(row->measure, "entries_rus"));
    assert_true(row->value == 12.5);
    assert_true(row->first_part == 1 && row->last_part == 1);
    assert_true(text_is(it.file.source[0], "s1"));
    assert_int_equal(it.file.source[1].n, 0);
    assert_true(it.file.rows[1].value == -3);
    assert_true(isnan(it.file.rows[2].value));
    arena_free(&it.arena);
}

static void columns_that_answer_are_added(void **state)
{
    static const struct exodus_spread spreads[] = {{10.04, 1, 2, 9, 15, 20}, {0, 0, 0, 0, 0, 0}};
    static const char *const why[] = {NULL, "no, never"};
    struct reading it;
    (void)state;
    read_rows(&it, "date_from;date_to;country_iso3;route;measure;note;value\r\n"
                   "2022-09-24;2022-09-24;EST;land;entries_rus;=1+1;-1\r\n"
                   "2022-09-24;2022-09-24;EST;land;net_rus;\"x;y\";-1.5\r\n");
    assert_int_equal(it.code, E_EXODUS_ROWS); /* only a net is negative */
    arena_free(&it.arena);
    read_rows(&it, "date_from;date_to;country_iso3;route;measure;note;value\r\n"
                   "2022-09-24;2022-09-24;EST;land;entries_rus;=1+1;007\r\n"
                   "2022-09-24;2022-09-24;EST;land;net_rus;\"x;y\";-1.5\r\n");
    assert_int_equal(it.code, 0);
    assert_string_equal(
        written(&it, spreads, why),
        "date_from;date_to;country_iso3;route;measure;note;value;mean;p5;p50;p95;"
        "why\r\n"
        "2022-09-24;2022-09-24;EST;land;entries_rus;'=1+1;007;10.0;1.0;9.0;20.0;\r\n"
        "2022-09-24;2022-09-24;EST;land;net_rus;\"x;y\";-1.5;;;;;no, never\r\n");
    arena_free(&it.arena);
}

/* What was written reads back, and asked again keeps its columns where they stand. */
static void an_answer_is_asked_again(void **state)
{
    static const struct exodus_spread one[] = {{7, 1, 2, 3, 4, 5}}, other[] = {{8, 2, 3, 4, 5, 6}};
    static const char *const none[] = {NULL};
    struct reading it, again;
    (void)state;
    read_rows(&it, "why,p50,date_from,date_to,country_iso3,route,measure\n"
                   "was,1,2022-09-24,2022-09-24,EST,land,entries_rus\n");
    const char *first = written(&it, one, none);
    assert_string_equal(first,
                        "why,p50,date_from,date_to,country_iso3,route,measure,mean,p5,p95\r\n"
                        ",3.0,2022-09-24,2022-09-24,EST,land,entries_rus,7.0,1.0,5.0\r\n");
    assert_true(exodus_file_is_answer(text_of(first)));
    read_rows(&again, first);
    assert_int_equal(again.code, 0);
    assert_string_equal(written(&again, other, none),
                        "why,p50,date_from,date_to,country_iso3,route,measure,mean,p5,p95\r\n"
                        ",4.0,2022-09-24,2022-09-24,EST,land,entries_rus,8.0,2.0,6.0\r\n");
    arena_free(&again.arena);
    arena_free(&it.arena);
    assert_false(exodus_file_is_answer(TEXT_LIT("date_from,mean,p5,p50,p95\n")));
    assert_false(exodus_file_is_answer(TEXT_LIT("")));
}

static void fault_is(const struct reading *it, size_t i, int code, long row, const char *column,
                     const char *value)
{
    assert_true(i < it->faults.kept);
    const struct ajar_err *fault = &it->faults.at[i];
    assert_int_equal(fault->code, code);
    assert_int_equal(fault->row, row);
    assert_string_equal(fault->column, column);
    assert_string_equal(fault->value, value);
    assert_string_equal(fault->file, "mine.csv");
    assert_true(fault->hint[0] != '\0' || err_row(fault->code)->advice[0] != '\0');
}

static void every_fault_is_told(void **state)
{
    struct reading it;
    (void)state;
    read_rows(&it, "date_from,date_to,country_iso3,route,measure,value\n"
                   "24.9.2022,2022-09-24,EST,land,entries_rus,1\n"
                   "2022-09-24,2022-09-23,est,land,entries_rus,many\n"
                   "2022-09-24,2022-09-24,EST,,entries_rus\n"
                   "2022-09-24,2022-09-24,EST, ,entries_rus,1\n");
    assert_int_equal(it.code, E_EXODUS_ROWS);
    assert_int_equal(it.file.n, 0);
    assert_int_equal(it.faults.total, 6);
    fault_is(&it, 0, E_EXODUS_ROWS_CELL, 2, "date_from", "24.9.2022");
    assert_non_null(strstr(it.faults.at[0].hint, "2022-09-24"));
    fault_is(&it, 1, E_EXODUS_ROWS_CELL, 3, "country_iso3", "est");
    assert_non_null(strstr(it.faults.at[1].hint, "EST"));
    fault_is(&it, 2, E_EXODUS_ROWS_CELL, 3, "date_to", "2022-09-23");
    fault_is(&it, 3, E_EXODUS_ROWS_CELL, 3, "value", "many");
    assert_int_equal(it.faults.at[4].code, E_CSV_SHORT);
    fault_is(&it, 5, E_EXODUS_ROWS_CELL, 5, "route", "");
    arena_free(&it.arena);
}

static void columns_are_there_once(void **state)
{
    struct reading it;
    (void)state;
    read_rows(&it, "date_from,date_to,country_iso3,route,route,value,value,mean,mean\n");
    assert_int_equal(it.code, E_EXODUS_ROWS);
    assert_int_equal(it.faults.total, 4);
    fault_is(&it, 0, E_EXODUS_ROWS_COLUMN, 1, "mean", "");
    fault_is(&it, 1, E_EXODUS_ROWS_COLUMN, 1, "measure", "");
    fault_is(&it, 2, E_EXODUS_ROWS_COLUMN, 1, "route", "");
    fault_is(&it, 3, E_EXODUS_ROWS_COLUMN, 1, "value", "");
    arena_free(&it.arena);
}

static void no_rows_is_a_fault(void **state)
{
    struct reading it;
    (void)state;
    read_rows(&it, "date_from,date_to,country_iso3,route,measure\n");
    assert_int_equal(it.code, E_EXODUS_ROWS);
    assert_int_equal(it.faults.at[0].code, E_EXODUS_ROWS_NONE);
    arena_free(&it.arena);
    read_rows(&it, "");
    assert_int_equal(it.code, E_EXODUS_ROWS);
    assert_int_equal(it.faults.total, 1);
    arena_free(&it.arena);
    read_rows(&it, "date_from,date_to\xff\n");
    assert_int_equal(it.code, E_EXODUS_ROWS);
    assert_int_equal(it.faults.total, 1);
    arena_free(&it.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(columns_that_answer_are_added),
        cmocka_unit_test(an_answer_is_asked_again),
        cmocka_unit_test(every_fault_is_told),
        cmocka_unit_test(columns_are_there_once),
        cmocka_unit_test(no_rows_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
