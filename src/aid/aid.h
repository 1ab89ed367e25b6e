/* Splitting a support budget between strained hosts, with proofs.
 *
 * Host i has a need n_i, money that it has already b_i (funded), the most it can put to use in the
 * period u_i (cap) and a severity s_i.  x_i is what it gets from this budget B, and
 *
 *     coverage r_i = (b_i + x_i) / n_i,   lo_i <= r_i <= hi_i,   sum x_i <= B,
 *     lo_i = min(1, (b_i + floor_i) / n_i),   hi_i = min(1, (b_i + min(u_i, ceiling_i)) / n_i).
 *
 * One dial, alpha > 0: maximise sum n_i s_i r_i^(1-alpha) / (1-alpha), log r at alpha 1 (Mo and
 * Walrand 2000, "Fair end-to-end window-based congestion control", definition 2, with weights n s).
 * The conditions of Karush, Kuhn and Tucker leave one unknown, the level L:
 *
 *     r_i = clip((s_i / L)^(1/alpha), lo_i, hi_i),   sum n_i (r_i - lo_i) = what is left of B.
 *
 * alpha = INFINITY is the limit: r_i = clip(theta, lo_i, hi_i), water-filling, which raises the
 * least covered host first (leximin).  With equal severities every alpha gives the same split.
 *
 * All money is in one unit of the caller's; scaling it scales x and nothing else.  The engine is
 * pure and runs in one thread; sums are compensated and in host order. */
#ifndef AID_H
#define AID_H

#include "arena.h"

/* The hosts, a struct of arrays of length n.  Nothing is owned. */
struct aid_problem {
    size_t n;
    const double *need;   /* money; > 0 */
    const double *funded; /* money that the host has already; >= 0 */
    const double *cap;    /* most money that it can absorb from this budget; > 0 */
    const double *floor;  /* least money from this budget; >= 0; NULL: none */
    const double
        *ceiling; /* most money from this budget, by decision; > 0, INFINITY: none; NULL: none */
    const double *severity;  /* > 0; only ratios matter */
    const double *stock;     /* persons; > 0; NULL when people covered is not asked for */
    const char *const *host; /* names for messages; NULL: "host 3" */
};

#define AID_ALPHA_LEAST   1e-6 /* below, doubles cannot tell the split from the most severe first */
#define AID_TRANCHES_MOST 1e12 /* tranches in a budget */
#define AID_LARGEST       1e200 /* amount of money or persons, so that no sum overflows */

struct aid_options {
    double budget;  /* money; > 0 */
    double alpha;   /* at least AID_ALPHA_LEAST; INFINITY: water-filling */
    double tranche; /* money; whole tranches are paid out; 0: none */
};

/* Why a host does not get more (or less) at the margin. */
enum aid_binding {
    AID_NONE,    /* at the level: shares in the next unit of money */
    AID_FUNDED,  /* at lo without a floor: covered above the level by what it has already */
    AID_FLOOR,   /* at lo: held up by its floor */
    AID_CAP,     /* at hi: absorption */
    AID_NEED,    /* at hi: need fully covered */
    AID_CEILING, /* at hi: the ceiling set by decision */
    AID_BINDINGS
};

enum aid_unspent { AID_ALL_SPENT, AID_ALL_AT_MOST /* every host is at its cap, need or ceiling */ };

/* The answer.  Arrays of length n, owned by the arena. */
struct aid_split {
    size_t n;
    double *x;             /* money from this budget */
    double *coverage;      /* (funded + x) / need, at most 1 */
    double *lo, *hi;       /* least and most coverage possible */
    double *most;          /* money: min(cap, ceiling, need - funded), at least 0 */
    double *share_of_next; /* dx_i / dB: what of one more unit of money this host gets; sums to 1
                                  or, when no host can take more, to 0 */
    enum aid_binding *binding;
    double level;     /* theta at alpha INFINITY, else L (INFINITY or 0 past the range of double) */
    double log_level; /* its natural logarithm */
    double spent, unspent; /* money; spent + unspent = budget */
    enum aid_unspent reason;
    double residual_r;      /* max_i |r_i - clip(formula at the level)|, recomputed from x */
    double residual_budget; /* |sum x - spent| / budget */
    double next_dollar;     /* 1 / sum of need over hosts with binding AID_NONE: rise of their mean
                                  coverage for one more unit of money; 0: none can take more */
    /* with a tranche, else NULL and 0 */
    int64_t *tranches; /* whole tranches by Webster's method on x */
    double *rounded;   /* tranches * tranche, money */
    int64_t tranches_total;
    double tranche_leftover;  /* spent - sum of rounded, money */
    double largest_deviation; /* max_i |rounded_i - x_i| / tranche */
    size_t deviation_host;    /* where that is */
    bool floors_kept;         /* every floor holds in whole tranches */
};

