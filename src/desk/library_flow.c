/* FLOW behind ajar.h: a conflict and one run of it.  Shut doors: library_shut.c. */
#include "library_flow.h"

#include <math.h>

#include "engine.h"
#include "flow_ask.h"
#include "flow_out.h"
#include "flow_score.h"

#define FLOW_SAID_MOST 1000

/* ---- The conflict ---- */

static int conflict_read(ajar_conflict *conflict, const char *dir, struct faults *faults,
                         struct ajar_err *err)
{
    struct arena *arena = &conflict->arena;
    const struct flow_world *world = &conflict->input.world;
    const char *name;
    TRY(library_text(arena, text_of(dir), &name, err));
    TRY(flow_said_init(&conflict->said, arena, FLOW_SAID_MOST, err));
    TRY(flow_open(arena, name, &conflict->said, faults, &conflict->input, err));
    TRY(library_text(arena, world->title, &conflict->title, err));
    TRY_NEW(conflict->assumed, arena, conflict->said.n, err);
    for (size_t i = 0; i < conflict->said.n; i++) {
        TRY(library_text(arena, conflict->said.at[i], &conflict->assumed[i], err));
    }
    TRY_NEW(conflict->camps, arena, world->n_camps, err);
    for (size_t i = 0; i < world->n_camps; i++) {
        TRY(library_text(arena, world->places[world->camps[i]].name, &conflict->camps[i], err));
    }
    return 0;
}

int ajar_conflict_open(ajar_conflict **out, const char *dir, ajar_fault_fn *each, void *arg,
                       struct ajar_err *err)
{
    struct ajar_err own;
    struct library_faults faults;
    ajar_conflict *conflict;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(dir, "dir", err));
    TRY(library_new(sizeof *conflict, "the conflict", &conflict, err));
    int code = library_faults_begin(&faults, each, arg, err);
    if (code == 0) {
        code = conflict_read(conflict, dir, &faults.faults, err);
        library_faults_end(&faults);
    }
    return library_done(code, conflict, out);
}

const char *ajar_conflict_title(const ajar_conflict *conflict)
{
    return conflict == NULL ? NULL : conflict->title;
}

size_t ajar_conflict_places(const ajar_conflict *conflict)
{
    return conflict == NULL ? 0 : conflict->input.world.n_places;
}

const char *ajar_conflict_assumed(const ajar_conflict *conflict, size_t i)
{
    return conflict != NULL && i < conflict->said.n ? conflict->assumed[i] : NULL;
}

void ajar_conflict_free(ajar_conflict *conflict)
{
    library_free(conflict);
}

/* ---- A run ---- */

struct ajar_flow {
    struct arena arena;
    const ajar_conflict *conflict;
    size_t n_days;
    const char **days;     /* [n_days] */
    const double *people;  /* [camp * n_days + day] */
    double *reported;      /* likewise */
    const double *nowhere; /* [n_days] in no camp */
    double error;
};

int library_flow_read(const ajar_conflict *conflict, const struct ajar_flow_options *options,
                      struct library_flow *out, struct ajar_err *err)
{
    static const char *const words[] = {[FLOW_RULES_FLEE] = "flee", [FLOW_RULES_AJAR] = "ajar"};
    const struct flow_input *input = &conflict->input;
    date_days from, to;
    int rules;
    out->params = input->params;
    TRY(library_word(options->rules, "rules", words, 2, (int)input->params.rules, &rules, err));
    out->params.rules = (enum flow_rules)rules;
    TRY(library_day(options->from, "from", &from, err));
    TRY(library_day(options->to, "to", &to, err));
    TRY(library_day(options->as_known, "as_known", &out->as_known, err));
    return flow_ask_days(&input->world, from, to, &out->from, &out->to, err);
}

/* People in the camps, and elsewhere, of each day. */
static int flow_fill(ajar_flow *flow, const struct flow_plan *plan,
                     const struct flow_result *result, double hasten, struct ajar_err *err)
{
    const struct flow_world *world = &flow->conflict->input.world;
    double *people, *nowhere;
    TRY_NEW(people, &flow->arena, world->n_camps * flow->n_days, err);
    TRY_NEW(nowhere, &flow->arena, flow->n_days, err);
    TRY_NEW(flow->days, &flow->arena, flow->n_days, err);
    for (size_t d = 0; d < flow->n_days; d++) {
        const int64_t *in_place = &result->in_place[d * plan->n_places];
        nowhere[d] = hasten * (double)result->on_links[d];
        for (uint32_t p = 0; p < plan->n_places; p++) {
            nowhere[d] += hasten * (double)in_place[p];
        }
        for (size_t c = 0; c < world->n_camps; c++) {
            double here = hasten * (double)in_place[world->camps[c]];
            people[c * flow->n_days + d] = here;
            nowhere[d] -= here;
        }
        TRY(library_date(&flow->arena, world->start + result->from + (date_days)d, &flow->days[d],
                         err));
    }
    flow->people = people;
    flow->nowhere = nowhere;
    return 0;
}

