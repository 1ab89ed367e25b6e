#include "known.h"

#include "flee_worlds.h"
#include "flow_read.h"
#include "flow_write.h"
#include "known_bytes.h"
#include "known_changes.h"

/* Nothing that became known after a day changes a byte of what is worked out from that day. */

/* ---- What is left ---- */

static void test_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        const struct flow_world *world = &worlds[i];
        date_days on = world->start + 100;
        struct flow_world known = known_on(&arena, world, on, 10);
        size_t reports = 0, conflicts = 0;
        for (size_t k = 0; k < world->n_reports; k++) {
            reports += world->reports[k].known <= on - 10;
        }
        for (size_t k = 0; k < world->n_conflicts; k++) {
            conflicts += world->conflicts[k].known <= on;
        }
        assert_int_equal(known.n_reports, reports);
        assert_int_equal(known.n_conflicts, conflicts);
        assert_true(reports > 5 && reports < world->n_reports);
        for (size_t k = 0; k < known.n_reports; k++) {
            assert_true(known.reports[k].known <= on - 10);
        }
        for (size_t k = 0; k < known.n_closures; k++) {
            assert_true(known.closures[k].known <= on);
            assert_true(known.closures[k].to <= 100);
        }
        for (size_t k = 0; k < known.n_places; k++) {
            assert_int_equal(known.places[k].capacity, -1);
            assert_true(known.places[k].conflict_day <= 100);
        }
    }
}

/* What is known of what was known is the same. */
static void test_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i += 3) {
        date_days on = worlds[i].start + 200;
        struct flow_world known = known_on(&arena, &worlds[i], on, 0);
        assert_true(same_all(&worlds[i], &known, on, 0));
    }
}

static void test_capacity(void **state)
{
    (void)state;
    struct flow_world world = worlds[0];
    uint32_t camp = world.camps[0];
    struct flow_place kept = world.places[camp];
    world.places[camp].capacity_known = world.start + 50;
    struct flow_world before = known_on(&arena, &world, world.start + 49, 0),
                      after = known_on(&arena, &world, world.start + 50, 0);
    assert_int_equal(before.places[camp].capacity, -1);
    assert_int_equal(after.places[camp].capacity, kept.capacity);
    assert_int_equal(world.places[camp].capacity, kept.capacity);
    world.places[camp] = kept;
}

/* Of which camps anything was known. */
static void test_counted(void **state)
{
    (void)state;
    size_t fewer = 0;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        for (int32_t day = 0; day < worlds[i].n_days; day += 50) {
            date_days on = worlds[i].start + day;
            struct flow_world known = known_on(&arena, &worlds[i], on, 40);
            for (uint32_t p = 0; p < worlds[i].n_places; p++) {
                bool counted = false;
                for (size_t k = 0; k < worlds[i].n_reports; k++) {
                    const struct flow_report *at = &worlds[i].reports[k];
                    counted = counted || (at->place == p && at->known <= on - 40);
                }
                assert_int_equal(flow_counted(&known, p), counted);
                fewer += !counted && flow_counted(&worlds[i], p);
            }
            assert_int_equal(known.n_camps, worlds[i].n_camps);
        }
    }
    assert_true(fewer > 5);
}

/* Before the first day of a conflict its place is a town like others. */
static void test_before_the_start(void **state)
{
    (void)state;
    struct flow_world known = known_on(&arena, &worlds[0], worlds[0].start - 1, 0);
    struct flow_params params = flow_params_default();
    struct flow_plan plan;
    for (size_t p = 0; p < known.n_places; p++) {
        assert_int_not_equal(known.places[p].type, FLOW_CONFLICT);
    }
    for (int own = 0; own < 2; own++) {
        params.rules = own != 0 ? FLOW_RULES_AJAR : FLOW_RULES_FLEE;
        assert_int_equal(flow_plan_make(&arena, &known, &params, DATE_NONE, &plan, NULL), 0);
        for (size_t k = 0; k < (size_t)plan.n_days * plan.n_places; k++) {
            assert_int_not_equal(plan.type[k], FLOW_CONFLICT);
        }
    }
}

static void test_options(void **state)
{
    (void)state;
    struct flow_world known = {.n_days = -7};
    const struct flow_world *world = &worlds[0];
    assert_int_equal(flow_known(&arena, world, DATE_NONE, 0, &known, NULL), E_FLOW_OPTION);
    assert_int_equal(flow_known(&arena, world, world->start, -1, &known, NULL), E_FLOW_OPTION);
    assert_int_equal(flow_known(&arena, world, world->start, FLOW_LAG_MOST + 1, &known, NULL),
                     E_FLOW_OPTION);
    assert_int_equal(known.n_days, -7);
}

