/* Inside FLOW's part of the desk. */
#ifndef DESK_FLOW_PARTS_H
#define DESK_FLOW_PARTS_H

#include "arena.h"

/* The bytes of a file, which stay in the arena, so that a message can point into them. */
int flow_load_bytes(struct arena *arena, const char *path, struct text *out, struct ajar_err *err);

/* Readers name the file; the user knows it by its folder too.  Of the faults from `from` on. */
void flow_load_paths(struct faults *faults, size_t from, const char *dir);

#endif
