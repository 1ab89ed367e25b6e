#include "flee_parts.h"
#include "flow_check.h"
#include "num.h"

static bool word_same(struct text a, const char *word)
{
    struct text b = text_of(word);
    if (a.n != b.n) {
        return false;
    }
    for (size_t i = 0; i < a.n; i++) {
        char c = a.at[i] >= 'A' && a.at[i] <= 'Z' ? (char)(a.at[i] | 0x20) : a.at[i];
        if (c != b.at[i]) {
            return false;
        }
    }
    return true;
}

int flee_read_period(struct flow_reader *reader, struct ajar_err *err)
{
    struct flee_rows rows;
    struct flow_row row;
    struct text source;
    size_t bound;
    bool open, start = false, length = false;
    TRY(flee_open(reader, "input_csv", "sim_period.csv", true, &open, &rows, &bound, &source, err));
    if (!open) {
        return 0;
    }
    while (flee_rows_next(&rows, &row)) {
        struct flow_spot spot = {rows.file, &row, 1, NULL};
        int64_t days = 0;
        if (row.note) {
            continue;
        }
        if (word_same(flow_cell(&row, 0), "startdate")) {
            spot.column = "StartDate";
            start = flow_date(reader, spot, &reader->world.start) || start;
        } else if (word_same(flow_cell(&row, 0), "length")) {
            spot.column = "Length";
            length = flow_int(reader, spot, E_FLOW_DAY, 1, FLOW_DAYS_MOST, &days) || length;
            reader->world.n_days = (int32_t)days;
        } else {
            flow_say(reader->said, rows.file, row.line, "this row has no effect.");
        }
    }
    reader->dated = start && length;
    if (!reader->dated) {
        err_at(faults_add(reader->faults), E_FLOW_FILE, rows.file, 0, NULL, (struct text){"", 0},
               "StartDate, a date, and Length, a number of days, are needed");
        return 0;
    }
    if (!flow_check_start(reader->world.start)) {
        err_at(faults_add(reader->faults), E_FLOW_DAY, rows.file, 0, "StartDate",
               (struct text){"", 0}, FLOW_START_RULE);
        reader->dated = false;
    }
    return 0;
}

/* The table of conflicts while it is read. */
struct conflict_table {
    struct flee_rows rows;
    struct text source;
    uint32_t *place; /* [n] of each column behind the day; FLOW_NONE: no place */
    double *value;   /* [n] the day before */
    size_t n;
    int32_t day;
    struct flow_conflict *out; /* [room] changes, by day */
    size_t n_out, room;
};

static int table_put(struct flow_reader *reader, struct conflict_table *table,
                     const struct flow_conflict *row, struct ajar_err *err)
{
    if (table->n_out == table->room) {
        struct flow_conflict *larger;
        size_t room = table->room * 2 + 64;
        TRY_NEW(larger, reader->scratch, room, err);
        for (size_t i = 0; i < table->n_out; i++) {
            larger[i] = table->out[i];
        }
        table->out = larger;
        table->room = room;
    }
    table->out[table->n_out++] = *row;
    return 0;
}

static int table_header(struct flow_reader *reader, struct conflict_table *table,
                        const struct flow_row *row, struct ajar_err *err)
{
    double number;
    uint8_t *seen;
    table->n = row->n > 0 ? row->n - 1 : 0;
    TRY_NEW(table->place, reader->scratch, table->n, err);
    TRY_NEW(table->value, reader->scratch, table->n, err);
    TRY_NEW(seen, reader->scratch, reader->world.n_places, err);
    for (size_t i = 0; i < table->n; i++) {
        struct text name = flow_cell(row, i + 1);
        uint32_t place = flow_index_find(&reader->places, name);
        table->place[i] = place;
        if (place == FLOW_NONE && num_parse(name, &number)) {
            err_at(faults_add(reader->faults), E_FLOW_COLUMN, table->rows.file, row->line, NULL,
                   name, "the first line names the places");
            table->n = 0;
            return 0;
        }
        if (place == FLOW_NONE && name.n > 0) {
            flow_index_unknown(&reader->places, reader->faults, table->rows.file, row->line, NULL,
                               name);
        } else if (place != FLOW_NONE && seen[place]++ > 0) {
            seen[place] = 1;
            err_at(faults_add(reader->faults), E_FLOW_PLACE_TWICE, table->rows.file, row->line,
                   NULL, name, "this column stands already");
        }
    }
    return 0;
}

