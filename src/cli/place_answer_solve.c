/* `ajar place solve`: the plan, what it means, and the files that it leaves. */
#include <string.h>

#include "answer.h"
#include "place_answer.h"
#include "place_run.h"
#include "place_show.h"
#include "stop.h"
#include "table.h"
#include "tell.h"

#define SOLVE_CEILING ((size_t)4 << 30) /* bytes of a plan file */

/* ---- Fairness ---- */

static void solve_show_price(const struct verb_call *call, int64_t total, int64_t objective)
{
    char most[PLACE_UNITS], price[PLACE_UNITS], part[PLACE_UNITS];
    int64_t loss = total - objective;
    tell_say(call, "The plan of the largest total is worth %s: fairness costs %s, %s of it.",
             place_units(total, most), place_units(loss, price),
             place_percent(total == 0 ? 0 : (double)loss / (double)total, part));
}

static int solve_show_levels(const struct verb_call *call, const struct fair_leximin *leximin,
                             struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"score", TABLE_NUMBER},
        {"households that\ncannot be raised", TABLE_NUMBER},
    };
    struct table table;
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < leximin->n_levels; i++) {
        table_begin_row(&table);
        place_cell_units(&table, leximin->levels[i].score_micro);
        table_int(&table, leximin->levels[i].households);
    }
    fputc('\n', call->to);
    tell_say(call, leximin->certified
                       ? "The worst-off first; each level is proven: one micro-unit more has no "
                         "plan that places as many."
                       : "The worst-off first, as far as search has found; not proven.");
    return table_print(&table, call->to, call->width, call->color, err);
}

static int solve_show_floors(const struct verb_call *call, const struct place_call *at,
                             const struct fair_groups *groups, struct ajar_err *err)
{
    static const struct table_column columns[] = {
        {"group", TABLE_TEXT},
        {"floor", TABLE_NUMBER},
        {"reached", TABLE_NUMBER},
        {"a unit of the floor\ncosts the total", TABLE_NUMBER},
    };
    struct table table;
    char bound[PLACE_UNITS];
    table_init(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t g = 0; g < at->programme.n_groups; g++) {
        struct text name = at->programme.group_name[g];
        table_begin_row(&table);
        table_text(&table, name.n == 0 ? TEXT_LIT("(none)") : name);
        place_cell_units(&table, groups->floor_micro[g]);
        place_cell_units(&table, groups->average_micro[g]);
        table_number(&table, groups->weight[g], 3);
    }
    fputc('\n', call->to);
    tell_say(call,
             "Floors under the average of a group's households, placed or not: %s. No plan "
             "that keeps them is worth more than %s.",
             groups->met ? "all are met" : "NOT all are met",
             place_units(groups->bound_micro, bound));
    return table_print(&table, call->to, call->width, call->color, err);
}

static int solve_show_fair(const struct verb_call *call, const struct place_call *at,
                           const struct place_run *run, struct ajar_err *err)
{
    int64_t objective = run->result.plan.objective_micro;
    if (run->method == PLACE_TOTAL) {
        return 0;
    }
    if (run->method == PLACE_LEXIMIN) {
        TRY(solve_show_levels(call, &run->leximin, err));
        solve_show_price(call, run->leximin.total_micro, objective);
        return 0;
    }
    TRY(solve_show_floors(call, at, &run->groups, err));
    solve_show_price(call, run->groups.total_micro, objective);
    return 0;
}

