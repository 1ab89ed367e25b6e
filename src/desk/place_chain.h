/* PLACE's part of a run: a cohort of made-up households, where they wait, and who takes whom. */
#ifndef DESK_PLACE_CHAIN_H
#define DESK_PLACE_CHAIN_H

#include "doors_chain.h"
#include "explain.h"
#include "fair.h"
#include "programme.h"

#define PLACE_CHAIN_SAMPLES 3

/* Households that move from a country to a receiving state. */
struct place_move {
    struct text from, state; /* ISO 3166-1 alpha-3; the state as in the lots */
    uint32_t households, people;
};

/* A door of DOORS by which a household may go to a state. */
struct place_door {
    uint32_t household;
    struct text state, door; /* the id of the door */
};

struct place_chain {
    bool stands;           /* the scenario has a place/ folder; else all that follows is empty */
    date_days on;          /* the day of placing */
    const char *synthetic; /* the sentence that says what is made up; beside every output */
    const struct programme *programme;
    const struct text *from; /* [n_households] country where it waits, ISO 3166-1 alpha-3 */
    size_t n_doors;
    const struct place_door *doors; /* by household, state */
    struct side_result plan;
    struct fair_report report; /* of `plan` */
    struct fair_leximin leximin;
    struct fair_report leximin_report;
    struct fair_groups maxmin, proportional;
    struct fair_report maxmin_report, proportional_report;
    struct explain_household *households; /* [n_households] */
    struct explain_locality *localities;  /* [n_localities] */
    size_t n_moves;
    struct place_move *moves;             /* by from, state */
    uint32_t sample[PLACE_CHAIN_SAMPLES]; /* households told in words */
    size_t n_said[PLACE_CHAIN_SAMPLES];
    struct text *said[PLACE_CHAIN_SAMPLES];
};

/* Draws the cohort (seeded, the same for any number of threads), asks DOORS which states are open to each household
 * on the day, places it, explains it.  stands false without place/.  All in the arena.  Errors: place.*, doors.*. */
int place_chain_run(struct arena *arena, const struct scenario *scenario,
                    const struct doors_folder *folder, uint64_t seed, struct pool *pool,
                    const struct watch *watch, struct faults *faults, struct place_chain *out,
                    struct ajar_err *err);

struct place_chain_file {
    const char *name;
    struct text bytes;
};

/* place_households.csv, place_localities.csv, place_scores.csv, ... as `ajar place solve DIR` reads them, and
 * place_plan.csv, place_moves.csv, place_groups.csv, place_explanations.csv. */
int place_chain_files(struct arena *arena, const struct place_chain *chain,
                      struct place_chain_file **out, size_t *n, struct ajar_err *err);

#endif
