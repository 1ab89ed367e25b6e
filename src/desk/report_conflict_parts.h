/* Inside the page of a conflict: its sections, in the order in which they stand. */
#ifndef DESK_REPORT_CONFLICT_PARTS_H
#define DESK_REPORT_CONFLICT_PARTS_H

#include "report_conflict.h"
#include "report_page.h"

struct conflict_page {
    struct report_page page; /* only out, meta and words are set */
    const struct flow_chain *chain;
    bool inside;         /* a part of a scenario's page, not a page of its own */
    struct arena *arena; /* for what a table is made of */
};

void conflict_answer(struct conflict_page *page); /* what was counted, how good the runs are */
void conflict_map(struct conflict_page *page); /* the days on the map, ways and months in tables */
void conflict_camps(struct conflict_page *page);  /* fans beside counts */
void conflict_hosts(struct conflict_page *page);  /* people by host country; nothing without one */
void conflict_scores(struct conflict_page *page); /* hindsight, allocation, forecast */
void conflict_basis(
    struct conflict_page *page); /* what was run, what was left out, terms, limits */

/* Opens a section with its heading.  Inside a scenario's page its id is "conflict-ID". */
void conflict_open(struct conflict_page *page, const char *id, const char *title);

/* A name as people write it: with blanks for the underscores of the reference's files. */
void conflict_name(struct conflict_page *page, struct text name);

/* The date of a day of the run, marked up. */
void conflict_day(struct conflict_page *page, int32_t day);

/* <td class="number"> with so many decimals; NaN: a dash. */
void conflict_number(struct conflict_page *page, double value, int decimals);

/* "40 runs of all people with different chance and parameters, by the aggregate engine, seed 1". */
void conflict_say_runs(struct conflict_page *page);

/* The first days of months in the run, and its last day: [*n], in page->arena; NULL when there is no memory. */
int32_t *conflict_months(struct conflict_page *page, size_t *n);

/* Whether the runs knew how many people a camp can hold. */
bool conflict_capacities(const struct flow_chain *chain);

/* The rule without capacities, or with, of least rescaled ARD among baselines of choice; -1: none. */
int conflict_best_baseline(const struct flow_score_answer *score, bool capacities);

#endif
