/* TRADE: which flows look rerouted?  Flows between countries, never firms; a flag, never a charge.
 *
 * jump   = value of a year over the mean year of the same flow in the baseline years
 * mirror = exports that reporters declare to a partner over the imports that the partner declares from
 *          them, same period, same product: near 1 when both count the same goods
 * CUSUM  = sustained rise of the months over the same calendar months of the baseline years
 *
 * A group (EU27) and its members are flows of their own and are never added.  The partner's imports from a
 * group are its own row for the group when there is one, else the sum of its rows for the 27.  Rows in
 * different units are not compared.  A row whose note says "do not use" leaves its year open.  Codes of six
 * digits that stand in hs_list come twice: each code, and the sum of each tier. */
#ifndef WATCH_MIRROR_H
#define WATCH_MIRROR_H

#include "arena.h"
#include "scenario.h"

struct mirror_year {
    int32_t year;
    double exports; /* of the reporter, summed over months; NaN unless all months are there */
    int32_t months; /* months with a figure, 0 .. 12; a yearly figure counts as 12 */
    double imports; /* of the partner from the same reporter; NaN: none */
    /* Rows of single states that `imports` is the sum of; 0: one row of the reporter. */
    int32_t members;
    double ratio;        /* exports / imports; NaN */
    double jump;         /* exports / baseline; NaN */
    const char *why_not; /* why the ratio is NaN: a static clause; NULL when it is not */
    name_id export_source, import_source; /* of several the first; 0: none */
};

/* Of the months that have a row. */
struct mirror_month {
    date_days first;
    double exports;
    /* Geometric mean of the same calendar month in the baseline years; of a baseline month: in the
     * others; NaN: fewer than 2. */
    double expected;
    double log_ratio; /* ln(exports / expected) */
    double z;     /* log_ratio over its standard error, as a normal score; NaN in baseline months */
    double cusum; /* S = min(2 h, max(0, S + z - 0.5)), h the threshold; NaN in baseline months */
    bool rings;   /* cusum > h */
};

struct mirror_partner {
    name_id reporter, partner, hs; /* EU27, KGZ, TOTAL; hs 0: the sum of a tier */
    name_id tier;                  /* of hs_list; 0: the product is not on the list */
    size_t n_codes;                /* six-digit codes in the sum of a tier; else 1 */
    name_id unit;
    double baseline; /* mean yearly exports over the baseline years that are whole; NaN: none is */
    int32_t baseline_from, baseline_to,
        break_year; /* years; the break is the year after the baseline */
    size_t n_years, n_months;
    struct mirror_year *years;   /* rising */
    struct mirror_month *months; /* rising */
    double noise;                /* sd of the log of a month about its expected value; NaN */
    double df;                   /* that it rests on */
    double cusum_threshold;      /* for the stated run length, by simulation; NaN: no CUSUM */
    const char *why_not;         /* why there is no CUSUM: a static clause; NULL */
    date_days since;             /* first month of the excursion that rang first; DATE_NONE */
    bool flagged; /* a month rings, or the mirror ratio left [1/1.5, 1.5] from the break on */
};

struct mirror_options {
    int32_t baseline_from, baseline_to; /* years, 2 to 30 of them; 2019..2021 */
    /* 12 to 1200; 120.  In control a flow rings within it with probability 1 - 1/e, as it would at a
     * steady rate of one false alarm in so many months. */
    double run_length_months;
    name_id reporter, partner; /* 0: all */
    uint64_t seed;
};
struct mirror_options mirror_options_default(void);

struct mirror_table {
    size_t n;
    struct mirror_partner *partners; /* by reporter, hs, tier, partner (words) */
    struct date_partial list_date;   /* the latest of hs_list; first DATE_NONE: no tier is named */
    bool anachronism; /* a tier stands beside a year before the list: its caution applies */
};

/* Months of a year are summed only when all twelve are there; a year's own figure is used when it is, never both.
 * Of several rows for one thing contradictions.csv decides, else the first row counts.  For six-digit
 * codes and tiers a missing row of a member or a code counts as nothing declared (customs tables leave zeros
 * out); for other products at most 2 of the 27 may be missing.  E_WATCH_OPTION, E_MEMORY.
 * O(rows log rows), and about 30 ms for each threshold: one for each number of baseline months met. */
int mirror_make(struct arena *arena, const struct scenario *scenario,
                const struct mirror_options *options, struct mirror_table *out,
                struct ajar_err *err);

/* The cautions that belong beside every ratio, static, each one sentence: valuation (cif/fob), timing, re-export
 * and transit, confidentiality, currency, classification, tiers.  NULL-terminated. */
const char *const *mirror_cautions(void);

#endif
