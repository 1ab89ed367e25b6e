#include "unit.h"

#include <math.h>

#include "json.h"

#define CEILING ((size_t)64 * 1024)

static void an_object_is_read_with_its_order_kept(void **state)
{
    (void)state;
    json_t *root = NULL;
    struct text text = TEXT_LIT("\xef\xbb\xbf{\"z\": [1, 2.5, true, null], \"a\": \"\xd0\xb8\"}");
    assert_int_equal(json_read("x.json", text, CEILING, &root, NULL), 0);
    assert_string_equal(json_object_iter_key(json_object_iter(root)), "z");
    assert_string_equal(json_string_value(json_object_get(root, "a")), "\xd0\xb8");
    assert_true(json_real_value(json_array_get(json_object_get(root, "z"), 1)) == 2.5);
    json_decref(root);
}

static void faults_are_refused_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int code;
        long row, at;
        const char *value;
    } cases[] = {
        {"", E_JSON_SYNTAX, 1, 0, ""},
        {"{\"a\"", E_JSON_SYNTAX, 1, 4, ""},
        {"{\"a\": 1,\n \"\xd0\xb8\": [1, 2,]}", E_JSON_SYNTAX, 2, 13, "]"},
        {"{\"a\": tru}", E_JSON_SYNTAX, 1, 7, "tru"},
        {"[1] x", E_JSON_SYNTAX, 1, 5, "x"},
        {"[1e999]", E_JSON_SYNTAX, 1, 2, "1e999"},
        {"[nan]", E_JSON_SYNTAX, 1, 2, "nan"},
        {"[\"\\u0000\"]", E_JSON_SYNTAX, 1, 2, "\"\\u0000\""},
        {"{\"a\": 1, \"b\": 2,\n\"\xd0\xb8\": 3, \"\xd0\xb8\": 4}", E_JSON_KEY_DUPLICATE, 2, 9,
         "\"\xd0\xb8\""},
        {"[\n\"\xd0\xb8\xff\"]", E_UTF8, 2, 3, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *root = NULL;
        struct ajar_err err;
        int code = json_read("x.json", text_of(cases[i].text), CEILING, &root, &err);
        if (code != cases[i].code || err.row != cases[i].row || err.at != cases[i].at) {
            fail_msg("%s: %s (%s) at %ld:%ld", cases[i].text, code == 0 ? "taken" : err.slug,
                     err.text, err.row, err.at);
        }
        assert_string_equal(err.file, "x.json");
        assert_string_equal(err.value, cases[i].value);
        assert_null(root);
        assert_int_equal(json_read("x.json", text_of(cases[i].text), CEILING, &root, NULL), code);
    }
    json_t *root = NULL;
    assert_int_equal(json_read("x.json", TEXT_LIT("[1]\0"), CEILING, &root, NULL), E_JSON_SYNTAX);
    assert_int_equal(json_read("x.json", (struct text){NULL, 0}, CEILING, &root, NULL),
                     E_JSON_SYNTAX);
}

static int read_nested(int depth, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    buf_str(&buf, "[\"[[[[\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\", ");
    for (int i = 1; i < depth; i++) {
        buf_str(&buf, i % 2 == 0 ? "[" : "{\"k\":");
    }
    buf_char(&buf, '1');
    for (int i = depth - 1; i >= 1; i--) {
        buf_char(&buf, i % 2 == 0 ? ']' : '}');
    }
    buf_char(&buf, ']');
    json_t *root = NULL;
    int code = json_read("x.json", buf_view(&buf), buf.ceiling, &root, err);
    json_decref(root);
    buf_free(&buf);
    return code;
}

static void ceilings_hold_on_bytes_and_depth(void **state)
{
    (void)state;
    struct ajar_err err;
    json_t *root = NULL;
    assert_int_equal(json_read("x.json", TEXT_LIT("[1]"), 2, &root, &err), E_JSON_SIZE);
    assert_int_equal(read_nested(32, &err), 0);
    assert_int_equal(read_nested(33, &err), E_JSON_DEPTH);
    assert_int_equal(err.row, 1);
    assert_int_equal(read_nested(100000, &err), E_JSON_DEPTH);
}

