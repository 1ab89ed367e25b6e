/* A small program for the tests of pages and scripts: one noun, one verb of its own, one hidden. */
#ifndef TEST_HOUSE_H
#define TEST_HOUSE_H

#include "verb.h"

static const char *const house_modes[] = {"fast", "exact", NULL};
static const struct verb_arg house_args[] = {{.name = "FILE", .help = "The table.", .path = true}};
static const struct verb_option house_options[] = {
    {.name = "mode",
     .type = OPT_CHOICE,
     .value = "MODE",
     .choices = house_modes,
     .help = "How to sum; it's [slow] when exact."},
    {.name = "limit",
     .letter = 'l',
     .type = OPT_INT,
     .value = "N",
     .unit = "rows",
     .min = 1,
     .max = 20000,
     .fallback = "5",
     .help = "Rows to read."},
};
static const struct verb_example house_examples[] = {
    {.say = "Sum a table.", .command = "house table sum $OUT/a.csv --mode exact"},
    {.say = "A table with a fault.", .command = "house table sum bad.csv", .exit_code = 3}};
static const struct verb house_table_verbs[] = {{.noun = "table",
                                                 .name = "sum",
                                                 .summary = "Sum a table",
                                                 .description = "One.\n\nTwo.",
                                                 .args = house_args,
                                                 .n_args = 1,
                                                 .options = house_options,
                                                 .n_options = 2,
                                                 .examples = house_examples,
                                                 .n_examples = 2,
                                                 .lacks = COMMON_THREADS | COMMON_SEED}};
static const struct verb_example house_go_examples[] = {{.say = "Go.", .command = "house go"}};
static const struct verb house_own_verbs[] = {{.noun = "",
                                               .name = "go",
                                               .summary = "Go",
                                               .description = "Goes.",
                                               .examples = house_go_examples,
                                               .n_examples = 1}};
static const struct verb house_hidden_verbs[] = {
    {.noun = "cellar", .name = "open", .summary = "Open"}};
static const struct noun house_nouns[] = {
    {.name = "", .summary = "Own", .verbs = house_own_verbs, .n_verbs = 1},
    {.name = "table", .summary = "Tables", .verbs = house_table_verbs, .n_verbs = 1},
    {.name = "cellar",
     .summary = "Dark",
     .verbs = house_hidden_verbs,
     .n_verbs = 1,
     .hidden = true}};
static const struct program house = {.name = "house",
                                     .version = "1.2.3",
                                     .date = "November 24, 2026",
                                     .summary = "A house",
                                     .description = "It has rooms.",
                                     .examples = house_go_examples,
                                     .n_examples = 1,
                                     .nouns = house_nouns,
                                     .n_nouns = 3,
                                     .more = "man house"};

#endif
