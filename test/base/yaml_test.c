#include "unit.h"

#include <stdio.h>
#include <unistd.h>

#include "yaml.h"

#define CEILING ((size_t)64 * 1024)

static struct arena arena;
static struct ajar_err err;

static int make_arena(void **state)
{
    (void)state;
    arena_init(&arena, "test", 16 << 20);
    return 0;
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct yaml_node *parse(const char *text)
{
    const struct yaml_node *root = NULL;
    int code = yaml_parse(&arena, "x.yaml", text_of(text), CEILING, &root, &err);
    if (code != 0) {
        fail_msg("%s: %s at %ld:%ld", text, err.text, err.row, err.at);
    }
    return root;
}

static void assert_text(const struct yaml_node *node, const char *expected)
{
    assert_non_null(node);
    assert_int_equal(node->kind, YAML_SCALAR);
    if (!text_is(node->text, expected)) {
        fail_msg("'%.*s' is not '%s'", (int)node->text.n, node->text.at, expected);
    }
}

static void maps_lists_and_scalars_keep_their_place(void **state)
{
    (void)state;
    const struct yaml_node *root = parse("title: \"Autumn \xd0\xb8 2022\"\r\n"
                                         "hosts:\r\n"
                                         "  - {\xd0\xb8: KGZ, floor: 5}\r\n"
                                         "  - UZB\r\n"
                                         "note: >\r\n"
                                         "  two\r\n"
                                         "  lines\r\n");
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->n, 3);
    assert_true(root->row == 1 && root->at == 1);
    const struct yaml_node *title = yaml_get(root, "title");
    assert_text(title, "Autumn \xd0\xb8 2022");
    assert_true(title->quoted && title->row == 1 && title->at == 8);
    const struct yaml_node *hosts = yaml_get(root, "hosts");
    assert_int_equal(hosts->kind, YAML_LIST);
    assert_int_equal(hosts->n, 2);
    assert_true(hosts->row == 3 && hosts->at == 3);
    const struct yaml_node *floor = yaml_get(&hosts->items[0], "floor");
    assert_text(floor, "5");
    assert_true(!floor->quoted && floor->row == 3 && floor->at == 21); /* characters, not bytes */
    assert_text(&hosts->items[1], "UZB");
    assert_true(hosts->items[1].row == 4 && hosts->items[1].at == 5);
    assert_text(yaml_get(root, "note"), "two lines\n");
    assert_true(root->keys[2].row == 5 && root->keys[2].at == 1);
    assert_null(yaml_get(root, "absent"));
    assert_null(yaml_get(title, "title"));
}

static void plain_words_stay_text(void **state)
{
    (void)state;
    static const char *const words[] = {"NO",  "no",  "yes",        "on",    "1e3",   "0x10",
                                        "012", "~",   "null",       ".inf",  "1_000", "12:30:45",
                                        "<<",  "1.0", "2022-09-21", "false", "+1"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[64];
        snprintf(text, sizeof text, "key: [a, %s]\n", words[i]);
        assert_text(&yaml_get(parse(text), "key")->items[1], words[i]);
        snprintf(text, sizeof text, "%s: a\n", words[i]);
        assert_text(yaml_get(parse(text), words[i]), "a");
    }
    const struct yaml_node *root = parse("a:\nb: ''\nc: 'it''s'\n");
    assert_text(yaml_get(root, "a"), "");
    assert_false(yaml_get(root, "a")->quoted);
    assert_text(yaml_get(root, "b"), "");
    assert_true(yaml_get(root, "b")->quoted);
    assert_text(yaml_get(root, "c"), "it's");
}

static void a_mark_at_the_start_and_one_document_are_allowed(void **state)
{
    (void)state;
    assert_text(yaml_get(parse("\xef\xbb\xbfkey: 1\n"), "key"), "1");
    assert_text(yaml_get(parse("%YAML 1.2\n---\nkey: 1\n...\n"), "key"), "1");
    assert_int_equal(parse("{}")->n, 0);
    assert_int_equal(parse("[]")->kind, YAML_LIST);
}

