/* `ajar run` on one screen: each part in a few lines, then what was left out. */
#include "run_show.h"

#include <math.h>

#include "aid_show.h"
#include "flow_show.h"
#include "num.h"
#include "report_view.h"
#include "table.h"

#define RUN_FLOWS      5 /* largest counted flows shown */
#define RUN_ALARMS     3 /* first alarms shown */
#define RUN_WORDS_MOST ((size_t)16 << 20)

/* "2022-09-21 to 10-04"; a single day alone. */
static int run_put_days(struct table *table, date_days from, date_days to, struct ajar_err *err)
{
    char first[DATE_TEXT], last[DATE_TEXT];
    struct buf days;
    buf_init(&days, 256);
    buf_str(&days, date_format(from, first));
    if (from < to) {
        buf_printf(&days, " to %s", date_format(to, last) + 5);
    }
    table_text(table, buf_view(&days));
    int code = buf_ok(&days, err);
    buf_free(&days);
    return code;
}

/* The largest flows of the report's map: one a country, in one week, disputed figures left out. */
static int run_show_flows(const struct verb_call *call, const struct scenario *scenario,
                          struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"largest\nflows into", TABLE_WORD},
        {"days", TABLE_WORD},
        {"counted", TABLE_NUMBER},
        {"a day", TABLE_NUMBER},
        {"unit", TABLE_WORD},
        {"source", TABLE_TEXT},
    };
    const struct arrivals *rows = &scenario->arrivals;
    struct report_view view;
    struct table table;
    TRY(report_view_make(call->arena, scenario, scenario->as_known, &view, err));
    if (view.n_circles == 0) {
        return 0;
    }
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < view.n_circles && i < RUN_FLOWS; i++) {
        const struct report_mark *mark = &view.marks[view.circles[i].mark];
        bool shown = mark->hiding == REPORT_SHOWN;
        bool rate = rows->unit[mark->row] == UNIT_CROSSINGS_PER_DAY;
        table_begin_row(&table);
        table_text(&table, scenario_name(scenario, rows->country[mark->row]));
        TRY(run_put_days(&table, rows->from[mark->row], rows->to[mark->row], err));
        table_number(&table, shown && !rate ? mark->value : (double)NAN, 0);
        table_number(&table, shown ? mark->per_day : (double)NAN, 0);
        table_text(&table, rate ? text_of(unit_word(UNIT_CROSSINGS))
                                : scenario_name(scenario, rows->unit[mark->row]));
        table_text(&table, scenario_name(scenario, rows->source[mark->row]));
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    tell_say(call, "Gross: entries, every crossing counted, two-way traffic included. Not people "
                   "who stayed.");
    fputc('\n', call->to);
    return 0;
}

/* One line: what rang, from which day on, and how often chance does the same. */
static int run_show_alarm(const struct verb_call *call, const struct watch_chain *watch,
                          const struct watch_alarm *alarm, struct ajar_err *err)
{
    char day[DATE_TEXT], count[NUM_TEXT], expected[NUM_TEXT];
    struct buf words;
    buf_init(&words, RUN_WORDS_MOST);
    num_format_grouped(alarm->verdict.count, 0, count);
    num_format_grouped(alarm->verdict.expected, 0, expected);
    watch_say_series(&words, &watch->input, alarm->series);
    buf_printf(&words, ": %s from %s, where %s were to be expected; ", count,
               date_format(alarm->from, day), expected);
    if (isnan(alarm->verdict.p)) {
        buf_str(&words, "a rise that stays.");
    } else {
        buf_str(&words, "by chance ");
        watch_say_rate(&words, alarm->verdict.p, alarm->weekly ? 7 : 1);
        buf_char(&words, '.');
    }
    int code = buf_ok(&words, err);
    if (code == 0) {
        fputs("! ", call->to);
        tell_text(call, buf_view(&words), 2);
    }
    buf_free(&words);
    return code;
}

/* The first alarms of their runs; the report has all of them with their evidence. */
static int run_show_watch(const struct verb_call *call, const struct watch_chain *watch,
                          struct ajar_err *err)
{
    size_t shown = 0;
    if (!watch->counted) {
        return 0;
    }
    tell_text(call, watch->scan.summary, 0);
    for (size_t i = 0; i < watch->scan.n_alarms && shown < RUN_ALARMS; i++) {
        const struct watch_alarm *alarm = &watch->scan.alarms[i];
        if (alarm->from == alarm->run_from) {
            TRY(run_show_alarm(call, watch, alarm, err));
            shown++;
        }
    }
    fputc('\n', call->to);
    return 0;
}

size_t run_open(const struct gates *gates, date_days day)
{
    size_t n = 0;
    for (size_t c = 0; c < gates->n_crossings; c++) {
        for (size_t p = 0; p < gates->n_profiles; p++) {
            n += gate_at(gates, day, c, p) == GATE_OPEN;
        }
    }
    return n;
}

