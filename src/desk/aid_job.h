/* The aid desk's job: inputs from a scenario or a plain CSV of hosts, the split, everything that it
 * is compared with, how far uncertain inputs move it, and the files that a desk publishes. */
#ifndef DESK_AID_JOB_H
#define DESK_AID_JOB_H

#include "aid.h"
#include "pool.h"
#include "scenario.h"

/* The figures of one host. */
enum aid_figure {
    AID_FIGURE_STOCK,      /* persons */
    AID_FIGURE_UNIT_COST,  /* money per person for the period */
    AID_FIGURE_NEED,       /* money */
    AID_FIGURE_FUNDED,     /* money */
    AID_FIGURE_CAP,        /* money */
    AID_FIGURE_FLOOR,      /* money */
    AID_FIGURE_CEILING,    /* money */
    AID_FIGURE_POPULATION, /* persons */
    AID_FIGURE_GDP,        /* USD per head */
    AID_FIGURE_SEVERITY,   /* ratio */
    AID_FIGURES
};
const char *aid_figure_word(enum aid_figure figure); /* "absorption cap" */

/* How good a figure is. */
enum aid_quality {
    AID_ABSENT,  /* not given and not needed */
    AID_SOURCED, /* a row of a table with a source; origin = source id */
    AID_ASSUMED, /* a row of assumptions.csv; origin = its id */
    AID_GIVEN,   /* a cell of the user's own CSV; origin = "row 3" */
    AID_DERIVED  /* computed: here, or lent by FLOW; origin = the formula in words */
};
const char *aid_quality_word(enum aid_quality quality); /* "source", "assumption", ... */

struct aid_input {
    double value;                            /* NaN: absent */
    const char *unit, *origin, *date, *note; /* never NULL; "" when there is none */
    double low, high; /* range of an assumption, or of a stock that FLOW lends; NaN otherwise */
    uint32_t row;     /* row of assumptions, when ASSUMED: equal rows are one uncertain number */
    enum aid_quality quality;
};

#define AID_ALPHAS 4
extern const double aid_alphas[AID_ALPHAS]; /* 1, 2, 4, INFINITY */

/* The rules compared: the chosen split and the four simple ones. */
enum aid_rule {
    AID_RULE_SPLIT,
    AID_RULE_EQUAL,
    AID_RULE_PRO_RATA,
    AID_RULE_SEVERITY,
    AID_RULE_CHEAPEST,
    AID_RULES
};
const char *aid_rule_word(enum aid_rule rule);
struct aid_compared {
    double *x; /* [n] money; for AID_RULE_SPLIT the split's own array */
    double spent;
    double people_covered; /* persons, what the hosts have already included */
    double worst_coverage; /* lowest (funded + x) / need over all hosts */
};

/* What is drawn at random, alone and together. */
enum aid_group {
    AID_GROUP_ALL,
    AID_GROUP_STOCK,
    AID_GROUP_WEIGHTS,
    AID_GROUP_COST,
    AID_GROUP_FUNDED,
    AID_GROUP_CAP,
    AID_GROUPS
};
const char *aid_group_word(enum aid_group group);
struct aid_band {
    bool present;           /* false: nothing of this group is uncertain or known; arrays NULL */
    double *p5, *p50, *p95; /* [n] money */
};
struct aid_sensitivity {
    int64_t draws; /* 0: not asked for; all else empty */
    uint64_t seed;
    double stock_sd;
    struct aid_band band[AID_GROUPS];
    double *alpha_low, *alpha_high; /* [n] least and most x over aid_alphas with central inputs */
};

/* Who would pay or receive by a published key.  A comparison, never enforced. */
struct aid_key_row {
    const char *code, *name;
    double population, gdp_usd, unemployment_percent, refugees; /* NaN: not in the tables */
    double share_50_50, share_2015; /* of 1; NaN when an input is missing */
    double pledge_persons;          /* vsm_pledge; NaN: none found */
    const char *source;             /* source ids, "; " between */
};
struct aid_land_row {
    const char *code, *name;
    double percent;
    double of_all; /* percent/100 * share_50_50 of DEU; NaN without it */
    int32_t key_year;
    const char *source;
};
struct aid_keys {
    size_t n; /* EU members with population and GDP in the tables; 0: none */
    struct aid_key_row *row;
    size_t n_lands;
    struct aid_land_row *land;
    const char *note_50_50, *note_2015; /* inputs, substitutes and members missing, in words */
};

/* A stock that another engine computed, for a host that says `stock: flow`. */
struct aid_lent {
    const char *code;                 /* ISO3 */
    double value, low, high;          /* persons: mean, 5th and 95th percentile */
    date_days known;                  /* it rests on nothing that was published later */
    const char *date, *origin, *note; /* of aid_input; never NULL */
};

