#include "place_input.h"

#include <math.h>
#include <string.h>

#include "num.h"
#include "place_ids.h"

#define INPUT_PLAN_CSV "household,locality\r\n"

/* ---- Options ---- */

const char *place_call_text(const struct verb_call *call, const char *name)
{
    for (size_t i = 0; i < call->verb->n_options; i++) {
        if (strcmp(call->verb->options[i].name, name) == 0) {
            return call->values[i];
        }
    }
    return NULL;
}

static date_days input_on(const struct verb_call *call, const char *plan)
{
    date_days day = DATE_NONE;
    const char *text = place_call_text(call, "on");
    struct file_view view;
    if (text != NULL) {
        return date_parse(text_of(text), &day) ? day : DATE_NONE;
    }
    if (plan != NULL && file_open(&view, plan, PLACE_FILE_MOST, NULL) == 0) {
        day = place_file_day(plan, view.bytes);
        file_close(&view);
    }
    return day;
}

/* ---- The call ---- */

int place_call_read(const struct verb_call *call, struct place_call *at,
                    const struct programme_input *input, struct programme *out,
                    struct ajar_err *err)
{
    TRY(faults_init(&at->faults, call->arena, PLACE_FAULTS, err));
    int code = programme_read(call->arena, input, at->pool, call->watch, &at->faults, out, err);
    if (code == E_PLACE_FAULTS) {
        faults_sort(&at->faults);
        call_faults(call, &at->faults);
    }
    return code;
}

static int input_load(const struct verb_call *call, struct place_call *at, const char *plan,
                      struct ajar_err *err)
{
    struct place_load_ask ask = {.dir = at->dir, .on = input_on(call, plan)};
    for (enum programme_table t = 0; t < PROGRAMME_TABLES; t++) {
        ask.path[t] = place_call_text(call, programme_table_word(t));
    }
    TRY(place_load_open(call->arena, &ask, &at->load, err));
    for (size_t i = 0; i < at->load.n_strange; i++) {
        call_note(call, "Not read: %s/%s is none of the tables of a placement.", at->dir,
                  at->load.strange[i]);
    }
    return 0;
}

int place_call_open(const struct verb_call *call, const char *dir, const char *plan,
                    struct place_call *out, struct ajar_err *err)
{
    *out = (struct place_call){.dir = dir};
    TRY(pool_open(&out->pool, call->threads, err));
    TRY(input_load(call, out, plan, err));
    return place_call_read(call, out, &out->load.input, &out->programme, err);
}

void place_call_close(struct place_call *at)
{
    place_load_close(&at->load);
    pool_close(at->pool);
    at->pool = NULL;
}

/* ---- Plans ---- */

static int input_plan(const struct verb_call *call, struct place_call *at,
                      const struct file_view *view, struct place_plan *plan, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    struct place_table table = {plan->path, view->bytes};
    plan->json = place_file_is_json(view->bytes);
    if (plan->json) {
        return place_file_read(call->arena, plan->path, view->bytes, programme, &at->faults,
                               &plan->file, err);
    }
    TRY_NEW(plan->file.result.plan.place, call->arena, programme->problem.n_households, err);
    return place_plan_read(&programme->problem, &programme->names, &table, &at->faults,
                           plan->file.result.plan.place, err);
}

int place_call_plan(const struct verb_call *call, struct place_call *at, const char *path,
                    struct place_plan *out, struct ajar_err *err)
{
    struct place_plan plan = {.path = path};
    struct file_view view;
    TRY(faults_init(&at->faults, call->arena, PLACE_FAULTS, err));
    TRY(file_open(&view, path, PLACE_FILE_MOST, err));
    int code = input_plan(call, at, &view, &plan, err);
    file_close(&view);
    if (code == E_PLACE_FAULTS || code == E_PLACE_FILE) {
        call_faults(call, &at->faults);
    }
    TRY(code);
    *out = plan;
    return 0;
}

int place_call_rows(const struct verb_call *call, const char *path, struct place_file_rows *out,
                    struct ajar_err *err)
{
    struct faults faults;
    struct file_view view;
    TRY(faults_init(&faults, call->arena, PLACE_FAULTS, err));
    TRY(file_open(&view, path, PLACE_FILE_MOST, err));
    int code = place_file_rows(call->arena, path, view.bytes, &faults, out, err);
    file_close(&view);
    if (code == E_PLACE_FILE) {
        call_faults(call, &faults);
    }
    return code;
}

