#include "flee_parts.h"

/* One row of the layout: whose counts, and which of the reports read. */
struct count_series {
    uint32_t place; /* FLOW_NONE: the total */
    bool uncounted; /* place is an index into uncounted */
    size_t first, n;
};

struct count_reader {
    struct flow_reader *reader;
    const char *layout;        /* its name */
    uint8_t *seen;             /* [n_places] */
    struct count_series *list; /* [n] in the order of the layout */
    size_t n;
    struct flow_report *rows; /* [room] */
    size_t n_rows, room;
    size_t n_files;
};

static int count_put(struct count_reader *counts, const struct flow_report *row,
                     struct ajar_err *err)
{
    if (counts->n_rows == counts->room) {
        struct flow_report *larger;
        size_t room = counts->room * 2 + 256;
        TRY_NEW(larger, counts->reader->scratch, room, err);
        for (size_t i = 0; i < counts->n_rows; i++) {
            larger[i] = counts->rows[i];
        }
        counts->rows = larger;
        counts->room = room;
    }
    counts->rows[counts->n_rows++] = *row;
    return 0;
}

static bool count_is_header(struct text a)
{
    return text_is(a, "Date") || text_is(a, "DateTime") || text_is(a, "date");
}

/* The rows of one file as part `part` of the last series of the list. */
static int count_rows(struct count_reader *counts, struct flee_rows *rows, struct text source,
                      uint32_t part, struct ajar_err *err)
{
    struct flow_reader *reader = counts->reader;
    struct count_series *series = &counts->list[counts->n - 1];
    struct flow_row row;
    size_t empty = 0, first = counts->n_rows;
    long empty_line = 0;
    while (flee_rows_next(rows, &row)) {
        struct flow_report report = {
            .place = series->place, .part = part, .source = source, .line = row.line};
        struct flow_spot date = {rows->file, &row, 0, "date"},
                         count = {rows->file, &row, 1, "count"};
        if (row.note || count_is_header(flow_cell(&row, 0))) {
            continue;
        }
        if (flow_cell(&row, 1).n == 0) {
            empty_line = empty++ == 0 ? row.line : empty_line;
            continue;
        }
        if (!flow_fits(reader, rows->file, counts->n_rows + 1, FLOW_ROWS_MOST, "reports")) {
            return 0;
        }
        bool good = flow_date_near(reader, date, &report.date);
        good = flow_int(reader, count, E_FLOW_COUNT, 0, FLOW_COUNT_MOST, &report.count) && good;
        report.known = report.date;
        if (good) {
            TRY(count_put(counts, &report, err));
        }
    }
    if (empty > 0) {
        flow_say(reader->said, rows->file, empty_line,
                 "%zu row%s no count and %s passed over: a gap.", empty,
                 empty == 1 ? " has" : "s have", empty == 1 ? "is" : "are");
    }
    if (counts->n_rows == first) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, rows->file, 0, NULL, (struct text){"", 0},
               "this file has no report");
    }
    return 0;
}

static int count_file(struct count_reader *counts, const struct flow_row *row, size_t i,
                      uint32_t part, struct ajar_err *err)
{
    struct flow_reader *reader = counts->reader;
    struct flee_rows rows;
    struct text source;
    size_t bound;
    bool open;
    const char *name;
    long line = row->line;
    TRY(text_copy(reader->scratch, flow_cell(row, i), &name, err));
    if (flee_find(reader, "source_data", text_of(name)) == NULL) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, counts->layout, line, NULL, text_of(name),
               "this file is missing in source_data");
        return 0;
    }
    if (!flow_fits(reader, counts->layout, ++counts->n_files, FLEE_FILES_MOST, "files of counts")) {
        return 0;
    }
    TRY(flee_open(reader, "source_data", name, true, &open, &rows, &bound, &source, err));
    return open ? count_rows(counts, &rows, source, part, err) : 0;
}

/* Whose counts the row is about; false after a fault. */
static int count_whose(struct count_reader *counts, const struct flow_row *row,
                       struct count_series *out, bool *good, struct ajar_err *err)
{
    struct flow_reader *reader = counts->reader;
    struct text name = flow_cell(row, 0);
    struct flow_spot spot = {counts->layout, row, 0, "name"};
    bool fresh = true, total = text_is(name, "total");
    *good = false;
    *out = (struct count_series){.place = FLOW_NONE, .first = counts->n_rows};
    if (name.n == 0 || total != (counts->n == 0)) {
        flow_fault(reader, spot, E_FLOW_FILE,
                   name.n == 0 ? "this row has no name"
                   : total     ? "the total stands in the first row"
                               : "the first row is called total and names the file of all people");
        return 0;
    }
    if (!total) {
        out->place = flow_index_find(&reader->places, name);
        out->uncounted = out->place == FLOW_NONE;
    }
    if (out->uncounted) {
        struct text kept;
        TRY(flow_index_add(&reader->uncounted, name, &fresh, &kept, err));
        out->place = flow_index_find(&reader->uncounted, name);
    } else if (!total) {
        fresh = counts->seen[out->place]++ == 0;
        counts->seen[out->place] = 1;
    }
    if (!fresh) {
        flow_fault(reader, spot, E_FLOW_PLACE_TWICE, "this series stands already");
        return 0;
    }
    *good = true;
    return 0;
}

static void count_say_uncounted(struct count_reader *counts, long line)
{
    const char *name = counts->reader->uncounted.list[counts->reader->uncounted.n - 1];
    const struct flow_said *said = counts->reader->said;
    const struct flow_index *places = &counts->reader->places;
    bool shown = said != NULL && said->n < said->limit;
    const char *near = shown ? text_nearest(text_of(name), places->list, places->n) : NULL;
    flow_say(counts->reader->said, counts->layout, line,
             "'%s' is none of the places%s%s%s: its counts are part of the total, as in the "
             "reference, which offers those people to every camp.",
             name, near != NULL ? " (did you mean '" : "", near != NULL ? near : "",
             near != NULL ? "'?)" : "");
}

