/* What each column of a file of counts holds. */
#include <string.h>

#include "series_parts.h"

#define SERIES_SHOWN 40 /* bytes of a name that a message shows */

const char *series_column_name(const struct series_reader *it, int column, char to[static 64])
{
    struct text name = column < 0 ? TEXT_LIT("") : it->columns[column].name;
    size_t n = text_fit(name, 63);
    memcpy(to, name.at, n);
    to[n] = '\0';
    return to;
}

static int series_shown(struct text name)
{
    return (int)text_fit(name, SERIES_SHOWN);
}

static struct ajar_err *series_head_fault(const struct series_reader *it, enum err_code code,
                                          struct text value, const char *format, const char *word)
{
    struct ajar_err *fault = faults_add(it->faults);
    err_at(fault, code, it->csv.file, 1, NULL, value, format, word);
    return fault;
}

static bool series_is_known(enum series_role role)
{
    return role < SERIES_ROLES;
}

/* Dates in the first line: it is no header, or the table lies on its side. */
static bool series_head_data(const struct series_reader *it)
{
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        date_days date;
        struct text name = it->columns[c].name;
        if (series_date(name, &date) == SERIES_NO_FORM) {
            continue;
        }
        bool side = c > 0 && it->columns[0].name.n > 0 &&
                    !(it->columns[0].name.at[0] >= '0' && it->columns[0].name.at[0] <= '9');
        struct ajar_err *fault =
            series_head_fault(it, E_WATCH_FILE_NO_DATE, name,
                              side ? "The dates are the names of columns%s."
                                   : "The first line holds data, not the names of columns%s.",
                              "");
        err_hint(fault, side
                            ? "Turn the table, so that each row is a date and each column a series."
                            : "Put a line above it that names the columns, such as date,count.");
        return true;
    }
    return false;
}

static int series_find_roles(struct series_reader *it, struct ajar_err *err)
{
    TRY_NEW(it->columns, it->scratch, it->csv.n_columns, err);
    for (int r = 0; r < SERIES_ROLES; r++) {
        it->at[r] = -1;
    }
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        char room[SERIES_WORD];
        struct series_column *column = &it->columns[c];
        column->name = text_trim(it->csv.header[c]);
        struct text folded = series_fold(column->name, room);
        column->role = folded.n > 0 ? series_role_of(folded) : SERIES_OTHER;
        if (!series_is_known(column->role)) {
            continue;
        }
        if (it->at[column->role] < 0) {
            it->at[column->role] = (int)c;
        } else {
            struct ajar_err *fault =
                series_head_fault(it, E_WATCH_FILE_COLUMN, column->name, "Two columns hold the %s.",
                                  series_role_word(column->role));
            err_hint(fault, "Remove or rename one of them; '%.*s' is the other.",
                     series_shown(it->columns[it->at[column->role]].name),
                     it->columns[it->at[column->role]].name.at);
        }
    }
    return 0;
}

/* A name for what is missing, when a column has nearly that name. */
static void series_head_missing(const struct series_reader *it, enum err_code code,
                                enum series_role role, const char *text)
{
    struct ajar_err *fault = series_head_fault(it, code, TEXT_LIT(""), "%s", text);
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        char room[SERIES_WORD];
        const struct series_column *column = &it->columns[c];
        const char *near = column->role == SERIES_OTHER
                               ? series_role_near(series_fold(column->name, room), role)
                               : NULL;
        if (near != NULL) {
            err_hint(fault, "Is '%.*s' meant? Then write %s.", series_shown(column->name),
                     column->name.at, near);
            return;
        }
    }
    if (it->csv.n_columns > 0 && text_starts(it->columns[0].name, "sep=")) {
        err_hint(fault, "Remove the first line: it is an instruction to a spreadsheet program.");
    }
}

static void series_drop(struct series_reader *it, enum series_role role)
{
    if (it->at[role] >= 0) {
        it->columns[it->at[role]].role = SERIES_UNUSED;
        it->at[role] = -1;
    }
}

/* One way of saying the period: a day, a first and a last day, or a week. */
static void series_head_period(struct series_reader *it)
{
    bool date = it->at[SERIES_DATE] >= 0, from = it->at[SERIES_FROM] >= 0,
         to = it->at[SERIES_TO] >= 0, week = it->at[SERIES_WEEK] >= 0;
    if (!date && !from && !to && !week) {
        series_head_missing(it, E_WATCH_FILE_NO_DATE, SERIES_DATE,
                            "The file has no column of dates.");
    } else if (from != to) {
        err_hint(series_head_fault(it, E_WATCH_FILE_COLUMN, TEXT_LIT(""),
                                   "A period needs both its first and its last day; the column %s "
                                   "is missing.",
                                   from ? "to" : "from"),
                 "Add it; for single days one column date is enough.");
    } else if (date && from) {
        err_hint(series_head_fault(it, E_WATCH_FILE_COLUMN, it->columns[it->at[SERIES_DATE]].name,
                                   "The file gives a date and a first and last day%s.", ""),
                 "Keep one of the two; if the date is that of publication, name it known.");
    } else if (week && (date || from)) {
        series_drop(it, SERIES_WEEK);
    }
}

static bool series_is_flow(struct text name)
{
    char room[SERIES_WORD];
    enum measure_kind kind;
    struct text folded = series_fold(name, room);
    return folded.n > 0 && series_kind_of_measure(folded, &kind);
}

