#include "place_tables.h"

#include <string.h>

#include "place_list.h"
#include "place_pairs.h"
#include "place_rows.h"

#define TABLES_CEILING ((size_t)64 << 30)

struct tables_reader {
    struct arena *arena, *scratch;
    const struct place_input *input;
    struct faults *faults;
    struct place_list households, localities;
    uint32_t column[PLACE_RESOURCES_MOST]; /* of a capacity, by resource */
    struct place_tables tables;
};

static int tables_lists(struct tables_reader *reader, bool *agree, struct ajar_err *err)
{
    const struct place_table *households = &reader->input->households,
                             *localities = &reader->input->localities;
    TRY(place_list_read(reader->arena, reader->scratch, PLACE_HOUSEHOLDS, households->name,
                        households->bytes, NULL, reader->faults, &reader->households, err));
    place_passed(&reader->input->passed, households->bytes);
    TRY(place_list_read(reader->arena, reader->scratch, PLACE_LOCALITIES, localities->name,
                        localities->bytes, NULL, reader->faults, &reader->localities, err));
    *agree =
        reader->households.whole && reader->localities.whole &&
        place_list_agree(&reader->households, &reader->localities, reader->faults, reader->column);
    return 0;
}

static int tables_read(struct tables_reader *reader, struct pool *pool, const struct watch *watch,
                       struct ajar_err *err)
{
    const struct place_table *scores = &reader->input->scores;
    const struct place_rows_ask ask = {scores, &reader->households,  &reader->localities, pool,
                                       watch,  reader->input->passed};
    struct place_rows rows;
    bool agree = false;
    TRY(tables_lists(reader, &agree, err));
    TRY(place_rows_read(reader->arena, reader->scratch, &ask, reader->faults, &rows, err));
    if (!agree) {
        return 0;
    }
    TRY(place_list_problem(reader->arena, &reader->households, &reader->localities, reader->column,
                           &reader->tables.problem, &reader->tables.names, err));
    return place_pairs_make(reader->arena, reader->scratch, scores->name, &rows, NULL,
                            reader->faults, &reader->tables, err);
}

static int tables_refuse(const struct faults *faults, uint64_t before, struct ajar_err *err)
{
    uint64_t n = faults->total - before;
    return err_set(err, E_PLACE_FAULTS, "%llu fault%s in the tables of the placement",
                   (unsigned long long)n, n == 1 ? "" : "s");
}

int place_tables_read(struct arena *arena, const struct place_input *input, struct pool *pool,
                      const struct watch *watch, struct faults *faults, struct place_tables *out,
                      struct ajar_err *err)
{
    struct arena scratch;
    struct tables_reader reader = {arena, &scratch, input, faults, .tables = {.n_rows = 0}};
    uint64_t before = faults->total;
    arena_init(&scratch, "reading a placement", TABLES_CEILING);
    int code = tables_read(&reader, pool, watch, err);
    arena_free(&scratch);
    TRY(code);
    if (faults->total > before) {
        return tables_refuse(faults, before, err);
    }
    *out = reader.tables;
    return 0;
}
