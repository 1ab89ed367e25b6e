/* `ajar run`: the whole chain, and its one-screen summary. */
#include <math.h>

#include "aid_show.h"
#include "answer.h"
#include "chain.h"
#include "flow_show.h"
#include "json.h"
#include "nouns.h"
#include "num.h"
#include "report_view.h"
#include "table.h"
#include "verb.h"

#define RUN_FAULTS       1000
#define RUN_FLOWS        5 /* largest counted flows shown */
#define RUN_ALARMS       3 /* first alarms shown */
#define RUN_JSON_CEILING ((size_t)16 << 20)

static const struct verb_arg run_args[] = {
    {.name = "SCENARIO", .help = "Folder of the scenario.", .path = true},
};

static const struct verb_option run_options[] = {
    {.name = "replace",
     .type = OPT_FLAG,
     .help = "Replace the folder of --out if Ajar wrote it; anything else is never touched."},
    {.name = "fair",
     .type = OPT_FLAG,
     .help = "Place by the rules of fairness too, beside the largest total: half a minute more."},
    {.name = "draws",
     .type = OPT_INT,
     .value = "N",
     .fallback = "2000",
     .min = 0,
     .max = 1000000,
     .help = "Draws of the sensitivity of the aid split; 0 leaves it out."},
};

static const struct verb_example run_examples[] = {
    {.say = "The exodus of 2022, from data to a report.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/exodus2022"},
    {.say = "Once more over the earlier output, without the draws.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/exodus2022 --replace --draws 0"},
    {.say = "A conflict alone: a map by day, camps beside what was counted, scores.",
     .command = "ajar run scenarios/mali2012 --out $OUT/mali2012"},
};

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
    buf_init(&words, RUN_JSON_CEILING);
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

static size_t run_open(const struct gates *gates, date_days day)
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
             exodus->n_prior_inside, exodus->replay.n_members);
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

/* A conflict that ran alone: what was run, the three tables of scores, what was left out. */
static int run_show_conflict(const struct verb_call *call, const struct chain *chain,
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
    tell_say(call,
             "Map and fans: %s; %zu places, %zu ways, %zu camps, %d days. They know the total.",
             flow->made, world->n_places, flow->n_ways, world->n_camps, world->n_days);
    for (size_t i = 0; i < flow->n_skips; i++) {
        tell_say(call, "%s is left out: %s.", flow->skips[i].part, flow->skips[i].why);
    }
    fprintf(call->to, "Report: %s/report.html   (%zu files beside it)\n", call->out,
            chain->n_files);
    return 0;
}

static int run_show(const struct verb_call *call, const struct chain *chain, struct ajar_err *err)
{
    const struct scenario *scenario = &chain->scenario;
    const struct aid_job *job = &chain->aid;
    size_t contradictions = scenario->contradictions.n;
    char people[NUM_TEXT], rows[NUM_TEXT];
    if (chain->flow != NULL) {
        return run_show_conflict(call, chain, err);
    }
    tell_say(call, "%.*s", (int)scenario->title.n, scenario->title.at);
    fputc('\n', call->to);
    TRY(run_show_flows(call, scenario, err));
    TRY(run_show_watch(call, &chain->watch, err));
    run_show_doors(call, &chain->doors);
    run_show_exodus(call, &chain->exodus);
    run_show_place(call, &chain->place);
    aid_show_opening(call, job);
    fputc('\n', call->to);
    TRY(aid_show_hosts(call, job, err));
    aid_show_proof(call, job);
    num_format_grouped(job->rule[AID_RULE_SPLIT].people_covered, 0, people);
    num_format_grouped((double)scenario->arrivals.n, 0, rows);
    tell_say(call,
             "People covered: %s; price of fairness %.1f %%. What no source gives is an "
             "assumption, marked so in the tables.",
             people, 100 * job->price_of_fairness);
    fputc('\n', call->to);
    tell_say(call,
             "%s rows of arrivals, %zu sources, %zu contradiction%s declared, %zu "
             "assumptions.",
             rows, scenario->sources.n, contradictions, contradictions == 1 ? "" : "s",
             scenario->assumptions.n);
    if (chain->flow_left) {
        tell_say(call, "The conflict in flow/ is left out: `ajar flow run`, `ajar flow score`, or "
                       "a folder of its own.");
    }
    fprintf(call->to, "Report: %s/report.html   (%zu files beside it)\n", call->out,
            chain->n_files);
    return 0;
}

static void run_json_conflict(struct json_out *json, const struct flow_chain *flow)
{
    json_key(json, "flow");
    json_begin_object(json);
    json_key(json, "title");
    json_put_text(json, flow->input.world.title);
    json_key(json, "made");
    json_put_str(json, flow->made);
    json_key(json, "scored");
    json_put_bool(json, flow->scored);
    json_end_object(json);
    json_key(json, "left_out");
    json_begin_array(json);
    for (size_t i = 0; i < flow->n_skips; i++) {
        json_begin_object(json);
        json_key(json, "part");
        json_put_str(json, flow->skips[i].part);
        json_key(json, "why");
        json_put_str(json, flow->skips[i].why);
        json_end_object(json);
    }
    json_end_array(json);
}

