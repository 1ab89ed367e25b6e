/* A door as it stands: arms, classes, conditions, diagram. */
#include <string.h>

#include "instance_parts.h"

#define PRIMES_MOST ((size_t)1 << 17) /* ways to open one door, on the way to the prime ones */

/* One arm for each version that holds for some way of crossing, in the order of the file. */
struct ways {
    size_t n;
    const struct version **version; /* [n] for each way */
};

static int ways_of(struct arena *scratch, const struct rules *rules, const struct instance_ask *ask,
                   struct ways *out, struct ajar_err *err)
{
    const struct door *door = &rules->doors[ask->door];
    bool differs = false;
    size_t n = version_ways(rules);
    TRY_NEW(out->version, scratch, n > 0 ? n : 1, err);
    for (size_t v = 0; v < door->n_versions; v++) {
        differs |= door->versions[v].by_crossing;
    }
    out->n = differs && ask->version == NULL && n > 0 ? n : 1;
    for (size_t w = 0; w < out->n; w++) {
        out->version[w] = ask->version;
        if (ask->version == NULL) {
            TRY(version_at(scratch, rules, door, w, ask->at, ask->as_known, &out->version[w], err));
        }
    }
    return 0;
}

static bool way_is_first(const struct ways *ways, size_t way)
{
    for (size_t w = 0; w < way; w++) {
        if (ways->version[w] == ways->version[way]) {
            return false;
        }
    }
    return true;
}

/* By place in the file; where none holds, last. */
static void arms_sort(size_t n, struct arm arms[])
{
    for (size_t i = 1; i < n; i++) {
        struct arm arm = arms[i];
        size_t at = i;
        while (at > 0 && arm.version != NULL &&
               (arms[at - 1].version == NULL || arms[at - 1].version > arm.version)) {
            arms[at] = arms[at - 1];
            at--;
        }
        arms[at] = arm;
    }
}

static int arms_of(struct arena *arena, const struct ways *ways, struct instance *out,
                   struct ajar_err *err)
{
    TRY_NEW(out->arms, arena, ways->n, err);
    for (size_t w = 0; w < ways->n; w++) {
        if (way_is_first(ways, w)) {
            out->arms[out->n_arms++].version = ways->version[w];
        }
    }
    arms_sort(out->n_arms, out->arms);
    return 0;
}

static int gates_collect(struct cutter *cutter, const struct ways *ways,
                         const struct instance *instance, struct ajar_err *err)
{
    for (size_t a = 0; instance->n_arms > 1 && a < instance->n_arms; a++) {
        uint8_t *values;
        TRY_NEW(values, cutter->scratch, ways->n, err);
        for (size_t w = 0; w < ways->n; w++) {
            values[w] = ways->version[w] == instance->arms[a].version;
        }
        TRY(cutter_collect_literals(cutter, cutter->rules->fact_crossing, values, err));
    }
    return 0;
}

static int gates_form(struct cutter *cutter, struct instance *instance, struct ajar_err *err)
{
    static const struct form always = {.kind = FORM_TRUE};
    for (size_t a = 0; a < instance->n_arms; a++) {
        instance->arms[a].gate = &always;
        if (instance->n_arms > 1) {
            TRY(cutter_form_literals(cutter, &instance->arms[a].gate, err));
        }
    }
    return 0;
}

static int arm_collect(struct cutter *cutter, const struct arm *arm, struct ajar_err *err)
{
    const struct version *version = arm->version;
    if (version == NULL) {
        return 0;
    }
    if (version->scope != NULL) {
        TRY(cutter_collect(cutter, version->scope, err));
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        TRY(cutter_collect(cutter, version->rules[r].when, err));
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        TRY(cutter_collect(cutter, version->superior[s].when, err));
    }
    return 0;
}

/* Forms in the order of arm_collect. */
static int arm_form(struct cutter *cutter, struct arm *arm, struct ajar_err *err)
{
    static const struct form always = {.kind = FORM_TRUE};
    const struct version *version = arm->version;
    arm->scope = &always;
    if (version == NULL) {
        return 0;
    }
    TRY_NEW(arm->rules, cutter->arena, version->n_rules, err);
    TRY_NEW(arm->superior, cutter->arena, version->n_superior, err);
    TRY_NEW(arm->fires, cutter->arena, version->n_rules, err);
    TRY_NEW(arm->superior_ref, cutter->arena, version->n_superior, err);
    TRY(version_order(cutter->arena, version, &arm->order, err));
    if (version->scope != NULL) {
        TRY(cutter_form(cutter, version->scope, &arm->scope, err));
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        TRY(cutter_form(cutter, version->rules[r].when, &arm->rules[r], err));
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        TRY(cutter_form(cutter, version->superior[s].when, &arm->superior[s], err));
    }
    return 0;
}

