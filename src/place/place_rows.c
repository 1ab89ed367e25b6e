#include "place_rows.h"

#include <string.h>

#define ROWS_MOST    UINT64_C(4000000000)
#define PART_BYTES   ((size_t)4 << 20) /* parts depend on the file alone */
#define PARTS_MOST   ((size_t)64)
#define PART_CEILING ((size_t)4 << 30)

static const char *const row_columns[ROWS_COLUMNS] = {"household", "locality", "score_micro"};

struct rows_part {
    struct csv_part csv;
    struct arena arena; /* freed when the parts are joined */
    struct faults faults;
    bool stopped;
};

struct rows_plan {
    struct place_sheet *sheet; /* behind the header; only read */
    const struct place_rows_ask *ask;
    struct place_rows *rows;
    struct rows_part parts[PARTS_MOST];
    size_t n_parts;
};

/* One household's rows mostly stand together. */
struct rows_last {
    struct text id;
    uint32_t position;
};

struct rows_pair {
    uint32_t household, locality;
    int32_t score;
};

static bool rows_find(struct place_sheet *sheet, int column, const struct place_list *list,
                      const char *what, uint32_t *out)
{
    struct text id;
    uint32_t found = place_ids_find(&list->ids, sheet->csv.cells[column]);
    if (found == PLACE_NONE) {
        found = place_ids_find(&list->ids, place_sheet_cell(sheet, column));
    }
    if (found != PLACE_NONE) {
        *out = found;
        return true;
    }
    if (place_sheet_id(sheet, column, what, &id)) {
        place_sheet_fault(sheet, E_PLACE_UNKNOWN, column, "no %s has this id in %s", what,
                          list->file);
    }
    return false;
}

/* False behind a fault. */
static bool rows_row(const struct place_rows *rows, struct place_sheet *sheet,
                     struct rows_last *last, struct rows_pair *out)
{
    const int *at = rows->at;
    struct text id = sheet->csv.cells[at[ROWS_HOUSEHOLD]];
    bool good = id.n > 0 && id.n == last->id.n && memcmp(id.at, last->id.at, id.n) == 0;
    *out = (struct rows_pair){.household = last->position};
    if (!good) {
        good = rows_find(sheet, at[ROWS_HOUSEHOLD], rows->households, "household", &out->household);
        *last = good ? (struct rows_last){id, out->household} : *last;
    }
    good &= rows_find(sheet, at[ROWS_LOCALITY], rows->localities, "locality", &out->locality);
    good &=
        place_sheet_whole(sheet, at[ROWS_SCORE], -PLACE_SCORE_MOST, PLACE_SCORE_MOST, &out->score);
    return good;
}

/* A cell with doubled quotes lives only until the next row. */
static void rows_forget(const struct place_sheet *sheet, struct rows_last *last)
{
    if (sheet->csv.scratch_used > 0) {
        last->id.n = 0;
    }
}

static int rows_part_read(void *arg, size_t i, struct ajar_err *err)
{
    struct rows_plan *plan = arg;
    struct rows_part *part = &plan->parts[i];
    struct place_rows *rows = plan->rows;
    struct place_sheet sheet = {.file = plan->sheet->file, .faults = &part->faults};
    struct rows_last last = {{"", 0}, 0};
    uint64_t before = plan->sheet->csv.records;
    bool more;
    arena_init(&part->arena, "a part of the scores", PART_CEILING);
    TRY(faults_init(&part->faults, &part->arena, plan->sheet->faults->limit, err));
    TRY(csv_part_open(&sheet.csv, &part->arena, &plan->sheet->csv, &part->csv, err));
    TRY(place_sheet_next(&sheet, &more, err));
    while (more) {
        if (!sheet.ragged) {
            struct rows_pair pair;
            uint64_t record = sheet.csv.records - before - 1;
            bool good = rows_row(rows, &sheet, &last, &pair);
            rows->household[record] = good ? pair.household + 1 : 0;
            rows->locality[record] = pair.locality;
            rows->score[record] = pair.score;
            rows_forget(&sheet, &last);
        }
        TRY(place_sheet_next(&sheet, &more, err));
    }
    part->stopped = sheet.stopped;
    place_passed(&plan->ask->passed, part->csv.bytes);
    return 0;
}

/* Suggestions are looked for here, where it is known which faults are kept. */
static int rows_suggest(struct rows_plan *plan, struct arena *scratch, struct ajar_err *fault,
                        struct ajar_err *err)
{
    struct text id = text_of(fault->value);
    const char *locality = row_columns[ROWS_LOCALITY];
    if (fault->code != E_PLACE_UNKNOWN) {
        return 0;
    }
    if (strcmp(fault->column, locality) == 0) {
        return place_ids_hint(&plan->ask->localities->ids, scratch, id, "locality", fault, err);
    }
    return place_ids_hint(&plan->ask->households->ids, scratch, id, "household", fault, err);
}