static void run_json_split(struct json_out *json, const struct chain *chain)
{
    json_key(json, "alarms");
    json_put_int(json, (int64_t)(chain->watch.counted ? chain->watch.scan.n_alarms : 0));
    json_key(json, "hosts");
    json_begin_array(json);
    for (size_t i = 0; i < chain->aid.n; i++) {
        json_begin_object(json);
        json_key(json, "host");
        json_put_str(json, chain->aid.code[i]);
        json_key(json, "amount");
        json_put_number(json, chain->aid.split.x[i]);
        json_key(json, "coverage");
        json_put_number(json, chain->aid.split.coverage[i]);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "unit");
    json_put_str(json, chain->aid.unit);
    json_key(json, "kkt_residual");
    json_put_number(json, chain->aid.split.residual_r);
}

static void run_json_place(struct json_out *json, const struct place_chain *place)
{
    if (!place->stands) {
        return;
    }
    json_key(json, "placing");
    json_begin_object(json);
    json_key(json, "synthetic");
    json_put_str(json, place->synthetic);
    json_key(json, "households");
    json_put_int(json, place->report.all.households);
    json_key(json, "placed");
    json_put_int(json, place->report.all.placed);
    json_key(json, "objective_micro");
    json_put_int(json, place->plan.plan.objective_micro);
    json_key(json, "bound_micro");
    json_put_int(json, place->plan.plan.bound_micro);
    json_key(json, "gap");
    json_put_number(json, place->plan.plan.gap);
    json_key(json, "rounds");
    json_put_int(json, (int64_t)place->plan.plan.rounds);
    json_end_object(json);
}

static int run_show_json(const struct verb_call *call, const struct chain *chain,
                         struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, RUN_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "out");
    json_put_str(&json, call->out);
    json_key(&json, "files");
    json_begin_array(&json);
    for (size_t i = 0; i < chain->n_files; i++) {
        json_put_str(&json, chain->files[i]);
    }
    json_end_array(&json);
    if (chain->flow != NULL) {
        run_json_conflict(&json, chain->flow);
    } else {
        run_json_split(&json, chain);
        run_json_place(&json, &chain->place);
    }
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

/* What gives the same report again, for its foot: without the folder and the number of threads, which
 * change no byte. */
static int run_command(const struct verb_call *call, const char **out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 64 * 1024);
    buf_printf(&buf, "ajar run %s --out DIR --seed %llu --draws %lld", call->words[0],
               (unsigned long long)call->seed, (long long)call_int(call, "draws"));
    int code = buf_ok(&buf, err);
    if (code == 0) {
        code = text_copy(call->arena, buf_view(&buf), out, err);
    }
    buf_free(&buf);
    return code;
}

/* The summary, made when all else is. */
static int run_made(void *arg, const struct chain *chain, struct ajar_err *err)
{
    struct answer *answer = arg;
    const struct verb_call *call = &answer->call;
    int code = call->json ? run_show_json(call, chain, err) : run_show(call, chain, err);
    return answer_made(answer, code, err);
}

static int run_with(const struct verb_call *call, struct answer *answer, struct faults *faults,
                    struct ajar_err *err)
{
    struct pool *pool = NULL;
    struct chain chain;
    struct chain_options options = {.aid = aid_run_default(),
                                    .replace = call_flag(call, "replace"),
                                    .fair = call_flag(call, "fair"),
                                    .made = run_made,
                                    .made_arg = answer};
    options.aid.draws = call_int(call, "draws");
    options.aid.seed = call->seed;
    TRY(run_command(call, &options.command, err));
    TRY(pool_open(&pool, call->threads, err));
    int code = chain_run(call->arena, call->words[0], call->out, &options, pool, call->watch,
                         faults, &chain, err);
    pool_close(pool);
    return code;
}

static int run_chain(struct verb_call *call, struct ajar_err *err)
{
    struct faults faults;
    struct answer answer;
    TRY(faults_init(&faults, call->arena, RUN_FAULTS, err));
    TRY(answer_begin(&answer, call, err));
    int code = run_with(call, &answer, &faults, err);
    if (code == 0) {
        answer_print(&answer, call->to);
        return 0;
    }
    answer_drop(&answer);
    if (code == E_SCENARIO_FAULTS || code == E_DOORS_FAULTS || code == E_FLOW_FAULTS ||
        code == E_EXODUS_FAULTS || code == E_PLACE_FAULTS) {
        call_faults(call, &faults);
    }
    return call_out_failed(call, code, err);
}

const struct verb run_verbs[] = {{
    .noun = "",
    .name = "run",
    .summary = "Check a scenario, judge its counts, split its budget, write the report",
    .description =
        "Reads and checks the folder SCENARIO, computes everything that it asks for, and makes the "
        "folder given with --out: report.html (one file, readable offline), CSV tables with their "
        "sources, the methodology note, and datapackage.json.\n\n"
        "A folder that holds nothing but a conflict (flow/, as `ajar flow import` makes it) gets "
        "the "
        "report of its flow: a map by day, camps beside what was counted, three tables of "
        "scores.\n\n"
        "The folder appears whole or not at all. An existing folder is replaced only with "
        "--replace, "
        "and only when its datapackage.json says that Ajar wrote it.",
    .args = run_args,
    .n_args = sizeof run_args / sizeof *run_args,
    .options = run_options,
    .n_options = sizeof run_options / sizeof *run_options,
    .examples = run_examples,
    .n_examples = sizeof run_examples / sizeof *run_examples,
    .run = run_chain,
    .needs = COMMON_OUT,
}};
const size_t n_run_verbs = sizeof run_verbs / sizeof *run_verbs;
