/* The folder of a conflict in the reference's format. */
#ifndef FLEE_READ_H
#define FLEE_READ_H

#include "flow_said.h"
#include "world_flow.h"

#define FLEE_FILES_MOST 10000
#define FLEE_SCRATCH    ((size_t)1 << 30) /* bytes while reading */

struct flee_file {
    const char *name; /* relative to the folder: "input_csv/locations.csv" */
    struct text bytes;
};

/* Reads input_csv/{locations,routes,closures,conflicts,sim_period,registration_corrections}.csv and
 * source_data/data_layout.csv with the files that it names; each may also stand without its folder.
 * closures, conflicts and corrections may be absent.  Taken as they are: a byte-order mark, any line
 * end, quotes, blanks around fields, # before headers and comments, types by parts of words, unsorted
 * reports and reports outside the period, days of conflict left out at the end.
 *
 * What the reference would read otherwise than one thinks is said in `said` (may be NULL).  Every fault
 * found is in `faults`, with file, line, column and value; then E_FLOW_FAULTS is returned.  Other errors:
 * E_CEILING, E_MEMORY.  *out is untouched unless 0 is returned; it and all that it holds live in `arena`;
 * the bytes are not needed afterwards.  O(bytes). */
int flee_read(struct arena *arena, const struct flee_file *files, size_t n_files, struct text title,
              struct flow_world *out, struct flow_said *said, struct faults *faults,
              struct ajar_err *err);

#endif
