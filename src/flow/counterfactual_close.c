#include "counterfactual.h"

static bool joins(const struct flow_road *road, uint32_t a, uint32_t b)
{
    return (road->a == a && road->b == b) || (road->a == b && road->b == a);
}

static int check_places(const struct flow_world *world, const struct counterfactual_closing *one,
                        struct ajar_err *err)
{
    bool place = one->place2 == FLOW_NONE, road = false;
    if (one->place1 >= world->n_places || (!place && one->place2 >= world->n_places)) {
        return err_set(err, E_FLOW_CLOSING, "a closing is of no place");
    }
    for (size_t i = 0; !place && i < world->n_roads; i++) {
        road = road || joins(&world->roads[i], one->place1, one->place2);
    }
    if (!place && !road) {
        struct text a = world->places[one->place1].name, b = world->places[one->place2].name;
        return err_set(err, E_FLOW_CLOSING, "there is no known road between '%.*s' and '%.*s'",
                       (int)text_fit(a, 60), a.at, (int)text_fit(b, 60), b.at);
    }
    return 0;
}

int counterfactual_check(const struct flow_world *world,
                         const struct counterfactual_closing *closings, size_t n, int32_t from,
                         int32_t to, struct ajar_err *err)
{
    if (n < 1 || n > COUNTERFACTUAL_CLOSINGS_MOST) {
        return err_set(err, E_FLOW_CLOSING, "%zu closings; there are 1 to %d", n,
                       COUNTERFACTUAL_CLOSINGS_MOST);
    }
    for (size_t i = 0; i < n; i++) {
        const struct counterfactual_closing *one = &closings[i];
        TRY(check_places(world, one, err));
        bool ends = one->to != -1;
        if (one->from < from || one->from >= to ||
            (ends && (one->to <= one->from || one->to > to))) {
            return err_set(err, E_FLOW_CLOSING,
                           "closing %zu is from day %d to %d; the run has days %d to %d", i + 1,
                           one->from, ends ? one->to : to, from, to);
        }
    }
    return 0;
}

static bool is_shut(const struct flow_plan *plan, uint32_t link,
                    const struct counterfactual_closing *one)
{
    uint32_t a = plan->from[link], b = plan->to[link];
    if (one->place2 == FLOW_NONE) {
        return b == one->place1;
    }
    return (a == one->place1 && b == one->place2) || (a == one->place2 && b == one->place1);
}

static void close_link(struct flow_plan *plan, uint32_t link, int32_t from, int32_t to)
{
    for (int32_t day = from; day < plan->n_days; day++) {
        size_t at = (size_t)day * plan->n_links + link;
        int32_t last = day < to ? day : to - 1;
        if (day < to) {
            plan->open[at] = 0;
        }
        plan->last_closed[at] = plan->last_closed[at] > last ? plan->last_closed[at] : last;
    }
}

static void close_camp(struct flow_plan *plan, uint32_t place, int32_t from, int32_t to)
{
    for (int32_t day = from; day < to; day++) {
        uint8_t *type = &plan->type[(size_t)day * plan->n_places + place];
        *type = *type == FLOW_CAMP || *type == FLOW_IDPCAMP ? FLOW_TOWN : *type;
    }
}

void counterfactual_close(struct flow_plan *plan, const struct counterfactual_closing *closings,
                          size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct counterfactual_closing *one = &closings[i];
        int32_t from = one->from > 0 ? one->from : 0;
        int32_t to = one->to == -1 || one->to > plan->n_days ? plan->n_days : one->to;
        for (uint32_t link = 0; from < to && link < plan->n_links; link++) {
            if (is_shut(plan, link, one)) {
                close_link(plan, link, from, to);
            }
        }
        if (one->place2 == FLOW_NONE && one->place1 < plan->n_places) {
            close_camp(plan, one->place1, from, to);
        }
    }
}