/* Only a run of all days is what the reference's measure is for. */
static int flow_judge(ajar_flow *flow, const struct flow_plan *plan,
                      const struct flow_result *result, int32_t hasten, struct ajar_err *err)
{
    struct flow_series observed;
    struct flow_scores scores;
    double *camps;
    flow->error = (double)NAN;
    if (result->n_days != plan->n_days || plan->n_camps == 0) {
        return 0;
    }
    TRY(flow_series_flee(&flow->arena, &flow->conflict->input.world, hasten, &observed, err));
    TRY(flow_score_camps(&flow->arena, plan, result, &camps, err));
    TRY(flow_score(&observed, camps, &scores, err));
    flow->error = scores.ard_rescaled;
    return 0;
}

static int flow_work(ajar_flow *flow, const struct library_flow *asked,
                     const struct ajar_flow_options *options, struct library_work *work,
                     struct ajar_err *err)
{
    const struct flow_world *world = &flow->conflict->input.world;
    const struct flow_params *params = &asked->params;
    struct flow_plan plan;
    struct flow_result result;
    struct flow_run_options run = {.seed = options->seed, .from = asked->from, .to = asked->to};
    TRY(flow_plan_make(&flow->arena, world, params, asked->as_known, &plan, err));
    TRY(flow_engine_run(FLOW_ENGINE_AGENTS, &flow->arena, &plan, params, &run, work->pool,
                        &work->watch, &result, err));
    flow->n_days = (size_t)result.n_days;
    TRY(flow_reported(&flow->arena, world, asked->from, asked->to, &flow->reported, err));
    TRY(flow_judge(flow, &plan, &result, params->hasten, err));
    return flow_fill(flow, &plan, &result, params->hasten, err);
}

static int flow_make(ajar_flow *flow, const struct ajar_flow_options *options, struct ajar_err *err)
{
    struct library_flow asked;
    struct library_work work;
    TRY(library_flow_read(flow->conflict, options, &asked, err));
    TRY(library_work_begin(&work, options->threads, options->stop, options->stop_arg, err));
    int code = flow_work(flow, &asked, options, &work, err);
    library_work_end(&work);
    return code;
}

int ajar_flow_run(ajar_flow **out, const ajar_conflict *conflict,
                  const struct ajar_flow_options *options, struct ajar_err *err)
{
    struct ajar_err own;
    ajar_flow *flow;
    err = library_err(err, &own);
    TRY(library_given(out, "out", err));
    TRY(library_given(conflict, "conflict", err));
    TRY(library_options(options, sizeof *options, err));
    TRY(library_new(sizeof *flow, "the flow", &flow, err));
    flow->conflict = conflict;
    return library_done(flow_make(flow, options, err), flow, out);
}

/* ---- Getters ---- */

size_t ajar_flow_camps(const ajar_flow *flow)
{
    return flow == NULL ? 0 : flow->conflict->input.world.n_camps;
}

size_t ajar_flow_days(const ajar_flow *flow)
{
    return flow == NULL ? 0 : flow->n_days;
}

const char *ajar_flow_camp(const ajar_flow *flow, size_t camp)
{
    return camp < ajar_flow_camps(flow) ? flow->conflict->camps[camp] : NULL;
}

const char *ajar_flow_day(const ajar_flow *flow, size_t day)
{
    return day < ajar_flow_days(flow) ? flow->days[day] : NULL;
}

static bool flow_has(const ajar_flow *flow, size_t camp, size_t day)
{
    return camp < ajar_flow_camps(flow) && day < ajar_flow_days(flow);
}

double ajar_flow_people(const ajar_flow *flow, size_t camp, size_t day)
{
    return flow_has(flow, camp, day) ? flow->people[camp * flow->n_days + day] : (double)NAN;
}

double ajar_flow_reported(const ajar_flow *flow, size_t camp, size_t day)
{
    return flow_has(flow, camp, day) ? flow->reported[camp * flow->n_days + day] : (double)NAN;
}

double ajar_flow_elsewhere(const ajar_flow *flow, size_t day)
{
    return day < ajar_flow_days(flow) ? flow->nowhere[day] : (double)NAN;
}

double ajar_flow_error(const ajar_flow *flow)
{
    return flow == NULL ? (double)NAN : flow->error;
}

void ajar_flow_free(ajar_flow *flow)
{
    library_free(flow);
}
