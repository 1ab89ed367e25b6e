/* An officer's own table of households or offers: what is kept, what is said, what is wrong. */
#include "../base/unit.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "place_import.h"

#define TEST_CEILING ((size_t)1 << 28)

struct made {
    struct arena arena;
    struct faults faults;
    struct place_import import;
    struct ajar_err err;
    int code;
};

static void made_bytes(struct made *made, enum place_import_kind kind, struct text bytes,
                       const char *map)
{
    struct place_import_options options = {kind, {map == NULL ? NULL : "map.csv", text_of(map)}};
    *made = (struct made){0};
    arena_init(&made->arena, "a test", TEST_CEILING);
    assert_int_equal(faults_init(&made->faults, &made->arena, 1000, NULL), 0);
    made->code = place_import(&made->arena, "cohort.csv", bytes, &options, &made->faults,
                              &made->import, &made->err);
}

static void made_households(struct made *made, const char *csv)
{
    made_bytes(made, PLACE_IMPORT_HOUSEHOLDS, text_of(csv), NULL);
    assert_int_equal(made->code, 0);
}

static struct text made_file(const struct made *made, const char *name)
{
    for (size_t i = 0; i < made->import.n_files; i++) {
        if (strcmp(made->import.files[i].name, name) == 0) {
            return made->import.files[i].bytes;
        }
    }
    return (struct text){NULL, 0};
}

static void made_is(const struct made *made, const char *name, const char *want)
{
    struct text bytes = made_file(made, name);
    if (!text_is(bytes, want)) {
        print_error("%s:\n%.*s\nwanted:\n%s\n", name, (int)bytes.n,
                    bytes.at == NULL ? "" : bytes.at, want);
    }
    assert_true(text_is(bytes, want));
}

static bool made_said(const struct made *made, const char *part)
{
    for (size_t i = 0; i < made->import.n_said; i++) {
        if (memmem(made->import.said[i].at, made->import.said[i].n, part, strlen(part)) != NULL) {
            return true;
        }
    }
    return false;
}

static void made_fault(const struct made *made, size_t i, long row, const char *column,
                       const char *value, const char *text)
{
    assert_true(i < made->faults.kept);
    const struct ajar_err *fault = &made->faults.at[i];
    assert_int_equal(fault->row, row);
    assert_string_equal(fault->column, column);
    assert_string_equal(fault->value, value);
    if (strstr(fault->text, text) == NULL) {
        print_error("\"%s\" is not in \"%s\"\n", text, fault->text);
    }
    assert_non_null(strstr(fault->text, text));
}

static const char *made_hint(const struct made *made, size_t i)
{
    return err_advice(&made->faults.at[i]);
}

/* What a desk's spreadsheet looks like. */
static const char messy[] =
    "Список семей на 01.11.2022;;;;;;;;\r\n"
    ";;;;;;;;\r\n"
    "№ дела;ФИО;Кол-во чел.;Мест;Школа;Курсы языка;Коляска;Готовы с;Куда хотят\r\n"
    "001;Иванов И.;3;3,0;1;2;нет;01.11.2022;Кассель, Галле\r\n"
    "002;Петрова А.;1;1;;1;да;;\r\n"
    "\r\n"
    "003;Сидоров;1 004;1004;-;0;;2022-11-15;Йена\r\n"
    "Итого;;1008;1008;1;3;;;\r\n";

static void test_messy(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, messy);
    assert_int_equal(made.faults.total, 0);
    assert_string_equal(made.import.encoding, "UTF-8");
    assert_int_equal(made.import.separator, ';');
    assert_int_equal(made.import.heading_row, 3);
    assert_int_equal(made.import.n_rows, 3);
    assert_int_equal(made.import.n_good, 3);
    assert_int_equal(made.import.n_totals, 1);
    made_is(&made, "households.csv",
            "id,need_beds,need_school,need_course,people,ready\r\n"
            "001,3,1,2,3,2022-11-01\r\n"
            "002,1,0,1,1,\r\n"
            "003,1004,0,0,1004,2022-11-15\r\n");
    made_is(&made, "requires.csv", "household,feature\r\n002,step_free\r\n");
    made_is(&made, "wishes.csv",
            "household,place,rank\r\n001,Кассель,1\r\n001,Галле,2\r\n003,Йена,1\r\n");
    assert_null(made_file(&made, "errors.csv").at);
    assert_null(made_file(&made, "traits.csv").at);
    assert_true(made_said(&made, "The headings stand in row 3"));
    assert_true(made_said(&made, "\"ФИО\" is personal data"));
    assert_true(made_said(&made, "\"Школа\", read as 0: 2"));
    arena_free(&made.arena);
}

