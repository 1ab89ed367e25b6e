#include "flow_answer.h"

#include <math.h>
#include <string.h>

#include "answer.h"
#include "exodus_answer.h"
#include "exodus_input.h"
#include "file.h"
#include "flow_show.h"

#define ANSWER_CSV_CEILING ((size_t)64 << 20)

/* What a verb does between reading and closing. */
typedef int answer_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err);

static int answer_with(struct verb_call *call, answer_work *work, struct ajar_err *err)
{
    struct flow_call at;
    int code = flow_call_open(call, &at, err);
    code = code != 0 ? code : work(call, &at, err);
    flow_call_close(&at);
    return code;
}

typedef int answer_verb(struct verb_call *call, struct ajar_err *err);

static int answer_by_kind(struct verb_call *call, answer_verb *conflict, answer_verb *exodus,
                          struct ajar_err *err)
{
    enum flow_kind kind;
    TRY(flow_kind_of(call, &kind, err));
    return kind == KIND_OF_EXODUS ? exodus(call, err) : conflict(call, err);
}

/* The folder is tested before the work, so that nobody waits for tables that have no place. */
static int answer_place(const struct verb_call *call, bool replace, struct ajar_err *err)
{
    struct file_folder folder;
    if (call->out == NULL) {
        return 0;
    }
    int code = file_folder_begin(&folder, call->arena, call->out, replace, err);
    if (code == 0) {
        file_folder_abort(&folder);
    }
    return replace ? code : call_out_failed(call, code, err);
}

/* What an answer shows, and the tables of its folder. */
struct answer_made {
    const struct flow_call *at;
    const void *what;
    const char *how;
    int (*show)(const struct verb_call *call, const struct answer_made *made, struct ajar_err *err);
    const struct flow_file *files;
    size_t n;
};

/* First all that is said, then the folder, then the answer: no failure leaves one without the others. */
static int answer_finish(const struct verb_call *call, const struct answer_made *made,
                         struct ajar_err *err)
{
    struct answer answer;
    TRY(answer_begin(&answer, call, err));
    int code = answer_made(&answer, made->show(&answer.call, made, err), err);
    if (code == 0 && call->out != NULL) {
        code = flow_write_folder(call->arena, call->out, call_flag(call, "replace"),
                                 made->at->input.world.title, made->files, made->n, err);
        code = call_out_failed(call, code, err);
    }
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

/* ---- import ---- */

static int import_with(struct verb_call *call, struct flow_said *said, struct faults *faults,
                       struct ajar_err *err)
{
    struct flow_input input;
    struct answer answer;
    bool settings = false;
    TRY(flow_import(call->arena, call->words[0], call_text(call, "title"), call->out, said, faults,
                    &input, &settings, err));
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? flow_json_import(&answer.call, &input, said, err)
                          : flow_show_import(&answer.call, &input, said, err);
    code = answer_made(&answer, code, err);
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    return 0;
}

int flow_answer_import(struct verb_call *call, struct ajar_err *err)
{
    struct faults faults;
    struct flow_said said;
    TRY(answer_place(call, false, err));
    TRY(faults_init(&faults, call->arena, FLOW_FAULTS, err));
    TRY(flow_said_init(&said, call->arena, FLOW_SAID, err));
    int code = import_with(call, &said, &faults, err);
    if (code == E_FLOW_FAULTS) {
        call_faults(call, &faults);
    }
    return code;
}

/* ---- run ---- */

static int run_show(const struct verb_call *call, const struct answer_made *made,
                    struct ajar_err *err)
{
    return call->json ? flow_json_run(call, made->what, err) : flow_show_run(call, made->what, err);
}

/* Only a run of all days is what the reference's measures are for. */
static int run_scores(struct arena *arena, const struct flow_call *at, const struct flow_plan *plan,
                      const struct flow_result *result, struct flow_scores *out,
                      struct ajar_err *err)
{
    struct flow_series observed;
    double *camps = NULL;
    *out = (struct flow_scores){NAN, NAN, NAN, NAN, NAN};
    if (result->n_days != plan->n_days || plan->n_camps == 0) {
        return 0;
    }
    TRY(flow_series_flee(arena, &at->input.world, at->input.params.hasten, &observed, err));
    TRY(flow_score_camps(arena, plan, result, &camps, err));
    return flow_score(&observed, camps, out, err);
}

static int run_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct flow_plan plan = {0};
    struct flow_result result = {0};
    struct flow_run_options options = {.seed = call->seed, .from = at->from, .to = at->to};
    struct flow_run_answer answer = {.at = at, .plan = &plan, .result = &result};
    struct flow_made how = {0};
    struct answer_made made = {.at = at, .what = &answer, .show = run_show};
    struct flow_file *files = NULL;
    double *reported = NULL;
    TRY(flow_call_how(call, at, 0, &how.how, err));
    answer.how = how.how;
    TRY(flow_plan_make(call->arena, &at->input.world, &at->input.params, at->as_known, &plan, err));
    TRY(flow_engine_run(at->engine, call->arena, &plan, &at->input.params, &options, at->pool,
                        call->watch, &result, err));
    TRY(flow_reported(call->arena, &at->input.world, at->from, at->to, &reported, err));
    answer.reported = reported;
    TRY(run_scores(call->arena, at, &plan, &result, &answer.scores, err));
    if (call->out != NULL) {
        TRY(flow_run_files(call->arena, &at->input, &plan, &result, &how, &files, &made.n, err));
    }
    made.files = files;
    return answer_finish(call, &made, err);
}

