/* The exodus asks the doors: what they decide for its classes at its doors, day by day.
 *
 * classes.yaml beside model.yaml has the people and the ways, in the form of profiles.yaml (doors_gates.h):
 * the profiles that the model's classes name and the crossings that its doors name. */
#ifndef DESK_EXODUS_GATES_H
#define DESK_EXODUS_GATES_H

#include "doors_gates.h"
#include "exodus.h"

/* A model, its people and its ways, and the law that they meet. */
struct exodus_papers {
    const struct exodus_model *model; /* of which days, doors, classes and what-ifs count here */
    const struct rules *rules;
    const char *dir, *file; /* of model.yaml; classes.yaml itself */
    struct doors_profiles profiles;
    uint32_t **profile;  /* [n_classes][its n_profiles] */
    uint32_t **crossing; /* [n_doors][its n_crossings] */
};

/* Reads DIR/classes.yaml and finds what the model names there; of what-ifs, the laws.  *out refers to the model
 * and the folder, and lives in `arena`.  Faults (sorted) go to `faults`: those of doors_profiles_file
 * (E_DOORS_FAULTS is then returned), exodus.profile.unknown, exodus.crossing.unknown, exodus.law.unknown with
 * their row in DIR/model.yaml (E_EXODUS_FAULTS). */
int exodus_gates_read(struct arena *arena, const struct doors_folder *folder, const char *dir,
                      const struct exodus_model *model, struct exodus_papers *out,
                      struct faults *faults, struct ajar_err *err);

/* The decision of every door for every class on every day of the model, as known on as_known (DATE_NONE:
 * each day as known on it).  *out is as struct exodus_gates has it, in `arena`.
 *
 * A profile meets at a crossing what is noted of practice there, else the law (DISCRETION in
 * practice where the law is OPEN, single refusals, stays OPEN).  A class meets the most open
 * of what its profiles meet, of those about whom the law says anything (NO_RULE: it says nothing about any);
 * a door is as open as the most open of its crossings.  From open to strict: NO_RULE, OPEN, DISCRETION,
 * UNKNOWN, CLOSED, BARRED.
 *
 * A profile that is UNKNOWN at a crossing of the model on some day is a fault: exodus.gate.undecided with the
 * first such day and a fact that is missing (E_EXODUS_FAULTS).  Cost: doors_gates. */
int exodus_gates_make(struct arena *arena, const struct exodus_papers *papers, date_days as_known,
                      uint8_t **out, struct faults *faults, struct ajar_err *err);

/* The same under a what-if of the model, from `base` of exodus_gates_make (the same as_known): a law is
 * asked besides at the crossings of the edit's doors, and never makes a decision more open; then
 * exodus_gates_edit.  Errors and cost as exodus_gates_make, at the crossings of edits that name a law. */
int exodus_gates_what_if(struct arena *arena, const struct exodus_papers *papers,
                         const struct exodus_what_if *what_if, date_days as_known,
                         const uint8_t *base, uint8_t **out, struct faults *faults,
                         struct ajar_err *err);

/* Days on which a door decides the same for a class. */
struct exodus_span {
    uint32_t door, class;
    date_days from, to; /* inclusive */
    enum gate gate;
};

/* By door, class and day, in `arena`; each door and class has all days of the model.  O(cells). */
int exodus_gates_spans(struct arena *arena, const struct exodus_model *model, const uint8_t *at,
                       size_t *n, struct exodus_span **out, struct ajar_err *err);

#endif