/* How many doors the law leaves open, on the first day and on the last. */
static void run_show_doors(const struct verb_call *call, const struct doors_chain *doors)
{
    const struct gates *gates = &doors->gates;
    char first[DATE_TEXT], last[DATE_TEXT];
    date_days to = gates->from + (date_days)gates->n_days - 1;
    if (gates->n_profiles == 0 || gates->n_crossings == 0 || gates->n_days == 0) {
        return;
    }
    tell_say(call,
             "Doors: of %zu pairs of %zu example people and %zu crossings the law opens %zu on %s "
             "and %zu on %s; entry rules change %zu time%s. Not legal advice; the border guard "
             "decides.",
             gates->n_profiles * gates->n_crossings, gates->n_profiles, gates->n_crossings,
             run_open(gates, gates->from), date_format(gates->from, first), run_open(gates, to),
             date_format(to, last), doors->n_diffs, doors->n_diffs == 1 ? "" : "s");
    fputc('\n', call->to);
}

/* The exodus in three lines: the fit, the flight, the what-if that changes most. */
static void run_show_exodus(const struct verb_call *call, const struct exodus_chain *exodus)
{
    const struct exodus_effect *worst = NULL;
    char day[DATE_TEXT], fewer[NUM_TEXT], low[NUM_TEXT], high[NUM_TEXT];
    if (!exodus->stands) {
        return;
    }
    tell_say(call,
             "Exodus, from what was known on %s: %zu of %zu counted rows lie inside their 80 %% "
             "interval (%zu by the priors alone); %u draws played.",
             date_format(exodus->input->model->as_known, day), exodus->n_inside, exodus->n_counted,
             exodus->n_prior_inside, exodus->n_members);
    for (size_t i = 0; i < exodus->n_effects; i++) {
        const struct exodus_effect *effect = &exodus->effects[i];
        if (worst == NULL || effect->entries_all.mean < worst->entries_all.mean) {
            worst = effect;
        }
    }
    if (worst != NULL && worst->entries_all.mean < 0) {
        struct text title = exodus->input->model->what_ifs[worst->world - 1].title;
        num_format_grouped(exodus_rounded(-worst->entries_all.mean), 0, fewer);
        num_format_grouped(exodus_rounded(-worst->entries_all.p95), 0, low);
        num_format_grouped(exodus_rounded(-worst->entries_all.p5), 0, high);
        tell_say(call, "What if? %.*s: %s fewer get out (p5 to p95: %s to %s).", (int)title.n,
                 title.at, fewer, low, high);
    }
    fputc('\n', call->to);
}

/* The placing in three lines: what is made up, the plan and its proof, who has no open door. */
static void run_show_place(const struct verb_call *call, const struct place_chain *place)
{
    char day[DATE_TEXT];
    uint32_t shut = 0, states = 0;
    if (!place->stands) {
        return;
    }
    const struct programme *programme = place->programme;
    for (uint32_t i = 0; i < programme->n_nowhere; i++) {
        shut += programme->nowhere_reason[i].why == PROGRAMME_DOOR;
    }
    for (size_t i = 0; i < place->n_moves; i++) {
        bool seen = false;
        for (size_t k = 0; k < i; k++) {
            seen = seen || text_eq(place->moves[k].state, place->moves[i].state);
        }
        states += !seen;
    }
    tell_say(call,
             "Placing on %s: %u of %u households get a place in %u states and Laender, %.2f %% "
             "from the best plan at most; %u have no open door anywhere.",
             date_format(place->on, day), place->report.all.placed, place->report.all.households,
             states, 100 * place->plan.plan.gap, shut);
    tell_say(call, "%s", place->synthetic);
    fputc('\n', call->to);
}

/* Every part that is left out, with its reason and what would turn it on. */
static void run_show_skips(const struct verb_call *call, const struct chain *chain)
{
    for (size_t i = 0; i < chain->n_skips; i++) {
        const struct chain_skip *skip = &chain->skips[i];
        tell_say(call, "%s is left out: %s. To turn it on: %s.", skip->part, skip->why, skip->file);
    }
}

static void run_list(struct buf *buf, const struct kept *kept, bool found)
{
    size_t n = 0;
    for (size_t i = 0; i < kept->n; i++) {
        if (kept->pieces[i].found == found) {
            buf_printf(buf, "%s%s", n++ == 0 ? "" : ", ", kept->pieces[i].title);
        }
    }
}

/* Nothing is said of a run that reused nothing. */
static int run_show_kept(const struct verb_call *call, const struct kept *kept,
                         struct ajar_err *err)
{
    size_t found = 0;
    struct buf buf;
    for (size_t i = 0; kept != NULL && i < kept->n; i++) {
        found += kept->pieces[i].found;
    }
    if (found == 0) {
        return 0;
    }
    buf_init(&buf, 4096);
    buf_str(&buf, "Reused from the last run, as nothing they rest on has changed: ");
    run_list(&buf, kept, true);
    if (found < kept->n) {
        buf_str(&buf, ". Computed: ");
        run_list(&buf, kept, false);
    }
    buf_char(&buf, '.');
    int code = buf_ok(&buf, err);
    if (code == 0) {
        tell_say(call, "%.*s", (int)buf.n, buf_view(&buf).at);
    }
    buf_free(&buf);
    return code;
}

