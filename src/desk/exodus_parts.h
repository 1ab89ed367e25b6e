/* Inside the desk's part of the exodus: tables in and out. */
#ifndef DESK_EXODUS_PARTS_H
#define DESK_EXODUS_PARTS_H

#include "csv.h"
#include "exodus_chain.h"

#define EXODUS_TABLE_CEILING ((size_t)64 << 20)

/* The bytes of `buf` as a file of the arena; the buffer is freed. */
int exodus_table_file(struct arena *arena, struct buf *buf, const char *name,
                      struct exodus_chain_file *out, struct ajar_err *err);

/* A row of heads (NULL ends them). */
void exodus_table_heads(struct csv_out *csv, const char *const *heads);

void exodus_table_date(struct csv_out *csv, date_days day);

/* exodus/rolling.csv and back; faults as exodus_posterior_read. */
void exodus_rolling_put(struct csv_out *csv, const struct exodus_rolling *rolling, size_t n);
int exodus_rolling_read(struct arena *arena, struct text bytes, struct exodus_rolling **out,
                        size_t *n, struct faults *faults, struct ajar_err *err);

/* What was learned of each parameter, with prior, source and reason. */
void exodus_parameters_put(struct csv_out *csv, const struct exodus_model *model,
                           const struct exodus_learned *learned);

/* Rows of the observations as the replay takes them: (*out)[n_seen]. */
int exodus_seen_rows(struct arena *arena, const struct exodus_input *input, struct exodus_row **out,
                     struct ajar_err *err);

/* Draws of the prior alone: (*out)[n * n_params]. */
int exodus_prior_draws(struct arena *arena, const struct exodus_model *model, uint64_t seed,
                       uint32_t n, double **out, struct ajar_err *err);

#endif
