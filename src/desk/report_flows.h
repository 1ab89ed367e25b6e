/* Gross, net and stock, and trade: what the page shows of them and in which order. */
#ifndef DESK_REPORT_FLOWS_H
#define DESK_REPORT_FLOWS_H

#include "report_watch.h"

/* Most periods of one place and route in a picture: the latest. */
#define REPORT_FLOW_ROWS 14

/* A point that says something about net: both directions, or a published net, whose days begin within the
 * year before the scenario's last day. */
bool report_flow_is_shown(const struct scenario *scenario, const struct net_point *point);

/* What may be shown of a point's net, its published net and its discrepancy. */
bool report_flow_kept(const struct report_view *view, const struct net_point *point);

/* Whether a step's sums rest on a count that may not be shown. */
bool report_step_kept(const struct report_view *view, const struct watch_book *book,
                      const struct net_stock *step);

/* The unit of a point's figures. */
name_id report_flow_unit(const struct scenario *scenario, const struct net_point *point);

#endif
