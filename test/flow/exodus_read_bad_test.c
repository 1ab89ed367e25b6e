#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "exodus_read_bad.h"
#include "exodus_read_small.h"
#include "rng.h"

/* What the reader of the folder exodus/ says of bad input, to the word, and that no damage to the bytes ends in
 * anything but a model or faults. */

static char *changed(const char *bytes, const char *find, const char *put)
{
    const char *at = find[0] == '\0' ? bytes + strlen(bytes) : strstr(bytes, find);
    if (at == NULL) {
        fail_msg("'%s' does not stand there", find);
        return NULL;
    }
    size_t before = (size_t)(at - bytes), n = strlen(bytes) + strlen(put) + 1;
    char *out;
    small_new(out, n);
    snprintf(out, n, "%.*s%s%s", (int)before, bytes, put, at + strlen(find));
    return out;
}

static void every_fault_is_said(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    bool all = true;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        const struct bad *bad = &bads[i];
        struct text model = TEXT_LIT(small_model), seen = TEXT_LIT(small_seen);
        if (bad->seen) {
            seen = text_of(changed(small_seen, bad->find, bad->put));
        } else {
            model = text_of(changed(small_model, bad->find, bad->put));
        }
        struct read read = read_of(&arena, &scenario, model, seen);
        const struct ajar_err *fault = &read.faults.at[0];
        const char *file = bad->seen ? EXODUS_SEEN_FILE : EXODUS_MODEL_FILE;
        bool good = read.code == E_EXODUS_FAULTS && read.faults.total == 1 &&
                    fault->code == (int)bad->code && fault->row == bad->row &&
                    strcmp(fault->file, file) == 0 && strcmp(fault->column, bad->column) == 0 &&
                    strcmp(fault->value, bad->value) == 0 && strcmp(fault->text, bad->text) == 0 &&
                    strcmp(fault->hint, bad->hint == NULL ? "" : bad->hint) == 0;
        if (!good) {
            read_show(&read);
            print_error("case %zu: '%s' for '%s' brings code %d and %llu faults\n", i, bad->put,
                        bad->find, read.code, (unsigned long long)read.faults.total);
        }
        all &= good;
        assert_true(read.model.n_days == 77 && read.n == 77 && read.seen == NULL);
    }
    assert_true(all);
}

static void missing_files_are_faults(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    struct text none = {NULL, 0};
    struct read read = read_of(&arena, &scenario, none, none);
    assert_int_equal(read.code, E_EXODUS_FAULTS);
    assert_int_equal(read.faults.total, 2);
    assert_int_equal(read.faults.at[0].code, E_EXODUS_FILE);
    assert_string_equal(read.faults.at[0].file, "exodus/model.yaml");
    assert_string_equal(read.faults.at[1].file, "exodus/observations.csv");
    assert_string_equal(read.err.text, "the files of the exodus have 2 faults");
}

static void missing_columns_are_faults(void **state)
{
    (void)state;
    static const char *const columns[] = {"route",     "measure", "date_from", "date_to",
                                          "source_id", "use",     "scale",     "why"};
    struct scenario scenario = small_scenario();
    struct read read =
        read_of(&arena, &scenario, TEXT_LIT(small_model), TEXT_LIT("country_iso3\nFIN\n"));
    assert_int_equal(read.code, E_EXODUS_FAULTS);
    assert_int_equal(read.faults.total, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        assert_int_equal(read.faults.at[i].code, E_EXODUS_COLUMN);
        assert_string_equal(read.faults.at[i].column, columns[i]);
        assert_string_equal(read.faults.at[i].text, "this column is missing");
    }
}

/* A place without people has no weight. */
static void an_origin_needs_a_population(void **state)
{
    (void)state;
    const double none[] = {0, NAN};
    for (size_t i = 0; i < 2; i++) {
        struct scenario scenario = small_scenario();
        scenario.places.population[BB] = none[i];
        struct read read = read_of(&arena, &scenario, TEXT_LIT(small_model), TEXT_LIT(small_seen));
        assert_int_equal(read.code, E_EXODUS_FAULTS);
        assert_int_equal(read.faults.total, 1);
        assert_string_equal(read.faults.at[0].value, "bb");
        assert_string_equal(read.faults.at[0].text,
                            "this place has no population, by which regions weigh");
    }
}

/* Parameters of the same kind, `fitted` of them fitted. */
static char *many_params(size_t n, size_t fitted)
{
    struct buf buf;
    const char *copy;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, "parameters:\n");
    for (size_t i = 0; i < n; i++) {
        buf_printf(
            &buf,
            "- {id: p%zu, title: t, unit: u, prior: normal, mean: 0, sd: 1, fitted: %s, why: "
            "w}\n",
            i, i < fitted ? "yes" : "no");
    }
    assert_int_equal(text_copy(&arena, buf_view(&buf), &copy, NULL), 0);
    buf_free(&buf);
    return changed(small_model, "parameters:\n", copy);
}

static void the_ceilings_hold(void **state)
{
    (void)state;
    static const struct {
        size_t n, fitted;
        const char *text;
    } cases[] = {{37, 23, NULL},
                 {37, 24, "26 parameters are fitted, and the rows bear at most 25"},
                 {38, 1, "this list has 41 items, and at most 40 are read"}};
    struct scenario scenario = small_scenario();
    for (size_t i = 0; i < 3; i++) {
        struct read read =
            read_of(&arena, &scenario, text_of(many_params(cases[i].n, cases[i].fitted)),
                    TEXT_LIT(small_seen));
        assert_int_equal(read.code, cases[i].text == NULL ? 0 : E_EXODUS_FAULTS);
        if (cases[i].text != NULL) {
            assert_int_equal(read.faults.at[0].code, E_EXODUS_MANY);
            assert_string_equal(read.faults.at[0].text, cases[i].text);
        }
    }
}

