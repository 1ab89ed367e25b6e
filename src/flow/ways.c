#include "ways.h"

#include <math.h>
#include <string.h>

#define SCRATCH ((size_t)1 << 30)

/* A way into a place, in a heap with the shortest on top. */
struct ways_entry {
    double km;
    uint32_t place;
};

struct ways_search {
    const struct flow_plan *plan;
    uint32_t *into;  /* [n_places + 1] */
    uint32_t *links; /* links that end in place p are links[into[p] ..] */
    struct ways_entry *heap;
    size_t n;
    double *km; /* [n_places] */
};

static void heap_push(struct ways_search *search, struct ways_entry entry)
{
    size_t at = search->n++;
    while (at > 0 && search->heap[(at - 1) / 2].km > entry.km) {
        search->heap[at] = search->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    search->heap[at] = entry;
}

static struct ways_entry heap_pop(struct ways_search *search)
{
    struct ways_entry top = search->heap[0], last = search->heap[--search->n];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child + 1 < search->n && search->heap[child + 1].km < search->heap[child].km) {
            child++;
        }
        if (child >= search->n || search->heap[child].km >= last.km) {
            break;
        }
        search->heap[at] = search->heap[child];
        at = child;
    }
    search->heap[at] = last;
    return top;
}

static int search_open(struct ways_search *out, struct arena *scratch, const struct flow_plan *plan,
                       struct ajar_err *err)
{
    struct ways_search made = {.plan = plan};
    uint32_t *next;
    TRY_NEW(made.into, scratch, (size_t)plan->n_places + 1, err);
    TRY_NEW(next, scratch, (size_t)plan->n_places + 1, err);
    TRY_NEW(made.links, scratch, plan->n_links, err);
    TRY_NEW(made.heap, scratch, (size_t)plan->n_links + 1, err);
    TRY_NEW(made.km, scratch, plan->n_places, err);
    for (uint32_t link = 0; link < plan->n_links; link++) {
        made.into[plan->to[link] + 1]++;
    }
    for (uint32_t p = 0; p < plan->n_places; p++) {
        made.into[p + 1] += made.into[p];
        next[p] = made.into[p];
    }
    for (uint32_t link = 0; link < plan->n_links; link++) {
        made.links[next[plan->to[link]]++] = link;
    }
    *out = made;
    return 0;
}

/* From every place to `camp`: the search runs against the links. */
static void search_run(struct ways_search *search, const uint8_t *open, uint32_t camp)
{
    const struct flow_plan *plan = search->plan;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        search->km[p] = (double)INFINITY;
    }
    search->km[camp] = 0;
    search->n = 0;
    heap_push(search, (struct ways_entry){0, camp});
    while (search->n > 0) {
        struct ways_entry at = heap_pop(search);
        if (at.km > search->km[at.place]) {
            continue;
        }
        for (uint32_t i = search->into[at.place]; i < search->into[at.place + 1]; i++) {
            uint32_t link = search->links[i];
            double km = at.km + plan->km[link];
            if (open[link] != 0 && km < search->km[plan->from[link]]) {
                search->km[plan->from[link]] = km;
                heap_push(search, (struct ways_entry){km, plan->from[link]});
            }
        }
    }
}

static int list_origins(struct arena *arena, const struct flow_plan *plan, struct flow_ways *out,
                        struct ajar_err *err)
{
    TRY_NEW(out->origins, arena, plan->n_places, err);
    for (uint32_t p = 0; p < plan->n_places; p++) {
        bool any = false;
        for (int32_t day = 0; !any && day < plan->n_days; day++) {
            any = plan->spawn_weight[(size_t)day * plan->n_places + p] > 0;
        }
        if (any) {
            out->origins[out->n_origins++] = p;
        }
    }
    return 0;
}

static int list_states(struct arena *arena, const struct flow_plan *plan, struct flow_ways *out,
                       struct ajar_err *err)
{
    TRY_NEW(out->state, arena, (size_t)plan->n_days, err);
    for (int32_t day = 1; day < plan->n_days; day++) {
        const uint8_t *today = plan->open + (size_t)day * plan->n_links;
        bool same = memcmp(today, today - plan->n_links, plan->n_links) == 0;
        out->state[day] = out->state[day - 1] + !same;
    }
    out->n_states = out->state[plan->n_days - 1] + 1;
    return 0;
}

static void fill_state(const struct flow_plan *plan, struct ways_search *search, int32_t day,
                       struct flow_ways *out)
{
    for (uint32_t c = 0; c < plan->n_camps; c++) {
        search_run(search, plan->open + (size_t)day * plan->n_links, plan->camps[c]);
        for (uint32_t o = 0; o < out->n_origins; o++) {
            size_t row = (size_t)out->state[day] * out->n_origins + o;
            out->km[row * out->n_camps + c] = search->km[out->origins[o]];
        }
    }
}

int flow_ways_make(struct arena *arena, const struct flow_plan *plan, struct flow_ways *out,
                   struct ajar_err *err)
{
    struct flow_ways made = {.n_days = plan->n_days, .n_camps = plan->n_camps};
    struct ways_search search = {0};
    struct arena scratch;
    TRY(list_origins(arena, plan, &made, err));
    TRY(list_states(arena, plan, &made, err));
    size_t cells = (size_t)made.n_states * made.n_origins * made.n_camps;
    if (cells > FLOW_WAYS_MOST) {
        err_set(err, E_FLOW_TOO_LARGE,
                "%u places of origin, %u camps and %u states of the roads are more than %zu "
                "distances",
                made.n_origins, made.n_camps, made.n_states, FLOW_WAYS_MOST);
        return err_hint(err, "Use fewer places of conflict, camps or closures.");
    }
    TRY_NEW(made.km, arena, cells, err);
    arena_init(&scratch, "distances by road", SCRATCH);
    int code = search_open(&search, &scratch, plan, err);
    for (int32_t day = 0; code == 0 && day < plan->n_days; day++) {
        if (day == 0 || made.state[day] != made.state[day - 1]) {
            fill_state(plan, &search, day, &made);
        }
    }
    arena_free(&scratch);
    TRY(code);
    *out = made;
    return 0;
}
