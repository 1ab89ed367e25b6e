#include "place_sheet.h"
#include "place_tables.h"

#define PLAN_CEILING   ((size_t)8 << 30)
#define PLAN_ROWS_MOST 1000000000

struct plan_reader {
    struct arena scratch;
    const struct place_problem *problem;
    const struct place_names *names;
    struct place_sheet sheet;
    struct place_ids households, localities;
    int household, locality;
    uint32_t *place;
    long *line; /* [n_households] where it stands; 0: nowhere yet */
};

static int plan_unknown(struct plan_reader *reader, int column, const char *what,
                        struct place_ids *ids, struct text id, struct ajar_err *err)
{
    struct ajar_err *fault =
        place_sheet_fault(&reader->sheet, E_PLACE_UNKNOWN, column, "no %s has this id", what);
    if (fault == &reader->sheet.faults->spill) {
        return 0;
    }
    return place_ids_hint(ids, &reader->scratch, id, what, fault, err);
}

static int plan_row(struct plan_reader *reader, struct ajar_err *err)
{
    struct text id;
    uint32_t locality = PLACE_NONE;
    if (reader->sheet.ragged) {
        return 0;
    }
    if (place_sheet_cell(&reader->sheet, reader->locality).n > 0 &&
        place_sheet_id(&reader->sheet, reader->locality, "locality", &id)) {
        locality = place_ids_find(&reader->localities, id);
        if (locality == PLACE_NONE) {
            TRY(plan_unknown(reader, reader->locality, "locality", &reader->localities, id, err));
        }
    }
    if (!place_sheet_id(&reader->sheet, reader->household, "household", &id)) {
        return 0;
    }
    uint32_t household = place_ids_find(&reader->households, id);
    if (household == PLACE_NONE) {
        return plan_unknown(reader, reader->household, "household", &reader->households, id, err);
    }
    if (reader->line[household] != 0) {
        place_sheet_fault(&reader->sheet, E_PLACE_TWICE, reader->household,
                          "this household stands already in row %ld", reader->line[household]);
        return 0;
    }
    reader->line[household] = reader->sheet.csv.row;
    reader->place[household] = locality;
    return 0;
}

static int plan_room(struct plan_reader *reader, struct ajar_err *err)
{
    uint32_t n = reader->problem->n_households;
    TRY(place_ids_from(&reader->households, &reader->scratch, reader->names->household, n, err));
    TRY(place_ids_from(&reader->localities, &reader->scratch, reader->names->locality,
                       reader->problem->n_localities, err));
    TRY_NEW(reader->place, &reader->scratch, n, err);
    TRY_NEW(reader->line, &reader->scratch, n, err);
    for (uint32_t h = 0; h < n; h++) {
        reader->place[h] = PLACE_NONE;
    }
    return 0;
}

static int plan_read(struct plan_reader *reader, const struct place_table *table,
                     struct faults *faults, struct ajar_err *err)
{
    bool more;
    TRY(place_sheet_open(&reader->sheet, &reader->scratch, table->name, table->bytes,
                         PLAN_ROWS_MOST, true, faults, &more, err));
    if (!more) {
        return 0;
    }
    reader->household = place_sheet_column(&reader->sheet, "household");
    reader->locality = place_sheet_column(&reader->sheet, "locality");
    if (reader->household < 0 || reader->locality < 0) {
        return 0;
    }
    TRY(plan_room(reader, err));
    TRY(place_sheet_next(&reader->sheet, &more, err));
    while (more) {
        TRY(plan_row(reader, err));
        TRY(place_sheet_next(&reader->sheet, &more, err));
    }
    return 0;
}

int place_plan_read(const struct place_problem *problem, const struct place_names *names,
                    const struct place_table *table, struct faults *faults, uint32_t *place,
                    struct ajar_err *err)
{
    struct plan_reader reader = {.problem = problem, .names = names};
    uint64_t before = faults->total;
    arena_init(&reader.scratch, "reading a plan", PLAN_CEILING);
    int code = plan_read(&reader, table, faults, err);
    uint64_t n = faults->total - before;
    if (code == 0 && n > 0) {
        code = err_set(err, E_PLACE_FAULTS, "%llu fault%s in the plan", (unsigned long long)n,
                       n == 1 ? "" : "s");
    }
    for (uint32_t h = 0; code == 0 && h < problem->n_households; h++) {
        place[h] = reader.place[h];
    }
    arena_free(&reader.scratch);
    return code;
}
