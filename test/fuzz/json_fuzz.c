/* Any bytes as JSON: what is read is the same after writing and reading; any text can be written. */
#include "fuzz.h"

#include "json.h"

#define FUZZ_BYTES ((size_t)16 * 1024 * 1024)

static void fuzz_write(struct json_out *out, const json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        json_begin_object(out);
        json_object_foreach((json_t *)value, key, item)
        {
            json_key(out, key);
            fuzz_write(out, item);
        }
        json_end_object(out);
        break;
    case JSON_ARRAY:
        json_begin_array(out);
        json_array_foreach((json_t *)value, i, item)
        {
            fuzz_write(out, item);
        }
        json_end_array(out);
        break;
    case JSON_STRING:
        json_put_text(out, (struct text){json_string_value(value), json_string_length(value)});
        break;
    case JSON_INTEGER:
        json_put_int(out, json_integer_value(value));
        break;
    case JSON_REAL:
        json_put_number(out, json_real_value(value));
        break;
    case JSON_NULL:
        json_put_null(out);
        break;
    default:
        json_put_bool(out, json_is_true(value));
    }
}

/* As json_equal, but 1.0 may come back as 1, its shortest form. */
static bool fuzz_same(const json_t *a, const json_t *b)
{
    if (json_is_real(a) && json_is_integer(b)) {
        return json_real_value(a) == (double)json_integer_value(b);
    }
    if (json_is_array(a) && json_is_array(b)) {
        bool same = json_array_size(a) == json_array_size(b);
        for (size_t i = 0; same && i < json_array_size(a); i++) {
            same = fuzz_same(json_array_get(a, i), json_array_get(b, i));
        }
        return same;
    }
    if (json_is_object(a) && json_is_object(b)) {
        bool same = json_object_size(a) == json_object_size(b);
        const char *key;
        json_t *item;
        json_object_foreach((json_t *)a, key, item)
        {
            same =
                same && json_object_get(b, key) != NULL && fuzz_same(item, json_object_get(b, key));
        }
        return same;
    }
    return json_equal(a, b) != 0;
}

static void fuzz_rewrite(const json_t *root, bool pretty)
{
    struct buf buf;
    struct json_out out;
    json_t *again = NULL;
    buf_init(&buf, FUZZ_BYTES);
    json_out_init(&out, &buf, pretty);
    fuzz_write(&out, root);
    fuzz_demand(buf_ok(&buf, NULL) == 0);
    fuzz_demand(json_read("again.json", buf_view(&buf), FUZZ_BYTES, &again, NULL) == 0);
    fuzz_demand(fuzz_same(root, again));
    json_decref(again);
    buf_free(&buf);
}

/* The bytes themselves as a text: well formed, without a way out of a script element. */
static void fuzz_quote(struct text bytes)
{
    struct buf buf;
    struct json_out out;
    size_t bad;
    buf_init(&buf, FUZZ_BYTES);
    json_out_init(&out, &buf, false);
    json_put_text(&out, bytes);
    fuzz_demand(buf_ok(&buf, NULL) == 0);
    fuzz_demand(strpbrk(buf.at, "<>&") == NULL && strlen(buf.at) == buf.n);
    json_error_t error;
    json_t *text = json_loadb(buf.at, buf.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    fuzz_demand(json_is_string(text));
    if (text_utf8(bytes, &bad)) {
        struct text back = {json_string_value(text), json_string_length(text)};
        fuzz_demand(text_eq(back, bytes));
    }
    json_decref(text);
    buf_free(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    json_t *root = NULL;
    struct ajar_err err = {0};
    int code = json_read("fuzz.json", (struct text){copy, size}, size, &root, &err);
    fuzz_demand(code == err.code && (code == 0) == (root != NULL));
    if (code == 0) {
        fuzz_rewrite(root, false);
        fuzz_rewrite(root, true);
        json_decref(root);
    } else {
        fuzz_demand(code == E_UTF8 || strncmp(err.slug, "json.", 5) == 0);
    }
    fuzz_quote((struct text){copy, size});
    free(copy);
    return 0;
}