static int conflict_run(struct verb_call *call, struct ajar_err *err)
{
    TRY(answer_place(call, call_flag(call, "replace"), err));
    return answer_with(call, run_work, err);
}

int flow_answer_run(struct verb_call *call, struct ajar_err *err)
{
    return answer_by_kind(call, conflict_run, exodus_answer_run, err);
}

/* ---- ensemble ---- */

static int ensemble_show(const struct verb_call *call, const struct answer_made *made,
                         struct ajar_err *err)
{
    return call->json ? flow_json_ensemble(call, made->at, made->what, made->how, err)
                      : flow_show_ensemble(call, made->at, made->what, made->how, err);
}

static struct ensemble_options ensemble_options_of(const struct verb_call *call,
                                                   const struct flow_call *at)
{
    return (struct ensemble_options){.engine = at->engine,
                                     .seed = call->seed,
                                     .n_members = (uint32_t)call_int(call, "members"),
                                     .n_ranges = at->n_ranges,
                                     .ranges = at->ranges,
                                     .as_known = at->as_known,
                                     .from = at->from,
                                     .to = at->to};
}

static int ensemble_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct ensemble_options options = ensemble_options_of(call, at);
    struct ensemble_summary summary = {0};
    struct flow_made how = {0};
    struct answer_made made = {.at = at, .what = &summary, .show = ensemble_show};
    struct flow_file *files = NULL;
    int64_t *camps = NULL;
    TRY(flow_call_how(call, at, options.n_members, &how.how, err));
    made.how = how.how;
    TRY(ensemble_run(call->arena, &at->input.world, &at->input.params, &options, at->pool,
                     call->watch, &camps, err));
    TRY(ensemble_summarise(call->arena, &at->input.world, &options, camps, &summary, err));
    if (call->out != NULL) {
        TRY(flow_ensemble_files(call->arena, &at->input, &options, &summary, &how, &files, &made.n,
                                err));
    }
    made.files = files;
    return answer_finish(call, &made, err);
}

static int conflict_ensemble(struct verb_call *call, struct ajar_err *err)
{
    TRY(answer_place(call, call_flag(call, "replace"), err));
    return answer_with(call, ensemble_work, err);
}

int flow_answer_ensemble(struct verb_call *call, struct ajar_err *err)
{
    return answer_by_kind(call, conflict_ensemble, exodus_answer_ensemble, err);
}

/* ---- counterfactual ---- */