static void put_sample(struct json_out *out)
{
    json_begin_object(out);
    json_key(out, "empty");
    json_begin_object(out);
    json_end_object(out);
    json_key(out, "list");
    json_begin_array(out);
    json_put_int(out, INT64_MIN);
    json_put_number(out, 0.1);
    json_put_number(out, NAN);
    json_put_number(out, -INFINITY);
    json_put_bool(out, true);
    json_begin_array(out);
    json_end_array(out);
    json_end_array(out);
    json_key(out, "none");
    json_put_str(out, NULL);
    json_key(out, "raw");
    json_put_raw(out, TEXT_LIT("{\"a\":1}"));
    json_end_object(out);
}

static void commas_and_indents_are_kept(void **state)
{
    (void)state;
    struct buf buf;
    struct json_out out;
    buf_init(&buf, CEILING);
    json_out_init(&out, &buf, false);
    put_sample(&out);
    assert_string_equal(buf.at,
                        "{\"empty\":{},\"list\":[-9223372036854775808,0.1,null,null,true,[]],"
                        "\"none\":null,\"raw\":{\"a\":1}}");
    buf_free(&buf);
    json_out_init(&out, &buf, true);
    put_sample(&out);
    assert_string_equal(buf.at, "{\n"
                                "  \"empty\": {},\n"
                                "  \"list\": [\n"
                                "    -9223372036854775808,\n"
                                "    0.1,\n"
                                "    null,\n"
                                "    null,\n"
                                "    true,\n"
                                "    []\n"
                                "  ],\n"
                                "  \"none\": null,\n"
                                "  \"raw\": {\"a\":1}\n"
                                "}");
    buf_free(&buf);
}

static void texts_can_stand_in_a_script_element(void **state)
{
    (void)state;
    struct buf buf;
    struct json_out out;
    buf_init(&buf, CEILING);
    json_out_init(&out, &buf, false);
    json_begin_object(&out);
    json_key(&out, "</script>&\"");
    json_put_text(&out, TEXT_LIT("a\\b\n\r\t\x01\x1f\xd0\xb8"));
    json_end_object(&out);
    assert_string_equal(buf.at, "{\"\\u003c/script\\u003e\\u0026\\\"\":"
                                "\"a\\\\b\\n\\r\\t\\u0001\\u001f\xd0\xb8\"}");
    buf_free(&buf);
    json_out_init(&out, &buf, false);
    json_put_text(&out, TEXT_LIT("\xff"
                                 "a\xc3(\xed\xa0\x80"));
    assert_string_equal(buf.at, "\"\xef\xbf\xbd"
                                "a\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
    buf_free(&buf);
}

/* Every byte but zero, which Jansson does not take back, in a text that was written and read. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    char ascii[127];
    for (int i = 0; i < 127; i++) {
        ascii[i] = (char)(i + 1);
    }
    struct buf buf;
    struct json_out out;
    buf_init(&buf, CEILING);
    json_out_init(&out, &buf, true);
    json_begin_array(&out);
    json_put_text(&out, (struct text){ascii, sizeof ascii});
    json_put_number(&out, 0.30000000000000004);
    json_end_array(&out);
    json_t *root = NULL;
    assert_int_equal(json_read("x.json", buf_view(&buf), CEILING, &root, NULL), 0);
    const json_t *text = json_array_get(root, 0);
    assert_int_equal(json_string_length(text), sizeof ascii);
    assert_memory_equal(json_string_value(text), ascii, sizeof ascii);
    assert_true(json_real_value(json_array_get(root, 1)) == 0.30000000000000004);
    json_decref(root);
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_is_read_with_its_order_kept),
        cmocka_unit_test(faults_are_refused_with_their_place),
        cmocka_unit_test(ceilings_hold_on_bytes_and_depth),
        cmocka_unit_test(commas_and_indents_are_kept),
        cmocka_unit_test(texts_can_stand_in_a_script_element),
        cmocka_unit_test(what_is_written_is_read_back),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
