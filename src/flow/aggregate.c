#include "aggregate_parts.h"

/* ---- Opening ---- */

static int check(const struct flow_plan *plan, const struct flow_run_options *options,
                 uint64_t *people, struct ajar_err *err)
{
    TRY(move_check(plan, options, people, err));
    if (options->gates != NULL) {
        err_set(err, E_FLOW_OPTION, "gates for classes of people in the aggregate engine");
        return err_hint(err, "Use the agent engine.");
    }
    if (options->queues != NULL || options->removals != NULL) {
        err_set(err, E_FLOW_OPTION, "%s in the aggregate engine",
                options->queues != NULL ? "queues before links" : "people who leave or return");
        return err_hint(err, "Use the agent engine.");
    }
    if (options->share != NULL && options->share->ranks > 1) {
        err_set(err, E_FLOW_OPTION, "%u ranks in the aggregate engine", options->share->ranks);
        return err_hint(err, "Give each rank whole runs, or use the agent engine.");
    }
    return 0;
}

static int open_bags(struct aggregate *all, struct ajar_err *err)
{
    struct bag *const bags[] = {&all->here, &all->tonight, &all->arriving, &all->going,
                                &all->leaving};
    for (size_t i = 0; i < sizeof bags / sizeof *bags; i++) {
        TRY(bag_open(bags[i], all->arena, err));
    }
    for (uint32_t i = 0; i < WAY_STEPS; i++) {
        all->head[i] = BAG_NONE;
    }
    size_t days = (size_t)(all->options->to - all->options->from);
    TRY_NEW(all->arrival, all->arena, days, err);
    for (size_t i = 0; i < days; i++) {
        all->arrival[i] = BAG_NONE;
    }
    all->free_on_way = BAG_NONE;
    return 0;
}

static int open_places(struct aggregate *all, struct ajar_err *err)
{
    struct arena *arena = all->arena;
    uint32_t n = all->plan->n_places, most = 1;
    for (uint32_t p = 0; p < n; p++) {
        uint32_t row = all->weights.first[p + 1] - all->weights.first[p];
        most = row > most ? row : most;
    }
    TRY_NEW(all->in_place, arena, n, err);
    TRY_NEW(all->seen, arena, n, err);
    TRY_NEW(all->before, arena, n, err);
    TRY_NEW(all->rate, arena, n, err);
    TRY_NEW(all->share, arena, n, err);
    TRY_NEW(all->draws, arena, n, err);
    TRY_NEW(all->thresholds, arena, n, err);
    TRY_NEW(all->origin, arena, n, err);
    TRY_NEW(all->counts, arena, most > n ? most : n, err);
    return 0;
}

/* ---- A day ---- */

static int add(struct aggregate *all, uint32_t place, int64_t n, struct ajar_err *err)
{
    const struct cell people = {.n = n,
                                .where = place,
                                .age = all->n_ages - 1,
                                .mark = all->rules.on_foot ? RECENT_NEW : 0};
    bool fresh;
    if (n > 0) {
        TRY(bag_reserve(&all->here, 1, err));
        bag_put(&all->here, &people, &fresh);
        all->in_place[place] += n;
        all->people += n;
    }
    return 0;
}

static int spawn(struct aggregate *all, struct ajar_err *err)
{
    int64_t n = all->plan->spawn[all->day];
    if (n == 0) {
        return 0;
    }
    TRY(aggregate_ages_add(all, n, err));
    uint32_t choices = move_origins(all->plan, all->day, all->thresholds, all->origin);
    struct draws draws = draws_at(all->options->seed, AGGREGATE_ORIGIN, 0, (uint32_t)all->day);
    choices = choices > 0 ? choices : 1; /* as the agent engine does */
    draws_split(&draws, n, all->thresholds, choices, all->counts);
    for (uint32_t i = 0; i < choices; i++) {
        TRY(add(all, all->origin[i], all->counts[i], err));
    }
    return 0;
}