static int count_layout(struct count_reader *counts, struct flee_rows *rows, struct ajar_err *err)
{
    struct flow_row row;
    while (flee_rows_next(rows, &row)) {
        struct count_series series;
        bool good;
        if (row.note || row.n < 2) {
            if (!row.note) {
                flow_say(counts->reader->said, rows->file, row.line,
                         "this row names no file and is passed over.");
            }
            continue;
        }
        TRY(count_whose(counts, &row, &series, &good, err));
        if (!good) {
            continue;
        }
        counts->list[counts->n++] = series;
        if (series.uncounted) {
            count_say_uncounted(counts, row.line);
        }
        uint32_t part = 0;
        for (size_t i = 1; i < row.n; i++) {
            if (flow_cell(&row, i).n > 0 && flow_fits(counts->reader, rows->file, part + 1,
                                                      FLOW_PARTS_MOST, "files of one camp")) {
                TRY(count_file(counts, &row, i, part++, err));
            }
        }
        counts->list[counts->n - 1].n = counts->n_rows - series.first;
    }
    return 0;
}

static void count_copy(const struct count_reader *counts, const struct count_series *series,
                       struct flow_report *to, size_t *n)
{
    for (size_t i = 0; i < series->n; i++) {
        to[(*n)++] = counts->rows[series->first + i];
    }
}

/* Reports by place: camps in the order of the places, the total last. */
static int count_sort(struct count_reader *counts, struct ajar_err *err)
{
    struct flow_world *world = &counts->reader->world;
    const struct count_series **of_place, *total = NULL;
    TRY_NEW(world->camps, counts->reader->arena, counts->n, err);
    TRY_NEW(world->uncounted, counts->reader->arena, counts->reader->uncounted.n, err);
    TRY_NEW(world->reports, counts->reader->arena, counts->n_rows, err);
    TRY_NEW(world->uncounted_reports, counts->reader->arena, counts->n_rows, err);
    TRY_NEW(of_place, counts->reader->scratch, world->n_places, err);
    for (size_t i = 0; i < counts->n; i++) {
        const struct count_series *at = &counts->list[i];
        if (at->uncounted) {
            const char *name = counts->reader->uncounted.list[at->place];
            world->uncounted[world->n_uncounted++] = text_of(name);
            count_copy(counts, at, world->uncounted_reports, &world->n_uncounted_reports);
        } else if (at->place == FLOW_NONE) {
            total = at;
        } else {
            of_place[at->place] = at;
            world->camps[world->n_camps++] = at->place;
        }
    }
    for (size_t i = 0; i < world->n_places; i++) {
        if (of_place[i] != NULL) {
            count_copy(counts, of_place[i], world->reports, &world->n_reports);
        }
    }
    if (total != NULL) {
        count_copy(counts, total, world->reports, &world->n_reports);
    }
    return 0;
}

int flee_read_counts(struct flow_reader *reader, struct ajar_err *err)
{
    struct count_reader counts = {.reader = reader};
    struct flee_rows rows;
    struct text source;
    size_t bound;
    bool open;
    TRY(flee_open(reader, "source_data", "data_layout.csv", true, &open, &rows, &bound, &source,
                  err));
    if (!open || reader->world.n_places == 0) {
        return 0;
    }
    counts.layout = rows.file;
    TRY(flow_index_init(&reader->uncounted, reader->arena, bound, err));
    TRY_NEW(counts.list, reader->scratch, bound, err);
    TRY_NEW(counts.seen, reader->scratch, reader->world.n_places, err);
    TRY(count_layout(&counts, &rows, err));
    TRY(count_sort(&counts, err));
    if (reader->world.n_camps == 0) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, rows.file, 0, NULL, (struct text){"", 0},
               "no place is counted");
    }
    return 0;
}

static bool correction_whose(struct flow_reader *reader, struct flow_spot spot,
                             struct flow_correction *out)
{
    struct text name = flow_cell(spot.row, 0);
    out->place = FLOW_NONE;
    if (text_is(name, "total")) {
        return true;
    }
    out->place = flow_index_find(&reader->uncounted, name);
    out->of_uncounted = out->place != FLOW_NONE;
    return out->of_uncounted || flow_find_place(reader, spot, &out->place);
}

int flee_read_corrections(struct flow_reader *reader, struct ajar_err *err)
{
    struct flee_rows rows;
    struct flow_row row;
    struct text source;
    size_t bound;
    bool open;
    TRY(flee_open(reader, "input_csv", "registration_corrections.csv", false, &open, &rows, &bound,
                  &source, err));
    if (!open || reader->world.n_places == 0 || reader->uncounted.list == NULL) {
        return 0;
    }
    TRY_NEW(reader->world.corrections, reader->arena, bound, err);
    while (flee_rows_next(&rows, &row)) {
        struct flow_correction correction = {.source = source, .line = row.line};
        struct flow_spot name = {rows.file, &row, 0, "name"}, date = {rows.file, &row, 1, "date"};
        if (row.note || row.n < 2 || text_is(flow_cell(&row, 1), "date")) {
            continue;
        }
        if (!flow_fits(reader, rows.file, reader->world.n_corrections + 1, FLOW_ROWS_MOST,
                       "corrections")) {
            return 0;
        }
        bool good = correction_whose(reader, name, &correction);
        if (flow_date_near(reader, date, &correction.date) && good) {
            correction.known = correction.date;
            reader->world.corrections[reader->world.n_corrections++] = correction;
        }
    }
    return 0;
}
