/* What the page shows of an exodus, chosen from what the chain found: no words, no markup. */
#ifndef DESK_REPORT_EXODUS_H
#define DESK_REPORT_EXODUS_H

#include "exodus_chain.h"
#include "report_json.h"

/* Rows of the forecast of one place, route and measure, a day each. */
struct report_exodus_series {
    size_t first, n; /* of the forecast's rows */
    size_t counts;   /* rows of n_points */
};

/* A row that was counted, as it stands beside the fan of its series. */
struct report_exodus_point {
    size_t series;
    const struct exodus_seen *seen;
    double per_day; /* NaN where it may not be shown */
    enum report_hiding hiding;
    bool known;    /* on the day of the forecast */
    bool at_least; /* "more than" */
};

enum report_exodus_flow {
    REPORT_EXODUS_IN,
    REPORT_EXODUS_OUT,
    REPORT_EXODUS_REFUSED,
    REPORT_EXODUS_WAITING,
    REPORT_EXODUS_FLOWS
};

struct report_exodus {
    const struct exodus_chain *chain;
    const struct report_view *view;
    date_days from, to; /* days shown, both included */
    size_t n_days;
    size_t n_series;
    struct report_exodus_series *series;
    size_t n_fans;
    size_t *
        fans; /* of series: entries by country on its widest route; most counted, scored, most people first */
    size_t n_points;
    struct report_exodus_point *points; /* by fan, first day */
    /* [(flow * n_doors + door) * n_days + day] mean of the runs, people; NaN: not forecast; waiting: the door has no queue */
    double *doors;
    bool *parts;    /* [n_doors] the door is the sum of those of its countries that are forecast */
    uint8_t *gates; /* [(day * n_doors + door) * n_classes + class] enum gate */
    size_t *n_said; /* [n_effects] */
    struct text **said;
};

/* Chooses.  `chain` and `view` outlive *out.  O(rows of the forecast + fans * rows counted * doors). */
int report_exodus_make(struct arena *arena, const struct report_view *view,
                       const struct exodus_chain *chain, struct report_exodus *out,
                       struct ajar_err *err);

double report_exodus_at(const struct report_exodus *exodus, enum report_exodus_flow flow,
                        size_t door, size_t day);
enum gate report_exodus_gate(const struct report_exodus *exodus, size_t day, size_t door,
                             size_t class);

/* Days that a row covers, the first and the last in part. */
double report_exodus_days(const struct exodus_row *row);

/* Where most of those who may take the door live: the mean of the regions by weight over km. */
void report_exodus_side(const struct exodus_model *model, size_t door, double *lat, double *lon);

/* "exodus": {...}, or null.  The other side is web/src/exodus.ts. */
void report_exodus_data(struct report_json *data, const struct report_exodus *exodus);

#endif
