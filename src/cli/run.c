/* `ajar run`: the whole chain, and its one-screen summary. */
#include <math.h>

#include "answer.h"
#include "nouns.h"
#include "run_show.h"

#define RUN_FAULTS 1000

static const struct verb_arg run_args[] = {
    {.name = "SCENARIO", .help = "Folder of the scenario.", .path = true},
};

static const struct verb_option run_options[] = {
    {.name = "replace",
     .type = OPT_FLAG,
     .help = "Replace the folder of --out if Ajar wrote it; anything else is never touched."},
    {.name = "fair",
     .type = OPT_FLAG,
     .help =
         "Place by the rules of fairness too, beside the largest total: some ten seconds more."},
    {.name = "anew",
     .type = OPT_FLAG,
     .help = "Compute everything, whatever the last run into this folder has left to reuse."},
    {.name = "draws",
     .type = OPT_INT,
     .value = "N",
     .fallback = "2000",
     .min = 0,
     .max = 1000000,
     .help = "Draws of the sensitivity of the aid split; 0 leaves it out."},
    {.name = "members",
     .type = OPT_INT,
     .value = "N",
     .min = 2,
     .max = 10000,
     .help =
         "Runs of an exodus, 200 when absent, and of a conflict, 40 when absent: with fewer the "
         "report is there sooner, and its intervals are rough."},
    {.name = "rounds",
     .type = OPT_INT,
     .value = "N",
     .min = 1,
     .max = 1000000,
     .help =
         "Rounds of placing, 64 when absent: with fewer the plan may be further from its bound."},
};

static const struct verb_example run_examples[] = {
    {.say = "The exodus of 2022, from data to a report.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/exodus2022"},
    {.say = "A first look: fewer runs, a rougher plan, a report in a second.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/first --members 20 --rounds 4"},
    {.say = "Once more over the earlier output; only what the change reaches is computed.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/exodus2022 --replace --draws 0"},
    {.say = "A conflict alone: a map by day, camps beside what was counted, scores.",
     .command = "ajar run scenarios/mali2012 --out $OUT/mali2012"},
};

/* How much is computed, where it is not as always. */
static const char *const run_efforts[] = {"members", "rounds"};

/* What gives the same report again, for its foot: without the folder and the number of threads, which
 * change no byte. */
static int run_command(const struct verb_call *call, const char **out, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 64 * 1024);
    buf_printf(&buf, "ajar run %s --out DIR --seed %llu --draws %lld", call->words[0],
               (unsigned long long)call->seed, (long long)call_int(call, "draws"));
    if (call_flag(call, "fair")) {
        buf_str(&buf, " --fair");
    }
    for (size_t i = 0; i < sizeof run_efforts / sizeof *run_efforts; i++) {
        if (call_given(call, run_efforts[i])) {
            buf_printf(&buf, " --%s %lld", run_efforts[i],
                       (long long)call_int(call, run_efforts[i]));
        }
    }
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
                                    .keep = true,
                                    .anew = call_flag(call, "anew"),
                                    .made = run_made,
                                    .made_arg = answer};
    options.aid.draws = call_int(call, "draws");
    options.members = call_given(call, "members") ? (uint32_t)call_int(call, "members") : 0;
    options.rounds = call_given(call, "rounds") ? (uint64_t)call_int(call, "rounds") : 0;
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
        "What takes long (runs of an exodus or of a conflict, their scores, the placing) is kept "
        "in a "
        "hidden file beside the folder, .NAME.kept. A later run into the same folder redoes only "
        "what "
        "depends on something that has changed, says what it reused, and writes the same bytes as "
        "a "
        "run with --anew. The file may be deleted at any time.\n\n"
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
