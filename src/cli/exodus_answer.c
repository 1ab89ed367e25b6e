#include "exodus_answer.h"

#include <string.h>

#include "answer.h"
#include "exodus_input.h"
#include "exodus_pick.h"
#include "exodus_show.h"
#include "file.h"
#include "flow_out.h"

typedef int answer_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err);

static int answer_with(struct verb_call *call, answer_work *work, struct ajar_err *err)
{
    struct exodus_call at;
    int code = exodus_call_open(call, &at, err);
    code = code != 0 ? code : work(call, &at, err);
    exodus_call_close(&at);
    return code;
}

/* ---- Where it goes ---- */

static int place_folder(const struct verb_call *call, struct ajar_err *err)
{
    struct file_folder folder;
    if (call->out == NULL) {
        return 0;
    }
    int code = file_folder_begin(&folder, call->arena, call->out, call_flag(call, "replace"), err);
    if (code == 0) {
        file_folder_abort(&folder);
    }
    return call_out_failed(call, code, err);
}

/* A file is replaced only when it is asked for and an earlier answer. */
static int place_file(const struct verb_call *call, struct ajar_err *err)
{
    struct file_view view;
    if (call->out == NULL || !file_exists(call->out)) {
        return 0;
    }
    if (file_is_folder(call->out) || !call_flag(call, "replace")) {
        int code = err_at(err, E_FILE_EXISTS, call->out, 0, NULL, TEXT_LIT(""),
                          "something of this name exists already");
        return call_out_failed(call, code, err);
    }
    TRY(file_open(&view, call->out, EXODUS_FILE_MOST * 2, err));
    bool answer = exodus_file_is_answer(view.bytes);
    file_close(&view);
    return answer ? 0
                  : err_at(err, E_FILE_EXISTS, call->out, 0, NULL, TEXT_LIT(""),
                           "this file was not written by Ajar and is not replaced");
}

static int write_folder(const struct verb_call *call, const struct exodus_made *made,
                        const struct exodus_chain_file *tables, size_t n, struct ajar_err *err)
{
    struct flow_file *files;
    TRY_NEW(files, call->arena, n, err);
    for (size_t i = 0; i < n; i++) {
        files[i] = (struct flow_file){tables[i].name, tables[i].bytes};
    }
    int code = flow_write_folder(call->arena, call->out, call_flag(call, "replace"),
                                 made->input->model->title, files, n, err);
    return call_out_failed(call, code, err);
}

/* First all that is said, then the files, then the answer: no failure leaves one without the others. */
struct answer_files {
    size_t n;
    const struct exodus_chain_file *tables; /* of a folder */
    struct text bytes;                      /* else of the file */
};

static int answer_finish(const struct verb_call *call, const struct exodus_made *made,
                         exodus_show *show, const struct answer_files *files, struct ajar_err *err)
{
    struct answer answer;
    TRY(answer_begin(&answer, call, err));
    int code = answer_made(&answer, show(&answer.call, made, err), err);
    if (code == 0 && call->out != NULL) {
        code = files->tables != NULL ? write_folder(call, made, files->tables, files->n, err)
                                     : file_write(call->out, files->bytes, err);
    }
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

/* ---- Playing ---- */

static int play_chain(struct verb_call *call, const struct exodus_call *at,
                      const struct exodus_input *input, bool what_ifs, struct exodus_chain *out,
                      struct ajar_err *err)
{
    struct exodus_chain_options options = {
        .engine = at->engine, .seed = call->seed, .n_members = at->n_members, .what_ifs = what_ifs};
    struct faults faults;
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    int code =
        exodus_chain_play(call->arena, input, &options, at->pool, call->watch, &faults, out, err);
    return exodus_call_faults(call, &faults, code);
}

/* Bytes in the arena; the buffer is freed. */
static int keep_bytes(const struct verb_call *call, struct buf *buf, int code, struct text *out,
                      struct ajar_err *err)
{
    const char *copy = NULL;
    struct text all = buf_view(buf);
    code = code != 0 ? code : text_copy(call->arena, all, &copy, err);
    if (code == 0) {
        *out = (struct text){copy, all.n};
    }
    buf_free(buf);
    return code;
}

static int show_csv(const struct verb_call *call, const struct exodus_made *made,
                    struct ajar_err *err)
{
    (void)err;
    fwrite(made->csv.at, 1, made->csv.n, call->to);
    return 0;
}

static exodus_show *show_of(const struct verb_call *call, exodus_show *plain, exodus_show *json)
{
    return call->json ? json : call_flag(call, "csv") ? show_csv : plain;
}

static struct text table_named(const struct exodus_chain_file *files, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(files[i].name, name) == 0) {
            return files[i].bytes;
        }
    }
    return TEXT_LIT("");
}

