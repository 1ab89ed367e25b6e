/* What a job keeps on disk reads back as it was, and nothing else is taken for it. */
#include "../base/scratch.h"

#include "swarm_days.h"
#include "swarm_folder.h"
#include "swarm_members.h"

enum { PLACES = 3, LINKS = 5, DAYS = 4, FROM = 10, CEILING = 1 << 20 };
#define INPUTS UINT64_C(0xfedcba9876543210)
#define SEED   UINT64_C(7)

static const struct flow_plan plan = {.n_places = PLACES, .n_links = LINKS};

static void fill(int64_t *values, size_t n, int64_t first)
{
    for (size_t i = 0; i < n; i++) {
        values[i] = first + (int64_t)i * INT64_C(1000000007);
    }
}

/* DAYS days, the last of which came later than the others. */
static void make_days(struct arena *arena, struct flow_result *result)
{
    struct ajar_err err;
    struct flow_result few, one;
    assert_int_equal(days_open(result, arena, &plan, FROM, FROM + DAYS, &err), 0);
    assert_int_equal(days_open(&few, arena, &plan, FROM, FROM + DAYS, &err), 0);
    assert_int_equal(result->n_days, 0);
    few.n_days = DAYS - 1;
    few.hops = 5;
    fill(few.in_place, PLACES * (DAYS - 1), 100);
    fill(few.on_links, DAYS - 1, 200);
    fill(few.link_flow, LINKS * (DAYS - 1), -300);
    fill(few.spawned, DAYS - 1, 400);
    one = (struct flow_result){.from = FROM + DAYS - 1,
                               .n_days = 1,
                               .in_place = few.in_place,
                               .on_links = few.on_links,
                               .link_flow = few.link_flow,
                               .spawned = few.spawned,
                               .hops = 9,
                               .agent_days = 21};
    days_add(result, &plan, &few);
    days_add(result, &plan, &one);
}

static void days_come_together(void **state)
{
    (void)state;
    struct arena arena;
    struct flow_result result;
    arena_init(&arena, "days", CEILING);
    make_days(&arena, &result);
    assert_int_equal(result.n_days, DAYS);
    assert_int_equal(result.hops, 9);
    assert_int_equal(result.agent_days, 21);
    assert_true(result.in_place[PLACES * (DAYS - 1)] == 100);
    assert_true(result.in_place[PLACES + 1] == 100 + (PLACES + 1) * INT64_C(1000000007));
    assert_true(result.link_flow[LINKS * (DAYS - 1) + 4] == -300 + 4 * INT64_C(1000000007));
    assert_true(result.spawned[DAYS - 1] == 400);
    arena_free(&arena);
}

static int load(struct arena *arena, struct text bytes, uint64_t inputs, uint64_t seed, int32_t day,
                struct flow_result *out)
{
    struct ajar_err err = {0};
    assert_int_equal(days_open(out, arena, &plan, FROM, FROM + DAYS, &err), 0);
    int code = days_load(out, &plan, inputs, seed, day, "days", bytes, &err);
    assert_int_equal(code, err.code);
    assert_true(code == 0 || strcmp(err.file, "days") == 0);
    return code;
}

static void days_read_back(void **state)
{
    (void)state;
    struct arena arena;
    struct flow_result result, again;
    struct buf buf;
    arena_init(&arena, "days", CEILING);
    buf_init(&buf, CEILING);
    make_days(&arena, &result);
    days_save(&result, &plan, INPUTS, SEED, &buf);
    assert_int_equal(buf_ok(&buf, NULL), 0);
    struct text bytes = buf_view(&buf);
    assert_int_equal(load(&arena, bytes, INPUTS, SEED, FROM + DAYS, &again), 0);
    assert_int_equal(again.n_days, DAYS);
    assert_int_equal(again.hops, result.hops);
    assert_int_equal(again.agent_days, result.agent_days);
    assert_memory_equal(again.in_place, result.in_place, sizeof(int64_t) * PLACES * DAYS);
    assert_memory_equal(again.on_links, result.on_links, sizeof(int64_t) * DAYS);
    assert_memory_equal(again.link_flow, result.link_flow, sizeof(int64_t) * LINKS * DAYS);
    assert_memory_equal(again.spawned, result.spawned, sizeof(int64_t) * DAYS);
    assert_int_equal(load(&arena, bytes, INPUTS + 1, SEED, FROM + DAYS, &again), E_FLOW_SNAPSHOT);
    assert_int_equal(load(&arena, bytes, INPUTS, SEED + 1, FROM + DAYS, &again), E_FLOW_SNAPSHOT);
    assert_int_equal(load(&arena, bytes, INPUTS, SEED, FROM + DAYS - 1, &again), E_FLOW_SNAPSHOT);
    buf_free(&buf);
    arena_free(&arena);
}

