/* `ajar watch`: is this abnormal, where, since when, and what is net? */
#include "nouns.h"
#include "watch_answer.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const clock_words[] = {"published", "next-day", NULL};
static const char *const detector_words[] = {"auto",  "totals", "ratio",   "c1",     "c2",
                                             "c3",    "t",      "weekday", "season", "farrington",
                                             "cusum", "change", NULL};

static const struct verb_arg watch_args[] = {
    {.name = "INPUT",
     .help = "Folder of a scenario, or a CSV with dates and counts, long or wide.",
     .path = true},
};

static const struct verb_arg claim_args[] = {
    {.name = "INPUT",
     .help = "Folder of a scenario, or a CSV with dates and counts, long or wide.",
     .path = true},
    {.name = "CLAIM",
     .help =
         "MEASURE PLACE FROM..TO FIGURE, where the figure is +30%, 66000 or, for a share, 50%."},
};

static const struct verb_arg trade_args[] = {
    {.name = "SCENARIO", .help = "Folder of a scenario with a trade table.", .path = true},
};

/* As-known, the clock and CSV: every verb on counts has them. */
#define KNOWN_ROWS                                                                                 \
    {.name = "known-by",                                                                           \
     .type = OPT_CHOICE,                                                                           \
     .value = "CLOCK",                                                                             \
     .choices = clock_words,                                                                       \
     .help = "When a count is known: published, from its source's date, or next-day, the morning " \
             "after. A scenario's default is published."},                                         \
    {                                                                                              \
        .name = "csv", .type = OPT_FLAG, .help = "Print the table as CSV."                         \
    }

#define AS_KNOWN_ROW                                                                               \
    {                                                                                              \
        .name = "as-known", .type = OPT_DATE, .value = "DATE",                                     \
        .help = "Use only what was known on this day."                                             \
    }

#define PLACE_ROW                                                                                  \
    {                                                                                              \
        .name = "place", .type = OPT_TEXT, .value = "CODE", .help = "Only this place: FIN."        \
    }

/* Which series, by which rule, how often it may be wrong. */
#define DETECT_ROWS                                                                                \
    PLACE_ROW,                                                                                     \
        {.name = "route",                                                                          \
         .type = OPT_TEXT,                                                                         \
         .value = "ROUTE",                                                                         \
         .help = "Only this route: \"land:eastern border\"."},                                     \
        {.name = "measure",                                                                        \
         .type = OPT_TEXT,                                                                         \
         .value = "MEASURE",                                                                       \
         .help = "Only this measure: entries_rus."},                                               \
        {.name = "detector",                                                                       \
         .type = OPT_CHOICE,                                                                       \
         .value = "RULE",                                                                          \
         .choices = detector_words,                                                                \
         .fallback = "auto",                                                                       \
         .help = "The rule; auto picks it by the length of the history. ratio, c1, c2 and c3 are " \
                 "the classic ones, which ring far more often than they say."},                    \
        {.name = "alarm-every",                                                                    \
         .type = OPT_TEXT,                                                                         \
         .value = "TIME",                                                                          \
         .fallback = "1y",                                                                         \
         .help = "One false alarm a series in this time: 90d, 26w, 1y."},                          \
        {.name = "false-alarms",                                                                   \
         .type = OPT_NUMBER,                                                                       \
         .value = "N",                                                                             \
         .min = 0.001,                                                                             \
         .max = 1e6,                                                                               \
         .help = "Instead: so many false alarms a year over all series together."},                \
        {.name = "noise",                                                                          \
         .type = OPT_NUMBER,                                                                       \
         .value = "PERCENT",                                                                       \
         .fallback = "8",                                                                          \
         .min = 0,                                                                                 \
         .max = 100,                                                                               \
         .help = "How much one count varies by itself, where only two can be compared."},          \
        {.name = "no-freeze",                                                                      \
         .type = OPT_FLAG,                                                                         \
         .help = "Let a count that rang enter later baselines: a surge then hides itself."},       \
        KNOWN_ROWS

static const struct verb_option scan_options[] = {
    DETECT_ROWS,
    AS_KNOWN_ROW,
    {.name = "since",
     .type = OPT_DATE,
     .value = "DATE",
     .help = "Also list alarms of periods that ended on this day or later, not only the last one."},
    {.name = "all", .type = OPT_FLAG, .help = "List every series, also the quiet ones."},
};

