#include "flow_score.h"

#include <math.h>

#include "baselines.h"
#include "csv.h"

#define SCORE_RUN_CEILING  ((size_t)4 << 30)
#define SCORE_SEEDS_MOST   1000
#define SCORE_CASE_CEILING ((size_t)2 << 30)

static const struct {
    const char *word, *title;
} rules[SCORE_RULES] = {
    [SCORE_AGENTS] = {"agents", "agents by the rules"},
    [SCORE_CHOICE] = {"choice", "own model of choice"},
    [SCORE_NEAREST] = {"nearest", "all to the nearest camp"},
    [SCORE_EQUAL] = {"equal", "the same to each camp"},
    [SCORE_CAPACITY] = {"capacity", "by capacity"},
    [SCORE_GRAVITY] = {"gravity", "gravity of other conflicts"},
    [SCORE_OLD7] = {"old7", "the counts of 7 days ago"},
    [SCORE_OLD30] = {"old30", "the counts of 30 days ago"},
};

const char *flow_score_word(enum flow_score_rule rule)
{
    return rules[rule].word;
}

const char *flow_score_title(enum flow_score_rule rule)
{
    return rules[rule].title;
}

static const struct flow_scores no_scores = {NAN, NAN, NAN, NAN, NAN};

/* ---- The rules of flow.yaml, run with several seeds ---- */

struct score_runs {
    const struct flow_input *input;
    const struct flow_score_options *options;
    struct flow_params params[2]; /* [capacities] */
    struct flow_plan plan[2];
    struct flow_series observed;
    struct flow_scores *scores; /* [2 * seeds] */
};

int flow_score_camps(struct arena *arena, const struct flow_plan *plan,
                     const struct flow_result *result, double **out, struct ajar_err *err)
{
    double *camps;
    TRY_NEW(camps, arena, plan->n_camps * (size_t)plan->n_days, err);
    for (size_t c = 0; c < plan->n_camps; c++) {
        for (int32_t day = 0; day < plan->n_days; day++) {
            camps[c * (size_t)plan->n_days + (size_t)day] =
                (double)result->in_place[(size_t)day * plan->n_places + plan->camps[c]];
        }
    }
    *out = camps;
    return 0;
}

static int runs_one(struct arena *arena, const struct score_runs *runs, size_t i,
                    struct ajar_err *err)
{
    const struct flow_plan *plan = &runs->plan[i % 2];
    const struct flow_params *params = &runs->params[i % 2];
    struct flow_run_options options = {.seed = runs->options->seed + i / 2, .to = plan->n_days};
    struct flow_agents *agents;
    struct flow_result result = {0};
    double *camps = NULL;
    TRY(flow_agents_open(&agents, arena, plan, params, &options, err));
    TRY(flow_agents_run(agents, plan->n_days, NULL, NULL, &result, err));
    TRY(flow_score_camps(arena, plan, &result, &camps, err));
    return flow_score(&runs->observed, camps, &runs->scores[i], err);
}

static int runs_part(void *arg, size_t i, struct ajar_err *err)
{
    struct arena arena;
    arena_init(&arena, "one run of the rules", SCORE_RUN_CEILING);
    int code = runs_one(&arena, arg, i, err);
    arena_free(&arena);
    return code;
}

/* Mean and standard deviation over seeds. */
static void runs_mean(const struct score_runs *runs, bool capacities, struct flow_hindsight *row)
{
    uint32_t n = runs->options->seeds;
    struct flow_scores sum = {0};
    double squares = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct flow_scores *one = &runs->scores[2 * i + capacities];
        sum.ard_normal += one->ard_normal;
        sum.ard_rescaled += one->ard_rescaled;
        sum.mase7 += one->mase7;
        sum.mase30 += one->mase30;
        sum.runpy_total += one->runpy_total;
    }
    row->scores[capacities] =
        (struct flow_scores){sum.ard_normal / n, sum.ard_rescaled / n, sum.mase7 / n,
                             sum.mase30 / n, sum.runpy_total / n};
    for (uint32_t i = 0; i < n; i++) {
        double off = runs->scores[2 * i + capacities].ard_rescaled - sum.ard_rescaled / n;
        squares += off * off;
    }
    row->sd[capacities] = n > 1 ? sqrt(squares / (n - 1)) : (double)NAN;
}

