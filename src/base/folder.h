/* The files of a folder and its subfolders. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "arena.h"

#define FOLDER_DEPTH 4 /* subfolders within each other */

/* Names of the regular files whose name ends with `ending` (".yaml"), relative to `dir`, sorted by
 * bytes, in the arena.  Hidden files and folders are passed over; links are followed.  Errors:
 * file.folder when `dir` is none, file.read when one below it cannot be read, E_CEILING past `limit`
 * files or FOLDER_DEPTH. */
int folder_files(struct arena *arena, const char *dir, const char *ending, size_t limit,
                 const char *const **out, size_t *n, struct ajar_err *err);

#endif
