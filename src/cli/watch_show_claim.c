/* A sentence taken apart: the verdict in words, then what agrees, what does not, and what is of another
 * kind. */
#include <math.h>

#include "num.h"
#include "tell.h"
#include "watch_show.h"

#define CLAIM_WORDS ((size_t)1 << 16)

static void say_number(struct buf *buf, double value, int decimals)
{
    char text[NUM_TEXT];
    num_format_grouped(value, decimals, text);
    buf_str(buf, text);
}

static void say_percent(struct buf *buf, double share, int decimals)
{
    say_number(buf, 100 * share, decimals);
    buf_str(buf, " %");
}

/* "the change of +30 %", "a total of 66,000", "a share of 50 %". */
static void say_figure(struct buf *buf, const struct claim *claim)
{
    switch (claim->form) {
    case CLAIM_CHANGE:
        buf_str(buf, claim->figure >= 0 ? "a change of +" : "a change of ");
        say_percent(buf, claim->figure, 0);
        break;
    case CLAIM_TOTAL:
        buf_str(buf, "a total of ");
        say_number(buf, claim->figure, 0);
        break;
    case CLAIM_SHARE:
        buf_str(buf, "a share of ");
        say_percent(buf, claim->figure, 0);
        break;
    }
}

static void say_change(struct buf *buf, const struct claim_answer *answer)
{
    if (isnan(answer->change)) {
        return;
    }
    buf_str(buf, " The tables have ");
    say_number(buf, answer->count, 0);
    buf_str(buf, " after ");
    say_number(buf, answer->before, 0);
    buf_str(buf, answer->change >= 0 ? ": +" : ": ");
    say_percent(buf, answer->change, 1);
    buf_str(buf, ".");
    if (isnan(answer->noise)) {
        buf_str(buf, " How much such totals vary by themselves is not known here (fewer than 4 "
                     "earlier ones)");
    } else {
        buf_str(buf, " Such totals vary by ");
        say_percent(buf, answer->noise, 1);
        buf_printf(buf, " by themselves (z = %.2f, p = %.2g)", answer->z, answer->p);
    }
    if (!isnan(answer->sigma3_most)) {
        buf_str(buf, "; it is a 3-sigma event only if that is below ");
        say_percent(buf, answer->sigma3_most, 1);
    }
    if (!isnan(answer->noise_most)) {
        buf_str(buf, ", and beyond the alarm rate only below ");
        say_percent(buf, answer->noise_most, 1);
    }
    buf_str(buf, ".");
}

static void say_verdict(struct buf *buf, const struct claim_answer *answer)
{
    static const char *const words[] = {
        [CLAIM_CARRIED] = "Carried: the data have ",
        [CLAIM_WITHIN_NOISE] = "Not a surge: ordinary variation can make ",
        [CLAIM_NOT_KNOWN] = "Not known: the noise of the series decides about ",
        [CLAIM_CONTRADICTED] = "Contradicted: the data do not have ",
        [CLAIM_NO_DATA] = "No data for "};
    buf_str(buf, words[answer->verdict]);
}

static void say_gross(struct buf *buf, const struct claim_answer *answer)
{
    if (!isnan(answer->gross_in) && !isnan(answer->gross_out)) {
        buf_str(buf, " Gross is not net: ");
        say_number(buf, answer->gross_in, 0);
        buf_str(buf, " in, ");
        say_number(buf, answer->gross_out, 0);
        buf_str(buf, " out, net ");
        say_number(buf, answer->net, 0);
        buf_str(buf, ".");
    }
}

