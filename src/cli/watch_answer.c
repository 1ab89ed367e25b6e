#include "watch_answer.h"

#include <math.h>
#include <string.h>

#include "answer.h"
#include "watch_input.h"
#include "watch_show.h"
#include "watch_tables.h"

#define WATCH_CSV_CEILING ((size_t)1 << 30)

/* One call: the pool, the input, what it is asked. */
struct watch_run {
    struct pool *pool;
    struct watch_read read;
};

static int run_open(const struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    *run = (struct watch_run){0};
    TRY(pool_open(&run->pool, call->threads, err));
    int code = watch_read_input(call, run->pool, &run->read, err);
    if (code != 0) {
        pool_close(run->pool);
    }
    return code;
}

static int print_csv(const struct verb_call *call, struct buf *buf, struct ajar_err *err)
{
    int code = buf_ok(buf, err);
    if (code == 0 && buf->n > 0) {
        fwrite(buf->at, 1, buf->n, call->to);
    }
    buf_free(buf);
    return code;
}

static int scan_csv(const struct verb_call *call, const struct watch_scan *scan,
                    struct ajar_err *err)
{
    struct watch_file *files;
    size_t n;
    TRY(watch_scan_files(call->arena, scan, &files, &n, err));
    const char *wanted = call_flag(call, "all") ? "watch_series.csv" : "watch_alarms.csv";
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].name, wanted) == 0) {
            fwrite(files[i].bytes.at, 1, files[i].bytes.n, call->to);
        }
    }
    return 0;
}

static int scan_answer(struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    struct watch_run_options options;
    struct watch_scan scan;
    TRY(watch_read_options(call, &run->read.input, &options, err));
    options.as_known = watch_read_day(call, "as-known");
    options.since = watch_read_day(call, "since");
    TRY(watch_scan(call->arena, &run->read.input, &options, run->pool, call->watch, &scan, err));
    call->exit_code = scan.n_alarms > 0 ? 1 : 0;
    if (call->json) {
        return watch_json_scan(call, &scan, err);
    }
    return call_flag(call, "csv") ? scan_csv(call, &scan, err)
                                  : watch_show_scan(call, &scan, call_flag(call, "all"), err);
}

static int replay_answer(struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    struct watch_run_options options;
    struct watch_replay replay;
    struct buf buf;
    TRY(watch_read_options(call, &run->read.input, &options, err));
    TRY(watch_replay(call->arena, &run->read.input, &options, watch_read_day(call, "from"),
                     watch_read_day(call, "to"), run->pool, call->watch, &replay, err));
    if (call->json) {
        return watch_json_replay(call, &replay, err);
    }
    if (!call_flag(call, "csv")) {
        return watch_show_replay(call, &replay, call_flag(call, "all"), err);
    }
    buf_init(&buf, WATCH_CSV_CEILING);
    watch_replay_csv(&buf, &replay, true);
    return print_csv(call, &buf, err);
}

/* The name of a place, or E_WATCH_PLACE. */
static int net_place(const struct verb_call *call, const struct watch_input *input, name_id *out,
                     struct ajar_err *err)
{
    const char *word = call_text(call, "place");
    *out = word == NULL ? 0 : names_find(input->book.names, text_of(word));
    if (word == NULL) {
        return 0;
    }
    for (size_t i = 0; i < input->book.n; i++) {
        if (*out != 0 && input->book.series[i].place == *out) {
            return 0;
        }
    }
    err_at(err, E_WATCH_PLACE, NULL, 0, "--place", text_of(word), "No series has this place.");
    return err_hint(err, "See the places with: ajar watch scan INPUT --all");
}

static int net_answer(struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    const struct watch_input *input = &run->read.input;
    enum watch_clock clock = watch_read_clock(call, input);
    date_days as_known = watch_read_day(call, "as-known");
    struct net_table net;
    struct buf buf;
    name_id place;
    TRY(net_place(call, input, &place, err));
    TRY(net_table_make(call->arena, &input->book, input->scenario, clock, as_known, place, &net,
                       err));
    if (call->json) {
        return watch_json_net(call, input, &net, clock, as_known, err);
    }
    if (!call_flag(call, "csv")) {
        return watch_show_net(call, input, &net, err);
    }
    buf_init(&buf, WATCH_CSV_CEILING);
    watch_net_csv(&buf, input, &net);
    return print_csv(call, &buf, err);
}

static int claim_rate(const struct verb_call *call, const struct claim *claim, double *rate,
                      struct ajar_err *err)
{
    const char *text = call_text(call, "alarm-every");
    double every;
    if (!watch_read_duration(text, &every)) {
        err_at(err, E_WATCH_OPTION, NULL, 0, "--alarm-every", text_of(text),
               "The option takes a time from 2 days to 1,000,000 days.");
        return err_hint(err, "Write it like 90d, 26w or 1y.");
    }
    *rate = fmin(0.5, (claim->to - claim->from + 1) / every);
    return 0;
}

