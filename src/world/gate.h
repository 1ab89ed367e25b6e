/* Gates: what a door decides for a class of people, at a crossing, on a day.  FLOW and PLACE read them;
 * desk fills them from the doors, so no engine needs to know of law.
 *
 * A profile is a class of people with the same papers ("C visa of Spain, tourist, reservist"); a
 * crossing is one way into one country ("FIN/ROAD").  Data is laid out day by day:
 * at[(day * n_crossings + crossing) * n_profiles + profile]. */
#ifndef WORLD_GATE_H
#define WORLD_GATE_H

#include "date.h"
#include "names.h"

enum gate {
    GATE_NO_RULE,    /* no law in the set says anything */
    GATE_OPEN,       /* passes */
    GATE_DISCRETION, /* an official decides */
    GATE_CLOSED,     /* is refused */
    GATE_BARRED,     /* is refused whatever they show */
    GATE_UNKNOWN     /* the profile leaves it open */
};
extern const char *const gate_words[];

struct gate_crossing {
    struct text id, country, way; /* "fin_road", "FIN", "ROAD" */
    struct text doors;            /* that decide, joined with ';', for the trail */
};

struct gates {
    date_days from;
    size_t n_days, n_crossings, n_profiles;
    const struct gate_crossing *crossings;
    const struct text *profiles;
    uint8_t *at; /* enum gate */
    uint8_t
        *practice; /* enum gate: what is seen in practice; GATE_NO_RULE where nothing is noted */
};

/* The decision; GATE_NO_RULE outside the days. */
enum gate gate_at(const struct gates *gates, date_days day, size_t crossing, size_t profile);

#endif