static const struct verb_option replay_options[] = {
    DETECT_ROWS,
    {.name = "from", .type = OPT_DATE, .value = "DATE", .help = "First day of the replay."},
    {.name = "to", .type = OPT_DATE, .value = "DATE", .help = "Last day of the replay."},
    {.name = "all", .type = OPT_FLAG, .help = "Also days on which nothing rings."},
};

static const struct verb_option net_options[] = {PLACE_ROW, AS_KNOWN_ROW, KNOWN_ROWS};

static const struct verb_option claim_options[] = {
    {.name = "noise",
     .type = OPT_NUMBER,
     .value = "PERCENT",
     .min = 0,
     .max = 100,
     .help = "How much such a total varies by itself; absent: taken from earlier totals."},
    {.name = "alarm-every",
     .type = OPT_TEXT,
     .value = "TIME",
     .fallback = "1y",
     .help = "A change counts as a surge when it comes less often by chance."},
    AS_KNOWN_ROW,
    KNOWN_ROWS,
};

static const struct verb_option trade_options[] = {
    {.name = "partner", .type = OPT_TEXT, .value = "CODE", .help = "Only this partner: KGZ."},
    {.name = "reporter", .type = OPT_TEXT, .value = "CODE", .help = "Only this reporter: EU27."},
    {.name = "from",
     .type = OPT_INT,
     .value = "YEAR",
     .fallback = "2019",
     .min = 1900,
     .max = 2200,
     .help = "First year of the baseline."},
    {.name = "to",
     .type = OPT_INT,
     .value = "YEAR",
     .fallback = "2021",
     .min = 1900,
     .max = 2200,
     .help = "Last year of the baseline."},
    {.name = "csv", .type = OPT_FLAG, .help = "Print the table as CSV."},
};

static const struct verb_example scan_examples[] = {
    {.say = "What the border guard of Finland could have seen on the morning of 22 September 2022.",
     .command = "ajar watch scan scenarios/exodus2022 --place FIN --measure entries_rus "
                "--known-by next-day --as-known 2022-09-22",
     .exit_code = 1},
    {.say = "The same two days before: nothing rings.",
     .command = "ajar watch scan scenarios/exodus2022 --place FIN --measure entries_rus "
                "--known-by next-day --as-known 2022-09-20"},
    {.say = "What a reader of the papers could have seen, and from which day.",
     .command = "ajar watch scan scenarios/exodus2022 --place FIN --measure entries_rus "
                "--known-by published --as-known 2022-09-23 --since 2022-09-21",
     .exit_code = 1},
    {.say = "A file of your own, without a scenario.",
     .command = "ajar watch scan docs/crossings.csv",
     .exit_code = 1},
    {.say = "All of its series, at most two false alarms a year over all of them.",
     .command = "ajar watch scan docs/crossings.csv --false-alarms 2 --all",
     .exit_code = 1},
};

static const struct verb_example replay_examples[] = {
    {.say = "When would the counts of south-eastern Finland have rung?",
     .command = "ajar watch replay scenarios/exodus2022 --place FIN --known-by next-day "
                "--from 2022-09-14 --to 2022-10-03"},
};

static const struct verb_example net_examples[] = {
    {.say = "Who stayed? Entries, exits and net of Kazakhstan, and whether they fit its stocks.",
     .command = "ajar watch net scenarios/exodus2022 --place KAZ"},
};

static const struct verb_example claim_examples[] = {
    {.say = "Was the EU really up 30 % in the week of the order?",
     .command = "ajar watch claim scenarios/exodus2022 "
                "\"entries_rus EU27 2022-09-19..2022-09-25 +30%\"",
     .exit_code = 1},
    {.say = "Did nearly half of them go to Finland?",
     .command = "ajar watch claim scenarios/exodus2022 "
                "\"entries_rus FIN/EU27 2022-09-19..2022-09-25 50%\"",
     .exit_code = 1},
};

static const struct verb_example trade_examples[] = {
    {.say = "Do the exports that the EU declares to Kyrgyzstan arrive in its books?",
     .command = "ajar watch trade scenarios/exodus2022 --reporter EU27 --partner KGZ",
     .exit_code = 1},
};

