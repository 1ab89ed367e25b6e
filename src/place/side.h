/* What a placement must keep beside capacities: locks, quotas of receiving states, lots that open from a minimum on,
 * linked households.  Laid over the bare problem of place.h, in its order; it owns nothing.
 *
 * Each kind only ever takes plans away, so a bound of the bare problem holds for the whole. */
#ifndef PLACE_SIDE_H
#define PLACE_SIDE_H

#include "solve.h"

/* A household that an officer has put somewhere: every plan has it there, whatever it scores. */
struct side_lock {
    uint32_t household;
    uint64_t pair; /* of the household */
};

/* At most so much of a resource over some localities: the quota of a receiving state. */
struct side_quota {
    uint32_t resource;
    int64_t most;
    uint32_t n_localities;
    const uint32_t
        *locality; /* [n_localities] rising; no locality stands in two quotas of one resource */
};

/* A lot that takes nobody or at least so much. */
struct side_least {
    uint32_t locality, resource;
    int32_t least; /* from 1 to the capacity */
};

/* Two households that are placed both or neither, at most so far from each other. */
struct side_link {
    uint32_t a, b;   /* a < b */
    int64_t chord_m; /* straight through the earth, from 0; SIDE_SAME: in lots of one place */
};
#define SIDE_SAME (-1)

struct place_side {
    uint32_t n_locks, n_quotas, n_leasts, n_links;
    const struct side_lock *locks; /* by household, each once */
    const struct side_quota *quotas;
    const struct side_least *leasts; /* by locality, resource */
    const struct side_link *links;   /* by a, b */
    const uint32_t *place_of; /* [n_localities] the place that a lot is of; NULL: each its own */
    const int32_t *
        position_m; /* [n_localities * 3] from the centre of the earth; NULL without links by distance */
};

/* Whether two lots keep a link.  All in whole numbers. */
bool side_near(const struct place_side *side, const struct side_link *link, uint32_t a, uint32_t b);

struct side_result {
    struct place_result plan; /* price_bound_micro: with the quotas' prices too */
    int64_t *quota_price;     /* [n_quotas] bound.h's unit, for one unit of the quota's resource */
    /* At most plan.bound_micro: what the same prices prove once pairs that no lock and no link leave open are out, and
     * two households linked to each other alone choose together. */
    int64_t linked_bound_micro;
};

/* The certified optimiser of solve.h under `side`; without side constraints the same bytes as place_solve.  The
 * certificate is weak duality with prices of capacities and quotas, locked pairs fixed; minimums and links are left
 * out of it, and proven by branch and bound where the instance is small (plan.proven).  E_PLACE_LOCKS: no plan keeps
 * the locks (side_conflict says why). */
int side_solve(struct arena *arena, const struct place_problem *problem,
               const struct place_side *side, const struct place_options *options,
               struct pool *pool, const struct watch *watch, struct side_result *out,
               struct ajar_err *err);

/* The bound that prices prove: sum of capacity * price + sum of quota * its price + sum over the households of the
 * most that a pair (of a locked household: its pair, even below 0) leaves after paying both; rounded up. */
int64_t side_bound(const struct place_problem *problem, const struct place_side *side,
                   const int64_t *price, const int64_t *quota_price);

/* The fewest locks that cannot be kept together: over one capacity, one quota, one link, or a minimum that
 * nobody else can fill up.  n_locks 0: no such conflict is seen. */
enum side_rule { SIDE_CAPACITY, SIDE_QUOTA, SIDE_LINK, SIDE_LEAST };
struct side_conflict {
    enum side_rule rule;
    uint32_t index; /* of the quota, link or minimum; of a capacity the locality */
    uint32_t resource;
    int64_t need, most; /* of a minimum: what can be reached, and what is asked */
    uint32_t n_locks;
    uint32_t *locks; /* [n_locks] index into side->locks; the arena's */
};
int side_conflict(struct arena *arena, const struct place_problem *problem,
                  const struct place_side *side, struct side_conflict *out, struct ajar_err *err);

#endif
