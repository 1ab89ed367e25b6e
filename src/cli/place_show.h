/* What the answers of `ajar place` have in common: the programme, the sums of a plan, groups and the worst-off, who is
 * not placed and why; on a terminal and as JSON. */
#ifndef CLI_PLACE_SHOW_H
#define CLI_PLACE_SHOW_H

#include "bound.h"
#include "fair.h"
#include "json_puts.h"
#include "place_input.h"

#define PLACE_SHOW_ROWS 40 /* rows of a list that may be long; JSON has all */

/* A score or a sum of scores in units: "0.875". */
#define PLACE_UNITS 56
char *place_units(int64_t micro, char to[static PLACE_UNITS]);
char *place_price(int64_t price, char to[static PLACE_UNITS]); /* bound.h's unit */
char *place_percent(double part, char to[static PLACE_UNITS]); /* of 1: "0.125 %" */

/* Cells of a table. */
struct table;
void place_cell_units(struct table *table, int64_t micro);
void place_cell_lot(struct table *table, const struct programme *programme, uint32_t locality);

/* Micro-units; 0 of a pair that is not allowed. */
int32_t place_score(const struct programme *programme, uint32_t household, uint32_t locality);

uint32_t place_placed(const struct programme *programme, const uint32_t *place);
int64_t place_people(const struct programme *programme, const uint32_t *place, bool placed);

/* Why a household is not in the plan: the words for people, and what may be told of a reason. */
struct place_unplaced {
    uint32_t household;
    const struct place_nowhere *nowhere;   /* NULL: some lot could take it, were there room */
    const struct programme_reason *reason; /* with nowhere */
};
int place_unplaced(struct arena *arena, const struct programme *programme, const uint32_t *place,
                   struct place_unplaced **out, size_t *n, struct ajar_err *err);

/* "1 lock, 2 quotas"; false where there is none of them. */
bool place_sides(struct buf *words, const struct place_side *side);

void place_show_head(const struct verb_call *call, const struct place_call *at);
void place_show_sums(const struct verb_call *call, const struct place_result *plan);
void place_show_placed(const struct verb_call *call, const struct programme *programme,
                       const uint32_t *place);
int place_show_report(const struct verb_call *call, const struct place_call *at,
                      const uint32_t *place, const struct fair_report *report,
                      struct ajar_err *err);
/* otherwise: why those are left out whom some lot could take. */
int place_show_unplaced(const struct verb_call *call, const struct place_call *at,
                        const uint32_t *place, const char *otherwise, struct ajar_err *err);
int place_show_plan(const struct verb_call *call, const struct place_call *at,
                    const uint32_t *place, struct ajar_err *err);

/* The same as keys of an object that is open. */
void place_json_sums(struct json_out *json, const struct place_result *plan);
void place_json_report(struct json_out *json, const struct place_call *at, const uint32_t *place,
                       const struct fair_report *report);
int place_json_unplaced(const struct verb_call *call, struct json_out *json,
                        const struct place_call *at, const uint32_t *place, struct ajar_err *err);
void place_json_name(struct json_out *json, const char *key, const struct text *names, uint32_t at);
void place_json_open(struct json_out *json, struct buf *buf);
int place_json_close(struct json_out *json, struct buf *buf, const struct verb_call *call,
                     struct ajar_err *err);

#endif
