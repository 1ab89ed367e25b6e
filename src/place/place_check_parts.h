/* What the parts of the checker share: the claim with all that it uses, and how messages name things. */
#ifndef PLACE_CHECK_PARTS_H
#define PLACE_CHECK_PARTS_H

#include "place_check.h"

#define WHO           80 /* bytes of a household, locality or resource in a message */
#define CHECK_NOWHERE UINT64_MAX

__extension__ typedef __int128 wide;

struct check {
    const struct place_problem *problem;
    const struct place_claim *claim;
    const struct place_side *side; /* never NULL */
    struct faults *faults;
    struct place_found found;
    uint64_t *pair;      /* [n_households] of the plan; CHECK_NOWHERE: nowhere, or not allowed */
    uint64_t *lock;      /* [n_households] pair, or CHECK_NOWHERE */
    bool *linked;        /* [n_households] by any link */
    bool *has_least;     /* [n_localities] of any resource */
    uint32_t *n_at;      /* [n_localities] */
    int64_t *used;       /* [n_localities * n_resources] */
    uint32_t *quota_of;  /* [n_localities * n_resources], or PLACE_NONE */
    int64_t *quota_used; /* [n_quotas] */
    wide *cost; /* [n_localities * n_resources] price and the quota's; what is negative is 0 */
};

/* Counts the plan; faults are pairs alone.  `out` keeps pointers to problem and claim.  E_CEILING, E_MEMORY. */
int check_new(struct arena *scratch, const struct place_problem *problem,
              const struct place_claim *claim, struct faults *faults, struct check *out,
              struct ajar_err *err);

/* Whether the sides name what is there: E_PLACE_PROBLEM. */
int check_side_problem(struct arena *scratch, const struct place_problem *problem,
                       const struct place_claim *claim, struct ajar_err *err);

/* Locks, quotas, minimums and links of the plan. */
void check_sides(struct check *check);
/* By whole numbers, as side.h says. */
bool check_near(const struct place_side *side, const struct side_link *link, uint32_t a,
                uint32_t b);
bool check_link_kept(const struct check *check, const struct side_link *link);
bool check_least_kept(const struct check *check, const struct side_least *least);

/* "household 'f12'", or "household 12" where there are no names. */
const char *check_who(const struct text *names, size_t i, const char *what, char to[WHO]);
const char *check_household(const struct place_names *names, size_t i, char to[WHO]);
const char *check_locality(const struct place_names *names, size_t i, char to[WHO]);
const char *check_resource(const struct place_names *names, size_t i, char to[WHO]);

struct ajar_err *check_fault(struct check *check);

#endif