/* Every byte cut off or changed. */
static void damaged_days_are_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct flow_result result, again;
    struct buf buf;
    arena_init(&arena, "days", (size_t)1 << 26);
    buf_init(&buf, CEILING);
    make_days(&arena, &result);
    days_save(&result, &plan, INPUTS, SEED, &buf);
    for (size_t i = 0; i < buf.n; i++) {
        struct text cut = {buf.at, i};
        assert_int_equal(load(&arena, cut, INPUTS, SEED, FROM + DAYS, &again), E_FLOW_SNAPSHOT);
        buf.at[i] = (char)(buf.at[i] ^ 1 << i % 8);
        assert_int_equal(load(&arena, buf_view(&buf), INPUTS, SEED, FROM + DAYS, &again),
                         E_FLOW_SNAPSHOT);
        buf.at[i] = (char)(buf.at[i] ^ 1 << i % 8);
    }
    buf_free(&buf);
    arena_free(&arena);
}

static void members_read_back(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH];
    struct arena arena;
    struct ajar_err err;
    int64_t camps[6], again[6] = {0};
    bool found = true;
    scratch_make(folder);
    strcat(folder, "/members");
    arena_init(&arena, "members", CEILING);
    struct members members = {folder, &arena, 99, 6};
    fill(camps, 6, -5);
    assert_int_equal(members_open(&members, &err), 0);
    assert_int_equal(members_open(&members, &err), 0); /* it may be there */
    assert_int_equal(members_load(&members, 3, again, &found, &err), 0);
    assert_false(found);
    assert_int_equal(members_save(&members, 3, camps, &err), 0);
    assert_int_equal(members_load(&members, 3, again, &found, &err), 0);
    assert_true(found);
    assert_memory_equal(again, camps, sizeof camps);
    assert_int_equal(scratch_count(folder), 1); /* nothing half-made stays */
    members.key = 98;
    assert_int_equal(members_load(&members, 3, again, &found, &err), E_FLOW_SNAPSHOT);
    assert_false(found);
    assert_non_null(strstr(err.file, "member-3.camps"));
    members.key = 99;
    members.cells = 5;
    assert_int_equal(members_load(&members, 3, again, &found, &err), E_FLOW_SNAPSHOT);
    members.folder = NULL; /* nothing is kept */
    assert_int_equal(members_open(&members, &err), 0);
    assert_int_equal(members_load(&members, 3, again, &found, &err), 0);
    assert_false(found);
    assert_int_equal(members_save(&members, 3, camps, &err), 0);
    folder[strlen(folder) - strlen("/members")] = '\0';
    scratch_remove(folder);
    arena_free(&arena);
}

static bool is_old(void *arg, const char *name)
{
    (*(int *)arg)++;
    return strcmp(name, "old") == 0;
}

static void folders(void **state)
{
    (void)state;
    char folder[SCRATCH_PATH], path[2 * SCRATCH_PATH];
    struct ajar_err err;
    int asked = 0;
    scratch_make(folder);
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, i == 0 ? "old" : "new");
        assert_int_equal(file_write(path, TEXT_LIT("x"), &err), 0);
    }
    folder_clean(folder, is_old, &asked);
    assert_int_equal(scratch_count(folder), 1);
    assert_true(file_exists(path));
    assert_true(asked >= 2);
    assert_int_equal(folder_make(path, &err), E_FILE_PLACE); /* a file of that name */
    strcat(path, "/below");
    assert_int_equal(folder_make(path, &err), E_FILE_PLACE);
    folder_clean(path, is_old, &asked); /* what is not there is clean */
    scratch_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_come_together),
        cmocka_unit_test(days_read_back),
        cmocka_unit_test(damaged_days_are_refused),
        cmocka_unit_test(members_read_back),
        cmocka_unit_test(folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
