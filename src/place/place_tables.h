/* A placement as tables: what is read and written in bulk.
 *
 *     households   id,need_RESOURCE,...            whole numbers from 0
 *     localities   id,capacity_RESOURCE,...        whole numbers from 0, the same resources
 *     scores       household,locality,score_micro  whole micro-units; a pair that is absent is not allowed
 *     plan         household,locality              an empty locality, or no row: not placed
 *
 * Columns and rows may stand in any order; the separator is found out; a blank around a cell is no part of it.
 * The order of the rows changes nothing: households and localities are sorted by id, digits by their value (f2
 * before f10), and resources stand as in the households' header.
 *
 * A column named after nationality, sex, religion, ethnicity or race is refused wherever it would be a need, a
 * capacity or part of a score: where the law asks for such a trait it is a condition of an offer, with its basis. */
#ifndef PLACE_TABLES_H
#define PLACE_TABLES_H

#include "place_names.h"
#include "pool.h"

/* Bytes and the name that messages give them. */
struct place_table {
    const char *name;
    struct text bytes;
};

/* Whoever holds the bytes is told, from any thread, of those that are not read again soon; they must stay as they
 * are.  tell may be NULL. */
struct place_passed {
    void (*tell)(const void *arg, struct text bytes);
    const void *arg;
};

static inline void place_passed(const struct place_passed *passed, struct text bytes)
{
    if (passed->tell != NULL) {
        passed->tell(passed->arg, bytes);
    }
}

struct place_input {
    struct place_table households, localities, scores;
    struct place_passed passed;
};

/* A household that no plan can place.  That is no fault of the tables, but nobody may overlook it. */
struct place_nowhere {
    uint32_t household;
    uint32_t pairs; /* rows of scores that it has; 0: nothing but their absence blocks it */
    uint32_t
        resource; /* too small for it alone at most of those localities; PLACE_NONE without pairs */
    uint32_t short_of;  /* localities of those where that resource is too small */
    int32_t need, most; /* of that resource: its need, and the largest capacity among them */
};

struct place_tables {
    struct place_problem problem;
    struct place_names names;
    uint64_t n_rows;  /* of scores */
    uint64_t n_unfit; /* pairs left out: the household alone is too large for the locality */
    struct place_nowhere *nowhere; /* [n_nowhere] by household */
    uint32_t n_nowhere;
};

/* Every fault is listed with file, row, column, value, rule and advice; any fault: E_PLACE_FAULTS, and *out is
 * untouched.  The result lives in `arena` alone.  E_CEILING, E_MEMORY, E_CANCELLED.  Reads
 * large scores in parts on all threads of `pool`; the result is the same for any number.  Besides the result
 * 4 bytes a row of scores are held for the time of the reading. */
int place_tables_read(struct arena *arena, const struct place_input *input, struct pool *pool,
                      const struct watch *watch, struct faults *faults, struct place_tables *out,
                      struct ajar_err *err);

/* place: [n_households], PLACE_NONE: not placed.  Other columns are passed over.  Unknown ids and households
 * that stand twice are faults (E_PLACE_FAULTS, place untouched); whether the plan holds is the checker's
 * question.  `names` are those of the problem. */
int place_plan_read(const struct place_problem *problem, const struct place_names *names,
                    const struct place_table *table, struct faults *faults, uint32_t *place,
                    struct ajar_err *err);

/* The tables as above, rows in the order of the problem; a plan has a row for every household.  Failures stay in
 * the buffer.  An id that a spreadsheet would take for a formula gets an apostrophe in front. */
void place_write_households(struct buf *buf, const struct place_problem *problem,
                            const struct place_names *names);
void place_write_localities(struct buf *buf, const struct place_problem *problem,
                            const struct place_names *names);
void place_write_scores(struct buf *buf, const struct place_problem *problem,
                        const struct place_names *names);
void place_write_plan(struct buf *buf, const struct place_problem *problem,
                      const struct place_names *names, const uint32_t *place);

#endif
