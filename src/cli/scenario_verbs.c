/* `ajar scenario`: check a scenario, show what is in it, start a new one. */
#include <string.h>

#include "flow_chain.h"
#include "json.h"
#include "nouns.h"
#include "num.h"
#include "scenario_flow.h"
#include "scenario_new.h"
#include "scenario_show.h"

#define SCENARIO_FAULTS       "1000" /* faults that are listed unless --limit says otherwise */
#define SCENARIO_JSON_CEILING ((size_t)1 << 30)

/* Loads call->words[0].  E_SCENARIO_FAULTS: the faults found are in *faults. */
static int scenario_read(const struct verb_call *call, size_t limit, struct scenario *out,
                         struct faults *faults, struct ajar_err *err)
{
    struct pool *pool = NULL;
    TRY(faults_init(faults, call->arena, limit, err));
    TRY(pool_open(&pool, call->threads, err));
    int code = scenario_load(call->arena, call->words[0], pool, call->watch, out, faults, err);
    pool_close(pool);
    return code;
}

static int check_json(const struct verb_call *call, const struct faults *faults,
                      struct ajar_err *err)
{
    struct buf buf;
    struct json_out json;
    buf_init(&buf, SCENARIO_JSON_CEILING);
    json_out_init(&json, &buf, true);
    json_begin_object(&json);
    json_key(&json, "faults");
    json_begin_array(&json);
    for (size_t i = 0; i < faults->kept; i++) {
        say_put_json(&json, &faults->at[i], false);
    }
    json_end_array(&json);
    json_key(&json, "total");
    json_put_int(&json, (int64_t)faults->total);
    json_end_object(&json);
    return call_put_json(call, &buf, err);
}

static const char *check_plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static int check_good(const struct verb_call *call, const struct scenario *scenario,
                      struct ajar_err *err)
{
    struct scenario_sum sum;
    TRY(scenario_sum_make(call->arena, scenario, &sum, err));
    char rows[NUM_TEXT];
    size_t pairs = scenario->contradictions.n;
    num_format_grouped((double)sum.n_rows, 0, rows);
    fprintf(call->to, "%s: no faults in %s rows; %zu contradiction%s declared\n", call->words[0],
            rows, pairs, check_plural(pairs));
    return 0;
}

/* A folder with nothing but a conflict. */
static int check_conflict_good(const struct verb_call *call, const struct flow_world *world)
{
    fprintf(
        call->to,
        "%s: no faults in %zu places, %zu roads, %zu closures and %zu reports of a conflict; the "
        "other tables of a scenario are not there\n",
        call->words[0], world->n_places, world->n_roads, world->n_closures, world->n_reports);
    return 0;
}

static int scenario_check(struct verb_call *call, struct ajar_err *err)
{
    struct scenario scenario;
    struct flow_input flow;
    struct faults faults;
    size_t limit = (size_t)call_int(call, "limit");
    bool alone;
    TRY(flow_chain_alone(call->arena, call->words[0], &alone, err));
    TRY(faults_init(&faults, call->arena, limit, err));
    int code = alone ? flow_load(call->arena, call->words[0], NULL, &faults, &flow, err)
                     : scenario_read(call, limit, &scenario, &faults, err);
    if (code != 0 && code != E_SCENARIO_FAULTS && code != E_FLOW_FAULTS) {
        return code;
    }
    bool good = code == 0;
    call->exit_code = good ? 0 : ajar_err_exit(E_SCENARIO_FAULTS);
    if (call->json) {
        return check_json(call, &faults, err);
    }
    if (good) {
        return alone ? check_conflict_good(call, &flow.world) : check_good(call, &scenario, err);
    }
    say_faults(call->to, &faults, call->color);
    fprintf(call->to, "%s: %llu fault%s\n", call->words[0], (unsigned long long)faults.total,
            check_plural(faults.total));
    return 0;
}

static int scenario_show(struct verb_call *call, struct ajar_err *err)
{
    struct scenario scenario;
    struct faults faults;
    struct scenario_sum sum;
    int code = scenario_read(call, 1000, &scenario, &faults, err);
    if (code == E_SCENARIO_FAULTS) {
        call_faults(call, &faults);
    }
    TRY(code);
    TRY(scenario_sum_make(call->arena, &scenario, &sum, err));
    if (call->json) {
        return scenario_show_json(call, &scenario, &sum, err);
    }
    return scenario_show_text(call, &scenario, &sum, (size_t)call_int(call, "sources"), err);
}

