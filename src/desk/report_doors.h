/* What the page shows of DOORS, chosen from what the chain found: no words, no markup. */
#ifndef DESK_REPORT_DOORS_H
#define DESK_REPORT_DOORS_H

#include "doors_chain.h"
#include "report_json.h"

/* What a cell of the matrix says: by law, and in practice where that was noted and differs. */
struct report_gate {
    enum gate law, practice; /* practice GATE_NO_RULE: nothing else than the law */
};

/* The same change for the same profiles at several crossings. */
struct report_gate_group {
    struct report_gate before, after;
    size_t n_profiles, n_crossings;
    uint32_t *profiles, *crossings;
};

/* What was noted of a door's practice, and begins or ends on a day. */
struct report_practice {
    uint32_t door;
    bool begins;
    const struct practice *practice;
};

/* A day on which some cell changes, or a rule or practice of a door that the crossings name. */
struct report_gate_day {
    date_days day;
    size_t n_cells, n_groups, n_states, n_practices;
    struct report_gate_group *groups;
    const struct doors_state **states; /* that begin */
    struct report_practice *practices;
};

struct report_doors {
    const struct doors_chain *chain;
    size_t n_days;
    struct report_gate_day *days; /* rising; none on the first day of the scenario */
    size_t n_used;
    uint32_t *used; /* doors of the crossings and of the diffs, rising */
};

/* Chooses.  `chain` outlives *out.  O(cells). */
int report_doors_make(struct arena *arena, const struct doors_chain *chain,
                      struct report_doors *out, struct ajar_err *err);

/* Whether there are people and crossings to show. */
bool report_doors_matrix(const struct report_doors *doors);

struct report_gate report_gate_at(const struct doors_chain *chain, date_days day, size_t crossing,
                                  size_t profile);

/* "open", "official", "closed", "barred", "depends", "no rule". */
const char *report_gate_word(enum gate gate);

/* "Finland, road". */
void report_crossing(struct buf *plain, const struct doors_crossing *crossing);

/* From lenient to strict; 0 for a status that lets nobody pass or stops nobody. */
int report_status_rank(enum status status);

/* Marks of the rules that the crossing's doors have on the day. */
struct doors_marks report_crossing_marks(const struct doors_chain *chain, size_t crossing,
                                         date_days day);

/* Sentences on what of the rules and of practice begins or ends. */
void report_state_say(struct buf *plain, const struct doors_chain *chain,
                      const struct doors_state *state);
void report_practice_say(struct buf *plain, const struct doors_chain *chain,
                         const struct report_practice *practice);

/* "doors": {...}, or null without a matrix.  The other side is web/src/gates.ts. */
void report_doors_data(struct report_json *data, const struct report_doors *doors);

#endif
