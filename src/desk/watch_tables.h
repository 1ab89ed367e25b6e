/* WATCH's answers as CSV: one function a table.  Columns are part of the interface (docs/watch.md). */
#ifndef DESK_WATCH_TABLES_H
#define DESK_WATCH_TABLES_H

#include "claim.h"
#include "mirror.h"
#include "net.h"
#include "watch_job.h"

/* Each appends a whole file to `buf`, header and all; failures stay in the buffer.  Counts are as the
 * sources have them; a column "computed" says 1 where the figure was worked out by the data set. */
void watch_net_csv(struct buf *buf, const struct watch_input *input, const struct net_table *net);
void watch_stock_csv(struct buf *buf, const struct watch_input *input, const struct net_table *net);
void watch_replay_csv(struct buf *buf, const struct watch_replay *replay, bool header);
void watch_claim_csv(struct buf *buf, const struct watch_input *input,
                     const struct claim_answer *answer);
void watch_trade_csv(struct buf *buf, const struct scenario *scenario,
                     const struct mirror_table *mirror);

void watch_trade_months_csv(struct buf *buf, const struct scenario *scenario,
                            const struct mirror_table *mirror);

const char *watch_clock_word(enum watch_clock clock); /* "published", "next-day" */
const char *watch_state_word(enum watch_state state); /* "rings", "quiet", "cannot" */
const char *claim_form_word(enum claim_form form);
const char *claim_stand_word(enum claim_stand stand);
const char *claim_verdict_word(enum claim_verdict verdict);

#endif
