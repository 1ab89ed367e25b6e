/* `ajar place`: which household goes to which willing locality. */
#include "nouns.h"
#include "place_answer.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const method_words[] = {"total",        "leximin", "maxmin",
                                           "proportional", "floors",  NULL};
static const char *const mechanism_words[] = {"kda",   "mttc",     "tkda", "tkda-clinching",
                                              "mttce", "priority", NULL};
static const char *const arrivals_words[] = {"all",     "greedy",  "pot1", "pot2",
                                             "discord", "balance", "bid",  NULL};

#define DIR_HELP "Folder of tables: households.csv, localities.csv and more (docs/placement.md)."

static const struct verb_arg dir_args[] = {
    {.name = "DIR", .help = DIR_HELP, .path = true},
};

static const struct verb_arg solve_args[] = {
    {.name = "DIR", .help = DIR_HELP, .optional = true, .path = true},
};

static const struct verb_arg explain_args[] = {
    {.name = "DIR", .help = DIR_HELP, .path = true},
    {.name = "PLAN", .help = "Plan file of ajar place solve --plan.", .path = true},
};

static const struct verb_arg check_args[] = {
    {.name = "DIR", .help = DIR_HELP, .path = true},
    {.name = "PLAN", .help = "Plan file, or a CSV household,locality.", .path = true},
};

static const struct verb_arg compare_args[] = {
    {.name = "A", .help = "Plan file, or a CSV household,locality.", .path = true},
    {.name = "B", .help = "Another one of the same households.", .path = true},
    {.name = "DIR",
     .help = "Folder of their tables: adds totals, groups and the worst-off.",
     .optional = true,
     .path = true},
};

#define ON_ROW                                                                                     \
    {                                                                                              \
        .name = "on", .type = OPT_DATE, .value = "DATE",                                           \
        .help = "Day of placing: lots that ended before it are shut."                              \
    }

#define PLAN_ON_ROW                                                                                \
    {                                                                                              \
        .name = "on", .type = OPT_DATE, .value = "DATE",                                           \
        .help = "Day of placing; when absent, that of the plan file."                              \
    }

#define REPLACE_ROW                                                                                \
    {                                                                                              \
        .name = "replace", .type = OPT_FLAG,                                                       \
        .help = "Replace outputs that Ajar wrote; anything else is never touched."                 \
    }

/* Tables in place of those of the folder. */
#define TABLE_ROW(word, what)                                                                      \
    {                                                                                              \
        .name = word, .type = OPT_PATH, .value = "FILE",                                           \
        .help = what " instead of those of the folder."                                            \
    }
#define TABLE_ROWS                                                                                 \
    TABLE_ROW("households", "Households"), TABLE_ROW("localities", "Localities"),                  \
        TABLE_ROW("scores", "Scores"), TABLE_ROW("links", "Links"), TABLE_ROW("locks", "Locks")

#define FLOOR_ROW                                                                                  \
    {                                                                                              \
        .name = "floor", .type = OPT_TEXT, .value = "GROUP=SCORE;...",                             \
        .help = "Least average a household of a group, placed or not, in units of score."          \
    }

static const struct verb_option solve_options[] = {
    TABLE_ROWS,
    ON_ROW,
    {.name = "method",
     .type = OPT_CHOICE,
     .value = "METHOD",
     .choices = method_words,
     .fallback = "total",
     .help = "total: largest sum of scores; the others are fair plans, with what they cost."},
    FLOOR_ROW,
    {.name = "rounds",
     .type = OPT_INT,
     .value = "N",
     .min = 1,
     .max = 9007199254740992.0,
     .help = "Rounds of search, 2,000 when absent; the same number gives the same bytes."},
    {.name = "time",
     .type = OPT_NUMBER,
     .value = "SECONDS",
     .unit = "seconds",
     .min = 0.01,
     .max = 1e7,
     .help = "Stop between rounds after so long; the rounds done are printed."},
    {.name = "gap",
     .type = OPT_NUMBER,
     .value = "PERCENT",
     .unit = "percent",
     .min = 0,
     .max = 100,
     .help = "Stop once objective and bound are this near."},
    {.name = "plan",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "Write the plan file: plan, prices, input hashes, reasons, for check and explain."},
    REPLACE_ROW,
};

