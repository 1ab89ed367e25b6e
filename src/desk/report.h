/* The report of a run: one self-contained HTML file and the CSV tables behind its pictures.
 *
 * The HTML holds every sentence and every table as text, so that it reads without JavaScript; the
 * page bundle (web/dist, embedded in the program) draws the pictures from the JSON that the HTML
 * carries.  Nothing in the file asks the network for anything. */
#ifndef DESK_REPORT_H
#define DESK_REPORT_H

#include "aid_job.h"
#include "scenario.h"

struct chain_skip;   /* chain_skips.h */
struct doors_chain;  /* doors_chain.h */
struct exodus_chain; /* exodus_chain.h */
struct flow_chain;   /* flow_chain.h */
struct place_chain;  /* place_chain.h */
struct trail;        /* trail.h */
struct watch_chain;  /* watch_chain.h */

/* What the report says about the run itself.  Texts are not owned; they outlive the call. */
struct report_meta {
    const char *version; /* of Ajar */
    const char *command; /* as typed, for the foot of the page */
    uint64_t seed;
    size_t n_skips;
    const struct chain_skip *skips; /* parts that the run left out */
    const struct flow_chain *flow;  /* the conflict of a scenario that has one; else NULL */
    struct trail *trail; /* gets the figures of the page, which then opens them; NULL: no trails */
};

/* Appends the whole page to `out`.  `aid`, `watch`, `doors`, `exodus` and `place` may be NULL: the page then has
 * no sections of it; nor of an exodus or a placement that does not stand.  The pictures
 * and their tables heed scenario->as_known.  Counts of people from 1 to 4 are shown as "under 5", and
 * what would give one away as "withheld".  Dates are shown as the day in English words and
 * kept ISO 8601 in the tables and the data.  Same inputs give the same bytes.  Errors: E_CEILING,
 * E_MEMORY, text.*; on failure `out` may hold a part, which the caller throws away.
 * Cost: O(rows of the scenario * log) and the bundle's size. */
int report_write(struct buf *out, const struct scenario *scenario, const struct aid_job *aid,
                 const struct watch_chain *watch, const struct doors_chain *doors,
                 const struct exodus_chain *exodus, const struct place_chain *place,
                 const struct report_meta *meta, struct ajar_err *err);

/* One file of the output folder, in memory. */
struct report_file {
    const char *name;
    struct text bytes;
};

/* Makes the tables that the pictures are drawn from and that no other job writes, in the arena:
 *   report_series.csv   the counts of the first two pictures, one row a mark
 *   report_doors.csv    the doors whose dates are marked there, one row a door
 *   report_map.csv      the circles of the map, one row a circle
 * The aid pictures are drawn from the aid job's own tables. */
int report_tables(struct arena *arena, const struct scenario *scenario, struct report_file **out,
                  size_t *n, struct ajar_err *err);

#endif
