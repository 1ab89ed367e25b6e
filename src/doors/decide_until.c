/* How long does an answer hold?  The door is built again at each moment at which it may differ. */
#include <string.h>

#include "decide_parts.h"

#define LATER_CEILING ((size_t)1 << 30)

static const struct rule *fired_rule(const struct instance *instance, const struct fired *fired)
{
    const struct version *version = instance->arms[fired->arm].version;
    return fired->superior ? &version->superior[fired->rule] : &version->rules[fired->rule];
}

/* Whether every rule that fires here does so there: by id, for a version may take over the rules of
 * another. */
static bool fired_within(const struct instance *here, const struct decision *a,
                         const struct instance *there, const struct decision *b)
{
    for (size_t i = 0; i < a->n_fired; i++) {
        struct text id = fired_rule(here, &a->fired[i])->id;
        bool found = false;
        for (size_t j = 0; !found && j < b->n_fired; j++) {
            found = a->fired[i].superior == b->fired[j].superior &&
                    a->fired[i].certain == b->fired[j].certain &&
                    text_eq(id, fired_rule(there, &b->fired[j])->id);
        }
        if (!found) {
            return false;
        }
    }
    return true;
}

static int later_differs(struct arena *arena, const struct before *before,
                         const struct decision *now, moment at, bool *differs, struct ajar_err *err)
{
    const struct instance *instance = before->instance;
    struct instance_ask ask = {.door = instance->door, .at = at, .as_known = instance->as_known};
    struct instance later;
    struct before then;
    struct decision decision = {0};
    TRY(instance_make(arena, arena, instance->rules, 1, &ask, false, &later, err));
    TRY(before_make(arena, arena, &later, before->person, before->since, &then, err));
    decision.status = before_status(&then, &decision.outcomes);
    *differs = decision.status != now->status;
    if (!*differs) {
        TRY(decide_fired(&then, &decision, err));
        *differs = !fired_within(instance, now, &later, &decision) ||
                   !fired_within(&later, &decision, instance, now);
    }
    return 0;
}

/* Where a parameter has no value any more, nothing is known of the answer. */
static int later_check(const struct before *before, const struct decision *now, moment at,
                       bool *differs, struct ajar_err *err)
{
    struct arena arena;
    struct ajar_err problem = {0};
    arena_init(&arena, "a door on a later day", LATER_CEILING);
    int code = later_differs(&arena, before, now, at, differs, &problem);
    arena_free(&arena);
    if (code == E_DOORS_PARAM_GAP) {
        *differs = true;
        return 0;
    }
    if (code != 0 && err != NULL) {
        *err = problem;
    }
    return code;
}

static int candidates(const struct before *before, size_t *n, moment **out, struct ajar_err *err)
{
    const struct instance *instance = before->instance;
    size_t n_changes, n_moves;
    moment *changes, *moves, *all;
    TRY(instance_changes(before->scratch, instance->rules, instance->door, instance->at,
                         MOMENT_NEVER, instance->as_known, &n_changes, &changes, err));
    TRY(decide_moves(before->scratch, instance, before->person, &n_moves, &moves, err));
    TRY_NEW(all, before->scratch, n_changes + n_moves, err);
    if (n_changes > 0) {
        memcpy(all, changes, n_changes * sizeof *all);
    }
    if (n_moves > 0) {
        memcpy(all + n_changes, moves, n_moves * sizeof *all);
    }
    *n = moments_settle(n_changes + n_moves, all);
    *out = all;
    return 0;
}

int decide_until(const struct before *before, struct decision *out, struct ajar_err *err)
{
    size_t n = 0;
    moment *at = NULL;
    bool differs = false;
    TRY(candidates(before, &n, &at, err));
    for (size_t i = 0; i < n; i++) {
        TRY(later_check(before, out, at[i], &differs, err));
        if (differs) {
            out->valid_until = at[i];
            return 0;
        }
    }
    out->valid_until = MOMENT_NEVER;
    return 0;
}
