/* On which days may a door answer any of some people otherwise than the day before? */
#ifndef DESK_DOORS_DAYS_H
#define DESK_DOORS_DAYS_H

#include "doors_gates.h"

/* The state of knowledge on a day: the day itself, at the latest `as_known` (DATE_NONE: no limit). */
date_days doors_known(date_days day, date_days as_known);

/* Sets look[i] for each day from + i, i < n_days, on which the door's own rules may differ from the day
 * before: something of it became known, a version, list or parameter begins or ends, or (`practice`)
 * what is noted of its practice.  A moment
 * within a day counts for the day after, which it is the first to be whole.  Never clears.
 * `known` is the one state of knowledge of all days, or DATE_NONE: each day its own, at the latest
 * `latest`.  Scratch is the caller's.  O(states of knowledge * parts of the door). */
int doors_days_changed(struct arena *scratch, const struct rules *rules, uint32_t door,
                       date_days from, size_t n_days, date_days known, date_days latest,
                       bool practice, uint8_t look[], struct ajar_err *err);

/* Whether the mere passing of days may change what the door answers one of the profiles at one of the
 * crossings, while its rules stay: an age counted from a stated day of birth, a date compared with the
 * day asked about, days of a stay.  Errs on the side of true.  Rules not known by `latest` do not count. */
int doors_days_move(const struct rules *rules, const struct doors_profiles *profiles, uint32_t door,
                    date_days latest, bool *moves, struct ajar_err *err);

#endif