static void solve_json_fair(struct json_out *json, const struct place_call *at,
                            const struct place_run *run)
{
    bool leximin = run->method == PLACE_LEXIMIN;
    int64_t total = leximin ? run->leximin.total_micro : run->groups.total_micro;
    json_key(json, "fair");
    if (run->method == PLACE_TOTAL) {
        json_put_null(json);
        return;
    }
    json_begin_object(json);
    put_int(json, "total_micro", total);
    put_int(json, "bound_micro", leximin ? run->leximin.bound_micro : run->groups.bound_micro);
    put_int(json, "price_micro", total - run->result.plan.objective_micro);
    put_bool(json, "certified", leximin && run->leximin.certified);
    put_bool(json, "met", leximin || run->groups.met);
    json_key(json, "levels");
    json_begin_array(json);
    for (uint32_t i = 0; leximin && i < run->leximin.n_levels; i++) {
        json_begin_object(json);
        put_int(json, "score_micro", run->leximin.levels[i].score_micro);
        put_int(json, "households", run->leximin.levels[i].households);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "floors");
    json_begin_array(json);
    for (uint32_t g = 0; !leximin && g < at->programme.n_groups; g++) {
        json_begin_object(json);
        put_text(json, "group", at->programme.group_name[g]);
        put_int(json, "floor_micro", run->groups.floor_micro[g]);
        put_int(json, "average_micro", run->groups.average_micro[g]);
        put_number(json, "weight", run->groups.weight[g]);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

/* ---- The answer ---- */

static int solve_show(const struct verb_call *call, const struct place_call *at,
                      const struct place_run *run, struct ajar_err *err)
{
    const struct place_result *plan = &run->result.plan;
    const char *file = call_text(call, "plan");
    place_show_head(call, at);
    fputc('\n', call->to);
    place_show_sums(call, plan);
    place_show_placed(call, &at->programme, plan->place);
    TRY(solve_show_fair(call, at, run, err));
    fputc('\n', call->to);
    TRY(place_show_report(call, at, plan->place, &run->report, err));
    TRY(place_show_unplaced(call, at, plan->place,
                            "every place that may take it is full, or worth more to others", err));
    TRY(place_show_plan(call, at, plan->place, err));
    if (call->out != NULL || file != NULL) {
        fputc('\n', call->to);
    }
    if (call->out != NULL) {
        fprintf(call->to, "Plan: %s\n", call->out);
    }
    if (file != NULL) {
        fprintf(call->to, "Plan file: %s\n", file);
    }
    return 0;
}

static int solve_json(const struct verb_call *call, const struct place_call *at,
                      const struct place_run *run, struct ajar_err *err)
{
    struct json_out json;
    struct buf buf;
    place_json_open(&json, &buf);
    put_str(&json, "method", run->word);
    place_json_sums(&json, &run->result.plan);
    put_bool(&json, "stopped", run->result.plan.cancelled);
    place_json_report(&json, at, run->result.plan.place, &run->report);
    int code = place_json_unplaced(call, &json, at, run->result.plan.place, err);
    if (code != 0) {
        buf_free(&buf);
        return code;
    }
    solve_json_fair(&json, at, run);
    return place_json_close(&json, &buf, call, err);
}

/* ---- The files ---- */

static int solve_write_csv(const struct verb_call *call, const struct place_call *at,
                           const struct place_run *run, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, SOLVE_CEILING);
    place_write_plan(&buf, &at->programme.problem, &at->programme.names, run->result.plan.place);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(call->out, buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

static int solve_file(const struct verb_call *call, const struct place_call *at,
                      const struct place_run *run, struct place_file *file, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    const char *on = place_call_text(call, "on");
    struct explain_household *households;
    struct explain_locality *localities;
    struct buf made;
    *file = (struct place_file){.method = run->word,
                                .floors = place_call_text(call, "floor"),
                                .seed = call->seed,
                                .on = DATE_NONE,
                                .result = run->result};
    if (on != NULL) {
        date_parse(text_of(on), &file->on);
    }
    buf_init(&made, 256);
    buf_printf(&made, "%s %s", call->program->name, call->program->version);
    int code = buf_ok(&made, err);
    code = code != 0 ? code : text_copy(call->arena, buf_view(&made), &file->made_by, err);
    buf_free(&made);
    TRY(code);
    TRY(place_load_inputs(call->arena, &at->load, &file->inputs, &file->n_inputs, err));
    if (programme->problem.n_households > PLACE_FILE_EXPLAIN_MOST) {
        call_note(call, "The plan file has no explanations: that is for at most %d households.",
                  PLACE_FILE_EXPLAIN_MOST);
        return 0;
    }
    TRY(explain_all(call->arena, &programme->problem, &programme->side, &run->result, &households,
                    &localities, err));
    file->households = households;
    file->localities = localities;
    return 0;
}

static int solve_write_file(const struct verb_call *call, const struct place_call *at,
                            const struct place_run *run, struct ajar_err *err)
{
    struct place_file file;
    struct buf buf;
    TRY(solve_file(call, at, run, &file, err));
    buf_init(&buf, SOLVE_CEILING);
    place_file_write(&buf, &at->programme, &file);
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : file_write(call_text(call, "plan"), buf_view(&buf), err);
    buf_free(&buf);
    return code;
}

/* ---- The verb ---- */

static int solve_finish(struct verb_call *call, const struct place_call *at,
                        const struct place_run *run, struct ajar_err *err)
{
    struct answer answer;
    TRY(answer_begin(&answer, call, err));
    int code = call->json ? solve_json(&answer.call, at, run, err)
                          : solve_show(&answer.call, at, run, err);
    code = answer_made(&answer, code, err);
    if (code == 0 && call->out != NULL) {
        code = solve_write_csv(call, at, run, err);
    }
    if (code == 0 && call_text(call, "plan") != NULL) {
        code = solve_write_file(call, at, run, err);
    }
    if (code != 0) {
        answer_drop(&answer);
        return code;
    }
    answer_print(&answer, call->to);
    if (run->result.plan.cancelled) {
        call_note(call, "Stopped after %llu rounds; this is the best so far.",
                  (unsigned long long)run->result.plan.rounds);
        if (run->method == PLACE_TOTAL) {
            call_note(call, "--rounds %llu gives the same plan.",
                      (unsigned long long)run->result.plan.rounds);
        }
        call->exit_code = stop_exit_code();
    }
    return 0;
}

static int solve_work(struct verb_call *call, struct place_call *at, struct ajar_err *err)
{
    struct place_run run;
    TRY(place_call_open(call, call->words[0], NULL, at, err));
    TRY(place_run(call, at, &run, err));
    return solve_finish(call, at, &run, err);
}

static int solve_ask(const struct verb_call *call, struct ajar_err *err)
{
    bool floors = text_is(text_of(call_text(call, "method")), "floors");
    if (floors) {
        TRY(call_require(call, "floor", err));
    } else if (call_given(call, "floor")) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--floor", text_of(call_text(call, "floor")),
               "floors are for --method floors alone");
        return err_hint(err, "Add --method floors, or leave the floors out.");
    }
    const char *plan = call_text(call, "plan");
    if (plan != NULL && call->out != NULL && strcmp(plan, call->out) == 0) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--plan", text_of(plan),
               "--out writes the plan as a CSV there");
        return err_hint(err, "Name two files.");
    }
    TRY(place_call_may_write(call, call->out, err));
    return place_call_may_write(call, plan, err);
}

int place_answer_solve(struct verb_call *call, struct ajar_err *err)
{
    struct place_call at;
    TRY(solve_ask(call, err));
    int code = solve_work(call, &at, err);
    place_call_close(&at);
    return code;
}