static int score_agents(struct arena *arena, const struct flow_input *input,
                        const struct flow_score_options *options, struct pool *pool,
                        const struct watch *watch, struct flow_hindsight *row, struct ajar_err *err)
{
    struct score_runs runs = {.input = input, .options = options};
    for (int k = 0; k < 2; k++) {
        runs.params[k] = input->params;
        runs.params[k].use_capacity = k == 1;
        TRY(flow_plan_make(arena, &input->world, &runs.params[k], DATE_NONE, &runs.plan[k], err));
    }
    TRY(flow_series_flee(arena, &input->world, input->params.hasten, &runs.observed, err));
    TRY_NEW(runs.scores, arena, 2 * (size_t)options->seeds, err);
    TRY(pool_run(pool, 2 * (size_t)options->seeds, runs_part, &runs, watch, "running the rules",
                 err));
    row->rule = SCORE_AGENTS;
    runs_mean(&runs, false, row);
    runs_mean(&runs, true, row);
    return 0;
}

/* ---- Hindsight: the own choice and the baselines ---- */

struct score_case {
    const struct flow_score_answer *answer;
    struct choice_case *at;
    bool capacities;
    double *simulated;
};

static int score_rule(const struct score_case *one, enum flow_score_rule rule,
                      struct flow_scores *out, struct ajar_err *err)
{
    struct text title = one->answer->title;
    struct choice_mix mix = choice_fitted(title, one->capacities);
    struct flow_gravity gravity = flow_gravity_fitted(title, one->capacities);
    switch (rule) {
    case SCORE_CHOICE:
        TRY(choice_run_mix(one->at, &mix, one->simulated, err));
        break;
    case SCORE_NEAREST:
        flow_baseline(one->at, BASELINE_NEAREST, gravity, one->simulated);
        break;
    case SCORE_EQUAL:
        flow_baseline(one->at, BASELINE_EQUAL, gravity, one->simulated);
        break;
    case SCORE_CAPACITY:
        flow_baseline(one->at, BASELINE_CAPACITY, gravity, one->simulated);
        break;
    default:
        flow_baseline(one->at, BASELINE_GRAVITY, gravity, one->simulated);
        break;
    }
    return flow_score(&one->at->observed, one->simulated, out, err);
}

/* What needs capacities has no score without them. */
static bool score_there(const struct flow_score_answer *answer, enum flow_score_rule rule,
                        bool capacities)
{
    return capacities ? answer->capacities : rule != SCORE_CAPACITY;
}

static int score_cases(struct arena *arena, const struct flow_input *input,
                       struct flow_score_answer *answer, struct ajar_err *err)
{
    for (int k = 0; k < 2; k++) {
        struct choice_case at;
        struct score_case one = {.answer = answer, .at = &at, .capacities = k == 1};
        TRY(choice_case_make(arena, &input->world, k == 1, &at, err));
        TRY_NEW(one.simulated, arena, at.n_camps * (size_t)at.n_days, err);
        for (enum flow_score_rule rule = SCORE_CHOICE; rule <= SCORE_GRAVITY; rule++) {
            struct flow_hindsight *row = &answer->hindsight[rule];
            if (score_there(answer, rule, k == 1)) {
                TRY(score_rule(&one, rule, &row->scores[k], err));
            }
        }
        if (k == 0) {
            for (int i = 0; i < 2; i++) {
                struct flow_scores *old = &answer->hindsight[SCORE_OLD7 + i].scores[0];
                flow_baseline_old(&at.observed, i == 0 ? 7 : 30, &old->ard_normal,
                                  &old->ard_rescaled);
            }
        }
    }
    return 0;
}

