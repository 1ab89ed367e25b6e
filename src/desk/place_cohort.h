/* A made-up cohort of households, and who would take them: the folder place/ of a scenario.
 *
 * cohort.yaml says how households are drawn and what is offered, each figure by the id of a row of
 * assumptions.csv (quantity cohort) or as a published indicator of hosts.csv; profiles.yaml has the papers of the
 * person whom a household goes by, in the form of doors_gates.h; localities.csv has the places.  From these come
 * the tables of programme.h as CSV bytes.  Nobody in them is real, and no state has offered a place. */
#ifndef DESK_PLACE_COHORT_H
#define DESK_PLACE_COHORT_H

#include "doors_gates.h"
#include "exodus_chain.h"
#include "programme.h"
#include "scenario.h"

#define PLACE_COHORT_FILE   "place/cohort.yaml"
#define PLACE_COHORT_MOST   100000 /* households */
#define PLACE_COHORT_SIZES  6      /* people in the largest household */
#define PLACE_COHORT_WISHES 3
#define PLACE_COHORT_NOBODY UINT32_MAX

/* Shares and days that households are drawn by: keys of `needs`. */
enum place_need_key {
    PLACE_ONE_PARENT, /* of households of two or more: one grown-up */
    PLACE_SCHOOL_AGE, /* of children */
    PLACE_COURSE,     /* of grown-ups */
    PLACE_SUPPORT,    /* of households, beside all of one grown-up with children */
    PLACE_STEP_FREE,
    PLACE_CLINIC,
    PLACE_KIN,
    PLACE_WISH_1,
    PLACE_WISH_2, /* of those with a wish; of these again a third wish */
    PLACE_VETO,
    PLACE_LINK,
    PLACE_LINK_SAME, /* of linked pairs: in the same place */
    PLACE_LATE,
    PLACE_LATE_DAYS,
    PLACE_NEED_KEYS
};
extern const char *const place_need_words[PLACE_NEED_KEYS]; /* "one_parent" */

struct place_cohort_wait {
    struct text country;
    double stock;        /* persons */
    uint32_t households; /* of the cohort */
    const struct fact_value
        *facts; /* [n_facts of the rules] known ones count for everybody there */
};

struct place_cohort_profile {
    uint32_t at; /* of people */
    double weight;
    struct text occupation; /* empty: none */
};

struct place_cohort_word {
    struct text word;
    double share;
};

struct place_cohort_unit {
    uint32_t beds, least; /* least 0: none */
    double share;
    bool families;
};

struct place_cohort_site {
    struct text place, name, state, country;
    double lat, lon;
    double share;                               /* of what its state offers */
    date_days until;                            /* DATE_NONE: no end */
    struct text languages, shortages, features; /* words separated by ';' */
    long line;
};

/* A receiving state as lots name it: a Land, or a country. */
struct place_cohort_state {
    struct text state, country;
    double people; /* of the whole offer, before rounding */
    uint32_t most; /* its quota */
};

enum { PLACE_LOT_SCHOOL, PLACE_LOT_COURSE, PLACE_LOT_SUPPORT, PLACE_LOT_RATIOS };

struct place_cohort {
    const char *synthetic;
    date_days on;
    uint32_t n_households, least;
    size_t n_waits, n_profiles, n_languages, n_units, n_criteria, n_sites, n_states;
    struct place_cohort_wait *waits;
    double size[PLACE_COHORT_SIZES];
    struct doors_profiles people;
    struct place_cohort_profile *profiles;
    struct place_cohort_word *languages, *criteria;
    double need[PLACE_NEED_KEYS];
    double link_km;
    double offer, slack;
    unsigned open; /* bit per enum status that counts as open */
    struct place_cohort_unit *units;
    double lot[PLACE_LOT_RATIOS]; /* over beds */
    struct place_cohort_site *sites;
    struct place_cohort_state *states; /* in the order of localities.csv */
};

/* Whether the scenario has a cohort: place/cohort.yaml. */
bool place_cohort_stands(struct arena *arena, const char *dir);

/* Reads the folder.  `exodus` lends the stocks that are asked of it; it may be NULL or not stand.  Every fault goes to
 * `faults` (sorted, the path as the user would write it): place.cohort, doors.*; then E_PLACE_FAULTS or
 * E_DOORS_FAULTS, *out untouched.  All in the arena, or as long as scenario and folder.  E_FILE_*, yaml.*, csv.*. */
int place_cohort_read(struct arena *arena, const struct scenario *scenario,
                      const struct doors_folder *folder, const struct exodus_chain *exodus,
                      struct faults *faults, struct place_cohort *out, struct ajar_err *err);

struct place_drawn {
    uint32_t wait, profile, people, adults, children;
    uint32_t school, course, support;
    bool step_free, clinic;
    uint32_t kin, veto, wish[PLACE_COHORT_WISHES]; /* sites, or PLACE_COHORT_NOBODY */
    unsigned languages;                            /* bit per language */
    uint32_t link; /* a later household with the same papers, or PLACE_COHORT_NOBODY */
    bool link_same;
    uint32_t late_days;
};

/* (*out)[n_households], by country where they wait.  Every draw is named by seed, household and purpose, so that
 * none moves another.  O(households * sites). */
int place_cohort_draw(struct arena *arena, const struct place_cohort *cohort, uint64_t seed,
                      struct place_drawn **out, struct ajar_err *err);

/* The ids of the households in every table: "syn-FIN-012"; (*out)[n_households] in the order drawn. */
int place_cohort_ids(struct arena *arena, const struct place_cohort *cohort,
                     const struct place_drawn *drawn, struct text **out, struct ajar_err *err);

/* What DOORS opens to a profile that waits in a country, by state (place_eligible.h makes it). */
struct place_opens {
    size_t n_doors;
    const uint32_t *doors; /* of the rules, by id; none: the state is shut */
};

/* The cell of opens[n_waits * n_profiles * n_states]. */
static inline size_t place_opens_at(const struct place_cohort *cohort, size_t wait, size_t profile,
                                    size_t state)
{
    return (wait * cohort->n_profiles + profile) * cohort->n_states + state;
}

/* tables[PROGRAMME_TABLES] as programme_read takes them; those that the cohort has none of stay absent. */
int place_cohort_tables(struct arena *arena, const struct place_cohort *cohort,
                        const struct place_drawn *drawn, const struct text *ids,
                        const struct rules *rules, const struct place_opens *opens,
                        struct programme_input *out, struct ajar_err *err);

#endif
