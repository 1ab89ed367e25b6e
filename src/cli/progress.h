/* What a person sees of a long job: sinks for struct watch. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdio.h>

#include "watch.h"

enum progress_kind {
    PROGRESS_SILENT,
    PROGRESS_BAR,  /* one line that is drawn over, after 0.3 s, ten times a second; for terminals */
    PROGRESS_PLAIN /* a line of its own every 5 s, no control characters; for logs, screen readers */
};

struct progress {
    FILE *say;
    enum progress_kind kind;
    size_t width;          /* columns of the terminal */
    double (*now)(void);   /* seconds, never going back */
    bool (*stopped)(void); /* whether the user asked to stop */
    char what[96];         /* the phase, and after ": " news of it */
    double started;        /* when the first phase began */
    double began, drawn;   /* when this phase began, when it was last shown */
    uint64_t done_at_begin;
    bool shown; /* a bar stands on the line */
};

void progress_init(struct progress *progress, FILE *say, enum progress_kind kind, size_t width,
                   double (*now)(void), bool (*stopped)(void));

/* The watch that shows on it; valid as long as *progress. */
struct watch progress_watch(struct progress *progress);

/* Takes the bar away, so that the next message begins on a clean line. */
void progress_end(struct progress *progress);

/* Seconds of the monotonic clock. */
double progress_clock(void);

#endif
