#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "csv.h"
#include "exodus_read_parts.h"
#include "exodus_read_sheet.h"
#include "num.h"

/* The row that a key means: all six cells alike, or the one that has most of them. */
struct seen_key {
    name_id country, route, measure, source;
    date_days from, to;
};

static const enum exodus_column key_columns[] = {SEEN_FROM,  SEEN_TO,      SEEN_COUNTRY,
                                                 SEEN_ROUTE, SEEN_MEASURE, SEEN_SOURCE};
#define KEY_N (sizeof key_columns / sizeof *key_columns)

static unsigned key_match(const struct scenario *scenario, const struct seen_key *key, size_t row)
{
    const struct arrivals *at = &scenario->arrivals;
    return (unsigned)(at->from[row] == key->from) | (unsigned)(at->to[row] == key->to) << 1 |
           (unsigned)(at->country[row] == key->country) << 2 |
           (unsigned)(at->route[row] == key->route) << 3 |
           (unsigned)(scenario->measures.id[at->measure[row]] == key->measure) << 4 |
           (unsigned)(at->source[row] == key->source) << 5;
}

static unsigned key_count(unsigned bits)
{
    unsigned n = 0;
    for (; bits != 0; bits >>= 1) {
        n += bits & 1;
    }
    return n;
}

static struct text key_cell(const struct scenario *scenario, size_t row, size_t column,
                            char day[DATE_TEXT])
{
    const struct arrivals *at = &scenario->arrivals;
    switch (key_columns[column]) {
    case SEEN_FROM:
        return text_of(date_format(at->from[row], day));
    case SEEN_TO:
        return text_of(date_format(at->to[row], day));
    case SEEN_COUNTRY:
        return scenario_name(scenario, at->country[row]);
    case SEEN_ROUTE:
        return scenario_name(scenario, at->route[row]);
    case SEEN_MEASURE:
        return scenario_name(scenario, scenario->measures.id[at->measure[row]]);
    default:
        return scenario_name(scenario, at->source[row]);
    }
}

/* What is near a key that is none: a row that differs in one cell or two. */
static void key_fault(struct exodus_sheet *sheet, size_t row, unsigned bits)
{
    const struct scenario *scenario = sheet->reader->scenario;
    struct ajar_err *fault;
    char said[240] = "", day[DATE_TEXT];
    enum exodus_column first = SEEN_FROM;
    if (key_count(bits) + 2 < KEY_N) {
        fault = exodus_sheet_fault(sheet, SEEN_FROM, E_EXODUS_SEEN,
                                   "no row of arrivals.csv has this key, nor a similar one");
        err_hint(fault, "Copy date_from, date_to, country_iso3, route, measure and source_id of a "
                        "row of arrivals.csv.");
        return;
    }
    for (size_t c = KEY_N; c-- > 0;) {
        first = (bits >> c & 1) == 0 ? key_columns[c] : first;
    }
    for (size_t c = 0; c < KEY_N; c++) {
        size_t at = strlen(said);
        if ((bits >> c & 1) == 0) {
            struct text cell = key_cell(scenario, row, c, day);
            snprintf(said + at, sizeof said - at, "%s%s %.*s", at == 0 ? "" : " and ",
                     exodus_column_name(key_columns[c]), (int)text_fit(cell, 60), cell.at);
        }
    }
    fault = exodus_sheet_fault(sheet, first, E_EXODUS_SEEN, "no row of arrivals.csv has this key");
    err_hint(fault, "Did you mean line %u of arrivals.csv, which has %s?",
             scenario->arrivals.line[row], said);
}

/* False after a fault. */
static bool seen_find(struct exodus_sheet *sheet, uint32_t *out)
{
    const struct scenario *scenario = sheet->reader->scenario;
    struct seen_key key = {.country = exodus_sheet_name(sheet, SEEN_COUNTRY),
                           .route = exodus_sheet_name(sheet, SEEN_ROUTE),
                           .measure = exodus_sheet_name(sheet, SEEN_MEASURE),
                           .source = exodus_sheet_name(sheet, SEEN_SOURCE)};
    unsigned best = 0;
    size_t best_row = 0;
    bool good = exodus_sheet_date(sheet, SEEN_FROM, &key.from);
    good &= exodus_sheet_date(sheet, SEEN_TO, &key.to);
    for (size_t i = 0; good && i < scenario->arrivals.n; i++) {
        unsigned bits = key_match(scenario, &key, i);
        if (key_count(bits) > key_count(best)) {
            best = bits;
            best_row = i;
        }
        if (key_count(bits) == KEY_N) {
            *out = (uint32_t)i;
            return true;
        }
    }
    if (good) {
        key_fault(sheet, best_row, best);
    }
    return false;
}

static void seen_known(struct exodus_sheet *sheet, struct exodus_seen *out)
{
    const struct scenario *scenario = sheet->reader->scenario;
    uint32_t source = scenario_source(scenario, scenario->arrivals.source[out->arrivals]);
    out->known = DATE_NONE;
    if (source != SCENARIO_NO_ROW && scenario->sources.date[source].first != DATE_NONE) {
        out->known = scenario->sources.date[source].last;
    } else if (out->use == EXODUS_FIT) {
        exodus_sheet_fault(sheet, SEEN_SOURCE, E_EXODUS_SOURCE,
                           "this source has no date, so nothing says when the row was known");
    }
}

