/* What `ajar watch` prints: each answer for a person, and as JSON. */
#ifndef CLI_WATCH_SHOW_H
#define CLI_WATCH_SHOW_H

#include "claim.h"
#include "mirror.h"
#include "net.h"
#include "table.h"
#include "verb.h"
#include "watch_job.h"

/* A word of the book, a day, as the next cell. */
static inline void watch_cell_name(struct table *table, const struct watch_input *input,
                                   name_id name)
{
    table_text(table, names_word(input->book.names, name));
}

static inline void watch_cell_day(struct table *table, date_days day)
{
    char text[DATE_TEXT];
    table_str(table, date_format(day, text));
}

/* `all`: every series judged, not only those that ring. */
int watch_show_scan(const struct verb_call *call, const struct watch_scan *scan, bool all,
                    struct ajar_err *err);
int watch_show_replay(const struct verb_call *call, const struct watch_replay *replay, bool all,
                      struct ajar_err *err);
int watch_show_net(const struct verb_call *call, const struct watch_input *input,
                   const struct net_table *net, struct ajar_err *err);
int watch_show_claim(const struct verb_call *call, const struct watch_input *input,
                     const struct claim *claim, const struct claim_answer *answer,
                     struct ajar_err *err);
int watch_show_trade(const struct verb_call *call, const struct scenario *scenario,
                     const struct mirror_options *options, const struct mirror_table *mirror,
                     struct ajar_err *err);

int watch_json_scan(const struct verb_call *call, const struct watch_scan *scan,
                    struct ajar_err *err);
int watch_json_replay(const struct verb_call *call, const struct watch_replay *replay,
                      struct ajar_err *err);
int watch_json_net(const struct verb_call *call, const struct watch_input *input,
                   const struct net_table *net, enum watch_clock clock, date_days as_known,
                   struct ajar_err *err);
int watch_json_claim(const struct verb_call *call, const struct watch_input *input,
                     const struct claim *claim, const struct claim_options *options,
                     const struct claim_answer *answer, struct ajar_err *err);
int watch_json_trade(const struct verb_call *call, const struct scenario *scenario,
                     const struct mirror_table *mirror, struct ajar_err *err);

/* The sentences of a claim's answer, also for JSON. */
void watch_say_claim(struct buf *buf, const struct claim *claim, const struct claim_answer *answer);

#endif
