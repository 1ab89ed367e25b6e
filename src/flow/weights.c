#include "weights.h"

#include "steady.h"
#include "weights_paths.h"

static double power(double x, double exponent)
{
    return exponent == 1 ? x : exponent == 0 ? 1 : x > 0 ? steady_exp(exponent * steady_log(x)) : 0;
}

double flow_weights_room(double capacity, double buffer, int64_t people)
{
    double n = (double)people;
    if (capacity < 1 || n <= buffer * capacity) {
        return 1;
    }
    if (n >= capacity) {
        return 0;
    }
    return 1 - (n - buffer * capacity) / (capacity * (1 - buffer));
}

/* ---- What never changes ---- */

static int list_limited(struct flow_weights *weights, struct arena *arena, struct ajar_err *err)
{
    const struct flow_plan *plan = weights->plan;
    TRY_NEW(weights->limited, arena, plan->n_places, err);
    for (uint32_t p = 0; p < plan->n_places; p++) {
        if (plan->capacity[p] >= 1) {
            weights->limited[weights->n_limited++] = p;
        }
    }
    return 0;
}

/* For each place those that have it as a goal, once. */
static int list_seen(struct flow_weights *weights, struct arena *arena, struct ajar_err *err)
{
    uint32_t n = weights->plan->n_places, *last;
    TRY_NEW(last, arena, n, err);
    TRY_NEW(weights->seen_from, arena, (size_t)n + 2, err);
    TRY_NEW(weights->seen_by, arena, weights->n_paths, err);
    uint32_t *from = weights->seen_from + 1;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t p = 0; p < n; p++) {
            last[p] = UINT32_MAX;
        }
        for (uint32_t p = 0; p < n; p++) {
            for (uint32_t i = weights->first[p]; i < weights->first[p + 1]; i++) {
                uint32_t goal = weights->goal[i];
                if (last[goal] == p) {
                    continue;
                }
                last[goal] = p;
                if (pass == 0) {
                    from[goal + 1]++;
                } else {
                    weights->seen_by[from[goal]++] = p;
                }
            }
        }
        for (uint32_t p = 0; pass == 0 && p < n; p++) {
            from[p + 1] += from[p];
        }
    }
    return 0;
}

/* Thresholds of a row of so many paths. */
static uint32_t row_room(const struct flow_weights *weights, uint32_t p)
{
    uint32_t paths = weights->first[p + 1] - weights->first[p];
    uint32_t lines = (paths + WEIGHTS_WIDTH - 1) / WEIGHTS_WIDTH;
    return (lines > 0 ? lines : 1) * WEIGHTS_WIDTH;
}

static uint32_t *aligned(struct arena *arena, size_t n, struct ajar_err *err)
{
    enum { LINE = 64 };
    uint32_t *at = arena_new(arena, uint32_t, n + LINE / sizeof(uint32_t), err);
    if (at != NULL) {
        at += (LINE - (uintptr_t)at % LINE) % LINE / sizeof(uint32_t);
    }
    return at;
}

static int measure_rows(struct flow_weights *weights, struct arena *arena, struct ajar_err *err)
{
    uint32_t n = weights->plan->n_places;
    TRY_NEW(weights->row_at, arena, n, err);
    for (uint32_t p = 0; p < n; p++) {
        weights->row_at[p] = weights->row_size;
        weights->row_size += row_room(weights, p);
    }
    size_t cells = (size_t)weights->row_size * weights->n_classes;
    if (cells > UINT32_MAX) {
        err_set(err, E_FLOW_TOO_LARGE, "%u classes of people with %u choices each",
                weights->n_classes, weights->row_size);
        return err_hint(err, "Lower awareness, now %d.", weights->params->awareness);
    }
    return 0;
}

