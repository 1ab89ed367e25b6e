/* What the readers of the reference's files share.  Used by flee_*.c alone. */
#ifndef FLEE_PARTS_H
#define FLEE_PARTS_H

#include "flee_read.h"
#include "flee_rows.h"
#include "flow_cells.h"

/* The file of that name in `folder` or beside it; NULL: none. */
const struct flee_file *flee_find(const struct flow_reader *reader, const char *folder,
                                  struct text name);

/* Opens a file; *open false when there is none, or when its bytes are a fault; a missing one is a fault
 * when `needed`.  *source gets the name of the file in the world's arena. */
int flee_open(struct flow_reader *reader, const char *folder, const char *name, bool needed,
              bool *open, struct flee_rows *out, size_t *bound, struct text *source,
              struct ajar_err *err);

int flee_read_period(struct flow_reader *reader, struct ajar_err *err);
int flee_read_places(struct flow_reader *reader, struct ajar_err *err);
int flee_read_roads(struct flow_reader *reader, struct ajar_err *err);
int flee_read_closures(struct flow_reader *reader, struct ajar_err *err);
int flee_read_conflicts(struct flow_reader *reader, struct ajar_err *err);
int flee_read_counts(struct flow_reader *reader, struct ajar_err *err);
int flee_read_corrections(struct flow_reader *reader, struct ajar_err *err);

#endif
