/* The program: its nouns, and what stands on its first page. */
#include <stdlib.h>
#include <string.h>

#include "ajar.h"
#include "fault.h"
#include "gen.h"
#include "nouns.h"
#include "num.h"

static const struct verb_example main_examples[] = {
    {.say = "From data to a report: the exodus of 2022, as shipped.",
     .command = "ajar run scenarios/exodus2022 --out $OUT/report"},
    {.say = "Is this abnormal? A file of daily counts of your own.",
     .command = "ajar watch scan docs/crossings.csv",
     .exit_code = 1},
    {.say = "Split a budget between the hosts of a table of your own.",
     .command = "ajar aid split docs/hosts.csv --budget 80000000"},
    {.say = "Start a scenario for a crisis of your own, then check it.",
     .command = "ajar scenario new $OUT/mine && ajar scenario check $OUT/mine"},
};

static const char main_description[] =
    "Ajar keeps doors open for people who refuse to fight. It reads a scenario (a folder of tables "
    "on arrivals, routes, rules and hosts, each figure with its source), finds what is wrong in "
    "it, says which counts are abnormal and how sure that is, "
    "splits a support budget between strained hosts so that every line can be defended, and writes "
    "a "
    "report that anyone can check.";

#ifdef AJAR_FAULT
/* Refusals on purpose: AJAR_FAULT=KIND:N in the environment of ajar_fault, the program of the tests. */
static const char *const main_fault_kinds[FAULT_KINDS] = {
    [FAULT_ARENA] = "arena", [FAULT_OPEN] = "open",     [FAULT_READ] = "read",
    [FAULT_WRITE] = "write", [FAULT_RENAME] = "rename", [FAULT_FLUSH] = "flush"};

/* The kind that is armed; FAULT_KINDS when none is. */
static enum fault_kind main_arm(void)
{
    const char *wish = getenv("AJAR_FAULT");
    struct text nth, word = text_split(text_of(wish), ':', &nth);
    int64_t n = 0;
    for (unsigned kind = 0; kind < FAULT_KINDS; kind++) {
        if (text_is(word, main_fault_kinds[kind]) && num_parse_int(nth, &n) && n > 0) {
            fault_arm((enum fault_kind)kind, (uint64_t)n);
            return (enum fault_kind)kind;
        }
    }
    return FAULT_KINDS;
}

static void main_tell_asked(enum fault_kind kind)
{
    if (kind != FAULT_KINDS) {
        fprintf(stderr, "fault: %s asked %llu\n", main_fault_kinds[kind],
                (unsigned long long)fault_asked(kind));
    }
}
#endif

int main(int argc, char **argv)
{
    const struct noun nouns[] = {
        {.name = "", .summary = "Verbs of their own", .verbs = run_verbs, .n_verbs = n_run_verbs},
        {.name = "",
         .summary = "Verbs of their own",
         .verbs = trace_verbs,
         .n_verbs = n_trace_verbs},
        {.name = "scenario",
         .summary = "Folders of data that everything is computed from",
         .description =
             "A scenario is a folder: scenario.yaml with the settings, one CSV for each table, and "
             "datapackage.json, which says what each column is. Every figure has a source and a "
             "date, "
             "or stands in assumptions.csv with a range and a reason. docs/scenario.md explains "
             "every column.",
         .verbs = scenario_verbs,
         .n_verbs = n_scenario_verbs},
        {.name = "watch",
         .summary = "Say which counts are abnormal, since when, and what is net",
         .description =
             "Series of counts as they were known on a day, each with its source; alarms with a "
             "stated and measured rate of false ones; gross, net and stock kept apart; claims "
             "checked against the series' own noise; trade flows that look rerouted. docs/watch.md "
             "has the methods, what was measured, and worked examples.",
         .verbs = watch_verbs,
         .n_verbs = n_watch_verbs},
        {.name = "doors",
         .summary = "Entry rules and pathways as dated, cited, checked law",
         .description =
             "For this person on this date: which doors are open, which paper would open one, at "
             "what danger, and who loses when a rule changes? Rules are files that a lawyer can "
             "read, one for each legal act, with tests in a spreadsheet. Facts may be unknown. Not "
             "legal advice; the border guard decides. docs/rules.md has the language.",
         .verbs = doors_verbs,
         .n_verbs = n_doors_verbs},
        {.name = "flow",
         .summary = "Where people go over roads, camps and borders, and what a shut door does",
         .description =
             "People move from places of conflict over a graph of roads to camps, day by day, by "
             "the rules of the open reference, Flee, or by corrected ones. Ensembles, pairs with a "
             "door shut, fits, and scores beside baselines that know next to nothing. docs/flow.md "
             "has the files, the methods and what was measured.",
         .verbs = flow_verbs,
         .n_verbs = n_flow_verbs},
        {.name = "place",
         .summary = "Which household goes to which willing locality, provably near the best",
         .description =
             "Households that need several things at once, localities that offer them in lots, "
             "hard conditions, locks, quotas and links. A plan comes with a bound that no plan can "
             "pass, with a reason for every household, and with the price of overruling it; a "
             "separate checker works all of it out again. docs/placement.md has the tables, the "
             "methods and a walk-through.",
         .verbs = place_verbs,
         .n_verbs = n_place_verbs},
        {.name = "aid",
         .summary = "Split a budget between strained hosts, with proofs",
         .description =
             "The split raises the coverage of need: what a host has and gets, over what the "
             "people "
             "there need. One dial, alpha, says how much severity may tilt it; inf, the default, "
             "lifts the least covered host first. Absorption caps, floors and ceilings are kept. "
             "docs/aid.md has the method with a worked example.",
         .verbs = aid_verbs,
         .n_verbs = n_aid_verbs},
        {.name = "gen",
         .summary = "Files made from the tables of verbs",
         .verbs = gen_verbs,
         .n_verbs = n_gen_verbs,
         .hidden = true},
    };
    const struct program program = {
        .name = "ajar",
        .version = ajar_version(),
        .date = "November 29, 2026",
        .summary = "Keeps doors open for people who refuse to fight",
        .description = main_description,
        .examples = main_examples,
        .n_examples = sizeof main_examples / sizeof *main_examples,
        .nouns = nouns,
        .n_nouns = sizeof nouns / sizeof *nouns,
        .more = "man ajar           all of it, offline\n"
                "docs/watch.md      how an alarm is made, and how often it is wrong\n"
                "docs/rules.md      how a door is written, and how it is checked\n"
                "docs/flow.md       how people move, and how well that is known\n"
                "docs/placement.md  how households are placed, and how that is proven\n"
                "docs/aid.md        how a budget is split, and why so\n"
                "docs/scenario.md   the tables of a scenario, column by column\n"
                "docs/errors.md     every error and what to do",
    };
#ifdef AJAR_FAULT
    enum fault_kind armed = main_arm();
    int exit_code = program_main(&program, argc, (const char *const *)argv);
    main_tell_asked(armed);
    return exit_code;
#else
    return program_main(&program, argc, (const char *const *)argv);
#endif
}
