/* `ajar flow`: where do people go, and what does a shut door do? */
#include "flow_answer.h"
#include "nouns.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const engine_words[] = {"agents", "aggregate", NULL};
static const char *const rules_words[] = {"flee", "ajar", NULL};

static const struct verb_arg flow_args[] = {
    {.name = "SCENARIO", .help = "Folder of a scenario with a folder flow/.", .path = true},
};

static const struct verb_arg import_args[] = {
    {.name = "FLEEDIR",
     .help = "Folder in Flee's format: input_csv/, source_data/, simsetting.yml.",
     .path = true},
};

/* What every verb that runs an engine takes. */
#define RUN_ROWS(engine_fallback)                                                                  \
    {.name = "engine",                                                                             \
     .type = OPT_CHOICE,                                                                           \
     .value = "ENGINE",                                                                            \
     .choices = engine_words,                                                                      \
     .fallback = engine_fallback,                                                                  \
     .help = "agents: one by one; aggregate: by numbers, faster and a little less exact."},        \
        {.name = "rules",                                                                          \
         .type = OPT_CHOICE,                                                                       \
         .value = "RULES",                                                                         \
         .choices = rules_words,                                                                   \
         .help = "flee: the reference with its faults; ajar: corrected; absent: flow.yaml's."},    \
        {.name = "set",                                                                            \
         .type = OPT_TEXT,                                                                         \
         .value = "NAME=VALUE,...",                                                                \
         .help = "Parameters of the rules instead of flow.yaml's."},                               \
        {.name = "hasten",                                                                         \
         .type = OPT_INT,                                                                          \
         .value = "N",                                                                             \
         .min = 1,                                                                                 \
         .max = 1e6,                                                                               \
         .help = "One agent stands for N people; results are in people."},                         \
        {.name = "from", .type = OPT_DATE, .value = "DATE", .help = "First day of the run."},      \
        {.name = "to", .type = OPT_DATE, .value = "DATE", .help = "Last day of the run."},         \
    {                                                                                              \
        .name = "as-known", .type = OPT_DATE, .value = "DATE",                                     \
        .help = "Leave out what became known later, and capacities without a date."                \
    }

#define VARY_ROW                                                                                   \
    {                                                                                              \
        .name = "vary", .type = OPT_TEXT, .value = "NAME=LOW..HIGH,...",                           \
        .help = "Parameters that differ between members, evenly in their range; \":log\" behind "  \
                "one: evenly in its logarithm."                                                    \
    }

#define REPLACE_ROW                                                                                \
    {                                                                                              \
        .name = "replace", .type = OPT_FLAG,                                                       \
        .help = "Replace the folder of --out if Ajar wrote it; anything else is never touched."    \
    }

static const struct verb_option import_options[] = {
    {.name = "title", .type = OPT_TEXT, .value = "TEXT", .help = "Absent: the name of FLEEDIR."},
    {.name = "all", .type = OPT_FLAG, .help = "Show all that is said of the files."},
};

static const struct verb_option run_options[] = {RUN_ROWS("agents"), REPLACE_ROW};

static const struct verb_option ensemble_options[] = {
    {.name = "members",
     .type = OPT_INT,
     .value = "N",
     .fallback = "100",
     .min = 2,
     .max = 100000,
     .help = "Runs, each with its own chance and its own parameters."},
    VARY_ROW,
    RUN_ROWS("aggregate"),
    REPLACE_ROW,
};

static const struct verb_option counterfactual_options[] = {
    {.name = "close",
     .type = OPT_TEXT,
     .value = "CLOSING;...",
     .required = true,
     .help = "What is shut, and when: PLACE@DATE, PLACE@DATE..DATE, PLACE - PLACE@DATE."},
    {.name = "members",
     .type = OPT_INT,
     .value = "N",
     .fallback = "100",
     .min = 2,
     .max = 100000,
     .help = "Pairs of runs."},
    VARY_ROW,
    RUN_ROWS("agents"),
    REPLACE_ROW,
};