static const struct verb_option mechanism_options[] = {
    TABLE_ROWS,
    {.name = "priorities",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "Table locality,household,rank, instead of priorities.csv of the folder."},
    ON_ROW,
    {.name = "method",
     .type = OPT_CHOICE,
     .value = "METHOD",
     .choices = mechanism_words,
     .fallback = "kda",
     .help = "Which mechanism; each says what it promises and what not."},
    {.name = "endowment",
     .type = OPT_PATH,
     .value = "PLAN",
     .help = "Of mttce: the plan that nobody ends below."},
    {.name = "least",
     .type = OPT_NUMBER,
     .value = "SCORE",
     .min = 0,
     .max = 1000,
     .help = "Of priority: least average score a household, 0 when absent."},
    {.name = "curve",
     .type = OPT_INT,
     .value = "N",
     .min = 2,
     .max = 1000,
     .help = "Of priority: show so many thresholds from no constraint to the largest total."},
    REPLACE_ROW,
};

static const struct verb_option arrivals_options[] = {
    ON_ROW,
    {.name = "past",
     .type = OPT_TEXT,
     .value = "N|FILE",
     .help = "Who is the past that futures are drawn from: the first N, or a CSV of households."},
    {.name = "batches",
     .type = OPT_INT,
     .value = "N",
     .fallback = "52",
     .min = 1,
     .max = 1e6,
     .help = "In how many batches the others arrive."},
    {.name = "method",
     .type = OPT_CHOICE,
     .value = "METHOD",
     .choices = arrivals_words,
     .fallback = "all",
     .help = "One method, or all side by side."},
    FLOOR_ROW,
};

static const struct verb_option whatif_options[] = {
    {.name = "plan",
     .type = OPT_PATH,
     .value = "FILE",
     .required = true,
     .help = "The plan that stands: a plan file, or a CSV household,locality."},
    PLAN_ON_ROW,
    {.name = "lock",
     .type = OPT_TEXT,
     .value = "H=L;...",
     .help = "Households that go to a locality, whatever it costs."},
    {.name = "forbid",
     .type = OPT_TEXT,
     .value = "H=L;...",
     .help = "Households that may not go to a locality."},
    {.name = "free",
     .type = OPT_TEXT,
     .value = "H;...",
     .help = "Households whose locks and forbids are lifted."},
    {.name = "capacity",
     .type = OPT_TEXT,
     .value = "L.RESOURCE=N;...",
     .help = "Capacities as they would be."},
    {.name = "moves",
     .type = OPT_INT,
     .value = "K",
     .min = 0,
     .max = 1e9,
     .help = "Most other households that may move; any number when absent."},
    REPLACE_ROW,
};

static const struct verb_option explain_options[] = {
    PLAN_ON_ROW,
    {.name = "household",
     .type = OPT_TEXT,
     .value = "H",
     .help = "Why this household goes where it goes, and what would change it."},
    {.name = "locality",
     .type = OPT_TEXT,
     .value = "L",
     .help = "What the places of this locality are worth, and who would rather be there."},
};

static const struct verb_option check_options[] = {
    TABLE_ROWS,
    PLAN_ON_ROW,
};

static const struct verb_option compare_options[] = {
    PLAN_ON_ROW,
};

static const struct verb_option import_options[] = {
    {.name = "households",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "A table of households as a spreadsheet program exports it (CSV)."},
    {.name = "localities", .type = OPT_PATH, .value = "FILE", .help = "A table of offers."},
    {.name = "map-households",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "What the headings of the households mean: heading,column."},
    {.name = "map-localities",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "What the headings of the offers mean."},
    {.name = "with",
     .type = OPT_PATH,
     .value = "DIR",
     .help = "A folder whose other tables of a placement are taken over as they are."},
    REPLACE_ROW,
};

static const struct verb_option generate_options[] = {
    {.name = "households",
     .type = OPT_INT,
     .value = "N",
     .required = true,
     .min = 1,
     .max = 1e7,
     .help = "How many households."},
    {.name = "localities",
     .type = OPT_INT,
     .value = "N",
     .required = true,
     .min = 1,
     .max = 1e5,
     .help = "How many localities."},
    {.name = "least",
     .type = OPT_INT,
     .value = "N",
     .fallback = "8",
     .min = 0,
     .max = 1e5,
     .help = "Fewest localities that are drawn for a household."},
    {.name = "most",
     .type = OPT_INT,
     .value = "N",
     .fallback = "12",
     .min = 1,
     .max = 1e5,
     .help = "Most of them."},
    {.name = "tight",
     .type = OPT_NUMBER,
     .value = "PERCENT",
     .unit = "percent",
     .fallback = "100",
     .min = 1,
     .max = 1000,
     .help = "Capacity, of what all households need."},
    REPLACE_ROW,
};

