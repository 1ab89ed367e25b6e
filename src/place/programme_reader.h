/* What the readers of a programme's tables share while they read.  Used by programme alone. */
#ifndef PROGRAMME_READER_H
#define PROGRAMME_READER_H

#include "place_list.h"
#include "programme_criteria.h"
#include "programme_rules.h"

/* Scores that were given: the rows that became no pair, by household, rising. */
struct programme_left {
    const uint64_t *first; /* NULL: criteria were given */
    const uint32_t *locality;
};

struct programme_detail {
    struct programme_rules rules;
    struct programme_criteria criteria;
    struct programme_left left;
};

/* A lock until the pairs stand. */
struct programme_lock {
    uint32_t household, locality;
    struct text reason;
    long line;
};

struct programme_reader {
    struct arena *arena, *scratch;
    const struct programme_input *input;
    struct pool *pool;
    const struct watch *watch;
    struct faults *faults;
    struct place_list households, lots;
    struct place_ids places, states;       /* of the lots */
    bool sited;                            /* places and states of all lots could be read */
    uint32_t column[PLACE_RESOURCES_MOST]; /* of a capacity, by resource */
    bool agree; /* households and lots are whole, their resources agree */
    struct place_ids features, traits, values, doors, languages, occupations;
    struct programme_lock *locks;
    uint32_t n_locks;
    struct programme_relation locked; /* household: 0; of: lock */
    const int32_t *least; /* [n_localities * n_resources] as the lots' header has them, or NULL */
    const double *point;  /* [n_localities * 3] NaN: no position */
    uint64_t before;      /* faults before this reading */
    struct programme out;
    struct programme_detail *detail;
};

/* One table each, or the few that belong together. */
int programme_households_read(struct programme_reader *reader, struct ajar_err *err);
int programme_lots_read(struct programme_reader *reader, struct ajar_err *err);
int programme_conditions_read(struct programme_reader *reader, struct ajar_err *err);
int programme_orders_read(struct programme_reader *reader,
                          struct ajar_err *err); /* vetoes, locks */
int programme_criteria_read(struct programme_reader *reader, struct ajar_err *err);

/* The pairs, by scores or by criteria; then who has none. */
int programme_pairs_make(struct programme_reader *reader, struct ajar_err *err);
int programme_nowhere_make(struct programme_reader *reader, struct ajar_err *err);

/* Links, quotas and minimums; and locks, once the pairs stand. */
int programme_side_read(struct programme_reader *reader, struct ajar_err *err);
int programme_locks_make(struct programme_reader *reader, struct ajar_err *err);

static inline const struct place_table *programme_table_of(const struct programme_reader *reader,
                                                           enum programme_table table)
{
    return &reader->input->table[table];
}

#endif
