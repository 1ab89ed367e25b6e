/* The tables of a scan.  Columns are documented in docs/watch.md. */
#include <math.h>

#include "csv.h"
#include "watch_inside.h"

enum { SCAN_FILES = 2, SCAN_SOURCES = 16 };

#define SCAN_FILE_CEILING ((size_t)2 << 30)

static void file_header(struct csv_out *csv, const char *const *names)
{
    for (; *names != NULL; names++) {
        csv_put_str(csv, *names);
    }
    csv_end_row(csv);
}

static void file_day(struct csv_out *csv, date_days day)
{
    char text[DATE_TEXT];
    csv_put_str(csv, date_format(day, text));
}

static void file_fixed(struct csv_out *csv, double value, int decimals)
{
    csv_put_fixed(csv, isfinite(value) ? value : (double)NAN, decimals);
}

static void file_exact(struct csv_out *csv, double value)
{
    csv_put_number(csv, isfinite(value) ? value : (double)NAN);
}

static void file_series(struct csv_out *csv, const struct watch_input *input, uint32_t series)
{
    const struct watch_series *of = &input->book.series[series];
    csv_put_text(csv, names_word(input->book.names, of->place));
    csv_put_text(csv, names_word(input->book.names, of->route));
    csv_put_text(csv, names_word(input->book.names, of->measure_word));
    csv_put_text(csv, names_word(input->book.names, of->unit));
}

static void file_doors(struct csv_out *csv, struct buf *words, const struct watch_scan *scan,
                       const struct watch_alarm *alarm)
{
    words->n = 0;
    for (size_t i = 0; i < alarm->n_doors; i++) {
        const struct scenario *scenario = scan->input->scenario;
        buf_str(words, i == 0 ? "" : ";");
        buf_text(words, scenario_name(scenario, scenario->doors.id[alarm->doors[i]]));
    }
    csv_put_text(csv, buf_view(words));
}

/* Sources of the count and of the counts of its baseline, as known at the time of the scan. */
static size_t file_sources_of(const struct watch_scan *scan, const struct watch_alarm *alarm,
                              name_id sources[static SCAN_SOURCES])
{
    const struct watch_series *series = &scan->input->book.series[alarm->series];
    size_t n = 0;
    for (uint32_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        bool base = value->from >= alarm->verdict.base_from &&
                    value->to <= alarm->verdict.base_to &&
                    value->to - value->from == alarm->to - alarm->from;
        bool used = (i == alarm->value || base) && value->source != 0 && n < SCAN_SOURCES;
        for (size_t k = 0; k < n && used; k++) {
            used = sources[k] != value->source;
        }
        if (used) {
            sources[n++] = value->source;
        }
    }
    return n;
}

static void file_sources(struct csv_out *csv, struct buf *words, const struct watch_scan *scan,
                         const struct watch_alarm *alarm)
{
    name_id sources[SCAN_SOURCES];
    size_t n = file_sources_of(scan, alarm, sources);
    words->n = 0;
    for (size_t i = 0; i < n; i++) {
        buf_str(words, i == 0 ? "" : ";");
        buf_text(words, names_word(scan->input->book.names, sources[i]));
    }
    csv_put_text(csv, buf_view(words));
}

static void file_verdict(struct csv_out *csv, const struct watch_verdict *verdict, int step_days)
{
    double rate = isnan(verdict->p) ? verdict->rate : verdict->p;
    csv_put_str(csv, watch_detector_word(verdict->detector));
    file_fixed(csv, verdict->statistic, 6);
    file_exact(csv, verdict->df);
    file_exact(csv, verdict->p);
    file_fixed(csv, step_days / rate, 1);
    file_day(csv, verdict->base_from);
    file_day(csv, verdict->base_to);
    csv_put_int(csv, (int64_t)verdict->base_n);
    file_fixed(csv, verdict->noise, 6);
}

static void file_alarm(struct csv_out *csv, struct buf *words, const struct watch_scan *scan,
                       const struct watch_alarm *alarm)
{
    file_series(csv, scan->input, alarm->series);
    file_day(csv, alarm->from);
    file_day(csv, alarm->to);
    file_exact(csv, alarm->verdict.count);
    file_fixed(csv, alarm->verdict.expected, 3);
    file_fixed(csv, alarm->verdict.bound, 3);
    csv_put_int(csv, alarm->sustained);
    file_verdict(csv, &alarm->verdict, alarm->weekly ? 7 : 1);
    file_day(csv, alarm->run_from);
    file_fixed(csv, alarm->change.p_recent, 6);
    file_day(csv, alarm->change.since);
    file_day(csv, alarm->known);
    csv_put_int(csv, alarm->age_days);
    file_day(csv, alarm->earliest.day);
    file_fixed(csv, alarm->earliest.noise_most, 6);
    file_doors(csv, words, scan, alarm);
    file_sources(csv, words, scan, alarm);
    csv_put_text(csv, alarm->sentence);
    csv_end_row(csv);
}

