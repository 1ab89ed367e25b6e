/* Inside the section of an exodus: its parts, in the order in which they stand, and cells that they share. */
#ifndef DESK_REPORT_EXODUS_PARTS_H
#define DESK_REPORT_EXODUS_PARTS_H

#include "report_exodus.h"
#include "report_parts.h"

void exodus_part_map(struct report_page *page);      /* the days on the map, doors in tables */
void exodus_part_fans(struct report_page *page);     /* entries a day by place, beside counts */
void exodus_part_what_ifs(struct report_page *page); /* what a changed door does */
void exodus_part_observed(struct report_page *page); /* counts beside the fit */
void exodus_part_rolling(struct report_page *page);  /* forecasts from earlier days */
void exodus_part_params(struct report_page *page);   /* what the rows taught */
void exodus_part_people(struct report_page *page);   /* stranded, and who stayed */

/* Doors or places of one table of days: as many as a sheet of paper has room for. */
#define EXODUS_PART_COLUMNS 5

const struct exodus_model *exodus_part_model(const struct report_page *page);

/* "Finland" of a code as the model's data have it. */
struct text exodus_part_country(const struct report_page *page, struct text code);

/* "Finland, land, all points", plain, into page->words. */
void exodus_part_place(struct report_page *page, struct text country, struct text route);

/* <td class="number"> with so many decimals; NaN: a dash. */
void exodus_part_number(struct report_page *page, double value, int decimals);

/* The same with a sign, whole. */
void exodus_part_change(struct report_page *page, double value);

/* "1,200 to 3,400", whole; with signs. */
void exodus_part_range(struct report_page *page, double low, double high, bool signs);

#endif