static const struct verb_example solve_examples[] = {
    {.say = "A cohort of a dozen made-up households, placed and written down.",
     .command = "ajar place solve docs/placement --on 2022-11-01 --plan $OUT/plan.json "
                "--out $OUT/plan.csv"},
    {.say = "The worst-off first, and what that costs the total.",
     .command = "ajar place solve docs/placement --on 2022-11-01 --method leximin"},
    {.say = "No group may fall below half a unit on average.",
     .command = "ajar place solve docs/placement --on 2022-11-01 --method floors "
                "--floor \"arrived=0.2; waiting=0.2\""},
};

static const struct verb_example mechanism_examples[] = {
    {.say = "By wishes and priorities instead of by scores.",
     .command = "ajar place mechanism docs/placement --on 2022-11-01 --method kda"},
    {.say = "How much total for how much say: ten thresholds.",
     .command = "ajar place mechanism docs/placement --on 2022-11-01 --method priority --curve 10"},
};

static const struct verb_example arrivals_examples[] = {
    {.say = "The first four are known, the others come one by one.",
     .command = "ajar place arrivals docs/placement --on 2022-11-01 --past 4 --batches 8"},
};

static const struct verb_example whatif_examples[] = {
    {.say = "What if Birkental had two beds fewer, and at most two others may move?",
     .command = "ajar place whatif docs/placement --plan docs/placement/plan.json "
                "--capacity birkental.beds=4 --moves 2"},
    {.say = "And if an officer puts a household into Cronhof?",
     .command = "ajar place whatif docs/placement --plan docs/placement/plan.json "
                "--lock h04=cronhof"},
};

static const struct verb_example explain_examples[] = {
    {.say = "Why does this household go there, and what would change it?",
     .command = "ajar place explain docs/placement docs/placement/plan.json --household h02"},
    {.say = "What are the places of a locality worth?",
     .command = "ajar place explain docs/placement docs/placement/plan.json --locality cronhof"},
};

static const struct verb_example check_examples[] = {
    {.say = "Is the plan what it says it is?",
     .command = "ajar place check docs/placement docs/placement/plan.json"},
};

static const struct verb_example compare_examples[] = {
    {.say = "Who moves when the worst-off come first?",
     .command = "ajar place compare docs/placement/plan.json docs/placement/plan-fair.csv"},
};

static const struct verb_example import_examples[] = {
    {.say = "Two exports of a desk's spreadsheets; seven rows have faults and are listed.",
     .command = "ajar place import --households docs/placement/desk/families.csv "
                "--localities docs/placement/desk/offers.csv --with docs/placement/desk --out "
                "$OUT/desk",
     .exit_code = 1},
};

static const struct verb_example generate_examples[] = {
    {.say = "Five hundred made-up households, a little short of room.",
     .command = "ajar place generate --households 500 --localities 20 --tight 95 --out $OUT/made"},
};

static const char solve_description[] =
    "Reads households with what they need, offers in lots with what they hold, hard conditions, "
    "locks, links and quotas, and a score for each allowed pair or the criteria that make it. "
    "Finds a plan, and prices of the capacities that prove how much better any plan could be: "
    "every plan is printed with objective, bound and gap, by group, with the worst-off, and with "
    "everybody who is not placed and why.\n\n"
    "The tables stand in DIR under their names (households.csv, ...), or are named one by one. "
    "--rounds N gives the same bytes on every machine at any number of threads; --time stops "
    "earlier and prints the rounds done. Ctrl-C keeps the best plan so far.\n\n"
    "Nationality, sex, religion, ethnicity and race can be a legal condition of an offer, with its "
    "basis, and nothing else; they are never printed. Locks that no plan can keep end with exit 4 "
    "and the smallest set of them that cannot be kept together.";

static const char mechanism_description[] =
    "Places by what households wish (wishes.csv; else by score) and whom localities prefer "
    "(priorities.csv; else by score), with several resources. kda and tkda respect priorities, "
    "mttc and mttce let households trade, priority serves one after the other and keeps a least "
    "total possible. What each promises, and that KDA can be manipulated, is said.\n\n"
    "Mechanisms keep capacities and conditions; locks, quotas, minimums and links they do not "
    "know. Ranks are given over the placed and over all: a mechanism that places few flatters "
    "itself by the first.";

