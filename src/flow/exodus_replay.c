#include "exodus_replay.h"

#include <math.h>
#include <string.h>

#include "ensemble.h"
#include "rng.h"
#include "steady.h"

#define REPLAY_SEEDS   43 /* streams */
#define REPLAY_SHUTS   44
#define REPLAY_LIFTS   45
#define REPLAY_CEILING ((size_t)64 << 20) /* of a member */
#define REPLAY_WALKED  ((size_t)8 << 30)  /* of one that is walked person by person */

struct replay_making {
    const struct exodus_model *model;
    const struct exodus_worlds *worlds;
    const double *draws;
    uint32_t n_draws;
    const struct exodus_replay_options *options;
    size_t n_rows;
    const struct exodus_probe *probes; /* [n_rows] */
    struct exodus_replay *out;
};

/* What one member needs. */
struct replay_member {
    struct arena *scratch;
    const double *params;
    uint64_t seed;
    struct exodus_setting setting;
    struct exodus_result result;
    struct exodus_totals totals;
    date_days shuts[EXODUS_DOORS_MOST]; /* first day on which it is shut; after the run: never */
    double lift[EXODUS_DOORS_MOST * EXODUS_ROUTES_MOST];
    uint8_t *gates; /* of a world, with the doors that shut */
};

/* ---- What nobody knows ---- */

static void member_shuts(const struct replay_making *making, struct replay_member *member)
{
    const struct exodus_model *model = making->model;
    double rate = -steady_log1p(-fmin(model->shuts_a_day, 0.999));
    for (uint32_t d = 0; d < model->n_doors; d++) {
        struct rng rng = rng_at(member->seed, REPLAY_SHUTS, d, 0);
        double days = floor(rng_exponential(&rng) / fmax(rate, 1e-12));
        bool shuts =
            making->options->unknowns && model->shuts_a_day > 0 && days < (double)model->n_days;
        member->shuts[d] =
            shuts ? model->as_known + 1 + (date_days)days : model->from + (date_days)model->n_days;
    }
}

static void member_lifts(const struct replay_making *making, struct replay_member *member)
{
    const struct exodus_model *model = making->model;
    for (uint32_t d = 0; d < model->n_doors; d++) {
        for (uint32_t i = 0; i < EXODUS_ROUTES_MOST; i++) {
            struct rng rng = rng_at(member->seed, REPLAY_LIFTS, d, i);
            double spread = making->options->unknowns && i < model->doors[d].n_routes
                                ? model->doors[d].routes[i].spread
                                : 0;
            member->lift[d * EXODUS_ROUTES_MOST + i] = steady_exp(spread * rng_normal(&rng));
        }
    }
}

/* A door that shuts is shut to all classes that come for no paper of the country: those with a permit still
 * pass, as at every door that was shut by a rule. */
static void member_gates(const struct replay_making *making, uint32_t world,
                         struct replay_member *member)
{
    const struct exodus_model *model = making->model;
    size_t row = (size_t)model->n_doors * model->n_classes;
    memcpy(member->gates, making->worlds->gates[world].at, model->n_days * row);
    for (uint32_t d = 0; d < model->n_doors; d++) {
        for (date_days on = member->shuts[d]; on < model->from + (date_days)model->n_days; on++) {
            uint8_t *at =
                member->gates + (size_t)(on - model->from) * row + (size_t)d * model->n_classes;
            for (uint32_t c = 0; c < model->n_classes; c++) {
                at[c] = exodus_passes(at[c]) && !model->classes[c].kept ? GATE_CLOSED : at[c];
            }
        }
    }
}

/* ---- A run ---- */