struct aid_run_options {
    double budget, alpha,
        tranche; /* NaN: the scenario's own (a CSV: budget is required, alpha inf, tranche 0) */
    const char *unit; /* "USD"; NULL: the scenario's own (a CSV: USD) */
    int64_t draws;    /* 0: no sensitivity */
    uint64_t seed;
    double stock_sd; /* sd of ln(stock); NaN: 0.2 */
    size_t n_lent;
    const struct aid_lent *lent; /* NULL: none.  What its texts point at must outlive the job */
    bool lent_conflict;          /* they come from the runs of a conflict, not from an exodus */
};
struct aid_run_options aid_run_default(void); /* NaN, NULL, 2,000 draws, seed 1, none lent */

struct aid_job {
    const char *title, *from;        /* scenario's title; folder or file as named */
    const struct scenario *scenario; /* NULL: from a CSV; not owned */
    const char *unit;
    size_t n;
    const char *const *code, *const *name; /* [n] ISO3 (or the CSV's word), name for people */
    struct aid_input *input[AID_FIGURES];  /* [AID_FIGURES][n] */
    double *pressure, *poverty; /* [n] persons per 1,000 residents, 1 per USD; NaN without inputs */
    bool severity_given;        /* from the CSV, not computed */
    bool lent_conflict;         /* of the options */
    struct aid_problem problem;
    struct aid_options options;
    struct aid_split split; /* at the chosen alpha */
    struct aid_split at_alpha[AID_ALPHAS];
    struct aid_compared rule[AID_RULES];
    double price_of_fairness; /* 1 - people covered by the split / by cheapest-first */
    struct aid_sensitivity sensitivity;
    struct aid_keys keys;
};

/* The whole job on a scenario.  Hosts, budget, unit, alpha and tranche are scenario->aid's where
 * the options leave them open.  Everything in *out belongs to the arena; the scenario must
 * outlive it.  pool, watch may be NULL; same bytes for any number of threads.  Errors: aid.*,
 * base.memory.*, base.cancelled.  O(draws n) time, 8 draws n bytes at most. */
int aid_job_run(struct arena *arena, const struct scenario *scenario,
                const struct aid_run_options *options, struct pool *pool, const struct watch *watch,
                struct aid_job *out, struct ajar_err *err);

/* The same from a CSV of hosts: host, stock_persons, need (or unit_cost), funded, cap, then
 * where known severity, floor, ceiling, population, gdp_per_capita, name, unit, note; money in
 * `unit`.  Every fault of the file goes to `faults` (may be NULL); the first is returned in err
 * too. */
int aid_job_csv(struct arena *arena, const char *path, const struct aid_run_options *options,
                struct pool *pool, const struct watch *watch, struct faults *faults,
                struct aid_job *out, struct ajar_err *err);

/* Index of a host by code (any case), or E_AID_HOST with the nearest one as the hint. */
int aid_job_host(const struct aid_job *job, const char *code, size_t *out, struct ajar_err *err);

/* Whether the stock of the host was computed by FLOW: not counted, not assumed. */
bool aid_job_lent(const struct aid_job *job, size_t host);
size_t aid_job_n_lent(const struct aid_job *job); /* hosts of that kind */

/* "computed_stocks": the stocks of those hosts, as the certificate and --json tell them: the need rests on a
 * forecast, and whoever recomputes it must know. */
struct json_out;
void aid_job_lent_json(struct json_out *json, const struct aid_job *job);

/* "Why not us?" for one host. */
struct aid_why {
    size_t host;
    const char *binds;       /* a sentence: what limits it */
    const char *would_raise; /* a sentence: "raise KGZ's cap, not its budget" */
    double rank_coverage;    /* 1: the least covered */
    double gain_if_raised;   /* money it would get with its binding limit raised by `raised_by` */
    double raised_by;        /* money; 1 % of the budget */
    double *loss;            /* [n] what each other host would lose for that, money; 0 for itself */
    double best_alpha, best_x; /* of aid_alphas, the largest where its money is largest */
};
int aid_job_why(struct arena *arena, const struct aid_job *job, size_t host, struct aid_why *out,
                struct ajar_err *err);

/* The files: name and bytes, made in memory.  aid.csv, aid_next_dollar.csv, aid_alpha.csv,
 * aid_sensitivity.csv (with draws), aid_keys.csv (with keys), aid_inputs.csv, certificate.json,
 * methodology.md.  *out [*n] in the arena. */
struct aid_file {
    const char *name;
    struct text bytes;
};
int aid_job_files(struct arena *arena, const struct aid_job *job, struct aid_file **out, size_t *n,
                  struct ajar_err *err);

#endif
