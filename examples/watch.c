/* Is a count abnormal?  Reads a file of counts, judges each series by its own past, prints what rings.
 *
 *     cc watch.c $(pkg-config --cflags --libs ajar) -o watch
 *     ./watch docs/crossings.csv */
#include <ajar.h>
#include <stdio.h>
#include <string.h>

/* One fault of the input: where it stands, what it is, what to do. */
static void fault(void *arg, const struct ajar_err *err)
{
    (void)arg;
    fprintf(stderr, "%s:%ld: %s\n  try: %s\n", err->file, err->row, err->text,
            ajar_err_advice(err));
}

static void print_scan(const ajar_scan *scan)
{
    printf("\n%-12s %-8s %-10s %7s %9s  %s\n", "place", "measure", "last", "count", "expected",
           "verdict");
    for (size_t i = 0; i < ajar_scan_count(scan); i++) {
        const struct ajar_judged *row = ajar_scan_at(scan, i);
        printf("%-12s %-8s %-10s %7.0f %9.0f  %s\n", row->place, row->measure, row->to, row->count,
               row->expected,
               row->rings                ? "RINGS"
               : row->why_not[0] != '\0' ? row->why_not
                                         : "quiet");
    }
    printf("\n%s\n", ajar_scan_summary(scan));
    for (size_t i = 0; i < ajar_scan_alarms(scan); i++) {
        const struct ajar_alarm *alarm = ajar_scan_alarm(scan, i);
        if (strcmp(alarm->from, alarm->run_from) == 0) { /* it began here; later ones go on */
            printf("\n%s\n", alarm->sentence);
        }
    }
}

int main(int argc, char **argv)
{
    struct ajar_scan_options options = AJAR_SCAN_OPTIONS_INIT;
    struct ajar_err err;
    ajar_series *series = NULL;
    ajar_scan *scan = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: watch FILE.csv\n");
        return 2;
    }
    int code = ajar_series_open(&series, argv[1], fault, NULL, &err);
    for (size_t i = 0; ajar_series_assumed(series, i) != NULL; i++) {
        printf("Assumed: %s\n", ajar_series_assumed(series, i));
    }
    if (code == 0) {
        options.alarm_every_days = 365.25; /* one false alarm of a series a year */
        code = ajar_watch_scan(&scan, series, &options, &err);
    }
    if (code == 0) {
        print_scan(scan);
    }
    ajar_scan_free(scan); /* a result before what it was made from; each takes NULL */
    ajar_series_free(series);
    if (code != 0) {
        fprintf(stderr, "watch: %s [%s]\n  try: %s\n", err.text, err.slug, ajar_err_advice(&err));
    }
    return ajar_err_exit(code); /* 0 for 0 */
}