static int claim_answer(struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    const struct watch_input *input = &run->read.input;
    struct claim claim;
    struct claim_answer answer;
    struct claim_options options = {.clock = watch_read_clock(call, input),
                                    .as_known = watch_read_day(call, "as-known"),
                                    .noise = call_number(call, "noise") / 100};
    struct buf buf;
    TRY(claim_parse(text_of(call->words[1]), &claim, err));
    TRY(claim_rate(call, &claim, &options.rate, err));
    TRY(claim_check(call->arena, &input->book, input->scenario, &claim, &options, &answer, err));
    call->exit_code = answer.verdict == CLAIM_CARRIED ? 0 : 1;
    if (call->json) {
        return watch_json_claim(call, input, &claim, &options, &answer, err);
    }
    if (!call_flag(call, "csv")) {
        return watch_show_claim(call, input, &claim, &answer, err);
    }
    buf_init(&buf, WATCH_CSV_CEILING);
    watch_claim_csv(&buf, input, &answer);
    return print_csv(call, &buf, err);
}

static int trade_country(const struct verb_call *call, const struct scenario *scenario,
                         const char *option, name_id *out, struct ajar_err *err)
{
    const char *word = call_text(call, option);
    *out = word == NULL ? 0 : scenario_word(scenario, word);
    for (size_t i = 0; word != NULL && i < scenario->trade.n; i++) {
        if (*out != 0 &&
            (scenario->trade.reporter[i] == *out || scenario->trade.partner[i] == *out)) {
            return 0;
        }
    }
    if (word == NULL) {
        return 0;
    }
    char shown[32];
    snprintf(shown, sizeof shown, "--%s", option);
    err_at(err, E_WATCH_PLACE, NULL, 0, shown, text_of(word), "No row of trade has this code.");
    return err_hint(err, "Use an ISO 3166 alpha-3 code of trade.csv, such as KGZ.");
}

static int trade_answer(struct verb_call *call, struct watch_run *run, struct ajar_err *err)
{
    const struct scenario *scenario = run->read.input.scenario;
    struct mirror_options options = mirror_options_default();
    struct mirror_table mirror;
    struct buf buf;
    if (scenario == NULL) {
        err_at(err, E_WATCH_NOTHING, call->words[0], 0, NULL, (struct text){"", 0},
               "Trade needs a scenario with a trade table; this is a file.");
        return err_hint(err, "Name the folder of a scenario.");
    }
    options.baseline_from = (int32_t)call_int(call, "from");
    options.baseline_to = (int32_t)call_int(call, "to");
    options.seed = call->seed;
    TRY(trade_country(call, scenario, "partner", &options.partner, err));
    TRY(trade_country(call, scenario, "reporter", &options.reporter, err));
    TRY(mirror_make(call->arena, scenario, &options, &mirror, err));
    for (size_t i = 0; i < mirror.n; i++) {
        call->exit_code = mirror.partners[i].flagged ? 1 : call->exit_code;
    }
    if (call->json) {
        return watch_json_trade(call, scenario, &mirror, err);
    }
    if (!call_flag(call, "csv")) {
        return watch_show_trade(call, scenario, &options, &mirror, err);
    }
    buf_init(&buf, WATCH_CSV_CEILING);
    watch_trade_csv(&buf, scenario, &mirror);
    return print_csv(call, &buf, err);
}

/* Reads, answers into a buffer, prints when the whole answer stands. */
static int answer_whole(struct verb_call *call,
                        int (*make)(struct verb_call *, struct watch_run *, struct ajar_err *),
                        struct ajar_err *err)
{
    struct watch_run run;
    struct answer answer;
    TRY(run_open(call, &run, err));
    int code = answer_begin(&answer, call, err);
    if (code == 0) {
        code = answer_made(&answer, make(&answer.call, &run, err), err);
    }
    pool_close(run.pool);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    call->exit_code = answer.call.exit_code;
    answer_print(&answer, call->to);
    return 0;
}

int watch_answer_scan(struct verb_call *call, struct ajar_err *err)
{
    return answer_whole(call, scan_answer, err);
}

int watch_answer_replay(struct verb_call *call, struct ajar_err *err)
{
    return answer_whole(call, replay_answer, err);
}

int watch_answer_net(struct verb_call *call, struct ajar_err *err)
{
    return answer_whole(call, net_answer, err);
}

int watch_answer_claim(struct verb_call *call, struct ajar_err *err)
{
    return answer_whole(call, claim_answer, err);
}

int watch_answer_trade(struct verb_call *call, struct ajar_err *err)
{
    return answer_whole(call, trade_answer, err);
}