static int make_room_on_way(struct aggregate *all, struct ajar_err *err)
{
    uint32_t room = all->room_on_way > 0 ? 2 * all->room_on_way : 256;
    struct cell *cells;
    TRY_NEW(cells, all->arena, room, err);
    for (uint32_t i = 0; i < all->n_on_way; i++) {
        cells[i] = all->on_way[i];
    }
    all->on_way = cells;
    all->room_on_way = room;
    return 0;
}

/* Those who left today and are still on links join the chains of their days. */
static int keep_leaving(struct aggregate *all, struct ajar_err *err)
{
    int32_t today = all->day - all->options->from;
    for (uint32_t i = 0; i < all->leaving.n; i++) {
        uint32_t at = all->free_on_way;
        if (at != BAG_NONE) {
            all->free_on_way = all->on_way[at].next;
        } else {
            if (all->n_on_way == all->room_on_way) {
                TRY(make_room_on_way(all, err));
            }
            at = all->n_on_way++;
        }
        const struct cell *people = &all->leaving.at[i];
        uint32_t *list = &all->arrival[today + (int32_t)(people->mark >> MARK_DAYS)];
        all->on_way[at] = *people;
        all->on_way[at].next = *list;
        *list = at;
    }
    bag_clear(&all->leaving);
    return 0;
}

void aggregate_night(struct aggregate *all)
{
    struct bag here = all->here;
    all->here = all->tonight;
    all->tonight = here;
    bag_clear(&all->tonight);
}

static int pass_day(struct aggregate *all, struct ajar_err *err)
{
    TRY(spawn(all, err));
    TRY(aggregate_leave(all, err));
    TRY(aggregate_travel(all, err));
    TRY(keep_leaving(all, err));
    aggregate_night(all);
    bag_clear(&all->arriving);
    return 0;
}

static void note_day(const struct aggregate *all, struct flow_result *result)
{
    size_t row = (size_t)(all->day - result->from), n = all->plan->n_places;
    int64_t placed = 0;
    for (size_t p = 0; p < n; p++) {
        result->in_place[row * n + p] = all->in_place[p];
        placed += all->in_place[p];
    }
    result->on_links[row] = all->people - placed;
    result->spawned[row] = all->plan->spawn[all->day];
    result->agent_days += (uint64_t)all->people;
}

int aggregate_run(struct aggregate *all, struct arena *arena, const struct flow_plan *plan,
                  const struct flow_params *params, const struct flow_run_options *options,
                  const struct watch *watch, struct flow_result *result, struct ajar_err *err)
{
    struct flow_result out;
    uint64_t people;
    *all = (struct aggregate){.arena = arena,
                              .plan = plan,
                              .params = params,
                              .options = options,
                              .rules = move_rules(params)};
    TRY(check(plan, options, &people, err));
    TRY(flow_weights_open(&all->weights, arena, plan, params, NULL, err));
    TRY(open_places(all, err));
    TRY(open_bags(all, err));
    TRY(move_result(arena, plan, options, options->from, options->to, &out, err));
    TRY(aggregate_ages_open(all, people, err));
    for (uint32_t i = 0; i < plan->n_places; i++) {
        uint32_t p = plan->order[i];
        TRY(aggregate_ages_add(all, plan->day0[p], err));
        TRY(add(all, p, plan->day0[p], err));
    }
    for (all->day = options->from; all->day < options->to; all->day++) {
        TRY(watch_tick(watch, "moving people", (uint64_t)(all->day - out.from),
                       (uint64_t)out.n_days, "days", err));
        all->link_flow = &out.link_flow[(size_t)(all->day - out.from) * plan->n_links];
        TRY(pass_day(all, err));
        note_day(all, &out);
    }
    out.hops = all->hops;
    *result = out;
    return 0;
}

int flow_aggregate_run(struct arena *arena, const struct flow_plan *plan,
                       const struct flow_params *params, const struct flow_run_options *options,
                       const struct watch *watch, struct flow_result *result, struct ajar_err *err)
{
    struct aggregate all;
    return aggregate_run(&all, arena, plan, params, options, watch, result, err);
}