static int new_json(const struct verb_call *call, struct buf *buf, struct ajar_err *err)
{
    struct scenario_new_file *files;
    struct json_out json;
    size_t n;
    TRY(scenario_new_files(call->arena, &files, &n, err));
    json_out_init(&json, buf, true);
    json_begin_object(&json);
    json_key(&json, "dir");
    json_put_str(&json, call->words[0]);
    json_key(&json, "files");
    json_begin_array(&json);
    for (size_t i = 0; i < n; i++) {
        json_put_str(&json, files[i].name);
    }
    json_end_array(&json);
    json_end_object(&json);
    buf_char(buf, '\n');
    return 0;
}

static void new_text(const struct verb_call *call, struct buf *buf)
{
    const char *dir = call->words[0];
    buf_printf(buf,
               "%s: a small scenario that passes every check. All of it is made up.\n"
               "Next:\n"
               "  1. Read %s/README.md: what to fill in first, second, third. About ten minutes.\n"
               "  2. Empty what can wait; then fill in scenario.yaml, sources.csv, measures.csv.\n"
               "  3. ajar scenario check %s\n"
               "  4. ajar run %s --out DIR\n",
               dir, dir, dir, dir);
}

/* What is to be said is made before the folder, so that a failure leaves no folder. */
static int scenario_begin(struct verb_call *call, struct ajar_err *err)
{
    struct buf buf;
    int code = 0;
    buf_init(&buf, SCENARIO_JSON_CEILING);
    if (call->json) {
        code = new_json(call, &buf, err);
    } else {
        new_text(call, &buf);
    }
    code = code != 0 ? code : buf_ok(&buf, err);
    code = code != 0 ? code : scenario_new(call->arena, call->words[0], err);
    if (code == 0) {
        fwrite(buf.at, 1, buf.n, call->to);
    }
    buf_free(&buf);
    return code;
}

/* ---- new --conflict ---- */

static void flow_json(const struct verb_call *call, struct buf *buf,
                      const struct scenario_flow_made *made)
{
    struct json_out json;
    json_out_init(&json, buf, true);
    json_begin_object(&json);
    json_key(&json, "dir");
    json_put_str(&json, call->words[0]);
    json_key(&json, "files");
    json_begin_array(&json);
    for (size_t i = 0; i < made->n; i++) {
        json_put_str(&json, made->files[i].name);
    }
    json_end_array(&json);
    json_key(&json, "arrivals");
    json_put_int(&json, (int64_t)made->n_rows);
    json_key(&json, "falls");
    json_put_int(&json, (int64_t)made->n_falls);
    json_key(&json, "replaced");
    json_put_int(&json, (int64_t)made->n_twice);
    json_key(&json, "hosts");
    json_put_int(&json, (int64_t)made->n_hosts);
    json_end_object(&json);
    buf_char(buf, '\n');
}

static void flow_text(const struct verb_call *call, struct buf *buf,
                      const struct scenario_flow_made *made)
{
    const char *dir = call->words[0];
    buf_printf(buf,
               "%s: a scenario of the conflict %s, with %zu rows of arrivals and %zu host "
               "countr%s.\n",
               dir, call_text(call, "conflict"), made->n_rows, made->n_hosts,
               made->n_hosts == 1 ? "y" : "ies");
    buf_printf(buf, "Where a register fell (%zu time%s) there is no row.\n", made->n_falls,
               made->n_falls == 1 ? "" : "s");
    if (made->n_twice > 0) {
        buf_printf(buf, "Of several reports of one day the last is read; %zu went.\n",
                   made->n_twice);
    }
    buf_printf(buf,
               "Next:\n"
               "  1. Read %s/README.md: what it has, what it does not, and under what terms.\n"
               "  2. ajar scenario check %s\n"
               "  3. ajar run %s --out DIR\n",
               dir, dir, dir);
}