static const struct verb_option calibrate_options[] = {
    {.name = "vary",
     .type = OPT_TEXT,
     .value = "NAME=LOW..HIGH,...",
     .required = true,
     .help =
         "Parameters to fit, each with the range in which it may lie; \":log\" behind one: even "
         "in its logarithm."},
    {.name = "draws",
     .type = OPT_INT,
     .value = "N",
     .fallback = "1000",
     .min = 50,
     .max = 1000000,
     .help = "Proposals drawn from the ranges."},
    {.name = "seeds",
     .type = OPT_INT,
     .value = "N",
     .fallback = "1",
     .min = 1,
     .max = 1000,
     .help = "Runs of each proposal; all proposals share the same chance."},
    {.name = "keep",
     .type = OPT_NUMBER,
     .value = "PART",
     .fallback = "0.1",
     .min = 0.001,
     .max = 1,
     .help = "Part of the proposals that is kept, those nearest to the reports."},
    RUN_ROWS("aggregate"),
};

static const struct verb_option score_options[] = {
    {.name = "seeds",
     .type = OPT_INT,
     .value = "N",
     .fallback = "8",
     .min = 1,
     .max = 1000,
     .help = "Runs of the rules, for the first table."},
    {.name = "lag",
     .type = OPT_INT,
     .value = "DAYS",
     .unit = "days",
     .fallback = "0",
     .min = 0,
     .max = 3650,
     .help = "How long after its date a report became known, for the forecast."},
    {.name = "rules",
     .type = OPT_CHOICE,
     .value = "RULES",
     .choices = rules_words,
     .help = "flee: the reference with its faults; ajar: corrected; absent: flow.yaml's."},
    {.name = "set",
     .type = OPT_TEXT,
     .value = "NAME=VALUE,...",
     .help = "Parameters of the rules instead of flow.yaml's."},
    {.name = "hasten",
     .type = OPT_INT,
     .value = "N",
     .min = 1,
     .max = 1e6,
     .help = "One agent stands for N people."},
    {.name = "csv", .type = OPT_FLAG, .help = "Print the tables as CSV."},
};

static const struct verb_example import_examples[] = {
    {.say = "A conflict that a modeller has for Flee, made a scenario.",
     .command = "ajar flow import docs/flee --out $OUT/conflict"},
};

static const struct verb_example run_examples[] = {
    {.say = "Mali 2012, everybody one by one.", .command = "ajar flow run scenarios/mali2012"},
    {.say = "The same by the corrected rules, with its tables.",
     .command = "ajar flow run scenarios/mali2012 --rules ajar --out $OUT/mali"},
    {.say = "The first two months, one agent for 20 people, other seed.",
     .command = "ajar flow run scenarios/mali2012 --to 2012-04-30 --hasten 20 --seed 2"},
};

static const struct verb_example ensemble_examples[] = {
    {.say = "How much of Mali 2012 is chance?",
     .command = "ajar flow ensemble scenarios/mali2012 --members 40"},
    {.say = "And how much the speed and the pull of camps, which nobody knows?",
     .command = "ajar flow ensemble scenarios/mali2012 --members 40 "
                "--vary max_move_speed=200..500,camp_weight=1..4"},
};

static const struct verb_example counterfactual_examples[] = {
    {.say = "What if the camp in Mauritania had been shut on 1 April 2012?",
     .command = "ajar flow counterfactual scenarios/mali2012 --close \"Fassala-Mbera@2012-04-01\" "
                "--members 20 --hasten 20"},
};

static const struct verb_example calibrate_examples[] = {
    {.say = "What do the reports teach about speed and about leaving towns?",
     .command = "ajar flow calibrate scenarios/mali2012 --draws 200 --hasten 20 "
                "--vary max_move_speed=100..600,default_movechance=0.1..1"},
};

static const struct verb_example score_examples[] = {
    {.say = "How good is any of this, beside rules that know next to nothing?",
     .command = "ajar flow score scenarios/mali2012"},
};

static const char import_description[] =
    "Reads a folder in the format of the open reference, Flee, with all its quirks, and makes a "
    "scenario of it: flow/ with one table for places, roads, closures, conflicts, reports and "
    "corrections, flow.yaml with period and parameters, README.md and datapackage.json. What the "
    "files say otherwise than one may think is said, row by row; what cannot be is refused with "
    "file, line and column.\n\n"
    "--out names the new folder; nothing that stands there already is touched.";