static void test_encodings(void **state)
{
    (void)state;
    static const char *const names[] = {"WINDOWS-1251", "UTF-16LE", "UTF-16BE"};
    static const char *const marks[] = {"", "\xff\xfe", "\xfe\xff"};
    struct made plain;
    made_households(&plain, messy);
    for (size_t i = 0; i < 3; i++) {
        char bytes[8192], *in = (char *)(uintptr_t)messy, *at = bytes + strlen(marks[i]);
        size_t left = sizeof messy - 1, room = sizeof bytes - 2;
        memcpy(bytes, marks[i], strlen(marks[i]));
        iconv_t way = iconv_open(names[i], "UTF-8");
        assert_int_equal(iconv(way, &in, &left, &at, &room), 0);
        iconv_close(way);
        struct made made;
        made_bytes(&made, PLACE_IMPORT_HOUSEHOLDS, (struct text){bytes, (size_t)(at - bytes)},
                   NULL);
        assert_int_equal(made.code, 0);
        assert_int_equal(strcasecmp(made.import.encoding, names[i]), 0);
        assert_true(
            text_eq(made_file(&made, "households.csv"), made_file(&plain, "households.csv")));
        assert_true(text_eq(made_file(&made, "wishes.csv"), made_file(&plain, "wishes.csv")));
        arena_free(&made.arena);
    }
    arena_free(&plain.arena);
}

/* Each fault with the row of the file, its heading and value; the row stands in errors.csv, others are kept. */
static void test_faults(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, "id;people;beds;коляска;ready;телефон\r\n"
                           "a1;2;2,5;;;123\r\n"
                           "a2;;1;;;123\r\n"
                           "a3;-2;1;;;123\r\n"
                           "a4;2;two;;;123\r\n"
                           "a5;2;2;maybe;;123\r\n"
                           "a6;2;2;;31.02.2022;123\r\n"
                           "a7;2;2;;44835;123\r\n"
                           ";2;2;;;123\r\n"
                           "ok;2;2;+;21.9.2022;123\r\n"
                           "ok;2;2;;;123\r\n"
                           "a8;2;2\r\n"
                           "a9;1.234;2;;;123\r\n");
    assert_int_equal(made.import.n_rows, 12);
    assert_int_equal(made.import.n_good, 1);
    made_is(&made, "households.csv", "id,need_beds,people,ready\r\nok,2,2,2022-09-21\r\n");
    made_fault(&made, 0, 2, "beds", "2,5", "whole");
    assert_non_null(strstr(made_hint(&made, 0), "2 or 3"));
    made_fault(&made, 1, 3, "people", "", "missing");
    made_fault(&made, 2, 4, "people", "-2", "not below 0");
    made_fault(&made, 3, 5, "beds", "two", "no whole number");
    made_fault(&made, 4, 6, "коляска", "maybe", "neither yes nor no");
    made_fault(&made, 5, 7, "ready", "31.02.2022", "no date");
    assert_non_null(strstr(made_hint(&made, 5), "2022-02-28"));
    made_fault(&made, 6, 8, "ready", "44835", "no date");
    assert_non_null(strstr(made_hint(&made, 6), "2022-10-01"));
    made_fault(&made, 7, 9, "id", "", "missing");
    made_fault(&made, 8, 11, "id", "ok", "row 10 has the same number");
    assert_int_equal(made.faults.at[9].row, 12);
    struct text errors = made_file(&made, "errors.csv");
    assert_true(text_starts(errors, "\xef\xbb\xbfrow;error;id;people;beds;коляска;ready\r\n2;"));
    assert_null(memmem(errors.at, errors.n, "123;", 4));
    assert_non_null(memmem(errors.at, errors.n, "31.02.2022", 10));
    arena_free(&made.arena);
}

/* What was mended in errors.csv can be imported as it is. */
static void test_errors_again(void **state)
{
    (void)state;
    struct made made, again;
    made_households(&made, "id;people;школа\r\na1;2;x\r\n");
    struct text errors = made_file(&made, "errors.csv");
    char mended[1024];
    memcpy(mended, errors.at, errors.n);
    mended[errors.n] = '\0';
    char *bad = strstr(mended, ";2;x");
    assert_non_null(bad);
    bad[3] = '1';
    made_households(&again, mended);
    made_is(&again, "households.csv", "id,need_school,people\r\na1,1,2\r\n");
    arena_free(&made.arena);
    arena_free(&again.arena);
}

static void test_alike(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, "id,people\nA-12,1\nА-12,2\n"); /* the second is Cyrillic */
    assert_int_equal(made.faults.total, 1);
    made_fault(&made, 0, 3, "id", "А-12", "looks like the number of row 2");
    made_is(&made, "households.csv", "id,need_beds,people\r\nA-12,1,1\r\n");
    assert_true(made_said(&made, "each person needs one"));
    arena_free(&made.arena);
}

static void test_totals(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, "id,people,beds\na,1,1\nb,2,2\nTotal,3,4\n");
    assert_int_equal(made.faults.total, 0);
    assert_int_equal(made.import.n_good, 2);
    assert_true(made_said(&made, "Row 4: the total of \"beds\" is 4, but its rows come to 3."));
    assert_false(made_said(&made, "\"people\" is"));
    arena_free(&made.arena);
}

/* Headings over two lines, as merged cells are exported. */
static void test_two_lines(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, "Номер;Человек;Нужно;;\n;;мест;школа;курсы\n7;2;2;0;1\n");
    assert_int_equal(made.import.heading_row, 2);
    made_is(&made, "households.csv",
            "id,need_beds,need_school,need_course,people\r\n7,2,0,1,2\r\n");
    arena_free(&made.arena);
}

