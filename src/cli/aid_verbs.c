/* `ajar aid`: split a budget, and explain one host's share. */
#include <math.h>

#include "aid_show.h"
#include "aid_stocks.h"
#include "answer.h"
#include "file.h"
#include "nouns.h"
#include "package_out.h"

#define AID_FAULTS 1000 /* faults of the input that are listed */

static const char *const aid_units[] = {"USD", "EUR", NULL};

static const struct verb_arg aid_args[] = {
    {.name = "INPUT", .help = "Folder of a scenario, or a CSV with one row a host.", .path = true},
};

/* What both verbs take.  A scenario has its own budget, unit, alpha and tranche; these win. */
#define AID_OPTION_ROWS                                                                            \
    {.name = "budget",                                                                             \
     .type = OPT_NUMBER,                                                                           \
     .value = "AMOUNT",                                                                            \
     .min = 0,                                                                                     \
     .max = INFINITY,                                                                              \
     .help = "Money to split; required for a CSV, a scenario has its own."},                       \
        {.name = "unit",                                                                           \
         .type = OPT_CHOICE,                                                                       \
         .value = "CODE",                                                                          \
         .choices = aid_units,                                                                     \
         .help = "Currency of all money; USD for a CSV when absent."},                             \
        {.name = "alpha",                                                                          \
         .type = OPT_NUMBER,                                                                       \
         .value = "ALPHA",                                                                         \
         .min = 0,                                                                                 \
         .max = INFINITY,                                                                          \
         .infinite = true,                                                                         \
         .help = "How much severity may tilt coverage: inf hardly, 1 in proportion."},             \
        {.name = "tranche",                                                                        \
         .type = OPT_NUMBER,                                                                       \
         .value = "AMOUNT",                                                                        \
         .min = 0,                                                                                 \
         .max = INFINITY,                                                                          \
         .help = "Also round to whole tranches of this size; 0 does not."},                        \
        {.name = "draws",                                                                          \
         .type = OPT_INT,                                                                          \
         .value = "N",                                                                             \
         .fallback = "2000",                                                                       \
         .min = 0,                                                                                 \
         .max = 1000000,                                                                           \
         .help = "Draws of uncertain inputs, at least 20; 0 leaves them out."},                    \
    {                                                                                              \
        .name = "stock-sd", .type = OPT_NUMBER, .value = "SD", .fallback = "0.2", .min = 0,        \
        .max = 3,                                                                                  \
        .help = "Spread of the stocks in the draws, as the standard deviation of their logarithm." \
    }

static const struct verb_option split_options[] = {
    AID_OPTION_ROWS,
    {.name = "replace",
     .type = OPT_FLAG,
     .help = "Replace the folder of --out if Ajar wrote it; anything else is never touched."},
};

static const struct verb_option explain_options[] = {
    {.name = "host",
     .type = OPT_TEXT,
     .value = "CODE",
     .required = true,
     .help = "The host that asks, by its code in the split."},
    AID_OPTION_ROWS,
};

static const struct verb_example split_examples[] = {
    {.say = "80 million USD over the hosts of a table, the least covered lifted first.",
     .command = "ajar aid split docs/hosts.csv --budget 80000000"},
    {.say = "The same with severity tilting it, and rounded to half a million.",
     .command = "ajar aid split docs/hosts.csv --budget 80e6 --alpha 2 --tranche 500000"},
    {.say = "The shipped scenario with its own budget; tables and note into a folder.",
     .command = "ajar aid split scenarios/exodus2022 --out $OUT/aid"},
    {.say = "The same for a program to read.",
     .command = "ajar aid split scenarios/exodus2022 --json"},
};

static const struct verb_example explain_examples[] = {
    {.say = "Why does Kyrgyzstan not get more?",
     .command = "ajar aid explain docs/hosts.csv --budget 80000000 --host KGZ"},
    {.say = "The same question to the shipped scenario.",
     .command = "ajar aid explain scenarios/exodus2022 --host KGZ"},
};

/* The split of what the first argument names.  The scenario is empty but for its title when that is
 * a CSV. */