/* ---- run ---- */

static int run_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_chain chain;
    struct exodus_sums sums;
    struct exodus_made made = {.input = &at->input, .chain = &chain, .sums = &sums};
    struct exodus_chain_file *tables;
    struct answer_files files = {0};
    TRY(exodus_call_how(call, at, &made.how, err));
    TRY(play_chain(call, at, &at->input, false, &chain, err));
    TRY(exodus_sums_of(call->arena, at->input.model, &chain.replay, &sums, err));
    TRY(exodus_chain_files(call->arena, &chain, &tables, &files.n, err));
    files.tables = tables;
    made.csv = table_named(files.tables, files.n, "flow_forecast.csv");
    return answer_finish(call, &made, show_of(call, exodus_show_run, exodus_json_run), &files, err);
}

static int ask_work(struct verb_call *call, const struct exodus_call *at,
                    const struct exodus_file *file, struct exodus_ask *out, struct ajar_err *err)
{
    struct exodus_replay_options options = {
        .engine = at->engine, .seed = call->seed, .n_members = at->n_members, .unknowns = true};
    return exodus_ask_play(call->arena, &at->input, file, &options, at->pool, call->watch, out,
                           err);
}

static int rows_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_file file;
    struct exodus_ask ask;
    struct exodus_made made = {.input = &at->input, .ask = &ask};
    struct answer_files files = {0};
    struct buf buf;
    TRY(exodus_call_rows(call, &file, err));
    TRY(exodus_call_how(call, at, &made.how, err));
    TRY(ask_work(call, at, &file, &ask, err));
    buf_init(&buf, EXODUS_FILE_MOST * 2);
    int code = exodus_file_write(&buf, &file, ask.spreads, ask.why, err);
    TRY(keep_bytes(call, &buf, code, &files.bytes, err));
    made.csv = files.bytes;
    return answer_finish(call, &made, show_of(call, exodus_show_rows, exodus_json_rows), &files,
                         err);
}

/* Two forms of one answer exclude each other. */
static int one_form(const struct verb_call *call, struct ajar_err *err)
{
    if (call->json && call_flag(call, "csv")) {
        err_at(err, E_USAGE_OPTION_CONFLICT, NULL, 0, "--csv", text_of(NULL),
               "--csv and --json are two forms of one answer");
        return err_hint(err, "Keep one of them.");
    }
    return 0;
}

int exodus_answer_run(struct verb_call *call, struct ajar_err *err)
{
    bool rows = call_given(call, "rows");
    TRY(one_form(call, err));
    TRY(rows ? place_file(call, err) : place_folder(call, err));
    return answer_with(call, rows ? rows_work : run_work, err);
}

/* ---- ensemble ---- */

int exodus_answer_ensemble(struct verb_call *call, struct ajar_err *err)
{
    err_set(err, E_FLOW_OPTION,
            "ajar flow ensemble is for a conflict (flow/); for an exodus (exodus/) ajar flow run "
            "plays many draws already and shows their spread.");
    return err_hint(err, "Type: ajar flow run %s --draws 200", call->words[0]);
}

/* ---- counterfactual ---- */

