/* The sections of the page, in the order in which they stand.  Each appends to page->out; a failure
 * stays in the buffers and is found at the end. */
#ifndef DESK_REPORT_PARTS_H
#define DESK_REPORT_PARTS_H

#include "report_page.h"

void report_answer(struct report_page *page);          /* what happened, what to do, what to heed */
void report_advice_headline(struct report_page *page); /* the split in one sentence */
void report_advice_amounts(struct report_page *page);  /* the hosts with their amounts */
void report_advice(struct report_page *page);          /* the split in sentences */
void report_alarms(struct report_page *page);          /* what rings, and the counts by door */
void report_replay(struct report_page *page);          /* what could be known when */
void report_arrivals(struct report_page *page); /* the series, their tables, the doors' dates */
void report_map(struct report_page *page);
void report_net(struct report_page *page);   /* entries beside exits; people turned back */
void report_doors(struct report_page *page); /* who could pass when; what changed for whom */
void report_door_diffs(struct report_page *page);
void report_exodus(struct report_page *page); /* where people go: forecast, counts, what-ifs */
void report_flows(struct report_page *page);  /* gross, net and stock, and their check */
bool report_has_flows(
    const struct report_page *page);            /* whether that section has anything to show */
void report_trade(struct report_page *page);    /* exports, mirror ratios, tiers */
void report_place(struct report_page *page);    /* who could be placed where */
void report_aid(struct report_page *page);      /* the split with its table, dial and next money */
void report_compared(struct report_page *page); /* rules, alphas, sensitivity */
void report_basis(struct report_page *page);    /* keys, inputs, certificate, files */
void report_left(struct report_page *page);     /* the parts that the run left out; there is one */
void report_left_caution(struct report_page *page); /* the same in an item of a list, if any */
void report_unknown(struct report_page *page);      /* contradictions, assumptions */
void report_look_up(struct report_page *page);      /* sources, terms */
void report_terms(struct report_page *page);        /* terms of use, how to make it again, limits */

#endif
