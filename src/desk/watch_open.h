/* What WATCH reads: the folder of a scenario, or a user's own file. */
#ifndef DESK_WATCH_OPEN_H
#define DESK_WATCH_OPEN_H

#include "watch_job.h"

/* Reads `path`, which must outlive *out.  *scenario is filled where it is a folder; *out points at it then.  Every
 * fault goes to `faults`, sorted.  Errors: scenario.faults, watch.file, file.*. */
int watch_open(struct arena *arena, const char *path, struct pool *pool, const struct watch *watch,
               struct faults *faults, struct scenario *scenario, struct watch_input *out,
               struct ajar_err *err);

/* The clock when none is named: the date of the sources, and of a file without such dates the next day. */
enum watch_clock watch_clock_of(const struct watch_input *input);

#endif
