#include "unit.h"

#include "csv.h"
#include "csv_mask.h"
#include "csv_oracle.h"

#define TEST_MEMORY ((size_t)64 * 1024 * 1024)

static int arena_setup(void **state)
{
    static struct arena arena;
    arena_init(&arena, "the test", TEST_MEMORY);
    *state = &arena;
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct csv opened(struct arena *arena, struct text bytes)
{
    struct csv csv;
    struct ajar_err err = {0};
    if (csv_open(&csv, arena, "t.csv", bytes, 0, &CSV_LIMITS_DEFAULT, &err) != 0) {
        fail_msg("csv_open: %s", err.text);
    }
    return csv;
}

/* A small generator of its own: the tests of rng.h stand elsewhere. */
static uint32_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static void both_ways_to_find_bytes_agree(void **state)
{
    (void)state;
    static const char bytes[] = {',', ';',    '\t',   '"',    '\n',   '\r',   '\0',
                                 'a', '\x8a', '\x8d', '\xa2', '\xac', '\x0b', '\x0c',
                                 '!', '#',    '+',    '-',    '\xff', '\x01'};
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        char block[CSV_MASK_N];
        uint64_t expected = 0, feeds = 0;
        char separator = ",;\t"[draw(&seed) % 3];
        for (size_t i = 0; i < CSV_MASK_N; i++) {
            block[i] = bytes[draw(&seed) % sizeof bytes];
            bool feed = block[i] == '\n';
            bool hit = feed || block[i] == separator || block[i] == '"' || block[i] == '\r';
            expected |= (uint64_t)hit << i;
            feeds |= (uint64_t)feed << i;
        }
        assert_true(csv_mask(block, separator) == expected);
        assert_true(csv_mask_words(block, separator) == expected);
        assert_true(csv_mask_one(block, '\n') == feeds);
        assert_true(csv_mask_one_words(block, '\n') == feeds);
        assert_int_equal(csv_mask_count(feeds), __builtin_popcountll(feeds));
    }
}

/* Inputs made of the bytes that matter.  `wild` of 100 draws are quotes and carriage returns that
 * stand anywhere; the rest are whole fields and line ends, so that long good inputs occur too. */
static size_t draw_input(uint64_t *seed, char to[static 600], uint32_t wild)
{
    static const char *const good[] = {"a",
                                       "b7",
                                       "\xd0\x96",
                                       "\xe2\x82\xac",
                                       ",",
                                       ",",
                                       ",",
                                       "\n",
                                       "\n",
                                       "\r\n",
                                       ",\"\"",
                                       ",\"x\"",
                                       "\n\"\n\"",
                                       ",\"a\"\"b\",",
                                       ",\"\r\n,\"\n",
                                       "zzzzzzzzzzzzzzzzzzzzzz"};
    static const char *const bad[] = {"\"", "\"\"", "\r", "\"\n", "\",", ",\""};
    size_t n = 0, pieces = draw(seed) % 100;
    for (size_t i = 0; i < pieces && n < 560; i++) {
        const char *piece = draw(seed) % 100 < wild ? bad[draw(seed) % 6] : good[draw(seed) % 16];
        memcpy(to + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return n;
}

static void any_input_reads_as_byte_by_byte_and_in_any_parts(void **state)
{
    static const struct csv_limits limits[] = {
        {256, 1 << 20, 1 << 30}, {4, 12, 1 << 30}, {3, 40, 5}};
    struct arena *arena = *state;
    uint64_t seed = 20220921;
    for (uint32_t round = 0; round < 12000; round++) {
        char input[600];
        /* Two columns at the start in half of the rounds, so that rows fit the header. */
        size_t n = 0;
        if (round % 2 == 0) {
            memcpy(input, "h,k\n", 4);
            n = 4;
        }
        n += draw_input(&seed, input + n, round % 3 == 0 ? 20 : round % 3);
        struct oracle_say say;
        if (!oracle_same((struct text){input, n}, ',', &limits[round % 4 % 3], arena, &say)) {
            fail_msg("round %u: %s\n%.*s", round, say.text, (int)n, input);
        }
        arena_free(arena);
    }
}

static void parts_are_balanced_and_exact(void **state)
{
    struct buf buf;
    uint64_t seed = 5;
    buf_init(&buf, 8 << 20);
    buf_str(&buf, "n,text\r\n");
    for (int i = 0; i < 20000; i++) {
        buf_printf(&buf, "%d,\"", i);
        buf_pad(&buf, draw(&seed) % 2 == 0 ? '\n' : 'x', draw(&seed) % 40);
        buf_str(&buf, draw(&seed) % 3 == 0 ? "\"\r\n\r\n" : "\"\r\n");
    }
    struct csv csv = opened(*state, buf_view(&buf));
    struct csv_part parts[40];
    csv_split(&csv, 40, parts);
    long line = 2;
    uint64_t n = 0;
    for (size_t i = 0; i < 40; i++) {
        struct csv part;
        assert_int_equal(parts[i].line, line);
        assert_int_equal(parts[i].first_record, n);
        assert_in_range(parts[i].bytes.n, buf.n / 40 - 200, buf.n / 40 + 200);
        assert_int_equal(csv_part_open(&part, *state, &csv, &parts[i], NULL), 0);
        for (uint64_t k = 0; k < parts[i].records; k++, n++) {
            bool more = false;
            char number[24];
            assert_int_equal(csv_next(&part, &more, NULL), 0);
            snprintf(number, sizeof number, "%d", (int)n);
            assert_true(more && text_is(part.cells[0], number));
        }
        bool more = true;
        assert_int_equal(csv_next(&part, &more, NULL), 0);
        assert_false(more);
        line = part.line;
    }
    assert_int_equal(n, 20000);
    buf_free(&buf);
}

static void splitting_starts_where_the_reader_stands(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("a\n1\n2\n3\n4"));
    struct csv_part parts[3];
    bool more = false;
    assert_int_equal(csv_next(&csv, &more, NULL), 0);
    csv_split(&csv, 3, parts);
    struct csv last;
    uint64_t records = parts[0].records + parts[1].records + parts[2].records;
    assert_int_equal(records, 3);
    assert_int_equal(csv_part_open(&last, *state, &csv, &parts[1], NULL), 0);
    assert_int_equal(csv_next(&last, &more, NULL), 0);
    assert_true(text_is(last.cells[0], "3"));
    assert_int_equal(last.row, 4);
    csv_split(&csv, 1, parts);
    assert_int_equal(parts[0].records, 3);
    while (csv.at != csv.end) {
        assert_int_equal(csv_next(&csv, &more, NULL), 0);
    }
    csv_split(&csv, 3, parts);
    assert_int_equal(parts[0].records + parts[1].records + parts[2].records, 0);
    assert_int_equal(parts[2].bytes.n, 0);
}

static void the_bound_counts_line_ends(void **state)
{
    struct csv csv = opened(*state, TEXT_LIT("a\n"));
    assert_int_equal(csv_count_bound(&csv), 1);
    csv = opened(*state, TEXT_LIT("a\n1\n\n\"x\ny\"\n2"));
    assert_int_equal(csv_count_bound(&csv), 5);
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "a\n");
    buf_pad(&buf, '\n', 1000);
    csv = opened(*state, buf_view(&buf));
    assert_int_equal(csv_count_bound(&csv), 1001);
    buf_free(&buf);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_ways_to_find_bytes_agree), TEST(any_input_reads_as_byte_by_byte_and_in_any_parts),
        TEST(parts_are_balanced_and_exact),  TEST(splitting_starts_where_the_reader_stands),
        TEST(the_bound_counts_line_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
