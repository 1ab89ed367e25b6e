/* Thousands of random edits to the files of a small valid scenario: never a crash, and every fault
 * says what, where and what to do. */
#include "../base/sampled.h"
#include "rng.h"
#include "small.h"

#define ROUNDS     2500
#define EDITS_MOST 3 /* of one file, in one round */
#define FAULTS     40

/* What a hand or another program may leave in a cell; bytes that steer a parser come most often. */
static const char *const words[] = {
    ",",        ";",           "\"",         "\n",      "\r",         "\r\n",       "\t",
    "|",        ": ",          "- ",         "{",       "]",          "\xff",       "\xd0",
    "\xc2\x9b", "\x1b[2J",     "0",          "-1",      "1e308",      "1e-308",     "9999999999",
    "nan",      "inf",         "0001-01-01", "2022",    "9999-12-31", "2022-02-30", "2022-13",
    "geo",      "EU27",        "ALL",        "s1",      "s9",         "all",        "arrivals",
    "net_rus",  "entries_rus", "assumed",    "percent", "share",      "null",       "[]",
};

static size_t below(struct rng *rng, size_t n)
{
    return rng_below(rng, (uint32_t)n);
}

/* Puts `word` in place of bytes from .. from + n. */
static void replace(struct buf *text, size_t from, size_t n, struct text word)
{
    struct buf changed;
    buf_init(&changed, SMALL_CEILING);
    buf_bytes(&changed, text->at, from);
    buf_text(&changed, word);
    buf_bytes(&changed, text->at + from + n, text->n - from - n);
    assert_int_equal(changed.failed, 0);
    buf_free(text);
    *text = changed;
}

/* The cell, or word of YAML or JSON, around a byte. */
static size_t cell_around(const struct buf *text, size_t at, size_t *n)
{
    size_t from = at, to = at;
    while (from > 0 && strchr(",|\n \"", text->at[from - 1]) == NULL) {
        from--;
    }
    while (to < text->n && strchr(",|\n \"", text->at[to]) == NULL) {
        to++;
    }
    *n = to - from;
    return from;
}

static void edit(struct buf *text, struct rng *rng)
{
    size_t at = below(rng, text->n + 1), left = text->n - at, n;
    char byte = (char)below(rng, 256);
    struct text word = text_of(words[below(rng, sizeof words / sizeof *words)]);
    char copy[64];
    switch (below(rng, 6)) {
    case 0: /* another byte */
        replace(text, at, left > 0, (struct text){&byte, 1});
        break;
    case 1: /* a piece is lost */
        n = below(rng, (left < 40 ? left : 40) + 1);
        replace(text, at, n, (struct text){"", 0});
        break;
    case 2: /* a piece stands twice */
        n = below(rng, (left < sizeof copy ? left : sizeof copy) + 1);
        memcpy(copy, text->at + at, n);
        replace(text, at, 0, (struct text){copy, n});
        break;
    case 3: /* a word is put in */
        replace(text, at, 0, word);
        break;
    case 4: /* the file ends early */
        replace(text, at, below(rng, 8) == 0 ? left : 0, (struct text){"", 0});
        break;
    default: /* another word in a cell */
        at = cell_around(text, at, &n);
        replace(text, at, n, word);
    }
}

static void check_utf8(const char *text)
{
    size_t bad;
    assert_true(text_utf8(text_of(text), &bad));
}

static void check_fault(const struct ajar_err *fault)
{
    const char *name = small_base_name(fault->file);
    bool known = strcmp(name, "datapackage.json") == 0;
    for (size_t i = 0; i < SMALL_N; i++) {
        known = known || strcmp(name, small_files[i].name) == 0;
    }
    assert_true(known);
    assert_true(fault->code > 0 && fault->code < E_COUNT);
    assert_string_equal(fault->slug, err_row(fault->code)->slug);
    assert_int_equal(ajar_err_exit(fault->code), 3);
    assert_true(fault->text[0] != '\0' && err_advice(fault)[0] != '\0');
    assert_true(fault->row >= 0 && fault->at >= 0);
    check_utf8(fault->column);
    check_utf8(fault->value);
    check_utf8(fault->text);
    check_utf8(fault->hint);
}

/* A scenario that passed keeps the promises of scenario.h. */
static void check_good(const struct scenario *scenario)
{
    const struct arrivals *arrivals = &scenario->arrivals;
    for (size_t i = 0; i < arrivals->n; i++) {
        assert_true(arrivals->measure[i] < scenario->measures.n);
        assert_true(arrivals->from[i] != DATE_NONE && arrivals->from[i] <= arrivals->to[i]);
        assert_true(country_is_name(arrivals->country[i]) && arrivals->route[i] != 0);
        assert_true(scenario_source(scenario, arrivals->source[i]) != SCENARIO_NO_ROW);
        assert_true(arrivals->value[i] == arrivals->value[i]);
    }
    for (size_t i = 0; i < scenario->hosts.n; i++) {
        assert_true(scenario->hosts.indicator[i] < scenario->measures.n);
    }
    for (size_t i = 0; i < scenario->routes.n; i++) {
        assert_true(scenario->routes.from[i] < scenario->places.n);
        assert_true(scenario->routes.to[i] < scenario->places.n);
    }
    assert_true(scenario->from <= scenario->to && country_is_name(scenario->subject));
    assert_true(scenario->title.n > 0 && scenario->summary.n > 0);
}

static bool check_load(const struct small_folder *folder)
{
    struct arena arena;
    struct faults faults;
    struct scenario scenario;
    struct ajar_err err = {0};
    arena_init(&arena, "a test", SMALL_CEILING);
    assert_int_equal(faults_init(&faults, &arena, FAULTS, &err), 0);
    int code = scenario_load(&arena, folder->path, NULL, NULL, &scenario, &faults, &err);
    assert_true(code == 0 || code == E_SCENARIO_FAULTS);
    assert_int_equal(code == 0, faults.total == 0);
    assert_true(faults.kept <= faults.total &&
                (faults.total > FAULTS || faults.kept == faults.total));
    for (size_t i = 0; i < faults.kept; i++) {
        check_fault(&faults.at[i]);
    }
    if (code == 0) {
        check_good(&scenario);
    }
    arena_free(&arena);
    return code == 0;
}

/* Round r is made from r alone: put its number here to see it again. */
static bool round_is_sound(const struct small_folder *folder, uint32_t round)
{
    struct rng rng = rng_at(7, 1, round, 0);
    size_t file = below(&rng, SMALL_N + 1);
    const char *name = file < SMALL_N ? small_files[file].name : "datapackage.json";
    struct buf text;
    small_text(name, &text);
    for (size_t n = 1 + below(&rng, EDITS_MOST); n > 0; n--) {
        edit(&text, &rng);
    }
    small_write(folder, name, buf_view(&text));
    bool good = check_load(folder);
    buf_free(&text);
    small_reset(folder, name);
    return good;
}

static void any_edit_brings_faults_that_say_what_and_where(void **state)
{
    (void)state;
    struct small_folder folder;
    size_t good = 0;
    small_make(&folder);
    for (uint32_t round = 0; round < ROUNDS; round += sampled(4)) {
        good += round_is_sound(&folder, round);
    }
    small_drop(&folder);
    assert_true(good > ROUNDS / 50 && good < ROUNDS / 2); /* both ways are walked */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_edit_brings_faults_that_say_what_and_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
