#include "agents_team.h"

/* Someone more who is here. */
static void add(struct flow_agents *agents, uint32_t place)
{
    uint32_t agent = agents->n++;
    agents->place[agent] = (uint16_t)place;
    agents->memory[agent] = MOVE_NEW;
    if (agents->home != NULL) {
        agents->home[agent] = (uint16_t)place;
    }
    if (agents->class != NULL) {
        const uint8_t *class = agents->options.class_of_place;
        agents->class[agent] = class == NULL ? 0 : class[place];
    }
}

/* People who start today choose their origins by 256. */
static void spawn(struct flow_agents *agents)
{
    const struct agents_key key = {agents->options.seed, (uint32_t)agents->day};
    uint32_t choices = move_origins(agents->plan, agents->day, agents->thresholds, agents->origin);
    uint32_t agent[BATCH], word[BATCH], second[BATCH];
    agents->people += (uint32_t)agents->plan->spawn[agents->day];
    for (uint32_t left = deal_count(agents->deal, agents->people) - agents->n; left > 0;) {
        uint32_t n = left < BATCH ? left : BATCH;
        for (uint32_t i = 0; i < BATCH; i++) {
            agent[i] = deal_number(agents->deal, agents->n + i);
        }
        agents->path->words(&key, MOVE_ORIGIN, 0, 0, agent, n, word, second);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t k = 0;
            for (uint32_t j = 0; j + 1 < choices; j++) {
                k += agents->thresholds[j] <= word[i];
            }
            add(agents, agents->origin[k]);
            agents->in_place[agents->origin[k]]++;
        }
        left -= n;
    }
}

static int open_people(struct flow_agents *agents, uint32_t people, struct ajar_err *err)
{
    struct arena *arena = agents->arena;
    size_t rounded = ((size_t)people + AGENTS_GROUP - 1) / AGENTS_GROUP * AGENTS_GROUP;
    size_t blocks = (size_t)agents->params->blocks;
    agents->room = people;
    agents->n_counts = (agents->options.queues == NULL ? 0 : COUNT_QUEUES * agents->plan->n_links) +
                       (agents->options.removals == NULL ? 0 : REMOVALS * agents->plan->n_places);
    TRY_NEW(agents->place, arena, rounded, err);
    TRY_NEW(agents->memory, arena, people, err);
    if (agents->options.gates != NULL) {
        TRY_NEW(agents->class, arena, people, err);
    }
    for (size_t i = 0; i < rounded; i++) {
        agents->place[i] = (uint16_t)agents->plan->n_places;
    }
    TRY_NEW(agents->in_place, arena, agents->plan->n_places, err);
    TRY_NEW(agents->bound, arena, blocks * (WORKERS_MOST + 1), err);
    TRY_NEW(agents->block_active, arena, 2 * blocks, err);
    TRY_NEW(agents->thresholds, arena, agents->plan->n_places, err);
    TRY_NEW(agents->origin, arena, agents->plan->n_places, err);
    return team_open(agents, 1, err);
}

int agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                const struct flow_params *params, const struct flow_run_options *options,
                const struct agents_path *path, struct ajar_err *err)
{
    uint64_t people;
    struct flow_agents *agents;
    const struct flow_share *share = options->share;
    TRY(move_check(plan, options, &people, err));
    TRY_NEW(agents, arena, 1, err);
    agents->deal =
        share == NULL ? (struct dealing){0, 1} : (struct dealing){share->rank, share->ranks};
    agents->arena = arena;
    agents->plan = plan;
    agents->params = params;
    agents->options = *options;
    agents->rules = move_rules(params);
    agents->path = path;
    agents->day = options->from;
    agents->pool.arena = arena;
    agents->n_workers = 1;
    TRY(flow_weights_open(&agents->weights, arena, plan, params, options->gates, err));
    TRY(open_people(agents, deal_count(agents->deal, (uint32_t)people), err));
    TRY(queue_open(agents, err));
    TRY(removal_open(agents, err));
    TRY(share_open(agents, err));
    *out = agents;
    return 0;
}

static void add_first(struct flow_agents *agents)
{
    const struct flow_plan *plan = agents->plan;
    for (uint32_t i = 0; i < plan->n_places; i++) {
        uint32_t p = plan->order[i];
        agents->people += (uint32_t)plan->day0[p];
        agents->in_place[p] = plan->day0[p];
        uint32_t here = deal_count(agents->deal, agents->people);
        while (agents->n < here) {
            add(agents, p);
        }
    }
    if (agents->agreed != NULL) {
        memcpy(agents->agreed, plan->day0, plan->n_places * sizeof *plan->day0);
    }
}

