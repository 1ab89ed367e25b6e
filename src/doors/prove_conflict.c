/* A CLOSED and an OPEN rule that both decide for one person.  */
#include <string.h>

#include "prove_parts.h"

#define NO          ((diagram_ref)0)
#define PERSON_MOST ((size_t)1 << 20)
#define TOLD_FIRST  16

static bool at_same(const struct rules_at *a, const struct rules_at *b)
{
    return a->row == b->row && a->at == b->at;
}

static bool conflict_told(const struct conflicts *conflicts, const struct rule *closed,
                          const struct rule *open)
{
    for (size_t i = 0; i < conflicts->n; i++) {
        if (at_same(&conflicts->told[i][0], &closed->at) &&
            at_same(&conflicts->told[i][1], &open->at)) {
            return true;
        }
    }
    return false;
}

static int conflict_tell(struct conflicts *conflicts, const struct rule *closed,
                         const struct rule *open, struct ajar_err *err)
{
    if (conflicts->n == conflicts->cap) {
        struct rules_at(*wider)[2];
        size_t cap = conflicts->cap == 0 ? TOLD_FIRST : conflicts->cap * 2;
        TRY_NEW(wider, conflicts->arena, cap, err);
        if (conflicts->n > 0) {
            memcpy(wider, conflicts->told, conflicts->n * sizeof *wider);
        }
        conflicts->told = wider;
        conflicts->cap = cap;
    }
    conflicts->told[conflicts->n][0] = closed->at;
    conflicts->told[conflicts->n][1] = open->at;
    conflicts->n++;
    return 0;
}

/* The facts of one person that the two rules speak of.  */
static void conflict_person(struct buf *buf, const struct instance *instance, diagram_ref both)
{
    uint8_t vector[DIAGRAM_VARS_MAX] = {0};
    bool any = false;
    diagram_find(instance->diagram, both, 1, vector);
    for (size_t v = 0; v < instance->n_vars; v++) {
        if (diagram_depends(instance->diagram, both, v)) {
            buf_str(buf, any ? "; " : "");
            instance_say(buf, instance, v, (uint64_t)1 << vector[v]);
            any = true;
        }
    }
    buf_str(buf, any ? "" : "everybody");
}

static void conflict_report(const struct instance *instance, const struct rule *closed,
                            const struct rule *open, diagram_ref both, struct faults *faults)
{
    struct buf person;
    char day[DATE_TEXT];
    struct ajar_err *fault = faults_add(faults);
    buf_init(&person, PERSON_MOST);
    conflict_person(&person, instance, both);
    err_at(fault, E_DOORS_CONFLICT, closed->at.file, closed->at.row, "when", closed->id,
           "on %s this CLOSED rule and the OPEN rule %.*s both hold for: %.*s",
           date_format(instance->on, day), open->id.n < 60 ? (int)open->id.n : 60, open->id.at,
           (int)person.n, person.at == NULL ? "" : person.at);
    fault->at = closed->at.at;
    buf_free(&person);
}

static int conflict_pair(struct conflicts *conflicts, const struct instance *instance,
                         diagram_ref region, uint32_t closed, uint32_t open, struct faults *faults,
                         struct ajar_err *err)
{
    const struct arm *arm = &instance->arms[0];
    const struct rule *rules = arm->version->rules;
    diagram_ref both;
    if (conflict_told(conflicts, &rules[closed], &rules[open])) {
        return 0;
    }
    TRY(diagram_choose(instance->diagram, arm->fires[closed], arm->fires[open], NO, &both, err));
    TRY(diagram_choose(instance->diagram, both, region, NO, &both, err));
    if (both == NO) {
        return 0;
    }
    conflict_report(instance, &rules[closed], &rules[open], both, faults);
    return conflict_tell(conflicts, &rules[closed], &rules[open], err);
}

int conflicts_find(struct conflicts *conflicts, const struct instance *instance, diagram_ref region,
                   struct faults *faults, struct ajar_err *err)
{
    const struct version *version = instance->arms[0].version;
    diagram_ref cells;
    TRY(diagram_values(instance->diagram, instance->outcome, (uint64_t)1 << OUTCOME_CONFLICT,
                       &cells, err));
    TRY(diagram_choose(instance->diagram, cells, region, NO, &cells, err));
    for (uint32_t c = 0; cells != NO && c < version->n_rules; c++) {
        for (uint32_t o = 0; version->rules[c].effect == EFFECT_CLOSED && o < version->n_rules;
             o++) {
            if (version->rules[o].effect == EFFECT_OPEN) {
                TRY(conflict_pair(conflicts, instance, cells, c, o, faults, err));
            }
        }
    }
    return 0;
}
