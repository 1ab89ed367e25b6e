/* One door: every version on every day that stands for others.  */
#include "prove_parts.h"
#include "version_days.h"

/* The parts of one version's conditions.  */
struct version_parts {
    struct part_list scope, *rules, *superior;
};

struct proof_run {
    struct arena *scratch;
    const struct rules *rules;
    uint32_t door;
    struct part_claims parts;
    struct version_parts *versions;
    struct rule_claims claims;
    struct conflicts conflicts;
    struct prove_count *count;
    struct faults *faults;
};

static int version_parts(struct proof_run *it, const struct version *version,
                         struct version_parts *out, struct ajar_err *err)
{
    TRY_NEW(out->rules, it->scratch, version->n_rules, err);
    TRY_NEW(out->superior, it->scratch, version->n_superior, err);
    if (version->scope != NULL) {
        TRY(parts_of(&it->parts, version->scope, &out->scope, err));
    }
    for (size_t r = 0; r < version->n_rules; r++) {
        TRY(parts_of(&it->parts, version->rules[r].when, &out->rules[r], err));
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        TRY(parts_of(&it->parts, version->superior[s].when, &out->superior[s], err));
    }
    return 0;
}

static int state_parts(struct proof_run *it, const struct version_parts *parts,
                       const struct instance *instance, struct arena *scratch, diagram_ref region,
                       struct ajar_err *err)
{
    const struct arm *arm = &instance->arms[0];
    const struct version *version = arm->version;
    struct part_ground ground = {it->rules,         instance->on,     scratch,
                                 instance->diagram, instance->n_vars, instance->vars};
    diagram_ref care;
    if (version->scope != NULL) {
        TRY(parts_refute(&it->parts, &parts->scope, &ground, version->scope, arm->scope, region,
                         err));
    }
    TRY(diagram_choose(instance->diagram, arm->scope_ref, region, 0, &care, err));
    for (size_t r = 0; r < version->n_rules; r++) {
        TRY(parts_refute(&it->parts, &parts->rules[r], &ground, version->rules[r].when,
                         arm->rules[r], care, err));
    }
    for (size_t s = 0; s < version->n_superior; s++) {
        TRY(parts_refute(&it->parts, &parts->superior[s], &ground, version->superior[s].when,
                         arm->superior[s], care, err));
    }
    return 0;
}

static int prove_state(struct proof_run *it, size_t version, date_days day, struct arena *scratch,
                       struct ajar_err *err)
{
    const struct version *of = &it->rules->doors[it->door].versions[version];
    struct instance_ask ask = {
        .door = it->door, .version = of, .at = moment_of_day(day), .as_known = day};
    struct instance instance;
    diagram_ref region;
    double vectors = 1;
    TRY(instance_make(scratch, scratch, it->rules, 1, &ask, false, &instance, err));
    TRY(version_region(&instance, of, &region, err));
    TRY(rules_refute(&it->claims, &instance, region, err));
    TRY(conflicts_find(&it->conflicts, &instance, region, it->faults, err));
    TRY(state_parts(it, &it->versions[version], &instance, scratch, region, err));
    for (size_t v = 0; v < instance.n_vars; v++) {
        vectors *= instance.vars[v].n_classes;
    }
    it->count->states++;
    it->count->vectors += vectors;
    return 0;
}

/* What a state needs is given back before the next.  A day past the rows of a parameter, which only
 * those meet who do not know of a later version, is not proven.  */
static int prove_day(struct proof_run *it, size_t version, date_days day, struct ajar_err *err)
{
    struct arena state;
    struct ajar_err met = {0};
    arena_init(&state, it->scratch->name, it->scratch->ceiling - it->scratch->used);
    int code = prove_state(it, version, day, &state, &met);
    arena_free(&state);
    if (code == E_DOORS_PARAM_GAP) {
        return 0;
    }
    if (code != 0 && err != NULL) {
        *err = met;
    }
    return code;
}

static int prove_version(struct proof_run *it, size_t version, struct ajar_err *err)
{
    date_days *days;
    size_t n;
    TRY(version_days(it->scratch, it->scratch, it->rules, it->door, (uint32_t)version, NULL, &n,
                     &days, err));
    for (size_t i = 0; i < n; i++) {
        TRY(prove_day(it, version, days[i], err));
    }
    return 0;
}

/* Of a rule that is told of as dead the parts are not told of as well.  */
static void parts_spare_dead(struct proof_run *it)
{
    const struct door *door = &it->rules->doors[it->door];
    for (size_t i = 0; i < it->claims.n; i++) {
        const struct rule_claim *claim = &it->claims.at[i];
        const struct version_parts *parts = &it->versions[claim->version - door->versions];
        if (!claim->holds) {
            parts_refute_all(&it->parts, claim->superior ? &parts->superior[claim->rule]
                                                         : &parts->rules[claim->rule]);
        }
    }
}

int prove_door(struct arena *scratch, const struct rules *rules, uint32_t door,
               struct prove_count *count, struct faults *faults, struct ajar_err *err)
{
    const struct door *of = &rules->doors[door];
    struct prove_count sum = *count;
    struct proof_run it = {.scratch = scratch,
                           .rules = rules,
                           .door = door,
                           .parts = {.arena = scratch},
                           .conflicts = {.arena = scratch},
                           .count = &sum,
                           .faults = faults};
    TRY_NEW(it.versions, scratch, of->n_versions, err);
    TRY(rule_claims_of(scratch, of, &it.claims, err));
    for (size_t v = 0; v < of->n_versions; v++) {
        TRY(version_parts(&it, &of->versions[v], &it.versions[v], err));
        sum.rules += of->versions[v].n_rules + of->versions[v].n_superior;
    }
    for (size_t v = 0; v < of->n_versions; v++) {
        TRY(prove_version(&it, v, err));
    }
    parts_spare_dead(&it);
    rules_report(&it.claims, faults);
    parts_report(&it.parts, faults);
    TRY(gaps_find(scratch, rules, door, faults, err));
    *count = sum;
    return 0;
}