static void seen_row(const struct scenario *scenario, struct exodus_seen *out)
{
    const struct arrivals *at = &scenario->arrivals;
    uint32_t row = out->arrivals;
    out->row.from = at->from[row];
    out->row.to = at->to[row];
    out->row.country = scenario_name(scenario, at->country[row]);
    out->row.route = scenario_name(scenario, at->route[row]);
    out->row.measure = scenario_name(scenario, scenario->measures.id[at->measure[row]]);
    out->row.value = at->value[row];
    out->source = scenario_name(scenario, at->source[row]);
}

static void seen_use(struct exodus_sheet *sheet, struct exodus_seen *out)
{
    static const char *const words[] = {"fit", "check", "left"};
    bool scaled = sheet->cells[SEEN_SCALE].n > 0;
    size_t use = EXODUS_LEFT;
    if (!exodus_sheet_choice(sheet, SEEN_USE, words, 3, &use)) {
        return;
    }
    out->use = (enum exodus_use)use;
    if (scaled && out->use == EXODUS_LEFT) {
        exodus_sheet_fault(sheet, SEEN_SCALE, E_EXODUS_USE, "a row that is left has no scale");
    } else if (scaled || out->use == EXODUS_FIT) {
        exodus_sheet_above(sheet, SEEN_SCALE, 10, &out->scale);
    }
    out->at_least = text_is(sheet->cells[SEEN_LEAST], "yes");
    if (!out->at_least && sheet->cells[SEEN_LEAST].n > 0) {
        exodus_sheet_fault(sheet, SEEN_LEAST, E_EXODUS_USE, "this is neither yes nor empty");
    }
    if (sheet->cells[SEEN_WHY].n == 0 && out->use != EXODUS_FIT) {
        exodus_sheet_fault(sheet, SEEN_WHY, E_EXODUS_USE, "a row that is not fitted says why");
    }
}

static void seen_numbers(struct exodus_sheet *sheet, struct exodus_seen *out)
{
    int64_t either = 0;
    out->row.first_part = out->row.last_part = 1;
    if (sheet->cells[SEEN_FIRST].n > 0) {
        exodus_sheet_above(sheet, SEEN_FIRST, 1, &out->row.first_part);
    }
    if (sheet->cells[SEEN_LAST].n > 0) {
        exodus_sheet_above(sheet, SEEN_LAST, 1, &out->row.last_part);
    }
    if (sheet->cells[SEEN_EITHER].n > 0 &&
        (!num_parse_int(sheet->cells[SEEN_EITHER], &either) || either < 1 || either > 1000000)) {
        exodus_sheet_fault(sheet, SEEN_EITHER, E_EXODUS_USE,
                           "this is no whole number from 1 to 1000000");
        either = 0;
    }
    out->either = (uint32_t)either;
}

static int seen_read(struct exodus_sheet *sheet, bool *taken, struct exodus_seen *out,
                     struct ajar_err *err)
{
    const char *why;
    seen_use(sheet, out);
    seen_numbers(sheet, out);
    TRY(text_copy(sheet->reader->arena, sheet->cells[SEEN_WHY], &why, err));
    out->why = (struct text){why, sheet->cells[SEEN_WHY].n};
    if (!seen_find(sheet, &out->arrivals)) {
        return 0;
    }
    if (taken[out->arrivals]) {
        exodus_sheet_fault(sheet, SEEN_FROM, E_EXODUS_TWICE,
                           "this row of arrivals.csv stands here already");
    }
    taken[out->arrivals] = true;
    seen_known(sheet, out);
    seen_row(sheet->reader->scenario, out);
    if (out->use == EXODUS_FIT && !(out->row.value > 0)) {
        exodus_sheet_fault(
            sheet, SEEN_USE, E_EXODUS_USE,
            "the figure of this row is not above 0, and errors are of its logarithm");
    }
    return 0;
}

/* An alternative needs another. */
static void seen_either(struct exodus_sheet *sheet, const struct exodus_seen *rows, size_t n,
                        const long *lines)
{
    for (size_t i = 0; i < n; i++) {
        size_t others = 0;
        for (size_t j = 0; rows[i].either > 0 && j < n; j++) {
            others += j != i && rows[j].either == rows[i].either;
        }
        if (rows[i].either > 0 && others == 0) {
            char number[16];
            snprintf(number, sizeof number, "%u", rows[i].either);
            err_at(faults_add(sheet->reader->faults), E_EXODUS_USE, EXODUS_SEEN_FILE, lines[i],
                   exodus_column_name(SEEN_EITHER), text_of(number),
                   "no other row has this number, so there is nothing to choose from");
        }
    }
}

int exodus_read_seen(struct exodus_reader *reader, struct text bytes, struct exodus_seen **seen,
                     size_t *n_seen, struct ajar_err *err)
{
    struct exodus_sheet sheet;
    struct exodus_seen *rows;
    long *lines;
    bool open, *taken;
    size_t n = 0;
    TRY(exodus_sheet_open(&sheet, reader, bytes, &open, err));
    if (!open) {
        return 0;
    }
    size_t bound = exodus_sheet_bound(&sheet);
    TRY_NEW(rows, reader->arena, bound, err);
    TRY_NEW(lines, reader->scratch, bound, err);
    TRY_NEW(taken, reader->scratch, reader->scenario->arrivals.n, err);
    while (exodus_sheet_next(&sheet) && n < bound) {
        lines[n] = sheet.csv.row;
        TRY(seen_read(&sheet, taken, &rows[n++], err));
    }
    seen_either(&sheet, rows, n, lines);
    *seen = rows;
    *n_seen = n;
    return 0;
}