void watch_say_claim(struct buf *buf, const struct claim *claim, const struct claim_answer *answer)
{
    say_verdict(buf, answer);
    say_figure(buf, claim);
    buf_str(buf, ".");
    if (claim->form == CLAIM_CHANGE) {
        say_change(buf, answer);
    } else if (claim->form == CLAIM_SHARE && !isnan(answer->share)) {
        buf_str(buf, " The tables have ");
        say_percent(buf, answer->share, 1);
        buf_str(buf, ": ");
        say_number(buf, answer->count, 0);
        buf_str(buf, " of ");
        say_number(buf, answer->count / answer->share, 0);
        buf_str(buf, ".");
    } else if (claim->form == CLAIM_TOTAL && !isnan(answer->count)) {
        buf_str(buf, " The tables have ");
        say_number(buf, answer->count, 0);
        buf_str(buf, ".");
    }
    if (answer->lead != SIZE_MAX && answer->evidence[answer->lead].caution != NULL) {
        buf_str(buf, " Heed: ");
        buf_str(buf, answer->evidence[answer->lead].caution);
        buf_char(buf, '.');
    }
    say_gross(buf, answer);
}

/* The sources of the values, each once where equal ones stand together. */
static void put_sources(struct buf *words, const struct watch_input *input,
                        const struct claim_evidence *evidence)
{
    name_id last = 0;
    for (size_t i = 0; i < evidence->n_values; i++) {
        name_id source = evidence->series->value[evidence->value[i]].source;
        if (source != last) {
            buf_str(words, last == 0 ? "" : ", ");
            buf_text(words, names_word(input->book.names, source));
        }
        last = source;
    }
}

/* "Finland, 2022-09-19 to 2022-09-25, land: 35,000, 53.0 % (ee_err_0927); what to heed." */
static void say_evidence(struct buf *words, const struct watch_input *input,
                         const struct claim *claim, const struct claim_evidence *evidence)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    const struct names *names = input->book.names;
    buf_text(words, names_word(names, evidence->series->place));
    buf_str(words, " ");
    buf_text(words, names_word(names, evidence->series->route));
    buf_printf(words, ", %s to %s: ", date_format(evidence->from, from),
               date_format(evidence->to, to));
    say_number(words, evidence->count, 0);
    double figure = claim->form == CLAIM_CHANGE  ? evidence->change
                    : claim->form == CLAIM_SHARE ? evidence->share
                                                 : (double)NAN;
    if (!isnan(figure)) {
        buf_str(words, claim->form == CLAIM_CHANGE && figure >= 0 ? ", +" : ", ");
        say_percent(words, figure, 1);
    }
    buf_str(words, " (");
    put_sources(words, input, evidence);
    if (evidence->summed) {
        buf_printf(words, "; sum of %zu days", evidence->n_values);
    }
    buf_str(words, ").");
    if (evidence->caution != NULL) {
        buf_str(words, " Heed: ");
        buf_str(words, evidence->caution);
        buf_char(words, '.');
    }
}

static int show_evidence(const struct verb_call *call, const struct watch_input *input,
                         const struct claim *claim, const struct claim_answer *answer,
                         enum claim_stand stand, struct ajar_err *err)
{
    static const char *const heads[] = {[CLAIM_AGREES] = "Agrees",
                                        [CLAIM_CONTRADICTS] = "Contradicts",
                                        [CLAIM_OTHER] = "Another window or kind: not compared"};
    bool begun = false;
    for (size_t i = 0; i < answer->n; i++) {
        struct buf words;
        if (answer->evidence[i].stand != stand) {
            continue;
        }
        if (!begun) {
            tell_heading(call, "%s", heads[stand]);
            begun = true;
        }
        buf_init(&words, CLAIM_WORDS);
        say_evidence(&words, input, claim, &answer->evidence[i]);
        fputs("- ", call->to);
        tell_text(call, buf_view(&words), 2);
        int code = buf_ok(&words, err);
        buf_free(&words);
        TRY(code);
    }
    return 0;
}

int watch_show_claim(const struct verb_call *call, const struct watch_input *input,
                     const struct claim *claim, const struct claim_answer *answer,
                     struct ajar_err *err)
{
    struct buf words;
    buf_init(&words, CLAIM_WORDS);
    watch_say_claim(&words, claim, answer);
    tell_text(call, buf_view(&words), 0);
    int code = buf_ok(&words, err);
    buf_free(&words);
    TRY(code);
    for (int stand = CLAIM_AGREES; stand <= CLAIM_OTHER; stand++) {
        TRY(show_evidence(call, input, claim, answer, (enum claim_stand)stand, err));
    }
    return 0;
}
