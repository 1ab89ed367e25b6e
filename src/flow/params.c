#include "params.h"

#include <math.h>
#include <stddef.h>

#include "num.h"

#define AT(field) #field, offsetof(struct flow_params, field)
#define MOVE      "move_rules"
#define SPAWN     "spawn_rules"

/* Speeds and softening in km; a speed of 0 would let nobody arrive. */
const struct flow_param flow_param_list[] = {
    {AT(max_move_speed), "max_move_speed", MOVE, FLOW_PARAM_NUMBER, 0.001, 10000},
    {AT(max_walk_speed), "max_walk_speed", MOVE, FLOW_PARAM_NUMBER, 0.001, 10000},
    {AT(softening), "softening", MOVE, FLOW_PARAM_NUMBER, 0, 1000000},
    {AT(distance_power), "distance_power", MOVE, FLOW_PARAM_NUMBER, 0, 10},
    {AT(weight_power), "weight_power", MOVE, FLOW_PARAM_NUMBER, 0, 10},
    {AT(weight_softening), "weight_softening", MOVE, FLOW_PARAM_NUMBER, 0, 1000000},
    {AT(pruning_threshold), "pruning_threshold", MOVE, FLOW_PARAM_NUMBER, 0, 1e12},
    {AT(default_movechance), "default_movechance", MOVE, FLOW_PARAM_NUMBER, 0, 1},
    {AT(conflict_movechance), "conflict_movechance", MOVE, FLOW_PARAM_NUMBER, 0, 1},
    {AT(camp_movechance), "camp_movechance", MOVE, FLOW_PARAM_NUMBER, 0, 1},
    {AT(idpcamp_movechance), "idpcamp_movechance", MOVE, FLOW_PARAM_NUMBER, 0, 1},
    {AT(movechance_pop_base), "movechance_pop_base", MOVE, FLOW_PARAM_NUMBER, 0.001, 1e12},
    {AT(movechance_pop_scale), "movechance_pop_scale_factor", MOVE, FLOW_PARAM_NUMBER, -10, 10},
    {AT(camp_weight), "camp_weight", MOVE, FLOW_PARAM_NUMBER, 0, 1000000},
    {AT(conflict_weight), "conflict_weight", MOVE, FLOW_PARAM_NUMBER, 0, 1000000},
    {AT(foreign_weight), "foreign_weight", MOVE, FLOW_PARAM_NUMBER, 0, 1000000},
    {AT(capacity_scaling), "capacity_scaling", MOVE, FLOW_PARAM_NUMBER, 1e-6, 1000000},
    {AT(capacity_buffer), "capacity_buffer", MOVE, FLOW_PARAM_NUMBER, 0, 1},
    {AT(start_on_foot), "start_on_foot", MOVE, FLOW_PARAM_BOOL, 0, 1},
    {AT(avoid_short_stints), "avoid_short_stints", MOVE, FLOW_PARAM_BOOL, 0, 1},
    {AT(awareness), "awareness_level", MOVE, FLOW_PARAM_INT, 1, 8},
    {AT(use_capacity), NULL, NULL, FLOW_PARAM_BOOL, 0, 1},
    {AT(insert_day0), "insert_day0", SPAWN, FLOW_PARAM_BOOL, 0, 1},
    {AT(sum_from_camps), "sum_from_camps", SPAWN, FLOW_PARAM_BOOL, 0, 1},
    {AT(spawn_decay_interval), "conflict_spawn_decay_interval", SPAWN, FLOW_PARAM_INT, 1, 1000000},
    {AT(hasten), "hasten", "optimisations", FLOW_PARAM_INT, 1, 1000000000},
    {AT(blocks), NULL, NULL, FLOW_PARAM_INT, 1, 65536},
};
const size_t flow_param_count = sizeof flow_param_list / sizeof *flow_param_list;

const struct flow_param *flow_param_find(struct text name)
{
    for (size_t i = 0; i < flow_param_count; i++) {
        if (text_is(name, flow_param_list[i].name)) {
            return &flow_param_list[i];
        }
    }
    return NULL;
}

struct flow_params flow_params_default(void)
{
    return (struct flow_params){.rules = FLOW_RULES_FLEE,
                                .max_move_speed = 360,
                                .max_walk_speed = 35,
                                .softening = 10,
                                .distance_power = 1,
                                .weight_power = 1,
                                .pruning_threshold = 1,
                                .default_movechance = 0.3,
                                .conflict_movechance = 1,
                                .camp_movechance = 0.001,
                                .idpcamp_movechance = 0.1,
                                .movechance_pop_base = 10000,
                                .camp_weight = 1,
                                .conflict_weight = 1.0 / 3.16227766017,
                                .foreign_weight = 1,
                                .capacity_scaling = 1,
                                .capacity_buffer = 0.9,
                                .awareness = 1,
                                .use_capacity = true,
                                .insert_day0 = true,
                                .sum_from_camps = true,
                                .spawn_decay_interval = 30,
                                .hasten = 1,
                                .blocks = 32};
}

