#include <stdlib.h>

#include "flow_sheet.h"

const char *const flow_series_words[FLOW_SERIES_OUTSIDE + 1] = {[FLOW_SERIES_TOTAL] = "total",
                                                                [FLOW_SERIES_PLACE] = "place",
                                                                [FLOW_SERIES_OUTSIDE] = "outside"};

enum { SERIES, PLACE, PART, DATE, COUNT, KNOWN, SOURCE };
static const struct flow_column report_columns[] = {
    {"series", true}, {"place", true},  {"part", false},  {"date", true},
    {"count", true},  {"known", false}, {"source", false}};

struct report_reader {
    struct flow_sheet sheet;
    uint8_t *seen; /* [n_places] */
};

static int report_order(const void *left, const void *right)
{
    const struct flow_report *a = left, *b = right;
    if (a->place != b->place) {
        return a->place < b->place ? -1 : 1;
    }
    if (a->part != b->part) {
        return a->part < b->part ? -1 : 1;
    }
    return a->line < b->line ? -1 : a->line > b->line;
}

/* Whose counts they are: a new name of the outside, and a new camp, get their number here. */
static int report_whose(struct report_reader *it, enum flow_series_kind kind, uint32_t *place,
                        bool *good, struct ajar_err *err)
{
    struct flow_sheet *sheet = &it->sheet;
    struct flow_reader *reader = sheet->reader;
    struct flow_world *world = &reader->world;
    struct text name = sheet->cells[PLACE];
    struct flow_spot spot = flow_sheet_spot(sheet, PLACE);
    *place = FLOW_NONE;
    *good = false;
    if (kind == FLOW_SERIES_PLACE) {
        *good = flow_find_place(reader, spot, place);
        if (*good && it->seen[*place] == 0) {
            it->seen[*place] = 1;
            world->camps[world->n_camps++] = *place;
        }
        return 0;
    }
    if ((name.n == 0) != (kind == FLOW_SERIES_TOTAL)) {
        flow_fault(reader, spot, E_FLOW_PLACE,
                   name.n == 0 ? "these counts have no name" : "the total has no place");
        return 0;
    }
    if (kind == FLOW_SERIES_OUTSIDE) {
        bool fresh;
        struct text kept;
        if (flow_index_find(&reader->places, name) != FLOW_NONE) {
            flow_fault(reader, spot, E_FLOW_PLACE, "this is one of the places, not outside them");
            return 0;
        }
        TRY(flow_index_add(&reader->uncounted, name, &fresh, &kept, err));
        *place = flow_index_find(&reader->uncounted, name);
        if (fresh) {
            world->uncounted[world->n_uncounted++] = kept;
        }
    }
    *good = true;
    return 0;
}

static int read_report(struct report_reader *it, struct ajar_err *err)
{
    struct flow_sheet *sheet = &it->sheet;
    struct flow_reader *reader = sheet->reader;
    struct flow_world *world = &reader->world;
    struct flow_report report = {.line = sheet->row.line};
    size_t kind;
    int64_t part = 1;
    if (!flow_sheet_choice(sheet, SERIES, E_FLOW_PLACE, flow_series_words, FLOW_SERIES_OUTSIDE + 1,
                           &kind)) {
        return 0;
    }
    bool good = flow_date_near(reader, flow_sheet_spot(sheet, DATE), &report.date);
    good = flow_int(reader, flow_sheet_spot(sheet, COUNT), E_FLOW_COUNT, 0, FLOW_COUNT_MOST,
                    &report.count) &&
           good;
    if (sheet->cells[PART].n > 0) {
        good = flow_int(reader, flow_sheet_spot(sheet, PART), E_NUMBER_RANGE, 1, FLOW_PARTS_MOST,
                        &part) &&
               good;
    }
    good = good && flow_sheet_known(sheet, KNOWN, report.date, true, &report.known);
    if (!good) {
        return 0;
    }
    report.part = (uint32_t)(part - 1);
    TRY(flow_sheet_word(sheet, SOURCE, &report.source, err));
    TRY(report_whose(it, (enum flow_series_kind)kind, &report.place, &good, err));
    if (good && kind == FLOW_SERIES_OUTSIDE) {
        world->uncounted_reports[world->n_uncounted_reports++] = report;
    } else if (good) {
        world->reports[world->n_reports++] = report;
    }
    return 0;
}

