#include "exodus_posterior.h"

#include <stdlib.h>

#include "exodus_rows_small.h"

static struct faults faults;
static struct buf buf;
static double *draws;
static uint32_t n_draws;
static struct ajar_err err;

static int posterior_setup(void **state)
{
    three_setup(state);
    buf_init(&buf, (size_t)1 << 20);
    assert_int_equal(faults_init(&faults, &three.arena, 20, NULL), 0);
    err = (struct ajar_err){0};
    draws = NULL;
    n_draws = 77;
    return 0;
}

static int posterior_teardown(void **state)
{
    buf_free(&buf);
    return three_teardown(state);
}

/* ---- There and back ---- */

static const double awkward[] = {
    0.1,     1.0 / 3, 12345678.9, -0.0,   1e-310,   5e-324, 1.7976931348623157e308,
    -2.5e-7, 1e15,    1e22,       700000, 0.3 - 0.1};
#define AWKWARD (sizeof awkward / sizeof *awkward / 3)

static int read_bytes(uint64_t fingerprint, struct text bytes)
{
    return exodus_posterior_read(&three.arena, &three.model, fingerprint, bytes, &draws, &n_draws,
                                 &faults, &err);
}

static void test_round_trip(void **state)
{
    (void)state;
    assert_int_equal(
        exodus_posterior_write(&buf, &three.model, UINT64_C(0x00ab), awkward, AWKWARD, NULL), 0);
    assert_int_equal(read_bytes(0xab, buf_view(&buf)), 0);
    assert_int_equal(faults.total, 0);
    assert_int_equal(n_draws, AWKWARD);
    for (size_t i = 0; i < 3 * AWKWARD; i++) {
        assert_true(draws[i] - awkward[i] >= 0 && draws[i] - awkward[i] <= 0);
    }
}

static int read_text(const char *bytes)
{
    return read_bytes(0xab, text_of(bytes));
}

#define HEX "00000000000000ab"

/* Columns are found by their names. */
static void test_order_of_columns(void **state)
{
    (void)state;
    assert_int_equal(read_text("gives_up,traffic,fit,returns\n3,1," HEX ",2\n6,4," HEX ",5\n"), 0);
    assert_int_equal(n_draws, 2);
    for (int i = 0; i < 6; i++) {
        assert_near(draws[i], i + 1, 0);
    }
}

/* ---- Faults ---- */

static void test_faults(void **state)
{
    (void)state;
    const struct {
        const char *bytes;
        enum err_code code;
        long row;
        const char *column;
    } cases[] = {
        {"traffic,returns,gives_up\n1,2,3\n", E_EXODUS_COLUMN, 1, "fit"},
        {"fit,traffic,gives_up\n" HEX ",1,2\n", E_EXODUS_COLUMN, 1, "returns"},
        {"fit,traffic,returns,gives_up,more\n" HEX ",1,2,3,4\n", E_EXODUS_COLUMN, 1, "more"},
        {"fit,traffic,returns,gives_up,returns\n" HEX ",1,2,3,4\n", E_EXODUS_COLUMN, 1, "returns"},
        {"fit,traffic,returns,gives_up\n" HEX ",1,2,3\n" HEX ",1,two,3\n", E_EXODUS_DRAWS, 3,
         "returns"},
        {"fit,traffic,returns,gives_up\n" HEX ",,2,3\n", E_EXODUS_DRAWS, 2, "traffic"},
        {"fit,traffic,returns,gives_up\n" HEX ",1,2,nan\n", E_EXODUS_DRAWS, 2, "gives_up"},
        {"fit,traffic,returns,gives_up\n" HEX ",inf,2,3\n", E_EXODUS_DRAWS, 2, "traffic"},
        {"fit,traffic,returns,gives_up\n", E_EXODUS_DRAWS, 2, ""},
        {"fit,traffic,returns,gives_up\n" HEX ",1,2\n", E_CSV_SHORT, 2, NULL},
        {"fit,traffic,returns,gives_up\n" HEX ",1,2,3,4\n", E_CSV_LONG, 2, NULL},
        {"", E_CSV_EMPTY, 0, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(faults_init(&faults, &three.arena, 20, NULL), 0);
        assert_int_equal(read_text(cases[i].bytes), E_EXODUS_FAULTS);
        assert_int_equal(faults.total, 1);
        assert_int_equal(faults.at[0].code, cases[i].code);
        if (cases[i].column != NULL) {
            assert_int_equal(faults.at[0].row, cases[i].row);
            assert_string_equal(faults.at[0].column, cases[i].column);
            assert_string_equal(faults.at[0].file, EXODUS_POSTERIOR_FILE);
        }
        assert_null(draws);
        assert_int_equal(n_draws, 77);
    }
}

/* All that is wrong is told at once. */
static void test_many_faults(void **state)
{
    (void)state;
    assert_int_equal(read_text("returns,a\n1,2\n"), E_EXODUS_FAULTS);
    assert_int_equal(faults.total, 4);
    assert_int_equal(faults_init(&faults, &three.arena, 20, NULL), 0);
    assert_int_equal(read_text("fit,traffic,returns,gives_up\n" HEX ",x,y,3\n"), E_EXODUS_FAULTS);
    assert_int_equal(faults.total, 2);
}

static void test_stale(void **state)
{
    (void)state;
    const char *rows[] = {"fit,traffic,returns,gives_up\n00000000000000ac,1,2,3\n",
                          "fit,traffic,returns,gives_up\n" HEX ",1,2,3\n00000000000000ac,1,2,3\n",
                          "fit,traffic,returns,gives_up\n00000000000000ac,1,2,3\n" HEX ",1,2,3\n",
                          "fit,traffic,returns,gives_up\n,1,2,3\n"};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(read_text(rows[i]), E_EXODUS_STALE);
        assert_int_equal(faults.total, 0);
        assert_null(draws);
    }
    assert_int_equal(read_text("fit,traffic,returns,gives_up\n" HEX ",1,2,3\n"), 0);
}

