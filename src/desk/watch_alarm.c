/* An alarm in plain sentences for a situation report. */
#include <math.h>

#include "num.h"
#include "report_page.h"
#include "watch_inside.h"

enum { ALARM_DOORS = 8, ALARM_PARTS = 3, ALARM_SOURCES = 3 };

#define ALARM_RECENT  0.5 /* P(a change within the last 7 periods) from which its date is told */
#define ALARM_Q       0.05
#define ALARM_AGAINST 0.1 /* of the rise: how far a door may have moved against it */

static const char *alarm_period_word(int step_days, size_t n)
{
    return step_days == 7 ? n == 1 ? "week" : "weeks" : n == 1 ? "day" : "days";
}

static bool alarm_classic(enum watch_detector detector)
{
    return detector == WATCH_RATIO || detector == WATCH_C1 || detector == WATCH_C2 ||
           detector == WATCH_C3;
}

static void alarm_base(struct buf *buf, const struct watch_verdict *verdict, int step_days)
{
    if (verdict->base_from == DATE_NONE || verdict->base_n == 0) {
        return;
    }
    buf_printf(buf, " from %zu %s ", verdict->base_n,
               alarm_period_word(step_days, verdict->base_n));
    if (verdict->base_from == verdict->base_to) {
        watch_say_span(buf, verdict->base_from, verdict->base_to);
    } else {
        buf_str(buf, "between ");
        watch_say_between(buf, verdict->base_from, verdict->base_to);
    }
}

/* What the count is held against. */
static void alarm_expected(struct buf *buf, const struct watch_verdict *verdict, int step_days)
{
    if (isnan(verdict->expected)) {
        return;
    }
    buf_str(buf, ", where ");
    watch_say_count(buf, verdict->expected);
    if (verdict->detector == WATCH_TOTALS) {
        buf_str(buf, verdict->expected == 1 ? " was counted " : " were counted ");
        watch_say_span(buf, verdict->base_from, verdict->base_to);
    } else {
        buf_str(buf, " were to be expected");
        alarm_base(buf, verdict, step_days);
    }
}

static void alarm_chance(struct buf *buf, const struct watch_verdict *verdict, int step_days)
{
    if (isnan(verdict->p)) {
        return;
    }
    const char *about = watch_rate_tiny(verdict->p, step_days) ? "" : "about ";
    if (verdict->detector == WATCH_TOTALS) {
        buf_printf(buf, " If counts of a %s scatter by ", alarm_period_word(step_days, 1));
        watch_say_share(buf, verdict->noise);
        buf_str(buf, " beyond counting, which is assumed and not measured, a rise");
    } else if (alarm_classic(verdict->detector)) {
        buf_str(buf, " By the printed rule, which alarms several times as often on so short a "
                     "baseline, a rise");
    } else {
        buf_str(buf, " A rise");
    }
    buf_printf(buf, " like this or larger comes %s", about);
    watch_say_rate(buf, verdict->p, step_days);
    buf_str(buf, " while nothing changes.");
}

static void alarm_sustained(struct buf *buf, const struct watch_verdict *verdict, int step_days)
{
    buf_str(buf, " No single ");
    buf_str(buf, alarm_period_word(step_days, 1));
    buf_str(buf, " need stand out: the excess adds up");
    if (verdict->since != DATE_NONE) {
        buf_str(buf, " since ");
        watch_say_day(buf, verdict->since);
    }
    buf_char(buf, '.');
    if (verdict->rate > 0) {
        buf_str(buf, " The CUSUM rings about ");
        watch_say_rate(buf, verdict->rate, step_days);
        buf_str(buf, " while nothing changes.");
    }
}

