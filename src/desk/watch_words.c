/* Words of WATCH that all who show it share. */
#include <math.h>

#include "num.h"
#include "watch_inside.h"

#define WORDS_TINY_YEARS 1000 /* rarer than once in so long is told no finer */

static const char *const words_month[] = {"",        "January",  "February", "March",  "April",
                                          "May",     "June",     "July",     "August", "September",
                                          "October", "November", "December"};

static void words_day_month(struct buf *buf, date_days day)
{
    int year, month, of_month;
    date_to_civil(day, &year, &month, &of_month);
    buf_printf(buf, "%d %s", of_month, words_month[month]);
}

void watch_say_day(struct buf *buf, date_days day)
{
    int year, month, of_month;
    if (day == DATE_NONE) {
        buf_str(buf, "a day not known");
        return;
    }
    date_to_civil(day, &year, &month, &of_month);
    buf_printf(buf, "%d %s %d", of_month, words_month[month], year);
}

/* "19", "28 September", "30 December 2022": as much of the first day as the second does not say. */
static void words_range(struct buf *buf, date_days from, date_days to, const char *between)
{
    int year[2], month[2], day[2];
    date_to_civil(from, &year[0], &month[0], &day[0]);
    date_to_civil(to, &year[1], &month[1], &day[1]);
    if (year[0] != year[1]) {
        watch_say_day(buf, from);
    } else if (month[0] != month[1]) {
        words_day_month(buf, from);
    } else {
        buf_printf(buf, "%d", day[0]);
    }
    buf_str(buf, between);
    watch_say_day(buf, to);
}

void watch_say_span(struct buf *buf, date_days from, date_days to)
{
    if (from == to) {
        buf_str(buf, "on ");
        watch_say_day(buf, from);
    } else {
        buf_str(buf, "from ");
        words_range(buf, from, to, " to ");
    }
}

void watch_say_between(struct buf *buf, date_days from, date_days to)
{
    words_range(buf, from, to, " and ");
}

void watch_say_count(struct buf *buf, double count)
{
    char text[NUM_TEXT];
    bool whole = count == floor(count) || fabs(count) >= 100;
    num_format_grouped(count, whole ? 0 : 1, text);
    buf_str(buf, isnan(count) ? "an unknown number" : text);
}

void watch_say_share(struct buf *buf, double share)
{
    char text[NUM_TEXT];
    double percent = 100 * share;
    num_format_grouped(percent, fabs(percent) < 10 && percent != floor(percent) ? 1 : 0, text);
    buf_printf(buf, "%s %%", text);
}

void watch_say_p(struct buf *buf, double p)
{
    char text[NUM_TEXT];
    if (p < 1e-4) {
        buf_str(buf, "p < 0.0001");
        return;
    }
    int decimals = 2;
    for (double limit = 0.1; p < limit && decimals < 5; limit /= 10) {
        decimals++;
    }
    num_format_fixed(p, decimals, text);
    buf_printf(buf, "p = %s", text);
}

static double words_days(double p, int step_days)
{
    return step_days / p;
}

bool watch_rate_tiny(double p, int step_days)
{
    return words_days(p, step_days) > WORDS_TINY_YEARS * 365.25;
}

void watch_say_rate(struct buf *buf, double p, int step_days)
{
    char text[NUM_TEXT];
    double days = words_days(p, step_days);
    if (!(p > 0 && p <= 1) && !(p == 0)) {
        buf_str(buf, "at a rate not known");
    } else if (watch_rate_tiny(p, step_days)) {
        buf_printf(buf, "less than once in %d,000 years", WORDS_TINY_YEARS / 1000);
    } else if (days < 13.5) {
        num_format_grouped(days, 0, text);
        buf_printf(buf, days < 1.5 ? "every day" : "once in %s days", text);
    } else {
        num_format_grouped(days / 7, 0, text);
        buf_printf(buf, "once in %s weeks", text);
        if (days >= 1.5 * 365.25) {
            num_format_grouped(days / 365.25, days < 3652.5 ? 1 : 0, text);
            buf_printf(buf, " (%s years)", text);
        }
    }
}

struct words_detector {
    const char *word, *title;
};

static const struct words_detector words_detectors[WATCH_DETECTORS] = {
    [WATCH_AUTO] = {"auto", "the method that the length of history allows"},
    [WATCH_TOTALS] = {"totals", "two totals, with a stated noise"},
    [WATCH_RATIO] = {"ratio", "log ratio to the same weekday, classic"},
    [WATCH_C1] = {"c1", "EARS C1, classic"},
    [WATCH_C2] = {"c2", "EARS C2, classic"},
    [WATCH_C3] = {"c3", "EARS C3, classic"},
    [WATCH_T] = {"t", "predictive t on a few earlier counts"},
    [WATCH_WEEKDAY] = {"weekday", "C2 on weekday-adjusted counts, calibrated"},
    [WATCH_SEASON] = {"season", "seasonal model of daily counts"},
    [WATCH_FARRINGTON] = {"farrington", "Farrington flexible"},
    [WATCH_CUSUM] = {"cusum", "CUSUM for sustained shifts"},
    [WATCH_CHANGE] = {"change", "Bayesian change point"},
};

const char *watch_detector_word(enum watch_detector detector)
{
    return (unsigned)detector < WATCH_DETECTORS ? words_detectors[detector].word : "";
}

const char *watch_detector_title(enum watch_detector detector)
{
    return (unsigned)detector < WATCH_DETECTORS ? words_detectors[detector].title : "";
}

static const char *words_symbol(const struct watch_verdict *verdict)
{
    switch (verdict->detector) {
    case WATCH_C1:
        return "C1";
    case WATCH_C2:
        return "C2";
    case WATCH_C3:
        return "C3";
    case WATCH_CUSUM:
        return "S";
    case WATCH_RATIO:
    case WATCH_TOTALS:
        return "z";
    default:
        return isnan(verdict->df) ? "score" : isinf(verdict->df) ? "z" : "t";
    }
}

void watch_say_statistic(struct buf *buf, const struct watch_verdict *verdict)
{
    char text[NUM_TEXT];
    if (isnan(verdict->statistic)) {
        buf_str(buf, "no statistic");
        return;
    }
    if (verdict->detector == WATCH_CHANGE) {
        buf_str(buf, "probability of a change ");
        watch_say_share(buf, verdict->statistic);
        return;
    }
    num_format_fixed(verdict->statistic, 2, text);
    buf_printf(buf, "%s = %s", words_symbol(verdict), text);
    if (isfinite(verdict->df)) {
        double df = verdict->df < 10 ? round(10 * verdict->df) / 10 : round(verdict->df);
        num_format(df, text);
        buf_printf(buf, " with %s degree%s of freedom", text, df == 1 ? "" : "s");
    }
}

int watch_keep(struct arena *arena, struct buf *buf, struct text *out, struct ajar_err *err)
{
    const char *copy = NULL;
    int code = buf_ok(buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(buf), &copy, err);
    if (code == 0) {
        *out = (struct text){copy, buf->n};
    }
    buf_free(buf);
    return code;
}
