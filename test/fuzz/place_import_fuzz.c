/* Any bytes as an officer's table: the rows that are kept and those that are not are all of them, and what is written
 * can be read. */
#include "fuzz.h"

#include "csv.h"
#include "place_import.h"

#define FUZZ_MEMORY ((size_t)256 * 1024 * 1024)
#define FUZZ_FAULTS 20

static uint64_t fuzz_rows(struct arena *arena, const struct place_import_file *file, size_t columns)
{
    struct csv csv;
    struct ajar_err err = {0};
    uint64_t n = 0;
    fuzz_demand(csv_open(&csv, arena, file->name, file->bytes, 0, &CSV_LIMITS_DEFAULT, &err) == 0);
    fuzz_demand(columns == 0 || csv.n_columns == columns);
    for (bool more = true; csv_next(&csv, &more, &err) == 0 && more;) {
        n++;
    }
    fuzz_demand(err.code == 0);
    return n;
}

static void fuzz_files(struct arena *arena, const struct place_import *made)
{
    uint64_t bad = 0;
    for (size_t i = 0; i < made->n_files; i++) {
        const char *name = made->files[i].name;
        uint64_t rows = fuzz_rows(arena, &made->files[i], 0);
        if (strcmp(name, "households.csv") == 0 || strcmp(name, "localities.csv") == 0) {
            fuzz_demand(rows == made->n_good);
        }
        bad += strcmp(name, "errors.csv") == 0 ? rows : 0;
    }
    fuzz_demand(made->n_good + bad == made->n_rows);
}

static void fuzz_kind(enum place_import_kind kind, struct text bytes)
{
    struct arena arena;
    struct faults faults;
    struct ajar_err err = {0};
    struct place_import made = {0};
    struct place_import_options options = {.kind = kind};
    arena_init(&arena, "the fuzz target", FUZZ_MEMORY);
    fuzz_demand(faults_init(&faults, &arena, FUZZ_FAULTS, NULL) == 0);
    int code = place_import(&arena, "cohort.csv", bytes, &options, &faults, &made, &err);
    fuzz_demand(code == err.code && (code == 0 || made.n_files == 0));
    for (size_t i = 0; i < faults.kept; i++) {
        fuzz_demand(faults.at[i].row > 0 && err_advice(&faults.at[i])[0] != '\0');
    }
    if (code == 0) {
        fuzz_demand(made.n_good <= made.n_rows &&
                    (faults.total > 0) == (made.n_good < made.n_rows));
        fuzz_files(&arena, &made);
    }
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy(data, size);
    fuzz_kind(PLACE_IMPORT_HOUSEHOLDS, (struct text){copy, size});
    fuzz_kind(PLACE_IMPORT_LOCALITIES, (struct text){copy, size});
    free(copy);
    return 0;
}