void watch_alarm_core(struct buf *buf, const struct watch_input *input, uint32_t series,
                      const struct watch_verdict *verdict, date_days from, date_days to)
{
    int step_days = (int)(to - from) + 1;
    bool cusum = verdict->detector == WATCH_CUSUM;
    watch_say_series(buf, input, series);
    buf_str(buf, cusum ? ", a sustained shift: " : ": ");
    watch_say_count(buf, verdict->count);
    buf_char(buf, ' ');
    watch_say_span(buf, from, to);
    alarm_expected(buf, verdict, step_days);
    buf_str(buf, " (");
    watch_say_statistic(buf, verdict);
    if (!isnan(verdict->p)) {
        buf_str(buf, ", ");
        watch_say_p(buf, verdict->p);
    }
    buf_str(buf, ").");
    if (cusum) {
        alarm_sustained(buf, verdict, step_days);
    } else {
        alarm_chance(buf, verdict, step_days);
    }
}

static void alarm_source(struct buf *buf, const struct watch_input *input, name_id source)
{
    const struct scenario *scenario = input->scenario;
    uint32_t row =
        scenario != NULL && source != 0 ? scenario_source(scenario, source) : SCENARIO_NO_ROW;
    buf_text(buf, names_word(input->book.names, source));
    if (row != SCENARIO_NO_ROW && scenario->sources.date[row].first != DATE_NONE) {
        buf_str(buf, ", dated ");
        if (scenario->sources.date[row].precision == DATE_DAY) {
            watch_say_day(buf, scenario->sources.date[row].first);
        } else {
            char date[DATE_TEXT];
            buf_str(buf, date_format_partial(scenario->sources.date[row], date));
        }
    }
}

static void alarm_age(struct buf *buf, const struct watch_scan *scan,
                      const struct watch_alarm *alarm, const struct watch_value *value)
{
    if (alarm->known == DATE_NONE) {
        buf_str(buf, " On which day the count became known is not stated;");
    } else if (scan->options.clock == WATCH_PUBLISHED) {
        buf_str(buf, " The count was published on ");
        watch_say_day(buf, alarm->known);
        if (value->source != 0) {
            buf_str(buf, " (source ");
            buf_text(buf, names_word(scan->input->book.names, value->source));
            buf_char(buf, ')');
        }
        buf_char(buf, ';');
    } else if (alarm->known == value->to + 1) {
        buf_str(buf, " The count was known the next morning;");
    } else {
        buf_str(buf, " The count was corrected on ");
        watch_say_day(buf, alarm->known);
        buf_char(buf, ';');
    }
    buf_printf(buf, " it is %d day%s old.", (int)alarm->age_days, alarm->age_days == 1 ? "" : "s");
    if (value->computed) {
        buf_str(buf, " It was worked out from other figures, not published as such.");
    }
}

static void alarm_since(struct buf *buf, const struct watch_alarm *alarm)
{
    if (alarm->run_from < alarm->from) {
        buf_str(buf, " It has rung on every count since ");
        watch_say_day(buf, alarm->run_from);
        buf_char(buf, '.');
    }
    if (alarm->change.p_recent >= ALARM_RECENT && alarm->change.since != DATE_NONE &&
        alarm->verdict.detector != WATCH_TOTALS) {
        buf_str(buf, " The level most likely changed on ");
        watch_say_day(buf, alarm->change.since);
        buf_str(buf, " (probability of a change within the last seven counts: ");
        watch_say_share(buf, alarm->change.p_recent);
        buf_str(buf, ").");
    }
    if (alarm->accepted) {
        buf_str(buf, " It has rung for so long that this level is taken as the new normal from "
                     "here on.");
    }
}

/* The distinct sources of the figures that the earliest alarm rests on. */
static size_t alarm_sources(const struct watch_scan *scan, const struct watch_alarm *alarm,
                            name_id sources[static ALARM_SOURCES])
{
    const struct watch_series *series = &scan->input->book.series[alarm->series];
    const struct watch_earliest *earliest = &alarm->earliest;
    size_t n = 0;
    for (uint32_t i = 0; i < series->n; i++) {
        const struct watch_value *value = &series->value[i];
        date_days known = book_known_from(value, scan->options.clock);
        bool base = value->from >= earliest->verdict.base_from &&
                    value->to <= earliest->verdict.base_to && value->from <= value->to &&
                    value->to - value->from == alarm->to - alarm->from && known != DATE_NONE &&
                    known <= earliest->day;
        bool used = i == earliest->count_value || i == earliest->base_value ||
                    (base && earliest->base_value == BOOK_NONE);
        for (size_t k = 0; k < n && used; k++) {
            used = sources[k] != value->source;
        }
        if (used && value->source != 0 && n < ALARM_SOURCES) {
            sources[n++] = value->source;
        }
    }
    return n;
}

