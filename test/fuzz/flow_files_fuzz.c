/* Any bytes as a folder flow/ of a scenario: a world that keeps its promises and is the same when it is
 * written and read, or faults that say where. */
#include "flow_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct fuzz_folder folder;
    struct faults faults;
    struct flow_said said;
    struct text bytes[FLOW_TABLES] = {{NULL, 0}};
    struct flow_world world = {.n_days = -7};
    struct flow_params params = {.hasten = -7};
    char *copy = fuzz_copy(data, size);
    fuzz_folder_split(&folder, (struct text){copy, size});
    for (size_t i = 0; i < folder.n; i++) {
        for (enum flow_table table = 0; table < FLOW_TABLES; table++) {
            if (strcmp(folder.files[i].name, flow_table_file(table)) == 0) {
                bytes[table] = folder.files[i].bytes;
            }
        }
    }
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, 20, NULL) == 0);
    fuzz_demand(flow_said_init(&said, &arena, 20, NULL) == 0);
    int code = flow_read(&arena, bytes, &world, &params, &said, &faults, NULL);
    if (code == 0) {
        fuzz_world(&world);
        fuzz_series(&world, (uint8_t)size);
        fuzz_round(&world, &params);
    } else {
        fuzz_faults(code, &faults);
        fuzz_demand(world.n_days == -7 && params.hasten == -7);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
