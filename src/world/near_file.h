/* "Did you mean" for the files of a folder. */
#ifndef WORLD_NEAR_FILE_H
#define WORLD_NEAR_FILE_H

#include "arena.h"

/* A name in the folder of `path` that is a slip away from the last part of it (another case, a letter),
 * and is no file of a scenario itself; *out NULL: there is none.  O(names in the folder). */
int near_file(struct arena *arena, const char *path, const char **out, struct ajar_err *err);

#endif
