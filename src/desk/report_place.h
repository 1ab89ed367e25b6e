/* What the page shows of a placement, chosen from what the chain found: no words, no markup. */
#ifndef DESK_REPORT_PLACE_H
#define DESK_REPORT_PLACE_H

#include "place_chain.h"
#include "report_json.h"

#define REPORT_PLACE_OPTIONS 8 /* other lots of a household that the board shows */

/* Another lot of a household. */
struct report_place_option {
    uint32_t locality;
    int32_t score_micro;
    int64_t price_micro; /* what it costs the plan by the prices: whatif_pair_price */
    uint32_t
        resource;  /* without room: the first that lacks; PLACE_NONE: it has room as things stand */
    int64_t lacks; /* units of it */
};

/* A receiving state, or a country where households wait. */
struct report_place_side {
    struct text code, name;
    double lat, lon; /* the middle of its lots, or of the scenario's towns; NaN: none is known */
    uint32_t households, people; /* who wait there; of a state, who come */
    uint32_t placed;             /* of the households; of a state all of them */
    uint32_t quota;              /* of the side's quotas; PLACE_NONE: none */
    int64_t quota_used;
};

struct report_place {
    const struct place_chain *chain;
    const struct scenario *scenario;
    size_t n_states, n_froms;
    struct report_place_side *states;    /* by code */
    struct report_place_side *froms;     /* by code */
    uint32_t *state_of;                  /* [n_localities] */
    uint32_t *from_of;                   /* [n_households] */
    int64_t *load;                       /* [n_localities * n_resources] what the plan takes */
    uint32_t *option_first;              /* [n_households + 1] into options */
    struct report_place_option *options; /* of a household by price, then lot */
    uint32_t placed;                     /* households */
};

/* Chooses.  `chain` and `scenario` outlive *out.  O(pairs * resources + pairs log pairs). */
int report_place_make(struct arena *arena, const struct scenario *scenario,
                      const struct place_chain *chain, struct report_place *out,
                      struct ajar_err *err);

/* "placement": {...}, or null.  The other side is web/src/placement.ts. */
void report_place_data(struct report_json *data, const struct report_place *place);

#endif
