#include "flow_cells.h"

#include <stdio.h>

#include "num.h"

struct text flow_cell(const struct flow_row *row, size_t i)
{
    return i < row->n ? row->cells[i] : (struct text){"", 0};
}

bool flow_fits(struct flow_reader *reader, const char *file, size_t n, size_t most,
               const char *what)
{
    if (n <= most) {
        return true;
    }
    err_at(faults_add(reader->faults), E_FLOW_TOO_LARGE, file, 0, NULL, (struct text){"", 0},
           "at most %zu %s are read", most, what);
    return false;
}

void flow_fault(struct flow_reader *reader, struct flow_spot spot, enum err_code code,
                const char *format, ...)
{
    char sentence[300];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    err_at(faults_add(reader->faults), code, spot.file, spot.row->line, spot.column,
           flow_cell(spot.row, spot.i), "%s", sentence);
}

bool flow_int(struct flow_reader *reader, struct flow_spot spot, enum err_code code, int64_t least,
              int64_t most, int64_t *out)
{
    int64_t value;
    if (!num_parse_int(flow_cell(spot.row, spot.i), &value)) {
        flow_fault(reader, spot, code, "this is not a whole number");
        return false;
    }
    if (value < least || value > most) {
        flow_fault(reader, spot, code, "this is not between %lld and %lld", (long long)least,
                   (long long)most);
        return false;
    }
    *out = value;
    return true;
}

bool flow_number(struct flow_reader *reader, struct flow_spot spot, enum err_code code,
                 double least, double most, double *out)
{
    double value;
    if (!num_parse(flow_cell(spot.row, spot.i), &value)) {
        flow_fault(reader, spot, E_NUMBER, "this is not a number");
        return false;
    }
    if (!(value >= least && value <= most)) {
        flow_fault(reader, spot, code, "this is not between %g and %g", least, most);
        return false;
    }
    *out = value + 0.0; /* no -0 */
    return true;
}

/* As strptime's %Y-%m-%d. */
static bool date_lenient(struct text a, date_days *out)
{
    struct text rest, month, day;
    int64_t y, m, d;
    struct text year = text_split(a, '-', &rest);
    month = text_split(rest, '-', &day);
    if (year.n != 4 || month.n < 1 || month.n > 2 || day.n < 1 || day.n > 2 ||
        !num_parse_int(year, &y) || !num_parse_int(month, &m) || !num_parse_int(day, &d) ||
        !date_exists((int)y, (int)m, (int)d)) {
        return false;
    }
    *out = date_from_civil((int)y, (int)m, (int)d);
    return true;
}

bool flow_date(struct flow_reader *reader, struct flow_spot spot, date_days *out)
{
    struct text cell = flow_cell(spot.row, spot.i);
    date_days guess;
    if (date_lenient(cell, out)) {
        return true;
    }
    struct ajar_err *fault = faults_add(reader->faults);
    err_at(fault, E_DATE, spot.file, spot.row->line, spot.column, cell, "this is not a date");
    if (date_guess(cell, &guess)) {
        char shown[DATE_TEXT];
        err_hint(fault, "Did you mean %s?", date_format(guess, shown));
    }
    return false;
}

bool flow_date_near(struct flow_reader *reader, struct flow_spot spot, date_days *out)
{
    date_days date;
    if (!flow_date(reader, spot, &date)) {
        return false;
    }
    int64_t day = (int64_t)date - reader->world.start;
    if (reader->dated && (day < -FLOW_DAYS_MOST || day > FLOW_DAYS_MOST)) {
        flow_fault(reader, spot, E_FLOW_DAY, "this is more than %d days from the start",
                   FLOW_DAYS_MOST);
        return false;
    }
    *out = date;
    return true;
}

bool flow_find_place(struct flow_reader *reader, struct flow_spot spot, uint32_t *out)
{
    struct text name = flow_cell(spot.row, spot.i);
    uint32_t place = flow_index_find(&reader->places, name);
    if (place == FLOW_NONE) {
        flow_index_unknown(&reader->places, reader->faults, spot.file, spot.row->line, spot.column,
                           name);
        return false;
    }
    *out = place;
    return true;
}