/* Refuses what has no meaning: E_AID_STOCK, _NEED, _FUNDED, _CAP, _SEVERITY, _FLOOR (negative, above
 * AID_LARGEST or not a number), _FLOOR_ABOVE (above the ceiling, the cap or the need left), _CEILING, _BUDGET, _ALPHA,
 * _TRANCHE, _HOSTS (none), and E_AID_FLOORS_INFEASIBLE (floors sum past the budget; the text names the
 * smallest set that cannot be met).  O(n). */
int aid_check(const struct aid_problem *problem, const struct aid_options *options,
              struct arena *arena, struct ajar_err *err);

/* The smallest set of floors (by number) whose sum is past the budget: largest first, ties in host
 * order.  *count 0: the floors can be met.  *out in the arena.  O(n log n). */
int aid_floor_conflict(struct arena *arena, const struct aid_problem *problem, double budget,
                       uint32_t **out, size_t *count, struct ajar_err *err);

/* The split.  aid_check, the level by breakpoint search (Kiwiel 2008, "Breakpoint searching
 * algorithms for the continuous quadratic knapsack problem"), exact finish, residuals and tranches.
 * Expected O(n), plus O(n log n) for tranches at worst.  E_CEILING or the codes of aid_check. */
int aid_solve(struct arena *arena, const struct aid_problem *problem,
              const struct aid_options *options, struct aid_split *out, struct ajar_err *err);

/* The same x without the rest, for many draws: no check, no memory but `work`, which holds for
 * problems of at most n hosts.  Returns the logarithm of r at severity 1 (theta at alpha INFINITY). */
struct aid_work {
    size_t n;
    double *low, *high; /* breakpoints */
    double *tilt;       /* ln(s) / alpha */
    uint32_t *active;
};
int aid_work_new(struct aid_work *out, struct arena *arena, size_t n, struct ajar_err *err);
double aid_fill(const struct aid_work *work, const struct aid_problem *problem,
                const struct aid_options *options, double *x);

/* Webster / Sainte-Lague with a least and a most number of seats for each: starts at least[i] and
 * gives each next seat to the largest votes[i] / (2 seats[i] + 1) with seats[i] < most[i], ties to the
 * lower index.  House monotone: one seat more takes none away.  votes 0 get no seat past `least`.
 * Gives out as many of `seats` as the bounds allow; *given may be NULL.  sum of least must be at most
 * seats.  O(n) for each of a few divisors, then a heap for the last seats. */
int aid_webster(struct arena *arena, size_t n, const double *votes, const int64_t *least,
                const int64_t *most, int64_t seats, int64_t *out, int64_t *given,
                struct ajar_err *err);

/* Rules to compare with; each writes x[n].  None of them heeds floors. */
void aid_equal(const struct aid_problem *problem, double budget, double *x); /* min(B/n, most) */
void aid_pro_rata(const struct aid_problem *problem, double budget,
                  double *x); /* min(B p/sum p, most) */
/* Fill the most severe to its most, then the next; ties in host order. */
int aid_by_severity(struct arena *arena, const struct aid_problem *problem, double budget,
                    double *x, struct ajar_err *err);
/* Fill the lowest need per person to its most, then the next: covers most people for the money. */
int aid_cheapest(struct arena *arena, const struct aid_problem *problem, double budget, double *x,
                 struct ajar_err *err);

/* sum min(1, (funded + x) / need) stock: people whose need the money meets, by what the host has
 * already included. */
double aid_people_covered(const struct aid_problem *problem, const double *x);

/* min(cap, ceiling, need - funded), at least 0. */
double aid_most(const struct aid_problem *problem, size_t i);

/* severity_i = (pressure_i / gm)^w1 (poverty_i / gm)^w2; pressure = stock per 1,000 residents,
 * poverty = 1 / GDP per head; gm = geometric mean over the n hosts.  Outputs [n], each may be NULL. */
void aid_severity(size_t n, const double *stock, const double *population,
                  const double *gdp_per_capita, double w1, double w2, double *pressure,
                  double *poverty, double *severity);

const char *aid_binding_word(enum aid_binding binding); /* "absorption cap"; static */

#endif
