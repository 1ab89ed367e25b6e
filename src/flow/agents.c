#include "agents_parts.h"

static void add(struct flow_agents *agents, uint32_t place)
{
    uint32_t agent = agents->n++;
    agents->place[agent] = (uint16_t)place;
    agents->memory[agent] = MOVE_NEW;
    if (agents->class != NULL) {
        const uint8_t *class = agents->options.class_of_place;
        agents->class[agent] = class == NULL ? 0 : class[place];
    }
    agents->now.in_place[place]++;
}

/* People who start today choose their origins by 256. */
static void spawn(struct flow_agents *agents)
{
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    uint32_t choices = move_origins(agents->plan, agents->day, agents->thresholds, agents->origin);
    uint32_t agent[BATCH], word[BATCH], second[BATCH];
    for (int64_t left = agents->plan->spawn[agents->day]; left > 0;) {
        uint32_t n = left < BATCH ? (uint32_t)left : BATCH;
        for (uint32_t i = 0; i < BATCH; i++) {
            agent[i] = agents->n + i;
        }
        agents->path->words(&key, MOVE_ORIGIN, 0, 0, agent, n, word, second);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t k = 0;
            for (uint32_t j = 0; j + 1 < choices; j++) {
                k += agents->thresholds[j] <= word[i];
            }
            add(agents, agents->origin[k]);
        }
        left -= n;
    }
}

/* What was remembered long ago must be forgotten before its code means something else. */
static void sweep(struct flow_agents *agents)
{
    if (agents->day % MOVE_SWEEP != 0) {
        return;
    }
    for (uint32_t i = 0; i < agents->n; i++) {
        uint16_t memory = agents->memory[i];
        if (memory > MOVE_NEW && move_recall(memory, agents->day - 1) <= 0 &&
            agents->place[i] != agents->plan->n_places) {
            agents->memory[i] = MOVE_STILL;
        }
    }
}

static int open_tally(struct tally *tally, struct arena *arena, const struct flow_plan *plan,
                      struct ajar_err *err)
{
    tally->legs = arena_get(arena, 1, agents_legs_size(), err);
    if (tally->legs == NULL) {
        return arena_code(err);
    }
    TRY_NEW(tally->in_place, arena, plan->n_places, err);
    TRY_NEW(tally->link_flow, arena, (size_t)plan->n_links + 1, err);
    return 0;
}

static int open_people(struct flow_agents *agents, uint64_t people, struct ajar_err *err)
{
    struct arena *arena = agents->arena;
    size_t rounded = (people + AGENTS_GROUP - 1) / AGENTS_GROUP * AGENTS_GROUP;
    size_t blocks = (size_t)agents->params->blocks;
    agents->room = (uint32_t)people;
    TRY_NEW(agents->place, arena, rounded, err);
    TRY_NEW(agents->memory, arena, people, err);
    if (agents->options.gates != NULL) {
        TRY_NEW(agents->class, arena, people, err);
    }
    for (size_t i = 0; i < rounded; i++) {
        agents->place[i] = (uint16_t)agents->plan->n_places;
    }
    TRY_NEW(agents->parts, arena, people / PART_AGENTS + blocks, err);
    TRY_NEW(agents->block_part, arena, blocks + 1, err);
    TRY_NEW(agents->block_active, arena, blocks, err);
    TRY_NEW(agents->thresholds, arena, agents->plan->n_places, err);
    TRY_NEW(agents->origin, arena, agents->plan->n_places, err);
    TRY(open_tally(&agents->now, arena, agents->plan, err));
    for (int i = 0; i < TASKS_MOST; i++) {
        TRY(open_tally(&agents->tallies[i], arena, agents->plan, err));
    }
    return 0;
}

int agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                const struct flow_params *params, const struct flow_run_options *options,
                const struct agents_path *path, struct ajar_err *err)
{
    uint64_t people;
    struct flow_agents *agents;
    TRY(move_check(plan, options, &people, err));
    TRY_NEW(agents, arena, 1, err);
    agents->arena = arena;
    agents->plan = plan;
    agents->params = params;
    agents->options = *options;
    agents->rules = move_rules(params);
    agents->path = path;
    agents->day = options->from;
    agents->pool.arena = arena;
    TRY(flow_weights_open(&agents->weights, arena, plan, params, options->gates, err));
    TRY(open_people(agents, people, err));
    *out = agents;
    return 0;
}

int agents_open_on(const struct agents_path *path, struct flow_agents **out, struct arena *arena,
                   const struct flow_plan *plan, const struct flow_params *params,
                   const struct flow_run_options *options, struct ajar_err *err)
{
    struct flow_agents *agents;
    TRY(agents_open(&agents, arena, plan, params, options, path, err));
    for (uint32_t i = 0; i < plan->n_places; i++) {
        uint32_t p = plan->order[i];
        for (int64_t k = 0; k < plan->day0[p]; k++) {
            add(agents, p);
        }
    }
    *out = agents;
    return 0;
}

int flow_agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                     const struct flow_params *params, const struct flow_run_options *options,
                     struct ajar_err *err)
{
    return agents_open_on(agents_path_best(), out, arena, plan, params, options, err);
}

static void note_day(const struct flow_agents *agents, struct flow_result *result)
{
    const struct flow_plan *plan = agents->plan;
    size_t row = (size_t)(agents->day - result->from);
    int64_t placed = 0;
    for (size_t p = 0; p < plan->n_places; p++) {
        result->in_place[row * plan->n_places + p] = agents->now.in_place[p];
        placed += agents->now.in_place[p];
    }
    for (size_t link = 0; link < plan->n_links; link++) {
        result->link_flow[row * plan->n_links + link] = agents->now.link_flow[link];
        agents->now.link_flow[link] = 0;
    }
    result->on_links[row] = (int64_t)agents->n - placed;
    result->spawned[row] = plan->spawn[agents->day];
}

static int run_day(struct flow_agents *agents, struct pool *pool, struct flow_result *result,
                   struct ajar_err *err)
{
    agents->broken = true;
    sweep(agents);
    spawn(agents);
    TRY(agents_day(agents, pool, err));
    agents->broken = false;
    agents->agent_days += agents->n;
    agents->hops += agents->now.hops;
    agents->now.hops = 0;
    note_day(agents, result);
    agents->day++;
    return 0;
}

int flow_agents_run(struct flow_agents *agents, int32_t to, struct pool *pool,
                    const struct watch *watch, struct flow_result *result, struct ajar_err *err)
{
    struct flow_result out;
    if (agents->broken || to < agents->day || to > agents->options.to) {
        return err_set(err, E_FLOW_OPTION,
                       agents->broken
                           ? "this run failed earlier; day %d cannot be reached from day %d"
                           : "a run to day %d, which stands at day %d and ends at day %d",
                       to, agents->day, agents->options.to);
    }
    TRY(move_result(agents->arena, agents->plan, agents->day, to, &out, err));
    while (agents->day < to) {
        TRY(watch_tick(watch, "moving people", (uint64_t)(agents->day - out.from),
                       (uint64_t)out.n_days, "days", err));
        TRY(run_day(agents, pool, &out, err));
    }
    out.hops = agents->hops;
    out.agent_days = agents->agent_days;
    *result = out;
    return 0;
}
