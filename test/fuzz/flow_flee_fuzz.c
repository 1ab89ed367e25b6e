/* Any bytes as a folder in the reference's format: a world that keeps its promises and survives Ajar's own
 * form, or faults that say where. */
#include "flow_fuzz.h"

static void fuzz_settings(struct arena *arena, const struct fuzz_folder *folder,
                          struct flow_params *params)
{
    struct faults faults;
    fuzz_demand(faults_init(&faults, arena, 5, NULL) == 0);
    for (size_t i = 0; i < folder->n; i++) {
        if (strcmp(folder->files[i].name, "simsetting.yml") != 0) {
            continue;
        }
        int code = flow_params_flee(arena, "simsetting.yml", folder->files[i].bytes, params, NULL,
                                    &faults, NULL);
        if (code != 0) {
            fuzz_faults(code, &faults);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct fuzz_folder folder;
    struct faults faults;
    struct flow_said said;
    struct flow_world world = {.n_days = -7};
    struct flow_params params = flow_params_default();
    char *copy = fuzz_copy(data, size);
    fuzz_folder_split(&folder, (struct text){copy, size});
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, 20, NULL) == 0);
    fuzz_demand(flow_said_init(&said, &arena, 20, NULL) == 0);
    fuzz_settings(&arena, &folder, &params);
    int code =
        flee_read(&arena, folder.files, folder.n, TEXT_LIT("fuzz"), &world, &said, &faults, NULL);
    if (code == 0) {
        fuzz_world(&world);
        fuzz_series(&world, (uint8_t)size);
        fuzz_round(&world, &params);
    } else {
        fuzz_faults(code, &faults);
        fuzz_demand(world.n_days == -7);
    }
    arena_free(&arena);
    free(copy);
    return 0;
}
