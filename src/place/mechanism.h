/* Placement by what households wish and localities prefer, instead of by the largest total of scores.
 *
 * The mechanisms of Delacrétaz, Kominers and Teytelboym (2023), "Matching Mechanisms for Refugee
 * Resettlement", American Economic Review 113(10), each with several resources, and the constrained
 * priority mechanism of Acharya, Bansak and Hainmueller (2022), "Combining Outcome-Based and
 * Preference-Based Matching", Political Analysis 30(1).
 *
 *              nobody gains by        somebody can be better    a household of lower priority
 *              a false wish list      off at nobody's cost      is in a place that one above it wants
 *     MTTC     yes                    no                        possible
 *     KDA      no: may gain           possible                  never (strong envy)
 *     TKDA     yes                    possible, often           never (strong envy)
 *     MTTCE    yes                    possible                  possible; nobody below the endowment
 *
 * KDA gives every household at least what TKDA gives it.  A stable matching need not exist.
 *
 * Two meanings of "there is room" are kept apart.  Fit: each resource holds everybody.  Weak fit: each resource
 * that the household itself needs holds it beside the others; one that it does not need is ignored, even
 * over-full.  All is whole numbers, in one thread, and pure. */
#ifndef PLACE_MECHANISM_H
#define PLACE_MECHANISM_H

#include "place.h"

#define MECHANISM_INFINITE UINT32_MAX /* a threshold that nobody fails */

/* What the two sides say; nothing is owned.  Lists are in compressed rows. */
struct mechanism_said {
    const uint64_t *wish_first; /* [n_households + 1] */
    const uint32_t *wish; /* localities, best first, each a pair of the household; one that is left
                             out is worse than no place.  NULL: by wish_score */
    const int32_t *wish_score;  /* [pairs] every pair is wished, the highest first, ties by rising
                                   locality; NULL: the score of the problem */
    const uint64_t *rank_first; /* [n_localities + 1] */
    const uint32_t *ranked; /* households, highest priority first: all that have a pair there, once.
                               NULL: by rank_score */
    const int32_t *rank_score; /* [pairs] the highest first, ties by rising household; NULL: the
                                   score of the problem */
};

/* The same, checked, with the way back from a pair to its place on both lists. */
struct mechanism_lists {
    const struct place_problem *problem;
    const uint64_t *wish_first;  /* [n_households + 1] */
    const uint32_t *wish;        /* pairs, best first */
    const uint32_t *wish_place;  /* [pairs] from 0; PLACE_NONE: not wished */
    const uint64_t *rank_first;  /* [n_localities + 1] */
    const uint32_t *ranked;      /* [pairs] households, highest priority first */
    const uint32_t *ranked_pair; /* [pairs] the pair that stands there */
    const uint32_t *rank;        /* [pairs] place on the list of its locality, from 0 */
};

/* E_PLACE_WISH (a locality twice, or no pair), E_PLACE_PRIORITY (a household twice, missing, or no pair),
 * E_PLACE_TOO_LARGE (2^32 - 1 pairs or more).  O(pairs log pairs), 20 bytes a pair, owned by the arena. */
int mechanism_lists_make(struct arena *arena, const struct place_problem *problem,
                         const struct mechanism_said *said, struct mechanism_lists *out,
                         struct ajar_err *err);

/* Who goes where.  Owned by the arena. */
struct mechanism_match {
    uint32_t *locality; /* [n_households] or PLACE_NONE */
    uint32_t rounds;    /* the last, in which nobody was refused, included */
};

/* What a matching comes to.  Averages over the placed flatter a mechanism that places few, so the rank of
 * everybody counts a household without a wished place as n_localities + 1, as the paper does. */
struct mechanism_sum {
    uint32_t placed;
    uint32_t unwished;    /* placed where they did not wish to be (constrained priority alone) */
    int64_t total_micro;  /* sum of the problem's scores */
    uint64_t rank_placed; /* sum over the placed of the place on their wish list, from 1 */
    uint64_t rank_all;    /* sum over all */
};
struct mechanism_sum mechanism_sum(const struct mechanism_lists *lists, const uint32_t *locality);

/* Multidimensional top trading cycles (algorithm 1): households point at the best locality with room for
 * them, localities at the household of highest priority for which they have room, wished there or not, so that
 * what a list leaves out changes nothing for its household.  Pareto-efficient, strategy-proof.
 * O(pairs + rounds * localities), times resources. */
int mechanism_mttc(struct arena *arena, const struct mechanism_lists *lists,
                   struct mechanism_match *out, struct ajar_err *err);

/* Knapsack deferred acceptance (algorithm 3): a locality refuses whom it cannot weakly fit beside everybody of
 * higher priority who ever proposed, those refused before too.  The best weakly envy-free matching for every
 * household at once; a household may gain by a false list.  O(pairs * resources). */
int mechanism_kda(struct arena *arena, const struct mechanism_lists *lists,
                  struct mechanism_match *out, struct ajar_err *err);

/* What TKDA looks like after the proposals of a round.  Thresholds are of the households that propose. */
struct mechanism_trace {
    void (*round)(void *arg, uint32_t round, const uint32_t *proposes, const uint32_t *threshold);
    void *arg;
};

/* Threshold knapsack deferred acceptance (algorithms 4 and 5, as published).  A locality sets household f the
 * threshold n: with the proposers above f and any of the others above f it still weakly fits up to n - 1 in
 * all, and not always with n.  f is refused when it comes later among the proposers than its own threshold or
 * a finite one above it.  Strategy-proof, weakly envy-free, and places fewer than KDA by far.
 * O(rounds * pairs * resources * log needs) at most; trace (NULL: none) costs about twice. */
