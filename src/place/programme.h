/* A placement as an officer has it: households with what they need and may not do without, offers in lots with
 * minimum, maximum and expiry, conditions, vetoes, links, locks, quotas, and what makes a place good for whom.
 *
 * All tables are CSV; only the first two are needed, and scores or criteria.  In a folder each stands as NAME.csv.
 *
 *     households  id, need_RESOURCE...; people, group, ready (date)     group: a label for reports and floors
 *     localities  id, capacity_RESOURCE...; place, state, lat, lon, until (date), least_RESOURCE...
 *                 a row is a lot; place: whose lot it is (empty: itself); capacity is its maximum, least its
 *                 minimum once anybody comes; after `until` it takes nobody whose `ready` is later
 *     scores      household, locality, score_micro         locality: a lot; an absent pair is not allowed
 *     criteria    criterion, weight_micro                  in place of scores: kin, language, skill, wish, placed
 *     kin         household, lat, lon                      criterion kin: 1 at 0 km, 0 from 500 km on, linear
 *     speaks      household, language                      language: 1 where one of them stands in `spoken`
 *     spoken      place, language
 *     skills      household, occupation                    skill: 1 where one of them stands in `shortages`
 *     shortages   place, occupation
 *     wishes      household, place, rank (from 1)          wish: 1 / rank, 0 where not wished
 *     features    locality, feature                        what a lot has: step_free, clinic, flat_4
 *     requires    household, feature                       it goes only where that is
 *     traits      household, trait, value              several values of a trait: one of them is enough
 *     conditions  locality, trait, value, basis            the lot takes only one of the values of a trait; where
 *                 the trait is protected (nationality, sex, religion, ethnicity, race) the legal basis must stand
 *     eligible    household, state, door                   where given: a household goes only to states in which a
 *                                                          pathway is open to it on the day
 *     vetoes      household, place, by (household | place), reason
 *     links       a, b, km                                 km empty: the same place
 *     locks       household, locality, kind (lock | forbid), reason
 *     quotas      state, resource, most
 *
 * Columns behind a semicolon, and `reason`, `door`, `basis` and `km`, may be missing.  A weight is from -1,000,000,000
 * to 1,000,000,000 micro-units, and so are all of one sign together.  kin, and a link with km, need lat and lon of
 * every lot.  A state of `eligible` in which no lot lies is no fault: a pathway may lead where nothing is offered.
 * Of several kin the nearest counts; a household may wish two places alike.
 *
 * A protected trait can be a condition, with its basis, and nothing else: named among the criteria, needs, groups'
 * or other columns it is refused (E9), and what no condition names changes no byte of a plan (E10). */
#ifndef PLACE_PROGRAMME_H
#define PLACE_PROGRAMME_H

#include "date.h"
#include "place_tables.h"
#include "side.h"

enum programme_table {
    PROGRAMME_HOUSEHOLDS,
    PROGRAMME_LOCALITIES,
    PROGRAMME_SCORES,
    PROGRAMME_CRITERIA,
    PROGRAMME_KIN,
    PROGRAMME_SPEAKS,
    PROGRAMME_SPOKEN,
    PROGRAMME_SKILLS,
    PROGRAMME_SHORTAGES,
    PROGRAMME_WISHES,
    PROGRAMME_FEATURES,
    PROGRAMME_REQUIRES,
    PROGRAMME_TRAITS,
    PROGRAMME_CONDITIONS,
    PROGRAMME_ELIGIBLE,
    PROGRAMME_VETOES,
    PROGRAMME_LINKS,
    PROGRAMME_LOCKS,
    PROGRAMME_QUOTAS,
    PROGRAMME_TABLES
};
const char *programme_table_word(enum programme_table table); /* "households" */

struct programme_input {
    struct place_table table[PROGRAMME_TABLES]; /* name NULL: absent */
    date_days on; /* the day of placing: lots of an earlier `until` are shut; DATE_NONE: none is */
    struct place_passed passed;
};

/* Why a pair of a household and a lot is not allowed: the first of these that holds. */
enum programme_why {
    PROGRAMME_ALLOWED,
    PROGRAMME_NO_SCORE,  /* scores are given and have no such row */
    PROGRAMME_EXPIRED,   /* `until` is past, or before the household is ready */
    PROGRAMME_DOOR,      /* no open pathway to the state */
    PROGRAMME_FEATURE,   /* a feature that it requires is missing */
    PROGRAMME_CONDITION, /* a condition of the lot */
    PROGRAMME_VETO,
    PROGRAMME_FORBID,
    PROGRAMME_SMALL /* a capacity is below its need alone */
};

struct programme_reason {
    enum programme_why why;
    struct text
        what; /* the feature, trait, door's state, resource, or the reason of a veto; may be empty */
};

struct programme {
    struct place_problem problem;
    struct place_names names; /* locality: lots */
    struct place_side side;
    /* [n_households] */
    const int32_t *people;  /* 1 where the column is absent */
    const uint32_t *group;  /* of group_name; NULL without the column */
    const date_days *ready; /* DATE_NONE: at once */
    uint32_t n_groups;
    const struct text *group_name; /* by text */
    /* [n_localities] */
    const struct text *place, *state;
    const date_days *until;
    const double *lat, *lon;        /* degrees; NaN: not given */
    const struct text *lock_reason; /* [side.n_locks] */
    uint64_t n_unfit;               /* pairs that capacities alone rule out */
    /* [n_nowhere] households that no lot can take; pairs: lots that only a capacity rules out */
    struct place_nowhere *nowhere;
    /* [n_nowhere] what blocks it at most lots; of equals the rule that comes first */
    struct programme_reason *nowhere_reason;
    uint32_t n_nowhere;
    const struct programme_detail *detail; /* private */
};

/* Every fault of every table is listed, in the order found; any fault: E_PLACE_FAULTS, *out untouched.  A lock on a
 * pair that is not allowed is a fault with the reason, looked for once all else is good.  The order of rows changes
 * no byte of *out, nor does the number of threads.  All in the arena.  O(rows log rows + households * lots) with
 * criteria, else O(rows log rows).  E_CEILING, E_MEMORY, E_CANCELLED. */
int programme_read(struct arena *arena, const struct programme_input *input, struct pool *pool,
                   const struct watch *watch, struct faults *faults, struct programme *out,
                   struct ajar_err *err);

/* Why not there: for an explanation.  O(log) or a scan of the pair's own rows. */
struct programme_reason programme_why(const struct programme *programme, uint32_t household,
                                      uint32_t locality);
const char *programme_why_word(enum programme_why why); /* "expired" */

/* What a score is made of, micro-units by criterion, in the order kin, language, skill, wish, placed; they add up to
 * the score, which is rounded once.  Also of a pair that is not allowed.  n 0 with scores given. */
struct programme_part {
    struct text criterion;
    int32_t micro;
};
int programme_parts(struct arena *arena, const struct programme *programme, uint32_t household,
                    uint32_t locality, struct programme_part **out, size_t *n,
                    struct ajar_err *err);

#endif
