/* WATCH behind ajar.h. */
#include <math.h>

#include "library_parts.h"
#include "watch_open.h"

struct ajar_series {
    struct arena arena;
    struct scenario scenario; /* of a folder */
    struct watch_input input;
    struct ajar_series_row *rows; /* [input.book.n] */
};

/* ---- Series ---- */

/* Place, measure and route of a series, as words. */
static int series_words(struct arena *arena, const struct watch_book *book,
                        const struct watch_series *series, const char **place, const char **measure,
                        const char **route, struct ajar_err *err)
{
    TRY(library_text(arena, names_word(book->names, series->place), place, err));
    TRY(library_text(arena, names_word(book->names, series->measure_word), measure, err));
    return library_text(arena, names_word(book->names, series->route), route, err);
}

static int series_row(struct arena *arena, const struct watch_book *book,
                      const struct watch_series *series, struct ajar_series_row *row,
                      struct ajar_err *err)
{
    date_days last = DATE_NONE;
    row->counts = series->n;
    for (size_t i = 0; i < series->n; i++) {
        last = series->value[i].to > last ? series->value[i].to : last;
    }
    TRY(series_words(arena, book, series, &row->place, &row->measure, &row->route, err));
    TRY(library_text(arena, names_word(book->names, series->unit), &row->unit, err));
    TRY(library_date(arena, series->n == 0 ? DATE_NONE : series->value[0].from, &row->from, err));
    return library_date(arena, last, &row->to, err);
}

static int series_read(ajar_series *series, const char *path, struct faults *faults,
                       struct ajar_err *err)
{
    const char *name;
    const struct watch_book *book = &series->input.book;
    TRY(library_text(&series->arena, text_of(path), &name, err));
    TRY(watch_open(&series->arena, name, NULL, NULL, faults, &series->scenario, &series->input,
                   err));
    TRY_NEW(series->rows, &series->arena, book->n, err);
    for (size_t i = 0; i < book->n; i++) {
        TRY(series_row(&series->arena, book, &book->series[i], &series->rows[i], err));
    }
    return 0;
}

int ajar_series_open(ajar_series **out, const char *path, ajar_fault_fn *each, void *arg,
                     struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    ajar_series *series;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(path, "path", err));
    TRY(library_new(sizeof *series, "the series", &series, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = series_read(series, path, &faults.faults, err);
        library_faults_end(&faults);
    }
    return library_done(code, series, out);
}

size_t ajar_series_count(const ajar_series *series)
{
    return series == NULL ? 0 : series->input.book.n;
}

const struct ajar_series_row *ajar_series_at(const ajar_series *series, size_t i)
{
    return i < ajar_series_count(series) ? &series->rows[i] : NULL;
}

const char *ajar_series_assumed(const ajar_series *series, size_t i)
{
    return series != NULL && i < series->input.n_assumed ? series->input.assumed[i] : NULL;
}

void ajar_series_free(ajar_series *series)
{
    library_free(series);
}

/* ---- A scan ---- */

struct ajar_scan {
    struct arena arena;
    struct watch_scan scan;
    struct ajar_judged *judged; /* [n_judged + n_not_judged] */
    struct ajar_alarm *alarms;  /* [n_alarms] */
    const char *summary;
};

static int scan_judged(ajar_scan *scan, const struct watch_judged *judged, struct ajar_judged *row,
                       struct ajar_err *err)
{
    const struct watch_book *book = &scan->scan.input->book;
    const struct watch_verdict *verdict = &judged->at_last.main;
    date_days from = DATE_NONE, to = DATE_NONE;
    *row = (struct ajar_judged){.detector = "", .why_not = ""};
    row->count = row->expected = row->bound = row->p = (double)NAN;
    TRY(series_words(&scan->arena, book, &book->series[judged->series], &row->place, &row->measure,
                     &row->route, err));
    if (judged->why_not != NULL) {
        row->why_not = judged->why_not;
    } else {
        from = judged->grid->first + (date_days)judged->last * judged->grid->step_days;
        to = from + judged->grid->step_days - 1;
        row->count = verdict->count;
        row->expected = verdict->expected;
        row->bound = verdict->bound;
        row->p = verdict->p;
        row->detector = watch_detector_word(verdict->detector);
        row->rings = judged->at_last.rings;
        row->why_not = !row->rings && verdict->state == WATCH_CANNOT ? verdict->why_not : "";
    }
    TRY(library_date(&scan->arena, from, &row->from, err));
    return library_date(&scan->arena, to, &row->to, err);
}

