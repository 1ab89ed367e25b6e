/* What may be shown of WATCH's figures, and its words for one alarm. */
#include <string.h>

#include "report_page.h"
#include "report_watch.h"
#include "watch_inside.h"

enum report_hiding report_watch_hiding(const struct report_view *view,
                                       const struct watch_value *value)
{
    return value == NULL ? REPORT_SHOWN : (enum report_hiding)view->hiding[value->row];
}

bool report_watch_kept(const struct report_view *view, const struct watch_series *series,
                       date_days from, date_days to)
{
    for (size_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        bool meets =
            (from == DATE_NONE || value->to >= from) && (to == DATE_NONE || value->from <= to);
        if (meets && report_watch_hiding(view, value) != REPORT_SHOWN) {
            return true;
        }
    }
    return false;
}

bool report_watch_verdict_kept(const struct report_view *view, const struct watch_series *series,
                               const struct watch_verdict *verdict, date_days to)
{
    return report_watch_kept(view, series, verdict->base_from, to);
}

bool report_watch_alarm_kept(const struct report_view *view, const struct watch_chain *chain,
                             const struct watch_alarm *alarm)
{
    const struct watch_series *all = chain->input.book.series, *series = &all[alarm->series];
    bool kept = report_watch_verdict_kept(view, series, &alarm->verdict, alarm->to);
    if (alarm->earliest.day != DATE_NONE) {
        kept = kept || report_watch_verdict_kept(view, series, &alarm->earliest.verdict, alarm->to);
    }
    if (alarm->earliest.base_value != BOOK_NONE) {
        const struct watch_value *base = &series->value[alarm->earliest.base_value];
        kept = kept || report_watch_hiding(view, base) != REPORT_SHOWN;
    }
    for (size_t i = 0; i < alarm->n_parts; i++) {
        kept = kept || report_watch_kept(view, &all[alarm->parts[i].series],
                                         alarm->verdict.base_from, alarm->to);
    }
    return kept;
}

void report_watch_core(struct buf *plain, const struct report_view *view,
                       const struct watch_chain *chain, const struct watch_alarm *alarm)
{
    if (!report_watch_alarm_kept(view, chain, alarm)) {
        watch_alarm_core(plain, &chain->input, alarm->series, &alarm->verdict, alarm->from,
                         alarm->to);
        return;
    }
    watch_say_series(plain, &chain->input, alarm->series);
    buf_str(plain, ": higher ");
    watch_say_span(plain, alarm->from, alarm->to);
    buf_str(plain, " than its past lets one expect. The figures are withheld, for they would give "
                   "a small count away.");
}

struct text report_watch_rest(const struct report_view *view, const struct watch_chain *chain,
                              const struct watch_alarm *alarm, struct text core)
{
    struct text whole = alarm->sentence;
    bool starts = whole.n >= core.n && memcmp(whole.at, core.at, core.n) == 0;
    if (!starts || report_watch_alarm_kept(view, chain, alarm)) {
        return (struct text){"", 0};
    }
    return text_trim((struct text){whole.at + core.n, whole.n - core.n});
}

const char *report_watch_why(const struct watch_replay_day *day)
{
    if (day->judged && day->verdict.state != WATCH_CANNOT) {
        return NULL;
    }
    if (day->verdict.why_not != NULL) {
        return day->verdict.why_not;
    }
    return day->n_known < 2 ? "a single count is known" : "no earlier count to hold it against";
}

bool report_watch_first(const struct watch_alarm *alarm)
{
    return alarm->from <= alarm->run_from;
}

uint32_t report_watch_mark(const struct report_view *view, const struct watch_chain *chain,
                           const struct watch_alarm *alarm)
{
    uint32_t row = chain->input.book.series[alarm->series].value[alarm->value].row;
    for (uint32_t i = 0; i < view->n_marks; i++) {
        if (view->marks[i].row == row) {
            return i;
        }
    }
    return REPORT_NONE;
}