struct refusal {
    const char *text;
    int code;
    long row, at;
};

static void refuses(const struct refusal *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct yaml_node *root = NULL;
        int code = yaml_parse(&arena, "x.yaml", text_of(cases[i].text), CEILING, &root, &err);
        if (code != cases[i].code || err.row != cases[i].row || err.at != cases[i].at) {
            fail_msg("%s: %s (%s) at %ld:%ld", cases[i].text, code == 0 ? "taken" : err.slug,
                     err.text, err.row, err.at);
        }
        assert_null(root);
        assert_int_equal(err.code, code);
        assert_string_equal(err.file, "x.yaml");
        assert_int_equal(yaml_parse(&arena, "x.yaml", text_of(cases[i].text), CEILING, &root, NULL),
                         code);
    }
}

static void what_can_surprise_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct refusal cases[] = {
        {"", E_YAML_EMPTY, 1, 1},
        {"# a comment\n", E_YAML_EMPTY, 1, 1},
        {"a: 1\n---\nb: 1\n", E_YAML_DOCUMENTS, 3, 1},
        {"a\n...\nb\n", E_YAML_DOCUMENTS, 3, 1},
        {"a: 1\nb: &x 1\n", E_YAML_ALIAS, 2, 4},
        {"a: &x [1]\n", E_YAML_ALIAS, 1, 4},
        {"&x {a: 1}\n", E_YAML_ALIAS, 1, 1},
        {"\xd0\xb8: *x\n", E_YAML_ALIAS, 1, 4},
        {"a: !!str 1\n", E_YAML_TAG, 1, 4},
        {"a:\n  - !x [1]\n", E_YAML_TAG, 2, 5},
        {"a: 1\nb: 2\na: 3\nb: 4\n", E_YAML_KEY_DUPLICATE, 3, 1},
        {"{z: 1, a: 1, 'z': 2}\n", E_YAML_KEY_DUPLICATE, 1, 14},
        {"x:\n  :\n  : 1\n", E_YAML_KEY_DUPLICATE, 2, 3},
        {"? [a]\n: 1\n", E_YAML_KEY_FORM, 1, 1},
        {"a: 1\n? \n b:\t- x\n", E_YAML_KEY_FORM, 2, 1},
        {"b: {{a: 1}: 1}\n", E_YAML_KEY_FORM, 1, 5},
        {"*x : 1\n", E_YAML_ALIAS, 1, 1},
        {"a: \xff\n", E_UTF8, 1, 4},
        {"a: 1\nb: \"\xc3\"\n", E_UTF8, 2, 5},
        {"a: \x1b[31m\n", E_YAML_SYNTAX, 1, 4},
        {"a: b: c\n", E_YAML_SYNTAX, 1, 5},
        {"a: [1, 2\n", E_YAML_SYNTAX, 2, 1},
        {"a: @x\n", E_YAML_SYNTAX, 1, 4},
        {"a:\n\tb: 1\n", E_YAML_SYNTAX, 2, 1},
        {"a: \"x\n", E_YAML_SYNTAX, 1, 5},
        {"a: \"\\q\"\n", E_YAML_SYNTAX, 1, 5},
        {"- a\nb: 1\n", E_YAML_SYNTAX, 2, 1},
        {"}", E_YAML_SYNTAX, 1, 1},
        {"%YAML 1.9\n---\na\n", E_YAML_SYNTAX, 1, 1},
    };
    refuses(cases, sizeof cases / sizeof *cases);
}

static void a_zero_byte_does_not_hide_what_follows(void **state)
{
    (void)state;
    const struct yaml_node *root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", TEXT_LIT("a: 1\n\0b: 2\n"), CEILING, &root, &err),
                     E_YAML_SYNTAX);
    assert_true(err.row == 2 && err.at == 1);
}