static const char scan_description[] =
    "Asks of each series: is its last count higher than what came before lets one expect, and how "
    "often would that be said while nothing changes? Exit 1 when something rings.\n\n"
    "INPUT is the folder of a scenario or a CSV. A CSV has a column of dates (ISO or "
    "day.month.year) and one of counts, with place, route, measure and unit where there are such "
    "(long), or one column of counts a series (wide); what was assumed is said.\n\n"
    "The rule follows the length of the history: two totals with a stated noise; a predictive t on "
    "a few counts; weekday-adjusted counts; from a year on a regression with seasons, with a CUSUM "
    "beside it for small shifts that stay. At the default rate one series rings falsely about once "
    "a year. A count that rang stays out of later baselines.\n\n"
    "Each alarm says the statistic, p, the baseline, how often chance does the same, the age of "
    "the "
    "count, rules that changed within three days, what each door adds, and from which day it could "
    "have rung.";

static const char replay_description[] =
    "Goes through the days on which something became known and tells what would have rung on each, "
    "with what was known that morning alone. Two clocks, never mixed: published (the date of the "
    "source) and next-day (what the counting agency itself had the morning after).";

static const char net_description[] =
    "Gross, net and stock, kept apart. Shows entries and exits over the same days by the same "
    "route, their difference, the published net where there is one, and what does not fit. Between "
    "two stocks of a place: does the second equal the first plus entries minus exits? Where the "
    "counts do not cover the time, it says so and fills nothing in.";

static const char claim_description[] =
    "Takes a sentence apart: what the tables have for that place, measure and period, which "
    "sources agree and which do not, whether the series' own noise could have made it, and gross "
    "against net. Exit 1 when the data do not carry it.\n\n"
    "Forms of CLAIM: \"entries_rus EU27 2022-09-19..2022-09-25 +30%\" (a change on the period of "
    "the same length before), \"... 66000\" (a total), \"entries_rus FIN/EU27 ... 50%\" (a share "
    "of "
    "a larger place). A route may follow the place: FIN@land:eastern border.";

static const char trade_description[] =
    "Looks for rerouted trade: a partner's imports that jump over the baseline years, months that "
    "ring (CUSUM), and the mirror ratio: exports that the reporters declare over imports that the "
    "partner declares. Flags flows between countries, never firms, and gives the cautions that "
    "belong beside each ratio. Exit 1 when a flow is flagged.";

const struct verb watch_verbs[] = {
    {.noun = "watch",
     .name = "scan",
     .summary = "Say which counts are abnormal, since when, and how sure that is",
     .description = scan_description,
     .args = watch_args,
     .n_args = COUNT_OF(watch_args),
     .options = scan_options,
     .n_options = COUNT_OF(scan_options),
     .examples = scan_examples,
     .n_examples = COUNT_OF(scan_examples),
     .run = watch_answer_scan,
     .lacks = COMMON_OUT},
    {.noun = "watch",
     .name = "replay",
     .summary = "Go through the days: what would have rung when",
     .description = replay_description,
     .args = watch_args,
     .n_args = COUNT_OF(watch_args),
     .options = replay_options,
     .n_options = COUNT_OF(replay_options),
     .examples = replay_examples,
     .n_examples = COUNT_OF(replay_examples),
     .run = watch_answer_replay,
     .lacks = COMMON_OUT},
    {.noun = "watch",
     .name = "net",
     .summary = "Show entries, exits, net and stock, and what does not fit",
     .description = net_description,
     .args = watch_args,
     .n_args = COUNT_OF(watch_args),
     .options = net_options,
     .n_options = COUNT_OF(net_options),
     .examples = net_examples,
     .n_examples = COUNT_OF(net_examples),
     .run = watch_answer_net,
     .lacks = COMMON_OUT | COMMON_SEED},
    {.noun = "watch",
     .name = "claim",
     .summary = "Check whether the data carry a sentence",
     .description = claim_description,
     .args = claim_args,
     .n_args = COUNT_OF(claim_args),
     .options = claim_options,
     .n_options = COUNT_OF(claim_options),
     .examples = claim_examples,
     .n_examples = COUNT_OF(claim_examples),
     .run = watch_answer_claim,
     .lacks = COMMON_OUT | COMMON_SEED},
    {.noun = "watch",
     .name = "trade",
     .summary = "Show which trade flows look rerouted",
     .description = trade_description,
     .args = trade_args,
     .n_args = COUNT_OF(trade_args),
     .options = trade_options,
     .n_options = COUNT_OF(trade_options),
     .examples = trade_examples,
     .n_examples = COUNT_OF(trade_examples),
     .run = watch_answer_trade,
     .lacks = COMMON_OUT},
};
const size_t n_watch_verbs = COUNT_OF(watch_verbs);
