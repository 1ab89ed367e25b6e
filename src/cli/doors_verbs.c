/* `ajar doors`: entry rules and pathways as dated, cited, checked law. */
#include "doors_answer.h"
#include "nouns.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const char *const lang_words[] = {"en", "ru", "de", NULL};
static const char *const kind_words[] = {"entry",   "exit",       "stay", "visa",
                                         "pathway", "protection", NULL};

static const struct verb_arg doors_args[] = {
    {.name = "SCENARIO",
     .help = "Folder of a scenario with doors/, or a folder of rule files.",
     .path = true},
};

#define COUNTRY_ROW                                                                                \
    {                                                                                              \
        .name = "country", .type = OPT_TEXT, .value = "CODE",                                      \
        .help = "Only doors that speak for this country: FIN."                                     \
    }
#define DOOR_ROW                                                                                   \
    {                                                                                              \
        .name = "door", .type = OPT_TEXT, .value = "ID", .help = "Only this door: fi.entry."       \
    }
#define KNOWN_ROW                                                                                  \
    {                                                                                              \
        .name = "as-known", .type = OPT_DATE, .value = "DATE",                                     \
        .help = "By the law as it was published on this day; absent: the day asked about."         \
    }
#define LANG_ROW                                                                                   \
    {                                                                                              \
        .name = "lang", .type = OPT_CHOICE, .value = "LANG", .choices = lang_words,                \
        .fallback = "en", .help = "Language of the answer."                                        \
    }
#define CHOICE_ROWS                                                                                \
    COUNTRY_ROW, DOOR_ROW,                                                                         \
        {.name = "kind",                                                                           \
         .type = OPT_CHOICE,                                                                       \
         .value = "KIND",                                                                          \
         .choices = kind_words,                                                                    \
         .help = "Only doors of this kind."},                                                      \
        KNOWN_ROW,                                                                                 \
    {                                                                                              \
        .name = "counterfactual", .type = OPT_FLAG,                                                \
        .help = "Also rules that no state made, for experiments; they are labelled."               \
    }
#define ON_ROW                                                                                     \
    {                                                                                              \
        .name = "on", .type = OPT_TEXT, .value = "DATE", .required = true,                         \
        .help = "The day, or moment, asked about: 2022-10-05, 2023-12-15T20:00+02:00."             \
    }
#define FACTS_ROW                                                                                  \
    {                                                                                              \
        .name = "facts", .type = OPT_PATH, .value = "FILE", .required = true,                      \
        .standard_input = true,                                                                    \
        .help = "What is known of the person, YAML or JSON; - reads standard input."               \
    }
#define PLAIN_ROW                                                                                  \
    {                                                                                              \
        .name = "plain", .type = OPT_FLAG,                                                         \
        .help = "Short sentences for the household, without codes and citations."                  \
    }

static const struct verb_option test_options[] = {
    {.name = "mutate",
     .type = OPT_FLAG,
     .help = "Also make one slip after the other in the rules and see whether a test notices."},
    {.name = "all",
     .type = OPT_FLAG,
     .help = "List every slip, with the case whose answer changes, not only those unnoticed."},
};

static const struct verb_option list_options[] = {
    {.name = "on",
     .type = OPT_TEXT,
     .value = "DATE",
     .fallback = "2022-10-01",
     .help = "The day for which the versions are shown."},
    CHOICE_ROWS,
    {.name = "facts", .type = OPT_FLAG, .help = "List the facts that the doors ask for instead."},
    LANG_ROW,
};

static const struct verb_option eval_options[] = {FACTS_ROW, ON_ROW, CHOICE_ROWS, LANG_ROW,
                                                  PLAIN_ROW};

static const struct verb_option ask_options[] = {
    ON_ROW,
    CHOICE_ROWS,
    LANG_ROW,
    PLAIN_ROW,
    {.name = "facts",
     .type = OPT_PATH,
     .value = "FILE",
     .help = "What is known already, YAML or JSON."},
};

static const struct verb_option timeline_options[] = {
    FACTS_ROW,
    {.name = "on",
     .type = OPT_TEXT,
     .value = "DATE",
     .required = true,
     .help = "First day of the span."},
    {.name = "to",
     .type = OPT_TEXT,
     .value = "DATE",
     .required = true,
     .help = "First day behind the span."},
    CHOICE_ROWS,
    LANG_ROW,
};