/* `n` nested lists, in brackets or as blocks. */
static void put_nested(struct buf *buf, int n, bool brackets)
{
    for (int i = 0; i < n; i++) {
        buf_str(buf, brackets ? "[" : "- ");
    }
    buf_str(buf, brackets ? "" : "a\n");
    buf_pad(buf, ']', brackets ? (size_t)n : 0);
}

static void ceilings_hold_on_bytes_depth_and_memory(void **state)
{
    (void)state;
    const struct yaml_node *root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", TEXT_LIT("a: 1"), 4, &root, &err), 0);
    root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", TEXT_LIT("a: 1"), 3, &root, &err), E_YAML_SIZE);
    for (int brackets = 0; brackets < 2; brackets++) {
        static const struct {
            int depth, code;
        } cases[] = {{32, 0}, {33, E_YAML_DEPTH}, {100, E_YAML_DEPTH}, {20000, E_YAML_DEPTH}};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            struct buf buf;
            buf_init(&buf, CEILING);
            put_nested(&buf, cases[i].depth, brackets == 1);
            assert_int_equal(yaml_parse(&arena, "x.yaml", buf_view(&buf), CEILING, &root, &err),
                             cases[i].code);
            buf_free(&buf);
            if (cases[i].code == E_YAML_DEPTH) {
                assert_int_equal(err.row, 1);
            }
        }
    }
    struct arena small;
    arena_init(&small, "small", 20000);
    struct buf buf;
    buf_init(&buf, CEILING);
    for (int i = 0; i < 2000; i++) {
        buf_str(&buf, "- a\n");
    }
    assert_int_equal(yaml_parse(&small, "x.yaml", buf_view(&buf), CEILING, &root, &err), E_CEILING);
    buf_free(&buf);
    arena_free(&small);
}

static void many_keys_are_told_apart(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    for (int i = 0; i < 20000; i++) {
        buf_printf(&buf, "k%d: %d\n", i, i);
    }
    const struct yaml_node *root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", buf_view(&buf), buf.n, &root, &err), 0);
    assert_int_equal(root->n, 20000);
    assert_text(yaml_get(root, "k19999"), "19999");
    buf_str(&buf, "k7: again\n");
    assert_int_equal(yaml_parse(&arena, "x.yaml", buf_view(&buf), buf.n, &root, &err),
                     E_YAML_KEY_DUPLICATE);
    assert_int_equal(err.row, 20001);
    assert_string_equal(err.value, "k7");
    buf_free(&buf);
}

/* Run under LeakSanitizer: libfyaml loses memory here, and reads the text wrongly. */
static void a_text_of_doubled_quotes_is_read_whole(void **state)
{
    (void)state;
    enum { QUOTES = 2000 };
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    buf_str(&buf, "a: '");
    buf_pad(&buf, '\'', 2 * QUOTES);
    buf_str(&buf, "x'\nb: \"");
    for (int i = 0; i < QUOTES; i++) {
        buf_str(&buf, "\\n\\u0434");
    }
    buf_str(&buf, "\"\n");
    const struct yaml_node *root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", buf_view(&buf), buf.n, &root, &err), 0);
    struct text a = yaml_get(root, "a")->text, b = yaml_get(root, "b")->text;
    assert_int_equal(a.n, QUOTES + 1);
    assert_int_equal(strspn(a.at, "'"), QUOTES);
    assert_int_equal(a.at[QUOTES], 'x');
    assert_int_equal(b.n, 3 * QUOTES);
    assert_memory_equal(b.at, "\n\xd0\xb4\n\xd0\xb4", 6);
    buf_free(&buf);
    assert_text(parse("'b''''c'"), "b''c");
    assert_text(parse("''''''"), "''");
    assert_text(parse("'b''c '' d'"), "b'c ' d");
    assert_text(yaml_get(parse("'''''k': 1"), "''k"), "1");
    struct text lines = TEXT_LIT("a: 'b''''\n c'\n");
    assert_int_equal(yaml_parse(&arena, "x.yaml", lines, CEILING, &root, &err), E_YAML_SYNTAX);
    assert_true(err.row == 1 && err.at == 4);
    assert_non_null(strstr(err.hint, "double quotes"));
}