/* What changes from day to day. */
static int make_state(struct flow_weights *weights, struct arena *arena, struct ajar_err *err)
{
    uint32_t n = weights->plan->n_places;
    size_t cells = (size_t)weights->row_size * weights->n_classes;
    TRY_NEW(weights->score, arena, n, err);
    TRY_NEW(weights->room, arena, n, err);
    TRY_NEW(weights->stale, arena, n, err);
    TRY_NEW(weights->base, arena, weights->n_paths, err);
    TRY_NEW(weights->weight, arena, weights->n_paths, err);
    for (uint32_t p = 0; p < n; p++) {
        weights->room[p] = 1;
    }
    for (int i = 0; i < 2; i++) {
        TRY_NEW(weights->go[i], arena, (size_t)n + 1, err);
    }
    TRY_NEW(weights->rows, arena, (size_t)n * weights->n_classes, err);
    TRY_NEW(weights->choices, arena, cells, err);
    weights->thresholds = aligned(arena, cells, err);
    return weights->thresholds != NULL ? 0 : arena_code(err);
}

int flow_weights_open(struct flow_weights *out, struct arena *arena, const struct flow_plan *plan,
                      const struct flow_params *params, const struct flow_gates *gates,
                      struct ajar_err *err)
{
    struct flow_weights weights = {.plan = plan, .params = params, .gates = gates, .day = -1};
    weights.n_classes = gates == NULL ? 1 : gates->n_classes;
    TRY(weights_paths(&weights, arena, err));
    TRY(list_limited(&weights, arena, err));
    TRY(list_seen(&weights, arena, err));
    TRY(measure_rows(&weights, arena, err));
    TRY(make_state(&weights, arena, err));
    *out = weights;
    return 0;
}

int flow_weights_twin(struct flow_weights *out, struct arena *arena,
                      const struct flow_weights *first, struct ajar_err *err)
{
    struct flow_weights weights = *first;
    weights.day = -1;
    TRY(make_state(&weights, arena, err));
    *out = weights;
    return 0;
}

/* ---- What changes from day to day ---- */

static bool is_camp(const struct flow_weights *weights, uint32_t p)
{
    uint8_t type = weights->plan->type[(size_t)weights->day * weights->plan->n_places + p];
    return type == FLOW_CAMP || type == FLOW_IDPCAMP;
}

static double score(const struct flow_weights *weights, uint32_t p)
{
    const struct flow_plan *plan = weights->plan;
    const struct flow_params *params = weights->params;
    size_t at = (size_t)weights->day * plan->n_places + p;
    double score = plan->foreign[p] ? params->foreign_weight : 1;
    score *= is_camp(weights, p) ? params->camp_weight : 1;
    if (plan->intensity[at] > 0) {
        double decay = flow_plan_decay(params, weights->day, plan->since[at]);
        score *= power(params->conflict_weight, decay * plan->intensity[at]);
    }
    return score;
}

bool flow_weights_passable(const struct flow_weights *weights, uint32_t class, uint32_t link)
{
    size_t at = (size_t)weights->day * weights->plan->n_links + link;
    const struct flow_gates *gates = weights->gates;
    return weights->plan->open[at] != 0 &&
           (gates == NULL || gates->open[at * gates->n_classes + class] != 0);
}

/* The open link that must be taken out of a place, or WEIGHTS_STAY. */
static uint32_t forced_link(const struct flow_weights *weights, uint32_t class, uint32_t p)
{
    const struct flow_plan *plan = weights->plan;
    if (plan->forced == NULL) {
        return WEIGHTS_STAY;
    }
    for (uint32_t link = plan->first[p]; link < plan->first[p + 1]; link++) {
        size_t at = (size_t)weights->day * plan->n_links + link;
        if (plan->forced[at] != 0 && flow_weights_passable(weights, class, link)) {
            return link;
        }
    }
    return WEIGHTS_STAY;
}

static bool path_open(const struct flow_weights *weights, uint32_t class, uint32_t path)
{
    for (uint32_t i = weights->trail[path];; i++) {
        uint32_t step = weights->steps[i];
        if (!flow_weights_passable(weights, class, step & ~WEIGHTS_LAST)) {
            return false;
        }
        if ((step & WEIGHTS_LAST) != 0) {
            return true;
        }
    }
}