static int score_hindsight(const struct flow_input *input, struct pool *pool,
                           const struct watch *watch, struct flow_score_answer *answer,
                           struct ajar_err *err)
{
    struct arena scratch;
    arena_init(&scratch, "the scores of a conflict", SCORE_CASE_CEILING);
    int code = score_cases(&scratch, input, answer, err);
    code = code != 0 ? code
                     : score_agents(&scratch, input, &answer->options, pool, watch,
                                    &answer->hindsight[SCORE_AGENTS], err);
    arena_free(&scratch);
    if (!answer->capacities) {
        answer->hindsight[SCORE_AGENTS].scores[1] = no_scores;
        answer->hindsight[SCORE_AGENTS].sd[1] = NAN;
    }
    return code;
}

/* ---- Allocation and forecast ---- */

static int score_forecast(struct arena *arena, const struct flow_input *input,
                          struct flow_score_answer *answer, struct ajar_err *err)
{
    const struct forecast_model *model = forecast_fitted(answer->title);
    struct forecast_samples samples;
    TRY(forecast_samples_make(arena, &input->world, answer->options.lag, false, &samples, err));
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        static const struct forecast_rule still = {.memory = 1};
        const struct forecast_rule *rule = &model->rules[h];
        answer->horizons[h] =
            (struct flow_horizon){.least = forecast_horizons[h].from,
                                  .days = forecast_horizons[h].days,
                                  .most = forecast_horizons[h].to - 1,
                                  .error = forecast_error(&samples, h, rule),
                                  .total = forecast_total(&samples, h, rule),
                                  .allocation = forecast_allocation(&samples, h, rule),
                                  .cover = forecast_cover(&samples, h, rule, &model->bands[h]),
                                  .plain = forecast_cover(&samples, h, &still, &model->plain[h])};
    }
    return 0;
}

static void score_count(const struct flow_world *world, struct flow_score_answer *answer)
{
    for (size_t i = 0; i < world->n_reports; i++) {
        date_days date = world->reports[i].date;
        answer->n_reports += world->reports[i].place != FLOW_NONE && date >= world->start &&
                             date < world->start + world->n_days;
    }
    for (size_t i = 0; i < world->n_camps; i++) {
        answer->capacities |= world->places[world->camps[i]].capacity >= 1;
    }
}

int flow_score_frame(struct arena *arena, const struct flow_input *input,
                     struct flow_score_options options, struct flow_score_answer *out,
                     struct ajar_err *err)
{
    struct flow_score_answer answer = {.options = options,
                                       .title = input->world.title,
                                       .fitted_here = choice_fitted_on(input->world.title),
                                       .n_hindsight = SCORE_RULES};
    score_count(&input->world, &answer);
    TRY_NEW(answer.hindsight, arena, SCORE_RULES, err);
    for (enum flow_score_rule rule = 0; rule < SCORE_RULES; rule++) {
        answer.hindsight[rule] = (struct flow_hindsight){rule, {no_scores, no_scores}, {NAN, NAN}};
    }
    *out = answer;
    return 0;
}

int flow_score_run(struct arena *arena, const struct flow_input *input,
                   const struct flow_score_options *options, struct pool *pool,
                   const struct watch *watch, struct flow_score_answer *out, struct ajar_err *err)
{
    struct flow_score_answer answer;
    if (options->seeds < 1 || options->seeds > SCORE_SEEDS_MOST) {
        return err_set(err, E_FLOW_OPTION, "%u seeds; 1 to %d are taken", options->seeds,
                       SCORE_SEEDS_MOST);
    }
    TRY(flow_score_frame(arena, input, *options, &answer, err));
    if (answer.n_reports == 0) {
        return err_at(err, E_FLOW_NO_REPORTS, input->name, 0, NULL, (struct text){"", 0},
                      "no camp has a report on a day of the flow");
    }
    TRY(score_forecast(arena, input, &answer, err));
    TRY(score_hindsight(input, pool, watch, &answer, err));
    *out = answer;
    return 0;
}

