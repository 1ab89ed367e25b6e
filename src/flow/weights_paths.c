#include "weights_paths.h"

#include "steady.h"

#define STEPS_MOST (UINT32_C(1) << 24)
#define LOOKS_MOST                                                                                 \
    (UINT32_C(1) << 25) /* ways through markers alone give no path, and may be many */

/* A search from one place, depth first, in the order of the links. */
struct search {
    struct flow_weights *weights;
    uint32_t origin;
    uint32_t *links; /* [n_places] of the way so far */
    uint32_t *next;  /* [n_places] link to try next at each depth */
    double *km;      /* [n_places + 1] length up to each depth */
    int *counted;    /* [n_places + 1] links up to each depth that count */
    uint8_t *on_way; /* [n_places] */
    uint32_t n_paths, n_steps, n_looks;
};

static double power(double x, double exponent)
{
    return exponent == 0 ? 1 : exponent == 1 ? x : x > 0 ? steady_exp(exponent * steady_log(x)) : 0;
}

/* A path to the end of the way; without arrays it is only counted. */
static void note_path(struct search *search, uint32_t depth, uint32_t goal)
{
    struct flow_weights *weights = search->weights;
    if (weights->trail != NULL) {
        uint32_t path = search->n_paths;
        weights->trail[path] = search->n_steps;
        weights->goal[path] = goal;
        weights->reach[path] =
            power(weights->params->softening + search->km[depth], weights->params->distance_power);
        for (uint32_t i = 0; i < depth; i++) {
            weights->steps[search->n_steps + i] =
                search->links[i] | (i + 1 == depth ? WEIGHTS_LAST : 0);
        }
    }
    search->n_paths++;
    search->n_steps += depth;
}

/* Steps onto a link; returns the new depth. */
static uint32_t step_on(struct search *search, uint32_t depth, uint32_t link)
{
    const struct flow_plan *plan = search->weights->plan;
    uint32_t end = plan->to[link];
    search->n_looks++;
    search->links[depth] = link;
    search->km[depth + 1] = search->km[depth] + plan->km[link];
    search->counted[depth + 1] = search->counted[depth] + (plan->marker[end] ? 0 : 1);
    search->next[depth + 1] = plan->first[end];
    search->on_way[end] = 1;
    if (!plan->marker[end]) {
        note_path(search, depth + 1, end);
    }
    return depth + 1;
}

static bool too_many(const struct search *search)
{
    return search->n_steps >= STEPS_MOST || search->n_looks >= LOOKS_MOST;
}

static void search_from(struct search *search, uint32_t origin)
{
    const struct flow_plan *plan = search->weights->plan;
    uint32_t depth = 0, at = origin;
    search->next[0] = plan->first[origin];
    search->km[0] = 0;
    search->counted[0] = 0;
    search->on_way[origin] = 1;
    for (;;) {
        bool far = search->counted[depth] >= search->weights->params->awareness;
        if (!far && search->next[depth] < plan->first[at + 1] && !too_many(search)) {
            uint32_t link = search->next[depth]++;
            if (search->on_way[plan->to[link]] == 0) {
                depth = step_on(search, depth, link);
                at = plan->to[link];
            }
            continue;
        }
        search->on_way[at] = 0;
        if (depth == 0) {
            return;
        }
        depth--;
        at = depth == 0 ? origin : plan->to[search->links[depth - 1]];
    }
}

static void search_all(struct search *search)
{
    struct flow_weights *weights = search->weights;
    search->n_paths = search->n_looks = 0;
    search->n_steps = 1; /* trail 0 is none */
    for (uint32_t p = 0; p < weights->plan->n_places; p++) {
        weights->first[p] = search->n_paths;
        search_from(search, p);
    }
    weights->first[weights->plan->n_places] = search->n_paths;
}

int weights_paths(struct flow_weights *weights, struct arena *arena, struct ajar_err *err)
{
    size_t n = weights->plan->n_places;
    struct search search = {.weights = weights};
    TRY_NEW(search.links, arena, n, err);
    TRY_NEW(search.next, arena, n + 1, err);
    TRY_NEW(search.km, arena, n + 1, err);
    TRY_NEW(search.counted, arena, n + 1, err);
    TRY_NEW(search.on_way, arena, n, err);
    TRY_NEW(weights->first, arena, n + 1, err);
    search_all(&search);
    if (too_many(&search)) {
        err_set(err, E_FLOW_TOO_LARGE, "the ways that people know have more than %u steps",
                STEPS_MOST);
        return err_hint(err, "Lower awareness, now %d.", weights->params->awareness);
    }
    weights->n_paths = search.n_paths;
    weights->n_steps = search.n_steps;
    TRY_NEW(weights->goal, arena, search.n_paths, err);
    TRY_NEW(weights->reach, arena, search.n_paths, err);
    TRY_NEW(weights->steps, arena, search.n_steps, err);
    TRY_NEW(weights->trail, arena, search.n_paths, err);
    search_all(&search);
    return 0;
}