struct aid_input_read {
    struct scenario scenario;
    struct aid_job job;
};

static struct aid_run_options aid_options_of(const struct verb_call *call)
{
    struct aid_run_options options = aid_run_default();
    options.budget = call_number(call, "budget");
    options.unit = call_text(call, "unit");
    options.alpha = call_number(call, "alpha");
    options.tranche = call_number(call, "tranche");
    options.draws = call_int(call, "draws");
    options.stock_sd = call_number(call, "stock-sd");
    options.seed = call->seed;
    return options;
}

static int aid_read_scenario(const struct verb_call *call, struct pool *pool, struct faults *faults,
                             struct aid_input_read *out, struct ajar_err *err)
{
    struct aid_run_options options = aid_options_of(call);
    int code =
        scenario_load(call->arena, call->words[0], pool, call->watch, &out->scenario, faults, err);
    if (code == E_SCENARIO_FAULTS) {
        call_faults(call, faults);
    }
    TRY(code);
    code = aid_stocks_play(call->arena, &out->scenario, pool, call->watch, faults, &options, err);
    if (code == E_DOORS_FAULTS || code == E_EXODUS_FAULTS || code == E_FLOW_FAULTS) {
        call_faults(call, faults);
    }
    TRY(code);
    return aid_job_run(call->arena, &out->scenario, &options, pool, call->watch, &out->job, err);
}

static int aid_read_csv(const struct verb_call *call, struct pool *pool, struct faults *faults,
                        struct aid_input_read *out, struct ajar_err *err)
{
    struct aid_run_options options = aid_options_of(call);
    int code = aid_job_csv(call->arena, call->words[0], &options, pool, call->watch, faults,
                           &out->job, err);
    if (code != 0 && faults->total > 1) {
        call_faults(call, faults);
        err_set(err, (enum err_code)code, "The table has %llu faults.",
                (unsigned long long)faults->total);
        return err_hint(err, "Correct the faults listed above.");
    }
    TRY(code);
    out->scenario = (struct scenario){.title = text_of(out->job.title)};
    return 0;
}

static int aid_read(const struct verb_call *call, struct aid_input_read *out, struct ajar_err *err)
{
    struct faults faults;
    struct pool *pool = NULL;
    TRY(faults_init(&faults, call->arena, AID_FAULTS, err));
    TRY(pool_open(&pool, call->threads, err));
    int code = file_is_folder(call->words[0]) ? aid_read_scenario(call, pool, &faults, out, err)
                                              : aid_read_csv(call, pool, &faults, out, err);
    pool_close(pool);
    return code;
}

static int aid_fill_folder(const struct verb_call *call, struct file_folder *folder,
                           struct package_out *package, const struct aid_input_read *input,
                           struct ajar_err *err)
{
    struct aid_file *files;
    struct text json;
    size_t n;
    TRY(aid_job_files(call->arena, &input->job, &files, &n, err));
    for (size_t i = 0; i < n; i++) {
        TRY(watch_tick(call->watch, "writing", i, n + 1, "files", err));
        TRY(file_folder_write(folder, call->arena, files[i].name, files[i].bytes, err));
        TRY(package_out_add(package, files[i].name, files[i].bytes, err));
    }
    TRY(package_out_json(package, input->scenario.title, &json, err));
    TRY(file_folder_write(folder, call->arena, "datapackage.json", json, err));
    return watch_tick(call->watch, "writing", n + 1, n + 1, "files", err);
}

static int aid_answer(const struct verb_call *call, const struct aid_job *job,
                      const struct package_out *package, struct ajar_err *err)
{
    return call->json ? aid_json_split(call, job, package->names, package->n, err)
                      : aid_show_split(call, job, package->n, err);
}

