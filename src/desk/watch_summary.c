/* A scan in two sentences, also when nothing rings. */
#include <math.h>

#include "num.h"
#include "watch_inside.h"

static size_t summary_ringing(const struct watch_scan *scan)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_alarms; i++) {
        n += i == 0 || scan->alarms[i].series != scan->alarms[i - 1].series;
    }
    return n;
}

static size_t summary_speechless(const struct watch_scan *scan)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n_judged + scan->n_not_judged; i++) {
        const struct watch_judged *judged = &scan->judged[i];
        n += judged->why_not == NULL && judged->at_last.main.state == WATCH_CANNOT &&
             judged->at_last.sustained.state == WATCH_CANNOT;
    }
    return n;
}

static void summary_rings(struct buf *buf, const struct watch_scan *scan)
{
    size_t ring = summary_ringing(scan), n = scan->n_judged;
    if (n == 0) {
        buf_str(buf, "No series has two counts to compare");
    } else if (ring == 0) {
        if (n == 1) {
            buf_str(buf, "The one series judged does not ring");
        } else {
            buf_str(buf, "None of ");
            watch_say_count(buf, (double)n);
            buf_str(buf, " series rings");
        }
    } else if (n == 1) {
        buf_str(buf, "The one series judged rings");
    } else {
        watch_say_count(buf, (double)ring);
        buf_str(buf, " of ");
        watch_say_count(buf, (double)n);
        buf_str(buf, ring == 1 ? " series rings" : " series ring");
    }
    if (scan->options.since != DATE_NONE && n > 0) {
        buf_str(buf, " for a period that ends on ");
        watch_say_day(buf, scan->options.since);
        buf_str(buf, " or later");
    }
    if (scan->options.as_known != DATE_NONE) {
        buf_str(buf, ", as known on ");
        watch_say_day(buf, scan->options.as_known);
    }
    buf_str(buf, scan->options.clock == WATCH_PUBLISHED
                     ? ", by the days on which figures were published."
                     : ", by what the counting agency has the next morning.");
}

static void summary_rate(struct buf *buf, const struct watch_scan *scan)
{
    char text[NUM_TEXT];
    double rate = scan->false_alarms_a_year;
    if (scan->n_judged == 0) {
        return;
    }
    if (rate < 0.05) {
        buf_str(buf, " At this setting expect less than 0.1 false alarms a year");
    } else {
        num_format_grouped(rate, rate < 10 && rate != floor(rate) ? 1 : 0, text);
        buf_printf(buf, " At this setting expect about %s false alarm%s a year", text,
                   rate == 1 ? "" : "s");
    }
    if (scan->n_judged > 1) {
        buf_str(buf, " over all ");
        watch_say_count(buf, (double)scan->n_judged);
        buf_str(buf, " series judged");
    }
    buf_char(buf, '.');
}

static void summary_left(struct buf *buf, const struct watch_scan *scan)
{
    size_t speechless = summary_speechless(scan), not_judged = scan->n_not_judged;
    if (speechless > 0) {
        buf_char(buf, ' ');
        watch_say_count(buf, (double)speechless);
        buf_printf(buf, " of them %s too little history for a verdict.",
                   speechless == 1 ? "has" : "have");
    }
    if (not_judged > 0) {
        buf_char(buf, ' ');
        watch_say_count(buf, (double)not_judged);
        buf_str(buf, " more series could not be judged.");
    }
}

int watch_summary_scan(struct arena *arena, struct watch_scan *scan, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, WATCH_SENTENCE);
    summary_rings(&buf, scan);
    summary_rate(&buf, scan);
    summary_left(&buf, scan);
    return watch_keep(arena, &buf, &scan->summary, err);
}

/* The first ring of all; of one day the first series. */
static const struct watch_replay_day *summary_first(const struct watch_replay *replay)
{
    const struct watch_replay_day *first = NULL;
    for (size_t i = 0; i < replay->n; i++) {
        const struct watch_replay_day *day = &replay->days[i];
        if (day->first && (first == NULL || day->day < first->day)) {
            first = day;
        }
    }
    return first;
}

static void summary_revised(struct buf *buf, const struct watch_replay *replay)
{
    size_t n = 0;
    for (size_t i = 0; i < replay->n; i++) {
        n += replay->days[i].revised;
    }
    if (n > 0) {
        buf_printf(buf, " Counts known before were replaced on %zu occasion%s.", n,
                   n == 1 ? "" : "s");
    }
}

int watch_summary_replay(struct arena *arena, struct watch_replay *replay, date_days from,
                         date_days to, struct ajar_err *err)
{
    const struct watch_replay_day *first = summary_first(replay);
    struct buf buf;
    buf_init(&buf, 2 * WATCH_SENTENCE);
    if (first == NULL) {
        buf_str(&buf, "Nothing would have rung ");
        watch_say_span(&buf, from, to);
        buf_char(&buf, '.');
    } else {
        buf_str(&buf, "The first alarm would have rung on ");
        watch_say_day(&buf, first->day);
        buf_str(&buf, replay->options.clock == WATCH_PUBLISHED
                          ? ", from what had been published by then. "
                          : ", from what the counting agency had that morning. ");
        buf_text(&buf, first->sentence);
    }
    summary_revised(&buf, replay);
    return watch_keep(arena, &buf, &replay->summary, err);
}