static int rows_join(struct rows_plan *plan, struct arena *scratch, struct ajar_err *err)
{
    struct faults *faults = plan->sheet->faults;
    bool stopped = false;
    for (size_t i = 0; i < plan->n_parts && !stopped; i++) {
        struct rows_part *part = &plan->parts[i];
        for (size_t k = 0; k < part->faults.kept; k++) {
            struct ajar_err *fault = faults_add(faults);
            *fault = part->faults.at[k];
            if (fault != &faults->spill) {
                TRY(rows_suggest(plan, scratch, fault, err));
            }
        }
        faults->total += part->faults.total - part->faults.kept;
        stopped = part->stopped;
    }
    return 0;
}

static int rows_parts(struct rows_plan *plan, struct arena *arena, struct arena *scratch,
                      struct ajar_err *err)
{
    const struct place_rows_ask *ask = plan->ask;
    struct csv_part parts[PARTS_MOST];
    struct place_rows *rows = plan->rows;
    size_t bytes = (size_t)(rows->csv.end - rows->csv.at), n = bytes / PART_BYTES + 1;
    plan->n_parts = n < PARTS_MOST ? n : PARTS_MOST;
    csv_split(&rows->csv, plan->n_parts, parts);
    place_passed(&ask->passed, ask->table->bytes);
    for (size_t i = 0; i < plan->n_parts; i++) {
        plan->parts[i] = (struct rows_part){.csv = parts[i]};
    }
    rows->n = parts[plan->n_parts - 1].first_record + parts[plan->n_parts - 1].records;
    TRY_NEW(rows->household, scratch, rows->n, err);
    TRY_NEW(rows->locality, arena, rows->n, err);
    TRY_NEW(rows->score, arena, rows->n, err);
    int code = pool_run(ask->pool, plan->n_parts, rows_part_read, plan, ask->watch,
                        "reading the scores", err);
    code = code != 0 ? code : rows_join(plan, scratch, err);
    for (size_t i = 0; i < plan->n_parts; i++) {
        arena_free(&plan->parts[i].arena);
    }
    return code;
}

int place_rows_read(struct arena *arena, struct arena *scratch, const struct place_rows_ask *ask,
                    struct faults *faults, struct place_rows *out, struct ajar_err *err)
{
    const struct place_table *table = ask->table;
    struct place_sheet sheet;
    struct place_rows rows = {.households = ask->households, .localities = ask->localities};
    struct rows_plan *plan;
    bool good;
    TRY(place_sheet_open(&sheet, scratch, table->name, table->bytes, ROWS_MOST, false, faults,
                         &good, err));
    place_passed(&ask->passed, table->bytes);
    TRY_NEW(plan, scratch, 1, err);
    *plan = (struct rows_plan){&sheet, ask, .rows = &rows};
    for (size_t i = 0; good && i < ROWS_COLUMNS; i++) {
        rows.at[i] = place_sheet_column(&sheet, row_columns[i]);
    }
    if (good) {
        place_sheet_known(&sheet, row_columns, ROWS_COLUMNS);
        good =
            rows.at[ROWS_HOUSEHOLD] >= 0 && rows.at[ROWS_LOCALITY] >= 0 && rows.at[ROWS_SCORE] >= 0;
    }
    rows.csv = sheet.csv;
    if (good && ask->households->whole && ask->localities->whole) {
        TRY(rows_parts(plan, arena, scratch, err));
    }
    *out = rows;
    return 0;
}

int place_rows_again(struct arena *scratch, const struct place_rows *rows,
                     void (*tell)(void *arg, uint32_t household, uint32_t locality, long line),
                     void *arg, struct ajar_err *err)
{
    struct place_sheet sheet = {.csv = rows->csv};
    struct rows_last last = {{"", 0}, 0};
    struct rows_pair pair;
    struct faults none;
    bool more;
    TRY(faults_init(&none, scratch, 1, err));
    sheet.faults = &none;
    TRY(place_sheet_next(&sheet, &more, err));
    while (more) {
        if (!sheet.ragged) {
            if (rows_row(rows, &sheet, &last, &pair)) {
                tell(arg, pair.household, pair.locality, sheet.csv.row);
            }
            rows_forget(&sheet, &last);
        }
        TRY(place_sheet_next(&sheet, &more, err));
    }
    return 0;
}
