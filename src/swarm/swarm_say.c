#include "swarm_say.h"

#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "num.h"

#define EVERY_S 5.0

double say_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct say say_open(const struct ranks *ranks, bool quiet)
{
    return (struct say){.to = ranks->rank == 0 && !quiet ? stderr : NULL};
}

void say_note(const struct say *say, const char *format, ...)
{
    if (say->to == NULL) {
        return;
    }
    va_list args;
    va_start(args, format);
    vfprintf(say->to, format, args);
    va_end(args);
    fputc('\n', say->to);
}

/* "moving people: 45 %  120 of 396 days  30 days/s  9 s left" */
void say_progress(struct say *say, const char *what, uint64_t done, uint64_t total,
                  const char *unit)
{
    if (say->to == NULL) {
        return;
    }
    double now = say_clock();
    if (say->what == NULL || strcmp(say->what, what) != 0) {
        *say = (struct say){say->to, what, now, now, done};
    }
    if (now - say->shown < EVERY_S || total == 0) {
        return;
    }
    say->shown = now;
    char a[NUM_TEXT], b[NUM_TEXT], rate[NUM_TEXT];
    num_format_grouped((double)done, 0, a);
    num_format_grouped((double)total, 0, b);
    fprintf(say->to, "%s: %3d %%  %s of %s %s", what, (int)(100 * done / total), a, b, unit);
    double each = (double)(done - say->done_at_begin) / (now - say->began);
    if (each > 0) {
        num_format_grouped(each, each < 10 ? 1 : 0, rate);
        fprintf(say->to, "  %s %s/s  %.0f s left", rate, unit, (double)(total - done) / each);
    }
    fputc('\n', say->to);
}

/* "FILE:ROW:AT: ", or "ajar-swarm: " when the fault is in no file. */
static void say_place(const struct ajar_err *err)
{
    fputs(err->file[0] == '\0' ? "ajar-swarm" : err->file, stderr);
    if (err->row > 0) {
        fprintf(stderr, ":%ld", err->row);
    }
    if (err->row > 0 && err->at > 0) {
        fprintf(stderr, ":%ld", err->at);
    }
    fputs(": ", stderr);
}

void say_fault(const struct ajar_err *err)
{
    bool column = err->column[0] != '\0', value = err->value[0] != '\0';
    say_place(err);
    fputs(err->column, stderr);
    if (value) {
        fprintf(stderr, "%s\"%s\"", column ? " " : "", err->value);
    }
    fprintf(stderr, "%s%s [%s]\n", column || value ? ": " : "", err->text, err->slug);
    const char *advice = err_advice(err);
    if (advice[0] != '\0') {
        fprintf(stderr, "  try: %s\n", advice);
    }
}

void say_all_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->kept; i++) {
        say_fault(&faults->at[i]);
    }
    if (faults->total > faults->kept) {
        fprintf(stderr, "%zu of %llu faults are shown; correct these first.\n", faults->kept,
                (unsigned long long)faults->total);
    }
}