int flow_read_reports(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct report_reader it;
    struct flow_world *world = &reader->world;
    bool open;
    TRY(flow_sheet_open(&it.sheet, reader, FLOW_REPORTS, bytes, report_columns,
                        sizeof report_columns / sizeof *report_columns, &open, err));
    size_t bound = open ? flow_sheet_bound(&it.sheet) : 0;
    TRY_NEW(world->reports, reader->arena, bound, err);
    TRY_NEW(world->uncounted_reports, reader->arena, bound, err);
    TRY_NEW(world->uncounted, reader->arena, bound, err);
    TRY_NEW(world->camps, reader->arena, world->n_places, err);
    TRY_NEW(it.seen, reader->scratch, world->n_places, err);
    TRY(flow_index_init(&reader->uncounted, reader->arena, bound, err));
    while (open && flow_sheet_next(&it.sheet)) {
        TRY(read_report(&it, err));
    }
    if (open && world->n_camps == 0) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, it.sheet.file, 0, NULL,
               (struct text){"", 0}, "no place is counted");
    }
    qsort(world->reports, world->n_reports, sizeof *world->reports, report_order);
    qsort(world->uncounted_reports, world->n_uncounted_reports, sizeof *world->reports,
          report_order);
    return 0;
}

enum { C_SERIES, C_PLACE, C_DATE, C_KNOWN, C_SOURCE };
static const struct flow_column correction_columns[] = {
    {"series", true}, {"place", true}, {"date", true}, {"known", false}, {"source", false}};

static bool correction_whose(const struct flow_sheet *sheet, size_t kind,
                             struct flow_correction *out)
{
    struct flow_reader *reader = sheet->reader;
    struct flow_spot spot = flow_sheet_spot(sheet, C_PLACE);
    out->place = FLOW_NONE;
    if (kind == FLOW_SERIES_PLACE) {
        return flow_find_place(reader, spot, &out->place);
    }
    if (kind == FLOW_SERIES_OUTSIDE) {
        out->of_uncounted = true;
        out->place = flow_index_find(&reader->uncounted, sheet->cells[C_PLACE]);
        if (out->place == FLOW_NONE) {
            flow_fault(reader, spot, E_FLOW_PLACE, "nothing outside is counted under this name");
            return false;
        }
        return true;
    }
    if (sheet->cells[C_PLACE].n > 0) {
        flow_fault(reader, spot, E_FLOW_PLACE, "the total has no place");
        return false;
    }
    return true;
}

static int read_correction(const struct flow_sheet *sheet, struct ajar_err *err)
{
    struct flow_world *world = &sheet->reader->world;
    struct flow_correction row = {.line = sheet->row.line};
    size_t kind;
    if (!flow_sheet_choice(sheet, C_SERIES, E_FLOW_PLACE, flow_series_words,
                           FLOW_SERIES_OUTSIDE + 1, &kind) ||
        !correction_whose(sheet, kind, &row) ||
        !flow_date_near(sheet->reader, flow_sheet_spot(sheet, C_DATE), &row.date) ||
        !flow_sheet_known(sheet, C_KNOWN, row.date, true, &row.known)) {
        return 0;
    }
    TRY(flow_sheet_word(sheet, C_SOURCE, &row.source, err));
    world->corrections[world->n_corrections++] = row;
    return 0;
}

int flow_read_corrections(struct flow_reader *reader, struct text bytes, struct ajar_err *err)
{
    struct flow_sheet sheet;
    bool open;
    TRY(flow_sheet_open(&sheet, reader, FLOW_CORRECTIONS, bytes, correction_columns,
                        sizeof correction_columns / sizeof *correction_columns, &open, err));
    TRY_NEW(reader->world.corrections, reader->arena, open ? flow_sheet_bound(&sheet) : 0, err);
    while (open && flow_sheet_next(&sheet)) {
        TRY(read_correction(&sheet, err));
    }
    return 0;
}