int agents_open_on(const struct agents_path *path, struct flow_agents **out, struct arena *arena,
                   const struct flow_plan *plan, const struct flow_params *params,
                   const struct flow_run_options *options, struct ajar_err *err)
{
    struct flow_agents *agents = NULL;
    TRY(share_check(options->share, err));
    int code = agents_open(&agents, arena, plan, params, options, path, err);
    TRY(share_agree(options->share, code, options->from, E_FLOW_OPTION, err));
    add_first(agents);
    *out = agents;
    return 0;
}

int flow_agents_open(struct flow_agents **out, struct arena *arena, const struct flow_plan *plan,
                     const struct flow_params *params, const struct flow_run_options *options,
                     struct ajar_err *err)
{
    return agents_open_on(agents_path_best(), out, arena, plan, params, options, err);
}

static void note_queues(struct flow_agents *agents, size_t row, struct flow_queue_days *days)
{
    size_t links = agents->plan->n_links, from = row * links;
    const struct worker *all = &agents->workers[0];
    int64_t *const out[COUNT_QUEUES] = {days->joined, days->admitted, days->gave_up, days->taken};
    for (size_t link = 0; link < links; link++) {
        for (int i = 0; i < COUNT_QUEUES; i++) {
            int64_t count = agents_by_link(agents, all, (enum queue_count)i)[link];
            out[i][from + link] = count;
            agents->queues.waiting[link] += i == COUNT_JOINED ? count : -count;
        }
        days->waiting[from + link] = agents->queues.waiting[link];
    }
}

static void note_removals(struct flow_agents *agents, size_t row, struct flow_result *result)
{
    size_t places = agents->plan->n_places, from = row * places;
    const int64_t *removed = agents_by_place(agents, &agents->workers[0], REMOVED);
    const int64_t *returned = agents_by_place(agents, &agents->workers[0], RETURNED);
    for (size_t p = 0; p < places; p++) {
        result->removed[from + p] = removed[p];
        result->returned[from + p] = returned[p];
        agents->gone += (uint32_t)removed[p];
    }
}

static void note_day(struct flow_agents *agents, struct flow_result *result)
{
    const struct flow_plan *plan = agents->plan;
    struct worker *all = &agents->workers[0];
    size_t row = (size_t)(agents->day - result->from);
    int64_t placed = 0;
    for (size_t p = 0; p < plan->n_places; p++) {
        result->in_place[row * plan->n_places + p] = agents->in_place[p];
        placed += agents->in_place[p];
    }
    for (size_t link = 0; link < plan->n_links; link++) {
        result->link_flow[row * plan->n_links + link] = all->link_flow[link];
        all->link_flow[link] = 0;
    }
    if (agents->options.queues != NULL) {
        note_queues(agents, row, &result->queues);
    }
    if (agents->options.removals != NULL) {
        note_removals(agents, row, result);
    }
    memset(all->counts, 0, agents->n_counts * sizeof *all->counts);
    result->on_links[row] = (int64_t)agents->people - agents->gone - placed;
    result->spawned[row] = plan->spawn[agents->day];
}

static int run_day(struct flow_agents *agents, struct pool *pool, struct flow_result *result,
                   struct ajar_err *err)
{
    agents->broken = true;
    spawn(agents);
    TRY(agents_day(agents, pool, err));
    agents->broken = false;
    agents->agent_days += agents->people - agents->gone;
    agents->hops += agents->workers[0].hops;
    agents->workers[0].hops = 0;
    note_day(agents, result);
    agents->day++;
    return 0;
}

static int begin_run(struct flow_agents *agents, int32_t to, const struct pool *pool,
                     struct flow_result *out, struct ajar_err *err)
{
    if (to < agents->day || to > agents->options.to) {
        return err_set(err, E_FLOW_OPTION,
                       "a run to day %d, which stands at day %d and ends at day %d", to,
                       agents->day, agents->options.to);
    }
    TRY(team_open(agents, agents_team(pool), err));
    return move_result(agents->arena, agents->plan, &agents->options, agents->day, to, out, err);
}

int flow_agents_run(struct flow_agents *agents, int32_t to, struct pool *pool,
                    const struct watch *watch, struct flow_result *result, struct ajar_err *err)
{
    const struct flow_share *share = agents->options.share;
    struct flow_result out;
    if (agents->broken) {
        return err_set(err, E_FLOW_OPTION, "this run failed earlier and stands between two days");
    }
    int code = begin_run(agents, to, pool, &out, err);
    TRY(share_agree(share, code, to, E_FLOW_OPTION, err));
    while (agents->day < to) {
        code = watch_tick(watch, "moving people", (uint64_t)(agents->day - out.from),
                          (uint64_t)out.n_days, "days", err);
        TRY(share_agree(share, code, agents->day, E_FLOW_OPTION, err));
        TRY(run_day(agents, pool, &out, err));
    }
    out.hops = agents->hops;
    out.agent_days = agents->agent_days;
    *result = out;
    return 0;
}
