/* DOORS' jobs: one person against all doors, over time, and what changes between two days. */
#ifndef DESK_DOORS_JOB_H
#define DESK_DOORS_JOB_H

#include "compare.h"
#include "decide.h"

/* A day or moment as typed: with an offset it is the same instant at every door, without one it is
 * each door's own clock. */
struct doors_when {
    moment at;
    bool has_offset;
    int offset_minutes;
};
/* False: the text is neither a date nor a moment. */
bool doors_when_parse(struct text word, struct doors_when *out);
moment doors_when_at(const struct doors_when *when, const struct door *door);

struct doors_question {
    struct doors_when on;
    date_days as_known;  /* DATE_NONE: the day of `on` */
    name_id country;     /* 0: all; doors of EU27 and SCHENGEN count for every member state */
    uint32_t door;       /* RULES_NONE: all */
    unsigned kinds;      /* bit per enum door_kind; 0: all */
    bool counterfactual; /* those too */
    struct decide_options decide;
};

struct doors_answer {
    uint32_t door;
    struct instance instance;
    struct decision decision;
};

struct doors_answers {
    const struct rules *rules;
    struct doors_question question;
    size_t n;
    struct doors_answer
        *answers; /* exit, entry, stay, visa, pathway, protection; then by country, id */
    size_t n_closes;
    uint32_t *
        closes; /* doors (not necessarily among the answers' countries) that asking for asylum would bar, while they are not barred now */
};

/* Decides every door that the question names.  Errors: doors.door.unknown when none is left. */
int doors_evaluate(struct arena *arena, const struct rules *rules, const struct person *person,
                   const struct doors_question *question, struct doors_answers *out,
                   struct ajar_err *err);

/* The door on the day and by the knowledge of the question, for nobody in particular. */
int doors_state(struct arena *arena, const struct rules *rules,
                const struct doors_question *question, uint32_t door, struct instance *out,
                struct ajar_err *err);

/* One stretch of time in which a door answers the same. */
struct doors_span {
    moment from, to; /* half-open; to MOMENT_NEVER: no further change is known */
    enum status status;
    const struct version *version; /* of the first arm; NULL: none holds */
};

/* The statuses of one door from `from` until `to` for the person, as known on as_known (DATE_NONE: as known
 * on each day itself, so that an act counts from the day on which it could be read). */
int doors_timeline(struct arena *arena, const struct rules *rules, uint32_t door,
                   const struct person *person, moment from, moment to, date_days as_known,
                   size_t *n, struct doors_span **out, struct ajar_err *err);

/* Whether the question asks the door: the one that it names, or those of its country and kinds. */
bool doors_wanted(const struct rules *rules, const struct doors_question *question, uint32_t door);

/* Since when the version of the first arm holds, by the earliest way of crossing; MOMENT_NEVER: none does. */
moment doors_since(const struct instance *instance);

/* Doors that speak for a country: its own, and those of the groups that it belongs to on the day. */
bool doors_of_country(const struct rules *rules, const struct door *door, name_id country,
                      date_days on);

#endif
