/* Rules about the cells of one row, or of one small table.  Internal to world/. */
#ifndef WORLD_ROW_RULES_H
#define WORLD_ROW_RULES_H

#include "checker.h"

void rules_figures(struct checker *checker);     /* arrivals, hosts, trade: unit, sign, span */
void rules_places(struct checker *checker);      /* places, routes */
void rules_doors(struct checker *checker);       /* doors, pathways, visa_free */
void rules_assumptions(struct checker *checker); /* assumptions */
void rules_shares(struct checker *checker);      /* koenigstein */

#endif
