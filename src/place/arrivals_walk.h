/* Prices of what is left, for one demand: households by how often each is expected.
 *
 * The walk is that of price.h, on lists that stay between the walks of a year: from good prices it needs a few
 * looks.  Beside capacities it knows floors of groups: each has a factor above 1 on its scores, the dual of
 * "reached so far and what is to come are at least this". */
#ifndef PLACE_ARRIVALS_WALK_H
#define PLACE_ARRIVALS_WALK_H

#include "price.h"

struct arrivals_near {
    uint32_t locality;
    int32_t score;
};

/* What all walks of a year share. */
struct arrivals_field {
    const struct place_problem *problem;
    size_t n_prices;
    struct price_kinds kinds;
    const uint32_t *group; /* [n_households], or NULL: all of group 0 */
    uint32_t n_groups;     /* at least 1 */
    bool floors;
    int32_t *left;              /* [n_prices] capacity still free */
    double *scale;              /* [n_resources] micro-units; a step is a part of it */
    uint64_t *near_first;       /* [n_households] into near */
    uint32_t *n_near;           /* [n_households] */
    struct arrivals_near *near; /* pairs that may become a choice */
};

/* Prices and factors; in micro-units a unit of need, and over 1. */
struct arrivals_prices {
    double *price;  /* [n_prices] */
    double *factor; /* [n_groups] added to 1 */
};

/* One demand and the room to price it. */
struct arrivals_demand {
    uint32_t n;
    uint32_t *household; /* [n_households] each once */
    uint32_t *count;     /* [n_households] by household: how often */
    double *owed;        /* [n_groups] what choices must reach together, micro-units */
    struct arrivals_prices at, best;
    double *charge; /* [kinds * n_localities] */
    int64_t *load;  /* [n_prices] */
    double *gain;   /* [n_groups] scores of the choices */
    double *mean, *square;
    struct arrivals_edge *edge; /* [n_households] */
    uint64_t *member_first;     /* [n_localities + 1] into member: who may choose it */
    struct arrivals_member *member;
};
struct arrivals_member {
    uint32_t household;
    double lead; /* what it keeps there over what it keeps elsewhere */
};
struct arrivals_edge {
    double price;
    int64_t need;
};

struct arrivals_step {
    uint32_t looks;
    double first, last; /* parts of the scale */
};

int arrivals_field_new(struct arena *arena, const struct place_problem *problem,
                       const uint32_t *group, uint32_t n_groups, struct arrivals_field *out,
                       struct ajar_err *err);
int arrivals_prices_new(struct arena *arena, const struct arrivals_field *field,
                        struct arrivals_prices *out, struct ajar_err *err);
int arrivals_demand_new(struct arena *arena, const struct arrivals_field *field,
                        struct arrivals_demand *out, struct ajar_err *err);

/* The pairs of a household that are within `step` of its best at these prices. */
void arrivals_gather(struct arrivals_field *field, const struct arrivals_prices *at,
                     const struct arrivals_step *step, uint32_t household, uint64_t from);

/* demand->best from demand->at. */
void arrivals_walk(const struct arrivals_field *field, struct arrivals_demand *demand,
                   const struct arrivals_step *step);

/* Moves each price of demand->best to an end of where the dual does not get worse, one after the other: the
 * highest such prices, or the lowest.  With one resource and households of one unit from optimal prices these are
 * optimal again. */
void arrivals_ends(const struct arrivals_field *field, struct arrivals_demand *demand, bool highest,
                   uint32_t passes);

/* What the needs of a household cost in a locality. */
double arrivals_charge(const struct arrivals_field *field, const double *price, uint32_t household,
                       uint32_t locality);

/* The same for each kind of household and locality: charge[kinds * n_localities]. */
void arrivals_charges(const struct arrivals_field *field, const double *price, double *charge);

static inline uint32_t arrivals_group(const struct arrivals_field *field, uint32_t household)
{
    return field->group == NULL ? 0 : field->group[household];
}

#endif