static int run_show_foot(const struct verb_call *call, const struct chain *chain,
                         struct ajar_err *err)
{
    TRY(run_show_kept(call, chain->kept, err));
    fprintf(call->to, "Report: %s/report.html   (%zu files beside it)\n", call->out,
            chain->n_files);
    return 0;
}

/* What was run of a conflict. */
static void run_show_made(const struct verb_call *call, const struct flow_chain *flow)
{
    const struct flow_world *world = &flow->input.world;
    tell_say(call,
             "Map and fans: %s; %zu places, %zu ways, %zu camps, %d days. They know the total.",
             flow->made, world->n_places, flow->n_ways, world->n_camps, world->n_days);
}

/* A conflict that ran alone: the three tables of scores, what was run, what was left out. */
static int run_show_alone(const struct verb_call *call, const struct chain *chain,
                          struct ajar_err *err)
{
    const struct flow_chain *flow = chain->flow;
    const struct flow_world *world = &flow->input.world;
    if (flow->scored) {
        TRY(flow_show_score(call, &flow->score, err));
    } else {
        tell_say(call, "%.*s: no camp has a report in the run, so nothing is scored.",
                 (int)world->title.n, world->title.at);
    }
    fputc('\n', call->to);
    run_show_made(call, flow);
    run_show_skips(call, chain);
    return run_show_foot(call, chain, err);
}

/* The conflict of a scenario: who stands in each host country, counted and as run, and how near that is. */
static int run_show_conflict(const struct verb_call *call, const struct flow_chain *flow,
                             struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"in the camps of", TABLE_WORD}, {"camps", TABLE_NUMBER},
        {"last\ncounts", TABLE_NUMBER},  {"counted until", TABLE_WORD},
        {"runs,\nmean", TABLE_NUMBER},   {"p5", TABLE_NUMBER},
        {"p95", TABLE_NUMBER},
    };
    char day[DATE_TEXT];
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < flow->n_stocks; i++) {
        const struct flow_stock *stock = &flow->stocks[i];
        bool shown = stock->n_seen > 0 && !stock->hidden;
        table_begin_row(&table);
        table_text(&table, stock->country);
        table_number(&table, (double)stock->n_camps, 0);
        table_number(&table, shown ? stock->counted : (double)NAN, 0);
        table_text(&table, shown ? text_of(date_format(flow->input.world.start + stock->to, day))
                                 : (struct text){"", 0});
        table_number(&table, stock->mean, 0);
        table_number(&table, stock->p5, 0);
        table_number(&table, stock->p95, 0);
    }
    TRY(table_print(&table, call->to, call->width, call->color, err));
    run_show_made(call, flow);
    fputc('\n', call->to);
    return 0;
}

/* The budget's split in its hosts, its proof, and what it rests on. */
static int run_show_aid(const struct verb_call *call, const struct aid_job *job,
                        struct ajar_err *err)
{
    char people[NUM_TEXT];
    if (job->n == 0) {
        return 0;
    }
    aid_show_opening(call, job);
    fputc('\n', call->to);
    TRY(aid_show_hosts(call, job, err));
    aid_show_proof(call, job);
    num_format_grouped(job->rule[AID_RULE_SPLIT].people_covered, 0, people);
    tell_say(call,
             "People covered: %s; price of fairness %.1f %%. What no source gives is an "
             "assumption, marked so in the tables.",
             people, 100 * job->price_of_fairness);
    fputc('\n', call->to);
    return 0;
}

int run_show(const struct verb_call *call, const struct chain *chain, struct ajar_err *err)
{
    const struct scenario *scenario = &chain->scenario;
    size_t contradictions = scenario->contradictions.n;
    char rows[NUM_TEXT];
    if (chain->alone) {
        return run_show_alone(call, chain, err);
    }
    tell_say(call, "%.*s", (int)scenario->title.n, scenario->title.at);
    fputc('\n', call->to);
    TRY(run_show_flows(call, scenario, err));
    TRY(run_show_watch(call, &chain->watch, err));
    run_show_doors(call, &chain->doors);
    run_show_exodus(call, &chain->exodus);
    if (chain->flow != NULL) {
        TRY(run_show_conflict(call, chain->flow, err));
    }
    run_show_place(call, &chain->place);
    TRY(run_show_aid(call, &chain->aid, err));
    num_format_grouped((double)scenario->arrivals.n, 0, rows);
    tell_say(call,
             "%s rows of arrivals, %zu sources, %zu contradiction%s declared, %zu "
             "assumptions.",
             rows, scenario->sources.n, contradictions, contradictions == 1 ? "" : "s",
             scenario->assumptions.n);
    run_show_skips(call, chain);
    return run_show_foot(call, chain, err);
}
