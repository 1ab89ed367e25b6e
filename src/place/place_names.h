/* What the households, localities and resources of a problem are called, for tables and messages. */
#ifndef PLACE_NAMES_H
#define PLACE_NAMES_H

#include "place.h"

/* In the order of the problem; each zero-terminated.  A NULL list: called by number. */
struct place_names {
    const struct text *household; /* [n_households] */
    const struct text *locality;  /* [n_localities] */
    const struct text *resource;  /* [n_resources] */
};

#endif
