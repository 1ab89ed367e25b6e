/* Any bytes as a plan: places that the checker can look at and that are the same when they are written and read,
 * or faults that say where. */
#include "place_fuzz.h"

#define HOUSEHOLDS 4

static void fuzz_again(struct arena *arena, const struct place_tables *tables,
                       const uint32_t place[HOUSEHOLDS], struct faults *faults)
{
    struct buf buf;
    struct place_found found;
    uint32_t again[HOUSEHOLDS];
    buf_init(&buf, (size_t)1 << 20);
    place_write_plan(&buf, &tables->problem, &tables->names, place);
    fuzz_demand(buf_ok(&buf, NULL) == 0);
    const struct place_table table = {"plan.csv", buf_view(&buf)};
    fuzz_demand(place_plan_read(&tables->problem, &tables->names, &table, faults, again, NULL) ==
                0);
    fuzz_demand(memcmp(place, again, sizeof again) == 0);
    buf_free(&buf);
    const struct place_claim claim = {.place = place, .names = &tables->names};
    fuzz_demand(place_check_plan(arena, &tables->problem, &claim, faults, &found, NULL) == 0);
    fuzz_demand(found.faults == faults->total && found.placed <= HOUSEHOLDS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text bytes[3] = {
        text_of("id,need_seats\nf1,1\nf2,3\nf10,9\n-x,2\n"),
        text_of("id,capacity_seats\nl1,4\nl2,3\n"),
        text_of("household,locality,score_micro\nf1,l1,5\nf1,l2,6\nf2,l1,7\n-x,l2,-1\n")};
    struct arena arena;
    struct place_tables tables;
    struct faults faults;
    struct ajar_err err = {0};
    uint32_t place[HOUSEHOLDS] = {77, 77, 77, 77};
    char *copy = fuzz_copy(data, size);
    const struct place_table table = {"plan.csv", {copy, size}};
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(fuzz_read(&arena, bytes, &tables) == 0);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    int code = place_plan_read(&tables.problem, &tables.names, &table, &faults, place, &err);
    fuzz_demand(code == err.code && (code == 0) == (faults.total == 0));
    if (code != 0) {
        fuzz_faults(code, &faults);
        fuzz_demand(place[0] == 77 && place[HOUSEHOLDS - 1] == 77);
    } else {
        fuzz_again(&arena, &tables, place, &faults);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
