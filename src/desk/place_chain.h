/* PLACE's part of a run: a cohort of made-up households, where they wait, and who takes whom. */
#ifndef DESK_PLACE_CHAIN_H
#define DESK_PLACE_CHAIN_H

#include "doors_chain.h"
#include "exodus_chain.h"
#include "explain.h"
#include "fair.h"
#include "kept.h"
#include "programme.h"

#define PLACE_CHAIN_SAMPLES 3
#define PLACE_CHAIN_ROUNDS  64 /* of search for the largest total */
#define PLACE_CHAIN_INNER   5  /* of a question of a fair plan, at most as many as those */

struct place_chain_options {
    uint64_t seed;
    uint64_t rounds;   /* 0: PLACE_CHAIN_ROUNDS; each fair plan has a third of them */
    bool fair;         /* plans by fair.h's rules too: a few seconds each */
    struct kept *kept; /* what an earlier run has left; NULL: everything is computed */
};

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
    const struct programme_input *tables; /* what `programme` was read from */
    const struct programme *programme;
    const struct text *from;         /* [n_households] country where it waits, ISO 3166-1 alpha-3 */
    const struct text *papers;       /* [n_households] id of the profile that it goes by */
    const struct said *papers_title; /* [n_households] what that profile is called */
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
 * on the day, places it, explains it.  `exodus` lends how many wait where; it may be NULL where no stock is asked of
 * it.  stands false without place/, or without doors.  All in the arena, or as long as scenario and folder.  Rounds
 * are fixed.  Errors: place.*, doors.*, base.cancelled. */
int place_chain_run(struct arena *arena, const struct scenario *scenario,
                    const struct doors_folder *folder, const struct exodus_chain *exodus,
                    const struct place_chain_options *options, struct pool *pool,
                    const struct watch *watch, struct faults *faults, struct place_chain *out,
                    struct ajar_err *err);

struct place_chain_file {
    const char *name;
    struct text bytes;
};

/* place_households.csv, place_localities.csv, ... as `ajar place solve DIR` reads them (without "place_"), and
 * place_plan.csv, place_moves.csv, place_plans.csv (the four plans), place_groups.csv, place_prices.csv,
 * place_explanations.csv.  n 0 where it does not stand. */
int place_chain_files(struct arena *arena, const struct place_chain *chain,
                      struct place_chain_file **out, size_t *n, struct ajar_err *err);

#endif
