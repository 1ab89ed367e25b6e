#include "flow_chain.h"

#include <assert.h>
#include <math.h>

#include "file.h"
#include "flow_chain_parts.h"
#include "schema.h"

#define CHAIN_MEMBER_CEILING ((size_t)4 << 30)

int flow_chain_alone(struct arena *arena, const char *dir, bool *alone, struct ajar_err *err)
{
    const char *path;
    bool others;
    TRY(file_join(arena, dir, "scenario.yaml", &path, err));
    others = file_exists(path);
    for (enum schema_name name = 0; name < SCHEMA_COUNT && !others; name++) {
        TRY(file_join(arena, dir, schema_table(name)->file, &path, err));
        others = file_exists(path);
    }
    *alone = !others && flow_stands(arena, dir);
    return 0;
}

/* One agent stands for so many people that a run of agents has at most FLOW_CHAIN_AGENTS of them. */
static int32_t score_hasten(const struct flow_chain *chain)
{
    const struct flow_plan *plan = &chain->plan;
    int64_t agents = 0;
    for (int32_t day = 0; day < plan->n_days; day++) {
        agents += plan->spawn[day];
    }
    for (uint32_t p = 0; p < plan->n_places; p++) {
        agents += plan->day0[p];
    }
    int64_t times = (agents + FLOW_CHAIN_AGENTS - 1) / FLOW_CHAIN_AGENTS;
    int64_t hasten = (times > 1 ? times : 1) * chain->input.params.hasten;
    return hasten < INT32_MAX ? (int32_t)hasten : INT32_MAX;
}

/* How fast people are, how much distance counts and how readily they leave is known to nobody: each member
 * has each of these between half and twice what the folder says.  An assumption, and said to be one. */
static const char *const varied[] = {"max_move_speed", "softening", "distance_power",
                                     "default_movechance"};
enum { VARIED = sizeof varied / sizeof *varied };

/* A parameter of 0 has no half and no double; one at its limit varies to one side alone. */
static int vary(struct arena *arena, struct flow_chain *chain, struct ajar_err *err)
{
    struct ensemble_range *ranges;
    size_t n = 0;
    TRY_NEW(ranges, arena, VARIED, err);
    for (size_t i = 0; i < VARIED; i++) {
        const struct flow_param *param = flow_param_find(text_of(varied[i]));
        assert(param != NULL);
        double value = flow_param_get(&chain->input.params, param);
        double low = fmax(value / 2, param->least), high = fmin(value * 2, param->most);
        if (value > 0 && low < high) {
            ranges[n++] =
                (struct ensemble_range){.param = param, .low = low, .high = high, .log = true};
        }
    }
    chain->options.ranges = ranges;
    chain->options.n_ranges = n;
    return 0;
}

struct members {
    const struct flow_chain *chain;
    int64_t *camps;  /* [(member * n_camps + camp) * n_days + day] people */
    uint32_t *flows; /* [(member * n_days + day) * n_links + link] in the unit of the plan */
};

static int member_run(struct arena *arena, const struct members *members, size_t m,
                      struct ajar_err *err)
{
    const struct flow_chain *chain = members->chain;
    struct flow_plan made, *plan = &made;
    size_t n_days = (size_t)chain->plan.n_days, n_flows = n_days * chain->plan.n_links;
    struct flow_params params;
    struct flow_result result;
    struct flow_run_options options = {.to = chain->plan.n_days};
    TRY(ensemble_member(&chain->input.params, &chain->options, (uint32_t)m, &params, &options.seed,
                        err));
    TRY(flow_plan_make(arena, &chain->input.world, &params, DATE_NONE, plan, err));
    TRY(flow_engine_run(chain->options.engine, arena, plan, &params, &options, NULL, NULL, &result,
                        err));
    for (size_t c = 0; c < plan->n_camps; c++) {
        for (size_t day = 0; day < n_days; day++) {
            members->camps[(m * plan->n_camps + c) * n_days + day] =
                result.in_place[day * plan->n_places + plan->camps[c]] * params.hasten;
        }
    }
    for (size_t i = 0; i < n_flows; i++) {
        members->flows[m * n_flows + i] = (uint32_t)result.link_flow[i];
    }
    return 0;
}

