#include "flow_check.h"

#define FAR_APART 180        /* days between two reports that are worth a sentence */
#define WORK_MOST 1000000000 /* reports looked at for all corrections together */

struct count_checker {
    const struct flow_world *world;
    const struct flow_check_files *files;
    struct flow_said *said;
    struct faults *faults;
};

static const char *report_file(const struct count_checker *it, const struct flow_report *report)
{
    return it->files->reports != NULL ? it->files->reports : report->source.at;
}

/* Reports out of order: the first is named, the others are counted. */
static void check_order(const struct count_checker *it, const struct flow_report *rows, size_t n)
{
    size_t behind = 0, first = 0;
    char own[DATE_TEXT], other[DATE_TEXT];
    for (size_t i = 1; i < n; i++) {
        if (rows[i].date <= rows[i - 1].date) {
            first = behind++ == 0 ? i : first;
        }
    }
    if (behind > 0) {
        flow_say(it->said, report_file(it, &rows[first]), rows[first].line,
                 "the report of %s follows that of %s%s: the reference reads rows in the order of "
                 "the file; the rules of Ajar and forecasts read them by date.",
                 date_format(rows[first].date, own), date_format(rows[first - 1].date, other),
                 behind > 1 ? ", and it is not the only one out of order" : "");
    }
}

static void check_end(const struct count_checker *it, const struct flow_report *rows, size_t n)
{
    date_days end = it->world->start + it->world->n_days;
    size_t after = 0, first = 0;
    for (size_t i = 0; i < n; i++) {
        if (rows[i].date >= end) {
            first = after++ == 0 ? i : first;
        }
    }
    if (after > 0) {
        flow_say(it->said, report_file(it, &rows[first]), rows[first].line,
                 "%zu report%s after the end %s kept: the reference draws the last line of the "
                 "period towards the first of them.",
                 after, after == 1 ? "" : "s", after == 1 ? "is" : "are");
    }
}

static void check_gaps(const struct count_checker *it, const struct flow_report *rows, size_t n)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    date_days start = it->world->start, end = start + it->world->n_days;
    for (size_t i = 1; i < n; i++) {
        int64_t days = (int64_t)rows[i].date - rows[i - 1].date;
        if (days > FAR_APART && rows[i].date > start && rows[i - 1].date < end) {
            flow_say(it->said, report_file(it, &rows[i]), rows[i].line,
                     "no report between %s and %s, %lld days: a straight line is drawn.",
                     date_format(rows[i - 1].date, from), date_format(rows[i].date, to),
                     (long long)days);
        }
    }
}

/* Reports of one place: [n_parts] runs of equal part, one behind the other. */
static void check_parts(const struct count_checker *it, const struct flow_report *rows, size_t n)
{
    size_t from = 0;
    while (from < n) {
        size_t to = from;
        while (to < n && rows[to].part == rows[from].part) {
            to++;
        }
        check_order(it, rows + from, to - from);
        check_end(it, rows + from, to - from);
        check_gaps(it, rows + from, to - from);
        if (from > 0 && rows[from - 1].date > rows[to - 1].date) {
            flow_say(it->said, report_file(it, &rows[from]), rows[to - 1].line,
                     "this part ends before the one that it is added to, whose later reports the "
                     "reference drops.");
        }
        from = to;
    }
}

static void check_reports(const struct count_checker *it, const struct flow_report *rows, size_t n)
{
    size_t from = 0;
    while (from < n) {
        size_t to = from;
        while (to < n && rows[to].place == rows[from].place) {
            to++;
        }
        check_parts(it, rows + from, to - from);
        from = to;
    }
}

static void correction_fault(const struct count_checker *it, const struct flow_correction *at,
                             enum err_code code, const char *column, const char *what)
{
    char shown[DATE_TEXT];
    const char *file = it->files->corrections != NULL ? it->files->corrections : at->source.at;
    err_at(faults_add(it->faults), code, file, at->line, column,
           text_of(date_format(at->date, shown)), "%s", what);
}

/* The first report of a place, in an order by place. */
static size_t correction_first(const struct flow_report *rows, size_t n, uint32_t place)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (rows[middle].place < place) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static void check_correction(const struct count_checker *it, const struct flow_correction *at)
{
    const struct flow_world *world = it->world;
    const struct flow_report *rows = at->of_uncounted ? world->uncounted_reports : world->reports;
    size_t n = at->of_uncounted ? world->n_uncounted_reports : world->n_reports;
    size_t first = correction_first(rows, n, at->place), parts = 0;
    const char *file = it->files->corrections != NULL ? it->files->corrections : at->source.at;
    const struct flow_report *before = NULL; /* the last by date that would be scaled */
    bool found = false;
    if (first >= n || rows[first].place != at->place) {
        correction_fault(it, at, E_FLOW_PLACE, "name", "this place is not counted");
        return;
    }
    for (size_t i = first; i < n && rows[i].place == at->place; i++) {
        parts = rows[i].part;
        found = found || rows[i].date == at->date;
        bool nearer = before == NULL || rows[i].date > before->date ||
                      (rows[i].date == before->date && rows[i].count < before->count);
        before = rows[i].date < at->date && nearer ? &rows[i] : before;
    }
    if (at->date < world->start) {
        flow_say(it->said, file, at->line,
                 "this correction is dated before the start and has no effect.");
    } else if (!found) {
        correction_fault(it, at, E_DATE, "date", "there is no report of this day to correct to");
    } else if (before == NULL) {
        flow_say(it->said, file, at->line,
                 "no report stands before that of this correction: it has no effect.");
    } else if (before->count == 0 && parts == 0) {
        correction_fault(it, at, E_FLOW_COUNT, "date",
                         "the report before that of this day is 0 and cannot be scaled to it");
    }
}

static int check_camps(struct arena *scratch, const struct count_checker *it, struct ajar_err *err)
{
    const struct flow_world *world = it->world;
    bool *counted;
    TRY_NEW(counted, scratch, world->n_places, err);
    for (size_t i = 0; i < world->n_camps; i++) {
        counted[world->camps[i]] = true;
    }
    for (size_t i = 0; i < world->n_places; i++) {
        const struct flow_place *place = &world->places[i];
        const char *file = it->files->places != NULL ? it->files->places : place->source.at;
        bool camp = place->type == FLOW_CAMP || place->type == FLOW_IDPCAMP;
        if (camp && !counted[i]) {
            flow_say(it->said, file, place->line,
                     "the camp %s has no counts: it is in no score (the reference stops here).",
                     place->name.at);
        } else if (!camp && counted[i]) {
            flow_say(it->said, file, place->line, "%s is counted and no camp.", place->name.at);
        }
    }
    return 0;
}

int flow_check_counts(struct arena *scratch, const struct flow_world *world,
                      const struct flow_check_files *files, struct flow_said *said,
                      struct faults *faults, struct ajar_err *err)
{
    struct count_checker it = {world, files, said, faults};
    TRY(check_camps(scratch, &it, err));
    check_reports(&it, world->reports, world->n_reports);
    check_reports(&it, world->uncounted_reports, world->n_uncounted_reports);
    if (world->n_corrections * (world->n_reports + world->n_uncounted_reports) > WORK_MOST) {
        return err_set(err, E_FLOW_TOO_LARGE, "%zu corrections of %zu reports are too many",
                       world->n_corrections, world->n_reports + world->n_uncounted_reports);
    }
    for (size_t i = 0; i < world->n_corrections; i++) {
        check_correction(&it, &world->corrections[i]);
    }
    return 0;
}