/* ---- What a fit depends on ---- */

static struct exodus_seen seen[2];

static uint64_t print(void)
{
    return exodus_fingerprint(&three.model, seen, 2);
}

static void make_seen(void)
{
    seen[0] = three_seen(three_row("FIN", "all", "entries_rus", 3, 9, 120), 10, 0.1);
    seen[1] = three_seen(three_row("EST", "all", "entries_rus", 3, 9, 130), 10, 0.1);
    seen[1].use = EXODUS_CHECK;
}

static void test_does_not_matter(void **state)
{
    (void)state;
    make_seen();
    uint64_t was = print();
    three.model.title = TEXT_LIT("other");
    three.model.shown = THREE_FROM + 3;
    three.model.shuts_a_day = 0.5;
    three.params[0].title = TEXT_LIT("other");
    three.params[0].why = TEXT_LIT("because");
    three.doors[FIN].title = TEXT_LIT("other");
    three.doors[FIN].lat = 60;
    three.fin[1].spread = 2;
    three.what_if.id = TEXT_LIT("shut");
    three.what_if.n_edits = 1;
    three.model.n_what_ifs = 0;
    seen[0].why = TEXT_LIT("because");
    seen[1].row.value = 999;
    seen[1].scale = 9;
    assert_true(print() == was);
    assert_true(exodus_fingerprint(&three.model, seen, 1) == was);
}

/* Each of these is put to another number, and back. */
static void test_matters(void **state)
{
    (void)state;
    make_seen();
    uint64_t was = print();
    double *numbers[] = {&three.params[0].a,
                         &three.params[1].b,
                         &three.params[2].a,
                         &three.doors[FIN].weekday[4],
                         &three.doors[EST].traffic.fixed,
                         &three.doors[EST].traffic_class[0].fixed,
                         &three.doors[GEO].km[0],
                         &three.doors[GEO].capacity.fixed,
                         &three.doors[GEO].pull.fixed,
                         &three.doors[FIN].russians,
                         &three.fin[1].share[EXODUS_FLIGHT],
                         &three.classes[0].flight.fixed,
                         &three.regions[0].weight,
                         &three.model.half_life_days.fixed,
                         &three.model.onward.fixed,
                         &seen[0].row.value,
                         &seen[0].row.first_part,
                         &seen[0].row.last_part,
                         &seen[0].scale};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double kept = *numbers[i];
        *numbers[i] = kept + 0x1p-30;
        assert_true(print() != was);
        *numbers[i] = kept;
        assert_true(print() == was);
    }
}

static void test_matters_too(void **state)
{
    (void)state;
    make_seen();
    uint64_t was = print(), now[11];
    three.params[2].fitted = true;
    now[0] = print();
    three.params[0].prior = EXODUS_NORMAL;
    now[1] = print();
    three.params[0].id = TEXT_LIT("traffic_fin");
    now[2] = print();
    three.model.flight_rest = 0;
    now[3] = print();
    three.doors[FIN].traffic_rest = 0;
    now[4] = print();
    three.model.order++;
    now[5] = print();
    seen[0].at_least = true;
    now[6] = print();
    seen[0].either = 3;
    now[7] = print();
    seen[0].known++;
    now[8] = print();
    seen[1].use = EXODUS_FIT;
    now[9] = print();
    three.doors[EST].traffic.param = 0;
    now[10] = print();
    for (size_t i = 0; i < sizeof now / sizeof *now; i++) {
        assert_true(now[i] != was);
        was = now[i];
    }
}

#define POSTERIOR_TEST(f) cmocka_unit_test_setup_teardown(f, posterior_setup, posterior_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        POSTERIOR_TEST(test_round_trip), POSTERIOR_TEST(test_order_of_columns),
        POSTERIOR_TEST(test_faults),     POSTERIOR_TEST(test_many_faults),
        POSTERIOR_TEST(test_stale),      POSTERIOR_TEST(test_does_not_matter),
        POSTERIOR_TEST(test_matters),    POSTERIOR_TEST(test_matters_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