static int scan_alarm(ajar_scan *scan, const struct watch_alarm *alarm, struct ajar_alarm *row,
                      struct ajar_err *err)
{
    const struct watch_book *book = &scan->scan.input->book;
    *row = (struct ajar_alarm){.count = alarm->verdict.count,
                               .expected = alarm->verdict.expected,
                               .bound = alarm->verdict.bound,
                               .p = alarm->verdict.p};
    TRY(series_words(&scan->arena, book, &book->series[alarm->series], &row->place, &row->measure,
                     &row->route, err));
    TRY(library_date(&scan->arena, alarm->from, &row->from, err));
    TRY(library_date(&scan->arena, alarm->to, &row->to, err));
    TRY(library_date(&scan->arena, alarm->run_from, &row->run_from, err));
    return library_text(&scan->arena, alarm->sentence, &row->sentence, err);
}

static int scan_rows(ajar_scan *scan, struct ajar_err *err)
{
    const struct watch_scan *from = &scan->scan;
    size_t n = from->n_judged + from->n_not_judged;
    TRY_NEW(scan->judged, &scan->arena, n, err);
    TRY_NEW(scan->alarms, &scan->arena, from->n_alarms, err);
    for (size_t i = 0; i < n; i++) {
        TRY(scan_judged(scan, &from->judged[i], &scan->judged[i], err));
    }
    for (size_t i = 0; i < from->n_alarms; i++) {
        TRY(scan_alarm(scan, &from->alarms[i], &scan->alarms[i], err));
    }
    return library_text(&scan->arena, from->summary, &scan->summary, err);
}

static int scan_options(const ajar_series *series, const struct ajar_scan_options *options,
                        struct watch_run_options *out, struct ajar_err *err)
{
    static const char *const clocks[] = {"published", "next-day"};
    int clock;
    *out = watch_run_default();
    TRY(library_word(options->known_by, "known_by", clocks, 2, (int)watch_clock_of(&series->input),
                     &clock, err));
    TRY(library_day(options->as_known, "as_known", &out->as_known, err));
    TRY(library_day(options->since, "since", &out->since, err));
    out->clock = (enum watch_clock)clock;
    out->place = options->place;
    out->route = options->route;
    out->measure = options->measure;
    out->detect.seed = options->seed;
    out->detect.alarm_every_days = options->alarm_every_days;
    out->false_alarms_a_year = (double)NAN;
    return 0;
}

static int scan_make(ajar_scan *scan, const ajar_series *series,
                     const struct ajar_scan_options *options, struct ajar_err *err)
{
    struct watch_run_options run;
    struct library_work work;
    TRY(scan_options(series, options, &run, err));
    TRY(library_work_begin(&work, options->threads, options->stop, options->stop_arg, err));
    int code =
        watch_scan(&scan->arena, &series->input, &run, work.pool, &work.watch, &scan->scan, err);
    library_work_end(&work);
    return code == 0 ? scan_rows(scan, err) : code;
}

int ajar_watch_scan(ajar_scan **out, const ajar_series *series,
                    const struct ajar_scan_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    ajar_scan *scan;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(series, "series", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *scan, "the scan", &scan, err));
    return library_done(scan_make(scan, series, options, err), scan, out);
}

size_t ajar_scan_count(const ajar_scan *scan)
{
    return scan == NULL ? 0 : scan->scan.n_judged + scan->scan.n_not_judged;
}

const struct ajar_judged *ajar_scan_at(const ajar_scan *scan, size_t i)
{
    return i < ajar_scan_count(scan) ? &scan->judged[i] : NULL;
}

size_t ajar_scan_alarms(const ajar_scan *scan)
{
    return scan == NULL ? 0 : scan->scan.n_alarms;
}

const struct ajar_alarm *ajar_scan_alarm(const ajar_scan *scan, size_t i)
{
    return i < ajar_scan_alarms(scan) ? &scan->alarms[i] : NULL;
}

const char *ajar_scan_summary(const ajar_scan *scan)
{
    return scan == NULL ? NULL : scan->summary;
}

void ajar_scan_free(ajar_scan *scan)
{
    library_free(scan);
}
