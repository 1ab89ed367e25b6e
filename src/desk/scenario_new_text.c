#include "scenario_new_text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

const char *const scenario_new_readme[] = {
    "# A new scenario",
    "",
    "Everything in this folder is made up: nobody left Iceland, no such agency exists, and no "
    "figure is",
    "real. It is a small scenario that passes every check, there to be overwritten. Every made-up "
    "row",
    "holds the word `example`, so this search shows what is still left of it:",
    "",
    "    grep -il example *.csv *.yaml",
    "",
    "The example: an ash cloud, people who take the ferry to the Faroe Islands or fly to "
    "Greenland, and a",
    "desk that has 3 million USD to support the two hosts.",
    "",
    "## Ten minutes to your own crisis",
    "",
    "Open the tables in a spreadsheet or an editor (UTF-8, one header line, leave the header as it "
    "is).",
    "Save, then run the check; it names every fault with file, line, column and what to do (a line "
    "of the",
    "text file: where a quoted cell holds line ends, a spreadsheet counts fewer rows):",
    "",
    "    ajar scenario check .",
    "",
    "1. Empty the tables that can wait: remove their rows, keep their header line. In a terminal:",
    "",
    "       for t in contradictions doors places routes pathways visa_free trade hs_priority \\",
    "           koenigstein; do sed -i 2,\\$d $t.csv; done",
    "",
    "2. `scenario.yaml`: title, summary, whose people are on the move (`subject`), first and last "
    "day,",
    "   the day on which you decide (`as_known`).",
    "3. `sources.csv`: one row for each page or table that you have read. Give it a short id, such "
    "as",
    "   `fi_border_0926`; every other row names it. Nothing without a source, except assumptions.",
    "4. `measures.csv`: what is counted, one row each. Entries, exits and people present are three",
    "   different measures, and figures of different measures are never added. Keep `population` "
    "and",
    "   `gdp_per_capita_current_usd` as they are: the aid split needs them.",
    "5. `arrivals.csv`: the counts. Both days of a span are included; a count of one day has the "
    "same day",
    "   twice.",
    "6. `hosts.csv`: population and income per head of each host.",
    "7. `assumptions.csv`: what no source gives (cost per person, most that can be spent well, "
    "what is",
    "   there already; people present where nobody counted them): low, central, high, and the "
    "reason.",
    "   A row for country `ALL` holds for every host without its own.",
    "8. `scenario.yaml` again: under `aid`, the budget and the hosts. Leave `aid` out when there "
    "is no",
    "   budget to split.",
    "",
    "Then see the answer:",
    "",
    "    ajar scenario show .",
    "    ajar run . --out ../answer",
    "",
    "## When there is more time",
    "",
    "9. `doors.csv`: which border or rule was open to whom, from which day. A rule that changes is "
    "a new",
    "   row; the row before it gets its last day.",
    "10. `places.csv` and `routes.csv`: towns, crossings and the ways between them, for the map.",
    "11. `pathways.csv` and `visa_free.csv`: legal ways to stay.",
    "12. `trade.csv`, `hs_priority.csv`, `koenigstein.csv`: goods that pass through a host, the "
    "goods to",
    "    watch, the shares of Germany's federal states. Most crises need none of them.",
    "",
    "## When two sources disagree",
    "",
    "Keep both rows and declare the pair in `contradictions.csv`: which row says what, which "
    "reading is",
    "used, where, and why. A new scenario comes with one: two sources for the entries of one week. "
    "A pair "
    "that is",
    "not declared is a fault; a declared one is shown as a note.",
    "",
    "## What must not stand here",
    "",
    "No person: no names, no documents, no rows about single people or families. Counts only. "
    "Think twice",
    "before you write down a crossing that is open only because nobody has noticed it.",
    "",
    "`datapackage.json` lists the tables and their columns for other programs (Data Package v2); "
    "change its",
    "title, and leave the rest. docs/scenario.md of Ajar explains each column.",
};
const size_t scenario_new_n_readme = COUNT_OF(scenario_new_readme);

const char *const scenario_new_settings[] = {
    "# Settings of the scenario. The tables are in the CSV files beside this one.",
    "# Everything here is made up: replace it.",
    "",
    "# Name of the scenario, as it stands above the report.",
    "title: \"" SCENARIO_NEW_TITLE "\"",
    "",
    "# One or two sentences on what it is for.",
    "summary: \"" SCENARIO_NEW_SUMMARY "\"",
    "",
    "# Nationality of the people on the move: three capital letters, ISO 3166-1.",
    "subject: ISL",
    "",
    "# First and last day that the scenario is about; the last one is included.",
    "from: 2030-03-01",
    "to: 2030-03-31",
    "",
    "# Optional: the day on which you decide. Sources published later are left out of the aid "
    "split.",
    "as_known: 2030-04-01",
    "",
    "# Optional: leave out all that follows when there is no budget to split.",
    "aid:",
    "  # Money to split, and its currency: USD or EUR.",
    "  budget: 3000000",
    "  unit: USD",
    "  # How much severity may tilt coverage: inf hardly (the least covered host first), 1 in "
    "proportion.",
    "  alpha: inf",
    "  # Smallest amount that is paid out; 0 for none.",
    "  tranche: 100000",
    "  # The hosts that take part. stock says how many people need support there.",
    "  hosts:",
    "    # A documented stock: one row of arrivals.csv, named by its route, measure and days.",
    "    # Where two rows share these, add the source: {..., source: example_ministry}.",
    "    - country: GRL",
    "      stock: {route: all, measure: stay_isl, from: 2030-03-01, to: 2030-03-20}",
    "    # Nobody counted: the row of assumptions.csv for this country and quantity stock.",
    "    - country: FRO",
    "      stock: assumed",
};
const size_t scenario_new_n_settings = COUNT_OF(scenario_new_settings);
