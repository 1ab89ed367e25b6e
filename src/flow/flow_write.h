/* A conflict to Ajar's own form. */
#ifndef FLOW_WRITE_H
#define FLOW_WRITE_H

#include "flow_read.h"

/* One file of the folder.  flow_read gives the same world from the seven, but for `line`, and the same
 * parameters; written again they are the same bytes.  The world is one that a reader made.  Errors: those
 * of the buffer.  O(rows). */
int flow_write(const struct flow_world *world, const struct flow_params *params,
               enum flow_table table, struct buf *buf, struct ajar_err *err);

#endif