/* A long file has one column of counts, a wide one has a column for each series. */
static void series_head_counts(struct series_reader *it)
{
    int long_column = it->at[SERIES_COUNT];
    size_t counts = 0;
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        struct series_column *column = &it->columns[c];
        column->counts = long_column >= 0 ? (int)c == long_column : column->role == SERIES_OTHER;
        counts += column->counts;
        if (long_column >= 0 && column->role == SERIES_OTHER && series_is_flow(column->name)) {
            char name[64];
            err_hint(series_head_fault(it, E_WATCH_FILE_COLUMN, column->name,
                                       "The file has a column %s and this one, which seems to hold "
                                       "counts too.",
                                       series_column_name(it, long_column, name)),
                     "Name the first by what it counts, such as in or out, if each column is a "
                     "series; else remove the second.");
        }
    }
    if (counts == 0) {
        series_head_missing(it, E_WATCH_FILE_NO_COUNT, SERIES_COUNT,
                            "The file has no column of counts.");
    }
}

/* The last part of a name between '_', when it is a word for a flow: "vaalimaa_in". */
static bool series_last_flow(struct text folded, struct text *flow)
{
    enum measure_kind kind;
    size_t at = folded.n;
    while (at > 0 && folded.at[at - 1] != '_') {
        at--;
    }
    *flow = (struct text){folded.at + at, folded.n - at};
    return at > 1 && series_kind_of(*flow, &kind);
}

/* The place or measure that a column of a wide file stands for.  `alone`: no other column is without a word
 * for a flow. */
static int series_head_wide(struct series_reader *it, struct series_column *column, bool alone,
                            struct ajar_err *err)
{
    char room[SERIES_WORD];
    struct text folded = series_fold(column->name, room), flow,
                measure = folded.n > 0 ? folded : column->name;
    bool places = it->at[SERIES_PLACE] < 0;
    if (folded.n > 0 && series_is_flow(column->name)) {
        return names_put(it->names, measure, &column->measure, err);
    }
    if (places && folded.n > 0 && series_last_flow(folded, &flow)) {
        struct text place = column->name;
        while (place.n > 0 && strchr(" -_:", place.at[place.n - 1]) != NULL) {
            place.n--;
        }
        place.n = place.n > flow.n ? text_fit(place, place.n - flow.n - 1) : 0;
        TRY(names_put(it->names, text_trim(place), &column->place, err));
        return names_put(it->names, flow, &column->measure, err);
    }
    if (places && !alone) {
        TRY(names_put(it->names, column->name, &column->place, err));
        measure = TEXT_LIT(SERIES_NO_MEASURE);
    }
    return names_put(it->names, measure, &column->measure, err);
}

static int series_head_names(struct series_reader *it, struct ajar_err *err)
{
    size_t unknown = 0, counts = 0;
    struct names seen;
    TRY(names_init(&seen, it->scratch, err));
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        counts += it->columns[c].counts;
        unknown += it->columns[c].counts && it->columns[c].name.n > 0 &&
                   !series_is_flow(it->columns[c].name);
    }
    for (size_t c = 0; c < it->csv.n_columns; c++) {
        struct series_column *column = &it->columns[c];
        char room[SERIES_WORD];
        struct text folded = series_fold(column->name, room);
        name_id id = names_find(&seen, folded);
        if (!column->counts || column->name.n == 0) {
            continue;
        }
        if (id != 0) {
            err_hint(series_head_fault(it, E_WATCH_FILE_COLUMN, column->name,
                                       "Two columns have this name%s.", ""),
                     "Rename or remove one of the two.");
            continue;
        }
        if (counts > 1 && series_is_total(folded)) {
            err_hint(series_head_fault(it, E_WATCH_FILE_TOTAL, column->name,
                                       "This looks like a column of sums%s.", ""),
                     "Remove the column: sums over places are made here where they are asked for.");
            continue;
        }
        TRY(names_put(&seen, folded, &id, err));
        TRY(series_head_wide(it, column, unknown == 1, err));
    }
    return 0;
}

int series_columns(struct series_reader *it, struct ajar_err *err)
{
    TRY(series_find_roles(it, err));
    if (series_head_data(it)) {
        return 0;
    }
    series_head_period(it);
    series_head_counts(it);
    if (it->faults->total > 0) {
        return 0;
    }
    if (it->at[SERIES_COUNT] >= 0) {
        if (it->at[SERIES_MEASURE] < 0 && it->at[SERIES_DIRECTION] < 0) {
            return names_put(it->names, TEXT_LIT(SERIES_NO_MEASURE),
                             &it->columns[it->at[SERIES_COUNT]].measure, err);
        }
        return 0;
    }
    if (it->at[SERIES_MEASURE] >= 0 || it->at[SERIES_DIRECTION] >= 0) {
        int column =
            it->at[SERIES_MEASURE] >= 0 ? it->at[SERIES_MEASURE] : it->at[SERIES_DIRECTION];
        err_hint(series_head_fault(it, E_WATCH_FILE_NO_COUNT, it->columns[column].name,
                                   "A column tells what each row counts, but no column is called "
                                   "%s.",
                                   "count"),
                 "Name the column with the figures count.");
        return 0;
    }
    return series_head_names(it, err);
}