static date_days published_of(const struct verb_call *call)
{
    const char *text = call_text(call, "published");
    date_days day = DATE_NONE;
    if (text != NULL) {
        (void)date_parse(text_of(text), &day); /* the parser of options has checked it */
    }
    return day;
}

/* Words that describe a conflict have no meaning without one. */
static int flow_options(const struct verb_call *call, struct scenario_flow_options *out,
                        struct ajar_err *err)
{
    static const char *const words[] = {"title", "publisher", "published", "url"};
    const char *url = call_text(call, "url");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (call_text(call, "conflict") == NULL && call_text(call, words[i]) != NULL) {
            return err_set(err, E_USAGE_OPTION_REQUIRED,
                           "--%s describes a conflict, and none is given with --conflict.",
                           words[i]);
        }
    }
    if (url != NULL && strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0) {
        return err_set(err, E_USAGE_OPTION_TYPE,
                       "--url takes http://... or https://..., not '%.80s'.", url);
    }
    *out = (struct scenario_flow_options){.title = call_text(call, "title"),
                                          .publisher = call_text(call, "publisher"),
                                          .published = published_of(call),
                                          .url = url};
    return 0;
}

static int new_from_conflict(struct verb_call *call, const struct scenario_flow_options *options,
                             struct buf *buf, struct ajar_err *err)
{
    struct scenario_flow_made made;
    struct faults faults;
    TRY(faults_init(&faults, call->arena, (size_t)1000, err));
    int code =
        scenario_flow_files(call->arena, call_text(call, "conflict"), options, &faults, &made, err);
    if (code == E_FLOW_FAULTS) {
        call_faults(call, &faults);
    }
    TRY(code);
    if (call->json) {
        flow_json(call, buf, &made);
    } else {
        flow_text(call, buf, &made);
    }
    TRY(buf_ok(buf, err));
    return scenario_flow_write(call->arena, &made, call->words[0], err);
}

static int scenario_make(struct verb_call *call, struct ajar_err *err)
{
    struct scenario_flow_options options;
    struct buf buf;
    TRY(flow_options(call, &options, err));
    if (call_text(call, "conflict") == NULL) {
        return scenario_begin(call, err);
    }
    buf_init(&buf, SCENARIO_JSON_CEILING);
    int code = new_from_conflict(call, &options, &buf, err);
    if (code == 0) {
        fwrite(buf.at, 1, buf.n, call->to);
    }
    buf_free(&buf);
    return code;
}

static const struct verb_arg scenario_args[] = {
    {.name = "DIR", .help = "Folder of the scenario.", .path = true},
};
static const struct verb_arg new_args[] = {
    {.name = "DIR", .help = "Folder to make; it must not exist yet.", .path = true},
};

static const struct verb_option check_options[] = {
    {.name = "limit",
     .type = OPT_INT,
     .value = "N",
     .fallback = SCENARIO_FAULTS,
     .min = 1,
     .max = 100000,
     .help = "Most faults to list; all are counted."},
};
static const struct verb_option show_options[] = {
    {.name = "sources",
     .type = OPT_INT,
     .value = "N",
     .fallback = "10",
     .min = 0,
     .max = 1000000,
     .help = "Sources to list, those with most rows first; --json has them all."},
};

static const struct verb_option new_options[] = {
    {.name = "conflict",
     .type = OPT_PATH,
     .value = "DIR",
     .help = "Make it of a conflict that `ajar flow import` made, or of another scenario's."},
    {.name = "title",
     .type = OPT_TEXT,
     .value = "TEXT",
     .help = "Title of the scenario; else the conflict's own."},
    {.name = "publisher",
     .type = OPT_TEXT,
     .value = "TEXT",
     .help = "Who published the counts, for sources.csv."},
    {.name = "published",
     .type = OPT_DATE,
     .value = "DATE",
     .help = "When they were published, for sources.csv."},
    {.name = "url", .type = OPT_TEXT, .value = "URL", .help = "Where they can be read."},
};