static int arm_practice(struct cutter *cutter, struct arm *arm, struct ajar_err *err)
{
    size_t n = arm->version == NULL ? 0 : arm->version->n_practice;
    TRY_NEW(arm->practice, cutter->arena, n, err);
    for (size_t p = 0; p < n; p++) {
        const struct practice *it = &arm->version->practice[p];
        bool now = it->from <= cutter->on && (it->to == DATE_NONE || cutter->on < it->to);
        if (now && it->when != NULL) {
            TRY(question_make(cutter->arena, cutter->scratch, cutter->rules, it->when, cutter->on,
                              &arm->practice[p], err));
        }
    }
    return 0;
}

static int instance_forms(struct cutter *cutter, size_t n, const struct ways ways[],
                          struct instance out[], struct ajar_err *err)
{
    for (size_t i = 0; i < n; i++) {
        TRY(gates_collect(cutter, &ways[i], &out[i], err));
    }
    for (size_t i = 0; i < n; i++) {
        cutter->on = out[i].on;
        cutter->today = out[i].today;
        for (size_t a = 0; a < out[i].n_arms; a++) {
            TRY(arm_collect(cutter, &out[i].arms[a], err));
        }
    }
    TRY(cutter_vars(cutter, err));
    for (size_t i = 0; i < n; i++) {
        TRY(gates_form(cutter, &out[i], err));
    }
    for (size_t i = 0; i < n; i++) {
        cutter->on = out[i].on;
        cutter->today = out[i].today;
        for (size_t a = 0; a < out[i].n_arms; a++) {
            TRY(arm_form(cutter, &out[i].arms[a], err));
            TRY(arm_practice(cutter, &out[i].arms[a], err));
        }
    }
    return 0;
}

/* What a quantifier asks depends on the day: each state has variables of its own. */
static int instance_vars(const struct cutter *cutter, struct instance *out, struct ajar_err *err)
{
    out->n_vars = cutter->n_vars;
    TRY_NEW(out->vars, cutter->arena, cutter->n_vars, err);
    if (cutter->n_vars > 0) {
        memcpy(out->vars, cutter->vars, cutter->n_vars * sizeof *out->vars);
    }
    return instance_inner(cutter->arena, cutter->scratch, cutter->rules, out->on, out->n_vars,
                          out->vars, err);
}

static int instance_primes(struct arena *arena, struct arena *scratch, struct instance *made,
                           struct ajar_err *err)
{
    const uint64_t passes = UINT64_C(1) << OUTCOME_OPEN | UINT64_C(1) << OUTCOME_DISCRETION;
    diagram_ref may;
    TRY(cubes_primes(arena, scratch, made->diagram, made->outcome, OUTCOME_OPEN, PRIMES_MOST,
                     &made->open, err));
    TRY(diagram_values(made->diagram, made->outcome, passes, &may, err));
    return cubes_primes(arena, scratch, made->diagram, may, 1, PRIMES_MOST, &made->may, err);
}

int instance_make(struct arena *arena, struct arena *scratch, const struct rules *rules, size_t n,
                  const struct instance_ask asks[], bool primes, struct instance out[],
                  struct ajar_err *err)
{
    struct cutter cutter = {.arena = arena, .scratch = scratch, .rules = rules};
    struct instance *made;
    struct ways *ways;
    TRY_NEW(made, scratch, n, err);
    TRY_NEW(ways, scratch, n, err);
    for (size_t i = 0; i < n; i++) {
        made[i] =
            (struct instance){.rules = rules,
                              .door = asks[i].door,
                              .on = moment_day(asks[i].at),
                              .today = asks[i].today != 0 ? asks[i].today : moment_day(asks[i].at),
                              .at = asks[i].at,
                              .as_known = asks[i].as_known};
        TRY(ways_of(scratch, rules, &asks[i], &ways[i], err));
        TRY(arms_of(arena, &ways[i], &made[i], err));
    }
    TRY(instance_forms(&cutter, n, ways, made, err));
    for (size_t i = 0; i < n; i++) {
        TRY(instance_vars(&cutter, &made[i], err));
    }
    TRY(instance_diagram(arena, scratch, n, made, err));
    for (size_t i = 0; primes && i < n; i++) {
        TRY(instance_primes(arena, scratch, &made[i], err));
    }
    memcpy(out, made, n * sizeof *out);
    return 0;
}

int instance_build_many(struct arena *arena, struct arena *scratch, const struct rules *rules,
                        size_t n, const struct instance_ask asks[], struct instance out[],
                        struct ajar_err *err)
{
    return n == 0 ? 0 : instance_make(arena, scratch, rules, n, asks, true, out, err);
}

int instance_build(struct arena *arena, struct arena *scratch, const struct rules *rules,
                   uint32_t door, moment at, date_days as_known, struct instance *out,
                   struct ajar_err *err)
{
    struct instance_ask ask = {.door = door, .at = at, .as_known = as_known};
    return instance_make(arena, scratch, rules, 1, &ask, true, out, err);
}

int instance_of_version(struct arena *arena, struct arena *scratch, const struct rules *rules,
                        uint32_t door, const struct version *version, date_days on,
                        struct instance *out, struct ajar_err *err)
{
    struct instance_ask ask = {
        .door = door, .version = version, .at = moment_of_day(on), .as_known = on};
    return instance_make(arena, scratch, rules, 1, &ask, true, out, err);
}