/* ---- Rows that became known later ---- */

static void test_later_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        int32_t n_days = worlds[i].n_days;
        for (int32_t day = n_days / 9; day < n_days; day += n_days / 2) {
            date_days on = worlds[i].start + day;
            for (uint32_t seed = 1; seed <= 2; seed++) {
                struct arena scratch;
                int32_t lag = seed == 2 ? 14 : 0;
                arena_init(&scratch, "scratch", (size_t)1 << 28);
                struct flow_world changed = change_later(&scratch, &worlds[i], on, lag, seed);
                if (!same_all(&worlds[i], &changed, on, lag)) {
                    fail_msg("%s, day %d, seed %u: later rows change something", flee_names[i], day,
                             seed);
                }
                assert_false(seed == 1 && same_all(&worlds[i], &changed, on + 500, lag));
                arena_free(&scratch);
            }
        }
    }
}

/* ---- Files in which the later rows do not stand ---- */

#define KEEP(at, list, n, condition)                                                               \
    do {                                                                                           \
        size_t kept_ = 0;                                                                          \
        COPY(at, list, n, 0);                                                                      \
        for (size_t i_ = 0; i_ < (n); i_++) {                                                      \
            if ((list)[i_].condition) {                                                            \
                (list)[kept_++] = (list)[i_];                                                      \
            }                                                                                      \
        }                                                                                          \
        (n) = kept_;                                                                               \
    } while (0)

static struct flow_world cut_at(struct arena *at, const struct flow_world *world, date_days on)
{
    struct flow_world cut = *world;
    int32_t today = on - world->start;
    KEEP(at, cut.reports, cut.n_reports, known <= on);
    KEEP(at, cut.uncounted_reports, cut.n_uncounted_reports, known <= on);
    KEEP(at, cut.corrections, cut.n_corrections, known <= on);
    KEEP(at, cut.conflicts, cut.n_conflicts, known <= on);
    KEEP(at, cut.closures, cut.n_closures, known <= on);
    COPY(at, cut.places, cut.n_places, 0);
    for (size_t i = 0; i < cut.n_closures; i++) {
        cut.closures[i].to = cut.closures[i].to > today ? -1 : cut.closures[i].to;
    }
    for (size_t i = 0; i < cut.n_places; i++) {
        struct flow_place *place = &cut.places[i];
        place->capacity = -1;
        place->conflict_day = place->conflict_day > today ? INT32_MIN : place->conflict_day;
    }
    return cut;
}

/* One camp of which nobody knew in the first half. */
static struct flow_world first_camp_late(struct arena *at, const struct flow_world *world)
{
    struct flow_world out = *world;
    date_days half = world->start + world->n_days / 2;
    COPY(at, out.reports, out.n_reports, 0);
    for (size_t i = 0; i < out.n_reports; i++) {
        struct flow_report *report = &out.reports[i];
        bool late = report->place == out.camps[0] && report->known < half;
        report->known = late ? half : report->known;
    }
    COPY(at, out.corrections, out.n_corrections, 0);
    for (size_t i = 0; i < out.n_corrections; i++) {
        struct flow_correction *correction = &out.corrections[i];
        bool late = correction->place == out.camps[0] && correction->known < half;
        correction->known = late ? half : correction->known;
    }
    return out;
}

static struct flow_world written_and_read(struct arena *at, const struct flow_world *world)
{
    struct flow_params params = flow_params_validation();
    struct text bytes[FLOW_TABLES];
    struct buf bufs[FLOW_TABLES];
    struct flow_world out;
    struct faults faults;
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        buf_init(&bufs[table], (size_t)1 << 26);
        assert_int_equal(flow_write(world, &params, table, &bufs[table], NULL), 0);
        bytes[table] = buf_view(&bufs[table]);
    }
    assert_int_equal(faults_init(&faults, at, 5, NULL), 0);
    if (flow_read(at, bytes, &out, &params, NULL, &faults, NULL) != 0) {
        fail_msg("%s line %ld: %s", faults.at[0].file, faults.at[0].row, faults.at[0].text);
    }
    for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
        buf_free(&bufs[table]);
    }
    return out;
}

