/* Shared by the files of claim: totals of a period, what stands against the claim, noise. */
#ifndef WATCH_CLAIM_PARTS_H
#define WATCH_CLAIM_PARTS_H

#include "claim.h"

struct claim_work {
    struct arena *arena;
    const struct watch_book *book;
    const struct scenario *scenario; /* NULL: of a file */
    const struct claim *claim;
    const struct claim_options *options;
    name_id place, whole, measure, route; /* of the claim; whole, route 0: none */
    uint32_t measure_row;                 /* of scenario->measures; SCENARIO_NO_ROW: of a file */
};

/* What one series says of a period: one value, or its days.  values NULL: nothing. */
struct claim_total {
    const struct watch_series *series;
    date_days from, to;
    double count;
    double slack; /* either side, by the roundness of its values */
    size_t n;
    uint32_t *values; /* of series->value */
    bool summed, in_force, rejected, disputed, computed;
    date_days known;
};

/* Whether counts of this kind may be added over days. */
bool claim_adds(enum measure_kind kind);

/* Half a unit of the last digit of a figure of the data that is not zero, at most 5 %. */
double claim_slack(double count);

/* Whether a value is known on the day that is asked about. */
bool claim_known(const struct claim_work *work, const struct watch_value *value);

/* Whether contradictions.csv speaks against a value and nowhere for it.  A pair of weeks that cross
 * reads one of them for a chart; the other may still be the value of its own week.  What spoke against it has
 * to be known on the day that is asked about.  O(pairs). */
bool claim_rejected(const struct claim_work *work, const struct watch_value *value);

/* One value as a total. */
int claim_total_of(const struct claim_work *work, const struct watch_known *known, uint32_t value,
                   struct claim_total *out, struct ajar_err *err);
/* The days of a period, all there: summed. */
int claim_total_days(const struct claim_work *work, const struct watch_known *known, date_days from,
                     date_days to, struct claim_total *out, struct ajar_err *err);
/* The days of a period that are there, when they are not all of it: from the first to the last of them. */
int claim_total_some(const struct claim_work *work, const struct watch_known *known, date_days from,
                     date_days to, struct claim_total *out, struct ajar_err *err);
/* The value in force for a period, else its days; values NULL when there is neither. */
int claim_total_at(const struct claim_work *work, const struct watch_known *known, date_days from,
                   date_days to, struct claim_total *out, struct ajar_err *err);
/* Whether the claim names no route and the series counts one part of a border. */
bool claim_part(const struct claim_work *work, const struct watch_series *series);
/* How much weaker than a published value of the whole place; 0: that. */
unsigned claim_weakness(const struct claim_work *work, const struct claim_total *total);

bool claim_series_is(const struct claim_work *work, const struct watch_series *series,
                     name_id place);
/* The strongest total of a place by the claim's measure over its period, on any route. */
int claim_total_place(const struct claim_work *work, name_id place, struct claim_total *out,
                      struct ajar_err *err);

/* Clauses that belong beside one piece of evidence. */
#define CLAIM_CLAUSES 8
struct claim_clauses {
    size_t n;
    const char *at[CLAIM_CLAUSES];
};
void claim_clause(struct claim_clauses *to, bool when, const char *clause);
/* One text, "; " between; NULL when there is none. */
int claim_clauses_join(struct arena *arena, const struct claim_clauses *clauses, const char **out,
                       struct ajar_err *err);
/* What counts of this kind are not; NULL. */
const char *claim_kind_clause(const struct watch_series *series);

/* All that bears on the claim, unsorted.  Fills n and evidence; lead's fields are left. */
struct claim_heap {
    size_t n, most;
    struct claim_evidence *at;
    unsigned *weakness; /* [most] */
};
int claim_gather(const struct claim_work *work, struct claim_heap *out, struct ajar_err *err);

/* The series' own noise: see struct claim_answer. */
int claim_noise(const struct claim_work *work, const struct watch_series *series, double *noise,
                size_t *n, struct ajar_err *err);

/* gross_in, gross_out, net of the answer. */
int claim_gross(const struct claim_work *work, name_id route, struct claim_answer *out,
                struct ajar_err *err);

/* The part of a measure's word from the first '_': "_rus". */
struct text claim_suffix(struct text measure);

#endif
