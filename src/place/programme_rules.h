/* What a pair of a household and a lot must keep, and the first rule that it breaks.  Used by programme alone. */
#ifndef PROGRAMME_RULES_H
#define PROGRAMME_RULES_H

#include "programme.h"
#include "programme_relation.h"

struct programme_rules {
    date_days on;
    const date_days *ready;                       /* [n_households] */
    const date_days *until;                       /* [n_localities] */
    const struct text *until_word;                /* [n_localities] */
    const uint32_t *place_of;                     /* [n_localities] */
    const uint32_t *state_of;                     /* [n_localities] PLACE_NONE: none */
    struct programme_relation eligible;           /* household: state << 32 | door */
    struct programme_relation features, requires; /* lot, household: feature */
    struct programme_relation conditions, traits; /* lot, household: trait << 32 | value */
    struct programme_relation vetoes;             /* household: place << 1 | by; of: reason */
    struct programme_relation forbids;            /* household: lot; of: reason */
    const struct text *state, *feature, *trait;   /* words by number */
    const struct text *veto_reason, *forbid_reason;
    bool any; /* false: nothing but capacities rules a pair out */
};

struct programme_broken {
    enum programme_why why;
    uint64_t what; /* the lot, state, feature, trait, veto or forbid in its relation, or resource */
};

/* All but PROGRAMME_NO_SCORE.  O(rows of the two, log). */
struct programme_broken programme_rules_look(const struct programme_rules *rules,
                                             const struct place_problem *problem,
                                             uint32_t household, uint32_t locality);

/* In words. */
struct programme_reason programme_rules_reason(const struct programme_rules *rules,
                                               const struct place_names *names,
                                               struct programme_broken broken);

#endif