static void test_localities(void **state)
{
    (void)state;
    struct made made;
    made_bytes(
        &made, PLACE_IMPORT_LOCALITIES,
        text_of(
            "Предложение;Город;Земля;Мест;Школа;Минимум;Действует до;Без ступеней;Широта;Долгота\n"
            "k1;Кассель;DE-HE;40;10;5;31.12.2022;да;51,31;9.49\n"
            "k2;Галле;DE-ST;4;1;0;;;151,31;\n"),
        NULL);
    assert_int_equal(made.code, 0);
    made_is(&made, "localities.csv",
            "id,capacity_beds,capacity_school,place,state,until,lat,lon,least_beds\r\n"
            "k1,40,10,Кассель,DE-HE,2022-12-31,51.31,9.49,5\r\n");
    made_fault(&made, 0, 3, "Широта", "151,31", "no degree from -90 to 90");
    made_is(&made, "features.csv", "locality,feature\r\nk1,step_free\r\n");
    arena_free(&made.arena);
}

/* A mapping names what is not known; the one that is written gives the same again. */
static void test_mapping(void **state)
{
    (void)state;
    static const char csv[] = "Kennung,Betten,Kita,Staatsangehörigkeit,Bemrkung\nx,2,1,RUS,y\n";
    static const char map[] = "heading,column\nKennung,id\nKita,need_nursery\n"
                              "Staatsangehörigkeit,trait_nationality\n";
    struct made made, again;
    made_bytes(&made, PLACE_IMPORT_HOUSEHOLDS, text_of(csv), NULL);
    assert_int_equal(made.code, E_PLACE_IMPORT_HEADINGS);
    arena_free(&made.arena);
    made_bytes(&made, PLACE_IMPORT_HOUSEHOLDS, text_of(csv), map);
    assert_int_equal(made.code, 0);
    made_is(&made, "households.csv", "id,need_beds,need_nursery\r\nx,2,1\r\n");
    made_is(&made, "traits.csv", "household,trait,value\r\nx,nationality,RUS\r\n");
    assert_true(made_said(&made, "was \"bemerkung\" meant?"));
    char written[1024];
    struct text mapping = made_file(&made, "mapping.csv");
    memcpy(written, mapping.at, mapping.n);
    written[mapping.n] = '\0';
    made_bytes(&again, PLACE_IMPORT_HOUSEHOLDS, text_of(csv), written);
    assert_int_equal(again.code, 0);
    assert_true(text_eq(made_file(&again, "households.csv"), made_file(&made, "households.csv")));
    assert_true(text_eq(made_file(&again, "mapping.csv"), mapping));
    arena_free(&again.arena);
    made_bytes(&again, PLACE_IMPORT_HOUSEHOLDS, text_of(csv), "heading,column\nKita,nursery\n");
    assert_int_equal(again.code, E_PLACE_IMPORT_MAP);
    assert_int_equal(again.err.row, 2);
    arena_free(&again.arena);
    arena_free(&made.arena);
}

/* A trait that the law protects is left out unless a mapping asks for it. */
static void test_traits_left_out(void **state)
{
    (void)state;
    struct made made;
    made_households(&made, "id,people,Гражданство\na,1,RUS\n");
    assert_null(made_file(&made, "traits.csv").at);
    assert_true(made_said(&made, "\"Гражданство\" is a protected trait"));
    for (size_t i = 0; i < made.import.n_files; i++) {
        struct text bytes = made.import.files[i].bytes;
        assert_null(memmem(bytes.at, bytes.n, "RUS", 3));
    }
    arena_free(&made.arena);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        int code;
    } cases[] = {
        {"", E_PLACE_IMPORT_HEADINGS},
        {"one,two\n1,2\n", E_PLACE_IMPORT_HEADINGS},
        {"people,beds\n1,2\n", E_PLACE_IMPORT_HEADINGS},
        {"id,note\n1,2\n", E_PLACE_IMPORT_HEADINGS},
        {"id,beds,мест\n1,2,3\n", E_PLACE_IMPORT_HEADINGS},
        {"PK\x03\x04 a spreadsheet \x80", E_UTF8},
        {"id,beds\n1,\"2\n", E_CSV_QUOTE_UNCLOSED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made made;
        made_bytes(&made, PLACE_IMPORT_HOUSEHOLDS, text_of(cases[i].csv), NULL);
        if (made.code != cases[i].code) {
            print_error("case %zu: %s %s\n", i, made.err.slug, made.err.text);
        }
        assert_int_equal(made.code, cases[i].code);
        assert_int_equal(made.import.n_files, 0);
        arena_free(&made.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_messy),     cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_faults),    cmocka_unit_test(test_errors_again),
        cmocka_unit_test(test_alike),     cmocka_unit_test(test_totals),
        cmocka_unit_test(test_two_lines), cmocka_unit_test(test_localities),
        cmocka_unit_test(test_mapping),   cmocka_unit_test(test_traits_left_out),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