static int counterfactual_show(const struct verb_call *call, const struct answer_made *made,
                               struct ajar_err *err)
{
    return call->json ? flow_json_counterfactual(call, made->at, made->what, made->how, err)
                      : flow_show_counterfactual(call, made->at, made->what, made->how, err);
}

static int counterfactual_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct ensemble_options options = ensemble_options_of(call, at);
    struct counterfactual_closing *closings = NULL;
    struct counterfactual result = {0};
    struct flow_made how = {0};
    struct answer_made made = {.at = at, .what = &result, .show = counterfactual_show};
    struct flow_file *files = NULL;
    size_t n = 0;
    TRY(flow_call_closings(call, at, &closings, &n, err));
    TRY(flow_call_how(call, at, options.n_members, &how.how, err));
    made.how = how.how;
    TRY(counterfactual_run(call->arena, &at->input.world, &at->input.params, &options, closings, n,
                           at->pool, call->watch, &result, err));
    if (call->out != NULL) {
        TRY(flow_counterfactual_files(call->arena, &at->input, &options, &result, &how, &files,
                                      &made.n, err));
    }
    made.files = files;
    return answer_finish(call, &made, err);
}

static int conflict_counterfactual(struct verb_call *call, struct ajar_err *err)
{
    TRY(call_require(call, "close", err));
    TRY(answer_place(call, call_flag(call, "replace"), err));
    return answer_with(call, counterfactual_work, err);
}

int flow_answer_counterfactual(struct verb_call *call, struct ajar_err *err)
{
    return answer_by_kind(call, conflict_counterfactual, exodus_answer_counterfactual, err);
}

/* ---- calibrate ---- */

static int calibrate_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct calibrate_result result = {0};
    struct calibrate_options options = {.seed = call->seed,
                                        .n_ranges = at->n_ranges,
                                        .ranges = at->ranges,
                                        .n_draws = (uint32_t)call_int(call, "draws"),
                                        .n_seeds = (uint32_t)call_int(call, "seeds"),
                                        .keep = call_number(call, "keep"),
                                        .as_known = at->as_known,
                                        .from = at->from,
                                        .to = at->to,
                                        .engine = at->engine};
    const char *how = NULL;
    TRY(flow_call_how(call, at, 0, &how, err));
    TRY(calibrate_run(call->arena, &at->input.world, &at->input.params, &options, at->pool,
                      call->watch, &result, err));
    return call->json ? flow_json_calibrate(call, at, &result, how, err)
                      : flow_show_calibrate(call, at, &result, how, err);
}

static int conflict_calibrate(struct verb_call *call, struct ajar_err *err)
{
    TRY(call_require(call, "vary", err));
    return answer_with(call, calibrate_work, err);
}

int flow_answer_calibrate(struct verb_call *call, struct ajar_err *err)
{
    return answer_by_kind(call, conflict_calibrate, exodus_answer_calibrate, err);
}

/* ---- score ---- */

static int score_csv(const struct verb_call *call, const struct flow_score_answer *answer,
                     struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, ANSWER_CSV_CEILING);
    int code = flow_score_csv(&buf, answer, err);
    if (code == 0) {
        fwrite(buf.at, 1, buf.n, call->to);
    }
    buf_free(&buf);
    return code;
}

static int score_work(struct verb_call *call, struct flow_call *at, struct ajar_err *err)
{
    struct flow_score_answer answer;
    struct flow_score_options options = {.seed = call->seed,
                                         .seeds = (uint32_t)call_int(call, "seeds"),
                                         .lag = (int32_t)call_int(call, "lag")};
    TRY(flow_score_run(call->arena, &at->input, &options, at->pool, call->watch, &answer, err));
    if (call->json) {
        return flow_json_score(call, &answer, err);
    }
    return call_flag(call, "csv") ? score_csv(call, &answer, err)
                                  : flow_show_score(call, &answer, err);
}

static int conflict_score(struct verb_call *call, struct ajar_err *err)
{
    return answer_with(call, score_work, err);
}

int flow_answer_score(struct verb_call *call, struct ajar_err *err)
{
    return answer_by_kind(call, conflict_score, exodus_answer_score, err);
}
