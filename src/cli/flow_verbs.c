/* `ajar flow`: where do people go, and what does a shut door do? */
#include "flow_answer.h"
#include "nouns.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const engine_words[] = {"agents", "aggregate", NULL};
static const char *const engine_all_words[] = {"agents", "aggregate", "expected", NULL};
static const char *const rules_words[] = {"flee", "ajar", NULL};

static const struct verb_arg flow_args[] = {
    {.name = "SCENARIO",
     .help = "Folder of a scenario with a conflict (flow/) or an exodus (exodus/).",
     .path = true},
};

static const struct verb_arg import_args[] = {
    {.name = "FLEEDIR",
     .help = "Folder in Flee's format: input_csv/, source_data/, simsetting.yml.",
     .path = true},
};

/* What every verb that runs an engine takes. */
#define AGENTS_HELP "agents: one by one; aggregate: by numbers, faster and a little less exact."
#define EXODUS_HELP                                                                                \
    " Of an exodus aggregate is the default, exact, and expected has no chance in it."
#define RUN_ROWS(engine_choices, engine_fallback, engine_help)                                     \
    {.name = "engine",                                                                             \
     .type = OPT_CHOICE,                                                                           \
     .value = "ENGINE",                                                                            \
     .choices = engine_choices,                                                                    \
     .fallback = engine_fallback,                                                                  \
     .help = engine_help},                                                                         \
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

#define DRAWS_ROW                                                                                  \
    {                                                                                              \
        .name = "draws", .type = OPT_INT, .value = "N", .min = 2, .max = 100000,                   \
        .help = "Of an exodus: draws of the fit that are played, 200 when absent."                 \
    }

