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
    struct arena *arena;
    const struct flow_chain *chain;
    struct pool *pool;
    const struct watch *watch;
    size_t n_camps, n_flows; /* sizes of the arrays of one member */
    int64_t *camps;          /* [(member * n_camps + camp) * n_days + day] people */
    uint32_t *flows; /* [(member * n_days + day) * n_links + link] in the unit of the plan */
    uint64_t *sums;  /* [day * n_links + link] of flows over the members */
};

static int member_run(struct arena *arena, const struct members *members, size_t m,
                      struct ajar_err *err)
{
    const struct flow_chain *chain = members->chain;
    struct flow_plan made, *plan = &made;
    size_t n_days = (size_t)chain->plan.n_days, n_flows = members->n_flows;
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

static int run_members(void *arg, struct ajar_err *err)
{
    struct members *members = arg;
    size_t n = members->chain->options.n_members;
    TRY_NEW(members->flows, members->arena, n * members->n_flows, err);
    TRY(pool_run(members->pool, n, member_part, members, members->watch, "moving people", err));
    for (size_t i = 0; i < members->n_flows; i++) {
        members->sums[i] = 0; /* whatever was read of a result that did not fit */
        for (size_t m = 0; m < n; m++) {
            members->sums[i] += members->flows[m * members->n_flows + i];
        }
    }
    return 0;
}

static void pass_members(void *arg, struct kept_pass *pass)
{
    const struct members *members = arg;
    KEPT_PASS(pass, members->camps, members->chain->options.n_members * members->n_camps);
    KEPT_PASS(pass, members->sums, members->n_flows);
}

/* All that a conflict's runs read: its folder, and what the chain asks for. */
static int kept_key(struct arena *arena, const struct flow_chain *chain, const char *dir,
                    const char *title, struct kept_key *key, struct ajar_err *err)
{
    kept_key_begin(key, title);
    kept_key_number(key, chain->options.seed);
    return kept_key_folder(key, arena, dir, "flow", err);
}

static int all_members(struct members *members, const char *dir, struct kept *kept,
                       struct flow_chain *chain, struct ajar_err *err)
{
    struct arena *arena = members->arena;
    struct kept_key key;
    struct kept_work work = {.title = "the runs of the conflict",
                             .key = &key,
                             .compute = run_members,
                             .pass = pass_members,
                             .arg = members};
    size_t n_days = (size_t)chain->plan.n_days;
    members->n_camps = chain->plan.n_camps * n_days;
    members->n_flows = n_days * chain->plan.n_links;
    TRY_NEW(members->camps, arena, chain->options.n_members * members->n_camps, err);
    TRY_NEW(members->sums, arena, members->n_flows, err);
    if (kept != NULL) {
        TRY(kept_key(arena, chain, dir, "conflict", &key, err));
        kept_key_number(&key, chain->options.n_members);
    }
    TRY(kept_do(kept, &work, err));
    TRY(flow_chain_ways(arena, chain, members->sums, err));
    TRY(flow_chain_stocks(arena, chain, members->camps, err));
    return ensemble_summarise(arena, &chain->input.world, &chain->options, members->camps,
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

struct scoring {
    struct arena *arena;
    struct flow_chain *chain;
    struct pool *pool;
    const struct watch *watch;
};

static struct flow_score_options score_options(const struct flow_chain *chain)
{
    return (struct flow_score_options){.seed = chain->options.seed, .seeds = FLOW_CHAIN_SEEDS};
}

/* A conflict without reports is shown as it was run; there is nothing to score it by. */
static int run_score(void *arg, struct ajar_err *err)
{
    const struct scoring *scoring = arg;
    struct flow_chain *chain = scoring->chain;
    struct flow_input input = chain->input;
    struct flow_score_options options = score_options(chain);
    struct ajar_err why = {0};
    input.params.hasten = chain->score_hasten;
    int code = flow_score_run(scoring->arena, &input, &options, scoring->pool, scoring->watch,
                              &chain->score, &why);
    if (code != 0 && code != E_FLOW_NO_REPORTS && err != NULL) {
        *err = why;
    }
    chain->scored = code == 0;
    return code == E_FLOW_NO_REPORTS ? 0 : code;
}

static void pass_score(void *arg, struct kept_pass *pass)
{
    const struct scoring *scoring = arg;
    struct flow_chain *chain = scoring->chain;
    kept_pass_bool(pass, &chain->scored);
    if (chain->scored) {
        flow_score_pass(&chain->score, pass);
    }
}

static int score(struct scoring *scoring, const char *dir, struct kept *kept, struct ajar_err *err)
{
    struct kept_key key;
    struct kept_work work = {.title = "the scores of the conflict",
                             .key = &key,
                             .compute = run_score,
                             .pass = pass_score,
                             .arg = scoring};
    struct flow_chain *chain = scoring->chain;
    chain->score_hasten = score_hasten(chain);
    TRY(flow_score_frame(scoring->arena, &chain->input, score_options(chain), &chain->score, err));
    if (kept != NULL) {
        TRY(kept_key(scoring->arena, chain, dir, "scores", &key, err));
    }
    return kept_do(kept, &work, err);
}

int flow_chain_run(struct arena *arena, const char *dir, const struct flow_chain_options *options,
                   struct pool *pool, const struct watch *watch, struct faults *faults,
                   struct flow_chain *out, struct ajar_err *err)
{
    struct flow_chain chain = {0};
    struct members members = {.arena = arena, .chain = &chain, .pool = pool, .watch = watch};
    struct scoring scoring = {.arena = arena, .chain = &chain, .pool = pool, .watch = watch};
    TRY(flow_said_init(&chain.said, arena, FLOW_CHAIN_SAID, err));
    TRY(flow_load(arena, dir, &chain.said, faults, &chain.input, err));
    chain.options = (struct ensemble_options){
        .engine = FLOW_ENGINE_AGGREGATE,
        .seed = options->seed,
        .n_members = options->n_members > 0 ? options->n_members : FLOW_CHAIN_MEMBERS,
        .as_known = DATE_NONE,
        .corrected = true,
        .to = chain.input.world.n_days};
    TRY(vary(arena, &chain, err));
    TRY(say_made(arena, &chain, err));
    TRY(flow_plan_make(arena, &chain.input.world, &chain.input.params, DATE_NONE, &chain.plan,
                       err));
    TRY(flow_chain_seen(arena, &chain, err));
    TRY(all_members(&members, dir, options->kept, &chain, err));
    if (options->score) {
        TRY(score(&scoring, dir, options->kept, err));
    }
    *out = chain;
    return 0;
}