static const struct verb_option diff_options[] = {
    {.name = "from",
     .type = OPT_TEXT,
     .value = "DATE",
     .required = true,
     .help = "The day before the change."},
    {.name = "to",
     .type = OPT_TEXT,
     .value = "DATE",
     .required = true,
     .help = "The day after it."},
    COUNTRY_ROW,
    DOOR_ROW,
    {.name = "against",
     .type = OPT_TEXT,
     .value = "ID",
     .help = "Compare with this door instead, such as a counterfactual one."},
    KNOWN_ROW,
    {.name = "all",
     .type = OPT_FLAG,
     .help = "Show every group, not only the largest of each change."},
};

static const struct verb_option gates_options[] = {
    {.name = "from",
     .type = OPT_TEXT,
     .value = "DATE",
     .help = "First day of the table; absent: that of the scenario."},
    {.name = "to",
     .type = OPT_TEXT,
     .value = "DATE",
     .help = "Last day of the table; absent: that of the scenario."},
    KNOWN_ROW,
    {.name = "every-day",
     .type = OPT_FLAG,
     .help = "A row for every day, not only for days on which something changed."},
};

static const struct verb_example check_examples[] = {
    {.say = "Is every rule sound, reachable, cited and tested?",
     .command = "ajar doors check scenarios/exodus2022"},
};
static const struct verb_example test_examples[] = {
    {.say = "Do the doors answer as their tests say?",
     .command = "ajar doors test scenarios/exodus2022"},
};
static const struct verb_example list_examples[] = {
    {.say = "Which rules of Finland held on 5 October 2022?",
     .command = "ajar doors list scenarios/exodus2022 --on 2022-10-05 --country FIN"},
};
static const struct verb_example eval_examples[] = {
    {.say = "What can a tourist with a Spanish visa do in Finland after the closure?",
     .command = "ajar doors eval scenarios/exodus2022 --facts docs/person.yaml --on 2022-10-05 "
                "--country FIN"},
    {.say = "The same for the household, in Russian.",
     .command = "ajar doors eval scenarios/exodus2022 --facts docs/person.yaml --on 2022-10-05 "
                "--country FIN --lang ru --plain"},
};
static const struct verb_example opens_examples[] = {
    {.say = "Which papers would open the doors of Germany, and which of them are dangerous to get?",
     .command = "ajar doors what-opens scenarios/exodus2022 --facts docs/developer.yaml "
                "--on 2022-10-10 --country DEU --kind pathway"},
};
static const struct verb_example timeline_examples[] = {
    {.say = "When does the answer change for this person?",
     .command = "ajar doors timeline scenarios/exodus2022 --facts docs/person.yaml "
                "--on 2022-09-01 --to 2022-12-31 --kind entry"},
};
static const struct verb_example diff_examples[] = {
    {.say = "Who lost what when Finland closed to tourists?",
     .command = "ajar doors diff scenarios/exodus2022 --door fi.entry --from 2022-09-29 "
                "--to 2022-09-30",
     .exit_code = 1},
};
static const struct verb_example gates_examples[] = {
    {.say = "The table that a simulation reads: who passes where, from which day.",
     .command = "ajar doors gates scenarios/exodus2022"},
    {.say = "Three weeks of it, by what was known on the last day.",
     .command = "ajar doors gates scenarios/exodus2022 --from 2022-09-12 --to 2022-10-02 "
                "--as-known 2022-10-02"},
};
static const struct verb_example ask_examples[] = {
    {.say = "Find out what matters, question by question; answers may come from a file.",
     .command = "ajar doors ask scenarios/exodus2022 --on 2022-10-05 --door fi.entry "
                "< docs/answers.txt"},
};

static const char check_description[] =
    "Reads every rule file, then proves over all kinds of person and all dates: no rule is dead, "
    "shadowed or partly superfluous, no CLOSED and OPEN rule are true together, no day lies "
    "between two versions. Then runs the tests, and lists "
    "rules without a test that lets them fire and one that does not. Exit 1 for findings, 3 for "
    "faults.\n\n"
    "docs/rules.md says how a new door is written, with this command as the guide.";

static const char test_description[] =
    "Runs tests.csv: cases that a lawyer can edit in a spreadsheet, each with the clause that it "
    "reads. With --mutate each rule, each side of an and or or, each member of a set is left out, "
    "operators are flipped and cut-points moved by one, one slip at a time: a slip that no test "
    "notices is listed, unless it is proven to change nothing.";