struct flow_params flow_params_validation(void)
{
    struct flow_params out = flow_params_default();
    out.max_move_speed = 400;
    out.softening = 50;
    out.distance_power = 0.75;
    out.default_movechance = 0.5;
    out.conflict_weight = 0.25;
    out.capacity_scaling = 1.25;
    out.avoid_short_stints = true;
    out.spawn_decay[0] = out.spawn_decay[1] = out.spawn_decay[2] = 1;
    out.spawn_decay[3] = 0.5;
    out.spawn_decay[4] = 0.1;
    out.n_spawn_decay = 5;
    return out;
}

double flow_param_get(const struct flow_params *params, const struct flow_param *at)
{
    const char *field = (const char *)params + at->offset;
    switch (at->kind) {
    case FLOW_PARAM_NUMBER:
        return *(const double *)(const void *)field;
    case FLOW_PARAM_INT:
        return *(const int32_t *)(const void *)field;
    case FLOW_PARAM_BOOL:
        return *(const bool *)field;
    }
    return NAN;
}

static int param_check(const struct flow_param *at, double value, struct ajar_err *err)
{
    if (!(value >= at->least && value <= at->most)) {
        return err_set(err, E_FLOW_SETTING, "%s is between %g and %g, not %g", at->name, at->least,
                       at->most, value);
    }
    if (at->kind != FLOW_PARAM_NUMBER && value != floor(value)) {
        return err_set(err, E_FLOW_SETTING, "%s is a whole number, not %g", at->name, value);
    }
    return 0;
}

int flow_param_set(struct flow_params *params, const struct flow_param *at, double value,
                   struct ajar_err *err)
{
    char *field = (char *)params + at->offset;
    TRY(param_check(at, value, err));
    switch (at->kind) {
    case FLOW_PARAM_NUMBER:
        *(double *)(void *)field = value;
        break;
    case FLOW_PARAM_INT:
        *(int32_t *)(void *)field = (int32_t)value;
        break;
    case FLOW_PARAM_BOOL:
        *(bool *)field = value > 0;
        break;
    }
    return 0;
}

static bool word_in(struct text a, const char *const *words)
{
    for (; *words != NULL; words++) {
        struct text b = text_of(*words);
        size_t i = 0;
        while (i < a.n && a.n == b.n && (a.at[i] | 0x20) == b.at[i]) {
            i++;
        }
        if (a.n == b.n && i == a.n) {
            return true;
        }
    }
    return false;
}

bool flow_param_bool(struct text word, bool *out)
{
    static const char *const yes[] = {"true", "yes", "on", NULL};
    static const char *const no[] = {"false", "no", "off", NULL};
    double number;
    if (word_in(word, yes) || word_in(word, no)) {
        *out = word_in(word, yes);
        return true;
    }
    if (num_parse(word, &number)) {
        *out = number > 0 || number < 0;
        return true;
    }
    return false;
}

int flow_param_parse(struct flow_params *params, const struct flow_param *at, struct text word,
                     struct ajar_err *err)
{
    double value = 0;
    bool flag = false;
    if (at->kind == FLOW_PARAM_BOOL) {
        if (!flow_param_bool(word, &flag)) {
            return err_set(err, E_FLOW_SETTING, "this is true or false");
        }
        value = flag;
    } else if (!num_parse(word, &value)) {
        return err_set(err, E_FLOW_SETTING, "this is not a number");
    }
    return flow_param_set(params, at, value, err);
}

int flow_param_decay(struct flow_params *params, const struct text *words, size_t n,
                     struct ajar_err *err)
{
    double steps[FLOW_DECAY_MOST];
    if (n > FLOW_DECAY_MOST) {
        return err_set(err, E_FLOW_SETTING, "this list has at most %d steps", FLOW_DECAY_MOST);
    }
    for (size_t i = 0; i < n; i++) {
        if (!num_parse(words[i], &steps[i]) || !(steps[i] >= 0 && steps[i] <= FLOW_DECAY_HIGH)) {
            return err_set(err, E_FLOW_SETTING, "step %zu is no number between 0 and %d", i + 1,
                           FLOW_DECAY_HIGH);
        }
    }
    for (size_t i = 0; i < FLOW_DECAY_MOST; i++) {
        params->spawn_decay[i] = i < n ? steps[i] : 0;
    }
    params->n_spawn_decay = (int32_t)n;
    return 0;
}
