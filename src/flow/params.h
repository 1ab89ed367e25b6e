/* Parameters of the movement rules, with the names of the reference. */
#ifndef FLOW_PARAMS_H
#define FLOW_PARAMS_H

#include "flow_said.h"

#define FLOW_DECAY_MOST 8    /* steps of spawn_decay */
#define FLOW_DECAY_HIGH 1000 /* of a step */

enum flow_rules { FLOW_RULES_FLEE, FLOW_RULES_AJAR }; /* the reference with its faults; corrected */

struct flow_params {
    enum flow_rules rules;
    double max_move_speed, max_walk_speed; /* km a day */
    double softening;                      /* km */
    double distance_power;
    double weight_power, weight_softening;
    double pruning_threshold; /* <= 1: off */
    double default_movechance, conflict_movechance, camp_movechance, idpcamp_movechance;
    double movechance_pop_base, movechance_pop_scale;
    double camp_weight, conflict_weight, foreign_weight;
    double capacity_scaling, capacity_buffer;
    bool start_on_foot, avoid_short_stints;
    int32_t awareness;   /* links ahead that are known; 1: neighbours */
    bool use_capacity;   /* false: camps have no limit and capacities are not read */
    bool insert_day0;    /* camps start with their first count */
    bool sum_from_camps; /* who starts is the rise of all counts, else of refugees.csv */
    double spawn_decay[FLOW_DECAY_MOST];
    int32_t n_spawn_decay;        /* 0: no decay */
    int32_t spawn_decay_interval; /* days */
    int32_t hasten;               /* one agent stands for so many people */
    int32_t blocks;               /* of agents a phase, between which occupancy is refreshed; 32 */
};

/* The validation set of the reference (max_move_speed 400, softening 50, distance_power .75, ...). */
struct flow_params flow_params_validation(void);
/* Its code defaults. */
struct flow_params flow_params_default(void);

/* The parameters one by one, for files and help.  `rules`, use_capacity and blocks have no name in the
 * reference (flee NULL); spawn_decay, a list, is no field. */
enum flow_param_kind { FLOW_PARAM_NUMBER, FLOW_PARAM_INT, FLOW_PARAM_BOOL };
struct flow_param {
    const char *name;    /* as in struct flow_params */
    size_t offset;       /* there, of a double, int32_t or bool */
    const char *flee;    /* as in the settings of the reference; NULL: none */
    const char *section; /* of those settings */
    enum flow_param_kind kind;
    double least, most; /* both inclusive; a bool has 0 and 1 */
};
extern const struct flow_param flow_param_list[];
extern const size_t flow_param_count;
/* The parameter of that name; NULL: there is none. */
const struct flow_param *flow_param_find(struct text name);
double flow_param_get(const struct flow_params *params, const struct flow_param *at);
/* E_FLOW_SETTING outside the range or, of a whole number, between two; params are untouched then. */
int flow_param_set(struct flow_params *params, const struct flow_param *at, double value,
                   struct ajar_err *err);
/* The same from a word: a number, or true, yes, on, false, no, off in any case. */
int flow_param_parse(struct flow_params *params, const struct flow_param *at, struct text word,
                     struct ajar_err *err);
bool flow_param_bool(struct text word, bool *out);
/* spawn_decay from its steps. */
int flow_param_decay(struct flow_params *params, const struct text *words, size_t n,
                     struct ajar_err *err);

/* simsetting.yml of the reference, on top of its code defaults.  Keys without effect and unknown ones are
 * said; rules that FLOW does not have are a fault when they are on.  E_FLOW_FAULTS, E_CEILING, E_MEMORY. */
int flow_params_flee(struct arena *arena, const char *file, struct text bytes,
                     struct flow_params *out, struct flow_said *said, struct faults *faults,
                     struct ajar_err *err);

#endif
