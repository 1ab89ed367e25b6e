/* What the page shows of WATCH, chosen from what the chain found: no words, no markup.
 *
 * A series is drawn when it has counts of single days or weeks within the days pictured, or an alarm.
 * Figures that rest on a count that may not be shown are kept back with it: a baseline's mean less its
 * other counts would give the small one away, and so would an alarm's sentence. */
#ifndef DESK_REPORT_WATCH_H
#define DESK_REPORT_WATCH_H

#include "report_json.h"
#include "watch_chain.h"

/* Longest span of a picture of daily counts, days. */
#define REPORT_WATCH_DAYS 400

/* On one clock: the mornings from and until which a value was in force. */
struct report_force {
    date_days from;  /* DATE_NONE: never */
    date_days until; /* DATE_NONE: to the end */
};

/* A count of one day or one week. */
struct report_watch_value {
    uint32_t value; /* of the book's series */
    bool used;      /* in force in the scan */
    enum report_hiding hiding;
    struct report_force force[2]; /* by enum watch_clock */
};

/* A morning of the replay on which something new was known. */
struct report_morning {
    uint32_t day;       /* of replay[clock].days */
    date_days from, to; /* the period that its verdict is about; DATE_NONE: none */
    bool kept;          /* its figures are not shown */
};

struct report_watch_series {
    uint32_t series;                   /* of the book */
    const struct watch_judged *judged; /* NULL: not in the scan */
    size_t n;
    struct report_watch_value *values;
    size_t n_mornings[2];
    struct report_morning *mornings[2]; /* by enum watch_clock */
};

struct report_watch {
    const struct watch_chain *chain;
    date_days from, to; /* days pictured; from > to: none */
    size_t n;
    struct report_watch_series *series; /* the focus country's first, then as in the book */
    uint32_t *shown;                    /* [book.n] of series; REPORT_NONE */
    size_t n_trade;
    uint32_t *trade; /* of chain->mirror.partners, rising: the flows that are shown */
    uint32_t lead;   /* of series: the one that the replay starts with; REPORT_NONE: no replay */
};

/* Chooses.  `chain` and `view` must outlive *out.  O(values of a series * its mornings), summed. */
int report_watch_make(struct arena *arena, const struct report_view *view,
                      const struct watch_chain *chain, struct report_watch *out,
                      struct ajar_err *err);

/* What may be shown of a value; NULL: REPORT_SHOWN. */
enum report_hiding report_watch_hiding(const struct report_view *view,
                                       const struct watch_value *value);

/* Whether any value of the series that meets those days may not be shown.  DATE_NONE: no end. */
bool report_watch_kept(const struct report_view *view, const struct watch_series *series,
                       date_days from, date_days to);

/* Whether a verdict on the period that ends on `to` rests on a count that may not be shown. */
bool report_watch_verdict_kept(const struct report_view *view, const struct watch_series *series,
                               const struct watch_verdict *verdict, date_days to);

/* The same of an alarm with its earliest day and its parts. */
bool report_watch_alarm_kept(const struct report_view *view, const struct watch_chain *chain,
                             const struct watch_alarm *alarm);

/* The alarm's first sentences: its count, what was to be expected and how often chance does that; or that
 * its figures are withheld.  Plain. */
void report_watch_core(struct buf *plain, const struct report_view *view,
                       const struct watch_chain *chain, const struct watch_alarm *alarm);

/* The other sentences of the alarm; n 0: there are none, or they are withheld. */
struct text report_watch_rest(const struct report_view *view, const struct watch_chain *chain,
                              const struct watch_alarm *alarm, struct text core);

/* Why a morning has no verdict, a clause; NULL: it has one.  Static. */
const char *report_watch_why(const struct watch_replay_day *day);

/* Whether the alarm is the first of its run. */
bool report_watch_first(const struct watch_alarm *alarm);

/* The mark of the arrival pictures that shows the alarm's count; REPORT_NONE: none does. */
uint32_t report_watch_mark(const struct report_view *view, const struct watch_chain *chain,
                           const struct watch_alarm *alarm);

/* "watch": {...}, or null without one.  The other side is web/src/data.ts. */
void report_watch_data(struct report_json *data, const struct report_watch *watch);
void report_flows_data(struct report_json *data, const struct watch_chain *chain);
void report_trade_data(struct report_json *data, const struct report_watch *watch);

#endif
