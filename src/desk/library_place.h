/* The tables behind an ajar_placement. */
#ifndef DESK_LIBRARY_PLACE_H
#define DESK_LIBRARY_PLACE_H

#include "library_parts.h"
#include "place_load.h"

struct ajar_placement {
    struct arena arena;
    struct place_load load; /* the programme points into its bytes */
    struct programme programme;
};

#endif
