/* Large neighbourhood search (Shaw 1998) under side constraints: a few localities and whoever is linked to those in
 * them are free, all others stand, and branch and cut answers. */
#ifndef PLACE_SIDE_PART_H
#define PLACE_SIDE_PART_H

#include "side_price.h"
#include "side_state.h"

struct side_part {
    const struct side_core *core;
    const struct side_prices *prices;
    uint64_t seed, round, nodes; /* nodes of branch and cut, at most */
    bool *near;                  /* [pairs] not far behind the household's best */
    uint64_t *member_first; /* [n_localities + 3] into member, by locality; the last is nowhere */
    uint32_t *member;       /* [n_households] */
    uint32_t *ties;         /* [n_localities] near pairs that lead there from the chosen */
    bool *chosen;           /* [n_localities] */
    bool *in, *open;        /* [n_households], [pairs] of the part */
    uint32_t *free, n_free; /* [n_households] */
};

int side_part_new(struct arena *arena, const struct side_core *core,
                  const struct side_prices *prices, const struct place_options *options,
                  struct side_part *out, struct ajar_err *err);

/* One part, by the number of the round; the state becomes its answer, which is never worse. */
int side_part_round(struct side_part *part, struct side_state *state, struct ajar_err *err);

#endif