static int counterfactual_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_input picked;
    struct exodus_chain chain;
    struct exodus_made made = {.input = &picked, .chain = &chain};
    struct exodus_chain_file *tables;
    struct answer_files files = {0};
    TRY(exodus_pick(call->arena, &at->input, call_text(call, "what-if"), call_text(call, "close"),
                    &picked, err));
    if (picked.model->n_what_ifs == 0) {
        err_at(err, E_EXODUS_WHAT_IF, call->words[0], 0, NULL, TEXT_LIT(""),
               "the model of this scenario has no what_if");
        return err_hint(err, "Shut a door with --close DOOR@DATE, or write what_if into "
                             "exodus/model.yaml.");
    }
    TRY(exodus_call_how(call, at, &made.how, err));
    TRY(play_chain(call, at, &picked, true, &chain, err));
    TRY(exodus_chain_files(call->arena, &chain, &tables, &files.n, err));
    files.tables = tables;
    return answer_finish(call, &made,
                         call->json ? exodus_json_counterfactual : exodus_show_counterfactual,
                         &files, err);
}

int exodus_answer_counterfactual(struct verb_call *call, struct ajar_err *err)
{
    TRY(place_folder(call, err));
    return answer_with(call, counterfactual_work, err);
}

/* ---- calibrate ---- */

static int calibrate_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_fit_job_options options = {.seed = call->seed,
                                             .quick = call_flag(call, "quick"),
                                             .by_period = call_flag(call, "by-period")};
    struct exodus_fit_made fit;
    struct exodus_made made = {
        .input = &at->input, .fit = &fit, .quick = options.quick, .by_period = options.by_period};
    struct faults faults;
    TRY(faults_init(&faults, call->arena, EXODUS_CALL_FAULTS, err));
    int code = exodus_fit_job(call->arena, &at->input, &options, at->pool, call->watch, &fit,
                              &faults, err);
    TRY(exodus_call_faults(call, &faults, code));
    struct answer_files files = {.n = fit.n_files, .tables = fit.files};
    return answer_finish(call, &made, call->json ? exodus_json_calibrate : exodus_show_calibrate,
                         &files, err);
}

int exodus_answer_calibrate(struct verb_call *call, struct ajar_err *err)
{
    TRY(place_folder(call, err));
    return answer_with(call, calibrate_work, err);
}

/* ---- score ---- */

static int score_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_chain chain;
    struct exodus_made made = {.input = &at->input, .chain = &chain};
    struct exodus_chain_file *files;
    size_t n;
    TRY(exodus_call_how(call, at, &made.how, err));
    TRY(play_chain(call, at, &at->input, false, &chain, err));
    TRY(exodus_chain_files(call->arena, &chain, &files, &n, err));
    made.csv = table_named(files, n, "flow_observed.csv");
    return show_of(call, exodus_show_score, exodus_json_score)(call, &made, err);
}

static int scored_work(struct verb_call *call, struct exodus_call *at, struct ajar_err *err)
{
    struct exodus_file file;
    struct exodus_ask ask;
    struct exodus_scored scored;
    struct exodus_made made = {.input = &at->input, .ask = &ask, .scored = &scored};
    struct buf buf;
    TRY(exodus_call_rows(call, &file, err));
    TRY(exodus_call_how(call, at, &made.how, err));
    TRY(ask_work(call, at, &file, &ask, err));
    TRY(exodus_ask_score(call->arena, &at->input, &ask, &scored, err));
    buf_init(&buf, EXODUS_ASK_CEILING);
    int code = exodus_ask_score_write(&buf, &ask, &scored, err);
    TRY(keep_bytes(call, &buf, code, &made.csv, err));
    return show_of(call, exodus_show_scored, exodus_json_scored)(call, &made, err);
}

int exodus_answer_score(struct verb_call *call, struct ajar_err *err)
{
    TRY(one_form(call, err));
    return answer_with(call, call_given(call, "rows") ? scored_work : score_work, err);
}
