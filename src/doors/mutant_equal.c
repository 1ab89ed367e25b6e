/* Two versions answer alike when their diagrams are equal on every day that stands for others.  */
#include "instance_parts.h"
#include "mutant.h"
#include "version_days.h"

/* Within the region the functions are one.  */
static int refs_equal(struct diagram *diagram, diagram_ref region, diagram_ref a, diagram_ref b,
                      bool *equal, struct ajar_err *err)
{
    TRY(diagram_choose(diagram, region, a, 0, &a, err));
    TRY(diagram_choose(diagram, region, b, 0, &b, err));
    *equal = *equal && a == b;
    return 0;
}

/* Each rule fires for the same people; one that is gone never fired.  */
static int fires_equal(struct diagram *diagram, diagram_ref region, size_t n,
                       const diagram_ref before[], const diagram_ref after[], uint32_t gone,
                       bool *equal, struct ajar_err *err)
{
    for (size_t r = 0; *equal && r < n; r++) {
        diagram_ref made = r == gone ? 0 : after[r - (r > gone)];
        TRY(refs_equal(diagram, region, before[r], made, equal, err));
    }
    return 0;
}

static int day_equal(struct arena *scratch, const struct rules *rules, const struct mutant *mutant,
                     date_days day, bool *equal, struct ajar_err *err)
{
    const struct version *version = &rules->doors[mutant->door].versions[mutant->version];
    struct instance_ask asks[2] = {
        {.door = mutant->door, .version = version, .at = moment_of_day(day), .as_known = day},
        {.door = mutant->door,
         .version = &mutant->made,
         .at = moment_of_day(day),
         .as_known = day}};
    struct instance it[2];
    diagram_ref region;
    uint32_t gone = mutant->kind == MUTANT_DROP_RULE ? mutant->rule : RULES_NONE;
    TRY(instance_make(scratch, scratch, rules, 2, asks, false, it, err));
    TRY(version_region(&it[0], version, &region, err));
    struct diagram *diagram = it[0].diagram;
    const struct arm *before = &it[0].arms[0], *after = &it[1].arms[0];
    TRY(refs_equal(diagram, region, it[0].outcome, it[1].outcome, equal, err));
    TRY(fires_equal(diagram, region, version->n_rules, before->fires, after->fires,
                    mutant->superior ? RULES_NONE : gone, equal, err));
    return fires_equal(diagram, region, version->n_superior, before->superior_ref,
                       after->superior_ref, mutant->superior ? gone : RULES_NONE, equal, err);
}

int mutant_is_equivalent(struct arena *scratch, const struct rules *rules,
                         const struct mutant *mutant, bool *out, struct ajar_err *err)
{
    date_days *days;
    size_t n;
    bool equal = true;
    TRY(version_days(scratch, scratch, rules, mutant->door, mutant->version, &mutant->made, &n,
                     &days, err));
    for (size_t i = 0; equal && i < n; i++) {
        struct ajar_err met = {0};
        int code = day_equal(scratch, rules, mutant, days[i], &equal, &met);
        if (code != 0 && code != E_DOORS_PARAM_GAP) {
            if (err != NULL) {
                *err = met;
            }
            return code;
        }
    }
    *out = equal;
    return 0;
}