/* Run under LeakSanitizer: libfyaml reads those that are refused wrongly, and loses memory on some. */
static void a_text_in_quotes_does_not_end_in_a_break(void **state)
{
    (void)state;
    const char *const bad[] = {"a: 'b\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n  '\r\n",
                               "a: \"b\r\n  \"\r\n", "   '\r\r\n\r\r\n\n\n\n\n\n'"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct yaml_node *root = NULL;
        assert_int_equal(yaml_parse(&arena, "x.yaml", text_of(bad[i]), CEILING, &root, &err),
                         E_YAML_SYNTAX);
        assert_true(err.row == 1 && err.at == 4);
        assert_non_null(strstr(err.hint, "last word"));
    }
    assert_text(yaml_get(parse("a: 'b\r\n  c'\r\n"), "a"), "b c");
    assert_text(yaml_get(parse("a: 'b\n  c\n  '\n"), "a"), "b c ");
    assert_text(yaml_get(parse("a: \"b \\\" c\r\n\r\n  d\"\r\n"), "a"), "b \" c\nd");
    assert_text(yaml_get(parse("a: 'b\n\n\n\n\n\n\n  c\n\n\n\n\n\n\n\n\n\n  '"), "a"),
                "b\n\n\n\n\n\nc\n\n\n\n\n\n\n\n\n");
}

/* A map is marked at its colon, behind its key: the place goes back and forth. */
static void a_long_list_of_maps_keeps_every_place(void **state)
{
    (void)state;
    enum { MAPS = 60000 };
    struct buf buf;
    buf_init(&buf, (size_t)1 << 20);
    buf_char(&buf, '[');
    for (int i = 0; i < MAPS; i++) {
        buf_str(&buf, i % 1000 == 999 ? "\xd0\xb4: \n 1,\n" : "\xd0\xb4: 1,");
    }
    buf_str(&buf, "x]");
    const struct yaml_node *root = NULL;
    assert_int_equal(yaml_parse(&arena, "x.yaml", buf_view(&buf), buf.n, &root, &err), 0);
    assert_int_equal(root->n, MAPS + 1);
    for (int i = 0; i < MAPS; i++) {
        long row = 1 + i / 1000 * 2, at = i % 1000 * 5 + (i < 1000 ? 2 : 1);
        assert_int_equal(root->items[i].row, row);
        assert_int_equal(root->items[i].at, at);
        assert_int_equal(root->items[i].keys[0].at, at);
        bool apart = i % 1000 == 999;
        assert_int_equal(root->items[i].items[0].row, row + apart);
        assert_int_equal(root->items[i].items[0].at, apart ? 2 : at + 3);
    }
    buf_free(&buf);
}

/* The error stream is a file while a bad text is read, and has to stay empty. */
static void nothing_is_printed(void **state)
{
    (void)state;
    FILE *catcher = tmpfile();
    assert_non_null(catcher);
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    dup2(fileno(catcher), STDERR_FILENO);
    const struct yaml_node *root = NULL;
    int code = yaml_parse(&arena, "x.yaml", TEXT_LIT("a: [1\n%X\n"), CEILING, &root, &err);
    int warned = yaml_parse(&arena, "x.yaml", TEXT_LIT("%X y\n--- a\n"), CEILING, &root, &err);
    fflush(stderr);
    dup2(kept, STDERR_FILENO);
    close(kept);
    assert_int_equal(code, E_YAML_SYNTAX);
    assert_int_equal(warned, 0);
    assert_int_equal(fseek(catcher, 0, SEEK_END), 0);
    assert_int_equal(ftell(catcher), 0);
    fclose(catcher);
}