/* ---- CSV ---- */

struct score_cell {
    const char *table, *rule;
    const char *capacities; /* "yes", "no", "" */
    int32_t horizon;        /* 0: none */
};

static void score_put(struct csv_out *csv, const struct score_cell *cell, const char *measure,
                      double value, size_t reports)
{
    if (isnan(value)) {
        return;
    }
    csv_put_str(csv, cell->table);
    csv_put_str(csv, cell->rule);
    csv_put_str(csv, cell->capacities);
    if (cell->horizon > 0) {
        csv_put_int(csv, cell->horizon);
    } else {
        csv_put_str(csv, "");
    }
    csv_put_str(csv, measure);
    csv_put_fixed(csv, value, 6);
    csv_put_int(csv, (int64_t)reports);
    csv_end_row(csv);
}

static void score_put_hindsight(struct csv_out *csv, const struct flow_score_answer *answer,
                                const struct flow_hindsight *row, bool capacities)
{
    const struct flow_scores *scores = &row->scores[capacities];
    bool old = row->rule == SCORE_OLD7 || row->rule == SCORE_OLD30;
    struct score_cell cell = {"hindsight", flow_score_word(row->rule),
                              old          ? ""
                              : capacities ? "yes"
                                           : "no",
                              0};
    score_put(csv, &cell, "ard_rescaled", scores->ard_rescaled, answer->n_reports);
    score_put(csv, &cell, "ard_rescaled_sd", row->sd[capacities], answer->n_reports);
    score_put(csv, &cell, "ard_normal", scores->ard_normal, answer->n_reports);
    score_put(csv, &cell, "mase7", scores->mase7, answer->n_reports);
    score_put(csv, &cell, "mase30", scores->mase30, answer->n_reports);
}

static void score_put_horizon(struct csv_out *csv, const struct flow_horizon *at)
{
    struct score_cell cell = {"allocation", "forecast shares", "", at->days};
    size_t n = at->error.n;
    score_put(csv, &cell, "error", at->allocation.error, at->allocation.n);
    cell.rule = "share persistence";
    score_put(csv, &cell, "error", at->allocation.persistence, at->allocation.n);
    cell = (struct score_cell){"forecast", "forecast", "", at->days};
    score_put(csv, &cell, "error", at->error.error, n);
    score_put(csv, &cell, "skill", at->error.skill, n);
    score_put(csv, &cell, "total_error", at->total.error, at->total.n);
    score_put(csv, &cell, "covered80",
              n == 0 ? (double)NAN : (double)at->cover.inside / (double)at->cover.n, n);
    score_put(csv, &cell, "interval_score80", n == 0 ? (double)NAN : at->cover.score, n);
    cell.rule = "last known count";
    score_put(csv, &cell, "error", at->error.persistence, n);
    score_put(csv, &cell, "covered80",
              n == 0 ? (double)NAN : (double)at->plain.inside / (double)at->plain.n, n);
    score_put(csv, &cell, "interval_score80", n == 0 ? (double)NAN : at->plain.score, n);
    score_put(csv, &cell, "total_error", at->total.persistence, at->total.n);
}

int flow_score_csv(struct buf *buf, const struct flow_score_answer *answer, struct ajar_err *err)
{
    static const char *const columns[] = {"table",   "rule",  "capacities", "horizon_days",
                                          "measure", "value", "reports"};
    struct csv_out csv;
    csv_out_init(&csv, buf);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        csv_put_str(&csv, columns[i]);
    }
    csv_end_row(&csv);
    for (size_t i = 0; i < answer->n_hindsight; i++) {
        score_put_hindsight(&csv, answer, &answer->hindsight[i], true);
        score_put_hindsight(&csv, answer, &answer->hindsight[i], false);
    }
    for (int h = 0; h < FORECAST_HORIZONS; h++) {
        score_put_horizon(&csv, &answer->horizons[h]);
    }
    return buf_ok(buf, err);
}
