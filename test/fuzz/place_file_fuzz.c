/* Any bytes as a plan file: a plan that is the same when it is written and read, or faults that say where.  And as a
 * plan of either form without its tables. */
#include "place_fuzz.h"

#include "place_file.h"

static void fuzz_programme(struct arena *arena, struct programme *out)
{
    struct programme_input input = {.on = DATE_NONE};
    struct faults faults;
    input.table[PROGRAMME_HOUSEHOLDS] =
        (struct place_table){"households.csv", text_of("id,need_beds\nf1,1\nf2,3\n-x,2\n")};
    input.table[PROGRAMME_LOCALITIES] =
        (struct place_table){"localities.csv", text_of("id,state,capacity_beds\nl1,n,4\nl2,n,3\n")};
    input.table[PROGRAMME_SCORES] = (struct place_table){
        "scores.csv",
        text_of("household,locality,score_micro\nf1,l1,5\nf1,l2,6\nf2,l1,7\n-x,l2,-1\n")};
    input.table[PROGRAMME_QUOTAS] =
        (struct place_table){"quotas.csv", text_of("state,resource,most\nn,beds,5\n")};
    fuzz_demand(faults_init(&faults, arena, FUZZ_FAULTS, NULL) == 0);
    fuzz_demand(programme_read(arena, &input, NULL, NULL, &faults, out, NULL) == 0);
}

static void fuzz_again(struct arena *arena, const struct programme *programme,
                       const struct place_file *file, struct faults *faults)
{
    struct buf first, second;
    struct place_file again;
    buf_init(&first, (size_t)1 << 24);
    buf_init(&second, (size_t)1 << 24);
    place_file_write(&first, programme, file);
    fuzz_demand(buf_ok(&first, NULL) == 0);
    fuzz_demand(place_file_is_json(buf_view(&first)) && place_file_is_ours(buf_view(&first)));
    fuzz_demand(place_file_read(arena, "plan.json", buf_view(&first), programme, faults, &again,
                                NULL) == 0);
    place_file_write(&second, programme, &again);
    fuzz_demand(text_eq(buf_view(&first), buf_view(&second)));
    buf_free(&first);
    buf_free(&second);
}

static void fuzz_rows(struct arena *arena, struct text bytes)
{
    struct place_file_rows rows = {.n = 77};
    struct faults faults;
    struct ajar_err err = {0};
    fuzz_demand(faults_init(&faults, arena, FUZZ_FAULTS, NULL) == 0);
    int code = place_file_rows(arena, "plan", bytes, &faults, &rows, &err);
    fuzz_demand(code == err.code && (code == 0 || rows.n == 77));
    fuzz_demand(code != E_PLACE_FILE || faults.total > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct programme programme;
    struct place_file file = {.seed = 77};
    struct faults faults;
    struct ajar_err err = {0};
    char *copy = fuzz_copy(data, size);
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_programme(&arena, &programme);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    int code = place_file_read(&arena, "plan.json", (struct text){copy, size}, &programme, &faults,
                               &file, &err);
    fuzz_demand(code == err.code && (code == 0 || file.seed == 77));
    if (code == 0) {
        fuzz_again(&arena, &programme, &file, &faults);
    } else {
        fuzz_demand(code != E_PLACE_FILE || faults.total > 0);
    }
    fuzz_rows(&arena, (struct text){copy, size});
    arena_free(&arena);
    free(copy);
    return 0;
}