/* ---- Names ---- */

static int input_find(const struct verb_call *call, const struct text *list, uint32_t n,
                      const char *what, const char *option, struct text id, uint32_t *out,
                      struct ajar_err *err)
{
    struct place_ids ids;
    struct ajar_err near = {0};
    TRY(place_ids_from(&ids, call->arena, list, n, err));
    uint32_t found = place_ids_find(&ids, id);
    if (found != PLACE_NONE) {
        *out = found;
        return 0;
    }
    err_at(&near, E_PLACE_ASK, NULL, 0, option, id, "there is no such %s", what);
    TRY(place_ids_hint(&ids, call->arena, id, what, &near, err));
    if (err != NULL) {
        *err = near;
    }
    return E_PLACE_ASK;
}

int place_call_household(const struct verb_call *call, const struct place_call *at,
                         const char *option, struct text id, uint32_t *out, struct ajar_err *err)
{
    return input_find(call, at->programme.names.household, at->programme.problem.n_households,
                      "household", option, id, out, err);
}

int place_call_locality(const struct verb_call *call, const struct place_call *at,
                        const char *option, struct text id, uint32_t *out, struct ajar_err *err)
{
    return input_find(call, at->programme.names.locality, at->programme.problem.n_localities,
                      "locality", option, id, out, err);
}

static int input_floor(const struct verb_call *call, const struct place_call *at, struct text word,
                       int64_t *floors, struct ajar_err *err)
{
    const struct programme *programme = &at->programme;
    struct text score, name = text_trim(text_split(word, '=', &score));
    double units = 0;
    uint32_t group = 0;
    if (!num_parse(text_trim(score), &units) || units < 0 || units > 1000) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--floor", word,
               "a floor is a score from 0 to 1,000 of a group");
        return err_hint(err, "Write GROUP=SCORE; several stand behind each other, separated by "
                             "semicolons.");
    }
    TRY(input_find(call, programme->group_name, programme->n_groups, "group", "--floor", name,
                   &group, err));
    floors[group] = (int64_t)llround(units * 1e6);
    return 0;
}

int place_call_floors(const struct verb_call *call, const struct place_call *at, int64_t **out,
                      struct ajar_err *err)
{
    const char *words = place_call_text(call, "floor");
    struct text rest = text_of(words);
    int64_t *floors = NULL;
    *out = NULL;
    if (words == NULL) {
        return 0;
    }
    if (at->programme.group == NULL) {
        err_at(err, E_PLACE_ASK, NULL, 0, "--floor", rest, "the households have no groups");
        return err_hint(err, "Add a column group to the households.");
    }
    TRY_NEW(floors, call->arena, at->programme.n_groups, err);
    while (rest.n > 0) {
        struct text word = text_trim(text_split(rest, ';', &rest));
        if (word.n > 0) {
            TRY(input_floor(call, at, word, floors, err));
        }
    }
    *out = floors;
    return 0;
}

/* ---- Outputs ---- */

/* Asked before the work, so that nobody waits for a plan that has no place. */
static int input_folder(const struct verb_call *call, const char *path, struct ajar_err *err)
{
    const char *slash = strrchr(path, '/'), *folder;
    if (slash == NULL || slash == path) {
        return 0;
    }
    TRY(text_copy(call->arena, (struct text){path, (size_t)(slash - path)}, &folder, err));
    return file_is_folder(folder) ? 0
                                  : err_at(err, E_FILE_PLACE, path, 0, NULL, TEXT_LIT(""),
                                           "there is no folder %s to write this into", folder);
}

int place_call_may_write(const struct verb_call *call, const char *path, struct ajar_err *err)
{
    struct file_view view;
    if (path == NULL) {
        return 0;
    }
    if (!file_exists(path)) {
        return input_folder(call, path, err);
    }
    if (file_is_folder(path) || !call_flag(call, "replace")) {
        int code = err_at(err, E_FILE_EXISTS, path, 0, NULL, TEXT_LIT(""),
                          "something of this name is there already");
        return call_out_failed(call, code, err);
    }
    TRY(file_open(&view, path, PLACE_FILE_MOST, err));
    bool ours = text_starts(view.bytes, INPUT_PLAN_CSV) || place_file_is_ours(view.bytes);
    file_close(&view);
    return ours ? 0
                : err_at(err, E_FILE_EXISTS, path, 0, NULL, TEXT_LIT(""),
                         "this file was not written by Ajar and is not replaced");
}