static void alarm_say_sources(struct buf *buf, const struct watch_scan *scan,
                              const struct watch_alarm *alarm)
{
    name_id sources[ALARM_SOURCES];
    size_t n = alarm_sources(scan, alarm, sources);
    if (n == 0) {
        return;
    }
    buf_str(buf, n == 1 ? " (source " : " (sources ");
    for (size_t i = 0; i < n; i++) {
        buf_str(buf, i == 0 ? "" : "; ");
        alarm_source(buf, scan->input, sources[i]);
    }
    buf_char(buf, ')');
}

/* The earliest day, and on what figures. */
static void alarm_earliest(struct buf *buf, const struct watch_scan *scan,
                           const struct watch_alarm *alarm)
{
    const struct watch_earliest *earliest = &alarm->earliest;
    const struct watch_series *series = &scan->input->book.series[alarm->series];
    if (scan->options.clock != WATCH_PUBLISHED && earliest->day == alarm->known) {
        return; /* said by "known the next morning" */
    }
    if (earliest->day == DATE_NONE) {
        buf_str(buf, " From which day it could have rung is not known: the figures bear no date.");
        return;
    }
    buf_str(buf, " It could ring from ");
    watch_say_day(buf, earliest->day);
    if (earliest->base_value != BOOK_NONE) {
        const struct watch_value *base = &series->value[earliest->base_value];
        buf_str(buf, " on, from two figures: ");
        watch_say_count(buf, earliest->verdict.count);
        buf_char(buf, ' ');
        watch_say_span(buf, alarm->from, alarm->to);
        buf_str(buf, " against ");
        watch_say_count(buf, base->count);
        buf_char(buf, ' ');
        watch_say_span(buf, base->from, base->to);
    } else {
        buf_printf(buf, " on, by the %zu earlier counts known then", earliest->verdict.base_n);
    }
    alarm_say_sources(buf, scan, alarm);
    buf_char(buf, '.');
}

static void alarm_noise(struct buf *buf, const struct watch_alarm *alarm)
{
    char most[NUM_TEXT];
    if (isnan(alarm->earliest.noise_most)) {
        return;
    }
    num_format_fixed(100 * alarm->earliest.noise_most, 1, most);
    buf_printf(buf, " It rings only if counts of a %s scatter by less than %s %% beyond counting.",
               alarm->weekly ? "week" : "day", most);
}

static void alarm_rule(struct buf *buf, const struct scenario *scenario, uint32_t door,
                       date_days start)
{
    const struct doors *doors = &scenario->doors;
    bool begins = doors->from[door] != DATE_NONE && doors->from[door] >= start - 3 &&
                  doors->from[door] <= start + 3;
    date_days day = begins ? doors->from[door] : doors->to[door];
    if (doors->refused[door].n > 0) {
        report_door_title(buf, scenario, door);
    } else {
        buf_text(buf, report_country(scenario, doors->country[door]));
        buf_str(buf, ", rule for ");
        buf_text(buf, doors->border[door]);
    }
    buf_str(buf, begins ? " (from " : " (until ");
    watch_say_day(buf, day);
    buf_str(buf, ", ");
    buf_text(buf, scenario_name(scenario, doors->id[door]));
    buf_char(buf, ')');
}