#define ROWS_ROW                                                                                   \
    {                                                                                              \
        .name = "rows", .type = OPT_PATH, .value = "FILE",                                         \
        .help = "Of an exodus: rows in the form of arrivals.csv, which are answered one by one."   \
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

static const struct verb_option run_options[] = {
    DRAWS_ROW,
    ROWS_ROW,
    {.name = "csv", .type = OPT_FLAG, .help = "Of an exodus: print the rows as CSV."},
    RUN_ROWS(engine_all_words, "agents", AGENTS_HELP EXODUS_HELP),
    REPLACE_ROW,
};

static const struct verb_option ensemble_options[] = {
    {.name = "members",
     .type = OPT_INT,
     .value = "N",
     .fallback = "100",
     .min = 2,
     .max = 100000,
     .help = "Runs, each with its own chance and its own parameters."},
    VARY_ROW,
    RUN_ROWS(engine_words, "aggregate", AGENTS_HELP),
    REPLACE_ROW,
};

static const struct verb_option counterfactual_options[] = {
    {.name = "close",
     .type = OPT_TEXT,
     .value = "CLOSING;...",
     .help = "What is shut, and when: PLACE@DATE, PLACE@DATE..DATE, PLACE - PLACE@DATE; of an "
             "exodus DOOR@DATE, DOOR@DATE..DATE."},
    {.name = "what-if",
     .type = OPT_TEXT,
     .value = "ID;...",
     .help = "Of an exodus: what-ifs of its model, all when neither this nor --close is given."},
    DRAWS_ROW,
    {.name = "members",
     .type = OPT_INT,
     .value = "N",
     .fallback = "100",
     .min = 2,
     .max = 100000,
     .help = "Pairs of runs of a conflict."},
    VARY_ROW,
    RUN_ROWS(engine_all_words, "agents", AGENTS_HELP EXODUS_HELP),
    REPLACE_ROW,
};

static const struct verb_option calibrate_options[] = {
    {.name = "vary",
     .type = OPT_TEXT,
     .value = "NAME=LOW..HIGH,...",
     .help = "Parameters of a conflict to fit, each with the range in which it may lie; \":log\" "
             "behind one: even in its logarithm."},
    {.name = "quick",
     .type = OPT_FLAG,
     .help = "Of an exodus: short chains, to see that all is well; not the fit that is shipped."},
    {.name = "by-period",
     .type = OPT_FLAG,
     .help = "Of an exodus: fit all rows of days up to as_known, whenever they were published."},
    REPLACE_ROW,
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
    RUN_ROWS(engine_words, "aggregate", AGENTS_HELP),
};

static const struct verb_option score_options[] = {
    ROWS_ROW,
    DRAWS_ROW,
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
    {.say = "The exodus of 2022: every door in and out, with its tables.",
     .command = "ajar flow run scenarios/exodus2022 --draws 20 --out $OUT/exodus"},
    {.say = "Which of the arrivals can it answer, and with what?",
     .command = "ajar flow run scenarios/exodus2022 --draws 20 "
                "--rows scenarios/exodus2022/arrivals.csv --csv"},
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
    {.say = "What if Finland had not restricted entry on 30 September 2022?",
     .command = "ajar flow counterfactual scenarios/exodus2022 --what-if finland_open --draws 20"},
    {.say = "And what if Georgia had shut for two weeks?",
     .command = "ajar flow counterfactual scenarios/exodus2022 "
                "--close geo@2022-09-22..2022-10-05 --draws 20"},
};

static const struct verb_example calibrate_examples[] = {
    {.say = "What do the reports teach about speed and about leaving towns?",
     .command = "ajar flow calibrate scenarios/mali2012 --draws 200 --hasten 20 "
                "--vary max_move_speed=100..600,default_movechance=0.1..1"},
    {.say =
         "What did the rows known on 2 October teach about the exodus?  In short; without --quick "
         "the fit that ships, with forecasts from earlier days.",
     .command = "ajar flow calibrate scenarios/exodus2022 --quick"},
};

static const struct verb_example score_examples[] = {
    {.say = "How good is any of this, beside rules that know next to nothing?",
     .command = "ajar flow score scenarios/mali2012"},
    {.say = "The exodus of 2022 beside what was counted, and beside what goes on as before.",
     .command = "ajar flow score scenarios/exodus2022 --draws 20"},
    {.say = "And on rows of your own.",
     .command = "ajar flow score scenarios/exodus2022 --draws 20 "
                "--rows scenarios/exodus2022/arrivals.csv"},
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
    "leaving onto each road, totals.\n\n"
    "A scenario with an exodus (exodus/) is played many times, by draws of its fit: people in "
    "classes of papers at doors that depend on class and day. Printed is each door with crossings "
    "in and out, refused and given up, and each class with who waits and who is stranded. --rows "
    "FILE asks for single figures: rows in the form of arrivals.csv (date_from, date_to, "
    "country_iso3, route, measure; all else is kept), which come back in their order with mean, "
    "p5, p50, p95, and why where there is no answer; --out names the file then.";

static const char ensemble_description[] =
    "Runs many members, each with its own chance and, with --vary, its own parameters, and shows "
    "for each camp the spread at the end, how many of the reports lie inside it, and the CRPS "
    "beside the error of the median alone. --out DIR writes quantiles for each camp and day. For "
    "a conflict; of an exodus, ajar flow run plays many draws itself.";

static const char counterfactual_description[] =
    "Runs pairs: once as it was, once with a place or a road shut. Both runs of a pair share the "
    "same people, the same chance and the same parameters, so that the difference is the effect of "
    "the closing and not of luck; how much narrower that makes it is shown.\n\n"
    "A shut place takes nobody in from that day on, and is no camp to head for; those inside stay "
    "and may leave. Several closings stand behind each other, separated by semicolons.\n\n"
    "Of an exodus: the what-ifs of its model, or doors shut to everybody from a day on; who goes "
    "where instead, who is refused, stranded, or still in Russia, and what of it rests on priors "
    "alone.";

static const char calibrate_description[] =
    "Draws proposals from the ranges of --vary, runs each with the same chance, keeps those "
    "nearest to the reports, and adjusts them by regression (approximate Bayesian computation). "
    "Shows for each parameter its interval and how much of the range the data took away. A fit on "
    "reports of the same conflict is hindsight; --as-known fits on what a day knew.\n\n"
    "Of an exodus: chains of Metropolis steps on the rows that were known on the model's day "
    "(minutes; --quick, shorter chains, to try). Shows prior and posterior of each parameter and "
    "says which the rows did not teach; then forecasts from earlier days beside what came. --out "
    "DIR writes posterior.csv, rolling.csv, parameters.csv and fit.yaml; copied into exodus/, the "
    "first two are what the other verbs play.";

static const char score_description[] =
    "Three tables, never mixed, each beside its baselines. Hindsight: who starts is known and only "
    "the camp is chosen; the rules beside an own model of choice, nearest, equal, by capacity and "
    "gravity. Allocation: the total of the day is given. Forecast: nothing but what was known at "
    "the origin, 7, 30 and 90 days ahead, beside the last known count.\n\n"
    "Of an exodus: each counted row beside the fit and its baselines (last week goes on; the days "
    "before the order go on), coverage, forecasts from earlier days. --rows FILE scores the rows "
    "of a file that have a value.";

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
     .summary = "Move people day by day",
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
     .summary = "Fit parameters to what was counted, with intervals",
     .description = calibrate_description,
     .args = flow_args,
     .n_args = COUNT_OF(flow_args),
     .options = calibrate_options,
     .n_options = COUNT_OF(calibrate_options),
     .examples = calibrate_examples,
     .n_examples = COUNT_OF(calibrate_examples),
     .run = flow_answer_calibrate},
    {.noun = "flow",
     .name = "score",
     .summary = "Score a flow beside its baselines",
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