static int member_part(void *arg, size_t m, struct ajar_err *err)
{
    struct arena arena;
    arena_init(&arena, "one member of the ensemble", CHAIN_MEMBER_CEILING);
    int code = member_run(&arena, arg, m, err);
    arena_free(&arena);
    return code;
}

static int run_members(struct arena *arena, struct flow_chain *chain, struct pool *pool,
                       const struct watch *watch, struct ajar_err *err)
{
    const struct flow_plan *plan = &chain->plan;
    size_t n_days = (size_t)plan->n_days, n = chain->options.n_members;
    struct members members = {.chain = chain};
    TRY_NEW(members.camps, arena, n * plan->n_camps * n_days, err);
    TRY_NEW(members.flows, arena, n * n_days * plan->n_links, err);
    TRY(pool_run(pool, n, member_part, &members, watch, "moving people", err));
    TRY(flow_chain_ways(arena, chain, members.flows, err));
    TRY(flow_chain_stocks(arena, chain, members.camps, err));
    return ensemble_summarise(arena, &chain->input.world, &chain->options, members.camps,
                              &chain->camps, err);
}

static int say_made(struct arena *arena, struct flow_chain *chain, struct ajar_err *err)
{
    struct buf buf;
    buf_init(&buf, 1024);
    buf_printf(&buf, "%s, rules %s, %u runs, seed %llu", flow_engine_word(chain->options.engine),
               chain->input.params.rules == FLOW_RULES_FLEE ? "flee" : "ajar",
               chain->options.n_members, (unsigned long long)chain->options.seed);
    for (size_t i = 0; i < chain->options.n_ranges; i++) {
        const struct ensemble_range *range = &chain->options.ranges[i];
        buf_printf(&buf, "%s %s %.4g..%.4g", i == 0 ? "; assumed:" : ",", range->param->name,
                   range->low, range->high);
    }
    int code = buf_ok(&buf, err);
    code = code != 0 ? code : text_copy(arena, buf_view(&buf), &chain->made, err);
    buf_free(&buf);
    return code;
}

/* A conflict without reports is shown as it was run; there is nothing to score it by. */
static int score(struct arena *arena, struct flow_chain *chain, struct pool *pool,
                 const struct watch *watch, struct ajar_err *err)
{
    struct flow_input input = chain->input;
    struct flow_score_options options = {.seed = chain->options.seed, .seeds = FLOW_CHAIN_SEEDS};
    struct ajar_err why = {0};
    chain->score_hasten = score_hasten(chain);
    input.params.hasten = chain->score_hasten;
    int code = flow_score_run(arena, &input, &options, pool, watch, &chain->score, &why);
    if (code != 0 && code != E_FLOW_NO_REPORTS && err != NULL) {
        *err = why;
    }
    chain->scored = code == 0;
    return code == E_FLOW_NO_REPORTS ? 0 : code;
}

int flow_chain_run(struct arena *arena, const char *dir, const struct flow_chain_options *options,
                   struct pool *pool, const struct watch *watch, struct faults *faults,
                   struct flow_chain *out, struct ajar_err *err)
{
    struct flow_chain chain = {0};
    TRY(flow_said_init(&chain.said, arena, FLOW_CHAIN_SAID, err));
    TRY(flow_load(arena, dir, &chain.said, faults, &chain.input, err));
    chain.options = (struct ensemble_options){.engine = FLOW_ENGINE_AGGREGATE,
                                              .seed = options->seed,
                                              .n_members = FLOW_CHAIN_MEMBERS,
                                              .as_known = DATE_NONE,
                                              .corrected = true,
                                              .to = chain.input.world.n_days};
    TRY(vary(arena, &chain, err));
    TRY(say_made(arena, &chain, err));
    TRY(flow_plan_make(arena, &chain.input.world, &chain.input.params, DATE_NONE, &chain.plan,
                       err));
    TRY(flow_chain_seen(arena, &chain, err));
    TRY(run_members(arena, &chain, pool, watch, err));
    if (options->score) {
        TRY(score(arena, &chain, pool, watch, err));
    }
    *out = chain;
    return 0;
}
