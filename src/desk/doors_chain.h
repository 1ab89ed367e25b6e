/* DOORS' part of a run: everything that the report and the output folder show of it. */
#ifndef DESK_DOORS_CHAIN_H
#define DESK_DOORS_CHAIN_H

#include "compare.h"
#include "doors_gates.h"
#include "scenario.h"

/* What is to be said beside a door's answer. */
struct doors_marks {
    bool stale, counterfactual, contested, partial, unread, unverified;
};

/* The rules of a door from `day` on, and whether they are past their review. */
struct doors_state {
    uint32_t door;
    date_days day;
    size_t n_versions; /* 0: none holds */
    const struct version **versions;
    struct doors_marks marks;
};

/* A profile to whom a door is another gate on the later day. */
struct doors_turn {
    uint32_t profile, crossing; /* of the profiles' tables */
    enum status before, after;  /* of this door alone */
};

/* A door on a day on which its rules change, against the day before. */
struct doors_diff {
    uint32_t door;
    date_days before, after;
    struct comparison comparison; /* over all people; at least one change */
    struct doors_marks marks;     /* of both states */
    size_t n_turns;
    struct doors_turn *turns; /* by profile, crossing */
};

struct doors_chain {
    bool stands;                    /* the scenario has doors; else all that follows is empty */
    date_days as_known;             /* the latest knowledge used; DATE_NONE: no limit */
    struct doors_folder *folder;    /* NULL: none */
    struct doors_profiles profiles; /* n 0: none, then there is no matrix */
    /* scenario->from to scenario->to, each day by what was known on it, on as_known at the latest */
    struct gates gates;
    size_t n_states;
    struct doors_state *states; /* by door, day; the first of each door on scenario->from */
    size_t n_diffs;
    struct doors_diff *diffs; /* of entry doors; by day, door */
};

/* Reads the scenario's doors and judges them.  All that *out holds lives in `arena`.  Errors: E_DOORS_FAULTS
 * with the faults in `faults`, file.*, doors.*, base.cancelled. */
int doors_chain_run(struct arena *arena, const struct scenario *scenario, const struct watch *watch,
                    struct faults *faults, struct doors_chain *out, struct ajar_err *err);

struct doors_file {
    const char *name;
    struct text bytes;
};

/* doors_gates.csv, doors_diff.csv, doors_doors.csv; n 0 where the scenario has no doors. */
int doors_chain_files(struct arena *arena, const struct doors_chain *chain, struct doors_file **out,
                      size_t *n, struct ajar_err *err);

/* "STALE, partial, unverified": words of the marks that are set. */
void doors_marks_say(struct buf *buf, const struct doors_marks *marks);

#endif