/* The folder of --out, whole or not at all, and the answer when it stands. */
static int aid_write(const struct verb_call *call, const struct aid_input_read *input,
                     struct ajar_err *err)
{
    struct file_folder folder;
    struct package_out package;
    struct answer answer;
    TRY(package_out_init(&package, call->arena, err));
    TRY(file_folder_begin(&folder, call->arena, call->out, call_flag(call, "replace"), err));
    int code = aid_fill_folder(call, &folder, &package, input, err);
    code = code != 0 ? code : answer_begin(&answer, call, err);
    if (code != 0) {
        file_folder_abort(&folder);
        return code;
    }
    code = answer_made(&answer, aid_answer(&answer.call, &input->job, &package, err), err);
    code = code != 0 ? code : file_folder_commit(&folder, err);
    if (code != 0) {
        answer_drop(&answer);
        file_folder_abort(&folder);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

/* The folder is tested before the work, so that nobody waits for an answer that has no place. */
static int aid_split_place(const struct verb_call *call, struct ajar_err *err)
{
    struct file_folder folder;
    if (call->out == NULL) {
        return 0;
    }
    int code = file_folder_begin(&folder, call->arena, call->out, call_flag(call, "replace"), err);
    if (code == 0) {
        file_folder_abort(&folder);
    }
    return call_out_failed(call, code, err);
}

static int aid_split_run(struct verb_call *call, struct ajar_err *err)
{
    struct aid_input_read input;
    const struct package_out none = {0};
    TRY(aid_split_place(call, err));
    TRY(aid_read(call, &input, err));
    return call->out != NULL ? aid_write(call, &input, err)
                             : aid_answer(call, &input.job, &none, err);
}

static int aid_explain_run(struct verb_call *call, struct ajar_err *err)
{
    struct aid_input_read input;
    struct aid_why why;
    size_t host;
    TRY(aid_read(call, &input, err));
    TRY(aid_job_host(&input.job, call_text(call, "host"), &host, err));
    TRY(aid_job_why(call->arena, &input.job, host, &why, err));
    return call->json ? aid_json_why(call, &input.job, &why, err)
                      : aid_show_why(call, &input.job, &why, err);
}

static const char split_description[] =
    "Splits a budget so that every line can be defended. Coverage is what a host has and gets, "
    "over "
    "what the people there need; the split lifts the least covered first (--alpha inf) or lets "
    "severity tilt it. Absorption caps, floors and ceilings are kept.\n\n"
    "INPUT is the folder of a scenario, or a CSV with the columns host, stock_persons, need (or "
    "unit_cost), funded, cap, and where known severity (or population and gdp_per_capita), floor, "
    "ceiling, name, unit, note.\n\n"
    "The answer comes with what binds each host, what the next money would do, a certificate that "
    "anyone can recompute, four simpler rules beside it, and how far other alphas and uncertain "
    "inputs move it. --out DIR writes all of it as CSV, JSON and a methodology note in Markdown; "
    "the "
    "folder appears whole or not at all. Exit 4: the floors cannot all be met.";

static const char explain_description[] = "Answers the question that every host asks. Says what "
                                          "limits its share, what would raise it and "
                                          "at whose cost, how the share changes with alpha and "
                                          "with uncertain inputs, and which source or "
                                          "assumption stands behind each figure.\n\n"
                                          "INPUT and the options are those of `ajar aid split`.";

const struct verb aid_verbs[] = {
    {.noun = "aid",
     .name = "split",
     .summary = "Split a budget between hosts, with proofs",
     .description = split_description,
     .args = aid_args,
     .n_args = sizeof aid_args / sizeof *aid_args,
     .options = split_options,
     .n_options = sizeof split_options / sizeof *split_options,
     .examples = split_examples,
     .n_examples = sizeof split_examples / sizeof *split_examples,
     .run = aid_split_run},
    {.noun = "aid",
     .name = "explain",
     .summary = "Answer \"why not us\" for one host",
     .description = explain_description,
     .args = aid_args,
     .n_args = sizeof aid_args / sizeof *aid_args,
     .options = explain_options,
     .n_options = sizeof explain_options / sizeof *explain_options,
     .examples = explain_examples,
     .n_examples = sizeof explain_examples / sizeof *explain_examples,
     .run = aid_explain_run,
     .lacks = COMMON_OUT},
};
const size_t n_aid_verbs = sizeof aid_verbs / sizeof *aid_verbs;