static void test_rows_gone(void **state)
{
    (void)state;
    size_t fewer = 0;
    for (size_t i = 0; i < FLEE_CONFLICTS; i++) {
        int32_t n_days = worlds[i].n_days;
        for (int32_t day = n_days / 12; day < n_days; day += n_days / 2) {
            struct arena scratch;
            date_days on = worlds[i].start + day;
            arena_init(&scratch, "scratch", (size_t)1 << 30);
            struct flow_world whole = first_camp_late(&scratch, &worlds[i]),
                              cut = cut_at(&scratch, &whole, on),
                              read = written_and_read(&scratch, &cut);
            fewer += read.n_camps < whole.n_camps;
            if (!same_all(&whole, &read, on, 0)) {
                fail_msg("%s, day %d: files without later rows say something else", flee_names[i],
                         day);
            }
            arena_free(&scratch);
        }
    }
    assert_true(fewer > 2);
}

/* An intensity that only became known later does not hide the same one that was known. */
static void test_repeated_intensity(void **state)
{
    (void)state;
    struct arena scratch;
    arena_init(&scratch, "scratch", (size_t)1 << 30);
    struct flow_world world = worlds[0];
    date_days on = world.start + 30;
    uint32_t place = 2;
    struct flow_conflict rows[2] = {{.place = place, .day = 10, .intensity = 1, .known = on + 5},
                                    {.place = place, .day = 20, .intensity = 1, .known = on - 10}};
    world.conflicts = rows;
    world.n_conflicts = 2;
    struct flow_world both = written_and_read(&scratch, &world);
    world.conflicts = rows + 1;
    world.n_conflicts = 1;
    struct flow_world one = written_and_read(&scratch, &world);
    assert_int_equal(both.n_conflicts, 2);
    assert_true(same_all(&both, &one, on, 0));
    assert_false(same_all(&both, &one, on + 5, 0));
    arena_free(&scratch);
}

/* ---- Rows that were known: the comparison sees each of them ---- */

static struct flow_world copied(struct arena *at, const struct flow_world *world)
{
    struct flow_world out = *world;
    COPY(at, out.reports, out.n_reports, 0);
    COPY(at, out.corrections, out.n_corrections, 0);
    COPY(at, out.conflicts, out.n_conflicts, 0);
    COPY(at, out.closures, out.n_closures, 1);
    COPY(at, out.roads, out.n_roads, 0);
    COPY(at, out.places, out.n_places, 0);
    return out;
}

/* Makes one change of a row that was known on the day; false where there is none of its kind. */
static bool change_known(struct flow_world *world, date_days on, int kind)
{
    size_t i = 0;
    switch (kind) {
    case 0:
        while (i < world->n_reports && world->reports[i].known > on) {
            i++;
        }
        world->reports[i].count += 1000;
        return i < world->n_reports;
    case 1:
        while (i < world->n_corrections && world->corrections[i].known > on) {
            i++;
        }
        world->corrections[i].date = world->start - 1;
        return i < world->n_corrections;
    case 2:
        while (i < world->n_conflicts && world->conflicts[i].known > on) {
            i++;
        }
        world->conflicts[i].intensity += 1;
        return i < world->n_conflicts;
    case 3:
        world->closures[world->n_closures++] = (struct flow_closure){
            FLOW_CLOSE_LOCATION, .place1 = 1, .place2 = FLOW_NONE, .to = -1, .known = on};
        return true;
    case 4:
        world->roads[0].known = on + 1;
        return true;
    case 5:
        world->places[world->camps[0]].capacity_known = on;
        return world->places[world->camps[0]].capacity >= 0;
    case 6:
        while (i < world->n_places &&
               (world->places[i].type != FLOW_TOWN || world->places[i].conflict_day != INT32_MIN)) {
            i++;
        }
        world->places[i].type = FLOW_CONFLICT;
        world->places[i].conflict_day = -5;
        return i < world->n_places;
    default:
        return false;
    }
}

static void test_earlier_rows(void **state)
{
    (void)state;
    for (int kind = 0; kind < 7; kind++) {
        size_t seen = 0;
        for (size_t i = 0; seen == 0 && i < FLEE_CONFLICTS; i++) {
            struct arena scratch;
            arena_init(&scratch, "scratch", (size_t)1 << 28);
            date_days on = worlds[i].start + worlds[i].n_days * 3 / 4;
            struct flow_world changed = copied(&scratch, &worlds[i]);
            seen += change_known(&changed, on, kind) && !same_all(&worlds[i], &changed, on, 0);
            arena_free(&scratch);
        }
        if (seen == 0) {
            fail_msg("no known row of kind %d is seen", kind);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice),
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_capacity),
        cmocka_unit_test(test_counted),
        cmocka_unit_test(test_before_the_start),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_later_rows),
        cmocka_unit_test(test_rows_gone),
        cmocka_unit_test(test_repeated_intensity),
        cmocka_unit_test(test_earlier_rows),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
