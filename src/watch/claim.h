/* Does the data carry this sentence?
 *
 * A claim names a measure, a place, a period and a figure:
 *     entries_rus EU27 2022-09-19..2022-09-25 +30%        change on the period of the same length before
 *     entries_rus EU27 2022-09-19..2022-09-25 66000       a total; also 66,000, ~66000, 66000±5%, 66000±500
 *     entries_rus FIN/EU27 2022-09-19..2022-09-25 50%     a share of a larger place; also 50%±3 (points)
 *     net_rus KAZ 2022-09-21..2022-10-04 53000            a measure of any kind
 * A period may be one day, a month (2022-09) or a year.  A route may follow the place:
 * FIN@land:eastern border (up to the next date); FIN/EU27@land is the route of FIN.
 *
 * A figure stands for what rounds to it: half a unit of its last digit that is not zero (or that
 * follows a decimal point), at most 5 % of a total and 5 points of a percentage.  So 66000 is 65,500 to
 * 66,500, 50% is 45 to 55 points and 50.0% is 49.95 to 50.05.  A tilde makes it 5 % or 5 points.  The
 * figures of the data are read in the same way: a claim agrees when the two ranges touch. */
#ifndef WATCH_CLAIM_H
#define WATCH_CLAIM_H

#include "book.h"

enum claim_form { CLAIM_CHANGE, CLAIM_TOTAL, CLAIM_SHARE };

struct claim {
    enum claim_form form;
    struct text measure, place, whole, route; /* of the claim's text; n 0: absent */
    date_days from, to;
    double figure;         /* +0.30, 66000, 0.50 */
    double tolerance;      /* either side, in the unit of `figure` */
    bool tolerance_stated; /* after ±; else implied by the digits */
};

/* The texts point into `text`.  E_WATCH_CLAIM with err->at, the character at which it stops being a
 * claim, and a hint. */
int claim_parse(struct text text, struct claim *out, struct ajar_err *err);

enum claim_stand {
    CLAIM_AGREES,
    CLAIM_CONTRADICTS,
    CLAIM_OTHER /* another kind or window: shown, not compared */
};

/* A value, or a sum of daily values without gap, that bears on the claim. */
struct claim_evidence {
    const struct watch_series *series;
    enum claim_stand stand;
    date_days from, to;
    double count;  /* over the period */
    double before; /* of a change: the total of the period before; NaN: none */
    double change; /* count / before - 1; NaN */
    double whole;  /* of a share; NaN */
    double share;
    bool summed;   /* from daily values; n_values of them */
    bool covers;   /* the same period as the claim's; false: within it or across it */
    bool in_force; /* the value that counts for its period; false: replaced, or read otherwise */
    bool rejected; /* contradictions.csv does not use it: no verdict rests on it */
    /* It, or what it is compared with, was worked out by the data set, not published. */
    bool computed;
    bool circular; /* `before` was worked out from the very change that is claimed */
    size_t n_values;
    uint32_t *value; /* [n_values] of series->value; those of `before` and `whole` not */
    date_days known; /* day from which all of it was known on the clock; DATE_NONE: unknown */
    /* Clauses joined with "; ": "counts entries, not people who stayed"; NULL. */
    const char *caution;
};

enum claim_verdict {
    CLAIM_CARRIED, /* the figure is in the data; a change is beyond the series' own noise too */
    CLAIM_WITHIN_NOISE, /* the figure is in the data, but ordinary weeks vary as much */
    CLAIM_NOT_KNOWN,    /* the noise of the series is not known: carried only if below noise_most */
    CLAIM_CONTRADICTED, /* the data give another figure */
    CLAIM_NO_DATA /* nothing of this kind and period, or only values that contradictions.csv rejects */
};

/* z of a change if one total had this noise. */
#define CLAIM_AT 4
struct claim_at {
    double noise, z; /* 0.03, 0.05, 0.08, 0.12 */
};

struct claim_answer {
    enum claim_verdict verdict;
    double count, before, change, share; /* of the evidence that the verdict rests on */
    /* Another value that stands beside the lead, of the same kind and period, says otherwise. */
    bool disputed;
    bool circular; /* of the lead: then the data are no independent evidence */
    /* sd of the log of a total of that length beyond counting: from the ratios of consecutive totals of
     * the series before the claim's period (at least 4), or options.noise; NaN: unknown. */
    double noise;
    size_t noise_n; /* ratios that it rests on; 0: stated or unknown */
    /* Of a change: short_totals_z with that noise; p one-sided, towards the claim, by Student's t with df
     * where the noise is the series' own, by the normal (df INFINITY) where it is stated. */
    double z, p, df;
    double noise_most;  /* the largest stated noise at which p < options.rate; NaN: none */
    double sigma3_most; /* the largest noise at which |z| >= 3: 6.2 % in the published example */
    struct claim_at at[CLAIM_AT];
    size_t n;
    struct claim_evidence *evidence; /* agreeing first, then contradicting, then other */
    size_t lead;                     /* index of the evidence used; SIZE_MAX: none */
    /* Of the place over the period, by one route, where known: gross is not net.  net is the published
     * one, else in - out. */
    double gross_in, gross_out, net;
};

struct claim_options {
    enum watch_clock clock;
    date_days as_known;
    double rate;  /* one-sided p below which a change is beyond noise */
    double noise; /* stated by the user; NaN: take the series' own */
};

/* The claim against every value of its place and measure that is known, and other kinds of the same period.
 * Nothing is interpolated, no routes are added: a period is one value, or its daily values without a gap.
 * scenario NULL: the book of a file.  E_WATCH_MEASURE, E_WATCH_PLACE, E_WATCH_ROUTE (with "did you
 * mean"), E_WATCH_OPTION, E_MEMORY.  O(series + values of the place). */
int claim_check(struct arena *arena, const struct watch_book *book, const struct scenario *scenario,
                const struct claim *claim, const struct claim_options *options,
                struct claim_answer *out, struct ajar_err *err);

#endif
