#include "watch_input.h"

#include <math.h>
#include <string.h>

#include "num.h"
#include "watch_open.h"

#define WATCH_FAULTS 1000 /* faults of the input that are listed */

#define DAYS_WEEK 7.0
#define DAYS_YEAR 365.25

int watch_read_input(const struct verb_call *call, struct pool *pool, struct watch_read *out,
                     struct ajar_err *err)
{
    struct faults faults;
    TRY(faults_init(&faults, call->arena, WATCH_FAULTS, err));
    *out = (struct watch_read){0};
    int code = watch_open(call->arena, call->words[0], pool, call->watch, &faults, &out->scenario,
                          &out->input, err);
    if (code != 0 && faults.total > 0) {
        call_faults(call, &faults);
    }
    return code;
}

enum watch_clock watch_read_clock(const struct verb_call *call, const struct watch_input *input)
{
    const char *word = call_text(call, "known-by");
    if (word != NULL) {
        return strcmp(word, "next-day") == 0 ? WATCH_NEXT_DAY : WATCH_PUBLISHED;
    }
    return watch_clock_of(input);
}

date_days watch_read_day(const struct verb_call *call, const char *name)
{
    date_days day = DATE_NONE;
    const char *text = call_text(call, name);
    return text != NULL && date_parse(text_of(text), &day) ? day : DATE_NONE;
}

bool watch_read_duration(const char *text, double *days)
{
    struct text number = text_of(text);
    double unit = 1, value;
    if (number.n > 0) {
        char last = number.at[number.n - 1];
        unit = last == 'w' ? DAYS_WEEK : last == 'y' ? DAYS_YEAR : 1;
        number.n -= last == 'd' || last == 'w' || last == 'y';
    }
    if (!num_parse(number, &value) || !(value * unit >= 2) || value * unit > 1e6) {
        return false;
    }
    *days = value * unit;
    return true;
}

/* A duration that is none is refused with the option's name, as the parser does for other types. */
static int read_alarm_every(const struct verb_call *call, double *days, struct ajar_err *err)
{
    const char *text = call_text(call, "alarm-every");
    if (text == NULL || watch_read_duration(text, days)) {
        return 0;
    }
    err_at(err, E_WATCH_OPTION, NULL, 0, "--alarm-every", text_of(text),
           "The option takes a time from 2 days to 1,000,000 days.");
    return err_hint(err, "Write it like 90d, 26w or 1y.");
}

/* The words of --detector, in the order of enum watch_detector. */
static enum watch_detector read_detector(const char *word)
{
    for (int i = 0; i < WATCH_DETECTORS; i++) {
        if (strcmp(word, watch_detector_word((enum watch_detector)i)) == 0) {
            return (enum watch_detector)i;
        }
    }
    return WATCH_AUTO;
}

int watch_read_options(const struct verb_call *call, const struct watch_input *input,
                       struct watch_run_options *out, struct ajar_err *err)
{
    struct watch_run_options options = watch_run_default();
    options.place = call_text(call, "place");
    options.route = call_text(call, "route");
    options.measure = call_text(call, "measure");
    options.clock = watch_read_clock(call, input);
    options.detect.detector = read_detector(call_text(call, "detector"));
    options.detect.noise = call_number(call, "noise") / 100;
    options.detect.freeze = !call_flag(call, "no-freeze");
    options.detect.seed = call->seed;
    options.false_alarms_a_year = call_number(call, "false-alarms");
    TRY(read_alarm_every(call, &options.detect.alarm_every_days, err));
    if (call_given(call, "alarm-every") && call_given(call, "false-alarms")) {
        err_at(err, E_WATCH_OPTION, NULL, 0, "--false-alarms",
               text_of(call_text(call, "alarm-every")),
               "--alarm-every sets the rate of each series, --false-alarms that of all together.");
        return err_hint(err, "Give one of the two.");
    }
    *out = options;
    return 0;
}
