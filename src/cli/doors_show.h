/* What `ajar doors` prints. */
#ifndef CLI_DOORS_SHOW_H
#define CLI_DOORS_SHOW_H

#include "doors_cases.h"
#include "doors_gates.h"
#include "doors_job.h"
#include "doors_words.h"
#include "tell.h"

/* For a caseworker: status, rules with citations, opening sets with papers, practice, when it can
 * change.  openings: more of the ways that would open it. */
int doors_show_answers(const struct verb_call *call, const struct doors_answers *answers,
                       enum lang lang, bool openings, struct ajar_err *err);

/* For the household: short sentences. */
int doors_show_plain(const struct verb_call *call, const struct doors_answers *answers,
                     enum lang lang, struct ajar_err *err);

int doors_json_answers(const struct verb_call *call, const struct doors_answers *answers,
                       enum lang lang, struct ajar_err *err);

/* all: every group, not only the largest of each change. */
int doors_show_comparison(const struct verb_call *call, const struct comparison *comparison,
                          bool all, struct ajar_err *err);
int doors_json_comparisons(const struct verb_call *call, size_t n,
                           const struct comparison comparisons[], struct ajar_err *err);

/* Doors with the version that holds on the day: id, country, kind, act, in force since, mark. */
int doors_show_list(const struct verb_call *call, const struct rules *rules,
                    const struct doors_question *question, struct ajar_err *err);
int doors_json_list(const struct verb_call *call, const struct rules *rules,
                    const struct doors_question *question, struct ajar_err *err);
int doors_json_facts(const struct verb_call *call, const struct rules *rules, enum lang lang,
                     struct ajar_err *err);
int doors_show_facts(const struct verb_call *call, const struct rules *rules, enum lang lang,
                     struct ajar_err *err);

/* "2022-09-30" at midnight, else "2023-12-15 20:00"; "open" for MOMENT_NEVER. */
#define DOORS_TIME 24
const char *doors_time(moment at, char to[static DOORS_TIME]);

/* The door's title and id, "Finland: entry with a visa (fi.entry)". */
void doors_put_title(struct buf *buf, const struct door *door, enum lang lang);

/* One opening set in words: "onward = NONE; kin in {SPOUSE, PARENT}". */
void doors_put_opening(struct buf *buf, const struct instance *instance,
                       const struct opening *opening);

#endif