static int member_run(const struct replay_making *making, struct replay_member *member,
                      struct ajar_err *err)
{
    const struct exodus_model *model = making->model;
    struct exodus_gates gates = {.at = member->gates};
    switch (making->options->engine) {
    case EXODUS_BY_NUMBERS:
        return exodus_people(member->scratch, model, &member->setting, &gates, member->seed,
                             &member->result, err);
    case EXODUS_ONE_BY_ONE:
        return exodus_walk(member->scratch, model, &member->setting, &gates, member->seed,
                           &member->result, err);
    case EXODUS_EXPECTED:
        break;
    }
    exodus_run(model, &member->setting, &gates, model->n_days, &member->result);
    return 0;
}

static void tally_doors(const struct exodus_model *model, const struct replay_member *member,
                        struct exodus_tally *tally)
{
    const struct exodus_totals *totals = &member->totals;
    for (date_days on = model->order; on < model->from + (date_days)model->n_days; on++) {
        for (uint32_t d = 0; d < model->n_doors; d++) {
            size_t at = (size_t)(on - model->from) * model->n_doors + d;
            for (int kind = 0; kind < EXODUS_KINDS; kind++) {
                tally->entries[d][kind] += totals->entries[kind][at];
                tally->refused[d][kind] += totals->refused[kind][at];
                tally->gave_up[d][kind] += totals->gave_up[kind][at];
                tally->exits[d][kind] += totals->exits[kind][at];
            }
            tally->onward[d] += totals->onward[at];
        }
    }
}

static void tally_classes(const struct exodus_model *model, const struct replay_member *member,
                          struct exodus_tally *tally)
{
    const struct exodus_result *result = &member->result;
    uint32_t first = (uint32_t)(model->order - model->from), last = model->n_days - 1;
    for (uint32_t c = 0; c < model->n_classes; c++) {
        for (uint32_t day = first; day < model->n_days; day++) {
            size_t at = (size_t)day * model->n_classes + c;
            tally->set_out[c] += result->set_out[at];
            tally->turned_away[c] += result->deterred[at];
            tally->stopped[c] += result->stopped[at];
            for (uint32_t d = 0; d < model->n_doors; d++) {
                size_t cell = exodus_cell(model, day, d, c, EXODUS_FLIGHT);
                tally->admitted[c] += result->admitted[cell];
                tally->turned_away[c] += result->refused[cell];
                tally->waiting[c] += day == last ? result->waiting[cell] : 0;
            }
        }
        tally->pool[c] = result->pool[(size_t)last * model->n_classes + c];
        tally->stranded[c] = result->stranded[(size_t)last * model->n_classes + c];
    }
}

static void member_answer(const struct replay_making *making, const struct replay_member *member,
                          uint32_t world, uint32_t m)
{
    const struct exodus_model *model = making->model;
    struct exodus_replay *out = making->out;
    size_t run = (size_t)world * out->n_members + m;
    tally_doors(model, member, &out->tallies[run]);
    tally_classes(model, member, &out->tallies[run]);
    for (uint32_t day = 0; day < model->n_days; day++) {
        for (uint32_t c = 0; c < model->n_classes; c++) {
            double people = member->result.stranded[(size_t)day * model->n_classes + c];
            out->stranded[run * model->n_days + day] += people;
            if (world == 0) {
                out->class_stranded[((size_t)m * model->n_classes + c) * model->n_days + day] =
                    people;
            }
        }
    }
    for (size_t row = 0; world == 0 && row < making->n_rows; row++) {
        out->rows[row * out->n_members + m] =
            out->why[row] != NULL
                ? NAN
                : exodus_probe_value(model, &member->totals, &making->probes[row], member->lift);
    }
}

static int member_worlds(const struct replay_making *making, struct replay_member *member,
                         uint32_t m, struct ajar_err *err)
{
    const struct exodus_model *model = making->model;
    size_t row = (size_t)model->n_doors * model->n_classes;
    TRY(exodus_setting_make(member->scratch, model, member->params, &member->setting, err));
    TRY(exodus_result_new(member->scratch, model, &member->result, err));
    TRY(exodus_totals_new(member->scratch, model, &member->totals, err));
    TRY_NEW(member->gates, member->scratch, model->n_days * row, err);
    member_shuts(making, member);
    member_lifts(making, member);
    for (uint32_t world = 0; world < making->worlds->n; world++) {
        member_gates(making, world, member);
        TRY(member_run(making, member, err));
        exodus_totals_of(model, &member->setting, &member->result, model->n_days, &member->totals);
        member_answer(making, member, world, m);
    }
    return 0;
}