static void too_many_rows_are_a_fault(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    struct buf buf;
    buf_init(&buf, 1 << 20);
    buf_str(&buf, small_seen);
    for (size_t i = 4; i < EXODUS_SEEN_MOST + 1; i++) {
        buf_str(&buf, "FIN,air,entries_rus,2022-09-14,2022-09-14,early,fit,.03,,,,,\n");
    }
    struct read read = read_of(&arena, &scenario, TEXT_LIT(small_model), buf_view(&buf));
    assert_int_equal(read.code, E_EXODUS_FAULTS);
    assert_int_equal(read.faults.total, EXODUS_SEEN_MOST - 4 + 1);
    assert_int_equal(read.faults.kept, 60);
    buf_free(&buf);
}

static void all_faults_are_found_at_once(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    char *model = changed(small_model, "pool_days: 3", "pool_days: .5");
    model = changed(model, "near: [x_fin]", "near: [x_fim]");
    struct read read = read_of(&arena, &scenario, text_of(model),
                               text_of(changed(small_seen, "early,fit,.03", "early,fit,-1")));
    assert_int_equal(read.code, E_EXODUS_FAULTS);
    assert_int_equal(read.faults.total, 3);
    assert_string_equal(read.faults.at[0].column, "pool_days");
    assert_string_equal(read.faults.at[1].column, "near");
    assert_string_equal(read.faults.at[2].column, "scale");
}

/* ---- Damage ---- */

/* One to four bytes or stretches changed, left out or doubled; seed 0: none. */
static char *damaged(const char *bytes, uint32_t seed, size_t *n)
{
    static const char signs[] = "{}[]:,-#\"'\n \t0.9ez\\|>\x01\xc3\xff";
    size_t size = strlen(bytes);
    struct rng rng = rng_at(20220921, 1, seed, 0);
    char *out = malloc(size + 1);
    assert_non_null(out);
    memcpy(out, bytes, size);
    *n = size;
    for (uint32_t i = 0; seed > 0 && i < 1 + seed % 4 && *n > 0; i++) {
        size_t at = rng_below(&rng, (uint32_t)*n), from = rng_below(&rng, (uint32_t)size);
        switch (rng_below(&rng, 4)) {
        case 0:
            *n = seed % 5 == 0 ? at : *n;
            break;
        case 1:
            out[at] = signs[rng_below(&rng, sizeof signs - 1)];
            break;
        case 2:
            memmove(out + at, out + at + 1, *n - at - 1);
            --*n;
            break;
        default:
            for (size_t k = 0; k < 12 && at + k < *n && from + k < size; k++) {
                out[at + k] = bytes[from + k];
            }
        }
    }
    return out;
}

static void damage_ends_in_a_model_or_faults(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    size_t models = 0;
    for (uint32_t seed = 1; seed <= 600; seed++) {
        struct arena memory;
        size_t n_model, n_seen;
        char *model = damaged(small_model, seed % 3 == 0 ? 0 : seed, &n_model);
        char *seen = damaged(small_seen, seed % 3 == 1 ? 0 : seed + 1000, &n_seen);
        arena_init(&memory, "one damage", (size_t)1 << 26);
        struct read read =
            read_of(&memory, &scenario, (struct text){model, n_model}, (struct text){seen, n_seen});
        assert_true(read.code == 0 || read.code == E_EXODUS_FAULTS);
        assert_true((read.code == 0) == (read.faults.total == 0));
        for (size_t i = 0; i < read.faults.kept; i++) {
            assert_true(read.faults.at[i].text[0] != '\0' && read.faults.at[i].file[0] != '\0');
        }
        models += read.code == 0;
        arena_free(&memory);
        free(model);
        free(seen);
    }
    assert_in_range(models, 10, 590);
}

static void every_beginning_of_the_files_is_read_or_refused(void **state)
{
    (void)state;
    struct scenario scenario = small_scenario();
    for (size_t n = 0; n < sizeof small_model - 1; n += 7) {
        struct arena memory;
        char *model = malloc(n + 1), *seen = malloc(n + 1);
        size_t m = n < sizeof small_seen - 1 ? n : sizeof small_seen - 1;
        assert_true(model != NULL && seen != NULL);
        memcpy(model, small_model, n);
        memcpy(seen, small_seen, m);
        arena_init(&memory, "one beginning", (size_t)1 << 26);
        struct read read =
            read_of(&memory, &scenario, (struct text){model, n}, (struct text){seen, m});
        assert_true(read.code == E_EXODUS_FAULTS || read.code == 0); /* what_if may be absent */
        arena_free(&memory);
        free(model);
        free(seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_said),
        cmocka_unit_test(missing_files_are_faults),
        cmocka_unit_test(missing_columns_are_faults),
        cmocka_unit_test(an_origin_needs_a_population),
        cmocka_unit_test(the_ceilings_hold),
        cmocka_unit_test(too_many_rows_are_a_fault),
        cmocka_unit_test(all_faults_are_found_at_once),
        cmocka_unit_test(damage_ends_in_a_model_or_faults),
        cmocka_unit_test(every_beginning_of_the_files_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