static void alarm_doors(struct buf *buf, const struct watch_input *input,
                        const struct watch_alarm *alarm)
{
    if (input->scenario == NULL) {
        return;
    }
    if (alarm->n_doors == 0) {
        buf_str(buf, " No rule is known to have changed within three days.");
        return;
    }
    buf_str(buf, " Rules changed within three days: ");
    for (size_t i = 0; i < alarm->n_doors && i < ALARM_DOORS; i++) {
        buf_str(buf, i == 0 ? "" : "; ");
        alarm_rule(buf, input->scenario, alarm->doors[i], alarm->run_from);
    }
    if (alarm->n_doors > ALARM_DOORS) {
        buf_printf(buf, "; and %zu more", alarm->n_doors - ALARM_DOORS);
    }
    buf_char(buf, '.');
}

/* Doors that moved against each other have shares of the rise that say nothing. */
static bool alarm_one_way(const struct watch_alarm *alarm)
{
    bool one_way = true;
    for (size_t i = 0; i < alarm->n_parts; i++) {
        double share = alarm->parts[i].contribution;
        one_way = one_way && share >= -ALARM_AGAINST && share <= 1 + ALARM_AGAINST;
    }
    return one_way && alarm->parts[0].after > alarm->parts[0].before;
}

static void alarm_part(struct buf *buf, const struct watch_input *input,
                       const struct watch_part *part, bool one_way)
{
    watch_say_place(buf, input, part->series);
    buf_char(buf, ' ');
    if (one_way) {
        watch_say_share(buf, part->contribution);
    } else {
        watch_say_count(buf, round(part->before));
        buf_str(buf, " to ");
        watch_say_count(buf, part->after);
    }
    if (part->q < ALARM_Q) {
        buf_str(buf, ", a share that shifted beyond chance");
    }
}

static void alarm_parts(struct buf *buf, const struct watch_input *input,
                        const struct watch_alarm *alarm)
{
    if (alarm->n_parts == 0) {
        buf_printf(buf, " No other door has counts for these %s.",
                   alarm->weekly ? "weeks" : "days");
        return;
    }
    bool one_way = alarm_one_way(alarm);
    buf_str(buf, one_way ? " Of the rise over " : " Counts at ");
    buf_printf(buf, "%zu doors%s: ", alarm->n_parts, one_way ? "" : ", from usual to now");
    for (size_t i = 0; i < alarm->n_parts && i < ALARM_PARTS; i++) {
        buf_str(buf, i == 0 ? "" : "; ");
        alarm_part(buf, input, &alarm->parts[i], one_way);
    }
    if (alarm->n_parts > ALARM_PARTS) {
        buf_printf(buf, "; and %zu more", alarm->n_parts - ALARM_PARTS);
    }
    buf_char(buf, '.');
}

/* What kind of count this is not. */
static void alarm_kind(struct buf *buf, enum measure_kind kind)
{
    switch (kind) {
    case KIND_GROSS_IN:
        buf_str(buf, " Gross: entries, not people who stayed.");
        break;
    case KIND_GROSS_OUT:
        buf_str(buf, " Gross: exits, not people who stayed away.");
        break;
    case KIND_BOTH_WAYS:
        buf_str(buf, " Gross: crossings in both directions, not people who moved.");
        break;
    case KIND_TRIPS:
        buf_str(buf, " Trips, not people: one person may make many.");
        break;
    default:
        break;
    }
}

int watch_alarm_say(struct arena *arena, const struct watch_scan *scan, struct watch_alarm *alarm,
                    struct ajar_err *err)
{
    const struct watch_input *input = scan->input;
    const struct watch_series *series = &input->book.series[alarm->series];
    struct buf buf;
    buf_init(&buf, WATCH_SENTENCE);
    watch_alarm_core(&buf, input, alarm->series, &alarm->verdict, alarm->from, alarm->to);
    alarm_since(&buf, alarm);
    alarm_age(&buf, scan, alarm, &series->value[alarm->value]);
    alarm_earliest(&buf, scan, alarm);
    alarm_noise(&buf, alarm);
    alarm_doors(&buf, input, alarm);
    alarm_parts(&buf, input, alarm);
    if (input->scenario != NULL) {
        alarm_kind(&buf, series->kind);
    }
    return watch_keep(arena, &buf, &alarm->sentence, err);
}
