#include "place_rows.h"

#include <string.h>

#define ROWS_MOST    UINT64_C(4000000000)
#define PART_BYTES   ((size_t)4 << 20) /* parts depend on the file alone */
#define PARTS_MOST   ((size_t)64)
#define PART_CEILING ((size_t)4 << 30)

enum { HOUSEHOLD, LOCALITY, SCORE, COLUMNS };

static const char *const row_columns[COLUMNS] = {"household", "locality", "score_micro"};

struct rows_part {
    struct csv_part csv;
    struct arena arena; /* freed when the parts are joined */
    struct faults faults;
    bool stopped;
};

struct rows_plan {
    struct place_sheet *sheet; /* behind the header; only read */
    struct place_list *households, *localities;
    struct place_rows *rows;
    int at[COLUMNS];
    struct rows_part parts[PARTS_MOST];
    size_t n_parts;
};

/* One household's rows mostly stand together. */
struct rows_last {
    struct text id;
    uint32_t position;
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

static void rows_row(const struct rows_plan *plan, struct place_sheet *sheet,
                     struct rows_last *last, uint64_t record)
{
    struct place_rows *rows = plan->rows;
    struct text id = sheet->csv.cells[plan->at[HOUSEHOLD]];
    uint32_t household = last->position, locality = 0;
    int32_t score = 0;
    bool good = id.n > 0 && id.n == last->id.n && memcmp(id.at, last->id.at, id.n) == 0;
    if (!good) {
        good = rows_find(sheet, plan->at[HOUSEHOLD], plan->households, "household", &household);
        *last = good ? (struct rows_last){id, household} : *last;
    }
    good &= rows_find(sheet, plan->at[LOCALITY], plan->localities, "locality", &locality);
    good &= place_sheet_whole(sheet, plan->at[SCORE], -PLACE_SCORE_MOST, PLACE_SCORE_MOST, &score);
    rows->household[record] = good ? household + 1 : 0;
    rows->locality[record] = locality;
    rows->score[record] = score;
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
            rows_row(plan, &sheet, &last, sheet.csv.records - before - 1);
            rows_forget(&sheet, &last);
        }
        TRY(place_sheet_next(&sheet, &more, err));
    }
    part->stopped = sheet.stopped;
    return 0;
}

/* Suggestions are looked for here, where it is known which faults are kept. */
static int rows_suggest(struct rows_plan *plan, struct arena *scratch, struct ajar_err *fault,
                        struct ajar_err *err)
{
    struct text id = text_of(fault->value);
    const char *locality = row_columns[LOCALITY];
    if (fault->code != E_PLACE_UNKNOWN) {
        return 0;
    }
    if (strcmp(fault->column, locality) == 0) {
        return place_ids_hint(&plan->localities->ids, scratch, id, "locality", fault, err);
    }
    return place_ids_hint(&plan->households->ids, scratch, id, "household", fault, err);
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

static int rows_parts(struct rows_plan *plan, struct arena *scratch, struct pool *pool,
                      const struct watch *watch, struct ajar_err *err)
{
    struct csv_part parts[PARTS_MOST];
    struct place_rows *rows = plan->rows;
    size_t bytes = (size_t)(rows->csv.end - rows->csv.at), n = bytes / PART_BYTES + 1;
    plan->n_parts = n < PARTS_MOST ? n : PARTS_MOST;
    csv_split(&rows->csv, plan->n_parts, parts);
    for (size_t i = 0; i < plan->n_parts; i++) {
        plan->parts[i] = (struct rows_part){.csv = parts[i]};
    }
    rows->n = parts[plan->n_parts - 1].first_record + parts[plan->n_parts - 1].records;
    TRY_NEW(rows->household, scratch, rows->n, err);
    TRY_NEW(rows->locality, scratch, rows->n, err);
    TRY_NEW(rows->score, scratch, rows->n, err);
    int code =
        pool_run(pool, plan->n_parts, rows_part_read, plan, watch, "reading the scores", err);
    code = code != 0 ? code : rows_join(plan, scratch, err);
    for (size_t i = 0; i < plan->n_parts; i++) {
        arena_free(&plan->parts[i].arena);
    }
    return code;
}

int place_rows_read(struct arena *scratch, const char *file, struct text bytes,
                    struct place_list *households, struct place_list *localities, struct pool *pool,
                    const struct watch *watch, struct faults *faults, struct place_rows *out,
                    struct ajar_err *err)
{
    struct place_sheet sheet;
    struct place_rows rows = {.n = 0};
    struct rows_plan *plan;
    bool good;
    TRY(place_sheet_open(&sheet, scratch, file, bytes, ROWS_MOST, false, faults, &good, err));
    TRY_NEW(plan, scratch, 1, err);
    *plan = (struct rows_plan){&sheet, households, localities, .rows = &rows};
    for (size_t i = 0; good && i < COLUMNS; i++) {
        plan->at[i] = place_sheet_column(&sheet, row_columns[i]);
    }
    if (good) {
        place_sheet_known(&sheet, row_columns, COLUMNS);
        good = plan->at[HOUSEHOLD] >= 0 && plan->at[LOCALITY] >= 0 && plan->at[SCORE] >= 0;
    }
    rows.csv = sheet.csv;
    if (good && households->whole && localities->whole) {
        TRY(rows_parts(plan, scratch, pool, watch, err));
    }
    *out = rows;
    return 0;
}

int place_rows_lines(struct arena *scratch, const struct place_rows *rows, const uint64_t *records,
                     size_t n, long *lines, struct ajar_err *err)
{
    struct place_sheet sheet = {.csv = rows->csv};
    struct faults none;
    uint64_t before = rows->csv.records;
    bool more = true;
    TRY(faults_init(&none, scratch, 1, err));
    sheet.faults = &none;
    for (size_t i = 0; i < n; i++) {
        while (more && sheet.csv.records - before <= records[i]) {
            TRY(place_sheet_next(&sheet, &more, err));
        }
        lines[i] = sheet.csv.row;
    }
    return 0;
}
