/* The rules behind an ajar_doors. */
#ifndef DESK_LIBRARY_DOORS_H
#define DESK_LIBRARY_DOORS_H

#include "doors_folder.h"
#include "library_parts.h"

struct ajar_doors {
    struct arena arena;
    struct doors_folder folder;
    struct ajar_door *rows; /* [folder.rules.n_doors] */
};

#endif