static const char run_description[] =
    "Moves people day by day over the roads from places of conflict to camps. Who starts is the "
    "rise of the reported counts; where they go is computed. The same seed gives the same bytes at "
    "any number of threads.\n\n"
    "--out DIR writes the tables: camps by day with the reports beside them, other places, people "
    "leaving onto each road, totals.";

static const char ensemble_description[] =
    "Runs many members, each with its own chance and, with --vary, its own parameters, and shows "
    "for each camp the spread at the end, how many of the reports lie inside it, and the CRPS "
    "beside the error of the median alone. --out DIR writes quantiles for each camp and day.";

static const char counterfactual_description[] =
    "Runs pairs: once as it was, once with a place or a road shut. Both runs of a pair share the "
    "same people, the same chance and the same parameters, so that the difference is the effect of "
    "the closing and not of luck; how much narrower that makes it is shown.\n\n"
    "A shut place takes nobody in from that day on, and is no camp to head for; those inside stay "
    "and may leave. Several closings stand behind each other, separated by semicolons.";

static const char calibrate_description[] =
    "Draws proposals from the ranges of --vary, runs each with the same chance, keeps those "
    "nearest to the reports, and adjusts them by regression (approximate Bayesian computation). "
    "Shows for each parameter its interval and how much of the range the data took away. A fit on "
    "reports of the same conflict is hindsight; --as-known fits on what a day knew.";

static const char score_description[] =
    "Three tables, never mixed, each beside its baselines. Hindsight: who starts is known and only "
    "the camp is chosen; the rules beside an own model of choice, nearest, equal, by capacity and "
    "gravity. Allocation: the total of the day is given. Forecast: nothing but what was known at "
    "the origin, 7, 30 and 90 days ahead, beside the last known count.";

const struct verb flow_verbs[] = {
    {.noun = "flow",
     .name = "import",
     .summary = "Make a scenario of a conflict in Flee's format",
     .description = import_description,
     .args = import_args,
     .n_args = COUNT_OF(import_args),
     .options = import_options,
     .n_options = COUNT_OF(import_options),
     .examples = import_examples,
     .n_examples = COUNT_OF(import_examples),
     .run = flow_answer_import,
     .lacks = COMMON_SEED | COMMON_THREADS | COMMON_PROGRESS,
     .needs = COMMON_OUT},
    {.noun = "flow",
     .name = "run",
     .summary = "Move people day by day, once",
     .description = run_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = run_options,
     .n_options = COUNT_OF(run_options),
     .examples = run_examples,
     .n_examples = COUNT_OF(run_examples),
     .run = flow_answer_run},
    {.noun = "flow",
     .name = "ensemble",
     .summary = "Run many members and show their spread",
     .description = ensemble_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = ensemble_options,
     .n_options = COUNT_OF(ensemble_options),
     .examples = ensemble_examples,
     .n_examples = COUNT_OF(ensemble_examples),
     .run = flow_answer_ensemble},
    {.noun = "flow",
     .name = "counterfactual",
     .summary = "Say what shutting a place or a road does",
     .description = counterfactual_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = counterfactual_options,
     .n_options = COUNT_OF(counterfactual_options),
     .examples = counterfactual_examples,
     .n_examples = COUNT_OF(counterfactual_examples),
     .run = flow_answer_counterfactual},
    {.noun = "flow",
     .name = "calibrate",
     .summary = "Fit parameters to reports, with intervals",
     .description = calibrate_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = calibrate_options,
     .n_options = COUNT_OF(calibrate_options),
     .examples = calibrate_examples,
     .n_examples = COUNT_OF(calibrate_examples),
     .run = flow_answer_calibrate,
     .lacks = COMMON_OUT},
    {.noun = "flow",
     .name = "score",
     .summary = "Score a flow beside its baselines, in three tables",
     .description = score_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = score_options,
     .n_options = COUNT_OF(score_options),
     .examples = score_examples,
     .n_examples = COUNT_OF(score_examples),
     .run = flow_answer_score,
     .lacks = COMMON_OUT},
};
const size_t n_flow_verbs = COUNT_OF(flow_verbs);
