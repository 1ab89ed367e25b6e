#include "watch_open.h"

#include "file.h"
#include "series_file.h"

static int open_scenario(struct arena *arena, const char *path, struct pool *pool,
                         const struct watch *watch, struct faults *faults,
                         struct scenario *scenario, struct watch_input *out, struct ajar_err *err)
{
    TRY(scenario_load(arena, path, pool, watch, scenario, faults, err));
    out->scenario = scenario;
    return book_scenario(arena, scenario, &out->book, err);
}

static int open_file(struct arena *arena, const char *path, struct faults *faults,
                     struct watch_input *out, struct ajar_err *err)
{
    struct series_file file;
    TRY(series_file_read(arena, path, faults, &file, err));
    out->book = file.book;
    out->assumed = file.assumed;
    out->n_assumed = file.n_assumed;
    return 0;
}

int watch_open(struct arena *arena, const char *path, struct pool *pool, const struct watch *watch,
               struct faults *faults, struct scenario *scenario, struct watch_input *out,
               struct ajar_err *err)
{
    struct watch_input input = {.name = path};
    TRY(file_is_folder(path)
            ? open_scenario(arena, path, pool, watch, faults, scenario, &input, err)
            : open_file(arena, path, faults, &input, err));
    *out = input;
    return 0;
}

static bool input_is_dated(const struct watch_input *input)
{
    for (size_t i = 0; i < input->book.n; i++) {
        const struct watch_series *series = &input->book.series[i];
        for (size_t j = 0; j < series->n; j++) {
            if (series->value[j].published != DATE_NONE) {
                return true;
            }
        }
    }
    return false;
}

enum watch_clock watch_clock_of(const struct watch_input *input)
{
    return input->scenario != NULL || input_is_dated(input) ? WATCH_PUBLISHED : WATCH_NEXT_DAY;
}