static int replay_member(void *arg, size_t m, struct ajar_err *err)
{
    const struct replay_making *making = arg;
    struct arena scratch;
    struct rng rng = rng_at(making->options->seed, REPLAY_SEEDS, (uint32_t)m, 0);
    size_t draw = (2 * m + 1) * making->n_draws / (2 * (size_t)making->options->n_members);
    struct replay_member *member;
    int code;
    arena_init(&scratch, "a run of the exodus",
               making->options->engine == EXODUS_ONE_BY_ONE ? REPLAY_WALKED : REPLAY_CEILING);
    member = arena_new(&scratch, struct replay_member, 1, err);
    code = member == NULL ? arena_code(err) : 0;
    if (code == 0) {
        member->scratch = &scratch;
        member->params = making->draws + draw * making->model->n_params;
        member->seed = rng_u64(&rng);
        code = member_worlds(making, member, (uint32_t)m, err);
    }
    arena_free(&scratch);
    return code;
}

int exodus_replay_run(struct arena *arena, const struct exodus_model *model,
                      const struct exodus_worlds *worlds, const double *draws, uint32_t n_draws,
                      const struct exodus_row *rows, size_t n_rows,
                      const struct exodus_replay_options *options, struct pool *pool,
                      const struct watch *watch, struct exodus_replay *out, struct ajar_err *err)
{
    struct exodus_replay made = {
        .n_members = options->n_members, .n_worlds = worlds->n, .n_days = model->n_days};
    struct exodus_probe *probes;
    struct replay_making making = {.model = model,
                                   .worlds = worlds,
                                   .draws = draws,
                                   .n_draws = n_draws,
                                   .options = options,
                                   .n_rows = n_rows,
                                   .out = &made};
    size_t runs = (size_t)worlds->n * options->n_members;
    if (n_draws == 0 || options->n_members == 0) {
        return err_set(err, E_EXODUS_FIT, "there are no draws to play");
    }
    TRY_NEW(probes, arena, n_rows, err);
    TRY_NEW(made.tallies, arena, runs, err);
    TRY_NEW(made.stranded, arena, runs * model->n_days, err);
    TRY_NEW(made.class_stranded, arena,
            (size_t)options->n_members * model->n_classes * model->n_days, err);
    TRY_NEW(made.rows, arena, n_rows * options->n_members, err);
    TRY_NEW(made.why, arena, n_rows, err);
    for (size_t row = 0; row < n_rows; row++) {
        const char *why = NULL;
        made.why[row] = exodus_probe_make(model, &rows[row], &probes[row], &why) ? NULL : why;
    }
    making.probes = probes;
    TRY(pool_run(pool, options->n_members, replay_member, &making, watch, "playing draws", err));
    *out = made;
    return 0;
}

struct exodus_spread exodus_spread_of(double *values, uint32_t n)
{
    struct exodus_spread out = {NAN, NAN, NAN, NAN, NAN, NAN};
    if (n == 0) {
        return out;
    }
    out.mean = 0;
    for (uint32_t i = 0; i < n; i++) {
        out.mean += values[i] / n;
    }
    ensemble_sort(values, n);
    out.p5 = ensemble_quantile(values, n, 0.05);
    out.p10 = ensemble_quantile(values, n, 0.10);
    out.p50 = ensemble_quantile(values, n, 0.50);
    out.p90 = ensemble_quantile(values, n, 0.90);
    out.p95 = ensemble_quantile(values, n, 0.95);
    return out;
}