static void values_are_read_by_type(void **state)
{
    (void)state;
    const struct yaml_node *root = parse("n: 1e3\ni: '42'\nd: 2022-09-21\nm: 2022-09\n"
                                         "w: 21.09.2022\nlist: [1]\n");
    double number = 7;
    int64_t integer = 7;
    date_days date = 7;
    assert_int_equal(yaml_number(yaml_get(root, "n"), "x.yaml", "n", &number, &err), 0);
    assert_true(number == 1000);
    assert_int_equal(yaml_int(yaml_get(root, "i"), "x.yaml", "i", &integer, &err), 0);
    assert_int_equal(integer, 42);
    assert_int_equal(yaml_date(yaml_get(root, "d"), "x.yaml", "d", &date, &err), 0);
    assert_int_equal(date, date_from_civil(2022, 9, 21));

    assert_int_equal(yaml_int(yaml_get(root, "n"), "x.yaml", "aid.n", &integer, &err), E_NUMBER);
    assert_string_equal(err.file, "x.yaml");
    assert_string_equal(err.column, "aid.n");
    assert_string_equal(err.value, "1e3");
    assert_true(err.row == 1 && err.at == 4);
    assert_int_equal(yaml_number(yaml_get(root, "w"), "x.yaml", "w", &number, &err), E_NUMBER);
    assert_int_equal(yaml_number(yaml_get(root, "list"), "x.yaml", "list", &number, &err),
                     E_NUMBER);
    assert_int_equal(yaml_date(yaml_get(root, "m"), "x.yaml", "m", &date, &err), E_DATE_PARTIAL);
    assert_int_equal(yaml_date(yaml_get(root, "list"), "x.yaml", "list", &date, &err), E_DATE);
    assert_int_equal(yaml_date(yaml_get(root, "w"), "x.yaml", "w", &date, &err), E_DATE);
    assert_non_null(strstr(err.hint, "2022-09-21"));
    assert_int_equal(integer, 42);
    assert_true(number == 1000);
    assert_int_equal(date, date_from_civil(2022, 9, 21));
}

static void an_unknown_key_is_named_with_the_nearest_known_one(void **state)
{
    (void)state;
    static const char *const known[] = {"budget", "alpha", "tranche"};
    const struct yaml_node *root = parse("alpha: inf\nbuget: 5\nzz: 1\n");
    assert_int_equal(yaml_only(root, "x.yaml", "aid", known, 3, &err), E_YAML_KEY_UNKNOWN);
    assert_string_equal(err.value, "buget");
    assert_true(err.row == 2 && err.at == 1);
    assert_non_null(strstr(err.hint, "budget"));
    assert_int_equal(yaml_only(parse("tranche: 1\n"), "x.yaml", "aid", known, 3, &err), 0);
    assert_int_equal(yaml_only(parse("zz: 1\n"), "x.yaml", "aid", known, 3, &err),
                     E_YAML_KEY_UNKNOWN);
    assert_string_equal(err.hint, "");
    assert_int_equal(yaml_only(parse("[budget]"), "x.yaml", "aid", known, 3, &err), E_YAML_KIND);
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, make_arena, drop_arena)
    const struct CMUnitTest tests[] = {
        WITH_ARENA(maps_lists_and_scalars_keep_their_place),
        WITH_ARENA(plain_words_stay_text),
        WITH_ARENA(a_mark_at_the_start_and_one_document_are_allowed),
        WITH_ARENA(what_can_surprise_is_refused_with_its_place),
        WITH_ARENA(a_zero_byte_does_not_hide_what_follows),
        WITH_ARENA(ceilings_hold_on_bytes_depth_and_memory),
        WITH_ARENA(many_keys_are_told_apart),
        WITH_ARENA(a_text_of_doubled_quotes_is_read_whole),
        WITH_ARENA(a_text_in_quotes_does_not_end_in_a_break),
        WITH_ARENA(a_long_list_of_maps_keeps_every_place),
        WITH_ARENA(nothing_is_printed),
        WITH_ARENA(values_are_read_by_type),
        WITH_ARENA(an_unknown_key_is_named_with_the_nearest_known_one),
    };
    return cmocka_run_group_tests_name("yaml", tests, NULL, NULL);
}
