/* Counts as they were reported, each at its own date: one register a part of a camp's count, so that a
 * report is never mixed with an interpolated value of another register. */
#ifndef FLOW_REGISTERS_H
#define FLOW_REGISTERS_H

#include "world_flow.h"

struct flow_point {
    int32_t day; /* from the start; may be negative or past the end */
    double count;
};

struct flow_register {
    uint32_t camp; /* index into camps; FLOW_NONE: the total series of its own */
    uint32_t part;
    size_t n;
    const struct flow_point *at; /* [n] by day, one a day */
};

struct flow_registers {
    size_t n;                 /* of camps, by place, then part */
    size_t n_total;           /* of the total series, behind them */
    struct flow_register *at; /* [n + n_total] */
};

/* Of two reports for one day the one known last counts, else the smaller.  `corrected`: each
 * correction whose date is that of a report of the register scales the reports before it.
 * All in `arena`.  E_CEILING, E_MEMORY.  O(reports log reports + reports * corrections). */
int flow_registers_make(struct arena *arena, const struct flow_world *world, bool corrected,
                        struct flow_registers *out, struct ajar_err *err);

/* Linear between reports, the first before the first, the last after the last; 0 without any. */
double flow_register_at(const struct flow_register *one, double day);

/* Sum of flow_register_at over the registers of camps. */
double flow_registers_sum(const struct flow_registers *all, double day);

/* The register of that camp and part; NULL: there is none. */
const struct flow_register *flow_register_find(const struct flow_registers *all, uint32_t camp,
                                               uint32_t part);

#endif