static int table_cell(struct flow_reader *reader, struct conflict_table *table,
                      const struct flow_row *row, size_t i, struct ajar_err *err)
{
    double value = table->value[i];
    struct flow_spot spot = {table->rows.file, row, i + 1, NULL};
    uint32_t place = table->place[i];
    if (place == FLOW_NONE) {
        return 0;
    }
    spot.column = reader->places.list[place];
    if (flow_number(reader, spot, E_NUMBER_RANGE, 0, 1e9, &value) && value != table->value[i]) {
        struct flow_conflict change = {.place = place,
                                       .day = table->day,
                                       .intensity = value,
                                       .known = reader->world.start + table->day,
                                       .source = table->source,
                                       .line = row->line};
        TRY(table_put(reader, table, &change, err));
    }
    table->value[i] = value;
    return 0;
}

static int table_row(struct flow_reader *reader, struct conflict_table *table,
                     const struct flow_row *row, struct ajar_err *err)
{
    int64_t day;
    struct flow_spot spot = {table->rows.file, row, 0, "Day"};
    if (!num_parse_int(flow_cell(row, 0), &day)) {
        flow_fault(reader, spot, E_FLOW_DAY, "this is not a day");
    } else if (day != table->day) {
        flow_say(reader->said, table->rows.file, row->line,
                 "this row is called day %lld; rows are counted, and it is taken as day %d.",
                 (long long)day, (int)table->day);
    }
    for (size_t i = table->n + 1; i < row->n; i++) {
        if (flow_cell(row, i).n > 0) {
            flow_fault(reader, (struct flow_spot){table->rows.file, row, i, NULL}, E_CSV_LONG,
                       "this row has more fields than the first line");
            break;
        }
    }
    for (size_t i = 0; i < table->n; i++) {
        if (table->place[i] != FLOW_NONE && i + 1 >= row->n) {
            flow_fault(reader, (struct flow_spot){table->rows.file, row, i + 1, NULL}, E_CSV_SHORT,
                       "this row has fewer fields than the first line");
            break;
        }
        TRY(table_cell(reader, table, row, i, err));
    }
    return 0;
}

/* The changes by place, then day: a stable count of each place. */
static int table_sort(struct flow_reader *reader, const struct conflict_table *table,
                      struct ajar_err *err)
{
    size_t *first;
    TRY_NEW(first, reader->scratch, reader->world.n_places + 1, err);
    TRY_NEW(reader->world.conflicts, reader->arena, table->n_out, err);
    for (size_t i = 0; i < table->n_out; i++) {
        first[table->out[i].place + 1]++;
    }
    for (size_t i = 0; i < reader->world.n_places; i++) {
        first[i + 1] += first[i];
    }
    for (size_t i = 0; i < table->n_out; i++) {
        reader->world.conflicts[first[table->out[i].place]++] = table->out[i];
    }
    reader->world.n_conflicts = table->n_out;
    return 0;
}

static int table_rows(struct flow_reader *reader, struct conflict_table *table,
                      struct ajar_err *err)
{
    struct flow_row row;
    long beyond = 0, n_beyond = 0;
    while (flee_rows_next(&table->rows, &row)) {
        if (row.note) {
            continue;
        }
        if (table->day >= reader->world.n_days) {
            beyond = beyond == 0 ? row.line : beyond;
            n_beyond++;
            continue;
        }
        if (!flow_fits(reader, table->rows.file, table->n_out, FLOW_ROWS_MOST,
                       "changes of conflicts")) {
            return 0;
        }
        TRY(table_row(reader, table, &row, err));
        table->day++;
    }
    if (n_beyond > 0) {
        flow_say(reader->said, table->rows.file, beyond,
                 "from here on %ld days lie after the end and are left out.", n_beyond);
    }
    if (table->day < reader->world.n_days) {
        flow_say(reader->said, table->rows.file, 0,
                 "the last %d days are missing; the last row is taken for them, where the "
                 "reference stops.",
                 (int)(reader->world.n_days - table->day));
    }
    return 0;
}

int flee_read_conflicts(struct flow_reader *reader, struct ajar_err *err)
{
    struct conflict_table table = {0};
    struct flow_row row;
    size_t bound;
    bool open;
    TRY(flee_open(reader, "input_csv", "conflicts.csv", false, &open, &table.rows, &bound,
                  &table.source, err));
    if (!open) {
        flow_say(reader->said, "input_csv/conflicts.csv", 0,
                 "there is no such file: places of conflict are those of the start.");
        return 0;
    }
    if (!reader->dated || reader->world.n_places == 0) {
        return 0;
    }
    if (!flee_rows_next(&table.rows, &row)) {
        err_at(faults_add(reader->faults), E_FLOW_COLUMN, table.rows.file, 0, NULL,
               (struct text){"", 0}, "the first line names the places");
        return 0;
    }
    TRY(table_header(reader, &table, &row, err));
    TRY(table_rows(reader, &table, err));
    return table_sort(reader, &table, err);
}