/* Where no way is open to anybody, nobody need ask. */
static bool can_leave(const struct flow_weights *weights, uint32_t p)
{
    for (uint32_t class = 0; class < weights->n_classes; class ++) {
        bool can = forced_link(weights, class, p) != WEIGHTS_STAY;
        for (uint32_t i = weights->first[p]; !can && i < weights->first[p + 1]; i++) {
            can = path_open(weights, class, i);
        }
        if (can) {
            return true;
        }
    }
    return false;
}

static void set_chances(struct flow_weights *weights)
{
    const struct flow_plan *plan = weights->plan;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        size_t at = (size_t)weights->day * plan->n_places + p;
        bool can = can_leave(weights, p);
        weights->go[0][p] = can ? weights_chance(plan->movechance[at]) : 0;
        weights->go[1][p] = can && plan->type[at] == FLOW_TOWN ? WEIGHTS_SURE : weights->go[0][p];
    }
}

/* The reference looks for the first link with the right end, so of parallel ones the first is taken
 * whichever was chosen. */
static uint32_t taken_link(const struct flow_weights *weights, uint32_t class, uint32_t place,
                           uint32_t link)
{
    const struct flow_plan *plan = weights->plan;
    if (weights->params->rules == FLOW_RULES_AJAR) {
        return plan->from[link] == place && flow_weights_passable(weights, class, link)
                   ? link
                   : WEIGHTS_STAY;
    }
    for (uint32_t i = plan->first[place]; i < plan->first[place + 1]; i++) {
        if (plan->to[i] == plan->to[link] && flow_weights_passable(weights, class, i)) {
            return i;
        }
    }
    return WEIGHTS_STAY;
}

static bool refused(const struct flow_weights *weights, uint32_t goal)
{
    const double least = 0.5; /* the reference's */
    bool own = weights->params->rules == FLOW_RULES_AJAR;
    return own ? weights->room[goal] <= 0 : is_camp(weights, goal) && weights->room[goal] < least;
}

static uint32_t rest_of(const struct flow_weights *weights, uint32_t trail)
{
    return (weights->steps[trail] & WEIGHTS_LAST) != 0 ? 0 : trail + 1;
}

struct weights_choice flow_weights_follow(const struct flow_weights *weights, uint32_t class,
                                          uint32_t place, uint32_t trail)
{
    uint32_t end = trail;
    while ((weights->steps[end] & WEIGHTS_LAST) == 0) {
        end++;
    }
    const struct weights_choice stay = {WEIGHTS_STAY, 0};
    if (refused(weights, weights->plan->to[weights->steps[end] & ~WEIGHTS_LAST])) {
        return stay;
    }
    uint32_t link = taken_link(weights, class, place, weights->steps[trail] & ~WEIGHTS_LAST);
    return link == WEIGHTS_STAY ? stay : (struct weights_choice){link, rest_of(weights, trail)};
}

/* ---- One row ---- */

/* Weights of the paths of a place; -1 for one that cannot be taken.  Returns how many can. */
static uint32_t weigh_paths(struct flow_weights *weights, uint32_t class, uint32_t p)
{
    const struct flow_params *params = weights->params;
    double most = 0;
    uint32_t n = 0;
    for (uint32_t i = weights->first[p]; i < weights->first[p + 1]; i++) {
        double weight = weights->base[i] * weights->room[weights->goal[i]];
        weights->weight[i] =
            path_open(weights, class, i) ? power(weight, params->weight_power) : -1;
        most = weights->weight[i] > most ? weights->weight[i] : most;
    }
    for (uint32_t i = weights->first[p]; i < weights->first[p + 1]; i++) {
        bool pruned =
            params->pruning_threshold > 1 && weights->weight[i] < most / params->pruning_threshold;
        weights->weight[i] = pruned ? -1 : weights->weight[i];
        n += weights->weight[i] >= 0;
    }
    return n;
}

static uint32_t threshold(double share)
{
    double scaled = share * 0x1p32;
    return scaled >= (double)UINT32_MAX ? UINT32_MAX : (uint32_t)scaled;
}

