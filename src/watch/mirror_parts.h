/* Shared by the files of mirror: rows in order, the baseline of months, the threshold. */
#ifndef WATCH_MIRROR_PARTS_H
#define WATCH_MIRROR_PARTS_H

#include "mirror.h"

/* A row of trade that counts.  A six-digit code on the list stands here twice: under its code (tier 0) and
 * under its tier (hs 0). */
struct mirror_item {
    bool import;
    name_id reporter, hs, tier, partner, unit;
    date_days first;
    bool whole_year;
    bool marked;  /* "do not use" */
    name_id code; /* the row's own product */
    uint32_t row;
};

struct mirror_span {
    const struct mirror_item *at;
    size_t n;
};

/* Rows in order: exports first, then by reporter, hs, tier, partner, unit, period, product. */
struct mirror_rows {
    size_t n, n_exports;
    struct mirror_item *items;
    const struct trade *trade;
    size_t n_listed;
    struct mirror_listed {
        name_id hs, tier;
    } * listed; /* by hs */
    struct date_partial list_date;
};

int mirror_rows_make(struct arena *arena, const struct scenario *scenario,
                     const struct mirror_options *options, struct mirror_rows *out,
                     struct ajar_err *err);

/* The tier of a product; 0: not on the list. */
name_id mirror_tier(const struct mirror_rows *rows, name_id hs);

/* The rows of one flow in one unit; unit 0: in any. */
struct mirror_span mirror_flow(const struct mirror_rows *rows, bool import, name_id reporter,
                               name_id hs, name_id tier, name_id partner, name_id unit);

/* What a flow says of one year. */
struct mirror_figure {
    double value;   /* NaN: not whole, or marked */
    int32_t months; /* with a figure */
    bool marked;
    name_id source;
};
struct mirror_figure mirror_year_of(const struct mirror_rows *rows, struct mirror_span flow,
                                    int32_t year);

int32_t mirror_year_at(date_days day);

/* Months, expected values and CUSUM of a partner from its exports.  Fills those fields. */
struct mirror_thresholds; /* those found so far */
int mirror_thresholds_make(struct arena *arena, const struct mirror_options *options,
                           struct mirror_thresholds **out, struct ajar_err *err);
int mirror_months_fill(struct arena *arena, const struct mirror_rows *rows,
                       struct mirror_span exports, struct mirror_thresholds *thresholds,
                       struct mirror_partner *to, struct ajar_err *err);

/* The normal score of Student's t: Wallace 1959, "Bounds on normal approximations to Student's and the
 * chi-square distributions", Ann. Math. Statist. 30; within 0.04 for df >= 6 and |z| < 4. */
double mirror_score(double t, double df);

/* h at which S = max(0, S + z - 0.5) passes h within run_length months with probability 1 - 1/e, when the
 * expected values come from `years` baseline years and the noise from df degrees of freedom.  4,096
 * Philox paths, each with its own errors of estimation. */
int mirror_threshold(struct arena *arena, double run_length, double years, double df, uint64_t seed,
                     double *out, struct ajar_err *err);

#endif
