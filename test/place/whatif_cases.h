/* Small problems with locks, quotas, minimums and links, and the best plan within so many moves by trying all. */
#ifndef TEST_PLACE_WHATIF_CASES_H
#define TEST_PLACE_WHATIF_CASES_H

#include "rng.h"
#include "side.h"

enum { CASES_HOUSEHOLDS = 6 };

/* At most CASES_HOUSEHOLDS households and 4 localities; with_sides: some of each kind.  The same for a seed. */
void cases_make(struct arena *arena, uint32_t seed, bool with_sides, struct place_problem *problem,
                struct place_side *side);

/* The same with 60 to 120 households and 8 to 12 localities, for which the functions below are not made but for
 * cases_legal and cases_forced. */
void cases_make_large(struct arena *arena, uint32_t seed, struct place_problem *problem,
                      struct place_side *side);

/* Whether a plan keeps all, worked out plainly; *micro: what it is worth. */
bool cases_legal(const struct place_problem *problem, const struct place_side *side,
                 const uint32_t *place, int64_t *micro);

/* Whether the change moves a household by itself. */
bool cases_forced(const struct place_problem *problem, const struct place_side *side,
                  const uint32_t *before, uint32_t household);

/* The best plan that moves at most `most` households besides the forced ones; before NULL: from nothing.  False:
 * there is none. */
bool cases_best(const struct place_problem *problem, const struct place_side *side,
                const uint32_t *before, uint32_t most, uint32_t *place, int64_t *micro);

/* Random prices of the size of scores. */
void cases_prices(struct arena *arena, struct rng *rng, const struct place_problem *problem,
                  const struct place_side *side, int64_t **price, int64_t **quota_price);

#endif