static const char list_description[] =
    "Shows the doors with the version that holds on the day, as known on that day, or the facts "
    "that they ask for.";

static const char eval_description[] =
    "Asks every door for one person on one day, by the law as it was known. A fact that is not "
    "stated is unknown, never no: the answer then says which facts decide. Each answer names the "
    "rule with its citation and quote, what practice was, which papers would open the door (safest "
    "first, then fastest, then cheapest) and when the answer can change. The protection doors "
    "stand last, behind a list of the doors that an application for asylum would close.\n\n"
    "OPEN, DISCRETION (an official decides), NEEDS_FACTS, CLOSED_ACTIONABLE (closed, and the "
    "person can change that), CLOSED, BARRED, NOT_APPLICABLE, NO_RULE, CONFLICT (two laws "
    "disagree). Not legal advice; the border guard decides.\n\n"
    "Sensitive facts never enter messages or file names. Give the facts on standard input to leave "
    "no file.";

static const char opens_description[] =
    "Lists, for each door, the smallest sets of facts and papers that would open it, complete and "
    "without a superfluous step. A paper that means contact with the state that the person flees "
    "never stands before a safe one.";

static const char timeline_description[] =
    "Shows the status of each door over a span for one person: changes of the law as they became "
    "known, birthdays, days of stay used up.";

static const char diff_description[] =
    "Compares the answers of a door on two days over all kinds of person, and says in few groups "
    "who gains and who loses. Exit 1 when somebody's answer changes.";

static const char gates_description[] =
    "Prints, as CSV, what the reference profiles of profiles.yaml meet at each crossing, day by "
    "day.";

static const char ask_description[] =
    "Asks the question that settles most, takes ? for an answer, and ends with the doors, papers "
    "and citations. Questions go to standard error, answers come from standard input. Nothing is "
    "stored.";

#define DOORS_VERB(word, line, text, opts, exs, function, missing)                                 \
    {                                                                                              \
        .noun = "doors", .name = word, .summary = line, .description = text, .args = doors_args,   \
        .n_args = COUNT_OF(doors_args), .options = opts, .n_options = COUNT_OF(opts),              \
        .examples = exs, .n_examples = COUNT_OF(exs), .run = function, .lacks = missing            \
    }

const struct verb doors_verbs[] = {
    {.noun = "doors",
     .name = "check",
     .summary = "Prove the rules sound and run their tests",
     .description = check_description,
     .args = doors_args,
     .n_args = COUNT_OF(doors_args),
     .examples = check_examples,
     .n_examples = COUNT_OF(check_examples),
     .run = doors_answer_check,
     .lacks = COMMON_OUT | COMMON_SEED},
    DOORS_VERB("test", "Run the tests of the rules", test_description, test_options, test_examples,
               doors_answer_test, COMMON_OUT | COMMON_SEED | COMMON_JSON),
    DOORS_VERB("list", "List the doors, or the facts that they ask for", list_description,
               list_options, list_examples, doors_answer_list,
               COMMON_OUT | COMMON_SEED | COMMON_THREADS),
    DOORS_VERB("eval", "Ask all doors for one person on one day", eval_description, eval_options,
               eval_examples, doors_answer_eval, COMMON_OUT | COMMON_SEED | COMMON_THREADS),
    DOORS_VERB("what-opens", "Say which facts and papers would open each door", opens_description,
               eval_options, opens_examples, doors_answer_opens,
               COMMON_OUT | COMMON_SEED | COMMON_THREADS),
    DOORS_VERB("timeline", "Show a person's doors over time", timeline_description,
               timeline_options, timeline_examples, doors_answer_timeline,
               COMMON_OUT | COMMON_SEED | COMMON_THREADS | COMMON_JSON),
    DOORS_VERB("diff", "Say who gains and who loses between two days", diff_description,
               diff_options, diff_examples, doors_answer_diff,
               COMMON_OUT | COMMON_SEED | COMMON_THREADS),
    DOORS_VERB("gates", "Print who passes at which crossing, day by day", gates_description,
               gates_options, gates_examples, doors_answer_gates,
               COMMON_OUT | COMMON_SEED | COMMON_THREADS | COMMON_JSON),
    DOORS_VERB("ask", "Ask the questions that settle most", ask_description, ask_options,
               ask_examples, doors_answer_ask, COMMON_OUT | COMMON_SEED | COMMON_THREADS),
};
const size_t n_doors_verbs = COUNT_OF(doors_verbs);