static const char arrivals_description[] =
    "Households arrive in batches, in the order of their day `ready`, and are placed before the "
    "next are known. Methods stand side by side, each with its part of what hindsight could have "
    "reached. Other methods than greedy draw futures from the past and need --past; bid raises "
    "groups to their --floor.";

static const char whatif_description[] =
    "Changes the tables (a lock, a forbid, a capacity) and mends the plan that stands: who moves "
    "by the change itself, who else, what it costs, and what each lock costs. With --moves at "
    "most so many others move; exit 1 where no such plan was found. The tables on disk are not "
    "touched; --out writes the plan.";

static const char explain_description[] =
    "For a household: where it goes and why, the best alternatives with score and price, what is "
    "missing there, and the smallest capacity change that would change the answer. For a "
    "locality: which capacity binds, what one more unit is worth, who would rather be there. "
    "Without either: all in two tables.";

static const char check_description[] =
    "Works the plan out again with no code of the optimiser: every pair, capacity, lock, quota, "
    "minimum and link, the objective, the bound that the prices prove, every explanation, and the "
    "SHA-256 of every table. Each break is a fault with its slug; exit 1 when there is one.";

static const char compare_description[] =
    "Who moves between two plans, and with DIR what that does to the total, to each group and to "
    "the worst-off.";

static const char import_description[] =
    "Makes the tables of a placement out of what a desk has: UTF-8, UTF-16 or windows-1251, "
    "semicolons, headings in Russian, German or English, decimal commas, rows of totals. A row "
    "with a fault is left out whole and stands in errors_households.csv or errors_localities.csv "
    "with what is wrong; all others are kept (exit 1 when there is such a row). Names, telephones "
    "and other personal data that a placement does not need are left out.";

static const char generate_description[] =
    "Made-up households and localities of a known kind (docs/placement.md), for trials and "
    "measurements; the same numbers for the same options on every machine. Synthetic: no real "
    "person is in it.";

#define PLACE_VERB(word, says, words_args, words_options, about, shown, answer)                    \
    .noun = "place", .name = word, .summary = says, .description = about, .args = words_args,      \
    .n_args = COUNT_OF(words_args), .options = words_options,                                      \
    .n_options = COUNT_OF(words_options), .examples = shown, .n_examples = COUNT_OF(shown),        \
    .run = answer

const struct verb place_verbs[] = {
    {PLACE_VERB("solve", "Place households, with a proof of how good the plan is", solve_args,
                solve_options, solve_description, solve_examples, place_answer_solve)},
    {PLACE_VERB("mechanism", "Place by wishes and priorities", dir_args, mechanism_options,
                mechanism_description, mechanism_examples, place_answer_mechanism)},
    {PLACE_VERB("arrivals", "Place households that arrive over time", dir_args, arrivals_options,
                arrivals_description, arrivals_examples, place_answer_arrivals),
     .lacks = COMMON_OUT},
    {PLACE_VERB("whatif", "Mend a plan after a change, with few moves", dir_args, whatif_options,
                whatif_description, whatif_examples, place_answer_whatif)},
    {PLACE_VERB("explain", "Say why a household goes where it goes", explain_args, explain_options,
                explain_description, explain_examples, place_answer_explain),
     .lacks = COMMON_OUT | COMMON_SEED},
    {PLACE_VERB("check", "Check a plan and all that it claims", check_args, check_options,
                check_description, check_examples, place_answer_check),
     .lacks = COMMON_OUT | COMMON_SEED},
    {PLACE_VERB("compare", "Say who moves between two plans", compare_args, compare_options,
                compare_description, compare_examples, place_answer_compare),
     .lacks = COMMON_OUT | COMMON_SEED},
    {.noun = "place",
     .name = "import",
     .summary = "Make tables out of a desk's own spreadsheets",
     .description = import_description,
     .options = import_options,
     .n_options = COUNT_OF(import_options),
     .examples = import_examples,
     .n_examples = COUNT_OF(import_examples),
     .run = place_answer_import,
     .lacks = COMMON_SEED | COMMON_THREADS | COMMON_PROGRESS,
     .needs = COMMON_OUT},
    {.noun = "place",
     .name = "generate",
     .summary = "Make up a placement for trials",
     .description = generate_description,
     .options = generate_options,
     .n_options = COUNT_OF(generate_options),
     .examples = generate_examples,
     .n_examples = COUNT_OF(generate_examples),
     .run = place_answer_generate,
     .lacks = COMMON_THREADS | COMMON_PROGRESS,
     .needs = COMMON_OUT},
};
const size_t n_place_verbs = COUNT_OF(place_verbs);
