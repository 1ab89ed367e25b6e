/* Options: the common ones, what each takes in words, and whether a text is such a value. */
#include <math.h>
#include <string.h>

#include "date.h"
#include "num.h"
#include "verb.h"

#define NO_END 9007199254740992.0 /* 2^53: beyond it a double no longer counts in ones */

static const char *const progress_choices[] = {"auto", "plain", "none", NULL};

static const struct verb_option commons[] = {
    {.name = "json", .type = OPT_FLAG, .help = "Print one JSON object instead of text."},
    {.name = "out", .type = OPT_PATH, .value = "PATH", .help = "Write the result here."},
    {.name = "seed",
     .type = OPT_INT,
     .value = "N",
     .fallback = "1",
     .min = 0,
     .max = NO_END,
     .help = "Seed of all random draws; the same seed gives the same bytes."},
    {.name = "threads",
     .type = OPT_INT,
     .value = "N",
     .min = 1,
     .max = 256,
     .help = "Threads to use, one for each core when absent; the result does not depend on it."},
    {.name = "progress",
     .type = OPT_CHOICE,
     .value = "MODE",
     .fallback = "auto",
     .choices = progress_choices,
     .help = "auto is a bar, on a terminal only; plain is a line every five seconds."},
    {.name = "quiet",
     .letter = 'q',
     .type = OPT_FLAG,
     .help = "No progress and no notes; errors are still shown."},
    {.name = "no-color",
     .type = OPT_FLAG,
     .help = "No colour, as with NO_COLOR set or when the output is no terminal."},
    {.name = "help", .letter = 'h', .type = OPT_FLAG, .help = "Show this page."},
};
static const unsigned common_bits[] = {COMMON_JSON,     COMMON_OUT, COMMON_SEED, COMMON_THREADS,
                                       COMMON_PROGRESS, 0,          0,           0};

const struct verb_option *common_options(size_t *n)
{
    *n = sizeof commons / sizeof commons[0];
    return commons;
}

unsigned common_bit(size_t i)
{
    return common_bits[i];
}

static void option_bound(struct buf *buf, double value)
{
    char to[NUM_TEXT];
    if (value == floor(value) && fabs(value) < 1e15) {
        num_format_grouped(value, 0, to);
    } else {
        num_format(value, to);
    }
    buf_str(buf, to);
}

static void option_range(struct buf *buf, const struct verb_option *option)
{
    bool low = option->min > -NO_END, high = option->max < NO_END;
    if (!(option->min < option->max) || (!low && !high)) {
        return;
    }
    buf_str(buf, low && high ? " from " : low ? " of at least " : " of at most ");
    if (low) {
        option_bound(buf, option->min);
    }
    if (low && high) {
        buf_str(buf, " to ");
    }
    if (high) {
        option_bound(buf, option->max);
    }
}

void option_describe(struct buf *buf, const struct verb_option *option)
{
    switch (option->type) {
    case OPT_FLAG:
        buf_str(buf, "no value");
        return;
    case OPT_TEXT:
        buf_str(buf, "text");
        break;
    case OPT_PATH:
        buf_str(buf, option->standard_input ? "a path, or - for standard input" : "a path");
        break;
    case OPT_INT:
        buf_str(buf, "a whole number");
        break;
    case OPT_NUMBER:
        buf_str(buf, "a number");
        break;
    case OPT_DATE:
        buf_str(buf, "a date YYYY-MM-DD");
        break;
    case OPT_CHOICE:
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            bool last = option->choices[i + 1] == NULL;
            buf_printf(buf, "%s%s", i == 0 ? "" : last ? " or " : ", ", option->choices[i]);
        }
        break;
    }
    if (option->type == OPT_INT || option->type == OPT_NUMBER) {
        option_range(buf, option);
    }
    if (option->unit != NULL) {
        buf_printf(buf, ", in %s", option->unit);
    }
    if (option->infinite) {
        buf_str(buf, ", or inf");
    }
}

/* "--name", the value and the sentence "This option takes ...". */
static int option_refuse(const struct verb_option *option, const char *value, enum err_code code,
                         struct ajar_err *err)
{
    char column[64];
    snprintf(column, sizeof column, "--%s", option->name);
    struct buf takes;
    buf_init(&takes, 4096);
    option_describe(&takes, option);
    err_at(err, code, NULL, 0, column, text_of(value), "This option takes %.*s.", (int)takes.n,
           takes.n == 0 ? "" : takes.at);
    buf_free(&takes);
    return (int)code;
}

static int option_number(const struct verb_option *option, const char *value, struct ajar_err *err)
{
    double number = 0;
    int64_t whole = 0;
    if (option->infinite && strcmp(value, "inf") == 0) {
        return 0;
    }
    bool good = option->type == OPT_INT ? num_parse_int(text_of(value), &whole)
                                        : num_parse(text_of(value), &number);
    if (!good) {
        return option_refuse(option, value, E_USAGE_OPTION_TYPE, err);
    }
    if (option->type == OPT_INT) {
        number = (double)whole;
    }
    if (option->min < option->max && (number < option->min || number > option->max)) {
        return option_refuse(option, value, E_USAGE_OPTION_RANGE, err);
    }
    return 0;
}

int option_check(const struct verb_option *option, const char *value, struct ajar_err *err)
{
    size_t bad = 0;
    date_days date = 0;
    bool good = true;
    switch (option->type) {
    case OPT_FLAG:
        break;
    case OPT_TEXT:
        good = text_utf8(text_of(value), &bad);
        break;
    case OPT_PATH:
        good = value[0] != '\0';
        break;
    case OPT_INT:
    case OPT_NUMBER:
        return option_number(option, value, err);
    case OPT_DATE:
        good = date_parse(text_of(value), &date);
        break;
    case OPT_CHOICE:
        good = false;
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            good = good || strcmp(option->choices[i], value) == 0;
        }
        if (!good) {
            return option_refuse(option, value, E_USAGE_OPTION_CHOICE, err);
        }
        break;
    }
    if (good && option->type == OPT_PATH && strcmp(value, "-") == 0 && !option->standard_input) {
        return option_refuse(option, value, E_USAGE_STDIN, err);
    }
    return good ? 0 : option_refuse(option, value, E_USAGE_OPTION_TYPE, err);
}