/* Paths of weight 0 get no choice, unless all have: then each the same, or none under own rules. */
static uint32_t fill_choices(struct flow_weights *weights, uint32_t class, uint32_t p, uint32_t at)
{
    double sum = 0, reached = 0;
    uint32_t usable = weigh_paths(weights, class, p), n = 0;
    for (uint32_t i = weights->first[p]; i < weights->first[p + 1]; i++) {
        sum += weights->weight[i] > 0 ? weights->weight[i] : 0;
    }
    if (usable == 0 || (sum <= 0 && weights->params->rules == FLOW_RULES_AJAR)) {
        return 0;
    }
    for (uint32_t i = weights->first[p]; i < weights->first[p + 1]; i++) {
        double weight = sum > 0 ? weights->weight[i] : weights->weight[i] < 0 ? 0 : 1;
        if (weight <= 0) {
            continue;
        }
        reached += weight;
        uint32_t trail = weights->trail[i];
        uint32_t first = weights->steps[trail] & ~WEIGHTS_LAST;
        bool stay = refused(weights, weights->goal[i]);
        weights->choices[at + n].link = stay ? WEIGHTS_STAY : taken_link(weights, class, p, first);
        weights->choices[at + n].trail = stay ? 0 : rest_of(weights, trail);
        weights->thresholds[at + n] = threshold(reached / (sum > 0 ? sum : (double)usable));
        n++;
    }
    return n;
}

static void fill_row(struct flow_weights *weights, uint32_t class, uint32_t p)
{
    uint32_t at = class * weights->row_size + weights->row_at[p];
    uint32_t forced = forced_link(weights, class, p), n = 0;
    if (forced != WEIGHTS_STAY) {
        weights->choices[at] = (struct weights_choice){forced, 0};
        n = 1;
    } else {
        n = fill_choices(weights, class, p, at);
    }
    uint32_t room = row_room(weights, p);
    for (uint32_t i = n > 0 ? n - 1 : 0; i < room; i++) {
        weights->thresholds[at + i] = UINT32_MAX;
    }
    weights->rows[(size_t) class * weights->plan->n_places + p] = (struct weights_row){at, n};
}

static void fill_stale(struct flow_weights *weights)
{
    for (uint32_t p = 0; p < weights->plan->n_places; p++) {
        if (weights->stale[p] == 0) {
            continue;
        }
        weights->stale[p] = 0;
        for (uint32_t class = 0; class < weights->n_classes; class ++) {
            fill_row(weights, class, p);
        }
    }
}

/* Marks the rows of goals whose room changed. */
static void look_at_rooms(struct flow_weights *weights, const int64_t *in_place)
{
    for (uint32_t i = 0; i < weights->n_limited; i++) {
        uint32_t p = weights->limited[i];
        double room = flow_weights_room(weights->plan->capacity[p],
                                        weights->params->capacity_buffer, in_place[p]);
        if (room == weights->room[p]) {
            continue;
        }
        weights->room[p] = room;
        for (uint32_t k = weights->seen_from[p]; k < weights->seen_from[p + 1]; k++) {
            weights->stale[weights->seen_by[k]] = 1;
        }
    }
}

void flow_weights_fill(struct flow_weights *weights, const int64_t *in_place)
{
    look_at_rooms(weights, in_place);
    fill_stale(weights);
}

void flow_weights_day(struct flow_weights *weights, int32_t day, const int64_t *in_place)
{
    const struct flow_plan *plan = weights->plan;
    weights->day = day;
    for (uint32_t p = 0; p < plan->n_places; p++) {
        weights->score[p] = score(weights, p);
        weights->stale[p] = 1;
    }
    for (uint32_t i = 0; i < weights->n_paths; i++) {
        weights->base[i] = (weights->params->weight_softening + weights->score[weights->goal[i]]) /
                           weights->reach[i];
    }
    set_chances(weights);
    flow_weights_fill(weights, in_place);
}
