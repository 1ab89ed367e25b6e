#include <stdio.h>

#include "programme_reader.h"

#define LOCKS_SHOWN 60 /* bytes of a word in a message */

static const char *const locks_against[] = {
    [PROGRAMME_NO_SCORE] = "the scores have no such pair",
    [PROGRAMME_EXPIRED] = "the offer ends before it can go there",
    [PROGRAMME_DOOR] = "no open pathway leads it to the state",
    [PROGRAMME_FEATURE] = "a feature that it requires is missing",
    [PROGRAMME_CONDITION] = "it does not meet a condition of the locality",
    [PROGRAMME_VETO] = "a veto stands against it",
    [PROGRAMME_FORBID] = "the pair is forbidden",
    [PROGRAMME_SMALL] = "a capacity is too small for it alone",
};

/* A lock on a pair that is not allowed. */
static void locks_refuse(struct programme_reader *reader, const struct programme_lock *lock)
{
    const struct programme *out = &reader->out;
    struct programme_reason reason = programme_why(out, lock->household, lock->locality);
    struct text lot = out->names.locality[lock->locality];
    bool told = reason.what.n > 0;
    err_at(faults_add(reader->faults), E_PLACE_LOCK,
           programme_table_of(reader, PROGRAMME_LOCKS)->name, lock->line, "household",
           out->names.household[lock->household],
           "this household is locked to '%.*s', where it is not allowed: %s%s%.*s%s",
           (int)text_fit(lot, LOCKS_SHOWN), lot.at, locks_against[reason.why], told ? " (" : "",
           (int)text_fit(reason.what, LOCKS_SHOWN), reason.what.at, told ? ")" : "");
}

static uint64_t locks_pair(const struct place_problem *problem, uint32_t household,
                           uint32_t locality)
{
    uint64_t from = problem->first[household], end = problem->first[household + 1];
    while (from < end && problem->locality[from] != locality) {
        from++;
    }
    return from < end ? from : UINT64_MAX;
}

int programme_locks_make(struct programme_reader *reader, struct ajar_err *err)
{
    struct programme *out = &reader->out;
    struct side_lock *locks;
    struct text *reasons;
    TRY_NEW(locks, reader->arena, reader->n_locks, err);
    TRY_NEW(reasons, reader->arena, reader->n_locks, err);
    for (uint32_t i = 0; i < reader->n_locks; i++) {
        const struct programme_lock *lock = &reader->locks[reader->locked.of[i]];
        uint64_t pair = locks_pair(&out->problem, lock->household, lock->locality);
        if (pair == UINT64_MAX) {
            locks_refuse(reader, lock);
        }
        locks[i] = (struct side_lock){lock->household, pair};
        reasons[i] = lock->reason;
    }
    out->side.locks = locks;
    out->side.n_locks = reader->n_locks;
    out->lock_reason = reasons;
    return 0;
}
