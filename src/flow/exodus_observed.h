/* Rows that were counted beside what a fit says of them: inside, outside, and by how much. */
#ifndef FLOW_EXODUS_OBSERVED_H
#define FLOW_EXODUS_OBSERVED_H

#include "exodus_replay.h"

/* What a figure is compared with that knows nothing of the model, as known on a day. */
struct exodus_baselines {
    double last_week; /* the mean a day of the rows inside the last 7 days that were known and come
                         before the row, times the row's days; NaN: none */
    double before;    /* the same of the rows that end before the order and before the row */
};

/* Of rows of the same measure that count the same doors in the same parts (exodus_probe: "land" and
 * "land:eastern border" of Finland are alike), published on or before as_known, not left out (EXODUS_LEFT).
 * A row for a span counts for each of its days that lie inside; of rows that overlap, the shorter wins for
 * a day, of those alike the first.  A row that reaches into the days of the one compared does not count, so
 * that a row is never its own baseline.  Who waits, and a peak, is a level: taken as it is.  O(rows * days). */
void exodus_baselines_of(const struct exodus_model *model, const struct exodus_row *row,
                         const struct exodus_seen *seen, size_t n_seen, date_days as_known,
                         struct exodus_baselines *out);

struct exodus_observed {
    size_t seen;                /* row of the observations */
    const char *why;            /* it cannot be answered; NULL: answered, and what follows holds */
    bool was_known;             /* on the as_known of the fit: else it is out of sample */
    struct exodus_spread model; /* of the answers */
    struct exodus_spread
        expected; /* of a figure that would be counted: with the error of counting */
    bool inside;  /* the value, in p10 .. p90 of `expected` */
    double error; /* log10((p50 of model + 1) / (value + 1)) */
    double
        score; /* interval score of p10 .. p90 of `expected`, in log10(x + 1) (Gneiting and Raftery
                          2007, eq. 43, alpha .2): width and 10 times what lies outside */
    struct exodus_baselines baselines;
    double error_last_week, error_before; /* likewise; NaN: no baseline */
};

/* answers[row * n_members + member] of all rows seen, in their order (exodus_replay.rows), why likewise.  The
 * error of counting is the likelihood's: Student's t with 4 degrees times the scale of the row, drawn by
 * (seed, row, member).  Rows that are left out, or have no value, are passed over; a row at which only more
 * counts ("at least") is inside also where the value is below p10, and its score then the width alone.  Below
 * 0 (a net flow out) counts as 0 in logarithms.  (*out)[*n] in the order of `seen`. */
int exodus_observe(struct arena *arena, const struct exodus_model *model,
                   const struct exodus_seen *seen, size_t n_seen, const double *answers,
                   const char *const *why, uint32_t n_members, date_days as_known, uint64_t seed,
                   struct exodus_observed **out, size_t *n, struct ajar_err *err);

/* A forecast from an origin: rows that begin after it and end on or before `last`, mean absolute errors. */
struct exodus_rolling {
    date_days origin;
    size_t n;                     /* rows that could be scored */
    size_t n_inside;              /* of them in the 80 % interval */
    double error, score;          /* means: |error|, interval score */
    size_t n_last_week, n_before; /* rows that have the baseline */
    double error_last_week,
        model_last_week; /* over those rows: the baseline's, and the model's own */
    double error_before, model_before;
};

/* observed[n] of a fit that knew the origin. */
void exodus_rolling_of(const struct exodus_seen *seen, const struct exodus_observed *observed,
                       size_t n, date_days origin, date_days last, struct exodus_rolling *out);

#endif
