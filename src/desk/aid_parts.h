/* What the files of the aid desk's job share.  Everybody else includes aid_job.h. */
#ifndef DESK_AID_PARTS_H
#define DESK_AID_PARTS_H

#include "aid_job.h"

#define AID_STOCK_SD      0.2 /* default sd of ln(stock) */
#define AID_STOCK_SD_MOST 3.0
#define AID_WEIGHT_SHAPE  5.0 /* of both weights of severity: Dirichlet(5, 5) */
#define AID_DRAWS_LEAST   20
#define AID_DRAWS_MOST    1000000
#define AID_DRAW_CELLS    ((size_t)1 << 28) /* draws times hosts: 2 GiB */
#define AID_SUM_MOST      1e15 /* of a figure over all hosts, and of the budget: exact and printable */
#define AID_SUM_TEXT      "1,000,000,000,000,000"
#define AID_CSV_CEILING   ((size_t)256 << 20)
#define AID_FAULTS        1000
#define AID_FILE_CEILING  ((size_t)1 << 30) /* bytes of one output file */

/* Empty arrays for n hosts: every figure absent, every text "". */
int aid_job_new(struct arena *arena, size_t n, struct aid_job *out, struct ajar_err *err);

/* Code, name, unit, title, options and the figures as given, of each host.  Nothing is derived. */
int aid_scenario_inputs(struct arena *arena, const struct scenario *scenario,
                        const struct aid_run_options *options, struct aid_job *out,
                        struct ajar_err *err);
int aid_csv_inputs(struct arena *arena, const char *path, const struct aid_run_options *options,
                   struct faults *faults, struct aid_job *out, struct ajar_err *err);

/* Row of hosts with the latest figure dated up to `limit`, else the earliest after it when `later`
 * allows one; SCENARIO_NO_ROW: none.  O(rows of hosts). */
uint32_t aid_scenario_indicator(const struct scenario *scenario, name_id country,
                                const char *indicator, date_days limit, bool later);
date_days aid_scenario_year_end(const struct scenario *scenario); /* of the scenario's last day */

/* Everything but the draws: derived figures, the splits, the rules compared. */
int aid_job_split(struct arena *arena, struct aid_job *job, struct ajar_err *err);

int aid_draws_check(const struct aid_job *job, const struct aid_run_options *options,
                    struct ajar_err *err);
int aid_draws_run(struct arena *arena, const struct aid_job *job,
                  const struct aid_run_options *options, struct pool *pool,
                  const struct watch *watch, struct aid_sensitivity *out, struct ajar_err *err);

/* Fills `out` when the scenario has EU members with population and GDP; else leaves it empty. */
int aid_keys_make(struct arena *arena, const struct scenario *scenario, struct aid_keys *out,
                  struct ajar_err *err);

/* The files, each appended to a buffer. */
void aid_table_split(struct buf *buf, const struct aid_job *job);
void aid_table_inputs(struct buf *buf, const struct aid_job *job);
void aid_table_next(struct buf *buf, const struct aid_job *job);
void aid_table_alpha(struct buf *buf, const struct aid_job *job);
void aid_table_draws(struct buf *buf, const struct aid_job *job);
void aid_table_keys(struct buf *buf, const struct aid_job *job);
void aid_certificate(struct buf *buf, const struct aid_job *job);
void aid_note(struct buf *buf, const struct aid_job *job);

/* "Why not us?" of one host: what limits it, and what would change that.  One sentence each. */
void aid_why_binds(struct buf *buf, const struct aid_job *job, size_t host);
void aid_why_raise(struct buf *buf, const struct aid_job *job, size_t host);

/* A round amount near 1 % of the budget, for "the next million"; money. */
double aid_step(const struct aid_job *job);

#endif