static const struct verb_example check_examples[] = {
    {.say = "The shipped scenario has no faults.",
     .command = "ajar scenario check scenarios/exodus2022"},
    {.say = "A folder that is no scenario: what is missing, exit code 3.",
     .command = "ajar scenario check scenarios",
     .exit_code = 3},
    {.say = "For a program: one object with the faults and how many there are.",
     .command = "ajar scenario check scenarios/exodus2022 --json"},
};
static const struct verb_example show_examples[] = {
    {.say = "What is in the shipped scenario.",
     .command = "ajar scenario show scenarios/exodus2022"},
    {.say = "With its 30 most used sources.",
     .command = "ajar scenario show scenarios/exodus2022 --sources 30"},
    {.say = "For a program: everything, with reasons and addresses.",
     .command = "ajar scenario show scenarios/exodus2022 --json"},
};
static const struct verb_example new_examples[] = {
    {.say = "Start a scenario of your own, and check it.",
     .command = "ajar scenario new $OUT/crisis && ajar scenario check $OUT/crisis"},
    {.say = "A folder that is there already is never touched: exit code 5.",
     .command = "ajar scenario new scenarios/exodus2022",
     .exit_code = 5},
    {.say = "A scenario of a conflict, with what its reports allow filled in.",
     .command = "ajar scenario new $OUT/sahel --conflict scenarios/mali2012 --title \"Mali 2012\" "
                "&& ajar scenario check $OUT/sahel"},
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

const struct verb scenario_verbs[] = {
    {.noun = "scenario",
     .name = "check",
     .summary = "List every fault of a scenario",
     .description =
         "Reads every table and setting of the folder DIR and lists every fault with file, line, "
         "column, value, what is wrong and what to do. The number behind a file's name is the line "
         "of the text; where a quoted cell holds line ends, a spreadsheet counts fewer rows. The "
         "list is the result of this command and goes to "
         "standard output. Exit code 0: no fault; 3: there are faults.\n\n"
         "Two sources that disagree are a fault only while contradictions.csv does not declare the "
         "pair. docs/scenario.md explains every column and rule.",
     .args = scenario_args,
     .n_args = COUNT_OF(scenario_args),
     .options = check_options,
     .n_options = COUNT_OF(check_options),
     .examples = check_examples,
     .n_examples = COUNT_OF(check_examples),
     .run = scenario_check,
     .lacks = COMMON_OUT | COMMON_SEED},
    {.noun = "scenario",
     .name = "show",
     .summary = "Print what is in a scenario",
     .description = "Checks the folder DIR, then prints what it holds: tables with rows, days and "
                    "sources; what is "
                    "counted, by kind; sources by number of rows; assumptions; and every declared "
                    "contradiction "
                    "with the reading that is used, where and why.",
     .args = scenario_args,
     .n_args = COUNT_OF(scenario_args),
     .options = show_options,
     .n_options = COUNT_OF(show_options),
     .examples = show_examples,
     .n_examples = COUNT_OF(show_examples),
     .run = scenario_show,
     .lacks = COMMON_OUT | COMMON_SEED},
    {.noun = "scenario",
     .name = "new",
     .summary = "Make a small valid scenario to start from",
     .description =
         "Makes the folder DIR with every file of a scenario: a few made-up rows in each table, "
         "scenario.yaml with a comment on each key, datapackage.json, and a README.md that says "
         "what "
         "to fill in first, second and third. Every made-up row holds the word \"example\", so one "
         "search shows what is still to be replaced.\n\n"
         "With --conflict the rows are not made up: the rises of the registers of the conflict "
         "stand in arrivals.csv, its camps and towns in places.csv, people registered by host "
         "country in hosts.csv, each with its source, and the conflict itself in flow/. What no "
         "conflict says stays empty, and the README.md says what would turn DOORS, PLACE and AID "
         "on (docs/scenario-by-import.md).\n\n"
         "The folder appears whole or not at all. A folder that exists is never touched.",
     .args = new_args,
     .n_args = COUNT_OF(new_args),
     .options = new_options,
     .n_options = COUNT_OF(new_options),
     .examples = new_examples,
     .n_examples = COUNT_OF(new_examples),
     .run = scenario_make,
     .lacks = COMMON_OUT | COMMON_SEED | COMMON_THREADS | COMMON_PROGRESS},
};
const size_t n_scenario_verbs = COUNT_OF(scenario_verbs);