static void file_alarms(struct buf *buf, struct buf *words, const struct watch_scan *scan)
{
    static const char *const names[] = {
        "place",    "route",      "measure",      "unit",          "from",        "to",
        "count",    "expected",   "bound",        "sustained",     "detector",    "statistic",
        "df",       "p",          "once_in_days", "baseline_from", "baseline_to", "baseline_n",
        "noise",    "run_from",   "p_change",     "change_since",  "known",       "age_days",
        "earliest", "noise_most", "doors",        "sources",       "sentence",    NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    file_header(&csv, names);
    for (size_t i = 0; i < scan->n_alarms; i++) {
        file_alarm(&csv, words, scan, &scan->alarms[i]);
    }
}

static size_t file_counted(const struct watch_grid *grid, size_t *first)
{
    size_t n = 0;
    for (size_t i = 0; i < grid->n; i++) {
        if (!isnan(grid->y[i])) {
            *first = n == 0 ? i : *first;
            n++;
        }
    }
    return n;
}

static const char *file_state(const struct watch_judged *judged)
{
    const struct watch_point *last = &judged->at_last;
    if (judged->why_not != NULL) {
        return "not judged";
    }
    return last->rings ? "rings" : watch_told(last)->state == WATCH_QUIET ? "quiet" : "cannot";
}

static void file_judged(struct csv_out *csv, const struct watch_scan *scan,
                        const struct watch_judged *judged)
{
    const struct watch_grid *grid = judged->grid;
    const struct watch_verdict *verdict = watch_told(&judged->at_last);
    size_t first = 0, n = file_counted(grid, &first);
    bool spoke = judged->why_not == NULL && verdict->state != WATCH_CANNOT;
    const char *why_not = judged->why_not != NULL ? judged->why_not : verdict->why_not;
    file_series(csv, scan->input, judged->series);
    csv_put_int(csv, (int64_t)judged->known.n);
    csv_put_int(csv, (int64_t)n);
    csv_put_int(csv, grid->step_days);
    file_day(csv, n > 0 ? watch_period_from(grid, first) : DATE_NONE);
    file_day(csv, n > 0 ? watch_period_to(grid, judged->last) : DATE_NONE);
    file_exact(csv, n > 0 ? grid->y[judged->last] : (double)NAN);
    csv_put_str(csv, file_state(judged));
    csv_put_str(csv, spoke ? watch_detector_word(verdict->detector) : "");
    file_fixed(csv, spoke ? verdict->expected : (double)NAN, 3);
    file_fixed(csv, spoke ? verdict->bound : (double)NAN, 3);
    file_exact(csv, spoke ? verdict->p : (double)NAN);
    csv_put_str(csv, spoke ? "" : why_not);
    csv_end_row(csv);
}

static void file_all_series(struct buf *buf, const struct watch_scan *scan)
{
    static const char *const names[] = {"place",   "route",     "measure",  "unit",  "values",
                                        "counts",  "step_days", "first",    "last",  "count",
                                        "verdict", "detector",  "expected", "bound", "p",
                                        "why_not", NULL};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    file_header(&csv, names);
    for (size_t i = 0; i < scan->n_judged + scan->n_not_judged; i++) {
        file_judged(&csv, scan, &scan->judged[i]);
    }
}

int watch_scan_files(struct arena *arena, const struct watch_scan *scan, struct watch_file **out,
                     size_t *n, struct ajar_err *err)
{
    struct watch_file *files;
    struct buf buf, words;
    TRY_NEW(files, arena, SCAN_FILES, err);
    files[0].name = "watch_alarms.csv";
    files[1].name = "watch_series.csv";
    buf_init(&words, SCAN_FILE_CEILING);
    buf_init(&buf, SCAN_FILE_CEILING);
    file_alarms(&buf, &words, scan);
    int code = buf_ok(&words, err);
    buf_free(&words);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    TRY(watch_keep(arena, &buf, &files[0].bytes, err));
    buf_init(&buf, SCAN_FILE_CEILING);
    file_all_series(&buf, scan);
    TRY(watch_keep(arena, &buf, &files[1].bytes, err));
    *out = files;
    *n = SCAN_FILES;
    return 0;
}