int mechanism_tkda(struct arena *arena, const struct mechanism_lists *lists,
                   const struct mechanism_trace *trace, struct mechanism_match *out,
                   struct ajar_err *err);

/* TKDA with clinching (algorithm 7): a household takes its best remaining locality at once where it has room
 * beside everybody above it, and then stands last wherever it would rather not be; repeated, then TKDA on the
 * lists that result.  Rounds are TKDA's.  O(steps * pairs * resources) more. */
int mechanism_tkda_clinching(struct arena *arena, const struct mechanism_lists *lists,
                             const struct mechanism_trace *trace, struct mechanism_match *out,
                             struct ajar_err *err);

/* Top trading cycles with endowments (algorithm 2): improves a given plan, nobody ends below it.
 * endowment[n_households]: a pair or PLACE_NONE, together within capacity; it ends the wish list of its household,
 * listed or not.  order[n_households]: who is refused first where no cycle has room, every household once, fixed
 * before the wishes are known; NULL: by rising household.  Strategy-proof, individually rational.
 *
 * One step is ours: a locality refuses at once whom it points at and has no room for beside those at it.  As we
 * read the published rule, such a claim lasts until a rejection stage takes it away, and a household that trades on
 * it sooner, by a false list, can gain; the tests show one that does, and none with this step.
 * E_PLACE_ENDOWMENT, E_PLACE_ORDER.  O(rounds * (localities + pairs of those who move)). */
int mechanism_mttce(struct arena *arena, const struct mechanism_lists *lists,
                    const uint32_t *endowment, const uint32_t *order, struct mechanism_match *out,
                    struct ajar_err *err);

/* What a plan can still be worth.  The households are fixed one by one; before each, `menu` says for every pair of
 * the household (most, in the order of its pairs) and for no place (none) how many micro-units a whole plan with it
 * and with those fixed before is worth, or INT64_MIN where there is none.  No answer may depend on a wish list. */
struct mechanism_rest {
    int (*begin)(void *arg, int64_t *most, struct ajar_err *err); /* nobody is fixed */
    int (*menu)(void *arg, uint32_t household, int64_t *most, int64_t *none, struct ajar_err *err);
    /* pair PLACE_NONE: no place; of the last menu, for the same household */
    int (*fix)(void *arg, uint32_t household, uint32_t pair, struct ajar_err *err);
    /* Some plan reaches each figure, so a least total that can be met is met.  false: upper bounds, as of
       the linear relaxation, and the total may end short of it. */
    bool kept;
    void *arg;
};

/* Exact, where all households need the same: a transportation problem, one shortest path a household.
 * E_PLACE_REST where they do not.  O(pairs + localities^2 * path) a household. */
int mechanism_rest_equal(struct arena *arena, const struct place_problem *problem,
                         struct mechanism_rest *out, struct ajar_err *err);

/* With any needs, from a plan (locality[n_households]): for each choice free households make way, and what the plan
 * is then worth is what is sure.  Keeps every least total up to the plan's own, and may refuse a choice for which a
 * better search would find room.  E_PLACE_ENDOWMENT.  O(pairs of a locality * localities of a household) a
 * household. */
int mechanism_rest_plan(struct arena *arena, const struct place_problem *problem,
                        const uint32_t *locality, struct mechanism_rest *out, struct ajar_err *err);

/* With any needs, an upper bound at fixed prices of capacity, [n_localities * n_resources] (bound.h's unit and range;
 * from price.h; the caller's, kept), O(1) a pair.  Refuses nothing that is possible; what a plan ends short of the
 * asked total, while no household was `beyond` it, is at most the price of the capacity that it leaves unused. */
int mechanism_rest_priced(struct arena *arena, const struct place_problem *problem,
                          const int64_t *price, struct mechanism_rest *out, struct ajar_err *err);

struct mechanism_priority {
    struct mechanism_match match; /* rounds: 1 */
    struct mechanism_sum sum;
    int64_t least_micro; /* what was asked for */
    uint32_t beyond; /* households with no choice that reached it: took the one that comes nearest.
                        0 with a `kept` rest and a total up to its first figure */
};

/* Constrained priority: in `order` (NULL: by rising household) each takes the first of its list that has room
 * and leaves a whole plan of at least `least_micro` possible, that is n_households times the least average.
 * Then no place; and where even that falls short, a place that it did not wish for.  The choices open to a
 * household do not depend on any list, so nobody gains by a false one.  E_PLACE_ORDER, and what `rest` returns. */
int mechanism_priority(struct arena *arena, const struct mechanism_lists *lists,
                       const uint32_t *order, const struct mechanism_rest *rest,
                       int64_t least_micro, struct mechanism_priority *out, struct ajar_err *err);

struct mechanism_point {
    int64_t least_micro; /* what was asked for */
    struct mechanism_sum sum;
    uint32_t beyond;
    bool best; /* no other point has a higher total at no worse rank_all, or the reverse */
};

/* The trade-off: points[n], n from 2, by least totals in even steps from that of the plain priority order (no
 * constraint) to the most that `rest` holds possible. */
int mechanism_curve(struct arena *arena, const struct mechanism_lists *lists, const uint32_t *order,
                    const struct mechanism_rest *rest, size_t n, struct mechanism_point *points,
                    struct ajar_err *err);

#endif
